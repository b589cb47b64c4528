"""The regions under the fields of page 2. One that says what it said before is not made again.

At each keystroke one field changes and seven do not: an answer is mostly regions already made.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import current_app
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.runtime import Macro

    from webapp.web.fiche_ecran import EtatChamp

# A counter takes 3 001 values, most of them never seen: about 200 bytes each.
GARDEES = 4096


def etats_champs(etats: Iterable[EtatChamp], *, hors_bande: bool = False) -> Markup:
    """Give the regions of these fields, in order; `hors_bande` when htmx is to put each in its place."""
    return Markup("\n").join([_region(e.nom, e.compteur, e.depasse, e.manque, e.erreurs, hors_bande) for e in etats])


@lru_cache(maxsize=GARDEES)
def _region(nom: str, compteur: str, depasse: bool, manque: str, erreurs: tuple[str, ...], hors_bande: bool) -> Markup:  # noqa: FBT001 - as the macro takes them
    macro = cast("Macro", current_app.jinja_env.globals["etat_champ"])
    return cast("Markup", macro(nom, compteur, depasse, manque, erreurs, hors_bande))
