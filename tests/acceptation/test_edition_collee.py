"""A published guide copied from its page and pasted in « Nouvelle édition »: nothing of it is a difference."""

import pytest

from webapp.mode_emploi.edition import Verdict, comparer
from webapp.mode_emploi.edition_reference import editions

TOUT_OUVRIR = "document.querySelectorAll('main details').forEach((details) => { details.open = true; })"
LU = "document.querySelector('main').innerText"
CHOISI = """() => {
  getSelection().selectAllChildren(document.body);
  return getSelection().toString();
}"""


@pytest.mark.parametrize("largeur", [1280, 375])
def test_a_guide_copied_from_its_page_is_the_same(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        for edition in editions():
            visite.page.goto(f"/mode-d-emploi/{edition.guide.nom}")
            copies = [visite.page.evaluate(LU), visite.page.evaluate(CHOISI)]
            visite.page.evaluate(TOUT_OUVRIR)
            copies.append(visite.page.evaluate(LU))
            for copie in copies:
                fait = comparer(edition, copie)
                assert [(c.genre, c.phrases, c.texte) for c in fait.constats] == []
                assert fait.verdict is Verdict.IDENTIQUE
