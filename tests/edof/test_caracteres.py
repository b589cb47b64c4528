"""What ISO-8859-1 cannot carry is shown once with what may stand for it, and nothing is replaced in silence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edof.test_ecriture import un_objet
from webapp.domain import champs, champs_action, champs_annuaire
from webapp.domain.champs import Nature
from webapp.domain.latin_1 import passe, remplacement
from webapp.edof.caracteres import (
    CONSERVE,
    LIEUX_MAX,
    Lieu,
    Releve,
    a_accepter,
    relever,
    remplacer,
    remplacer_dans,
)
from webapp.edof.noms_caracteres import nom_du_caractere
from webapp.edof.objets import Reste


@pytest.mark.parametrize(
    ("caractere", "attendu"),
    [
        ("œ", "oe"), ("Œ", "OE"), ("\u2019", "'"), ("\u2013", "-"), ("\u2026", "..."), ("€", "EUR"),
        ("\u202f", "\u00a0"), ("\u201c", '"'), ("ő", "o"), ("Ž", "Z"), ("ﬁ", "fi"), ("\u2163", "IV"), ("ł", "l"),
        ("\U0001f600", None), ("中", None), ("Ω", None), ("\u0416", None),
    ],
)  # fmt: skip
def test_what_stands_for_a_character(caractere, attendu):
    assert remplacement(caractere) == attendu


@given(st.characters(exclude_categories=["Cs"]))
def test_a_replacement_is_always_something_that_the_encoding_carries(caractere):
    par = remplacement(caractere)
    assert par is None or (passe(par) and par)


@given(st.text(alphabet=st.characters(max_codepoint=0xFF)))
def test_what_the_encoding_carries_is_never_touched(texte):
    releve = Releve()
    releve.lire(texte, Lieu("1", "A", champs.INTITULE))
    assert releve.par_caractere == {}
    assert remplacer(texte, {"é": "e"}) == texte


def test_each_is_told_once_with_its_places():
    releve = Releve()
    for rang in range(LIEUX_MAX + 5):
        releve.lire("Cœur de l\u2019œuvre", Lieu(str(rang), f"F{rang}", champs.INTITULE))
    releve.lire("Bravo \U0001f600", Lieu("x", "FX", champs.OBJECTIF))
    oe, apostrophe, sourire = releve.par_caractere.values()
    assert (oe.caractere, oe.fois, len(oe.lieux)) == ("œ", 2 * (LIEUX_MAX + 5), LIEUX_MAX)
    assert apostrophe.fois == LIEUX_MAX + 5
    assert releve.sans_remplacement == (sourire,)
    assert oe.nom == "U+0153, œ minuscule, e dans l\u2019o"


@pytest.mark.parametrize(
    ("caractere", "nom"),
    [
        ("\u2019", "U+2019, apostrophe typographique"), ("\u202f", "U+202F, espace fine insécable"),
        ("\u0151", "U+0151, o minuscule, double accent aigu"),
        ("\u1ea4", "U+1EA4, A majuscule, accent circonflexe et accent aigu"),
        ("\U0001f600", "U+1F600, pictogramme ou symbole"), ("\u05d0", "U+05D0, lettre d\u2019une autre écriture"),
        ("\u0378", "U+0378"),
    ],
)  # fmt: skip
def test_each_is_called_by_a_french_name(caractere, nom):
    assert nom_du_caractere(caractere) == nom


def test_what_word_processors_write_is_never_called_by_its_kind_alone():
    usuels = "œŒŸ€ĳﬁ\u2018\u2019\u201c\u201d\u201e\u2010\u2011\u2013\u2014\u2212"
    usuels += "\u2009\u202f\u2022\u2026\u2122\u2192\u2264\u2265\u2116"
    dits = [nom_du_caractere(un).partition(", ")[2] for un in usuels]
    assert len(set(dits)) == len(usuels)
    assert all(dits)
    assert all(remplacement(un) for un in usuels)


def test_only_what_a_person_accepted_is_replaced():
    releve = Releve()
    releve.lire("Cœur : 5 €", Lieu("1", "A", champs.INTITULE))
    assert [r.caractere for r in a_accepter(releve.par_caractere.values(), {})] == ["œ", "€"]
    assert [r.caractere for r in a_accepter(releve.par_caractere.values(), {"œ": "oe"})] == ["€"]
    # What was accepted once as something else is asked again.
    assert [r.caractere for r in a_accepter(releve.par_caractere.values(), {"œ": "o", "€": "EUR"})] == ["œ"]
    assert remplacer("Cœur : 5 €", {"œ": "oe"}) == "Coeur : 5 €"


def test_what_an_import_kept_is_looked_at_and_replaced_too_and_stays_xml():
    objet = replace(un_objet(), reste=(Reste("formation", "", '<extra info="x">Cœur \u2264 5</extra>'),))
    releve = Releve()
    relever(objet, releve)
    assert set(releve.par_caractere) >= {"œ", "\u2264"}
    assert releve.par_caractere["œ"].lieux[0].champ is CONSERVE
    acceptes = {r.caractere: r.remplacement or "" for r in releve.par_caractere.values()}
    [reste] = remplacer_dans(objet, acceptes).reste
    assert reste.xml == '<extra info="x">Coeur &lt;= 5</extra>'


def test_a_contact_that_several_sessions_write_is_counted_once():
    objet = un_objet(4, objectif="Sans rien.")
    partage = objet.enfants[0].references[champs_action.CONTACT]
    autre = replace(partage, valeurs={**partage.valeurs, champs_annuaire.NOM: "Cœur"})
    references = {**objet.enfants[0].references, champs_action.CONTACT: autre}
    sessions = tuple(
        replace(s, references={c: autre for c in s.references if c.nature is Nature.CONTACT})
        for s in objet.enfants[0].enfants
    )
    releve = Releve()
    relever(replace(objet, enfants=(replace(objet.enfants[0], references=references, enfants=sessions),)), releve)
    assert releve.par_caractere["œ"].fois == 1
