"""The local registry: certifications, their other codes, and the mark that changes with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    column,
    delete,
    insert,
    literal,
    or_,
    select,
    table,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Bloc, famille_de
from webapp.domain.textes import mots_de
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.mots import changes_de_titre, suivre_titres
from webapp.persistence.tables import bloc, certification, code_certification, registre_etat

_t = certification.c
_NOMS = tuple(champ.name for champ in fields(Certification))
COLONNES = tuple(_t[nom] for nom in _NOMS)
_VERSION = RequetePreparee(select(registre_etat.c.version))
# The mark comes in the statement of the records: read apart, it may be that of another state of the registry.
_MARQUE = select(registre_etat.c.version).scalar_subquery().label("version")
_PAR_CODES = RequetePreparee(
    select(_MARQUE, _t.export_le, _t.nomme_des_partenaires, *COLONNES).where(
        _t.code.in_(bindparam("codes", expanding=True))
    )
)
# From the mark's own row, so that it comes even where there is nothing else.
_PAR_FAMILLE = RequetePreparee(
    select(registre_etat.c.version, *COLONNES)
    .select_from(registre_etat.outerjoin(certification, _t.famille == bindparam("famille")))
    .order_by(_t.rang)
)
_TOUTES = select(*COLONNES, _t.rang, _t.export_le).order_by(_t.rang)
_BLOCS = RequetePreparee(
    select(bloc.c.code, bloc.c.libelle).where(bloc.c.certification == bindparam("code")).order_by(bloc.c.rang)
)
_BLOCS_MARQUES = RequetePreparee(
    select(registre_etat.c.version, bloc.c.code, bloc.c.libelle)
    .select_from(registre_etat.outerjoin(bloc, bloc.c.certification == bindparam("code")))
    .order_by(bloc.c.rang)
)
# An empty list of texts is written so on both databases.
_LIEES = select(_t.code, _t.remplacee_par, _t.remplace, _t.succedee_par, _t.famille).where(
    or_(_t.famille != "", *(cast(liste, Text) != "[]" for liste in (_t.remplacee_par, _t.remplace, _t.succedee_par)))
)
_RELIER = (
    update(certification)
    .where(_t.code == bindparam("de"))
    .values(succedee_par=bindparam("par", type_=_t.succedee_par.type), famille=bindparam("sienne"))
)
_CODES_TENUS = select(_t.code).where(_t.code.in_(bindparam("codes", expanding=True)))
_SANS_BLOCS = delete(bloc).where(bloc.c.certification == bindparam("de"))
_AUTRES_CODES = select(code_certification)
_PAR_AUTRE_CODE = RequetePreparee(
    select(code_certification.c.certification).where(
        code_certification.c.type_code == bindparam("type_code"), code_certification.c.code == bindparam("code")
    )
)

# What `Certification.etat_le` says, for the database to choose before it reads: a test holds the two together.
_LE = bindparam("le", type_=Date)
_EXPIREE = or_(_t.fin_enregistrement < _LE, _t.inactive_constatee_le <= _LE)
_ACTIVE = and_(
    _t.connue_active_le <= _LE,
    or_(_t.fin_enregistrement.is_(None), _t.fin_enregistrement >= _LE),
    or_(_t.inactive_constatee_le.is_(None), _t.inactive_constatee_le > _LE),
)
# What `Certification.prend_effet_apres` says, once the source that says so is there.
_A_VENIR = and_(
    _t.effet_le > _LE,
    _t.effet_le == _t.connue_active_le,
    or_(_t.faits_le.is_(None), _t.faits_le <= _LE),
    or_(_t.fin_enregistrement.is_(None), _t.fin_enregistrement >= _LE),
    or_(_t.inactive_constatee_le.is_(None), _t.inactive_constatee_le > _LE),
)
# SQLite keeps the words beside, under the key of their certification; see the migration.
_mots = table("certification_mots", column("rowid"))
_DEMANDE_SQLITE = text("certification_mots MATCH :demande")
_DEMANDE_POSTGRESQL = text("to_tsvector('simple'::regconfig, recherche) @@ to_tsquery('simple'::regconfig, :demande)")
_AVEC_MOTS = {
    "sqlite": (
        select(_t.code)
        .join_from(_mots, certification, _t.cle == _mots.c.rowid)
        .where(_DEMANDE_SQLITE)
        .order_by(_mots.c.rowid.desc())
    ),
    "postgresql": select(_t.code).where(_DEMANDE_POSTGRESQL).order_by(_t.cle.desc()),
}


def _par_mots(requete: Select[tuple[str]]) -> CompoundSelect[tuple[str, int]]:
    """Ask for those that are active, those that soon are, those that no longer are: the reading stops when it can."""
    limite: BindParameter[int] = bindparam("limite", type_=Integer)
    actives, a_venir, finies = (requete.where(etat).limit(limite).subquery() for etat in (_ACTIVE, _A_VENIR, _EXPIREE))
    return union_all(
        select(actives.c.code, literal(1, Integer)),
        select(a_venir.c.code, literal(0, Integer)),
        select(finies.c.code, literal(0, Integer)),
    ).limit(limite)


_PAR_MOTS = {dialecte: RequetePreparee(_par_mots(requete)) for dialecte, requete in _AVEC_MOTS.items()}


def version(lecture: Lecture) -> UUID | None:
    """Give the mark of the registry's present content; None when it was never filled."""
    lue: UUID | None = _VERSION.valeur(lecture)
    return lue


class Tenue(NamedTuple):
    """A certification as the registry holds it.

    `export_le` is the date of the last export that spoke of it, None for one that comes from none; then whether its
    record names any partner.
    """

    certification: Certification
    export_le: date | None
    nomme_des_partenaires: bool


def par_codes(lecture: Lecture, codes: Iterable[str]) -> tuple[UUID | None, dict[str, Tenue]]:
    """Find certifications by their full codes; those the registry does not hold are absent.

    Out too: the mark of the state in which they were read, None when none was found.
    """
    lignes = _PAR_CODES.lignes(lecture, codes=list(codes))
    lues = {code: Tenue(Certification(code, *faits), le, nomme) for _, le, nomme, code, *faits in lignes}
    return lignes[0][0] if lignes else None, lues


def de_la_famille(lecture: Lecture, famille: str) -> tuple[UUID | None, tuple[Certification, ...]]:
    """List the certifications of a family, in the registry's order; give the mark of the state too."""
    lignes = _PAR_FAMILLE.lignes(lecture, famille=famille)
    lues = tuple(Certification(*faits) for _, *faits in lignes if faits[0] is not None)
    return lignes[0][0] if lignes else None, lues


def blocs_marques(lecture: Lecture, code: str) -> tuple[UUID | None, tuple[Bloc, ...]]:
    """Give the blocs of a certification, in its order, and the mark of the state in which they were read."""
    lignes = _BLOCS_MARQUES.lignes(lecture, code=code)
    lus = tuple(Bloc(*faits) for _, *faits in lignes if faits[0] is not None)
    return lignes[0][0] if lignes else None, lus


def code_designe(lecture: Lecture, type_code: TypeCode, code: str) -> str | None:
    """Give the code of the certification that another code names (Certif Info 84482: RS2203)."""
    trouve: str | None = _PAR_AUTRE_CODE.valeur(lecture, type_code=type_code.value, code=code)
    return trouve


def contenant(lecture: Lecture, mots: Sequence[str], le: date, limite: int) -> dict[str, bool]:
    """List the codes of certifications that have words beginning so in their code, title or certifiers.

    In: what `mots_de` gives, one at least. Out: for each whether it is active at the date, those that are first,
    then those whose effect is ahead and those that no longer are; of each kind the newest first.
    """
    dialecte = lecture.dialect.name
    demande = (
        " ".join(f'"{mot}"*' for mot in mots) if dialecte == "sqlite" else " & ".join(f"'{mot}':*" for mot in mots)
    )
    lignes = _PAR_MOTS[dialecte].lignes(lecture, demande=demande, le=le, limite=limite)
    return {code: bool(active) for code, active in lignes}


def deposer(
    cnx: Connection, certifications: Sequence[Certification], autres_codes: Mapping[tuple[TypeCode, str], str],
    blocs: Mapping[str, Sequence[Bloc]] = MappingProxyType({}),
) -> int:  # fmt: skip
    """Make the registry hold these records, in this order; those it held besides stay, since formations use them.

    What an export said of a certification is better than what we knew: a record that comes from one is left as it is.
    Out: how many records were new or different. The registry's mark changes only when something did.
    """
    connues = {ligne[0]: ligne for ligne in cnx.execute(_TOUTES)}
    nouvelles = [
        ligne
        for rang, une in enumerate(certifications)
        if not _est_importee(connues.get(une.code))
        and _valeurs_simples(ligne := colonnes_de(une, rang)) != _ancienne(connues.get(une.code))
    ]
    codes_connus = {(type_code, code): cible for type_code, code, cible in cnx.execute(_AUTRES_CODES)}
    codes = [
        {"type_code": type_code.value, "code": code, "certification": cible}
        for (type_code, code), cible in autres_codes.items()
        if codes_connus.get((type_code.value, code)) != cible
    ]
    libres = {code: tuple(siens) for code, siens in blocs.items() if not _est_importee(connues.get(code))}
    changes = {code: siens for code, siens in libres.items() if blocs_de(cnx, code) != siens}
    if nouvelles:
        cnx.execute(ecraser(cnx, certification, ["code"]), nouvelles)
        avant = {code: ligne.intitule for code, ligne in connues.items()}
        suivre_titres(cnx, changes_de_titre(avant, certifications))
    for code, siens in changes.items():
        cnx.execute(_SANS_BLOCS, {"de": code})
        cnx.execute(insert(bloc), lignes_de_blocs(code, siens))
    if codes:
        cnx.execute(ecraser(cnx, code_certification, ["type_code", "code"]), codes)
    if nouvelles or codes or changes:
        relier(cnx)
        marquer(cnx)
    return len(nouvelles)


def blocs_de(lecture: Lecture, code: str) -> tuple[Bloc, ...]:
    """Give the blocs de compétences of a certification, in its order; none when the registry knows none."""
    return tuple(Bloc(*ligne) for ligne in _BLOCS.lignes(lecture, code=code))


def lignes_de_blocs(code: str, blocs: Iterable[Bloc]) -> list[dict[str, Any]]:
    """Give the rows of the blocs of a certification, in order."""
    return [{"certification": code, "code": b.code, "rang": r, "libelle": b.libelle} for r, b in enumerate(blocs)]


def relier(cnx: Connection) -> bool:
    """Say of each record which others replace it, and of which family it is: what replaces a CléA is a CléA.

    Both are made again from what all the records say, in one look: the new one may tell the succession, or the old one,
    whichever came first, and a record between two may be unknown here. A family begins with the codes that are of it by
    themselves: what was once said to replace one of them, and is no more, leaves it. Out: whether a record changed.
    """
    liees = {ligne.code: ligne for ligne in cnx.execute(_LIEES)}
    succedees: defaultdict[str, list[str]] = defaultdict(list)
    suivantes: defaultdict[str, list[str]] = defaultdict(list)
    for code in sorted(liees, key=lambda code: (len(code), code)):
        for ancienne in liees[code].remplace:
            succedees[ancienne].append(code)
            suivantes[ancienne].append(code)
        suivantes[code] += liees[code].remplacee_par
    familles = {code: sienne for code in liees if (sienne := famille_de(code))}
    a_suivre = list(familles)
    while a_suivre:
        code = a_suivre.pop()
        for suivante in suivantes[code]:
            if suivante not in familles:
                familles[suivante] = familles[code]
                a_suivre.append(suivante)
    changees = {
        code
        for code, ligne in liees.items()
        if (tuple(succedees[code]), familles.get(code, "")) != (ligne.succedee_par, ligne.famille)
    }
    # Many of the others are named by records, and held by none.
    autres = (succedees.keys() | familles.keys()) - liees.keys()
    if autres:
        changees |= set(cnx.execute(_CODES_TENUS, {"codes": sorted(autres)}).scalars())
    if changees:
        cnx.execute(
            _RELIER,
            [{"de": c, "par": tuple(succedees[c]), "sienne": familles.get(c, "")} for c in sorted(changees)],
        )
    return bool(changees)


def marquer(cnx: Connection) -> None:
    """Change the registry's mark: every process forgets what it remembers of it."""
    cnx.execute(ecraser(cnx, registre_etat, ["id"]), {"id": 1, "version": uuid4()})


def ecraser(cnx: Connection, table: Any, cle: list[str]) -> Any:
    """Give the statement that writes a row over the one of the same key, if there is one."""
    dialecte = postgresql if cnx.dialect.name == "postgresql" else sqlite
    requete = dialecte.insert(table)
    return requete.on_conflict_do_update(
        index_elements=cle, set_={c.name: requete.excluded[c.name] for c in table.c if c.name not in cle}
    )


def colonnes_de(une: Certification, rang: int) -> dict[str, Any]:
    """Give the row of a certification at a rank, its words for the search with it; no older fact, no partner."""
    texte = " ".join((une.code, une.numero, une.intitule, *une.certificateurs))
    # The kinds of action come below all certifications: they are found last.
    cle = -int(une.numero) if une.type_code is TypeCode.CPF else 2 * int(une.numero) + (une.type_code is TypeCode.RNCP)
    return {
        **{nom: getattr(une, nom) for nom in _NOMS},
        "rang": rang,
        "recherche": " ".join(mots_de(texte)),
        "cle": cle,
        "dates": (),
        "nomme_des_partenaires": False,
    }


# Made by `relier`, from what all the records say.
_RELIES = frozenset({"famille", "succedee_par"})
_COMPARES = tuple(nom for nom in _NOMS if nom not in _RELIES)


def _valeurs_simples(valeurs: dict[str, Any]) -> tuple[Any, ...]:
    return (*(valeurs[nom] for nom in _COMPARES), valeurs["rang"])


def _ancienne(ligne: Any) -> tuple[Any, ...] | None:
    return None if ligne is None else (*(getattr(ligne, nom) for nom in _COMPARES), ligne.rang)


def _est_importee(ligne: Any) -> bool:
    return ligne is not None and ligne[-1] is not None
