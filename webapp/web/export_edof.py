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
from webapp.domain.exports import COMPTE_RENDU_MAX, JOURS, JOURS_PAR_DEFAUT, TITRES, ExportRefuse, Quoi
from webapp.domain.niveaux import LIBELLES, PAR_NOM
from webapp.domain.saisies import comme_id
from webapp.domain.taches import ChoixServi, EtatTache
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.caracteres import nom_du_caractere
from webapp.services import changements_edof, comptes_rendus, exportation, taches
from webapp.services.pages import Curseur
from webapp.web.choix import demande
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import (
    acte,
    aujourdhui,
    cablage,
    lecture,
    organisme_courant,
    transaction,
    utilisateur_courant,
    visite,
)
from webapp.web.http.filters import a_defaut, instant_long, jour
from webapp.web.http.reponses import SUCCES, fragment, notifier, page, par_htmx, rediriger
from webapp.web.libelles import libelle
from webapp.web.panneau_controle import OUVRIR, adresse
from webapp.web.taches import ETATS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webapp.domain.exports import Ecartee, Endroit, Export, Motif, Signe
    from webapp.services.changements_edof import FormationChangee
    from webapp.services.comptes_rendus import Situee
    from webapp.services.exportation import Ouvert, PageDEcartees

bp = Blueprint("edof", __name__, url_prefix=liens.EDOF)

MONTREES = 10
"""Formations that stay out and are named on the page of an export; all of them have pages of their own."""

LIBELLES_QUOI: MappingProxyType[Quoi, str] = MappingProxyType({
    Quoi.TOUT: "Tout le catalogue",
    Quoi.CHANGE: fr("Seulement ce qui a changé depuis le fichier déposé sur EDOF"),
    Quoi.CHOIX: "La sélection : {choisies}",
})  # fmt: skip
HORS, EN_PARTIE = "hors", "en-partie"
ETAT_PRETE = "À relire"
PRETE_DITE = fr("L'aperçu est prêt.")
FAIT_DIT = fr("Le fichier est prêt.")
DEPOSE_DIT = fr("C'est noté : ce fichier a été déposé sur EDOF.")
RETIRE_DIT = fr("C'est noté : ce fichier n'a pas été déposé.")
COLLE_DIT = "Compte-rendu gardé."
COLLE = "Collé par {qui} le {quand}."
SANS_TEXTE = fr("Collez d'abord le compte-rendu.")
INVISIBLE = "(invisible)"


class Lien(NamedTuple):
    """Something that is said, and where it leads (empty: nowhere)."""

    texte: str
    url: str = ""
    suite: str = ""


class MotifMontre(NamedTuple):
    """One reason: what is said, where it is corrected and how that is called, the fields to correct there."""

    message: str
    lien: Lien
    suites: tuple[Lien, ...]


class EcarteeMontree(NamedTuple):
    """A formation that stays out, or of which something does."""

    titre: str
    url: str
    motifs: tuple[MotifMontre, ...]


class SigneMontre(NamedTuple):
    """A character that the file cannot carry: itself, its name, what stands for it, where it is."""

    signe: str
    nom: str
    par: str
    fois: str
    endroits: tuple[Lien, ...]
    reste: str


class Groupe(NamedTuple):
    """Formations that stay out, or of which something does: the first of them, and where all are."""

    titre: str
    nombre: int
    ecartees: tuple[EcarteeMontree, ...]
    url: str


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
        dit = FAIT_DIT if ouvert.tache.finie else PRETE_DITE
        noms, contexte = (*noms, "fragments/toasts.html"), contexte | {"toasts": [(SUCCES, dit)]}
    return fragment(noms, contexte)


@bp.get("/<uuid:export>/ecartees")
@exige(Droit.VOIR_CATALOGUE)
def lister_ecartees(export: UUID) -> Response:
    """Name all the formations that stay out of an export, or of which something does, page by page."""
    un = exportation.ouvrir(lecture(), organisme_courant(), export).export
    quoi = saisie.parametre("quoi")
    partielles = quoi == EN_PARTIE
    apres = saisie.parametre("apres")
    rang = int(apres) if apres.isascii() and apres.isdecimal() and len(apres) <= 9 else 0  # noqa: PLR2004 - no rank has more digits
    lues = exportation.ecartees(lecture(), un, partielles=partielles, apres=rang)
    groupe = _groupe(un, lues, partielles=partielles, limite=None)
    return page(
        "pages/export-ecartees.html", export=un, titre_export=TITRES[un.quoi], groupe=groupe,
        suivante=_adresse_des_ecartees(un, partielles=partielles, apres=str(lues.suivant)) if lues.suivant else "",
        debut=_adresse_des_ecartees(un, partielles=partielles) if rang else "",
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


@bp.get("/changements")
@exige(Droit.VOIR_CATALOGUE)
def changements() -> Response:
    """Say what will change on the portal since the file that was given to it."""
    lus = changements_edof.lister(lecture(), organisme_courant(), aujourdhui(), _curseur(saisie.parametre("apres")))
    depose = lus.deposes[0] if lus.deposes else None
    return page(
        "pages/edof-changements.html", depose=None if depose is None else _depot(depose), lus=lus,
        formations=[_changee(une) for une in (*lus.parties, *lus.formations)],
        suivante=liens.avec(liens.EDOF_CHANGEMENTS, apres=str(lus.suivant)) if lus.suivant else "",
        debut=liens.EDOF_CHANGEMENTS if saisie.parametre("apres") else "",
    )  # fmt: skip


@bp.get("/compte-rendu")
@exige(Droit.VOIR_CATALOGUE)
def compte_rendu() -> Response:
    """Show the « compte-rendu » that was pasted last, each of its codes with where it is corrected."""
    return _compte_rendu("", 200)


@bp.post("/compte-rendu")
@exige(Droit.GERER_CATALOGUE)
def coller() -> Response:
    """Keep a « compte-rendu » that is pasted, and show it."""
    texte = saisie.texte("texte", COMPTE_RENDU_MAX)
    if not texte.strip() or "\0" in texte:
        return _compte_rendu(SANS_TEXTE, 422)
    with transaction() as cnx:
        comptes_rendus.coller(cnx, acte(), texte)
    notifier(COLLE_DIT)
    return rediriger(liens.EDOF_COMPTE_RENDU)


def _compte_rendu(refus: str, statut: int) -> Response:
    lu = comptes_rendus.dernier(lecture(), organisme_courant())
    return page(
        "pages/edof-compte-rendu.html", statut, refus=refus, texte="" if lu is None else lu.texte,
        colle="" if lu is None else dire(COLLE, qui=lu.colle_par, quand=instant_long(lu.colle_le)),
        lignes=[] if lu is None else [_ligne_du_compte_rendu(une) for une in lu.lignes],
    )  # fmt: skip


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
        "etat": ETAT_PRETE if prete else ETATS[tache.etat],
        "qui": tache.demandee_par,
        "quand": instant_long(tache.creee_le),
        "contenu": dire("{formations}, {actions}, {sessions}", formations=pluriel(un.formations, "formation"),
                        actions=pluriel(un.actions, "action"), sessions=pluriel(un.sessions, "session")),
        "inchangees": pluriel(un.inchangees, "formation n'a pas changé", "formations n'ont pas changé"),
        "attendus": _signes(attendus),
        "acceptes": _signes(deja),
        "acceptes_par": dire("Acceptés par {qui} le {quand}.", qui=un.accepte_par, quand=instant_long(un.accepte_le))
        if un.accepte_le else "",
        "perdus": _signes(un.sans_remplacement),
        "groupes": [] if tache.active else [
            groupe for partielles in (False, True)
            if (groupe := _groupe(
                un, exportation.ecartees(lecture(), un, partielles=partielles), partielles=partielles, limite=MONTREES
            )).nombre
        ],
        "fichier": _fichier(un),
        "expire": jour(un.expire_le) if un.expire_le else "",
        "depot": _depot(un),
        "gestionnaire": utilisateur_courant().peut(Droit.GERER_CATALOGUE),
    }  # fmt: skip


def _en_liste(un: Export) -> ExportMontre:
    assert un.fini_le is not None  # noqa: S101 - of those that are listed
    dit = dire(
        "{quand}. {formations}, format {version}.", quand=instant_long(un.fini_le),
        formations=pluriel(un.formations, "formation"), version=un.format,
    )  # fmt: skip
    return ExportMontre(TITRES[un.quoi], liens.export(un.id), dit, _fichier(un), _depot(un))


def _fichier(un: Export) -> str:
    return liens.fichier(un.id) if un.a_un_fichier(visite().maintenant) else ""


def _depot(un: Export) -> str:
    if un.depose_le is None:
        return ""
    return dire("Déposé sur EDOF : noté par {qui} le {quand}.", qui=un.depose_par, quand=instant_long(un.depose_le))


def _groupe(un: Export, lues: PageDEcartees, *, partielles: bool, limite: int | None) -> Groupe:
    titre = fr("Ce qui reste hors d'une formation qui sort") if partielles else "Ce qui reste hors du fichier"
    nombre = un.partielles if partielles else un.ecartees
    montrees = tuple(_ecartee(une) for une in lues.ecartees[:limite])
    return Groupe(titre, nombre, montrees, _adresse_des_ecartees(un, partielles=partielles))


def _adresse_des_ecartees(un: Export, *, partielles: bool, apres: str = "") -> str:
    return liens.avec(f"{liens.export(un.id)}/ecartees", quoi=EN_PARTIE if partielles else HORS, apres=apres)


def _ecartee(une: Ecartee) -> EcarteeMontree:
    return EcarteeMontree(_nommer(une.identifiant, une.intitule), liens.formation(une.id), _motifs(une.motifs))


def _nommer(identifiant: str, intitule: str) -> str:
    titre = a_defaut(intitule, "(sans intitulé)") if intitule or not identifiant else ""
    return dire("{identifiant} : {titre}", identifiant=identifiant, titre=titre) if identifiant and titre else (
        identifiant or titre
    )  # fmt: skip


def _motifs(motifs: Iterable[Motif]) -> tuple[MotifMontre, ...]:
    return tuple(MotifMontre(motif.message, _lien(motif), tuple(map(_champ, motif.suites))) for motif in motifs)


def _lien(motif: Motif) -> Lien:
    texte = a_defaut(motif.nom, fr(OUVRIR[motif.niveau]))
    return Lien(texte, adresse(motif.niveau, motif.id, motif.champ).removesuffix("#"))


def _champ(motif: Motif) -> Lien:
    de_la_formation = motif.niveau is Niveau.FORMATION
    nom = libelle(None, motif.champ) if de_la_formation else PAR_NOM[motif.niveau][motif.champ].libelle
    return Lien(nom, adresse(motif.niveau, motif.id, motif.champ), motif.message)


def _signes(signes: Iterable[Signe]) -> list[SigneMontre]:
    return [
        SigneMontre(
            signe.caractere if signe.caractere.isprintable() and not signe.caractere.isspace() else INVISIBLE,
            nom_du_caractere(signe.caractere), _par(signe.remplacement), pluriel(signe.fois, "fois", "fois"),
            tuple(map(_endroit, signe.endroits)),
            dire("et {n} autres", n=signe.fois - len(signe.endroits)) if signe.fois > len(signe.endroits) else "",
        )
        for signe in signes
    ]  # fmt: skip


def _par(remplacement: str | None) -> str:
    if remplacement is None:
        return ""
    return {" ": "une espace", "\u00a0": "une espace insécable"}.get(remplacement, remplacement)


def _endroit(un: Endroit) -> Lien:
    objet = dire("{niveau} « {numero} »", niveau=LIBELLES[un.niveau], numero=un.numero)
    ou = dire("{formation} › ", formation=un.identifiant) if un.niveau is not Niveau.FORMATION else ""
    return Lien(f"{ou}{objet}, {un.libelle}", _adresse_de(un.niveau, un.id, un.champ))


def _adresse_de(niveau: Niveau, id: UUID, champ: str) -> str:
    return adresse(niveau, id, champ).removesuffix("#") if champ else adresse(niveau, id, "-").partition("#")[0]


def _changee(une: FormationChangee) -> dict[str, object]:
    return {
        "titre": _nommer(une.identifiant, une.intitule),
        "url": "" if une.id is None else liens.formation(une.id),
        "dit": une.dit,
        "motifs": _motifs(une.motifs),
        "differences": une.differences,
        "tues": pluriel(une.tues, "autre changement", "autres changements") if une.tues else "",
    }


def _ligne_du_compte_rendu(une: Situee) -> dict[str, object]:
    connu = une.ligne.connu
    url, ou = "", ""
    if connu is not None:
        if une.id is not None and une.niveau is not None:
            meme = une.niveau is connu.champ.niveau
            url, ou = _adresse_de(une.niveau, une.id, connu.champ.nom if meme else ""), connu.champ.libelle
        else:
            url = liens.avec(liens.CONTROLE, regle=connu.regle)
            ou = fr("Chercher dans le contrôle du catalogue")
    elif une.id is not None and une.niveau is not None:
        url, ou = _adresse_de(une.niveau, une.id, ""), "Ouvrir la formation"
    return {
        "numero": une.ligne.numero, "texte": une.ligne.texte, "code": une.ligne.code,
        "sens": "Code inconnu" if connu is None else connu.sens, "url": url, "ou": ou,
    }  # fmt: skip


def _curseur(texte: str) -> Curseur | None:
    if not texte:
        return None
    try:
        return Curseur.lire(texte)
    except ValueError:
        return None
