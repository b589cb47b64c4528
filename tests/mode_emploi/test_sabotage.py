"""What the product knows of the last run of faults: read, counted, found again in the features, given as a table."""

import csv
import io
import json
import re

import pytest

from steps.definitions.inventaire import inventorier
from steps.gherkin.lecture import fichiers, lire_fichier
from webapp.banc_essai.fautes.table import FAUTES
from webapp.mode_emploi.publication import DOSSIER
from webapp.mode_emploi.sabotage import RELEVE, sabotage
from webapp.settings import RACINE

FICHIER = "features/guide/creer_une_formation_clea.feature"
TITRE = "J'ajoute une formation depuis le menu « Catalogue »"
FAITS = {
    "joue_le": "2026-11-23T09:30:00+00:00",
    "duree_s": 200,
    "navigateur": "chromium 1",
    "scenarios": 2,
    "fautes": [
        {"nom": "une", "phrase": "Une faute.", "attrapee": {
            "fichier": FICHIER, "ligne": 1, "titre": TITRE, "pas": {"ligne": 3, "texte": "je lis « Étape 1/2 »"}}},
        {"nom": "autre", "phrase": "Une autre.", "attrapee": None},
    ],
    "alors": [
        {"fichier": FICHIER, "ligne": 7, "titre": "Un scénario disparu", "attrapees": 1, "total": 2, "pas": [
            {"ligne": 9, "texte": "je lis « Un »", "mutations": [
                {"quoi": "« Un » devient « Ux »", "attrapee": True},
                {"quoi": "« Un » devient « 2 »", "attrapee": False},
            ]},
        ]},
    ],
}  # fmt: skip


@pytest.fixture
def lire(tmp_path):
    def lire(faits=FAITS):
        if faits is not None:
            (tmp_path / RELEVE).write_text(json.dumps(faits), "utf-8")
        return sabotage.__wrapped__(tmp_path)

    return lire


def test_before_the_first_run_there_is_nothing_to_show(lire):
    assert lire(None) is None


def test_faults_and_altered_steps_are_counted(lire):
    lu = lire()
    assert (lu.fautes_attrapees, len(lu.fautes)) == (1, 2)
    assert (lu.alterations_attrapees, lu.alterations) == (1, 2)
    assert (lu.minutes, lu.navigateur, lu.joue_le.year) == (3, "chromium 1", 2026)


def test_a_scenario_that_has_moved_since_the_run_is_found_by_its_title(lire):
    lu = lire()
    lignes = (RACINE / FICHIER).read_text("utf-8").splitlines()
    fichier, ligne = lu.fautes[0].temoin.place
    assert (fichier, lignes[ligne - 1].strip()) == (FICHIER, f"Scénario: {TITRE}")
    assert lu.alteres[0].place == (FICHIER, 7)


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


def test_the_published_run_is_of_the_faults_that_we_have_and_none_survives(publie):
    assert [faute["nom"] for faute in publie["fautes"]] == [faute.nom for faute in FAUTES], "make sabotage"
    assert [faute["nom"] for faute in publie["fautes"] if faute["attrapee"] is None] == []
    assert all(alors["attrapees"] == alors["total"] > 0 for alors in publie["alors"])


def test_the_published_run_speaks_of_scenarios_that_exist(publie):
    ecrits = inventorier([lire_fichier(chemin) for chemin in fichiers([RACINE / "features"])]).scenarios
    # The title of an outline holds the values of its example.
    titres = {re.sub(r"<[^<>]+>", "\0", nom) for nom in ecrits.values()}
    motif = re.compile("|".join(re.escape(titre).replace("\0", ".*") for titre in titres))
    temoins = {faute["attrapee"]["titre"] for faute in publie["fautes"]} | {alors["titre"] for alors in publie["alors"]}
    assert [titre for titre in temoins if not motif.fullmatch(titre)] == [], "make sabotage"
    du_guide = [place for place in ecrits if "/features/guide/" in place.fichier]
    assert len(publie["alors"]) == len(du_guide), "make sabotage"
