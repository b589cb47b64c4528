"""The undoing of an import: what it made is removed, what it changed comes back; what was touched since is left.

What it made under an object that it made, and that somebody has touched since, is left with it: what a person works on
is not emptied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.fiche import FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.imports import Trace
from webapp.domain.lots import ResteAinsi, raisons
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.statuts import Statut
from webapp.domain.taches import EtatLigne, EtatTache, Ligne, Tache
from webapp.domain.textes import dire, est_vide, fr
from webapp.persistence import formations, imports_edof, taches, traces_edof
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.formations import CategorisationPrise
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds
from webapp.services import arbre, catalogue
from webapp.services.lots import RETOUCHEE, Part, exiger_visible, rendus, tel_que_vu

Rendu = TypeVar("Rendu", Formation, Noeud)
POIGNEE = 10
REMPLIE = fr("Gardée : elle contient encore ce que l'annulation laisse.")
SOUS_RETOUCHEE = {
    Niveau.FORMATION: "Gardée avec sa formation, qui a changé depuis cette tâche.",
    Niveau.ACTION: "Gardée avec son action, qui a changé depuis cette tâche.",
}
RETIREE = fr("Retirée : l'import l'avait créée.")
GARDEES = "Contacts et lieux créés par l'import et gardés, parce qu'ils servent ou ont changé : {noms}."
GARDEES_SANS_NOM = fr("Des contacts ou des lieux créés par l'import sont gardés, parce qu'ils servent ou ont changé.")
NOMMES_MAX = 20
_RANGEMENTS: dict[Niveau, Noeuds] = {Niveau.ACTION: ACTIONS, Niveau.SESSION: SESSIONS}


def avancer(cnx: Connection, acte: Acte, tache: Tache, part: Part) -> Tache:
    """Undo some of what an import did, from the last; give the job as it now is."""
    assert tache.origine is not None  # noqa: S101 - an undoing undoes a job
    defaire = Defaire(cnx, acte, tache.origine)
    reste = part.objets
    while reste > 0:
        if "entree" in tache.etape:
            return _finir(cnx, acte, tache, reste)
        if "revue" in tache.etape:
            tache, vues = defaire.revalider(tache)
            reste -= vues
            continue
        borne = int(str(tache.etape["borne"]))
        lues = taches.lignes(
            cnx, tache.organisme_id, defaire.origine, [EtatLigne.FAITE], borne, POIGNEE, arriere=True
        )  # fmt: skip
        if not lues:
            tache = replace(tache, etape={"revue": 0})
            continue
        faites = [defaire.une(tache.rang + rang, lue) for rang, lue in enumerate(lues, 1)]
        taches.ajouter_lignes(cnx, tache, faites)
        taches.suivre_versions(cnx, tache, rendus(lues, faites))
        laisses = sum(ligne.etat is EtatLigne.LAISSEE for ligne in faites)
        tache = replace(
            tache, rang=tache.rang + len(faites), etape={"borne": lues[-1].rang}, laisses=tache.laisses + laisses,
            faits=tache.faits + len(faites) - laisses,
        )  # fmt: skip
        reste -= len(faites)
        if part.finie:
            break
    return tache


@dataclass(frozen=True)
class Defaire:
    """Undoes the lines of an import in one transaction.

    `retouches`: of the objects looked at, whether the import made them and somebody has touched them since. Nobody does
    while the transaction holds the formation.
    """

    cnx: Connection
    acte: Acte
    origine: UUID
    retouches: dict[tuple[Niveau, UUID], bool] = field(default_factory=dict)

    def une(self, rang: int, lue: Ligne) -> Ligne:
        """Undo what a line says was done; give the line of the undoing, of that rank."""
        ligne = replace(
            lue, rang=rang, version_vue=lue.version_faite or 0, detail="", raison="", version_faite=None, avant=None
        )
        objet = _Objet.de(self.cnx, self.acte, lue)
        if taches.redite(self.cnx, self.acte.organisme.id, self.origine, lue):
            return replace(ligne, etat=EtatLigne.LAISSEE, raison=ResteAinsi(RETOUCHEE).message)
        try:
            raison, version = _rendre(objet, lue) if lue.avant else self._retirer(objet, lue)
        except ResteAinsi as reste:
            return replace(ligne, etat=EtatLigne.LAISSEE, raison=reste.message)
        return replace(ligne, etat=EtatLigne.FAITE, raison=raison, version_faite=version)

    def revalider(self, tache: Tache) -> tuple[Tache, int]:
        """Look once more at a handful of what came back as drafts: what stood beside them has come back since.

        Give the job as it now is, and how many were looked at.
        """
        org = self.acte.organisme.id
        lues = taches.lignes_expliquees(self.cnx, tache, int(str(tache.etape["revue"])), POIGNEE)
        for lue in lues:
            niveau, id_ = Niveau(lue.niveau), lue.objet_id
            origine = taches.lignes_des_objets(self.cnx, org, self.origine, niveau, [id_])[id_]
            comme_alors = replace(origine, version_faite=lue.version_faite)
            try:
                raison, version = _rendre(_Objet.de(self.cnx, self.acte, lue), comme_alors)
            except ResteAinsi:
                continue
            refaite = replace(lue, raison=raison, version_faite=version)
            taches.remplacer_lignes(self.cnx, tache, [refaite])
            taches.suivre_versions(self.cnx, tache, rendus([origine], [refaite]))
        etape: dict[str, object] = {"revue": lues[-1].rang} if lues else {"entree": 0, "restent": list[str]()}
        return replace(tache, etape=etape), len(lues)

    def _retirer(self, objet: "_Objet", ligne: Ligne) -> tuple[str, int]:
        """Remove what the import has made."""
        cnx, org = self.cnx, self.acte.organisme.id
        if isinstance(objet.actuel, Formation):
            formation = tel_que_vu(objet.actuel, ligne.version_faite or 0, RETOUCHEE)
            if ACTIONS.du_parent(cnx, org, formation.id):
                raise ResteAinsi(REMPLIE)
            formations.retirer(cnx, formation)
            return RETIREE, Ligne.DISPARUE
        noeud = tel_que_vu(objet.actuel, ligne.version_faite or 0, RETOUCHEE)
        objet.exiger_visible(noeud)
        if objet.niveau is Niveau.ACTION and SESSIONS.du_parent(cnx, org, noeud.id):
            raise ResteAinsi(REMPLIE)
        if self.est_retouche(Niveau.FORMATION, noeud.formation_id):
            raise ResteAinsi(SOUS_RETOUCHEE[Niveau.FORMATION])
        if objet.niveau is Niveau.SESSION and self.est_retouche(Niveau.ACTION, noeud.parent_id):
            raise ResteAinsi(SOUS_RETOUCHEE[Niveau.ACTION])
        _RANGEMENTS[objet.niveau].retirer(cnx, noeud)
        return RETIREE, Ligne.DISPARUE

    def est_retouche(self, niveau: Niveau, id_: UUID) -> bool:
        """Say whether the import made this object and somebody has touched it since."""
        if (niveau, id_) not in self.retouches:
            org = self.acte.organisme.id
            ligne = taches.lignes_des_objets(self.cnx, org, self.origine, niveau, [id_]).get(id_)
            actuel: Formation | Noeud | None
            if niveau is Niveau.FORMATION:
                actuel = formations.par_id(self.cnx, org, id_)
            else:
                actuel = _RANGEMENTS[niveau].par_id(self.cnx, org, id_)
            creee = ligne is not None and ligne.etat is EtatLigne.FAITE and not ligne.avant
            self.retouches[niveau, id_] = bool(
                creee and actuel is not None and ligne is not None and actuel.version != ligne.version_faite
            )
        return self.retouches[niveau, id_]


@dataclass(frozen=True)
class _Objet:
    """One object of an import, whatever its level, locked with the formation that holds it."""

    cnx: Connection
    acte: Acte
    niveau: Niveau
    actuel: Formation | Noeud | None
    formation: Formation | None = None

    @classmethod
    def de(cls, cnx: Connection, acte: Acte, ligne: Ligne) -> "_Objet":
        niveau, org = Niveau(ligne.niveau), acte.organisme.id
        if niveau is Niveau.FORMATION:
            return cls(cnx, acte, niveau, formations.par_id(cnx, org, ligne.objet_id, verrou=True))
        vu = _RANGEMENTS[niveau].par_id(cnx, org, ligne.objet_id)
        if vu is None:
            return cls(cnx, acte, niveau, None)
        formation = formations.par_id(cnx, org, vu.formation_id, verrou=True)
        return cls(cnx, acte, niveau, _RANGEMENTS[niveau].par_id(cnx, org, ligne.objet_id, verrou=True), formation)

    def exiger_visible(self, noeud: Noeud) -> None:
        """Raise ResteAinsi when what holds an action or a session is archived."""
        session = noeud.niveau is Niveau.SESSION
        action = ACTIONS.par_id(self.cnx, self.acte.organisme.id, noeud.parent_id) if session else None
        exiger_visible(noeud.niveau, self.formation, action)


def _rendre(objet: _Objet, ligne: Ligne) -> tuple[str, int]:
    """Give back what an import has changed; say why it comes back otherwise than it was, if it does."""
    avant: Mapping[str, Any] = ligne.avant or {}
    statut = Statut(avant["statut"])
    apres: Formation | Noeud
    if isinstance(objet.actuel, Formation):
        formation = tel_que_vu(objet.actuel, ligne.version_faite or 0, RETOUCHEE)
        apres, raison = _rendre_formation(objet, formation, avant, statut)
    else:
        noeud = tel_que_vu(objet.actuel, ligne.version_faite or 0, RETOUCHEE)
        objet.exiger_visible(noeud)
        apres, raison = _rendre_noeud(objet, noeud, avant, statut)
    org = objet.acte.organisme.id
    traces_edof.oublier(objet.cnx, org, objet.niveau, apres.id)
    if (gardee := avant["trace"]) is not None:
        # Back as it was, it has its date again: that of the file, unless it had been changed here since.
        version = apres.version_saisie if gardee.get("tenue", True) else gardee["version"]
        trace = Trace.lire(version, gardee["rang"], tuple(gardee["dates"]), gardee["contenu"])
        formation_id = apres.id if isinstance(apres, Formation) else apres.formation_id
        traces_edof.poser(objet.cnx, org, [(objet.niveau, apres.id, formation_id, trace)], ())
    return raison, apres.version


def _rendre_formation(
    objet: _Objet, actuelle: Formation, avant: Mapping[str, Any], statut: Statut
) -> tuple[Formation, str]:
    fiche = FicheFormation.lire(avant["champs"])
    if (fiche, statut) == (actuelle.fiche, actuelle.statut):
        return actuelle, ""
    envoi = Envoi(actuelle.id, actuelle.version, fiche)
    diagnostic = catalogue.diagnostiquer(objet.cnx, objet.acte.organisme, envoi, objet.acte.le, actuelle)
    if not diagnostic.enregistrable:
        raise ResteAinsi(raisons(diagnostic, objet.niveau))
    apres = _a_ses_dates(actuelle.redevenir(objet.acte, fiche, statut, diagnostic), avant)
    try:
        with objet.cnx.begin_nested():
            formations.remplacer(objet.cnx, actuelle, apres, a_sa_place=apres.modifiee_le != objet.acte.maintenant)
    except CategorisationPrise:
        raise ResteAinsi(raisons(diagnostic, objet.niveau)) from None
    dites = raisons(diagnostic, objet.niveau) if apres.statut is not statut else ""
    return apres, _retombe(statut, apres.statut, dites)


def _rendre_noeud(objet: _Objet, actuel: Noeud, avant: Mapping[str, Any], statut: Statut) -> tuple[Noeud, str]:
    fiche = Fiche.lire(objet.niveau, avant["champs"])
    if (fiche, statut) == (actuel.fiche, actuel.statut):
        return actuel, ""
    depot = Depot(actuel.id, actuel.version, fiche, actuel.parent_id)
    diagnostic = arbre.diagnostiquer(objet.cnx, objet.acte.organisme, depot, objet.acte.le)
    if not diagnostic.enregistrable:
        raise ResteAinsi(raisons(diagnostic, objet.niveau))
    apres = _a_ses_dates(actuel.redevenir(objet.acte, fiche, statut, diagnostic), avant)
    _RANGEMENTS[objet.niveau].remplacer(objet.cnx, actuel, apres)
    dites = raisons(diagnostic, objet.niveau) if apres.statut is not statut else ""
    return apres, _retombe(statut, apres.statut, dites)


def _a_ses_dates(apres: Rendu, avant: Mapping[str, Any]) -> Rendu:
    """Give an object that is as it was the moments that it had; one that is not, a draft now, has those of today."""
    # What was imported under an earlier version has kept none.
    moments = avant.get("moments")
    if moments is None or apres.statut.value != avant["statut"]:
        return apres
    validee_le = moments["validee_le"]
    rendu = replace(
        apres, modifiee_le=datetime.fromisoformat(moments["modifiee_le"]), modifiee_par=moments["modifiee_par"],
        validee_le=None if validee_le is None else datetime.fromisoformat(validee_le),
    )  # fmt: skip
    if isinstance(rendu, Formation):
        par = moments.get("modifiee_par_id")
        return replace(rendu, modifiee_par_id=None if par is None else UUID(par))
    return rendu


def _retombe(voulu: Statut, statut: Statut, pourquoi: str) -> str:
    return "" if voulu is statut else dire("Revenue en brouillon. {raisons}", raisons=pourquoi)


def _finir(cnx: Connection, acte: Acte, tache: Tache, reste: int) -> Tache:
    """Remove contacts and places that the import has made and that nothing uses, so many; name those that stay."""
    assert tache.origine is not None  # noqa: S101 - an undoing undoes a job
    debut, restent = int(str(tache.etape["entree"])), list(_noms(tache.etape["restent"]))
    entrees = imports_edof.entrees(cnx, tache.organisme_id, tache.origine)
    for niveau, id_ in entrees[debut : debut + reste]:
        annuaire = CONTACTS if niveau is Niveau.CONTACT else LIEUX
        entree = annuaire.par_id(cnx, tache.organisme_id, id_, verrou=True)
        if entree is None:
            continue
        if entree.version == 1 and not annuaire.usages(cnx, tache.organisme_id, id_, 1):
            annuaire.retirer(cnx, entree)
        elif len(restent) <= NOMMES_MAX:
            restent.append(entree.fiche.nom)
    if debut + reste < len(entrees):
        return replace(tache, etape={"entree": debut + reste, "restent": restent})
    return replace(
        tache, etat=EtatTache.TERMINEE, finie_le=acte.maintenant, porteur=None, raison=_dire_gardees(restent)
    )


def _noms(gardes: object) -> list[str]:
    return gardes if isinstance(gardes, list) else []


def _dire_gardees(restent: Sequence[str]) -> str:
    if not restent:
        return ""
    noms = [dire("« {nom} »", nom=nom) for nom in restent[:NOMMES_MAX] if not est_vide(nom)]
    if not noms:
        return GARDEES_SANS_NOM
    return dire(GARDEES, noms=", ".join(noms) + ("…" if len(restent) > NOMMES_MAX else ""))
