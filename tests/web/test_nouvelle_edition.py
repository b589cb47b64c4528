"""« Nouvelle édition »: for anybody, without a script, nothing kept, whatever is pasted."""

from __future__ import annotations

import re

import pytest

from webapp.mode_emploi.edition import TEXTE_MAX
from webapp.mode_emploi.edition_reference import editions

EDITION = "/mode-d-emploi/nouvelle-edition"
CLEA, SESSION = editions()[0], editions()[2]


def comparer(visiteur, texte, **champs):
    return visiteur.submit(visiteur.get(EDITION), "Comparer", texte=texte, **champs)


def test_the_page_is_reached_from_the_summary_and_compares_with_the_clea_guide_first(visiteur):
    page = visiteur.get(visiteur.get("/mode-d-emploi").lien("Nouvelle édition"))

    assert page.h1 == "Nouvelle édition"
    assert page.valeur("guide") == CLEA.guide.nom
    assert not page.tous("//section[@id='resultat']")


def test_the_text_as_it_stands_is_given_and_changes_nothing(visiteur):
    page = visiteur.get(visiteur.get(EDITION).lien("Partir du texte actuel"))

    apres = visiteur.submit(page, "Comparer")

    assert "Rien ne change : les 71 phrases comparées sont les mêmes" in apres.texte()


def test_a_difference_leads_to_the_row_of_the_matrix_and_to_the_line_of_the_scenario(visiteur):
    page = comparer(visiteur, CLEA.texte.replace("0 / 255", "0 / 300"))

    assert "1 différence : 1 changement." in page.texte()
    assert [e.text_content() for e in page.tous("//section[@id='resultat']//del")] == ["retiré\u00a0: 255"]
    assert [e.text_content() for e in page.tous("//section[@id='resultat']//ins")] == ["ajouté\u00a0: 300"]
    matrice = visiteur.get(page.lien("phrase 11.3"))
    assert matrice.tous("//tr[@id='phrase-11.3']")
    liens = [e.get("href") for e in page.tous("//details[contains(@class, 'edition-que-changer')]//a")]
    ligne = next(lien for lien in liens if "#L" in lien)
    feature, _, ancre = ligne.partition("#")
    assert visiteur.get(feature).tous(f"//li[@id='{ancre}']")


def altere():
    """Give the fiche with a change of each kind: two of its steps lost or moved, a sentence that nothing proves."""
    texte = CLEA.texte.replace("0 / 255", "0 / 300").replace(
        "Nous vous invitons à consulter ce guide en préalable.", ""
    )
    blocs = re.split(r"\n(?=\d+\n)", texte.replace("« Valider »", "« Publier »").replace("\nValider\n", "\nPublier\n"))
    blocs[6], blocs[7] = blocs[7], blocs[6]
    blocs[-2] = "9\nCliquez sur « Dupliquer ».\n\n10\nXylophones, hippocampes, girouettes.\n"
    return "\n".join(blocs)


def test_each_kind_of_difference_is_told_with_what_to_change(visiteur):
    page = comparer(visiteur, altere())

    assert "7 différences : 2 changements, 2 passages nouveaux, 2 disparitions, 1 déplacement." in page.texte()
    for dit in (
        "Changée partout « Valider » devient « Publier » dans 4 phrases",
        "Aucun écran n'a de libellé « Publier ».",
        "Disparue Étape 12, en entier",
        "Ce guide est celui du portail ; le produit ne le contient pas.",
        "Déplacée Étape 7",
        "Se trouve maintenant après",
        "« Dupliquer » est un libellé de nos écrans",
        "Rien de proche dans le guide, dans les étapes des scénarios ni parmi les libellés des écrans.",
    ):
        assert dit in page.texte()


@pytest.mark.parametrize("edition", editions(), ids=[e.guide.nom for e in editions()])
def test_each_guide_may_be_chosen_and_stays_chosen(visiteur, edition):
    page = comparer(visiteur, edition.texte, guide=edition.guide.nom)

    assert page.valeur("guide") == edition.guide.nom
    assert "Rien ne change" in page.texte()


def test_the_text_of_another_guide_is_told_apart(visiteur):
    page = comparer(visiteur, SESSION.texte)

    assert "Ce texte n'a presque rien de commun avec le guide « Créer une formation « Cléa » »." in page.texte()
    assert "Ce texte ressemble davantage au guide « Créer une session »" in page.texte()


def test_an_empty_text_is_asked_for_again(visiteur):
    page = visiteur.submit(visiteur.get(EDITION), "Comparer", 422, texte=" ")

    assert "Collez d'abord le texte de la nouvelle édition." in page.texte()


def test_a_guide_that_is_none_is_missing(visiteur):
    assert visiteur.demander("GET", f"{EDITION}?guide=inconnu").status_code == 404


def test_what_is_pasted_is_shown_and_never_read_as_a_page(visiteur):
    page = comparer(visiteur, CLEA.texte.replace("« Suivant »", "« <script>alert(1)</script> »"))

    assert not page.tous("//section[@id='resultat']//script")


def test_a_text_that_is_too_long_is_refused(visiteur):
    donnees = {"csrf_token": visiteur.jeton(), "texte": "x " * TEXTE_MAX}
    assert visiteur.demander("POST", EDITION, data=donnees).status_code == 413


def test_comparing_asks_nothing_of_the_database(visiteur, base, monkeypatch):
    jeton = visiteur.jeton()
    monkeypatch.setattr(base, "lecture", None)
    monkeypatch.setattr(base, "ecriture", None)
    donnees = {"csrf_token": jeton, "texte": CLEA.texte.replace("255", "300")}
    assert visiteur.demander("POST", EDITION, data=donnees).status_code == 200


@pytest.mark.parametrize(
    ("copie", "dit"),
    [
        (str.upper, "Ce texte n'a qu'une casse"),
        (lambda texte: texte.translate(str.maketrans("éèêàçôÉÈÊÀ▲➤▾", "eeeacoEEEA   ")), "Ce texte n'a aucun accent"),
        (str, None),
    ],
)
def test_what_a_copy_lost_everywhere_is_said_once(visiteur, copie, dit):
    texte = comparer(visiteur, copie(CLEA.texte)).texte()

    assert "Rien ne change" in texte
    assert (dit in texte) if dit else ("n'a qu'une casse" not in texte and "aucun accent" not in texte)


@pytest.mark.parametrize("edition", editions(), ids=[e.guide.nom for e in editions()])
def test_the_source_of_the_published_page_is_the_guide(visiteur, edition):
    source = visiteur.get(f"/mode-d-emploi/{edition.guide.nom}").html

    page = comparer(visiteur, source, guide=edition.guide.nom)

    assert "Rien ne change" in page.texte()
    assert "Ce texte était le code d'une page" in page.texte()


def test_letters_badly_read_are_said_to_be_read_again(visiteur):
    page = comparer(visiteur, CLEA.texte.encode().decode("latin-1"))

    assert "Rien ne change" in page.texte()
    assert "Des lettres de ce texte étaient mal lues, comme « Ã© » au lieu de « é »" in page.texte()
