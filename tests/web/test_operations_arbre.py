"""What is done to an action or a session from the tree: done, undone, refused, and what the page then shows."""

import pytest

from tests.builders_arbre import AtelierArbre
from tests.web.comparaison import assert_same
from webapp.domain.champs import Niveau
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.services import arbre

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE
RETENUE = "Supprimez d'abord ce qui n'est pas un brouillon, après l'avoir archivé"


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


@pytest.fixture
def action(planteur, formation):
    return planteur.action(formation.id, VALIDEE)


def dites(page):
    """Give the messages of success, without what only typesetting puts there."""
    return [message.replace("\xa0", " ") for message in page.succes]


def partie(base, planteur, niveau, id):
    try:
        with base.lecture() as cnx:
            arbre.ouvrir_noeud(cnx, planteur.organisme, niveau, id)
    except Introuvable:
        return True
    return False


def test_archiving_an_action_keeps_what_is_typed_beside_and_can_be_undone(client, planteur, formation, action):
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    apres = client.swap(page, client.htmx(page, "Archiver l'action A1"))
    assert dites(apres)[0].startswith("L’action « A1 » est archivée.".replace("’", "'"))
    assert "Action « A1 » Archivée" in apres.texte("//*[@id='arbre']")
    assert_same(
        apres, client.get(f"/formations/{formation.id}?action={action.id}"), ("//*[@id='arbre']",), sauf_uuid=True
    )
    rendue = client.swap(apres, client.htmx(apres, apres.commande("Annuler", dans="//*[@id='toasts']")))
    assert dites(rendue) == ["L'archivage est annulé : l'action « A1 » est de nouveau au statut « Validée »."]
    assert planteur.relire(action).statut is VALIDEE


def test_without_javascript_an_operation_leads_back_to_the_open_action(client, planteur, formation, action):
    session = planteur.session(action.id, VALIDEE)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    apres = client.submit(page, "Archiver la session S1")
    assert dites(apres)[0].startswith("La session « S1 » est archivée.")
    assert [d.get("id") for d in apres.tous("//details[@open]")] == [f"action-{action.id}"]
    rendue = client.submit(apres, "Restaurer la session S1")
    assert dites(rendue)[0].startswith("La session « S1 » est restaurée au statut « Validée ».")
    assert planteur.relire(session).statut is VALIDEE


def test_what_no_longer_holds_comes_back_as_a_draft_and_says_so(client, planteur, formation):
    contact = planteur.contact()
    action = planteur.action(formation.id, VALIDEE, contact=contact)
    planteur.archiver(action)
    client.htmx(client.get(f"/contacts/{contact}"), "Enregistrer", telephone="")
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    apres = client.swap(page, client.htmx(page, "Restaurer l'action A1"))
    assert dites(apres)[0].startswith(
        "L'action « A1 » est restaurée au statut « Brouillon », et non « Validée » comme avant son archivage. "
    )
    raison = "Contact pour s'informer : Le contact « Camille Martin » est à compléter : téléphone."
    assert raison in dites(apres)[0]
    assert planteur.relire(action).statut is BROUILLON


def test_removing_a_draft_names_what_goes_with_it(client, base, planteur, formation):
    action = planteur.action(formation.id)
    session = planteur.session(action.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    assert "la session « S1 »" in question.texte("//dialog").replace("\xa0", " ")
    apres = client.swap(question, client.htmx(question, "Supprimer définitivement"))
    assert dites(apres) == ["L'action « A1 » est supprimée, et avec elle : la session « S1 »."]
    assert "Aucune action de formation." in apres.texte("//*[@id='arbre']")
    assert partie(base, planteur, Niveau.ACTION, action.id)
    assert partie(base, planteur, Niveau.SESSION, session.id)


@pytest.mark.parametrize("js", [True, False], ids=["htmx", "sans JavaScript"])
def test_an_archived_action_goes_with_what_it_hides_whatever_its_status(client, base, planteur, formation, js):
    action = planteur.action(formation.id, VALIDEE)
    session = planteur.session(action.id, VALIDEE)
    planteur.archiver(action)
    question = client.get(f"/actions/{action.id}/suppression")
    if js:
        page = client.get(f"/formations/{formation.id}?action={action.id}")
        question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    assert "la session « S1 »" in question.texte("//dialog").replace("\xa0", " ")
    apres = confirmer(client, question, js=js)
    assert dites(apres) == ["L'action « A1 » est supprimée, et avec elle : la session « S1 »."]
    assert partie(base, planteur, Niveau.ACTION, action.id)
    assert partie(base, planteur, Niveau.SESSION, session.id)


def test_a_draft_that_holds_something_else_is_not_removed_and_says_what(client, base, planteur, formation):
    action = planteur.action(formation.id)
    planteur.session(action.id, VALIDEE)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    # Nothing is promised that will be refused.
    assert question.texte("//dialog//p[contains(@class, 'avis')]").replace("\xa0", " ").startswith(RETENUE)
    assert [b.text.strip() for b in question.tous("//dialog//button")] == ["Fermer"]


def test_a_draft_that_came_to_hold_something_else_is_not_removed_and_says_what(client, base, planteur, formation):
    action = planteur.action(formation.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    planteur.session(action.id, VALIDEE)
    refusee = client.swap(question, client.htmx(question, "Supprimer définitivement", 409))
    [alerte] = refusee.alertes
    assert alerte.replace("\xa0", " ").startswith(RETENUE)
    assert not partie(base, planteur, Niveau.ACTION, action.id)


def test_removing_a_draft_formation_names_what_goes_with_it(client, base, planteur, formation):
    actions = [planteur.action(formation.id, numero=f"A{rang}") for rang in range(1, 22)]
    planteur.session(actions[0].id, numero="S1")
    planteur.session(actions[0].id, numero="S2", debut="2027-05-03", fin="2027-05-07")
    planteur.session(actions[1].id)
    page = client.get("/catalogue")
    question = client.swap(page, client.htmx(page, "Supprimer"))
    dits = [ligne.text.replace("\xa0", " ").replace("’", "'") for ligne in question.tous("//dialog//li")]
    assert (len(dits), dits[-1]) == (21, "et 1 autre action")
    # In the order in which they were made, which is here the same moment.
    assert set(dits) < {
        "l'action « A1 » et ses 2 sessions", "l'action « A2 » et sa session", "et 1 autre action",
        *(f"l'action « A{rang} »" for rang in range(3, 22)),
    }  # fmt: skip
    apres = client.swap(question, client.htmx(question, "Supprimer définitivement"))
    [dite] = dites(apres)
    assert "est supprimée, et avec elle : l'action « A" in dite
    assert dite.endswith(", et 16 autres actions.")
    assert partie(base, planteur, Niveau.ACTION, actions[0].id)


def test_a_draft_formation_that_holds_something_else_says_so_and_stays(client, planteur, formation):
    page = client.get("/catalogue")
    question = client.swap(page, client.htmx(page, "Supprimer"))
    action = planteur.action(formation.id, VALIDEE)
    refusee = client.swap(question, client.htmx(question, "Supprimer définitivement", 409))
    assert [alerte.replace("\xa0", " ") for alerte in refusee.alertes] == [f"{RETENUE} : l'action « A1 »."]
    sans_js = client.submit(question, "Supprimer définitivement", 409)
    assert sans_js.h1 == "Catalogue"
    assert [alerte.replace("\xa0", " ") for alerte in sans_js.alertes] == [f"{RETENUE} : l'action « A1 »."]
    question = client.swap(page, client.htmx(page, "Supprimer"))
    assert [b.text.strip() for b in question.tous("//dialog//button")] == ["Fermer"]
    assert planteur.relire(action).statut is VALIDEE


CHANGE = "Ce qui partirait avec elle a changé depuis votre question : rien n'est supprimé. Relisez, puis confirmez."


def confirmer(client, question, statut=200, *, js):
    """Confirm, and give the page then on screen."""
    if js:
        return client.swap(question, client.htmx(question, "Supprimer définitivement", statut))
    return client.submit(question, "Supprimer définitivement", statut)


def demandee(question):
    """Give what a question names, and the alert that it says."""
    noms = [ligne.text.replace("\xa0", " ").replace("’", "'") for ligne in question.tous("//dialog//li")]
    avis = [dit.text.replace("\xa0", " ").replace("’", "'") for dit in question.tous("//dialog//p[@role='alert']")]
    return noms, " ".join(avis)


@pytest.mark.parametrize("js", [True, False], ids=["htmx", "sans JavaScript"])
def test_what_an_action_came_to_hold_is_not_removed_without_being_named(client, base, planteur, formation, js):
    action = planteur.action(formation.id)
    partie_avec = planteur.session(action.id, numero="S1")
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    question = question if js else client.get(f"/actions/{action.id}/suppression")
    assert demandee(question) == (["la session « S1 »"], "")
    venue = planteur.session(action.id, numero="S3", debut="2027-05-03", fin="2027-05-07")
    redemandee = confirmer(client, question, 409, js=js)
    noms, avis = demandee(redemandee)
    assert (set(noms), avis) == ({"la session « S1 »", "la session « S3 »"}, CHANGE)
    for noeud in (action, partie_avec, venue):
        assert not partie(base, planteur, noeud.niveau, noeud.id)
    # What is named now goes, at the second answer.
    [dite] = dites(confirmer(client, redemandee, js=js))
    assert dite.startswith("L'action « A1 » est supprimée, et avec elle : la session « S")
    for noeud in (action, partie_avec, venue):
        assert partie(base, planteur, noeud.niveau, noeud.id)


@pytest.mark.parametrize("js", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("vient", ["une action", "une session"])
def test_what_a_formation_came_to_hold_is_not_removed_without_being_named(client, base, planteur, formation, js, vient):
    action = planteur.action(formation.id)
    page = client.get("/catalogue")
    question = client.swap(page, client.htmx(page, "Supprimer")) if js else client.get(page.lien("Supprimer"))
    assert demandee(question) == (["l'action « A1 »"], "")
    if vient == "une action":
        venue, noms = planteur.action(formation.id, numero="A2"), {"l'action « A1 »", "l'action « A2 »"}
    else:
        venue, noms = planteur.session(action.id), {"l'action « A1 » et sa session"}
    redemandee = confirmer(client, question, 409, js=js)
    nommees, avis = demandee(redemandee)
    assert (set(nommees), avis) == (noms, CHANGE)
    assert not partie(base, planteur, venue.niveau, venue.id)
    [dite] = dites(confirmer(client, redemandee, js=js))
    assert "est supprimée, et avec elle : l'action « A" in dite
    assert partie(base, planteur, venue.niveau, venue.id)


@pytest.mark.parametrize("js", [True, False], ids=["htmx", "sans JavaScript"])
def test_less_than_what_was_named_is_asked_again_too(client, base, planteur, formation, js):
    action = planteur.action(formation.id)
    session = planteur.session(action.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Supprimer l'action A1"))
    client.poster(f"/sessions/{session.id}/suppression", {"version": "1"})
    redemandee = confirmer(client, question, 409, js=js)
    assert demandee(redemandee) == ([], CHANGE)
    assert dites(confirmer(client, redemandee, js=js)) == ["L'action « A1 » est supprimée."]
    assert partie(base, planteur, Niveau.ACTION, action.id)


def test_a_confirmation_that_does_not_say_what_was_named_is_asked_again_when_something_would_go(
    client, base, planteur, formation
):
    action = planteur.action(formation.id)
    for adresse in (f"/actions/{action.id}", f"/formations/{formation.id}"):
        planteur_session = planteur.session(action.id, numero=adresse[:4])
        question = client.page_postee(f"{adresse}/suppression", {"version": "1"}, 409)
        assert demandee(question)[1] == CHANGE
        assert not partie(base, planteur, Niveau.SESSION, planteur_session.id)
    vide = planteur.action(formation.id, numero="Vide")
    assert client.poster(f"/actions/{vide.id}/suppression", {"version": "1"}).status_code == 303
    assert partie(base, planteur, Niveau.ACTION, vide.id)


@pytest.mark.parametrize("operation", ["Archiver", "Dupliquer"])
def test_what_was_changed_meanwhile_is_left_alone(client, planteur, formation, operation):
    action = planteur.action(formation.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    client.htmx(client.get(f"/actions/{action.id}"), "Enregistrer", restauration="Cantine")
    refusee = client.swap(page, client.htmx(page, f"{operation} l'action A1", 409))
    [alerte] = refusee.alertes
    assert alerte.replace("\xa0", " ").startswith("Rien n'est fait : l'action « A1 » a été modifiée entre-temps par")
    assert planteur.relire(action).statut is BROUILLON
    # The tree is up to date: asked again, it is done.
    client.htmx(refusee, f"{operation} l'action A1")


@pytest.mark.parametrize("niveau", [Niveau.ACTION, Niveau.SESSION])
def test_what_was_archived_meanwhile_is_said_archived_and_when(client, atelier, planteur, action, niveau):
    noeud = action if niveau is Niveau.ACTION else planteur.session(action.id)
    elle = "l'action « A1 »" if niveau is Niveau.ACTION else "la session « S1 »"
    page = client.get(f"/formations/{noeud.formation_id}?action={action.id}")
    planteur.archiver(noeud)
    refusee = client.swap(page, client.htmx(page, f"Archiver {elle.replace('« ', '').replace(' »', '')}", 409))
    [alerte] = refusee.alertes
    debut = f"Rien n'est fait : {elle} a été archivée entre-temps, le 28 novembre 2019"
    assert alerte.replace("\xa0", " ").startswith(debut)
    assert "Camille Martin" not in alerte


def test_what_its_status_forbids_is_said_of_an_action_and_of_a_session(client, planteur, action):
    session = planteur.session(action.id, VALIDEE)
    for adresse, elle in ((f"/actions/{action.id}", "action"), (f"/sessions/{session.id}", "session")):
        refus = f"Cette {elle} est au statut « Validée » : elle ne peut pas être supprimée."
        page = client.get(f"{adresse}/suppression", 409)
        assert refus in page.texte().replace("\xa0", " ")


def test_nothing_is_asked_about_what_is_hidden_with_its_action(client, planteur, action):
    session = planteur.session(action.id)
    planteur.archiver(action)
    for question in ("suppression", "duplication"):
        page = client.get(f"/sessions/{session.id}/{question}", 409)
        assert "Cette action est archivée : restaurez-la d'abord." in page.texte().replace("\xa0", " ")


@pytest.mark.parametrize(("nombre", "avec"), [(0, ""), (1, " avec sa session"), (2, " avec ses sessions")])
def test_what_an_action_is_copied_with_is_said_as_it_is(client, planteur, formation, action, nombre, avec):
    for rang in range(nombre):
        planteur.session(action.id, numero=f"S{rang}")
    planteur.archiver(planteur.session(action.id, numero="Archivée"))
    copie = client.submit(client.get(f"/formations/{formation.id}?action={action.id}"), "Dupliquer l'action A1")
    assert copie.succes == [f"La copie de l'action est créée{avec} : donnez-lui son propre numéro."]


def test_duplicating_an_action_opens_the_copy_and_makes_one_when_sent_twice(client, base, planteur, formation, action):
    planteur.session(action.id, VALIDEE)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    copies = {client.htmx(page, "Dupliquer l'action A1").redirection for _ in range(2)}
    assert len(copies) == 1
    copie = client.get(copies.pop())
    assert dites(copie)[0] == "La copie de l'action est créée avec sa session : donnez-lui son propre numéro."
    assert (copie.h1, copie.valeur("numero")) == ("Modifier l'action de formation", "")
    with base.lecture() as cnx:
        lu = arbre.ouvrir(cnx, planteur.organisme, formation.id)
    assert sorted(sum(siens.values()) for siens in lu.comptes.values()) == [1, 1]


def test_a_reader_is_offered_no_operation(client_lecteur, planteur, formation, action):
    planteur.session(action.id)
    page = client_lecteur.get(f"/formations/{formation.id}?action={action.id}")
    assert not page.tous("//*[@id='arbre']//button")
    assert not page.tous("//*[@id='arbre']//form")


def test_an_archived_action_hides_its_sessions_which_keep_their_status(client, planteur, formation, action):
    session = planteur.session(action.id)
    planteur.archiver(action)
    adresse = f"/formations/{formation.id}?action={action.id}"
    page = client.get(adresse)
    assert "Action « A1 » Archivée 1 session masquée avec elle" in page.texte("//*[@id='arbre']//summary")
    assert page.texte("//*[@id='arbre']/section/div/div/p") == "1 action de formation : 1 archivée."
    assert page.texte(f"//*[@id='sessions-{action.id}']/div") == (
        "L'action est archivée : ses sessions sont masquées avec elle, et gardent leur statut."
    )
    for en_tetes in ({}, {"HX-Request": "true"}):
        assert "Session «" not in client.demander("GET", f"/actions/{action.id}/sessions", headers=en_tetes).text
    assert "masquée avec elle" in client.get(f"/sessions/{session.id}").texte()
    assert planteur.relire(session).statut is session.statut


# ---------------------------------------------------------------------------- a session, moved by weeks


def test_a_session_is_duplicated_with_its_dates_moved(client, base, planteur, formation, action):
    session = planteur.session(action.id, VALIDEE)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Dupliquer la session S1"))
    # A week later, unless another number is said.
    for vue in (question, client.get(f"/sessions/{session.id}/duplication")):
        assert [champ.get("value") for champ in vue.tous("//dialog//input[@name='semaines']")] == ["1"]
    envoi = _dupliquer(question)
    copies = {client.htmx(question, envoi, semaines="2").redirection for _ in range(2)}
    assert len(copies) == 1
    copie = client.get(copies.pop())
    assert dites(copie)[0] == "La copie de la session est créée : donnez-lui son propre numéro."
    assert [copie.valeur(nom) for nom in ("numero", "debut", "fin")] == ["", "15/03/2027", "19/03/2027"]
    assert planteur.relire(session) == session
    with base.lecture() as cnx:
        assert len(arbre.sessions_de(cnx, planteur.organisme, action.id)) == 2


def _dupliquer(question):
    [envoi] = question.tous("//dialog//button[normalize-space()='Dupliquer']")
    return envoi


def test_enter_in_the_weeks_duplicates(client, planteur, formation, action):
    planteur.session(action.id)
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    question = client.swap(page, client.htmx(page, "Dupliquer la session S1"))
    [champ] = question.tous("//dialog//input[@name='semaines']")
    assert champ.get("data-entree") == _dupliquer(question).get("id")


@pytest.mark.parametrize("semaines", ["", "deux", "1,5", "99999", "--1", "1000"])
def test_weeks_that_are_none_are_refused_and_nothing_is_made(client, base, planteur, action, semaines):
    session = planteur.session(action.id)
    page = client.get(f"/sessions/{session.id}/duplication")
    refusee = client.submit(page, "Dupliquer", 422, semaines=semaines)
    assert "Saisissez un nombre entier de semaines" in refusee.texte("//dialog").replace("\xa0", " ")
    assert refusee.valeur("semaines") == semaines
    ici = client.get(f"/formations/{session.formation_id}?action={action.id}")
    question = client.swap(ici, client.htmx(ici, "Dupliquer la session S1"))
    redemandee = client.swap(question, client.htmx(question, _dupliquer(question), 422, semaines=semaines))
    for vue in (refusee, redemandee):
        [champ] = vue.tous("//dialog//input[@name='semaines']")
        assert (champ.get("aria-invalid"), champ.get("value")) == ("true", semaines)
        # Asked again, the question gives the caret back to what is to be typed otherwise, and says why beside it.
        assert "autofocus" in champ.attrib
        refus = champ.get("aria-describedby").split()[-1]
        dit = vue.texte(f"//dialog//*[@id='{refus}']").replace("\xa0", " ")
        assert dit.startswith("Saisissez un nombre entier de semaines")
    with base.lecture() as cnx:
        assert len(arbre.sessions_de(cnx, planteur.organisme, action.id)) == 1
