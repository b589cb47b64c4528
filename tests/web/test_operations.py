"""The operations of a card: archive, restore, duplicate, remove; dialogs with htmx, pages without."""

from uuid import UUID, uuid4

import pytest

from tests.builders import un_brouillon, une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.controle import Diagnostic
from webapp.domain.fiche import NOMS
from webapp.domain.formation import VersionDepassee
from webapp.domain.statuts import TRANSITIONS, Operation, Statut, operations_permises
from webapp.services import catalogue

TITRE = "Compétences Cléa - expression orale"
SUFFIXES = {
    Operation.ENREGISTRER: "", Operation.VALIDER: "/validation", Operation.ARCHIVER: "/archivage",
    Operation.RESTAURER: "/restauration", Operation.SUPPRIMER: "/suppression", Operation.DUPLIQUER: "/duplication",
}  # fmt: skip
CHANGE = "L'état de cette formation a changé : cette opération n'est plus possible."


@pytest.fixture
def stockees(base, gestionnaire):
    def lire():
        with base.lecture() as cnx:
            return {f["identifiant"]: f for f in banc_essai.lister_formations(cnx, gestionnaire.organisme.id)}

    return lire


@pytest.fixture(params=["htmx", "sans JavaScript"])
def presser(request, client):
    """Press a button, with htmx or without: gives the page then on screen."""
    if request.param == "htmx":
        return lambda page, bouton, statut=200, **champs: client.swap(page, client.htmx(page, bouton, statut, **champs))
    return lambda page, bouton, statut=200, **champs: client.submit(page, bouton, statut, **champs)


# ---------------------------------------------------------------------------- the table, walked


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("statut", Statut)
def test_each_status_allows_what_the_table_allows_and_refuses_the_rest(client, atelier, gestionnaire, stockees, statut,
                                                                       operation):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    avant = stockees()
    champs = {nom: formation.fiche.valeur(nom) for nom in NOMS} | {"version": str(formation.version)}
    if operation is Operation.DUPLIQUER:
        champs = {"copies": str(uuid4())}
    url = f"/formations/{formation.id}{SUFFIXES[operation]}"
    reponse = client.poster(url, champs)
    if operation in operations_permises(statut, Diagnostic()):
        assert reponse.status_code == 303
        apres = TRANSITIONS[statut, operation]
        reste = stockees().get(formation.fiche.identifiant)
        assert (reste["statut"] if reste else None) == (apres.value if apres else None)
    else:
        page = client._page(reponse, url, 409)
        assert page.h1 == "Opération impossible"
        assert CHANGE in page.texte()
        assert stockees() == avant


def test_the_operations_all_have_an_address(application):
    regles = {r.rule for r in application.url_map.iter_rules() if "POST" in r.methods}
    assert {f"/formations/<uuid:id>{suffixe}" for suffixe in SUFFIXES.values()} <= regles


# ---------------------------------------------------------------------------- archive, restore


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_archiving_then_restoring_keeps_every_text(client, presser, atelier, gestionnaire, stockees, statut):
    atelier.formation(gestionnaire, une_fiche(), statut)
    [avant] = stockees().values()
    apres = presser(client.get("/catalogue"), "Archiver")
    assert apres.h1 == "Catalogue"
    assert apres.succes == [f"La formation « {TITRE} » est archivée."]
    assert "Archivée" in apres.texte("//article")
    apres = presser(apres, "Restaurer")
    assert apres.succes == [f"La formation « {TITRE} » est restaurée au statut « Brouillon »."]
    [fin] = stockees().values()
    assert {nom: fin[nom] for nom in NOMS} == {nom: avant[nom] for nom in NOMS}
    assert (fin["statut"], fin["version"]) == ("brouillon", avant["version"] + 2)


def test_archiving_twice_from_an_old_page_is_refused_and_said(client, atelier, gestionnaire):
    atelier.formation(gestionnaire)
    page = client.get("/catalogue")
    client.swap(page, client.htmx(page, "Archiver"))
    refus = client.swap(page, client.htmx(page, "Archiver", 409))
    assert refus.alertes == [CHANGE]
    assert_same(refus, page, PRINCIPAL)


def test_htmx_is_led_to_the_catalogue(client, atelier, gestionnaire):
    atelier.formation(gestionnaire)
    page = client.get("/catalogue?recherche=f")
    assert client.htmx(page, "Archiver").redirection == "/catalogue"


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


@pytest.mark.parametrize("statut", [Statut.VALIDEE, Statut.ARCHIVEE])
def test_only_a_draft_can_be_removed(client, atelier, gestionnaire, statut):
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    assert client.get(f"/formations/{formation.id}/suppression", 409).h1 == "Opération impossible"


def test_removing_frees_the_identifier_and_the_addresses(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="A"))
    client.poster(f"/formations/{formation.id}/suppression")
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
    fin = presser(client.get("/catalogue"), "Dupliquer")
    assert fin.h1 == "Modifier la formation"
    assert fin.succes == [f"La copie « {TITRE} (copie) » est créée : donnez-lui son propre identifiant."]
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
        client.poster(f"/formations/{formation.id}/duplication", {"copies": copies})
    with base.lecture() as cnx:
        assert len(banc_essai.lister_formations(cnx, gestionnaire.organisme.id)) == 3


def test_one_page_of_the_catalogue_copies_two_formations(client, atelier, gestionnaire, base):
    faites = [atelier.formation(gestionnaire) for _ in range(2)]
    copies = client.get("/catalogue").valeur("copies")
    for formation in faites:
        client.poster(f"/formations/{formation.id}/duplication", {"copies": copies})
    with base.lecture() as cnx:
        assert len(banc_essai.lister_formations(cnx, gestionnaire.organisme.id)) == 4


def test_the_same_button_after_its_copy_has_changed_overwrites_nothing(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get("/catalogue")
    client.submit(client.submit(page, "Dupliquer"), "Enregistrer les modifications", contenu="Autre chose")
    avant = stockees()
    # « Back », « Dupliquer » again.
    assert client.submit(page, "Dupliquer", 409).h1 == "Opération impossible"
    assert stockees() == avant


@pytest.mark.parametrize("copies", ["", "x", "\x00", "9" * 40, "00000000-0000-0000-0000-00000000000g"])
def test_a_copy_whose_identity_cannot_be_read_gets_one(client, atelier, gestionnaire, stockees, copies):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    assert client.poster(f"/formations/{formation.id}/duplication", {"copies": copies}).status_code == 303
    assert UUID(stockees()[""]["id"])


def test_a_copy_on_a_certification_that_ended_stays_a_draft_that_says_so(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"), Statut.VALIDEE)
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    client.poster(f"/formations/{formation.id}/duplication")
    [copie, _modele] = [" ".join(carte.itertext()) for carte in client.get("/catalogue").tous("//article")]
    assert copie.count("Certification expirée") == 1
    assert "Brouillon" in copie


# ---------------------------------------------------------------------------- two people at once


def test_an_operation_on_what_changed_in_between_is_told_in_french(client, atelier, gestionnaire, monkeypatch):
    formation = atelier.formation(gestionnaire)

    def depassee(*_):
        raise VersionDepassee(formation)

    for operation in ("archiver", "restaurer", "supprimer"):
        monkeypatch.setattr(catalogue, operation, depassee)
        suffixe = SUFFIXES[Operation(operation)]
        page = client.page_postee(f"/formations/{formation.id}{suffixe}", {}, 409)
        assert page.h1 == "Opération impossible"
