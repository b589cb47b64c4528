"""What an electronic address looks like, for accounts and contacts alike."""

import re

LONGUEUR_MAX_COURRIEL = 160
_FORME = re.compile(r"[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")


def bien_forme(courriel: str) -> bool:
    """Say whether a text may be an electronic address: one « @ », something before, a domain with a point after.

    Whether anybody reads it cannot be known from here. The limit is that of the official schema (3 to 160).
    """
    return len(courriel) <= LONGUEUR_MAX_COURRIEL and _FORME.fullmatch(courriel) is not None
