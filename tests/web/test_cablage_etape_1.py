"""What étape 1/2 says of a type whose one code cannot be used: the registry's own reason, and never nothing."""

from datetime import date

import pytest

from tests.builders import un_siret
from webapp.services import comptes, registre

ADRESSE = "/formations/nouvelle?type=creation"
SUITE = "/formations/nouvelle/fiche?type=creation"
RAISON = "Le code CPF203 n'est plus proposé au 23 novembre 2026."
HORS_LISTE = "Cette certification n'est pas dans la liste à cette date : choisissez-en une autre."


@pytest.fixture
def client_2026(base, atelier, navigateur):
    """The browser of somebody whose organisation lives in 2026: the code of « création » is used no more."""
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Formation Essai", un_siret(), date(2026, 11, 23))
    return navigateur(atelier.utilisateur(organisme))


def test_a_type_whose_code_is_used_no_more_says_so_and_goes_no_further(client_2026):
    page = client_2026.get(ADRESSE)
    assert RAISON in page.texte()
    assert HORS_LISTE not in page.texte()
    refus = client_2026.get(SUITE, 422)
    assert RAISON in " ".join(refus.refus)


def test_a_type_whose_code_the_registry_does_not_hold_says_it_too(client_commun, monkeypatch):
    monkeypatch.setattr(registre, "de_la_famille", lambda *_: ())
    assert HORS_LISTE in client_commun.get(ADRESSE).texte()
    assert HORS_LISTE in " ".join(client_commun.get(SUITE, 422).refus)


def test_a_type_whose_code_is_used_has_nothing_to_say(client_commun):
    page = client_commun.get(ADRESSE)
    assert "n'est plus proposé" not in page.texte()
    assert HORS_LISTE not in page.texte()
    assert client_commun.get(SUITE).alertes == []
