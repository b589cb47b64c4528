"""The search for the second engine: its order, and what it believes."""

import pytest


@pytest.fixture
def firefox(outil):
    return outil("firefox")


@pytest.fixture
def chemin_des_commandes(tmp_path, monkeypatch):
    """A PATH of our own, empty at first; gives what adds a command to it."""
    dossier = tmp_path / "bin"
    dossier.mkdir()
    monkeypatch.setenv("PATH", str(dossier))

    def ajouter(nom):
        commande = dossier / nom
        commande.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
        commande.chmod(0o755)
        return str(commande)

    return ajouter


@pytest.fixture
def tous_fonctionnent(firefox, monkeypatch):
    monkeypatch.setattr(firefox, "fonctionne", lambda _chemin: True)


@pytest.mark.usefixtures("tous_fonctionnent")
def test_the_browser_asked_for_comes_first(firefox, chemin_des_commandes, tmp_path):
    chemin_des_commandes("firefox-esr")
    le_mien = chemin_des_commandes("mon-firefox")
    assert firefox.trouver({"FIREFOX": le_mien}, tmp_path / "cache") == le_mien


def test_a_browser_asked_for_that_does_not_open_is_refused_in_one_sentence(firefox, chemin_des_commandes, monkeypatch):
    monkeypatch.setattr(firefox, "fonctionne", lambda _chemin: False)
    casse = chemin_des_commandes("mon-firefox")
    with pytest.raises(firefox.NavigateurIntrouvable, match=f"FIREFOX vaut « {casse} », qui ne s’ouvre pas"):
        firefox.impose({"FIREFOX": casse})


@pytest.mark.usefixtures("tous_fonctionnent")
def test_what_was_found_is_kept_and_believed_while_it_is_there(firefox, chemin_des_commandes, tmp_path, monkeypatch):
    trouve = chemin_des_commandes("firefox-esr")
    assert firefox.trouver({}, tmp_path / "cache") == trouve
    monkeypatch.setattr(firefox, "sur_le_chemin", lambda: pytest.fail("it was kept"))
    assert firefox.trouver({}, tmp_path / "cache") == trouve


@pytest.mark.usefixtures("chemin_des_commandes")
def test_a_machine_without_one_gets_debian_s_package_or_a_sentence(firefox, tmp_path, monkeypatch):
    demandes = []

    def installer(*noms):
        demandes.append(noms)
        return False

    monkeypatch.setattr(firefox, "installer_paquets", installer)
    with pytest.raises(firefox.NavigateurIntrouvable, match="installez le paquet firefox-esr de Debian"):
        firefox.trouver({}, tmp_path / "cache")
    assert demandes == [("firefox-esr", "fonts-dejavu-core")]


@pytest.mark.usefixtures("tous_fonctionnent")
def test_what_was_installed_is_used(firefox, chemin_des_commandes, tmp_path, monkeypatch):
    monkeypatch.setattr(firefox, "installer_paquets", lambda *_noms: bool(chemin_des_commandes("firefox-esr")))
    assert firefox.trouver({}, tmp_path / "cache").endswith("/firefox-esr")


def test_a_browser_that_opens_no_page_is_not_believed(firefox, chemin_des_commandes):
    assert firefox.fonctionne(chemin_des_commandes("firefox-esr")) is False
