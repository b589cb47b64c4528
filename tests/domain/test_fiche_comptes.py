from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, une_certification, une_fiche
from webapp.domain import comptes
from webapp.domain.champs import CHAMPS, CHAMPS_COMMUNS
from webapp.domain.comptes import (
    DROITS,
    LONGUEUR_MAX_MOT_DE_PASSE,
    LONGUEUR_MIN_MOT_DE_PASSE,
    Droit,
    MotDePasseRefuse,
    Organisme,
    Role,
    Utilisateur,
    cle_courriel,
    exiger_mot_de_passe,
)
from webapp.domain.controle import controler
from webapp.domain.fiche import NOMS, FicheFormation, intitule_coupe, intitule_propose, normaliser_texte
from webapp.domain.nomenclatures import TypeCode, TypeFormation

textes = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize("type_formation", [*TypeFormation, ""])
@given(
    st.lists(
        st.sampled_from(["•", "-", "–", "\uf0b7", "BC01", "RNCP37674BC02", "24 h", "152", " ", "\n", "\t", "o\t", "é"])
    )
)
def test_a_fiche_made_again_is_the_same(type_formation, morceaux):
    """A fiche that is read back is compared with the one that was sent: an only text must not change twice."""
    texte = " ".join(morceaux)
    champs = {champ.nom: texte for champ in CHAMPS}
    fiche = FicheFormation(**{**champs, "type_formation": type_formation, "certification": "RNCP37674"})
    assert replace(fiche) == fiche


def test_a_fiche_has_the_fields_of_the_table_and_the_choices_of_step_1():
    assert {"type_formation", "certification", *(champ.nom for champ in CHAMPS)} == set(NOMS)
    assert len(NOMS) == len(CHAMPS) + 2


@given(st.dictionaries(st.sampled_from([*NOMS, "statut", "organisme_id", "version"]), textes))
def test_a_fiche_reads_its_own_fields_only_in_their_normal_form(saisie):
    fiche = FicheFormation.lire(saisie)
    for nom in ("type_formation", "certification", *(champ.nom for champ in CHAMPS_COMMUNS)):
        attendu = normaliser_texte(nom, saisie.get(nom, ""))
        assert fiche.valeur(nom) == (attendu.strip() if nom == "identifiant" else attendu)


@given(st.fixed_dictionaries(dict.fromkeys(NOMS, textes)))
def test_reading_a_fiche_again_changes_nothing(saisie):
    fiche = FicheFormation.lire(saisie)
    assert FicheFormation.lire({nom: fiche.valeur(nom) for nom in NOMS}) == fiche
    assert fiche.differences(fiche) == ()


def test_a_new_fiche_is_prefilled_from_its_certification():
    fiche = FicheFormation.preremplie(TypeFormation.CLEA, CLEA)
    assert (fiche.certification, fiche.intitule, fiche.objectif_general) == ("RS2203", CLEA.intitule, "6")
    assert controler(fiche.avec(identifiant="x"), CLEA, LE).enregistrable


def test_differences_come_in_the_order_of_the_form():
    assert une_fiche().differences(une_fiche(contenu="x", intitule="y")) == ("intitule", "contenu")


def test_an_unknown_field_is_an_error():
    with pytest.raises(AttributeError):
        une_fiche().valeur("statut")


def test_the_six_types_are_the_guides():
    assert [t.libelle for t in TypeFormation] == [
        "Formation certifiante", "Bilan de compétences", "Permis de conduire", "VAE",
        "Accompagnement à la création/reprise d’entreprise", "Cléa",
    ]  # fmt: skip


def test_the_four_kinds_of_code_are_the_guides():
    assert [t.libelle for t in TypeCode] == ["CPF", "RNCP", "Répertoire spécifique", "Certif Info"]


def une_personne(role):
    return Utilisateur(uuid4(), Organisme(uuid4(), "O", "99999999800019"), "C.", "c@o.example", role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("droit", Droit)
def test_a_reader_only_looks_and_the_others_manage(role, droit):
    attendu = role is not Role.LECTEUR or droit is Droit.VOIR_CATALOGUE
    assert une_personne(role).peut(droit) == attendu
    assert set(DROITS) == set(Role)


@pytest.mark.parametrize("mot", ["court", "x" * 11, "motdepasse123", "MotDePasse123", "aaaaaaaaaaaa", "ababababababab",
                                 "abcd        ", "        abcd", "ab  cd  ef  gh", "a\t\t\t\t\t\t\t\t\tbcd", " " * 12,
                                 "123456789012", "moi@o.example!", "MOI@o.example 2"])  # fmt: skip
def test_a_weak_password_is_refused_in_french(mot):
    with pytest.raises(MotDePasseRefuse) as refus:
        exiger_mot_de_passe(mot, "moi@o.example")
    assert refus.value.message.endswith(".")


COURANTS = Path(comptes.__file__).with_name("mots_de_passe_courants.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("mot", COURANTS)
def test_each_common_password_is_refused_whatever_its_case_and_the_spaces_around(mot):
    assert len(mot) >= LONGUEUR_MIN_MOT_DE_PASSE
    for variante in (mot, mot.upper(), f" {mot} "):
        with pytest.raises(MotDePasseRefuse, match="trop facile à deviner"):
            exiger_mot_de_passe(variante, "moi@o.example")


def test_the_list_of_common_passwords_is_there():
    assert len(COURANTS) == len(set(COURANTS)) >= 55


@pytest.mark.parametrize(
    "mot", ["catalogue-de-demonstration", "correct cheval agrafe", "é" * 3 + "abcdefghi", "🙂🙃🙁😀 abcdefg"]
)
def test_a_password_of_any_composition_is_accepted(mot):
    exiger_mot_de_passe(mot, "moi@o.example")


def test_the_length_of_a_password_is_bounded():
    juste = "abcdefghijkl"
    assert len(juste) == LONGUEUR_MIN_MOT_DE_PASSE
    exiger_mot_de_passe(juste + "m" * (LONGUEUR_MAX_MOT_DE_PASSE - 12), "moi@o.example")
    with pytest.raises(MotDePasseRefuse, match="au plus 200"):
        exiger_mot_de_passe(juste + "m" * (LONGUEUR_MAX_MOT_DE_PASSE - 11), "moi@o.example")


def test_an_address_is_found_whatever_its_case():
    assert cle_courriel("  Gestionnaire@Alpha.EXAMPLE\r\n") == "gestionnaire@alpha.example"


@pytest.mark.parametrize("champ", [champ for champ in CHAMPS_COMMUNS if champ.choix is None], ids=lambda c: c.nom)
@pytest.mark.parametrize("fin", ["\x0b", "\x0c", "\u2028", "\u2029"])
def test_a_line_break_of_word_is_a_line_where_there_may_be_several_and_a_space_elsewhere(champ, fin):
    lu = FicheFormation.lire({champ.nom: f"deux{fin}mots"}).valeur(champ.nom)
    assert lu == ("deux\nmots" if champ.multiligne else "deux mots")


@pytest.mark.parametrize(
    ("nom", "type_formation", "saisie", "lue"),
    [
        ("duree_heures", "bilan", "24 h", "24"), ("duree_heures", "bilan", "24 heures", "24"),
        ("duree_heures", "bilan", "24h", "24"), ("duree_heures", "bilan", "1 heure", "1"),
        ("duree_heures", "bilan", "24\N{NO-BREAK SPACE}H.", "24"), ("duree_heures", "bilan", "24h00", "24"),
        ("duree_heures", "bilan", "24 hrs", "24"), ("duree_heures", "bilan", "７ heures", "7"),
        ("duree_heures", "bilan", "7h30", "7h30"), ("duree_heures", "bilan", "24 jours", "24 jours"),
        ("duree_heures", "bilan", "de 7 h", "de 7 h"), ("duree_heures", "bilan", "1,5 h", "1,5 h"),
        ("categorisation", "vae", "152 Langues", "152"), ("categorisation", "vae", "152 - langues", "152"),
        ("categorisation", "vae", "152 – Langues", "152"), ("categorisation", "vae", "152 : LANGUES", "152"),
        ("categorisation", "vae", "131 Economie", "131"), ("categorisation", "vae", "326 Autre domaine", "326"),
        ("categorisation", "vae", "152 Droit", "152 Droit"), ("categorisation", "vae", "152 et 132", "152 et 132"),
        ("categorisation", "vae", "1522 Langues", "1522 Langues"), ("categorisation", "vae", "Langues", "Langues"),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_unit_or_its_wording(nom, type_formation, saisie, lue):
    fiche = FicheFormation.lire({"type_formation": type_formation, nom: saisie})
    assert fiche.valeur(nom) == lue
    assert fiche.avec() == fiche


@pytest.mark.parametrize(
    "ecrit",
    ["RNCP37674BC01", "RNCP37674 - BC01 - Concevoir", "RNCP37674–BC01", "RNCP 37674 BC01", "RNCP n° 37674 BC01",
     "rncp37674bc01", "• RNCP37674BC01", "RNCP37674\u2011BC01", "RNCP37674/BC01"],
)  # fmt: skip
def test_a_bloc_is_read_as_people_write_it(ecrit):
    fiche = FicheFormation.lire({"type_formation": "certifiante", "certification": "RNCP37674", "blocs": ecrit})
    assert fiche.codes_blocs == ("RNCP37674BC01",)


LONG = "Conduire et entretenir des installations " * 8


@pytest.mark.parametrize("titre", ["Court", "x" * 255, "x" * 256, LONG, LONG[:256]], ids=len)
def test_a_title_longer_than_the_field_begins_a_formation_with_what_fits(titre):
    longue = une_certification(intitule=titre)
    fiche = FicheFormation.preremplie(TypeFormation.CERTIFIANTE, longue)
    assert len(fiche.intitule) <= 255
    assert titre.startswith(fiche.intitule.removesuffix("…"))
    assert intitule_coupe(fiche, longue) == (len(titre) > 255)
    assert not intitule_coupe(fiche.avec(intitule="Autre"), longue)
    assert not intitule_coupe(fiche, None)
    assert (fiche.intitule == titre) == (len(titre) <= 255)


def test_a_title_is_cut_between_two_words():
    mots = intitule_propose(une_certification(intitule=LONG)).removesuffix("…").split(" ")
    assert mots == LONG.split(" ")[: len(mots)]


@pytest.mark.parametrize("exces", [-1, 0, 1, 50])
def test_the_title_of_a_copy_is_never_more_than_a_draft_keeps(exces):
    place = 10 * 255
    suite = une_fiche(intitule="Un titre").copie().intitule.removeprefix("Un titre")
    titre = "t" * (place - len(suite) + exces)
    copie = une_fiche(intitule=titre).copie()
    assert copie.intitule == titre[: place - len(suite)] + suite
    assert len(copie.intitule) == min(place, place + exces)
    assert copie.identifiant == ""
    assert une_fiche(intitule="").copie().intitule == suite.lstrip() != ""


def test_the_texts_over_their_limit_are_those_and_no_other():
    fiche = une_fiche(intitule="a" * 256, points_forts="b" * 255, identifiant="c" * 5000)
    longs = [champ.nom for champ in fiche.trop_longs]
    assert longs == [nom for nom in ("identifiant", "intitule") if nom in longs]
    assert "intitule" in longs
    assert une_fiche().trop_longs == ()
