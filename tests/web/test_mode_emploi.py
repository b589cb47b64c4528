"""« Mode d'emploi »: every guide of features/guide, every step in its order, readable by anybody."""

import re

import pytest

from tests.web.lecture_html import plat
from webapp.mode_emploi.guide import DOSSIER, guides

ADRESSE = "/mode-d-emploi/creer-une-formation-clea"
OUTILS = ("Les phrases des scénarios", "Essayer un scénario")
REGLES = {
    chemin.stem.replace("_", "-"): re.findall(r"^\s*Règle\s*: (.*)$", chemin.read_text("utf-8"), re.MULTILINE)
    for chemin in sorted(DOSSIER.glob("*.feature"))
}


def titres(page, niveau):
    return [page.texte(f"(//main//{niveau})[{n + 1}]") for n in range(len(page.tous(f"//main//{niveau}")))]


def test_the_summary_lists_every_guide_and_each_opens(visiteur):
    page = visiteur.get("/mode-d-emploi")
    assert page.h1 == "Mode d'emploi"
    assert titres(page, "h2") == [*(plat(g.titre) for g in guides()), *OUTILS]
    for guide in guides():
        assert visiteur.get(page.lien(plat(guide.titre))).h1 == plat(guide.titre)
        assert f"{len(guide.etapes)} étapes" in page.texte()


@pytest.mark.parametrize("nom", REGLES)
def test_every_step_is_there_in_the_order_of_the_guide(visiteur, nom):
    page = visiteur.get(f"/mode-d-emploi/{nom}")
    attendus = [
        plat(regle).replace(" - ", " ", 1) if regle.startswith("Étape") else plat(regle) for regle in REGLES[nom]
    ]
    assert titres(page, "h2") == attendus
    sommaire = [page.texte(f"(//nav[@aria-label='Étapes du guide']//li)[{n + 1}]") for n in range(len(attendus))]
    assert sommaire == [titre.removeprefix("Étape ") for titre in attendus]


def test_the_fourteen_numbered_steps_of_the_guide_are_numbered_in_order(visiteur):
    page = visiteur.get(ADRESSE)
    assert [e.text for e in page.tous("//span[@class='guide-etiquette']")] == [f"Étape {n}" for n in range(14)]


def test_the_summary_of_a_guide_leads_to_each_step(visiteur):
    page = visiteur.get(ADRESSE)
    for lien in page.tous("//nav[@aria-label='Étapes du guide']//a"):
        etape = page.par_id(lien.get("href").removeprefix("#"))
        assert etape.tag == "section"
        assert page.texte(f"//*[@id='{etape.get('aria-labelledby')}']").endswith(page_titre(lien))


def page_titre(lien):
    return plat("".join(lien.itertext())).split(" ", 1)[-1] if lien.find("span") is not None else plat(lien.text)


def test_every_sentence_of_the_guide_is_read_and_so_is_every_example(visiteur):
    page = visiteur.get(ADRESSE)
    texte = page.texte()
    [guide] = guides()
    for etape in guide.etapes:
        for paragraphe in etape.texte:
            assert plat(paragraphe) in texte
        for exemple in etape.exemples:
            assert plat(exemple.titre) in texte
            for pas in exemple.pas:
                assert plat(pas.texte) in texte
                assert plat(pas.bloc) in texte
                assert all(plat(cellule) in texte for rangee in pas.table for cellule in rangee)


def test_what_was_put_back_together_says_so(visiteur):
    page = visiteur.get(ADRESSE)
    [guide] = guides()
    marques = [e for etape in guide.etapes for e in etape.exemples if e.reconstitue]
    assert marques
    assert page.texte().count("(reconstitué)") == len(marques)


@pytest.mark.parametrize(
    "nom", ["perdu", "creer_une_formation_clea", "CREER-UNE-FORMATION-CLEA", "..", "%00", "é", "x" * 3000]
)
def test_a_guide_that_does_not_exist_is_introuvable(visiteur, nom):
    assert visiteur.get(f"/mode-d-emploi/{nom}", 404).h1 == "Page introuvable"


def test_it_is_the_same_for_everybody_but_the_header(visiteur, client, client_lecteur):
    textes = {qui.get(ADRESSE).texte() for qui in (visiteur, client, client_lecteur)}
    assert len(textes) == 1


def test_the_menu_leads_there_and_says_where_one_is(client):
    menu = "//nav[@aria-label='Navigation principale']"
    page = client.get(client.get("/catalogue").commande("Mode d'emploi", dans=menu).get("href"))
    courants = [plat(a.text) for a in page.tous("//nav[@aria-label='Navigation principale']//a[@aria-current='page']")]
    assert courants == ["Mode d'emploi"]
    page = client.get(page.lien("Catalogue"))
    assert page.h1 == "Catalogue"
    courants = [plat(a.text) for a in page.tous("//nav[@aria-label='Navigation principale']//a[@aria-current='page']")]
    assert courants == ["Catalogue"]
