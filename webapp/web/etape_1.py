"""Étape 1/2: the type of formation and its certification (guide steps 1 to 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain.codes import permis_sans_code
from webapp.domain.comptes import Droit
from webapp.domain.fiche import FicheFormation
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.textes import dire, fr
from webapp.domain.types_formation import REGLES, QuestionEtape1
from webapp.services import identification, registre, successions
from webapp.web import etape_2, recherche_code
from webapp.web.envoi_etape_1 import ORDINAIRE
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, lecture, suivi_de
from webapp.web.http.reponses import ALERTE, SUCCES, message_seul, page, par_htmx, rediriger, rendre
from webapp.web.refus import Motif, Refus

if TYPE_CHECKING:
    from webapp.domain.certifications import Certification
    from webapp.domain.types_formation import RegleType
    from webapp.services.identification import Identification
    from webapp.web.envoi_etape_1 import Etape1

bp = Blueprint("nouvelle", __name__)

A_CHOISIR = "Choisissez un type de formation, puis une certification."
HORS_LISTE = fr("Cette certification n'est pas dans la liste à cette date : choisissez-en une autre.")
_PAR_CODE = REGLES[TypeFormation.CERTIFIANTE.value]
SUITE_REFUSEE = fr("L'étape 2/2 ne s'ouvre pas encore : 1 point à revoir")
# What was refused of another choice goes with it.
REFUS_LEVE = ("fragments/refus.html", "fragments/onglet.html")
RETENUE = "retenue"
"""Name under which a result of the search sends its code."""

CODE_CHANGE = fr("Le code a changé depuis « Appliquer » : vérifiez la certification, puis cliquez sur « Suivant ».")


@dataclass(frozen=True)
class Choix:
    """What is chosen so far on étape 1/2, and what there is to say about it.

    `certification` is the one applied: the only one « Suivant » goes on with. `trouve` is what the code typed leads
    to, None when none was; `refusee` the record of a list that was asked for and cannot be used at the date, and
    `successeurs` what replaces it.
    """

    regle: RegleType | None = None
    certification: Certification | None = None
    type_code: TypeCode | None = None
    code: str = ""
    avis: str = ""
    successeurs: tuple[Certification, ...] = ()
    refusee: Certification | None = None
    trouve: Identification | None = None

    @property
    def type_formation(self) -> TypeFormation | None:
        """The type chosen."""
        return None if self.regle is None else self.regle.type_formation

    @property
    def complet(self) -> bool:
        """Whether « Suivant » may go on."""
        return self.certification is not None

    @property
    def code_compris(self) -> str:
        """The code that was applied, when it is not written so in the field; empty otherwise."""
        if self.trouve is None or self.certification is None or self.certification.code == self.code.strip():
            return ""
        return self.certification.code


@bp.get(liens.NOUVELLE)
@exige(Droit.GERER_CATALOGUE)
def commencer() -> Response:
    """Show étape 1/2 as its address says: nothing chosen, or what was."""
    return page("pages/nouvelle.html", **contexte_choix(lire_choix()))


@bp.get(liens.NOUVELLE_TYPE)
@exige(Droit.GERER_CATALOGUE)
def choisir_type() -> Response:
    """Show what the chosen type asks for (guide steps 2 and 3)."""
    choix = lire_choix()
    if not par_htmx():
        return rediriger(_adresse(choix))
    return montrer_type(contexte_choix(choix), _adresse(choix))


@bp.get(liens.NOUVELLE_CERTIFICATION)
@exige(Droit.GERER_CATALOGUE)
def choisir_certification() -> Response:
    """Apply a certification, chosen in the list or by its code (guide steps 0 and 3)."""
    choix = lire_choix()
    if not par_htmx():
        return rediriger(_adresse(choix))
    return montrer_certification(choix, contexte_choix(choix), _adresse(choix))


def montrer_type(contexte: dict[str, object], adresse: str | None = None) -> Response:
    """Answer with what the chosen type asks for."""
    # What was said of a code goes with the type that asked for it.
    fragments = ("fragments/nouvelle/certifications.html", *REFUS_LEVE, "fragments/toasts.html")
    return rendre("pages/nouvelle.html", fragments, {"toasts": [], **contexte}, remplacer_url=adresse)


def montrer_certification(choix: Choix, contexte: dict[str, object], adresse: str | None = None) -> Response:
    """Answer with the certification applied, or why it cannot be."""
    if choix.regle is None and par_htmx():
        # No type, no region where a certification would go.
        return message_seul(A_CHOISIR, statut=422)
    toasts = [(SUCCES, _confirmation(choix.regle, choix.certification))] if choix.regle and choix.certification else []
    if not choix.certification and choix.avis:
        toasts = [(ALERTE, choix.avis)]
        # What is said of a code is said as long as that code is there.
        if choix.regle is not None and choix.regle.question is QuestionEtape1.CODE:
            contexte = {**contexte, "cause": "code"}
    return rendre(
        "pages/nouvelle.html",
        (*_regions(choix), *REFUS_LEVE, "fragments/toasts.html"),
        {**contexte, "toasts": toasts},
        remplacer_url=adresse,
    )


@bp.get(liens.NOUVELLE_FICHE)
@exige(Droit.GERER_CATALOGUE)
def decrire() -> Response:
    """Open étape 2/2, prefilled; without a certification, go back to étape 1/2 and say so (guide steps 4 and 5)."""
    choix = lire_choix()
    avis = refus_de_suite(choix)
    if avis or choix.type_formation is None or choix.certification is None:
        return repondre_refus(choix, contexte_choix(choix), avis)
    fiche = FicheFormation.preremplie(choix.type_formation, choix.certification)
    return etape_2.afficher(etape_2.Ecran(uuid4(), 0, fiche))


def repondre_refus(choix: Choix, contexte: dict[str, object], avis: str) -> Response:
    """Answer 422: étape 1/2 again, and above it why « Suivant » does not go on, with the way to what to choose."""
    question = None if choix.regle is None else choix.regle.question
    cible, libelle = "types", "Type de formation"
    if question is QuestionEtape1.CODE:
        cible, libelle = "code", "Code"
    elif choix.regle is not None and question is QuestionEtape1.LISTE:
        cible, libelle = "liste-certifications", choix.regle.legende
    refus = Refus(SUITE_REFUSEE, (Motif(cible, libelle, avis),))
    return page("pages/nouvelle.html", 422, **{**contexte, "refus": refus})


def refus_de_suite(choix: Choix) -> str:
    """Say why « Suivant » cannot go on with what is chosen; empty when it can.

    « Appliquer » shows what a typed code leads to: one typed since must be looked at. A type or a category says by
    itself what it is, and without JavaScript nothing else than « Suivant » need follow it.
    """
    if choix.type_formation is None or choix.certification is None:
        return choix.avis or (A_CHOISIR if choix.regle is None else choix.regle.a_choisir)
    if choix.regle is None or choix.regle.question is not QuestionEtape1.CODE:
        return ""
    appliquee = saisie.parametre("appliquee")
    return CODE_CHANGE if appliquee and appliquee != choix.certification.code else ""


@bp.get(liens.AIDE_CODE)
@exige(Droit.VOIR_CATALOGUE)
def aider() -> Response:
    """Answer « Je ne connais pas mon code d'identification, comment l'obtenir ? »: search the local registry."""
    return recherche_code.repondre()


def lire_choix() -> Choix:
    """Read what was chosen so far, in the address or in the form."""
    demande = saisie.parametre("type")
    if demande not in REGLES:
        return Choix()
    regle = REGLES[demande]
    if regle.question is QuestionEtape1.CODE:
        return _lire_code(saisie.parametre("code"))
    return _lire_liste(regle, saisie.parametre("certification"))


def _lire_liste(regle: RegleType, demandee: str) -> Choix:
    le = aujourdhui()
    if regle.question is QuestionEtape1.RIEN:
        # One code for the whole type: it is chosen with it, unless it is no longer used at that date.
        connues = registre.de_la_famille(lecture(), regle.type_formation)
        avis = " ".join(c.avis_le(le) for c in connues[:1])
        return choix_de(regle, connues[0]) if connues and not avis else Choix(regle, avis=avis or HORS_LISTE)
    offertes = registre.offertes(lecture(), regle.type_formation, le)
    choisie = next((c for c in offertes if c.code == demandee), None)
    if choisie is not None:
        return choix_de(regle, choisie)
    refusee = registre.certification(lecture(), demandee)
    if refusee is not None and regle.admet(refusee):
        return choix_refuse(regle, refusee)
    avis = permis_sans_code(demandee, le) if regle.type_formation is TypeFormation.PERMIS else ""
    return Choix(regle, avis=avis or (HORS_LISTE if demandee else ""))


def choix_refuse(regle: RegleType, refusee: Certification) -> Choix:
    """Give the choice of a record that cannot be used at the date: why, and what replaces it."""
    suite = successions.succession(lecture(), refusee, aujourdhui())
    avis = " ".join(filter(None, (refusee.avis_le(aujourdhui()), suite.apres_un_avis())))
    return Choix(regle, None, refusee.type_code, refusee.numero, avis, suite.actives, refusee)


def choix_de(regle: RegleType, certification: Certification) -> Choix:
    """Give the choice of a type and of a record that it may be attached to."""
    return Choix(regle, certification, certification.type_code, certification.numero)


def _lire_code(code: str) -> Choix:
    type_code = _type_code(saisie.parametre("type_code"))
    retenue = saisie.parametre(RETENUE)
    if retenue:
        # Chosen in the search: its own prefix says of which type it is, whatever was chosen and typed before.
        type_code, code = None, retenue
    elif "code" not in saisie.parametres():
        # Absent, not empty: nobody has asked for anything yet.
        return Choix(_PAR_CODE, type_code=type_code)
    trouve = identification.identifier(lecture(), type_code, code, aujourdhui())
    choisie = None if trouve.avis else trouve.certification
    if retenue and trouve.certification is not None:
        code = trouve.certification.numero
    return Choix(_PAR_CODE, choisie, trouve.type_code, code, trouve.avis, trouve.successeurs, trouve=trouve)


def _regions(choix: Choix) -> tuple[str, ...]:
    """Name the regions that a certification just applied changes, the target of the sender first."""
    par_code = choix.regle is None or choix.regle.question is QuestionEtape1.CODE
    if not par_code or saisie.parametre(RETENUE):
        return ("fragments/nouvelle/code.html",)
    if choix.type_code is not _type_code(saisie.parametre("type_code")):
        return ("fragments/nouvelle/visee.html", "fragments/nouvelle/types-code.html")
    return ("fragments/nouvelle/visee.html",)


def contexte_choix(choix: Choix, etape_1: Etape1 = ORDINAIRE) -> dict[str, object]:
    """Give the context of étape 1/2 and of each of its fragments."""
    certifications: tuple[Certification, ...] = ()
    a_verifier: tuple[Certification, ...] = ()
    if choix.refusee is not None:
        suite = successions.succession(lecture(), choix.refusee, aujourdhui())
        a_verifier = successions.a_verifier(lecture(), choix.refusee, suite, aujourdhui())
    if choix.regle is not None and choix.regle.question is QuestionEtape1.LISTE:
        certifications = registre.offertes(lecture(), choix.regle.type_formation, aujourdhui())
    return {
        "choix": choix,
        "etape_1": etape_1,
        "certifications": certifications,
        "a_verifier": a_verifier,
        "types": tuple(TypeFormation),
        "types_code": tuple(TypeCode),
        "le": aujourdhui(),
        "changement": None,
        "refus": None,
        "titre_onglet": "Nouvelle offre de formation, étape 1/2",
        "cause": "",
        "suivi": suivi_de(choix.certification),
        "toasts": [],
    }


def _adresse(choix: Choix) -> str:
    """Address that shows the same choice again after a reload or a « back »."""
    if choix.regle is None:
        return liens.NOUVELLE
    type_ = choix.regle.type_formation.value
    if choix.regle.question is QuestionEtape1.CODE:
        type_code = choix.type_code.value if choix.type_code else ""
        return liens.avec(liens.NOUVELLE, type=type_, type_code=type_code, code=choix.code)
    code = choix.certification.code if choix.certification and choix.regle.question is QuestionEtape1.LISTE else ""
    return liens.avec(liens.NOUVELLE, type=type_, certification=code)


def _confirmation(regle: RegleType, choisie: Certification) -> str:
    return dire(regle.confirmation, intitule=choisie.intitule)


def _type_code(texte: str) -> TypeCode | None:
    return TypeCode(texte) if texte in TypeCode.__members__.values() else None
