"""The guide from end to end, as somebody in a hurry would write it with Playwright alone.

It does what the scenario « Je crée et je valide une formation « Cléa » en suivant la fiche » does, gesture for gesture
and expectation for expectation. GESTES says which: the bench refuses to compare when the scenario does others.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Locator, Page, expect

from steps.donnees.preparateur import Organisme, Preparateur
from steps.navigateur.lancement import options_de_contexte
from steps.navigateur.pilote import Main

Saisir = Callable[[Locator, str], object]
"""How a field is filled."""

SCENARIO = "Je crée et je valide une formation « Cléa » en suivant la fiche"
TEST = "test_je_crée_et_je_valide_une_formation__cléa__en_suivant_la_fiche"

CLEA = "Socle de connaissances et de compétences professionnelles (CléA)"
INTITULE = "Compétences Cléa - expression orale"
CARTE = "Voir dans le catalogue"
IDENTIFIANT = "Clea_Identifiant"
PREREMPLIES = (
    ("Code FORMACODE", "15041"),
    ("Code NSF", "100"),
    ("Code ROME", "Pas de donnée"),
    ("Organisme certificateur", "Pas de donnée"),
    ("Niveau d’entrée", "Pas de donnée"),
    ("Niveau à la sortie de la formation", "Sans niveau spécifique"),
)
GESTES = (
    ("ouvrir", "/catalogue"),
    ("cliquer", "Ajouter une formation"),
    ("sélectionner", "Cléa"),
    ("sélectionner", CLEA),
    ("cliquer", "Suivant"),
    ("saisir", "Votre identifiant interne de formation"),
    ("cliquer", "Vérifier"),
    ("saisir", "Intitulé de la formation"),
    ("saisir", "Objectif de la formation"),
    ("saisir", "Contenu de la formation"),
    ("saisir", "Les points forts de la formation"),
    ("saisir", "Résultats attendus de la formation"),
    ("choisir", "Type de parcours de formation"),
    ("cliquer", "Enregistrer les modifications"),
    ("cliquer", CARTE),
    ("cliquer", INTITULE),
    ("cliquer", "Valider"),
    ("cliquer", CARTE),
)


def jouer(navigateur: Browser, adresse: str, porte: Preparateur) -> None:
    """Arrange, play and clean up, as the scenario does."""
    organisme = porte.creer_organisme(
        personnes=(
            {"role": "gestionnaire_catalogue", "nom": "Camille Essai"},
            {"role": "lecteur", "nom": "Louise Essai"},
        )
    )
    contexte = navigateur.new_context(**options_de_contexte(Main(), adresse))
    cookie = porte.ouvrir_session(organisme.personnes[0])
    contexte.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": adresse}])
    page = contexte.new_page()
    page.goto("/catalogue")
    expect(page.get_by_role("heading", level=1, name="Catalogue", exact=True)).to_be_visible()
    creer(page)
    assert statut(porte, organisme) == "brouillon"
    valider(page)
    assert statut(porte, organisme) == "validee"
    contexte.close()
    porte.supprimer_organisme(organisme)


def creer(page: Page, saisir: Saisir = Locator.fill) -> None:
    """Follow the guide from the catalogue to a draft in the catalogue (étapes 1 to 13); `saisir` fills a field."""
    page.get_by_role("link", name="Ajouter une formation", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Nouvelle offre de formation", exact=True)).to_be_visible()
    expect(page.get_by_text("Étape 1/2").first).to_be_visible()
    page.get_by_role("radio", name="Cléa", exact=True).check()
    page.get_by_role("radio", name=CLEA, exact=True).check()
    message = page.get_by_role("status")
    confirmation = f"La certification « {CLEA} » est sélectionnée : ses informations sont importées."
    expect(message.get_by_text(confirmation).first).to_be_visible()
    expect(page.get_by_text(f"Intitulé de la certification visée : {CLEA}", exact=True)).to_be_visible()
    page.get_by_role("button", name="Suivant", exact=True).click()
    expect(page.get_by_role("heading", name=f"Préparation à la certification {CLEA}", exact=True)).to_be_visible()
    preremplies(page)
    saisir(page.get_by_role("textbox", name="Votre identifiant interne de formation", exact=True), IDENTIFIANT)
    page.get_by_role("button", name="Vérifier", exact=True).click()
    expect(message.get_by_text(f"L’identifiant « {IDENTIFIANT} » est disponible.").first).to_be_visible()
    en_haut_a_droite(page)
    expect(page.get_by_role("textbox", name="Intitulé de la formation", exact=True)).to_have_value(CLEA)
    for champ, texte in (
        ("Intitulé de la formation", INTITULE),
        ("Objectif de la formation", "Communiquer en français à l'oral"),
        ("Contenu de la formation", "Écouter, reformuler, argumenter"),
        ("Les points forts de la formation", "Petits groupes"),
    ):
        saisir(page.get_by_role("textbox", name=champ, exact=True), texte)
    expect(page.get_by_role("button", name="Valider", exact=True)).to_be_disabled()
    saisir(page.get_by_role("textbox", name="Résultats attendus de la formation", exact=True), "Oser prendre la parole")
    page.get_by_role("combobox", name="Type de parcours de formation", exact=True).select_option(label="96214 - Mixte")
    expect(page.get_by_role("button", name="Valider", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Enregistrer les modifications", exact=True).click()
    expect(message.get_by_text(re.compile(r"^Enregistré à \d{1,2}\sh\s\d\d\b")).first).to_be_visible()
    page.get_by_role("link", name=CARTE, exact=True).click()
    dans_le_catalogue(page, "Brouillon")


def valider(page: Page) -> None:
    """Open the draft again and validate it."""
    page.get_by_role("link", name=INTITULE, exact=True).click()
    page.get_by_role("button", name="Valider", exact=True).click()
    expect(page.get_by_role("heading", level=1, name=INTITULE, exact=True)).to_be_visible()
    suite = "Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions."
    expect(page.get_by_role("status").get_by_text(suite).first).to_be_visible()
    page.get_by_role("link", name=CARTE, exact=True).click()
    dans_le_catalogue(page, "Validée")


def preremplies(page: Page) -> None:
    """The prefilled block says each of its lines, and no other."""
    bloc = page.get_by_role("region", name="Préparation à la certification")
    for libelle, valeur in PREREMPLIES:
        expect(bloc.get_by_text(f"{libelle} : {valeur}", exact=True).first).to_be_visible()
    expect(bloc.get_by_role("listitem")).to_have_count(len(PREREMPLIES))


def en_haut_a_droite(page: Page) -> None:
    """The message stands at the top right."""
    message = page.get_by_role("status").get_by_role("paragraph").first
    expect(message).to_be_in_viewport()
    boite, fenetre = message.bounding_box(), page.viewport_size
    assert boite is not None
    assert fenetre is not None
    assert boite["x"] + boite["width"] / 2 > fenetre["width"] / 2
    assert boite["y"] < fenetre["height"] / 3


def dans_le_catalogue(page: Page, libelle: str) -> None:
    """The card of the formation shows this status."""
    expect(page.get_by_role("heading", level=1, name="Catalogue", exact=True)).to_be_visible()
    carte = page.get_by_role("article").filter(has=page.get_by_text(f"ID : {IDENTIFIANT}", exact=True))
    expect(carte.get_by_text(libelle, exact=True)).to_be_visible()


def statut(porte: Preparateur, organisme: Organisme) -> str:
    """Give the status that is stored."""
    return str(porte.formation(organisme, IDENTIFIANT)["statut"])
