"""From the portal's file to its objects: what each field says, what has no field, what is not where it should be.

Whatever writes them, files come in all shapes (numbers with spaces, removed elements, extras in another order): all
that can be understood is, and what is not is told, with its line. Nothing is judged here: the domain does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from lxml import etree

from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.saisies import ANNEES, COURT, lire, lire_jour
from webapp.domain.textes import couper, dire, fr, normaliser_valeur
from webapp.edof.conserve import EXTRAS, nom_court, nom_de, numero_tenu, repere, se_rend
from webapp.edof.formats import RETIRES
from webapp.edof.objets import Objet, Reference, Reste
from webapp.edof.ordre import FORMATION, Place, codes

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMEROS = ("numero", "datecrea", "datemaj")
_DATE_DITE = 40
_PAS_UNE_DATE = "« {date} » n'est pas une date que le portail prendrait : celle d'ici la remplace."
_NUMERO_ABSENT = fr("absent ou vide ; le nôtre est donné à sa place.")
_NUMERO_REFUSE = "le portail ne prendrait pas « {numero} » ; le nôtre est donné à sa place."
SANS_DATE = fr("pas de date ; celle d'ici la remplace.")
_REFERENCE_RETENUE = 8_192
"""Bytes of a contact or a place up to which what it says is kept in mind."""
_SUR_PLUSIEURS_LIGNES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Remarque:
    """Something that a file holds and that does not come in: its line, what it is, why."""

    ligne: int
    nom: str
    raison: str


@dataclass(slots=True)
class _Lu:
    """What is gathered of one object, or of a contact or place that it writes."""

    valeurs: dict[Champ, str] = field(default_factory=dict)
    references: dict[Champ, Reference] = field(default_factory=dict)
    enfants: list[Objet] = field(default_factory=list)
    reste: list[Reste] = field(default_factory=list)
    lignes: dict[str, int] = field(default_factory=dict)
    numero: str = ""
    numero_adresse: str = ""


@lru_cache(maxsize=256)
def _table(places: tuple[Place, ...]) -> dict[tuple[str, str], tuple[Place, ...]]:
    """Give the places of a block by the name and the element of each; several share one (`ligne`)."""
    table: dict[tuple[str, str], tuple[Place, ...]] = {}
    for place in places:
        cle = (place.nom, place.balise)
        table[cle] = (*table.get(cle, ()), place)
    return table


def lire_formation(element: etree._Element, remarques: list[Remarque]) -> Objet:
    """Give what a `formation` says, with its actions and sessions; what does not come in is added to `remarques`."""
    return _objet(element, Niveau.FORMATION, FORMATION, remarques)


def _objet(element: etree._Element, niveau: Niveau, places: tuple[Place, ...], remarques: list[Remarque]) -> Objet:
    lu = _Lu()
    numero, *dates = (element.get(nom, "").strip() for nom in _NUMEROS)
    cree_le, modifie_le = map(_jour_lu, dates)
    if not (cree_le and modifie_le):
        remarques += _dates_perdues(element)
    inconnus = [str(nom) for nom in element.attrib if nom not in _NUMEROS]
    remarques += [
        Remarque(_ligne(element), f"@{nom}", fr("attribut inconnu : il n'est pas repris.")) for nom in inconnus
    ]
    _Lecteur(lu, remarques).lire(element, places)
    return Objet(
        niveau, numero, cree_le, modifie_le, {c: v for c, v in lu.valeurs.items() if v}, lu.references,
        tuple(lu.enfants), tuple(lu.reste), _ligne(element), lu.lignes,
    )  # fmt: skip


@lru_cache(maxsize=1_024)  # A file says the same days thousands of times.
def _jour_lu(ecrit: str) -> str:
    """Give a day as the file has it (AAAAMMJJ), however it is written; empty when it is none that the portal takes."""
    jour = lire_jour(ecrit.partition("T")[0])
    return f"{jour:%Y%m%d}" if jour is not None and jour.year in ANNEES else ""


def _dates_perdues(element: etree._Element) -> Iterator[Remarque]:
    for nom in _NUMEROS[1:]:
        ecrite = element.get(nom, "").strip()
        if not _jour_lu(ecrite):
            raison = dire(_PAS_UNE_DATE, date=couper(ecrite, _DATE_DITE)) if ecrite else SANS_DATE
            yield Remarque(_ligne(element), f"@{nom}", raison)


_RIEN = Reference("", {})


@dataclass(slots=True)
class _Lecteur:
    """Reads one object: what it holds goes into `lu`, what it refers to into a reference of its own."""

    lu: _Lu
    remarques: list[Remarque]
    ref: _Lu | None = None
    prefixe: str = ""

    def lire(self, parent: etree._Element, places: tuple[Place, ...], chemin: str = "") -> None:
        """Read what a block holds, whatever its order; what is met twice counts once."""
        table = _table(places)
        vues: dict[tuple[str, str], int] = {}
        fois: dict[str, int] = {}
        avant = ""
        for fils in parent.iterchildren(etree.Element):
            balise = nom_court(fils)
            nom = fils.get("info", balise) if balise in EXTRAS else balise
            siennes = table.get((nom, balise), ())
            rang = vues.get((nom, balise), 0)
            if rang >= len(siennes):
                self._sans_place(parent, places, fils, Reste(chemin, avant, ""))
                continue
            place = siennes[rang]
            fois[nom] = fois.get(nom, 0) + 1
            avant = repere(nom, fois[nom])
            if place.niveau is not None or place.par_ligne is not None:
                self._une(fils, place, chemin, nom)
                continue
            vues[nom, balise] = rang + 1
            champ = place.champ
            if champ is None or champ.nature.est_reference:
                self._une(fils, place, chemin, nom)
            else:
                self._valeur(fils, champ)

    def _sans_place(
        self, parent: etree._Element, places: tuple[Place, ...], fils: etree._Element, ou: Reste
    ) -> None:  # fmt: skip
        """Keep what can be given back where it stands, among the extras; tell the rest, which has no place anywhere."""
        nom = nom_de(fils)
        if nom in RETIRES:
            self.remarques.append(Remarque(_ligne(fils), nom, RETIRES[nom]))
        elif se_rend(parent, places, fils):
            self.lu.reste.append(replace(ou, xml=_sans_espace(fils)))
        else:
            self.remarques.append(
                Remarque(_ligne(fils), nom, fr("élément inconnu, ou donné deux fois : il n'est pas repris."))
            )

    def _une(self, element: etree._Element, place: Place, chemin: str, nom: str) -> None:
        """Read what is more than one value."""
        champ = place.champ
        if place.niveau is not None:
            self.lu.enfants.append(_objet(element, place.niveau, place.contenu, self.remarques))
            return
        if place.par_ligne is not None:
            self._valeur(element if champ else _premier(element), place.par_ligne)
            return
        chemin = f"{chemin}/{nom}" if chemin else nom
        if champ is None:
            if place.numerote and self.ref is not None:
                self.ref.numero_adresse = self._numero(element)
            self.lire(element, place.contenu, chemin)
        else:
            self._reference(element, place, champ, chemin)

    def _reference(self, element: etree._Element, place: Place, champ: Champ, chemin: str) -> None:
        """Read a contact or a place, written whole; what stands beside it completes it."""
        self.lu.lignes.setdefault(champ.nom, _ligne(element))
        deja = self.lu.references.get(champ)
        if deja is None:
            xml = etree.tostring(element, encoding="utf-8", with_tail=False)
            if len(xml) <= _REFERENCE_RETENUE and _tient_ses_lignes(element, xml):
                self._reprendre(champ, _reference_lue(xml, place, champ, chemin), _ligne(element))
                return
        self.lire_reference(element, place, champ, chemin)

    def lire_reference(self, element: etree._Element, place: Place, champ: Champ, chemin: str) -> None:
        """Read a contact or a place, after what is known of it already."""
        deja = self.lu.references.get(champ, _RIEN)
        ref = _Lu(dict(deja.valeurs), numero=deja.numero, numero_adresse=deja.numero_adresse)
        if place.numerote and place.nom == "coordonnees":
            ref.numero = self._numero(element)
        elif place.numerote:
            ref.numero_adresse = self._numero(element)
        _Lecteur(self.lu, self.remarques, ref, f"{champ.nom}/").lire(element, place.contenu, chemin)
        valeurs = {c: v for c, v in ref.valeurs.items() if v}
        self.lu.references[champ] = Reference(ref.numero, valeurs, ref.numero_adresse)

    def _numero(self, element: etree._Element) -> str:
        """Give the number of a contact or an address; empty, and told, where ours is to stand for it."""
        numero = element.get("numero", "")
        if numero_tenu(numero):
            return numero
        dit = " ".join(numero.split())
        raison = dire(_NUMERO_REFUSE, numero=couper(dit, _DATE_DITE)) if dit else _NUMERO_ABSENT
        self.remarques.append(Remarque(_ligne(element), f"{nom_court(element)} @numero", raison))
        return ""

    def _reprendre(self, champ: Champ, visee: _Visee, ligne: int) -> None:
        """Take a contact or a place that was read by itself, and what is to be told of it at the line where it is."""
        avant = ligne - visee.ligne
        for nom, relative in visee.lignes:
            self.lu.lignes.setdefault(nom, relative + avant)
        self.lu.reste += visee.reste
        self.remarques += [Remarque(une.ligne + avant, une.nom, une.raison) for une in visee.remarques]
        self.lu.references[champ] = visee.reference

    def _valeur(self, element: etree._Element | None, champ: Champ) -> None:
        if element is None:
            return
        valeurs = self.lu.valeurs if self.ref is None else self.ref.valeurs
        nom = f"{self.prefixe}{champ.nom}" if self.prefixe else champ.nom
        self.lu.lignes.setdefault(nom, _ligne(element))
        texte = "".join(map(str, element.itertext())) if len(element) else element.text or ""
        valeur = valeur_lue(champ, texte)
        avant = valeurs.get(champ)
        valeurs[champ] = valeur if not avant else f"{avant}\n{valeur}" if valeur else avant


@dataclass(frozen=True, slots=True)
class _Visee:
    """A contact or a place read by itself: its lines are counted from its own."""

    reference: Reference
    ligne: int
    lignes: tuple[tuple[str, int], ...]
    reste: tuple[Reste, ...]
    remarques: tuple[Remarque, ...]


@lru_cache(maxsize=1_024)
def _reference_lue(xml: bytes, place: Place, champ: Champ, chemin: str) -> _Visee:
    """Read a contact or a place by itself: a file writes the same ones whole, session after session."""
    element = etree.fromstring(xml)
    lu, remarques = _Lu(), list[Remarque]()
    _Lecteur(lu, remarques).lire_reference(element, place, champ, chemin)
    return _Visee(lu.references[champ], _ligne(element), tuple(lu.lignes.items()), tuple(lu.reste), tuple(remarques))


def _tient_ses_lignes(element: etree._Element, xml: bytes) -> bool:
    """Say whether an element that is written again has its lines: it has not, where marks are on several of them."""
    dernier = element
    while (fils := next(dernier.iterchildren(etree.Element, reversed=True), None)) is not None:
        dernier = fils
    nom = nom_court(dernier) if dernier.prefix is None else f"{dernier.prefix}:{nom_court(dernier)}"
    return xml.count(b"\n", 0, xml.rfind(f"<{nom}".encode())) == _ligne(dernier) - _ligne(element)


def valeur_lue(champ: Champ, texte: str) -> str:
    """Give the value of the domain that a text of the file says: `96213` for 1, « oui » for 1, as typed otherwise."""
    return _courte_lue(champ, texte) if len(texte) <= COURT else _valeur_lue(champ, texte)


def _valeur_lue(champ: Champ, texte: str) -> str:
    if not champ.multiligne and "\n" in texte:
        texte = _SUR_PLUSIEURS_LIGNES.sub(" ", texte).strip()
    ecrits = codes(champ)
    if ecrits is not None:
        brut = texte.strip()
        return next((code for code, ecrit in ecrits.items() if ecrit == brut), lire(champ, brut))
    if champ.niveau is Niveau.FORMATION or champ.nature is Nature.TEXTE:
        return normaliser_valeur(texte) if champ.motif is None else lire(champ, texte)
    return lire(champ, texte)


# A file says the same codes, dates and addresses thousands of times.
_courte_lue = lru_cache(maxsize=8_192)(_valeur_lue)


def _premier(element: etree._Element) -> etree._Element | None:
    return element[0] if len(element) else None


def _ligne(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _sans_espace(element: etree._Element) -> str:
    """Give the text of an element, its namespace and what follows it left out."""
    copie = etree.fromstring(etree.tostring(element, encoding="utf-8", with_tail=False))
    for un in copie.iter(etree.Element):
        un.tag = etree.QName(un).localname
    etree.cleanup_namespaces(copie)
    return etree.tostring(copie, encoding="unicode")


def formations(racine: etree._Element) -> Iterator[etree._Element]:
    """Give the formations of a file that is read whole."""
    return racine.iterfind("{*}offres/{*}formation")
