"""What changes on the portal, in words: of the formation, of each action and session, of what they refer to."""

from dataclasses import replace

import pytest

from tests.edof.test_ecriture import un_objet
from webapp.domain import champs, champs_action, champs_annuaire
from webapp.edof.differences import AUTREMENT, DATE_SEULE, differences, lire
from webapp.edof.ecriture import ecrire_formation
from webapp.edof.objets import Reste
from webapp.edof.ordre import BLOCS_MODIFIABLES, CERTIFICATION, PLACES, SIRET, chemins


def dites(avant, apres):
    """Both are read from what the file writes of them."""
    trouvees = differences(lire(ecrire_formation(avant)), lire(ecrire_formation(apres)))
    return [(d.objet.replace("\xa0", " "), d.message.replace("\xa0", " ").replace("\u202f", " ")) for d in trouvees]


def avec_action(objet, **faits):
    [action] = objet.enfants
    return replace(objet, enfants=(replace(action, **faits),))


def test_a_field_that_changes_or_goes_is_said_with_both_values():
    objet = un_objet()
    autre = replace(objet, valeurs={**objet.valeurs, champs.OBJECTIF: "Négocier."})
    [(ou, message)] = dites(objet, autre)
    assert ou == ""
    assert message.endswith("→ « Négocier. »")
    [action] = objet.enfants
    sans = {c: v for c, v in action.valeurs.items() if c is not champs_action.ACCES_HANDICAPES}
    [(ou, message)] = dites(objet, avec_action(objet, valeurs=sans))
    assert (ou, message) == ("Action « A1 »", "Accès handicapés : « Ascenseur. » → (vide)")


def test_sessions_and_actions_that_come_or_go_are_named():
    un, trois = un_objet(1), un_objet(3)
    trois = replace(trois, cree_le=un.cree_le)
    assert dites(un, trois) == [
        ("Action « A1 », session « S1 »", "nouvelle session."), ("Action « A1 », session « S2 »", "nouvelle session."),
    ]  # fmt: skip
    assert dites(trois, un) == [
        ("Action « A1 », session « S1 »", "ne sera plus dans le fichier."),
        ("Action « A1 », session « S2 »", "ne sera plus dans le fichier."),
    ]
    [action] = un.enfants
    deux = replace(un, enfants=(action, replace(action, numero="A2")))
    assert dites(un, deux) == [("Action « A2 »", "nouvelle action.")]


def test_a_contact_that_changes_is_said_of_what_refers_to_it():
    objet = un_objet()
    [action] = objet.enfants
    contact = action.references[champs_action.CONTACT]
    autre = replace(contact, valeurs={**contact.valeurs, champs_annuaire.NOM: "Roussel"})
    faits = dites(objet, avec_action(objet, references={**action.references, champs_action.CONTACT: autre}))
    assert [message for _, message in faits] == ["Contact pour s’informer, Nom : « Martin » → « Roussel »"]


def test_a_date_of_update_alone_is_said_too():
    objet = un_objet()
    assert dites(objet, replace(objet, modifie_le="20270101")) == [("", DATE_SEULE.replace("\xa0", " "))]


def test_a_long_text_is_shown_by_its_beginning():
    objet = un_objet()
    [(_, message)] = dites(objet, replace(objet, valeurs={**objet.valeurs, champs.OBJECTIF: "Parler haut. " * 60}))
    assert len(message) < 300
    assert "…" in message


VISEES = (champs_action.CONTACT, champs_action.LIEU)
DES_VISEES = [(champ, dedans) for champ in VISEES for dedans in un_objet().enfants[0].references[champ].valeurs]


@pytest.mark.parametrize(("champ", "dedans"), DES_VISEES, ids=lambda champ: champ.nom)
def test_each_field_that_a_contact_or_a_place_loses_is_said(champ, dedans):
    objet = un_objet()
    [action] = objet.enfants
    visee = action.references[champ]
    reduite = replace(visee, valeurs={c: v for c, v in visee.valeurs.items() if c is not dedans})
    faits = dites(objet, avec_action(objet, references={**action.references, champ: reduite}))
    [(ou, message)] = faits
    assert (ou, message.startswith(f"{champ.libelle}, {dedans.libelle} : «"), message.endswith("→ (vide)")) == (
        "Action « A1 »", True, True
    ), message  # fmt: skip


def test_a_contact_or_a_place_that_goes_whole_is_said():
    objet = un_objet()
    [action] = objet.enfants
    for champ in VISEES:
        restees = {c: ref for c, ref in action.references.items() if c is not champ}
        assert dites(objet, avec_action(objet, references=restees)) == [("Action « A1 »", f"{champ.libelle} : retiré.")]


def test_each_field_of_the_file_that_goes_is_said_even_those_that_no_screen_shows():
    """Whatever has a place in the file: the codes of a list, the blocks that no screen shows, the SIRET."""
    objet = un_objet(1, blocs="RNCP1BC01")
    valeurs = {**objet.valeurs, BLOCS_MODIFIABLES: "oui"}
    objet = replace(objet, valeurs=valeurs)
    vus = set()
    for champ in valeurs:
        if champ is SIRET:
            continue
        sans = replace(objet, valeurs={c: v for c, v in valeurs.items() if c is not champ})
        [(ou, message)] = dites(objet, sans)
        dit = ou, message.startswith(f"{champ.libelle} : « "), message.endswith("→ (vide)")
        assert dit == ("", True, True), champ
        vus.add(champ)
    assert {BLOCS_MODIFIABLES, CERTIFICATION, champs.OBJECTIF} <= vus
    [action] = objet.enfants
    for champ in action.valeurs:
        siennes = {c: v for c, v in action.valeurs.items() if c is not champ}
        [(ou, message)] = dites(objet, avec_action(objet, valeurs=siennes))
        assert (ou, message.endswith("→ (vide)")) == ("Action « A1 »", True), champ.nom
    assert {p.champ for _, p in chemins(PLACES[objet.niveau]) if p.champ is not None} >= set(objet.valeurs)


def test_what_the_organisation_is_known_by_is_said():
    objet = un_objet()
    autre = replace(objet, valeurs={**objet.valeurs, SIRET: "12345678200010"})
    assert dites(objet, autre) == [("", "SIRET : « 99999999800019 » → « 12345678200010 »")]


def test_what_an_import_has_kept_and_that_goes_is_said():
    objet = un_objet()
    avec = replace(objet, reste=(Reste("formation", "", '<extra info="interne">Bleu</extra>'),))
    assert dites(avec, objet) == [("", "Ce qu’un import a conservé, « interne » : retiré.")]


def test_what_has_no_field_is_said_too_and_never_as_a_date():
    """The number that a contact bears, the order, a day of creation, one number written otherwise."""
    objet = un_objet(2)
    [action] = objet.enfants
    contact = action.references[champs_action.CONTACT]
    autre = {**action.references, champs_action.CONTACT: replace(contact, numero="AUTRE")}
    assert dites(objet, avec_action(objet, references=autre)) == [
        ("Action « A1 »", "Contact pour s’informer : son numéro dans le fichier change."),
    ]
    place = action.references[champs_action.LIEU]
    autre = {**action.references, champs_action.LIEU: replace(place, numero_adresse="AUTRE")}
    [(_, message)] = dites(objet, avec_action(objet, references=autre))
    assert message.endswith("son numéro dans le fichier change.")
    assert dites(objet, avec_action(objet, enfants=action.enfants[::-1])) == [
        ("Action « A1 »", "Ses sessions changent d’ordre."),
    ]
    deux = replace(objet, enfants=(action, replace(action, numero="A2")))
    assert dites(deux, replace(deux, enfants=deux.enfants[::-1])) == [("", "Ses actions changent d’ordre.")]
    assert dites(replace(objet, cree_le="20260101"), replace(objet, cree_le="20270203")) == [
        ("", "Date de création : « 01/01/2026 » → « 03/02/2027 »"),
    ]
    session = action.enfants[0]
    autres = (replace(session, numero=session.numero.lower()), *action.enfants[1:])
    assert dites(objet, avec_action(objet, enfants=autres)) == [
        ("Action « A1 », session « s0 »", "Numéro de la session : « S0 » → « s0 »"),
    ]
    avec = replace(objet, reste=(Reste("formation", "", "<extra info='interne'>Bleu</extra>"),))
    assert dites(objet, objet) == [("", AUTREMENT.replace("\xa0", " "))]
    assert dites(avec, avec_action(avec, modifie_le="20270505")) == [("", DATE_SEULE.replace("\xa0", " "))]


def test_what_an_import_has_kept_and_changes_is_named():
    def gardant(*xmls):
        return replace(un_objet(), reste=tuple(Reste("formation", "", xml) for xml in xmls))

    garde, autre = '<extra info="garde">Un</extra>', '<extra info="garde">Deux</extra>'
    dit = "Ce qu’un import a conservé, « garde »"
    assert dites(gardant(garde), gardant(autre)) == [("", f"{dit} : « Un » → « Deux »")]
    assert dites(gardant(garde), gardant()) == [("", f"{dit} : retiré.")]
    assert dites(gardant(), gardant(garde)) == [("", f"{dit} : nouveau.")]
    vide, marque = '<extra info="garde"/>', '<extra info="garde"><b>Un</b></extra>'
    assert dites(gardant(garde), gardant(vide)) == [("", f"{dit} : « Un » → (vide)")]
    assert dites(gardant(garde), gardant(marque)) == [("", f"{dit[:-2]} », change.")]
    neuf = '<extra info="neuf">Trois</extra>'
    assert dites(gardant(garde), gardant(garde, neuf)) == [("", "Ce qu’un import a conservé, « neuf » : nouveau.")]
