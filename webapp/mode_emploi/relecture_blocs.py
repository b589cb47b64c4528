"""The lines of one block of a tried text (what stands under one « Scénario: », say), from the first to the last.

Each line is either what it should be, or told apart from what it was probably meant to be: a step whose keyword is
mistyped is judged all the same, so that everything is said at once.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from steps.gherkin.dialecte import (
    ALORS,
    CONTEXTE,
    CORRECTS,
    ETOILE,
    EXEMPLES,
    FONCTIONNALITE,
    GENRES,
    PLANS,
    SUITE,
    bloc_voulu,
    mot_de_bloc,
    mot_de_pas,
    pas_voulu,
)
from steps.gherkin.document import places, remplir
from steps.gherkin.lecture import BORNES, Nature
from steps.gherkin.typographie import aplanir
from webapp.domain.textes import dire, fr
from webapp.mode_emploi.relecture_pas import PAS_MAX, Verdict
from webapp.mode_emploi.relecture_resultat import Pas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steps.gherkin.attendus import Table
    from webapp.mode_emploi.relecture_pas import Juge, Jugement
    from webapp.mode_emploi.relecture_resultat import Ligne

LIGNE_MAX = 500
# Tags too are cut at each of their signs.
_SIGNES_MAX = 50
_MOTS = "« Étant donné », « Quand », « Alors », « Et » ou « Mais »"
_MUETTES = frozenset({Nature.VIDE, Nature.COMMENTAIRE})
_PORTEURS = frozenset({Nature.CONTEXTE, Nature.SCENARIO})

RIEN_A_PROLONGER = "« {mot} » n'a rien à prolonger : commencez par « Étant donné », « Quand » ou « Alors »."
AVALEE = fr("Gherkin lit cette ligne comme une description : il manque « Scénario: » et son titre avant elle.")
TOUCHE = fr(
    "Gherkin lit cette ligne comme une description : si c'est une étape, corrigez son mot-clé ; sinon, laissez une "
    "ligne vide après elle."
)
BLOC_INCONNU = "Gherkin ne reconnaît pas ce début de bloc : écrivez « {mot}: », sans espace avant les deux-points."
SANS_MOT = fr(f"Cette ligne ne commence par aucun mot-clé ({_MOTS}) : Gherkin ne la comprend pas.")
TROP_LONGUE = dire("Cette ligne est trop longue pour être lue : {nombre} caractères au plus.", nombre=LIGNE_MAX)
ETAPE_TROP_LONGUE = dire("Cette étape est trop longue : aucune phrase n'a plus de {nombre} caractères.", nombre=PAS_MAX)
DESSOUS = {"table": fr("une table"), "texte": fr("un texte entre deux lignes de trois guillemets droits")}
HORS_PLACE = {
    "|": fr("Cette ligne de table n'est sous aucune étape, ni sous « Exemples: »."),
    **dict.fromkeys(BORNES, fr("Ces trois guillemets ne sont sous aucune étape.")),
    "@": fr("Gherkin refuse ces étiquettes : chacune est un mot sans espace, sur une ligne avant le bloc."),
}
DEPLACEES = {
    FONCTIONNALITE: fr("Un fichier a une seule « Fonctionnalité: », avant tout le reste."),
    CONTEXTE: fr("« Contexte: » se place avant le premier scénario de la fonctionnalité ou de la règle."),
    EXEMPLES: fr("« Exemples: » se place sous les étapes d'un « Plan du scénario: »."),
}


def trop_longue(ligne: str) -> bool:
    """Say whether a line is longer than any that is worth reading."""
    return len(ligne) > LIGNE_MAX or ligne.count("|") > _SIGNES_MAX or ligne.count("@") > _SIGNES_MAX


class Parcours:
    """One block, read once. `extrait`: the text stands without « Fonctionnalité: », and its first steps may be bare."""

    def __init__(self, lignes: Sequence[Ligne], juge: Juge, *, extrait: bool) -> None:
        self._lignes = lignes
        self._juge = juge
        tete = lignes[0]
        self._tete = tete if tete.lue.nature in _PORTEURS else None
        # Steps are expected here: a line that is none may be a sentence without its keyword.
        self._attend_des_pas = self._tete is not None or extrait
        self._avale = False
        self._genre = SUITE
        self._exemples, self._colonnes = _exemples(lignes)

    def parcourir(self) -> None:
        """Say everything that there is to say about the block."""
        for rang, ligne in enumerate(self._lignes):
            lue = ligne.lue
            if trop_longue(lue.texte):
                if lue.nature not in {Nature.TEXTE, Nature.COMMENTAIRE}:
                    ligne.dire(TROP_LONGUE)
            elif lue.nature is Nature.PAS:
                self._pas(rang, ligne, lue.mot, lue.suite)
            elif lue.nature in {Nature.DESCRIPTION, Nature.REFUSEE}:
                self._autre(rang, ligne)
        if self._tete is not None:
            self._regarder_le_tout(self._tete)

    # ------------------------------------------------------------------ steps

    def _pas(self, rang: int, ligne: Ligne, mot: str, texte: str) -> None:
        plat = aplanir(texte)
        for suite in ("que ", "qu'"):
            # « Étant donné » is a keyword too: Gherkin leaves to the sentence an apostrophe that it does not know.
            if plat.startswith(suite) and f"{mot.strip()} {suite}" in GENRES:
                ligne.dire(
                    fr(f"Dans « {mot.strip()} {suite.strip()} », Gherkin attend l'apostrophe ou l'espace du clavier.")
                )
                texte = texte[len(suite) :].lstrip()
                mot = f"{mot.strip()} {suite}"
        if plat.startswith(":"):
            ligne.dire(dire("Gherkin ne veut pas de deux-points après « {mot} ».", mot=mot.strip()))
            texte = texte[1:].lstrip()
        if mot in CORRECTS:
            voulu = CORRECTS[mot].strip()
            ligne.dire(
                dire("En français, « {mot} » prend son accent : « {voulu} ».", mot=mot.strip(), voulu=voulu),
                grave=False,
            )
        elif mot == ETOILE:
            ligne.dire(fr(f"Une étape commence par {_MOTS}, non par une étoile."))
        self._juger(rang, ligne, mot, texte)

    def _juger(self, rang: int, ligne: Ligne, mot: str, texte: str) -> None:
        genre = GENRES.get(mot, SUITE) or self._genre
        if not genre and mot in GENRES and not ligne.remarques:
            ligne.dire(dire(RIEN_A_PROLONGER, mot=mot.strip()))
        self._genre = genre
        jugement = self._juge.juger(texte, genre, self._exemples)
        ligne.pas = Pas(mot.strip(), texte, genre, jugement)
        if len(texte) > PAS_MAX:
            ligne.dire(ETAPE_TROP_LONGUE)
        if jugement.verdict is Verdict.CONNUE:
            self._regarder_dessous(rang, ligne, jugement)
        if self._exemples:
            for nom in dict.fromkeys(places(texte)):
                if nom not in self._colonnes:
                    ligne.dire(dire("« <{nom}> » n'est le nom d'aucune colonne des exemples.", nom=nom))

    def _regarder_dessous(self, rang: int, ligne: Ligne, jugement: Jugement) -> None:
        """Say when a table or a text is missing under a step, or stands there for nothing."""
        suivante = next((autre.lue.nue for autre in self._lignes[rang + 1 :] if autre.lue.nature not in _MUETTES), "")
        forme = "table" if suivante.startswith("|") else "texte" if suivante.startswith(BORNES) else ""
        voulue = jugement.phrase.dessous if jugement.phrase else ""
        if voulue and forme != voulue:
            ligne.dire(dire("Il manque {quoi} sous cette étape.", quoi=DESSOUS[voulue]))
        elif forme and not voulue:
            ligne.dire(dire("Cette étape ne lit pas ce qui la suit : {quoi}.", quoi=DESSOUS[forme]))
        elif jugement.phrase and jugement.phrase.table and forme == "table":
            self._regarder_la_table(rang, jugement.phrase.table)
        for refus in jugement.refus:
            ligne.dire(f"{refus[0].upper()}{refus[1:]}.")

    def _regarder_la_table(self, rang: int, table: Table) -> None:
        """Say what the sentence does not take of the rows under it; an outline is looked at with its first example."""
        suite = (autre for autre in self._lignes[rang + 1 :] if autre.lue.nature not in _MUETTES)
        lignes = list(takewhile(lambda autre: autre.lue.nature is Nature.TABLE, suite))
        valeurs = self._exemples[0] if self._exemples else {}
        rangees = [[remplir(case, valeurs) for case in ligne.lue.cases] for ligne in lignes]
        for numero, refus in table.refus(rangees) if rangees else ():
            lignes[numero].dire(f"{refus[0].upper()}{refus[1:]}.")

    # ------------------------------------------------------------------ what Gherkin does not take for a step

    def _autre(self, rang: int, ligne: Ligne) -> None:
        """Look at a line that Gherkin reads as a description, or refuses."""
        texte, refusee = ligne.lue.nue, ligne.lue.nature is Nature.REFUSEE
        tete, mot = mot_de_bloc(texte), mot_de_pas(texte)
        if self._avale and not refusee and texte.startswith(("|", *BORNES)):
            return
        if raison := next((dit for debut, dit in HORS_PLACE.items() if texte.startswith(debut)), None):
            ligne.dire(raison)
        elif tete is not None:
            ligne.dire(DEPLACEES.get(tete, dire("Gherkin n'attend pas « {tete}: » à cette place.", tete=tete)))
        elif mot is not None:
            if refusee or not self._avale:
                ligne.dire(fr("Gherkin n'attend pas d'étape à cette place.") if refusee else AVALEE)
            self._avale = self._avale or not refusee
            self._pas(rang, ligne, mot, texte[len(mot) :].strip())
        elif bloc := bloc_voulu(texte):
            # The steps after it are then looked at as if it opened the block that it was meant to.
            ligne.dire(dire(BLOC_INCONNU, mot=bloc.mot))
            self._avale, self._genre = True, SUITE
        elif voulu := pas_voulu(texte):
            ligne.dire(f"{voulu.raison[0].upper()}{voulu.raison[1:]}.")
            self._juger(rang, ligne, voulu.mot, voulu.reste)
        elif self._attend_des_pas or refusee:
            self._sans_mot(rang, ligne, certain=refusee)

    def _sans_mot(self, rang: int, ligne: Ligne, *, certain: bool) -> None:
        """Look at a line without a keyword; it may be prose, unless it is `certain` that Gherkin refuses it."""
        texte = ligne.lue.nue
        jugement = self._juge.juger(texte, SUITE)
        phrase = jugement.phrase
        if phrase is not None:
            mots = " ou ".join(f"« {mot} »" for mot in phrase.mots)
            ligne.dire(fr(f"Il manque le mot-clé : commencez cette ligne par {mots}."))
            ligne.pas = Pas("", texte, SUITE, jugement)
            self._regarder_dessous(rang, ligne, jugement)
        elif certain:
            ligne.dire(SANS_MOT)
            if jugement.voisines:
                ligne.pas = Pas("", texte, SUITE, jugement)
        elif rang + 1 < len(self._lignes) and self._lignes[rang + 1].lue.nature in {Nature.PAS, Nature.TABLE}:
            ligne.dire(TOUCHE)

    # ------------------------------------------------------------------ the whole of it

    def _regarder_le_tout(self, tete: Ligne) -> None:
        mot = tete.lue.mot
        genres = {ligne.pas.genre for ligne in self._lignes if ligne.pas}
        if not genres:
            ligne = dire("« {mot}: » n'a pas d'étape : il passerait sans rien vérifier.", mot=mot)
            tete.dire(ligne)
        elif tete.lue.nature is Nature.SCENARIO and ALORS not in genres:
            tete.dire(fr("Ce scénario n'a pas d'« Alors » : il ne vérifie rien."))
        if mot in PLANS and not self._exemples:
            tete.dire(fr("Ce plan n'a pas d'exemples : ajoutez « Exemples: » et sa table sous les étapes."))
        elif mot not in PLANS and self._exemples:
            tete.dire(fr("Un scénario qui a des exemples est un plan : écrivez « Plan du scénario: »."))


def _exemples(lignes: Sequence[Ligne]) -> tuple[list[Mapping[str, str]], frozenset[str]]:
    """Give what each example puts in place of <names>, and the names that all the tables have."""
    exemples: list[Mapping[str, str]] = []
    entetes: list[tuple[str, ...]] = []
    attendue = dans = False
    for ligne in lignes:
        if ligne.lue.nature is Nature.EXEMPLES:
            attendue = dans = True
        elif dans and ligne.lue.nature is Nature.TABLE and attendue:
            entetes.append(ligne.lue.cases)
            attendue = False
        elif dans and ligne.lue.nature is Nature.TABLE:
            exemples.append(dict(zip(entetes[-1], ligne.lue.cases, strict=False)))
    communes = frozenset.intersection(*map(frozenset, entetes)) if entetes else frozenset()
    return exemples, communes
