"""What waits to be written, on disk: an import holds no more of its export in memory than a batch."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from typing import Any, Generic, TypeVar

from webapp.registre.fichiers import place_temporaire, temporaire

T = TypeVar("T")


class Attente(Generic[T]):
    """Batches of values kept in a file without a name, given back in their order."""

    def __init__(self, *classes: type) -> None:
        """Begin with nothing. In: the dataclasses that the values are made of, kept by the values of their fields."""
        self._fichier = temporaire()
        # pickle's own way with a frozen dataclass takes three times as long.
        self._classes = {classe: _demonter(classe) for classe in classes}

    def ajouter(self, lot: Sequence[T]) -> None:
        """Keep a batch; an empty one leaves nothing. Raises ExportRefuse when there is no place left for it."""
        if not lot:
            return
        with place_temporaire():
            plieur = pickle.Pickler(self._fichier, pickle.HIGHEST_PROTOCOL)
            plieur.dispatch_table = self._classes
            plieur.dump(lot)

    def lots(self) -> Iterator[Sequence[T]]:
        """Give what was kept, batch by batch. Raises ExportRefuse when there was no place for the last of it."""
        with place_temporaire():
            self._fichier.seek(0)
        while True:
            try:
                yield pickle.load(self._fichier)  # noqa: S301 - our own file, which has no name
            except EOFError:
                return

    def fermer(self) -> None:
        """Remove the file."""
        # What did not fit is written at the end again, in vain.
        with suppress(OSError):
            self._fichier.close()


def _demonter(classe: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """Say how to make a value of a dataclass again: the class, called with the values of its fields."""
    valeurs: Callable[[Any], tuple[Any, ...]] = attrgetter(*(champ.name for champ in fields(classe)))
    return lambda valeur: (classe, valeurs(valeur))
