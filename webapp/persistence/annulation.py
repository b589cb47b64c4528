"""What an import changes in the registry, kept while it writes; and put back as it was when the import is undone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, func, insert, select, update

from webapp.persistence.certifications import marquer, relier
from webapp.persistence.insertion_en_masse import InsertionEnMasse
from webapp.persistence.mots import suivre_titres
from webapp.persistence.tables import (
    bloc,
    bloc_avant,
    certification,
    certification_avant,
    certification_nouvelle,
    code_certification,
    export_importe,
    formation,
    habilitation,
    habilitation_avant,
)

_TABLES = (certification_avant, bloc_avant, habilitation_avant, certification_nouvelle)
_DETAILS = ((bloc, bloc_avant), (habilitation, habilitation_avant))
_CODES: BindParameter[Any] = bindparam("codes", expanding=True)
_NOUVELLES = select(certification_nouvelle.c.code)
_UTILISEES = (
    select(formation.c.certification, certification.c.intitule, func.count())
    .join(certification, certification.c.code == formation.c.certification)
    .where(formation.c.certification.in_(_NOUVELLES))
    .group_by(formation.c.certification, certification.c.intitule)
    .order_by(formation.c.certification)
)
_CHANGEES = select(certification_avant.c.code)


def _garder(table: Table, avant: Table, code: str) -> Any:
    noms = [c.name for c in table.columns]
    # Of what the import has kept or brought already, the first state counts.
    deja = (table.c[code].not_in(_CHANGEES), table.c[code].not_in(_NOUVELLES))
    lues = select(*(table.c[nom] for nom in noms)).where(table.c[code].in_(_CODES), *deja)
    return insert(avant).from_select(noms, lues)


# The record last: by it is known what is kept.
_GARDER = (*(_garder(table, avant, "certification") for table, avant in _DETAILS),
           _garder(certification, certification_avant, "code"))  # fmt: skip
_RENDRE = update(certification).values(
    {c.name: certification_avant.c[c.name] for c in certification.columns if c.name != "code"}
).where(certification.c.code == certification_avant.c.code)  # fmt: skip
_TITRES_RENDUS = (
    select(certification.c.code)
    .join(certification_avant, certification_avant.c.code == certification.c.code)
    .where(certification_avant.c.intitule != certification.c.intitule)
)
_INUTILES = _NOUVELLES.where(certification_nouvelle.c.code.not_in(select(formation.c.certification)))


class Utilisee(NamedTuple):
    """A certification that formations use."""

    code: str
    intitule: str
    formations: int


class Annulee(NamedTuple):
    """What undoing an import did: its exports by name and date, records taken away, put back, and left in use.

    `anterieures` counts those that stay because exports before it speak of them.
    """

    exports: tuple[tuple[str, date], ...]
    retirees: int
    rendues: int
    gardees: tuple[Utilisee, ...]
    anterieures: int


class Memoire:
    """Keeps what one import finds, batch by batch: the import before it can be undone no more."""

    def __init__(self, cnx: Connection, importe_le: datetime) -> None:
        """Forget the import before, unless it bears the same moment: several exports given together are one import."""
        self._cnx = cnx
        self._nouvelles = InsertionEnMasse(cnx, certification_nouvelle, insert(certification_nouvelle))
        if cnx.execute(select(func.max(export_importe.c.importe_le))).scalar() != importe_le:
            oublier(cnx)

    def garder(self, nouvelles: Sequence[str], changees: Sequence[str]) -> None:
        """Keep what is going to be written over. In: codes that the registry does not hold, codes that it does."""
        self._nouvelles.ecrire([(code,) for code in nouvelles])
        if changees:
            for requete in _GARDER:
                self._cnx.execute(requete, {"codes": list(changees)})


def oublier(cnx: Connection) -> None:
    """Keep nothing of the last import: it can be undone no more."""
    for table in _TABLES:
        cnx.execute(delete(table))


def annuler(cnx: Connection) -> Annulee | None:
    """Put the registry back as it was before the last import; None when there is none that can be undone.

    What the import brought and a formation uses stays.
    """
    le = cnx.execute(select(func.max(export_importe.c.importe_le))).scalar()
    rendues = cnx.execute(select(func.count()).select_from(certification_avant)).scalar_one()
    nouvelles = cnx.execute(select(func.count()).select_from(certification_nouvelle)).scalar_one()
    if le is None or not (rendues or nouvelles):
        return None
    du_moment = export_importe.c.importe_le == le
    exports = cnx.execute(select(export_importe.c.nom, export_importe.c.date_export).where(du_moment)).all()
    gardees = tuple(Utilisee(*ligne) for ligne in cnx.execute(_UTILISEES))
    for table in (code_certification, bloc, habilitation):
        cnx.execute(delete(table).where(table.c.certification.in_(_INUTILES)))
    cnx.execute(delete(certification).where(certification.c.code.in_(_INUTILES)))
    titres = list(cnx.execute(_TITRES_RENDUS).scalars())
    cnx.execute(_RENDRE)
    for table, avant in _DETAILS:
        cnx.execute(delete(table).where(table.c.certification.in_(_CHANGEES)))
        noms = [c.name for c in table.columns]
        cnx.execute(insert(table).from_select(noms, select(*(avant.c[nom] for nom in noms))))
    suivre_titres(cnx, titres)
    cnx.execute(delete(export_importe).where(du_moment))
    oublier(cnx)
    relier(cnx)
    marquer(cnx)
    d_exports = select(func.count()).select_from(certification).where(certification.c.export_le.is_not(None))
    anterieures = cnx.execute(d_exports).scalar_one() - len(gardees)
    noms_et_jours = tuple((nom, jour) for nom, jour in exports)
    return Annulee(noms_et_jours, nouvelles - len(gardees), rendues, gardees, anterieures)
