"""`python -m tests.mutation`: are changes made by a tool that does not know us seen by the tests?

    --court           ten minutes: as many as fit of each draw; nothing is published
    --partie NOM…     domaine, ailleurs, ecrans (all of them by default)
    --minutes N       each part stops after so long; what it has played is kept, and goes on next time
    --graine N        the seed of the draws
    --survivants      only those that are alive, once again: their tests have been written
    --cible FICHIER…  only the mutants of these files, or of one line (saisies.py:157), once again; nothing is kept
    --tout            forget what was played and measured

Ends with 1 if a survivor has no verdict, if a verdict is on a mutant that can no longer be, or if less than 95 % of the
domain is killed; with 2, and nothing published, if --survivants is asked of a draw of which nothing is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.mutation import RACINE, bilan, ecrans
from tests.mutation.bilan import Bilan
from tests.mutation.etats import AU_CHARGEMENT, DELAI, NON_VU, TUE, VIVANT
from tests.mutation.gabarits import mutants_de_gabarit
from tests.mutation.greffe import GABARIT
from tests.mutation.mutants import Cle, Mutant, fichiers, mutants, tous

CACHE = RACINE / ".cache" / "mutation"
GRAINE = 20261126
BUT = 0.95
TOUT = 1_000_000
"""A line after the last of any template: where nothing better is known, who goes by it anywhere is asked."""
COURT, RELEVE = 10.0, 60.0


@dataclass(frozen=True)
class Partie:
    """What is changed, how many are drawn (0: all of them), and the tests that should see it.

    `ensuite`: the scenarios should; the tests are asked of what they did not see.
    """

    nom: str
    dossiers: tuple[str, ...]
    tires: int
    tests: tuple[str, ...]
    ensuite: bool = False


# What looks at the domain alone, without database or server. Elsewhere SQLite stands for both engines: PostgreSQL costs
# ten times more, and the tests are the same.
_SANS_NAVIGATEUR = (
    "tests/services", "tests/persistence", "tests/web", "tests/mode_emploi", "tests/edof", "-k", "not postgresql",
)  # fmt: skip
PARTIES = (
    Partie("domaine", ("webapp/domain",), 0, ("tests/domain",)),
    Partie("ailleurs", ("webapp/services", "webapp/persistence", "webapp/web"), 400, _SANS_NAVIGATEUR),
    Partie("ecrans", ("webapp/web", "templates"), 200, _SANS_NAVIGATEUR, ensuite=True),
)


def principal(arguments: Sequence[str] | None = None) -> int:
    """Draw, play, say, publish; give the exit code."""
    voulu = _lecteur().parse_args(arguments)
    choisies = [partie for partie in PARTIES if partie.nom in voulu.partie]
    minutes = COURT / len(choisies) if voulu.court else voulu.minutes
    if voulu.tout:
        shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"Graine : {voulu.graine}\n")
    if voulu.cible:
        return _rejouer(choisies, voulu.cible, time.monotonic() + minutes * 60)
    sans = [partie.nom for partie in choisies if not bilan.lire(_sorties(partie, voulu.graine))[1]]
    if voulu.survivants and sans:
        sys.stderr.write(f"Rien de joué avec cette graine, donc aucun survivant connu : {', '.join(sans)}\n")
        return 2
    bilans = [_jouer(partie, voulu.graine, time.monotonic() + minutes * 60, voulu.survivants) for partie in choisies]
    rendus = bilan.verdicts()
    defauts = [f"Verdict sans objet : {' | '.join(map(str, cle))}" for cle in bilan.sans_objet(rendus)]
    for un in bilans:
        defauts += _dire(un, rendus)
    if not voulu.court:
        bilan.publier(bilans, datetime.now(UTC))
    sys.stdout.write("".join(f"{defaut}\n" for defaut in defauts))
    return 1 if defauts else 0


def tirage(partie: Partie, graine: int) -> tuple[list[Mutant], int]:
    """Give the mutants drawn, in the order of the draw, and out of how many: a seed and the code decide."""
    population = lister(partie)
    random.Random(graine).shuffle(population)  # noqa: S311 - a draw, no secret
    return population[: partie.tires or None], len(population)


def lister(partie: Partie, cibles: Sequence[str] = ("",)) -> list[Mutant]:
    """List the mutants of a part: all of them, or those of files or lines (`saisies.py`, `domain/saisies.py:157`)."""
    voulues = [cible.partition(":")[::2] for cible in cibles]

    def vise(fichier: str, mutant: Mutant | None = None) -> bool:
        return any(
            (not nom or f"/{fichier}".endswith(f"/{nom}"))
            and (not ligne or mutant is None or mutant.ligne <= int(ligne) <= mutant.derniere)
            for nom, ligne in voulues
        )

    trouves = list(tous(filter(vise, fichiers(partie.dossiers))))
    for dossier in partie.dossiers:
        for chemin in sorted((RACINE / dossier).rglob("*.html")):
            if vise(nom := str(chemin.relative_to(RACINE))):
                trouves += mutants_de_gabarit(nom)
    return [mutant for mutant in trouves if vise(mutant.fichier, mutant)]


def _sorties(partie: Partie, graine: int) -> Path:
    """Say where what was played of a draw is kept."""
    return CACHE / f"{partie.nom}-{graine}.jsonl"


def _jouer(partie: Partie, graine: int, fin: float, survivants: bool) -> Bilan:
    tires, population = tirage(partie, graine)
    sorties = _sorties(partie, graine)
    _, faits = bilan.lire(sorties)
    refaire = {VIVANT, NON_VU} if survivants else set() if partie.ensuite else {AU_CHARGEMENT}
    a_jouer = [
        mutant for mutant in tires
        if (faits[mutant.cle]["etat"] in refaire if mutant.cle in faits else not survivants)
    ]  # fmt: skip
    if not partie.ensuite:
        _par_les_tests(partie, a_jouer, sorties, fin)
    else:
        _par_les_scenarios(a_jouer, sorties, fin)
        _, faits = bilan.lire(sorties)
        vivants = [m for m in tires if faits.get(m.cle, {"etat": ""})["etat"] in {VIVANT, NON_VU}]
        _par_les_tests_ensuite(partie, vivants, sorties, fin)
    cles = {mutant.cle for mutant in tires}
    premiers, derniers = ({c: f for c, f in lus.items() if c in cles} for lus in bilan.lire(sorties))
    return Bilan(partie.nom, graine, population, len(tires), premiers, derniers)


def _rejouer(choisies: Sequence[Partie], cibles: Sequence[str], fin: float) -> int:
    """Play what was aimed at and say what became of each; what the draws say is left as it is."""
    vivants = joues = 0
    for partie in choisies:
        a_jouer = lister(partie, cibles)
        if not a_jouer:
            continue
        with tempfile.TemporaryDirectory(prefix="mutation-") as dossier:
            sorties = Path(dossier) / "sorties.jsonl"
            jouer = _par_les_scenarios if partie.ensuite else partial(_par_les_tests, partie)
            jouer(a_jouer, sorties, fin)
            _, faits = bilan.lire(sorties)
        joues += len(faits)
        for cle, fait in faits.items():
            vivants += fait["etat"] in {VIVANT, NON_VU}
            dit = f" ({fait['par']})" if fait["par"] else ""
            sys.stdout.write(f"{fait['etat']}{dit} : {cle[0]}:{fait['ligne']}\n  - {cle[2]}\n  + {cle[3]}\n")
    sys.stdout.write(f"{joues} joués, {vivants} vivants\n")
    return 0 if joues and not vivants else 1


def _par_les_tests(partie: Partie, a_jouer: Sequence[Mutant], sorties: Path, fin: float) -> None:
    """Play mutants in a pytest of their own, until they are done or the time is over."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as dossier:
        ordres = Path(dossier) / "ordres.json"
        ordres.write_text(json.dumps(ordonner(a_jouer)), "utf-8")
        # One map for the parts that ask the same tests: it takes longer to make than they take to be played.
        carte = CACHE / f"{next(p.nom for p in PARTIES if p.tests == partie.tests)}.carte.jsonl"
        commande = [sys.executable, "-m", "tests.mutation.jeu", str(ordres), str(sorties), str(carte), *partie.tests]
        with (CACHE / f"{partie.nom}.log").open("wb") as journal:
            processus = subprocess.Popen(commande, cwd=RACINE, stdout=journal, stderr=subprocess.STDOUT)
            try:
                if processus.wait(max(1.0, fin - time.monotonic())) != 0:
                    raise RuntimeError((CACHE / f"{partie.nom}.log").read_text("utf-8")[-2000:])
            except subprocess.TimeoutExpired:
                processus.terminate()
                processus.wait()


def _par_les_tests_ensuite(partie: Partie, vivants: Sequence[Mutant], sorties: Path, fin: float) -> None:
    """Ask the tests of what no scenario has seen; only what they see is added to what was written."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as dossier:
        vus = Path(dossier) / "sorties.jsonl"
        _par_les_tests(partie, vivants, vus, fin)
        lignes = vus.read_text("utf-8").splitlines() if vus.exists() else []
    with sorties.open("a", encoding="utf-8") as sortie:
        sortie.writelines(f"{ligne}\n" for ligne in lignes if json.loads(ligne)["etat"] in {TUE, DELAI})


def ordonner(a_jouer: Sequence[Mutant]) -> list[dict[str, Any]]:
    """Give what `jeu` needs of each mutant: the change, its lines, and those of its function."""
    portees: dict[tuple[str, str], tuple[int, int]] = {}
    for fichier in sorted({mutant.fichier for mutant in a_jouer}):
        if fichier.endswith(GABARIT):
            portees[fichier, ""] = (1, TOUT)
            continue
        for mutant in mutants(fichier):
            de, a = portees.get((fichier, mutant.fonction), (mutant.ligne, mutant.derniere))
            portees[fichier, mutant.fonction] = (min(de, mutant.ligne), max(a, mutant.derniere))
    champs = ("cle", "fichier", "ligne", "derniere", "debut", "fin", "texte")
    return [
        {champ: getattr(mutant, champ) for champ in champs}
        | dict(zip(("de", "a"), portees[mutant.fichier, mutant.fonction], strict=True))
        for mutant in a_jouer
    ]


def _par_les_scenarios(a_jouer: Sequence[Mutant], sorties: Path, fin: float) -> None:
    """Play mutants against the scenarios that go by them, until they are done or the time is over."""
    carte = ecrans.relever(CACHE / "ecrans.carte.json", min(RELEVE, max(0.5, (fin - time.monotonic()) / 120)))
    ecrans.jouer(a_jouer, carte, sorties, max(1.0, fin - time.monotonic()))


def _dire(un: Bilan, rendus: dict[Cle, tuple[str, str]]) -> list[str]:
    """Say the score of a part; gives what is not as it should be."""
    bas, haut = bilan.wilson(un.tues, un.joues)
    sys.stdout.write(
        f"{un.partie} : {un.tues} tués sur {un.joues} joués, {un.tires} tirés de {un.population} "
        f"({100 * un.tues / max(1, un.joues):.1f} %, entre {100 * bas:.1f} et {100 * haut:.1f}) ; "
        f"depuis : {un.tues_depuis}\n"
    )
    defauts = [f"Sans verdict : {' | '.join(map(str, cle))}" for cle, _ in un.vivants if cle not in rendus]
    if un.partie == "domaine" and un.tues_depuis < BUT * un.joues:
        defauts.append(f"Domaine : moins de {BUT:.0%} tués")
    return defauts


def _lecteur() -> argparse.ArgumentParser:
    lecteur = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    lecteur.add_argument("--court", action="store_true", help="ten minutes, nothing published")
    lecteur.add_argument("--partie", nargs="+", default=[p.nom for p in PARTIES], choices=[p.nom for p in PARTIES])
    lecteur.add_argument("--minutes", type=float, default=600.0, help="for each part (600)")
    lecteur.add_argument("--graine", type=int, default=GRAINE, help=f"the seed of the draws ({GRAINE})")
    lecteur.add_argument("--survivants", action="store_true", help="those that are alive, once again")
    lecteur.add_argument(
        "--cible", nargs="+", metavar="FICHIER[:LIGNE]", help="of a file or of a line; nothing is kept"
    )
    lecteur.add_argument("--tout", action="store_true", help="forget what was played and measured")
    return lecteur


if __name__ == "__main__":
    sys.exit(principal())
