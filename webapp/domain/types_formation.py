"""The six types of formation, in one table: what each asks on étape 1/2, shows on étape 2/2, requires and allows.

Screens, `controler`, the database constraints and the tests read it: what differs between types is said here.
Sources: guide steps 2, 3 and 5; for the codes, the objectif général and the fields of each type, the catalogue's
official file; for the phases of the diagnostic de compétences, Code du travail, article R6313-4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from webapp.domain.champs import (  # fmt: skip
    BLOCS,
    CATEGORISATION,
    CHAMPS,
    CHAMPS_COMMUNS,
    DUREE_HEURES,
    NUMERO_AGREMENT,
    Champ,
)
from webapp.domain.nomenclatures import (  # fmt: skip
    CATEGORIES_PERMIS,
    CODES_CPF,
    OBJECTIFS_GENERAUX,
    PERMIS_SANS_CODE,
    TypeCode,
    TypeFormation,
)
from webapp.domain.prerempli import (  # fmt: skip
    CATEGORIE,
    CERTIFICATEUR,
    CODE_ACTION,
    DEROULEMENT_BILAN,
    DUREE_BILAN,
    FORMACODE,
    NIVEAU_ENTREE,
    NIVEAU_SORTIE,
    NON_CERTIFIANTE,
    NSF,
    ROME,
    Ligne,
    Prerempli,
)
from webapp.domain.textes import fr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from webapp.domain.certifications import Certification


class QuestionEtape1(StrEnum):
    """What étape 1/2 asks for, once the type is chosen."""

    CODE = "code"
    LISTE = "liste"
    RIEN = "rien"


@dataclass(frozen=True)
class RegleType:
    """What makes a type of formation what it is.

    `question`: what étape 1/2 asks for; `legende` names the list when it is one. `codes`: the registries, or the only
    codes, it may be attached to. `objectifs`: the objectifs généraux allowed, the first being proposed. `champs`: its
    own fields, beside those that all types share, with the registry for which each is asked (None: always).
    `lignes`: its block of read-only facts. `presentation` says what it is on étape 1/2. `etiquette`: how what it
    leads to is called, `a_choisir` what is said when it is missing, `confirmation` what is said when it is chosen, and
    `titre` how it heads étape 2/2.
    """

    type_formation: TypeFormation
    question: QuestionEtape1
    lignes: tuple[Ligne, ...]
    type_code: TypeCode | None = None
    codes: tuple[str, ...] = ()
    legende: str = ""
    objectifs: tuple[str, ...] = tuple(OBJECTIFS_GENERAUX)
    champs: tuple[tuple[Champ, TypeCode | None], ...] = ()
    presentation: tuple[str, ...] = ()
    etiquette: str = "Certification préparée"
    a_choisir: str = "Choisissez une certification."
    vise: str = "Intitulé de la certification visée"
    titre: str = "Préparation à la certification {intitule}"
    confirmation: str = "La certification « {intitule} » est sélectionnée : ses informations sont importées."

    def nommer(self, certification: Certification) -> str:
        """Name a record in the list of this type: the category alone where the legend says the rest."""
        return CATEGORIES_PERMIS.get(certification.code, certification.intitule)

    def sans_code_le(self, le: date) -> tuple[tuple[str, date], ...]:
        """Name the categories of this type that are open at a date, each since when, and have no code known here."""
        if self.type_formation is not TypeFormation.PERMIS:
            return ()
        return tuple((nom, depuis) for nom, depuis in PERMIS_SANS_CODE.items() if depuis <= le)

    @property
    def objectif_impose(self) -> str:
        """The only objectif général there is for this type; empty when there is a choice."""
        return self.objectifs[0] if len(self.objectifs) == 1 else ""

    def admet(self, certification: Certification) -> bool:
        """Say whether a formation of this type may be attached to that record of the registry."""
        if self.question is QuestionEtape1.CODE:
            return certification.type_code is not TypeCode.CPF
        return certification.famille == self.type_formation


_DES_CERTIFICATIONS = (FORMACODE, NSF, ROME, CERTIFICATEUR, NIVEAU_ENTREE, NIVEAU_SORTIE)
_DES_ACTIONS = (CODE_ACTION, FORMACODE, NSF, ROME)


def _codes(type_formation: TypeFormation) -> tuple[str, ...]:
    return tuple(code for code, (_libelle, le_sien) in CODES_CPF.items() if le_sien is type_formation)


def _action(type_formation: TypeFormation, question: QuestionEtape1, **reste: object) -> RegleType:
    """Give the rule of a type whose codes are CPF codes: an action, and no certification of the registries."""
    communs = {"type_code": TypeCode.CPF, "codes": _codes(type_formation), "lignes": _DES_ACTIONS}
    mots = {
        "etiquette": "Action proposée",
        "vise": fr("Intitulé de l'action"),
        "titre": "{intitule}",
        "confirmation": "« {intitule} » est sélectionné : ses informations sont importées.",
    }
    return RegleType(type_formation, question, **{**communs, **mots, **reste})  # type: ignore[arg-type]


_REGLES = (
    RegleType(TypeFormation.CERTIFIANTE, QuestionEtape1.CODE, _DES_CERTIFICATIONS, champs=((BLOCS, TypeCode.RNCP),)),
    _action(
        TypeFormation.BILAN, QuestionEtape1.RIEN, objectifs=("9",), champs=((DUREE_HEURES, None),),
        lignes=(*_DES_ACTIONS, NON_CERTIFIANTE, DUREE_BILAN, DEROULEMENT_BILAN),
        presentation=(
            "Action non certifiante, de 24 heures au plus, en trois phases : préliminaire, investigation, conclusions.",
        ),
    ),
    _action(
        TypeFormation.PERMIS, QuestionEtape1.LISTE, legende="Catégorie de permis", objectifs=("8",),
        a_choisir="Choisissez une catégorie de permis.",
        champs=((NUMERO_AGREMENT, None),), lignes=(CODE_ACTION, CATEGORIE, FORMACODE, NSF, ROME),
        presentation=(
            "L'étape suivante demande le numéro d'agrément préfectoral de votre établissement.",
        ),
    ),
    _action(
        TypeFormation.VAE, QuestionEtape1.RIEN, champs=((CATEGORISATION, None),),
        presentation=(
            "Décrivez une offre par catégorie : l'étape suivante demande laquelle.",
        ),
    ),
    _action(
        TypeFormation.CREATION, QuestionEtape1.RIEN, objectifs=("4",), lignes=(*_DES_ACTIONS, NON_CERTIFIANTE),
        presentation=("Le code CPF203, d'usage en 2019, reste à confirmer.",),
    ),
    RegleType(TypeFormation.CLEA, QuestionEtape1.LISTE, _DES_CERTIFICATIONS, legende="Certifications"),
)  # fmt: skip

REGLES: Mapping[str, RegleType] = MappingProxyType(
    {r.type_formation.value: replace(r, presentation=tuple(map(fr, r.presentation))) for r in _REGLES}
)


def regle_de(certification: Certification) -> RegleType:
    """Give the type under which a record of the registry is described, when nobody has said another."""
    return REGLES[certification.famille or TypeFormation.CERTIFIANTE.value]


@cache
def _champs_du_type(type_formation: str, repertoire: str) -> tuple[Champ, ...]:
    regle = REGLES.get(type_formation)
    propres = () if regle is None else regle.champs
    demandes = {champ.nom for champ, registre in propres if registre is None or repertoire == registre}
    return tuple(champ for champ in CHAMPS if champ in CHAMPS_COMMUNS or champ.nom in demandes)


def champs_de(type_formation: str, certification: str) -> tuple[Champ, ...]:
    """Give the fields of étape 2/2 for a type and the code it is attached to, in the order of the form.

    In: any texts; for a type that does not exist, the fields that all types share.
    """
    connu = type_formation if type_formation in REGLES else ""
    return _champs_du_type(connu, TypeCode.RNCP if certification.startswith(TypeCode.RNCP) else "")


def types_du_champ(champ: Champ) -> tuple[TypeFormation, ...]:
    """List the types whose étape 2/2 may ask for a field."""
    if champ in CHAMPS_COMMUNS:
        return tuple(TypeFormation)
    return tuple(r.type_formation for r in REGLES.values() if champ in [c for c, _ in r.champs])


def preremplis(regle: RegleType, certification: Certification) -> tuple[Prerempli, ...]:
    """Give the read-only block of étape 2/2 (guide step 5), in order, « Pas de donnée » where nothing is known."""
    return tuple(ligne.de(certification) for ligne in regle.lignes)
