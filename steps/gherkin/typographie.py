"""French typography, in its two forms: plain (as a feature file is written) and dressed (as a person reads it).

A feature file has straight apostrophes and ordinary spaces, a screen has ’ and U+00A0. Everything that compares or
rewrites one with the other asks here, so that the two forms are known in one place. It knows nothing of Gherkin.
"""

import re
import unicodedata
from functools import lru_cache

ESPACE_INSECABLE = "\u00a0"
ESPACE_FINE = "\u202f"
APOSTROPHE = "\u2019"

# One character becomes one character: positions in a text survive the passage to its plain form.
ESPACES_TYPOGRAPHIQUES = {ord(espace): " " for espace in (ESPACE_INSECABLE, ESPACE_FINE, "\u2007", "\u2009")}
APOSTROPHES_TYPOGRAPHIQUES = {ord(signe): "'" for signe in (APOSTROPHE, "\u2018", "\u02bc")}

_AVANT_UN_SIGNE_DOUBLE = re.compile(r" (?=[:;?!»])")
_CACHE = "\u00b7"


def composer(texte: str) -> str:
    """Return `texte` in NFC, the only form in which two equal French words are equal strings."""
    return unicodedata.normalize("NFC", texte)


@lru_cache(maxsize=4096)  # A step is compared with every sentence of the phrase book.
def aplanir(texte: str) -> str:
    """Return `texte` as a feature file writes it: NFC, ordinary spaces, straight apostrophes.

    The result has the length of `composer(texte)`: character n of one is character n of the other.
    """
    return composer(texte).translate(ESPACES_TYPOGRAPHIQUES | APOSTROPHES_TYPOGRAPHIQUES)


def habiller(texte: str) -> str:
    """Return `texte` as French is printed: ’ for ', U+00A0 inside « » and before : ; ? !"""
    texte = texte.replace("'", APOSTROPHE).replace("« ", f"«{ESPACE_INSECABLE}")
    return _AVANT_UN_SIGNE_DOUBLE.sub(ESPACE_INSECABLE, texte)


def dire(modele: str, **valeurs: object) -> str:
    """Return a sentence for a person: the template dressed, the values put in untouched.

    What is quoted from a file, or proposed to be copied into one, must stay as it is typed there.
    """
    return habiller(modele).format(**valeurs)


def plier(texte: str) -> str:
    """Return what is left of `texte` without case, accents, nor runs of spaces: two lookalikes fold to one string."""
    lettres = unicodedata.normalize("NFKD", aplanir(texte).casefold())
    return " ".join("".join(lettre for lettre in lettres if not unicodedata.combining(lettre)).split())


def pluriel(nombre: int, singulier: str, plusieurs: str | None = None) -> str:
    """Return « 1 fichier », « 2 fichiers »; zero is singular, as French has it."""
    seuil = 2
    return f"{nombre} {singulier if nombre < seuil else plusieurs or singulier + 's'}"


def masquer(texte: str) -> str:
    """Return `texte`, as long as before, with what stands between « and » replaced; a lone guillemet masks nothing.

    A rule on the wording must not judge a value: « ID » on a card is the product's word, « <script> » what one types.
    """
    masque: list[str] = []
    profondeur = 0
    for rang, signe in enumerate(texte):
        if signe == "»" and profondeur:
            profondeur -= 1
        masque.append(signe if profondeur == 0 else _CACHE)
        if signe == "«" and "»" in texte[rang:]:
            profondeur += 1
    return "".join(masque)
