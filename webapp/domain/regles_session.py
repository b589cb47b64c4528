"""The rules of a session: S01 to S06, H02, A07 for the address where one enrols, and F27."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.domain import champs_action
from webapp.domain import champs_session as c
from webapp.domain.calendrier import premier_debut_possible
from webapp.domain.dates import date_longue
from webapp.domain.diagnostic import Portee
from webapp.domain.habilitations import FINIE
from webapp.domain.nomenclatures_arbre import DATES_FIXES, OUVERT, PERMANENTES
from webapp.domain.regles import Regle
from webapp.domain.regles_annuaire import contact_incomplet, entree_retenue, lieu_incomplet, lieu_sans_voie
from webapp.domain.regles_texte import a_l_export
from webapp.domain.saisies import comme_date
from webapp.domain.textes import dire, est_vide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.regles import Constat, Contexte


CHAMPS_DE_LA_CLE = (c.DEBUT, c.FIN)
"""What makes two sessions of an action the same for the portal."""


class SessionsVoisines:
    """The « validées » sessions of an action, found by their dates: made once, asked for each."""

    def __init__(self, sessions: Iterable[tuple[UUID, Fiche]] = ()) -> None:
        """Keep, for each pair of dates, the first two that have them: one is another than whoever asks."""
        self._par_dates: dict[tuple[date, date], list[tuple[UUID, str]]] = {}
        for id_, fiche in sessions:
            dates = _dates(fiche)
            if dates is not None:
                memes = self._par_dates.setdefault(dates, [])
                if len(memes) < 2:  # noqa: PLR2004 - the first two
                    memes.append((id_, fiche.nom))

    def aux_memes_dates(self, fiche: Fiche, soi: UUID | None) -> str | None:
        """Name another session of the same dates; None when there is none."""
        dates = _dates(fiche)
        memes = self._par_dates.get(dates, ()) if dates is not None else ()
        return next((nom for id_, nom in memes if id_ != soi), None)


@dataclass(frozen=True, slots=True)
class SujetSession:
    """A session to judge, with the fiche of its action; `soi` is its id, None when it has none yet."""

    fiche: Fiche
    action: Fiche
    contexte: Contexte
    voisines: SessionsVoisines
    soi: UUID | None = None

    @property
    def contact(self) -> str:
        """The contact of whoever enrols: its own or, for want of it, the action's."""
        return self.fiche[c.CONTACT_INSCRIPTION] or self.action[champs_action.CONTACT]

    @property
    def adresse(self) -> str:
        """The place where one enrols: its own or, for want of it, that of the action."""
        return self.fiche[c.ADRESSE_INSCRIPTION] or self.action[champs_action.LIEU]


def _dates(fiche: Fiche) -> tuple[date, date] | None:
    debut, fin = comme_date(fiche[c.DEBUT]), comme_date(fiche[c.FIN])
    return None if debut is None or fin is None else (debut, fin)


def _dates_absentes(sujet: SujetSession) -> Iterator[Constat]:
    if sujet.action[champs_action.MODALITES_ENTREES_SORTIES] != DATES_FIXES:
        return
    for champ, mot in ((c.DEBUT, "de début"), (c.FIN, "de fin")):
        if est_vide(sujet.fiche[champ]):
            yield champ.nom, dire("Saisissez la date {x} : les entrées de cette action sont à dates fixes.", x=mot)


def _dates_sans_objet(sujet: SujetSession) -> Iterator[Constat]:
    if sujet.action[champs_action.MODALITES_ENTREES_SORTIES] == PERMANENTES and not est_vide(sujet.fiche[c.DEBUT]):
        yield c.DEBUT.nom, dire("Les entrées de cette action sont permanentes : une session s'y passe de dates.")


def _ordre(sujet: SujetSession) -> Iterator[Constat]:
    dates = _dates(sujet.fiche)
    if dates is not None and dates[0] > dates[1]:
        yield c.FIN.nom, dire("La session finit avant d'avoir commencé, le {x}.", x=date_longue(dates[0]))


def _memes_dates(sujet: SujetSession) -> Iterator[Constat]:
    autre = sujet.voisines.aux_memes_dates(sujet.fiche, sujet.soi)
    if autre is not None:
        yield c.DEBUT.nom, dire("La session « {x} » de cette action a les mêmes dates.", x=autre)


def _trop_tot(sujet: SujetSession) -> Iterator[Constat]:
    debut, le = comme_date(sujet.fiche[c.DEBUT]), sujet.contexte.le
    if debut is None or debut < le:
        return
    premier = premier_debut_possible(le, sujet.contexte.est_ferie)
    if debut < premier:
        yield c.DEBUT.nom, dire("Première date possible : {x}.", x=date_longue(premier))


def _apres_la_certification(sujet: SujetSession) -> Iterator[Constat]:
    certification = sujet.contexte.certification
    fin = comme_date(sujet.fiche[c.FIN]) or comme_date(sujet.fiche[c.DEBUT])
    dernier = None if certification is None else certification.fin_enregistrement
    if certification is not None and dernier is not None and fin is not None and fin > dernier:
        modele = "La session finit après la certification {code}, dont l'enregistrement prend fin le {x}."
        yield c.FIN.nom, dire(modele, code=certification.code, x=date_longue(dernier))


def _apres_l_habilitation(sujet: SujetSession) -> Iterator[Constat]:
    droits = sujet.contexte.droits
    fin = comme_date(sujet.fiche[c.FIN]) or comme_date(sujet.fiche[c.DEBUT])
    dernier = None if droits is None or fin is None else droits.fin_avant(fin)
    if dernier is not None:
        yield c.FIN.nom, dire("La session finit après votre habilitation, qui va jusqu'au {x}.", x=date_longue(dernier))


def _encore_ouverte(sujet: SujetSession) -> Iterator[Constat]:
    if sujet.fiche[c.ETAT_RECRUTEMENT] != OUVERT:
        return
    debut, fin, le = comme_date(sujet.fiche[c.DEBUT]), comme_date(sujet.fiche[c.FIN]), sujet.contexte.le
    if fin is not None and fin < le:
        yield c.ETAT_RECRUTEMENT.nom, "Session passée encore ouverte."
    elif debut is not None and debut < le and sujet.action[champs_action.MODALITES_ENTREES_SORTIES] != PERMANENTES:
        yield c.ETAT_RECRUTEMENT.nom, dire("Session commencée le {x}, encore ouverte.", x=date_longue(debut))


def _contact_absent_ou_incomplet(sujet: SujetSession) -> Iterator[Constat]:
    if not sujet.contact:
        message = "Choisissez un contact d'inscription : l'action n'a pas encore le sien."
        yield c.CONTACT_INSCRIPTION.nom, dire(message)
    else:
        yield from contact_incomplet(sujet.contexte, c.CONTACT_INSCRIPTION.nom, sujet.contact)


def _adresse_sans_voie(sujet: SujetSession) -> Iterator[Constat]:
    yield from lieu_sans_voie(sujet.contexte, c.ADRESSE_INSCRIPTION.nom, sujet.adresse)


def _adresse(sujet: SujetSession) -> Iterator[Constat]:
    if not sujet.adresse:
        message = "Choisissez une adresse d'inscription : l'action n'a pas encore de lieu."
        yield c.ADRESSE_INSCRIPTION.nom, dire(message)
    else:
        yield from lieu_incomplet(sujet.contexte, c.ADRESSE_INSCRIPTION.nom, sujet.adresse, adresse_seule=True)


def _a_l_export(sujet: SujetSession) -> Iterator[Constat]:
    for champ in c.CHAMPS:
        if champ.est_saisi:
            yield from a_l_export(champ, sujet.fiche[champ])
    # What it has of its action is told there.
    for champ in (c.ADRESSE_INSCRIPTION, c.CONTACT_INSCRIPTION):
        yield from entree_retenue(sujet.contexte, champ.nom, sujet.fiche[champ], adresse_seule=True)


REGLES_SESSION: tuple[Regle[SujetSession], ...] = (
    Regle("S01", Portee.VALIDATION, _dates_absentes),
    Regle("S01", Portee.CONSEIL, _dates_sans_objet),
    Regle("S01", Portee.VALIDATION, _ordre, 30020),
    Regle("S02", Portee.VALIDATION, _memes_dates, 10133),
    Regle("S03", Portee.CONSEIL, _trop_tot),
    Regle("S04", Portee.CONSEIL, _apres_la_certification),
    Regle(FINIE, Portee.CONSEIL, _apres_l_habilitation),
    Regle("S05", Portee.CONSEIL, _encore_ouverte),
    Regle("A07", Portee.VALIDATION, _adresse_sans_voie, 30013),
    Regle("A07", Portee.VALIDATION, _adresse),
    Regle("S06", Portee.VALIDATION, _contact_absent_ou_incomplet, 30022),
    Regle("F27", Portee.CONSEIL, _a_l_export),
)
