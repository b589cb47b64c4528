"""The repairs that need no judgement: what `--fix` writes back.

A repair changes how a line is typed, never what it says; where it gives a keyword back to Gherkin (« Scénario : »), it
is the reading that everybody had. What stands between « and », in a table or in a doc string is data, and stays.
"""

import re

from steps.gherkin.dialecte import BLOCS
from steps.gherkin.lecture import ENTETE, LIGNE_DE_LANGUE, Fichier, Ligne, Nature, comme_fichier
from steps.gherkin.regles.texte import sans_les_valeurs
from steps.gherkin.typographie import (
    APOSTROPHES_TYPOGRAPHIQUES,
    CACHE,
    composer,
    est_invisible,
    est_une_autre_espace,
    sans_sosies,
)

_BLOC = re.compile(rf"(?P<marge>\s*)(?P<mot>{'|'.join(sorted(BLOCS, key=len, reverse=True))})\s*:\s*(?P<nom>.*)")
_PASSES_MAX = 4


def reparer(fichier: Fichier) -> str:
    """Return the text of `fichier` repaired; a text that needs nothing comes back as it was."""
    texte = fichier.texte
    for _ in range(_PASSES_MAX):  # A repair may show the next one: a line with its accents back becomes a keyword.
        repare = _une_fois(comme_fichier(texte, fichier.chemin))
        if repare == texte:
            break
        texte = repare
    return texte


def _une_fois(fichier: Fichier) -> str:
    lignes = [
        ligne.texte if ligne.nature is Nature.TEXTE else _deux_points(_hors_des_valeurs(ligne))
        for ligne in fichier.lignes
    ]
    return "\n".join([*_avec_entete(lignes), ""])


def _hors_des_valeurs(ligne: Ligne) -> str:
    """Repair a line between its values, which stay as they are to the letter."""
    texte, masque = ligne.texte, sans_les_valeurs(ligne)
    morceaux, debut = [], 0
    for valeur in re.finditer(f"{CACHE}+", masque):
        morceaux += [_signes(texte[debut : valeur.start()]), texte[slice(*valeur.span())]]
        debut = valeur.end()
    return "".join([*morceaux, _signes(texte[debut:])])


def _signes(texte: str) -> str:
    texte = sans_sosies(composer(texte).translate(APOSTROPHES_TYPOGRAPHIQUES))
    texte = "".join(" " if est_une_autre_espace(signe) else signe for signe in texte)
    return "".join(signe for signe in texte if not est_invisible(signe))


def _deux_points(texte: str) -> str:
    lu = _BLOC.fullmatch(texte)
    return f"{lu['marge']}{lu['mot']}: {lu['nom']}".rstrip() if lu else texte


def _avec_entete(lignes: list[str]) -> list[str]:
    """Put the header first; a header that names another language is a choice, and is left to its author."""
    entetes = [LIGNE_DE_LANGUE.fullmatch(ligne) for ligne in lignes]
    langues = {lu["langue"].casefold() for lu in entetes if lu}
    if langues - {"", "fr"}:
        return lignes
    return [ENTETE, *(ligne for ligne, lu in zip(lignes, entetes, strict=True) if not lu)]
