"""The command: `python -m tests.bench`. Ends with 0 when every target is met, 1 when one is missed, 2 on a failure."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from steps.donnees.serveur import ServeurEnDefaut
from steps.gherkin.typographie import dire
from tests.bench import ampleur as ampleur_mesuree
from tests.bench import (
    controle,
    ecrans,
    exportation,
    import_edof,
    importation,
    parcours,
    peuplement,
    poids,
    registre,
    scenario,
    tableau,
    taches,
)
from tests.bench.cadence import Banc, se_restreindre
from tests.bench.ecrans import Atelier
from tests.bench.mesure import MesureImpossible
from tests.bench.peuplement import Taille
from tests.bench.serveurs import Cablage, cablage, nue

PARTIES = ("ecrans", "poids", "parcours", "controle", "export", "import-edof", "import", "scenario", "taches")
AMPLEUR = "ampleur"


@dataclass(frozen=True)
class Ampleur:
    """How much is measured: rounds of the screens, seconds of each, imports, passages of the scenario, typed walks,
    sessions that a job moves and seconds during which others are listened to before.
    """

    tours: int
    duree: float
    imports: int
    passages: int
    parcours: int
    sessions: int
    calme: float


LONG = Ampleur(tours=5, duree=0.4, imports=3, passages=7, parcours=3, sessions=20_000, calme=20)
COURT = Ampleur(tours=3, duree=0.3, imports=1, passages=2, parcours=1, sessions=2_000, calme=5)


def principal(arguments: list[str] | None = None) -> int:
    """Measure what is asked for, print it, and give the exit code."""
    voulu = _lire(arguments)
    parties = voulu.seulement or (() if voulu.million else PARTIES)
    ampleur = COURT if voulu.court else LONG
    coeurs = se_restreindre()
    tenus: list[bool] = []
    try:
        if {"ecrans", "poids", "parcours"} & set(parties):
            tenus += _produit(parties, voulu, ampleur, coeurs)
        if "controle" in parties:
            tenus += _controles(ampleur)
        if "export" in parties:
            tenus.append(_export(ampleur))
        if "import-edof" in parties:
            tenus.append(_import_edof(ampleur))
        if "import" in parties:
            tenus += _imports(ampleur)
        if AMPLEUR in parties or voulu.million:
            tenus += _ampleur(ampleur_mesuree.MILLION if voulu.million else ampleur_mesuree.MOYENNE)
        if "scenario" in parties:
            _progresser("scénario de la fiche et script nu, tour à tour…")
            mesures = scenario.comparer(ampleur.passages)
            _dire(tableau.comparaison(mesures))
            tenus.append(mesures.tenu)
        if "taches" in parties:
            tenus.append(_taches(ampleur))
    except (MesureImpossible, ServeurEnDefaut) as erreur:
        sys.stderr.write(f"{type(erreur).__name__} : {erreur}\n")
        return 2
    return 0 if all(tenus) else 1


def _produit(parties: Sequence[str], voulu: Namespace, ampleur: Ampleur, coeurs: int) -> Iterator[bool]:
    """Measure the screens and the weight on one server; say of each target whether it is met."""
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier, cablage(Path(dossier)) as demarre:
        if "ecrans" in parties:
            yield from _ecrans(demarre, voulu, ampleur, coeurs)
        if "poids" in parties:
            _progresser("première visite…")
            visite = poids.peser(demarre)
            _dire(tableau.visite(visite))
            yield visite.tenu
        if "parcours" in parties:
            _progresser("parcours de la fiche, tapé au clavier…")
            with nue() as servie:
                marche = parcours.mesurer(demarre, ecrans.nue(servie), servie, ampleur.parcours)
            _dire(tableau.parcours(marche))
            yield marche.tenu


def _controles(ampleur: Ampleur) -> Iterator[bool]:
    """Measure « Contrôle » of a whole catalogue on each engine; say of each whether its target is met."""
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        mesures = controle.comparer(
            Path(dossier), 2 * ampleur.imports + 1, lambda moteur: _progresser(f"contrôle du catalogue, {moteur}…")
        )
    _dire(tableau.controles(mesures))
    yield from (mesure.tenu for mesure in mesures)


def _export(ampleur: Ampleur) -> bool:
    """Measure the export of a catalogue for the portal; say whether its targets are met."""
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        mesure = exportation.mesurer(
            Path(dossier), 2 * ampleur.imports + 1, lambda numero: _progresser(f"export pour EDOF, {numero}…")
        )
    _dire(tableau.exportation(mesure))
    return mesure.tenu


def _import_edof(ampleur: Ampleur) -> bool:
    """Measure the import of a file of the portal; say whether its targets are met."""
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        mesure = import_edof.mesurer(
            Path(dossier), 2 * ampleur.imports - 1, lambda numero: _progresser(f"import d’EDOF, {numero}…"),
            import_edof.FORMATIONS if ampleur is LONG else import_edof.FORMATIONS // 4,
        )  # fmt: skip
    _dire(tableau.import_edof(mesure))
    return mesure.tenu


def _taches(ampleur: Ampleur) -> bool:
    """Measure what a job makes others wait; say whether its targets are met."""
    _progresser("tâche sur beaucoup de sessions…")
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier, cablage(Path(dossier)) as demarre:
        epreuve = taches.mesurer(demarre, ampleur.sessions, ampleur.calme)
    _dire(tableau.taches(epreuve))
    return epreuve.tenu


def _imports(ampleur: Ampleur) -> Iterator[bool]:
    """Measure the imports of the registry; say of each whether its target is met."""
    _progresser("exports du registre…")
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        mesures = importation.comparer(
            Path(dossier), ampleur.imports, lambda numero: _progresser(f"imports, {numero} sur {ampleur.imports}…")
        )
    _dire(tableau.importations(mesures))
    yield from (mesure.tenu for mesure in mesures)


def _ampleur(grande: Taille) -> Iterator[bool]:
    """Measure what the size of the base costs; say of each read whether its target is met."""
    mesures = list(ampleur_mesuree.comparer(grande, peuplement.dossier_garde(), _progresser))
    _dire(tableau.ampleurs(mesures, grande))
    yield from (mesure.tenu for mesure in mesures)


def _ecrans(demarre: Cablage, voulu: Namespace, ampleur: Ampleur, coeurs: int) -> Iterator[bool]:
    _progresser("données des écrans…")
    atelier = Atelier(demarre)
    with tempfile.TemporaryDirectory(prefix="bench-") as dossier:
        registre.importer(demarre.base, registre.fabriquer(Path(dossier)).csv)
    a_mesurer = [*atelier.avec_plafond(), *atelier.du_registre()]
    if not voulu.court:
        a_mesurer += [*atelier.autres(), atelier.catalogue(ecrans.MOYEN)]
    if voulu.grand:
        a_mesurer.append(atelier.catalogue(ecrans.GRAND))
    with nue() as servie, Banc(ecrans.nue(servie), servie, demarre.servi) as banc:
        tours = ampleur.tours
        resultats = banc.mesurer(
            a_mesurer, tours, ampleur.duree, lambda numero: _progresser(f"écrans, tour {numero} sur {tours}…")
        )
    _dire(tableau.ecrans(resultats), tableau.conditions(resultats, coeurs))
    yield from (resultat.tenu for resultat in resultats)


def _lire(arguments: list[str] | None) -> Namespace:
    lecteur = ArgumentParser(prog="python -m tests.bench", description=dire("Mesurer ce que coûte le produit."))
    lecteur.add_argument(
        "--seulement", action="append", choices=(*PARTIES, AMPLEUR), help=dire("une partie, et non toutes")
    )
    lecteur.add_argument("--court", action="store_true", help=dire("une minute et demie : ce qui a une cible"))
    lecteur.add_argument("--grand", action="store_true", help=dire("ajouter un catalogue d'un million de formations"))
    lecteur.add_argument(
        "--million",
        action="store_true",
        help=dire("ce que coûte la taille, à un million de formations : les bases sont faites une fois, puis gardées"),
    )
    return lecteur.parse_args(arguments)


def _dire(*textes: str) -> None:
    sys.stdout.write("\n" + "\n".join(textes) + "\n")
    sys.stdout.flush()


def _progresser(phrase: str) -> None:
    sys.stderr.write(dire(phrase) + "\n")


if __name__ == "__main__":
    sys.exit(principal())
