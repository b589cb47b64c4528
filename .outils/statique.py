"""Bring the third-party files of the screens into webapp/static/tiers, and compress all static files.

Only what a page loads is taken: htmx as its authors built it, and the parts of Bootstrap that .outils/bootstrap.scss
names, built from its sources; with their licences.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from webapp.web.http.statique import DOSSIER, precompresser

RACINE = Path(__file__).resolve().parent.parent
PRIS = {
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}


def copier(modules: Path, tiers: Path) -> list[Path]:
    """Make `tiers` hold exactly the files of PRIS; give those written. Raises FileNotFoundError if one is missing."""
    shutil.rmtree(tiers, ignore_errors=True)
    tiers.mkdir(parents=True)
    return [Path(shutil.copyfile(modules / source, tiers / nom)) for source, nom in PRIS.items()]


def main() -> int:
    """Copy, build, compress. Gives the code of the build: what went wrong is said by its own tool."""
    copier(RACINE / "node_modules", DOSSIER / "tiers")
    construction = (str(RACINE / ".outils" / "npm"), "run", "--silent", "bootstrap")
    code = subprocess.run(construction, cwd=RACINE, check=False).returncode
    if code == 0:
        precompresser()
    return code


if __name__ == "__main__":
    sys.exit(main())
