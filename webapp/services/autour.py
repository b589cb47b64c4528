"""What is known around the actions and sessions of a formation when they are judged: read once, given to the judge."""

from collections.abc import Iterable
from datetime import date

from stdnum.fr import siret

from webapp.domain.certifications import Certification
from webapp.domain.champs import Nature
from webapp.domain.champs_annuaire import CONTACT_DU_LIEU
from webapp.domain.comptes import Organisme
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.prix import prix_horaire
from webapp.domain.regles import Contexte
from webapp.domain.regles_action import fourchette
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import prix_connus
from webapp.services import registre
from webapp.services.calendrier import feries


def contexte(
    lecture: Lecture, organisme: Organisme, le: date, fiches: Iterable[Fiche], formation: FicheFormation | None = None
) -> Contexte:
    """Gather what the rules ask about: the certification and its successor, the contacts and places, the habits.

    In: the fiches that will be judged, whose references are read at once; their formation's, if they have one.
    """
    cites = [reference for fiche in fiches for reference in fiche.references()]
    lieux = LIEUX.par_ids(lecture, organisme.id, [id_ for champ, id_ in cites if champ.nature is Nature.LIEU])
    contacts = CONTACTS.par_ids(
        lecture,
        organisme.id,
        [
            *(id_ for champ, id_ in cites if champ.nature is Nature.CONTACT),
            *(lieu[CONTACT_DU_LIEU] for lieu in lieux.values() if lieu[CONTACT_DU_LIEU]),
        ],
    )
    certification, successeur = (None, None) if formation is None else certification_et_suite(lecture, le, formation)
    return Contexte(
        le,
        feries(alsace_moselle=organisme.alsace_moselle),
        formation=formation,
        certification=certification,
        successeur=successeur,
        contacts=contacts,
        lieux=lieux,
        fourchette=fourchette(prix_horaire(*un) for un in prix_connus(lecture, organisme.id)),
        siret_valide=siret.is_valid(organisme.siret),
    )


def certification_et_suite(
    lecture: Lecture, le: date, formation: FicheFormation
) -> tuple[Certification | None, Certification | None]:
    """Give the certification that a formation prepares, and the first active one of those that replace it."""
    certification = registre.certification(lecture, formation.certification)
    if certification is None:
        return None, None
    return certification, registre.succession(lecture, certification, le).premiere
