"""The demonstration starts, answers, keeps its data, and leaves nothing behind, whoever stops it and however."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from contextlib import ExitStack, contextmanager, suppress

import psutil
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from tests.bench.serveurs import est_un_ouvrier
from webapp import serveur
from webapp.cli import principal
from webapp.ouvrier import COURTOISIE
from webapp.persistence.database import ouvrir
from webapp.web.http import statique

DELAI_D_ARRET = 5


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """One database for the whole module: filled by the first start, found again by the others."""
    return tmp_path_factory.mktemp("donnees") / "catalogue.sqlite3"


@pytest.fixture
def lancer(racine, environnement, base):
    """Start a command as a terminal does, in a session of its own; nothing of it outlives the test."""

    @contextmanager
    def lancement(*commande, fichier=base, **variables):
        processus = subprocess.Popen(
            commande,
            cwd=racine,
            env=environnement | {"DATABASE_URL": f"sqlite:///{fichier}", "SECRET_KEY": "s" * 40} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            yield processus
        finally:
            descendance = [processus, *descendants(processus)]
            for reste in descendance:
                if reste.poll() is None if isinstance(reste, subprocess.Popen) else reste.is_running():
                    reste.kill()
            processus.communicate(timeout=10)

    return lancement


@pytest.fixture
def demonstration(lancer):
    """Start the demonstration on a free port and give it once it has said its three lines."""

    @contextmanager
    def ouverture(*commande):
        commande = commande or (sys.executable, "-m", "webapp", "serve", "--demonstration", "--port", "0")
        with lancer(*commande) as processus:
            lignes = [processus.stdout.readline() for _ in range(3)]
            yield processus, lignes

    return ouverture


def descendants(processus):
    try:
        return psutil.Process(processus.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def ouvriers(processus):
    """Give the processes that answer, or will."""
    trouves = []
    for enfant in descendants(processus):
        with suppress(psutil.Error):
            if est_un_ouvrier(enfant.cmdline()):
                trouves.append(enfant)
    return trouves


def adresse(lignes):
    trouvee = re.search(r"http://127\.0\.0\.1:\d+", lignes[0])
    assert trouvee is not None, lignes[0]
    return trouvee[0]


def lire(url):
    with urllib.request.urlopen(url, timeout=10) as reponse:
        return reponse.status, reponse.read().decode()


def formations(fichier):
    ouverte = ouvrir(f"sqlite:///{fichier}")
    try:
        with ouverte.lecture() as cnx:
            return set(cnx.execute(text("SELECT id FROM formation")).scalars())
    finally:
        ouverte.fermer()


def attendre(condition, delai=10):
    pause = threading.Event()
    for _ in range(int(delai / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    pytest.fail("nothing came")


def finir(processus, enfants):
    """Wait for the end: give the exit code and what was still said; fail if a process stays."""
    sortie, erreurs = processus.communicate(timeout=DELAI_D_ARRET)
    _, restants = psutil.wait_procs(enfants, timeout=1)
    # A zombie has ended; it only waits for the machine's first process to take note.
    assert [reste for reste in restants if reste.status() != psutil.STATUS_ZOMBIE] == []
    return processus.returncode, sortie, erreurs


@pytest.mark.parametrize("hote", ["localhost", "127.1"])
def test_an_address_is_heard_however_it_is_written(demonstration, hote):
    commande = (sys.executable, "-m", "webapp", "serve", "--demonstration", "--port", "0", "--hote", hote)
    with demonstration(*commande) as (_, lignes):
        annoncee = re.search(r"http://(\S+):(\d+)$", lignes[0].strip())
        assert annoncee is not None, lignes[0]
        assert annoncee[1] == hote
        assert lire(annoncee[0])[0] == 200


@pytest.mark.parametrize(("hote", "chiffres"), [("localhost", {"127.0.0.1", "::1"}), ("127.1", {"127.0.0.1"})])
def test_an_address_is_given_in_figures_to_the_server(hote, chiffres):
    trouvee, port = serveur.reserver_adresse(hote, 0)
    assert trouvee in chiffres
    assert port > 0


ARRETS = {
    "Ctrl-C": lambda processus: os.killpg(processus.pid, signal.SIGINT),
    "SIGINT": lambda processus: os.kill(processus.pid, signal.SIGINT),
    "SIGTERM": lambda processus: os.kill(processus.pid, signal.SIGTERM),
    "SIGTERM to the group": lambda processus: os.killpg(processus.pid, signal.SIGTERM),
}


def dire_et_repondre(lignes):
    """Look at the three lines of a start, and at a page with its style sheet."""
    ou, comptes, arret = (ligne.replace("\xa0", " ") for ligne in lignes)
    assert re.fullmatch(r"Fiche vivante vous attend à l’adresse http://127\.0\.0\.1:\d+\n", ou)
    assert comptes == (
        "Comptes de démonstration : gestionnaire@alpha.example, lecteur@alpha.example, gestionnaire@beta.example ;"
        " mot de passe : catalogue-de-demonstration\n"
    )
    assert arret == "Pour arrêter : Ctrl-C. Les données sont conservées.\n"
    statut, page = lire(adresse(lignes))
    assert statut == 200
    feuille = re.search(r'href="(/static/[0-9a-f]{12}/[^"]+\.css)"', page)
    assert feuille is not None
    assert lire(adresse(lignes) + feuille[1])[0] == 200


@pytest.mark.parametrize("arret", ARRETS)
def test_the_demonstration_says_three_lines_answers_stops_cleanly_and_keeps_its_data(demonstration, base, arret):
    avant = formations(base) if base.exists() else None
    with demonstration() as (processus, lignes):
        dire_et_repondre(lignes)
        enfants = descendants(processus)
        assert len(enfants) >= 2
        ARRETS[arret](processus)
        assert finir(processus, enfants) == (0, "", "")
    apres = formations(base)
    assert len(apres) > 3
    assert avant in (None, apres)


def test_workers_do_not_outlive_a_main_process_that_is_killed(demonstration):
    with demonstration() as (processus, _lignes):
        enfants = descendants(processus)
        processus.kill()
        assert finir(processus, enfants)[0] == -signal.SIGKILL


DEMANDE = b"GET / HTTP/1.1\r\nHost: fiche\r\n\r\n"
CORPS_ARRETE = b"POST / HTTP/1.1\r\nHost: fiche\r\nContent-Length: 100\r\n\r\nabcdef"


@pytest.fixture
def lente(lancer):
    """Start an answer that takes a second, served as the product is; give its process and its port."""

    @contextmanager
    def ouverture():
        with socket.socket() as prise:
            prise.bind(("127.0.0.1", 0))
            port = prise.getsockname()[1]
        with lancer(sys.executable, "-m", "tests.outillage.lente", str(port)) as processus:
            assert processus.stdout.readline() == "pret\n"
            yield processus, port

    return ouverture


def demander(port, octets=DEMANDE):
    prise = socket.create_connection(("127.0.0.1", port), timeout=DELAI_D_ARRET)
    prise.sendall(octets)
    return prise


def test_an_answer_still_computed_for_a_browser_that_has_gone_does_not_spoil_the_stop(lente):
    with lente() as (processus, port):
        for _ in range(6):
            demander(port).close()
        enfants = descendants(processus)
        processus.terminate()
        assert finir(processus, enfants) == (0, "", "")


@pytest.mark.parametrize("arretes", [0, 6])
def test_an_answer_under_way_is_given_whole_before_the_stop(lente, arretes):
    """Also when others stall, for whom nothing waits longer than for an answer under way."""
    with lente() as (processus, port), ExitStack() as pile:
        for _ in range(arretes):
            pile.enter_context(demander(port, CORPS_ARRETE))
        prise = pile.enter_context(demander(port))
        threading.Event().wait(0.2)
        enfants = descendants(processus)
        processus.terminate()
        assert prise.recv(9999).endswith(b"\r\n\r\nenfin")
        assert finir(processus, enfants) == (0, "", "")


def test_a_worker_that_falls_twice_in_a_row_is_replaced_twice(lente):
    with lente() as (processus, port):
        for _ in range(2):
            (un, _) = ouvriers(processus)
            un.kill()
            # One that begins is not yet known for what it is.
            attendre(lambda un=un: len(set(ouvriers(processus)) - {un}) == 2)
        assert processus.poll() is None
        with demander(port) as prise:
            assert prise.recv(9999).endswith(b"enfin")
        enfants = descendants(processus)
        processus.terminate()
        code, _, erreurs = finir(processus, enfants)
        assert (code, erreurs) == (0, "")


def taches(processus):
    """Give the process that does the jobs: the one that the system lets have a processor after the others."""
    trouves = []
    attendu = min(psutil.Process(processus.pid).nice() + COURTOISIE, 19)
    for enfant in ouvriers(processus):
        with suppress(psutil.Error):
            if enfant.nice() == attendu:
                trouves.append(enfant)
    return trouves


def test_the_process_of_jobs_is_started_again_when_it_falls_and_stops_with_the_others(demonstration):
    with demonstration() as (processus, lignes):
        attendre(lambda: len(taches(processus)) == 1, 60)
        (une,) = taches(processus)
        une.kill()
        attendre(lambda: [t.pid for t in taches(processus)] not in ([], [une.pid]), 60)
        assert lire(f"{adresse(lignes)}/sante")[0] == 200
        enfants = descendants(processus)
        processus.terminate()
        code, _, erreurs = finir(processus, enfants)
        assert code == 0
        assert "Traceback" not in erreurs


def test_a_ctrl_c_before_the_server_has_begun_is_clean_too(lancer, tmp_path):
    fichier = tmp_path / "neuve.sqlite3"
    commande = (sys.executable, "-m", "webapp", "serve", "--demonstration", "--port", "0")
    with lancer(*commande, fichier=fichier) as processus:
        attendre(fichier.exists)
        os.killpg(processus.pid, signal.SIGINT)
        assert finir(processus, []) == (0, "", "")


AVALE = """
import os, signal, sys, time, weakref
from webapp.terminal import entendre_les_arrets

class Chose: pass

if sys.argv[1:] == ["sortir"]:
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
entendre_les_arrets()
chose = Chose()
guet = weakref.ref(chose, lambda _: (os.kill(os.getpid(), signal.SIGINT), time.sleep(0.01)))
del chose
try:
    time.sleep(20)
except KeyboardInterrupt:
    sys.exit(130)
print("encore là")
"""


@pytest.mark.parametrize(("quoi", "code"), [(["sortir"], 0), ([], 130)])
def test_a_ctrl_c_that_python_swallows_is_heard_all_the_same(quoi, code):
    """What is thrown where Python calls back by itself (weak references, finalizers) is lost: it is given again."""
    fait = subprocess.run([sys.executable, "-c", AVALE, *quoi], capture_output=True, text=True, timeout=30, check=False)
    assert (fait.returncode, fait.stdout, fait.stderr) == (code, "", "")


@pytest.mark.parametrize("arret", [signal.SIGTERM, signal.SIGINT])
def test_make_serve_stops_with_its_server(demonstration, arret):
    prets = ("--old-file=.venv/.pret-produit", "--old-file=webapp/static/tiers/.pret")
    with demonstration("make", *prets, "serve", "PORT=0") as (processus, lignes):
        lire(f"{adresse(lignes)}/sante")
        enfants = descendants(processus)
        (os.kill if arret == signal.SIGTERM else os.killpg)(processus.pid, arret)
        _code, sortie, erreurs = finir(processus, enfants)
        assert sortie == ""
        assert "Traceback" not in erreurs


def test_a_port_already_taken_is_said_in_one_french_sentence(lancer):
    with socket.create_server(("127.0.0.1", 0)) as prise:
        port = prise.getsockname()[1]
        commande = (sys.executable, "-m", "webapp", "serve", "--demonstration", "--port", str(port))
        with lancer(*commande) as processus:
            sortie, erreurs = processus.communicate(timeout=10)
            assert processus.returncode == 1
            assert sortie == ""
            assert erreurs.replace("\xa0", " ") == (
                f"Le port {port} est déjà utilisé par un autre programme : arrêtez-le ou choisissez un autre port,"
                f" par exemple « make serve PORT={port + 1} ».\n"
            )


@pytest.mark.parametrize(
    ("hote", "port", "phrase"),
    [
        ("127.0.0.1", "99999", "Le port 99999 n’existe pas"),
        ("192.0.2.1", "0", "L’adresse « 192.0.2.1 » n’est pas une adresse de cette machine."),
        ("é" * 70, "0", f"L’adresse « {'é' * 70} » n’est pas une adresse de cette machine."),
    ],
)
def test_an_impossible_address_is_said_in_one_french_sentence(lancer, hote, port, phrase):
    with lancer(
        sys.executable, "-m", "webapp", "serve", "--demonstration", "--hote", hote, "--port", port
    ) as processus:
        sortie, erreurs = processus.communicate(timeout=10)
        assert (processus.returncode, sortie) == (1, "")
        assert erreurs.replace("\xa0", " ").startswith(phrase)
        assert len(erreurs.splitlines()) == 1


def test_a_database_that_cannot_be_opened_is_said_in_one_french_sentence(lancer, tmp_path):
    (tmp_path / "dossier").mkdir()
    commande = (sys.executable, "-m", "webapp", "serve", "--demonstration", "--port", "0")
    with lancer(*commande, fichier=tmp_path / "dossier") as processus:
        sortie, erreurs = processus.communicate(timeout=10)
        assert (processus.returncode, sortie) == (1, "")
        assert erreurs.replace("\xa0", " ").startswith("La base de données ne s’ouvre pas : ")
        assert len(erreurs.splitlines()) == 1


def test_an_installation_that_cannot_be_written_to_serves_all_the_same(monkeypatch, tmp_path):
    def refuser():
        raise PermissionError

    def noter(ecoute, _pret, **_autres):
        servies.append(ecoute)
        return True

    servies: list[serveur.Ecoute] = []
    monkeypatch.setattr(statique, "precompresser", refuser)
    monkeypatch.setattr(serveur, "servir", noter)
    variables = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}",
        "SECRET_KEY": "s" * 40,
        "MODE": "demonstration",
    }
    avant = {nom: signal.getsignal(nom) for nom in (signal.SIGINT, signal.SIGTERM)}
    reponse = CliRunner().invoke(principal, ["serve", "--port", "0"], env=variables)
    for nom, gestion in avant.items():
        signal.signal(nom, gestion)
    assert reponse.exit_code == 0
    assert len(servies) == 1
    assert reponse.stderr.replace("\xa0", " ") == (
        "Le dossier du produit ne s’écrit pas : des fichiers partiront sans être compressés.\n"
    )
