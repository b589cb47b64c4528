"""What a job concerns, found handful by handful: what was chosen itself, or what stands under it in the tree.

Where the search has come to is a plain value, kept with the job: another process goes on from there.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.formation import Formation
from webapp.domain.lots import Changement
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.domain.taches import Tache
from webapp.persistence import formations, taches
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Marque, marque
from webapp.services import pages
from webapp.services.pages import Curseur, Filtre

FORMATIONS_LUES = 200
"""Formations that a filter gives at once."""

PARENTS_LUS = 100
"""Formations or actions looked into before giving what was found, be it nothing."""

_DE_HAUT_EN_BAS = (Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION)
_COLONNES = {Niveau.FORMATION: "formation_id", Niveau.ACTION: "action_id"}
_RANGEMENTS = {Niveau.ACTION: ACTIONS, Niveau.SESSION: SESSIONS}
_AVANT_TOUT = UUID(int=0)
Objet = Formation | Noeud


def etape_du_filtre(filtre: Filtre) -> dict[str, object]:
    """Give where the search begins when all that a filter of the catalogue shows is chosen."""
    return {
        "filtre": {
            "recherche": filtre.recherche, "statut": filtre.statut.value if filtre.statut else "",
            "type": filtre.type_formation, "certification": filtre.certification,
        }
    }  # fmt: skip


class Cibles:
    """Finds the objects of a job. `etape` says where it has come to, after each handful."""

    def __init__(self, cnx: Connection, organisme: Organisme, tache: Tache, changement: Changement) -> None:
        """Begin where the job has come to."""
        self.etape = dict(tache.etape)
        self._cnx = cnx
        self._organisme = organisme
        self._tache = tache
        self._cible = changement.niveau
        self._par_la_fin = changement.par_la_fin

    def suivantes(self, limite: int) -> Sequence[Objet] | None:
        """Give the next objects, at most so many, perhaps none yet; None when there is no more."""
        if "filtre" in self.etape:
            self._filtrer()
            return []
        sources = _DE_HAUT_EN_BAS[: _DE_HAUT_EN_BAS.index(self._cible) + 1]
        while (phase := int(str(self.etape.get("phase", 0)))) < len(sources):
            trouves = self._du_niveau(sources[phase], limite)
            if trouves is not None:
                return trouves
            self.etape = {"phase": phase + 1}
        return None

    def _filtrer(self) -> None:
        """Choose what one page of the filter shows."""
        filtre = self.etape["filtre"]
        assert isinstance(filtre, dict)  # noqa: S101 - written by `etape_du_filtre`
        voulu = Filtre(
            filtre["recherche"], Statut(filtre["statut"]) if filtre["statut"] else None,
            filtre.get("type", ""), filtre.get("certification", ""),
        )  # fmt: skip
        apres = Curseur.lire(filtre["apres"]) if filtre.get("apres") else None
        page = pages.lister(self._cnx, self._organisme, voulu, apres, FORMATIONS_LUES)
        taches.choisir(self._cnx, self._tache, Niveau.FORMATION, [ligne.id for ligne in page.lignes])
        self.etape = {"filtre": {**filtre, "apres": str(page.suivant)}} if page.suivant else {}

    def _du_niveau(self, source: Niveau, limite: int) -> Sequence[Objet] | None:
        """Give what is found from what was chosen of a level; None when nothing more is."""
        if source is not self._cible:
            return self._dessous(source, limite)
        if source is Niveau.SESSION:
            siennes = taches.sessions_choisies(
                self._cnx, self._tache, self._marque(), limite, par_la_fin=self._par_la_fin
            )
            if siennes:
                self._retenir(siennes[-1])
            return siennes or None
        ids = taches.choisis_apres(self._cnx, self._tache, source, self._uuid("apres"), limite)
        if not ids:
            return None
        self.etape["apres"] = str(ids[-1])
        par_ids = formations.par_ids if source is Niveau.FORMATION else ACTIONS.par_ids
        trouves = par_ids(self._cnx, self._organisme.id, ids)
        return [trouves[id_] for id_ in ids if id_ in trouves]

    def _dessous(self, source: Niveau, limite: int) -> Sequence[Noeud] | None:
        """Give what stands under what was chosen of a level."""
        rangement = _RANGEMENTS[self._cible]
        for _ in range(PARENTS_LUS):
            if "parent" in self.etape:
                trouves = rangement.tranche(
                    self._cnx, self._organisme.id, _COLONNES[source], self._uuid("parent"), self._marque(), limite,
                    par_la_fin=self._par_la_fin,
                )  # fmt: skip
                if trouves:
                    self._retenir(trouves[-1])
                    return trouves
            suivant = taches.choisis_apres(self._cnx, self._tache, source, self._uuid("parent"), 1)
            if not suivant:
                return None
            self.etape["parent"] = str(suivant[0])
            self.etape.pop("apres", None)
        return []

    def _uuid(self, nom: str) -> UUID:
        return UUID(str(self.etape[nom])) if nom in self.etape else _AVANT_TOUT

    def _marque(self) -> Marque | None:
        lue = self.etape.get("apres")
        if lue is None:
            return None
        assert isinstance(lue, list | tuple)  # noqa: S101 - written by `_retenir`
        parent, texte, id_ = lue
        return UUID(parent), texte, UUID(id_)

    def _retenir(self, dernier: Noeud) -> None:
        parent, texte, id_ = marque(dernier)
        self.etape["apres"] = [str(parent), texte, str(id_)]
