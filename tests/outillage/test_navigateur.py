"""The search for a browser: its order, and what it believes."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def navigateur(outil):
    return outil("navigateur")


@pytest.fixture
def chemin_des_commandes(tmp_path, monkeypatch):
    """A PATH of our own, empty at first; gives what adds a command to it."""
    dossier = tmp_path / "bin"
    dossier.mkdir()
    monkeypatch.setenv("PATH", str(dossier))

    def ajouter(nom, corps="exit 0"):
        commande = dossier / nom
        commande.write_text(f"#!/bin/sh\n{corps}\n", encoding="utf-8")
        commande.chmod(0o755)
        return str(commande)

    return ajouter


@pytest.fixture
def tous_fonctionnent(navigateur, monkeypatch):
    monkeypatch.setattr(navigateur, "fonctionne", lambda _chemin: True)


@pytest.mark.usefixtures("tous_fonctionnent")
def test_the_browser_asked_for_comes_first(navigateur, chemin_des_commandes):
    le_mien = chemin_des_commandes("mon-chromium")
    assert navigateur.impose({"CHROMIUM": le_mien}) == le_mien


@pytest.mark.parametrize("valeur", ["", "  "])
def test_an_empty_chromium_asks_for_nothing(navigateur, valeur):
    assert navigateur.impose({"CHROMIUM": valeur}) is None
    assert navigateur.impose({}) is None


@pytest.mark.parametrize("present", [True, False])
def test_a_browser_asked_for_that_does_not_open_is_refused_in_one_sentence(navigateur, chemin_des_commandes, present):
    casse = chemin_des_commandes("casse", "exit 1") if present else "/nulle/part/chromium"
    with pytest.raises(navigateur.NavigateurIntrouvable, match=f"CHROMIUM vaut « {casse} », qui ne s’ouvre pas"):
        navigateur.impose({"CHROMIUM": casse})


@pytest.mark.usefixtures("tous_fonctionnent")
def test_the_headless_shell_is_preferred_on_the_path(navigateur, chemin_des_commandes):
    chemin_des_commandes("chromium")
    coquille = chemin_des_commandes("chromium-headless-shell")
    assert navigateur.sur_le_chemin() == coquille


def test_a_browser_on_the_path_that_does_not_open_gives_way_to_the_next(navigateur, chemin_des_commandes, monkeypatch):
    casse = chemin_des_commandes("chromium-headless-shell")
    bon = chemin_des_commandes("chromium")
    monkeypatch.setattr(navigateur, "fonctionne", lambda chemin: chemin != casse)
    assert navigateur.sur_le_chemin() == bon


@pytest.mark.usefixtures("chemin_des_commandes")
def test_an_empty_path_gives_none(navigateur):
    assert navigateur.sur_le_chemin() is None


def test_what_was_kept_is_believed_only_while_it_is_there(navigateur, chemin_des_commandes, tmp_path):
    fichier = tmp_path / "navigateur"
    assert navigateur.garde(fichier) is None
    chromium = chemin_des_commandes("chromium")
    fichier.write_text(f"{chromium}\n", encoding="utf-8")
    assert navigateur.garde(fichier) == chromium
    Path(chromium).unlink()
    assert navigateur.garde(fichier) is None


@pytest.mark.usefixtures("tous_fonctionnent")
@pytest.mark.parametrize("executable", ["headless_shell", "chrome-headless-shell"])
def test_playwright_browser_is_found_where_playwright_says(navigateur, tmp_path, monkeypatch, executable):
    installe = tmp_path / "chromium_headless_shell-1" / "linux" / executable
    installe.parent.mkdir(parents=True)
    installe.touch()
    annonce = f"Chrome Headless Shell\n  Install location:    {tmp_path}\n  Download url: x\n"
    monkeypatch.setattr(navigateur, "executer", lambda *_, **__: navigateur.Resultat(0, annonce))
    assert navigateur.de_playwright() == str(installe)


def test_playwright_without_network_gives_none(navigateur, tmp_path, monkeypatch):
    appels = []

    def executer(*commande, **_):
        appels.append(commande)
        essai = "--dry-run" in commande
        return navigateur.Resultat(0 if essai else 1, f"  Install location: {tmp_path}/absent\n" if essai else "")

    monkeypatch.setattr(navigateur, "executer", executer)
    assert navigateur.de_playwright() is None
    assert len(appels) == 2


def test_packages_are_left_alone_by_who_is_not_root(navigateur, chemin_des_commandes, monkeypatch):
    chemin_des_commandes("apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(navigateur, "executer", lambda *_, **__: pytest.fail("nothing may be run"))
    assert navigateur.installer_paquets("fonts-dejavu-core") is False
    assert navigateur.de_debian() is None


def test_a_first_refusal_of_apt_is_followed_by_an_update(navigateur, chemin_des_commandes, monkeypatch):
    chemin_des_commandes("apt-get")
    verbes = []

    def executer(*commande, **_):
        verbes.append(commande[1])
        return navigateur.Resultat(0 if verbes == ["install", "update", "install"] else 100, "")

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(navigateur, "executer", executer)
    assert navigateur.installer_paquets("fonts-dejavu-core") is True
    assert verbes == ["install", "update", "install"]


def test_the_font_is_looked_for_in_every_folder(navigateur, tmp_path):
    assert navigateur.police_presente(tmp_path) is False
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.ttf").touch()
    assert navigateur.police_presente(tmp_path) is True


def test_what_was_found_before_is_given_without_a_search(navigateur, chemin_des_commandes, tmp_path, monkeypatch):
    chromium = chemin_des_commandes("chromium")
    (tmp_path / "navigateur").write_text(f"{chromium}\n", encoding="utf-8")
    monkeypatch.setattr(navigateur, "executer", lambda *_, **__: pytest.fail("nothing may be run"))
    assert navigateur.trouver({}, tmp_path) == chromium


@pytest.mark.usefixtures("tous_fonctionnent")
def test_what_is_found_is_kept_but_what_is_asked_for_is_not(navigateur, chemin_des_commandes, tmp_path, monkeypatch):
    monkeypatch.setattr(navigateur, "exiger_pilote", lambda: None)
    autre, chromium = chemin_des_commandes("autre"), chemin_des_commandes("chromium")
    assert navigateur.trouver({"CHROMIUM": autre}, tmp_path) == autre
    assert not (tmp_path / "navigateur").exists()
    assert navigateur.trouver({}, tmp_path) == chromium
    assert navigateur.trouver({"CHROMIUM": autre}, tmp_path) == autre
    assert navigateur.garde(tmp_path / "navigateur") == chromium


@pytest.mark.parametrize("installable", [True, False])
def test_a_playwright_that_does_not_start_gets_its_library_or_is_said(navigateur, monkeypatch, installable):
    installes = []

    def installer(*paquets):
        installes.append(paquets)
        return installable

    monkeypatch.setattr(navigateur, "installer_paquets", installer)
    monkeypatch.setattr(
        navigateur, "executer", lambda *_, **__: navigateur.Resultat(0 if installes and installable else 127, "")
    )
    if installable:
        navigateur.exiger_pilote()
    else:
        with pytest.raises(navigateur.NavigateurIntrouvable, match=r"Playwright, .*, ne démarre pas"):
            navigateur.exiger_pilote()
    assert installes == [("libatomic1",)]


def test_searches_stop_at_the_first_browser(navigateur):
    recherches = (lambda: None, lambda: "/le/bon", lambda: pytest.fail("one search too many"))
    assert navigateur.premier(recherches) == "/le/bon"


def test_no_browser_at_all_is_said_in_one_french_sentence(navigateur):
    with pytest.raises(navigateur.NavigateurIntrouvable) as refus:
        navigateur.premier((lambda: None, lambda: None))
    assert str(refus.value).startswith("Aucun navigateur pour les essais : installez Chromium")
    assert "\n" not in str(refus.value)


def test_what_is_said_is_typeset(navigateur, capsys):
    navigateur.dire("CHROMIUM vaut « x » : corrigez")
    assert capsys.readouterr().err == "CHROMIUM vaut «\xa0x\xa0»\xa0: corrigez\n"


def test_a_command_that_is_missing_or_too_slow_has_failed(navigateur):
    assert navigateur.executer("commande-absente-d-ici").code == 127
    assert navigateur.executer("sleep", "5", delai=0.1).code == 127


def test_a_program_that_is_no_browser_does_not_work(navigateur, chemin_des_commandes):
    assert navigateur.fonctionne(chemin_des_commandes("chromium", "exit 0")) is False
