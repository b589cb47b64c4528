"""A session that ended while somebody was writing: nothing is saved in silence, nothing typed is lost."""

import pytest

from tests.builders import MOT_DE_PASSE, Atelier, une_fiche
from tests.web.lecture_html import valeur
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.comptes import ConnexionRefusee, Role
from webapp.domain.refus import BaseIndisponible
from webapp.services import comptes, sessions

LONG = "Un texte que personne ne veut perdre.\n\nSur plusieurs lignes : « été », <b>, {{ x }}.\n"


def refuser(*_):
    raise ConnexionRefusee


@pytest.fixture(scope="module")
def auteur(base):
    return Atelier(base).utilisateur(mot_de_passe=MOT_DE_PASSE)


@pytest.fixture
def client_auteur(navigateur, auteur):
    return navigateur(auteur)


@pytest.fixture
def expirer(base, auteur):
    def faire():
        with base.ecriture() as cnx:
            sessions.fermer_toutes(cnx, auteur.id)

    return faire


@pytest.fixture
def stockees(base, auteur):
    def lire():
        with base.lecture() as cnx:
            return {f["identifiant"]: f for f in banc_essai.lister_formations(cnx, auteur.organisme.id)}

    return lire


ICI = "Enregistrer les modifications"
BOUTONS = [ICI, "Valider", "Vérifier", "Annuler"]


def se_reconnecter(client, page, qui, mot_de_passe=MOT_DE_PASSE, statut=200, **options):
    """Fill the dialog and press its button."""
    champs = {"courriel": qui.courriel, "mot_de_passe": mot_de_passe}
    fragment = client.htmx(page, "Se connecter", statut, **champs, **options)
    # What is typed is no attribute: the invariants look for a password that the server would give back.
    del page.champ("Mot de passe").attrib["value"]
    return fragment


@pytest.mark.parametrize("bouton", BOUTONS)
def test_one_signs_in_over_the_page_and_the_text_stays(client_auteur, auteur, expirer, stockees, bouton):
    page = client_auteur.get(FICHE)
    expirer()
    avant = stockees()
    refus = client_auteur.swap(page, client_auteur.htmx(page, bouton, 401, identifiant="Expire", contenu=LONG))
    assert refus.texte("//dialog//h2") == "Se reconnecter"
    assert refus.texte("//*[@id='reconnexion-motif']").startswith("Votre session a expiré. Reconnectez-vous")
    assert refus.valeur("contenu") == LONG
    assert refus.alertes == []
    assert stockees() == avant
    fragment = se_reconnecter(client_auteur, refus, auteur)
    assert fragment.reponse.headers["FV-Reprendre"] == "1"
    assert fragment.redirection is None
    page = client_auteur.swap(refus, fragment)
    # The very same request, with the token as it is now.
    client_auteur.htmx(page, bouton, 422 if bouton == "Valider" else 200, renvoi=True)
    if bouton == ICI:
        assert stockees()["Expire"]["contenu"] == LONG


def test_the_typing_that_is_followed_says_it_too(client_auteur, expirer):
    page = client_auteur.get(FICHE)
    expirer()
    refus = client_auteur.swap(page, client_auteur.htmx(page, page.par_id("suivi"), 401, contenu=LONG))
    assert refus.texte("//dialog//h2") == "Se reconnecter"


def test_the_page_knows_whose_it_is_and_the_dialog_holds_no_password(client_auteur, auteur, expirer):
    page = client_auteur.get(FICHE)
    visite = page.par_id("visite")
    assert visite.get("data-courriel") == auteur.courriel
    expirer()
    refus = client_auteur.swap(page, client_auteur.htmx(page, ICI, 401))
    rate = client_auteur.swap(refus, se_reconnecter(client_auteur, refus, auteur, "faux", 422))
    assert rate.texte("//*[@id='reconnexion-refus']") == "Adresse électronique ou mot de passe incorrect."
    assert rate.par_id("reconnexion-refus").get("role") == "alert"


def test_too_many_tries_are_told_in_the_dialog(client_auteur, atelier, expirer, monkeypatch):
    autre = atelier.utilisateur()
    page = client_auteur.get(FICHE)
    expirer()
    page = client_auteur.swap(page, client_auteur.htmx(page, ICI, 401))
    with monkeypatch.context() as m:
        m.setattr(comptes, "authentifier", refuser)
        for _ in range(10):
            se_reconnecter(client_auteur, page, autre, statut=422)
    page = client_auteur.swap(page, se_reconnecter(client_auteur, page, autre, statut=429))
    assert page.texte("//*[@id='reconnexion-refus']") == "Trop de tentatives : réessayez dans 15 minutes."


@pytest.mark.parametrize("collegue", [True, False])
def test_signing_in_as_somebody_else_resumes_nothing(client_auteur, base, auteur, expirer, stockees, collegue):
    atelier = Atelier(base)
    autre = atelier.utilisateur(auteur.organisme if collegue else None, mot_de_passe=MOT_DE_PASSE)
    page = client_auteur.get(FICHE)
    expirer()
    page = client_auteur.swap(page, client_auteur.htmx(page, ICI, 401, identifiant="Autre", contenu=LONG))
    fragment = se_reconnecter(client_auteur, page, autre)
    assert "FV-Reprendre" not in fragment.reponse.headers
    assert fragment.redirection == (page.url if collegue else "/catalogue")
    suivante = client_auteur.swap(page, fragment)
    assert suivante.alertes == [
        f"Vous êtes connecté en tant que {autre.nom} : ce qu'une autre personne avait commencé n'a pas été envoyé."
    ]
    assert LONG not in suivante.html
    assert "Autre" not in stockees()


def test_signed_in_again_in_another_tab_what_is_asked_goes_on_by_itself(client_auteur, base, auteur, expirer, stockees):
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, auteur)
    champs = COMPLETE | {"identifiant": "Deux_Onglets", "contenu": LONG}
    fragment = client_auteur.htmx(page, ICI, 400, **champs)
    assert fragment.reponse.headers["FV-Reprendre"] == "1"
    assert fragment.html == ""
    page = client_auteur.swap(page, fragment)
    client_auteur.htmx(page, ICI, renvoi=True)
    assert stockees()["Deux_Onglets"]["contenu"] == LONG


def test_what_is_sent_again_and_refused_again_is_told(client_auteur, base, auteur, expirer):
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, auteur)
    page = client_auteur.swap(page, client_auteur.htmx(page, ICI, 400, renvoi=True, contenu=LONG))
    assert page.alertes[0].startswith("Votre connexion a été renouvelée depuis l'ouverture de cette page")
    assert page.valeur("contenu") == LONG


def test_somebody_else_signed_in_in_another_tab_is_not_made_to_send(client_auteur, base, auteur, expirer, stockees):
    autre = Atelier(base).utilisateur(auteur.organisme)
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, autre)
    page = client_auteur.swap(page, client_auteur.htmx(page, ICI, 401, identifiant="Autre", contenu=LONG))
    assert page.texte("//*[@id='reconnexion-motif']").startswith(f"{autre.nom} s'est connecté depuis")
    page = client_auteur.swap(page, se_reconnecter(client_auteur, page, auteur))
    client_auteur.htmx(page, ICI, renvoi=True)
    assert "Autre" in stockees()


def jetons(page):
    return {champ.get("value") for champ in page.tous("//form[not(ancestor::dialog)]/input[@name='csrf_token']")}


@pytest.mark.parametrize("bouton", BOUTONS)
@pytest.mark.parametrize("role", list(Role))
def test_put_away_the_question_leaves_nothing_that_goes_in_the_name_of_another(
    client_auteur, base, auteur, expirer, stockees, bouton, role
):
    autre = Atelier(base).utilisateur(auteur.organisme, role=role)
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, autre)
    avant = jetons(page)
    page = client_auteur.swap(page, client_auteur.htmx(page, page.par_id("suivi"), 401, contenu=LONG))
    # « Plus tard », then she presses a button all the same.
    assert jetons(page) == avant
    page = client_auteur.swap(page, client_auteur.htmx(page, bouton, 401, identifiant="En_Son_Nom", contenu=LONG))
    assert page.texte("//*[@id='reconnexion-motif']").startswith(f"{autre.nom} s'est connecté depuis")
    assert page.valeur("contenu") == LONG
    assert "En_Son_Nom" not in stockees()


def test_the_page_of_one_person_asks_no_question_in_the_name_of_another(client_auteur, base, auteur, expirer):
    formation = Atelier(base).formation(auteur, une_fiche(identifiant="Question"))
    page = client_auteur.get("/catalogue")
    supprimer = page.commande("Supprimer", dans=f"//*[@id='operations-{formation.id}']")
    expirer()
    client_auteur.connecter(base, Atelier(base).utilisateur(auteur.organisme))
    refus = client_auteur.htmx(page, supprimer, 401)
    assert "FV-Jeton" not in refus.reponse.headers
    assert client_auteur.swap(page, refus).texte("//dialog//h2") == "Se reconnecter"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("perime", [True, False], ids=["jeton périmé", "jeton renouvelé"])
def test_without_javascript_a_text_is_not_handed_to_whoever_signed_in_meanwhile(
    client_auteur, base, auteur, expirer, stockees, role, perime
):
    autre = Atelier(base).utilisateur(auteur.organisme, role=role)
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, autre)
    if not perime:
        page.par_id("jeton").set("value", client_auteur.jeton())
    refus = client_auteur.submit(page, ICI, 409, identifiant="A_Sa_Place", contenu=LONG)
    assert f"Vous êtes connecté en tant que {autre.nom} : ce qu'une autre personne avait commencé" in refus.texte()
    assert LONG.splitlines()[0] not in refus.html
    assert not refus.tous("//main//form")
    assert "A_Sa_Place" not in stockees()


def test_without_javascript_what_is_handed_back_is_not_sent_by_another_either(
    client_auteur, base, auteur, expirer, stockees
):
    page = client_auteur.get(FICHE)
    expirer()
    client_auteur.connecter(base, auteur)
    rendue = client_auteur.submit(page, ICI, 400, identifiant="Rendue", contenu=LONG)
    client_auteur.connecter(base, Atelier(base).utilisateur(auteur.organisme))
    assert LONG.splitlines()[0] not in client_auteur.submit(rendue, "Envoyer de nouveau", 409).html
    assert "Rendue" not in stockees()


def test_a_dialog_opened_before_another_sign_in_has_its_token_renewed_too(client_auteur, base, auteur, expirer):
    formation = Atelier(base).formation(auteur, une_fiche(identifiant="Dialogue"))
    page = client_auteur.get("/catalogue")
    supprimer = page.commande("Supprimer", dans=f"//*[@id='operations-{formation.id}']")
    page = client_auteur.swap(page, client_auteur.htmx(page, supprimer))
    expirer()
    client_auteur.connecter(base, auteur)
    page = client_auteur.swap(page, client_auteur.htmx(page, "Supprimer définitivement", 400))
    client_auteur.htmx(page, "Supprimer définitivement", renvoi=True)


def test_a_failure_of_the_sign_in_is_told_in_the_dialog(client_auteur, auteur, expirer, monkeypatch):
    page = client_auteur.get(FICHE)
    expirer()
    page = client_auteur.swap(page, client_auteur.htmx(page, ICI, 401))

    def tomber(*_):
        raise BaseIndisponible

    monkeypatch.setattr(comptes, "authentifier", tomber)
    page = client_auteur.swap(page, se_reconnecter(client_auteur, page, auteur, statut=503))
    assert page.texte("//*[@id='reconnexion-refus']").startswith("Le service est momentanément interrompu.")
    assert page.alertes == []


def test_without_javascript_one_signs_in_on_the_spot_and_the_text_is_handed_back(
    client_auteur, auteur, expirer, stockees
):
    page = client_auteur.get(FICHE)
    expirer()
    champs = COMPLETE | {"identifiant": "Reprise_1", "contenu": LONG}
    refus = client_auteur.submit(page, "Enregistrer les modifications", 401, **champs)
    assert refus.h1 == "Votre session a expiré"
    assert "Reprise_1" not in stockees()
    reprise = client_auteur.submit(refus, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    assert reprise.h1 == "Reprendre votre saisie"
    assert "n'est pas encore enregistré" in reprise.texte()
    assert valeur(reprise.champ("Contenu de la formation")) == LONG
    assert "Reprise_1" not in stockees()
    assert client_auteur.submit(reprise, "Envoyer de nouveau").tous("//form[@id='fiche']")
    assert {nom: stockees()["Reprise_1"][nom] for nom in champs} == champs


def test_a_mistake_in_the_password_loses_nothing_either(client_auteur, auteur, expirer, stockees):
    page = client_auteur.get(FICHE)
    expirer()
    champs = COMPLETE | {"identifiant": "Reprise_2", "contenu": LONG}
    refus = client_auteur.submit(page, "Valider", 401, **champs)
    rate = client_auteur.submit(refus, "Se connecter", 422, courriel=auteur.courriel, mot_de_passe="faux")
    assert "Votre texte est gardé : il vous sera rendu après la connexion." in rate.texte()
    reprise = client_auteur.submit(rate, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    client_auteur.submit(reprise, "Envoyer de nouveau")
    assert stockees()["Reprise_2"]["statut"] == "validee"
    assert stockees()["Reprise_2"]["contenu"] == LONG


def test_a_formation_of_the_catalogue_is_taken_up_at_its_version(client_auteur, auteur, base, expirer, stockees):
    formation = Atelier(base).formation(auteur, une_fiche(identifiant="Reprise_3"))
    page = client_auteur.get(f"/formations/{formation.id}")
    expirer()
    refus = client_auteur.submit(page, "Enregistrer les modifications", 401, contenu=LONG)
    reprise = client_auteur.submit(refus, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    client_auteur.submit(reprise, "Envoyer de nouveau")
    assert (stockees()["Reprise_3"]["contenu"], stockees()["Reprise_3"]["version"]) == (LONG, 2)


AILLEURS = "Vous êtes maintenant connecté à « Formation Essai », et ce formulaire a été ouvert pour un autre organisme"


@pytest.mark.parametrize("bouton", ["Enregistrer les modifications", "Valider", "Vérifier", "Annuler"])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
def test_a_form_opened_in_one_organisation_is_never_sent_to_another(client, base, gestionnaire, etranger, bouton, htmx):
    def stockees():
        with base.lecture() as cnx:
            return [banc_essai.lister_formations(cnx, qui.organisme.id) for qui in (gestionnaire, etranger)]

    page = client.get(FICHE)
    # In another tab the same browser signs in elsewhere; only the token of the form is renewed.
    client.connecter(base, etranger)
    page.par_id("jeton").set("value", client.jeton())
    # A form that does not say whose it is says at least for which organisation it was opened.
    for champ in page.tous("//input[@name='personne']", js=None):
        champ.set("value", "")
    if htmx:
        refus = client.swap(page, client.htmx(page, bouton, 409, contenu=LONG))
        assert refus.alertes[0].startswith(AILLEURS)
    else:
        refus = client.submit(page, bouton, 409, contenu=LONG)
        assert refus.h1 == "Opération impossible"
        assert AILLEURS in refus.texte()
    assert refus.valeur("contenu") == LONG
    assert stockees() == [[], []]


def test_a_text_taken_up_by_somebody_of_another_organisation_is_not_saved_there(
    client_auteur, base, expirer, etranger, stockees
):
    page = client_auteur.get(FICHE)
    expirer()
    refus = client_auteur.submit(page, "Enregistrer les modifications", 401, identifiant="Pas_Chez_Eux", contenu=LONG)
    client_auteur.connecter(base, etranger)
    champs = {c.get("name").removeprefix("reprise."): valeur(c) for c in refus.tous("//main//textarea")}
    assert client_auteur.poster(refus.valeur("destination"), champs).status_code == 409
    assert "Pas_Chez_Eux" not in stockees()


def test_a_text_is_not_handed_back_to_a_colleague_either(client_auteur, base, auteur, expirer, stockees):
    collegue = Atelier(base).utilisateur(auteur.organisme, mot_de_passe=MOT_DE_PASSE)
    page = client_auteur.get(FICHE)
    expirer()
    refus = client_auteur.submit(page, ICI, 401, identifiant="Pas_A_Elle", contenu=LONG)
    arrivee = client_auteur.submit(refus, "Se connecter", courriel=collegue.courriel, mot_de_passe=MOT_DE_PASSE)
    assert arrivee.h1 == "Catalogue"
    assert LONG not in arrivee.html
    assert arrivee.alertes[0].startswith(f"Vous êtes connecté en tant que {collegue.nom}")
    assert "Pas_A_Elle" not in stockees()


def test_after_a_database_that_was_down_sending_again_once_is_enough(client_auteur, stockees, monkeypatch):
    def tomber(*_):
        raise BaseIndisponible

    page = client_auteur.get(FICHE)
    with monkeypatch.context() as m:
        m.setattr(sessions, "lire", tomber)
        panne = client_auteur.submit(page, ICI, 503, identifiant="Apres_Panne", contenu=LONG)
    client_auteur.submit(panne, "Envoyer de nouveau")
    assert stockees()["Apres_Panne"]["contenu"] == LONG


def test_neither_the_password_nor_the_token_is_among_what_is_handed_back(client_auteur, auteur, expirer):
    page = client_auteur.get(FICHE)
    expirer()
    refus = client_auteur.submit(page, "Enregistrer les modifications", 401, identifiant="Secret")
    noms = [c.get("name") for c in refus.tous("//main//*[@name]")]
    assert noms.count("csrf_token") == 1
    assert not {"reprise.csrf_token", "reprise.mot_de_passe", "reprise.courriel"} & set(noms)
    assert {"reprise.identifiant", "reprise.version", "destination"} <= set(noms)
    rendu = client_auteur.submit(refus, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    assert MOT_DE_PASSE not in rendu.html


def test_a_write_without_any_text_only_asks_to_sign_in(client_auteur, base, auteur, expirer):
    formation = Atelier(base).formation(auteur, une_fiche(identifiant="Sans_Texte"))
    page = client_auteur.get(f"/formations/{formation.id}/suppression")
    expirer()
    refus = client_auteur.submit(page, "Supprimer définitivement", 401)
    assert refus.h1 == "Votre session a expiré"
    # Nothing that could be handed back: nothing of the kind is promised, and one signs in on the spot all the same.
    assert "Votre session a expiré : rien n'est enregistré. Connectez-vous, puis recommencez." in refus.texte()
    arrivee = client_auteur.submit(refus, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    assert arrivee.h1 == "Catalogue"


@pytest.mark.parametrize("nom", ["", "é", "x" * 500, '"><b>', "csrf_token", "destination", "\x01", "reprise.reprise.x"])
def test_names_that_no_form_has_are_handed_back_as_text(visiteur, nom):
    visiteur.saisies.add("une valeur à rendre")
    donnees = {f"reprise.{nom}": "une valeur à rendre", "courriel": "x", "mot_de_passe": "x"}
    page = visiteur.page_postee("/connexion", donnees, 422)
    assert not page.tous("//main//b")
    assert page.par_id("refus") is not None


def test_the_catalogue_left_open_overnight_leads_to_sign_in_and_back(client_auteur, auteur, expirer):
    page = client_auteur.get("/catalogue?statut=brouillon")
    expirer()
    connexion = client_auteur.get(page.url)
    assert connexion.h1 == "Se connecter"
    retour = client_auteur.submit(connexion, "Se connecter", courriel=auteur.courriel, mot_de_passe=MOT_DE_PASSE)
    assert retour.url == "/catalogue?statut=brouillon"
