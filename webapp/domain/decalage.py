"""Moving the dates of a session by whole weeks: when it is copied, and for many at once."""

import re
import unicodedata

from webapp.domain.calendrier import SEMAINES_MAX, deplacer
from webapp.domain.champs_session import DEBUT, FIN
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.saisies import ANNEES, comme_date
from webapp.domain.textes import unir_tirets

_SEMAINES = re.compile(r"[+-]? ?0{0,9}[0-9]{1,4}", re.ASCII)


def lire_semaines(texte: str) -> int | None:
    """Read a number of whole weeks as people write it, « -2 », « +3 », « − 4 », « 01 », full-width digits included.

    None for what is no whole number, or goes beyond SEMAINES_MAX either way.
    """
    plat = unir_tirets(unicodedata.normalize("NFKC", texte).strip())
    if _SEMAINES.fullmatch(plat) is None:
        return None
    nombre = int(plat.replace(" ", ""))
    return nombre if abs(nombre) <= SEMAINES_MAX else None


def decaler(fiche: Fiche, semaines: int) -> Fiche:
    """Give a session whose dates are moved by whole weeks, back when negative; what is no date stays as it is typed.

    Raises ValueError beyond SEMAINES_MAX either way.
    """
    if abs(semaines) > SEMAINES_MAX:
        raise ValueError(f"more than {SEMAINES_MAX} weeks")
    deplacees = {}
    for champ in (DEBUT, FIN):
        jour = comme_date(fiche[champ])
        if jour is not None and jour.year in ANNEES:
            deplacees[champ.nom] = deplacer(jour, semaines).isoformat()
    return fiche.avec(**deplacees)
