"""What every test may use: see the modules named here."""

pytest_plugins = ["tests.bases"]
