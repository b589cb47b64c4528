"""What the file's encoding cannot carry: which characters, where, and what a person may accept in their place.

ISO-8859-1 has neither « œ » nor « ’ » nor « € ». Nothing is replaced in silence, nothing becomes « ? » or a number:
each is shown once, with its places and what would stand for it, and a person accepts. What nothing stands for (an
emoji) keeps its offer out of the file until it is corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from webapp.domain.champs import Champ
from webapp.domain.latin_1 import passe, remplacement
from webapp.edof.noms_caracteres import nom_du_caractere

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from webapp.edof.objets import Objet, Reference

CONSERVE = Champ("conserve", "Ce qu’un import a conservé", None, "", obligatoire=False)
"""What stands for a field where a text was kept as a file had it, since no screen shows it."""

LIEUX_MAX = 20
"""How many places of one character are kept to be shown; all are counted."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a character was met: the level of the object, its number, the field; `dans`: the numbers above it."""

    niveau: str
    numero: str
    champ: Champ
    dans: tuple[str, ...] = ()


@dataclass(slots=True)
class Rencontre:
    """One character that the encoding cannot carry: what may stand for it (None: nothing), how often, where."""

    caractere: str
    remplacement: str | None
    fois: int = 0
    lieux: list[Lieu] = field(default_factory=list)

    @property
    def nom(self) -> str:
        """What it is called: for a sign that nobody sees, or that a font lacks."""
        return nom_du_caractere(self.caractere)


class Releve:
    """Gathers the characters that the encoding cannot carry, text after text, in memory that does not grow with them.

    `par_caractere`: in the order in which they were met.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.par_caractere: dict[str, Rencontre] = {}

    def lire(self, texte: str, lieu: Lieu) -> None:
        """Look at one text."""
        if passe(texte):
            return
        for caractere in texte:
            if not passe(caractere):
                rencontre = self.par_caractere.setdefault(caractere, Rencontre(caractere, remplacement(caractere)))
                rencontre.fois += 1
                if len(rencontre.lieux) < LIEUX_MAX and lieu not in rencontre.lieux:
                    rencontre.lieux.append(lieu)

    def ajouter(self, rencontre: Rencontre) -> None:
        """Take in what was met elsewhere."""
        connue = self.par_caractere.setdefault(
            rencontre.caractere, Rencontre(rencontre.caractere, rencontre.remplacement)
        )
        connue.fois += rencontre.fois
        connue.lieux += [lieu for lieu in rencontre.lieux if lieu not in connue.lieux][: LIEUX_MAX - len(connue.lieux)]

    @property
    def sans_remplacement(self) -> tuple[Rencontre, ...]:
        """Those for which nothing stands: what holds them stays out of the file."""
        return tuple(r for r in self.par_caractere.values() if r.remplacement is None)


def relever(objet: Objet, releve: Releve) -> tuple[Rencontre, ...]:
    """Look at all the texts of an object and of what it holds; give those of its characters that nothing stands for."""
    perdus: dict[str, Rencontre] = {}
    for dans, porteur, champ, texte in _textes(objet):
        if not passe(texte):
            releve.lire(texte, Lieu(porteur.niveau.value, porteur.numero, champ, dans))
            perdus |= {r.caractere: r for r in releve.sans_remplacement if r.caractere in texte}
    return tuple(perdus.values())


_Texte = tuple[tuple[str, ...], "Objet", Champ, str]


def _textes(objet: Objet, dans: tuple[str, ...] = (), vues: set[int] | None = None) -> Iterator[_Texte]:
    """Give each text once: of a contact or a place that several objects write, where it is met first."""
    deja: set[int] = set() if vues is None else vues
    for champ, texte in objet.valeurs.items():
        yield dans, objet, champ, texte
    for reference in objet.references.values():
        if id(reference) not in deja:
            deja.add(id(reference))
            for champ, texte in reference.valeurs.items():
                yield dans, objet, champ, texte
    for reste in objet.reste:
        yield dans, objet, CONSERVE, reste.xml
    for enfant in objet.enfants:
        yield from _textes(enfant, (*dans, objet.numero), deja)


def remplacer_dans(objet: Objet, acceptes: Mapping[str, str]) -> Objet:
    """Give an object, and what it holds, with the replacements that a person accepted, and no other."""
    if all(passe(texte) for *_, texte in _textes(objet)):
        return objet
    return _remplacer(objet, acceptes, {})


def _remplacer(objet: Objet, acceptes: Mapping[str, str], faites: dict[int, Reference]) -> Objet:
    """Do so; what several objects refer to is made once, and stays one."""
    en_xml = {caractere: escape(par) for caractere, par in acceptes.items()} if objet.reste else acceptes
    for ref in objet.references.values():
        if id(ref) not in faites:
            faites[id(ref)] = replace(ref, valeurs={c: remplacer(t, acceptes) for c, t in ref.valeurs.items()})
    references = {champ: faites[id(ref)] for champ, ref in objet.references.items()}
    return replace(
        objet, valeurs={champ: remplacer(texte, acceptes) for champ, texte in objet.valeurs.items()},
        references=references, enfants=tuple([_remplacer(enfant, acceptes, faites) for enfant in objet.enfants]),
        reste=tuple([replace(reste, xml=remplacer(reste.xml, en_xml)) for reste in objet.reste]),
    )  # fmt: skip


def remplacer(texte: str, acceptes: Mapping[str, str]) -> str:
    """Give a text with the replacements that a person accepted, and no other; the same text when it needs none."""
    return texte if passe(texte) else texte.translate({ord(c): par for c, par in acceptes.items()})


def a_accepter(rencontres: Iterable[Rencontre], acceptes: Mapping[str, str]) -> tuple[Rencontre, ...]:
    """List what a person has not accepted yet, or accepted with another replacement than is proposed now."""
    return tuple(r for r in rencontres if r.remplacement is not None and acceptes.get(r.caractere) != r.remplacement)
