"""What the product knows of the runs of faults: read, counted, found again in the features, given as a table."""

import csv
import io
import json

import pytest

from steps.definitions.inventaire import inventorier
from steps.gherkin.lecture import fichiers, lire_fichier
from webapp.banc_essai.fautes.table import FAUTES
from webapp.mode_emploi.publication import DOSSIER
from webapp.mode_emploi.sabotage import RELEVE, VERDICTS, sabotage, verdicts
from webapp.settings import RACINE

FICHIER = "features/guide/creer_une_formation_clea.feature"
TITRE = "J'ajoute une formation depuis le menu « Catalogue »"
FAITS = {
    "navigateur": "chromium 1",
    "fautes": [
        {"nom": "une", "phrase": "Une faute.", "empreinte": "11", "essaye_le": "2026-11-23T09:30:00+00:00",
         "attrapee": {
            "fichier": FICHIER, "ligne": 1, "titre": TITRE, "cle": "aa", "pas": "je lis « Étape 1/2 »"}},
        {"nom": "autre", "phrase": "Une autre.", "empreinte": "22", "essaye_le": "2026-11-24T09:30:00+00:00",
         "attrapee": None},
    ],
    "alors": [
        {"fichier": FICHIER, "ligne": 7, "titre": "Un scénario disparu", "cle": "bb",
         "essaye_le": "2026-11-25T09:30:00+00:00", "pas": [
            {"texte": "je lis « Un »", "mutations": [
                {"quoi": "« Un » devient « Ux »", "attrapee": True},
                {"quoi": "« Un » devient « 2 »", "attrapee": False},
            ]},
        ]},
        {"fichier": FICHIER, "ligne": 9, "titre": "Un scénario sans valeur", "cle": "cc",
         "essaye_le": "2026-11-25T09:30:00+00:00", "pas": []},
    ],
}  # fmt: skip
SURVIVANTE = {
    "fichier": FICHIER, "titre": "Un scénario disparu", "pas": "je lis « Un »", "quoi": "« Un » devient « 2 »",
}  # fmt: skip
JUGES = [{"verdict": "Personne ne lit 2.", "survivantes": [SURVIVANTE]}]


@pytest.fixture
def lire(tmp_path):
    def lire(faits=FAITS, juges=None):
        if faits is not None:
            (tmp_path / RELEVE).write_text(json.dumps(faits), "utf-8")
        if juges is not None:
            (tmp_path / VERDICTS).write_text(json.dumps(juges), "utf-8")
        return sabotage.__wrapped__(tmp_path)

    return lire


def test_before_the_first_run_there_is_nothing_to_show(lire):
    assert lire(None) is None


def test_faults_and_altered_steps_are_counted(lire):
    lu = lire()
    assert (lu.fautes_attrapees, len(lu.fautes)) == (1, 2)
    assert (lu.alterations_attrapees, lu.alterations) == (1, 2)
    assert (lu.navigateur, lu.premier.day, lu.dernier.day) == ("chromium 1", 23, 25)
    # A scenario of which nothing could be altered has nothing to show.
    assert [altere.titre for altere in lu.alteres] == ["Un scénario disparu"]


def test_what_survives_has_the_verdict_of_whoever_looked(lire):
    for juges, verdict in ((None, ""), (JUGES, "Personne ne lit 2.")):
        lu = lire(juges=juges)
        assert [une.verdict for une in lu.alteres[0].alterations] == ["", verdict]
        assert (lu.alterations_jugees, lu.sans_trou) == ((1, True) if verdict else (0, False))
        assert ("Personne ne lit 2." in lu.en_csv()) is bool(verdict)


def test_a_verdict_of_what_is_caught_is_not_shown(lire):
    juges = [{**JUGES[0], "survivantes": [{**SURVIVANTE, "quoi": "« Un » devient « Ux »"}]}]
    lu = lire(juges=juges)
    assert [une.verdict for une in lu.alteres[0].alterations] == ["", ""]


def test_a_scenario_that_has_moved_since_the_run_is_found_by_its_title(lire):
    lu = lire()
    lignes = (RACINE / FICHIER).read_text("utf-8").splitlines()
    fichier, ligne = lu.fautes[0].temoin.place
    assert (fichier, lignes[ligne - 1].strip()) == (FICHIER, f"Scénario: {TITRE}")


def test_a_scenario_that_is_no_longer_written_is_shown_as_it_was_and_not_linked_to(lire):
    lu = lire()
    assert (lu.alteres[0].titre, lu.alteres[0].place) == ("Un scénario disparu", None)
    assert "Un scénario disparu;;;" in lu.en_csv()


def test_an_example_of_an_outline_is_found_at_its_outline(lire):
    faits = json.loads(json.dumps(FAITS))
    faits["alors"][0]["titre"] = "Un message confirme que CléA est sélectionnée"
    fichier, ligne = lire(faits).alteres[0].place
    assert (
        (RACINE / fichier).read_text("utf-8").splitlines()[ligne - 1].strip().startswith("Plan du scénario: Un message")
    )


def test_what_is_said_is_typeset(lire):
    lu = lire()
    assert lu.fautes[0].temoin.titre == "J’ajoute une formation depuis le menu «\u00a0Catalogue\u00a0»"
    assert lu.fautes[0].temoin.pas == "Je lis «\u00a0Étape 1/2\u00a0»"
    assert lu.alteres[0].alterations[0].quoi == "«\u00a0Un\u00a0» devient «\u00a0Ux\u00a0»"


def test_a_spreadsheet_reads_the_same(lire):
    contenu = lire().en_csv()
    assert contenu.startswith("\ufeff")
    _, *rangees = csv.reader(io.StringIO(contenu.removeprefix("\ufeff")), delimiter=";")
    assert [(rangee[0], rangee[2]) for rangee in rangees] == [
        ("faute", "oui"), ("faute", "non"), ("Alors", "oui"), ("Alors", "non"),
    ]  # fmt: skip
    assert len({len(rangee) for rangee in rangees}) == 1


# ------------------------------------------------------------------------------------------------ what is published


@pytest.fixture(scope="module")
def publie():
    return json.loads((DOSSIER / RELEVE).read_text("utf-8"))


def test_no_fault_of_the_published_runs_survived(publie):
    assert [faute["nom"] for faute in publie["fautes"] if faute["attrapee"] is None] == []
    assert len(publie["fautes"]) > 100


def test_every_altered_step_that_survives_has_a_verdict_and_every_verdict_a_survivor(publie):
    survivantes = {
        (alors["fichier"], alors["titre"], pas["texte"], mutation["quoi"])
        for alors in publie["alors"]
        for pas in alors["pas"]
        for mutation in pas["mutations"]
        if not mutation["attrapee"]
    }
    assert sum(len(pas["mutations"]) for alors in publie["alors"] for pas in alors["pas"]) > 2_000
    juges = verdicts()
    assert {survivante: juges.get(survivante) for survivante in survivantes} == juges
    assert all(verdict.endswith(".") and len(verdict) > 30 for verdict in juges.values())


def test_what_has_changed_since_the_published_runs_is_said(publie):
    """It is no defect: the page is the record of dated runs, and says so. It may be time for another."""
    lu = sabotage()
    assert lu is not None
    essayees = {faute.nom for faute in lu.fautes}
    nouvelles = [faute.nom for faute in FAUTES if faute.nom not in essayees]
    places = [*(faute.temoin.place for faute in lu.fautes if faute.temoin), *(altere.place for altere in lu.alteres)]
    ecrits = inventorier(lire_fichier(chemin) for chemin in fichiers([RACINE / "features"])).scenarios
    if nouvelles or None in places or len(publie["alors"]) != len(ecrits):
        pytest.skip(
            f"pas encore essayé : {len(nouvelles)} fautes, {places.count(None)} scénarios renommés, "
            f"{len(ecrits)} scénarios pour {len(publie['alors'])} : make sabotage"
        )
