"""The « compte-rendu d'intégration » that somebody pastes: kept, and each of its known codes led to its field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.comptes_rendus import LigneLue, lire
from webapp.domain.formation import Acte
from webapp.domain.identifiants import cle_canonique
from webapp.domain.textes import caracteres_interdits
from webapp.persistence import formations, suivi_edof
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS

RECHERCHES_MAX = 2_000
"""Words of a whole « compte-rendu » that are looked for, at most."""


@dataclass(frozen=True, slots=True)
class Situee:
    """A line with the nearest object that it names: its level and id (None: it names none of ours)."""

    ligne: LigneLue
    niveau: Niveau | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What was pasted last: its text, when, by whom, and the lines that bear a code."""

    texte: str
    colle_le: datetime
    colle_par: str
    lignes: Sequence[Situee]


class _Place(NamedTuple):
    """What words name: a formation, an action of it, a session of that action, as far as they do."""

    formation: UUID | None = None
    action: UUID | None = None
    session: UUID | None = None


def coller(cnx: Connection, acte: Acte, texte: str) -> None:
    """Keep a « compte-rendu » in place of the one before."""
    suivi_edof.coller(cnx, acte.organisme.id, texte, acte.maintenant, acte.auteur.nom)


def dernier(lecture: Lecture, organisme: Organisme) -> CompteRendu | None:
    """Give the one that was pasted last, its lines situated in the catalogue as it now is; None when there is none."""
    garde = suivi_edof.compte_rendu_de(lecture, organisme.id)
    if garde is None:
        return None
    texte, le, par = garde
    chercheur = _Chercheur(lecture, organisme)
    return CompteRendu(texte, le, par, [chercheur.situer(ligne) for ligne in lire(texte)])


class _Chercheur:
    """Finds what lines name: a formation by its identifier, then an action of it, then a session of that action.

    What a line does not name is what the last heading named.
    """

    def __init__(self, lecture: Lecture, organisme: Organisme) -> None:
        self._lecture = lecture
        self._organisme_id = organisme.id
        self._connus: dict[tuple[UUID | None, str], UUID | None] = {}
        self._entete = _Place()

    def situer(self, ligne: LigneLue) -> Situee:
        for noms in ligne.entetes:
            # Half of what may be looked for is left to the lines themselves.
            self._entete = self._placer(self._entete, noms, RECHERCHES_MAX // 2)
        formation, action, session = self._placer(self._entete, [n for n in ligne.noms if n != ligne.code])
        if formation is None:
            return Situee(ligne)
        niveau = Niveau.FORMATION if ligne.connu is None else ligne.connu.champ.niveau
        if niveau is Niveau.FORMATION or action is None:
            return Situee(ligne, Niveau.FORMATION, formation)
        if niveau is Niveau.ACTION or session is None:
            return Situee(ligne, Niveau.ACTION, action)
        return Situee(ligne, Niveau.SESSION, session)

    def _placer(self, dans: _Place, noms: Sequence[str], maximum: int = RECHERCHES_MAX) -> _Place:
        """Give what these words name, and what they leave out of where they stand."""
        formation = self._premier(None, noms, maximum)
        if formation is not None and formation != dans.formation:
            dans = _Place(formation)
        if dans.formation is not None:
            action = self._premier(dans.formation, noms, maximum)
            if action is not None and action != dans.action:
                dans = _Place(dans.formation, action)
        if dans.action is not None:
            session = self._premier(dans.action, noms, maximum, sessions=True)
            dans = dans if session is None else dans._replace(session=session)
        return dans

    def _premier(
        self, parent: UUID | None, noms: Sequence[str], maximum: int, *, sessions: bool = False
    ) -> UUID | None:  # fmt: skip
        for nom in noms:
            if (trouve := self._chercher(parent, nom, maximum, sessions=sessions)) is not None:
                return trouve
        return None

    def _chercher(self, parent: UUID | None, nom: str, maximum: int, *, sessions: bool) -> UUID | None:
        cle = (parent, nom)
        if cle not in self._connus:
            if len(self._connus) >= maximum or caracteres_interdits(nom) or not cle_canonique(nom):
                return None
            if parent is None:
                trouve = formations.titulaire(self._lecture, self._organisme_id, cle_canonique(nom))
            else:
                rangement = SESSIONS if sessions else ACTIONS
                trouve = rangement.titulaire(self._lecture, self._organisme_id, parent, nom)
            self._connus[cle] = trouve
        return self._connus[cle]
