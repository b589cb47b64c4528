"""The phrase book: every sentence that a scenario may say, as the steps publish it. Read once, then searched.

`publie/phrases.json` is written by the acceptance suite and committed; a test says when it is stale. What a sentence
does stands in the steps, which this product does not know: here it is only shown, recognised and compared.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from steps.gherkin.attendus import Table
from steps.gherkin.typographie import aplanir
from webapp.domain.textes import fr, sans_accents
from webapp.mode_emploi.guide import Pas

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIE = Path(__file__).resolve().parent / "publie" / "phrases.json"
GUILLEMETS, NOMBRE = "guillemets", "nombre"
RECHERCHE_MAX = 200

_PARAMETRE = re.compile(r"\{(\w+)(?::\w+)?\}")
_PLACE = re.compile(r"<[^<>]+>")


@dataclass(frozen=True)
class Parametre:
    """One parameter of a sentence. `valeurs`: all that it may be; `vues`: what the features give it most often.

    `nom` is that of code, `libelle` that of French.
    """

    nom: str
    libelle: str
    forme: str
    sens: str
    valeurs: tuple[str, ...] = ()
    vues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Emploi:
    """A scenario that says the sentence, and the lines where it does."""

    scenario: str
    lignes: tuple[int, ...]


@dataclass(frozen=True)
class Emplois:
    """The scenarios of one feature that say the sentence."""

    fichier: str
    fonctionnalite: str
    emplois: tuple[Emploi, ...]


@dataclass(frozen=True)
class Phrase:
    """One sentence. `texte` is plain, parameters in braces; `mots` are the keywords under which it is known.

    `dessous` says what must stand under the step: « table », « texte » or nothing.
    """

    texte: str
    ancre: str
    mots: tuple[str, ...]
    sens: str
    parametres: tuple[Parametre, ...]
    dessous: str
    exemple: Pas | None
    emplois: tuple[Emplois, ...]
    nombre_emplois: int
    motif: str
    table: Table | None = None
    """The shape of the table that must stand under the step, when that is said."""

    @cached_property
    def litteraux(self) -> tuple[str, ...]:
        """What stands around the parameters: one more than there are of them."""
        return tuple(_PARAMETRE.split(self.texte)[::2])

    @cached_property
    def morceaux(self) -> tuple[tuple[str, bool], ...]:
        """The sentence typeset, piece by piece; the flag says which pieces are the names of parameters."""
        noms = [*(parametre.libelle for parametre in self.parametres), ""]
        pieces = [(fr(litteral), False) for litteral in self.litteraux]
        suite = [piece for paire in zip(pieces, [(nom, True) for nom in noms], strict=True) for piece in paire]
        return tuple(piece for piece in suite if piece[0])

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        # Made when first needed: all of them would take a tenth of a second.
        return re.compile(self.motif, re.DOTALL)

    def lire(self, plat: str, tape: str) -> dict[str, str] | None:
        """Give the value of each parameter in a step, as typed; None when the step is another sentence.

        In: the step as `aplanir` gives it, and as `composer` does; both have the same length.
        """
        if not plat.startswith(self._debut):
            return None
        lu = self._expression.fullmatch(plat)
        if lu is None:
            return None
        return {p.nom: tape[slice(*lu.span(p.nom))] if lu[p.nom] else "" for p in self.parametres}

    @cached_property
    def _debut(self) -> str:
        # « « » » alone stands for the empty value: the space inside is not always there.
        return self.litteraux[0].removesuffix(" ")

    @cached_property
    def cherchable(self) -> str:
        """Everything that a search looks in, without case nor accents."""
        explications = [texte for p in self.parametres for texte in (p.sens, *p.valeurs)]
        return plier(" ".join((self.texte, self.sens, *self.mots, *explications)))


@dataclass(frozen=True)
class Chapitre:
    """What sentences have in common: a title, a line on what they are for."""

    nom: str
    titre: str
    texte: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class Livre:
    """The whole book."""

    chapitres: tuple[Chapitre, ...]

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Every sentence, in the order of the book."""
        return tuple(phrase for chapitre in self.chapitres for phrase in chapitre.phrases)

    def chercher(self, recherche: str) -> tuple[Chapitre, ...]:
        """Give the chapters with the sentences that hold every word searched for, or that a whole step says."""
        recherche = recherche[:RECHERCHE_MAX]
        mots = plier(recherche).split()
        plat = aplanir(recherche.strip())

        def convient(phrase: Phrase) -> bool:
            return all(mot in phrase.cherchable for mot in mots) or phrase.lire(plat, plat) is not None

        choisis = [(c, tuple(p for p in c.phrases if convient(p))) for c in self.chapitres]
        return tuple(Chapitre(c.nom, c.titre, c.texte, phrases) for c, phrases in choisis if phrases)


def plier(texte: str) -> str:
    """Give the form in which words are searched: no case, no accent, plain apostrophes and spaces."""
    return sans_accents(aplanir(texte))


@cache
def livre(chemin: Path = PUBLIE) -> Livre:
    """Read the book; once in the life of the process."""
    publie = json.loads(chemin.read_text("utf-8"))
    titres = {f["fichier"]: _Titres(f) for f in publie["fonctionnalites"]}

    def chapitre(lu: Mapping[str, Any]) -> Chapitre:
        phrases = tuple(_phrase(p, publie["formes"], titres) for p in lu["phrases"])
        return Chapitre(lu["nom"], fr(lu["titre"]), fr(lu["texte"]), phrases)

    return Livre(tuple(map(chapitre, publie["chapitres"])))


class _Titres:
    """The title of a feature, and that of the scenario of any of its lines."""

    def __init__(self, fonctionnalite: Mapping[str, Any]) -> None:
        self.titre = _titre(fonctionnalite["titre"])
        self._debuts = [int(ligne) for ligne in fonctionnalite["scenarios"]]
        self._scenarios = [_titre(titre) for titre in fonctionnalite["scenarios"].values()]

    def scenario(self, ligne: int) -> str:
        return self._scenarios[bisect_right(self._debuts, ligne) - 1]


def _titre(texte: str) -> str:
    """Typeset a title; what each example puts in place of <name> is left open."""
    return fr(_PLACE.sub("…", texte))


def _phrase(lue: Mapping[str, Any], formes: Mapping[str, str], titres: Mapping[str, _Titres]) -> Phrase:
    parametres = tuple(map(_parametre, lue["parametres"]))
    return Phrase(
        texte=lue["phrase"],
        ancre=lue["ancre"],
        mots=tuple(lue["mots"]),
        sens=fr(lue["sens"]),
        parametres=parametres,
        dessous=lue.get("dessous", ""),
        exemple=_exemple(lue["exemple"]) if "exemple" in lue else None,
        emplois=_emplois(lue["emplois"], titres),
        nombre_emplois=len(lue["emplois"]),
        motif=_motif(lue["phrase"], parametres, formes),
        table=_table(lue["table"]) if "table" in lue else None,
    )


def _table(lue: Mapping[str, Any]) -> Table:
    listes = {nom: tuple(lue[nom]) for nom in ("titres", "exiges") if nom in lue}
    valeurs = {titre: tuple(permises) for titre, permises in lue.get("valeurs", {}).items()}
    return Table(**{**lue, **listes, "valeurs": valeurs})


def _parametre(lu: Mapping[str, Any]) -> Parametre:
    valeurs, vues = (tuple(map(fr, lu.get(liste, ()))) for liste in ("valeurs", "vues"))
    return Parametre(lu["nom"], lu["libelle"], lu["forme"], fr(lu["sens"]), valeurs, vues)


def _exemple(lu: Mapping[str, Any]) -> Pas:
    mot = fr(lu["mot"])
    table = tuple(tuple(fr(cellule) for cellule in rangee) for rangee in lu.get("table", ()))
    return Pas(mot if mot.endswith("’") else f"{mot} ", fr(lu["texte"]), fr(lu.get("bloc", "")), table)


def _emplois(lus: list[str], titres: Mapping[str, _Titres]) -> tuple[Emplois, ...]:
    """Group places such as « regles/catalogue.feature:13 » by feature, then by scenario, in their order."""
    groupes: dict[str, dict[str, list[int]]] = {}
    for lu in lus:
        fichier, _, numero = lu.rpartition(":")
        ligne = int(numero)
        groupes.setdefault(fichier, {}).setdefault(titres[fichier].scenario(ligne), []).append(ligne)
    return tuple(
        Emplois(fichier, titres[fichier].titre, tuple(Emploi(s, tuple(lignes)) for s, lignes in scenarios.items()))
        for fichier, scenarios in groupes.items()
    )


def _motif(texte: str, parametres: tuple[Parametre, ...], formes: Mapping[str, str]) -> str:
    """Give the expression of a sentence, its values in the forms that the steps publish.

    Around a quoted value, « « » » alone stands for the empty text.
    """
    litteraux = _PARAMETRE.split(texte)[::2]
    motif = ""
    for rang, parametre in enumerate(parametres):
        valeur = f"(?P<{parametre.nom}>{formes[parametre.forme]})"
        if parametre.forme == GUILLEMETS:
            litteraux[rang] = litteraux[rang].removesuffix(" ")
            litteraux[rang + 1] = litteraux[rang + 1].removeprefix(" »")
            valeur = f"(?: {valeur})? »"
        motif += re.escape(litteraux[rang]) + valeur
    return motif + re.escape(litteraux[-1])
