"""The guided tours: what their pages say, who is offered one, and the steps of the guide opened from a field."""

import pytest

from tests.web.lecture_html import texte
from webapp.domain.champs import PAR_NOM
from webapp.mode_emploi.guide import guides
from webapp.mode_emploi.visite import aides, visites

SCRIPT = "/visite.js"
CLEA = "creer-une-formation-clea"
ADRESSE = f"/mode-d-emploi/{CLEA}/visite"
FICHE = "/formations/nouvelle/fiche?type=clea&certification=RS2203"


def plat(dit: str) -> str:
    """Give a sentence as `texte` gives those of a page: with plain spaces and quotes."""
    return " ".join(dit.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").split())


@pytest.mark.parametrize("nom", [guide.nom for guide in guides()])
def test_a_tour_is_a_numbered_list_with_anchors(visiteur, nom):
    visite = visites()[nom]
    page = visiteur.get(f"/mode-d-emploi/{nom}/visite")
    lignes = page.tous("//ol[@id='arrets']/li")
    assert [ligne.get("id") for ligne in lignes] == [arret.ancre for arret in visite.arrets]
    for ligne, arret in zip(lignes, visite.arrets, strict=True):
        dit = texte(ligne)
        assert plat(arret.demande) in dit
        assert all(plat(phrase) in dit for phrase in arret.phrases)
        exemples = [texte(p) for p in ligne.iter("p") if texte(p).startswith("Par exemple")]
        assert exemples == ([plat(f"Par exemple : {arret.exemple}")] if arret.exemple else [])


def test_who_may_change_the_catalogue_alone_is_guided(client, client_lecteur, visiteur):
    assert "data-possible" in client.get(ADRESSE).html
    for autre in (client_lecteur, visiteur):
        page = autre.get(ADRESSE)
        assert "data-possible" not in page.html
        assert "data-commencer" not in page.html
    assert "/connexion?destination=" in visiteur.get(ADRESSE).html


def test_pages_carry_the_tour_only_while_one_runs(client, visiteur):
    assert SCRIPT not in client.get("/catalogue").html
    for navigateur, porte in ((client, True), (visiteur, False)):
        navigateur.navigateur.set_cookie("visite", "1")
        page = navigateur.get("/mode-d-emploi")
        assert (SCRIPT in page.html) is porte
        assert ('id="visite-modele"' in page.html) is porte


def test_an_empty_catalogue_offers_to_be_shown_how_to_begin(client, client_lecteur):
    assert client.get("/catalogue").lien("Montre-moi") == f"{ADRESSE}#montre-moi"
    assert "Montre-moi" not in client_lecteur.get("/catalogue").html


def test_each_guide_offers_its_tour(visiteur):
    sommaire = visiteur.get("/mode-d-emploi")
    for guide in guides():
        assert f"/mode-d-emploi/{guide.nom}/visite#montre-moi" in sommaire.html
        assert visiteur.get(f"/mode-d-emploi/{guide.nom}").lien("Montre-moi").endswith("/visite#montre-moi")


def test_each_field_that_the_guide_speaks_of_opens_its_step_in_place(client):
    page = client.get(FICHE)
    nommes = [nom for nom, champ in PAR_NOM.items() if champ.libelle in aides() and page.a(f"champ-{nom}")]
    assert len(nommes) >= 7
    for nom in nommes:
        libelle = PAR_NOM[nom].libelle
        guide, etape = aides()[libelle]
        ouverte = client.swap(page, client.htmx(page, f"Mode d'emploi : {plat(libelle)}"))
        dit = ouverte.texte("//dialog")
        assert plat(libelle) in dit
        assert plat(etape.titre) in dit
        assert all(plat(phrase) in dit for phrase in etape.texte)
        reponse = client.demander("GET", f"/mode-d-emploi/champ/{nom}")
        assert (reponse.status_code, reponse.headers["Location"]) == (303, f"/mode-d-emploi/{guide.nom}#{etape.ancre}")


def test_a_field_without_a_step_and_a_guide_without_a_tour_are_missing(visiteur):
    assert PAR_NOM["objectif_general"].libelle not in aides()
    for chemin in ("champ/objectif_general", "champ/aucun", "aucun/visite"):
        visiteur.get(f"/mode-d-emploi/{chemin}", statut=404)


def test_the_offer_of_the_demonstration_is_put_aside_in_this_browser(client):
    client.get("/catalogue")
    reponse = client.poster("/mode-d-emploi/visite/refus")
    assert (reponse.status_code, reponse.headers["Location"]) == (303, "/catalogue")
    cookie = client.navigateur.get_cookie("visite_proposee")
    assert cookie is not None
    assert cookie.http_only
    # To who is not of the demonstration's own accounts, nothing is offered in any case.
    assert "C’est la première fois" not in client.get("/catalogue").html


def test_the_offer_leaves_alone_who_looks_for_something_or_has_nothing_yet(client, gestionnaire, atelier, monkeypatch):
    monkeypatch.setattr("webapp.app.COURRIELS", frozenset({gestionnaire.courriel}))
    offre = "C’est la première fois"
    assert offre not in client.get("/catalogue").html
    atelier.formation(gestionnaire)
    assert offre in client.get("/catalogue").html
    for suite in ("recherche=zzz", "statut=validee", "type=clea"):
        assert offre not in client.get(f"/catalogue?{suite}").html
