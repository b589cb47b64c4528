"""Read HTML as a browser would, over lxml: trees, accessible names, visible text, what each control holds.

Knows nothing of Flask nor of the trade. With JavaScript a `<noscript>` is only text; without it, what carries the
class `avec-js` is not shown. Both readings are kept in one tree: `js` says which one is meant.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias, cast

import lxml.html
from lxml import etree

Element: TypeAlias = etree._Element

# libxml2 drops the control characters that browsers keep: they stay out of its sight, in a private plane.
_DECALAGE = 0xF0000
_CACHES = {c: c + _DECALAGE for c in range(1, 32) if chr(c) not in "\t\n\f\r"} | {0: 0xFFFD}
_RENDUS = {cache: reel for reel, cache in _CACHES.items() if reel}
_SANS_RENDU = {"template", "script", "style", "head", "title"}
_ESPACES = re.compile(r"[ \t\n\f]+")
_EN_LIGNE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "label", "q"}
SAISIES = {"input", "select", "textarea", "button"}


def _preparer(html: str) -> str:
    return html.replace("\r\n", "\n").replace("\r", "\n").translate(_CACHES)


def lire_document(html: str) -> tuple[Element, list[str]]:
    """Parse a whole page; gives its tree and what the parser found wrong."""
    analyseur = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    document = lxml.html.document_fromstring(_preparer(html).encode("utf-8", "surrogatepass"), parser=analyseur)
    _ajuster(document)
    fautes = [f"ligne {e.line} : {e.message}" for e in analyseur.error_log if not e.message.endswith(" invalid")]
    return document, fautes


def lire_morceaux(html: str) -> list[Element]:
    """Parse a fragment: its root elements, in order."""
    racine = lxml.html.fragment_fromstring(_preparer(html), create_parent="div")
    _ajuster(racine)
    return [enfant for enfant in racine if isinstance(enfant.tag, str)]


def _ajuster(racine: Element) -> None:
    # The line feed that opens a textarea is not part of its text.
    for zone in racine.iter("textarea"):
        zone.text = (zone.text or "").removeprefix("\n")


def tel_quel(texte: str) -> str:
    """Give a text read in a tree with its control characters."""
    return texte.translate(_RENDUS)


def plat(texte: str) -> str:
    """Give a text as one would type it to look for it: single ordinary spaces, straight apostrophes."""
    return " ".join(tel_quel(texte).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def ancetres(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def presente(element: Element, *, js: bool) -> bool:
    """Say whether an element exists for a browser that runs scripts, or for one that does not."""
    for autre in ancetres(element):
        if autre.tag == "template" or (js and autre.tag == "noscript"):
            return False
        if not js and "avec-js" in autre.get("class", "").split():
            return False
    return True


def exposee(element: Element) -> bool:
    """Say whether an element can be perceived: nothing hides it."""
    for autre in ancetres(element):
        if autre.tag in _SANS_RENDU or "hidden" in autre.attrib or autre.get("aria-hidden") == "true":
            return False
        if autre.tag == "input" and autre.get("type") == "hidden":
            return False
        if autre.tag == "dialog" and "open" not in autre.attrib and "data-ouvrir" not in autre.attrib:
            return False
    return True


_xpath = lru_cache(maxsize=1024)(etree.XPath)


def attributs_de(element: Element) -> dict[str, str]:
    """Give the attributes of an element: text, of which the stubs make bytes as well."""
    # Asked of each element of each page; `dict(element.attrib)` would look each name up again.
    return cast("dict[str, str]", dict(element.items()))


def elements(racine: Element, expression: str, *, js: bool | None = None) -> list[Element]:
    """Find elements by XPath; `js` leaves out those that do not exist in that reading."""
    trouves = [e for e in cast("list[Element]", _xpath(expression)(racine)) if isinstance(e.tag, str)]
    return trouves if js is None else [e for e in trouves if presente(e, js=js)]


def morceaux_de_texte(racine: Element, *, js: bool | None = None) -> Iterator[str]:
    """Give the visible pieces of text, in order, an empty one where a block begins or ends; fields are left out."""
    if not isinstance(racine.tag, str) or not exposee(racine) or (js is not None and not presente(racine, js=js)):
        return
    yield from _texte(racine, js)


def _texte(element: Element, js: bool | None) -> Iterator[str]:
    bloc = element.tag not in _EN_LIGNE
    if bloc:
        yield ""
    if element.tag not in {"textarea", "select"}:
        yield element.text or ""
        for enfant in element:
            if isinstance(enfant.tag, str) and _rendu(enfant, js):
                yield from _texte(enfant, js)
            yield enfant.tail or ""
    if bloc:
        yield ""


def _rendu(element: Element, js: bool | None) -> bool:
    if element.tag in _SANS_RENDU or "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return False
    return not ((js and element.tag == "noscript") or (js is False and "avec-js" in element.get("class", "").split()))


def phrases(racine: Element, *, js: bool | None = None) -> list[str]:
    """Give the visible text block by block, inline elements joined; no-break spaces are kept."""
    blocs, courant = [], []
    for morceau in morceaux_de_texte(racine, js=js):
        if morceau:
            courant.append(morceau)
        elif courant:
            blocs.append("".join(courant))
            courant = []
    if courant:
        blocs.append("".join(courant))
    return [phrase for bloc in blocs if (phrase := _ESPACES.sub(" ", tel_quel(bloc)).strip(" "))]


def texte(racine: Element, *, js: bool | None = None) -> str:
    """Give the visible text of an element, `plat`."""
    return plat(" ".join(phrases(racine, js=js)))


def nom_accessible(element: Element) -> str:
    """Give the name by which assistive technology calls an element: a useful subset of the standard's algorithm."""
    return plat(_nom(element))


def _nom(element: Element) -> str:
    racine = element.getroottree().getroot()
    if references := element.get("aria-labelledby"):
        return " ".join("".join(map(str, e.itertext())) for i in references.split() for e in _par_id(racine, i))
    if element.get("aria-label"):
        return str(element.get("aria-label"))
    if element.tag in {"input", "select", "textarea"}:
        return " ".join(texte(etiquette) for etiquette in etiquettes(element))
    if element.tag == "img":
        return str(element.get("alt", ""))
    if element.tag == "fieldset":
        return " ".join(texte(legende) for legende in element.findall("legend"))
    return "".join([element.text or "", *(f"{_nom_enfant(enfant)}{enfant.tail or ''}" for enfant in element)])


def _nom_enfant(enfant: Element) -> str:
    if not isinstance(enfant.tag, str) or enfant.get("aria-hidden") == "true" or "hidden" in enfant.attrib:
        return ""
    return _nom(enfant)


def etiquettes(champ: Element) -> list[Element]:
    """Give the labels of a field: those that name it and the one around it."""
    racine = champ.getroottree().getroot()
    autour = [a for a in champ.iterancestors() if a.tag == "label"]
    if not champ.get("id"):
        return autour
    return [e for e in racine.iter("label") if e.get("for") == champ.get("id")] + autour


_PAR_ID = etree.XPath("//*[@id=$identifiant]")


def _par_id(racine: Element, identifiant: str) -> list[Element]:
    return cast("list[Element]", _PAR_ID(racine, identifiant=identifiant))


def par_id(racine: Element, identifiant: str) -> Element | None:
    """Find an element by its id, outside templates."""
    return next((e for e in _par_id(racine, identifiant) if presente(e, js=False) or presente(e, js=True)), None)


def formulaire_de(controle: Element) -> Element | None:
    """Give the form that owns a control: the one it names, else the one around it."""
    if controle.tag == "form":
        return controle
    if nomme := controle.get("form"):
        return par_id(controle.getroottree().getroot(), nomme)
    return next((a for a in controle.iterancestors() if a.tag == "form"), None)


def desactive(controle: Element) -> bool:
    """Say whether a control is disabled, by itself or by a fieldset around it."""
    return "disabled" in controle.attrib or any(
        a.tag == "fieldset" and "disabled" in a.attrib for a in controle.iterancestors()
    )


def valeur(controle: Element) -> str:
    """Give what a control holds, as a browser reads it."""
    if controle.tag == "textarea":
        return tel_quel(controle.text or "")
    if controle.tag == "select":
        options = list(controle.iter("option"))
        choisies = [o for o in options if "selected" in o.attrib] or options[:1]
        return tel_quel(choisies[-1].get("value", "")) if choisies else ""
    lue = tel_quel(controle.get("value", "on" if controle.get("type") in {"radio", "checkbox"} else ""))
    if controle.tag == "input" and controle.get("type", "text") in {"text", "search", "email", "password"}:
        lue = lue.replace("\n", "").replace("\r", "")
    return lue


def poser(controle: Element, voulue: str) -> None:
    """Make a control hold a value, as a person would: a choice must be offered, a field must be open."""
    assert not desactive(controle), f"{controle.get('name')} est désactivé"
    assert "readonly" not in controle.attrib, f"{controle.get('name')} est en lecture seule"
    cache = voulue.translate(_CACHES)
    if controle.tag == "textarea":
        controle.text = _preparer(voulue)
    elif controle.tag == "select":
        assert voulue in [o.get("value") for o in controle.iter("option")], f"« {voulue} » n'est pas proposé"
        for option in controle.iter("option"):
            option.attrib.pop("selected", "")
            if option.get("value") == voulue:
                option.set("selected", "")
    else:
        controle.set("value", cache.replace("\n", "").replace("\r", ""))
