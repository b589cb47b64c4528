"""« Fichier EDOF »: asked for, read, accepted, taken, told; what changes; what the portal answers; who may."""

import re
from uuid import UUID, uuid4

import pytest
from lxml import etree

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from tests.web.comparaison import assert_same, masquer
from tests.web.lecture_html import plat
from tests.web.matrice import EXPORTS
from webapp.domain.champs import Niveau
from webapp.domain.comptes_rendus import LIGNES_MAX
from webapp.domain.exports import COMPTE_RENDU_MAX, Endroit, Quoi, Signe
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import EtatTache
from webapp.domain.textes import dire
from webapp.edof.lecture import formations
from webapp.persistence import exports_edof
from webapp.services import catalogue, changements_edof, exportation
from webapp.web.edof_montre import signes_montres
from webapp.web.http import liens


@pytest.fixture
def exporteur(base, gestionnaire):
    return AtelierExports(base, AtelierArbre(base, gestionnaire))


@pytest.fixture
def par_les_taches(monkeypatch):
    """No answer does an export by itself."""
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)


def exporter(client):
    """Ask for the whole catalogue, and have its file made, by the screens alone."""
    page = client.get(client.get("/catalogue").lien("Exporter pour EDOF"))
    page = client.submit(page, "Voir ce qui sortira")
    voulu = next(nom for nom in page.commandes() if nom.endswith("aire le fichier"))
    return client.submit(page, voulu)


def telecharger(client, page):
    reponse = client.demander("GET", page.lien("Télécharger le fichier"))
    assert reponse.status_code == 200
    return reponse


def test_a_file_is_made_without_scripts_and_taken(client, exporteur):
    exporteur.publiable("Une", 2)
    sans = exporteur.formation()
    page = client.get("/catalogue/edof")
    assert (page.h1, "Aucun fichier n'a encore été fait." in page.texte()) == ("Fichier EDOF", True)
    page = client.submit(page, "Voir ce qui sortira")
    assert page.h1 == "Exporter pour EDOF : tout le catalogue"
    assert "1 formation, 1 action, 2 sessions." in page.texte()
    assert "Ce qui reste hors du fichier : 1" in page.texte()
    assert "v5r2" in page.texte()
    assert "Télécharger le fichier" not in page.commandes()
    assert any(a.get("href") == f"/formations/{sans.id}" for a in page.tous("//main//a"))
    page = client.submit(page, "Faire le fichier")
    reponse = telecharger(client, page)
    assert reponse.content_type == "application/xml; charset=ISO-8859-1"
    assert re.fullmatch(r'attachment; filename="edof-\d{8}-\d{4}\.xml"', reponse.headers["Content-Disposition"])
    assert int(reponse.headers["Content-Length"]) == len(reponse.data)
    assert [e.get("numero") for e in formations(etree.fromstring(reponse.data))] == ["Une"]
    assert client.get("/catalogue/edof").lien("Exporter pour EDOF : tout le catalogue") == page.url


def test_characters_are_shown_once_accepted_and_kept_in_the_report(client, exporteur):
    formation, _ = exporteur.publiable("Coeur", objectif="Le cœur \u2013 et l\u2019œuvre.")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    signes = page.tous("//*[@class='signes']/li")
    assert [" ".join(li.find("p").itertext()).split("U+")[0].split() for li in signes]
    textes = page.texte("//*[@class='signes']")
    assert textes.count("U+0153") == 1
    assert "U+0153, œ minuscule, e dans l'o, 2 fois" in textes
    assert f"/formations/{formation.id}#objectif" in {a.get("href") for a in page.tous("//*[@class='signes']//a")}
    refus = client.page_postee(f"{page.url}/fichier", {"accepte": "non"}, 409)
    assert "Acceptez les remplacements" in refus.texte()
    page = client.submit(page, "Accepter ces remplacements et faire le fichier")
    assert "Le coeur - et l'oeuvre.".encode("iso-8859-1") in telecharger(client, page).data
    assert "Caractères remplacés" in page.texte()
    assert "Acceptés par Camille Martin" in page.texte()
    # Accepted once for all: the next is made without asking.
    assert "Faire le fichier" in client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira").commandes()


def test_each_reason_leads_to_the_field_where_it_is_corrected(client, exporteur):
    formation, action = exporteur.publiable("Une")
    exporteur.arbre.session(action.id, numero="Brouillon", debut="2027-09-01", fin="")
    perdue, _ = exporteur.publiable("Perdue", objectif="Bravo \U0001f600 à tous.")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    liens = {a.get("href") for a in page.tous("//main//section//a")}
    assert f"/formations/{perdue.id}#objectif" in liens
    assert any(lien.startswith("/sessions/") and lien.endswith("#fin") for lien in liens)
    assert "U+1F600" in page.texte()
    for lien in liens:
        assert client.demander("GET", lien.partition("#")[0]).status_code == 200, lien
    assert formation.id != perdue.id


def test_a_formation_without_actions_leads_to_where_one_is_made(client, exporteur):
    sans = exporteur.formation()
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    (manque,) = [li for li in page.tous("//main//li//li") if "Aucune action de formation" in plat(li.text_content())]
    assert [a.get("href") for a in manque.findall(".//a")] == [f"/formations/{sans.id}"]
    assert "Créer une action" in client.get(f"/formations/{sans.id}").texte()


def test_a_certification_that_has_ended_is_named_and_led_to(client, exporteur):
    """What is attached to a formation is no field that is typed: it has a name and an address of its own."""
    formation, _ = exporteur.publiable("Une")
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    dits = {a.get("href"): a.text_content() for a in page.tous("//main//section//a")}
    assert dits[f"/formations/{formation.id}#certification"] == "Certification préparée"


@pytest.mark.parametrize(
    ("partielles", "titre"),
    [(False, "Ce qui reste hors du fichier"), (True, "Ce qui reste hors d'une formation qui sort")],
)
def test_what_stays_out_is_read_page_by_page(client, exporteur, monkeypatch, partielles, titre):
    """Whole formations, or what of them does not go out with them: each has its own pages."""
    monkeypatch.setattr(exportation, "ECARTEES_PAR_PAGE", 6)
    _, action = exporteur.publiable("Partielle")
    exporteur.arbre.session(action.id, numero="Brouillon", debut="2027-09-01", fin="")
    exporteur.formation(intitule="Sans action")
    for rang in range(11):
        if partielles:
            _, action = exporteur.publiable(f"Partielle_{rang}")
            exporteur.arbre.session(action.id, numero="Brouillon", debut="2027-09-01", fin="")
        else:
            exporteur.formation(intitule="Sans action")
    tache = exporteur.demander()
    page = client.get(f"/catalogue/edof/{tache.id}")
    page = client.get(page.lien(f"Voir les 12 : {titre}"))
    vues = []
    for _ in range(2):
        assert plat(page.h1) == f"{titre} : 12"
        assert len(page.tous("//*[@class='ecartees']/li")) == 6
        vues += [page.texte(f"(//*[@class='ecartees']/li)[{rang}]") for rang in range(1, 7)]
        if "Formations suivantes" in page.commandes():
            page = client.get(page.lien("Formations suivantes"))
    assert len(set(vues)) == 12
    assert all(("Partielle" if partielles else "Sans action") in vue for vue in vues)
    assert "Formations suivantes" not in page.commandes()
    for apres in ("-1", "x", "9" * 12):
        assert client.get(f"/catalogue/edof/{tache.id}/ecartees?apres={apres}&quoi=rien").h1


def test_the_progress_is_followed_until_the_end(client, exporteur, par_les_taches):
    exporteur.publiable("Une")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    assert page.texte("//*[@id='progression-dite']") == "En attente de son tour : 1 formation à examiner."
    guet = page.par_id("guet")
    assert (guet.get("hx-get"), guet.get("hx-trigger")) == (page.url, "every 1s")
    exporteur.travailler()
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    assert page.succes == ["L'aperçu est prêt."]
    assert_same(page, client.get(page.url), ("//*[@id='tache']",))
    page = client.submit(client.get(page.url), "Faire le fichier")
    exporteur.travailler()
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    assert page.succes == ["Le fichier est prêt."]
    assert not page.a("guet")
    telecharger(client, page)


def test_what_the_file_holds_otherwise_than_what_was_read_is_said_first(client, exporteur, par_les_taches):
    exporteur.publiable("Reste")
    (une, _), (partie, _) = exporteur.publiable("P1"), exporteur.publiable("P2")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    exporteur.travailler()
    with exporteur.base.ecriture() as cnx:
        envoi = Envoi(une.id, une.version, une.fiche.avec(intitule="Clé 𝄞"))
        catalogue.soumettre(cnx, exporteur.arbre.acte, envoi, Operation.VALIDER)
        archivee = catalogue.archiver(cnx, exporteur.arbre.acte, partie.id, partie.version)
        catalogue.supprimer(cnx, exporteur.arbre.acte, partie.id, archivee.version)
    page = client.submit(client.get(page.url), "Faire le fichier")
    exporteur.travailler()
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    change = "Ce qui sort a changé depuis l'aperçu : 2 formations ne sortent plus."
    assert page.succes == [f"Le fichier est prêt. {change}"]
    assert_same(page, client.get(page.url), ("//*[@id='tache']",))
    section = "//section[@aria-labelledby='depuis-l-apercu']"
    assert change in page.texte(section)
    assert "P2 : Compétences Cléa - expression orale Supprimée depuis." in page.texte(section)
    assert "« 𝄞 »" in page.texte(section)
    liens = [a.get("href") for a in page.tous(f"{section}//a")]
    assert liens == [f"/formations/{une.id}", f"/formations/{une.id}#intitule"]


@pytest.mark.parametrize("comment", ["arrêté", "rien à écrire"])
def test_an_export_that_ends_without_a_file_is_not_told_as_a_success(client, exporteur, par_les_taches, comment):
    formation, _ = exporteur.publiable("Une")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    tache = UUID(page.url.rsplit("/", 1)[1])
    exporteur.travailler()
    page = client.submit(client.get(page.url), "Faire le fichier")
    with exporteur.base.ecriture() as cnx:
        if comment == "arrêté":
            exportation.arreter(cnx, exporteur.arbre.acte, tache)
        else:
            catalogue.archiver(cnx, exporteur.arbre.acte, formation.id, formation.version)
    exporteur.travailler()
    page = client.swap(page, client.htmx(page, page.par_id("guet")))
    assert (page.succes, page.alertes) == ([], ["L'export est interrompu : il n'y a pas de fichier."])
    assert "Interrompue" in page.texte("//*[@id='tache']")
    assert not page.a("guet")


def test_an_export_is_stopped_and_listed_among_the_jobs(client, exporteur, par_les_taches):
    exporteur.publiable("Une")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    taches = client.get("/taches")
    assert client.get(taches.lien(page.h1)).url == page.url
    # What is asked of other jobs is not asked of an export.
    exporteur.travailler()
    tache = page.url.rsplit("/", 1)[1]
    for geste in ("lancement", "annulation"):
        client.page_postee(f"/taches/{tache}/{geste}", {}, 409)
    page = client.submit(client.get(page.url), "Y renoncer")
    assert "Interrompue" in page.texte("//*[@id='tache']")
    assert client.demander("GET", f"{page.url}/fichier").status_code == 409


def test_a_selection_is_chosen_in_the_catalogue(client, exporteur):
    (une, _), _ = exporteur.publiable("Une"), exporteur.publiable("Deux")
    page = client.get("/catalogue/choix")
    refus = client.submit(page, "Exporter pour EDOF")
    assert "La sélection" not in refus.texte()
    page.par_id(f"choisie-{une.id}").set("checked", "")
    page = client.submit(page, "Exporter pour EDOF")
    assert "La sélection : 1 formation" in page.texte()
    page = client.submit(client.submit(page, "Voir ce qui sortira"), "Faire le fichier")
    assert [e.get("numero") for e in formations(etree.fromstring(telecharger(client, page).data))] == ["Une"]


def test_a_choice_of_nothing_is_refused_beside_the_button(client, exporteur):
    exporteur.publiable("Une")
    for champs in ({"quoi": "choix"}, {"quoi": "choix", "choix": str(uuid4())}, {"quoi": "change"}):
        page = client.page_postee("/catalogue/edof", champs, 422)
        assert page.tous("//main//*[@role='alert']")


def test_a_file_is_marked_as_given_and_can_be_unmarked(client, exporteur):
    exporteur.publiable("Une")
    page = exporter(client)
    assert "Seulement ce qui a changé" not in client.get("/catalogue/edof").texte()
    page = client.submit(page, "Marquer comme déposé sur EDOF")
    assert page.succes == ["C'est noté : ce fichier a été déposé sur EDOF."]
    assert "noté par Camille Martin" in page.texte()
    assert "Seulement ce qui a changé" in client.get("/catalogue/edof").texte()
    page = client.submit(page, "Il n'a pas été déposé")
    assert "Marquer comme déposé sur EDOF" in page.commandes()


def test_what_will_change_is_said_action_by_action(client, exporteur):
    assert "Aucun fichier n'est marqué" in client.get("/catalogue/edof/changements").texte()
    formation, action = exporteur.publiable("Une")
    page = client.submit(exporter(client), "Marquer comme déposé sur EDOF")
    page = client.get(client.get("/catalogue/edof").lien("Ce qui changera sur EDOF"))
    assert "Rien n'a changé depuis." in page.texte()
    exporteur.publiable("Neuve")
    exporteur.arbre.session(action.id, Statut.VALIDEE, numero="Z", debut="2027-09-01", fin="2027-09-02")
    action = exporteur.arbre.relire(action)
    exporteur.arbre.soumettre(
        action.fiche.avec(frais_ht="1500", frais_ttc="1800", transport="Tram 1.", rythmes="1\n5"), formation.id,
        Operation.VALIDER, action.id, action.version,
    )  # fmt: skip
    page = client.get("/catalogue/edof/changements")
    texte = page.texte()
    assert "Nouvelle sur EDOF." in texte
    assert "Action « A1 » : Transport" in texte.replace("Transports", "Transport")
    assert "→" in texte
    assert "« 1 200,00 € » → « 1 800,00 € »" in texte
    assert "Rythme : « En journée » → « En journée, Temps plein »" in texte
    assert "Action « A1 », session « Z » : nouvelle session." in texte


def test_what_the_portal_has_and_the_catalogue_no_longer_does_says_what_has_become_of_it(client, exporteur):
    archivee, supprimee, renommee, sans = (exporteur.publiable(nom)[0] for nom in ("Arc", "Eff", "Ren", "San"))
    client.submit(exporter(client), "Marquer comme déposé sur EDOF")
    with exporteur.base.ecriture() as cnx:
        for une in (archivee, supprimee):
            catalogue.archiver(cnx, exporteur.arbre.acte, une.id, une.version)
        partie = catalogue.ouvrir(cnx, exporteur.arbre.organisme, supprimee.id)
        catalogue.supprimer(cnx, exporteur.arbre.acte, partie.id, partie.version)
    for une, identifiant in ((renommee, "Neuf"), (sans, "")):
        envoi = Envoi(une.id, une.version, une.fiche.avec(identifiant=identifiant))
        with exporteur.base.ecriture() as cnx:
            catalogue.soumettre(cnx, exporteur.arbre.acte, envoi, Operation.ENREGISTRER)
    page = client.get("/catalogue/edof/changements")
    dits = {
        page.texte(f"(//article)[{rang}]/h2"): page.texte(f"(//article)[{rang}]/p") for rang in range(1, 5)
    }  # fmt: skip
    titre = archivee.fiche.intitule
    assert dits == {
        f"Arc : {titre}": "A été archivée ici : elle ne sera plus dans le fichier.",
        f"Eff : {titre}": "N'est plus dans le catalogue : elle y a été supprimée.",
        f"Ren : {titre}": "Porte maintenant l'identifiant « Neuf » : sous celui-ci, elle ne sera plus dans le fichier.",
        f"San : {titre}": "N'a plus d'identifiant : elle ne sera plus dans le fichier.",
    }
    assert [a.get("href") for a in page.tous("//article/h2/a")][:3] == [
        f"/formations/{une.id}" for une in (archivee, renommee, sans)
    ]  # fmt: skip


def test_a_file_that_was_given_and_is_kept_no_more_is_said(client, exporteur):
    exporteur.publiable("Une")
    depose = exporteur.exporter().export
    exporteur.deposer(depose.id)
    with exporteur.base.ecriture() as cnx:
        exports_edof.effacer_un(cnx, depose.organisme_id, depose.id, depose.expire_le)
    page = client.get("/catalogue/edof/changements")
    assert "Un fichier marqué « déposé sur EDOF » n'est plus gardé." in page.texte()
    assert "Aucun fichier n'est marqué" not in page.texte()
    assert "Nouvelle sur EDOF" not in page.texte()
    assert "Seulement ce qui a changé" not in client.get("/catalogue/edof").texte()
    refus = client.page_postee("/catalogue/edof", {"quoi": Quoi.CHANGE.value}, 422)
    assert "n'est plus gardé : exportez tout le catalogue." in refus.texte("//main//*[@role='alert']")


def test_what_has_changed_alone_says_what_the_portal_keeps(client, exporteur):
    (une, _), _ = exporteur.publiable("Une"), exporteur.publiable("Deux")
    page = exporter(client)
    client.submit(page, "Marquer comme déposé sur EDOF")
    with exporteur.base.ecriture() as cnx:
        catalogue.archiver(cnx, exporteur.arbre.acte, une.id, une.version)
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira", quoi="change")
    dit = "1 offre déposée n'est plus dans votre catalogue : ce fichier n'en dit rien. Le portail les garde"
    assert dit in page.texte("//*[@id='tache']")
    assert page.tous("//*[@id='tache']//a[@href='/catalogue/edof/changements']")
    assert dit not in client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira", quoi="tout").texte()


def test_the_list_of_jobs_says_of_an_export_what_its_page_says(client, exporteur):
    exporteur.publiable("Une")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    carte = client.get("/taches").texte("//li[@class='carte']")
    assert carte.startswith("Exporter pour EDOF : tout le catalogue À relire")
    assert "À relire . Demandée par" in page.texte()
    assert (
        client.get("/taches")
        .texte("//p[@class='introduction']")
        .startswith(
            "Ce qui change beaucoup de formations, d'actions ou de sessions à la fois, les imports et les exports EDOF"
        )
    )


def test_a_file_that_is_not_made_is_told_as_such(client, exporteur):
    exporteur.publiable("Une")
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    refus = client.get(f"{page.url}/fichier", 409).texte()
    assert "Ce fichier n'est pas fait : la page de l'export dit où il en est." in refus


def test_a_long_comparison_is_read_page_by_page(client, exporteur, monkeypatch):
    for rang in range(4):
        exporteur.publiable(f"F{rang}")
    client.submit(exporter(client), "Marquer comme déposé sur EDOF")
    monkeypatch.setattr(changements_edof, "OBJETS_PAR_PAGE", 4)
    page = client.get("/catalogue/edof/changements")
    pages = 1
    while "Continuer la comparaison" in page.commandes():
        page = client.get(page.lien("Continuer la comparaison"))
        pages += 1
    assert pages == 2
    assert client.get("/catalogue/edof/changements?apres=x").h1 == "Ce qui changera sur EDOF"


def test_cards_say_when_they_went_out_and_whether_they_were_touched(client, exporteur):
    _, action = exporteur.publiable("Une")
    assert "Exportée le" not in client.get("/catalogue").texte()
    exporter(client)
    carte = client.get("/catalogue").texte("//article")
    assert "Exportée le" in carte
    assert "modifiée depuis" not in carte
    exporteur.arbre.session(action.id, numero="Z")
    assert "modifiée depuis" in client.get("/catalogue").texte("//article")


def test_a_character_of_a_place_leads_to_the_field_of_the_place(client, exporteur):
    contact = exporteur.arbre.contact(fonction="Œuvre")
    lieu = exporteur.arbre.lieu(contact, accessibilite="Cœur, œufs, sœurs")
    formation, _ = exporteur.publiable("Une")
    for rang in range(2):
        action = exporteur.arbre.action(
            formation.id, Statut.VALIDEE, numero=f"B{rang}", duree=str(24 * (rang + 2)), lieu=lieu, contact=contact
        )
        exporteur.arbre.session(action.id, Statut.VALIDEE)
    page = client.submit(client.get("/catalogue/edof"), "Voir ce qui sortira")
    liens = {a.text_content(): a.get("href") for a in page.tous("//*[@class='signes']//a")}
    assert liens == {
        dire("Lieu « Salle Garonne », Accessibilité du bâtiment"): f"/lieux/{lieu}#accessibilite",
        dire("Contact « Camille Martin », Fonction"): f"/contacts/{contact}#fonction",
    }  # fmt: skip
    assert "3 fois dans 1 champ" in page.texte("//*[@class='signes']").replace("\u00a0", " ")
    for adresse in liens.values():
        assert client.get(adresse).tous(f"//*[@id='{adresse.partition('#')[2]}']")


# ---------------------------------------------------------------------------- what the portal answers


def test_known_codes_lead_to_their_field_and_others_are_kept(client, exporteur):
    formation, action = exporteur.publiable("Une")
    page = client.get(client.get("/catalogue/edof").lien("Compte-rendu d'intégration"))
    compte_rendu = (
        "Formation « Une », action « A1 » : 30017 contact incomplet\n"
        "Une;A1;S0;10133;doublon\n"
        "30056 sans rien qui le situe\n"
        "Formation Une : 41234 autre chose\n"
        "Traité le 12/06/2027 sans erreur"
    )
    page = client.submit(page, "Lire ce compte-rendu", texte=compte_rendu)
    liens = [a.get("href") for a in page.tous("//*[@class='compte-rendu']//a")]
    assert liens[0] == f"/actions/{action.id}#contact"
    assert liens[1].startswith("/sessions/")
    assert liens[1].endswith("#debut")
    assert liens[2] == "/catalogue/controle?regle=A09"
    assert liens[3] == f"/formations/{formation.id}"
    assert "Code inconnu" in page.texte("(//*[@class='compte-rendu']/li)[4]")
    assert len(page.tous("//*[@class='compte-rendu']/li")) == 4
    assert page.valeur("texte") == compte_rendu


def test_a_heading_says_of_the_lines_below_it_what_they_are_about(client, exporteur):
    formation, action = exporteur.publiable("Une")
    _, sienne = exporteur.publiable("Deux")
    compte_rendu = (
        "Formation « Une », action « A1 »\n"
        "  30017 contact incomplet\n"
        "\n"
        "Formation « Deux »\n"
        "Action « A1 »\n"
        "30017 contact incomplet\n"
        "30013 la voie manque\n"
        "Session « S0 »\n"
        "30020 dates\n"
        "Formation « Une » : 41234 autre chose\n"
        "Formation « Inconnue »\n"
        "41234 autre chose\n"
    )
    page = client.submit(client.get("/catalogue/edof/compte-rendu"), "Lire ce compte-rendu", texte=compte_rendu)
    liens = [a.get("href") for a in page.tous("//*[@class='compte-rendu']//a")]
    assert liens[:3] == [
        f"/actions/{action.id}#contact", f"/actions/{sienne.id}#contact", f"/actions/{sienne.id}#lieu"
    ]  # fmt: skip
    assert liens[3].startswith("/sessions/")
    assert liens[4] == f"/formations/{formation.id}"


@pytest.mark.parametrize(("combien", "dit"), [(LIGNES_MAX - 1, False), (LIGNES_MAX + 1, True)])
def test_a_compte_rendu_of_more_codes_than_are_shown_says_so(client, combien, dit):
    client.poster(liens.EDOF_COMPTE_RENDU, {"texte": "Erreur 30013\n" * combien})
    page = client.get(liens.EDOF_COMPTE_RENDU)
    assert (f"Seuls les {LIGNES_MAX} premiers codes sont montrés ici" in page.texte()) is dit


def test_a_link_of_the_compte_rendu_says_what_it_opens_and_on_whose_word(client, exporteur):
    formation, _ = exporteur.publiable("Une")
    compte_rendu = "Formation Une\n30013 voie\n30020 Une\n30020 Une A1\n30070 Une\n41234 Une"
    page = client.submit(client.get("/catalogue/edof/compte-rendu"), "Lire ce compte-rendu", texte=compte_rendu)
    lignes = [page.texte(f"(//*[@class='compte-rendu']/li)[{rang}]") for rang in range(1, 6)]
    assert "Ouvrir la formation, puis l'action : Lieu de formation (ligne 2) (d'après la ligne 1)" in lignes[0]
    assert "Ouvrir la formation, puis la session : Date de fin (ligne 3)" in lignes[1]
    assert "Ouvrir l'action, puis la session : Date de fin (ligne 4)" in lignes[2]
    assert "Ouvrir" not in lignes[3]
    assert not any("d'après" in ligne for ligne in lignes[1:])
    assert (
        page.lien(next(nom for nom in page.commandes() if "Lieu de formation" in nom)) == f"/formations/{formation.id}"
    )


def test_what_is_pasted_is_bounded_and_never_nothing(client):
    for texte in ("", "  \n "):
        page = client.page_postee("/catalogue/edof/compte-rendu", {"texte": texte}, 422)
        assert page.tous("//main//*[@role='alert']")
    # A text that is too long is handed back, with how long it may be.
    trop = client.poster("/catalogue/edof/compte-rendu", {"texte": "é" * (COMPTE_RENDU_MAX + 1)})
    assert trop.status_code == 413
    assert trop.text.count("é") > COMPTE_RENDU_MAX
    assert "Un texte compte ici 2\xa0000\xa0000\xa0caractères au plus" in trop.text
    long = "Ligne 30017 ; <script>alert(1)</script>\n" * 900
    page = client.page_postee("/catalogue/edof/compte-rendu", {"texte": long})
    assert len(page.tous("//*[@class='compte-rendu']/li")) == 500


@pytest.mark.parametrize(
    ("refuses", "nommes", "retire"),
    [
        ("\0", "un caractère invisible qui n'est pas accepté (U+0000)", "Il est retiré du texte ci-dessous"),
        ("\x01", "un caractère invisible qui n'est pas accepté (U+0001)", "Il est retiré du texte ci-dessous"),
        ("\u202e\x02", "des caractères invisibles qui ne sont pas acceptés (U+202E, U+0002)", "Ils sont retirés du"),
    ],
)
def test_a_text_that_cannot_be_kept_says_why_and_is_given_back(client, refuses, nommes, retire):
    client.submit(client.get("/catalogue/edof/compte-rendu"), "Lire ce compte-rendu", texte="30017, avant")
    texte = f"Formation Une\n30017 con{refuses}tact"
    page = client.page_postee("/catalogue/edof/compte-rendu", {"texte": texte}, 422)
    [alerte] = page.tous("//main//*[@role='alert']")
    dit = plat("".join(alerte.itertext())).replace("\u2019", "'")
    assert nommes in dit
    assert "ligne 2, caractère 10" in dit
    assert retire in dit
    assert page.valeur("texte") == "Formation Une\n30017 contact"
    assert "aucun code" not in page.texte("//main")
    assert "Collé par" not in page.texte("//main")
    # What was kept before is there still; what is given back can be read as it is.
    assert client.get("/catalogue/edof/compte-rendu").valeur("texte") == "30017, avant"
    page = client.submit(page, "Lire ce compte-rendu")
    assert page.valeur("texte") == "Formation Une\n30017 contact"


def test_what_the_portal_says_of_thousands_of_offers_is_pasted_whole(client):
    ligne = "Offre F_{n:04} de l’organisme : élément refusé, code 30017 (contact incomplet)\n"
    long = "".join(ligne.format(n=n) for n in range(20_000))
    assert client.poster("/catalogue/edof/compte-rendu", {"texte": long}).status_code == 303
    lue = client.demander("GET", "/catalogue/edof/compte-rendu")
    assert lue.text.partition("<textarea")[2].count("30017") == 20_000


# ---------------------------------------------------------------------------- who may


def url(route, export):
    return route.regle.replace("<uuid:export>", str(export))


def test_a_reader_is_not_asked_to_paste_nor_led_to_an_export(client, client_lecteur, exporteur):
    exporteur.publiable("Une")
    page = client_lecteur.get(client_lecteur.get("/catalogue").lien("Fichier EDOF"))
    assert page.h1 == "Fichier EDOF"
    page = client_lecteur.get(page.lien("Compte-rendu d'intégration"))
    assert "Collez ici" not in page.texte("//main")
    assert "Les gestionnaires de votre catalogue collent ici" in page.texte("//main")
    assert "Aucun compte-rendu n'a encore été collé." in page.texte("//main")
    client.submit(client.get("/catalogue/edof/compte-rendu"), "Lire ce compte-rendu", texte="30017, A1")
    page = client_lecteur.get(page.url)
    assert "30017, A1" in page.texte("//*[@class='texte-colle']")
    assert "Aucun compte-rendu" not in page.texte("//main")


def test_a_reader_takes_the_file_and_marks_nothing(client_lecteur, exporteur):
    exporteur.publiable("Une")
    fait = exporteur.exporter()
    page = client_lecteur.get("/catalogue/edof")
    assert "Voir ce qui sortira" not in page.commandes()
    page = client_lecteur.get(f"/catalogue/edof/{fait.tache.id}")
    assert telecharger(client_lecteur, page).data == exporteur.fichier(fait.tache.id)
    assert page.commandes().count("Marquer comme déposé sur EDOF") == 0
    for route in EXPORTS:
        if route.methode == "POST":
            assert client_lecteur.poster(url(route, fait.tache.id), {"depose": "oui"}).status_code == 403, str(route)
    assert client_lecteur.poster("/catalogue/edof", {"quoi": "tout"}).status_code == 403
    assert client_lecteur.poster("/catalogue/edof/compte-rendu", {"texte": "30017"}).status_code == 403
    assert exporteur.ouvrir(fait.tache.id).export == fait.export


@pytest.mark.parametrize("route", EXPORTS, ids=str)
def test_the_export_of_another_answers_like_one_that_never_was(client_etranger, visiteur, exporteur, route):
    exporteur.publiable("Une")
    sienne, inconnue = exporteur.exporter().tache.id, uuid4()
    for en_tetes in ({}, {"HX-Request": "true"}):
        reponses = []
        for id in (sienne, inconnue):
            donnees = {"csrf_token": client_etranger.jeton()} if route.ecrit else None
            reponse = client_etranger.demander(route.methode, url(route, id), headers=en_tetes, data=donnees)
            reponses.append((reponse.status_code, masquer(reponse.text).replace(str(id), "ID")))
        assert reponses[0] == reponses[1]
        assert reponses[0][0] == 404
    assert visiteur.demander(route.methode, url(route, sienne)).status_code in {303, 401, 403}
    assert exporteur.relire(sienne).etat is EtatTache.TERMINEE


def test_a_formation_of_another_is_in_no_selection(client, exporteur, base):
    autre = AtelierExports(base, AtelierArbre(base))
    etrangere, _ = autre.publiable("Autre")
    page = client.get("/catalogue/choix")
    choix = page.url.partition("?")[0].rsplit("/", 1)[1]
    champs = {"montree.formation": str(etrangere.id), "choisie.formation": str(etrangere.id), "aller": "exporter"}
    client.poster(f"/catalogue/choix/{choix}", champs)
    exporteur.publiable("Une")
    page = client.page_postee("/catalogue/edof", {"quoi": Quoi.CHOIX.value, "choix": choix}, 422)
    assert "Choisissez d'abord les formations à exporter." in page.texte("//main")
    assert "Autre" not in page.texte()


@pytest.mark.parametrize(("champs", "dit"), [(0, ""), (1, ""), (2, "et 1 autre champ"), (3, "et 2 autres champs")])
def test_the_fields_of_a_character_that_are_not_shown_are_counted(champs, dit):
    place = Endroit(uuid4(), "F_1", Niveau.FORMATION, uuid4(), "F_1", "objectif", "Objectif de la formation")
    [montre] = signes_montres([Signe("œ", "oe", 7, (place,), champs)])
    assert montre.reste.replace("\u00a0", " ") == dit


@pytest.mark.parametrize(
    ("remplacement", "dit"),
    [(None, ""), ("oe", "oe"), (" ", "une espace"), ("\u00a0", "une espace insécable")],
    ids=["rien", "des lettres", "une espace", "une espace insécable"],
)
def test_what_takes_the_place_of_a_character_is_said_even_where_it_cannot_be_seen(remplacement, dit):
    [montre] = signes_montres([Signe("\u2003", remplacement, 1, (), 1)])
    assert montre.par.replace("\u00a0", " ") == dit
