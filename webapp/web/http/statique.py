"""Static files: where each one is found, and how it is sent.

The address of a file carries the hash of its content, so a browser may keep it for ever and a new version is seen at
once. Files are sent by WhiteNoise, in front of Flask, compressed beforehand. This module knows nothing of the screens
nor of the trade.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from wsgiref.headers import Headers

import brotli
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from webapp.domain.textes import fr
from webapp.mode_emploi import publication

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DOSSIER = Path(__file__).resolve().parents[2] / "static"
PREFIXE = "/static"
PUBLIES = "mode-d-emploi/"
"""Begins the names of what is published of the guide: its pictures and its prints."""
SUFFIXES_PUBLIES = frozenset({".png", ".pdf"})
REDUITS = ".reduits"
"""Where what browsers are sent of our scripts and styles is made, beside them."""
SUFFIXES_REDUITS = frozenset({".js", ".css"})
COMPRESSIBLES = frozenset({".css", ".js", ".json", ".svg"})
JUMEAUX = (".br", ".gz")
"""Ends the names of the compressed twins that WhiteNoise makes of a file, and sends in its place."""
_DECOMPRESSER: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {".br": brotli.decompress, ".gz": gzip.decompress}
)


class Application(Protocol):
    """A WSGI application, called as Flask calls its own."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""


class FichierStatiqueInconnu(LookupError):  # noqa: N818 - it reads as a sentence
    """A template names a static file that is not there."""


def fichiers(dossier: Path) -> Iterable[Path]:
    """Give the static files of a folder in a stable order, as they are sent, without their twins nor hidden files."""
    for chemin in sorted(dossier.rglob("*")):
        cache = any(morceau.startswith(".") for morceau in chemin.relative_to(dossier).parts)
        if chemin.is_file() and chemin.suffix not in JUMEAUX and not cache:
            yield chemin


def reduit(script: Path) -> Path:
    """Say where what is sent of a script or of a style is made."""
    return script.parent / REDUITS / script.name


def signature(script: Path) -> str:
    """Give what begins a reduced script or style: what it was made of, as it then was."""
    return f"/*{hashlib.sha256(script.read_bytes()).hexdigest()[:12]}*/"


def _envoye(chemin: Path) -> Path:
    """Give what is sent in the place of a file: a script or a style as it was reduced, unless it has changed since."""
    fait = reduit(chemin)
    if chemin.suffix not in SUFFIXES_REDUITS or not fait.is_file():
        return chemin
    return fait if fait.read_bytes().startswith(signature(chemin).encode()) else chemin


def adresses(dossier: Path) -> Mapping[str, str]:
    """Give the address of each file by its name relative to the folder, `/static/<hash of the content>/<name>`."""
    return MappingProxyType({nom: _adresse(nom, chemin) for nom, chemin in _par_nom(dossier).items()})


def _par_nom(dossier: Path) -> dict[str, Path]:
    """Give what is sent of each file of a folder, by its name relative to it."""
    return {chemin.relative_to(dossier).as_posix(): _envoye(chemin) for chemin in fichiers(dossier)}


def _adresse(nom: str, chemin: Path) -> str:
    return f"{PREFIXE}/{hashlib.sha256(chemin.read_bytes()).hexdigest()[:12]}/{nom}"


def _publies() -> dict[str, Path]:
    """Give what is published of the guide, by the name that templates use."""
    return {
        PUBLIES + chemin.relative_to(publication.DOSSIER).as_posix(): chemin
        for chemin in fichiers(publication.DOSSIER)
        if chemin.suffix in SUFFIXES_PUBLIES
    }


@cache
def _fichiers_du_produit() -> Mapping[str, tuple[str, Path]]:
    """Compute, once for the life of the process, the address of each file and where it is."""
    du_produit = _par_nom(DOSSIER) | _publies()
    return MappingProxyType({nom: (_adresse(nom, chemin), chemin) for nom, chemin in du_produit.items()})


def url(nom: str) -> str:
    """Give the address of a static file of the product, for templates: `{{ statique('app.css') }}`.

    Raises FichierStatiqueInconnu when there is no such file, so that a mistyped name cannot pass unseen.
    """
    try:
        return _fichiers_du_produit()[nom][0]
    except KeyError:
        message = (
            f"Le fichier statique « {nom} » est introuvable."
            " Les fichiers de tiers sont installés par « make serve » et « make test »."
        )
        raise FichierStatiqueInconnu(fr(message)) from None


def connu(nom: str) -> bool:
    """Say whether there is a static file of that name."""
    return nom in _fichiers_du_produit()


def _ajouter_en_tetes(en_tetes: Headers, _chemin: str, _adresse: str) -> None:
    """Say to browsers that the type is the one announced and that other sites may not embed the file."""
    en_tetes["X-Content-Type-Options"] = "nosniff"
    en_tetes["Cross-Origin-Resource-Policy"] = "same-origin"


class _Devant(WhiteNoise):  # type: ignore[misc]  # WhiteNoise ships no types
    """WhiteNoise, of which a file that has gone since it was looked for breaks nothing.

    A twin is never needed: the file itself is sent in its place, and where that has gone too the application answers.
    """

    def serve(self, fichier: Any, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send a file. It is opened before anything is answered: something else may still be."""
        for essai in (environ, environ | {"HTTP_ACCEPT_ENCODING": ""}):
            with suppress(FileNotFoundError):
                envoi: Iterable[bytes] = WhiteNoise.serve(fichier, essai, start_response)
                return envoi
        return self.application(environ, start_response)  # type: ignore[no-any-return]  # WhiteNoise ships no types


def servir(application: WSGIApplication, dossier: Path = DOSSIER) -> Application:
    """Put the static files in front of an application, those of the guide with those of the product.

    What is not one of them goes through untouched. A twin that says something else than its file is never sent: under
    an address that browsers keep for ever, it would be the wrong version for as long.
    """
    devant = _Devant(
        application,
        allow_all_origins=False,
        add_headers_function=_ajouter_en_tetes,
        immutable_file_test=lambda _chemin, _adresse: True,
    )
    if dossier == DOSSIER:
        connus: Iterable[tuple[str, Path]] = _fichiers_du_produit().values()
    else:
        connus = [(_adresse(nom, chemin), chemin) for nom, chemin in _par_nom(dossier).items()]
    for adresse, chemin in connus:
        presents = {str(present): present.stat() for present in (chemin, *_jumeaux_fideles(chemin))}
        devant.add_file_to_dictionary(adresse, str(chemin), stat_cache=presents)
    return devant


def precompresser(dossier: Path = DOSSIER) -> list[Path]:
    """Write the missing or outdated `.br` and `.gz` twins of the files of a folder, and give those written.

    What a twin holds is compared, not its date, which a copy may keep; one that would help nobody is not kept. Raises
    OSError when the folder cannot be written to.
    """
    compresseur = Compressor(quiet=True)
    ecrits: list[Path] = []
    for chemin in _par_nom(dossier).values():
        if chemin.suffix not in COMPRESSIBLES or len(_jumeaux_fideles(chemin)) == len(JUMEAUX):
            continue
        for jumeau in _jumeaux(chemin):
            jumeau.unlink(missing_ok=True)
        ecrits += map(Path, compresseur.compress(str(chemin)))
    return ecrits


def _jumeaux(chemin: Path) -> list[Path]:
    return [chemin.with_name(chemin.name + suffixe) for suffixe in JUMEAUX]


def _jumeaux_fideles(chemin: Path) -> list[Path]:
    """Give the twins that say what their file says."""
    if chemin.suffix not in COMPRESSIBLES:
        return []
    contenu = chemin.read_bytes()
    return [jumeau for jumeau in _jumeaux(chemin) if _est_fidele(jumeau, contenu)]


def _est_fidele(jumeau: Path, contenu: bytes) -> bool:
    try:
        return _DECOMPRESSER[jumeau.suffix](jumeau.read_bytes()) == contenu
    except (OSError, EOFError, zlib.error, brotli.error):
        # Absent, or cut short by a disk that was full.
        return False
