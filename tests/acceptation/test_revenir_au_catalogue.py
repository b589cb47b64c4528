"""« Précédent » in the catalogue: the lists that filter it say what is shown, not what was chosen after."""

from tests.acceptation.la_saisie import une_formation


def test_going_back_shows_again_the_filters_of_that_page(visite_de):
    with visite_de() as visite:
        page = visite.page
        une_formation(visite)
        page.goto("/catalogue")
        for liste, choix in (("Type", "clea"), ("Certification", "RS2203")):
            page.get_by_label(liste, exact=True).select_option(choix)
        page.get_by_role("button", name="Rechercher", exact=True).click()
        page.wait_for_url("**/catalogue?*type=clea*")
        page.go_back()
        assert page.url.endswith("/catalogue")
        montres = [page.locator(choix).input_value() for choix in ("#recherche", "#type", "#certification")]
        assert montres == ["", "", ""]
