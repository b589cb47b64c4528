from uuid import uuid4

import pytest

from tests.builders import LE, enregistrer_nouvelle, une_fiche
from webapp.domain.controle import Code
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Statut
from webapp.services import catalogue, registre


def un_envoi(identifiant, id_=None):
    return Envoi(id_ or uuid4(), 0, une_fiche(identifiant=identifiant))


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur()


@pytest.fixture
def verifier(base, auteur):
    def verifier(saisie, sauf=None, organisme=auteur.organisme):
        with base.lecture() as cnx:
            return catalogue.verifier_identifiant(cnx, organisme, un_envoi(saisie, sauf), LE)

    return verifier


@pytest.mark.parametrize("saisie", ["Clea_Identifiant", " Clea_Identifiant\r\n", "a", "x" * 30])
def test_a_free_identifier_is_available(verifier, saisie):
    verification = verifier(saisie)
    assert verification.disponible
    assert (verification.identifiant, verification.anomalies, verification.proposition) == (saisie.strip(), (), None)


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ("", Code.OBLIGATOIRE), ("   ", Code.OBLIGATOIRE), ("\N{ZERO WIDTH SPACE}", Code.OBLIGATOIRE),
        ("a b", Code.FORME_IDENTIFIANT), ("Cléa", Code.FORME_IDENTIFIANT), ("x" * 31, Code.TROP_LONG),
        ("\x00", Code.CARACTERE_INTERDIT), ("\ud800", Code.CARACTERE_INTERDIT), ("a\nb", Code.LIGNE_UNIQUE),
    ],
)  # fmt: skip
def test_what_cannot_be_an_identifier_is_told_without_a_proposal(verifier, saisie, code):
    verification = verifier(saisie)
    assert not verification.disponible
    assert code in {a.code for a in verification.anomalies}
    assert verification.proposition is None


@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize("saisie", ["Clea_1", "CLEA_1", " clea_1"])
def test_a_taken_identifier_is_told_with_a_free_neighbour(atelier, auteur, verifier, statut, saisie):
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"), statut)
    atelier.formation(auteur, une_fiche(identifiant="CLEA_2"))
    verification = verifier(saisie)
    assert [a.code for a in verification.anomalies] == [Code.DEJA_UTILISE]
    assert saisie.strip() in verification.anomalies[0].message
    assert verification.proposition.lower() == "clea_3"
    assert verifier(verification.proposition).disponible
    assert (verification.titulaire.fiche.identifiant, verification.titulaire.statut) == ("Clea_1", statut)


def test_a_malformed_identifier_is_told_to_be_taken_too_and_has_no_neighbour(atelier, auteur, verifier):
    atelier.formation(auteur, une_fiche(identifiant="Cléa 1"))
    verification = verifier("CLÉA 1")
    assert [a.code for a in verification.anomalies] == [Code.FORME_IDENTIFIANT, Code.DEJA_UTILISE]
    assert verification.proposition is None


def test_its_own_identifier_is_available_to_a_formation(atelier, auteur, verifier):
    formation = atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    assert verifier("clea_1", formation.id).disponible
    assert not verifier("clea_1", uuid4()).disponible
    assert not verifier("clea_1").disponible


def test_what_another_organisation_uses_is_available(atelier, verifier):
    atelier.formation(atelier.utilisateur(), une_fiche(identifiant="Clea_1"))
    assert verifier("Clea_1").disponible


def test_a_proposal_is_found_beyond_the_first_ranks(base, atelier, auteur, verifier):
    with base.ecriture() as cnx:
        for rang in range(1, 31):
            fiche = une_fiche(identifiant=f"Clea_{rang}")
            enregistrer_nouvelle(cnx, atelier.acte(auteur), uuid4(), fiche)
    assert verifier("Clea_7").proposition == "Clea_31"


def test_no_proposal_is_made_when_every_rank_is_taken(atelier, auteur, verifier, monkeypatch):
    monkeypatch.setattr(catalogue, "_RANGS", (range(2, 3),))
    for identifiant in ("Clea_1", "Clea_2"):
        atelier.formation(auteur, une_fiche(identifiant=identifiant))
    assert verifier("Clea_1").proposition is None


def test_a_proposal_stays_within_30_characters(atelier, auteur, verifier):
    long = "x" * 30
    atelier.formation(auteur, une_fiche(identifiant=long))
    assert verifier(long).proposition == "x" * 28 + "_2"


def test_the_number_of_statements(base, atelier, auteur, requetes):
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    with base.lecture() as cnx:
        registre.certification(cnx, "RS2203")
        for saisie, nombre in (("Libre", 1), ("Clea_1", 4), ("", 0), ("a b", 1), ("\x00", 0)):
            with requetes(cnx) as envoyees:
                catalogue.verifier_identifiant(cnx, auteur.organisme, un_envoi(saisie), LE)
            assert len(envoyees) == nombre, saisie
