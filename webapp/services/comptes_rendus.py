"""The « compte-rendu d'intégration » that somebody pastes: kept, and each of its known codes led to its field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
    """Finds what lines name: a formation by its identifier, then an action of it, then a session of that action."""

    def __init__(self, lecture: Lecture, organisme: Organisme) -> None:
        self._lecture = lecture
        self._organisme_id = organisme.id
        self._connus: dict[tuple[UUID | None, str], UUID | None] = {}

    def situer(self, ligne: LigneLue) -> Situee:
        formation = self._premier(None, ligne)
        if formation is None:
            return Situee(ligne)
        if ligne.connu is None or ligne.connu.champ.niveau is Niveau.FORMATION:
            return Situee(ligne, Niveau.FORMATION, formation)
        action = self._premier(formation, ligne)
        if action is None:
            return Situee(ligne, Niveau.FORMATION, formation)
        if ligne.connu.champ.niveau is Niveau.ACTION:
            return Situee(ligne, Niveau.ACTION, action)
        session = self._premier(action, ligne, sessions=True)
        return Situee(ligne, Niveau.ACTION, action) if session is None else Situee(ligne, Niveau.SESSION, session)

    def _premier(self, parent: UUID | None, ligne: LigneLue, *, sessions: bool = False) -> UUID | None:
        for nom in ligne.noms:
            if nom != ligne.code and (trouve := self._chercher(parent, nom, sessions=sessions)) is not None:
                return trouve
        return None

    def _chercher(self, parent: UUID | None, nom: str, *, sessions: bool) -> UUID | None:
        cle = (parent, nom)
        if cle not in self._connus:
            if len(self._connus) >= RECHERCHES_MAX or caracteres_interdits(nom) or not cle_canonique(nom):
                return None
            if parent is None:
                trouve = formations.titulaire(self._lecture, self._organisme_id, cle_canonique(nom))
            else:
                rangement = SESSIONS if sessions else ACTIONS
                trouve = rangement.titulaire(self._lecture, self._organisme_id, parent, nom)
            self._connus[cle] = trouve
        return self._connus[cle]
