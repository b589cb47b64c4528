"""What changes on the portal, in words: of the formation, of each action and session, of what they refer to."""

from dataclasses import replace

from tests.edof.test_ecriture import un_objet
from webapp.domain import champs, champs_action, champs_annuaire
from webapp.edof.differences import DATE_SEULE, differences, lire
from webapp.edof.ecriture import ecrire_formation


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
