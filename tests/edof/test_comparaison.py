"""What a file would change is told object by object, and what it does not say is left alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.edof.tirages import FORMATIONS
from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Niveau
from webapp.domain.imports import Sort
from webapp.edof.comparaison import comparer, compter
from webapp.edof.lecture import formations, lire_formation
from webapp.edof.objets import Objet

EXEMPLE = Path(__file__).with_name("exemple.xml").read_bytes().decode("iso-8859-1")


def lire(texte: str) -> Objet:
    return lire_formation(next(formations(etree.fromstring(texte.encode("iso-8859-1")))), [])


NOTRE = lire(EXEMPLE)


def changer(avant: str, apres: str) -> Objet:
    assert avant in EXEMPLE
    return lire(EXEMPLE.replace(avant, apres, 1))


def test_the_same_file_changes_nothing():
    comparaison = comparer(lire(EXEMPLE), NOTRE)
    assert [une.sort for une in comparaison.tous()] == [Sort.INCHANGE] * 4
    assert not comparaison.change
    assert comparaison.resultat == NOTRE


@given(FORMATIONS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_formation_is_as_itself_and_is_new_where_there_is_none(objet):
    assert not comparer(objet, objet).change
    assert comparer(objet, objet).resultat == objet
    neuve = comparer(objet, None)
    assert {une.sort for une in neuve.tous()} == {Sort.CREE}
    assert neuve.resultat == objet


def test_a_change_is_told_with_what_was_before():
    lu = changer("<transport>Métro ligne A<", "<transport>Tramway<")
    formation, action, *sessions = comparer(lu, NOTRE).tous()
    assert (formation.sort, action.sort) == (Sort.INCHANGE, Sort.MODIFIE)
    assert formation.change
    assert [session.sort for session in sessions] == [Sort.INCHANGE] * 2
    (un,) = action.changements
    assert (un.champ, un.avant, un.apres, un.dans) == (champs_action.TRANSPORT, "Métro ligne A", "Tramway", None)
    assert action.resultat.valeurs[champs_action.TRANSPORT] == "Tramway"


def test_a_change_of_a_contact_is_told_where_it_is_written():
    lu = changer("<nom>Petit<", "<nom>Grand<")
    _, action, *_ = comparer(lu, NOTRE).tous()
    (un,) = action.changements
    assert (un.champ, un.avant, un.apres, un.dans) == (champs_annuaire.NOM, "Petit", "Grand", champs_action.CONTACT)


def test_what_the_file_leaves_out_stays_and_what_it_writes_empty_goes():
    sans = lire(EXEMPLE.replace("        <transport>Métro ligne A</transport>\n", "", 1))
    assert not comparer(sans, NOTRE).change
    assert comparer(sans, NOTRE).resultat.enfants[0].valeurs[champs_action.TRANSPORT] == "Métro ligne A"
    vide = changer("<transport>Métro ligne A<", "<transport><")
    _, action, *_ = comparer(vide, NOTRE).tous()
    assert [(un.avant, un.apres) for un in action.changements] == [("Métro ligne A", "")]
    assert champs_action.TRANSPORT not in action.resultat.valeurs


def test_objects_that_the_file_lacks_stay_and_new_ones_come():
    renomme = changer('session numero="S2"', 'session numero="S9"')
    comparaison = comparer(renomme, NOTRE)
    action = comparaison.enfants[0]
    assert [une.sort for une in action.enfants] == [Sort.INCHANGE, Sort.CREE]
    assert [session.numero for session in action.resultat.enfants] == ["S1", "S9", "S2"]
    assert compter((comparaison,))[Niveau.SESSION] == {Sort.CREE: 1, Sort.MODIFIE: 0, Sort.INCHANGE: 1}


def test_the_moments_of_an_object_are_ours_once_it_is_here():
    lu = changer('datemaj="20260921"', 'datemaj="20300101"')
    assert comparer(lu, NOTRE).resultat.modifie_le == NOTRE.modifie_le


@pytest.mark.parametrize("champ", [champs.OBJECTIF, champs.TYPE_PARCOURS])
def test_a_field_of_ours_that_is_empty_is_filled(champ):
    sans = replace(NOTRE, valeurs={c: v for c, v in NOTRE.valeurs.items() if c is not champ})
    formation, *_ = comparer(NOTRE, sans).tous()
    assert [(un.champ, un.avant) for un in formation.changements] == [(champ, "")]
    assert formation.resultat.valeurs[champ] == NOTRE.valeurs[champ]


def test_the_numbers_of_contacts_and_addresses_change_nothing():
    lu = changer('<coordonnees numero="C3">', '<coordonnees numero="77">')
    assert not comparer(lu, NOTRE).change
    seance = comparer(lu, NOTRE).resultat.enfants[0].enfants[0]
    assert seance.references[champs_session.CONTACT_INSCRIPTION].numero == "C2"
