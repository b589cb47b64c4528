"""The same random operations on the tree give the same answers on both databases, and leave it whole."""

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from tests.builders import MAINTENANT, Atelier, un_acte
from tests.builders_arbre import LE, un_contact, un_lieu, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.controle_arbre import ControleArbre
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, FicheRefusee
from webapp.domain.noeud import Depot, Entree, Noeud, NoeudDepasse
from webapp.domain.refus import RefusMetier
from webapp.domain.statuts import Operation, Statut
from webapp.persistence.annuaire import CONTACTS, LIEUX, Annuaire
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds
from webapp.services import annuaire, arbre, controle

# The long form of the promise is 2 000 sequences: SEQUENCES=2000.
SEQUENCES = int(os.environ.get("SEQUENCES", "24"))
LOTS = 4
LONGUEUR = 30
RANGEMENTS: dict[Niveau, Noeuds | Annuaire] = {
    Niveau.ACTION: ACTIONS,
    Niveau.SESSION: SESSIONS,
    Niveau.CONTACT: CONTACTS,
    Niveau.LIEU: LIEUX,
}
VALEURS = {
    "numero": ("1", "2", " 1 ", "é", "e\u0301", "x" * 31, "x" * 301, "", "a\x00b"),
    "duree": ("24", "30 h", "60", "", "douze", "0"),
    "frais_ttc": ("1 200,00", "", "gratuit", "1.200"),
    "langue": ("FR", "EN", "xx", "ZZZ"),
    "debut": ("2027-03-01", "2/3/2027", "20260231", ""),
    "fin": ("2027-03-05", "", "1/1/2027"),
    "garantie": ("oui", "0", "?"),
    "telephone": ("05 61 00 00 00", "", "poste 12"),
    "ville": ("Toulouse", "", "x" * 51),
    "libelle_voie": ("des Essais", ""),
}
CHAMPS = {
    Niveau.ACTION: ("numero", "duree", "frais_ttc", "langue"), Niveau.SESSION: ("numero", "debut", "fin", "garantie"),
    Niveau.CONTACT: ("telephone",), Niveau.LIEU: ("ville", "libelle_voie"),
}  # fmt: skip
OPERATIONS = (
    *["enregistrer"] * 5, *["valider"] * 5, *["archiver"] * 2, *["restaurer"] * 3, *["dupliquer"] * 2, "supprimer",
    "creer", "controler",
)  # fmt: skip


@dataclass(frozen=True)
class Etape:
    """One operation, in plain values that can be played anywhere. `retard`: versions behind the stored one."""

    nom: str
    niveau: Niveau
    id: UUID
    parent: UUID
    autre: UUID
    retard: int
    champ: str
    texte: str


def dessiner(hasard: random.Random) -> list[Etape]:
    ids = {niveau: [UUID(int=hasard.getrandbits(128), version=4) for _ in range(3)] for niveau in RANGEMENTS}

    def etape(nom: str, niveau: Niveau, id_: UUID | None = None) -> Etape:
        champ = hasard.choice(CHAMPS[niveau])
        return Etape(
            nom, niveau, id_ or hasard.choice(ids[niveau]), hasard.choice(ids[Niveau.ACTION][:2]),
            hasard.choice(ids[niveau]), hasard.choice((0, 0, 0, 0, 1)), champ, hasard.choice(VALEURS[champ]),
        )  # fmt: skip

    debut = [etape("creer", niveau, ids[niveau][0]) for niveau in (Niveau.CONTACT, Niveau.LIEU, Niveau.ACTION)]
    niveaux = (
        Niveau.ACTION,
        Niveau.ACTION,
        Niveau.SESSION,
        Niveau.SESSION,
        Niveau.SESSION,
        Niveau.CONTACT,
        Niveau.LIEU,
    )
    return debut + [etape(hasard.choice(OPERATIONS), hasard.choice(niveaux)) for _ in range(LONGUEUR)]


def premiere(niveau: Niveau, cnx, organisme) -> Fiche:
    """Give a complete fiche, that refers to the first contact and place of the organisation."""
    contacts, lieux = CONTACTS.tous(cnx, organisme.id), LIEUX.tous(cnx, organisme.id)
    contact, lieu = str(contacts[0].id) if contacts else "", str(lieux[0].id) if lieux else ""
    return {
        Niveau.CONTACT: un_contact, Niveau.SESSION: une_session, Niveau.LIEU: lambda: un_lieu(contact=contact),
        Niveau.ACTION: lambda: une_action(contact=contact, lieu=lieu),
    }[niveau]()  # fmt: skip


def executer(cnx, acte: Acte, formation_id: UUID, e: Etape) -> object:
    stocke = RANGEMENTS[e.niveau].par_id(cnx, acte.organisme.id, e.id)
    version = (stocke.version if stocke else 1) - e.retard
    fiche = (stocke.fiche if stocke else premiere(e.niveau, cnx, acte.organisme)).avec(**{e.champ: e.texte})
    if e.nom == "controler":
        return controle.de_la_formation(cnx, acte.organisme, formation_id, acte.le)
    if e.niveau in {Niveau.CONTACT, Niveau.LIEU}:
        if e.nom == "supprimer":
            return annuaire.supprimer(cnx, acte, e.niveau, e.id, version)
        return annuaire.soumettre(cnx, acte, Depot(e.id, 0 if e.nom == "creer" else version, fiche))
    parent = formation_id if e.niveau is Niveau.ACTION else e.parent
    operations: dict[str, Callable[[], object]] = {
        "creer": lambda: arbre.soumettre(cnx, acte, Depot(e.id, 0, fiche, parent), Operation.ENREGISTRER),
        "enregistrer": lambda: arbre.soumettre(cnx, acte, Depot(e.id, version, fiche, parent), Operation.ENREGISTRER),
        "valider": lambda: arbre.soumettre(cnx, acte, Depot(e.id, version, fiche, parent), Operation.VALIDER),
        "archiver": lambda: arbre.archiver(cnx, acte, e.niveau, e.id, version),
        "restaurer": lambda: arbre.restaurer(cnx, acte, e.niveau, e.id, version),
        "supprimer": lambda: arbre.supprimer(cnx, acte, e.niveau, e.id, version),
        "dupliquer": lambda: (
            arbre.dupliquer_action(cnx, acte, e.id, version, e.autre)
            if e.niveau is Niveau.ACTION
            else arbre.dupliquer_session(cnx, acte, e.id, version, e.autre, 2)
        ),
    }
    return operations[e.nom]()


def decrire(reponse: object) -> object:
    """Give what can be compared: all but the uuids of the organisation and of the formation."""
    commun = UUID(int=0)
    if isinstance(reponse, Noeud):
        action = reponse.niveau is Niveau.ACTION
        return replace(
            reponse, organisme_id=commun, formation_id=commun, parent_id=commun if action else reponse.parent_id
        )
    if isinstance(reponse, Entree):
        return replace(reponse, organisme_id=commun)
    if isinstance(reponse, arbre.NoeudSoumis):
        return decrire(reponse.noeud), reponse.avant
    if isinstance(reponse, arbre.Suppression):
        return decrire(reponse.noeud), [decrire(parti) for parti in reponse.dependants]
    assert isinstance(reponse, ControleArbre)
    manques = [(manque.niveau, manque.message) for manque in reponse.manques]
    return [(c.niveau, c.nom, c.anomalie) for c in reponse.constats], manques


def decrire_refus(refus: RefusMetier) -> object:
    if isinstance(refus, NoeudDepasse):
        return type(refus).__name__, decrire(refus.actuel)
    return type(refus).__name__, refus.diagnostic if isinstance(refus, FicheRefusee) else str(refus)


def jouer(atelier: Atelier, etapes: list[Etape]) -> tuple[list[tuple[str, bool, object]], list[object]]:
    """Play a sequence; gives each operation, whether it was refused and its answer, then all that is kept."""
    auteur = atelier.utilisateur()
    formation = atelier.formation(auteur, statut=Statut.VALIDEE)
    acte = un_acte(auteur, LE, MAINTENANT)
    reponses: list[tuple[str, bool, object]] = []
    for e in etapes:
        try:
            with atelier.base.ecriture() as cnx:
                reponses.append((e.nom, False, decrire(executer(cnx, acte, formation.id, e))))
        except RefusMetier as refus:
            reponses.append((e.nom, True, decrire_refus(refus)))
    with atelier.base.lecture() as cnx:
        actions = ACTIONS.du_parent(cnx, auteur.organisme.id, formation.id)
        sessions = SESSIONS.de_la_formation(cnx, auteur.organisme.id, formation.id)
        entrees = [e for annuaire_ in (CONTACTS, LIEUX) for e in annuaire_.tous(cnx, auteur.organisme.id)]
    assert set(sessions) <= {action.id for action in actions}
    connus = {str(entree.id) for entree in entrees}
    noeuds = [*actions, *(session for siennes in sessions.values() for session in siennes)]
    for noeud in noeuds:
        assert {id_ for _, id_ in noeud.fiche.references()} <= connus
        assert (noeud.statut is Statut.ARCHIVEE) == (noeud.archivee_le is not None)
        assert noeud.statut is not Statut.VALIDEE or noeud.validee_le is not None
    return reponses, [decrire(un) for un in (*noeuds, *entrees)]


@pytest.mark.parametrize("lot", range(LOTS))
def test_both_databases_give_the_same_answers(base_sqlite, base_postgresql, lot):
    issues: Counter[bool] = Counter()
    faites: Counter[str] = Counter()
    for numero in range(lot, SEQUENCES, LOTS):
        etapes = dessiner(random.Random(numero))  # noqa: S311 - a reproducible draw, not a secret
        sur_sqlite = jouer(Atelier(base_sqlite), etapes)
        assert sur_sqlite == jouer(Atelier(base_postgresql), etapes), f"sequence {numero}"
        issues.update(refusee for _, refusee, _ in sur_sqlite[0])
        faites.update(nom for nom, refusee, _ in sur_sqlite[0] if not refusee)
    # Sequences that only meet refusals, or none, would prove little; so would an operation that is never done.
    assert min(issues[True], issues[False]) > issues.total() / 5
    assert set(faites) == set(OPERATIONS)
