"""The matrix: every sentence of the original, the scenarios that prove it, and what is known of them."""

import csv
import io
from datetime import UTC, datetime

import pytest

from webapp.mode_emploi import tracabilite
from webapp.mode_emploi.publication import Publication, Resultat
from webapp.mode_emploi.tracabilite import Preuve, matrices

FEATURE = """\
# language: fr
@guide
Fonctionnalité: Un guide

  Règle: Étape 1 - Faire
    Faites.

    Scénario: Un
      Fiche : Faites ceci.
      Fiche : Et cela

      Quand je fais
      Alors je vois

    @reconstitue
    Scénario: Deux
      Fiche : Et cela.

      Quand je fais
      Alors je vois
"""
SOURCE = """\
version = "V1"
[[phrases]]
id = "1.1"
place = "Étape 1"
texte = "Faites ceci :"
[[phrases]]
id = "1.2"
place = "Étape 1"
texte = "Et cela."
absente = true
[[phrases]]
id = "1.3"
place = "Étape 1"
texte = "Rien ne prouve ceci ; ni cela."
"""


@pytest.fixture
def matrice(tmp_path, monkeypatch):
    dossier = tmp_path / "guide"
    dossier.mkdir()
    (dossier / "un_guide.feature").write_text(FEATURE, "utf-8")
    (dossier / "un_guide.source.toml").write_text(SOURCE, "utf-8")

    def faire(**resultats):
        fichier = f"{tmp_path.name}/guide/un_guide.feature"
        connus = {(fichier, nom.capitalize()): Resultat(passe) for nom, passe in resultats.items()}
        publiee = Publication(datetime(2026, 11, 23, tzinfo=UTC), "chromium 1", connus)
        monkeypatch.setattr(tracabilite, "publication", lambda: publiee)
        [lue] = matrices.__wrapped__(dossier)
        return lue

    return faire


def etats(matrice):
    return [ligne.preuve for ligne in matrice.lignes]


def test_a_sentence_is_proved_when_all_its_scenarios_pass(matrice):
    assert etats(matrice(un=True, deux=True)) == [Preuve.PASSE, Preuve.PASSE, Preuve.NON_COUVERTE]


def test_one_failure_is_enough(matrice):
    assert etats(matrice(un=True, deux=False)) == [Preuve.PASSE, Preuve.ECHOUE, Preuve.NON_COUVERTE]


def test_what_was_not_played_since_is_to_be_verified(matrice):
    assert etats(matrice(un=True)) == [Preuve.PASSE, Preuve.NON_VERIFIEE, Preuve.NON_COUVERTE]


def test_what_is_missing_from_the_original_and_what_was_put_back_are_told_apart(matrice):
    lue = matrice(un=True, deux=True)
    assert [(ligne.absente, ligne.reconstituee) for ligne in lue.lignes] == [
        (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert lue.bilan == {Preuve.PASSE: 2, Preuve.NON_COUVERTE: 1}


def test_a_spreadsheet_reads_the_same(matrice):
    lue = matrice(un=True, deux=False)
    contenu = lue.en_csv()
    assert contenu.startswith("\ufeff")
    entetes, *rangees = csv.reader(io.StringIO(contenu.removeprefix("\ufeff")), delimiter=";")
    assert len(entetes) == 6 + 2
    assert [rangee[3] for rangee in rangees] == ["prouvée", "en échec", "non couverte"]
    assert rangees[1][6:] == ["prouvée", "en échec"]
    assert rangees[0][6:] == ["prouvée", ""]
    assert rangees[2][2] == "Rien ne prouve ceci\u00a0; ni cela."


def test_every_sentence_of_our_guide_is_proved():
    [lue] = matrices()
    assert set(lue.bilan) == {Preuve.PASSE}
    assert lue.bilan[Preuve.PASSE] == 36
    assert {ligne.id for ligne in lue.lignes if ligne.absente} == {"9.1", "10.1"}
