"""Who is locked out of an account, and for how long: strangers, never the browser that has signed in to it before."""

import base64
import hashlib
import json
import re
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.builders import MOT_DE_PASSE
from tests.web.conftest import une_adresse
from webapp.app import create_app
from webapp.domain.comptes import ConnexionRefusee
from webapp.domain.refus import BaseIndisponible
from webapp.persistence.limites import LimitesEnBase
from webapp.persistence.tables import limite_debit
from webapp.services import comptes

TROP = r"Trop de tentatives\s: réessayez dans (\d+)\sminutes?\."


def trouve(motif, texte):
    lu = re.search(motif, texte)
    assert lu is not None
    return lu[1]


def refuser(*_):
    raise ConnexionRefusee


@pytest.fixture
def personne(atelier):
    return atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)


def essayer(client, courriel, mot_de_passe="x"):
    page = client.get("/connexion").html
    jeton = trouve(r'name="csrf_token" value="([^"]+)"', page)
    return client.poster("/connexion", {"courriel": courriel, "mot_de_passe": mot_de_passe}, jeton=jeton)


def sortir(client):
    client.submit(client.get("/catalogue"), "Se déconnecter")


@pytest.fixture
def echouer(page_client, application, monkeypatch):
    """Fail from elsewhere, without the slowness of a hash."""

    def faire(courriel, adresse=None):
        client = page_client(application)
        client.adresse = adresse or client.adresse
        with monkeypatch.context() as m:
            m.setattr(comptes, "authentifier", refuser)
            return essayer(client, courriel)

    return faire


def test_strangers_never_lock_out_a_browser_that_has_signed_in_before(visiteur, navigateur, personne, echouer):
    assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 303
    sortir(visiteur)
    for _ in range(70):
        # From the same address too: an office has but one.
        echouer(personne.courriel, visiteur.adresse)
    assert essayer(navigateur(), personne.courriel, MOT_DE_PASSE).status_code == 429
    assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 303


def test_such_a_browser_has_a_limit_of_its_own_and_is_told_how_long(visiteur, navigateur, personne, monkeypatch):
    essayer(visiteur, personne.courriel, MOT_DE_PASSE)
    sortir(visiteur)
    with monkeypatch.context() as m:
        m.setattr(comptes, "authentifier", refuser)
        assert [essayer(visiteur, personne.courriel).status_code for _ in range(11)] == [422] * 10 + [429]
        assert trouve(TROP, essayer(visiteur, personne.courriel).text) == "15"
    assert essayer(navigateur(), personne.courriel, MOT_DE_PASSE).status_code == 303


def test_the_cookie_is_worth_nothing_for_another_account_nor_once_changed(visiteur, atelier, personne, echouer):
    autre = atelier.utilisateur()
    essayer(visiteur, personne.courriel, MOT_DE_PASSE)
    sortir(visiteur)
    for _ in range(11):
        echouer(autre.courriel)
        echouer(personne.courriel)
    assert essayer(visiteur, autre.courriel).status_code == 429
    lu = visiteur.navigateur.get_cookie("appareil").value
    visiteur.navigateur.set_cookie("appareil", lu[:-2] + ("AA" if lu[-2:] != "AA" else "BB"))
    assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 429


def test_the_cookie_is_long_lived_and_out_of_reach_of_scripts(page_client, en_production, visiteur, personne):
    client = page_client(en_production, https=True)
    posees = {
        c.partition("=")[0]: c for c in essayer(client, personne.courriel, MOT_DE_PASSE).headers.getlist("Set-Cookie")
    }
    pose = posees["__Host-appareil"]
    for marque in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=15552000"):
        assert marque in pose
    assert "Domain" not in pose
    assert personne.courriel not in pose
    assert not any("appareil" in c for c in essayer(visiteur, personne.courriel, "faux").headers.getlist("Set-Cookie"))


def test_forty_at_once_are_counted_as_forty(page_client, application, atelier, monkeypatch):
    compte, compares = atelier.utilisateur(), []
    depart = threading.Barrier(40)

    def comparer(*_):
        compares.append(1)
        time.sleep(0.1)
        raise ConnexionRefusee

    monkeypatch.setattr(comptes, "authentifier", comparer)
    statuts = []
    clients = [page_client(application) for _ in range(40)]
    for client in clients:
        client.jeton()

    def tenter(client):
        depart.wait()
        statuts.append(essayer(client, compte.courriel).status_code)

    fils = [threading.Thread(target=tenter, args=(client,)) for client in clients]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(statuts) == [422] * 10 + [429] * 30
    assert len(compares) == 10


def test_ipv6_is_counted_by_the_network_of_a_subscriber(echouer):
    for n in range(60):
        assert echouer(f"v6-{n}@balayage.example", f"2001:db8:7:7::{n:x}").status_code == 422
    assert echouer("v6@balayage.example", "2001:db8:7:7:ffff::1").status_code == 429
    assert echouer("v6@balayage.example", "2001:db8:7:8::1").status_code == 422


def test_ipv4_within_ipv6_is_the_same_address(echouer):
    adresse = une_adresse()
    for n in range(60):
        echouer(f"v4-{n}@balayage.example", adresse if n % 2 else f"::ffff:{adresse}")
    assert echouer("v4@balayage.example", adresse).status_code == 429
    assert echouer("v4@balayage.example", f"::ffff:{une_adresse()}").status_code == 422


def test_a_clock_set_back_never_makes_anybody_wait_for_a_day(echouer, atelier, monkeypatch):
    compte, reelle = atelier.utilisateur(), time.time
    for _ in range(11):
        echouer(compte.courriel)
    monkeypatch.setattr(time, "time", lambda: reelle() - 30)
    assert int(trouve(TROP, echouer(compte.courriel).text)) <= 15
    monkeypatch.setattr(time, "time", lambda: reelle() - 86_400)
    assert echouer(compte.courriel).status_code == 422


def comptes_ecrits(base):
    with base.lecture() as cnx:
        return {ligne.cle: ligne.nombre for ligne in cnx.execute(select(limite_debit)) if ligne.nombre}


def test_a_closed_door_writes_nothing_more(echouer, atelier, base):
    compte = atelier.utilisateur()
    for _ in range(10):
        echouer(compte.courriel, "10.9.8.7")
    avant = comptes_ecrits(base)
    for _ in range(5):
        assert echouer(compte.courriel, "10.9.8.7").status_code == 429
    assert comptes_ecrits(base) == avant


def test_a_failure_of_ours_is_not_a_failure_of_the_person(visiteur, navigateur, personne, base, monkeypatch):
    avant = comptes_ecrits(base)

    def tomber(*_):
        raise BaseIndisponible

    for module, nom in ((comptes, "authentifier"), (comptes, "rafraichir_empreinte")):
        with monkeypatch.context() as m:
            m.setattr(module, nom, tomber)
            for _ in range(6):
                assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 503
    assert comptes_ecrits(base) == avant
    assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 303


def test_a_count_that_cannot_be_taken_back_keeps_nobody_out(page_client, reglages, base, personne, monkeypatch, capsys):
    visiteur = page_client(create_app(reglages, base))

    def tomber(comptage, cle, duree, amount=1):
        if amount < 0:
            raise BaseIndisponible
        return vrai(comptage, cle, duree, amount)

    vrai = LimitesEnBase.incr
    monkeypatch.setattr(LimitesEnBase, "incr", tomber)
    assert essayer(visiteur, personne.courriel, MOT_DE_PASSE).status_code == 303
    assert "tentative non rendue" in capsys.readouterr().err


def test_neither_the_cookie_nor_the_counts_let_anybody_try_addresses(visiteur, personne, base, echouer):
    essayer(visiteur, personne.courriel, MOT_DE_PASSE)
    echouer(personne.courriel)
    empreinte = hashlib.sha256(personne.courriel.encode()).hexdigest()
    charge = visiteur.navigateur.get_cookie("appareil").value.partition(".")[0]
    assert empreinte not in base64.urlsafe_b64decode(charge + "===").decode()
    assert not [cle for cle in comptes_ecrits(base) if empreinte in cle]


def test_a_proxy_that_nobody_announced_is_told_once(reglages, base, capsys):
    for mandataires, avis in ((0, 1), (1, 0)):
        client = create_app(replace(reglages, mandataires=mandataires), base).test_client()
        capsys.readouterr()
        for _ in range(3):
            client.get("/connexion", headers={"X-Forwarded-For": "1.2.3.4"})
        lignes = [json.loads(ligne) for ligne in capsys.readouterr().err.splitlines() if "X-Forwarded-For" in ligne]
        assert [ligne["level"] for ligne in lignes] == ["warning"] * avis
