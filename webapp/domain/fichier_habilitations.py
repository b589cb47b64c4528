"""The list of habilitations that EDOF exports (CSV), read as it comes: from the portal, or saved again by Excel.

Source of its columns and of the name of the file (`SIRET_AU_DATE.csv`): the portal's « Habilitations à former »,
« Exporter les certifications ». Nothing is guessed: a line that cannot be read is left out, and told with its number.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.codes import CodeRefuse, lire_code, type_du_code
from webapp.domain.habilitations import LONGUEUR_MAX_ETAT, LONGUEUR_MAX_INTITULE, HabilitationEdof
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.refus import RefusMetier
from webapp.domain.saisies import lire_jour
from webapp.domain.sortes_de_fichiers import CASE_MAX, sorte
from webapp.domain.textes import couper, dire, fr, mots_de, normaliser, sans_interdits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

OCTETS_MAX = CASE_MAX
"""Bytes of a list: some four thousand lines, ten times what the largest organisation would have."""

TROP_GROS = fr(f"Ce fichier dépasse {OCTETS_MAX // 1000} ko : une liste d'habilitations en pèse bien moins.")
LIGNES_MAX = 4_000

csv.field_size_limit(CASE_MAX)
ENTETE_AVANT = 20
"""Lines in which the names of the columns are looked for: a person may have written above them."""

LONGUEUR_MAX_NOM = 200
ANNEE_SANS_FIN = 2200
"""The year from which a last day means that there is none."""

_SEPARATEURS = (";", ",", "\t")
_INTITULE_REFERENTIEL, _CODE, _INTITULE, _ETAT, _DEBUT, _FIN = (
    "Intitulé référentiel", "Code certification", "Intitulé certification", "Etat de l'habilitation",
    "Date début habilitation", "Date fin habilitation",
)  # fmt: skip
COLONNES = (_INTITULE_REFERENTIEL, _CODE, _INTITULE, _ETAT, _DEBUT, _FIN)
_EXIGEES = (_CODE, _ETAT, _FIN)
_DU_PORTAIL = re.compile(r"(?<![0-9])([0-9]{14})(?![0-9])(?:.*?_AU_(.+?))?(?:\.[a-z]+)?\Z", re.IGNORECASE)
_JOUR = re.compile(r"([0-9]{2})[-_./]?([0-9]{2})[-_./]?([0-9]{4})|([0-9]{4})[-_./]?([0-9]{2})[-_./]?([0-9]{2})")
_HEURE = re.compile(r"[T ][0-9]{1,2}:[0-9:.]*Z?\Z")


class FichierRefuse(RefusMetier):
    """A file that is not such a list; the message says why, and what to do."""


class Remarque(NamedTuple):
    """One line of the file that was left out, or what was made of it. `code`: of what was left out, if it is known."""

    ligne: int
    texte: str
    code: str = ""


class _Illisible(NamedTuple):
    """A row that cannot be read: why, and of which certification, if that much is known."""

    raison: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class FichierHabilitations:
    """A list as it was read. `etablie_le`: the day that the name of the file says, None when it says none."""

    nom: str
    etablie_le: date | None
    habilitations: tuple[HabilitationEdof, ...]
    remarques: tuple[Remarque, ...] = ()


def lire_fichier(nom: str, octets: bytes, siret: str) -> FichierHabilitations:
    """Read a list of habilitations.

    In: the name of the file and its bytes, as they were sent; the SIRET of the organisation. Out: one line for each
    certification; of several, the one that counts and ends last. Raises FichierRefuse.
    """
    nom = couper(sans_interdits(normaliser(nom.replace("\\", "/").rpartition("/")[2])), LONGUEUR_MAX_NOM)
    celui_du_nom, etablie_le = _lire_nom(nom)
    if celui_du_nom not in {"", siret}:
        modele = (
            "Cette liste est celle du SIRET {autre}, d'après le nom du fichier ; celui de votre organisme est {sien}."
        )
        raise FichierRefuse(dire(modele, autre=celui_du_nom, sien=siret))
    texte = _decoder(octets)
    separateur, entete, places = _colonnes(texte)
    gardees: dict[str, HabilitationEdof] = {}
    remarques: list[Remarque] = []
    for ligne, valeurs in _lignes(texte, separateur, entete):
        lue = _habilitation(valeurs, places)
        if isinstance(lue, _Illisible):
            remarques.append(Remarque(ligne, *lue))
            continue
        autre = gardees.get(lue.code)
        if autre is not None and autre != lue:
            laquelle = "celle-ci" if lue.merite > autre.merite else "la première"
            dite = dire("{code} est déjà plus haut : {x} est gardée.", code=lue.code, x=laquelle)
            remarques.append(Remarque(ligne, dite))
        if autre is None or lue.merite > autre.merite:
            gardees[lue.code] = lue
    if not gardees:
        raise FichierRefuse(_sans_certification(remarques))
    return FichierHabilitations(nom, etablie_le, tuple(gardees.values()), tuple(remarques))


def _sans_certification(remarques: Sequence[Remarque]) -> str:
    if not remarques:
        return fr("Ce fichier ne contient aucune certification : vérifiez l'export, puis recommencez.")
    modele = "Aucune ligne de ce fichier ne se lit. Ligne {ligne} : {raison}"
    return dire(modele, ligne=remarques[0].ligne, raison=remarques[0].texte)


def _lire_nom(nom: str) -> tuple[str, date | None]:
    """Give the SIRET and the day that the name of a file says; empty and None where it says none."""
    lu = _DU_PORTAIL.search(nom)
    if lu is None:
        return "", None
    for trouve in _JOUR.finditer(lu[2] or ""):
        jour, mois, annee, annee_iso, mois_iso, jour_iso = trouve.groups()
        du_nom = lire_jour(f"{annee_iso}-{mois_iso}-{jour_iso}" if annee_iso else f"{jour}/{mois}/{annee}")
        if du_nom is None and annee:
            # Eight digits in a row may begin with either: 20261123 is no 20th day of a 26th month.
            du_nom = lire_jour(f"{jour}{mois}{annee}")
        if du_nom is not None:
            return lu[1], du_nom
    return lu[1], None


def _decoder(octets: bytes) -> str:
    """Give the text of a file, in the encodings in which Excel saves a CSV. Raises FichierRefuse."""
    if len(octets) > OCTETS_MAX:
        raise FichierRefuse(TROP_GROS)
    if not octets.strip():
        raise FichierRefuse(fr("Ce fichier est vide."))
    if autre := sorte(octets):
        modele = "Ce fichier est {sorte} : enregistrez la liste au format CSV, puis recommencez."
        raise FichierRefuse(dire(modele, sorte=autre))
    texte = _texte(octets)
    if "\0" in texte:
        raise FichierRefuse(fr("Ce fichier n'est pas un texte : choisissez le fichier CSV exporté d'EDOF."))
    return texte


def _texte(octets: bytes) -> str:
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", "replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Of the bytes that Windows leaves without a meaning, Latin-1 makes controls: no text of the list holds one.
        try:
            return octets.decode("cp1252")
        except UnicodeDecodeError:
            return octets.decode("latin-1")


def _colonnes(texte: str) -> tuple[str, int, dict[str, int]]:
    """Find how the values are separated, in which row the columns are named, and where each stands.

    Raises FichierRefuse when they are not those of such a list.
    """
    cles = {tuple(mots_de(colonne)): colonne for colonne in COLONNES}
    meilleure: tuple[int, str, int, dict[str, int]] = (0, "", 0, {})
    for separateur in _SEPARATEURS:
        for rang, (_, valeurs) in zip(range(ENTETE_AVANT), _brutes(texte, separateur), strict=False):
            places: dict[str, int] = {}
            for place, valeur in enumerate(valeurs):
                colonne = cles.get(tuple(mots_de(valeur)))
                if colonne is not None:
                    places.setdefault(colonne, place)
            if len(places) > meilleure[0]:
                meilleure = (len(places), separateur, rang, places)
    _, separateur, rang, places = meilleure
    absentes = [colonne for colonne in _EXIGEES if colonne not in places]
    if absentes:
        modele = (
            "Ce fichier n'est pas la liste des habilitations d'EDOF : il y manque {x}. Exportez-la depuis "
            "« Habilitations à former », bouton « Exporter les certifications »."
        )
        dites = [fr(f"« {colonne} »") for colonne in absentes]
        debut = "la colonne " if len(dites) == 1 else "les colonnes " + ", ".join(dites[:-1]) + " et "
        raise FichierRefuse(dire(modele, x=debut + dites[-1]))
    return separateur, rang, places


def _brutes(texte: str, separateur: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a CSV with their lines, up to what cannot be read as one."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        for valeurs in lecteur:
            yield lecteur.line_num, valeurs
    except csv.Error:
        return


def _lignes(texte: str, separateur: str, entete: int) -> Iterator[tuple[int, list[str]]]:
    """Give the rows after that of the columns, empty ones left out. Raises FichierRefuse."""
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur, strict=True)
    try:
        for rang, valeurs in enumerate(lecteur):
            if rang > entete + LIGNES_MAX:
                raise FichierRefuse(dire("Ce fichier a plus de {x} lignes.", x=LIGNES_MAX))
            if rang > entete and any(valeur.strip() for valeur in valeurs):
                yield lecteur.line_num, valeurs
    except csv.Error:
        modele = "La ligne {x} ne se lit pas : un guillemet y est ouvert sans être fermé, ou fermé trop tôt."
        raise FichierRefuse(dire(modele, x=lecteur.line_num)) from None


def _habilitation(valeurs: Sequence[str], places: dict[str, int]) -> HabilitationEdof | _Illisible:
    """Read a row; give the sentence that says why it cannot be."""

    def valeur(colonne: str, longueur_max: int = LONGUEUR_MAX_INTITULE) -> str:
        place = places.get(colonne)
        dite = "" if place is None or place >= len(valeurs) else valeurs[place]
        return couper(" ".join(sans_interdits(normaliser(dite)).split()), longueur_max)

    code = _code(valeur(_CODE), valeur(_INTITULE_REFERENTIEL))
    if code is None:
        return _Illisible(dire("« {x} » n'est pas un code de certification.", x=couper(valeur(_CODE), 80)))
    jours: list[date | None] = []
    for colonne in (_DEBUT, _FIN):
        dite = valeur(colonne)
        jour = lire_jour(_HEURE.sub("", dite)) if dite else None
        if dite and jour is None:
            return _Illisible(dire("{code} : « {x} » n'est pas une date.", code=code, x=couper(dite, 80)), code)
        jours.append(jour)
    debut, fin = jours
    if fin is not None and fin.year >= ANNEE_SANS_FIN:
        fin = None
    if debut is not None and fin is not None and fin < debut:
        return _Illisible(dire("{code} : l'habilitation finit avant d'avoir commencé.", code=code), code)
    return HabilitationEdof(code, valeur(_INTITULE), valeur(_ETAT, LONGUEUR_MAX_ETAT), debut, fin)


def _code(dit: str, referentiel: str) -> str | None:
    """Read the code of a certification; the registry that the row names says the type of a number alone."""
    for type_code in _types(referentiel):
        try:
            code = lire_code(type_code, dit)
        except CodeRefuse:
            continue
        return code if type_du_code(code) in {TypeCode.RS, TypeCode.RNCP} else None
    return None


def _types(referentiel: str) -> Iterable[TypeCode | None]:
    mots = set(mots_de(referentiel))
    yield None
    if mots & {"rncp"} or {"repertoire", "national"} <= mots:
        yield TypeCode.RNCP
    elif mots & {"rs"} or "specifique" in mots:
        yield TypeCode.RS
