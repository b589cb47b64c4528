"""Load the official exports of France compétences into the registry: all of a file, or nothing of it.

What was read is compared with what is there by a print of its facts: importing the same export again changes nothing.
Certifications that an export no longer holds stay: formations are described on them.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Self
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Bloc, FicheExportee, LigneRefusee, Partenaire, rencontrer
from webapp.domain.textes import fr
from webapp.persistence import certifications, exports
from webapp.persistence.exports import AEcrire, Connue
from webapp.registre import ecriture
from webapp.registre.attente import Attente
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import Export
from webapp.registre.faits import FicheBrute, comprendre
from webapp.services.registre import vider_cache

LOT = 100
"""Fiches handled together: few, since whatever lives through a batch is looked at again by the garbage collector."""

_FAITS = tuple(champ.name for champ in fields(Certification) if champ.name != "source")
_EN_JSON = json.JSONEncoder(default=str, ensure_ascii=False).encode
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
    database. `marque` is that of the registry it was compared with. A context manager: the file goes with it.
    """

    def __init__(self, rapport: Rapport, marque: UUID | None) -> None:
        """Begin with nothing to write."""
        self.rapport = rapport
        self.marque = marque
        self.attente: Attente[AEcrire] = Attente(AEcrire, FicheExportee, Certification, Bloc, Partenaire)

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self.attente.fermer()


def preparer(cnx: Connection, export: Export, avancer: Callable[[int], None] = lambda _: None) -> Preparation:
    """Read an export and compare it with the registry. In: a connection that reads; `avancer` is told the progress.

    Raises ExportRefuse when the export is not whole, or when no fiche of it can be used.
    """
    rapport = Rapport(export.nom, export.format, export.date)
    preparation = Preparation(rapport, certifications.version(cnx))
    try:
        lecture = _Lecture(rapport)
        fiches = export.fiches(exports.sirets(cnx), avancer)
        while brutes := list(islice(fiches, LOT)):
            lues = [lue for brute in brutes if (lue := lecture.comprendre(brute)) is not None]
            preparation.attente.ajouter(_comparer(cnx, lues, rapport))
        _exiger_des_fiches(rapport)
    except BaseException:
        preparation.__exit__()
        raise
    return preparation


def appliquer(cnx: Connection, preparation: Preparation, maintenant: datetime) -> None:
    """Write what was prepared, all of it or nothing. In: a connection that writes.

    When the registry is no longer the one it was compared with, because another import went before, it is compared
    again: the report then says what was done in the end.
    """
    rapport = preparation.rapport
    lots = preparation.attente.lots()
    if certifications.version(cnx) != preparation.marque:
        rapport.nouvelles = rapport.changees = 0
        lots = (_comparer(cnx, [un.enregistrement for un in lot], rapport) for lot in lots)
    ecriture_des_lots = exports.Ecriture(cnx, rapport.date)
    for lot in lots:
        ecriture_des_lots.ecrire(lot)
    if not (rapport.nouvelles or rapport.changees):
        return
    exports.noter(
        cnx, maintenant, nom=rapport.nom, format=rapport.format, date_export=rapport.date, lues=rapport.lues,
        nouvelles=rapport.nouvelles, changees=rapport.changees, inchangees=rapport.inchangees + rapport.depassees,
        refusees=rapport.refusees,
    )  # fmt: skip
    vider_cache(cnx)


def exporter(cnx: Connection, chemin: Path, export_le: date) -> int:
    """Write the whole registry as a CSV export, dated so; give the number of fiches. Raises OSError."""
    return ecriture.ecrire(chemin, exports.tout(cnx), export_le)


def empreinte(enregistrement: FicheExportee) -> str:
    """Give the print of the facts of a record, its source left out: two exports that say the same give the same."""
    # Field by field: `asdict` copies everything first, and would take a third of an import.
    faits = [
        [getattr(enregistrement.certification, nom) for nom in _FAITS],
        [(bloc.code, bloc.libelle) for bloc in enregistrement.blocs],
        [(p.siret, p.habilitation, p.active) for p in enregistrement.partenaires],
    ]
    return hashlib.sha256(_EN_JSON(faits).encode()).hexdigest()


class _Lecture:
    """Understands the fiches of one export, and tells the report what cannot be used of them."""

    def __init__(self, rapport: Rapport) -> None:
        self._rapport = rapport
        # One byte for each code there can be: two registries, numbers of six digits at most.
        self._vus = bytearray(2 * 10**6)

    def comprendre(self, brute: FicheBrute) -> FicheExportee | None:
        """Give the record of a fiche; None when it is refused."""
        rapport = self._rapport
        rapport.lues += 1

        def remarquer(raison: str) -> None:
            if len(rapport.remarques) < REFUS_GARDES:
                rapport.remarques.append(LigneRefusee(rapport.nom, brute.ligne, brute.numero, raison))

        try:
            enregistrement = comprendre(brute, rapport.date, remarquer)
            self._exiger_la_premiere(enregistrement.certification)
        except ValueError as raison:
            rapport.refusees += 1
            if len(rapport.refus) < REFUS_GARDES:
                rapport.refus.append(LigneRefusee(rapport.nom, brute.ligne, brute.numero, str(raison)))
            return None
        return enregistrement

    def _exiger_la_premiere(self, une: Certification) -> None:
        place = 2 * int(une.numero) + (une.type_code is TypeCode.RNCP)
        if self._vus[place]:
            raise ValueError(fr(f"la fiche {une.code} est déjà dans cet export"))
        self._vus[place] = True


def _comparer(cnx: Connection, lot: list[FicheExportee], rapport: Rapport) -> list[AEcrire]:
    """Count what is new, changed and unchanged; give what is to be written."""
    la = exports.connues(cnx, [e.certification.code for e in lot])
    a_ecrire = []
    for exporte in lot:
        connue = la.get(exporte.certification.code)
        faits = exporte if connue is None else _rencontrer(connue, exporte)
        nouvelle = empreinte(faits)
        if connue is None:
            rapport.nouvelles += 1
        elif connue.export_le is not None and connue.export_le > rapport.date:
            rapport.depassees += 1
            continue
        elif connue.empreinte == nouvelle:
            rapport.inchangees += 1
            continue
        else:
            rapport.changees += 1
        a_ecrire.append(AEcrire(faits, nouvelle, None if connue is None else connue.rang))
    return a_ecrire


def _rencontrer(connue: Connue, exporte: FicheExportee) -> FicheExportee:
    # Only what the domain looks at was read: 30 000 whole records would take as long as the export itself.
    la = Certification(connue.code, "", connue.connue_active_le)
    return replace(exporte, certification=rencontrer(la, exporte.certification))


def _exiger_des_fiches(rapport: Rapport) -> None:
    if not rapport.lues:
        raise ExportRefuse(fr(f"« {rapport.nom} » ne contient aucune fiche."))
    if rapport.refusees == rapport.lues:
        raise ExportRefuse(fr(f"« {rapport.nom} » n'a aucune fiche utilisable ; la première : {rapport.refus[0]}."))
