"""Under something archived, and on its own page: what is archived is said, with where it is restored."""

import pytest

from tests.builders_arbre import AtelierArbre
from webapp.domain.statuts import Statut
from webapp.services import catalogue

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


@pytest.fixture
def action(planteur, formation):
    return planteur.action(formation.id, VALIDEE, numero="Nantes")


@pytest.fixture
def session(planteur, action):
    return planteur.session(action.id, BROUILLON)


def archiver_la_formation(base, planteur, formation):
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, planteur.acte, formation.id, 1)


@pytest.mark.parametrize("adresse", [
    "/actions/{action}/sessions/nouvelle", "/sessions/{session}/duplication", "/sessions/{session}/suppression",
])  # fmt: skip
def test_what_an_archived_action_hides_leads_to_where_it_is_restored(
    client, planteur, action, session, adresse
):  # fmt: skip
    planteur.archiver(action)
    page = client.get(adresse.format(action=action.id, session=session.id), 409)
    ou = client.get(page.lien("Ouvrir l'action archivée"))
    retour = client.submit(ou, "Restaurer l'action")
    assert retour.h1 == "Modifier l'action de formation"
    assert retour.succes[0].startswith("L'action « Nantes » est restaurée au statut « Validée ».")
    assert planteur.relire(action).statut is VALIDEE


@pytest.mark.parametrize("adresse", [
    "/formations/{formation}/actions/nouvelle", "/actions/{action}/sessions/nouvelle",
    "/sessions/{session}/duplication", "/sessions/{session}/suppression", "/actions/{action}/suppression",
])  # fmt: skip
def test_what_an_archived_formation_hides_leads_to_where_it_is_restored(
    client, base, planteur, formation, action, session, adresse
):
    archiver_la_formation(base, planteur, formation)
    page = client.get(adresse.format(formation=formation.id, action=action.id, session=session.id), 409)
    ou = client.get(page.lien("Ouvrir la formation archivée"))
    retour = client.submit(ou, "Restaurer la formation")
    assert retour.url == f"/formations/{formation.id}"
    assert "est restaurée au statut" in retour.succes[0]


def test_a_hidden_session_and_a_hidden_action_lead_to_what_hides_them(
    client, base, planteur, formation, action, session
):  # fmt: skip
    planteur.archiver(action)
    assert client.get(f"/sessions/{session.id}").lien("Ouvrir l'action archivée") == f"/actions/{action.id}"
    archiver_la_formation(base, planteur, formation)
    for adresse in (f"/sessions/{session.id}", f"/actions/{action.id}"):
        page = client.get(adresse)
        assert page.lien("Ouvrir la formation archivée") == f"/formations/{formation.id}"
        assert not [dite for dite in page.commandes() if dite.startswith("Restaurer")]


def test_an_archived_session_is_restored_from_its_page(client, planteur, session):
    planteur.archiver(session)
    page = client.get(f"/sessions/{session.id}")
    assert "Cette session est archivée depuis le" in page.texte()
    assert client.submit(page, "Restaurer la session").h1 == "Modifier la session"


def test_a_reader_restores_nothing(client, navigateur, lecteur, planteur, action):
    planteur.archiver(action)
    page = navigateur(lecteur).get(f"/actions/{action.id}")
    assert "Cette action est archivée" in page.texte()
    assert not [dite for dite in page.commandes() if dite.startswith("Restaurer")]
