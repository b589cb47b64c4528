"""What people paste: « Retirer » beside what is refused, and a title of the registry that is longer than its field."""

import pytest

from tests.builders import une_certification, une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS
from webapp.domain.fiche import intitule_propose
from webapp.domain.nomenclatures import TypeFormation
from webapp.persistence import certifications
from webapp.services import registre
from webapp.web.etape_2 import INTITULE_COUPE

LIBRES = [champ for champ in CHAMPS_COMMUNS if champ.choix is None]
LONG = "Conduire, surveiller et entretenir des installations " * 8


def retirer(client, page):
    """Press « Retirer » with htmx and without; both must show the same form, with the same message."""
    vif = client.swap(page, client.htmx(page, "Retirer"))
    plein = client.submit(page, "Retirer")
    assert (vif.succes, vif.alertes) == (plein.succes, plein.alertes)
    assert_same(vif, plein, PRINCIPAL)
    return vif


@pytest.mark.parametrize("champ", LIBRES, ids=lambda c: c.nom)
def test_what_is_refused_is_removed_from_its_field_and_nothing_is_saved(client, atelier, gestionnaire, base, champ):
    textes = {nom: f"{nom}\u202e" for nom in ("contenu", "intitule")}
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    refusee = client.submit(page, "Enregistrer les modifications", 422, **{champ.nom: "un\u202edeux\x07"})
    assert "dans «\N{NO-BREAK SPACE}un▯deux\N{NO-BREAK SPACE}»." in refusee.par_id(f"etat-{champ.nom}").text_content()
    apres = retirer(client, refusee)
    assert apres.succes == [f"2 caractères refusés sont retirés du champ « {champ.libelle} »."]
    assert apres.valeur(champ.nom) == "undeux"
    assert not apres.a(f"retirer-{champ.nom}")
    assert {nom: apres.valeur(nom) for nom in textes if nom != champ.nom} == {
        nom: formation.fiche.valeur(nom) for nom in textes if nom != champ.nom
    }
    assert apres.valeur("version") == "1"
    with base.lecture() as cnx:
        (stockee,) = banc_essai.lister_formations(cnx, gestionnaire.organisme.id)
    assert stockee[champ.nom] == formation.fiche.valeur(champ.nom)


def test_in_the_form_of_an_action_what_is_refused_is_removed_from_its_field_which_takes_the_focus(
    client, atelier, gestionnaire
):
    formation = atelier.formation(gestionnaire)
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    refusee = client.submit(page, "Enregistrer", 422, acces_handicapes="un\u202edeux\x07")
    apres = retirer(client, refusee)
    assert apres.succes == ["2 caractères refusés sont retirés du champ « Accès handicapés »."]
    assert apres.valeur("acces_handicapes") == "undeux"
    assert [e.get("id") for e in apres.tous("//*[@autofocus]")] == ["acces_handicapes"]


def test_a_field_that_does_not_exist_gives_the_form_back_as_it_is(client):
    page = client.get(FICHE)
    donnees = {"contenu": "a\u202eb", "type_formation": "clea", "certification": "RS2203", "retirer": "inconnu"}
    rendue = client.page_postee(page.tous("//form[@id='fiche']")[0].get("action") + "/retrait", donnees)
    assert rendue.valeur("contenu") == "a\u202eb"
    assert rendue.succes == []


@pytest.fixture
def longue(base):
    """Put in the registry a certification whose title is longer than « Intitulé de la formation »."""
    certification = une_certification(code="RS99", intitule=LONG.strip())
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [certification], {})
        registre.vider_cache(cnx)
    return certification


def test_a_title_longer_than_its_field_is_cut_and_it_is_said_until_it_is_changed(client, longue):
    page = client.get(f"/formations/nouvelle/fiche?type={TypeFormation.CERTIFIANTE}&type_code=RS&code=99")
    assert page.valeur("intitule") == intitule_propose(longue)
    assert INTITULE_COUPE in page.par_id("etat-intitule").text_content()
    vif = client.swap(page, client.htmx(page, page.par_id("suivi"), objectif="Autre"))
    assert INTITULE_COUPE in vif.par_id("etat-intitule").text_content()
    vif = client.swap(vif, client.htmx(vif, vif.par_id("suivi"), intitule="Un autre titre"))
    assert INTITULE_COUPE not in vif.par_id("etat-intitule").text_content()
