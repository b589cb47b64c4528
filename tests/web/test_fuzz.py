"""A short fuzz of every route: anything in any field, any address, any header. Nothing fails, nothing is leaked.

The number of requests really sent is asserted. `ESSAIS` is the length for every day; a longer run changes it alone.
"""

from collections import Counter
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import Atelier, une_fiche
from tests.builders_arbre import AtelierArbre
from tests.web.conftest import une_adresse
from tests.web.lecture_html import lire_document
from tests.web.matrice import ARBRE, DES_PERSONNES
from tests.web.page_client import PageClient
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.comptes import Role
from webapp.domain.fiche import NOMS
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut

ESSAIS = 8
SANS_PANNE = {200, 303, 400, 401, 403, 404, 405, 409, 411, 413, 422, 429}
envois: Counter[str] = Counter()

NOMS_DE_L_ARBRE = sorted({champ.nom for siens in CHAMPS.values() for champ in siens})
NOMS_CONNUS = [*NOMS, *NOMS_DE_L_ARBRE, "version", "csrf_token", "nouvel_id", "destination", "date", "courriel",
               "recherche", "statut", "apres", "type", "type_code", "code", "appliquee", "reprise.contenu", "reprise.",
               "_method", "parent", "modele", "semaines", "copies", "alsace_moselle"]  # fmt: skip
JUSTES = ["RS2203", "clea", "certifiante", "RS", "2203", "CPF", "1", "0", "96214", "6", "brouillon", "/catalogue",
          "Clea_1", "aujourdhui", str(UUID(int=1)), ""]  # fmt: skip
textes = st.one_of(
    st.sampled_from(JUSTES),
    st.text(max_size=60),
    st.text(st.characters(max_codepoint=0x2F), max_size=20),
    st.text(st.sampled_from("<>\"'&{}%_\\/;:=\r\n\t\x00\u202e\ud800é😀"), max_size=40),
    st.integers(min_value=250, max_value=3200).map("é".__mul__),
)
formulaires = st.dictionaries(st.one_of(st.sampled_from(NOMS_CONNUS), st.text(max_size=12)), textes, max_size=8)
en_tetes = st.fixed_dictionaries(
    {},
    optional={
        "HX-Request": st.sampled_from(["true", "false", ""]),
        "HX-Target": st.sampled_from(["etat-saisie", "x", "'"]),
        "Sec-Fetch-Site": st.sampled_from(["same-origin", "same-origin", "cross-site"]),
        "Accept-Encoding": st.sampled_from(["zstd", "br", "gzip", "br;q=0", "*"]),
    },
)
identites = st.one_of(st.just("sienne"), st.just("autre"), st.uuids().map(str), st.text(max_size=40))


@pytest.fixture(scope="module")
def monde(application, base):
    """Two organisations, a manager and a reader of the first, a formation in each."""
    atelier = Atelier(base)
    moi, autre = atelier.utilisateur(), atelier.utilisateur()
    lecteur = atelier.utilisateur(moi.organisme, role=Role.LECTEUR)
    secret = une_fiche(intitule="SECRET-DE-L-AUTRE", contenu="SECRET-DE-L-AUTRE")
    formations = atelier.formation(moi).id, atelier.formation(autre, secret, Statut.VALIDEE).id
    siennes = _planter(AtelierArbre(base, moi), formations[0], "Rien de secret")
    autres = _planter(AtelierArbre(base, autre), formations[1], "SECRET-DE-L-AUTRE")
    return {
        "moi": moi, "autre": autre, "base": base, "application": application, "lecteur": lecteur,
        "siennes": siennes, "autres": autres,
    }  # fmt: skip


def _planter(planteur, formation, texte):
    """Give the id of one thing of each kind, in one tree; each holds the text."""
    contact = planteur.contact(fonction=texte)
    lieu = planteur.lieu(contact, accessibilite=texte)
    action = planteur.action(formation, contact=contact, lieu=lieu, restauration=texte)
    session = planteur.session(action.id, modalites_particulieres=texte)
    return {"formation": str(formation), "action": str(action.id), "session": str(session.id), "contact": contact,
            "lieu": lieu}  # fmt: skip


@pytest.mark.parametrize(
    "route", [r for r in (*DES_PERSONNES, *ARBRE) if r.regle != "/connexion" or not r.ecrit], ids=str
)
def test_nothing_makes_a_route_fail_nor_leak(monde, route):
    @settings(max_examples=ESSAIS)
    @given(identite=identites, champs=formulaires, entetes=en_tetes, avec_jeton=st.booleans(), lit=st.booleans())
    def essayer(identite, champs, entetes, avec_jeton, lit):
        client = PageClient(monde["application"], une_adresse())
        client.connecter(monde["base"], monde["lecteur" if lit else "moi"])
        connues = {"sienne": monde["siennes"][route.sorte], "autre": monde["autres"][route.sorte]}
        identite = connues.get(identite, identite)
        donnees = {nom.encode("utf-8", "replace"): t.encode("utf-8", "surrogatepass") for nom, t in champs.items()}
        if avec_jeton or lit:
            donnees[b"csrf_token"] = client.jeton().encode()
        # As a browser writes it: a « ? » in the place of an id begins no query.
        url = route.url(quote(identite.encode("utf-8", "replace"), safe=""))
        options = {"data": donnees} if route.ecrit else {"query_string": donnees}
        reponse = client.demander(route.methode, url, headers=entetes, **options)
        envois[str(route)] += 1
        assert reponse.status_code in SANS_PANNE
        if reponse.mimetype == "text/html" and not reponse.headers.get("Content-Encoding"):
            assert "SECRET-DE-L-AUTRE" not in reponse.text
            if reponse.status_code >= 400 and "<html" in reponse.text:
                document, _ = lire_document(reponse.text)
                assert document.get("lang") == "fr"

    essayer()
    assert envois[str(route)] >= ESSAIS
    with monde["base"].lecture() as cnx:
        [autre] = banc_essai.lister_formations(cnx, monde["autre"].organisme.id)
    assert (autre["id"], autre["version"], autre["statut"]) == (monde["autres"]["formation"], 1, "validee")


@pytest.mark.parametrize(
    "en_tetes",
    [
        {"HX-Request": "oui"}, {"HX-Request": "true", "HX-Boosted": "true"},
        {"HX-Request": "true", "HX-Target": "\xe9"},
        {"HX-Current-URL": "javascript:x"}, {"Cookie": "session=\xff; session=fv1.x"}, {"Cookie": "=;;;session"},
        {"Accept-Encoding": "br;q=x, gzip;;q=0"}, {"Accept": "\x7f"}, {"Content-Type": "text/html; charset=\x01"},
        {"X-Forwarded-Host": "ailleurs.example", "X-Forwarded-For": "1.2.3.4"}, {"Range": "bytes=0-10"},
        {"If-None-Match": "*"}, {"Authorization": "Bearer x"}, {"X-HTTP-Method-Override": "DELETE"},
        {"Content-Length": "-1"}, {"Content-Length": "9" * 30},
    ],
    ids=lambda e: next(iter(e)),
)  # fmt: skip
def test_no_header_makes_a_screen_fail(client, en_tetes):
    for url in ("/catalogue", "/connexion", "/formations/nouvelle/certification?type=clea&certification=RS2203"):
        reponse = client.demander("GET", url, headers=en_tetes)
        assert reponse.status_code in SANS_PANNE
        assert b"ailleurs.example" not in reponse.get_data()
