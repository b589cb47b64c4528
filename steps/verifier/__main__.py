"""`python -m steps.verifier`: the check of the features and of their steps, without playing anything.

Asked about the whole project, it also says which sentences no scenario says, and when the phrase book that the product
shows is stale; `python -m steps.verifier phrases` writes it again. `--etapes` asks pytest to collect the scenarios too:
it alone knows the fixtures, and the definitions that stand elsewhere than in the phrase book.

Exit status: 0 without a fault, 1 with one, 2 when there was nothing to look at or the question made no sense.
"""

import argparse
import importlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from steps.definitions.inventaire import inventorier
from steps.gherkin.lecture import Fichier, fichiers, lire_fichier
from steps.gherkin.regles.defauts import REGLES, Defaut, enumerer
from steps.gherkin.regles.ecriture import controler
from steps.gherkin.typographie import dire, habiller, pluriel
from steps.phrases import MODULES as PHRASES
from steps.verifier import recueil_publie
from steps.verifier.audit import auditer_sans_pytest
from steps.verifier.reparation import reparer
from steps.verifier.seance import MODULES

SANS_DEFAUT, EN_DEFAUT, SANS_OBJET = 0, 1, 2
_TOUT = Path("features")
_RECUEIL = "phrases"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    if [*(sys.argv[1:] if arguments is None else arguments)] == [_RECUEIL]:
        return recueil_publie.main(Path.cwd())
    options = _parser().parse_args(arguments)
    if options.regles:
        _dire(*(f"{code}  {habiller(titre)}" for code, titre in REGLES.items()))
        return SANS_DEFAUT
    absents = [chemin for chemin in options.chemins if not chemin.exists()]
    for chemin in absents:
        _se_plaindre(dire("{chemin} n'existe pas", chemin=chemin))
    lus = [lire_fichier(chemin) for chemin in fichiers(options.chemins)] if not absents else []
    if not lus:
        _se_plaindre(dire("aucun fichier .feature à lire"))
        return SANS_OBJET
    if options.fix:
        lus = [_reparer(fichier) for fichier in lus]
    etat = _controler(lus, tout=options.chemins == [_TOUT])
    return max(etat, _auditer_par_pytest()) if options.etapes else etat


def _controler(lus: Sequence[Fichier], *, tout: bool) -> int:
    racine = Path.cwd()
    defauts = [*controler(lus), *_auditer(lus, racine, tout=tout)]
    if defauts:
        _dire(enumerer(defauts))
    ecrits = inventorier(lus)
    _dire(
        dire(
            "{fichiers}, {scenarios}, {pas} : {verdict}.",
            fichiers=pluriel(ecrits.fichiers, "fichier lu", "fichiers lus"),
            scenarios=pluriel(len(ecrits.scenarios), "scénario"),
            pas=pluriel(ecrits.pas, "étape"),
            verdict=pluriel(len(defauts), "défaut") if defauts else dire("aucun défaut"),
        )
    )
    plainte = recueil_publie.perime(lus, racine) if tout and recueil_publie.concerne(racine) else None
    if plainte:
        _dire(plainte)
    return EN_DEFAUT if defauts or plainte else SANS_DEFAUT


def _auditer(lus: Sequence[Fichier], racine: Path, *, tout: bool) -> tuple[Defaut, ...]:
    """Look for the steps that nothing defines, or that several sentences do; of the whole project, for orphans too.

    Features of another project say other sentences.
    """
    modules = [importlib.import_module(nom) for nom in PHRASES]
    if not all(Path(str(module.__file__)).is_relative_to(racine) for module in modules):
        return ()
    complet = tout and all(fichier.fonctionnalite for fichier in lus)
    return auditer_sans_pytest(lus, modules, racine, complet=complet).defauts


def _reparer(fichier: Fichier) -> Fichier:
    texte = reparer(fichier)
    if texte == fichier.texte or not fichier.est_utf8:
        return fichier
    fichier.chemin.write_bytes(texte.encode())  # With Unix ends of lines, whatever the system.
    _dire(dire("{nom} : réparé", nom=fichier.nom))
    return lire_fichier(fichier.chemin)


def _auditer_par_pytest() -> int:
    """Ask pytest, in a process of its own: it wants to be there before the modules that this one has imported."""
    modules = [MODULES] if Path(MODULES).is_dir() else []
    options = ["--verifier-seulement", "--quiet", "--no-header", "-p", "no:cacheprovider"]
    commande = [sys.executable, "-m", "pytest", *modules, *options]
    fini = subprocess.run(commande, check=False)  # noqa: S603 - Constants, and the Python that runs this very line.
    return SANS_DEFAUT if fini.returncode == 0 else EN_DEFAUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m steps.verifier",
        description=dire("Contrôle l'écriture des features et leurs étapes."),
        epilog=dire("« python -m steps.verifier phrases » écrit le livre de phrases que montre le produit."),
    )
    parser.add_argument("--fix", action="store_true", help=dire("réparer ce qui se répare sans jugement"))
    parser.add_argument("--etapes", action="store_true", help=dire("contrôler aussi les définitions d'étapes"))
    parser.add_argument("--regles", action="store_true", help=dire("dire ce qui est contrôlé, et rien d'autre"))
    parser.add_argument("chemins", nargs="*", type=Path, default=[_TOUT], help=dire("fichiers et dossiers"))
    return parser


def _dire(*lignes: str) -> None:
    sys.stdout.write("\n".join(lignes) + "\n")


def _se_plaindre(ligne: str) -> None:
    sys.stderr.write(ligne + "\n")


if __name__ == "__main__":
    sys.exit(main())
