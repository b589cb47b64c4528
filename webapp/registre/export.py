"""An export as it was downloaded, recognised by what it holds: the CSV zip or its folder, XML V4.1 zipped or not.

Names count for one thing only: the date of the export, which the files do not hold. Names inside a zip may carry
accents in another encoding: nothing here depends on them.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import IO

from webapp.domain.sortes_de_fichiers import pourquoi_illisible
from webapp.domain.textes import dire, fr
from webapp.registre import csv_export, xml_v4
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute, tient
from webapp.registre.grain import Ecarter

_DATE = re.compile(r"(20\d{2})[-_](\d{2})[-_](\d{2})")
_DEBUT = 4096
# The end of a zip: its mark, and how far from the end of the file it may stand.
_FIN = b"PK\x05\x06"
_FIN_MAX = 22 + 0xFFFF
_ZIP = b"PK\x03\x04"
TAILLE_MAX = 4 * 1024**3
"""Bytes, once unpacked: ten times the real exports. A zip that says more is refused."""

MEMBRES_MAX = 200
"""Files of an export: the real ones have ten."""

LISTE_MAX = 1 << 20
"""Bytes of the list of files of a zip; an entry takes about a hundred."""

FICHES_MAX = 200_000
"""Fiches of an export: four times all those that ever were."""

# What a zip that was cut, changed, encrypted or packed otherwise makes of itself.
_ABIME = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error)

REFUS = {
    "utf-16": "« {nom} » est en UTF-16, et non en UTF-8 : donnez l'export tel que téléchargé.",
    "separe": "Les colonnes de « {nom} » ne sont pas séparées par des points-virgules : donnez l'export tel que "
    "téléchargé.",
    "page": "« {nom} » est une page web : le téléchargement de l'export a échoué.",
    "gzip": "« {nom} » est compressé en gzip : décompressez-le, et donnez ce qu'il contient.",
    "zip": "« {nom} » contient un autre zip : donnez ce dernier.",
    "vide": "« {nom} » est vide : le téléchargement de l'export a échoué.",
}
"""What is said of a file that is no export, by what its first bytes say that it is."""

AUTRES_NATURES = ("utf-16", "separe")
"""Those of an export that something else wrote again: without that file, the others would be incomplete."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_GZIP = b"\x1f\x8b"

Ouvrir = Callable[[], IO[bytes]]
Jour = date


@dataclass(frozen=True)
class Export:
    """What was recognised: its date, how that is known, its size in bytes, and the way to read its fiches.

    `autre_date` is the date that one of its names gives, when it is another.
    """

    nom: str
    format: str
    date: date
    date_lue: bool
    autre_date: Jour | None
    taille: int
    _lire: Callable[[Collection[str], Callable[[int], None], Ecarter], Iterator[FicheBrute]]

    def fiches(
        self, sirets: Collection[str], avancer: Callable[[int], None] = lambda _: None,
        ecarter: Ecarter = lambda _: None,
    ) -> Iterator[FicheBrute]:  # fmt: skip
        """Give the fiches one after the other; see the readers of each format. Raises ExportRefuse.

        `avancer` is told the bytes read, `ecarter` the lines that are passed over.
        """
        try:
            for rang, brute in enumerate(self._lire(sirets, avancer, ecarter)):
                if rang == FICHES_MAX:
                    raise ExportRefuse(
                        dire("« {nom} » a plus de {n} fiches : c'est trop pour un export.", nom=self.nom, n=FICHES_MAX)
                    )
                if not tient(brute):
                    raise ExportRefuse(
                        dire(
                            "« {nom} » en dit trop de la fiche {fiche} : il est abîmé.",
                            nom=self.nom,
                            fiche=brute.numero[:20],
                        )
                    )
                yield brute
        except _ABIME as erreur:
            raise ExportRefuse(
                dire("« {nom} » est abîmé : {raison}.", nom=self.nom, raison=_raison(erreur))
            ) from erreur


def ouvrir(chemin: Path, le: date | None = None) -> tuple[Export, ...]:
    """Recognise what is at a path; a zip may hold several XML exports. `le` is the date when the person gives it.

    Raises ExportRefuse when it is nothing that can be read.
    """
    try:
        parties, taille = _parties(chemin)
    except _ABIME as erreur:
        raise ExportRefuse(
            dire("« {nom} » ne s'ouvre pas : {raison}.", nom=chemin.name, raison=_raison(erreur))
        ) from erreur
    natures = {nom: _nature(nom, ouvre) for nom, ouvre in parties.items()}
    xml, csv = ({nom: parties[nom] for nom, sienne in natures.items() if sienne == nature} for nature in ("xml", "csv"))
    for nature in AUTRES_NATURES if xml or csv else REFUS:
        if autre := next((nom for nom, sienne in natures.items() if sienne == nature), None):
            raise ExportRefuse(dire(REFUS[nature], nom=autre if nature in AUTRES_NATURES else chemin.name))
    if not xml and not csv:
        raise ExportRefuse(dire("« {nom} » ne contient aucun export de France compétences.", nom=chemin.name))
    if xml and csv:
        raise ExportRefuse(dire("« {nom} » mêle des fichiers CSV et XML : donnez-les séparément.", nom=chemin.name))
    if csv:
        return (Export(chemin.name, "CSV", *_dater(chemin, csv, le), taille, partial(csv_export.lire, csv)),)
    return tuple(
        Export(nom, "XML V4.1", *_dater(chemin, [nom], le), taille // len(xml), partial(_lire_xml, ouvre, nom))
        for nom, ouvre in xml.items()
    )


def _parties(chemin: Path) -> tuple[Mapping[str, Ouvrir], int]:
    """Give each file of an export and the size of all."""
    if chemin.is_dir():
        fichiers = sorted(f for f in chemin.iterdir() if f.is_file() and not f.name.startswith("."))
        _exiger_peu_de_membres(chemin, len(fichiers))
        return {f.name: partial(_fichier, f) for f in fichiers}, sum(f.stat().st_size for f in fichiers)
    with chemin.open("rb") as flux:
        zippe = flux.read(len(_ZIP)) == _ZIP
    if not zippe:
        return {chemin.name: partial(_fichier, chemin)}, chemin.stat().st_size
    if _taille_de_la_liste(chemin) > LISTE_MAX:
        raise ExportRefuse(dire("« {nom} » contient trop de fichiers pour un export.", nom=chemin.name))
    with zipfile.ZipFile(chemin) as archive:
        membres = [m for m in archive.infolist() if not m.is_dir()]
    _exiger_peu_de_membres(chemin, len(membres))
    taille = sum(m.file_size for m in membres)
    if taille > TAILLE_MAX:
        raise ExportRefuse(
            dire("« {nom} » annonce {n} Mo : c'est trop pour un export.", nom=chemin.name, n=taille // 1024**2)
        )
    return {m.filename: partial(_membre, chemin, m) for m in membres}, taille


def _exiger_peu_de_membres(chemin: Path, nombre: int) -> None:
    if nombre > MEMBRES_MAX:
        raise ExportRefuse(
            dire("« {nom} » contient {n} fichiers : c'est trop pour un export.", nom=chemin.name, n=nombre)
        )


def _taille_de_la_liste(chemin: Path) -> int:
    """Give the bytes of the list of files at the end of a zip, before anybody reads it whole."""
    with chemin.open("rb") as flux:
        taille = flux.seek(0, 2)
        flux.seek(max(0, taille - _FIN_MAX))
        fin = flux.read()
    place = fin.rfind(_FIN)
    octets = int.from_bytes(fin[place + 12 : place + 16], "little") if place >= 0 else 0
    # A longer list says so by this number, and then stands within the file.
    return min(octets, taille)


def _fichier(chemin: Path) -> IO[bytes]:
    return chemin.open("rb")


def _membre(chemin: Path, membre: zipfile.ZipInfo) -> IO[bytes]:
    archive = zipfile.ZipFile(chemin)
    flux = archive.open(membre)
    archive.close()  # The member keeps the file open as long as it is read.
    return flux


def _nature(nom: str, ouvrir: Ouvrir) -> str:
    """Say what a file is by its first bytes: « xml », « csv », one of REFUS; empty when it is none of these."""
    try:
        with ouvrir() as flux:
            debut = flux.read(_DEBUT)
    except _ABIME as erreur:
        raise ExportRefuse(dire("« {nom} » est abîmé : {raison}.", nom=nom, raison=_raison(erreur))) from erreur
    for marque, nature in ((_GZIP, "gzip"), (_ZIP, "zip")):
        if debut.startswith(marque):
            return nature
    large = debut.startswith(_UTF_16)
    texte = debut.decode("utf-16" if large else "utf-8", "replace").removeprefix("\ufeff").lstrip()
    entete = texte.partition("\n")[0]
    if large and (texte.startswith("<") or csv_export.NUMERO in entete):
        return "utf-16"
    if texte[: len("<!doctype html")].casefold().startswith(("<!doctype html", "<html")):
        return "page"
    if texte.startswith("<"):
        return "xml"
    if csv_export.NUMERO in entete:
        return "csv" if ";" in entete else "separe"
    return "" if debut else "vide"


def _dater(chemin: Path, parties: Iterable[str], le: Jour | None) -> tuple[Jour, bool, Jour | None]:
    """Find the date of an export in its names, else take that of the file; say which, and what another name says.

    In: the date when the person gives it. Whoever published the files named them; whoever saved the zip, the zip.
    """
    jours = [jour for nom in (*parties, chemin.name) if (jour := _jour_du_nom(nom)) is not None]
    if le is None and not jours:
        return datetime.fromtimestamp(chemin.stat().st_mtime, UTC).date(), False, None
    jour = le or jours[0]
    return jour, True, next((autre for autre in jours if autre != jour), None)


def _jour_du_nom(nom: str) -> Jour | None:
    """Give the date that is in a name; None when there is none."""
    trouve = _DATE.search(nom)
    try:
        return date(*(int(n) for n in trouve.groups())) if trouve else None
    except ValueError:
        return None


def _lire_xml(
    ouvrir: Ouvrir, nom: str, sirets: Collection[str], avancer: Callable[[int], None], _: Ecarter
) -> Iterator[FicheBrute]:
    with ouvrir() as flux:
        yield from xml_v4.lire(flux, nom, sirets, avancer)


def _raison(erreur: BaseException) -> str:
    connue = pourquoi_illisible(erreur) if isinstance(erreur, OSError) else ""
    return connue or fr("l'archive est abîmée ou incomplète")
