"""« Contrôle »: the panel of a formation, its page, that of the catalogue; who sees it, and where each thing leads."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import update

from tests.builders import une_fiche
from tests.builders_arbre import AtelierArbre
from tests.web.lecture_html import plat
from webapp.domain.comptes import Role
from webapp.domain.fiche import FicheFormation
from webapp.domain.libelles_regles import LIBELLES
from webapp.domain.publication import Raison
from webapp.domain.statuts import Statut
from webapp.persistence.tables import organisme
from webapp.services import publication
from webapp.web import controle, panneau_controle

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE
LIGNES = "//ul[@class='controle-lignes']/li"


@pytest.fixture
def tout(base, gestionnaire):
    return AtelierArbre(base, gestionnaire)


@pytest.fixture
def formation(tout):
    """A « validée » with an action « validée », and a draft that lacks its hours."""
    formation = tout.atelier.formation(tout.auteur, une_fiche(contenu="Voir www.exemple.example"), VALIDEE)
    tout.action(formation.id, VALIDEE)
    tout.action(formation.id, numero="A2", duree="")
    return formation


def textes(page, expression):
    return [page.texte(f"({expression})[{n + 1}]") for n in range(len(page.tous(expression)))]


def lignes(page, dans=""):
    return textes(page, f"{dans}{LIGNES}")


def test_the_panel_says_what_is_missing_what_blocks_and_what_is_advised(client, formation):
    page = client.get(f"/formations/{formation.id}")
    dites = lignes(page, "//*[@id='controle']")
    assert any("aucune session" in dite for dite in dites)
    assert any("Action « A2 », Durée totale" in dite for dite in dites)
    assert any("Évitez adresses web" in dite for dite in dites)
    titres = [re.sub(r"\s+", " ", titre) for titre in textes(page, "//*[@id='controle']//h3")]
    assert titres[0] == "Ce qui bloque (1)"
    assert titres[1].startswith("Ce qui est conseillé (")


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE_CATALOGUE, Role.LECTEUR])
def test_each_thing_leads_to_its_field(navigateur, atelier, gestionnaire, formation, role):
    personne = atelier.utilisateur(gestionnaire.organisme, role=role)
    client = navigateur(personne)
    suivis = 0
    for adresse in (f"/formations/{formation.id}", f"/formations/{formation.id}/controle", "/catalogue/controle"):
        page = client.get(adresse)
        for lien in page.tous(f"//*[contains(@class, 'controle')]{LIGNES}/a"):
            url, _, nom = lien.get("href").partition("#")
            visee = client.get(url) if url else page
            if nom:
                cible = visee.par_id(nom)
                assert cible.tag in {"input", "textarea", "select"} or cible.get("tabindex") == "-1"
                suivis += 1
    assert suivis > 6


def test_only_who_may_create_is_led_to_what_is_missing(client, client_lecteur, formation):
    """An action without a session: a reader is told of it, without the link that would be refused."""
    liens_vus = []
    for visiteur in (client, client_lecteur):
        page = visiteur.get(f"/formations/{formation.id}")
        assert any("aucune session" in dite for dite in lignes(page, "//*[@id='controle']"))
        liens_vus.append("Créer une session" in page.commandes("//*[@id='controle']"))
    assert liens_vus == [True, False]


def test_the_panel_follows_a_save_and_what_is_done_to_the_tree(client, tout, formation):
    page = client.get(f"/formations/{formation.id}")
    apres = client.htmx(page, "Enregistrer les modifications", contenu="Écouter, reformuler, exposer, argumenter. " * 2)
    assert "Évitez adresses web" not in apres.html
    assert 'id="controle"' in apres.html


def test_what_holds_many_sessions_is_judged_on_demand(client, tout, formation, monkeypatch):
    action = tout.action(formation.id, VALIDEE, numero="A3", duree="90")
    tout.session(action.id, VALIDEE)
    monkeypatch.setattr(panneau_controle, "SESSIONS_AU_VOL", 0)
    page = client.get(f"/formations/{formation.id}")
    assert lignes(page, "//*[@id='controle']") == []
    lien = "Contrôler la formation, ses actions et leurs sessions"
    adresse = page.lien(lien)
    assert adresse == f"/formations/{formation.id}/controle"
    fragment = client.demander("GET", adresse, headers={"HX-Request": "true"}).text
    assert "Action «\N{NO-BREAK SPACE}A2\N{NO-BREAK SPACE}»" in fragment
    assert "autofocus" in fragment
    assert client.get(adresse).h1 == "Contrôle de la formation"


def test_what_is_not_stored_or_is_archived_is_not_judged(client, atelier, gestionnaire):
    archivee = atelier.formation(gestionnaire, statut=ARCHIVEE)
    assert "Ce qui bloque" not in client.get(f"/formations/{archivee.id}").html
    nouvelle = client.get("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    assert nouvelle.texte("//*[@id='controle']") == ""


def test_advice_on_etape_2_follows_the_typing_and_forbids_nothing(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(points_forts="Tablette offerte !"), VALIDEE)
    client.saisies.add("Tablette offerte !")
    page = client.get(f"/formations/{formation.id}")
    panneau = page.texte("//*[@id='etat-saisie']")
    assert panneau.index("Tout est rempli") < panneau.index("Conseils") < panneau.index("Formulation promotionnelle")
    assert page.par_id("valider").get("aria-disabled") == "false"
    suivi = client.htmx(page, page.par_id("suivi"), points_forts="Petits groupes")
    assert "Formulation promotionnelle" not in suivi.html
    client.htmx(page, "Valider")
    assert atelier.lire(gestionnaire, formation.id).statut is VALIDEE


def test_a_siret_that_fails_its_key_is_advised_and_leads_nowhere(client, base, gestionnaire, formation):
    with base.ecriture() as cnx:
        cnx.execute(update(organisme).where(organisme.c.id == gestionnaire.organisme.id).values(siret="12312312300000"))
    page = client.get(f"/formations/{formation.id}")
    assert "SIRET de votre organisme" in page.texte("//*[@id='etat-saisie']")
    [ligne] = [li for li in page.tous(f"//*[@id='controle']{LIGNES}") if "SIRET" in "".join(li.itertext())]
    assert not ligne.xpath(".//a")


# ------------------------------------------------------------------ the catalogue


def test_the_catalogue_is_filtered_by_what_blocks_what_is_advised_and_by_rule(client, formation, tout):
    tout.atelier.formation(tout.auteur, une_fiche(identifiant="Vide", objectif=""))
    tout_dit = client.get("/catalogue/controle")
    bloque = client.get("/catalogue/controle?voir=bloquant")
    conseille = client.get("/catalogue/controle?voir=conseil")
    assert "Ce qui est conseillé" not in bloque.texte("//main//article[1]")
    assert "Ce qui bloque" not in textes(conseille, "//main//h3")
    assert sorted(lignes(bloque) + lignes(conseille)) == sorted(lignes(tout_dit))
    par_regle = client.get("/catalogue/controle?regle=F23")
    assert len(lignes(par_regle)) == 1
    assert "Évitez adresses web" in lignes(par_regle)[0]
    assert lignes(client.get("/catalogue/controle?voir=bloquant&regle=F23")) == []
    # What is not known is not asked.
    assert lignes(client.get("/catalogue/controle?voir=x&regle=y&apres=z")) == lignes(tout_dit)


def test_every_rule_can_be_chosen_and_the_choice_is_kept(client, formation):
    page = client.get("/catalogue/controle?regle=A03&voir=bloquant")
    options = {o.get("value") for o in page.tous("//select[@id='regle']/option")} - {""}
    assert options == set(LIBELLES)
    choisies = [o.get("value") for o in page.tous("//option[@selected]")]
    assert choisies == ["bloquant", "A03"]


def test_the_catalogue_goes_on_page_by_page_and_shows_each_once(client, tout, monkeypatch):
    monkeypatch.setattr(controle, "PAR_PAGE", 2)
    for rang in range(5):
        tout.atelier.formation(tout.auteur, une_fiche(identifiant=f"C{rang}", intitule=f"Clea {rang}", objectif=""))
    vues, adresse, pages = [], "/catalogue/controle?voir=bloquant", 0
    while adresse:
        page = client.get(adresse)
        vues += textes(page, "//main//article//h2")
        adresse = page.lien("Continuer le contrôle") if "Continuer le contrôle" in page.html else ""
        pages += 1
    assert (vues, pages) == ([f"Clea {rang}" for rang in (4, 3, 2, 1, 0)], 3)
    assert page.lien("Revenir au début") == "/catalogue/controle?voir=bloquant"


def test_a_page_stops_when_enough_was_judged_even_with_nothing_to_show(client, tout, monkeypatch):
    monkeypatch.setattr(controle, "OBJETS_PAR_PAGE", 2)
    for rang in range(3):
        tout.atelier.formation(tout.auteur, une_fiche(identifiant=f"C{rang}"))
    page = client.get("/catalogue/controle?regle=F30")
    assert "2 formations contrôlées" in page.texte("//main").replace("\N{NO-BREAK SPACE}", " ")
    assert "Rien à signaler parmi ces formations." in page.html
    assert "1 formation contrôlée sur" in client.get(page.lien("Continuer le contrôle")).texte("//main").replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_a_formation_with_much_to_say_is_cut_and_its_page_says_it_all(client, tout, monkeypatch):
    monkeypatch.setattr(controle, "PAR_FORMATION", 2)
    monkeypatch.setattr(controle, "LIGNES_PAR_PAGE", 4)
    monkeypatch.setattr(panneau_controle, "MONTRES", 3)
    vide = FicheFormation(certification="RS2203", identifiant="Vide")
    formation = tout.atelier.formation(tout.auteur, vide)
    [suite] = client.get("/catalogue/controle").tous("//main//article/p/a")
    assert suite.get("href") == f"/formations/{formation.id}/controle"
    assert len(client.get("/catalogue/controle").tous(LIGNES)) == 2
    panneau = client.get(f"/formations/{formation.id}")
    assert panneau.lien("Voir tout le contrôle de cette formation") == suite.get("href")
    dites, adresse = [], suite.get("href")
    while adresse:
        page = client.get(adresse)
        dites += [texte for texte in textes(page, "//main//section//li/a/..") if "Ce champ" in texte]
        adresse = page.lien("Points suivants") if "Points suivants" in page.html else ""
    assert len(dites) == len(set(dites)) >= 6
    for debut in ("-1", "x", "99999999999", "²"):
        assert client.get(f"{suite.get('href')}?debut={debut}").h1 == "Contrôle de la formation"


def test_what_blocks_is_said_once_and_the_nearest_is_named_only_where_it_is_not_listed(client, tout, monkeypatch):
    formation = tout.atelier.formation(tout.auteur, FicheFormation(certification="RS2203", identifiant="Vide"))
    tout.action(formation.id, duree="")
    for montres, redit in ((50, False), (1, True)):
        monkeypatch.setattr(panneau_controle, "MONTRES", montres)
        for adresse in (f"/formations/{formation.id}", f"/formations/{formation.id}/controle"):
            page = client.get(adresse)
            assert ("À corriger" in page.texte("//section[@aria-labelledby='controle-titre']/ul[1]")) is redit, adresse
            assert any("La formation n'est pas validée" in plat(dite) for dite in lignes(page))


def test_an_empty_catalogue_has_nothing_to_be_judged(client):
    assert "Aucune formation à contrôler." in client.get("/catalogue/controle").html


def test_a_catalogue_without_fault_says_so(client, tout, monkeypatch):
    monkeypatch.setattr("webapp.web.controle.Vue.retient", lambda _vue, _constat: False)
    tout.atelier.formation(tout.auteur)
    assert "Rien à signaler dans votre catalogue." in client.get("/catalogue/controle").html


def test_nobody_sees_the_control_of_anothers_formations(client, client_etranger, formation):
    assert client_etranger.get(f"/formations/{formation.id}/controle", 404)
    assert "Aucune formation à contrôler." in client_etranger.get("/catalogue/controle").html
    ailleurs = client.get("/catalogue/controle")
    assert lignes(ailleurs)
    assert client.get(f"/formations/{uuid4()}/controle", 404)


def test_the_menu_leads_to_the_control_of_the_catalogue(client, formation):
    assert client.get("/catalogue").lien("Contrôle") == "/catalogue/controle"
    page = client.get("/catalogue/controle")
    [courant] = page.tous("//nav[@aria-label='Navigation principale']//a[@aria-current]")
    assert courant.text == "Contrôle"


# ---------------------------------------------------------- a card, the échéancier


@pytest.mark.parametrize("raison", [None, *Raison])
def test_a_card_says_whether_it_is_publiable_or_why_it_is_not(client, tout, monkeypatch, raison):
    formation = tout.atelier.formation(tout.auteur, statut=VALIDEE)
    monkeypatch.setattr(publication, "raisons", lambda *_, **__: {formation.id: raison})
    [dite] = textes(client.get("/catalogue"), "//p[@class='carte-publication']")
    assert dite == plat(panneau_controle.dire_raison(raison))
    assert ("Publiable" if raison is None else raison.value) in dite


def test_a_draft_and_an_archived_one_say_it_by_their_status(client, tout):
    tout.atelier.formation(tout.auteur)
    tout.atelier.formation(tout.auteur, statut=ARCHIVEE)
    [dite] = textes(client.get("/catalogue"), "//p[@class='carte-publication']")
    assert dite.startswith(("Pour valider : ", "Prête à valider"))
    assert client.get("/catalogue?statut=archivee").tous("//p[@class='carte-publication']") == []


def test_the_echeancier_says_it_of_each_formation(client, tout):
    tout.atelier.formation(tout.auteur, une_fiche(identifiant="F_1"))
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.get("/catalogue/echeancier")
    assert textes(page, "//span[@class='carte-publication']") == ["Pas encore publiable : formation à valider"]
