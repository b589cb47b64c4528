"""Between the domain and the objects of the file: a formation with its tree becomes objects; what is read, fiches.

Contacts and places are kept once by an organisation, and written whole at each place that refers to them. A session
that has neither of its own has those of its action, as its form says.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Nature, Niveau
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import CHAMPS
from webapp.domain.textes import est_vide
from webapp.edof.conserve import numero_tenu
from webapp.edof.objets import Objet, Reference, Reste
from webapp.edof.ordre import CERTIFICATION, SANS_ECRAN, SIRET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from webapp.domain.champs import Champ
    from webapp.domain.formation import Formation
    from webapp.domain.imports import Trace
    from webapp.domain.noeud import Noeud

_PARIS = ZoneInfo("Europe/Paris")
_HERITES: dict[Champ, Champ] = {
    champs_session.ADRESSE_INSCRIPTION: champs_action.LIEU,
    champs_session.CONTACT_INSCRIPTION: champs_action.CONTACT,
}
"""What a session has of its action when it says nothing."""


_Cle: TypeAlias = "tuple[Champ, str, tuple[str, str] | None]"


@dataclass(frozen=True, slots=True)
class Entourage:
    """What the objects of one organisation are written with: its SIRET, its contacts and places by their ids.

    `traces`: by the ids of objects, what they keep of the file that they come from; most keep nothing.
    """

    siret: str
    contacts: Mapping[str, Fiche] = field(default_factory=dict)
    lieux: Mapping[str, Fiche] = field(default_factory=dict)
    traces: Mapping[UUID, Trace] = field(default_factory=dict)
    _dites: dict[_Cle, Reference | None] = field(default_factory=dict, compare=False)

    def reference(self, champ: Champ, id_: str, numeros: tuple[str, str] | None = None) -> Reference | None:
        """Give a contact or a place as a field writes it: the same value each time, for who need not look twice.

        `numeros`: those that a file gives to the contact and to the address (None: ours).
        """
        cle = (champ, id_, numeros)
        if cle not in self._dites:
            dite = _reference(champ, id_, self)
            if dite is not None and numeros is not None:
                # Ours stand for those that nobody gave, or that the portal would refuse.
                notres = (dite.numero, dite.numero_adresse)
                numero, adresse = (un if numero_tenu(un) else notre for un, notre in zip(numeros, notres, strict=True))
                dite = replace(dite, numero=numero, numero_adresse=adresse)
            self._dites[cle] = dite
        return self._dites[cle]


def objet_de(
    formation: Formation, actions: Sequence[Noeud], sessions: Mapping[UUID, Sequence[Noeud]], autour: Entourage
) -> Objet:
    """Give a formation as the file says it, with these actions and these sessions of each.

    They stand in this order, after those that come from a file, which keep the one that they had there.
    """
    fiche = formation.fiche
    trace = autour.traces.get(formation.id)
    valeurs = {champ: fiche[champ] for champ in fiche.champs if champ.element and not est_vide(fiche[champ])}
    if trace is not None:
        # What it says itself comes first.
        gardes = {nom: texte for nom, texte in trace.valeurs.items() if nom in _SANS_PLACE and not est_vide(texte)}
        valeurs = {_SANS_PLACE[nom]: texte for nom, texte in gardes.items()} | valeurs
    valeurs[CERTIFICATION] = fiche.certification
    valeurs[SIRET] = autour.siret
    enfants = tuple([_action(une, sessions.get(une.id, ()), autour) for une in _ranges(actions, autour)])
    numero = valeurs.pop(champs.IDENTIFIANT, "")
    dates = _dates(formation, formation.version_saisie, trace)
    return Objet(Niveau.FORMATION, numero, *dates, valeurs, {}, enfants, reste_de(trace))


_SANS_PLACE: dict[str, Champ] = {champ.nom: champ for champ in (*champs.CHAMPS, *SANS_ECRAN)}
"""What a formation may be said in a file and not have: no screen shows it, or its type does not ask for it."""


def reste_de(trace: Trace | None) -> tuple[Reste, ...]:
    """Give what an object keeps and has no field for."""
    return () if trace is None else tuple(Reste(*un) for un in trace.reste)


def _dates(objet: Formation | Noeud, version: int, trace: Trace | None) -> tuple[str, str]:
    """Give when an object was made and changed: as its file says, if it does, until it is changed here."""
    cree_le, modifie_le = "", ""
    if trace is not None:
        cree_le = trace.cree_le
        modifie_le = trace.modifie_le if trace.version == version else ""
    return cree_le or jour_ecrit(objet.creee_le), modifie_le or jour_ecrit(objet.modifiee_le)


def _ranges(noeuds: Sequence[Noeud], autour: Entourage) -> list[Noeud]:
    """Put first, in their order, those that come from a file."""

    def place(noeud: Noeud) -> tuple[bool, int]:
        trace = autour.traces.get(noeud.id)
        return (trace is None, 0 if trace is None else trace.rang)

    return sorted(noeuds, key=place) if autour.traces else list(noeuds)


@lru_cache(maxsize=4096)  # What was saved together bears one moment.
def jour_ecrit(moment: datetime) -> str:
    """Give the day of a moment, in Paris, as the file writes days: AAAAMMJJ."""
    return f"{moment.astimezone(_PARIS):%Y%m%d}"


def _action(action: Noeud, sessions: Sequence[Noeud], autour: Entourage) -> Objet:
    siennes = tuple([_session(session, action.fiche, autour) for session in _ranges(sessions, autour)])
    return _noeud(action, action.fiche, autour, siennes)


def _session(session: Noeud, action: Fiche, autour: Entourage) -> Objet:
    return _noeud(session, action, autour, ())


def _noeud(noeud: Noeud, action: Fiche, autour: Entourage, enfants: tuple[Objet, ...]) -> Objet:
    trace = autour.traces.get(noeud.id)
    valeurs = {
        champ: valeur
        for champ, valeur in _valeurs(noeud.fiche).items()
        if not champ.nature.est_reference and champ not in _NUMEROS
    }
    return Objet(
        noeud.niveau, noeud.fiche.valeur("numero"), *_dates(noeud, noeud.version, trace), valeurs,
        _references(noeud.fiche, action, autour, trace), enfants, reste_de(trace),
    )  # fmt: skip


_NUMEROS = frozenset({champs_action.NUMERO, champs_session.NUMERO})


def _references(fiche: Fiche, action: Fiche, autour: Entourage, trace: Trace | None) -> dict[Champ, Reference]:
    visees: dict[Champ, Reference] = {}
    numeros = {} if trace is None else trace.numeros
    for champ in fiche.champs:
        if champ.nature.est_reference:
            id_ = vise(champ, fiche, action)
            vise_la, *du_fichier = numeros.get(champ.nom, ("", "", ""))
            siens = (du_fichier[0], du_fichier[1]) if id_ and vise_la == id_ else None
            if (visee := autour.reference(champ, id_, siens)) is not None:
                visees[champ] = visee
    return visees


def vise(champ: Champ, fiche: Fiche, action: Fiche) -> str:
    """Give the id of the contact or place that a field says, its action's where a session says none; perhaps empty."""
    return fiche[champ] or (action[_HERITES[champ]] if champ in _HERITES else "")


def _reference(champ: Champ, id_: str, autour: Entourage) -> Reference | None:
    if champ.nature is Nature.CONTACT:
        contact = autour.contacts.get(id_)
        qui = {Niveau.CONTACT: id_}
        return None if contact is None else Reference(_numero(id_), _valeurs(contact), entrees=qui)
    lieu = autour.lieux.get(id_)
    if lieu is None:
        return None
    valeurs = _valeurs(lieu)
    sur_place = valeurs.pop(champs_annuaire.CONTACT_DU_LIEU, "")
    if champ is champs_action.LIEU and sur_place in autour.contacts:
        # What a person does there has no place in these details.
        personne = _valeurs(autour.contacts[sur_place])
        personne.pop(champs_annuaire.FONCTION, None)
        deux = {Niveau.LIEU: id_, Niveau.CONTACT: sur_place}
        return Reference(_numero(sur_place), valeurs | personne, _numero(id_), deux)
    return Reference("", valeurs, _numero(id_), {Niveau.LIEU: id_})


def _valeurs(fiche: Fiche) -> dict[Champ, str]:
    """Give what a fiche says: blanks alone, which older rows may hold, say nothing."""
    return {c: valeur for c, valeur in zip(fiche.champs, fiche.valeurs, strict=True) if valeur and not est_vide(valeur)}


def _numero(id_: str) -> str:
    """Give what identifies a contact or a place in the file: the portal asks for it, and reads nothing there."""
    return id_.replace("-", "")[:12].upper()


def fiche_formation(objet: Objet, type_formation: str, avant: FicheFormation | None = None) -> FicheFormation:
    """Give the fiche that a formation of the file says; its type, which the file does not say, is told.

    `avant`: the one that it changes, which keeps what no file carries.
    """
    gardes = {} if avant is None else {champ.nom: avant[champ] for champ in champs.CHAMPS if not champ.element}
    textes = gardes | {champ.nom: valeur for champ, valeur in objet.valeurs.items()}
    return FicheFormation.lire(textes | {champs.TYPE_FORMATION: type_formation, champs.IDENTIFIANT.nom: objet.numero})


def sans_champ(objet: Objet, fiche: FicheFormation) -> dict[str, str]:
    """Give, by the names of fields, what the file says of a formation and its fiche does not hold."""
    return {
        champ.nom: valeur for champ, valeur in objet.valeurs.items() if champ.nom in _SANS_PLACE and valeur
        and (champ in SANS_ECRAN or champ not in fiche.champs)
    }  # fmt: skip


def fiche_noeud(objet: Objet, references: Mapping[Champ, str], avant: Fiche | None = None) -> Fiche:
    """Give the fiche that an action or a session of the file says; `references`: the ids of its contacts and places.

    `avant`: the one that it changes, which keeps what no file carries.
    """
    gardes = {} if avant is None else {champ.nom: avant[champ] for champ in avant.champs if not champ.element}
    textes = gardes | {champ.nom: valeur for champ, valeur in objet.valeurs.items()}
    textes |= {champ.nom: id_ for champ, id_ in references.items()} | {"numero": objet.numero}
    return Fiche.lire(objet.niveau, textes)


def fiche_reference(niveau: Niveau, reference: Reference) -> Fiche:
    """Give the contact, or the place without its contact, that is written at one place of the file."""
    siens = CHAMPS[niveau]
    return Fiche.lire(niveau, {champ.nom: valeur for champ, valeur in reference.valeurs.items() if champ in siens})
