"""Failures: each told in French where the person looks, with the text intact and a way to try again."""

import json
import re
from io import BytesIO
from uuid import uuid4

import pytest
from flask import abort
from sqlalchemy.exc import OperationalError

from tests.builders import une_fiche
from tests.builders_arbre import AtelierArbre
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.lecture_html import plat, valeur
from tests.web.matrice import DES_PERSONNES, ECRITURES
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE
from webapp.app import create_app
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.comptes import CompteRefuse
from webapp.domain.refus import ReferenceRompue
from webapp.domain.textes import fr
from webapp.persistence import comptes
from webapp.pont import TAILLE_MAX
from webapp.services import catalogue
from webapp.web import formations
from webapp.web.http import errors
from webapp.web.http.access import publique
from webapp.web.http.contexte import transaction
from webapp.web.http.errors import ERREURS, PANNES, REESSAYABLES, TEXTE_A_RENDRE

LONG = "Un texte que personne ne veut perdre.\n\nSur plusieurs lignes : « été », <b>, {{ x }}.\n"
PANNE = "Une erreur est survenue de notre côté. Réessayez dans un instant."


class PanneError(RuntimeError):
    """A failure that nobody has foreseen."""


@pytest.fixture
def casser(monkeypatch):
    """Make an operation of the catalogue fail as nobody has foreseen."""

    def faire(*noms):
        def tomber(*_, **__):
            raise PanneError("un détail que personne ne doit lire")

        for nom in noms:
            monkeypatch.setattr(catalogue, nom, tomber)

    return faire


@pytest.fixture
def en_panne(client, casser):
    """A form that is filled while the catalogue is broken."""
    page = client.get(FICHE)
    casser("soumettre", "verifier_identifiant", "lister")
    return page


# ---------------------------------------------------------------------------- 500


@pytest.mark.parametrize("bouton", ["Enregistrer les modifications", "Valider", "Vérifier"])
def test_an_unforeseen_failure_is_told_in_place_with_the_text_intact(client, en_panne, bouton):
    en_panne.remplir(en_panne.par_id("fiche"), {"contenu": LONG}, js=True)
    apres = client.swap(en_panne, client.htmx(en_panne, bouton, 500))
    assert apres.alertes == [PANNE]
    assert apres.commande("Réessayer").get("data-reessayer") is not None
    assert_same(apres, en_panne, PRINCIPAL)
    assert "personne ne doit lire" not in apres.texte("//body")


def test_without_javascript_the_text_is_handed_back_and_can_be_sent_again(client, en_panne, monkeypatch):
    refus = client.submit(
        en_panne, "Enregistrer les modifications", 500, **COMPLETE | {"contenu": LONG, "identifiant": "Apres_Panne"}
    )
    assert refus.h1 == "Une erreur est survenue"
    assert PANNE in refus.texte()
    assert "personne ne doit lire" not in refus.html
    assert valeur(refus.champ("Contenu de la formation")) == LONG
    monkeypatch.undo()
    fin = client.submit(refus, "Envoyer de nouveau")
    assert fin.tous("//form[@id='fiche']")
    assert fin.valeur("identifiant") == "Apres_Panne"


def test_a_screen_that_fails_offers_a_way_back(client, en_panne):
    page = client.get("/catalogue", 500)
    assert page.h1 == "Une erreur est survenue"
    assert page.lien("Revenir au catalogue") == "/catalogue"
    assert page.lien("Réessayer") == "/catalogue"
    assert page.commandes() == ["Réessayer", "Revenir au catalogue", "Mode d'emploi"]
    assert "Ce qui était enregistré l'est toujours." in page.texte("//main")


def test_nothing_is_half_done_when_an_operation_fails(client, atelier, gestionnaire, monkeypatch):
    formation = atelier.formation(gestionnaire, une_fiche())
    reel = catalogue.archiver

    def puis_tomber(*arguments):
        reel(*arguments)
        raise PanneError

    monkeypatch.setattr(catalogue, "archiver", puis_tomber)
    assert client.poster(f"/formations/{formation.id}/archivage", {"version": "1"}).status_code == 500
    assert atelier.lire(gestionnaire, formation.id) == formation


@pytest.fixture
def emporter(base, gestionnaire, monkeypatch):
    """Remove the organisation of the person once she is known, before what she asked for is written."""

    def puis_ecrire():
        with base.ecriture() as cnx:
            assert comptes.supprimer_organisme(cnx, gestionnaire.organisme.id)
        return transaction()

    monkeypatch.setattr(formations, "transaction", puis_ecrire)


@pytest.mark.usefixtures("emporter")
def test_an_account_that_is_removed_meanwhile_is_asked_to_sign_in(client, capsys):
    page = client.get(FICHE)
    refus = client.submit(page, "Enregistrer les modifications", 401, **COMPLETE | {"contenu": LONG})
    assert refus.h1 == "Votre session a expiré"
    assert TEXTE_A_RENDRE in refus.phrases()
    assert [valeur(c) for c in refus.tous("//main//textarea") if valeur(c) == LONG]
    assert "panne" not in capsys.readouterr().out


def test_what_is_missing_while_the_account_is_there_is_our_failure(client, monkeypatch):
    def rompre(*_, **__):
        raise ReferenceRompue

    monkeypatch.setattr(catalogue, "soumettre", rompre)
    refus = client.submit(client.get(FICHE), "Enregistrer les modifications", 500, **COMPLETE)
    assert refus.h1 == "Une erreur est survenue"


def test_the_log_says_what_failed_and_never_what_was_typed(
    page_client, reglages, base, gestionnaire, monkeypatch, capsys
):
    # The log is set up with the application: built here, it writes where this test reads.
    client = page_client(create_app(reglages, base), gestionnaire)

    # Not written in this line: a traceback quotes the lines of the code.
    secret = "-".join(["un-secret"] * 2)

    def tomber(cnx, *_):
        cnx.exec_driver_sql("SELECT perdue FROM formation WHERE contenu = ?", (secret,))

    monkeypatch.setattr(catalogue, "soumettre", tomber)
    page = client.get(FICHE)
    client.submit(page, "Enregistrer les modifications", 500, identifiant="x", contenu=secret)
    [ligne] = [json.loads(ligne) for ligne in capsys.readouterr().err.splitlines() if '"panne"' in ligne]
    assert (ligne["level"], ligne["methode"]) == ("error", "POST")
    assert ligne["chemin"].startswith("/formations/")
    assert "OperationalError" in ligne["exception"]
    assert secret not in json.dumps(ligne, ensure_ascii=False)
    assert client.jeton() not in json.dumps(ligne)


# ---------------------------------------------------------------------------- the database is gone


def couper(base, m):
    """Make a database unreachable, by every way to it."""

    def injoignable(*_):
        raise OperationalError("SELECT 1", {}, OSError("the disk is gone"))

    for porteur, nom in (
        (base, "lecture"), (base, "ecriture"), (base.lecture_du_fil, "lire_par_la_porte"),
        (base.lecture_du_fil, "executer"),
    ):  # fmt: skip
        m.setattr(porteur, nom, injoignable)


@pytest.mark.parametrize("route", DES_PERSONNES, ids=str)
def test_every_screen_says_in_french_that_it_failed_when_the_database_is_gone(client, base, monkeypatch, route):
    jeton = client.jeton()
    couper(base, monkeypatch)
    donnees = {"csrf_token": jeton, **route.corps()} if route.ecrit else None
    url = route.url("00000000-0000-0000-0000-000000000001")
    reponse = client.demander(route.methode, url, data=donnees, query_string=route.parametres)
    # Signed out, in effect: what asks for a session fails, what is public and needs no data may still answer.
    sans_donnees = {"/", "/composants", "/connexion", "/deconnexion"}
    panne = 503 if route.regle == "/sante" else 500
    assert reponse.status_code == panne or route.regle in sans_donnees or route.regle.startswith("/mode-d-emploi")
    if reponse.status_code == panne:
        assert client._page(reponse, url, panne).h1 == ERREURS[panne].titre


def test_a_database_that_comes_back_is_found_again(page_client, application_a_part, gestionnaire, monkeypatch):
    client = page_client(application_a_part, gestionnaire)
    with monkeypatch.context() as m:
        couper(application_a_part.extensions["fiche_vivante"].base, m)
        assert client.get("/catalogue", 500).h1 == "Une erreur est survenue"
    assert client.get("/catalogue").h1 == "Catalogue"


def test_a_failure_does_not_sign_anybody_out(page_client, application_a_part, gestionnaire, monkeypatch):
    client = page_client(application_a_part, gestionnaire)
    avant = client.cookie
    with monkeypatch.context() as m:
        couper(application_a_part.extensions["fiche_vivante"].base, m)
        client.get("/catalogue", 500)
        client.demander("GET", "/mode-d-emploi")
    assert client.cookie == avant


# ---------------------------------------------------------------------------- 413

TROP = "x" * 1_000_000


@pytest.mark.parametrize("route", ECRITURES, ids=str)
def test_a_body_of_a_megabyte_is_refused(client, route):
    url = route.url("00000000-0000-0000-0000-000000000001")
    # A file has a limit of its own, and so has what the portal says of a whole catalogue.
    trop = TROP * 34 if route.champs == "fichier" or url.endswith("/compte-rendu") else TROP
    donnees = {"csrf_token": client.jeton(), **route.corps(), "contenu": trop}
    reponse = client.demander("POST", url, data=donnees)
    assert reponse.status_code == 413
    page = client._page(reponse, url, 413)
    assert page.h1 == "Envoi trop volumineux"
    assert len(reponse.text) < 20_000
    par_htmx = client.demander("POST", url, data=donnees, headers={"HX-Request": "true"})
    assert par_htmx.status_code == 413
    assert "Cet envoi dépasse la taille acceptée." in par_htmx.text
    # The limit is said: raised where it is a file's, or a long text's.
    assert re.search("(512.ko|32.Mo|400.ko|2.000.000.caractères) (au plus|:)", plat(page.texte()))
    # The dialog of the sign-in has a button of its own.
    assert ("data-reessayer" in par_htmx.text) is (url != "/connexion")


def test_a_visitor_who_sends_too_much_is_refused_too(visiteur):
    assert visiteur.poster("/connexion", {"courriel": TROP}).status_code == 413
    reponse = visiteur.demander("POST", "/formations/00000000-0000-0000-0000-000000000001", data={"contenu": TROP})
    assert reponse.status_code in {401, 413}


def sans_longueur(client, texte):
    """Send a form whose length is not said, as some proxies do."""
    corps = f"csrf_token={client.jeton()}&type_formation=clea&certification=RS2203&identifiant=Coupee&contenu={texte}"
    return client.demander(
        "POST", f"/formations/{uuid4()}", input_stream=BytesIO(corps.encode()),
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip


def test_a_body_whose_length_is_not_said_is_read_whole_or_refused_never_cut(client, base, gestionnaire):
    reponse = sans_longueur(client, TROP)
    assert reponse.status_code == 413
    assert client._page(reponse, "/echec", 413).h1 == "Envoi trop volumineux"
    # The same text would have fitted once cut where reading stops.
    assert sans_longueur(client, "x" * (TAILLE_MAX - 60)).status_code == 413
    assert sans_longueur(client, "x" * 3000).status_code == 303
    with base.lecture() as cnx:
        [faite] = banc_essai.lister_formations(cnx, gestionnaire.organisme.id)
    assert faite["contenu"] == "x" * 3000


def test_a_form_of_too_many_parts_is_refused(client, visiteur):
    for qui, statut in ((client, 413), (visiteur, 401)):
        parties = dict.fromkeys(map(str, range(150)), "x") | {"csrf_token": qui.jeton()}
        reponse = qui.demander(
            "POST", "/formations/00000000-0000-0000-0000-000000000001/saisie", data=parties,
            content_type="multipart/form-data",
        )  # fmt: skip
        assert reponse.status_code == statut


def test_the_longest_fiche_that_can_be_stored_goes_through_in_a_plain_form(client):
    page = client.get(FICHE)
    pleins = dict.fromkeys(("objectif", "contenu", "resultats_attendus"), "😀\n" * 1500) | {"points_forts": "😀" * 255}
    apres = client.submit(page, "Enregistrer les modifications", identifiant="Plein", intitule="é" * 255, **pleins)
    assert apres.tous("//form[@id='fiche']")
    assert {nom: apres.valeur(nom) for nom in pleins} == pleins


@pytest.mark.parametrize(
    ("corps", "type_"),
    [
        (b"{}", "application/json"), (b"\xff\xfe", "text/plain"), (b"<a/>", "application/xml"), (b"", ""),
        (b"x", "multipart/form-data"), (b"--a\r\n\r\n", "multipart/form-data; boundary=a"),
        (b"--a", "multipart/form-data; boundary=" + "a" * 300),
        (b"a=1", "application/x-www-form-urlencoded; charset=x"),
        (b"%", "application/x-www-form-urlencoded"), (b"=&=&&", "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_of_ours_has_no_token_and_is_refused(client, corps, type_):
    for route in ECRITURES:
        url = route.url("00000000-0000-0000-0000-000000000001")
        assert client.demander("POST", url, data=corps, content_type=type_).status_code in {400, 411, 413}


# ---------------------------------------------------------------------------- the table


@pytest.fixture(scope="module")
def echouante(reglages, base):
    """An application with an address that fails as asked."""

    @publique
    def echouer(statut):
        abort(statut)

    application = create_app(reglages, base)
    application.add_url_rule("/echec/<int:statut>", view_func=echouer, methods=["POST"])
    return application


@pytest.mark.parametrize("statut", [*ERREURS, 418, 422])
def test_each_failure_is_told_in_french_as_a_page_and_in_place(echouante, page_client, statut):
    visiteur = page_client(echouante)
    attendue = ERREURS.get(statut) or ERREURS[500 if statut >= 500 else 400]
    jeton = visiteur.jeton()
    corps = {"csrf_token": jeton, "contenu": LONG}
    reponse = visiteur.demander("POST", f"/echec/{statut}", data=corps)
    assert reponse.status_code == statut
    page = visiteur._page(reponse, "/echec", statut)
    assert page.h1 == attendue.titre.replace("’", "'")
    assert (TEXTE_A_RENDRE if statut == 401 else attendue.message) in page.phrases()
    assert page.tous("//p[@role='alert']")
    rendu = [c for c in page.tous("//main//textarea") if valeur(c) == LONG]
    assert bool(rendu) is (statut in REESSAYABLES - {413})
    vif = visiteur.demander("POST", f"/echec/{statut}", data=corps, headers={"HX-Request": "true"})
    assert (vif.status_code, vif.headers["FV-Fragment"]) == (statut, "1")
    assert vif.headers["HX-Reswap"] == ("outerHTML" if statut == 401 else "none")
    assert (attendue.message in vif.text) is (statut != 401)
    assert ("data-reessayer" in vif.text) is (statut in REESSAYABLES - {401})
    assert ("Se reconnecter" in vif.text) is (statut == 401)


def test_every_sentence_of_the_table_is_typeset_and_says_what_to_do():
    for erreur in ERREURS.values():
        assert erreur.titre == fr(erreur.titre)
        assert erreur.message == fr(erreur.message)
        assert erreur.message.endswith(".")
    assert set(REESSAYABLES) <= set(ERREURS)


def test_the_failures_that_no_answer_tells_are_in_every_page_ready_to_be_shown(client, visiteur):
    for page in (visiteur.get("/connexion"), client.get("/catalogue"), client.get("/perdue", 404)):
        for nom, phrase in PANNES.items():
            [modele] = page.document.xpath(f"//template[@id='panne-{nom}']")
            assert phrase in "".join(modele.itertext())
            assert modele.xpath(".//button[@data-reessayer]")
            assert modele.xpath(".//button[@data-fermer-message]")


def test_a_refusal_of_the_trade_that_nobody_turned_into_an_answer_is_a_failure(client, monkeypatch):
    def refuser(*_):
        raise CompteRefuse("x")

    monkeypatch.setattr(catalogue, "lister", refuser)
    assert client.get("/catalogue", 500).h1 == "Une erreur est survenue"


def test_a_label_of_what_is_handed_back_is_that_of_its_field():
    assert errors.libelle_repris("points_forts") == "Les points forts de la formation"
    assert errors.libelle_repris("autre") == "autre"
    # Étape 1/2 of a change carries the same texts under names of its own.
    assert errors.libelle_repris("fiche.points_forts") == "Les points forts de la formation"
    assert errors.libelle_repris("fiche.autre") == "fiche.autre"


def test_an_address_that_a_refused_button_has_left_leads_back_to_the_page_of_its_object(client, application):
    """Every address that only answers a button, by the map of the routes: none says 405 where there is an object."""
    ouvertes = {regle.rule for regle in application.url_map.iter_rules() if "GET" in (regle.methods or ())}
    fermees = {regle.rule for regle in application.url_map.iter_rules()} - ouvertes
    sous_un_objet = [r for r in fermees if "<uuid:" in r and not r.startswith("/banc-d-essai")]
    assert len(sous_un_objet) > 30
    for regle in sous_un_objet:
        adresse = re.sub("<uuid:[a-z]+>", str(uuid4()), regle)
        reponse = client.demander("GET", adresse)
        assert reponse.status_code == 303, regle
        ou = reponse.headers["Location"]
        assert adresse.startswith(f"{ou}/"), regle
    # Its parent answers a name, and is none of its own.
    assert client.demander("GET", "/mode-d-emploi/visite/refus").headers["Location"] == "/mode-d-emploi"
    assert client.demander("GET", "/deconnexion").status_code == 405


def test_a_refused_validation_is_opened_again_on_the_page_of_the_action(client, base, gestionnaire, atelier):
    planteur = AtelierArbre(base, gestionnaire)
    action = planteur.action(atelier.formation(gestionnaire).id, duree="")
    refusee = client.submit(client.get(f"/actions/{action.id}"), "Valider", 422)
    assert refusee.url.endswith("/validation")
    assert client.get(refusee.url).h1 == "Modifier l'action de formation"
