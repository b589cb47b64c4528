"""Signing in and out: who is let in, what is said, what is counted, and a session that is new and then dead."""

import time

import pytest
from sqlalchemy import delete

from tests.builders import MOT_DE_PASSE, Atelier
from tests.web.comparaison import masquer
from tests.web.conftest import une_adresse
from webapp.demonstration import amorce
from webapp.domain.comptes import ConnexionRefusee, Role
from webapp.persistence.tables import utilisateur
from webapp.services import comptes, sessions
from webapp.web.connexion import destination_sure

REFUS = "Adresse électronique ou mot de passe incorrect."


@pytest.fixture(scope="module")
def personne(base):
    """Somebody with a password; hashing is slow on purpose, so once for the module."""
    return Atelier(base).utilisateur(mot_de_passe=MOT_DE_PASSE)


def entrer(client, personne, mot_de_passe=MOT_DE_PASSE, statut=200, suite=""):
    page = client.get(f"/connexion?destination={suite}" if suite else "/connexion")
    return client.submit(page, "Se connecter", statut, courriel=personne.courriel, mot_de_passe=mot_de_passe)


# ---------------------------------------------------------------------------- the screen


def test_the_page_asks_for_an_address_and_a_password_that_may_be_pasted_and_remembered(visiteur):
    page = visiteur.get("/connexion")
    assert page.h1 == "Se connecter"
    courriel, secret = page.champ("Adresse électronique"), page.champ("Mot de passe")
    assert (courriel.get("type"), courriel.get("autocomplete")) == ("email", "username")
    assert (secret.get("type"), secret.get("autocomplete")) == ("password", "current-password")
    assert not page.tous("//*[@onpaste]")
    assert "Se connecter" not in page.texte("//header")


def test_the_demonstration_shows_its_accounts_and_they_exist(visiteur):
    page = visiteur.get("/connexion")
    adresses = {compte.courriel for organisme in amorce.ORGANISMES for compte in organisme.comptes}
    assert {"".join(code.itertext()) for code in page.tous("//dl//code")} == adresses | {amorce.MOT_DE_PASSE}


def test_an_account_of_the_demonstration_is_one_button_that_signs_in_as_it(visiteur, personne):
    page = visiteur.get("/connexion?destination=/catalogue/echeancier")
    boutons = page.tous("//dl//button")
    assert [bouton.get("value") for bouton in boutons] == [
        compte.courriel for organisme in amorce.ORGANISMES for compte in organisme.comptes
    ]
    assert {(bouton.get("name"), bouton.get("formnovalidate")) for bouton in boutons} == {("compte", "")}
    [secret] = page.tous("//dl//input")
    assert (secret.get("name"), secret.get("value")) == ("mot_de_passe_du_compte", amorce.MOT_DE_PASSE)
    assert {bouton.get("form") for bouton in (*boutons, secret)} == {page.tous("//main//form")[0].get("id")}
    # Whatever was typed above: the button says which account, and its password goes with it.
    envoi = {"compte": personne.courriel, "courriel": "autre", "mot_de_passe": "autre", "destination": "/organisme"}
    assert (
        visiteur.poster("/connexion", {**envoi, secret.get("name"): MOT_DE_PASSE}).headers["Location"] == "/organisme"
    )


def test_texts_to_be_resumed_are_in_the_sign_in_page_once(visiteur):
    textes = {"reprise.contenu": "Un texte à garder", "destination": "/formations"}
    refus = visiteur.poster("/connexion", {**textes, "courriel": "x@y.example", "mot_de_passe": "un mauvais"})
    assert refus.text.count("Un texte à garder") == 1
    assert refus.text.count("<form") == 1


def test_the_first_field_to_fill_has_the_focus(visiteur, personne):
    assert [champ.get("id") for champ in visiteur.get("/connexion").tous("//*[@autofocus]")] == ["courriel"]
    refusee = entrer(visiteur, personne, "une phrase assez courte", 422)
    assert [champ.get("id") for champ in refusee.tous("//*[@autofocus]")] == ["mot_de_passe"]


def test_who_is_signed_in_already_goes_on(client):
    assert client.get("/connexion").h1 == "Catalogue"
    assert client.get("/connexion?destination=/mode-d-emploi").h1 == "Mode d'emploi"
    assert client.get("/").h1 == "Catalogue"


def test_the_header_says_who_and_for_whom(client, visiteur, gestionnaire):
    assert client.get("/mode-d-emploi").texte("//div[@class='entete-compte']") == (
        f"Camille Martin {gestionnaire.organisme.nom} · Gestionnaire catalogue Se déconnecter"
    )
    assert visiteur.get("/mode-d-emploi").lien("Se connecter") == "/connexion"


# ---------------------------------------------------------------------------- let in


def test_the_right_password_leads_to_the_catalogue(visiteur, personne):
    assert entrer(visiteur, personne).h1 == "Catalogue"
    assert visiteur.get("/catalogue").h1 == "Catalogue"


@pytest.mark.parametrize("ecrire", [str.upper, lambda c: f"  {c}  "])
def test_the_address_is_recognised_however_it_is_written(visiteur, personne, ecrire):
    champs = {"courriel": ecrire(personne.courriel), "mot_de_passe": MOT_DE_PASSE}
    assert visiteur.poster("/connexion", champs).status_code == 303


def test_one_comes_back_to_where_one_was_going(visiteur, personne, atelier):
    page = visiteur.get("/catalogue?recherche=%C3%A9t%C3%A9&statut=brouillon")
    arrivee = visiteur.submit(page, "Se connecter", courriel=personne.courriel, mot_de_passe=MOT_DE_PASSE)
    assert arrivee.url == "/catalogue?recherche=%C3%A9t%C3%A9&statut=brouillon"


def test_the_home_page_needs_no_way_back(visiteur):
    assert visiteur.get("/").url == "/connexion?destination=%2Fcatalogue"


# ---------------------------------------------------------------------------- refused


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(personne, page_client, application):
    def reponse(courriel):
        client = page_client(application)
        page = client.get("/connexion")
        refus = client.submit(page, "Se connecter", 422, courriel=courriel, mot_de_passe="un mauvais mot de passe")
        assert refus.texte("//*[@id='refus']") == REFUS
        assert (refus.champ("Adresse électronique").get("value"), refus.champ("Mot de passe").get("value", "")) == (
            courriel,
            "",
        )
        assert not client.connecte
        return masquer(refus.html).replace(courriel, "COURRIEL")

    assert reponse(personne.courriel) == reponse("inconnue@essai.example")


def test_the_answer_takes_as_long_for_an_unknown_account(visiteur, personne, page_client, application):
    def duree(courriel):
        client = page_client(application)
        debut = time.process_time()
        reponse = client.poster("/connexion", {"courriel": courriel, "mot_de_passe": "un mauvais mot de passe"})
        assert reponse.status_code == 422
        return time.process_time() - debut

    duree(personne.courriel)
    connue, inconnue = (min(duree(c) for _ in range(2)) for c in (personne.courriel, "inconnue2@essai.example"))
    # A hash is most of it on both sides; without one the second would be ten times quicker.
    assert inconnue > connue / 3


def test_a_closed_account_and_an_account_without_a_password_are_refused_alike(visiteur, base, atelier):
    fermee = atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, fermee)
    for refusee in (fermee, atelier.utilisateur()):
        assert entrer(visiteur, refusee, statut=422).texte("//*[@id='refus']") == REFUS


def test_an_account_that_goes_while_its_password_is_compared_is_refused_like_an_unknown_one(
    visiteur, base, atelier, monkeypatch
):
    partie = atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)
    vrai = comptes.authentifier

    def authentifier(lecture, courriel, mot_de_passe):
        reconnue = vrai(lecture, courriel, mot_de_passe)
        with base.ecriture() as cnx:
            cnx.execute(delete(utilisateur).where(utilisateur.c.id == reconnue.id))
        return reconnue

    monkeypatch.setattr(comptes, "authentifier", authentifier)
    assert REFUS in entrer(visiteur, partie, statut=422).texte()


@pytest.mark.parametrize(
    ("courriel", "mot_de_passe"),
    [("", ""), ("\x00", "\x00"), ("x" * 5000, "x" * 100_000), ("é@è", "\ud800"), ("' OR 1=1 --", "' OR '1'='1"),
     ("%", "%"), ("a@b.example\n", "x")],
)  # fmt: skip
def test_anything_typed_is_refused_without_a_failure(visiteur, courriel, mot_de_passe):
    champs = {"courriel": courriel, "mot_de_passe": mot_de_passe.encode("utf-8", "surrogatepass")}
    assert visiteur.poster("/connexion", champs).status_code == 422


def test_the_refusal_is_announced_and_tied_to_the_fields(visiteur, personne):
    page = entrer(visiteur, personne, "faux mot de passe", 422)
    assert page.par_id("refus").get("role") == "alert"
    for libelle in ("Adresse électronique", "Mot de passe"):
        assert page.champ(libelle).get("aria-describedby") == "refus"


# ---------------------------------------------------------------------------- the session


def test_the_session_is_new_at_each_sign_in(visiteur, personne):
    visiteur.get("/connexion")
    avant = visiteur.cookie
    entrer(visiteur, personne)
    premier = visiteur.cookie
    assert premier != avant
    champs = {"courriel": personne.courriel, "mot_de_passe": MOT_DE_PASSE, "csrf_token": visiteur.jeton()}
    visiteur.demander("POST", "/connexion", data=champs)
    assert visiteur.cookie != premier
    # The session before is dead: nobody who kept it may use it.
    visiteur.poser_cookie(premier)
    assert visiteur.get("/catalogue").h1 == "Se connecter"


def test_a_session_fixed_beforehand_is_not_taken_up(visiteur, personne):
    visiteur.poser_cookie("fv1." + "A" * 43)
    entrer(visiteur, personne)
    assert visiteur.cookie != "fv1." + "A" * 43
    assert visiteur.connecte


def test_signing_in_from_a_dead_session_works(visiteur, personne, base):
    entrer(visiteur, personne)
    with base.ecriture() as cnx:
        sessions.fermer_toutes(cnx, personne.id)
    assert entrer(visiteur, personne).h1 == "Catalogue"


def test_signing_out_ends_the_session_here_and_on_the_server(visiteur, personne):
    entrer(visiteur, personne)
    jeton = visiteur.cookie
    assert visiteur.submit(visiteur.get("/catalogue"), "Se déconnecter").h1 == "Se connecter"
    assert not visiteur.connecte
    assert visiteur.get("/catalogue").h1 == "Se connecter"
    visiteur.poser_cookie(jeton)
    assert visiteur.get("/catalogue").h1 == "Se connecter"


def test_signing_out_twice_or_without_being_in_is_no_failure(visiteur, client):
    page = client.get("/catalogue")
    client.submit(page, "Se déconnecter")
    assert client.submit(page, "Se déconnecter", 400).h1 == "Demande illisible"
    assert visiteur.poster("/deconnexion").status_code == 303


def test_signing_out_leaves_the_other_browsers_of_the_person_alone(navigateur, gestionnaire):
    un, autre = navigateur(gestionnaire), navigateur(gestionnaire)
    un.submit(un.get("/catalogue"), "Se déconnecter")
    assert autre.get("/catalogue").h1 == "Catalogue"


@pytest.mark.parametrize(
    "cookie", ["", "x", "fv1.", "fv1.x", "fv1." + "A" * 43, "fv1." + "A" * 4000, "fv1.é", "e30.x.y"]
)
def test_a_cookie_that_was_never_given_opens_nothing(visiteur, cookie):
    visiteur.poser_cookie(cookie)
    assert visiteur.get("/catalogue").h1 == "Se connecter"


def test_each_person_sees_their_own_name(visiteur, personne, client, atelier):
    autre = atelier.utilisateur(role=Role.LECTEUR, nom="Louise « L » <b>")
    assert "Camille Martin" in entrer(visiteur, personne).texte("//header")
    client.submit(client.get("/catalogue"), "Se déconnecter")
    assert autre.nom == "Louise « L » <b>"


# ---------------------------------------------------------------------------- where one is sent


@pytest.mark.parametrize(
    "ailleurs",
    ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example/", "\\\\ailleurs.example",
     "http:ailleurs",
     "javascript:alert(1)", "/\t/ailleurs.example", "/\n/ailleurs.example", " //ailleurs.example",
     "///ailleurs.example",
     "ailleurs.example", "/\x00", "/\r\nLocation: https://ailleurs.example", "https:/ailleurs.example",
     "data:text/html,x",
     "\u2028/", "/\u2028", "@ailleurs.example", "?x", "#x", "/\u202e"],
)  # fmt: skip
def test_a_way_out_of_the_site_is_never_followed(visiteur, personne, client, ailleurs):
    assert destination_sure(ailleurs) == "/catalogue"
    reponse = client.demander("GET", "/connexion", query_string={"destination": ailleurs})
    assert (reponse.status_code, reponse.headers["Location"]) == (303, "/catalogue")
    # The field is hidden: only a forged page could fill it so.
    champs = {"date": "", "destination": ailleurs}
    reponse = client.poster("/date-de-reference", champs)
    assert (reponse.status_code, reponse.headers["Location"]) == (303, "/catalogue")


def test_a_way_within_the_site_is_kept(client):
    for suite in ("/", "/catalogue?recherche=é", "/formations/nouvelle?type=clea#code", "/é"):
        assert destination_sure(suite) == suite
    reponse = client.demander("GET", "/connexion", query_string={"destination": "/é?x=€"})
    assert reponse.headers["Location"] == "/%C3%A9?x=%E2%82%AC"


def test_signing_in_never_leads_out_of_the_site(visiteur, personne):
    page = visiteur.get("/connexion?destination=https%3A%2F%2Failleurs.example%2F")
    arrivee = visiteur.submit(page, "Se connecter", courriel=personne.courriel, mot_de_passe=MOT_DE_PASSE)
    assert arrivee.url == "/catalogue"


def test_a_way_in_letters_that_headers_cannot_carry_is_encoded_for_htmx_too(client):
    donnees = {"csrf_token": client.jeton(), "destination": "/é?x=€"}
    reponse = client.demander("POST", "/date-de-reference", data=donnees, headers={"HX-Request": "true"})
    assert reponse.headers["HX-Redirect"] == "/%C3%A9?x=%E2%82%AC"


# ---------------------------------------------------------------------------- too many tries


@pytest.fixture
def echouer(page_client, application, monkeypatch):
    """Fail to sign in, without the slowness of a hash: what is tested is the counting."""
    monkeypatch.setattr(comptes, "authentifier", _refuser)

    def essayer(courriel, adresse=None):
        client = page_client(application)
        client.adresse = adresse or client.adresse
        return client.poster("/connexion", {"courriel": courriel, "mot_de_passe": "x"})

    return essayer


def _refuser(*_):
    raise ConnexionRefusee


def test_ten_failures_close_an_account_for_a_while_from_anywhere_even_with_the_right_password(
    echouer, visiteur, atelier, monkeypatch
):
    compte = atelier.utilisateur()
    for _ in range(10):
        assert echouer(compte.courriel).status_code == 422
    for courriel in (compte.courriel, compte.courriel.upper(), f" {compte.courriel}"):
        reponse = echouer(courriel)
        assert reponse.status_code == 429
        assert "Trop de tentatives\xa0: réessayez dans 15\xa0minutes." in reponse.text
    monkeypatch.setattr(comptes, "authentifier", lambda *_: pytest.fail("a password was compared"))
    page = visiteur.get("/connexion")
    refus = visiteur.submit(page, "Se connecter", 429, courriel=compte.courriel, mot_de_passe=MOT_DE_PASSE)
    assert refus.texte("//*[@id='refus']") == "Trop de tentatives : réessayez dans 15 minutes."
    assert refus.champ("Adresse électronique").get("value") == compte.courriel


def test_the_same_is_said_of_an_account_that_does_not_exist(echouer):
    statuts = [echouer("fantome@essai.example").status_code for _ in range(11)]
    assert statuts == [422] * 10 + [429]


def test_the_failures_of_one_account_do_not_close_another(echouer, atelier):
    un, autre = atelier.utilisateur(), atelier.utilisateur()
    for _ in range(11):
        echouer(un.courriel)
    assert echouer(autre.courriel).status_code == 422


def test_sixty_failures_close_an_address_whatever_the_accounts(echouer):
    adresse = une_adresse()
    statuts = [echouer(f"personne{n}@balayage.example", adresse).status_code for n in range(61)]
    assert statuts == [422] * 60 + [429]
    assert echouer("encore@balayage.example").status_code == 422


def test_the_account_opens_again_when_the_time_has_passed(echouer, atelier, monkeypatch):
    compte = atelier.utilisateur()
    for _ in range(10):
        echouer(compte.courriel)
    assert echouer(compte.courriel).status_code == 429
    reelle = time.time
    monkeypatch.setattr(time, "time", lambda: reelle() + 14 * 60 + 30)
    assert "réessayez dans 1\xa0minute." in echouer(compte.courriel).text
    monkeypatch.setattr(time, "time", lambda: reelle() + 15 * 60 + 1)
    assert echouer(compte.courriel).status_code == 422


def test_successes_are_not_counted(visiteur, personne, monkeypatch):
    monkeypatch.setattr(comptes, "authentifier", lambda *_: personne)
    monkeypatch.setattr(comptes, "rafraichir_empreinte", lambda *_: False)
    for _ in range(12):
        assert entrer(visiteur, personne).h1 == "Catalogue"
        visiteur.submit(visiteur.get("/catalogue"), "Se déconnecter")
