"""What the tests of the harness share: a scene on a little site of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import pytest
from playwright.sync_api import Browser

from steps.navigateur.enregistreur import Enregistreur
from steps.navigateur.pilote import Main
from steps.navigateur.scene import Scene
from steps.navigateur.surveillance import Surveillance
from tests.acceptation.la_page import Visite
from tests.acceptation.la_page import visite as ouvrir_visite


@pytest.fixture(scope="session")
def notre_serveur(serveur):
    """The server that the suite started; with `--base-url` there is none, and what is proved here is not about it."""
    if serveur is None:
        pytest.skip("les essais du banc lui-même demandent un serveur que la suite a démarré")
    return serveur


@pytest.fixture
def scener(navigateur: Browser) -> Iterator[Callable[..., Scene]]:
    """Open a scene on an address; `main` and `pannes_voulues` as a scenario's tags would say."""
    with ExitStack() as pile:

        def ouvrir(adresse, *, main=Main(), pannes_voulues=False, observer=None) -> Scene:  # noqa: B008 - frozen
            enregistreur = Enregistreur("essai", "essai.feature", 1)
            surveillance = Surveillance(pannes_voulues=pannes_voulues)
            scene = Scene(navigateur, adresse, main, enregistreur, surveillance, observer, trace=False)
            pile.callback(scene.fermer)
            return scene

        yield ouvrir


@pytest.fixture
def visite_de(navigateur: Browser, notre_serveur, preparateur) -> Callable[..., AbstractContextManager[Visite]]:
    """Open a visit as asked."""
    return partial(ouvrir_visite, navigateur, notre_serveur, preparateur)


@pytest.fixture
def visite(navigateur: Browser, notre_serveur, preparateur) -> Iterator[Visite]:
    """Somebody signed in, on no page yet."""
    with ouvrir_visite(navigateur, notre_serveur, preparateur) as ouverte:
        yield ouverte
