"""How each level of the tree is spoken of in its form, and the contacts and the places too."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.diagnostic import Portee
from webapp.domain.textes import fr
from webapp.web.etape_2 import MotsDeLEtat

if TYPE_CHECKING:
    from collections.abc import Mapping

A_COMPLETER = "Il reste {points} à compléter pour valider."


class MotsPerdue(NamedTuple):
    """How it is said of a thing that it can be saved no more, and what is left to do of its text.

    The last two, of what can be archived.
    """

    supprimee: str
    neuve: str
    creer: str
    archivee: str = ""
    restaurer: str = ""


PERDUES: MappingProxyType[Niveau, MotsPerdue] = MappingProxyType({
    Niveau.ACTION: MotsPerdue(
        "Cette action a été supprimée depuis l'ouverture de votre page : elle n'existe plus.",
        fr("Votre texte reste ici : créez une nouvelle action, dans la même formation."),
        "Créer une action avec cette saisie",
        "Cette action a été archivée le {quand}, depuis l'ouverture de votre page.",
        fr("Votre texte reste ici : restaurez l'action depuis sa formation, ou créez-en une nouvelle."),
    ),
    Niveau.SESSION: MotsPerdue(
        "Cette session a été supprimée depuis l'ouverture de votre page : elle n'existe plus.",
        fr("Votre texte reste ici : créez une nouvelle session, dans la même action."),
        "Créer une session avec cette saisie",
        "Cette session a été archivée le {quand}, depuis l'ouverture de votre page.",
        fr("Votre texte reste ici : restaurez la session depuis sa formation, ou créez-en une nouvelle."),
    ),
    Niveau.CONTACT: MotsPerdue(
        "Ce contact a été supprimé depuis l'ouverture de votre page : il n'existe plus.",
        fr("Votre texte reste ici : créez un nouveau contact."),
        "Créer un contact avec cette saisie",
    ),
    Niveau.LIEU: MotsPerdue(
        "Ce lieu a été supprimé depuis l'ouverture de votre page : il n'existe plus.",
        fr("Votre texte reste ici : créez un nouveau lieu."),
        "Créer un lieu avec cette saisie",
    ),
})  # fmt: skip


_FORMATION_PARTIE = (
    "La formation de cette {sorte} a été supprimée avec ses actions et ses sessions, depuis l'ouverture de votre "
    "page : rien ne peut plus y être enregistré."
)
PARTIES: MappingProxyType[tuple[Niveau, Niveau], str] = MappingProxyType({
    (Niveau.ACTION, Niveau.FORMATION): _FORMATION_PARTIE.format(sorte="action"),
    (Niveau.SESSION, Niveau.FORMATION): _FORMATION_PARTIE.format(sorte="session"),
    (Niveau.SESSION, Niveau.ACTION): (
        "L'action de cette session a été supprimée avec ses sessions, depuis l'ouverture de votre page : "
        "rien ne peut plus y être enregistré."
    ),
})  # fmt: skip
"""How it is said of what held a thing that it was removed with all that it held, by the level of both."""
COPIER = "Votre texte reste ici : copiez ce que vous voulez en garder."


class Mots(NamedTuple):
    """How a level is spoken of in its form."""

    nouveau: str
    modifier: str
    sortie: str
    """Where the form is left for."""
    a_remplir: str
    """The title of the panel that says what is left to do."""
    versions: str
    depasse: str
    depasse_par_soi: str
    refus: Mapping[Portee, str]
    etat: MotsDeLEtat

    @property
    def a_valider(self) -> bool:
        """Whether it has a status, and « Valider »."""
        return Portee.VALIDATION in self.refus


MOTS: MappingProxyType[Niveau, Mots] = MappingProxyType({
    Niveau.CONTACT: Mots(
        "Nouveau contact", "Modifier le contact", "Voir les contacts", "Ce qui manque", "Deux versions de ce contact",
        "Ce contact a été modifié par {qui} le {quand}, après l'ouverture de votre page.",
        "Vous avez déjà enregistré ce contact le {quand}, après l'ouverture de votre page.",
        MappingProxyType({Portee.ENREGISTREMENT: "Le contact n'est pas enregistré : {points} à revoir"}),
        MotsDeLEtat(
            fr("Tout est rempli."), "", "Il reste {points} à compléter : ce qui renvoie à ce contact en a besoin.", "",
        ),
    ),
    Niveau.LIEU: Mots(
        "Nouveau lieu", "Modifier le lieu", "Voir les lieux", "Ce qui manque", "Deux versions de ce lieu",
        "Ce lieu a été modifié par {qui} le {quand}, après l'ouverture de votre page.",
        "Vous avez déjà enregistré ce lieu le {quand}, après l'ouverture de votre page.",
        MappingProxyType({Portee.ENREGISTREMENT: "Le lieu n'est pas enregistré : {points} à revoir"}),
        MotsDeLEtat(
            fr("Tout est rempli."), "", "Il reste {points} à compléter : ce qui renvoie à ce lieu en a besoin.", "",
        ),
    ),
    Niveau.ACTION: Mots(
        "Nouvelle action de formation", fr("Modifier l'action de formation"), "Voir la formation", "Pour valider",
        "Deux versions de cette action",
        "Cette action a été modifiée par {qui} le {quand}, après l'ouverture de votre page.",
        "Vous avez déjà enregistré cette action le {quand}, après l'ouverture de votre page.",
        MappingProxyType({
            Portee.ENREGISTREMENT: "L'action n'est pas enregistrée : {points} à revoir",
            Portee.VALIDATION: "L'action n'est pas validée : {points} à revoir",
        }),
        MotsDeLEtat(
            fr("Tout est rempli : vous pouvez valider l'action."),
            fr("Tout est rempli : cette action est validée et le restera."), A_COMPLETER,
            fr("Cette action est validée : enregistrée ainsi, elle redeviendra un brouillon."),
            "Vous pouvez ensuite créer des sessions.",
        ),
    ),
    Niveau.SESSION: Mots(
        "Nouvelle session", "Modifier la session", "Voir la formation", "Pour valider",
        "Deux versions de cette session",
        "Cette session a été modifiée par {qui} le {quand}, après l'ouverture de votre page.",
        "Vous avez déjà enregistré cette session le {quand}, après l'ouverture de votre page.",
        MappingProxyType({
            Portee.ENREGISTREMENT: "La session n'est pas enregistrée : {points} à revoir",
            Portee.VALIDATION: "La session n'est pas validée : {points} à revoir",
        }),
        MotsDeLEtat(
            fr("Tout est rempli : vous pouvez valider la session."),
            fr("Tout est rempli : cette session est validée et le restera."), A_COMPLETER,
            fr("Cette session est validée : enregistrée ainsi, elle redeviendra un brouillon."),
        ),
    ),
})  # fmt: skip
