"""The pytest plugin that spares Python the search for garbage among what lasts as long as the session.

Collecting makes some hundred thousand objects, all of them kept: looked through again and again while they come, they
cost a third of the collection; looked through at each full search afterwards, half a second of each.
"""

import gc
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, and never among them.

    A session within another (pytester) is thrown away whole: what it collected is not kept for ever.
    """
    cherche = gc.isenabled()
    gc.disable()
    try:
        return (yield)
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        if cherche:
            gc.enable()
