"""Étape 1/2: the type of formation and its certification (guide steps 1 to 4), with htmx, without it, and reloaded."""

import pytest

from tests.builders import CLEA
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.lecture_html import plat
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.types_formation import REGLES, QuestionEtape1

NOUVELLE = "/formations/nouvelle"
FICHE = "/formations/nouvelle/fiche"
CLEA_NUMERIQUE = "Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)"
SANS_CHOIX = [r.type_formation for r in REGLES.values() if r.question is QuestionEtape1.RIEN]
PAR_LISTE = [r.type_formation for r in REGLES.values() if r.question is QuestionEtape1.LISTE]
TEXTE_DU_CODE = (
    "Pour que votre offre de formation figure dans le catalogue, vous devez saisir le code d'identification de la "
    "certification à laquelle votre offre est rattachée. Cela importera automatiquement les informations liées à la "
    "certification."
)


@pytest.fixture
def client(client_commun):
    """Nothing is written on étape 1/2."""
    return client_commun


@pytest.fixture
def etape_1(client):
    return client.get(NOUVELLE)


def avis_de(refus):
    """What the list above étape 1/2 says of each thing to revise, without the name of the place that it leads to."""
    return [dit.partition(" : ")[2] for dit in refus.refus[1:]]


def certifiante(client, page, type_code, code):
    """Choose « Formation certifiante », type a code, and press « Appliquer »."""
    page = client.swap(page, client.choisir(page, "type", "certifiante"))
    formulaire = page.tous("//main//form")[0]
    if type_code:
        page.cocher(formulaire, "type_code", type_code)
    return client.swap(page, client.htmx(page, "Appliquer", code=code))


def visee(page):
    return page.texte("//p[@class='intitule-vise']").removeprefix("Intitulé de la certification visée :").strip()


def actif(page):
    return page.par_id("suivant").get("aria-disabled") == "false"


def coches(page, groupe):
    """Give the chosen radio buttons of a group."""
    return [r.get("value") for r in page.tous(f"//input[@type='radio'][@checked][{GROUPES[groupe]}]")]


GROUPES = {
    "type": "@name='type'",
    "certification": "@name='certification'",
    # Under « Cléa » they only show: they have no name.
    "type_code": "starts-with(@id, 'type-code-')",
}


# ---------------------------------------------------------------------------- the types


def test_it_opens_on_the_six_types_of_the_guide_and_nothing_chosen(etape_1):
    assert etape_1.h1 == "Nouvelle offre de formation"
    assert "Étape 1/2" in etape_1.texte()
    assert etape_1.texte("//*[@id='types']/legend") == "Quel type de formation éligible au CPF voulez-vous créer ?"
    assert [etape_1.texte(f"//label[@for='type-{t.value}']") for t in TypeFormation] == [
        "Formation certifiante", "Bilan de compétences", "Permis de conduire", "VAE",
        "Accompagnement à la création/reprise d'entreprise", "Cléa",
    ]  # fmt: skip
    assert coches(etape_1, "type") == []
    assert "Choisissez un type de formation pour continuer." in etape_1.texte()
    assert not etape_1.a("suivant")


@pytest.mark.parametrize("type_", TypeFormation)
def test_choosing_a_type_shows_what_a_reload_and_a_plain_form_show(client, etape_1, type_):
    fragment = client.choisir(etape_1, "type", type_.value)
    apres = client.swap(etape_1, fragment)
    assert apres.url == f"{NOUVELLE}?type={type_.value}"
    assert_same(apres, client.get(apres.url))
    sans = client.get(NOUVELLE)
    sans.cocher(sans.tous("//main//form")[0], "type", type_.value)
    assert_same(apres, client.submit(sans, "Afficher"))
    assert coches(apres, "type") == [type_.value]


@pytest.mark.parametrize("type_", TypeFormation)
def test_without_htmx_the_address_of_a_fragment_leads_to_the_page(client, type_):
    assert client.get(f"{NOUVELLE}/type?type={type_.value}").url == f"{NOUVELLE}?type={type_.value}"


@pytest.mark.parametrize("type_", SANS_CHOIX)
def test_a_type_with_one_code_asks_for_none_and_goes_on(client, etape_1, type_):
    page = client.swap(etape_1, client.choisir(etape_1, "type", type_.value))
    regle = REGLES[type_.value]
    assert page.texte("//*[@id='code-identification']/p") == f"Code d'identification : {regle.codes[0]}"
    # Nothing that nobody can fill.
    assert page.tous("//*[@id='code' or @name='type_code' or @disabled][not(@hidden)]") == []
    assert all(plat(phrase) in page.texte() for phrase in regle.presentation)
    assert actif(page)
    assert client.submit(page, "Suivant").valeur("certification") == regle.codes[0]


@pytest.mark.parametrize("type_", PAR_LISTE)
def test_a_type_with_a_list_waits_for_a_choice(client, etape_1, type_):
    page = client.swap(etape_1, client.choisir(etape_1, "type", type_.value))
    assert not actif(page)
    refus = client.get(f"{FICHE}?type={type_.value}", 422)
    assert avis_de(refus) == [REGLES[type_.value].a_choisir]
    assert coches(refus, "type") == [type_.value]


@pytest.mark.parametrize("type_", PAR_LISTE)
def test_a_code_of_another_type_cannot_be_forced(client, type_):
    for reste in ("certification=CPF202", "certification=RS313", "type_code=RS&code=2203"):
        assert client.get(f"{FICHE}?type={type_.value}&{reste}", 422).h1 == "Nouvelle offre de formation"


@pytest.mark.parametrize("type_", ["", "publiee", "CLEA", "clea ", "\x00", "é" * 500, "<script>"])
def test_a_type_that_does_not_exist_is_no_choice(client, type_):
    page = client.get(NOUVELLE, query_string={"type": type_})
    assert coches(page, "type") == []
    assert "Choisissez un type de formation pour continuer." in page.texte()
    refus = client.get(FICHE, 422, query_string={"type": type_})
    assert avis_de(refus) == ["Choisissez un type de formation, puis une certification."]
    assert refus.lien("Type de formation") == "#types"


def test_going_from_one_type_to_another_leaves_nothing_of_the_first(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    page = client.swap(page, client.choisir(page, "certification", "RS2203"))
    page = client.swap(page, client.choisir(page, "type", "certifiante"))
    assert_same(page, client.get(f"{NOUVELLE}?type=certifiante"), PRINCIPAL)
    assert visee(page) == ""
    assert not actif(page)


# ---------------------------------------------------------------------------- Cléa


def test_clea_offers_the_certifications_that_are_active_at_the_date_in_the_order_of_the_guide(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    liste = page.tous("//*[@id='liste-certifications']//input")
    assert [(r.get("value"), r.get("name")) for r in liste] == [
        ("RS2203", "certification"), ("RS3936", "certification"),
    ]  # fmt: skip
    assert page.texte("//label[@for='certification-RS2203']") == CLEA.intitule
    assert page.texte("//label[@for='certification-RS3936']") == CLEA_NUMERIQUE
    assert coches(page, "certification") == []


def test_the_block_of_the_code_says_what_the_guide_says(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    assert TEXTE_DU_CODE in page.texte("//*[@id='code-identification']")
    lien = page.commande("Je ne connais pas mon code d'identification, comment l'obtenir ?")
    assert (lien.get("href"), lien.get("target")) == ("/aide/code-d-identification?type=clea", None)
    assert [page.texte(f"//label[@for='type-code-{t.value}']") for t in TypeCode] == [
        "CPF", "RNCP", "Répertoire spécifique", "Certif Info",
    ]  # fmt: skip


@pytest.mark.parametrize(("code", "numero", "intitule"), [("RS2203", "2203", CLEA.intitule),
                                                          ("RS3936", "3936", CLEA_NUMERIQUE)])  # fmt: skip
def test_choosing_a_clea_imports_it_and_says_so_once(client, etape_1, code, numero, intitule):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    assert not actif(page)
    apres = client.swap(page, client.choisir(page, "certification", code))
    assert apres.succes == [f"La certification « {intitule} » est sélectionnée : ses informations sont importées."]
    assert apres.alertes == []
    assert visee(apres) == intitule
    assert actif(apres)
    assert coches(apres, "type_code") == ["RS"]
    champ = apres.champ("Code")
    assert (champ.get("value"), "readonly" in champ.attrib) == (numero, True)
    assert apres.url == f"{NOUVELLE}?type=clea&certification={code}"
    assert_same(apres, client.get(apres.url), PRINCIPAL)


def test_under_clea_the_code_cannot_be_typed_nor_sent(client):
    page = client.get(f"{NOUVELLE}?type=clea&certification=RS2203")
    for radio in page.tous("//input[starts-with(@id, 'type-code-')]"):
        assert "disabled" in radio.attrib
        assert "name" not in radio.attrib
    assert "name" not in page.champ("Code").attrib
    assert not page.tous("//*[@id='appliquer']")


@pytest.mark.parametrize("code", ["RS7003", "RS5616", "RS313", "RS1", "", "RNCP37674", "rs2203", "2203", "é", "\x00"])
def test_a_certification_that_is_not_in_the_list_is_not_selected(client, code):
    page = client.get(NOUVELLE, query_string={"type": "clea", "certification": code})
    assert coches(page, "certification") == []
    assert visee(page) == ""
    assert not actif(page)
    avis = "Cette certification n'est pas dans la liste à cette date : choisissez-en une autre."
    if code in {"RS7003", "RS5616"}:
        avis = (
            f"La certification {code} n'est pas connue comme active au 28 novembre 2019 : le registre ne l'atteste "
            "qu'à partir du 15 mai 2026."
        )
    assert (avis in page.texte()) is bool(code)
    refus = client.get(FICHE, 422, query_string={"type": "clea", "certification": code})
    assert avis_de(refus) == [avis if code else "Choisissez une certification."]


def test_next_without_a_certification_is_refused_and_said(client):
    page = client.get(f"{NOUVELLE}?type=clea")
    refus = client.submit(page, "Suivant", 422)
    assert avis_de(refus) == ["Choisissez une certification."]
    assert refus.lien("Certifications") == "#liste-certifications"
    assert refus.onglet.startswith("Erreur : ")
    assert_same(refus, client.get(f"{NOUVELLE}?type=clea"), ("//form[@id='etape-1']",))


def test_next_with_a_certification_opens_the_second_page(client):
    page = client.get(f"{NOUVELLE}?type=clea")
    formulaire = page.tous("//main//form")[0]
    page.cocher(formulaire, "certification", "RS2203")
    fiche = client.submit(page, "Suivant")
    assert "Étape 2/2" in fiche.texte()
    assert fiche.valeur("certification") == "RS2203"


def test_with_htmx_next_goes_on_with_what_was_applied(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "clea"))
    page = client.swap(page, client.choisir(page, "certification", "RS3936"))
    fiche = client.submit(page, "Suivant")
    assert fiche.texte("//*[@id='certification-titre']") == f"Préparation à la certification {CLEA_NUMERIQUE}"


# ---------------------------------------------------------------------------- the code

TROUVES = [
    ("RS", "2203", "RS2203"), ("RS", " rs 2203 ", "RS2203"), ("RS", "RS-2203", "RS2203"), ("RS", "02203", "RS2203"),
    ("RS", "２２０３", "RS2203"), ("RS", "313", "RS313"), ("CERTIFINFO", "84482", "RS2203"), ("RS", "5000", "RS5000"),
    ("RNCP", "RNCP28155", "RNCP28155"),
]  # fmt: skip
REFUSES = {
    ("", "2203"): "Choisissez un type de code.",
    ("RS", ""): "Saisissez le code de la certification.",
    ("RS", "   "): "Saisissez le code de la certification.",
    ("RS", "999999"): "Le code RS999999 est inconnu du registre local. Vérifiez le type de code et le numéro.",
    (
        "RS",
        "deux mille",
    ): "« deux mille » n'est pas un code du Répertoire spécifique : saisissez par exemple 2203 ou RS2203.",
    (
        "RS",
        "22033333",
    ): "« 22033333 » n'est pas un code du Répertoire spécifique : saisissez par exemple 2203 ou RS2203.",
    ("RS", "RNCP28155"): "« RNCP28155 » est un code RNCP : choisissez ce type de code.",
    ("RNCP", "RS2203"): "« RS2203 » est un code du Répertoire spécifique : choisissez ce type de code.",
    ("CPF", "202"): (
        "Le code CPF202 désigne « Bilan de compétences » : choisissez le type de formation « Bilan de compétences »."
    ),
    ("CPF", "CPF200"): (
        "Le code CPF200 désigne « Validation des acquis de l'expérience » : choisissez le type de formation « VAE »."
    ),
    ("CPF", "999"): "Le code CPF999 est inconnu du registre local. Vérifiez le type de code et le numéro.",
    ("CERTIFINFO", "1"): (
        "Le code Certif Info 1 est inconnu du registre local, et le fichier XML officiel n'accepte plus ces codes : "
        "saisissez le code RNCP ou RS de la certification."
    ),
    ("", ""): "Saisissez le code de la certification.",
    ("", "deux"): "« deux » n'est pas un code : saisissez par exemple RS2203 ou RNCP37674.",
    ("RS", "CPF206"): (
        "Le code CPF206 désigne « Permis de conduire, catégorie B » : choisissez le type de formation "
        "« Permis de conduire »."
    ),
    ("RS", "7003"): (
        "La certification RS7003 n'est pas connue comme active au 28 novembre 2019 : le registre ne l'atteste qu'à "
        "partir du 15 mai 2026."
    ),
    ("RNCP", "37674"): (
        "La certification RNCP37674 n'est pas connue comme active au 28 novembre 2019 : le registre ne l'atteste "
        "qu'à partir du 16 août 2026."
    ),
    ("RNCP", "22094"): (
        "La certification RNCP22094 n'est plus active : son enregistrement a pris fin le 31 décembre 2015. "
        "Elle est remplacée par RNCP30271. RNCP22094 a d'abord été remplacée par RNCP28155 – Chef de projet commercial "
        "pour l'agroalimentaire et services associés, encore active mais remplacée à son tour."
    ),
    ("RS", "\x00"): "« \x00 » n'est pas un code du Répertoire spécifique : saisissez par exemple 2203 ou RS2203.",
    (
        "RS",
        "<b>2</b>",
    ): "« <b>2</b> » n'est pas un code du Répertoire spécifique : saisissez par exemple 2203 ou RS2203.",
}


@pytest.mark.parametrize(("type_code", "saisi", "code"), TROUVES)
def test_a_good_code_is_applied_however_it_is_written(client, etape_1, type_code, saisi, code):
    page = certifiante(client, etape_1, type_code, saisi)
    assert len(page.succes) == 1
    assert page.alertes == []
    assert page.par_id("certification-visee").xpath(".//input[@name='appliquee']/@value") == [code]
    assert visee(page)
    assert actif(page)
    assert page.champ("Code").get("value") == saisi
    recharge = client.get(page.url)
    assert_same(page, recharge, PRINCIPAL)
    assert client.submit(recharge, "Suivant").valeur("certification") == code
    assert client.submit(page, "Suivant").valeur("certification") == code


@pytest.mark.parametrize(("type_code", "saisi"), REFUSES)
def test_a_code_that_cannot_be_used_is_explained_beside_the_field_and_above(client, etape_1, type_code, saisi):
    message = REFUSES[type_code, saisi]
    page = certifiante(client, etape_1, type_code, saisi)
    assert page.alertes == [message.replace("\x00", "�")]
    assert page.succes == []
    assert page.texte("//*[@id='avis-code']/p[1]") == message.replace("\x00", "�")
    assert visee(page) == ""
    assert not actif(page)
    assert not page.tous("//input[@name='appliquee']")
    # What was typed stays in the field, and in the address for a reload.
    assert page.valeur("code") == saisi.replace("\x00", "�")
    if "\x00" not in saisi and saisi:
        assert_same(page, client.get(page.url), PRINCIPAL)


def test_what_was_said_of_a_code_goes_with_the_type_that_asked_for_it(client, etape_1):
    page = certifiante(client, etape_1, *next(iter(REFUSES)))
    assert page.alertes
    assert client.swap(page, client.choisir(page, "type", "bilan")).alertes == []


@pytest.mark.parametrize(("type_code", "saisi"), REFUSES)
def test_next_with_a_code_that_cannot_be_used_is_refused_with_the_same_words(client, type_code, saisi):
    parametres = {"type": "certifiante", "code": saisi} | ({"type_code": type_code} if type_code else {})
    refus = client.get(FICHE, 422, query_string=parametres)
    assert avis_de(refus) == [REFUSES[type_code, saisi].replace("\x00", "�")]
    assert refus.valeur("code") == saisi.replace("\x00", "�")
    assert coches(refus, "type") == ["certifiante"]


def test_a_replaced_certification_offers_its_successor_in_one_click(client, etape_1):
    page = certifiante(client, etape_1, "RNCP", "22094")
    suivante = client.get(page.lien("Utiliser RNCP30271"))
    assert suivante.champ("Code").get("value") == "30271"
    assert visee(suivante) == "Chef de projet commercial pour l'agroalimentaire et services associés"
    assert actif(suivante)


def test_a_code_changed_since_it_was_applied_is_not_followed_in_silence(client, etape_1):
    page = certifiante(client, etape_1, "RS", "2203")
    refus = client.submit(page, "Suivant", 422, code="313")
    assert avis_de(refus) == [
        "Le code a changé depuis « Appliquer » : vérifiez la certification, puis cliquez sur « Suivant »."
    ]
    assert visee(refus) == "Certificat Voltaire"
    assert client.submit(refus, "Suivant").valeur("certification") == "RS313"


def test_a_code_changed_to_one_that_cannot_be_used_says_why(client, etape_1):
    page = certifiante(client, etape_1, "RS", "2203")
    refus = client.submit(page, "Suivant", 422, code="999999")
    assert avis_de(refus) == [REFUSES["RS", "999999"]]
    assert visee(refus) == ""


def test_a_code_written_otherwise_but_the_same_is_followed(client, etape_1):
    page = certifiante(client, etape_1, "RS", "2203")
    assert client.submit(page, "Suivant", code="RS 2203").valeur("certification") == "RS2203"


def test_without_javascript_the_code_is_applied_by_the_same_button(client):
    page = client.get(f"{NOUVELLE}?type=certifiante")
    page.cocher(page.tous("//main//form")[0], "type_code", "RS")
    apres = client.submit(page, "Appliquer", code="2203")
    assert visee(apres) == CLEA.intitule
    assert client.submit(apres, "Suivant").valeur("certification") == "RS2203"


def test_nothing_typed_yet_is_not_a_mistake(client):
    page = client.get(f"{NOUVELLE}?type=certifiante")
    assert page.texte("//*[@id='avis-code']") == ""
    refus = client.get(f"{FICHE}?type=certifiante", 422)
    assert avis_de(refus) == ["Choisissez une certification."]


@pytest.mark.parametrize("type_code", ["rs", "XX", "\x00", "RS2203"])
def test_a_type_of_code_that_does_not_exist_is_none(client, type_code):
    page = client.get(NOUVELLE, query_string={"type": "certifiante", "type_code": type_code, "code": "2203"})
    assert "Choisissez un type de code." in page.texte()
    assert coches(page, "type_code") == []


def test_what_is_typed_in_an_address_is_given_back_as_text(client):
    piege = '"><script>alert(1)</script><i hx-get="/catalogue">'
    page = client.get(NOUVELLE, query_string={"type": "certifiante", "type_code": "RS", "code": piege})
    assert page.champ("Code").get("value") == piege
    assert not page.tous("//main//script")
    assert not page.tous("//i")
