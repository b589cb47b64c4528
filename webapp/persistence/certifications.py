"""The local registry: certifications, their other codes, and the mark that changes with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.textes import sans_accents
from webapp.persistence.tables import certification, code_certification, registre_etat

_t = certification.c
_NOMS = tuple(champ.name for champ in fields(Certification))
_COLONNES = tuple(_t[nom] for nom in _NOMS)
_VERSION = select(registre_etat.c.version)
_PAR_CODES = select(*_COLONNES).where(_t.code.in_(bindparam("codes", expanding=True)))
_PAR_FAMILLE = select(*_COLONNES).where(_t.famille == bindparam("famille")).order_by(_t.rang)
_TOUTES = select(*_COLONNES, _t.rang).order_by(_t.rang)
_AUTRES_CODES = select(code_certification)
_PAR_AUTRE_CODE = select(code_certification.c.certification).where(
    code_certification.c.type_code == bindparam("type_code"), code_certification.c.code == bindparam("code")
)
_NOUVEL_ETAT = insert(registre_etat)


def version(cnx: Connection) -> UUID | None:
    """Give the mark of the registry's present content; None when it was never filled."""
    lue: UUID | None = cnx.execute(_VERSION).scalar()
    return lue


def par_codes(cnx: Connection, codes: Iterable[str]) -> dict[str, Certification]:
    """Find certifications by their full codes; those the registry does not hold are absent."""
    lignes = cnx.execute(_PAR_CODES, {"codes": list(codes)})
    return {ligne[0]: Certification(*ligne) for ligne in lignes}


def de_la_famille(cnx: Connection, famille: str) -> tuple[Certification, ...]:
    """List the certifications of a family, in the registry's order."""
    return tuple(Certification(*ligne) for ligne in cnx.execute(_PAR_FAMILLE, {"famille": famille}))


def code_designe(cnx: Connection, type_code: TypeCode, code: str) -> str | None:
    """Give the code of the certification that another code names (Certif Info 84482: RS2203)."""
    trouve: str | None = cnx.execute(_PAR_AUTRE_CODE, {"type_code": type_code.value, "code": code}).scalar()
    return trouve


def contenant(cnx: Connection, mots: Sequence[str]) -> Iterator[Certification]:
    """Go through the certifications whose code, title or certifiers hold every word, in the registry's order."""
    requete = select(*_COLONNES).order_by(_t.rang)
    for mot in mots:
        requete = requete.where(_t.recherche.contains(mot, autoescape=True))
    with cnx.execute(requete) as lignes:
        for ligne in lignes:
            yield Certification(*ligne)


def deposer(
    cnx: Connection, certifications: Sequence[Certification], autres_codes: Mapping[tuple[TypeCode, str], str]
) -> int:
    """Make the registry hold these records, in this order; those it held besides stay, since formations use them.

    Out: how many records were new or different. The registry's mark changes only when something did.
    """
    connues = {ligne[0]: ligne for ligne in cnx.execute(_TOUTES)}
    nouvelles = [
        ligne
        for rang, une in enumerate(certifications)
        if _valeurs_simples(ligne := _valeurs(une, rang)) != _ancienne(connues.get(une.code))
    ]
    codes_connus = {(type_code, code): cible for type_code, code, cible in cnx.execute(_AUTRES_CODES)}
    codes = [
        {"type_code": type_code.value, "code": code, "certification": cible}
        for (type_code, code), cible in autres_codes.items()
        if codes_connus.get((type_code.value, code)) != cible
    ]
    if nouvelles:
        cnx.execute(_ecraser(cnx, certification, ["code"]), nouvelles)
    if codes:
        cnx.execute(_ecraser(cnx, code_certification, ["type_code", "code"]), codes)
    if nouvelles or codes:
        cnx.execute(_ecraser(cnx, registre_etat, ["id"]), {"id": 1, "version": uuid4()})
    return len(nouvelles)


def _ecraser(cnx: Connection, table: Any, cle: list[str]) -> Any:
    dialecte = postgresql if cnx.dialect.name == "postgresql" else sqlite
    requete = dialecte.insert(table)
    return requete.on_conflict_do_update(
        index_elements=cle, set_={c.name: requete.excluded[c.name] for c in table.c if c.name not in cle}
    )


def _valeurs(une: Certification, rang: int) -> dict[str, Any]:
    mots = " ".join((une.code, une.intitule, *une.certificateurs))
    return {**{nom: getattr(une, nom) for nom in _NOMS}, "rang": rang, "recherche": sans_accents(mots)}


def _valeurs_simples(valeurs: dict[str, Any]) -> tuple[Any, ...]:
    return (*(valeurs[nom] for nom in _NOMS), valeurs["rang"])


def _ancienne(ligne: Any) -> tuple[Any, ...] | None:
    return None if ligne is None else tuple(ligne)
