"""Pages of a catalogue by keyset, and those that a search leaves of it.

A page is read in the order of an index, and stops with its last line. A search first looks at the DEVANT formations
that come next: words that many have fill the page there. When they do not, the index of the words says whether RARES
formations have them all. If fewer do, it gives them, to be put in order; if as many do, the catalogue is read on. No
way alone is always short: of a word that all have, the index goes through everything, in no order of ours; one that few
have comes last in ours.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple, Self
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    select,
    tuple_,
    union_all,
)

from webapp.domain.recherche import cle_de_tri
from webapp.domain.statuts import EN_TRAVAIL, Statut
from webapp.persistence.contraintes import HORS_ARCHIVES
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.mots import a_les_mots, comptees, demander, indexees, motif
from webapp.persistence.tables import formation, formation_recherche
from webapp.persistence.tables_edof import suivi

DEVANT = 100
"""Formations that are looked at one by one before the index of the words is asked."""

RARES = 400
"""Formations that the index gives at most: as many are read and put in order in the time of a page."""

_t = formation.c
_r = formation_recherche.c
_s = suivi.c


def _de_la_sortie(colonne: ColumnElement[Any]) -> ScalarSelect[Any]:
    """Give what is known of the last time that a formation went out to the portal: by its key, one for each card."""
    celle = select(colonne).where(_s.organisme_id == _t.organisme_id, _s.formation_id == _t.id)
    return celle.correlate(formation).scalar_subquery()


_CARTE = (
    _t.id, _t.identifiant, _t.intitule, _t.statut, _t.modifiee_le, _t.certification, _t.version, _t.rang,
    _de_la_sortie(_s.exportee_le).label("exportee_le"), _de_la_sortie(_s.fois != _s.fois_exportee).label("touchee"),
)  # fmt: skip
_DE_L_ORGANISME = _t.organisme_id == bindparam("organisme_id")


@dataclass(frozen=True, slots=True)
class Tranche:
    """Which formations of an organisation to list: of a status (None: not archived), with every word, after a mark.

    The words are those that `mots_demandes` gives. The mark is the place and the id of a formation; its place is its
    rank, or what puts its title in order where the tranche is `par_titre`. A type and a certification, where they are
    not empty, are those of all. `comptes` keeps what the index said of the words, for tranches that are read together.
    """

    statut: Statut | None = None
    mots: tuple[str, ...] = ()
    apres: tuple[int | str, UUID] | None = None
    limite: int = 20
    comptes: dict[tuple[str, ...], int] = field(default_factory=dict, compare=False)
    par_titre: bool = False
    type_formation: str = ""
    certification: str = ""

    @property
    def en_deux(self) -> bool:
        """Whether no index gives it in order at once, as one gives that of each status."""
        return self.statut is None and (self.par_titre or bool(self.type_formation or self.certification))


class _Forme(NamedTuple):
    """What a statement is made for: the key of those that are kept."""

    par_statut: bool
    suite: bool
    par_titre: bool
    par_type: bool
    par_certification: bool

    @classmethod
    def de(cls, voulue: Tranche) -> Self:
        return cls(
            voulue.statut is not None, voulue.apres is not None, voulue.par_titre, bool(voulue.type_formation),
            bool(voulue.certification),
        )  # fmt: skip


def tranche(lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Sequence[tuple[Any, ...]]:
    """List formations, saved last first: id, identifiant, intitule, statut, modifiee_le, certification, version, rang.

    And when each went out to the portal last, with whether it was touched since (None: it never did). `par_titre`, they
    come in the order of their titles.

    One statement, two for a search that finds nothing, three at most; twice as many where it is `en_deux`. By keyset:
    the thousandth page costs what the first does.
    """
    if voulue.en_deux:
        deux = [tranche(lecture, organisme_id, replace(voulue, statut=statut)) for statut in EN_TRAVAIL]
        return sorted((ligne for une in deux for ligne in une), key=en_ordre(par_titre=voulue.par_titre))[
            : voulue.limite
        ]
    if not voulue.mots:
        return _page(_Forme.de(voulue)).lignes(lecture, **_valeurs(organisme_id, voulue))
    return () if voulue.comptes.get(voulue.mots) == 0 else _cherchee(lecture, organisme_id, voulue)


def _cherchee(lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Sequence[tuple[Any, ...]]:
    """List what a search finds, by the way that is short for its words."""
    valeurs, forme, dialecte = _valeurs(organisme_id, voulue), _Forme.de(voulue), lecture.dialect.name
    nombre = voulue.comptes.get(voulue.mots)
    motifs = {f"mot_{rang}": motif(dialecte, organisme_id, mot) for rang, mot in enumerate(voulue.mots)}
    demande = demander(dialecte, organisme_id, voulue.mots)
    if nombre is None or nombre >= RARES:
        devant = _devant(DEVANT, dialecte, forme, len(voulue.mots)).lignes(lecture, **valeurs, **motifs)
        if len(devant) == voulue.limite:
            return devant
    if nombre is None:
        nombre = voulue.comptes[voulue.mots] = _nombre(dialecte).valeur(lecture, demande=demande, rares=RARES)
    if not nombre:
        return ()
    if nombre < RARES:
        return _par_index(dialecte, forme).lignes(lecture, **valeurs, demande=demande)
    return _en_lisant(dialecte, forme, len(voulue.mots)).lignes(lecture, **valeurs, **motifs)


def en_ordre(*, par_titre: bool) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Give the key by which what `tranche` gives is put in order outside of the database."""
    return _par_titre if par_titre else _par_rang


def _par_rang(ligne: tuple[Any, ...]) -> tuple[Any, ...]:
    return -ligne[7], -ligne[0].int


def _par_titre(ligne: tuple[Any, ...]) -> tuple[Any, ...]:
    return cle_de_tri(ligne[2]), ligne[0].int


@dataclass(frozen=True, slots=True)
class Trouvees:
    """What a search finds in a catalogue, counted no further than RARES formations: then it finds more than is said.

    `nombre`: all that its words find; `par_statut`: those of them that the filters leave.
    """

    nombre: int
    par_statut: dict[Statut, int]

    @property
    def de_plus(self) -> bool:
        """Whether there are more than were counted."""
        return self.nombre >= RARES


def trouvees(lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Trouvees:
    """Count what the words of a tranche find, and say it to those that are read with it; its status does not count.

    One statement.
    """
    dialecte = lecture.dialect.name
    valeurs = {nom: valeur for nom, valeur in _valeurs(organisme_id, voulue).items() if nom in _FILTRES}
    requete = _par_statut(dialecte, bool(voulue.type_formation), bool(voulue.certification))
    demandes = {
        "demande": demander(dialecte, organisme_id, voulue.mots),
        "entiers": demander(dialecte, organisme_id, voulue.mots, entiers=True),
    }
    lues = requete.lignes(lecture, organisme_id=organisme_id, **valeurs, **demandes, rares=RARES)
    nombre = voulue.comptes[voulue.mots] = sum(tous for _, tous, _ in lues)
    return Trouvees(nombre, {Statut(statut): int(siennes) for statut, _, siennes in lues})


_FILTRES = frozenset({"type_formation", "certification"})


def _valeurs(organisme_id: UUID, voulue: Tranche) -> dict[str, Any]:
    valeurs: dict[str, Any] = {"organisme_id": organisme_id, "limite": voulue.limite}
    if voulue.statut is not None:
        valeurs["statut"] = voulue.statut.value
    if voulue.apres is not None:
        valeurs["place"], valeurs["id"] = voulue.apres
    valeurs |= {nom: getattr(voulue, nom) for nom in _FILTRES if getattr(voulue, nom)}
    return valeurs


def _choisies(forme: _Forme) -> list[ColumnElement[bool]]:
    conditions: list[Any] = [
        _DE_L_ORGANISME, _t.statut == bindparam("statut") if forme.par_statut else HORS_ARCHIVES,
        *_filtrees(par_type=forme.par_type, par_certification=forme.par_certification),
    ]  # fmt: skip
    if forme.suite:
        place = _t.titre_cle if forme.par_titre else _t.rang
        ici, marque = (
            tuple_(place, _t.id),
            tuple_(bindparam("place", type_=place.type), bindparam("id", type_=_t.id.type)),
        )
        conditions.append(ici > marque if forme.par_titre else ici < marque)
    return conditions


def _filtrees(*, par_type: bool, par_certification: bool) -> list[ColumnElement[bool]]:
    conditions: list[Any] = []
    if par_certification:
        conditions.append(_t.certification == bindparam("certification"))
    if par_type:
        # A certification has few types, mostly one: its own index is the one to be read.
        sienne = _t.type_formation.concat("") if par_certification else _t.type_formation
        conditions.append(sienne == bindparam("type_formation"))
    return conditions


def _rangee(requete: Select[Any], forme: _Forme, colonnes: Any = _t) -> Select[Any]:
    if forme.par_titre:
        return requete.order_by(colonnes.titre_cle, colonnes.id)
    return requete.order_by(colonnes.rang.desc(), colonnes.id.desc())


@cache
def _page(forme: _Forme) -> RequetePreparee:
    requete = _rangee(select(*_CARTE).where(*_choisies(forme)), forme)
    return RequetePreparee(requete.limit(bindparam("limite")))


@cache
def _nombre(dialecte: str) -> RequetePreparee:
    """Count what the index finds, no further than asked."""
    limite: BindParameter[int] = bindparam("rares", type_=Integer)
    comptables = comptees(dialecte).limit(limite).subquery()
    return RequetePreparee(select(func.count()).select_from(comptables))


@cache
def _par_statut(dialecte: str, par_type: bool, par_certification: bool) -> RequetePreparee:  # noqa: FBT001 - the key of a cache
    """Count what the index finds by status, no further than asked: all, and what the filters leave.

    The words are looked for as they are first: if as many as asked have them so, the index need not gather all that
    have words that begin so, as SQLite's does before it gives any.
    """
    limite: BindParameter[int] = bindparam("rares", type_=Integer)
    entieres = indexees(dialecte, "entiers").limit(limite).cte("entieres").prefix_with("MATERIALIZED")
    assez = select(func.count()).select_from(entieres).scalar_subquery() >= limite
    comptables = (
        union_all(select(entieres).where(assez), indexees(dialecte).where(not_(assez)))
        .limit(limite)
        .cte("comptables")
        .prefix_with("MATERIALIZED")
    )
    filtrees = _filtrees(par_type=par_type, par_certification=par_certification)
    restent = func.sum(case((and_(*filtrees), 1), else_=0)) if filtrees else func.count()
    requete = (
        select(_t.statut, func.count().label("tous"), restent.label("restent"))
        .join_from(comptables, formation, (_t.organisme_id == comptables.c.organisme_id) & (_t.id == comptables.c.id))
        .where(*_siennes(dialecte, comptables.c.organisme_id))
        .group_by(_t.statut)
    )
    return RequetePreparee(requete)


def _siennes(dialecte: str, organisme_id: ColumnElement[UUID]) -> list[ColumnElement[bool]]:
    """Keep of what the index gives the organisation's own, where that is not already done.

    SQLite, told it again, would go through all the formations of the organisation for the few that were found.
    """
    return [] if dialecte == "sqlite" else [organisme_id == bindparam("organisme_id")]


@cache
def _devant(combien: int, dialecte: str, forme: _Forme, mots: int) -> RequetePreparee:
    """Look at the next formations of the catalogue, in the order of the page, and no further.

    They are taken first, and how many they are is written in the statement: PostgreSQL would else rather read the words
    of the whole organisation than those of a hundred, ten milliseconds for twenty thousand formations.
    """
    choisies = select(_t.organisme_id, _t.titre_cle, *_CARTE).where(*_choisies(forme))
    suivantes = (
        _rangee(choisies, forme).limit(literal_column(str(combien))).cte("suivantes").prefix_with("MATERIALIZED")
    )
    s = suivantes.c
    requete = (
        select(*(s[colonne.name] for colonne in _CARTE))
        .join_from(suivantes, formation_recherche, (_r.organisme_id == s.organisme_id) & (_r.id == s.id))
        .where(*_avec_les_mots(dialecte, mots))
    )
    return RequetePreparee(_rangee(requete, forme, s).limit(bindparam("limite")))


@cache
def _en_lisant(dialecte: str, forme: _Forme, mots: int) -> RequetePreparee:
    """Read the catalogue in the order of the page, as far as it takes."""
    requete = (
        select(*_CARTE)
        .join_from(formation, formation_recherche, (_r.organisme_id == _t.organisme_id) & (_r.id == _t.id))
        .where(*_choisies(forme), *_avec_les_mots(dialecte, mots))
    )
    return RequetePreparee(_rangee(requete, forme).limit(bindparam("limite")))


def _avec_les_mots(dialecte: str, mots: int) -> list[ColumnElement[bool]]:
    return [a_les_mots(dialecte, bindparam(f"mot_{rang}")) for rang in range(mots)]


@cache
def _par_index(dialecte: str, forme: _Forme) -> RequetePreparee:
    """Put in order what the index finds. Nothing else leads to a formation: SQLite would go through them in order."""
    lues = indexees(dialecte).cte("trouvees").prefix_with("MATERIALIZED")
    _, *choisies = _choisies(forme)
    requete = (
        select(*_CARTE)
        .join_from(lues, formation, (_t.organisme_id == lues.c.organisme_id) & (_t.id == lues.c.id))
        .where(*choisies, *_siennes(dialecte, lues.c.organisme_id))
    )
    return RequetePreparee(_rangee(requete, forme).limit(bindparam("limite")))
