"""The same random operations on SQLite and on PostgreSQL give the same answers, and the kept counts stay true."""

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select

from tests.builders import LE, Atelier, enregistrer, enregistrer_nouvelle, une_fiche, valider, valider_nouvelle
from webapp.domain.comptes import Utilisateur
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation, VersionDepassee
from webapp.domain.refus import RefusMetier
from webapp.domain.statuts import Statut
from webapp.persistence import compteurs, formations
from webapp.persistence.tables import formation
from webapp.services import catalogue
from webapp.services.catalogue import Curseur, Filtre, Restauree, Verification

# The long form of the promise is 2 000 sequences: SEQUENCES=2000.
SEQUENCES = int(os.environ.get("SEQUENCES", "40"))
LOTS = 8
LONGUEUR = 25
DATES = (LE, date(2026, 11, 23))
# What is drawn most often comes first; the rest is there to be refused now and then.
IDENTIFIANTS = (*(f"Clea_{n}" for n in range(1, 9)), "CLEA_1", "clea_2", "a b", "")
TEXTES = (
    "",
    "Texte",
    "été",
    "e\u0301te\u0301",
    "x" * 255,
    "100 %_/\\",
    "🙂",
    "x" * 256,
    "ligne\r\nligne",
    "a\x00b",
    "x" * 3000,
)
CERTIFICATIONS = (*["RS2203"] * 6, "RS3936", "RS7003", "RS313", "RS9999")
TYPES = (*["clea"] * 6, "certifiante", "vae")
OPERATIONS = (
    *["enregistrer"] * 5, *["valider"] * 5, *["archiver"] * 2, *["restaurer"] * 2, *["dupliquer"] * 2, "nouvelle",
    "valider_nouvelle", "supprimer", "verifier", "lister",
)  # fmt: skip


@dataclass(frozen=True)
class Etape:
    """One operation: on which formation, by whom, with which texts; plain values, that can be played anywhere.

    `retard`: how many versions behind the stored one the form is. `neuve`: the whole fiche is replaced; otherwise
    only `texte` changes in the stored one.
    """

    nom: str
    qui: int
    id: UUID
    autre_id: UUID
    retard: int
    neuve: FicheFormation | None
    champ: str
    texte: str
    le: date


def dessiner(hasard: random.Random) -> list[Etape]:
    """Draw a sequence: three formations are made, then anything happens to them."""
    ids = [UUID(int=hasard.getrandbits(128), version=4) for _ in range(5)]

    def fiche() -> FicheFormation:
        return une_fiche(
            identifiant=hasard.choice(IDENTIFIANTS), certification=hasard.choice(CERTIFICATIONS),
            type_formation=hasard.choice(TYPES),
        )  # fmt: skip

    def etape(nom: str, id_: UUID, neuve: FicheFormation | None) -> Etape:
        return Etape(
            nom, hasard.choice((0,) * 9 + (1,)), id_, hasard.choice(ids), hasard.choice((0, 0, 0, 1, 2)), neuve,
            hasard.choice(("intitule", "objectif", "points_forts", "identifiant")), hasard.choice(TEXTES),
            hasard.choice(DATES),
        )  # fmt: skip

    debut = [etape("nouvelle", id_, une_fiche(identifiant=f"Debut_{rang}")) for rang, id_ in enumerate(ids[:3])]
    suite = [
        etape(hasard.choice(OPERATIONS), hasard.choice(ids[:4]), fiche() if hasard.random() < 0.4 else None)
        for _ in range(LONGUEUR - len(debut))
    ]
    return debut + suite


def jouer(atelier: Atelier, etapes: list[Etape]) -> tuple[list[tuple[str, object]], list[object]]:
    """Play a sequence for two organisations; gives each answer, then what is kept: all but the organisations' uuids."""
    auteurs = [atelier.utilisateur(), atelier.utilisateur()]
    reponses: list[tuple[str, object]] = []
    gardees: list[object] = []
    for e in etapes:
        auteur = auteurs[e.qui]
        try:
            with atelier.base.ecriture() as cnx:
                reponse = decrire(executer(cnx, auteur, e, atelier.instant()))
        except RefusMetier as refus:
            reponse = decrire_refus(refus)
        reponses.append((e.nom, reponse))
    for auteur in auteurs:
        verifier_compteurs(atelier.base, auteur)
        with atelier.base.lecture() as cnx:
            gardees.append([decrire(une) for une in formations.toutes(cnx, auteur.organisme.id)])
            gardees.append(feuilleter(cnx, auteur.organisme, Filtre()))
    return reponses, gardees


def executer(cnx: Connection, auteur: Utilisateur, e: Etape, instant: datetime) -> object:
    stockee = formations.par_id(cnx, auteur.organisme.id, e.id)
    fiche = e.neuve or (stockee.fiche if stockee else une_fiche()).avec(**{e.champ: e.texte})
    version = (stockee.version if stockee else 1) - e.retard
    acte, ou, envoi = Acte(auteur, e.le, instant), auteur.organisme, Envoi(e.id, version, fiche)
    actions: dict[str, Callable[[], object]] = {
        "nouvelle": lambda: enregistrer_nouvelle(cnx, acte, e.id, fiche),
        "valider_nouvelle": lambda: valider_nouvelle(cnx, acte, e.id, fiche),
        "enregistrer": lambda: enregistrer(cnx, acte, e.id, version, fiche),
        "valider": lambda: valider(cnx, acte, e.id, version, fiche),
        "archiver": lambda: catalogue.archiver(cnx, acte, e.id, version),
        "restaurer": lambda: catalogue.restaurer(cnx, acte, e.id, version),
        "supprimer": lambda: catalogue.supprimer(cnx, acte, e.id, version),
        "dupliquer": lambda: catalogue.dupliquer(cnx, acte, e.id, version, e.autre_id),
        "verifier": lambda: catalogue.verifier_identifiant(cnx, ou, envoi, e.le),
        "lister": lambda: feuilleter(cnx, ou, Filtre(e.texte, (None, *Statut)[e.retard])),
    }
    return actions[e.nom]()


def feuilleter(cnx, organisme, filtre) -> list[object]:
    pages: list[object] = []
    apres = None
    while True:
        page = catalogue.lister(cnx, organisme, filtre, apres, 2)
        pages.append((page.lignes, page.compteurs, str(page.suivant)))
        if page.suivant is None:
            return pages
        apres = Curseur.lire(str(page.suivant))


def decrire(reponse: object) -> object:
    """Give what can be compared between two databases: all but the uuids of the organisation and of its people."""
    if isinstance(reponse, Formation):
        noms = [champ.name for champ in fields(reponse) if champ.name not in {"organisme_id", "modifiee_par_id"}]
        return {nom: getattr(reponse, nom) for nom in noms}
    if isinstance(reponse, catalogue.Supprimee):
        return decrire(reponse.formation), reponse.dependants
    if isinstance(reponse, Restauree):
        return decrire(reponse.formation), reponse.avant, reponse.empechements
    if isinstance(reponse, Verification):
        return replace(reponse, titulaire=None), decrire(reponse.titulaire)
    return reponse


def decrire_refus(refus: RefusMetier) -> object:
    if isinstance(refus, VersionDepassee):
        return type(refus).__name__, decrire(refus.actuelle)
    return type(refus).__name__, refus.diagnostic if isinstance(refus, FicheRefusee) else str(refus)


def verifier_compteurs(base, auteur) -> None:
    with base.lecture() as cnx:
        requete = select(formation.c.statut, func.count()).where(formation.c.organisme_id == auteur.organisme.id)
        reels = dict(cnx.execute(requete.group_by(formation.c.statut)).all())
        assert compteurs.par_statut(cnx, auteur.organisme.id) == {s: reels.get(s.value, 0) for s in Statut}


@pytest.mark.parametrize("lot", range(LOTS))
def test_both_databases_give_the_same_answers(base_sqlite, base_postgresql, lot):
    issues: Counter[bool] = Counter()
    for numero in range(lot, SEQUENCES, LOTS):
        etapes = dessiner(random.Random(numero))  # noqa: S311 - a reproducible draw, not a secret
        sur_sqlite = jouer(Atelier(base_sqlite), etapes)
        assert sur_sqlite == jouer(Atelier(base_postgresql), etapes), f"sequence {numero}"
        issues.update(isinstance(reponse, tuple) for _, reponse in sur_sqlite[0])
    # Sequences that only meet refusals, or none, would prove little.
    assert min(issues[True], issues[False]) > issues.total() / 4
