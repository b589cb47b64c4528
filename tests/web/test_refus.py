"""What is refused stands above the form, for as long as each field is wrong: told, left, and never believed blindly."""

import pytest

from tests.builders import une_fiche
from tests.web.comparaison import assert_same
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE

ENREGISTRER = "Enregistrer les modifications"
LONG = "x" * 2551


@pytest.fixture
def pris(atelier, gestionnaire):
    return atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))


def refusee(client, **textes):
    """Save what is refused twice over: a taken identifier, a text that cannot be stored."""
    page = client.get(FICHE)
    textes = COMPLETE | {"identifiant": "Clea_1", "points_forts": LONG} | textes
    return client.swap(page, client.htmx(page, ENREGISTRER, 422, **textes))


def suivre(client, page, **textes):
    return client.swap(page, client.htmx(page, page.par_id("suivi"), **textes))


def noms(page):
    return [lien.get("href") for lien in page.tous("//*[@id='refus']//a")]


def test_an_item_goes_as_soon_as_its_field_is_right_and_the_list_with_the_last(client, pris):
    page = refusee(client)
    assert noms(page) == ["#identifiant", "#points_forts"]
    assert page.par_id("refus").get("autofocus") is not None
    page = suivre(client, page, identifiant="Clea_2")
    assert page.refus[0] == "La formation n'est pas enregistrée : 1 point à revoir"
    assert noms(page) == ["#points_forts"]
    # The focus stays where somebody types, and nothing is announced again.
    assert page.par_id("refus").get("autofocus") is None
    assert page.tous("//*[@id='refus']//*[@role='alert']") == []
    assert page.onglet.startswith("Erreur : ")
    page = suivre(client, page, points_forts="Petits groupes")
    assert (noms(page), page.refus, page.onglet.startswith("Erreur")) == ([], [], False)
    # With no list to follow, the answer is what it was.
    assert "refus" not in client.htmx(page, page.par_id("suivi"), contenu="Autre").html


def test_an_item_that_changes_its_reason_says_the_new_one(client, pris):
    page = suivre(client, refusee(client), identifiant="x" * 301)
    assert page.refus[1].startswith("Votre identifiant interne de formation : Trop long")


def test_what_only_a_validation_asks_for_goes_the_same_way(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(contenu="", objectif=""))
    page = client.get(f"/formations/{formation.id}")
    page = client.swap(page, client.htmx(page, "Valider", 422))
    assert noms(page) == ["#objectif", "#contenu"]
    # What becomes wrong meanwhile is said beside its field, and was not refused.
    page = suivre(client, page, objectif="Un objectif", points_forts="")
    assert noms(page) == ["#contenu"]


def test_retirer_lifts_its_refusal_too(client):
    page = client.get(FICHE)
    page = client.swap(page, client.htmx(page, ENREGISTRER, 422, **COMPLETE | {"objectif": "a\u202eb"}))
    assert noms(page) == ["#objectif"]
    page = client.swap(page, client.htmx(page, "Retirer"))
    assert noms(page) == []
    assert not page.onglet.startswith("Erreur")


def test_without_scripts_the_list_stays_true_from_answer_to_answer(client, pris):
    page = client.submit(client.get(FICHE), ENREGISTRER, 422, **COMPLETE | {"identifiant": "Clea_1"})
    assert noms(page) == ["#identifiant"]
    # First in the page, right after its title.
    premier = page.tous("//main//*[self::h1 or self::h2]")[1]
    assert premier.get("id") == "refus-titre"
    assert noms(client.submit(page, "Vérifier")) == ["#identifiant"]
    page = client.submit(page, "Vérifier", identifiant="Clea_2")
    assert (noms(page), page.onglet.startswith("Erreur")) == ([], False)


def test_a_refusal_is_the_same_page_with_scripts_and_without(client, pris):
    page = client.get(FICHE)
    textes = COMPLETE | {"identifiant": "Clea_1", "points_forts": LONG}
    vif = client.swap(page, client.htmx(page, ENREGISTRER, 422, **textes))
    assert_same(vif, client.submit(page, ENREGISTRER, 422, **textes))


@pytest.mark.parametrize(
    "forge",
    [
        {"refus": "tout", "refus_contre": "validation"},
        {"refus": "validation", "refus_contre": ""},
        {"refus": "validation", "refus_contre": "validation", "refuses": "identifiant"},
        {"refus": "x" * 20_000},
    ],
)
def test_a_list_that_no_answer_of_ours_gave_is_not_believed(client, forge):
    jeton = {"csrf_token": client.jeton(), "type_formation": "clea", "certification": "RS2203", **COMPLETE}
    reponse = client.demander(
        "POST", "/formations/00000000-0000-4000-8000-000000000001/saisie", data=jeton | forge,
        headers={"HX-Request": "true"},
    )  # fmt: skip
    assert reponse.status_code in {200, 413}
    assert "refus-titre" not in reponse.text
