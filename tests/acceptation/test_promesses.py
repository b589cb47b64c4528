"""The short form of the trials, and what shows that each can fail."""

import pytest

from tests.acceptation.la_page import COMPLETE
from tests.promesses.epreuve import eprouver
from tests.promesses.gestes import GESTES
from tests.promesses.pannes import Panne, interrompre, toutes, troncature
from tests.promesses.parcours import parcourir

LENT = 30.0
"""Seconds granted on a machine that does other things; `make promesses` measures."""

# Each gesture under one fault, each fault on one gesture: those that make nobody wait.
_PANNES = [panne.nom for panne in toutes(interrompre) if not panne.annonce and not panne.d_une_existante]
_PAIRES = [(geste, _PANNES[rang % len(_PANNES)]) for rang, geste in enumerate(GESTES)]


@pytest.fixture(scope="module")
def tronquer():
    with troncature() as tronque:
        yield tronque


@pytest.mark.parametrize(("geste", "nom"), _PAIRES, ids=[f"{geste.nom} – {nom}" for geste, nom in _PAIRES])
def test_a_gesture_that_fails_is_told_loses_nothing_and_is_done_again(
    navigateur, notre_serveur, preparateur, tronquer, geste, nom
):
    [panne] = [panne for panne in toutes(tronquer) if panne.nom == nom]
    assert eprouver(navigateur, notre_serveur, preparateur, geste, panne, LENT).defauts == []


def test_the_walk_of_the_guide_ends_while_three_requests_in_ten_fail(navigateur, notre_serveur, preparateur):
    constat, demandes = parcourir(navigateur, notre_serveur, preparateur, graine=1)
    assert constat.defauts == []
    assert demandes["en panne"] >= 1


_PIRES = {
    "nothing is said": ("document.querySelector('#alertes').remove()", "wait_for"),
    "a text is lost": ("document.querySelector('#contenu').value = ''", "le texte saisi a changé"),
    "the focus moves": ("document.querySelector('#contenu').focus()", "le focus a bougé"),
    "it is told as done": (
        "document.querySelector('#toasts').textContent = 'La formation est enregistrée.'", "fausse nouvelle",
    ),
    "nothing can be tried again": (
        "document.querySelector('[data-reessayer]').remove()", "click",
    ),
}  # fmt: skip


@pytest.mark.parametrize("sorte", _PIRES)
def test_what_a_page_could_do_worse_is_seen(navigateur, notre_serveur, preparateur, sorte):
    script, defaut = _PIRES[sorte]

    def gater(visite):
        visite.page.evaluate(f"document.addEventListener('htmx:sendError', () => {{ {script} }})")

    [geste] = [geste for geste in GESTES if geste.nom == "enregistrer"]
    panne = Panne("gâtée", interrompre, survenir=gater)
    constat = eprouver(navigateur, notre_serveur, preparateur, geste, panne, LENT)
    assert any(defaut in dit for dit in constat.defauts), constat.defauts


def test_what_is_done_twice_is_seen(navigateur, notre_serveur, preparateur):
    def doubler(visite):
        def encore(route):
            visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, "identifiant": "Clea_3"}])
            route.continue_()

        visite.page.route("**/duplication", encore)

    [geste] = [geste for geste in GESTES if geste.nom == "dupliquer"]
    panne = Panne("doublée", interrompre, survenir=doubler)
    constat = eprouver(navigateur, notre_serveur, preparateur, geste, panne, LENT)
    assert constat.defauts
