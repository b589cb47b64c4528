"""Prices: what is paid without and with the tax, computed both ways, in Decimal, to the cent."""

from bisect import bisect_left
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from webapp.domain.champs_action import FRAIS_HT, FRAIS_TTC, TVA
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.montants import MONTANT_MAX
from webapp.domain.nomenclatures_arbre import TAUX_TVA
from webapp.domain.saisies import comme_entier, comme_montant, de_montant

_CENTIME = Decimal("0.01")
_CENT = Decimal(100)
ECART_ADMIS = _CENTIME
"""How far a price with tax may be from the one computed: a cent, since either may have been rounded (rule A04)."""

PRIX_CONNUS_MIN = 3
"""Prices of an hour that must be known of other actions before an organisation has habits."""


def ttc(ht: Decimal, taux: str) -> Decimal:
    """Give a price with tax from the price without and a rate of TAUX_TVA; half a cent goes up."""
    return (ht * (_CENT + Decimal(taux)) / _CENT).quantize(_CENTIME, ROUND_HALF_UP)


def ht(ttc: Decimal, taux: str) -> Decimal:
    """Give a price without tax from the price with it and a rate of TAUX_TVA; half a cent goes up."""
    return (ttc * _CENT / (_CENT + Decimal(taux))).quantize(_CENTIME, ROUND_HALF_UP)


def concorde(hors_taxes: Decimal, taux: str, toutes_taxes: Decimal) -> bool:
    """Say whether two prices agree with a rate of TAUX_TVA, to a cent."""
    return abs(ttc(hors_taxes, taux) - toutes_taxes) <= ECART_ADMIS


def completer(fiche: Fiche) -> Fiche:
    """Give an action whose missing price is computed from the other: nothing is computed over what was typed.

    The same fiche when both or neither are there, when the rate is not known, or when the result would not fit.
    """
    taux, hors_taxes, toutes_taxes = fiche[TVA], comme_montant(fiche[FRAIS_HT]), comme_montant(fiche[FRAIS_TTC])
    if taux not in TAUX_TVA:
        return fiche
    if hors_taxes is not None and not fiche[FRAIS_TTC]:
        calcule = ttc(hors_taxes, taux)
        return fiche.avec(frais_ttc=de_montant(calcule)) if calcule <= MONTANT_MAX else fiche
    if toutes_taxes is not None and not fiche[FRAIS_HT]:
        return fiche.avec(frais_ht=de_montant(ht(toutes_taxes, taux)))
    return fiche


def prix_horaire(duree: str, frais_ttc: str) -> Decimal | None:
    """Give what an hour costs, with tax, from values; None when the price or the hours are unknown or nothing."""
    prix, heures = comme_montant(frais_ttc), comme_entier(duree)
    return None if not prix or not heures else (prix / heures).quantize(_CENTIME, ROUND_HALF_UP)


class PrixHabituels:
    """What an hour costs in the actions of an organisation: read once, asked for each."""

    def __init__(self, prix_horaires: Iterable[tuple[UUID, Decimal | None]]) -> None:
        """Keep the prices in order, and that of each action; those that are not known count for nothing."""
        self._par_action = {action: prix for action, prix in prix_horaires if prix}
        self._en_ordre = sorted(self._par_action.values())

    def ordinaire(self, soi: UUID | None) -> Decimal | None:
        """Give what an hour costs in general in the other actions: the median, which no extreme price moves.

        `soi`: the id of the action that asks, which is left out without anything being sorted again. None when fewer
        than PRIX_CONNUS_MIN prices are known beside its own.
        """
        sien = None if soi is None else self._par_action.get(soi)
        autres = len(self._en_ordre) - (sien is not None)
        if autres < PRIX_CONNUS_MIN:
            return None
        saute = autres if sien is None else bisect_left(self._en_ordre, sien)
        rangs = ((autres - 1) // 2, autres // 2)
        moins, plus = (self._en_ordre[rang + (rang >= saute)] for rang in rangs)
        return (moins + plus) / 2
