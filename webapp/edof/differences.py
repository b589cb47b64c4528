"""What changes on the portal from one content of a formation to another, in words, action by action.

Both are read from what the file writes, so that nothing but what the portal would see is told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from webapp.domain import champs_action, champs_session
from webapp.domain.champs import Niveau
from webapp.domain.identifiants import cle_canonique
from webapp.domain.niveaux import CHAMPS
from webapp.domain.saisies import montrer_en_ligne
from webapp.domain.textes import couper, dire, fr
from webapp.edof.comparaison import Changement, comparer
from webapp.edof.ecriture import PIED, entete
from webapp.edof.lecture import lire_formation
from webapp.edof.ordre import PLACES, SIRET, chemins
from webapp.edof.pieces import piece_de

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.domain.champs import Champ
    from webapp.edof.comparaison import Comparaison
    from webapp.edof.objets import Objet, Reste

MONTRES = 80
"""Characters of a text that are shown on each side."""

VIDE = "(vide)"
DATE_SEULE = fr("Seule sa date de mise à jour change.")
AUTREMENT = fr("Seule la façon de l'écrire dans le fichier change.")
CONSERVE = "Ce qu'un import a conservé, « {nom} » : {avant} → {apres}"
CONSERVE_AUTREMENT = "Ce qu'un import a conservé, « {nom} », change."
CONSERVE_PARTI = "Ce qu'un import a conservé, « {nom} » : retiré."
CONSERVE_NEUF = "Ce qu'un import a conservé, « {nom} » : nouveau."
CREATION = "Date de création : {avant} → {apres}"
NUMERO_DE = "{champ} : son numéro dans le fichier change."
RETIRE = "{champ} : retiré."
_OBJETS = {Niveau.FORMATION: "", Niveau.ACTION: "Action « {nom} »", Niveau.SESSION: "Session « {nom} »"}
_CREES = {Niveau.ACTION: "nouvelle action", Niveau.SESSION: "nouvelle session"}
_EN_DESORDRE = {
    Niveau.FORMATION: fr("Ses actions changent d'ordre."), Niveau.ACTION: fr("Ses sessions changent d'ordre."),
}  # fmt: skip
_NUMEROS = {Niveau.ACTION: champs_action.NUMERO, Niveau.SESSION: champs_session.NUMERO}
_LIGNES = {
    niveau: {place.champ.nom: 0 for _, place in chemins(places) if place.champ is not None}
    for niveau, places in PLACES.items()
}
"""Each field that the file has a place for, whether a screen shows it or not."""
_VIDES: dict[Champ, str] = dict.fromkeys([*CHAMPS[Niveau.CONTACT], *CHAMPS[Niveau.LIEU]], "")


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
    if trouvees:
        return trouvees
    return [Difference("", AUTREMENT if _mises_a_jour(avant) == _mises_a_jour(apres) else DATE_SEULE)]


def _dit_tout(objet: Objet) -> Objet:
    """Give an object that says of each field that it does not write, and of what it refers to, that it is empty."""
    references = {champ: replace(ref, valeurs={**_VIDES, **ref.valeurs}) for champ, ref in objet.references.items()}
    return replace(
        objet, references=references, lignes=_LIGNES[objet.niveau],
        enfants=tuple([_dit_tout(enfant) for enfant in objet.enfants]),
    )  # fmt: skip


def _mises_a_jour(objet: Objet) -> list[str]:
    return [objet.modifie_le, *(date for enfant in objet.enfants for date in _mises_a_jour(enfant))]


def _d_un(comparee: Comparaison, avant: Objet | None, dans: str = "") -> Iterator[Difference]:
    lu = comparee.lu
    nom = _nommer(lu, dans)
    if avant is None:
        yield Difference(nom, fr(f"{_CREES[lu.niveau]}."))
        return
    for changement in (*_de_ce_qui_nomme(lu, avant), *comparee.changements):
        yield Difference(nom, _dire(changement))
    if lu.cree_le != avant.cree_le:
        yield Difference(nom, dire(CREATION, avant=_jour(avant.cree_le), apres=_jour(lu.cree_le)))
    yield from (Difference(nom, message) for message in _de_ce_qui_est_conserve(avant, lu))
    siens = {cle_canonique(enfant.numero): enfant for enfant in avant.enfants}
    for enfant in comparee.enfants:
        yield from _d_un(enfant, siens.get(cle_canonique(enfant.lu.numero)), nom)
    yield from _de_l_ordre(lu, avant, nom)
    yield from _des_references(comparee, avant, nom)


def _de_ce_qui_est_conserve(avant: Objet, apres: Objet) -> Iterator[str]:
    """Say which pieces change; where one stands among the rest follows what stands before it."""
    connus, nouveaux = _conserves(avant), _conserves(apres)
    for cle in dict.fromkeys([*connus, *nouveaux]):
        nom, (etaient, sont) = cle[1], (connus.get(cle, []), nouveaux.get(cle, []))
        if sorted(un.xml for un in etaient) == sorted(un.xml for un in sont):
            continue
        if not sont or not etaient:
            yield dire(CONSERVE_NEUF if sont else CONSERVE_PARTI, nom=nom)
            continue
        textes = [_texte(" ".join(piece_de(un).texte for un in ceux)) for ceux in (etaient, sont)]
        modele = CONSERVE if textes[0] != textes[1] else CONSERVE_AUTREMENT
        yield dire(modele, nom=nom, avant=textes[0], apres=textes[1])


def _conserves(objet: Objet) -> dict[tuple[str, str], list[Reste]]:
    """Give the pieces that an object keeps, by where they go and their names."""
    par_nom: dict[tuple[str, str], list[Reste]] = {}
    for reste in objet.reste:
        par_nom.setdefault((reste.chemin, piece_de(reste).nom), []).append(reste)
    return par_nom


def _texte(texte: str) -> str:
    return dire("« {texte} »", texte=couper(" ".join(texte.split()), MONTRES)) if texte else VIDE


def _de_ce_qui_nomme(lu: Objet, avant: Objet) -> Iterator[Changement]:
    """Give what an import does not compare: the number of an object, which it meets by, and the organisation."""
    if lu.niveau in _NUMEROS and lu.numero != avant.numero:
        yield Changement(_NUMEROS[lu.niveau], avant.numero, lu.numero)
    sirets = avant.valeurs.get(SIRET, ""), lu.valeurs.get(SIRET, "")
    if len(set(sirets)) > 1:
        yield Changement(SIRET, *sirets)


def _de_l_ordre(lu: Objet, avant: Objet, nom: str) -> Iterator[Difference]:
    """Say which of the objects that one held go, and whether those that stay stand in another order."""
    numeros = [cle_canonique(enfant.numero) for enfant in lu.enfants]
    restes = []
    for retire in avant.enfants:
        if (cle := cle_canonique(retire.numero)) in numeros:
            restes.append(cle)
        else:
            yield Difference(_nommer(retire, nom), "ne sera plus dans le fichier.")
    if restes != [numero for numero in numeros if numero in restes]:
        yield Difference(nom, _EN_DESORDRE[lu.niveau])


def _des_references(comparee: Comparaison, avant: Objet, nom: str) -> Iterator[Difference]:
    """Say which contacts and places go, and which bear another number alone: another one has its own."""
    dits = {changement.dans for changement in comparee.changements}
    for champ, etait in avant.references.items():
        est = comparee.lu.references.get(champ)
        if est is None:
            yield Difference(nom, dire(RETIRE, champ=champ.libelle))
        elif champ not in dits and (est.numero, est.numero_adresse) != (etait.numero, etait.numero_adresse):
            yield Difference(nom, dire(NUMERO_DE, champ=champ.libelle))


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


def _jour(ecrit: str) -> str:
    """Show a day of the file (AAAAMMJJ)."""
    return dire("« {jour} »", jour=f"{ecrit[6:]}/{ecrit[4:6]}/{ecrit[:4]}") if ecrit else VIDE
