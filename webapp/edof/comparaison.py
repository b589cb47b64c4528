"""What a file would change of a catalogue, object by object, before anything is written.

Objects meet by their numbers, at each level. What the file does not say is not changed: an object that it lacks, a
field that it leaves out. A field that it writes empty is emptied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from webapp.domain import champs_annuaire
from webapp.domain.champs import Niveau
from webapp.domain.identifiants import cle_canonique
from webapp.domain.imports import Sort
from webapp.edof.objets import Objet, Reference, Reste
from webapp.edof.ordre import SIRET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from webapp.domain.champs import Champ


@dataclass(frozen=True, slots=True)
class Changement:
    """One field that the file changes: what it says now, what it will. `dans`: the reference that holds it, if any."""

    champ: Champ
    avant: str
    apres: str
    dans: Champ | None = None


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One object of the file beside ours: what becomes of it, what changes, and the same of what it holds.

    `resultat` is the object as it will be, with all that the file does not say.
    """

    lu: Objet
    sort: Sort
    changements: tuple[Changement, ...]
    enfants: tuple[Comparaison, ...]
    resultat: Objet

    @property
    def change(self) -> bool:
        """Whether it, or something that it holds, is not as it was."""
        return self.sort is not Sort.INCHANGE or any(enfant.change for enfant in self.enfants)

    def tous(self) -> Iterator[Comparaison]:
        """Give it, then all that it holds, in the order of the file."""
        yield self
        for enfant in self.enfants:
            yield from enfant.tous()


def comparer(lu: Objet, notre: Objet | None) -> Comparaison:
    """Compare an object of a file with the one of ours that bears its number (None: there is none)."""
    if notre is None:
        # As it is read: what it holds is new too.
        return Comparaison(lu, Sort.CREE, (), tuple([comparer(enfant, None) for enfant in lu.enfants]), lu)
    siens = {cle_canonique(enfant.numero): enfant for enfant in notre.enfants}
    enfants = tuple([comparer(enfant, siens.get(cle_canonique(enfant.numero))) for enfant in lu.enfants])
    presents = {cle_canonique(enfant.numero) for enfant in lu.enfants}
    tenus = tuple(comparee.resultat for comparee in enfants)
    changements = tuple(_changements(lu, notre))
    autres = tuple(enfant for enfant in notre.enfants if cle_canonique(enfant.numero) not in presents)
    reste = _reste(lu, notre)
    resultat = replace(
        notre, valeurs=_valeurs(lu, notre), references={**notre.references, **_references(lu, notre)},
        enfants=(*tenus, *autres), reste=reste, ligne=lu.ligne, lignes=lu.lignes,
    )  # fmt: skip
    change = changements or reste != notre.reste
    return Comparaison(lu, Sort.MODIFIE if change else Sort.INCHANGE, changements, enfants, resultat)


def _dits(lu: Objet, connus: Mapping[Champ, str]) -> Iterator[Champ]:
    """Give the fields that the file says something of, if only that they are empty."""
    yield from lu.valeurs
    yield from (champ for champ in connus if champ not in lu.valeurs and champ.nom in lu.lignes)


def _valeurs(lu: Objet, notre: Objet) -> dict[Champ, str]:
    valeurs = {**notre.valeurs, **{champ: lu.valeurs.get(champ, "") for champ in _dits(lu, notre.valeurs)}}
    return {champ: valeur for champ, valeur in valeurs.items() if valeur}


def _references(lu: Objet, notre: Objet) -> dict[Champ, Reference]:
    """Give those that the file writes; one that says what ours says is ours."""
    return {
        champ: replace(ref, valeurs=notre.references[champ].valeurs) if _meme(ref, notre.references.get(champ)) else ref
        for champ, ref in _completes(lu, notre).items()
    }


def _completes(lu: Objet, notre: Objet) -> dict[Champ, Reference]:
    return {champ: _complete(ref, notre.references.get(champ)) for champ, ref in lu.references.items()}


def _reste(lu: Objet, notre: Objet) -> tuple[Reste, ...]:
    """Give what has no field: what the file says of it, and what it says nothing of."""
    dits = {(reste.chemin, _nom(reste)) for reste in lu.reste}
    return (*lu.reste, *(reste for reste in notre.reste if (reste.chemin, _nom(reste)) not in dits))


_NOM = re.compile(r"<([\w-]+)[^>]*?(?:info=[\"']([^\"']*)[\"'])?[^>]*>")


def _nom(reste: Reste) -> str:
    lu = _NOM.match(reste.xml)
    return reste.xml if lu is None else lu[2] or lu[1]


def _complete(lue: Reference, notre: Reference | None) -> Reference:
    """Give a contact or a place as the file says it, with what it leaves out of the same person, or of the same place.

    Of another, nothing of ours is said.
    """
    if notre is None:
        return lue
    gardees = {
        champ: valeur for champ, valeur in notre.valeurs.items()
        if champ not in lue.valeurs and all(lue.valeurs.get(c) == notre.valeurs.get(c) for c in _QUI[champ.niveau])
    }  # fmt: skip
    return replace(lue, valeurs={**lue.valeurs, **gardees}) if gardees else lue


_QUI = {
    Niveau.CONTACT: (champs_annuaire.NOM, champs_annuaire.PRENOM),
    Niveau.LIEU: (champs_annuaire.DENOMINATION, champs_annuaire.CODE_POSTAL, champs_annuaire.VILLE),
}
"""What tells that a person, or a place, is the same one."""


def _meme(lue: Reference, notre: Reference | None) -> bool:
    return notre is not None and lue.valeurs == notre.valeurs


def _changements(lu: Objet, notre: Objet) -> Iterator[Changement]:
    for champ in _dits(lu, notre.valeurs):
        avant, apres = notre.valeurs.get(champ, ""), lu.valeurs.get(champ, "")
        # The organisation is told by the whole file, not by each formation of it.
        if avant != apres and champ is not SIRET:
            yield Changement(champ, avant, apres)
    for champ, ref in _completes(lu, notre).items():
        connues = notre.references[champ].valeurs if champ in notre.references else {}
        for dedans in dict.fromkeys([*connues, *ref.valeurs]):
            avant, apres = connues.get(dedans, ""), ref.valeurs.get(dedans, "")
            if avant != apres:
                yield Changement(dedans, avant, apres, champ)


_SORTS = (Sort.CREE, Sort.MODIFIE, Sort.INCHANGE)


def compter(comparaisons: tuple[Comparaison, ...]) -> dict[Niveau, dict[Sort, int]]:
    """Count, by level, what becomes of the objects of a file."""
    comptes: dict[Niveau, dict[Sort, int]] = {}
    for comparaison in comparaisons:
        for une in comparaison.tous():
            du_niveau = comptes.setdefault(une.lu.niveau, dict.fromkeys(_SORTS, 0))
            du_niveau[une.sort] += 1
    return comptes
