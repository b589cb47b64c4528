"""Does something in a copy of the process (`fork`), which is thrown away: nothing of it is felt by what comes next."""

import os
from collections.abc import Callable
from typing import NoReturn


def dans_une_copie(faire: Callable[[int], NoReturn]) -> tuple[int, str]:
    """Let a copy work, which ends by itself. Out: its status, as `waitpid` gives it, and what it wrote to us."""
    lecture, ecriture = os.pipe()
    if (enfant := os.fork()) == 0:
        os.close(lecture)
        faire(ecriture)
    os.close(ecriture)
    with os.fdopen(lecture, encoding="utf-8") as canal:
        dit = canal.read()
    return os.waitpid(enfant, 0)[1], dit
