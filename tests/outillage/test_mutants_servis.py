"""What is put in the server under test for `make mutation`: one mutant, and a journal of what is gone by."""

import json
import urllib.request

import pytest

from steps.donnees.serveur import Serveur
from tests.mutation import RACINE, ecrans
from tests.mutation.epreuve import ORDRES, SORTIES
from tests.mutation.etats import INERTE, TUE, VIVANT
from tests.mutation.gabarits import mutants_de_gabarit


def lire(adresse):
    with urllib.request.urlopen(adresse, timeout=30) as reponse:
        return reponse.read().decode()


def test_the_workers_answer_with_the_mutant_and_say_what_they_go_by(tmp_path, monkeypatch):
    connexion = mutants_de_gabarit("templates/pages/connexion.html")
    titre = next(m for m in connexion if m.apres == "<h1>XXSe connecterXX</h1>")
    ordre, journal = tmp_path / "mutant.json", tmp_path / "journal"
    ordre.write_text(json.dumps({nom: getattr(titre, nom) for nom in ("fichier", "debut", "fin", "texte")}), "utf-8")
    for nom, valeur in {
        "PYTHONPATH": str(ecrans.SERVEUR), "MUTATION": str(ordre), "MUTATION_JOURNAL": str(journal),
    }.items():  # fmt: skip
        monkeypatch.setenv(nom, valeur)
    with Serveur(tmp_path, tmp_path / "serveur.log") as serveur:
        page = lire(f"{serveur.adresse}/connexion")
    notees = journal.read_text("utf-8").splitlines()
    assert titre.apres in page
    lues = {int(nom.rpartition(":")[2]) for nom in notees if nom.startswith(f"{titre.fichier}:")}
    # The text of the title begins after the block's own line.
    assert titre.ligne - 1 in lues
    assert max(lues) > titre.ligne
    assert any(nom.startswith("webapp/web/connexion.py:") for nom in notees)


ESSAIS = """
import json, os, pytest

def pose():
    return json.load(open(os.environ["MUTATION"]))["texte"] if "MUTATION" in os.environ else ""

@pytest.fixture(scope="session")
def partage():
    yield
    open("rangé", "a").write(pose() + "\\n")

def test_un(partage):
    assert pose() != "autre"

def test_deux(partage):
    assert pose() != "faute"

def test_fragile(partage):
    assert False
"""


def test_each_mutant_is_played_in_a_copy_until_something_fails_that_passes_without_it(pytester, monkeypatch):
    module = pytester.makepyfile(test_essai=ESSAIS)
    ordres, sorties = pytester.path / "ordres.json", pytester.path / "sorties.jsonl"
    noms = {nom: f"{module.name}::test_{nom}" for nom in ("un", "deux", "fragile")}
    a_jouer = [("faute", ["un", "deux"]), ("rien", ["un", "deux"]), ("autre", ["deux", "fragile"]), ("faute", ["deux"])]
    ecrits = [
        {"cle": [texte], "ligne": rang, "texte": texte, "scenarios": [noms[nom] for nom in choisis]}
        for rang, (texte, choisis) in enumerate(a_jouer)
    ]
    ordres.write_text(json.dumps(ecrits), "utf-8")
    monkeypatch.setenv(ORDRES, str(ordres))
    monkeypatch.setenv(SORTIES, str(sorties))
    monkeypatch.setenv("PYTHONPATH", str(RACINE))
    pytester.runpytest_subprocess("-p", "tests.mutation.epreuve", "-p", "no:cacheprovider", module)
    faits = [json.loads(ligne) for ligne in sorties.read_text("utf-8").splitlines()]
    assert [(fait["etat"], fait["par"]) for fait in faits] == [
        (TUE, noms["deux"]), (VIVANT, ""), (INERTE, noms["fragile"]), (TUE, noms["deux"]),
    ]  # fmt: skip
    # What a whole copy shares is put away, with the mutant and without.
    assert (pytester.path / "rangé").read_text("utf-8").split("\n") == ["faute", "", "rien", "autre", "", "faute", ""]


def test_a_record_of_nothing_is_refused(tmp_path):
    carte = tmp_path / "carte.json"
    carte.write_text(json.dumps({"complete": True, "scenarios": {"un": {"duree": 1.0, "par": []}}}), "utf-8")
    with pytest.raises(RuntimeError, match="noted nothing"):
        ecrans.relever(carte, 1)
