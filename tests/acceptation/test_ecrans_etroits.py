"""What a telephone shows before anything scrolls: the first field of étape 2/2, whole, above the bar of buttons."""

import pytest

from tests.acceptation.la_page import NOUVELLE
from tests.acceptation.la_saisie import une_formation

VUE = """() => {
  const boite = (choix) => document.querySelector(choix).getBoundingClientRect();
  const etiquette = document.querySelector("label[for=identifiant]");
  const aide = etiquette.nextElementSibling.getBoundingClientRect();
  const lignes = [...etiquette.getClientRects()];
  return {
    defile: scrollY, deborde: document.documentElement.scrollWidth > innerWidth,
    champ_en_vue: boite("#identifiant").top > 0 && boite("#identifiant").bottom <= boite(".barre-actions").top,
    aide_seule: aide.top >= lignes.at(-1).bottom,
  };
}"""


@pytest.mark.parametrize(("largeur", "hauteur"), [(375, 667), (375, 812), (1280, 800)])
def test_the_first_field_of_a_new_formation_is_in_view(visite_de, largeur, hauteur):
    with visite_de(viewport={"width": largeur, "height": hauteur}) as visite:
        visite.page.goto(NOUVELLE)
        vu = visite.page.evaluate(VUE)
        assert vu == {"defile": 0, "deborde": False, "champ_en_vue": True, "aide_seule": False}


@pytest.mark.parametrize("largeur", [320, 375])
def test_the_help_of_a_field_stands_beside_the_last_word_of_its_label(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 812}) as visite:
        visite.page.goto(une_formation(visite))
        assert not visite.page.evaluate(VUE)["aide_seule"]


def test_on_a_telephone_what_is_known_of_the_certification_opens_from_one_line(visite_de):
    with visite_de(viewport={"width": 375, "height": 667}) as visite:
        visite.page.goto(NOUVELLE)
        connu = visite.page.get_by_text("Code FORMACODE")
        assert not connu.is_visible()
        visite.page.locator(".certification-pliee > summary").click()
        assert connu.is_visible()
        assert visite.bouton("Changer de type ou de certification").is_visible()


def test_every_screen_but_those_that_are_read_has_one_width(visite_de):
    with visite_de(viewport={"width": 1280, "height": 800}) as visite:
        visite.page.goto("/formations/nouvelle?type=clea")
        largeurs = visite.page.evaluate(
            "() => ['.etape-1 .carte', '.titre-page', '.entete-ligne nav'].map("
            "(choix) => document.querySelector(choix).getBoundingClientRect()).map((b) => [b.left, b.right])"
        )
        assert largeurs[0] == largeurs[1]


@pytest.mark.parametrize("support", ["screen", "print"])
def test_no_date_of_the_printed_catalogue_is_cut(visite, support):
    visite.porte.ajouter_formations(visite.organisme, [{"identifiant": "Clea_1", "intitule": "Cléa"}])
    # A sheet of paper between its margins is 688 px wide, at 96 to the inch.
    visite.page.set_viewport_size({"width": 1280 if support == "screen" else 688, "height": 800})
    visite.page.emulate_media(media=support)
    visite.page.goto("/catalogue/imprimer")
    mesure = "jour => { jour.textContent = '30\u00a0septembre\u00a02026'; const r = document.createRange();"
    mesure += " r.selectNodeContents(jour); const { right } = jour.getBoundingClientRect();"
    mesure += " return [r.getClientRects().length, r.getBoundingClientRect().right <= right]; }"
    assert visite.page.locator(".impression-jour").first.evaluate(mesure) == [1, True]
