"""What a file would change of a catalogue, object by object, before anything is written.

Objects meet by their numbers, at each level. What the file does not say is not changed: an object that it lacks, a
field that it leaves out, something without a field that it does not name. A field that it writes empty is emptied; one
of a contact or a place is not, as one that it leaves out: ours completes what is said of the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain import champs_annuaire
from webapp.domain.champs import Niveau
from webapp.domain.identifiants import cle_canonique
from webapp.domain.imports import Sort
from webapp.edof.conserve import nom_court, nom_de
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
    """Give what has no field: what the file says of it, and what it says nothing of, after what it stood after."""
    if not (lu.reste and notre.reste):
        return lu.reste or notre.reste
    dits = {_sujet(reste): rang for rang, reste in enumerate(lu.reste)}
    gardes: dict[int, list[Reste]] = {}
    apres = -1
    for reste in notre.reste:
        rang = dits.get(_sujet(reste))
        if rang is None:
            gardes.setdefault(apres, []).append(reste)
        else:
            apres = rang
    suite = (un for rang, reste in enumerate(lu.reste) for un in (reste, *gardes.get(rang, ())))
    return (*gardes.get(-1, ()), *suite)


def _sujet(reste: Reste) -> tuple[str, str, str]:
    """Say what something without a field is about: two files that say it differently say one thing."""
    element = etree.fromstring(reste.xml)
    return reste.chemin, nom_court(element), nom_de(element)


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
