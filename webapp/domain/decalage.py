"""Moving the dates of a session by whole weeks: when it is copied, and for many at once."""

from webapp.domain.calendrier import SEMAINES_MAX, deplacer
from webapp.domain.champs_session import DEBUT, FIN
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.saisies import ANNEES, comme_date


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
