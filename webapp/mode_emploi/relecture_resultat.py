"""What a scenario read again comes to: its lines in order, each with its step and what there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from webapp.mode_emploi.relecture_pas import Verdict

if TYPE_CHECKING:
    from steps.gherkin.lecture import Ligne as LigneLue
    from webapp.mode_emploi.relecture_pas import Jugement


@dataclass(frozen=True)
class Remarque:
    """Something to say of a line. `grave`: as it stands, the line would not be run, or would not do what it says."""

    texte: str
    grave: bool = True


@dataclass(frozen=True)
class Pas:
    """A step, or a line that was meant to be one. `genre` is the keyword that it stands under, « Et » included."""

    mot: str
    texte: str
    genre: str
    jugement: Jugement

    @property
    def connu(self) -> bool:
        """Whether it would be run."""
        return self.jugement.verdict is Verdict.CONNUE


@dataclass
class Ligne:
    """A line of the text, and all that there is to say about it."""

    lue: LigneLue
    pas: Pas | None = None
    remarques: list[Remarque] = field(default_factory=list)

    @property
    def a_revoir(self) -> bool:
        """Whether something must change on it."""
        return (self.pas is not None and not self.pas.connu) or any(r.grave for r in self.remarques)

    def dire(self, texte: str, *, grave: bool = True) -> None:
        """Add something to say about it."""
        self.remarques.append(Remarque(texte, grave))


@dataclass(frozen=True)
class Relecture:
    """A text read again. `generales` are about the whole of it."""

    lignes: tuple[Ligne, ...]
    generales: tuple[Remarque, ...]

    @property
    def pas(self) -> tuple[Pas, ...]:
        """Its steps."""
        return tuple(ligne.pas for ligne in self.lignes if ligne.pas is not None)

    @property
    def prets(self) -> int:
        """How many of its steps are known, and stand as they should."""
        return sum(ligne.pas is not None and not ligne.a_revoir for ligne in self.lignes)

    @property
    def a_revoir(self) -> tuple[Ligne, ...]:
        """The lines on which something must change."""
        return tuple(ligne for ligne in self.lignes if ligne.a_revoir)

    @property
    def sans_faute(self) -> bool:
        """Whether it could be run as it stands."""
        return bool(self.pas) and not self.a_revoir and not any(r.grave for r in self.generales)
