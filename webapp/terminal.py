"""The command line speaks French: help pages, faults of typing, refusals.

Click's own sentences are English and cannot be changed one by one; this module says them again. It knows no command.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from webapp.domain import textes
from webapp.domain.sortes_de_fichiers import pourquoi_illisible
from webapp.domain.textes import fr

# Click ends a heading with a colon set as in English.
_TITRE = re.compile(r"^(\w+):$", re.MULTILINE)


class Refus(click.ClickException):
    """A command cannot do what was asked; the message is a French sentence."""

    def __init__(self, modele: str, **valeurs: object) -> None:
        """Typeset a sentence, then put values in its {places}, as `dire` does."""
        super().__init__(_composer(modele, valeurs))


def entendre_les_arrets() -> None:
    """Have a stop heard that Python swallows, in this process.

    What a signal throws within what Python calls by itself (the callback of a weak reference, a finalizer) is lost
    there: Ctrl-C would do nothing. It is given again a moment later.
    """
    sys.unraisablehook = _redonner


def _redonner(perdue: sys.UnraisableHookArgs) -> None:
    if perdue.exc_type in {SystemExit, KeyboardInterrupt}:
        encore = threading.Timer(_UN_INSTANT, os.kill, (os.getpid(), signal.SIGINT))
        encore.daemon = True
        encore.start()
    else:
        sys.__unraisablehook__(perdue)


_UN_INSTANT = 0.05
"""Seconds: until Python has come back from there."""


def non_ecrit(fichier: Path, erreur: OSError) -> Refus:
    """Give the refusal of a command that could not write a file; a full disk is said for what it is."""
    raison = " : le disque est plein" if erreur.errno in {errno.ENOSPC, errno.EDQUOT} else ""
    return Refus(f"« {{fichier}} » ne peut pas être écrit{raison}.", fichier=fichier)


def illisible(fichier: Path, erreur: OSError, refus: type[Refus] = Refus) -> Refus:
    """Give the refusal of a command that could not read a file, of a kind of its own if it has one."""
    if pourquoi := pourquoi_illisible(erreur):
        return refus("« {fichier} » ne se lit pas : {pourquoi}.", fichier=fichier, pourquoi=pourquoi)
    return refus("« {fichier} » ne se lit pas.", fichier=fichier)


def dire(modele: str, *, erreur: bool = False, **valeurs: object) -> None:
    """Write a line for the person; on the error stream if it tells a failure, or how far something is.

    The sentence is typeset, then values are put in its {places}: what a person or a file says is quoted as it is, and
    so is a sentence that is typeset already.
    """
    click.echo(_composer(modele, valeurs), err=erreur)


def _composer(modele: str, valeurs: Mapping[str, object]) -> str:
    return textes.dire(modele, **valeurs) if valeurs else fr(modele)


def lire_mot_de_passe(*, sur_l_entree: bool) -> str:
    """Give the password of somebody: the first line of the input, or what is typed twice without being shown."""
    return sys.stdin.readline().rstrip("\r\n") if sur_l_entree else _demander_mot_de_passe()


def _demander_mot_de_passe() -> str:
    """Ask a password twice, without showing it."""
    premier, second = (
        str(click.prompt(question, hide_input=True, prompt_suffix=fr(" : "), default="", show_default=False))
        for question in ("Mot de passe", "Le même mot de passe encore")
    )
    if premier != second:
        raise Refus("Les deux mots de passe diffèrent : recommencez.")
    return premier


@contextmanager
def progression(nom: str, taille: int) -> Iterator[Callable[[int], None]]:
    """Show how much of something is done, on a terminal; nothing elsewhere. Gives what is told of each part done."""
    barre: Any = click.progressbar(
        length=max(taille, 1),
        label=nom,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        width=30,
        update_min_steps=1 << 16,
    )
    with barre:
        yield barre.update


class Commande(click.Command):
    """A command whose help page is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write « Usage : … »."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help page, described in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Montrer cette page."
        return option

    def get_help(self, ctx: click.Context) -> str:
        """Give the help page, typeset."""
        return fr(_TITRE.sub(r"\1 :", super().get_help(ctx)).replace("[required]", "[obligatoire]"))


class Groupe(Commande, click.Group):
    """The commands together: their list, and the sentences for what was mistyped."""

    command_class = Commande

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands under a French heading."""
        commandes = [(nom, self.get_command(ctx, nom)) for nom in self.list_commands(ctx)]
        with formatter.section("Commandes"):
            formatter.write_dl([(nom, c.get_short_help_str(100)) for nom, c in commandes if c is not None])

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command typed, and end the process with its code: 0 done, 1 refused, 2 mistyped, 130 given up."""
        try:
            code = super().main(*arguments, **{**options, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as aide:
            click.echo(aide.ctx.get_help())
            sys.exit(2)
        except click.ClickException as erreur:
            click.echo(phrase(erreur), err=True)
            sys.exit(erreur.exit_code)
        except click.Abort:
            click.echo(err=True)
            sys.exit(130)
        sys.exit(code if isinstance(code, int) else 0)


def phrase(erreur: click.ClickException) -> str:
    """Say an error of click as a French sentence, and where the help is."""
    match erreur:
        case click.NoSuchOption():
            faute = textes.dire("L'option « {x} » n'existe pas.", x=erreur.option_name)
        case click.exceptions.NoSuchCommand():
            faute = textes.dire("La commande « {x} » n'existe pas.", x=erreur.command_name)
        case click.BadOptionUsage():
            faute = textes.dire("L'option « {x} » n'est pas employée comme il faut.", x=erreur.option_name)
        case click.MissingParameter(param=click.Argument() as argument):
            faute = fr(f"Il manque l'argument « {argument.metavar or argument.name} ».")
        case click.MissingParameter():
            faute = fr(f"Il manque l'option « {_nom(erreur)} ».")
        case click.BadParameter(param=click.Option(type=click.DateTime(), metavar=str(forme))):
            faute = fr(f"La valeur donnée à « {_nom(erreur)} » ne convient pas : écrivez {forme}.")
        case click.BadParameter():
            faute = fr(f"La valeur donnée à « {_nom(erreur)} » ne convient pas.")
        case click.UsageError():
            faute = fr("La commande n'est pas écrite comme il faut.")
        case _:
            return erreur.message
    return faute if erreur.ctx is None else faute + textes.dire(" Voir « {x} --aide ».", x=erreur.ctx.command_path)


def _nom(erreur: click.BadParameter) -> str:
    """Give the option as it is typed."""
    return max(erreur.param.opts, key=len) if erreur.param is not None else ""
