"""Cucumber Messages: the whole output keeps to the official schema, and the official page is made of it."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import fastjsonschema
import pytest

from steps.rapports import cucumber
from steps.rapports.flux import Execution
from steps.rapports.messages import PROTOCOLE, dit, messages
from steps.rapports.messages_scenario import INSTABLE
from steps.rapports.production import lignes, produire
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE, fabriquer

RACINE = Path(__file__).resolve().parents[3]
PAQUETS = RACINE / "node_modules" / "@cucumber"


@pytest.fixture(scope="module")
def controler():
    schema = json.loads((PAQUETS / "messages" / "messages.schema.json").read_text("utf-8"))
    return fastjsonschema.compile(schema)


@pytest.fixture
def dits(tmp_path):
    return list(messages(fabriquer(tmp_path)))


def de(dits, nom):
    return [message[nom] for message in dits if nom in message]


def test_the_protocol_is_that_of_the_schema():
    paquet = json.loads((PAQUETS / "messages" / "package.json").read_text("utf-8"))
    assert paquet["version"] == PROTOCOLE


def test_every_message_of_a_run_keeps_to_the_schema(jouer, controler):
    jouee = jouer(FEATURE, DEFINITIONS)
    ecrites = (jouee.dossier / "messages.ndjson").read_text("utf-8").splitlines()
    for ligne in ecrites:
        controler(json.loads(ligne))
    assert ecrites == list(map(dit, messages(jouee.execution)))


def test_every_message_of_a_run_with_files_replays_and_a_lost_process_keeps_to_the_schema(tmp_path, controler):
    execution = fabriquer(tmp_path, fois=2)
    perdu = execution.tentatives[0] | {"id": "p", "etapes": [], "issue": "echec", "phase": "processus", "erreur": {}}
    execution.tentatives.append(perdu)
    for message in messages(execution):
        controler(message)


@pytest.mark.parametrize("faute", [{"meta": {}}, {"autre": 1}, {"testStepStarted": {"timestamp": 1}}])
def test_the_check_of_the_schema_bites(controler, faute):
    with pytest.raises(fastjsonschema.JsonSchemaException):
        controler(faute)


def test_a_stream_without_anything_gives_a_run_without_anything(controler):
    dits = list(messages(Execution()))
    for message in dits:
        controler(message)
    interrompue = ["hook", "testRunHookStarted", "testRunHookFinished"]
    assert [next(iter(message)) for message in dits] == ["meta", "testRunStarted", *interrompue, "testRunFinished"]
    assert de(dits, "testRunFinished")[0]["success"] is False


def test_the_order_is_that_of_the_protocol_and_every_reference_was_announced(dits):
    vus: set[str] = set()
    for message in dits:
        for renvoi in re.findall(r'"(?:\w+Id|astNodeIds|stepDefinitionIds)": (\[[^\]]*\]|"\d+")', json.dumps(message)):
            numeros = set(re.findall(r"\d+", renvoi))
            assert numeros <= vus | set(re.findall(r'"id": "(\d+)"', json.dumps(message)))
        vus |= set(re.findall(r'"id": "(\d+)"', json.dumps(message)))
    instants = [m["timestamp"]["seconds"] * 10**9 + m["timestamp"]["nanos"] for m in de(dits, "testStepFinished")]
    assert instants[:3] == sorted(instants[:3])


def test_files_are_named_and_never_carried(dits):
    jointes = de(dits, "attachment")
    assert jointes
    assert {jointe["contentEncoding"] for jointe in jointes} == {"IDENTITY"}
    images = [jointe for jointe in jointes if jointe["mediaType"] == "image/png"]
    assert {(image["url"], image["body"]) for image in images} == {("l%27%C3%A9chec/ecran%201.png", "")}
    liens = [jointe["body"] for jointe in jointes if jointe["mediaType"] == "text/uri-list"]
    assert set(liens) == {"l%27%C3%A9chec/trace.zip"}


def test_the_last_attempt_shows_the_picture_of_the_first(dits):
    derniers = {debut["id"] for debut in de(dits, "testCaseStarted") if debut["attempt"] == 1}
    assert derniers
    images = {j["testCaseStartedId"] for j in de(dits, "attachment") if j["mediaType"] == "image/png"}
    assert derniers <= images


def test_a_replay_that_passes_ends_with_a_failed_verdict(dits):
    verdicts = [
        fin["testStepResult"]
        for fin in de(dits, "testStepFinished")
        if fin["testStepResult"].get("message") == INSTABLE
    ]
    assert [verdict["status"] for verdict in verdicts] == ["FAILED"]
    assert de(dits, "testRunFinished")[0]["success"] is False


def test_a_run_without_a_failure_is_a_success(tmp_path):
    execution = fabriquer(tmp_path)
    execution.tentatives = [
        tentative for tentative in execution.tentatives if tentative["issue"] == "succes" and tentative["rang"] == 1
    ]
    execution.fin["code"] = 0
    assert de(list(messages(execution)), "testRunFinished")[0]["success"] is True
    execution.fin = None
    assert de(list(messages(execution)), "testRunFinished")[0]["success"] is False


# ------------------------------------------------------------------------------------------------ the official page


def test_the_official_page_is_the_one_that_its_own_stream_makes(tmp_path, dits):
    """Node runs the package's own code on the same messages."""
    node = shutil.which("node", path=f"{RACINE / '.venv' / 'bin'}:{os.environ['PATH']}")
    if node is None:
        pytest.skip("Node is not on this machine")
    (tmp_path / "messages.ndjson").write_text(lignes(map(dit, dits)), "utf-8")
    script = f"""
import fs from "node:fs"; import readline from "node:readline";
import {{ CucumberHtmlStream }} from "{PAQUETS}/html-formatter/dist/src/index.js";
const flux = new CucumberHtmlStream();
flux.pipe(fs.createWriteStream("{tmp_path}/officielle.html"));
for await (const ligne of readline.createInterface({{ input: fs.createReadStream("{tmp_path}/messages.ndjson") }}))
  flux.write(JSON.parse(ligne));
flux.end();
"""
    (tmp_path / "page.mjs").write_text(script, "utf-8")
    subprocess.run([node, str(tmp_path / "page.mjs")], check=True, timeout=60)
    officielle = (tmp_path / "officielle.html").read_text("utf-8")
    assert cucumber.page(map(dit, dits)) == officielle


def test_the_official_page_shows_our_scenarios(navigateur, tmp_path, dits):
    (tmp_path / "cucumber.html").write_text(cucumber.page(map(dit, dits)), "utf-8")
    page = navigateur.new_page()
    try:
        page.goto((tmp_path / "cucumber.html").as_uri())
        page.get_by_text("Celui qui est instable").wait_for()
        assert page.get_by_text(INSTABLE).count() == 1
        assert "<b>un</b> texte" in page.inner_text("body")
        assert page.locator('img[src="l%27%C3%A9chec/ecran%201.png"]').count() == 4
    finally:
        page.close()


def test_what_stands_in_a_message_cannot_close_the_script(dits):
    page = cucumber.page(map(dit, [*dits, {"attachment": {"body": "</script><script>alert(1)</script>{{script}}"}}]))
    assert page.count("</script>") == 3
    assert "{{script}}" in page


def test_without_the_npm_packages_it_is_said_and_the_other_reports_are_made(tmp_path):
    (tmp_path / "cucumber.html").write_text("celui d'une autre exécution", "utf-8")
    ecrits = produire(fabriquer(tmp_path), tmp_path, paquet=tmp_path / "absent")
    assert [ecrit.chemin.name for ecrit in ecrits if ecrit.probleme] == ["cucumber.html"]
    assert (tmp_path / "rapport.html").is_file()
    assert not (tmp_path / "cucumber.html").exists()
