"""Bring the third-party files of the screens into webapp/static/tiers, reduce our scripts, and compress all of them.

Only what a page loads is taken: htmx as its authors built it, and of the parts of Bootstrap that .outils/bootstrap.scss
names, built from its sources, what some page uses; with their licences. Our scripts lose their comments and long names,
our styles their comments and blanks.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from webapp.web.http.statique import DOSSIER, precompresser, reduit, signature

RACINE = Path(__file__).resolve().parent.parent
PRIS = {
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
}

# Once more, by what came since its authors reduced it: two hundred bytes of fifteen thousand on the wire.
SANS_RESTE = ("--compress", "passes=3,ecma=2020", "--mangle")


def copier(modules: Path, tiers: Path) -> list[Path]:
    """Make `tiers` hold exactly the files of PRIS; give those written. Raises FileNotFoundError if one is missing."""
    shutil.rmtree(tiers, ignore_errors=True)
    tiers.mkdir(parents=True)
    return [Path(shutil.copyfile(modules / source, tiers / nom)) for source, nom in PRIS.items()]


def main() -> int:
    """Copy, build, compress. Gives the code of the build: what went wrong is said by its own tool."""
    copier(RACINE / "node_modules", DOSSIER / "tiers")
    htmx = str(DOSSIER / "tiers" / "htmx.min.js")
    code = _npm("script", "--", htmx, *SANS_RESTE, "--output", htmx) or _npm("bootstrap") or reduire(DOSSIER)
    if code == 0:
        precompresser()
    return code


def reduire(dossier: Path) -> int:
    """Write beside the scripts and styles of a folder what is sent of them. Gives the code of what does it."""
    for style in sorted(dossier.glob("*.css")):
        fait = reduit(style)
        fait.parent.mkdir(exist_ok=True)
        if code := _npm("style", "--", str(style), str(fait)):
            return code
        fait.write_text(signature(style) + fait.read_text("utf-8"), "utf-8")
    for script in sorted(dossier.glob("*.js")):
        fait = reduit(script)
        fait.parent.mkdir(exist_ok=True)
        options = ("--compress", "--mangle", "--format", f"preamble='{signature(script)}'", "--output", str(fait))
        if code := _npm("script", "--", str(script), *options):
            return code
    return 0


def _npm(*commande: str) -> int:
    appel = (str(RACINE / ".outils" / "npm"), "run", "--silent", *commande)
    return subprocess.run(appel, cwd=RACINE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
