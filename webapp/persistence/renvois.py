"""Actions and sessions « validées » that refer to a contact or a place: by themselves, by a place, by their action.

They are read to be judged: which of them something is blocking of, the judge says.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, Uuid, bindparam, or_, select

from webapp.domain.champs import Nature, Niveau
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.persistence.tables import formation
from webapp.persistence.tables_arbre import action, lieu, session

_DU_SIEN = bindparam("organisme_id", type_=Uuid())
_VISEE = bindparam("id", type_=Uuid())
_ARCHIVEE, _VALIDEE = Statut.ARCHIVEE.value, Statut.VALIDEE.value


def validees(lecture: Lecture, organisme_id: UUID, niveau: Niveau, id: UUID, limite: int) -> list[Noeud]:
    """Give what refers to a contact or a place (`niveau`) and is hidden by nothing: actions, then sessions.

    The first `limite` of them, by number. Two statements.
    """
    lus: list[Noeud] = []
    for magasin, requete in ((ACTIONS, _DES_ACTIONS[niveau]), (SESSIONS, _DES_SESSIONS[niveau])):
        if (reste := limite - len(lus)) > 0:
            lignes = requete.lignes(lecture, organisme_id=organisme_id, id=id, limite=reste)
            lus += map(magasin.lire, lignes)
    return lus


def _renvoie(table: Table, niveau: Niveau, visee: Niveau) -> ColumnElement[bool]:
    """Say which rows of a table refer to one contact or place, be it by a place of which it is the contact."""
    lieux = select(lieu.c.id).where(lieu.c.organisme_id == _DU_SIEN, lieu.c.contact == _VISEE)
    par_nature: dict[Nature, Any] = {Nature.LIEU: lambda colonne: colonne == _VISEE}
    if visee is Niveau.CONTACT:
        par_nature = {Nature.CONTACT: lambda c: c == _VISEE, Nature.LIEU: lambda c: c.in_(lieux)}
    return or_(*(
        par_nature[champ.nature](table.c[champ.nom]) for champ in CHAMPS[niveau] if champ.nature in par_nature
    ))  # fmt: skip


def _des_actions(visee: Niveau) -> Select[Any]:
    a = action.c
    sienne = (formation.c.organisme_id == a.organisme_id) & (formation.c.id == a.formation_id)
    return (
        select(*ACTIONS.colonnes)
        .select_from(action.join(formation, sienne))
        .where(a.organisme_id == _DU_SIEN, a.statut == _VALIDEE, formation.c.statut != _ARCHIVEE)
        .where(_renvoie(action, Niveau.ACTION, visee))
        .order_by(a.numero, a.id)
        .limit(bindparam("limite"))
    )


def _des_sessions(visee: Niveau) -> Select[Any]:
    """A session without a contact or a place of its own has its action's."""
    s, a = session.c, action.c
    sienne = (a.organisme_id == s.organisme_id) & (a.id == s.action_id)
    la_leur = (formation.c.organisme_id == s.organisme_id) & (formation.c.id == s.formation_id)
    actions = select(a.id).where(a.organisme_id == _DU_SIEN, _renvoie(action, Niveau.ACTION, visee))
    return (
        select(*SESSIONS.colonnes)
        .select_from(session.join(action, sienne).join(formation, la_leur))
        .where(s.organisme_id == _DU_SIEN, s.statut == _VALIDEE, a.statut != _ARCHIVEE, formation.c.statut != _ARCHIVEE)
        .where(or_(_renvoie(session, Niveau.SESSION, visee), s.action_id.in_(actions)))
        .order_by(s.numero, s.id)
        .limit(bindparam("limite"))
    )


_DES_ACTIONS = {niveau: RequetePreparee(_des_actions(niveau)) for niveau in (Niveau.CONTACT, Niveau.LIEU)}
_DES_SESSIONS = {niveau: RequetePreparee(_des_sessions(niveau)) for niveau in (Niveau.CONTACT, Niveau.LIEU)}
