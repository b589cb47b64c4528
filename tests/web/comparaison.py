"""Comparing two pages: what a fragment gave must be what a reload shows. Tokens change at each answer: masked."""

import difflib
import re
from collections.abc import Iterator

from tests.web.lecture_html import Element, attributs_de
from tests.web.page import Page

_ESPACES = re.compile(r"[ \t\n]+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The CSRF token, and the identity of the copies that a page of the catalogue would make.
_JETON = re.compile(r'(name="(?:csrf_token|copies)"[^>]* value=")[^"]*')


def masquer(html: str, *, uuid: bool = False) -> str:
    """Replace what changes at each answer: CSRF tokens, and identities if asked."""
    html = _JETON.sub(r"\1JETON", html)
    return _UUID.sub("UUID", html) if uuid else html


_BOOLEENS = frozenset({"checked", "selected", "disabled", "readonly", "hidden", "open", "required", "novalidate"})


def forme(racine: Element) -> Iterator[str]:
    """Give the lines of a tree in one form: attributes sorted, spaces single, tokens masked."""
    attributs = {nom: "" if nom in _BOOLEENS else valeur for nom, valeur in sorted(attributs_de(racine).items())}
    if attributs.get("name") in {"csrf_token", "copies"}:
        attributs["value"] = "JETON"
    # Whether what is typed is saved: the page knows it of what is typed, and is told of what it comes with.
    attributs.pop("data-modifiee", None)
    if racine.tag == "option" and not attributs.get("value"):
        # Chosen or not, the first line of a list is what shows when no other is.
        attributs.pop("selected", None)
    yield f"<{racine.tag} " + " ".join(f'{nom}="{valeur}"' for nom, valeur in attributs.items())
    if racine.tag == "textarea":
        yield racine.text or ""
        return
    if "data-apercu" in attributs:
        # A script shows there what is typed: no answer brings it.
        return
    for partie in [racine.text, *((e, e.tail) for e in racine)]:
        if isinstance(partie, tuple):
            enfant, suite = partie
            if isinstance(enfant.tag, str):
                yield from forme(enfant)
            partie = suite  # noqa: PLW2901 - the text after the child
        if partie and partie.strip(" \t\n"):
            yield _ESPACES.sub(" ", partie).strip(" ")
    yield f"/{racine.tag}"


PRINCIPAL = ("//main",)
TOUT = ("//head/title", "//main", "//*[@id='toasts']", "//*[@id='alertes']", "//body/*[@id='dialogues']")


def assert_same(une: Page, autre: Page, regions: tuple[str, ...] = TOUT, *, sauf_uuid: bool = False) -> None:
    """Assert that two pages show the same: what a fragment gave, and what a reload shows."""
    for region in regions:
        lignes = [[ligne for e in page.tous(region, js=None) for ligne in forme(e)] for page in (une, autre)]
        if sauf_uuid:
            lignes = [[_UUID.sub("UUID", ligne) for ligne in page] for page in lignes]
        if lignes[0] != lignes[1]:
            ecarts = difflib.unified_diff(lignes[0], lignes[1], "la première page", "la seconde", lineterm="", n=1)
            raise AssertionError(f"{region} : {une.url} et {autre.url} diffèrent\n" + "\n".join(ecarts))
