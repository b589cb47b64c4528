"""What a browser remembers of who signed in to what with it: five accounts, for half a year, and no more."""

import time

import pytest
from flask import Flask, Response
from itsdangerous import URLSafeTimedSerializer

from webapp.web.http import appareil

JOUR = 86_400
UN, DEUX = "compte-1", "compte-2"


@pytest.fixture
def navigateur():
    """Make browsers, each with what it was last told to keep."""
    application = Flask(__name__)
    application.secret_key = "un secret"
    application.config["SESSION_COOKIE_SECURE"] = False

    class Navigateur:
        def __init__(self):
            self.garde = ""

        def _demander(self):
            return application.test_request_context(headers={"Cookie": f"appareil={self.garde}"})

        def retenir(self, compte):
            with self._demander():
                pose = appareil.retenir(Response(), compte).headers["Set-Cookie"]
            self.garde = pose.partition(";")[0].removeprefix("appareil=")
            return pose

        def connu(self, compte):
            with self._demander():
                return appareil.connu(compte)

    return Navigateur


def test_each_browser_has_an_identity_of_its_own_that_nobody_guesses(navigateur):
    un, autre = navigateur(), navigateur()
    un.retenir(UN)
    autre.retenir(UN)
    assert un.connu(UN) != autre.connu(UN)
    assert len(un.connu(UN)) == len(autre.connu(UN)) == 32


def test_it_keeps_its_identity_from_one_account_to_the_next(navigateur):
    un = navigateur()
    un.retenir(UN)
    avant = un.connu(UN)
    un.retenir(DEUX)
    assert (un.connu(UN), un.connu(DEUX), un.connu("compte-3")) == (avant, avant, "")


def test_it_knows_the_five_accounts_that_signed_in_last(navigateur):
    un = navigateur()
    for compte in ("a", "b", "c", "d", "e", "a", "a", "f"):
        un.retenir(compte)
    assert [compte for compte in "abcdef" if un.connu(compte)] == ["a", "c", "d", "e", "f"]


@pytest.mark.parametrize(("jours", "connu"), [(179, True), (181, False)])
def test_it_forgets_after_half_a_year(navigateur, monkeypatch, jours, connu):
    un = navigateur()
    un.retenir(UN)
    plus_tard = time.time() + jours * JOUR
    monkeypatch.setattr(time, "time", lambda: plus_tard)
    assert bool(un.connu(UN)) is connu


def test_what_the_same_key_signs_for_something_else_is_worth_nothing(navigateur):
    un = navigateur()
    un.garde = str(URLSafeTimedSerializer("un secret").dumps(["identite", UN]))
    assert un.connu(UN) == ""
    un.garde = str(URLSafeTimedSerializer("un secret", salt="appareil").dumps(["identite", UN]))
    assert un.connu(UN) == "identite"


def test_without_https_the_cookie_asks_for_none(navigateur):
    pose = navigateur().retenir(UN)
    assert "Secure" not in pose
    for marque in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15552000"):
        assert marque in pose
