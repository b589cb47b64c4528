"""The portal's file of a catalogue: looked at first, then written, a few formations at a time.

Only what the portal would take goes out: a « validée » formation, its « validées » actions without anything to mend,
their sessions likewise. What stays out is named with its reasons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from webapp.domain.comptes import Organisme
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire
from webapp.edof.caracteres import Releve, Rencontre, a_accepter, relever, remplacer_dans
from webapp.edof.ecriture import PIED, ecrire_formation, entete
from webapp.edof.objets import Objet
from webapp.edof.passage import Entourage, objet_de
from webapp.persistence import traces_edof
from webapp.persistence.lecture import Lecture
from webapp.services import controle
from webapp.services.controle import Controlee

AUCUN: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Ecartee:
    """A formation that stays out of the file: its id, its identifier and title, and why, in sentences."""

    id: UUID
    identifiant: str
    intitule: str
    raisons: tuple[str, ...]


@dataclass(slots=True)
class Bilan:
    """What the file holds, what stays out, and what its encoding cannot carry.

    `a_accepter`: the characters that a person must accept to see replaced before the file can be made.
    """

    formations: int = 0
    actions: int = 0
    sessions: int = 0
    ecartees: list[Ecartee] = field(default_factory=list)
    releve: Releve = field(default_factory=Releve)

    def a_accepter(self, acceptes: Mapping[str, str]) -> tuple[Rencontre, ...]:
        """List the characters whose replacement a person has not accepted yet."""
        return a_accepter(self.releve.par_caractere.values(), acceptes)


def examiner(lecture: Lecture, organisme: Organisme, le: date) -> Bilan:
    """Say what a file of the catalogue would hold. Memory grows with what stays out alone.

    To be read within the same state of the base as `produire`, so that the file is what was said of it.
    """
    bilan = Bilan()
    for une, objet in _offres(lecture, organisme, le):
        raisons = _raisons(une, objet, bilan.releve)
        if objet is None or raisons:
            fiche = une.formation.fiche
            bilan.ecartees.append(Ecartee(une.formation.id, fiche.identifiant, fiche.intitule, raisons))
            continue
        bilan.formations += 1
        bilan.actions += len(objet.enfants)
        bilan.sessions += sum(len(action.enfants) for action in objet.enfants)
    return bilan


def produire(lecture: Lecture, organisme: Organisme, le: date, acceptes: Mapping[str, str] = AUCUN) -> Iterator[bytes]:
    """Give the bytes of the file, one piece for each formation; `acceptes`: each character and what replaces it.

    The same catalogue gives the same bytes. Raises CaractereHorsDuJeuError for a character that was not accepted.
    """
    yield entete()
    for une, objet in _offres(lecture, organisme, le):
        if objet is not None and not _raisons(une, objet, Releve()):
            yield ecrire_formation(remplacer_dans(objet, acceptes))
    yield PIED


def _offres(lecture: Lecture, organisme: Organisme, le: date) -> Iterator[tuple[Controlee, Objet | None]]:
    for une in controle.du_catalogue(lecture, organisme, le):
        yield une, _objet(lecture, organisme, une) if une.controle.publiable else None


def _objet(lecture: Lecture, organisme: Organisme, une: Controlee) -> Objet:
    """Give what goes out of a formation that can be published: what is « validé » and has nothing to mend."""
    # What came from a file and has no field goes back into it, with its dates.
    traces = traces_edof.des_formations(lecture, organisme.id, [une.formation.id])
    retenus = {constat.id for constat in une.controle.bloquants}

    def bons(noeuds: Sequence[Noeud]) -> list[Noeud]:
        return [noeud for noeud in noeuds if noeud.statut is Statut.VALIDEE and noeud.id not in retenus]

    sessions = {action.id: bons(une.sessions.get(action.id, ())) for action in une.actions}
    actions = [action for action in bons(une.actions) if sessions[action.id]]
    autour = Entourage(organisme.siret, une.autour.contacts, une.autour.lieux, traces)
    return objet_de(une.formation, actions, sessions, autour)


def _raisons(une: Controlee, objet: Objet | None, releve: Releve) -> tuple[str, ...]:
    if objet is None:
        return tuple(manque.message for manque in une.controle.manques)
    modele = "Le fichier ne peut pas porter le caractère « {signe} » ({nom}), et rien ne le remplace."
    return tuple(dire(modele, signe=r.caractere, nom=r.nom) for r in relever(objet, releve))
