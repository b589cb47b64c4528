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

_EN_CLAIR = ESPACES_TYPOGRAPHIQUES | APOSTROPHES_TYPOGRAPHIQUES
_AVANT_UN_SIGNE_DOUBLE = re.compile(r" (?=[:;?!»])")
CACHE = "\u00b7"


def composer(texte: str) -> str:
    """Return `texte` in NFC, the only form in which two equal French words are equal strings."""
    return unicodedata.normalize("NFC", texte)


@lru_cache(maxsize=4096)  # A step is compared with every sentence of the phrase book.
def aplanir(texte: str) -> str:
    """Return `texte` as a feature file writes it: NFC, ordinary spaces, straight apostrophes.

    The result has the length of `composer(texte)`: character n of one is character n of the other.
    """
    return composer(texte).translate(_EN_CLAIR)


def habiller(texte: str) -> str:
    """Return `texte` as French is printed: ’ for ', U+00A0 inside « » and before : ; ? !"""
    texte = texte.replace("'", APOSTROPHE).replace("« ", f"«{ESPACE_INSECABLE}")
    return _AVANT_UN_SIGNE_DOUBLE.sub(ESPACE_INSECABLE, texte)


def dire(modele: str, **valeurs: object) -> str:
    """Return a sentence for a person: the template dressed, the values put in untouched.

    What is quoted from a file, or proposed to be copied into one, must stay as it is typed there.
    """
    return habiller(modele).format(**valeurs)


@lru_cache(maxsize=4096)  # A quotation is compared with every sentence of the guide.
def plier(texte: str) -> str:
    """Return what is left of `texte` without case, accents, nor runs of spaces: two lookalikes fold to one string."""
    lettres = unicodedata.normalize("NFKD", aplanir(texte).casefold())
    return " ".join("".join(lettre for lettre in lettres if not unicodedata.combining(lettre)).split())


SOSIES = dict.fromkeys(map(ord, "\u00b4`\u2032\uff07\u02b9\u201b"), "'")
"""What is typed for an apostrophe and is none; between two letters only, where it can be nothing else."""
_SOSIE = re.compile(rf"(?<=[^\W\d_])[{''.join(map(chr, SOSIES))}](?=[^\W\d_])")
_INVISIBLES = frozenset({"Cf", "Cc", "Zl", "Zp"})
_LIANT = "\u200d"  # Holds an emoji together: it is part of a visible sign.
_ORDINAIRES = frozenset(" \t\n\r")


def sosies(texte: str) -> list[str]:
    """List the signs that stand for an apostrophe between two letters."""
    return _SOSIE.findall(texte)


def sans_sosies(texte: str) -> str:
    """Return `texte`, as long as before, with a straight apostrophe for what stands for one between two letters."""
    return _SOSIE.sub("'", texte)


def est_une_autre_espace(signe: str) -> bool:
    """Say whether `signe` is a space that is not the one of the keyboard."""
    return signe not in _ORDINAIRES and unicodedata.category(signe) == "Zs"


def est_invisible(signe: str) -> bool:
    """Say whether `signe` shows nothing at all."""
    return signe not in _ORDINAIRES and signe != _LIANT and unicodedata.category(signe) in _INVISIBLES


def nom_de_signe(signe: str) -> str:
    """Give the code of a sign, as everybody writes it: « U+00A0 »."""
    return f"U+{ord(signe):04X}"


def nommer_les_signes(texte: str, *, typographie: bool = False) -> str:
    """Return `texte` with the code of what shows nothing; with `typographie`, of any space or apostrophe but the plain.

    Two texts that look alike and differ are then told apart.
    """
    apostrophes = APOSTROPHES_TYPOGRAPHIQUES | SOSIES

    def dit(signe: str) -> str:
        rare = typographie and (est_une_autre_espace(signe) or ord(signe) in apostrophes)
        return f"⟨{nom_de_signe(signe)}⟩" if rare or est_invisible(signe) else signe

    return "".join(map(dit, texte))


def pluriel(nombre: int, singulier: str, plusieurs: str | None = None) -> str:
    """Return « 1 fichier », « 2 fichiers »; zero is singular, as French has it."""
    seuil = 2
    return f"{nombre} {singulier if nombre < seuil else plusieurs or singulier + 's'}"


def masquer_les_cases(rangee: str) -> str:
    """Return a row of a table, as long as before, with what its cells hold replaced, the spaces around it left."""

    def masque(case: re.Match[str]) -> str:
        contenu = case[0].strip()
        return case[0].replace(contenu, CACHE * len(contenu)) if contenu else case[0]

    return re.sub(r"[^|]+", masque, rangee)


@lru_cache(maxsize=8192)  # Each rule on the wording asks it of each line.
def masquer(texte: str, *, bords: bool = True) -> str:
    """Return `texte`, as long as before, with what stands between « and » replaced; a lone guillemet masks nothing.

    A rule on the wording must not judge a value: « ID » on a card is the product's word, « <script> » what one types.
    Without `bords`, the sign on each inner side of the guillemets is left: it belongs to them, not to the value.
    """
    if "«" not in texte:
        return texte
    masque: list[str] = []
    profondeur = 0
    derniere = texte.rfind("»")
    for rang, signe in enumerate(texte):
        if signe == "»" and profondeur:
            profondeur -= 1
        masque.append(signe if profondeur == 0 else CACHE)
        if signe == "«" and rang < derniere:
            profondeur += 1
    if not bords:
        for rang in range(1, len(masque) - 1):
            if masque[rang] == CACHE and (masque[rang - 1] == "«" or masque[rang + 1] == "»"):
                masque[rang] = texte[rang]
    return "".join(masque)
