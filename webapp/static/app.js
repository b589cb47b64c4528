// What htmx does not do by itself: buttons that wait, questions, failures told, and text never lost.
// Sentences live in the templates; rules live on the server; this file only reflects what an answer says.
"use strict";

// Said here and not in each page, which would carry it each time; this script comes before htmx looks at the page.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  historyCacheSize: 0,
  timeout: 9_000,
  allowScriptTags: false,
  selfRequestsOnly: true,
  defaultSettleDelay: 0,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "[45]..", swap: true, error: true },
  ],
});

(() => {
  const parId = (id) => document.getElementById(id);
  const DUREE_SUCCES = 12_000;
  // A page may come with texts that are not saved: those that follow a formation to another type.
  let saisieModifiee = document.querySelector("[data-modifiee]") !== null;
  let dernierEchec = null;

  // What was pressed and has had no answer after a while says so, and cannot be pressed again; it keeps the focus.
  const PATIENCE = 300;
  const attentes = new Map();
  const attendre = (bouton) => {
    if (!bouton.dataset.attente || attentes.has(bouton)) return;
    const dit = bouton.textContent;
    const minuterie = setTimeout(() => {
      bouton.textContent = bouton.dataset.attente;
      bouton.setAttribute("aria-disabled", "true");
    }, PATIENCE);
    attentes.set(bouton, () => {
      clearTimeout(minuterie);
      bouton.textContent = dit;
      bouton.removeAttribute("aria-disabled");
    });
  };
  const cesserAttente = (bouton) => {
    attentes.get(bouton)?.();
    if (attentes.delete(bouton)) accorder();
  };

  // The state of « Valider » and of each field follows the region beside it; the nodes themselves are never replaced.
  const accorder = () => {
    const valider = parId("valider");
    const etat = parId("etat-saisie");
    if (valider && etat) {
      valider.setAttribute("aria-disabled", String(!etat.hasAttribute("data-complet") || attentes.has(valider)));
    }
    for (const region of document.querySelectorAll(".etat-champ[id^='etat-']")) {
      const champ = parId(region.id.slice("etat-".length));
      // A group of boxes has no state of its own.
      if (!champ || champ.matches("fieldset")) continue;
      if (region.hasAttribute("data-invalide")) champ.setAttribute("aria-invalid", "true");
      else champ.removeAttribute("aria-invalid");
    }
  };

  // A question is asked once: closed, it stays in the page and must not come back with the next answer. Asked again
  // after a refusal, it no longer knows where the focus was: that place is kept here.
  let avantQuestion = null;
  const ouvrirDialogues = () => {
    for (const dialogue of document.querySelectorAll("dialog[data-ouvrir]")) {
      const menu = document.activeElement && document.activeElement.closest("[popover]");
      if (menu) {
        menu.hidePopover();
        document.querySelector(`[popovertarget="${menu.id}"]`)?.focus();
      }
      if (document.activeElement !== document.body) avantQuestion = document.activeElement;
      dialogue.removeAttribute("data-ouvrir");
      dialogue.addEventListener("close", () => {
        const { activeElement } = document;
        if (activeElement === document.body || dialogue.contains(activeElement)) avantQuestion?.focus();
      });
      dialogue.showModal();
    }
  };

  // What a person asked for comes before what follows her typing: until it is sent again, a field that is followed
  // neither erases that failure nor takes its place under « Réessayer ».
  const estUnGeste = (elt) => elt.matches("button, a");
  const parleApres = (elt) =>
    !estUnGeste(elt) && dernierEchec !== null && dernierEchec.isConnected && estUnGeste(dernierEchec)
    && document.querySelector(".message [data-reessayer]") !== null;
  // Behind a question nothing is read nor pressed: a failure is told in it.
  const alertes = () => document.querySelector("dialog:modal .dialogue-alertes") ?? parId("alertes");

  const direPanne = (nom, origine) => {
    oublierValider();
    // A question that has a place for refusals tells its own there.
    const refus = origine.closest("dialog[open]")?.querySelector("[data-refus]");
    if (refus) {
      const phrase = parId(`panne-${nom}`).content.querySelector("p").cloneNode(true);
      phrase.className = "avis avis-alerte";
      refus.replaceChildren(phrase);
      return;
    }
    if (parleApres(origine)) return;
    dernierEchec = origine;
    alertes().replaceChildren(parId(`panne-${nom}`).content.cloneNode(true));
  };

  const effacerPannes = (elt) => {
    for (const bouton of document.querySelectorAll(".message [data-reessayer]")) bouton.closest(".message").remove();
    // What was told of the same gesture, even if there was nothing to try again, is over.
    if (elt === dernierEchec) alertes().replaceChildren();
  };

  const renvoyer = (origine) => {
    if (estUnGeste(origine)) origine.click();
    else origine.dispatchEvent(new CustomEvent("relancer"));
  };
  document.addEventListener("renvoyer", (evenement) => renvoyer(evenement.target));
  // « Réessayer » goes away with what it repairs: the focus goes back to what failed, or to where the person was.
  let dernierFoyer = null;
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest("main, dialog") && !target.matches("[data-reessayer]")) dernierFoyer = target;
  });
  const reessayer = () => {
    if (!dernierEchec || !dernierEchec.isConnected) return;
    (estUnGeste(dernierEchec) && dernierEchec.checkVisibility() ? dernierEchec : dernierFoyer)?.focus();
    renvoyer(dernierEchec);
  };

  // How much was typed, how much of it the server was asked about, how much it has answered: « Valider » pressed in
  // between is not refused on a state already past, it waits for the answer and then does what was asked.
  const frappes = { saisies: 0, envoyees: 0, suivies: 0, enregistrees: 0, valider: false };
  // How often a save was answered, now and when what follows the typing was last asked: what was asked before a
  // refusal knows nothing of it, and would take its list away. It is asked again.
  const gestes = { repondus: 0, auSuivi: 0 };
  const estLeSuivi = (evenement) => evenement.detail.requestConfig?.elt.id === "suivi";
  // Leads to the first thing to do: the field itself, ready to be typed in.
  const refuserValider = () => {
    const lien = document.querySelector("#reste-a-faire a");
    const cible = lien && parId(lien.hash.slice(1));
    if (!cible) return;
    cible.closest(".champ, section").scrollIntoView({ block: "nearest" });
    (cible.querySelector("input:not([type='hidden'])") ?? cible).focus();
  };
  const oublierValider = () => {
    if (frappes.valider) cesserAttente(parId("valider"));
    frappes.valider = false;
  };
  const reprendreValider = () => {
    if (!frappes.valider || frappes.suivies !== frappes.saisies) return;
    oublierValider();
    const valider = parId("valider");
    if (document.activeElement !== valider) return;
    if (valider.getAttribute("aria-disabled") === "true") refuserValider();
    else valider.click();
  };

  // The search of a code opens below the link that asks for it; the link, asked again, closes it.
  const recherche = () => parId("recherche-code");
  const champRecherche = () => recherche().querySelector("[type='search']");
  const direRecherche = () => {
    for (const lien of document.querySelectorAll("[data-ouvre]")) {
      lien.setAttribute("aria-expanded", String(recherche().childElementCount > 0));
    }
  };
  const fermerRecherche = () => {
    recherche().replaceChildren();
    direRecherche();
    parId("aide-code").focus();
  };
  const SUITES = { ArrowDown: 1, ArrowUp: -1 };
  const parcourirRecherche = (evenement) => {
    const { key, target } = evenement;
    if (key === "Escape") {
      evenement.preventDefault();
      fermerRecherche();
      return;
    }
    const arrets = [champRecherche(), ...recherche().querySelectorAll("[data-resultat]")];
    const rang = arrets.indexOf(target);
    if (rang < 0) return;
    if (key in SUITES) {
      evenement.preventDefault();
      arrets[rang + SUITES[key]]?.focus();
    } else if (key === "Enter" && rang === 0) {
      // The field stands in the form of étape 1/2, which must not leave: Enter searches at once.
      evenement.preventDefault();
      target.dispatchEvent(new CustomEvent("relancer"));
    }
  };
  // The focus goes where the work goes on: into the search that opens, back to it when its results are gone from under
  // the keyboard, to what follows a choice.
  const suivreRecherche = (elt) => {
    const perdu = document.activeElement === document.body;
    if (elt.id === "aide-code" || (elt.id === "recherche" && perdu)) champRecherche()?.focus();
    else if (elt.name === "retenue" && perdu) {
      (document.querySelector("#suivant[aria-disabled='false']") || parId("code")).focus();
    } else if (elt.name === "type") {
      // On a telephone, what the type asks next would begin behind the bar.
      parId("suite")?.scrollIntoView({ block: "nearest" });
    }
  };

  // The answer to an operation puts another list in place of the one where the focus was: it goes back to its card, or to
  // the neighbour of a card that has left (the next, else the one before), or to the title above. Whoever has moved the
  // focus elsewhere meanwhile keeps it there. The page stays where it was: both lists stand in it for a moment, and the
  // browser would follow the one that goes.
  const carteDe = (elt) => elt?.closest("[data-carte]")?.dataset.carte;
  const cartes = () => [...document.querySelectorAll("article[data-carte], li[data-carte]")];
  let operee = null;
  let avantEchange = null;
  const retenirCartes = () => {
    avantEchange = { visee: carteDe(document.activeElement) ?? operee, ordre: cartes().map(carteDe), hauteur: scrollY };
  };
  const retrouverCarte = () => {
    if (!avantEchange) return;
    const { visee, ordre, hauteur } = avantEchange;
    avantEchange = null;
    scrollTo({ top: hauteur, behavior: "instant" });
    if (document.activeElement !== document.body) return;
    const rang = ordre.indexOf(visee);
    const voisines = rang < 0 ? [] : [...ordre.slice(rang + 1), ...ordre.slice(0, rang).reverse()];
    const presentes = new Map(cartes().map((carte) => [carteDe(carte), carte]));
    const carte = presentes.get([visee, ...voisines].find((id) => presentes.has(id)));
    const suite = carte?.querySelector("[popovertarget]") ?? carte?.querySelector("summary, a")
      ?? parId("arbre-titre") ?? document.querySelector("h1");
    suite.focus({ preventScroll: true });
    suite.scrollIntoView({ block: "nearest" });
  };

  // What is being pressed must not move away before it is released: an answer that comes in between (leaving a field asks
  // at once, on the very press) would make the click land beside it, or nowhere. It waits for the finger, not for long.
  const APPUI_LE_PLUS_LONG = 1_000;
  // The click comes once what was pressed is released, on a touch screen a moment later, or it never comes.
  const APRES_L_APPUI = 50;
  let fin = null;
  const retenues = [];
  const relacher = () => {
    clearTimeout(fin);
    fin = null;
    for (const recevoir of retenues.splice(0)) recevoir();
  };
  const relacherDans = (delai) => {
    clearTimeout(fin);
    fin = setTimeout(relacher, delai);
  };
  document.addEventListener("pointerdown", () => relacherDans(APPUI_LE_PLUS_LONG), true);
  for (const leve of ["pointerup", "pointercancel"]) {
    document.addEventListener(leve, () => relacherDans(APRES_L_APPUI), true);
  }
  window.addEventListener("click", relacher);
  document.addEventListener("htmx:beforeSend", ({ detail: { xhr } }) => {
    const recevoir = xhr.onload;
    xhr.onload = () => (fin === null ? recevoir() : retenues.push(recevoir));
  });

  const arreter = (clic) => {
    clic.preventDefault();
    clic.stopImmediatePropagation();
    queueMicrotask(relacher);
  };

  // A button that waits keeps the focus and says why; the click goes no further.
  document.addEventListener("click", (evenement) => {
    if (evenement.target.closest("[data-ouvre]") && recherche().childElementCount) {
      arreter(evenement);
      fermerRecherche();
      return;
    }
    // Pressed twice, it counts once, even before it says that it waits.
    const presse = evenement.target.closest("button, a");
    const inactif = attentes.has(presse) ? presse : evenement.target.closest("[aria-disabled='true']");
    if (!inactif) return;
    arreter(evenement);
    if (inactif.id !== "valider" || attentes.has(inactif)) return;
    if (frappes.suivies === frappes.saisies) {
      refuserValider();
    } else {
      frappes.valider = true;
      attendre(inactif);
    }
  }, true);

  document.addEventListener("click", (evenement) => {
    const cible = evenement.target;
    if (cible.closest("[data-fermer-message]")) {
      cible.closest(".message").remove();
      dernierFoyer?.focus({ preventScroll: true });
    }
    else if (cible.closest("[data-reessayer]")) reessayer();
    else if (cible.closest("[data-quitter]")) saisieModifiee = false;
    // One waits for what was asked before it, and says so from the moment it is pressed.
    else if (cible.closest("[data-fiche] [data-attente]")) attendre(cible.closest("[data-attente]"));
    else if (cible.closest("[name='proposition']")) {
      evenement.preventDefault();
      parId("identifiant").value = cible.closest("button").value;
      parId("identifiant").focus();
      parId("identifiant").dispatchEvent(new Event("input", { bubbles: true }));
      parId("suivi").dispatchEvent(new CustomEvent("relancer"));
    } else if (cible.closest("[data-fermer-recherche]")) fermerRecherche();
  });

  // Enter in « identifiant » or « Code » means the button beside it.
  document.addEventListener("keydown", (evenement) => {
    if (!evenement.isComposing && evenement.target.closest?.("#recherche-code")) parcourirRecherche(evenement);
    if (evenement.key !== "Enter") return;
    // In a box, a browser would press the first button of the form that can be, whatever it does.
    if (evenement.target.matches?.("[data-fiche] .form-check-input")) evenement.preventDefault();
    const bouton = evenement.target.dataset?.entree;
    if (!bouton) return;
    evenement.preventDefault();
    parId(bouton).click();
  });

  document.addEventListener("input", (evenement) => {
    sortie = false;
    if (evenement.target.closest("[data-fiche]")) {
      saisieModifiee = true;
      frappes.saisies += 1;
      oublierValider();
    }
    // What was said of a text as it was is no longer sure; what was said of another field still is.
    for (const dit of document.querySelectorAll("[data-cause], #toasts > :not([data-cause], [data-reste])")) {
      if (!dit.dataset.cause || dit.dataset.cause === evenement.target.id) dit.remove();
    }
  });
  // A pause is followed after a while, a field that is left at once, unless it is already.
  document.addEventListener("change", () => {
    if (frappes.saisies !== frappes.envoyees) parId("suivi")?.dispatchEvent(new CustomEvent("relancer"));
  });
  document.addEventListener("submit", (evenement) => {
    if (evenement.target.matches("[data-fiche]")) saisieModifiee = false;
    if (evenement.target.matches("[data-deconnexion]")) sortie = true;
  });

  // What a form keeps in the tab (saisie.js) outlives neither the session of the person, in any tab, nor seven days.
  const SEPT_JOURS = 7 * 24 * 3_600_000;
  let sortie = false;
  // What cannot be read has no date, and is forgotten.
  const quandGardee = (cle) => {
    try {
      return JSON.parse(sessionStorage.getItem(cle)).quand;
    } catch {
      return undefined;
    }
  };
  const oublierSaisies = () => {
    try {
      const limite = Math.max(Date.now() - SEPT_JOURS, Number(localStorage.getItem("deconnexion")));
      for (const cle of Object.keys(sessionStorage)) {
        if (cle.startsWith("saisie|") && !(quandGardee(cle) > limite)) sessionStorage.removeItem(cle);
      }
    } catch {} // A browser that keeps nothing has nothing to forget.
  };
  oublierSaisies();
  window.addEventListener("storage", oublierSaisies);
  // Asked by the browser, a person may yet stay on her page and go on typing.
  window.addEventListener("pagehide", () => {
    if (!sortie) return;
    try {
      localStorage.setItem("deconnexion", String(Date.now()));
    } catch {}
    oublierSaisies();
  });
  window.addEventListener("beforeunload", (evenement) => {
    if (saisieModifiee) evenement.preventDefault();
  });

  // A success steps aside by itself: it must not stay over what comes next. A failure stays until it is dealt with.
  let ecartement = 0;
  const ecarterSucces = () => {
    clearTimeout(ecartement);
    // What speaks of a field stays as long as the field does not change; what can be undone, until the next operation.
    const passagers = document.querySelectorAll("#toasts > :not([data-cause], [data-reste])");
    if (passagers.length) {
      ecartement = setTimeout(() => {
        // Not from under the hand or the keyboard of who is on it.
        for (const message of passagers) if (!message.matches(":hover, :focus-within")) message.remove();
        ecarterSucces();
      }, DUREE_SUCCES);
    }
  };

  document.addEventListener("htmx:load", () => {
    accorder();
    direRecherche();
    ouvrirDialogues();
    ecarterSucces();
  });
  document.addEventListener("htmx:beforeRequest", (evenement) => {
    if (estLeSuivi(evenement)) {
      frappes.envoyees = frappes.saisies;
      gestes.auSuivi = gestes.repondus;
    } else attendre(evenement.detail.elt);
    if (evenement.detail.elt.matches("[data-enregistrer]")) frappes.enregistrees = frappes.saisies;
  });
  // Saved, there is nothing to lose but what was typed since; the answer itself takes away what was told before.
  const DIT_ENREGISTREE = "FV-Enregistree";
  document.addEventListener("htmx:afterOnLoad", ({ detail: { xhr } }) => {
    if (!xhr.getResponseHeader(DIT_ENREGISTREE)) return;
    saisieModifiee = frappes.saisies !== frappes.enregistrees;
    // What leads back to this page leads to the address that it now has.
    for (const champ of document.querySelectorAll("[name='destination']")) champ.value = location.pathname;
    if (saisieModifiee) parId("suivi").dispatchEvent(new CustomEvent("relancer"));
    else frappes.envoyees = frappes.suivies = frappes.saisies;
  });
  // The address of a formation that was just made is no page of htmx's history: going back to it from a field that was
  // led to must not fetch the page anew over what is typed.
  document.addEventListener("htmx:replacedInHistory", () => history.replaceState(null, "", location.href));
  // A page that is being left goes on saying that it waits.
  document.addEventListener("htmx:afterRequest", (evenement) => {
    if (!evenement.detail.xhr.getResponseHeader("HX-Redirect")) cesserAttente(evenement.detail.requestConfig.elt);
    retrouverCarte();
  });
  document.addEventListener("htmx:afterSettle", (evenement) => {
    // What was asked of nobody goes on once somebody is signed in (reconnexion.js).
    if (evenement.detail.xhr?.status === 401) return;
    if (evenement.detail.requestConfig) suivreRecherche(evenement.detail.requestConfig.elt);
    // « Valider » leads to what comes next, which stands under « Pour valider ».
    if (evenement.detail.requestConfig?.elt.id === "valider" && evenement.detail.xhr.getResponseHeader(DIT_ENREGISTREE)) {
      parId("pour-valider-region").scrollIntoView({ block: "nearest" });
    }
    // A message must not stand over the field that it speaks of.
    const cause = document.querySelector(".toasts [data-cause]")?.dataset.cause;
    if (cause && !estLeSuivi(evenement)) parId(cause).closest(".champ").scrollIntoView({ block: "nearest" });
    if (!estLeSuivi(evenement)) return;
    frappes.suivies = frappes.envoyees;
    reprendreValider();
  });
  document.addEventListener("htmx:beforeOnLoad", (evenement) => {
    if (evenement.detail.xhr.getResponseHeader("HX-Redirect")) saisieModifiee = false;
    if (evenement.detail.requestConfig.elt.matches("[data-enregistrer]")) gestes.repondus += 1;
    else if (estLeSuivi(evenement) && evenement.detail.xhr.status < 400 && gestes.auSuivi !== gestes.repondus) {
      evenement.preventDefault();
      setTimeout(() => parId("suivi").dispatchEvent(new CustomEvent("relancer")));
    }
  });
  document.addEventListener("htmx:beforeSwap", (evenement) => {
    const { xhr } = evenement.detail;
    // The event speaks of the target; what must be sent again is what sent the request.
    const elt = evenement.detail.requestConfig.elt;
    operee = carteDe(elt);
    const dite = xhr.status < 400 || xhr.getResponseHeader("FV-Fragment");
    // The dialog tells its own.
    if (dite && elt.closest("dialog[open]")?.querySelector("[data-refus]")) return;
    // A relay may answer in place of the product: only the product says that something is saved.
    const douteuse = elt.matches("[data-enregistrer]") && !xhr.getResponseHeader(DIT_ENREGISTREE);
    if (xhr.status < 400 && !douteuse) {
      if (!parleApres(elt)) effacerPannes(elt);
    } else if (xhr.getResponseHeader("FV-Fragment")) {
      if (!parleApres(elt)) dernierEchec = elt;
    } else {
      evenement.detail.shouldSwap = false;
      direPanne("serveur", elt);
    }
  });
  document.addEventListener("htmx:oobBeforeSwap", (evenement) => {
    const { target, fragment } = evenement.detail;
    if (["liste-catalogue", "arbre"].includes(target.id)) retenirCartes();
    // The list of what is left is renewed while one types, and the focus may be on one of its lines: it stays there, else
    // goes to the first that is left to do, else to what the list has become.
    if (target.id === "etat-saisie" && target.contains(document.activeElement)) {
      const { hash } = document.activeElement;
      setTimeout(() => {
        const reste = parId("etat-saisie");
        (reste.querySelector(`[href="${hash}"]`) ?? reste.querySelector("a") ?? reste).focus();
      });
    }
    // A list that says the same is left as it was announced, with the focus that it may have.
    const dit = (noeud) => noeud.textContent.replace(/\s+/g, " ").trim();
    if (target.id !== "refus") return;
    const appelle = fragment.querySelector("[autofocus]");
    // Who goes on typing while an answer is awaited is told of the refusal, and keeps the caret.
    const ecrit = frappes.saisies !== frappes.enregistrees && document.activeElement.matches("input, textarea, select");
    if (ecrit) appelle?.removeAttribute("autofocus");
    // What only followed the typing was said without being announced.
    const aAnnoncer = fragment.querySelector("[role='alert']") && !target.querySelector("[role='alert']");
    if (aAnnoncer || !dit(target) || dit(target) !== dit(fragment)) return;
    evenement.detail.shouldSwap = false;
    // What is pressed and refused once more leads there once more.
    if (appelle && !ecrit) target.focus();
  });
  document.addEventListener("htmx:oobAfterSwap", (evenement) => {
    const { target } = evenement.detail;
    if (target.id === "alertes" && alertes() !== target) alertes().replaceChildren(...target.children);
  });
  document.addEventListener("htmx:sendError", (evenement) => direPanne("reseau", evenement.detail.elt));
  document.addEventListener("htmx:timeout", (evenement) => direPanne("delai", evenement.detail.elt));
  document.addEventListener("htmx:swapError", (evenement) => direPanne("serveur", evenement.detail.elt));

  // A message that came with the page is put in its live region once more, so that it is announced.
  requestAnimationFrame(() => {
    for (const region of [parId("toasts"), parId("alertes")]) {
      const messages = region ? [...region.children] : [];
      if (messages.length) region.replaceChildren(...messages);
    }
    ecarterSucces();
  });
})();
