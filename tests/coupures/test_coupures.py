"""The short form of `make coupures`: a real process of jobs, really killed, on both engines.

Each trial holds whenever the process dies. What it must show besides, that the process was killed in the middle,
depends on how long the machine takes: on a busy one the job may be over first, and is then done and killed again.
"""

import random
from collections.abc import Callable

import pytest

from tests.coupures import epreuves
from tests.coupures.epreuves import Bilan, Terrain

ESSAIS = 6
"""Times that a trial is made before it is a fault that its process is never killed in the middle."""


@pytest.mark.parametrize("epreuve", [epreuves.un_import, epreuves.un_export], ids=lambda epreuve: epreuve.__name__)
def test_killed_in_the_middle_an_import_and_an_export_leave_nothing_half_done(url_base, base, epreuve):
    bilans = _jusqu_au_milieu(epreuve, Terrain(base, url_base, 25), coups=1, voulu=1)
    assert bilans[-1].au_milieu, f"never killed in the middle: {bilans}"


def test_killed_at_random_instants_a_change_moves_each_object_once(url_base, base):
    bilans = _jusqu_au_milieu(epreuves.un_changement, Terrain(base, url_base, 1), coups=4, voulu=2)
    assert bilans[-1].au_milieu > 1, f"hardly killed in the middle: {bilans}"


def _jusqu_au_milieu(
    epreuve: Callable[[Terrain, int, random.Random], Bilan], terrain: Terrain, coups: int, voulu: int
) -> list[Bilan]:
    hasard = random.Random(10)  # noqa: S311 - chance, not a secret
    bilans: list[Bilan] = []
    while len(bilans) < ESSAIS and not (bilans and bilans[-1].au_milieu >= voulu):
        bilans.append(epreuve(terrain, coups, hasard))
    return bilans
