"""The six ways in which pytest-bdd is green in silence each fail the session, which says why in French."""

import pytest

from tests.acceptation.verifier.modele import codes


def test_two_scenarios_of_one_name_fail_the_session(suite):
    second = "\n  Scénario: Ajouter\n    Quand j'ajoute « b »\n    Alors je ne vois rien\n\n  Plan du"
    result = suite(features=[("\n  Plan du", second)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {
        ("features/catalogue.feature:12", "FR304"),
        ("features/catalogue.feature:8", "CO001"),
        ("test_features.py:19", "ET003"),  # The sentence that only the lost scenario said.
    }
    assert "5 écrits = 4 collectés" in result.text


def test_a_keyword_mistyped_fails_the_session(suite):
    result = suite(
        features=[("Quand j'ajoute « a »", "Lorsqu\u2019on ajoute « a »"), ("Alors je vois", "Alors je ne vois rien #")]
    )
    assert ("features/catalogue.feature:9", "FR204") in codes(result)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_an_unknown_block_fails_the_session(suite):
    lost = """
        # language: fr
        @regles
        Fonctionnalité: Perdue

          Schéma du scénario: Perdu
            Quand j'ajoute « a »
            Alors je vois « a »
    """
    result = suite(files=[("features/perdue.feature", lost)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert ("features/perdue.feature:5", "FR202") in codes(result)
    result.assert_outcomes(passed=4, failed=1)


def test_a_scenario_without_step_fails_the_session(suite):
    steps = "    Quand j'ajoute « a »\n    Alors je vois « a »\n"
    result = suite(features=[(steps, "")], steps=[('@then(phrase("je vois « {nom} »"))', "@pytest.fixture")])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("features/catalogue.feature:8", "FR301")}


def test_an_asynchronous_step_fails_the_session(suite):
    result = suite("-W", "ignore", steps=[("def voir(vu, nom):", "async def voir(vu, nom):")])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("test_features.py:19", "ET006")}
    result.assert_outcomes(passed=4, failed=1)  # pytest-bdd itself sees nothing.


def test_a_step_with_two_definitions_fails_the_session(suite):
    second = (
        '@step(phrase("je {quoi} vois rien"))\ndef encore(quoi):\n    assert quoi\n\n@then(phrase("je ne vois rien"))'
    )
    result = suite(steps=[('@then(phrase("je ne vois rien"))', second)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert ("features/catalogue.feature:14", "ET002") in codes(result)
    assert "test_features.py:23, test_features.py:27" in result.text


def test_a_bare_value_takes_no_guillemet_and_so_no_sentence_of_another(suite):
    second = '@step(phrase("je vois {quoi}"))\ndef encore(quoi):\n    assert quoi\n\n@then(phrase("je ne vois rien"))'
    result = suite(steps=[('@then(phrase("je ne vois rien"))', second)])
    assert {code for _, code in codes(result)} == {"ET003"}


def test_a_definition_without_step_fails_the_session(suite):
    orphan = '\n@when(phrase("je retire « {nom} »"))\ndef retirer(vu, nom):\n    vu.remove(nom)\n'
    result = suite(steps=[("    assert not vu\n", "    assert not vu\n" + orphan)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("test_features.py:27", "ET003")}
