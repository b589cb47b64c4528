"""`python -m steps.rapports` makes the same reports again, from the stream alone."""

import pytest

from steps.rapports.__main__ import main
from steps.rapports.flux import NOM
from tests.acceptation.rapports.modele import DEFINITIONS, FEATURE, fabriquer

RAPPORTS = ("rapport.html", "cucumber.html", "messages.ndjson", "junit.xml")


def test_the_reports_of_a_run_are_made_again_to_the_letter(jouer, monkeypatch, capsys):
    jouee = jouer(FEATURE, DEFINITIONS)
    avant = {nom: (jouee.dossier / nom).read_text("utf-8") for nom in RAPPORTS}
    for nom in RAPPORTS:
        (jouee.dossier / nom).unlink()
    monkeypatch.chdir(jouee.dossier.parents[1])
    assert main([]) == 0
    assert {nom: (jouee.dossier / nom).read_text("utf-8") for nom in RAPPORTS} == avant
    assert "resultats/acceptation/rapport.html" in capsys.readouterr().out


def test_a_stream_that_was_cut_off_gives_its_reports(tmp_path):
    fabriquer(tmp_path)
    flux = tmp_path / NOM
    flux.write_text("\n".join(flux.read_text("utf-8").splitlines()[:4])[:-30], "utf-8")
    assert main([str(flux)]) == 0
    assert "Exécution interrompue\u00a0: 1 scénario joué." in (tmp_path / "rapport.html").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["absent.ndjson"], []])
def test_without_a_stream_it_says_so_in_french(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "n’existe pas" in capsys.readouterr().err
