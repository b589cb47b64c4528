"""Why a scenario is not played: the reasons, and the declarations that they come from."""

import ast
import inspect
import textwrap
from datetime import date

import pytest

from steps.ailleurs import ecartes
from steps.ailleurs.donnees_par_ecran import DonneesParEcran, SessionParEcran
from steps.ailleurs.ecartes import Ecarte
from steps.definitions.definitions import visibles_de
from steps.donnees import besoins
from steps.donnees.besoins import Monde, Usage
from steps.ecrans.libelles import IDENTIFIANT
from steps.gherkin.typographie import aplanir

GUIDE = date(2019, 11, 28)
ICI = Monde()
PAR_COMPTE = Monde(adresse="http://127.0.0.1", porte=False, compte=True, dates=frozenset({GUIDE}))
SANS_RIEN = Monde(adresse="http://127.0.0.1", porte=False)
FIREFOX = Monde(moteur="firefox")


def raison(etiquettes, usages, monde):
    dite = ecartes.raison(frozenset(etiquettes), usages, monde)
    return None if dite is None else aplanir(dite)


@pytest.mark.parametrize("etiquette", ["sans_js", "mobile", "lent"])
def test_firefox_leaves_out_what_it_cannot_do(etiquette):
    assert raison([etiquette], [], ICI) is None
    assert raison([etiquette], [], FIREFOX)
    assert raison(["guide", "hors_ligne"], [], FIREFOX) is None


@pytest.mark.parametrize(
    "besoin",
    [
        besoins.AUTRE_COMPTE,
        besoins.AUTRE_ORGANISME,
        besoins.CATALOGUE_A_SOI,
        besoins.ENREGISTRE,
        besoins.SESSION_DU_SERVEUR,
        besoins.AUTRE_CERTIFICATION,
    ],
)
def test_what_only_the_test_door_gives_is_left_out_without_it(besoin):
    usages = [Usage(), Usage(besoins=(besoin,))]
    assert raison([], usages, ICI) is None
    assert raison([], usages, PAR_COMPTE).startswith("il faut ")


def test_without_door_nor_account_only_the_scenarios_made_for_it_are_played():
    assert raison(["externe"], [Usage()], SANS_RIEN) is None
    assert "BANC_ESSAI_JETON" in raison(["guide"], [Usage()], SANS_RIEN)
    assert "démonstration" in raison(["externe"], [Usage(besoins=(besoins.demonstration,))], Monde(
        porte=False, demonstration=False
    ))  # fmt: skip


def test_a_date_must_be_one_of_the_server():
    def usages(jour):
        return [Usage({"date": jour}, besoins=(besoins.date_offerte,))]

    assert raison([], usages("28 novembre 2019"), PAR_COMPTE) is None
    assert raison([], usages("1er octobre 2019"), ICI) is None
    assert raison([], usages("1er octobre 2019"), PAR_COMPTE) == "il faut que le serveur se croie le 1er octobre 2019"


def test_a_scenario_without_a_date_is_written_for_that_of_the_guide():
    ailleurs = Monde(porte=False, compte=True, dates=frozenset({date(2026, 1, 1)}))
    assert raison([], [Usage(prepare=True)], PAR_COMPTE) is None
    assert raison([], [Usage(prepare=True)], ailleurs) == "il faut que le serveur se croie le 28 novembre 2019"
    assert raison([], [Usage()], ailleurs) is None


def test_formations_modified_at_a_date_cannot_be_made_through_the_screens():
    def usages(*colonnes):
        return [Usage(tableau=[colonnes], besoins=(besoins.dates_de_modification,))]

    assert raison([], usages("identifiant", "modifiée le"), ICI) is None
    assert raison([], usages("identifiant", "modifiée le"), PAR_COMPTE)
    assert raison([], usages("identifiant", "statut"), PAR_COMPTE) is None


@pytest.mark.parametrize(
    "usage",
    [
        Usage({"identifiant": "CLEA_1"}),
        Usage({"copie": "Clea_1"}),
        Usage({"champ": IDENTIFIANT, "texte": "Clea_1"}),
        Usage({"titre": "Compétences Cléa"}),
        Usage({"nom": "Compétences\N{NO-BREAK SPACE}Cléa"}),
        Usage(tableau=[["identifiant", "intitulé"], ["Clea_9", "x"], ["Clea_1", "y"]]),
    ],
)
def test_what_the_catalogue_holds_already_is_left_alone(usage):
    pris = Monde(porte=False, compte=True, pris=frozenset({"Clea_1", "Compétences Cléa"}))
    assert "est déjà dans le catalogue du compte" in raison([], [usage], pris)
    assert raison([], [usage], PAR_COMPTE) is None


@pytest.mark.parametrize(
    "usage",
    [
        Usage({"champ": "Intitulé de la formation", "texte": "Clea_1"}),
        Usage({"identifiant": "Clea_2", "titre": "Compétences Cléa"}),
        Usage(tableau=[["Clea_1"], ["Clea_1"]]),
    ],
)
def test_other_words_are_no_names(usage):
    assert raison([], [usage], Monde(porte=False, compte=True, pris=frozenset({"Clea_1", "Compétences Cléa"}))) is None


def test_the_list_groups_the_scenarios_by_reason_the_longest_first():
    retires = [("A", "il pleut"), ("L'un", "il neige"), ("C", "il neige")]
    lignes = ecartes.lignes([Ecarte(titre, dite) for titre, dite in retires])
    assert [aplanir(ligne) for ligne in lignes] == [
        "2 scénarios : il neige", "    L'un", "    C", "1 scénario : il pleut", "    A",
    ]  # fmt: skip


def appels(definition, nom):
    """Give the methods that a step calls on one of its fixtures."""
    arbre = ast.parse(textwrap.dedent(inspect.getsource(definition.fonction)))
    return {
        noeud.attr for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Attribute) and isinstance(noeud.value, ast.Name) and noeud.value.id == nom
    }  # fmt: skip


@pytest.mark.parametrize(("fixture", "classe"), [("donnees", DonneesParEcran), ("session", SessionParEcran)])
def test_a_step_that_the_screens_cannot_arrange_declares_it(request, fixture, classe):
    muettes = [
        f"{definition.phrase} : {appel}"
        for definition in visibles_de(request.node)
        for appel in appels(definition, fixture) - set(dir(classe))
        if not besoins.besoins_de(definition.fonction)
    ]
    assert muettes == []


def test_that_check_looks_at_something(request):
    vues = visibles_de(request.node)
    assert sum(bool(appels(definition, "donnees")) for definition in vues) > 20
    assert sum(bool(besoins.besoins_de(definition.fonction)) for definition in vues) > 25
