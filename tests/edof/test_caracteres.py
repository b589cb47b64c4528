"""What ISO-8859-1 cannot carry is shown once with what may stand for it, and nothing is replaced in silence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

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
from webapp.edof.ecriture import CaractereHorsDuJeuError, ecrire_formation
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


def tout_accepter(xml):
    """Give what an import kept once all that is proposed for it is accepted, and the characters that it held."""
    objet = replace(un_objet(), reste=(Reste("formation", "", xml),))
    releve = Releve()
    relever(objet, releve)
    acceptes = {r.caractere: r.remplacement or "" for r in releve.par_caractere.values()}
    ecrit = remplacer_dans(objet, acceptes)
    ecrire_formation(ecrit)
    return ecrit.reste[0].xml, releve.par_caractere


def test_what_an_import_kept_is_looked_at_and_replaced_too_and_stays_xml():
    xml, rencontres = tout_accepter('<extra info="x">Cœur \u2264 5</extra>')
    assert set(rencontres) >= {"œ", "\u2264"}
    assert rencontres["œ"].lieux[0].champ is CONSERVE
    assert xml == '<extra info="x">Coeur &lt;= 5</extra>'


@pytest.mark.parametrize(
    ("lu", "attendu"),
    [
        ('<extra info="outil" libelle="dit “oui”"/>', '<extra info="outil" libelle="dit &quot;oui&quot;"/>'),
        ("<extra info='outil' libelle='l\u2019œuf'/>", '<extra info="outil" libelle="l\'oeuf"/>'),
        ("<extra info='a' libelle='“\u2264”'/>", '<extra info="a" libelle="&quot;&lt;=&quot;"/>'),
        ('<extra info="a"><b c="“">“<d/>œ</b>\u2019</extra>', '<extra info="a"><b c="&quot;">"<d/>oe</b>\'</extra>'),
        ('<extras info="œ"><extra>&lt;“b”></extra></extras>', '<extras info="oe"><extra>&lt;"b"&gt;</extra></extras>'),
        ('<extra info="a"><œuvre œil="1">x</œuvre></extra>', '<extra info="a"><oeuvre oeil="1">x</oeuvre></extra>'),
    ],
)
def test_a_replacement_stays_within_the_text_or_the_attribute_where_it_stands(lu, attendu):
    xml, rencontres = tout_accepter(lu)
    assert xml == attendu
    # Each is counted as often as a person would see it.
    assert {c: r.fois for c, r in rencontres.items()} == {c: lu.count(c) for c in lu if not passe(c)}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_whatever_an_import_kept_is_replaced_as_a_text_is(texte):
    releve = Releve()
    releve.lire(texte, Lieu("1", "A", champs.INTITULE))
    acceptes = {r.caractere: r.remplacement for r in releve.par_caractere.values() if r.remplacement is not None}
    element = etree.Element("extra", info=texte)
    element.text = texte
    xml = etree.tostring(element, encoding="unicode")
    [reste] = remplacer_dans(replace(un_objet(), reste=(Reste("formation", "", xml),)), acceptes).reste
    relu = etree.fromstring(reste.xml)
    assert (relu.get("info"), relu.text or "") == (remplacer(texte, acceptes),) * 2


def test_a_name_that_its_replacement_would_break_is_not_written():
    """« ™ » may be in the name of an element, and « (TM) » may not: the offer stays out, the file does not break."""
    with pytest.raises(CaractereHorsDuJeuError):
        tout_accepter('<extra info="a"><marque\u2122>x</marque\u2122></extra>')


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
