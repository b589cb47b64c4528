"""« Je ne connais pas mon code d'identification »: the search of the local registry, in a panel or in its own page.

The same address answers three ways: a page without htmx, the empty panel when htmx asks without a search, the results
alone while somebody types. What a result does is said by an `Etape1`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from webapp.domain.certifications import sources_de
from webapp.domain.codes import permis_sans_code
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.services import identification, recherche_registre
from webapp.web.envoi_etape_1 import ORDINAIRE, porteuse
from webapp.web.http import liens, saisie
from webapp.web.http.contexte import aujourdhui, lecture
from webapp.web.http.reponses import fragment, page, par_htmx

if TYPE_CHECKING:
    from flask import Response

    from webapp.domain.certifications import Certification

PANNEAU = ("fragments/recherche/panneau.html",)
RESULTATS = ("fragments/recherche/resultats.html", "fragments/recherche/bilan.html")


def repondre() -> Response:
    """Answer the search: what is asked is in the query string, and the formation whose étape 1/2 asks, if one does."""
    recherche = saisie.parametre("recherche").strip()
    demande = saisie.parametre("type")
    formation = _formation()
    etape_1 = porteuse(formation) if formation else ORDINAIRE
    # « Cléa » has no code to fill: its results lead to étape 1/2, where their own type is chosen.
    type_formation = demande if demande in TypeFormation.__members__.values() else ""
    le = aujourdhui()
    trouve = recherche_registre.chercher(lecture(), recherche, le)
    contexte: dict[str, object] = {
        "etape_1": etape_1,
        "formation": formation,
        "type_formation": type_formation,
        "recherche": recherche,
        "trouvees": trouve.trouvees,
        "de_plus": trouve.de_plus,
        "avis": "" if trouve.trouvees else _avis_sur(recherche),
        "sources": sources_de(une for trouvee in trouve.trouvees for une in trouvee.nommees),
        "sources_de": sources_de,
        "le": le,
        "vers": partial(_adresse_de, type_formation=type_formation),
    }
    if not par_htmx():
        return page("pages/aide-code.html", **contexte)
    return fragment(RESULTATS if "recherche" in saisie.parametres() else PANNEAU, contexte)


def _avis_sur(recherche: str) -> str:
    """Say of a text that is the code of a record what « Appliquer » says; empty of any other text.

    The search finds none that is not known at the date yet: of a whole code, it says why. Of a category of licence
    that has no code, it says that too.
    """
    if avis := permis_sans_code(recherche, aujourdhui()):
        return avis
    for type_code in (None, TypeCode.RS, TypeCode.RNCP):
        identifiee = identification.identifier(lecture(), type_code, recherche, aujourdhui())
        if identifiee.certification is not None:
            return identifiee.avis
    return ""


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
