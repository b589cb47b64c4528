"""The CSV export: ten files that speak of the same fiches in different orders, brought together on disk.

Of half a million lines, most speak of partners that are not ours: what is asked of each is what an import costs.
"""

import csv
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import IO, Any

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute
from webapp.registre.flux import en_texte
from webapp.registre.rangement import Partie, Rangement

STANDARD = "standard"
PARTENAIRES = "partenaires"
REMPLACEMENTS = "remplacements"


@dataclass(frozen=True)
class Table:
    """One of the files: the columns that tell it from the others, those that are kept, and where they go."""

    nom: str
    colonnes: tuple[str, ...]
    champ: str = ""

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
)  # fmt: skip
# Published with the others, of no use here.
IGNOREES = frozenset({"Ccn_1_Numero", "Si_Jury"})

csv.field_size_limit(1 << 20)


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
        manque = next((t.nom for t in TABLES if t.nom not in vues), None)
        if manque:
            raise ExportRefuse(fr(f"L'export est incomplet : il y manque le fichier {manque}."))
        yield from _assembler(rangement)


def _ranger(rangement: Rangement, nom: str, texte: IO[str], vues: dict[str, str], sirets: Container[str]) -> None:
    lignes = csv.reader(texte, delimiter=";", strict=True)
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
        rangement.ajouter(parties(lignes, TABLES.index(table), places, len(entete), sirets))
    except _MauvaiseLargeur as erreur:
        message = f"« {nom} », ligne {lignes.line_num} : {erreur.colonnes} colonnes au lieu de {len(entete)}."
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


# Each kind of file has its own loop. In: the lines, the rank of the file, the places of its columns, how many it has.


def _standard(lignes: Any, fichier: int, places: Sequence[int], largeur: int, _: Container[str]) -> Iterator[Partie]:
    retenir = itemgetter(*places[1:])
    place = places[0]
    for valeurs in lignes:
        if len(valeurs) != largeur:
            raise _MauvaiseLargeur(valeurs)
        yield valeurs[place].strip(), fichier, lignes.line_num, retenir(valeurs)


def _partenaires(
    lignes: Any, fichier: int, places: Sequence[int], largeur: int, sirets: Container[str]
) -> Iterator[Partie]:
    """Keep the few lines that speak of the organisations we serve."""
    place, place_siret, place_habilitation = places
    for valeurs in lignes:
        if len(valeurs) != largeur:
            raise _MauvaiseLargeur(valeurs)
        siret = valeurs[place_siret].strip()
        if siret in sirets:
            yield valeurs[place].strip(), fichier, lignes.line_num, [(siret, valeurs[place_habilitation], "")]


def _details(lignes: Any, fichier: int, places: Sequence[int], largeur: int, _: Container[str]) -> Iterator[Partie]:
    """Bring together the lines that follow each other about the same fiche."""
    place = places[0]
    retenir = itemgetter(*places[1:])
    numero, debut = "", 0
    groupe: list[Any] = []
    for valeurs in lignes:
        if len(valeurs) != largeur:
            raise _MauvaiseLargeur(valeurs)
        if valeurs[place] != numero:
            if groupe:
                yield numero.strip(), fichier, debut, groupe
            numero, debut, groupe = valeurs[place], lignes.line_num, []
        groupe.append(retenir(valeurs))
    if groupe:
        yield numero.strip(), fichier, debut, groupe


_PARTIES = {STANDARD: _standard, PARTENAIRES: _partenaires}


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
        getattr(brute, table.champ).extend(contenu)
