"""What a handful of actions and sessions is judged with: what holds them, what is around, read once for all.

It judges as `arbre` judges one, by the same functions. What was changed since it was read is told to it: of objects
that change together, each is judged beside what the others have become.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Formation
from webapp.domain.noeud import Noeud
from webapp.domain.regles import Contexte
from webapp.domain.statuts import Statut
from webapp.persistence import formations
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS
from webapp.services.autour import contexte, de_la_formation
from webapp.services.jugement import RANGEMENTS, Sujet, juger


@dataclass(frozen=True, slots=True)
class Visee:
    """An action or a session, and the fiche with which it is to be judged.

    `comparee`: it is, or would be, « validée »: those that are the same to the portal are looked for.
    """

    noeud: Noeud
    fiche: Fiche
    comparee: bool


class Etabli:
    """Judges a handful of objects of one level. Made for one transaction, and one handful."""

    def __init__(self, lecture: Lecture, organisme: Organisme, le: date, *, verrou: bool) -> None:
        """Keep who asks, and when. `verrou`: what holds them is locked, from the formations down."""
        self._lecture = lecture
        self._organisme = organisme
        self._le = le
        self._verrou = verrou
        self.formations: dict[UUID, Formation] = {}
        self.actions: dict[UUID, Noeud] = {}
        self._autour: Contexte | None = None
        self._contextes: dict[UUID, Contexte] = {}
        self._voisins: dict[UUID, list[Noeud]] = {}
        self._changes: dict[UUID, Noeud] = {}

    def reserver(self, niveau: Niveau, ids: Sequence[UUID]) -> dict[UUID, Noeud]:
        """Read the objects with what holds them; locked, if this handful is to be changed."""
        rangement = RANGEMENTS[niveau]
        vus = rangement.par_ids(self._lecture, self._organisme.id, ids)
        self.tenir(vus.values())
        return rangement.par_ids(self._lecture, self._organisme.id, ids, verrou=True) if self._verrou else vus

    def tenir(self, noeuds: Iterable[Noeud]) -> None:
        """Read what holds these objects."""
        siens = list(noeuds)
        ids = {noeud.formation_id for noeud in siens}
        self.formations = formations.par_ids(self._lecture, self._organisme.id, ids, verrou=self._verrou)
        parents = {noeud.parent_id for noeud in siens if noeud.niveau is Niveau.SESSION}
        self.actions = ACTIONS.par_ids(self._lecture, self._organisme.id, parents, verrou=self._verrou)

    def entourer(self, visees: Iterable[Visee], deviennent: Callable[[list[Noeud]], list[Noeud]] = list) -> None:
        """Read what is around objects that will be judged. `deviennent` gives what the objects beside will be."""
        siennes = list(visees)
        for une in siennes:
            if not une.comparee:
                continue
            voisins = RANGEMENTS[une.noeud.niveau].semblables(
                self._lecture, self._organisme.id, une.noeud.parent_id, une.fiche
            )
            if voisins:
                self._voisins[une.noeud.id] = deviennent(voisins)
        fiches = [une.fiche for une in siennes]
        fiches += [action.fiche for action in self.actions.values()]
        fiches += [voisin.fiche for voisins in self._voisins.values() for voisin in voisins]
        self._autour = contexte(self._lecture, self._organisme, self._le, fiches)

    def retenir(self, apres: Noeud) -> None:
        """Take note of what an object has become: the others are judged beside it."""
        self._changes[apres.id] = apres

    def place(self, noeud: Noeud) -> tuple[Formation | None, Noeud | None]:
        """Give the formation and, for a session, the action that hold an object; None where they are gone."""
        return self.formations.get(noeud.formation_id), self.actions.get(noeud.parent_id)

    def juger(self, noeud: Noeud, fiche: Fiche) -> Diagnostic:
        """Say all that the judge says of an object with a fiche. It must be one of those that were `entourer`."""
        autour = self._contexte(self.formations[noeud.formation_id])
        action = None if noeud.niveau is Niveau.ACTION else self.actions[noeud.parent_id].fiche
        # Its own number is looked for only where it changes.
        sujet = Sujet(noeud.id, noeud.parent_id, fiche, action, numero_a_soi=fiche.nom == noeud.fiche.nom)
        return juger(self._lecture, self._organisme.id, autour, sujet, self._a_cote(noeud))

    def _a_cote(self, noeud: Noeud) -> list[Noeud]:
        changes = [c for c in self._changes.values() if c.parent_id == noeud.parent_id]
        lus = [voisin for voisin in self._voisins.get(noeud.id, ()) if voisin.id not in self._changes]
        return [voisin for voisin in (*lus, *changes) if voisin.statut is Statut.VALIDEE]

    def _contexte(self, formation: Formation) -> Contexte:
        connu = self._contextes.get(formation.id)
        if connu is None:
            assert self._autour is not None  # noqa: S101 - `entourer` comes before
            connu = self._contextes[formation.id] = de_la_formation(self._lecture, self._autour, formation.fiche)
        return connu
