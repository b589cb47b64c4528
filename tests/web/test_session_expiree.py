"""A session that ended while somebody was writing: nothing is saved in silence, nothing typed is lost."""

import pytest

from tests.builders import MOT_DE_PASSE, Atelier, une_fiche
from tests.web.lecture_html import valeur
from tests.web.test_enregistrer import COMPLETE
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.services import sessions

LONG = "Un texte que personne ne veut perdre.\n\nSur plusieurs lignes : « été », <b>, {{ x }}.\n"


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


@pytest.mark.parametrize("bouton", ["Enregistrer les modifications", "Valider", "Vérifier", "Annuler"])
def test_htmx_is_told_with_a_way_to_sign_in_elsewhere_and_the_text_stays(client_auteur, expirer, stockees, bouton):
    page = client_auteur.get(FICHE)
    expirer()
    avant = stockees()
    refus = client_auteur.swap(page, client_auteur.htmx(page, bouton, 401, identifiant="Expire", contenu=LONG))
    assert refus.alertes == ["Votre session a expiré. Votre texte est gardé : reconnectez-vous, puis réessayez."]
    assert refus.valeur("contenu") == LONG
    lien = refus.commande("Se reconnecter (nouvel onglet)")
    assert (lien.get("href"), lien.get("target")) == ("/connexion", "_blank")
    assert refus.commande("Réessayer").get("data-reessayer") is not None
    assert stockees() == avant


def test_the_typing_that_is_followed_says_it_too(client_auteur, expirer):
    page = client_auteur.get(FICHE)
    expirer()
    refus = client_auteur.swap(page, client_auteur.htmx(page, page.par_id("suivi"), 401, contenu=LONG))
    assert refus.alertes[0].startswith("Votre session a expiré.")


def test_signed_in_again_in_another_tab_the_first_try_renews_the_token_and_the_second_saves(
    client_auteur, base, auteur, expirer, stockees
):
    page = client_auteur.get(FICHE)
    expirer()
    champs = COMPLETE | {"identifiant": "Deux_Onglets", "contenu": LONG}
    page = client_auteur.swap(page, client_auteur.htmx(page, "Enregistrer les modifications", 401, **champs))
    client_auteur.connecter(base, auteur)
    page = client_auteur.swap(page, client_auteur.htmx(page, "Enregistrer les modifications", 400))
    assert page.alertes[0].startswith("Votre connexion a été renouvelée depuis l'ouverture de cette page")
    assert page.valeur("contenu") == LONG
    client_auteur.htmx(page, "Enregistrer les modifications")
    assert stockees()["Deux_Onglets"]["contenu"] == LONG


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
    assert client_auteur.submit(reprise, "Envoyer de nouveau").h1 == "Modifier la formation"
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
    assert refus.lien("Revenir au catalogue") == "/catalogue"


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
