"""The features that pytest-bdd can read: one that it cannot must not take the others with it.

A module of tests binds `scenarios(*lisibles("guide", "regles"))`. What is left out is a fault of its own for the check
(`steps.verifier`), which says it in French.
"""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from pytest_bdd.feature import features, get_feature
from pytest_bdd.scenario import get_features_base_dir

_seules: frozenset[Path] | None = None


def limiter(seules: Collection[Path] | None) -> None:
    """Let pytest-bdd be given these features alone from now on; None, all of them again."""
    global _seules  # noqa: PLW0603 - a module of tests binds its features while it is imported, and is given nothing
    _seules = None if seules is None else frozenset(chemin.resolve() for chemin in seules)


def est_voulue(chemin: Path) -> bool:
    """Say whether pytest-bdd may be given this feature."""
    return _seules is None or chemin.resolve() in _seules


def lisibles(*dossiers: str) -> list[str]:
    """Return the features below some folders of features that pytest-bdd reads, by their whole path, sorted."""
    racine = Path(get_features_base_dir(""))
    trouves = (chemin for dossier in dossiers for chemin in sorted((racine / dossier).rglob("*.feature")))
    return [str(chemin) for chemin in trouves if est_voulue(chemin) and est_lisible(chemin)]


def est_lisible(chemin: Path) -> bool:
    """Say whether pytest-bdd reads a feature; asked again once the file has changed."""
    try:
        etat = chemin.stat()
    except OSError:
        return False
    return _est_lisible(chemin.resolve(), etat.st_mtime_ns, etat.st_size)


@lru_cache(maxsize=256)
def _est_lisible(chemin: Path, _modifie: int, _taille: int) -> bool:
    features.pop(str(chemin), None)  # What pytest-bdd read before the file changed.
    try:
        get_feature(str(chemin.parent), chemin.name)
    except Exception:  # noqa: BLE001 - whatever it says, in English, the check says in French
        return False
    return True
