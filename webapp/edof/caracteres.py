"""What the file's encoding cannot carry: which characters, where, and what a person may accept in their place.

ISO-8859-1 has neither « œ » nor « ’ » nor « € ». Nothing is replaced in silence, nothing becomes « ? » or a number:
each is shown once, with its places and what would stand for it, and a person accepts. What nothing stands for (an
emoji) keeps its offer out of the file until it is corrected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from webapp.domain.champs import IDENTIFIANT, Champ, Niveau
from webapp.domain.champs_annuaire import DENOMINATION, NOM, PRENOM
from webapp.domain.latin_1 import passe, remplacement
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.regles_texte import trop_long_une_fois_remplace
from webapp.edof.conserve import reecrire
from webapp.edof.noms_caracteres import nom_du_caractere
from webapp.edof.objets import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from webapp.edof.objets import Objet

CONSERVE = Champ("conserve", "Ce qu’un import a conservé", None, "", obligatoire=False)
"""What stands for a field where a text was kept as a file had it, since no screen shows it."""

LIEUX_MAX = 20
"""How many places of one character are kept to be shown; all are counted."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a text stands: the level of its object, its number, the field; `dans`: the numbers above it.

    `entree`: the id of the contact or place whose text it is, wherever it is written; it then goes by its own level,
    and by what names it.
    """

    niveau: str
    numero: str
    champ: Champ
    dans: tuple[str, ...] = ()
    entree: str = ""


@dataclass(slots=True)
class Rencontre:
    """One character that the encoding cannot carry: what may stand for it (None: nothing), how often, where.

    `fois`: as many as are typed; `champs`: in how many fields. What a contact or a place says counts once, however many
    objects write it: `partages` has how often in each of their fields.
    """

    caractere: str
    remplacement: str | None
    fois: int = 0
    champs: int = 0
    lieux: list[Lieu] = field(default_factory=list)
    partages: dict[Lieu, int] = field(default_factory=dict)

    @property
    def nom(self) -> str:
        """What it is called: for a sign that nobody sees, or that a font lacks."""
        return nom_du_caractere(self.caractere)

    def compter(self, lieu: Lieu, fois: int) -> None:
        """Count it in one field, which is told once."""
        if lieu.entree:
            if lieu in self.partages:
                return
            self.partages[lieu] = fois
        self.fois += fois
        self.champs += 1
        if len(self.lieux) < LIEUX_MAX:
            self.lieux.append(lieu)

    def ajouter(self, autre: Rencontre) -> list[Lieu]:
        """Count what was met of it elsewhere; give the places that are kept of those."""
        connus = [fois for lieu, fois in autre.partages.items() if lieu in self.partages]
        nouveaux = [lieu for lieu in autre.lieux if lieu not in self.partages][: LIEUX_MAX - len(self.lieux)]
        self.fois += autre.fois - sum(connus)
        self.champs += autre.champs - len(connus)
        self.lieux += nouveaux
        self.partages |= autre.partages
        return nouveaux


class Releve:
    """Gathers the characters that the encoding cannot carry, text after text.

    Memory grows with what contacts and places hold of them, and not with the rest.

    `par_caractere`: in the order in which they were met.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.par_caractere: dict[str, Rencontre] = {}

    def lire(self, texte: str, lieu: Lieu) -> None:
        """Look at one text."""
        if passe(texte):
            return
        for caractere, fois in Counter(texte).items():
            if not passe(caractere):
                self._de(caractere).compter(lieu, fois)

    def ajouter(self, rencontre: Rencontre) -> list[Lieu]:
        """Take in what was met elsewhere; give the places that are kept of those."""
        return self._de(rencontre.caractere).ajouter(rencontre)

    def _de(self, caractere: str) -> Rencontre:
        connue = self.par_caractere.get(caractere)
        if connue is None:
            connue = self.par_caractere[caractere] = Rencontre(caractere, remplacement(caractere))
        return connue

    @property
    def sans_remplacement(self) -> tuple[Rencontre, ...]:
        """Those for which nothing stands: what holds them stays out of the file."""
        return tuple(r for r in self.par_caractere.values() if r.remplacement is None)


def relever(objet: Objet, releve: Releve) -> tuple[Rencontre, ...]:
    """Look at all the texts of an object and of what it holds; give those of its characters that nothing stands for.

    Addresses of the internet apart: see `adresses_perdues`.
    """
    perdus: dict[str, Rencontre] = {}
    for dans, porteur, champ, texte in _textes(objet):
        if not (passe(texte) or champ.est_adresse):
            releve.lire(texte, _lieu(dans, porteur, champ))
            perdus |= {r.caractere: r for r in releve.sans_remplacement if r.caractere in texte}
    return tuple(perdus.values())


def trop_longs(objet: Objet, acceptes: Mapping[str, str]) -> Iterator[tuple[Lieu, int]]:
    """Give the texts that their replacements alone make too long for their fields, each with its length then."""
    for dans, porteur, champ, texte in _textes(objet):
        if not passe(texte):
            nombre = trop_long_une_fois_remplace(champ, texte, remplacer(texte, acceptes))
            if nombre is not None:
                yield _lieu(dans, porteur, champ), nombre


def numeros_perdus(objet: Objet, dans: tuple[str, ...] = ()) -> Iterator[tuple[Lieu, str]]:
    """Give the numbers of objects that the encoding cannot carry: they name what the portal has, and are never changed.

    Each with its first such character.
    """
    if not passe(objet.numero):
        champ = PAR_NOM[objet.niveau]["numero"] if objet.niveau is not Niveau.FORMATION else IDENTIFIANT
        yield Lieu(objet.niveau.value, objet.numero, champ, dans), next(c for c in objet.numero if not passe(c))
    for enfant in objet.enfants:
        yield from numeros_perdus(enfant, (*dans, objet.numero))


def adresses_perdues(objet: Objet) -> Iterator[tuple[Lieu, str]]:
    """Give the addresses of the internet that the encoding cannot carry: one that is replaced leads elsewhere.

    Each with its first such character.
    """
    for dans, porteur, champ, texte in _textes(objet):
        if champ.est_adresse and not passe(texte):
            yield _lieu(dans, porteur, champ), next(c for c in texte if not passe(c))


def _lieu(dans: tuple[str, ...], porteur: Objet | Reference, champ: Champ) -> Lieu:
    return lieu_d_une_entree(porteur, champ) if isinstance(porteur, Reference) else Lieu(
        porteur.niveau.value, porteur.numero, champ, dans
    )  # fmt: skip


def lieu_d_une_entree(reference: Reference, champ: Champ) -> Lieu:
    """Say where a text of a contact or of a place stands: there, whatever writes it."""
    valeurs = reference.valeurs
    noms = (PRENOM, NOM) if champ.niveau is Niveau.CONTACT else (DENOMINATION,)
    nom = " ".join(valeurs[nom] for nom in noms if nom in valeurs)
    return Lieu(champ.niveau.value, nom, champ, entree=reference.entrees.get(champ.niveau, ""))


_Texte = tuple[tuple[str, ...], "Objet | Reference", Champ, str]


def _textes(objet: Objet, dans: tuple[str, ...] = (), vus: set[object] | None = None) -> Iterator[_Texte]:
    """Give each text once: of a contact or a place, whatever writes it and how often."""
    deja: set[object] = set() if vus is None else vus
    for champ, texte in objet.valeurs.items():
        yield dans, objet, champ, texte
    for reference in objet.references.values():
        if id(reference) not in deja:
            deja.add(id(reference))
            yield from _textes_d_une_reference(dans, objet, reference, deja)
    if objet.reste:
        yield dans, objet, CONSERVE, "".join(reste.xml for reste in objet.reste)
    for enfant in objet.enfants:
        yield from _textes(enfant, (*dans, objet.numero), deja)


def _textes_d_une_reference(
    dans: tuple[str, ...], objet: Objet, reference: Reference, deja: set[object]
) -> Iterator[_Texte]:  # fmt: skip
    for champ, texte in reference.valeurs.items():
        entree = reference.entrees.get(champ.niveau)
        if entree is None:
            yield dans, objet, champ, texte
        elif (entree, champ, texte) not in deja:
            deja.add((entree, champ, texte))
            yield dans, reference, champ, texte


def remplacer_dans(objet: Objet, acceptes: Mapping[str, str]) -> Objet:
    """Give an object, and what it holds, with the replacements that a person accepted, and no other."""
    if all(passe(texte) for *_, texte in _textes(objet)):
        return objet
    return _remplacer(objet, acceptes, {})


def _remplacer(objet: Objet, acceptes: Mapping[str, str], faites: dict[int, Reference]) -> Objet:
    """Do so; what several objects refer to is made once, and stays one."""
    for ref in objet.references.values():
        if id(ref) not in faites:
            faites[id(ref)] = replace(ref, valeurs={c: remplacer(t, acceptes) for c, t in ref.valeurs.items()})
    references = {champ: faites[id(ref)] for champ, ref in objet.references.items()}
    return replace(
        objet, valeurs={champ: remplacer(texte, acceptes) for champ, texte in objet.valeurs.items()},
        references=references, enfants=tuple([_remplacer(enfant, acceptes, faites) for enfant in objet.enfants]),
        reste=tuple([replace(reste, xml=_remplacer_en_xml(reste.xml, acceptes)) for reste in objet.reste]),
    )  # fmt: skip


def _remplacer_en_xml(xml: str, acceptes: Mapping[str, str]) -> str:
    return xml if passe(xml) else reecrire(xml, lambda texte: remplacer(texte, acceptes))


def remplacer(texte: str, acceptes: Mapping[str, str]) -> str:
    """Give a text with the replacements that a person accepted, and no other; the same text when it needs none."""
    return texte if passe(texte) else texte.translate({ord(c): par for c, par in acceptes.items()})


def a_accepter(rencontres: Iterable[Rencontre], acceptes: Mapping[str, str]) -> tuple[Rencontre, ...]:
    """List what a person has not accepted yet, or accepted with another replacement than is proposed now."""
    return tuple(r for r in rencontres if r.remplacement is not None and acceptes.get(r.caractere) != r.remplacement)
