"""SQLite goes by the keys where it is given ids, whatever their number: it has counted nothing, and would else read the
whole of an organisation.
"""

from uuid import uuid4

import pytest

from webapp.persistence import controle
from webapp.persistence.lecture import LectureDuFil

PAR_LA_CLE = "(organisme_id=? AND id=?)"


@pytest.mark.parametrize("lire", [controle.faits, controle.premieres_sessions], ids=["faits", "premières sessions"])
@pytest.mark.parametrize("nombre", [1, 20, 400])
def test_what_cards_tell_is_looked_for_by_the_key(base_sqlite, monkeypatch, lire, nombre):
    demandees = []
    vraie = LectureDuFil.executer

    def noter(self, sql, valeurs):
        demandees.append((sql, valeurs))
        return vraie(self, sql, valeurs)

    monkeypatch.setattr(LectureDuFil, "executer", noter)
    lire(base_sqlite.lecture_du_fil, uuid4(), [uuid4() for _ in range(nombre)])
    [(sql, valeurs)] = demandees
    plan = [ligne[3] for ligne in vraie(base_sqlite.lecture_du_fil, f"EXPLAIN QUERY PLAN {sql}", valeurs)]
    assert plan[0].startswith("SCAN demandees"), plan
    assert PAR_LA_CLE in plan[1], plan
