"""« Fichier EDOF »: ask for an export, read what stays out and what must be accepted, take the file, say it was given.

A page says where an export stands, and says it again by itself as long as it moves; without JavaScript it is reloaded.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, Response

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.exports import JOURS, JOURS_PAR_DEFAUT, TITRES, ExportRefuse, Quoi
from webapp.domain.saisies import comme_id
from webapp.domain.taches import ChoixServi, EtatTache
from webapp.domain.textes import dire, fr, pluriel
from webapp.services import exportation, taches
from webapp.web.choix import demande
from webapp.web.edof_montre import EN_PARTIE, adresse_des_ecartees, depot, ecarts_montres, groupe, signes_montres
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import (
    acte,
    cablage,
    lecture,
    organisme_courant,
    transaction,
    utilisateur_courant,
    visite,
)
from webapp.web.http.filters import instant_long, jour
from webapp.web.http.reponses import fragment, notifier, page, par_htmx, rediriger
from webapp.web.taches import ETATS, PRETE_A_RELIRE, dit_de_l_arret

if TYPE_CHECKING:
    from webapp.domain.exports import Export
    from webapp.services.exportation import Ouvert

bp = Blueprint("edof", __name__, url_prefix=liens.EDOF)

MONTREES = 10
"""Formations that stay out and are named on the page of an export; all of them have pages of their own."""

LIBELLES_QUOI: MappingProxyType[Quoi, str] = MappingProxyType({
    Quoi.TOUT: "Tout le catalogue",
    Quoi.CHANGE: fr("Seulement ce qui a changé depuis le fichier déposé sur EDOF"),
    Quoi.CHOIX: "La sélection : {choisies}",
})  # fmt: skip
GARDEES = (
    "{offres} plus dans votre catalogue : ce fichier n'en dit rien. Le portail les garde jusqu'au dépôt d'un fichier "
    "de tout le catalogue, ou jusqu'à ce que vous les y retiriez."
)
FAIT_DIT = fr("Le fichier est prêt.")
SANS_FICHIER_DIT = fr("L'export est interrompu : il n'y a pas de fichier.")
DEPOSE_DIT = fr("C'est noté : ce fichier a été déposé sur EDOF.")
RETIRE_DIT = fr("C'est noté : ce fichier n'a pas été déposé.")


class ExportMontre(NamedTuple):
    """An export, as a list shows it."""

    titre: str
    url: str
    dit: str
    fichier: str
    depose: str


@bp.get("")
@exige(Droit.VOIR_CATALOGUE)
def montrer() -> Response:
    """Show what can be exported, and the last exports."""
    return _page(None)


@bp.post("")
@exige(Droit.GERER_CATALOGUE)
def demander() -> Response:
    """Begin to look at what an export would hold, and show it."""
    voulu = saisie.texte("quoi")
    quoi = Quoi(voulu) if voulu in Quoi.__members__.values() else Quoi.TOUT
    choix = comme_id(saisie.texte("choix"))
    id_ = saisie.identite("export") if quoi is not Quoi.CHOIX or choix is None else choix
    jours = saisie.texte("jours")
    try:
        with transaction() as cnx:
            tache = exportation.demander(cnx, demande(), id_, quoi, int(jours) if jours in map(str, JOURS) else 0)
    except ExportRefuse as refus:
        return _page(refus)
    return rediriger(liens.export(tache.id))


def _page(refus: ExportRefuse | None) -> Response:
    choix = saisie.parametre("choix")
    choisies = _choisies(choix)
    proposes = [
        (quoi.value, dire(libelle, choisies=pluriel(choisies, "formation")))
        for quoi, libelle in LIBELLES_QUOI.items()
        if (quoi is not Quoi.CHOIX or choisies)
        and (quoi is not Quoi.CHANGE or exportation.a_un_depot(lecture(), organisme_courant()))
    ]
    return page(
        "pages/edof.html", 200 if refus is None else 422,
        refus=refus, proposes=proposes, propose=Quoi.CHOIX.value if choisies else Quoi.TOUT.value,
        choix=choix if choisies else "", export=uuid4(), import_id=uuid4(),
        jours=[(n, pluriel(n, "jour")) for n in JOURS],
        jours_par_defaut=JOURS_PAR_DEFAUT,
        exports=[_en_liste(un) for un in exportation.lister(lecture(), organisme_courant())],
    )  # fmt: skip


def _choisies(choix: str) -> int:
    """Count the formations of a choice that an address names; 0 when it names none, or one that has served."""
    id_ = comme_id(choix)
    if id_ is None:
        return 0
    try:
        return taches.choix(lecture(), organisme_courant(), id_).get(Niveau.FORMATION, 0)
    except ChoixServi:
        return 0


@bp.get("/<uuid:export>")
@exige(Droit.VOIR_CATALOGUE)
def ouvrir(export: UUID) -> Response:
    """Show where an export stands and what it holds; to htmx, which asks again and again, that alone."""
    ouvert = exportation.ouvrir(lecture(), organisme_courant(), export)
    contexte = _contexte(ouvert)
    if not par_htmx():
        return page("pages/export-edof.html", **contexte)
    noms: tuple[str, ...] = ("fragments/edof/export.html",)
    if not ouvert.tache.active:
        fait = f"{FAIT_DIT} {ouvert.export.ecarts.phrase}".rstrip()
        toasts = [dit_de_l_arret(ouvert.tache, fait, SANS_FICHIER_DIT)]
        noms, contexte = (*noms, "fragments/toasts.html"), contexte | {"toasts": toasts}
    return fragment(noms, contexte)


@bp.get("/<uuid:export>/ecartees")
@exige(Droit.VOIR_CATALOGUE)
def lister_ecartees(export: UUID) -> Response:
    """Name all the formations that stay out of an export, or of which something does, page by page."""
    un = exportation.ouvrir(lecture(), organisme_courant(), export).export
    quoi = saisie.parametre("quoi")
    partielles = quoi == EN_PARTIE
    rang = saisie.rang("apres")
    lues = exportation.ecartees(lecture(), un, partielles=partielles, apres=rang)
    lesquelles = groupe(un, lues, partielles=partielles, limite=None)
    return page(
        "pages/export-ecartees.html", export=un, titre_export=TITRES[un.quoi], groupe=lesquelles,
        suivante=adresse_des_ecartees(un, partielles=partielles, apres=str(lues.suivant)) if lues.suivant else "",
        debut=adresse_des_ecartees(un, partielles=partielles) if rang else "",
    )  # fmt: skip


@bp.post("/<uuid:export>/fichier")
@exige(Droit.GERER_CATALOGUE)
def lancer(export: UUID) -> Response:
    """Make the file; what is proposed for characters is accepted by who sends this with `accepte`."""
    with transaction() as cnx:
        exportation.lancer(cnx, acte(), export, accepte=saisie.texte("accepte") == "oui")
    return rediriger(liens.export(export))


@bp.get("/<uuid:export>/fichier")
@exige(Droit.VOIR_CATALOGUE)
def telecharger(export: UUID) -> Response:
    """Give the file, piece by piece; nothing is marked."""
    un = exportation.ouvrir(lecture(), organisme_courant(), export).export
    # It is read while it is sent, after the request has left the state of the base that it saw.
    octets = exportation.octets(cablage().base.lecture_du_fil, un, visite().maintenant)
    reponse = Response(octets, content_type="application/xml; charset=ISO-8859-1")
    reponse.headers["Content-Length"] = str(un.taille)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{un.nom_du_fichier}"'
    return reponse


@bp.post("/<uuid:export>/arret")
@exige(Droit.GERER_CATALOGUE)
def arreter(export: UUID) -> Response:
    """Stop an export where it stands."""
    with transaction() as cnx:
        exportation.arreter(cnx, acte(), export)
    return rediriger(liens.export(export))


@bp.post("/<uuid:export>/depot")
@exige(Droit.GERER_CATALOGUE)
def deposer(export: UUID) -> Response:
    """Keep that the file was given to the portal, or that it was not."""
    depose = saisie.texte("depose") == "oui"
    with transaction() as cnx:
        exportation.deposer(cnx, acte(), export, depose=depose)
    notifier(DEPOSE_DIT if depose else RETIRE_DIT)
    return rediriger(liens.export(export))


# ------------------------------------------------------------------------------------------- what is shown


def _contexte(ouvert: Ouvert) -> dict[str, object]:
    tache, un = ouvert.tache, ouvert.export
    prete = tache.etat is EtatTache.PRETE
    attendus = exportation.signes_a_accepter(lecture(), un) if prete else ()
    deja = [signe for signe in un.a_remplacer if signe not in attendus]
    return {
        "export": un,
        "tache": tache,
        "titre": TITRES[un.quoi],
        "etat": PRETE_A_RELIRE if prete else ETATS[tache.etat],
        "qui": tache.demandee_par,
        "quand": instant_long(tache.creee_le),
        "contenu": dire("{formations}, {actions}, {sessions}", formations=pluriel(un.formations, "formation"),
                        actions=pluriel(un.actions, "action"), sessions=pluriel(un.sessions, "session")),
        "inchangees": fr(pluriel(un.inchangees, "formation n'a pas changé", "formations n'ont pas changé")),
        "attendus": signes_montres(attendus),
        "acceptes": signes_montres(deja),
        "acceptes_par": dire("Acceptés par {qui} le {quand}.", qui=un.accepte_par, quand=instant_long(un.accepte_le))
        if un.accepte_le else "",
        "perdus": signes_montres(un.sans_remplacement),
        "groupes": [] if tache.active else [
            un_groupe for partielles in (False, True)
            if (un_groupe := groupe(
                un, exportation.ecartees(lecture(), un, partielles=partielles), partielles=partielles, limite=MONTREES
            )).nombre
        ],
        "change": un.ecarts.phrase,
        "ecarts": ecarts_montres(un.ecarts),
        "gardees": "" if tache.active else _gardees(exportation.gardees_par_le_portail(lecture(), un)),
        "fichier": _fichier(un),
        "expire": jour(un.expire_le) if un.expire_le else "",
        "depot": depot(un),
        "gestionnaire": utilisateur_courant().peut(Droit.GERER_CATALOGUE),
    }  # fmt: skip


def _gardees(nombre: int) -> str:
    if not nombre:
        return ""
    return dire(GARDEES, offres=fr(pluriel(nombre, "offre déposée n'est", "offres déposées ne sont")))


def _en_liste(un: Export) -> ExportMontre:
    assert un.fini_le is not None  # noqa: S101 - of those that are listed
    dit = dire(
        "{quand}. {formations}, format {version}.", quand=instant_long(un.fini_le),
        formations=pluriel(un.formations, "formation"), version=un.format,
    )  # fmt: skip
    return ExportMontre(TITRES[un.quoi], liens.export(un.id), dit, _fichier(un), depot(un))


def _fichier(un: Export) -> str:
    return liens.fichier(un.id) if un.a_un_fichier(visite().maintenant) else ""
