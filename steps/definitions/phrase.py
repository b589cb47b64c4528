"""The parser of a step's sentence: `@when(phrase("je vérifie l'identifiant « {identifiant} »"))`.

A sentence is French text with parameters in braces. Both the sentence of the code and the sentence of the feature are
read in their plain form (NFC, ordinary spaces, straight apostrophes), so that an invisible U+00A0 never makes a step
unknown. It knows Gherkin's words only to refuse a sentence that could never be reached.

Values
    `« {x} »`  any text, the empty one included (`« »` or `«  »`). Exactly one space on each side belongs to the
               guillemets; the rest is the value, outer spaces included. Inside, « … » may be nested, as long as they
               are paired; a guillemet without its inner space (`a»b`) is a plain character. So a value never runs
               over into the next « … »: one sentence has one reading.
    `{x}`      outside guillemets: at least one character, no outer space, no guillemet.
    `{n:d}`    an integer, given as `int`; `{x:mot}` one word without space.

A value is given to the step in NFC and otherwise as it was typed in the feature: its apostrophes and spaces are not
touched, since they may be what the scenario is about. Compare it to a screen with
`steps.gherkin.typographie.aplanir` on both.

What the sentence means, in French, is said beside it: the phrase book (`steps.verifier.recueil`) has no other source.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pytest_bdd.parsers import StepParser

from steps.gherkin.attendus import Table, refus_de_parametre
from steps.gherkin.typographie import aplanir, composer, dire

NOMS_RESERVES = frozenset({"datatable", "docstring", "request"})

_PARAMETRE = re.compile(r"\{(?P<nom>\w+)(?::(?P<forme>\w+))?\}")
_ACCOLADE = re.compile(r"[{}]")
_HORS_D_ATTEINTE = re.compile(
    r"(?:que |qu'|étant donné|quand |lorsqu|soit |sachant |alors |donc |et |mais )", re.IGNORECASE
)


class PhraseImpossible(ValueError):  # noqa: N818 - it reads as a sentence
    """A sentence that cannot be a step: the message says, in French, what is wrong with it."""


@dataclass(frozen=True)
class Forme:
    """How the value of a parameter is written, how it is read, and one value that shows it."""

    motif: str
    lire: Callable[[str], object]
    exemple: str


@dataclass(frozen=True)
class Parametre:
    """One parameter of a sentence; `sens` and `valeurs` (all that it may be) are for the phrase book."""

    nom: str
    forme: str
    cite: bool
    sens: str = ""
    valeurs: tuple[str, ...] = ()


def _apparies(profondeur: int) -> str:
    """Return the expression of a text whose dressed « … » are paired, nested `profondeur` times at most."""
    signe_simple = r"[^«»]|«(?! )|(?<! )»"
    if profondeur == 0:
        return f"(?:{signe_simple})*"
    return f"(?:{signe_simple}|«(?: {_apparies(profondeur - 1)})? »)*"


CITEE = Forme(_apparies(2), str, "valeur")
FORMES = {
    "": Forme(r"[^\s«»](?:[^«»]*?[^\s«»])?", str, "valeur"),
    "d": Forme(r"[+-]?[0-9]+", int, "7"),
    "mot": Forme(r"[^\s«»]+", str, "mot"),
}


@dataclass(frozen=True)
class _Patron:
    """A sentence cut at its parameters: `len(litteraux) == len(parametres) + 1`."""

    litteraux: tuple[str, ...]
    parametres: tuple[Parametre, ...] = field(default=())

    def morceaux(self) -> Iterator[tuple[str, Parametre | None]]:
        """Yield each literal with the parameter that follows it (none after the last)."""
        yield from zip(self.litteraux, (*self.parametres, None), strict=True)


class Phrase(StepParser):
    """A sentence of the phrase book.

    `name` is the sentence itself in plain form, `sens` what it means, `parametres` its parameters in order, `table` the
    shape of the table below it, `moule` the sentence with the names of its parameters erased: two sentences of one
    shape are one sentence.
    """

    def __init__(
        self,
        texte: str,
        sens: str = "",
        precisions: Mapping[str, str | Iterable[str]] | None = None,
        table: Table | None = None,
    ) -> None:
        """Read `texte`; raise PhraseImpossible if it is no sentence of a step, or lacks a parameter of `precisions`."""
        super().__init__(aplanir(texte))
        self._patron = _couper(self.name)
        self.sens = sens
        self.table = table
        self.parametres = _expliquer(self.name, self._patron.parametres, precisions or {})
        self.moule = "".join(
            litteral + (f"{{:{parametre.forme}}}" if parametre else "")
            for litteral, parametre in self._patron.morceaux()
        )
        self._expression_reguliere = re.compile(_expression_de(self._patron), re.DOTALL)

    def __repr__(self) -> str:
        return f"phrase({self.name!r})"

    @property
    def debut(self) -> str:
        """What every step of the sentence begins with, in plain form, but for what stands at its first guillemet."""
        return self._patron.litteraux[0]

    def is_matching(self, name: str) -> bool:
        """Say whether the step text `name` is this sentence."""
        return self.trouver(name) is not None

    def parse_arguments(self, name: str) -> dict[str, object] | None:
        """Return the value of each parameter in the step text `name`, or None if it is another sentence."""
        lu = self.trouver(name)
        if lu is None:
            return None
        tape = composer(name)  # As long as the plain form: the same positions hold the value as it was typed.
        return {
            parametre.nom: _forme(parametre).lire(tape[slice(*lu.span(parametre.nom))] if lu[parametre.nom] else "")
            for parametre in self.parametres
        }

    def trouver(self, texte: str) -> re.Match[str] | None:
        """Return where each parameter stands in a step, None if it is another sentence."""
        return self._expression_reguliere.fullmatch(aplanir(texte))

    def refus(self, texte: str, rangees: Sequence[Sequence[str]] = ()) -> Iterator[tuple[int | None, str]]:
        """Yield what the sentence does not take: of its values (None), and of a row of the table below, by its rank."""
        for nom, valeur in (self.parse_arguments(texte) or {}).items():
            parametre = next(chaque for chaque in self.parametres if chaque.nom == nom)
            if dit := refus_de_parametre(nom, str(valeur), parametre.valeurs):
                yield None, dit
        if self.table is not None and rangees:
            yield from self.table.refus(rangees)

    def rendre(self, **valeurs: object) -> str:
        """Return the sentence said with `valeurs`; a parameter left out is said with a sample value."""
        return "".join(
            litteral + (str(valeurs.get(parametre.nom, _forme(parametre).exemple)) if parametre else "")
            for litteral, parametre in self._patron.morceaux()
        )


def phrase(texte: str, sens: str = "", /, *, table: Table | None = None, **precisions: str | Iterable[str]) -> Phrase:
    """Return the parser of the sentence `texte`, to be given to `@given`, `@when`, `@then` or `@step`.

    `sens` says it in other words, in French, for who writes scenarios. `precisions` do so for a parameter: what it is,
    or all the values that it may take; `table`, the shape of the table that stands below.
    """
    return Phrase(texte, sens, precisions, table)


def _forme(parametre: Parametre) -> Forme:
    return CITEE if parametre.cite else FORMES[parametre.forme]


def _couper(texte: str) -> _Patron:
    """Cut a plain sentence at its parameters and refuse what could never match, or in two ways."""
    lus = list(_PARAMETRE.finditer(texte))
    bords = [(0, 0), *(lu.span() for lu in lus), (len(texte), len(texte))]
    litteraux = tuple(texte[avant[1] : apres[0]] for avant, apres in pairwise(bords))
    parametres = tuple(
        Parametre(
            nom=lu["nom"],
            forme=lu["forme"] or "",
            cite=not lu["forme"] and litteraux[i].endswith("« ") and litteraux[i + 1].startswith(" »"),
        )
        for i, lu in enumerate(lus)
    )
    _refuser_texte(texte, litteraux)
    _refuser_parametres(texte, parametres)
    return _Patron(litteraux, parametres)


def _refuser_texte(texte: str, litteraux: tuple[str, ...]) -> None:
    if not texte or texte != texte.strip():
        raise PhraseImpossible(
            dire("« {texte} » : une phrase n'est pas vide et ne commence ni ne finit par une espace", texte=texte)
        )
    if _HORS_D_ATTEINTE.match(texte):
        message = "« {texte} » : une phrase commence après le mot-clé (« que » en fait partie : « Étant donné que »)"
        raise PhraseImpossible(dire(message, texte=texte))
    if any(_ACCOLADE.search(litteral) for litteral in litteraux):
        raise PhraseImpossible(
            dire("« {texte} » : accolades mal formées ; un paramètre s'écrit {{nom}} ou {{nom:d}}", texte=texte)
        )
    if "" in litteraux[1:-1]:
        raise PhraseImpossible(
            dire("« {texte} » : deux paramètres qui se touchent ont plusieurs lectures", texte=texte)
        )


def _refuser_parametres(texte: str, parametres: tuple[Parametre, ...]) -> None:
    noms = [parametre.nom for parametre in parametres]
    for nom in noms:
        if not nom.isidentifier() or nom in NOMS_RESERVES:
            raise PhraseImpossible(
                dire("« {texte} » : « {nom} » ne peut pas nommer un paramètre", texte=texte, nom=nom)
            )
        if noms.count(nom) > 1:
            raise PhraseImpossible(
                dire("« {texte} » : le paramètre « {nom} » est nommé deux fois", texte=texte, nom=nom)
            )
    for parametre in parametres:
        if parametre.forme not in FORMES:
            connues = ", ".join(forme for forme in FORMES if forme)
            message = "« {texte} » : type « {forme} » inconnu ; types connus : {connues}"
            raise PhraseImpossible(dire(message, texte=texte, forme=parametre.forme, connues=connues))


def _expliquer(
    texte: str, parametres: tuple[Parametre, ...], precisions: Mapping[str, str | Iterable[str]]
) -> tuple[Parametre, ...]:
    """Return `parametres` with what `precisions` say of them."""
    inconnus = sorted(precisions.keys() - {parametre.nom for parametre in parametres})
    if inconnus:
        raise PhraseImpossible(
            dire("« {texte} » : « {nom} » n'est pas un de ses paramètres", texte=texte, nom=inconnus[0])
        )

    def expliquer(parametre: Parametre, dite: str | Iterable[str]) -> Parametre:
        return replace(parametre, sens=dite) if isinstance(dite, str) else replace(parametre, valeurs=tuple(dite))

    return tuple(
        expliquer(chaque, precisions[chaque.nom]) if chaque.nom in precisions else chaque for chaque in parametres
    )


def _expression_de(patron: _Patron) -> str:
    """Return the regular expression of a sentence; around a quoted value, `« »` alone stands for the empty text."""
    expression = ""
    ferme = False
    for litteral, parametre in patron.morceaux():
        fixe = litteral.removeprefix(" »") if ferme else litteral
        ouvre = parametre is not None and parametre.cite
        expression += re.escape(fixe.removesuffix(" ") if ouvre else fixe)
        if parametre is not None:
            groupe = f"(?P<{parametre.nom}>{_forme(parametre).motif})"
            expression += f"(?: {groupe})? »" if ouvre else groupe
        ferme = ouvre
    return expression
