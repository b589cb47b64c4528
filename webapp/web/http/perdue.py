"""What can be changed no more, and of which the tab may keep a text: a formation, what stands in it, or beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from uuid import UUID


class Perdue(NamedTuple):
    """Its identity, its address, and where under it what is kept is sent to be shown again."""

    id: UUID
    url: str
    ou: str = "reprise"
