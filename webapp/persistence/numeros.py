"""What bears a number that is alone in an organisation, whatever holds it: rows to places in the tree."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Table, bindparam, func, select

from webapp.domain.champs import Niveau
from webapp.persistence.contraintes_arbre import NUMEROTES
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables_arbre import action, session


class Seul(NamedTuple):
    """An action, or a session of one, with the formation that it is of."""

    formation: UUID
    action: UUID
    session: UUID | None = None


def _des_seuls(table: Table) -> RequetePreparee:
    t = table.c
    siens = (
        t.organisme_id == bindparam("organisme_id", type_=t.organisme_id.type),
        t.numero_cle.in_(bindparam("cles", expanding=True)), NUMEROTES,
    )  # fmt: skip
    seules = select(t.numero_cle).where(*siens).group_by(t.numero_cle).having(func.count() == 1)
    de_l_action = t.id if table is action else t.action_id
    return RequetePreparee(
        select(t.numero_cle, t.formation_id, de_l_action, t.id).where(*siens, t.numero_cle.in_(seules))
    )  # fmt: skip


_SEULS: Mapping[Niveau, RequetePreparee] = {Niveau.ACTION: _des_seuls(action), Niveau.SESSION: _des_seuls(session)}


def seuls(lecture: Lecture, organisme_id: UUID, niveau: Niveau, cles: Sequence[str]) -> dict[str, Seul]:
    """Say what bears each of these canonical keys, archived or not; those that nothing bears, or several, are absent.

    So many keys at once, in one statement.
    """
    if not cles:
        return {}
    lues = _SEULS[niveau].lignes(lecture, organisme_id=organisme_id, cles=list(cles))
    return {cle: Seul(formation, de, None if niveau is Niveau.ACTION else id_) for cle, formation, de, id_ in lues}
