// Installed in every page of a scenario before its own scripts: counts what is under way, so that the Pilote acts on a
// page at rest. It reads, and changes nothing of what the product does.
"use strict";

(() => {
  if (window.top !== window || window.fvAttente) return;
  let requetes = 0;
  let departs = 0;
  const DUREE_D_UN_DEPART = 3000;

  const envoyer = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function send(...corps) {
    requetes += 1;
    this.addEventListener("loadend", () => { requetes -= 1; }, { once: true });
    return envoyer.apply(this, corps);
  };

  const chercher = window.fetch;
  window.fetch = function fetch(...demande) {
    requetes += 1;
    return chercher.apply(this, demande).finally(() => { requetes -= 1; });
  };

  // A page that is being left is not at rest; should the departure come to nothing, it is again after a while.
  const partir = () => {
    departs += 1;
    setTimeout(() => { departs -= 1; }, DUREE_D_UN_DEPART);
  };
  window.addEventListener("beforeunload", partir);
  window.addEventListener("submit", (evenement) => {
    const methode = (evenement.submitter && evenement.submitter.formMethod) || evenement.target.method;
    if (!evenement.defaultPrevented && methode !== "dialog") partir();
  });

  // What only follows the typing is put off for a moment, then asked: a gesture does not wait for it, a look must.
  const DIFFERES = { min: 100, max: 1000 };
  const differes = new Set();
  const differer = window.setTimeout;
  const oublier = window.clearTimeout;
  window.setTimeout = (faire, delai, ...suite) => {
    if (typeof faire !== "function" || !(delai >= DIFFERES.min && delai <= DIFFERES.max)) {
      return differer(faire, delai, ...suite);
    }
    const numero = differer((...donnees) => {
      differes.delete(numero);
      faire(...donnees);
    }, delai, ...suite);
    differes.add(numero);
    return numero;
  };
  window.clearTimeout = (numero) => {
    differes.delete(numero);
    oublier(numero);
  };

  // What is shown may have changed when a node, an attribute or a state has: whoever looked need not look again otherwise.
  let changements = 0;
  const noter = () => { changements += 1; };
  const observer = new MutationObserver(noter);
  observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  for (const nom of ["change", "input", "toggle", "close", "focusin", "click", "resize", "load"]) {
    window.addEventListener(nom, noter, true);
  }

  const MOUVEMENTS = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added";
  const PAUSE = 4;
  const calme = () =>
    document.readyState === "complete" && requetes === 0 && departs === 0 && !document.querySelector(MOUVEMENTS);
  window.fvAttente = {
    calme,
    changements: () => {
      changements += observer.takeRecords().length;
      return changements;
    },
    // Waiting here costs one journey from the harness to the browser, however long it lasts.
    attendre: (duree, suite = false) => new Promise((dire) => {
      const fin = performance.now() + duree;
      const essayer = () => {
        if (calme() && !(suite && differes.size)) dire(true);
        else if (performance.now() > fin) dire(false);
        else differer(essayer, PAUSE);
      };
      essayer();
    }),
    // At rest, and unchanged for so long: what was put off for less has come too. What was put off for longer is known,
    // and waited for, but not for ever: some of it comes again and again.
    stable: async (duree = DIFFERES.min) => {
      const fin = performance.now() + DIFFERES.max;
      let vus = -1;
      do {
        vus = window.fvAttente.changements();
        await new Promise((suite) => { differer(suite, duree); });
      } while (
        !calme() || vus !== window.fvAttente.changements() || (differes.size && performance.now() < fin)
      );
    },
    raison: () => `${document.readyState}, requêtes : ${requetes}, départs : ${departs}, `
      + `mouvements : ${document.querySelectorAll(MOUVEMENTS).length}`,
  };
})();
