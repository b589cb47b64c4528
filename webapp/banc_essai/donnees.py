"""Behind the test door: throw-away organisations, with their people and formations, for scenarios and checks.

Bodies come as the plain values of JSON and answers leave so. A body that cannot be understood raises ValueError with
a French sentence; what does not exist raises Introuvable. Whether the door exists at all is not decided here.
What is made is dated as if a person had just made it: at the reference date of its organisation, at this time of day.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from stdnum import luhn

from webapp.banc_essai.corps import liste as _liste
from webapp.banc_essai.corps import objet as _objet
from webapp.banc_essai.corps import parmi as _parmi
from webapp.banc_essai.corps import texte as _texte
from webapp.banc_essai.donnees_registre import retirer_certifications, retirer_habilitations
from webapp.domain.champs import NUMERO_AGREMENT
from webapp.domain.codes import code_inconnu
from webapp.domain.comptes import CompteRefuse, MotDePasseRefuse, Organisme, Role, Utilisateur
from webapp.domain.controle import Code, Diagnostic, controler
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation, OperationInterdite
from webapp.domain.refus import Introuvable, trouve
from webapp.domain.statuts import EXIGENCES, Operation, Statut
from webapp.domain.types_formation import champs_de, regle_de
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import formations
from webapp.persistence.formations import CategorisationPrise, IdentifiantPris
from webapp.services import catalogue, comptes, registre, sessions
from webapp.settings import DATE_DU_GUIDE

COLLEGUE = "Claude Durand"
_OPERATIONS: dict[str, Callable[[Connection, Acte, UUID, int], object]] = {
    "archiver": catalogue.archiver,
    "supprimer": catalogue.supprimer,
}
AUJOURD_HUI = "aujourdhui"
_PARIS = ZoneInfo("Europe/Paris")
_MIDI = time(12)

# What makes a formation complete, with the title of its certification, when a « validée » is asked for without texts.
TEXTES_COMPLETS: Mapping[str, str] = {
    "objectif": "Savoir prendre la parole dans une situation de travail.",
    "contenu": "Écouter, reformuler, exposer un point de vue.",
    "points_forts": "Petits groupes, exercices tirés du métier.",
    "resultats_attendus": "Préparer la certification CléA.",
    "type_parcours": "96214",
}
# The same for the fields that one type alone asks for.
AGREMENT = "E 02 075 1234 0"
TEXTES_PROPRES: Mapping[str, str] = {"duree_heures": "20", "categorisation": "152", "numero_agrement": AGREMENT}


def creer_organisme(cnx: Connection, corps: object, date_du_serveur: date | None = None) -> dict[str, Any]:
    """Make an organisation with its people and formations; by default one gestionnaire and an empty catalogue.

    In: `nom`, `date_reference`, `utilisateurs`, `formations`, all optional. The reference date is by default the
    server's fixed one, else the guide's. Out: what was made, passwords included.
    """
    demande = _objet(corps, {"nom", "date_reference", "utilisateurs", "formations"})
    siret = _siret()
    jour = _date_reference(demande.get("date_reference", (date_du_serveur or DATE_DU_GUIDE).isoformat()))
    nom = _texte(demande, "nom") or f"Organisme d’essai {siret[-8:]}"
    try:
        organisme = comptes.creer_organisme(cnx, nom, siret, jour)
        voulus = _liste(demande.get("utilisateurs", [{}]), "utilisateurs")
        utilisateurs = [_utilisateur(cnx, organisme, voulu) for voulu in voulus]
    except (CompteRefuse, MotDePasseRefuse) as refus:
        raise ValueError(refus.message) from refus
    creees = _ajouter(cnx, organisme, _liste(demande.get("formations", []), "formations"))
    return {
        "id": str(organisme.id), "nom": organisme.nom, "siret": organisme.siret, "utilisateurs": utilisateurs,
        "formations": creees,
    }  # fmt: skip


def connecter(cnx: Connection, courriel: str, maintenant: datetime) -> str:
    """Open a session for a person, without a password; gives the token of the cookie. Raises Introuvable."""
    return sessions.ouvrir(cnx, comptes.trouver(cnx, courriel), maintenant)


def expirer_sessions(cnx: Connection, courriel: str) -> int:
    """End now every session of a person, and say how many there were. Raises Introuvable."""
    return sessions.fermer_toutes(cnx, comptes.trouver(cnx, courriel).id)


def lister_formations(cnx: Connection, organisme_id: UUID) -> list[dict[str, Any]]:
    """Give all that is stored of the formations of an organisation, newest first. Raises Introuvable."""
    comptes.organisme(cnx, organisme_id)
    return [_faits(formation) for formation in formations.toutes(cnx, organisme_id)]


def ajouter_formations(cnx: Connection, organisme_id: UUID, corps: object) -> dict[str, Any]:
    """Add formations to an organisation. In: one formation, a list of them, or `formations` with that list.

    Raises Introuvable.
    """
    organisme = comptes.organisme(cnx, organisme_id)
    if isinstance(corps, dict) and "formations" in corps:
        corps = _objet(corps, {"formations"})["formations"]
    elif isinstance(corps, dict):
        corps = [corps]
    return {"formations": _ajouter(cnx, organisme, _liste(corps, "formations"))}


def modifier_formation(cnx: Connection, organisme_id: UUID, identifiant: str, corps: object) -> dict[str, int]:
    """Save other texts over a formation, as a colleague would. In: texts by field, `auteur` if his name matters.

    Out: the new version. Raises Introuvable.
    """
    organisme = comptes.organisme(cnx, organisme_id)
    actuelle = trouve(formations.par_identifiant(cnx, organisme_id, identifiant))
    demande = _objet(corps, {*NOMS, "auteur"})
    fiche = actuelle.fiche.avec(**{nom: _texte(demande, nom) for nom in demande if nom != "auteur"})
    acte = acte_d_un_collegue(organisme)
    if auteur := _texte(demande, "auteur"):
        acte = replace(acte, auteur=replace(acte.auteur, nom=auteur))
    try:
        soumise = catalogue.soumettre(cnx, acte, Envoi(actuelle.id, actuelle.version, fiche), Operation.ENREGISTRER)
    except OperationInterdite as refus:
        raise ValueError(f"Une formation au statut « {refus.statut.libelle} » ne se modifie pas.") from refus
    except FicheRefusee as refus:
        raise ValueError(_raisons(refus, Operation.ENREGISTRER)) from refus
    return {"version": soumise.formation.version}


def operer_formation(cnx: Connection, organisme_id: UUID, identifiant: str, corps: object) -> dict[str, str]:
    """Archive or remove a formation, as a colleague would. In: `operation`, by its name. Out: the same.

    Raises Introuvable.
    """
    organisme = comptes.organisme(cnx, organisme_id)
    actuelle = trouve(formations.par_identifiant(cnx, organisme_id, identifiant))
    operation = _parmi(_objet(corps, {"operation"}), "operation", set(_OPERATIONS), "")
    try:
        _OPERATIONS[operation](cnx, acte_d_un_collegue(organisme), actuelle.id, actuelle.version)
    except OperationInterdite as refus:
        raise ValueError(f"Une formation au statut « {refus.statut.libelle} » ne se prête pas à cela.") from refus
    return {"operation": operation}


def regler_organisme(cnx: Connection, organisme_id: UUID, corps: object) -> dict[str, str]:
    """Set the reference date of an organisation. In: `date_reference`. Out: the date. Raises Introuvable."""
    demande = _objet(corps, {"date_reference"})
    jour = _date_reference(demande.get("date_reference"))
    if not comptes_gardes.changer_date_reference(cnx, organisme_id, jour):
        raise Introuvable
    return {"date_reference": jour.isoformat()}


def supprimer_organisme(cnx: Connection, organisme_id: UUID) -> None:
    """Remove an organisation, its people, their sessions, its formations, and what the registry was told of it.

    Raises Introuvable.
    """
    siret = comptes.organisme(cnx, organisme_id).siret
    if not comptes_gardes.supprimer_organisme(cnx, organisme_id):
        raise Introuvable
    retirer_habilitations(cnx, siret)
    retirer_certifications(cnx, organisme_id)


def _utilisateur(cnx: Connection, organisme: Organisme, voulu: object) -> dict[str, Any]:
    demande = _objet(voulu, {"role", "nom", "mot_de_passe"})
    role = _parmi(demande, "role", {r.value for r in Role}, Role.GESTIONNAIRE_CATALOGUE.value)
    nom = _texte(demande, "nom") or "Dominique Essai"
    courriel = f"{role}.{secrets.token_hex(8)}@essai.example"
    mot_de_passe = _texte(demande, "mot_de_passe") or None
    cree = comptes.creer_compte(cnx, organisme.id, comptes.Personne(nom, courriel, Role(role)), mot_de_passe)
    return {
        "id": str(cree.id), "nom": cree.nom, "courriel": cree.courriel, "role": cree.role.value,
        "mot_de_passe": mot_de_passe,
    }  # fmt: skip


def _ajouter(cnx: Connection, organisme: Organisme, voulues: list[Any]) -> list[dict[str, str]]:
    # A second apart, the last of the list the newest, as if they had been written one after the other.
    _, maintenant = _instant(organisme)
    nombre = len(voulues)
    nouvelles = [
        _formation(cnx, organisme, voulue, maintenant - timedelta(seconds=nombre - 1 - rang))
        for rang, voulue in enumerate(voulues)
    ]
    try:
        formations.ajouter_en_nombre(cnx, nouvelles)
    except IdentifiantPris:
        raise ValueError("Deux formations auraient le même identifiant.") from None
    except CategorisationPrise:
        raise ValueError("Deux VAE validées auraient la même catégorisation.") from None
    return [{"id": str(nouvelle.id), "identifiant": nouvelle.fiche.identifiant} for nouvelle in nouvelles]


def _formation(cnx: Connection, organisme: Organisme, voulue: object, maintenant: datetime) -> Formation:
    demande = _objet(voulue, {*NOMS, "statut", "modifiee_le"})
    statut = Statut(_parmi(demande, "statut", {s.value for s in Statut}, Statut.BROUILLON.value))
    if "modifiee_le" in demande:
        maintenant = datetime.combine(_date(demande["modifiee_le"], "modifiee_le"), _MIDI, _PARIS).astimezone(UTC)
    acte = Acte(_collegue(organisme), DATE_DU_GUIDE, maintenant)
    fiche, diagnostic = _fiche(cnx, demande, statut)
    operation = Operation.VALIDER if statut is Statut.VALIDEE else Operation.ENREGISTRER
    try:
        nouvelle = Formation.nouvelle(acte, Envoi(uuid4(), 0, fiche), operation, diagnostic)
    except FicheRefusee as refus:
        raise ValueError(f"{fiche.identifiant or 'Formation'} : {_raisons(refus, operation)}") from refus
    return nouvelle.archiver(acte) if statut is Statut.ARCHIVEE else nouvelle


def acte_d_un_collegue(organisme: Organisme) -> Acte:
    """Give what a colleague does now, at the reference date of an organisation."""
    return Acte(_collegue(organisme), *_instant(organisme))


def _collegue(organisme: Organisme) -> Utilisateur:
    return Utilisateur(uuid4(), organisme, COLLEGUE, "", Role.GESTIONNAIRE_CATALOGUE)


def _raisons(refus: FicheRefusee, operation: Operation) -> str:
    raisons = refus.diagnostic.contre(EXIGENCES[operation]) or refus.diagnostic.bloquantes
    return " ".join(f"{raison.champ} : {raison.message}" for raison in raisons)


def _fiche(cnx: Connection, demande: dict[str, Any], statut: Statut) -> tuple[FicheFormation, Diagnostic]:
    donnes = {nom: _texte(demande, nom) for nom in NOMS if nom in demande}
    code = donnes.get("certification", "RS2203")
    certification = registre.certification(cnx, code)
    if certification is None:
        raise ValueError(code_inconnu(code))
    regle = regle_de(certification)
    base = {"type_formation": regle.type_formation.value, "certification": code}
    if statut is Statut.VALIDEE:
        base |= {**TEXTES_COMPLETS, **TEXTES_PROPRES, "intitule": certification.intitule}
        base |= {"objectif_general": regle.objectifs[0]}
        if NUMERO_AGREMENT in champs_de(regle.type_formation, code):
            base["objectif"] += f" Agrément préfectoral n° {AGREMENT}."
    fiche = FicheFormation.lire({**base, **donnes})
    # A « validée » whose certification has expired since is a fact of life: scenarios need it.
    lues = controler(fiche, certification, DATE_DU_GUIDE, registre.blocs(cnx, code)).anomalies
    return fiche, Diagnostic(tuple(a for a in lues if a.code is not Code.CERTIFICATION_INACTIVE))


def _faits(formation: Formation) -> dict[str, Any]:
    return {
        "id": str(formation.id),
        **{nom: formation.fiche.valeur(nom) for nom in NOMS},
        "statut": formation.statut.value,
        "version": formation.version,
        "creee_le": formation.creee_le.isoformat(),
        "modifiee_le": formation.modifiee_le.isoformat(),
        "modifiee_par": formation.modifiee_par,
    }


def _siret() -> str:
    """Draw a SIRET that passes the check digit and that no real organisation should have."""
    siren = f"999{secrets.randbelow(10**5):05d}"
    siren += luhn.calc_check_digit(siren)
    nic = f"{secrets.randbelow(10**4):04d}"
    return siren + nic + str(luhn.calc_check_digit(siren + nic))


def _date(valeur: object, nom: str) -> date:
    try:
        return date.fromisoformat(str(valeur))
    except ValueError:
        raise ValueError(f"« {nom} » doit être une date comme 2019-11-28.") from None


def _date_reference(valeur: object) -> date:
    return datetime.now(_PARIS).date() if valeur == AUJOURD_HUI else _date(valeur, "date_reference")


def _instant(organisme: Organisme) -> tuple[date, datetime]:
    """Give the present day and moment of an organisation: its reference date, at this time of day in Paris."""
    maintenant = datetime.now(_PARIS)
    jour = organisme.date_reference or maintenant.date()
    return jour, datetime.combine(jour, maintenant.time(), _PARIS).astimezone(UTC)
