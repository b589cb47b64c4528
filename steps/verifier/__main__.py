"""`python -m steps.verifier`: the lint of the features, and on demand the audit of their steps.

Asked about the whole project, it also says when the phrase book that the product shows is stale;
`python -m steps.verifier phrases` writes it again.

Exit status: 0 without a fault, 1 with one, 2 when there was nothing to look at or the question made no sense.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from steps.definitions.inventaire import inventory
from steps.gherkin.source import SourceFile, feature_files, read
from steps.gherkin.typographie import dressed, plural, say
from steps.verifier import phrases_publication
from steps.verifier.findings import RULES, report
from steps.verifier.fix import fix, write
from steps.verifier.lint import lint
from steps.verifier.session import MODULES

CLEAN, FAULTY, MEANINGLESS = 0, 1, 2
_DEFAULT = Path("features")
_BOOK = "phrases"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    if [*(sys.argv[1:] if arguments is None else arguments)] == [_BOOK]:
        return phrases_publication.main(Path.cwd())
    options = _parser().parse_args(arguments)
    if options.regles:
        _print(*(f"{code}  {dressed(title)}" for code, title in RULES.items()))
        return CLEAN
    missing = [path for path in options.chemins if not path.exists()]
    for path in missing:
        _complain(say("{path} n'existe pas", path=path))
    files = [read(path) for path in feature_files(options.chemins)] if not missing else []
    if not files:
        _complain(say("aucun fichier .feature à lire"))
        return MEANINGLESS
    if options.fix:
        files = [_repaired(file) for file in files]
    status = _lint(files)
    if options.chemins == [_DEFAULT]:
        status = max(status, _look_at_book(files))
    return max(status, _audit()) if options.etapes else status


def _lint(files: Sequence[SourceFile]) -> int:
    findings = lint(files)
    if findings:
        _print(report(findings))
    written = inventory(files)
    _print(
        say(
            "{files}, {scenarios}, {steps} : {verdict}.",
            files=plural(written.files, "fichier lu", "fichiers lus"),
            scenarios=plural(len(written.scenarios), "scénario"),
            steps=plural(written.steps, "étape"),
            verdict=plural(len(findings), "défaut") if findings else say("aucun défaut"),
        )
    )
    return FAULTY if findings else CLEAN


def _look_at_book(files: Sequence[SourceFile]) -> int:
    root = Path.cwd()
    complaint = phrases_publication.stale(files, root) if phrases_publication.concerns(root) else None
    if complaint:
        _print(complaint)
    return FAULTY if complaint else CLEAN


def _repaired(file: SourceFile) -> SourceFile:
    text = fix(file)
    if text == file.text or file.undecodable:
        return file
    write(file.path, text)
    _print(say("{file} : réparé", file=file.name))
    return read(file.path)


def _audit() -> int:
    """Ask pytest, which alone knows which definitions a scenario sees.

    It runs in a process of its own: it wants to be there before the modules that this one has imported.
    """
    modules = [MODULES] if Path(MODULES).is_dir() else []
    options = ["--verifier-seulement", "--quiet", "--no-header", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *modules, *options]
    done = subprocess.run(command, check=False)  # noqa: S603 - Constants, and the Python that runs this very line.
    return CLEAN if done.returncode == 0 else FAULTY


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m steps.verifier",
        description=say("Contrôle l'écriture des features et leurs étapes."),
        epilog=say("« python -m steps.verifier phrases » écrit le livre de phrases que montre le produit."),
    )
    parser.add_argument("--fix", action="store_true", help=say("réparer ce qui se répare sans jugement"))
    parser.add_argument("--etapes", action="store_true", help=say("contrôler aussi les définitions d'étapes"))
    parser.add_argument("--regles", action="store_true", help=say("dire ce qui est contrôlé, et rien d'autre"))
    parser.add_argument("chemins", nargs="*", type=Path, default=[_DEFAULT], help=say("fichiers et dossiers"))
    return parser


def _print(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


def _complain(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
