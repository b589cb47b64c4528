"""Load the official exports of France compétences into the registry: all of a file, or nothing of it.

What was read is compared with what is there by a print of its facts: importing the same export again changes nothing.
Certifications that an export no longer holds stay: formations are described on them.
"""

import hashlib
import json
import pickle
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from webapp.domain.certifications import Certification
from webapp.domain.registre import Enregistrement, LigneRefusee, rencontrer
from webapp.domain.textes import fr
from webapp.persistence import exports
from webapp.registre import ecriture
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import Export
from webapp.registre.faits import FicheBrute, comprendre
from webapp.services.registre import oublier

LOT = 500
_FAITS = tuple(champ.name for champ in fields(Certification) if champ.name != "source")
REFUS_GARDES = 1_000
"""Refusals kept one by one in the report; beyond, they are counted only."""


@dataclass
class Rapport:
    """What an import did, fiche by fiche: read = new + changed + unchanged + older + refused.

    `depassees`: the registry holds a newer export of these. `remarques`: codes that could not be read, left out.
    """

    nom: str
    format: str
    date: date
    lues: int = 0
    nouvelles: int = 0
    changees: int = 0
    inchangees: int = 0
    depassees: int = 0
    refusees: int = 0
    refus: list[LigneRefusee] = field(default_factory=list)
    remarques: list[LigneRefusee] = field(default_factory=list)


class Preparation:
    """What an import is going to write: read, understood and compared, and kept in a file of its own until then.

    Reading takes as long as the export is big, writing as long as it changes something: only the second holds the
    database. A context manager: the file goes with it.
    """

    def __init__(self, rapport: Rapport) -> None:
        """Begin with nothing to write."""
        self.rapport = rapport
        self._fichier = tempfile.TemporaryFile(prefix="registre-")  # noqa: SIM115 - it lives as long as this does

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self._fichier.close()

    def ajouter(self, lot: list[tuple[Enregistrement, str]]) -> None:
        """Keep records to be written."""
        if lot:
            pickle.dump(lot, self._fichier)

    def lots(self) -> Iterator[list[tuple[Enregistrement, str]]]:
        """Give what was kept, in order."""
        self._fichier.seek(0)
        while True:
            try:
                yield pickle.load(self._fichier)  # noqa: S301 - our own file, which has no name
            except EOFError:
                return


def preparer(cnx: Connection, export: Export, avancer: Callable[[int], None] = lambda _: None) -> Preparation:
    """Read an export and compare it with the registry. In: a connection that reads; `avancer` is told the progress.

    Raises ExportRefuse when the export is not whole, or when no fiche of it can be used.
    """
    preparation = Preparation(Rapport(export.nom, export.format, export.date))
    rapport = preparation.rapport
    try:
        fiches = export.fiches(exports.sirets(cnx), avancer)
        while lot := [_une(brute, rapport) for brute in islice(fiches, LOT)]:
            preparation.ajouter(_comparer(cnx, [e for e in lot if e is not None], rapport))
        _exiger_des_fiches(rapport)
    except BaseException:
        preparation.__exit__()
        raise
    return preparation


def appliquer(cnx: Connection, preparation: Preparation, maintenant: datetime) -> None:
    """Write what was prepared, all of it or nothing. In: a connection that writes."""
    rapport = preparation.rapport
    if not (rapport.nouvelles or rapport.changees):
        return
    for lot in preparation.lots():
        exports.ecrire(cnx, lot, rapport.date)
    exports.noter(
        cnx, maintenant, nom=rapport.nom, format=rapport.format, date_export=rapport.date, lues=rapport.lues,
        nouvelles=rapport.nouvelles, changees=rapport.changees, inchangees=rapport.inchangees + rapport.depassees,
        refusees=rapport.refusees,
    )  # fmt: skip
    oublier(cnx)


def exporter(cnx: Connection, chemin: Path, export_le: date) -> int:
    """Write the whole registry as a CSV export, dated so; give the number of fiches. Raises OSError."""
    return ecriture.ecrire(chemin, exports.tout(cnx), export_le)


def empreinte(enregistrement: Enregistrement) -> str:
    """Give the print of the facts of a record, its source left out: two exports that say the same give the same."""
    # Field by field: `asdict` copies everything first, and would take a third of an import.
    faits = [
        [getattr(enregistrement.certification, nom) for nom in _FAITS],
        [(bloc.code, bloc.libelle) for bloc in enregistrement.blocs],
        [(p.siret, p.habilitation, p.active) for p in enregistrement.partenaires],
    ]
    return hashlib.sha256(json.dumps(faits, default=str, ensure_ascii=False).encode()).hexdigest()


def _une(brute: FicheBrute, rapport: Rapport) -> Enregistrement | None:
    rapport.lues += 1

    def remarquer(raison: str) -> None:
        if len(rapport.remarques) < REFUS_GARDES:
            rapport.remarques.append(LigneRefusee(rapport.nom, brute.ligne, brute.numero, raison))

    try:
        return comprendre(brute, rapport.date, remarquer)
    except ValueError as raison:
        rapport.refusees += 1
        if len(rapport.refus) < REFUS_GARDES:
            rapport.refus.append(LigneRefusee(rapport.nom, brute.ligne, brute.numero, str(raison)))
        return None


def _comparer(cnx: Connection, lot: list[Enregistrement], rapport: Rapport) -> list[tuple[Enregistrement, str]]:
    """Count what is new, changed and unchanged; give what is to be written."""
    uniques = {e.certification.code: e for e in lot}
    rapport.refusees += len(lot) - len(uniques)
    la = exports.connues(cnx, uniques)
    a_ecrire = []
    for code, exporte in uniques.items():
        connue = la.get(code)
        faits = replace(
            exporte, certification=rencontrer(connue.certification if connue else None, exporte.certification)
        )
        nouvelle = empreinte(faits)
        if connue and connue.export_le is not None and connue.export_le > rapport.date:
            rapport.depassees += 1
            continue
        if connue and connue.empreinte == nouvelle:
            rapport.inchangees += 1
            continue
        if connue is None:
            rapport.nouvelles += 1
        else:
            rapport.changees += 1
        a_ecrire.append((faits, nouvelle))
    return a_ecrire


def _exiger_des_fiches(rapport: Rapport) -> None:
    if not rapport.lues:
        raise ExportRefuse(fr(f"« {rapport.nom} » ne contient aucune fiche."))
    if rapport.refusees == rapport.lues:
        raise ExportRefuse(fr(f"« {rapport.nom} » n'a aucune fiche utilisable ; la première : {rapport.refus[0]}."))
