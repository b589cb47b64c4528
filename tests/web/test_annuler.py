"""« Annuler »: straight to the catalogue when nothing differs, a question when something typed would be lost."""

import pytest

from tests.builders import une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire, une_fiche())


def pages(client, formation):
    return (client.get(FICHE), client.get(f"/formations/{formation.id}"))


def test_nothing_typed_leads_to_the_catalogue(client, formation):
    for page in pages(client, formation):
        assert client.submit(page, "Annuler").h1 == "Catalogue"
        fragment = client.htmx(page, "Annuler")
        assert fragment.redirection == "/catalogue"


def test_line_ends_that_a_browser_changed_are_nothing_typed(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(contenu="Un\nDeux\n", objectif="\nUn"))
    page = client.get(f"/formations/{formation.id}")
    assert client.submit(page, "Annuler").h1 == "Catalogue"
    assert client.htmx(page, "Annuler").redirection == "/catalogue"


@pytest.mark.parametrize("champ", CHAMPS_COMMUNS, ids=lambda c: c.nom)
def test_any_field_that_differs_asks(client, formation, champ):
    for page in pages(client, formation):
        autre = next(c for c in champ.choix if c != page.valeur(champ.nom)) if champ.choix else "Autre_chose"
        vif = client.swap(page, client.htmx(page, "Annuler", **{champ.nom: autre}))
        assert vif.texte("//dialog/h2") == "Quitter sans enregistrer ?"
        assert "data-ouvrir" in vif.tous("//dialog")[0].attrib
        assert_same(vif, page, PRINCIPAL)


def test_the_dialog_stays_over_the_form_and_offers_both_ways(client, formation):
    page = client.get(FICHE)
    vif = client.swap(page, client.htmx(page, "Annuler", intitule="Autre"))
    assert vif.commandes("//dialog") == ["Continuer la saisie", "Quitter sans enregistrer"]
    rester = vif.commande("Continuer la saisie")
    # It closes the dialog without any request.
    assert rester.get("formmethod") == "dialog"
    assert vif.lien("Quitter sans enregistrer") == "/catalogue"


@pytest.mark.parametrize("existante", [False, True])
def test_without_javascript_it_is_a_page_that_gives_the_text_back(client, formation, existante):
    page = pages(client, formation)[existante]
    textes = {"identifiant": "Pas perdu", "objectif": "\nLigne 1\n\nLigne 2 « é » <b>", "intitule": "Autre"}
    question = client.submit(page, "Annuler", **textes)
    assert question.h1 == "Quitter sans enregistrer ?"
    assert client.get(question.lien("Quitter sans enregistrer")).h1 == "Catalogue"
    retour = client.submit(question, "Continuer la saisie")
    assert {nom: retour.valeur(nom) for nom in textes} == textes
    assert retour.valeur("version") == page.valeur("version")
    assert retour.h1 == page.h1
    assert retour.par_id("fiche").get("action") == page.par_id("fiche").get("action")


def test_asking_stores_nothing(client, base, gestionnaire, formation):
    def stockees():
        with base.lecture() as cnx:
            return banc_essai.lister_formations(cnx, gestionnaire.organisme.id)

    avant = stockees()
    for page in pages(client, formation):
        client.submit(page, "Annuler", intitule="Autre")
    assert stockees() == avant


def test_a_forged_certification_asks_rather_than_fails(client):
    for forge in ({"certification": "RS1"}, {"type_formation": "publiee"}, {"certification": "\x00"}):
        champs = {"type_formation": "clea", "certification": "RS2203", "version": "0", **forge}
        reponse = client.poster("/formations/00000000-0000-0000-0000-000000000009/abandon", champs)
        assert reponse.status_code == 200
        assert "Quitter sans enregistrer" in reponse.text
