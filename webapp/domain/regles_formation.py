"""What is advised of a formation: rules F06, F15 to F17, F22 to F27, F29, H01 to H03 and O01. None forbids anything.

What forbids something stands in `controle`, which étape 2/2 asks at each pause; these are asked where they are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from webapp.domain import champs
from webapp.domain.diagnostic import Portee
from webapp.domain.habilitations import ABSENT, FINIE, SANS_FORMER
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.regles import Regle
from webapp.domain.regles_texte import a_l_export, coordonnees, promotion
from webapp.domain.saisies import comme_entier
from webapp.domain.successions import Succession
from webapp.domain.textes import dire, est_vide, fr, mots_de, sans_accents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from webapp.domain.fiche import FicheFormation
    from webapp.domain.regles import Constat, Contexte

SIRET = "siret"
"""What O01 is about: not a field of the formation, but of its organisation."""

INTITULE_VISIBLE = 90
TEXTE_COURT = 50
_LIBRES = (champs.OBJECTIF, champs.CONTENU, champs.POINTS_FORTS, champs.RESULTATS_ATTENDUS)
_LONGS = (champs.OBJECTIF, champs.CONTENU, champs.RESULTATS_ATTENDUS)
_LETTRES_D_UN_MOT = 4
_MOTS_DU_DEBUT, _LETTRES_DU_DEBUT = 5, 20
TEXTES_RETENUS, LONGUEUR_RETENUE = 256, 3_000
"""Texts of which a process remembers what is advised, and the longest of them: some 2 MB for each of three rules."""
LOI_DE_FINANCES_2026 = date(2026, 1, 1)
"""The year of the finance law for 2026, article 203, whose day is not known: it limits what was not limited before.

Rules F22 and F30.
"""

HEURES_BILAN = (13, 24)
"""Hours of a bilan de compétences that the CPF pays for (rule F22)."""
# Words that any title holds: sharing them links nothing.
_COURANTS = frozenset({
    "avec", "certification", "certificat", "competence", "competences", "dans", "formation", "niveau", "pour",
    "preparation", "preparer", "professionnel", "professionnelle", "professionnelles", "professionnels", "titre",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class SujetFormation:
    """A formation to advise on."""

    fiche: FicheFormation
    contexte: Contexte


def _intitule_long(sujet: SujetFormation) -> Iterator[Constat]:
    if len(sujet.fiche.intitule) > INTITULE_VISIBLE:
        message = f"Seuls les {INTITULE_VISIBLE} premiers caractères pourraient être visibles."
        yield champs.INTITULE.nom, fr(message)


def _remplacee(sujet: SujetFormation) -> Iterator[Constat]:
    suite = Succession(sujet.contexte.successeurs, ancienne=sujet.fiche.certification)
    for phrase, _ in suite.remplacements:
        yield champs.CERTIFICATION, phrase


def _prend_fin(sujet: SujetFormation) -> Iterator[Constat]:
    certification = sujet.contexte.certification
    annonce = None if certification is None else certification.annonce_le(sujet.contexte.le)
    if annonce is not None and certification is not None and certification.fin_enregistrement is not None:
        yield champs.CERTIFICATION, annonce.texte


def _fin_inconnue(sujet: SujetFormation) -> Iterator[Constat]:
    certification = sujet.contexte.certification
    annonce = None if certification is None else certification.annonce_le(sujet.contexte.le)
    if annonce is not None and certification is not None and certification.fin_enregistrement is None:
        yield champs.CERTIFICATION, annonce.texte


def _dans_les_textes(
    trouver: Callable[[str, str], Iterator[Constat]], siens: tuple[champs.Champ, ...]
) -> Callable[[SujetFormation], Iterator[Constat]]:
    # At each pause of étape 2/2 one text has changed, and the others are those of the pause before.
    @lru_cache(maxsize=TEXTES_RETENUS)
    def retenus(champ: str, texte: str) -> tuple[Constat, ...]:
        return tuple(trouver(champ, texte))

    def dans_tous(sujet: SujetFormation) -> Iterator[Constat]:
        for champ in siens:
            texte = sujet.fiche[champ]
            lire = retenus if len(texte) <= LONGUEUR_RETENUE else trouver
            yield from lire(champ.nom, texte)

    return dans_tous


def _a_l_export(champ: str, texte: str) -> Iterator[Constat]:
    yield from a_l_export(champs.PAR_NOM[champ], texte)


def _identiques(sujet: SujetFormation) -> Iterator[Constat]:
    """Say of a text that it is the same as one before it, the title included."""
    # Texts that do not begin alike are not the same, and nearly all are told apart by that.
    debuts = {champ: _debut(sujet.fiche[champ]) for champ in (champs.INTITULE, *_LIBRES)}
    fois = Counter(debuts.values())
    vus: dict[str, str] = {}
    for champ, debut in debuts.items():
        if debut and fois[debut] > 1:
            texte = sans_accents(sujet.fiche[champ])
            if texte in vus:
                yield champ.nom, dire("Ce texte est le même que celui de « {x} ».", x=vus[texte])
            vus.setdefault(texte, champ.libelle)


def _debut(texte: str) -> str:
    """Give the first letters of the first words: those of two texts that are the same are the same."""
    mots = " ".join(texte.split(None, _MOTS_DU_DEBUT)[:_MOTS_DU_DEBUT])
    return sans_accents(mots[: 3 * _LETTRES_DU_DEBUT])[:_LETTRES_DU_DEBUT]


def _court(sujet: SujetFormation) -> Iterator[Constat]:
    for champ in _LONGS:
        texte = sujet.fiche[champ].strip()
        if len(texte) < TEXTE_COURT and not est_vide(texte):
            yield champ.nom, "Texte très court."


def _sans_lien(sujet: SujetFormation) -> Iterator[Constat]:
    """Say of a title that it shares no word that means something with that of its certification."""
    certification = sujet.contexte.certification
    certifiants = {TypeFormation.CERTIFIANTE, TypeFormation.CLEA}
    if certification is None or sujet.fiche.type_formation not in certifiants or est_vide(sujet.fiche.intitule):
        return
    siens = _mots_qui_comptent(certification.intitule)
    if siens and not siens & _mots_qui_comptent(sujet.fiche.intitule):
        yield champs.INTITULE.nom, dire("L'intitulé ne mentionne pas la certification.")


@lru_cache(maxsize=TEXTES_RETENUS)
def _mots_qui_comptent(texte: str) -> frozenset[str]:
    return frozenset(mot for mot in mots_de(texte) if len(mot) >= _LETTRES_D_UN_MOT and mot not in _COURANTS)


def _heures_du_bilan(sujet: SujetFormation) -> Iterator[Constat]:
    fiche = sujet.fiche
    if champs.DUREE_HEURES in fiche.champs:
        yield from heures_du_bilan(champs.DUREE_HEURES.nom, comme_entier(fiche.duree_heures), sujet.contexte.le)


def heures_du_bilan(champ: str, heures: int | None, le: date) -> Iterator[Constat]:
    """Say of a number of hours that a bilan de compétences has fewer or more, at a date: the fewest are of 2026."""
    moins, plus = HEURES_BILAN
    if heures is None or (heures <= plus and (heures >= moins or le < LOI_DE_FINANCES_2026)):
        return
    if le < LOI_DE_FINANCES_2026:
        yield champ, fr(f"Un bilan de compétences dure {plus} heures au plus.")
    else:
        yield champ, fr(f"Un bilan de compétences dure de {moins} à {plus} heures.")


def _habilitation(regle: str) -> Callable[[SujetFormation], Iterator[Constat]]:
    """Find what breaks one of the rules of habilitations, which are told together."""

    def trouver(sujet: SujetFormation) -> Iterator[Constat]:
        droits = sujet.contexte.droits
        for dite, annonce in () if droits is None else droits.constats(sujet.contexte.le):
            if dite == regle:
                yield champs.CERTIFICATION, annonce.texte

    return trouver


def _siret(sujet: SujetFormation) -> Iterator[Constat]:
    if not sujet.contexte.siret_valide:
        yield SIRET, dire("SIRET invalide (clé de contrôle).")


REGLES_FORMATION: tuple[Regle[SujetFormation], ...] = (
    Regle("O01", Portee.CONSEIL, _siret),
    Regle("F15", Portee.CONSEIL, _remplacee),
    Regle("F16", Portee.CONSEIL, _prend_fin),
    Regle("F17", Portee.CONSEIL, _fin_inconnue),
    *(Regle(regle, Portee.CONSEIL, _habilitation(regle)) for regle in (ABSENT, FINIE, SANS_FORMER)),
    Regle("F06", Portee.CONSEIL, _intitule_long),
    Regle("F29", Portee.CONSEIL, _sans_lien),
    Regle("F22", Portee.CONSEIL, _heures_du_bilan),
    Regle("F23", Portee.CONSEIL, _dans_les_textes(coordonnees, (champs.INTITULE, *_LIBRES))),
    Regle("F24", Portee.CONSEIL, _dans_les_textes(promotion, (champs.INTITULE, *_LIBRES))),
    Regle("F25", Portee.CONSEIL, _identiques),
    Regle("F26", Portee.CONSEIL, _court),
    Regle("F27", Portee.CONSEIL, _dans_les_textes(_a_l_export, (champs.INTITULE, *_LIBRES))),
)
