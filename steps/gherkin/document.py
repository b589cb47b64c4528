"""A feature as Gherkin understands it: gherkin-official's tree, in frozen values of our own.

It is what pytest-bdd will see, descriptions included, with the line and the column of each thing. The genre of a step
is « Étant donné », « Quand » or « Alors », « Et » having that of the step before it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from steps.gherkin.dialecte import ALORS, ETANT_DONNE, QUAND, SUITE

# As gherkin sorts the keywords of any language.
_GENRES = {"Context": ETANT_DONNE, "Action": QUAND, "Outcome": ALORS}
_PLACE = re.compile(r"<(?P<nom>[^<>]+)>")


@dataclass(frozen=True)
class Etiquette:
    """A tag without its @, and where it is."""

    nom: str
    ligne: int


@dataclass(frozen=True)
class Rangee:
    """A row of a table."""

    ligne: int
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Pas:
    """A step; `genre` is empty where no Étant donné, Quand nor Alors stands before it. `texte_long`: its doc string."""

    ligne: int
    mot: str
    genre: str
    texte: str
    table: tuple[Rangee, ...] = ()
    texte_long: str | None = None

    @property
    def cases(self) -> tuple[tuple[str, ...], ...]:
        """What its table holds."""
        return tuple(rangee.cases for rangee in self.table)

    def dit(self, valeurs: Mapping[str, str]) -> "Pas":
        """Give the step as it is said with the values of an example in place of <names>."""
        if not valeurs:
            return self
        table = tuple(Rangee(r.ligne, tuple(remplir(case, valeurs) for case in r.cases)) for r in self.table)
        long = None if self.texte_long is None else remplir(self.texte_long, valeurs)
        return replace(self, texte=remplir(self.texte, valeurs), table=table, texte_long=long)


@dataclass(frozen=True)
class Exemples:
    """A table of examples; `titres` is None when the table is missing."""

    ligne: int
    etiquettes: tuple[Etiquette, ...]
    titres: Rangee | None
    rangees: tuple[Rangee, ...]


@dataclass(frozen=True)
class Bloc:
    """What is common to all that has a keyword and a name; the lines of its description are without their margin."""

    ligne: int
    colonne: int
    mot: str
    nom: str
    description: str
    etiquettes: tuple[Etiquette, ...]

    @property
    def noms_d_etiquettes(self) -> tuple[str, ...]:
        """Its own tags, by their names."""
        return tuple(etiquette.nom for etiquette in self.etiquettes)


@dataclass(frozen=True)
class Porteur(Bloc):
    """A block that holds steps."""

    pas: tuple[Pas, ...]


@dataclass(frozen=True)
class Contexte(Porteur):
    """A « Contexte »."""


@dataclass(frozen=True)
class Regle(Bloc):
    """A « Règle », with its own « Contexte » if any."""

    contexte: Contexte | None


@dataclass(frozen=True)
class Scenario(Porteur):
    """A « Scénario » or a « Plan du scénario », under the rule it belongs to, if any."""

    exemples: tuple[Exemples, ...]
    regle: Regle | None

    @property
    def lignes_d_exemples(self) -> tuple[tuple[int, Mapping[str, str], tuple[str, ...]], ...]:
        """Each row of its examples: its line, what it puts in place of <names>, the tags of its table."""
        return tuple(
            (
                rangee.ligne,
                dict(zip(exemples.titres.cases, rangee.cases, strict=True)),
                tuple(etiquette.nom for etiquette in exemples.etiquettes),
            )
            for exemples in self.exemples
            if exemples.titres
            for rangee in exemples.rangees
        )


@dataclass(frozen=True)
class Instance:
    """A scenario as it is played: a row of its examples, whose line is then its own, or the whole of it.

    `pas` begin with those of the backgrounds; `etiquettes` are all that it bears, those it inherits included.
    """

    scenario: Scenario
    ligne: int
    nom: str
    valeurs: Mapping[str, str]
    etiquettes: tuple[str, ...]
    pas: tuple[Pas, ...]


@dataclass(frozen=True)
class Fonctionnalite(Bloc):
    """A « Fonctionnalité » and everything in it."""

    contexte: Contexte | None
    regles: tuple[Regle, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def porteurs(self) -> tuple[Porteur, ...]:
        """All that holds steps, in the order of the lines."""
        contextes = (self.contexte, *(regle.contexte for regle in self.regles))
        return tuple(sorted((*filter(None, contextes), *self.scenarios), key=lambda porteur: porteur.ligne))

    @property
    def tous_les_pas(self) -> tuple[Pas, ...]:
        """Every step written, each once, in the order of the lines."""
        return tuple(pas for porteur in self.porteurs for pas in porteur.pas)

    def pas_avant(self, scenario: Scenario) -> tuple[Pas, ...]:
        """Give the steps of the backgrounds that are run before those of `scenario`."""
        contextes = (self.contexte, scenario.regle.contexte if scenario.regle else None)
        return tuple(pas for contexte in contextes if contexte for pas in contexte.pas)

    def etiquettes_de(self, scenario: Scenario) -> tuple[str, ...]:
        """Give the names of the tags of `scenario`, those it inherits included, those of its examples not."""
        regle = scenario.regle.noms_d_etiquettes if scenario.regle else ()
        return (*self.noms_d_etiquettes, *regle, *scenario.noms_d_etiquettes)

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """The scenarios as they are played, in the order of the lines."""
        return tuple(
            Instance(
                scenario,
                ligne,
                remplir(scenario.nom, valeurs),
                valeurs,
                (*self.etiquettes_de(scenario), *siennes),
                tuple(pas.dit(valeurs) for pas in (*self.pas_avant(scenario), *scenario.pas)),
            )
            for scenario in self.scenarios
            for ligne, valeurs, siennes in scenario.lignes_d_exemples or ((scenario.ligne, {}, ()),)
        )

    @cached_property
    def lignes_jouees(self) -> Mapping[int, tuple[int, ...]]:
        """The lines of the instances of each scenario, by its own line."""
        lignes: dict[int, tuple[int, ...]] = {}
        for instance in self.instances:
            lignes[instance.scenario.ligne] = (*lignes.get(instance.scenario.ligne, ()), instance.ligne)
        return lignes


def remplir(texte: str, valeurs: Mapping[str, str]) -> str:
    """Give a text with the values of an example in place of <names>."""
    return _PLACE.sub(lambda place: valeurs.get(place["nom"], place[0]), texte)


def places(texte: str) -> tuple[str, ...]:
    """List the <names> of a text, in their order."""
    return tuple(_PLACE.findall(texte))


def fonctionnalite(noeud: Mapping[str, Any]) -> Fonctionnalite:
    """Give the feature that a node of gherkin's tree stands for."""
    regles: list[Regle] = []
    scenarios = [_scenario(enfant["scenario"], None) for enfant in noeud["children"] if "scenario" in enfant]
    for enfant in (enfant["rule"] for enfant in noeud["children"] if "rule" in enfant):
        regle = Regle(**_bloc(enfant), contexte=_contexte(enfant))
        regles.append(regle)
        scenarios += [_scenario(petit["scenario"], regle) for petit in enfant["children"] if "scenario" in petit]
    return Fonctionnalite(**_bloc(noeud), contexte=_contexte(noeud), regles=tuple(regles), scenarios=tuple(scenarios))


def _contexte(noeud: Mapping[str, Any]) -> Contexte | None:
    trouve = next((enfant["background"] for enfant in noeud["children"] if "background" in enfant), None)
    return Contexte(**_bloc(trouve), pas=_pas(trouve["steps"])) if trouve else None


def _bloc(noeud: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ligne": noeud["location"]["line"],
        "colonne": noeud["location"]["column"],
        "mot": noeud["keyword"],
        "nom": noeud["name"],
        "description": "\n".join(ligne.strip() for ligne in noeud["description"].split("\n")).strip(),
        "etiquettes": _etiquettes(noeud.get("tags", ())),
    }


def _etiquettes(noeuds: Sequence[Mapping[str, Any]]) -> tuple[Etiquette, ...]:
    return tuple(Etiquette(noeud["name"].removeprefix("@"), noeud["location"]["line"]) for noeud in noeuds)


def _scenario(noeud: Mapping[str, Any], regle: Regle | None) -> Scenario:
    exemples = tuple(
        Exemples(
            chaque["location"]["line"],
            _etiquettes(chaque["tags"]),
            _rangee(chaque["tableHeader"]) if "tableHeader" in chaque else None,
            tuple(_rangee(rangee) for rangee in chaque["tableBody"]),
        )
        for chaque in noeud["examples"]
    )
    return Scenario(**_bloc(noeud), pas=_pas(noeud["steps"]), exemples=exemples, regle=regle)


def _rangee(noeud: Mapping[str, Any]) -> Rangee:
    return Rangee(noeud["location"]["line"], tuple(case["value"] for case in noeud["cells"]))


def _pas(noeuds: Sequence[Mapping[str, Any]]) -> tuple[Pas, ...]:
    pas: list[Pas] = []
    genre = SUITE
    for noeud in noeuds:
        genre = _GENRES.get(noeud["keywordType"], genre)
        pas.append(
            Pas(
                ligne=noeud["location"]["line"],
                mot=noeud["keyword"],
                genre=genre,
                texte=noeud["text"],
                table=tuple(_rangee(rangee) for rangee in noeud.get("dataTable", {}).get("rows", ())),
                texte_long=noeud["docString"]["content"] if "docString" in noeud else None,
            )
        )
    return tuple(pas)
