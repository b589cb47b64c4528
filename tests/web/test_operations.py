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
        champs = {"identifiant": "Copie", "nouvel_id": str(uuid4())}
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
    for suffixe in ("", "/suppression", "/duplication"):
        assert client.get(f"/formations/{formation.id}{suffixe}", 404).h1 == "Page introuvable"
    assert atelier.formation(gestionnaire, une_fiche(identifiant="A")).version == 1


def test_removing_twice_is_introuvable_the_second_time(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire)
    page = client.get(f"/formations/{formation.id}/suppression")
    client.submit(page, "Supprimer définitivement")
    assert client.submit(page, "Supprimer définitivement", 404).h1 == "Page introuvable"


# ---------------------------------------------------------------------------- duplicate


@pytest.mark.parametrize("statut", Statut)
def test_a_copy_is_a_draft_with_every_text_and_another_identifier(client, atelier, gestionnaire, stockees, statut):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"), statut)
    modele = stockees()["Clea_1"]
    page = client.get("/catalogue")
    ouverte = client.swap(page, client.htmx(page, "Dupliquer"))
    assert_same(ouverte, page, PRINCIPAL)
    assert ouverte.texte("//dialog/h2") == f"Dupliquer la formation « {TITRE} »"
    assert ouverte.champ("Votre identifiant interne de formation").get("value") == "Clea_2"
    envoi = ouverte.commande("Dupliquer", dans="//dialog")
    fin = client.swap(ouverte, client.htmx(ouverte, envoi, identifiant="Clea_Copie"))
    assert fin.succes == [f"La formation « {TITRE} » est dupliquée sous l'identifiant « Clea_Copie »."]
    copie = stockees()["Clea_Copie"]
    assert {nom: copie[nom] for nom in NOMS if nom != "identifiant"} == {
        nom: modele[nom] for nom in NOMS if nom != "identifiant"
    }
    assert (copie["statut"], copie["version"]) == ("brouillon", 1)
    assert stockees()["Clea_1"] == modele


def test_without_javascript_duplicating_is_a_page(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    question = client.get(client.get("/catalogue").lien("Dupliquer"))
    assert question.h1 == f"Dupliquer la formation « {TITRE} »"
    assert client.get(question.lien("Annuler")).h1 == "Catalogue"
    fin = client.submit(question, "Dupliquer")
    assert fin.succes == [f"La formation « {TITRE} » est dupliquée sous l'identifiant « Clea_2 »."]
    assert set(stockees()) == {"Clea_1", "Clea_2"}


def test_a_formation_without_a_title_is_called_by_its_identifier(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, un_brouillon(identifiant="Sans_Titre", intitule=" "))
    for quoi, fin in (("duplication", "Dupliquer la formation « Sans_Titre »"),
                      ("suppression", "Supprimer la formation « Sans_Titre » ?")):  # fmt: skip
        assert client.get(f"/formations/{formation.id}/{quoi}").h1 == fin


REFUSES = [
    ("Clea_1", "L'identifiant « Clea_1 » est déjà utilisé par une autre formation de votre catalogue."),
    ("CLEA_1", "L'identifiant « CLEA_1 » est déjà utilisé par une autre formation de votre catalogue."),
    ("", "Saisissez un identifiant interne."),
    ("Cléa", "Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . »."),
    ("x" * 31, "Trop long : raccourcissez de 1 caractère (30 au plus)."),
]


@pytest.mark.parametrize(("identifiant", "message"), REFUSES)
def test_a_copy_under_an_identifier_that_cannot_be_is_refused_in_the_dialog(client, atelier, gestionnaire, stockees,
                                                                            identifiant, message):  # fmt: skip
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get("/catalogue")
    ouverte = client.swap(page, client.htmx(page, "Dupliquer"))
    envoi = ouverte.commande("Dupliquer", dans="//dialog")
    refus = client.swap(ouverte, client.htmx(ouverte, envoi, 422, identifiant=identifiant))
    question = client.get(page.lien("Dupliquer"))
    plein = client.submit(question, "Dupliquer", 422, identifiant=identifiant)
    for vue in (refus, plein):
        champ = vue.champ("Votre identifiant interne de formation")
        assert (champ.get("value"), champ.get("aria-invalid")) == (identifiant, "true")
        assert vue.texte("//*[@id='copie-etat']") == message
        assert vue.tous("//*[@id='copie-etat']/p")[0].get("role") == "alert"
    assert_same(refus, page, PRINCIPAL)
    assert list(stockees()) == ["Clea_1"]
    assert client.submit(plein, "Dupliquer", identifiant="Clea_9").h1 == "Catalogue"


def test_duplicating_sent_twice_makes_one_copy(client, atelier, gestionnaire, stockees):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    question = client.get(f"/formations/{formation.id}/duplication")
    premier, second = (client.submit(question, "Dupliquer") for _ in range(2))
    assert_same(premier, second)
    assert set(stockees()) == {"Clea_1", "Clea_2"}


def test_the_same_question_sent_again_with_another_identifier_overwrites_nothing(client, atelier, gestionnaire,
                                                                                 stockees):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    question = client.get(f"/formations/{formation.id}/duplication")
    client.submit(question, "Dupliquer", identifiant="Copie_1")
    avant = stockees()
    # « Back », another identifier, « Dupliquer » again.
    refus = client.submit(question, "Dupliquer", 409, identifiant="Copie_2")
    assert refus.h1 == "Opération impossible"
    assert stockees() == avant


@pytest.mark.parametrize("nouvel_id", ["", "x", "\x00", "9" * 40, "00000000-0000-0000-0000-00000000000g"])
def test_a_copy_whose_identity_cannot_be_read_gets_one(client, atelier, gestionnaire, stockees, nouvel_id):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    champs = {"identifiant": "Copie", "nouvel_id": nouvel_id}
    assert client.poster(f"/formations/{formation.id}/duplication", champs).status_code == 303
    assert UUID(stockees()["Copie"]["id"])


def test_a_copy_cannot_take_the_place_of_a_formation(client, atelier, gestionnaire, stockees):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    avant = stockees()
    for identifiant in ("Clea_1", "Copie"):
        champs = {"identifiant": identifiant, "nouvel_id": str(formation.id)}
        reponse = client.poster(f"/formations/{formation.id}/duplication", champs)
        assert reponse.status_code in {303, 409}
        assert stockees() == avant


def test_a_copy_on_a_certification_that_ended_stays_a_draft_that_says_so(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"), Statut.VALIDEE)
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    fin = client.submit(client.get(f"/formations/{formation.id}/duplication"), "Dupliquer")
    assert fin.texte("//article").count("Certification expirée") == 1
    assert "Brouillon" in fin.texte("//article")


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
