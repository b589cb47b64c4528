"""Where a write comes from: the token of the session, the site that started it. Nothing typed is lost on a refusal."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from tests.web.lecture_html import valeur
from tests.web.matrice import BANC, DES_PERSONNES, ECRITURES
from webapp.banc_essai import donnees as banc_essai
from webapp.web.http.access import PUBLIC
from webapp.web.http.errors import JETON_PERIME

LONG = "Un texte assez long pour être montré, et non seulement renvoyé, à la personne qui l'a écrit.\nSur deux lignes."
NOUVELLE = "/formations/nouvelle/fiche?type=clea&certification=RS2203"


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


def faux_jetons(bon):
    octets = urlsafe_b64decode(bon)
    return {
        "vide": "",
        "tronqué": bon[:-4],
        "allongé": urlsafe_b64encode(octets + b"x").decode(),
        "changé": urlsafe_b64encode(octets[:-1] + bytes([octets[-1] ^ 1])).decode(),
        "masque seul": urlsafe_b64encode(octets[:32] * 2).decode(),
        "zéros": urlsafe_b64encode(bytes(64)).decode(),
        "accents": "é" * 88,
        "hors base64": "*" * 88,
        "nul": "\x00",
    }


def posts(client, route, formation, jeton, **en_tetes):
    donnees = route.corps(formation) | ({} if jeton is None else {"csrf_token": jeton})
    return client.demander("POST", route.url(formation.id), data=donnees, headers=en_tetes)


def faits(base, personne):
    with base.lecture() as cnx:
        return banc_essai.lister_formations(cnx, personne.organisme.id)


# ---------------------------------------------------------------------------- the token


@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_a_write_without_the_token_of_its_session_is_refused(client, base, gestionnaire, formation, route):
    avant = faits(base, gestionnaire)
    for nom, jeton in [("absent", None), *faux_jetons(client.jeton()).items()]:
        reponse = posts(client, route, formation, jeton)
        assert reponse.status_code == 400, nom
        page = client._page(reponse, route.url(formation.id), 400)
        assert page.h1 == "Demande illisible"
        assert JETON_PERIME in page.phrases()
    assert faits(base, gestionnaire) == avant
    assert client.get("/catalogue").h1 == "Catalogue"


@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_htmx_gets_a_new_token_in_place_and_may_try_again(client, formation, route):
    reponse = posts(client, route, formation, "", **{"HX-Request": "true"})
    assert reponse.status_code == 400
    assert reponse.headers["FV-Fragment"] == "1"
    assert JETON_PERIME in reponse.text
    if route.url(formation.id) != "/connexion":  # The dialog of the sign-in has a button of its own.
        assert reponse.headers["HX-Reswap"] == "none"
        assert "data-reessayer" in reponse.text
    # All the forms of the page take it, those of its questions too.
    assert posts(client, route, formation, reponse.headers["FV-Jeton"]).status_code != 400


@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_htmx_of_the_same_person_is_told_to_send_again(client, formation, gestionnaire, route):
    de_qui = {"HX-Request": "true", "FV-Personne": str(gestionnaire.id)}
    reponse = posts(client, route, formation, "", **de_qui)
    assert (reponse.status_code, reponse.text) == (400, "")
    assert reponse.headers["FV-Reprendre"] == "1"
    assert posts(client, route, formation, reponse.headers["FV-Jeton"]).status_code != 400


@pytest.mark.parametrize("route", [r for r in ECRITURES if r.droit != PUBLIC], ids=str)
def test_htmx_of_somebody_else_is_told_to_sign_in_and_sends_nothing(client, formation, lecteur, route):
    de_qui = {"HX-Request": "true", "FV-Personne": str(lecteur.id)}
    reponse = posts(client, route, formation, "", **de_qui)
    assert reponse.status_code == 401
    assert "FV-Reprendre" not in reponse.headers
    assert reponse.headers["HX-Retarget"] == "#reconnexion"


def test_what_the_page_of_somebody_else_asks_for_nowhere_or_to_sign_in_is_answered(client, lecteur):
    """Nothing is done there in the name of who is signed in now."""
    de_qui = {"HX-Request": "true", "FV-Personne": str(lecteur.id)}
    assert client.demander("GET", "/catalogue", headers=de_qui).status_code == 401
    assert client.demander("GET", "/nulle-part", headers=de_qui).status_code == 404
    assert client.demander("GET", "/connexion", headers=de_qui).status_code != 401


def test_the_token_of_somebody_else_opens_nothing(client, client_etranger, client_lecteur, formation, visiteur):
    route = ECRITURES[2]
    for autre in (client_etranger, client_lecteur, visiteur):
        assert posts(client, route, formation, autre.jeton()).status_code == 400


def test_all_the_forms_of_a_page_carry_one_token(client, formation):
    """Another for each would weigh what nothing compresses."""
    champs = client.get("/catalogue").tous("//input[@name='csrf_token']", js=None)
    assert len(champs) > 1
    assert len({champ.get("value") for champ in champs}) == 1


def test_each_page_masks_the_token_anew_and_every_one_of_them_serves(client, formation):
    jetons = set()
    for _ in range(5):
        client._jeton = None
        jetons.add(client.jeton())
    assert len(jetons) == 5
    for jeton in jetons:
        assert client.poster(f"/formations/{formation.id}/saisie", {"identifiant": "x"}, jeton=jeton).status_code == 303


def test_the_secret_of_the_session_is_not_in_the_page(client):
    assert client.cookie.removeprefix("fv1.") not in client.get("/catalogue").html


def test_a_refused_text_is_handed_back_and_can_be_sent_again(client, base, gestionnaire):
    page = client.get(NOUVELLE)
    page.tous("//input[@name='csrf_token'][@id='jeton']")[0].set("value", "périmé")
    rendu = client.submit(page, "Enregistrer les modifications", 400, identifiant="Rendu_1", objectif=LONG)
    assert valeur(rendu.champ("Objectif de la formation")) == LONG
    assert rendu.texte().count("Votre texte est gardé") == 1
    apres = client.submit(rendu, "Envoyer de nouveau")
    assert apres.tous("//form[@id='fiche']")
    assert [(f["identifiant"], f["objectif"]) for f in faits(base, gestionnaire)] == [("Rendu_1", LONG)]


def test_the_token_is_never_handed_back_as_a_text(client, formation):
    donnees = {"csrf_token": "périmé", "intitule": "Un intitulé", "mot_de_passe": "un secret bien gardé"}
    html = client.demander("POST", f"/formations/{formation.id}", data=donnees).text
    assert "Un intitulé" in html
    assert "périmé" not in html
    assert "un secret bien gardé" not in html


def test_htmx_with_a_renewed_token_saves_what_was_on_screen(client, base, gestionnaire):
    page = client.get(NOUVELLE)
    page.par_id("jeton").set("value", "périmé")
    refus = client.htmx(page, "Enregistrer les modifications", 400, identifiant="Rendu_2", objectif=LONG)
    page = client.swap(page, refus)
    assert page.alertes == []
    assert page.valeur("objectif") == LONG
    client.htmx(page, "Enregistrer les modifications", renvoi=True)
    assert [f["identifiant"] for f in faits(base, gestionnaire)] == ["Rendu_2"]


def test_signing_in_from_a_page_opened_in_another_session_says_so_and_works_at_once(visiteur, atelier):
    personne = atelier.utilisateur(mot_de_passe="correct cheval agrafe")
    page = visiteur.get("/connexion")
    visiteur.navigateur.delete_cookie("session")
    refus = visiteur.submit(page, "Se connecter", 400, courriel=personne.courriel, mot_de_passe="correct cheval agrafe")
    assert "réessayez" in refus.texte()
    page = visiteur.get("/connexion")
    assert visiteur.submit(
        page, "Se connecter", courriel=personne.courriel, mot_de_passe="correct cheval agrafe"
    ).h1 == "Catalogue"  # fmt: skip


# ---------------------------------------------------------------------------- the site


@pytest.mark.parametrize("site", ["cross-site", "same-site", "n'importe quoi", ""])
@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_a_write_started_by_another_site_is_refused(client, base, gestionnaire, formation, route, site):
    avant = faits(base, gestionnaire)
    reponse = posts(client, route, formation, client.jeton(), **{"Sec-Fetch-Site": site})
    assert reponse.status_code == 403
    assert client._page(reponse, route.url(formation.id), 403).h1 == "Accès refusé"
    assert faits(base, gestionnaire) == avant


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_test_door_refuses_another_site_too(application, site):
    navigateur = application.test_client()
    for route in (r for r in BANC if r.ecrit):
        url = route.url("00000000-0000-0000-0000-000000000001").replace("<identifiant>", "x")
        reponse = navigateur.open(url, method=route.methode, json={}, headers={"Sec-Fetch-Site": site})
        assert reponse.status_code == 403


@pytest.mark.parametrize("site", ["same-origin", "none", None])
def test_a_write_of_ours_or_of_an_old_browser_goes_through(client, formation, site):
    en_tetes = {} if site is None else {"Sec-Fetch-Site": site}
    donnees = {"csrf_token": client.jeton(), "identifiant": "x"}
    reponse = client.demander("POST", f"/formations/{formation.id}/verification", data=donnees, headers=en_tetes)
    assert reponse.status_code == 200


@pytest.mark.parametrize("route", [r for r in DES_PERSONNES if not r.ecrit], ids=str)
def test_a_link_from_another_site_still_opens_a_screen(client, formation, route):
    reponse = client.demander(
        "GET", route.url(formation.id), query_string=route.parametres, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert reponse.status_code in {200, 303}


def test_a_get_writes_nothing(client, base, gestionnaire, atelier):
    atelier.formation(gestionnaire)
    formation = atelier.formation(gestionnaire)
    avant = faits(base, gestionnaire)
    for route in DES_PERSONNES:
        if not route.ecrit:
            client.demander("GET", route.url(formation.id), query_string={**route.parametres, **route.corps()})
    assert faits(base, gestionnaire) == avant
