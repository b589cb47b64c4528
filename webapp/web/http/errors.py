"""From refusals and failures to French answers: one table. Nothing typed is lost: what was posted is handed back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import structlog
from flask import Response, current_app, redirect, request, session
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge

from webapp.domain import imports
from webapp.domain.champs import Niveau
from webapp.domain.comptes import AutreOrganisme
from webapp.domain.exports import COMPTE_RENDU_MAX, ExportRefuse, FichierExpire, FichierPasFait
from webapp.domain.formation import FicheRefusee, OperationInterdite, VersionDepassee
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import DependantsChanges, DependantsRetenus, EncoreUtilise, NoeudDepasse, ParentArchive
from webapp.domain.refus import (
    BaseIndisponible,
    BaseOccupee,
    EcritureImpossible,
    Introuvable,
    ReferenceRompue,
    RefusMetier,
)
from webapp.domain.taches import ChoixServi, ChoixTropLong, TacheDepassee
from webapp.domain.textes import ESPACE_INSECABLE, dire, fr
from webapp.pont import TAILLE_MAX
from webapp.web.http import liens, reconnexion, saisie, sessions
from webapp.web.http.reponses import avec_liens, message_seul, page, par_htmx
from webapp.web.http.security import COMPTE_RENDU, IMPORT, METHODES_SURES, EnvoiTropLourd, JetonPerime

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from webapp.web.http.perdue import Perdue

journal = structlog.get_logger(__name__)

# Never handed back: they are secrets or belong to the form that failed.
NON_REPRIS = ("csrf_token", "mot_de_passe", "courriel")
PREFIXE_REPRISE = "reprise."


@dataclass(frozen=True)
class Erreur:
    """One kind of failure, as told to a person: what happened, then what to do."""

    titre: str
    message: str
    reessayable: bool = False
    suite: tuple[str, ...] = ()
    """What the message does not say of what one can do now."""


_LISTE = (
    (400, "Demande illisible", "Le serveur n'a pas compris cette demande. Revenez en arrière, puis recommencez."),
    (
        401,
        "Votre session a expiré",
        "Votre session a expiré : rien n'est enregistré. Connectez-vous, puis recommencez.",
    ),
    (403, "Accès refusé", "Votre compte ne permet pas cette opération."),
    (404, "Page introuvable", "Cette page n'existe pas, ou n'existe plus."),
    (405, "Demande impossible", "Cette adresse ne s'ouvre pas de cette façon."),
    (
        409,
        "Opération impossible",
        "Ce que montrait votre page a changé entre-temps : cette opération n'est plus possible.",
    ),
    (413, "Envoi trop volumineux", "Cet envoi dépasse la taille acceptée. Raccourcissez vos textes, puis réessayez."),
    (415, "Format refusé", "Le serveur n'accepte pas ce format."),
    (429, "Trop de demandes", "Trop de demandes en peu de temps. Patientez un instant, puis réessayez."),
    (
        500,
        "Une erreur est survenue",
        "Une erreur est survenue de notre côté. Réessayez dans un instant.",
    ),
    (503, "Service interrompu", "Le service est momentanément interrompu. Réessayez dans un instant."),
)
_ADMINISTRER = "Si cela se répète, prévenez la personne qui administre le produit : son journal dit ce qui s'est passé."
_AUTRE_ROLE = (
    "Ce que votre compte permet reste ouvert. Pour cette opération, adressez-vous à une personne de votre organisme "
    "qui a le rôle « Gestionnaire catalogue » ou « Gestionnaire EDOF »."
)
_AILLEURS = (
    "L'adresse est peut-être incomplète, ou ce qu'elle montrait a été supprimé depuis. Un organisme ne voit que ses "
    "propres formations."
)
_SUITES: dict[int, tuple[str, ...]] = {
    403: (_AUTRE_ROLE,),
    404: (_AILLEURS,),
    405: ("Elle répond à un bouton d'une page : ouvrez cette page, puis utilisez son bouton.",),
    415: ("Revenez à la page d'où vous venez, puis recommencez depuis son formulaire.",),
    500: ("Ce qui était enregistré l'est toujours.", _ADMINISTRER),
    503: ("Ce qui était enregistré l'est toujours.", _ADMINISTRER),
}
REESSAYABLES = frozenset({401, 413, 429, 500, 503})
A_RELIRE = frozenset({429, 500, 503})
ERREURS: dict[int, Erreur] = {
    statut: Erreur(
        fr(titre), fr(message), reessayable=statut in REESSAYABLES, suite=tuple(map(fr, _SUITES.get(statut, ())))
    )
    for statut, titre, message in _LISTE
}
TEXTE_A_RENDRE = fr("Votre session a expiré : rien n'est enregistré. Connectez-vous : votre texte vous sera rendu.")
AUTRE_ORGANISME = (
    "Vous êtes maintenant connecté à « {organisme} », et ce formulaire a été ouvert pour un autre organisme : "
    "rien n'est enregistré. Copiez votre texte, ou reconnectez-vous au premier."
)
SANS_PLACE = fr(
    "Rien n'est enregistré : le serveur ne peut plus écrire (son disque est plein, par exemple). "
    "Votre texte est gardé : prévenez la personne qui administre le produit, puis réessayez."
)
OCCUPEE = fr(
    "Rien n'est enregistré : d'autres écritures sont en cours, et votre tour n'est pas venu. "
    "Votre texte est gardé : réessayez dans un instant."
)
FICHIER_TROP_LOURD = fr(
    f"Cet envoi dépasse la taille acceptée. Un fichier compte {imports.TAILLE_MAX >> 20} Mo au plus : la personne qui "
    "administre le produit peut importer celui-ci."
)
ENVOI_TROP_LOURD = fr(
    f"Cet envoi dépasse la taille acceptée. Il compte {TAILLE_MAX >> 10} ko au plus. Raccourcissez vos textes, puis "
    "réessayez."
)
TEXTE_TROP_LONG = (
    "Cet envoi dépasse la taille acceptée. Un texte compte ici {n} au plus. Raccourcissez vos textes, puis réessayez."
)
JETON_PERIME = fr("Votre connexion a été renouvelée depuis l'ouverture de cette page : rien n'est perdu, réessayez.")
# What the page says by itself when no answer came back (app.js picks one).
PANNES = {
    "reseau": fr(
        "Le serveur ne répond pas. Votre texte est toujours à l'écran : vérifiez la connexion, puis réessayez."
    ),
    "delai": fr("Le serveur met trop de temps à répondre. Votre texte est toujours à l'écran : réessayez."),
    "serveur": fr("Une erreur est survenue. Votre texte est toujours à l'écran : réessayez dans un instant."),
}


# Levels share a few names: the first that has one gives its wording.
_CHAMPS = {champ.nom: champ for siens in reversed(tuple(CHAMPS.values())) for champ in siens}


def libelle_repris(nom: str) -> str:
    """Give the wording of a posted field when it is handed back."""
    champ = _CHAMPS.get(nom.removeprefix(saisie.PREFIXE_PORTE))
    return champ.libelle if champ is not None else nom


def installer(app: Flask) -> None:
    """Register the table."""
    app.jinja_env.globals.update(libelle_repris=libelle_repris, pannes=PANNES)
    app.register_error_handler(JetonPerime, _jeton_perime)
    app.register_error_handler(reconnexion.AutrePersonne, _autre_personne)
    app.register_error_handler(saisie.TexteTropLong, _texte_trop_long)
    app.register_error_handler(EnvoiTropLourd, lambda _: repondre(413, envoi_trop_lourd()))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(RefusMetier, _metier)
    app.register_error_handler(BaseIndisponible, _sans_base)
    app.register_error_handler(ReferenceRompue, _sans_reference)
    app.register_error_handler(Exception, _panne)


def _texte_trop_long(trop: saisie.TexteTropLong) -> Response:
    return repondre(413, _dire_la_longueur(trop.longueur_max), rendre_texte=True)


def _dire_la_longueur(longueur_max: int) -> str:
    return dire(TEXTE_TROP_LONG, n=f"{longueur_max:,} caractères".replace(",", " ").replace(" ", ESPACE_INSECABLE))


def envoi_trop_lourd() -> str:
    """Say how long what is sent may be, where it was sent."""
    return _ENVOIS.get(request.endpoint or "", ENVOI_TROP_LOURD)


_ENVOIS = {IMPORT: FICHIER_TROP_LOURD, COMPTE_RENDU: _dire_la_longueur(COMPTE_RENDU_MAX)}


def repondre(
    statut: int,
    message: str | Mapping[str, Any] | None = None,
    *,
    rendre_texte: bool = False,
    perdue: Perdue | None = None,
    textes: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """Answer with a failure of the table: a page with a way back, or a toast for htmx.

    The page hands back what was posted when it can be sent again, or when the caller asks for it. `perdue`: what
    is there no more, of which the page offers what the tab keeps. `textes`: what nothing can take any more, shown to
    be copied. The links of a message (`avec_liens`) lead on.
    """
    erreur = ERREURS.get(statut) or ERREURS[500 if statut >= 500 else 400]  # noqa: PLR2004 - the two families of HTTP
    dite = message or erreur.message
    texte, menent = (dite, ()) if isinstance(dite, str) else (str(dite["texte"]), dite["liens"])
    if par_htmx():
        if statut == 401:  # noqa: PLR2004 - nobody is signed in
            return reconnexion.proposer()
        if reconnexion.sur_place():
            return reconnexion.refuser(texte, statut)
        return message_seul(dite, statut=statut, reessayable=erreur.reessayable)
    # A whole form that is too long was not read, or not to its end.
    reprise = _reprise() if rendre_texte or (erreur.reessayable and statut != 413) else _RIEN  # noqa: PLR2004
    if statut == 401:  # noqa: PLR2004 - nobody is signed in
        # What a page says of itself, its version for one, is no text: nothing is promised back.
        if any(libelle_repris(nom) != nom for nom in reprise["reprise"]):
            texte = TEXTE_A_RENDRE
        else:
            reprise = _RIEN
    contexte = {"erreur": erreur, "message": texte, "statut": statut, "perdue": perdue, "textes": textes}
    contexte |= {"menent": menent, **reprise}
    # What is read again is asked for again; what was sent is handed back above.
    a_relire = statut in A_RELIRE and request.method in METHODES_SURES
    contexte["reessayer_url"] = request.full_path.rstrip("?") if a_relire else ""
    return page("errors/erreur.html", statut, **contexte)


def _http(exc: HTTPException) -> Response:
    if isinstance(panne := getattr(exc, "original_exception", None), BaseIndisponible):
        # Met when the session was kept: Flask then asks no other handler.
        return _sans_base(panne)
    if exc.response is not None:
        return exc.response  # type: ignore[return-value]  # a redirect made by the router
    statut = exc.code or 500
    if 300 <= statut < 400:  # noqa: PLR2004 - the router's redirects
        return exc.get_response()  # type: ignore[return-value]  # werkzeug's class, which Flask serves as its own
    if statut == 401 and not par_htmx() and request.method in METHODES_SURES:  # noqa: PLR2004
        demande = request.full_path.rstrip("?")
        return redirect(liens.avec(liens.CONNEXION, destination="" if demande == "/" else demande), 303)  # type: ignore[return-value]
    if isinstance(exc, MethodNotAllowed) and request.method == "GET" and "POST" in (exc.valid_methods or ()):
        ou = _page_de_l_objet()
        if ou:
            return redirect(ou, 303)  # type: ignore[return-value]
    reponse = repondre(statut)
    if isinstance(exc, MethodNotAllowed):
        reponse.allow.update(exc.valid_methods or ())
    return reponse


def _page_de_l_objet() -> str:
    """Give the address of the page whose button leads here, by the map of the routes; empty when there is none.

    What a button sends is refused at its own address, which stays in the bar: opened again, it is no page.
    """
    carte = current_app.url_map
    ouvertes = {_sans_noms(regle.rule) for regle in carte.iter_rules() if "GET" in (regle.methods or ())}
    suivie, _ = carte.bind("").match(request.path, method="POST", return_rule=True)
    regle, chemin = suivie.rule, request.path
    while regle.count("/") > 1:
        regle, chemin = regle.rpartition("/")[0], chemin.rpartition("/")[0]
        if _sans_noms(regle) in ouvertes:
            return chemin
    return ""


def _sans_noms(regle: str) -> str:
    """Give a rule of the map whatever its identities are called: one is the same at two addresses."""
    return _NOM_D_IDENTITE.sub("<uuid>", regle)


_NOM_D_IDENTITE = re.compile("<uuid:[a-z]+>")


def _jeton_perime(_: JetonPerime) -> Response:
    if not par_htmx():
        return repondre(400, JETON_PERIME, rendre_texte=True)
    personne = reconnexion.personne_de_la_page()
    if reconnexion.sur_place() and not personne:
        return reconnexion.refuser(JETON_PERIME, 400)
    if not personne:
        return reconnexion.renouveler(message_seul(JETON_PERIME, statut=400, reessayable=True))
    # The page of somebody else was refused before its token; the dialog says itself for whom it signs in.
    return reconnexion.reprendre(400)


def _autre_personne(exc: reconnexion.AutrePersonne) -> Response:
    if par_htmx():
        return reconnexion.proposer(exc.presente.nom)
    # What was posted is another's: it is neither shown nor offered to be sent again.
    return repondre(409, dire(reconnexion.RIEN_REPRIS, nom=exc.presente.nom))


_DES_FICHIERS = imports.ImportExpire | ExportRefuse | FichierPasFait | FichierExpire
_DES_TACHES = TacheDepassee | ChoixServi | ChoixTropLong | _DES_FICHIERS

_DITS = OperationInterdite | FicheRefusee | DependantsChanges | DependantsRetenus | EncoreUtilise


def _issue(archive: ParentArchive) -> tuple[str, str]:
    """Give how the page of what is archived is opened, from which it is restored, and its address."""
    if archive.niveau is Niveau.FORMATION:
        return fr("Ouvrir la formation archivée"), liens.formation(archive.id)
    return fr("Ouvrir l'action archivée"), liens.action(archive.id)


def _metier(exc: RefusMetier) -> Response:
    if isinstance(exc, Introuvable):
        return repondre(404, rendre_texte=True)
    if isinstance(exc, VersionDepassee | NoeudDepasse):
        return repondre(409, rendre_texte=True)
    if isinstance(exc, ParentArchive):
        return repondre(409, avec_liens(str(exc), [_issue(exc)]), rendre_texte=True)
    if isinstance(exc, _DITS | _DES_TACHES):
        return repondre(409, str(exc), rendre_texte=True)
    if isinstance(exc, AutreOrganisme):
        return repondre(409, dire(AUTRE_ORGANISME, organisme=exc.actuel), rendre_texte=True)
    raise exc


def _sans_base(exc: BaseIndisponible) -> Response:
    journal.error("base indisponible", chemin=request.path, methode=request.method, raison=str(exc))
    dits = {EcritureImpossible: SANS_PLACE, BaseOccupee: OCCUPEE}
    return repondre(503, dits.get(type(exc)) if request.method == "POST" else None)


def _sans_reference(exc: ReferenceRompue) -> Response:
    # What every write names is who asks: the account may have been removed while it was being answered.
    return repondre(401) if sessions.a_disparu(session) else _panne(exc)


def _panne(exc: Exception) -> Response:
    journal.exception("panne", chemin=request.path, methode=request.method, exc_info=exc)
    return repondre(500)


def _reprise() -> Mapping[str, Any]:
    """Give what the failed page must hand back: the posted texts, so that sending again loses nothing."""
    if request.method in METHODES_SURES:
        return _RIEN
    try:
        return {"reprise": saisie.tout(NON_REPRIS), "reprise_url": request.path}
    except RequestEntityTooLarge:
        return _RIEN


_RIEN: Mapping[str, Any] = MappingProxyType({"reprise": MappingProxyType({}), "reprise_url": ""})
