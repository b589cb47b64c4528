"""What an import writes in the registry, batch by batch, and what it needs to know of what is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, select

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Bloc, Enregistrement, Habilitation, Partenaire
from webapp.persistence.certifications import COLONNES, colonnes_de, ecraser, marquer
from webapp.persistence.tables import bloc, certification, export_importe, habilitation, organisme

# The ranks of the demonstration's records come first, then the Répertoire spécifique, then the RNCP.
_RANGS = {TypeCode.RS: 1_000_000, TypeCode.RNCP: 2_000_000}
_CONNUES = select(*COLONNES, certification.c.empreinte, certification.c.export_le, certification.c.rang).where(
    certification.c.code.in_(bindparam("codes", expanding=True))
)
_SIRETS = select(organisme.c.siret)
_BLOCS = select(bloc.c.code, bloc.c.libelle).where(bloc.c.certification == bindparam("code")).order_by(bloc.c.rang)
_HABILITATIONS = select(habilitation.c.nature, habilitation.c.active).where(
    habilitation.c.siret == bindparam("siret"), habilitation.c.certification == bindparam("code")
)
_TOUTES = select(*COLONNES).order_by(certification.c.rang)
_PARTENAIRES = (
    select(habilitation.c.siret, habilitation.c.nature, habilitation.c.active)
    .where(habilitation.c.certification == bindparam("code"))
    .order_by(habilitation.c.siret, habilitation.c.nature)
)
_SANS_BLOCS = delete(bloc).where(bloc.c.certification == bindparam("de"))
_SANS_HABILITATIONS = delete(habilitation).where(habilitation.c.certification == bindparam("de"))
_EXPORT = insert(export_importe)


def sirets(cnx: Connection) -> frozenset[str]:
    """Give the SIRETs of the organisations we serve."""
    return frozenset(cnx.execute(_SIRETS).scalars())


@dataclass(frozen=True, slots=True)
class Connue:
    """What the registry holds of a code; print and date are those of the export it comes from, if it does."""

    certification: Certification
    empreinte: str | None
    export_le: date | None
    rang: int


def connues(cnx: Connection, codes: Iterable[str]) -> dict[str, Connue]:
    """Give what the registry holds of these codes."""
    lignes = cnx.execute(_CONNUES, {"codes": list(codes)})
    return {ligne[0]: Connue(Certification(*ligne[:-3]), *ligne[-3:]) for ligne in lignes}


def ecrire(cnx: Connection, lot: Sequence[tuple[Enregistrement, str]], export_le: date) -> None:
    """Write these records, new or changed, each with its print and the date of its export."""
    la = connues(cnx, [e.certification.code for e, _ in lot])
    rangs = {code: connue.rang for code, connue in la.items()}
    lignes = [
        {
            **colonnes_de(e.certification, rangs.get(e.certification.code, _rang(e.certification))),
            "empreinte": empreinte,
            "export_le": export_le,
        }
        for e, empreinte in lot
    ]
    cnx.execute(ecraser(cnx, certification, ["code"]), lignes)
    anciennes = [{"de": e.certification.code} for e, _ in lot if e.certification.code in rangs]
    if anciennes:
        cnx.execute(_SANS_BLOCS, anciennes)
        cnx.execute(_SANS_HABILITATIONS, anciennes)
    blocs = [
        {"certification": e.certification.code, "code": b.code, "rang": rang, "libelle": b.libelle}
        for e, _ in lot
        for rang, b in enumerate(e.blocs)
    ]
    if blocs:
        cnx.execute(insert(bloc), blocs)
    droits = {
        (p.siret, e.certification.code, p.habilitation.value): p.active for e, _ in lot for p in e.partenaires
    }  # fmt: skip
    if droits:
        noms = ("siret", "certification", "nature")
        cnx.execute(insert(habilitation), [dict(zip(noms, c, strict=True)) | {"active": a} for c, a in droits.items()])


def noter(cnx: Connection, importe_le: datetime, **faits: Any) -> None:
    """Keep the memory of an import that succeeded, and change the registry's mark."""
    cnx.execute(_EXPORT, {"id": uuid4(), "importe_le": importe_le, **faits})
    marquer(cnx)


def imports(cnx: Connection) -> list[tuple[str, str, date, datetime]]:
    """List the imports, the last first: name, format, date of the export, moment."""
    t = export_importe.c
    requete = select(t.nom, t.format, t.date_export, t.importe_le).order_by(t.importe_le.desc())
    return [(nom, format_, jour, instant) for nom, format_, jour, instant in cnx.execute(requete)]


def blocs_de(cnx: Connection, code: str) -> tuple[Bloc, ...]:
    """Give the blocs of a certification, in its order."""
    return tuple(Bloc(*ligne) for ligne in cnx.execute(_BLOCS, {"code": code}))


def tout(cnx: Connection) -> Iterator[Enregistrement]:
    """Go through the whole registry, in its order, one record at a time."""
    for ligne in cnx.execution_options(yield_per=200).execute(_TOUTES):
        une = Certification(*ligne)
        lignes = cnx.execute(_PARTENAIRES, {"code": une.code})
        partenaires = tuple(Partenaire(siret, Habilitation(nature), active) for siret, nature, active in lignes)
        yield Enregistrement(une, blocs_de(cnx, une.code), partenaires)


def habilitations(cnx: Connection, siret: str, code: str) -> tuple[Partenaire, ...]:
    """Give what an organisation may do for a certification, as far as the exports say."""
    lignes = cnx.execute(_HABILITATIONS, {"siret": siret, "code": code})
    return tuple(Partenaire(siret, Habilitation(nature), active) for nature, active in lignes)


def _rang(une: Certification) -> int:
    return _RANGS[une.type_code] + int(une.numero)
