"""« Mon organisme »: what it says, where it works, and what that changes for a session."""


def test_it_says_the_name_and_the_siret_of_the_organisation(client, gestionnaire):
    page = client.get(client.get("/catalogue").lien(gestionnaire.organisme.nom))
    assert page.h1 == "Mon organisme"
    assert gestionnaire.organisme.siret in page.texte("//dl")
    assert page.tous("//input[@id='alsace_moselle' and not(@checked)]")


def test_the_holidays_of_alsace_and_moselle_are_chosen_and_given_up(client):
    for coche, dit in (("oui", "le Vendredi saint et le 26 décembre"), ("", "les jours fériés de toute la France")):
        page = client.get("/organisme")
        donnees = {"csrf_token": client.jeton()} | ({"alsace_moselle": coche} if coche else {})
        assert client.poster("/organisme", donnees).status_code == 303
        page = client.get("/organisme")
        assert dit in page.succes[0]
        assert bool(page.tous("//input[@id='alsace_moselle' and @checked]")) is bool(coche)


def test_a_reader_reads_it(client_lecteur):
    page = client_lecteur.get("/organisme")
    assert "Ceux de toute la France" in page.texte("//dl")
    assert page.commandes() == []
