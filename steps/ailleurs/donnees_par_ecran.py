"""What one scenario starts from, when it is arranged by an account and not by a test door.

The same verbs as `steps.donnees.donnees` and `steps.donnees.session`, as far as the screens allow. What they do
not allow is declared beside the sentences that need it (`steps.donnees.besoins`), and their scenarios are not played;
a test holds the two together.
"""

from collections.abc import Callable, Iterable, Sequence

from playwright.sync_api import BrowserContext

from steps.ailleurs.coulisses import Coulisses, entrer, se_placer
from steps.ailleurs.deploiement import Compte
from steps.donnees.dates import ecrire_date
from steps.donnees.donnees import DATE_DU_GUIDE_ECRITE, lire_tableau
from steps.ecrans.catalogue import ADRESSE
from steps.ecrans.formation import VALEURS
from steps.ecrans.libelles import IDENTIFIANT
from steps.gherkin.dates import lire_date
from steps.gherkin.typographie import aplanir
from steps.navigateur.pilote import Geste, Pilote

INTITULE = "Intitulé de la formation"


class DonneesParEcran:
    """The data of one scenario in the catalogue of an account.

    A witness of the gestures of the person too: what she names is removed when the scenario ends, with what was made
    for her. `pris` was in the catalogue before, and is never touched.
    """

    def __init__(
        self, pilote: Pilote, ouvrir: Callable[[], BrowserContext], compte: Compte, pris: Iterable[str]
    ) -> None:
        self._pilote = pilote
        self._compte = compte
        self._jour = DATE_DU_GUIDE_ECRITE
        self._est_entree = False
        self._coulisses = Coulisses(ouvrir, compte, self._jour)
        self._noms: set[str] = set()
        self._pris = {nom.casefold() for nom in pris}

    def avant_un_geste(self, geste: Geste) -> None:
        """Note the identifiers that the person types."""
        if geste.cible == IDENTIFIANT and geste.valeur.strip():
            self._noms.add(geste.valeur.strip())

    def situer(self, date_longue: str) -> None:
        """Place the scenario at a date, before or after the person signs in."""
        self._jour = ecrire_date(lire_date(date_longue))
        self._coulisses.situer(self._jour)
        if self._est_entree:
            se_placer(self._pilote, self._jour)

    def entrer(self) -> None:
        """Sign the person in, on the page that she looks at."""
        entrer(self._pilote, self._compte, self._jour)
        self._est_entree = True

    def entrer_ailleurs(self) -> None:
        """Sign the person in on another device, and leave it at the date where it is."""
        entrer(self._pilote, self._compte, "")

    def ajouter(self, identifiant: str, statut: str = "Brouillon", *, intitule: str = "") -> None:
        """Add a formation; « Formation {identifiant} » unless a title is given. One that is not a draft is complete."""
        textes = {} if statut == "Brouillon" else dict(VALEURS)
        self._ajouter({**textes, IDENTIFIANT: identifiant, INTITULE: intitule or f"Formation {identifiant}"}, statut)

    def ajouter_complet(self, identifiant: str, *, sauf: str = "") -> None:
        """Add a draft to which nothing is missing, but one field if it is named."""
        textes = {**VALEURS, IDENTIFIANT: identifiant, INTITULE: f"Formation {identifiant}"}
        self._ajouter({champ: "" if champ == sauf else texte for champ, texte in textes.items()}, "Brouillon")

    def ajouter_tableau(self, tableau: Sequence[Sequence[str]]) -> None:
        """Add the formations of a table whose columns are named as on the screen."""
        for faits in lire_tableau(tableau):
            self.ajouter(faits["identifiant"], faits.get("statut", "Brouillon"), intitule=faits.get("intitule", ""))

    def numero(self, identifiant: str) -> str:
        """Give the number by which a formation is addressed."""
        return self._coulisses.numero(identifiant)

    def statut(self, identifiant: str) -> str:
        """Give the status of a formation, in the words of the screen."""
        return self._coulisses.statut(identifiant)

    def fermer(self) -> list[str]:
        """Remove what the scenario made; give the identifiers that could not be, with their status."""
        siens = sorted(nom for nom in self._noms if aplanir(nom).casefold() not in self._pris)
        return [f"{nom} ({statut})" for nom in siens if (statut := self._coulisses.supprimer(nom))]

    def _ajouter(self, textes: dict[str, str], statut: str) -> None:
        self._noms.add(textes[IDENTIFIANT])
        self._coulisses.creer(textes, statut)


class SessionParEcran:
    """Who the browser is signed in as: the account given, each time through the screen « Se connecter »."""

    def __init__(self, pilote: Pilote, donnees: DonneesParEcran, nouvel_appareil: Callable[[], BrowserContext]) -> None:
        self._pilote = pilote
        self._donnees = donnees
        self._nouvel_appareil = nouvel_appareil

    def commencer(self, role: str) -> None:  # noqa: ARG002 - the account has the role that it has
        """Sign in."""
        self.ouvrir()

    def ouvrir(self) -> None:
        """Sign in, by a new session."""
        self._donnees.entrer()

    def fermer(self) -> None:
        """Forget the session on the browser's side: nobody is signed in."""
        self._pilote.page.context.clear_cookies()

    def changer_d_appareil(self) -> None:
        """Sign in elsewhere, and look at the catalogue there."""
        self._pilote.suivre(self._nouvel_appareil().new_page())
        self._donnees.entrer_ailleurs()
        self._pilote.ouvrir(ADRESSE)
