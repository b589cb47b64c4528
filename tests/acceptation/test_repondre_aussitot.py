"""The page answers at once: what it counts by itself, when it asks, and what it says while it waits."""

from hypothesis import given, seed, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_saisie import une_formation
from webapp.domain.textes import normaliser

TEXTES = st.lists(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\x00"),
        st.sampled_from(["\r", "\n", "\r\n", "e\u0301", "\u0958", "\ufb1d", "👩\u200d💻", "\u1112\u1161\u11ab"]),
        # What Word, PowerPoint and PDF readers copy.
        st.sampled_from(
            ["\x0b", "\u2028", "\u00ad", "\u200b", "\u200d", "•\t", "\uf0b7 ", "\uf0a7", "o\t", "▪\ufe0f", " \t"]
        ),
    ),
    max_size=40,
).map("".join)
LOT = 3_000
COMPTER = """textes => {
  const champ = document.getElementById("contenu");
  const compteur = document.querySelector("#etat-contenu .etat-compteur");
  return textes.map((texte) => {
    champ.value = texte;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
    return compteur.textContent;
  });
}"""


def des_textes(nombre):
    """Draw texts of every kind, always the same."""
    tires = []

    @seed(20191128)
    @settings(max_examples=nombre, database=None, deadline=None)
    @given(TEXTES)
    def tirer(texte):
        tires.append(texte)

    tirer()
    return tires


def test_the_browser_counts_as_the_server_does_on_thousands_of_texts(visite):
    visite.page.goto(NOUVELLE)
    textes = [*des_textes(LOT), "a" * 3001, "\r\n" * 5, "\r\r\n\n"]
    lus = visite.page.evaluate(COMPTER, textes)
    assert [texte for texte, lu in zip(textes, lus, strict=True) if lu != attendu(texte)] == []


def arreter_l_horloge(page):
    """From now on the delays of the page pass when the test says so."""
    page.clock.install(time=0)
    page.clock.pause_at(1_000)


def attendu(texte):
    return f"{len(normaliser(texte))} / 3000 Caractères"


def test_a_count_follows_the_key_before_anything_is_asked_and_offline(visite):
    visite.page.goto(NOUVELLE)
    visite.contexte.set_offline(True)
    lus = visite.page.evaluate(COMPTER, ["a", "é" * 3000, "x" * 3001, ""])
    assert [lu.split(" ")[0] for lu in lus] == ["1", "3000", "3001", "0"]
    visite.page.evaluate(COMPTER, ["x" * 3001])
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_attribute("data-depasse", "")
    visite.page.evaluate(COMPTER, ["x" * 3000])
    expect(visite.page.locator("#etat-contenu .etat-compteur")).not_to_have_attribute("data-depasse", "")


def test_the_answer_of_the_server_is_the_law_but_for_what_was_typed_since(visite):
    visite.page.goto(NOUVELLE)
    # On a slow machine the second pause would end before the first answer comes, and take its place.
    arreter_l_horloge(visite.page)
    retenues = visite.retenir("**/saisie")
    visite.champ("contenu").press_sequentially("abc")
    with visite.page.expect_request("**/saisie"):
        visite.page.clock.run_for(310)
    visite.champ("contenu").press_sequentially("de")
    reponse = retenues[0].fetch()
    fausse = reponse.text().replace("3 / 3000", "33 / 3000").replace("0 / 255 Car", "7 / 255 Car")
    with visite.page.expect_response("**/saisie"):
        retenues[0].fulfill(response=reponse, body=fausse)
    visite.page.clock.run_for(100)
    points_forts = visite.page.locator("#etat-points_forts .etat-compteur")
    expect(points_forts).to_have_text("7 / 255 Caractères")
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_text("5 / 3000 Caractères")


def test_the_server_is_asked_after_a_pause_and_at_once_on_leaving_a_field(visite):
    visite.page.goto(NOUVELLE)
    arreter_l_horloge(visite.page)
    demandes = []
    visite.page.on("request", lambda r: demandes.append(r.url) if r.url.endswith("/saisie") else None)
    for lettre in "abcdef":
        visite.champ("contenu").press_sequentially(lettre)
        visite.page.clock.run_for(290)
    assert demandes == []
    with visite.page.expect_response("**/saisie"):
        visite.page.clock.run_for(20)
    assert len(demandes) == 1
    visite.champ("contenu").press_sequentially("g")
    with visite.page.expect_response("**/saisie"):
        visite.champ("contenu").press("Tab")
    visite.page.clock.run_for(1_000)
    # What the server was asked about already is not asked again.
    visite.champ("points_forts").press("Tab")
    visite.page.clock.run_for(1_000)
    assert len(demandes) == 2


def test_what_was_pressed_says_that_it_waits_and_cannot_be_pressed_twice(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    # Taken: what is saved is refused, and the page stays.
    visite.champ("identifiant").fill(COMPLETE["identifiant"])
    arreter_l_horloge(visite.page)
    for nom, attente, motif in (
        ("Enregistrer les modifications", "Enregistrement…", "**/formations/*"),
        ("Vérifier", "Vérification…", "**/verification"),
    ):
        retenues = visite.retenir(motif)
        visite.bouton(nom).click()
        visite.page.clock.run_for(290)
        expect(visite.bouton(nom)).to_be_enabled()
        visite.page.clock.run_for(20)
        expect(visite.bouton(attente)).to_be_disabled()
        expect(visite.bouton(attente)).to_be_focused()
        visite.bouton(attente).click(force=True)
        visite.page.keyboard.press("Enter")
        assert len(retenues) == 1
        retenues[0].continue_()
        expect(visite.bouton(nom)).to_be_enabled()
        visite.page.unroute(motif)


def test_valider_pressed_before_the_answer_says_that_it_waits_then_does_it(visite):
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, "contenu": ""}])
    visite.page.goto("/catalogue")
    visite.page.get_by_role("link", name="Cléa", exact=True).click()
    retenues = visite.retenir("**/saisie")
    visite.champ("contenu").press_sequentially("Écouter")
    visite.bouton("Valider").click(force=True)
    expect(visite.bouton("Validation…")).to_be_disabled()
    expect(visite.bouton("Validation…")).to_be_focused()
    retenues[-1].continue_()
    expect(visite.page.get_by_role("status").get_by_text("est validée")).to_be_visible()
    assert visite.porte.formation(visite.organisme, "Clea_1")["statut"] == "validee"


def test_after_a_failure_a_button_is_itself_again(visite):
    visite.page.goto(NOUVELLE)
    retenues = visite.retenir("**/verification")
    visite.bouton("Vérifier").click()
    expect(visite.bouton("Vérification…")).to_be_disabled()
    retenues[0].abort()
    expect(visite.bouton("Vérifier")).to_be_enabled()
    expect(visite.page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas")


def test_a_click_on_valider_inactive_leads_to_the_first_thing_to_do(visite):
    visite.page.set_viewport_size({"width": 375, "height": 667})
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, "points_forts": "", "type_parcours": ""}])
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")
    visite.bouton("Valider").click(force=True)
    expect(visite.champ("points_forts")).to_be_focused()
    expect(visite.champ("points_forts")).to_be_in_viewport()
    visite.champ("points_forts").fill("Petits groupes")
    with visite.page.expect_response("**/saisie"):
        visite.champ("points_forts").blur()
    visite.bouton("Valider").press("Enter")
    expect(visite.champ("type_parcours")).to_be_focused()


def test_what_verifier_found_stays_until_the_field_changes_and_the_neighbour_is_put_in_it(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    arreter_l_horloge(visite.page)
    visite.champ("identifiant").fill("Clea_9")
    visite.bouton("Vérifier").click()
    dit = visite.page.get_by_text("est disponible.")
    expect(dit).to_have_count(2)
    visite.page.clock.run_for(60_000)
    visite.champ("contenu").fill("Écouter")
    expect(dit).to_have_count(2)
    visite.champ("identifiant").fill("Clea_1")
    expect(dit).to_have_count(0)
    visite.bouton("Vérifier").click()
    expect(visite.page.get_by_role("alert")).to_contain_text("C’est celui de la formation «\xa0Cléa\xa0».")
    with visite.page.expect_response("**/saisie"):
        visite.bouton("Utiliser «\xa0Clea_2\xa0»").click()
    expect(visite.champ("identifiant")).to_have_value("Clea_2")
    expect(visite.champ("identifiant")).to_be_focused()
    expect(visite.page.get_by_text("déjà utilisé")).to_have_count(0)


def test_on_a_phone_a_message_takes_less_than_a_quarter_and_leaves_its_field_in_sight(visite):
    visite.page.set_viewport_size({"width": 375, "height": 667})
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, "intitule": "Un intitulé très long " * 11}])
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_1")
    visite.bouton("Vérifier").click()
    message = visite.page.locator(".toasts")
    expect(message).to_contain_text("est déjà utilisé")
    boite, champ = (
        message.bounding_box(),
        visite.page.get_by_role("textbox", name="Votre identifiant interne").bounding_box(),
    )
    assert boite["height"] < 667 / 4
    assert champ["y"] > boite["y"] + boite["height"]


def test_an_answer_does_not_move_what_is_being_pressed(visite):
    visite.page.goto(f"{une_formation(visite)}/actions/nouvelle")
    # The error under the field goes away with the answer, and all that stands below it goes up.
    visite.champ("duree").fill("trop")
    expect(visite.page.locator("#etat-duree[data-invalide]")).to_be_visible()
    visite.champ("duree").fill("35")
    case = visite.page.get_by_role("checkbox", name="En journée")
    case.scroll_into_view_if_needed()
    place = case.bounding_box()
    visite.page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    with visite.page.expect_response("**/saisie"):
        visite.page.mouse.down()
    # Once received, the answer has had the time of two frames to be shown.
    visite.page.evaluate("() => new Promise((suite) => requestAnimationFrame(() => requestAnimationFrame(suite)))")
    assert case.bounding_box() == place
    visite.page.mouse.up()
    expect(case).to_be_checked()
    expect(visite.page.locator("#etat-duree[data-invalide]")).to_have_count(0)


REGLAGES = {
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "includeIndicatorStyles": False,
    "defaultSettleDelay": 0,
    "timeout": 9_000,
}
"""Without which htmx would run code, keep pages, or wait without end."""


def test_htmx_runs_no_code_keeps_no_page_and_shows_every_refusal(visite):
    visite.page.goto(NOUVELLE)
    lus = visite.page.evaluate("() => htmx.config")
    assert {nom: lus[nom] for nom in REGLAGES} == REGLAGES
    assert {regle["code"]: regle["swap"] for regle in lus["responseHandling"]} == {
        "204": False, "[23]..": True, "[45]..": True,
    }  # fmt: skip
    assert visite.page.locator("style").count() == 0
