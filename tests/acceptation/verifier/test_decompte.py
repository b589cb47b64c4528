"""Scenarios written = collected = run; what is missing is named and fails the session."""

from pathlib import Path

import pytest

from steps.gherkin.regles.defauts import REGLES
from tests.acceptation.verifier.modele import STEPS, codes

COUNT = "Scénarios\u00a0: 4 écrits = 4 collectés = 4 joués"


def test_session_counts_what_is_written_collected_and_run(suite):
    result = suite()
    assert result.ret == 0
    assert COUNT in result.text
    assert "1 fichier lu, 12 étapes contrôlées, 4 définitions, 0 défaut" in result.text


def test_session_accounts_for_what_is_set_aside(suite):
    result = suite("-k", "Refuser or refuser")
    assert result.ret == 0
    assert "4 écrits = 4 collectés = 3 joués + 1 désélectionné" in result.text


def test_tags_become_markers_even_those_of_examples(suite):
    result = suite("-m", "etape_7")
    result.assert_outcomes(passed=2, deselected=2)
    assert "4 écrits = 4 collectés = 2 joués + 2 désélectionnés" in result.text


def test_session_counts_one_scenario_asked_by_its_name(suite):
    result = suite("test_features.py::test_ajouter")
    assert result.ret == 0
    assert "4 écrits = 1 collecté + 3 non demandés = 1 joué, dans le périmètre demandé" in result.text


def test_session_counts_on_the_controller_of_xdist(suite):
    result = suite("-n", "2", "-p", "xdist", in_process=False)
    assert result.ret == 0
    assert COUNT in result.text
    assert "12 étapes contrôlées, 4 définitions, 0 défaut" in result.text


def test_session_fails_under_xdist_too(suite):
    result = suite("-n", "2", steps=[("assert nom in vu", 'pytest.skip("plus tard")')], in_process=False)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("test_features.py:21", "ET008"), ("features/catalogue.feature:8", "CO004")}


def test_session_without_scenarios_says_nothing(suite, pytester):
    pytester.makepyfile(test_autre="def test_autre(): pass")
    result = suite("test_autre.py")
    assert result.ret == 0
    assert "Scénarios" not in result.text


def test_a_file_that_no_test_reads_is_lost(suite):
    other = """
        # language: fr
        @regles
        Fonctionnalité: Oubliée

          Scénario: Oublié
            Quand j'ajoute « a »
            Alors je vois « a »

          Scénario: Oublié aussi
            Quand j'ajoute « a »
            Alors je vois « a »
    """
    result = suite(steps=[('scenarios("features")', 'scenarios("features/catalogue.feature")')],
                   files=[("features/oubliee.feature", other)])  # fmt: skip
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("features/oubliee.feature:1", "CO001")}
    assert "6 écrits = 4 collectés = 4 joués" in result.text


def test_a_scenario_hidden_by_another_test_of_the_module_is_lost(suite):
    result = suite(steps=[("@pytest.fixture\n", "def test_ajouter():\n    assert True\n\n@pytest.fixture\n")])
    assert ("features/catalogue.feature:8", "CO001") in codes(result)


def test_a_file_that_two_modules_read_is_told(suite):
    result = suite(files=[("test_double.py", STEPS)])
    assert {code for _, code in codes(result)} == {"CO002", "ET004"}


def test_a_scenario_repeated_over_something_else_is_not_doubled(suite):
    conftest = """
        import pytest

        @pytest.fixture(params=["un", "deux"], autouse=True)
        def navigateur(request):
            return request.param
    """
    result = suite(files=[("conftest.py", conftest)])
    assert result.ret == 0
    assert "4 écrits = 4 collectés = 8 joués, répétés en 8 exécutions" in result.text


@pytest.mark.parametrize("how", ['pytest.skip("plus tard")', 'pytest.xfail("plus tard")'])
def test_a_scenario_skipped_behind_the_back_of_the_audit_is_lost(suite, how):
    conftest = f"""
        import pytest

        def pytest_bdd_before_scenario(scenario):
            if scenario.name == "Ajouter":
                {how}
    """
    result = suite(files=[("conftest.py", conftest)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("features/catalogue.feature:8", "CO004")}
    assert "4 écrits = 4 collectés = 3 joués" in result.text


@pytest.mark.parametrize(("told", "ret"), [(False, pytest.ExitCode.TESTS_FAILED), (True, pytest.ExitCode.OK)])
def test_a_scenario_taken_away_must_be_told_as_deselected(suite, told, ret):
    conftest = f"""
        def pytest_collection_modifyitems(config, items):
            if {told}:
                config.hook.pytest_deselected(items=items[:1])
            del items[:1]
    """
    result = suite(files=[("conftest.py", conftest)])
    assert result.ret == ret
    assert codes(result) == (set() if told else {("features/catalogue.feature:8", "CO003")})


def test_a_scenario_whose_preparation_fails_is_not_run(suite):
    conftest = """
        import pytest

        @pytest.fixture(autouse=True)
        def serveur():
            raise RuntimeError("pas de serveur")
    """
    result = suite("-k", "ajouter", files=[("conftest.py", conftest)])
    assert codes(result) == {("features/catalogue.feature:8", "CO003")}
    assert "0 joué + 3 désélectionnés" in result.text


A_FAIRE = ("  Scénario: Ajouter", "  @a_faire\n  Scénario: Ajouter")


def test_a_scenario_to_be_built_fails_the_session_the_day_it_passes(suite):
    result = suite(features=[A_FAIRE])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert "@a_faire\u00a0: ce scénario passe, retirez l\u2019étiquette" in result.text


def test_a_scenario_to_be_built_must_fail_in_its_steps(suite):
    """A server that does not start is no reason to believe that the scenario is still to be built."""
    conftest = """
        import pytest

        @pytest.fixture(autouse=True)
        def serveur(request):
            if "ajouter" in request.node.name:
                raise RuntimeError("pas de serveur")
    """
    result = suite(features=[A_FAIRE], files=[("conftest.py", conftest)])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("features/catalogue.feature:9", "CO003")}


def test_an_example_to_be_built_is_counted_apart(suite):
    result = suite(
        features=[("    @etape_7\n", "    @a_faire\n"), ("| b      |", "| a      |"), ("      |        |\n", "")]
    )
    assert result.ret == 0
    result.assert_outcomes(passed=2, xfailed=1)
    assert "dont 1 à faire" in result.text


def test_a_session_stopped_early_is_not_said_to_have_lost_scenarios(suite):
    result = suite("-x", steps=[("assert nom in vu", "assert nom not in vu")])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == set()
    assert "4 écrits = 4 collectés = 1 joué" in result.text


def test_collecting_only_plays_nothing_and_loses_nothing(suite):
    result = suite("--collect-only")
    assert result.ret == 0
    assert "4 écrits = 4 collectés\n" in result.text


def test_checking_only_plays_nothing(suite):
    result = suite("--verifier-seulement")
    assert result.ret == 0
    result.assert_outcomes(passed=2)


def test_checking_nothing_is_no_success(suite, pytester):
    pytester.makepyfile(test_autre="def test_autre(): pass")
    result = suite("--verifier-seulement", "test_autre.py")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert ("features:1", "CO005") in codes(result)


def test_checking_only_fails_when_there_is_a_fault(suite):
    result = suite("--verifier-seulement", features=[("Alors je vois", "Alors je revois")])
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1, failed=1)


def test_a_file_that_gherkin_refuses_is_told_in_french_after_the_error_of_collection(suite):
    result = suite(features=[("Fonctionnalité: Cat", "Fonctionnalité : Cat")])
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert ("features/catalogue.feature:3", "FR201") in codes(result)


def test_the_folder_of_features_may_be_elsewhere(suite):
    result = suite(
        settings="verifier_features = autres\n",
        files=[("autres/lui.feature", "# language: fr\nFonctionnalité: A\n  Scénario: B\n")],
    )
    assert {place for place, _ in codes(result)} == {"autres/lui.feature:1", "autres/lui.feature:3"}
    assert {code for _, code in codes(result)} == {"FR301", "CO001"}


def test_every_code_of_the_audit_and_of_the_counts_is_shown_by_a_test():
    told = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in REGLES if code[:2] in {"ET", "CO"} and f'"{code}"' not in told] == []
