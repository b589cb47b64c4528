"""The command that compares another edition of a guide with the one that the scenarios follow."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.domain import textes
from webapp.domain.textes import fr, pluriel
from webapp.terminal import Groupe, Refus, dire, illisible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.mode_emploi.edition_constats import Constat

DIFFERENT = 1
"""Exit status when the two editions differ; 0 when they are the same."""


class SansObjet(Refus):
    """There is nothing to compare; a status of its own, since 1 says that something differs."""

    exit_code = 2


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold this one."""
    groupe.command("comparer-edition")(comparer_edition)


@click.option("--guide", default="", metavar="NOM", help="Guide auquel comparer (sinon celui de la fiche pratique).")
@click.argument("fichier", type=click.Path(path_type=Path), metavar="FICHIER")
def comparer_edition(*, guide: str, fichier: Path) -> None:
    """Comparer le texte d'une nouvelle édition d'un guide à celui que les scénarios suivent."""
    from webapp.domain.textes import normaliser
    from webapp.mode_emploi.edition import TEXTE_MAX, Verdict, comparer
    from webapp.mode_emploi.edition_reference import editions

    connues = {edition.guide.nom: edition for edition in editions()}
    if guide and guide not in connues:
        raise SansObjet("Aucun guide ne s'appelle « {x} ». Les guides : {connus}.", x=guide, connus=", ".join(connues))
    choisie = connues[guide] if guide else next(iter(connues.values()))
    faite = comparer(choisie, normaliser(_lire(fichier, TEXTE_MAX)))
    if faite.verdict is Verdict.VIDE:
        raise SansObjet("« {x} » ne contient aucun mot.", x=fichier)
    if faite.verdict is Verdict.ETRANGER:
        suite = fr(f" Il ressemble davantage à « {faite.autre.guide.nom} ».") if faite.autre else ""
        modele = "Ce texte n'a presque rien de commun avec le guide « {titre} ».{suite}"
        raise SansObjet(modele, titre=choisie.guide.titre, suite=suite)
    for constat in faite.constats:
        for ligne in _lignes(constat):
            click.echo(ligne)
    for phrase in faite.avis:
        click.echo(phrase)
    if faite.tronque:
        dire("La fin de ce texte, trop long, n'a pas été lue.")
    memes = pluriel(len(faite.identiques), "phrase identique", "phrases identiques")
    dire(f"{pluriel(len(faite.constats), 'différence')}, {memes}.")
    if faite.constats:
        sys.exit(DIFFERENT)


def _lire(fichier: Path, longueur_max: int) -> str:
    """Give the text of a file. Raises SansObjet."""
    try:
        with fichier.open(encoding="utf-8-sig") as ouvert:
            # One more tells a text that is too long, and no more of it is read.
            texte = ouvert.read(longueur_max + 1)
    except UnicodeDecodeError as erreur:
        raise SansObjet("« {x} » n'est pas un texte en UTF-8 : collez-y le texte du guide.", x=fichier) from erreur
    except OSError as erreur:
        raise illisible(fichier, erreur, SansObjet) from erreur
    if len(texte) > longueur_max:
        raise SansObjet("« {x} » dépasse {n} caractères : aucun guide n'est si long.", x=fichier, n=longueur_max)
    return texte


def _lignes(constat: Constat) -> Iterator[str]:
    """Say a finding: what it is, each sentence before and after, the labels that are missing, the scenarios.

    Typeset, save what either text says: two may differ by an apostrophe.
    """
    from webapp.mode_emploi.edition_constats import Genre

    apres = f"après {constat.apres.id}" if constat.apres else "au début"
    numeros = ", ".join(phrase.id for phrase in constat.phrases)
    deplace = f", {apres}" if constat.genre is Genre.DEPLACEE else ""
    yield fr(f"{constat.genre.value[0].capitalize()} ({numeros or apres}{deplace})")
    for comparee in constat.comparees:
        yield f"  - {comparee.avant}"
        yield f"  + {comparee.apres}"
    if not constat.comparees:
        signe = "-" if constat.genre is Genre.DISPARUE else "="
        yield from (f"  {signe} {phrase.texte}" for phrase in constat.phrases)
    yield from (f"  + {ligne}" for ligne in constat.texte)
    modele = "  Aucun écran n'a de libellé « {x} »."
    yield from (textes.dire(modele, x=manquant.texte) for manquant in constat.inconnus)
    yield from (fr(f"  {e.place[0]}:{e.place[1]} {e.titre}") for e in constat.exemples or constat.voisins)
