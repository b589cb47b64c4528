"""What the browser does with a fragment: htmx's swap, out-of-band pieces, then what app.js reflects. Sends nothing."""

import copy
import re
from html import unescape

from tests.web.lecture_html import Element, elements, lire_morceaux, par_id

_TITRE = re.compile(r"<title>(.*?)</title>")
# Answers of ours to failures say so; app.js shows no other (a proxy's page, a trace) in place of a region.
ENTETE_FRAGMENT = "FV-Fragment"
ENTETE_JETON = "FV-Jeton"


class FragmentMalForme(AssertionError):  # noqa: N818 - it reads as a sentence
    """A fragment that htmx would put in the wrong place, or lose."""


def echanger(document: Element, html: str, *, cible: str, mode: str) -> Element:
    """Give a copy of a page after a fragment was swapped in.

    `cible` is the id that the sender targets, `mode` the swap: outerHTML or none. Raises FragmentMalForme when the
    pieces do not have exactly the place they need.
    """
    page = copy.deepcopy(document)
    html = _poser_titre(page, html)
    morceaux = lire_morceaux(html)
    if caches := [e.get("id") for m in morceaux for e in elements(m, "descendant::*[@hx-swap-oob]")]:
        raise FragmentMalForme(f"{caches} hors bande, mais à l'intérieur d'un autre morceau")
    restes = []
    for morceau in morceaux:
        if "hx-swap-oob" in morceau.attrib:
            _poser_hors_bande(page, morceau)
        else:
            restes.append(morceau)
    if mode == "none":
        if restes:
            raise FragmentMalForme(f"{[m.tag for m in restes]} serait perdu : rien n'est échangé")
    else:
        _remplacer(page, restes, cible)
    accorder(page)
    return page


def _poser_titre(page: Element, html: str) -> str:
    """Give the tab the title that an answer carries, as htmx does; gives what else it carries."""
    titre = _TITRE.search(html)
    if titre is not None:
        [place] = elements(page, "//head/title")
        place.text = unescape(titre[1])
    return _TITRE.sub("", html)


def _poser_hors_bande(page: Element, morceau: Element) -> None:
    mode = str(morceau.attrib.pop("hx-swap-oob"))
    place = par_id(page, morceau.get("id", ""))
    if place is None:
        raise FragmentMalForme(f"« {morceau.get('id')} » n'est pas dans la page")
    nouveau = copy.deepcopy(morceau)
    nouveau.tail = None
    if mode == "true":
        _prendre_la_place(nouveau, place)
    elif mode == "innerHTML":
        place[:] = list(nouveau)
        place.text = nouveau.text
    else:
        raise FragmentMalForme(f"hx-swap-oob=« {mode} » n'est pas dans le sous-ensemble de la maison")


def _remplacer(page: Element, restes: list[Element], cible: str) -> None:
    if len(restes) != 1 or restes[0].get("id") != cible:
        raise FragmentMalForme(f"un seul morceau « {cible} » était attendu, voici {[m.get('id') for m in restes]}")
    place = par_id(page, cible)
    if place is None:
        raise FragmentMalForme(f"« {cible} » n'est pas dans la page")
    _prendre_la_place(copy.deepcopy(restes[0]), place)


def _prendre_la_place(nouveau: Element, place: Element) -> None:
    parent = place.getparent()
    assert parent is not None, "la page entière ne s'échange pas"
    nouveau.tail = place.tail
    parent.replace(place, nouveau)


def renouveler(page: Element, jeton: str) -> None:
    """Do what reconnexion.js does with a renewed token: every form of the page carries it."""
    for champ in elements(page, "//input[@name='csrf_token']"):
        champ.set("value", jeton)


def accorder(page: Element) -> None:
    """Do what app.js does after each swap: « Valider » and the fields follow the regions beside them."""
    valider, etat = par_id(page, "valider"), par_id(page, "etat-saisie")
    if valider is not None and etat is not None:
        valider.set("aria-disabled", "false" if "data-complet" in etat.attrib else "true")
    for region in elements(page, "//*[starts-with(@id, 'etat-')]", js=True):
        if "etat-champ" not in region.get("class", "").split():
            continue
        champ = par_id(page, region.get("id", "").removeprefix("etat-"))
        if champ is None:
            continue
        if "data-invalide" in region.attrib:
            champ.set("aria-invalid", "true")
        else:
            champ.attrib.pop("aria-invalid", "")
