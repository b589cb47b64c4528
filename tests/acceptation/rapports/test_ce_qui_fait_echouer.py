"""What makes a run fail is in its four reports, and what cannot be kept ends nothing."""

import json
import os
import textwrap
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from steps.gherkin.typographie import aplanir
from steps.rapports import production
from steps.rapports.__main__ import main
from steps.rapports.flux import Execution, Flux, joindre
from steps.rapports.junit import junit
from steps.rapports.messages import messages
from steps.rapports.production import produire
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE, fabriquer

BON = """
    # language: fr
    @regles
    Fonctionnalité: {nom}

      Scénario: {nom} se joue
        Quand j'agis
        Alors le nombre est 2
"""
DOUBLE = """
    # language: fr
    @regles
    Fonctionnalité: Deux fois

      Scénario: Le même
        Quand j'agis
        Alors le nombre est 3

      Scénario: Le même
        Quand j'agis
        Alors le nombre est 2
"""
EXEMPLES = """
    # language: fr
    @regles
    Fonctionnalité: V2.1 : des points

      Plan du scénario: Les champs 1 et 2
        Quand j'agis
        Alors le nombre est <un>
        Mais le nombre est <deux>

        Exemples:
          | un | deux |
          | 2  | 2    |
          | 2  | 2    |
          | 1  | 2    |
          | 2  | 1    |
"""


def texte_de(nom):
    return textwrap.dedent(BON.format(nom=nom)).lstrip()


MAL_ECRITES = {
    "mot": texte_de("Mot").replace("Alors", "Alrs"),
    "table": texte_de("Table").replace("j'agis", "j'agis :\n      | a | b |\n      | c |"),
    "deux-points": texte_de("Espace").replace("Scénario:", "Scénario :"),
    "marque": ("\ufeff" + texte_de("Marque")).encode(),
    "latin": texte_de("Latin").encode("latin-1"),
}


def cas(document):
    return [(chaque.get("classname"), chaque.get("name")) for chaque in document.iter("testcase")]


def test_what_is_badly_written_is_said_in_french_and_the_rest_is_played(jouer):
    features = {"bon": BON.format(nom="Bon"), "double": DOUBLE, **MAL_ECRITES}
    jouee = jouer(features, DEFINITIONS, "--sans-rejeu", controle=True)
    assert jouee.code == 1
    assert {tentative["nom"] for tentative in jouee.tentatives} == {"Bon se joue", "Le même"}
    assert "Traceback" not in jouee.sortie
    assert "Error" not in jouee.sortie
    # The faults are those of the files that have them: nothing is said of the others, nor is a sentence an orphan.
    dits = {(constat["code"], constat["fichier"].rpartition("/")[2]) for constat in jouee.execution.constats}
    assert {dit for dit in dits if not dit[0].startswith("ET")} == {
        ("FR204", "mot.feature"), ("FR005", "table.feature"), ("FR201", "deux-points.feature"),
        ("FR205", "deux-points.feature"), ("FR307", "deux-points.feature"),
        ("FR002", "marque.feature"), ("FR002", "latin.feature"),
        ("FR304", "double.feature"), ("CO001", "double.feature"),
    }  # fmt: skip
    assert "ET003" not in {code for code, _ in dits}
    assert "4 fichiers illisibles, dont rien n'est joué" in jouee.sortie
    ou_sont_dits(jouee.dossier, "même nom")


def ou_sont_dits(dossier, dit):
    """Find a finding in each of the four reports, none of which says that all is well."""
    page = aplanir(unescape((dossier / "rapport.html").read_text("utf-8")))
    assert dit in page
    assert "verdict echec" in page
    document = ET.fromstring((dossier / "junit.xml").read_text("utf-8"))  # noqa: S314 - written by us
    assert any(dit in aplanir(echec.get("message")) for echec in document.iter("failure"))
    assert len(set(cas(document))) == len(cas(document))
    envois = [json.loads(ligne) for ligne in (dossier / "messages.ndjson").read_text("utf-8").splitlines()]
    fin = next(envoi["testRunFinished"] for envoi in envois if "testRunFinished" in envoi)
    assert fin["success"] is False
    assert dit in aplanir(fin["message"])
    assert dit in aplanir((dossier / "cucumber.html").read_text("utf-8"))


def test_a_run_in_which_nothing_could_be_played_replaces_the_reports_of_the_last(jouer):
    jouer(BON.format(nom="Bon"), DEFINITIONS)
    jouee = jouer({"essai": MAL_ECRITES["mot"]}, DEFINITIONS, controle=True)
    assert jouee.code == 1
    assert jouee.tentatives == []
    ou_sont_dits(jouee.dossier, "ressemble à une étape")


def test_a_collection_that_fails_is_in_the_reports(jouer):
    jouer(BON.format(nom="Bon"), DEFINITIONS)
    jouee = jouer(BON.format(nom="Bon"), DEFINITIONS + "\nraise ValueError('rien')\n", controle=True)
    assert jouee.code == 2
    ou_sont_dits(jouee.dossier, "la collecte a échoué")


def test_a_run_that_was_cut_off_is_in_the_reports(tmp_path):
    execution = fabriquer(tmp_path)
    execution.fin = {**execution.fin, "interrompue": True, "arret": "le serveur s'est arrêté"}
    produire(execution, tmp_path)
    ou_sont_dits(tmp_path, "exécution interrompue : le serveur s'est arrêté")


# ------------------------------------------------------------------------------------------------ identity


def test_a_test_has_one_name_whatever_its_values_and_whatever_is_played(jouer):
    entiere = jouer(EXEMPLES, DEFINITIONS, "--sans-rejeu")
    noms = cas(ET.fromstring((entiere.dossier / "junit.xml").read_text("utf-8")))  # noqa: S314 - written by us
    assert len(set(noms)) == len(noms) == 4
    lignes = [tentative["ligne"] for tentative in entiere.tentatives]
    assert len(set(lignes)) == 4
    partielle = jouer(EXEMPLES, DEFINITIONS, "--sans-rejeu", "-k", "2-20 or 1-2")
    document = ET.fromstring((partielle.dossier / "junit.xml").read_text("utf-8"))  # noqa: S314 - written by us
    assert len(partielle.tentatives) < 4
    assert sorted(cas(document)) == sorted(noms)


def test_junit_and_the_messages_count_the_same_scenarios(jouer):
    jouee = jouer(FEATURE, DEFINITIONS, "-k", "qui_passe")
    document = ET.fromstring(junit(jouee.execution))  # noqa: S314 - written by us
    dits = list(messages(jouee.execution))
    ouverts = {dit["testCaseStarted"]["testCaseId"] for dit in dits if "testCaseStarted" in dit}
    assert len(cas(document)) == len(ouverts) == len([dit for dit in dits if "testCase" in dit]) == 8
    resultats = [dit["testStepFinished"]["testStepResult"]["status"] for dit in dits if "testStepFinished" in dit]
    assert set(resultats) == {"PASSED", "SKIPPED"}


def test_the_streams_of_two_machines_make_one_run(jouer, tmp_path):
    ici = jouer(FEATURE, DEFINITIONS, "-k", "qui_passe")
    (tmp_path / "a.ndjson").write_bytes((ici.dossier / "evenements.ndjson").read_bytes())
    la = jouer(FEATURE, DEFINITIONS, "-k", "not qui_passe", "--sans-rejeu")
    (tmp_path / "b.ndjson").write_bytes((la.dossier / "evenements.ndjson").read_bytes())
    assert main([str(tmp_path / "a.ndjson"), str(tmp_path / "b.ndjson")]) == 0
    document = ET.fromstring((tmp_path / "junit.xml").read_text("utf-8"))  # noqa: S314 - written by us
    sautes = [saute.get("message") for saute in document.iter("skipped")]
    assert len(cas(document)) == 8
    assert not [saute for saute in sautes if "non retenu" in aplanir(str(saute))]
    assert not joindre([ici.execution, la.execution]).interrompue


def test_of_a_test_played_twice_the_failure_is_kept():
    passe = Execution(tentatives=[{"id": "a", "issue": "succes"}], fin={"prevus": 1})
    rate = Execution(tentatives=[{"id": "a", "issue": "echec"}], fin={"prevus": 1})
    for ordre in ([passe, rate], [rate, passe]):
        jointe = joindre(ordre)
        assert [tentative["issue"] for tentative in jointe.tentatives] == ["echec"]
        assert (jointe.prevus, jointe.interrompue) == (1, False)


# ------------------------------------------------------------------------------------------------ evidence


def test_half_a_character_in_a_message_ends_nothing(jouer):
    moitie = DEFINITIONS.replace("assert 2 == nombre", "raise AssertionError('abc' + chr(0xD83D) + chr(0) + ' fin')")
    jouee = jouer(BON.format(nom="Bon"), moitie, "-n", "1", en_sous_processus=True)
    assert jouee.code == 1
    assert "INTERNALERROR" not in jouee.sortie
    for nom in ("rapport.html", "junit.xml", "messages.ndjson", "cucumber.html"):
        assert "abc" in (jouee.dossier / nom).read_text("utf-8")
    ET.fromstring((jouee.dossier / "junit.xml").read_text("utf-8"))  # noqa: S314 - written by us


def test_a_folder_that_takes_nothing_costs_a_line(jouer, pytester):
    (pytester.path / "resultats").write_text("un fichier, non un dossier")
    jouee = jouer(BON.format(nom="Bon").replace("est 2", "est 3"), DEFINITIONS)
    assert jouee.code == 1
    assert "INTERNALERROR" not in jouee.sortie
    assert "1 failed" in jouee.sortie
    assert jouee.sortie.count("n'a pu être gardé") == 5  # The stream, and each of the four reports.


def test_a_report_that_cannot_be_made_takes_no_other_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(production, "page", lambda _: (_ for _ in ()).throw(RuntimeError("le disque est plein")))
    ecrits = produire(fabriquer(tmp_path), tmp_path)
    assert [ecrit.chemin.name for ecrit in ecrits if ecrit.probleme] == ["rapport.html"]
    assert "le disque est plein" in ecrits[0].dit()
    assert (tmp_path / "junit.xml").is_file()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full disk to offer")  # noqa: PTH110
def test_a_full_disk_leaves_the_stream_in_memory(tmp_path):
    (tmp_path / "plein").symlink_to("/dev/full")
    flux = Flux(tmp_path / "f.ndjson")
    flux.ecrire("debut", instant=1)
    flux.fermer()
    flux._fichier = (tmp_path / "plein").open("w", encoding="utf-8")
    flux.ecrire("ecarte", id="a")
    flux.ecrire("ecarte", id="b")
    assert flux.probleme
    assert [ecarte["id"] for ecarte in flux.relire().ecartes] == ["a", "b"]
