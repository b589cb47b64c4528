"""The CSV export: ten files that speak of the same fiches in different orders, brought together on disk.

Of half a million lines, most speak of partners that are not ours: what is asked of each is what an import costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

from webapp.domain.registre import LigneRefusee
from webapp.domain.textes import dire, fr
from webapp.registre import carnet
from webapp.registre import valeurs as valeurs_lues
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.faits import RETIREE, FicheBrute
from webapp.registre.flux import Lignes
from webapp.registre.grain import Ecarter
from webapp.registre.lignes_csv import LignesCsv, Rangees
from webapp.registre.rangement import ILLISIBLES, Partie, Rangement, tranche_de

STANDARD = "standard"
PARTENAIRES = "partenaires"
REMPLACEMENTS = "remplacements"
RETRAITS = "retraits"

SANS_FICHE = fr("cette fiche n'est pas dans le fichier Standard de l'export")
"""Why a line cannot be used that speaks of a fiche which the main file does not describe."""


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
        raise ExportRefuse(
            dire(
                "Il manque une colonne au fichier {table} : {colonne}.",
                table=table.nom if table else "",
                colonne=manquantes[0],
            )
        )
    return table


def lire(
    fichiers: Mapping[str, Callable[[], IO[bytes]]], sirets: Collection[str], avancer: Callable[[int], None],
    ecarter: Ecarter,
) -> Iterator[FicheBrute]:  # fmt: skip
    """Give the fiches of an export, sorted by number.

    In: each file of the export by its name, as what opens it; the SIRETs whose habilitations are kept. `avancer` is
    told the number of bytes read, `ecarter` each line that is passed over. Raises ExportRefuse when a file is missing,
    doubled or mangled.
    """
    deja_dites: set[str] = set()

    def retenir(ecartee: LigneRefusee) -> None:
        deja_dites.add(ecartee.code)
        ecarter(ecartee)

    with Rangement() as rangement:
        vues: dict[str, str] = {}
        for nom, ouvrir in fichiers.items():
            with Lignes(ouvrir(), avancer) as flux:
                _ranger(rangement, LignesCsv(flux, nom, retenir), nom, vues, sirets)
        manque = next((t.nom for t in TABLES if t.obligatoire and t.nom not in vues), None)
        if manque:
            raise ExportRefuse(fr(f"L'export est incomplet : il y manque le fichier {manque}."))
        for parties in rangement.fiches():
            yield from _assembler(parties)
            # Of a fiche whose own line was bad, that line alone is told.
            if all(fichier for _, fichier, _, _ in parties) and parties[0][0] not in deja_dites:
                _dire_sans_fiche(parties, vues, ecarter)


def _ranger(
    rangement: Rangement, lignes: LignesCsv, nom: str, vues: dict[str, str], sirets: Collection[str]
) -> None:  # fmt: skip
    table = reconnaitre(lignes.entete)
    if table is None:
        return
    if table.nom in vues:
        raise ExportRefuse(
            dire(
                "Le fichier {table} y est deux fois : « {autre} » et « {nom} ».",
                table=table.nom,
                autre=vues[table.nom],
                nom=nom,
            )
        )
    vues[table.nom] = nom
    places = [lignes.entete.index(colonne) for colonne in table.colonnes]
    parties = _PARTIES.get(table.nom, _details)
    fichier = TABLES.index(table)
    for lot in lignes.lots():
        rangement.ajouter(
            [
                (numero, fichier, ligne, valeurs)
                for numero, ligne, valeurs in parties(lot, places, sirets)
                if not fichier or _lisible(numero, ligne, lignes)
            ],
            lignes.octets,
        )


def _lisible(numero: str, ligne: int, lignes: LignesCsv) -> bool:
    """Say whether a line names a fiche; one that does not is bad. The fiches themselves are judged elsewhere."""
    if tranche_de(numero) != ILLISIBLES:
        return True
    lignes.ecarter(ligne, "", valeurs_lues.numero_illisible(numero))
    return False


_TAILLE_SIRET = 14
_ARRONDI = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_ARRONDIS = (
    "Un tableur a enregistré cet export, et a arrondi les SIRET des partenaires (« {siret} ») : donnez l'export tel "
    "que téléchargé."
)

# Each kind of file has its own way. In: rows with their lines, the places of the columns that are kept, the first of
# which is the number of the fiche.

_Partie = tuple[str, int, Any]


def _standard(lot: Rangees, places: Sequence[int], _: Collection[str]) -> Iterator[_Partie]:
    retenir = itemgetter(*places[1:])
    place = places[0]
    return ((valeurs[place].strip(), ligne, retenir(valeurs)) for ligne, valeurs in zip(*lot, strict=True))


def _partenaires(lot: Rangees, places: Sequence[int], sirets: Collection[str]) -> Iterator[_Partie]:
    """Keep the few lines that speak of the organisations we serve, and one that says that there are partners."""
    lignes, rangees = lot
    place, place_siret, place_habilitation = places
    numeros = list(map(itemgetter(place), rangees))
    # Of several lines about one fiche, the last is enough to say where its number stands.
    nommes = dict(zip(numeros, lignes, strict=True))
    for numero, ligne in nommes.items():
        yield numero.strip(), ligne, []
    for rang in _des_notres(rangees, place_siret, sirets):
        siret, habilitation = rangees[rang][place_siret].strip(), rangees[rang][place_habilitation]
        yield numeros[rang].strip(), lignes[rang], [(siret, habilitation, "")]


def _retraits(lot: Rangees, places: Sequence[int], sirets: Collection[str]) -> Iterator[_Partie]:
    """Keep the lines that say that one of the organisations we serve is a partner no more."""
    lignes, rangees = lot
    place, place_siret, place_habilitation = places
    for rang in _des_notres(rangees, place_siret, sirets):
        siret, habilitation = rangees[rang][place_siret].strip(), rangees[rang][place_habilitation]
        yield rangees[rang][place].strip(), lignes[rang], [(siret, habilitation, RETIREE)]


def _des_notres(rangees: Sequence[list[str]], place: int, sirets: Collection[str]) -> list[int]:
    """Find the lines of the organisations we serve. Raises ExportRefuse where SIRETs are no longer themselves.

    A spreadsheet that saves the export rounds them: nobody would be a partner any more, and nothing would say so.
    """
    lus = [rangee[place].strip() for rangee in rangees]
    if arrondi := next(filter(_ARRONDI.fullmatch, {siret for siret in lus if len(siret) < _TAILLE_SIRET}), ""):
        raise ExportRefuse(dire(_ARRONDIS, siret=arrondi))
    return [rang for rang, siret in enumerate(lus) if siret in sirets]


def _details(lot: Rangees, places: Sequence[int], _: Collection[str]) -> Iterator[_Partie]:
    """Bring together the lines that follow each other about the same fiche, with nothing between them."""
    lignes, rangees = lot
    retenir = itemgetter(*places[1:])
    debut = 0
    for numero, groupe in groupby(rangees, itemgetter(places[0])):
        contenus = list(map(retenir, groupe))
        fin = debut + len(contenus)
        if lignes[fin - 1] - lignes[debut] == fin - debut - 1:
            yield numero.strip(), lignes[debut], contenus
        else:
            for rang, contenu in enumerate(contenus, debut):
                yield numero.strip(), lignes[rang], [contenu]
        debut = fin


_PARTIES = {STANDARD: _standard, PARTENAIRES: _partenaires, RETRAITS: _retraits}


def _assembler(parties: Sequence[Partie]) -> Iterator[FicheBrute]:
    """Make the fiche that these parts speak of; none when the main file has it not, several when it has it twice."""
    brutes = [FicheBrute(ligne, numero, *valeurs) for numero, fichier, ligne, valeurs in parties if not fichier]
    if brutes:
        for _, fichier, _, valeurs in parties:
            if fichier:
                _completer(brutes[0], TABLES[fichier], valeurs)
    yield from brutes


def _dire_sans_fiche(parties: Sequence[Partie], vues: Mapping[str, str], ecarter: Ecarter) -> None:
    """Tell of what is said of a fiche that the main file has not, line by line: none of it can be used.

    Of its partners, most of which are nobody's we serve, one line tells for all that are not kept.
    """
    dits: set[int] = set()
    for numero, fichier, ligne, contenu in sorted(parties, key=lambda partie: (partie[1], not partie[3], partie[2])):
        if contenu or fichier not in dits:
            for suivante in range(max(1, len(contenu))):
                ecarter(LigneRefusee(vues[TABLES[fichier].nom], ligne + suivante, numero, SANS_FICHE))
        dits.add(fichier)


def _completer(brute: FicheBrute, table: Table, contenu: list[Any]) -> None:
    if table.nom == REMPLACEMENTS:
        brute.anciennes += [ancienne for ancienne, _ in contenu if ancienne.strip()]
        brute.nouvelles += [nouvelle for _, nouvelle in contenu if nouvelle.strip()]
    else:
        brute.nomme = brute.nomme or table.nom == PARTENAIRES
        getattr(brute, table.champ).extend(contenu)
