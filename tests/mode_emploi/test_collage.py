"""« Essayer » reads what people paste as they meant it, and says all that the check of the project will refuse."""

import pytest

from steps.gherkin.typographie import aplanir
from webapp.mode_emploi.relecture import relire

PAS = [
    "Étant donné que je gère le catalogue de mon organisme",
    "Quand j'ouvre le catalogue",
    "Alors le catalogue affiche 1 formation",
]


def remarques(texte):
    return [
        (ligne.lue.numero, aplanir(remarque.texte))
        for ligne in relire(texte).lignes
        for remarque in ligne.remarques
        if remarque.grave
    ]


def texte_de(*pas):
    return "\n".join(["Scénario: a", *pas])


@pytest.mark.parametrize(
    ("texte", "fautives"),
    [
        (f"```gherkin\n{texte_de(*PAS)}\n```", {1, 6}),
        (f"\n~~~\n{texte_de(*PAS)}\n~~~\n", {2, 7}),
        (texte_de(*(f"**{pas.partition(' ')[0]}** {pas.partition(' ')[2]}" for pas in PAS[1:])), {2, 3}),
        (texte_de("__Quand__ j'ouvre le catalogue", "*Alors* le catalogue affiche 1 formation"), {2, 3}),
        (texte_de("- **Quand** j'ouvre le catalogue", PAS[2]), {2}),
        (texte_de("1 - Quand j'ouvre le catalogue", "2: Alors le catalogue affiche 1 formation"), {2, 3}),
        (texte_de("(1) Quand j'ouvre le catalogue", "b) Alors le catalogue affiche 1 formation"), {2, 3}),
        ("## Scénario: a\n" + "\n".join(PAS), {1}),
    ],
)
def test_what_markdown_leaves_is_read_past_and_said(texte, fautives):
    relue = relire(texte)
    assert all(pas.connu for pas in relue.pas)
    assert len(relue.pas) >= 2
    assert {numero for numero, _ in remarques(texte)} == fautives
    assert not relue.sans_faute


def test_a_table_copied_from_a_spreadsheet_is_one():
    plan = "Plan du scénario: a <c>\nQuand j'ouvre le catalogue\nAlors le catalogue affiche <c>\nExemples:\n"
    relue = relire(plan + "c\tn\n1 formation\t2\n2 formations\t3")
    assert all(pas.connu for pas in relue.pas)
    assert [numero for numero, dit in remarques(plan + "c\tn\n1 formation\t2") if "avec des barres" in dit] == [5, 6]
    sous_une_etape = texte_de(PAS[1], "Alors les filtres comptent :", "Toutes\tBrouillons", "2\t1")
    assert {numero for numero, _ in remarques(sous_une_etape)} == {4, 5}


def test_a_text_below_a_step_is_left_as_it_is():
    texte = texte_de("Quand je saisis dans le champ « Code » :", '"""', "a\tb", "```", '"""', PAS[2])
    assert [ligne.lue.texte for ligne in relire(texte).lignes] == texte.split("\n")
    assert not [dit for _, dit in remarques(texte) if "barres" in dit]


@pytest.mark.parametrize(
    ("texte", "ligne", "dit"),
    [
        ("@etape7\n" + texte_de(*PAS), 1, "étiquette @etape7 non déclarée. Peut-être @etape_7."),
        (f"{texte_de(*PAS)}\n\n{texte_de(*PAS)}", 6, "scénario de même nom"),
        (texte_de(PAS[0], PAS[2]), 1, "scénario sans « Quand »"),
        (texte_de(*PAS[:2]), 1, "n'a pas d'« Alors »"),
        (texte_de("* j'ouvre le catalogue", PAS[2]), 2, "non par une étoile"),
        (texte_de("Quand j\u00b4ouvre le catalogue", PAS[2]), 2, "apostrophe U+00B4"),
        (texte_de("Quand j'ouvre le\u200b catalogue", PAS[2]), 2, "caractère invisible U+200B"),
        (texte_de("Quand je clique sur le bouton #ok", PAS[2]), 2, "sélecteur ou adresse"),
        (texte_de(PAS[1], "Alors les filtres comptent :", "| Toutes |", "| 2"), 5, "n'est pas fermée"),
        (texte_de(PAS[1], "# Quand je rêve", PAS[2]), 3, ""),
    ],
)
def test_what_the_check_will_refuse_is_said_on_its_line(texte, ligne, dit):
    if dit:
        assert any(numero == ligne and dit in remarque for numero, remarque in remarques(texte)), remarques(texte)
        assert not relire(texte).sans_faute
    else:
        assert remarques(texte) == []  # Without a margin, that comment is prose for the check too.
