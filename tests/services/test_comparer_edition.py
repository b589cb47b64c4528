"""`comparer-edition`: what another edition changes, on a terminal, and the status that a script reads."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from webapp.cli import principal
from webapp.mode_emploi.edition import TEXTE_MAX
from webapp.mode_emploi.edition_reference import editions

FICHE = editions()[0].texte


def lancer(tmp_path, octets, *options):
    fichier = tmp_path / "edition.txt"
    fichier.write_bytes(octets)
    return CliRunner().invoke(principal, ["comparer-edition", str(fichier), *options])


def test_the_same_text_ends_well(tmp_path):
    fait = lancer(tmp_path, FICHE.encode())

    assert (fait.exit_code, fait.output) == (0, "0\u00a0différence, 71\u00a0phrases identiques.\n")


def test_a_change_is_told_with_the_line_of_the_scenario_and_the_status_says_so(tmp_path):
    fait = lancer(tmp_path, FICHE.replace("« Suivant »", "« Poursuivre »").encode("utf-8-sig"))

    assert fait.exit_code == 1
    assert "Changement (4.1)\n" in fait.output
    assert "  + Cliquez sur le bouton «\u00a0Poursuivre\u00a0»\u00a0:\n" in fait.output
    assert "Aucun écran n’a de libellé «\u00a0Poursuivre\u00a0»." in fait.output
    assert "features/guide/creer_une_formation_clea.feature:" in fait.output


def test_what_is_gone_new_or_moved_is_told(tmp_path):
    phrase = "Vous pouvez modifier le contenu de ce champ."
    texte = FICHE.replace(phrase, "").replace("Saisissez votre identifiant", f"{phrase} Saisissez votre identifiant")
    texte = texte.replace("Votre formation sera au statut « brouillon » dans votre catalogue.", "")
    texte = texte.replace("\n12\n", "\n12\nXylophones, hippocampes, girouettes.\n\n13\n")

    fait = lancer(tmp_path, texte.encode())

    for ligne in (
        "Déplacement (8.2, après 5.3)",
        "Disparition (13.5)",
        "Passage nouveau (après 11.5)",
        "3\u00a0différences",
    ):
        assert ligne in fait.output


@pytest.mark.parametrize(
    ("octets", "options", "dit"),
    [
        (b"", (), "ne contient aucun mot"),
        ("é".encode("latin-1"), (), "n’est pas un texte en UTF-8"),
        (b"x " * TEXTE_MAX, (), "dépasse"),
        (b"Il etait une fois un archer dans une foret.", (), "presque rien de commun"),
        (FICHE.encode(), ("--guide", "inconnu"), "Aucun guide ne s’appelle"),
        (FICHE.encode(), ("--guide", "creer-une-session"), "creer-une-formation-clea"),
    ],
    ids=["empty", "not UTF-8", "too long", "no guide", "unknown guide", "another guide"],
)
def test_nothing_to_compare_has_a_status_of_its_own(tmp_path, octets, options, dit):
    fait = lancer(tmp_path, octets, *options)

    assert fait.exit_code == 2
    assert dit in fait.output


def test_a_file_that_is_not_there_is_said(tmp_path):
    fait = CliRunner().invoke(principal, ["comparer-edition", str(tmp_path / "absent.txt")])

    assert fait.exit_code == 2
    assert "ne se lit pas" in fait.output
