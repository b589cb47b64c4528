"""What every session of pytest reads, those that play one scenario too, costs little."""

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

LONGS = ("sqlalchemy", "psycopg", "webapp", "hypothesis")


def test_who_plays_scenarios_waits_for_no_database(racine, environnement):
    essai = f"import sys, tests.bases, tests.conftest; print([nom for nom in {LONGS} if nom in sys.modules])"
    fait = subprocess.run(
        [sys.executable, "-c", essai], cwd=racine, env=environnement, capture_output=True, text=True, check=True
    )
    assert fait.stdout == "[]\n"


@given(st.integers())
def tire(_nombre):
    """Only its settings matter."""


def test_the_examples_are_the_same_at_each_run_and_have_no_deadline():
    for reglages in (settings(), vars(tire)["_hypothesis_internal_use_settings"]):
        assert reglages.derandomize
        assert reglages.deadline is None
        assert reglages.database is None
