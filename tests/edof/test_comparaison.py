"""What a file would change is told object by object, and what it does not say is left alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.edof.tirages import FORMATIONS
from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.imports import Sort
from webapp.edof.comparaison import Comparaison, comparer
from webapp.edof.lecture import formations, lire_formation
from webapp.edof.objets import Objet, Reste

EXEMPLE = Path(__file__).with_name("exemple.xml").read_bytes().decode("iso-8859-1")


def lire(texte: str) -> Objet:
    return lire_formation(next(formations(etree.fromstring(texte.encode("iso-8859-1")))), [])


NOTRE = lire(EXEMPLE)


def toutes(comparaison: Comparaison) -> list[Comparaison]:
    """What is said of an object, then of all that it holds, in the order of the file."""
    return [comparaison, *(une for enfant in comparaison.enfants for une in toutes(enfant))]


def sorts(comparaison: Comparaison) -> set[Sort]:
    return {une.sort for une in toutes(comparaison)}


def changer(avant: str, apres: str) -> Objet:
    assert avant in EXEMPLE
    return lire(EXEMPLE.replace(avant, apres, 1))


def test_the_same_file_changes_nothing():
    comparaison = comparer(lire(EXEMPLE), NOTRE)
    assert [une.sort for une in toutes(comparaison)] == [Sort.INCHANGE] * 4
    assert comparaison.resultat == NOTRE


@given(FORMATIONS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_formation_is_as_itself_and_is_new_where_there_is_none(objet):
    assert sorts(comparer(objet, objet)) == {Sort.INCHANGE}
    assert comparer(objet, objet).resultat == objet
    neuve = comparer(objet, None)
    assert sorts(neuve) == {Sort.CREE}
    assert neuve.resultat == objet


def test_a_change_is_told_with_what_was_before():
    lu = changer("<transport>Métro ligne A<", "<transport>Tramway<")
    formation, action, *sessions = toutes(comparer(lu, NOTRE))
    assert (formation.sort, action.sort) == (Sort.INCHANGE, Sort.MODIFIE)
    assert [session.sort for session in sessions] == [Sort.INCHANGE] * 2
    (un,) = action.changements
    assert (un.champ, un.avant, un.apres, un.dans) == (champs_action.TRANSPORT, "Métro ligne A", "Tramway", None)
    assert action.resultat.valeurs[champs_action.TRANSPORT] == "Tramway"


def test_a_change_of_a_contact_is_told_where_it_is_written():
    lu = changer("<nom>Petit<", "<nom>Grand<")
    _, action, *_ = toutes(comparer(lu, NOTRE))
    (un,) = action.changements
    assert (un.champ, un.avant, un.apres, un.dans) == (champs_annuaire.NOM, "Petit", "Grand", champs_action.CONTACT)


def test_what_the_file_leaves_out_stays_and_what_it_writes_empty_goes():
    sans = lire(EXEMPLE.replace("        <transport>Métro ligne A</transport>\n", "", 1))
    assert sorts(comparer(sans, NOTRE)) == {Sort.INCHANGE}
    assert comparer(sans, NOTRE).resultat.enfants[0].valeurs[champs_action.TRANSPORT] == "Métro ligne A"
    vide = changer("<transport>Métro ligne A<", "<transport><")
    _, action, *_ = toutes(comparer(vide, NOTRE))
    assert [(un.avant, un.apres) for un in action.changements] == [("Métro ligne A", "")]
    assert champs_action.TRANSPORT not in action.resultat.valeurs


@pytest.mark.parametrize(("avant", "apres"), [("<nom>Petit</nom>", "<nom>Petit</nom>"), ("Petit<", "Grand<")])
def test_what_it_writes_empty_of_a_contact_stays_as_what_it_leaves_out_while_the_person_is_the_same(avant, apres):
    numero = NOTRE.enfants[0].references[champs_action.CONTACT].valeurs[champs_annuaire.TELEPHONE]
    debut, contact = EXEMPLE.split('<extra info="contact-information">', 1)
    contact = contact.replace(f"<numtel>{numero}</numtel>", "<numtel/>", 1).replace(avant, apres, 1)
    _, action, *_ = toutes(comparer(lire(f'{debut}<extra info="contact-information">{contact}'), NOTRE))
    garde = action.resultat.references[champs_action.CONTACT].valeurs.get(champs_annuaire.TELEPHONE)
    assert garde == (numero if avant == apres else None)


def test_objects_that_the_file_lacks_stay_and_new_ones_come():
    renomme = changer('session numero="S2"', 'session numero="S9"')
    comparaison = comparer(renomme, NOTRE)
    action = comparaison.enfants[0]
    assert [une.sort for une in action.enfants] == [Sort.INCHANGE, Sort.CREE]
    assert [session.numero for session in action.resultat.enfants] == ["S1", "S9", "S2"]


def test_the_moments_of_an_object_are_ours_once_it_is_here():
    lu = changer('datemaj="20260921"', 'datemaj="20300101"')
    assert comparer(lu, NOTRE).resultat.modifie_le == NOTRE.modifie_le


@pytest.mark.parametrize("champ", [champs.OBJECTIF, champs.TYPE_PARCOURS])
def test_a_field_of_ours_that_is_empty_is_filled(champ):
    sans = replace(NOTRE, valeurs={c: v for c, v in NOTRE.valeurs.items() if c is not champ})
    formation, *_ = toutes(comparer(NOTRE, sans))
    assert [(un.champ, un.avant) for un in formation.changements] == [(champ, "")]
    assert formation.resultat.valeurs[champ] == NOTRE.valeurs[champ]


def test_the_numbers_of_contacts_and_addresses_change_nothing():
    lu = changer('<coordonnees numero="C3">', '<coordonnees numero="77">')
    assert sorts(comparer(lu, NOTRE)) == {Sort.INCHANGE}
    seance = comparer(lu, NOTRE).resultat.enfants[0].enfants[0]
    assert seance.references[champs_session.CONTACT_INSCRIPTION].numero == "C2"


def kept(*xmls: str) -> tuple[Reste, ...]:
    return tuple(Reste("formation", "", xml) for xml in xmls)


A, B, C = (f'<extra info="{nom}">{nom}</extra>' for nom in "abc")
B2 = "<extra info='b' numero='1'>autre</extra>"


@pytest.mark.parametrize(
    ("lus", "notres", "attendus"),
    [
        ((B,), (A, B), (A, B)),
        ((A,), (A, B), (A, B)),
        ((A, C), (A, B, C), (A, B, C)),
        ((B2,), (A, B, C), (A, B2, C)),
        ((C, A), (A, B, C), (C, A, B)),
        ((C,), (A, B), (A, B, C)),
        ((B, B2), (A, B), (A, B, B2)),
        ((B,), (A, B, B2), (A, B)),
        (("<extras info='b'/>",), (A, B), (A, B, "<extras info='b'/>")),
        (("<extra>x</extra>",), (A, B), (A, B, "<extra>x</extra>")),
        (("<extra numero='b'>x</extra>",), (B, "<extra>y</extra>"), (B, "<extra numero='b'>x</extra>")),
        (('<extra info="d &gt; e"/>',), ("<extra info='d > e'>y</extra>", A), ('<extra info="d &gt; e"/>', A)),
        ((), (A, B), (A, B)),
    ],
)
def test_what_was_kept_and_the_file_does_not_say_stays_where_it_stood(lus, notres, attendus):
    lu, notre = replace(NOTRE, reste=kept(*lus)), replace(NOTRE, reste=kept(*notres))
    comparaison = comparer(lu, notre)
    assert comparaison.resultat.reste == kept(*attendus)
    assert comparaison.sort is (Sort.INCHANGE if attendus == notres else Sort.MODIFIE)


def test_what_was_kept_in_another_block_is_not_said_by_this_one():
    lu = replace(NOTRE, reste=(Reste("formation", "", A),))
    notre = replace(NOTRE, reste=(Reste("formation/blocs-competences", "", A.replace(">a<", ">b<")),))
    assert comparer(lu, notre).resultat.reste == (*notre.reste, *lu.reste)
