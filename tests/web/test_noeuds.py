"""The forms of an action and of a session: built from the fields, followed, saved, « validés », refused."""

from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre, un_contact, un_lieu, une_session
from tests.web.comparaison import assert_same, masquer
from tests.web.matrice import ARBRE, GERER
from webapp.domain.champs import Groupe, Niveau
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut
from webapp.services import annuaire, arbre, catalogue
from webapp.web.http import liens

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE
DES_NOEUDS = [route for route in ARBRE if "<uuid:noeud>" in route.regle]
SESSION = {"numero": "Mars", "debut": "1/3/2027", "fin": "5 mars 2027"}


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


@pytest.fixture
def action(planteur, formation):
    return planteur.action(formation.id)


def actions_de(base, planteur, formation):
    with base.lecture() as cnx:
        return arbre.ouvrir(cnx, planteur.organisme, formation.id).actions


def seule(base, planteur, formation):
    [ligne] = actions_de(base, planteur, formation)
    with base.lecture() as cnx:
        return arbre.ouvrir_noeud(cnx, planteur.organisme, Niveau.ACTION, ligne.id)


def ordinaire(planteur):
    """What a person types for an ordinary action, a place and a contact being there."""
    contact = planteur.contact()
    return {
        "numero": "Nantes", "modalites_enseignement": "0", "lieu": planteur.lieu(contact), "duree": "24 h",
        "prerequis": "non", "taux_tva": "20.0", "frais_ht": "1 000 €", "contact": contact,
        "acces_handicapes": "Ascenseur",
    }  # fmt: skip


def test_the_form_of_an_action_has_its_fields_in_the_four_groups(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    assert page.h1 == "Nouvelle action de formation"
    groupes = [page.texte(f"(//section[contains(@class, 'carte')]//h2)[{n}]") for n in range(1, 5)]
    assert groupes == [groupe.value for groupe in Groupe]
    noms = {e.get("name") for e in page.tous("//form[@id='fiche']//*[@name]")}
    assert {champ.nom for champ in CHAMPS[Niveau.ACTION]} <= noms
    assert page.texte("//*[@id='etat-groupe-3']") == "3 points à compléter"
    assert (page.valeur("langue"), page.valeur("entrees_sorties"), page.valeur("niveau_entree_obligatoire")) == (
        "FR", "0", "non",
    )  # fmt: skip


def test_a_new_action_is_saved_as_a_draft_and_its_form_stays(client, base, planteur, formation):
    page = client.get(client.get(f"/formations/{formation.id}").lien("Créer une action de formation"))
    apres = client.swap(page, client.htmx(page, "Enregistrer", numero="Nantes"))
    assert apres.h1 == "Modifier l'action de formation"
    assert apres.enregistree.replace("\xa0", " ").endswith("au statut « Brouillon »")
    noeud = seule(base, planteur, formation)
    assert (noeud.fiche.nom, noeud.statut) == ("Nantes", BROUILLON)
    assert_same(apres, client.get(f"/actions/{noeud.id}"), ("//*[@id='etat-saisie']", "//*[@id='etat-groupe-1']"))


def test_an_ordinary_action_is_validated_on_its_form(client, base, planteur, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    for nom, code in (("rythmes", "1"), ("modalites_admission", "92002")):
        [case] = [c for c in page.tous(f"//input[@name='{nom}']") if c.get("value") == code]
        case.set("checked", "checked")
    textes = ordinaire(planteur)
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    corps = {**textes, "rythmes": "1", "modalites_admission": "92002", "langue": "FR", "entrees_sorties": "0",
             "niveau_entree_obligatoire": "non", "parent": str(formation.id), "version": "0"}  # fmt: skip
    action_url = page.par_id("fiche").get("action")
    reponse = client.poster(f"{action_url}/validation", corps)
    assert reponse.status_code == 303
    noeud = seule(base, planteur, formation)
    assert noeud.statut is VALIDEE
    assert (noeud.fiche.valeur("duree"), noeud.fiche.valeur("frais_ttc")) == ("24", "1200.00")
    assert reponse.headers["Location"].endswith(f"/actions/{noeud.id}")
    apres = client.get(f"/actions/{noeud.id}")
    assert apres.succes == ["L'action « Nantes » est validée. Vous pouvez ensuite créer des sessions."]
    # What comes next is an action's, and not the words of the guide for a formation.
    assert apres.texte("//*[@id='etat-saisie']").endswith("Vous pouvez ensuite créer des sessions.")
    assert apres.lien("Créer une session") == f"/actions/{noeud.id}/sessions/nouvelle"
    assert apres.lien("Voir la formation").startswith(f"/formations/{formation.id}?action={noeud.id}")


def test_an_ordinary_action_with_one_session_takes_at_most_fourteen_fields(client, base, planteur, formation):
    """A place and a contact being there: all that is left is what the form begins with."""
    saisis = {**ordinaire(planteur), "rythmes": "1", "modalites_admission": "92002"}
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    assert [page.valeur(nom) for nom in saisis if nom not in {"rythmes", "modalites_admission"}] == [""] * 9
    des_le_debut = {champ.nom: champ.defaut for champ in CHAMPS[Niveau.ACTION] if champ.defaut}
    corps = {**des_le_debut, **saisis, "parent": str(formation.id), "version": "0"}
    assert client.poster(f"{page.par_id('fiche').get('action')}/validation", corps).status_code == 303
    action = seule(base, planteur, formation)
    page = client.get(f"/actions/{action.id}/sessions/nouvelle")
    session = client.swap(page, client.htmx(page, "Valider", **SESSION))
    assert (action.statut, session.succes) == (VALIDEE, ["La session « Mars » est validée."])
    assert len(saisis) + len(SESSION) <= 14


def test_a_price_that_the_other_gives_takes_its_place_in_the_form(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    apres = client.swap(page, client.htmx(page, "Enregistrer", taux_tva="20.0", frais_ht="1000"))
    assert apres.valeur("frais_ttc") == "1\xa0200,00"


def test_validating_what_is_incomplete_is_refused_with_a_list_that_leads_to_the_fields(
    client, formation, base, planteur
):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    refusee = client.submit(page, "Valider", 422, numero="Nantes")
    assert refusee.refus[0].startswith("L'action n'est pas validée :")
    assert refusee.valeur("numero") == "Nantes"
    assert refusee.a("lieu")
    assert actions_de(base, planteur, formation) == ()


def test_the_action_that_was_saved_last_is_proposed_where_the_new_one_will_stand(client, formation, planteur):
    planteur.action(formation.id, duree="42")
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    partie = client.get(page.lien("partir de ses valeurs"))
    assert partie.url.partition("?")[0] == f"/formations/{formation.id}/actions/nouvelle"
    assert partie.valeur("duree").startswith("42")


def test_what_is_typed_is_followed_and_each_group_says_its_state(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), taux_tva="20.0", frais_ht="cher", frais_ttc="12"))
    assert suivi.texte("//*[@id='etat-groupe-3']") == "1 point à compléter"
    assert suivi.texte("//*[@id='etat-frais_ht']") != ""


def test_advice_stands_apart_and_forbids_nothing(client, planteur, action, base):
    textes = {"debut": "2019-11-29", "fin": "2019-12-20"}
    session = planteur.session(action.id, VALIDEE, **textes)
    page = client.get(f"/sessions/{session.id}")
    panneau = page.texte("//*[@id='etat-saisie']")
    assert "Conseils Ils n'empêchent rien." in panneau
    assert page.par_id("valider").get("aria-disabled") == "false"


def test_the_last_action_is_proposed_and_never_put_in_silently(client, planteur, formation, action, base):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    assert page.valeur("duree") == ""
    reprise = client.get(page.lien("partir de ses valeurs"))
    assert (reprise.valeur("duree"), reprise.valeur("numero")) == ("24", "")
    assert len(actions_de(base, planteur, formation)) == 1
    assert reprise.par_id("fiche").get("data-modifiee") is not None


def test_a_session_is_created_from_its_action(client, base, planteur, formation, action):
    page = client.get(f"/formations/{formation.id}?action={action.id}")
    [lien] = [a.get("href") for a in page.tous("//*[@id='arbre']//a") if "sessions/nouvelle" in a.get("href")]
    page = client.get(lien)
    assert page.h1 == "Nouvelle session"
    apres = client.swap(page, client.htmx(page, "Valider", **SESSION))
    assert apres.h1 == "Modifier la session"
    assert apres.succes == ["La session « Mars » est validée."]
    apres = client.get(f"/formations/{formation.id}?action={action.id}")
    assert "Session « Mars » Validée du 1er mars 2027 au 5 mars 2027 · Ouvert" in apres.texte("//*[@id='arbre']")


def test_two_people_on_one_action_lose_nothing(client, action):
    page = client.get(f"/actions/{action.id}")
    client.htmx(client.get(f"/actions/{action.id}"), "Enregistrer", restauration="Cantine")
    conflit = client.swap(page, client.htmx(page, "Enregistrer", 409, restauration="Buffet"))
    assert conflit.refus[0].startswith("Vous avez déjà enregistré cette action le")
    assert "Cantine" in conflit.texte("//*[@id='conflit']")
    assert conflit.valeur("restauration") == "Buffet"


def test_who_has_changed_an_action_meanwhile_is_named(client, navigateur, atelier, gestionnaire, action):
    page = client.get(f"/actions/{action.id}")
    autre = navigateur(atelier.utilisateur(gestionnaire.organisme, nom="Claude Durand"))
    autre.htmx(autre.get(f"/actions/{action.id}"), "Enregistrer", restauration="Cantine")
    conflit = client.swap(page, client.htmx(page, "Enregistrer", 409, restauration="Buffet"))
    assert "Claude Durand" in conflit.refus[0]


def test_the_price_that_a_save_will_compute_is_told_before(client, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), taux_tva="20.0", frais_ht="1000"))
    assert suivi.texte("//*[@id='etat-frais_ttc']") == "À l'enregistrement : 1 200,00 €, calculés."


def test_a_validated_one_that_no_longer_holds_says_so_before_and_after(client, planteur, formation):
    action = planteur.action(formation.id, VALIDEE)
    page = client.get(f"/actions/{action.id}")
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), duree=""))
    assert "elle redeviendra un brouillon" in suivi.texte("//*[@id='etat-saisie']")
    apres = client.swap(page, client.htmx(page, "Enregistrer", duree=""))
    assert apres.succes == ["L'action « A1 » est revenue au statut « Brouillon » : il lui manque de quoi être validée."]


def test_a_reader_reads_an_action_and_a_session(client_lecteur, planteur, action):
    session = planteur.session(action.id)
    page = client_lecteur.get(f"/actions/{action.id}")
    assert page.h1 == "Action « A1 »"
    assert "Salle Garonne" in page.texte("//dl")
    assert page.texte("//*[@id='frais_ttc']/following-sibling::dd[1]") == "1 200,00 €"
    assert client_lecteur.get(f"/sessions/{session.id}").h1 == "Session « S1 »"


def test_nothing_is_added_nor_changed_under_what_is_archived(client, base, planteur, formation, action):
    session = planteur.session(action.id)
    planteur.archiver(action)
    assert client.get(f"/sessions/{session.id}").h1 == "Session « S1 »"
    refusee = client.get(f"/actions/{action.id}/sessions/nouvelle", 409)
    assert "Cette action est archivée : restaurez-la d'abord." in refusee.texte()
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, planteur.acte, formation.id, 1)
    assert "Cette formation est archivée" in client.get(f"/formations/{formation.id}/actions/nouvelle", 409).texte()
    corps = {"numero": "S2", "parent": str(action.id), "version": "0"}
    assert client.poster(f"/sessions/{uuid4()}", corps).status_code == 409


@pytest.mark.parametrize("niveau", ["action", "session"])
@pytest.mark.parametrize("operation", ["supprimer", "archiver"])
def test_what_goes_while_it_is_typed_says_so_and_its_text_makes_a_new_one(
    client, base, planteur, action, niveau, operation
):
    objet, bouton = (action, "une action") if niveau == "action" else (planteur.session(action.id), "une session")
    page = client.get(f"/{niveau}s/{objet.id}")
    with base.ecriture() as cnx:
        getattr(arbre, operation)(cnx, planteur.acte, objet.niveau, objet.id, objet.version)
    statut, dit = (404, "a été supprimée") if operation == "supprimer" else (409, "a été archivée le")
    texte = {"numero": "À garder"}
    dite = client.swap(page, client.htmx(page, "Enregistrer", statut, **texte))
    assert dit in dite.texte("//*[@id='refus']")
    assert dite.valeur("numero") == "À garder"
    page = client.get(f"/{niveau}s/{objet.id}", statut if operation == "supprimer" else 200)
    assert page.tous("//form[@id='fiche' and @data-perdue]", js=None)
    neuve = client.submit(dite, f"Créer {bouton} avec cette saisie")
    assert neuve.h1 in {"Nouvelle action de formation", "Nouvelle session"}
    assert neuve.valeur("numero") == "À garder"
    assert neuve.tous("//form[@id='fiche' and @data-modifiee]")
    # Loaded again, or come back to, it shows the same.
    assert client.get(neuve.url).valeur("numero") == "À garder"


def test_the_text_of_what_is_gone_is_kept_for_nobody_else(
    client, client_lecteur, navigateur, atelier, gestionnaire, action
):
    corps = {"parent": str(action.id), "numero": "À moi"}
    adresse = client.poster(f"/sessions/{uuid4()}/reprise", corps).headers["Location"]
    collegue = navigateur(atelier.utilisateur(gestionnaire.organisme))
    assert collegue.get(adresse).valeur("numero") == ""
    assert client_lecteur.demander("GET", f"/sessions/{uuid4()}").text.count('id="reprises"') == 0


@pytest.mark.parametrize("sorte", ["action", "session"])
def test_the_text_of_what_went_with_what_held_it_is_shown_to_be_copied(client, planteur, formation, action, sorte):
    noeud, parent = (action, formation) if sorte == "action" else (planteur.session(action.id), action)
    rubrique = "formations" if sorte == "action" else "actions"
    client.submit(client.get(f"/{rubrique}/{parent.id}/suppression"), "Supprimer définitivement")
    assert client.get(f"/{rubrique}/{parent.id}", 404)
    corps = {"version": "1", "parent": str(parent.id), "numero": "Nantes"}
    adresse = client.poster(f"/{sorte}s/{noeud.id}/reprise", corps).headers["Location"]
    page = client.get(adresse, 404)
    assert [texte.text.strip() for texte in page.tous("//textarea[@readonly]")] == ["Nantes"]
    assert "Numéro de" in page.texte("//main")
    dit = FORMATION_PARTIE.format(sorte="action") if sorte == "action" else ACTION_PARTIE
    assert page.texte("//main//*[@role='alert']").replace("\xa0", " ").replace("’", "'") == f"{dit} {COPIER}"


def test_leaving_asks_only_when_something_would_be_lost(client, formation, action):
    page = client.get(f"/actions/{action.id}")
    assert (
        client.htmx(page, "Annuler").redirection == f"/formations/{formation.id}?action={action.id}#action-{action.id}"
    )
    question = client.swap(page, client.htmx(page, "Annuler", restauration="Cantine"))
    assert "Quitter sans enregistrer ?" in question.texte("//dialog").replace("\xa0", " ")


def test_a_thing_without_a_parent_of_the_organisation_is_nowhere(client, etranger, base):
    ailleurs = AtelierArbre(base, etranger)
    formation = ailleurs.atelier.formation(etranger)
    for parent in ("", "x", str(uuid4()), str(formation.id)):
        corps = {"numero": "A1", "parent": parent, "version": "0"}
        assert client.poster(f"/actions/{uuid4()}", corps).status_code == 404
        assert client.poster(f"/sessions/{uuid4()}", corps).status_code == 404


@pytest.mark.parametrize("route", DES_NOEUDS, ids=str)
def test_what_belongs_to_another_answers_like_what_never_was(
    client_etranger, client_lecteur, visiteur, planteur, action, route
):
    session = planteur.soumettre(une_session(), action.id)
    sien, autre = str(action.id if "/actions" in route.regle else session.id), str(uuid4())

    def demander(qui, id, en_tetes):
        donnees = {"csrf_token": qui.jeton(), "version": "1", "numero": "x"} if route.ecrit else None
        return qui.demander(route.methode, route.regle.replace("<uuid:noeud>", id), data=donnees, headers=en_tetes)

    for en_tetes in ({}, {"HX-Request": "true"}):
        une, deux = (demander(client_etranger, id, en_tetes) for id in (sien, autre))
        assert (une.status_code, deux.status_code) == (404, 404)
        assert masquer(une.text).replace(sien, "ID") == masquer(deux.text).replace(autre, "ID")
        assert demander(client_lecteur, sien, en_tetes).status_code == (403 if route.droit is GERER else 200)
    assert demander(visiteur, sien, {}).status_code in {303, 401}
    assert (planteur.relire(action), planteur.relire(session)) == (action, session)


@pytest.mark.parametrize("sorte", ["action", "session"])
def test_one_removed_while_it_is_typed_says_so_and_its_text_is_saved_in_a_new_one(client, planteur, action, sorte):
    noeud = action if sorte == "action" else planteur.session(action.id)
    url = f"/{sorte}s/{noeud.id}"
    page = client.get(url)
    client.poster(f"{url}/suppression", {"version": str(noeud.version)})
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), 404, numero="Nantes"))
    assert suivi.refus[0].startswith(f"Cette {sorte} a été supprimée")
    # What only follows the typing lets no save go by in silence.
    dit = client.swap(page, client.htmx(suivi, "Enregistrer", 404, numero="Nantes"))
    assert dit.refus[0].startswith(f"Cette {sorte} a été supprimée")
    assert dit.valeur("numero") == "Nantes"
    neuve = client.submit(dit, f"Créer une {sorte} avec cette saisie")
    faite = client.swap(neuve, client.htmx(neuve, "Enregistrer"))
    assert faite.valeur("numero") == "Nantes"
    assert client.get(faite.par_id("fiche").get("action")).valeur("numero") == "Nantes"


def test_the_page_of_one_removed_offers_what_is_kept_to_who_may_make_another(client, client_lecteur, planteur, action):
    client.poster(f"/actions/{action.id}/suppression", {"version": str(action.version)})
    page = client.get(f"/actions/{action.id}", 404)
    assert page.par_id("fiche").get("action") == f"/actions/{action.id}"
    corps = {"version": "1", "parent": str(action.parent_id), "numero": "Nantes", "montrer": "oui"}
    montree = client.page_postee(f"/actions/{action.id}/saisie", corps, 404)
    assert montree.valeur("numero") == "Nantes"
    [montrer] = page.tous("//*[@id='montrer']", js=None)
    assert montrer.get("formaction") == montrer.get("hx-post") == f"/actions/{action.id}/reprise"
    assert not client_lecteur.get(f"/actions/{action.id}", 404).tous("//*[@id='fiche']")


@pytest.mark.parametrize("sorte", ["action", "session"])
def test_one_archived_while_it_is_typed_says_so_with_the_text_kept(client, planteur, action, sorte):
    noeud = action if sorte == "action" else planteur.session(action.id)
    page = client.get(f"/{sorte}s/{noeud.id}")
    planteur.archiver(noeud)
    dit = client.swap(page, client.htmx(page, "Enregistrer", 409, numero="Nantes"))
    assert dit.refus[0].startswith(f"Cette {sorte} a été archivée")
    assert dit.valeur("numero") == "Nantes"


PERMANENTES = {"entrees_sorties": "1"}
A_REVOIR = "Une session validée de cette action est à revoir"


@pytest.mark.parametrize("js", [True, False])
def test_an_action_says_which_of_its_validated_sessions_its_change_leaves_without_what_they_need(
    client, planteur, formation, js
):
    action = planteur.action(formation.id, VALIDEE, **PERMANENTES)
    session = planteur.session(action.id, VALIDEE, numero="NUM-PERM", debut="", fin="")
    page = client.get(f"/actions/{action.id}")
    assert A_REVOIR not in page.texte()
    if js:
        apres = client.swap(page, client.htmx(page, "Valider", entrees_sorties="0"))
    else:
        apres = client.submit(page, "Valider", entrees_sorties="0")
    for ecran in (apres, client.get(f"/actions/{action.id}")):
        assert A_REVOIR in ecran.texte("//*[@id='a-revoir']")
        assert ecran.lien("Session « NUM-PERM », Date de début") == f"/sessions/{session.id}#debut"
        assert "Saisissez la date de début" in ecran.texte("//*[@id='a-revoir']")
    assert apres.alertes == ["À revoir dans cette action : la session « NUM-PERM »."]
    assert (planteur.relire(action).statut, planteur.relire(session).statut) == (VALIDEE, VALIDEE)


def test_a_draft_session_or_an_archived_one_is_not_to_be_looked_at_again(client, planteur, formation):
    action = planteur.action(formation.id, VALIDEE, **PERMANENTES)
    planteur.session(action.id, BROUILLON, numero="B", debut="", fin="")
    planteur.archiver(planteur.session(action.id, VALIDEE, numero="A", debut="", fin=""))
    page = client.get(f"/actions/{action.id}")
    apres = client.swap(page, client.htmx(page, "Valider", entrees_sorties="0"))
    assert (apres.alertes, apres.texte("//*[@id='a-revoir']")) == ([], "")


def test_an_action_whose_sessions_are_put_right_says_nothing_more(client, planteur, formation):
    action = planteur.action(formation.id, VALIDEE, **PERMANENTES)
    planteur.session(action.id, VALIDEE, numero="NUM-PERM", debut="", fin="")
    page = client.get(f"/actions/{action.id}")
    page = client.swap(page, client.htmx(page, "Enregistrer", entrees_sorties="0"))
    assert A_REVOIR in page.texte("//*[@id='a-revoir']")
    page = client.swap(page, client.htmx(page, "Enregistrer", entrees_sorties="1"))
    assert page.texte("//*[@id='a-revoir']") == ""


def test_of_many_sessions_to_look_at_again_the_first_are_named_and_the_others_counted(client, planteur, formation):
    action = planteur.action(formation.id, VALIDEE, **PERMANENTES)
    for rang in range(12):
        planteur.session(action.id, VALIDEE, numero=f"P{rang:02}", debut="", fin="")
    page = client.get(f"/actions/{action.id}")
    apres = client.swap(page, client.htmx(page, "Valider", entrees_sorties="0"))
    texte = apres.texte("//*[@id='a-revoir']")
    assert texte.startswith("12 sessions validées de cette action sont à revoir")
    assert len(apres.tous("//*[@id='a-revoir']//li")) == 10
    assert apres.lien("Et 2 autres : voir « Contrôle »") == f"/formations/{formation.id}/controle"


def test_a_reader_too_is_told_what_an_action_leaves_to_look_at(client, navigateur, lecteur, planteur, formation):
    action = planteur.action(formation.id, VALIDEE, **PERMANENTES)
    planteur.session(action.id, VALIDEE, numero="NUM-PERM", debut="", fin="")
    page = client.get(f"/actions/{action.id}")
    client.submit(page, "Enregistrer", entrees_sorties="0")
    assert A_REVOIR in navigateur(lecteur).get(f"/actions/{action.id}").texte()


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("archive", ["action", "formation"])
def test_what_is_typed_under_what_was_archived_meanwhile_comes_back_with_where_to_restore_it(
    client, base, planteur, formation, action, archive, js
):
    session = planteur.session(action.id)
    page = client.get(f"/sessions/{session.id}")
    if archive == "action":
        planteur.archiver(action)
        lien, ou = "Voir l'action archivée dans un nouvel onglet", liens.action_ouverte(formation.id, action.id)
    else:
        with base.ecriture() as cnx:
            catalogue.archiver(cnx, planteur.acte, formation.id, 1)
        lien, ou = "Voir la formation archivée dans un nouvel onglet", liens.carte(formation.id)
    if js:
        dite = client.swap(page, client.htmx(page, "Enregistrer", 409, numero="À garder"))
    else:
        dite = client.submit(page, "Enregistrer", 409, numero="À garder")
    assert dite.refus[0] == f"Cette {archive} est archivée : restaurez-la d'abord."
    assert dite.valeur("numero") == "À garder"
    assert dite.lien(lien) == ou
    # Restored there, the same form can be saved.
    if archive == "action":
        with base.ecriture() as cnx:
            arbre.restaurer(cnx, planteur.acte, Niveau.ACTION, action.id, 2)
        client.submit(dite, "Enregistrer", numero="À garder")
        assert planteur.relire(session).fiche.nom == "À garder"


def test_a_new_action_of_a_formation_archived_meanwhile_comes_back_too(client, base, planteur, formation):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, planteur.acte, formation.id, 1)
    dite = client.submit(page, "Enregistrer", 409, numero="À garder")
    assert dite.valeur("numero") == "À garder"
    assert dite.lien("Voir la formation archivée dans un nouvel onglet") == liens.carte(formation.id)


@pytest.mark.parametrize(
    ("saisi", "dit"),
    [("gratuit", "Frais pédagogiques hors taxes : gratuit"), ("NaN", "Frais pédagogiques hors taxes : NaN"),
     ("1200", "Frais pédagogiques hors taxes : 1 200,00 €")],
)  # fmt: skip
def test_the_recapitulation_puts_a_unit_on_what_was_read_alone(client, formation, saisi, dit):
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), frais_ht=saisi, duree="10000"))
    dits = suivi.texte("//*[@id='recapitulatif']").replace("\xa0", " ")
    assert f"{dit} " in f"{dits} "
    assert "Durée totale, en heures : 10 000" in dits
    assert dit.endswith("€") or f"{dit} €" not in dits


@pytest.mark.parametrize("niveau", [Niveau.LIEU, Niveau.CONTACT])
def test_the_recapitulation_says_nothing_of_what_was_removed_since_it_was_proposed(
    client, base, planteur, formation, niveau
):
    choisie = planteur.entree(un_contact() if niveau is Niveau.CONTACT else un_lieu(contact=""))
    page = client.get(f"/formations/{formation.id}/actions/nouvelle")

    def recapitule(valeur):
        suivi = client.htmx(page, page.par_id("suivi"), numero="A1", duree="20", **{niveau.value: valeur})
        return client.swap(page, suivi).texte("//*[@id='recapitulatif']")

    sans, avec = recapitule(""), recapitule(str(choisie.id))
    assert choisie.fiche.nom in avec
    assert choisie.fiche.nom not in sans
    with base.ecriture() as cnx:
        annuaire.supprimer(cnx, planteur.acte, niveau, choisie.id, choisie.version)
    assert recapitule(str(choisie.id)) == sans


# ---------------------------------------------------------------------------- what held it is gone


ACTION_PARTIE = (
    "L'action de cette session a été supprimée avec ses sessions, depuis l'ouverture de votre page : "
    "rien ne peut plus y être enregistré."
)
FORMATION_PARTIE = (
    "La formation de cette {sorte} a été supprimée avec ses actions et ses sessions, depuis l'ouverture de votre "
    "page : rien ne peut plus y être enregistré."
)
COPIER = "Votre texte reste ici : copiez ce que vous voulez en garder."


def dits(page):
    """Give what the list of refusals says, and where it leads."""
    texte = page.texte("//*[@id='refus']")
    [lien] = page.tous("//*[@id='refus']//a")
    return texte.replace("\xa0", " ").replace("’", "'"), lien.get("href")


@pytest.mark.parametrize("js", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("bouton", ["Enregistrer", "Valider"])
@pytest.mark.parametrize("neuve", [True, False], ids=["nouvelle", "enregistrée"])
@pytest.mark.parametrize(
    ("sorte", "partie"), [("session", "action"), ("session", "formation"), ("action", "formation")]
)
def test_what_is_saved_after_all_that_held_it_went_says_so_and_keeps_the_text(
    client, base, planteur, formation, action, sorte, partie, neuve, bouton, js
):
    if neuve:
        adresse = (
            f"/actions/{action.id}/sessions/nouvelle"
            if sorte == "session"
            else (f"/formations/{formation.id}/actions/nouvelle")
        )
    else:
        adresse = f"/sessions/{planteur.session(action.id).id}" if sorte == "session" else f"/actions/{action.id}"
    page = client.get(adresse)
    with base.ecriture() as cnx:
        if partie == "action":
            arbre.supprimer(cnx, planteur.acte, action.niveau, action.id, action.version)
        else:
            catalogue.supprimer(cnx, planteur.acte, formation.id, formation.version)
    if js:
        dite = client.swap(page, client.htmx(page, bouton, 404, numero="À garder"))
    else:
        dite = client.submit(page, bouton, 404, numero="À garder")
    texte, ou = dits(dite)
    attendu, lien = (
        (ACTION_PARTIE, f"/formations/{formation.id}") if partie == "action"
        else (FORMATION_PARTIE.format(sorte=sorte), "/catalogue")
    )  # fmt: skip
    assert texte.startswith(f"{attendu} {COPIER}")
    assert ou == lien
    assert dite.valeur("numero") == "À garder"
    # « Annuler » leaves it, once it is sure.
    question = client.swap(dite, client.htmx(dite, "Annuler"))
    assert question.lien("Quitter sans enregistrer") == lien


@pytest.mark.parametrize("sorte", ["action", "session"])
def test_what_follows_the_typing_says_that_all_that_held_it_went(client, base, planteur, formation, action, sorte):
    noeud = action if sorte == "action" else planteur.session(action.id)
    page = client.get(f"/{sorte}s/{noeud.id}")
    with base.ecriture() as cnx:
        catalogue.supprimer(cnx, planteur.acte, formation.id, formation.version)
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), 404, numero="À garder"))
    texte, ou = dits(suivi)
    assert (texte.startswith(FORMATION_PARTIE.format(sorte=sorte)), ou) == (True, "/catalogue")
    assert suivi.valeur("numero") == "À garder"


def test_the_form_of_a_session_that_does_not_say_its_formation_leads_to_the_catalogue(client):
    corps = {"version": "1", "parent": str(uuid4()), "numero": "À garder"}
    page = client.page_postee(f"/sessions/{uuid4()}", corps, 404)
    texte, ou = dits(page)
    assert (texte.startswith(ACTION_PARTIE), ou) == (True, "/catalogue")
    assert page.valeur("numero") == "À garder"


@pytest.mark.parametrize("en_tetes", [{}, {"HX-Request": "true"}], ids=["sans JavaScript", "htmx"])
@pytest.mark.parametrize("chemin", ["", "/validation", "/saisie", "/retrait", "/abandon"])
@pytest.mark.parametrize("version", ["0", "1"])
def test_what_held_it_elsewhere_is_answered_as_what_never_was(
    client_etranger, etranger, base, planteur, formation, action, version, chemin, en_tetes
):  # fmt: skip
    session = planteur.session(action.id)
    a_soi = AtelierArbre(base, etranger).atelier.formation(etranger)

    def demander(sorte, id, parent, chez):
        jeton = {"csrf_token": client_etranger.jeton(), "version": version, "numero": "x", "retirer": "numero"}
        corps = {**jeton, "parent": str(parent), "formation": str(chez)}
        reponse = client_etranger.demander("POST", f"/{sorte}s/{id}{chemin}", data=corps, headers=en_tetes)
        texte = reponse.text
        for rang, un in enumerate((id, parent, *([chez] if chez else []))):
            texte = texte.replace(str(un), f"ID{rang}")
        return reponse.status_code, masquer(texte)

    for chez in (formation.id, a_soi.id):
        autre = chez if chez == a_soi.id else uuid4()
        assert demander("session", session.id, action.id, chez) == demander("session", uuid4(), uuid4(), autre)
    assert demander("action", action.id, formation.id, "") == demander("action", uuid4(), uuid4(), "")
