"""What an import has kept of a formation, an action or a session and no field says: listed, and kept no more."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.formation import Acte, Formation
from webapp.domain.imports import Trace
from webapp.domain.latin_1 import passe, remplace
from webapp.domain.noeud import Noeud, ParentArchive
from webapp.domain.refus import trouve
from webapp.domain.statuts import Operation, modifiable
from webapp.edof.objets import Reste
from webapp.edof.passage import reste_de
from webapp.edof.pieces import Piece, piece_de
from webapp.persistence import formations, traces_edof
from webapp.persistence.lecture import Lecture
from webapp.persistence.noeuds import ACTIONS
from webapp.services.jugement import RANGEMENTS


@dataclass(frozen=True, slots=True)
class Conservee:
    """One piece that is kept: what names it among those of its object, and what is told of it.

    `bloque`: it holds a character that the file cannot carry and that nothing stands for.
    """

    cle: str
    piece: Piece
    bloque: bool


def lister(lecture: Lecture, organisme: Organisme, niveau: Niveau, id: UUID) -> tuple[Conservee, ...]:
    """Give what is kept of an object, in the order of the file; most keep nothing."""
    restes = reste_de(traces_edof.d_un(lecture, organisme.id, niveau, id))
    return tuple(
        Conservee(cle, piece_de(reste), not passe(remplace(reste.xml)))
        for cle, reste in zip(_cles(restes), restes, strict=True)
    )


def retirer(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID, cle: str) -> Piece | None:
    """Keep a piece no more: its object is changed by this person, now. None when it is kept no longer.

    Raises Introuvable; OperationInterdite (archived); ParentArchive.
    """
    objet = _verrouiller(cnx, acte, niveau, id)
    trace = traces_edof.d_un(cnx, acte.organisme.id, niveau, id)
    restes = reste_de(trace)
    cles = _cles(restes)
    if trace is None or cle not in cles:
        return None
    rang = cles.index(cle)
    apres = replace(trace, reste=tuple(un for i, un in enumerate(trace.reste) if i != rang))
    _garder(cnx, acte, objet, apres)
    return piece_de(restes[rang])


def _verrouiller(cnx: Connection, acte: Acte, niveau: Niveau, id: UUID) -> Formation | Noeud:
    """Lock what holds an object, from the formation down, then the object, which may be changed."""
    organisme_id = acte.organisme.id
    if niveau is Niveau.FORMATION:
        formation = trouve(formations.par_id(cnx, organisme_id, id, verrou=True))
        formation.exiger_permise(Operation.ENREGISTRER)
        return formation
    vu = trouve(RANGEMENTS[niveau].par_id(cnx, organisme_id, id))
    formation = trouve(formations.par_id(cnx, organisme_id, vu.formation_id, verrou=True))
    if not modifiable(formation.statut):
        raise ParentArchive(Niveau.FORMATION, formation.id)
    if niveau is Niveau.SESSION:
        action = trouve(ACTIONS.par_id(cnx, organisme_id, vu.parent_id, verrou=True))
        if not modifiable(action.statut):
            raise ParentArchive(Niveau.ACTION, action.id)
    noeud = trouve(RANGEMENTS[niveau].par_id(cnx, organisme_id, id, verrou=True))
    noeud.exiger_permise(Operation.ENREGISTRER)
    return noeud


def _garder(cnx: Connection, acte: Acte, objet: Formation | Noeud, trace: Trace) -> None:
    apres = objet.touchee(acte)
    if isinstance(apres, Formation):
        assert isinstance(objet, Formation)  # noqa: S101 - one is made of the other
        formations.remplacer(cnx, objet, apres)
        formation_id = apres.id
    else:
        assert isinstance(objet, Noeud)  # noqa: S101 - one is made of the other
        RANGEMENTS[apres.niveau].remplacer(cnx, objet, apres)
        formation_id = apres.formation_id
    traces_edof.poser(cnx, acte.organisme.id, [(apres.niveau, apres.id, formation_id, trace)], (apres.id,))


def _cles(restes: Sequence[Reste]) -> list[str]:
    """Name each piece by what it is; two that are the same, by their order."""
    vues: dict[Reste, int] = {}
    cles = []
    for reste in restes:
        fois = vues[reste] = vues.get(reste, 0) + 1
        dit = "\0".join((reste.chemin, reste.apres, reste.xml, str(fois)))
        cles.append(hashlib.sha256(dit.encode()).hexdigest()[:16])
    return cles
