"""The « compte-rendu d'intégration » of the portal: the codes that are publicly known, and where each is corrected.

The portal's whole list is not public: a code that is not here is kept as it is, and said to be unknown.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from webapp.domain import champs, champs_action, champs_session
from webapp.domain.champs import Champ, Niveau
from webapp.domain.identifiants import LONGUEUR_MAX
from webapp.domain.textes import couper, est_vide, fr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIGNES_MAX = 500
"""Lines of a « compte-rendu » that are told one by one."""

NOMS_PAR_LIGNE = 30
"""Words of one line that are looked for among the numbers of the catalogue."""

ENTETES_MAX = 3
"""Lines without a code, just above one that has one, that may name what it is about."""

AUTOUR = 120
"""Characters around a number, on its line, that say whether it is a code: a text of one line is read as fast."""

NOMBRES_PAR_LIGNE = 500
"""Numbers of one line that are looked at."""

LIGNE_MAX = 2_000
"""Characters at the beginning of a line that are told, and among which are the words that may name an object."""

_CODE = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{4}(?![0-9A-Za-z])")
_COLLE = re.compile(
    r"(?<![^\W_])(?P<sur>ERREURS?|ERR|CODES?)?(?P<e>E)?[-_#]?(?P<code>[1-9][0-9]{4})(?P<suite>[A-Za-z]+[-_]?[0-9]+)?(?![^\W_])",
    re.IGNORECASE,
)
"""A code that something is glued to: what says that it is one, and what it may name (« 30070P4 »)."""
_DIT_AUTRE_CHOSE = re.compile(
    r"\b(?:CP|code\s+postal|postal|INSEE|BP|CS|RNCP|RS|formacode|certif\s?info|NAF|APE)\s*(?:n°|[:=°-])?\s*$",
    re.IGNORECASE,
)
"""What stands before a number that is no code of the portal."""
_UNITE = re.compile(
    r"[.,]\d{1,2}\b|\s+[^\d:;|\t]*\bcedex\b|\s*(?:€|EUR\b|%|(?:euro|heure|caractère|octet|ligne|stagiaire)s?\b|"
    r"(?:offre|formation|action|session)(?:s\b|\(s\)))",
    re.IGNORECASE,
)
"""What stands after a number that counts something (« 30056 action A1 » counts nothing), or after a postal code."""
_VOIE = re.compile(
    r"\b(?:rue|avenue|boulevard|bd|place|allées?|chemin|route|impasse|quai|cours|square|esplanade|faubourg|passage|"
    r"lieu-dit|zone\s+\w+|za|zi|zac|bâtiment|cidex)\s+[^:;|\t)0-9][^:;|\t)]*$",
    re.IGNORECASE,
)
"""What stands before the postal code of an address."""
_COMMUNE = re.compile(r"[\s,]+[^\W\d_]")
_ANNONCE = re.compile(r"\b(?:code|erreur|anomalie|rejet|rejetée?|motif|contrôle)s?\b", re.IGNORECASE)
_CITES = re.compile(r"«([^«»]+)»|\"([^\"]+)\"|“([^”]+)”|\(([^()]+)\)")
_CELLULES = re.compile(r"[;,|\t:]")
_ANNONCEES = re.compile(r"\b(action|session)s?\b(?:\s|n°|numéro|[:=«\"“(])*([^\s;,|:=«»\"“”()]+)", re.IGNORECASE)
_MOTS = {"action": Niveau.ACTION, "session": Niveau.SESSION}
_NUMERO = re.compile(r"(?=\S*[\d_-])(?=\S*[^\W\d])[^\s;,|:]{3,}")
"""A word that no sentence has: a figure or a dash among letters."""
_BORDS = " \t\u00a0\u202f.,;:!?()[]«»\"'“”’"


@dataclass(frozen=True, slots=True)
class CodePortail:
    """One code of the portal: what it means, the field where it is corrected, the rule of ours that foretells it."""

    code: str
    sens: str
    champ: Champ
    regle: str


_LISTE = (
    ("10133", "Deux sessions d'une action ont les mêmes dates.", champs_session.DEBUT, "S02"),
    ("30013", "Le libellé de la voie ou la 5e ligne manque à une adresse en France.", champs_action.LIEU, "A07"),
    ("30017", "Le contact d'information de l'action est incomplet.", champs_action.CONTACT, "A08"),
    ("30020", "Les dates de la session sont dans le mauvais ordre.", champs_session.FIN, "S01"),
    ("30022", "Le contact d'inscription de la session est incomplet.", champs_session.CONTACT_INSCRIPTION, "S06"),
    ("30056", "L'action est identique à une autre de la formation.", champs_action.MODALITES_D_ENSEIGNEMENT, "A09"),
    ("30057", "La durée de l'action diffère de moins de dix heures de celle d'une autre.", champs_action.DUREE, "A10"),
    ("30070", "Un bloc de compétences est donné deux fois.", champs.BLOCS, "F19"),
    ("30077", "Deux offres de VAE ont la même catégorisation.", champs.CATEGORISATION, "F20"),
)  # fmt: skip
CODES: Mapping[str, CodePortail] = MappingProxyType(
    {code: CodePortail(code, fr(sens), champ, regle) for code, sens, champ, regle in _LISTE}
)


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line that bears a code: its number, its text, the code, and the words that may name an object.

    `entetes`: the same words of the lines without a code just above it, in their order, and the numbers of these lines.
    """

    numero: int
    texte: str
    code: str
    noms: tuple[str, ...]
    entetes: tuple[tuple[str, ...], ...] = ()
    lignes_des_entetes: tuple[int, ...] = field(default=(), compare=False)

    @property
    def connu(self) -> CodePortail | None:
        """What is known of its code; None when nothing is."""
        return CODES.get(self.code)

    @property
    def dits(self) -> tuple[tuple[Niveau | None, str], ...]:
        """What is surely a number, were it of an action or a session of any formation, with the level that is said.

        « session S1 », or a word that is no word of a language: « NUM-TLS ».
        """
        annonces = [(_MOTS[mot.lower()], nom.strip(_BORDS)) for mot, nom in _ANNONCEES.findall(self.texte)]
        deja = {nom for _, nom in annonces}
        seuls = [(None, nom) for nom in self.noms if nom not in deja and _NUMERO.fullmatch(nom) and nom != self.code]
        return tuple(dict.fromkeys([*annonces, *seuls]))


def lire(texte: str) -> Iterator[LigneLue]:
    """Give the lines of a « compte-rendu » that bear a code, known ones first within a line; LIGNES_MAX at most."""
    lues = 0
    entetes: deque[tuple[int, str]] = deque(maxlen=ENTETES_MAX)
    for numero, ligne in enumerate(texte.split("\n"), 1):
        trouves = list(dict.fromkeys(_codes(ligne)))
        if not trouves and not est_vide(ligne):
            entetes.append((numero, ligne))
        connus = [code for code in trouves if code in CODES]
        for code in connus or trouves[:1]:
            if lues == LIGNES_MAX:
                return
            lues += 1
            dessus = tuple(_noms(autre) for _, autre in entetes)
            dite = couper(ligne.strip(), LIGNE_MAX)
            yield LigneLue(numero, dite, code, _noms(ligne), dessus, tuple(rang for rang, _ in entetes))
            entetes.clear()


def _codes(ligne: str) -> list[str]:
    """Give the numbers that may be codes; those that something is glued to, where there are no others."""
    return list(_codes_seuls(ligne)) or [code for code, _ in _codes_colles(ligne)]


def _codes_colles(ligne: str) -> Iterator[tuple[str, str]]:
    """Give the codes that « ERR », « E », « CODE » or a name is glued to, each with that name, if any.

    Only what is called an error is one whatever its number: « E41234 » may be the name of anything.
    """
    for trouve in islice(_COLLE.finditer(ligne), NOMBRES_PAR_LIGNE):
        code, suite = trouve["code"], trouve["suite"] or ""
        avant = ligne[max(trouve.start() - AUTOUR, 0) : trouve.start()]
        if _DIT_AUTRE_CHOSE.search(avant) or _UNITE.match(ligne[trouve.end() : trouve.end() + AUTOUR]):
            continue
        if (trouve["sur"] and not suite) or (code in CODES and (trouve["sur"] or trouve["e"] or suite)):
            yield code, suite


def _codes_seuls(ligne: str) -> Iterator[str]:
    """Give the numbers of five figures that may be codes: neither counted, nor named otherwise, nor in an address.

    Where a line says that it gives a code, or where nothing is certain, it is one: better one told too many.
    """
    for trouve in islice(_CODE.finditer(ligne), NOMBRES_PAR_LIGNE):
        avant = ligne[max(trouve.start() - AUTOUR, 0) : trouve.start()]
        apres = ligne[trouve.end() : trouve.end() + AUTOUR]
        if _DIT_AUTRE_CHOSE.search(avant) or _UNITE.match(apres):
            continue
        if trouve.group() not in CODES and _VOIE.search(avant) and _COMMUNE.match(apres) and not _ANNONCE.search(avant):
            continue
        yield trouve.group()


def _noms(ligne: str) -> tuple[str, ...]:
    """Give what may be the number of an object: what is quoted, the cells of a table, then single words."""
    ligne = ligne[:LIGNE_MAX]
    cites = ["".join(groupes) for groupes in _CITES.findall(ligne)]
    colles = [suite for _, suite in _codes_colles(ligne) if suite]
    candidats = [*cites, *_CELLULES.split(ligne), *ligne.split(), *colles]
    nets = (candidat.strip(_BORDS) for candidat in candidats)
    return tuple(dict.fromkeys(net for net in nets if 0 < len(net) <= LONGUEUR_MAX))[:NOMS_PAR_LIGNE]
