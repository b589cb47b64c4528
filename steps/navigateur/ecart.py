"""What was expected and what was there, in the words of the person: the failure of a look, or of a gesture.

Playwright says what it looked for; a screen knows better what the person would have found in its place.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error

from steps.gherkin.typographie import dire


class Ecart(AssertionError):  # noqa: N818 - it reads as a word
    """Something is not as expected; both are short French."""

    def __init__(self, attendu: str, trouve: str) -> None:
        super().__init__(dire("attendu {attendu} ; trouvé {trouve}", attendu=attendu, trouve=trouve))
        self.attendu = attendu
        self.trouve = trouve


@contextmanager
def ou_dire(attendu: str, trouver: Callable[[], str]) -> Iterator[None]:
    """Say a failure of Playwright by what was expected and by what `trouver` then finds on the page."""
    try:
        yield
    except Ecart:
        raise
    except (AssertionError, Error) as erreur:
        trouve = ""
        with suppress(Error):  # The page has gone: what Playwright says is all that is known.
            trouve = trouver()
        if not trouve:
            raise
        raise Ecart(attendu, trouve) from erreur


def cites(textes: Iterable[str], sinon: str) -> str:
    """Quote texts as French does; `sinon` says that there is none."""
    propres = [" ".join(texte.split()) for texte in textes]
    return ", ".join(dire("« {texte} »", texte=texte) for texte in propres if texte) or dire(sinon)
