"""Files that are odd rather than foreign: their dates, codes and numbers; read, told, and able to go out again."""

import re

import pytest

from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import TERMINEE, AtelierImport
from tests.services.test_import_edof_d_ailleurs import EXEMPLE, de, dit, lues
from webapp.domain.imports import Sort
from webapp.domain.textes import fr
from webapp.edof.lecture import SANS_DATE
from webapp.edof.passage import jour_ecrit
from webapp.services import export_edof


@pytest.fixture
def atelier(base_sqlite):
    return AtelierImport(base_sqlite, AtelierArbre(base_sqlite), LE_2026)


@pytest.fixture
def exemple(atelier):
    return de(atelier, EXEMPLE)


def publie(atelier):
    """What an export gives, formation by formation, and what it keeps out with its reasons."""
    with atelier.base.lecture() as cnx:
        bilan = export_edof.examiner(cnx, atelier.organisme, LE_2026)
        sortie = b"".join(export_edof.produire(cnx, atelier.organisme, LE_2026))
    return {e.get("numero"): e for e in lues(sortie)}, [r for une in bilan.ecartees for r in une.raisons]


@pytest.mark.parametrize(
    ("nom", "ecrite", "lue"),
    [
        ("datecrea", None, ""),
        ("datemaj", None, ""),
        ("datecrea", "", ""),
        ("datecrea", "hier soir", ""),
        ("datemaj", "20260231", ""),
        ("datecrea", "9" * 5000, ""),
        ("datemaj", "99991231", ""),
        ("datecrea", "2026-08-31T23:30:00+02:00", "20260831"),
        ("datemaj", "2026-09-21", "20260921"),
        ("datemaj", "21/09/2026", "20260921"),
    ],
)
def test_an_object_whose_dates_are_missing_or_are_none_has_ours_and_can_go_out(atelier, exemple, nom, ecrite, lue):
    atelier.importer(exemple)
    attendues, _ = publie(atelier)
    assert attendues
    par = b"" if ecrite is None else f' {nom}="{ecrite}"'.encode()
    autre = AtelierImport(atelier.base, AtelierArbre(atelier.base), LE_2026)
    octets = de(autre, re.sub(rf' {nom}="[0-9]*"'.encode(), par, exemple))
    tache = autre.importer(octets)
    assert tache.etat is TERMINEE
    sorties, raisons = publie(autre)
    assert set(sorties) == set(attendues)
    assert not any("@date" in raison for raison in raisons)
    notre = jour_ecrit(autre.demande.acte.maintenant)
    assert {e.get(nom) for e in sorties.values()} == {lue or notre}
    assert ("n’est pas une date" in dit(autre, tache)) is bool(ecrite and not lue)
    assert (SANS_DATE in dit(autre, tache)) is (not ecrite)
    assert (re.search(r"Ligne 4, «\s@date", dit(autre, tache)) is not None) is (not lue)


def test_two_codes_of_certification_refuse_their_formation_and_both_are_named(atelier, exemple):
    deux = exemple.replace(b"</code-RNCP>", b"</code-RNCP><code-RS>RS2203</code-RS>", 1)
    refuses = atelier.apercus(atelier.importer(deux), Sort.REFUSE)
    dite = "Plusieurs codes de certification (RNCP40344, RS2203) : une formation n'en a qu'un."
    assert refuses[0].raisons == (fr(dite),)
    assert len(atelier.objets()) == len(lues(exemple)) - 1


def test_a_number_of_several_lines_is_named_on_one(atelier, exemple):
    tache = atelier.deposer(exemple.replace(b'numero="CAP_1"', b'numero="CAP&#10;&#9; 1"', 1))
    noms = list(atelier.sorts(tache))
    assert "CAP 1" in noms
    assert all(nom == " ".join(nom.split()) for nom in noms)
