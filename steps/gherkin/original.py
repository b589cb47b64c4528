"""The guide's own sentences, as they stand beside its feature, and those that a scenario quotes.

Beside features/guide/NAME.feature stands NAME.source.toml: each sentence of the original, word for word, and its
place. A scenario says in its description, after « Fiche : », which sentences it proves. NAME.fiche.txt is the original
itself, transcribed: a second reading, which must say the same words in the same order.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from steps.gherkin.document import Fonctionnalite, Scenario
from steps.gherkin.etiquettes import numero_d_etape
from steps.gherkin.typographie import aplanir, dire, plier

_SUFFIXE = ".source.toml"
_FICHE = ".fiche.txt"
_MOT = re.compile(r"\w+")
_CITATION = "Fiche : "
_GUILLEMETS = re.compile(r"« ([^«»]+) »")
# The original ends a sentence with « : » before a picture; a quotation may end it otherwise, or not at all.
FINS = " .:;"


class OriginalIllisible(Exception):  # noqa: N818 - it reads as a sentence
    """The file of the original cannot be used; the message is a French sentence."""


class Nature(Enum):
    """What a sentence of the original is for us; all but the first need a reason and no scenario."""

    A_PROUVER = "à prouver"
    CITEE = "citée"
    HORS_DU_PRODUIT = "hors du produit"


@dataclass(frozen=True)
class PhraseOriginale:
    """One sentence of the original, or what stands in one of its pictures.

    `etape`: the step whose scenario proves it. `absente`: the step is missing from the original, the sentence is a
    reconstruction. `raison`: why no scenario proves it, when its `nature` says so. `en_partie`: what of it no scenario
    shows. `ecart`: what the screen says otherwise, and why.
    """

    id: str
    place: str
    texte: str
    etape: int
    absente: bool = False
    nature: Nature = Nature.A_PROUVER
    raison: str = ""
    en_partie: str = ""
    ecart: str = ""

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
        phrases = tuple(_lire_phrase(phrase) for phrase in lu["phrases"])
    except (KeyError, TypeError, ValueError, AttributeError) as erreur:
        message = (
            "{nom} : chaque phrase a un « id » comme « 7.2 », une « place », un « texte », une « raison » si besoin"
        )
        raise OriginalIllisible(dire(message, nom=chemin.name)) from erreur
    doubles = {p.id for p in phrases if sum(autre.id == p.id for autre in phrases) > 1}
    if doubles:
        raise OriginalIllisible(dire("{nom} : « {id} » y est deux fois", nom=chemin.name, id=min(doubles)))
    return Original(lu.get("version", ""), phrases)


def _lire_phrase(lue: Mapping[str, object]) -> PhraseOriginale:
    """Read one sentence. Raises KeyError, TypeError or ValueError."""
    notes = {nom: _texte(lue.get(nom, "")) for nom in ("raison", "en_partie", "ecart")}
    id, texte, nature = _texte(lue["id"]), _texte(lue["texte"]), Nature(lue.get("nature", Nature.A_PROUVER.value))
    etape = int(str(lue.get("etape", id.partition(".")[0])))
    if etape < 0 or not texte or bool(notes["raison"]) != (nature is not Nature.A_PROUVER):
        raise ValueError(id)
    return PhraseOriginale(id, _texte(lue["place"]), texte, etape, lue.get("absente") is True, nature, **notes)


def _texte(lu: object) -> str:
    if not isinstance(lu, str):
        raise TypeError(lu)
    return " ".join(lu.split())


def chemin_de_la_fiche(feature: Path) -> Path:
    """Give where the transcription of a guide is, if it is anywhere."""
    return feature.with_name(feature.stem + _FICHE)


def mots_de_la_fiche(texte: str) -> Iterator[tuple[str, int]]:
    """Give each word of a transcription and its line, from 1; a number alone on its line is that of a step."""
    for numero, ligne in enumerate(texte.splitlines(), start=1):
        if not ligne.strip().isdecimal():
            yield from ((mot, numero) for mot in _MOT.findall(aplanir(ligne)))


def mots_des_phrases(original: Original) -> Iterator[tuple[str, str]]:
    """Give each word of the sentences, in their order, and the id of its sentence; those that are missing left out."""
    for phrase in original.phrases:
        if not phrase.absente:
            yield from ((mot, phrase.id) for mot in _MOT.findall(aplanir(phrase.texte)))


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
    """Give the quotations of each sentence, by its id: those of its step, as the original may say a thing twice."""
    return {
        p.id: tuple(c for c in cites if cle(c.texte) == cle(p.texte) and p.etape in c.etapes) for p in original.phrases
    }


def _etapes(lue: Fonctionnalite, scenario: Scenario) -> frozenset[int]:
    numeros = (numero_d_etape(nom) for nom in lue.etiquettes_de(scenario))
    return frozenset(numero for numero in numeros if numero is not None)
