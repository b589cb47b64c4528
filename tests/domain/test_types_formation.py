"""The six types of formation: what each asks, shows, requires, and what moving from one to another keeps."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, PAR_TYPE, une_certification, une_fiche, une_fiche_de
from webapp.domain import champs, prerempli
from webapp.domain.champs import BLOCS_EXIGES_LE, CHAMPS, CHAMPS_COMMUNS
from webapp.domain.changement import changer, regle_pour
from webapp.domain.controle import controler
from webapp.domain.diagnostic import Code, Portee
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.nomenclatures import CATEGORIES_PERMIS, CODES_CPF, OBJECTIFS_GENERAUX, TypeFormation
from webapp.domain.prerempli import PAS_DE_DONNEE
from webapp.domain.registre import Bloc, famille_de
from webapp.domain.types_formation import REGLES, QuestionEtape1, champs_de, preremplis, regle_de, types_du_champ
from webapp.registre import amorce

REGISTRE = {c.code: c for c in amorce.CERTIFICATIONS}
RNCP = une_certification(code="RNCP37674", intitule="Développeur web et web mobile", connue_active_le=LE)
BLOCS = (Bloc("RNCP37674BC01", "Front-end"), Bloc("RNCP37674BC02", "Back-end"))
PROPRES = [champ for champ in CHAMPS if champ not in CHAMPS_COMMUNS]
textes = st.text(st.characters(exclude_categories=()), max_size=30)


def anomalies(fiche, certification=None, le=LE, blocs=()):
    certification = certification or REGISTRE.get(fiche.certification)
    return [(a.champ, a.code) for a in controler(fiche, certification, le, blocs).anomalies]


# ---------------------------------------------------------------------------- the table


def test_there_is_one_rule_for_each_type_of_the_guide():
    assert list(REGLES) == [t.value for t in TypeFormation]


def test_each_cpf_code_belongs_to_the_type_that_names_it():
    for code, (_, type_formation) in CODES_CPF.items():
        assert code in REGLES[type_formation.value].codes
        assert REGLES[type_formation.value].admet(REGISTRE[code])
        assert regle_de(REGISTRE[code]).type_formation is type_formation


def test_the_types_are_those_of_the_trade():
    # domaine.md §1.3
    codes = {nom: regle.codes for nom, regle in REGLES.items() if regle.codes}
    assert {nom: codes[nom] for nom in ("bilan", "vae", "creation")} == {
        "bilan": ("CPF202",), "vae": ("CPF200",), "creation": ("CPF203",),
    }  # fmt: skip
    assert len(codes["permis"]) == 13
    assert {nom: regle.objectif_impose for nom, regle in REGLES.items() if regle.objectif_impose} == {
        "bilan": "9", "permis": "8", "creation": "4",
    }  # fmt: skip
    assert all(regle.objectifs[0] == "6" for nom, regle in REGLES.items() if nom in {"certifiante", "vae", "clea"})
    assert all(objectif in OBJECTIFS_GENERAUX for regle in REGLES.values() for objectif in regle.objectifs)
    assert {nom: regle.question for nom, regle in REGLES.items()} == {
        "certifiante": QuestionEtape1.CODE, "bilan": QuestionEtape1.RIEN, "permis": QuestionEtape1.LISTE,
        "vae": QuestionEtape1.RIEN, "creation": QuestionEtape1.RIEN, "clea": QuestionEtape1.LISTE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type_formation", "certification", "propres"),
    [
        ("certifiante", "RS313", []), ("certifiante", "RNCP37674", ["blocs"]), ("bilan", "CPF202", ["duree_heures"]),
        ("permis", "CPF206", ["numero_agrement"]), ("vae", "CPF200", ["categorisation"]), ("creation", "CPF203", []),
        ("clea", "RS2203", []), ("", "", []), ("autre", "RNCP1", []),
    ],
)  # fmt: skip
def test_each_type_asks_for_its_own_fields(type_formation, certification, propres):
    demandes = champs_de(type_formation, certification)
    assert [c.nom for c in demandes if c not in CHAMPS_COMMUNS] == propres
    assert [c for c in demandes if c in CHAMPS_COMMUNS] == list(CHAMPS_COMMUNS)


def test_every_field_of_its_own_belongs_to_one_type():
    assert {c.nom: [t.value for t in types_du_champ(c)] for c in PROPRES} == {
        "blocs": ["certifiante"], "categorisation": ["vae"], "numero_agrement": ["permis"], "duree_heures": ["bilan"],
    }  # fmt: skip
    assert all(types_du_champ(c) == tuple(TypeFormation) for c in CHAMPS_COMMUNS)


def test_a_certifying_type_takes_certifications_and_no_kind_of_action():
    assert REGLES["certifiante"].admet(RNCP)
    assert REGLES["certifiante"].admet(CLEA)
    assert not REGLES["clea"].admet(RNCP)
    for code in CODES_CPF:
        assert not REGLES["certifiante"].admet(REGISTRE[code])
        assert not REGLES["clea"].admet(REGISTRE[code])


# ---------------------------------------------------------------------------- the read-only block


def test_the_read_only_block_of_clea_is_the_guides():
    # Guide step 5, to the letter.
    lignes = preremplis(REGLES["clea"], CLEA)
    assert [(ligne.libelle, ligne.valeur) for ligne in lignes] == [
        ("Code FORMACODE", "15041"),
        ("Code NSF", "100"),
        ("Code ROME", PAS_DE_DONNEE),
        ("Organisme certificateur", PAS_DE_DONNEE),
        ("Niveau d’entrée", PAS_DE_DONNEE),
        ("Niveau à la sortie de la formation", "Sans niveau spécifique"),
    ]
    assert all(ligne.explication for ligne in lignes)


def test_several_values_of_a_line_are_joined():
    certification = une_certification(nsf=("136", "333"), certificateurs=("A", "", "B"))
    valeurs = {ligne.nom: ligne.valeur for ligne in preremplis(REGLES["certifiante"], certification)}
    assert (valeurs["nsf"], valeurs["certificateur"]) == ("136, 333", "A, B")


@pytest.mark.parametrize(
    ("type_formation", "attendues"),
    [
        ("bilan", {"code_action": "CPF202", "nsf": "315", "certifiante": "Action non certifiante",
                   "duree_maximale": "24 heures"}),
        ("permis", {"code_action": "CPF206", "categorie": "B", "formacode": PAS_DE_DONNEE}),
        ("vae", {"code_action": "CPF200", "rome": PAS_DE_DONNEE}),
        ("creation", {"code_action": "CPF203", "certifiante": "Action non certifiante"}),
    ],
)  # fmt: skip
def test_each_type_shows_its_own_block(type_formation, attendues):
    une = REGISTRE[PAR_TYPE[TypeFormation(type_formation)]["certification"]]
    lignes = preremplis(REGLES[type_formation], une)
    valeurs = {ligne.nom: ligne.valeur for ligne in lignes}
    assert attendues.items() <= valeurs.items()
    assert len(valeurs) == len(lignes)
    assert all(ligne.explication for ligne in lignes)


# ---------------------------------------------------------------------------- the rules of each type


@pytest.mark.parametrize("type_formation", TypeFormation)
def test_a_complete_fiche_of_each_type_can_be_validated(type_formation):
    assert anomalies(une_fiche_de(type_formation)) == []


@pytest.mark.parametrize("type_formation", TypeFormation)
def test_what_a_new_fiche_is_prefilled_with_suits_its_type(type_formation):
    une = REGISTRE[PAR_TYPE[type_formation].get("certification", "RS2203")]
    fiche = FicheFormation.preremplie(type_formation, une)
    assert fiche.objectif_general == REGLES[type_formation.value].objectifs[0]
    assert {code for _, code in anomalies(fiche)} == {Code.OBLIGATOIRE}


@pytest.mark.parametrize(
    ("duree", "code"),
    [
        ("1", None), ("24", None), ("０２０", None), (" 20 ", None), ("", Code.OBLIGATOIRE), ("0", Code.HORS_BORNES),
        ("25", Code.HORS_BORNES), ("999999", Code.HORS_BORNES), ("24,5", Code.FORME), ("7h30", Code.FORME),
        ("-1", Code.FORME), ("vingt", Code.FORME), ("9" * 10, Code.FORME),
    ],
)  # fmt: skip
def test_a_bilan_lasts_24_hours_at_most(duree, code):
    fiche = une_fiche_de(TypeFormation.BILAN, duree_heures=duree)
    assert anomalies(fiche) == ([("duree_heures", code)] if code else [])
    assert controler(fiche, REGISTRE["CPF202"], LE).enregistrable


@pytest.mark.parametrize(
    ("type_formation", "impose"),
    [(TypeFormation.BILAN, "9"), (TypeFormation.PERMIS, "8"), (TypeFormation.CREATION, "4")],
)
def test_these_types_have_one_objectif_general(type_formation, impose):
    for objectif in OBJECTIFS_GENERAUX:
        attendu = [] if objectif == impose else [("objectif_general", Code.OBJECTIF_HORS_TYPE)]
        assert anomalies(une_fiche_de(type_formation, objectif_general=objectif)) == attendu


@pytest.mark.parametrize(
    ("objectif", "cite"),
    [
        ("Agrément E 02 075 1234 0.", True), ("agrément e0207512340", True), ("Agrément E\n02\xa0075 1234 0", True),
        ("Agrément E 02 075 1234", False), ("Conduire.", False),
    ],
)  # fmt: skip
def test_the_objective_of_a_driving_licence_states_the_agreement_number(objectif, cite):
    fiche = une_fiche_de(TypeFormation.PERMIS, objectif=objectif)
    assert anomalies(fiche) == ([] if cite else [("objectif", Code.AGREMENT_NON_CITE)])


@pytest.mark.parametrize(
    ("numero", "objectif", "codes"),
    [
        ("E 02 075 1234 0", "Agrément E-02-075-1234-0.", []),
        ("E-02-075-1234-0", "Agrément E\N{NARROW NO-BREAK SPACE}02 075 1234 0.", []),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER E} ０２ 075 1234 0", "Agrément E0207512340.", []),
        ("E", "Permis", [("numero_agrement", Code.FORME)]),
        ("-", "Permis", [("numero_agrement", Code.FORME)]),
        ("…", "Permis", [("numero_agrement", Code.FORME)]),
    ],
)
def test_an_agreement_number_has_a_digit_and_is_cited_whatever_separates_its_parts(numero, objectif, codes):
    assert anomalies(une_fiche_de(TypeFormation.PERMIS, numero_agrement=numero, objectif=objectif)) == codes


@pytest.mark.parametrize(
    ("categorisation", "code"),
    [
        ("152", None),
        ("０４２", None),
        ("", Code.OBLIGATOIRE),
        ("15", Code.FORME),
        ("1520", Code.FORME),
        ("15a", Code.FORME),
    ],
)
def test_the_categorisation_of_a_vae_has_three_digits(categorisation, code):
    fiche = une_fiche_de(TypeFormation.VAE, categorisation=categorisation)
    assert anomalies(fiche) == ([("categorisation", code)] if code else [])


@pytest.mark.parametrize(
    ("le", "blocs", "connus", "codes"),
    [
        (LE, "", BLOCS, []),
        (date(2026, 6, 10), "", BLOCS, []),
        (BLOCS_EXIGES_LE, "", BLOCS, [Code.OBLIGATOIRE]),
        (BLOCS_EXIGES_LE, "", (), [Code.OBLIGATOIRE]),
        (BLOCS_EXIGES_LE, "RNCP37674BC01", BLOCS, []),
        (BLOCS_EXIGES_LE, "rncp37674bc01 ; RNCP37674BC02", BLOCS, []),
        (BLOCS_EXIGES_LE, "RNCP37674BC01\nRNCP37674BC01", BLOCS, [Code.BLOC_EN_DOUBLE]),
        (BLOCS_EXIGES_LE, "RNCP37674BC03", BLOCS, [Code.BLOC_INCONNU]),
        (BLOCS_EXIGES_LE, "RNCP37674BC03", (), []),
        (BLOCS_EXIGES_LE, "RNCP1BC01", (), [Code.BLOC_INCONNU]),
        (BLOCS_EXIGES_LE, "RNCP37674BC", (), [Code.BLOC_INCONNU]),
        (BLOCS_EXIGES_LE, "RNCP37674BC01 RNCP1BC01 RNCP1BC01", BLOCS, [Code.BLOC_EN_DOUBLE, Code.BLOC_INCONNU]),
    ],
)
def test_the_rncp_asks_for_blocs_of_its_certification_each_once(le, blocs, connus, codes):
    # Rules F18 (since 11 June 2026) and F19.
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37674", blocs=blocs)
    assert anomalies(fiche, RNCP, le, connus) == [("blocs", code) for code in codes]


@pytest.mark.parametrize("entoures", [",RNCP37674BC01,", "; RNCP37674BC01 ;", ",", " ,; "])
def test_what_stands_around_the_codes_of_blocs_is_not_one_of_them(entoures):
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37674", blocs=entoures)
    assert fiche.blocs == ("RNCP37674BC01" if "BC" in entoures else "")
    assert FicheFormation.lire({nom: fiche.valeur(nom) for nom in NOMS}) == fiche


def test_blocs_beyond_what_the_field_holds_are_not_judged_one_by_one():
    # A form of half a megabyte would otherwise be compared code by code, and answered by as many messages.
    codes = " ".join(f"RNCP37674BC{n}" for n in range(1000)) + " RNCP37674BC1"
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37674", blocs=codes)
    assert anomalies(fiche, RNCP, BLOCS_EXIGES_LE, BLOCS) == [("blocs", Code.TROP_LONG)]


def test_the_repertoire_specifique_asks_for_no_bloc():
    fiche = une_fiche(type_formation="certifiante", certification="RS7113", blocs="RNCP1BC01")
    assert fiche.blocs == ""
    assert anomalies(fiche, une_certification(code="RS7113"), date(2026, 11, 23)) == []


@pytest.mark.parametrize("type_formation", TypeFormation)
def test_a_field_of_another_type_has_no_place(type_formation):
    envoye = dict.fromkeys((c.nom for c in PROPRES), "152")
    fiche = une_fiche_de(type_formation, **{n: v for n, v in envoye.items() if n not in PAR_TYPE[type_formation]})
    assert all(fiche.valeur(c.nom) == "" for c in PROPRES if c not in fiche.champs)


def test_the_code_of_creation_is_no_longer_used_today():
    # domaine.md §1.3: absent from the lists of 2026.
    fiche = une_fiche_de(TypeFormation.CREATION)
    assert anomalies(fiche, le=date(2026, 11, 23)) == [(champs.CERTIFICATION, Code.CERTIFICATION_INACTIVE)]


@given(st.sampled_from(TypeFormation), st.dictionaries(st.sampled_from(NOMS), textes), st.dates())
def test_controler_answers_whatever_is_typed_for_each_type(type_formation, saisie, le):
    une = REGISTRE[PAR_TYPE[type_formation].get("certification", "RS2203")]
    fiche = FicheFormation.lire({**saisie, "type_formation": type_formation.value, "certification": une.code})
    diagnostic = controler(fiche, une, le, BLOCS)
    assert diagnostic.validable <= diagnostic.enregistrable
    assert {a.champ for a in diagnostic.anomalies} <= {champs.CERTIFICATION, *(c.nom for c in fiche.champs)}


# ---------------------------------------------------------------------------- moving to another type


DESTINATIONS = [(t, REGISTRE[PAR_TYPE[t].get("certification", "RS2203")]) for t in TypeFormation]


@pytest.mark.parametrize(("depart", "arrivee"), tuple(product(TypeFormation, DESTINATIONS)))
def test_every_text_that_still_has_a_place_is_kept(depart, arrivee):
    type_formation, apres = arrivee
    fiche = une_fiche_de(depart)
    change = changer(fiche, REGISTRE[fiche.certification], type_formation, apres)
    assert (change.fiche.type_formation, change.fiche.certification) == (type_formation.value, apres.code)
    bouges = {ecart.nom for ecart in change.ecarts}
    partis = {champ.nom for champ, _ in change.sans_place}
    for champ in CHAMPS:
        if champ.nom not in bouges | partis:
            assert change.fiche.valeur(champ.nom) == fiche.valeur(champ.nom)
    # Nothing is lost without being said, and nothing has a place that its type does not give.
    assert {c.nom for c in fiche.champs if fiche.valeur(c.nom) and not change.fiche.valeur(c.nom)} == partis
    assert all(change.fiche.valeur(c.nom) == "" for c in CHAMPS if c not in change.fiche.champs)
    assert bouges <= {"type_formation", "certification", "objectif_general"}
    assert change.fiche == FicheFormation.lire({nom: change.fiche.valeur(nom) for nom in NOMS})


def test_the_title_follows_when_it_was_left_as_prefilled():
    fiche = une_fiche(intitule=CLEA.intitule)
    assert changer(fiche, CLEA, TypeFormation.CERTIFIANTE, RNCP).fiche.intitule == RNCP.intitule
    assert changer(une_fiche(intitule=" "), CLEA, TypeFormation.CERTIFIANTE, RNCP).fiche.intitule == RNCP.intitule
    ecrite = une_fiche(intitule="Mon titre")
    assert changer(ecrite, CLEA, TypeFormation.CERTIFIANTE, RNCP).fiche.intitule == "Mon titre"
    assert changer(ecrite, None, TypeFormation.CERTIFIANTE, RNCP).fiche.intitule == "Mon titre"


@pytest.mark.parametrize(
    ("choisi", "arrivee", "apres"),
    [
        ("6", TypeFormation.BILAN, "9"), ("7", TypeFormation.BILAN, "9"), ("9", TypeFormation.BILAN, "9"),
        ("6", TypeFormation.CERTIFIANTE, "6"), ("7", TypeFormation.CERTIFIANTE, "7"), ("", TypeFormation.CLEA, "6"),
    ],
)  # fmt: skip
def test_the_objectif_general_follows_its_type_unless_it_was_chosen_and_still_suits(choisi, arrivee, apres):
    une = REGISTRE[PAR_TYPE[arrivee].get("certification", "RS2203")]
    assert changer(une_fiche(objectif_general=choisi), CLEA, arrivee, une).fiche.objectif_general == apres


def test_a_default_that_belonged_to_the_previous_type_does_not_follow():
    diagnostic = une_fiche_de(TypeFormation.BILAN)
    assert changer(diagnostic, REGISTRE["CPF202"], TypeFormation.CLEA, CLEA).fiche.objectif_general == "6"


def test_the_blocs_leave_with_their_certification():
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37674", blocs="RNCP37674BC01")
    autre = une_certification(code="RNCP37873")
    change = changer(fiche, RNCP, TypeFormation.CERTIFIANTE, autre)
    assert [(c.nom, v) for c, v in change.sans_place] == [("blocs", "RNCP37674BC01")]
    meme = changer(fiche, RNCP, TypeFormation.CERTIFIANTE, RNCP)
    assert (meme.fiche, meme.ecarts, meme.sans_place) == (fiche, (), ())


def test_what_is_lost_forbids_no_save():
    change = changer(une_fiche_de(TypeFormation.PERMIS), REGISTRE["CPF206"], TypeFormation.CLEA, CLEA)
    assert controler(change.fiche, CLEA, LE).permet(Portee.ENREGISTREMENT)


@pytest.mark.parametrize(
    ("saisie", "codes"),
    [
        ("RNCP37275BC01 - Organiser le parcours", ["RNCP37275BC01"]),
        ("RNCP37275 BC01\nrncp37275-bc02", ["RNCP37275BC01", "RNCP37275BC02"]),
        ("RNCP37275BC01, RNCP37275BC02 ; RNCP37275BC03", ["RNCP37275BC01", "RNCP37275BC02", "RNCP37275BC03"]),
        ("\N{ZERO WIDTH SPACE}RNCP37275BC01\N{ZERO WIDTH SPACE}", ["RNCP37275BC01"]),
        ("bloc un", ["BLOC", "UN"]),
        (" , ;\n", []),
    ],
)
def test_codes_of_blocs_are_read_as_people_paste_them(saisie, codes):
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37275", blocs=saisie)
    assert list(fiche.codes_blocs) == codes
    assert FicheFormation.lire({nom: fiche.valeur(nom) for nom in NOMS}) == fiche


def test_a_record_is_named_by_its_category_in_a_list_of_licences_and_by_its_title_elsewhere():
    permis, autre = une_certification(code="CPF206", intitule="Permis B"), une_certification(code="RS7003")
    for regle in REGLES.values():
        assert regle.nommer(permis) == CATEGORIES_PERMIS["CPF206"] != "Permis B"
        assert regle.nommer(autre) == autre.intitule


def test_a_fiche_keeps_its_type_for_a_record_that_it_admits_and_takes_that_of_the_record_otherwise():
    clea, permis = une_fiche(), une_certification(code="CPF206", famille="permis")
    assert regle_pour(clea, CLEA) is REGLES[TypeFormation.CLEA]
    assert regle_pour(clea, permis) is REGLES[TypeFormation.PERMIS]
    assert regle_pour(une_fiche(type_formation="x"), CLEA) is regle_de(CLEA)


def test_the_blocs_are_empty_once_their_certification_has_left():
    fiche = une_fiche(type_formation="certifiante", certification="RNCP37674", blocs="RNCP37674BC01")
    change = changer(fiche, RNCP, TypeFormation.CERTIFIANTE, une_certification(code="RNCP37873"))
    assert change.fiche.valeur("blocs") == ""


def test_a_licence_without_a_known_code_is_told_from_its_day():
    permis, clea = REGLES[TypeFormation.PERMIS], REGLES[TypeFormation.CLEA]
    assert permis.sans_code_le(date(2024, 1, 11)) == ()
    assert permis.sans_code_le(date(2024, 1, 12)) == (("B96", date(2024, 1, 12)),)
    assert clea.sans_code_le(date(2026, 1, 1)) == ()


def test_only_a_driving_licence_has_an_agreement_number_to_be_stated():
    codes = [code for _, code in anomalies(replace(une_fiche(), numero_agrement="E 02 075 1234 0"))]
    assert Code.AGREMENT_NON_CITE not in codes


@pytest.mark.parametrize(
    ("code", "famille"), [("RS2203", "clea"), ("RNCP37674", ""), ("RS7113", ""), ("CPF202", "bilan"), ("", "")]
)
def test_a_code_has_by_itself_the_family_that_the_guide_gives_it(code, famille):
    assert famille_de(code) == famille


def test_a_line_that_says_the_same_of_every_certification_is_typeset_like_the_others():
    ligne = prerempli._fixe("duree", "Durée de l'action", "24 h", "Ce qu'elle dure : au plus.")
    lues = {ligne.de(certification) for certification in amorce.CERTIFICATIONS}
    assert lues == {
        prerempli.Prerempli(
            "duree", "Durée de l’action", "24\N{NO-BREAK SPACE}h", "Ce qu’elle dure\N{NO-BREAK SPACE}: au plus."
        )
    }
