"""What a text is: its normal form, its length, what it may hold, and how French is typeset.

Knows nothing of fields or screens.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

ESPACE_INSECABLE = "\N{NO-BREAK SPACE}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

# Controls (tab and line feed are text), lone surrogates, bidirectional overrides and isolates, non-characters:
# none of them can be typed on purpose, and each makes a page or an XML export say something else than it shows.
_INTERDITS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]",
)
# What Word and PowerPoint (U+000B, U+000C) and a PDF reader (U+2028, U+2029) copy where a line or a page ends.
_FINS = "\x0b\x0c\u2028\u2029"
_FINS_DE_LIGNE = re.compile(f"[{_FINS}]")
# What a copy leaves and nobody sees: soft hyphen, spaces of no width, invisible operators, place of a picture.
_CACHES = "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufffc"
_INVISIBLES = re.compile(f"[{_CACHES}]+")
# A joiner means something between two emojis, or two letters of a script that joins them; nowhere else.
_QUI_SE_JOIGNENT = (
    "[\u0600-\u109f\u2190-\u21ff\u231a-\u2328\u232b-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_JOINTS_PERDUS = re.compile(f"[\u200c\u200d](?:(?<!{_QUI_SE_JOIGNENT}.)|(?!{_QUI_SE_JOIGNENT}))")
# The bullets of Word: the signs of Unicode, those of Symbol and Wingdings (private use, known by the space that follows
# unless they are the usual ones), and the letters that stand for these where the font is lost, known by their tab.
SIGNES_DE_PUCE = (
    "\u00b7\u2022\u2023\u2043\u204c\u204d\u2219\u25a0-\u25a3\u25aa\u25ab\u25b6\u25b8\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6\u2713\u2714\u2756\u2794\u27a2\u27a4"
    "\u2b25\u2b29\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
)
_PUCES = re.compile(
    f"^([ \t\u00a0]*)(?:[{SIGNES_DE_PUCE}](?!\ufe0f)|[\uf020-\uf0ff](?=[ \t\u00a0])|[oØü§v](?=\t))[ \t\u00a0]*",
    re.MULTILINE,
)
# One look says that a text holds nothing of all that, as nearly all do: it is asked of each text at each pause.
_A_REVOIR = re.compile(f"[\t\u200c\u200d\uf020-\uf0ff{_FINS}{_CACHES}{SIGNES_DE_PUCE}]")
_TIRETS = re.compile("[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
# Signs that a keyboard or a word processor writes for another, and letters that no decomposition takes apart. Asked
# after the case is folded: the small letters are enough.
_MEMES_LETTRES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u02b9\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "-")
    | {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
)
_DERNIER_MOT = re.compile(r"\s\S*\Z")
_NE_FINIT_PAS = " \t\n\u00a0\u202f,;:-–—("
_AUTOUR = 30
# The combining marks of Latin letters, all but one of their block.
_ACCENTS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
_MOTS = re.compile(r"[^\W_]+")
_ESPACE_AVANT = re.compile(r" (?=[:;?!»%€](?:\s|[.,)<]|$))")
# A unit stays with its number, or with the place of one.
_ESPACE_D_UNITE = re.compile(r"(?<=[0-9}]) (?=(?:h|Mo|ko)\b)")
_GUILLEMET_OUVRANT = re.compile(r"« ")
_APOSTROPHE_DROITE = re.compile(r"(?<=\w)'(?=[\w«])")


def composer(texte: str) -> str:
    """Give a text in NFC, each line ended by a single LF; a password keeps all the rest."""
    if "\r" in texte:
        texte = texte.replace("\r\n", "\n").replace("\r", "\n")
    return texte if texte.isascii() else unicodedata.normalize("NFC", texte)


def normaliser(texte: str) -> str:
    """Give the one form in which a text is counted, compared and stored.

    In: any text, as a browser, Word or a file sends it. Out: the same text in NFC, each line ended by a single LF
    (plain forms send CRLF, htmx sends LF, Word copies U+000B), each bullet that begins a line written « - », without
    the characters that nobody sees. No space is removed but after a bullet. Given its own result, changes nothing.
    Every limit of the trade counts code points of that form: an emoji is one or several, a line break is one (guide
    step 11: « 0 / 255 Caractères »).
    """
    texte = composer(texte)
    if _A_REVOIR.search(texte) is None:
        return texte
    texte = unicodedata.normalize("NFC", _INVISIBLES.sub("", _FINS_DE_LIGNE.sub("\n", texte)))
    # Accents around a joiner that goes may change places, and part another joiner from its letter.
    while (sans := unicodedata.normalize("NFC", _JOINTS_PERDUS.sub("", texte))) != texte:
        texte = sans
    return _PUCES.sub(r"\1- ", texte)


def normaliser_valeur(texte: str) -> str:
    """Give the form in which a field keeps a text: its normal form, blanks alone being nothing."""
    return "" if est_vide(texte) else normaliser(texte)


def sur_une_ligne(texte: str) -> str:
    """Give a text whose line breaks of Word are spaces: for a field of one line, before its normal form."""
    return texte if texte.isprintable() else _FINS_DE_LIGNE.sub(" ", texte)


def unir_tirets(texte: str) -> str:
    """Give a text where every dash is « - »."""
    return _TIRETS.sub("-", texte)


def est_vide(texte: str) -> bool:
    """Say whether a reader would see nothing: only spaces of any kind, or invisible format characters."""
    # Most texts begin by a sign that is seen, which is enough.
    if "!" <= texte[:1] <= "~":
        return False
    if texte.isascii():
        return not texte.strip()
    return not any(not c.isspace() and unicodedata.category(c) != "Cf" for c in _INVISIBLES.sub("", texte))


def caracteres_interdits(texte: str) -> tuple[str, ...]:
    """List, as « U+202E » names in order of appearance and without repeats, what no stored text may hold."""
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for c in _INTERDITS.findall(texte)))


def caracteres_caches(texte: str) -> tuple[str, ...]:
    """List, in the same way, what `normaliser` takes out of a text because nobody sees it."""
    return tuple(dict.fromkeys(f"U+{ord(c):04X}" for trouve in _INVISIBLES.findall(texte) for c in trouve))


def sans_interdits(texte: str) -> str:
    """Give a text without what no stored text may hold."""
    return _INTERDITS.sub("", texte)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the first character that is refused stands: line and character from 1, and the words around."""

    ligne: int
    caractere: int
    autour: str


def place_interdite(texte: str) -> Place | None:
    """Say where the first character that no stored text may hold is: « ▯ » stands for it among its words."""
    trouve = _INTERDITS.search(texte)
    if trouve is None:
        return None
    rang = trouve.start()
    debut = texte.rfind("\n", 0, rang) + 1
    avant, apres = sans_interdits(texte[debut:rang]), sans_interdits(texte[rang + 1 :].partition("\n")[0])
    if len(avant) > _AUTOUR:
        avant = "… " + (avant[-_AUTOUR:].partition(" ")[2] or avant[-_AUTOUR:])
    if len(apres) > _AUTOUR:
        apres = couper(apres, _AUTOUR)
    return Place(texte.count("\n", 0, rang) + 1, rang - debut + 1, f"{avant}▯{apres}")


def couper(texte: str, longueur_max: int) -> str:
    """Give a text of a length at most: whole where it fits, else cut at the end of a word and followed by « … »."""
    if len(texte) <= longueur_max:
        return texte
    tenu = texte[: longueur_max - 1]
    if not texte[longueur_max - 1].isspace():
        tenu = _DERNIER_MOT.sub("", tenu) or tenu
    return tenu.rstrip(_NE_FINIT_PAS) + "…"


def sans_accents(texte: str) -> str:
    """Give the form in which texts are searched: no case, no accent, one apostrophe, one hyphen, single spaces."""
    if texte.isascii():
        return " ".join(texte.casefold().split())
    # The accents of French first, all at once: what is left to be looked at letter by letter is rare.
    texte = _ACCENTS.sub("", unicodedata.normalize("NFKD", texte))
    if not texte.isascii():
        texte = "".join([c for c in texte if c.isascii() or not unicodedata.combining(c)])
    return " ".join(texte.casefold().translate(_MEMES_LETTRES).split())


def mots_de(texte: str) -> list[str]:
    """Give the words by which a text is found, in order: letters and digits only, no case, no accent."""
    return _MOTS.findall(sans_accents(texte))


def fr(texte: str) -> str:
    """Typeset a sentence of the product: typographic apostrophe, no-break spaces inside « » and before : ; ? ! %.

    A unit that follows a number stays with it. The sources stay readable with plain spaces and straight apostrophes;
    what a person typed never passes here.
    """
    texte = _GUILLEMET_OUVRANT.sub(f"«{ESPACE_INSECABLE}", texte)
    texte = _ESPACE_AVANT.sub(ESPACE_INSECABLE, texte)
    texte = _ESPACE_D_UNITE.sub(ESPACE_INSECABLE, texte)
    return _APOSTROPHE_DROITE.sub(APOSTROPHE, texte)


def dire(modele: str, **valeurs: object) -> str:
    """Typeset a sentence, then put values in its {places}: what a person typed is quoted as it is.

    Raises KeyError when a place has no value.
    """
    return fr(modele).format(**valeurs)


def enumerer(noms: Sequence[str], avant: str = "") -> str:
    """Give « a », « a et b », « a, b et c »; each after `avant`, the first excepted, which its sentence introduces."""
    *premiers, dernier = (nom if rang == 0 else avant + nom for rang, nom in enumerate(noms))
    return f"{', '.join(premiers)} et {dernier}" if premiers else dernier


def pluriel(nombre: int, singulier: str, pluriel_: str | None = None) -> str:
    """Give « 0 champ », « 1 champ », « 2 champs »: in French the plural begins at two."""
    return f"{nombre}{ESPACE_INSECABLE}{singulier if abs(nombre) < 2 else pluriel_ or singulier + 's'}"  # noqa: PLR2004 - the rule of French


def dire_interdits(texte: str, *, plusieurs_lignes: bool) -> str:
    """Name what is refused of a text, and show the place of the first: its line where there are several, its words."""
    place = place_interdite(texte)
    assert place is not None  # noqa: S101 - something is refused: it has a place
    lieu = f"ligne {place.ligne}, caractère {place.caractere}" if plusieurs_lignes else f"caractère {place.caractere}"
    if un_seul_interdit(texte):
        modele = "Ce texte contient un caractère invisible qui n'est pas accepté ({noms}) : {lieu}, dans « {mots} »."
    else:
        modele = (
            "Ce texte contient des caractères invisibles qui ne sont pas acceptés ({noms}), dont le premier : {lieu}, "
            "dans « {mots} »."
        )
    return dire(modele, noms=", ".join(caracteres_interdits(texte)), lieu=lieu, mots=place.autour)


def un_seul_interdit(texte: str) -> bool:
    """Say whether what is refused of a text is one character, met once."""
    return len(texte) - len(sans_interdits(texte)) == 1
