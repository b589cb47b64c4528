"""What an electronic address looks like, for accounts and contacts alike."""

import re

from webapp.domain.textes import dire, fr

LONGUEUR_MAX_COURRIEL = 160
"""The limit of the official schema (3 to 160)."""

LOCAL_MAX, MOT_MAX = 64, 63
"""Characters before « @ », and of each word of the domain: RFC 5321, 4.5.3.1, and RFC 1035, 2.3.4."""

_INVENTEES = frozenset({"contact@organisme.fr"})
"""Known to be written in files by a tool that has no address to write."""

_FORME = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")
_ENTRE_GUILLEMETS = re.compile(r'".*"')
SAISIR = fr("Saisissez une adresse électronique, par exemple inscription@exemple.fr.")
POINTS = fr("Avant « @ », deux points ne se suivent pas, et un point n'est ni au début ni à la fin.")
TROP_AVANT = "Avant « @ », une adresse électronique compte {max} caractères au plus : celle-ci en a {n}."
MOTS = fr(f"Après « @ », aucun mot ne commence ni ne finit par un tiret, ni ne dépasse {MOT_MAX} caractères.")


def bien_forme(courriel: str) -> bool:
    """Say whether a text may be an electronic address: `refus` says what is wrong with it.

    Whether anybody reads it cannot be known from here.
    """
    return not refus(courriel)


def est_inventee(courriel: str) -> bool:
    """Say whether an address is one that a tool writes in the place of the true one."""
    return courriel.casefold() in _INVENTEES


def refus(courriel: str) -> str:
    """Say why a text is no electronic address; empty when it may be one.

    One « @ », something before, a domain with a point after; points, hyphens and lengths as RFC 5321 and 1035 have them
    (what stands between quotes is free).
    """
    if len(courriel) > LONGUEUR_MAX_COURRIEL or _FORME.fullmatch(courriel) is None:
        return SAISIR
    avant, apres = courriel.split("@")
    if len(avant) > LOCAL_MAX:
        return dire(TROP_AVANT, max=LOCAL_MAX, n=len(avant))
    if "" in avant.split(".") and _ENTRE_GUILLEMETS.fullmatch(avant) is None:
        return POINTS
    if any(len(mot) > MOT_MAX or mot.startswith("-") or mot.endswith("-") for mot in apres.split(".")):
        return MOTS
    return ""
