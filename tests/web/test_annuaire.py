"""Contacts and places: the list, the form, what is refused, what is used and where."""

from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre, un_contact
from tests.web.comparaison import assert_same, masquer
from tests.web.matrice import ARBRE, GERER
from webapp.domain.champs import Niveau
from webapp.services import annuaire

CONTACT = {"prenom": "Camille", "nom": "Martin", "telephone": "05 61 00 00 00", "courriel": "camille@exemple.example"}
DES_ENTREES = [route for route in ARBRE if "<uuid:entree>" in route.regle]


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


def lire(base, personne, niveau=Niveau.CONTACT):
    with base.lecture() as cnx:
        return [ligne.entree for ligne in annuaire.lister(cnx, personne.organisme, niveau)]


def cartes(page):
    return [page.texte(f"(//li[contains(@class, 'carte-formation')])[{n + 1}]")
            for n in range(len(page.tous("//li[contains(@class, 'carte-formation')]")))]  # fmt: skip


@pytest.mark.parametrize(
    ("adresse", "vide", "ajouter"),
    [
        ("/contacts", "Vous n'avez encore aucun contact.", "Ajouter un contact"),
        ("/lieux", "Vous n'avez encore aucun lieu.", "Ajouter un lieu"),
    ],
)
def test_an_empty_list_says_so_and_offers_to_add_to_who_may(client, client_lecteur, adresse, vide, ajouter):
    page = client.get(adresse)
    assert vide in page.texte()
    assert page.lien(ajouter) == f"{adresse}/nouveau"
    lue = client_lecteur.get(adresse)
    assert vide in lue.texte()
    assert lue.commandes() == []


def test_they_are_listed_by_name_with_what_they_say_and_how_much_they_are_used(client, planteur, atelier, gestionnaire):
    zoe = planteur.contact(prenom="Zoé", fonction="Référente")
    planteur.contact(prenom="Élise", nom="Bernard")
    lieu = planteur.lieu(zoe)
    planteur.action(atelier.formation(gestionnaire).id, contact=zoe, lieu=lieu)
    assert cartes(client.get("/contacts")) == [
        "Élise Bernard 05 61 00 00 00 camille@exemple.example Jamais utilisé Supprimer",
        "Zoé Martin Référente 05 61 00 00 00 camille@exemple.example Utilisé par 1 action et 1 lieu Supprimer",
    ]
    [carte] = cartes(client.get("/lieux"))
    assert carte.startswith("Salle Garonne 12 rue des Essais 31000 Toulouse Utilisé par 1 action")


def test_a_new_contact_is_saved_and_its_form_stays(client, base, gestionnaire):
    page = client.get("/contacts/nouveau")
    assert page.h1 == "Nouveau contact"
    apres = client.swap(page, client.htmx(page, "Enregistrer", **CONTACT))
    assert apres.h1 == "Modifier le contact"
    assert apres.enregistree.startswith("Enregistré à")
    [garde] = lire(base, gestionnaire)
    assert garde.fiche.textes["telephone"] == "0561000000"
    assert_same(apres, client.get(apres.url), ("//*[@id='etat-saisie']", "//*[@id='entete-fiche']"))
    assert client.get(apres.url).valeur("telephone") == "05\xa061\xa000\xa000\xa000"


def test_without_javascript_a_save_leads_to_the_same_form(client, base, gestionnaire):
    page = client.submit(client.get("/contacts/nouveau"), "Enregistrer", **CONTACT)
    assert page.h1 == "Modifier le contact"
    assert page.succes[0].startswith("Enregistré à")
    assert [une.fiche.nom for une in lire(base, gestionnaire)] == ["Camille Martin"]


def test_what_is_missing_is_told_and_forbids_nothing(client, base, gestionnaire):
    page = client.get("/contacts/nouveau")
    assert "Il reste 4 points à compléter" in page.texte("//*[@id='etat-saisie']")
    apres = client.swap(page, client.htmx(page, "Enregistrer", nom="Martin"))
    assert "Il reste 3 points à compléter" in apres.texte("//*[@id='etat-saisie']")
    assert [une.fiche.nom for une in lire(base, gestionnaire)] == ["Martin"]


def test_what_is_typed_is_followed(client):
    page = client.get("/contacts/nouveau")
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), **CONTACT | {"courriel": "camille"}))
    assert "Il reste 1 point à compléter" in suivi.texte("//*[@id='etat-saisie']")
    assert suivi.texte("//*[@id='etat-courriel']") != ""
    assert suivi.texte("//*[@id='etat-telephone']") == ""


def test_what_the_file_of_the_portal_cannot_carry_is_told_beside_the_field(client, planteur):
    contact = planteur.contact(fonction="Œuvre")
    lieu = planteur.lieu(contact, complement="x" * 49 + "…")
    assert "Le caractère « Œ » sera remplacé à l'export." in client.get(f"/contacts/{contact}").texte()
    dit = client.get(f"/lieux/{lieu}").texte()
    assert "Une fois remplacé, ce texte comptera 52 caractères : 50 au plus." in dit
    assert [carte for carte in cartes(client.get("/lieux")) if "compléter" in carte] == []


def test_what_cannot_be_stored_is_refused_with_the_text_kept(client, base, gestionnaire):
    page = client.get("/contacts/nouveau")
    refusee = client.swap(page, client.htmx(page, "Enregistrer", 422, **CONTACT | {"nom": "a\x07"}))
    assert refusee.refus[0] == "Le contact n'est pas enregistré : 1 point à revoir"
    assert lire(base, gestionnaire) == []
    rendue = client.swap(refusee, client.htmx(refusee, "Retirer"))
    assert rendue.valeur("nom") == "a"
    assert rendue.refus == []
    assert rendue.succes == ["1 caractère refusé est retiré du champ « Nom »."]
    assert len(lire(base, gestionnaire)) == 0


def test_a_reader_learns_who_changed_a_contact_and_when(client_lecteur, planteur):
    page = client_lecteur.get(f"/contacts/{planteur.contact()}")
    assert "Dernière modification\xa0: 28\xa0novembre\xa02019, par Camille Martin" in page.phrases()


def test_a_place_carries_a_contact_of_the_organisation(client, base, gestionnaire, planteur):
    contact = planteur.contact(prenom="Zoé")
    page = client.get("/lieux/nouveau")
    assert [o.text for o in page.tous("//select[@id='contact']/option")] == ["Choisissez dans la liste", "Zoé Martin"]
    client.htmx(page, "Enregistrer", denomination="Salle Loire", contact=contact, code_postal="44000", ville="Nantes")
    [lieu] = lire(base, gestionnaire, Niveau.LIEU)
    assert (lieu.fiche.nom, lieu.fiche.valeur("contact")) == ("Salle Loire", contact)


def test_a_contact_of_another_organisation_is_no_choice(client, base, gestionnaire, etranger):
    ailleurs = AtelierArbre(base, etranger).contact(prenom="Nour")
    page = client.get("/lieux/nouveau")
    assert "Nour" not in page.texte()
    reponse = client.poster(f"/lieux/{uuid4()}", {"denomination": "Salle", "contact": ailleurs, "version": "0"})
    assert reponse.status_code == 422
    assert lire(base, gestionnaire, Niveau.LIEU) == []


def test_two_people_on_one_contact_lose_nothing(client, planteur, gestionnaire, base):
    entree = planteur.entree(un_contact())
    page = client.get(f"/contacts/{entree.id}")
    client.htmx(client.get(f"/contacts/{entree.id}"), "Enregistrer", fonction="Directrice")
    conflit = client.swap(page, client.htmx(page, "Enregistrer", 409, fonction="Référente"))
    assert conflit.refus[0].startswith("Vous avez déjà enregistré ce contact le")
    assert "Référente" in conflit.texte("//*[@id='conflit']")
    assert "Directrice" in conflit.texte("//*[@id='conflit']")
    assert conflit.valeur("fonction") == "Référente"
    client.htmx(conflit, "Enregistrer")
    assert lire(base, gestionnaire)[0].fiche.valeur("fonction") == "Référente"


def test_one_that_is_not_used_is_removed_after_a_question(client, planteur, base, gestionnaire):
    planteur.contact()
    page = client.get("/contacts")
    question = client.swap(page, client.htmx(page, "Supprimer Camille Martin"))
    assert "Il disparaîtra définitivement" in question.texte("//dialog")
    vide = client.swap(question, client.htmx(question, "Supprimer définitivement"))
    assert vide.succes == ["Le contact « Camille Martin » est supprimé."]
    assert lire(base, gestionnaire) == []


def test_one_that_is_used_says_where_and_is_not_removed(client, planteur, base, gestionnaire, atelier):
    contact = planteur.contact()
    formation = atelier.formation(gestionnaire)
    action = planteur.action(formation.id, contact=contact, lieu=planteur.lieu(planteur.contact(prenom="Zoé")))
    session = planteur.session(action.id, contact_inscription=contact)
    lieu = planteur.lieu(contact)
    question = client.get(f"/contacts/{contact}/suppression")
    liens = {a.text.replace("\xa0", " "): a.get("href") for a in question.tous("//dialog//li/a")}
    assert liens == {
        "Action « A1 »": f"/formations/{formation.id}?action={action.id}#action-{action.id}",
        f"Session « {session.fiche.nom} »": f"/actions/{action.id}/sessions",
        "Lieu « Salle Garonne »": f"/lieux/{lieu}",
    }
    assert "Supprimer définitivement" not in question.commandes()
    refusee = client.page_postee(f"/contacts/{contact}/suppression", {"version": "1"}, 409)
    assert refusee.alertes == ["Rien n'est supprimé : le contact « Camille Martin » est encore utilisé 3 fois."]
    assert len(lire(base, gestionnaire)) == 2


def test_one_that_was_changed_meanwhile_is_not_removed(client, planteur, base, gestionnaire):
    contact = planteur.contact()
    client.htmx(client.get(f"/contacts/{contact}"), "Enregistrer", fonction="Directrice")
    refusee = client.page_postee(f"/contacts/{contact}/suppression", {"version": "1"}, 409)
    assert refusee.alertes[0].startswith(
        "Rien n'est supprimé : le contact « Camille Martin » a été modifié entre-temps"
    )
    assert len(lire(base, gestionnaire)) == 1


def test_leaving_asks_only_when_something_would_be_lost(client, planteur):
    contact = planteur.contact()
    page = client.get(f"/contacts/{contact}")
    assert client.htmx(page, "Annuler").redirection == "/contacts"
    question = client.swap(page, client.htmx(page, "Annuler", fonction="Directrice"))
    assert "Quitter sans enregistrer ?" in question.texte("//dialog").replace("\xa0", " ")


@pytest.mark.parametrize("route", DES_ENTREES, ids=str)
def test_what_belongs_to_another_answers_like_what_never_was(
    client_etranger, client_lecteur, visiteur, base, planteur, gestionnaire, route
):
    sien = planteur.contact() if "contacts" in route.regle else planteur.lieu()
    avant = [lire(base, gestionnaire, niveau) for niveau in (Niveau.CONTACT, Niveau.LIEU)]
    autre = str(uuid4())

    def demander(qui, id, en_tetes):
        donnees = {"csrf_token": qui.jeton(), "version": "1", "nom": "x"} if route.ecrit else None
        return qui.demander(route.methode, route.regle.replace("<uuid:entree>", id), data=donnees, headers=en_tetes)

    for en_tetes in ({}, {"HX-Request": "true"}):
        une, deux = (demander(client_etranger, id, en_tetes) for id in (sien, autre))
        assert une.status_code == deux.status_code
        # These read nothing of what is stored: a text is taken elsewhere, or left, wherever it was typed.
        # A page or the way to one, by htmx or not.
        sans_lecture = route.regle.rsplit("/", 1)[-1] in {"reprise", "abandon"}
        assert une.status_code in ({200, 303} if sans_lecture else {404})
        assert une.headers.get("Location") == deux.headers.get("Location")
        assert masquer(une.text).replace(sien, "ID") == masquer(deux.text).replace(autre, "ID")
        assert demander(client_lecteur, sien, en_tetes).status_code == (403 if route.droit is GERER else 200)
    assert demander(visiteur, sien, {}).status_code in {303, 401}
    assert [lire(base, gestionnaire, niveau) for niveau in (Niveau.CONTACT, Niveau.LIEU)] == avant


@pytest.mark.parametrize(
    ("adresse", "nom", "sorte"), [("contacts", "nom", "contact"), ("lieux", "denomination", "lieu")]
)
def test_one_removed_while_it_is_typed_says_so_and_its_text_is_saved_in_a_new_one(
    client, client_lecteur, planteur, adresse, nom, sorte
):
    sien = planteur.contact() if adresse == "contacts" else planteur.lieu()
    page = client.get(f"/{adresse}/{sien}")
    client.poster(f"/{adresse}/{sien}/suppression", {"version": "1"})
    perdue = client.get(f"/{adresse}/{sien}", 404)
    assert perdue.par_id("fiche").get("action") == f"/{adresse}/{sien}"
    [montrer] = perdue.tous("//*[@id='montrer']", js=None)
    assert montrer.get("formaction") == montrer.get("hx-post") == f"/{adresse}/{sien}/reprise"
    assert not client_lecteur.get(f"/{adresse}/{sien}", 404).tous("//*[@id='fiche']", js=None)
    suivi = client.swap(page, client.htmx(page, page.par_id("suivi"), 404, **{nom: "Durand"}))
    assert suivi.refus[0].startswith(f"Ce {sorte} a été supprimé")
    dit = client.swap(page, client.htmx(suivi, "Enregistrer", 404, **{nom: "Durand"}))
    assert dit.refus[0].startswith(f"Ce {sorte} a été supprimé")
    assert dit.valeur(nom) == "Durand"
    neuve = client.submit(dit, f"Créer un {sorte} avec cette saisie")
    assert neuve.h1 == f"Nouveau {sorte}"
    assert neuve.tous("//form[@id='fiche' and @data-modifiee]", js=None)
    # Loaded again, or come back to, it shows the same; to this session alone.
    assert client.get(neuve.url).valeur(nom) == "Durand"
    faite = client.swap(neuve, client.htmx(neuve, "Enregistrer"))
    assert client.get(faite.par_id("fiche").get("action")).valeur(nom) == "Durand"


def test_what_is_made_of_a_lost_text_leads_back_where_it_was_asked_for(client, planteur, atelier, gestionnaire):
    pour = f"/actions/{planteur.action(atelier.formation(gestionnaire).id).id}"
    contact = planteur.contact()
    page = client.get(f"/contacts/{contact}?pour={pour}")
    client.poster(f"/contacts/{contact}/suppression", {"version": "1"})
    dit = client.swap(page, client.htmx(page, "Enregistrer", 404, nom="Durand"))
    neuve = client.submit(dit, "Créer un contact avec cette saisie")
    assert client.htmx(neuve, "Annuler", nom="").statut == 200
    assert neuve.valeur("pour") == pour
    # « Retirer » and « Annuler » go on answering on the page of what is gone.
    question = client.swap(page, client.htmx(dit, "Annuler", nom="Durand"))
    assert "Quitter sans enregistrer ?" in question.texte("//dialog").replace("\xa0", " ")
