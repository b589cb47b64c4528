from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, une_fiche
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
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.textes import normaliser

textes = st.text(st.characters(exclude_categories=()))


def test_a_fiche_has_the_fields_of_the_table_and_the_choices_of_step_1():
    assert {"type_formation", "certification", *(champ.nom for champ in CHAMPS)} == set(NOMS)
    assert len(NOMS) == len(CHAMPS) + 2


@given(st.dictionaries(st.sampled_from([*NOMS, "statut", "organisme_id", "version"]), textes))
def test_a_fiche_reads_its_own_fields_only_in_their_normal_form(saisie):
    fiche = FicheFormation.lire(saisie)
    for nom in ("type_formation", "certification", *(champ.nom for champ in CHAMPS_COMMUNS)):
        attendu = normaliser(saisie.get(nom, ""))
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
