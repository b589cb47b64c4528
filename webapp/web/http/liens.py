"""Addresses of the screens, once. Cards need five of them each: built here by hand, `url_for` costs 4 µs a piece.

A test compares each with the route it must match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from webapp.domain.nomenclatures import TypeFormation
from webapp.mode_emploi.specification import adresse

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.certifications import Certification

CATALOGUE = "/catalogue"
ECHEANCIER = "/catalogue/echeancier"
CATALOGUE_IMPRIME = "/catalogue/imprimer"
CONTROLE = "/catalogue/controle"
CHOISIR = "/catalogue/choix"
TACHES = "/taches"
IMPORT_EDOF = "/catalogue/edof/import"
EDOF = "/catalogue/edof"
EDOF_CHANGEMENTS = "/catalogue/edof/changements"
EDOF_COMPTE_RENDU = "/catalogue/edof/compte-rendu"
CONTACTS = "/contacts"
CONTACT_NOUVEAU = "/contacts/nouveau"
LIEUX = "/lieux"
LIEU_NOUVEAU = "/lieux/nouveau"
ORGANISME = "/organisme"
HABILITATIONS = "/organisme/habilitations"
CONNEXION = "/connexion"
DECONNEXION = "/deconnexion"
DATE_REFERENCE = "/date-de-reference"
MODE_EMPLOI = "/mode-d-emploi"
TRACABILITE = "/mode-d-emploi/tracabilite"
SABOTAGE = "/mode-d-emploi/tracabilite/sabotage"
SABOTAGE_CSV = "/mode-d-emploi/tracabilite/sabotage.csv"
MUTATION = "/mode-d-emploi/tracabilite/mutation"
MUTATION_CSV = "/mode-d-emploi/tracabilite/mutation.csv"
SPECIFICATION = "/mode-d-emploi/specification"
PHRASES = "/mode-d-emploi/phrases"
ESSAYER = "/mode-d-emploi/essayer"
NOUVELLE_EDITION = "/mode-d-emploi/nouvelle-edition"
CORRESPONDANCE = "/mode-d-emploi/correspondance-edof"
VISITE_REFUSEE = "/mode-d-emploi/visite/refus"
AIDE_CODE = "/aide/code-d-identification"
NOUVELLE = "/formations/nouvelle"
NOUVELLE_TYPE = "/formations/nouvelle/type"
NOUVELLE_CERTIFICATION = "/formations/nouvelle/certification"
NOUVELLE_FICHE = "/formations/nouvelle/fiche"


def visite(guide: str) -> str:
    """Address of the guided tour of a guide, by its name."""
    return f"{MODE_EMPLOI}/{guide}/visite"


def aide_du_champ(champ: str) -> str:
    """Address of the step of the guide that a field is written in at."""
    return f"{MODE_EMPLOI}/champ/{champ}"


def formation(id: UUID) -> str:
    """Address of a formation; the addresses of its operations begin with it."""
    return f"/formations/{id}"


def habilitations(id: UUID) -> str:
    """Address of a list of habilitations that was read, before it is imported."""
    return f"{HABILITATIONS}/{id}"


def controle(id: UUID) -> str:
    """Address of all that is said of a formation and of what it holds."""
    return f"{formation(id)}/controle"


def action_ouverte(formation_id: UUID, id: UUID | str) -> str:
    """Address of an action in the page of its formation, where it is open."""
    return f"{formation(formation_id)}?action={id}#action-{id}"


def contact(id: UUID) -> str:
    """Address of a contact."""
    return f"{CONTACTS}/{id}"


def lieu(id: UUID) -> str:
    """Address of a place."""
    return f"{LIEUX}/{id}"


def action(id: UUID) -> str:
    """Address of an action."""
    return f"/actions/{id}"


def action_nouvelle(formation_id: UUID) -> str:
    """Address of the form of a new action of a formation."""
    return f"{formation(formation_id)}/actions/nouvelle"


def session(id: UUID) -> str:
    """Address of a session."""
    return f"/sessions/{id}"


def session_nouvelle(action_id: UUID) -> str:
    """Address of the form of a new session of an action."""
    return f"/actions/{action_id}/sessions/nouvelle"


def sessions(action_id: UUID | str) -> str:
    """Address of the sessions of an action."""
    return f"/actions/{action_id}/sessions"


def choix_de_formations(choix: UUID) -> str:
    """Address where formations are chosen, for one choice."""
    return f"{CHOISIR}/{choix}"


def choix_dans(formation_id: UUID, choix: UUID | None = None) -> str:
    """Address where actions and sessions of a formation are chosen; without a choice, a new one begins."""
    debut = f"{formation(formation_id)}/choix"
    return debut if choix is None else f"{debut}/{choix}"


def changement_du_choix(choix: UUID) -> str:
    """Address where it is said what is to be changed of a choice."""
    return f"/choix/{choix}"


def tache(id: UUID) -> str:
    """Address of a job."""
    return f"{TACHES}/{id}"


def import_edof(tache: UUID) -> str:
    """Address of a file of the portal that was sent, by its job."""
    return f"{IMPORT_EDOF}/{tache}"


def export(id: UUID) -> str:
    """Address of an export for the portal."""
    return f"{EDOF}/{id}"


def fichier(id: UUID) -> str:
    """Address of the file of an export."""
    return f"{export(id)}/fichier"


def carte(id: UUID) -> str:
    """Address of the card of a formation in the catalogue, on the page of it where it stands."""
    return f"{avec(CATALOGUE, formation=str(id))}#titre-{id}"


def ligne(fichier: str, numero: int) -> str:
    """Address of a line of a feature, by its file from the root of the project: features/guide/nom.feature."""
    _, rubrique, nom = fichier.rsplit("/", 2)
    return f"{SPECIFICATION}/{rubrique}/{adresse(nom)}#L{numero}"


def echeance(code: str) -> str:
    """Address of the échéancier, at the certification of that code; at its top when it is empty."""
    return f"{ECHEANCIER}#{code}" if code else ECHEANCIER


def vers_code(certification: Certification) -> str:
    """Address of étape 1/2 with the code of a certification filled and applied."""
    return avec(
        NOUVELLE,
        type=TypeFormation.CERTIFIANTE.value,
        type_code=certification.type_code.value,
        code=certification.numero,
    )


def vers_creation(certification: Certification) -> str:
    """Address of étape 1/2 with a certification chosen, under the type of its family if it has one."""
    if not certification.famille:
        return vers_code(certification)
    return avec(NOUVELLE, type=certification.famille, certification=certification.code)


def remplacer(id: UUID, certification: Certification) -> str:
    """Address of a formation, with a certification in place of its own; nothing is stored before a save."""
    return avec(formation(id), vers=certification.code)


def vers_type(type_formation: TypeFormation, code: str) -> str:
    """Address of étape 1/2 with a type chosen, and the action of a CPF code where the type has several."""
    plusieurs = type_formation is TypeFormation.PERMIS
    return avec(NOUVELLE, type=type_formation.value, certification=code if plusieurs else "")


def avec(url: str, **parametres: str) -> str:
    """Add the non-empty parameters to an address."""
    dits = {nom: valeur for nom, valeur in parametres.items() if valeur}
    return f"{url}?{urlencode(dits)}" if dits else url
