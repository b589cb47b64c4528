"""A pytest that reads its tests once and plays each mutant in a copy of itself (`fork`), for `make mutation`.

First each test is played once, to know which lines it goes by and what it costs. Then, for each mutant, those that go
by its lines, the cheapest first, until one fails. The copies are thrown away, so no mutant is felt by the next.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NoReturn

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation import RACINE
from tests.mutation.copie import dans_une_copie
from tests.mutation.etats import AU_CHARGEMENT, DELAI, INERTE, NON_VU, TUE, VIVANT
from tests.mutation.greffe import GABARIT, Inerte, Vivant, lignes_de_gabarit

# A mutant that turns round is stopped: so many times what its tests cost, and never before so many seconds of work.
PATIENCE, AU_MOINS, AU_PLUS = 10, 10, 300
MEMOIRE = 4 * 1024**3
PRODUIT = (RACINE / "webapp", RACINE / "templates")
Passages = dict[str, list[tuple[int, int]]]
"""Of each file, the runs of lines that a test goes by: the first and the last of each."""
_PAS_POSE = 4
_CODES = {0: VIVANT, 1: TUE, 2: INERTE, 3: AU_CHARGEMENT}


class Jeu:
    """Plays the mutants of a file of orders, and writes what became of each as it goes."""

    def __init__(self, ordres: Path, sorties: Path, carte: Path, mesure: coverage.Coverage) -> None:
        self._ordres, self._sorties, self._carte, self._mesure = ordres, sorties, carte, mesure

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Nobody reads the smallest example of a failure here; nothing else is changed of the examples."""
        # Here, or pytest complains that it comes too late to it.
        from hypothesis import Phase, settings  # noqa: PLC0415 - said above

        settings.register_profile("mutation", parent=settings.default, phases=(Phase.explicit, Phase.generate))
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Play the mutants instead of the tests."""
        self._mesurer(session.items)
        carte = Carte(self._carte)
        # What a whole session shares is made once, before the copies.
        _chauffer(session.items, carte)
        vivant = Vivant(*PRODUIT)
        bases = Bases()
        gc.collect()
        gc.freeze()
        tests = {item.nodeid: item for item in session.items}
        copies = Copies(tests, carte, vivant, bases)
        with self._sorties.open("a", encoding="utf-8") as sortie:
            for ordre in json.loads(self._ordres.read_text("utf-8")):
                fait = copies.jouer(ordre)
                sortie.write(json.dumps(fait, ensure_ascii=False) + "\n")
                sortie.flush()
        return True

    def _mesurer(self, items: Sequence[pytest.Item]) -> None:
        """Play each test that the map does not know once, in a copy, under the eye of coverage; stopped, it goes on.

        What a test goes by is written as soon as it is known.
        """
        self._mesure.stop()
        if not self._carte.exists():
            noter(self._carte, "", 0.0, passages(self._mesure))
        inconnus = a_mesurer(items, Carte(self._carte))
        if not inconnus:
            return
        if (enfant := os.fork()) == 0:
            _se_taire()
            _chauffer(inconnus, None)
            # What one test has had computed would hide from the map that the next goes by there too.
            vivant = Vivant(*PRODUIT)
            # In no order of theirs: a measure that is cut short knows some of each kind.
            for item in random.Random(len(inconnus)).sample(inconnus, len(inconnus)):  # noqa: S311
                vivant.vider_les_caches()
                self._mesure.erase()
                self._mesure.start()
                debut = time.process_time()
                rapports = runtestprotocol(item, log=False, nextitem=_suivant(item))
                duree = time.process_time() - debut
                self._mesure.stop()
                if not any(rapport.failed for rapport in rapports):
                    noter(self._carte, item.nodeid, duree, passages(self._mesure))
            os._exit(0)
        if os.waitpid(enfant, 0)[1] != 0:
            raise pytest.UsageError("la mesure des tests n'est pas allée au bout")


def a_mesurer(items: Sequence[pytest.Item], connue: Carte) -> list[pytest.Item]:
    """Give the tests that a map does not know: those that were written since, or that failed as it was made."""
    return [item for item in items if item.nodeid not in connue.durees]


def nouvelle_mesure() -> coverage.Coverage:
    """Give what measures the passages in the product; a test may go by none of it."""
    mesure = coverage.Coverage(data_file=None, include=[f"{dossier}/*" for dossier in PRODUIT], branch=False)
    mesure.set_option("run:disable_warnings", ["no-data-collected"])
    return mesure


def passages(mesure: coverage.Coverage) -> Passages:
    """Give what was gone by since the measure was last erased."""
    lues = mesure.get_data()
    return {
        str(Path(nom).relative_to(RACINE)): plages(lignes_de_gabarit(nom, lignes) if nom.endswith(GABARIT) else lignes)
        for nom in lues.measured_files()
        if (lignes := lues.lines(nom))
    }


def plages(lignes: Iterable[int]) -> list[tuple[int, int]]:
    """Give the runs of these lines, in their order."""
    trouvees: list[tuple[int, int]] = []
    for ligne in sorted(lignes):
        if trouvees and ligne == trouvees[-1][1] + 1:
            trouvees[-1] = (trouvees[-1][0], ligne)
        else:
            trouvees.append((ligne, ligne))
    return trouvees


def noter(carte: Path, nom: str, duree: float, par: Passages) -> None:
    """Add a test to a map, with the prints of what it goes by and of its own file: changed, it is measured again."""
    siens = {fichier: [empreinte(fichier), siennes] for fichier, siennes in par.items()}
    if nom:
        siens[nom.partition("::")[0]] = [empreinte(nom.partition("::")[0]), []]
    with carte.open("a", encoding="utf-8") as sortie:
        sortie.write(json.dumps({"test": nom, "duree": duree, "par": siens}) + "\n")


@cache
def empreinte(fichier: str) -> str:
    """Give the print of a file of the project as it is."""
    return hashlib.sha256((RACINE / fichier).read_bytes()).hexdigest()[:16]


class Carte:
    """Which tests go by each line, and what each costs in seconds of work; only tests that pass are in it.

    An empty name is the loading of the modules. A test one of whose files has changed since is no longer known.
    """

    def __init__(self, fichier: Path) -> None:
        self.durees: dict[str, float] = {}
        self._par: dict[str, list[tuple[int, int, str]]] = {}
        # The last line may have been cut short, with the measure.
        for ligne in fichier.read_text("utf-8").rpartition("\n")[0].splitlines():
            lu = json.loads(ligne)
            inchanges = {nom: siennes for nom, (une, siennes) in lu["par"].items() if _inchange(nom, une)}
            if lu["test"] and len(inchanges) < len(lu["par"]):
                continue
            if lu["test"]:
                self.durees[lu["test"]] = lu["duree"]
            for nom, siennes in inchanges.items():
                self._par.setdefault(nom, []).extend((de, a, lu["test"]) for de, a in siennes)

    def tests(self, fichier: str, premiere: int, derniere: int) -> tuple[list[str], bool]:
        """Give the tests that go by these lines, the cheapest first, and whether the loading of the module does."""
        noms = {nom for de, a, nom in self._par.get(fichier, ()) if de <= derniere and premiere <= a}
        return sorted(noms & self.durees.keys(), key=lambda nom: (self.durees[nom], nom)), "" in noms


def _inchange(fichier: str, une: str) -> bool:
    return (RACINE / fichier).exists() and empreinte(fichier) == une


class Copies:
    """Plays mutants, each in a copy of the process, on databases as they were before any.

    A test is believed when it says that a mutant is seen, if it passes in a copy without a mutant: asked of it once.
    """

    def __init__(self, tests: dict[str, pytest.Item], carte: Carte, vivant: Vivant, bases: Bases) -> None:
        self._tests, self._carte, self._vivant, self._bases = tests, carte, vivant, bases
        self._passe: dict[str, bool] = {}

    def jouer(self, ordre: dict[str, Any]) -> dict[str, Any]:
        """Play one mutant; gives what became of it, who saw it and what it cost."""
        noms, au_chargement = self._carte.tests(ordre["fichier"], ordre["ligne"], ordre["derniere"])
        if not noms:
            noms, au_chargement = self._carte.tests(ordre["fichier"], ordre["de"], ordre["a"])
        items = [self._tests[nom] for nom in noms if nom in self._tests]
        debut = time.monotonic()
        while items:
            etat, par = self._dans_une_copie(items, ordre)
            if par not in self._tests or self._est_cru(par):
                duree = round(time.monotonic() - debut, 2)
                return _fait(ordre, len(items), etat) | {"par": par, "duree": duree}
            items = [item for item in items if item.nodeid != par]
        return _fait(ordre, 0, AU_CHARGEMENT if au_chargement else NON_VU)

    def _est_cru(self, nom: str) -> bool:
        if nom not in self._passe:
            self._passe[nom] = self._dans_une_copie([self._tests[nom]], None)[0] == VIVANT
        return self._passe[nom]

    def _dans_une_copie(self, items: Sequence[pytest.Item], ordre: dict[str, Any] | None) -> tuple[str, str]:
        """Play tests until one fails; gives what it says of the mutant, and which it was."""
        self._bases.rendre()
        statut, par = dans_une_copie(partial(self._essayer, items, ordre))
        if os.WIFSIGNALED(statut):
            return DELAI, par
        if (code := os.waitstatus_to_exitcode(statut)) == _PAS_POSE:
            raise RuntimeError(f"{ordre and ordre['cle']} : {par}")
        return _CODES.get(code, TUE), par

    def _essayer(self, items: Sequence[pytest.Item], ordre: dict[str, Any] | None, canal: int) -> NoReturn:
        code = 1
        try:
            _se_taire()
            _borner(sum(self._carte.durees[item.nodeid] for item in items))
            if ordre is not None:
                self._poser(ordre, canal)
            code = 0
            for item in items:
                if any(rapport.failed for rapport in runtestprotocol(item, log=False, nextitem=_suivant(item))):
                    os.write(canal, item.nodeid.encode())
                    code = 1
                    break
        except BaseException as erreur:  # noqa: BLE001 - whatever a mutant throws kills it
            os.write(canal, repr(erreur)[:200].encode("utf-8", "replace"))
            code = 1
        os._exit(code)

    def _poser(self, ordre: dict[str, Any], canal: int) -> None:
        """Put the mutant in what is loaded, or end the copy with a code that says why it is not there."""
        chemin = RACINE / ordre["fichier"]
        source = chemin.read_text("utf-8")
        source = source[: ordre["debut"]] + ordre["texte"] + source[ordre["fin"] :]
        try:
            if self._vivant.greffer(chemin, source) == 0:
                os._exit(3)
        except Inerte:
            os._exit(2)
        except Exception as erreur:  # noqa: BLE001 - it is ours: no test has seen anything
            os.write(canal, repr(erreur).encode())
            os._exit(_PAS_POSE)


def _fait(ordre: dict[str, Any], tests: int, etat: str) -> dict[str, Any]:
    return {"cle": ordre["cle"], "ligne": ordre["ligne"], "tests": tests, "par": "", "etat": etat}


class Bases:
    """The SQLite files that a whole session shares, as they are now: what a copy writes is not found by the next."""

    def __init__(self) -> None:
        # Here: the product is loaded under the eye of what measures it.
        from webapp.persistence.database import BaseDeDonnees  # noqa: PLC0415 - said above

        self._gardees: dict[Path, bytes] = {}
        for base in [objet for objet in gc.get_objects() if isinstance(objet, BaseDeDonnees)]:
            fichier = Path(base.url.database or "")
            if base.url.get_backend_name() == "sqlite" and fichier.is_file():
                # The journal goes into the file; each copy opens it anew, the threads' own connections too.
                base.fermer()
                base.lecture_du_fil._fil = threading.local()
                self._gardees[fichier] = fichier.read_bytes()

    def rendre(self) -> None:
        """Put them back as they were. Nobody has them open."""
        for fichier, octets in self._gardees.items():
            for reste in ("-wal", "-shm", "-journal"):
                fichier.with_name(fichier.name + reste).unlink(missing_ok=True)
            fichier.write_bytes(octets)


def _suivant(item: pytest.Item) -> pytest.Item:
    """Give a test whose session is the same: what a whole session shares is kept from one to the next."""
    return _Fin.from_parent(item.session, name="fin")


class _Fin(pytest.Item):
    """Comes after each test, and shares nothing with it but the session: everything below is put away."""

    def runtest(self) -> None:
        """Never called."""

    def reportinfo(self) -> tuple[str, int | None, str]:
        """Nobody reads it."""
        return "", None, ""


def _chauffer(items: Sequence[pytest.Item], carte: Carte | None) -> None:
    """Play the first test of each set of fixtures of the session, so that their copies find them made."""
    vues: set[str] = set()
    for item in items:
        partagees = {
            nom
            for nom, definitions in getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {}).items()
            if definitions[-1].scope == "session"
        }
        if not partagees <= vues and (carte is None or item.nodeid in carte.durees):
            vues |= partagees
            runtestprotocol(item, log=False, nextitem=_suivant(item))


def _se_taire() -> None:
    rien = os.open(os.devnull, os.O_RDWR)
    for descripteur in (0, 1, 2):
        os.dup2(rien, descripteur)


def _borner(cout: float) -> None:
    """Stop by itself: after so much work, after so long, or with too much memory."""
    travail = int(min(max(PATIENCE * cout, AU_MOINS), AU_PLUS) + time.process_time())
    resource.setrlimit(resource.RLIMIT_CPU, (travail, travail + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(AU_PLUS)


def principal(arguments: Sequence[str]) -> int:
    """Read the tests, measure those that the map does not know, play the orders: `ordres sorties carte dossier…`."""
    ordres, sorties, carte = map(Path, arguments[:3])
    # Before anything of ours is loaded: what is done while loading is told apart.
    mesure = nouvelle_mesure()
    mesure.start()
    options = ["-p", "no:xdist", "-p", "no:cacheprovider", "-q", "--tb=native"]
    return int(pytest.main([*options, *arguments[3:]], plugins=[Jeu(ordres, sorties, carte, mesure)]))


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
