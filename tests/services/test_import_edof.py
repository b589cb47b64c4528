"""Files of the portal brought into a catalogue, on both databases: looked at first, whole or not at all, undone whole."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.bases import ouverte
from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import PRETE, TERMINEE, AtelierImport, au_siret
from tests.edof.tirages import FORMATIONS
from webapp.domain import champs
from webapp.domain.imports import Sort
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import EtatLigne, EtatTache
from webapp.edof.canonique import canonique, differences
from webapp.edof.ecriture import ecrire
from webapp.edof.fichier import FichierRefuse
from webapp.edof.lecture import formations
from webapp.persistence import taches as gardees
from webapp.services import export_edof

EXEMPLE = (Path(__file__).parents[1] / "edof" / "exemple.xml").read_bytes()


@pytest.fixture
def atelier(base):
    return AtelierImport(base, AtelierArbre(base), LE_2026)


@pytest.fixture
def exemple(atelier):
    """Our sample, of the organisation."""
    return re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), EXEMPLE)


def lues(octets):
    return list(formations(etree.fromstring(octets)))


def test_what_comes_in_is_shown_first_and_nothing_is_written(atelier, exemple):
    tache = atelier.deposer(exemple)
    assert tache.etat is PRETE
    assert atelier.objets() == []
    vus = atelier.apercus(tache)
    assert {un.sort for un in vus} == {Sort.CREE}, [(un.nom, un.raisons) for un in vus]
    assert sum(un.niveau == "formation" for un in vus) == len(lues(exemple))


def test_what_comes_in_goes_out_the_same(atelier, exemple):
    assert atelier.importer(exemple).etat is TERMINEE
    sortie = b"".join(ecrire(atelier.objets()))
    for avant, apres in zip(lues(exemple), lues(sortie), strict=True):
        assert list(differences(canonique(avant), canonique(apres))) == []
    assert sortie == b"".join(ecrire(atelier.objets()))


def test_brought_in_again_it_changes_nothing(atelier, exemple):
    atelier.importer(exemple)
    avant = atelier.objets()
    tache = atelier.deposer(exemple)
    assert set(atelier.sorts(tache).values()) == {"inchange"}
    assert (tache.etat, tache.prevus) == (PRETE, 0)
    assert atelier.objets() == avant
