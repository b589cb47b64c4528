"""How the exports of France compétences write their values, and the one form in which we keep them.

A value that cannot be understood raises ValueError with a French sentence: the fiche is then refused, and said.
"""

import re
from datetime import date
from functools import lru_cache

from webapp.domain.textes import ESPACE_INSECABLE, fr, normaliser

_CODE = re.compile(r"(RNCP|RS)(\d{1,6})")
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_NSF = re.compile(r"(\d{3}[a-z]?)")
_ROME = re.compile(r"[A-Z]\d{4}")
_FORMACODE = re.compile(r"\d{5}")
_BLOC = re.compile(r"(?:RNCP|RS)\d{1,6}BC\d{1,3}")
_SIRET = re.compile(r"\d{14}")
_NIVEAU = re.compile(r"NIV([3-8])")
SANS_NIVEAU = "Sans niveau spécifique"
_INTITULE_MAX = 800
# The same days and the same codes come back all along an export: what was read of them is kept, as many as there are
# FORMACODES. A text that cannot be read is looked at again each time.
_retenir = lru_cache(maxsize=4096)


def code(texte: str) -> str:
    """Read the number of a fiche: « RNCP37674 », « RS5000 »; zeros before the number are dropped."""
    lu = _CODE.fullmatch(texte.strip())
    if lu is None:
        raise ValueError(numero_illisible(texte))
    return f"{lu[1]}{int(lu[2])}"


def numero_illisible(texte: str) -> str:
    """Say that a text is the number of no fiche."""
    return _illisible("le numéro de fiche", texte)


@_retenir
def jour(texte: str) -> date | None:
    """Read a day written JJ/MM/AAAA; None when there is none."""
    texte = texte.strip()
    if not texte:
        return None
    lu = _DATE.fullmatch(texte)
    if lu is None:
        raise ValueError(_illisible("la date", texte))
    try:
        return date(int(lu[3]), int(lu[2]), int(lu[1]))
    except ValueError:
        raise ValueError(_illisible("la date", texte)) from None


@_retenir
def actif(texte: str) -> bool:
    """Read « Oui », « Non » (XML), « ACTIVE », « INACTIVE » (CSV)."""
    connus = {"oui": True, "active": True, "non": False, "inactive": False}
    try:
        return connus[texte.strip().casefold()]
    except KeyError:
        raise ValueError(_illisible("l'état d'activité", texte)) from None


def intitule(texte: str) -> str:
    """Read a title: one line, spaces tidied, at most 800 characters."""
    lu = _sur_une_ligne(texte)
    if not lu:
        raise ValueError(fr("l'intitulé manque"))
    if len(lu) > _INTITULE_MAX:
        raise ValueError(fr(f"l'intitulé dépasse {_INTITULE_MAX} caractères"))
    return lu


@_retenir
def niveau(texte: str) -> str:
    """Read « NIV5 » as « Niveau 5 »; nothing, or « AUCUN », as the guide's « Sans niveau spécifique ».

    Empty, hence « Pas de donnée », for what the oldest fiches hold (« REPRISE »).
    """
    texte = texte.strip().upper()
    if texte in {"", "AUCUN"}:
        return SANS_NIVEAU
    lu = _NIVEAU.fullmatch(texte)
    return f"Niveau{ESPACE_INSECABLE}{lu[1]}" if lu else ""


def niveau_ecrit(texte: str) -> str:
    """Write a level as the exports do; the contrary of `niveau`."""
    if not texte:
        return "REPRISE"
    return "" if texte == SANS_NIVEAU else f"NIV{texte[-1]}"


@_retenir
def nsf(texte: str) -> str:
    """Read a NSF code, which may carry a letter: « 326t »; a title may follow: « 326t : … »."""
    return _en_tete(_NSF, texte, "le code NSF")


@_retenir
def rome(texte: str) -> str:
    """Read a ROME code: « M1805 »."""
    return _en_tete(_ROME, texte, "le code ROME")


@_retenir
def formacode(texte: str) -> str:
    """Read a FORMACODE: five digits; a title may follow: « 31004 : Blockchain »."""
    return _en_tete(_FORMACODE, texte, "le FORMACODE")


def code_de_bloc(texte: str) -> str:
    """Read the code of a bloc: « RNCP37674BC01 »."""
    return _en_tete(_BLOC, texte, "le code du bloc")


def libelle(texte: str) -> str:
    """Read a wording: one line; the CSV export doubles some apostrophes."""
    return _sur_une_ligne(texte.replace("''", "'"))


def siret(texte: str) -> str:
    """Read a SIRET, before which the CSV export puts a tabulation; empty when there is none."""
    compact = "".join(texte.split())
    if not compact:
        return ""
    if not _SIRET.fullmatch(compact):
        raise ValueError(_illisible("le SIRET", texte))
    return compact


def _en_tete(motif: re.Pattern[str], texte: str, quoi: str) -> str:
    lu = motif.match(texte.strip())
    if lu is None or texte.strip()[lu.end() : lu.end() + 1].isalnum():
        raise ValueError(_illisible(quoi, texte))
    return lu[0]


def _illisible(quoi: str, texte: str) -> str:
    return f"{fr(quoi)} «{ESPACE_INSECABLE}{_sur_une_ligne(texte)[:60]}{ESPACE_INSECABLE}» ne se lit pas"


def _sur_une_ligne(texte: str) -> str:
    return " ".join(normaliser(texte).split())
