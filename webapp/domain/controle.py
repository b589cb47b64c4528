"""`controler`: the one judge of a fiche. Counters, « Valider », saving, import and tests all ask it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webapp.domain import champs, identifiants
from webapp.domain.champs import FOIS_LA_LIMITE, Niveau
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.regles_par_champ import REGLES_PAR_CHAMP, empeche_de_valider
from webapp.domain.textes import (
    ESPACE_INSECABLE,
    caracteres_interdits,
    dire,
    dire_interdits,
    est_vide,
    fr,
    pluriel,
)
from webapp.domain.types_formation import REGLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from webapp.domain.certifications import Certification
    from webapp.domain.champs import Champ
    from webapp.domain.fiche import FicheFormation
    from webapp.domain.registre import Bloc


__all__ = [
    "Anomalie",
    "Code",
    "Diagnostic",
    "Portee",
    "categorisation_prise",
    "controler",
    "controler_champ",
    "controler_texte",
    "deja_utilise",
    "message_deja_utilise",
]  # fmt: skip

_ENTIER = re.compile(r"[0-9]{1,6}", re.ASCII)

# Guide step 11, to the letter.
MESSAGE_OBLIGATOIRE = "Ce champ est obligatoire pour valider votre formation."
MESSAGES_OBLIGATOIRES = {
    Niveau.FORMATION: MESSAGE_OBLIGATOIRE,
    Niveau.ACTION: "Ce champ est obligatoire pour valider votre action.",
    Niveau.SESSION: "Ce champ est obligatoire pour valider votre session.",
    Niveau.CONTACT: "Ce champ est obligatoire dans le fichier du portail.",
    Niveau.LIEU: "Ce champ est obligatoire dans le fichier du portail.",
}
# Said by « Vérifier » too, where nothing else names the field.
MESSAGE_SANS_IDENTIFIANT = "Saisissez un identifiant interne."


def controler(
    fiche: FicheFormation, certification: Certification | None, le: date, blocs: tuple[Bloc, ...] = ()
) -> Diagnostic:
    """Say all that is wrong with a fiche, and what each wrong forbids.

    In: the fiche; the registry's record of its certification (None when it holds none of that code); the reference
    date; the blocs de compétences that the registry knows of that certification (none: it does not know them).
    Out: the diagnostic; never raises, whatever the texts. Rules: guide steps 3 and 6 to 13, XML schema lengths, and
    those of each type (`types_formation`). The uniqueness of the identifier, and of a VAE's catégorisation, is the
    database's to know: see `deja_utilise` and `categorisation_prise`.
    """
    anomalies = [*_certification(fiche, certification, le)]
    for champ in fiche.champs:
        anomalies += controler_champ(champ, fiche, le, blocs)
    return Diagnostic(tuple(anomalies))


def controler_champ(champ: Champ, fiche: FicheFormation, le: date, blocs: tuple[Bloc, ...] = ()) -> list[Anomalie]:
    """Say what is wrong with one field of a fiche, as `controler` says it of each."""
    anomalies = list(controler_texte(champ, fiche.valeur(champ.nom)))
    propre = REGLES_PAR_CHAMP.get(champ.nom)
    if propre is not None:
        anomalies.extend(propre(fiche, le, blocs))
    return anomalies


def deja_utilise(identifiant: str) -> Anomalie:
    """Give the anomaly of an identifier that another formation of the organisation carries, archived or not."""
    return Anomalie(champs.IDENTIFIANT.nom, Code.DEJA_UTILISE, message_deja_utilise(identifiant), Portee.ENREGISTREMENT)


def message_deja_utilise(identifiant: str) -> str:
    """The sentence of guide step 7 for a taken identifier [reconstructed: the picture is lost]."""
    return dire("L'identifiant « {x} » est déjà utilisé par une autre formation de votre catalogue.", x=identifiant)


def categorisation_prise(categorisation: str, identifiant: str = "") -> Anomalie:
    """Give the anomaly of a VAE whose catégorisation another « validée » of the organisation carries (rule F20).

    `identifiant` names that other formation, when it is known.
    """
    autre = dire("de la formation « {x} »", x=identifiant) if identifiant else fr("d'une autre formation")
    modele = "La catégorisation {x} est celle {autre} : une seule offre de VAE par catégorie."
    message = dire(modele, x=categorisation, autre=autre)
    return Anomalie(champs.CATEGORISATION.nom, Code.CATEGORISATION_PRISE, message, Portee.VALIDATION, "F20", 30077)


def controler_texte(champ: Champ, texte: str) -> Iterator[Anomalie]:
    """Say what is wrong with the text of a field by itself: missing, too long, malformed, or not to be stored."""
    if not texte or est_vide(texte):
        yield from _vide(champ)
        if not texte:
            return
    if champ.choix is not None:
        if texte not in champ.choix:
            yield _refus(champ, Code.CODE_INCONNU, f"Choisissez une valeur de la liste « {champ.libelle} ».")
        return
    if not texte.isprintable() and caracteres_interdits(texte):
        message = dire_interdits(texte, plusieurs_lignes=champ.multiligne)
        yield Anomalie(champ.nom, Code.CARACTERE_INTERDIT, message, Portee.ENREGISTREMENT)
    if not champ.multiligne and "\n" in texte:
        yield empeche_de_valider(champ, Code.LIGNE_UNIQUE, "Ce champ tient sur une seule ligne.")
    if champ.longueur_max is not None and len(texte) > champ.longueur_max:
        yield _trop_long(champ, len(texte), champ.longueur_max)
    if (champ is champs.IDENTIFIANT or champ.est_code) and not est_vide(texte):
        yield from _forme(champ, texte)


def _forme(champ: Champ, texte: str) -> Iterator[Anomalie]:
    """Say what is wrong with the form of a text that says something."""
    if champ is champs.IDENTIFIANT and not identifiants.bien_forme(texte):
        message = "Utilisez uniquement des lettres sans accent, des chiffres, « _ », « - » ou « . »."
        yield empeche_de_valider(champ, Code.FORME_IDENTIFIANT, message)
    if champ.motif is not None and not champ.motif.fullmatch(texte):
        yield empeche_de_valider(champ, Code.FORME, champ.message)
    if champ.bornes is not None:
        yield from _nombre(champ, texte, *champ.bornes)


def _vide(champ: Champ) -> Iterator[Anomalie]:
    if champ.obligatoire:
        message = MESSAGE_SANS_IDENTIFIANT if champ is champs.IDENTIFIANT else MESSAGES_OBLIGATOIRES[champ.niveau]
        yield Anomalie(champ.nom, Code.OBLIGATOIRE, message, Portee.VALIDATION)


def _nombre(champ: Champ, texte: str, moins: int, plus: int) -> Iterator[Anomalie]:
    bornes = f"de {_milliers(moins)} à {_milliers(plus)}"
    if not _ENTIER.fullmatch(texte):
        yield empeche_de_valider(champ, Code.FORME, f"Saisissez un nombre entier {champ.unite}, {bornes}.")
    elif not moins <= int(texte) <= plus:
        yield empeche_de_valider(champ, Code.HORS_BORNES, f"Saisissez un nombre {champ.unite} {bornes}.")


def _milliers(nombre: int) -> str:
    return f"{nombre:,}".replace(",", ESPACE_INSECABLE)


def _trop_long(champ: Champ, nombre: int, maximum: int) -> Anomalie:
    """Say how much too long a text is: to be « validée », or even to be kept in a draft."""
    garde = FOIS_LA_LIMITE * maximum
    if nombre > garde:
        exces = pluriel(nombre - garde, "caractère")
        return _refus(champ, Code.TROP_LONG, f"Trop long pour être gardé : raccourcissez de {exces} ({garde} au plus).")
    exces = pluriel(nombre - maximum, "caractère")
    return empeche_de_valider(champ, Code.TROP_LONG, f"Trop long : raccourcissez de {exces} ({maximum} au plus).")


def _refus(champ: Champ, code: Code, message: str) -> Anomalie:
    return Anomalie(champ.nom, code, fr(message), Portee.ENREGISTREMENT)


def _certification(fiche: FicheFormation, certification: Certification | None, le: date) -> Iterator[Anomalie]:
    def anomalie(code: Code, message: str, portee: Portee) -> Anomalie:
        return Anomalie(champs.CERTIFICATION, code, message, portee)

    regle = REGLES.get(fiche.type_formation)
    if regle is None:
        yield Anomalie(
            champs.TYPE_FORMATION, Code.TYPE_INCONNU, "Choisissez un type de formation de la liste.",
            Portee.ENREGISTREMENT,
        )  # fmt: skip
    if not fiche.certification:
        message = "Choisissez une certification." if regle is None else regle.a_choisir
        yield anomalie(Code.CERTIFICATION_ABSENTE, message, Portee.ENREGISTREMENT)
    elif certification is None:
        yield anomalie(
            Code.CERTIFICATION_INCONNUE,
            fr("Cette certification est inconnue du registre local : choisissez-en une autre."),
            Portee.ENREGISTREMENT,
        )
    else:
        if regle is not None and not regle.admet(certification):
            yield anomalie(
                Code.CERTIFICATION_HORS_TYPE,
                fr(f"{certification.code} ne convient pas au type « {regle.type_formation.libelle} »."),
                Portee.ENREGISTREMENT,
            )
        if avis := certification.avis_le(le):
            yield anomalie(Code.CERTIFICATION_INACTIVE, avis, Portee.VALIDATION)
