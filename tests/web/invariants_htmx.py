"""What every page must respect about htmx, forms, addresses and code: the house's small subset, and nothing inline."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.web.formulaires import VERBES, inclusions, verbe
from tests.web.invariants import Lue, Routes, _montrer, invariant
from tests.web.lecture_html import Element, elements

PERMIS = frozenset({*VERBES, "hx-target", "hx-swap", "hx-include", "hx-trigger", "hx-sync", "hx-params"})
SUR_L_EMETTEUR = PERMIS - set(VERBES)
ECHANGES = frozenset({"outerHTML", "none"})
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UN_UUID = "00000000-0000-0000-0000-000000000000"
# « queue all »: what was asked before, and waits, is not dropped for what is asked after it.
_SYNC = re.compile(r"(this|closest form):(drop|replace)|closest form:queue (last|all)")
_DECLENCHEUR = re.compile(
    r"(change|input( from:#[\w-]+)?( changed)?( delay:\d+ms)?|relancer|click|toggle once|every 1s)"
)


def emetteurs(lue: Lue) -> list[Element]:
    """Give the elements that send by htmx."""
    return lue.tous("//*[@hx-get or @hx-post]")


@invariant
def htmx_permis(lue: Lue) -> Iterator[str]:
    for element, nom, valeur in lue.attributs:
        if not nom.removeprefix("data-").startswith("hx-"):
            continue
        if nom not in PERMIS:
            yield f"{nom} dans {_montrer(element)}"
        if re.search(r"\bjs:|javascript:", valeur):
            yield f"du code dans {nom}=« {valeur} »"


@invariant
def htmx_sans_heritage(lue: Lue) -> Iterator[str]:
    """Each sender says all by itself, and what does not send says nothing."""
    for element in lue.tous("//*[@hx-target or @hx-swap or @hx-include or @hx-trigger or @hx-sync]"):
        if not set(VERBES) & set(element.attrib):
            yield f"{_montrer(element)} n'envoie rien"
    for element in emetteurs(lue):
        # What a link opens may be brought into view.
        permis = ECHANGES | {f"outerHTML show:{element.get('hx-target')}:top"}
        if "hx-target" not in element.attrib or element.get("hx-swap") not in permis:
            yield f"hx-target ou hx-swap manque ou surprend : {_montrer(element)}"
        if not _SYNC.fullmatch(element.get("hx-sync", "")):
            yield f"hx-sync manque ou surprend : {_montrer(element)}"
        for voulu in filter(None, re.split(r",\s*", element.get("hx-trigger", ""))):
            if not _DECLENCHEUR.fullmatch(voulu):
                yield f"hx-trigger=« {voulu} »"
        if element.tag not in {"a", "button"} and "hx-trigger" not in element.attrib:
            yield f"hx-trigger manque : {_montrer(element)}"
        if len(set(VERBES) & set(element.attrib)) != 1:
            yield f"deux envois à la fois : {_montrer(element)}"


@invariant
def htmx_references(lue: Lue) -> Iterator[str]:
    for element in emetteurs(lue):
        cible = element.get("hx-target", "")
        if not re.fullmatch(r"#[\w-]+", cible) or cible[1:] not in lue.ids:
            yield f"hx-target=« {cible} » ne désigne rien"
        if "hx-include" in element.attrib and not inclusions(element):
            yield f"hx-include=« {element.get('hx-include')} » ne désigne rien"
        for source in re.findall(r"from:(#[\w-]+)", element.get("hx-trigger", "")):
            if source[1:] not in lue.ids:
                yield f"hx-trigger : {source} ne désigne rien"


@invariant
def htmx_avec_repli(lue: Lue) -> Iterator[str]:
    """Without scripts the same button or link does the same thing; a follower of the typing needs none."""
    for element in emetteurs(lue):
        adresse = element.get(verbe(element))
        if element.tag == "a" and element.get("href") != adresse:
            yield f"sans JavaScript, {_montrer(element)} mène ailleurs"
        if element.tag == "button":
            formulaire = lue.formulaire_de(element)
            if formulaire is None:
                yield f"sans JavaScript, {_montrer(element)} n'envoie rien"
                continue
            sans = element.get("formaction") or formulaire.get("action")
            if verbe(element) == "hx-post" and (sans != adresse or formulaire.get("method") != "post"):
                yield f"sans JavaScript, {_montrer(element)} envoie à « {sans} »"


@invariant
def jetons(lue: Lue) -> Iterator[str]:
    """A POST carries the token of the session once; a GET never shows it in an address."""
    jetons_ = lue.tous("//input[@name='csrf_token']")
    portes = Counter(lue.formulaire_de(jeton) for jeton in jetons_)
    yield from ("un jeton vide" for jeton in jetons_ if not jeton.get("value"))
    for formulaire in lue.tous("//form"):
        if portes[formulaire] != int(formulaire.get("method", "get").lower() == "post"):
            yield f"{portes[formulaire]} jeton(s) dans {_montrer(formulaire)}"
    for element in emetteurs(lue):
        # htmx sends the form of the sender for a POST, and what it is told to include.
        poste = verbe(element) == "hx-post"
        nombre = sum(portes[f] for f in {*inclusions(element), *([lue.formulaire_de(element)] if poste else [])})
        if nombre != int(poste):
            yield f"{nombre} jeton(s) envoyé(s) par {_montrer(element)}"


@invariant
def formulaires_sains(lue: Lue) -> Iterator[str]:
    for formulaire in lue.tous("//form"):
        methode = formulaire.get("method", "").lower()
        if methode not in {"get", "post", "dialog"}:
            yield f"method manque : {_montrer(formulaire)}"
        if bool(formulaire.get("action")) is (methode == "dialog"):
            yield f"action manque, ou ne sert à rien : {_montrer(formulaire)}"
    yield from (f"button sans type : {_montrer(b)}" for b in lue.document.iter("button") if not b.get("type"))
    for porteur in lue.tous("//input[@name='organisme']"):
        if not porteur.get("value"):
            yield f"on ne sait plus de qui vient l'envoi : {_montrer(porteur)}"
    for champ in elements(lue.document, "//input[@type='password' and @value]"):
        yield f"un mot de passe est rendu à l'écran : {_montrer(champ)}"
    yield from (f"maxlength coupe en silence : {_montrer(c)}" for c in elements(lue.document, "//*[@maxlength]"))


@invariant
def entree_ne_renonce_pas(lue: Lue) -> Iterator[str]:
    """Enter in a text presses the first button of its form: where that one gives up, the text says another."""
    for champ in lue.tous("//form//input[@type='text' or @type='email' or @type='password' or @type='search']"):
        formulaire = lue.formulaire_de(champ)
        premier = next((b for b in lue.envois if lue.formulaire_de(b) is formulaire), None)
        if premier is None or premier.get("formmethod") != "dialog":
            continue
        if champ.get("data-entree") not in lue.ids.keys() - {premier.get("id")}:
            yield f"« Entrée » renonce : {_montrer(champ)}"


@invariant
def rien_en_ligne(lue: Lue) -> Iterator[str]:
    yield from ("une feuille de style en ligne" for _ in lue.document.iter("style"))
    for script in lue.document.iter("script"):
        if "src" not in script.attrib or (script.text or "").strip():
            yield "script en ligne"
    for element, nom, valeur in lue.attributs:
        if nom == "style" or nom.startswith("on"):
            yield f"code ou style en ligne : {_montrer(element)}"
        if nom in _ADRESSES and _CODE.match(valeur):
            yield f"code en ligne : {nom}=« {valeur} »"


_ADRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post"})
_CODE = re.compile(r"\s*(javascript|data):", re.IGNORECASE)


@invariant
def adresses(lue: Lue) -> Iterator[str]:
    """Every address leads to a route of ours that answers the method; nothing is fetched from elsewhere."""
    for element, nom, adresse in lue.attributs:
        if nom not in _ADRESSES or (nom == "href" and adresse.startswith("#")):
            continue
        lue_ = urlsplit(adresse)
        if lue_.scheme or lue_.netloc or not adresse.startswith("/"):
            yield f"adresse hors du site ou relative : {nom}=« {adresse} »"
        elif not adresse.startswith("/static/"):
            yield from _sans_route(lue, element, nom, lue_.path)
    for lien in lue.tous("//a[@target='_blank']"):
        if "noopener" not in lien.get("rel", "").split():
            yield f"rel=noopener manque : {_montrer(lien)}"


def _sans_route(lue: Lue, element: Element, nom: str, chemin: str) -> Iterator[str]:
    methode = "GET"
    if nom == "hx-post":
        methode = "POST"
    elif nom in {"action", "formaction"}:
        formulaire = element if nom == "action" else lue.formulaire_de(element)
        methode = (formulaire.get("method") or "get").upper() if formulaire is not None else "GET"
        if _jamais_envoye(lue, element, nom):
            return
    if faute := _faute_de_route(lue.routes, _UUID.sub(_UN_UUID, chemin), methode):
        yield f"{faute} : {methode} {chemin}"


@lru_cache(maxsize=4096)
def _faute_de_route(routes: Routes, chemin: str, methode: str) -> str:
    try:
        routes.match(chemin, method=methode)
    except RequestRedirect:
        return "adresse qui redirige"
    except HTTPException:
        return "adresse sans route"
    return ""


def _jamais_envoye(lue: Lue, element: Element, nom: str) -> bool:
    """Say whether a form's own action is never used: each of its buttons has its own."""
    if nom != "action":
        return False
    boutons = [b for b in lue.envois if lue.formulaire_de(b) is element]
    return bool(boutons) and all("formaction" in b.attrib for b in boutons)


@invariant
def configuration_de_htmx(lue: Lue) -> Iterator[str]:
    """The script that sets htmx is there, after it; what it sets, a browser says."""
    noms = [script.get("src", "").partition("?")[0].rpartition("/")[2] for script in lue.document.iter("script")]
    if [nom for nom in noms if nom in {"htmx.min.js", "app.js"}] != ["htmx.min.js", "app.js"]:
        yield "la configuration de htmx manque"
