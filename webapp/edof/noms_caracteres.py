"""What characters that the file's encoding lacks are called, in French, by those who are asked to accept a replacement.

The names of Unicode are English, and say nothing to somebody who types: the usual signs have a name here, a letter is
called by its accents, and what has no name by its number alone, which is always said.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

from webapp.domain.textes import fr

_NOMS = MappingProxyType({
    "œ": "œ minuscule, e dans l'o", "Œ": "Œ majuscule, e dans l'o", "ĳ": "ligature ij", "Ĳ": "ligature IJ",
    "ﬁ": "ligature fi", "ﬂ": "ligature fl", "ẞ": "eszett majuscule", "ſ": "s long", "ı": "i sans point",
    "ŉ": "n précédé d'une apostrophe", "ł": "l barré", "Ł": "L barré", "đ": "d barré", "Đ": "D barré",
    "\u20ac": "symbole de l'euro", "\u2026": "points de suspension",
    "\u2018": "guillemet simple ouvrant", "\u2019": "apostrophe typographique", "\u201a": "guillemet simple bas",
    "\u201b": "guillemet simple ouvrant renversé", "\u2032": "prime (minutes)", "\u2033": "double prime (secondes)",
    "\u02bc": "apostrophe modificative", "\u02b9": "prime modificatif",
    "\u201c": "guillemet anglais ouvrant", "\u201d": "guillemet anglais fermant", "\u201e": "guillemet double bas",
    "\u201f": "guillemet anglais ouvrant renversé", "\u2039": "guillemet simple français ouvrant",
    "\u203a": "guillemet simple français fermant",
    "\u2010": "trait d'union", "\u2011": "trait d'union insécable", "\u2012": "tiret numérique",
    "\u2013": "tiret demi-cadratin",
    "\u2014": "tiret cadratin", "\u2015": "barre horizontale", "\u2212": "signe moins", "\u2043": "puce en tiret",
    "\u2002": "espace demi-cadratin", "\u2003": "espace cadratin", "\u2004": "tiers de cadratin",
    "\u2005": "quart de cadratin",
    "\u2006": "sixième de cadratin", "\u2007": "espace de la largeur d'un chiffre", "\u2008": "espace ponctuation",
    "\u2009": "espace fine", "\u200a": "espace ultrafine", "\u202f": "espace fine insécable",
    "\u205f": "espace mathématique", "\u3000": "espace idéographique",
    "\u2022": "puce", "\u2023": "puce triangulaire", "\u25cf": "disque noir", "\u25cb": "cercle blanc",
    "\u25aa": "petit carré noir", "\u25a0": "carré noir", "\u2219": "opérateur puce",
    "\u2122": "symbole de marque", "\u2190": "flèche vers la gauche", "\u2192": "flèche vers la droite",
    "\u21d2": "double flèche vers la droite", "\u2264": "inférieur ou égal à", "\u2265": "supérieur ou égal à",
    "\u2260": "différent de", "\u2248": "presque égal à", "\u2030": "pour mille", "\u2116": "symbole numéro",
})  # fmt: skip
_ACCENTS = MappingProxyType({
    "\u0300": "accent grave", "\u0301": "accent aigu", "\u0302": "accent circonflexe", "\u0303": "tilde",
    "\u0304": "macron", "\u0306": "brève", "\u0307": "point en chef", "\u0308": "tréma", "\u030a": "rond en chef",
    "\u030b": "double accent aigu", "\u030c": "caron", "\u0327": "cédille", "\u0328": "ogonek",
    "\u0326": "virgule souscrite", "\u0323": "point souscrit", "\u031b": "corne",
})  # fmt: skip
_SORTES = MappingProxyType({
    "So": "pictogramme ou symbole", "Sm": "symbole mathématique", "Sc": "symbole monétaire", "Lu": "lettre majuscule",
    "Ll": "lettre minuscule", "Lo": "lettre d'une autre écriture", "Lm": "lettre modificative",
    "Mn": "signe ajouté à une lettre", "Nd": "chiffre", "No": "chiffre présenté autrement", "Nl": "chiffre",
    "Cf": "signe invisible de mise en forme", "Cc": "signe invisible de commande", "Zs": "espace",
    "Zl": "fin de ligne", "Zp": "fin de paragraphe", "Co": "signe propre à une police",
})  # fmt: skip


def nom_du_caractere(caractere: str) -> str:
    """Give the number by which Unicode knows a character, and what it is called: « U+0153, œ minuscule… »."""
    nom = _NOMS.get(caractere) or _lettre(caractere) or _SORTES.get(unicodedata.category(caractere), "")
    numero = f"U+{ord(caractere):04X}"
    return fr(f"{numero}, {nom}") if nom else numero


def _lettre(caractere: str) -> str:
    """Name a letter by its accents; empty when that does not say what it is."""
    lettre, *signes = list(unicodedata.normalize("NFD", caractere))
    if not signes or not lettre.isascii() or any(signe not in _ACCENTS for signe in signes):
        return ""
    return f"{lettre} {'majuscule' if lettre.isupper() else 'minuscule'}, {' et '.join(_ACCENTS[s] for s in signes)}"
