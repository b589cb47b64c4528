"""How the code of a certification is read, as people write it, and what is said of one that cannot be used.

Sources: guide step 2 (the types of code); France compétences' open data for their form.
"""

import re
import unicodedata

from webapp.domain.nomenclatures import CODES_CPF, TypeCode
from webapp.domain.refus import RefusMetier
from webapp.domain.textes import dire, fr


class CodeRefuse(RefusMetier):
    """A code of certification that cannot be used, and the French sentence that says why."""

    def __init__(self, message: str, code_ecrit: str = "") -> None:
        """Keep the sentence, and the code that was written when it is one of another type than the one chosen."""
        super().__init__(message)
        self.code_ecrit = code_ecrit


_PREFIXES: dict[TypeCode | None, str] = {
    TypeCode.RS: "RS",
    TypeCode.RNCP: "RNCP",
    TypeCode.CPF: "CPF",
    TypeCode.CERTIF_INFO: "",
}
_TYPES = {prefixe: type_code for type_code, prefixe in _PREFIXES.items() if type_code and prefixe}
_EXEMPLES = {TypeCode.RS: "2203 ou RS2203", TypeCode.RNCP: "37674 ou RNCP37674", TypeCode.CPF: "202 ou CPF202",
             TypeCode.CERTIF_INFO: "84482"}  # fmt: skip
_CODE = re.compile(r"([A-Z]*)0*([0-9]{1,6})")


def lire_code(type_code: TypeCode | None, saisie: str) -> str:
    """Read a code as people write it: « RS2203 », « rs 2203 », « 2203 », full-width digits, spaces.

    In: the « Type de code » chosen, None when none is: the prefix then decides. Out: the full code, prefix included
    (« RS2203 »); for Certif Info the number alone. Raises CodeRefuse with a French sentence when nothing was given,
    when it is not a number of at most 6 digits, when nothing says of which type it is, or when its prefix contradicts
    the type chosen: the refusal then carries the code as its prefix reads it.
    """
    # What cannot be seen comes along with a code that is copied from a page.
    visible = (c for c in unicodedata.normalize("NFKC", saisie) if unicodedata.category(c) != "Cf")
    compact = "".join("".join(visible).split()).upper().replace("-", "")
    if not compact:
        raise CodeRefuse(fr("Saisissez le code de la certification."))
    lu = _CODE.fullmatch(compact)
    if lu is None or lu[1] not in {"", *_TYPES}:
        raise _illisible(type_code, saisie)
    prefixe, numero = lu.groups()
    ecrit = _TYPES.get(prefixe)
    if type_code is None and ecrit is None:
        raise CodeRefuse("Choisissez un type de code.")
    if ecrit is not None and type_code not in {None, ecrit}:
        modele = "« {saisie} » est un code {type} : choisissez ce type de code."
        raise CodeRefuse(dire(modele, saisie=saisie.strip(), type=ecrit.complement), prefixe + numero)
    return (prefixe or _PREFIXES.get(type_code, "")) + numero


def type_du_code(code: str) -> TypeCode:
    """Give the type of a code that `lire_code` gave."""
    return _TYPES.get(code.rstrip("0123456789"), TypeCode.CERTIF_INFO)


def _illisible(type_code: TypeCode | None, saisie: str) -> CodeRefuse:
    if type_code is None:
        modele = "« {saisie} » n'est pas un code : saisissez par exemple RS2203 ou RNCP37674."
        return CodeRefuse(dire(modele, saisie=saisie.strip()))
    modele = "« {saisie} » n'est pas un code {type} : saisissez par exemple {exemple}."
    return CodeRefuse(dire(modele, saisie=saisie.strip(), type=type_code.complement, exemple=_EXEMPLES[type_code]))


def avis_cpf(code: str) -> str:
    """Give the sentence for a CPF code, which names a kind of action and not a certification."""
    if code in CODES_CPF:
        libelle, type_formation = CODES_CPF[code]
        return fr(
            f"Le code {code} désigne « {libelle} » : choisissez le type de formation « {type_formation.libelle} »."
        )
    return code_inconnu(code)


def code_inconnu(code: str) -> str:
    """Give the sentence for a code that the local registry does not hold.

    A Certif Info code, the number alone, is also one that the official XML file no longer takes.
    """
    if code.isdecimal():
        return fr(
            f"Le code Certif Info {code} est inconnu du registre local, et le fichier XML officiel n'accepte plus ces "
            "codes : saisissez le code RNCP ou RS de la certification."
        )
    return fr(f"Le code {code} est inconnu du registre local. Vérifiez le type de code et le numéro.")
