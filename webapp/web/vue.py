"""What a page of the catalogue shows, and the address that shows it: search, filters, order, place.

An operation carries it along, so that it answers with the page from which it was asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.services import registre
from webapp.services.pages import Curseur, Filtre, Ordre, Tri
from webapp.web.http import liens, saisie

if TYPE_CHECKING:
    from datetime import date

PORTE_MAX = 300
"""Characters of a search that an operation carries along: more than any title and identifier have."""
PREFIXE_VUE = "vue."
"""What stands before the names of what a page shows, where an operation carries them along."""

TRIS = {
    Tri.MODIFICATION: "Modification",
    Tri.TITRE: "Titre",
    Tri.ECHEANCE: "Échéance",
    Tri.STATUT: "Statut",
}
"""How each order is called."""

TYPES = {type_.value: type_.libelle for type_ in TypeFormation}
"""How each type of formation is called, by its value in an address."""

_STATUTS = frozenset(statut.value for statut in Statut)
_TRIS = frozenset(tri.value for tri in Tri)


class Vue(NamedTuple):
    """What a page of the catalogue shows.

    The words that are looked for, a status, a type of formation, the code of a certification, the order, and the mark
    after which it begins.
    """

    recherche: str = ""
    statut: Statut | None = None
    type_formation: str = ""
    certification: str = ""
    tri: Tri = Tri.MODIFICATION
    apres: str = ""

    @classmethod
    def demandee(cls, prefixe: str = "") -> Vue:
        """Read it from an address of the catalogue; with PREFIXE_VUE, from what an operation carries of it.

        What an address says that means nothing is left out.
        """
        demandes = (saisie.parametre(nom, prefixe) for nom in ("statut", "type", "certification", "tri"))
        statut, type_formation, certification, tri = demandes
        return cls(
            saisie.parametre("recherche", prefixe).strip(), Statut(statut) if statut in _STATUTS else None,
            type_formation if type_formation in TYPES else "",
            certification if registre.est_un_code(certification) else "",
            Tri(tri) if tri in _TRIS else Tri.MODIFICATION, saisie.parametre("apres", prefixe),
        )  # fmt: skip

    def triee(self, tri: Tri) -> Vue:
        """Give it in another order, from its beginning; of an endless search, what could still find something."""
        return self._replace(recherche=self.recherche[:PORTE_MAX], tri=tri, apres="")

    def sans(self, filtre: str) -> Vue:
        """Give it without a filter, « type » or « certification », from its beginning; no other name changes it."""
        if filtre == "type":
            return self._replace(type_formation="", apres="")
        return self._replace(certification="", apres="") if filtre == "certification" else self

    @property
    def filtre(self) -> Filtre:
        """What of the catalogue it shows."""
        return Filtre(self.recherche, self.statut, self.type_formation, self.certification)

    def ordre(self, le: date) -> Ordre:
        """Give the order in which it shows it, at a date."""
        return Ordre(self.tri, le)

    @property
    def marque(self) -> Curseur | None:
        """The mark after which it begins; None at the beginning, and for what is no mark."""
        return Curseur.s_il_y_en_a(self.apres)

    @property
    def filtres(self) -> dict[str, str]:
        """What is looked for, by the names of an address."""
        return {
            "recherche": self.recherche, "statut": self.statut.value if self.statut else "",
            "type": self.type_formation, "certification": self.certification,
        }  # fmt: skip

    @property
    def parametres(self) -> dict[str, str]:
        """What is looked for and in which order, by the names of an address."""
        return {**self.filtres, "tri": self.tri.value}

    @property
    def champs(self) -> tuple[tuple[str, str], ...]:
        """What is not empty of it, as an operation carries it: of an endless search, what could still find something.

        It is written on each card, and goes into the session with what can be undone.
        """
        tous = {**self.parametres, "recherche": self.recherche[:PORTE_MAX], "apres": self.apres}
        return tuple((PREFIXE_VUE + nom, valeur) for nom, valeur in tous.items() if valeur)

    @property
    def debut(self) -> str:
        """The address that shows it from the beginning."""
        return liens.avec(liens.CATALOGUE, **self.parametres)

    @property
    def adresse(self) -> str:
        """The address that shows it."""
        return liens.avec(liens.CATALOGUE, **self.parametres, apres=self.apres)

    @property
    def suffixe(self) -> str:
        """What an operation carries of it, at the end of an address that has parameters already."""
        return liens.avec("", **dict(self.champs)).replace("?", "&", 1)

    @property
    def cherche(self) -> bool:
        """Whether it leaves some of the catalogue aside, by words or by a filter that is no status."""
        return bool(self.recherche or self.type_formation or self.certification)
