"""The samples of Cucumber's compatibility kit that apply to us, with our definitions of their steps.

ambiguous, retry-ambiguous       pytest-bdd takes one of two definitions without a word: the suite's own check
                                 refuses them before anything is played
attachments, examples-tables-attachment
                                 bodies carried in the messages: ours are files, named by their place
hooks*, global-hooks*, skipped-failing-hook
                                 hooks written by who writes steps: pytest has fixtures
markdown                         pytest-bdd reads none
parameter types, unknown-parameter-type
                                 ours are a closed list: a sentence with another is refused when it is imported
failedish-combinations           two scenarios of one name: pytest-bdd drops one, and our lint refuses them
test-run-exception, multiple-features-reversed
                                 about how Cucumber is started
"""

UNE_COMMANDE = """
@given(phrase('an order for "{quoi}"'))
def _(quoi): pass
@when(phrase("an action"))
def _(): pass
@then(phrase("an outcome"))
def _(): pass
"""
CONCOMBRES = """
@pytest.fixture
def assiette(): return {}
@given(phrase("there are {n:d} cucumbers"))
def _(assiette, n): assiette["n"] = n
@given(phrase("there are {amis:d} friends"))
def _(assiette, amis): assiette["amis"] = amis
@when(phrase("I eat {n:d} cucumbers"))
def _(assiette, n): assiette["n"] -= n
@then(phrase("I should have {n:d} cucumbers"))
def _(assiette, n): assert assiette["n"] == n
@then(phrase("each person can eat {n:d} cucumbers"))
def _(assiette, n): assert assiette["n"] // (1 + assiette["amis"]) == n
"""
INDEFINIES = """
@step(phrase("an implemented step"))
def _(): pass
@step(phrase("a step that will be skipped"))
def _(): raise AssertionError("not to be played")
"""
EN_ATTENTE = """
pytestmark = pytest.mark.xfail(strict=True)  # As for our tag @a_faire.
@step(phrase("an implemented non-pending step"))
def _(): pass
@step(phrase("an implemented step that is skipped"))
def _(): raise AssertionError("not to be played")
@step(phrase("an unimplemented pending step"))
def _(): raise NotImplementedError("TODO")
@step(phrase("a pending step"))
def _(): raise NotImplementedError("TODO")
"""
SAUTEES = """
@step(phrase("a step that does not skip"))
def _(): pass
@step(phrase("a step that is skipped"))
def _(): raise AssertionError("not to be played")
@step(phrase("I skip a step"))
def _(): pytest.skip("skipping")
"""

SAMPLES = {
    "backgrounds": UNE_COMMANDE,
    "cdata": """
@given(phrase("I have {n:d} <![CDATA[cukes]]> in my belly"))
def _(n): pass
""",
    "data-tables": """
@when(phrase("the following table is transposed:"), target_fixture="transposee")
def _(datatable): return [list(rangee) for rangee in zip(*datatable)]
@then(phrase("it should be:"))
def _(transposee, datatable): assert datatable == transposee
""",
    "data-tables-doc-strings": """
@given(phrase("a step with a data table a doc string"))
def _(datatable, docstring): assert (datatable, docstring) == ([["hello"]], "world")
@given(phrase("a step with a doc string a data table"))
def _(datatable, docstring): assert (datatable, docstring) == ([["world"]], "hello")
""",
    "data-tables-with-expression": """
@given(phrase('a "{nom}" with a table'))
def _(nom, datatable): pass
""",
    "doc-strings": """
@given(phrase("a doc string:"))
def _(docstring): pass
""",
    "doc-strings-with-expression": """
@given(phrase('a "{nom}" with a doc string:'))
def _(nom, docstring): pass
""",
    "empty": "",
    "examples-tables": CONCOMBRES,
    "examples-tables-undefined": CONCOMBRES,
    "examples-tables-undefined-multiple": CONCOMBRES,
    "minimal": """
@given(phrase("I have {n:d} cukes in my belly"))
def _(n): pass
""",
    "multiple-features": UNE_COMMANDE,
    "pending": EN_ATTENTE,
    "pending-exception": EN_ATTENTE,
    "regular-expression": """
from pytest_bdd import parsers
@given(parsers.re("^a (.*?)(?: and a (.*?))?(?: and a (.*?))?$"))
def _(): pass
""",
    "retry-pending": EN_ATTENTE,
    "retry-undefined": "",
    "rules": """
@given(phrase("the customer has {n:d} cents"), target_fixture="bourse")
def _(n): return n
@given(phrase("there are chocolate bars in stock"), target_fixture="stock")
def _(): return 1
@given(phrase("there are no chocolate bars in stock"), target_fixture="stock")
def _(): return 0
@when(phrase("the customer tries to buy a {n:d} cent chocolate bar"), target_fixture="vendue")
def _(n, bourse, stock): return bool(stock) and bourse >= n
@then(phrase("the sale should not happen"))
def _(vendue): assert not vendue
@then(phrase("the sale should happen"))
def _(vendue): assert vendue
""",
    "rules-backgrounds": UNE_COMMANDE,
    "skipped": SAUTEES,
    "skipped-exception": SAUTEES,
    "stack-traces": """
@when(phrase("a step throws an exception"))
def _(): raise Exception("BOOM")
""",
    "undefined": INDEFINIES,
    "undefined-multiple": INDEFINIES,
    "unused-steps": """
@given(phrase("a step that is used"))
def _(): pass
@given(phrase("a step that is not used"))
def _(): pass
""",
}

SANS_EXCEPTION = {"skipped", "pending", "retry-pending"}
"""There, steps say what they come to by what they return; a step in Python raises, as in the others of the kit."""

STATUTS = """
@step(phrase("a step"))
def _(): pass
@step(phrase("a failing step"))
def _(): raise AssertionError("whoops")
@step(phrase("a skipped step"))
def _(): pytest.skip()
"""
"""For `all-statuses`: its scenarios « Pending » and « Ambiguous » are said otherwise with us."""

RETRY = """
tentatives = {}
def passer(nom, fois):
    tentatives[nom] = tentatives.get(nom, 0) + 1
    assert tentatives[nom] >= fois
@given(phrase("a step that always passes"))
def _(): pass
@given(phrase("a step that passes the second time"))
def _(): passer("deux", 2)
@given(phrase("a step that passes the third time"))
def _(): passer("trois", 3)
@given(phrase("a step that always fails"))
def _(): passer("jamais", 1000)
"""
"""For `retry`: we play again once, whatever fails, and count it as failed all the same."""
