"""What `controler` says: anomalies, each with what it forbids, and the diagnostic that gathers them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from webapp.domain import champs


class Portee(StrEnum):
    """What an anomaly forbids: to be stored at all, or only to be « validée » (guide step 13)."""

    ENREGISTREMENT = "enregistrement"
    VALIDATION = "validation"


class Code(StrEnum):
    """Stable names of the anomalies; tests and exports speak of these, people read the messages."""

    OBLIGATOIRE = "obligatoire"
    TROP_LONG = "trop_long"
    CARACTERE_INTERDIT = "caractere_interdit"
    LIGNE_UNIQUE = "ligne_unique"
    FORME_IDENTIFIANT = "forme_identifiant"
    DEJA_UTILISE = "deja_utilise"
    CODE_INCONNU = "code_inconnu"
    CERTIFICATION_ABSENTE = "certification_absente"
    CERTIFICATION_INCONNUE = "certification_inconnue"
    CERTIFICATION_INACTIVE = "certification_inactive"
    CERTIFICATION_HORS_TYPE = "certification_hors_type"
    TYPE_INCONNU = "type_inconnu"
    FORME = "forme"
    HORS_BORNES = "hors_bornes"
    OBJECTIF_HORS_TYPE = "objectif_hors_type"
    AGREMENT_NON_CITE = "agrement_non_cite"
    BLOC_EN_DOUBLE = "bloc_en_double"
    BLOC_INCONNU = "bloc_inconnu"
    CATEGORISATION_PRISE = "categorisation_prise"


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing that is wrong: where, which, what to tell, and what it forbids."""

    champ: str
    code: Code
    message: str
    portee: Portee


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """All that is wrong with a fiche, in the order of the form."""

    anomalies: tuple[Anomalie, ...] = ()

    @property
    def enregistrable(self) -> bool:
        """Whether the fiche may be stored, as a draft at least."""
        return all(a.portee is not Portee.ENREGISTREMENT for a in self.anomalies)

    @property
    def validable(self) -> bool:
        """Whether the formation may become « validée »."""
        return not self.anomalies

    def permet(self, portee: Portee) -> bool:
        """Say whether nothing forbids what the portée names."""
        return self.enregistrable if portee is Portee.ENREGISTREMENT else self.validable

    def contre(self, portee: Portee) -> tuple[Anomalie, ...]:
        """List what forbids what the portée names: anything forbids a validation, an empty text forbids no save."""
        return tuple(a for a in self.anomalies if portee in {a.portee, Portee.VALIDATION})

    def du_champ(self, nom: str) -> tuple[Anomalie, ...]:
        """List what is wrong with one field."""
        return tuple(a for a in self.anomalies if a.champ == nom)

    def avec(self, *anomalies: Anomalie) -> Diagnostic:
        """Give the same diagnostic with more anomalies (those only a database can see), in the order of the form."""
        return Diagnostic(tuple(sorted(self.anomalies + anomalies, key=lambda a: _RANGS[a.champ])))


_RANGS = {nom: rang for rang, nom in enumerate((champs.TYPE_FORMATION, champs.CERTIFICATION, *champs.PAR_NOM))}
