"""What a text is: its normal form, its length, what it may hold, and how French is typeset.

Knows nothing of fields or screens.
"""

import re
import unicodedata

ESPACE_INSECABLE = "\N{NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

# Controls (tab and line feed are text), lone surrogates, bidirectional overrides and isolates, non-characters:
# none of them can be typed on purpose, and each makes a page or an XML export say something else than it shows.
_INTERDITS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]",
)
_MOTS = re.compile(r"[^\W_]+")
_ESPACE_AVANT = re.compile(r" (?=[:;?!»%€](?:\s|[.,)<]|$))")
_GUILLEMET_OUVRANT = re.compile(r"« ")
_APOSTROPHE_DROITE = re.compile(r"(?<=\w)'(?=[\w«])")


def normaliser(texte: str) -> str:
    """Give the one form in which a text is counted, compared and stored.

    In: any text, as a browser or a file sends it. Out: the same text in NFC, each line ended by a single LF
    (plain forms send CRLF, htmx sends LF). Nothing is cut and no space is removed. Every limit of the trade counts code
    points of that form: an emoji is one or several, a line break is one (guide step 11: « 0 / 255 Caractères »).
    """
    if "\r" in texte:
        texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    if texte.isascii():
        return texte
    return unicodedata.normalize("NFC", texte)


def est_vide(texte: str) -> bool:
    """Say whether a reader would see nothing: only spaces of any kind, or invisible format characters."""
    if texte.isascii():
        return not texte.strip()
    return not any(not c.isspace() and unicodedata.category(c) != "Cf" for c in texte)


def caracteres_interdits(texte: str) -> tuple[str, ...]:
    """List, as « U+202E » names in order of appearance and without repeats, what no stored text may hold."""
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in _INTERDITS.findall(texte)))


def sans_accents(texte: str) -> str:
    """Give the form in which texts are searched: no case, no accent, single spaces."""
    if not texte.isascii():
        decompose = unicodedata.normalize("NFKD", texte.replace("œ", "oe").replace("Œ", "OE"))
        texte = "".join([c for c in decompose if c.isascii() or not unicodedata.combining(c)])
    return " ".join(texte.casefold().split())


def mots_de(texte: str) -> list[str]:
    """Give the words by which a text is found, in order: letters and digits only, no case, no accent."""
    return _MOTS.findall(sans_accents(texte))


def fr(texte: str) -> str:
    """Typeset a sentence of the product: typographic apostrophe, no-break spaces inside « » and before : ; ? ! %.

    The sources stay readable with plain spaces and straight apostrophes; what a person typed never passes here.
    """
    texte = _GUILLEMET_OUVRANT.sub(f"«{ESPACE_INSECABLE}", texte)
    texte = _ESPACE_AVANT.sub(ESPACE_INSECABLE, texte)
    return _APOSTROPHE_DROITE.sub(APOSTROPHE, texte)


def dire(modele: str, **valeurs: object) -> str:
    """Typeset a sentence, then put values in its {places}: what a person typed is quoted as it is.

    Raises KeyError when a place has no value.
    """
    return fr(modele).format(**valeurs)


def pluriel(nombre: int, singulier: str, pluriel_: str | None = None) -> str:
    """Give « 0 champ », « 1 champ », « 2 champs »: in French the plural begins at two."""
    return f"{nombre}{ESPACE_INSECABLE}{singulier if abs(nombre) < 2 else pluriel_ or singulier + 's'}"  # noqa: PLR2004 - the rule of French
