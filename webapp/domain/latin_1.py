"""What the portal's file can carry: the characters of ISO-8859-1, and what may stand for the others (rule F27).

It has neither « œ » nor « ’ » nor « € ». Who types is told of it, and who exports is asked: by this table, both.
"""

from __future__ import annotations

import unicodedata

ENCODAGE = "ISO-8859-1"
"""That of the portal's file, in all its versions so far."""

# Typography first: what word processors write for signs of the keyboard.
_CONNUS: dict[str, str] = {
    "œ": "oe", "Œ": "OE", "Ÿ": "Y", "€": "EUR", "ĳ": "ij", "Ĳ": "IJ", "ŉ": "'n", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    "ı": "i", "ſ": "s", "ﬁ": "fi", "ﬂ": "fl", "ẞ": "SS",
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
    **dict.fromkeys("\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " "),
    **dict.fromkeys("\u2007\u202f", "\u00a0"),
    **dict.fromkeys("\u2022\u2023\u25cf\u25cb\u25aa\u25a0\u2043\u2219", "-"),
    "\u2026": "...", "\u2039": "\u00ab", "\u203a": "\u00bb", "\u2122": "(TM)", "\u2190": "<-", "\u2192": "->",
    "\u21d2": "=>", "\u2264": "<=", "\u2265": ">=", "\u2260": "<>", "\u2248": "~",
    "\u2030": " pour mille", "\u2116": "n\u00b0",
}  # fmt: skip


def passe(texte: str) -> bool:
    """Say whether the encoding carries a whole text."""
    if texte.isascii():
        return True
    try:
        texte.encode(ENCODAGE)
    except UnicodeEncodeError:
        return False
    return True


def remplacement(caractere: str) -> str | None:
    """Give what may stand for a character, by words of the encoding alone; None when nothing does.

    A letter whose accent the encoding lacks loses it; a presentation form (« ² » in bold, « Ⅳ ») gives its plain one.
    """
    if (connu := _CONNUS.get(caractere)) is not None:
        return connu
    decompose = unicodedata.normalize("NFKD", caractere)
    sans = "".join(c for c in decompose if not unicodedata.combining(c))
    return sans if sans and sans != caractere and passe(sans) else None


def remplace(texte: str) -> str:
    """Give a text with all that may stand for what the encoding lacks; what nothing stands for is left."""
    if passe(texte):
        return texte
    return texte.translate({ord(c): par for c in set(texte) if not passe(c) and (par := remplacement(c)) is not None})
