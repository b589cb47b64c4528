"""Choosing many objects, reading what would change, launching it, following it, undoing it; and who may."""

from uuid import UUID, uuid4

import pytest

from tests.builders import une_fiche
from tests.builders_arbre import AtelierArbre
from tests.builders_taches import AtelierTaches, changement
from tests.web.comparaison import assert_same, masquer
from tests.web.lecture_html import plat
from tests.web.matrice import TACHES
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Role
from webapp.domain.statuts import Statut
from webapp.domain.taches import EtatTache
from webapp.services import comptes, taches
from webapp.web.http import liens


@pytest.fixture
def planteur(base, gestionnaire):
    return AtelierTaches(base, AtelierArbre(base, gestionnaire))


@pytest.fixture
def formations(atelier, gestionnaire):
    """Three pages of formations."""
    return [atelier.formation(gestionnaire, une_fiche(identifiant=f"N_{n:02}")) for n in range(45)]


@pytest.fixture
def arbre(planteur):
    """A formation with an action of three sessions."""
    formation = planteur.formation()
    action = planteur.arbre.action(formation.id, Statut.VALIDEE)
    return formation, action, planteur.sessions(action, 3)


def cocher(page, *ids):
    for id in ids:
        page.par_id(f"choisie-{id}").set("checked", "")


def decocher(page, *ids):
    for id in ids:
        page.par_id(f"choisie-{id}").attrib.pop("checked")


def le_choix(page):
    return UUID(page.url.partition("?")[0].rsplit("/", 1)[1])


def barre(page):
    return page.texte("//*[@id='barre-choix']/p")


# ---------------------------------------------------------------------------- choosing


def test_formations_are_chosen_from_page_to_page_without_scripts(client, base, gestionnaire, formations):
    page = client.get(client.get("/catalogue").lien("Choisir plusieurs formations"))
    assert (page.h1, barre(page)) == ("Choisir des formations", "Rien n'est choisi.")
    derniere, avant, premiere = formations[-1], formations[-2], formations[0]
    cocher(page, derniere.id, avant.id)
    page = client.submit(page, "Formations suivantes")
    assert barre(page) == "Choix : 2 formations. Sur cette page : 0."
    page = client.submit(page, "Formations suivantes")
    cocher(page, premiere.id)
    page = client.submit(page, "Revenir au début")
    assert barre(page) == "Choix : 3 formations. Sur cette page : 2."
    decocher(page, avant.id)
    page = client.submit(page, "Rechercher", recherche="N_4")
    assert barre(page) == "Choix : 2 formations. Sur cette page : 1."
    assert page.valeur("recherche") == "N_4"
    assert len(page.tous("//main//li//input[@type='checkbox']")) == 5
    page = client.submit(page, "Brouillons (5)")
    assert "statut=brouillon" in page.url
    page = client.submit(page, "Changer ce qui est choisi")
    assert page.h1 == "Que faut-il changer ?"
    assert page.texte().count("Choix : 2 formations.") == 1
    with base.lecture() as cnx:
        assert taches.choix(cnx, gestionnaire.organisme, le_choix(page)) == {Niveau.FORMATION: 2}


def test_a_tick_is_kept_at_once_with_scripts(client, base, gestionnaire, formations):
    page = client.get("/catalogue/choix")
    cocher(page, formations[-1].id)
    apres = client.swap(page, client.htmx(page, page.par_id("choix")))
    assert barre(apres) == "Choix : 1 formation."
    assert_same(apres, client.get(apres.url), ("//*[@id='barre-choix']",))


def test_nothing_is_chosen_any_more_when_asked(client, formations):
    page = client.get("/catalogue/choix")
    cocher(page, formations[-1].id)
    page = client.submit(page, "Formations suivantes")
    page = client.submit(page, "Ne rien choisir")
    assert barre(page) == "Rien n'est choisi."
    page = client.submit(page, "Changer ce qui est choisi")
    assert (page.h1, page.commandes()) == ("Que faut-il changer ?", ["Catalogue", "Choisir des formations",
                                                                     "Choisir ce qui doit changer"])  # fmt: skip
    page = client.page_postee(page.url, {"lot": "archiver.formation"}, 422)
    assert page.texte("//*[@role='alert' and contains(@class, 'avis')]") == "Choisissez d'abord ce qui doit changer."


def test_actions_and_sessions_are_chosen_in_their_formation(client, arbre):
    formation, _, sessions = arbre
    page = client.get(client.get(f"/formations/{formation.id}").lien("Choisir plusieurs actions ou sessions"))
    assert page.h1 == "Choisir des actions et des sessions"
    page = client.submit(page, "Choisir parmi ses sessions : action A1")
    cocher(page, sessions[0].id, sessions[2].id)
    apres = client.swap(page, client.htmx(page, page.par_id("choix")))
    assert barre(apres) == "Choix : 2 sessions."
    page = client.submit(page, "Changer ce qui est choisi")
    operations = [r.get("value") for r in page.tous("//input[@type='radio']")]
    assert operations == ["decaler", "valider.session", "archiver.session"]
    page = client.submit(page, "Voir ce qui va changer", lot="decaler", semaines="2")
    assert "Ce qui va changer : 2" in page.texte()
    page = client.submit(page, "Lancer")
    assert "Ce qui a changé : 2" in page.texte()


def test_actions_beyond_the_first_page_are_chosen_too(client, planteur):
    formation = planteur.formation()
    fiche = planteur.arbre.fiche_action()
    faites = {str(planteur.arbre.soumettre(fiche.avec(numero=f"A{n:02}"), formation.id).id) for n in range(21)}
    page = client.get(f"/formations/{formation.id}/choix/{uuid4()}")
    premieres = [case.get("value") for case in page.tous("//input[@name='choisie.action']")]
    assert len(premieres) == 20
    assert "Actions 1 à 20 sur 21" in page.texte()
    cocher(page, premieres[0])
    page = client.submit(page, "Actions suivantes")
    assert [case.get("value") for case in page.tous("//input[@name='choisie.action']")] == list(faites - {*premieres})
    cocher(page, *(faites - {*premieres}))
    page = client.submit(page, "Actions précédentes")
    assert barre(page) == "Choix : 2 actions. Sur cette page : 1."
    assert page.par_id(f"choisie-{premieres[0]}").get("checked") is not None


# ---------------------------------------------------------------------------- what is to be changed


REFUS = [
    ({}, "Choisissez ce qu'il faut changer."),
    (
        {"lot": "decaler"},
        "Saisissez un nombre de semaines, de 1 à 520 ; avec un « - » devant, les sessions commencent plus tôt.",
    ),
    ({"lot": "decaler", "semaines": "0"}, "Saisissez un nombre de semaines"),
    ({"lot": "decaler", "semaines": "521"}, "Saisissez un nombre de semaines"),
    ({"lot": "decaler", "semaines": "deux"}, "Saisissez un nombre de semaines"),
    ({"lot": "prix"}, "Saisissez ou bien le nouveau prix, ou bien le pourcentage, et lui seul."),
    ({"lot": "prix", "ttc": "100", "pourcentage": "3"}, "Saisissez ou bien le nouveau prix"),
    ({"lot": "prix", "ttc": "gratuit"}, "Saisissez un montant en euros"),
    ({"lot": "prix", "pourcentage": "-101"}, "Saisissez un pourcentage"),
    ({"lot": "contact"}, "Choisissez un contact."),
    ({"lot": "contact", "contact": str(uuid4())}, "Choisissez un contact."),
    ({"lot": "modalite", "modalite": "9"}, "Choisissez des modalités d'enseignement."),
    ({"lot": "archiver"}, "Choisissez ce qu'il faut changer."),
]


@pytest.mark.parametrize(("champs", "phrase"), REFUS)
def test_what_makes_no_sense_is_refused_beside_its_field(client, planteur, champs, phrase):
    choix = planteur.choisir(planteur.formation())
    page = client.page_postee(f"/choix/{choix}", champs, 422)
    assert phrase in page.texte()
    for nom, valeur in champs.items():
        if nom in {"semaines", "ttc", "pourcentage"}:
            assert page.valeur(nom) == valeur
    assert planteur.relire(choix).etat is EtatTache.CHOIX


def test_all_that_a_filter_shows_is_changed_and_undone(client, planteur, formations):
    page = client.get("/catalogue/choix?recherche=N_0")
    page = client.submit(page, "Changer tout ce que montre ce filtre")
    assert "Tout ce que montre le filtre" in page.texte()
    page = client.submit(page, "Voir ce qui va changer", lot="archiver.formation")
    assert "Ce qui va changer : 10" in page.texte()
    page = client.submit(page, "Lancer")
    assert page.texte("//*[@id='tache']").startswith("Terminée")
    assert "Ce qui a changé : 10" in page.texte()
    assert "Archivées (10)" in client.get("/catalogue").texte("//*[@id='filtres-catalogue']")
    annulation = client.submit(page, "Annuler ces changements")
    assert annulation.h1 == "Annulation de « Archiver des formations »"
    assert "Ce qui est revenu : 10" in annulation.texte()
    assert "Archivées (0)" in client.get("/catalogue").texte("//*[@id='filtres-catalogue']")
    assert "Annuler ces changements" not in client.get(page.url).commandes()
    assert client.get(page.url).lien("Ces changements ont été annulés") == annulation.url


@pytest.mark.parametrize(
    ("reprises", "dit"),
    [(1, "9 changements annulés, 1 changement laissé tel quel"), (10, "Rien n'a été annulé : 10 changements laissés")],
)
def test_changes_that_could_not_be_undone_are_not_said_to_be(client, planteur, formations, reprises, dit):
    page = client.submit(client.get("/catalogue/choix?recherche=N_0"), "Changer tout ce que montre ce filtre")
    page = client.submit(client.submit(page, "Voir ce qui va changer", lot="archiver.formation"), "Lancer")
    for _ in range(reprises):
        archivees = client.get("/catalogue?statut=archivee&recherche=N_0")
        client.submit(archivees, "Restaurer", dans="(//article)[1]")
    client.submit(page, "Annuler ces changements")
    apres = plat(client.get(page.url).texte("//*[@id='tache']"))
    assert dit in apres
    assert "ont été annulés" not in apres


# ---------------------------------------------------------------------------- reading a job


def test_what_would_change_and_what_cannot_is_named_and_counted(client, planteur, arbre):
    formation, action, _ = arbre
    planteur.arbre.session(action.id, numero="Sans", debut="", fin="")
    for n in range(12):
        planteur.arbre.session(action.id, numero=f"E{n}", debut=f"2027-09-{n + 1:02}", fin=f"2027-10-{n + 1:02}")
    tache = planteur.preparer(changement("decaler", semaines="1"), formation)
    page = client.get(f"/taches/{tache.id}")
    assert page.h1 == "Décaler les dates des sessions de 1 semaine plus tard"
    assert "Ce qui va changer : 15" in page.texte()
    assert "Ce qui ne peut pas changer : 1" in page.texte()
    assert "Sans dates à décaler." in page.texte()
    assert len(page.tous("//*[@class='lignes-de-tache']/li")) == 11
    toutes = client.get(page.lien("Voir les 15 : Ce qui va changer"))
    assert len(toutes.tous("//*[@class='lignes-de-tache']/li")) == 15
    assert toutes.tous("//*[@class='lignes-de-tache']/li/a")[0].get("href", "").startswith("/sessions/")


def test_all_that_cannot_change_is_read_where_its_number_leads(client, planteur, arbre):
    formation, action, _ = arbre
    for n in range(12):
        planteur.arbre.session(action.id, numero=f"Sans_{n}", debut="", fin="")
    tache = planteur.preparer(changement("decaler", semaines="1"), formation)
    page = client.get(f"/taches/{tache.id}")
    toutes = client.get(page.lien("Voir les 12 : Ce qui ne peut pas changer"))
    assert len(toutes.tous("//*[@class='lignes-de-tache']/li")) == 12
    assert "Sans_11" in toutes.texte()


def test_the_lines_of_a_job_are_read_page_by_page(client, planteur, arbre, monkeypatch):
    monkeypatch.setattr(taches.lignes, "__defaults__", (0, 2))
    formation, *_ = arbre
    tache = planteur.preparer(changement("decaler", semaines="1"), formation)
    page = client.get(f"/taches/{tache.id}/lignes?quoi=prevues")
    assert len(page.tous("//*[@class='lignes-de-tache']/li")) == 2
    page = client.get(page.lien("Suite"))
    assert len(page.tous("//*[@class='lignes-de-tache']/li")) == 1
    assert "Suite" not in page.commandes()
    assert client.get(page.lien("Revenir au début")).commandes().count("Suite") == 1
    for apres in ("-1", "x", "9" * 12):
        assert client.get(f"/taches/{tache.id}/lignes?quoi=rien&apres={apres}").h1 == "Ce qui va changer"


@pytest.fixture
def longue(planteur, arbre):
    """A job that an answer cannot do whole."""
    formation, action, _ = arbre
    planteur.ajouter_sessions(action, 120)
    return planteur.preparer(changement("decaler", semaines="1"), formation)


def test_the_progress_is_followed_until_the_end_then_nothing_asks_any_more(client, planteur, longue):
    page = client.submit(client.get(f"/taches/{longue.id}"), "Lancer")
    assert page.texte("//*[@id='progression-dite']") == "50 sur 124."
    guet = page.par_id("guet")
    assert (guet.get("hx-get"), guet.get("hx-trigger")) == (f"/taches/{longue.id}", "every 1s")
    page = client.swap(page, client.htmx(page, guet))
    assert page.texte("//*[@id='progression-dite']") == "50 sur 124."
    assert_same(page, client.get(page.url), ("//*[@id='tache']",))
    planteur.travailler()
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    assert page.succes == ["La tâche est finie."]
    assert not page.a("guet")
    assert_same(page, client.get(page.url), ("//*[@id='tache']",))
    assert "Ce qui a changé : 124" in page.texte()


def test_a_job_that_somebody_stops_meanwhile_is_not_told_as_a_success(client, planteur, longue):
    page = client.submit(client.get(f"/taches/{longue.id}"), "Lancer")
    with planteur.base.ecriture() as cnx:
        taches.arreter(cnx, planteur.arbre.acte, longue.id)
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    assert (page.succes, page.alertes) == ([], ["La tâche est interrompue."])
    assert not page.a("guet")


def test_a_job_is_stopped_where_it_stands_and_what_it_did_is_undone(client, planteur, longue):
    page = client.submit(client.get(f"/taches/{longue.id}"), "Lancer")
    page = client.submit(page, "Arrêter")
    planteur.travailler()
    page = client.get(page.url)
    assert page.texte("//*[@id='tache']").startswith("Interrompue")
    assert "Arrêtée par Camille Martin." in page.texte()
    assert "Ce qui a changé : 50" in page.texte()
    assert "Ce qui n'a pas été fait : 74" in page.texte()
    assert "Ce qui est revenu : 50" in client.submit(page, "Annuler ces changements").texte()


def test_what_is_asked_twice_is_done_once(client, planteur, longue):
    pages = [client.get(f"/taches/{longue.id}") for _ in range(2)]
    for page in pages:
        client.submit(page, "Lancer")
    planteur.travailler()
    assert planteur.relire(longue.id).faits == 124
    pages = [client.get(f"/taches/{longue.id}") for _ in range(2)]
    assert len({client.submit(page, "Annuler ces changements").url for page in pages}) == 1
    # Sent again, the question leads to the job that it made; the choice begins anew.
    assert client.page_postee(f"/choix/{longue.id}", {"lot": "decaler", "semaines": "1"}).url == f"/taches/{longue.id}"
    assert client.get(f"/choix/{longue.id}").url == f"/taches/{longue.id}"
    assert le_choix(client.get(f"/catalogue/choix/{longue.id}")) != longue.id
    reponse = client.page_postee(f"/catalogue/choix/{longue.id}", {"aller": "changer"}, 409)
    assert "Ce choix a déjà servi" in reponse.texte()


def test_what_can_no_longer_be_asked_is_said(client, planteur, arbre):
    formation, *_ = arbre
    tache = planteur.faire(changement("decaler", semaines="1"), formation)
    page = client.page_postee(f"/taches/{tache.id}/arret", {}, 409)
    assert "Cette tâche a changé entre-temps" in page.texte()
    vide = planteur.preparer(changement("prix", ttc="1200"), formation)
    assert "Rien ne changera." in client.get(f"/taches/{vide.id}").texte()
    assert "Lancer" not in client.get(f"/taches/{vide.id}").commandes()
    client.page_postee(f"/taches/{vide.id}/lancement", {}, 409)


def test_the_jobs_are_listed_newest_first(client, client_lecteur, planteur, arbre):
    formation, *_ = arbre
    planteur.faire(changement("decaler", semaines="1"), formation)
    planteur.preparer(changement("valider", "action"), formation)
    planteur.choisir(formation)
    page = client.get(client.get("/catalogue").lien("Tâches"))
    assert page.texte("(//main//ul)[1]/li[2]") or page.texte()
    titres = {page.texte(f"(//main//h2)[{n}]") for n in (1, 2)}
    assert titres == {"Décaler les dates des sessions de 1 semaine plus tard", "Valider des actions"}
    assert len(page.tous("//main//h2")) == 2
    assert "Choisir des formations" in page.commandes()
    assert "Choisir des formations" not in client_lecteur.get("/taches").commandes()


def test_the_older_jobs_are_read_page_by_page(client, planteur, arbre, monkeypatch):
    monkeypatch.setattr(taches.lister, "__defaults__", (None, 2))
    formation, *_ = arbre
    for semaines in ("1", "2", "3"):
        planteur.preparer(changement("decaler", semaines=semaines), formation)
    page = client.get("/taches")
    assert len(page.tous("//main//h2")) == 2
    page = client.get(page.lien("Tâches plus anciennes"))
    assert len(page.tous("//main//h2")) == 1
    assert "Tâches plus anciennes" not in page.commandes()
    assert len(client.get(page.lien("Revenir au début")).tous("//main//h2")) == 2
    for apres in (str(uuid4()), "x"):
        assert len(client.get(f"/taches?apres={apres}").tous("//main//h2")) == 2


def test_an_action_of_many_sessions_can_still_be_chosen_from(client, planteur, arbre):
    """A form of ours has a thousand fields at most: what is shown is said in one."""
    formation, action, _ = arbre
    neuves = planteur.ajouter_sessions(action, 600)
    page = client.get(f"/formations/{formation.id}/choix/{uuid4()}?action={action.id}")
    cocher(page, *(session.id for session in neuves[:450]))
    apres = client.swap(page, client.htmx(page, page.par_id("choix")))
    assert barre(apres) == "Choix : 450 sessions."


# ---------------------------------------------------------------------------- who may


def test_a_reader_reads_and_can_do_nothing(client_lecteur, planteur, longue):
    page = client_lecteur.get(f"/taches/{longue.id}")
    assert "Ce qui va changer : 124" in page.texte()
    assert "Lancer" not in page.commandes()
    for route in TACHES:
        if route.methode == "POST":
            url = route.regle.replace("<uuid:tache>", str(longue.id)).replace("<uuid:choix>", str(longue.id))
            url = url.replace("<uuid:formation>", str(uuid4()))
            assert client_lecteur.poster(url).status_code == 403, str(route)
    assert planteur.relire(longue.id).etat is EtatTache.PRETE
    assert "Choisir plusieurs formations" not in client_lecteur.get("/catalogue").commandes()


@pytest.mark.parametrize("route", [r for r in TACHES if "<uuid:tache>" in r.regle], ids=str)
def test_the_job_of_another_answers_like_one_that_never_was(client_etranger, visiteur, planteur, longue, route):
    inconnue = uuid4()
    for en_tetes in ({}, {"HX-Request": "true"}):
        reponses = []
        for id in (longue.id, inconnue):
            donnees = {"csrf_token": client_etranger.jeton()} if route.ecrit else None
            url = route.regle.replace("<uuid:tache>", str(id))
            reponses.append(client_etranger.demander(route.methode, url, headers=en_tetes, data=donnees))
        assert [r.status_code for r in reponses] == [404, 404]
        assert masquer(reponses[0].text) == masquer(reponses[1].text).replace(str(inconnue), str(longue.id))
    url = route.regle.replace("<uuid:tache>", str(longue.id))
    assert visiteur.demander(route.methode, url).status_code == (401 if route.ecrit else 303)
    assert planteur.relire(longue.id).etat is EtatTache.PRETE


def test_the_choice_of_another_tells_nothing_and_takes_nothing(client_etranger, planteur, arbre, base, etranger):
    formation, action, _ = arbre
    choix = planteur.choisir(formation)
    for url in (f"/catalogue/choix/{choix}", f"/choix/{choix}"):
        assert "Rien n'est choisi." in client_etranger.get(url).texte()
    inconnu = uuid4()
    for methode in ("GET", "POST"):
        for suite in ("", f"/{choix}"):
            if methode == "POST" and not suite:
                continue
            donnees = {"csrf_token": client_etranger.jeton()} if methode == "POST" else None
            reponses = [
                client_etranger.demander(methode, f"{liens.formation(id)}/choix{suite}", data=donnees)
                for id in (formation.id, inconnu)
            ]
            assert [r.status_code for r in reponses] == [404, 404]
            assert masquer(reponses[0].text) == masquer(reponses[1].text).replace(str(inconnu), str(formation.id))
    # Under the same identity, the other has a choice of its own; the objects of others are nowhere.
    champs = {"montree.formation": str(formation.id), "choisie.formation": str(formation.id), "aller": "changer"}
    client_etranger.page_postee(f"/catalogue/choix/{choix}", champs)
    page = client_etranger.page_postee(f"/choix/{choix}", {"lot": "decaler", "semaines": "1"}, 422)
    assert "Choisissez d'abord ce qui doit changer." in page.texte()
    assert planteur.relire(choix).etat is EtatTache.CHOIX
    assert planteur.arbre.relire(action).version == 1


def test_who_may_no_longer_change_the_catalogue_changes_nothing_by_a_job(client, base, planteur, longue, gestionnaire):
    client.submit(client.get(f"/taches/{longue.id}"), "Lancer")
    with base.ecriture() as cnx:
        comptes.changer_role(cnx, gestionnaire, Role.LECTEUR)
    planteur.travailler()
    tache = planteur.relire(longue.id)
    assert (tache.etat, tache.faits) == (EtatTache.INTERROMPUE, 50)
    assert tache.raison == "La personne qui l’a demandée ne peut plus changer le catalogue."


# ---------------------------------------------------------------------------- a choice that has served


PRIX = {"lot": "prix", "pourcentage": "-33,33"}
ARCHIVER = {"lot": "archiver.action"}


def test_a_choice_sent_again_for_something_else_says_what_it_has_served_for_and_can_be_taken_again(
    client, planteur, arbre
):
    _, action, _ = arbre
    choix = planteur.choisir(action)
    assert client.poster(liens.changement_du_choix(choix), PRIX).headers["Location"] == liens.tache(choix)
    # Sent twice, it is what was asked first, and there is nothing to say.
    client.poster(liens.changement_du_choix(choix), PRIX)
    assert client.get(liens.tache(choix)).alertes == []
    page = client.page_postee(liens.changement_du_choix(choix), ARCHIVER)
    # Badly said, it is not refused first, as if what it would be could still be changed.
    mal_dit = client.page_postee(liens.changement_du_choix(choix), {"lot": "decaler", "semaines": "521"})
    assert mal_dit.url == page.url
    # In the page itself: a message would cover the header of a telephone.
    assert page.alertes == []
    assert page.texte("//main//*[@role='alert']").startswith("Ce choix a déjà servi pour « Changer le prix des actions")
    neuf = client.submit(page, "Reprendre ce choix")
    assert (neuf.h1, le_choix(neuf) == choix) == ("Que faut-il changer ?", False)
    assert "Choix : 1 action." in neuf.texte()
    # What nobody will launch any more does not wait to be.
    reprise = client.get(liens.tache(choix))
    assert "À lancer" not in client.get(liens.TACHES).texte()
    assert "Votre choix a été repris par Camille Martin : rien n'a été lancé." in reprise.texte()
    assert "Lancer" not in reprise.commandes()


def test_a_choice_taken_again_from_what_has_been_done_leaves_it_as_it_is(client, planteur, arbre):
    tache = planteur.faire(changement("decaler", semaines="1"), arbre[1])
    client.submit(client.get(f"/taches/{tache.id}"), "Reprendre ce choix")
    assert planteur.relire(tache.id).etat is EtatTache.TERMINEE


def test_what_was_chosen_in_a_formation_leads_back_to_it(client, planteur, arbre):
    formation, action, sessions = arbre
    page = client.get(client.get(f"/formations/{formation.id}/choix").url)
    vide = client.submit(page, "Changer ce qui est choisi")
    assert vide.lien("Choisir ce qui doit changer") == page.url
    cocher(page, action.id)
    demande = client.submit(page, "Changer ce qui est choisi")
    assert [a.get("href") for a in demande.tous("//p[@class='fil']/a")] == [
        "/catalogue", f"/formations/{formation.id}", page.url,
    ]  # fmt: skip
    refuse = client.submit(demande, "Voir ce qui va changer", 422)
    assert refuse.lien("Choisir des actions et des sessions") == page.url
    autre = planteur.choisir(sessions[0])
    client.poster(liens.changement_du_choix(autre), PRIX)
    repris = client.submit(client.get(liens.tache(autre)), "Y renoncer")
    assert repris.lien("Choisir des actions et des sessions") == liens.choix_dans(formation.id, le_choix(repris))


def test_what_was_chosen_in_several_formations_leads_back_to_the_catalogue(client, planteur, arbre):
    autre = planteur.arbre.action(planteur.formation().id)
    page = client.get(liens.changement_du_choix(planteur.choisir(arbre[1], autre)))
    assert [a.text for a in page.tous("//p[@class='fil']/a")] == ["Catalogue", "Choisir des formations"]


def test_all_of_a_filter_that_shows_nothing_is_not_offered(client, formations):
    tout = "Changer tout ce que montre ce filtre"
    page = client.get(client.get("/catalogue").lien("Choisir plusieurs formations"))
    assert tout in page.commandes()
    rien = client.submit(page, "Rechercher", recherche="introuvable")
    assert tout not in rien.commandes()
    demande = client.get(liens.avec(liens.changement_du_choix(uuid4()), tout="oui", recherche="introuvable"))
    assert "Ce filtre ne montre aucune formation : il n'y a rien à changer." in demande.texte()
    assert "Voir ce qui va changer" not in demande.commandes()


def test_giving_up_what_was_prepared_gives_the_choice_back(client, base, planteur, arbre):
    _, action, sessions = arbre
    choix = planteur.choisir(action, sessions[0])
    client.poster(liens.changement_du_choix(choix), PRIX)
    page = client.submit(client.get(liens.tache(choix)), "Y renoncer")
    assert page.h1 == "Que faut-il changer ?"
    assert "Choix : 1 action, 1 session." in page.texte()
    assert page.succes == ["Vous y avez renoncé : votre choix est gardé."]
    with base.lecture() as cnx:
        assert taches.ouvrir(cnx, planteur.arbre.organisme, choix).etat is EtatTache.INTERROMPUE


def test_giving_up_what_a_filter_showed_leaves_its_page(client, planteur, arbre):
    choix = uuid4()
    client.poster(liens.changement_du_choix(choix), {**PRIX, "tout": "oui"})
    page = client.submit(client.get(liens.tache(choix)), "Y renoncer")
    assert page.url.startswith(liens.tache(choix))
    assert "Reprendre ce choix" not in page.commandes()


def test_the_choice_of_another_organisation_is_not_taken_again(client, navigateur, etranger, base, planteur, arbre):
    choix = planteur.choisir(arbre[1])
    client.poster(liens.changement_du_choix(choix), PRIX)
    assert navigateur(etranger).poster(f"{liens.tache(choix)}/choix").status_code == 404


def test_ids_of_another_organisation_count_for_nothing_in_a_choice(navigateur, etranger, arbre, client):
    formation, action, sessions = arbre
    ailleurs, choix = navigateur(etranger), uuid4()
    siennes = {
        f"{verbe}.{niveau}": str(objet.id)
        for niveau, objet in (("formation", formation), ("action", action), ("session", sessions[0]))
        for verbe in ("montree", "choisie")
    }
    ailleurs.poster(liens.choix_de_formations(choix), siennes)
    page = ailleurs.get(liens.choix_de_formations(choix))
    assert barre(page) == "Rien n'est choisi."


def test_nothing_is_asked_of_an_empty_choice(client):
    page = client.get(liens.changement_du_choix(uuid4()))
    assert "Rien n'est choisi." in page.texte()
    assert not page.tous("//main//form")
    assert page.lien("Choisir ce qui doit changer").startswith("/catalogue/choix/")


def test_what_is_undone_is_named_in_one_sentence(client, planteur, arbre):
    tache = planteur.faire(changement("prix", pourcentage="-33,33"), arbre[1])
    page = client.submit(client.get(liens.tache(tache.id)), "Annuler ces changements")
    assert page.h1.startswith("Annulation de « Changer le prix des actions")


def test_who_has_no_script_is_offered_to_look_again_while_a_job_moves(client, planteur, longue):
    page = client.get(liens.tache(longue.id))
    assert "Actualiser la page" not in page.texte()
    page = client.submit(page, "Lancer")
    assert page.lien("Actualiser la page") == page.url
    planteur.travailler()
    assert "Actualiser la page" not in client.get(page.url).texte()


def test_what_became_of_an_undoing_is_said_where_it_was_asked(client, planteur, arbre):
    formation, action, _ = arbre
    planteur.ajouter_sessions(action, 120)
    longue = planteur.faire(changement("decaler", semaines="1"), formation)
    page = client.get(liens.tache(longue.id))
    annulation = client.submit(page, "Annuler ces changements")
    assert client.get(page.url).lien("L'annulation de ces changements n'est pas finie") == annulation.url
    planteur.travailler()
    assert client.get(page.url).lien("Ces changements ont été annulés") == annulation.url


def test_an_undoing_that_is_stopped_half_way_is_not_said_to_be_done(client, planteur, arbre):
    formation, action, _ = arbre
    planteur.ajouter_sessions(action, 120)
    longue = planteur.faire(changement("decaler", semaines="1"), formation)
    annulation = client.submit(client.get(liens.tache(longue.id)), "Annuler ces changements")
    with planteur.base.ecriture() as cnx:
        arretee = taches.arreter(cnx, planteur.arbre.acte, UUID(annulation.url.rsplit("/", 1)[1]))
    assert 0 < arretee.faits < longue.faits
    dit = f"L'annulation de ces changements a été interrompue : {arretee.faits} changements annulés"
    assert client.get(liens.tache(longue.id)).lien(dit) == annulation.url
