"""The pytest plugin that chooses scenarios in a person's words.

    --mots MOTS         those whose title, or example, has all these words; accents, capitals and ends of words aside
    --fichier CHEMIN    those of a feature, or of a folder; CHEMIN:LIGNE, the one that stands at a line
    --vite              of the features, only those that have what is chosen are read, checked, collected and reported

What is asked for is looked for in the features before anything else: a choice that nothing fits is said at once, with
what is nearest. Expressions are those of pytest (`-k`, `-m`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import pytest

from steps.definitions.lisibles import limiter
from steps.gherkin.document import Instance
from steps.gherkin.etiquettes import ETIQUETTES
from steps.gherkin.lecture import Fichier, fichiers, lire_fichier
from steps.gherkin.typographie import dire, plier
from steps.plugins import contexte_pytest
from steps.plugins.scenario import joue_par, scenario_de
from steps.plugins.verification import seance_de

_CHOISIS = pytest.StashKey[frozenset[tuple[str, int]]]()
_OPERATEURS = frozenset({"and", "or", "not"})
_ETIQUETTE = re.compile(r"\w+")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    groupe = parser.getgroup("scénarios")
    groupe.addoption("--mots", default="", help=dire("les scénarios dont le titre a tous ces mots"))
    groupe.addoption("--fichier", default="", metavar="CHEMIN[:LIGNE]", help=dire("les scénarios de cette feature"))
    groupe.addoption("--vite", action="store_true", help=dire("ne prendre que les features des scénarios choisis"))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Look for what is asked for. Raises UsageError, which ends the run in one sentence and code 4."""
    mots, fichier, etiquette = (str(config.getoption(nom) or "").strip() for nom in ("mots", "fichier", "markexpr"))
    if not contexte_pytest.est_un_ouvrier(config) and _ETIQUETTE.fullmatch(etiquette):
        _exiger_l_etiquette(config, etiquette)
    if not (mots or fichier):
        return
    chemins = fichiers(seance_de(config).perimetre.features)
    vite = bool(config.getoption("vite"))
    candidats = [chemin for chemin in chemins if _peut_avoir(chemin, mots)] if vite and not fichier else chemins
    choisis = _choisir(candidats, fichier, mots, config)
    if not choisis:
        de_la_feature = _choisir(chemins, fichier, "", config)
        raise pytest.UsageError(_rien(mots, [instance.nom for _, instance in de_la_feature]))
    config.stash[_CHOISIS] = frozenset((Path(lue.nom).as_posix(), instance.ligne) for lue, instance in choisis)
    if vite:
        _s_en_tenir_a(config, sorted({lue.chemin for lue, _ in choisis}))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Set aside the scenarios that were not chosen, and all that is no scenario."""
    choisis = config.stash.get(_CHOISIS, None)
    if choisis is None:
        return
    gardes: list[pytest.Item] = []
    ecartes: list[pytest.Item] = []
    for item in items:
        retenu = scenario_de(item) is not None and (joue_par(item).fichier, joue_par(item).ligne) in choisis
        (gardes if retenu else ecartes).append(item)
    items[:] = gardes
    if ecartes:
        config.hook.pytest_deselected(items=ecartes)


def _choisir(chemins: Sequence[Path], fichier: str, mots: str, config: pytest.Config) -> list[tuple[Fichier, Instance]]:
    lues = [lire_fichier(chemin, config.rootpath) for chemin in chemins]
    trouves = _du_fichier(lues, fichier, config) if fichier else _instances(lues)
    return [(lue, instance) for lue, instance in trouves if _a_les_mots(instance, mots)]


def _s_en_tenir_a(config: pytest.Config, chemins: list[Path]) -> None:
    seance = seance_de(config)
    seance.perimetre = replace(seance.perimetre, features=tuple(chemins), couvre_tout=False, restreinte=True)
    limiter(chemins)
    config.add_cleanup(lambda: limiter(None))


def decouper(texte: str) -> list[str]:
    """Give the words of a title, or of what is asked for, without accents nor capitals."""
    return re.findall(r"[^\W_]+", plier(texte))


def _a_les_mots(instance: Instance, mots: str) -> bool:
    """Say whether each word begins a word of the title or of the example."""
    siens = decouper(" ".join((instance.nom, *instance.valeurs.values())))
    return all(any(sien.startswith(mot) for sien in siens) for mot in decouper(mots))


def _peut_avoir(chemin: Path, mots: str) -> bool:
    """Say whether a feature has all these words, wherever they stand: it is read to know."""
    siens = " ".join(["", *decouper(chemin.read_text("utf-8", errors="replace"))])
    return all(f" {mot}" in siens for mot in decouper(mots))


def _instances(lues: Sequence[Fichier]) -> Iterator[tuple[Fichier, Instance]]:
    for lue in lues:
        for instance in lue.fonctionnalite.instances if lue.fonctionnalite else ():
            yield lue, instance


def _du_fichier(lues: Sequence[Fichier], voulu: str, config: pytest.Config) -> Iterator[tuple[Fichier, Instance]]:
    """Yield the scenarios of a file or of a folder; with a line, the last that begins there or before."""
    nom, _, ligne = voulu.rpartition(":")
    nom, numero = (nom, int(ligne)) if nom and ligne.isdecimal() else (voulu, 0)
    chemin = Path(config.invocation_params.dir, nom).resolve()
    siens = [lue for lue in lues if lue.chemin.resolve().is_relative_to(chemin)]
    if not siens:
        noms = [Path(lue.nom).as_posix() for lue in lues]
        courts = {Path(un).name: un for un in noms}
        proches = get_close_matches(nom, noms, n=1) or [
            courts[un] for un in get_close_matches(Path(nom).name, courts, n=1)
        ]
        conseil = dire(" Le plus proche : {proche}.", proche=proches[0]) if proches else ""
        raise pytest.UsageError(dire("Aucune feature à « {nom} ».", nom=nom) + conseil)
    trouves = list(_instances(siens))
    if numero:
        avant = [chaque for chaque in trouves if chaque[1].scenario.ligne <= numero]
        exact = [chaque for chaque in avant if chaque[1].ligne == numero]
        dernier = max((chaque[1].scenario.ligne for chaque in avant), default=0)
        trouves = exact or [chaque for chaque in avant if chaque[1].scenario.ligne == dernier]
    yield from trouves


def _rien(mots: str, titres: Sequence[str]) -> str:
    """Say that no title fits, and which is the nearest: that with most of the words, then the most alike."""
    demandes = decouper(mots)

    def communs(titre: str) -> int:
        siens = decouper(titre)
        return sum(any(sien.startswith(mot) for sien in siens) for mot in demandes)

    meilleur = max(map(communs, titres), default=0)
    candidats = [titre for titre in titres if communs(titre) == meilleur]
    dit = dire("Aucun scénario n'a tous ces mots dans son titre : {mots}.", mots=mots)
    if proche := (get_close_matches(mots, candidats, n=1, cutoff=0) or candidats[:1]):
        dit += dire(" Le plus proche : « {titre} ».", titre=proche[0])
    if _OPERATEURS & set(demandes):
        dit += dire(" Une expression se donne à pytest : ARGS=\"-k '…'\".")
    return dit


def _exiger_l_etiquette(config: pytest.Config, etiquette: str) -> None:
    if etiquette in ETIQUETTES:
        return
    connus = {str(ligne).partition(":")[0].partition("(")[0] for ligne in config.getini("markers")}
    if etiquette not in connus:
        proches = get_close_matches(etiquette, ETIQUETTES, n=1)
        conseil = dire(" La plus proche : {proche}.", proche=proches[0]) if proches else ""
        raise pytest.UsageError(dire("Aucun scénario ne porte l'étiquette « {nom} ».", nom=etiquette) + conseil)
