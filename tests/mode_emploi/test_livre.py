"""The phrase book as the product reads it: complete, searched by words or by a whole step, typeset."""

import re

import pytest

from webapp.mode_emploi.livre import PUBLIE, livre
from webapp.mode_emploi.mots import Mot, mots

ESPACE = "\N{NO-BREAK SPACE}"


def phrase(texte):
    [trouvee] = [p for p in livre().phrases if p.texte == texte]
    return trouvee


def test_every_phrase_says_what_it_means_shows_an_example_and_where_it_is_said():
    assert len(livre().phrases) > 100
    for lue in livre().phrases:
        assert lue.sens.endswith("."), lue.texte
        assert lue.mots, lue.texte
        assert lue.exemple is not None, lue.texte
        assert lue.emplois, lue.texte
        assert lue.nombre_emplois == sum(len(e.lignes) for groupe in lue.emplois for e in groupe.emplois)
        for parametre in lue.parametres:
            assert parametre.sens, f"{lue.texte} : {parametre.nom}"
            assert not parametre.sens.endswith("."), f"{lue.texte} : {parametre.nom}"


def test_the_example_of_a_phrase_is_that_phrase():
    for lue in livre().phrases:
        assert lue.exemple is not None, lue.ancre
        dit = lue.exemple.texte
        plat = dit.replace(ESPACE, " ").replace("’", "'")
        assert lue.lire(plat, plat) is not None, dit
        assert bool(lue.exemple.table) == (lue.dessous == "table"), dit
        assert bool(lue.exemple.bloc) == (lue.dessous == "texte"), dit


def test_what_is_shown_of_a_phrase_is_typeset_and_names_its_parameters():
    assert phrase("j'ai un compte avec le mot de passe « {mot_de_passe} »").morceaux == (
        (f"j’ai un compte avec le mot de passe «{ESPACE}", False), ("mot de passe", True), (f"{ESPACE}»", False),
    )  # fmt: skip
    assert phrase("l'étape {numero:d} est signalée comme reconstituée").morceaux[1] == ("numéro", True)
    assert phrase("la panne prend fin").morceaux == (("la panne prend fin", False),)


def test_the_anchor_of_a_phrase_is_its_own():
    ancres = [p.ancre for p in livre().phrases]
    assert len(set(ancres)) == len(ancres)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ancre) for ancre in ancres)


def test_a_use_names_its_feature_its_scenario_and_its_lines():
    emplois = phrase("je saisis « {texte} » dans le champ « {champ} »").emplois
    guide = next(emploi for emploi in emplois if "formation_clea" in emploi.fichier)
    assert (guide.fichier, guide.fonctionnalite) == (
        "guide/creer_une_formation_clea.feature", f"Créer une formation «{ESPACE}Cléa{ESPACE}»",
    )  # fmt: skip
    lignes = (PUBLIE.parents[3] / "features" / guide.fichier).read_text("utf-8").splitlines()
    for emploi in guide.emplois:
        for numero in emploi.lignes:
            assert "je saisis « " in lignes[numero - 1]
            avant = [ligne for ligne in lignes[:numero] if re.match(r"\s*(Plan du scénario|Scénario|Contexte):", ligne)]
            titre = avant[-1].partition(":")[2].strip()
            motif = re.escape(re.sub("<[^<>]+>", "…", titre)).replace("'", "[’']").replace("\\ ", r"\s")
            assert re.fullmatch(motif or "Contexte", emploi.scenario)


@pytest.mark.parametrize(
    ("recherche", "trouvee"),
    [
        ("double-clique", "je double-clique sur « {nom} »"),
        ("DOUBLE clique", "je double-clique sur « {nom} »"),
        ("operation choisis", "je choisis l'opération « {operation} » de la formation « {identifiant} »"),
        ("l’alerte s’affiche", "l'alerte « {texte} » s'affiche"),
        ("réponse d'un relais", "survient la panne « {panne} »"),
        ("comme par mégarde", "je double-clique sur « {nom} »"),
        ("je double-clique sur « Enregistrer »", "je double-clique sur « {nom} »"),
        ("  lecteur   catalogue  ", "je deviens lecteur du catalogue"),
    ],
)
def test_a_search_finds_words_whatever_their_case_and_accents_or_a_whole_step(recherche, trouvee):
    assert trouvee in [p.texte for c in livre().chercher(recherche) for p in c.phrases]


def test_a_search_keeps_the_chapters_and_their_order_and_finds_nothing_when_there_is_nothing():
    titres = [c.titre for c in livre().chapitres]
    trouves = livre().chercher("catalogue")
    assert [c.titre for c in trouves] == [t for t in titres if t in {c.titre for c in trouves}]
    assert 1 < len(trouves) < len(titres)
    assert livre().chercher("introuvable zorglub") == ()
    assert livre().chercher("") == livre().chapitres
    assert livre().chercher("x" * 100_000) == ()


def test_the_book_is_read_once():
    assert livre() is livre()


@pytest.mark.parametrize(
    ("texte", "lus"),
    [
        ("je clique", [Mot("je"), Mot("clique")]),
        ("je lis « a b », puis", [Mot("je"), Mot("lis"), Mot("« a b »", cite=True), Mot(",", colle=True), Mot("puis")]),
        ("« a « b » c »", [Mot("« a « b » c »", cite=True)]),
        ("« a", [Mot("«"), Mot("a")]),
        ("a »", [Mot("a"), Mot("»")]),
        ("« a « b »", [Mot("«"), Mot("a"), Mot("« b »", cite=True)]),
        ("les lignes :", [Mot("les"), Mot("lignes"), Mot(":")]),
        ("", []),
    ],
)
def test_a_step_is_cut_into_words_a_value_being_one(texte, lus):
    assert list(mots(texte)) == lus
