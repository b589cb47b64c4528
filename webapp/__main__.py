"""`python -m webapp`: the product's command line."""

from webapp.cli import principal

if __name__ == "__main__":
    principal(prog_name="python -m webapp")
