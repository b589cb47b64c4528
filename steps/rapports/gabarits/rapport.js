"use strict";
(() => {
  const formulaire = document.querySelector(".filtres");
  const scenarios = [...document.querySelectorAll("details.s")];
  const groupes = [...document.querySelectorAll(".g")];
  const fonctionnalites = [...document.querySelectorAll(".f")];
  const compte = document.getElementById("compte");
  const vide = document.querySelector(".vide");
  const textes = new Map();

  // Without accents, case, ligatures nor the marks of typography: what is typed finds what is shown.
  const plier = (texte) =>
    texte.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘]/g, "'").replace(/\s+/g, " ");

  const texte = (scenario) => {
    if (!textes.has(scenario)) {
      const dits = [
        scenario.closest(".f").querySelector("h2"),
        scenario.closest(".g").querySelector("h3"),
        ...scenario.querySelectorAll(".n, li, .hors, .lieu"),
      ];
      textes.set(scenario, plier(dits.map((e) => (e ? e.textContent : "")).join(" ")));
    }
    return textes.get(scenario);
  };

  const filtrer = () => {
    const choix = new FormData(formulaire);
    const statut = choix.get("statut");
    const etiquette = choix.get("etiquette");
    const mots = plier(choix.get("texte")).split(" ").filter(Boolean);
    let affiches = 0;
    for (const scenario of scenarios) {
      const montre =
        (statut ? scenario.classList.contains(statut) : !scenario.classList.contains("ecarte")) &&
        (!etiquette || scenario.dataset.e.split(" ").includes(etiquette)) &&
        mots.every((mot) => texte(scenario).includes(mot));
      scenario.hidden = !montre;
      affiches += montre;
    }
    for (const groupe of groupes) groupe.hidden = !groupe.querySelector("details.s:not([hidden])");
    for (const chaque of fonctionnalites) chaque.hidden = !chaque.querySelector(".g:not([hidden])");
    compte.textContent = affiches > 1 ? `${affiches} scénarios affichés` : `${affiches} scénario affiché`;
    vide.hidden = affiches > 0;
  };

  const deplier = (ouvert) => {
    for (const scenario of scenarios) if (!scenario.hidden) scenario.open = ouvert;
  };

  // A link to a scenario that is hidden or folded shows it.
  const montrer = () => {
    const cible = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const cache = cible && (cible.hidden || cible.closest("[hidden]"));
    if (cache) effacer();
    if (cible && cible.matches("details.s")) cible.open = true;
    if (cache || (cible && cible.matches("details.s"))) cible.scrollIntoView();
  };

  const effacer = () => {
    formulaire.reset();
    filtrer();
  };

  const gestes = { ouvrir: () => deplier(true), fermer: () => deplier(false), imprimer: () => print(), effacer };

  if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
  formulaire.hidden = false;
  formulaire.addEventListener("submit", (evenement) => evenement.preventDefault());
  formulaire.addEventListener("input", filtrer);
  document.addEventListener("click", (evenement) => {
    const bouton = evenement.target.closest("button[value]");
    if (bouton) gestes[bouton.value]();
  });
  addEventListener("hashchange", montrer);
  filtrer();
  montrer();
})();
