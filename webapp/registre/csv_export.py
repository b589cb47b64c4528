"""The CSV export: ten files that speak of the same fiches in different orders, brought together on disk.

Each line goes into a scratch database, which sorts them; fiches then come out whole, one at a time: what is held in
memory does not grow with the export. The scratch file is nobody's database: it goes with the reading.
"""

import csv
import sqlite3
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from webapp.domain.textes import fr
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import FicheBrute

STANDARD = "standard"
LOT = 2_000


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
    Table("remplacements", (NUMERO, "Ancienne_Certification", "Nouvelle_Certification")),
    Table("partenaires", (NUMERO, "Siret_Partenaire", "Habilitation_Partenaire"), "partenaires"),
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
    fichiers: Mapping[str, Callable[[], IO[str]]], sirets: Container[str], avancer: Callable[[int], None]
) -> Iterator[FicheBrute]:
    """Give the fiches of an export, sorted by number.

    In: each file of the export by its name, as what opens it; the SIRETs whose habilitations are kept. `avancer` is
    told the number of characters read. Raises ExportRefuse when a file is missing, doubled or mangled.
    """
    with (
        tempfile.TemporaryDirectory(prefix="registre-") as dossier,
        closing(_chantier(Path(dossier) / "chantier.sqlite3")) as base,
    ):
        vues: dict[str, str] = {}
        for nom, ouvrir in fichiers.items():
            with ouvrir() as flux:
                _ranger(base, nom, flux, vues, sirets, avancer)
        manque = next((t.nom for t in TABLES if t.nom not in vues), None)
        if manque:
            raise ExportRefuse(fr(f"L'export est incomplet : il y manque le fichier {manque}."))
        yield from _assembler(base)


def _chantier(chemin: Path) -> sqlite3.Connection:
    base = sqlite3.connect(chemin, isolation_level=None)
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA temp_store = FILE")
    base.execute("CREATE TABLE standard (numero, ligne, intitule, actif, niveau, fin, decision, effet, jo)")
    base.execute("CREATE TABLE detail (numero, nature, rang, a, b)")
    base.execute("BEGIN")
    return base


def _ranger(
    base: sqlite3.Connection, nom: str, flux: IO[str], vues: dict[str, str], sirets: Container[str],
    avancer: Callable[[int], None],
) -> None:  # fmt: skip
    try:
        lignes = csv.reader(_compter(flux, avancer), delimiter=";", strict=True)
        entete = [colonne.strip().removeprefix("\ufeff") for colonne in next(lignes, [])]
        table = reconnaitre(entete)
        if table is None:
            return
        if table.nom in vues:
            raise ExportRefuse(fr(f"Le fichier {table.nom} y est deux fois : « {vues[table.nom]} » et « {nom} »."))
        vues[table.nom] = nom
        places = [entete.index(colonne) for colonne in table.colonnes]
        largeur = len(entete)
        lot: list[tuple[object, ...]] = []
        for valeurs in lignes:
            if len(valeurs) != largeur:
                message = f"« {nom} », ligne {lignes.line_num} : {len(valeurs)} colonnes au lieu de {largeur}."
                raise ExportRefuse(fr(message))
            _ajouter(lot, table, [valeurs[place] for place in places], lignes.line_num, sirets)
            if len(lot) >= LOT:
                _verser(base, table, lot)
        _verser(base, table, lot)
    except csv.Error as erreur:
        raise ExportRefuse(fr(f"« {nom} » est abîmé ou incomplet : le CSV s'arrête de se lire.")) from erreur
    except UnicodeDecodeError as erreur:
        raise ExportRefuse(fr(f"« {nom} » n'est pas en UTF-8.")) from erreur


def _ajouter(
    lot: list[tuple[object, ...]], table: Table, valeurs: list[str], ligne: int, sirets: Container[str]
) -> None:
    numero = valeurs[0].strip()
    if table.nom == STANDARD:
        lot.append((numero, ligne, *valeurs[1:]))
    elif table.nom == "partenaires":
        siret = valeurs[1].strip()
        if siret in sirets:
            lot.append((numero, table.champ, ligne, siret, valeurs[2]))
    elif table.nom == "remplacements":
        lot.extend(
            (numero, nature, ligne, valeur, "")
            for nature, valeur in (("anciennes", valeurs[1]), ("nouvelles", valeurs[2]))
            if valeur.strip()
        )
    else:
        lot.append((numero, table.champ, ligne, valeurs[1], valeurs[2] if len(valeurs) > 2 else ""))  # noqa: PLR2004 - number, value, wording


def _verser(base: sqlite3.Connection, table: Table, lot: list[tuple[object, ...]]) -> None:
    if lot:
        cible = STANDARD if table.nom == STANDARD else "detail"
        places = ", ".join("?" * len(lot[0]))
        base.executemany(f"INSERT INTO {cible} VALUES ({places})", lot)  # noqa: S608 - one of our two tables
        lot.clear()


def _assembler(base: sqlite3.Connection) -> Iterator[FicheBrute]:
    """Walk fiches and details side by side, both sorted by number."""
    details = groupby(base.execute("SELECT * FROM detail ORDER BY numero, nature, rang"), key=lambda ligne: ligne[0])
    suivant = next(details, None)
    standard = base.execute("SELECT * FROM standard ORDER BY numero, ligne")
    for numero, ligne, intitule, actif, niveau, fin, decision, effet, jo in standard:
        brute = FicheBrute(
            ligne, numero, intitule=intitule, actif=actif, niveau=niveau, fin=fin, decision=decision, effet=effet, jo=jo
        )
        # Details of a fiche that the main file does not have are about nothing.
        while suivant is not None and suivant[0] < numero:
            suivant = next(details, None)
        if suivant is not None and suivant[0] == numero:
            for _, nature, _, a, b in suivant[1]:
                _detailler(brute, nature, a, b)
            suivant = next(details, None)
        yield brute


def _detailler(brute: FicheBrute, nature: str, a: str, b: str) -> None:
    if nature == "blocs":
        brute.blocs.append((a, b))
    elif nature == "partenaires":
        brute.partenaires.append((a, b, ""))
    else:
        getattr(brute, nature).append(a)


def _compter(flux: IO[str], avancer: Callable[[int], None]) -> Iterator[str]:
    lus = 0
    for ligne in flux:
        lus += len(ligne)
        if lus > 1 << 16:
            avancer(lus)
            lus = 0
        yield ligne
    avancer(lus)
