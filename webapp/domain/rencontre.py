"""What two sources say of one certification, brought together: the younger wins, whichever came first.

A fact carries the date of its source. Of two that speak, the younger is believed; one that is silent undoes nothing.
But for an end that is past where a younger source shows it active: that one is said to be no end.
What an export says of partners is whole: a partner that the younger export no longer names is one no more. What comes
from no export cannot speak of them.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from webapp.domain.certifications import Certification
from webapp.domain.registre import FicheExportee

BLOCS = "blocs"
FIN = "fin_enregistrement"
FAITS = (
    "intitule", FIN, "effet_le", "remplacee_par", "remplace", "certificateurs", "formacodes", "nsf",
    "rome", "niveau_entree", "niveau_sortie",
)  # fmt: skip
"""What a source may be silent on; empty is silent."""


def rencontrer(connue: FicheExportee | None, lue: FicheExportee) -> FicheExportee:
    """Bring together what was known of a certification and what a source says of it.

    The result is the same whichever is which, but for two sources of one day: the one that is read then wins.
    """
    if connue is None:
        return lue
    avant, apres = (connue, lue) if _le(lue) >= _le(connue) else (lue, connue)
    choisis: dict[str, Any] = {}
    dates: dict[str, date] = {}
    for nom in (*FAITS, BLOCS):
        source = _qui_le_dit(nom, avant, apres)
        choisis[nom] = _fait(source, nom)
        if _parle(source, nom) and (le := _date_de(source, nom)) < _le(apres):
            dates[nom] = le
    blocs = choisis.pop(BLOCS)
    etat = _etat(avant.certification, apres.certification)
    # Its other facts may be younger than the last export that spoke of it: partners go by the export alone.
    nommant = lue if _exportee_le(lue) >= _exportee_le(connue) else connue
    if FIN in dates and _dementie(choisis[FIN], etat["vue_active_le"]):
        # Its date stays: what is older still may not come back in its place.
        choisis[FIN] = None
    certification = replace(
        apres.certification, **choisis, **etat,
        famille=apres.certification.famille or avant.certification.famille,
        succedee_par=connue.certification.succedee_par or lue.certification.succedee_par,
    )  # fmt: skip
    return replace(
        apres, certification=certification, blocs=blocs, partenaires=nommant.partenaires,
        nomme_des_partenaires=nommant.nomme_des_partenaires, dates=tuple(sorted(dates.items())),
        export_le=max(filter(None, (avant.export_le, apres.export_le)), default=None),
        autres_codes=tuple(sorted({*avant.autres_codes, *apres.autres_codes})),
        empreinte=apres.empreinte or avant.empreinte,
    )  # fmt: skip


def _le(fiche: FicheExportee) -> date:
    return fiche.certification.faits_le or date.min


def _exportee_le(fiche: FicheExportee) -> date:
    return fiche.export_le or date.min


def _fait(fiche: FicheExportee, nom: str) -> Any:
    return fiche.blocs if nom == BLOCS else getattr(fiche.certification, nom)


def _date_de(fiche: FicheExportee, nom: str) -> date:
    return dict(fiche.dates).get(nom, _le(fiche))


def _parle(fiche: FicheExportee, nom: str) -> bool:
    return bool(_fait(fiche, nom)) or nom in dict(fiche.dates)


def _dementie(fin: date | None, vue_active_le: date | None) -> bool:
    """Say whether a younger source shows it active after the end that an older one gave."""
    return fin is not None and vue_active_le is not None and vue_active_le > fin


def _qui_le_dit(nom: str, avant: FicheExportee, apres: FicheExportee) -> FicheExportee:
    """Give the younger of those that speak of a fact."""
    if not _parle(apres, nom):
        return avant
    if not _parle(avant, nom):
        return apres
    return apres if _date_de(apres, nom) >= _date_de(avant, nom) else avant


def _etat(avant: Certification, apres: Certification) -> dict[str, Any]:
    """Say from when to when it is known active, and from when it is known to be so no more.

    What shows it inactive counts only after the last source that shows it active.
    """
    vue = max(filter(None, (avant.vue_active_le, apres.vue_active_le)), default=None)
    constats = [
        constat
        for constat in (avant.inactive_constatee_le, apres.inactive_constatee_le)
        if constat is not None and (vue is None or constat > vue)
    ]
    return {
        "vue_active_le": vue,
        "inactive_constatee_le": min(constats, default=None),
        "connue_active_le": _debut(avant, apres),
    }


def _debut(avant: Certification, apres: Certification) -> date:
    """Give the first date at which it is known active: the earliest, since a source says nothing of the past.

    A registration whose effect was still ahead cannot have been active before, whatever an older reading made of it.
    """
    effet = apres.effet_le
    if effet and apres.faits_le and effet > apres.faits_le and avant.effet_le in {None, effet}:
        return apres.connue_active_le
    return min(avant.connue_active_le, apres.connue_active_le)
