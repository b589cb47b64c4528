from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, une_certification
from webapp.domain.certifications import Annonce, EtatCertification, Ton
from webapp.domain.codes import CodeRefuse, avis_cpf, code_inconnu, lire_code, type_du_code
from webapp.domain.dates import date_longue
from webapp.domain.nomenclatures import CODES_CPF, TypeCode, TypeFormation
from webapp.domain.successions import remplacee_par
from webapp.registre import amorce

JOUR = timedelta(days=1)
DEBUT = date(2020, 1, 1)
FIN = date(2024, 5, 24)


@pytest.mark.parametrize(
    ("le", "etat"),
    [
        (DEBUT - JOUR, EtatCertification.NON_ATTESTEE),
        (DEBUT, EtatCertification.ACTIVE),
        (FIN - JOUR, EtatCertification.ACTIVE),
        (FIN, EtatCertification.ACTIVE),
        (FIN + JOUR, EtatCertification.EXPIREE),
        (date.min, EtatCertification.NON_ATTESTEE),
        (date.max, EtatCertification.EXPIREE),
    ],
)
def test_a_certification_is_active_until_its_last_day_included(le, etat):
    certification = une_certification(connue_active_le=DEBUT, fin_enregistrement=FIN)
    assert certification.etat_le(le) is etat
    assert certification.active_le(le) == (etat is EtatCertification.ACTIVE)


@pytest.mark.parametrize(("le", "etat"), [(FIN - JOUR, EtatCertification.ACTIVE), (FIN, EtatCertification.EXPIREE)])
def test_a_certification_seen_inactive_is_expired_from_that_day(le, etat):
    assert une_certification(connue_active_le=DEBUT, inactive_constatee_le=FIN).etat_le(le) is etat


def test_a_certification_that_ended_the_day_it_was_attested_was_active_that_day():
    certification = une_certification(connue_active_le=FIN, fin_enregistrement=FIN)
    assert [certification.active_le(FIN + n * JOUR) for n in (-1, 0, 1)] == [False, True, False]


@given(st.dates(), st.dates(), st.dates())
def test_an_expired_certification_never_becomes_active_again(debut, fin, le):
    certification = une_certification(connue_active_le=debut, fin_enregistrement=fin)
    if certification.etat_le(le) is EtatCertification.EXPIREE and le < date.max:
        assert certification.etat_le(le + JOUR) is EtatCertification.EXPIREE


@given(st.sampled_from(amorce.CERTIFICATIONS), st.dates(date(2010, 1, 1), date(2035, 1, 1)))
def test_a_sentence_is_given_exactly_when_it_cannot_be_used(certification, le):
    avis = certification.avis_le(le)
    assert (avis == "") == certification.active_le(le)
    assert not avis or certification.code in avis


def test_the_sentence_of_an_ended_certification_gives_the_date():
    certification = une_certification(code="RS5000", connue_active_le=DEBUT, fin_enregistrement=FIN)
    avis = certification.avis_le(date(2026, 11, 23)).replace("\N{NO-BREAK SPACE}", " ")
    assert avis == "La certification RS5000 n’est plus active : son enregistrement a pris fin le 24 mai 2024."


def test_an_end_that_is_still_ahead_is_not_said_to_have_passed():
    # An export may say that a record is inactive before the end that it gives: it was withdrawn, or replaced.
    certification = une_certification(
        code="RS5000", connue_active_le=DEBUT, fin_enregistrement=FIN, inactive_constatee_le=date(2023, 1, 31)
    )
    avis = certification.avis_le(date(2023, 2, 1)).replace("\N{NO-BREAK SPACE}", " ")
    assert avis == "La certification RS5000 n’est plus active au 1er février 2023."
    assert "a pris fin le 24 mai 2024" in certification.avis_le(FIN + JOUR).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("type_code", "saisie", "code"),
    [
        (TypeCode.RS, "2203", "RS2203"),
        (TypeCode.RS, "RS2203", "RS2203"),
        (TypeCode.RS, " rs 2203 ", "RS2203"),
        (TypeCode.RS, "rs-2203", "RS2203"),
        (TypeCode.RS, "002203", "RS2203"),
        (TypeCode.RS, "２２０３", "RS2203"),
        (TypeCode.RS, "RS\N{NO-BREAK SPACE}2203", "RS2203"),
        (TypeCode.RNCP, "37674", "RNCP37674"),
        (TypeCode.RNCP, "rncp37674", "RNCP37674"),
        (TypeCode.CPF, "CPF202", "CPF202"),
        (TypeCode.CPF, "202", "CPF202"),
        (TypeCode.CERTIF_INFO, "84482", "84482"),
        (TypeCode.RS, "\u200frs\u200b2203\ufeff", "RS2203"),
        (None, "RNCP37674", "RNCP37674"),
        (None, "rs 2203", "RS2203"),
        (None, "cpf202", "CPF202"),
    ],
)
def test_a_code_is_read_as_people_write_it(type_code, saisie, code):
    assert lire_code(type_code, saisie) == code


@pytest.mark.parametrize(
    "saisie",
    ["abc", "22 03 04 05", "2203.5", "RS", "<b>", "\x00", "\ud800", "2203\N{COMBINING ACUTE ACCENT}", "1234567",
     "XX12"],
)  # fmt: skip
@pytest.mark.parametrize("type_code", [None, *TypeCode])
def test_what_is_not_a_code_is_refused_with_an_example(type_code, saisie):
    with pytest.raises(CodeRefuse) as refus:
        lire_code(type_code, saisie)
    assert "saisissez par exemple" in refus.value.message
    assert refus.value.code_ecrit == ""


ECRITS = [
    "RNCP n°37674", "RNCP n° 37674", "RNCP N° : 37674", "RNCP : 37674", "RNCP\u202f:\u202f37674", "RNCP37674/",
    "RNCP37674.", "RNCP37674/ ",
    "RNCP37674 - Développeur web et web mobile, niveau 5", "RNCP37674 – Développeur", "Fiche RNCP37674",
    "Fiche RNCP 37 674", "(RNCP37674)",
    "https://www.francecompetences.fr/recherche/rncp/37674/", "francecompetences.fr/recherche/rncp/37674",
    "https://www.francecompetences.fr/recherche/rncp/37674/?retour=1#resume", "RNCP numéro 37674", "RNCP_37674",
    "RNCP Nº 37674", "Titre : développeur (RNCP37674)", "RNCP37674\nRNCP37674", "RNCP37674 — 2 ans",
    *(f"RNCP{tiret}37674" for tiret in "-\u2010\u2011\u2012–—\u2015\u2212"),
]  # fmt: skip


@pytest.mark.parametrize("type_code", [None, TypeCode.RNCP])
@pytest.mark.parametrize("saisie", ECRITS)
def test_a_code_is_read_as_it_is_copied(type_code, saisie):
    assert lire_code(type_code, saisie) == "RNCP37674"


@pytest.mark.parametrize("saisie", ["n°37674", "n° 37674", "№ 37674", "37674/", "37674 - Développeur web", "37 674"])
def test_a_number_is_read_as_it_is_copied_where_its_type_is_chosen(saisie):
    assert lire_code(TypeCode.RNCP, saisie) == "RNCP37674"


@pytest.mark.parametrize(
    "saisie", ["RNCP37674BC01", "RNCP37674 BC01", "RNCP37674 - BC01 - Concevoir", "RNCP37674–BC02", "RNCP 37674 : BC1"]
)
def test_a_bloc_leads_to_its_certification(saisie):
    with pytest.raises(CodeRefuse, match="est un bloc de compétences") as refus:
        lire_code(TypeCode.RNCP, saisie)
    assert refus.value.code_ecrit == "RNCP37674"


@pytest.mark.parametrize(
    "saisie",
    ["RNCP37674 RS6604", "RNCP37674, RNCP37675", "RNCP37674, 37675", "37674 et 37675", "37674;37675", "RS6604/RS7113"],
)
def test_several_codes_are_refused_as_several(saisie):
    with pytest.raises(CodeRefuse, match="contient plusieurs codes") as refus:
        lire_code(TypeCode.RNCP, saisie)
    assert refus.value.code_ecrit == ""


@pytest.mark.parametrize("saisie", ["FC37674", "NSF 100", "CQP37674", "BC01", "RNCP37674BC", "COURS 12", "RNCP1234567"])
@pytest.mark.parametrize("type_code", [None, TypeCode.RNCP])
def test_another_prefix_is_no_code(type_code, saisie):
    with pytest.raises(CodeRefuse, match="n’est pas un code"):
        lire_code(type_code, saisie)


def test_a_page_that_is_pasted_whole_is_not_quoted_whole():
    with pytest.raises(CodeRefuse) as refus:
        lire_code(TypeCode.RNCP, "mot " * 10_000)
    assert len(refus.value.message) < 200


@pytest.mark.parametrize("saisie", ["", "  ", "\n", "-", "\u200b", "\N{NO-BREAK SPACE}"])
def test_an_empty_code_is_asked_for(saisie):
    with pytest.raises(CodeRefuse, match="Saisissez le code"):
        lire_code(TypeCode.RS, saisie)


def test_a_prefix_of_another_register_is_told():
    with pytest.raises(CodeRefuse, match="est un code RNCP"):
        lire_code(TypeCode.RS, "RNCP37674")


@pytest.mark.parametrize("numero", ["2203", "０３１３"])
def test_a_number_alone_says_nothing_of_its_type(numero):
    with pytest.raises(CodeRefuse, match="Choisissez un type de code"):
        lire_code(None, numero)


PREFIXES = {TypeCode.RS: "RS", TypeCode.RNCP: "RNCP", TypeCode.CPF: "CPF"}


@given(
    st.sampled_from([None, *TypeCode]), st.sampled_from(list(PREFIXES)), st.integers(0, 999_999), st.booleans(),
    st.sampled_from(["", " ", "-", "\N{NO-BREAK SPACE}", "0", "00"]),
)  # fmt: skip
def test_a_complete_code_is_always_understood_and_contradicts_another_type(choisi, ecrit, numero, minuscules, entre):
    saisie = f"{PREFIXES[ecrit]}{entre}{numero}"
    saisie = saisie.lower() if minuscules else saisie
    attendu = f"{PREFIXES[ecrit]}{numero}"
    if choisi in {None, ecrit}:
        assert lire_code(choisi, saisie) == attendu
        assert type_du_code(attendu) is ecrit
        return
    with pytest.raises(CodeRefuse) as refus:
        lire_code(choisi, saisie)
    assert refus.value.code_ecrit == attendu
    assert ecrit.complement in refus.value.message


@given(st.sampled_from([None, *TypeCode]), st.text(st.characters(exclude_categories=())))
def test_any_code_is_read_or_refused_in_french(type_code, saisie):
    try:
        lu = lire_code(type_code, saisie)
    except CodeRefuse as refus:
        lu = refus.message
    assert (lu.isascii() and lu.isalnum()) or lu.endswith(".")


@given(st.sampled_from([TypeCode.RS, TypeCode.RNCP, TypeCode.CPF]), st.integers(0, 999_999))
def test_reading_a_code_twice_changes_nothing(type_code, numero):
    code = lire_code(type_code, str(numero))
    assert lire_code(type_code, code) == code == f"{type_code.value}{numero}"


def test_a_code_says_its_register_and_its_number():
    assert (CLEA.type_code, CLEA.numero) == (TypeCode.RS, "2203")
    rncp = une_certification(code="RNCP37674")
    assert (rncp.type_code, rncp.numero) == (TypeCode.RNCP, "37674")


@pytest.mark.parametrize("code", CODES_CPF)
def test_a_known_cpf_code_names_the_type_to_choose(code):
    libelle, type_formation = CODES_CPF[code]
    assert libelle in avis_cpf(code)
    assert type_formation.libelle in avis_cpf(code)
    assert type_formation is not TypeFormation.CLEA


def test_an_unknown_cpf_code_is_told():
    assert avis_cpf("CPF999") == code_inconnu("CPF999")


def test_a_certif_info_code_that_is_unknown_says_that_it_is_of_no_use_any_more():
    assert "n’accepte plus ces codes" in code_inconnu("99999")
    assert type_du_code("99999") is TypeCode.CERTIF_INFO
    for code in ("RS99999", "RNCP99999", "CPF999"):
        assert "Vérifiez le type de code et le numéro" in code_inconnu(code)


# --- what is said of an end


@given(st.dates(date(1900, 1, 1), date(2900, 1, 1)), st.integers(-400, 400))
def test_an_end_is_said_from_180_days_before_until_its_last_day_louder_and_louder(fin, jours):
    certification = une_certification(connue_active_le=date(1800, 1, 1), fin_enregistrement=fin)
    annonce = certification.annonce_le(fin - jours * JOUR)
    if not 0 <= jours <= 180:
        assert annonce is None
        return
    assert annonce is not None
    assert annonce.ton is (Ton.ALERTE if jours <= 30 else Ton.ATTENTION if jours <= 90 else Ton.INFORMATION)
    assert annonce.texte.startswith(f"L’enregistrement prend fin le {date_longue(fin)} (")
    delai = {0: "c’est son dernier jour", 1: "dans 1 jour"}.get(jours, f"dans {jours} jours")
    assert annonce.texte.replace("\N{NO-BREAK SPACE}", " ").endswith(f"({delai}).")


@given(st.sampled_from(amorce.CERTIFICATIONS), st.dates(date(2010, 1, 1), date(2035, 1, 1)))
def test_what_is_said_of_an_end_is_what_the_catalogue_says(certification, le):
    annonce = certification.annonce_le(le)
    assert (annonce is not None and annonce.ton is not Ton.DISCRET) == certification.prend_fin_bientot(le)
    assert annonce is None or certification.active_le(le)


def test_an_end_that_nothing_is_known_of_is_said_discreetly():
    for code in ("RS7003", "RNCP37275"):
        annonce = une_certification(code=code).annonce_le(date(2026, 11, 23))
        assert annonce == Annonce(
            "Date d’échéance inconnue\N{NO-BREAK SPACE}: à vérifier sur France compétences.", Ton.DISCRET
        )


def test_nothing_is_said_of_the_end_of_the_guides_own_records():
    siennes = [c for c in amorce.CERTIFICATIONS if c.source == amorce.GUIDE]
    assert [c.code for c in siennes] == ["RS2203", "RS3936", "RS313"]
    for certification in siennes:
        assert certification.active_le(LE)
        assert certification.annonce_le(LE) is None


def test_what_replaces_is_named_by_its_code_and_its_title():
    suivante = une_certification(code="RS2", intitule="L'« autre » : {titre}")
    assert remplacee_par(suivante) == "Elle est remplacée par RS2 – L'« autre » : {titre}."


@pytest.mark.parametrize(("jour", "apres"), [(30, True), (31, False)])
def test_a_registration_takes_effect_on_its_day(jour, apres):
    effet = date(2026, 12, 31)
    certification = une_certification(code="RS7003", effet_le=effet, connue_active_le=effet)
    assert certification.prend_effet_apres(date(2026, 12, jour)) is apres


@pytest.mark.parametrize(("jours", "bientot"), [(-1, False), (0, True), (180, True), (181, False)])
def test_an_end_is_near_for_its_last_180_days(jours, bientot):
    certification = une_certification(connue_active_le=DEBUT, fin_enregistrement=FIN)
    assert certification.prend_fin_bientot(FIN - jours * JOUR) is bientot


def test_what_is_not_attested_yet_is_said_otherwise_than_what_takes_effect_later():
    a_venir = une_certification(code="RS1", connue_active_le=FIN, effet_le=FIN)
    inconnue = une_certification(code="RS1", connue_active_le=FIN)
    assert a_venir.avis_le(DEBUT).endswith("elle prend effet le 24\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2024.")
    assert inconnue.avis_le(DEBUT).endswith("qu’à partir du 24\N{NO-BREAK SPACE}mai\N{NO-BREAK SPACE}2024.")
