"""The guide's own sentences, and the scenarios that quote the one they prove.

Beside features/guide/NAME.feature stands NAME.source.toml: each sentence of the original, word for word, and its
place. A scenario says in its description, after « Fiche : », which sentence it proves. Both ways are compared: a
quotation that is not in the original and a sentence that nothing proves are faults.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser

from steps.gherkin.etiquettes import GUIDE, ILLUSTRE, numero_d_etape
from steps.gherkin.source import SourceFile
from steps.gherkin.typographie import fold, say
from steps.verifier.findings import Finding

SUFFIXE = ".source.toml"
_CITATION = re.compile(r"Fiche : ")
_GUILLEMETS = re.compile(r"« ([^«»]+) »")
# The original ends a sentence with « : » before a picture; a quotation may end it otherwise, or not at all.
_FIN = " .:;"


class SourceIllisible(Exception):  # noqa: N818 - it reads as a sentence
    """The file of the original cannot be used; the message is a French sentence."""


@dataclass(frozen=True)
class Phrase:
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
class Citation:
    """What one scenario says that it proves: its line and name, its steps of the guide, the text."""

    ligne: int
    scenario: str
    etapes: frozenset[int]
    texte: str


def lire_source(chemin: Path) -> tuple[Phrase, ...]:
    """Read the sentences of the original, in its order. Raises SourceIllisible."""
    try:
        lu = tomllib.loads(chemin.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as erreur:
        raise SourceIllisible(say("{fichier} ne se lit pas : {erreur}", fichier=chemin.name, erreur=erreur)) from erreur
    try:
        phrases = tuple(
            Phrase(p["id"], p["place"], " ".join(p["texte"].split()), p.get("absente", False)) for p in lu["phrases"]
        )
        assert all(phrase.etape >= 0 and phrase.texte for phrase in phrases)
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError) as erreur:
        message = "{fichier} : chaque phrase a un « id » comme « 7.2 », une « place » et un « texte »"
        raise SourceIllisible(say(message, fichier=chemin.name)) from erreur
    doubles = {p.id for p in phrases if sum(autre.id == p.id for autre in phrases) > 1}
    if doubles:
        raise SourceIllisible(say("{fichier} : « {id} » y est deux fois", fichier=chemin.name, id=min(doubles)))
    return phrases


def citations(texte: str) -> tuple[Citation, ...]:
    """Give the quotations of a feature, in its order. Raises gherkin's CompositeParserException."""
    fonctionnalite = _arbre(texte)["feature"]
    return tuple(_citations(fonctionnalite["children"], frozenset())) if fonctionnalite else ()


def cle(texte: str) -> str:
    """Give the form in which a quotation and a sentence are compared: whatever their spaces and their end."""
    return fold(texte).rstrip(_FIN)


def par_phrase(phrases: Sequence[Phrase], cites: Sequence[Citation]) -> Mapping[str, tuple[Citation, ...]]:
    """Give the quotations of each sentence, by its id."""
    return {p.id: tuple(c for c in cites if cle(c.texte) == cle(p.texte)) for p in phrases}


def check_source(file: SourceFile) -> Iterator[Finding]:
    """FI001 to FI005: the guide and its original say the same, and each step has its picture."""
    chemin = file.path.with_name(file.path.stem + SUFFIXE)
    if file.feature is None or GUIDE not in {tag.name for tag in file.feature.tags} or not chemin.exists():
        return
    try:
        phrases = lire_source(chemin)
        regles = [e["rule"] for e in _arbre(file.text)["feature"]["children"] if "rule" in e]
        cites = citations(file.text)
    except SourceIllisible as erreur:
        yield Finding(file.name, 1, "FI005", str(erreur))
        return
    except CompositeParserException:  # FR005 says it already.
        return
    yield from _quotations(file, phrases, cites)
    for regle in regles:
        yield from _rule(file, phrases, regle)


def _arbre(texte: str) -> Any:
    """Give Gherkin's own tree: descriptions are not in ours."""
    return Parser().parse(texte)


def _quotations(file: SourceFile, phrases: Sequence[Phrase], cites: Sequence[Citation]) -> Iterator[Finding]:
    connues = {cle(p.texte): p for p in phrases}
    for citation in cites:
        phrase = connues.get(cle(citation.texte))
        if phrase is None:
            message = say("cette phrase n'est pas dans la fiche : « {texte} »", texte=citation.texte)
            proches = difflib.get_close_matches(cle(citation.texte), connues, 1, 0.6)
            suggestion = say("la fiche écrit : {texte}", texte=connues[proches[0]].texte) if proches else ""
            yield Finding(file.name, citation.ligne, "FI001", message, suggestion)
        elif phrase.etape not in citation.etapes:
            message = say("la phrase {id} est citée hors de l'étape {etape}", id=phrase.id, etape=phrase.etape)
            yield Finding(file.name, citation.ligne, "FI004", message)
    for id_, cites_ici in par_phrase(phrases, cites).items():
        if not cites_ici:
            texte = next(p.texte for p in phrases if p.id == id_)
            message = say("aucun scénario ne prouve la phrase {id} de la fiche : « {texte} »", id=id_, texte=texte)
            suggestion = say("citez-la sous le titre du scénario qui la prouve : « Fiche : … »")
            yield Finding(file.name, 1, "FI002", message, suggestion)


def _rule(file: SourceFile, phrases: Sequence[Phrase], regle: Any) -> Iterator[Finding]:
    """The text of a rule is made of sentences of the original, no other; one of its scenarios is illustrated."""
    reste = f" {cle(regle['description'])} "
    for phrase in sorted(phrases, key=lambda p: len(p.texte), reverse=True):
        reste = reste.replace(cle(phrase.texte), " ")
    if reste.strip(_FIN):
        message = say("ce texte de la règle n'est pas dans la fiche : « {texte} »", texte=reste.strip(_FIN))
        yield Finding(file.name, regle["location"]["line"], "FI003", message)
    numerotee = any(numero_d_etape(tag["name"].removeprefix("@")) is not None for tag in regle["tags"])
    if numerotee and regle["name"].startswith("Étape ") and not _illustree(regle):
        message = say("aucun scénario de cette étape n'est illustré")
        suggestion = say("donnez l'étiquette {tag} à celui qui la montre le mieux", tag=f"@{ILLUSTRE}")
        yield Finding(file.name, regle["location"]["line"], "FI006", message, suggestion)


def _illustree(regle: Any) -> bool:
    scenarios = [e["scenario"] for e in regle["children"] if "scenario" in e]
    tags = [*regle["tags"], *(t for s in scenarios for t in s["tags"])]
    tags += [t for s in scenarios for exemples in s["examples"] for t in exemples["tags"]]
    return any(tag["name"] == f"@{ILLUSTRE}" for tag in tags)


def _citations(enfants: Sequence[Any], etapes: frozenset[int]) -> Iterator[Citation]:
    for enfant in enfants:
        if "rule" in enfant:
            yield from _citations(enfant["rule"]["children"], etapes | _etapes(enfant["rule"]))
        elif "scenario" in enfant:
            scenario = enfant["scenario"]
            siennes = etapes | _etapes(scenario)
            texte = " ".join(scenario["description"].split())
            for morceau in _CITATION.split(texte)[1:]:
                yield Citation(scenario["location"]["line"], scenario["name"], siennes, morceau.strip())


def _etapes(bloc: Any) -> frozenset[int]:
    numeros = (numero_d_etape(tag["name"].removeprefix("@")) for tag in bloc["tags"])
    return frozenset(numero for numero in numeros if numero is not None)
