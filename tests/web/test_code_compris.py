"""« Code d'identification » says what it understood, what ends, and what the organisation may do."""

from datetime import UTC, date, datetime

import pytest

from tests.registre_fabrique import Fiche, zip_csv
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.test_etape_1 import NOUVELLE, actif, certifiante, coches, visee
from webapp.persistence import certifications, comptes
from webapp.registre import amorce
from webapp.registre.export import ouvrir
from webapp.services import import_registre, registre

EN_2026 = date(2026, 11, 23)
INCONNUE = "Date d'échéance inconnue : à vérifier sur France compétences."
ANNONCE = "//p[contains(@class, 'annonce')]"


@pytest.fixture
def le(base, gestionnaire):
    """Place the organisation at a date."""

    def placer(jour):
        with base.ecriture() as cnx:
            comptes.changer_date_reference(cnx, gestionnaire.organisme.id, jour)

    return placer


@pytest.fixture
def etape_1(client, le):
    le(EN_2026)
    return client.get(NOUVELLE)


def compris(page):
    return [
        page.texte(f"(//p[@class='code-compris'])[{n + 1}]")
        for n in range(len(page.tous("//p[@class='code-compris']")))
    ]


def annonces(page):
    return [page.texte(f"({ANNONCE})[{n + 1}]") for n in range(len(page.tous(ANNONCE)))]


# ---------------------------------------------------------------------------- what was understood


@pytest.mark.parametrize(
    ("type_code", "saisi", "code"),
    [
        ("RS", "6604", "RS6604"),
        ("RS", "rs 6604", "RS6604"),
        ("RS", "ＲＳ６６０４", "RS6604"),
        ("RS", "06604", "RS6604"),
        ("RS", " RS6604 ", ""),
        ("RS", "RS6604", ""),
        ("RNCP", "37674", "RNCP37674"),
        ("RNCP", "rncp-37674", "RNCP37674"),
        ("", "RNCP37674", ""),
        ("", "rncp 37674", "RNCP37674"),
    ],
)
def test_the_code_that_was_understood_is_said_when_it_was_typed_otherwise(client, etape_1, type_code, saisi, code):
    page = certifiante(client, etape_1, type_code, saisi)
    assert compris(page) == ([f"Code compris : {code}"] if code else [])
    assert actif(page)
    assert_same(page, client.get(page.url), PRINCIPAL)


def test_what_nobody_sees_in_a_code_is_not_said_and_leaves_it(client, etape_1):
    page = certifiante(client, etape_1, "RS", "RS\u200b6604")
    assert (compris(page), actif(page)) == ([], True)
    assert client.get(page.url).valeur("code") == "RS6604"


def test_a_certif_info_code_says_the_record_that_it_names(client, le):
    le(date(2019, 11, 28))
    assert compris(certifiante(client, client.get(NOUVELLE), "CERTIFINFO", "84482")) == ["Code compris : RS2203"]


def test_nothing_is_understood_of_what_is_refused_nor_of_what_is_chosen_in_a_list(client, etape_1):
    assert compris(certifiante(client, etape_1, "RS", "5000")) == []
    assert compris(client.get(f"{NOUVELLE}?type=clea&certification=RS7003")) == []


@pytest.mark.parametrize(("saisi", "type_code"), [("RNCP37674", "RNCP"), ("rs7113", "RS")])
def test_a_complete_code_chooses_its_type_when_none_is(client, etape_1, saisi, type_code):
    page = certifiante(client, etape_1, "", saisi)
    assert coches(page, "type_code") == [type_code]
    assert f"type_code={type_code}" in page.url
    assert actif(page)
    assert_same(page, client.get(page.url), PRINCIPAL)
    sans = client.get(f"{NOUVELLE}?type=certifiante")
    assert_same(
        client.submit(sans, "Appliquer", code=saisi), client.get(page.url.replace(f"type_code={type_code}&", ""))
    )


@pytest.mark.parametrize(
    ("type_code", "saisi", "code"), [("RS", "RNCP37674", "RNCP37674"), ("RNCP", "rs 7113", "RS7113"),
                                     ("CERTIFINFO", "RS7113", "RS7113"), ("CPF", "RNCP37674", "RNCP37674")]
)  # fmt: skip
def test_a_code_of_another_type_is_used_in_one_click(client, etape_1, type_code, saisi, code):
    page = certifiante(client, etape_1, type_code, saisi)
    assert coches(page, "type_code") == [type_code]
    assert not actif(page)
    suivante = client.get(page.lien(f"Utiliser {code}"))
    assert suivante.par_id("certification-visee").xpath(".//input[@name='appliquee']/@value") == [code]
    assert actif(suivante)


def test_a_code_of_another_type_that_nobody_knows_is_not_offered(client, etape_1):
    page = certifiante(client, etape_1, "RS", "RNCP999999")
    assert not [nom for nom in page.commandes() if nom.startswith("Utiliser")]


@pytest.mark.parametrize(
    ("type_code", "saisi", "libelle", "adresse"),
    [
        ("CPF", "202", "Bilan de compétences", f"{NOUVELLE}?type=bilan"),
        ("RS", "cpf 202", "Bilan de compétences", f"{NOUVELLE}?type=bilan"),
        ("", "CPF200", "VAE", f"{NOUVELLE}?type=vae"),
        ("CPF", "206", "Permis de conduire", f"{NOUVELLE}?type=permis&certification=CPF206"),
        ("RNCP", "CPF222", "Permis de conduire", f"{NOUVELLE}?type=permis&certification=CPF222"),
    ],
)
def test_a_cpf_code_leads_to_its_type_in_one_click(client, etape_1, type_code, saisi, libelle, adresse):
    page = certifiante(client, etape_1, type_code, saisi)
    assert page.lien(f"Choisir « {libelle} »") == adresse
    assert client.get(adresse).texte()
    assert_same(page, client.get(page.url), PRINCIPAL)


# ---------------------------------------------------------------------------- what ends


@pytest.mark.parametrize(
    ("type_code", "saisi", "jour", "annonce", "ton"),
    [
        ("RS", "5719", EN_2026, "L'enregistrement prend fin le 31 décembre 2026 (dans 38 jours).", "attention"),
        ("RS", "5719", date(2026, 12, 30), "L'enregistrement prend fin le 31 décembre 2026 (dans 1 jour).", "alerte"),
        ("RS", "5719", date(2026, 12, 31), "L'enregistrement prend fin le 31 décembre 2026 (c'est son dernier jour).",
         "alerte"),
        ("RS", "6547", EN_2026, "L'enregistrement prend fin le 27 mars 2027 (dans 124 jours).", "information"),
        ("RS", "6931", EN_2026, "L'enregistrement prend fin le 28 novembre 2026 (dans 5 jours).", "alerte"),
        ("RNCP", "39848", EN_2026, "L'enregistrement prend fin le 28 novembre 2026 (dans 5 jours).", "alerte"),
        ("RS", "7113", EN_2026, INCONNUE, "discret"),
    ],
)  # fmt: skip
def test_a_near_or_unknown_end_is_said_and_the_code_is_applied(client, le, type_code, saisi, jour, annonce, ton):
    le(jour)
    page = certifiante(client, client.get(NOUVELLE), type_code, saisi)
    assert annonces(page) == [annonce]
    assert page.tous(ANNONCE)[0].get("class").split() == ["annonce", f"annonce-{ton}"]
    assert actif(page)
    assert len(page.succes) == 1
    assert_same(page, client.get(page.url), PRINCIPAL)


@pytest.mark.parametrize(("type_code", "saisi"), [("RS", "6604"), ("RNCP", "37674")])
def test_an_end_that_is_far_is_not_said(client, etape_1, type_code, saisi):
    assert annonces(certifiante(client, etape_1, type_code, saisi)) == []


def test_at_the_date_of_the_guide_nothing_is_said_of_any_end(client, le):
    le(date(2019, 11, 28))
    for c in amorce.CERTIFICATIONS:
        if c.active_le(date(2019, 11, 28)) and c.source == amorce.GUIDE:
            adresse = f"{NOUVELLE}?type=certifiante&type_code={c.type_code.value}&code={c.numero}"
            assert annonces(client.get(adresse)) == []
    for code in ("RS2203", "RS3936"):
        assert annonces(client.get(f"{NOUVELLE}?type=clea&certification={code}")) == []


def test_clea_says_the_ends_too(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    assert annonces(client.swap(page, client.choisir(page, "certification", "RS7003"))) == [INCONNUE]


def test_one_that_is_active_and_replaced_says_so_with_its_successor_in_one_click(client, le):
    le(date(2019, 11, 28))
    page = certifiante(client, client.get(NOUVELLE), "RNCP", "28155")
    assert actif(page)
    assert page.texte("//p[@class='successeur']").startswith(
        "RNCP28155 est remplacée par RNCP30271 – Chef de projet commercial pour l'agroalimentaire et services associés."
    )
    assert visee(client.get(page.lien("Utiliser RNCP30271")))


# ---------------------------------------------------------------------------- what the organisation may do


@pytest.fixture
def importer(base, gestionnaire, tmp_path):
    """Import one record of an export, with what it says of the organisation; put the registry back afterwards."""
    siret = gestionnaire.organisme.siret

    def faire(*partenaires, numero="RS6604", fin="26/04/2029", titre="Exploiter la blockchain"):
        # Another partner is always named: of a record that names none, nothing is said.
        siens = (("82815245400033", "HABILITATION_FORMER", "Actif"), *((siret, h, "Actif") for h in partenaires))
        fiche = Fiche(numero, titre, fin=fin, anciennes=(), blocs=(), partenaires=siens)
        [export] = ouvrir(zip_csv(tmp_path / f"{numero}.zip", [fiche]), date(2026, 8, 16))
        with base.lecture() as cnx, import_registre.preparer(cnx, export) as preparation, base.ecriture() as ecriture:
            import_registre.appliquer(ecriture, preparation, datetime(2026, 11, 23, tzinfo=UTC))

    yield faire
    with base.ecriture() as cnx:
        cnx.exec_driver_sql("UPDATE certification SET export_le = NULL, empreinte = NULL")
        cnx.exec_driver_sql("DELETE FROM habilitation")
        certifications.deposer(cnx, amorce.CERTIFICATIONS, amorce.AUTRES_CODES)
        registre.vider_cache(cnx)


POUVOIRS = {
    ("HABILITATION_ORGA_FORM",): (
        "Votre organisme est habilité à former et à organiser l'évaluation pour cette certification.", "information"
    ),
    ("HABILITATION_FORMER", "HABILITATION_ORGANISER"): (
        "Votre organisme est habilité à former et à organiser l'évaluation pour cette certification.", "information"
    ),
    ("HABILITATION_FORMER",): (
        "Votre organisme est habilité à former pour cette certification, mais pas à organiser l'évaluation.",
        "information",
    ),
    ("HABILITATION_ORGANISER",): (
        "Votre organisme n'est habilité qu'à organiser l'évaluation : il ne peut pas former.", "attention"
    ),
    (): (
        (
            "Votre organisme n'apparaît pas parmi les partenaires habilités de cette certification : "
            "à vérifier sur France compétences."
        ),
        "attention",
    ),
}  # fmt: skip


@pytest.mark.parametrize("habilitations", POUVOIRS)
def test_an_export_says_what_the_organisation_may_do(client, etape_1, importer, habilitations):
    importer(*habilitations)
    phrase, ton = POUVOIRS[habilitations]
    page = certifiante(client, etape_1, "RS", "6604")
    assert annonces(page) == [phrase]
    assert page.tous(ANNONCE)[0].get("class").split() == ["annonce", f"annonce-{ton}"]
    # The source of the fact stands under it, and nothing is forbidden.
    assert page.texte(f"{ANNONCE}/following-sibling::p[1]") == "Source : France compétences, export du 16/08/2026"
    assert actif(page)
    assert_same(page, client.get(page.url), PRINCIPAL)


def test_what_another_organisation_may_do_is_not_told(client, etape_1, importer, navigateur, etranger, base):
    importer("HABILITATION_ORGA_FORM")
    with base.ecriture() as cnx:
        comptes.changer_date_reference(cnx, etranger.organisme.id, EN_2026)
    autre = navigateur(etranger)
    page = certifiante(autre, autre.get(NOUVELLE), "RS", "6604")
    assert annonces(page) == [POUVOIRS[()][0]]


def test_a_record_that_comes_from_no_export_says_nothing_of_it(client, etape_1, importer):
    importer("HABILITATION_ORGA_FORM")
    assert annonces(certifiante(client, etape_1, "RNCP", "37674")) == []


def test_the_end_and_the_habilitation_are_both_said(client, etape_1, importer):
    importer("HABILITATION_ORGANISER", numero="RS5719", fin="31/12/2026", titre="Premiers secours")
    page = certifiante(client, etape_1, "RS", "5719")
    assert annonces(page) == [
        "L'enregistrement prend fin le 31 décembre 2026 (dans 38 jours).",
        POUVOIRS[("HABILITATION_ORGANISER",)][0],
    ]
