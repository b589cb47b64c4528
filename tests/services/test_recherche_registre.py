"""The registry searched by words, at a date: what it finds, in which order, at which cost."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import LE, une_certification
from webapp.domain.certifications import EtatCertification
from webapp.domain.nomenclatures import TypeCode
from webapp.persistence import certifications
from webapp.persistence.lecture import LectureDuFil
from webapp.registre import amorce
from webapp.services import recherche_registre, registre
from webapp.services.recherche_registre import Recherche

AUJOURD_HUI = date(2026, 11, 23)


@pytest.fixture
def compter_directes(base, requetes, monkeypatch):
    """Count all that is sent: by the ordinary door, and straight to the driver."""

    @contextmanager
    def faire():
        reelle = LectureDuFil.executer
        with base.lecture() as cnx, requetes(cnx) as envoyees, monkeypatch.context() as m:
            m.setattr(
                LectureDuFil, "executer", lambda soi, sql, valeurs: envoyees.append(sql) or reelle(soi, sql, valeurs)
            )
            yield envoyees

    return faire


@pytest.mark.parametrize(
    ("texte", "le", "attendus"),
    [
        ("cléa", LE, ["RS3936", "RS2203"]),
        ("CLEA numerique", AUJOURD_HUI, ["RS5616", "RS3936"]),
        ("voltaire", LE, ["RS313"]),
        ("voltaire", AUJOURD_HUI, ["RS7113", "RS313"]),
        ("7113", AUJOURD_HUI, ["RS7113"]),
        ("rs 7113", AUJOURD_HUI, ["RS7113"]),
        ("ＲＳ７１１３", AUJOURD_HUI, ["RS7113"]),
        ("woonoz", AUJOURD_HUI, ["RS7113"]),
        ("isograd tosa", AUJOURD_HUI, ["RS6955", "RS6893"]),
        ("développeur web mobile", AUJOURD_HUI, ["RNCP37674"]),
        ("", AUJOURD_HUI, []),
        ("   ", AUJOURD_HUI, []),
        ("%", AUJOURD_HUI, []),
        ("_", AUJOURD_HUI, []),
        ("introuvable", AUJOURD_HUI, []),
        ("\x00", AUJOURD_HUI, []),
        ("\ud800", AUJOURD_HUI, []),
        ("volt\u202eaire", AUJOURD_HUI, []),
        ("\u200fvoltaire\u200e", LE, ["RS313"]),
        ("clea " * 2000, LE, ["RS3936", "RS2203"]),
        ("x" * 10_000, LE, []),
        ("é" * 10_000, LE, []),
        ('"voltaire" OR "clea"', LE, []),
        ("voltaire*", LE, ["RS313"]),
        ("recherche:voltaire", LE, []),
        ("NEAR(voltaire)", LE, []),
        ("voltaire' | 'clea", LE, []),
    ],
)
def test_certifications_are_searched_by_code_title_and_certifier(base, texte, le, attendus):
    assert [
        t.certification.code for t in recherche_registre.chercher(base.lecture_du_fil, texte, le).trouvees
    ] == attendus


@given(st.text(st.characters(exclude_categories=()), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
def test_any_text_can_be_searched(base, texte):
    recherche_registre.chercher(base.lecture_du_fil, texte, AUJOURD_HUI)


@pytest.mark.parametrize("le", [date(2010, 1, 1), LE, date(2022, 4, 21), date(2026, 5, 15), AUJOURD_HUI, date.max])
def test_a_search_tells_the_states_that_the_certifications_tell(base, le):
    # What the database chooses by is what the domain says: every record is found by « r ».
    trouvees = recherche_registre.chercher(base.lecture_du_fil, "r", le, 1_000).trouvees
    trouvees = tuple(t for t in trouvees if t.certification.type_code is not TypeCode.CPF)
    actives = {t.certification.code for t in trouvees if t.active}
    toutes = [c for c in amorce.CERTIFICATIONS if c.type_code is not TypeCode.CPF]
    assert actives == {c.code for c in toutes if c.active_le(le)}
    finies = {t.certification.code for t in trouvees if not t.active}
    assert finies == {c.code for c in toutes if c.etat_le(le) is EtatCertification.EXPIREE}
    assert len(actives) + len(finies) == len(trouvees)


def test_the_active_ones_come_first_and_the_newest_before_the_others(base):
    trouvees = recherche_registre.chercher(base.lecture_du_fil, "r", AUJOURD_HUI, 1_000).trouvees
    rangs = [(not t.active, -certifications.colonnes_de(t.certification, 0)["cle"]) for t in trouvees]
    assert rangs == sorted(rangs)
    assert {active for active, _ in rangs} == {True, False}


def test_one_that_has_ended_says_so_and_what_replaces_it(base):
    [nouvelle, ancienne] = recherche_registre.chercher(base.lecture_du_fil, "blockchain", AUJOURD_HUI).trouvees
    assert (nouvelle.certification.code, nouvelle.active, nouvelle.suite.actives) == ("RS6604", True, ())
    assert (ancienne.certification.code, ancienne.active) == ("RS5000", False)
    assert ancienne.suite.actives == (nouvelle.certification,)
    assert ancienne.avis_le(AUJOURD_HUI).endswith(
        "Elle est remplacée par RS6604 – Exploiter la blockchain dans le développement d’applications."
    )
    [sans_suite] = recherche_registre.chercher(base.lecture_du_fil, "2203", AUJOURD_HUI).trouvees
    assert sans_suite.avis_le(AUJOURD_HUI) == sans_suite.certification.avis_le(AUJOURD_HUI)


def test_one_whose_effect_is_ahead_is_found_by_its_title_once_its_source_is_there(base):
    avenir = une_certification(
        code="RS999004",
        intitule="Zorglub demain",
        connue_active_le=date(2027, 2, 1),
        effet_le=date(2027, 2, 1),
        faits_le=date(2026, 11, 20),
    )
    active, finie = (
        une_certification(code=code, intitule="Zorglub", connue_active_le=LE, fin_enregistrement=fin)
        for code, fin in (("RS999005", date(2030, 1, 1)), ("RS999006", date(2025, 1, 1)))
    )
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [avenir, active, finie], {})
    trouvees = recherche_registre.chercher(base.lecture_du_fil, "zorglub", AUJOURD_HUI).trouvees
    assert [(t.certification.code, t.active) for t in trouvees] == [
        ("RS999005", True), ("RS999004", False), ("RS999006", False),
    ]  # fmt: skip
    assert "elle prend effet le 1er\u00a0février\u00a02027." in trouvees[1].avis_le(AUJOURD_HUI)
    assert trouvees[1].a_prendre == ()
    # Nobody knew of it at the guide's date; on its day it is active.
    assert [
        t.certification.code for t in recherche_registre.chercher(base.lecture_du_fil, "zorglub demain", LE).trouvees
    ] == []
    [ce_jour] = recherche_registre.chercher(base.lecture_du_fil, "zorglub demain", date(2027, 2, 1)).trouvees
    assert (ce_jour.active, ce_jour.a_prendre) == (True, (avenir,))


def test_an_active_one_that_is_replaced_says_so(base):
    nouvelle = une_certification(code="RS999008", intitule="Zorglub bis", connue_active_le=LE)
    ancienne = replace(nouvelle, code="RS999007", remplacee_par=("RS999008",))
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [ancienne, nouvelle], {})
    dites = {
        t.certification.code: t
        for t in recherche_registre.chercher(base.lecture_du_fil, "zorglub", AUJOURD_HUI).trouvees
    }
    assert dites["RS999007"].avis_le(AUJOURD_HUI) == "RS999007 est remplacée par RS999008 – Zorglub bis."
    assert [c.code for c in dites["RS999007"].a_prendre] == ["RS999007", "RS999008"]
    assert dites["RS999008"].avis_le(AUJOURD_HUI) == ""


@pytest.mark.parametrize("limite", [1, 5, 20])
def test_a_search_is_limited_and_says_that_there_is_more(base, limite):
    tout = recherche_registre.chercher(base.lecture_du_fil, "r", AUJOURD_HUI, 1_000)
    assert not tout.de_plus
    trouve = recherche_registre.chercher(base.lecture_du_fil, "r", AUJOURD_HUI, limite)
    assert trouve == Recherche(tout.trouvees[:limite], de_plus=True)
    assert recherche_registre.chercher(base.lecture_du_fil, "r", AUJOURD_HUI, len(tout.trouvees)) == tout
    assert len(recherche_registre.chercher(base.lecture_du_fil, "r", AUJOURD_HUI).trouvees) == 20


def test_a_search_costs_one_statement_when_its_records_are_remembered(base, monkeypatch, compter_directes):
    monkeypatch.setattr(registre, "FRAICHEUR", 3600.0)
    premiere = recherche_registre.chercher(base.lecture_du_fil, "blockchain", AUJOURD_HUI)
    with compter_directes() as envoyees:
        assert recherche_registre.chercher(base.lecture_du_fil, "blockchain", AUJOURD_HUI) == premiere
    assert len(envoyees) == 1
    monkeypatch.setattr(registre, "FRAICHEUR", 0.0)
    assert recherche_registre.chercher(base.lecture_du_fil, "blockchain", AUJOURD_HUI) == premiere


def test_a_record_that_is_gone_meanwhile_is_left_out(base, monkeypatch):
    une = une_certification(code="RS999003", intitule="Zorglub", connue_active_le=LE)
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [une], {})
    with monkeypatch.context() as m:
        m.setattr(certifications, "par_codes", lambda _lecture, _codes: (None, {}))
        assert recherche_registre.chercher(base.lecture_du_fil, "zorglub", LE) == Recherche()
    assert [t.certification for t in recherche_registre.chercher(base.lecture_du_fil, "zorglub", LE).trouvees] == [une]
