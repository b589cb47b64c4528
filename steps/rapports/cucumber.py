"""Cucumber's own HTML report, made of our messages and of the page that npm's @cucumber/html-formatter brings.

Its template has places marked {{…}}: they are filled here as its own stream does, without starting Node. A test
compares the two.
"""

from collections.abc import Iterable
from pathlib import Path

PAQUET = Path(__file__).resolve().parents[2] / "node_modules" / "@cucumber" / "html-formatter" / "dist"
TITRE = "Cucumber"


def page(messages: Iterable[str], paquet: Path = PAQUET, titre: str = TITRE) -> str:
    """Give the page of messages that are written each on its line.

    Raises FileNotFoundError where the npm packages are not installed.
    """
    # No « < » may be left in a script: « </script> » would close it.
    donnees = ",".join(messages).replace("<", "\\x3C")
    places = {
        "title": titre,
        "icon": _lire(paquet / "src" / "icon.url"),
        "css": _lire(paquet / "main.css"),
        "custom_css": "",
        "messages": donnees,
        "script": _lire(paquet / "main.js"),
        "custom_script": "",
    }
    reste = _lire(paquet / "src" / "index.mustache")
    morceaux = []
    # In order, each once: what is put in is never looked at again, whatever braces it holds.
    for nom, contenu in places.items():
        avant, _, reste = reste.partition("{{" + nom + "}}")
        morceaux += [avant, contenu]
    return "".join([*morceaux, reste])


def _lire(chemin: Path) -> str:
    return chemin.read_text("utf-8")
