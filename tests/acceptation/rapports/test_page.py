"""The French report: what a product owner finds in it, by reading, by searching, by printing, on any screen."""

import re

import pytest
from lxml import html
from playwright.sync_api import expect

from steps.navigateur.accessibilite import analyser, rapport
from steps.rapports.flux import Execution
from steps.rapports.page import page
from tests.acceptation.rapports.modele import fabriquer


@pytest.fixture
def ecrite(tmp_path):
    (tmp_path / "rapport.html").write_text(page(fabriquer(tmp_path)), "utf-8")
    return tmp_path / "rapport.html"


@pytest.fixture
def arbre(ecrite):
    return html.fromstring(ecrite.read_text("utf-8"))


@pytest.fixture
def ouvrir(navigateur, ecrite):
    """Open the report from the disk, at a width, in an appearance, with or without its script."""
    contextes = []

    def ouvrir(largeur=1280, apparence="light", *, javascript=True, ancre=""):
        contexte = navigateur.new_context(
            viewport={"width": largeur, "height": 800},
            color_scheme=apparence,
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        contextes.append(contexte)
        ouverte = contexte.new_page()
        ouverte.set_default_timeout(5_000)
        fautes = []
        ouverte.on("console", lambda message: fautes.append(message.text) if message.type == "error" else None)
        ouverte.on("pageerror", lambda erreur: fautes.append(str(erreur)))
        ouverte.on(
            "request", lambda requete: fautes.append(requete.url) if not requete.url.startswith("file:") else None
        )
        ouverte.goto(ecrite.as_uri() + ancre)
        # Pictures that were not taken here are missing; nothing else may be.
        assert [faute for faute in fautes if "ERR_FILE_NOT_FOUND" not in str(faute)] == []
        return ouverte

    yield ouvrir
    for contexte in contextes:
        contexte.close()


def tous(element, tag="*", classe=""):
    """Give the elements of a tag and of a class within another, in order."""
    choix = f"[contains(concat(' ', @class, ' '), ' {classe} ')]" if classe else ""
    return element.xpath(f".//{tag}{choix}")


def texte(element):
    return " ".join(element.text_content().split())


# ---------------------------------------------------------------------------------------------- what is written


def test_the_verdict_comes_first(arbre):
    assert texte(tous(arbre, "p", "verdict")[0]) == "✗ 4 en échec sur 8 scénarios joués."
    assert texte(tous(arbre, "h1")[0]) == "Rapport des scénarios"
    premiers = [texte(lien) for lien in tous(tous(arbre, "section", "echecs")[0], "a")]
    assert premiers == [
        "Celui qui échoue",
        "L’exemple 4 (hiver)",
        "Celui que rien ne joue",
        "Celui qui est instable",
    ]


def test_a_scenario_is_told_with_its_data_and_its_failure(arbre):
    passe = next(s for s in tous(arbre, "details", "s") if "Celui qui passe" in s.text_content())
    assert [texte(cellule) for cellule in tous(passe, "td")] == ["nom", "valeur", "été", "1"]
    assert tous(passe, "pre")[0].text_content() == "<b>un</b> texte"
    assert passe.get("open") is None
    echoue = next(s for s in tous(arbre, "details", "s") if "Celui qui échoue" in s.text_content())
    assert echoue.get("open") is not None
    assert [texte(dit) for dit in tous(echoue, "dd")] == ["bouton « a » : actif", "inactif <i>"]
    assert tous(echoue, "code", "commande")[0].text_content() == "python -m pytest test_essai.py::test_0_1"


def test_pictures_stay_files(ecrite, arbre):
    assert "base64" not in ecrite.read_text("utf-8")
    images = tous(arbre, "img")
    assert {image.get("src") for image in images} == {"l%27%C3%A9chec/ecran%201.png"}
    assert {image.get("loading") for image in images} == {"lazy"}
    assert {image.getparent().get("href") for image in images} == {"l%27%C3%A9chec/ecran%201.png"}


def test_a_scenario_that_passes_shows_its_pictures_too(tmp_path):
    execution = fabriquer(tmp_path)
    piece = {
        "type": "piece_jointe",
        "instant_ms": 1,
        "etape": 0,
        "nature": "image",
        "chemin": "guide/7.png",
        "numero": 7,
    }
    execution.tentatives[0]["evenements"] = [piece]
    arbre = html.fromstring(page(execution))
    passe = next(s for s in tous(arbre, "details", "s") if "Celui qui passe" in s.text_content())
    assert [image.get("src") for image in tous(passe, "img")] == ["guide/7.png"]
    assert "Pour le rejouer" not in passe.text_content()


def test_the_page_needs_nothing_from_elsewhere(arbre):
    assert [*tous(arbre, "link"), *arbre.xpath("//script[@src]"), *tous(arbre, "iframe")] == []


def test_texts_have_the_typography_of_french(arbre):
    dits = [
        element
        for tag in ("h1", "h2", "h3", "p", "summary", "label", "button", "td", "li")
        for element in tous(arbre, tag)
    ]
    assert len(dits) > 50
    for element in dits:
        if not (tous(element, "pre") or tous(element, "code") or tous(element, "*", "err")):
            assert not re.search(r"\w'\w| [:;?!»](?!\w)|« ", element.text_content()), element.text_content()


def test_the_guide_comes_first_and_its_steps_are_in_the_contents(tmp_path):
    execution = fabriquer(tmp_path, fois=2)
    dernier = "features/regles/essai_1.feature"
    execution.sources[dernier] = execution.sources[dernier].replace("@regles", "@guide")
    arbre = html.fromstring(page(execution))
    liens = [lien.get("href") for lien in tous(tous(arbre, "nav")[0], "a")]
    assert liens[0] == "#f-regles-essai_1"
    assert len([lien for lien in liens if lien.startswith("#f-regles-essai_1-")]) == 2
    for lien in liens:
        assert arbre.xpath("//*[@id=$ancre]", ancre=lien[1:])


def test_a_run_cut_off_says_so(tmp_path):
    execution = fabriquer(tmp_path)
    execution.fin = {"prevus": 20, "interrompue": True, "instant": 1}
    dit = texte(tous(html.fromstring(page(execution)), "p", "verdict")[0])
    assert dit == "✗ Exécution interrompue : 8 scénarios joués, 12 ne l’ont pas été, 4 en échec."


def test_an_empty_stream_gives_a_page():
    assert "Aucun scénario" in page(Execution(fin={"prevus": 0, "interrompue": False}))


def test_a_stream_without_the_text_of_a_feature_still_tells(tmp_path):
    execution = fabriquer(tmp_path)
    execution.sources = {"features/regles/essai_0.feature": "Fonctionnalité cassée"}
    arbre = html.fromstring(page(execution))
    assert texte(tous(arbre, "h2")[-1]) == "L’essai"
    assert texte(tous(arbre, "h3")[0]) == "Première règle"


def test_a_thousand_scenarios_stay_light(tmp_path):
    assert len(page(fabriquer(tmp_path, fois=125)).encode()) < 3_000_000


# ---------------------------------------------------------------------------------------------- in a browser


@pytest.mark.parametrize("apparence", ["light", "dark"])
@pytest.mark.parametrize("largeur", [375, 1280])
def test_the_page_has_no_fault_of_accessibility_and_does_not_overflow(ouvrir, largeur, apparence):
    ouverte = ouvrir(largeur, apparence)
    ouverte.get_by_role("button", name="Tout déplier").click()
    violations = analyser(ouverte)
    assert not violations, rapport(ouverte.url, violations)
    assert ouverte.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def affiches(ouverte):
    return [" ".join(nom.split()) for nom in ouverte.locator("details.s:visible > summary .n").all_text_contents()]


@pytest.mark.parametrize(
    ("cherche", "trouves"),
    [
        ("ECHOUE", ["Celui qui échoue"]),
        ("l'exemple", ["L’exemple 2 (été)", "L’exemple 4 (hiver)"]),
        ("hiver exemple", ["L’exemple 4 (hiver)"]),
        ("un texte", ["Celui qui passe"]),
        ("introuvable", []),
    ],
)
def test_a_search_ignores_accents_and_typography(ouvrir, cherche, trouves):
    ouverte = ouvrir()
    ouverte.get_by_label("Rechercher").fill(cherche)
    assert affiches(ouverte) == trouves
    nombre = len(trouves)
    expect(ouverte.get_by_role("status")).to_have_text(
        f"{nombre} scénarios affichés" if nombre > 1 else f"{nombre} scénario affiché"
    )


def test_a_search_without_a_result_can_be_left(ouvrir):
    ouverte = ouvrir()
    ouverte.get_by_label("Rechercher").fill("introuvable")
    ouverte.get_by_role("button", name="Tout afficher").click()
    assert len(affiches(ouverte)) == 8


def test_statuses_and_tags_choose(ouvrir):
    ouverte = ouvrir()
    assert len(affiches(ouverte)) == 8
    ouverte.get_by_label("En échec").check(force=True)
    assert len(affiches(ouverte)) == 4
    ouverte.get_by_label("Étiquette").select_option("etape_7")
    assert affiches(ouverte) == ["Celui qui échoue", "L’exemple 4 (hiver)"]
    ouverte.get_by_label("Étiquette").select_option("")
    ouverte.get_by_label("Écartés").check(force=True)
    assert affiches(ouverte) == ["Écarté"]


def test_a_link_to_a_scenario_unfolds_it_whatever_was_chosen(ouvrir):
    ouverte = ouvrir()
    ouverte.get_by_role("button", name="Tout replier").click()
    ouverte.get_by_label("Réussis").check(force=True)
    ouverte.get_by_role("link", name="Celui qui est instable").click()
    deplie = ouverte.locator("details.s[open]")
    expect(deplie).to_have_count(1)
    expect(deplie).to_contain_text("Celui qui est instable")
    expect(deplie).to_be_in_viewport()


def test_everything_unfolds_and_folds(ouvrir):
    ouverte = ouvrir()
    ouverte.get_by_role("button", name="Tout replier").click()
    assert ouverte.locator("details.s[open]").count() == 0
    ouverte.get_by_role("button", name="Tout déplier").click()
    assert ouverte.locator("details.s[open]").count() == 8


def test_on_paper_there_is_what_is_shown_and_nothing_to_press(ouvrir):
    ouverte = ouvrir()
    ouverte.emulate_media(media="print")
    expect(ouverte.get_by_label("Rechercher")).to_be_hidden()
    expect(ouverte.locator("nav")).to_be_hidden()
    expect(ouverte.get_by_text("bouton « a » : actif").first).to_be_visible()


def test_without_its_script_the_page_still_reads(ouvrir):
    ouverte = ouvrir(javascript=False)
    expect(ouverte.get_by_label("Rechercher")).to_be_hidden()
    ouverte.get_by_text("Celui qui passe").click()
    expect(ouverte.get_by_role("cell", name="été")).to_be_visible()
