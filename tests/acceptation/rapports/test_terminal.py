"""What is said on the terminal: a bar for who looks, pytest's own lines for who does not, failures in French."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from steps.rapports.progression import Progression
from steps.rapports.resume import duree
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE

RACINE = Path(__file__).resolve().parents[3]
AUTRE = "def test_autre(): pass\ndef test_faux(): assert 1 == 2\n"


@pytest.fixture
def regarder(jouer, pytester):
    """Run pytest on a terminal; give all that was sent to it."""

    def regarder(*options, largeur=100):
        jouer(FEATURE, DEFINITIONS, "--collect-only", "-q")
        pytester.makepyfile(test_autre=AUTRE)
        maitre, esclave = pty.openpty()
        fcntl.ioctl(esclave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, largeur, 0, 0))
        propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("PYTEST", "COLUMNS", "CI"))}
        environnement = propre | {"PYTHONPATH": str(RACINE), "TERM": "xterm", "NO_COLOR": "1"}
        commande = [sys.executable, "-m", "pytest", *options]
        joue = subprocess.Popen(
            commande, cwd=pytester.path, env=environnement, stdin=esclave, stdout=esclave, stderr=esclave
        )
        os.close(esclave)
        morceaux = []
        try:
            while morceau := os.read(maitre, 65536):
                morceaux.append(morceau)
        except OSError:  # The other side is closed: it is over.
            pass
        os.close(maitre)
        joue.wait(timeout=30)
        return b"".join(morceaux).decode().replace("\xa0", " ").replace("’", "'")

    return regarder


def barres(sortie):
    """Give what was drawn on the line of the bar, without its colours."""
    return [trouve for trouve in re.findall(r"\r\x1b\[K([^\r\n\x1b]+)", sortie) if re.search(r"\d+/\d+", trouve)]


def test_somebody_who_looks_sees_a_bar_with_the_scenario_under_way(regarder):
    sortie = regarder()
    vues = barres(sortie)
    assert re.match(r"█+░+  2/10  reste [^ ]+ s  ✗ 1 échec  Celui qui passe$", vues[0])
    assert re.search(r" [6-9]/10 ", vues[-1])
    assert any("✗" in vue and "échec" in vue for vue in vues)
    assert all(len(vue) < 100 for vue in vues)
    assert "\r\x1b[K✗ Celui qui échoue\r\n" in sortie
    assert "[100%]" not in sortie
    # The bar is gone when pytest sums up, and the other tests keep pytest's words.
    assert "FAILED test_autre.py::test_faux" in sortie.rpartition("FAILURES")[2]
    assert "scénarios en échec" in sortie
    assert not barres(sortie.rpartition("FAILURES")[2])


def test_a_narrow_terminal_has_a_line_that_fits(regarder):
    vues = barres(regarder(largeur=50))
    assert vues
    assert all(len(vue) < 50 and "░" not in vue for vue in vues)


@pytest.mark.parametrize("option", ["-q", "-v", "-s"])
def test_pytest_keeps_its_lines_for_who_asks_for_another_verbosity(regarder, option):
    assert barres(regarder(option)) == []


def test_a_run_without_a_scenario_is_pytest_alone(regarder):
    sortie = regarder("test_autre.py")
    assert barres(sortie) == []
    assert "test_autre.py" in sortie
    assert "rapport" not in sortie


def test_a_run_nobody_looks_at_has_dots(jouer):
    sortie = jouer(FEATURE, DEFINITIONS).sortie
    assert "test_essai.py .F.FFxFs" in sortie
    assert "\x1b[K" not in sortie


def test_each_failure_is_told_once_with_what_the_code_printed(jouer):
    sortie = jouer(FEATURE, DEFINITIONS).sortie
    assert sortie.count("_ Celui qui échoue _") == 1
    assert re.search(r"-+ écrit par le code sur sa sortie -+\nun mot du code\n", sortie)
    assert "FAILURES" not in sortie
    assert "= 4 failed, 2 passed, 1 skipped, 1 xfailed in" in sortie
    assert "instable   joué une seconde fois pour en garder la trace, le scénario passe" in sortie


def test_the_summary_can_be_refused(jouer):
    sortie = jouer(FEATURE, DEFINITIONS, "--no-summary").sortie
    assert "scénarios en échec" not in sortie
    assert "resultats/acceptation/rapport.html" in sortie


def test_without_its_plugin_the_suite_is_played_all_the_same(jouer):
    jouee = jouer(FEATURE, DEFINITIONS, "-p", "no:steps.plugins.rapports")
    assert "4 failed, 2 passed, 1 skipped, 1 xfailed in" in jouee.sortie
    assert not (jouee.dossier / "rapport.html").exists()


# ------------------------------------------------------------------------------------------------ the time left


def test_the_time_left_follows_what_each_test_took_the_last_time():
    progression = Progression({"long": 9.0, "court": 1.0}, depart=0.0)
    progression.attendre(["court", "long"])
    assert progression.reste(5.0) is None
    progression.commencer("court", "Court")
    progression.finir("court")
    assert progression.reste(2.0) == pytest.approx(18.0)
    progression.finir("long")
    assert progression.reste(20.0) == 0


def test_a_test_never_seen_weighs_as_the_others():
    progression = Progression({"a": 2.0, "b": 4.0}, depart=0.0)
    progression.attendre(["a", "b", "nouveau"])
    assert progression.restants["nouveau"] == 3.0
    progression = Progression({}, depart=0.0)
    progression.attendre(["x", "y"])
    progression.finir("x")
    assert progression.reste(3.0) == 3.0


def test_the_line_says_the_count_the_time_left_the_failures_and_the_name():
    progression = Progression({}, depart=0.0)
    progression.attendre([str(numero) for numero in range(4)])
    progression.finir("0")
    progression.commencer("1", "Un scénario au nom assez long pour être coupé quelque part")
    progression.echecs = 2
    ligne = progression.ligne(90, 25.0)
    assert ligne.startswith("██████░░░░░░░░░░░░░░░░░░  1/4  reste 1\u00a0min 15\u00a0s  ✗ 2 échecs  Un scén")
    assert ligne.endswith("…")
    assert len(ligne) == 89


@pytest.mark.parametrize(
    ("secondes", "dite"),
    [(0.04, "0,0 s"), (1.26, "1,3 s"), (42.4, "42 s"), (75, "1 min 15 s"), (3661, "1 h 01")],
)
def test_a_duration_is_said_as_precisely_as_anyone_cares(secondes, dite):
    assert duree(secondes).replace("\xa0", " ") == dite
