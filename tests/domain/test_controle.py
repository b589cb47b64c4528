import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, juger, un_brouillon, une_certification, une_fiche, une_fiche_de
from webapp.domain.champs import CHAMPS_COMMUNS, IDENTIFIANT, PAR_NOM
from webapp.domain.controle import (
    MESSAGE_OBLIGATOIRE,
    Anomalie,
    Code,
    Diagnostic,
    Portee,
    categorisation_prise,
    controler,
    deja_utilise,
)
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.nomenclatures import OBJECTIFS_GENERAUX, TYPES_PARCOURS, TypeFormation

TEXTES = [champ for champ in CHAMPS_COMMUNS if champ.choix is None]
LIBRES = [champ for champ in TEXTES if champ is not IDENTIFIANT]
CHOIX = [champ for champ in CHAMPS_COMMUNS if champ.choix is not None]
INVISIBLES = ["", " ", "\t \n", "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\r\n"]

# One character as it may be sent, and how many code points of the normal form it is worth.
UNITES = {
    "simple": ("a", 1),
    "accent composé": ("é", 1),
    "accent décomposé": (unicodedata.normalize("NFD", "é"), 1),
    "émoticône": ("🙂", 1),
    "émoticône composée": ("👩‍🏫", 3),
}


def nom(champ):
    return champ.nom


def codes(diagnostic):
    return [(a.champ, a.code, a.portee) for a in diagnostic.anomalies]


def controler_clea(fiche, le=LE):
    return controler(fiche, CLEA, le)


def de_longueur(unite, nombre):
    """Make a text of exactly that many code points, of one kind of character, completed with plain letters."""
    caractere, poids = UNITES[unite]
    return caractere * (nombre // poids) + "a" * (nombre % poids)


def test_nothing_is_wrong_with_a_complete_fiche():
    assert controler_clea(une_fiche()) == Diagnostic()
    assert controler_clea(une_fiche()).validable


@pytest.mark.parametrize("champ", CHAMPS_COMMUNS, ids=nom)
@pytest.mark.parametrize("vide", INVISIBLES)
def test_each_field_left_empty_alone_forbids_validation(champ, vide):
    diagnostic = controler_clea(une_fiche(**{champ.nom: vide}))
    assert (diagnostic.anomalies[0].champ, diagnostic.anomalies[0].code) == (champ.nom, Code.OBLIGATOIRE)
    assert {a.champ for a in diagnostic.anomalies} == {champ.nom}
    assert not diagnostic.validable


@pytest.mark.parametrize("champ", CHAMPS_COMMUNS, ids=nom)
def test_an_empty_field_may_stay_a_draft(champ):
    diagnostic = controler_clea(une_fiche(**{champ.nom: ""}))
    assert diagnostic.enregistrable
    attendu = "Saisissez un identifiant interne." if champ is IDENTIFIANT else MESSAGE_OBLIGATOIRE
    assert [a.message for a in diagnostic.anomalies] == [attendu]


def test_a_draft_needs_no_text_at_all():
    assert controler_clea(un_brouillon(identifiant="")).enregistrable
    assert not controler_clea(un_brouillon(identifiant="")).validable


def test_the_limits_are_those_of_the_guide_and_of_the_xml():
    assert {champ.nom: champ.longueur_max for champ in TEXTES} == {
        "identifiant": 30, "intitule": 255, "objectif": 3000, "contenu": 3000, "points_forts": 255,
        "resultats_attendus": 3000,
    }  # fmt: skip


@pytest.mark.parametrize("champ", LIBRES, ids=nom)
@pytest.mark.parametrize("unite", UNITES)
@pytest.mark.parametrize("ecart", [-1, 0])
def test_a_text_up_to_its_limit_is_accepted(champ, unite, ecart):
    assert juger(champ, de_longueur(unite, champ.longueur_max + ecart)) == ()


@pytest.mark.parametrize("champ", LIBRES, ids=nom)
@pytest.mark.parametrize("unite", UNITES)
@pytest.mark.parametrize("exces", [1, 2])
@pytest.mark.parametrize(("fois", "portee"), [(1, Portee.VALIDATION), (10, Portee.ENREGISTREMENT)])
def test_a_text_over_its_limit_is_kept_up_to_ten_times_and_then_refused(champ, unite, exces, fois, portee):
    limite = fois * champ.longueur_max
    [anomalie] = juger(champ, de_longueur(unite, limite + exces))
    assert (anomalie.champ, anomalie.code, anomalie.portee) == (champ.nom, Code.TROP_LONG, portee)
    unites = "1 caractère " if exces == 1 else "2 caractères "
    assert f"raccourcissez de {unites}" in anomalie.message.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{limite} au plus" in anomalie.message


@pytest.mark.parametrize("champ", TEXTES, ids=nom)
def test_a_text_of_ten_times_its_limit_is_kept_whole_in_a_draft(champ):
    assert {a.portee for a in juger(champ, "a" * (10 * champ.longueur_max))} == {Portee.VALIDATION}


@pytest.mark.parametrize("champ", [c for c in LIBRES if c.multiligne], ids=nom)
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_a_line_break_counts_one_at_the_limit(champ, fin):
    texte = ("a" * 4 + fin) * (champ.longueur_max // 5)
    assert juger(champ, texte) == ()
    assert [a.code for a in juger(champ, texte + "b")] == [Code.TROP_LONG]


def test_one_line_fields_refuse_a_second_line():
    une_ligne = [champ.nom for champ in TEXTES if not champ.multiligne]
    assert une_ligne == ["identifiant", "intitule"]
    [anomalie] = juger(PAR_NOM["intitule"], "deux\nlignes")
    assert (anomalie.code, anomalie.portee) == (Code.LIGNE_UNIQUE, Portee.VALIDATION)


@pytest.mark.parametrize("champ", TEXTES, ids=nom)
@pytest.mark.parametrize("interdit", ["\x00", "\x1b", "\x85", "\ud83d", "\u202e", "\u2067", "\ufffe"])
def test_characters_that_lie_about_a_text_cannot_be_stored(champ, interdit):
    anomalies = juger(champ, f"abc{interdit}def")
    assert Code.CARACTERE_INTERDIT in {a.code for a in anomalies}
    assert anomalies[0].portee is Portee.ENREGISTREMENT
    assert f"U+{ord(interdit):04X}" in anomalies[0].message


@pytest.mark.parametrize("texte", ["=1+1", "<script>", "{{ 7*7 }}", "' OR 1=1 --", 'hx-get="/"', "%s", "\t"])
@pytest.mark.parametrize("champ", LIBRES, ids=nom)
def test_syntax_of_other_programs_is_only_text(champ, texte):
    assert [a.code for a in juger(champ, f"a{texte}")] == []


@pytest.mark.parametrize("champ", CHOIX, ids=nom)
def test_every_code_of_a_list_is_accepted_and_no_other(champ):
    assert all(juger(champ, code) == () for code in champ.choix)
    for faux in ("0", "96210", "Mixte", "6 ", "\ud800", "\x00"):
        assert [a.code for a in juger(champ, faux)] == [Code.CODE_INCONNU]


def test_the_closed_lists_are_those_of_the_guide_and_of_lheo():
    assert list(TYPES_PARCOURS) == ["96211", "96212", "96213", "96214"]
    assert set(OBJECTIFS_GENERAUX) == {"2", "4", "5", "6", "7", "8", "9"}
    assert PAR_NOM["type_parcours"].option("96214") == "96214 - Mixte"
    assert PAR_NOM["objectif_general"].option("6") == "Certification"


@pytest.mark.parametrize("identifiant", ["a", "Clea_1", "A.b-C_9", "0", "x" * 30, "...", "-"])
def test_a_well_formed_identifier_is_accepted(identifiant):
    assert juger(IDENTIFIANT, identifiant) == ()


@pytest.mark.parametrize("identifiant", ["Cléa", "a b", "a/b", "a?b", "ａ", "a\tb", "🙂", "a'b", "<b>", "l’été"])
def test_a_malformed_identifier_may_stay_a_draft_and_no_more(identifiant):
    [anomalie] = juger(IDENTIFIANT, identifiant)
    assert (anomalie.code, anomalie.portee) == (Code.FORME_IDENTIFIANT, Portee.VALIDATION)


def test_an_identifier_of_31_characters_is_too_long():
    assert [a.code for a in juger(IDENTIFIANT, "x" * 31)] == [Code.TROP_LONG]


def test_spaces_around_an_identifier_are_removed_when_it_is_read():
    assert FicheFormation.lire({"identifiant": " Clea_1\r\n"}).identifiant == "Clea_1"


def test_without_certification_nothing_can_be_stored():
    diagnostic = controler(une_fiche(certification=""), None, LE)
    assert codes(diagnostic) == [("certification", Code.CERTIFICATION_ABSENTE, Portee.ENREGISTREMENT)]


def test_an_unknown_certification_cannot_be_stored():
    diagnostic = controler(une_fiche(certification="RS9999"), None, LE)
    assert codes(diagnostic) == [("certification", Code.CERTIFICATION_INCONNUE, Portee.ENREGISTREMENT)]


def test_a_certification_that_is_no_longer_active_may_stay_a_draft():
    diagnostic = controler_clea(une_fiche(), date(2026, 11, 23))
    assert codes(diagnostic) == [("certification", Code.CERTIFICATION_INACTIVE, Portee.VALIDATION)]
    assert diagnostic.enregistrable


def test_a_formation_clea_needs_a_certification_clea():
    autre = une_certification()
    assert [a.code for a in controler(une_fiche(), autre, LE).anomalies] == [Code.CERTIFICATION_HORS_TYPE]
    assert controler(une_fiche(type_formation="certifiante"), autre, LE).validable


@pytest.mark.parametrize("type_formation", ["", "autre", "VAE", "vae "])
def test_a_type_of_formation_that_does_not_exist_cannot_be_stored(type_formation):
    diagnostic = controler_clea(une_fiche(type_formation=type_formation))
    assert codes(diagnostic) == [("type_formation", Code.TYPE_INCONNU, Portee.ENREGISTREMENT)]


def test_a_taken_identifier_cannot_be_stored():
    diagnostic = Diagnostic().avec(deja_utilise("Clea_1"))
    assert codes(diagnostic) == [("identifiant", Code.DEJA_UTILISE, Portee.ENREGISTREMENT)]
    assert "Clea_1" in diagnostic.du_champ("identifiant")[0].message
    assert not diagnostic.enregistrable


def test_anomalies_come_in_the_order_of_the_form():
    diagnostic = controler(FicheFormation.lire({}), None, LE)
    assert [a.champ for a in diagnostic.anomalies] == [
        "type_formation",
        "certification",
        *(c.nom for c in CHAMPS_COMMUNS),
    ]


quelconques = st.text(st.characters(exclude_categories=()), max_size=40)


@given(st.fixed_dictionaries(dict.fromkeys(NOMS, quelconques)), st.booleans(), st.dates())
def test_controler_answers_whatever_is_typed(saisie, connue, le):
    diagnostic = controler(FicheFormation.lire(saisie), CLEA if connue else None, le)
    assert diagnostic.validable <= diagnostic.enregistrable
    assert all(a.message and a.champ in NOMS for a in diagnostic.anomalies)


@given(st.sampled_from(TEXTES), quelconques)
def test_what_can_be_stored_never_exceeds_ten_times_its_limit(champ, texte):
    anomalies = juger(champ, texte)
    nombre = len(une_fiche(**{champ.nom: texte}).valeur(champ.nom))
    assert nombre <= champ.longueur_max or anomalies
    if all(a.portee is not Portee.ENREGISTREMENT for a in anomalies):
        assert nombre <= 10 * champ.longueur_max


# One fiche for each anomaly that `controler` can find: a new code fails here until it has its own.
EXEMPLES = {
    Code.OBLIGATOIRE: une_fiche(objectif=""),
    Code.TROP_LONG: une_fiche(objectif="x" * 3001),
    Code.CARACTERE_INTERDIT: une_fiche(objectif="\x00"),
    Code.LIGNE_UNIQUE: une_fiche(intitule="a\nb"),
    Code.FORME_IDENTIFIANT: une_fiche(identifiant="a b"),
    Code.CODE_INCONNU: une_fiche(type_parcours="1"),
    Code.CERTIFICATION_ABSENTE: une_fiche(certification=""),
    Code.CERTIFICATION_INCONNUE: une_fiche(certification="RS9999"),
    Code.CERTIFICATION_INACTIVE: une_fiche(type_formation="certifiante", certification="RS5000"),
    Code.CERTIFICATION_HORS_TYPE: une_fiche(certification="RS5000"),
    Code.TYPE_INCONNU: une_fiche(type_formation="autre"),
    Code.FORME: une_fiche_de(TypeFormation.VAE, categorisation="15"),
    Code.HORS_BORNES: une_fiche_de(TypeFormation.BILAN, duree_heures="25"),
    Code.OBJECTIF_HORS_TYPE: une_fiche_de(TypeFormation.BILAN, objectif_general="6"),
    Code.AGREMENT_NON_CITE: une_fiche_de(TypeFormation.PERMIS, objectif="Conduire seul."),
    Code.BLOC_EN_DOUBLE: une_fiche_de(TypeFormation.CERTIFIANTE, certification="RNCP1", blocs="RNCP1BC01 RNCP1BC01"),
    Code.BLOC_INCONNU: une_fiche_de(TypeFormation.CERTIFIANTE, certification="RNCP1", blocs="RNCP2BC01"),
}
DE_LA_BASE = {Code.DEJA_UTILISE, Code.CATEGORISATION_PRISE}
DE_L_ARBRE = {Code.REGLE}  # Each rule has its own identifier: test_regles.py walks them.


@pytest.mark.parametrize("code", [code for code in Code if code not in DE_LA_BASE | DE_L_ARBRE])
def test_every_anomaly_has_a_fiche_that_shows_it(code):
    fiche = EXEMPLES[code]
    registre = {"RS2203": CLEA, "RS5000": une_certification(code="RS5000", fin_enregistrement=date(2019, 1, 1))}
    assert code in {a.code for a in controler(fiche, registre.get(fiche.certification), LE).anomalies}


def test_contre_keeps_what_forbids_the_operation():
    diagnostic = controler(FicheFormation.lire({"identifiant": "Clea_1", "points_forts": "x" * 2551}), None, LE)
    contre = {a.champ for a in diagnostic.contre(Portee.ENREGISTREMENT)}
    assert "points_forts" in contre
    assert "objectif" not in contre
    assert diagnostic.contre(Portee.VALIDATION) == diagnostic.anomalies


def test_advice_forbids_nothing_and_is_told_apart():
    conseil = Anomalie("objectif", Code.REGLE, "Texte très court.", Portee.CONSEIL, "F26")
    seul = Diagnostic((conseil,))
    assert seul.enregistrable
    assert seul.validable
    assert all(seul.permet(portee) for portee in Portee)
    assert all(seul.contre(portee) == () for portee in Portee)
    assert (seul.bloquantes, seul.conseils) == ((), (conseil,))
    manque = controler(une_fiche(contenu=""), CLEA, LE).avec(conseil)
    assert [a.champ for a in manque.anomalies] == ["objectif", "contenu"]
    assert [a.champ for a in manque.bloquantes] == [a.champ for a in manque.contre(Portee.VALIDATION)] == ["contenu"]
    assert not manque.validable
    assert manque.enregistrable


def test_the_refusals_of_the_portal_that_a_formation_foretells_carry_their_number():
    double = controler(EXEMPLES[Code.BLOC_EN_DOUBLE], None, date(2026, 12, 1)).du_champ("blocs")
    assert ("F19", 30070) in {(a.regle, a.numero_edof) for a in double}
    prise = categorisation_prise("152")
    assert (prise.regle, prise.numero_edof, prise.portee) == ("F20", 30077, Portee.VALIDATION)
