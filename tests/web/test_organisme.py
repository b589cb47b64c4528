"""« Mon organisme »: what it says, where it works, and what that changes for a session."""

import pytest

from tests.web.matrice import LISTES


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


# ------------------------------------------------------------------ habilitations

ENTETE = "Code certification;Etat de l'habilitation;Date début habilitation;Date fin habilitation"


def envoyer(client, texte, nom="liste.csv"):
    """Send a file, as the form of the page does: a client reduced to texts has none to send."""
    parties = (
        ('name="csrf_token"', client.jeton()),
        (f'name="liste"; filename="{nom}"\r\nContent-Type: text/csv', texte),
    )
    corps = "".join(f"--FIN\r\nContent-Disposition: form-data; {tete}\r\n\r\n{dit}\r\n" for tete, dit in parties)
    return client.demander(
        "POST", "/organisme/habilitations", data=f"{corps}--FIN--\r\n".encode("cp1252"),
        content_type="multipart/form-data; boundary=FIN",
    )  # fmt: skip


def deposee(client, *lignes):
    reponse = envoyer(client, "\n".join((ENTETE, *lignes)))
    assert reponse.status_code == 303
    return reponse.headers["Location"]


def test_a_list_is_looked_at_then_imported_and_said(client, gestionnaire):
    assert "Aucune liste importée" in client.get("/organisme").texte("//main//section")
    adresse = deposee(client, "RS2203;Active;01/01/2019;31/12/2027", "RS;x;;")
    page = client.get(adresse)
    assert page.h1 == "Importer cette liste ?"
    dit = page.texte("//main//section")
    assert "Nouvelle RS2203" in dit
    assert "jusqu'au 31 décembre 2027" in dit
    assert "Ligne 3" in dit
    assert "Aucune liste importée" in client.get("/organisme").texte("//main//section")
    assert client.submit(page, "Importer cette liste").url == "/organisme"
    dit = client.get("/organisme").texte("//main//section")
    assert "1 certification" in dit
    assert f"par {gestionnaire.nom}" in dit
    # Looked at again, it is the one that counts.
    assert not client.get(adresse).tous("//form[contains(@action, '/habilitations/')]")


def test_the_next_list_says_what_it_changes(client):
    client.submit(client.get(deposee(client, "RS2203;Active;;", "RS313;Active;;")), "Importer cette liste")
    page = client.get(deposee(client, "RS313;Inactive;;", "RS7003;Active;;"))
    dit = page.texte("//main//section")
    assert "1 nouvelle, 1 changée, 1 retirée, 0 inchangée" in dit
    assert "Changée RS313 Inactive, sans date de fin (avant : Active, sans date de fin)" in dit


def test_what_a_line_that_cannot_be_read_keeps_is_said_before_and_after(client):
    client.submit(client.get(deposee(client, "RS2203;Active;;", "RS6604;Inactive;;")), "Importer cette liste")
    page = client.get(deposee(client, "RS2203;Active;;", "RS6604;Active;bientôt;"))
    garde = "Ligne 3 : RS6604 : « bientôt » n'est pas une date. Ce que vous aviez pour ce code est gardé."
    dit = page.texte("//main//section")
    assert "Retirée" not in dit
    assert "Inchangée RS6604 Inactive, sans date de fin" in dit
    assert garde in dit
    client.submit(page, "Importer cette liste")
    dit = client.get("/organisme").texte("//main//section")
    assert "2 certifications" in dit
    assert garde in dit


def test_what_somebody_else_imported_meanwhile_is_shown_before_it_is_replaced(
    client, navigateur, atelier, gestionnaire
):
    page = client.get(deposee(client, "RS2203;Active;;"))
    collegue = navigateur(atelier.utilisateur(gestionnaire.organisme))
    collegue.submit(collegue.get(deposee(collegue, "RS313;Active;;")), "Importer cette liste")
    page = client.submit(page, "Importer cette liste", 409)
    assert "Une autre liste a été importée depuis" in page.texte("//main")
    assert client.submit(page, "Importer cette liste").url == "/organisme"
    client.get("/organisme")


@pytest.mark.parametrize(
    ("texte", "nom", "statut", "dit"),
    [
        ("", "", 422, "Choisissez le fichier CSV"),
        ("", "vide.csv", 422, "Ce fichier est vide."),
        ("a;b", "autre.csv", 422, "n’est pas la liste des habilitations"),
        ("x" * 450_000, "gros.csv", 422, "dépasse 400 ko"),
        ("x" * 600_000, "enorme.csv", 413, "dépasse 400 ko"),
        (ENTETE, "12345678200010_AU_01012027.csv", 422, "12345678200010"),
    ],
)
def test_what_is_no_list_is_told_a_cote_the_field(client, texte, nom, statut, dit):
    reponse = envoyer(client, texte, nom)
    assert reponse.status_code == statut
    assert reponse.text.count('aria-invalid="true"') == 1
    a_cote = reponse.text.partition('id="etat-liste"')[2].partition("</div>")[0]
    assert dit in a_cote.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("route", LISTES, ids=str)
def test_only_who_manages_the_catalogue_of_that_organisation_has_its_lists(
    client, client_lecteur, visiteur, client_etranger, route
):
    adresse = route.regle.replace("/organisme/habilitations/<uuid:liste>", deposee(client, "RS2203;Active;;"))
    for autre, refus in ((visiteur, {401, 303}), (client_lecteur, {403}), (client_etranger, {404})):
        if autre is client_etranger and "<" not in route.regle:
            continue
        corps = {"csrf_token": autre.jeton()} if route.ecrit else None
        reponse = autre.demander(route.methode, adresse, data=corps)
        assert reponse.status_code in refus, (route, reponse.status)
        assert "RS2203" not in reponse.text
    client.get(adresse)


def test_a_reader_sees_the_list_and_imports_nothing(client, client_lecteur):
    adresse = deposee(client, "RS2203;Active;;")
    client.submit(client.get(adresse), "Importer cette liste")
    assert "1 certification" in client_lecteur.get("/organisme").texte("//main//section")
    client_lecteur.get(adresse, statut=403)
