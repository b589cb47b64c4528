"""What is taken of an object that a file says: all but the codes that nobody knows, which are left out, and told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webapp.domain import champs_action
from webapp.domain.champs import Nature
from webapp.domain.textes import dire, fr
from webapp.edof.lecture import Remarque

if TYPE_CHECKING:
    from webapp.domain.champs import Champ
    from webapp.edof.objets import Objet, Reference

A_PRECISER = fr("« 0 » veut dire « à préciser » : ce champ reste vide.")
_LONGUEUR_DITE = 40


def retenir(objet: Objet) -> tuple[Objet, tuple[Remarque, ...]]:
    """Give an object without its children, its unknown codes left out, and what is to be told of them."""
    remarques: list[Remarque] = []
    valeurs = {champ: _connue(objet, champ, valeur, remarques) for champ, valeur in objet.valeurs.items()}
    references = {champ: _reference(objet, champ, ref, remarques) for champ, ref in objet.references.items()}
    tus = {champ.nom for champ, valeur in valeurs.items() if not valeur}
    gardees = {champ: valeur for champ, valeur in valeurs.items() if valeur}
    lignes = {nom: ligne for nom, ligne in objet.lignes.items() if nom not in tus}
    return replace(objet, valeurs=gardees, references=references, lignes=lignes), tuple(remarques)


def _reference(objet: Objet, champ: Champ, ref: Reference, remarques: list[Remarque]) -> Reference:
    valeurs = {
        dedans: _connue(objet, dedans, valeur, remarques, f"{champ.nom}/") for dedans, valeur in ref.valeurs.items()
    }
    return replace(ref, valeurs={dedans: valeur for dedans, valeur in valeurs.items() if valeur})


def _connue(objet: Objet, champ: Champ, valeur: str, remarques: list[Remarque], prefixe: str = "") -> str:
    """Give what is known of a value: all of it, unless its field is a closed list."""
    if champ.choix is None:
        return valeur
    plusieurs = champ.nature is Nature.CHOIX_MULTIPLES
    codes = valeur.split("\n") if plusieurs else [valeur]
    inconnus = [code for code in codes if code not in champ.choix]
    if not inconnus:
        return valeur
    ligne = objet.lignes.get(f"{prefixe}{champ.nom}", objet.ligne)
    remarques += [Remarque(ligne, champ.libelle, _raison(champ, code)) for code in inconnus]
    return "\n".join(code for code in codes if code in champ.choix)


def _raison(champ: Champ, code: str) -> str:
    if champ is champs_action.PERIMETRE and code == "0":
        return A_PRECISER
    dit = code if len(code) <= _LONGUEUR_DITE else f"{code[:_LONGUEUR_DITE]}…"
    return dire("« {code} » n'est pas un code connu : il n'est pas repris.", code=dit)
