"""Looking at how a sentence begins finds what trying every definition finds."""

from importlib import import_module

import pytest

from steps.definitions.definitions import definies_dans
from steps.definitions.phrase import Phrase
from steps.definitions.repertoire import Repertoire
from steps.gherkin.dialecte import ALORS, ETANT_DONNE, QUAND
from steps.phrases import MODULES

DEFINITIONS = [definition for module in MODULES for definition in definies_dans(import_module(module))]
REPERTOIRE = Repertoire(DEFINITIONS)


def toutes(genre, texte):
    return [d for d in DEFINITIONS if d.est_du_genre(genre) and d.reconnait(texte)]


@pytest.mark.parametrize("genre", [ETANT_DONNE, QUAND, ALORS])
def test_each_sentence_is_found_among_all(genre):
    for definition in DEFINITIONS:
        assert isinstance(definition.parser, Phrase)
        texte = definition.parser.rendre()
        assert REPERTOIRE.entendent(genre, texte) == toutes(genre, texte)
        assert definition in REPERTOIRE.reconnaissent(texte)


@pytest.mark.parametrize("texte", ["", " ", "«", "je", "que je clique", "je clique sur «\u00a0Valider\u00a0»", "« »"])
def test_so_is_what_is_hardly_one(texte):
    assert REPERTOIRE.entendent(QUAND, texte) == toutes(QUAND, texte)
