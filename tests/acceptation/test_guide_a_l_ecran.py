"""A published guide on a screen: how high it is, that nothing moves when its pictures come, where its proof stands."""

import pytest

GUIDE = "/mode-d-emploi/creer-une-formation-clea"
HAUTEUR_MAX = 6_000
HAUTEUR = "document.documentElement.scrollHeight"
TOUT_CHARGER = """async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode()));
}"""


@pytest.mark.parametrize(("largeur", "plafond"), [(1280, HAUTEUR_MAX), (375, None)])
def test_nothing_moves_when_the_pictures_come_and_the_guide_is_not_too_high(visite_de, largeur, plafond):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        visite.page.goto(GUIDE)
        avant = visite.page.evaluate(HAUTEUR)
        visite.page.evaluate(TOUT_CHARGER)
        # A width in whole pixels makes each picture a fraction of one higher, or lower.
        assert abs(visite.page.evaluate(HAUTEUR) - avant) <= visite.page.locator("main figure img").count() / 2
        assert plafond is None or avant <= plafond
        deformees = """images => images.filter(({ clientWidth, clientHeight, naturalWidth, naturalHeight }) =>
          Math.abs((clientWidth / clientHeight) * (naturalHeight / naturalWidth) - 1) > 0.02).map(i => i.src)"""
        assert visite.page.eval_on_selector_all("main figure img", deformees) == []


def test_the_proof_is_folded_and_a_link_to_a_line_of_it_opens_it(visite_de):
    with visite_de(viewport={"width": 1280, "height": 800}) as visite:
        visite.page.goto(GUIDE)
        liste = visite.page.locator("#preuves > details")
        derniere = liste.locator("tbody tr").last
        assert not derniere.is_visible()
        ancre = derniere.get_attribute("id")
        visite.page.goto("/mode-d-emploi")
        visite.page.goto(f"{GUIDE}#{ancre}")
        derniere.wait_for(state="visible")
        assert liste.evaluate("liste => liste.open")


def test_all_of_the_proof_is_on_paper(visite_de):
    with visite_de(viewport={"width": 688, "height": 800}) as visite:
        visite.page.goto(GUIDE)
        visite.page.emulate_media(media="print")
        rangees = visite.page.locator("#preuves tbody tr")
        hautes = rangees.evaluate_all("rangees => rangees.filter(r => r.getBoundingClientRect().height > 5).length")
        assert hautes == rangees.count() > 40
        assert not visite.page.locator("#preuves > details > summary").is_visible()
