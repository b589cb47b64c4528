"""The stream: what it holds of each scenario, whoever plays it, and however the run ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from steps.navigateur.enregistreur import Enregistreur, Etape
from steps.rapports.environnement import environnement
from steps.rapports.flux import NOM, Flux, lire
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE, STATUTS

RACINE = Path(__file__).resolve().parents[3]


@pytest.fixture
def jouee(jouer):
    return jouer(FEATURE, DEFINITIONS)


def par_nom(tentatives):
    return {tentative["nom"]: tentative for tentative in tentatives if tentative["rang"] == 1}


def statuts(tentative):
    return [etape["statut"] for etape in tentative["etapes"]]


def test_each_scenario_is_there_with_what_it_came_to(jouee):
    assert {nom: tentative["issue"] for nom, tentative in par_nom(jouee.tentatives).items()} == STATUTS
    assert jouee.execution.fin["prevus"] == len(STATUTS)
    assert not jouee.execution.interrompue
    assert list(jouee.execution.sources) == ["features/suite/essai.feature"]


def test_a_scenario_says_its_place_its_rule_its_tags_and_its_example(jouee):
    tentative = par_nom(jouee.tentatives)["L'exemple 4"]
    assert (tentative["fichier"], tentative["ligne"]) == ("features/suite/essai.feature", 35)
    assert (tentative["fonctionnalite"], tentative["regle"]) == ("L'essai", "Première règle")
    assert tentative["etiquettes"] == ["regles", "etape_7"]
    assert tentative["exemple"] == {"nombre": "4", "saison": "hiver"}
    assert tentative["commande"] == f"{sys.executable} -m pytest 'test_essai.py::test_lexemple_nombre[4-hiver]'"


def test_a_step_says_its_keyword_as_it_is_written_its_data_and_what_plays_it(jouee):
    premiere, quand, alors = par_nom(jouee.tentatives)["Celui qui passe"]["etapes"]
    assert (premiere["mot_cle"], premiere["texte"]) == ("Étant donné que", "tout va bien")
    assert quand["tableau"] == [["nom", "valeur"], ["été", "1"]]
    assert alors["texte_long"] == "<b>un</b> texte"
    assert quand["definition"]["phrase"] == "j'agis :"
    assert quand["definition"]["fichier"] == "test_essai.py"
    assert quand["duree_ms"] >= 0


def test_a_failure_says_what_was_expected_and_what_was_there(jouee):
    tentative = par_nom(jouee.tentatives)["Celui qui échoue"]
    assert statuts(tentative) == ["succes", "succes", "echec", "non_joue"]
    erreur = tentative["etapes"][2]["erreur"]
    assert (erreur["attendu"], erreur["trouve"]) == ("3", "2")
    assert erreur["pile"][-1].startswith("test_essai.py:")


def test_a_comparison_of_another_step_is_not_taken_for_the_reason(jouer):
    rattrapee = """
@step(phrase("le nombre est {nombre:d}"))
def _(nombre):
    raise AssertionError("assert dit autrement")
@step(phrase("j'agis"))
def _():
    with pytest.raises(AssertionError):
        assert 1 == 2
"""
    definitions = DEFINITIONS.replace("j'agis\"", "j'agis autrement\"").replace("le nombre est", "le nombre vaut")
    tentative = par_nom(jouer(FEATURE, definitions + rattrapee, "-k", "qui_echoue").tentatives)["Celui qui échoue"]
    assert "attendu" not in tentative["etapes"][2]["erreur"]


def test_steps_that_nothing_plays_are_said_even_when_they_are_not_reached(jouer):
    feature = FEATURE.replace("Alors le nombre est 2", "Alors rien non plus")
    tentatives = jouer(feature, DEFINITIONS, "-k", "rien_ne_joue").tentatives
    assert statuts(tentatives[0]) == ["succes", "non_defini", "non_defini"]


def test_what_follows_a_step_that_leaves_is_not_missed(jouee):
    tentative = par_nom(jouee.tentatives)["Celui qui demande à être laissé"]
    assert statuts(tentative) == ["succes", "ignore", "non_joue"]
    assert tentative["etapes"][1]["erreur"]["message"] == "plus tard"


def test_the_replay_is_a_second_attempt(jouee):
    tentatives = [
        (tentative["rang"], tentative["rejoue"], tentative["issue"])
        for tentative in jouee.tentatives
        if tentative["nom"] == "Celui qui est instable"
    ]
    assert tentatives == [(1, True, "echec"), (2, False, "succes")]
    sans_trace = [tentative["rejoue"] for tentative in jouee.tentatives if tentative["nom"] == "Celui que rien ne joue"]
    assert sans_trace == [False]


@pytest.mark.parametrize(
    ("fixture", "phase"),
    [("raise ValueError('panne')\n    yield", "preparation"), ("yield\n    raise ValueError('panne')", "nettoyage")],
)
def test_a_failure_around_the_steps_is_said_with_all_the_steps(jouer, fixture, phase):
    autour = f"\n@pytest.fixture(autouse=True)\ndef autour():\n    {fixture}\n"
    tentative = par_nom(jouer(FEATURE, DEFINITIONS + autour, "-k", "qui_passe").tentatives)["Celui qui passe"]
    assert (tentative["issue"], tentative["phase"]) == ("echec", phase)
    assert "panne" in tentative["erreur"]["message"]
    assert statuts(tentative) == ["non_joue" if phase == "preparation" else "succes"] * 3


def test_a_scenario_to_do_that_passes_says_so(jouer):
    feature = FEATURE.replace("le nombre est 5", "le nombre est 2")
    tentative = par_nom(jouer(feature, DEFINITIONS).tentatives)["Celui qui reste à faire"]
    assert (tentative["issue"], tentative["phase"]) == ("echec", "controles")
    assert "retirez l’étiquette" in tentative["erreur"]["message"]


def test_what_is_set_aside_is_there_with_the_reason(jouer):
    jouee = jouer(FEATURE, DEFINITIONS, "-k", "qui_passe")
    assert len(jouee.execution.ecartes) == len(STATUTS) - 1
    assert jouee.execution.ecartes[0]["raison"] == "non retenu par «\u00a0-k qui_passe\u00a0»"
    assert jouee.execution.prevus == 1


def test_words_with_accents_choose_scenarios_by_their_titles_and_examples(jouer):
    sorties = [
        jouer(FEATURE, DEFINITIONS, "-k", mot, "--collect-only", "-q").sortie for mot in ("échoue", "ECHOUE", "été")
    ]
    assert [sortie.count("test_essai.py::") for sortie in sorties] == [1, 1, 1]
    assert "2-" in sorties[-1]


def test_the_stream_is_the_same_under_xdist(jouer, jouee):
    def propres(tentatives):
        variables = {"debut", "duree_ms", "ouvrier", "etapes"}
        gardes = [{nom: fait for nom, fait in tentative.items() if nom not in variables} for tentative in tentatives]
        return sorted(gardes, key=lambda tentative: (tentative["ligne"], tentative["rang"]))

    seul = propres(jouee.tentatives)
    partage = jouer(FEATURE, DEFINITIONS, "-n", "2", en_sous_processus=True)
    assert propres(partage.tentatives) == seul
    assert {tentative["ouvrier"] for tentative in partage.tentatives} <= {"gw0", "gw1"}
    assert partage.execution.prevus == len(STATUTS)
    assert "celui qui échoue" in partage.sortie.casefold()


def test_what_xdist_sets_aside_is_there_once(jouer):
    jouee = jouer(FEATURE, DEFINITIONS, "-n", "2", "-k", "qui_passe", en_sous_processus=True)
    assert len(jouee.execution.ecartes) == len(STATUTS) - 1


def test_a_scenario_whose_process_dies_is_there(jouer):
    mort = DEFINITIONS.replace('print("un mot du code")', "__import__('os')._exit(3)")
    jouee = jouer(FEATURE, mort, "-n", "1", en_sous_processus=True)
    tentative = par_nom(jouee.tentatives)["Celui qui échoue"]
    assert (tentative["issue"], tentative["phase"], tentative["ligne"]) == ("echec", "processus", 24)
    assert (jouee.dossier / "rapport.html").is_file()
    assert f"{sys.executable} -m pytest" in tentative["commande"]


@pytest.mark.parametrize("signe", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_its_reports(jouer, pytester, signe):
    attente = DEFINITIONS.replace('print("un mot du code")', "(pytest.Session, __import__('time').sleep(60))")
    jouer(FEATURE, attente, "--collect-only")
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("PYTEST")}
    commande = [sys.executable, "-m", "pytest", "-q"]
    environnement = propre | {"PYTHONPATH": str(RACINE)}
    joue = subprocess.Popen(
        commande, cwd=pytester.path, env=environnement, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    flux = pytester.path / "resultats" / "acceptation" / NOM
    fin = time.monotonic() + 30
    while not (flux.is_file() and '"scenario"' in flux.read_text("utf-8")) and time.monotonic() < fin:
        time.sleep(0.05)
    joue.send_signal(signe)
    sortie, _ = joue.communicate(timeout=30)
    execution = lire(flux.read_text("utf-8").splitlines())
    assert execution.interrompue
    assert [tentative["nom"] for tentative in execution.tentatives] == ["Celui qui passe"]
    assert execution.prevus == len(STATUTS)
    assert execution.fin is not None
    assert execution.fin["arret"] == "à la demande de la personne"
    assert "Exécution interrompue" in (flux.parent / "rapport.html").read_text("utf-8")
    assert "rapport.html" in sortie


def test_a_run_whose_server_falls_stops_says_so_and_keeps_its_reports(jouer):
    tombe = """
@pytest.fixture(autouse=True)
def serveur_de_l_essai(pytestconfig):
    from types import SimpleNamespace
    from steps.plugins.contexte_pytest import SERVEUR
    pytestconfig.stash[SERVEUR] = SimpleNamespace(vivant=False, nouvelles_lignes=lambda: "")
"""
    jouee = jouer(FEATURE, DEFINITIONS + tombe)
    execution = jouee.execution
    assert execution.interrompue
    assert execution.fin["arret"] == "le serveur s’est arrêté au milieu de l’exécution"
    assert [tentative["nom"] for tentative in execution.tentatives] == ["Celui qui passe", "Celui qui échoue"]
    assert "s'est arrêté au milieu de l'exécution" in jouee.sortie
    assert (jouee.dossier / "rapport.html").is_file()


def test_a_run_stopped_at_the_first_failure_says_what_is_left(jouer):
    execution = jouer(FEATURE, DEFINITIONS, "-x").execution
    assert execution.interrompue
    assert len({tentative["id"] for tentative in execution.tentatives}) < execution.prevus == len(STATUTS)
    assert execution.fin["arret"] == "après autant d’échecs que demandé"


def test_the_surroundings_are_said_without_what_is_secret(jouer):
    debut = jouer(FEATURE, DEFINITIONS, "-k", "qui_passe and not rien").execution.debut
    assert debut["commande"].endswith("-k 'qui_passe and not rien'")
    assert debut["outils"]["pytest-bdd"]
    assert debut["version"]
    assert "commit" not in debut
    assert environnement(Path("/"), "pytest --base-url=https://moi:secret@exemple.example")["commande"].endswith(
        "//exemple.example"
    )


def test_a_run_without_a_scenario_leaves_the_reports_of_the_last(jouer, pytester):
    jouee = jouer(FEATURE, DEFINITIONS, "-k", "qui_passe")
    avant = (jouee.dossier / NOM).read_text("utf-8")
    pytester.makepyfile(test_autre="def test_autre(): pass")
    pytester.runpytest_inprocess("test_autre.py")
    assert (jouee.dossier / NOM).read_text("utf-8") == avant


# ------------------------------------------------------------------------------------------------ the file itself


def test_a_line_cut_in_the_middle_is_left_out(tmp_path):
    flux = Flux(tmp_path / "f.ndjson")
    flux.ecrire("debut", instant=1)
    flux.ecrire("ecarte", id="a")
    flux.fermer()
    texte = (tmp_path / "f.ndjson").read_text("utf-8")
    execution = lire((texte + '{"type":"scenario","id":"b","no').splitlines())
    assert (execution.debut, len(execution.ecartes), execution.tentatives) == ({"instant": 1}, 1, [])
    assert execution.interrompue


def test_each_line_is_on_the_disk_at_once_and_two_runs_do_not_mix(tmp_path):
    premier = Flux(tmp_path / "f.ndjson")
    premier.ecrire("ecarte", id="premier")
    assert "premier" in (tmp_path / "f.ndjson").read_text("utf-8")
    second = Flux(tmp_path / "f.ndjson")
    premier.ecrire("ecarte", id="premier encore")
    second.ecrire("ecarte", id="second")
    assert [e["id"] for e in premier.relire().ecartes] == ["premier", "premier encore"]
    assert [e["id"] for e in second.relire().ecartes] == ["second"]
    assert (tmp_path / "f.ndjson").read_text("utf-8") == '{"type":"ecarte","id":"second"}\n'
    premier.fermer()
    second.fermer()


def test_what_is_unknown_is_left_out():
    assert lire(['{"type":"autre"}', "[]", '"a"', ""]).tentatives == []


# ------------------------------------------------------------------------------------------------ the recorder


def test_any_plain_fact_can_be_joined_to_a_gesture_or_to_a_file():
    enregistreur = Enregistreur("nom", "f.feature", 1, ecrites=[Etape("Quand", "j'agis", 2)])
    enregistreur.commencer_pas({"phrase": "j'agis"})
    enregistreur.noter_geste("cliquer", "Valider", repere=[1, 2, 3, 4])
    enregistreur.joindre("image", Path("a.png"), numero=7, cadre={"x": 1})
    enregistreur.finir_pas()
    bilan = json.loads(json.dumps(enregistreur.bilan()))
    geste, piece = bilan["evenements"]
    assert (geste["etape"], geste["verbe"], geste["repere"]) == (0, "cliquer", [1, 2, 3, 4])
    assert (piece["etape"], piece["chemin"], piece["numero"], piece["cadre"]) == (0, "a.png", 7, {"x": 1})
    assert enregistreur.gestes == 1


def test_the_first_failure_outside_of_the_steps_is_the_one_that_is_told():
    enregistreur = Enregistreur("nom", "f.feature", 1)
    enregistreur.echouer({"message": "un"})
    enregistreur.echouer({"message": "deux"})
    assert enregistreur.bilan()["erreur"] == {"message": "un"}
