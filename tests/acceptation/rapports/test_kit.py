"""Our messages, against what Cucumber's compatibility kit expects of the same features.

The kit gives features and the messages that they lead to. Numbers, times, versions and the wording of errors are each
one's own; the rest must be the same.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from cucumber_compatibility_kit import CompatibilityKit

from tests.acceptation.rapports import kit

RACINE = Path(__file__).resolve().parents[3]
# The suite's own checks are left out: they are for features in French.
REGLAGES = f"""
[pytest]
addopts = -p no:steps.plugins.verification -p steps.plugins.acceptation -p no:playwright -p no:socket
    -p no:cacheprovider
pythonpath = {RACINE}
bdd_features_base_dir = features
"""
MODULE = """
import pytest
from pytest_bdd import given, scenarios, step, then, when
from steps.definitions.phrase import phrase
scenarios({nom!r})
{definitions}
"""


def jouer(dossier, samples, *options):
    """Play samples of the kit in one run of pytest; give their messages."""
    for nom, definitions in samples.items():
        shutil.copytree(CompatibilityKit().feature_code_for(nom), dossier / "features" / nom)
        module = dossier / f"test_{nom.replace('-', '_')}.py"
        module.write_text(MODULE.format(nom=nom, definitions=definitions), "utf-8")
    (dossier / "pytest.ini").write_text(REGLAGES, "utf-8")
    commande = [sys.executable, "-m", "pytest", "-q", *options]
    joue = subprocess.run(commande, cwd=dossier, capture_output=True, text=True, timeout=120, check=False)
    fichier = dossier / "resultats" / "acceptation" / "messages.ndjson"
    assert fichier.is_file(), joue.stdout + joue.stderr
    return lire(fichier)


def lire(fichier):
    return [json.loads(ligne) for ligne in fichier.read_text("utf-8").splitlines()]


def attendus(nom):
    return lire(CompatibilityKit().feature_code_for(nom) / f"{nom}.ndjson")


def de(messages, nom):
    return [message[nom] for message in messages if nom in message]


def du_sample(messages, nom):
    """Keep what is about one sample of a run of many."""
    notre = f"features/{nom}/"
    return [
        *({"source": s} for s in de(messages, "source") if s["uri"].startswith(notre)),
        *({"gherkinDocument": d} for d in de(messages, "gherkinDocument") if d["uri"].startswith(notre)),
        *({"pickle": p} for p in de(messages, "pickle") if p["uri"].startswith(notre)),
        *(m for m in messages if not m.keys() & {"source", "gherkinDocument", "pickle"}),
    ]


def ecrit(messages):
    """Give the features and their pickles, numbered again in the order in which they are met."""
    numeros: dict[str, int] = {}

    def propre(valeur, cle=""):
        if isinstance(valeur, dict):
            return {nom: propre(valeur[nom], nom) for nom in sorted(valeur) if nom != "uri"}
        if isinstance(valeur, list):
            return [propre(chaque, cle) for chaque in valeur]
        if cle in ("id", "astNodeId", "astNodeIds"):
            return numeros.setdefault(valeur, len(numeros))
        # gherkin's parser for Python leaves the blank line that ends a description, that for JavaScript does not.
        return valeur.rstrip() if cle == "description" else valeur

    return [propre({nom: de(messages, nom)}) for nom in ("source", "gherkinDocument", "pickle")]


def joue(messages, *, exceptions=True):
    """Give what was played: the scenario, its attempt, the steps as they are matched and ended, whether it goes on."""

    def resultat(fait):
        return fait["status"], exceptions and "exception" in fait

    pickles = {pickle["id"]: pickle for pickle in de(messages, "pickle")}
    textes = {etape["id"]: etape["text"] for pickle in pickles.values() for etape in pickle["steps"]}
    cas = {chaque["id"]: chaque for chaque in de(messages, "testCase") if chaque["pickleId"] in pickles}
    fins = {fin["testCaseStartedId"]: fin["willBeRetried"] for fin in de(messages, "testCaseFinished")}
    pas = {
        (fin["testCaseStartedId"], fin["testStepId"]): fin["testStepResult"] for fin in de(messages, "testStepFinished")
    }
    return [
        (
            pickles[chaque["pickleId"]]["name"],
            debut["attempt"],
            [
                (
                    textes[etape["pickleStepId"]],
                    len(etape["stepDefinitionIds"]),
                    *resultat(pas[debut["id"], etape["id"]]),
                )
                for etape in chaque["testSteps"]
                if "pickleStepId" in etape
            ],
            fins[debut["id"]],
        )
        for debut in de(messages, "testCaseStarted")
        if (chaque := cas.get(debut["testCaseId"]))
    ]


def nombres(messages):
    """Give the numbers that sentences take from steps, and where: both sides read them alike."""
    pickles = {pickle["id"] for pickle in de(messages, "pickle")}
    return [
        argument["group"]
        for cas in de(messages, "testCase")
        if cas["pickleId"] in pickles
        for etape in cas["testSteps"]
        for liste in etape.get("stepMatchArgumentsLists", ())
        for argument in liste["stepMatchArguments"]
        if argument.get("parameterTypeName") == "int"
    ]


def proposes(messages):
    """Count the steps for which a function is proposed."""
    textes = {etape["id"]: etape["text"] for pickle in de(messages, "pickle") for etape in pickle["steps"]}
    return Counter(textes[s["pickleStepId"]] for s in de(messages, "suggestion") if s["pickleStepId"] in textes)


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    samples = kit.SAMPLES | {"all-statuses": kit.STATUTS}
    return jouer(tmp_path_factory.mktemp("kit"), samples, "--sans-rejeu")


@pytest.mark.parametrize("nom", kit.SAMPLES)
def test_a_sample_of_the_kit_gives_the_messages_that_it_expects(messages, nom):
    notres, siens = du_sample(messages, nom), attendus(nom)
    assert ecrit(notres) == ecrit(siens)
    exceptions = nom not in kit.SANS_EXCEPTION
    assert joue(notres, exceptions=exceptions) == joue(siens, exceptions=exceptions)
    assert nombres(notres) == nombres(siens)
    assert proposes(notres) == proposes(siens)


def test_the_statuses_that_we_have_are_those_of_the_kit(messages):
    notres, siens = (joue(m, exceptions=False) for m in (du_sample(messages, "all-statuses"), attendus("all-statuses")))
    communs = ("Passing", "Failing", "Skipped", "Undefined")
    assert [fait for fait in notres if fait[0] in communs] == [fait for fait in siens if fait[0] in communs]


def test_a_regular_expression_is_said_to_be_one(messages):
    motifs = {
        definition["pattern"]["source"]: definition["pattern"]["type"] for definition in de(messages, "stepDefinition")
    }
    assert motifs["^a (.*?)(?: and a (.*?))?(?: and a (.*?))?$"] == "REGULAR_EXPRESSION"
    assert motifs["I have {n:d} cukes in my belly"] == "CUCUMBER_EXPRESSION"


def test_the_comparison_bites(messages):
    siens = attendus("undefined")
    for message in siens:
        if message.get("testStepFinished", {}).get("testStepResult", {}).get("status") == "SKIPPED":
            message["testStepFinished"]["testStepResult"]["status"] = "PASSED"
    assert joue(du_sample(messages, "undefined")) != joue(siens)
    assert ecrit(du_sample(messages, "minimal")) != ecrit(attendus("cdata"))


def test_what_fails_is_played_again_once_and_stays_failed(tmp_path):
    notres = jouer(tmp_path, {"retry": kit.RETRY})
    premiers, siens = joue(notres), joue(attendus("retry"))
    # Those that pass at once, and at the second attempt: as the kit. The others: we stop at the second.
    assert premiers[:3] == siens[:3]
    assert [(nom, tentative, continue_) for nom, tentative, _, continue_ in premiers[3:]] == [
        (nom, tentative, tentative == 0) for nom, tentative, *_ in siens if tentative < 2
    ][3:]
    # A retry that passes leaves the scenario failed: a hook says so, where Cucumber's tools look.
    assert [hook["name"] for hook in de(notres, "hook")] == ["Verdict"]
    dits = [fin["testStepResult"] for fin in de(notres, "testStepFinished")]
    assert [dit["status"] for dit in dits if dit.get("message", "").startswith("Instable")] == ["FAILED"]
    assert de(notres, "testRunFinished")[0]["success"] is False
