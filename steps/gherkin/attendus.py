"""What a sentence expects: values out of a list, dates, and the shape of the table below it.

Said once, beside the sentence (`steps.phrases`); asked by the check before anything is played, by the step itself, and
by the product, which publishes it, when a scenario is tried.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from steps.gherkin.dates import lire_date, lire_jour
from steps.gherkin.typographie import aplanir, dire, plier, pluriel

DATES: Mapping[str, Callable[[str], object]] = {"date": lire_date, "modifiée le": lire_date, "jour": lire_jour}
"""The parameters and the columns that hold a date, by their name."""

_TROP = 8


@dataclass(frozen=True)
class Table:
    """The shape of a table: so many columns, or titles in its first row.

    `titres` are all those that it may have: at least `exiges`, in any order, or all and in this order when `ordre`.
    `lignes` is how many rows follow the titles, when that is set. `valeurs`: what each cell of a column may hold;
    `jours`: the cells of all of them are days, `nombres`: numbers.
    """

    largeur: int = 0
    titres: tuple[str, ...] = ()
    exiges: tuple[str, ...] = ()
    ordre: bool = False
    lignes: int = 0
    valeurs: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    jours: bool = False
    nombres: bool = False

    def refus(self, rangees: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
        """Yield what is wrong with a table, with the rank of its row from 0."""
        if not self.titres:
            yield from self._de_largeur(rangees)
            return
        titres = [aplanir(case) for case in rangees[0]] if rangees else []
        refus = list(self._des_titres(titres))
        yield from ((0, dit) for dit in refus)
        if self.lignes and len(rangees) - 1 != self.lignes:
            voulu = pluriel(self.lignes, "ligne")
            yield 0, dire("après ses titres, cette table a {voulu}, et non {lu}", voulu=voulu, lu=len(rangees) - 1)
        elif not self.lignes and len(rangees) == 1:
            yield 0, dire("cette table n'a que ses titres")
        for rang, rangee in enumerate(rangees[1:], start=1) if not refus else ():
            for titre, case in zip(titres, rangee, strict=False):
                if dit := self._de_case(titre, case):
                    yield rang, dit

    def _de_largeur(self, rangees: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
        for rang, rangee in enumerate(rangees):
            if len(rangee) != self.largeur:
                voulu = pluriel(self.largeur, "colonne")
                yield rang, dire("cette table a {voulu}, et non {lu}", voulu=voulu, lu=len(rangee))
                return
            if not rangee[0].strip():
                yield rang, dire("la première case de cette ligne est vide")
            elif self.jours and (dit := _de_lecteur(lire_jour, rangee[0])):
                yield rang, dit

    def _des_titres(self, titres: Sequence[str]) -> Iterator[str]:
        for titre in titres:
            if titre not in self.titres:
                yield refus_de_valeur(titre, self.titres) or ""
        for titre in dict.fromkeys(titres):
            if titres.count(titre) > 1:
                yield dire("la colonne « {titre} » est en double", titre=titre)
        manquants = [titre for titre in (self.titres if self.ordre else self.exiges) if titre not in titres]
        if manquants:
            yield dire("il manque la colonne {titres}", titres=enumeration([f"« {titre} »" for titre in manquants]))
        elif self.ordre and tuple(titres) != self.titres and set(titres) == set(self.titres):
            yield dire("les colonnes sont, dans cet ordre : {titres}", titres=enumeration(self.titres, "et"))

    def _de_case(self, titre: str, case: str) -> str:
        if titre in self.valeurs:
            return refus_de_valeur(case, self.valeurs[titre])
        if self.nombres and not case.strip().isdecimal():
            return dire("« {case} » n'est pas un nombre, en chiffres", case=case)
        return _de_lecteur(DATES[titre], case) if titre in DATES else ""


UNE_COLONNE = Table(largeur=1)
DEUX_COLONNES = Table(largeur=2)
DES_JOURS = Table(largeur=1, jours=True)


def refus_de_valeur(valeur: str, valeurs: Collection[str]) -> str:
    """Say what to write in place of a value that is not in the list; nothing for one that is, or without a list."""
    if not valeurs or aplanir(valeur) in map(aplanir, valeurs):
        return ""
    if len(valeurs) > _TROP:
        contiennent = [chaque for chaque in valeurs if plier(valeur) in plier(chaque)]
        proches = contiennent or get_close_matches(valeur, valeurs, n=3, cutoff=0.4) or list(valeurs)
        valeurs = [*proches[:3], "…"]
    choix = enumeration([chaque for chaque in valeurs if chaque])
    return dire("« {valeur} » : choisissez {choix}", valeur=valeur, choix=choix)


def refus_de_parametre(nom: str, valeur: str, valeurs: Collection[str]) -> str:
    """Say what is wrong with what is given to a parameter; nothing when all is well."""
    if not valeurs and nom in DATES:
        return _de_lecteur(DATES[nom], valeur)
    return refus_de_valeur(valeur, valeurs)


def enumeration(mots: Collection[str], liaison: str = "ou") -> str:
    """Give words as French enumerates them: « a, b ou c »."""
    *avant, dernier = mots
    if dernier == "…":
        return ", ".join(mots)
    return f"{', '.join(avant)} {liaison} {dernier}" if avant else dernier


def _de_lecteur(lire: Callable[[str], object], texte: str) -> str:
    try:
        lire(texte)
    except ValueError as refus:
        return str(refus)
    return ""
