"""« Votre identifiant interne de formation » (guide step 6): its form, and when two of them are the same."""

import hashlib
import re
import unicodedata

from webapp.domain.textes import est_vide

LONGUEUR_MAX = 30
CLE_MAX = 500
"""Code points of the longest key: four bytes each, they fit the 2,704 bytes of a row of PostgreSQL's index."""
_FORME = re.compile(r"[A-Za-z0-9_.\-]+")
_NUMERO = re.compile(r"(?<=[_.\-])[0-9]{1,3}$")


def nettoyer(saisie: str) -> str:
    """Remove the spaces that a copy and paste leaves around an identifier; the inside is kept as typed."""
    return saisie.strip()


def bien_forme(identifiant: str) -> bool:
    """Say whether only letters without accent, digits, « _ », « - » and « . » are used (it stands in a public URL)."""
    return _FORME.fullmatch(identifiant) is not None


def cle_canonique(identifiant: str) -> str:
    """Give the key by which identifiers of one organisation are compared: NFKC, no case, no spaces around.

    « Clea_1 » and « CLEA_1 » have the same key: an organisation cannot own both. It is empty for an identifier in
    which nothing can be seen, which is none. A draft may have any text there: a key that would not fit the index of a
    database is replaced by its digest.
    """
    if est_vide(identifiant):
        return ""
    cle = unicodedata.normalize("NFKC", nettoyer(identifiant)).casefold()
    return cle if len(cle) <= CLE_MAX else hashlib.sha256(cle.encode("utf-8", "surrogatepass")).hexdigest()


def proposer(identifiant: str, rang: int) -> str:
    """Propose a neighbour of a taken identifier: rank 2 is the nearest; at most 30 characters.

    A final number of at most three digits after « _ », « - » or « . » grows and keeps its width: « F_99 » gives
    « F_100 », « F_001 » gives « F_002 ». More digits are a year or a code: « Excel_2026 » gives « Excel_2026_2 ».
    """
    base = nettoyer(identifiant)
    if numero := _NUMERO.search(base):
        suffixe = f"{int(numero[0]) + rang - 1:0{len(numero[0])}}"
        base = base[: numero.start()]
    else:
        suffixe = f"_{rang}"
    return base[: LONGUEUR_MAX - len(suffixe)] + suffixe
