"""axe looks at every new state, once, on the page as it is served, and reports in French."""

import pytest

from steps.navigateur.accessibilite import Accessibilite, rapport
from tests.acceptation.site import ouvrir, page

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
