"""« Vérifier » (guide step 7): a message at the top right, with htmx and without, and nothing else changes."""

import pytest

from tests.builders import une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.statuts import Statut
from webapp.services import catalogue as service

FORME = "Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . »."
INVISIBLE = "Ce texte contient un caractère invisible qui n'est pas accepté"
INVISIBLES = "Ce texte contient des caractères invisibles qui ne sont pas acceptés"
VIDE = "Saisissez un identifiant interne."


def libre(x):
    return f"L'identifiant « {x} » est disponible."


def pris(x, voisin=None):
    message = f"L'identifiant « {x} » est déjà utilisé par une autre formation de votre catalogue. {celui(x)}"
    return f"{message} {libre(voisin)}" if voisin else message


def celui(x):
    """Name the formation that has the identifier: all have the same title, and the third is archived."""
    titre = une_fiche().intitule
    return f"C'est celui de la formation « {titre} »{', archivée' if x == 'Clea_3' else ''}."


@pytest.fixture
def catalogue(atelier, gestionnaire):
    """A catalogue that holds « Clea_1 » (draft), « Clea_2 » (validée) and « Clea_3 » (archived)."""
    return {
        f"Clea_{rang}": atelier.formation(gestionnaire, une_fiche(identifiant=f"Clea_{rang}"), statut)
        for rang, statut in enumerate(Statut, start=1)
    }


def verifier(client, page, saisi):
    """Press « Vérifier » with htmx and without; both must say the same, and leave the form as it is."""
    vif = client.swap(page, client.htmx(page, "Vérifier", identifiant=saisi))
    plein = client.submit(page, "Vérifier", identifiant=saisi)
    assert (vif.succes, vif.alertes) == (plein.succes, plein.alertes)
    assert len(vif.succes) + len(vif.alertes) == 1
    assert vif.valeur("identifiant") == saisi
    assert plein.valeur("identifiant") == saisi.strip()
    return vif


def test_a_free_identifier_is_available(client, catalogue):
    assert verifier(client, client.get(FICHE), "Clea_Identifiant").succes == [libre("Clea_Identifiant")]


@pytest.mark.parametrize("saisi", ["Clea_1", "clea_1", "CLEA_1", "  Clea_1  ", "Clea_2", "Clea_3"])
def test_a_taken_identifier_is_said_with_a_free_neighbour(client, catalogue, saisi):
    assert verifier(client, client.get(FICHE), saisi).alertes == [pris(saisi.strip(), f"{saisi.strip()[:4]}_4")]


def test_the_neighbour_that_is_proposed_is_free_indeed(client, catalogue):
    page = client.get(FICHE)
    assert verifier(client, page, "Clea_4").succes == [libre("Clea_4")]


@pytest.mark.parametrize(
    ("saisi", "message"),
    [
        ("", VIDE), ("   ", VIDE), ("Cléa_1", FORME), ("Clea 1", FORME), ("Clea/1", FORME), ("<b>", FORME),
        ("２", FORME), ("x" * 31, "Trop long : raccourcissez de 1 caractère (30 au plus)."),
        ("x" * 40, "Trop long : raccourcissez de 10 caractères (30 au plus)."),
        ("é" * 31, f"Trop long : raccourcissez de 1 caractère (30 au plus). {FORME}"),
        ("a\x01b", f"{INVISIBLE} (U+0001) : caractère 2, dans « a▯b ». {FORME}"),
        ("a\u202eb\x02", f"{INVISIBLES} (U+202E, U+0002), dont le premier : caractère 2, dans « a▯b ». {FORME}"),
    ],
)  # fmt: skip
def test_an_identifier_that_cannot_be_used_is_explained(client, catalogue, saisi, message):
    assert verifier(client, client.get(FICHE), saisi).alertes == [message]


def test_thirty_characters_are_enough_and_accepted(client):
    assert verifier(client, client.get(FICHE), "x" * 30).succes == [libre("x" * 30)]


def test_its_own_identifier_is_available_to_a_formation_of_the_catalogue(client, catalogue):
    page = client.get(f"/formations/{catalogue['Clea_1'].id}")
    assert verifier(client, page, "Clea_1").succes == [libre("Clea_1")]
    assert verifier(client, page, "CLEA_1").succes == [libre("CLEA_1")]
    assert verifier(client, page, "Clea_2").alertes == [pris("Clea_2", "Clea_4")]


def test_its_own_identifier_is_not_available_to_a_new_formation(client, catalogue):
    assert verifier(client, client.get(FICHE), "Clea_1").alertes == [pris("Clea_1", "Clea_4")]


def test_the_identifier_of_another_organisation_is_available(client_etranger, catalogue):
    assert verifier(client_etranger, client_etranger.get(FICHE), "Clea_1").succes == [libre("Clea_1")]


def test_with_htmx_only_the_message_changes(client, catalogue):
    page = client.get(FICHE)
    page.remplir(page.par_id("fiche"), {"intitule": "Un titre", "objectif": "Ligne 1\nLigne 2"}, js=True)
    fragment = client.htmx(page, "Vérifier", identifiant="Cléa 1")
    assert fragment.reponse.headers["HX-Reswap"] == "none"
    assert_same(client.swap(page, fragment), page, PRINCIPAL)


def test_without_htmx_the_form_comes_back_as_it_was_typed(client, catalogue):
    page = client.get(FICHE)
    apres = client.submit(page, "Vérifier", identifiant="Clea_1", intitule="Un titre", objectif="Ligne 1\nLigne 2")
    assert apres.valeur("objectif") == "Ligne 1\nLigne 2"
    assert apres.valeur("intitule") == "Un titre"
    assert apres.valeur("version") == "0"
    assert apres.h1 == "Nouvelle offre de formation"
    encore = client.submit(apres, "Enregistrer les modifications", identifiant="Clea_4")
    assert (encore.h1, encore.valeur("intitule")) == ("Un titre", "Un titre")


def test_a_message_takes_the_place_of_the_one_before(client, catalogue):
    page = client.get(FICHE)
    page = client.swap(page, client.htmx(page, "Vérifier", identifiant="Clea_1"))
    page = client.swap(page, client.htmx(page, "Vérifier", identifiant="Clea_4"))
    assert (page.succes, page.alertes) == ([libre("Clea_4")], [])
    page = client.swap(page, client.htmx(page, "Vérifier", identifiant=""))
    assert (page.succes, page.alertes) == ([], [VIDE])


def test_a_message_can_be_closed_and_stands_in_its_live_region(client, catalogue):
    page = client.get(FICHE)
    page = client.swap(page, client.htmx(page, "Vérifier", identifiant="Clea_1"))
    assert page.par_id("alertes").get("role") == "alert"
    assert page.par_id("toasts").get("role") == "status"
    assert page.commande("Fermer").get("data-fermer-message") is not None


def test_when_every_neighbour_is_taken_none_is_proposed(client, atelier, gestionnaire, monkeypatch):
    monkeypatch.setattr(service, "_RANGS", (range(2, 4),))
    for nom in ("Plein", "Plein_2", "Plein_3"):
        atelier.formation(gestionnaire, une_fiche(identifiant=nom))
    assert verifier(client, client.get(FICHE), "Plein").alertes == [pris("Plein")]


def test_what_was_found_stands_beside_the_field_and_the_neighbour_is_a_button(client, catalogue):
    page = client.get(FICHE)
    vif = verifier(client, page, "Clea_5")
    assert vif.texte("//*[@id='verification']") == f"✓ {libre('Clea_5')}"
    vif = verifier(client, page, "Clea_3")
    assert vif.texte("//*[@id='verification']") == "Utiliser « Clea_4 »"
    assert vif.commande("Utiliser « Clea_4 »").get("value") == "Clea_4"
    plein = client.submit(page, "Vérifier", identifiant="Clea_3")
    apres = client.submit(plein, "Utiliser « Clea_4 »")
    assert apres.valeur("identifiant") == "Clea_4"
    assert apres.succes == [libre("Clea_4")]


def test_verifying_stores_nothing(client, base, gestionnaire):
    verifier(client, client.get(FICHE), "Clea_1")
    with base.lecture() as cnx:
        assert banc_essai.lister_formations(cnx, gestionnaire.organisme.id) == []
