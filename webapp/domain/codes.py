"""How the code of a certification is read, as people write it, and what is said of one that cannot be used.

Sources: guide step 2 (the types of code); France compétences' open data for their form.
"""

import re
import unicodedata
from datetime import date

from webapp.domain.dates import date_longue
from webapp.domain.nomenclatures import CODES_CPF, PERMIS_SANS_CODE, TypeCode
from webapp.domain.refus import RefusMetier
from webapp.domain.textes import couper, dire, fr, unir_tirets


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
_COMPACT = re.compile(r"([A-Z]*)0*([0-9]{1,6})")
# A code wherever it stands in a line: a heading, a sentence, an address of the public page; then what makes of it the
# code of a bloc, or the number of another code.
_NUMERO = r"(?:N(?:UM[EÉ]RO|O|[°º.])? ?)?"
_ECRIT = re.compile(
    rf"(?<![^\W_])(RNCP|RS|CPF)[ :/._-]*{_NUMERO}[:._-]? ?0*([0-9]{{1,3}} [0-9]{{3}}|[0-9]{{1,6}})(?![0-9])"
    r"(?:([ :/._-]*BC ?[0-9]+)|((?: ?(?:[,;/+&]|ET|OU) ?| )[0-9]{3,6}(?= *(?:\Z|[,;/+&]|ET |OU )))"
    r"|(?=\Z|[ :/.,;)\]?#»\"-](?![0-9])))"
)
_SEUL = re.compile(rf"{_NUMERO}:? ?0*([0-9]{{1,6}})[/.:;,]*")
_CITATION_MAX = 80


def lire_code(type_code: TypeCode | None, saisie: str) -> str:
    """Read a code as people write it: « RS2203 », « rs 2203 », « 2203 », « RNCP n° 37674 », a heading, an address.

    In: the « Type de code » chosen, None when none is: the prefix then decides. What was copied may say more than the
    code (« RNCP37674 - Titre »), provided it names one certification. Out: the full code, prefix included (« RS2203 »);
    for Certif Info the number alone. Raises CodeRefuse with a French sentence when nothing was given, when it is not a
    number of at most 6 digits, when it names several certifications, when nothing says of which type it is, and, with
    the code as it is written, when it is a bloc of that certification or its prefix contradicts the type chosen.
    """
    # What cannot be seen comes along with a code that is copied from a page.
    visible = "".join(c for c in unicodedata.normalize("NFKC", saisie) if unicodedata.category(c) != "Cf")
    lisible = " ".join(unir_tirets(visible).split()).upper()
    if not lisible.strip("- "):
        raise CodeRefuse(fr("Saisissez le code de la certification."))
    compact = _COMPACT.fullmatch(lisible.replace(" ", "").replace("-", ""))
    if compact is not None and compact[1] in {"", *_TYPES}:
        prefixe, numero = compact.groups()
    else:
        prefixe, numero = _lire_ecrit(lisible, saisie) or _lire_numero(type_code, lisible, saisie)
    ecrit = _TYPES.get(prefixe)
    if type_code is None and ecrit is None:
        raise CodeRefuse("Choisissez un type de code.")
    if ecrit is not None and type_code not in {None, ecrit}:
        modele = "« {saisie} » est un code {type} : choisissez ce type de code."
        raise CodeRefuse(dire(modele, saisie=_citer(saisie), type=ecrit.complement), prefixe + numero)
    return (prefixe or _PREFIXES.get(type_code, "")) + numero


def _lire_ecrit(lisible: str, saisie: str) -> tuple[str, str] | None:
    """Read the one code that is written with its prefix; None when there is none. Raises CodeRefuse (bloc, several)."""
    ecrits = list(_ECRIT.finditer(lisible))
    codes = dict.fromkeys((lu[1], lu[2].replace(" ", "")) for lu in ecrits)
    if len(codes) > 1 or any(lu[4] for lu in ecrits):
        modele = "« {saisie} » contient plusieurs codes : saisissez celui d'une seule certification."
        raise CodeRefuse(dire(modele, saisie=_citer(saisie)))
    if any(lu[3] for lu in ecrits):
        code = "".join(*codes)
        modele = "« {saisie} » est un bloc de compétences : saisissez le code de sa certification, {code}."
        raise CodeRefuse(dire(modele, saisie=_citer(saisie), code=code), code)
    return next(iter(codes), None)


def _lire_numero(type_code: TypeCode | None, lisible: str, saisie: str) -> tuple[str, str]:
    """Read a number written without a prefix, as if the type chosen had written its own. Raises CodeRefuse."""
    if seul := _SEUL.fullmatch(lisible):
        return "", seul[1]
    ecrit = _lire_ecrit(_PREFIXES.get(type_code, "") + lisible, saisie)
    if ecrit is None:
        raise _illisible(type_code, saisie)
    return ecrit


def _citer(saisie: str) -> str:
    """Give what was typed as it is quoted: a page that was copied whole is not said again whole."""
    return couper(saisie.strip(), _CITATION_MAX)


def type_du_code(code: str) -> TypeCode:
    """Give the type of a code that `lire_code` gave."""
    return _TYPES.get(code.rstrip("0123456789"), TypeCode.CERTIF_INFO)


def _illisible(type_code: TypeCode | None, saisie: str) -> CodeRefuse:
    if type_code is None:
        modele = "« {saisie} » n'est pas un code : saisissez par exemple RS2203 ou RNCP37674."
        return CodeRefuse(dire(modele, saisie=_citer(saisie)))
    modele = "« {saisie} » n'est pas un code {type} : saisissez par exemple {exemple}."
    return CodeRefuse(dire(modele, saisie=_citer(saisie), type=type_code.complement, exemple=_EXEMPLES[type_code]))


def permis_sans_code(texte: str, le: date) -> str:
    """Say of a text that names a category of licence open at a date, and has no code here, that it cannot be chosen.

    Empty of any other text.
    """
    mots = {*texte.upper().split()}
    nomme = next((nom for nom, depuis in PERMIS_SANS_CODE.items() if nom in mots and depuis <= le), None)
    if nomme is None or mots - {nomme, "PERMIS", "CATÉGORIE", "CATEGORIE"}:
        return ""
    return dire_sans_code(nomme, PERMIS_SANS_CODE[nomme])


def dire_sans_code(categorie: str, depuis: date) -> str:
    """Say that a category of licence cannot be chosen, and why."""
    return fr(
        f"La catégorie {categorie}, ouverte depuis le {date_longue(depuis)}, ne se choisit pas ici : son code n'est "
        "pas connu de ce registre."
    )


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
