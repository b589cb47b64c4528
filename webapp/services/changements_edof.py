"""« Ce qui changera sur EDOF »: what the catalogue says now, beside the files that were given to the portal.

A page judges as it reads, and stops when it is full: whatever the catalogue holds, it takes a fraction of a second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from webapp.domain.champs import INTITULE
from webapp.domain.comptes import Organisme
from webapp.domain.exports import Export, Motif
from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, fr
from webapp.edof import differences
from webapp.edof.differences import Difference
from webapp.persistence import exports_edof, formations, traces_edof
from webapp.persistence.exports_edof import OffreEcrite
from webapp.persistence.lecture import Lecture
from webapp.services import controle, export_edof, marche
from webapp.services.controle import Controlee
from webapp.services.export_edof import Offre
from webapp.services.pages import Curseur

OBJETS_PAR_PAGE = 2_000
"""Formations, actions and sessions that are judged for one page."""

FORMATIONS_PAR_PAGE = 20
"""Formations of which something changes, on one page."""

DIFFERENCES_MAX = 40
"""Things that are told of one formation; the others are counted."""

PARTIES_MAX = 100
NOUVELLE = "Nouvelle sur EDOF."
PLUS_DANS_LE_FICHIER = fr("Ne sera plus dans le fichier :")
SUPPRIMEE = fr("N'est plus dans le catalogue : elle y a été supprimée.")
ARCHIVEE = fr("A été archivée ici : elle ne sera plus dans le fichier.")
AUTRE_IDENTIFIANT = (
    "Porte maintenant l'identifiant « {identifiant} » : sous celui-ci, elle ne sera plus dans le fichier."
)
SANS_IDENTIFIANT = fr("N'a plus d'identifiant : elle ne sera plus dans le fichier.")


@dataclass(frozen=True, slots=True)
class FormationChangee:
    """A formation that will not be on the portal what it is: its id and names, what is said of it, what changes.

    `id` is None when the catalogue no longer has it, `intitule` then being that of the file. `tues`: how many other
    things change.
    """

    id: UUID | None
    identifiant: str
    intitule: str
    dit: str = ""
    differences: tuple[Difference, ...] = ()
    motifs: tuple[Motif, ...] = ()
    tues: int = 0


@dataclass(slots=True)
class PageDeChangements:
    """What changes, as far as one page goes: `suivant` is where the next begins (None: the catalogue is read).

    `parties`: what the portal has and the catalogue no longer does, on the first page.
    `deposes`: the files that say what the portal has, the last first; none: nobody said that one was given, or it is
    kept no more (`perdue`). `coupee`: others were given before, that are remembered no more. `parties_tues`: how many
    more the catalogue no longer has.
    """

    deposes: Sequence[Export]
    formations: list[FormationChangee] = field(default_factory=list)
    parties: list[FormationChangee] = field(default_factory=list)
    comparees: int = 0
    inchangees: int = 0
    suivant: Curseur | None = None
    perdue: bool = False
    coupee: bool = False
    parties_tues: int = 0


def lister(lecture: Lecture, organisme: Organisme, le: date, apres: Curseur | None = None) -> PageDeChangements:
    """Compare the catalogue with what the portal was given, from a place on."""
    page = PageDeChangements(marche.reference(lecture, organisme.id))
    if not page.deposes:
        page.perdue = marche.reference_perdue(lecture, organisme.id)
        return page
    page.coupee = marche.reference_coupee(page.deposes)
    if apres is None:
        page.parties += _parties(lecture, organisme, page.deposes)
        if len(page.parties) >= PARTIES_MAX:
            toutes = exports_edof.compter_parties(lecture, organisme.id, [un.id for un in page.deposes])
            page.parties_tues = toutes - len(page.parties)
    objets = 0
    place: Curseur | None = None
    for lot in _lots(controle.du_catalogue(lecture, organisme, le, apres, conseils=False)):
        connues = exports_edof.offres_de(
            lecture, organisme.id, [une.formation.fiche.identifiant for une in lot], [un.id for un in page.deposes]
        )
        traces = traces_edof.des_formations(lecture, organisme.id, [une.formation.id for une in lot])
        for une in lot:
            if len(page.formations) >= FORMATIONS_PAR_PAGE or objets >= OBJETS_PAR_PAGE:
                page.suivant = place
                return page
            objets += une.objets
            place = une.place
            offre = export_edof.offrir_une(une, organisme, traces)
            _comparer(lecture, offre, connues.get(une.formation.fiche.identifiant), page)
    return page


def _lots(toutes: Iterator[Controlee]) -> Iterator[list[Controlee]]:
    lot: list[Controlee] = []
    for une in toutes:
        lot.append(une)
        if len(lot) == marche.RASSEMBLEES:
            yield lot
            lot = []
    if lot:
        yield lot


def _comparer(lecture: Lecture, offre: Offre, connue: OffreEcrite | None, page: PageDeChangements) -> None:
    formation = offre.une.formation
    celle = (formation.id, formation.fiche.identifiant, formation.fiche.intitule)
    page.comparees += 1
    if offre.piece is None:
        if connue is not None:
            page.formations.append(FormationChangee(*celle, PLUS_DANS_LE_FICHIER, motifs=offre.motifs))
    elif connue is None:
        page.formations.append(FormationChangee(*celle, NOUVELLE))
    elif connue.empreinte == marche.empreinte_de(offre.piece):
        page.inchangees += 1
    else:
        export = next(un for un in page.deposes if un.id == connue.export_id)
        avant = b"".join(exports_edof.octets(lecture, export, connue.debut, connue.longueur))
        toutes = differences.differences(differences.lire(avant), differences.lire(offre.piece))
        tues = max(0, len(toutes) - DIFFERENCES_MAX)
        page.formations.append(
            FormationChangee(*celle, differences=tuple(toutes[:DIFFERENCES_MAX]), tues=tues)
        )  # fmt: skip


def _parties(lecture: Lecture, organisme: Organisme, deposes: Sequence[Export]) -> Iterator[FormationChangee]:
    """Give what the portal has and the working catalogue no longer does, and what has become of each here."""
    par_id = {un.id: un for un in deposes}
    lues = exports_edof.parties(lecture, organisme.id, list(par_id), PARTIES_MAX)
    restees = formations.par_ids(lecture, organisme.id, [une.formation_id for une in lues])
    dites: set[str] = set()
    for une in lues:
        if une.numero not in dites:
            dites.add(une.numero)
            restee = restees.get(une.formation_id)
            if restee is not None:
                yield FormationChangee(restee.id, une.numero, restee.fiche.intitule, _devenue(restee))
            else:
                export = par_id[une.export_id] if une.export_id is not None else None
                yield FormationChangee(None, une.numero, _intitule(lecture, export, une), SUPPRIMEE)


def _devenue(formation: Formation) -> str:
    if formation.statut is Statut.ARCHIVEE:
        return ARCHIVEE
    identifiant = formation.fiche.identifiant
    return dire(AUTRE_IDENTIFIANT, identifiant=identifiant) if identifiant else SANS_IDENTIFIANT


def _intitule(lecture: Lecture, export: Export | None, une: OffreEcrite) -> str:
    """Give the title that a formation had in a file; empty when that is kept no more."""
    if export is None:
        return ""
    piece = b"".join(exports_edof.octets(lecture, export, une.debut, une.longueur))
    return differences.lire(piece).valeurs.get(INTITULE, "") if len(piece) == une.longueur else ""
