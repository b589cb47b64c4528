"""Only parts of Bootstrap are built: none that a template uses may be missing."""

import re

import pytest

JINJA = re.compile(r"{%.*?%}|{#.*?#}|{{|}}", re.DOTALL)
ATTRIBUT = re.compile(r'\bclass="([^"]*)"')
COMMENTAIRES_ET_URLS = re.compile(r"/\*.*?\*/|url\([^)]*\)", re.DOTALL)


def classes_de_style(css):
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", COMMENTAIRES_ET_URLS.sub("", css)))


def classes_de_gabarit(html):
    return {mot for valeur in ATTRIBUT.findall(JINJA.sub(" ", html)) for mot in re.findall(r"[\w-]+", valeur)}


@pytest.fixture(scope="module")
def manquantes(racine):
    """Give the classes of a page that Bootstrap has and that the built part has not."""
    entier = classes_de_style((racine / "node_modules/bootstrap/dist/css/bootstrap.css").read_text(encoding="utf-8"))
    construit = (racine / "webapp/static/tiers/bootstrap.min.css").read_text(encoding="utf-8")
    absentes = entier - classes_de_style(construit)
    assert "accordion" in absentes
    return lambda html: classes_de_gabarit(html) & absentes


def test_every_class_of_bootstrap_that_a_template_uses_is_built(racine, manquantes):
    gabarits = sorted((racine / "templates").rglob("*.html"))
    assert len(gabarits) > 10
    assert {g.name: trouvees for g in gabarits if (trouvees := manquantes(g.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "html",
    ['<p class="btn accordion">', '<p class="{% if x %}accordion{% endif %}">', "<p class=\"{{ 'accordion' }}\">"],
)
def test_the_check_bites(manquantes, html):
    assert manquantes(html) == {"accordion"}
