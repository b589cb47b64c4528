"""Who may read what the set-up writes: whoever may read the files it stands for, the user that serves among them."""

import os
import stat

import pytest

from webapp.web.http import statique

LISIBLE = 0o644


@pytest.fixture(autouse=True)
def masque():
    """Write as most machines do, whatever the shell that runs the tests."""
    avant = os.umask(0o022)
    yield
    os.umask(avant)


def droits(chemin):
    return stat.S_IMODE(chemin.stat().st_mode)


def test_a_compressed_twin_is_read_by_whoever_reads_its_file(tmp_path):
    (tmp_path / "app.css").write_text("body { color: black }\n" * 200, encoding="utf-8")
    jumeaux = statique.precompresser(tmp_path)
    assert {jumeau.name: droits(jumeau) for jumeau in jumeaux} == {"app.css.br": LISIBLE, "app.css.gz": LISIBLE}


def test_a_twin_made_again_is_read_as_before(tmp_path):
    style = tmp_path / "app.css"
    for nombre in (200, 400):
        style.write_text("body { color: black }\n" * nombre, encoding="utf-8")
        os.utime(style, (nombre, nombre))
        assert {droits(jumeau) for jumeau in statique.precompresser(tmp_path)} == {LISIBLE}


def test_the_third_party_files_are_read_by_everybody(outil, tmp_path):
    outils = outil("statique")
    for source in outils.PRIS:
        fichier = tmp_path / "node_modules" / source
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(source, encoding="utf-8")
        # As npm may have left it.
        fichier.chmod(0o600)
    assert {droits(f) for f in outils.copier(tmp_path / "node_modules", tmp_path / "tiers")} == {LISIBLE}
