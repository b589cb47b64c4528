"""The short form of `make coupures`: a real process of jobs, really killed, on both engines."""

import random

from tests.coupures import epreuves
from tests.coupures.epreuves import Terrain


def test_killed_in_the_middle_an_import_and_an_export_leave_nothing_half_done(url_base, base):
    hasard = random.Random(10)  # noqa: S311 - chance, not a secret
    terrain = Terrain(base, url_base, 25)
    for epreuve in (epreuves.un_import, epreuves.un_export):
        bilan = epreuve(terrain, 1, hasard)
        assert bilan.au_milieu, f"{epreuve.__name__}: it was never killed in the middle"


def test_killed_at_random_instants_a_change_moves_each_object_once(url_base, base):
    hasard = random.Random(9)  # noqa: S311 - chance, not a secret
    bilan = epreuves.un_changement(Terrain(base, url_base, 1), 4, hasard)
    assert bilan.au_milieu > 1, f"{bilan}: it was hardly killed in the middle"
