"""Runs of pytest on small suites that need neither a browser nor a server, and what their stream tells."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from steps.gherkin.typographie import aplanir
from steps.rapports.flux import NOM, Execution, lire

REGLAGES = """
[pytest]
addopts = -p steps.plugins.acceptation -p no:playwright -p no:socket -p no:cacheprovider --strict-markers
bdd_features_base_dir = features
verifier_features = aucune
verifier_modules = ailleurs
filterwarnings = error
disable_test_id_escaping_and_forfeit_all_rights_to_community_support = true
"""
DEFINITIONS = """
import pytest
from pytest_bdd import given, scenarios, step, then, when
from steps.definitions.lisibles import lisibles
from steps.definitions.phrase import phrase

if trouves := lisibles("suite"):
    scenarios(*trouves)
"""
CONTROLE = ("verifier_features = aucune\nverifier_modules = ailleurs", "verifier_modules = test_essai.py")


@dataclass(frozen=True)
class Jouee:
    """A run: what pytest printed, in plain typography, and what its stream holds."""

    sortie: str
    code: int
    dossier: Path

    @property
    def execution(self) -> Execution:
        with (self.dossier / NOM).open(encoding="utf-8") as lignes:
            return lire(lignes)

    @property
    def tentatives(self):
        return self.execution.tentatives


@pytest.fixture
def jouer(pytester):
    """Play features given by their text, or by name and text or bytes, with the definitions that go with them.

    `controle`: they are checked first, as those of the project are.
    """

    def jouer(features, definitions="", *options, en_sous_processus=False, controle=False):
        dossier = pytester.path / "features" / "suite"
        dossier.mkdir(parents=True, exist_ok=True)
        for nom, texte in (features if isinstance(features, dict) else {"essai": features}).items():
            octets = texte if isinstance(texte, bytes) else textwrap.dedent(texte).lstrip().encode()
            (dossier / f"{nom}.feature").write_bytes(octets)
        pytester.makefile(".ini", pytest=REGLAGES.replace(*CONTROLE) if controle else REGLAGES)
        module = DEFINITIONS + textwrap.dedent(definitions)
        (pytester.path / "test_essai.py").write_text(module, "utf-8")
        lancer = pytester.runpytest_subprocess if en_sous_processus else pytester.runpytest_inprocess
        resultat = lancer(*options)
        sortie = aplanir(resultat.stdout.str() + resultat.stderr.str())
        return Jouee(sortie, int(resultat.ret), pytester.path / "resultats" / "acceptation")

    return jouer
