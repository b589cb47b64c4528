"""Every text that comes in is bounded where it comes in: no route falls under a long one, all are told in French."""

import re
import time
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

import pytest
from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

import webapp.web
from tests.builders import une_fiche
from tests.web.matrice import DES_PERSONNES
from webapp.domain.fiche import NOMS
from webapp.domain.textes import fr
from webapp.web.http import saisie

SANS_PANNE = {200, 303, 400, 404, 409, 413, 422, 429}
LUS = re.compile(r"""saisie\.(?:texte|parametre|secret|identite|destination)\(\s*"(\w+)\"""")
SOURCES = Path(webapp.web.__file__).parent
# What no route asks for.
INCONNU = "inconnu"
# Whatever the views read, and what the other readers of a form ask for.
PARAMETRES = sorted(
    {nom for source in SOURCES.rglob("*.py") for nom in LUS.findall(source.read_text("utf-8"))}
    | {
        "destination",
        "version",
        "retenue",
        "csrf_token",
        INCONNU,
        "statut",
        "type",
        "certification",
        "tri",
    }
)
# Names that are known by how they begin: whoever goes through all that is sent may look for them.
PREFIXES = ("reprise.contenu", *(saisie.PREFIXE_PORTE + nom for nom in ("contenu", "identifiant")))
CONNUS = {*PARAMETRES, *NOMS, *PREFIXES}
PAR_HTMX = {"HX-Request": "true"}
# The first takes all that fits in a pattern of SQLite but a byte; the second becomes 18 letters each without accents.
LONGS = {"letters": "a" * 49_999, "ligatures": "\ufdfa" * 5_000}
LENT = 200
"""No answer costs more than so many times the reading of the longest address."""


class Note(ImmutableMultiDict[str, str]):
    """What is sent, which notes the names that it is asked for: whatever goes through all of it asks for all."""

    demandes: ClassVar[set[str]] = set()

    def __iter__(self):
        self.demandes.update(tout := list(super().__iter__()))
        self.demandes.update(PREFIXES)
        return iter(tout)

    def __getitem__(self, nom):
        self.demandes.add(nom)
        return super().__getitem__(nom)

    def __contains__(self, nom):
        self.demandes.add(nom)
        return super().__contains__(nom)

    def getlist(self, nom, *_):
        self.demandes.add(nom)
        return super().getlist(nom)

    def keys(self):
        return iter(self)

    def items(self, multi=False):
        return ((nom, valeur) for nom in self for valeur in (self.getlist(nom) if multi else [self[nom]]))

    def lists(self):
        return ((nom, self.getlist(nom)) for nom in self)

    def values(self):
        return (self[nom] for nom in self)


@pytest.fixture
def demandes(application, monkeypatch):
    """The names that the application asks of what it is sent."""

    class Notee(Request):
        parameter_storage_class = Note

    monkeypatch.setattr(application, "request_class", Notee)
    monkeypatch.setattr(Note, "demandes", set())
    return Note.demandes


def couter(faire):
    """Give what is done, and the processor that it takes."""
    debut = time.process_time()
    return faire(), time.process_time() - debut


def test_the_names_that_views_read_are_found():
    assert {"recherche", "apres", "statut", "q", "type", "type_code", "code", "courriel", "texte"} <= set(PARAMETRES)


def test_what_is_sent_notes_what_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(Note, "demandes", set())
    envoye = Note([("a", "1"), ("b", "2"), ("b", "3")])
    assert not Note.demandes
    assert [envoye.get("a"), envoye["b"], envoye.getlist("c"), envoye.get("d", "")] == ["1", "2", [], ""]
    assert "e" not in envoye
    assert Note.demandes == {"a", "b", "c", "d", "e"}
    for tout in (list, dict, Note.keys, Note.items, Note.lists, Note.values, Note.to_dict, Note.copy):
        Note.demandes.clear()
        assert len(list(tout(envoye))) == 2
        assert Note.demandes >= {"a", "b", *PREFIXES}, tout


LECTURES = 20
"""The clock of the processor may tick every four milliseconds only: what is shorter would cost nothing."""


@pytest.fixture(scope="module")
def lecture():
    """Give the processor that the reading of the longest address takes."""

    def lire():
        for _ in range(LECTURES):
            parse_qsl(urlencode({"nom": LONGS["ligatures"]}))

    return min(couter(lire)[1] for _ in range(5)) / LECTURES


@pytest.mark.parametrize("longueur", LONGS)
@pytest.mark.parametrize("route", DES_PERSONNES, ids=str)
def test_no_route_falls_under_a_long_text_whatever_its_name(
    client, atelier, gestionnaire, demandes, lecture, route, longueur
):
    """Try each name that the route asks for, those that it asks for when one of them is long included; and one that it
    does not, for what reads the address as a whole."""
    formation = atelier.formation(gestionnaire, une_fiche()) if route.par_identite else None
    url, longue = route.url(formation and formation.id), LONGS[longueur]
    essayes: set[str] = set()
    demandes.add(INCONNU)
    while reste := (demandes & CONNUS) - essayes:
        nom = min(reste)
        essayes.add(nom)
        corps = {"csrf_token": client.jeton(), **route.corps(formation)} if route.ecrit else dict(route.parametres)
        champs = corps | {nom: longue}
        options = {"data": champs} if route.ecrit else {"query_string": champs}
        for entetes in ({}, PAR_HTMX):

            def demander(entetes=entetes, options=options):
                return client.demander(route.methode, url, headers=entetes, **options)

            reponse, cout = couter(demander)
            # A page that says it is of somebody else is asked to sign in again.
            permis = SANS_PANNE | ({401} if nom == "personne" else set())
            assert reponse.status_code in permis, (nom, entetes, reponse.status_code)
            if cout >= LENT * lecture:  # Once is chance: the rubbish of all that was before is taken out now and then.
                cout = min(couter(demander)[1] for _ in range(2))
            assert cout < LENT * lecture, (nom, entetes)
        if not client.connecte:
            client.connecter(client.application.extensions["fiche_vivante"].base, gestionnaire)
    assert INCONNU in essayes


@pytest.mark.parametrize(
    "adresse", ["/catalogue?recherche=", "/aide/code-d-identification?recherche=", "/mode-d-emploi?q=",
                "/mode-d-emploi/phrases?q="],
)  # fmt: skip
def test_a_search_that_is_too_long_is_told_and_the_longest_is_answered(client, adresse):
    assert client.get(adresse + "a" * saisie.PARAMETRE_MAX).url
    page = client.get(adresse + "a" * 40_000, 413)
    assert page.h1 == "Envoi trop volumineux"
    assert "Raccourcissez vos textes" in page.texte()


def test_a_search_takes_the_letters_that_become_the_longest(client):
    longueur = saisie.PARAMETRE_MAX
    for lettre in ("\ufdfa", "%", "_", "/"):
        assert client.demander("GET", "/catalogue", query_string={"recherche": lettre * longueur}).status_code == 200


def test_a_text_that_is_too_long_is_handed_back_with_the_others(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    corps = {
        "fiche.contenu": "Un texte précieux.",
        "version": "1",
        "type": "certifiante",
        "code": "9" * (saisie.PARAMETRE_MAX + 1),
    }
    url = f"/formations/{formation.id}/changement/certification"
    reponse = client.poster(url, corps)
    assert reponse.status_code == 413
    page = client._page(reponse, url, 413)
    assert "Un texte précieux." in page.html


def test_an_address_to_come_back_to_is_never_what_stops_a_sign_in(visiteur):
    page = visiteur.get("/connexion?destination=/" + "a" * 40_000)
    assert page.h1 == "Se connecter"
    assert page.valeur("destination") == ""


@pytest.mark.parametrize(
    "demande", ["", "?retenue=RS2203", "?type=inconnu&certification=RS2203", "?type_code=RS&code=2203", "?code="]
)
def test_a_certification_without_a_known_type_is_refused_in_place(client, demande):
    reponse = client.demander("GET", f"/formations/nouvelle/certification{demande}", headers=PAR_HTMX)
    assert (reponse.status_code, reponse.headers["HX-Reswap"]) == (422, "none")
    assert fr("Choisissez un type de formation, puis une certification.") in reponse.text


@pytest.mark.parametrize("corps", [{}, {"retenue": "RS2203"}, {"type": "inconnu"}], ids=str)
def test_changing_the_certification_without_a_known_type_is_refused_in_place(client, atelier, gestionnaire, corps):
    formation = atelier.formation(gestionnaire, une_fiche())
    donnees = {"csrf_token": client.jeton(), "version": "1", "fiche.contenu": "x"} | corps
    url = f"/formations/{formation.id}/changement/certification"
    assert client.demander("POST", url, data=donnees, headers=PAR_HTMX).status_code == 422
    assert client.page_postee(url, donnees).h1 == "Changer de type ou de certification"
