"""What changes on the portal from one content of a formation to another, in words, action by action.

Both are read from what the file writes, so that nothing but what the portal would see is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain.champs import Niveau
from webapp.domain.imports import Sort
from webapp.domain.niveaux import CHAMPS
from webapp.domain.saisies import montrer_en_ligne
from webapp.domain.textes import couper, dire, fr
from webapp.edof.comparaison import comparer
from webapp.edof.ecriture import PIED, entete
from webapp.edof.lecture import lire_formation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.edof.comparaison import Changement, Comparaison
    from webapp.edof.objets import Objet

MONTRES = 80
"""Characters of a text that are shown on each side."""

VIDE = "(vide)"
DATE_SEULE = fr("Seule sa date de mise à jour change.")
_OBJETS = {Niveau.FORMATION: "", Niveau.ACTION: "Action « {nom} »", Niveau.SESSION: "Session « {nom} »"}
_CREES = {Niveau.ACTION: "nouvelle action", Niveau.SESSION: "nouvelle session"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes: of which object (empty: the formation itself), and what, in words."""

    objet: str
    message: str


def lire(piece: bytes) -> Objet:
    """Give what a formation of a file says. In: its bytes alone, as `ecrire_formation` gave them."""
    return lire_formation(etree.fromstring(entete() + piece + PIED)[0][0], [])


def differences(avant: Objet, apres: Objet) -> list[Difference]:
    """Say what changes, the formation first, then each action with its sessions; never empty."""
    trouvees = list(_d_un(comparer(_dit_tout(apres), avant), avant))
    return trouvees or [Difference("", DATE_SEULE)]


def _dit_tout(objet: Objet) -> Objet:
    """Give an object that says of each field that it does not write that it is empty."""
    lignes = {champ.nom: 0 for champ in CHAMPS[objet.niveau]}
    return replace(objet, lignes=lignes, enfants=tuple([_dit_tout(enfant) for enfant in objet.enfants]))


def _d_un(comparee: Comparaison, avant: Objet | None, dans: str = "") -> Iterator[Difference]:
    nom = _nommer(comparee.lu, dans)
    if comparee.sort is Sort.CREE:
        yield Difference(nom, fr(f"{_CREES[comparee.lu.niveau]}."))
        return
    for changement in comparee.changements:
        yield Difference(nom, _dire(changement))
    if avant is None:
        return
    if comparee.lu.reste != avant.reste:
        yield Difference(nom, fr("Ce qu'un import a conservé change."))
    siens = {enfant.numero: enfant for enfant in avant.enfants}
    for enfant in comparee.enfants:
        yield from _d_un(enfant, siens.get(enfant.lu.numero), nom)
    presents = {enfant.lu.numero for enfant in comparee.enfants}
    for numero, retire in siens.items():
        if numero not in presents:
            yield Difference(_nommer(retire, nom), "ne sera plus dans le fichier.")
    retires = [champ for champ in avant.references if champ not in comparee.lu.references]
    for champ in retires:
        yield Difference(nom, dire("{champ} : retiré.", champ=champ.libelle))


def _nommer(objet: Objet, dans: str) -> str:
    modele = _OBJETS[objet.niveau]
    nom = dire(modele, nom=objet.numero) if modele else ""
    return f"{dans}, {nom[:1].lower()}{nom[1:]}" if dans and nom else nom


def _dire(changement: Changement) -> str:
    champ = changement.champ
    ou = champ.libelle if changement.dans is None else f"{changement.dans.libelle}, {champ.libelle}"
    avant, apres = (_montrer(changement, valeur) for valeur in (changement.avant, changement.apres))
    return dire("{ou} : {avant} → {apres}", ou=ou, avant=avant, apres=apres)


def _montrer(changement: Changement, valeur: str) -> str:
    if not valeur:
        return VIDE
    montree = montrer_en_ligne(changement.champ, valeur)
    if changement.champ.multiligne:
        montree = " ".join(montree.split())
    return dire("« {texte} »", texte=couper(montree, MONTRES))
