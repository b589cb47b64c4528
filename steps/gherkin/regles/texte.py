"""Rules on the characters of a feature file, whatever it says: encoding, spaces, apostrophes, accents.

These faults are invisible on a screen; each makes pytest-bdd miss a step, a scenario or the whole file.
"""

import re
from collections.abc import Iterator

from steps.gherkin.lecture import ENTETE, LIGNE_DE_LANGUE, Fichier, Ligne, Nature
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import (
    APOSTROPHES_TYPOGRAPHIQUES,
    SOSIES,
    composer,
    dire,
    est_invisible,
    est_une_autre_espace,
    masquer,
    masquer_les_cases,
    nom_de_signe,
    sosies,
)

_NOM_DE_FICHIER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.feature")
SOSIES_VUS = frozenset(map(chr, SOSIES))


def controler_entete(fichier: Fichier) -> Iterator[Defaut]:
    """FR001: the first line is the header, and there is no other."""
    entetes = [
        ligne
        for ligne in fichier.lignes
        if ligne.allure is Nature.COMMENTAIRE and LIGNE_DE_LANGUE.fullmatch(ligne.texte)
    ]
    suggestion = dire("écrivez en première ligne : {entete}", entete=ENTETE)
    if not entetes:
        yield Defaut(fichier.nom, 1, "FR001", dire("en-tête de langue absent"), suggestion)
    for ligne in entetes:
        if ligne.numero > 1 or ligne.texte != ENTETE:
            message = dire("en-tête de langue incorrect ou mal placé : {texte}", texte=ligne.nue)
            yield Defaut(fichier.nom, ligne.numero, "FR001", message, suggestion)


def controler_encodage(fichier: Fichier) -> Iterator[Defaut]:
    """FR002: UTF-8 without a byte order mark."""
    if not fichier.est_utf8:
        message = dire("ce fichier n'est pas en UTF-8")
        yield Defaut(fichier.nom, 1, "FR002", message, dire("réenregistrez-le en UTF-8"))
    if fichier.texte.startswith("\ufeff"):
        message = dire("marque d'ordre des octets en tête du fichier")
        yield Defaut(fichier.nom, 1, "FR002", message, dire("retirez-la (--fix)"))


def controler_nom(fichier: Fichier) -> Iterator[Defaut]:
    """FR004: a name that every system keeps as it is, and that pytest-bdd reads."""
    if not _NOM_DE_FICHIER.fullmatch(fichier.chemin.name):
        message = dire("nom de fichier « {nom} »", nom=fichier.chemin.name)
        suggestion = dire("minuscules sans accent, chiffres, tirets, et la fin « .feature » exactement")
        yield Defaut(fichier.nom, 1, "FR004", message, suggestion)


def controler_caracteres(fichier: Fichier) -> Iterator[Defaut]:
    """FR101 to FR104: composed accents, ordinary spaces, straight apostrophes, nothing invisible.

    A value is data, and may be about these very signs: between « and », in a table, in a doc string, all is left.
    """
    suspects = {signe for signe in {*fichier.texte} - {*SOSIES_VUS} if _est_suspect(signe)}
    for ligne in fichier.lignes:
        texte = sans_les_valeurs(ligne)
        if texte != composer(texte):
            message = dire("caractère accentué décomposé (NFD)")
            yield Defaut(fichier.nom, ligne.numero, "FR101", message, dire("composez les accents (NFC, --fix)"))
        for signe in sorted({*texte} & suspects | {*sosies(texte)}):
            yield from _controler_signe(fichier, ligne.numero, signe)


def sans_les_valeurs(ligne: Ligne) -> str:
    """Return a line as long as before, with what is data in it hidden."""
    if ligne.nature is Nature.TEXTE:
        return ""
    if ligne.nature is Nature.TABLE:
        return masquer_les_cases(ligne.texte)
    return masquer(ligne.texte, bords=False)


def _est_suspect(signe: str) -> bool:
    return est_une_autre_espace(signe) or ord(signe) in APOSTROPHES_TYPOGRAPHIQUES or est_invisible(signe)


def _controler_signe(fichier: Fichier, numero: int, signe: str) -> Iterator[Defaut]:
    nom = nom_de_signe(signe)
    if est_une_autre_espace(signe):
        message = dire("espace {nom} au lieu de l'espace ordinaire", nom=nom)
        yield Defaut(fichier.nom, numero, "FR102", message, dire("espace ordinaire (--fix)"))
    elif ord(signe) in APOSTROPHES_TYPOGRAPHIQUES or ord(signe) in SOSIES:
        message = dire("apostrophe {nom} au lieu de l'apostrophe droite", nom=nom)
        yield Defaut(fichier.nom, numero, "FR103", message, dire("apostrophe droite {signe} (--fix)", signe="'"))
    elif est_invisible(signe):
        message = dire("caractère invisible {nom}", nom=nom)
        yield Defaut(fichier.nom, numero, "FR104", message, dire("retirez-le (--fix)"))
