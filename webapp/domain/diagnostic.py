"""What `controler` says: anomalies, each with what it forbids, and the diagnostic that gathers them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from webapp.domain import champs, champs_action, champs_annuaire, champs_session


class Portee(StrEnum):
    """What an anomaly forbids: to be stored at all, only to be « validée » (guide step 13), or nothing."""

    ENREGISTREMENT = "enregistrement"
    VALIDATION = "validation"
    CONSEIL = "conseil"


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
    REGLE = "regle"
    """The rule that `Anomalie.regle` names: those of the tree are many, and each has its own identifier."""


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing that is wrong, or could be better: where, which, what to tell, and what it forbids.

    `regle` is the identifier of the rule of the trade, where it has one; `numero_edof` the number under which the
    portal's import refuses the same thing, when it is known.
    """

    champ: str
    code: Code
    message: str
    portee: Portee
    regle: str = ""
    numero_edof: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """All that is to be said of a fiche, in the order of the form: what forbids something, and advice."""

    anomalies: tuple[Anomalie, ...] = ()

    @property
    def enregistrable(self) -> bool:
        """Whether the fiche may be stored, as a draft at least."""
        return all(a.portee is not Portee.ENREGISTREMENT for a in self.anomalies)

    @property
    def validable(self) -> bool:
        """Whether the fiche may become « validée »: advice forbids nothing."""
        return all(a.portee is Portee.CONSEIL for a in self.anomalies)

    @property
    def bloquantes(self) -> tuple[Anomalie, ...]:
        """What forbids something: what is left to do before a validation."""
        return tuple(a for a in self.anomalies if a.portee is not Portee.CONSEIL)

    @property
    def conseils(self) -> tuple[Anomalie, ...]:
        """What could be better and forbids nothing."""
        return tuple(a for a in self.anomalies if a.portee is Portee.CONSEIL)

    def permet(self, portee: Portee) -> bool:
        """Say whether nothing forbids what the portée names."""
        return not self.contre(portee)

    def contre(self, portee: Portee) -> tuple[Anomalie, ...]:
        """List what forbids what the portée names: an empty text forbids no save, and advice forbids nothing."""
        return tuple(a for a in self.bloquantes if portee in {a.portee, Portee.VALIDATION})

    def du_champ(self, nom: str) -> tuple[Anomalie, ...]:
        """List what is wrong with one field."""
        return tuple(a for a in self.anomalies if a.champ == nom)

    def avec(self, *anomalies: Anomalie) -> Diagnostic:
        """Give the same diagnostic with more anomalies (those only a database can see), in the order of the form."""
        if not anomalies and len(self.anomalies) < 2:  # noqa: PLR2004 - in order already
            return self
        return Diagnostic(tuple(sorted(self.anomalies + anomalies, key=lambda a: _RANGS[a.champ])))


_DANS_L_ORDRE = (
    champs.TYPE_FORMATION,
    champs.CERTIFICATION,
    *champs.PAR_NOM,
    *(
        champ.nom
        for siens in (
            champs_action.CHAMPS, champs_session.CHAMPS, champs_annuaire.CHAMPS_CONTACT, champs_annuaire.CHAMPS_LIEU,
        )
        for champ in siens
    ),
)  # fmt: skip
# A diagnostic is of one level: names that two levels share need no order between them.
_RANGS = {nom: rang for rang, nom in enumerate(dict.fromkeys(_DANS_L_ORDRE))}
