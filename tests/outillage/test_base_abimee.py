"""A database that cannot be used stops the start: one French sentence, exit 1, and nothing of the file changed."""

import shutil
import signal
import subprocess
import sys

import pysqlite3.dbapi2 as sqlite
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

from tests.registre_fabrique import zip_csv
from tests.services.test_import_registre import ROUGE
from webapp.cli import principal
from webapp.domain.refus import EcritureImpossible
from webapp.persistence import database


@pytest.fixture
def lancer(racine, environnement):
    def commande(fichier, *mots):
        variables = {"DATABASE_URL": f"sqlite:///{fichier}", "SECRET_KEY": "s" * 40, "MODE": "demonstration"}
        return subprocess.run(
            [sys.executable, "-m", "webapp", *mots], cwd=racine, env=environnement | variables, capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip

    return commande


def pas_une_base(fichier, _modele):
    fichier.write_text("Ceci n'est pas une base de données.\n" * 400)


def abimer_partout(fichier, modele):
    octets = bytearray(modele.read_bytes())
    for debut in range(8192, len(octets) - 4096, 4096):
        octets[debut : debut + 2048] = b"\xa5" * 2048
    fichier.write_bytes(octets)


def abimer_une_page(fichier, modele):
    """One page that nothing reads at the start."""
    octets = bytearray(modele.read_bytes())
    with sqlite.connect(f"file:{modele}?mode=ro", uri=True) as cnx:
        [[page]] = cnx.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'evenement' OR name = 'formation' LIMIT 1"
        )
    octets[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    fichier.write_bytes(octets)


def tronquer(fichier, modele):
    octets = modele.read_bytes()
    fichier.write_bytes(octets[: len(octets) // 2])


def vieillir_le_produit(fichier, modele):
    fichier.write_bytes(modele.read_bytes())
    with sqlite.connect(str(fichier)) as cnx:
        cnx.execute("UPDATE alembic_version SET version_num = '9999'")
        cnx.commit()


CAS = {
    pas_une_base: "ce fichier n’est pas une base de données",
    abimer_partout: "son fichier est abîmé",
    abimer_une_page: "son fichier est abîmé",
    tronquer: "son fichier est abîmé",
    vieillir_le_produit: "une version plus récente du produit",
}


@pytest.fixture
def modele(modele_sqlite, tmp_path):
    """The model in one file, without what SQLite keeps beside it."""
    entiere = tmp_path / "modele.sqlite3"
    with sqlite.connect(str(modele_sqlite)) as cnx, sqlite.connect(str(entiere)) as copie:
        cnx.backup(copie)
    return entiere


@pytest.mark.parametrize("abimer", CAS, ids=lambda f: f.__name__)
def test_the_start_is_refused_in_one_sentence(lancer, tmp_path, modele, abimer):
    fichier = tmp_path / "catalogue.sqlite3"
    abimer(fichier, modele)
    avant = fichier.read_bytes()
    for mots in (("serve", "--port", "0"), ("migrer",)):
        fini = lancer(fichier, *mots)
        assert (fini.returncode, fini.stdout) == (1, "")
        [phrase] = fini.stderr.splitlines()
        assert phrase.startswith("La base de données ne s’ouvre pas\xa0: ")
        assert CAS[abimer] in phrase
    if abimer is not vieillir_le_produit:
        assert fichier.read_bytes() == avant


def test_an_intact_database_is_accepted(modele):
    database.migrer(f"sqlite:///{modele}")


def test_a_folder_is_no_database(lancer, tmp_path):
    fini = lancer(tmp_path, "migrer")
    assert fini.returncode == 1
    assert len(fini.stderr.splitlines()) == 1


CREER = ("creer-compte", "--courriel", "ada@alpha.example", "--nom", "Ada", "--siret", "99999999800019",
         "--organisme", "Formation Alpha", "--mot-de-passe-stdin")  # fmt: skip


@pytest.fixture
def remplie(tmp_path, modele_sqlite, monkeypatch):
    """A base that fails when it is written, or when it is read, once its tables are up to date."""
    fichier = tmp_path / "remplie.sqlite3"
    shutil.copyfile(modele_sqlite, fichier)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{fichier}")
    monkeypatch.setenv("MODE", "demonstration")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)

    def tomber(porte, erreur):
        def en_panne(_):
            raise erreur

        monkeypatch.setattr(database.BaseDeDonnees, porte, en_panne)

    return tomber


LECTEURS = ("importer-registre", "exporter-registre")
ECRIVAINS = ("creer-compte", "importer-registre", "serve")
ABIMEE = sqlite.DatabaseError("database disk image is malformed")
SQLALCHEMY = OperationalError("SELECT", {}, sqlite.OperationalError("disk I/O error"))


@pytest.mark.parametrize(
    ("commande", "porte", "erreur", "verbe"),
    [
        *((commande, "ecriture", EcritureImpossible("plein"), "s’écrit") for commande in ECRIVAINS),
        *((commande, "ecriture", SQLALCHEMY, "s’ouvre") for commande in ECRIVAINS),
        *((commande, "lecture", erreur, "s’ouvre") for commande in LECTEURS for erreur in (ABIMEE, SQLALCHEMY)),
    ],
)
def test_whatever_befalls_the_base_is_said_in_one_sentence_by_every_command(
    remplie, tmp_path, commande, porte, erreur, verbe
):
    export = zip_csv(tmp_path / "export-fiches-csv-2026-08-16.zip", [ROUGE])
    mots = {
        "creer-compte": CREER, "importer-registre": ("importer-registre", str(export)),
        "exporter-registre": ("exporter-registre", str(tmp_path / "sortie.zip")), "serve": ("serve", "--port", "0"),
    }[commande]  # fmt: skip
    remplie(porte, erreur)
    avant = {numero: signal.getsignal(numero) for numero in (signal.SIGINT, signal.SIGTERM)}
    fini = CliRunner().invoke(principal, mots, input="phrase assez longue pour servir\n")
    for numero, gestion in avant.items():
        signal.signal(numero, gestion)
    assert (fini.exit_code, fini.stdout) == (1, "")
    [phrase] = fini.stderr.splitlines()
    assert phrase.startswith(f"La base de données ne {verbe} pas\xa0: ")
