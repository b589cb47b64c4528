"""axe looks at every new state, once, on the page as it is served, and reports in French."""

import pytest

from steps.navigateur.accessibilite import Accessibilite, rapport
from tests.acceptation.site import ouvrir, page

REGLES_JOUEES = """async () => {
  const fait = await axe.run(document);
  return ['violations', 'passes', 'incomplete', 'inapplicable'].flatMap((sorte) => fait[sorte].map(({ id }) => id));
}"""
SANS_NOM = page("<button></button>")
SERRE = page('<a href="/">a</a><a href="/x">b</a><p>texte</p>')


def observateur(tmp_path, scener, site):
    accessibilite = Accessibilite(tmp_path)
    scene = scener(site.adresse, observer=accessibilite.observer)
    return accessibilite, scene


def test_a_fault_is_reported_in_french(scener, tmp_path):
    with ouvrir({"/": SANS_NOM}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        with pytest.raises(AssertionError, match=r"(?s)1 défaut d.accessibilité.*button-name.*Les boutons doivent"):
            scene.pilote.attendre_le_calme()


def test_the_size_of_targets_is_looked_at(scener, tmp_path):
    with ouvrir({"/": SERRE}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        with pytest.raises(AssertionError, match="target-size"):
            scene.pilote.attendre_le_calme()


def test_a_faulty_state_fails_again_when_it_is_met_again(scener, tmp_path):
    with ouvrir({"/": SANS_NOM}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        for _ in range(2):
            with pytest.raises(AssertionError, match="button-name"):
                scene.pilote.attendre_le_calme()


def test_a_state_is_looked_at_once_whatever_its_words(scener, tmp_path):
    pages = {"/": page("<p>un</p>"), "/1": page("<p>deux</p><p>trois</p>"), "/2": page('<p class="autre">deux</p>')}
    with ouvrir(pages) as site:
        accessibilite, scene = observateur(tmp_path, scener, site)
        compte = []
        for chemin in ("/", "/", "/1", "/2"):
            scene.pilote.ouvrir(chemin)
            scene.pilote.attendre_le_calme()
            compte.append(accessibilite.analyses)
        assert compte == [1, 1, 2, 3]


def test_a_state_seen_by_another_process_is_not_looked_at_again(scener, tmp_path):
    with ouvrir({"/": page("<p>un</p>")}) as site:
        premier, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        second = Accessibilite(tmp_path)
        second.observer(scene.pilote.page)
        assert (premier.analyses, second.analyses) == (1, 0)


AJOUTER = """([ou, html]) => {
  document.querySelector(ou).insertAdjacentHTML('beforeend', html);
  for (const grand of document.querySelectorAll('.grand')) grand.style.cssText = 'width: 60px; height: 60px';
  for (const pale of document.querySelectorAll('.pale')) pale.style.color = '#ccc';
}"""
REMPLACER = """([ou, html]) => {
  document.querySelector(ou).outerHTML = html;
  for (const pale of document.querySelectorAll('.pale')) pale.style.color = '#ccc';
}"""
A_L_AISE = page('<p>texte</p><div><a href="/x">b</a></div>')


@pytest.mark.parametrize(
    ("ou", "html", "regle"),
    [
        ("main", "<p>un</p><button></button>", "button-name"),
        ("main", '<img src="data:,">', "image-alt"),
        # What is new is right, and crowds what was there.
        ("main div", '<button class="grand">c</button>', "target-size"),
        # What is wrong is what it makes of the page.
        ("body", "<main><p>un autre</p></main>", "landmark-no-duplicate-main"),
        ("main", '<div lang="xx-inconnu"><p>un</p></div>', "valid-lang"),
        ("main", '<form><input type="text"></form>', "label"),
        ("main div", '<p class="pale">pâle</p>', "color-contrast"),
        ("body", '<nav><a href="/x">b</a></nav><nav><a href="/y">c</a></nav>', "landmark-unique"),
        ("main", '<dialog open aria-label="Boîte"><p>un</p><input type="text"></dialog>', "label"),
        ("main", '<dialog open aria-label="Boîte"><p class="pale">pâle</p></dialog>', "color-contrast"),
    ],
)
def test_what_comes_after_is_looked_at_with_what_it_comes_beside(scener, tmp_path, ou, html, regle):
    with ouvrir({"/": A_L_AISE}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        scene.pilote.page.evaluate(AJOUTER, [ou, html])
        with pytest.raises(AssertionError, match=regle):
            scene.pilote.attendre_le_calme()


@pytest.mark.parametrize(
    ("html", "regle"),
    [
        ('<div><a href="/x">b</a><input type="text"></div>', "label"),
        ('<div><a href="/x">b</a><button></button></div>', "button-name"),
        ('<div><p class="pale">pâle</p></div>', "color-contrast"),
        ('<div role="main"><a href="/x">b</a></div>', "landmark-no-duplicate-main"),
    ],
)
def test_what_is_put_in_the_place_of_something_is_looked_at(scener, tmp_path, html, regle):
    """As htmx does: outerHTML, of a region that was seen and right."""
    with ouvrir({"/": A_L_AISE}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        scene.pilote.page.evaluate(REMPLACER, ["main div", html])
        with pytest.raises(AssertionError, match=regle):
            scene.pilote.attendre_le_calme()


def test_axe_copies_no_style_sheet_for_a_rule_that_it_leaves_out(scener, tmp_path):
    """Should a version of axe bring in the rule that reads them, what is loaded for its rules must follow."""
    with ouvrir({"/": page("<p>un</p>")}) as site:
        accessibilite, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        assert accessibilite.analyses == 1
        joues = scene.pilote.page.evaluate(REGLES_JOUEES)
        assert "no-autoplay-audio" in joues
        assert "css-orientation-lock" not in joues


def test_where_one_thing_is_new_the_rest_of_the_page_is_not_looked_at_again(scener, tmp_path):
    """What was judged before is left alone, even if a rule has come to blame it: half of what axe costs is there."""
    with ouvrir({"/": page("<p>un</p><div></div>")}) as site:
        _, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        scene.pilote.page.evaluate("document.querySelector('p').style.color = '#fafafa'")
        scene.pilote.page.evaluate(AJOUTER, ["main div", '<b class="neuf">deux</b>'])
        scene.pilote.attendre_le_calme()
        scene.pilote.page.evaluate("document.querySelector('p').className = 'neuf'")
        with pytest.raises(AssertionError, match="color-contrast"):
            scene.pilote.attendre_le_calme()


def test_axe_breaks_no_policy_of_the_page(scener, tmp_path):
    with ouvrir({"/": page("<p>un</p>")}) as site:
        accessibilite, scene = observateur(tmp_path, scener, site)
        scene.pilote.ouvrir("/")
        scene.pilote.attendre_le_calme()
        assert accessibilite.analyses == 1
        scene.surveillance.juger()


def test_the_report_says_how_many_and_where():
    violation = {"id": "x", "impact": "serious", "aide": "Aide", "cas": [{"html": "<b>", "resume": "Corriger"}]}
    assert rapport("http://ici/", [violation, violation]).startswith("2 défauts d’accessibilité sur http://ici/")
