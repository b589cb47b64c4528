"""« Imprimer »: all that the filters choose, in one page; bounded, and it says so."""

from tests.builders import une_fiche
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
