"""What an import writes in the registry, batch by batch, and what it needs to know of what is there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Bloc, FicheExportee, Habilitation, Partenaire
from webapp.persistence.certifications import COLONNES, colonnes_de, ecraser, marquer, relier
from webapp.persistence.insertion_en_masse import InsertionEnMasse
from webapp.persistence.mots import changes_de_titre, suivre_titres, titres
from webapp.persistence.tables import (
    bloc,
    certification,
    code_certification,
    export_importe,
    habilitation,
    organisme,
)


class Connue(NamedTuple):
    """What the registry holds of a code, as far as an import must know first: its print is that of its export."""

    code: str
    rang: int
    empreinte: str | None
    faits_le: date | None
    export_le: date | None
    dates: tuple[tuple[str, date], ...]


# The ranks of the demonstration's records come first, then the Répertoire spécifique, then the RNCP.
_RANGS = {TypeCode.RS: 1_000_000, TypeCode.RNCP: 2_000_000}
_CONNUES = select(*(certification.c[nom] for nom in Connue._fields)).where(
    certification.c.code.in_(bindparam("codes", expanding=True))
)
_SIRETS = select(organisme.c.siret)
_ENTIERES = select(
    certification.c.nomme_des_partenaires, certification.c.export_le, certification.c.dates, certification.c.empreinte,
    *COLONNES,
)  # fmt: skip
_DE_CES_CODES = certification.c.code.in_(bindparam("codes", expanding=True))
# The kinds of action (CPF codes) are not France compétences' to publish.
_TOUTES = _ENTIERES.where(certification.c.code.not_like("CPF%")).order_by(certification.c.rang)
_CELLES_LA = _ENTIERES.where(_DE_CES_CODES)
_PARTENAIRES = (
    select(habilitation.c.certification, habilitation.c.siret, habilitation.c.nature, habilitation.c.active)
    .where(habilitation.c.certification.in_(bindparam("codes", expanding=True)))
    .order_by(habilitation.c.siret, habilitation.c.nature)
)
_BLOCS = (
    select(bloc.c.certification, bloc.c.code, bloc.c.libelle)
    .where(bloc.c.certification.in_(bindparam("codes", expanding=True)))
    .order_by(bloc.c.rang)
)
_AUTRES_CODES = select(
    code_certification.c.certification, code_certification.c.type_code, code_certification.c.code
).where(code_certification.c.certification.in_(bindparam("codes", expanding=True)))
_DATER = (
    update(certification)
    .where(_DE_CES_CODES)
    .values(faits_le=bindparam("le"), export_le=bindparam("le"), source=bindparam("dite"))
)
_DATER_ACTIVES = _DATER.values(vue_active_le=bindparam("le"))
_SANS_BLOCS = delete(bloc).where(bloc.c.certification == bindparam("de"))
_SANS_HABILITATIONS = delete(habilitation).where(habilitation.c.certification == bindparam("de"))
_ENSEMBLE = 200
_EXPORT = insert(export_importe)
_COLONNES = itemgetter(*certification.c.keys())


def sirets(cnx: Connection) -> frozenset[str]:
    """Give the SIRETs of the organisations we serve."""
    return frozenset(cnx.execute(_SIRETS).scalars())


@dataclass(frozen=True, slots=True)
class AEcrire:
    """One record to be written, the print of its export, and its rank when the registry already holds it."""

    enregistrement: FicheExportee
    empreinte: str | None
    rang: int | None


def connues(cnx: Connection, codes: Iterable[str]) -> dict[str, Connue]:
    """Give what the registry holds of these codes."""
    return {ligne[0]: Connue(*ligne) for ligne in cnx.execute(_CONNUES, {"codes": list(codes)})}


class Ecriture:
    """Writes the records of one export, batch after batch."""

    def __init__(self, cnx: Connection) -> None:
        """Prepare the statements. In: a connection that writes."""
        self._cnx = cnx
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
            suivi = {
                "empreinte": un.empreinte, "export_le": un.enregistrement.export_le, "dates": un.enregistrement.dates,
                "nomme_des_partenaires": un.enregistrement.nomme_des_partenaires,
            }  # fmt: skip
            lignes.append(_COLONNES(colonnes_de(une, rang) | suivi))
            blocs += [(une.code, b.code, place, b.libelle) for place, b in enumerate(un.enregistrement.blocs)]
            for p in un.enregistrement.partenaires:
                droits[p.siret, une.code, p.habilitation.value] = p.active
        avant = titres(self._cnx, (un["de"] for un in anciennes)) if anciennes else {}
        self._certifications.ecrire(lignes)
        suivre_titres(self._cnx, changes_de_titre(avant, (un.enregistrement.certification for un in lot)))
        if anciennes:
            self._cnx.execute(_SANS_BLOCS, anciennes)
            self._cnx.execute(_SANS_HABILITATIONS, anciennes)
        self._blocs.ecrire(blocs)
        self._habilitations.ecrire([(*cle, active) for cle, active in droits.items()])
        autres = [
            {"type_code": type_code, "code": code, "certification": un.enregistrement.certification.code}
            for un in lot
            for type_code, code in un.enregistrement.autres_codes
        ]
        if autres:
            self._cnx.execute(ecraser(self._cnx, code_certification, ["type_code", "code"]), autres)

    def dater(self, codes: Sequence[str], export_le: date, source: str, *, actives: bool) -> None:
        """Move the date of records of which a younger export says the same. In: whether it says them active."""
        if codes:
            requete = _DATER_ACTIVES if actives else _DATER
            self._cnx.execute(requete, {"codes": codes, "le": export_le, "dite": source})


def noter(cnx: Connection, importe_le: datetime, **faits: Any) -> None:
    """Keep the memory of an import that succeeded, bring records together, and change the registry's mark."""
    cnx.execute(_EXPORT, {"id": uuid4(), "importe_le": importe_le, **faits})
    relier(cnx)
    marquer(cnx)


def imports(cnx: Connection) -> list[tuple[str, str, date, datetime]]:
    """List the imports, the last first: name, format, date of the export, moment."""
    t = export_importe.c
    requete = select(t.nom, t.format, t.date_export, t.importe_le).order_by(t.importe_le.desc())
    return [(nom, format_, jour, instant) for nom, format_, jour, instant in cnx.execute(requete)]


def tout(cnx: Connection) -> Iterator[FicheExportee]:
    """Go through the whole registry, in its order, one record at a time."""
    lues = cnx.execution_options(yield_per=_ENSEMBLE).execute(_TOUTES)
    for lot in lues.partitions():
        yield from _assembler(cnx, lot)


def entieres(cnx: Connection, codes: Iterable[str]) -> dict[str, FicheExportee]:
    """Give all that the registry holds of these codes; those it does not hold are absent."""
    demandes = list(codes)
    if not demandes:
        return {}
    lignes = cnx.execute(_CELLES_LA, {"codes": demandes}).all()
    return {fiche.certification.code: fiche for fiche in _assembler(cnx, lignes)}


def _assembler(cnx: Connection, lignes: Sequence[Any]) -> Iterator[FicheExportee]:
    certifications = [Certification(*faits) for _, _, _, _, *faits in lignes]
    codes = {"codes": [une.code for une in certifications]}
    partenaires, blocs, autres = defaultdict(list), defaultdict(list), defaultdict(list)
    for code, siret, nature, active in cnx.execute(_PARTENAIRES, codes):
        partenaires[code].append(Partenaire(siret, Habilitation(nature), active))
    for code, *faits in cnx.execute(_BLOCS, codes):
        blocs[code].append(Bloc(*faits))
    for code, type_code, autre in cnx.execute(_AUTRES_CODES, codes):
        autres[code].append((type_code, autre))
    for une, (nomme, export_le, dates, empreinte, *_) in zip(certifications, lignes, strict=True):
        yield FicheExportee(
            une, tuple(blocs[une.code]), tuple(partenaires[une.code]), nomme, export_le, dates,
            tuple(sorted(autres[une.code])), empreinte,
        )  # fmt: skip


def _rang(une: Certification) -> int:
    return _RANGS[une.type_code] + int(une.numero)
