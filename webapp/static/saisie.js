// What the form of a formation does by itself, without waiting for the server: it counts, and keeps what is typed.
// A count follows each key; the answer of the server, when it comes, is the law. What is typed and not saved is kept in
// the tab, for one person and one formation, and offered back; nothing changes in the form until she takes it.
"use strict";

(() => {
  const fiche = document.getElementById("fiche");
  let touches = new Set();
  // Nothing typed comes back without being asked for: not by the browser either, which would not say so.
  fiche.autocomplete = "off";

  // As `textes.normaliser`, which gives the reasons: what Word and PDF readers copy, then code points. A field of one line
  // has spaces where others have lines.
  const FINS = /[\u000b\u000c\u2028\u2029]/g;
  const INVISIBLES = /[\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufffc]+/g;
  const JOINT =
    "[\u0600-\u109f\u2190-\u21ff\u231a-\u2328\u232b-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u{1f000}-\u{1faff}\u{e0020}-\u{e007f}]";
  const JOINTS_PERDUS = new RegExp(`[\u200c\u200d](?:(?<!${JOINT}.)|(?!${JOINT}))`, "gu");
  const SIGNES =
    "\u00b7\u2022\u2023\u2043\u204c\u204d\u2219\u25a0-\u25a3\u25aa\u25ab\u25b6\u25b8\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6\u2713\u2714\u2756\u2794\u27a2\u27a4\u2b25\u2b29\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc";
  const PUCES = new RegExp(
    `^([ \t\u00a0]*)(?:[${SIGNES}](?!\ufe0f)|[\uf020-\uf0ff](?=[ \t\u00a0])|[o\u00d8\u00fc\u00a7v](?=\t))[ \t\u00a0]*`,
    "gmu",
  );
  const normaliser = (champ) => {
    const lignes = champ.value.replace(/\r\n?/g, "\n").normalize("NFC");
    let texte = lignes.replace(FINS, champ.tagName === "INPUT" ? " " : "\n").replace(INVISIBLES, "").normalize("NFC");
    for (let avant = null; avant !== texte; ) [avant, texte] = [texte, texte.replace(JOINTS_PERDUS, "").normalize("NFC")];
    return texte.replace(PUCES, "$1- ");
  };
  const compter = (champ) => {
    const compteur = document.querySelector(`#etat-${champ.id} .etat-compteur`);
    if (!compteur) return;
    const nombre = [...normaliser(champ)].length;
    compteur.textContent = compteur.textContent.replace(/^\d+/, nombre);
    compteur.toggleAttribute("data-depasse", nombre > Number(compteur.dataset.max));
  };

  // Each opening of the form keeps its own text: what is typed anew does not take the place of what is offered back.
  let prefixe = `saisie|${fiche.dataset.garde}|`;
  let mienne = prefixe + Date.now();
  const PROPRES_A_LA_PAGE = ["csrf_token", "organisme", "personne", "refus", "refus_contre", "refuses"];
  const valeurs = () => [...new FormData(fiche)].filter(([nom]) => !PROPRES_A_LA_PAGE.includes(nom));
  // A version alone is no text: saved by a colleague meanwhile, the formation may hold the same words.
  const textes = (liste) => JSON.stringify(liste.filter(([nom]) => nom !== "version"));
  let origine = textes(valeurs());
  // A browser may keep nothing, or no more: the form then works as if nothing were ever kept.
  const sansMemoire = (faire) => {
    try {
      faire();
    } catch {}
  };
  const gardees = () => Object.keys(sessionStorage).filter((cle) => cle.startsWith("saisie|")).sort();
  const oublier = (cle) => sansMemoire(() => sessionStorage.removeItem(cle));
  // One that cannot be read is forgotten: it must not keep the others from being offered.
  const lire = (cle) => {
    try {
      const lue = JSON.parse(sessionStorage.getItem(cle));
      if (Array.isArray(lue.valeurs)) return lue;
    } catch {}
    oublier(cle);
    return null;
  };
  // What the server shows again, and has not saved.
  let modifiee = fiche.hasAttribute("data-modifiee");
  // The one whose texts the page that opens then shows itself. No other is: those offered and not taken stay offered.
  const EMPORTEE = "saisie emportee";
  const emporter = (cle) => sansMemoire(() => sessionStorage.setItem(EMPORTEE, cle));
  let connus = origine;
  const garder = () => sansMemoire(() => {
    const lues = valeurs();
    connus = textes(lues);
    const rien = !modifiee && connus === origine;
    // Loaded again, the page opens at its top, where what is kept is offered, and not where it was.
    history.scrollRestoration = rien ? "auto" : "manual";
    if (rien) oublier(mienne);
    else sessionStorage.setItem(mienne, JSON.stringify({ id: fiche.action, quand: Date.now(), valeurs: lues }));
  });

  // What is stored is kept no more, and what is typed from now on is compared with it. `sue`: what was sent.
  const repartir = (sue) => {
    oublier(mienne);
    prefixe = `saisie|${fiche.dataset.gardeEnregistree}|`;
    mienne = prefixe + Date.now();
    origine = sue;
    modifiee = false;
    fiche.removeAttribute("data-modifiee");
    garder();
  };

  // A text typed in the form of a formation that was never said to be saved goes on under the identity drawn for it:
  // had it been saved all the same, its answer lost, it is found again and makes no second formation.
  const IDENTITE = /\/(?:formations|contacts|lieux|actions|sessions)\/[0-9a-f-]{36}/;
  const reprendreIdentite = (id) => {
    const [avant] = IDENTITE.exec(fiche.action);
    const [apres] = IDENTITE.exec(id) ?? [avant];
    if (avant === apres) return;
    for (const element of document.querySelectorAll("form, button, [hx-post]")) {
      for (const nom of ["action", "formaction", "hx-post"]) {
        const adresse = element.getAttribute(nom);
        if (adresse?.startsWith(avant)) element.setAttribute(nom, adresse.replace(avant, apres));
      }
    }
    fiche.dataset.gardeEnregistree = fiche.dataset.gardeEnregistree.replace(avant.split("/").pop(), apres.split("/").pop());
    htmx.process(document.body);
  };

  // What is in the form makes way for what is taken up: it stays kept, and is offered in its turn.
  const ceder = () => sansMemoire(() => {
    const cedee = sessionStorage.getItem(mienne) && lire(mienne);
    if (!cedee) return;
    proposer(mienne, cedee);
    do mienne = prefixe + Date.now(); while (sessionStorage.getItem(mienne));
  });

  // Gives false when the page is being left for one that has the fields of these texts.
  const remplir = (cle, { id, valeurs: reprises }) => {
    ceder();
    reprendreIdentite(id);
    const noms = new Set(reprises.map(([nom]) => nom));
    const changes = [];
    const deplacee = "perdue" in fiche.dataset || ["type_formation", "certification"].some(
      (nom) => fiche.elements[nom] && fiche.elements[nom].value !== reprises.find(([autre]) => autre === nom)?.[1],
    );
    for (const champ of fiche.elements) {
      if (!champ.name || PROPRES_A_LA_PAGE.includes(champ.name)) continue;
      const siennes = reprises.filter(([nom]) => nom === champ.name).map(([, valeur]) => valeur);
      const avant = champ.type === "checkbox" ? champ.checked : champ.value;
      if (champ.type === "checkbox") champ.checked = siennes.includes(champ.value);
      else if (siennes.length) [champ.value] = siennes;
      if (avant !== (champ.type === "checkbox" ? champ.checked : champ.value)) changes.push(champ);
      noms.delete(champ.name);
    }
    // Texts typed for another type or another certification ask for the fields of theirs, which the server shows; so do
    // those of a formation that has no form any more. They stay kept under their own key until the page that shows them.
    if (deplacee) {
      for (const [nom, valeur] of reprises) {
        if (!noms.has(nom)) continue;
        fiche.append(Object.assign(document.createElement("input"), { type: "hidden", name: nom, value: valeur }));
      }
      mienne = cle;
      document.getElementById("montrer").click();
      return false;
    }
    for (const champ of changes) champ.dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById("suivi").dispatchEvent(new CustomEvent("relancer"));
    changes.find((champ) => champ.type !== "hidden")?.focus();
    return true;
  };

  const PARIS = { timeZone: "Europe/Paris" };
  const jour = (quand) => quand.toLocaleDateString("fr-FR", { ...PARIS, day: "numeric", month: "long" }).replace(/^1 /, "1er ");
  const heure = (quand) => quand.toLocaleTimeString("fr-FR", { ...PARIS, hour: "2-digit", minute: "2-digit" })
    .replace(/^0?(\d+):/, "$1\u00a0h\u00a0");
  const proposer = (cle, gardee) => {
    const quand = new Date(gardee.quand);
    const offre = document.getElementById("reprise").content.cloneNode(true).firstElementChild;
    const dit = offre.querySelector("[data-quand]");
    dit.textContent = (jour(quand) === jour(new Date()) ? dit.dataset.quand : dit.dataset.jour)
      .replace("{jour}", jour(quand)).replace("{heure}", heure(quand));
    offre.querySelector("[data-reprendre]").addEventListener("click", () => {
      offre.remove();
      if (remplir(cle, gardee)) oublier(cle);
    });
    offre.querySelector("[data-abandonner]").addEventListener("click", () => {
      offre.remove();
      oublier(cle);
      document.getElementById("page").focus();
    });
    document.getElementById("reprises").append(offre);
  };

  const ouvrir = () => {
    const emportee = modifiee && sessionStorage.getItem(EMPORTEE);
    for (const cle of gardees()) {
      const gardee = lire(cle);
      if (gardee === null) continue;
      // The texts that follow a formation to another type are here already.
      if (cle === emportee) oublier(cle);
      else if (cle.startsWith(prefixe) && textes(gardee.valeurs) === origine) oublier(cle);
      else if (cle.startsWith(prefixe)) proposer(cle, gardee);
    }
    if (modifiee) garder();
  };
  const suivre = () => {
    // What sends the form off, to another type, sends what is kept with it.
    fiche.addEventListener("submit", ({ submitter }) => submitter && emporter(mienne));
    fiche.addEventListener("input", garder);
    document.addEventListener("click", (evenement) => {
      if (evenement.target.closest("[data-quitter]")) oublier(mienne);
    });
    document.addEventListener("htmx:beforeOnLoad", (evenement) => {
      // Somebody else who signs in over the page leaves it; what was typed stays kept for whom it belongs to.
      const { xhr, requestConfig } = evenement.detail;
      const parti = xhr.getResponseHeader("HX-Redirect");
      const { elt } = requestConfig;
      if (!parti || elt.closest("#reconnexion")) return;
      // Stored on the way: Back leads to it, and not to an empty form.
      if (elt.name === "ajouter") history.replaceState(null, "", fiche.action);
      // What was typed since it was asked goes with nothing: it stays kept, for what is stored now.
      if (textes(valeurs()) !== envoyes.get(elt)) {
        if (elt.name === "ajouter") repartir(envoyes.get(elt));
      } else if (elt.matches("[data-emporter]")) emporter(mienne);
      else oublier(mienne);
    });
    const envoyes = new WeakMap();
    document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => envoyes.set(elt, textes(valeurs())));
    let avant = null;
    document.addEventListener("htmx:afterOnLoad", ({ detail: { xhr, requestConfig } }) => {
      const envoye = envoyes.get(requestConfig.elt);
      // What the answer has itself put in an empty field is stored too.
      if (xhr.getResponseHeader("FV-Enregistree")) repartir(avant === envoye ? textes(valeurs()) : envoye);
      // An answer may have changed a text: « Retirer » does. One that changes none, come late, must not keep again what a
      // sign-out in another tab has erased.
      else if (!xhr.getResponseHeader("HX-Redirect") && textes(valeurs()) !== connus) garder();
    });
    // An answer that changes a text takes the place of the one that was sent, never of one typed since; nor does it call
    // back who has gone on to another field.
    let envoi = null;
    const depuis = (zone) => [...zone.querySelectorAll("input, select, textarea")].some((champ) => (
      champ.type === "checkbox"
        ? champ.checked !== envoi.getAll(champ.name).includes(champ.value)
        : champ.value !== envoi.get(champ.name)?.replaceAll("\r\n", "\n")
    ));
    document.addEventListener("htmx:beforeSwap", ({ detail }) => {
      const { elt, formData } = detail.requestConfig;
      avant = textes(valeurs());
      envoi = formData;
      // « Retirer » was asked about a text that is no longer the one: it is asked again.
      if (elt.name !== "retirer" || !depuis(document.getElementById(elt.value).closest(".champ"))) return;
      detail.shouldSwap = false;
      setTimeout(() => document.getElementById(elt.id)?.click());
    });
    document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
      const { target, fragment } = detail;
      const { activeElement } = document;
      if (!target.matches(".champ")) return;
      if (depuis(target)) detail.shouldSwap = false;
      else if (activeElement !== document.body && !target.contains(activeElement)) {
        fragment.querySelector("[autofocus]")?.removeAttribute("autofocus");
      }
    });
  };

  // What a person looking for a training would read, beside what is typed.
  const montrer = (champ) => {
    const vue = champ.name && document.querySelector(`[data-apercu="${champ.name}"]`);
    if (!vue) return;
    const option = champ.selectedOptions?.[0];
    vue.textContent = option ? (option.value && option.text.replace(/^\d+ - /, "")) : champ.value.trim();
  };
  const apercevoir = () => {
    [...fiche.elements].forEach(montrer);
    // How far it is, in a phone's bar: what the list has just ticked.
    const avancement = document.getElementById("avancement");
    const points = [...document.querySelectorAll("#reste-a-faire li")];
    const faits = points.filter((point) => !point.querySelector("a")).length;
    if (avancement && points.length) avancement.lastChild.data = `${faits} sur ${points.length}`;
  };

  // On a telephone the certification is one line, which opens: the first field is in view.
  if (matchMedia("(max-width: 40em)").matches) document.querySelector(".certification-pliee[open]")?.removeAttribute("open");

  const barre = document.querySelector(".barre-actions");
  // Who has a mouse types at once in a new formation, when its first field is in view; nothing scrolls, and a finger
  // keeps its keyboard closed.
  const commencer = () => {
    const { activeElement, body } = document;
    const premier = document.getElementById("identifiant");
    if (!premier || activeElement !== body || !fiche.dataset.garde.includes("|nouvelle|")) return;
    if (!matchMedia("(pointer: fine)").matches) return;
    // In a low window the bar stands at the end of the page.
    const bas = Math.min(barre.getBoundingClientRect().top, innerHeight);
    if (premier.getBoundingClientRect().bottom < bas) premier.focus({ preventScroll: true });
  };

  // What one enters stands whole above the bar, where it fits; once the finger is up, for nothing moves under it.
  const degager = ({ target, key = "Tab" }) => {
    if (key !== "Tab" || !target.matches("textarea")) return;
    const { top, bottom } = target.getBoundingClientRect();
    const cache = bottom + 8 - barre.getBoundingClientRect().top;
    if (cache > 0 && top > cache) scrollBy(0, cache);
  };
  fiche.addEventListener("click", degager);
  fiche.addEventListener("keyup", degager);

  fiche.addEventListener("input", (evenement) => {
    montrer(evenement.target);
    touches.add(evenement.target);
    compter(evenement.target);
  });
  // An answer speaks of what was sent: what was typed since is counted again over it.
  document.addEventListener("htmx:beforeRequest", (evenement) => {
    if (evenement.detail.requestConfig.elt.id === "suivi") touches = new Set();
  });
  document.addEventListener("htmx:afterSettle", () => {
    touches.forEach(compter);
    apercevoir();
  });
  // The other scripts have run by then: what is too old is forgotten already.
  document.addEventListener("DOMContentLoaded", () => {
    suivre();
    sansMemoire(ouvrir);
    commencer();
  });
})();
