"""The cards of the catalogue. A card is made once for what it shows, and kept: a page is mostly cards already made."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from flask import current_app
from markupsafe import Markup

from webapp.domain.controle import Diagnostic
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.statuts import Operation, Statut, operations_permises
from webapp.domain.types_formation import regle_de

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date

    from jinja2.runtime import Macro
    from markupsafe import Markup

    from webapp.domain.certifications import EtatCertification
    from webapp.services.catalogue import LigneCatalogue

# About 3 kB each: a process keeps 6 MB of them at most.
GARDEES = 2048
# What the table allows for each status, said once for all cards.
OPERATIONS = MappingProxyType({
    statut: frozenset(op.value for op in operations_permises(statut, Diagnostic())) - {Operation.VALIDER.value}
    for statut in Statut
})  # fmt: skip


def cartes(lignes: Iterable[LigneCatalogue], le: date, *, gestionnaire: bool) -> Markup:
    """Give the cards of a page, in order, as people of this right see them at this date."""
    return Markup("\n").join([_carte(_Vue(ligne, le, gestionnaire=gestionnaire)) for ligne in lignes])


class _Vue:
    """A card to make: two views that would show the same are equal."""

    __slots__ = ("_cle", "action", "etat", "etiquette", "gestionnaire", "jours", "ligne")

    def __init__(self, ligne: LigneCatalogue, le: date, *, gestionnaire: bool) -> None:
        certification = ligne.certification
        self.ligne = ligne
        self.etiquette = regle_de(certification).etiquette if certification else "Certification préparée"
        self.action = certification is not None and certification.type_code is TypeCode.CPF
        self.etat: EtatCertification | None = certification.etat_le(le) if certification else None
        bientot = certification is not None and certification.prend_fin_bientot(le)
        self.jours = certification.jours_restants(le) if certification and bientot else None
        self.gestionnaire = gestionnaire
        # All that the template reads of the line; the formation's version is not among it, its moment is.
        self._cle: tuple[Hashable, ...] = (
            ligne.id, ligne.identifiant, ligne.intitule, ligne.statut, ligne.modifiee_le,
            certification.intitule if certification else None, self.etiquette, self.etat, self.jours, gestionnaire,
        )  # fmt: skip

    def __hash__(self) -> int:
        return hash(self._cle)

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, _Vue) and self._cle == autre._cle


@lru_cache(maxsize=GARDEES)
def _carte(vue: _Vue) -> Markup:
    macro = cast("Macro", current_app.jinja_env.globals["carte"])
    return cast("Markup", macro(vue.ligne, OPERATIONS[vue.ligne.statut], vue))
