"""What étape 1/2 says of a type whose one code cannot be used: the registry's own reason, and never nothing."""

from datetime import date

import pytest
from flask import Flask, render_template_string

from tests.builders import un_siret
from tests.web.test_etape_1 import FICHE, NOUVELLE, actif, coches
from webapp.domain.codes import dire_sans_code
from webapp.domain.nomenclatures import PERMIS_SANS_CODE
from webapp.services import comptes, registre
from webapp.web.http import filters

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


CLEA_FINIE = "?type=clea&certification=RS2203"


@pytest.mark.parametrize(("adresse", "statut"), [(NOUVELLE + CLEA_FINIE, 200), (FICHE + CLEA_FINIE, 422)])
def test_a_clea_that_has_ended_says_why_and_what_to_verify(client_2026, adresse, statut):
    page = client_2026.get(adresse, statut)
    dit = page.texte("//*[@id='avis-code']")
    assert "La certification RS2203 n'est plus active au 23 novembre 2026." in dit
    assert "Aucune source ne dit ce qui remplace RS2203." in dit
    assert not actif(page)
    # In view whatever the height of the page.
    assert page.texte("//*[@id='raison-suivant']") == "RS2203 n'est plus active : choisissez-en une autre."
    suivante = client_2026.get(page.lien("Utiliser RS7003"))
    assert coches(suivante, "certification") == ["RS7003"]
    assert actif(suivante)


@pytest.mark.parametrize("categorie", ["B96", "b96"])
def test_a_category_without_a_code_in_the_address_says_so(client_2026, categorie):
    page = client_2026.get(f"{NOUVELLE}?type=permis&certification={categorie}")
    dit = page.texte("//*[@id='avis-code']")
    assert "La catégorie B96, ouverte depuis le 12 janvier 2024, ne se choisit pas ici" in dit
    assert not actif(page)


def test_a_template_may_say_that_a_category_has_no_code():
    app = Flask("essai")
    filters.installer(app)
    [(categorie, depuis), *_] = PERMIS_SANS_CODE.items()
    with app.app_context():
        dit = render_template_string("{{ dire_sans_code(categorie, depuis) }}", categorie=categorie, depuis=depuis)
    assert dit == dire_sans_code(categorie, depuis)
