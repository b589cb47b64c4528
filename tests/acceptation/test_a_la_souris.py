"""The guide's walk as a newcomer makes it: a mouse, a screen of 1280×800, and what is typed."""

from playwright.sync_api import Locator, Page, expect

CLICS = 11
"""Those of the walk, from the catalogue to the saved draft: a field that has the focus already asks for none."""

CLEA = "Socle de connaissances et de compétences professionnelles (CléA)"
TEXTES = (
    ("textbox", "Objectif de la formation", "Communiquer en français à l’oral"),
    ("textbox", "Contenu de la formation", "Écouter, reformuler, argumenter"),
    ("textbox", "Les points forts de la formation", "Petits groupes"),
    ("textbox", "Résultats attendus de la formation", "Oser prendre la parole"),
    ("combobox", "Type de parcours de formation", "96214"),
)


class Souris:
    """Clicks where things are; what is out of view is brought by the wheel, and both are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clics: list[str] = []
        self.roulettes = 0

    def cliquer(self, cible: Locator) -> None:
        """Click in the middle of a thing, which nothing hides."""
        expect(cible).to_be_visible()
        while not self._a_decouvert(cible):
            self.page.mouse.move(400, 300)
            self.page.mouse.wheel(0, 200)
            self.roulettes += 1
            assert self.roulettes < 40, "rien ne l'amène à l'écran"
            self.page.wait_for_timeout(100)
        boite = cible.bounding_box()
        assert boite is not None
        self.page.mouse.click(boite["x"] + boite["width"] / 2, boite["y"] + boite["height"] / 2)
        self.clics.append(str(cible))

    def ecrire(self, champ: Locator, texte: str) -> None:
        """Type in a field; a click gives it the focus when it has not got it."""
        expect(champ).to_be_visible()
        if not champ.evaluate("champ => champ === document.activeElement"):
            self.cliquer(champ)
        self.page.keyboard.type(texte)

    @staticmethod
    def _a_decouvert(cible: Locator) -> bool:
        return bool(
            cible.evaluate(
                """e => { const { left, width, top, height } = e.getBoundingClientRect();
                     const touche = document.elementFromPoint(left + width / 2, top + height / 2);
                     return touche !== null && [e, ...(e.labels ?? [])].some((une) => une.contains(touche)); }"""
            )
        )


def test_the_guide_s_walk_takes_eleven_clicks_and_no_wheel_to_go_on(visite):
    page, souris = visite.page, Souris(visite.page)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/catalogue")

    souris.cliquer(page.get_by_role("link", name="Ajouter une formation", exact=True))
    souris.cliquer(page.get_by_role("radio", name="Cléa", exact=True))
    souris.cliquer(page.get_by_role("radio", name=CLEA, exact=True))
    expect(page.get_by_text("est sélectionnée")).to_be_visible()
    souris.cliquer(page.get_by_role("button", name="Suivant", exact=True))
    assert souris.roulettes == 0

    # A person looks at the page first: its scripts have run by then.
    page.wait_for_url("**/formations/nouvelle/fiche*")
    souris.ecrire(page.get_by_role("textbox", name="Votre identifiant interne de formation"), "Clea_Souris")
    souris.cliquer(page.get_by_role("button", name="Vérifier", exact=True))
    expect(page.get_by_text("est disponible").first).to_be_visible()
    assert souris.roulettes == 0
    for role, nom, texte in TEXTES:
        souris.ecrire(page.get_by_role(role, name=nom, exact=True), texte)
    souris.cliquer(page.get_by_role("button", name="Enregistrer les modifications", exact=True))
    expect(page.get_by_text("Enregistré à").first).to_be_visible()

    gardee = visite.porte.formation(visite.organisme, "Clea_Souris")
    assert (gardee["statut"], gardee["type_parcours"]) == ("brouillon", "96214")
    assert len(souris.clics) <= CLICS, souris.clics


def test_a_new_formation_does_not_take_the_focus_where_its_first_field_is_out_of_view(visite):
    visite.page.set_viewport_size({"width": 375, "height": 400})
    visite.page.goto("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    expect(visite.page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(visite.page.get_by_role("textbox", name="Votre identifiant interne de formation")).not_to_be_in_viewport()
    assert visite.page.evaluate("document.activeElement === document.body")


def test_a_formation_that_is_opened_again_keeps_the_focus_where_it_was(visite):
    visite.page.set_viewport_size({"width": 1280, "height": 800})
    visite.porte.ajouter_formations(visite.organisme, [{"identifiant": "Clea_Gardee", "intitule": "Cléa"}])
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_Gardee')['id']}")
    expect(visite.page.get_by_role("textbox", name="Votre identifiant interne de formation")).to_be_visible()
    assert visite.page.evaluate("document.activeElement === document.body")
