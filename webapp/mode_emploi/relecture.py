"""Reading a scenario again before anybody runs it: which of its steps are known, and what to change in the others.

In: any text, a whole feature or a mere list of steps. Out: its lines in order, each with what there is to say about it
in French. Nothing is stored and nothing is run. What is looked at is bounded; what is left out is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from steps.gherkin.dialecte import EXEMPLES, FONCTIONNALITE, LANGUE, mot_de_bloc, mot_de_pas
from steps.gherkin.lecture import TETES, Nature, comme_fichier, lire_rangees, rangees_de
from steps.gherkin.regles.ecriture import controler
from steps.gherkin.typographie import (
    APOSTROPHES_TYPOGRAPHIQUES,
    ESPACES_TYPOGRAPHIQUES,
    aplanir,
    composer,
    nom_de_signe,
)
from webapp.domain.textes import dire, fr, pluriel
from webapp.mode_emploi.livre import livre
from webapp.mode_emploi.relecture_blocs import Parcours, trop_longue
from webapp.mode_emploi.relecture_collage import lire_le_collage
from webapp.mode_emploi.relecture_pas import Juge
from webapp.mode_emploi.relecture_resultat import Ligne, Relecture, Remarque

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LIGNES_MAX = 1_000
_DEBUT = 100
_ENTETE = re.compile(r"\s*#\s*language\s*:\s*fr\s*")
_OUVREURS = TETES - {Nature.EXEMPLES}

# What the readings of blocks and steps say by themselves, and what is asked of a file of the project only.
# The layout of a guide stands in a file beside its feature, which is not pasted with it.
_D_A_COTE = frozenset({"FI006", "FI009"})
_DITS_ICI = frozenset(
    {
        "FR001",
        "FR002",
        "FR004",
        "FR005",
        "FR201",
        "FR202",
        "FR203",
        "FR204",
        "FR205",
        "FR207",
        "FR208",
        "FR210",
        "FR301",
    }
) | {"FR302", "FR310", "FR312", "FR313", "FR402"}

_MANQUES = frozenset({"FR303", "FR307", "FR311"})
# Told once for the whole text: these are understood here.
_SEULEMENT_HABILLE = re.compile(
    "|".join(re.escape(nom_de_signe(chr(code))) for code in ESPACES_TYPOGRAPHIQUES | APOSTROPHES_TYPOGRAPHIQUES)
)

SANS_PAS = fr("Aucune étape : une étape commence par « Étant donné », « Quand », « Alors », « Et » ou « Mais ».")
SANS_LANGUE = fr("Il manque « # language: fr » en première ligne : le fichier serait lu en anglais.")


def relire(texte: str) -> Relecture:
    """Read a text again; what is beyond the first lines is left out."""
    tapees = rangees_de(texte.rstrip())
    gardees = tapees[:LIGNES_MAX]
    collees = lire_le_collage(gardees)
    voulues = [collee.texte for collee in collees]
    entourage = _entourage(voulues)
    # Gherkin cuts a row at each bar, one character after the other: no longer than is worth reading.
    courtes = [rangee[:_DEBUT] if trop_longue(rangee) else rangee for rangee in voulues]
    lecture = lire_rangees(courtes, avant=entourage)
    lignes = [Ligne(replace(lue, texte=tapee)) for lue, tapee in zip(lecture.lignes, voulues, strict=True)]
    juge = Juge(livre())
    for bloc in _blocs(lignes):
        Parcours(bloc, juge, extrait=bool(entourage)).parcourir()
    _regarder_les_tables(lignes)
    for ligne, collee, tapee in zip(lignes, collees, gardees, strict=True):
        ligne.lue = replace(ligne.lue, texte=tapee)
        if collee.remarque:
            ligne.remarques.insert(0, Remarque(collee.remarque))
    bornes = [ligne for ligne in lignes if ligne.lue.nature is Nature.BORNE]
    if len(bornes) % 2:
        bornes[-1].dire(fr("Ces trois guillemets ouvrent un texte que rien ne referme."))
    _dire_ce_que_le_controle_refuserait(lignes, [*entourage, *courtes], len(entourage))
    generales = [*_sur_le_tout(lignes, lecture.langue, entiere=not entourage)]
    if len(tapees) > len(gardees):
        generales.insert(0, Remarque(dire("Seules les {nombre} premières lignes sont lues.", nombre=LIGNES_MAX)))
    return Relecture(tuple(lignes), tuple(generales))


def _entourage(rangees: Sequence[str]) -> tuple[str, ...]:
    """Give the lines that an extract lacks, so that Gherkin reads it."""
    nues = [rangee.lstrip() for rangee in rangees]
    if any(nue.startswith(f"{FONCTIONNALITE}:") for nue in nues):
        return ()
    premiere = next((nue for nue in nues if mot_de_bloc(nue) or mot_de_pas(nue)), "")
    seule = (f"{FONCTIONNALITE}: extrait",)
    return seule if mot_de_bloc(premiere) not in {None, EXEMPLES} else (*seule, "Scénario: extrait")


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


def _dire_ce_que_le_controle_refuserait(lignes: Sequence[Ligne], rangees: Sequence[str], avant: int) -> None:
    """Say of each line what the check of the project would refuse of it and nothing else here has said."""
    # A scenario is only said to lack something once all its lines are understood.
    mal_lu = any(ligne.a_revoir and ligne.lue.nature not in TETES for ligne in lignes)
    tus = _DITS_ICI | _D_A_COTE | (_MANQUES if mal_lu else frozenset())
    for defaut in controler([comme_fichier("\n".join(rangees), Path("essai.feature"))]):
        rang = defaut.ligne - avant - 1
        if defaut.code in tus or not 0 <= rang < len(lignes) or _SEULEMENT_HABILLE.search(defaut.message):
            continue
        refus = dire("Le contrôle le refuserait : {message}.", message=defaut.message)
        conseil = re.sub("^(?=@)", "peut-être ", defaut.suggestion.replace("(--fix)", "").strip())
        lignes[rang].dire(f"{refus} {conseil[:1].upper()}{conseil[1:]}." if conseil else refus)


def _sur_le_tout(lignes: Sequence[Ligne], langue: str | None, *, entiere: bool) -> Iterator[Remarque]:
    if lignes and not any(ligne.pas for ligne in lignes):
        yield Remarque(SANS_PAS)
    if langue not in {None, LANGUE}:
        yield Remarque(dire("L'en-tête annonce la langue « {langue} » : écrivez « # language: fr ».", langue=langue))
    elif entiere and not any(_ENTETE.fullmatch(ligne.lue.texte) for ligne in lignes[:10]):
        yield Remarque(SANS_LANGUE)
    tapes = (ligne.lue.texte for ligne in lignes if ligne.lue.nature is not Nature.TEXTE)
    habillees = sum(composer(texte) != aplanir(texte) for texte in tapes)
    if habillees:
        nombre = pluriel(habillees, "ligne a", "lignes ont")
        modele = (
            "{nombre} des apostrophes ou des espaces typographiques : elles sont comprises ici, mais un fichier de "
            "scénarios s'écrit avec celles du clavier."
        )
        yield Remarque(dire(modele, nombre=nombre), grave=False)
