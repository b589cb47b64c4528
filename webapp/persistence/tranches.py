"""Pages of a catalogue by keyset, and those that a search leaves of it.

A page is read in the order of an index, and stops with its last line. A search first looks at the DEVANT formations
that come next: words that many have fill the page there. When they do not, the index of the words says whether RARES
formations have them all. If fewer do, it gives them, to be put in order; if as many do, the catalogue is read on. No
way alone is always short: of a word that all have, the index goes through everything, in no order of ours; one that few
have comes last in ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)

from webapp.domain.statuts import Statut
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
    """Which formations of an organisation to list: of a status (None: not archived), with every word, below a mark.

    The words are those that `mots_demandes` gives. The mark is the place and the id of a formation. `comptes` keeps
    what the index said of them, for tranches that are read together.
    """

    statut: Statut | None = None
    mots: tuple[str, ...] = ()
    apres: tuple[int, UUID] | None = None
    limite: int = 20
    comptes: dict[tuple[str, ...], int] = field(default_factory=dict, compare=False)


def tranche(lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Sequence[tuple[Any, ...]]:
    """List formations, saved last first: id, identifiant, intitule, statut, modifiee_le, certification, version, rang.

    And when each went out to the portal last, with whether it was touched since (None: it never did).

    One statement, two for a search that finds nothing, three at most. By keyset: the thousandth page costs what the
    first does.
    """
    valeurs: dict[str, Any] = {"organisme_id": organisme_id, "limite": voulue.limite}
    if voulue.statut is not None:
        valeurs["statut"] = voulue.statut.value
    if voulue.apres is not None:
        valeurs["rang"], valeurs["id"] = voulue.apres
    forme = (voulue.statut is not None, voulue.apres is not None)
    if not voulue.mots:
        return _page(*forme).lignes(lecture, **valeurs)
    dialecte = lecture.dialect.name
    if voulue.comptes.get(voulue.mots) == 0:
        return ()
    motifs = {f"mot_{rang}": motif(dialecte, organisme_id, mot) for rang, mot in enumerate(voulue.mots)}
    en_lisant = (dialecte, *forme, len(voulue.mots))
    devant = _devant(DEVANT, *en_lisant).lignes(lecture, **valeurs, **motifs)
    if len(devant) == voulue.limite:
        return devant
    demande = demander(dialecte, organisme_id, voulue.mots)
    nombre = voulue.comptes.get(voulue.mots)
    if nombre is None:
        nombre = voulue.comptes[voulue.mots] = _nombre(dialecte).valeur(lecture, demande=demande, rares=RARES)
    if not nombre:
        return ()
    if nombre < RARES:
        return _par_index(dialecte, *forme).lignes(lecture, **valeurs, demande=demande)
    return _en_lisant(*en_lisant).lignes(lecture, **valeurs, **motifs)


def _choisies(par_statut: bool, suite: bool) -> list[ColumnElement[bool]]:  # noqa: FBT001 - the key of a cache
    conditions: list[Any] = [_DE_L_ORGANISME, _t.statut == bindparam("statut") if par_statut else HORS_ARCHIVES]
    if suite:
        marque = tuple_(bindparam("rang", type_=_t.rang.type), bindparam("id", type_=_t.id.type))
        conditions.append(tuple_(_t.rang, _t.id) < marque)
    return conditions


def _en_ordre(requete: Select[Any]) -> Select[Any]:
    return requete.order_by(_t.rang.desc(), _t.id.desc())


@cache
def _page(par_statut: bool, suite: bool) -> RequetePreparee:  # noqa: FBT001 - the key of a cache
    requete = _en_ordre(select(*_CARTE).where(*_choisies(par_statut, suite)))
    return RequetePreparee(requete.limit(bindparam("limite")))


@cache
def _nombre(dialecte: str) -> RequetePreparee:
    """Count what the index finds, no further than asked."""
    limite: BindParameter[int] = bindparam("rares", type_=Integer)
    trouvees = comptees(dialecte).limit(limite).subquery()
    return RequetePreparee(select(func.count()).select_from(trouvees))


@cache
def _devant(combien: int, dialecte: str, par_statut: bool, suite: bool, mots: int) -> RequetePreparee:  # noqa: FBT001 - the key of a cache
    """Look at the next formations of the catalogue, in the order of the page, and no further.

    They are taken first, and how many they are is written in the statement: PostgreSQL would else rather read the words
    of the whole organisation than those of a hundred, ten milliseconds for twenty thousand formations.
    """
    choisies = select(_t.organisme_id, *_CARTE).where(*_choisies(par_statut, suite))
    suivantes = _en_ordre(choisies).limit(literal_column(str(combien))).cte("suivantes").prefix_with("MATERIALIZED")
    s = suivantes.c
    requete = (
        select(*(s[colonne.name] for colonne in _CARTE))
        .join_from(suivantes, formation_recherche, (_r.organisme_id == s.organisme_id) & (_r.id == s.id))
        .where(*_avec_les_mots(dialecte, mots))
        .order_by(s.rang.desc(), s.id.desc())
    )
    return RequetePreparee(requete.limit(bindparam("limite")))


@cache
def _en_lisant(dialecte: str, par_statut: bool, suite: bool, mots: int) -> RequetePreparee:  # noqa: FBT001 - the key of a cache
    """Read the catalogue in the order of the page, as far as it takes."""
    requete = (
        select(*_CARTE)
        .join_from(formation, formation_recherche, (_r.organisme_id == _t.organisme_id) & (_r.id == _t.id))
        .where(*_choisies(par_statut, suite), *_avec_les_mots(dialecte, mots))
    )
    return RequetePreparee(_en_ordre(requete).limit(bindparam("limite")))


def _avec_les_mots(dialecte: str, mots: int) -> list[ColumnElement[bool]]:
    return [a_les_mots(dialecte, bindparam(f"mot_{rang}")) for rang in range(mots)]


@cache
def _par_index(dialecte: str, par_statut: bool, suite: bool) -> RequetePreparee:  # noqa: FBT001 - the key of a cache
    """Put in order what the index finds. Nothing else leads to a formation: SQLite would go through them in order."""
    trouvees = indexees(dialecte).cte("trouvees").prefix_with("MATERIALIZED")
    _, *choisies = _choisies(par_statut, suite)
    if dialecte != "sqlite":
        choisies.append(trouvees.c.organisme_id == bindparam("organisme_id"))
    requete = (
        select(*_CARTE)
        .join_from(trouvees, formation, (_t.organisme_id == trouvees.c.organisme_id) & (_t.id == trouvees.c.id))
        .where(*choisies)
    )
    return RequetePreparee(_en_ordre(requete).limit(bindparam("limite")))
