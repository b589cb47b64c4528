"""Each migration goes down and up again on a database that holds something in every table."""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, func, inspect, select, text

from tests.bases import ouverte
from tests.builders import LE, MAINTENANT, Atelier, une_fiche, une_fiche_de
from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from tests.builders_import import AtelierImport
from tests.builders_taches import AtelierTaches, changement
from tests.persistence.test_migrations import contraintes, revision
from tests.registre_fabrique import Fiche, zip_csv
from webapp.domain.fichier_habilitations import FichierHabilitations, Remarque
from webapp.domain.habilitations import HabilitationEdof
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import database
from webapp.persistence.migration import DOSSIER
from webapp.persistence.tables import metadata
from webapp.registre.export import ouvrir
from webapp.services import comptes_rendus, habilitations, import_edof, import_registre, registre, sessions
from webapp.services.import_edof import Envoye
from webapp.services.pages import Filtre

EXEMPLE = (Path(__file__).parents[1] / "edof" / "exemple.xml").read_bytes()
Lignes = dict[str, dict[tuple[Any, ...], Mapping[str, Any]]]

# Columns that have another form in the tables of a revision, or of any before it: a test of their own says which.
REFAITES = {
    "0006": {("certification", "remplacee_par")}, "0010": {("formation", "recherche")},
    "0017": {("edof_import", "octets")},
}  # fmt: skip
# The first revision that has a kind of job: such jobs have no place before it.
GENRES = {"import": "0012", "export": "0013"}
# Formations of these types have no place in the tables of a revision, or of any before it.
PARTIES = {"0002": ("bilan", "permis", "vae", "creation")}


def revisions() -> list[str]:
    """Give every revision but the newest, the newest of them first; « base » last."""
    config = Config()
    config.set_main_option("script_location", str(DOSSIER))
    _, *anterieures = [une.revision for une in ScriptDirectory.from_config(config).walk_revisions()]
    return [*anterieures, "base"]


def remplir(url: str, dossier: Path) -> None:
    """Put something in every table, by the product's own operations."""
    with ouverte(url) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
            cnx.execute(text("INSERT INTO limite_debit (cle, nombre, expire_le) VALUES ('essai', 1, 1.5)"))
        auteur = Atelier(base).utilisateur()
        for type_ in TypeFormation:
            for statut in Statut:
                fiche = une_fiche_de(type_, identifiant=f"{type_.value}-{statut.value}")
                Atelier(base).formation(auteur, fiche, statut)
        planter_arbre(AtelierArbre(base, auteur))
        AtelierTaches(base, AtelierArbre(base, auteur)).preparer(
            changement("valider", "session"), filtre=Filtre("arbre")
        )
        exporter(AtelierExports(base, AtelierArbre(base, auteur)))
        importer(AtelierImport(base, AtelierArbre(base, auteur), LE_2026))
        partenaires = ((auteur.organisme.siret, "HABILITATION_FORMER", "Actif"),)
        # The second finds what the first has left, and keeps it in case it is undone.
        for jour, fiches in (
            (16, [Fiche(partenaires=partenaires)]),
            (
                18,
                [
                    Fiche(intitule="Renommée", blocs=(), partenaires=()),
                    Fiche("RS90001", anciennes=(), partenaires=partenaires),
                ],
            ),
        ):
            chemin = zip_csv(dossier / f"export-{jour}.zip", fiches)
            for export in ouvrir(chemin, date(2026, 8, jour)):
                with base.lecture() as cnx, import_registre.preparer(cnx, export) as lue, base.ecriture() as autre:
                    import_registre.appliquer(autre, lue, datetime(2026, 8, jour + 1, tzinfo=UTC))
        with base.ecriture() as cnx:
            sessions.ouvrir(cnx, auteur, MAINTENANT)
            qui = habilitations.Auteur(auteur.nom, LE, MAINTENANT)
            liste = FichierHabilitations("liste.csv", None, (HabilitationEdof("RS2203"),), (Remarque(3, "…"),))
            vu = habilitations.deposer(cnx, auteur.organisme, qui, liste)
            habilitations.importer(cnx, auteur.organisme, qui, vu.liste.id, None)


def importer(atelier: AtelierImport) -> None:
    """Bring a file of the portal in, send another that waits to be confirmed, and one that lies about its encoding."""
    exemple = re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), EXEMPLE)
    atelier.importer(exemple)
    atelier.deposer(exemple.replace(b"<intitule-formation>", b"<intitule-formation>Autre ", 1))
    menteur = io.BytesIO(exemple.decode("latin-1").encode())
    with atelier.base.ecriture() as cnx:
        envoye = Envoye(uuid4(), "menteur.xml", import_edof.recevoir(menteur))
        import_edof.attendre(cnx, atelier.demande, envoye, menteur)


def exporter(atelier: AtelierExports) -> None:
    """Make an export of which something stays out and a character is replaced, and paste what the portal answers."""
    atelier.publiable("Sort", objectif="Le cœur du métier.")
    atelier.exporter()
    # Another waits to be made: what was read of it is kept until then.
    atelier.demander()
    atelier.travailler()
    with atelier.base.ecriture() as cnx:
        comptes_rendus.coller(cnx, atelier.arbre.acte, "30017")


def planter_arbre(atelier: AtelierArbre) -> None:
    """Put an action of each status in a formation, with a session of each status that it may hold."""
    formation = atelier.atelier.formation(atelier.auteur, une_fiche(identifiant="Arbre"))
    for rang, statut in enumerate(Statut):
        action = atelier.action(formation.id, numero=f"A{rang}")
        for place, sien in enumerate(Statut):
            semaine = date(2027, 3, 1) + timedelta(weeks=place)
            atelier.session(
                action.id, sien, numero=f"S{place}", debut=semaine.isoformat(),
                fin=(semaine + timedelta(days=4)).isoformat(),
            )  # fmt: skip
        if statut is Statut.VALIDEE:
            atelier.soumettre(action.fiche, formation.id, Operation.VALIDER, action.id, action.version)
        elif statut is Statut.ARCHIVEE:
            atelier.archiver(action)


def contenu(url: str) -> Lignes:
    """Give every row as the driver does, by table and key."""
    with ouverte(url) as base, base.lecture() as cnx:
        presentes = MetaData()
        noms = [nom for nom in inspect(cnx).get_table_names() if nom in metadata.tables]
        presentes.reflect(cnx, only=noms)
        lignes: Lignes = {}
        for nom, table in presentes.tables.items():
            cle = [colonne.name for colonne in table.primary_key]
            lues = [dict(ligne._mapping) for ligne in cnx.execute(select(table))]
            lignes[nom] = {tuple(ligne[c] for c in cle): ligne for ligne in lues}
        return lignes


def attendue(avant: Lignes, revision_: str) -> Lignes:
    """Give what a revision can hold of what the newest did."""
    types = next((types for premiere, types in PARTIES.items() if revision_ <= premiere), ())
    sans = {cle: une for cle, une in avant["formation"].items() if une["type_formation"] not in types}
    taches = {cle: une for cle, une in avant["tache"].items() if revision_ >= GENRES.get(une["genre"], "")}
    lignes = {cle: une for cle, une in avant["tache_ligne"].items() if cle[:2] in taches}
    return {**avant, "formation": sans, "tache": taches, "tache_ligne": lignes}


def exiger_les_memes(lues: Lignes, attendues: Lignes, colonnes: Mapping[str, set[str]]) -> None:
    """Compare tables in the columns given, and in no other."""
    for nom, siennes in colonnes.items():
        assert lues[nom].keys() == attendues[nom].keys(), nom
        for cle, ligne in lues[nom].items():
            for colonne in siennes:
                # The counts follow the formations that have left.
                if nom != "compteur_statut" or colonne != "nombre":
                    assert ligne[colonne] == attendues[nom][cle][colonne], (nom, cle, colonne)


@pytest.fixture(scope="session")
def modeles() -> dict[str, str]:
    """The addresses of the databases that are filled once, by engine, and copied for each test."""
    return {}


@pytest.fixture
def pleine(
    moteur: str, modeles: dict[str, str], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database of its own, that holds something in every table."""
    dossier = tmp_path_factory.mktemp("marches")
    serveur = request.getfixturevalue("serveur_postgresql") if moteur == "postgresql" else None
    if moteur not in modeles:
        url = serveur.creer() if serveur else f"sqlite:///{dossier / 'modele.sqlite3'}"
        database.migrer(url)
        remplir(url, dossier)
        modeles[moteur] = url
    if serveur:
        copie = serveur.copier(modeles[moteur])
        yield copie
        serveur.supprimer(copie)
    else:
        fichier = dossier / "copie.sqlite3"
        shutil.copyfile(modeles[moteur].removeprefix("sqlite:///"), fichier)
        yield f"sqlite:///{fichier}"


def test_something_stands_in_every_table(pleine):
    with ouverte(pleine) as base, base.lecture() as cnx:
        vides = [t.name for t in metadata.tables.values() if not cnx.scalar(select(func.count()).select_from(t))]
    assert vides == []


@pytest.mark.parametrize("revision_", revisions())
def test_each_migration_goes_down_and_up_on_data(pleine, revision_):
    tete, regles, avant = revision(pleine), contraintes(pleine), contenu(pleine)
    database.retrograder(pleine, revision_)
    assert revision(pleine) == (None if revision_ == "base" else revision_)
    dessous = contenu(pleine)
    refaites = {une for depuis, siennes in REFAITES.items() if revision_ <= depuis for une in siennes}
    colonnes = {
        nom: {colonne for colonne in next(iter(lignes.values()), ()) if (nom, colonne) not in refaites}
        for nom, lignes in dessous.items()
    }
    attendues = attendue(avant, revision_)
    exiger_les_memes(dessous, attendues, colonnes)
    database.migrer(pleine)
    assert (revision(pleine), contraintes(pleine)) == (tete, regles)
    apres = contenu(pleine)
    exiger_les_memes(apres, attendues, colonnes)
    comptes = {cle[-1]: ligne["nombre"] for cle, ligne in apres["compteur_statut"].items() if ligne["nombre"]}
    assert comptes == Counter(ligne["statut"] for ligne in apres["formation"].values())


def test_what_replaces_a_certification_goes_down_and_up(pleine):
    def suites() -> dict[str, Any]:
        return {cle[0]: une["remplacee_par"] for cle, une in contenu(pleine)["certification"].items()}

    avant = suites()
    database.retrograder(pleine, "0006")
    assert (suites()["RS5000"], suites()["RS6604"]) == ("RS6604", None)
    database.migrer(pleine)
    assert suites() == avant
    assert avant["RS5000"] == ["RS6604"]


def test_there_are_migrations_to_go_through():
    assert revisions()[-4:] == ["0003", "0002", "0001", "base"]
