"""« Imprimer »: all that the filters choose, in one page; bounded, and it says so."""

import re
from datetime import date

import pytest

from tests.builders import un_siret, une_fiche
from tests.builders_arbre import AtelierArbre
from webapp.domain.comptes import Role
from webapp.domain.statuts import Statut
from webapp.services import comptes
from webapp.web import impression


def rangees(page):
    return [page.texte(f"(//tbody/tr)[{n + 1}]/th") for n in range(len(page.tous("//tbody/tr")))]


def test_more_than_a_page_of_the_catalogue_is_printed_whole(client, atelier, gestionnaire):
    for n in range(23):
        atelier.formation(gestionnaire, une_fiche(identifiant=f"F_{n:02}", intitule=f"Titre {n:02}"))
    page = client.get(client.get("/catalogue?tri=titre").lien("Imprimer"))
    assert page.h1 == f"Catalogue de {gestionnaire.organisme.nom}"
    lues = rangees(page)
    assert len(lues) == 23
    assert lues == sorted(lues)
    assert "Titre 00" in lues[0]
    assert "F_00" in lues[0]
    assert "23 formations au" in page.texte("//main")


def test_what_is_printed_is_what_is_looked_for(client, atelier, gestionnaire):
    atelier.formation(gestionnaire, une_fiche(identifiant="Orale", intitule="Expression orale"))
    atelier.formation(gestionnaire, une_fiche(identifiant="Autre", intitule="Bureautique"))
    page = client.get(client.get("/catalogue?recherche=orale").lien("Imprimer"))
    assert len(rangees(page)) == 1
    assert "« orale »" in page.texte("//main")
    assert page.commande("Catalogue", dans="//main").get("href") == "/catalogue?recherche=orale"


def test_the_type_that_is_printed_is_the_formation_s_own(client, atelier, gestionnaire):
    # CléA is prepared by a formation of another type too, when its code is typed.
    atelier.formation(
        gestionnaire, une_fiche(identifiant="Autre", type_formation="certifiante", certification="RS2203")
    )
    (ligne,) = rangees(client.get("/catalogue/imprimer"))
    assert ligne.endswith("ID : Autre · Formation certifiante")


def test_beyond_its_bound_it_says_how_many_it_prints(client, atelier, gestionnaire, monkeypatch):
    monkeypatch.setattr(impression, "IMPRIMEES", 2)
    for n in range(3):
        atelier.formation(gestionnaire, une_fiche(identifiant=f"F_{n}"))
    page = client.get("/catalogue/imprimer")
    assert len(rangees(page)) == 2
    assert "Les 2 premières seulement" in page.texte("//main")


def test_an_empty_catalogue_says_so_and_leads_back(client):
    page = client.get("/catalogue/imprimer")
    assert "Aucune formation à imprimer." in page.texte("//main")
    assert page.lien("Voir toutes les formations") == "/catalogue"


def test_another_organisation_prints_nothing_of_it(client_etranger, atelier, gestionnaire):
    atelier.formation(gestionnaire, une_fiche(identifiant="A_moi"))
    assert "A_moi" not in client_etranger.get("/catalogue/imprimer").html


def test_what_the_card_says_of_the_certification_is_printed_too(navigateur, base, atelier):
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Formation Essai", un_siret(), date(2026, 11, 23))
    auteur = atelier.utilisateur(organisme)
    for code in ("RS5719", "RS5000", "RS6604"):
        fiche = une_fiche(identifiant=code, intitule=f"Titre {code}", certification=code, type_formation="certifiante")
        atelier.formation(auteur, fiche)
    page = navigateur(auteur).get("/catalogue/imprimer")
    dits = {
        page.texte(f"(//tbody/tr)[{n}]/th")[:12]: page.texte(f"(//tbody/tr)[{n}]/td[1]") for n in range(1, 4)
    }  # fmt: skip
    assert dits["Titre RS5000"].endswith("Certification expirée")
    assert dits["Titre RS5719"].endswith("Expire dans 38 jours")
    assert "xpire" not in dits["Titre RS6604"]


def test_a_formation_is_printed_with_its_actions_and_sessions_unfolded(client, base, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1", intitule="Clés en main"))
    planteur = AtelierArbre(base, gestionnaire)
    nantes = planteur.action(formation.id, numero="Nantes", frais_ttc="1200.50")
    planteur.session(nantes.id, numero="Mars", debut="2027-03-01", fin="2027-03-05")
    planteur.session(nantes.id, numero="Mai", debut="2027-05-03", fin="2027-05-07")
    planteur.action(formation.id, numero="Brest")
    page = client.get(client.get(f"/formations/{formation.id}").lien("Imprimer la formation"))
    assert page.h1 == "Clés en main"
    texte = page.texte("//main")
    assert f"{gestionnaire.organisme.nom} · imprimé le 28 novembre 2019" in texte
    for dit in (
        "Clea_1", "RS2203", "Action « Nantes »", "1 200,50 € TTC", "Mars", "du 1er mars 2027 au 5 mars 2027", "Mai",
        "du 3 mai 2027 au 7 mai 2027", "Action « Brest »", "Aucune session.", une_fiche().objectif,
    ):  # fmt: skip
        assert dit in texte
    # What nobody typed takes no place on a sheet.
    assert "Pas de donnée" not in texte


def test_what_is_archived_or_beyond_the_bounds_is_not_printed_and_is_counted(
    client, base, atelier, gestionnaire, monkeypatch
):
    monkeypatch.setattr(impression, "ACTIONS_IMPRIMEES", 2)
    monkeypatch.setattr(impression, "SESSIONS_IMPRIMEES", 1)
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    planteur = AtelierArbre(base, gestionnaire)
    actions = [planteur.action(formation.id, numero=f"A{n}") for n in range(3)]
    # Made at the same moment, they come in any order.
    for action in actions:
        for n in range(3):
            planteur.session(action.id, numero=f"S{n}", debut=f"2027-03-0{n + 1}")
        planteur.session(action.id, Statut.ARCHIVEE, numero="Rangée")
    texte = client.get(f"/formations/{formation.id}/imprimer").texte("//main")
    assert "et 2 autres sessions" in texte
    assert "et 1 autre action" in texte
    assert "Rangée" not in texte


def test_a_formation_of_another_organisation_is_not_printed(client_etranger, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="A_moi"))
    assert client_etranger.get(f"/formations/{formation.id}/imprimer", 404)


def test_each_printed_action_says_where_and_both_its_prices(client, base, atelier, gestionnaire):
    planteur = AtelierArbre(base, gestionnaire)
    formation = atelier.formation(gestionnaire)
    planteur.action(formation.id, numero="A1")
    texte = client.get(f"/formations/{formation.id}/imprimer").texte().replace("\xa0", " ").replace("\u202f", " ")
    assert "24 h · 1 000,00 € HT · 1 200,00 € TTC · Salle Garonne, 31000 Toulouse" in texte


def test_what_is_archived_is_not_counted_among_the_actions_that_are_not_printed(
    client, base, atelier, gestionnaire, monkeypatch
):
    monkeypatch.setattr(impression, "ACTIONS_IMPRIMEES", 2)
    planteur = AtelierArbre(base, gestionnaire)
    formation = atelier.formation(gestionnaire)
    actions = [
        planteur.action(formation.id, numero=f"A{n}", langue=langue)
        for n, langue in enumerate(("FR", "EN", "DE", "ES"))
    ]
    for reste, action in ((3, actions[3]), (2, actions[2])):
        planteur.archiver(action)
        texte = client.get(f"/formations/{formation.id}/imprimer").texte("//main").replace("\xa0", " ")
        # Made at the same moment, they come in any order: those that are printed and those that are not make them all.
        autres = re.search(r"et ([0-9]+) autres? actions?", texte)
        assert texte.count("Action «") + (int(autres[1]) if autres else 0) == reste


@pytest.mark.parametrize("suite", ["", "/imprimer"])
def test_who_reads_or_prints_a_formation_is_told_the_sources_of_its_certification(
    navigateur, atelier, gestionnaire, suite
):
    fiche = une_fiche(identifiant="Voltaire", certification="RS313", type_formation="certifiante")
    formation = atelier.formation(gestionnaire, fiche)
    lecteur = atelier.utilisateur(gestionnaire.organisme, role=Role.LECTEUR)
    page = navigateur(lecteur).get(f"/formations/{formation.id}{suite}")
    dit = page.texte("//p[@class='source']")
    assert dit == "Source : Fiche pratique « Créer une formation Cléa », V2 du 28/11/2019"
