"""The tree on the page of a formation: what each line says, what opening an action gives, who sees it."""

from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre, une_session
from tests.web.comparaison import assert_same, masquer
from tests.web.matrice import ARBRE
from webapp.domain.statuts import Statut
from webapp.services import catalogue

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


def lignes(page):
    """Give what each action says while it is closed."""
    return [
        page.texte(f"(//*[@id='arbre']//details)[{n + 1}]/summary")
        for n in range(len(page.tous("//*[@id='arbre']//details")))
    ]


def sessions(page, action):
    dans = f"//*[@id='sessions-{action.id}']//li"
    # What each says comes before what can be done to it.
    return [page.texte(f"({dans})[{n + 1}]").partition(" Dupliquer ")[0] for n in range(len(page.tous(dans)))]


def test_a_formation_without_an_action_says_so(client, formation):
    page = client.get(f"/formations/{formation.id}")
    assert page.texte("//*[@id='arbre']") == (
        "Actions et sessions Aucune action de formation. Créer une action de formation Imprimer la formation"
    )


def test_a_new_formation_has_no_tree_before_it_is_stored(client):
    page = client.get("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    assert page.texte("//*[@id='arbre']") == ""
    apres = client.swap(page, client.htmx(page, "Enregistrer les modifications", identifiant="Neuve"))
    assert "Aucune action de formation." in apres.texte("//*[@id='arbre']")
    assert_same(apres, client.get(apres.url), ("//*[@id='arbre']",))


def test_each_action_says_its_status_and_counts_its_sessions(client, planteur, formation):
    un = planteur.action(formation.id, VALIDEE, numero="A1")
    planteur.session(un.id, VALIDEE, numero="S1")
    planteur.session(un.id, numero="S2", debut="2027-04-01", fin="2027-04-02")
    planteur.session(un.id, ARCHIVEE, numero="S3", debut="2027-05-01", fin="2027-05-02")
    planteur.action(formation.id, numero="")
    page = client.get(f"/formations/{formation.id}")
    # Both were made at the same moment.
    assert sorted(lignes(page)) == [
        "Action « A1 » Validée 3 sessions : 1 brouillon, 1 validée, 1 archivée",
        "Action « sans numéro » Brouillon Aucune session",
    ]
    dit = page.texte("//*[@id='arbre']")
    assert "Formation entièrement présentielle" not in dit
    ouverte = client.get(f"/formations/{formation.id}?action={un.id}").texte("//*[@id='arbre']")
    assert "Formation entièrement présentielle · 24 h · 1 200,00 € TTC" in ouverte
    assert "2 actions de formation : 1 brouillon, 1 validée." in dit
    assert "3 sessions : 1 brouillon, 1 validée, 1 archivée." in dit


def test_what_is_not_understood_is_left_out_of_a_line_and_shown_of_a_session(client, planteur, formation):
    action = planteur.action(formation.id, modalites_enseignement="", duree="longtemps", frais_ttc="cher")
    planteur.session(action.id, numero="", debut="au printemps", fin="", etat_recrutement="")
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    assert "longtemps" not in page.texte("//*[@id='arbre']")
    assert sessions(page, action) == ["Session « sans numéro » Brouillon du au printemps au …"]


def test_opening_an_action_shows_its_sessions_in_the_order_of_their_dates(client, planteur, formation):
    action = planteur.action(formation.id)
    planteur.session(action.id, numero="Avril", debut="2027-04-01", fin="2027-04-02")
    planteur.session(action.id, VALIDEE, numero="Mars")
    planteur.session(action.id, numero="Un jour", debut="", fin="")
    page = client.get(f"/formations/{formation.id}")
    assert sessions(page, action) == []
    [ligne] = page.tous("//*[@id='arbre']//details")
    # Closed, it is a line: what can be done to it comes with what it holds.
    assert not page.tous("//*[@id='arbre']//details//button")
    ouverte = client.swap(page, client.htmx(page, ligne))
    assert sessions(ouverte, action) == [
        "Session « Un jour » Brouillon sans dates · Ouvert",
        "Session « Mars » Validée du 1er mars 2027 au 5 mars 2027 · Ouvert",
        "Session « Avril » Brouillon du 1er avril 2027 au 2 avril 2027 · Ouvert",
    ]
    assert_same(
        ouverte, client.get(f"/formations/{formation.id}?action={action.id}"), (f"//*[@id='sessions-{action.id}']",)
    )


def test_without_javascript_a_link_opens_an_action_in_the_page(client, planteur, formation):
    autre, action = planteur.action(formation.id), planteur.action(formation.id, numero="A2")
    for une in (autre, action):
        planteur.session(une.id, numero=f"De {une.fiche.nom}")
    page = client.get(f"/formations/{formation.id}")
    assert len(page.tous("//*[@id='arbre']//details[@open]")) == 0
    lien = page.tous(f"//*[@id='sessions-{action.id}']//a")[0].get("href")
    assert lien == f"/formations/{formation.id}?action={action.id}#action-{action.id}"
    page = client.get(lien.partition("#")[0])
    assert [d.get("id") for d in page.tous("//*[@id='arbre']//details[@open]")] == [f"action-{action.id}"]
    assert (len(sessions(page, action)), sessions(page, autre)) == (1, [])
    assert client.get(f"/actions/{action.id}/sessions").url.startswith(f"/formations/{formation.id}?action=")


def test_an_action_without_a_session_opens_by_its_address_too(client, planteur, formation):
    action = planteur.action(formation.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    assert [d.get("id") for d in page.tous("//*[@id='arbre']//details[@open]")] == [f"action-{action.id}"]


def test_an_archived_formation_and_a_reader_show_the_tree_too(client, client_lecteur, base, planteur, formation):
    action = planteur.action(formation.id)
    planteur.session(action.id)
    for qui in (client_lecteur, client):
        if qui is client:
            with base.ecriture() as cnx:
                catalogue.archiver(cnx, planteur.acte, formation.id, 1)
        page = qui.get(f"/formations/{formation.id}?action={action.id}")
        assert lignes(page) == ["Action « A1 » Brouillon 1 session : 1 brouillon"]
        assert len(sessions(page, action)) == 1


def test_what_follows_the_typing_does_not_read_the_tree(client, planteur, formation, monkeypatch):
    planteur.action(formation.id)
    page = client.get(f"/formations/{formation.id}")
    monkeypatch.setattr("webapp.services.arbre.page_d_actions", None)
    for emetteur in (page.par_id("suivi"), "Enregistrer les modifications"):
        assert "arbre-actions" not in client.htmx(page, emetteur).html


def test_many_actions_are_shown_some_at_a_time_and_one_that_is_open_among_its_neighbours(client, planteur, formation):
    fiche = planteur.fiche_action()
    faites = [planteur.soumettre(fiche.avec(numero=f"A{n:02}"), formation.id) for n in range(45)]
    page = client.get(f"/formations/{formation.id}")
    dans_l_ordre = [ligne.get("id") for ligne in page.tous("//*[@id='arbre']//details")]
    assert len(dans_l_ordre) == 20
    assert "45 actions de formation : 45 brouillons." in page.texte("//*[@id='arbre']")
    assert "Actions 1 à 20 sur 45" in page.texte("//*[@id='arbre']")
    suite = client.swap(page, client.htmx(page, "Actions suivantes"))
    assert "Actions 21 à 40 sur 45" in suite.texte("//*[@id='arbre']")
    assert_same(suite, client.get(f"/formations/{formation.id}?depuis=20"), ("//*[@id='arbre']//ul",))
    fin = client.get(suite.lien("Actions suivantes"))
    assert "Actions 41 à 45 sur 45" in fin.texte("//*[@id='arbre']")
    assert fin.lien("Actions précédentes") == f"/formations/{formation.id}/actions?depuis=20"
    vues = [dans_l_ordre, *([ligne.get("id") for ligne in p.tous("//*[@id='arbre']//details")] for p in (suite, fin))]
    assert {id_ for siennes in vues for id_ in siennes} == {f"action-{faite.id}" for faite in faites}
    derniere = vues[-1][-1].removeprefix("action-")
    assert "Actions 41 à 45 sur 45" in client.get(f"/formations/{formation.id}?action={derniere}").texte()


@pytest.mark.parametrize("depuis", ["-1", "x", "9" * 400, "999999", "2.5", "\u0664"])
def test_a_rank_that_means_nothing_shows_actions_all_the_same(client, planteur, formation, depuis):
    planteur.action(formation.id)
    assert len(client.get(f"/formations/{formation.id}?depuis={depuis}").tous("//*[@id='arbre']//details")) == 1


# ---------------------------------------------------------------------------- who may ask


@pytest.mark.parametrize(
    "route", [r for r in ARBRE if "<uuid:action>" in r.regle or "<uuid:session>" in r.regle], ids=str
)
def test_what_belongs_to_another_answers_like_what_never_was(client_etranger, visiteur, planteur, formation, route):
    action = planteur.action(formation.id)
    session = planteur.soumettre(une_session(), action.id)
    sien, autre = action.id if "<uuid:action>" in route.regle else session.id, uuid4()
    regle = route.regle.replace("<uuid:session>", "<uuid:action>")
    donnees = {"csrf_token": client_etranger.jeton(), "version": "1"} if route.ecrit else None
    for en_tetes in ({}, {"HX-Request": "true"}):
        reponses = [
            client_etranger.demander(
                route.methode, regle.replace("<uuid:action>", str(id)), headers=en_tetes, data=donnees
            )
            for id in (sien, autre)
        ]
        assert [r.status_code for r in reponses] == [404, 404]
        assert masquer(reponses[0].text) == masquer(reponses[1].text).replace(str(autre), str(sien))
    assert visiteur.demander(route.methode, regle.replace("<uuid:action>", str(sien))).status_code == (
        401 if route.ecrit else 303
    )
