"""Trying a scenario before anybody runs it: which of its steps are known, and what to change in the others.

In: any text, a whole feature or a mere list of steps. Out: its lines in order, each with what there is to say about it
in French. Nothing is stored and nothing is run. What is looked at is bounded; what is left out is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webapp.domain.textes import dire, fr, pluriel
from webapp.mode_emploi.essai_blocs import Parcours
from webapp.mode_emploi.essai_lecture import BLOCS_DE_TETE, LIGNES_MAX, Nature, lire
from webapp.mode_emploi.essai_mots import LANGUE
from webapp.mode_emploi.essai_pas import Juge
from webapp.mode_emploi.essai_resultat import Essai, Ligne, Remarque
from webapp.mode_emploi.phrases import livre
from webapp.mode_emploi.phrases_texte import composer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webapp.mode_emploi.essai_lecture import Lecture

_TYPOGRAPHIE = re.compile("[\u2019\u2018\u02bc\u00a0\u202f\u2007\u2009]")
_ENTETE = re.compile(r"\s*#\s*language\s*:\s*fr\s*")
_OUVREURS = BLOCS_DE_TETE - {Nature.EXEMPLES}

SANS_PAS = fr("Aucune étape : une étape commence par « Étant donné », « Quand », « Alors », « Et » ou « Mais ».")
SANS_LANGUE = fr("Il manque « # language: fr » en première ligne : le fichier serait lu en anglais.")


def essayer(texte: str) -> Essai:
    """Try a text whose lines end by LF."""
    lecture = lire(composer(texte))
    lignes = [Ligne(lue) for lue in lecture.lignes]
    juge = Juge(livre())
    for bloc in _blocs(lignes):
        Parcours(bloc, juge, extrait=lecture.extrait).parcourir()
    _regarder_les_tables(lignes)
    if lecture.bloc_ouvert is not None:
        lignes[lecture.bloc_ouvert - 1].dire(fr("Ces trois guillemets ouvrent un texte que rien ne referme."))
    return Essai(tuple(lignes), tuple(_generales(lecture, lignes)))


def _blocs(lignes: Sequence[Ligne]) -> Iterator[list[Ligne]]:
    """Cut a text before each feature, rule, background and scenario."""
    bloc: list[Ligne] = []
    for ligne in lignes:
        if ligne.lue.nature in _OUVREURS and bloc:
            yield bloc
            bloc = []
        bloc.append(ligne)
    if bloc:
        yield bloc


def _regarder_les_tables(lignes: Sequence[Ligne]) -> None:
    cases: int | None = None
    for ligne in lignes:
        if ligne.lue.nature is Nature.TABLE:
            cases = cases or len(ligne.lue.cases)
            if len(ligne.lue.cases) != cases:
                nombre, voulu = pluriel(len(ligne.lue.cases), "case"), pluriel(cases, "case")
                ligne.dire(
                    dire("Cette ligne a {nombre}, la première de la table en a {voulu}.", nombre=nombre, voulu=voulu)
                )
        elif ligne.lue.nature not in {Nature.COMMENTAIRE, Nature.VIDE}:
            cases = None


def _generales(lecture: Lecture, lignes: Sequence[Ligne]) -> Iterator[Remarque]:
    if lecture.tronquee:
        yield Remarque(dire("Seules les {nombre} premières lignes sont lues.", nombre=LIGNES_MAX))
    if lignes and not any(ligne.pas for ligne in lignes):
        yield Remarque(SANS_PAS)
    if lecture.langue not in {None, LANGUE}:
        yield Remarque(
            dire("L'en-tête annonce la langue « {langue} » : écrivez « # language: fr ».", langue=lecture.langue)
        )
    elif not lecture.extrait and not any(_ENTETE.fullmatch(ligne.lue.texte) for ligne in lignes[:10]):
        yield Remarque(SANS_LANGUE)
    dressees = sum(
        bool(_TYPOGRAPHIE.search(ligne.lue.texte)) for ligne in lignes if ligne.lue.nature is not Nature.BLOC
    )
    if dressees:
        nombre = pluriel(dressees, "ligne a", "lignes ont")
        modele = (
            "{nombre} des apostrophes ou des espaces typographiques : elles sont comprises ici, mais un fichier de "
            "scénarios s'écrit avec celles du clavier."
        )
        yield Remarque(dire(modele, nombre=nombre), grave=False)
