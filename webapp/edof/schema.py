"""A schema of the portal's file, made from the table of places and from what each field may be; extras are typed too.

The official schema looks into no extra, and takes 31 February or a price of « gratuit »: this one does not. An XML
schema cannot tell `<extra info="a">` from `<extra info="b">`: before it is asked, each is given its field's name
(`nommer`), which changes neither what is written nor where.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain import champs
from webapp.domain.champs import Nature, Niveau
from webapp.domain.identifiants import LONGUEUR_MAX
from webapp.edof.formats import ACTUEL
from webapp.edof.ordre import FORMATION, Forme, Place, codes

if TYPE_CHECKING:
    from webapp.domain.champs import Champ
    from webapp.edof.formats import Format

_XS = "http://www.w3.org/2001/XMLSchema"
_BISSEXTILES = "(0[48]|[2468][048]|[13579][26])"
# A day that exists, from 1900 to 2199 as the domain has it: 31 February and 29 February 2027 do not.
_ANNEE = "(19|20|21)[0-9]{2}"
_JOUR = (
    f"{_ANNEE}(0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|{_ANNEE}(0[469]|11)(0[1-9]|[12][0-9]|30)"
    f"|{_ANNEE}02(0[1-9]|1[0-9]|2[0-8])|((19|20|21){_BISSEXTILES}|2000)0229"
)
_MOTIFS: dict[Nature, str] = {
    Nature.DATE: _JOUR,
    Nature.MONTANT: r"(0|[1-9][0-9]{0,9})\.[0-9]{2}",
    Nature.ENTIER: "0|[1-9][0-9]*",
    Nature.TELEPHONE: r"\+?[0-9]{1,15}",
    Nature.COURRIEL: r"[^@\s]+@[^@\s]+",
    Nature.ADRESSE_WEB: r"[hH][tT][tT][pP][sS]?://\S+",
}
_BLOC = "RNCP[0-9]{1,6}BC[0-9]{1,3}"
_UNE_LIGNE, _PLUSIEURS = r"[^\n]*[^\s][^\n]*", r"[\s\S]*[^\s][\s\S]*"
# What a formation asks for only when it is of one type, or of one kind of certification: the judge says so.
_SELON_LE_TYPE = frozenset({champs.CATEGORISATION, champs.BLOCS})


@cache
def schema(format_: Format = ACTUEL) -> etree.XMLSchema:
    """Give the schema of one formation, whose extras bear their fields' names (see `nommer`)."""
    return etree.XMLSchema(arbre(format_))


def arbre(format_: Format = ACTUEL) -> etree._Element:
    """Give the schema as it is written."""
    racine = etree.Element(
        f"{{{_XS}}}schema", {"targetNamespace": format_.espace, "elementFormDefault": "qualified"},
        {"xs": _XS, "p": format_.espace},
    )  # fmt: skip
    racine.append(_objet("formation", FORMATION))
    return racine


def nommer(formation: etree._Element) -> None:
    """Give each extra the name of its field, in place: `<extra info="garantie">` becomes `<extra-garantie>`."""
    # Listed first: what is renamed while it is walked would be lost of the walk.
    for element in list(formation.iter("{*}extra", "{*}extras")):
        if (info := element.get("info")) is not None and _NOM.fullmatch(info):
            element.tag = f"{element.tag}-{info}"
            del element.attrib["info"]


_NOM = re.compile(r"[A-Za-z][A-Za-z0-9-]*", re.ASCII)


def _objet(nom: str, places: tuple[Place, ...]) -> etree._Element:
    """Give the element of a level: what it holds in order, its three attributes, and numbers that are given once."""
    element = _xs(
        "element",
        _xs(
            "complexType",
            _xs("sequence", *_suite(places)),
            _attribut("numero", _motif(_UNE_LIGNE, LONGUEUR_MAX)),
            _attribut("datemaj", _motif(_JOUR)),
            _attribut("datecrea", _motif(_JOUR)),
        ),
        name=nom,
    )
    for dessous in (place for place in places if place.niveau is not None):
        element.append(_unique(f"numero-{dessous.nom}", f"p:{dessous.nom}", "@numero"))
        if dessous.niveau is Niveau.SESSION:
            # Two sessions of the same dates are refused (10133); those without dates are not compared.
            element.append(_unique("dates-session", "p:session", "p:periode/p:debut", "p:periode/p:fin"))
    return element


def _xs(nom: str, *contenu: etree._Element, **attributs: str) -> etree._Element:
    element = etree.Element(f"{{{_XS}}}{nom}", attributs)
    element.extend(contenu)
    return element


def _suite(places: tuple[Place, ...]) -> list[etree._Element]:
    """Give the elements of these places in order; those of one name are one element, as many times as there are."""
    suite = []
    for _, siennes in groupby(places, lambda place: (place.nom, place.balise)):
        premiere, *autres = siennes
        element = _place(premiere)
        if autres:
            element.set("maxOccurs", str(1 + len(autres)))
        suite.append(element)
    return suite


def _place(place: Place) -> etree._Element:
    nom = place.nom if place.forme is Forme.ELEMENT else f"{place.balise}-{place.nom}"
    if place.niveau is not None:
        element = _objet(nom, place.contenu)
        element.set("maxOccurs", "unbounded")
        return element
    if place.contenu:
        element = _xs("element", _contenant(place), name=nom)
    else:
        assert place.champ is not None  # noqa: S101 - a place without content carries a field
        element = _xs("element", _valeur(place.champ, place.prefixe), name=nom)
    element.set("minOccurs", "1" if _exige(place) else "0")
    if (champ := place.par_ligne) is not None:
        element.set("maxOccurs", str(champ.plusieurs) if champ.plusieurs > 1 else "unbounded")
    return element


def _contenant(place: Place) -> etree._Element:
    contenu = place.contenu
    if any(dedans.prefixe for dedans in contenu):
        return _xs("complexType", _xs("choice", *[_toujours(_place(dedans)) for dedans in contenu]))
    # What is there only to hold one thing, or two that mean nothing apart, is there with them.
    ensemble = (len(contenu) == 1 and place.forme is not Forme.EXTRAS) or place.nom in _ENSEMBLE
    fils = [_toujours(dedans) for dedans in _suite(contenu)] if ensemble else _suite(contenu)
    attributs = [_attribut("numero", _motif(_UNE_LIGNE, LONGUEUR_MAX))] if place.numerote else []
    return _xs("complexType", _xs("sequence", *fils), *attributs)


_ENSEMBLE = frozenset({"geolocalisation", "codes-modalites-admission", "codes-rythme-formation", "blocs-competences"})


def _toujours(element: etree._Element) -> etree._Element:
    element.set("minOccurs", "1")
    return element


def _exige(place: Place) -> bool:
    """Say whether a file without this place is refused: itself, or something that only it can hold."""
    champ = place.champ
    if place.exige or champ is None:
        return place.exige or any(_exige(dedans) for dedans in place.contenu)
    if place.forme is Forme.EXTRAS or champ in _SELON_LE_TYPE:
        return False
    return champ.exige_schema or (champ.exige_cdc and (champ.obligatoire or champ.nature.est_reference))


def _valeur(champ: Champ, prefixe: str) -> etree._Element:
    """Give the type of a value, by the nature of its field: codes, or a form and a length."""
    if prefixe:
        return _motif(f"{prefixe}[0-9]+", champ.longueur_max)
    if (ecrits := codes(champ)) is not None:
        valeurs = [_xs("enumeration", value=ecrit) for ecrit in ecrits.values()]
        return _xs("simpleType", _xs("restriction", *valeurs, base="xs:string"))
    if champ.nature is Nature.ENTIER and champ.bornes is not None:
        bas, haut = (str(borne) for borne in champ.bornes)
        entier = _xs("restriction", _xs("pattern", value=_MOTIFS[champ.nature]), base="xs:integer")
        entier.extend([_xs("minInclusive", value=bas), _xs("maxInclusive", value=haut)])
        return _xs("simpleType", entier)
    motif = _BLOC if champ is champs.BLOCS else _MOTIFS.get(champ.nature)
    if motif is not None:
        return _motif(motif, None if champ.nature in {Nature.DATE, Nature.MONTANT} else champ.longueur_max)
    if champ.motif is not None:
        return _motif(champ.motif.pattern.replace("(?:", "("), champ.longueur_max)
    return _motif(_PLUSIEURS if champ.multiligne else _UNE_LIGNE, champ.longueur_max)


def _motif(motif: str, longueur_max: int | None = None) -> etree._Element:
    restriction = _xs("restriction", _xs("pattern", value=motif), base="xs:string")
    if longueur_max is not None:
        restriction.append(_xs("maxLength", value=str(longueur_max)))
    return _xs("simpleType", restriction)


def _attribut(nom: str, type_: etree._Element) -> etree._Element:
    return _xs("attribute", type_, name=nom, use="required")


def _unique(nom: str, choix: str, *champs_: str) -> etree._Element:
    return _xs("unique", _xs("selector", xpath=choix), *[_xs("field", xpath=champ) for champ in champs_], name=nom)
