"""What an import writes in the registry, batch by batch, and what it needs to know of what is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, select

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import FicheExportee, Habilitation, Partenaire
from webapp.persistence.certifications import COLONNES, blocs_de, colonnes_de, ecraser, marquer
from webapp.persistence.insertion_en_masse import InsertionEnMasse
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import bloc, certification, export_importe, habilitation, organisme


class Connue(NamedTuple):
    """What the registry holds of a code, as far as an import must know; print and date are those of its export."""

    code: str
    rang: int
    connue_active_le: date
    empreinte: str | None
    export_le: date | None


# The ranks of the demonstration's records come first, then the Répertoire spécifique, then the RNCP.
_RANGS = {TypeCode.RS: 1_000_000, TypeCode.RNCP: 2_000_000}
_CONNUES = select(*(certification.c[nom] for nom in Connue._fields)).where(
    certification.c.code.in_(bindparam("codes", expanding=True))
)
_SIRETS = select(organisme.c.siret)
_HABILITATIONS = RequetePreparee(
    select(habilitation.c.nature, habilitation.c.active).where(
        habilitation.c.siret == bindparam("siret"), habilitation.c.certification == bindparam("code")
    )
)
# The kinds of action (CPF codes) are not France compétences' to publish.
_TOUTES = select(*COLONNES).where(certification.c.code.not_like("CPF%")).order_by(certification.c.rang)
_PARTENAIRES = (
    select(habilitation.c.siret, habilitation.c.nature, habilitation.c.active)
    .where(habilitation.c.certification == bindparam("code"))
    .order_by(habilitation.c.siret, habilitation.c.nature)
)
_SANS_BLOCS = delete(bloc).where(bloc.c.certification == bindparam("de"))
_SANS_HABILITATIONS = delete(habilitation).where(habilitation.c.certification == bindparam("de"))
_EXPORT = insert(export_importe)
_COLONNES = itemgetter(*certification.c.keys())


def sirets(cnx: Connection) -> frozenset[str]:
    """Give the SIRETs of the organisations we serve."""
    return frozenset(cnx.execute(_SIRETS).scalars())


@dataclass(frozen=True, slots=True)
class AEcrire:
    """One record to be written, its print, and its rank when the registry already holds it."""

    enregistrement: FicheExportee
    empreinte: str
    rang: int | None


def connues(cnx: Connection, codes: Iterable[str]) -> dict[str, Connue]:
    """Give what the registry holds of these codes."""
    return {ligne[0]: Connue(*ligne) for ligne in cnx.execute(_CONNUES, {"codes": list(codes)})}


class Ecriture:
    """Writes the records of one export, batch after batch."""

    def __init__(self, cnx: Connection, export_le: date) -> None:
        """Prepare the statements. In: a connection that writes, the date of the export."""
        self._cnx = cnx
        self._export_le = export_le
        self._certifications = InsertionEnMasse(cnx, certification, ecraser(cnx, certification, ["code"]))
        self._blocs = InsertionEnMasse(cnx, bloc, insert(bloc))
        self._habilitations = InsertionEnMasse(cnx, habilitation, insert(habilitation))

    def ecrire(self, lot: Sequence[AEcrire]) -> None:
        """Write these records, new or changed; what they replace goes whole."""
        anciennes = [{"de": un.enregistrement.certification.code} for un in lot if un.rang is not None]
        lignes, blocs = [], []
        droits: dict[tuple[str, str, str], bool] = {}
        for un in lot:
            une = un.enregistrement.certification
            rang = _rang(une) if un.rang is None else un.rang
            suivi = {"empreinte": un.empreinte, "export_le": self._export_le}
            lignes.append(_COLONNES(colonnes_de(une, rang) | suivi))
            blocs += [(une.code, b.code, place, b.libelle) for place, b in enumerate(un.enregistrement.blocs)]
            for p in un.enregistrement.partenaires:
                droits[p.siret, une.code, p.habilitation.value] = p.active
        self._certifications.ecrire(lignes)
        if anciennes:
            self._cnx.execute(_SANS_BLOCS, anciennes)
            self._cnx.execute(_SANS_HABILITATIONS, anciennes)
        self._blocs.ecrire(blocs)
        self._habilitations.ecrire([(*cle, active) for cle, active in droits.items()])


def noter(cnx: Connection, importe_le: datetime, **faits: Any) -> None:
    """Keep the memory of an import that succeeded, and change the registry's mark."""
    cnx.execute(_EXPORT, {"id": uuid4(), "importe_le": importe_le, **faits})
    marquer(cnx)


def imports(cnx: Connection) -> list[tuple[str, str, date, datetime]]:
    """List the imports, the last first: name, format, date of the export, moment."""
    t = export_importe.c
    requete = select(t.nom, t.format, t.date_export, t.importe_le).order_by(t.importe_le.desc())
    return [(nom, format_, jour, instant) for nom, format_, jour, instant in cnx.execute(requete)]


def tout(cnx: Connection) -> Iterator[FicheExportee]:
    """Go through the whole registry, in its order, one record at a time."""
    for ligne in cnx.execution_options(yield_per=200).execute(_TOUTES):
        une = Certification(*ligne)
        lignes = cnx.execute(_PARTENAIRES, {"code": une.code})
        partenaires = tuple(Partenaire(siret, Habilitation(nature), active) for siret, nature, active in lignes)
        yield FicheExportee(une, blocs_de(cnx, une.code), partenaires)


def habilitations(lecture: Lecture, siret: str, code: str) -> tuple[Partenaire, ...]:
    """Give what an organisation may do for a certification, as far as the exports say."""
    lignes = _HABILITATIONS.lignes(lecture, siret=siret, code=code)
    return tuple(Partenaire(siret, Habilitation(nature), active) for nature, active in lignes)


def _rang(une: Certification) -> int:
    return _RANGS[une.type_code] + int(une.numero)
