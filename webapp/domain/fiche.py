"""What a person writes about a formation: a frozen value, kept even when it is wrong or incomplete."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from webapp.domain import identifiants
from webapp.domain.champs import (
    CERTIFICATION,
    CHAMPS,
    CHAMPS_COMMUNS,
    FOIS_LA_LIMITE,
    IDENTIFIANT,
    INTITULE,
    PAR_NOM,
    TYPE_FORMATION,
)
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.textes import SIGNES_DE_PUCE, couper, normaliser, sur_une_ligne, unir_tirets
from webapp.domain.types_formation import REGLES, champs_de

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webapp.domain.certifications import Certification
    from webapp.domain.champs import Champ


@dataclass(frozen=True, slots=True)
class FicheFormation:
    """The description of a formation, field by field (the names are those of `champs.CHAMPS`).

    Every value is a text, empty when nothing was given: a value that breaks a rule must still be shown back. Each has
    the one form in which texts are counted, compared and stored, whoever made the fiche. A field that the type of the
    fiche does not ask for has no place in it, and is left empty. Codes and numbers are read as people write them:
    spaces around, full-width digits; several codes, whatever separates them.
    """

    type_formation: str = TypeFormation.CLEA.value
    certification: str = ""
    identifiant: str = ""
    intitule: str = ""
    objectif: str = ""
    contenu: str = ""
    points_forts: str = ""
    resultats_attendus: str = ""
    type_parcours: str = ""
    objectif_general: str = ""
    blocs: str = ""
    categorisation: str = ""
    numero_agrement: str = ""
    duree_heures: str = ""

    def __post_init__(self) -> None:
        """Give each text its normal form."""
        for nom in NOMS:
            texte = getattr(self, nom)
            if (normal := normaliser_texte(nom, texte)) is not texte:
                object.__setattr__(self, nom, normal)
        object.__setattr__(self, IDENTIFIANT.nom, identifiants.nettoyer(self.identifiant))
        for champ in _PARTICULIERS:
            if texte := getattr(self, champ.nom):
                lu = _normaliser_codes(champ, texte) if champ.est_code else texte
                object.__setattr__(self, champ.nom, lu if champ in self.champs else "")

    @classmethod
    def lire(cls, saisie: Mapping[str, str]) -> FicheFormation:
        """Build a fiche from typed texts; unknown names are ignored, what is absent is empty."""
        return cls(*[saisie.get(nom, "") for nom in NOMS])

    @classmethod
    def preremplie(cls, type_formation: TypeFormation, certification: Certification) -> FicheFormation:
        """Give page 2 as it opens: the certification's title (guide step 8), the objectif général of the type.

        A title longer than the field is cut at a word: `intitule_coupe` then says so.
        """
        return cls(
            type_formation=type_formation.value,
            certification=certification.code,
            intitule=intitule_propose(certification),
            objectif_general=REGLES[type_formation.value].objectifs[0],
        )

    @property
    def champs(self) -> tuple[Champ, ...]:
        """The fields that its type asks for, in the order of the form."""
        return champs_de(self.type_formation, self.certification)

    @property
    def codes_blocs(self) -> tuple[str, ...]:
        """The codes of blocs declared, as given."""
        return tuple(self.blocs.split())

    @property
    def trop_longs(self) -> tuple[Champ, ...]:
        """The fields whose text is over its limit: kept whole in a draft, and to be made shorter."""
        return tuple(c for c in self.champs if c.longueur_max is not None and len(self.valeur(c.nom)) > c.longueur_max)

    def avec(self, **valeurs: str) -> FicheFormation:
        """Give the same fiche with other values."""
        return replace(self, **valeurs)

    def copie(self) -> FicheFormation:
        """Give the fiche of a copy: every text, a title that says so, and no identifier, which is the original's own.

        Of a title already too long to grow, what a draft can keep is kept.
        """
        place = FOIS_LA_LIMITE * (INTITULE.longueur_max or 0) - len(_COPIE)
        return self.avec(identifiant="", intitule=f"{self.intitule[:place].rstrip()}{_COPIE}".lstrip())

    def __getitem__(self, champ: Champ) -> str:
        """Give the text of a field: what every fiche of the tree answers to. Raises AttributeError as `valeur` does."""
        return str(getattr(self, champ.nom))

    def valeur(self, nom: str) -> str:
        """Give the text of a field by its name. Raises AttributeError for a name that is not a field."""
        return str(getattr(self, nom))

    def differences(self, autre: FicheFormation) -> tuple[str, ...]:
        """List the names of the fields whose texts differ, in the order of the form."""
        return tuple(nom for nom in _DANS_L_ORDRE if getattr(self, nom) != getattr(autre, nom))


def intitule_propose(certification: Certification) -> str:
    """Give the title of a certification as a formation begins with it: what the field holds of it."""
    return couper(certification.intitule, INTITULE.longueur_max or 0)


def intitule_coupe(fiche: FicheFormation, certification: Certification | None) -> bool:
    """Say whether the title is what the field holds of the certification's, and that one is longer."""
    return (
        certification is not None
        and certification.intitule != fiche.intitule
        and fiche.intitule == normaliser(intitule_propose(certification))
    )


NOMS: tuple[str, ...] = tuple(champ.name for champ in fields(FicheFormation))
_DANS_L_ORDRE = (TYPE_FORMATION, CERTIFICATION, *PAR_NOM)
_PARTICULIERS = tuple(champ for champ in CHAMPS if champ.est_code or champ not in CHAMPS_COMMUNS)
_SUR_UNE_LIGNE = frozenset(champ.nom for champ in CHAMPS if not champ.multiligne)
_COPIE = " (copie)"
# A bullet between two codes separates them.
_SEPARATEURS = re.compile(rf"(?:[\s,;{SIGNES_DE_PUCE}]|(?<!\S)-(?!\S))+")
_CODE_DE_BLOC = re.compile(r"\b(RNCP)(?: ?N ?[°O])? ?([0-9]+)[ /-]*(BC[0-9]+)\b", re.ASCII)


def normaliser_texte(nom: str, texte: str) -> str:
    """Give the text of a field, known by its name, in the one form in which it is stored."""
    return normaliser(sur_une_ligne(texte) if nom in _SUR_UNE_LIGNE else texte)


def _normaliser_codes(champ: Champ, texte: str) -> str:
    texte = "".join(c for c in unicodedata.normalize("NFKC", texte).strip() if unicodedata.category(c) != "Cf")
    if not champ.multiple:
        return champ.lire(texte)
    return "\n".join(code for ligne in unir_tirets(texte).upper().splitlines() for code in _codes_de(ligne))


def _codes_de(ligne: str) -> list[str]:
    """Read the codes of blocs of a line, with or without the title that often follows; its words when there is none."""
    codes = [rncp + numero + bloc for rncp, numero, bloc in _CODE_DE_BLOC.findall(ligne)]
    return codes or [mot for mot in _SEPARATEURS.split(ligne) if mot]
