"""« Ce qu'un import a conservé »: read on the page of its object, kept no more by who manages the catalogue."""

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.champs import Niveau
from webapp.domain.imports import Trace
from webapp.persistence import traces_edof
from webapp.services import arbre, catalogue

SECTION = '//section[@aria-label="Ce qu’un import a conservé"]'
GARDE = '<extra info="garde">☃ œ</extra>'
SIMPLE = '<extra info="simple"><b>Un &lt;b&gt;</b></extra>'


@pytest.fixture
def exporteur(base, gestionnaire):
    return AtelierExports(base, AtelierArbre(base, gestionnaire))


@pytest.fixture
def une(exporteur):
    return exporteur.publiable("Une")


@pytest.fixture
def garder(exporteur, une):
    """Have the formation, its action or its session keep pieces; give its address."""
    formation, action = une
    with exporteur.base.lecture() as cnx:
        (session,) = arbre.sessions_de(cnx, exporteur.arbre.organisme, action.id)
    objets = {Niveau.FORMATION: formation, Niveau.ACTION: action, Niveau.SESSION: session}

    def garder(niveau, *xmls):
        objet = objets[niveau]
        restes = tuple((niveau.value, "", xml) for xml in xmls)
        trace = Trace(objet.version, 0, "20200101", "20200102", restes)
        with exporteur.base.ecriture() as cnx:
            traces_edof.poser(cnx, exporteur.arbre.organisme.id, [(niveau, objet.id, formation.id, trace)], ())
        return f"/{niveau.value}s/{objet.id}"

    return garder


NIVEAUX = [Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION]


@pytest.mark.parametrize("niveau", NIVEAUX)
def test_each_piece_is_read_then_kept_no_more_once_confirmed(client, garder, niveau):
    adresse = garder(niveau, SIMPLE, GARDE)
    page = client.get(adresse)
    assert page.texte(f"{SECTION}//summary") == "Ce qu'un import a conservé : 2 informations"
    assert [dt.text for dt in page.tous(f"{SECTION}//dt")] == ["simple", "garde"]
    assert "Un <b>" in page.texte(f"{SECTION}//dd[1]")
    assert "Dans le fichier : " in page.texte(f"{SECTION}//dd[1]")
    # What keeps the offer out is not folded away.
    assert page.tous(f"{SECTION}/details[@open]")
    lien = next(a for a in page.tous(f"{SECTION}//a") if "garde" in a.text_content())
    question = client.get(lien.get("href"))
    assert question.h1 == "Ne plus conserver « garde » ?"
    page = client.submit(question, "Ne plus conserver")
    assert page.succes == ["« garde » n'est plus conservé : l'export ne l'écrira plus."]
    assert [dt.text for dt in page.tous(f"{SECTION}//dt")] == ["simple"]
    assert not page.tous(f"{SECTION}/details[@open]")
    # Asked again from another tab, or sent twice: nothing else goes.
    assert client.get(lien.get("href")).alertes == ["Cette information n'était déjà plus conservée."]
    assert client.submit(question, "Ne plus conserver").alertes == ["Cette information n'était déjà plus conservée."]
    page = client.get(adresse)
    assert [dt.text for dt in page.tous(f"{SECTION}//dt")] == ["simple"]


@pytest.mark.parametrize("niveau", NIVEAUX)
def test_a_reader_reads_and_removes_nothing(client, client_lecteur, garder, niveau):
    adresse = garder(niveau, SIMPLE)
    page = client_lecteur.get(adresse)
    assert [dt.text for dt in page.tous(f"{SECTION}//dt")] == ["simple"]
    assert not page.tous(f"{SECTION}//a")
    lien = client.get(adresse).tous(f"{SECTION}//a")[0].get("href")
    assert client_lecteur.demander("GET", lien).status_code == 403


@pytest.mark.parametrize("niveau", NIVEAUX)
def test_an_object_that_keeps_nothing_says_nothing(client, garder, niveau):
    adresse = garder(niveau)
    assert not client.get(adresse).tous(SECTION)


@pytest.mark.parametrize("niveau", NIVEAUX)
def test_what_is_archived_shows_what_it_keeps_and_lets_nothing_go(client, exporteur, une, garder, niveau):
    adresse = garder(niveau, SIMPLE)
    lien = client.get(adresse).tous(f"{SECTION}//a")[0].get("href")
    question = client.get(lien)
    with exporteur.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, exporteur.arbre.organisme, une[0].id)
        catalogue.archiver(cnx, exporteur.arbre.acte, lue.id, lue.version)
    page = client.get(adresse)
    assert [dt.text for dt in page.tous(f"{SECTION}//dt")] == ["simple"]
    assert not page.tous(f"{SECTION}//a")
    assert client.submit(question, "Ne plus conserver").alertes
    assert [dt.text for dt in client.get(adresse).tous(f"{SECTION}//dt")] == ["simple"]


def test_the_reason_of_an_export_leads_to_the_piece(client, exporteur, garder):
    for niveau in NIVEAUX:
        garder(niveau, GARDE)
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    liens = [a.get("href") for a in page.tous("//*[@class='ecartees']//li//li//a")]
    assert liens
    assert all(lien.endswith("#conserve") for lien in liens)
    for lien in liens:
        assert client.get(lien).tous(f"{SECTION}//*[@id='conserve']")
