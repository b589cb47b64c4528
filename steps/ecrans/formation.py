"""« Nouvelle offre de formation », étape 2/2, and the form of a formation (guide steps 5 to 13)."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from playwright.sync_api import Locator, expect

from steps.ecrans.libelles import IDENTIFIANT
from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import dire
from steps.navigateur.ecart import cites, ou_dire
from steps.navigateur.pilote import Pilote

ADRESSE = "/formations/{numero}"
# Bookmarks on étape 2/2, with what étape 1/2 asks for already chosen: it has its own scenarios.
ADRESSE_FICHE = "/formations/nouvelle/fiche"
TYPES: Mapping[str, str] = {
    "Cléa": "type=clea&certification=RS2203",
    "Bilan de compétences": "type=bilan",
    "Permis de conduire": "type=permis&certification=CPF206",
    "VAE": "type=vae",
    "Accompagnement à la création/reprise d'entreprise": "type=creation",
}
NUMERO_DE_PERSONNE = "00000000-0000-4000-8000-000000000000"

REFUS = re.compile(
    r"^(La formation n.est pas (enregistrée|validée)|Cette formation a été modifiée|Vous avez déjà enregistré)"
)
REPRENDRE = "Reprendre la saisie"
ENREGISTRE = re.compile(r"^Enregistré à \d{1,2}\sh\s\d\d\b")
HEURE = re.compile(rf"^{REPRENDRE} de \d{{1,2}}\sh\s\d\d$")
OBJECTIF = "Objectif de la formation"
VALEURS: Mapping[str, str] = {
    IDENTIFIANT: "Clea_Essai",
    "Intitulé de la formation": "Compétences Cléa - expression orale",
    OBJECTIF: "Communiquer en français à l'oral",
    "Contenu de la formation": "Écouter, reformuler, argumenter",
    "Les points forts de la formation": "Petits groupes",
    "Résultats attendus de la formation": "Oser prendre la parole",
    "Type de parcours de formation": "96214 - Mixte",
    "Objectif général de la formation": "Certification",
}
CERTIFIANTE = "Formation certifiante"
# The same fields for what is not Cléa: a driving licence does not teach to speak in public.
VALEURS_DU_TYPE: Mapping[str, Mapping[str, str]] = {
    CERTIFIANTE: {
        IDENTIFIANT: "Certif_Essai",
        "Intitulé de la formation": "Préparer la certification",
        OBJECTIF: "Réussir les épreuves de la certification",
        "Contenu de la formation": "Cours, exercices, épreuves blanches",
        "Résultats attendus de la formation": "Être prêt pour les épreuves",
    },
    "Bilan de compétences": {
        IDENTIFIANT: "Bilan_Essai",
        "Intitulé de la formation": "Faire le point sur son parcours",
        OBJECTIF: "Choisir un projet professionnel",
        "Contenu de la formation": "Entretiens, enquêtes, synthèse",
        "Les points forts de la formation": "Une seule conseillère du début à la fin",
        "Résultats attendus de la formation": "Un projet et ses premières étapes",
    },
    "Permis de conduire": {
        IDENTIFIANT: "Permis_Essai",
        "Intitulé de la formation": "Permis B en vingt heures",
        OBJECTIF: "Conduire seul en sécurité",
        "Contenu de la formation": "Code de la route, conduite en ville et sur route",
        "Les points forts de la formation": "Voitures récentes",
        "Résultats attendus de la formation": "Être prêt pour l'examen",
    },
    "VAE": {
        IDENTIFIANT: "Vae_Essai",
        "Intitulé de la formation": "Faire valider son expérience",
        OBJECTIF: "Obtenir une certification par son expérience",
        "Contenu de la formation": "Rédiger son dossier, préparer son entretien",
        "Les points forts de la formation": "Un accompagnement individuel",
        "Résultats attendus de la formation": "Un dossier prêt pour le jury",
    },
    "Accompagnement à la création/reprise d'entreprise": {
        IDENTIFIANT: "Creation_Essai",
        "Intitulé de la formation": "Créer son entreprise",
        OBJECTIF: "Construire et chiffrer son projet",
        "Contenu de la formation": "Étude de marché, plan de financement, statuts",
        "Les points forts de la formation": "Des intervenants qui ont créé la leur",
        "Résultats attendus de la formation": "Un projet prêt à être financé",
    },
}
AGREMENT = "E 02 075 1234 0"
# The fields that one type alone asks for.
VALEURS_PROPRES: Mapping[str, str] = {
    "Durée totale, en heures": "20",
    "Catégorisation de l'offre": "152",
    "Numéro d'agrément préfectoral": AGREMENT,
}

# What other programs leave in a text that is copied, by the words of the features: they cannot show it.
COLLAGES: Mapping[str, str] = {
    "une liste à puces de Word": "Au programme :\n\uf0b7\tÉcouter\n  o\tReformuler\n• Argumenter",
    "deux lignes de PowerPoint": "Écouter\x0bReformuler",
    "un mot aux césures invisibles": "com\u00adpé\u00adtences",
    "un mot entouré d'espaces sans largeur": "\ufeffÉcouter\u200b",
    "un émoji fait de deux signes": "👩\u200d🏫",
    "un signe qui retourne le texte": "Écouter\nReformuler\nCommuniquer \u202eà l'oral",
}


def plusieurs(nombre: int, sorte: str) -> str:
    """Give a text made of that many signs of a sort, named as the features name it."""
    return {
        "caractères": ("abcdefghij" * (nombre // 10 + 1))[:nombre],
        "espaces": " " * nombre,
        "lettres accentuées": "\N{LATIN SMALL LETTER E WITH ACUTE}" * nombre,
        "lettres accentuées décomposées": "e\N{COMBINING ACUTE ACCENT}" * nombre,
        "émojis": "\N{GRINNING FACE}" * nombre,
        "lignes d'une lettre": "a\n" * nombre,
    }[sorte]


class EcranFormation(EcranPage):
    """The form of a formation, new or not, and the page to read it."""

    def __init__(self, pilote: Pilote) -> None:
        super().__init__(pilote)
        self._valeurs = VALEURS

    # ------------------------------------------------------------------ gestures

    def commencer(self, type_de_formation: str) -> None:
        """Open étape 2/2 for a new formation of a type, named as on the screen."""
        self._commencer(TYPES[type_de_formation], type_de_formation)

    def commencer_sur(self, code: str) -> None:
        """Open étape 2/2 for a new « Formation certifiante » on a certification, by its full code."""
        type_de_code = "RNCP" if code.startswith("RNCP") else "RS"
        self._commencer(
            f"type=certifiante&type_code={type_de_code}&code={code.removeprefix(type_de_code)}", CERTIFIANTE
        )

    def _commencer(self, choix: str, type_de_formation: str) -> None:
        self._valeurs = {**VALEURS, **VALEURS_DU_TYPE.get(type_de_formation, {})}
        self.pilote.ouvrir(f"{ADRESSE_FICHE}?{choix}")
        expect(self.champ(IDENTIFIANT)).to_be_visible()

    def ouvrir(self, numero: str) -> None:
        """Open a formation by its address."""
        self.pilote.ouvrir(ADRESSE.format(numero=numero))

    def ouvrir_suppression(self, numero: str) -> None:
        """Open by its address the question that precedes a removal."""
        self.pilote.ouvrir(ADRESSE.format(numero=numero) + "/suppression")

    def verifier(self, identifiant: str) -> None:
        """Write an identifier and click on « Vérifier »."""
        self.saisir(identifiant, IDENTIFIANT)
        self.cliquer("Vérifier")

    def remplir(self, champ: str) -> None:
        """Give a field a plain, sufficient value; a list that leaves no choice keeps the one it has."""
        valeur = {**self._valeurs, **VALEURS_PROPRES}[champ]
        if champ in VALEURS_PROPRES or not self.liste(champ).count():
            self.saisir(valeur, champ)
        elif self.liste(champ).get_by_role("option", name=motif(valeur)).count():
            self.choisir(valeur, champ)

    def remplir_tout(self, sauf: str = "") -> None:
        """Give every field such a value, but one if it is named."""
        propres = [champ for champ in VALEURS_PROPRES if self.champ(champ).count()]
        for champ in (*VALEURS, *propres):
            if champ != sauf:
                self.remplir(champ)
        if "Numéro d'agrément préfectoral" in propres and sauf != OBJECTIF:
            self.saisir(f"{self._valeurs[OBJECTIF]}. Agrément préfectoral {AGREMENT}.", OBJECTIF)

    def suivre_ce_qui_manque(self, champ: str) -> None:
        """Click on a field's name in « Pour valider »."""
        self.pilote.cliquer(self._a_faire().get_by_role("link", name=motif(champ)), champ)

    def se_deplacer_jusqu_au_bouton(self, nom: str) -> None:
        """Reach a button with the Tab key."""
        self.pilote.se_deplacer(self.bouton(nom), nom)

    def suivre_un_refus(self, nom: str) -> None:
        """Click on an item of the list of what is refused."""
        self.pilote.cliquer(self._refus().get_by_role("link", name=motif(nom)), nom)

    def reprendre(self) -> None:
        """Take up what was typed and not saved."""
        self.pilote.cliquer(self._reprise(), REPRENDRE)

    # ------------------------------------------------------------------ what is seen

    def voir_heure_d_enregistrement(self) -> None:
        """The page says when it was saved."""
        dit = self.page.get_by_role("status").get_by_text(ENREGISTRE).first
        expect(dit).to_be_visible()
        self.pilote.montrer(dit, "Enregistré à")

    def voir_adresse(self, numero: str) -> None:
        """The page has the address of a formation."""
        expect(self.page).to_have_url(re.compile(re.escape(ADRESSE.format(numero=numero)) + "$"))

    def voir_refus(self, noms: Sequence[str]) -> None:
        """The list of what is refused leads to these places, no other, in this order; it stands above every field."""
        expect(self._refus().get_by_role("link")).to_have_text([motif(nom) for nom in noms])
        liste, champ = self._refus().bounding_box(), self.champ(IDENTIFIANT).bounding_box()
        assert liste is not None
        assert champ is not None
        assert liste["y"] + liste["height"] <= champ["y"], dire("la liste n'est pas au-dessus du formulaire")
        self.pilote.montrer(self._refus(), "Ce qui est refusé")

    def voir_clavier_sur_les_refus(self) -> None:
        """The keyboard is on the list of what is refused, and it can be seen."""
        expect(self._refus()).to_be_focused()
        expect(self._refus().get_by_role("heading")).to_be_in_viewport()

    def ne_voir_aucun_refus(self) -> None:
        """Nothing is refused, or no more."""
        expect(self.champ(IDENTIFIANT)).to_be_visible()
        expect(self._refus()).to_have_count(0)

    def voir_reprise(self) -> None:
        """What was typed and not saved is offered back, with its hour."""
        expect(self._reprise()).to_have_text(HEURE)

    def ne_voir_aucune_reprise(self) -> None:
        """Nothing is offered back, once the form is shown and at rest."""
        self.pilote.attendre_le_calme()
        expect(self.champ(IDENTIFIANT)).to_be_visible()
        expect(self._reprise()).to_have_count(0)

    def voir_preremplies(self, lignes: Sequence[tuple[str, str]], *, toutes: bool) -> None:
        """The prefilled block says each of these lines; when `toutes`, no other."""
        bloc = self._bloc_prerempli()
        for libelle, valeur in lignes:
            ligne = motif(f"{libelle} : {valeur}") if toutes else debut(f"{libelle} : {valeur}")
            lues = bloc.get_by_text(debut(f"{libelle} :"))
            attendu = dire("« {libelle} : {valeur} »", libelle=libelle, valeur=valeur)
            with ou_dire(attendu, partial(_premiere_lue, lues)):
                expect(bloc.get_by_text(ligne).first).to_be_visible()
        if toutes:
            expect(bloc.get_by_role("listitem")).to_have_count(len(lignes))
        self.pilote.montrer(bloc, "Préparation à la certification")

    def voir_preremplies_en_lecture_seule(self) -> None:
        """Nothing in the prefilled block can be written in nor chosen."""
        bloc = self._bloc_prerempli()
        expect(bloc.get_by_role("listitem").first).to_be_visible()
        for role in ("textbox", "combobox", "radio", "checkbox", "spinbutton"):
            expect(bloc.get_by_role(role)).to_have_count(0)

    def voir_seul_manque(self, champ: str) -> None:
        """« Pour valider » asks for one thing only."""
        expect(self._a_faire().get_by_role("link")).to_have_text([motif(champ)])

    def _a_faire(self) -> Locator:
        """What is left to do: the first list of « Pour valider », before advice, which may speak of the same fields."""
        return self.region("Pour valider").get_by_role("list").first

    def voir_ce_qui_manque_dit_par(self, nom: str) -> None:
        """An inactive button says why, to a screen reader too."""
        expect(self.bouton(nom), "à compléter").to_have_accessible_description(motif("à compléter", entier=False))

    def voir_aucun_champ(self) -> None:
        """The page is one to read: nothing in it can be changed."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        for role in ("textbox", "combobox"):
            expect(self.page.get_by_role(role)).to_have_count(0)

    def voir_deux_versions(self, titre: str, mien: str, sien: str) -> None:
        """Both texts of a conflict are shown, and can be compared."""
        for texte in (mien, sien):
            expect(self.region(titre).get_by_text(motif(texte)).first).to_be_visible()

    def _refus(self) -> Locator:
        return self.page.get_by_role("region", name=REFUS)

    def _reprise(self) -> Locator:
        return self.page.get_by_role("status").get_by_role("button", name=debut(REPRENDRE))

    def _bloc_prerempli(self) -> Locator:
        return self.page.get_by_role("region").filter(has=self.page.get_by_role("button", name=debut("Explication")))


def _premiere_lue(lues: Locator) -> str:
    return cites(lues.all_inner_texts()[:1], "absent de la page")
