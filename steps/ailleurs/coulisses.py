"""Where a scenario is arranged when there is no test door: a browser of its own, signed in to the account given.

Everything is done through the screens, with a mouse, out of sight of the scenario: what it starts from is made there,
and removed there when it ends. Knows the screens, not the rules of the product.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import BrowserContext, Locator, expect

from steps.ailleurs.deploiement import Compte
from steps.ecrans.catalogue import ADRESSE, EcranCatalogue
from steps.ecrans.connexion import EcranConnexion
from steps.ecrans.formation import EcranFormation
from steps.ecrans.libelles import IDENTIFIANT, STATUTS
from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import aplanir, dire
from steps.navigateur.delais import DELAIS
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.pilote import Main, Pilote

PAGES_LUES = 50
_DELAI_DU_REFUS = 8_000
_IDENTIFIANT_DE_CARTE = "ID : "
_VERS_LA_SUPPRESSION = {"Validée": "Archiver", "Archivée": "Supprimer", "Brouillon": "Supprimer"}
"""What to do with a formation so that, twice over at most, nothing is left of it."""


class CompteRefuse(Exception):  # noqa: N818 - it reads as a sentence
    """The account does not let one in, or not enough; the message says why."""


def entrer(pilote: Pilote, compte: Compte, jour: str) -> None:
    """Sign in through the screen, and place the demonstration at a date (in full) unless it is there already.

    Raises CompteRefuse.
    """
    connexion = EcranConnexion(pilote)
    connexion.ouvrir()
    connexion.se_connecter(compte.courriel, compte.mot_de_passe)
    pilote.attendre_le_calme()
    refus = pilote.page.get_by_role("alert").filter(visible=True)
    titre = pilote.page.get_by_role("heading", level=1, name=motif("Catalogue"))
    expect(titre.or_(refus).first).to_be_visible(timeout=DELAIS.ms(_DELAI_DU_REFUS))
    if not titre.count():
        message = "Le compte {courriel} ne se connecte pas : « {refus} »"
        raise CompteRefuse(dire(message, courriel=compte.courriel, refus=refus.first.inner_text().strip()))
    if jour:
        se_placer(pilote, jour)


def se_placer(pilote: Pilote, jour: str) -> None:
    """Place the session at a date (in full) by the banner of the demonstration, unless it is there already."""
    ecran = EcranConnexion(pilote)
    bandeau = ecran.region("Démonstration")
    if not bandeau.count() or bandeau.get_by_text(motif(f"Date de référence : {jour}", entier=False)).count():
        return
    autre = bandeau.get_by_role("button", name=motif("Passer à aujourd'hui")).or_(
        bandeau.get_by_role("button", name=debut("Revenir au"))
    )
    pilote.cliquer(autre.first, "date de référence")
    ecran.voir_bandeau(f"Date de référence : {jour}")


class Coulisses:
    """The catalogue of an account, arranged through the screens. `ouvrir` gives a fresh browser context."""

    def __init__(self, ouvrir: Callable[[], BrowserContext], compte: Compte, jour: str) -> None:
        self._ouvrir = ouvrir
        self._compte = compte
        self._jour = jour
        self._ecran: EcranCatalogue | None = None

    def situer(self, jour: str) -> None:
        """Place what is done from now on at a date."""
        self._jour = jour
        if self._ecran is not None:
            se_placer(self._ecran.pilote, jour)

    @property
    def _catalogue(self) -> EcranCatalogue:
        if self._ecran is None:
            pilote = Pilote(self._ouvrir().new_page(), Enregistreur("coulisses", "", 0), Main())
            entrer(pilote, self._compte, self._jour)
            self._ecran = EcranCatalogue(pilote)
        return self._ecran

    def exiger_gestion(self) -> None:
        """Make sure that the account may write in its catalogue. Raises CompteRefuse."""
        if not self._catalogue.lien("Ajouter une formation").count():
            message = "Le compte {courriel} ne peut que lire son catalogue : donnez un compte qui le gère."
            raise CompteRefuse(dire(message, courriel=self._compte.courriel))

    def noms(self) -> frozenset[str]:
        """Give the identifiers and the titles of the catalogue, in plain typography; its first thousand formations."""
        ecran = self._catalogue
        ecran.ouvrir()
        return self._lus() | (self._lus() if self._parmi_les_archivees() else frozenset())

    def _lus(self) -> frozenset[str]:
        """Read the pages that follow the one on screen."""
        ecran = self._catalogue
        lus: set[str] = set()
        for _ in range(PAGES_LUES):
            ecran.pilote.attendre_le_calme()
            lus |= {aplanir(titre).strip() for titre in ecran.titres()}
            for carte in ecran.cartes.all_inner_texts():
                lignes = (aplanir(ligne).strip() for ligne in carte.splitlines())
                dites = (ligne for ligne in lignes if ligne.startswith(_IDENTIFIANT_DE_CARTE))
                lus |= {ligne.removeprefix(_IDENTIFIANT_DE_CARTE) for ligne in dites}
            if not ecran.lien("Formations suivantes").count():
                break
            ecran.cliquer("Formations suivantes")
        return frozenset(lus)

    def creer(self, textes: Mapping[str, str], statut: str) -> None:
        """Make a formation: its texts by the labels of the fields, its status in the words of the screen."""
        formation = EcranFormation(self._catalogue.pilote)
        formation.commencer("Cléa")
        for champ, texte in textes.items():
            if formation.liste(champ).count():
                formation.choisir(texte, champ) if texte else formation.vider(champ)
            else:
                formation.saisir(texte, champ)
        formation.cliquer("Valider" if statut == "Validée" else "Enregistrer les modifications")
        identifiant = textes[IDENTIFIANT]
        if statut != "Validée":
            formation.voir_heure_d_enregistrement()
        formation.cliquer("Voir dans le catalogue")
        formation.voir_titre_de_page("Catalogue")
        if statut == "Archivée":
            self._operer("Archiver", identifiant)
        self._catalogue.voir_statut(identifiant, statut)

    def numero(self, identifiant: str) -> str:
        """Give the number by which a formation is addressed."""
        lien = self._carte(identifiant).get_by_role("heading").get_by_role("link")
        return str(lien.get_attribute("href")).rpartition("/")[2]

    def statut(self, identifiant: str) -> str:
        """Give the status of a formation, as its card says it to somebody who has just come."""
        return self._statut(self._carte(identifiant))

    def supprimer(self, identifiant: str) -> str:
        """Remove a formation if it is there, whatever its status; give its status when it could not be removed."""
        for _ in _VERS_LA_SUPPRESSION:
            carte = self._chercher(identifiant)
            if not carte.count():
                return ""
            operation = _VERS_LA_SUPPRESSION[self._statut(carte)]
            self._operer(operation, identifiant)
            if operation == "Supprimer":
                self._catalogue.cliquer("Supprimer définitivement")
                self._catalogue.pilote.attendre_le_calme()
        reste = self._chercher(identifiant)
        return self._statut(reste) if reste.count() else ""

    def _operer(self, operation: str, identifiant: str) -> None:
        self._catalogue.choisir_operation(operation, identifiant)
        self._catalogue.pilote.attendre_le_calme()

    def _chercher(self, identifiant: str) -> Locator:
        """Look for a formation as somebody who has just come would: nothing that a page remembers is believed."""
        ecran = self._catalogue
        ecran.pilote.ouvrir(ADRESSE)
        if ecran.page.get_by_role("searchbox").count():
            ecran.rechercher(identifiant)
            ecran.pilote.attendre_le_calme()
        if not ecran.carte(identifiant).count():
            self._parmi_les_archivees()
        return ecran.carte(identifiant)

    def _parmi_les_archivees(self) -> bool:
        """Show the archived formations, which the whole catalogue leaves aside; say whether there can be any."""
        ecran = self._catalogue
        if not ecran.filtre("Archivées").count():
            return False
        ecran.filtrer("Archivées")
        ecran.pilote.attendre_le_calme()
        return True

    def _carte(self, identifiant: str) -> Locator:
        carte = self._chercher(identifiant)
        assert carte.count(), dire("« {x} » n'est pas dans le catalogue", x=identifiant)
        return carte

    @staticmethod
    def _statut(carte: Locator) -> str:
        return next(statut for statut in STATUTS if carte.get_by_text(motif(statut)).count())
