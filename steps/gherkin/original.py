"""The guide's own sentences, as they stand beside its feature, and those that a scenario quotes.

Beside features/guide/NAME.feature stands NAME.source.toml: each sentence of the original, word for word, and its
place. A scenario says in its description, after « Fiche : », which sentences it proves.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steps.gherkin.document import Fonctionnalite, Scenario
from steps.gherkin.etiquettes import numero_d_etape
from steps.gherkin.typographie import dire, plier

_SUFFIXE = ".source.toml"
_CITATION = "Fiche : "
_GUILLEMETS = re.compile(r"« ([^«»]+) »")
# The original ends a sentence with « : » before a picture; a quotation may end it otherwise, or not at all.
FINS = " .:;"


class OriginalIllisible(Exception):  # noqa: N818 - it reads as a sentence
    """The file of the original cannot be used; the message is a French sentence."""


@dataclass(frozen=True)
class PhraseOriginale:
    """One sentence of the original. `absente`: the step is missing from it, the sentence is a reconstruction."""

    id: str
    place: str
    texte: str
    absente: bool = False

    @property
    def etape(self) -> int:
        """The number of the guide's step, which begins the id: « 7.2 » is of step 7."""
        return int(self.id.partition(".")[0])

    @property
    def libelles(self) -> tuple[str, ...]:
        """What stands between « » in it: words of the screen."""
        return tuple(_GUILLEMETS.findall(self.texte))


@dataclass(frozen=True)
class Original:
    """The original of a guide: what it says of its version, its sentences in order."""

    version: str
    phrases: tuple[PhraseOriginale, ...]


@dataclass(frozen=True)
class Citation:
    """What one scenario says that it proves: its line and name, its steps of the guide, the text."""

    ligne: int
    scenario: str
    etapes: frozenset[int]
    texte: str


def chemin_de_l_original(feature: Path) -> Path:
    """Give where the original of a guide is, if it is anywhere."""
    return feature.with_name(feature.stem + _SUFFIXE)


def lire_original(chemin: Path) -> Original:
    """Read the sentences of the original, in its order. Raises OriginalIllisible."""
    try:
        lu = tomllib.loads(chemin.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise OriginalIllisible(dire("{nom} ne se lit pas : {erreur}", nom=chemin.name, erreur=erreur)) from erreur
    try:
        phrases = tuple(
            PhraseOriginale(p["id"], p["place"], " ".join(p["texte"].split()), p.get("absente", False))
            for p in lu["phrases"]
        )
        assert all(phrase.etape >= 0 and phrase.texte for phrase in phrases)
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError) as erreur:
        message = "{nom} : chaque phrase a un « id » comme « 7.2 », une « place » et un « texte »"
        raise OriginalIllisible(dire(message, nom=chemin.name)) from erreur
    doubles = {p.id for p in phrases if sum(autre.id == p.id for autre in phrases) > 1}
    if doubles:
        raise OriginalIllisible(dire("{nom} : « {id} » y est deux fois", nom=chemin.name, id=min(doubles)))
    return Original(lu.get("version", ""), phrases)


def textes_cites(scenario: Scenario) -> tuple[str, ...]:
    """Give what a scenario quotes, in its order."""
    return tuple(texte.strip() for texte in " ".join(scenario.description.split()).split(_CITATION)[1:])


def citations(lue: Fonctionnalite) -> tuple[Citation, ...]:
    """Give the quotations of a feature, in the order of its lines."""
    return tuple(
        Citation(scenario.ligne, scenario.nom, _etapes(lue, scenario), texte)
        for scenario in lue.scenarios
        for texte in textes_cites(scenario)
    )


def cle(texte: str) -> str:
    """Give the form in which a quotation and a sentence are compared: whatever their spaces and their end."""
    return plier(texte).rstrip(FINS)


def par_phrase(original: Original, cites: Sequence[Citation]) -> Mapping[str, tuple[Citation, ...]]:
    """Give the quotations of each sentence, by its id."""
    return {p.id: tuple(c for c in cites if cle(c.texte) == cle(p.texte)) for p in original.phrases}


def _etapes(lue: Fonctionnalite, scenario: Scenario) -> frozenset[int]:
    numeros = (numero_d_etape(nom) for nom in lue.etiquettes_de(scenario))
    return frozenset(numero for numero in numeros if numero is not None)
