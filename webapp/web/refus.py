"""What a form refuses, said above it: a list whose items lead to their fields, for as long as each is wrong.

The list travels with the form: what is typed then says which of its items still stand.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from webapp.domain import champs
from webapp.domain.diagnostic import Portee
from webapp.domain.textes import dire, pluriel
from webapp.web.http import saisie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from webapp.domain.controle import Anomalie, Diagnostic
    from webapp.domain.fiche_arbre import FicheLue

LA_FORMATION = MappingProxyType({
    Portee.ENREGISTREMENT: "La formation n'est pas enregistrée : {points} à revoir",
    Portee.VALIDATION: "La formation n'est pas validée : {points} à revoir",
})  # fmt: skip
"""How the list begins, by what was asked for; other levels have their own words."""


class Motif(NamedTuple):
    """One thing refused: the place of the page that it leads to, how that place is called, and why."""

    cible: str
    libelle: str
    message: str = ""
    champ: str = ""
    """The field under its name in the form, when what is typed in it can lift the refusal."""


class Refus(NamedTuple):
    """What is refused: its title, its items, and whether it has just been (it then takes the focus, and is announced).

    `explication`: what there is to know before the items. `portee` is what was asked for, and `contre` what the items
    forbid: empty when nothing typed lifts them.
    """

    titre: str
    motifs: tuple[Motif, ...]
    explication: str = ""
    vient_d_etre_dit: bool = True
    portee: str = ""
    contre: str = ""
    reprise: str = ""
    """Where the form is sent to make a new formation of its texts; empty when its own can take them."""
    reprise_dite: str = "Créer une formation avec cette saisie"
    carte: str = ""
    """Where what is archived is found, and restored: the formation in the catalogue, or the action in its tree."""
    carte_dite: str = "Voir la formation archivée dans un nouvel onglet"

    @classmethod
    def de(
        cls,
        fiche: FicheLue,
        diagnostic: Diagnostic,
        portee: Portee,
        nommer: Callable[[str], str],
        debuts: Mapping[Portee, str] = LA_FORMATION,
    ) -> Self:
        """Say what forbids what the portée names.

        A save may be refused by what only a validation asks for: a catégorisation that another process took
        meanwhile, while this formation was to stay « validée ».
        """
        contre = portee if diagnostic.contre(portee) else Portee.VALIDATION
        return cls._dire(fiche, diagnostic.contre(contre), (portee, contre), nommer, debuts)

    @classmethod
    def qui_reste(
        cls,
        fiche: FicheLue,
        diagnostic: Diagnostic,
        nommer: Callable[[str], str],
        debuts: Mapping[Portee, str] = LA_FORMATION,
    ) -> Self | None:
        """Say what is left of the list that the form carries; None when it carries none, or when nothing is left."""
        portee, contre = saisie.texte("refus"), saisie.texte("refus_contre")
        if portee not in Portee.__members__.values() or contre not in Portee.__members__.values():
            return None
        refuses = saisie.valeurs("refuses")
        causes = tuple(a for a in diagnostic.contre(Portee(contre)) if a.champ in refuses)
        if not causes:
            return None
        reste = cls._dire(fiche, causes, (Portee(portee), Portee(contre)), nommer, debuts)
        return reste._replace(vient_d_etre_dit=False)

    @classmethod
    def _dire(
        cls, fiche: FicheLue, causes: tuple[Anomalie, ...], portees: tuple[Portee, Portee],
        nommer: Callable[[str], str], debuts: Mapping[Portee, str],
    ) -> Self:  # fmt: skip
        noms = {champ.nom for champ in fiche.champs}
        # Neither the type nor the certification has a field on this page: the block that changes them stands for them.
        motifs = tuple(
            Motif(a.champ if a.champ in noms else champs.CERTIFICATION, nommer(a.champ), a.message, a.champ)
            for a in causes
        )
        portee, contre = portees
        titre = dire(debuts[portee], points=pluriel(len(motifs), "point"))
        return cls(titre, motifs, portee=portee.value, contre=contre.value)
