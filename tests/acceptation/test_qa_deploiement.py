"""The server of `--base-url` is asked what it is before anything is played, and each refusal is one sentence."""

import json
import socket
from datetime import date

import pytest

from steps.ailleurs.deploiement import Compte, Deploiement, DeploiementRefuse, compte_donne, examiner, version_d_ici
from steps.donnees.dates import aujourd_hui
from steps.gherkin.typographie import aplanir
from tests.acceptation.site import Reponse, ouvrir

DIT = {
    "produit": "fiche-vivante", "version": "0.1.0", "demonstration": True, "date_reference": "2019-11-28",
    "banc_essai": False,
}  # fmt: skip


def sante(**autre):
    return {"/sante": Reponse(json.dumps(DIT | autre), "application/json")}


def refus(pages, jeton="", voulue="0.1.0"):
    with ouvrir(pages) as site, pytest.raises(DeploiementRefuse) as dit:
        examiner(site.adresse, jeton, voulue)
    return aplanir(str(dit.value)).replace(site.adresse, "ADRESSE")


def test_a_server_says_what_it_is():
    with ouvrir(sante()) as site:
        trouve = examiner(site.adresse, "", "0.9.9")
    assert trouve == Deploiement(site.adresse, "0.1.0", demonstration=True, date_reference=date(2019, 11, 28))
    assert trouve.dates == {date(2019, 11, 28), aujourd_hui()}
    lignes = [aplanir(ligne) for ligne in trouve.lignes()]
    assert lignes[1:] == [
        "trouvé : Fiche vivante 0.1.0, démonstration",
        "date de référence : 28 novembre 2019 ; porte d'essai : fermée",
    ]


def test_a_production_knows_one_date_only():
    with ouvrir(sante(demonstration=False, date_reference=None)) as site:
        assert examiner(site.adresse, "", "0.1.0").dates == {aujourd_hui()}


def test_nobody_there_is_said():
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        adresse = f"http://127.0.0.1:{prise.getsockname()[1]}"
        with pytest.raises(DeploiementRefuse, match=f"Aucun serveur ne répond à l’adresse {adresse}"):
            examiner(adresse, "", "0.1.0")


def test_an_address_without_its_scheme_is_said():
    with pytest.raises(DeploiementRefuse, match="n’est pas une adresse"):
        examiner("recette.example", "", "0.1.0")


@pytest.mark.parametrize(
    ("pages", "detail"),
    [
        ({}, "/sante y répond 404"),
        ({"/sante": Reponse("<p>bonjour</p>")}, "/sante n'y répond pas en JSON"),
        ({"/sante": Reponse("[1]")}, "/sante n'y dit pas « fiche-vivante »"),
        (sante(produit="autre"), "/sante n'y dit pas « fiche-vivante »"),
    ],
)
def test_another_product_is_said(pages, detail):
    assert refus(pages) == f"Ce qui répond à l'adresse ADRESSE n'est pas Fiche vivante : {detail}."


@pytest.mark.parametrize("version", ["1.0.0", ""])
def test_another_major_version_is_said(version):
    attendu = f"ADRESSE est en version {version or '?'} : ces scénarios décrivent la version 0.1.0."
    assert refus(sante(version=version)) == attendu


def test_a_token_for_a_server_without_a_door_is_said():
    assert refus(sante(), jeton="x").startswith("ADRESSE n'a pas de porte d'essai")


def test_a_door_that_breaks_is_not_taken_for_a_wrong_token():
    pages = sante(banc_essai=True) | {"/banc-d-essai/organismes": Reponse("?", statut=400)}
    with ouvrir(pages) as site:
        assert examiner(site.adresse, "x", "0.1.0").porte


def test_the_right_token_opens_and_a_wrong_one_is_said(notre_serveur):
    assert examiner(notre_serveur.adresse, notre_serveur.jeton, version_d_ici()).porte
    with pytest.raises(DeploiementRefuse, match="BANC_ESSAI_JETON n’ouvre pas la porte d’essai"):
        examiner(notre_serveur.adresse, "mauvais", version_d_ici())


def test_the_account_is_read_in_the_environment(monkeypatch):
    monkeypatch.delenv("COMPTE", raising=False)
    monkeypatch.delenv("MOT_DE_PASSE", raising=False)
    assert compte_donne() is None
    monkeypatch.setenv("COMPTE", "a@b.example")
    with pytest.raises(DeploiementRefuse, match="vont ensemble"):
        compte_donne()
    monkeypatch.setenv("MOT_DE_PASSE", " x ")
    assert compte_donne() == Compte("a@b.example", " x ")
