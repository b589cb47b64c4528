"""« Je ne connais pas mon code d'identification »: the search of the local registry, in a panel or in its own page.

The same address answers three ways: a page without htmx, the empty panel when htmx asks without a search, the results
alone while somebody types. What a result does is said by an `Etape1`.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, cast
from uuid import UUID

from flask import current_app
from markupsafe import Markup

from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.textes import fr
from webapp.services import registre
from webapp.web.envoi_etape_1 import ORDINAIRE, porteuse
from webapp.web.http import liens, saisie
from webapp.web.http.contexte import aujourdhui, lecture
from webapp.web.http.reponses import fragment, page, par_htmx

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date

    from flask import Response
    from jinja2.runtime import Macro

    from webapp.domain.certifications import Certification
    from webapp.services.registre import Trouvee
    from webapp.web.envoi_etape_1 import Etape1

PANNEAU = ("fragments/recherche/panneau.html",)
RESULTATS = ("fragments/recherche/resultats.html", "fragments/recherche/bilan.html")
# About 1 kB each: a process keeps 2 MB of them at most.
GARDES = 2048
_ET = fr(" ; ")


def repondre() -> Response:
    """Answer the search: what is asked is in the query string, and the formation whose étape 1/2 asks, if one does."""
    recherche = saisie.parametre("recherche").strip()
    demande = saisie.parametre("type")
    formation = _formation()
    etape_1 = porteuse(formation) if formation else ORDINAIRE
    # « Cléa » has no code to fill: its results lead to étape 1/2, where their own type is chosen.
    type_formation = demande if demande in TypeFormation.__members__.values() else ""
    le = aujourdhui()
    trouve = registre.chercher(lecture(), recherche, le)
    contexte: dict[str, object] = {
        "etape_1": etape_1,
        "formation": formation,
        "type_formation": type_formation,
        "recherche": recherche,
        "trouvees": trouve.trouvees,
        "de_plus": trouve.de_plus,
        "sources": _ET.join(dict.fromkeys(t.certification.source for t in trouve.trouvees)),
        "le": le,
        "vers": partial(_adresse_de, type_formation=type_formation),
        "resultats": partial(_resultats, trouve.trouvees, le, "" if formation else type_formation, etape_1),
    }
    if not par_htmx():
        return page("pages/aide-code.html", **contexte)
    return fragment(RESULTATS if "recherche" in saisie.parametres() else PANNEAU, contexte)


def _formation() -> UUID | None:
    try:
        return UUID(saisie.parametre("formation"))
    except ValueError:
        return None


def _adresse_de(certification: Certification, type_formation: str) -> str:
    """Address of étape 1/2 with this certification chosen, under the type where it has its place."""
    famille = certification.famille
    chez_elle = bool(famille) and (famille == type_formation or certification.type_code is TypeCode.CPF)
    if chez_elle and certification.active_le(aujourdhui()):
        return liens.avec(liens.NOUVELLE, type=famille, certification=certification.code)
    return liens.vers_code(certification)


def _resultats(
    trouvees: Iterable[Trouvee], le: date, type_formation: str, etape_1: Etape1
) -> Markup:  # fmt: skip
    """Give the rows of the results, in order: made once for what they show, and kept, since they come at each key."""
    return Markup("").join([
        _resultat(_Vue(t, le, _adresse_de(t.certification, type_formation) if type_formation else "", etape_1))
        for t in trouvees
    ])  # fmt: skip


class _Vue:
    """A row to make: two that would show the same are equal."""

    __slots__ = ("_cle", "etape_1", "le", "trouvee", "vers")

    def __init__(self, trouvee: Trouvee, le: date, vers: str, etape_1: Etape1) -> None:
        self.trouvee = trouvee
        self.le = le
        self.vers = vers
        self.etape_1 = etape_1
        c, suivante = trouvee.certification, trouvee.successeur
        fin: tuple[Hashable, ...] | None = None
        if not trouvee.active:
            fin = (le, c.fin_enregistrement, suivante and (suivante.code, suivante.intitule))
        self._cle = (c.code, c.intitule, c.certificateurs, fin, vers, etape_1)

    def __hash__(self) -> int:
        return hash(self._cle)

    def __eq__(self, autre: object) -> bool:
        return isinstance(autre, _Vue) and self._cle == autre._cle


@lru_cache(maxsize=GARDES)
def _resultat(vue: _Vue) -> Markup:
    macro = cast("Macro", current_app.jinja_env.globals["resultat"])
    fin = "" if vue.trouvee.active else vue.trouvee.avis_le(vue.le)
    return cast("Markup", macro(vue.trouvee.certification, fin, vue.vers, vue.etape_1))
