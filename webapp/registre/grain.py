"""What a fault costs: a bad line costs that line, a bad fiche that fiche; only too many of them the whole export."""

from collections.abc import Callable

from webapp.domain.registre import LigneRefusee

FAUTES_ADMISES = 10
"""So many bad lines, or bad fiches, of one kind are always passed over."""
SUR = 100
"""Beyond, an export is refused when more than one in so many of that kind is bad."""

Ecarter = Callable[[LigneRefusee], None]
"""Is told of each line that is passed over."""


def trop_de_fautes(mauvaises: int, total: int) -> bool:
    """Say whether so many bad ones, of all those of their kind, make an export that cannot be believed."""
    return mauvaises > FAUTES_ADMISES and mauvaises * SUR > total
