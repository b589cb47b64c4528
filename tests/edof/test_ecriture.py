"""The bytes: the portal's encoding, its order, one form for one content; every field has its place."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from lxml import etree

from tests.builders import MAINTENANT, une_fiche
from tests.builders_arbre import CONTACT_ID, LIEU_ID, un_contact, un_lieu, un_noeud, une_action, une_session
from webapp.domain import champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Niveau
from webapp.domain.formation import Formation
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut
from webapp.edof.ecriture import CaractereHorsDuJeuError, ecrire
from webapp.edof.lecture import formations
from webapp.edof.objets import Objet
from webapp.edof.ordre import PLACES, chemins
from webapp.edof.passage import Entourage, fiche_formation, fiche_noeud, fiche_reference, jour_ecrit, objet_de
from webapp.edof.verification import verifier_formation

AUTOUR = Entourage("99999999800019", {CONTACT_ID: un_contact(fonction="Référente")}, {LIEU_ID: un_lieu()})


def une_formation(**textes: str) -> Formation:
    return Formation(
        uuid4(), uuid4(), une_fiche(**textes), Statut.VALIDEE, 1, MAINTENANT, MAINTENANT, "Camille", MAINTENANT
    )


def un_objet(nombre: int = 1, **textes: str) -> Objet:
    action = un_noeud(une_action())
    sessions = [
        un_noeud(
            une_session(numero=f"S{rang}", debut=f"2027-03-{rang % 28 + 1:02}", fin=f"2027-{4 + rang // 28:02}-30")
        )
        for rang in range(nombre)
    ]
    return objet_de(une_formation(**textes), [action], {action.id: sessions}, AUTOUR)


def test_every_field_with_an_element_has_its_place_and_one_alone():
    for niveau in PLACES:
        places = [place.champ for _, place in chemins(PLACES[niveau]) if place.champ is not None]
        siens = [champ for champ in CHAMPS[niveau] if champ.element and champ.element != "@numero"]
        assert [champ for champ in siens if champ not in places] == []
    partout = [p.champ for niveau in PLACES for _, p in chemins(PLACES[niveau]) if p.champ is not None]
    annuaire = (*CHAMPS[Niveau.CONTACT], *CHAMPS[Niveau.LIEU])
    manquent = [c for c in annuaire if c not in partout and c is not champs_annuaire.CONTACT_DU_LIEU]
    assert manquent == []


def test_the_path_of_a_place_ends_as_its_field_says():
    for niveau in PLACES:
        for chemin, place in chemins(PLACES[niveau]):
            champ = place.champ
            if champ is not None and champ.niveau is niveau and place.forme.value != "extras" and not place.prefixe:
                assert chemin.endswith(champ.element.split("/")[-1]), chemin


@pytest.mark.parametrize("nombre", [1, 2, 50])
def test_an_action_has_as_many_sessions_as_there_are_all_before_what_follows(nombre):
    octets = b"".join(ecrire([un_objet(nombre)]))
    element = next(formations(etree.fromstring(octets)))
    action = element.find("{*}action")
    assert action is not None
    noms = [etree.QName(un).localname for un in action]
    assert noms.count("session") == nombre
    assert noms.index("acces-handicapes") > len(noms) - 1 - noms[::-1].index("session")
    assert verifier_formation(element) == ()


def test_the_same_objects_give_the_same_bytes():
    objet = un_objet(3)
    assert b"".join(ecrire([objet])) == b"".join(ecrire([objet]))
    assert b"".join(ecrire([objet])).startswith(b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<lheo xmlns=')
    assert b"\r" not in b"".join(ecrire([objet]))


def test_a_text_with_marks_is_in_cdata_and_another_is_escaped():
    octets = b"".join(ecrire([un_objet(objectif="<p>Écouter &amp; parler</p>", contenu="Moins de 5 < 6 & plus")]))
    assert "<![CDATA[<p>Écouter &amp; parler</p>]]>".encode("iso-8859-1") in octets
    assert b"Moins de 5 &lt; 6 &amp; plus" in octets


@pytest.mark.parametrize("texte", ["Cœur", "5 €", "l\u2019essentiel", "\U0001f600"])
def test_no_character_is_ever_replaced_in_silence(texte):
    with pytest.raises(CaractereHorsDuJeuError):
        b"".join(ecrire([un_objet(objectif=texte)]))


def test_days_are_those_of_paris():
    assert jour_ecrit(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "20270101"


def test_a_session_without_contact_nor_place_has_those_of_its_action():
    seance = un_objet().enfants[0].enfants[0]
    assert seance.references[champs_session.CONTACT_INSCRIPTION].valeurs[champs_annuaire.NOM] == "Martin"
    assert seance.references[champs_session.ADRESSE_INSCRIPTION].valeurs[champs_annuaire.VILLE] == "Toulouse"


def test_what_is_written_of_an_action_gives_its_fiche_back():
    fiche = une_action(dates_information="2027-01-05\n2027-01-06", rythmes="1\n3", url="https://a.example/x")
    action = un_noeud(fiche)
    objet = objet_de(une_formation(), [action], {action.id: [un_noeud(une_session())]}, AUTOUR).enfants[0]
    ids = {champs_action.LIEU: LIEU_ID, champs_action.CONTACT: CONTACT_ID}
    assert fiche_noeud(objet, ids) == fiche
    lieu = objet.references[champs_action.LIEU]
    assert fiche_reference(Niveau.LIEU, lieu).avec(contact=CONTACT_ID) == un_lieu()
    assert fiche_reference(Niveau.CONTACT, lieu) == un_contact()
    assert fiche_reference(Niveau.CONTACT, objet.references[champs_action.CONTACT]) == un_contact(fonction="Référente")


def test_what_is_written_of_a_formation_gives_its_fiche_back():
    formation = une_formation()
    objet = objet_de(formation, [], {}, AUTOUR)
    assert fiche_formation(objet, formation.fiche.type_formation) == formation.fiche


def test_the_sample_is_in_the_encoding_that_it_declares():
    octets = Path(__file__).with_name("exemple.xml").read_bytes()
    assert octets.decode("iso-8859-1").encode("iso-8859-1") == octets
    with pytest.raises(UnicodeDecodeError):
        octets.decode("utf-8")
    assert UUID(LIEU_ID).hex[:12].upper() not in octets.decode("iso-8859-1")
