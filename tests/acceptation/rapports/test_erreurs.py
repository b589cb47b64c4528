"""Why a step failed is said in French, from what Playwright and pytest say in theirs."""

import re
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from steps.ecrans.textes import motif
from steps.gherkin.typographie import aplanir
from steps.navigateur.ecart import Ecart
from steps.rapports.erreurs import Comparaison, decrire, dire_erreur

PAGE = """
<button disabled>Valider</button><button>Annuler</button><p role=alert>Bonjour « x »</p>
<input aria-label=Nom value=abc><ul><li>a<li>b</ul>
"""
COURT = {"timeout": 100}


@pytest.fixture(scope="module")
def page(lanceur):
    ouverte = lanceur.vivant().new_page()
    ouverte.set_content(PAGE)
    yield ouverte
    ouverte.close()


def bouton(page, nom):
    return page.get_by_role("button", name=nom)


@pytest.mark.parametrize(
    ("geste", "attendu", "trouve"),
    [
        (
            lambda page: expect(page.get_by_role("alert")).to_have_text(motif("L'adieu « y »"), **COURT),
            "alerte : a pour texte « L'adieu « y » »",
            "« Bonjour « x » »",
        ),
        (
            lambda page: expect(bouton(page, "Valider")).to_be_enabled(**COURT),
            "bouton « Valider » : actif",
            "inactif",
        ),
        (
            lambda page: expect(bouton(page, motif("Rien d'autre"))).to_be_visible(**COURT),
            "bouton « Rien d'autre » : visible",
            "absent de la page",
        ),
        (
            lambda page: expect(bouton(page, "Valider")).not_to_be_visible(**COURT),
            "bouton « Valider » : pas visible",
            "visible",
        ),
        (
            lambda page: expect(page.get_by_label("Nom")).to_have_value("", **COURT),
            "champ « Nom » : contient un texte vide",
            "« abc »",
        ),
        (
            lambda page: expect(page.get_by_role("listitem")).to_have_text([motif("a"), motif("c")], **COURT),
            "élément de liste : a pour texte « a », « c »",
            "« a », « b »",
        ),
        (
            lambda page: expect(page.get_by_role("listitem")).to_have_count(3, **COURT),
            "élément de liste : présent 3 fois",
            "2 fois",
        ),
        (
            lambda page: expect(page.get_by_role("button")).to_be_visible(**COURT),
            "bouton : visible",
            "2 éléments au lieu d'un seul",
        ),
        (
            lambda page: bouton(page, "Rien").click(**COURT),
            "bouton « Rien »",
            "rien que l'on puisse atteindre en 0,1 s",
        ),
        (
            lambda page: bouton(page, "Rien").or_(page.get_by_role("link", name="Rien")).first.click(**COURT),
            "bouton ou lien « Rien »",
            "rien que l'on puisse atteindre en 0,1 s",
        ),
        (lambda page: page.get_by_role("button").click(**COURT), "bouton", "2 éléments au lieu d'un seul"),
        (lambda page: expect(page).to_have_title("Titre", **COURT), "la page a pour titre « Titre »", "rien"),
    ],
)
def test_what_playwright_waited_for_is_said_in_french(page, geste, attendu, trouve):
    with pytest.raises((AssertionError, Error)) as erreur:
        geste(page)
    dite = decrire(erreur.value)
    assert aplanir(dite["attendu"]) == attendu
    assert aplanir(dite["trouve"]) == trouve
    assert "Call log" in dite["detail"]
    assert "message" not in dite


def test_a_message_written_for_people_comes_first(page):
    with pytest.raises(AssertionError) as erreur:
        expect(page.get_by_role("alert"), "l'alerte dit autre chose").to_contain_text("non", **COURT)
    dite = decrire(erreur.value)
    assert dite["message"] == "l'alerte dit autre chose"
    assert aplanir(dite["attendu"]) == "alerte : contient « non »"


def test_what_playwright_says_otherwise_is_left_as_it_is(page):
    with pytest.raises(Error) as erreur:
        page.evaluate("() => { throw new Error('ailleurs') }")
    assert "ailleurs" in decrire(erreur.value)["message"]


def test_a_long_expression_that_python_cuts_is_said_to_be_cut(page):
    with pytest.raises(AssertionError) as erreur:
        expect(page.get_by_role("alert")).to_have_text(motif("un texte assez long " * 20), **COURT)
    attendu = aplanir(decrire(erreur.value)["attendu"])
    assert attendu.startswith("alerte : a pour texte « un texte assez long un")
    assert attendu.endswith("… »")
    assert "\\" not in attendu


@pytest.mark.parametrize(
    ("comparaison", "attendu", "trouve"),
    [
        (Comparaison("==", "Brouillon", "Validée"), "« Validée »", "« Brouillon »"),
        (Comparaison("==", 2, 3), "3", "2"),
        (Comparaison("in", "x", ["a", "b"]), "un élément de « a », « b »", "« x »"),
        (Comparaison("<=", 5, 3), "3 au plus", "5"),
    ],
)
def test_a_comparison_says_its_two_sides(comparaison, attendu, trouve):
    dite = decrire(AssertionError("assert left == right\n  diff"), comparaison)
    assert (aplanir(dite["attendu"]), aplanir(dite["trouve"])) == (attendu, trouve)
    assert dire_erreur(dite) == f"attendu\u00a0: {dite['attendu']}\ntrouvé\u00a0: {dite['trouve']}"


def test_a_comparison_of_before_is_not_taken_for_the_reason():
    assert "attendu" not in decrire(AssertionError("autre chose"), Comparaison("==", 1, 2))
    assert "attendu" not in decrire(ValueError("assert 1 == 2"), Comparaison("==", 1, 2))


def test_an_error_says_where_it_passed_in_the_project(tmp_path):
    fautif = tmp_path / "steps" / "fautif.py"
    fautif.parent.mkdir()
    fautif.write_text("def echouer():\n    raise ValueError('non')\n", "utf-8")
    espace: dict[str, Any] = {}
    exec(compile(fautif.read_text("utf-8"), fautif, "exec"), espace)  # noqa: S102 - a function of another file
    with pytest.raises(ValueError, match="non") as erreur:
        espace["echouer"]()
    assert decrire(erreur.value, racine=tmp_path)["pile"] == ["steps/fautif.py:2 echouer"]


def test_a_value_that_is_a_whole_page_is_cut():
    assert len(decrire(ValueError("x" * 10_000))["message"]) < 3_000


def test_an_error_without_a_word_is_named():
    assert dire_erreur(decrire(AssertionError())) == "AssertionError"
    assert re.fullmatch(r"\w+", dire_erreur({"genre": "KeyError"}))


def test_signs_that_look_alike_are_named_by_their_code():
    dite = decrire(Ecart("champ « c » : contient « L'été »", "« L\u2019été »"))
    assert "⟨U+2019⟩" in dite["trouve"]
    invisible = decrire(AssertionError("« a\u200bb »"))
    assert invisible["message"] == "« a⟨U+200B⟩b »"
    assert decrire(Ecart("« a »", "« b\u00a0c »"))["trouve"] == "« b\u00a0c »"
