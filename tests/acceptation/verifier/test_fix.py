"""--fix repairs what needs no judgement, once for all, and changes nothing of what is said."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps.gherkin.typographie import plain
from steps.verifier.fix import fix
from steps.verifier.lint import lint
from tests.acceptation.verifier.modele import BON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# language: fr\n", ""),
        ("# language: fr\n", "#language : FR\n"),
        ("# language: fr\n", "# langue: fr\n"),
        ("# language: fr\n", "\ufeff# language: fr\r\n"),
        ("# language: fr\n@guide\n", "@guide\n# language: fr\n"),
        ("Scénario: Un identifiant", "Scénario : Un identifiant"),
        ("Scénario: Un identifiant", "Scénario\u00a0:\u00a0Un identifiant"),
        ("Scénario: Un identifiant", "Scénario:Un identifiant"),
        ("Contexte:", "Contexte :"),
        ("Scénario: Un identifiant", unicodedata.normalize("NFD", "Scénario : Un identifiant")),
        ("Plan du scénario:", "Plan du Scénario :"),
        ("Étant donné la", "Etant donné la"),
        ("Quand je vérifie l'", "Quand\u00a0je  vérifie l\u2019"),
        ("    Quand je vérifie", "\t\tQuand je vérifie"),
        ("« Clea_1 »\n    Quand", "«\u202fClea_1\u202f» \t\n    Quand"),
        ("l'identifiant « Clea_1 »", "l'identifiant «Clea_1»"),
        ("la formation", "la\u200b for\u00admation"),
        ("        | Clea_2 |\n", "        |\tClea_2 |  "),
        ("| Saisissez-le     |", "| Saisissez-le\u00a0    |"),
        ("Afin de", "Afin\u00a0de"),
        ("@etape_7\n", "@etape_7 \n"),
        ("\n", "\r\n"),
    ],
)  # fmt: skip
def test_fix_gives_back_the_feature_without_fault(source, old, new):
    assert old in BON
    damaged = source(BON.replace(old, new) if old == "\n" else BON.replace(old, new, 1))
    assert lint([damaged])
    assert lint([source(fix(damaged))]) == []


def test_fix_leaves_a_feature_without_fault_alone(source):
    assert fix(source(BON)) == BON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Un texte  \t entre guillemets.", "Un\u00a0texte\t\u2019  "),
        ("« Clea_1 »\n    Quand", "« a  b »\n    Quand"),
        ("« Clea_1 »\n    Quand", "« a «b» c »\n    Quand"),
        ("# language: fr", "# language: en"),
        ("Quand je vérifie", "Quant je vérifie"),
    ],
)
def test_fix_leaves_to_its_author_what_needs_judgement(source, old, new):
    text = BON.replace(old, new, 1)
    assert fix(source(text)) == text


def reading(file):
    """Return what Gherkin reads in `file`, typography, runs of spaces and places aside."""

    def said(text):
        return " ".join(plain(text).split())

    def step(each):
        table = [[said(cell) for cell in row.cells] for row in each.table]
        # A no-break space after « que » hid it from Gherkin, which counts it in the keyword.
        return each.type, said(each.text).removeprefix("que "), table, each.docstring is not None

    feature = file.feature
    blocks = [(said(block.name), [tag.name for tag in block.tags]) for block in (feature, *feature.rules)]
    return blocks, [(said(each.name), [step(one) for one in each.steps]) for each in feature.holders]


NOISE = {"'": "\u2019", " ": "\u00a0", "é": unicodedata.normalize("NFD", "é")}


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_fix_is_idempotent_and_preserves_what_gherkin_read(source, data):
    places = data.draw(st.sets(st.integers(0, len(BON) - 1), max_size=6))
    text = "".join(NOISE.get(sign, sign) if place in places else sign for place, sign in enumerate(BON))
    cut = data.draw(st.integers(0, len(text)))
    added = st.sampled_from(["", "\t", "  ", "\r", "\u200b", "\u202f", "«", "»", " \n", "é"])
    text = text[:cut] + data.draw(added) + text[cut:]
    damaged = source(text)
    repaired = source(fix(damaged))
    assert fix(repaired) == repaired.text
    codes = {finding.code for finding in lint([damaged])}
    # Where the damage hid something from Gherkin, giving it back is the point.
    hidden = {"FR005", "FR104", "FR110", "FR201", "FR202", "FR203", "FR204", "FR205", "FR210"}
    if not codes & hidden:
        assert reading(repaired) == reading(damaged)


def test_fix_does_not_touch_the_rest_of_a_line_it_repairs(source):
    line = "    Alors je lis « L'identifiant « Clea_1 » est déjà utilisé. »"
    assert line in fix(source(BON.replace(line, line + "  ")))
