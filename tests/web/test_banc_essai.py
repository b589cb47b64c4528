"""The test door over HTTP: shut without its token, absent without its setting, exempt of CSRF only."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.web.comparaison import masquer
from tests.web.conftest import JETON_DU_BANC
from tests.web.matrice import BANC
from webapp.app import create_app
from webapp.web.http.sessions import PREFIXE

CLE = {"Authorization": f"Bearer {JETON_DU_BANC}"}


@pytest.fixture
def banc(visiteur):
    """Ask the test door, with its token unless told otherwise."""

    def demander(methode, chemin, corps=None, en_tetes=CLE):
        return visiteur.demander(methode, f"/banc-d-essai{chemin}", json=corps, headers=en_tetes)

    return demander


def chemin(route):
    return route.url(UUID(int=1)).replace("<identifiant>", "x").removeprefix("/banc-d-essai")


FAUSSES_CLES = {
    "absente": {},
    "vide": {"Authorization": ""},
    "sans mot": {"Authorization": JETON_DU_BANC},
    "autre mot": {"Authorization": f"Basic {JETON_DU_BANC}"},
    "fausse": {"Authorization": "Bearer faux"},
    "tronquée": {"Authorization": f"Bearer {JETON_DU_BANC[:-1]}"},
    "allongée": {"Authorization": f"Bearer {JETON_DU_BANC} "},
    "accents": {"Authorization": "Bearer é"},
    "en double": {"Authorization": f"Bearer {JETON_DU_BANC}, Bearer {JETON_DU_BANC}"},
}


@pytest.mark.parametrize("cle", FAUSSES_CLES)
@pytest.mark.parametrize("route", BANC, ids=str)
def test_a_wrong_token_gets_the_answer_of_a_page_that_does_not_exist(banc, visiteur, route, cle):
    def vue(reponse, adresse):
        # The banner of a GET repeats the address, whose length is not the same.
        en_tetes = [(n, v) for n, v in reponse.headers if n != "Content-Length"]
        return reponse.status, en_tetes, masquer(reponse.text).replace(adresse, "ADRESSE")

    adresse = f"/banc-d-essai{chemin(route)}"
    ferme = banc(route.methode, chemin(route), {"nom": "x"}, FAUSSES_CLES[cle])
    perdu = visiteur.demander(route.methode, "/perdue", json={"nom": "x"}, headers=FAUSSES_CLES[cle])
    assert ferme.status_code == 404
    assert vue(ferme, adresse) == vue(perdu, "/perdue")


def test_without_its_setting_the_door_is_not_there(page_client, reglages, base):
    visiteur = page_client(create_app(replace(reglages, banc_essai_jeton=""), base))
    for route in BANC:
        for cle in (CLE, {"Authorization": "Bearer "}, {}):
            adresse = f"/banc-d-essai{chemin(route)}"
            assert visiteur.demander(route.methode, adresse, json={}, headers=cle).status_code == 404


def test_the_door_needs_no_session_and_no_csrf_token(banc):
    assert banc("POST", "/organismes", {}).status_code == 201


def test_it_makes_an_organisation_signs_its_people_in_and_lists_what_is_stored(banc, page_client, application):
    fait = banc("POST", "/organismes", {
        "nom": "Formation Gamma",
        "utilisateurs": [{"role": "gestionnaire_catalogue"}, {"role": "lecteur"}],
        "formations": [{"identifiant": "A"}, {"identifiant": "B", "statut": "validee"}],
    }).get_json()  # fmt: skip
    lues = banc("GET", f"/organismes/{fait['id']}/formations").get_json()
    assert [(f["identifiant"], f["statut"]) for f in lues] == [("B", "validee"), ("A", "brouillon")]
    for personne, ajoute in zip(fait["utilisateurs"], (True, False), strict=True):
        cookie = banc("POST", "/connexions", {"courriel": personne["courriel"]}).get_json()["cookie"]
        assert cookie["name"] == "session"
        assert cookie["value"].startswith(PREFIXE)
        client = page_client(application)
        client.poser_cookie(cookie["value"])
        assert ("Ajouter une formation" in client.get("/catalogue").commandes()) is ajoute


def test_it_ends_sessions_changes_a_formation_and_removes_the_organisation(banc, page_client, application):
    fait = banc("POST", "/organismes", {"formations": [{"identifiant": "A"}]}).get_json()
    courriel = fait["utilisateurs"][0]["courriel"]
    client = page_client(application)
    client.poser_cookie(banc("POST", "/connexions", {"courriel": courriel}).get_json()["cookie"]["value"])
    lieu = f"/organismes/{fait['id']}"
    assert banc("PATCH", f"{lieu}/formations/A", {"intitule": "Changé"}).get_json() == {"version": 2}
    assert "Changé" in client.get("/catalogue").texte()
    assert banc("POST", f"{lieu}/formations", {"identifiant": "C"}).status_code == 201
    assert banc("PATCH", lieu, {"date_reference": "2020-01-31"}).get_json() == {"date_reference": "2020-01-31"}
    assert "31 janvier 2020" in client.get("/catalogue").texte("//*[@aria-label='Démonstration']")
    assert banc("POST", "/sessions/expiration", {"courriel": courriel}).get_json() == {"sessions": 1}
    assert client.get("/catalogue").h1 == "Se connecter"
    reponse = banc("DELETE", lieu)
    assert (reponse.status_code, reponse.text) == (204, "")
    assert banc("GET", f"{lieu}/formations").status_code == 404


@pytest.mark.parametrize("corps", [[], "x", 1, {"inconnue": 1}, {"formations": [{"statut": "publiee"}]}])
def test_a_body_it_does_not_understand_is_told_in_french(banc, corps):
    reponse = banc("POST", "/organismes", corps)
    assert reponse.status_code == 400
    assert reponse.mimetype == "application/json"
    assert reponse.get_json()["erreur"]


def test_what_does_not_exist_is_a_404(banc):
    assert banc("DELETE", f"/organismes/{uuid4()}").status_code == 404
    assert banc("GET", f"/organismes/{uuid4()}/formations").status_code == 404
    assert banc("POST", "/connexions", {"courriel": "inconnue@essai.example"}).status_code == 404
    fait = banc("POST", "/organismes", {}).get_json()
    assert banc("PATCH", f"/organismes/{fait['id']}/formations/perdue", {"intitule": "x"}).status_code == 404
    assert banc("DELETE", "/organismes/pas-un-uuid").status_code == 404


@pytest.mark.parametrize("corps", [b"{", b"\xff", b'{"nom": "\xed\xa0\x80"}', b"[" * 100_000, b'{"nom": 1e999}'])
def test_a_body_that_is_not_json_is_refused_without_a_failure(visiteur, corps):
    reponse = visiteur.demander(
        "POST", "/banc-d-essai/organismes", data=corps, content_type="application/json", headers=CLE
    )
    assert reponse.status_code in {400, 413}


@pytest.mark.parametrize("nom", ["\x00", "\ud800", "x" * 251, "", 1, None, ["a"]])
def test_a_name_that_cannot_be_stored_is_refused_or_replaced(banc, nom):
    assert banc("POST", "/organismes", {"nom": nom}).status_code in {201, 400}


SUIVANTE = {"numero": "S2", "debut": "2027-04-05", "fin": "2027-04-09"}


def test_it_makes_and_lists_the_tree_of_a_formation(banc):
    organisme = banc("POST", "/organismes", {"formations": [{"identifiant": "A"}]}).get_json()
    arbre = f"/organismes/{organisme['id']}/formations/A/arbre"
    corps = {
        "actions": [
            {"statut": "validee", "sessions": [{"statut": "validee"}, {**SUIVANTE, "statut": "archivee"}]},
            {"numero": "A2", "statut": "archivee", "duree": "60", "lieu": {"ville": "Albi"}, "sessions": [{}]},
            {"numero": "A3", "duree": "douze"},
        ]
    }
    faites = banc("POST", arbre, corps).get_json()["actions"]
    lues = banc("GET", arbre).get_json()["actions"]
    assert [(a["id"], a["contact"], a["lieu"]) for a in lues] == [(f["id"], f["contact"], f["lieu"]) for f in faites]
    assert [(a["numero"], a["statut"], a["duree"]) for a in lues] == [
        ("A1", "validee", "24"), ("A2", "archivee", "60"), ("A3", "brouillon", "douze"),
    ]  # fmt: skip
    assert [[(s["numero"], s["statut"]) for s in a["sessions"]] for a in lues] == [
        [("S1", "validee"), ("S2", "archivee")], [("S1", "brouillon")], [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ({"actions": [{"statut": "validee", "duree": ""}]}, "duree"),
        ({"actions": [{"numero": "x" * 301}]}, "numero"),
        ({"actions": [{"contact": {"nom": "\x00"}}]}, "invisible"),
        ({"actions": [{"inconnu": "x"}]}, "inconnu"),
        ({"actions": "A1"}, "liste"),
        ({"actions": [{"sessions": [{"statut": "publiee"}]}]}, "statut"),
    ],
)
def test_a_tree_that_cannot_be_is_refused_with_its_reasons(banc, corps, dit):
    organisme = banc("POST", "/organismes", {"formations": [{"identifiant": "A"}]}).get_json()
    arbre = f"/organismes/{organisme['id']}/formations/A/arbre"
    refus = banc("POST", arbre, corps)
    assert refus.status_code == 400
    assert dit in refus.get_json()["erreur"]
    assert banc("GET", arbre).get_json() == {"actions": []}
    for perdu in (f"/organismes/{organisme['id']}/formations/B/arbre", f"/organismes/{uuid4()}/formations/A/arbre"):
        assert banc("GET", perdu).status_code == banc("POST", perdu, {}).status_code == 404
