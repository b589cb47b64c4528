"""Rules on the characters of a feature file, whatever it says: encoding, spaces, apostrophes, accents, lengths.

These faults are invisible on a screen; each makes pytest-bdd miss a step, a scenario or the whole file.
"""

import re
import unicodedata
from collections.abc import Iterator

from steps.gherkin.source import LANGUAGE_HEADER, LANGUAGE_LINE, Form, SourceFile
from steps.gherkin.typographie import PLAIN_APOSTROPHES, compose, say
from steps.verifier.findings import Finding

MAX_LENGTH = 120
_FILE_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.feature")
_ORDINARY = frozenset(" \t\n\r")
_JOINER = "\u200d"  # Holds an emoji together: it is part of a visible sign.
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Cc", "Zl", "Zp"})


def check_header(file: SourceFile) -> Iterator[Finding]:
    """FR001: the first line is the header, and there is no other."""
    headers = [line for line in file.lines if line.form is Form.COMMENT and LANGUAGE_LINE.fullmatch(line.text)]
    suggestion = say("écrivez en première ligne : {header}", header=LANGUAGE_HEADER)
    if not headers:
        yield Finding(file.name, 1, "FR001", say("en-tête de langue absent"), suggestion)
    for line in headers:
        if line.number > 1 or line.text != LANGUAGE_HEADER:
            message = say("en-tête de langue incorrect ou mal placé : {text}", text=line.stripped)
            yield Finding(file.name, line.number, "FR001", message, suggestion)


def check_encoding(file: SourceFile) -> Iterator[Finding]:
    """FR002 and FR003: UTF-8 without a byte order mark, lines ended by a line feed, the last one too."""
    if file.undecodable:
        yield Finding(file.name, 1, "FR002", say("ce fichier n'est pas en UTF-8"), say("réenregistrez-le en UTF-8"))
    if file.text.startswith("\ufeff"):
        yield Finding(
            file.name, 1, "FR002", say("marque d'ordre des octets en tête du fichier"), say("retirez-la (--fix)")
        )
    if "\r" in file.text:
        line = file.text[: file.text.index("\r")].count("\n") + 1
        yield Finding(file.name, line, "FR003", say("fin de ligne de Windows"), say("remplacez-la (--fix)"))
    if not file.text.endswith("\n"):
        message = say("la dernière ligne n'est pas terminée")
        yield Finding(file.name, max(len(file.lines), 1), "FR003", message, say("terminez-la (--fix)"))


def check_file_name(file: SourceFile) -> Iterator[Finding]:
    """FR004: a name that every system keeps as it is, and that pytest-bdd reads."""
    if not _FILE_NAME.fullmatch(file.path.name):
        message = say("nom de fichier « {name} »", name=file.path.name)
        suggestion = say("minuscules sans accent, chiffres, tirets, et la fin « .feature » exactement")
        yield Finding(file.name, 1, "FR004", message, suggestion)


def check_characters(file: SourceFile) -> Iterator[Finding]:
    """FR101 to FR104: composed accents, ordinary spaces, straight apostrophes, nothing invisible; everywhere."""
    for line in file.lines:
        if line.text != compose(line.text):
            suggestion = say("composez les accents (NFC, --fix)")
            yield Finding(file.name, line.number, "FR101", say("caractère accentué décomposé (NFD)"), suggestion)
        for character in sorted(set(line.text)):
            yield from _check_character(file, line.number, character)


def _check_character(file: SourceFile, number: int, character: str) -> Iterator[Finding]:
    name = f"U+{ord(character):04X}"
    if is_exotic_space(character):
        message = say("espace {name} au lieu de l'espace ordinaire", name=name)
        yield Finding(file.name, number, "FR102", message, say("espace ordinaire (--fix)"))
    elif ord(character) in PLAIN_APOSTROPHES:
        message = say("apostrophe {name} au lieu de l'apostrophe droite", name=name)
        yield Finding(file.name, number, "FR103", message, say("apostrophe droite {sign} (--fix)", sign="'"))
    elif is_invisible(character):
        yield Finding(
            file.name, number, "FR104", say("caractère invisible {name}", name=name), say("retirez-le (--fix)")
        )


def is_exotic_space(character: str) -> bool:
    """Say whether `character` is a space that is not the one of the keyboard."""
    return character not in _ORDINARY and unicodedata.category(character) == "Zs"


def is_invisible(character: str) -> bool:
    """Say whether `character` shows nothing at all."""
    return (
        character not in _ORDINARY and character != _JOINER and unicodedata.category(character) in _INVISIBLE_CATEGORIES
    )


def check_blanks(file: SourceFile) -> Iterator[Finding]:
    """FR105 and FR106: no tab, no space at the end; the inside of a doc string is data and is left alone."""
    for line in file.lines:
        if line.form is Form.DOCSTRING:
            continue
        if "\t" in line.text:
            yield Finding(file.name, line.number, "FR105", say("tabulation"), say("deux espaces (--fix)"))
        if line.text != line.text.rstrip():
            yield Finding(file.name, line.number, "FR106", say("espaces en fin de ligne"), say("retirez-les (--fix)"))


def check_length(file: SourceFile) -> Iterator[Finding]:
    """FR107: a sentence stays readable; tables and doc strings cannot be folded and may be longer."""
    for line in file.lines:
        if line.form not in {Form.TABLE, Form.DOCSTRING} and len(line.text) > MAX_LENGTH:
            message = say("ligne de {length} caractères (au plus {most})", length=len(line.text), most=MAX_LENGTH)
            yield Finding(
                file.name, line.number, "FR107", message, say("une phrase plus courte, une table ou un texte")
            )
