"""How a value is typed, kept and shown: each nature of field reads what people write, and says it back.

A value is always a text. Understood, it has one canonical form (`2027-01-05`, `1200.50`, `+33561000000`), the one that
is stored, compared and exported. Not understood, it is kept as it was typed: a draft loses nothing, and the judge says
what is wrong. Reading a canonical form, or what `montrer` makes of it, gives that form again.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from webapp.domain.champs import Nature
from webapp.domain.dates import MOIS, date_longue
from webapp.domain.montants import lire_montant, montrer_montant
from webapp.domain.nomenclatures_arbre import NON, OUI
from webapp.domain.textes import (
    ESPACE_INSECABLE,
    dire,
    normaliser,
    normaliser_valeur,
    sans_accents,
    sur_une_ligne,
    unir_tirets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from webapp.domain.champs import Champ

ENTIER = re.compile(r"0|[1-9][0-9]*", re.ASCII)
MONTANT = re.compile(r"(?:0|[1-9][0-9]{0,9})\.[0-9]{2}", re.ASCII)
TELEPHONE = re.compile(r"\+?[0-9]{1,15}", re.ASCII)
CHIFFRES_D_UN_TELEPHONE = 15
COURT = 64
"""Characters of a text up to which what it says is kept in mind."""

ANNEES = range(1900, 2200)
"""The years of the dates that mean something here; others are read, and told to be no date."""

_OUI = frozenset({"oui", "o", "1", "vrai", "true", "yes"})
_NON = frozenset({"non", "n", "0", "faux", "false", "no"})
_HEURES = re.compile(r"([0-9]{1,9}|[0-9]{1,3}(?: [0-9]{3}){1,2})(?:[.,]0{1,2})? ?(?:h|hrs?|heures?)?\.?", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)
_LONGUEUR_D_UN_JOUR = 10
_JOUR_MOIS_AN = re.compile(r"([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2}) ?[/.\- ] ?([0-9]{4}|[0-9]{2})", re.ASCII)
_EN_LETTRES = re.compile(r"([0-9]{1,2})(?:er)? ([a-z]+)\.? ([0-9]{4})")
_MOIS = {sans_accents(nom): rang for rang, nom in enumerate(MOIS, 1)}
_SIECLE = 2000
_ENTRE_CHIFFRES = re.compile(r"[\s./()-]+")
_ENTRE_NUMEROS = re.compile(r"[/;,|]|\b(?:ou|et|puis)\b", re.IGNORECASE)
_CHIFFRES_D_UN_NUMERO = 8
"""Digits from which what stands before a « / » is a number by itself, and no longer its beginning."""
_SEPARATEURS = re.compile(r"[\n;,]+")
_A_DECIMALES = "0.5"
"""What a form takes that is one of numbers with decimals, and not of codes."""

_DATES = "du {debut} au {fin}"
_DEUX_FRANCAIS = re.compile(r"(?:0[1-9][0-9]{8}){2,}", re.ASCII)
_FRANCAIS = re.compile(r"(\+33|0)([1-9])([0-9]{8})", re.ASCII)


def lire(champ: Champ, texte: str) -> str:
    """Give the value that a text says: canonical where it is understood, else the text in its normal form."""
    return _lire_court(champ, texte) if len(texte) <= COURT else _lire(champ, texte)


def _lire(champ: Champ, texte: str) -> str:
    plusieurs = champ.multiligne or champ.nature is Nature.CHOIX_MULTIPLES
    normal = normaliser_valeur(texte if plusieurs else sur_une_ligne(texte))
    if champ.nature is Nature.TEXTE:
        return _texte(champ, normal)
    visible = _visible(normal)
    if not visible:
        return ""
    if champ.nature is Nature.CHOIX_MULTIPLES:
        return _plusieurs_choix(champ, visible)
    if champ.plusieurs > 1:
        lignes = [_visible(ligne) for ligne in _SEPARATEURS.split(visible)]
        return "\n".join(dict.fromkeys(_une(champ, ligne) for ligne in lignes if ligne))
    return _une(champ, visible)


# A file says the same codes, dates and addresses thousands of times.
_lire_court = lru_cache(maxsize=8_192)(_lire)


def montrer(champ: Champ, valeur: str) -> str:
    """Give a value as a person reads and types it: « 05/01/2027 », « 1 200,50 », « Sur dossier »."""
    if champ.nature is Nature.CHOIX_MULTIPLES or champ.plusieurs > 1:
        return "\n".join(_montrer_une(champ, ligne) for ligne in valeur.split("\n"))
    return _montrer_une(champ, valeur)


def montrer_en_ligne(champ: Champ, valeur: str) -> str:
    """Give a value as a sentence says it: several one after the other, an amount with its unit."""
    if champ.nature is Nature.CHOIX_MULTIPLES or champ.plusieurs > 1:
        return ", ".join(filter(None, montrer(champ, valeur).split("\n")))
    return montrer_avec_unite(champ, valeur)


def montrer_dates(debut: str, fin: str) -> str:
    """Write the dates of a session in letters; what is no date is as it was typed, and empty when there is none."""
    if not debut and not fin:
        return ""
    return dire(_DATES, debut=_en_lettres(debut), fin=_en_lettres(fin))


def _en_lettres(valeur: str) -> str:
    lu = comme_date(valeur)
    return date_longue(lu) if lu is not None else valeur or "…"


def comme_date(valeur: str) -> date | None:
    """Give the day of a canonical date; None for anything else, an empty text included."""
    return _jour_canonique(valeur) if len(valeur) <= _LONGUEUR_D_UN_JOUR else None


@lru_cache(maxsize=4096)
def _jour_canonique(valeur: str) -> date | None:
    lu = _ISO.fullmatch(valeur)
    return None if lu is None or "-" not in valeur else _jour(*lu.groups())


def lire_jour(texte: str) -> date | None:
    """Read a day as people or a spreadsheet write it, whatever the field; None when it is none."""
    canonique = _date(_visible(normaliser(sur_une_ligne(texte))))
    return None if canonique is None else date.fromisoformat(canonique)


def comme_entier(valeur: str) -> int | None:
    """Give the number of a canonical integer; None for anything else."""
    return int(valeur) if ENTIER.fullmatch(valeur) else None


def comme_montant(valeur: str) -> Decimal | None:
    """Give the amount, in euros, of a canonical amount; None for anything else."""
    return Decimal(valeur) if MONTANT.fullmatch(valeur) else None


def comme_id(valeur: str) -> UUID | None:
    """Give the id that a reference says; None for anything else, an empty text included."""
    try:
        return UUID(valeur)
    except ValueError:
        return None


def de_montant(montant: Decimal) -> str:
    """Give the canonical form of an amount that has at most two decimals."""
    return f"{montant:.2f}"


def _visible(texte: str) -> str:
    """Give a text as codes and numbers are read: plain digits and spaces, nothing around, nothing invisible."""
    plat = unicodedata.normalize("NFKC", texte)
    return "\n".join(
        " ".join("".join(c for c in ligne if unicodedata.category(c) != "Cf").split()) for ligne in plat.split("\n")
    ).strip()


def _texte(champ: Champ, texte: str) -> str:
    if champ.nom == "numero":
        return texte.strip()
    if champ.motif is None:
        return texte
    compact = _visible(texte).upper()
    if champ.suggestions is not None:
        sien = sans_accents(compact)
        return next((code for code, libelle in champ.suggestions.items() if sans_accents(libelle) == sien), compact)
    lu = compact.replace(",", ".")
    # « 31 000 » is one code, « 1 44 » no number of degrees: two numbers never become one.
    if champ.motif.fullmatch(_A_DECIMALES) is None:
        lu = lu.replace(" ", "")
    return lu if champ.motif.fullmatch(lu) else texte.strip()


def _une(champ: Champ, texte: str) -> str:
    lecteur = _LECTEURS.get(champ.nature)
    lu = None if lecteur is None else lecteur(texte)
    if lu is None and champ.choix is not None:
        lu = _choix(champ.choix, texte)
    return texte if lu is None else lu


def _choix(choix: Mapping[str, str], texte: str) -> str | None:
    if texte.upper() in choix:
        return texte.upper()
    dit = sans_accents(texte)
    for code, libelle in choix.items():
        if texte == code or sans_accents(libelle) == dit:
            return code
    # A rate is written 20, 20 %, 5,5.
    nombre = texte.removesuffix("%").strip().replace(",", ".")
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})?", nombre, re.ASCII):
        return next((c for c in choix if "." in c and Decimal(c) == Decimal(nombre)), None)
    return None


def _plusieurs_choix(champ: Champ, texte: str) -> str:
    lus = dict.fromkeys(_une(champ, mot.strip()) for mot in _SEPARATEURS.split(texte) if mot.strip())
    connus = [code for code in champ.choix or () if code in lus]
    return "\n".join([*connus, *(mot for mot in lus if mot not in connus)])


def _entier(texte: str) -> str | None:
    lu = _HEURES.fullmatch(texte)
    return None if lu is None else str(int(lu[1].replace(" ", "")))


def _date(texte: str) -> str | None:
    jour = None
    if lu := _ISO.fullmatch(texte):
        jour = _jour(*lu.groups())
    elif lu := _JOUR_MOIS_AN.fullmatch(texte):
        annee = lu[3] if len(lu[3]) > 2 else str(_SIECLE + int(lu[3]))  # noqa: PLR2004 - a year without its century
        jour = _jour(annee, lu[2], lu[1])
    elif lu := _EN_LETTRES.fullmatch(sans_accents(texte)):
        jour = _jour(lu[3], str(_MOIS.get(lu[2], 0)), lu[1])
    return None if jour is None else jour.isoformat()


@lru_cache(maxsize=4096)  # A catalogue says the same days again and again.
def _jour(annee: str, mois: str, jour: str) -> date | None:
    try:
        return date(int(annee), int(mois), int(jour))
    except ValueError:
        return None


def _oui_non(texte: str) -> str | None:
    mot = texte.casefold()
    return OUI if mot in _OUI else NON if mot in _NON else None


def deux_telephones(texte: str) -> bool:
    """Say whether a text holds more than one number, or one and an extension: the portal's field takes one."""
    parts = [re.sub(r"[^0-9]", "", part) for part in _ENTRE_NUMEROS.split(unir_tirets(texte))]
    nombres = [len(part) for part in parts if part]
    return sum(nombres) > CHIFFRES_D_UN_TELEPHONE or (len(nombres) > 1 and nombres[0] >= _CHIFFRES_D_UN_NUMERO)


def chiffres_de_trop(texte: str) -> int:
    """Count the digits of a text that is one number, too long; 0 for what is no longer, or two numbers."""
    plat = unir_tirets(texte)
    chiffres = re.sub(r"[^0-9]", "", plat)
    trop = len(chiffres) > CHIFFRES_D_UN_TELEPHONE
    deux = plat.count("+") > 1 or _ENTRE_NUMEROS.search(plat) or _DEUX_FRANCAIS.fullmatch(chiffres)
    return len(chiffres) if trop and not deux else 0


def _telephone(texte: str) -> str | None:
    if deux_telephones(texte):
        return None
    plat = unir_tirets(texte)
    compact = _ENTRE_CHIFFRES.sub("", plat.replace("(0)", "") if plat.startswith("+") else plat)
    return compact if TELEPHONE.fullmatch(compact) else None


def _courriel(texte: str) -> str:
    adresse = texte.removeprefix("mailto:").strip()
    # As it is copied from a message: « <inscription@exemple.fr> ».
    return adresse[1:-1].strip() if adresse.startswith("<") and adresse.endswith(">") else adresse


def _reference(texte: str) -> str | None:
    lu = comme_id(texte)
    return None if lu is None else str(lu)


_LECTEURS: dict[Nature, Callable[[str], str | None]] = {
    Nature.ENTIER: _entier,
    Nature.MONTANT: lire_montant,
    Nature.DATE: _date,
    Nature.OUI_NON: _oui_non,
    Nature.TELEPHONE: _telephone,
    Nature.COURRIEL: _courriel,
    Nature.CONTACT: _reference,
    Nature.LIEU: _reference,
}


def _montrer_une(champ: Champ, valeur: str) -> str:
    if champ.choix is not None:
        return champ.choix.get(valeur, f"code inconnu ({valeur})" if valeur else "")
    if champ.nature is Nature.DATE:
        jour = comme_date(valeur)
        return valeur if jour is None else f"{jour:%d/%m/}{jour.year:04}"
    if champ.nature is Nature.MONTANT:
        return dire_montant(valeur)
    if champ.nature is Nature.TELEPHONE:
        return dire_telephone(valeur)
    return dire_entier(valeur) if champ.nature is Nature.ENTIER else valeur


def montrer_avec_unite(champ: Champ, valeur: str) -> str:
    """Give a value as `montrer` does, an amount with its currency: where nothing beside it says it."""
    montree = montrer(champ, valeur)
    if champ.nature is not Nature.MONTANT or comme_montant(valeur) is None:
        return montree
    return f"{montree}{ESPACE_INSECABLE}€"


def dire_montant(valeur: str) -> str:
    """Give a canonical amount as French writes it, « 1 200,50 »; anything else as it is."""
    montant = comme_montant(valeur)
    return valeur if montant is None else montrer_montant(montant)


def dire_entier(valeur: str) -> str:
    """Give a canonical integer as French writes it, « 10 000 »; anything else as it is."""
    nombre = comme_entier(valeur)
    return valeur if nombre is None else f"{nombre:,}".replace(",", ESPACE_INSECABLE)


def dire_telephone(valeur: str) -> str:
    """Give a French number by pairs, « 05 61 00 00 00 »; anything else as it is."""
    lu = _FRANCAIS.fullmatch(valeur)
    if lu is None:
        return valeur
    paires = [lu[3][i : i + 2] for i in range(0, 8, 2)]
    debut = f"0{lu[2]}" if lu[1] == "0" else f"+33{ESPACE_INSECABLE}{lu[2]}"
    return ESPACE_INSECABLE.join([debut, *paires])
