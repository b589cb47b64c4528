"""Two people on one formation: 409, both texts side by side, nothing overwritten unless it is meant."""

from datetime import timedelta

import pytest

from tests.builders import enregistrer, un_acte, une_fiche
from tests.web.comparaison import TOUT, assert_same
from tests.web.test_enregistrer import COMPLETE, VALIDEE, au_statut
from tests.web.test_etape_2 import FICHE, validable
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.statuts import Statut
from webapp.services import catalogue

BOUTONS = ["Enregistrer les modifications", "Valider"]


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire, une_fiche())


@pytest.fixture
def collegue(base, atelier, gestionnaire):
    """Save as a colleague of the same organisation would."""
    claude = atelier.utilisateur(gestionnaire.organisme, nom="Claude Durand")

    def modifier(formation, **textes):
        with base.ecriture() as cnx:
            actuelle = catalogue.ouvrir(cnx, claude.organisme, formation.id)
            acte = un_acte(claude, maintenant=atelier.instant() + timedelta(hours=1))
            return enregistrer(cnx, acte, formation.id, actuelle.version, actuelle.fiche.avec(**textes))

    return modifier


@pytest.fixture
def stockee(base, gestionnaire):
    def lire():
        with base.lecture() as cnx:
            [seule] = banc_essai.lister_formations(cnx, gestionnaire.organisme.id)
        return seule

    return lire


def textes_opposes(page):
    """Give what the region of the conflict shows, field by field: mine, then theirs."""
    region = "//section[@aria-labelledby='conflit-titre']"
    return {
        page.texte(f"({region}/h3)[{n + 1}]"): tuple(
            page.texte(f"({region}/div[@class='conflit-textes'])[{n + 1}]/div[{cote}]/div") for cote in (1, 2)
        )
        for n in range(len(page.tous(f"{region}/h3")))
    }


@pytest.mark.parametrize("bouton", BOUTONS)
def test_the_second_to_save_sees_both_texts_and_overwrites_nothing(client, formation, collegue, stockee, bouton):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Le contenu de Claude.", objectif="")
    avant = stockee()
    saisie = {"contenu": "Mon contenu.", "points_forts": "Mes points forts."}
    vif = client.swap(page, client.htmx(page, bouton, 409, **saisie))
    plein = client.submit(page, bouton, 409, **saisie)
    assert_same(vif, plein, TOUT)
    titre, explication, item = vif.refus
    assert titre.startswith("Cette formation a été modifiée par Claude Durand le 28 novembre 2019 à 11:30")
    assert explication.startswith("Rien n'est écrasé")
    assert vif.lien(item) == "#conflit-titre"
    assert vif.onglet == "Erreur : Modifier la formation – Fiche vivante"
    assert vif.alertes == []
    assert vif.texte("//*[@id='conflit-titre']") == "Deux versions de cette formation"
    assert textes_opposes(vif) == {
        "Objectif de la formation": (formation.fiche.objectif, "(vide)"),
        "Contenu de la formation": ("Mon contenu.", "Le contenu de Claude."),
        "Les points forts de la formation": ("Mes points forts.", formation.fiche.points_forts),
    }
    assert {nom: vif.valeur(nom) for nom in saisie} == saisie
    assert stockee() == avant


@pytest.mark.parametrize("bouton", BOUTONS)
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
def test_saving_again_then_replaces_knowingly(client, formation, collegue, stockee, bouton, htmx):
    page = client.get(f"/formations/{formation.id}")
    nouvelle = collegue(formation, contenu="Le contenu de Claude.")
    if htmx:
        page = client.swap(page, client.htmx(page, bouton, 409, contenu="Mon contenu."))
    else:
        page = client.submit(page, bouton, 409, contenu="Mon contenu.")
    assert page.valeur("version") == str(nouvelle.version)
    fin = client.swap(page, client.htmx(page, bouton)) if htmx else client.submit(page, bouton)
    assert au_statut(fin) == ["Brouillon"] if bouton == BOUTONS[0] else fin.succes == [VALIDEE]
    assert (fin.refus, textes_opposes(fin), fin.onglet) == ([], {}, "Modifier la formation – Fiche vivante")
    assert (stockee()["contenu"], stockee()["version"]) == ("Mon contenu.", nouvelle.version + 1)


def test_a_third_save_in_between_is_a_conflict_again(client, formation, collegue, stockee):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Claude 1")
    page = client.swap(page, client.htmx(page, BOUTONS[0], 409, contenu="Moi"))
    collegue(formation, contenu="Claude 2")
    page = client.swap(page, client.htmx(page, BOUTONS[0], 409))
    assert textes_opposes(page) == {"Contenu de la formation": ("Moi", "Claude 2")}
    assert stockee()["contenu"] == "Claude 2"
    assert au_statut(client.swap(page, client.htmx(page, BOUTONS[0]))) == ["Brouillon"]
    assert stockee()["contenu"] == "Moi"


def test_the_conflict_stays_on_screen_while_the_typing_is_followed(client, formation, collegue):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Claude")
    page = client.swap(page, client.htmx(page, BOUTONS[0], 409, contenu="Moi"))
    page = client.swap(page, client.htmx(page, page.par_id("suivi"), contenu=""))
    assert textes_opposes(page)
    assert not validable(page)
    assert page.valeur("version") == "2"


def test_the_region_of_the_conflict_goes_with_it(client, formation, collegue):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Claude")
    page = client.swap(page, client.htmx(page, BOUTONS[0], 409, contenu="Moi"))
    page = client.swap(page, client.htmx(page, BOUTONS[0], 422, intitule="x" * 2551))
    assert textes_opposes(page) == {}
    assert page.valeur("version") == "2"
    assert page.valeur("contenu") == "Moi"


def test_the_same_texts_are_no_conflict(client, formation, collegue, stockee):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="La même chose.")
    assert au_statut(client.submit(page, BOUTONS[0], contenu="La même chose.")) == ["Brouillon"]
    assert (stockee()["version"], stockee()["modifiee_par"]) == (2, "Claude Durand")


def test_a_choice_of_a_list_is_shown_in_words(client, formation, collegue):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, type_parcours="96211", objectif_general="")
    page = client.submit(page, BOUTONS[0], 409, objectif_general="7")
    assert textes_opposes(page) == {
        "Type de parcours de formation": ("96214 - Mixte", "96211 - Individualisé"),
        "Objectif général de la formation": ("Professionnalisation", "(vide)"),
    }


def test_what_a_colleague_typed_is_shown_as_text(client, formation, collegue):
    piege = '<script>alert(1)</script><i hx-get="/catalogue" hx-trigger="load">{{ 7 * 7 }}</i>'
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu=piege)
    client.saisies.add(piege)
    page = client.swap(page, client.htmx(page, BOUTONS[0], 409, contenu="Moi"))
    assert textes_opposes(page)["Contenu de la formation"][1] == piege


def test_the_saved_version_can_be_opened_beside(client, formation, collegue):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Claude")
    page = client.submit(page, BOUTONS[0], 409, contenu="Moi")
    lien = page.commande("Ouvrir la version enregistrée dans un nouvel onglet")
    assert (lien.get("href"), lien.get("target")) == (f"/formations/{formation.id}", "_blank")
    assert client.get(lien.get("href")).valeur("contenu") == "Claude"


def test_a_new_form_saved_twice_with_other_texts_is_a_conflict_with_oneself(client, stockee):
    page = client.get(FICHE)
    client.swap(page, client.htmx(page, BOUTONS[0], **COMPLETE))
    vif = client.swap(page, client.htmx(page, BOUTONS[0], 409, contenu="Autre"))
    plein = client.submit(page, BOUTONS[0], 409, contenu="Autre")
    assert_same(vif, plein)
    assert textes_opposes(vif) == {"Contenu de la formation": ("Autre", " ".join(COMPLETE["contenu"].split()))}
    assert stockee()["contenu"] == COMPLETE["contenu"]
    assert vif.refus[0].startswith("Vous avez déjà enregistré cette formation le 28 novembre 2019 à ")
    assert au_statut(client.swap(vif, client.htmx(vif, BOUTONS[0]))) == ["Brouillon"]
    assert (stockee()["contenu"], stockee()["version"]) == ("Autre", 2)


@pytest.mark.parametrize(
    "version", ["-1", "1e3", " 1", "１", "999999999999999999999", "abc", "0x1", "1" * 5000, "2147483648"]
)
def test_a_version_that_cannot_be_one_never_overwrites(client, formation, stockee, version):
    avant = stockee()
    champs = {nom: formation.fiche.valeur(nom) for nom in COMPLETE} | {"contenu": "Écrasé", "version": version,
              "type_formation": "clea", "certification": "RS2203"}  # fmt: skip
    assert client.poster(f"/formations/{formation.id}", champs).status_code == 409
    assert stockee() == avant


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("bouton", BOUTONS)
def test_a_formation_archived_meanwhile_refuses_and_the_text_is_handed_back(
    client, base, atelier, gestionnaire, formation, stockee, bouton, htmx
):
    page = client.get(f"/formations/{formation.id}")
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.acte(gestionnaire), formation.id, formation.version)
    long = "Un texte que personne ne veut perdre, et que la page doit rendre quoi qu'il arrive."
    message = "L'état de cette formation a changé : cette opération n'est plus possible."
    if htmx:
        refus = client.swap(page, client.htmx(page, bouton, 409, contenu=long))
        assert refus.alertes == [message]
        assert refus.valeur("contenu") == long
    else:
        refus = client.submit(page, bouton, 409, contenu=long)
        assert refus.h1 == "Opération impossible"
        assert message in refus.texte()
        assert refus.valeur("contenu") == long
    assert stockee()["statut"] == Statut.ARCHIVEE.value


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("bouton", [*BOUTONS, "Annuler"])
def test_a_draft_removed_meanwhile_is_introuvable_and_the_text_is_handed_back(
    client, base, gestionnaire, formation, bouton, htmx
):
    page = client.get(f"/formations/{formation.id}")
    with base.ecriture() as cnx:
        catalogue.supprimer(cnx, un_acte(gestionnaire), formation.id, formation.version)
    long = "Un texte que personne ne veut perdre, et que la page doit rendre quoi qu'il arrive."
    if htmx:
        refus = client.swap(page, client.htmx(page, bouton, 404, contenu=long))
        assert refus.alertes == ["Cette page n'existe pas, ou n'existe plus."]
    else:
        refus = client.submit(page, bouton, 404, contenu=long)
        assert refus.h1 == "Page introuvable"
    assert refus.valeur("contenu") == long


@pytest.mark.parametrize("bouton", BOUTONS)
def test_a_form_opened_in_another_organisation_writes_nothing_here(client, base, atelier, stockee, bouton):
    page = client.get("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    ailleurs = atelier.utilisateur()
    client.connecter(base, ailleurs)
    url = page.commande("Enregistrer les modifications").get("hx-post")
    champs = {"organisme": page.valeur("organisme"), "version": "0", **COMPLETE}
    reponse = client.poster(url + ("" if bouton != "Valider" else "/validation"), champs)
    assert reponse.status_code == 409
    assert "rien n’est enregistré" in reponse.text
    with base.lecture() as cnx:
        assert banc_essai.lister_formations(cnx, ailleurs.organisme.id) == []
