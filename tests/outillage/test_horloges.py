"""Other clocks for the tests: a process lives at the moment and in the zone asked for, and goes on from there."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

LIRE = """
import datetime
print(datetime.datetime.now(datetime.UTC).isoformat(), datetime.datetime.now().astimezone().isoformat())
"""


@pytest.fixture(scope="module")
def outils(outil):
    return outil("horloges")


@pytest.mark.parametrize("rang", range(6))
def test_a_process_lives_at_the_clock_and_in_the_zone_that_are_asked_for(outils, rang):
    horloge = outils.HORLOGES[rang]
    environnement = {**os.environ, **horloge.environnement(datetime.now(UTC))}
    lues = subprocess.run(
        [sys.executable, "-c", LIRE], env=environnement, capture_output=True, text=True, check=True
    ).stdout.split()
    en_utc, sur_place = map(datetime.fromisoformat, lues)
    assert timedelta(seconds=-2) < en_utc - horloge.instant < timedelta(minutes=1)
    assert sur_place.utcoffset() == en_utc.astimezone(ZoneInfo(horloge.zone)).utcoffset()


def test_the_clocks_are_those_at_which_tests_were_once_wrong(outils):
    paris = ZoneInfo("Europe/Paris")
    jours = [(h.instant.date(), h.instant.astimezone(paris).date()) for h in outils.HORLOGES]
    assert any(en_utc != a_paris for en_utc, a_paris in jours)
    # RNCP37674, which the demonstration shows, ends on 1 September 2028.
    assert any(h.instant > datetime(2028, 9, 2, tzinfo=UTC) for h in outils.HORLOGES)
    # Within the next hour, the hour changes in Paris.
    tourne = [
        h for h in outils.HORLOGES
        if h.instant.astimezone(paris).utcoffset() != (h.instant + timedelta(hours=1)).astimezone(paris).utcoffset()
    ]  # fmt: skip
    assert len(tourne) == 2
    # The year is not the same here and in Paris.
    assert any(h.instant.year != h.instant.astimezone(paris).year for h in outils.HORLOGES)
    assert len({h.zone for h in outils.HORLOGES}) == len(outils.HORLOGES) == 6


def test_a_clock_at_which_a_test_is_red_is_told(outils, capfd, monkeypatch):
    monkeypatch.setattr(outils, "HORLOGES", outils.HORLOGES[:1])
    monkeypatch.setattr(outils.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 1))
    assert outils.principal([]) == 1
    assert "Rouge à ces horloges :\n26/11/2026 23:30 UTC" in capfd.readouterr().out
    monkeypatch.setattr(outils.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess((), 0))
    assert outils.principal([]) == 0
    assert "Vert à toutes les horloges." in capfd.readouterr().out


def test_what_is_left_out_is_there(outils, racine):
    assert [nom for nom in outils.SANS if not (racine / "tests" / nom).exists()] == []
