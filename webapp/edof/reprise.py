"""What is taken of an object that a file says: all but the codes that nobody knows, which are left out, and told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from webapp.domain import champs_action
from webapp.domain.champs import Nature
from webapp.domain.textes import dire, fr
from webapp.edof.lecture import Remarque

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.champs import Champ
    from webapp.edof.objets import Objet

A_PRECISER = fr("« 0 » veut dire « à préciser » : ce champ reste vide.")
_LONGUEUR_DITE = 40


def retenir(objet: Objet) -> tuple[Objet, tuple[Remarque, ...]]:
    """Give an object without its children, its unknown codes left out, and what is to be told of them."""
    remarques: list[Remarque] = []
    valeurs = _connues(objet, objet.valeurs, remarques)
    references = {
        champ: ref if (tenues := _connues(objet, ref.valeurs, remarques, f"{champ.nom}/")) is ref.valeurs
        else replace(ref, valeurs=tenues)
        for champ, ref in objet.references.items()
    }  # fmt: skip
    if not remarques:
        return objet, ()
    tus = {champ.nom for champ in objet.valeurs if champ not in valeurs}
    lignes = {nom: ligne for nom, ligne in objet.lignes.items() if nom not in tus}
    return replace(objet, valeurs=valeurs, references=references, lignes=lignes), tuple(remarques)


def _connues(
    objet: Objet, valeurs: Mapping[Champ, str], remarques: list[Remarque], prefixe: str = ""
) -> Mapping[Champ, str]:
    """Give what is known of values, themselves where all is; what is not is added to `remarques`."""
    if all(champ.choix is None or valeur in champ.choix for champ, valeur in valeurs.items()):
        return valeurs
    lues = {champ: _connue(objet, champ, valeur, remarques, prefixe) for champ, valeur in valeurs.items()}
    return {champ: valeur for champ, valeur in lues.items() if valeur}


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
