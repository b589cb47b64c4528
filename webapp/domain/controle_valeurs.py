"""What is wrong with one value by itself, by the nature of its field: of an action, a session, a contact or a place.

A draft is always savable: what was not understood forbids « Valider » alone. A save is refused for what cannot be
stored: a forbidden character, ten times its limit, a contact or a place that is not one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from webapp.domain import champs_action, champs_annuaire, courriels
from webapp.domain.champs import Nature
from webapp.domain.controle import controler_texte
from webapp.domain.diagnostic import Anomalie, Code, Portee
from webapp.domain.montants import montant_trop_grand, refus_de_montant
from webapp.domain.nomenclatures_pays import PAYS
from webapp.domain.regles_par_champ import empeche_de_valider
from webapp.domain.saisies import (
    ANNEES,
    CHIFFRES_D_UN_TELEPHONE,
    COURT,
    TELEPHONE,
    chiffres_de_trop,
    comme_date,
    comme_montant,
    deux_telephones,
    montrer,
)
from webapp.domain.textes import dire, est_vide, fr, pluriel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from webapp.domain.champs import Champ
    from webapp.domain.fiche_arbre import Fiche

# What the portal's page says of the fields themselves: the rule under which a missing or malformed one is told.
_REGLES: dict[Champ, tuple[str, int | None]] = {
    champs_action.NUMERO: ("A01", None),
    champs_action.DUREE: ("A03", None),
    champs_action.HEURES_CENTRE: ("A03", None),
    champs_action.HEURES_ENTREPRISE: ("A03", None),
    champs_action.TVA: ("A04", None),
    champs_action.FRAIS_HT: ("A04", None),
    champs_action.FRAIS_TTC: ("A04", None),
    champs_action.PREREQUIS: ("A06", None),
    champs_action.LIEU: ("A07", None),
    champs_action.CONTACT: ("A08", 30017),
    **dict.fromkeys(
        [
            champs_action.MODALITES_D_ENSEIGNEMENT,
            champs_action.MODALITES_ENTREES_SORTIES,
            champs_action.LANGUE,
            champs_action.NIVEAU_ENTREE_OBLIGATOIRE,
            champs_action.ADMISSION,
            champs_action.RYTHME,
            champs_action.ACCES_HANDICAPES,
        ],
        ("A02", None),
    ),
}
_INDICATIF = "+33"
_CHIFFRES_MIN_TELEPHONE, _CHIFFRES_APRES_INDICATIF = 6, 9
# Those of services in France: 115, 1014, 3949. Some are how a body is really reached.
_NUMERO_COURT = re.compile(r"1[0-9]{2}|10[0-9]{2}|3[0-9]{3}", re.ASCII)
_COMMENCE_EN_FRANCAIS = re.compile(r"0[1-9]", re.ASCII)
_DEGRES = {champs_annuaire.LATITUDE: ("latitude", 90), champs_annuaire.LONGITUDE: ("longitude", 180)}
_QUATRE_CHIFFRES = re.compile(r"[0-9]{4}", re.ASCII)
_CEDEX = re.compile("cedex", re.IGNORECASE)
_SCHEMAS = ("https://", "http://")
_SANS_SITE = frozenset({"", "/", "?", "#"})
"""What stands after `https://` where no site is named."""


def controler_valeurs(fiche: Fiche) -> Iterator[Anomalie]:
    """Say what is wrong with each value of a fiche by itself, in the order of the form."""
    for champ, valeur in zip(fiche.champs, fiche.valeurs, strict=True):
        # Most are nothing, or a code of the list: nothing is wrong with them, and whole catalogues are judged.
        if (not valeur and not champ.obligatoire) or (champ.choix is not None and valeur in champ.choix):
            continue
        yield from _dites_court(champ, valeur) if len(valeur) <= COURT else _dites(champ, valeur)


def _dites(champ: Champ, valeur: str) -> tuple[Anomalie, ...]:
    """Say what is wrong with a value by itself, under the rule that its field has."""
    regle, numero = _REGLES.get(champ, ("", None))
    return tuple([replace(une, regle=regle, numero_edof=numero) for une in controler_valeur(champ, valeur)])


# A catalogue says the same dates, prices and addresses thousands of times.
_dites_court = lru_cache(maxsize=8_192)(_dites)


def controler_valeur(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    """Say what is wrong with one value by itself: missing, not to be stored, too long, or not of its nature."""
    if champ.choix is not None:
        yield from _codes(champ, valeur)
        return
    trouvees = list(controler_texte(champ, valeur))
    if any(a.code is Code.FORME for a in trouvees):
        # What is no number is not one that is too long.
        trouvees = [a for a in trouvees if a.code is not Code.TROP_LONG or a.portee is Portee.ENREGISTREMENT]
    gardable = all(a.portee is not Portee.ENREGISTREMENT for a in trouvees)
    if gardable and not est_vide(valeur) and champ.nature in _NATURES:
        propres = list(_NATURES[champ.nature](champ, valeur))
        # That it is not a date says more than that it is too long for one.
        trouvees = propres or trouvees
    elif champ is champs_annuaire.CODE_POSTAL and gardable and _CEDEX.search(valeur):
        message = "Saisissez le code seul : « CEDEX » s'écrit après le nom de la ville."
        trouvees = [empeche_de_valider(champ, Code.FORME, message)]
    elif champ is champs_annuaire.CODE_POSTAL and _QUATRE_CHIFFRES.fullmatch(valeur):
        trouvees = [empeche_de_valider(champ, Code.FORME, champs_annuaire.QUATRE_CHIFFRES)]
    elif not trouvees and not est_vide(valeur) and champ in _PROPRES:
        trouvees = list(_PROPRES[champ](champ, valeur))
    yield from trouvees


def _codes(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    """Say what is wrong with codes of a closed list; unknown ones are kept, as a file or an older list may give."""
    assert champ.choix is not None  # noqa: S101 - asked of such fields alone
    codes = valeur.split("\n") if champ.nature is Nature.CHOIX_MULTIPLES else [valeur]
    if all(code in champ.choix for code in codes) or not (valeur or champ.obligatoire):
        return
    propre = list(controler_texte(replace(champ, choix=None, multiligne=True), valeur))
    yield from propre
    if not propre and valeur:
        yield empeche_de_valider(champ, Code.CODE_INCONNU, f"Choisissez une valeur de la liste « {champ.libelle} ».")


def _montant(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    if comme_montant(valeur) is None:
        code = Code.HORS_BORNES if montant_trop_grand(valeur) else Code.FORME
        yield Anomalie(champ.nom, code, refus_de_montant(valeur), Portee.VALIDATION)


def _dates(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    lues = valeur.split("\n")
    if len(lues) > champ.plusieurs:
        yield empeche_de_valider(champ, Code.HORS_BORNES, f"Au plus {pluriel(champ.plusieurs, 'date')}.")
    for lue in lues:
        jour = comme_date(lue)
        if jour is None:
            modele = "« {x} » n'est pas une date : saisissez par exemple 05/01/2027."
            yield Anomalie(champ.nom, Code.FORME, dire(modele, x=lue), Portee.VALIDATION)
        elif jour.year not in ANNEES:
            modele = "« {x} » : saisissez une date de {de} à {a}."
            dit = dire(modele, x=montrer(champ, lue), de=ANNEES[0], a=ANNEES[-1])
            yield Anomalie(champ.nom, Code.HORS_BORNES, dit, Portee.VALIDATION)


def _telephone(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    if chiffres := chiffres_de_trop(valeur):
        modele = "Un numéro de téléphone compte {max} chiffres au plus : celui-ci en a {n}."
        dit = dire(modele, max=CHIFFRES_D_UN_TELEPHONE, n=chiffres)
        yield Anomalie(champ.nom, Code.FORME, dit, Portee.VALIDATION)
    elif deux_telephones(valeur):
        yield empeche_de_valider(champ, Code.FORME, "Saisissez un seul numéro de téléphone dans cette case.")
    elif TELEPHONE.fullmatch(valeur) is None:
        message = "Saisissez un numéro de téléphone, par exemple 01 23 45 67 89 ou +33 1 23 45 67 89."
        yield empeche_de_valider(champ, Code.FORME, message)
    else:
        yield from _chiffres_du_telephone(champ, valeur)


def _chiffres_du_telephone(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    """Say of a number that no line has it, or that it may be mistyped: the portal takes any digits (« numtel »)."""
    chiffres = valeur.removeprefix(_INDICATIF).removeprefix("+")
    if _NUMERO_COURT.fullmatch(valeur):
        message = "Ce numéro court est celui d'un service : vérifiez qu'il mène bien à ce contact."
        yield _conseil(champ, message)
    elif len(chiffres) < _CHIFFRES_MIN_TELEPHONE:
        message = "Un numéro de téléphone compte au moins six chiffres : vérifiez celui-ci."
        yield empeche_de_valider(champ, Code.HORS_BORNES, message)
    elif set(chiffres) == {"0"} or (chiffres == valeur.removeprefix("+") and len(set(chiffres)) == 1):
        message = "Ce numéro ne répète qu'un chiffre : saisissez le vrai numéro."
        yield empeche_de_valider(champ, Code.FORME, message)
    elif valeur.startswith(_INDICATIF) and len(chiffres) != _CHIFFRES_APRES_INDICATIF:
        yield _conseil(champ, "Un numéro français compte dix chiffres, dont le 0 remplacé par +33 : vérifiez celui-ci.")
    elif _COMMENCE_EN_FRANCAIS.match(valeur) and len(valeur) != _CHIFFRES_APRES_INDICATIF + 1:
        yield _conseil(champ, "Un numéro français compte dix chiffres : vérifiez celui-ci.")


def _conseil(champ: Champ, message: str) -> Anomalie:
    return Anomalie(champ.nom, Code.HORS_BORNES, fr(message), Portee.CONSEIL)


def _degres(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    """Say that no place has such a latitude or longitude; what is no number was said already."""
    nom, borne = _DEGRES[champ]
    if champ.motif is not None and champ.motif.fullmatch(valeur) and abs(Decimal(valeur)) > borne:
        yield empeche_de_valider(champ, Code.HORS_BORNES, f"Saisissez une {nom} de -{borne} à {borne} degrés.")


def _pays(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    if valeur not in PAYS:
        modele = "« {x} » n'est le code d'aucun pays : saisissez par exemple BE (Belgique), ou rien pour la France."
        yield Anomalie(champ.nom, Code.CODE_INCONNU, dire(modele, x=valeur), Portee.VALIDATION)


def _numero_de_voie(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    if (repetition := valeur.strip().lower()) in _REPETITIONS:
        yield empeche_de_valider(champ, Code.FORME, f"Saisissez aussi le numéro, par exemple 12 {repetition}.")


_REPETITIONS = frozenset({"bis", "ter", "quater", "quinquies"})


def _courriel(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    if refus := courriels.refus(valeur):
        yield empeche_de_valider(champ, Code.FORME, refus)
    elif courriels.est_inventee(valeur):
        message = "Cette adresse est celle qu'un éditeur de fichiers met à la place de la vraie : vérifiez-la."
        yield _conseil(champ, message)


def _adresse_web(champ: Champ, valeur: str) -> Iterator[Anomalie]:
    schema = next((debut for debut in _SCHEMAS if valeur.casefold().startswith(debut)), "")
    if not schema:
        message = "Saisissez une adresse qui commence par https:// ou http://."
    elif valeur[len(schema) :].lstrip()[:1] in _SANS_SITE:
        message = f"Saisissez l'adresse entière : après {schema}, il manque le nom du site."
    elif any(c.isspace() for c in valeur):
        message = "Une adresse web ne contient pas d'espace : retirez ceux de celle-ci."
    else:
        return
    yield empeche_de_valider(champ, Code.FORME, message)


def reference_inconnue(champ: Champ) -> Anomalie:
    """Give the anomaly of a contact or a place that the organisation does not have: nothing can refer to it."""
    un = "un contact" if champ.nature is Nature.CONTACT else "un lieu"
    return Anomalie(champ.nom, Code.CODE_INCONNU, fr(f"Choisissez {un} de votre organisme."), Portee.ENREGISTREMENT)


_PROPRES: dict[Champ, Callable[[Champ, str], Iterator[Anomalie]]] = {
    champs_annuaire.LATITUDE: _degres,
    champs_annuaire.LONGITUDE: _degres,
    champs_annuaire.PAYS: _pays,
    champs_annuaire.NUMERO_VOIE: _numero_de_voie,
}
"""What is asked of one field by itself, once its value has the form that its field asks for."""

_NATURES: dict[Nature, Callable[[Champ, str], Iterator[Anomalie]]] = {
    Nature.MONTANT: _montant,
    Nature.DATE: _dates,
    Nature.TELEPHONE: _telephone,
    Nature.COURRIEL: _courriel,
    Nature.ADRESSE_WEB: _adresse_web,
}
