"""Each fault of a step or of its definition is found at collection, at its place."""

import pytest

from tests.acceptation.verifier.modele import codes


def test_a_step_without_definition_is_told_with_its_neighbour(suite):
    result = suite(features=[("Quand j'ajoute « a »", "Quand j'ajoutes « a »")])
    assert ("features/catalogue.feature:9", "ET001") in codes(result)
    assert "phrase voisine\u00a0: «\u00a0j'ajoute « {nom} »\u00a0» (Quand)" in result.text


def test_a_step_known_under_another_keyword_is_told(suite):
    result = suite(
        features=[("    Quand j'ajoute « a »\n", "    Étant donné que j'ajoute « a »\n    Quand j'ajoute « b »\n")]
    )
    assert ("features/catalogue.feature:9", "ET001") in codes(result)
    assert "cette phrase existe pour «\u00a0Quand\u00a0»" in result.text


def test_a_conjunction_is_looked_up_under_the_keyword_before_it(suite):
    assert (
        suite(features=[("    Alors je vois « a »\n", "    Et que j'ajoute « b »\n    Alors je vois « a »\n")]).ret == 0
    )


def test_a_step_without_definition_is_no_fault_of_a_scenario_to_be_built(suite):
    scenario = "  Scénario: Ajouter\n    Quand "
    result = suite(features=[(f"{scenario}j'ajoute « a »", f"  @a_faire\n{scenario}je rêve")])
    assert result.ret == 0
    result.assert_outcomes(passed=3, xfailed=1)
    assert "4 écrits = 4 collectés = 4 joués\u00a0; dont 1 à faire, en échec comme prévu" in result.text
    assert "1 étape encore sans définition (à faire)" in result.text


FAULTS = [
    ("ET004", "@", '@then(phrase("je vois « {autre} »"))\ndef revoir(autre):\n    assert autre'),
    ("ET004", "@", '@given(phrase("je vois « {autre} »"))\ndef revoir(autre):\n    assert autre'),
    ("ET005", "@", '@step(phrase("je {tout}"))\ndef tout(tout):\n    assert tout'),
    ("ET007", "@", '@when(phrase("je dors"))\ndef dormir():\n    yield'),
    ("ET008", "plus", '@when(phrase("je dors"))\ndef dormir():\n    pytest.skip("plus tard")'),
    ("ET008", "plus", '@when(phrase("je dors"))\ndef dormir():\n    pytest.xfail("plus tard")'),
    ("ET008", "importorskip", '@when(phrase("je dors"))\ndef dormir():\n    pytest.importorskip("lit")'),
    ("ET008", "plus", '@when(phrase("je dors"))\ndef dormir():\n    raise pytest.skip.Exception("plus tard")'),
    ("ET009", "@", '@when(phrase("je dors"))\ndef dormir(vu):\n    """Dormir."""'),
    ("ET009", "@", '@given(phrase("je dors"))\ndef dormir():\n    pass'),
    ("ET009", "@", '@then(phrase("je dors"))\ndef dormir(vu):\n    return'),
    ("ET010", "@", '@when(parsers.parse("je lis {docstring}"))\ndef dormir(docstring):\n    assert docstring'),
    ("ET011", "@", '@when(phrase("je dors {n:d} heures"))\ndef dormir(vu):\n    vu.clear()'),
    ("ET012", "@", '@when(phrase("je dors {n:d} heures"))\ndef dormir(n, lit):\n    lit.dormir(n)'),
]


@pytest.mark.parametrize(
    ("code", "needle", "definition"), FAULTS, ids=[f"{code}-{i}" for i, (code, *_) in enumerate(FAULTS)]
)
def test_a_faulty_definition_fails_the_session(suite, code, needle, definition):
    result = suite(
        "--verifier-seulement",
        steps=[
            ("scenarios(", "from pytest_bdd import parsers\nscenarios("),
            ("    assert not vu\n", f"    assert not vu\n\n{definition}\n"),
        ],
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    lines = result.module.splitlines()
    last = max(number for number, line in enumerate(lines, start=1) if needle in line)
    assert (f"test_features.py:{last - needle.startswith('def')}", code) in codes(result)


@pytest.mark.parametrize(
    "definition",
    [
        '@given(phrase("je dors"))\ndef dormir(vu):\n    """The fixture does it."""',
        '@when(phrase("je dors"))\n@given(phrase("je dors"))\ndef dormir(vu):\n    vu.clear()',
        '@when(phrase("je dors"), target_fixture="n")\ndef f():\n    return 8',
        '@when(phrase("je dors"), target_fixture="n")\ndef f(n):\n    return n + 1',
    ],
)
def test_a_sound_definition_is_only_an_orphan(suite, definition):
    result = suite("--verifier-seulement", steps=[("    assert not vu\n", f"    assert not vu\n\n{definition}\n")])
    assert {code for _, code in codes(result)} == {"ET003"}


@pytest.mark.parametrize(
    ("below", "arguments", "expected"),
    [
        ("      | a |\n", "vu, nom", True),
        ("      | a |\n", "vu, nom, datatable", False),
        ('      """\n      a\n      """\n', "vu, nom", True),
        ('      """\n      a\n      """\n', "vu, nom, docstring", False),
        ("", "vu, nom, datatable", True),
        ("", "vu, nom, docstring", True),
        ("", "vu, nom, docstring=None", False),
    ],
)
def test_what_stands_below_a_step_must_be_received(suite, below, arguments, expected):
    result = suite(
        "--verifier-seulement",
        features=[("    Alors je vois « a »\n", f"    Alors je vois « a »\n{below}")],
        steps=[("def voir(vu, nom)", f"def voir({arguments})")],
    )
    assert (("features/catalogue.feature:10", "ET010") in codes(result)) is expected
    assert result.ret == (pytest.ExitCode.TESTS_FAILED if expected else pytest.ExitCode.OK)


@pytest.mark.parametrize(
    ("old", "new"), [("  Scénario: Ajouter", "  @skip\n  Scénario: Ajouter"), ("@etape_7", "@etape_7 @skip")]
)
def test_a_tag_that_is_not_declared_fails_the_session(suite, old, new):
    result = suite("--verifier-seulement", features=[(old, new)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert {code for _, code in codes(result)} == {"FR401", "ET013"}


def test_a_tag_that_is_not_declared_skips_nothing(suite):
    result = suite(features=[("  Scénario: Ajouter", "  @skip\n  Scénario: Ajouter")])
    result.assert_outcomes(passed=4, failed=2)


def test_the_audit_looks_up_the_function_that_pytest_bdd_calls(suite):
    """A definition in a conftest is seen, and hidden by no other: two are told even where pytest prefers one."""
    conftest = """
        from pytest_bdd import then
        from steps.definitions.phrase import phrase

        @then(phrase("je vois « {nom} »"))
        def voir_de_loin(vu, nom):
            raise AssertionError("the module's own definition is nearer")
    """
    result = suite(files=[("conftest.py", conftest)])
    result.assert_outcomes(passed=4, failed=1)
    assert {code for _, code in codes(result)} == {"ET002", "ET004"}
