"""The matrix: every sentence of the original, the scenarios that prove it, and what is known of them."""

import csv
import io
from datetime import UTC, datetime

import pytest

from webapp.mode_emploi import tracabilite
from webapp.mode_emploi.histoire import Histoire
from webapp.mode_emploi.publication import Publication, Resultat
from webapp.mode_emploi.tracabilite import Filtre, Preuve, matrices

FEATURE = """\
# language: fr
@guide
Fonctionnalité: Un guide

  @etape_1
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
[[phrases]]
id = "1.4"
place = "Étape 1, copie d'écran"
texte = "Faites ceci"
en_partie = "La moitié."
ecart = "Autrement dit."
[[phrases]]
id = "2.1"
place = "Étape 2"
texte = "Faites ceci"
nature = "citée"
raison = "Pour rien."
[[phrases]]
id = "2.2"
place = "Étape 2"
texte = "Ailleurs"
nature = "hors du produit"
raison = "C'est ailleurs."
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


SANS_SCENARIO = [Preuve.CITEE, Preuve.HORS_DU_PRODUIT]


def test_a_sentence_is_proved_when_all_its_scenarios_pass(matrice):
    assert etats(matrice(un=True, deux=True)) == [
        Preuve.PASSE, Preuve.PASSE, Preuve.NON_COUVERTE, Preuve.EN_PARTIE, *SANS_SCENARIO,
    ]  # fmt: skip


def test_one_failure_is_enough(matrice):
    assert etats(matrice(un=False, deux=True)) == [
        Preuve.ECHOUE, Preuve.ECHOUE, Preuve.NON_COUVERTE, Preuve.ECHOUE, *SANS_SCENARIO,
    ]  # fmt: skip


def test_what_was_not_played_since_is_to_be_verified(matrice):
    assert etats(matrice(un=True))[:3] == [Preuve.PASSE, Preuve.NON_VERIFIEE, Preuve.NON_COUVERTE]


def test_each_row_says_what_of_it_is_a_reconstruction_and_what_must_be_known(matrice):
    lue = matrice(un=True, deux=True)
    assert [ligne.provenance for ligne in lue.lignes] == ["", "absente de la source, reconstituée", "", "", "", ""]
    assert [ligne.notes for ligne in lue.lignes[3:]] == [
        ("Non montré\u00a0: La moitié.", "Autrement dit."), ("Pour rien.",), ("C’est ailleurs.",),
    ]  # fmt: skip
    assert lue.bilan == {
        Preuve.PASSE: 2, Preuve.EN_PARTIE: 1, Preuve.CITEE: 1, Preuve.HORS_DU_PRODUIT: 1, Preuve.NON_COUVERTE: 1,
    }  # fmt: skip


def test_a_sentence_of_the_original_whose_message_was_lost_says_both():
    [lue] = matrices()
    dits = {ligne.id: ligne.provenance for ligne in lue.lignes if ligne.provenance}
    seuls = {id for id, dit in dits.items() if dit == "phrase de la fiche, texte du message reconstitué"}
    assert seuls == {"3.1", "3.3", "7.1", "7.2", "7.3", "7.4", "13.9"}
    assert set(dits) - seuls == {"9.1", "10.1"}


@pytest.mark.parametrize(
    ("filtre", "ids"),
    [
        (Filtre(), ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2"]),
        (Filtre(etat="passe"), ["1.1", "1.2"]),
        (Filtre(etat="inconnu"), []),
        (Filtre(etape="2"), ["2.1", "2.2"]),
        (Filtre(mots="DEUX"), ["1.2"]),
        (Filtre(mots="ceci écran"), ["1.4"]),
        (Filtre(mots="ailleurs", etape="1"), []),
    ],
)
def test_sentences_are_looked_for_by_state_step_and_words(matrice, filtre, ids):
    assert [ligne.id for ligne in matrice(un=True, deux=True).retenues(filtre)] == ids


def test_a_row_says_since_when_it_holds_and_what_broke_it_last(matrice, monkeypatch, tmp_path):
    fichier = f"{tmp_path.name}/guide/un_guide.feature"
    premier, second = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 9, tzinfo=UTC)
    connue = Histoire(3, second, {(fichier, "Un"): premier, (fichier, "Deux"): second}, {(fichier, "Deux"): premier})
    monkeypatch.setattr(tracabilite, "histoire", lambda: connue)
    tenue, rompue, *_ = matrice(un=True, deux=True).lignes
    assert (tenue.depuis, tenue.rupture) == (premier, None)
    assert (rompue.depuis, rompue.rupture.quand, rompue.rupture.titre) == (second, premier, "Deux")
    monkeypatch.setattr(tracabilite, "histoire", lambda: Histoire(3, second, {(fichier, "Un"): premier}))
    assert [ligne.depuis for ligne in matrice(un=True, deux=True).lignes[:2]] == [premier, None]


def test_a_spreadsheet_reads_the_same(matrice):
    lue = matrice(un=True, deux=False)
    contenu = lue.en_csv()
    assert contenu.startswith("\ufeff")
    entetes, *rangees = csv.reader(io.StringIO(contenu.removeprefix("\ufeff")), delimiter=";")
    assert len(entetes) == 9 + 2
    assert [rangee[3] for rangee in rangees] == [
        "prouvée", "en échec", "non couverte", "prouvée en partie", "citée", "hors du produit",
    ]  # fmt: skip
    assert rangees[1][9:] == ["prouvée", "en échec"]
    assert rangees[0][9:] == ["prouvée", ""]
    assert rangees[2][2] == "Rien ne prouve ceci\u00a0; ni cela."
    assert rangees[4][5] == "Pour rien."


def test_every_fragment_of_our_guide_is_proved_or_says_why_it_cannot_be():
    [lue] = matrices()
    sans = {ligne.id: ligne.preuve for ligne in lue.lignes if ligne.preuve is not Preuve.PASSE}
    hors = dict.fromkeys(("0.1", "0.3", "0.4"), Preuve.HORS_DU_PRODUIT)
    cites = dict.fromkeys(("0.2", "0.5", "0.6", "0.9", "0.11", "0.13"), Preuve.CITEE)
    assert sans == {**hors, **cites, "0.7": Preuve.EN_PARTIE}
    assert {ligne.id for ligne in lue.lignes if ligne.phrase.absente} == {"9.1", "10.1"}
    assert len(lue.lignes) == 73
