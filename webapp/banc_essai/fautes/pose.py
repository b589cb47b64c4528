"""How a fault is put in a running product, and taken away: what it changes is noted, and put back in reverse order.

A fault replaces a value or a function where it is used, or rewrites the pages on their way out, before they are
compressed. Without a fault there is nothing to look at: no test, no hook, no cost.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from types import ModuleType
from typing import Any

from flask import Flask, Response

from webapp.domain.textes import fr


class Pose:
    """What one fault has changed so far."""

    def __init__(self, app: Flask) -> None:
        """Begin with nothing changed. `app` is the product in which the fault is put."""
        self.app = app
        self.changements: list[tuple[Callable[[], Any], Any]] = []
        self.reecritures: list[tuple[re.Pattern[str], str]] = []
        self._retours: list[Callable[[], None]] = []

    def attribut(self, objet: Any, nom: str, valeur: Any) -> None:
        """Give another value to an attribute of a module, of a class, or of a value, were it frozen."""
        ecrire = setattr if isinstance(objet, type | ModuleType) else object.__setattr__
        self._changer(partial(_lire, objet, nom), partial(ecrire, objet, nom), valeur)

    def autour(self, objet: Any, nom: str, autre: Callable[..., Any]) -> None:
        """Put `autre` in place of a function or of a property: it is given the real one, then what that one takes."""
        lu = _lire(objet, nom)
        if isinstance(lu, property):
            self.attribut(objet, nom, property(lambda soi: autre(lu.fget, soi)))
            return
        vrai = getattr(objet, nom)

        def remplacante(*a: Any, **o: Any) -> Any:
            return autre(vrai, *a, **o)

        self.attribut(objet, nom, staticmethod(remplacante) if isinstance(lu, classmethod) else remplacante)

    def resultat(self, objet: Any, nom: str, changer: Callable[[Any], Any]) -> None:
        """Change what a function or a property gives."""
        self.autour(objet, nom, lambda vrai, *a, **o: changer(vrai(*a, **o)))

    def cle(self, table: MutableMapping[Any, Any], cle: Any, valeur: Any) -> None:
        """Give another value to a key of a table."""
        self._changer(partial(table.__getitem__, cle), partial(table.__setitem__, cle), valeur)

    def page(self, avant: str, apres: str) -> None:
        """Put a text in place of another in every page and fragment; both are typeset as the pages are."""
        self.motif(re.escape(fr(avant)), fr(apres).replace("\\", r"\\"))

    def motif(self, motif: str, apres: str) -> None:
        """Put a text in place of what an expression finds in every page and fragment."""
        if not self.reecritures:
            suites = self.app.after_request_funcs.setdefault(None, [])
            suites.append(self._reecrire)  # Put last, called first: the pages are compressed afterwards.
            self._retours.append(lambda: suites.remove(self._reecrire))
        self.reecritures.append((re.compile(motif, re.DOTALL), apres))

    def retirer(self) -> None:
        """Put everything back."""
        while self._retours:
            self._retours.pop()()

    def _changer(self, lire: Callable[[], Any], ecrire: Callable[[Any], None], valeur: Any) -> None:
        avant = lire()
        ecrire(valeur)
        self.changements.append((lire, avant))
        self._retours.append(partial(ecrire, avant))

    def _reecrire(self, reponse: Response) -> Response:
        if reponse.mimetype == "text/html" and not reponse.is_streamed and not reponse.direct_passthrough:
            texte = reponse.get_data(as_text=True)
            for motif, apres in self.reecritures:
                texte = motif.sub(apres, texte)
            reponse.set_data(texte)
        return reponse


def _lire(objet: Any, nom: str) -> Any:
    """Give an attribute as it stands: on a class, what is called through its instances is not."""
    return vars(objet)[nom] if isinstance(objet, type) else getattr(objet, nom)


@dataclass(frozen=True)
class Faute:
    """One fault: its name, what a product owner would say of it, where it should show first, how it is put.

    `indices` are tags of scenarios (« etape_7 ») or words of their titles, the most telling first.
    """

    nom: str
    phrase: str
    indices: tuple[str, ...]
    poser: Callable[[Pose], None]

    @property
    def empreinte(self) -> str:
        """A print of how it is put: another one is another fault."""
        return sha256(inspect.getsource(self.poser).encode()).hexdigest()[:16]


class Recueil(list[Faute]):
    """Faults in the order in which they are written."""

    def faute(self, phrase: str, *indices: str) -> Callable[[Callable[[Pose], None]], Callable[[Pose], None]]:
        """Make a fault of a function, which gives it its name."""

        def recueillir(poser: Callable[[Pose], None]) -> Callable[[Pose], None]:
            self.append(Faute(poser.__name__, fr(phrase), indices, poser))
            return poser

        return recueillir
