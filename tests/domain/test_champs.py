"""What a field says of itself: whether it is asked for, whether it is short, its help, its options."""

from dataclasses import replace
from datetime import date

import pytest

from webapp.domain.champs import FACULTATIF, LONGUEUR_COURTE, PAR_NOM, Nature, Niveau
from webapp.domain.niveaux import CHAMPS

NUMERO = next(champ for champ in CHAMPS[Niveau.ACTION] if champ.nom == "numero")
LIBRE = replace(NUMERO, obligatoire=False, parfois=False, aide="Une aide.", multiligne=False)


@pytest.mark.parametrize(
    ("faits", "oui"),
    [
        ({}, True), ({"obligatoire": True}, False), ({"parfois": True}, False), ({"niveau": Niveau.FORMATION}, False),
        ({"obligatoire": True, "parfois": True}, False),
    ],
)  # fmt: skip
def test_a_field_that_nothing_asks_for_says_so_in_its_help(faits, oui):
    champ = replace(LIBRE, **faits)
    assert champ.facultatif is oui
    assert champ.conseil_le(date(2026, 1, 1)) == (f"{FACULTATIF} Une aide." if oui else "Une aide.")


@pytest.mark.parametrize(
    ("faits", "oui"),
    [
        ({"longueur_max": LONGUEUR_COURTE}, True),
        ({"longueur_max": LONGUEUR_COURTE + 1}, False),
        ({"longueur_max": None}, True),
        ({"longueur_max": 5000, "nature": Nature.DATE}, True),
        ({"longueur_max": 5, "niveau": Niveau.FORMATION}, False),
        ({"longueur_max": 5, "multiligne": True}, False),
        ({"longueur_max": 5, "multiple": True}, False),
        ({"longueur_max": 5, "nature": Nature.ADRESSE_WEB}, False),
    ],
)
def test_short_fields_stand_side_by_side(faits, oui):
    assert replace(LIBRE, **faits).court is oui


def test_what_a_help_adds_is_added_from_its_day():
    champ = replace(LIBRE, aide_depuis=(date(2026, 6, 11), "Depuis ce jour."))
    assert champ.conseil_le(date(2026, 6, 10)) == f"{FACULTATIF} Une aide."
    assert champ.conseil_le(date(2026, 6, 11)) == f"{FACULTATIF} Une aide. Depuis ce jour."


def test_the_codes_of_the_guide_are_shown_with_their_wording_the_others_by_it_alone():
    assert PAR_NOM["type_parcours"].option("96214") == "96214 - Mixte"
    objectif = PAR_NOM["objectif_general"]
    assert objectif.choix is not None
    assert objectif.option("6") == objectif.choix["6"]
    assert replace(objectif, choix=None).option("6") == "6"
