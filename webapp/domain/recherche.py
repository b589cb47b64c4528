"""By which words a formation is found and put in order: made here, the same for every database.

A database is only given words made of letters and digits, separated by spaces, and finds those that begin with what is
asked: it holds no rule about case, accents or signs.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from webapp.domain.textes import mots_de, sans_accents

MOTS_MAX = 8
"""Words of a search that are looked at."""

LETTRES_MAX = 40
"""Letters of a word that are kept, and looked for: two words that begin alike so far are the same."""

CLE_DE_TRI_MAX = 200
"""Characters by which titles are put in order: four bytes each, they fit a row of PostgreSQL's index."""

_CHIFFRES = 8
_NOMBRE = re.compile("[0-9]+")


def cle_de_tri(intitule: str) -> str:
    """Give what a title is put in order by, to be compared by the numbers of its characters.

    Without case, accents or signs; numbers by their value: « Excel 9 » comes before « Excel 10 ». What has no letter
    comes first.
    """
    mots = " ".join(mots_de(intitule))
    return _NOMBRE.sub(lambda nombre: nombre[0].zfill(_CHIFFRES), mots)[:CLE_DE_TRI_MAX]


def mots_demandes(texte: str) -> tuple[str, ...]:
    """Give what a search asks for: each word in the form in which it is kept, at most MOTS_MAX of them.

    What stands between two spaces is one word, its signs left out: « Clea_1 » asks for « clea1 ». A sign alone is none.
    """
    suite = ("".join(mots_de(morceau)) for morceau in sans_accents(texte).split())
    return tuple([mot[:LETTRES_MAX] for mot in suite if mot][:MOTS_MAX])


def mots_gardes(intitule: str, identifiant: str, code: str, certification: str) -> str:
    """Give the words by which a formation is found, separated by spaces: those of its title, identifier, certification.

    In: `code` and `certification`, the code and the title of its certification. A word is found by its beginning, a
    word that holds signs by that of each of its parts too: « demi-journée » by « demij » and by « journée ». An
    identifier is found by any of its letters in a row: people keep a number in the middle of it. A code is found by its
    number alone too.
    """
    numero = code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    mots = [*_debuts(intitule), *_suites(identifiant), *_debuts(f"{code} {numero}"), *_debuts(certification)]
    return " ".join(dict.fromkeys(mots))


def _debuts(texte: str) -> Iterator[str]:
    """Give each word of a text, from each of its parts to its end."""
    for morceau in sans_accents(texte).split():
        parties = mots_de(morceau)
        fins = accumulate(reversed(parties), lambda fin, partie: (partie + fin)[:LETTRES_MAX])
        yield from (fin[:LETTRES_MAX] for fin in fins)


def _suites(identifiant: str) -> Iterator[str]:
    """Give an identifier without its signs, from each of its letters to its end."""
    entier = "".join(mots_de(identifiant))
    yield from (entier[rang : rang + LETTRES_MAX] for rang in range(len(entier)))
