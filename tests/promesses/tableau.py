"""The table of promises as it is printed, and kept in the decision that tells how failures are met."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.promesses.epreuve import Constat
from tests.promesses.parcours import PARCOURS


def tableau(tous: Sequence[Constat], demandes: Mapping[str, int], jour: date) -> str:
    """Give the table in Markdown: a line a gesture, a column a fault; « n » tries kept, or « k/n » of them kept.

    In: the gestures under each fault and the walks, whose requests are counted in `demandes`.
    """
    parcourus = [constat for constat in tous if constat.geste == PARCOURS]
    constats = [constat for constat in tous if constat.geste != PARCOURS]
    pannes = list(dict.fromkeys(constat.panne for constat in constats))
    gestes = list(dict.fromkeys(constat.geste for constat in constats))
    defaillants = sum(bool(constat.defauts) for constat in constats)
    lignes = [
        (
            f"{jour.isoformat()} : {len(constats)} essais, {defaillants} promesse(s) non tenue(s) ; "
            f"dit au plus {max((constat.delai for constat in constats), default=0):.2f} s après la panne."
        ),
        (
            f"{len(parcourus)} parcours de la fiche, {sum(bool(un.defauts) for un in parcourus)} défaut(s) : "
            f"{demandes['en panne']} demandes en panne, {demandes['passées']} passées."
        ),
        "",
        f"| | {' | '.join(pannes)} |",
        f"|---|{'---|' * len(pannes)}",
    ]
    for geste in gestes:
        cases = [_case([c for c in constats if (c.geste, c.panne) == (geste, panne)]) for panne in pannes]
        lignes.append(f"| {geste} | {' | '.join(cases)} |")
    return "\n".join(lignes) + "\n"


def _case(constats: Sequence[Constat]) -> str:
    if not constats:
        return "–"
    tenus = sum(not constat.defauts for constat in constats)
    return str(tenus) if tenus == len(constats) else f"**{tenus}/{len(constats)}**"
