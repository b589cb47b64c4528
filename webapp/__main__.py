"""`python -m webapp`: the product's command line."""

from webapp.cli import principal
from webapp.terminal import entendre_les_arrets

if __name__ == "__main__":
    entendre_les_arrets()
    principal(prog_name="python -m webapp")
