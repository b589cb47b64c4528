"""How many statements each operation sends: a promise, since each is a journey to the database."""

from uuid import uuid4

import pytest

from tests.builders import LE, MAINTENANT, MOT_DE_PASSE, une_fiche
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
    assert compter(catalogue.verifier_identifiant, auteur.organisme, "Libre", None) == 1
    assert compter(registre.certification, "RS2203") == 0
    assert compter(registre.de_la_famille, TypeFormation.CLEA) == 0


def test_writing(atelier, auteur, compter):
    maintenant = atelier.instant()
    id_, fiche = uuid4(), une_fiche()
    # Look for it, ask for the identifier, write, count.
    assert compter(catalogue.enregistrer_nouvelle, auteur, id_, fiche, LE, maintenant) == 4
    assert compter(catalogue.enregistrer_nouvelle, auteur, id_, fiche, LE, maintenant) == 1
    # Read, write; the identifier is its own, the status does not change.
    assert compter(catalogue.enregistrer, auteur, id_, 1, fiche.avec(objectif="x"), LE, maintenant) == 2
    assert compter(catalogue.enregistrer, auteur, id_, 1, fiche.avec(objectif="x"), LE, maintenant) == 1
    # Read, write, count down, count up.
    assert compter(catalogue.valider, auteur, id_, 2, fiche, LE, maintenant) == 4
    assert compter(catalogue.archiver, auteur, id_, maintenant) == 4
    assert compter(catalogue.restaurer, auteur, id_, maintenant) == 4
    assert compter(catalogue.dupliquer, auteur, id_, "Copie", uuid4(), LE, maintenant) == 5
    assert compter(catalogue.supprimer, auteur, id_) == 3
    assert atelier.formation(auteur, statut=Statut.VALIDEE).version == 1


def test_signing_in(auteur, base, compter):
    assert compter(comptes.authentifier, auteur.courriel, MOT_DE_PASSE) == 1
    assert compter(comptes.rafraichir_empreinte, auteur, MOT_DE_PASSE) == 1
    assert compter(sessions.ouvrir, auteur, MAINTENANT) == 2
    with base.ecriture() as cnx:
        jeton = sessions.ouvrir(cnx, auteur, MAINTENANT)
        session = sessions.lire(cnx, jeton, MAINTENANT)
    assert compter(sessions.lire, jeton, MAINTENANT) == 1
    assert compter(sessions.ecrire, session, {"a": 1}) == 1
    assert compter(sessions.prolonger, session, MAINTENANT) == 1
    assert compter(sessions.fermer, jeton) == 1
