"""What every test may use: see the modules named here."""

from hypothesis import settings

pytest_plugins = ["pytester", "tests.bases"]

# The same examples at each run, and no deadline: a busy machine is no defect.
settings.register_profile("projet", deadline=None, derandomize=True, database=None)
settings.load_profile("projet")
