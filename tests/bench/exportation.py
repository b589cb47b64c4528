"""The export for the portal against what it cannot do without: writing the same file, and reading the same rows.

What the reference is
---------------------
Writing alone: lxml makes the elements of the file, from their names, attributes and texts ready in memory, puts them in
lines (`etree.indent`) and gives their bytes in ISO-8859-1. Reading alone: one SELECT of all columns for
each of the three tables, their values converted. Judging what goes out, looking for the characters that the file cannot
carry, and reading again by the schema what was written come on top: the target is three times the reference.

What is measured is processor time. The memory is the most that Python held at once, over a part of the catalogue and
over the whole: it must not grow with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lxml import etree
from sqlalchemy import Connection, select

from tests.bench import controle
from tests.bench.controle import LE
from tests.bench.importation import Duree
from tests.bench.mesure import Mediane, MesureImpossible, rapport, tenu
from webapp.domain.comptes import Organisme
from webapp.edof.formats import ACTUEL
from webapp.persistence.tables import action, formation, session_formation
from webapp.services import export_edof

PLAFOND = 3.0
PLAFOND_MEMOIRE = 1.25
FORMATIONS = 200
ACCEPTES = {"\u2019": "'", "\u0153": "oe", "\u2026": "...", "\u20ac": "EUR", "\u202f": "\u00a0", "\u2013": "-"}
_ESPACES: Any = {None: ACTUEL.espace}
_Plan = tuple[str, dict[str, str], str | None, list[Any]]


@dataclass(frozen=True)
class Exportation:
    """What the export of a catalogue costs. Memory: bytes, over a part of the file and over the whole."""

    formations: int
    octets: int
    produits: tuple[Duree, ...]
    ecritures: tuple[Duree, ...]
    lectures: tuple[Duree, ...]
    memoire_partie: int
    memoire: int

    @property
    def references(self) -> list[Duree]:
        """Writing and reading alone, passage by passage."""
        return [e + le for e, le in zip(self.ecritures, self.lectures, strict=True)]

    @property
    def multiple(self) -> Mediane:
        """The figure that the target is about."""
        return rapport([d.processeur for d in self.produits], [d.processeur for d in self.references])

    @property
    def croissance(self) -> float:
        """Give how much more memory the whole takes than a part."""
        return self.memoire / self.memoire_partie

    @property
    def tenu(self) -> bool:
        """Whether both targets are met."""
        return tenu(self.multiple.valeur, PLAFOND) and tenu(self.croissance, PLAFOND_MEMOIRE)


def mesurer(dossier: Path, passages: int, dire: Callable[[int], None], nombre: int = FORMATIONS) -> Exportation:
    """Export a catalogue of `nombre` formations so many times.

    Raises MesureImpossible when lxml writes another file.
    """
    with controle.base("sqlite", dossier) as base:
        organisme = controle.remplir(base, nombre)
        with base.lecture() as cnx:
            # Once for nothing: statements are compiled, the registry is remembered, the schema is made.
            fichier = b"".join(produire(cnx, organisme))
            plan = _planifier(etree.fromstring(fichier))
            if _sans_blancs(_ecrire(plan)) != _sans_blancs(fichier):
                raise MesureImpossible("lxml n’écrit pas le même fichier")
            produits, ecritures, lectures = [], [], []
            for numero in range(1, passages + 1):
                dire(numero)
                produits.append(controle.chronometrer(lambda: sum(map(len, produire(cnx, organisme))))[0])
                ecritures.append(controle.chronometrer(lambda: len(_ecrire(plan)))[0])
                lectures.append(controle.chronometrer(lambda: _lire(cnx))[0])
            partie, tout = controle.memoires(produire(cnx, organisme), max(2, nombre // 4))
    return Exportation(
        nombre, len(fichier), tuple(produits), tuple(ecritures), tuple(lectures), partie, tout
    )  # fmt: skip


def produire(cnx: Connection, organisme: Organisme) -> Iterator[bytes]:
    """Give the file of a catalogue, all that is proposed for its characters being accepted."""
    return export_edof.produire(cnx, organisme, LE, ACCEPTES)


def _planifier(element: etree._Element) -> _Plan:
    """Give what lxml is to write of an element, as plain values."""
    attributs = {str(nom): str(valeur) for nom, valeur in element.attrib.items()}
    return str(element.tag), attributs, element.text if not len(element) else None, [_planifier(f) for f in element]


def _ecrire(plan: _Plan) -> bytes:
    """Write a file as lxml does, and nothing else."""
    racine = _construire(plan, None)
    etree.indent(racine)
    return cast("bytes", etree.tostring(racine, encoding=ACTUEL.encodage, xml_declaration=True))


def _construire(plan: _Plan, parent: etree._Element | None) -> etree._Element:
    nom, attributs, texte, enfants = plan
    element = etree.Element(nom, attributs, _ESPACES) if parent is None else etree.SubElement(parent, nom, attributs)
    element.text = texte
    for enfant in enfants:
        _construire(enfant, element)
    return element


def _sans_blancs(fichier: bytes) -> bytes:
    racine = etree.fromstring(fichier, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(racine, method="c14n2")


def _lire(cnx: Connection) -> int:
    return sum(len(cnx.execute(select(table)).all()) for table in (formation, action, session_formation))
