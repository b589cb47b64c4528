"""What a change of a contact, a place or an action leaves to look at again: told wherever the save leads."""

import pytest

from tests.builders_arbre import AtelierArbre
from webapp.domain.statuts import Statut

BROUILLON, VALIDEE = Statut.BROUILLON, Statut.VALIDEE
REGION = "//*[@id='a-revoir']"


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


def enregistrer(client, page, js, bouton="Enregistrer", **textes):
    return client.swap(page, client.htmx(page, bouton, **textes)) if js else client.submit(page, bouton, **textes)


@pytest.mark.parametrize("js", [True, False])
def test_a_place_says_which_validated_actions_and_sessions_its_change_leaves_without_what_they_need(
    client, planteur, formation, js
):
    lieu = planteur.lieu()
    action = planteur.action(formation.id, VALIDEE, lieu=lieu, numero="Nantes")
    session = planteur.session(action.id, VALIDEE, numero="Mars", adresse_inscription=lieu)
    page = client.get(f"/lieux/{lieu}")
    assert "à revoir" not in page.texte()
    assert "Utilisé par 1 action et 1 session" in page.texte()
    apres = enregistrer(client, page, js, ville="")
    dit = "À cause de ce lieu, 1 action validée et 1 session validée sont à revoir : elles gardent leur statut"
    for ecran in (apres, client.get(f"/lieux/{lieu}")):
        assert ecran.texte(REGION).startswith(dit)
        assert "Le lieu « Salle Garonne » est à compléter : ville." in ecran.texte(REGION)
        assert ecran.lien("Action « Nantes », Lieu de formation") == f"/actions/{action.id}#lieu"
    assert apres.alertes == ["À revoir à cause de ce lieu : l'action « Nantes », la session « Mars »."]
    menent = [a.get("href") for a in apres.tous("//*[@id='alertes']//a")]
    assert menent == [f"/actions/{action.id}", f"/sessions/{session.id}"]
    assert (planteur.relire(action).statut, planteur.relire(session).statut) == (VALIDEE, VALIDEE)


def test_a_contact_says_what_it_leaves_to_look_at_by_itself_and_through_its_place(client, planteur, formation):
    contact = planteur.contact()
    sienne = planteur.action(formation.id, VALIDEE, contact=contact, lieu=planteur.lieu(), numero="A")
    par_le_lieu = planteur.action(formation.id, VALIDEE, lieu=planteur.lieu(contact), langue="EN", numero="B")
    planteur.session(sienne.id, VALIDEE, numero="S")  # whose contact is its action's
    planteur.action(formation.id, BROUILLON, contact=contact, langue="DE", numero="C")
    page = client.get(f"/contacts/{contact}")
    apres = enregistrer(client, page, True, courriel="")
    assert apres.texte(REGION).startswith(
        "À cause de ce contact, 2 actions validées et 1 session validée sont à revoir : elles gardent leur statut"
    )
    assert apres.lien("Action « B », Lieu de formation") == f"/actions/{par_le_lieu.id}#lieu"
    assert apres.alertes == ["À revoir à cause de ce contact : l'action « A », l'action « B », la session « S »."]
    remis = enregistrer(client, apres, True, courriel="camille@exemple.example")
    assert (remis.alertes, remis.texte(REGION)) == ([], "")


def test_what_is_wrong_otherwise_or_hidden_or_elsewhere_is_not_laid_at_the_door_of_a_place(client, planteur, formation):
    lieu, autre = planteur.lieu(), planteur.lieu(ville="")
    archivee = planteur.action(formation.id, VALIDEE, lieu=lieu, numero="A")
    planteur.session(archivee.id, VALIDEE, numero="S", adresse_inscription=lieu)
    planteur.archiver(archivee)
    planteur.action(formation.id, BROUILLON, lieu=autre, langue="EN", numero="B")
    apres = enregistrer(client, client.get(f"/lieux/{lieu}"), True, ville="")
    assert (apres.alertes, apres.texte(REGION)) == ([], "")


def test_one_action_alone_is_spoken_of_in_the_singular(client, planteur, formation):
    lieu = planteur.lieu()
    planteur.action(formation.id, VALIDEE, lieu=lieu, numero="Nantes")
    apres = enregistrer(client, client.get(f"/lieux/{lieu}"), True, ville="")
    assert apres.texte(REGION).startswith(
        "À cause de ce lieu, 1 action validée est à revoir : elle garde son statut, mais ne pourrait plus être "
        "validée ainsi."
    )


def test_of_many_the_first_are_named_and_the_others_counted_with_where_to_find_them(client, planteur, formation):
    lieu = planteur.lieu()
    action = planteur.action(formation.id, VALIDEE, lieu=lieu, numero="Nantes")
    for rang in range(12):
        planteur.session(action.id, VALIDEE, numero=f"S{rang:02}", debut=f"2027-04-{rang + 1:02}", fin="2027-05-03",
                         adresse_inscription=lieu)  # fmt: skip
    apres = enregistrer(client, client.get(f"/lieux/{lieu}"), True, ville="")
    assert len(apres.tous(f"{REGION}//li")) == 10
    assert apres.lien("Et 3 autres : voir « Contrôle »") == "/catalogue/controle"
    [alerte] = apres.alertes
    assert alerte.endswith("et 8 autres.")


def test_a_reader_is_told_too(client, navigateur, lecteur, planteur, formation):
    lieu = planteur.lieu()
    planteur.action(formation.id, VALIDEE, lieu=lieu, numero="Nantes")
    enregistrer(client, client.get(f"/lieux/{lieu}"), False, ville="")
    assert "1 action validée est à revoir" in navigateur(lecteur).get(f"/lieux/{lieu}").texte(REGION)


@pytest.mark.parametrize("js", [True, False])
def test_saving_an_action_and_adding_a_place_hides_nothing_of_what_the_save_did(client, planteur, formation, js):
    action = planteur.action(formation.id, VALIDEE, entrees_sorties="1", numero="Nantes")
    planteur.session(action.id, VALIDEE, numero="Annuelle", debut="", fin="")
    page = client.get(f"/actions/{action.id}")
    ailleurs = _ajouter(client, page, "lieu", js, entrees_sorties="0", duree="")
    assert ailleurs.h1 == "Nouveau lieu"
    assert "L'action « Nantes » est revenue au statut « Brouillon »" in ailleurs.texte("//*[@id='toasts']")
    assert ailleurs.alertes == ["À revoir dans l'action « Nantes » : la session « Annuelle »."]


def test_saving_a_place_and_adding_a_contact_says_what_the_place_leaves_to_look_at(client, planteur, formation):
    lieu = planteur.lieu()
    planteur.action(formation.id, VALIDEE, lieu=lieu, numero="Nantes")
    ailleurs = _ajouter(client, client.get(f"/lieux/{lieu}"), "contact", False, ville="")
    assert ailleurs.h1 == "Nouveau contact"
    assert ailleurs.alertes == ["À revoir à cause du lieu « Salle Garonne » : l'action « Nantes »."]


def _ajouter(client, page, quoi, js, **textes):
    un = {"lieu": "un lieu", "contact": "un contact"}[quoi]
    bouton = f"Enregistrer et ajouter {un}"
    if not js:
        return client.submit(page, bouton, **textes)
    return client.get(client.htmx(page, bouton, **textes).redirection)
