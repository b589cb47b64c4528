"""The rules of an action de formation: A03 to A12, F22, F27 and F30.

A01 and A02 are what its fields say of themselves (`controle_valeurs`), and the uniqueness of its number, which the
database holds. A09 and A10 foretell two refusals of the portal, by the key that it compares: the place with its whole
address, the language, the modalities, the hours; and, for the first alone, the price. A12 is ours: one of the tools
that quote the specification of the import makes « frais-certif-inclus-frais-anpec » mandatory, the others do not; it
is asked where there are such costs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from webapp.domain import champs_action as c
from webapp.domain.champs_annuaire import ADRESSE, DENOMINATION
from webapp.domain.diagnostic import Portee
from webapp.domain.montants import MONTANT_MAX, montrer_montant
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.nomenclatures_arbre import A_DISTANCE, NON, OUI, PRESENTIEL, SANS_DISPOSITION, TAUX_TVA
from webapp.domain.prix import concorde, prix_horaire
from webapp.domain.prix import ttc as avec_la_taxe
from webapp.domain.regles import Regle
from webapp.domain.regles_annuaire import contact_incomplet, entree_retenue, lieu_incomplet, lieu_sans_voie
from webapp.domain.regles_formation import LOI_DE_FINANCES_2026, heures_du_bilan
from webapp.domain.regles_texte import a_l_export
from webapp.domain.saisies import comme_entier, comme_montant, de_montant, dire_montant
from webapp.domain.textes import dire, est_vide, fr, pluriel, sans_accents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.regles import Constat, Contexte

ECART_MIN = 10
"""Hours by which two actions that are otherwise alike must differ (30057)."""

PLAFOND_RS = Decimal(1500)
"""Euros that the CPF pays for a certification of the Répertoire spécifique, CléA apart: finance law of 2026, 203."""

CHAMPS_DE_LA_CLE = (c.MODALITES_D_ENSEIGNEMENT, c.LANGUE, c.MODALITES_PEDAGOGIQUES, c.MODALITES_HANDICAP)
"""What the portal compares of two actions, beside their place, their hours and their price."""

_A_DISTANCE = ("distance", "distanciel", "visio", "en ligne", "virtuel")
Cle = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Voisine:
    """Another « validée » action of the same formation."""

    id: UUID
    nom: str
    heures: int | None
    ttc: Decimal | None


class ActionsVoisines:
    """The « validées » actions of a formation, found by what the portal compares: made once, asked for each."""

    def __init__(self, contexte: Contexte, actions: Iterable[tuple[UUID, Fiche]] = ()) -> None:
        """Keep the key of each, and what is compared beside it."""
        self._par_cle: defaultdict[Cle, list[Voisine]] = defaultdict(list)
        for id_, fiche in actions:
            voisine = Voisine(id_, fiche.nom, comme_entier(fiche[c.DUREE]), comme_montant(fiche[c.FRAIS_TTC]))
            self._par_cle[cle(fiche, contexte)].append(voisine)

    def semblables(self, fiche: Fiche, contexte: Contexte, soi: UUID | None) -> list[Voisine]:
        """List those that have the key of an action, itself left out."""
        return [voisine for voisine in self._par_cle.get(cle(fiche, contexte), ()) if voisine.id != soi]


def cle(fiche: Fiche, contexte: Contexte) -> Cle:
    """Give what the portal compares of two actions, their hours and price apart."""
    lieu = contexte.lieux.get(fiche[c.LIEU])
    adresse = None if lieu is None else tuple(lieu[champ] for champ in ADRESSE)
    return (adresse, *(fiche[champ] for champ in CHAMPS_DE_LA_CLE))


@dataclass(frozen=True, slots=True)
class SujetAction:
    """An action to judge; `soi` is its id, None when it has none yet."""

    fiche: Fiche
    contexte: Contexte
    voisines: ActionsVoisines
    soi: UUID | None = None


def _heures(sujet: SujetAction) -> Iterator[Constat]:
    total = comme_entier(sujet.fiche[c.DUREE])
    parties = [comme_entier(sujet.fiche[champ]) or 0 for champ in (c.HEURES_CENTRE, c.HEURES_ENTREPRISE)]
    # What is out of bounds by itself is told so, and adds up to nothing.
    if total and max(parties) <= c.HEURES_MAX and sum(parties) > total:
        champ = c.HEURES_CENTRE if parties[0] else c.HEURES_ENTREPRISE
        message = f"En centre et en entreprise, {pluriel(sum(parties), 'heure')} : plus que la durée totale ({total})."
        yield champ.nom, fr(message)


def _prix(sujet: SujetAction) -> Iterator[Constat]:
    taux = sujet.fiche[c.TVA]
    ht, ttc = comme_montant(sujet.fiche[c.FRAIS_HT]), comme_montant(sujet.fiche[c.FRAIS_TTC])
    if ht is not None and ttc is not None and taux in TAUX_TVA and not concorde(ht, taux, ttc):
        yield c.FRAIS_TTC.nom, "Le TTC ne correspond pas au HT et au taux."
    if ht is not None and not sujet.fiche[c.FRAIS_TTC] and taux in TAUX_TVA and avec_la_taxe(ht, taux) > MONTANT_MAX:
        modele = "TVA comprise, ce prix dépasse {max} € : saisissez un montant plus petit."
        yield c.FRAIS_HT.nom, dire(modele, max=montrer_montant(MONTANT_MAX))


def _prix_inhabituel(sujet: SujetAction) -> Iterator[Constat]:
    ttc, horaire = comme_montant(sujet.fiche[c.FRAIS_TTC]), prix_horaire(sujet.fiche[c.DUREE], sujet.fiche[c.FRAIS_TTC])
    if ttc is not None and not ttc:
        yield c.FRAIS_TTC.nom, fr("Prix nul : est-ce voulu ?")
    elif horaire is not None and sujet.contexte.prix is not None:
        ordinaire = sujet.contexte.prix.ordinaire(sujet.soi)
        if ordinaire is not None and not ordinaire <= horaire * 2 <= ordinaire * 4:
            ecart = "moins de la moitié" if horaire < ordinaire else "plus du double"
            modele = "{x} € l'heure : {ecart} de ce que coûtent d'ordinaire vos autres actions ({ordinaire} € l'heure)."
            dits = {nom: dire_montant(de_montant(prix)) for nom, prix in (("x", horaire), ("ordinaire", ordinaire))}
            yield c.FRAIS_TTC.nom, dire(modele, ecart=ecart, **dits)


def _conditions(sujet: SujetAction) -> Iterator[Constat]:
    if sujet.fiche[c.PREREQUIS] == OUI and est_vide(sujet.fiche[c.CONDITIONS_SPECIFIQUES]):
        yield c.CONDITIONS_SPECIFIQUES.nom, "Décrivez les conditions spécifiques ou prérequis annoncés."


def _conditions_contredites(sujet: SujetAction) -> Iterator[Constat]:
    if sujet.fiche[c.PREREQUIS] != NON:
        return
    if sujet.fiche[c.NIVEAU_ENTREE_OBLIGATOIRE] == OUI:
        yield c.PREREQUIS.nom, fr("Un niveau d'entrée est exigé : c'est un prérequis, répondez plutôt « Oui ».")
    elif not est_vide(sujet.fiche[c.CONDITIONS_SPECIFIQUES]):
        yield c.PREREQUIS.nom, fr("Des conditions spécifiques sont décrites : répondez plutôt « Oui ».")


def _admission_contredite(sujet: SujetAction) -> Iterator[Constat]:
    codes = sujet.fiche[c.ADMISSION].split("\n")
    if SANS_DISPOSITION in codes and len(codes) > 1:
        yield c.ADMISSION.nom, fr("« Sans disposition particulière » contredit les autres cases : vérifiez.")


def _contredites(sujet: SujetAction) -> Iterator[Constat]:
    yield from _conditions_contredites(sujet)
    yield from _admission_contredite(sujet)


def _frais_de_certification(sujet: SujetAction) -> Iterator[Constat]:
    if comme_montant(sujet.fiche[c.FRAIS_ANNEXES]) and not sujet.fiche[c.FRAIS_CERTIFICATION_INCLUS]:
        message = "Dites si les frais additionnels comprennent le passage de la certification."
        yield c.FRAIS_CERTIFICATION_INCLUS.nom, dire(message)


def _lieux_sans_voie(sujet: SujetAction) -> Iterator[Constat]:
    for champ in (c.LIEU, c.ADRESSE_INFORMATION):
        yield from lieu_sans_voie(sujet.contexte, champ.nom, sujet.fiche[champ])


def _lieux(sujet: SujetAction) -> Iterator[Constat]:
    for champ in (c.LIEU, c.ADRESSE_INFORMATION):
        seule = champ is c.ADRESSE_INFORMATION
        yield from lieu_incomplet(sujet.contexte, champ.nom, sujet.fiche[champ], adresse_seule=seule)


def _contact(sujet: SujetAction) -> Iterator[Constat]:
    yield from contact_incomplet(sujet.contexte, c.CONTACT.nom, sujet.fiche[c.CONTACT])


def _identique(sujet: SujetAction) -> Iterator[Constat]:
    heures, ttc = comme_entier(sujet.fiche[c.DUREE]), comme_montant(sujet.fiche[c.FRAIS_TTC])
    for voisine in _semblables(sujet):
        if (voisine.heures, voisine.ttc) == (heures, ttc):
            modele = "Identique à l'action « {x} » de cette formation : le portail n'en accepte qu'une."
            yield c.NUMERO.nom, dire(modele, x=voisine.nom)
            return


def _presque_identique(sujet: SujetAction) -> Iterator[Constat]:
    heures, ttc = comme_entier(sujet.fiche[c.DUREE]), comme_montant(sujet.fiche[c.FRAIS_TTC])
    for voisine in _semblables(sujet):
        if heures is None or voisine.heures is None or (voisine.heures, voisine.ttc) == (heures, ttc):
            continue
        if abs(voisine.heures - heures) < ECART_MIN:
            modele = "Même action que « {x} », à moins de {n} heures d'écart : le portail n'en accepte qu'une."
            yield c.DUREE.nom, dire(modele, x=voisine.nom, n=ECART_MIN)
            return


def _semblables(sujet: SujetAction) -> list[Voisine]:
    """List the actions that have its key; none while it does not say where it is given nor for how long."""
    if not sujet.fiche[c.LIEU] or comme_entier(sujet.fiche[c.DUREE]) is None:
        return []
    return sujet.voisines.semblables(sujet.fiche, sujet.contexte, sujet.soi)


def _lieu_et_modalite(sujet: SujetAction) -> Iterator[Constat]:
    lieu = sujet.contexte.lieux.get(sujet.fiche[c.LIEU])
    if lieu is None:
        return
    modalite = sujet.fiche[c.MODALITES_D_ENSEIGNEMENT]
    dit_distance = any(mot in sans_accents(lieu[DENOMINATION]) for mot in _A_DISTANCE)
    if modalite == A_DISTANCE and not dit_distance:
        modele = "Formation entièrement à distance : vérifiez que « {x} » est bien le lieu à indiquer."
        yield c.LIEU.nom, dire(modele, x=lieu.nom)
    if modalite == PRESENTIEL and dit_distance:
        yield c.LIEU.nom, dire("Formation présentielle : vérifiez que « {x} » est bien le lieu à indiquer.", x=lieu.nom)


def _heures_du_bilan(sujet: SujetAction) -> Iterator[Constat]:
    formation, heures = sujet.contexte.formation, comme_entier(sujet.fiche[c.DUREE])
    if formation is not None and formation.type_formation == TypeFormation.BILAN:
        yield from heures_du_bilan(c.DUREE.nom, heures, sujet.contexte.le)


def _au_dela_du_plafond(sujet: SujetAction) -> Iterator[Constat]:
    certification, ttc = sujet.contexte.certification, comme_montant(sujet.fiche[c.FRAIS_TTC])
    if certification is None or certification.type_code is not TypeCode.RS or ttc is None or ttc <= PLAFOND_RS:
        return
    if sujet.contexte.le < LOI_DE_FINANCES_2026:
        return
    if certification.famille != TypeFormation.CLEA:
        yield c.FRAIS_TTC.nom, fr("Au-delà de 1\N{NO-BREAK SPACE}500 €, le reste est à la charge du titulaire.")


def _a_l_export(sujet: SujetAction) -> Iterator[Constat]:
    for champ in c.CHAMPS:
        if champ.est_saisi:
            yield from a_l_export(champ, sujet.fiche[champ])
    for champ in (c.LIEU, c.ADRESSE_INFORMATION, c.CONTACT):
        seule = champ is c.ADRESSE_INFORMATION
        yield from entree_retenue(sujet.contexte, champ.nom, sujet.fiche[champ], adresse_seule=seule)


REGLES_ACTION: tuple[Regle[SujetAction], ...] = (
    Regle("A03", Portee.VALIDATION, _heures),
    Regle("A04", Portee.VALIDATION, _prix),
    Regle("A05", Portee.CONSEIL, _prix_inhabituel),
    Regle("A06", Portee.VALIDATION, _conditions),
    Regle("A06", Portee.CONSEIL, _contredites),
    Regle("A07", Portee.VALIDATION, _lieux_sans_voie, 30013),
    Regle("A07", Portee.VALIDATION, _lieux),
    Regle("A08", Portee.VALIDATION, _contact, 30017),
    Regle("A09", Portee.VALIDATION, _identique, 30056),
    Regle("A10", Portee.VALIDATION, _presque_identique, 30057),
    Regle("A11", Portee.CONSEIL, _lieu_et_modalite),
    Regle("A12", Portee.VALIDATION, _frais_de_certification),
    Regle("F22", Portee.CONSEIL, _heures_du_bilan),
    Regle("F27", Portee.CONSEIL, _a_l_export),
    Regle("F30", Portee.CONSEIL, _au_dela_du_plafond),
)
