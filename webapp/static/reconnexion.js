// Signed out under an open page: one signs in over it, then what was asked is sent again by itself, once.
// The server decides what goes on (web/http/reconnexion.py); this file only remembers what was asked.
"use strict";

(() => {
  const parId = (id) => document.getElementById(id);
  const visite = parId("visite");
  const dialogue = () => parId("reconnexion").querySelector("dialog");
  const estUnGeste = (elt) => elt.matches("button, a");
  const delaFenetre = (elt) => elt.closest("#reconnexion") !== null;
  const envoi = (evenement) => evenement.detail.requestConfig.elt;

  // What met a closed session, in the order in which it was asked.
  let demandes = new Set();
  // What is being sent again: a second refusal of the same kind is told, not tried for ever.
  const renvois = new WeakSet();
  // Put away, the dialog comes back for what is pressed, not for what only follows the typing.
  let ecartee = false;

  // The dialog never opens under the fingers: what is typed would go into it. What only follows the typing is asked
  // again once there is a pause, and meets the closed session then.
  const PAUSE = 1_500;
  let derniereTouche = -PAUSE;
  let minuterie = 0;
  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".form-check-input")) derniereTouche = performance.now();
  }, true);
  const attendreUnePause = (elt) => {
    clearTimeout(minuterie);
    minuterie = setTimeout(() => {
      // Asked meanwhile by a gesture, the question is open: what waits goes on with it.
      if (demandes.has(elt) && !dialogue()?.open) elt.dispatchEvent(new CustomEvent("relancer"));
    }, PAUSE);
  };

  const renvoyer = (elt) => {
    // A region replaced meanwhile may hold the same sender anew.
    const present = elt.isConnected ? elt : elt.id && parId(elt.id);
    if (!present) return;
    renvois.add(present);
    present.dispatchEvent(new CustomEvent("renvoyer", { bubbles: true }));
  };
  const reprendre = () => {
    const restees = [...demandes];
    demandes = new Set();
    ecartee = false;
    const ouverte = dialogue();
    if (ouverte) {
      ouverte.dataset.faite = "";
      ouverte.close();
    }
    parId("reconnexion").replaceChildren();
    for (const bouton of document.querySelectorAll("#alertes [data-reconnecter]")) bouton.closest(".message").remove();
    // What was pressed comes before what follows the typing.
    restees.sort((une, autre) => estUnGeste(autre) - estUnGeste(une)).forEach(renvoyer);
  };

  const preparer = () => {
    const ouverte = dialogue();
    const [courriel, secret] = ouverte.querySelectorAll("input:not([type='hidden'])");
    courriel.value = visite.dataset.courriel;
    secret.autofocus = true;
    ouverte.addEventListener("close", () => {
      if ("faite" in ouverte.dataset) return;
      // Renounced: only what follows the typing is asked again, whenever one signs in.
      demandes = new Set([...demandes].filter((elt) => !estUnGeste(elt)));
      ecartee = true;
      parId("alertes").replaceChildren(parId("reconnexion").querySelector("template").content.cloneNode(true));
    });
  };

  document.addEventListener("htmx:configRequest", (evenement) => {
    const { elt, headers } = evenement.detail;
    if (!renvois.delete(elt)) headers["FV-Personne"] = visite.querySelector("[name='personne']").value;
  });
  document.addEventListener("htmx:beforeSwap", (evenement) => {
    const { xhr } = evenement.detail;
    const jeton = xhr.getResponseHeader("FV-Jeton");
    for (const champ of jeton ? document.querySelectorAll("input[name='csrf_token']") : []) champ.value = jeton;
    if (xhr.status !== 401) return;
    demandes.add(envoi(evenement));
    const geste = estUnGeste(envoi(evenement));
    if (!geste && !ecartee && performance.now() - derniereTouche < PAUSE) {
      evenement.detail.shouldSwap = false;
      attendreUnePause(envoi(evenement));
      return;
    }
    if (dialogue()?.open || (ecartee && !geste)) evenement.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (evenement) => {
    if (evenement.detail.xhr?.status === 401) preparer();
  });
  document.addEventListener("htmx:afterSettle", (evenement) => {
    const { xhr } = evenement.detail;
    if (!xhr || xhr.status < 400 || !delaFenetre(envoi(evenement))) return;
    const secret = parId("reconnexion-mot-de-passe");
    secret.focus();
    secret.select();
  });
  document.addEventListener("htmx:afterRequest", (evenement) => {
    if (!evenement.detail.xhr.getResponseHeader("FV-Reprendre")) return;
    const elt = envoi(evenement);
    // htmx holds the sender until this event is over.
    setTimeout(delaFenetre(elt) && evenement.detail.successful ? reprendre : () => renvoyer(elt));
  });
  document.addEventListener("click", (evenement) => {
    if (!evenement.target.closest("[data-reconnecter]")) return;
    evenement.target.closest(".message").remove();
    parId("reconnexion-refus").replaceChildren();
    dialogue().showModal();
    parId("reconnexion-mot-de-passe").focus();
  });
})();
