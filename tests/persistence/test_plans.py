"""SQLite goes by the keys where it is given ids, whatever their number: it has counted nothing, and would else read the
whole of an organisation.
"""

from uuid import uuid4

import pytest

from webapp.persistence import controle, exports_edof, tranches
from webapp.persistence.contraintes import IDENTIFIANT_UNIQUE
from webapp.persistence.lecture import LectureDuFil
from webapp.persistence.tranches import Tranche

PAR_LA_CLE = "(organisme_id=? AND id=?)"


@pytest.mark.parametrize(
    "lire",
    [controle.faits, controle.premieres_sessions, controle.places, controle.celles],
    ids=["faits", "premières sessions", "places", "celles"],
)
@pytest.mark.parametrize("nombre", [1, 20, 400])
def test_what_cards_tell_is_looked_for_by_the_key(base_sqlite, monkeypatch, lire, nombre):
    [plan] = plans(base_sqlite, monkeypatch, lambda lu: lire(lu, uuid4(), [uuid4() for _ in range(nombre)]))
    assert plan[0].startswith("SCAN demandees"), plan
    assert PAR_LA_CLE in plan[1], plan


@pytest.mark.parametrize("filtres", [{}, {"certification": "RS2203"}, {"type_formation": "clea"}], ids=str)
@pytest.mark.parametrize("mots", [("socle",), ("socle", "clea")], ids=" ".join)
def test_what_the_index_of_words_finds_is_counted_by_the_key(base_sqlite, monkeypatch, mots, filtres):
    demandee = Tranche(mots=mots, **filtres)
    demandes = plans(base_sqlite, monkeypatch, lambda lecture: tranches.trouvees(lecture, uuid4(), demandee))
    assert demandes
    for plan in demandes:
        [celle] = [pas for pas in plan if pas.startswith("SEARCH formation USING")]
        assert PAR_LA_CLE in celle, plan


def test_who_bears_the_number_of_an_offer_is_looked_for_by_its_key(base_sqlite, monkeypatch):
    [plan] = plans(base_sqlite, monkeypatch, lambda lu: exports_edof.parties(lu, uuid4(), [uuid4(), uuid4()], 100))
    [celle] = [pas for pas in plan if pas.startswith("SEARCH formation USING")]
    assert f"{IDENTIFIANT_UNIQUE} (organisme_id=? AND identifiant_cle=?)" in celle, plan


def plans(base, monkeypatch, lire):
    """Give the plan of each statement that a read asks for."""
    demandees = []
    vraie = LectureDuFil.executer

    def noter(self, sql, valeurs):
        demandees.append((sql, valeurs))
        return vraie(self, sql, valeurs)

    monkeypatch.setattr(LectureDuFil, "executer", noter)
    lire(base.lecture_du_fil)
    return [
        [ligne[3] for ligne in vraie(base.lecture_du_fil, f"EXPLAIN QUERY PLAN {sql}", valeurs)]
        for sql, valeurs in demandees
    ]
