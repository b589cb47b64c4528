"""The rules of contacts and places, and what an action or a session asks of those it refers to (A07, A08, S06, F27)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from webapp.domain import champs_annuaire as annuaire
from webapp.domain.champs import Niveau
from webapp.domain.controle_valeurs import controler_valeurs
from webapp.domain.diagnostic import Portee
from webapp.domain.niveaux import CHAMPS
from webapp.domain.regles import Regle
from webapp.domain.regles_texte import a_l_export, retient
from webapp.domain.textes import dire, est_vide, fr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.domain.champs import Champ
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.regles import Constat, Contexte

FRANCE = ("", "FR")
SANS_DEPARTEMENT = ("00", "99")
_CHIFFRES_DU_CODE_POSTAL = 5


@dataclass(frozen=True, slots=True)
class SujetAnnuaire:
    """A contact or a place to judge."""

    fiche: Fiche
    contexte: Contexte


def sans_voie(lieu: Fiche) -> bool:
    """Say whether a French place lacks both the name of its way and its fifth line: the portal refuses it (30013)."""
    return lieu[annuaire.PAYS] in FRANCE and est_vide(lieu[annuaire.LIBELLE_VOIE]) and est_vide(lieu[annuaire.LIGNE_5])


def _voie(sujet: SujetAnnuaire) -> Iterator[Constat]:
    if sujet.fiche.niveau is Niveau.LIEU and sans_voie(sujet.fiche):
        message = "Saisissez le libellé de la voie ou, à défaut, la 5e ligne de l'adresse : le portail l'exige."
        yield annuaire.LIBELLE_VOIE.nom, fr(message)


def _code_postal(fiche: Fiche) -> Iterator[Constat]:
    if fiche.niveau is not Niveau.LIEU or fiche[annuaire.PAYS] not in FRANCE:
        return
    code = fiche[annuaire.CODE_POSTAL]
    if len(code) == _CHIFFRES_DU_CODE_POSTAL and not code.isdecimal():
        yield annuaire.CODE_POSTAL.nom, fr(f"{annuaire.EN_FRANCE}.")


def _paire(fiche: Fiche) -> Iterator[Constat]:
    """Latitude and longitude go together: the portal's « geolocalisation » has both."""
    if fiche.niveau is not Niveau.LIEU:
        return
    deux = (annuaire.LATITUDE, annuaire.LONGITUDE)
    for champ, autre in (deux, deux[::-1]):
        if est_vide(fiche[champ]) and not est_vide(fiche[autre]):
            modele = "Saisissez aussi la {nom} : l'une ne va pas sans l'autre."
            yield champ.nom, dire(modele, nom=champ.libelle.lower())


def _mal_ecrits(fiche: Fiche) -> Iterator[Constat]:
    yield from _code_postal(fiche)
    yield from _paire(fiche)


def _ecriture(sujet: SujetAnnuaire) -> Iterator[Constat]:
    yield from _mal_ecrits(sujet.fiche)


def _departement(sujet: SujetAnnuaire) -> Iterator[Constat]:
    if sujet.fiche.niveau is not Niveau.LIEU or sujet.fiche[annuaire.PAYS] not in FRANCE:
        return
    code = sujet.fiche[annuaire.CODE_POSTAL]
    if len(code) == _CHIFFRES_DU_CODE_POSTAL and code.isdecimal() and code[:2] in SANS_DEPARTEMENT:
        message = "Aucun code postal français ne commence par 00 ni par 99 : vérifiez celui-ci."
        yield annuaire.CODE_POSTAL.nom, fr(message)


def _numero(sujet: SujetAnnuaire) -> Iterator[Constat]:
    if sujet.fiche.niveau is not Niveau.LIEU:
        return
    numero = sujet.fiche[annuaire.NUMERO_VOIE]
    if numero and not numero[0].isalnum():
        message = "Un numéro commence par un chiffre, ou par la lettre d'un bâtiment : vérifiez celui-ci."
        yield annuaire.NUMERO_VOIE.nom, fr(message)


def _a_verifier(sujet: SujetAnnuaire) -> Iterator[Constat]:
    yield from _numero(sujet)
    yield from _departement(sujet)


def _contact_du_lieu(sujet: SujetAnnuaire) -> Iterator[Constat]:
    if sujet.fiche.niveau is Niveau.LIEU:
        reference = sujet.fiche[annuaire.CONTACT_DU_LIEU]
        yield from contact_incomplet(sujet.contexte, annuaire.CONTACT_DU_LIEU.nom, reference)


def _a_l_export(sujet: SujetAnnuaire) -> Iterator[Constat]:
    for champ in _textes(sujet.fiche.niveau):
        yield from a_l_export(champ, sujet.fiche[champ])
    if sujet.fiche.niveau is Niveau.LIEU:
        sur_place = annuaire.CONTACT_DU_LIEU
        yield from entree_retenue(sujet.contexte, sur_place.nom, sujet.fiche[sur_place])


@cache
def _textes(niveau: Niveau) -> tuple[Champ, ...]:
    return tuple(champ for champ in CHAMPS[niveau] if champ.est_saisi)


REGLES_ANNUAIRE: tuple[Regle[SujetAnnuaire], ...] = (
    Regle("A07", Portee.VALIDATION, _voie, 30013),
    Regle("A07", Portee.VALIDATION, _ecriture),
    Regle("A07", Portee.CONSEIL, _a_verifier),
    Regle("A08", Portee.VALIDATION, _contact_du_lieu),
    Regle("F27", Portee.CONSEIL, _a_l_export),
)


def contact_incomplet(contexte: Contexte, champ: str, reference: str) -> Iterator[Constat]:
    """Say, of the field that refers to a contact, what that contact lacks or has wrong; nothing of no reference."""
    contact = contexte.contacts.get(reference)
    if contact is not None:
        for message in _a_reprendre(contact):
            yield champ, message


def lieu_incomplet(
    contexte: Contexte, champ: str, reference: str, *, adresse_seule: bool = False
) -> Iterator[Constat]:  # fmt: skip
    """Say, of the field that refers to a place, what that place lacks or has wrong, the name of its way apart.

    `adresse_seule`: the portal's file has the address alone there (« adresse »), and nobody to join (« coordonnees »).
    """
    lieu = contexte.lieux.get(reference)
    if lieu is None:
        return
    for message in _a_reprendre(lieu, adresse_seule=adresse_seule):
        yield champ, message
    if adresse_seule:
        return
    for _, message in contact_incomplet(contexte, champ, lieu[annuaire.CONTACT_DU_LIEU]):
        yield champ, dire("Lieu « {nom} ». ", nom=lieu.nom or "sans nom") + message


def entree_retenue(
    contexte: Contexte, champ: str, reference: str, *, adresse_seule: bool = False
) -> Iterator[Constat]:  # fmt: skip
    """Say, of the field that refers to a contact or a place, which texts there keep the offer out of the file (F27)."""
    contact, lieu = contexte.contacts.get(reference), contexte.lieux.get(reference)
    if contact is not None and (retenus := _libelles_retenus(contact)):
        modele = "Des caractères du contact « {nom} » laisseront l'offre hors du fichier : {champs}."
        yield champ, dire(modele, nom=contact.nom or "sans nom", champs=retenus)
    if lieu is None:
        return
    if retenus := _libelles_retenus(lieu):
        modele = "Des caractères du lieu « {nom} » laisseront l'offre hors du fichier : {champs}."
        yield champ, dire(modele, nom=lieu.nom or "sans nom", champs=retenus)
    if not adresse_seule:
        yield from entree_retenue(contexte, champ, lieu[annuaire.CONTACT_DU_LIEU])


@lru_cache(maxsize=1024)
def _libelles_retenus(fiche: Fiche) -> str:
    return ", ".join(champ.libelle.lower() for champ in _textes(fiche.niveau) if retient(champ, fiche[champ]))


def lieu_sans_voie(contexte: Contexte, champ: str, reference: str) -> Iterator[Constat]:
    """Say, of the field that refers to a place, that it has neither the name of its way nor a fifth line (30013)."""
    lieu = contexte.lieux.get(reference)
    if lieu is not None and sans_voie(lieu):
        modele = "Le lieu « {nom} » n'a ni libellé de voie ni 5e ligne d'adresse : le portail l'exige."
        yield champ, dire(modele, nom=lieu.nom or "sans nom")


# Thousands of sessions refer to one place: it is read once.
@lru_cache(maxsize=1024)
def _a_reprendre(fiche: Fiche, *, adresse_seule: bool = False) -> tuple[str, ...]:
    """Say what a contact or a place lacks, in one sentence, then what is wrong in each of its fields."""
    dits = {a.champ: a.message for a in reversed(list(controler_valeurs(fiche))) if a.portee is not Portee.CONSEIL}
    dits = dict(_mal_ecrits(fiche)) | dits
    if adresse_seule:
        dits.pop(annuaire.CONTACT_DU_LIEU.nom, None)
    champs = [champ for champ in fiche.champs if champ.nom in dits]
    manques = ", ".join(champ.libelle.lower() for champ in champs if est_vide(fiche[champ]))
    un = dire("{un} « {nom} »", un=_ARTICLES[fiche.niveau], nom=fiche.nom or "sans nom")
    modele = "{un} est à corriger, au champ « {champ} ». {message}"
    return (
        *((dire("{un} est à compléter : {manques}.", un=un, manques=manques),) if manques else ()),
        *(
            dire(modele, un=un, champ=champ.libelle, message=dits[champ.nom])
            for champ in champs
            if not est_vide(fiche[champ])
        ),
    )


_ARTICLES = {Niveau.CONTACT: "Le contact", Niveau.LIEU: "Le lieu"}
