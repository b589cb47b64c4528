"""Exports made to fill the memory or to last for ever: refused in a French sentence, cheaply.

Each is read in a process of its own, which says what it took: the XML reader's memory is not Python's.
"""

import subprocess
import sys
import zipfile
from collections.abc import Iterator

import pytest

from tests.registre_fabrique import Fiche, fichiers_csv, xml, zip_csv

MEMOIRE_MAX = 200
"""Megabytes, the interpreter and the product included."""
DUREE_MAX = 30
"""Seconds of processor."""
MESURE = """
import resource, sys
from datetime import date
from pathlib import Path
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import ouvrir
from webapp.registre.faits import comprendre
try:
    for export in ouvrir(Path(sys.argv[1]), date(2026, 8, 16)):
        for brute in export.fiches(frozenset({"99999999800019"})):
            try:
                comprendre(brute, export.date)
            except ValueError:
                pass
except ExportRefuse as refus:
    print(refus)
pris = resource.getrusage(resource.RUSAGE_SELF)
# Not `ru_maxrss`, which begins with what the process that started this one held.
sommet = next(ligne for ligne in open("/proc/self/status") if ligne.startswith("VmHWM"))
print(int(sommet.split()[1]) // 1024, int(pris.ru_utime + pris.ru_stime))
"""
MORCEAU = 1 << 20
TAILLE = 300 * MORCEAU


def repeter(motif: str, debut: str = "", fin: str = "") -> Iterator[bytes]:
    """Give 300 MB of a pattern, by pieces."""
    yield debut.encode()
    morceau = (motif * (MORCEAU // len(motif) + 1)).encode()
    for _ in range(TAILLE // len(morceau)):
        yield morceau
    yield fin.encode()


def zip_de(chemin, **membres):
    """Make a zip of few bytes that unpacks to many."""
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for nom, morceaux in membres.items():
            with archive.open(nom, "w") as membre:
                for morceau in morceaux:
                    membre.write(morceau)
    return chemin


def entete(nom):
    [texte] = [t for fichier, t in fichiers_csv([Fiche()]).items() if nom in fichier]
    return texte.partition("\n")[0] + "\n"


def zip_csv_long(chemin, nom, morceaux):
    zip_csv(chemin, [Fiche()], sauf=nom)
    with zipfile.ZipFile(chemin, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(nom, "w") as m:
        for morceau in morceaux:
            m.write(morceau)
    return chemin


DEBUT, FIN = xml([Fiche()]).split("<FORMACODES>", 1)[0] + "<FORMACODES>", "</FORMACODES></FICHE></FICHES>"


def attributs():
    yield f"{DEBUT}<x".encode()
    yield from (f' a{n}=""'.encode() for n in range(2_000_000))


EN_XML = {
    "a fiche with millions of codes": lambda: repeter("<FORMACODE><CODE>31090</CODE></FORMACODE>", DEBUT, FIN),
    "a fiche with millions of empty tags": lambda: repeter("<a/>", DEBUT, FIN),
    "a tag with millions of attributes": attributs,
    "millions of fiches": lambda: repeter("<FICHE/>", DEBUT.rpartition("<FICHE>")[0], "</FICHES>"),
}
EN_CSV = {
    "a fiche with millions of lines": "RNCP1;31090;x\n",
    "two fiches told in turn": "RNCP1;31090;x\nRNCP2;31090;x\n",
    "a row of millions of short lines": '"\n";',
}


def mesurer(chemin):
    """Read an export: what was said, megabytes, seconds."""
    assert chemin.is_dir() or chemin.stat().st_size < 12 * MORCEAU
    fini = subprocess.run([sys.executable, "-c", MESURE, str(chemin)], capture_output=True, text=True, check=True)
    *dits, mesure = fini.stdout.splitlines()
    memoire, duree = map(int, mesure.split())
    assert memoire < MEMOIRE_MAX
    assert duree < DUREE_MAX
    return dits


def exiger_refus(chemin):
    [dit] = mesurer(chemin)
    assert dit.endswith(".")


@pytest.mark.parametrize("cas", EN_XML)
def test_an_xml_export_made_to_swell_is_refused_cheaply(tmp_path, cas):
    exiger_refus(zip_de(tmp_path / "a.zip", a=EN_XML[cas]()))


@pytest.mark.parametrize("cas", EN_CSV)
def test_a_csv_export_made_to_swell_is_refused_cheaply(tmp_path, cas):
    exiger_refus(zip_csv_long(tmp_path / "a.zip", "Formacode", repeter(EN_CSV[cas], entete("Formacode"))))


def test_an_export_of_thousands_of_members_is_refused_cheaply(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for n in range(20_000):
            archive.writestr(f"{n}.csv", "Numero_Fiche")
    exiger_refus(tmp_path / "a.zip")
    (tmp_path / "dossier").mkdir()
    for n in range(300):
        (tmp_path / "dossier" / f"{n}.csv").write_text("Numero_Fiche")
    exiger_refus(tmp_path / "dossier")


def test_long_lines_of_numbers_that_cannot_be_read_are_refused_cheaply(tmp_path):
    lignes = repeter("?;" + "0" * 100_000 + ";x\n", entete("Formacode"))
    exiger_refus(zip_csv_long(tmp_path / "a.zip", "Formacode", lignes))


def test_quotes_lost_on_every_line_are_refused_cheaply(tmp_path):
    lignes = repeter('RNCP1;"31090;x\n' + "RNCP1;31090;x\n" * 50, entete("Formacode"))
    exiger_refus(zip_csv_long(tmp_path / "a.zip", "Formacode", lignes))
