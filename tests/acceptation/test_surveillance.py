"""What the browser complains of fails a scenario; what the scenario asked for does not."""

import pytest

from tests.acceptation.site import Reponse, ouvrir, page, script

CASSE = page("<button>Rien</button>", scripts=("/a.js",))


def visiter(scener, site, **options):
    scene = scener(site.adresse, **options)
    scene.pilote.ouvrir("/")
    scene.pilote.attendre_le_calme()
    return scene.surveillance


@pytest.mark.parametrize(
    ("faute", "attendu"),
    [
        ("console.error('quelque chose')", "quelque chose"),
        ("throw new Error('boum')", "boum"),
        # Some versions complain only once the handler is called.
        ("document.body.setAttribute('onclick', 'x()'); document.body.click()", "Content Security Policy"),
        ("fetch('http://127.0.0.1:9/ailleurs').catch(() => {})", "Content Security Policy"),
    ],
)
def test_a_complaint_of_the_browser_fails_the_scenario(scener, faute, attendu):
    attendue = pytest.raises(AssertionError, match=f"(?s)Le navigateur signale des erreurs.*{attendu}")
    with ouvrir({"/": CASSE, "/a.js": script(faute)}) as site, attendue:
        visiter(scener, site).juger()


def test_a_page_without_fault_is_not_accused(scener):
    with ouvrir({"/": CASSE, "/a.js": script("console.log('bavard')")}) as site:
        visiter(scener, site).juger()


@pytest.mark.parametrize("statut", [401, 409, 422])
def test_a_refusal_is_an_answer_like_another(scener, statut):
    pages = {"/": CASSE, "/a.js": script("fetch('/refus')"), "/refus": Reponse("non", statut=statut)}
    with ouvrir(pages) as site:
        visiter(scener, site).juger()


def test_an_error_of_the_server_fails_the_scenario_unless_failures_are_its_subject(scener):
    pages = {"/": CASSE, "/a.js": script("fetch('/panne')"), "/panne": Reponse("aïe", statut=500)}
    with ouvrir(pages) as site:
        with pytest.raises(AssertionError, match="status of 500"):
            visiter(scener, site).juger()
        visiter(scener, site, pannes_voulues=True).juger()


def test_an_exception_fails_even_a_scenario_about_failures(scener):
    attendue = pytest.raises(AssertionError, match="boum")
    with ouvrir({"/": CASSE, "/a.js": script("throw new Error('boum')")}) as site, attendue:
        visiter(scener, site, pannes_voulues=True).juger()


def test_the_warning_before_leaving_is_counted_and_accepted(scener):
    garder = "addEventListener('beforeunload', (e) => e.preventDefault())"
    pages = {"/": page("<button>Rien</button>", scripts=("/a.js",)), "/a.js": script(garder), "/suite": page("ici")}
    with ouvrir(pages) as site:
        scene = scener(site.adresse)
        scene.pilote.ouvrir("/")
        scene.pilote.page.get_by_role("button").click()
        with pytest.raises(AssertionError, match="rien demandé"):
            scene.surveillance.verifier_averti()
        scene.pilote.ouvrir("/suite")
        scene.surveillance.verifier_averti()
        assert scene.pilote.page.url.endswith("/suite")
