"""The map of the addresses: complete, each with its right, each answering a wrong method and a wrong address."""

from uuid import UUID, uuid4

import pytest

from tests.web.matrice import ARBRE, BANC, DEMONSTRATION, DES_PERSONNES, ECRANS, EXPORTS, LISTES, TACHES, TOUTES
from webapp.domain.comptes import Droit
from webapp.web.http import liens
from webapp.web.http.access import PUBLIC, droit_de, exige


@pytest.fixture
def client(client_commun):
    """Nothing is written here."""
    return client_commun


METHODES = {"GET", "POST", "PUT", "PATCH", "DELETE"}
AUTOMATIQUES = {"HEAD", "OPTIONS"}


def declarees(application):
    return {
        (methode, regle.rule): application.view_functions[regle.endpoint]
        for regle in application.url_map.iter_rules()
        for methode in regle.methods - AUTOMATIQUES
    }


def test_the_matrix_holds_every_route_of_the_application(application):
    assert set(declarees(application)) == {(r.methode, r.regle) for r in TOUTES}


def test_in_production_only_the_screens_exist(en_production):
    ensemble = (*ECRANS, *ARBRE, *TACHES, *LISTES, *EXPORTS)
    assert set(declarees(en_production)) == {(r.methode, r.regle) for r in ensemble}


@pytest.mark.parametrize("route", TOUTES, ids=str)
def test_each_route_declares_the_right_of_the_matrix(application, route):
    assert droit_de(declarees(application)[route.methode, route.regle]) == route.droit


def test_a_view_that_forgets_its_right_is_closed_to_all(application_a_part, page_client, gestionnaire):
    def oublieuse():
        return "ouverte"

    application_a_part.add_url_rule("/oubliee", view_func=oublieuse)
    client = page_client(application_a_part, gestionnaire)
    assert droit_de(oublieuse) is None
    assert client.get("/oubliee", 403).h1 == "Accès refusé"
    assert page_client(application_a_part).demander("GET", "/oubliee").status_code == 303


def test_a_right_that_is_not_one_opens_nothing(application_a_part, page_client, gestionnaire):
    marquer = exige("tout")  # type: ignore[arg-type] # what is refused here is no right
    application_a_part.add_url_rule("/ouverte", view_func=marquer(lambda: "ouverte"))
    assert page_client(application_a_part, gestionnaire).get("/ouverte", 403).h1 == "Accès refusé"


def test_a_right_opens_to_those_who_have_it_and_to_no_other(application_a_part, page_client, gestionnaire, lecteur):
    vue = exige(Droit.GERER_CATALOGUE)(lambda: "ouverte")
    application_a_part.add_url_rule("/reservee", view_func=vue)
    assert page_client(application_a_part, gestionnaire).demander("GET", "/reservee").text == "ouverte"
    assert page_client(application_a_part, lecteur).get("/reservee", 403).h1 == "Accès refusé"


def adresses_des_regles(regle):
    return sorted({r.regle for r in TOUTES if r.regle == regle}) or [regle]


@pytest.mark.parametrize("regle", sorted({r.regle for r in DES_PERSONNES}))
@pytest.mark.parametrize("methode", sorted(METHODES))
def test_a_method_that_an_address_does_not_take_is_refused_in_french(client, regle, methode):
    permises = {r.methode for r in TOUTES if r.regle == regle}
    if methode in permises:
        assert client.routes.match(exemple(regle), method=methode)
        return
    reponse = client.demander(methode, exemple(regle), headers={"Sec-Fetch-Site": "same-origin"})
    page_au_dessus = next((p for p in au_dessus(regle) if p in {r.regle for r in TOUTES if r.methode == "GET"}), None)
    if methode == "GET" and page_au_dessus:
        # Opened by hand, the address of a button leads to the page of its object.
        assert (reponse.status_code, reponse.headers["Location"]) == (303, exemple(page_au_dessus))
        return
    assert reponse.status_code == 405
    assert {m.strip() for m in reponse.headers["Allow"].split(",")} - AUTOMATIQUES == permises
    page = client._page(reponse, exemple(regle), 405)
    assert page.h1 == "Demande impossible"
    assert page.lien("Revenir au catalogue") == "/catalogue"


def au_dessus(regle):
    """The addresses above one, the nearest first."""
    morceaux = regle.split("/")
    return ["/".join(morceaux[:n]) for n in range(len(morceaux) - 1, 1, -1)]


def exemple(regle):
    return regle.replace("<uuid:id>", str(UUID(int=1))).replace("<nom>", "creer-une-formation-clea")


@pytest.mark.parametrize("route", [r for r in DES_PERSONNES if r.methode == "GET"], ids=str)
def test_a_head_answers_like_a_get_without_its_body(client, atelier, gestionnaire, route):
    formation = atelier.formation(gestionnaire)
    url = route.url(formation.id)
    avec = client.demander("GET", url, query_string=route.parametres)
    sans = client.demander("HEAD", url, query_string=route.parametres)
    assert (sans.status_code, sans.text) == (avec.status_code, "")
    assert sans.headers["Content-Length"] == avec.headers["Content-Length"]


PERDUES = [
    "/perdue", "/catalogue/", "/catalogue/1", "/formations", "/formations/", "/formations/1", "/formations/nouvelle/",
    "/formations/" + "9" * 40, "/formations/not-a-uuid", "/formations/%00", "/formations/%ED%A0%80",
    f"/formations/{UUID(int=2)}/publication", f"/formations/{UUID(int=1)}/", "/mode-d-emploi/perdu",
    "/static/perdu.css",
    "/static/../webapp/settings.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/mode-d-emploi/..%2f..%2fsettings.py",
    "/%2F%2Failleurs.example/", "/é", "/%C3%28", "/.env", "/robots.txt" + "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("url", PERDUES, ids=lambda u: u[:40])
def test_an_address_that_does_not_exist_says_so_in_french_with_a_way_back(client, visiteur, url):
    for qui in (client, visiteur):
        reponse = qui.demander("GET", url)
        assert reponse.status_code == 404
        page = qui._page(reponse, "/perdue", 404)
        assert page.h1 == "Page introuvable"
        assert page.lien("Revenir au catalogue") == "/catalogue"


@pytest.mark.parametrize("methode", ["POST", "PUT", "DELETE", "PATCH"])
def test_writing_to_an_address_that_does_not_exist_is_a_404_too(client, methode):
    reponse = client.demander(methode, "/perdue", data={"intitule": "x"})
    assert reponse.status_code == 404


# ---------------------------------------------------------------------------- liens


CONSTANTES = {nom: valeur for nom, valeur in vars(liens).items() if nom.isupper() and isinstance(valeur, str)}


@pytest.mark.parametrize("nom", CONSTANTES)
def test_each_constant_of_liens_is_the_address_of_a_route(application, nom):
    methode = "POST" if nom in {"DECONNEXION", "DATE_REFERENCE", "VISITE_REFUSEE"} else "GET"
    assert (methode, CONSTANTES[nom]) in declarees(application)


def test_the_address_of_a_formation_is_that_of_its_route(application):
    id = uuid4()
    endpoint, arguments = application.url_map.bind("localhost").match(liens.formation(id))
    assert (endpoint, arguments) == ("formations.ouvrir", {"id": id})


def test_parameters_are_added_encoded_and_empty_ones_left_out():
    assert liens.avec("/a") == "/a"
    assert liens.avec("/a", b="", c="") == "/a"
    assert liens.avec("/a", b="été & co", c="", d="1") == "/a?b=%C3%A9t%C3%A9+%26+co&d=1"


def test_no_route_of_the_demonstration_nor_of_the_test_door_is_a_screen():
    assert not {r.regle for r in ECRANS} & {r.regle for r in (*DEMONSTRATION, *BANC)}
    assert {r.droit for r in BANC} == {PUBLIC}


def test_an_address_that_no_button_sends_to_is_refused_as_it_is(client):
    assert client.demander("GET", f"/banc-d-essai/organismes/{uuid4()}").status_code == 405
