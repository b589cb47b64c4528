"""How an amount of money is read, and what is wrong with a text that is none."""

import re
from decimal import Decimal

from webapp.domain.textes import ESPACE_INSECABLE, dire, fr, unir_tirets

MONTANT_MAX = Decimal("9999999999.99")
"""Euros. Ten digits and two decimals: `frais-anpec` of the import specification, taken for every price."""

_CHIFFRES_MAX = 10
_DEVISE = r"(?:€|euros?|eur)\.?"
_DEVISE_AUTOUR = re.compile(rf"\s*{_DEVISE}\s*\Z|\A\s*{_DEVISE}\s*", re.IGNORECASE)
_DEVISE_AU_MILIEU = re.compile(rf"(-? ?[0-9][0-9 .]*?) ?{_DEVISE} ?([0-9]{{2}})", re.IGNORECASE | re.ASCII)
_CHIFFRES = re.compile(r"[0-9][0-9 .,]*", re.ASCII)
_GROUPES = re.compile(r"[0-9]{1,3}(?:([ .,])[0-9]{3})(?:\1[0-9]{3})*", re.ASCII)
_DE_DEUX_FACONS = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{2})[0-9]", re.ASCII)
_TROP_DE_DECIMALES = re.compile(r"([0-9][0-9 .,]*[.,][0-9]{2})[0-9]+", re.ASCII)


def lire_montant(texte: str) -> str | None:
    """Give the canonical form of an amount, « 1200.50 »; None for a text that is none, or one beyond MONTANT_MAX."""
    lu = _chiffres(texte)
    return None if lu is None or len(lu[0]) > _CHIFFRES_MAX else f"{lu[0]}.{lu[1]:0<2}"


def montant_trop_grand(texte: str) -> bool:
    """Say whether a text is an amount, and a larger one than MONTANT_MAX."""
    lu = _chiffres(texte)
    return lu is not None and len(lu[0]) > _CHIFFRES_MAX


def refus_de_montant(texte: str) -> str:
    """Say what is wrong with a text that `lire_montant` does not read, and what to type instead."""
    brut = _sans_devise(unir_tirets(texte))
    if montant_trop_grand(texte):
        return dire("Saisissez un montant de {max} € au plus.", max=montrer_montant(MONTANT_MAX))
    if brut.startswith("-") and _chiffres(brut.removeprefix("-").strip()) is not None:
        return fr("Un montant ne peut pas être négatif : saisissez 0 pour un prix nul.")
    if lu := _DE_DEUX_FACONS.fullmatch(brut):
        milliers = "".join(c for c in brut if c.isdecimal())
        modele = "« {x} » peut se lire de deux façons : saisissez {milliers} ou {centimes}."
        return dire(modele, x=texte, milliers=milliers, centimes=f"{lu[1]},{lu[2]}")
    if (lu := _TROP_DE_DECIMALES.fullmatch(brut)) and _chiffres(lu[1]) is not None:
        return fr("Un montant a deux décimales au plus : saisissez par exemple 1200,50.")
    return fr("Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul.")


def montrer_montant(montant: Decimal) -> str:
    """Write an amount as French does: « 1 200,50 »."""
    return f"{montant:,.2f}".replace(",", ESPACE_INSECABLE).replace(".", ",")


def _sans_devise(texte: str) -> str:
    """Give an amount without its currency: around it, or where its decimal separator would be, « 1200 € 50 »."""
    texte = texte.strip()
    if lu := _DEVISE_AU_MILIEU.fullmatch(texte):
        return f"{lu[1]},{lu[2]}"
    return _DEVISE_AUTOUR.sub("", texte).strip()


def _chiffres(texte: str) -> tuple[str, str] | None:
    """Read an amount: the last of two separators is the decimal one; one alone before three digits could be either.

    Out: its euros and its cents, as digits.
    """
    brut = _sans_devise(texte)
    if _CHIFFRES.fullmatch(brut) is None:
        return None
    decimal = max(brut.rfind(","), brut.rfind("."))
    entiers, centimes = (brut[:decimal], brut[decimal + 1 :]) if decimal >= 0 else (brut, "")
    if decimal >= 0 and len(centimes) == 3 and brut.count(brut[decimal]) > 1:  # noqa: PLR2004 - a group of thousands
        entiers, centimes = brut, ""
    groupes = _GROUPES.fullmatch(entiers)
    if not entiers.isdecimal() and (groupes is None or (decimal >= 0 and centimes and groupes[1] == brut[decimal])):
        return None
    chiffres = re.sub(r"[ .,]", "", entiers).lstrip("0") or "0"
    return (chiffres, centimes) if re.fullmatch(r"[0-9]{0,2}", centimes, re.ASCII) else None
