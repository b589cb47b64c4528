"""What was expected and what was there, in the words of the person: one page, every look that may fail on it."""

import pytest
from playwright.sync_api import expect

from steps.ecrans.catalogue import EcranCatalogue
from steps.ecrans.formation import EcranFormation
from steps.ecrans.nouvelle_offre import EcranNouvelleOffre
from steps.ecrans.page import EcranPage
from steps.gherkin.typographie import aplanir
from steps.navigateur.delais import DELAIS
from steps.navigateur.ecart import Ecart
from steps.rapports.erreurs import decrire

PAGE = """<h1>Catalogue</h1>
<nav aria-label="Filtrer par statut"><a href="#" aria-current="true">Toutes (2)</a><a href="#">Brouillons (1)</a></nav>
<article aria-labelledby="t"><h2 id="t">Formation A</h2><p>ID : Clea_1</p><p>Brouillon</p></article>
<label for="c">Contenu</label><textarea id="c" aria-describedby="d">abc</textarea><p id="d">3 caractères sur 256</p>
<label for="l">Type</label><select id="l"><option value="">Choisir</option><option>Mixte</option></select>
<button disabled>Valider</button><button>Suite</button>
<fieldset><legend>Question</legend><label><input type="radio" name="q">Oui</label></fieldset>
<div role="status" style="position:absolute;top:600px;left:0"><p>Message</p></div>
<section aria-label="Préparation"><button>Explication</button><ul><li>Code ROME : M1805</li></ul></section>"""
CAS = {
    "compteur": (
        EcranPage, lambda e: e.lire_sous("Contenu", "4 caractères sur 256"),
        "champ ou liste « Contenu » : a pour description « 4 caractères sur 256 »", "« 3 caractères sur 256 »",
    ),
    "filtre": (
        EcranCatalogue, lambda e: e.voir_comptes({"Brouillons": 3}),
        "filtre « Brouillons » : 3", "« Brouillons (1) »",
    ),
    "filtre choisi": (
        EcranCatalogue, lambda e: e.voir_filtre_choisi("Brouillons"),
        "filtre « Brouillons » choisi", "« Toutes (2) »",
    ),
    "place d'un message": (
        EcranPage, lambda e: e.voir_en_haut_a_droite("status"),
        "« Message » en haut à droite de l'écran", "plus bas, à gauche",
    ),
    "code ROME": (
        EcranFormation, lambda e: e.voir_preremplies([("Code ROME", "K1801")], toutes=True),
        "« Code ROME : K1801 »", "« Code ROME : M1805 »",
    ),
    "option": (
        EcranPage, lambda e: e.choisir("Présentiel", "Type"),
        "« Présentiel » dans la liste « Type »", "« Choisir », « Mixte »",
    ),
    "bouton inactif": (EcranPage, lambda e: e.cliquer("Valider"), "« Valider », à cliquer", "inactif"),
    "bouton absent": (EcranPage, lambda e: e.cliquer("Rien"), "« Rien », à cliquer", "absent de la page"),
    "formation absente": (
        EcranCatalogue, lambda e: e.voir_statut("Clea_9", "Brouillon"),
        "la formation « Clea_9 » dans le catalogue", "« Clea_1 »",
    ),
    "statut": (
        EcranCatalogue, lambda e: e.voir_statut("Clea_1", "Validée"),
        "« Clea_1 » au statut « Validée »", "« Brouillon »",
    ),
    "titre d'une carte": (
        EcranCatalogue, lambda e: e.voir_titre_de_carte("Clea_1", "B"),
        "texte « ID : Clea_1 » : a pour nom « B »", "« Formation A »",
    ),
    "ligne d'une carte": (
        EcranCatalogue, lambda e: e.voir_sur_la_carte("Formation A", ["Validée"]),
        "sur la carte « Formation A » : « Validée »", "« Formation A », « ID : Clea_1 », « Brouillon »",
    ),
    "nombre": (
        EcranCatalogue, lambda e: e.voir_nombre(3), "3 formations dans le catalogue", "1 : « Formation A »",
    ),
    "longueur": (
        EcranPage, lambda e: e.voir_longueur("Contenu", 9), "champ « Contenu » : 9 caractères", "3 caractères",
    ),
    "choix": (EcranPage, lambda e: e.voir_un_choix("Question", "Non"), "« Question » propose « Non »", "« Oui »"),
    "ordre": (
        EcranPage, lambda e: e.voir_boutons_alignes(["Suite", "Valider"]),
        "de gauche à droite : « Suite », « Valider »", "« Valider », « Suite »",
    ),
    "aide": (
        EcranNouvelleOffre, lambda e: e.voir_option("Type", "Mixte"), "liste « Type » : « Mixte »", "« Choisir »",
    ),
}  # fmt: skip


def test_each_failure_says_what_was_expected_and_what_was_there(scener, monkeypatch):
    scene = scener("about:blank")
    page = scene.pilote.page
    page.set_content(PAGE)
    page.set_default_timeout(100)
    expect.set_options(timeout=100)
    dits = {}
    try:
        for nom, (ecran, regarder, *_) in CAS.items():
            with pytest.raises(AssertionError) as rate:
                regarder(ecran(scene.pilote))
            faits = decrire(rate.value)
            dits[nom] = (aplanir(faits.get("attendu", "")), aplanir(faits.get("trouve", "")))
    finally:
        DELAIS.constater()
    assert dits == {nom: (attendu, trouve) for nom, (_, _, attendu, trouve) in CAS.items()}


def test_an_expectation_and_what_was_found_are_in_the_message_itself():
    assert aplanir(str(Ecart("un", "deux"))) == "attendu un ; trouvé deux"
