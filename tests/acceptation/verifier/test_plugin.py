"""The plugin in a session of its own: the silent faults of pytest-bdd end in a failed session that says why, in French."""

import textwrap

import pytest

SETTINGS = """
[pytest]
addopts = -p steps.plugin_verification -p no:playwright -p no:socket --strict-markers
filterwarnings = error
verifier_modules = test_features.py
"""

FEATURE = """
# language: fr
@regles
Fonctionnalité: Catalogue

  Contexte:
    Étant donné un catalogue

  Scénario: Ajouter
    Quand j'ajoute « a »
    Alors je vois « a »

  Plan du scénario: Refuser <valeur>
    Quand j'ajoute « <valeur> »
    Alors je ne vois rien

    @etape_7
    Exemples:
      | valeur |
      |        |
      | b      |

    Exemples:
      | valeur |
      | c      |
"""

STEPS = """
import pytest
from pytest_bdd import given, scenarios, step, then, when
from steps.phrase import phrase

scenarios("features")

@pytest.fixture
def vu():
    return []

@given(phrase("un catalogue"))
def un_catalogue(vu):
    assert vu == []

@when(phrase("j'ajoute « {nom} »"))
def ajouter(vu, nom):
    vu.extend([nom] * (nom == "a"))

@then(phrase("je vois « {nom} »"))
def voir(vu, nom):
    assert nom in vu

@then(phrase("je ne vois rien"))
def ne_rien_voir(vu):
    assert not vu
"""

COUNT = "Scénarios\u00a0: 4 écrits = 4 collectés = 4 joués"


@pytest.fixture
def suite(pytester):
    """Write a small suite in French, changed by pairs of texts, run it, and return the result with its output."""

    def run(*arguments, features=(), steps=(), settings="", files=(), in_process=True):
        feature, module = textwrap.dedent(FEATURE).lstrip(), STEPS
        for old, new in features:
            assert old in feature
            feature = feature.replace(old, new, 1)
        for old, new in steps:
            assert old in module
            module = module.replace(old, new, 1)
        pytester.makefile(".ini", pytest=SETTINGS + settings)
        folder = pytester.path / "features"
        folder.mkdir(exist_ok=True)
        (folder / "catalogue.feature").write_text(feature, encoding="utf-8")
        path = pytester.makepyfile(test_features=module)
        for name, content in files:
            other = pytester.path / name
            other.parent.mkdir(exist_ok=True, parents=True)
            other.write_text(textwrap.dedent(content).lstrip(), encoding="utf-8")
        runner = pytester.runpytest_inprocess if in_process else pytester.runpytest_subprocess
        result = runner(*arguments)
        result.module = path.read_text(encoding="utf-8")
        result.text = result.stdout.str() + result.stderr.str()
        return result

    return run


def codes(result):
    """Return the codes told in the output, with the file and the line of each."""
    places = [line.partition(": ")[0::2] for line in result.outlines if not line.startswith("FAILED")]
    return {(place, rest[:5]) for place, rest in places if rest[:2] in {"FR", "ET", "CO"}}


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


# ---------------------------------------------------------------------------- the six ways of being green in silence


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


# ---------------------------------------------------------------------------- the audit


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
    (
        "ET005",
        '@when(phrase("je suis',
        '@when(phrase("je suis {verbe}"))\ndef etre(verbe):\n    assert verbe\n\n@step(phrase("je {tout}"))\ndef tout(tout):\n    assert tout',
    ),
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
        '@when(phrase("je dors {n:d} heures"), target_fixture="nuit")\ndef dormir(n, request):\n    return n\n\n'
        '@then(phrase("je suis en forme"))\ndef forme(nuit):\n    assert nuit',
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


@pytest.mark.parametrize("place", ["  Scénario: Ajouter", "    @etape_7\n"])
def test_a_tag_that_is_not_declared_fails_the_session_and_skips_nothing(suite, place):
    result = suite(
        "--verifier-seulement",
        features=[(place, place.replace("@etape_7", "@skip") if "@" in place else f"  @skip\n{place}")],
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert {code for _, code in codes(result)} == {"FR401", "ET013"}


def test_the_audit_looks_up_the_function_that_pytest_bdd_calls(suite, pytester):
    """A definition in a conftest is seen, and hidden by no other: two are told even where pytest prefers one."""
    conftest = """
        from pytest_bdd import then
        from steps.phrase import phrase

        @then(phrase("je vois « {nom} »"))
        def voir_de_loin(vu, nom):
            raise AssertionError("the module's own definition is nearer")
    """
    result = suite(files=[("conftest.py", conftest)])
    result.assert_outcomes(passed=4, failed=1)
    assert {code for _, code in codes(result)} == {"ET002", "ET004"}


# ---------------------------------------------------------------------------- the counts


def test_a_file_that_no_test_reads_is_lost(suite):
    other = """
        # language: fr
        @regles
        Fonctionnalité: Oubliée

          Scénario: Oublié
            Quand j'ajoute « a »
            Alors je vois « a »
    """
    result = suite(steps=[('scenarios("features")', 'scenarios("features/catalogue.feature")')],
                   files=[("features/oubliee.feature", other)])  # fmt: skip
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert codes(result) == {("features/oubliee.feature:5", "CO001")}
    assert "5 écrits = 4 collectés = 4 joués" in result.text


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
    assert {place for place, _ in codes(result)} == {"autres/lui.feature:3"}
    assert {code for _, code in codes(result)} == {"FR301", "CO001"}
