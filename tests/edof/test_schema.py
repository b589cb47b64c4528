"""The schema of our own refuses every fault of the kinds known, with its line and its reason, and no sound file."""

from pathlib import Path

import pytest
from lxml import etree

from tests.edof.alterations import TOUTES, Alteration
from webapp.domain.textes import fr
from webapp.edof.lecture import formations
from webapp.edof.verification import Faute, verifier_formation

EXEMPLE = Path(__file__).with_name("exemple.xml").read_bytes().decode("iso-8859-1")


def fautes(texte: str) -> list[Faute]:
    racine = etree.fromstring(texte.encode("iso-8859-1"))
    return [faute for element in formations(racine) for faute in verifier_formation(element)]


def test_the_sample_has_no_fault():
    assert fautes(EXEMPLE) == []


def test_there_are_more_than_a_hundred_alterations_each_named_once():
    assert len({alteration.nom for alteration in TOUTES}) == len(TOUTES) > 100


@pytest.mark.parametrize("alteration", TOUTES, ids=lambda alteration: alteration.nom)
def test_a_fault_is_refused_with_its_line_and_its_reason(alteration: Alteration):
    altere = alteration.changer(EXEMPLE)
    assert altere != EXEMPLE, "l'altération ne change rien"
    trouvees = fautes(altere)
    assert trouvees
    premiere = trouvees[0]
    assert alteration.dit in f"{premiere.element} {premiere.raison}"
    assert 1 <= premiere.ligne <= len(altere.splitlines())
    # A sentence for a person: nothing of the library's own words is left in it.
    assert not any(mot in premiere.raison for mot in ("Element", "facet", "Expected", "{http"))
    assert premiere.raison.endswith(".")


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        (">20270104<", ">20260231<", fr("« 20260231 » n'est pas une date du calendrier (AAAAMMJJ).")),
        (
            ">1000.00<", ">gratuit<",
            fr("« gratuit » n'est pas un montant avec deux décimales et un point, par exemple 1200.50."),
        ),
        (">20.0<", ">19.6<", fr("« 19.6 » n'est pas une des valeurs prévues : 0.0, 5.5, 20.0.")),
    ],
)  # fmt: skip
def test_the_line_and_the_reason_are_those_of_the_fault(avant, apres, dit):
    altere = EXEMPLE.replace(avant, apres, 1)
    (faute,) = fautes(altere)
    assert apres in altere.splitlines()[faute.ligne - 1]
    assert faute.raison == dit


@pytest.mark.parametrize("jour", ["20240229", "20000229", "20271231", "19000228", "21991130"])
def test_a_day_that_exists_is_taken(jour):
    assert fautes(EXEMPLE.replace(">20270104<", f">{jour}<", 1)) == []


@pytest.mark.parametrize("jour", ["20230229", "19000229", "21000229", "20271131", "20270431", "20270100", "20270001"])
def test_a_day_that_does_not_exist_is_refused(jour):
    assert len(fautes(EXEMPLE.replace(">20270104<", f">{jour}<", 1))) == 1
