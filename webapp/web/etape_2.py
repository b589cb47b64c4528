"""What page 2 shows, whole or in pieces: one context for the page, its live region and its refusals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from flask import Response

from webapp.domain import champs
from webapp.domain.champs import Champ
from webapp.domain.controle import Code, Diagnostic
from webapp.domain.fiche import FicheFormation, intitule_coupe
from webapp.domain.formation import Envoi
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut, modifiable, statut_apres
from webapp.domain.textes import couper, dire, fr, pluriel, sans_interdits
from webapp.domain.types_formation import REGLES, preremplis
from webapp.services import catalogue, controle
from webapp.web import arbre, panneau_controle
from webapp.web.http import liens
from webapp.web.http.contexte import aujourdhui, certification, lecture, organisme_courant, suivi_de
from webapp.web.http.filters import instant_long
from webapp.web.http.reponses import ENTETE_ENREGISTREE, SUCCES, fragment, page, par_htmx, rendre
from webapp.web.libelles import libelles_de
from webapp.web.refus import Motif, Refus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webapp.domain.certifications import Certification
    from webapp.domain.controle import Anomalie, Portee
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.formation import Formation
    from webapp.domain.prerempli import Prerempli
    from webapp.domain.types_formation import RegleType

FRAGMENTS_SAISIE = ("fragments/formation/etat-saisie.html", "fragments/formation/etats-champs.html")
SANS_INTITULE = "(sans intitulé)"
TITRE_MAX = 90
INTITULE_COUPE = fr(
    f"L'intitulé de la certification dépasse {champs.INTITULE.longueur_max} caractères : seul son début est repris ici."
)
TOUT_EST_REMPLI = fr("Tout est rempli : vous pouvez valider la formation.")
RESTE_VALIDEE = fr("Tout est rempli : cette formation est validée et le restera.")
ENSUITE = fr("Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions.")
COMPARER = "Comparer les deux textes"
RIEN_D_ECRASE = fr(
    "Rien n'est écrasé : comparez les deux textes, puis enregistrez de nouveau pour garder celui de cette page."
)
SUPPRIMEE = fr(
    "Cette formation n'existe plus dans votre catalogue : elle a été supprimée après l'ouverture de votre page."
)
ARCHIVEE = "Cette formation a été archivée{par} le {quand}, après l'ouverture de votre page : elle ne se modifie plus."
EN_FAIRE_UNE_NEUVE = fr(
    "Rien n'est enregistré, et votre texte est toujours dans cette page : vous pouvez en faire une nouvelle formation."
)
OU_RESTAURER = fr(
    "Rien n'est enregistré, et votre texte est toujours dans cette page : restaurez la formation depuis le catalogue, "
    "puis enregistrez de nouveau, ou faites-en une nouvelle formation."
)
SANS_PLACE = fr("Cette page ne peut plus être enregistrée : le message en haut de la page dit pourquoi.")
RETOMBERA = fr("Cette formation est validée : enregistrée ainsi, elle redeviendra un brouillon.")
# What follows a list of refusals wherever it is: in the page, and in the title of the tab.
FRAGMENTS_HORS_CHAMPS = ("fragments/refus.html", "fragments/onglet.html")
FRAGMENTS_SUIVI = (*FRAGMENTS_SAISIE, *FRAGMENTS_HORS_CHAMPS)
FRAGMENTS_RETRAIT = (
    FRAGMENTS_SAISIE[0], "fragments/formation/champ-retire.html", *FRAGMENTS_HORS_CHAMPS, "fragments/toasts.html",
)  # fmt: skip
FRAGMENTS_REFUS = (*FRAGMENTS_SUIVI, "fragments/formation/conflit.html", "fragments/toasts.html")
FRAGMENTS_ENREGISTREE = (
    *FRAGMENTS_SUIVI, "fragments/formation/conflit.html", "fragments/formation/entete.html",
    "fragments/formation/changement.html", "fragments/formation/enregistree.html", "fragments/toasts.html",
)  # fmt: skip


@dataclass(frozen=True)
class Ecran(Envoi):
    """One formation open in the form: what is typed, and the formation as it is stored if it is."""

    formation: Formation | None = None

    sortie = liens.CATALOGUE
    """Where « Annuler » leads."""

    @property
    def url(self) -> str:
        """Address to which the form is sent."""
        return liens.formation(self.id)

    @property
    def fiche_d_origine(self) -> FicheFormation:
        """The texts without what is typed: those stored, else those that the certification brings."""
        if self.formation is not None:
            return self.formation.fiche
        certifiante = certification(self.fiche.certification)
        if certifiante is None or self.fiche.type_formation not in REGLES:
            return FicheFormation()
        return FicheFormation.preremplie(TypeFormation(self.fiche.type_formation), certifiante)

    @property
    def perdue(self) -> bool:
        """Whether the formation that the page was opened on is there no more, or can be changed no more."""
        return self.version > 0 and (self.formation is None or not modifiable(self.formation.statut))

    @property
    def statut(self) -> Statut | None:
        """The status of the formation as it is stored, if it is."""
        return None if self.formation is None else self.formation.statut


class Option(NamedTuple):
    """One line of a list, or one box to tick."""

    code: str
    libelle: str


class MotsDeLEtat(NamedTuple):
    """What the live region says: all is there, all is there of a « validée », what is left, what a save would undo.

    `suite`: what comes next for a « validée ».
    """

    complet: str
    reste_validee: str
    a_completer: str
    retombera: str
    suite: str = ""


class EtatChamp(NamedTuple):
    """A field as it is typed, and what stands under it: the count, what is missing, what is wrong, what is to be known.

    `a_retirer`: characters that are refused can be removed at once.
    """

    nom: str
    champ: Champ
    valeur: str
    compteur: str
    depasse: bool
    manque: str
    erreurs: tuple[str, ...]
    a_retirer: bool = False
    avis: str = ""
    options: tuple[Option, ...] = ()
    """Among which to choose, where the table of fields does not say it: contacts, places, codes to tick."""
    conseil: str = ""
    """What stands under its name."""


LA_FORMATION = MotsDeLEtat(TOUT_EST_REMPLI, RESTE_VALIDEE, "Il reste {points} à compléter pour valider.", RETOMBERA)


class Point(NamedTuple):
    """One thing that « Valider » asks for: a field, or what else is judged; `anomalie` is None once it is done."""

    nom: str
    anomalie: Anomalie | None


class EtatSaisie(NamedTuple):
    """What the live region says: complete or not, and the list of what is left to do."""

    complet: bool
    a_faire: tuple[Anomalie, ...]
    par_champ: dict[str, EtatChamp]
    statut: Statut | None = None
    """That of the formation as it is stored, if it is."""
    retombera: bool = False
    """Whether saving would make of it a « brouillon » again."""
    perdue: bool = False
    """Whether the formation is there no more, or can be changed no more."""
    mots: MotsDeLEtat = LA_FORMATION
    conseils: tuple[Anomalie, ...] = ()
    """What could be better, and forbids nothing."""

    @property
    def points(self) -> tuple[Point, ...]:
        """What « Valider » asks for, in the order of the form, done or not: the list ticks itself.

        Of a form of many groups, which say each what it lacks, only what is left.
        """
        reste = {anomalie.champ: anomalie for anomalie in self.a_faire}
        if self.mots is not LA_FORMATION:
            return tuple(Point(nom, anomalie) for nom, anomalie in reste.items())
        ailleurs = [Point(nom, anomalie) for nom, anomalie in reste.items() if nom not in self.par_champ]
        demandes = [nom for nom, un in self.par_champ.items() if nom in reste or un.champ.obligatoire]
        return (*ailleurs, *(Point(nom, reste.get(nom)) for nom in demandes))

    @property
    def avancement(self) -> str:
        """How far it is, in few words: « 3 sur 8 »."""
        points = self.points
        return f"{sum(point.anomalie is None for point in points)} sur {len(points)}"

    @property
    def resume(self) -> str:
        """What is left to do, and, of a formation already « validée », what a save would make of it."""
        if self.perdue:
            return SANS_PLACE
        if not self.a_faire:
            return self.mots.reste_validee if self.statut is Statut.VALIDEE else self.mots.complet
        # Of a formation they are « champs », its certification too: one of them is called « points forts ».
        un = "champ" if self.mots is LA_FORMATION else "point"
        resume = dire(self.mots.a_completer, points=pluriel(len(self.a_faire), un))
        return f"{resume} {self.mots.retombera}" if self.retombera else resume

    @property
    def suite(self) -> str:
        """What comes next for a « validée » that lacks nothing, in the guide's words for a formation; else empty."""
        if self.statut is not Statut.VALIDEE or self.a_faire:
            return ""
        return ENSUITE if self.mots is LA_FORMATION else self.mots.suite


def etat(
    fiche: FicheFormation | Fiche, diagnostic: Diagnostic, statut: Statut | None = None,
    conseils: tuple[Anomalie, ...] = (),
) -> EtatSaisie:  # fmt: skip
    """Give what the diagnostic means on screen; `statut` is that of the formation as stored, if it is."""
    par_champ: dict[str, list[Anomalie]] = {}
    for anomalie in diagnostic.bloquantes:
        par_champ.setdefault(anomalie.champ, []).append(anomalie)
    le = aujourdhui()
    etats = {
        champ.nom: _etat_champ(champ, fiche.valeur(champ.nom), par_champ.get(champ.nom, ()), champ.conseil_le(le))
        for champ in fiche.champs
    }
    if (
        isinstance(fiche, FicheFormation)
        and champs.INTITULE.nom in etats
        and intitule_coupe(fiche, certification(fiche.certification))
    ):
        etats[champs.INTITULE.nom] = etats[champs.INTITULE.nom]._replace(avis=INTITULE_COUPE)
    a_faire = tuple([anomalies[0] for anomalies in par_champ.values()])
    retombera = (
        statut is Statut.VALIDEE
        and diagnostic.enregistrable
        and statut_apres(statut, Operation.ENREGISTRER, diagnostic) is not statut
    )
    return EtatSaisie(diagnostic.validable, a_faire, etats, statut, retombera, conseils=conseils)


def enregistree(envoi: Envoi) -> Formation | None:
    """Give the formation that a form was opened on, as it is stored; None when it is new, or there no more."""
    if not envoi.version:
        return None
    try:
        return catalogue.ouvrir(lecture(), organisme_courant(), envoi.id)
    except Introuvable:
        return None


def refus_perdue(ecran: Ecran, *, vient_d_etre_dit: bool = True) -> Refus:
    """Say that the formation was removed, which leaves nothing to say of whom, or archived; and what is left to do."""
    reprise = f"{ecran.url}/reprise"
    if ecran.formation is None or ecran.formation.archivee_le is None:
        return Refus(SUPPRIMEE, (), EN_FAIRE_UNE_NEUVE, vient_d_etre_dit, reprise=reprise)
    par = f" par {ecran.formation.archivee_par}" if ecran.formation.archivee_par else ""
    titre = dire(ARCHIVEE, par=par, quand=instant_long(ecran.formation.archivee_le))
    return Refus(titre, (), OU_RESTAURER, vient_d_etre_dit, reprise=reprise, carte=liens.carte(ecran.id))


def diagnostic_de(ecran: Ecran) -> Diagnostic:
    """Ask the judge what is wrong with a formation as it is typed."""
    return catalogue.diagnostiquer(lecture(), organisme_courant(), ecran, aujourdhui(), ecran.formation)


def conseils_de(ecran: Ecran) -> tuple[Anomalie, ...]:
    """Ask what could be better in a formation as it is typed."""
    return controle.conseils(lecture(), organisme_courant(), ecran.fiche, aujourdhui())


def contexte(ecran: Ecran, diagnostic: Diagnostic | None = None, /, **autres: object) -> dict[str, object]:
    """Give the context of page 2 and of each of its fragments."""
    le = aujourdhui()
    certifiante = certification(ecran.fiche.certification)
    if diagnostic is None:
        diagnostic = diagnostic_de(ecran)
    saisie = etat(ecran.fiche, diagnostic, ecran.statut, conseils_de(ecran))._replace(perdue=ecran.perdue)
    regle = REGLES.get(ecran.fiche.type_formation)
    lignes = preremplis(regle, certifiante) if regle and certifiante else ()
    suite = suivi_de(certifiante)
    if ecran.perdue:
        refus: Refus | None = refus_perdue(ecran)
    else:
        refus = Refus.qui_reste(ecran.fiche, diagnostic, libelles_de(ecran.fiche))
    return {
        "ecran": ecran,
        "fiche": ecran.fiche,
        "certification": certifiante,
        "regle": regle,
        "titre_certification": _titre(regle, certifiante),
        "preremplis": lignes,
        "repliee": ecran.formation is not None or ecran.version > 0,
        "certification_en_bref": _en_bref(certifiante, lignes),
        "apercu": _apercu(ecran.fiche),
        "blocs": catalogue.blocs_de(lecture(), ecran.fiche),
        "suivi": suite,
        "avis_en_bref": suite.en_bref(certifiante.avis_court_le(le) if certifiante else ""),
        "avis_certification": certifiante.avis_le(le) if certifiante else "",
        "etat": saisie,
        "etats": saisie.par_champ.values(),
        "libelle": libelles_de(ecran.fiche),
        "toasts": [],
        "refus": refus,
        "titre_onglet": titre(ecran),
        "version": ecran.version,
        "conflit": None,
        "changement": None,
        "modifiee": False,
        "enregistree": None,
        "vise": "",
        "verification": None,
        "url_verification": f"{ecran.url}/verification",
        # Its own region follows the form: what follows the typing does not ask for it.
        "arbre": None if ecran.formation is None or par_htmx() else arbre.montrer(ecran.formation),
        "controle": None if par_htmx() else panneau_controle.de_la_formation(ecran.formation),
        **autres,
    }


def titre(ecran: Ecran) -> str:
    """Give the title of page 2: that of the formation as it is stored, if it is."""
    if ecran.formation is None:
        return "Modifier la formation" if ecran.version else "Nouvelle offre de formation, étape 2/2"
    fiche = ecran.formation.fiche
    return couper(fiche.intitule.strip() or fiche.identifiant.strip() or SANS_INTITULE, TITRE_MAX)


def _titre(regle: RegleType | None, certifiante: Certification | None) -> str:
    """Give the heading of the read-only block (guide step 5: « Préparation à la certification … »)."""
    if regle is None or certifiante is None:
        return "Certification"
    return regle.titre.format(intitule=certifiante.intitule)


_NOM_COURT = re.compile(r"\(([^()]{2,30})\)\s*\Z")
_LIGNES_EN_BREF = ("formacode", "nsf", "rome")


def _en_bref(certifiante: Certification | None, lignes: Sequence[Prerempli]) -> str:
    """Give the folded block in one line: « CléA · RS2203 · FORMACODE 15041 · NSF 100 »."""
    if certifiante is None:
        return "Certification"
    nom = _NOM_COURT.search(certifiante.intitule)
    bref = [nom[1] if nom else couper(certifiante.intitule, 60), certifiante.code]
    bref += [
        f"{ligne.libelle.removeprefix('Code ')}\N{NO-BREAK SPACE}{ligne.valeur}"
        for ligne in lignes
        if ligne.nom in _LIGNES_EN_BREF and ligne.connu
    ]
    return " · ".join(bref)


# What the person who looks for a training reads of a formation, in the order in which it is usually shown.
_APERCU = (champs.POINTS_FORTS, champs.OBJECTIF, champs.RESULTATS_ATTENDUS, champs.CONTENU, champs.TYPE_PARCOURS)


def _apercu(fiche: FicheFormation) -> tuple[tuple[Champ, str], ...]:
    """Give what a holder would read below the title, whatever is missing."""
    return tuple((champ, montrer_nu(champ, fiche.valeur(champ.nom))) for champ in _APERCU)


def montrer_nu(champ: Champ, valeur: str) -> str:
    """Give the value of a field as the public reads it: a wording alone, without its code."""
    return valeur if champ.choix is None else champ.choix.get(valeur, "")


def afficher(ecran: Ecran, **autres: object) -> Response:
    """Answer with the whole of page 2."""
    return page("pages/fiche.html", **contexte(ecran, None, **autres))


def repondre_refus(ecran: Ecran, diagnostic: Diagnostic, portee: Portee) -> Response:
    """Answer 422: the text kept, what is wrong beside each field, and the list of it above the form."""
    refus = Refus.de(ecran.fiche, diagnostic, portee, libelles_de(ecran.fiche))
    return rendre("pages/fiche.html", FRAGMENTS_REFUS, contexte(ecran, diagnostic, refus=refus), statut=422)


def repondre_perdue(ecran: Ecran, *, textes: bool = True, vient_d_etre_dit: bool = True) -> Response:
    """Answer that the formation of the page is there no more (404), or archived (409): nothing typed leaves the page.

    `textes`: the page shows the texts and has sent them all; étape 1/2 only carries them, « Vérifier » sends one.
    """
    refus = refus_perdue(ecran, vient_d_etre_dit=vient_d_etre_dit)
    fragments = FRAGMENTS_SUIVI if textes else FRAGMENTS_HORS_CHAMPS
    statut = 404 if ecran.formation is None else 409
    return rendre("pages/fiche.html", fragments, contexte(ecran, refus=refus, modifiee=True), statut=statut)


def repondre_enregistree(ecran: Ecran, quand: str, statut: str, notes: tuple[str, ...], *, nouvelle: bool) -> Response:
    """Answer htmx that the formation is stored as `ecran` says: the form stays, with its new version and its address.

    `quand` and `statut` say when and how it was saved, `notes` what there is to know of it besides. Of one that is
    `nouvelle`, the page did not show the tree yet.
    """
    fragments: tuple[str, ...] = (*FRAGMENTS_ENREGISTREE, panneau_controle.FRAGMENT)
    montre = None
    if nouvelle and ecran.formation is not None:
        fragments, montre = (*fragments, "fragments/arbre/arbre.html"), arbre.montrer(ecran.formation)
    toasts = [(SUCCES, note) for note in notes]
    donnees = contexte(ecran, refus=None, enregistree=(quand, statut), toasts=toasts, arbre=montre,
                       controle=panneau_controle.de_la_formation(ecran.formation))  # fmt: skip
    reponse = fragment(fragments, donnees)
    reponse.headers["HX-Replace-Url"] = ecran.url
    reponse.headers[ENTETE_ENREGISTREE] = "1"
    return reponse


def repondre_retrait(ecran: Ecran, nom: str) -> Response:
    """Give the form back, nothing saved, one field without the characters that are refused; the focus goes to it."""
    texte = ecran.fiche.valeur(nom)
    permis = sans_interdits(texte)
    nombre = len(texte) - len(permis)
    retires = pluriel(nombre, "caractère refusé est retiré", "caractères refusés sont retirés")
    message = dire("{retires} du champ « {champ} ».", retires=retires, champ=champs.PAR_NOM[nom].libelle)
    ecran = replace(ecran, fiche=ecran.fiche.avec(**{nom: permis}))
    donnees = contexte(ecran, toasts=[(SUCCES, message)], vise=nom)
    return rendre("pages/fiche.html", FRAGMENTS_RETRAIT, donnees)


def repondre_conflit(ecran: Ecran, actuelle: Formation, message: str) -> Response:
    """Answer 409: both texts side by side, the typed one kept in the form, nothing overwritten; `message` says by whom.

    The form then carries the newer version: saving again replaces it knowingly.
    """
    nommer = libelles_de(ecran.fiche)
    differences = [
        (nommer(nom), montrer(nom, ecran.fiche.valeur(nom)), montrer(nom, actuelle.fiche.valeur(nom)))
        for nom in ecran.fiche.differences(actuelle.fiche)
    ]
    donnees = contexte(
        ecran, None, refus=Refus(message, (Motif("conflit-titre", COMPARER),), RIEN_D_ECRASE), version=actuelle.version,
        conflit={"actuelle": actuelle, "differences": differences},
        controle=panneau_controle.de_la_formation(actuelle),
    )  # fmt: skip
    return rendre("pages/fiche.html", (*FRAGMENTS_REFUS, panneau_controle.FRAGMENT), donnees, statut=409)


def _etat_champ(champ: Champ, texte: str, anomalies: list[Anomalie] | tuple[Anomalie, ...], conseil: str) -> EtatChamp:
    manque, erreurs, a_retirer = "", tuple[str, ...](), False
    if anomalies:
        a_retirer = any(a.code is Code.CARACTERE_INTERDIT for a in anomalies)
        manque = next((a.message for a in anomalies if a.code is Code.OBLIGATOIRE), "")
        erreurs = tuple([a.message for a in anomalies if a.code is not Code.OBLIGATOIRE])
    if not champ.compteur or champ.longueur_max is None:
        return EtatChamp(
            champ.nom, champ, texte, "", depasse=False, manque=manque, erreurs=erreurs, a_retirer=a_retirer,
            conseil=conseil,
        )  # fmt: skip
    nombre = len(texte)
    compteur = f"{nombre} / {champ.longueur_max} Caractères"
    depasse = nombre > champ.longueur_max
    return EtatChamp(champ.nom, champ, texte, compteur, depasse, manque, erreurs, a_retirer, conseil=conseil)


def montrer(nom: str, valeur: str) -> str:
    """Give the value of a field, or the type or the certification of a fiche, as a person reads it."""
    if nom == champs.TYPE_FORMATION and valeur in REGLES:
        return REGLES[valeur].type_formation.libelle
    if nom == champs.CERTIFICATION and (designee := certification(valeur)) is not None:
        return f"{valeur} – {designee.intitule}"
    champ = champs.PAR_NOM.get(nom)
    if champ is not None and champ.choix is not None and valeur in champ.choix:
        return champ.option(valeur)
    return valeur
