"""The database refuses by itself what the table of the six types refuses, whoever writes."""

import pytest
from sqlalchemy import insert

from tests.builders import PAR_TYPE, Atelier, une_fiche_de
from tests.persistence.test_contraintes import ligne, refusee_par
from webapp.domain.champs import CHAMPS, CHAMPS_COMMUNS
from webapp.domain.nomenclatures import CODES_CPF, TypeFormation
from webapp.domain.types_formation import REGLES, types_du_champ
from webapp.persistence.contraintes import CATEGORISATION_UNIQUE
from webapp.persistence.tables import formation

PROPRES = [champ for champ in CHAMPS if champ not in CHAMPS_COMMUNS]
POUR_TOUS = {"blocs": "RNCP1BC01", "categorisation": "152", "numero_agrement": "E 1", "duree_heures": "20"}


@pytest.fixture
def organisme_id(base):
    return Atelier(base).organisme().id


@pytest.fixture
def ecrire(base, organisme_id):
    def ecrire(type_formation, **autres):
        with base.ecriture() as cnx:
            valeurs = ligne(organisme_id, une_fiche_de(type_formation), type_formation=type_formation.value)
            cnx.execute(insert(formation), valeurs | autres)

    return ecrire


@pytest.mark.parametrize("type_formation", TypeFormation)
def test_a_complete_formation_of_each_type_is_kept(ecrire, type_formation):
    ecrire(type_formation, statut="validee")


@pytest.mark.parametrize("type_formation", TypeFormation)
def test_a_type_takes_its_own_codes_only(ecrire, type_formation):
    regle = REGLES[type_formation.value]
    for code in (*CODES_CPF, "RS313"):
        bon = code in regle.codes if regle.codes else not code.startswith("CPF")
        if bon:
            ecrire(type_formation, certification=code)
        else:
            assert refusee_par(ecrire, type_formation, certification=code) == f"codes_{type_formation.value}"


@pytest.mark.parametrize("champ", PROPRES, ids=lambda c: c.nom)
@pytest.mark.parametrize("type_formation", TypeFormation)
def test_a_field_stands_in_its_own_type_only(ecrire, type_formation, champ):
    valeur = {champ.nom: POUR_TOUS[champ.nom]}
    if type_formation in types_du_champ(champ):
        ecrire(type_formation, **valeur)
    else:
        assert refusee_par(ecrire, type_formation, **valeur) == f"propre_{champ.nom}"


@pytest.mark.parametrize("champ", [c for c in PROPRES if c.obligatoire], ids=lambda c: c.nom)
def test_a_validee_has_the_fields_of_its_type(ecrire, champ):
    [type_formation] = types_du_champ(champ)
    assert refusee_par(ecrire, type_formation, statut="validee", **{champ.nom: ""}) == f"propre_{champ.nom}"
    ecrire(type_formation, statut="brouillon", **{champ.nom: ""})


@pytest.mark.parametrize("champ", PROPRES, ids=lambda c: c.nom)
def test_lengths_are_kept(ecrire, champ):
    [type_formation] = types_du_champ(champ)
    for statut, limite in (("validee", champ.longueur_max), ("brouillon", 10 * champ.longueur_max)):
        ecrire(type_formation, **{champ.nom: "é" * limite}, statut=statut)
        long = {champ.nom: "é" * (limite + 1)}
        assert refusee_par(ecrire, type_formation, statut=statut, **long) == f"longueur_{champ.nom}"


@pytest.mark.parametrize("type_formation", [t for t in TypeFormation if REGLES[t.value].objectif_impose])
def test_a_validee_has_the_objectif_general_of_its_type(ecrire, type_formation):
    nom = f"objectif_general_{type_formation.value}"
    assert refusee_par(ecrire, type_formation, statut="validee", objectif_general="6") == nom
    ecrire(type_formation, statut="brouillon", objectif_general="6")


def test_one_vae_validee_to_a_category(ecrire):
    ecrire(TypeFormation.VAE, statut="validee")
    assert refusee_par(ecrire, TypeFormation.VAE, statut="validee") == CATEGORISATION_UNIQUE
    ecrire(TypeFormation.VAE, statut="brouillon")
    ecrire(TypeFormation.VAE, statut="archivee")
    ecrire(TypeFormation.VAE, statut="validee", categorisation="153")
    assert PAR_TYPE[TypeFormation.VAE]["categorisation"] == "152"
