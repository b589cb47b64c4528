"""What the product knows of the last run of faults: read, counted, found again in the features, given as a table."""

import csv
import io
import json

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


def test_the_published_run_left_no_survivor(publie):
    assert [faute["nom"] for faute in publie["fautes"] if faute["attrapee"] is None] == []
    assert len(publie["fautes"]) > 100
    assert all(alors["attrapees"] == alors["total"] > 0 for alors in publie["alors"])


def test_what_has_changed_since_the_published_run_is_said():
    """It is no defect: the page is the record of a dated run, and says so. It may be time for another."""
    lu = sabotage()
    assert lu is not None
    essayees = {faute.nom for faute in lu.fautes}
    nouvelles = [faute.nom for faute in FAUTES if faute.nom not in essayees]
    places = [*(faute.temoin.place for faute in lu.fautes if faute.temoin), *(altere.place for altere in lu.alteres)]
    ecrits = inventorier(lire_fichier(chemin) for chemin in fichiers([RACINE / "features" / "guide"])).scenarios
    if nouvelles or None in places or len(lu.alteres) != len(ecrits):
        pytest.skip(
            f"pas encore essayé : {len(nouvelles)} fautes, {places.count(None)} scénarios renommés, "
            f"{len(ecrits)} scénarios du guide pour {len(lu.alteres)} : make sabotage"
        )
