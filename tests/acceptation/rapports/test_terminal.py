"""What is said on the terminal: pytest's own lines, then the failures of the scenarios in French."""

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

from steps.rapports.resume import duree
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE

RACINE = Path(__file__).resolve().parents[3]
AUTRE = "def test_autre(): pass\ndef test_faux(): assert 1 == 2\n"


@pytest.fixture
def regarder(jouer, pytester):
    """Run pytest on a terminal; give all that was sent to it."""

    def regarder(*options):
        jouer(FEATURE, DEFINITIONS, "--collect-only", "-q")
        pytester.makepyfile(test_autre=AUTRE)
        maitre, esclave = pty.openpty()
        fcntl.ioctl(esclave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
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


def test_somebody_who_looks_sees_the_progress_of_pytest_then_the_failures_in_french(regarder):
    sortie = regarder()
    assert re.search(r"\[ *\d+%\]", sortie)
    assert "[100%]" in sortie
    assert "FAILED test_autre.py::test_faux" in sortie.rpartition("FAILURES")[2]
    assert "scénarios en échec" in sortie.rpartition("FAILURES")[2]


def test_a_run_without_a_scenario_is_pytest_alone(regarder):
    sortie = regarder("test_autre.py")
    assert "test_autre.py" in sortie
    assert "rapport" not in sortie


def test_a_run_nobody_looks_at_has_dots(jouer):
    sortie = jouer(FEATURE, DEFINITIONS).sortie
    assert "test_essai.py .F.FFxFs" in sortie


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


@pytest.mark.parametrize(
    ("secondes", "dite"),
    [(0.04, "0,0 s"), (1.26, "1,3 s"), (42.4, "42 s"), (75, "1 min 15 s"), (3661, "1 h 01")],
)
def test_a_duration_is_said_as_precisely_as_anyone_cares(secondes, dite):
    assert duree(secondes).replace("\xa0", " ") == dite
