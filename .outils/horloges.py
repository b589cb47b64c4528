"""Run the tests that need no browser under other clocks and other zones. `make horloges`

A test is right at any hour: what it compares with the present moment is of the same zone, and no fact of its data
ends without its knowing. Each clock is the machine's, moved: it goes on at its pace, in every process that a test
starts, PostgreSQL included. Files keep their true dates; what measures durations is not moved.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import libfaketime

RACINE = Path(__file__).resolve().parent.parent
# The browser is given the same clock as the server by nobody; the set-up compares the dates of files with the time;
# a clock is tried from the true one.
SANS = (
    "acceptation", "bench", "endurance", "outillage/test_bench.py", "outillage/test_bootstrap.py",
    "outillage/test_firefox.py", "outillage/test_horloges.py", "outillage/test_makefile.py",
    "outillage/test_navigateur.py", "outillage/test_un.py",
)  # fmt: skip


@dataclass(frozen=True)
class Horloge:
    """One clock: the moment at which it starts, the zone of the machine, and what is uncommon there."""

    instant: datetime
    zone: str
    raison: str

    def environnement(self, maintenant: datetime) -> dict[str, str]:
        """Give what makes a process, and those that it starts, live at this clock; `maintenant` is the true moment."""
        ecart = int((self.instant - maintenant).total_seconds())
        return {
            "LD_PRELOAD": str(bibliotheque()),
            "FAKETIME": f"{ecart:+d}",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "TZ": self.zone,
        }


def bibliotheque() -> Path:
    """Give the library that moves the clock. Raises FileNotFoundError where its package has built none."""
    [trouvee, *_] = [*Path(libfaketime.__file__).parent.rglob("libfaketime.so*"), None]
    if trouvee is None:
        raise FileNotFoundError("libfaketime.so")
    return trouvee


HORLOGES = (
    Horloge(datetime(2026, 11, 26, 23, 30, tzinfo=UTC), "UTC", "à Paris, le lendemain est commencé"),
    Horloge(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Pacific/Auckland", "à Paris, deux heures sonnent deux fois"),
    Horloge(datetime(2027, 3, 28, 0, 58, tzinfo=UTC), "America/St_Johns", "à Paris, deux heures ne sonnent pas"),
    Horloge(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "America/New_York", "à Paris, l'année suivante est commencée"),
    Horloge(datetime(2028, 2, 29, 12, 0, tzinfo=UTC), "Europe/Paris", "un jour qui manque aux autres années"),
    Horloge(datetime(2031, 3, 1, 12, 0, tzinfo=UTC), "Asia/Kolkata", "des certifications de la démonstration ont fini"),
)


def principal(arguments: Sequence[str]) -> int:
    """Run the tests at each clock; arguments go to pytest. Gives 1 when one of them is red at one of these."""
    demande = [sys.executable, "-m", "pytest", "-q", "tests", *(f"--ignore=tests/{nom}" for nom in SANS), *arguments]
    rouges = []
    for horloge in HORLOGES:
        dit = f"{horloge.instant:%d/%m/%Y %H:%M} UTC, {horloge.zone} : {horloge.raison}"
        print(f"\n== {dit}", flush=True)
        environnement = {**os.environ, **horloge.environnement(datetime.now(UTC))}
        if subprocess.run(demande, cwd=RACINE, env=environnement, check=False).returncode:
            rouges.append(dit)
    print("\n".join(["", "Rouge à ces horloges :", *rouges] if rouges else ["", "Vert à toutes les horloges."]))
    return 1 if rouges else 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
