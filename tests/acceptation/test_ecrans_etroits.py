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

# Of each label that a help follows: whether the help begins a line of its own, or lies over the last word.
AIDES = """() => [...document.querySelectorAll(".form-label + .info")].map((aide) => {
  const { top, left } = aide.getBoundingClientRect();
  const mots = document.createRange();
  mots.selectNodeContents(aide.previousElementSibling);
  const derniere = [...mots.getClientRects()].at(-1);
  return top >= derniere.bottom || left < derniere.right;
})"""
# On how many rows things stand: those whose middles are no further apart than a line of text share one.
RANGEES = """(choix) => {
  const vus = [...document.querySelectorAll(choix)].map((un) => un.getBoundingClientRect()).filter((b) => b.width);
  const milieux = vus.map(({ top, bottom }) => (top + bottom) / 2).sort((a, b) => a - b);
  return milieux.filter((milieu, rang) => !rang || milieu - milieux[rang - 1] > 12).length;
}"""


def rangees(visite, choix):
    return visite.page.evaluate(RANGEES, choix)


@pytest.mark.parametrize(("largeur", "hauteur"), [(375, 667), (375, 812), (1280, 800)])
def test_the_first_field_of_a_new_formation_is_in_view(visite_de, largeur, hauteur):
    with visite_de(viewport={"width": largeur, "height": hauteur}) as visite:
        visite.page.goto(NOUVELLE)
        vu = visite.page.evaluate(VUE)
        assert vu == {"defile": 0, "deborde": False, "champ_en_vue": True, "aide_seule": False}


@pytest.mark.parametrize("largeur", [320, 375])
def test_the_help_of_each_field_stands_beside_the_last_word_of_its_label(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 812}) as visite:
        visite.page.goto(une_formation(visite))
        seules = visite.page.evaluate(AIDES)
        assert len(seules) > 5
        assert not any(seules)


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


@pytest.mark.parametrize(("support", "largeur"), [("screen", 1280), ("screen", 650), ("screen", 375), ("print", 688)])
def test_no_word_nor_count_of_the_printed_catalogue_is_cut(visite, support, largeur):
    visite.porte.ajouter_formations(visite.organisme, [{"identifiant": "Clea_1", "intitule": "Cléa"}])
    visite.page.set_viewport_size({"width": largeur, "height": 800})
    visite.page.emulate_media(media=support)
    visite.page.goto("/catalogue/imprimer")
    mesure = """statut => {
      const dits = ['16 sur 18', '28 septembre 2026,'];
      statut.innerHTML = `<span>Pour publier : ${dits[0]}</span><span>Exportée le ${dits[1]} modifiée depuis</span>`;
      const textes = [...statut.querySelectorAll('span')].map((span) => span.firstChild);
      return dits.filter((dit) => {
        const texte = textes.find((texte) => texte.data.includes(dit));
        const r = document.createRange();
        r.setStart(texte, texte.data.indexOf(dit));
        r.setEnd(texte, texte.data.indexOf(dit) + dit.length);
        return r.getClientRects().length > 1;
      });
    }"""
    assert visite.page.locator("tbody td:nth-child(3)").first.evaluate(mesure) == []


@pytest.mark.parametrize(("type_", "largeur"), [("clea", 375), ("permis", 375), ("clea", 320)])
def test_the_bar_of_etape_1_has_one_row_and_hides_no_type(visite_de, type_, largeur):
    with visite_de(viewport={"width": largeur, "height": 667}) as visite:
        visite.page.goto(f"/formations/nouvelle?type={type_}")
        assert rangees(visite, ".actions-etape > *") == 1
        assert visite.page.locator(".actions-etape").bounding_box()["height"] <= 75


# Whether the first words of what follows the type that was chosen are above the bar, and the type still in view.
SUITE = """(type) => {
  const boite = (choix) => document.querySelector(choix).getBoundingClientRect();
  const suite = boite("#certifications :is(legend, h2, p)");
  return suite.bottom <= boite(".actions-etape").top && boite(`#type-${type}`).top >= 0;
}"""


@pytest.mark.parametrize("type_", ["certifiante", "permis", "creation", "clea"])
def test_on_a_telephone_what_a_type_asks_next_shows_above_the_bar(visite_de, type_):
    with visite_de(viewport={"width": 375, "height": 667}) as visite:
        visite.page.goto("/formations/nouvelle")
        visite.page.locator(f"#type-{type_}").check()
        visite.page.wait_for_selector(".actions-etape")
        visite.page.wait_for_function(SUITE, arg=type_, timeout=3_000)


@pytest.mark.parametrize(("largeur", "hauteur"), [(375, 667), (1280, 800)])
@pytest.mark.parametrize("cherche", ["B96", "voltaire"])
def test_what_the_search_of_a_code_answers_is_above_the_bar_while_one_types(visite_de, largeur, hauteur, cherche):
    with visite_de(viewport={"width": largeur, "height": hauteur}) as visite:
        visite.page.goto("/formations/nouvelle?type=certifiante")
        visite.page.get_by_role("link", name="comment l’obtenir").click()
        visite.page.get_by_label("Rechercher un titre, un certificateur ou un code").fill(cherche)
        dit = visite.page.locator("#bilan-recherche p")
        dit.wait_for()
        barre = visite.page.locator(".actions-etape").bounding_box()["y"]
        boite, saisie = dit.bounding_box(), visite.page.locator("#recherche").bounding_box()
        assert saisie["y"] > 0
        assert boite["y"] + boite["height"] <= barre


@pytest.mark.parametrize("largeur", [375, 768, 1280])
def test_the_links_of_the_catalogue_stand_on_one_row(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        une_formation(visite)
        visite.page.goto("/catalogue")
        assert rangees(visite, ".titre-liens a") == 1
        assert rangees(visite, ".titre-catalogue > :not(p)") == 1


@pytest.mark.parametrize("largeur", [320, 375])
def test_the_status_that_is_shown_is_in_view_where_the_others_scroll(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        une_formation(visite)
        visite.page.goto("/catalogue?statut=archivee")
        choisi = visite.page.locator(".onglets [aria-current]").bounding_box()
        assert choisi["x"] >= 0
        assert choisi["x"] + choisi["width"] <= largeur


def test_no_line_of_a_card_ends_with_what_separates_two_facts(visite):
    une_formation(visite)
    visite.page.set_viewport_size({"width": 1280, "height": 800})
    visite.page.goto("/catalogue")
    faits = "() => [...document.querySelectorAll('.carte-corps p')].map((p) => getComputedStyle(p, '::after').content)"
    assert set(visite.page.evaluate(faits)) == {"none"}


@pytest.mark.parametrize(("largeur", "permises"), [(320, 2), (375, 1), (768, 1)])
def test_the_bar_of_a_choice_leaves_the_list_in_view(visite_de, largeur, permises):
    with visite_de(viewport={"width": largeur, "height": 700}) as visite:
        une_formation(visite)
        visite.page.goto("/catalogue/choix")
        assert rangees(visite, ".barre-choix-gestes .btn") <= permises
        assert visite.page.locator(".barre-choix").bounding_box()["height"] <= 150
        visite.page.get_by_role("checkbox").first.check()
        visite.bouton("Ne rien choisir").wait_for()
        assert rangees(visite, ".barre-choix-gestes .btn") <= permises
        assert visite.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_on_a_telephone_what_leads_to_a_choice_begins_where_the_button_above_does(visite_de):
    with visite_de(viewport={"width": 375, "height": 700}) as visite:
        visite.page.goto("/catalogue/edof")
        debut = visite.bouton("Voir ce qui sortira").bounding_box()["x"]
        lien = "a => { const r = document.createRange(); r.selectNodeContents(a); return r.getBoundingClientRect().x; }"
        ici = visite.page.get_by_role("link", name="Choisir des formations à exporter").evaluate(lien)
        assert abs(ici - debut) <= 2


@pytest.mark.parametrize("largeur", [640, 768, 1024, 1280])
def test_the_name_of_the_product_and_the_way_out_stand_on_one_row(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        visite.page.goto("/catalogue")
        assert rangees(visite, ".marque, .entete-compte form") == 1
        assert rangees(visite, ".entete-menu a") <= (2 if largeur <= 640 else 1)
        assert visite.page.locator(".entete").bounding_box()["height"] <= 150


@pytest.mark.parametrize(("largeur", "permises"), [(320, 2), (375, 2), (768, 1), (1024, 1), (1280, 1)])
def test_the_bar_of_a_formation_takes_no_more_rows_than_it_must(visite_de, largeur, permises):
    with visite_de(viewport={"width": largeur, "height": 800}) as visite:
        visite.page.goto(une_formation(visite))
        assert rangees(visite, ".barre-actions > *") <= permises


def test_a_printed_formation_says_its_type_its_code_and_its_identifier(visite):
    visite.page.goto(une_formation(visite))
    dit = visite.page.get_by_text("Cléa · RS2203 · ID : Clea_1")
    assert not dit.is_visible()
    visite.champ("identifiant").fill("Clea_2")
    visite.page.emulate_media(media="print")
    assert visite.page.get_by_text("Cléa · RS2203 · ID : Clea_2").is_visible()


@pytest.mark.parametrize("largeur", [320, 375])
def test_the_banner_of_the_demonstration_keeps_its_margin_at_both_dates(visite_de, largeur):
    with visite_de(viewport={"width": largeur, "height": 667}) as visite:
        visite.page.goto("/catalogue")
        for bouton in ("Passer à aujourd’hui", "Revenir au 28 novembre 2019"):
            commande = visite.bouton(bouton)
            vu = commande.evaluate(
                "(b) => ({ droite: innerWidth - b.getBoundingClientRect().right,"
                " deborde: document.documentElement.scrollWidth - innerWidth })"
            )
            assert vu["deborde"] <= 0
            assert vu["droite"] >= 12
            commande.click()
            visite.page.wait_for_load_state()


# A field that stands just above the bar of buttons, what is said of it being behind: then the keyboard comes there.
JUSTE_AU_DESSUS = """([choix, etat]) => {
  document.documentElement.style.scrollBehavior = "auto";
  const bas = (lequel) => document.querySelector(lequel).getBoundingClientRect().bottom;
  const barre = () => document.querySelector(".barre-actions").getBoundingClientRect().top;
  document.activeElement.blur();
  scrollTo(0, 0);
  scrollBy(0, bas(choix) - barre() + 5);
  const avant = bas(etat) > barre();
  document.querySelector(choix).focus();
  return [avant, bas(etat) > barre()];
}"""


@pytest.mark.parametrize("hauteur", [667, 812])
def test_what_is_wrong_with_the_field_that_the_keyboard_comes_to_is_never_behind_the_bar(visite_de, hauteur):
    with visite_de(viewport={"width": 375, "height": hauteur}) as visite:
        visite.page.goto(f"{une_formation(visite)}/actions/nouvelle")
        for champ in ("frais_ht", "duree", "url"):
            visite.page.fill(f"#{champ}", "gratuit")
            visite.page.locator(f"#etat-{champ}").get_by_text("Saisissez").wait_for()
            cache, reste = visite.page.evaluate(JUSTE_AU_DESSUS, [f"#{champ}", f"#etat-{champ}"])
            assert cache
            assert not reste, champ
