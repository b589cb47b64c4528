"""Behind the test door: the actions and sessions of a formation, with the contacts and places that they refer to.

All are made by the services, as a colleague would by the screens; what they refuse, the door refuses with its reasons.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from webapp.banc_essai.corps import liste, objet, parmi, texte
from webapp.banc_essai.donnees import acte_d_un_collegue
from webapp.domain.champs import Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, FicheRefusee
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.refus import trouve
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import formations
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import annuaire, arbre, comptes

# What is there when a body does not say otherwise: enough for each to be « validée ».
COMPLETS: dict[Niveau, dict[str, str]] = {
    Niveau.CONTACT: {
        "prenom": "Nadia", "nom": "Roussel", "telephone": "0536491230", "courriel": "nadia.roussel@alpha.example",
    },
    Niveau.LIEU: {
        "denomination": "Site Garonne", "numero_voie": "12", "nature_voie": "RUE", "libelle_voie": "des Essais",
        "code_postal": "31000", "ville": "Toulouse",
    },
    Niveau.ACTION: {
        "numero": "A1", "modalites_enseignement": "0", "entrees_sorties": "0", "duree": "24", "rythmes": "1",
        "langue": "FR", "niveau_entree_obligatoire": "non", "prerequis": "non", "modalites_admission": "92005",
        "taux_tva": "0.0", "frais_ht": "1200", "frais_ttc": "1200", "acces_handicapes": "Ascenseur.",
    },
    Niveau.SESSION: {"numero": "S1", "debut": "2027-03-01", "fin": "2027-03-05", "etat_recrutement": "1"},
}  # fmt: skip


def planter_arbre(cnx: Connection, organisme_id: UUID, identifiant: str, corps: object) -> dict[str, Any]:
    """Give a formation actions with their sessions.

    In: `actions`, a list; each has texts by field, `statut`, `sessions` (the same). `contact` and `lieu` are objects of
    texts by field; both are made, complete, when they are not said. Out: the ids of all that was made. Raises
    Introuvable.
    """
    organisme = comptes.organisme(cnx, organisme_id)
    formation = trouve(formations.par_identifiant(cnx, organisme_id, identifiant))
    acte = acte_d_un_collegue(organisme)
    voulues = liste(objet(corps, {"actions"}).get("actions", [{}]), "actions")
    # A second apart, as if they had been made one after the other: that is their order.
    moments = [acte.maintenant - timedelta(seconds=len(voulues) - 1 - rang) for rang in range(len(voulues))]
    return {
        "actions": [
            _action(cnx, replace(acte, maintenant=moment), formation.id, voulue)
            for moment, voulue in zip(moments, voulues, strict=True)
        ]
    }


def lister_arbre(cnx: Connection, organisme_id: UUID, identifiant: str) -> dict[str, Any]:
    """Give all that is stored of the actions of a formation and of their sessions, in order. Raises Introuvable."""
    formation = trouve(formations.par_identifiant(cnx, organisme_id, identifiant))
    sessions = SESSIONS.de_la_formation(cnx, organisme_id, formation.id)
    actions = ACTIONS.du_parent(cnx, organisme_id, formation.id)
    return {"actions": [_faits(a) | {"sessions": list(map(_faits, sessions.get(a.id, ())))} for a in actions]}


def _action(cnx: Connection, acte: Acte, formation_id: UUID, voulue: object) -> dict[str, Any]:
    demande = dict(objet(voulue, {*PAR_NOM[Niveau.ACTION], "statut", "sessions"}))
    contact = _entree(cnx, acte, Niveau.CONTACT, demande.pop("contact", {}))
    lieu = _entree(cnx, acte, Niveau.LIEU, demande.pop("lieu", {}), contact=contact)
    sessions = liste(demande.pop("sessions", []), "sessions")
    references = {"contact": contact, "lieu": lieu}
    # Its sessions are made before it is archived: nothing is added to what is hidden.
    action = _noeud(cnx, acte, Niveau.ACTION, formation_id, demande, **references)
    faites = [
        _archiver(cnx, acte, une, _noeud(cnx, acte, Niveau.SESSION, action.id, une))
        for une in (dict(objet(voulue_, {*PAR_NOM[Niveau.SESSION], "statut"})) for voulue_ in sessions)
    ]
    _archiver(cnx, acte, demande, action)
    return {"id": str(action.id), **references, "sessions": [str(une.id) for une in faites]}


def _noeud(
    cnx: Connection, acte: Acte, niveau: Niveau, parent_id: UUID, demande: dict[str, Any], **references: str
) -> Noeud:
    statut = _statut(demande)
    textes = {nom: texte(demande, nom) for nom in demande if nom != "statut"}
    fiche = Fiche.lire(niveau, {**COMPLETS[niveau], **references, **textes})
    operation = Operation.VALIDER if statut is Statut.VALIDEE else Operation.ENREGISTRER
    try:
        return arbre.soumettre(cnx, acte, Depot(uuid4(), 0, fiche, parent_id), operation).noeud
    except FicheRefusee as refus:
        raisons = " ".join(f"{a.champ} : {a.message}" for a in refus.diagnostic.bloquantes)
        raise ValueError(f"{fiche.nom or niveau.value} : {raisons}") from refus


def _archiver(cnx: Connection, acte: Acte, demande: dict[str, Any], noeud: Noeud) -> Noeud:
    if _statut(demande) is not Statut.ARCHIVEE:
        return noeud
    return arbre.archiver(cnx, acte, noeud.niveau, noeud.id, noeud.version)


def _statut(demande: dict[str, Any]) -> Statut:
    return Statut(parmi(demande, "statut", {s.value for s in Statut}, Statut.BROUILLON.value))


def _entree(cnx: Connection, acte: Acte, niveau: Niveau, voulue: object, **references: str) -> str:
    demande = objet(voulue, set(PAR_NOM[niveau]))
    fiche = Fiche.lire(niveau, {**COMPLETS[niveau], **references, **{nom: texte(demande, nom) for nom in demande}})
    try:
        return str(annuaire.soumettre(cnx, acte, Depot(uuid4(), 0, fiche)).id)
    except FicheRefusee as refus:
        raise ValueError(" ".join(a.message for a in refus.diagnostic.bloquantes)) from refus


def _faits(noeud: Noeud) -> dict[str, Any]:
    return {"id": str(noeud.id), **noeud.fiche.textes, "statut": noeud.statut.value, "version": noeud.version}
