"""Reading features/guide: steps in order, the guide's own sentences, examples with their keywords and sentences."""

import re

import pytest

from steps.gherkin.lecture import LectureImpossible
from webapp.mode_emploi.guide import DOSSIER, Etape, Exemple, Pas, guides, lire

ESPACE = "\N{NO-BREAK SPACE}"
GUIDE = """# language: fr
@guide
Fonctionnalité: Créer une formation « Essai »
  Un premier paragraphe
  sur deux lignes.

  Un second : « oui ».

  Contexte:
    Étant donné que nous sommes le 28 novembre 2019

  @etape_0
  Règle: Étape 0 - L'attention
    La phrase du guide.

    Scénario: Un exemple
      Étant donné que je suis là
      Quand j'attends
      Alors « rien » n'arrive
      Et je repars
      Mais pas loin

    @reconstitue
    Scénario: Un exemple reconstitué
      Alors je vois

  @reconstitue
  Règle: Étape 10 – Reconstituée
    Scénario: Un autre
      * je vois

  Règle: Étape 2: tous ses exemples le sont
    @reconstitue
    Scénario: Le seul
      Alors je vois

  Règle: Pour finir !
    Une dernière phrase.
"""


@pytest.fixture
def guide(tmp_path):
    fichier = tmp_path / "un_guide_d_essai.feature"
    fichier.write_text(GUIDE, "utf-8")
    return lire(fichier)


def test_a_guide_has_its_address_its_title_and_its_paragraphs(guide):
    assert guide.nom == "un-guide-d-essai"
    assert guide.titre == f"Créer une formation «{ESPACE}Essai{ESPACE}»"
    assert guide.texte == (
        "Un premier paragraphe sur deux lignes.", f"Un second{ESPACE}: «{ESPACE}oui{ESPACE}».",
    )  # fmt: skip


def test_each_rule_is_a_step_in_the_order_of_the_file_numbered_or_not(guide):
    assert [(e.numero, e.titre) for e in guide.etapes] == [
        (0, "L’attention"), (10, "Reconstituée"), (2, "tous ses exemples le sont"), (None, f"Pour finir{ESPACE}!"),
    ]  # fmt: skip
    assert [e.texte for e in guide.etapes] == [("La phrase du guide.",), (), (), ("Une dernière phrase.",)]


def test_the_anchor_of_a_step_is_its_number_or_its_title(guide):
    assert [e.ancre for e in guide.etapes] == ["etape-0", "etape-10", "etape-2", "pour-finir-"]
    assert all(re.fullmatch(r"\S+", e.ancre) for e in guide.etapes)


def test_an_example_keeps_its_keywords_and_its_sentences_typeset(guide):
    premier, second = guide.etapes[0].exemples
    assert premier == Exemple(
        "Un exemple",
        (Pas("Étant donné que", "je suis là"), Pas("Quand", "j’attends"),
         Pas("Alors", f"«{ESPACE}rien{ESPACE}» n’arrive"), Pas("Et", "je repars"), Pas("Mais", "pas loin")),
        reconstitue=False, place=premier.place, scenario=16, numeros=frozenset({0}),
    )  # fmt: skip
    assert premier.place[1] == 16
    assert second.reconstitue


def test_a_step_is_reconstituted_when_it_says_so_not_when_its_examples_are(guide):
    assert [e.reconstitue for e in guide.etapes] == [False, True, False, False]


def test_an_outline_gives_one_example_a_row_with_its_texts_and_tables(tmp_path):
    fichier = tmp_path / "plan.feature"
    fichier.write_text(
        """# language: fr
Fonctionnalité: x
  Règle: Étape 1 - y
    Plan du scénario: On choisit <nom>
      Quand je choisis « <nom> »
      Alors je lis :
        \"\"\"
        <nom> est choisi
        \"\"\"
      Et il reste :
        | <autre> |
        | rien    |

      Exemples:
        | nom | autre |
        | un  | deux  |
        | sept | six  |
""".replace('\\"', '"'),
        "utf-8",
    )
    [etape] = lire(fichier).etapes
    assert [e.titre for e in etape.exemples] == ["On choisit un", "On choisit sept"]
    assert etape.exemples[1].pas == (
        Pas("Quand", f"je choisis «{ESPACE}sept{ESPACE}»"), Pas("Alors", f"je lis{ESPACE}:", "sept est choisi"),
        Pas("Et", f"il reste{ESPACE}:", "", (("six",), ("rien",))),
    )  # fmt: skip


def test_a_step_without_any_example_is_not_reconstituted():
    assert not Etape(None, "Sans", (), (), reconstitue=False).exemples


def test_a_file_that_is_not_gherkin_is_refused(tmp_path):
    fichier = tmp_path / "faux.feature"
    fichier.write_text(
        "# language: fr\nFonctionnalité: x\n  Règle : y\n    Scénario : z\n      n'importe quoi\n  @", "utf-8"
    )
    with pytest.raises(LectureImpossible):
        lire(fichier)


def test_the_guides_of_a_folder_come_in_the_order_of_their_names(tmp_path):
    for nom in ("b", "a", "c"):
        (tmp_path / f"{nom}.feature").write_text(f"# language: fr\nFonctionnalité: {nom}\n", "utf-8")
    (tmp_path / "note.txt").write_text("rien", "utf-8")
    assert [g.titre for g in guides(tmp_path)] == ["a", "b", "c"]
    assert guides(tmp_path / "perdu") == ()


def test_a_guide_of_our_own_says_so_and_comes_after_the_others(tmp_path):
    for nom, etiquettes in (("a", "@guide @hors_source"), ("b", "@guide")):
        (tmp_path / f"{nom}.feature").write_text(f"# language: fr\n{etiquettes}\nFonctionnalité: {nom}\n", "utf-8")
    assert [(g.titre, g.hors_source) for g in guides(tmp_path)] == [("b", False), ("a", True)]


# ---------------------------------------------------------------------------- the product's own


def test_the_guide_of_the_product_has_the_fourteen_steps_and_loses_no_rule():
    guide = guides()[0]
    assert [e.numero for e in guide.etapes if e.numero is not None] == list(range(14))
    regles = re.findall(r"^\s*Règle:", (DOSSIER / "creer_une_formation_clea.feature").read_text("utf-8"), re.MULTILINE)
    assert len(guide.etapes) == len(regles)


def test_every_numbered_step_of_the_product_has_a_sentence_and_an_example():
    for guide in guides():
        for etape in guide.etapes:
            if etape.numero is not None:
                assert len(etape.titre.split()) > 1, etape.titre
                assert etape.exemples, etape.titre
                assert all(exemple.pas for exemple in etape.exemples)


def test_nothing_published_is_left_open():
    for exemple in (e for guide in guides() for etape in guide.etapes for e in etape.exemples):
        textes = [exemple.titre, *(t for pas in exemple.pas for t in (pas.texte, pas.bloc, *sum(pas.table, ())))]
        assert not [t for t in textes if re.search("<[^<>]+>", t)], exemple.titre
        assert not [p for p in exemple.pas if p.texte.endswith(":") and not (p.bloc or p.table)], exemple.titre


def test_no_anchor_is_given_twice():
    for guide in guides():
        ancres = [e.ancre for e in guide.etapes]
        assert len(set(ancres)) == len(ancres)


def test_the_guides_are_read_once():
    assert guides() is guides()
