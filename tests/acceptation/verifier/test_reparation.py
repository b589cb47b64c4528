"""--fix repairs what needs no judgement, once for all, and changes nothing of what is said."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps.gherkin.regles.ecriture import controler
from steps.gherkin.typographie import aplanir
from steps.verifier.reparation import reparer
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
        ("Contexte:", "Contexte :"),
        ("Scénario: Un identifiant", unicodedata.normalize("NFD", "Scénario : Un identifiant")),
        ("Plan du scénario:", "Plan du Scénario :"),
        ("Quand je vérifie l'", "Quand\u00a0je vérifie l\u2019"),
        ("« Clea_1 »\n    Quand", "«\u202fClea_1\u202f»\n    Quand"),
        ("la formation", "la\u200b for\u00admation"),
        ("| Saisissez-le     |", "| Saisissez-le\u00a0    |"),
        ("Afin de", "Afin\u00a0de"),
    ],
)  # fmt: skip
def test_fix_gives_back_the_feature_without_fault(source, old, new):
    assert old in BON
    damaged = source(BON.replace(old, new, 1))
    assert controler([damaged])
    assert controler([source(reparer(damaged))]) == []


def test_fix_leaves_a_feature_without_fault_alone(source):
    assert reparer(source(BON)) == BON


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
    assert reparer(source(text)) == text


def reading(file):
    """Return what Gherkin reads in `file`, typography, runs of spaces and places aside."""

    def said(text):
        return " ".join(aplanir(text).split())

    def step(each):
        table = [[said(cell) for cell in row] for row in each.cases]
        # A no-break space after « que » hid it from Gherkin, which counts it in the keyword.
        return each.genre, said(each.texte).removeprefix("que "), table, each.texte_long is not None

    feature = file.fonctionnalite
    blocks = [(said(block.nom), block.noms_d_etiquettes) for block in (feature, *feature.regles)]
    return blocks, [(said(each.nom), [step(one) for one in each.pas]) for each in feature.porteurs]


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
    repaired = source(reparer(damaged))
    assert reparer(repaired) == repaired.texte
    codes = {defaut.code for defaut in controler([damaged])}
    # Where the damage hid something from Gherkin, giving it back is the point.
    hidden = {"FR005", "FR104", "FR201", "FR202", "FR203", "FR204", "FR205", "FR210"}
    if not codes & hidden:
        assert reading(repaired) == reading(damaged)


def test_fix_does_not_touch_the_rest_of_a_line_it_repairs(source):
    line = "    Alors je lis « L'identifiant « Clea_1 »  est déjà utilisé. »"
    damaged = BON.replace("« Clea_1 » est déjà", "« Clea_1 »  est déjà").replace(
        "Quand je vérifie", "Quand\u00a0je vérifie"
    )
    assert line in reparer(source(damaged))
