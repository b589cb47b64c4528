"""What a body of the test door holds, read or refused with a French sentence: a ValueError."""

from typing import Any


def objet(corps: object, connus: set[str]) -> dict[str, Any]:
    """Give an object whose keys are all known."""
    if not isinstance(corps, dict):
        raise ValueError("Le corps de la demande doit être un objet JSON.")  # noqa: TRY004 - a bad body, not a bad call
    if inconnus := sorted(map(str, corps.keys() - connus)):
        raise ValueError(f"Clés inconnues : {', '.join(inconnus)}. Connues : {', '.join(sorted(connus))}.")
    return corps


def liste(valeur: object, nom: str) -> list[Any]:
    """Give a list."""
    if not isinstance(valeur, list):
        raise ValueError(f"« {nom} » doit être une liste.")  # noqa: TRY004 - same reason
    return valeur


def texte(demande: dict[str, Any], nom: str) -> str:
    """Give the text of a key; empty when it is not there."""
    valeur = demande.get(nom)
    if valeur is None:
        return ""
    if not isinstance(valeur, str):
        raise ValueError(f"« {nom} » doit être un texte.")  # noqa: TRY004 - same reason
    return valeur


def parmi(demande: dict[str, Any], nom: str, valeurs: set[str], defaut: str) -> str:
    """Give the text of a key, one of a list; by default `defaut`."""
    valeur = texte(demande, nom) or defaut
    if valeur not in valeurs:
        raise ValueError(f"« {nom} » doit être l’un de : {', '.join(sorted(valeurs))}.")
    return valeur
