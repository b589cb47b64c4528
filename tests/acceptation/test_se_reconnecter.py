"""Signed out under an open page: what the dialog does in a browser, and how often what was asked is sent again."""

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_saisie import demander_un_autre_type, offres

MOT_DE_PASSE = "une phrase assez longue"


@pytest.fixture
def visite(visite_de):
    with visite_de(mot_de_passe=MOT_DE_PASSE) as ouverte:
        yield ouverte


@pytest.fixture
def envois(visite):
    """Every POST that leaves the page, by its path."""
    partis = []

    def noter(demande):
        if demande.method == "POST":
            partis.append(demande.url.rpartition(visite.adresse)[2])

    visite.page.on("request", noter)
    return partis


def expirer(visite):
    visite.porte.expirer_sessions(visite.organisme.personnes[0])


def question(visite):
    return visite.page.get_by_role("dialog", name="Se reconnecter")


def rendue(visite, fin):
    """Wait for the answer to what the page sends: typing is sent after a pause, which a busy machine makes longer."""
    return visite.page.expect_response(lambda reponse: reponse.url.endswith(fin))


def se_reconnecter(visite, rang=0):
    visite.page.get_by_label("Adresse électronique").fill(visite.organisme.personnes[rang].courriel)
    visite.page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    visite.page.keyboard.press("Enter")


def une_formation(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    return f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}"


def test_the_address_is_there_and_the_focus_in_the_password_then_back_where_it_was(visite):
    visite.page.goto(NOUVELLE)
    expirer(visite)
    visite.champ("identifiant").fill("Clea_9")
    visite.champ("contenu").focus()
    expect(question(visite)).to_be_visible()
    expect(visite.page.get_by_label("Adresse électronique")).to_have_value(visite.organisme.personnes[0].courriel)
    expect(visite.page.get_by_label("Mot de passe", exact=True)).to_be_focused()
    se_reconnecter(visite)
    expect(question(visite)).to_have_count(0)
    expect(visite.champ("contenu")).to_be_focused()
    expect(visite.page.locator("#etat-resume")).to_contain_text("Il reste")


def test_what_was_asked_is_sent_again_once_with_all_that_met_a_closed_session(visite, envois):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    expirer(visite)
    with rendue(visite, "/saisie"), rendue(visite, "/verification"):
        visite.champ("identifiant").fill("Clea_9")
        visite.bouton("Vérifier").click()
    expect(question(visite)).to_be_visible()
    # Both answers are on the page: each brings a token to sign in with.
    visite.page.wait_for_timeout(600)
    envois.clear()
    with rendue(visite, "/saisie"), rendue(visite, "/verification"):
        se_reconnecter(visite)
    expect(visite.page.get_by_role("status").get_by_text("est disponible").first).to_be_visible()
    visite.page.wait_for_timeout(600)
    assert sorted(envois) == sorted(["/connexion", f"{adresse}/verification", f"{adresse}/saisie"])


def test_a_save_sent_again_is_saved_once_and_nothing_else_is_asked(visite, envois):
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_9")
    visite.page.wait_for_timeout(600)
    expirer(visite)
    visite.bouton("Enregistrer les modifications").click()
    expect(question(visite)).to_be_visible()
    envois.clear()
    se_reconnecter(visite)
    expect(question(visite)).to_have_count(0)
    visite.page.wait_for_timeout(600)
    assert [envoi for envoi in envois if not envoi.endswith("/saisie")] == ["/connexion", envois[-1]]
    assert visite.porte.formation(visite.organisme, "Clea_9")["version"] == 1


@pytest.mark.parametrize("fermer", ["Plus tard", "Escape"])
def test_put_away_the_dialog_does_not_come_back_by_itself(visite, envois, fermer):
    visite.page.goto(NOUVELLE)
    expirer(visite)
    visite.bouton("Vérifier").click()
    expect(question(visite)).to_be_visible()
    if fermer == "Escape":
        visite.page.keyboard.press("Escape")
    else:
        visite.bouton(fermer).click()
    expect(visite.page.get_by_role("alert").get_by_text("Vous n’êtes plus connecté").first).to_be_visible()
    for texte in ("Un", "Deux"):
        with visite.page.expect_response(lambda r: r.url.endswith("/saisie")):
            visite.champ("contenu").fill(texte)
    expect(question(visite)).to_have_count(0)
    expect(visite.page.get_by_role("alert").get_by_text("Vous n’êtes plus connecté").first).to_be_visible()
    visite.bouton("Se reconnecter").click()
    expect(question(visite)).to_be_visible()
    envois.clear()
    se_reconnecter(visite)
    expect(question(visite)).to_have_count(0)
    visite.page.wait_for_timeout(600)
    # What was pressed before was renounced; what follows the typing goes on.
    assert [envoi.rpartition("/")[2] for envoi in envois] == ["connexion", "saisie"]
    expect(visite.page.get_by_role("alert").get_by_text("Vous n’êtes plus connecté")).to_have_count(0)


def test_a_search_and_the_typing_meet_a_closed_session_and_one_question_is_asked(visite):
    visite.page.goto("/formations/nouvelle?type=certifiante")
    visite.page.get_by_role("link", name="Je ne connais pas mon code").click()
    expect(visite.champ("recherche")).to_be_focused()
    expirer(visite)
    visite.champ("recherche").fill("anglais")
    expect(question(visite)).to_have_count(1)
    se_reconnecter(visite)
    expect(visite.page.locator("#bilan-recherche")).to_contain_text("Aucune certification")
    expect(visite.champ("recherche")).to_be_focused()


@pytest.mark.parametrize("statut", [None, 500, 502])
def test_a_failure_of_the_sign_in_is_told_in_the_dialog(visite, statut):
    visite.page.goto(NOUVELLE)
    expirer(visite)
    visite.bouton("Enregistrer les modifications").click()
    expect(question(visite)).to_be_visible()

    def rater(demande):
        if statut is None:
            demande.abort()
        else:
            demande.fulfill(status=statut, content_type="text/html", body="<h1>Bad Gateway</h1>")

    visite.page.route("**/connexion", rater)
    se_reconnecter(visite)
    dit = "Le serveur ne répond pas" if statut is None else "Une erreur est survenue"
    expect(question(visite).get_by_role("alert")).to_contain_text(dit)
    visite.page.unroute("**/connexion")
    visite.page.keyboard.press("Enter")
    expect(question(visite)).to_have_count(0)


def test_somebody_else_sees_nothing_and_what_was_typed_stays_kept(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    visite.champ("contenu").fill("Mon texte")
    expirer(visite)
    visite.bouton("Enregistrer les modifications").click()
    se_reconnecter(visite, 1)
    expect(visite.page.get_by_role("alert").get_by_text("Vous êtes connecté en tant que").first).to_be_visible()
    assert visite.page.url.endswith(adresse)
    assert "Mon texte" not in visite.page.content()
    expect(visite.page.get_by_role("button", name="Reprendre la saisie")).to_have_count(0)
    visite.devenir(0)
    visite.page.reload()
    visite.page.get_by_role("button", name="Reprendre la saisie").click()
    expect(visite.champ("contenu")).to_have_value("Mon texte")


def test_a_colleague_who_signs_in_over_a_formation_that_was_just_made_is_led_to_it(visite):
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_9")
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("status").get_by_text("Enregistré à")).to_be_visible()
    expirer(visite)
    visite.bouton("Vérifier").click()
    se_reconnecter(visite, 1)
    expect(visite.page.get_by_role("alert").get_by_text("Vous êtes connecté en tant que").first).to_be_visible()
    assert visite.page.url.endswith(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_9')['id']}")


def test_put_away_the_question_leaves_nothing_that_is_saved_in_the_name_of_another(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    visite.champ("contenu").fill("Mon texte")
    expirer(visite)
    visite.devenir(1)
    visite.bouton("Enregistrer les modifications").click()
    expect(question(visite)).to_contain_text("s’est connecté depuis dans ce navigateur")
    visite.bouton("Plus tard").click()
    visite.bouton("Enregistrer les modifications").click()
    expect(question(visite)).to_contain_text("s’est connecté depuis dans ce navigateur")
    assert visite.porte.formation(visite.organisme, "Clea_1")["version"] == 1
    se_reconnecter(visite)
    expect(visite.page.get_by_role("status").get_by_text("Enregistré à")).to_be_visible()
    assert visite.porte.formation(visite.organisme, "Clea_1")["contenu"] == "Mon texte"


def test_two_refusals_that_cross_leave_a_dialog_that_signs_in(visite):
    visite.page.goto(NOUVELLE)
    expirer(visite)
    visite.contexte.clear_cookies()
    visite.champ("identifiant").fill("Clea_9")
    visite.bouton("Vérifier").click()
    expect(question(visite)).to_be_visible()
    # As if the cookie were that of another answer than the one that opened the dialog.
    visite.contexte.clear_cookies()
    se_reconnecter(visite)
    expect(question(visite)).to_have_count(0)
    expect(visite.page.get_by_role("status").get_by_text("est disponible").first).to_be_visible()


def test_the_dialog_does_not_open_under_the_fingers(visite):
    visite.page.goto(NOUVELLE)
    expirer(visite)
    visite.champ("objectif").click()
    for mot in ("Prendre ", "la ", "parole ", "avec ", "aisance"):
        visite.page.keyboard.type(mot)
        # Long enough for what follows the typing to be asked, and refused.
        visite.page.wait_for_timeout(500)
    expect(question(visite)).not_to_be_visible()
    expect(visite.champ("objectif")).to_have_value("Prendre la parole avec aisance")
    expect(question(visite)).to_be_visible()


def test_texts_kept_for_another_type_are_shown_once_signed_in_over_the_page(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    demander_un_autre_type(visite)
    visite.page.get_by_label("Bilan de compétences", exact=True).check()
    visite.bouton("Suivant").click()
    visite.champ("duree_heures").fill("20")
    visite.page.goto(adresse)
    expirer(visite)
    offres(visite).click()
    expect(question(visite)).to_be_visible()
    se_reconnecter(visite)
    expect(visite.champ("duree_heures")).to_have_value("20")
    expect(offres(visite)).to_have_count(0)


def test_texts_kept_for_another_type_stay_kept_when_the_sign_in_is_put_off(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    demander_un_autre_type(visite)
    visite.page.get_by_label("Bilan de compétences", exact=True).check()
    visite.bouton("Suivant").click()
    visite.champ("duree_heures").fill("20")
    visite.page.goto(adresse)
    expirer(visite)
    offres(visite).click()
    visite.bouton("Plus tard").click()
    visite.devenir(0)
    visite.page.reload()
    offres(visite).click()
    expect(visite.champ("duree_heures")).to_have_value("20")


@pytest.mark.parametrize("operation", ["supprimer", "archiver"])
def test_texts_of_a_lost_formation_are_shown_once_signed_in_over_its_page(visite, operation):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    visite.champ("contenu").fill("Mon texte")
    visite.porte.operer_en_collegue(visite.organisme, "Clea_1", operation)
    visite.page.reload()
    expirer(visite)
    offres(visite).click()
    expect(question(visite)).to_be_visible()
    se_reconnecter(visite)
    expect(visite.bouton("Créer une formation avec cette saisie")).to_be_visible()
    expect(visite.champ("contenu")).to_have_value("Mon texte")
