"""What is typed and not saved is kept by the page: for one person and one formation, until saved or abandoned."""

import re

import pytest
from playwright.sync_api import expect

from steps.donnees.preparateur import TEXTES_COMPLETS
from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_saisie import (
    ENREGISTRE,
    GARDEES,
    TEXTE,
    demander_un_autre_type,
    offres,
    recharger,
    taper,
    taper_ou_choisir,
    une_formation,
)

REPRENDRE = re.compile(r"^Reprendre la saisie de \d{1,2}\u00a0h\u00a0\d\d$")


def revenir(visite):
    visite.page.get_by_role("link", name="Catalogue", exact=True).click()
    visite.page.go_back()


def revenir_et_avancer(visite):
    visite.page.go_back()
    visite.page.go_forward()


def changer_de_date(visite):
    visite.page.get_by_role("button", name="Passer à aujourd").click()
    visite.page.get_by_role("button", name="Revenir au 28").click()


@pytest.mark.parametrize("partir", [recharger, revenir, revenir_et_avancer, changer_de_date])
@pytest.mark.parametrize("nouvelle", [True, False])
def test_what_was_typed_is_offered_back_and_changes_nothing_by_itself(visite, partir, nouvelle):
    adresse = NOUVELLE if nouvelle else une_formation(visite)
    visite.page.goto("/catalogue")
    visite.page.goto(adresse)
    avant = visite.champ("contenu").input_value()
    taper(visite)
    partir(visite)
    expect(offres(visite)).to_have_text([REPRENDRE])
    expect(visite.champ("contenu")).to_have_value(avant)
    offres(visite).click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(visite.champ("contenu")).to_be_focused()
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_text(f"{len(TEXTE)} / 3000 Caractères")
    expect(offres(visite)).to_have_count(0)
    # It is kept again at once, until it is saved.
    visite.page.reload()
    expect(offres(visite)).to_have_count(1)


def test_what_is_offered_is_in_sight_on_a_phone(visite):
    visite.page.set_viewport_size({"width": 375, "height": 667})
    visite.page.goto(NOUVELLE)
    taper(visite, "points_forts", "Petits groupes")
    recharger(visite)
    expect(offres(visite)).to_be_in_viewport()


def test_every_kind_of_field_is_taken_up(visite):
    adresse = une_formation(visite, type_formation="certifiante", certification="RNCP37674")
    visite.page.goto(adresse)
    visite.champ("identifiant").fill("Autre_1")
    visite.champ("type_parcours").select_option("96213")
    boites = visite.page.get_by_role("checkbox")
    for rang in range(boites.count()):
        boites.nth(rang).check()
    recharger(visite)
    offres(visite).click()
    expect(visite.champ("identifiant")).to_have_value("Autre_1")
    expect(visite.champ("type_parcours")).to_have_value("96213")
    for rang in range(boites.count()):
        expect(boites.nth(rang)).to_be_checked()


def test_what_is_typed_anew_does_not_take_the_place_of_what_is_offered(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    recharger(visite)
    taper(visite, "points_forts", "Petits groupes")
    recharger(visite)
    expect(offres(visite)).to_have_count(2)
    offres(visite).first.click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(1)


def test_what_is_abandoned_is_forgotten(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    recharger(visite)
    visite.bouton("L’abandonner").click()
    expect(offres(visite)).to_have_count(0)
    assert visite.page.evaluate(GARDEES) == 0
    recharger(visite)
    expect(visite.page.locator("#fiche")).to_be_visible()
    expect(offres(visite)).to_have_count(0)


@pytest.mark.parametrize("geste", ["Enregistrer les modifications", "Valider"])
@pytest.mark.parametrize("nouvelle", [True, False])
def test_what_is_saved_is_kept_no_more(visite, geste, nouvelle):
    visite.page.goto(NOUVELLE if nouvelle else une_formation(visite))
    for nom in TEXTES_COMPLETS if nouvelle else ():
        taper_ou_choisir(visite, nom, COMPLETE[nom])
    taper(visite, "identifiant", "Clea_9")
    taper(visite)
    visite.bouton(geste).click()
    if geste == "Valider":
        expect(visite.page.get_by_role("status").get_by_text("est validée")).to_be_visible()
    else:
        expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()
    assert visite.page.evaluate(GARDEES) == 0


def test_one_that_cannot_be_read_keeps_nothing_else_from_being_offered_nor_kept(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.page.evaluate(
        """() => { const [cle] = Object.keys(sessionStorage).filter((cle) => cle.startsWith("saisie|"));
             for (const [rang, texte] of ["{", "null", "{}"].entries()) {
               sessionStorage.setItem(cle.replace(/[0-9]+$/, String(rang)), texte);
             } }"""
    )
    recharger(visite)
    expect(offres(visite)).to_have_count(1)
    taper(visite, "points_forts", "Petits groupes")
    recharger(visite)
    expect(offres(visite)).to_have_count(2)


def test_what_retirer_removed_is_removed_from_what_is_kept(visite):
    visite.page.goto(NOUVELLE)
    taper(visite, texte="Écouter \u202eReformuler")
    visite.bouton("Retirer").click()
    expect(visite.champ("contenu")).to_have_value("Écouter Reformuler")
    recharger(visite)
    offres(visite).click()
    expect(visite.champ("contenu")).to_have_value("Écouter Reformuler")


def test_a_save_that_is_refused_or_lost_keeps_it(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.champ("identifiant").fill(COMPLETE["identifiant"])
    with visite.page.expect_response(lambda reponse: reponse.status == 422):
        visite.bouton("Enregistrer les modifications").click()
    assert visite.page.evaluate(GARDEES) == 1
    visite.champ("identifiant").fill("Clea_9")
    visite.page.route("**/formations/*", lambda demande: demande.abort())
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.bouton("Réessayer")).to_be_visible()
    assert visite.page.evaluate(GARDEES) == 1


def test_annuler_abandons_it(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.bouton("Annuler").click()
    visite.page.get_by_role("link", name="Quitter sans enregistrer").click()
    expect(visite.page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    assert visite.page.evaluate(GARDEES) == 0


def test_what_is_put_back_as_it_was_is_not_kept(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    taper(visite, texte="")
    assert visite.page.evaluate(GARDEES) == 0


def test_it_is_erased_at_sign_out_in_every_tab(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    autre = visite.contexte.new_page()
    autre.on("dialog", lambda dialogue: dialogue.accept())
    autre.goto(NOUVELLE)
    autre.locator("#contenu").fill("Dans un autre onglet")
    autre.get_by_role("button", name="Se déconnecter").click()
    expect(autre.get_by_role("heading", level=1, name="Se connecter")).to_be_visible()
    assert autre.evaluate(GARDEES) == 0
    visite.page.wait_for_function("() => !Object.keys(sessionStorage).some((cle) => cle.startsWith('saisie|'))")


def test_an_answer_that_comes_after_the_sign_out_keeps_nothing_again(visite):
    retenues = []
    visite.page.goto(NOUVELLE)
    visite.page.route("**/saisie", lambda route: retenues.append((route, route.fetch())))
    with visite.page.expect_request("**/saisie"):
        taper(visite)
    autre = visite.contexte.new_page()
    autre.goto("/catalogue")
    autre.get_by_role("button", name="Se déconnecter").click()
    expect(autre.get_by_role("heading", level=1, name="Se connecter")).to_be_visible()
    visite.page.wait_for_function(f"() => ({GARDEES})() === 0")
    for route, reponse in retenues:
        with visite.page.expect_response("**/saisie"):
            route.fulfill(response=reponse)
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_text(f"{len(TEXTE)} / 3000 Caractères")
    visite.page.wait_for_function("() => !document.querySelector('.htmx-request')")
    assert visite.page.evaluate(GARDEES) == 0
    # What is typed from then on is kept, under the person whose page it is.
    visite.page.unroute("**/saisie")
    taper(visite, texte="Autre chose")
    assert visite.page.evaluate(GARDEES) == 1


def test_somebody_else_is_never_shown_it(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.devenir(1)
    recharger(visite)
    expect(visite.page.locator("#fiche")).to_be_visible()
    expect(offres(visite)).to_have_count(0)
    expect(visite.page.get_by_text("Ligne 1")).to_have_count(0)
    visite.devenir(0)
    recharger(visite)
    expect(offres(visite)).to_have_count(1)


@pytest.mark.parametrize(("jours", "nombre"), [(6.9, 1), (7.1, 0)])
def test_it_is_kept_seven_days_and_says_which_day(visite, jours, nombre):
    visite.page.goto(NOUVELLE)
    taper(visite)
    visite.page.evaluate(
        """jours => { for (const cle of Object.keys(sessionStorage)) {
             if (!cle.startsWith("saisie|")) continue;
             const gardee = JSON.parse(sessionStorage.getItem(cle));
             sessionStorage.setItem(cle, JSON.stringify({ ...gardee, quand: gardee.quand - jours * 86400000 }));
           } }""",
        jours,
    )
    recharger(visite)
    expect(visite.page.locator("#fiche")).to_be_visible()
    expect(offres(visite)).to_have_count(nombre)
    if nombre:
        expect(offres(visite)).to_have_text(re.compile(r"^Reprendre la saisie du \d+(er)? \w+ à \d{1,2}\sh\s\d\d$"))


def test_it_keeps_the_version_on_which_it_was_typed_so_that_nothing_is_overwritten(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    visite.porte.modifier_en_collegue(visite.organisme, "Clea_1", {"contenu": "Le texte de Claude"})
    recharger(visite)
    expect(visite.champ("contenu")).to_have_value("Le texte de Claude")
    offres(visite).click()
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("heading", name="Deux versions de cette formation")).to_be_visible()
    assert visite.porte.formation(visite.organisme, "Clea_1")["contenu"] == "Le texte de Claude"


def test_texts_typed_for_another_type_come_back_with_its_fields(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    demander_un_autre_type(visite)
    visite.page.get_by_label("Bilan de compétences", exact=True).check()
    visite.bouton("Suivant").click()
    visite.champ("duree_heures").fill("20")
    visite.page.goto(adresse)
    expect(offres(visite)).to_have_count(1)
    offres(visite).click()
    expect(visite.champ("duree_heures")).to_have_value("20")
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(0)


def test_a_form_opened_on_another_certification_erases_nothing_and_keeps_nothing_that_nobody_typed(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    visite.page.goto("/echeancier")
    visite.page.goto(f"{adresse}?vers=RS3936")
    expect(visite.page.locator("#fiche [name='certification']")).to_have_value("RS3936")
    expect(offres(visite)).to_have_count(1)
    assert visite.page.evaluate(GARDEES) == 1
    visite.page.goto(adresse)
    expect(offres(visite)).to_have_count(1)
    offres(visite).click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)


def changer_de_type(visite, nom="Bilan de compétences"):
    demander_un_autre_type(visite)
    visite.page.get_by_label(nom, exact=True).check()
    visite.bouton("Suivant").click()
    expect(visite.champ("contenu")).to_be_visible()


def test_what_is_offered_and_not_taken_survives_another_type(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    recharger(visite)
    expect(offres(visite)).to_have_count(1)
    taper(visite, "points_forts", "Petits groupes")
    changer_de_type(visite)
    expect(visite.champ("points_forts")).to_have_value("Petits groupes")
    expect(offres(visite)).to_have_count(1)
    visite.page.goto(adresse)
    expect(offres(visite)).to_have_count(2)


def test_a_change_given_up_leaves_what_was_typed_as_unsaved_as_it_was(visite):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    avertis = []
    visite.page.on("dialog", lambda dialogue: avertis.append(dialogue.type))
    taper(visite)
    demander_un_autre_type(visite)
    visite.bouton("Revenir sans rien changer").click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(0)
    visite.page.goto(adresse)
    assert avertis == ["beforeunload"]
    expect(offres(visite)).to_have_count(1)


@pytest.mark.parametrize("partir", [recharger, revenir])
@pytest.mark.parametrize("geste", ["supprimer", "archiver"])
def test_what_was_typed_in_a_formation_lost_since_is_offered_to_make_another(visite, geste, partir):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    visite.porte.operer_en_collegue(visite.organisme, "Clea_1", geste)
    partir(visite)
    expect(visite.page.get_by_role("button", name="Enregistrer les modifications")).to_have_count(0)
    expect(offres(visite)).to_have_text([REPRENDRE])
    offres(visite).click()
    expect(visite.bouton("Créer une formation avec cette saisie")).to_be_visible()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    expect(offres(visite)).to_have_count(0)
    visite.bouton("Créer une formation avec cette saisie").click()
    visite.page.wait_for_url(lambda url: "/saisie?" in url and adresse not in url)
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    # It goes on under the new one: the lost one offers nothing more.
    visite.page.goto(adresse)
    expect(visite.page.get_by_role("heading", level=1)).to_be_visible()
    expect(offres(visite)).to_have_count(0)


@pytest.mark.parametrize("geste", ["supprimer", "archiver"])
def test_what_was_typed_in_a_formation_lost_since_is_abandoned_or_kept_from_others(visite, geste):
    adresse = une_formation(visite)
    visite.page.goto(adresse)
    taper(visite)
    visite.porte.operer_en_collegue(visite.organisme, "Clea_1", geste)
    visite.devenir(1)
    recharger(visite)
    expect(visite.page.get_by_role("heading", level=1)).to_be_visible()
    expect(offres(visite)).to_have_count(0)
    visite.devenir(0)
    visite.page.goto("/formations/00000000-0000-4000-8000-000000000000")
    expect(visite.page.get_by_role("heading", level=1)).to_be_visible()
    expect(offres(visite)).to_have_count(0)
    visite.page.goto(adresse)
    expect(offres(visite)).to_have_count(1)
    visite.bouton("L’abandonner").click()
    expect(offres(visite)).to_have_count(0)
    assert visite.page.evaluate(GARDEES) == 0


def test_a_text_taken_up_makes_way_for_another_and_is_offered_in_its_turn(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    recharger(visite)
    taper(visite, "points_forts", "Petits groupes")
    recharger(visite)
    offres(visite).first.click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    offres(visite).click()
    expect(visite.champ("points_forts")).to_have_value("Petits groupes")
    expect(visite.champ("contenu")).to_have_value("")
    expect(offres(visite)).to_have_count(1)
    recharger(visite)
    expect(offres(visite)).to_have_count(2)
    offres(visite).first.click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)


def test_what_is_typed_makes_way_for_what_is_taken_up_and_is_not_lost(visite):
    visite.page.goto(NOUVELLE)
    taper(visite)
    recharger(visite)
    expect(offres(visite)).to_have_count(1)
    taper(visite, texte="Tapé depuis")
    offres(visite).click()
    expect(visite.champ("contenu")).to_have_value(TEXTE)
    offres(visite).click()
    expect(visite.champ("contenu")).to_have_value("Tapé depuis")


def test_where_the_browser_keeps_nothing_the_form_works_all_the_same(visite):
    visite.contexte.add_init_script(
        "for (const nom of ['sessionStorage', 'localStorage'])"
        " Object.defineProperty(window, nom, { get() { throw new DOMException('refus', 'SecurityError'); } });"
    )
    visite.page.goto(NOUVELLE)
    taper(visite)
    expect(visite.page.locator("#etat-contenu .etat-compteur")).to_have_text(f"{len(TEXTE)} / 3000 Caractères")
    visite.bouton("Vérifier").click()
    expect(visite.page.get_by_role("alert")).to_contain_text("Saisissez un identifiant interne.")
