"""What all refusals of the trade are, and the one that belongs to nothing in particular.

The others stand beside what they refuse: `formation`, `comptes`, `codes`. Each carries what a person needs to be told;
none knows how it is shown.
"""

from typing import TypeVar

T = TypeVar("T")


class RefusMetier(Exception):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Mother of all refusals: the state of things forbids what was asked. Some say why, in a French `message`."""

    def __init__(self, message: str = "") -> None:
        """Keep what it says."""
        super().__init__(message)
        self.message = message


class Introuvable(RefusMetier):
    """No such thing in this organisation's catalogue; a foreign identifier and a missing one are the same."""


class BaseIndisponible(Exception):  # noqa: N818 - it is told to a person, like a refusal
    """The database is not there, or is not the one that was opened: nothing is wrong with what was asked."""


class BaseTropRecente(BaseIndisponible):
    """The tables were made by a newer version of the product; the message is their revision."""


class BaseOccupee(BaseIndisponible):
    """Others write, or keep what is asked for, longer than anybody waits. What was asked is undone."""


class EcritureImpossible(BaseIndisponible):
    """Nothing can be kept any more: the disk is full, the file is read only or gone. What was asked is undone."""


class ReferenceRompue(Exception):  # noqa: N818 - who asked may have gone: then it is told to a person
    """What is written names a thing that is no longer there; what was asked is undone."""


def trouve(chose: T | None) -> T:
    """Give what was looked for. Raises Introuvable when there is no such thing."""
    if chose is None:
        raise Introuvable
    return chose
