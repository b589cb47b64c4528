"""What every test may use: see the modules named here."""

import sys

import pytest
from hypothesis import settings

pytest_plugins = ["pytester", "tests.bases"]

# The same examples at each run, and no deadline: a busy machine is no defect.
settings.register_profile("projet", deadline=None, derandomize=True, database=None)
settings.load_profile("projet")


def pytest_configure() -> None:
    """Say once what is missing, rather than in forty tests: the names of files have accents."""
    if sys.getfilesystemencoding() != "utf-8":
        pytest.exit("PYTHONUTF8=0 sans langue en UTF-8 : retirez-le, ou passez par « make test ».", returncode=4)
