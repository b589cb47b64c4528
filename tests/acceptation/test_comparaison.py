"""Another screen than the published one is told from what changes nothing to a person, with what to take again."""

import os
import subprocess
import sys

import pytest

from steps.gherkin.typographie import aplanir
from steps.guide import comparaison
from steps.guide.comparaison import Comparateur, Publiee
from steps.guide.empreintes import Empreinte
from steps.navigateur.illustration import prendre
from tests.acceptation.site import RACINE, Reponse, ouvrir, page, script


def champ(n):
    return f'<p><label for="c{n}">Champ {n}</label><textarea id="c{n}" rows="2">Texte {n}</textarea></p>'


CHAMPS = "".join(map(champ, range(1, 8)))
CORPS = (
    f'<div class="cadre"><form>{CHAMPS}<button>Valider</button></form>'
    '<aside><h2>Pour valider</h2><ul><li><a href="/c1">Champ 1</a></li><li><a href="/c2">Champ 2</a></li></ul></aside>'
    '</div><p class="toast" role="status">La formation est enregistrée.</p>'
)
STYLE = """\
:root { --accent: #1d5c63; }
html { font-family: "DejaVu Sans", sans-serif; background: #f6f5f1; }
.cadre { display: grid; grid-template-columns: 1fr 19rem; gap: 2rem; max-width: 70rem; align-items: start; }
form, aside { background: white; padding: 1rem; }
textarea { width: 100%; }
button { background: var(--accent); color: white; padding: 1rem 4rem; }
a, h1 { color: var(--accent); }
.toast { position: fixed; top: 1rem; right: 1rem; background: #e5f4ea; padding: 1rem 2rem; }
"""
A_GAUCHE = STYLE.replace("1fr 19rem", "19rem 1fr") + "aside { order: -1; }"
EN_RETARD = "setTimeout(() => { document.querySelector('h2').textContent += ' bientôt'; }, 300);"


def site(corps, style, js=""):
    nue = page(corps, scripts=("/a.js",)).corps
    assert isinstance(nue, str)
    lie = nue.replace("</title>", '</title><link rel="stylesheet" href="/s.css">')
    return ouvrir({"/": Reponse(lie), "/s.css": Reponse(style, "text/css"), "/a.js": script(js)})


@pytest.fixture
def montrer(scener, monkeypatch):
    """Show a page in place of the one that is published, and give what is told."""
    monkeypatch.setattr(comparaison, "PATIENCE", 1.0)

    def montrer(corps=CORPS, style=STYLE, *, publie=CORPS, js="", fois=1):
        with site(publie, STYLE) as avant, site(corps, style, js) as apres:
            pilote = scener(avant.adresse).pilote
            pilote.ouvrir("/")
            vues = prendre(pilote.page, [pilote.page.get_by_role("button")], ecran=True)
            empreintes = {forme: Empreinte.de(vue) for forme, vue in vues.items()}
            comparateur = Comparateur([Publiee("image-1", (2,), True, empreintes)])
            pilote = scener(apres.adresse).pilote
            pilote.ouvrir("/")
            for rang, gestes in ((1, 1), (2, fois)):
                comparateur.commencer_pas(rang, "je clique sur « Valider »")
                for _ in range(gestes):
                    comparateur.montrer(pilote.page, pilote.page.get_by_role("button"), "")
                comparateur.finir_pas()
            return [aplanir(ecart) for ecart in comparateur.ecarts]

    return montrer


@pytest.mark.parametrize(
    ("corps", "style"),
    [
        (CORPS, STYLE),
        (CORPS.replace("<form>", "<!-- A comment. --><form data-vu='oui'>"), STYLE + ".absente { color: red; }"),
        (CORPS.replace("/c1", "/formations/0d5a"), STYLE),
        (CORPS, STYLE.replace('"DejaVu Sans"', '"DejaVu Serif"')),
        (CORPS, STYLE + "html { font-stretch: condensed; font-family: 'DejaVu Sans Condensed'; }"),
        (CORPS, STYLE + "html { text-rendering: geometricPrecision; -webkit-font-smoothing: none; }"),
        (CORPS, STYLE.replace("top: 1rem; right: 1rem", "bottom: 1rem; left: 1rem")),
        (CORPS, STYLE.replace("#1d5c63", "#1d6063")),
    ],
    ids=["the same", "nothing shown", "a link", "serif", "condensed", "smoothing", "a toast elsewhere", "a shade"],
)  # fmt: skip
def test_what_a_person_would_not_call_another_screen_is_not_told(montrer, corps, style):
    assert montrer(corps, style) == []


@pytest.mark.parametrize(
    ("corps", "style", "dit"),
    [
        (CORPS.replace(">Champ 3<", ">Champ trois<"), STYLE, '- textbox "Champ 3": Texte 3\n  + text: Champ trois'),
        (CORPS.replace(">Texte 3<", ">Autre<"), STYLE, '- textbox "Champ 3": Texte 3\n  + textbox "Champ 3": Autre'),
        (CORPS.replace(champ(2), ""), STYLE, '- textbox "Champ 2": Texte 2'),
        (CORPS.replace("<h2>Pour valider</h2>", "<p>Pour valider</p>"), STYLE, '- heading "Pour valider" [level=2]'),
        (CORPS, A_GAUCHE, "les mêmes mots, disposés autrement"),
        (CORPS, STYLE.replace("#f6f5f1", "#141a1c"), "les mêmes mots, disposés autrement"),
        (CORPS, STYLE.replace("#1d5c63", "#7a1d63"), "les mêmes mots, dans d'autres couleurs"),
    ],
    ids=["a label", "a value", "a field", "a title", "a block moved", "dark", "another accent"],
)  # fmt: skip
def test_another_screen_is_told_with_its_step_its_picture_and_what_differs(montrer, corps, style, dit):
    [ecart] = montrer(corps, style)
    assert ecart.startswith("« je clique sur « Valider » » (image image-1) :\n")
    assert dit in ecart
    assert len(ecart.splitlines()) <= 8


def test_what_comes_a_little_later_is_waited_for(montrer):
    publie = CORPS.replace("Pour valider<", "Pour valider bientôt<")
    assert montrer(CORPS, publie=publie, js=EN_RETARD) == []
    assert len(montrer(CORPS, publie=publie)) == 1


@pytest.mark.parametrize("fois", [0, 2])
def test_a_step_that_is_no_longer_one_gesture_is_told(montrer, fois):
    [ecart] = montrer(fois=fois)
    assert "l'étape ne se fait plus d'un seul geste" in ecart


ALTERE = """\
from dataclasses import replace
from steps.guide import comparaison
from steps.plugins import guide

def publies(lus=comparaison.publies()):
    def altere(image):
        empreintes = {
            forme: replace(e, aria=tuple(ligne.replace("Certification", "Titre") for ligne in e.aria))
            for forme, e in image.empreintes.items()
        }
        return replace(image, empreintes=empreintes)
    return {cle: replace(s, images=tuple(map(altere, s.images))) for cle, s in lus.items()}

guide.publies = publies
"""


def test_a_scenario_of_the_guide_fails_when_its_picture_no_longer_is_what_it_shows(tmp_path):
    (tmp_path / "altere.py").write_text(
        "def pytest_configure():\n" + "".join(f"    {ligne}\n" for ligne in ALTERE.splitlines()), "utf-8"
    )
    joue = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/acceptation/test_features.py",
         "-k", "la_carte_de_ma_formation_dit_lessentiel",
         "-q", "--sans-rejeu", "--sans-axe", "-p", "altere", "-p", "no:cacheprovider"],
        cwd=RACINE, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    sortie = aplanir(joue.stdout)
    assert "1 failed" in sortie
    assert "S'ils sont bien ainsi : make guide" in sortie
    assert "(image 13-brouillon) :" in sortie
    assert "Titre préparée" in sortie
    assert "Certification préparée" in sortie
