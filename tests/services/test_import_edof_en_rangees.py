"""A file that gives a formation again for each of its actions and sessions, as tools do that write rows of a table."""

import re
from dataclasses import replace

import pytest

from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import TERMINEE, AtelierImport
from tests.services.test_import_edof import ICI, TOM, lues, reprise
from tests.services.test_import_edof_d_ailleurs import EXEMPLE
from webapp.domain import champs, champs_session
from webapp.domain.champs import Niveau
from webapp.domain.imports import Sort
from webapp.domain.taches import EtatTache
from webapp.domain.textes import fr
from webapp.edof.lecture import lire_formation
from webapp.services import passage_mots, tache_import


@pytest.fixture
def atelier(base):
    return AtelierImport(base, AtelierArbre(base), LE_2026)


@pytest.fixture
def exemple(atelier):
    return re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), EXEMPLE)


@pytest.fixture
def entiere(exemple):
    """A formation of our sample: two actions, three sessions."""
    (une, *_) = [lire_formation(lue, []) for lue in lues(exemple)]
    (action,) = une.enfants
    s1, s2 = action.enfants
    autre = replace(action, numero="A2", enfants=(replace(s1, numero="S3"),))
    return replace(une, enfants=(replace(action, enfants=(s1, s2)), autre))


def rangees(objet):
    """Give a formation once for each session, as rows do."""
    return [
        replace(objet, enfants=(replace(action, enfants=(session,)),))
        for action in objet.enfants
        for session in action.enfants
    ]


def tenus(objets):
    return [(o.numero, [(a.numero, [s.numero for s in a.enfants]) for a in o.enfants]) for o in objets]


@pytest.mark.parametrize("entre", [0, tache_import.OFFRES_EN_NOMBRE])
def test_the_rows_of_a_formation_are_brought_together_by_numbers(atelier, exemple, entiere, entre):
    """In the same handful or not."""
    premiere, *suite = rangees(entiere)
    autres = [reprise(exemple, f"F{n:02}", ICI | TOM, TOM) for n in range(entre)]
    octets = atelier.octets([premiere, *autres, *suite])
    tache = atelier.importer(octets)
    assert tache.etat is TERMINEE, tache.raison
    assert not atelier.apercus(tache, Sort.REFUSE)
    (une,) = [un for un in atelier.apercus(tache) if un.nom == entiere.numero]
    lignes = [n for n, ligne in enumerate(octets.splitlines(), 1) if b'<formation numero="CAP_1"' in ligne]
    assert any(fr("donnée en 3 fois (lignes {}, {} et {}) : ").format(*lignes) in r for r in une.remarques)
    assert not une.pertes
    (venue, *_) = [objet for objet in atelier.objets() if objet.numero == entiere.numero]
    assert tenus([venue]) == tenus([entiere])
    # Of each of its objects, the line is where it stands.
    lignes_dites = {un.nom: un.ligne for un in atelier.apercus(tache) if un.niveau == "session"}
    ecrites = octets.splitlines()
    for nom, ligne in lignes_dites.items():
        assert f'<session numero="{nom.rpartition(" ")[2]}"'.encode() in ecrites[ligne - 1], nom
    assert atelier.deposer(octets).prevus == 0
    assert atelier.annuler(tache).laisses == 0
    assert atelier.objets() == []


def test_a_row_that_says_something_else_of_the_formation_is_refused_with_its_line(atelier, entiere):
    premiere, deuxieme, troisieme = rangees(entiere)
    ailleurs = replace(deuxieme, valeurs=dict(deuxieme.valeurs) | {champs.INTITULE: "Un autre titre"})
    octets = atelier.octets([premiere, ailleurs, troisieme])
    tache = atelier.importer(octets)
    assert tache.etat is TERMINEE, tache.raison
    (formation, action, session) = atelier.apercus(tache, Sort.REFUSE)
    assert formation.raisons == (passage_mots.DIT_AUTREMENT,)
    assert octets.splitlines()[formation.ligne - 1].strip().startswith(b"<formation")
    assert octets.splitlines()[session.ligne - 1].strip().startswith(b'<session numero="S2"')
    assert action.raisons == (passage_mots.SOUS_REFUS[Niveau.ACTION],)
    assert tenus(atelier.objets()) == [(entiere.numero, [("A1", ["S1"]), ("A2", ["S3"])])]


def test_a_row_that_says_something_else_of_an_action_gives_it_twice(atelier, entiere):
    premiere, deuxieme, _ = rangees(entiere)
    (action,) = deuxieme.enfants
    autre = replace(action, cree_le="20200101", references={})
    tache = atelier.importer(atelier.octets([premiere, replace(deuxieme, enfants=(autre,))]))
    assert tache.etat is EtatTache.TERMINEE
    assert [un.raisons[0] for un in atelier.apercus(tache, Sort.REFUSE)] == [
        passage_mots.EN_DOUBLE, passage_mots.SOUS_REFUS[Niveau.SESSION],
    ]  # fmt: skip
    assert tenus(atelier.objets()) == [(entiere.numero, [("A1", ["S1"])])]


def test_a_formation_given_twice_the_same_is_one(atelier, entiere):
    tache = atelier.importer(atelier.octets([entiere, entiere]))
    assert not atelier.apercus(tache, Sort.REFUSE)
    assert tenus(atelier.objets()) == tenus([entiere])


def test_what_does_not_come_back_of_a_row_is_told_once(atelier, entiere):
    octets = atelier.octets(rangees(entiere)).replace(b"</transport>", b"</transport><vestiaire>Oui</vestiaire>")
    (une, *_) = atelier.apercus(atelier.deposer(octets))
    assert [perte.nom for perte in une.pertes] == [fr(f"action « {n} » › vestiaire") for n in ("A1", "A2")]
    assert len([r for r in une.remarques if "vestiaire" in r]) == 1


def test_a_row_whose_number_differs_by_its_case_alone_is_of_the_same_formation(atelier, entiere):
    premiere, deuxieme, _ = rangees(entiere)
    (action,) = deuxieme.enfants
    autre = replace(deuxieme, numero="cap_1", enfants=(replace(action, numero="a1"),))
    tache = atelier.importer(atelier.octets([premiere, autre]))
    assert not atelier.apercus(tache, Sort.REFUSE)
    assert tenus(atelier.objets()) == [(entiere.numero, [("A1", ["S1", "S2"])])]


def test_what_is_badly_read_in_any_row_is_told_with_its_line(atelier, entiere):
    premiere, deuxieme, _ = rangees(entiere)
    (action,) = deuxieme.enfants
    (session,) = action.enfants
    cachee = replace(session, valeurs=dict(session.valeurs) | {champs_session.MODALITES_PARTICULIERES: "Le\u00ad soir"})
    octets = atelier.octets([premiere, replace(deuxieme, enfants=(replace(action, enfants=(cachee,)),))])
    (une, *_) = atelier.apercus(atelier.deposer(octets))
    (remarque,) = [r for r in une.remarques if "U+00AD" in r]
    (ligne,) = [n for n, dite in enumerate(octets.splitlines(), 1) if b"\xad" in dite]
    assert remarque.startswith(fr("Ligne {}, « U+00AD » : ").format(ligne))
