"""« Importer un fichier EDOF »: sent, its encoding chosen, read object by object, confirmed, undone; and who may."""

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.builders import un_acte
from tests.web.lecture_html import plat
from webapp.domain.imports import TAILLE_MAX
from webapp.persistence import formations
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.persistence.tables_import import importation
from webapp.services.travail import Travailleur
from webapp.web.http import liens
from webapp.web.http.contexte import CLE_EXTENSION

EXEMPLE = (Path(__file__).parents[1] / "edof" / "exemple.xml").read_bytes()
MEME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def exemple(gestionnaire):
    """Our sample, of the organisation."""
    return re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + gestionnaire.organisme.siret.encode(), EXEMPLE)


@pytest.fixture
def envoyer(client):
    """Send a file as the form does, and give the page that follows."""

    def envoyer(octets, statut=200, nom="catalogue.xml", id=None):
        reponse = poster(client, octets, nom, id)
        if reponse.status_code == 303:
            return client.get(reponse.location, statut)
        assert reponse.status_code == statut
        return reponse

    return envoyer


def poster(client, octets, nom="catalogue.xml", id=None):
    donnees = {
        "csrf_token": client.jeton(),
        "import": str(id or uuid4()),
        "fichier": FileStorage(io.BytesIO(octets), nom),
    }
    # Written whole here: of a long body, the client of the tests would leave a file of its own open.
    borne, corps = encode_multipart(donnees)
    sorte = f"multipart/form-data; boundary={borne}"
    return client.demander("POST", liens.IMPORT_EDOF, data=corps, content_type=sorte, headers=MEME_SITE)


def annoncer(longueur):
    return {"CONTENT_LENGTH": str(longueur)}


def noms(base, personne):
    with base.lecture() as cnx:
        return [une.fiche.identifiant for une in formations.toutes(cnx, personne.organisme.id)]


def test_an_import_whose_file_has_been_forgotten_is_still_named_among_the_jobs(
    client, base, gestionnaire, envoyer, exemple
):
    envoyer(exemple)
    with base.ecriture() as cnx:
        cnx.execute(delete(importation).where(importation.c.organisme_id == gestionnaire.organisme.id))
    assert "Import d'un fichier EDOF" in client.get(liens.TACHES).texte()


def test_from_the_catalogue_a_file_is_read_confirmed_and_undone_without_scripts(
    client, base, gestionnaire, envoyer, exemple
):
    ici = client.get(client.get("/catalogue").lien("Importer un fichier EDOF"))
    assert client.get(liens.EDOF).lien("tâches") == liens.TACHES
    assert ici.tous(f"//form[@action='{liens.IMPORT_EDOF}']")
    assert client.get(liens.IMPORT_EDOF).h1 == "Importer un fichier EDOF"
    apercu = envoyer(exemple)
    assert "Rien n'est encore écrit" in apercu.texte()
    assert "À créer (16)" in apercu.texte()
    assert noms(base, gestionnaire) == []
    fait = client.submit(apercu, "Importer")
    [etat] = [plat(phrase) for phrase in fait.phrases() if "Demandée par" in phrase]
    assert etat.endswith(". 4 formations dans le fichier.")
    assert "Tout le fichier (16) Créées (16)" in fait.texte()
    assert "Actualiser la page" not in fait.texte()
    assert noms(base, gestionnaire) == ["CAP_1", "CLEA_1", "BILAN_1", "VAE_1"]
    defait = client.submit(fait, "Annuler cet import")
    assert "Terminée" in defait.texte()
    assert noms(base, gestionnaire) == []
    # What is no more is named, said to be removed, and leads nowhere.
    assert "VAE_1 Retirée : l'import l'avait créée." in defait.texte()
    assert [a.get("href") for a in defait.tous("//main//a") if "/formations/" in a.get("href")] == []


def test_a_file_that_changes_nothing_does_not_wait_to_be_launched(client, envoyer, exemple):
    client.submit(envoyer(exemple), "Importer")
    page = envoyer(exemple)
    assert "Rien ne changera." in page.texte()
    assert "Y renoncer" in page.commandes()
    assert "Importer" not in page.commandes()
    for vue in (page, client.get(liens.TACHES)):
        assert "Sans effet" in vue.texte()
        assert "À lancer" not in vue.texte()
    assert "0 élément" not in vue.texte()
    assert "Rien ne changera." in vue.texte()


def test_a_change_is_shown_before_and_after(client, envoyer, exemple):
    client.submit(envoyer(exemple), "Importer")
    page = envoyer(exemple.replace(b"Sur place", b"Au restaurant <b>voisin</b>".replace(b"<", b"&lt;"), 1))
    assert "À modifier (1)" in page.texte()
    modifiee = client.get(page.url + "?sort=modifie")
    assert "Sur place" in modifiee.texte()
    assert "Au restaurant <b>voisin</b>" in modifiee.texte()
    assert len(modifiee.tous("//ul[@class='edof-objets']/li")) == 1


def test_no_object_is_hidden_however_many_there_are(client, envoyer, exemple):
    debut, _, fin = exemple.partition(b"<session ")
    une, _, reste = fin.partition(b"</session>")
    plusieurs = b"".join(
        b"<session " + re.sub(rb'numero="S1"', f'numero="Z{n}"'.encode(), une, count=1) + b"</session>"
        for n in range(60)
    )  # fmt: skip
    page = envoyer(debut + b"<session " + une + b"</session>" + plusieurs + reste)
    page = suivre_la_tache(client, page)
    vus = page.tous("//ul[@class='edof-objets']/li")
    assert len(vus) == 50
    suite = client.get(page.lien("Suite"))
    assert len(suite.tous("//ul[@class='edof-objets']/li")) == 76 - 50
    assert "Z59" in page.texte() + suite.texte()


def suivre_la_tache(client, page):
    """Have what is left of a job done, as its own process would."""
    travailleur = Travailleur(client.application.extensions[CLE_EXTENSION].base, UUID(int=7))
    while travailleur.tour():
        pass
    return client.get(page.url)


def test_a_file_that_lies_about_its_encoding_is_told_and_read_right(client, base, gestionnaire, envoyer, exemple):
    page = envoyer(exemple.decode("iso-8859-1").encode())
    assert "se dit en ISO-8859-1, et est en UTF-8" in page.texte()
    assert noms(base, gestionnaire) == []
    lu = client.submit(page, "Le lire comme il est (UTF-8)")
    assert "À créer (16)" in lu.texte()
    assert "Ã" not in lu.texte()


def test_a_file_is_read_as_it_says_when_a_person_wants_it_so(client, envoyer, exemple):
    page = envoyer(exemple.decode("iso-8859-1").encode())
    lu = client.submit(page, "Le lire comme il le dit (ISO-8859-1)")
    assert "Comment lire ce fichier" not in lu.texte()
    assert "Ã" in lu.texte()


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "vide"),
        (b"numero;intitule\n", "pas du XML"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><lheo/>', "type de document"),
        (EXEMPLE[:5000], "abîmé ou incomplet"),
        (b"<lheo/>", "aucune formation"),
        (EXEMPLE, "d’un autre organisme"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(base, gestionnaire, envoyer, octets, dit):
    reponse = envoyer(octets, 422)
    assert dit.replace("’", "'") in reponse.text.replace("’", "'").replace("&#39;", "'")
    with base.lecture() as cnx:
        requete = "SELECT count(*) FROM tache WHERE organisme_id = ?"
        assert cnx.exec_driver_sql(requete, (gestionnaire.organisme.id.hex,)).scalar() == 0


def test_without_a_file_it_says_so(client):
    reponse = client.demander(
        "POST", liens.IMPORT_EDOF, data={"csrf_token": client.jeton()}, content_type="multipart/form-data",
        headers=MEME_SITE,
    )  # fmt: skip
    assert reponse.status_code == 422
    assert "Choisissez un fichier." in reponse.text


def test_that_address_alone_takes_long_bodies_and_has_a_limit(client, envoyer, exemple):
    long = exemple.replace(b"<offres>", b"<offres><!--" + b"x" * 1_000_000 + b"-->")
    assert "À créer (16)" in envoyer(long).texte()
    trop = client.demander("POST", liens.IMPORT_EDOF, headers=MEME_SITE, environ_overrides=annoncer(TAILLE_MAX + 1))
    assert trop.status_code == 413
    assert "32" in trop.text
    ailleurs = client.demander("POST", "/organisme", headers=MEME_SITE, environ_overrides=annoncer(600_000))
    assert ailleurs.status_code == 413


def test_what_differs_by_blanks_alone_is_said_to(client, envoyer, exemple):
    client.submit(envoyer(exemple), "Importer")
    dit = "Seuls des espaces ou des retours à la ligne changent."
    assert dit in envoyer(exemple.replace(b"Sur place", b"Sur  place", 1)).texte()
    assert dit not in envoyer(exemple.replace(b"Sur place", b"Ailleurs", 1)).texte()


def latin_1(octets):
    return octets


def dit_latin_1(octets):
    return octets.decode("iso-8859-1").encode()


@pytest.mark.parametrize("ecrit", [latin_1, dit_latin_1])
def test_sent_twice_by_one_form_it_is_kept_once(client, envoyer, exemple, ecrit):
    """A file that says one encoding and is in another waits for an answer, and is kept once too."""
    id_ = uuid4()
    premier = envoyer(ecrit(exemple), id=id_)
    second = envoyer(ecrit(exemple), id=id_)
    assert premier.url == second.url
    if ecrit is dit_latin_1:
        second = client.submit(second, "Le lire comme il est (UTF-8)")
    assert client.submit(second, "Importer").url == premier.url


def expirer(base, page):
    """Have the time of a file over, and give its job."""
    hier = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="microseconds")
    tache = page.url.rsplit("/", 1)[1].replace("-", "")
    with base.ecriture() as cnx:
        cnx.exec_driver_sql("UPDATE edof_import SET expire_le = ? WHERE tache_id = ?", (hier, tache))
    return tache


def test_a_file_that_nobody_has_said_how_to_read_is_kept_no_more(client, base, envoyer, exemple):
    page = envoyer(dit_latin_1(exemple))
    expirer(base, page)
    assert "n'est plus gardé" in client.page_postee(f"{page.url}/encodage", {"lu_en": "reel"}, 410).texte()


def test_what_comes_back_is_said_of_what_is_taken_alone(client, envoyer, exemple):
    """Neither of a file that is refused whole, nor of one whose preview was stopped, nor once undone."""
    page = envoyer(exemple)
    dit = "Rien n'est perdu de ce que dit le fichier : à l'export, ce qui est validé, et que le fichier peut porter, "
    assert dit in page.texte()
    une_refusee = exemple.replace(b'numero="A1"', b'numero=""', 1)
    assert "Rien n'est perdu de ce que dit le fichier et qui n'est pas refusé : " in envoyer(une_refusee).texte()
    assert "à l'export" not in envoyer(re.sub(rb' numero="[^"]*"', b' numero=""', exemple)).texte()
    assert "à l'export" not in client.submit(page, "Y renoncer").texte()
    fait = client.submit(envoyer(exemple), "Importer")
    assert "à l'export" in fait.texte()
    client.submit(fait, "Annuler cet import")
    annule = client.get(fait.url)
    assert "à l'export" not in annule.texte()
    assert annule.lien("Cet import a été annulé")


def vers_les_objets(page):
    """The addresses of objects to which the objects of a file lead."""
    return [a.get("href") for a in page.tous("//ul[@class='edof-objets']//h2/a")]


def test_what_is_no_more_is_named_and_leads_nowhere(client, base, gestionnaire, envoyer, exemple):
    fait = client.submit(envoyer(exemple), "Importer")
    assert len(vers_les_objets(fait)) == 16
    assert {client.demander("GET", adresse).status_code for adresse in vers_les_objets(fait)} == {200}
    # Somebody removes one.
    with base.ecriture() as cnx:
        (une, *_) = formations.toutes(cnx, gestionnaire.organisme.id)
        SESSIONS.retirer_de_la_formation(cnx, gestionnaire.organisme.id, une.id)
        ACTIONS.retirer_de_la_formation(cnx, gestionnaire.organisme.id, une.id)
        formations.retirer(cnx, une)
    restent = vers_les_objets(client.get(fait.url))
    assert 0 < len(restent) < 16
    assert {client.demander("GET", adresse).status_code for adresse in restent} == {200}
    client.submit(client.get(fait.url), "Annuler cet import")
    annule = client.get(fait.url)
    assert "Formation VAE_1" in annule.texte()
    assert vers_les_objets(annule) == []


def test_an_import_that_was_stopped_says_that_nothing_came_in(client, base, gestionnaire, envoyer, exemple):
    client.submit(envoyer(exemple), "Importer")
    autre = exemple.replace(b"Sur place", b"Au restaurant", 1).replace(b'numero="VAE_1"', b'numero="VAE_2"', 1)
    apercu = envoyer(autre)
    arrete = client.submit(apercu, "Y renoncer")
    assert "Rien n'est importé : le catalogue n'a pas changé." in arrete.texte()
    badges = {plat(b.text_content()) for b in arrete.tous("//ul[@class='edof-objets']//h2/span")}
    assert badges <= {"Non créée", "Non modifiée", "Inchangée", "Refusée"}
    assert {"Non créée", "Non modifiée"} & badges
    assert "Non modifiées (1)" in arrete.texte()
    assert "À modifier" not in arrete.texte()


def test_an_undoing_that_left_all_as_it_was_is_not_said_to_have_undone(client, base, gestionnaire, envoyer, exemple):
    une = re.sub(rb"</formation>.*</formation>", b"</formation>", exemple, flags=re.DOTALL)
    une = re.sub(rb"<action .*</action>", b"", une, flags=re.DOTALL)
    fait = client.submit(envoyer(une), "Importer")
    with base.ecriture() as cnx:
        (formation,) = formations.toutes(cnx, gestionnaire.organisme.id)
        formations.remplacer(cnx, formation, formation.archiver(un_acte()))
    client.submit(client.get(fait.url), "Annuler cet import")
    assert client.get(fait.url).lien("Rien n'a été annulé : 1 changement laissé tel quel")


def test_a_file_that_nobody_confirms_is_kept_no_more(client, base, envoyer, exemple):
    page = envoyer(exemple)
    tache = expirer(base, page)
    assert "n'est plus gardé" in client.get(page.url, 410).texte()
    refus = client.poster(f"/taches/{page.url.rsplit('/', 1)[1]}/lancement")
    assert refus.status_code == 409
    envoyer(exemple)
    with base.lecture() as cnx:
        requete = "SELECT count(*) FROM tache WHERE id = ?"
        assert cnx.exec_driver_sql(requete, (tache,)).scalar() == 0


def test_a_reader_imports_nothing_and_another_organisation_sees_nothing(
    client_lecteur, client_etranger, base, gestionnaire, envoyer, client, exemple
):
    page = envoyer(exemple)
    assert "Importer" not in client_lecteur.get(page.url).commandes()
    assert client_lecteur.get(liens.IMPORT_EDOF, 403).h1 == "Accès refusé"
    assert poster(client_lecteur, exemple).status_code == 403
    assert "Importer" not in client_lecteur.get("/catalogue/edof").texte()
    client_etranger.get(page.url, 404)
    assert noms(base, gestionnaire) == []


def test_the_list_of_jobs_leads_to_it(client, envoyer, exemple):
    page = envoyer(exemple)
    id_ = page.url.rsplit("/", 1)[1]
    assert client.get("/taches").texte("(//h2)[1]") == page.h1
    client.submit(client.submit(page, "Importer"), "Annuler cet import")
    assert client.get("/taches").texte("(//h2)[1]") == f"Annulation de « {page.h1} »"
    assert client.get("/taches").texte("(//h2)[2]") == page.h1
    assert client.demander("GET", f"/taches/{id_}").location == liens.IMPORT_EDOF + "/" + id_


def test_an_import_that_somebody_gives_up_meanwhile_is_not_told_as_a_success(client, envoyer, exemple):
    apercu = envoyer(exemple)
    url = apercu.url
    client.submit(apercu, "Y renoncer")
    suivi = client.demander("GET", url, headers={"HX-Request": "true"})
    assert suivi.status_code == 200
    dit = plat(suivi.text)
    assert "La tâche est interrompue." in dit
    assert "La tâche est finie." not in dit
