"""What is advised of a free text, whatever it describes: rules F23, F24 and F27 of the trade. None forbids anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

from webapp.domain.latin_1 import passe, remplace, remplacement
from webapp.domain.textes import dire, fr, sans_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.domain.champs import Champ

# Bounded everywhere: a draft may hold thirty thousand characters without a space. Each pattern begins with a sign that
# is rare in a text: this is asked of whole texts at each pause of étape 2/2.
_ADRESSE = re.compile(
    r":(?<=https:)//|:(?<=http:)//|\.(?<=\bwww\.)|@(?<=[^\s@]@)[^\s@]{1,253}\.[a-z]{2}"
    r"|\.(?<=[a-z0-9-]{2}\.)(?:fr|com|org|net|eu)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?:\+(?<![0-9]\+)33[ .-]?|0(?<![0-9]0))[1-9](?:[ .-]?[0-9]{2}){4}(?![0-9])", re.ASCII)
_PROMOTIONNEL = re.compile(
    r"\b(?:gratuit(?:e|es|s|ement)?|offerte?s?|cadeaux?|rembourse(?:e|es|s|ment)?)\b|\bcpf epuise"
    r"|\b100 ?% (?:finance|pris en charge|prise en charge|cpf)|dernieres places|prix casse"
)
# One of these stands in whatever the pattern above finds, whatever the accents: nearly no text has any.
_RACINES = ("gratuit", "offert", "cadeau", "rembours", "cpf", "100", "places", "prix")
_CRIS = re.compile(r"!\s{0,3}!\s{0,3}!")
_LETTRES_MIN = 20
_PART_DE_CAPITALES = 0.3
_LATIN_1 = 0x100
# Capitals are counted among the letters that the portal's file has, by the bytes of its encoding.
_CAPITALES = bytes(n for n in range(_LATIN_1) if chr(n).isupper())
_LETTRES = bytes(n for n in range(_LATIN_1) if chr(n).isalpha())


def coordonnees(champ: str, texte: str) -> Iterator[tuple[str, str]]:
    """Advise against an address or a telephone in a text that the portal shows (rule F23)."""
    if _ADRESSE.search(texte) or _TELEPHONE.search(texte):
        yield champ, dire("Évitez adresses web, courriels et numéros de téléphone dans ce texte.")


def promotion(champ: str, texte: str) -> Iterator[tuple[str, str]]:
    """Advise against promotional words, exclamations in a row, or more than 30 % of capitals (rule F24)."""
    octets = texte.encode("latin-1", "replace")
    lettres = len(octets) - len(octets.translate(None, _LETTRES))
    capitales = len(octets) - len(octets.translate(None, _CAPITALES))
    criees = lettres >= _LETTRES_MIN and capitales > _PART_DE_CAPITALES * lettres
    if criees or _CRIS.search(texte) or _promet(texte):
        yield champ, dire("Formulation promotionnelle : à reformuler.")


def _promet(texte: str) -> bool:
    bas = texte.casefold()
    return any(racine in bas for racine in _RACINES) and _PROMOTIONNEL.search(sans_accents(texte)) is not None


def hors_latin_1(champ: str, texte: str) -> Iterator[tuple[str, str]]:
    """Name the characters that the file of the portal does not carry: those replaced there, and the others (F27)."""
    if passe(texte):
        return
    autres = [c for c in dict.fromkeys(texte) if not passe(c)]
    for phrases, tels in (
        (_REMPLACES, [c for c in autres if remplacement(c) is not None]),
        (_IRREMPLACABLES, [c for c in autres if remplacement(c) is None]),
    ):
        if tels:
            yield champ, _nommer(phrases, tels)


def a_l_export(champ: Champ, texte: str) -> Iterator[tuple[str, str]]:
    """Say what becomes of a field's text in the file of the portal, that it keeps its offer out included (F27)."""
    if passe(texte):
        return
    if champ.est_numero or champ.est_adresse:
        phrases = _D_UN_NUMERO if champ.est_numero else _D_UNE_ADRESSE
        yield champ.nom, _nommer(phrases, [c for c in dict.fromkeys(texte) if not passe(c)])
        return
    yield from hors_latin_1(champ.nom, texte)
    if (nombre := trop_long_une_fois_remplace(champ, texte, remplace(texte))) is not None:
        modele = "Une fois remplacé, ce texte comptera {nombre} caractères : {max} au plus. {sinon}"
        yield champ.nom, dire(modele, nombre=nombre, max=champ.longueur_max, sinon=RACCOURCIR)


def retient(champ: Champ, texte: str) -> bool:
    """Say whether a field's text keeps its offer out of the file as it is."""
    if passe(texte):
        return False
    rendu = remplace(texte)
    perdu = champ.est_numero or champ.est_adresse or not passe(rendu)
    return perdu or trop_long_une_fois_remplace(champ, texte, rendu) is not None


def trop_long_une_fois_remplace(champ: Champ, texte: str, rendu: str) -> int | None:
    """Give the length of a text once replaced, where that alone makes it too long for its field; None elsewhere."""
    maximum = champ.longueur_max
    return len(rendu) if maximum is not None and len(texte) <= maximum < len(rendu) else None


def _nommer(phrases: tuple[str, str], tels: list[str]) -> str:
    return dire(phrases[len(tels) > 1], x=", ".join(map(_visible, tels)))


_REMPLACES = (
    "Le caractère « {x} » sera remplacé à l'export.",
    "Les caractères « {x} » seront remplacés à l'export.",
)
_IRREMPLACABLES = (
    "Rien ne remplace le caractère « {x} » à l'export : retirez-le, sans quoi l'offre restera hors du fichier.",
    "Rien ne remplace les caractères « {x} » à l'export : retirez-les, sans quoi l'offre restera hors du fichier.",
)
_D_UN_NUMERO = (
    "Dans un numéro, rien ne remplace le caractère « {x} » : retirez-le, sans quoi l'offre restera hors du fichier.",
    "Dans un numéro, rien ne remplace les caractères « {x} » : retirez-les, sans quoi l'offre restera hors du fichier.",
)
_D_UNE_ADRESSE = (
    "Dans une adresse, rien ne remplace le caractère « {x} » : corrigez-la, sinon l'offre restera hors du fichier.",
    "Dans une adresse, rien ne remplace les caractères « {x} » : corrigez-la, sinon l'offre restera hors du fichier.",
)
RACCOURCIR = fr("Raccourcissez-le, sans quoi l'offre restera hors du fichier.")
_SANS_DESSIN = frozenset({"Cc", "Cf", "Cn", "Co", "Mn", "Me", "Zs", "Zl", "Zp"})


def _visible(caractere: str) -> str:
    """Give a character as it is, or by its number when a reader would see nothing of it alone."""
    return f"U+{ord(caractere):04X}" if category(caractere) in _SANS_DESSIN else caractere
