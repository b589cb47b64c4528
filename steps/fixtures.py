"""The fixtures of the scenarios: server, browser, data, screens. Asked for by the steps, made only when needed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType

from steps import artefacts, essai
from steps.accessibilite import Accessibilite
from steps.donnees import Donnees
from steps.ecrans.catalogue import EcranCatalogue
from steps.ecrans.connexion import EcranConnexion
from steps.ecrans.formation import EcranFormation
from steps.ecrans.mode_emploi import EcranModeEmploi
from steps.ecrans.nouvelle_offre import EcranNouvelleOffre
from steps.ecrans.page import EcranPage
from steps.ecrans.pages import Pages
from steps.enregistreur import Enregistreur
from steps.navigateur import main_de, options_de_lancement
from steps.pannes import Pannes
from steps.pilote import Pilote
from steps.preparateur import Preparateur
from steps.scene import Scene
from steps.serveur import Serveur
from steps.session import Session
from steps.surveillance import Surveillance
from steps.typographie import say

NOM_ILLUSTRE = "Formation Alpha"
"""The organisation of the pictures: the same name in all of them, and at each run."""


@pytest.fixture(scope="session")
def serveur(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serveur | None]:
    """The product under test; None when `--base-url` names one that runs already."""
    if essai.adresse_donnee(pytestconfig):
        yield None
        return
    ouvrier = essai.ouvrier(pytestconfig)
    journal = artefacts.dossier(pytestconfig) / f"serveur-{ouvrier}.log"
    with Serveur(tmp_path_factory.mktemp("serveur"), journal) as demarre:
        pytestconfig.stash[essai.SERVEUR] = demarre
        yield demarre
        del pytestconfig.stash[essai.SERVEUR]


@pytest.fixture(scope="session")
def adresse(pytestconfig: pytest.Config, serveur: Serveur | None) -> str:
    """The address of the product under test."""
    return serveur.adresse if serveur else essai.adresse_donnee(pytestconfig)


@pytest.fixture(scope="session")
def preparateur(serveur: Serveur | None, adresse: str) -> Preparateur:
    """The client of the test door."""
    jeton = serveur.jeton if serveur else essai.jeton_donne()
    if not jeton:
        pytest.fail(say("ce scénario prépare des données : donnez BANC_ESSAI_JETON, le jeton du serveur"))
    return Preparateur(adresse, jeton)


@pytest.fixture(scope="session")
def navigateur(browser_type: BrowserType, browser_type_launch_args: dict[str, object]) -> Iterator[Browser]:
    """One browser for all the scenarios of a process."""
    lance = browser_type.launch(**options_de_lancement(browser_type_launch_args, browser_type.name))
    yield lance
    lance.close()


@pytest.fixture(scope="session")
def accessibilite(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Accessibilite:
    """What axe has looked at so far; the processes of xdist share the folder above their own."""
    propre = tmp_path_factory.getbasetemp()
    return Accessibilite((propre.parent if essai.est_un_ouvrier(pytestconfig) else propre) / "axe")


@pytest.fixture
def donnees(pytestconfig: pytest.Config, preparateur: Preparateur) -> Iterator[Donnees]:
    """The data of the scenario, removed when it ends."""
    de_ce_scenario = Donnees(preparateur, NOM_ILLUSTRE if pytestconfig.getoption("guide") else "")
    yield de_ce_scenario
    de_ce_scenario.fermer()


@pytest.fixture
def enregistreur(request: pytest.FixtureRequest) -> Enregistreur:
    """The events of the scenario."""
    item: pytest.Item = request.node
    return item.stash[essai.ENREGISTREUR]


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
) -> Iterator[Scene]:
    """The browser side of the scenario."""
    etiquettes = essai.etiquettes(request.node)
    rejoue = essai.est_rejoue(request.node)
    ouverte = Scene(
        navigateur,
        adresse,
        main_de(etiquettes),
        enregistreur,
        Surveillance(pannes_voulues="reseau" in etiquettes),
        None if request.config.getoption("sans_axe") else accessibilite.observer,
        trace=rejoue,
    )
    ouverte.pilote.illustrateur = request.node.stash.get(essai.ILLUSTRATEUR, None)
    request.node.stash[essai.SCENE] = ouverte
    yield ouverte
    del request.node.stash[essai.SCENE]
    ouverte.fermer(artefacts.du_scenario(request.node) / "trace.zip" if rejoue else None)


@pytest.fixture
def pilote(scene: Scene) -> Pilote:
    """The hand of the person."""
    return scene.pilote


@pytest.fixture
def pannes(pilote: Pilote) -> Pannes:
    """What goes wrong between the browser and the server."""
    return Pannes(pilote.page.context)


@pytest.fixture
def session(donnees: Donnees, scene: Scene, adresse: str) -> Session:
    """Who the browser is signed in as. Closed before the data are removed, as it asks for them first."""
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
