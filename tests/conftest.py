"""What every test may use: see the modules named here."""

import sys
from functools import cache
from pathlib import Path

import pytest

pytest_plugins = ["pytester", "tests.bases"]

# Here, not beside them: whatever folder is read first may import one, and what is imported can be rewritten no more.
for _module in ("page_client", "page", "comparaison", "entetes", "formulaires", "lecture_html"):
    pytest.register_assert_rewrite(f"tests.web.{_module}")

SANS_HYPOTHESE = frozenset({"test_features.py"})
"""The scenarios: hypothesis is long to import, and they are waited for."""


def pytest_configure() -> None:
    """Say once what is missing, rather than in forty tests: the names of files have accents."""
    if sys.getfilesystemencoding() != "utf-8":
        pytest.exit("PYTHONUTF8=0 sans langue en UTF-8 : retirez-le, ou passez par « make test ».", returncode=4)


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Have the profile of hypothesis in force before a module is read: what its tests ask for is drawn from it."""
    if module_path.name not in SANS_HYPOTHESE:
        _prendre_le_profil()


@cache
def _prendre_le_profil() -> None:
    from hypothesis import settings  # noqa: PLC0415 - for those who need it

    # The same examples at each run, and no deadline: a busy machine is no defect.
    settings.register_profile("projet", deadline=None, derandomize=True, database=None)
    settings.load_profile("projet")
