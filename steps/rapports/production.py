"""All the reports of a run, written in the folder of its stream."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from steps.gherkin.typographie import dire
from steps.rapports import cucumber
from steps.rapports.flux import Execution, raison
from steps.rapports.junit import junit
from steps.rapports.messages import dit, messages
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
    dits: list[str] = []

    def messages_dits() -> list[str]:
        dits[:] = dits or map(dit, messages(execution))
        return dits

    return [
        _produire(dossier / RAPPORT, dire("rapport"), lambda: page(execution)),
        _produire(dossier / CUCUMBER, dire("rapport Cucumber"), lambda: _cucumber(messages_dits(), paquet)),
        _produire(dossier / MESSAGES, dire("messages Cucumber"), lambda: lignes(messages_dits())),
        _produire(dossier / JUNIT, dire("JUnit"), lambda: junit(execution)),
    ]


def oublier(dossier: Path) -> None:
    """Take away the reports of another run: they would pass for those of the one that begins."""
    for nom in (RAPPORT, CUCUMBER, MESSAGES, JUNIT):
        with suppress(OSError):
            (dossier / nom).unlink(missing_ok=True)


def lignes(dits: Iterable[str]) -> str:
    """Give messages as NDJSON."""
    return "".join(f"{chacun}\n" for chacun in dits)


def _produire(chemin: Path, titre: str, faire: Callable[[], str]) -> RapportEcrit:
    partie = chemin.with_name(f"{chemin.name}.partie")
    try:
        texte = faire()
        chemin.parent.mkdir(parents=True, exist_ok=True)
        partie.write_text(texte, "utf-8", errors="replace", newline="\n")
        partie.replace(chemin)  # Whole, or not at all.
    except SansNpm as erreur:
        probleme = str(erreur)
    except Exception as erreur:  # noqa: BLE001 - whatever it is, the other reports are made
        probleme = dire("n'a pu être gardé : {raison}", raison=raison(erreur))
    else:
        return RapportEcrit(chemin, titre)
    for perime in (partie, chemin):  # That of another run would be taken for this one's.
        with suppress(OSError):
            perime.unlink(missing_ok=True)
    return RapportEcrit(chemin, titre, probleme)


class SansNpm(Exception):  # noqa: N818 - it reads as a sentence
    """The npm packages are not installed; the message says how to."""


def _cucumber(dits: Iterable[str], paquet: Path) -> str:
    try:
        return cucumber.page(dits, paquet)
    except FileNotFoundError as erreur:
        raise SansNpm(SANS_NPM) from erreur
