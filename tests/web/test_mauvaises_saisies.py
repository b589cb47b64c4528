"""Bad input, on SQLite and on PostgreSQL: nothing fails, nothing is stored that a text may not hold.

The number of what was really sent is asserted: « no failure » without it would say nothing.
"""

from collections import Counter
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.bases import ouverte
from tests.builders import LE, Atelier, une_fiche
from tests.web.conftest import SECRET
from tests.web.matrice import DES_PERSONNES, ECRITURES
from tests.web.page_client import PageClient
from webapp.app import create_app
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS
from webapp.domain.textes import caracteres_interdits, normaliser
from webapp.services import empreintes
from webapp.settings import Settings

TEXTES = {
    "nul": "a\x00b",
    "contrôles": "".join(map(chr, range(1, 32))),
    "suppression": "a\x7fb\x85c",
    "sens d'écriture": "\u202eabc\u202c \u2066def\u2069",
    "non-caractères": "\ufffe\uffff\ufdd0",
    "demi-codets": "\ud800 \udfff",
    "plan privé": "\ue000\U0010ffff",
    "accents en pile": "a" + "\u0301" * 400,
    "jointures": "👩\u200d👩\u200d👧\u200d👦" * 20,
    "écritures de droite à gauche": "שלום مرحبا",
    "séparateurs": "a\u2028b\u2029c\x1cd\x1de",
    "espaces": "\u00a0\u1680\u2000\u3000\u200b\ufeff",
    "injection": "'; DROP TABLE formation; --",
    "balises": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "attributs": '" autofocus onfocus="alert(1)" hx-get="/catalogue" hx-trigger="load',
    "modèle": "{{ config }}{% for x in y %}{{ x }}",
    "formule": "=1+1\t|cmd",
    "fins de ligne": "a\r\nb\rc\n\r\nd",
    "en-têtes": "x\r\nSet-Cookie: session=volee\r\n\r\n<html>",
    "nombre": "1e999",
    "très long": "é" * 4_000,
    "formes de compatibilité": "ﬁ①㎏Ⅷ",
    "points sur i": "İıſK",
}
OCTETS = {
    "demi-codet": b"%ED%A0%80",
    "trop long": b"%C0%AF%E0%80%AF",
    "invalides": b"%FF%FE%80",
    "tronqué": b"%E2%82",
    "pour cent": b"%ZZ%%1",
    "latin-1": b"\xe9t\xe9",
    "utf-16": "été".encode("utf-16"),
}
SANS_PANNE = {200, 303, 400, 401, 403, 404, 405, 409, 411, 413, 422, 429}


@pytest.fixture
def base(url_base):
    """Here each test runs on both engines."""
    with ouverte(url_base) as base:
        yield base


@pytest.fixture
def application(base):
    return create_app(Settings(str(base.url), SECRET, demonstration=True, date_reference=LE), base)


@pytest.fixture
def auteur(base):
    return Atelier(base).utilisateur()


@pytest.fixture(autouse=True)
def _sans_hachage(monkeypatch):
    """A password is read as always, but not hashed: that is slow on purpose, and not what is tried here."""
    monkeypatch.setattr(empreintes, "correspond", lambda mot_de_passe, _: not empreintes._octets(mot_de_passe + "x"))


@pytest.fixture
def client(application, base, auteur):
    return PageClient(application, "10.200.0.1").connecter(base, auteur)


def envoyer(client, url, **champs):
    """Send a form with texts that no browser would refuse to send."""
    encodes = {nom: texte.encode("utf-8", "surrogatepass") for nom, texte in champs.items()}
    return client.demander("POST", url, data={"csrf_token": client.jeton(), **encodes})


def test_every_field_takes_or_refuses_every_text_without_a_failure(client, base, auteur):
    statuts: Counter[int] = Counter()
    for nature, texte in TEXTES.items():
        for champ in CHAMPS_COMMUNS:
            fiche = {c.nom: une_fiche().valeur(c.nom) for c in CHAMPS_COMMUNS} | {
                "identifiant": f"S_{uuid4().hex[:20]}"
            }
            voulus = {"type_formation": "clea", "certification": "RS2203", "version": "0"} | fiche
            reponse = envoyer(client, f"/formations/{uuid4()}", **voulus | {champ.nom: texte})
            assert reponse.status_code in {303, 422}, f"{nature} dans {champ.nom}"
            statuts[reponse.status_code] += 1
    assert statuts.total() == len(TEXTES) * len(CHAMPS_COMMUNS)
    assert statuts[303] > 40
    assert statuts[422] > 60
    with base.lecture() as cnx:
        stockees = banc_essai.lister_formations(cnx, auteur.organisme.id)
    assert len(stockees) == statuts[303]
    for faite in stockees:
        for champ in CHAMPS_COMMUNS:
            valeur = faite[champ.nom]
            assert not caracteres_interdits(valeur)
            assert valeur == normaliser(valeur)
            assert champ.longueur_max is None or len(valeur) <= 10 * champ.longueur_max


def test_what_is_stored_is_what_was_typed_and_comes_back_in_the_form(client, base, auteur):
    lus = 0
    for nature in ("balises", "attributs", "modèle", "formule", "jointures", "écritures de droite à gauche",
                   "injection",
                   "formes de compatibilité", "points sur i", "plan privé"):  # fmt: skip
        id, texte = uuid4(), TEXTES[nature]
        client.saisies.add(texte)
        voulus = {"type_formation": "clea", "certification": "RS2203", "version": "0", "identifiant": f"L_{lus}"}
        assert envoyer(client, f"/formations/{id}", **voulus, contenu=texte, intitule=texte).status_code == 303
        page = client.get(f"/formations/{id}")
        assert (page.valeur("contenu"), page.valeur("intitule")) == (normaliser(texte), normaliser(texte))
        assert client.get("/catalogue").par_id(f"titre-{id}") is not None
        lus += 1
    assert lus == 10


def test_no_text_in_any_form_makes_any_route_fail(client, base, auteur):
    atelier = Atelier(base)
    statuts: Counter[int] = Counter()
    for route in ECRITURES:
        if route.regle == "/deconnexion":
            continue
        for texte in TEXTES.values():
            id = atelier.formation(auteur).id if route.regle.endswith(("suppression", "archivage")) else uuid4()
            corps = dict.fromkeys(route.corps() or {"x": ""}, texte)
            reponse = envoyer(client, route.url(id), **corps)
            assert reponse.status_code in SANS_PANNE, f"{route} : {texte[:40]!r}"
            statuts[reponse.status_code] += 1
    assert statuts.total() == (len(ECRITURES) - 1) * len(TEXTES)


def test_no_bytes_in_any_form_make_any_route_fail(client):
    envois = 0
    for route in ECRITURES:
        if route.regle == "/deconnexion":
            continue
        for octets in OCTETS.values():
            corps = b"&".join(
                [
                    f"csrf_token={quote(client.jeton())}".encode(),
                    *(nom.encode() + b"=" + octets for nom in route.corps()),
                ]
            )
            reponse = client.demander(
                "POST", route.url(uuid4()), data=corps, content_type="application/x-www-form-urlencoded"
            )
            assert reponse.status_code in SANS_PANNE, f"{route} : {octets!r}"
            envois += 1
    assert envois == (len(ECRITURES) - 1) * len(OCTETS)


# So that each reading of étape 1/2 meets them.
DEBUTS: tuple[dict[str, str], ...] = (
    {"type": "certifiante", "type_code": "RS"}, {"type": "clea"}, {}, {"type": "certifiante", "type_code": "CPF"},
)  # fmt: skip
NOMS_D_ADRESSE = (
    "recherche",
    "statut",
    "apres",
    "type",
    "certification",
    "type_code",
    "code",
    "appliquee",
    "destination",
)


def test_nothing_in_an_address_makes_a_screen_fail(client):
    lectures = [r for r in DES_PERSONNES if not r.ecrit]
    lus = 0
    for route in lectures:
        for rang, texte in enumerate(TEXTES.values()):
            parametres = dict.fromkeys(NOMS_D_ADRESSE, texte[:2000].encode("utf-8", "surrogatepass"))
            reponse = client.demander("GET", route.url(uuid4()), query_string=parametres | DEBUTS[rang % len(DEBUTS)])
            assert reponse.status_code in SANS_PANNE, f"{route} : {texte[:40]!r}"
            lus += 1
        for octets in OCTETS.values():
            requete = "&".join(f"{nom}={octets.decode('latin-1')}" for nom in NOMS_D_ADRESSE)
            assert client.demander("GET", f"{route.url(uuid4())}?{requete}").status_code in SANS_PANNE
            lus += 1
    assert lus == len(lectures) * (len(TEXTES) + len(OCTETS))


IDENTITES = ["0", "-1", "9" * 40, "x", "%00", "%ED%A0%80", "..", "null", "00000000-0000-0000-0000-00000000000",
             "é" * 300,
             "{00000000-0000-0000-0000-000000000001}", "urn:uuid:00000000-0000-0000-0000-000000000001", "' OR 1=1",
             "00000000000000000000000000000001", "00000000-0000-0000-0000-000000000001%0a"]  # fmt: skip


def test_an_identity_that_is_not_one_is_introuvable_on_every_route(client):
    for route in (r for r in DES_PERSONNES if r.par_identite):
        for identite in IDENTITES:
            donnees = {"csrf_token": client.jeton()} if route.ecrit else None
            reponse = client.demander(route.methode, route.url(identite), data=donnees)
            assert reponse.status_code == 404, f"{route} : {identite}"
