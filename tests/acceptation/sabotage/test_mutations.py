"""What an « Alors » could have said instead: altered one thing at a time, and always readable by the same step."""

from pathlib import Path

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import step_function_context_registry

from steps.definitions.phrase import Phrase, phrase
from steps.phrases import MODULES
from steps.sabotage.contraires import AUTRES_VALEURS, CONTRAIRES, LISTES_ENTIERES, LISTES_ORDONNEES, PAR_UNE_FAUTE
from steps.sabotage.mutations import Pas, autres, mutations
from webapp.banc_essai.fautes.table import PAR_NOM

RACINE = Path(__file__).resolve().parents[3]


def dites(modele, texte, table=(), bloc=""):
    return [mutation.quoi.replace("\u00a0", " ") for mutation in mutations(phrase(modele), Pas(texte, table, bloc))]


# ------------------------------------------------------------------------------------------------ one value


@pytest.mark.parametrize(
    ("valeur", "attendues"),
    [
        ("Catalogue", ["Catalogux"]),
        ("2203", ["2204"]),
        ("0099", ["0100"]),
        ("Étape 1/2", ["Étape 2/2", "Étape 1/3", "Étapx 1/2"]),
        ("0 / 255 Caractères", ["1 / 255 Caractères", "0 / 256 Caractères", "0 / 255 Caractèrex"]),
        ("Brouillon", ["Validée"]),
        ("Pas de donnée", ["100"]),
        ("PRIX", ["PRIZ"]),
        ("", ["x"]),
        ("%", ["%x"]),
        ("L'identifiant « Clea_1 » est pris", ["L'identifiant « Clea_2 » est pris", "L'identifianx « Clea_1 » est pris",
                                               "L'identifiant « Clex_1 » est pris"]),
    ],
)  # fmt: skip
def test_a_value_is_altered_one_thing_at_a_time(valeur, attendues):
    assert autres(valeur) == attendues


def test_each_value_of_a_sentence_is_altered_and_the_others_stay():
    faites = mutations(phrase("la carte « {a} » a {n:d} lignes"), Pas("la carte « Un » a 3 lignes"))
    assert [m.pas.texte for m in faites] == ["la carte « Ux » a 3 lignes", "la carte « Un » a 4 lignes"]


def test_each_cell_of_a_table_is_altered():
    assert dites("la carte indique :", "la carte indique :", (("Brouillon", "12"), ("ID", ""))) == [
        "« Brouillon » devient « Validée »",
        "« 12 » devient « 13 »",
        "« ID » devient « IX »",
        "«  » devient « x »",
    ]


def test_a_text_under_a_sentence_is_altered():
    assert dites("je lis :", "je lis :", bloc="Un texte") == ["« Un texte » devient « Un textx »"]
    assert dites("je lis :", "je lis :") == []


def test_the_order_and_the_end_of_a_list_are_altered_where_they_are_promised():
    modele = "« {groupe} » propose, dans cet ordre :"
    faites = mutations(phrase(modele), Pas("« Types » propose, dans cet ordre :", (("A",), ("B",), ("C",))))
    assert [m.pas.table for m in faites][-2:] == [(("B",), ("A",), ("C",)), (("A",), ("B",))]
    assert not any("ligne" in quoi for quoi in dites("la carte indique :", "la carte indique :", (("A",), ("B",))))


# ------------------------------------------------------------------------------------------------ what has no value


def test_an_absence_becomes_a_presence_and_what_is_absent_is_not_altered():
    modele = "sous le champ « {champ} », je ne lis plus « {texte} »"
    assert dites(modele, "sous le champ « Contenu », je ne lis plus « Oh »") == [
        "devient « sous le champ « Contenu », je lis « Oh » »",
        "« Contenu » devient « Contenx »",
    ]


def test_a_state_becomes_its_contrary():
    assert dites("le bouton « {nom} » est actif", "le bouton « Aller » est actif") == [
        "devient « le bouton « Aller » est inactif »",
        "« Aller » devient « Allex »",
    ]


# ------------------------------------------------------------------------------------------------ all the features


def definitions():
    """Give those of the phrase book: other tests of this process define sentences of their own."""
    contextes = (c for c in step_function_context_registry.values() if c.step_func.__module__ in MODULES)
    return [contexte for contexte in contextes if isinstance(contexte.parser, Phrase)]


def alors(dossier):
    """Every « Alors » of a folder of features as it is played, examples in place."""
    for chemin in sorted((RACINE / "features" / dossier).glob("*.feature")):
        for modele in get_feature(str(RACINE / "features"), f"{dossier}/{chemin.name}").scenarios.values():
            exemples = [exemple for groupe in modele.examples for exemple in groupe.as_contexts()] or [{}]
            for scenario in (modele.render(exemple) for exemple in exemples):
                for pas in scenario.steps:
                    if pas.type == "then":
                        yield pas


# What the sentences of the rules say without any value is proved by the whole table of the faults.
@pytest.mark.parametrize(("dossier", "nombre", "sans_valeur"), [("guide", 80, 0), ("regles", 900, 60)])
def test_every_alors_can_be_made_false_and_stays_readable(dossier, nombre, sans_valeur):
    lus = list(alors(dossier))
    assert len(lus) > nombre
    intouches = []
    for pas in lus:
        [sienne] = {
            d.parser.name: d.parser for d in definitions() if d.type != "when" and d.parser.is_matching(pas.name)
        }.values()
        table = tuple(tuple(map(str, ligne)) for ligne in pas.datatable.raw()) if pas.datatable else ()
        vrai = Pas(sienne.rendre(**sienne.parse_arguments(pas.name)), table, pas.docstring or "")
        faites = mutations(sienne, vrai)
        if not faites and sienne.name not in PAR_UNE_FAUTE:
            intouches.append(pas.name)
        assert len({m.pas for m in faites} | {vrai}) == len(faites) + 1, pas.name
        for mutation in faites:
            assert any(d.parser.is_matching(mutation.pas.texte) for d in definitions()), mutation.quoi
    assert len(intouches) <= sans_valeur, intouches


def test_what_is_said_of_sentences_is_said_of_sentences_that_exist():
    phrases = {contexte.parser.name for contexte in definitions()}
    dites = {*CONTRAIRES, *PAR_UNE_FAUTE, *LISTES_ORDONNEES, *LISTES_ENTIERES, *(nom for nom, _ in AUTRES_VALEURS)}
    assert dites <= phrases
    for nom, contraire in CONTRAIRES.items():
        valeurs = {p.nom: "x" for p in phrase(nom).parametres}
        assert set(valeurs) >= contraire.valeurs
        assert any(d.parser.is_matching(contraire.phrase.format(**valeurs)) for d in definitions()), nom
    for (modele, parametre), autres_valeurs in AUTRES_VALEURS.items():
        assert parametre in {p.nom for p in phrase(modele).parametres}
        assert autres_valeurs
    assert set(PAR_UNE_FAUTE.values()) <= set(PAR_NOM)
