"""« Je ne connais pas mon code d'identification »: the local registry, searched in a panel, or in a page without it."""

from datetime import date
from urllib.parse import urlencode

import pytest

from tests.builders import CLEA
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.lecture_html import nom_accessible
from tests.web.test_etape_1 import NOUVELLE, actif, certifiante, coches, visee
from webapp.persistence import comptes

AIDE = "/aide/code-d-identification"
LIEN = "Je ne connais pas mon code d'identification, comment l'obtenir ?"
EN_2026 = date(2026, 11, 23)
HOSTILES = [
    "%", "_", "\\", "' OR 1=1 --", "\x00", "\x01", "\u202e", "\u200f", "x" * 10_000, "<xyz>", "{{ 7*7 }}", "é" * 900,
    '"', '""', '"xyz" OR "abc"', "xyz*", "NEAR(xyz abc)", "recherche:xyz", "^xyz", "xyz & !abc", "xyz:*", "-", "😀",
]  # fmt: skip


@pytest.fixture
def en_2026(base, gestionnaire):
    with base.ecriture() as cnx:
        comptes.changer_date_reference(cnx, gestionnaire.organisme.id, EN_2026)


# ---------------------------------------------------------------------------- the page


def trouves(page):
    return [
        page.texte(f"(//ul[@class='resultats']/li)[{n + 1}]/h2") for n in range(len(page.tous("//li[@class='carte']")))
    ]


def bilan(page):
    return page.texte("//*[@id='bilan-recherche']")


@pytest.mark.parametrize("saisie", ["RS7113", "rs 7113", "7113"])
def test_of_a_code_that_is_not_active_yet_the_search_says_what_appliquer_says(client, saisie):
    rien = "Aucune certification du registre local ne correspond."
    assert bilan(client.get(f"{AIDE}?{urlencode({'recherche': saisie})}")) == (
        "La certification RS7113 n'est pas connue comme active au 28 novembre 2019 : "
        "le registre ne l'atteste qu'à partir du 15 mai 2026."
    )
    applique = client.get(f"{NOUVELLE}?type=certifiante&type_code=RS&code=7113")
    assert "La certification RS7113 n'est pas connue comme active au 28 novembre 2019" in applique.texte()
    # Of a code that names nothing, and of words, there is nothing more to say.
    assert {bilan(client.get(f"{AIDE}?recherche={texte}")) for texte in ("RS99999", "woonoz")} == {rien}


def test_it_opens_on_an_explanation_and_an_empty_search(client):
    page = client.get(AIDE)
    assert page.h1 == "Trouver un code d'identification"
    assert page.valeur("recherche") == ""
    assert trouves(page) == []
    assert bilan(page) == ""
    assert "Licence Ouverte 2.0" in page.texte()
    assert page.lien("Revenir à l'étape 1/2") == f"{NOUVELLE}?type=certifiante"


@pytest.mark.parametrize(
    "recherche", ["2203", "rs2203", "RS 2203", "socle connaissances CléA", "clea professionnelles socle"]
)
def test_it_finds_by_code_and_by_the_words_of_the_title(client, recherche):
    page = client.submit(client.get(AIDE), "Rechercher", recherche=recherche)
    assert f"RS2203 – {CLEA.intitule}" in trouves(page)
    assert page.valeur("recherche") == recherche
    assert "Active au 28 novembre 2019" in page.texte()


def test_it_finds_by_certifier_when_the_certification_is_known_at_the_date(client):
    titre = "Exploiter la blockchain dans le développement d'applications"
    assert trouves(client.get(f"{AIDE}?recherche=simplon")) == [f"RS5000 – {titre}"]
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    assert trouves(client.get(f"{AIDE}?recherche=simplon")) == [f"RS6604 – {titre}", f"RS5000 – {titre}"]


def test_what_it_does_not_find_is_said(client):
    assert bilan(client.get(f"{AIDE}?recherche=astronaute")) == "Aucune certification du registre local ne correspond."


def test_what_is_not_known_is_said_as_such(client):
    assert "Organisme certificateur : Pas de donnée" in client.get(f"{AIDE}?recherche=2203").texte()


def test_it_shows_twenty_at_most_and_says_that_there_is_more(client, en_2026):
    page = client.get(f"{AIDE}?recherche=r")
    assert len(trouves(page)) == 20
    assert bilan(page) == "20 premières certifications sur plus de 20."
    assert bilan(client.get(f"{AIDE}?recherche=blockchain")) == "2 certifications."
    assert bilan(client.get(f"{AIDE}?recherche=rs7113")) == "1 certification."


def test_one_that_has_ended_says_since_when_and_leads_to_what_replaces_it(client, en_2026):
    page = client.get(f"{AIDE}?recherche=5000")
    assert page.texte("//*[@class='resultat-fin']") == (
        "La certification RS5000 n'est plus active : son enregistrement a pris fin le 24 mai 2024. Elle est remplacée "
        "par RS6604 – Exploiter la blockchain dans le développement d'applications."
    )
    assert [nom for nom in page.commandes() if nom.startswith("Utiliser")] == ["Utiliser RS6604"]
    # Nothing replaces this one: there is nothing to use.
    assert "Utiliser" not in client.get(f"{AIDE}?recherche=rs2203").texte()


@pytest.mark.parametrize("recherche", HOSTILES)
def test_anything_typed_is_looked_for_as_text_and_given_back(client, recherche):
    page = client.get(AIDE, query_string={"recherche": recherche})
    assert page.valeur("recherche") == recherche.strip().replace("\x00", "�")
    assert trouves(page) == []


@pytest.mark.parametrize("recherche", ["", " ", "\N{NO-BREAK SPACE}", "\n"])
def test_nothing_typed_is_not_a_search(client, recherche):
    page = client.get(AIDE, query_string={"recherche": recherche})
    assert (trouves(page), bilan(page)) == ([], "")


def test_a_reader_may_look_and_not_use(client_lecteur):
    page = client_lecteur.get(f"{AIDE}?recherche=2203")
    assert trouves(page)
    assert "Utiliser" not in page.texte()
    assert "Revenir" not in page.texte()


@pytest.mark.parametrize(
    ("type_formation", "recherche", "code", "adresse"),
    [
        ("", "voltaire", "RS313", f"{NOUVELLE}?type=certifiante&type_code=RS&code=313"),
        ("", "2203", "RS2203", f"{NOUVELLE}?type=certifiante&type_code=RS&code=2203"),
        ("certifiante", "2203", "RS2203", f"{NOUVELLE}?type=certifiante&type_code=RS&code=2203"),
        ("clea", "2203", "RS2203", f"{NOUVELLE}?type=clea&certification=RS2203"),
        ("clea", "voltaire", "RS313", f"{NOUVELLE}?type=certifiante&type_code=RS&code=313"),
        ("<b>", "2203", "RS2203", f"{NOUVELLE}?type=certifiante&type_code=RS&code=2203"),
    ],
)
def test_a_result_leads_back_with_its_code_filled(client, type_formation, recherche, code, adresse):
    page = client.get(AIDE, query_string={"type": type_formation, "recherche": recherche})
    assert page.lien(f"Utiliser {code}") == adresse
    etape_1 = client.get(adresse)
    assert visee(etape_1)
    assert actif(etape_1)


def test_without_javascript_the_link_of_etape_1_leads_to_the_page_and_back(client):
    page = client.get(f"{NOUVELLE}?type=clea")
    aide = client.submit(client.get(page.lien(LIEN)), "Rechercher", recherche="clea numérique")
    retour = client.get(aide.lien("Utiliser RS3936"))
    assert coches(retour, "certification") == ["RS3936"]


# ---------------------------------------------------------------------------- the panel


def ouvrir(client, page):
    return client.swap(page, client.htmx(page, LIEN))


def chercher(client, page, recherche):
    champ = page.champ("Rechercher un titre, un certificateur ou un code")
    champ.set("value", recherche)
    page.saisies |= {recherche}
    return client.swap(page, client.htmx(page, champ))


def rangees(page):
    return [nom_accessible(e) for e in page.tous("//*[@id='resultats-code']//*[@data-resultat]")]


@pytest.fixture
def panneau(client, en_2026):
    return ouvrir(client, client.get(f"{NOUVELLE}?type=certifiante"))


def test_the_panel_opens_below_the_link_and_searches_nothing(panneau):
    [paragraphe] = panneau.tous("//*[@id='recherche-code']/preceding-sibling::p[1]")
    assert paragraphe.xpath("string(a/@id)") == "aide-code"
    assert (rangees(panneau), bilan(panneau)) == ([], "")
    champ = panneau.champ("Rechercher un titre, un certificateur ou un code")
    assert (champ.get("hx-sync"), champ.get("value")) == ("this:replace", None)
    assert panneau.par_id("bilan-recherche").get("role") == "status"


def test_the_results_say_code_title_and_certifier(client, panneau):
    page = chercher(client, panneau, "Cléa")
    assert rangees(page)[:3] == [
        (
            "RS7003 – Certification socle de compétences et de connaissances professionnelles (CléA) Active au 15 "
            "mai 2026, échéance inconnue · Certificateur : CERTIF PRO"
        ),
        (
            "RS6269 – Socle de connaissances et de compétences professionnelles du management (CléA Management) "
            "Active au 15 mai 2026, échéance inconnue · Certificateur : CERTIF PRO"
        ),
        (
            "RS5616 – Socle de connaissances et de compétences professionnelles numérique (CléA Numérique) "
            "Active au 15 mai 2026, échéance inconnue · Certificateur : CERTIF PRO"
        ),
    ]
    assert bilan(page) == "5 certifications."
    assert page.texte("//*[@id='resultats-code']/p") == (
        "Source : France compétences (data.gouv.fr), certifications actives au 15/05/2026 ; Fiche pratique "
        "« Créer une formation Cléa », V2 du 28/11/2019"
    )
    assert [e.tag for e in page.tous("//*[@id='resultats-code']/ul/li/*")] == ["button"] * 5


def test_one_that_has_ended_comes_last_and_says_it(client, panneau):
    nouvelle, ancienne = rangees(chercher(client, panneau, "blockchain"))
    assert nouvelle.startswith("RS6604 – ")
    assert ancienne.endswith(
        "La certification RS5000 n'est plus active : son enregistrement a pris fin le 24 mai 2024. Elle est remplacée "
        "par RS6604 – Exploiter la blockchain dans le développement d'applications."
    )


def test_the_same_row_at_another_date_says_another_thing(client, navigateur, etranger, panneau):
    assert "n'est plus active" in rangees(chercher(client, panneau, "RS5000"))[0]
    autre = navigateur(etranger)
    page = ouvrir(autre, autre.get(f"{NOUVELLE}?type=certifiante"))
    assert "active" not in rangees(chercher(autre, page, "RS5000"))[0]


@pytest.mark.parametrize("recherche", ["", " ", *HOSTILES])
def test_the_panel_takes_anything(client, recherche):
    reponse = client.demander("GET", AIDE, query_string={"recherche": recherche}, headers={"HX-Request": "true"})
    assert reponse.status_code == 200
    assert "data-resultat" not in reponse.text
    assert ("Aucune certification du registre local" in reponse.text) is bool(recherche.strip())


@pytest.mark.parametrize("recherche", ["blockchain", "r", "astronaute", "", "2203"])
def test_the_panel_and_the_page_find_the_same(client, panneau, recherche):
    page = chercher(client, panneau, recherche)
    entiere = client.get(f"{AIDE}?{urlencode({'recherche': recherche})}")
    codes = [nom.split(" – ")[0] for nom in rangees(page)]
    assert codes == [titre.split(" – ")[0] for titre in trouves(entiere)]
    assert bilan(page) == bilan(entiere)


def test_a_result_that_is_taken_fills_the_code_and_closes_the_panel(client, panneau):
    page = chercher(client, panneau, "voltaire")
    page = client.swap(page, client.htmx(page, page.par_id("resultat-RS7113")))
    assert coches(page, "type_code") == ["RS"]
    assert page.valeur("code") == "7113"
    assert visee(page) == "Certificat Voltaire"
    assert actif(page)
    assert page.succes == [
        "La certification « Certificat Voltaire » est sélectionnée : ses informations sont importées."
    ]
    assert not page.par_id("recherche-code").xpath("*")
    assert page.url == f"{NOUVELLE}?type=certifiante&type_code=RS&code=7113"
    assert_same(page, client.get(page.url), PRINCIPAL)


def test_a_result_replaces_what_was_chosen_and_typed_before(client, en_2026):
    page = certifiante(client, client.get(NOUVELLE), "RS", "7113")
    page = chercher(client, ouvrir(client, page), "mobile")
    page = client.swap(page, client.htmx(page, page.par_id("resultat-RNCP37674"), code="n'importe quoi"))
    assert (coches(page, "type_code"), page.valeur("code")) == (["RNCP"], "37674")
    assert page.par_id("certification-visee").xpath(".//input[@name='appliquee']/@value") == ["RNCP37674"]
    assert_same(page, client.get(page.url), PRINCIPAL)


def test_a_result_that_has_ended_is_refused_with_its_successor(client, panneau):
    page = chercher(client, panneau, "RS5000")
    page = client.swap(page, client.htmx(page, page.par_id("resultat-RS5000")))
    assert not actif(page)
    assert page.alertes == [
        (
            "La certification RS5000 n'est plus active : son enregistrement a pris fin le 24 mai 2024. "
            "Elle est remplacée par RS6604."
        )
    ]
    assert actif(client.get(page.lien("Utiliser RS6604")))
    assert_same(page, client.get(page.url), PRINCIPAL)


@pytest.mark.parametrize(
    "retenue", ["RS7113", "RS5000", "RS999999", "CPF206", "2203", "abc", "<b>", "\x00", "x" * 9999]
)
def test_whatever_is_said_to_be_taken_gets_an_answer_with_and_without_htmx(client, en_2026, retenue):
    client.saisies.add(retenue)
    parametres = urlencode({"type": "certifiante", "type_code": "RNCP", "code": "1", "retenue": retenue})
    page = client.get(f"{NOUVELLE}?{parametres}")
    assert actif(page) == (retenue == "RS7113")
    adresse = f"{NOUVELLE}/certification?{parametres}"
    assert_same(page, client.get(adresse), PRINCIPAL)
    fragment = client.demander("GET", adresse, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert 'id="code-identification"' in fragment.text


def test_under_clea_the_results_are_links_since_there_is_no_code_to_fill(client, en_2026):
    page = ouvrir(client, client.get(f"{NOUVELLE}?type=clea"))
    page = chercher(client, page, "cléa")
    adresses = [a.get("href") for a in page.tous("//*[@id='resultats-code']//a")]
    assert adresses[:2] == [f"{NOUVELLE}?type=clea&certification=RS7003", f"{NOUVELLE}?type=clea&certification=RS6269"]
    assert adresses[3:] == [
        f"{NOUVELLE}?type=certifiante&type_code=RS&code=3936", f"{NOUVELLE}?type=certifiante&type_code=RS&code=2203",
    ]  # fmt: skip
    assert not page.tous("//*[@name='retenue']")
    assert coches(client.get(adresses[0]), "certification") == ["RS7003"]


def test_the_source_of_what_replaces_a_result_is_told_with_its_own(client, en_2026):
    page = client.get(f"{AIDE}?recherche=RS313")
    assert "RS7113" in page.texte()
    assert page.texte("//*[@class='resultats']/li[1]/p[@class='source']") == (
        "Source : Fiche pratique « Créer une formation Cléa », V2 du 28/11/2019 ; France compétences (data.gouv.fr), "
        "certifications actives au 15/05/2026"
    )
