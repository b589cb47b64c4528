"""One walk through a catalogue for an export: a state of the base, read little by little by the process of jobs.

The walk is in memory alone: whoever takes the job after a fall begins another, and what the first had kept goes. The
file is therefore whole and of one state, or is not there.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.exports import SIGNES_MAX, TAILLE_MORCEAU, Ecartee, Endroit, Export, Quoi, Signe
from webapp.domain.taches import EtatTache, Tache
from webapp.edof.caracteres import Releve, Rencontre
from webapp.edof.ecriture import PIED, entete
from webapp.persistence import exports_edof, suivi_edof, taches
from webapp.persistence.exports_edof import OffreEcrite
from webapp.persistence.lecture import Lecture
from webapp.persistence.lectures_edof import Lue
from webapp.services import export_edof
from webapp.services.export_edof import Offre, endroit_de

RASSEMBLEES = 50
"""Formations asked of the base together: how often each was touched, what the portal was given of it."""

OBJETS = 300
"""Objects of a handful, after which it takes no other formation: some tens of milliseconds."""


@dataclass(slots=True)
class Recolte:
    """What a walk gives at once: to be kept in one transaction, with the progress of the job.

    `premiere`: it is the first of its walk: what an earlier one had kept is to go. `lues`: what would go out, when
    nothing is written yet. `fini`: the export as the walk leaves it, once it is over.
    """

    premiere: bool = False
    vues: int = 0
    morceaux: list[tuple[int, bytes]] = field(default_factory=list)
    offres: list[OffreEcrite] = field(default_factory=list)
    lues: list[Lue] = field(default_factory=list)
    ecartees: list[tuple[int, Ecartee]] = field(default_factory=list)
    fini: Export | None = None


class Marche:
    """Goes through a catalogue. `ecrit`: the file is made; otherwise it is only looked at."""

    def __init__(  # noqa: PLR0913 - what is read, for whom, when, and what of it
        self, lecture: Lecture, organisme: Organisme, le: date, export: Export, *, ecrit: bool,
        parmi: Collection[UUID] | None,
    ) -> None:  # fmt: skip
        """Begin. In: a reading of one state of the base, which lasts as long as the walk."""
        self._lecture = lecture
        self._organisme = organisme
        self._ecrit = ecrit
        self._export = replace(
            export, formations=0, actions=0, sessions=0, ecartees=0, partielles=0, inchangees=0, taille=0, empreinte="",
            signes=(),
        )  # fmt: skip
        acceptes: Mapping[str, str] | None = suivi_edof.acceptes(lecture, organisme.id) if ecrit else None
        self._offres = export_edof.offrir(lecture, organisme, le, acceptes, parmi)
        self._deposes = [un.id for un in reference(lecture, organisme.id)]
        self._fichier = _Fichier()
        self._releve = Releve()
        self._endroits: dict[str, list[Endroit]] = {}
        self._rang = 0
        self._premiere = True
        self._finie = False

    def avancer(self, objets: int, fin: float | None = None) -> Recolte:
        """Go on: a handful of formations at least, then as long as there are fewer objects and time is not over."""
        recolte = Recolte(premiere=self._premiere)
        self._premiere = False
        vus = 0
        while not self._finie and vus < objets and (fin is None or not vus or monotonic() < fin):
            poignee, derniere = self._poignee()
            vus += sum(offre.une.objets for offre in poignee)
            recolte.vues += len(poignee)
            self._recueillir(poignee, recolte)
            if derniere:
                self._finie = True
                self._clore(recolte)
        recolte.morceaux = self._fichier.prets()
        return recolte

    def _poignee(self) -> tuple[list[Offre], bool]:
        """Give the next formations, and whether they are the last."""
        poignee: list[Offre] = []
        objets = 0
        for offre in self._offres:
            poignee.append(offre)
            objets += offre.une.objets
            if len(poignee) == RASSEMBLEES or objets >= OBJETS:
                return poignee, False
        return poignee, True

    def _recueillir(self, poignee: list[Offre], recolte: Recolte) -> None:
        sortent = [offre for offre in poignee if offre.piece is not None and offre.objet is not None]
        fois = suivi_edof.fois(self._lecture, self._organisme.id, [o.une.formation.id for o in sortent])
        connues: Mapping[str, OffreEcrite] = {}
        if self._export.quoi is Quoi.CHANGE:
            numeros = [offre.une.formation.fiche.identifiant for offre in sortent]
            connues = exports_edof.offres_de(self._lecture, self._organisme.id, numeros, self._deposes)
        for offre in poignee:
            self._une(offre, connues, fois, recolte)

    def _une(
        self, offre: Offre, connues: Mapping[str, OffreEcrite], fois: Mapping[UUID, int], recolte: Recolte
    ) -> None:  # fmt: skip
        un, numero, id_ = self._export, offre.une.formation.fiche.identifiant, offre.une.formation.id
        if offre.piece is not None and offre.objet is not None:
            empreinte = empreinte_de(offre.piece)
            if (connue := connues.get(numero)) is not None and connue.empreinte == empreinte:
                self._export = replace(un, inchangees=un.inchangees + 1)
                return
            sessions = sum(len(action.enfants) for action in offre.objet.enfants)
            un = replace(
                un, formations=un.formations + 1, actions=un.actions + len(offre.objet.enfants),
                sessions=un.sessions + sessions,
            )  # fmt: skip
            if self._ecrit:
                debut = self._fichier.ecrire(offre.piece)
                recolte.offres.append(
                    OffreEcrite(id_, numero, empreinte, debut, len(offre.piece), fois.get(id_, 0))
                )  # fmt: skip
            else:
                recolte.lues.append(Lue(id_, numero, offre.une.formation.fiche.intitule, empreinte))
        for rencontre in offre.rencontres:
            self._compter(offre, rencontre)
        ecartee = offre.ecartee
        if ecartee is not None:
            self._rang += 1
            recolte.ecartees.append((self._rang, ecartee))
            un = replace(
                un, ecartees=un.ecartees + (not ecartee.partielle), partielles=un.partielles + ecartee.partielle
            )
        self._export = un

    def _compter(self, offre: Offre, rencontre: Rencontre) -> None:
        """Count a character with those met before; of all its places, the first are kept."""
        connus = self._releve.par_caractere
        # Those that wait to be accepted are all kept: there are few of them.
        if rencontre.caractere not in connus and rencontre.remplacement is None and len(connus) >= SIGNES_MAX:
            return
        siens = self._endroits.setdefault(rencontre.caractere, [])
        siens += [endroit_de(offre.une, lieu) for lieu in self._releve.ajouter(rencontre)]

    def _clore(self, recolte: Recolte) -> None:
        taille, empreinte = self._fichier.clore() if self._ecrit and self._export.formations else (0, "")
        signes = tuple(
            Signe(r.caractere, r.remplacement, r.fois, tuple(self._endroits[r.caractere]), r.champs)
            for r in self._releve.par_caractere.values()
        )
        recolte.fini = replace(self._export, taille=taille, empreinte=empreinte, signes=signes)


class _Fichier:
    """The bytes of a file, in pieces of one size; nothing before the first formation."""

    def __init__(self) -> None:
        self._tampon = bytearray()
        self._numero = 0
        self._taille = 0
        self._sha = hashlib.sha256()
        self._clos = False

    def ecrire(self, octets: bytes) -> int:
        """Add bytes; give where they begin."""
        if not self._taille:
            self._ajouter(entete())
        debut = self._taille
        self._ajouter(octets)
        return debut

    def clore(self) -> tuple[int, str]:
        """End the file; give its size and its print."""
        self._ajouter(PIED)
        self._clos = True
        return self._taille, self._sha.hexdigest()

    def prets(self) -> list[tuple[int, bytes]]:
        """Give the pieces that are whole, and the last one when the file has ended, ready to be kept."""
        morceaux = []
        while len(self._tampon) >= TAILLE_MORCEAU or (self._clos and self._tampon):
            morceaux.append((self._numero, exports_edof.comprimer(bytes(self._tampon[:TAILLE_MORCEAU]))))
            del self._tampon[:TAILLE_MORCEAU]
            self._numero += 1
        return morceaux

    def _ajouter(self, octets: bytes) -> None:
        self._tampon += octets
        self._taille += len(octets)
        self._sha.update(octets)


class Marches:
    """The walks that a process of jobs has under way, by the job of each."""

    LIMITE = 3
    """Walks under way at once: each holds a state of the base; the other exports wait for their turn."""

    def __init__(self, ouvrir: Callable[[ExitStack], Connection]) -> None:
        """Keep how a state of the base is opened, and held until a stack is closed."""
        self._ouvrir = ouvrir
        self._marches: dict[UUID, tuple[Marche, EtatTache, ExitStack]] = {}
        self._attente: dict[UUID, Recolte] = {}

    def recolter(
        self, tache: Tache, commencer: Callable[[Connection], Marche], objets: int, fin: float
    ) -> Recolte | None:  # fmt: skip
        """Go on with the walk of a job, or begin it; None when too many are under way.

        What was gathered and could not be kept is given again.
        """
        tenue = self._marches.get(tache.id)
        if tenue is not None and tenue[1] is not tache.etat:
            self.oublier(tache.id)
            tenue = None
        if tenue is None:
            if len(self._marches) >= self.LIMITE:
                return None
            pile = ExitStack()
            try:
                tenue = commencer(self._ouvrir(pile)), tache.etat, pile
            except BaseException:
                pile.close()
                raise
            self._marches[tache.id] = tenue
        if tache.id not in self._attente:
            self._attente[tache.id] = tenue[0].avancer(objets, fin)
        return self._attente[tache.id]

    def gardee(self, id: UUID) -> None:
        """Take note that what was gathered for a job is kept."""
        self._attente.pop(id, None)

    def oublier(self, id: UUID) -> None:
        """Leave the walk of a job, and the state of the base that it held."""
        self._attente.pop(id, None)
        tenue = self._marches.pop(id, None)
        if tenue is not None:
            tenue[2].close()

    def garder(self, ids: Collection[UUID]) -> None:
        """Leave the walks of jobs that are no longer to be done."""
        for id_ in [id_ for id_ in self._marches if id_ not in ids]:
            self.oublier(id_)


def empreinte_de(piece: bytes) -> str:
    """Give the print of a formation as the file writes it."""
    return hashlib.sha256(piece).hexdigest()[:32]


def reference(lecture: Lecture, organisme_id: UUID) -> list[Export]:
    """List the files that say what the portal has, the last given first: down to the last whole catalogue.

    None does when one of them is kept no more: what it gave is not known, and the others do not say all.
    """
    retenus: list[Export] = []
    for un in exports_edof.deposes(lecture, organisme_id):
        if un.efface_le is not None:
            return []
        retenus.append(un)
        if un.quoi is Quoi.TOUT:
            break
    return retenus


def reference_perdue(lecture: Lecture, organisme_id: UUID) -> bool:
    """Say, where no file says what the portal has, whether some were given to it all the same."""
    return bool(exports_edof.deposes(lecture, organisme_id))


def reference_coupee(deposes: Sequence[Export]) -> bool:
    """Say whether these files that say what the portal has go less far back than the last whole catalogue."""
    return len(deposes) >= exports_edof.DEPOSES_MAX and deposes[-1].quoi is not Quoi.TOUT


def choisies(lecture: Lecture, tache: Tache) -> frozenset[UUID]:
    """Give the formations that were chosen for an export."""
    ids: list[UUID] = []
    apres = UUID(int=0)
    while lot := taches.choisis_apres(lecture, tache, Niveau.FORMATION, apres, 1_000):
        ids += lot
        apres = lot[-1]
    return frozenset(ids)


def commencer(lecture: Lecture, organisme: Organisme, le: date, tache: Tache, export: Export) -> Marche:
    """Begin the walk that a job is to do now."""
    parmi = choisies(lecture, tache) if export.quoi is Quoi.CHOIX else None
    return Marche(lecture, organisme, le, export, ecrit=tache.etat is EtatTache.EN_COURS, parmi=parmi)
