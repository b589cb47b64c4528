"""Values of templates are escaped to the text that MarkupSafe gives, whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, TemplateNotFound, UndefinedError, pass_context, pass_environment, pass_eval_context
from jinja2.runtime import Context
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


APPELS = """
{% macro dire(texte, suite="!") %}
<b>{{ texte }}{{ suite }}{% if caller is defined %}{{ caller() }}{% endif %}</b>{% endmacro %}
{{ dire("<a>") }}{{ dire("x", suite="&") }}{% call dire("y") %}<i>{{ texte }}</i>{% endcall %}
{% for rang in (1, 2) %}{% set la = rang %}
{{ dire(rang) }}{{ simple(la, suite="<") }}{{ du_contexte("la") }}{% endfor %}
{{ de_l_environnement() }}{{ de_l_evaluation() }}{{ objet(3) }}{{ du_contexte_objet("texte") }}{{ methode("z") }}
{{ "a b".split() }}{{ classe(4) }}{{ dict(a=1) }}{{ range(2)|list }}
"""


@pass_context
def du_contexte(contexte, nom):
    return contexte.get(nom, "rien")


@pass_environment
def de_l_environnement(environnement):
    return environnement.autoescape is not None


@pass_eval_context
def de_l_evaluation(evaluation):
    return evaluation.autoescape


class Objet:
    def __call__(self, valeur):
        return f"objet {valeur}"

    def methode(self, valeur):
        return f"méthode {valeur}"


class ObjetDuContexte:
    @pass_context
    def __call__(self, contexte, nom):
        return contexte[nom]


def simple(valeur, suite):
    return f"{valeur}{suite}"


def test_what_is_called_is_given_what_jinja_gives_it(application, monkeypatch):
    noms = {
        "texte": "<t>", "simple": simple, "du_contexte": du_contexte, "de_l_environnement": de_l_environnement,
        "de_l_evaluation": de_l_evaluation, "objet": Objet(), "du_contexte_objet": ObjetDuContexte(),
        "methode": Objet().methode, "classe": int,
    }  # fmt: skip
    le_notre = application.jinja_env.from_string(APPELS).render(noms)
    monkeypatch.setattr(application.jinja_env, "context_class", Context)
    assert le_notre == application.jinja_env.from_string(APPELS).render(noms)
    assert "<b>&lt;a&gt;!</b>" in le_notre
    assert "1&lt;1" in le_notre


def test_a_macro_that_is_called_wrongly_is_refused_as_by_jinja(application):
    modele = application.jinja_env.from_string("{% macro un(a) %}{{ a }}{% endmacro %}{{ un(1, 2) }}")
    with pytest.raises(TypeError, match="not more than"):
        modele.render()
