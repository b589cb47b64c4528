"""What a sentence expects is checked before anything is played, said alike by the check, at play and by « Essayer »."""

import importlib
from pathlib import Path

import pytest

from steps.definitions.definitions import definies_dans
from steps.definitions.phrase import Phrase, phrase
from steps.gherkin.attendus import DES_JOURS, DEUX_COLONNES, UNE_COLONNE, Table, enumeration, refus_de_valeur
from steps.gherkin.lecture import comme_fichier
from steps.gherkin.typographie import aplanir
from steps.phrases import MODULES
from steps.verifier.audit import auditer_sans_pytest
from webapp.mode_emploi.relecture import relire

TETE = "# language: fr\nFonctionnalité: a\n\n  Scénario: b\n"
MODULES_LUS = [importlib.import_module(nom) for nom in MODULES]


def constats(corps):
    fichier = comme_fichier(TETE + corps, Path("/projet/features/regles/a.feature"), Path("/projet"))
    audit = auditer_sans_pytest([fichier], MODULES_LUS, Path("/projet"), complet=False)
    return [(d.code, d.ligne, aplanir(d.message)) for d in audit.defauts if d.fichier.endswith(".feature")]


def essayes(corps):
    return [(ligne.lue.numero, aplanir(r.texte)) for ligne in relire(TETE + corps).lignes for r in ligne.remarques]


@pytest.mark.parametrize(
    ("etape", "dit"),
    [
        ("Quand je suis sur la page « Catalog »", "« Catalog » : choisissez Catalogue"),
        (
            "Étant donné que mon catalogue contient la formation « C » au statut « Validé »",
            "« Validé » : choisissez Brouillon, Validée ou Archivée",
        ),
        ("Quand j'ouvre la saisie d'une formation « Clea »", "« Clea » : choisissez Cléa, Bilan"),
        ("Quand je remplis le champ « Intitulé »", "« Intitulé » : choisissez Intitulé de la formation"),
        ("Étant donné que nous sommes le 31 février 2027", "« 31 février 2027 » : ce jour n'existe pas"),
        ("Étant donné que nous sommes le 28/11/2019", "n'est pas une date comme « 28 novembre 2019 »"),
        ("Quand j'appuie sur la touche « Entrer »", "« Entrer » : choisissez Entrée"),
    ],
)
def test_a_value_out_of_the_list_is_said_before_anything_is_played(etape, dit):
    [(code, ligne, message)] = constats(f"    {etape}\n")
    assert (code, ligne) == ("ET014", 5)
    assert dit in message
    assert any(numero == 5 and dit in remarque for numero, remarque in essayes(f"    {etape}\n"))


def test_the_values_of_an_outline_are_those_of_its_examples():
    corps = """    Étant donné que mon catalogue contient la formation « C » au statut « <statut> »

    Exemples:
      | statut    |
      | Brouillon |
      | Validé    |
""".replace("Scénario: b", "Plan du scénario: b")
    assert [(code, "Validé »" in message) for code, _, message in constats(corps)] == [("ET014", True)]


@pytest.mark.parametrize(
    ("etape", "rangees", "fautive", "dit"),
    [
        ("Alors les champs contiennent :", ["| a | A | faux |"], 6, "cette table a 2 colonnes, et non 3"),
        (
            "Alors les boutons suivants sont proposés, dans cet ordre :",
            ["| a | jamais |"],
            6,
            "cette table a 1 colonne, et non 2",
        ),
        (
            "Étant donné que mon catalogue contient les formations :",
            ["| identifiant | statu |", "| Clea_1 | Brouillon |"],
            6,
            "« statu » : choisissez identifiant, intitulé, statut ou modifiée le",
        ),
        (
            "Étant donné que mon catalogue contient les formations :",
            ["| identifiant | statut |", "| Clea_1 | Validé |"],
            7,
            "« Validé » : choisissez Brouillon, Validée ou Archivée",
        ),
        (
            "Étant donné que mon catalogue contient les formations :",
            ["| intitulé |", "| a |"],
            6,
            "il manque la colonne « identifiant »",
        ),
        (
            "Étant donné que la formation « C » a les actions :",
            ["| statut | action | session | statut de la session |", "| Validée | A | | |"],
            6,
            "les colonnes sont, dans cet ordre : action, statut, session et statut de la session",
        ),
        ("Alors les filtres comptent :", ["| Toutes |", "| deux |"], 7, "« deux » n'est pas un nombre, en chiffres"),
        ("Alors les filtres comptent :", ["| Toutes |", "| 2 |", "| 3 |"], 6, "a 1 ligne, et non 2"),
        ("Alors les sessions de « C » commencent :", ["| 32/01/2027 |"], 6, "« 32/01/2027 » : ce jour n'existe pas"),
    ],
)
def test_a_table_is_checked_by_the_sentence_that_takes_it(etape, rangees, fautive, dit):
    corps = "\n".join([f"    {etape}", *(f"      {rangee}" for rangee in rangees), ""])
    assert [(code, ligne) for code, ligne, _ in constats(corps)] == [("ET015", fautive)]
    assert dit in constats(corps)[0][2]
    assert any(numero == fautive and dit.casefold() in remarque.casefold() for numero, remarque in essayes(corps))


def test_every_sentence_that_takes_a_table_says_which():
    definitions = [definition for module in MODULES_LUS for definition in definies_dans(module)]
    sans = [
        definition.phrase
        for definition in definitions
        if "datatable" in definition.acceptes
        and not (isinstance(definition.parser, Phrase) and definition.parser.table)
    ]
    assert sans == []


def test_a_good_table_is_left_alone():
    assert not list(UNE_COLONNE.refus([["a"], ["b"]]))
    assert not list(DEUX_COLONNES.refus([["a", ""]]))
    assert not list(DES_JOURS.refus([["08/03/2027"]]))
    assert not list(Table(titres=("a", "b"), exiges=("a",)).refus([["b", "a"], ["1", "2"]]))
    assert list(Table(titres=("a",)).refus([["a"]]))
    assert list(Table(titres=("a",)).refus([["a", "a"], ["1", "2"]]))
    assert list(UNE_COLONNE.refus([[""]]))


def test_a_value_is_compared_whatever_its_typography():
    assert refus_de_valeur("Les points forts d’un", ["Les points forts d'un"]) == ""
    assert refus_de_valeur("n'importe", ()) == ""
    assert enumeration(["a"]) == "a"
    lues = phrase("je dis « {mot} »", table=UNE_COLONNE)
    assert [rang for rang, _ in lues.refus("je dis « x »", [["a", "b"]])] == [0]
