"""All the reports of a run, written in the folder of its stream."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.rapports import cucumber
from steps.rapports.flux import Execution
from steps.rapports.junit import junit
from steps.rapports.messages import Message, messages
from steps.rapports.page import page

RAPPORT = "rapport.html"
MESSAGES = "messages.ndjson"
CUCUMBER = "cucumber.html"
JUNIT = "junit.xml"

SANS_NPM = dire("demande le paquet npm @cucumber/html-formatter : « make test » l'installe")


@dataclass(frozen=True)
class RapportEcrit:
    """A report that was written, or why it could not be."""

    chemin: Path
    titre: str
    probleme: str = ""

    def dit(self, depuis: Path = Path()) -> str:
        """Say where it is, or why it is not."""
        chemin = self.chemin.relative_to(depuis) if self.chemin.is_relative_to(depuis) else self.chemin
        return f"{self.titre:<18} {self.probleme or chemin.as_posix()}"


def produire(execution: Execution, dossier: Path, paquet: Path = cucumber.PAQUET) -> list[RapportEcrit]:
    """Write the reports of a run; `paquet` is where Cucumber's own page comes from.

    One that cannot be made is told of, and is no reason to lose the others.
    """
    dits = list(messages(execution))
    return [
        _produire(dossier / RAPPORT, dire("rapport"), lambda: page(execution)),
        _produire(dossier / CUCUMBER, dire("rapport Cucumber"), lambda: _cucumber(dits, paquet)),
        _produire(dossier / MESSAGES, dire("messages Cucumber"), lambda: "".join(lignes(dits))),
        _produire(dossier / JUNIT, dire("JUnit"), lambda: junit(execution)),
    ]


def lignes(dits: list[Message]) -> Iterator[str]:
    """Yield messages as NDJSON."""
    return (json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n" for message in dits)


def _produire(chemin: Path, titre: str, faire: Callable[[], str]) -> RapportEcrit:
    try:
        texte = faire()
    except SansNpm as erreur:
        chemin.unlink(missing_ok=True)  # That of another run would be taken for this one's.
        return RapportEcrit(chemin, titre, str(erreur))
    chemin.write_text(texte, "utf-8", newline="\n")
    return RapportEcrit(chemin, titre)


class SansNpm(Exception):  # noqa: N818 - it reads as a sentence
    """The npm packages are not installed; the message says how to."""


def _cucumber(dits: list[Message], paquet: Path) -> str:
    try:
        return cucumber.page(dits, paquet)
    except FileNotFoundError as erreur:
        raise SansNpm(SANS_NPM) from erreur
