"""The same random operations on SQLite and on PostgreSQL give the same answers, and the kept counts stay true."""

import os
import random
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from tests.builders import LE, Atelier, une_fiche
from webapp.domain.errors import FicheRefusee, RefusMetier, VersionDepassee
from webapp.domain.fiche import FicheFormation
from webapp.domain.statuts import Statut
from webapp.persistence import formations
from webapp.persistence.tables import formation
from webapp.services import catalogue
from webapp.services.catalogue import Curseur, Filtre

# The long form of the promise is 2 000 sequences: SEQUENCES=2000.
SEQUENCES = int(os.environ.get("SEQUENCES", "40"))
LOTS = 8
LONGUEUR = 25
DATES = (LE, date(2026, 11, 23))
IDENTIFIANTS = ("Clea_1", "CLEA_1", "clea_2", "Num-1", "a b", "", "x" * 31)
TEXTES = ("", "Texte", "été", "e\u0301te\u0301", "x" * 255, "x" * 256, "ligne\r\nligne", "100 %_/\\", "a\x00b", "🙂")
CERTIFICATIONS = ("RS2203", "RS2203", "RS3936", "RS313", "RS7003", "RS9999", "")


def dessiner(hasard: random.Random) -> list[tuple]:
    """Draw a sequence of operations, as plain values that can be played anywhere."""
    ids = [UUID(int=hasard.getrandbits(128), version=4) for _ in range(4)]

    def fiche() -> FicheFormation:
        champs = {nom: hasard.choice(TEXTES) for nom in hasard.sample(["intitule", "objectif", "points_forts"], 1)}
        return une_fiche(
            identifiant=hasard.choice(IDENTIFIANTS), certification=hasard.choice(CERTIFICATIONS),
            type_formation=hasard.choice(("clea", "clea", "certifiante", "vae")),
            **(champs if hasard.random() < 0.6 else {}),
        )  # fmt: skip

    def etape() -> tuple:
        le, id_ = hasard.choice(DATES), hasard.choice(ids)
        nom = hasard.choice(
            ["nouvelle"] * 4 + ["enregistrer"] * 4 + ["valider"] * 3
            + ["valider_nouvelle", "archiver", "restaurer", "supprimer", "dupliquer", "verifier", "lister"]
        )  # fmt: skip
        return nom, hasard.randrange(2), id_, hasard.randrange(1, 5), fiche(), le, hasard.choice(ids), hasard.choice(TEXTES)

    return [etape() for _ in range(LONGUEUR)]


def jouer(atelier: Atelier, etapes: list[tuple]) -> list[object]:
    """Play a sequence for two organisations; gives every answer, uuids of the organisations apart."""
    auteurs = [atelier.utilisateur(), atelier.utilisateur()]
    reponses: list[object] = []
    for nom, qui, id_, version, fiche, le, autre_id, texte in etapes:
        auteur, instant = auteurs[qui], atelier.instant()
        actions = {
            "nouvelle": lambda cnx: catalogue.enregistrer_nouvelle(cnx, auteur, id_, fiche, le, instant),
            "valider_nouvelle": lambda cnx: catalogue.valider_nouvelle(cnx, auteur, id_, fiche, le, instant),
            "enregistrer": lambda cnx: catalogue.enregistrer(cnx, auteur, id_, version, fiche, le, instant),
            "valider": lambda cnx: catalogue.valider(cnx, auteur, id_, version, fiche, le, instant),
            "archiver": lambda cnx: catalogue.archiver(cnx, auteur, id_, instant),
            "restaurer": lambda cnx: catalogue.restaurer(cnx, auteur, id_, instant),
            "supprimer": lambda cnx: catalogue.supprimer(cnx, auteur, id_),
            "dupliquer": lambda cnx: catalogue.dupliquer(cnx, auteur, id_, fiche.identifiant, autre_id, le, instant),
            "verifier": lambda cnx: catalogue.verifier_identifiant(cnx, auteur.organisme, fiche.identifiant, id_),
            "lister": lambda cnx: feuilleter(cnx, auteur.organisme, Filtre(texte, Statut.BROUILLON if version == 1 else None)),
        }
        try:
            with atelier.base.ecriture() as cnx:
                reponse = decrire(actions[nom](cnx))
        except RefusMetier as refus:
            reponse = decrire_refus(refus)
        reponses.append((nom, reponse))
    for auteur in auteurs:
        verifier_compteurs(atelier.base, auteur)
        with atelier.base.lecture() as cnx:
            reponses.append([decrire(une) for une in formations.toutes(cnx, auteur.organisme.id)])
            reponses.append(decrire(feuilleter(cnx, auteur.organisme, Filtre())))
    return reponses


def feuilleter(cnx, organisme, filtre) -> list[object]:
    pages, apres = [], None
    while True:
        page = catalogue.lister(cnx, organisme, filtre, apres, 2)
        pages.append((page.lignes, page.compteurs, str(page.suivant)))
        if page.suivant is None:
            return pages
        apres = Curseur.lire(str(page.suivant))


def decrire(reponse: object) -> object:
    """Give what can be compared between two databases: all but the uuid of the organisation."""
    if hasattr(reponse, "organisme_id"):
        return {nom: getattr(reponse, nom) for nom in type(reponse).__slots__ if nom != "organisme_id"}
    return reponse


def decrire_refus(refus: RefusMetier) -> object:
    if isinstance(refus, VersionDepassee):
        return type(refus).__name__, decrire(refus.actuelle)
    return type(refus).__name__, refus.bilan if isinstance(refus, FicheRefusee) else str(refus)


def verifier_compteurs(base, auteur) -> None:
    with base.lecture() as cnx:
        requete = select(formation.c.statut, func.count()).where(formation.c.organisme_id == auteur.organisme.id)
        reels = dict(cnx.execute(requete.group_by(formation.c.statut)).all())
        assert formations.compteurs(cnx, auteur.organisme.id) == {s: reels.get(s.value, 0) for s in Statut}


@pytest.mark.parametrize("lot", range(LOTS))
def test_both_databases_give_the_same_answers(base_sqlite, base_postgresql, lot):
    reussies = refusees = 0
    for numero in range(lot, SEQUENCES, LOTS):
        etapes = dessiner(random.Random(numero))  # noqa: S311 - a reproducible draw, not a secret
        sur_sqlite = jouer(Atelier(base_sqlite), etapes)
        assert sur_sqlite == jouer(Atelier(base_postgresql), etapes), f"sequence {numero}"
        refus = [r for _, r in sur_sqlite[:LONGUEUR] if isinstance(r, tuple)]
        refusees += len(refus)
        reussies += LONGUEUR - len(refus)
    # A sequence that only meets refusals, or none, would prove little.
    assert min(reussies, refusees) > LONGUEUR * (SEQUENCES // LOTS) // 5
