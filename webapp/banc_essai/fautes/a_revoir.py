"""Faults of what a change leaves to look at again: what refers to a contact or a place, the sessions of an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.services import a_revoir
from webapp.web import a_revoir as ecran

if TYPE_CHECKING:
    from collections.abc import Callable

    from webapp.domain.noeud import Entree, Noeud

FAUTES = Recueil()


@FAUTES.faute("Une action tait les sessions validées à revoir.", "Une session validée que son action laisse sans dates")
def sessions_a_revoir_tues(pose: Pose) -> None:
    pose.resultat(a_revoir, "sous_l_action", lambda vu: vu._replace(jugees=()))


@FAUTES.faute(
    "Un contact qui change tait ce qu'il laisse à revoir.",
    "Un contact que je prive de son adresse nomme ce qu'il laisse à revoir",
)
def renvois_a_revoir_tus(pose: Pose) -> None:
    pose.resultat(a_revoir, "a_cause_de", lambda vu: vu._replace(jugees=()))


@FAUTES.faute(
    "« Enregistrer et ajouter un contact » tait ce que l'enregistrement laisse à revoir.",
    "Enregistrer un lieu et ajouter un contact ne tait pas ce qui est à revoir",
)
def avertissements_tus_en_partant(pose: Pose) -> None:
    pose.autour(ecran, "notifier_de", _sans_ailleurs)


def _sans_ailleurs(vrai: Callable[..., None], objet: Noeud | Entree, *, ailleurs: bool = False) -> None:
    if not ailleurs:
        vrai(objet)
