"""Rules on the wording of steps and titles: French quotes, no final full stop, no word of the trade of programmers.

A feature says what a person does and sees. An identifier, a colour, an address or a class is how it is done.
"""

import re
from collections.abc import Iterator

from steps.gherkin.document import Feature
from steps.gherkin.sentences import Sentence, is_balanced, sentences, tight_quotes
from steps.gherkin.source import SourceFile
from steps.gherkin.typographie import say
from steps.verifier.findings import Finding

_WRONG_QUOTES = re.compile(r"[\"\u201c\u201d\u201e]|(?<![^\s(])'(?=\S)[^']*(?<=\S)'(?![^\s).,])")
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_END = (".", ";", ",")
_TRAILING_COMMENT = re.compile(r"(?:^|\s)#(?:\s|$)")

_TECHNICAL = re.compile(
    r"(?<![\w-])(?:ids?|urls?|uris?|https?|localhost|html|css|xpath|dom|div|span|class|input|submit|href|json|sql|api"
    r"|endpoint|htmx|ajax|cookies?|regex|backend|frontend|viewport|placeholder|checkbox|dropdown|data-\w+|aria-\w+"
    r"|couleurs?|rouges?|verte?s?|bleue?s?|jaunes?|orange|grise?s?"
    r"|s\u00e9lecteurs?|balises?|requ\u00eates? (?:get|post)"
    r"|code (?:http )?[1-5][0-9]{2}|statut [1-5][0-9]{2})(?![\w-])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\w+://|(?<!\S)/[a-z][\w/.-]*|(?<!\S)(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?<!\S)//")
_SELECTOR = re.compile(r"(?<!\S)[#.][A-Za-z][\w-]*|(?<!\S)\[[a-z-]+(?:=[^\]]*)?\]")
_GESTURE_ON_SELECTOR = re.compile(
    r"\b(?:clique|appuie|presse|survole|touche|coche)\b[^«]*«\s*(?P<selector>[#.][A-Za-z][\w-]*|//[^»]*)\s*»",
    re.IGNORECASE,
)


def check_wording(file: SourceFile, feature: Feature) -> Iterator[Finding]:
    """FR108 to FR112, FR212, FR501 and FR502, on every sentence."""
    for sentence in sentences(feature):
        for code, message, suggestion in (*_typography(sentence), *_vocabulary(sentence)):
            yield Finding(file.name, sentence.line, code, message, suggestion)


def _typography(sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    if _DOUBLE_SPACE.search(sentence.masked):
        yield "FR108", say("deux espaces se suivent"), say("une seule (--fix)")
    if _WRONG_QUOTES.search(sentence.masked):
        yield "FR109", say("guillemets qui ne sont pas français"), say("écrivez « … »")
    if tight_quotes(sentence.text):
        yield "FR110", say("espace absente à l'intérieur des guillemets"), say("écrivez « … » (--fix)")
    if not is_balanced(sentence.text):
        yield "FR111", say("guillemet ouvrant ou fermant sans son pendant"), say("écrivez « … »")
    if sentence.masked.endswith(_END) or (sentence.masked.endswith(":") and not sentence.opens_data):
        yield "FR112", say("ponctuation finale « {sign} »", sign=sentence.text[-1]), say("retirez-la")
    if sentence.is_step and _TRAILING_COMMENT.search(sentence.masked):
        yield "FR212", say("ce commentaire fait partie de l'étape pour Gherkin"), say("mettez-le seul sur sa ligne")


def _vocabulary(sentence: Sentence) -> Iterator[tuple[str, str, str]]:
    word = _TECHNICAL.search(sentence.masked)
    if word:
        suggestion = say("dites ce que la personne fait ou voit ; un libellé de l'écran se met entre « »")
        yield "FR501", say("mot technique : {word}", word=word[0]), suggestion
    found = _ADDRESS.search(sentence.masked) or _SELECTOR.search(sentence.masked)
    selector = found[0] if found else None
    gesture = _GESTURE_ON_SELECTOR.search(sentence.text)
    if selector or gesture:
        shown = selector or (gesture["selector"].strip() if gesture else "")
        yield "FR502", say("sélecteur ou adresse : {shown}", shown=shown), say("nommez l'élément par son libellé")
