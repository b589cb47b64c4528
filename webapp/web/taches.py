"""The jobs: what each would change, how far it is, what it did; launch it, stop it, undo it.

A page says where a job stands, and says it again by itself as long as it moves; without JavaScript it is reloaded.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4, uuid5

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.saisies import comme_id
from webapp.domain.taches import EtatLigne, EtatTache, Genre, Tache
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import exportation, import_edof, taches
from webapp.web.choix import demande
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import acte, lecture, organisme_courant, transaction, utilisateur_courant
from webapp.web.http.filters import instant_long
from webapp.web.http.reponses import ALERTE, SUCCES, fragment, notifier, page, par_htmx, rediriger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from webapp.domain.taches import Ligne

bp = Blueprint("taches", __name__, url_prefix=liens.TACHES)

NOMMEES = 10
"""Objects that the page of a job names; all of them have pages of their own."""

ETATS: MappingProxyType[EtatTache, str] = MappingProxyType({
    EtatTache.PREPARATION: "En préparation",
    EtatTache.PRETE: "À lancer",
    EtatTache.EN_COURS: "En cours",
    EtatTache.TERMINEE: "Terminée",
    EtatTache.INTERROMPUE: "Interrompue",
})  # fmt: skip
PRETE_A_RELIRE = "À relire"
"""How an export that waits is called: what it would hold is read before its file is made."""
PRETE_SANS_EFFET = "Sans effet"
"""How an import or a change that waits is called when nothing would come of it: there is nothing to launch."""
IMPORT = fr("Import d'un fichier EDOF")
ANNULATION = "Annulation de « {titre} »"
EXPORT = "Exporter pour EDOF"
_SANS_CHANGEMENT = {Genre.IMPORT: IMPORT, Genre.EXPORT: EXPORT}
FAITES = "Ce qui a changé"
RENDUES = "Ce qui est revenu"
# By what an address asks for: the lines, and what they are called before a launch, after it, and of an undoing.
QUOI: MappingProxyType[str, tuple[EtatLigne, str]] = MappingProxyType({
    "prevues": (EtatLigne.PREVUE, "Ce qui va changer"),
    "ecartees": (EtatLigne.ECARTEE, "Ce qui ne peut pas changer"),
    "faites": (EtatLigne.FAITE, FAITES),
    "laissees": (EtatLigne.LAISSEE, fr("Ce qui a été laissé tel quel")),
})  # fmt: skip
RENONCE = fr("Vous y avez renoncé : votre choix est gardé.")
REPRIS = fr("Le même choix est repris.")
PRETE_DITE = fr("L'aperçu est prêt.")
FINIE_DITE = fr("La tâche est finie.")
INTERROMPUE_DITE = fr("La tâche est interrompue.")
_ADRESSES = {Niveau.FORMATION: liens.formation, Niveau.ACTION: liens.action, Niveau.SESSION: liens.session}


class LigneMontree(NamedTuple):
    """An object of a job, as it is named; `adresse` is empty when it is no more."""

    nom: str
    adresse: str
    detail: str
    raison: str


class Groupe(NamedTuple):
    """Some objects of a job: what they have in common, how many they are, the first of them, where all are."""

    titre: str
    nombre: int
    lignes: tuple[LigneMontree, ...]
    adresse: str


class TacheMontree(NamedTuple):
    """A job, as a list or its page shows it."""

    id: UUID
    titre: str
    etat: str
    libelle: str
    qui: str
    quand: str
    tache: Tache


@bp.get("")
@exige(Droit.VOIR_CATALOGUE)
def lister() -> Response:
    """List the jobs of the organisation, newest first, page by page."""
    apres = saisie.parametre("apres")
    lues, suivante = taches.lister(lecture(), organisme_courant(), comme_id(apres))
    return page(
        "pages/taches.html", taches=montrer_toutes(lues),
        suivante=liens.avec(liens.TACHES, apres=str(suivante)) if suivante else "", debut=liens.TACHES if apres else "",
    )  # fmt: skip


@bp.get("/<uuid:tache>")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(tache: UUID) -> Response:
    """Show where a job stands; to htmx, which asks again and again, that alone."""
    lue = taches.ouvrir(lecture(), organisme_courant(), tache)
    if lue.genre is Genre.IMPORT:
        return rediriger(liens.import_edof(tache))
    if lue.genre is Genre.EXPORT:
        return rediriger(liens.export(tache))
    contexte = _contexte(lue)
    if not par_htmx():
        return page("pages/tache.html", **contexte, servi=bool(saisie.parametre("servi")))
    if lue.active:
        return fragment(("fragments/taches/tache.html",), contexte)
    return fragment(
        ("fragments/taches/tache.html", "fragments/toasts.html"), contexte | {"toasts": [dit_de_l_arret(lue)]}
    )  # fmt: skip


def dit_de_l_arret(tache: Tache, finie: str = FINIE_DITE, interrompue: str = INTERROMPUE_DITE) -> tuple[str, str]:
    """Give the message, with its kind, of a job that was followed and moves no more; what was stopped is no success."""
    if tache.etat is EtatTache.INTERROMPUE:
        return ALERTE, interrompue
    return SUCCES, finie if tache.etat is EtatTache.TERMINEE else PRETE_DITE


@bp.get("/<uuid:tache>/lignes")
@exige(Droit.VOIR_CATALOGUE)
def lister_lignes(tache: UUID) -> Response:
    """Name all the objects of a job that stand somewhere, page by page."""
    lue = taches.ouvrir(lecture(), organisme_courant(), tache)
    quoi = saisie.parametre("quoi")
    quoi = quoi if quoi in QUOI else "prevues"
    etat, _ = QUOI[quoi]
    apres = saisie.rang("apres")
    trouvees = taches.lignes(lecture(), lue, [etat], apres)
    return page(
        "pages/tache-lignes.html", montree=montrer(lue), titre=_titre_du_groupe(lue, quoi),
        lignes=_lignes(trouvees.lignes),
        suivante=_adresse_des_lignes(lue, quoi, str(trouvees.suivant)) if trouvees.suivant is not None else "",
        debut=_adresse_des_lignes(lue, quoi) if apres else "",
    )  # fmt: skip


@bp.post("/<uuid:tache>/lancement")
@exige(Droit.GERER_CATALOGUE)
def lancer(tache: UUID) -> Response:
    """Do what was prepared."""
    with transaction() as cnx:
        taches.lancer(cnx, acte(), tache)
    return rediriger(liens.tache(tache))


@bp.post("/<uuid:tache>/arret")
@exige(Droit.GERER_CATALOGUE)
def arreter(tache: UUID) -> Response:
    """Stop a job where it stands."""
    with transaction() as cnx:
        arretee = taches.arreter(cnx, acte(), tache)
    if arretee.lancee_le is None and arretee.choix_a_reprendre:
        return _reprendre(tache, RENONCE)
    return rediriger(liens.tache(tache))


@bp.post("/<uuid:tache>/choix")
@exige(Droit.GERER_CATALOGUE)
def reprendre_choix(tache: UUID) -> Response:
    """Choose again what was chosen for a job, and ask what is to be changed of it."""
    return _reprendre(tache, REPRIS)


def _reprendre(tache: UUID, dit: str) -> Response:
    with transaction() as cnx:
        choix = taches.reprendre_choix(cnx, demande(), tache, uuid4())
    notifier(dit)
    return rediriger(liens.changement_du_choix(choix.id))


@bp.post("/<uuid:tache>/annulation")
@exige(Droit.GERER_CATALOGUE)
def annuler(tache: UUID) -> Response:
    """Undo what a job did."""
    with transaction() as cnx:
        annulation = taches.annuler(cnx, demande(), tache, uuid5(tache, "annulation"))
    return rediriger(liens.tache(annulation.id))


def montrer(tache: Tache) -> TacheMontree:
    """Give what its page shows of a job."""
    return montrer_toutes([tache])[0]


def montrer_toutes(lues: Sequence[Tache]) -> list[TacheMontree]:
    """Give what a list shows of jobs: an export by what it takes, an import by its file, an undoing by what it undoes.

    One statement for each of these two kinds.
    """
    visees = {tache.id: tache.origine or tache.id for tache in lues if tache.changement is None}
    exports = [tache.id for tache in lues if tache.genre is Genre.EXPORT]
    imports = [visee for id_, visee in visees.items() if id_ not in exports]
    titres = exportation.titres(lecture(), organisme_courant(), exports) | import_edof.titres(
        lecture(), organisme_courant(), imports
    )
    return [_montree(tache, titres.get(visees.get(tache.id, tache.id), "")) for tache in lues]


def _montree(tache: Tache, titre: str) -> TacheMontree:
    if not titre:
        titre = _SANS_CHANGEMENT.get(tache.genre, IMPORT) if tache.changement is None else tache.changement.titre
    if tache.genre is Genre.ANNULATION:
        titre = dire(ANNULATION, titre=titre)
    return TacheMontree(
        tache.id, titre, tache.etat.value, _libelle(tache), tache.demandee_par, instant_long(tache.creee_le), tache
    )


def _libelle(tache: Tache) -> str:
    if tache.etat is not EtatTache.PRETE:
        return ETATS[tache.etat]
    if tache.genre is Genre.EXPORT:
        return PRETE_A_RELIRE
    return ETATS[EtatTache.PRETE] if tache.prevus else PRETE_SANS_EFFET


def _contexte(tache: Tache) -> dict[str, object]:
    annulation = taches.annulation_de(lecture(), tache)
    return {
        "montree": montrer(tache),
        "tache": tache,
        "groupes": [groupe for quoi in QUOI if (groupe := _groupe(tache, quoi)).nombre],
        "annulation": None if annulation is None else montrer(annulation),
        "annulation_dite": "" if annulation is None else annulation_dite(annulation, CES_CHANGEMENTS),
        "geste": _geste(tache, annulee=annulation is not None),
        "gestionnaire": utilisateur_courant().peut(Droit.GERER_CATALOGUE),
    }


CES_CHANGEMENTS = (
    fr("L'annulation de ces changements n'est pas finie"), fr("L'annulation de ces changements a été interrompue"),
    fr("Ces changements ont été annulés"),
)  # fmt: skip
CET_IMPORT = (
    fr("L'annulation de cet import n'est pas finie"), fr("L'annulation de cet import a été interrompue"),
    fr("Cet import a été annulé"),
)  # fmt: skip
"""How an undoing is told: while it goes on, where it was stopped, once all is undone."""


def annulation_dite(annulation: Tache, modeles: tuple[str, str, str]) -> str:
    """Say what has become of what somebody asked to undo."""
    en_cours, coupee, tout = modeles
    if not annulation.finie:
        return en_cours
    faits = pluriel(annulation.faits, "changement annulé", "changements annulés")
    if annulation.etat is EtatTache.INTERROMPUE:
        return dire("{coupee} : {faits}", coupee=coupee, faits=faits)
    laisses = annulation.laisses + annulation.ecartes
    if not laisses:
        return tout
    restes = pluriel(laisses, "changement laissé tel quel", "changements laissés tels quels")
    if not annulation.faits:
        return dire("Rien n'a été annulé : {restes}", restes=restes)
    return dire("{faits}, {restes}", faits=faits, restes=restes)


def _geste(tache: Tache, *, annulee: bool) -> str:
    """Give what is done first to a job where it stands: the end of an address; empty when there is nothing to do."""
    if tache.etat is EtatTache.PRETE and tache.prevus:
        return "lancement"
    if not tache.finie:
        return "arret"
    return "annulation" if tache.annulable and not annulee else ""


def _groupe(tache: Tache, quoi: str) -> Groupe:
    etat, _ = QUOI[quoi]
    nombre = {
        "prevues": tache.prevus - tache.traites if tache.genre is Genre.LOT else 0, "ecartees": tache.ecartes,
        "faites": tache.faits, "laissees": tache.laisses,
    }[quoi]  # fmt: skip
    # While it moves, only counts are shown: names would be gone before they are read.
    premieres = () if tache.active or not nombre else taches.lignes(lecture(), tache, [etat], 0, NOMMEES).lignes
    return Groupe(_titre_du_groupe(tache, quoi), nombre, _lignes(premieres), _adresse_des_lignes(tache, quoi))


def _titre_du_groupe(tache: Tache, quoi: str) -> str:
    if quoi == "faites" and tache.genre is Genre.ANNULATION:
        return RENDUES
    if quoi == "prevues" and tache.etat is EtatTache.INTERROMPUE:
        return fr("Ce qui n'a pas été fait")
    return QUOI[quoi][1]


def _adresse_des_lignes(tache: Tache, quoi: str, apres: str = "") -> str:
    return liens.avec(f"{liens.tache(tache.id)}/lignes", quoi=quoi, apres=apres)


def _lignes(lues: Sequence[Ligne]) -> tuple[LigneMontree, ...]:
    return tuple(
        LigneMontree(
            ligne.nom,
            "" if ligne.disparue else _ADRESSES[Niveau(ligne.niveau)](ligne.objet_id),
            ligne.detail,
            ligne.raison,
        )
        for ligne in lues
    )
