"""What is read back of the catalogue says, when it is not there, what is: a failure, and no error of the harness."""

import pytest

from steps.donnees.donnees import Donnees
from steps.donnees.preparateur import Organisme, Preparateur
from steps.gherkin.typographie import aplanir

ARBRE = {"actions": [{"numero": "Nantes", "frais_ttc": "1350.00", "sessions": [{"debut": "2027-03-08"}]}]}


class Banc(Preparateur):
    """A test door that holds one formation, with one action and one session."""

    def formations(self, organisme: Organisme):  # noqa: ARG002 - whose does not matter here
        return [{"identifiant": "Clea_1"}]

    def _demander(self, methode, chemin, *reste):
        assert (methode, chemin.split("/")[-2:]) == ("GET", ["Clea_1", "arbre"])
        return ARBRE


@pytest.fixture
def donnees(monkeypatch):
    monkeypatch.setattr(Donnees, "organisme", Organisme("1", "Essai", ()))
    seules = Donnees.__new__(Donnees)
    seules._preparateur = Banc("http://banc.invalid", "jeton")
    return seules


def test_what_is_stored_is_read_back(donnees):
    assert donnees.prix("Clea_1", "Nantes") == "1350,00"
    assert donnees.debuts("Clea_1") == ["08/03/2027"]
    donnees.verifier_la_suite("Clea_1", 1, "08/03/2027")


@pytest.mark.parametrize(
    ("lire", "dit"),
    [
        (lambda d: d.debuts("Clea_2"), "« Clea_2 » n'est pas dans le catalogue ; formations présentes : Clea_1"),
        (lambda d: d.verifier_la_suite("Clex_1", 1, "08/03/2027"), "« Clex_1 » n'est pas dans le catalogue"),
        (lambda d: d.prix("Clea_2", "Nantes"), "« Clea_2 » n'est pas dans le catalogue"),
        (lambda d: d.prix("Clea_1", "Brest"), "« Brest » n'est pas une action de « Clea_1 » ; actions présentes"),
    ],
)  # fmt: skip
def test_an_absent_formation_or_action_is_named_with_those_there_are(donnees, lire, dit):
    with pytest.raises(AssertionError) as echec:
        lire(donnees)
    assert dit in aplanir(str(echec.value)).replace("\u00a0", " ")
