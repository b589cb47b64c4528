"""Gestures on the form of a formation, for the tests of what it keeps and of what a save leaves."""

import re

from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE

ENREGISTRE = re.compile(r"^Enregistré à \d{1,2}\u00a0h\u00a0\d\d au statut «")
TEXTE = "Ligne 1\nL'œuvre « é » <b>\n"
GARDEES = "() => Object.keys(sessionStorage).filter((cle) => cle.startsWith('saisie|')).length"


def offres(visite):
    return visite.page.get_by_role("status").get_by_role("button", name=re.compile("^Reprendre la saisie"))


def taper(visite, champ="contenu", texte=TEXTE):
    visite.champ(champ).fill(texte)


def taper_ou_choisir(visite, nom, valeur):
    champ = visite.champ(nom)
    champ.select_option(valeur) if champ.evaluate("champ => champ.tagName") == "SELECT" else champ.fill(valeur)


def enregistrer(visite):
    with visite.page.expect_response(lambda reponse: "FV-Enregistree".lower() in reponse.headers):
        visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("status").get_by_text(ENREGISTRE)).to_be_visible()


def une_formation(visite, **autres):
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, **autres}])
    return f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}"


def demander_un_autre_type(visite):
    """Ask to change the type, where that is folded too: a stored formation folds what is known of its certification."""
    deplier_la_certification(visite)
    visite.bouton("Changer de type ou de certification").click()


def deplier_la_certification(visite):
    repliee = visite.page.locator("details.certification-pliee:not([open]) > summary")
    if repliee.count():
        repliee.click()


def recharger(visite):
    visite.page.reload()
