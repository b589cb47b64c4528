// The guided tour: one stop after the other, on the live screens, on the person's own data. What it shows comes from the
// page of the tour (templates/pages/visite.html), once; where the person has come to is kept in the tab, under her name.
// It lights, says and waits: it writes in no field, presses no button, and moves the focus only when it is asked to.
"use strict";

(() => {
  const parId = (id) => document.getElementById(id);
  const moi = document.querySelector("#visite [name='personne']")?.value;
  if (!moi) return;
  const CLE = `visite|${moi}`;
  const DRAPEAU = "visite=1; path=/; SameSite=Lax";
  const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
  const OBJETS = ["{id}", "nouvelle", "nouveau", "fiche"];
  const chemin = () => location.pathname.replace(UUID, "{id}");
  // As `ecran_de`, in Python: a form keeps its screen when it gets an address of its own.
  const ecranDe = (page) => {
    if (page === "/formations/nouvelle") return "nouvelle";
    const mots = page.split("/").filter(Boolean);
    while (mots.length > 1 && OBJETS.includes(mots.at(-1))) mots.pop();
    return mots.at(-1) ?? "";
  };

  // ------------------------------------------------------------------ what is kept

  const lire = () => {
    try {
      const lu = JSON.parse(sessionStorage.getItem(CLE));
      return Array.isArray(lu?.arrets) && lu.arrets.length ? { titres: {}, ...lu } : null;
    } catch {
      return null;
    }
  };
  let etat = lire();
  const garder = () => {
    try {
      sessionStorage.setItem(CLE, JSON.stringify(etat));
    } catch {} // A browser that keeps nothing shows one page of the tour, no more.
  };
  // Pages carry this script only while a tour runs.
  const annoncerAuServeur = (oui) => {
    const sure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${DRAPEAU}${sure}${oui ? "" : "; max-age=0"}`;
  };

  // ------------------------------------------------------------------ starting, from the page of the tour

  const liste = parId("arrets");
  const lireArret = (li) => ({
    ...li.dataset,
    ancre: li.id,
    dit: Object.fromEntries(
      [...li.querySelectorAll("[data-dit]")].map((n) => [n.dataset.dit, n.textContent.replace(/[ \n]+/g, " ").trim()]),
    ),
    phrases: [...li.querySelectorAll("[data-phrase]")].map((n) => n.dataset.phrase || n.textContent.trim()),
  });
  const commencer = (rang) => {
    const arrets = [...liste.children].map(lireArret);
    const { nom, titre, adresse, avant, avantTitre, apres, apresTitre } = liste.dataset;
    etat = { nom, titre, adresse, avant, avantTitre, apres, apresTitre, arrets, faits: [], choisis: {}, vus: {}, titres: {} };
    etat.rang = Math.min(Math.max(rang, 0), arrets.length - 1);
    partir();
  };
  const partir = () => {
    Object.assign(etat, { presse: false, touche: false, quittee: false });
    // A screen that is not known is come to by the gestures that lead there.
    if (!adresseDe(etat.arrets[etat.rang])) etat.rang = 0;
    garder();
    annoncerAuServeur(true);
    location.assign(adresseDe(etat.arrets[etat.rang]) ?? etat.arrets[0].page);
  };
  // From the « ? » of a field, one goes back to where it was asked.
  const adresseDe = ({ page, ecran }) => {
    const origine = document.referrer ? new URL(document.referrer) : null;
    const dela = origine?.origin === location.origin && ecranDe(origine.pathname.replace(UUID, "{id}")) === ecran;
    if (liste && dela && origine.pathname !== location.pathname) return origine.pathname + origine.search;
    // Where a choice or an object stands in the address, it is that of the person.
    if (!/\{id\}|(fiche|nouvelle)$/.test(page)) return page;
    return etat.vus[ecran] ?? (/\{id\}|fiche$/.test(page) ? null : page);
  };
  const suivreAncre = () => {
    const [, rang] = location.hash.match(/^#montre-moi(?:-(\d+))?$/) ?? [];
    if (location.hash.startsWith("#montre-moi") && liste.hasAttribute("data-possible")) commencer((rang ?? 1) - 1);
  };
  if (liste) {
    window.addEventListener("hashchange", suivreAncre);
    const reprise = parId("visite-reprise");
    if (reprise && etat?.nom === liste.dataset.nom && etat.rang > 0) reprise.hidden = false;
    document.querySelector("[data-commencer]")?.addEventListener("click", () => commencer(0));
    document.querySelector("[data-reprendre-visite]")?.addEventListener("click", partir);
    suivreAncre();
    return;
  }
  const modele = parId("visite-modele");
  if (!etat || etat.quittee || !modele) {
    annoncerAuServeur(false);
    return;
  }

  // ------------------------------------------------------------------ what is lit

  document.body.append(modele.content.cloneNode(true));
  const panneau = parId("visite-panneau");
  const halo = parId("visite-halo");
  const annonce = parId("visite-annonce");
  // First after the way to the content, so that the keyboard meets it before the page.
  const evitement = document.querySelector(".evitement");
  evitement.after(panneau, halo);
  const place = (nom) => panneau.querySelector(`[data-visite='${nom}']`);
  const bouton = (nom) => panneau.querySelector(`[data-geste='${nom}']`);

  const SELECTEURS = {
    link: "a[href]", button: "button", textbox: "input:not([type]), input[type='text'], input[type='email'], textarea",
    searchbox: "input[type='search']", combobox: "select, input[list]", radio: "input[type='radio']",
    checkbox: "input[type='checkbox']", summary: "summary", region: "section[aria-labelledby], section[aria-label]",
  };
  const simple = (texte) => texte.replace(/\s+/g, " ").trim();
  // To be shown: with the spaces that no line is broken at.
  const tel = (texte) => texte.replace(/[ \t\n]+/g, " ").trim();
  // Read where it stands: a copy would be a style of its own to the policy of the page.
  const texteDe = (noeud, lire = simple) => {
    const textes = document.createTreeWalker(noeud, NodeFilter.SHOW_TEXT);
    let lu = "";
    while (textes.nextNode()) if (!textes.currentNode.parentElement.closest("[aria-hidden='true'], template")) lu += textes.currentNode.data;
    return lire(lu);
  };
  const nomDe = (elt, lire = simple) => {
    if (elt.tagName === "SUMMARY") return lire((elt.firstElementChild ?? elt).textContent);
    if (elt.hasAttribute("aria-label")) return lire(elt.getAttribute("aria-label"));
    const ids = elt.getAttribute("aria-labelledby");
    if (ids) return lire(ids.split(/\s+/).map((id) => parId(id)?.textContent ?? "").join(" "));
    if (elt.labels?.length) return lire([...elt.labels].map((label) => texteDe(label, lire)).join(" "));
    return texteDe(elt, lire);
  };
  const echapper = (texte) => texte.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const motifDe = ({ motif }) =>
    motif.split(/(\{(?:\*|\d+)\})/).map((morceau) => {
      const [, place] = morceau.match(/^\{(\*|\d+)\}$/) ?? [];
      if (!place) return echapper(simple(morceau));
      return etat.choisis[place] ? echapper(simple(etat.choisis[place])) : ".+";
    }).join(" ").replace(/ +/g, "\\s*");
  const PLACE = /\{(\*|\d+)\}/g;
  // What is the person's own takes its place in a sentence; what she has not said is left open.
  const remplir = (texte) => texte.replace(PLACE, (_, place) => etat.choisis[place] || "…");
  const dialogue = () => document.querySelector("dialog:modal");
  const exacte = (arret) => {
    // Of an object that nothing is known of, any other would be lit.
    const [, propre] = arret.motif.match(/^\{(\d+)\}$/) ?? [];
    if (propre && !etat.choisis[propre]) return null;
    const parmi = [...(dialogue() ?? document).querySelectorAll(SELECTEURS[arret.role] ?? "*")].filter(
      (elt) => !elt.closest(".visite-panneau") && elt.checkVisibility({ visibilityProperty: true })
        && (!arret.carte || elt.closest("[data-carte]")) && (arret.motif !== "{*}" || elt.closest("h2, h3")),
    );
    const exact = new RegExp(`^${motifDe(arret)}$`, "u");
    // A button may say more, or less: « Accepter ces remplacements et faire le fichier ».
    const large = new RegExp(motifDe(arret), "iu");
    const dit = simple(arret.motif).toLowerCase();
    const semblable = (nom) => large.test(nom) || (nom.length > 9 && dit.includes(nom.toLowerCase()));
    return parmi.find((elt) => exact.test(nomDe(elt)))
      ?? (["button", "region"].includes(arret.role) && !arret.carte ? parmi.find((elt) => semblable(nomDe(elt))) : null)
      ?? null;
  };
  // An answer that is not proposed any more: those of its question, the one that no other gesture answers.
  const groupeDe = (arret) => {
    if (arret.verbe !== "sélectionner" || arret.role !== "radio" || ecranDe(chemin()) !== arret.ecran || exacte(arret)) return [];
    const autres = etat.arrets.filter((autre) => autre !== arret && autre.role === "radio" && autre.ecran === arret.ecran).map(exacte);
    if (autres.some((autre) => !autre?.checked)) return [];
    const reponses = [...document.querySelectorAll(SELECTEURS.radio)].filter(
      (elt) => elt.name && elt.checkVisibility() && autres.every((autre) => autre.name !== elt.name),
    );
    return reponses.every((elt) => elt.name === reponses[0].name) ? reponses : [];
  };
  const cibleDe = (arret) => {
    if (!arret) return null;
    const groupe = groupeDe(arret);
    return exacte(arret) ?? groupe.find((elt) => elt.checked) ?? groupe[0] ?? null;
  };
  const ici = (arret) => {
    const cible = cibleDe(arret);
    return cible && (ecranDe(chemin()) === arret.ecran || cible.closest("header")) ? cible : null;
  };
  const courant = () => etat.arrets[etat.rang];
  let finie = false;
  // A radio button is small: it is lit with its label; where any answer will do, with the others.
  const boiteDe = (cible) => {
    const groupe = finie ? [] : groupeDe(courant());
    const choix = groupe.includes(cible) ? groupe : [cible];
    // Of a part that is taller than half the window, the title is lit.
    const titre = cible.matches("section") && cible.offsetHeight > innerHeight / 2 ? parId(cible.getAttribute("aria-labelledby")) : null;
    const boites = choix.flatMap((un) => [un === cible ? titre ?? un : un, ...(un.matches(".form-check-input") ? un.labels : [])])
      .map((n) => n.getBoundingClientRect());
    const [left, top] = ["left", "top"].map((cote) => Math.min(...boites.map((boite) => boite[cote])));
    const [right, bottom] = ["right", "bottom"].map((cote) => Math.max(...boites.map((boite) => boite[cote])));
    return { left, top, right, bottom, height: bottom - top };
  };
  const attend = (cible) => cible.getAttribute("aria-disabled") === "true";
  const alerte = () =>
    [...document.querySelectorAll("[role='alert'], #refus section, .refus")]
      .some((n) => n.checkVisibility() && simple(n.textContent) && !panneau.contains(n));

  // ------------------------------------------------------------------ what was done

  const valeurDe = (cible) => {
    if (!cible) return "";
    if (cible.matches("[type='radio'], [type='checkbox']")) return cible.checked ? nomDe(cible) : "";
    return simple(cible.value ?? "");
  };
  const deja = (arret, cible) => {
    if (!cible) return false;
    if (arret.verbe === "cliquer") return cible.matches("summary") && cible.closest("details").open;
    return arret.verbe !== "lire" && valeurDe(cible) !== "";
  };
  const cochee = (cible) => (cible?.name ? document.querySelector(`input[name='${CSS.escape(cible.name)}']:checked`) : null);
  // One of the same question will do, if what comes next can be done with it: the other certification.
  const autreDuGroupe = (cible) => {
    const suite = ici(etat.arrets[etat.rang + 1]);
    const coche = cochee(cible);
    return suite && !attend(suite) && coche ? coche : null;
  };
  let repondu = false;
  let telecharge = false;
  let pressee = null;
  const ceDocument = Math.random().toString(36).slice(2);
  const fait = () => {
    const arret = courant();
    const cible = ici(arret);
    if (etat.faits.includes(etat.rang) && deja(arret, cible)) return true;
    if (arret.verbe === "lire") return false;
    if (arret.verbe === "sélectionner") {
      const choisi = cible?.checked ? cible : autreDuGroupe(cible);
      if (etat.touche && choisi) etat.choisis[etat.rang + 1] = nomDe(choisi);
      return Boolean(etat.touche && choisi);
    }
    if (arret.verbe !== "cliquer") {
      if (etat.touche && valeurDe(cible)) etat.choisis[etat.rang + 1] = simple(cible.value);
      return Boolean(etat.touche && valeurDe(cible));
    }
    if (arret.role === "summary") return Boolean(etat.touche && deja(arret, cible));
    if (!etat.presse) return false;
    const suivant = etat.arrets[etat.rang + 1];
    const ailleurs = etat.presse !== ceDocument;
    if (ailleurs || telecharge) {
      if (!suivant) return ailleurs && !alerte();
      // Come to the screen of the next one, where it is not: it is said there.
      return Boolean(ici(suivant))
        || (ailleurs && suivant.ecran !== arret.ecran && ecranDe(chemin()) === suivant.ecran && !alerte());
    }
    return repondu && (!suivant || ecranDe(chemin()) !== suivant.ecran || Boolean(ici(suivant)));
  };
  const aller = (rang) => {
    etat.rang = rang;
    Object.assign(etat, { presse: false, touche: false });
    repondu = telecharge = false;
    pressee = null;
    refuse = false;
    garder();
  };
  let refuse = false;
  // Who has come by another way to where the next gesture is goes on from there, unless there was something to write.
  const rattraper = () => {
    const ecran = ecranDe(chemin());
    if (ici(courant()) || courant().ecran === ecran) return;
    for (let rang = etat.rang + 1; rang < etat.arrets.length; rang += 1) {
      if (["saisir", "choisir"].includes(etat.arrets[rang - 1].verbe)) return;
      if (etat.arrets[rang].ecran === ecran && ici(etat.arrets[rang])) {
        aller(rang);
        return;
      }
    }
  };
  // Of what a later name needs, what stands in the screen, whether it was asked or passed over.
  const noter = () => {
    const places = new Set(etat.arrets.flatMap(({ motif }) => [...motif.matchAll(PLACE)].map(([, place]) => place)));
    for (const place of places) {
      const cible = place === "*" ? null : ici(etat.arrets[place - 1]);
      const valeur = valeurDe(cible?.type === "radio" ? cochee(cible) : cible);
      if (valeur) etat.choisis[place] = valeur;
    }
  };
  const evaluer = () => {
    if (finie) return;
    // A form that came back refused, in a page of its own.
    if (etat.presse && etat.presse !== ceDocument && ici(courant()) && alerte()) refuse = true;
    const ecran = ecranDe(chemin());
    if (document.querySelector(".erreur[data-statut='404']")) {
      // What is gone is made anew, by the gestures that lead there.
      delete etat.vus[ecran];
      if (courant().ecran === ecran && !adresseDe(courant())) {
        etat.faits = [];
        aller(0);
      }
    } else {
      etat.vus[ecran] = location.pathname + location.search;
      etat.titres[ecran] = document.querySelector("h1") ? texteDe(document.querySelector("h1"), tel) : "";
    }
    noter();
    while (fait()) {
      if (etat.rang + 1 === etat.arrets.length) {
        finir();
        return;
      }
      aller(etat.rang + 1);
    }
    rattraper();
    garder();
    montrer();
  };

  // ------------------------------------------------------------------ what is shown

  let montre = "";
  let parole = 0;
  let aDire = [];
  const dire = (texte, delai = 80) => {
    clearTimeout(parole);
    annonce.textContent = "";
    parole = setTimeout(() => { annonce.textContent = texte(); }, delai);
  };
  // What an answer may still bring is not said to be missing before it had the time to.
  const REPONSE = 1_000;
  // What is pressed or read is called by the name that it has here: her own title, a button that says less.
  const demandeDe = (arret, cible) => {
    if (groupeDe(arret).length) return place("demande").dataset.auChoix;
    const nomme = cible && ["cliquer", "lire"].includes(arret.verbe) && arret.motif !== "{*}";
    return nomme ? arret.dit.demande.replace(/«.*»/u, () => `«\u00a0${nomDe(cible, tel)}\u00a0»`) : remplir(arret.modele ?? arret.dit.demande);
  };
  const ECRIRE = ["saisir", "choisir", "sélectionner"];
  const ETATS = ["deja", "refus", "inactif", "ailleurs", "absent"];
  const montrer = () => {
    const arret = courant();
    const cible = ici(arret);
    const chez = ecranDe(chemin()) === arret.ecran;
    const adresse = cible ? null : adresseDe(arret);
    // A question that is no part of the tour is answered first.
    panneau.hidden = dialogue() !== null && !cible;
    let quel = "";
    // What was pressed is being answered.
    if (!cible && etat.presse === ceDocument) quel = "";
    else if (!cible) quel = chez ? "absent" : "ailleurs";
    else if (refuse) quel = "refus";
    else if (arret.verbe === "cliquer" && attend(cible)) quel = "inactif";
    else if (deja(arret, cible)) quel = "deja";
    // A title that asks for the same is not said twice.
    const { etape } = arret.dit;
    const demande = demandeDe(arret, cible);
    place("etape").textContent = etape.endsWith(demande) ? etape.slice(0, -demande.length).replace(/\s*:\s*$/, "") : etape;
    place("compte").textContent = place("compte").dataset.modele.replace("{n}", etat.rang + 1).replace("{total}", etat.arrets.length);
    place("barre").max = etat.arrets.length;
    place("barre").value = etat.rang + 1;
    place("demande").textContent = demande;
    place("exemple").textContent = arret.dit.exemple ?? "";
    place("exemple").closest("p").hidden = !arret.dit.exemple;
    const dites = arret.phrases.filter((phrase) => phrase !== `${arret.dit.demande}.`).map(remplir);
    const phrases = dites.join("\n");
    if (place("phrases").dataset.dites !== phrases) {
      place("phrases").dataset.dites = phrases;
      place("phrases").replaceChildren(...dites.map((texte) => Object.assign(document.createElement("p"), { textContent: texte })));
    }
    for (const nom of ETATS) panneau.querySelector(`[data-si='${nom}']`).hidden = nom !== quel;
    place("ecran").textContent = adresse && adresse === etat.vus[arret.ecran] ? etat.titres[arret.ecran] || arret.titre : arret.titre;
    const lien = place("lien");
    lien.hidden = !(quel === "ailleurs" && adresse);
    if (adresse) lien.href = adresse;
    const avant = place("avant");
    // Before anything is written, it is what comes before that is missing.
    const rienEcrit = !etat.arrets.slice(0, etat.rang).some(({ verbe }) => ECRIRE.includes(verbe));
    avant.hidden = !(quel === "absent" && (arret.carte || rienEcrit) && etat.avant);
    if (!avant.hidden) {
      avant.querySelector("a").href = etat.avant;
      avant.querySelector("a").textContent = etat.avantTitre;
    }
    // A check that was refused leaves what comes next to be written; nothing follows what was not saved.
    const suivant = etat.arrets[etat.rang + 1];
    const malgre = quel === "refus" && ECRIRE.includes(suivant?.verbe) && ici(suivant) !== null;
    place("malgre").hidden = !malgre;
    basculer("continuer", arret.verbe === "lire" ? !cible : quel !== "deja" && !malgre);
    // What alone leads to a screen that is not known is not passed over.
    basculer("passer", suivant && ecranDe(chemin()) !== suivant.ecran && !ici(suivant) && !adresseDe(suivant));
    basculer("revenir", etat.rang === 0);
    basculer("rejoindre", !cible);
    panneau.dataset.etat = quel;
    const maintenant = `${etat.rang}|${quel}`;
    if (montre !== maintenant) {
      const nouveau = montre.split("|")[0] !== String(etat.rang);
      montre = maintenant;
      const exemple = arret.dit.exemple ? simple(place("exemple").closest("p").textContent) : "";
      if (nouveau) aDire = [place("compte").textContent, arret.dit.etape, demande, exemple, ...dites];
      const enAttente = aDire.length > 0 && ["absent", "inactif"].includes(quel);
      // With nothing to add, what is being said is let to its end.
      if (aDire.length || quel) {
        dire(() => {
          const precision = panneau.querySelector("[data-si]:not([hidden])");
          const tout = [...aDire, precision ? simple(precision.innerText) : ""];
          aDire = [];
          return tout.filter(Boolean).join(". ").replace(/([.!?](?:\s»)?)\. /g, "$1 ");
        }, enAttente ? REPONSE : undefined);
      }
      if (nouveau) rappels = 0;
      if (nouveau && cible) amener(cible);
    }
    // The browser may scroll after us, to what takes the focus: what is lit is brought back, not for ever.
    const trouvee = placer();
    if ((!trouvee || halo.hidden) && !panneau.hidden && cible && rappels < 3) {
      rappels += 1;
      amener(cible);
    }
  };
  let rappels = 0;
  // What is pressed must not go away from under the keyboard.
  const basculer = (nom, cache) => {
    if (cache && document.activeElement === bouton(nom)) parId("visite-titre").focus({ preventScroll: true });
    bouton(nom).hidden = Boolean(cache);
  };
  const MARGE = 12;
  const A_VOIR = 24;
  const intersecte = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const laBarre = () => document.querySelector(".barre-actions, .actions-etape, .barre-choix");
  const barre = () => {
    const boite = laBarre()?.getBoundingClientRect();
    return boite && boite.height && boite.top < innerHeight && boite.bottom > 0 ? boite : null;
  };
  // Where one sees no more of a thing: the bar that stands over the page, unless it is of the bar itself.
  const fond = (elt) => {
    const sous = dialogue() || laBarre()?.contains(elt) ? null : barre();
    return sous && sous.bottom > innerHeight - 4 ? sous.top : innerHeight;
  };
  const etroit = () => innerWidth < 768;
  let partie = false;
  const placer = () => {
    // Who has left the tour scrolls and resizes without it.
    if (partie) return true;
    // Outside of a question that is asked nothing can be pressed.
    const hote = dialogue() ?? document.body;
    if (panneau.parentNode !== hote) {
      const foyer = panneau.contains(document.activeElement) ? document.activeElement : null;
      if (hote === document.body) evitement.after(panneau, halo);
      else hote.append(panneau, halo);
      foyer?.focus({ preventScroll: true });
    }
    if (panneau.hidden) {
      halo.hidden = true;
      return true;
    }
    if (finie) {
      panneau.style.inset = "auto 1rem 1rem auto";
      return true;
    }
    const cible = ici(courant());
    const boite = cible ? boiteDe(cible) : null;
    const fin = cible ? fond(cible) : innerHeight;
    const vue = boite && Math.min(boite.bottom, fin) - Math.max(boite.top, 0) >= Math.min(boite.height, A_VOIR);
    const coupe = vue && boite.bottom > fin && boite.height < innerHeight / 2;
    halo.hidden = !vue;
    if (vue) {
      const [x, y] = [Math.max(boite.left - 6, 3), boite.top - 6];
      halo.style.transform = `translate(${x}px, ${y}px)`;
      halo.style.width = `${Math.min(boite.right + 6, innerWidth - 3) - x}px`;
      halo.style.height = `${(fin < innerHeight ? Math.min(boite.bottom + 6, fin) : boite.bottom + 6) - y}px`;
    }
    // What is cut is scrolled by the keyboard too.
    for (const coupee of panneau.querySelectorAll("[data-defile]")) {
      const defile = coupee.scrollHeight > coupee.clientHeight + 1;
      if (defile !== coupee.hasAttribute("tabindex") && coupee !== document.activeElement) coupee.toggleAttribute("tabindex", defile);
      if (defile) coupee.tabIndex = 0;
    }
    const { width, height } = panneau.getBoundingClientRect();
    const messages = [...document.querySelectorAll(".toasts .message")].map((message) => message.getBoundingClientRect());
    const sous = barre();
    const bas = sous && sous.bottom > innerHeight - 4 ? sous.top : innerHeight;
    const milieu = boite ? Math.min(Math.max(boite.top - MARGE, MARGE), bas - height - MARGE) : 0;
    // Beside the whole field first: what goes with it is to be seen too.
    const autour = cible ? (cible.closest(".champ") ?? cible).getBoundingClientRect() : null;
    const coin = [innerWidth - width - MARGE, bas - height - MARGE];
    const places = etroit() || !vue
      ? [coin, [coin[0], MARGE], [coin[0], Math.max(bas - height, 0)]]
      : [
          [autour.right + 22, milieu], [boite.right + 22, milieu], [boite.left - width - 22, milieu],
          [Math.min(boite.left, innerWidth - width - MARGE), boite.bottom + 22],
          [Math.min(boite.left, innerWidth - width - MARGE), boite.top - height - 22], coin, [coin[0], MARGE], [MARGE, coin[1]],
        ];
    const libre = ([x, y]) => {
      const ainsi = { left: x, top: y, right: x + width, bottom: y + height };
      const dedans = x >= 0 && y >= 0 && ainsi.right <= innerWidth && ainsi.bottom <= innerHeight;
      const haloBoite = boite && { left: boite.left - 8, right: boite.right + 8, top: boite.top - 8, bottom: boite.bottom + 8 };
      return dedans && !(vue && intersecte(ainsi, haloBoite)) && !(sous && intersecte(ainsi, sous));
    };
    const sansMessage = ([x, y]) =>
      libre([x, y]) && !messages.some((m) => intersecte({ left: x, top: y, right: x + width, bottom: y + height }, m));
    const nette = places.find(sansMessage);
    const choisie = nette ?? places.find(libre);
    const [x, y] = choisie ?? coin;
    panneau.style.transform = `translate(${Math.round(x)}px, ${Math.floor(Math.max(y, 0))}px)`;
    // A page can be scrolled far enough for its last field to stand clear of the tour.
    document.documentElement.style.setProperty("--visite-hauteur", `${Math.round(height)}px`);
    return nette !== undefined && !coupe;
  };
  let appui = false;
  let ramener = 0;
  const HAUT_ETROIT = 52;
  const ECRIT = "input:not([type='radio'], [type='checkbox']), textarea, select";
  const amener = (cible, demande = false) => {
    // Not from under the finger, nor from under who is typing elsewhere.
    const foyer = document.activeElement;
    if (!demande && (appui || (foyer.matches(ECRIT) && foyer !== cible && dansLaVue(foyer) && frappe))) {
      clearTimeout(ramener);
      // By then an answer may have put another in its place.
      if (appui) ramener = setTimeout(() => { const encore = finie ? null : ici(courant()); if (encore) amener(encore); }, 120);
      return;
    }
    if (dansLaVue(cible)) return;
    if (etroit()) {
      // Below what is said at the top, with its label above it where there is room, and the card below.
      const dessus = Math.max(0, ...[...document.querySelectorAll(".toasts .message")].map((m) => m.getBoundingClientRect().bottom));
      const { top, height } = boiteDe(cible);
      const reste = fond(cible) - panneau.getBoundingClientRect().height - 2 * MARGE - height;
      scrollBy({ top: top - Math.max(dessus + MARGE, Math.min(dessus + HAUT_ETROIT, reste)), behavior: "instant" });
      placer();
      return;
    }
    const doux = matchMedia("(prefers-reduced-motion: no-preference)").matches;
    cible.scrollIntoView({ block: "center", behavior: doux ? "smooth" : "instant" });
  };
  const dansLaVue = (elt) => {
    const { top, bottom } = boiteDe(elt);
    if (laBarre()?.contains(elt)) return top >= 0 && bottom <= innerHeight;
    const haut = etroit() ? 8 : 60;
    const reste = etroit() ? panneau.getBoundingClientRect().height : 0;
    return top >= haut && bottom <= (barre()?.top ?? innerHeight) - 8 - reste;
  };
  let frappe = false;

  const finir = () => {
    finie = true;
    halo.hidden = true;
    panneau.dataset.etat = "finie";
    place("tout").hidden = Boolean(etat.passee);
    place("marche").hidden = true;
    place("fin").hidden = false;
    const suite = place("suite");
    suite.hidden = !etat.apres;
    if (etat.apres) {
      suite.querySelector("a").href = etat.apres;
      suite.querySelector("a").textContent = etat.apresTitre;
    }
    dire(() => simple(place("fin").innerText));
    annoncerAuServeur(false);
    sessionStorage.removeItem(CLE);
    placer();
    panneau.style.transform = "none";
  };
  const quitter = () => {
    const cible = finie ? null : ici(courant());
    const dedans = panneau.contains(document.activeElement);
    clearInterval(pouls);
    observateur.disconnect();
    partie = true;
    panneau.remove();
    halo.remove();
    document.documentElement.classList.remove("visite-en-cours");
    if (!finie) {
      etat.quittee = true;
      garder();
      dire(() => modele.content.querySelector("[data-dit-quittee]").dataset.ditQuittee);
    }
    finie = true;
    annoncerAuServeur(false);
    if (dedans) (cible ?? parId("page")).focus();
  };

  // ------------------------------------------------------------------ what is listened to

  const GESTES = {
    continuer: () => { etat.choisis[etat.rang + 1] = valeurDe(ici(courant())); avancer(); },
    passer: () => { etat.passee ||= panneau.dataset.etat !== "deja"; avancer(); },
    revenir: () => { aller(etat.rang - 1); etat.faits = etat.faits.filter((rang) => rang < etat.rang); montrer(); },
    rejoindre: () => { const cible = ici(courant()); amener(cible, true); cible.focus({ preventScroll: true }); },
    quitter,
  };
  const avancer = () => {
    if (etat.rang + 1 === etat.arrets.length) finir();
    else {
      aller(etat.rang + 1);
      evaluer();
    }
  };
  let prevue = 0;
  const bientot = () => {
    clearTimeout(prevue);
    prevue = setTimeout(evaluer, 60);
  };
  document.addEventListener("change", ({ target }) => {
    if (finie) return;
    if (target === cibleDe(courant()) || (courant().verbe === "sélectionner" && target.name && target.name === cibleDe(courant())?.name)) {
      etat.touche = true;
    }
    // Done before it is asked, it is done.
    etat.arrets.forEach((arret, rang) => {
      if (arret.verbe === "cliquer" || arret.verbe === "lire" || ici(arret) !== target) return;
      const valeur = valeurDe(target);
      if (valeur) etat.choisis[rang + 1] = valeur;
      if (rang > etat.rang) etat.faits = [...etat.faits.filter((un) => un !== rang), ...(valeur ? [rang] : [])];
    });
    frappe = false;
    rappels = 0;
    evaluer();
  });
  document.addEventListener("input", () => { frappe = true; refuse = false; bientot(); });
  window.addEventListener("click", (evenement) => {
    const { target } = evenement;
    const geste = target.closest?.("[data-geste]");
    if (geste && panneau.contains(geste)) {
      GESTES[geste.dataset.geste]();
      return;
    }
    if (finie) return;
    const suivant = etat.arrets[etat.rang + 1];
    // Pressing what comes next says that one is done with what is written.
    if (deja(courant(), ici(courant())) && suivant && ici(suivant)?.contains(target) && courant().verbe !== "cliquer") {
      etat.choisis[etat.rang + 1] = valeurDe(ici(courant()));
      aller(etat.rang + 1);
    }
    const cible = ici(courant());
    if (!cible?.contains(target) || courant().verbe !== "cliquer") return;
    if (cible.matches("summary")) etat.touche = true;
    else if (!attend(cible)) {
      etat.presse = ceDocument;
      pressee = cible;
      repondu = refuse = false;
      // A link to a file leaves the page where it is.
      setTimeout(() => { if (etat.presse === ceDocument && !htmxDe(cible)) { telecharge = true; evaluer(); } }, 1_500);
    }
    garder();
    bientot();
  }, true);
  const htmxDe = (elt) => elt.matches("[hx-post], [hx-get]");
  document.addEventListener("htmx:afterRequest", ({ detail: { requestConfig, xhr } }) => {
    if (finie || !pressee || requestConfig.elt !== pressee || xhr.getResponseHeader("HX-Redirect")) return;
    setTimeout(() => {
      refuse = xhr.status === 0 || xhr.status >= 400 || alerte();
      repondu = !refuse;
      evaluer();
    }, 50);
  });
  document.addEventListener("htmx:afterSettle", bientot);
  document.addEventListener("toggle", bientot, true);
  document.addEventListener("focusout", bientot);
  window.addEventListener("popstate", bientot);
  document.addEventListener("keydown", (evenement) => {
    if (evenement.key !== "Escape" || evenement.defaultPrevented || evenement.isComposing || dialogue()) return;
    if (document.querySelector("[popover]:popover-open") || evenement.target.matches?.("[type='search']")) return;
    const dedans = panneau.contains(document.activeElement);
    const cible = !dedans ? parId("visite-titre") : finie ? null : ici(courant());
    cible?.focus({ preventScroll: !dedans });
  });
  // Who signs out leaves the tour, and what it knows of what she wrote.
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[data-deconnexion]")) return;
    sessionStorage.removeItem(CLE);
    annoncerAuServeur(false);
    sortie = true;
  });
  // Another tab may have ended its own tour, and said that none runs: what this one asks for next carries it all the same.
  let sortie = false;
  const annoncerEncore = () => { if (!finie && !sortie) annoncerAuServeur(true); };
  for (const nom of ["beforeunload", "focus"]) window.addEventListener(nom, annoncerEncore);
  document.addEventListener("visibilitychange", annoncerEncore);
  for (const [nom, vrai] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    document.addEventListener(nom, () => { if (vrai) appui = true; else setTimeout(() => { appui = false; }, 80); }, true);
  }
  let image = 0;
  const replacer = () => {
    cancelAnimationFrame(image);
    image = requestAnimationFrame(placer);
  };
  for (const nom of ["scroll", "resize", "transitionend", "animationend"]) window.addEventListener(nom, replacer, { capture: true, passive: true });
  const observateur = new MutationObserver((changements) => {
    if (changements.some(({ target }) => !panneau.contains(target) && target !== halo && target !== annonce && !annonce.contains(target))) bientot();
  });
  observateur.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-disabled", "open", "hidden"] });
  const pouls = setInterval(replacer, 400);

  document.documentElement.classList.add("visite-en-cours");
  panneau.hidden = false;
  evaluer();
})();
