"""The audit of the steps: every step that will be run against every definition that could be found for it.

Each step is looked at with the values of the examples in place, so that what is audited is what is run: as pytest
collected it (`auditer`), with the definitions that pytest-bdd would find, or as it is written, with all those of the
phrase book (`auditer_sans_pytest`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType

import pytest
from pytest_bdd.parser import Step

from steps.definitions.collecte import etiquettes_de, modele_de, rendu_de
from steps.definitions.definitions import (
    FOURNIS,
    GENRES,
    RESERVES,
    Definition,
    definies_dans,
    fixtures_visibles_de,
    visibles_de,
)
from steps.definitions.inventaire import relatif
from steps.definitions.phrase import Phrase
from steps.definitions.repertoire import Repertoire
from steps.gherkin.dialecte import SUITE
from steps.gherkin.document import Pas, Rangee
from steps.gherkin.etiquettes import A_FAIRE, ETIQUETTES
from steps.gherkin.lecture import Fichier
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.regles.etiquettes import non_declaree
from steps.gherkin.typographie import aplanir, dire

_VALEUR = re.compile(r"«[^»]*»")


@dataclass(frozen=True)
class Audit:
    """What the audit found, and how much it looked at."""

    defauts: tuple[Defaut, ...]
    pas: int
    definitions: int
    a_faire: int  # Steps without a definition, in scenarios that are not built yet.


def auditer(items: Iterable[pytest.Item], racine: Path, *, complet: bool) -> Audit:
    """Return the audit of the scenarios among `items`; `complet` says that none is missing."""
    auditeur = _Auditeur(racine)
    visibles: dict[pytest.Collector | None, tuple[Definition, ...]] = {}
    fixtures: set[str] = set()
    for item in items:
        modele, scenario = modele_de(item), rendu_de(item)
        if modele is None or scenario is None:
            continue
        if item.parent not in visibles:  # What is visible is asked once a module.
            visibles[item.parent] = auditeur.connaitre(visibles_de(item))
            fixtures |= fixtures_visibles_de(item)
        etiquettes = etiquettes_de(item, modele)
        fichier = relatif(modele.feature.filename, racine)
        for nom in sorted(etiquettes - ETIQUETTES.keys()):
            auditeur.defauts.add(non_declaree(fichier, modele.line_number, "ET013", nom))
        pas = [_pas(etape) for etape in scenario.steps]
        auditeur.regarder(fichier, pas, visibles[item.parent], item.parent, construit=A_FAIRE not in etiquettes)
    return auditeur.conclure(fixtures, complet=complet)


def auditer_sans_pytest(
    fichiers: Iterable[Fichier], modules: Iterable[ModuleType], racine: Path, *, complet: bool
) -> Audit:
    """Return the audit of the scenarios of `fichiers` against the definitions of `modules`; nothing is collected.

    Fixtures are not known then: an argument that nothing gives (ET012) is for pytest to find.
    """
    auditeur = _Auditeur(racine)
    definitions = auditeur.connaitre(tuple(chaque for module in modules for chaque in definies_dans(module)))
    for fichier in fichiers:
        for instance in fichier.fonctionnalite.instances if fichier.fonctionnalite else ():
            construit = A_FAIRE not in instance.etiquettes
            auditeur.regarder(fichier.nom, instance.pas, definitions, None, construit=construit)
    return auditeur.conclure(None, complet=complet)


def _pas(etape: Step) -> Pas:
    """Give a step of pytest-bdd in our own words."""
    rangees = etape.datatable.raw() if etape.datatable else ()
    table = tuple(Rangee(etape.line_number, tuple(map(str, rangee))) for rangee in rangees)
    genre = GENRES.get(etape.type or "", SUITE)
    return Pas(etape.line_number, etape.keyword, genre, etape.name, table, etape.docstring)


class _Auditeur:
    """The audit of scenarios, one after the other: a step is looked up once."""

    def __init__(self, racine: Path) -> None:
        self.defauts: set[Defaut] = set()
        self._racine = racine
        self._definitions: dict[int, Definition] = {}
        self._employees: set[int] = set()
        self._vus: set[Hashable] = set()
        self._repertoires: dict[tuple[int, ...], Repertoire] = {}
        self._a_faire = 0
        self._nombre = 0

    def connaitre(self, definitions: Iterable[Definition]) -> tuple[Definition, ...]:
        """Take some definitions into account; the same one is known once."""
        return tuple(self._definitions.setdefault(id(chaque.contexte), chaque) for chaque in definitions)

    def regarder(
        self,
        fichier: str,
        pas: Sequence[Pas],
        definitions: Sequence[Definition],
        vue: Hashable,
        *,
        construit: bool,
    ) -> None:
        """Look at the steps of a scenario of `fichier`; `vue` tells the scenarios that see other definitions."""
        repertoire = self._repertoire(definitions)
        for chaque in pas:
            self._nombre += 1
            # A background is said again before each scenario, an outline for each example: one look is enough.
            cle = (vue, fichier, chaque.ligne, chaque.genre, chaque.texte, chaque.cases, construit)
            if cle not in self._vus:
                self._vus.add(cle)
                self._regarder_pas(fichier, chaque, repertoire, construit=construit)

    def conclure(self, fixtures: Iterable[str] | None, *, complet: bool) -> Audit:
        """Return the audit; orphans are only told when all the scenarios were looked at (`complet`)."""
        definitions = list(self._definitions.values())
        connues = None
        if fixtures is not None:
            connues = {*fixtures, *(definition.contexte.target_fixture or "" for definition in definitions)}
        for definition in definitions:
            self.defauts.update(_defauts(definition, self._racine, connues))
            if complet and id(definition.contexte) not in self._employees:
                message = dire(
                    "aucun scénario ne dit « {phrase} » ({genre})", phrase=definition.phrase, genre=definition.genre
                )
                self._ajouter(definition, "ET003", message, dire("retirez la définition, ou écrivez le scénario"))
        self._regarder_paires(definitions)
        return Audit(tuple(sorted(self.defauts)), self._nombre, len(definitions), self._a_faire)

    def _regarder_pas(self, fichier: str, pas: Pas, repertoire: Repertoire, *, construit: bool) -> None:
        entendent = repertoire.entendent(pas.genre, pas.texte)
        self._employees.update(id(chaque.contexte) for chaque in entendent)
        distinctes = _distinctes(entendent, pas)
        if not distinctes and construit:
            message = dire("étape sans définition : « {texte} »", texte=f"{pas.genre} {pas.texte}")
            self.defauts.add(Defaut(fichier, pas.ligne, "ET001", message, _suggerer(pas, repertoire.definitions)))
        elif not distinctes:
            self._a_faire += 1
        if len(distinctes) > 1:
            places = ", ".join(sorted(self._place(chaque) for chaque in distinctes))
            message = dire("« {texte} » a plusieurs définitions : {places}", texte=pas.texte, places=places)
            suggestion = dire("une phrase, un sens : précisez l'une des deux")
            self.defauts.add(Defaut(fichier, pas.ligne, "ET002", message, suggestion))
        for definition in distinctes:
            self._regarder_dessous(fichier, pas, definition)
            self._regarder_valeurs(fichier, pas, definition)

    def _repertoire(self, definitions: Sequence[Definition]) -> Repertoire:
        cle = tuple(map(id, definitions))
        if cle not in self._repertoires:
            self._repertoires[cle] = Repertoire(definitions)
        return self._repertoires[cle]

    def _regarder_valeurs(self, fichier: str, pas: Pas, definition: Definition) -> None:
        """ET014 and ET015: the values out of a list, the dates and the table are what the sentence expects."""
        if not isinstance(definition.parser, Phrase):
            return
        for rang, dit in definition.parser.refus(pas.texte, pas.cases):
            ligne = pas.ligne if rang is None else pas.table[rang].ligne
            self.defauts.add(Defaut(fichier, ligne, "ET014" if rang is None else "ET015", dit))

    def _regarder_dessous(self, fichier: str, pas: Pas, definition: Definition) -> None:
        """ET010: what stands below the step is received, and nothing else is waited for."""
        place = self._place(definition)
        dessous = (("datatable", bool(pas.table), "une table"), ("docstring", pas.texte_long is not None, "un texte"))
        for nom, porte, quoi in dessous:
            if porte and nom not in definition.acceptes:
                message = dire("cette étape porte {quoi}, que sa définition ({place}) ignore", quoi=quoi, place=place)
                self.defauts.add(Defaut(fichier, pas.ligne, "ET010", message, dire("argument « {nom} »", nom=nom)))
            if not porte and nom in definition.requis:
                message = dire("la définition ({place}) attend {quoi}, que l'étape n'a pas", quoi=quoi, place=place)
                suggestion = dire("ajoutez {quoi} sous l'étape", quoi=quoi)
                self.defauts.add(Defaut(fichier, pas.ligne, "ET010", message, suggestion))

    def _regarder_paires(self, definitions: Sequence[Definition]) -> None:
        par_moule: dict[str, list[Definition]] = defaultdict(list)
        for definition in definitions:
            par_moule[aplanir(definition.moule)].append(definition)
        for pareilles in par_moule.values():
            premiere, *autres = sorted(pareilles, key=lambda chaque: (chaque.fichier, chaque.ligne))
            for autre in autres:
                if autre.fonction is not premiere.fonction or autre.partage_un_genre_avec(premiere):
                    message = dire(
                        "« {phrase} » est déjà définie en {place}", phrase=autre.phrase, place=self._place(premiere)
                    )
                    self._ajouter(
                        autre, "ET004", message, dire("une phrase, un sens : gardez-en une (@step si besoin)")
                    )
        for large, etroite in _couvertes(definitions):
            message = dire(
                "« {large} » reconnaît aussi « {etroite} » ({place})",
                large=large.phrase,
                etroite=etroite.phrase,
                place=self._place(etroite),
            )
            suggestion = dire("mettez la valeur entre « », ou changez une des deux phrases")
            self._ajouter(large, "ET005", message, suggestion)

    def _place(self, definition: Definition) -> str:
        return f"{relatif(definition.fichier, self._racine)}:{definition.ligne}"

    def _ajouter(self, definition: Definition, code: str, message: str, suggestion: str) -> None:
        fichier = relatif(definition.fichier, self._racine)
        self.defauts.add(Defaut(fichier, definition.ligne, code, message, suggestion))


def _distinctes(definitions: Sequence[Definition], pas: Pas) -> list[Definition]:
    """Return `definitions` less those that would call the same function with the same values."""
    gardees: list[Definition] = []
    appels: list[tuple[Callable[..., object], object]] = []
    for definition in definitions:
        appel = (definition.fonction, definition.parser.parse_arguments(pas.texte))
        if appel not in appels:
            appels.append(appel)
            gardees.append(definition)
    return gardees


def _couvertes(definitions: Sequence[Definition]) -> Iterator[tuple[Definition, Definition]]:
    """Yield each definition with another one that it covers: the sentence of that one, said with an ordinary value."""
    repertoire = Repertoire(definitions)
    for etroite in definitions:
        if not isinstance(etroite.parser, Phrase):
            continue
        moule = aplanir(etroite.moule)
        for large in repertoire.reconnaissent(etroite.parser.rendre()):
            if large is not etroite and large.partage_un_genre_avec(etroite) and aplanir(large.moule) != moule:
                yield large, etroite


def _defauts(definition: Definition, racine: Path, fixtures: set[str] | None) -> Iterator[Defaut]:
    """Yield what is wrong with one definition by itself: ET006 to ET012."""
    fichier = relatif(definition.fichier, racine)

    def trouve(code: str, message: str, suggestion: str, ligne: int = definition.ligne) -> Defaut:
        return Defaut(fichier, ligne, code, message, suggestion)

    if definition.est_asynchrone:
        yield trouve("ET006", dire("étape asynchrone : pytest-bdd ne l'attend jamais, elle passe toujours"), "def")
    if definition.est_generatrice:
        suggestion = dire("préparez et défaites dans une fixture")
        yield trouve("ET007", dire("étape avec « yield » : ce qui suit le yield n'est pas dans l'étape"), suggestion)
    for ligne, nom in definition.sauts():
        suggestion = dire("un scénario passe ou échoue ; @{tag} pour ce qui n'existe pas", tag=A_FAIRE)
        yield trouve("ET008", dire("« {nom} » dans une étape", nom=nom), suggestion, ligne)
    if definition.ne_fait_rien:
        message = dire("« {phrase} » ne fait rien : l'étape passe toujours", phrase=definition.phrase)
        yield trouve("ET009", message, dire("faites le geste, ou vérifiez ce qui est dit"))
    for nom in sorted(definition.parametres & RESERVES):
        message = dire("« {nom} » est réservé à ce qui suit l'étape", nom=nom)
        yield trouve("ET010", message, dire("donnez un autre nom au paramètre"))
    for nom in sorted(definition.parametres - definition.acceptes):
        message = dire("le paramètre « {nom} » de la phrase n'est pas un argument : sa valeur est perdue", nom=nom)
        yield trouve("ET011", message, dire("ajoutez l'argument « {nom} »", nom=nom))
    if fixtures is not None:
        for nom in sorted(definition.requis - definition.parametres - FOURNIS - fixtures):
            message = dire("l'argument « {nom} » n'est ni un paramètre de la phrase ni une fixture", nom=nom)
            yield trouve("ET012", message, dire("nommez-le comme dans la phrase, ou déclarez la fixture"))


def _suggerer(pas: Pas, definitions: Sequence[Definition]) -> str:
    """Return the known sentence nearest to `pas`, or the one that is known under another keyword."""
    ailleurs = next((chaque for chaque in definitions if chaque.reconnait(pas.texte)), None)
    if ailleurs:
        return dire("cette phrase existe pour « {genre} » ; @step la rendrait commune", genre=ailleurs.genre)
    nues = {_VALEUR.sub("«»", aplanir(chaque.phrase)): chaque for chaque in definitions}
    proches = get_close_matches(_VALEUR.sub("«»", aplanir(pas.texte)), nues, n=1, cutoff=0.6)
    if proches:
        proche = nues[proches[0]]
        return dire("phrase voisine : « {phrase} » ({genre})", phrase=proche.phrase, genre=proche.genre)
    return dire("définissez-la dans steps/phrases")
