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
    assert titre.startswith("Cette formation a été modifiée par Claude Durand le 28 novembre 2019 à 11 h 30")
    assert explication.startswith("Rien n'est écrasé")
    assert vif.lien(item) == "#conflit-titre"
    assert vif.onglet == f"Erreur : {formation.fiche.intitule} – Fiche vivante"
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
    assert (fin.refus, textes_opposes(fin), fin.onglet) == ([], {}, f"{formation.fiche.intitule} – Fiche vivante")
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


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
def test_the_control_beside_it_is_that_of_the_version_that_stands(client, formation, collegue, htmx):
    page = client.get(f"/formations/{formation.id}")
    collegue(formation, contenu="Voir www.exemple.example")
    conflit = presser(client, page, BOUTONS[0], 409, htmx, contenu="Moi")
    dit = conflit.texte("//*[@id='controle']")
    assert "Évitez adresses web" in dit
    assert dit == client.get(f"/formations/{formation.id}").texte("//*[@id='controle']")


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


LONG = "Un texte que personne ne veut perdre, et que la page doit garder quoi qu'il arrive."
CREER = "Créer une formation avec cette saisie"
CHANGER = "Changer de type ou de certification"
GESTES = [*BOUTONS, "Vérifier", CHANGER]
SUPPRIMEE = "Cette formation n'existe plus dans votre catalogue : elle a été supprimée après l'ouverture de votre page."


@pytest.fixture
def archiver(base, atelier, gestionnaire):
    claude = atelier.utilisateur(gestionnaire.organisme, nom="Claude Durand")

    def faire(formation):
        with base.ecriture() as cnx:
            acte = un_acte(claude, maintenant=atelier.instant() + timedelta(hours=1))
            catalogue.archiver(cnx, acte, formation.id, formation.version)

    return faire


@pytest.fixture
def supprimer(base, gestionnaire):
    def faire(formation):
        with base.ecriture() as cnx:
            catalogue.supprimer(cnx, un_acte(gestionnaire), formation.id, formation.version)

    return faire


def presser(client, page, bouton, statut, htmx, **champs):
    if htmx:
        return client.swap(page, client.htmx(page, bouton, statut, **champs))
    return client.submit(page, bouton, statut, **champs)


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("bouton", GESTES)
def test_a_formation_archived_meanwhile_says_who_and_when_and_the_text_stays(
    client, archiver, formation, stockee, bouton, htmx
):
    page = client.get(f"/formations/{formation.id}")
    archiver(formation)
    refus = presser(client, page, bouton, 409, htmx, contenu=LONG)
    titre, suite, *_ = refus.refus
    assert titre == (
        "Cette formation a été archivée par Claude Durand le 28 novembre 2019 à 11 h 30, après l'ouverture de votre "
        "page : elle ne se modifie plus."
    )
    assert "restaurez la formation depuis le catalogue" in suite
    assert refus.valeur("contenu") == LONG
    carte = refus.commande("Voir la formation archivée dans un nouvel onglet")
    assert (carte.get("target"), str(formation.id) in carte.get("href")) == ("_blank", True)
    assert stockee()["statut"] == Statut.ARCHIVEE.value


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("bouton", GESTES)
def test_a_formation_removed_meanwhile_is_said_and_the_text_stays(client, supprimer, formation, bouton, htmx):
    page = client.get(f"/formations/{formation.id}")
    supprimer(formation)
    refus = presser(client, page, bouton, 404, htmx, contenu=LONG)
    assert refus.tous("//form[@id='fiche']")
    assert refus.refus[0] == SUPPRIMEE
    assert refus.valeur("contenu") == LONG


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
def test_annuler_leaves_a_formation_removed_meanwhile(client, supprimer, formation, htmx):
    page = client.get(f"/formations/{formation.id}")
    supprimer(formation)
    assert presser(client, page, "Annuler", 200, htmx, contenu=LONG).commande("Quitter sans enregistrer") is not None


@pytest.mark.parametrize(("statut", "geste"), [(404, "supprimer"), (409, "archiver")])
def test_what_follows_the_typing_says_it_too_and_takes_no_focus(client, request, formation, statut, geste):
    page = client.get(f"/formations/{formation.id}")
    request.getfixturevalue(geste)(formation)
    vive = client.swap(page, client.htmx(page, page.par_id("suivi"), statut, contenu=LONG))
    assert vive.refus[0].startswith("Cette formation ")
    assert vive.par_id("refus").get("autofocus") is None
    assert not vive.alertes


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize("geste", ["supprimer", "archiver"])
def test_its_texts_make_a_new_formation(client, base, gestionnaire, request, formation, geste, htmx):
    page = client.get(f"/formations/{formation.id}")
    request.getfixturevalue(geste)(formation)
    refus = presser(client, page, BOUTONS[0], 404 if geste == "supprimer" else 409, htmx, contenu=LONG)
    neuve = presser(client, refus, CREER, 200, htmx)
    assert neuve.h1 == "Nouvelle offre de formation"
    assert (neuve.valeur("contenu"), neuve.valeur("version")) == (LONG, "0")
    assert neuve.valeur("identifiant") == formation.fiche.identifiant
    presser(client, neuve, BOUTONS[0], 200, htmx, identifiant="Autre_1")
    with base.lecture() as cnx:
        gardees = {f["identifiant"]: f for f in banc_essai.lister_formations(cnx, gestionnaire.organisme.id)}
    assert gardees["Autre_1"]["contenu"] == LONG
    assert gardees["Autre_1"]["id"] != str(formation.id)


@pytest.mark.parametrize(("statut", "geste"), [(404, "supprimer"), (409, "archiver")])
@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
def test_it_is_said_on_the_way_to_another_type_too(client, request, formation, statut, geste, htmx):
    etape_1 = presser(client, client.get(f"/formations/{formation.id}"), CHANGER, 200, htmx, contenu=LONG)
    request.getfixturevalue(geste)(formation)
    refus = presser(client, etape_1, "Suivant", statut, htmx)
    assert refus.refus[0].startswith("Cette formation ")
    neuve = presser(client, refus, CREER, 200, htmx)
    assert (neuve.h1, neuve.valeur("contenu")) == ("Nouvelle offre de formation", LONG)


def test_somebody_else_of_the_same_name_is_not_oneself(client, base, atelier, gestionnaire, formation):
    page = client.get(f"/formations/{formation.id}")
    homonyme = atelier.utilisateur(gestionnaire.organisme, nom=gestionnaire.nom)
    with base.ecriture() as cnx:
        acte = un_acte(homonyme, maintenant=atelier.instant() + timedelta(hours=1))
        enregistrer(cnx, acte, formation.id, formation.version, formation.fiche.avec(contenu="Le sien"))
    refus = client.submit(page, BOUTONS[0], 409, contenu="Le mien")
    assert refus.refus[0].startswith(f"Cette formation a été modifiée par {gestionnaire.nom} le 28 novembre 2019")


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
