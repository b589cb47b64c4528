"""How many statements each operation sends: a promise, since each is a journey to the database."""

from uuid import uuid4

import pytest

from tests.builders import LE, MAINTENANT, MOT_DE_PASSE, enregistrer, enregistrer_nouvelle, une_fiche, valider
from webapp.domain.formation import Envoi
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.services import catalogue, comptes, registre, sessions


@pytest.fixture(autouse=True)
def registre_connu(base, monkeypatch):
    # In use, the registry's mark is read once a second in each process, whatever the number of requests.
    monkeypatch.setattr(registre, "FRAICHEUR", 3600)
    with base.lecture() as cnx:
        registre.par_codes(cnx, ("RS2203", "RS3936"))
        registre.de_la_famille(cnx, TypeFormation.CLEA)


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)


@pytest.fixture
def compter(base, requetes):
    def compter(operation, *args):
        with base.ecriture() as cnx, requetes(cnx) as envoyees:
            operation(cnx, *args)
        return len(envoyees)

    return compter


def test_reading(atelier, auteur, compter):
    formation = atelier.formation(auteur)
    assert compter(catalogue.ouvrir, auteur.organisme, formation.id) == 1
    assert compter(catalogue.lister, auteur.organisme, catalogue.Filtre()) == 2
    envoi = Envoi(uuid4(), 0, une_fiche(identifiant="Libre"))
    assert compter(catalogue.diagnostiquer, auteur.organisme, envoi, LE) == 1
    assert (
        compter(catalogue.diagnostiquer, auteur.organisme, Envoi(formation.id, 1, formation.fiche), LE, formation) == 0
    )
    assert compter(catalogue.verifier_identifiant, auteur.organisme, envoi, LE) == 1
    assert compter(registre.certification, "RS2203") == 0
    assert compter(registre.de_la_famille, TypeFormation.CLEA) == 0


def test_writing(atelier, auteur, compter):
    acte = atelier.acte(auteur)
    id_, fiche = uuid4(), une_fiche()
    # Look for it, ask for the identifier, write, read the title of its certification, keep its words, count it by its
    # status and by its kind; a count that is not there yet takes one more.
    assert compter(enregistrer_nouvelle, acte, id_, fiche) == 8
    assert compter(enregistrer_nouvelle, acte, id_, fiche) == 1
    # Read, write; the identifier is its own, the status does not change.
    assert compter(enregistrer, acte, id_, 1, fiche.avec(objectif="x")) == 2
    assert compter(enregistrer, acte, id_, 1, fiche.avec(objectif="x")) == 1
    # Another title, other words: written, read and kept.
    assert compter(enregistrer, acte, id_, 2, fiche.avec(objectif="x", intitule="y")) == 4
    assert compter(enregistrer, acte, id_, 3, fiche.avec(objectif="x")) == 4
    # Nothing changes: nothing is written.
    assert compter(enregistrer, acte, id_, 4, fiche.avec(objectif="x")) == 1
    # Read, write, count down and up, by the status and by the kind.
    assert compter(valider, acte, id_, 4, fiche) == 7
    assert compter(catalogue.archiver, acte, id_, 5) == 7
    # Its identifier is its own: the judge asks for nothing.
    assert compter(catalogue.restaurer, acte, id_, 6) == 6
    # Read the original, look for the copy, write, its words, count: it has no identifier to ask for.
    assert compter(catalogue.dupliquer, acte, id_, 7, uuid4()) == 7
    assert compter(catalogue.archiver, acte, id_, 7) == 6
    # Read, look for the actions that it holds, remove, count.
    assert compter(catalogue.supprimer, acte, id_, 8) == 5
    assert atelier.formation(auteur, statut=Statut.VALIDEE).version == 1


def test_signing_in(auteur, base, compter):
    assert compter(comptes.authentifier, auteur.courriel, MOT_DE_PASSE) == 1
    assert compter(comptes.rafraichir_empreinte, auteur, MOT_DE_PASSE) == 1
    assert compter(sessions.ouvrir, auteur, MAINTENANT) == 2
    with base.ecriture() as cnx:
        jeton = sessions.ouvrir(cnx, auteur, MAINTENANT)
        session = sessions.lire(cnx, jeton, MAINTENANT)
    assert compter(sessions.lire, jeton, MAINTENANT) == 1
    # Read what is there now, write it changed.
    assert compter(sessions.ecrire, session, {"a": 1}) == 2
    assert compter(sessions.prolonger, session, MAINTENANT) == 1
    assert compter(sessions.fermer, jeton) == 1
