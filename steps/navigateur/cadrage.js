// Says what a picture of the guide is made of: the cards that the person acts upon, where in them her elements stand, and
// where there are letters. Puts aside what floats above the page, for the time of a picture. Styled by properties, which
// the page's policy allows; the page is left as it was.
"use strict";

(() => {
  if (window.fvCadrage) return;
  const HAUTEUR_D_UNE_CARTE = 620;
  const HAUTEUR_D_UN_BLOC = 360;
  const AIR = 24;
  const TITRE = 80;
  const VIDE = 120;
  const HAUTEUR_D_UNE_BARRE = 140;
  const BORD = 2;
  const COMMANDES = "input, select, textarea, button, a, label, summary";
  const SAISIES = "input:not([type=hidden]), select, textarea, button";
  const poses = new Map();

  const poser = (element, nom, valeur) => {
    if (!poses.has(element)) poses.set(element, new Map());
    if (!poses.get(element).has(nom)) poses.get(element).set(nom, element.style.getPropertyValue(nom));
    element.style.setProperty(nom, valeur, "important");
  };
  const boite = (element) => {
    const b = element.getBoundingClientRect();
    return { x: b.x + scrollX, y: b.y + scrollY, l: b.width, h: b.height };
  };
  const union = (boites) => {
    const [x, y] = [Math.min(...boites.map((b) => b.x)), Math.min(...boites.map((b) => b.y))];
    return {
      x, y, l: Math.max(...boites.map((b) => b.x + b.l)) - x, h: Math.max(...boites.map((b) => b.y + b.h)) - y,
    };
  };
  const entier = ({ x, y, l, h }) => {
    const [gauche, haut] = [Math.floor(x), Math.floor(y)];
    return { x: gauche, y: haut, l: Math.ceil(x + l) - gauche, h: Math.ceil(y + h) - haut };
  };
  const touche = (a, b) => a.x < b.x + b.l && b.x < a.x + a.l && a.y < b.y + b.h && b.y < a.y + a.h;
  const visible = (b) => b.l > 1 && b.h > 1;

  // A choice is pressed on its words as much as on its button.
  const autour = (element) =>
    union([element, ...(element.matches("[type=radio], [type=checkbox]") ? element.labels : [])].map(boite));

  // A card is what has an edge of its own: a border all around, or a shadow.
  const aUnBord = (element) => {
    const style = getComputedStyle(element);
    if (element.matches(COMMANDES) || style.display.startsWith("inline") || style.display === "contents") return false;
    const cotes = ["Top", "Right", "Bottom", "Left"].filter(
      (cote) => style[`border${cote}Style`] !== "none" && parseFloat(style[`border${cote}Width`]) > 0,
    );
    return cotes.length === 4 || style.boxShadow !== "none";
  };
  const carteDe = (element) => {
    let ici = element.matches(COMMANDES) ? element.parentElement : element;
    let haut = null;
    while (ici && ici !== document.body) {
      if (aUnBord(ici)) { haut = ici; break; }
      ici = ici.parentElement;
    }
    return haut || document.querySelector("main") || document.body;
  };
  // Of a card too tall for a picture, the part that holds the element: its field, with its label and what is said of it.
  const blocDe = (element, carte) => {
    let ici = element;
    while (ici.parentElement !== carte && boite(ici.parentElement).h <= HAUTEUR_D_UN_BLOC) ici = ici.parentElement;
    return ici;
  };

  const lettres = (racine) => {
    const trouvees = [];
    const textes = document.createTreeWalker(racine, NodeFilter.SHOW_TEXT);
    const portee = document.createRange();
    while (textes.nextNode()) {
      const noeud = textes.currentNode;
      if (!noeud.data.trim() || !noeud.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (noeud.parentElement.closest("option, script, style, template, noscript")) continue;
      portee.selectNodeContents(noeud);
      for (const b of portee.getClientRects()) {
        trouvees.push({ x: b.x + scrollX, y: b.y + scrollY, l: b.width, h: b.height });
      }
    }
    return trouvees.filter(visible);
  };
  const saisies = (racine) =>
    [...racine.querySelectorAll(SAISIES)].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => [e, boite(e)]);

  // What is empty in a bar teaches nothing: it is cut beside the buttons that stand near those acted upon.
  const serrer = (cadre, contenu, siens) => {
    if (!contenu.length || cadre.h > HAUTEUR_D_UNE_BARRE) return cadre;
    const groupes = [];
    for (const b of [...contenu].sort((a, c) => a.x - c.x)) {
      const dernier = groupes.at(-1);
      if (dernier && b.x - (dernier.x + dernier.l) <= VIDE) Object.assign(dernier, union([dernier, b]));
      else groupes.push({ ...b });
    }
    const utile = union(groupes.filter((groupe) => siens.some((b) => touche(b, groupe))).concat(siens));
    const gauche = utile.x - cadre.x > VIDE ? utile.x - AIR : cadre.x;
    const droite = cadre.x + cadre.l - (utile.x + utile.l) > VIDE ? utile.x + utile.l + AIR : cadre.x + cadre.l;
    return { ...cadre, x: gauche, l: droite - gauche };
  };

  const flottants = () =>
    [...document.querySelectorAll("body *")].filter((e) => ["fixed", "sticky"].includes(getComputedStyle(e).position));

  // Of what floats above the page, only itself is shown, not what shows through its corners.
  const isoler = (flottant) => {
    for (const autre of document.body.children) {
      if (!autre.contains(flottant)) poser(autre, "visibility", "hidden");
    }
  };

  const parCartes = (elements) => {
    const cartes = new Map();
    for (const element of elements) {
      const carte = carteDe(element);
      const dehors = [...cartes.keys()].find((autre) => autre.contains(carte));
      const dedans = [...cartes.keys()].filter((autre) => carte.contains(autre) && autre !== carte);
      const cle = dehors || carte;
      cartes.set(cle, [...(cartes.get(cle) || []), ...dedans.flatMap((autre) => cartes.get(autre)), element]);
      dedans.forEach((autre) => cartes.delete(autre));
    }
    return [...cartes].map(([carte, siens]) => {
      if (boite(carte).h <= HAUTEUR_D_UNE_CARTE) return { carte, siens, entiere: true };
      return { carte, siens, entiere: false };
    });
  };

  window.fvCadrage = {
    // Gives the pieces of the picture of some elements, in the order of the page, in the page's coordinates.
    mesurer: (elements, ecran) => {
      // Where the keyboard is says nothing of the step.
      for (const nom of document.activeElement?.style ? ["caret-color", "outline-color", "box-shadow"] : []) {
        poser(document.activeElement, nom, nom === "box-shadow" ? "none" : "transparent");
      }
      document.getAnimations().forEach((animation) => { try { animation.finish(); } catch { animation.cancel(); } });
      if (ecran) window.scrollTo({ top: 0, behavior: "instant" });
      const groupes = ecran ? [{ carte: document.body, siens: elements, entiere: true }] : parCartes(elements);
      for (const flottant of flottants()) {
        // A bar that sticks to the window, or is held there, stands over the fields of its form: it takes its own place
        // below them.
        const fixe = getComputedStyle(flottant).position === "fixed" && !flottant.closest("form");
        if (!fixe) {
          if (!ecran) poser(flottant, "position", "static");
        } else if (!elements.some((element) => flottant.contains(element))) poser(flottant, "visibility", "hidden");
        else if (!ecran) isoler(flottant);
      }
      // Behind a dialogue the page is dark: its corners would be.
      for (const { carte } of groupes) if (carte.matches("dialog")) poser(carte, "border-radius", "0");
      const morceaux = groupes.map(({ carte, siens, entiere }) => {
        let cadre;
        if (ecran) cadre = { x: 0, y: 0, l: document.documentElement.clientWidth, h: innerHeight };
        else if (entiere) cadre = boite(carte);
        else {
          const bande = union(siens.map((element) => boite(blocDe(element, carte))));
          const tout = boite(carte);
          const [haut, bas] = [bande.y - AIR, bande.y + bande.h + AIR];
          // An edge of the card that is near is shown whole, with the title of what it holds; neither a line, nor a
          // button, nor the card of something else is cut in two.
          const entiers = [
            ...lettres(carte), ...saisies(carte).map(([, b]) => b),
            ...[...carte.querySelectorAll("*")]
              .filter((e) => (e.matches(COMMANDES) || aUnBord(e)) && !siens.some((element) => e.contains(element)))
              .map(boite).filter(visible),
          ].filter((b) => b.y + b.h <= bande.y || b.y >= bande.y + bande.h);
          const coupes = (y) => entiers.filter((b) => b.y - BORD < y && y < b.y + b.h + BORD);
          const dessus = haut - tout.y < TITRE ? tout.y : Math.max(haut, ...coupes(haut).map((b) => b.y + b.h + BORD));
          const dessous = tout.y + tout.h - bas < TITRE
            ? tout.y + tout.h : Math.min(bas, ...coupes(bas).map((b) => b.y - BORD));
          cadre = { x: tout.x, y: dessus, l: tout.l, h: dessous - dessus };
        }
        const ici = carte === document.body ? document.body : carte;
        const textes = lettres(ici).filter((b) => touche(b, cadre));
        const commandes = saisies(ici).filter(([, b]) => touche(b, cadre));
        if (!ecran) cadre = serrer(cadre, [...textes, ...commandes.map(([, b]) => b)], siens.map(boite));
        cadre = entier(cadre);
        const dans = (b) => [b.x - cadre.x, b.y - cadre.y, b.l, b.h];
        return {
          cadre: [cadre.x, cadre.y, cadre.l, cadre.h],
          marques: siens.map((element) => ({ rang: elements.indexOf(element), boite: dans(autour(element)) })),
          textes: textes.map(dans),
          commandes: commandes.map(([, b]) => dans(b)),
        };
      });
      return {
        morceaux: morceaux.sort((a, b) => a.cadre[1] - b.cadre[1]),
        fond: getComputedStyle(document.body).backgroundColor,
      };
    },
    rendre: () => {
      for (const [element, avant] of poses) {
        for (const [nom, valeur] of avant) element.style.setProperty(nom, valeur);
        if (!element.getAttribute("style")) element.removeAttribute("style");
      }
      poses.clear();
    },
    racines: (elements, ecran) => (ecran ? [document.body] : parCartes(elements).map(({ carte }) => carte)),
  };
})();
