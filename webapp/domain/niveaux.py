"""Every field of every level, in one table; and how each level is called."""

from types import MappingProxyType

from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Champ, Niveau

CHAMPS: MappingProxyType[Niveau, tuple[Champ, ...]] = MappingProxyType({
    Niveau.FORMATION: champs.CHAMPS,
    Niveau.ACTION: champs_action.CHAMPS,
    Niveau.SESSION: champs_session.CHAMPS,
    Niveau.CONTACT: champs_annuaire.CHAMPS_CONTACT,
    Niveau.LIEU: champs_annuaire.CHAMPS_LIEU,
})  # fmt: skip

PAR_NOM: MappingProxyType[Niveau, MappingProxyType[str, Champ]] = MappingProxyType(
    {niveau: MappingProxyType({champ.nom: champ for champ in siens}) for niveau, siens in CHAMPS.items()}
)

LIBELLES: MappingProxyType[Niveau, str] = MappingProxyType({
    Niveau.FORMATION: "Formation",
    Niveau.ACTION: "Action de formation",
    Niveau.SESSION: "Session",
    Niveau.CONTACT: "Contact",
    Niveau.LIEU: "Lieu",
})  # fmt: skip
