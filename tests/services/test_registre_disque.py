"""A full disk is said for what it is: it destroys no good file, and is not called a damaged export."""

import errno
import stat
import tempfile
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner

from tests.bases import ouverte
from tests.registre_fabrique import Fiche, xml, zip_csv
from webapp.cli import principal
from webapp.registre import fichiers
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import ouvrir
from webapp.services import import_registre

LE = date(2026, 8, 16)
BON = "le bon fichier d’hier".encode()


class Pleine:
    """A file without room for more than so many bytes."""

    def __init__(self, vrai, place):
        self._vrai, self._place = vrai, place

    def write(self, octets):
        self._place -= len(octets)
        if self._place < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._vrai.write(octets)

    def __getattr__(self, nom):
        return getattr(self._vrai, nom)

    def __enter__(self):
        self._vrai.__enter__()
        return self

    def __exit__(self, *fin):
        return self._vrai.__exit__(*fin)


@pytest.fixture
def disque_plein(monkeypatch):
    """The disk of what is written is full after some bytes."""
    vrai = open

    def ouvrir_plein(cible, mode="r", *autres):
        flux = vrai(cible, mode, *autres)
        return Pleine(flux, 100) if isinstance(cible, int) and "w" in mode else flux

    monkeypatch.setattr(fichiers, "open", ouvrir_plein, raising=False)


@pytest.fixture
def temporaires_pleins(monkeypatch):
    vrai = tempfile.TemporaryFile

    def etroit(*arguments, **options):
        return Pleine(vrai(*arguments, buffering=0, **options), 10)

    monkeypatch.setattr(tempfile, "TemporaryFile", etroit)


def exporter(base, chemin):
    with base.lecture() as cnx:
        return import_registre.exporter(cnx, chemin, LE)


def test_a_full_disk_leaves_the_good_file_that_was_there(base_sqlite, tmp_path, disque_plein):
    cible = tmp_path / "registre.zip"
    cible.write_bytes(BON)
    with pytest.raises(OSError, match="space"):
        exporter(base_sqlite, cible)
    assert cible.read_bytes() == BON
    assert {f.name for f in tmp_path.iterdir() if "registre" in f.name} == {"registre.zip"}


def test_a_new_file_takes_the_place_of_the_old_one_with_its_rights(base_sqlite, tmp_path):
    cible = tmp_path / "registre.zip"
    cible.write_bytes(BON)
    cible.chmod(0o640)
    lien = tmp_path / "lien.zip"
    lien.symlink_to(cible)
    assert exporter(base_sqlite, lien) > 30
    assert lien.is_symlink()
    assert zipfile.is_zipfile(cible)
    assert stat.S_IMODE(cible.stat().st_mode) == 0o640


def test_the_command_says_that_the_disk_is_full(url_sqlite, tmp_path, disque_plein):
    cible = tmp_path / "registre.zip"
    cible.write_bytes(BON)
    environnement = {"DATABASE_URL": url_sqlite, "MODE": "demonstration"}
    fini = CliRunner().invoke(principal, ["exporter-registre", str(cible)], env=environnement)
    assert fini.exit_code == 1
    assert "ne peut pas être écrit : le disque est plein." in fini.stderr.replace("\xa0", " ")
    assert cible.read_bytes() == BON


def test_no_room_for_temporary_files_is_not_a_damaged_export(tmp_path, temporaires_pleins):
    [export] = ouvrir(zip_csv(tmp_path / "a.zip", [Fiche()]), LE)
    with pytest.raises(ExportRefuse, match="dossier des fichiers temporaires est plein"):
        list(export.fiches(frozenset()))


def test_no_room_for_what_waits_is_said_too(url_sqlite, tmp_path, temporaires_pleins):
    chemin = tmp_path / "a.xml"
    chemin.write_text(xml([Fiche("RS90001")]), "utf-8")
    with ouverte(url_sqlite) as base, base.lecture() as cnx:
        [export] = ouvrir(chemin, LE)
        with pytest.raises(ExportRefuse, match="TMPDIR"), import_registre.preparer(cnx, export) as preparation:
            list(preparation.attente.lots())


def test_no_temporary_folder_at_all_is_said_and_the_good_file_stays(base_sqlite, tmp_path, monkeypatch):
    def aucun(*_arguments, **_options):
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "TemporaryFile", aucun)
    cible = tmp_path / "registre.zip"
    cible.write_bytes(BON)
    with pytest.raises(ExportRefuse, match="TMPDIR"):
        exporter(base_sqlite, cible)
    assert cible.read_bytes() == BON
