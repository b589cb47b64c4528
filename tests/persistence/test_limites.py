import threading
import time

import pytest
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from webapp.persistence import database
from webapp.persistence.limites import LimitesEnBase

HEURE = 3_600


@pytest.fixture
def horloge(monkeypatch):
    """A clock that only moves when told."""
    etat = {"maintenant": 1_000_000.0}
    monkeypatch.setattr(time, "time", lambda: etat["maintenant"])
    return etat


@pytest.fixture
def comptage(base):
    return LimitesEnBase(base=base, duree_max=HEURE)


def test_tries_are_counted_in_their_window(comptage, horloge):
    assert [comptage.incr("compte:a", 60) for _ in range(3)] == [1, 2, 3]
    assert [comptage.incr("compte:b", 60, 5), comptage.incr("compte:b", 60, 2)] == [5, 7]
    assert (comptage.get("compte:a"), comptage.get("compte:b"), comptage.get("inconnue")) == (3, 7, 0)
    assert comptage.get_expiry("compte:a") == horloge["maintenant"] + 60


def test_a_window_ends_and_a_new_one_begins(comptage, horloge):
    comptage.incr("a", 60)
    horloge["maintenant"] += 59
    assert comptage.incr("a", 60) == 2
    horloge["maintenant"] += 1
    assert comptage.get("a") == 0
    assert comptage.get_expiry("a") == horloge["maintenant"]
    assert comptage.incr("a", 60) == 1
    assert comptage.get_expiry("a") == horloge["maintenant"] + 60


def test_a_window_of_a_clock_set_back_is_over_for_who_counts_and_for_who_reads(comptage, horloge):
    comptage.incr("a", HEURE, 7)
    horloge["maintenant"] -= 59
    assert comptage.get("a") == 7
    horloge["maintenant"] -= 2
    assert comptage.get("a") == 0
    assert comptage.get_expiry("a") == horloge["maintenant"]
    assert comptage.incr("a", HEURE) == 1


def test_windows_that_have_ended_are_swept_away(comptage, horloge):
    for numero in range(5):
        comptage.incr(f"vieille:{numero}", 60)
    horloge["maintenant"] += 61
    comptage.incr("neuve", 60)
    assert comptage.reset() == 1


def test_a_key_can_be_forgotten(comptage, horloge):
    comptage.incr("a", 60)
    comptage.incr("b", 60)
    comptage.clear("a")
    assert (comptage.get("a"), comptage.get("b")) == (0, 1)
    assert comptage.reset() == 1
    assert horloge["maintenant"] == 1_000_000.0


def test_the_sign_in_is_refused_after_its_tries(comptage, horloge):
    limiteur = FixedWindowRateLimiter(comptage)
    dix = RateLimitItemPerMinute(10)
    assert [limiteur.hit(dix, "compte:a") for _ in range(11)] == [True] * 10 + [False]
    assert not limiteur.test(dix, "compte:a")
    assert limiteur.test(dix, "compte:b")
    assert limiteur.get_window_stats(dix, "compte:a") == (horloge["maintenant"] + 60, 0)
    horloge["maintenant"] += 61
    assert limiteur.hit(dix, "compte:a")


def test_every_process_counts_together(base, url_base):
    autre = database.ouvrir(url_base)
    comptages = [LimitesEnBase(base=base, duree_max=HEURE), LimitesEnBase(base=autre, duree_max=HEURE)]
    depart = threading.Barrier(4)

    def essayer(comptage) -> None:
        depart.wait()
        for _ in range(10):
            comptage.incr("a", 3600)

    fils = [threading.Thread(target=essayer, args=(comptages[rang % 2],)) for rang in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert [comptage.get("a") for comptage in comptages] == [40, 40]
    autre.fermer()


def test_it_is_found_by_its_scheme(base):
    comptage = storage_from_string("catalogue://", base=base, duree_max=HEURE)
    assert isinstance(comptage, LimitesEnBase)
    assert comptage.check()


def test_a_database_in_trouble_is_told(tmp_path):
    sans_tables = database.ouvrir(f"sqlite:///{tmp_path / 'vide.sqlite3'}")
    comptage = LimitesEnBase(base=sans_tables, duree_max=HEURE, wrap_exceptions=True)
    assert not comptage.check()
    with pytest.raises(StorageError):
        comptage.incr("a", 60)
    sans_tables.fermer()
