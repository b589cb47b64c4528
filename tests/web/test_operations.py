"""The operations of a card: archive, restore, duplicate, remove; dialogs with htmx, pages without."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from tests.builders import LE, enregistrer, jour_a_paris, un_brouillon, une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.lecture_html import plat
from tests.web.page import Page
from tests.web.page_client import PageClient
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.controle import Diagnostic
from webapp.domain.fiche import NOMS
from webapp.domain.statuts import TRANSITIONS, Operation, Statut, operations_permises
from webapp.services import catalogue
from webapp.web.http.filters import instant_long

TITRE = "Compétences Cléa - expression orale"
DE_LA_SAISIE = {Operation.ENREGISTRER, Operation.VALIDER}
SUFFIXES = {
    Operation.ENREGISTRER: "", Operation.VALIDER: "/validation", Operation.ARCHIVER: "/archivage",
    Operation.RESTAURER: "/restauration", Operation.SUPPRIMER: "/suppression", Operation.DUPLIQUER: "/duplication",
}  # fmt: skip
FAITES = {Operation.ARCHIVER: "archivée", Operation.RESTAURER: "restaurée", Operation.SUPPRIMER: "supprimée"}


def interdite(statut, operation):
    return f"Cette formation est au statut « {statut.libelle} » : elle ne peut pas être {FAITES[operation]}."


A_JOUR = " La page est à jour, vous pouvez recommencer."
PARMI_LES_ARCHIVEES = " La page est à jour : cette formation se trouve parmi les archivées."


@pytest.fixture
def stockees(base, gestionnaire):
    def lire():
        with base.lecture() as cnx:
            return {f["identifiant"]: f for f in banc_essai.lister_formations(cnx, gestionnaire.organisme.id)}

    return lire


@dataclass(frozen=True)
class Presser:
    """Presses a button, with htmx or without: gives the page then on screen."""

    client: PageClient
    par_htmx: bool

    def __call__(self, page: Page, bouton: str, statut: int = 200, *, dans: str = "") -> Page:
        if self.par_htmx:
            return self.client.swap(page, self.client.htmx(page, page.commande(bouton, dans=dans), statut))
        return self.client.submit(page, bouton, statut, dans)


@pytest.fixture(params=[True, False], ids=["htmx", "sans JavaScript"])
def presser(request, client):
    return Presser(client, request.param)


# ---------------------------------------------------------------------------- the table, walked


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("statut", Statut)
def test_each_status_allows_what_the_table_allows_and_refuses_the_rest(client, atelier, gestionnaire, stockees, statut,
                                                                       operation):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    avant = stockees()
    champs = {nom: formation.fiche.valeur(nom) for nom in NOMS} | {"version": str(formation.version)}
    if operation is Operation.DUPLIQUER:
        champs = {"copies": str(uuid4()), "version": str(formation.version)}
    url = f"/formations/{formation.id}{SUFFIXES[operation]}"
    reponse = client.poster(url, champs)
    if operation in operations_permises(statut, Diagnostic()):
        assert reponse.status_code == 303
        # What was archived comes back as it was, here as a draft; the rest is in the table.
        apres = TRANSITIONS[statut, operation]
        reste = stockees().get(formation.fiche.identifiant)
        assert (reste["statut"] if reste else None) == (apres.value if apres else None)
    else:
        page = client._page(reponse, url, 409)
        assert page.h1 == (formation.fiche.intitule if operation in DE_LA_SAISIE else "Catalogue")
        if operation in DE_LA_SAISIE:
            assert "Cette formation a été archivée" in page.texte()
        else:
            assert interdite(statut, operation) in page.alertes
        assert stockees() == avant


def test_the_operations_all_have_an_address(application):
    regles = {r.rule for r in application.url_map.iter_rules() if "POST" in r.methods}
    assert {f"/formations/<uuid:id>{suffixe}" for suffixe in SUFFIXES.values()} <= regles


# ---------------------------------------------------------------------------- archive, restore


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_archiving_then_restoring_gives_everything_back(client, presser, atelier, gestionnaire, stockees, statut):
    atelier.formation(gestionnaire, une_fiche(), statut)
    [avant] = stockees().values()
    page = client.get("/catalogue")
    assert page.commande("Archiver").get("data-attente") == "Archivage…"
    apres = presser(page, "Archiver")
    assert apres.h1 == "Catalogue"
    assert apres.succes == [f"La formation « {TITRE} » est archivée."]
    assert not apres.tous("//article")
    apres = presser(client.get("/catalogue?statut=archivee"), "Restaurer")
    assert apres.succes == [f"La formation « {TITRE} » est restaurée au statut « {statut.libelle} »."]
    [fin] = stockees().values()
    assert fin == avant | {"version": avant["version"] + 2}


def test_what_no_longer_holds_is_restored_as_a_draft_that_says_why(client, presser, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    client.submit(client.get("/catalogue"), "Archiver")
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    [dit] = presser(client.get("/catalogue?statut=archivee"), "Restaurer").succes
    assert dit.startswith(
        f"La formation « {TITRE} » est restaurée au statut « Brouillon », et non « Validée » comme avant son archivage."
    )
    # Each reason under the name of its field.
    assert "avant son archivage. Certification préparée : La certification RS2203 n'est plus active au " in dit
    assert atelier.lire(gestionnaire, formation.id).statut is Statut.BROUILLON


def test_what_was_archived_before_its_status_was_kept_is_restored_as_a_draft_that_says_so(
    client, presser, base, atelier, gestionnaire
):
    atelier.formation(gestionnaire, une_fiche(), Statut.ARCHIVEE)
    with base.ecriture() as cnx:
        cnx.execute(text("UPDATE formation SET avant_archivage = NULL"))
    [dit] = presser(client.get("/catalogue?statut=archivee"), "Restaurer").succes
    assert dit.endswith("au statut « Brouillon » : son statut d'avant l'archivage n'a pas été gardé.")


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_archiving_is_undone_from_its_message(client, presser, atelier, gestionnaire, stockees, statut):
    atelier.formation(gestionnaire, une_fiche(identifiant="A"), statut)
    atelier.formation(gestionnaire, une_fiche(identifiant="B"))
    avant = stockees()
    apres = presser(client.get("/catalogue"), "Archiver", dans="//article[2]")
    fin = presser(apres, "Annuler", dans="//*[@id='toasts']")
    assert fin.succes == [
        f"L'archivage de la formation « {TITRE} » est annulé : elle est de nouveau au statut « {statut.libelle} »."
    ]
    assert not fin.tous("//*[@id='toasts']//button[contains(., 'Annuler')]")
    assert_same(fin, client.get("/catalogue"), PRINCIPAL)
    assert stockees() == {"A": avant["A"] | {"version": 3}, "B": avant["B"]}


def test_restoring_is_undone_from_its_message(client, presser, atelier, gestionnaire, stockees):
    avant = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    client.submit(client.get("/catalogue"), "Archiver")
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    # Only a draft comes back; archived again, it has forgotten nothing.
    apres = presser(client.get("/catalogue?statut=archivee"), "Restaurer")
    fin = presser(apres, "Annuler", dans="//*[@id='toasts']")
    assert fin.succes == [f"La restauration de la formation « {TITRE} » est annulée : elle est de nouveau archivée."]
    assert_same(fin, client.get("/catalogue?statut=archivee"), PRINCIPAL)
    apres = atelier.lire(gestionnaire, avant.id)
    assert (apres.statut, apres.avant_archivage, apres.validee_le) == (
        Statut.ARCHIVEE, Statut.VALIDEE, avant.validee_le,
    )  # fmt: skip
    assert set(stockees()) == {avant.fiche.identifiant}


def test_a_message_that_can_be_undone_stays_and_knows_its_card(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire)
    page = client.get("/catalogue")
    [message] = client.swap(page, client.htmx(page, "Archiver")).tous("//*[@id='toasts']/div")
    assert "data-reste" in message.attrib
    assert message.get("data-carte") == str(formation.id)


@pytest.mark.parametrize(
    "vue", ["/catalogue", "/catalogue?statut=brouillon", "/catalogue?recherche=f_&statut=brouillon"]
)
def test_an_operation_shows_what_a_reload_would_show(client, presser, ajouter_des_fiches, vue):
    ajouter_des_fiches(25)
    page = client.get(vue)
    apres = presser(page, "Archiver", dans="//article[3]")
    assert_same(apres, client.get(vue), PRINCIPAL)
    suite = client.get(client.get(vue).lien("Formations suivantes"))
    apres = presser(suite, "Archiver", dans="//article[1]")
    assert_same(apres, client.get(suite.url), PRINCIPAL)


def test_the_last_card_of_the_last_page_leads_back_to_the_beginning(client, presser, ajouter_des_fiches):
    ajouter_des_fiches(21)
    suite = client.get(client.get("/catalogue").lien("Formations suivantes"))
    apres = presser(suite, "Archiver")
    assert len(apres.tous("//article")) == 20
    assert_same(apres, client.get("/catalogue"), PRINCIPAL)


def test_removing_the_last_formation_leaves_an_empty_catalogue(client, presser, atelier, gestionnaire):
    atelier.formation(gestionnaire)
    question = presser_la_question(client, presser)
    fin = presser(question, "Supprimer définitivement")
    assert_same(fin, client.get("/catalogue"), PRINCIPAL)
    assert "Votre catalogue est vide." in fin.texte()


def presser_la_question(client, presser):
    """Open the question in a dialog with htmx, in a page without: the two ways of `presser`."""
    page = client.get("/catalogue")
    if presser.par_htmx:
        return client.swap(page, client.htmx(page, "Supprimer"))
    return client.get(page.lien("Supprimer"))


@pytest.fixture
def ajouter_des_fiches(base, gestionnaire):
    def ajouter(nombre):
        corps = [{"identifiant": f"F_{n}"} for n in range(nombre)]
        with base.ecriture() as cnx:
            banc_essai.ajouter_formations(cnx, gestionnaire.organisme.id, corps)

    return ajouter


# ---------------------------------------------------------------------------- what somebody else did meanwhile


def enregistree(client, atelier, gestionnaire, formation):
    with atelier.base.ecriture() as cnx:
        fiche = formation.fiche.avec(objectif="Le sien.")
        enregistrer(cnx, atelier.acte(gestionnaire), formation.id, formation.version, fiche)
    return f"la formation « {TITRE} » a été modifiée entre-temps par {gestionnaire.nom}, le "


def archivee(client, atelier, gestionnaire, formation):
    with atelier.base.ecriture() as cnx:
        lue = catalogue.archiver(cnx, atelier.acte(gestionnaire), formation.id, formation.version)
    assert lue.archivee_le is not None
    quand = plat(instant_long(lue.archivee_le))
    return f"la formation « {TITRE} » a été archivée entre-temps par Camille Martin, le {quand}"


def restauree(client, atelier, gestionnaire, formation):
    archivee(client, atelier, gestionnaire, formation)
    with atelier.base.ecriture() as cnx:
        catalogue.restaurer(cnx, atelier.acte(gestionnaire), formation.id, formation.version + 1)
    return f"la formation « {TITRE} » est entre-temps passée au statut « Brouillon »"


@pytest.mark.parametrize(
    ("bouton", "entre_temps"),
    [
        *((bouton, quoi) for bouton in ("Dupliquer", "Supprimer définitivement") for quoi in (enregistree, archivee)),
        *((bouton, restauree) for bouton in ("Archiver", "Dupliquer", "Supprimer définitivement")),
        ("Archiver", enregistree),
    ],
)
def test_an_operation_over_what_changed_meanwhile_is_refused_with_who_and_when(
    client, presser, atelier, gestionnaire, stockees, bouton, entre_temps
):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    page = presser_la_question(client, presser) if "définitivement" in bouton else client.get("/catalogue")
    raison = entre_temps(client, atelier, gestionnaire, formation)
    avant = stockees()
    refus = presser(page, bouton, 409)
    [dit] = refus.alertes
    assert dit.startswith(f"Rien n'est fait : {raison}")
    assert dit.endswith(PARMI_LES_ARCHIVEES if entre_temps is archivee else A_JOUR)
    assert refus.succes == []
    assert stockees() == avant
    # The card is what it now is: asked again, it is done.
    assert_same(refus, client.get("/catalogue"), PRINCIPAL)
    assert not refus.tous("//dialog")


def test_a_question_about_what_changed_meanwhile_is_not_asked(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    page = client.get("/catalogue")
    enregistree(client, atelier, gestionnaire, formation)
    refus = client.swap(page, client.htmx(page, "Supprimer", 409))
    assert "a été modifiée entre-temps par" in refus.alertes[0]
    assert not refus.tous("//dialog")
    assert client.get(page.lien("Supprimer"), 409).alertes == refus.alertes
    assert client.swap(refus, client.htmx(refus, "Supprimer")).tous("//dialog")


@pytest.mark.parametrize(("premier", "vue"), [("Archiver", ""), ("Restaurer", "archivee")])
def test_undoing_what_changed_meanwhile_is_refused(
    client, presser, base, atelier, gestionnaire, stockees, premier, vue
):
    statut = Statut(vue) if vue else Statut.BROUILLON
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    page = presser(client.get(f"/catalogue?statut={vue}"), premier)
    with base.ecriture() as cnx:
        # The first alone is what « Annuler » asks for: it would be done.
        version = formation.version
        if premier == "Archiver":
            catalogue.restaurer(cnx, atelier.acte(gestionnaire), formation.id, version + 1)
            catalogue.archiver(cnx, atelier.acte(gestionnaire), formation.id, version + 2)
        else:
            catalogue.archiver(cnx, atelier.acte(gestionnaire), formation.id, version + 1)
            catalogue.restaurer(cnx, atelier.acte(gestionnaire), formation.id, version + 2)
    avant = stockees()
    refus = presser(page, "Annuler", 409, dans="//*[@id='toasts']")
    assert refus.alertes[0].startswith("Rien n'est fait : ")
    assert stockees() == avant


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999", "2"])
def test_an_operation_that_carries_another_version_changes_nothing(client, atelier, gestionnaire, stockees, version):
    formation = atelier.formation(gestionnaire)
    avant = stockees()
    for suffixe in ("/archivage", "/suppression", "/duplication", "/restauration/annulation"):
        assert client.poster(f"/formations/{formation.id}{suffixe}", {"version": version}).status_code == 409
    assert stockees() == avant


@pytest.mark.parametrize(("vue", "bouton"), [("", "Archiver"), ("archivee", "Restaurer")])
def test_what_is_asked_again_after_a_lost_answer_is_done_and_can_be_undone(
    client, presser, atelier, gestionnaire, stockees, vue, bouton
):
    atelier.formation(gestionnaire, une_fiche(), Statut(vue) if vue else Statut.VALIDEE)
    page = client.get(f"/catalogue?statut={vue}")
    premier = presser(page, bouton)
    avant = stockees()
    second = presser(page, bouton)
    assert (second.succes, second.alertes) == (premier.succes, [])
    assert stockees() == avant
    assert_same(second, client.get(f"/catalogue?statut={vue}"), PRINCIPAL)
    fin = presser(second, "Annuler", dans="//*[@id='toasts']")
    assert "annulé" in fin.succes[0]
    # The undoing too.
    assert presser(second, "Annuler", dans="//*[@id='toasts']").succes == fin.succes


def test_a_restoration_asked_again_says_again_why_only_a_draft_came_back(client, presser, atelier, gestionnaire):
    atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    client.submit(client.get("/catalogue"), "Archiver")
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.get("/catalogue?statut=archivee")
    assert presser(page, "Restaurer").succes == presser(page, "Restaurer").succes != []


def test_undoing_a_restoration_gives_back_the_moment_of_the_archiving(client, presser, atelier, gestionnaire):
    archivee = atelier.formation(gestionnaire, une_fiche(), Statut.ARCHIVEE)
    presser(presser(client.get("/catalogue?statut=archivee"), "Restaurer"), "Annuler", dans="//*[@id='toasts']")
    assert atelier.lire(gestionnaire, archivee.id).archivee_le == archivee.archivee_le


@pytest.mark.parametrize(
    "forge",
    ["", "x", "\x00", "2019-11-28", "2019-11-28T09:30:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"],
)
def test_a_moment_that_cannot_be_that_of_the_archiving_is_not_kept(client, atelier, gestionnaire, forge):
    formation = atelier.formation(gestionnaire)
    url = f"/formations/{formation.id}/restauration/annulation"
    assert client.poster(url, {"version": "1", "archivee_le": forge}).status_code == 303
    le = atelier.lire(gestionnaire, formation.id).archivee_le
    assert le is not None
    assert le.isoformat() != forge
    assert jour_a_paris(le.isoformat()) == LE


def test_an_operation_on_what_was_removed_meanwhile_says_so(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire)
    atelier.formation(gestionnaire)
    page = client.get("/catalogue")
    client.poster(f"/formations/{formation.id}/suppression", {"version": "1"})
    refus = client.swap(page, client.htmx(page, page.commande("Archiver", dans="//article[2]"), 404))
    assert refus.alertes == ["Rien n'est fait : cette formation n'est plus dans votre catalogue. La page est à jour."]
    assert_same(refus, client.get("/catalogue"), PRINCIPAL)
    assert client.submit(page, "Archiver", 404, dans="//article[2]").h1 == "Page introuvable"


# ---------------------------------------------------------------------------- remove


def test_removing_asks_first_in_a_dialog_over_the_catalogue(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    page = client.get("/catalogue")
    ouverte = client.swap(page, client.htmx(page, "Supprimer"))
    assert_same(ouverte, page, PRINCIPAL)
    assert ouverte.texte("//dialog/h2") == f"Supprimer la formation « {TITRE} » ?"
    assert "L'identifiant « A » redeviendra disponible." in ouverte.texte("//dialog")
    assert ouverte.commandes("//dialog") == ["Annuler", "Supprimer définitivement"]
    assert "data-ouvrir" in ouverte.tous("//dialog")[0].attrib
    assert ouverte.commande("Annuler").get("formmethod") == "dialog"
    assert list(stockees()) == ["A"]
    fin = client.swap(ouverte, client.htmx(ouverte, "Supprimer définitivement"))
    assert fin.succes == [f"La formation « {TITRE} » est supprimée."]
    assert stockees() == {}


def test_without_javascript_removing_asks_on_a_page(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    question = client.get(client.get("/catalogue").lien("Supprimer"))
    assert question.h1 == f"Supprimer la formation « {TITRE} » ?"
    assert client.get(question.lien("Annuler")).h1 == "Catalogue"
    assert client.submit(question, "Supprimer définitivement").succes == [f"La formation « {TITRE} » est supprimée."]
    assert stockees() == {}


def test_a_validee_is_not_removed_but_archived_it_is(client, presser, atelier, gestionnaire, stockees):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    refus = interdite(Statut.VALIDEE, Operation.SUPPRIMER)
    assert client.get(f"/formations/{formation.id}/suppression", 409).alertes == [refus]
    client.submit(client.get("/catalogue"), "Archiver")
    page = client.get("/catalogue?statut=archivee")
    question = client.swap(page, client.htmx(page, "Supprimer"))
    assert "La formation archivée et ses textes disparaîtront définitivement" in question.texte("//dialog")
    question = question if presser.par_htmx else client.get(page.lien("Supprimer"))
    assert presser(question, "Supprimer définitivement").succes == [f"La formation « {TITRE} » est supprimée."]
    assert stockees() == {}


def test_removing_frees_the_identifier_and_the_addresses(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    client.poster(f"/formations/{formation.id}/suppression", {"version": "1"})
    for suffixe in ("", "/suppression"):
        assert client.get(f"/formations/{formation.id}{suffixe}", 404).h1 == "Page introuvable"
    assert atelier.formation(gestionnaire, une_fiche(identifiant="A")).version == 1


def test_removing_twice_is_introuvable_the_second_time(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire)
    page = client.get(f"/formations/{formation.id}/suppression")
    client.submit(page, "Supprimer définitivement")
    assert client.submit(page, "Supprimer définitivement", 404).h1 == "Page introuvable"


# ---------------------------------------------------------------------------- duplicate


@pytest.mark.parametrize("statut", Statut)
def test_a_copy_is_a_draft_with_every_text_that_opens_without_an_identifier(
    client, presser, atelier, gestionnaire, stockees, statut
):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"), statut)
    modele = stockees()["Clea_1"]
    fin = presser(client.get(f"/catalogue?statut={statut.value}"), "Dupliquer")
    assert fin.tous("//form[@id='fiche']")
    dit = f"La copie « {TITRE} (copie) » est créée, sans actions ni sessions : donnez-lui son propre identifiant."
    assert fin.succes == [dit]
    assert fin.champ("Votre identifiant interne de formation").get("value") == ""
    copie = stockees()[""]
    autres = [nom for nom in NOMS if nom not in {"identifiant", "intitule"}]
    assert {nom: copie[nom] for nom in autres} == {nom: modele[nom] for nom in autres}
    assert (copie["intitule"], copie["statut"], copie["version"]) == (f"{TITRE} (copie)", "brouillon", 1)
    assert stockees()["Clea_1"] == modele


def test_a_formation_without_a_title_is_called_by_its_identifier(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, un_brouillon(identifiant="Sans_Titre", intitule=" "))
    assert client.get(f"/formations/{formation.id}/suppression").h1 == "Supprimer la formation « Sans_Titre » ?"


def test_a_formation_without_a_title_nor_an_identifier_is_named_all_the_same(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, un_brouillon(identifiant="", intitule=" "))
    question = client.get(f"/formations/{formation.id}/suppression")
    assert question.h1 == "Supprimer la formation sans intitulé ?"
    assert "redeviendra disponible" not in question.texte()
    assert client.submit(question, "Supprimer définitivement").succes == ["La formation sans intitulé est supprimée."]


def test_of_a_title_too_long_the_beginning_is_said(client, atelier, gestionnaire):
    atelier.formation(gestionnaire, une_fiche(intitule="x" * 2550))
    [dit] = client.submit(client.get("/catalogue"), "Archiver").succes
    assert dit == f"La formation « {'x' * 255}… » est archivée."


def test_duplicating_sent_twice_makes_one_copy(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get("/catalogue")
    premier, second = (client.submit(page, "Dupliquer") for _ in range(2))
    assert_same(premier, second)
    assert set(stockees()) == {"Clea_1", ""}


def test_each_page_of_the_catalogue_makes_a_copy_of_its_own(client, atelier, gestionnaire, base):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    for _ in range(2):
        copies = client.get("/catalogue").valeur("copies")
        client.poster(f"/formations/{formation.id}/duplication", {"copies": copies, "version": "1"})
    with base.lecture() as cnx:
        assert len(banc_essai.lister_formations(cnx, gestionnaire.organisme.id)) == 3


def test_one_page_of_the_catalogue_copies_two_formations(client, atelier, gestionnaire, base):
    faites = [atelier.formation(gestionnaire) for _ in range(2)]
    copies = client.get("/catalogue").valeur("copies")
    for formation in faites:
        client.poster(f"/formations/{formation.id}/duplication", {"copies": copies, "version": "1"})
    with base.lecture() as cnx:
        assert len(banc_essai.lister_formations(cnx, gestionnaire.organisme.id)) == 4


def test_the_same_button_after_its_copy_has_changed_overwrites_nothing(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get("/catalogue")
    client.submit(client.submit(page, "Dupliquer"), "Enregistrer les modifications", contenu="Autre chose")
    avant = stockees()
    # « Back », « Dupliquer » again.
    refus = client.submit(page, "Dupliquer", 409)
    assert refus.alertes == [
        f"Rien n'est fait : la copie « {TITRE} (copie) » existe déjà, et a été modifiée depuis.{A_JOUR}"
    ]
    assert stockees() == avant


@pytest.mark.parametrize("copies", ["", "x", "\x00", "9" * 40, "00000000-0000-0000-0000-00000000000g"])
def test_a_copy_whose_identity_cannot_be_read_gets_one(client, atelier, gestionnaire, stockees, copies):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    assert (
        client.poster(f"/formations/{formation.id}/duplication", {"copies": copies, "version": "1"}).status_code == 303
    )
    assert UUID(stockees()[""]["id"])


def test_a_copy_on_a_certification_that_ended_stays_a_draft_that_says_so(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"), Statut.VALIDEE)
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    client.poster(f"/formations/{formation.id}/duplication", {"version": "1"})
    [copie, _modele] = [" ".join(carte.itertext()) for carte in client.get("/catalogue").tous("//article")]
    assert copie.count("Certification expirée") == 1
    assert "Brouillon" in copie
