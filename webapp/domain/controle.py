"""`controler`: the one judge of a fiche. Counters, « Valider », saving, import and tests all ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from webapp.domain import champs, identifiants
from webapp.domain.champs import CHAMPS, Champ
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.textes import caracteres_interdits, dire, est_vide, fr, normaliser, pluriel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from webapp.domain.certifications import Certification
    from webapp.domain.fiche import FicheFormation


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


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One thing that is wrong: where, which, what to tell, and what it forbids."""

    champ: str
    code: Code
    message: str
    portee: Portee


@dataclass(frozen=True, slots=True)
class Bilan:
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

    def avec(self, *anomalies: Anomalie) -> Bilan:
        """Give the same bilan with more anomalies (those only a database can see), in the order of the form."""
        return Bilan(tuple(sorted(self.anomalies + anomalies, key=lambda a: _RANGS[a.champ])))


_RANGS = {nom: rang for rang, nom in enumerate((champs.TYPE_FORMATION, champs.CERTIFICATION, *champs.PAR_NOM))}

# Guide step 11, to the letter.
MESSAGE_OBLIGATOIRE = "Ce champ est obligatoire pour valider votre formation."


def controler(fiche: FicheFormation, certification: Certification | None, le: date) -> Bilan:
    """Say all that is wrong with a fiche, and what each wrong forbids.

    In: the fiche; the registry's record of its certification (None when it holds none of that code); the reference
    date. Out: the bilan; never raises, whatever the texts. Rules: guide steps 3 and 6 to 13, XML schema lengths.
    The uniqueness of the identifier is the database's to know: see `deja_utilise`.
    """
    return Bilan((*_certification(fiche, certification, le), *(a for champ in CHAMPS for a in _champ(fiche, champ))))


def controler_champ(champ: Champ, texte: str) -> tuple[Anomalie, ...]:
    """Say what is wrong with one text in one field."""
    return tuple(_texte(champ, texte))


def deja_utilise(identifiant: str) -> Anomalie:
    """Give the anomaly of an identifier that another formation of the organisation carries, archived or not."""
    return Anomalie(champs.IDENTIFIANT.nom, Code.DEJA_UTILISE, message_deja_utilise(identifiant), Portee.ENREGISTREMENT)


def message_deja_utilise(identifiant: str) -> str:
    """The sentence of guide step 7 for a taken identifier [reconstructed: the picture is lost]."""
    return dire("L'identifiant « {x} » est déjà utilisé par une autre formation de votre catalogue.", x=identifiant)


def _champ(fiche: FicheFormation, champ: Champ) -> Iterator[Anomalie]:
    return _texte(champ, getattr(fiche, champ.nom))


def _texte(champ: Champ, texte: str) -> Iterator[Anomalie]:
    texte = normaliser(texte)
    if not texte or est_vide(texte):
        yield from _vide(champ)
        if not texte:
            return
    if champ.choix is not None:
        if texte not in champ.choix:
            yield _refus(champ, Code.CODE_INCONNU, f"Choisissez une valeur de la liste « {champ.libelle} ».")
        return
    if not texte.isprintable() and (interdits := caracteres_interdits(texte)):
        yield _refus(champ, Code.CARACTERE_INTERDIT, _message_interdits(interdits))
    if not champ.multiligne and "\n" in texte:
        yield _refus(champ, Code.LIGNE_UNIQUE, "Ce champ tient sur une seule ligne.")
    nombre = len(texte)
    if champ.longueur_max is not None and nombre > champ.longueur_max:
        exces = nombre - champ.longueur_max
        yield _refus(champ, Code.TROP_LONG, _message_trop_long(champ.longueur_max, exces))
    if champ is champs.IDENTIFIANT and texte and not est_vide(texte) and not identifiants.bien_forme(texte):
        message = "Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . »."
        yield _refus(champ, Code.FORME_IDENTIFIANT, message)


def _vide(champ: Champ) -> Iterator[Anomalie]:
    if champ.des_le_brouillon:
        yield _refus(champ, Code.OBLIGATOIRE, "Saisissez un identifiant interne.")
    elif champ.obligatoire:
        yield Anomalie(champ.nom, Code.OBLIGATOIRE, MESSAGE_OBLIGATOIRE, Portee.VALIDATION)


def _message_trop_long(maximum: int, exces: int) -> str:
    return f"Trop long : raccourcissez de {pluriel(exces, 'caractère')} ({maximum} au plus)."


def _message_interdits(interdits: tuple[str, ...]) -> str:
    if len(interdits) == 1:
        return f"Ce texte contient un caractère invisible qui n'est pas accepté ({interdits[0]}) : retirez-le."
    return (
        f"Ce texte contient des caractères invisibles qui ne sont pas acceptés ({', '.join(interdits)}) : retirez-les."
    )


def _refus(champ: Champ, code: Code, message: str) -> Anomalie:
    return Anomalie(champ.nom, code, fr(message), Portee.ENREGISTREMENT)


def _certification(fiche: FicheFormation, certification: Certification | None, le: date) -> Iterator[Anomalie]:
    def anomalie(code: Code, message: str, portee: Portee) -> Anomalie:
        return Anomalie(champs.CERTIFICATION, code, message, portee)

    if fiche.type_formation not in _TYPES_OUVERTS:
        yield Anomalie(
            champs.TYPE_FORMATION, Code.TYPE_INCONNU, "Choisissez un type de formation de la liste.",
            Portee.ENREGISTREMENT,
        )  # fmt: skip
    if not fiche.certification:
        yield anomalie(Code.CERTIFICATION_ABSENTE, "Choisissez une certification.", Portee.ENREGISTREMENT)
    elif certification is None:
        yield anomalie(
            Code.CERTIFICATION_INCONNUE,
            fr("Cette certification est inconnue du registre local : choisissez-en une autre."),
            Portee.ENREGISTREMENT,
        )
    else:
        if fiche.type_formation == TypeFormation.CLEA and certification.famille != TypeFormation.CLEA:
            yield anomalie(
                Code.CERTIFICATION_HORS_TYPE,
                fr(f"La certification {certification.code} n'est pas une certification CléA."),
                Portee.ENREGISTREMENT,
            )
        if avis := certification.avis_le(le):
            yield anomalie(Code.CERTIFICATION_INACTIVE, avis, Portee.VALIDATION)


_TYPES_OUVERTS = frozenset(t.value for t in TypeFormation if t.ouvert)
