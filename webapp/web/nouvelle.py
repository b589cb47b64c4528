"""Étape 1/2: the type of formation and its certification (guide steps 1 to 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.fiche import FicheFormation
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.textes import dire, fr
from webapp.services import registre
from webapp.web import fiche_ecran, liens, recherche_code, saisie
from webapp.web.access import exige
from webapp.web.contexte import aujourdhui, certification, lecture, suivi_de
from webapp.web.reponses import ALERTE, SUCCES, page, par_htmx, rendre, suite

if TYPE_CHECKING:
    from webapp.domain.certifications import Certification
    from webapp.services.registre import Identification

bp = Blueprint("nouvelle", __name__)

A_CHOISIR = "Choisissez un type de formation, puis une certification."
HORS_LISTE = fr("Cette certification n'est pas dans la liste à cette date : choisissez-en une autre.")
RETENUE = "retenue"
"""Name under which a result of the search sends its code."""

CODE_CHANGE = fr("Le code a changé depuis « Appliquer » : vérifiez la certification, puis cliquez sur « Suivant ».")


@dataclass(frozen=True)
class Choix:
    """What is chosen so far on étape 1/2, and what there is to say about it.

    `certification` is the one applied: the only one « Suivant » goes on with. `trouve` is what the code typed leads
    to, None when none was.
    """

    type_formation: TypeFormation | None = None
    certification: Certification | None = None
    type_code: TypeCode | None = None
    code: str = ""
    avis: str = ""
    successeur: Certification | None = None
    trouve: Identification | None = None

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
    choix = _lire()
    return page("pages/nouvelle.html", **_contexte(choix))


@bp.get(liens.NOUVELLE_TYPE)
@exige(Droit.GERER_CATALOGUE)
def choisir_type() -> Response:
    """Show what the chosen type asks for (guide steps 2 and 3)."""
    choix = _lire()
    if not par_htmx():
        return suite(_adresse(choix))
    return rendre(
        "pages/nouvelle.html", "fragments/nouvelle/certifications.html", _contexte(choix),
        remplacer_url=_adresse(choix),
    )  # fmt: skip


@bp.get(liens.NOUVELLE_CERTIFICATION)
@exige(Droit.GERER_CATALOGUE)
def choisir_certification() -> Response:
    """Apply a certification, chosen in the list or by its code (guide steps 0 and 3)."""
    choix = _lire()
    if not par_htmx():
        return suite(_adresse(choix))
    regions = _regions(choix)
    toasts = [(SUCCES, _confirmation(choix.certification))] if choix.certification else []
    if not choix.certification and choix.avis:
        toasts = [(ALERTE, choix.avis)]
    return rendre(
        "pages/nouvelle.html",
        (*regions, "fragments/toasts.html"),
        {**_contexte(choix), "toasts": toasts},
        remplacer_url=_adresse(choix),
    )


@bp.get(liens.NOUVELLE_FICHE)
@exige(Droit.GERER_CATALOGUE)
def decrire() -> Response:
    """Open étape 2/2, prefilled; without a certification, go back to étape 1/2 and say so (guide steps 4 and 5)."""
    appliquee = saisie.parametre("appliquee")
    choix = _lire()
    if choix.type_formation is None or choix.certification is None:
        avis = choix.avis or ("Choisissez une certification." if choix.type_formation else A_CHOISIR)
        return _refus(choix, avis)
    if appliquee and appliquee != choix.certification.code:
        return _refus(choix, CODE_CHANGE)
    fiche = FicheFormation.preremplie(choix.type_formation, choix.certification)
    return fiche_ecran.afficher(fiche_ecran.Ecran(uuid4(), 0, fiche))


@bp.get(liens.AIDE_CODE)
@exige(Droit.VOIR_CATALOGUE)
def aider() -> Response:
    """Answer « Je ne connais pas mon code d'identification, comment l'obtenir ? »: search the local registry."""
    return recherche_code.repondre()


def _lire() -> Choix:
    type_formation = _type_formation(saisie.parametre("type"))
    if type_formation is TypeFormation.CLEA:
        return _lire_clea(saisie.parametre("certification"))
    if type_formation is TypeFormation.CERTIFIANTE:
        return _lire_code(saisie.parametre("code"))
    return Choix(type_formation)


def _lire_clea(demandee: str) -> Choix:
    choisie = certification(demandee) if demandee else None
    if choisie is None or choisie.famille != TypeFormation.CLEA or not choisie.active_le(aujourdhui()):
        return Choix(TypeFormation.CLEA, avis=HORS_LISTE if demandee else "")
    return Choix(TypeFormation.CLEA, choisie, choisie.type_code, choisie.numero)


def _lire_code(code: str) -> Choix:
    type_code = _type_code(saisie.parametre("type_code"))
    retenue = saisie.parametre(RETENUE)
    if retenue:
        # Chosen in the search: its own prefix says of which type it is, whatever was chosen and typed before.
        type_code, code = None, retenue
    elif "code" not in saisie.parametres():
        # Absent, not empty: nobody has asked for anything yet.
        return Choix(TypeFormation.CERTIFIANTE, type_code=type_code)
    with lecture() as cnx:
        trouve = registre.identifier(cnx, type_code, code, aujourdhui())
    choisie = None if trouve.avis else trouve.certification
    if retenue and trouve.certification is not None:
        code = trouve.certification.numero
    return Choix(
        TypeFormation.CERTIFIANTE, choisie, trouve.type_code, code, trouve.avis, trouve.successeur, trouve
    )  # fmt: skip


def _regions(choix: Choix) -> tuple[str, ...]:
    """Name the regions that a certification just applied changes, the target of the sender first."""
    if choix.type_formation is TypeFormation.CLEA or saisie.parametre(RETENUE):
        return ("fragments/nouvelle/code.html",)
    if choix.type_code is not _type_code(saisie.parametre("type_code")):
        return ("fragments/nouvelle/visee.html", "fragments/nouvelle/types-code.html")
    return ("fragments/nouvelle/visee.html",)


def _contexte(choix: Choix) -> dict[str, object]:
    certifications: tuple[Certification, ...] = ()
    if choix.type_formation is TypeFormation.CLEA:
        with lecture() as cnx:
            certifications = registre.cleas(cnx, aujourdhui())
    return {
        "choix": choix,
        "certifications": certifications,
        "types": tuple(TypeFormation),
        "types_code": tuple(TypeCode),
        "le": aujourdhui(),
        "suivi": suivi_de(choix.certification),
        "toasts": [],
    }


def _adresse(choix: Choix) -> str:
    """Address that shows the same choice again after a reload or a « back »."""
    if choix.type_formation is None:
        return liens.NOUVELLE
    if choix.type_formation is TypeFormation.CLEA:
        code = choix.certification.code if choix.certification else ""
        return liens.avec(liens.NOUVELLE, type=choix.type_formation.value, certification=code)
    return liens.avec(
        liens.NOUVELLE, type=choix.type_formation.value,
        type_code=choix.type_code.value if choix.type_code else "", code=choix.code,
    )  # fmt: skip


def _refus(choix: Choix, avis: str) -> Response:
    contexte = {**_contexte(choix), "toasts": [(ALERTE, avis)]}
    return page("pages/nouvelle.html", 422, **contexte)


def _confirmation(choisie: Certification) -> str:
    modele = "La certification « {intitule} » est sélectionnée : ses informations sont importées."
    return dire(modele, intitule=choisie.intitule)


def _type_formation(texte: str) -> TypeFormation | None:
    return TypeFormation(texte) if texte in TypeFormation.__members__.values() else None


def _type_code(texte: str) -> TypeCode | None:
    return TypeCode(texte) if texte in TypeCode.__members__.values() else None
