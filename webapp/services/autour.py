"""What is known around the actions and sessions of a formation when they are judged: read once, given to the judge."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from stdnum.fr import siret

from webapp.domain.certifications import Certification
from webapp.domain.champs import Nature
from webapp.domain.champs_annuaire import CONTACT_DU_LIEU
from webapp.domain.comptes import Organisme
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.prix import PrixHabituels, prix_horaire
from webapp.domain.regles import Contexte
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import prix_connus
from webapp.services import habilitations, registre, successions
from webapp.services.calendrier import feries


def contexte(
    lecture: Lecture, un: Organisme, le: date, fiches: Iterable[Fiche], formation: FicheFormation | None = None
) -> Contexte:
    """Gather what the rules ask about: the certification and its successor, the contacts and places, the habits.

    In: the fiches that will be judged, whose references are read at once; their formation's, if they have one.
    """
    autour = cites(lecture, un, habituel(lecture, un, le), fiches)
    return autour if formation is None else de_la_formation(lecture, autour, formation)


def organisme(un: Organisme, le: date) -> Contexte:
    """Gather what is known of an organisation without reading anything: its holidays, whether its SIRET is one."""
    return Contexte(le, feries(alsace_moselle=un.alsace_moselle), siret_valide=_siret_valide(un.siret))


def habituel(lecture: Lecture, un: Organisme, le: date) -> Contexte:
    """Gather what holds for all that an organisation has: `habilite`, and what an hour costs there."""
    prix = PrixHabituels((action, prix_horaire(*connu)) for action, *connu in prix_connus(lecture, un.id))
    return replace(habilite(lecture, un, le), prix=prix)


def habilite(lecture: Lecture, un: Organisme, le: date) -> Contexte:
    """Gather what `organisme` does, and what the organisation may do for each certification. Two statements."""
    return replace(organisme(un, le), habilitations=habilitations.connues(lecture, un))


@lru_cache(maxsize=1024)
def _siret_valide(texte: str) -> bool:
    return bool(siret.is_valid(texte))


def cites(lecture: Lecture, un: Organisme, autour: Contexte, fiches: Iterable[Fiche]) -> Contexte:
    """Add the contacts and places that fiches refer to. Two statements, however many there are."""
    references = [reference for fiche in fiches for reference in fiche.references()]
    lieux = LIEUX.par_ids(lecture, un.id, [id_ for champ, id_ in references if champ.nature is Nature.LIEU])
    contacts = CONTACTS.par_ids(
        lecture,
        un.id,
        [
            *(id_ for champ, id_ in references if champ.nature is Nature.CONTACT),
            *(lieu[CONTACT_DU_LIEU] for lieu in lieux.values() if lieu[CONTACT_DU_LIEU]),
        ],
    )
    return replace(autour, contacts=contacts, lieux=lieux)


def de_la_formation(lecture: Lecture, autour: Contexte, formation: FicheFormation) -> Contexte:
    """Add a formation, its certification, what replaces it, and what the organisation may do for it, if it is known."""
    certification, successeurs = certification_et_suite(lecture, autour.le, formation)
    droits = None
    if certification is not None and autour.habilitations is not None:
        droits = habilitations.parmi(lecture, autour.habilitations, certification)
    return replace(autour, formation=formation, certification=certification, successeurs=successeurs, droits=droits)


def certification_et_suite(
    lecture: Lecture, le: date, formation: FicheFormation
) -> tuple[Certification | None, tuple[Certification, ...]]:
    """Give the certification that a formation prepares, and the active ones that replace it."""
    certification = registre.certification(lecture, formation.certification)
    if certification is None:
        return None, ()
    return certification, successions.succession(lecture, certification, le).actives
