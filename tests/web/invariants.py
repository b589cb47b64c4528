"""What every page must respect, whatever it shows: each invariant gives the faults it sees, in French.

`fautes(page)` runs them all. An invariant reads the tree of the page and nothing else; `invariants_htmx` holds those
about htmx, the forms and the addresses, this module those about the document, the names and the words.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from tests.web.lecture_html import (
    SAISIES,
    Element,
    attributs_de,
    elements,
    exposee,
    formulaire_de,
    nom_accessible,
    phrases,
    tel_quel,
)
from webapp.registre.amorce import CERTIFICATIONS


class Routes(Protocol):
    """What says whether an address exists: werkzeug's map adapter."""

    def match(self, path_info: str, method: str) -> object:
        """Raise when no route answers."""

    def __hash__(self) -> int:
        """What a route answered is remembered."""


@dataclass(frozen=True)
class Lue:
    """A page to check: its tree, its source, the faults of its syntax, and the texts that people typed."""

    document: Element
    html: str
    syntaxe: tuple[str, ...]
    saisies: frozenset[str]
    routes: Routes

    @cached_property
    def textes(self) -> str:
        """What is read on the page and is ours."""
        return textes_du_produit(self)

    @cached_property
    def attributs(self) -> list[tuple[Element, str, str]]:
        """Every attribute of the page, templates included: walked once for all the invariants that look at them."""
        return [(e, nom, valeur) for e in self.document.iter("*") for nom, valeur in attributs_de(e).items()]

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The elements that carry an id, outside templates."""
        return {e.get("id", ""): e for e in reversed(self.tous("//*[@id]"))}

    @cached_property
    def envois(self) -> list[Element]:
        """The buttons that send a form, templates included."""
        return [b for b in self.document.iter("button") if b.get("type") == "submit"]

    def formulaire_de(self, controle: Element) -> Element | None:
        """Give the form that owns a control; the one that it names is looked up, where the tree would be searched."""
        nomme = "" if controle.tag == "form" else controle.get("form")
        return self.ids.get(nomme) if nomme else formulaire_de(controle)

    def tous(self, expression: str) -> list[Element]:
        """Find elements that exist in one reading at least."""
        return [e for e in elements(self.document, expression) if e not in self._inertes]

    @cached_property
    def _inertes(self) -> set[Element]:
        """What is inside a template: it is not in the page until a script copies it."""
        return {e for modele in self.document.iter("template") for e in modele.iterdescendants()}


Invariant = Callable[[Lue], Iterable[str]]
INVARIANTS: dict[str, Invariant] = {}


def invariant(regle: Invariant) -> Invariant:
    INVARIANTS[regle.__name__] = regle
    return regle


def fautes(lue: Lue) -> list[str]:
    """Run every invariant."""
    return [f"{nom} : {faute}" for nom, regle in INVARIANTS.items() for faute in regle(lue)]


def _montrer(element: Element) -> str:
    attributs = " ".join(f'{n}="{v}"' for n, v in attributs_de(element).items())
    return f"<{element.tag} {attributs}>"[:140]


# ---------------------------------------------------------------------------- the document


@invariant
def langue(lue: Lue) -> Iterator[str]:
    if lue.document.get("lang") != "fr":
        yield "la page n'annonce pas qu'elle est en français"


@invariant
def titre_du_document(lue: Lue) -> Iterator[str]:
    titres = [t.text or "" for t in lue.document.iterfind("head/title")]
    if len(titres) != 1 or not re.fullmatch(r"\S.* – Fiche vivante", titres[0]):
        yield f"titre {titres}"


@invariant
def un_seul_h1(lue: Lue) -> Iterator[str]:
    titres = [h for h in lue.tous("//h1") if exposee(h)]
    if len(titres) != 1:
        yield f"{len(titres)} h1"
    yield from ("un h1 vide" for h in titres if not nom_accessible(h))


@invariant
def niveaux_de_titres(lue: Lue) -> Iterator[str]:
    niveau = 0
    for titre in lue.tous("//h1|//h2|//h3|//h4|//h5|//h6"):
        suivant = int(titre.tag[1])
        if suivant > niveau + 1:
            yield f"« {nom_accessible(titre)} » saute du niveau {niveau} au niveau {suivant}"
        niveau = suivant


@invariant
def reperes(lue: Lue) -> Iterator[str]:
    principaux = lue.tous("//main")
    if len(principaux) != 1:
        yield f"{len(principaux)} main"
    premier = next(iter(lue.tous("//body//a|//body//button|//body//input")), None)
    if premier is None or not principaux or premier.get("href") != f"#{principaux[0].get('id')}":
        yield "le premier lien ne mène pas au contenu"
    for identifiant, role in (("toasts", "status"), ("alertes", "alert")):
        region = lue.ids.get(identifiant)
        if region is None or region.get("role") != role:
            yield f"la zone de messages « {identifiant} » n'est pas là"


_BALISE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_VIDES = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_GUILLEMETS = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUT = re.compile(r"([^\s=\"'/]+)")


@invariant
def structure(lue: Lue) -> Iterator[str]:
    yield from lue.syntaxe
    ouvertes: list[str] = []
    for fermante, nom, attributs in _BALISE.findall(lue.html):
        balise = nom.lower()
        noms = _ATTRIBUT.findall(_GUILLEMETS.sub("", attributs).replace("=", " "))
        if len(set(noms)) != len(noms):
            yield f"attribut répété dans <{balise}{attributs}>"
        if balise in _VIDES:
            continue
        if not fermante:
            # Browsers drop the inner one without a word, and its fields go to the outer one.
            if balise == "form" and balise in ouvertes:
                yield "un formulaire dans un formulaire"
            ouvertes.append(balise)
        elif not ouvertes or ouvertes.pop() != balise:
            yield f"</{balise}> ne ferme pas la dernière balise ouverte"
            return
    if ouvertes:
        yield f"balises jamais fermées : {ouvertes}"


@invariant
def identifiants_uniques(lue: Lue) -> Iterator[str]:
    vus = Counter(e.get("id", "") for e in elements(lue.document, "//*[@id]"))
    yield from (f"« {nom} » est porté {nombre} fois" for nom, nombre in vus.items() if nombre > 1)
    yield from (f"« {nom} » n'est pas un identifiant" for nom in vus if not re.fullmatch(r"\S+", nom))


# ---------------------------------------------------------------------------- names


@invariant
def controles_nommes(lue: Lue) -> Iterator[str]:
    for controle in lue.tous("//" + "|//".join(sorted(SAISIES - {"button"}))):
        if controle.get("type") == "hidden" or "hidden" in controle.attrib:
            continue
        if not nom_accessible(controle):
            yield f"sans libellé : {_montrer(controle)}"


@invariant
def commandes_nommees(lue: Lue) -> Iterator[str]:
    for element in elements(lue.document, "//button|//a[@href]|//summary"):
        if "hidden" not in element.attrib and not nom_accessible(element):
            yield f"sans nom : {_montrer(element)}"
    yield from (f"lien sans adresse : {_montrer(e)}" for e in lue.tous("//a[not(@href)]"))
    yield from (f"image sans alt : {_montrer(e)}" for e in lue.tous("//img") if "alt" not in e.attrib)


_NOMMANTS = {"aria-label", "aria-labelledby"}


@invariant
def regions_nommees(lue: Lue) -> Iterator[str]:
    for element in lue.tous("//nav|//dialog|//fieldset|//article|//section[node()]"):
        if not nom_accessible(element) or not (element.tag == "fieldset" or _NOMMANTS & set(element.attrib)):
            yield f"sans nom : {_montrer(element)}"
    noms = Counter((e.tag, nom_accessible(e)) for e in lue.tous("//nav|//section") if _NOMMANTS & set(e.attrib))
    yield from (f"{nombre} régions s'appellent « {nom} »" for (_, nom), nombre in noms.items() if nombre > 1)


_ARIA = frozenset(
    [
        "aria-label",
        "aria-labelledby",
        "aria-describedby",
        "aria-hidden",
        "aria-current",
        "aria-disabled",
        "aria-invalid",
    ]
)
_ROLES = frozenset({"status", "alert", "search"})


@invariant
def aria_connu(lue: Lue) -> Iterator[str]:
    for _, nom, valeur in lue.attributs:
        if nom.startswith("aria-") and (nom not in _ARIA or not valeur.strip()):
            yield f"{nom}=« {valeur} »"
        elif nom == "role" and valeur not in _ROLES:
            yield f"role=« {valeur} »"
        elif nom in {"aria-hidden", "aria-disabled", "aria-invalid"} and valeur not in {"true", "false"}:
            yield f"{nom}=« {valeur} »"


REFERENCES = (
    "for", "form", "headers", "list", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls",
    "aria-owns",
)  # fmt: skip


@invariant
def references(lue: Lue) -> Iterator[str]:
    for nom in REFERENCES:
        for element in lue.tous(f"//*[@{nom}]"):
            for identifiant in element.get(nom, "").split() or [""]:
                cible = lue.ids.get(identifiant)
                if cible is None:
                    yield f"{nom}=« {identifiant} » ne désigne rien"
                elif nom == "for" and (cible.tag not in SAISIES or cible.get("type") == "hidden"):
                    yield f"for=« {identifiant} » ne désigne pas un champ"
                elif nom == "form" and cible.tag != "form":
                    yield f"form=« {identifiant} » n'est pas un formulaire"
                elif nom == "popovertarget" and "popover" not in cible.attrib:
                    yield f"popovertarget=« {identifiant} » ne s'ouvre pas"
    for lien in lue.tous("//a[starts-with(@href, '#')]"):
        if lien.get("href", "")[1:] not in lue.ids:
            yield f"href=« {lien.get('href')} » ne mène nulle part"


# ---------------------------------------------------------------------------- words

_APOSTROPHE = re.compile(r"\w'\w")
_AVANT = re.compile(r"(?<!\xa0)»| (?=[:;?!»](?:\s|[.,)]|$))")
_COLLE = re.compile(r"[^\W\d_][:;?!](?:\s|$)")
_APRES = re.compile(r"«(?!\xa0)")
_AUTRES = re.compile(r'"|\.\.\.|\( | \)')
_ATTRIBUTS_LUS = ("aria-label", "alt", "title", "placeholder")


@invariant
def typographie(lue: Lue) -> Iterator[str]:
    """French as it is printed; what people typed is theirs."""
    for nom, motif in (
        ("apostrophe droite", _APOSTROPHE), ("espace ordinaire avant", _AVANT), ("espace oubliée avant", _COLLE),
        ("espace ordinaire après «", _APRES), ("signe", _AUTRES),
    ):  # fmt: skip
        if trouve := motif.search(lue.textes):
            yield f"{nom} ({trouve.group()!r}) : {_autour(lue.textes, trouve)}"


@invariant
def rien_de_publie(lue: Lue) -> Iterator[str]:
    """This product cannot publish: no formation may be said « publiée »."""
    if trouve := re.search(r"\bpublié(e|s|es)?\b", lue.textes, re.IGNORECASE):
        yield _autour(lue.textes, trouve)


def _autour(texte: str, trouve: re.Match[str]) -> str:
    return f"« {texte[max(0, trouve.start() - 60) : trouve.end() + 60]} »"


def textes_du_produit(lue: Lue) -> str:
    """Give what is read on the page, block by block, without what people typed nor what the registry says."""
    corps = deepcopy(lue.document.find("body"))
    assert corps is not None, "une page sans corps"
    for cite in corps.iter("code"):
        cite.text = ""  # The text of a file is quoted as it is written there.
    lus = phrases(corps)
    for titre in lue.document.iterfind("head/title"):
        lus.append(tel_quel(titre.text or ""))
    for nom in _ATTRIBUTS_LUS:
        lus += [tel_quel(e.get(nom, "")) for e in elements(lue.document, f"//*[@{nom}]")]
    lus += [tel_quel(o.text or "") for o in lue.document.iter("option")]
    for modele in lue.document.iter("template"):
        lus += [tel_quel(str(t)) for t in modele.itertext()]
    texte = _DU_REGISTRE.sub("REGISTRE", "\n".join(lus))
    return _saisies(lue.saisies).sub("SAISIE", texte)


@lru_cache(maxsize=256)
def _saisies(textes: frozenset[str]) -> re.Pattern[str]:
    # The longest first: a text may hold another. Where there is none, nothing is found.
    tries = sorted((t for t in textes if t.strip()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, tries)) or r"(?!)")


# What the registry says is quoted from its sources; it is not ours to typeset.
_DU_REGISTRE = _saisies(frozenset(t for c in CERTIFICATIONS for t in (c.intitule, *c.certificateurs)))
