"""The fixtures of the scenarios: server, browser, data, screens. Asked for by the steps, made only when needed."""

from collections.abc import Iterator, Sequence
from random import Random

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType

from steps.ailleurs.donnees_par_ecran import DonneesParEcran, SessionParEcran
from steps.donnees.donnees import Donnees
from steps.donnees.preparateur import Preparateur
from steps.donnees.serveur import Serveur
from steps.donnees.session import Session
from steps.ecrans.arbre import EcranArbre
from steps.ecrans.catalogue import EcranCatalogue
from steps.ecrans.connexion import EcranConnexion
from steps.ecrans.edof import EcranEdof
from steps.ecrans.formation import EcranFormation
from steps.ecrans.import_edof import EcranImport
from steps.ecrans.mode_emploi import EcranModeEmploi
from steps.ecrans.nouvelle_offre import EcranNouvelleOffre
from steps.ecrans.organisme import EcranOrganisme
from steps.ecrans.page import EcranPage
from steps.ecrans.pages import Pages
from steps.ecrans.taches import EcranTaches
from steps.ecrans.visite import EcranVisite
from steps.gherkin.typographie import dire
from steps.navigateur.accessibilite import Accessibilite
from steps.navigateur.conditions import LIEN_LENT, Conditions
from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.lancement import Lanceur, main_de
from steps.navigateur.pannes import Pannes
from steps.navigateur.pilote import Pilote, Temoin
from steps.navigateur.scene import Scene
from steps.navigateur.surveillance import Surveillance
from steps.plugins import contexte_pytest, depart
from steps.plugins.scenario import joue_par
from steps.rapports import artefacts

NOM_ILLUSTRE = "Formation Alpha"
"""The organisation of the pictures: the same name in all of them, and at each run."""


@pytest.fixture(scope="session")
def serveur(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serveur | None]:
    """The product under test; None when `--base-url` names one that runs already."""
    if contexte_pytest.adresse_donnee(pytestconfig):
        yield None
        return
    lance = depart.prendre(pytestconfig) or depart.nouveau(pytestconfig, tmp_path_factory.mktemp("serveur"))
    with lance as demarre:
        pytestconfig.stash[contexte_pytest.SERVEUR] = demarre
        yield demarre
        del pytestconfig.stash[contexte_pytest.SERVEUR]


@pytest.fixture(scope="session")
def adresse(pytestconfig: pytest.Config, serveur: Serveur | None) -> str:
    """The address of the product under test."""
    return serveur.adresse if serveur else contexte_pytest.adresse_donnee(pytestconfig)


@pytest.fixture(scope="session")
def preparateur(serveur: Serveur | None, adresse: str) -> Preparateur:
    """The client of the test door."""
    jeton = serveur.jeton if serveur else contexte_pytest.jeton_donne()
    if not jeton:
        pytest.fail(dire("ce scénario prépare des données : donnez BANC_ESSAI_JETON, le jeton du serveur"))
    return Preparateur(adresse, jeton)


@pytest.fixture(scope="session")
def lanceur(browser_type: BrowserType, browser_type_launch_args: dict[str, object]) -> Iterator[Lanceur]:
    """What starts the browser of this process."""
    seul = Lanceur(browser_type, browser_type_launch_args)
    yield seul
    seul.fermer()


@pytest.fixture
def navigateur(lanceur: Lanceur) -> Browser:
    """One browser for all the scenarios of a process, or another if it died."""
    return lanceur.vivant()


@pytest.fixture(scope="session")
def accessibilite(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Accessibilite:
    """What axe has looked at so far; the processes of xdist share the folder above their own."""
    propre = tmp_path_factory.getbasetemp()
    return Accessibilite((propre.parent if contexte_pytest.est_un_ouvrier(pytestconfig) else propre) / "axe")


@pytest.fixture
def donnees(pytestconfig: pytest.Config, request: pytest.FixtureRequest) -> Iterator[Donnees | DonneesParEcran]:
    """The data of the scenario, removed when it ends: arranged through the test door, or the screens of an account."""
    prealable = pytestconfig.stash.get(contexte_pytest.PREALABLE, None)
    if prealable is not None and prealable.compte is not None:
        scene: Scene = request.getfixturevalue("scene")
        par_ecran = DonneesParEcran(scene.pilote, scene.contexte_de_coulisses, prealable.compte, prealable.pris)
        scene.pilote.temoins.append(par_ecran)
        yield par_ecran
        pytestconfig.stash.setdefault(contexte_pytest.RESTES, []).extend(par_ecran.fermer())
        return
    preparateur: Preparateur = request.getfixturevalue("preparateur")
    de_ce_scenario = Donnees(preparateur, NOM_ILLUSTRE if contexte_pytest.ILLUSTRATEUR in request.node.stash else "")
    yield de_ce_scenario
    de_ce_scenario.fermer()


@pytest.fixture
def enregistreur(request: pytest.FixtureRequest) -> Enregistreur:
    """The events of the scenario."""
    item: pytest.Item = request.node
    return item.stash[contexte_pytest.ENREGISTREUR]


@pytest.fixture
def surveillance(scene: Scene) -> Surveillance:
    """What the browser says."""
    return scene.surveillance


@pytest.fixture
def scene(
    request: pytest.FixtureRequest,
    navigateur: Browser,
    adresse: str,
    accessibilite: Accessibilite,
    enregistreur: Enregistreur,
    temoins: Sequence[Temoin],
) -> Iterator[Scene]:
    """The browser side of the scenario."""
    joue = joue_par(request.node)
    etiquettes = frozenset(joue.etiquettes)
    rejoue = request.node.stash.get(contexte_pytest.REJOUE, False)
    lien = LIEN_LENT if "lent" in etiquettes else None
    graine = contexte_pytest.graine(request.config)
    hasard = Random(f"{graine} {request.node.nodeid}") if graine else None  # noqa: S311 - to be played again, not secret

    def entourer(contexte: BrowserContext) -> Conditions:
        return Conditions(contexte, lien, hasard)

    ouverte = Scene(
        navigateur,
        adresse,
        main_de(etiquettes),
        enregistreur,
        Surveillance(pannes_voulues=not etiquettes.isdisjoint({"reseau", "hors_ligne"})),
        accessibilite.observer if _axe_passe(request.config) else None,
        trace=rejoue,
        titre=enregistreur.nom,
        entourer=entourer,
        temoins=temoins,
    )
    ouverte.pilote.illustrateur = request.node.stash.get(contexte_pytest.ILLUSTRATEUR, None)
    request.node.stash[contexte_pytest.SCENE] = ouverte
    yield ouverte
    del request.node.stash[contexte_pytest.SCENE]
    ouverte.fermer(artefacts.du_scenario(joue) / artefacts.TRACE if rejoue else None)


def _axe_passe(config: pytest.Config) -> bool:
    """Say whether accessibility is looked at: unless told not to, nor in Debian's Firefox, which axe makes fall."""
    return not config.getoption("sans_axe") and contexte_pytest.moteur(config) != "firefox"


@pytest.fixture
def pilote(scene: Scene) -> Pilote:
    """The hand of the person."""
    return scene.pilote


@pytest.fixture
def pannes(scene: Scene) -> Pannes:
    """What goes wrong between the browser and the server."""
    return Pannes(scene.pilote.page.context, scene.conditions())


@pytest.fixture
def session(donnees: Donnees | DonneesParEcran, scene: Scene, adresse: str) -> Session | SessionParEcran:
    """Who the browser is signed in as. Closed before the data are removed, as it asks for them first."""
    if isinstance(donnees, DonneesParEcran):
        return SessionParEcran(scene.pilote, donnees, scene.nouveau_contexte)
    return Session(scene.pilote, donnees, adresse, scene.nouveau_contexte)


@pytest.fixture
def ecran(pilote: Pilote) -> EcranPage:
    """Any screen."""
    return EcranPage(pilote)


@pytest.fixture
def pages(pilote: Pilote) -> Pages:
    """The way to a page."""
    return Pages(pilote)


@pytest.fixture
def ecran_arbre(pilote: Pilote) -> EcranArbre:
    """« Actions et sessions », on the page of a formation."""
    return EcranArbre(pilote)


@pytest.fixture
def ecran_organisme(pilote: Pilote) -> EcranOrganisme:
    """« Mon organisme »."""
    return EcranOrganisme(pilote)


@pytest.fixture
def ecran_edof(pilote: Pilote) -> EcranEdof:
    """The portal's file."""
    return EcranEdof(pilote)


@pytest.fixture
def telecharges() -> list[bytes]:
    """The files that the person took, the last one last."""
    return []


@pytest.fixture
def ecran_taches(pilote: Pilote) -> EcranTaches:
    """Choosing many objects, and the jobs that change them."""
    return EcranTaches(pilote)


@pytest.fixture
def ecran_import(pilote: Pilote) -> EcranImport:
    """« Importer un fichier EDOF »."""
    return EcranImport(pilote)


@pytest.fixture
def ecran_catalogue(pilote: Pilote) -> EcranCatalogue:
    """« Catalogue »."""
    return EcranCatalogue(pilote)


@pytest.fixture
def ecran_offre(pilote: Pilote) -> EcranNouvelleOffre:
    """« Nouvelle offre de formation », étape 1/2."""
    return EcranNouvelleOffre(pilote)


@pytest.fixture
def ecran_formation(pilote: Pilote) -> EcranFormation:
    """Étape 2/2, and the form of a formation."""
    return EcranFormation(pilote)


@pytest.fixture
def ecran_connexion(pilote: Pilote) -> EcranConnexion:
    """« Se connecter »."""
    return EcranConnexion(pilote)


@pytest.fixture
def ecran_mode_emploi(pilote: Pilote) -> EcranModeEmploi:
    """« Mode d'emploi »."""
    return EcranModeEmploi(pilote)


@pytest.fixture
def ecran_visite(pilote: Pilote) -> EcranVisite:
    """A guided tour, over any screen."""
    return EcranVisite(pilote)
