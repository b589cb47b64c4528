"""Imports as jobs: a preview made part by part, an import in one transaction, its undoing part by part.

A preview does what an import does, and undoes it: it is kept as words, and as a few characters by which an import sees
that it is about to do something else. It then does nothing, and a new preview is made.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.formation import Acte
from webapp.domain.imports import PERTES, Apercu, ImportExpire, Offre, Sort
from webapp.domain.refus import trouve
from webapp.domain.taches import EtatLigne, EtatTache, Genre, Ligne, Tache
from webapp.domain.textes import fr
from webapp.persistence import formations, imports_edof, taches
from webapp.persistence.insertion_en_masse import par_les_cles
from webapp.persistence.lecture import Lecture
from webapp.services import defaire_import
from webapp.services.lots import Part
from webapp.services.passage_ecrits import Passe, Titulaires
from webapp.services.passage_edof import Alentour, Passage

OFFRES_VUES = 3
"""Formations of a file that an answer looks at together: few enough to end soon."""

OFFRES_PASSEES = 10
"""Formations of a file that the process of jobs looks at together: few enough that others do not wait."""

LOURDES = 200_000
"""Bytes of the formations that a preview looks at together, at most: some ninety objects."""

OFFRES_EN_NOMBRE, LOURDES_EN_NOMBRE = 10, 300_000
"""The same where nobody waits between two handfuls: enough to read and write in bulk, few enough to be held at once."""

DEPASSE = fr("Le catalogue a changé depuis l'aperçu : rien n'est importé.")
CHANGE = " ".join([DEPASSE, fr("Voici ce que l'import ferait maintenant.")])
_FAITS = frozenset({Sort.CREE, Sort.MODIFIE})


class ApercuDepasse(Exception):  # noqa: N818 - undoes what was begun
    """An import would do something else than its preview has said: give its transaction up, then `revoir`."""


def avancer(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    """Do one part of a job that this transaction holds locked; give the job as it now is, for the caller to write.

    Raises ApercuDepasse, of a part that no answer does.
    """
    if tache.genre is Genre.ANNULATION:
        return defaire_import.avancer(cnx, acte, tache, part)
    if tache.etat is EtatTache.PREPARATION:
        return _examiner(cnx, acte, tache, part)
    # An answer does not take the time of a long one.
    if part.fin is None and tache.rang > part.objets:
        return tache
    apres = _importer(cnx, acte, tache, part)
    # What an answer could bring in, it can look at again.
    revue = apres.etat is EtatTache.PREPARATION and part.fin is None
    return _examiner(cnx, acte, apres, part) if revue else apres


def _examiner(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    reste = part.objets
    # What each handful writes is given up before the next.
    alentour = Alentour.lire(cnx, acte)
    while reste > 0:
        rang, vae = int(str(tache.etape.get("rang", 0))), _titulaires(tache.etape.get("vae"))
        offres, toutes = _prochaines(cnx, tache, rang, *_poignee(part))
        if not offres:
            return replace(tache, etat=EtatTache.PRETE, etape={}, porteur=None)
        if part.fin is None and not toutes:
            # An answer does not take the time that these ask for.
            return tache
        essai = cnx.begin_nested()
        try:
            # Those that gave one up did so in handfuls that have been given up themselves.
            formations.liberer_categorisations(cnx, tache.organisme_id, list(vae))
            passees = Passage(cnx, acte, tache.id, alentour, vae, en_pertes=True).passer(offres)
        finally:
            essai.rollback()
        tache = _retenir(cnx, tache, [passe for passes in passees for passe in passes])
        marques = [(offre.rang, empreinte(passes)) for offre, passes in zip(offres, passees, strict=True)]
        imports_edof.marquer(cnx, tache.organisme_id, tache.id, marques)
        tache = replace(tache, etape={"rang": offres[-1].rang, "vae": _a_garder(vae)})
        reste -= sum(map(len, passees))
        if part.finie:
            break
    return tache


def _poignee(part: Part) -> tuple[int, int]:
    """Give how many formations a preview looks at together, and how many bytes of them, at most."""
    if part.fin is None:
        return OFFRES_VUES, LOURDES
    return (OFFRES_EN_NOMBRE, LOURDES_EN_NOMBRE) if part.fin == math.inf else (OFFRES_PASSEES, LOURDES)


def _prochaines(cnx: Connection, tache: Tache, apres: int, nombre: int, octets: int) -> tuple[list[Offre], bool]:
    """Give the next formations of a file, as many as are light enough together, and whether that is so many.

    One alone is given, however heavy; no other is read with it.
    """
    poids = imports_edof.poids(cnx, tache.organisme_id, tache.id, apres, nombre)
    legeres = sum(total <= octets for total in accumulate(poids))
    if not poids:
        return [], True
    offres = imports_edof.offres(cnx, tache.organisme_id, tache.id, apres, max(legeres, 1))
    return offres, legeres == len(poids)


def _a_garder(vae: Titulaires) -> dict[str, object]:
    return {nom: None if lui is None else [str(lui[0]), lui[1]] for nom, lui in vae.items()}


def _titulaires(gardes: object) -> Titulaires:
    lus = gardes if isinstance(gardes, dict) else {}
    # A preview begun under an earlier version kept a name alone: it is then looked for in the database.
    return {
        nom: None if lui is None else (UUID(lui[0]), lui[1]) for nom, lui in lus.items() if not isinstance(lui, str)
    }


def _retenir(cnx: Connection, tache: Tache, passes: Sequence[Passe]) -> Tache:
    """Keep what is told of these objects, each as a line of the job."""
    lignes, apercus = [], []
    une = trouve(imports_edof.par_tache(cnx, tache.organisme_id, tache.id))
    comptes = {niveau: dict(par_sort) for niveau, par_sort in une.comptes.items()}
    for rang, passe in enumerate(passes, tache.rang + 1):
        un = passe.apercu
        etat = EtatLigne.PREVUE if un.sort in _FAITS else EtatLigne.ECARTEE
        lignes.append(Ligne(rang, un.niveau, passe.id, passe.version_vue, un.nom, un.sort.mot.capitalize(), etat))
        apercus.append((rang, un))
        du_niveau = comptes.setdefault(un.niveau, {})
        du_niveau[un.sort.value] = du_niveau.get(un.sort.value, 0) + 1
        if un.pertes:
            du_niveau[PERTES] = du_niveau.get(PERTES, 0) + 1
    taches.ajouter_lignes(cnx, tache, lignes)
    imports_edof.ajouter_apercus(cnx, tache.organisme_id, tache.id, apercus)
    imports_edof.remplacer(cnx, replace(une, comptes=comptes))
    prevus = sum(ligne.etat is EtatLigne.PREVUE for ligne in lignes)
    return replace(
        tache, rang=tache.rang + len(lignes), prevus=tache.prevus + prevus,
        ecartes=tache.ecartes + len(lignes) - prevus,
    )  # fmt: skip


def empreinte(passes: Sequence[Passe]) -> str:
    """Give in a few characters what was said of a formation and of all that it holds."""
    dit = [[str(passe.id), passe.version_vue, *_mots(passe.apercu)] for passe in passes]
    return hashlib.sha256(json.dumps(dit, ensure_ascii=False).encode()).hexdigest()


def _mots(un: Apercu) -> list[object]:
    changements = [[d.nom, d.avant, d.apres] for d in un.changements]
    return [un.niveau, un.sort, un.nom, un.ligne, un.statut, changements, un.raisons, un.remarques]


def _importer(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    """Bring the whole file in, or nothing of it. Raises ApercuDepasse, of a part that no answer does."""
    if part.fin is None:
        # What an answer writes beside stays. It is little: what a savepoint would give back, SQLite holds in memory.
        try:
            with cnx.begin_nested():
                faits = _tout(cnx, acte, tache, part)
        except ApercuDepasse:
            return revoir(cnx, tache)
    else:
        faits = _tout(cnx, acte, tache, part)
    imports_edof.vider(cnx, tache.organisme_id, tache.id, "edof_offre")
    return replace(
        tache, etat=EtatTache.TERMINEE, faits=faits, rang=tache.prevus + tache.ecartes, finie_le=acte.maintenant,
        porteur=None, raison="",
    )  # fmt: skip


def _tout(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> int:
    """Bring all formations in; say how many objects have changed. Raises ApercuDepasse."""
    par_les_cles(cnx)
    passage = Passage(cnx, acte, tache.id, Alentour.lire(cnx, acte), {}, en_pertes=False)
    apres = rang = faits = 0
    while offres := _prochaines(cnx, tache, apres, OFFRES_EN_NOMBRE, LOURDES_EN_NOMBRE)[0]:
        passees = passage.passer(offres)
        if any(empreinte(p) != offre.empreinte for p, offre in zip(passees, offres, strict=True)):
            raise ApercuDepasse
        faites = []
        for passe in (passe for passes in passees for passe in passes):
            rang += 1
            if passe.apercu.sort in _FAITS:
                faites.append(Ligne(
                    rang, passe.apercu.niveau, passe.id, passe.version_vue, "", "", EtatLigne.FAITE, "",
                    passe.version_faite, passe.avant or {},
                ))  # fmt: skip
        taches.remplacer_lignes(cnx, tache, faites)
        faits += len(faites)
        apres = offres[-1].rang
        if part.suivre is not None:
            part.suivre(rang)
    entrees = [(entree.niveau, entree.id) for entree in passage.faites]
    imports_edof.ajouter_entrees(cnx, tache.organisme_id, tache.id, entrees)
    return faits


def revoir(cnx: Connection, tache: Tache) -> Tache:
    """Begin the preview again: what it said is no longer what would be done."""
    imports_edof.vider(cnx, tache.organisme_id, tache.id, "edof_apercu", "tache_ligne")
    une = trouve(imports_edof.par_tache(cnx, tache.organisme_id, tache.id))
    imports_edof.remplacer(cnx, replace(une, comptes=une.comptes_vides(une.autour)))
    return replace(
        tache, etat=EtatTache.PREPARATION, etape={}, rang=0, prevus=0, ecartes=0, porteur=None, raison=CHANGE,
        lancee_le=None,
    )  # fmt: skip


def exiger_garde(lecture: Lecture, tache: Tache) -> None:
    """Raise ImportExpire when a file that nobody has confirmed is kept no more."""
    une = trouve(imports_edof.par_tache(lecture, tache.organisme_id, tache.id))
    # The real moment: that of a reference date goes back at midnight.
    if not tache.finie and tache.etat is not EtatTache.EN_COURS and une.expire_le < datetime.now(UTC):
        raise ImportExpire
