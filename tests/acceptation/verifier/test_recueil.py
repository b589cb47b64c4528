"""The phrase book that the steps publish: complete, in order, fresh; what is missing or stale is told in French."""

import json
import shutil
from pathlib import Path

import pytest

from steps.definitions.phrase import Parametre, PhraseImpossible, phrase
from steps.ecrans.formation import plusieurs
from steps.gherkin.document import Pas
from steps.gherkin.lecture import fichiers, lire_fichier
from steps.gherkin.typographie import plier
from steps.navigateur import pannes
from steps.phrases import CHAPITRES, LIBELLES, MODULES, PARAMETRES
from steps.phrases.formulaire import SORTES
from steps.phrases.gestes import PANNES
from steps.rapports.commandes import commande
from steps.verifier import recueil_publie
from steps.verifier.__main__ import EN_DEFAUT, SANS_DEFAUT, main
from steps.verifier.recueil import Emploi, RecueilIncomplet, emplois, entrees, exiger_sens, recueillir
from steps.verifier.recueil_publie import COMMANDE, RECUEIL, a_publier, perime
from tests.acceptation.verifier.modele import BON

RACINE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def features():
    return [lire_fichier(path, RACINE) for path in fichiers([RACINE / "features"])]


@pytest.fixture(scope="module")
def livre(features):
    return recueillir(features, RACINE)


def phrases(livre):
    return {each["phrase"]: each for chapter in livre["chapitres"] for each in chapter["phrases"]}


# ---------------------------------------------------------------------------- beside the phrase


def test_a_phrase_carries_its_meaning_and_what_its_parameters_are():
    parser = phrase("je lis « {texte} » {fois:d} fois", "Lit.", texte="un texte", fois=("1", "2"))
    assert parser.sens == "Lit."
    assert parser.parametres == (
        Parametre("texte", "", cite=True, sens="un texte"),
        Parametre("fois", "d", cite=False, valeurs=("1", "2")),
    )
    assert parser.parse_arguments("je lis « a » 2 fois") == {"texte": "a", "fois": 2}


def test_a_phrase_explains_none_but_its_own_parameters():
    with pytest.raises(PhraseImpossible, match="n’est pas un de ses paramètres"):
        phrase("je lis « {texte} »", "Lit.", titre="un titre")


# ---------------------------------------------------------------------------- what is published


def test_the_published_book_is_fresh(features):
    assert perime(features, RACINE) is None, f"lancez « {COMMANDE} »"


def test_it_holds_every_phrase_that_the_plugin_loads_and_no_other(livre, pytestconfig):
    assert all(pytestconfig.pluginmanager.hasplugin(module) for module in MODULES)
    written = {path.stem for path in (RACINE / "steps" / "phrases").glob("*.py")} - {"__init__"}
    assert written == set(CHAPITRES)
    assert [chapter["nom"] for chapter in livre["chapitres"]] == list(CHAPITRES)
    assert set(phrases(livre)) == {entry.parser.name for module in MODULES for entry in entrees(module)}


def test_a_chapter_follows_the_order_of_its_module(livre):
    for chapter in livre["chapitres"]:
        source = (RACINE / "steps" / "phrases" / f"{chapter['nom']}.py").read_text("utf-8")
        places = [source.index(f'"{each["phrase"]}"') for each in chapter["phrases"]]
        assert places == sorted(places)


def test_every_use_is_there_once_and_examples_are_in_place(livre, features):
    found = phrases(livre)
    written = {(dit.place, dit.pas.texte) for file in features for dit in emplois(file)}
    places = [place for each in found.values() for place in each["emplois"]]
    assert set(places) == {place for place, _ in written}
    un, plusieurs_ = (f"le catalogue affiche {{nombre:d}} formation{s}" for s in ("", "s"))
    common = set(found[un]["emplois"]) & set(found[plusieurs_]["emplois"])
    assert len(common) == 1  # « le catalogue affiche <combien> », whose examples say both.
    for each in found.values():
        assert each["emplois"] == list(dict.fromkeys(each["emplois"]))


def test_a_use_is_one_under_the_keyword_of_the_phrase():
    [entry] = [
        each for each in entrees("steps.phrases.catalogue") if each.parser.name == "je feuillette tout le catalogue"
    ]
    assert entry.dit(Emploi("a", Pas(1, "Quand ", "Quand", "je feuillette tout le catalogue")))
    assert not entry.dit(Emploi("a", Pas(1, "Alors ", "Alors", "je feuillette tout le catalogue")))
    assert not entry.dit(Emploi("a", Pas(1, "Quand ", "Quand", "je feuillette deux catalogues")))


def test_an_example_is_a_real_step_without_anything_left_open(livre, features):
    texts = {dit.pas.texte for file in features for dit in emplois(file)}
    for each in phrases(livre).values():
        assert each["exemple"]["texte"] in texts
        assert "<" not in each["exemple"]["texte"]
        assert each.get("dessous") == (
            "table" if "table" in each["exemple"] else "texte" if "bloc" in each["exemple"] else None
        )


def test_kinds_and_values_are_those_of_the_definitions(livre):
    found = phrases(livre)
    assert found["je clique sur « {nom} »"]["mots"] == ["Étant donné", "Quand", "Alors"]
    assert found["je feuillette tout le catalogue"]["mots"] == ["Quand"]
    [_, statut] = found["la formation « {identifiant} » est enregistrée au statut « {statut} »"]["parametres"]
    assert statut["valeurs"] == ["Brouillon", "Validée", "Archivée"]
    [date] = found["nous sommes le {date}"]["parametres"]
    assert date["forme"] == "texte"
    assert sorted(date["vues"][:2]) == ["23 novembre 2026", "28 novembre 2019"]


def test_the_file_is_read_line_by_line_and_ends_with_one(features):
    text = a_publier(features, RACINE)
    assert text.endswith("}\n")
    assert max(map(len, text.splitlines())) < 300
    assert json.loads(text)["chapitres"]
    assert a_publier(list(features), RACINE) == text


# ---------------------------------------------------------------------------- what is declared is true


def test_what_may_go_wrong_is_what_the_steps_know_how_to_cause():
    assert set(PANNES) == {"réseau coupé", *pannes._PANNES}


def test_each_sort_of_signs_exists():
    assert all(plusieurs(2, sorte) for sorte in SORTES)
    with pytest.raises(KeyError):
        plusieurs(2, "autres")


def test_labels_only_give_back_accents():
    assert all(plier(libelle) == nom for nom, libelle in LIBELLES.items())


def test_nothing_is_explained_for_nobody(livre):
    names = {parameter["nom"] for each in phrases(livre).values() for parameter in each["parametres"]}
    assert set(PARAMETRES) | set(LIBELLES) <= names


# ---------------------------------------------------------------------------- what is missing


def test_a_phrase_without_meaning_is_told_with_its_place(monkeypatch):
    [entry, *_] = entrees("steps.phrases.gestes")
    monkeypatch.setattr(entry.parser, "sens", "")
    with pytest.raises(RecueilIncomplet, match=r"^steps/phrases/gestes\.py:\d+: .*n’a pas de sens"):
        exiger_sens([entry], RACINE)


def test_a_parameter_that_nothing_explains_is_told(monkeypatch):
    [entry, *_] = entrees("steps.phrases.preparation")
    monkeypatch.setattr(entry.parser, "parametres", (Parametre("inconnu", "", cite=False),))
    with pytest.raises(
        RecueilIncomplet, match="dites ce qu’est « inconnu »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    ):
        exiger_sens([entry], RACINE)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with the product's place for the book, and one feature."""
    (tmp_path / "features" / "guide").mkdir(parents=True)
    (tmp_path / "features" / "guide" / "verifier.feature").write_text(BON, "utf-8")
    (tmp_path / RECUEIL).parent.parent.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_the_book_then_has_nothing_to_do(project, capsys):
    assert main(["phrases"]) == SANS_DEFAUT
    assert "phrases, écrit." in capsys.readouterr().out
    assert (
        json.loads((project / RECUEIL).read_text("utf-8"))["fonctionnalites"][0]["fichier"] == "guide/verifier.feature"
    )
    before = (project / RECUEIL).stat().st_mtime_ns
    assert main(["phrases"]) == SANS_DEFAUT
    assert "phrases, déjà à jour." in capsys.readouterr().out
    assert (project / RECUEIL).stat().st_mtime_ns == before
    assert main([]) == SANS_DEFAUT


@pytest.mark.parametrize("fault", ["absent", "edited", "feature"])
def test_a_stale_book_fails_the_check_which_says_what_to_run(project, capsys, fault):
    assert main(["phrases"]) == SANS_DEFAUT
    if fault == "absent":
        (project / RECUEIL).unlink()
    elif fault == "edited":
        (project / RECUEIL).write_text((project / RECUEIL).read_text("utf-8").replace("Préparer", "Prévoir"), "utf-8")
    else:
        feature = project / "features" / "guide" / "verifier.feature"
        feature.write_text(BON.replace("Fonctionnalité: ", "Fonctionnalité: Autre, "), "utf-8")
    capsys.readouterr()
    assert main([]) == EN_DEFAUT
    assert (
        f"{RECUEIL} n’est plus celui des phrases et des features\n    → {commande('-m', 'steps.verifier', 'phrases')}\n"
        in capsys.readouterr().out
    )
    assert main(["phrases"]) == SANS_DEFAUT
    assert main([]) == SANS_DEFAUT


def test_a_project_without_the_product_is_asked_for_no_book(project):
    shutil.rmtree(project / "webapp")
    assert main([]) == SANS_DEFAUT


def test_a_book_that_cannot_be_made_fails_the_command(project, capsys, monkeypatch):
    def refuse(*_):
        raise RecueilIncomplet("il manque un sens")

    monkeypatch.setattr(recueil_publie, "recueillir", refuse)
    assert main(["phrases"]) == EN_DEFAUT
    assert "il manque un sens" in capsys.readouterr().err
    assert main([]) == EN_DEFAUT
    assert "il manque un sens" in capsys.readouterr().out
