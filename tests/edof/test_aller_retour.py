"""What is written is read back the same, is valid, and is written again byte for byte."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from tests.edof.tirages import FORMATIONS
from webapp.edof.canonique import Ecart, canonique, differences
from webapp.edof.ecriture import ecrire, en_element
from webapp.edof.lecture import Remarque, formations, lire_formation
from webapp.edof.objets import Objet
from webapp.edof.verification import verifier_formation

LENT = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def relire(octets: bytes) -> tuple[list[Objet], list[Remarque]]:
    remarques: list[Remarque] = []
    racine = etree.fromstring(octets)
    return [lire_formation(element, remarques) for element in formations(racine)], remarques


@given(FORMATIONS)
@LENT
def test_what_is_written_is_valid_and_comes_back_the_same(objet):
    octets = b"".join(ecrire([objet]))
    octets.decode("iso-8859-1")
    relus, remarques = relire(octets)
    assert relus == [objet]
    assert remarques == []
    assert b"".join(ecrire(relus)) == octets
    assert verifier_formation(next(formations(etree.fromstring(octets)))) == ()


@given(FORMATIONS)
@settings(LENT, max_examples=10)
def test_the_canonical_form_sees_a_change_and_nothing_else(objet):
    ecrit = en_element(objet)
    assert list(differences(canonique(ecrit), canonique(en_element(objet)))) == []
    titre = ecrit.find("intitule-formation")
    assert titre is not None
    avant, titre.text = titre.text or "", "Un autre"
    trouvees = list(differences(canonique(en_element(objet)), canonique(ecrit)))
    assert trouvees == [Ecart(("formation", "intitule-formation"), "intitule-formation", avant, "Un autre")]


OFFICIEL = os.environ.get("EDOF_OFFICIEL", "")
officiel = pytest.mark.skipif(not OFFICIEL, reason="EDOF_OFFICIEL ne nomme pas le dossier du schéma officiel")


def _du_dossier(suffixe: str) -> Path:
    return next(Path(OFFICIEL).glob(f"*{suffixe}"))


@officiel
@given(FORMATIONS)
@LENT
def test_the_official_schema_accepts_what_is_written(objet):
    octets = b"".join(ecrire([objet]))
    schema = etree.XMLSchema(etree.parse(_du_dossier(".xsd")))
    assert schema.validate(etree.fromstring(octets)), schema.error_log


@officiel
def test_the_official_sample_comes_in_and_goes_out_the_same():
    exemple = etree.parse(_du_dossier(".xml"))
    remarques: list[Remarque] = []
    objets = [lire_formation(element, remarques) for element in formations(exemple.getroot())]
    assert remarques == []
    sortie = etree.fromstring(b"".join(ecrire(objets)))
    for avant, apres in zip(formations(exemple.getroot()), formations(sortie), strict=True):
        assert list(differences(canonique(avant), canonique(apres))) == []
        assert verifier_formation(apres) == ()
        assert verifier_formation(avant) == ()
