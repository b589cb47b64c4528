"""The fields of page 2 and the regions under them. One that shows what it showed before is not made again.

At each keystroke one field changes and seven do not: an answer is mostly regions already made. And a page that opens is
mostly fields that others have opened.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import current_app
from markupsafe import Markup

from webapp.domain.champs import IDENTIFIANT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.runtime import Macro

    from webapp.domain.fiche import FicheFormation
    from webapp.domain.prerempli import Prerempli
    from webapp.domain.registre import Bloc
    from webapp.domain.types_formation import RegleType
    from webapp.web.etape_2 import EtatChamp

# A counter takes 3 001 values, most of them never seen: about 200 bytes each.
GARDEES = 4096


def etats_champs(etats: Iterable[EtatChamp], *, hors_bande: bool = False) -> Markup:
    """Give the regions of these fields, in order; `hors_bande` when htmx is to put each in its place."""
    return Markup("\n").join([_region(e.nom, e.compteur, e.depasse, e.manque, e.erreurs, hors_bande) for e in etats])


@lru_cache(maxsize=GARDEES)
def _region(nom: str, compteur: str, depasse: bool, manque: str, erreurs: tuple[str, ...], hors_bande: bool) -> Markup:  # noqa: FBT001 - as the macro takes them
    macro = cast("Macro", current_app.jinja_env.globals["etat_champ"])
    return cast("Markup", macro(nom, compteur, depasse, manque, erreurs, hors_bande))


COURT = 255
"""Characters: a longer text is seldom the same twice, and takes room."""


def champs_de_saisie(
    etats: Iterable[EtatChamp], fiche: FicheFormation, url: str, regle: RegleType | None, blocs: tuple[Bloc, ...]
) -> Markup:
    """Give the fields of page 2 with what is typed in each, in order; `url` is where « Vérifier » asks."""
    macro = cast("Macro", current_app.jinja_env.globals["champ_de_saisie"])
    champs = []
    for etat in etats:
        valeur = fiche.valeur(etat.nom)
        if etat.champ is IDENTIFIANT or etat.champ.multiple or len(valeur) > COURT:
            champs.append(macro(etat, valeur, url, regle, blocs))
        else:
            champs.append(_champ(etat, valeur, regle))
    return Markup("\n").join(champs)


@lru_cache(maxsize=GARDEES)
def _champ(etat: EtatChamp, valeur: str, regle: RegleType | None) -> Markup:
    macro = cast("Macro", current_app.jinja_env.globals["champ_de_saisie"])
    return cast("Markup", macro(etat, valeur, "", regle, ()))


@lru_cache(maxsize=GARDEES)
def lignes_preremplies(lignes: tuple[Prerempli, ...]) -> Markup:
    """Give the read-only block of page 2."""
    macro = cast("Macro", current_app.jinja_env.globals["bloc_prerempli"])
    return cast("Markup", macro(lignes))
