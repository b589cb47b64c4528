"""What is wrong with the bytes of a file, each fault with its line and its reason, in French.

The schema (`schema`) looks at where things stand and at the form of each value. What values mean together is the
domain's to say, of the objects that are read: what one lets through the other may refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from webapp.domain.champs import Nature
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.formats import ACTUEL, RETIRES
from webapp.edof.ordre import FORMATION, Forme, chemins
from webapp.edof.schema import nommer, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from webapp.domain.champs import Champ
    from webapp.edof.formats import Format
    from webapp.edof.ordre import Place


@dataclass(frozen=True, slots=True)
class Faute:
    """One thing for which the portal would refuse the file: its line, the element, why, and its number if known.

    `chemin`: where it is, as a path of elements from its formation.
    """

    ligne: int
    element: str
    raison: str
    numero_edof: int | None = None
    chemin: str = field(default="", compare=False)

    @property
    def dite(self) -> str:
        """Say it in a sentence that names its element as the file does."""
        return self.du_champ(self.element)

    def du_champ(self, nom: str) -> str:
        """Say it in a sentence that names what it is about."""
        predicat = self.raison[0].isalpha() and not self.raison.startswith("il ")
        return dire("« {nom} » {raison}" if predicat else "dans « {nom} », {raison}", nom=nom, raison=self.raison)


def verifier_formation(formation: etree._Element, format_: Format = ACTUEL) -> tuple[Faute, ...]:
    """Say what the schema has against one formation, in the order of the file. The element given is changed: `nommer`.

    A value that breaks several rules is told once, by the first that says something of it.
    """
    nommer(formation)
    validateur = schema(format_)
    if validateur.validate(formation):
        return ()
    fautes: dict[tuple[int, str, int | None], Faute] = {}
    for erreur in cast("Iterable[Any]", validateur.error_log):
        faute = _traduire(erreur.line, erreur.type_name, erreur.message)
        if faute is not None:
            chemin = (erreur.path or "").removeprefix(_RACINE)
            fautes.setdefault((faute.ligne, faute.element, faute.numero_edof), replace(faute, chemin=chemin))
    return tuple(sorted(fautes.values(), key=lambda faute: faute.ligne))


_RACINE = "/*"
_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'(?:, attribute '([^']+)')?")
_ATTENDUS = re.compile(r"\{[^}]*\}([\w-]+)")
_VALEUR = re.compile(r"The value '(.*?)' (?:is |has )", re.DOTALL)
_LONGUEUR = re.compile(r"length of '(\d+)'.*length of '(\d+)'", re.DOTALL)
_ENSEMBLE = re.compile(r"set \{(.*)\}", re.DOTALL)
_CONTRAINTE = re.compile(r"constraint '(?:\{[^}]*\})?([\w-]+)'")
_ATTRIBUT = re.compile(r"attribute '([^']+)'")


def _traduire(ligne: int, type_: str, message: str) -> Faute | None:
    """Give in French what libxml2 says of one fault; None for what only follows from another."""
    lu = _ELEMENT.match(message)
    traducteur = _TRADUCTEURS.get(type_)
    if lu is None or "No precomputed value" in message:
        return None
    element, attribut = lu.groups()
    if type_ == "SCHEMAV_CVC_IDC":
        return _en_double(ligne, element, message)
    if traducteur is None:
        return Faute(ligne, _dire(element), "n’a pas la forme attendue.")
    nom = f"@{attribut}" if attribut else element
    return Faute(ligne, _dire(element), fr(traducteur(nom, message)))


def _contenu(element: str, message: str) -> str:
    attendus = [_dire(nom) for nom in _ATTENDUS.findall(message.partition("Expected")[2])]
    suite = "" if not attendus else " : il faut ici " + " ou ".join(f"« {nom} »" for nom in attendus[:3])
    if "Missing child" in message:
        return f"il manque {' ou '.join(f'« {nom} »' for nom in attendus[:3])}."
    if (raison := RETIRES.get(_court(element))) is not None:
        return f"n'existe plus dans le format actuel ({raison})."
    if element.startswith(_PREFIXES) and _court(element) not in _CONNUS:
        return f"n'est pas un nom connu{suite}."
    return f"n'est pas à sa place, ou vient deux fois{suite}."


def _motif(nom: str, message: str) -> str:
    valeur = _valeur(message)
    if not valeur.strip():
        return f"« {nom} » est vide." if nom.startswith("@") else "est vide."
    if nom in {"@datemaj", "@datecrea"}:
        return f"« {valeur} » n'est pas une date du calendrier (AAAAMMJJ) dans « {nom} »."
    champ = CHAMPS_PAR_NOM.get(_court(nom))
    raison = _FORMES.get(champ.nature) if champ else None
    if champ is not None and raison is None:
        raison = champ.message or "n'a pas la forme attendue"
    return f"« {_abrege(valeur)} » {(raison or 'n’a pas la forme attendue').rstrip('.')}."


def _liste(_nom: str, message: str) -> str:
    lu = _ENSEMBLE.search(message)
    codes = [] if lu is None else [code.strip(" '") for code in lu[1].split(",")]
    fin = f" : {', '.join(codes)}" if len(codes) <= _CODES_MAX else ""
    return f"« {_abrege(_valeur(message))} » n'est pas une des valeurs prévues{fin}."


def _longueur(_nom: str, message: str) -> str:
    lu = _LONGUEUR.search(message)
    if lu is None:
        return "est trop long."
    return f"compte {pluriel(int(lu[1]), 'caractère')} : {lu[2]} au plus."


def _bornes(nom: str, message: str) -> str:
    champ = CHAMPS_PAR_NOM.get(_court(nom))
    entre = "" if champ is None or champ.bornes is None else f" : entre {champ.bornes[0]} et {champ.bornes[1]}"
    return f"« {_valeur(message)} » est hors des limites{entre}."


def _nombre(_nom: str, message: str) -> str:
    return f"« {_abrege(_valeur(message))} » n'est pas un nombre entier."


def _attribut_absent(_nom: str, message: str) -> str:
    lu = _ATTRIBUT.search(message)
    return f"il manque « @{lu[1]} »." if lu else "il manque un attribut."


def _attribut_inconnu(nom: str, _message: str) -> str:
    return f"« {nom} » n'est pas un attribut connu."


def _en_double(ligne: int, element: str, message: str) -> Faute:
    lu = _CONTRAINTE.search(message)
    if lu is not None and lu[1] == "dates-session":
        return Faute(ligne, _dire(element), "a les mêmes dates qu’une autre session de l’action.", 10133)
    return Faute(ligne, _dire(element), "porte le même numéro qu’une autre.")


_TRADUCTEURS: dict[str, Callable[[str, str], str]] = {
    "SCHEMAV_ELEMENT_CONTENT": _contenu,
    "SCHEMAV_CVC_PATTERN_VALID": _motif,
    "SCHEMAV_CVC_ENUMERATION_VALID": _liste,
    "SCHEMAV_CVC_MAXLENGTH_VALID": _longueur,
    "SCHEMAV_CVC_MININCLUSIVE_VALID": _bornes,
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID": _bornes,
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1": _nombre,
    "SCHEMAV_CVC_COMPLEX_TYPE_4": _attribut_absent,
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": _attribut_inconnu,
    "SCHEMAV_CVC_COMPLEX_TYPE_2_3": lambda _nom, _message: "contient du texte, là où seuls des éléments sont prévus.",
    "SCHEMAV_CVC_TYPE_3_1_2": lambda _nom, _message: "contient un élément, là où seul un texte est prévu.",
}
_FORMES: dict[Nature, str] = {
    Nature.DATE: "n'est pas une date du calendrier (AAAAMMJJ)",
    Nature.MONTANT: "n'est pas un montant avec deux décimales et un point, par exemple 1200.50",
    Nature.ENTIER: "n'est pas un nombre entier",
    Nature.TELEPHONE: "n'est pas un numéro de téléphone : des chiffres, avec « + » devant s'il le faut, sans espace",
    Nature.COURRIEL: "n'est pas une adresse électronique",
    Nature.ADRESSE_WEB: "n'est pas une adresse qui commence par https:// ou http://",
}
_CODES_MAX = 8
_LONGUEUR_DITE = 60
_PREFIXES = tuple(f"{forme.value}-" for forme in (Forme.EXTRA, Forme.EXTRAS))


def _valeur(message: str) -> str:
    lu = _VALEUR.search(message)
    return "" if lu is None else lu[1]


def _abrege(texte: str) -> str:
    return texte if len(texte) <= _LONGUEUR_DITE else f"{texte[:_LONGUEUR_DITE]}…"


def _court(nom: str) -> str:
    return next((nom.removeprefix(prefixe) for prefixe in _PREFIXES if nom.startswith(prefixe)), nom)


def _dire(nom: str) -> str:
    """Give a name as the file writes it: `extra info="garantie"` for the extra of that name."""
    prefixe = next((prefixe for prefixe in _PREFIXES if nom.startswith(prefixe)), None)
    return nom if prefixe is None else f'{prefixe[:-1]} info="{nom.removeprefix(prefixe)}"'


def _toutes(places: tuple[Place, ...]) -> Iterator[Place]:
    for _, place in chemins(places):
        yield place
        if place.niveau is not None:
            yield from _toutes(place.contenu)


_CONNUS = frozenset({place.nom for place in _toutes(FORMATION)})
CHAMPS_PAR_NOM: dict[str, Champ] = {
    place.nom: place.champ for place in reversed(list(_toutes(FORMATION))) if place.champ and not place.contenu
}
"""The field that a name of the file carries; where several share one (`ligne`), the first."""
