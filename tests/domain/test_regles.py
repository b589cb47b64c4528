"""Each rule of the trade, at its limits; and that none of those decided is missing."""

import statistics
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import une_certification, une_fiche, une_fiche_de
from tests.builders_arbre import (
    CERTIFICATION,
    CONTACT_ID,
    LIEU_ID,
    un_contact,
    un_contexte,
    un_lieu,
    une_action,
    une_session,
)
from webapp.domain.champs import Nature, Niveau
from webapp.domain.controle_arbre import (
    conseiller_formation,
    controler_action,
    controler_entree,
    controler_session,
)
from webapp.domain.controle_valeurs import controler_valeurs
from webapp.domain.diagnostic import Code, Portee
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.libelles_regles import LIBELLES, cle_de
from webapp.domain.niveaux import CHAMPS
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.prix import PRIX_CONNUS_MIN, PrixHabituels
from webapp.domain.regles import Regle
from webapp.domain.regles_action import REGLES_ACTION, ActionsVoisines
from webapp.domain.regles_annuaire import REGLES_ANNUAIRE
from webapp.domain.regles_formation import REGLES_FORMATION, SIRET
from webapp.domain.regles_session import REGLES_SESSION, SessionsVoisines
from webapp.domain.textes import ESPACE_INSECABLE, dire, fr

V, C = Portee.VALIDATION, Portee.CONSEIL
AUTRE, SOI = UUID(int=7), UUID(int=8)
LONG = "Savoir prendre la parole dans une situation de travail, devant plusieurs personnes."

# What was decided: each rule, what it forbids, the number of the portal's refusal.
DECIDEES: dict[Niveau, set[tuple[str, Portee, int | None]]] = {
    Niveau.FORMATION: {
        ("F06", C, None), ("F15", C, None), ("F16", C, None), ("F17", C, None), ("F22", C, None), ("F23", C, None),
        ("F24", C, None), ("F25", C, None), ("F26", C, None), ("F27", C, None), ("F29", C, None), ("O01", C, None),
        ("H01", C, None), ("H02", C, None), ("H03", C, None),
    },
    Niveau.ACTION: {
        ("A03", V, None), ("A04", V, None), ("A05", C, None), ("A06", V, None), ("A06", C, None),
        ("A07", V, 30013), ("A07", V, None),
        ("A08", V, 30017), ("A09", V, 30056), ("A10", V, 30057), ("A11", C, None), ("A12", V, None), ("F22", C, None),
        ("F27", C, None), ("F30", C, None),
    },
    Niveau.SESSION: {
        ("S01", V, None), ("S01", C, None), ("S01", V, 30020), ("S02", V, 10133), ("S03", C, None),
        ("S04", C, None), ("S05", C, None),
        ("S06", V, 30022), ("A07", V, 30013), ("A07", V, None), ("F27", C, None),
        ("H02", C, None),
    },
    Niveau.LIEU: {("A07", V, 30013), ("A07", V, None), ("A07", C, None), ("A08", V, None), ("F27", C, None)},
}  # fmt: skip
TABLES: dict[Niveau, tuple[Regle[Any], ...]] = {
    Niveau.FORMATION: REGLES_FORMATION, Niveau.ACTION: REGLES_ACTION, Niveau.SESSION: REGLES_SESSION,
    Niveau.LIEU: REGLES_ANNUAIRE,
}  # fmt: skip


@pytest.mark.parametrize("niveau", DECIDEES)
def test_the_table_of_each_level_holds_the_rules_that_were_decided(niveau):
    siennes = [(regle.id, regle.portee, regle.numero_edof) for regle in TABLES[niveau]]
    assert len(siennes) == len(set(siennes))
    assert set(siennes) == DECIDEES[niveau]


def test_what_the_portal_is_known_to_refuse_is_foretold():
    # 30070 and 30077 are those of `controle`: see test_controle.py.
    numeros = {numero for siennes in DECIDEES.values() for _, _, numero in siennes if numero}
    assert numeros == {10133, 30013, 30017, 30020, 30022, 30056, 30057}


def trouvees(diagnostic, regle=None):
    """Give the rule, the field and the number of each anomaly."""
    return {(a.regle, a.champ, a.numero_edof) for a in diagnostic.anomalies if regle is None or a.regle == regle}


def de(anomalies, regle):
    return [a for a in anomalies if a.regle == regle]


def test_complete_fiches_have_nothing_to_be_said_of_them():
    assert controler_action(une_action(), un_contexte()).anomalies == ()
    assert controler_session(une_session(), une_action(), un_contexte()).anomalies == ()
    assert controler_entree(un_contact(), un_contexte()).anomalies == ()
    assert controler_entree(un_lieu(), un_contexte()).anomalies == ()


# ------------------------------------------------------------------ an action


@pytest.mark.parametrize("nom", [c.nom for c in CHAMPS[Niveau.ACTION] if c.obligatoire])
def test_what_an_action_needs_forbids_a_validation_and_no_save(nom):
    diagnostic = controler_action(une_action(**{nom: ""}), un_contexte())
    [anomalie] = diagnostic.du_champ(nom)
    assert anomalie.portee is V
    assert anomalie.regle.startswith("A0")
    assert "votre action" in anomalie.message
    assert diagnostic.enregistrable


@pytest.mark.parametrize(
    ("centre", "entreprise", "admis"),
    [("24", "", True), ("20", "4", True), ("21", "0", True), ("20", "5", False), ("25", "", False), ("", "25", False)],
)
def test_a03_hours_in_parts_are_at_most_the_total(centre, entreprise, admis):
    action = une_action(duree="24", heures_centre=centre, heures_entreprise=entreprise)
    assert controler_action(action, un_contexte()).validable is admis


@pytest.mark.parametrize(
    ("duree", "admis"),
    [
        ("0", False),
        ("1", True),
        ("99999", True),
        ("100000", False),
        ("-5", False),
        ("douze", False),
        ("999999999999", False),
    ],
)
def test_a03_the_total_has_its_limits(duree, admis):
    diagnostic = controler_action(une_action(duree=duree), un_contexte())
    assert diagnostic.validable is admis
    assert diagnostic.enregistrable
    if not admis:
        assert {a.regle for a in diagnostic.du_champ("duree")} == {"A03"}


@pytest.mark.parametrize(
    ("taux", "ht", "ttc", "admis"),
    [
        ("20", "1000", "1200", True), ("20", "1000", "1200,01", True), ("20", "1000", "1199,99", True),
        ("20", "1000", "1200,02", False), ("0", "1000", "1200", False), ("5,5", "1000", "1055", True),
        ("0", "0", "0", True),
    ],
)  # fmt: skip
def test_a04_the_three_prices_agree_to_a_cent(taux, ht, ttc, admis):
    action = une_action(taux_tva=taux, frais_ht=ht, frais_ttc=ttc)
    assert (de(controler_action(action, un_contexte()).anomalies, "A04") == []) is admis


@pytest.mark.parametrize("prix", ["gratuit", "1.200", "-5", "10 000 000 000"])
def test_a04_what_is_no_amount_forbids_a_validation(prix):
    diagnostic = controler_action(une_action(frais_ht=prix), un_contexte())
    assert {a.champ for a in diagnostic.bloquantes} == {"frais_ht"}
    assert diagnostic.enregistrable


def des_prix(*horaires):
    """What an hour costs in actions 1, 2, 3…"""
    return PrixHabituels((UUID(int=n), None if un is None else Decimal(un)) for n, un in enumerate(horaires, 1))


def test_a05_a_price_of_nothing_or_out_of_the_habits_is_only_advised():
    habitudes = un_contexte(prix=des_prix(40, 40, 40))
    # 24 hours: from 20 to 80 € each, half and twice what the others cost, and to the cent.
    for ttc, dit in (("480", False), ("479,99", False), ("479", True), ("1920", False), ("1921", True)):
        action = une_action(taux_tva="0", frais_ht=ttc, frais_ttc=ttc)
        diagnostic = controler_action(action, habitudes)
        assert bool(de(diagnostic.conseils, "A05")) is dit, ttc
        assert diagnostic.validable
    nul = controler_action(une_action(frais_ht="0", frais_ttc="0"), un_contexte())
    assert [a.portee for a in de(nul.anomalies, "A05")] == [C]
    assert controler_action(une_action(frais_ttc="99999"), un_contexte()).du_champ("frais_ttc")[0].regle != "A05"


def test_a05_habits_need_three_prices_of_other_actions():
    assert des_prix(10, None, 20).ordinaire(None) is None
    assert des_prix(10, 20, 0, 15).ordinaire(None) == Decimal(15)
    assert des_prix(10, 20, 15).ordinaire(UUID(int=1)) is None
    assert des_prix(10, 20, 15).ordinaire(UUID(int=9)) == Decimal(15)


@given(st.lists(st.none() | st.integers(1, 5_000).map(lambda n: Decimal(n) / 100), max_size=12), st.integers(1, 13))
def test_a05_what_others_cost_is_the_median_of_theirs(prix, rang):
    autres = [un for place, un in enumerate(prix, 1) if un is not None and place != rang]
    attendu = statistics.median(autres) if len(autres) >= PRIX_CONNUS_MIN else None
    assert des_prix(*prix).ordinaire(UUID(int=rang)) == attendu


def test_a05_an_action_is_compared_with_the_others_and_the_sentence_is_true():
    habitudes = un_contexte(prix=des_prix("1.67", "14.70", "15.00", "16.50"))
    action = une_action(taux_tva="20", frais_ht="83.33", frais_ttc="100", duree="60")
    [dit] = de(controler_action(action, habitudes, soi=UUID(int=1)).conseils, "A05")
    assert dit.message.replace(ESPACE_INSECABLE, " ").replace("’", "'") == (
        "1,67 € l'heure : moins de la moitié de ce que coûtent d'ordinaire vos autres actions (15,00 € l'heure)."
    )


def test_a06_announced_conditions_are_described():
    assert trouvees(controler_action(une_action(prerequis="oui"), un_contexte())) == {
        ("A06", "conditions_specifiques", None)
    }
    assert controler_action(une_action(prerequis="oui", conditions_specifiques="Lire."), un_contexte()).validable


@pytest.mark.parametrize(
    ("frais", "inclus", "dit"),
    [("", "", False), ("0", "", False), ("35", "", True), ("35", "non", False), ("35", "oui", False)],
)
def test_a12_where_there_are_additional_costs_it_is_said_whether_they_pay_for_the_certification(frais, inclus, dit):
    diagnostic = controler_action(une_action(frais_annexes=frais, frais_certification_inclus=inclus), un_contexte())
    assert (("A12", "frais_certification_inclus", None) in trouvees(diagnostic)) is dit
    assert diagnostic.validable is not dit


def test_a07_a_french_place_without_a_way_is_refused_by_the_portal():
    for textes, numeros in (
        ({"libelle_voie": ""}, {30013}),
        ({"libelle_voie": "", "ligne_5": "BP 202"}, set()),
        ({"libelle_voie": "", "pays": "BE", "code_postal": "B1000"}, set()),
        ({"libelle_voie": " ", "pays": "FR"}, {30013}),
    ):
        contexte = un_contexte(lieux={LIEU_ID: un_lieu(**textes)})
        assert {a.numero_edof for a in controler_action(une_action(), contexte).anomalies} == numeros
        assert {a.numero_edof for a in controler_entree(un_lieu(**textes), contexte).anomalies} == numeros
        session = controler_session(une_session(), une_action(), contexte)
        assert trouvees(session) == {("A07", "adresse_inscription", numero) for numero in numeros}


@pytest.mark.parametrize("nom", ["denomination", "code_postal", "ville", "contact"])
def test_a07_a_place_that_lacks_something_stops_what_refers_to_it(nom):
    contexte = un_contexte(lieux={LIEU_ID: un_lieu(**{nom: ""})})
    assert trouvees(controler_action(une_action(), contexte)) == {("A07", "lieu", None)}
    # Where people are told, or enrolled, the file has the address alone: nobody is to be joined there.
    adresses = set() if nom == "contact" else {("A07", "adresse_information", None)}
    assert trouvees(controler_action(une_action(adresse_information=LIEU_ID), contexte), "A07") == {
        ("A07", "lieu", None), *adresses,
    }  # fmt: skip
    sur_place = {("A07", "adresse_inscription", None)} if adresses else set()
    session = une_session(adresse_inscription=LIEU_ID)
    assert trouvees(controler_session(session, une_action(), contexte), "A07") == sur_place


@pytest.mark.parametrize(("code", "admis"), [("31000", True), ("3100", False), ("B1000", False), ("310000", False)])
def test_a07_a_french_postal_code_has_five_digits(code, admis):
    assert controler_entree(un_lieu(code_postal=code), un_contexte()).validable is admis


@pytest.mark.parametrize(
    "textes", [{"latitude": "43.6045"}, {"longitude": "1.4442"}, {"code_postal": "B1000"}, {"pays": "ZZ"}]
)
def test_a07_an_address_that_cannot_be_written_stops_what_refers_to_it(textes):
    contexte = un_contexte(lieux={LIEU_ID: un_lieu(**textes)})
    assert not controler_entree(un_lieu(**textes), contexte).validable
    action = controler_action(une_action(adresse_information=LIEU_ID), contexte)
    assert trouvees(action) == {("A07", "lieu", None), ("A07", "adresse_information", None)}
    session = controler_session(une_session(), une_action(), contexte)
    assert trouvees(session) == {("A07", "adresse_inscription", None)}


@pytest.mark.parametrize(
    "textes",
    [{"nom": ""}, {"prenom": ""}, {"telephone": ""}, {"courriel": ""}, {"courriel": "pas-une-adresse"},
     {"telephone": "poste 12"}, {"telephone": "1" * 16}, {"courriel": "a@b.fr" + "r" * 155}, {"portable": "non"}],
)  # fmt: skip
def test_a08_an_incomplete_contact_stops_what_refers_to_it(textes):
    contexte = un_contexte(contacts={CONTACT_ID: un_contact(**textes)})
    assert not controler_entree(un_contact(**textes), contexte).validable
    action = controler_action(une_action(), contexte)
    assert ("A08", "contact", 30017) in trouvees(action)
    assert ("A07", "lieu", None) in trouvees(action)
    assert action.enregistrable
    assert ("S06", "contact_inscription", 30022) in trouvees(controler_session(une_session(), une_action(), contexte))
    assert trouvees(controler_entree(un_lieu(), contexte)) == {("A08", "contact", None)}


def voisines(contexte, *actions):
    return ActionsVoisines(contexte, [(AUTRE, action) for action in actions])


# What the portal compares; the price counts for 30056 alone.
CLE = {
    "modalites_enseignement": "1", "langue": "EN", "modalites_pedagogiques": "Stage.", "modalites_handicap": "Tuteur.",
}  # fmt: skip


def test_a09_the_same_action_twice_is_refused_and_named():
    contexte = un_contexte()
    diagnostic = controler_action(une_action(numero="A2"), contexte, voisines(contexte, une_action()), SOI)
    assert trouvees(diagnostic) == {("A09", "numero", 30056)}
    assert "A1" in diagnostic.anomalies[0].message
    assert controler_action(une_action(), contexte, voisines(contexte, une_action()), AUTRE).validable


@pytest.mark.parametrize(("champ", "autre"), CLE.items())
def test_a09_anything_of_the_key_makes_another_action(champ, autre):
    contexte = un_contexte()
    assert controler_action(une_action(**{champ: autre}), contexte, voisines(contexte, une_action()), SOI).validable


def test_a09_the_place_is_its_whole_address():
    ailleurs = str(UUID(int=9))
    for textes, meme in (({}, True), ({"numero_voie": "13"}, False), ({"complement": "2e étage"}, False)):
        contexte = un_contexte(lieux={LIEU_ID: un_lieu(), ailleurs: un_lieu(**textes)})
        diagnostic = controler_action(une_action(lieu=ailleurs), contexte, voisines(contexte, une_action()), SOI)
        assert bool(de(diagnostic.anomalies, "A09")) is meme


def test_a09_what_is_not_of_the_key_makes_no_other_action():
    contexte = un_contexte()
    autre = une_action(numero="A2", rythmes="2", restauration="Cantine.")
    assert trouvees(controler_action(autre, contexte, voisines(contexte, une_action()), SOI), "A09")


@pytest.mark.parametrize(
    ("duree", "ttc", "regle"),
    [("24", "1200", "A09"), ("24", "1300", "A10"), ("33", "1200", "A10"), ("15", "1300", "A10"), ("34", "1200", None),
     ("14", "1200", None), ("", "1200", None)],
)  # fmt: skip
def test_a10_hours_differ_by_ten_at_least(duree, ttc, regle):
    contexte = un_contexte()
    action = une_action(numero="A2", duree=duree, taux_tva="0", frais_ht=ttc, frais_ttc=ttc)
    memes = voisines(contexte, une_action())
    trouve = trouvees(controler_action(action, contexte, memes, SOI))
    assert {(r, n) for r, _, n in trouve if n} == ({(regle, 30056 if regle == "A09" else 30057)} if regle else set())


def test_a11_a_place_that_does_not_suit_the_modality_is_only_advised():
    a_distance = un_contexte(lieux={LIEU_ID: un_lieu(denomination="Formation à distance")})
    for contexte, modalite, dit in (
        (un_contexte(), "2", True), (un_contexte(), "0", False), (un_contexte(), "1", False),
        (a_distance, "2", False), (a_distance, "0", True), (a_distance, "1", False),
    ):  # fmt: skip
        diagnostic = controler_action(une_action(modalites_enseignement=modalite), contexte)
        assert bool(de(diagnostic.conseils, "A11")) is dit
        assert diagnostic.validable


@pytest.mark.parametrize(("duree", "dit"), [("12", True), ("13", False), ("24", False), ("25", True)])
def test_f22_a_bilan_has_thirteen_to_twenty_four_hours(duree, dit):
    bilan = un_contexte(formation=une_fiche_de(TypeFormation.BILAN), le=date(2026, 1, 1))
    assert bool(de(controler_action(une_action(duree=duree), bilan).conseils, "F22")) is dit
    # The fewest hours are of 2026; the most are older.
    avant = un_contexte(formation=une_fiche_de(TypeFormation.BILAN), le=date(2025, 12, 31))
    assert bool(de(controler_action(une_action(duree=duree), avant).conseils, "F22")) is (duree == "25")
    assert not de(controler_action(une_action(duree=duree), un_contexte(formation=une_fiche())).conseils, "F22")
    fiche = une_fiche_de(TypeFormation.BILAN, duree_heures=duree)
    en_2026 = un_contexte(le=date(2026, 1, 1))
    assert [a.champ for a in de(conseiller_formation(fiche, en_2026), "F22")] == ["duree_heures"] * dit


def test_f30_what_the_cpf_does_not_pay_is_only_advised():
    rs = une_certification(code="RS313", fin_enregistrement=date(2030, 1, 1))
    for certification, ttc, dit in ((rs, "1500", False), (rs, "1500,01", True), (CERTIFICATION, "2000", False),
                                    (une_certification(code="RNCP1"), "2000", False)):  # fmt: skip
        action = une_action(taux_tva="0", frais_ht=ttc, frais_ttc=ttc)
        en_2026 = controler_action(action, un_contexte(certification=certification, le=date(2026, 1, 1)))
        assert bool(de(en_2026.conseils, "F30")) is dit
        assert en_2026.validable
        # The law is of 2026: nothing is said of it before.
        for avant in (date(2025, 12, 31), date(2019, 11, 28)):
            assert not de(controler_action(action, un_contexte(certification=certification, le=avant)).conseils, "F30")


def test_a_contact_or_a_place_of_nobody_here_cannot_be_stored():
    for nom, id_ in (
        ("lieu", str(UUID(int=99))),
        ("contact", str(UUID(int=99))),
        ("lieu", "ici"),
        ("contact", CONTACT_ID[:-1]),
    ):
        diagnostic = controler_action(une_action(**{nom: id_}), un_contexte())
        assert [a.portee for a in diagnostic.du_champ(nom)] == [Portee.ENREGISTREMENT]


# ----------------------------------------------------------------- a session


@pytest.mark.parametrize(
    ("debut", "fin", "trouve"),
    [
        ("2027-03-01", "2027-03-01", set()),
        ("2027-03-02", "2027-03-01", {("S01", "fin", 30020)}),
        ("", "2027-03-01", {("S01", "debut", None)}),
        ("2027-03-01", "", {("S01", "fin", None)}),
        ("", "", {("S01", "debut", None), ("S01", "fin", None)}),
        ("20260231", "2027-03-01", {("", "debut", None)}),
    ],
)  # fmt: skip
def test_s01_at_fixed_dates_a_session_begins_and_then_ends(debut, fin, trouve):
    diagnostic = controler_session(une_session(debut=debut, fin=fin), une_action(), un_contexte())
    assert trouvees(diagnostic) == trouve
    assert diagnostic.enregistrable


def test_s01_permanent_entries_need_no_dates_and_may_have_some_in_order():
    permanente = une_action(entrees_sorties="1")
    assert controler_session(une_session(debut="", fin=""), permanente, un_contexte()).anomalies == ()
    renversee = une_session(debut="2027-03-02", fin="2027-03-01")
    assert trouvees(controler_session(renversee, permanente, un_contexte())) == {
        ("S01", "debut", None), ("S01", "fin", 30020),
    }  # fmt: skip


def test_s02_two_sessions_of_the_same_dates_are_refused_and_named():
    autres = SessionsVoisines([(AUTRE, une_session(numero="S0")), (SOI, une_session())])
    juge = controler_session(une_session(), une_action(), un_contexte(), autres, SOI)
    assert trouvees(juge) == {("S02", "debut", 10133)}
    assert "S0" in juge.anomalies[0].message
    assert controler_session(
        une_session(), une_action(), un_contexte(), SessionsVoisines([(SOI, une_session())]), SOI
    ).validable
    decalee = une_session(fin="2027-03-06")
    assert controler_session(decalee, une_action(), un_contexte(), autres, SOI).validable
    sans = une_session(debut="", fin="")
    permanentes = SessionsVoisines([(AUTRE, sans)])
    assert controler_session(sans, une_action(entrees_sorties="1"), un_contexte(), permanentes, SOI).validable


@pytest.mark.parametrize(
    ("debut", "dit"), [("2026-11-25", False), ("2026-11-26", True), ("2026-12-10", True), ("2026-12-11", False)]
)
def test_s03_a_start_before_eleven_working_days_is_only_advised(debut, dit):
    diagnostic = controler_session(une_session(debut=debut, fin="2027-01-01"), une_action(), un_contexte())
    assert bool(de(diagnostic.conseils, "S03")) is dit
    assert diagnostic.validable
    if dit:
        assert "11\N{NO-BREAK SPACE}décembre" in de(diagnostic.conseils, "S03")[0].message


@pytest.mark.parametrize(("fin", "dit"), [("2028-12-31", False), ("2029-01-01", True)])
def test_s04_a_session_beyond_the_end_of_its_certification_is_only_advised(fin, dit):
    diagnostic = controler_session(une_session(fin=fin), une_action(), un_contexte())
    assert bool(de(diagnostic.conseils, "S04")) is dit
    assert diagnostic.validable


@pytest.mark.parametrize(
    ("debut", "fin", "etat", "entrees", "dit"),
    [
        ("2026-11-02", "2026-11-25", "1", "0", "Session passée encore ouverte."),
        ("2026-11-02", "2026-11-25", "1", "1", "Session passée encore ouverte."),
        ("2026-11-02", "2026-11-25", "2", "0", ""),
        ("2026-11-25", "2026-11-26", "1", "0", "Session commencée le 25 novembre 2026, encore ouverte."),
        ("2026-11-25", "2027-01-01", "1", "0", "Session commencée le 25 novembre 2026, encore ouverte."),
        ("2026-11-25", "2026-11-26", "2", "0", ""),
        # One comes in at any time where entries are permanent; one that begins on the day is told by S03.
        ("2026-11-25", "2026-11-26", "1", "1", ""), ("2026-11-26", "2026-11-27", "1", "0", ""),
    ],
)  # fmt: skip
def test_s05_a_session_begun_or_past_and_still_open_is_only_advised(debut, fin, etat, entrees, dit):
    session = une_session(debut=debut, fin=fin, etat_recrutement=etat)
    diagnostic = controler_session(session, une_action(entrees_sorties=entrees), un_contexte())
    dites = [conseil.message.replace(ESPACE_INSECABLE, " ") for conseil in de(diagnostic.conseils, "S05")]
    assert dites == ([dit] if dit else [])
    assert diagnostic.validable


def test_s06_who_enrols_has_a_contact_that_of_the_action_for_want_of_one():
    sans = une_action(contact="")
    assert trouvees(controler_session(une_session(), sans, un_contexte())) == {("S06", "contact_inscription", 30022)}
    assert controler_session(une_session(contact_inscription=CONTACT_ID), sans, un_contexte()).validable
    nulle_part = controler_session(une_session(), une_action(lieu=""), un_contexte())
    assert trouvees(nulle_part) == {("A07", "adresse_inscription", None)}


# --------------------------------------------------------------- a formation


def conseils(textes=None, **faits):
    fiche = une_fiche(
        **({"objectif": LONG, "contenu": LONG + " 1", "resultats_attendus": LONG + " 2"} | (textes or {}))
    )
    return {(a.regle, a.champ) for a in conseiller_formation(fiche, un_contexte(**faits))}


def test_a_formation_that_is_well_written_needs_no_advice():
    assert conseils() == set()


@pytest.mark.parametrize(
    ("textes", "attendu"),
    [
        ({"intitule": "Cléa " + "x" * 85}, set()),
        ({"intitule": "Cléa " + "x" * 86}, {("F06", "intitule")}),
        ({"intitule": "Anglais"}, {("F29", "intitule")}),
        ({"objectif": LONG + " Voir www.exemple.example"}, {("F23", "objectif")}),
        ({"objectif": LONG + " exemple.fr"}, {("F23", "objectif")}),
        ({"contenu": LONG + " Écrire à a@b.example"}, {("F23", "contenu")}),
        ({"contenu": LONG + " 05 61 00 00 00"}, {("F23", "contenu")}),
        ({"contenu": LONG + " 123 456"}, set()),
        ({"points_forts": "Tablette offerte."}, {("F24", "points_forts")}),
        ({"points_forts": "100 % financé"}, {("F24", "points_forts")}),
        ({"points_forts": "100 % à distance"}, set()),
        ({"points_forts": "Venez !!!"}, {("F24", "points_forts")}),
        ({"points_forts": "UNE FORMATION EXCEPTIONNELLE"}, {("F24", "points_forts")}),
        ({"points_forts": "CléA, RS et RNCP"}, set()),
        ({"contenu": LONG}, {("F25", "contenu")}),
        ({"contenu": LONG.upper().lower().replace(" ", "\n  ", 3)}, {("F25", "contenu")}),
        ({"contenu": LONG.replace("personnes", "groupes")}, set()),
        ({"points_forts": "Un prix cassé"}, {("F24", "points_forts")}),
        ({"points_forts": "Un prix juste, des places assises"}, set()),
        ({"contenu": LONG + " http://exemple"}, {("F23", "contenu")}),
        ({"contenu": LONG + " +33 5 61 00 00 00"}, {("F23", "contenu")}),
        ({"contenu": LONG + " 105 61 00 00 00"}, set()),
        ({"points_forts": "competences cléa - Expression orale"}, {("F25", "points_forts")}),
        ({"objectif": "x" * 49}, {("F26", "objectif")}),
        ({"objectif": "x" * 50}, set()),
        ({"objectif": ""}, set()),
        ({"points_forts": "Cœur de métier – 100 €"}, {("F27", "points_forts")}),
        ({"points_forts": "« Été » à Noël"}, set()),
    ],
)  # fmt: skip
def test_what_is_advised_of_the_texts_of_a_formation(textes, attendu):
    assert conseils(textes) == attendu


def test_what_is_advised_of_its_certification():
    assert conseils(successeurs=(une_certification(code="RS7003"),)) == {("F15", "certification")}
    bientot = une_certification(intitule="CléA", fin_enregistrement=date(2027, 5, 25))
    assert conseils(certification=bientot) == {("F16", "certification")}
    assert conseils(certification=une_certification(intitule="CléA", fin_enregistrement=date(2027, 5, 26))) == set()
    assert conseils(certification=une_certification(intitule="CléA")) == {("F17", "certification")}
    assert conseils(certification=None) == set()


def test_o01_a_siret_that_fails_its_key_is_only_advised():
    assert conseils(siret_valide=False) == {("O01", SIRET)}


def test_f27_names_what_will_be_replaced_at_every_level():
    [une] = de(controler_action(une_action(acces_handicapes="Œuvre, 5 €"), un_contexte()).conseils, "F27")
    assert "«\N{NO-BREAK SPACE}Œ, €\N{NO-BREAK SPACE}»" in une.message
    [autre] = de(
        controler_session(une_session(modalites_particulieres="Œ"), une_action(), un_contexte()).conseils, "F27"
    )
    assert "Le caractère" in autre.message
    [dit] = de(controler_entree(un_lieu(accessibilite="Œuvre"), un_contexte()).conseils, "F27")
    assert (dit.champ, dit.message) == ("accessibilite", fr("Le caractère « Œ » sera remplacé à l'export."))


def test_f27_says_of_an_address_of_the_internet_that_it_keeps_its_offer_out():
    attendu = fr(
        "Dans une adresse, rien ne remplace le caractère « œ » : corrigez-la, sinon l'offre restera hors du fichier."
    )
    [contact] = de(controler_entree(un_contact(courriel="frœse@essai.example"), un_contexte()).conseils, "F27")
    [action] = de(controler_action(une_action(url="https://mœn.example"), un_contexte()).conseils, "F27")
    assert [(dit.champ, dit.message) for dit in (contact, action)] == [("courriel", attendu), ("url", attendu)]


def test_f27_says_of_a_number_that_it_keeps_its_offer_out():
    attendu = fr(
        "Dans un numéro, rien ne remplace le caractère « œ » : retirez-le, sans quoi l'offre restera hors du fichier."
    )
    [session] = de(controler_session(une_session(numero="Sœ"), une_action(), un_contexte()).conseils, "F27")
    [action] = de(controler_action(une_action(numero="Aœ"), un_contexte()).conseils, "F27")
    assert {(dit.champ, dit.message) for dit in (session, action)} == {("numero", attendu)}


@pytest.mark.parametrize(
    ("texte", "nombre"),
    [
        ("x" * 247 + "€", None),
        ("x" * 248 + "€", 251),
        ("x" * 249 + "€", 252),
        ("€" * 250, 750),
        ("x" * 250 + "€", None),
    ],
)
def test_f27_says_of_a_text_that_its_replacements_make_it_too_long(texte, nombre):
    premier, *autres = de(controler_action(une_action(restauration=texte), un_contexte()).conseils, "F27")
    assert premier.message == fr("Le caractère « € » sera remplacé à l'export.")
    modele = (
        "Une fois remplacé, ce texte comptera {x} caractères : 250 au plus. Raccourcissez-le, sans quoi l'offre "
        "restera hors du fichier."
    )
    assert [dit.message for dit in autres] == ([] if nombre is None else [dire(modele, x=nombre)])


def test_f27_says_of_a_reference_which_texts_there_keep_the_offer_out():
    contexte = un_contexte(
        contacts={CONTACT_ID: un_contact(fonction="\U0001f600")}, lieux={LIEU_ID: un_lieu(complement="x" * 49 + "…")}
    )
    dits = {(dit.champ, dit.message) for dit in de(controler_action(une_action(), contexte).conseils, "F27")}
    du_lieu = fr("Des caractères du lieu « Salle Garonne » laisseront l'offre hors du fichier : complément d'adresse.")
    du_contact = fr("Des caractères du contact « Camille Martin » laisseront l'offre hors du fichier : fonction.")
    assert dits == {("lieu", du_lieu), ("lieu", du_contact), ("contact", du_contact)}
    # What a session has of its action is told there.
    assert de(controler_session(une_session(), une_action(), contexte).conseils, "F27") == []
    siens = une_session(adresse_inscription=LIEU_ID)
    assert [dit.champ for dit in de(controler_session(siens, une_action(), contexte).conseils, "F27")] == [
        "adresse_inscription"
    ]


# -------------------------------------------------------------- whatever it is


@given(st.data())
def test_the_judge_never_raises_and_a_draft_is_refused_only_for_what_cannot_be_stored(data):
    niveau = data.draw(st.sampled_from([n for n in Niveau if n is not Niveau.FORMATION]))
    saisie = {champ.nom: data.draw(st.text(max_size=40)) for champ in CHAMPS[niveau] if data.draw(st.booleans())}
    fiche, contexte = Fiche.lire(niveau, saisie), un_contexte()
    juge = {
        Niveau.ACTION: lambda: controler_action(fiche, contexte),
        Niveau.SESSION: lambda: controler_session(fiche, une_action(), contexte),
    }.get(niveau, lambda: controler_entree(fiche, contexte))()
    for anomalie in juge.anomalies:
        assert anomalie.message
        assert anomalie.champ in fiche.textes
        if anomalie.portee is Portee.ENREGISTREMENT:
            champ = next(c for c in fiche.champs if c.nom == anomalie.champ)
            valeur = fiche[champ]
            assert (
                not valeur.replace("\n", "").isprintable()
                or len(valeur) > 10 * (champ.longueur_max or 0)
                or champ.nature in {Nature.CONTACT, Nature.LIEU}
            )


@pytest.mark.parametrize("texte", ["a" * 30_000, "a-" * 15_000, "@" * 30_000, "!" * 2 + " " * 30_000, "0" * 30_000])
def test_advice_on_a_draft_of_thirty_thousand_characters_is_given_at_once(texte):
    conseiller_formation(une_fiche(objectif=texte), un_contexte())


# --------------------------------------------------------- how they are called


def test_every_rule_and_every_code_without_a_rule_has_its_wording():
    regles = {regle for siennes in DECIDEES.values() for regle, _, _ in siennes} | {"A01", "A02", "F19", "F20"}
    sans_regle = set(Code) - {Code.REGLE, Code.BLOC_EN_DOUBLE, Code.CATEGORISATION_PRISE}
    assert set(LIBELLES) == regles | sans_regle
    assert len(set(LIBELLES.values())) == len(LIBELLES)


def test_an_anomaly_is_chosen_by_its_rule_or_by_its_code():
    [une] = controler_action(une_action(duree=""), un_contexte()).anomalies
    assert cle_de(une) == "A03"
    [autre] = controler_session(une_session(etat_recrutement=""), une_action(), un_contexte()).anomalies
    assert cle_de(autre) == "obligatoire"


# ------------------------------------------------------------------ what a value that is refused is told


def messages(fiche, nom):
    return [
        a.message.replace("\N{NO-BREAK SPACE}", " ")
        for a in controler_valeurs(fiche)
        if a.champ == nom and fiche.valeur(nom)
    ]


@pytest.mark.parametrize(
    ("ecrit", "annee"), [("31/12/1899", False), ("01/01/1900", True), ("31/12/2199", True), ("01/01/2200", False)]
)
def test_a_day_of_a_year_that_means_nothing_is_told_as_it_was_written_with_the_years_that_do(ecrit, annee):
    dits = messages(une_session(debut=ecrit), "debut")
    assert dits == ([] if annee else [f"« {ecrit} » : saisissez une date de 1900 à 2199."])


@pytest.mark.parametrize(
    ("ecrit", "trop"),
    [("9999999999,99", False), ("10 000 000 000", True), ("10000000000,00 €", True), ("9" * 19, True)],
)
def test_an_amount_that_the_file_cannot_hold_is_told_the_largest(ecrit, trop):
    dits = messages(une_action(frais_ht=ecrit), "frais_ht")
    assert dits == (["Saisissez un montant de 9 999 999 999,99 € au plus."] if trop else [])


@pytest.mark.parametrize("ecrit", ["999999999999", "vingt-quatre heures"])
def test_what_is_no_number_is_not_told_too_that_it_is_too_long(ecrit):
    assert messages(une_action(duree=ecrit), "duree") == ["Saisissez un nombre entier d’heures, de 1 à 99 999."]


def test_hours_that_are_out_of_bounds_are_not_added_up():
    diagnostic = controler_action(une_action(duree="24", heures_centre="100000"), un_contexte())
    assert [a.message.replace("\N{NO-BREAK SPACE}", " ") for a in diagnostic.du_champ("heures_centre")] == [
        "Saisissez un nombre d’heures de 0 à 99 999."
    ]
