"""The « compte-rendu d'intégration » that somebody pastes: kept, and each of its known codes led to its field."""

from collections.abc import Iterable, Sequence
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
from webapp.persistence import formations, numeros, suivi_edof
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds
from webapp.persistence.numeros import Seul

RECHERCHES_MAX = 2_000
"""Words of a whole « compte-rendu » that are looked for, at most."""

ENSEMBLE = 50
"""Formations, or actions, of which what they hold is asked together."""


SEULS_MAX = 200
"""Numbers of a whole « compte-rendu » that are looked for in all the catalogue, at most."""


@dataclass(frozen=True, slots=True)
class Situee:
    """A line with the nearest object that it names: its level and id (None: it names none of ours).

    `d_apres`: the number of the heading that names it, when the line itself names nothing of ours; 0 when it does.
    """

    ligne: LigneLue
    niveau: Niveau | None = None
    id: UUID | None = None
    d_apres: int = 0


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What was pasted last: its text, when, by whom, and the lines that bear a code."""

    texte: str
    colle_le: datetime
    colle_par: str
    lignes: Sequence[Situee]


_Cle = tuple[UUID | None, str]
"""A word, and what holds that which it may name: nothing for a formation."""
_Rangement = Noeuds | None
"""Where what words name is kept: None for the formations."""


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
    return CompteRendu(texte, le, par, _Chercheur(lecture, organisme).tout_situer(list(lire(texte))))


class _Chercheur:
    """Finds what lines name: a formation by its identifier, then an action of it, then a session of that action.

    What a line does not name is what alone bears, in all the catalogue, the number of an action or a session that it
    gives; else what the last heading named. Words are looked for one after the other, and asked of
    the base together: lines are gone through with what is known, what they then ask for is read, and they are gone
    through again until they ask for nothing more.
    """

    def __init__(self, lecture: Lecture, organisme: Organisme) -> None:
        self._lecture = lecture
        self._organisme_id = organisme.id
        self._lus: dict[_Cle, UUID | None] = {}
        self._manquent: dict[_Rangement, list[_Cle]] = {}
        self._connus: dict[_Cle, UUID | None] = {}
        self._entete = _Place()
        self._d_apres = 0

    def tout_situer(self, lignes: Sequence[LigneLue]) -> list[Situee]:
        """Give all the lines, each with what it names."""
        while True:
            self._connus, self._entete, self._d_apres, self._manquent = {}, _Place(), 0, {}
            situees = [self._situer(ligne) for ligne in lignes]
            if not self._manquent:
                return self._par_leur_seul_numero(situees)
            for rangement, cles in self._manquent.items():
                self._lire(rangement, cles)

    def _lire(self, rangement: _Rangement, cles: Sequence[_Cle]) -> None:
        """Ask for what these words name."""
        self._lus |= dict.fromkeys(cles)
        par_parent: dict[UUID | None, dict[str, list[_Cle]]] = {}
        for cle in cles:
            par_parent.setdefault(cle[0], {}).setdefault(cle_canonique(cle[1]), []).append(cle)
        if rangement is None:
            trouvees = formations.titulaires(self._lecture, self._organisme_id, list(par_parent[None]))
            self._lus |= {cle: id_ for canonique, id_ in trouvees.items() for cle in par_parent[None][canonique]}
            return
        parents = [parent for parent in par_parent if parent is not None]
        for debut in range(0, len(parents), ENSEMBLE):
            ceux_la = parents[debut : debut + ENSEMBLE]
            numeros = list(dict.fromkeys([numero for parent in ceux_la for numero in par_parent[parent]]))
            tenus = rangement.titulaires(self._lecture, self._organisme_id, ceux_la, numeros)
            for (parent, numero), id_ in tenus.items():
                self._lus |= dict.fromkeys(par_parent[parent].get(numero, ()), id_)

    def _situer(self, ligne: LigneLue) -> Situee:
        for numero, noms in zip(ligne.lignes_des_entetes, ligne.entetes, strict=True):
            # Half of what may be looked for is left to the lines themselves.
            self._entete, nomme = self._placer(self._entete, noms, RECHERCHES_MAX // 2)
            self._d_apres = numero if nomme else self._d_apres
        siens = [nom for nom in ligne.noms if nom != ligne.code]
        place, nomme = self._placer(self._entete, siens, RECHERCHES_MAX)
        return _situee(ligne, place, 0 if nomme else self._d_apres)

    def _par_leur_seul_numero(self, situees: Sequence[Situee]) -> list[Situee]:
        """Look in all the catalogue for the numbers that are given by the lines that name nothing else of ours."""
        cles: dict[Niveau, dict[str, None]] = {Niveau.ACTION: {}, Niveau.SESSION: {}}
        for une in situees:
            if une.id is None or une.d_apres:
                for niveau, nom in _numeros(une.ligne):
                    if sum(map(len, cles.values())) < SEULS_MAX:
                        cles[niveau].setdefault(cle_canonique(nom))
        seuls = {
            (niveau, cle): seul
            for niveau, siennes in cles.items()
            for cle, seul in numeros.seuls(self._lecture, self._organisme_id, niveau, list(siennes)).items()
        }
        if not seuls:
            return list(situees)
        return [
            une if une.id is not None and not une.d_apres else self._autrement(
                une, [seuls[cle] for n, nom in _numeros(une.ligne) if (cle := (n, cle_canonique(nom))) in seuls]
            )
            for une in situees
        ]  # fmt: skip

    @staticmethod
    def _autrement(une: Situee, seuls: Sequence[Seul]) -> Situee:
        """Situate a line by what alone bears the numbers that it gives, as far as they agree."""
        if len({seul.formation for seul in seuls}) != 1:
            return une
        place = _Place(seuls[0].formation)
        if len({seul.action for seul in seuls}) == 1:
            place = _Place(seuls[0].formation, seuls[0].action)
            sessions = {seul.session for seul in seuls if seul.session is not None}
            place = place._replace(session=sessions.pop() if len(sessions) == 1 else None)
        return _situee(une.ligne, place, 0)

    def _placer(self, dans: _Place, noms: Sequence[str], maximum: int) -> tuple[_Place, bool]:
        """Give what these words name, and what they leave out of where they stand; and whether they name anything."""
        nomme = False
        formation = self._premier(None, None, noms, maximum)
        if formation is not None:
            nomme = True
            dans = dans if formation == dans.formation else _Place(formation)
        if dans.formation is not None:
            action = self._premier(ACTIONS, dans.formation, noms, maximum)
            if action is not None:
                nomme = True
                dans = dans if action == dans.action else _Place(dans.formation, action)
        if dans.action is not None:
            session = self._premier(SESSIONS, dans.action, noms, maximum)
            nomme = nomme or session is not None
            dans = dans if session is None else dans._replace(session=session)
        return dans, nomme

    def _premier(
        self, rangement: _Rangement, parent: UUID | None, noms: Sequence[str], maximum: int
    ) -> UUID | None:  # fmt: skip
        for nom in noms:
            if (trouve := self._chercher(rangement, (parent, nom), maximum)) is not None:
                return trouve
        return None

    def _chercher(self, rangement: _Rangement, cle: _Cle, maximum: int) -> UUID | None:
        if cle not in self._connus:
            nom = cle[1]
            if len(self._connus) >= maximum or caracteres_interdits(nom) or not cle_canonique(nom):
                return None
            if cle not in self._lus:
                self._manquent.setdefault(rangement, []).append(cle)
            self._connus[cle] = self._lus.get(cle)
        return self._connus[cle]


def _situee(ligne: LigneLue, place: _Place, d_apres: int) -> Situee:
    """Give a line with the object of its place that its code speaks of, or the nearest one above."""
    formation, action, session = place
    if formation is None:
        return Situee(ligne)
    niveau = Niveau.FORMATION if ligne.connu is None else ligne.connu.champ.niveau
    if niveau is Niveau.FORMATION or action is None:
        return Situee(ligne, Niveau.FORMATION, formation, d_apres)
    if niveau is Niveau.ACTION or session is None:
        return Situee(ligne, Niveau.ACTION, action, d_apres)
    return Situee(ligne, Niveau.SESSION, session, d_apres)


def _numeros(ligne: LigneLue) -> Iterable[tuple[Niveau, str]]:
    """Give the numbers of a line that may be looked for everywhere, each with the levels that it may be of."""
    for dit, nom in ligne.dits:
        if not caracteres_interdits(nom) and cle_canonique(nom):
            for niveau in (Niveau.ACTION, Niveau.SESSION) if dit is None else (dit,):
                yield niveau, nom
