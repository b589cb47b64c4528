"""The contacts and places that a file writes whole each time: those of the organisation that say the same, or new ones.

None of the organisation's own is changed: others refer to it. One that the import has made is completed by what the
file says of it elsewhere and had no room for where it was met: what a person does, among the details of a place; who
is at a place, in a mere address.
"""

from collections.abc import Iterable
from dataclasses import InitVar, dataclass, field
from uuid import UUID, uuid5

from sqlalchemy import Connection

from webapp.domain import champs_action
from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.champs_annuaire import ADRESSE, CHAMPS_CONTACT, CONTACT_DU_LIEU, FONCTION
from webapp.domain.controle_arbre import controler_entree
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte
from webapp.domain.latin_1 import remplace
from webapp.domain.noeud import Depot, Entree
from webapp.domain.regles import Contexte
from webapp.edof.objets import Reference
from webapp.edof.passage import fiche_reference
from webapp.persistence.annuaire import CONTACTS, LIEUX, Annuaire

_PERSONNE = tuple(champ for champ in CHAMPS_CONTACT if champ is not FONCTION)
_Cle = tuple[str, ...]


@dataclass
class AnnuaireImporte:
    """Gives the ids of contacts and places for one import.

    `entrees`: those that the organisation has. `contacts` and `lieux`: these, and those that the import has made.
    """

    cnx: Connection
    acte: Acte
    tache_id: UUID
    entrees: InitVar[Iterable[Entree]]
    contacts: dict[str, Fiche] = field(default_factory=dict)
    lieux: dict[str, Fiche] = field(default_factory=dict)
    faites: list[Entree] = field(default_factory=list)
    _completees: dict[UUID, tuple[Entree, Entree]] = field(default_factory=dict)
    _a_completer: dict[str, Entree] = field(default_factory=dict)
    _dites: dict[tuple[object, ...], str] = field(default_factory=dict)
    _entiers: dict[_Cle, str] = field(default_factory=dict)
    _personnes: dict[_Cle, str] = field(default_factory=dict)
    _adresses: dict[_Cle, str] = field(default_factory=dict)
    _lieux: dict[_Cle, str] = field(default_factory=dict)

    def __post_init__(self, entrees: Iterable[Entree]) -> None:
        """Know those of the organisation."""
        for entree in entrees:
            self._connaitre(str(entree.id), entree.fiche)

    def id_de(self, champ: Champ, reference: Reference) -> str:
        """Give the id of what a field refers to, made if nobody says the same.

        Raises FicheRefusee when it cannot be kept.
        """
        cle = (champ.nature, champ is champs_action.LIEU, frozenset(reference.valeurs.items()))
        deja = self._dites.get(cle)
        if deja is None:
            deja = self._dites[cle] = self._id_de(champ, reference)
        return deja

    def _id_de(self, champ: Champ, reference: Reference) -> str:
        if champ.nature is Nature.CONTACT:
            contact = fiche_reference(Niveau.CONTACT, reference)
            meme = self._personnes.get(_cle(contact, _PERSONNE))
            return self._entier(self._entiers.get(self._cle_entiere(contact)), meme, contact)
        adresse = fiche_reference(Niveau.LIEU, reference)
        if champ is not champs_action.LIEU:
            return self._adresses.get(_cle(adresse, ADRESSE)) or self._faire(adresse, entier=False)
        personne = fiche_reference(Niveau.CONTACT, reference)
        sur_place = ""
        if any(personne.valeurs):
            sur_place = self._personnes.get(_cle(personne, _PERSONNE)) or self._faire(personne, entier=False)
        lieu = adresse.avec(contact=sur_place)
        meme = self._adresses.get(_cle(adresse, ADRESSE))
        return self._entier(self._lieux.get(self._cle_du_lieu(lieu)), meme, lieu)

    def _entier(self, pareille: str | None, partielle: str | None, fiche: Fiche) -> str:
        """Give the id of one that the file says whole: of `pareille`, which says the same; else of one made for it.

        `partielle`: which may be the same one, said in part elsewhere; if this import made it, it is completed.
        """
        if pareille is not None:
            # Said whole once, it is completed no more.
            self._a_completer.pop(pareille, None)
            return pareille
        avant = None if partielle is None else self._a_completer.pop(partielle, None)
        return self._faire(fiche) if avant is None else self._completer(avant, fiche)

    def _cle_du_lieu(self, lieu: Fiche) -> _Cle:
        personne = self.contacts.get(lieu[CONTACT_DU_LIEU])
        return (*_cle(lieu, ADRESSE), *(() if personne is None else _cle(personne, _PERSONNE)))

    def _faire(self, fiche: Fiche, *, entier: bool = True) -> str:
        # Always the same id for the same words: what was shown is what is done. What is completed is another than what
        # says whole what it said in part.
        mots = [fiche.niveau, *fiche.valeurs] if entier else ["en partie", fiche.niveau, *fiche.valeurs]
        id_ = uuid5(self.tache_id, "\x1f".join(mots))
        entree = self._nouvelle(id_, fiche)
        self.faites.append(entree)
        self._connaitre(str(id_), fiche)
        if not entier:
            self._a_completer[str(id_)] = entree
        return str(id_)

    def _nouvelle(self, id_: UUID, fiche: Fiche) -> Entree:
        contexte = Contexte(self.acte.le, lambda _jour: False, contacts=self.contacts, lieux=self.lieux)
        return Entree.nouvelle(self.acte, Depot(id_, 0, fiche), controler_entree(fiche, contexte))

    def _completer(self, avant: Entree, fiche: Fiche) -> str:
        apres = self._nouvelle(avant.id, fiche)
        if avant in self.faites:
            self.faites[self.faites.index(avant)] = apres
        else:
            self._completees[avant.id] = (avant, apres)
        # Said in part only, it is not what another part may mean.
        (self._entiers if fiche.niveau is Niveau.CONTACT else self._lieux).pop(self._cle_entiere(avant.fiche), None)
        self._connaitre(str(avant.id), fiche)
        return str(avant.id)

    def _cle_entiere(self, fiche: Fiche) -> _Cle:
        return _cle(fiche, CHAMPS_CONTACT) if fiche.niveau is Niveau.CONTACT else self._cle_du_lieu(fiche)

    def _connaitre(self, id_: str, fiche: Fiche) -> None:
        if fiche.niveau is Niveau.CONTACT:
            self.contacts[id_] = fiche
            self._entiers.setdefault(self._cle_entiere(fiche), id_)
            self._personnes.setdefault(_cle(fiche, _PERSONNE), id_)
        else:
            self.lieux[id_] = fiche
            self._adresses.setdefault(_cle(fiche, ADRESSE), id_)
            self._lieux.setdefault(self._cle_entiere(fiche), id_)

    def ecrire(self, cites: set[str]) -> list[Entree]:
        """Write those that were made or completed since the last time, and give those that were made.

        `cites`: the ids that something refers to. One whom only what is refused has named is not made; it waits here
        for something that names it.
        """
        citees = [entree for entree in self.faites if str(entree.id) in cites]
        tenus = [*citees, *(apres for _, apres in self._completees.values())]
        utiles = cites | {entree.fiche[CONTACT_DU_LIEU] for entree in tenus if entree.niveau is Niveau.LIEU}
        faites = [entree for entree in self.faites if str(entree.id) in utiles]
        self.faites = [entree for entree in self.faites if str(entree.id) not in utiles]
        completees, self._completees = self._completees, {}
        for entree in faites:
            _annuaire(entree).ajouter(self.cnx, entree)
        for avant, apres in completees.values():
            _annuaire(avant).remplacer(self.cnx, avant, apres)
        return faites


def entrees_de(cnx: Connection, organisme_id: UUID) -> list[Entree]:
    """Give the contacts, then the places, of an organisation."""
    return [*CONTACTS.tous(cnx, organisme_id), *LIEUX.tous(cnx, organisme_id)]


def _annuaire(entree: Entree) -> Annuaire:
    return CONTACTS if entree.niveau is Niveau.CONTACT else LIEUX


def _cle(fiche: Fiche, champs: Iterable[Champ]) -> _Cle:
    """Give what one is known by. A file may have it as an export writes it, without what its encoding lacks."""
    return tuple([remplace(fiche[champ]) for champ in champs])
