"""What is known before anything is played: the server of `--base-url`, and the catalogue of the account given there."""

from dataclasses import dataclass

from playwright.sync_api import Error, sync_playwright

from steps.ailleurs.coulisses import CompteRefuse, Coulisses
from steps.ailleurs.deploiement import Compte, Deploiement, DeploiementRefuse, compte_donne, version_d_ici
from steps.ailleurs.deploiement import examiner as examiner_le_serveur
from steps.donnees.besoins import Monde
from steps.donnees.dates import ecrire_date
from steps.gherkin.typographie import dire
from steps.navigateur.delais import DELAIS
from steps.navigateur.lancement import options_de_contexte, options_de_lancement
from steps.navigateur.pilote import ATTENTE, Main
from steps.navigateur.scene import DELAI_D_UN_GESTE, DELAI_D_UNE_PAGE


@dataclass(frozen=True)
class Prealable:
    """The server, the account if scenarios are arranged by one, and what its catalogue holds."""

    deploiement: Deploiement
    compte: Compte | None = None
    pris: frozenset[str] = frozenset()

    def lignes(self) -> list[str]:
        """Say what was found, and how scenarios are arranged there."""
        if self.deploiement.porte:
            return self.deploiement.lignes()
        if self.compte is None:
            maniere = dire("rien n'est préparé : seuls les scénarios @externe sont joués")
        else:
            maniere = dire("préparé par les écrans, dans le catalogue de {qui}", qui=self.compte.courriel)
        return [*self.deploiement.lignes(), maniere]

    def monde(self, moteur: str) -> Monde:
        """Give the world in which the scenarios are played, in a browser of this engine."""
        serveur = self.deploiement
        return Monde(
            moteur,
            serveur.adresse,
            serveur.porte,
            self.compte is not None,
            serveur.demonstration,
            serveur.dates,
            self.pris,
        )


def examiner(adresse: str, jeton: str, moteur: str, *, seul: bool) -> Prealable:
    """Ask the server what it is, and look at the catalogue of the account, in a browser of this engine.

    `seul` tells that one process plays all the scenarios. Raises DeploiementRefuse.
    """
    deploiement = examiner_le_serveur(adresse, jeton, version_d_ici())
    compte = None if jeton else compte_donne()
    if compte is None:
        return Prealable(deploiement)
    if not seul:
        message = "Un seul compte ne se partage pas entre plusieurs processus : retirez -n."
        raise DeploiementRefuse(dire(message))
    return Prealable(deploiement, compte, _regarder(moteur, deploiement, compte))


def _regarder(moteur: str, deploiement: Deploiement, compte: Compte) -> frozenset[str]:
    """Sign in through the screen, and give the names that the catalogue holds."""
    jour = ecrire_date(deploiement.date_reference) if deploiement.date_reference else ""
    try:
        with sync_playwright() as playwright:
            navigateur = getattr(playwright, moteur).launch(**options_de_lancement({}, moteur))
            contexte = navigateur.new_context(**options_de_contexte(Main(), deploiement.adresse))
            contexte.set_default_timeout(DELAIS.ms(DELAI_D_UN_GESTE))
            contexte.set_default_navigation_timeout(DELAIS.ms(DELAI_D_UNE_PAGE))
            contexte.add_init_script(ATTENTE)
            coulisses = Coulisses(lambda: contexte, compte, jour)
            coulisses.exiger_gestion()
            noms = coulisses.noms()
            navigateur.close()
    except CompteRefuse as refus:
        raise DeploiementRefuse(str(refus)) from refus
    except (Error, AssertionError) as erreur:
        message = "Le compte {courriel} n'arrive pas à son catalogue : {cause}"
        cause = str(erreur).strip().splitlines()[0]
        raise DeploiementRefuse(dire(message, courriel=compte.courriel, cause=cause)) from erreur
    return noms
