"""A key that refers to another table has a type of its own, whatever has been imported before the statement is made.

SQLAlchemy gives such a column the type of what it refers to, once that is known; a value that is bound before is not
converted, and SQLite refuses it. A command imports as little as it can: the suite, which imports all, cannot see it.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from webapp import persistence

MODULES = sorted(f"webapp.persistence.{chemin.stem}" for chemin in Path(persistence.__file__).parent.glob("tables*.py"))
SANS_TYPE = """
import importlib, sys
importlib.import_module(sys.argv[1])
from webapp.persistence.metadonnees import metadata
print(*(f"{t.name}.{c.name}" for t in metadata.tables.values() for c in t.columns if str(c.type) == "NULL"))
"""


@pytest.mark.parametrize("module", MODULES)
def test_the_keys_of_a_table_have_a_type_when_nothing_else_is_imported(module):
    dit = subprocess.run([sys.executable, "-c", SANS_TYPE, module], capture_output=True, text=True, check=True)
    assert not dit.stdout.split()
