// What the form of a formation does by itself, without waiting for the server: it counts.
// A count follows each key; the answer of the server, when it comes, is the law.
"use strict";

(() => {
  const fiche = document.getElementById("fiche");
  let touches = new Set();

  // As `textes.normaliser`: NFC, each line ended by a single LF, code points.
  const longueur = (texte) => [...texte.replace(/\r\n?/g, "\n").normalize("NFC")].length;
  const compter = (champ) => {
    const compteur = document.querySelector(`#etat-${champ.id} .etat-compteur`);
    if (!compteur) return;
    const nombre = longueur(champ.value);
    compteur.textContent = compteur.textContent.replace(/^\d+/, nombre);
    compteur.toggleAttribute("data-depasse", nombre > Number(compteur.dataset.max));
  };

  fiche.addEventListener("input", (evenement) => {
    touches.add(evenement.target);
    compter(evenement.target);
  });
  // An answer speaks of what was sent: what was typed since is counted again over it.
  document.addEventListener("htmx:beforeRequest", (evenement) => {
    if (evenement.detail.requestConfig.elt.id === "suivi") touches = new Set();
  });
  document.addEventListener("htmx:afterSettle", () => touches.forEach(compter));
})();
