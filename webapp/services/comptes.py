"""Organisations and accounts: made, recognised, changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import siret as siret_officiel
from stdnum.util import clean

from webapp.domain import courriels
from webapp.domain.comptes import CompteRefuse, ConnexionRefusee, Organisme, Role, Utilisateur, exiger_mot_de_passe
from webapp.domain.formation import Acte
from webapp.domain.refus import Introuvable, trouve
from webapp.domain.textes import caracteres_interdits, dire, est_vide, fr, normaliser
from webapp.persistence import comptes, compteurs
from webapp.persistence.comptes import DejaPris
from webapp.persistence.lecture import Lecture
from webapp.services import empreintes, sessions

LONGUEUR_MAX_NOM = 100
LONGUEUR_MAX_NOM_ORGANISME = 250


def authentifier(lecture: Lecture, courriel: str, mot_de_passe: str) -> Utilisateur:
    """Recognise a person by address and password. Only reads: nothing waits while the password is compared.

    Raises ConnexionRefusee, alike and after the same work for an unknown address, a wrong password, an account
    without a password and a closed account. Then call `rafraichir_empreinte` where the session is opened.
    """
    compte = comptes.compte_par_courriel(lecture, courriel)
    exact = empreintes.correspond(mot_de_passe, compte.empreinte if compte else None)
    if compte is None or not exact or not compte.actif:
        raise ConnexionRefusee
    return compte.utilisateur


def rafraichir_empreinte(cnx: Connection, utilisateur: Utilisateur, mot_de_passe: str) -> bool:
    """Hash again a password that was just recognised, if its hash was made with older parameters.

    Out: whether it was done. The sessions stay open: the password is the same.
    """
    compte = comptes.compte_par_id(cnx, utilisateur.id)
    if compte is None or compte.empreinte is None or not empreintes.depassee(compte.empreinte):
        return False
    comptes.changer_empreinte(cnx, utilisateur.id, empreintes.hacher(mot_de_passe))
    return True


def creer_organisme(cnx: Connection, nom: str, siret: str, date_reference: date | None = None) -> Organisme:
    """Add an organisation, with an empty catalogue. Raises CompteRefuse (name, SIRET malformed or already there)."""
    nom = _nom(nom, LONGUEUR_MAX_NOM_ORGANISME, fr("Saisissez le nom de l'organisme (250 caractères au plus)."))
    nouveau = Organisme(uuid4(), nom, _siret(siret), date_reference)
    try:
        comptes.ajouter_organisme(cnx, nouveau)
    except DejaPris:
        raise CompteRefuse(dire("Un organisme a déjà le SIRET {siret}.", siret=nouveau.siret)) from None
    compteurs.ouvrir(cnx, nouveau.id)
    return nouveau


def choisir_alsace_moselle(cnx: Connection, acte: Acte, *, valeur: bool) -> None:
    """Say whether the organisation of a person keeps the holidays of Alsace and Moselle. Raises Introuvable."""
    if not comptes.changer_alsace_moselle(cnx, acte.organisme.id, valeur=valeur):
        raise Introuvable


def exiger_nom(organisme: Organisme, nom: str) -> None:
    """Make sure that an organisation is the one that is named, case and spaces aside. Raises CompteRefuse."""
    if " ".join(normaliser(nom).split()).casefold() == " ".join(organisme.nom.split()).casefold():
        return
    motif = "Le SIRET {siret} est celui de « {sien} », et non de « {nom} » : corrigez l'un des deux."
    raise CompteRefuse(dire(motif, siret=organisme.siret, sien=organisme.nom, nom=nom))


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody for whom an account is to be made, as they are told to us."""

    nom: str
    courriel: str
    role: Role


def creer_compte(cnx: Connection, organisme_id: UUID, personne: Personne, mot_de_passe: str | None) -> Utilisateur:
    """Add a person to an organisation; without a password the account exists but nobody can sign in with it.

    Raises Introuvable (organisation), CompteRefuse (name, address malformed or taken), MotDePasseRefuse.
    """
    sien = organisme(cnx, organisme_id)
    nom = _nom(personne.nom, LONGUEUR_MAX_NOM, fr("Saisissez le nom de la personne (100 caractères au plus)."))
    courriel = normaliser(personne.courriel).strip()
    if caracteres_interdits(courriel) or not courriels.bien_forme(courriel):
        raise CompteRefuse(dire("« {x} » n'est pas une adresse électronique.", x=courriel))
    nouveau = Utilisateur(uuid4(), sien, nom, courriel, personne.role)
    empreinte = None if mot_de_passe is None else _empreinte(mot_de_passe, courriel)
    try:
        comptes.ajouter_utilisateur(cnx, nouveau, empreinte)
    except DejaPris:
        raise CompteRefuse(dire("Un compte existe déjà avec l'adresse {x}.", x=courriel)) from None
    return nouveau


def trouver(cnx: Connection, courriel: str) -> Utilisateur:
    """Find a person by address. Raises Introuvable."""
    return trouve(comptes.compte_par_courriel(cnx, courriel)).utilisateur


def organisme(cnx: Connection, organisme_id: UUID) -> Organisme:
    """Find an organisation. Raises Introuvable."""
    return trouve(comptes.organisme_par_id(cnx, organisme_id))


def organisme_de_siret(cnx: Connection, siret: str) -> Organisme:
    """Find an organisation by its SIRET. Raises CompteRefuse (malformed), Introuvable."""
    return trouve(comptes.organisme_par_siret(cnx, _siret(siret)))


def changer_mot_de_passe(cnx: Connection, utilisateur: Utilisateur, mot_de_passe: str) -> None:
    """Set a new password and end every session of the person. Raises MotDePasseRefuse."""
    comptes.changer_empreinte(cnx, utilisateur.id, _empreinte(mot_de_passe, utilisateur.courriel))
    sessions.fermer_toutes(cnx, utilisateur.id)


def changer_role(cnx: Connection, utilisateur: Utilisateur, role: Role) -> None:
    """Give another role and end every session of the person."""
    comptes.changer_role(cnx, utilisateur.id, role)
    sessions.fermer_toutes(cnx, utilisateur.id)


def fermer_compte(cnx: Connection, utilisateur: Utilisateur) -> None:
    """Close an account and end every session of the person; what the person wrote stays."""
    comptes.changer_actif(cnx, utilisateur.id, actif=False)
    sessions.fermer_toutes(cnx, utilisateur.id)


def rouvrir_compte(cnx: Connection, utilisateur: Utilisateur) -> None:
    """Open a closed account again, with its password."""
    comptes.changer_actif(cnx, utilisateur.id, actif=True)


def _empreinte(mot_de_passe: str, courriel: str) -> str:
    exiger_mot_de_passe(mot_de_passe, courriel)
    return empreintes.hacher(mot_de_passe)


def _siret(siret: str) -> str:
    """Read a SIRET with its spaces, dots or dashes. Raises CompteRefuse: not 14 digits, or a key that is wrong."""
    try:
        return str(siret_officiel.validate(clean(normaliser(siret), " .-_/\t\n")))
    except InvalidChecksum:
        modele = "La clé du SIRET {x} est fausse : vérifiez ses 14 chiffres."
    except ValidationError:
        modele = "« {x} » n'est pas un SIRET : saisissez ses 14 chiffres."
    raise CompteRefuse(dire(modele, x=siret.strip()))


def _nom(nom: str, longueur_max: int, message: str) -> str:
    nom = normaliser(nom).strip()
    if est_vide(nom) or len(nom) > longueur_max or caracteres_interdits(nom):
        raise CompteRefuse(message)
    return nom
