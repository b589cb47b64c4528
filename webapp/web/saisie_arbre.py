"""The form of what stands in the tree, or beside it: built from the table of fields, as page 2 is.

Knows how each level is spoken of; what is done to it stands in the modules of the routes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from flask import Response

from webapp.domain import prix, saisies
from webapp.domain.champs import Nature, Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import FicheRefusee
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import NoeudDepasse
from webapp.domain.textes import dire, fr, pluriel, sans_interdits
from webapp.services import annuaire
from webapp.web import a_revoir, etape_2
from webapp.web.etape_2 import COMPARER, RIEN_D_ECRASE, EtatChamp, EtatSaisie, Option
from webapp.web.http import liens, saisie
from webapp.web.http.contexte import lecture, organisme_courant, utilisateur_courant
from webapp.web.http.filters import a_defaut, instant_long
from webapp.web.http.reponses import ALERTE, ENTETE_ENREGISTREE, SUCCES, fragment, page, rediriger, rendre
from webapp.web.mots_arbre import COPIER, MOTS, PARTIES, PERDUES
from webapp.web.refus import Motif, Refus

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from webapp.domain.champs import Champ, Groupe
    from webapp.domain.diagnostic import Diagnostic, Portee
    from webapp.domain.noeud import Depot, Entree, Noeud, ParentArchive
    from webapp.domain.refus import RefusMetier
    from webapp.domain.statuts import Statut

PAGE = "pages/saisie.html"
FRAGMENTS_SAISIE = (
    "fragments/formation/etat-saisie.html", "fragments/saisie/champs.html", "fragments/saisie/groupes.html",
    "fragments/saisie/recapitulatif.html",
)  # fmt: skip
FRAGMENTS_SUIVI = (*FRAGMENTS_SAISIE, "fragments/refus.html", "fragments/onglet.html")
FRAGMENTS_RETRAIT = (*FRAGMENTS_SUIVI, "fragments/toasts.html")
FRAGMENTS_REFUS = (*FRAGMENTS_SUIVI, "fragments/saisie/conflit.html", "fragments/toasts.html")
FRAGMENTS_ENREGISTREE = (
    *FRAGMENTS_SUIVI, "fragments/saisie/conflit.html", "fragments/saisie/entete.html",
    "fragments/saisie/enregistree.html", "fragments/toasts.html",
)  # fmt: skip
RESTE_AU_GROUPE = "{points} à compléter"
COMPLET = fr("Complet")
SANS_NOM = fr("(sans nom)")
PROPOSE = fr("Proposé : comme dans votre dernière action.")
CALCULE = "À l'enregistrement : {x} €, calculés."
RESUME_MAX = 80
SOUS_ARCHIVE = (
    "Rien n'est enregistré, et votre texte est toujours dans cette page : une fois la restauration faite, enregistrez "
    "de nouveau."
)
VOIR_CATALOGUE = "Voir le catalogue dans un nouvel onglet"
VOIR_FORMATION = "Voir la formation dans un nouvel onglet"
VOIR_ACTION = "Voir l'action archivée dans un nouvel onglet"


class GroupeMontre(NamedTuple):
    """Some fields under a title, and how many things are left to do there; a level with one group gives it no title."""

    id: str
    titre: str
    dit: str
    complet: bool
    etats: tuple[EtatChamp, ...]
    resume: str
    """What is typed in those that every thing of the level says."""


@dataclass(frozen=True)
class EcranSaisie:
    """One thing open in its form: what is typed, the thing as it is stored if it is, and where « Annuler » leads."""

    depot: Depot
    url: str
    sortie: str
    objet: Noeud | Entree | None = None
    pour: str = ""
    """Where it was asked for, and where the person goes back to once it is there."""
    modele: Fiche | None = None
    """Where the values that are proposed come from, nothing of them being stored."""
    perdue: bool = False
    """Whether it can be saved no more: removed (it has then no `objet`), or archived."""
    formation_id: UUID | None = None
    """The formation in which an action or a session stands."""
    partie: Niveau | None = None
    """The level of what held it, where that was removed with all that it held."""

    @property
    def id(self) -> UUID:
        """Its identity, drawn when its form was first shown."""
        return self.depot.id

    @property
    def fiche(self) -> Fiche:
        """What is typed."""
        return self.depot.fiche

    @property
    def niveau(self) -> Niveau:
        """Its level."""
        return self.depot.fiche.niveau

    @property
    def fiche_d_origine(self) -> Fiche:
        """The values without what is typed."""
        return Fiche.nouvelle(self.niveau) if self.objet is None else self.objet.fiche

    @property
    def statut(self) -> Statut | None:
        """The status of the thing as it is stored, if it has one."""
        return getattr(self.objet, "statut", None)


def libelle(niveau: Niveau, nom: str) -> str:
    """Give the wording of a field of a level."""
    return PAR_NOM[niveau][nom].libelle


def etat(ecran: EcranSaisie, diagnostic: Diagnostic) -> EtatSaisie:
    """Give what the diagnostic means on screen; values are shown as people write them."""
    brut = etape_2.etat(ecran.fiche, diagnostic, ecran.statut)
    options = {nature: _references(nature) for nature in {c.nature for c in ecran.fiche.champs if _est_choisi(c)}}
    montres = {
        nom: _manquant(un)._replace(
            valeur=_montrer_pour_saisir(un.champ, un.valeur), options=_options(un.champ, options),
            avis=_avis(ecran, un.champ),
        )
        for nom, un in brut.par_champ.items()
    }  # fmt: skip
    return brut._replace(
        par_champ=montres, mots=MOTS[ecran.niveau].etat, conseils=diagnostic.conseils, perdue=ecran.perdue
    )


def _manquant(etat: EtatChamp) -> EtatChamp:
    """Say of a field that is left empty what a rule asks for as what is missing there, and not as a mistake."""
    if etat.valeur or not etat.erreurs:
        return etat
    return etat._replace(manque=" ".join(filter(None, (etat.manque, *etat.erreurs))), erreurs=())


def groupes(etat: EtatSaisie) -> tuple[GroupeMontre, ...]:
    """Give the fields by group, in order, each with how many things are left to do in it."""
    par_groupe: dict[Groupe | None, list[EtatChamp]] = {}
    for un in etat.par_champ.values():
        par_groupe.setdefault(un.champ.groupe, []).append(un)
    montres = []
    for rang, (groupe, siens) in enumerate(par_groupe.items(), 1):
        nombre = sum(bool(un.manque or un.erreurs) for un in siens)
        dit = dire(RESTE_AU_GROUPE, points=pluriel(nombre, "point")) if nombre else COMPLET
        titre = groupe.value if groupe else ""
        resume = " · ".join(filter(None, map(_en_bref, siens))) if titre else ""
        montres.append(GroupeMontre(f"groupe-{rang}", titre, dit, not nombre, tuple(siens), resume))
    return tuple(montres)


def _en_bref(etat: EtatChamp) -> str:
    """Give what is typed in a field that every « validée » has, as the recapitulation says it; empty for the others."""
    champ, valeur = etat.champ, etat.valeur
    if not champ.obligatoire or not valeur:
        return ""
    if champ.nature.est_reference:
        valeur = next((option.libelle for option in etat.options if option.code == valeur), "")
    elif champ.choix is not None:
        valeur = saisies.montrer(champ, valeur)
    valeur = ", ".join(valeur.split("\n"))
    if champ.nature in _SANS_NOMMER:
        return valeur if len(valeur) <= RESUME_MAX else f"{valeur[:RESUME_MAX].rstrip()}…"
    valeur = saisies.montrer_avec_unite(champ, saisies.lire(champ, valeur))
    return dire("{nom} : {valeur}", nom=champ.libelle, valeur=valeur)


_SANS_NOMMER = frozenset({Nature.TEXTE, Nature.CHOIX, Nature.CHOIX_MULTIPLES, Nature.LIEU, Nature.CONTACT})


def _avis(ecran: EcranSaisie, champ: Champ) -> str:
    """Say of a value that it is proposed, or what a save will compute where nothing is typed."""
    valeur = ecran.fiche[champ]
    if ecran.modele is not None and valeur and valeur == ecran.modele[champ] and valeur != champ.defaut:
        return PROPOSE
    if champ.nature is Nature.MONTANT and not valeur and (calcule := prix.completer(ecran.fiche)[champ]):
        return dire(CALCULE, x=saisies.montrer(champ, calcule))
    return ""


def contexte(ecran: EcranSaisie, diagnostic: Diagnostic, /, **autres: object) -> dict[str, object]:
    """Give the context of the form and of each of its fragments."""
    mots = MOTS[ecran.niveau]
    montre = etat(ecran, diagnostic)
    nommer = partial(libelle, ecran.niveau)
    return {
        "ecran": ecran,
        "mots": mots,
        "regle": None,
        "blocs": (),
        "etat": montre,
        "etats": montre.par_champ.values(),
        "groupes": groupes(montre),
        "a_remplacer": (),
        "proposition": "",
        "fil": (),
        "libelle": nommer,
        "refus": (
            refus_perdue(ecran) if ecran.perdue else Refus.qui_reste(ecran.fiche, diagnostic, nommer, mots.refus)
        ),
        "titre_onglet": mots.nouveau if ecran.objet is None else mots.modifier,
        "version": ecran.depot.version,
        "toasts": [],
        "conflit": None,
        "enregistree": "",
        "a_revoir": None,
        "utilise": "",
        "suite": liens.session_nouvelle(ecran.id) if ecran.niveau is Niveau.ACTION and ecran.objet is not None else "",
        "vise": "",
        "modifiee": ecran.modele is not None or ecran.perdue,
        **autres,
    }


def afficher(ecran: EcranSaisie, diagnostic: Diagnostic, **autres: object) -> Response:
    """Answer with the whole form."""
    return page(PAGE, **contexte(ecran, diagnostic, **autres))


def suivre(ecran: EcranSaisie, diagnostic: Diagnostic) -> Response:
    """Answer what follows the typing; without htmx, the form again, as typed."""
    fragments = FRAGMENTS_SUIVI if saisie.texte("refus") else FRAGMENTS_SAISIE
    return rendre(PAGE, fragments, contexte(ecran, diagnostic))


def repondre_refus(ecran: EcranSaisie, diagnostic: Diagnostic, portee: Portee) -> Response:
    """Answer 422: the values kept, what is wrong beside each field, and the list of it above the form."""
    refus = Refus.de(ecran.fiche, diagnostic, portee, partial(libelle, ecran.niveau), MOTS[ecran.niveau].refus)
    return rendre(PAGE, FRAGMENTS_REFUS, contexte(ecran, diagnostic, refus=refus), statut=422)


def refus_perdue(ecran: EcranSaisie, *, vient_d_etre_dit: bool = True) -> Refus:
    """Say that the thing of the page was removed or archived, or what held it removed, and what is left to do."""
    if ecran.partie is not None:
        dit = fr(PARTIES[ecran.niveau, ecran.partie])
        refus = Refus(dit, (), fr(COPIER), vient_d_etre_dit, carte=ecran.sortie)
        return refus._replace(carte_dite=VOIR_CATALOGUE if ecran.sortie == liens.CATALOGUE else VOIR_FORMATION)
    mots, reprise = PERDUES[ecran.niveau], f"{ecran.url}/reprise"
    archivee_le = getattr(ecran.objet, "archivee_le", None)
    if archivee_le is None:
        refus = Refus(fr(mots.supprimee), (), mots.neuve, vient_d_etre_dit, reprise=reprise)
    else:
        refus = Refus(
            dire(mots.archivee, quand=instant_long(archivee_le)), (), mots.restaurer, vient_d_etre_dit, reprise=reprise
        )
    return refus._replace(reprise_dite=mots.creer)


def repondre_perdue(ecran: EcranSaisie, diagnostic: Diagnostic, *, vient_d_etre_dit: bool = True) -> Response:
    """Answer that the thing of the page is there no more (404), or archived (409): nothing typed leaves the page."""
    refus, statut = refus_perdue(ecran, vient_d_etre_dit=vient_d_etre_dit), 404 if ecran.objet is None else 409
    return rendre(PAGE, FRAGMENTS_SUIVI, contexte(ecran, diagnostic, refus=refus), statut=statut)


def repondre_sous_archive(
    ecran: EcranSaisie, diagnostic: Diagnostic, archive: ParentArchive, formation_id: UUID
) -> Response:
    """Answer 409 that what holds the thing was archived, with where to restore it: the form stays, and can be sent."""
    explication = fr(SOUS_ARCHIVE)
    if archive.niveau is Niveau.FORMATION:
        refus = Refus(str(archive), (), explication, carte=liens.carte(formation_id))
    else:
        ou = liens.action_ouverte(formation_id, ecran.depot.parent_id or ecran.id)
        refus = Refus(str(archive), (), explication, carte=ou, carte_dite=fr(VOIR_ACTION))
    return rendre(PAGE, FRAGMENTS_SUIVI, contexte(ecran, diagnostic, refus=refus), statut=409)


def repondre_au_refus(refus: RefusMetier, ecran: EcranSaisie, diagnostic: Diagnostic, portee: Portee) -> Response:
    """Answer a save that was refused, its text kept: what is gone, what is wrong, what somebody changed meanwhile.

    Raises what is none of these.
    """
    if ecran.perdue:
        return repondre_perdue(ecran, diagnostic)
    if isinstance(refus, FicheRefusee):
        return repondre_refus(ecran, refus.diagnostic, portee)
    if isinstance(refus, NoeudDepasse):
        return repondre_conflit(ecran, diagnostic, refus.actuel)
    raise refus


def repondre_enregistree(
    ecran: EcranSaisie, diagnostic: Diagnostic, quand: str, notes: tuple[str, ...], envoyee: Fiche
) -> Response:
    """Answer htmx that the thing is stored as `ecran` says: the form stays, with its new version and its address.

    What was `envoyee` empty and is stored with a value (a price that the other gives) takes its place in the form.
    """
    completes = tuple(nom for nom in ecran.fiche.differences(envoyee) if not envoyee.valeur(nom))
    fragments: tuple[str, ...] = FRAGMENTS_ENREGISTREE
    toasts: list[tuple[str, object]] = [(SUCCES, note) for note in notes]
    restent = a_revoir.de(ecran.objet)
    if ecran.niveau is not Niveau.SESSION:
        fragments = (*fragments, a_revoir.FRAGMENT)
    if restent is not None:
        toasts.append((ALERTE, restent.dit))
    reponse = fragment(
        fragments,
        contexte(
            ecran,
            diagnostic,
            refus=None,
            enregistree=quand,
            toasts=toasts,
            a_remplacer=completes,
            a_revoir=restent,
        ),
    )
    reponse.headers["HX-Replace-Url"] = liens.avec(ecran.url, pour=ecran.pour)
    reponse.headers[ENTETE_ENREGISTREE] = "1"
    return reponse


def ajouter_ensuite(url: str) -> Response | None:
    """Lead to the form of a new contact or place when that was asked for, from what stands at an address."""
    demandee = saisie.texte("ajouter")
    ou = {Niveau.CONTACT.value: liens.CONTACT_NOUVEAU, Niveau.LIEU.value: liens.LIEU_NOUVEAU}.get(demandee)
    return None if ou is None else rediriger(liens.avec(ou, pour=url))


def pour_quoi() -> str:
    """Give the address from which a contact or a place was asked for; empty when it is none of ours."""
    adresse = saisie.parametre("pour")
    return adresse if _DEMANDEURS.fullmatch(adresse) else ""


_DEMANDEURS = re.compile(r"/(?:actions|sessions|lieux)/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def sans_interdits_dans(ecran: EcranSaisie, nom: str) -> tuple[EcranSaisie, str]:
    """Take away what is refused in the text of one field. Out: the screen, and the sentence that says so."""
    texte = ecran.fiche.valeur(nom)
    permis = sans_interdits(texte)
    nombre = len(texte) - len(permis)
    retires = pluriel(nombre, "caractère refusé est retiré", "caractères refusés sont retirés")
    message = dire("{retires} du champ « {champ} ».", retires=retires, champ=libelle(ecran.niveau, nom))
    return replace(ecran, depot=replace(ecran.depot, fiche=ecran.fiche.avec(**{nom: permis}))), message


def repondre_retrait(ecran: EcranSaisie, diagnostic: Diagnostic, nom: str, message: str) -> Response:
    """Give the form back, nothing saved, one field without what was refused in it; the focus goes to it."""
    donnees = contexte(ecran, diagnostic, toasts=[(SUCCES, message)], vise=nom, a_remplacer=(nom,))
    return rendre(PAGE, FRAGMENTS_RETRAIT, donnees)


def repondre_conflit(ecran: EcranSaisie, diagnostic: Diagnostic, actuel: Noeud | Entree) -> Response:
    """Answer 409: both versions side by side, the typed one kept in the form, nothing overwritten.

    The form then carries the newer version: saving again replaces it knowingly.
    """
    mots, quand = MOTS[ecran.niveau], instant_long(actuel.modifiee_le)
    if actuel.modifiee_par == utilisateur_courant().nom:
        message = dire(mots.depasse_par_soi, quand=quand)
    else:
        message = dire(mots.depasse, qui=actuel.modifiee_par, quand=quand)
    champs = PAR_NOM[ecran.niveau]
    differences = [
        (champs[nom].libelle, *(montrer(champs[nom], fiche.valeur(nom)) for fiche in (ecran.fiche, actuel.fiche)))
        for nom in ecran.fiche.differences(actuel.fiche)
    ]
    donnees = contexte(
        ecran, diagnostic, refus=Refus(message, (Motif("conflit-titre", COMPARER),), RIEN_D_ECRASE),
        version=actuel.version, conflit={"actuelle": actuel, "differences": differences},
    )  # fmt: skip
    return rendre(PAGE, FRAGMENTS_REFUS, donnees, statut=409)


def montrer(champ: Champ, valeur: str) -> str:
    """Give a value as a person reads it; a contact or a place by its name."""
    if champ.nature.est_reference:
        noms = {option.code: option.libelle for option in _references(champ.nature)}
        return noms.get(valeur, valeur)
    return saisies.montrer_avec_unite(champ, valeur)


def lire(fiche: Fiche) -> list[tuple[str, str, str]]:
    """Give the fields of a thing that is read and not changed: its name, how each is called, and its value."""
    return [(c.nom, c.libelle, montrer(c, valeur)) for c, valeur in zip(fiche.champs, fiche.valeurs, strict=True)]


def _est_choisi(champ: Champ) -> bool:
    return champ.nature.est_reference


def _montrer_pour_saisir(champ: Champ, valeur: str) -> str:
    """Give a value as it stands in its field: codes as they are, all else as people write it."""
    return valeur if champ.choix is not None or champ.nature.est_reference else saisies.montrer(champ, valeur)


def _options(champ: Champ, references: Mapping[Nature, tuple[Option, ...]]) -> tuple[Option, ...]:
    if champ.nature.est_reference:
        return references[champ.nature]
    if champ.nature is Nature.CHOIX_MULTIPLES and champ.choix is not None:
        return tuple([Option(code, dit) for code, dit in champ.choix.items()])
    return ()


def _references(nature: Nature) -> tuple[Option, ...]:
    """Give the contacts or the places of the organisation among which to choose, by name."""
    niveau = Niveau.CONTACT if nature is Nature.CONTACT else Niveau.LIEU
    entrees = annuaire.entrees(lecture(), organisme_courant(), niveau)
    return tuple([Option(str(entree.id), a_defaut(entree.fiche.nom, SANS_NOM)) for entree in entrees])


def adresse_de(niveau: Niveau, id: UUID) -> str:
    """Give the address of an action, a session, a contact or a place."""
    return _ADRESSES[niveau](id)


_ADRESSES = {
    Niveau.ACTION: liens.action, Niveau.SESSION: liens.session, Niveau.CONTACT: liens.contact, Niveau.LIEU: liens.lieu,
}  # fmt: skip
