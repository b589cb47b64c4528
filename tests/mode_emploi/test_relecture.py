"""Trying a scenario: what is known, what is not, and every remark with its line."""

import pytest

from webapp.mode_emploi.relecture import LIGNES_MAX, relire
from webapp.mode_emploi.relecture_blocs import LIGNE_MAX
from webapp.mode_emploi.relecture_pas import PAS_MAX, Verdict

ESPACE = "\N{NO-BREAK SPACE}"
BON = """# language: fr
Fonctionnalité: Un relue
  Quelques mots, avec deux-points : ceux-ci.

  Contexte:
    Étant donné que je gère le catalogue de mon organisme

  Scénario: Le premier
    Quand j'ouvre le catalogue
    Alors le catalogue affiche 0 formation

  Règle: Une règle
    Plan du scénario: Le second, <combien>
      Étant donné que mon catalogue contient 2 formations
      Quand je recherche « <quoi> »
      Alors le catalogue affiche <combien>
      Et je lis :
        \"\"\"
        Quant à ceci, « ce n'est pas une étape »
        \"\"\"
      Et les filtres comptent :
        | Toutes | Brouillons |
        | 2      | 1          |

      Exemples:
        | quoi | combien      |
        | a    | 1 formation  |
        | b    | 2 formations |
"""


def plat(texte):
    return texte.replace(ESPACE, " ").replace("’", "'")


def remarques(relue):
    return [(ligne.lue.numero, plat(r.texte)) for ligne in relue.lignes for r in ligne.remarques]


def seul(texte, ligne=1):
    """Try a text and give one of its lines."""
    return relire(texte).lignes[ligne - 1]


def test_a_good_feature_has_nothing_to_change():
    relue = relire(BON)
    assert relue.sans_faute
    assert (relue.prets, len(relue.pas)) == (8, 8)
    assert remarques(relue) == []
    assert relue.generales == ()


def test_a_step_is_known_with_the_values_that_it_gives():
    jugement = seul("Quand je saisis « l’été » dans le champ « Code »").pas.jugement
    assert jugement.verdict is Verdict.CONNUE
    assert jugement.phrase.texte == "je saisis « {texte} » dans le champ « {champ} »"
    assert [(v.parametre.nom, v.texte) for v in jugement.valeurs] == [("texte", "l’été"), ("champ", "Code")]


@pytest.mark.parametrize(
    "texte",
    [
        BON,
        BON.partition("\n\n")[2],
        "Scénario: Seul\n  Quand j'ouvre le catalogue\n  Alors je lis « a »",
        "@regles\nScénario: Seul\n  Quand j'ouvre le catalogue\n  Alors je lis « a »",
        "Quand j'ouvre le catalogue\nAlors je lis « a »",
        "\n\n  Quand j'ouvre le catalogue\r\n  Alors je lis « a »\n\n".replace("\r\n", "\n"),
        "Quand je recharge la page\nAlors je lis « a »\nScénario: b\n  Quand je recharge la page\n  Alors je lis « b »",
        "# un commentaire\nQuand j’ouvre le catalogue\nAlors je lis «\u00a0a\u202f»",
    ],
)
def test_a_feature_scenarios_alone_or_mere_steps_are_all_accepted(texte):
    relue = relire(texte)
    assert relue.sans_faute
    assert remarques(relue) == []


def test_the_lines_are_those_that_were_pasted():
    tape = "Étant donné que je suis connecté\n\n  # note\n  zut\n"
    relue = relire(tape)
    assert [ligne.lue.texte for ligne in relue.lignes] == tape.split("\n")[:-1]
    assert [ligne.lue.numero for ligne in relue.lignes] == [1, 2, 3, 4]


# ---------------------------------------------------------------------------- keywords


def test_et_carries_on_with_the_keyword_before_it():
    relue = relire("Étant donné que je suis connecté\nEt que mon catalogue contient 2 formations\nAlors je lis « a »\n"
                    "Mais je ne lis plus « b »")  # fmt: skip
    assert [pas.genre for pas in relue.pas] == ["Étant donné", "Étant donné", "Alors", "Alors"]
    assert relue.sans_faute


def test_a_phrase_of_another_keyword_says_so_and_proposes_one_of_this_keyword():
    ligne = seul("Alors je lis « a »\nEt mon catalogue contient 3 formations", 2)
    assert ligne.a_revoir
    jugement = ligne.pas.jugement
    assert jugement.verdict is Verdict.AILLEURS
    assert jugement.phrase.mots == ("Étant donné",)
    assert [v.phrase.texte for v in jugement.voisines] == ["mon catalogue contient {nombre:d} formation"]


@pytest.mark.parametrize(
    ("ligne", "mot", "raison"),
    [
        ("Quant j'ouvre le catalogue", "Quand", "« Quant » n'est pas un mot-clé"),
        ("quand j'ouvre le catalogue", "Quand", "« quand » n'est pas un mot-clé"),
        ("Quand : j'ouvre le catalogue", "Quand", "Gherkin ne veut pas de deux-points après « Quand »"),
        ("Quand\u00a0j'ouvre le catalogue", "Quand", "après « Quand », Gherkin attend une espace ordinaire"),
        ("Étant doné que j'ouvre le catalogue", "Étant donné que", "« Étant doné que » n'est pas un mot-clé"),
        ("Etant donne que j'ouvre le catalogue", "Étant donné que", "« Etant donne que » n'est pas un mot-clé"),
        ("Étant\u00a0donné que j'ouvre le catalogue", "Étant donné que", "l'apostrophe droite et l'espace ordinaire"),
        ("- Quand j'ouvre le catalogue", "Quand", "« - » empêche Gherkin d'y voir une étape"),
        ("2) Alors j'ouvre le catalogue", "Alors", "« 2) » empêche Gherkin d'y voir une étape"),
        ("When j'ouvre le catalogue", "Quand", "« When » n'est pas un mot-clé"),
        ("Given j'ouvre le catalogue", "Étant donné que", "écrivez « Étant donné que »"),
        ("Alros j'ouvre le catalogue", "Alors", "« Alros » n'est pas un mot-clé"),
    ],
)
@pytest.mark.parametrize("avant", ["", "Étant donné que je suis connecté\n"])
def test_a_mistyped_keyword_is_told_and_the_step_is_read_all_the_same(ligne, mot, raison, avant):
    lue = relire(avant + ligne).lignes[-1]
    assert lue.a_revoir
    [remarque] = lue.remarques
    assert remarque.grave
    assert raison.lower() in plat(remarque.texte).lower()
    assert lue.pas is not None
    assert (lue.pas.mot, lue.pas.connu) == (mot, True)


def test_an_apostrophe_of_a_keyword_must_be_the_straight_one():
    for ligne in ("Lorsqu’on rêve", "Étant donné qu’on rêve"):
        [remarque] = seul(ligne).remarques
        assert "apostrophe" in remarque.texte
    [remarque] = seul("Étant donné que\u00a0je suis connecté").remarques
    assert remarque.grave
    assert seul("Étant donné que\u00a0je suis connecté").pas.texte == "je suis connecté"


def test_et_first_has_nothing_to_carry_on():
    relue = relire("Scénario: a\n  Et que j'ouvre le catalogue\n  Alors je lis « a »")
    assert remarques(relue) == [
        (2, "« Et que » n'a rien à prolonger : commencez par « Étant donné », « Quand » ou « Alors ».")
    ]


def test_a_line_without_a_keyword_is_told():
    relue = relire("Quand j'ouvre le catalogue\nje me connecte avec l'adresse « a@b.example »\nzorglub")
    [phrase, inconnue] = remarques(relue)
    assert phrase == (2, "Il manque le mot-clé : commencez cette ligne par « Quand ».")
    assert inconnue[0] == 3
    assert "ne commence par aucun mot-clé" in inconnue[1]
    assert not relue.lignes[1].remarques[0].texte.count('"')


def test_prose_is_left_alone_where_prose_is_expected():
    relue = relire("# language: fr\nFonctionnalité: a\n  Sont concernées : les formations.\n  Et cela non plus.\n\n"
                    "  Scénario: b\n    Quand j'ouvre le catalogue\n    Alors je lis « a »")  # fmt: skip
    assert remarques(relue) == [
        (4, "Gherkin lit cette ligne comme une description : il manque « Scénario: » et son titre avant elle.")
    ]


def test_prose_that_begins_with_almost_a_keyword_is_told_as_the_check_tells_it():
    [remarque] = remarques(relire("# language: fr\nFonctionnalité: a\n  Quant à ceci : rien.\n\n"
                                  "  Scénario: b\n    Quand j'ouvre le catalogue\n    Alors je lis « a »"))  # fmt: skip
    assert remarque == (3, "« Quant » n'est pas un mot-clé de Gherkin : écrivez « Quand ».")


# ---------------------------------------------------------------------------- blocks

REMARQUES = [
    ("Scénario : a\nQuand j'ouvre le catalogue", 1, "écrivez « Scénario: »"),
    ("Senario: a\nQuand j'ouvre le catalogue", 1, "écrivez « Scénario: »"),
    ("Schéma du scénario: a\nQuand j'ouvre le catalogue", 1, "écrivez « Plan du scénario: »"),
    ("Feature: a\nQuand j'ouvre le catalogue", 1, "écrivez « Fonctionnalité: »"),
    ("Scénario a\nQuand j'ouvre le catalogue", 1, "écrivez « Scénario: »"),
    ("Quand j'ouvre le catalogue\nScénario : a", 2, "écrivez « Scénario: »"),
    ("Scénario: a\nQuand j'ouvre le catalogue\nContexte:\nQuand x", 3, "se place avant le premier scénario"),
    ("Fonctionnalité: a\nScénario: b\nQuand x\nFonctionnalité: c", 4, "une seule « Fonctionnalité: »"),
    ("Scénario: vide", 1, "n'a pas d'étape : il passerait sans rien vérifier"),
    ("Scénario: a\nQuand j'ouvre le catalogue", 1, "n'a pas d'« Alors » : il ne vérifie rien"),
    ("Plan du scénario: a\nQuand j'ouvre le catalogue", 1, "n'a pas d'exemples"),
    ("Scénario: a\nQuand x\nExemples:\n| a |\n| b |", 1, "un plan : écrivez « Plan du scénario: »"),
    ("Plan du scénario: a\nQuand je recherche « <b> »\nExemples:\n| a |\n| c |", 2, "« <b> » n'est le nom d'aucune"),
    ("Plan du scénario: a\nQuand x\nExemples:\n| a |\n| b |\nQuand x", 6, "n'attend pas d'étape à cette place"),
    ("Alors les filtres comptent :", 1, "Il manque une table sous cette étape"),
    ("Alors je lis :", 1, "Il manque un texte entre deux lignes de trois guillemets droits"),
    ("Alors je lis « a »\n| a |", 1, "ne lit pas ce qui la suit : une table"),
    ('Alors je lis « a »\n"""\na\n"""', 1, "ne lit pas ce qui la suit : un texte"),
    ("Alors les filtres comptent :\n| a | b |\n| a |", 3, "Cette ligne a 1 case, la première de la table en a 2"),
    ('Alors je lis :\n"""\na', 2, "ouvrent un texte que rien ne referme"),
    ("Scénario: a\n| a |\nQuand x", 2, "n'est sous aucune étape"),
    ("@deux mots\nScénario: a\nQuand x", 1, "Gherkin refuse ces étiquettes"),
    ("Etant donné que je suis connecté", 1, "prend son accent : « Étant donné que »"),
    ("* je suis connecté", 1, "non par une étoile"),
    ("Quand " + "x" * PAS_MAX + "y", 1, f"aucune phrase n'a plus de {PAS_MAX} caractères"),
    ("Quand " + "x" * LIGNE_MAX, 1, f"trop longue pour être lue : {LIGNE_MAX} caractères au plus"),
]


@pytest.mark.parametrize(("texte", "numero", "dit"), REMARQUES, ids=[r[2][:40] for r in REMARQUES])
def test_what_gherkin_would_not_read_as_meant_is_told_with_its_line(texte, numero, dit):
    assert any(ligne == numero and dit in remarque for ligne, remarque in remarques(relire(texte)))


def test_a_remark_of_advice_is_nothing_to_change():
    assert not seul("Etant donné que je suis connecté").a_revoir


def test_the_steps_under_a_mistyped_block_are_judged_all_the_same():
    relue = relire("# language: fr\nFonctionnalité: a\n  Scénario : b\n    Quand j'ouvre le catalogue\n"
                    "    Et que je rêve\n    Alors les filtres comptent :\n      | a |\n      | 1 |")  # fmt: skip
    assert [pas.connu for pas in relue.pas] == [True, False, True]
    assert [numero for numero, _ in remarques(relue)] == [3]


def test_more_faults_than_gherkin_counts_by_itself_are_all_told():
    relue = relire("Quand j'ouvre le catalogue\n" + "Quant j'ouvre le catalogue\n" * 40 + "Alors je lis « a »")
    assert [ligne.a_revoir for ligne in relue.lignes] == [False, *[True] * 40, False]


# ---------------------------------------------------------------------------- examples


def test_a_step_is_judged_with_every_example_in_place():
    plan = "Plan du scénario: a\nQuand j'ouvre le catalogue\nAlors le catalogue affiche <c>\nExemples:\n| c |\n"
    bon, mauvais = plan + "| 1 formation |\n| 2 formations |", plan + "| 1 formation |\n| trois fromages |"
    assert relire(bon).sans_faute
    [fautif] = relire(mauvais).a_revoir
    assert fautif.pas is not None
    assert (fautif.lue.numero, fautif.pas.jugement.exemple) == (3, "le catalogue affiche trois fromages")


def test_an_example_does_not_hide_another_keyword():
    plan = "Plan du scénario: a\nQuand mon catalogue contient <n> formations\nAlors x\nExemples:\n| n |\n| 2 |"
    assert seul(plan, 2).pas.jugement.verdict is Verdict.AILLEURS


# ---------------------------------------------------------------------------- the whole


@pytest.mark.parametrize(
    ("texte", "dit", "grave"),
    [
        ("Fonctionnalité: a\nScénario: b\nQuand x\nAlors y", "Il manque « # language: fr » en première ligne", True),
        ("# language: en\nFonctionnalité: a\nScénario: b\nQuand x", "L'en-tête annonce la langue « en »", True),
        ("# langue: fr\nFonctionnalité: a\nScénario: b\nQuand x", "Il manque « # language: fr »", True),
        ("Bonjour", "Aucune étape", True),
        ("Quand j’ouvre le catalogue", "1 ligne a des apostrophes ou des espaces typographiques", False),
        ("\n".join(["Quand x"] * (LIGNES_MAX + 1)), f"Seules les {LIGNES_MAX} premières lignes sont lues", True),
    ],
)
def test_what_concerns_the_whole_text_is_told_apart(texte, dit, grave):
    assert any(dit in plat(remarque.texte) and remarque.grave is grave for remarque in relire(texte).generales)


def test_a_header_is_only_asked_of_a_whole_feature():
    assert relire("Quand j'ouvre le catalogue\nAlors je lis « a »").generales == ()
