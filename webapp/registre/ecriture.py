"""Write the registry's facts as France compétences publishes them: the CSV zip, as `csv_export` reads it.

What is written and read again gives the same facts; that is how a registry is carried to another machine.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path
from typing import Any, Self

from webapp.domain.registre import FicheExportee
from webapp.registre import carnet, valeurs
from webapp.registre.csv_export import TABLES, Table
from webapp.registre.fichiers import place_temporaire, remplacer, temporaire

_NOMS = {
    "standard": "Standard", "certificateurs": "Certificateurs", "formacode": "Formacode", "nsf": "Nsf", "rome": "Rome",
    "blocs": "Blocs_De_Compétences", "remplacements": "Ancienne_Nouvelle_Certification", "partenaires": "Partenaires",
    "suivi": "Suivi_Fiche_Vivante", "retraits": "Habilitations_Retirees", "autres_codes": "Autres_Codes",
}  # fmt: skip


def ecrire(chemin: Path, enregistrements: Iterable[FicheExportee], export_le: date) -> int:
    """Write the zip and give the number of fiches.

    It takes the place of what is at the path once it is whole. Raises OSError when it cannot be written: what was
    there is then as it was; ExportRefuse when there is no place for the temporary files.
    """
    nombre = 0
    with (
        remplacer(chemin) as flux, ExitStack() as pile, zipfile.ZipFile(flux, "w", zipfile.ZIP_DEFLATED) as archive
    ):  # fmt: skip
        tampons = {table.nom: pile.enter_context(_Tampon(table)) for table in TABLES}
        for enregistrement in enregistrements:
            nombre += 1
            for nom, lignes in _lignes(enregistrement, export_le):
                tampons[nom].ecrire(lignes)
        for nom, tampon in tampons.items():
            tampon.verser(archive, f"export_fiches_CSV_{_NOMS[nom]}_{export_le:%Y_%m_%d}.csv")
    return nombre


class _Tampon:
    """One file of the zip, on disk until all of them are whole: a zip takes its members one after the other."""

    def __init__(self, table: Table) -> None:
        """Begin with the names of the columns."""
        self._fichier = io.TextIOWrapper(temporaire(), "utf-8", newline="")
        self._ecrivain = csv.writer(self._fichier, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
        self._ecrivain.writerow(table.colonnes)

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        # What did not fit is written at the end again, in vain.
        with suppress(OSError):
            self._fichier.close()

    def ecrire(self, lignes: Sequence[Sequence[Any]]) -> None:
        """Add lines."""
        with place_temporaire():
            self._ecrivain.writerows(lignes)

    def verser(self, archive: zipfile.ZipFile, nom: str) -> None:
        """Put the file in the zip."""
        with place_temporaire():
            self._fichier.seek(0)
        with archive.open(nom, "w") as membre, io.TextIOWrapper(membre, "utf-8", newline="") as texte:
            while morceau := self._fichier.read(1 << 16):
                texte.write(morceau)


def _lignes(enregistrement: FicheExportee, export_le: date) -> Iterator[tuple[str, list[list[str]]]]:
    c = enregistrement.certification
    code = c.code
    active = c.inactive_constatee_le is None and (c.fin_enregistrement is None or c.fin_enregistrement >= export_le)
    yield "standard", [[
        code, c.intitule, "ACTIVE" if active else "INACTIVE", valeurs.niveau_ecrit(c.niveau_sortie),
        carnet.ecrire_jour(c.fin_enregistrement),
        "" if c.connue_active_le == c.effet_le else carnet.ecrire_jour(c.connue_active_le),
        carnet.ecrire_jour(c.effet_le), "",
    ]]  # fmt: skip
    yield "certificateurs", [[code, nom] for nom in c.certificateurs]
    yield "formacode", [[code, formacode] for formacode in c.formacodes]
    yield "nsf", [[code, nsf] for nsf in c.nsf]
    yield "rome", [[code, rome] for rome in c.rome]
    yield "blocs", [[code, bloc.code, bloc.libelle] for bloc in enregistrement.blocs]
    yield "remplacements", [[code, ancienne, ""] for ancienne in c.remplace]
    yield "remplacements", [[code, "", nouvelle] for nouvelle in c.remplacee_par]
    for nom, active in (("partenaires", True), ("retraits", False)):
        lignes = [
            [code, f"\t{p.siret}", p.habilitation.value] for p in enregistrement.partenaires if p.active is active
        ]
        yield nom, lignes
    yield "suivi", [[code, *carnet.noter(enregistrement)]]
    yield "autres_codes", [[code, *autre] for autre in enregistrement.autres_codes]
