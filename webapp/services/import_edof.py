"""A file of the portal that somebody sends: kept while it waits, looked at, then brought in or forgotten.

A file is cut into its formations when it comes; each is then read by itself, so that a preview goes part by part, and
begins again where it was. What is sent is refused whole when it cannot be read, or is another organisation's.
"""

import math
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import IO
from uuid import UUID

from sqlalchemy import Connection
from stdnum.fr import siret as sirets

from webapp.domain.comptes import Organisme
from webapp.domain.formation import Acte
from webapp.domain.identifiants import cle_canonique
from webapp.domain.imports import GARDE, Apercu, Importation, Offre, Sort
from webapp.domain.refus import trouve
from webapp.domain.taches import EtatTache, Genre, Tache
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.fichier import Alentours, Encodage, FichierRefuse, FormationLue, encodage, parcourir
from webapp.edof.ordre import SIRET, chemin_lu
from webapp.persistence import imports_edof, taches
from webapp.persistence.lecture import Lecture
from webapp.services import avancement, tache_import
from webapp.services.lots import Part
from webapp.services.taches import AUSSITOT, Demande, nouvelle

MORCEAU = 1 << 20
"""Bytes of a file that are kept together."""

EN_MEMOIRE = 1 << 18
"""Bytes of a file that is being cut beyond which it is on disk."""

OCTETS_PAR_ECRITURE = 1 << 18
"""Bytes of formations of a file that are written together."""

APERCUS_PAR_PAGE = 50
NOM_MAX = 200
_DU_SIRET = chemin_lu(SIRET)
AUTRE_SIRET = (
    "Ce fichier est d'un autre organisme : son SIRET est {autre} (ligne {ligne}), le vôtre est {sien}. "
    "Rien n'en est lu."
)
CLE_FAUSSE = fr("La clé du SIRET {siret} est fausse : le portail pourrait la refuser. L'import, lui, la prend.")
ECARTE = "Ligne {ligne}, « {nom} » (« {texte} ») : hors des formations, donc pas repris ; l'export ne le rendra pas."
ECARTE_VIDE = "Ligne {ligne}, « {nom} » : hors des formations, donc pas repris ; l'export ne le rendra pas."
ECARTES_AUSSI = "… et {autres} hors des formations, que l'export ne rendra pas non plus."
SANS_FORMATION = fr("Ce fichier ne contient aucune formation.")


def _boite() -> IO[bytes]:
    """Give a file of our own, in memory while it is short; whoever takes it closes it."""
    return tempfile.SpooledTemporaryFile(max_size=EN_MEMOIRE)


@dataclass
class Decoupe:
    """The formations of a file, out of memory until they are kept; `autour`: how much stands around, and is left."""

    nombre: int = 0
    remarques: tuple[str, ...] = ()
    autour: int = 0
    _boite: IO[bytes] = field(default_factory=_boite)

    def ajouter(self, offre: Offre) -> None:
        """Put one more."""
        pickle.dump((offre.rang, offre.ligne, offre.cle, offre.xml), self._boite)
        self.nombre += 1

    def offres(self) -> Iterator[Offre]:
        """Give them in their order, once more each time."""
        self._boite.seek(0)
        for _ in range(self.nombre):
            # What this very process has just written.
            yield Offre(*pickle.load(self._boite))  # noqa: S301 - see above

    def fermer(self) -> None:
        """Keep nothing of it."""
        self._boite.close()


@dataclass(frozen=True, slots=True)
class Envoye:
    """What is known of a file that is sent: the id of its job, its name, its encodings; how it is read, once known."""

    id: UUID
    nom: str
    dit: Encodage
    lu_en: str = ""


def decouper(flux: IO[bytes], lu_en: str, organisme: Organisme) -> Decoupe:
    """Cut a file into its formations, in memory that does not grow with it.

    Raises FichierRefuse: broken, not the portal's, another organisation's, or without any formation.
    """
    decoupe = Decoupe()
    try:
        fausses: set[str] = set()
        alentours = Alentours()
        for rang, lue in enumerate(parcourir(flux, lu_en, alentours=alentours), 1):
            _exiger_le_siret(lue, organisme, fausses)
            cle = cle_canonique(lue.element.get("numero", ""))
            decoupe.ajouter(Offre(rang, lue.ligne, cle, lue.xml))
        _exiger_une_formation(decoupe)
    except BaseException:
        decoupe.fermer()
        raise
    decoupe.remarques = (*(CLE_FAUSSE.format(siret=un) for un in sorted(fausses)), *_dire_les_alentours(alentours))
    decoupe.autour = alentours.nombre
    return decoupe


def _dire_les_alentours(alentours: Alentours) -> Iterator[str]:
    """Say what is left of a file because it stands in no formation of it."""
    for un in alentours.nommes:
        yield dire(ECARTE if un.texte else ECARTE_VIDE, ligne=str(un.ligne), nom=un.nom, texte=un.texte)
    if autres := alentours.nombre - len(alentours.nommes):
        yield dire(ECARTES_AUSSI, autres=pluriel(autres, "autre élément", "autres éléments"))


def _exiger_une_formation(decoupe: Decoupe) -> None:
    if not decoupe.nombre:
        raise FichierRefuse(SANS_FORMATION)


def siret_etranger(siret: str, organisme: Organisme) -> bool:
    """Say whether a SIRET is that of another organisation."""
    return siret != organisme.siret


def _exiger_le_siret(lue: FormationLue, organisme: Organisme, fausses: set[str]) -> None:
    siret = "".join(lue.element.findtext(_DU_SIRET, "").split())
    if siret and siret_etranger(siret, organisme):
        ici = str(lue.ligne_de(_DU_SIRET))
        raise FichierRefuse(dire(AUTRE_SIRET, autre=siret[:40], ligne=ici, sien=organisme.siret))
    if siret and not sirets.is_valid(siret):
        fausses.add(siret)


def recevoir(flux: IO[bytes]) -> Encodage:
    """Find in which encoding a file is. Raises FichierRefuse."""
    return encodage(flux)


def attendre(cnx: Connection, demande: Demande, envoye: Envoye, flux: IO[bytes]) -> Importation:
    """Keep a file that says one encoding and is in another, until a person has said in which it is to be read.

    Sent twice under one id, it is kept once.
    """
    une, neuve = _ouvrir_la_tache(cnx, demande, envoye)
    if neuve:
        flux.seek(0)
        imports_edof.garder(cnx, une, iter(partial(flux.read, MORCEAU), b""))
    return une


def relire(lecture: Lecture, une: Importation) -> IO[bytes]:
    """Give the bytes of a file that waits."""
    boite = _boite()
    for octets in imports_edof.octets(lecture, une):
        boite.write(octets)
    boite.seek(0)
    return boite


def deposer(cnx: Connection, demande: Demande, envoye: Envoye, decoupe: Decoupe) -> Tache:
    """Keep the formations of a file, and begin to look at them; a small one is looked at whole before this returns.

    Sent twice under one id, it is kept once.
    """
    id, lu_en = envoye.id, envoye.lu_en
    deja = taches.par_id(cnx, demande.acte.organisme.id, id, verrou=True)
    if deja is not None and deja.etat is not EtatTache.CHOIX:
        return deja
    une = imports_edof.par_tache(cnx, demande.acte.organisme.id, id)
    if une is None:
        une, neuve = _ouvrir_la_tache(cnx, demande, envoye)
        if not neuve:
            # Sent twice at once: the other was first.
            return trouve(taches.par_id(cnx, une.organisme_id, id))
    imports_edof.vider(cnx, une.organisme_id, id, "edof_morceau")
    du_lot = 0
    lot: list[Offre] = []
    for offre in decoupe.offres():
        du_lot += len(offre.xml)
        lot.append(offre)
        if du_lot >= OCTETS_PAR_ECRITURE:
            imports_edof.ajouter_offres(cnx, une, lot)
            lot, du_lot = [], 0
    imports_edof.ajouter_offres(cnx, une, lot)
    une = replace(
        une, lu_en=lu_en, formations=decoupe.nombre, remarques=decoupe.remarques,
        comptes=Importation.comptes_vides(decoupe.autour),
    )  # fmt: skip
    imports_edof.remplacer(cnx, une)
    tache = trouve(taches.par_id(cnx, une.organisme_id, id, verrou=True))
    tache = replace(tache, etat=EtatTache.PREPARATION, choisis=decoupe.nombre)
    return _ecrire(cnx, avancement.avancer(cnx, demande.acte, tache, Part(AUSSITOT)))


def ouvrir(lecture: Lecture, organisme: Organisme, id: UUID) -> tuple[Importation, Tache]:
    """Give a file that was sent, and its job. Raises Introuvable."""
    tache = trouve(taches.par_id(lecture, organisme.id, id))
    return trouve(imports_edof.par_tache(lecture, organisme.id, id)), tache


def dit(une: Importation) -> Encodage:
    """Give in which encoding a file says that it is, and in which it is."""
    return Encodage(une.declare, une.reel)


def exiger_garde(lecture: Lecture, tache: Tache) -> None:
    """Raise ImportExpire when a file that nobody has confirmed is kept no more."""
    tache_import.exiger_garde(lecture, tache)


def apercus(
    lecture: Lecture, une: Importation, sorts: tuple[Sort, ...], apres: int = 0, limite: int = APERCUS_PAR_PAGE
) -> tuple[list[tuple[int, UUID, str, Apercu]], int | None]:
    """Give what is told of the objects of a file, by rank, and the rank after which more follows (None: nothing)."""
    lus = imports_edof.apercus(lecture, une.organisme_id, une.tache_id, sorts, apres, limite + 1)
    return lus[:limite], lus[limite - 1][0] if len(lus) > limite else None


def titre(une: Importation) -> str:
    """Name an import in a few words."""
    return _titre(une.nom)


def titres(lecture: Lecture, organisme: Organisme, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Name those of these jobs that are imports."""
    return {id_: _titre(nom) for id_, nom in imports_edof.noms(lecture, organisme.id, ids).items()}


def _titre(nom: str) -> str:
    return dire("Importer « {nom} »", nom=nom)


def resume(une: Importation) -> str:
    """Say how many objects of a file have each fate."""
    return ", ".join(pluriel(nombre, sort.mot) for sort, nombre in une.totaux.items())


def _ouvrir_la_tache(cnx: Connection, demande: Demande, envoye: Envoye) -> tuple[Importation, bool]:
    """Make the job of a file; or give the one that is there, and False."""
    acte = demande.acte
    # The real moment: that of a reference date goes back at midnight.
    maintenant = datetime.now(UTC)
    imports_edof.oublier(cnx, maintenant)
    if not taches.ajouter(cnx, nouvelle(demande, envoye.id, genre=Genre.IMPORT)):
        return trouve(imports_edof.par_tache(cnx, acte.organisme.id, envoye.id)), False
    une = Importation(
        acte.organisme.id, envoye.id, envoye.nom[:NOM_MAX], envoye.dit.declare, envoye.dit.reel, "", 0, (), {},
        maintenant + GARDE,
    )  # fmt: skip
    imports_edof.ajouter(cnx, une)
    return une, True


def _ecrire(cnx: Connection, tache: Tache) -> Tache:
    taches.remplacer(cnx, replace(tache, battement=tache.battement + 1))
    return tache


def tenir(cnx: Connection, tache: Tache, porteur: UUID) -> Tache:
    """Hold a job under a name, so that nobody else does it."""
    return _ecrire(cnx, replace(tache, porteur=porteur if tache.active else None))


def une_part(
    cnx: Connection, acte: Acte, tache: Tache, suivre: Callable[[int], None] | None = None
) -> Tache:  # fmt: skip
    """Do one part of a job that is held. Raises Introuvable when it is there no more, ApercuDepasse.

    Somebody may have stopped it, or another process may hold it: it is then given as it is, and nothing is done.
    `suivre` is told how many objects have been brought in so far: an import is one part, however long.
    """
    lue, tenue = _relire_tenue(cnx, tache)
    if not tenue:
        return lue
    fait = avancement.avancer(cnx, acte, lue, Part(fin=math.inf, suivre=suivre))
    return _ecrire(cnx, replace(fait, porteur=tache.porteur if fait.active else None))


def revoir(cnx: Connection, tache: Tache) -> Tache:
    """Begin again the preview of a job, after ApercuDepasse, if it is still held. Raises Introuvable."""
    lue, tenue = _relire_tenue(cnx, tache)
    return _ecrire(cnx, replace(avancement.revoir(cnx, lue), porteur=tache.porteur)) if tenue else lue


def _relire_tenue(cnx: Connection, tache: Tache) -> tuple[Tache, bool]:
    """Lock a job and read it again; and say whether there still is something to do of it, and for us."""
    lue = trouve(taches.par_id(cnx, tache.organisme_id, tache.id, verrou=True))
    return lue, lue.tenue_par(tache.porteur)


def renoncer(cnx: Connection, tache: Tache) -> None:
    """Forget a file, its job and its preview."""
    imports_edof.retirer(cnx, tache.organisme_id, tache.id)
