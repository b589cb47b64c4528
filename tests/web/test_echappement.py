"""Values of templates are escaped to the text that MarkupSafe gives, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, TemplateNotFound, UndefinedError
from markupsafe import Markup, escape

from webapp.domain.statuts import Statut
from webapp.web.http.echappement import Modele, echapper


class DejaDuHtml:
    def __html__(self):
        return "<b>&</b>"


class Autre:
    def __str__(self):
        return "<i>"


class TexteAPart(str):
    __slots__ = ()

    def __html__(self):
        return "<u>"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("&<>\"'"))))
def test_a_text_is_escaped_as_markupsafe_does(texte):
    assert echapper(texte) == escape(texte)
    assert not set(echapper(texte)) & set("<>\"'")


@pytest.mark.parametrize(
    "valeur", [Markup("<b>"), DejaDuHtml(), Autre(), TexteAPart("<s>"), Statut.BROUILLON, 12, 1.5, None, b"<b>"]
)
def test_anything_else_is_escaped_as_markupsafe_does(valeur):
    assert echapper(valeur) == escape(valeur)


def test_what_is_undefined_is_refused():
    with pytest.raises(UndefinedError):
        echapper(StrictUndefined(name="absente"))


def test_templates_use_it_and_escape(application, monkeypatch):
    vus = []

    def noter(valeur):
        vus.append(valeur)
        return echapper(valeur)

    monkeypatch.setattr("webapp.web.http.echappement.echapper", noter)
    modele = application.jinja_env.from_string("<p>{{ texte }}{% for t in textes %}{{ t }}{% endfor %}</p>")
    assert isinstance(modele, Modele)
    assert modele.render(texte="<b>", textes=("'", Markup("<i>"))) == "<p>&lt;b&gt;&#39;<i></p>"
    assert vus == ["<b>", "'", Markup("<i>")]


def test_templates_lose_the_margins_of_their_lines_and_nothing_of_their_values(application):
    with application.app_context():
        modele = application.jinja_env.from_string(
            "<ul>\n  {% if oui %}\n    <li>{{ valeur }}</li>\n  {% endif %}\n\t</ul>"
        )
        assert modele.render(oui=True, valeur="a\n  b") == "<ul>\n<li>a\n  b</li>\n</ul>"


def test_a_template_is_found_again_by_its_name(application):
    env = application.jinja_env
    assert env.get_template("fragments/toasts.html") is env.get_template("fragments/toasts.html")
    with pytest.raises(TemplateNotFound):
        env.get_template("fragments/inconnu.html")


def test_what_a_template_includes_sees_its_names_and_those_of_all(application):
    env = application.jinja_env
    inclus = env.from_string("{{ propre }}, {{ commun }}, {{ place }}")
    modele = env.from_string("{% for place in (1, 2) %}{% include inclus %}|{% endfor %}", {"commun": "de tous"})
    assert modele.render(inclus=inclus, propre="à lui", commun="de tous") == "à lui, de tous, 1|à lui, de tous, 2|"
