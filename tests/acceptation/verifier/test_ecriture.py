"""Every rule of the lint bites: a feature without fault, one damage, the code and the line expected, no other."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steps.gherkin import etiquettes
from steps.gherkin.lecture import lire_fichier
from steps.gherkin.regles.defauts import REGLES, Defaut, enumerer
from steps.gherkin.regles.ecriture import controler
from tests.acceptation.verifier.modele import BON

EXEMPLES = """
    Exemples:
      | genre | valeur | message          |
      | vide  |        | Saisissez-le     |
      | long  | aaaaaa | Raccourcissez-le |
"""

# (code, line, what is replaced, by what, and what else the same damage is bound to give).
DAMAGES = [
    ("FR001", 1, "# language: fr\n", ""),
    ("FR001", 1, "# language: fr", "# language: en"),
    ("FR001", 1, "# language: fr", "#language:fr"),
    ("FR001", 1, "# language: fr", "# langue: fr"),
    ("FR001", 2, "# language: fr\n", "# Un commentaire.\n# language: fr\n"),
    ("FR002", 1, "# language: fr", "\ufeff# language: fr"),
    ("FR005", 8, "je gère un catalogue", "je gère un catalogue\n    ce qui ne va pas de soi"),
    ("FR005", 22, "| vide  |        |", "| vide  |"),
    ("FR005", 9, "@etape_7", "@etape_7 et plus"),
    ("FR101", 12, "vérifie", unicodedata.normalize("NFD", "vérifie")),
    ("FR102", 11, "« Clea_1 »\n    Quand", "«\u00a0Clea_1 »\n    Quand"),
    ("FR102", 11, "« Clea_1 »\n    Quand", "« Clea_1\u202f»\n    Quand"),
    ("FR102", 12, "Quand je vérifie", "Quand\u2009je vérifie", ("FR204", 12)),
    ("FR103", 12, "l'identifiant « Clea_1 »", "l\u2019identifiant « Clea_1 »"),
    ("FR103", 12, "l'identifiant « Clea_1 »", "l\u00b4identifiant « Clea_1 »"),
    ("FR103", 12, "l'identifiant « Clea_1 »", "l`identifiant « Clea_1 »"),
    ("FR103", 4, "Afin de ne pas créer", "Afin qu\u2032on ne crée pas"),
    ("FR104", 12, "je vérifie", "je\u200b vérifie"),
    ("FR104", 11, "la formation", "la for\u00admation"),
    ("FR201", 10, "Scénario: Un identifiant", "Scénario : Un identifiant"),
    ("FR201", 16, "Plan du scénario: Un", "Plan du scénario : Un"),
    ("FR202", 16, "Plan du scénario:", "Schéma du scénario:"),
    ("FR202", 10, "Scénario: Un identifiant", "Scenario: Un identifiant"),
    ("FR202", 16, "Plan du scénario:", "Plan du scenario:"),
    ("FR202", 20, "Exemples:", "Examples:"),
    ("FR202", 6, "Contexte:", "Contextes:", ("FR205", 7)),
    ("FR203", 10, "Scénario: Un identifiant", "Scénario Un identifiant"),
    ("FR203", 16, "Plan du scénario: Un", "Plan du scénario Un"),
    ("FR204", 7, "Étant donné que je gère", "Étant donne que je gère", ("FR301", 6)),
    ("FR204", 12, "Quand je vérifie", "Quant je vérifie"),
    ("FR204", 11, "Étant donné la formation", "Étant donne la formation"),
    ("FR204", 11, "Étant donné la formation", "étant donné la formation"),
    ("FR204", 17, "Quand je saisis", "quand je saisis", ("FR303", 16), ("FR311", 21)),
    ("FR204", 17, "Quand je saisis", "Lorsqu\u2019un organisme saisit", ("FR103", 17), ("FR303", 16), ("FR311", 21)),
    ("FR204", 17, "Quand je saisis", "When je saisis", ("FR303", 16), ("FR311", 21)),
    ("FR204", 4, "Afin de", "alors, afin de"),
    ("FR205", 4, "Afin de ne pas", "Quand il ne faut pas"),
    ("FR205", 5, "identifiant.\n", "identifiant.\n  | Clea_1 |\n", ("FR210", 4)),
    ("FR205", 5, "identifiant.\n", 'identifiant.\n  """\n'),
    ("FR207", 11, "Étant donné la formation", "* la formation"),
    ("FR208", 11, "Étant donné la formation", "Et la formation"),
    ("FR208", 7, "Étant donné que je gère", "Mais que je gère"),
    ("FR210", 11, "Étant donné la formation « Clea_1 »", "Soi la formation « Clea_1 »"),
    ("FR211", 12, "    Quand je vérifie", "    # Étant donné que je suis là\n    Quand je vérifie"),
    ("FR211", 9, "  @etape_7\n", "  # Scénario: Un autre identifiant\n  @etape_7\n"),
    ("FR211", 23, "      | long  | aaaaaa | Raccourcissez-le |\n", "      # | long | a | b |\n"),
    ("FR213", 35, "| Clea_2 |", "| Clea_2"),
    ("FR212", 12, "l'identifiant « Clea_1 »", "l'identifiant « Clea_1 » # en bas"),
    ("FR301", 10, "est signalé\n", "est signalé\n\n  @etape_7\n  Scénario: Un autre\n"),
    ("FR302", 10, "    Alors je lis « L'identifiant « Clea_1 » est déjà utilisé. »\n", ""),
    ("FR303", 10, "    Quand je vérifie l'identifiant « Clea_1 »\n", ""),
    ("FR304", 28, "Sans objectif, la formation reste un brouillon", "Un identifiant déjà utilisé est signalé"),
    (
        "FR304",
        28,
        "Sans objectif, la formation reste un brouillon",
        "un  identifiant déjà utilisé est signalé",
    ),
    ("FR306", 10, "Scénario: Un identifiant déjà utilisé est signalé", "Scénario:"),
    ("FR306", 26, "Règle: L'objectif est obligatoire", "Règle:"),
    ("FR307", 25, "  @etape_9 @reconstitue\n", "  Règle: Une règle à venir\n\n  @etape_9 @reconstitue\n"),
    ("FR308", 28, "    Scénario: Sans objectif", "  Scénario: Sans objectif"),
    ("FR310", 16, EXEMPLES, "\n", ("FR312", 16)),
    ("FR310", 20, "      | vide  |        | Saisissez-le     |\n      | long  | aaaaaa | Raccourcissez-le |\n", ""),
    ("FR311", 21, "« <message> »", "« Non »"),
    ("FR312", 18, "« <message> »", "« <texte> »", ("FR311", 21)),
    ("FR312", 12, "vérifie l'identifiant", "vérifie l'identifiant <genre>"),
    ("FR312", 7, "je gère un catalogue", "je gère le catalogue « <valeur> »"),
    ("FR313", 16, "Plan du scénario:", "Scénario:"),
    ("FR314", 23, "| long  | aaaaaa | Raccourcissez-le |", "| vide  |        | Saisissez-le     |"),
    ("FR314", 21, "| genre | valeur | message          |", "| genre | valeur | genre            |", ("FR312", 18)),
    ("FR315", 14, "déjà utilisé. »\n", "déjà utilisé. »\n    Quand je recharge la page\n    Alors je lis « Non »\n"),
    ("FR315", 13, "    Alors je lis « L'id", "    Quand je recharge la page\n    Alors je lis « L'id"),
    ("FR316", 10, "@etape_7", "@etape_7 @parcours"),
    ("FR401", 9, "@etape_7", "@etape_7 @urgent"),
    ("FR401", 9, "@etape_7", "@étape_7", ("FR403", 10)),
    ("FR402", 2, "@guide\n", ""),
    ("FR403", 9, "  @etape_7\n", ""),
    ("FR403", 10, "@etape_7", "@etape_7 @etape_6"),
    ("FR404", 28, "@etape_9 @reconstitue", "@etape_9"),
    ("FR501", 12, "je vérifie l'identifiant", "je vérifie l'id"),
    ("FR501", 12, "je vérifie l'identifiant", "je lis en rouge l'identifiant"),
    ("FR501", 12, "je vérifie l'identifiant", "je clique sur le div de l'identifiant"),
    ("FR501", 10, "est signalé", "donne une URL"),
    ("FR502", 12, "je vérifie l'identifiant", "je clique sur le bouton #verifier pour"),
    ("FR502", 12, "je vérifie l'identifiant", "je clique sur .btn-primary pour"),
    ("FR502", 12, "je vérifie l'identifiant", "j'ouvre /catalogue/formations pour"),
    ("FR502", 12, "je vérifie l'identifiant « Clea_1 »", "je clique sur « #verifier »"),
]


@pytest.mark.parametrize(
    ("code", "line", "old", "new", "others"),
    [(*damage[:4], damage[4:]) for damage in DAMAGES],
    ids=[f"{damage[0]}-{number}" for number, damage in enumerate(DAMAGES)],
)
def test_lint_finds_each_damage_at_its_line_and_nothing_else(bon, found, code, line, old, new, others):
    assert old in bon
    assert found(bon.replace(old, new, 1)) == {(code, line), *others}


def test_lint_says_nothing_of_a_feature_without_fault(bon, found):
    assert found(bon) == set()
    assert found(bon.replace("@guide", "@regles"), "features/regles/identifiant.feature") == set()


def test_every_rule_of_the_lint_has_a_damage_that_shows_it():
    elsewhere = {"FR004", "FR305"}
    shown = {code for code, *_ in DAMAGES} | elsewhere
    assert shown == {code for code in REGLES if code.startswith("FR")}


@pytest.mark.parametrize(
    "name",
    ["Vérifier.feature", "vérifier.feature", "verifier l.feature", "verifier.Feature", "a.feature.bak", "-a.feature"],
)
def test_lint_refuses_a_file_name_that_some_system_or_pytest_bdd_would_lose(bon, found, name):
    assert found(bon, f"features/guide/{name}") == {("FR004", 1)}


def test_lint_compares_the_names_of_all_the_files(bon, findings):
    other = bon.replace("Vérifier l'identifiant d'une formation", "Vérifier l'identifiant d'une Formation", 1)
    result = findings(("features/guide/a.feature", bon), ("features/guide/b.feature", other))
    assert {(defaut.fichier, defaut.ligne, defaut.code) for defaut in result} == {
        ("features/guide/b.feature", 3, "FR305"),
        ("features/guide/b.feature", 10, "FR304"),
        ("features/guide/b.feature", 16, "FR304"),
        ("features/guide/b.feature", 28, "FR304"),
    }
    assert "features/guide/a.feature:10" in next(defaut.message for defaut in result if defaut.ligne == 10)


def test_lint_says_that_a_file_without_scenario_has_lost_them(found):
    """A first block with an unknown keyword: Gherkin reads the whole file as the description of the feature."""
    text = """\
# language: fr
@regles
Fonctionnalité: Perdue

  Schéma du scénario: Un identifiant
    Quand je vérifie l'identifiant
    Alors je lis un message
"""
    assert found(text, "features/regles/perdue.feature") == {("FR202", 5), ("FR205", 6), ("FR307", 3)}


def test_lint_says_that_decomposed_keywords_have_lost_a_file(found):
    text = """\
# language: fr
@regles
Fonctionnalité: Perdue

  Scénario: Un identifiant
    Quand je vérifie l'identifiant
    Alors je lis un message
"""
    broken = text.replace("Scénario", unicodedata.normalize("NFD", "Scénario"))
    assert found(text, "features/regles/perdue.feature") == set()
    assert found(broken, "features/regles/perdue.feature") >= {("FR101", 5), ("FR202", 5), ("FR307", 3)}


def test_lint_reads_an_empty_file_and_one_that_is_no_utf_8(found, tmp_path, bon):
    assert found("") == {("FR001", 1), ("FR005", 1)}
    path = tmp_path / "latin.feature"
    path.write_bytes(bon.encode("latin-1"))
    assert {(defaut.code, defaut.ligne) for defaut in controler([lire_fichier(path)])} == {("FR002", 1)}


@pytest.mark.parametrize(
    "sentence",
    [
        "je clique sur « Opérations » de la carte « ID : Clea_1 »",
        "je saisis « <script>alert('url')</script> » dans « Code »",
        "je choisis la date 28/11/2019 et/ou le 12 / 255",
        "j'attends l'idée de l'idéal, en classe, sans verdure",
        "je lis « Que faire ? » puis « Terminé. »",
        "j'écris « a  b » et « « c » »",
        "la carte porte « API »",
    ],
)
def test_lint_lets_the_words_and_the_values_of_the_trade_through(bon, found, sentence):
    assert found(bon.replace("je vérifie l'identifiant « Clea_1 »", sentence, 1)) == set()


@pytest.mark.parametrize(
    "prose",
    ["Sont concernées toutes les formations.", "Soient deux organismes.", "Note : le guide date de 2019.",
     "Exemplaire en tout point.", "Dont acte ; maison et donation.", "- un point, puis un autre"],
)  # fmt: skip
def test_lint_lets_the_prose_of_a_description_through(bon, found, prose):
    assert found(bon.replace("Afin de ne pas créer deux formations de même identifiant.", prose, 1)) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("« Clea_1 »\n    Alors", "« L\u2019été \u2014 1\u00a0000\u202f€ »\n    Alors"),
        ("« Clea_1 »\n    Alors", "« e\u0301te\u0301, l\u00b4un \u200b l`autre »\n    Alors"),
        ("Un texte", "L\u2019objectif\u00a0: l\u00b4un\u200b"),
        ("| Clea_2 |", "| L\u2019un |"),
        ("| Clea_2 |", "| <b>gras</b> |"),
        ("« Clea_1 »\n    Alors", "« <b> »\n    Alors"),
        ("Un texte", "<b>Un texte</b>"),
        (
            "Afin de ne pas créer deux formations de même identifiant.",
            "Afin que chacune se retrouve\n  et que rien ne se perde,\n  lorsqu'on en crée deux",
        ),
        ("utilisé. »\n\n  @etape_6", "utilisé. »\n    # Voici l'étape 6 : | un | deux |\n\n  @etape_6"),
    ],
)  # fmt: skip
def test_lint_leaves_values_and_prose_alone(bon, found, old, new):
    assert old in bon
    assert found(bon.replace(old, new, 1)) == set()


def test_lint_reads_the_parameters_of_a_text_below_a_step(bon, found):
    dessous = '    Quand j\'écris « <message> » :\n      """\n      Module <valeur>\n      """\n'
    texte = bon.replace("    Quand je saisis « <valeur> » comme identifiant\n", dessous)
    assert found(texte) == set()
    assert found(texte.replace("Module <valeur>", "Module <autre>")) == {("FR312", 17), ("FR311", 24)}


def test_lint_leaves_a_scenario_without_gesture_alone_when_it_says_so(bon, found):
    mute = bon.replace("    Quand je vérifie l'identifiant « Clea_1 »\n", "")
    assert found(mute) == {("FR303", 10)}
    assert found(mute.replace("@etape_7", f"@etape_7 @{etiquettes.SANS_GESTE}")) == set()


@pytest.mark.parametrize("etiquette", [etiquettes.PARCOURS, etiquettes.VISITE])
def test_lint_lets_a_journey_that_says_so_go_from_gesture_to_gesture(bon, found, etiquette):
    deux = bon.replace(
        "déjà utilisé. »\n", "déjà utilisé. »\n    Quand je recharge la page\n    Alors je lis « Non »\n", 1
    )
    assert found(deux) == {("FR315", 14)}
    assert found(deux.replace("@etape_7", f"@etape_7 @{etiquette}")) == set()


def test_lint_takes_what_follows_a_gesture_for_the_same_gesture(bon, found):
    suite = bon.replace("    Alors je lis « L'id", "    Et je recharge la page\n    Alors je lis « L'id", 1)
    assert found(suite) == set()
    assert found(suite.replace("déjà utilisé. »\n", "déjà utilisé. »\n    Mais je lis « Non »\n", 1)) == set()


def test_lint_accepts_a_step_of_the_guide_inherited_or_held_by_the_examples(bon, found):
    inherited = bon.replace("  @etape_7\n", "").replace("  @etape_6\n", "").replace("  @etape_9 @reconstitue\n", "")
    assert found(inherited.replace("@guide\n", "@guide @etape_7\n")) == set()
    held = bon.replace("  @etape_6\n", "").replace("    Exemples:", "    @etape_6\n    Exemples:")
    assert found(held) == set()


def test_lint_keeps_the_steps_of_the_fiche_out_of_a_guide_of_our_own(bon, found):
    notre = bon.replace("@guide\n", f"@guide @{etiquettes.HORS_SOURCE}\n")
    assert found(notre) == {("FR403", 10), ("FR403", 16), ("FR403", 28)}
    for etiquette in ("  @etape_7\n", "  @etape_6\n", "  @etape_9 @reconstitue\n"):
        notre = notre.replace(etiquette, "")
    assert found(notre) == set()


STARTS = "Étant donné |Quand |Alors |Scénario:|Plan du scénario:|Exemples:|Contexte:|Règle:|Fonctionnalité:"
KEYWORDS = [match.span(1) for match in re.finditer(rf"^ *({STARTS})", BON, re.MULTILINE)]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_of_one_character_to_a_keyword_goes_unseen(source, data):
    """Whatever the slip, either the lint speaks or Gherkin reads the same blocks and the same steps."""
    start, end = data.draw(st.sampled_from(KEYWORDS))
    place = data.draw(st.integers(start, end - 1))
    letter = st.sampled_from("aeéinqrstuÉQLlxz :'\u2019\u00a0\u0301\u200b\t")
    slip = data.draw(st.sampled_from(["", BON[place] * 2, BON[place].swapcase()]) | letter)
    text = BON[:place] + slip + BON[place + 1 :]
    file = source(text)
    assert controler([file]) or read_as(file) == read_as(source(BON))


def read_as(file):
    """Return what Gherkin understood, without what the sentences say."""
    blocks = [(block.ligne, block.mot) for block in (*file.fonctionnalite.regles, *file.fonctionnalite.porteurs)]
    return blocks, [(step.ligne, step.genre) for step in file.fonctionnalite.tous_les_pas]


def test_report_is_sorted_by_place_and_counts():
    late = Defaut("b.feature", 3, "FR301", "sans étape")
    early = Defaut("a.feature", 12, "FR302", "sans « Alors »", "ajoutez-le")
    assert enumerer([late, early, late]).splitlines() == [
        "a.feature:12: FR302 sans « Alors »",
        "    → ajoutez-le",
        "b.feature:3: FR301 sans étape",
        "2 défauts.",
    ]


def test_finding_refuses_a_code_that_the_table_does_not_know():
    with pytest.raises(ValueError, match="FR999"):
        Defaut("a.feature", 1, "FR999", "inconnu")


def test_every_step_of_the_guide_has_its_tag_and_every_tag_its_meaning():
    assert {f"etape_{number}" for number in range(14)} <= etiquettes.ETIQUETTES.keys()
    assert all(name.isidentifier() and meaning for name, meaning in etiquettes.ETIQUETTES.items())
    assert etiquettes.numero_d_etape("etape_12") == 12
    assert etiquettes.numero_d_etape("etape_douze") is None
