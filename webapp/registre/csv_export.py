"""The CSV export: ten files that speak of the same fiches in different orders, brought together on disk.

Of half a million lines, most speak of partners that are not ours: what is asked of each is what an import costs.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import IO, Any

from webapp.domain.textes import fr, pluriel
from webapp.registre import carnet
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import RETIREE, FicheBrute
from webapp.registre.flux import LIGNE_MAX, LIGNE_SANS_FIN, en_texte
from webapp.registre.rangement import Partie, Rangement

_Rangees = Iterator[tuple[int, list[str]]]

STANDARD = "standard"
PARTENAIRES = "partenaires"
REMPLACEMENTS = "remplacements"
RETRAITS = "retraits"


@dataclass(frozen=True)
class Table:
    """One of the files: the columns that tell it from the others, those that are kept, and where they go."""

    nom: str
    colonnes: tuple[str, ...]
    champ: str = ""
    obligatoire: bool = True

    @property
    def cle(self) -> str:
        """The column by which it is told: no other file has it."""
        return self.colonnes[1]


NUMERO = "Numero_Fiche"
TABLES = (
    Table(STANDARD, (NUMERO, "Intitule", "Actif", "Nomenclature_Europe_Niveau", "Date_Fin_Enregistrement",
                     "Date_Decision", "Date_Effet", "Date_dernier_jo")),
    Table("certificateurs", (NUMERO, "Nom_Certificateur"), "certificateurs"),
    Table("formacode", (NUMERO, "Formacode_Code"), "formacodes"),
    Table("nsf", (NUMERO, "Nsf_Code"), "nsf"),
    Table("rome", (NUMERO, "Codes_Rome_Code"), "rome"),
    Table("blocs", (NUMERO, "Bloc_Competences_Code", "Bloc_Competences_Libelle"), "blocs"),
    Table(REMPLACEMENTS, (NUMERO, "Ancienne_Certification", "Nouvelle_Certification")),
    Table(PARTENAIRES, (NUMERO, "Siret_Partenaire", "Habilitation_Partenaire"), "partenaires"),
    # Ours: what our own writer adds.
    Table("suivi", (NUMERO, *carnet.COLONNES), "suivi", obligatoire=False),
    Table(RETRAITS, (NUMERO, "Siret_Retire", "Habilitation_Retiree"), "partenaires", obligatoire=False),
    Table("autres_codes", (NUMERO, "Type_Autre_Code", "Autre_Code"), "autres_codes", obligatoire=False),
)  # fmt: skip
# Published with the others, of no use here.
IGNOREES = frozenset({"Ccn_1_Numero", "Si_Jury"})

LIGNES_MAX = 3_000_000
"""Lines of one file: six times the longest of the real exports."""

_GROUPE = 100
"""Lines about the same fiche that are held together before they are put away."""

csv.field_size_limit(LIGNE_MAX)


def reconnaitre(entete: Sequence[str]) -> Table | None:
    """Say which file has these columns; None for one that is published with the others and not used.

    Raises ExportRefuse when no export has them.
    """
    noms = {nom.strip() for nom in entete}
    table = next((t for t in TABLES if t.cle in noms and NUMERO in noms), None)
    if table is None and not noms & IGNOREES:
        raise ExportRefuse(fr("Ce fichier CSV n'est d'aucun export de France compétences."))
    manquantes = [colonne for colonne in table.colonnes if colonne not in noms] if table else []
    if manquantes:
        raise ExportRefuse(fr(f"Il manque une colonne au fichier {table.nom if table else ''} : {manquantes[0]}."))
    return table


def lire(
    fichiers: Mapping[str, Callable[[], IO[bytes]]], sirets: Container[str], avancer: Callable[[int], None]
) -> Iterator[FicheBrute]:
    """Give the fiches of an export, sorted by number.

    In: each file of the export by its name, as what opens it; the SIRETs whose habilitations are kept. `avancer` is
    told the number of bytes read. Raises ExportRefuse when a file is missing, doubled or mangled.
    """
    with Rangement() as rangement:
        vues: dict[str, str] = {}
        for nom, ouvrir in fichiers.items():
            with en_texte(ouvrir(), avancer) as texte:
                _ranger(rangement, nom, texte, vues, sirets)
        manque = next((t.nom for t in TABLES if t.obligatoire and t.nom not in vues), None)
        if manque:
            raise ExportRefuse(fr(f"L'export est incomplet : il y manque le fichier {manque}."))
        yield from _assembler(rangement)


def _ranger(rangement: Rangement, nom: str, texte: IO[str], vues: dict[str, str], sirets: Container[str]) -> None:
    source = _Source(texte)
    lignes = csv.reader(source, delimiter=";", strict=True)
    try:
        entete = [colonne.strip().removeprefix("\ufeff") for colonne in next(lignes, [])]
        table = reconnaitre(entete)
        if table is None:
            return
        if table.nom in vues:
            raise ExportRefuse(fr(f"Le fichier {table.nom} y est deux fois : « {vues[table.nom]} » et « {nom} »."))
        vues[table.nom] = nom
        places = [entete.index(colonne) for colonne in table.colonnes]
        parties = _PARTIES.get(table.nom, _details)
        rangees = _rangees(source, lignes, len(entete))
        rangement.ajouter(parties(rangees, TABLES.index(table), places, sirets), source.lues)
    except _MauvaiseLargeur as erreur:
        message = (
            f"« {nom} », ligne {lignes.line_num} : {pluriel(erreur.colonnes, 'colonne')} au lieu de {len(entete)}."
        )
        raise ExportRefuse(fr(message)) from erreur
    except csv.Error as erreur:
        raise ExportRefuse(fr(f"« {nom} » est abîmé ou incomplet : le CSV s'arrête de se lire.")) from erreur
    except UnicodeDecodeError as erreur:
        raise ExportRefuse(fr(f"« {nom} » n'est pas en UTF-8.")) from erreur


class _MauvaiseLargeur(Exception):  # noqa: N818 - it never leaves this module
    """A line has not as many columns as its file."""

    def __init__(self, valeurs: Sequence[str]) -> None:
        super().__init__()
        self.colonnes = len(valeurs)


class _Source:
    """The lines of a file as the reader of CSV takes them: a row without end is refused."""

    def __init__(self, texte: IO[str]) -> None:
        self._texte = texte
        self._lues = self._avant = 0

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        ligne = next(self._texte)
        self._lues += len(ligne)
        if self._lues - self._avant > LIGNE_MAX:
            raise ExportRefuse(LIGNE_SANS_FIN)
        return ligne

    def rangee_lue(self) -> None:
        """Say that a row has ended."""
        self._avant = self._lues

    def lues(self) -> int:
        """Give how many characters were read."""
        return self._lues


def _rangees(source: _Source, lignes: Any, largeur: int) -> Iterator[tuple[int, list[str]]]:
    """Give each row and the number of its last line. In: how many columns each must have."""
    for valeurs in lignes:
        source.rangee_lue()
        if len(valeurs) != largeur:
            raise _MauvaiseLargeur(valeurs)
        if lignes.line_num > LIGNES_MAX:
            raise ExportRefuse(fr(f"Ce fichier CSV a plus de {LIGNES_MAX} lignes : c'est trop pour un export."))
        yield lignes.line_num, valeurs


# Each kind of file has its own loop. In: the rows, the rank of the file, the places of its columns.


def _standard(rangees: _Rangees, fichier: int, places: Sequence[int], _: Container[str]) -> Iterator[Partie]:
    retenir = itemgetter(*places[1:])
    place = places[0]
    for ligne, valeurs in rangees:
        yield valeurs[place].strip(), fichier, ligne, retenir(valeurs)


def _partenaires(rangees: _Rangees, fichier: int, places: Sequence[int], sirets: Container[str]) -> Iterator[Partie]:
    """Keep the few lines that speak of the organisations we serve, and one that says that there are partners."""
    place, place_siret, place_habilitation = places
    nomme = ""
    for ligne, valeurs in rangees:
        siret = valeurs[place_siret].strip()
        if siret in sirets:
            yield valeurs[place].strip(), fichier, ligne, [(siret, valeurs[place_habilitation], "")]
        elif valeurs[place] != nomme:
            nomme = valeurs[place]
            yield nomme.strip(), fichier, ligne, []


def _retraits(rangees: _Rangees, fichier: int, places: Sequence[int], sirets: Container[str]) -> Iterator[Partie]:
    """Keep the lines that say that one of the organisations we serve is a partner no more."""
    place, place_siret, place_habilitation = places
    for ligne, valeurs in rangees:
        siret = valeurs[place_siret].strip()
        if siret in sirets:
            yield valeurs[place].strip(), fichier, ligne, [(siret, valeurs[place_habilitation], RETIREE)]


def _details(rangees: _Rangees, fichier: int, places: Sequence[int], _: Container[str]) -> Iterator[Partie]:
    """Bring together the lines that follow each other about the same fiche, _GROUPE at most."""
    place = places[0]
    retenir = itemgetter(*places[1:])
    numero, debut = "", 0
    groupe: list[Any] = []
    for ligne, valeurs in rangees:
        if valeurs[place] != numero or len(groupe) == _GROUPE:
            if groupe:
                yield numero.strip(), fichier, debut, groupe
            numero, debut, groupe = valeurs[place], ligne, []
        groupe.append(retenir(valeurs))
    if groupe:
        yield numero.strip(), fichier, debut, groupe


_PARTIES = {STANDARD: _standard, PARTENAIRES: _partenaires, RETRAITS: _retraits}


def _assembler(rangement: Rangement) -> Iterator[FicheBrute]:
    """Make the fiches. What is said of one that the main file has not is dropped."""
    for parties in rangement.fiches():
        brutes = [FicheBrute(ligne, numero, *valeurs) for numero, fichier, ligne, valeurs in parties if not fichier]
        if brutes:
            for _, fichier, _, valeurs in parties:
                if fichier:
                    _completer(brutes[0], TABLES[fichier], valeurs)
        yield from brutes


def _completer(brute: FicheBrute, table: Table, contenu: list[Any]) -> None:
    if table.nom == REMPLACEMENTS:
        brute.anciennes += [ancienne for ancienne, _ in contenu if ancienne.strip()]
        brute.nouvelles += [nouvelle for _, nouvelle in contenu if nouvelle.strip()]
    else:
        brute.nomme = brute.nomme or table.nom == PARTENAIRES
        getattr(brute, table.champ).extend(contenu)
