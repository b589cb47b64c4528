"""A command that imports and is killed leaves nothing half done, and nothing that waits for ever without saying why."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import PRETE, TERMINEE, AtelierImport
from tests.services.test_import_edof import commande, long
from tests.services.test_import_edof_d_ailleurs import EXEMPLE, de, lues
from webapp import cli_edof
from webapp.domain.comptes import LIGNE_DE_COMMANDE
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Operation
from webapp.domain.taches import BAIL, EtatTache
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import taches as gardees
from webapp.persistence.formations import toutes
from webapp.registre.fichiers import remplacer
from webapp.services import avancement, catalogue, import_coupe, import_edof, tache_import, taches
from webapp.services.import_coupe import COUPEE
from webapp.services.travail import Travailleur


class Tue(BaseException):
    """A process that is killed: nothing of it runs any more."""


@pytest.fixture
def atelier(base):
    atelier = AtelierImport(base, AtelierArbre(base), LE_2026)
    with base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, LE_2026)
    return atelier


@pytest.fixture
def exemple(atelier):
    return de(atelier, EXEMPLE)


@pytest.fixture
def fichier(tmp_path, exemple):
    fichier = tmp_path / "catalogue.xml"
    fichier.write_bytes(exemple)
    return fichier


def siennes(atelier):
    with atelier.base.lecture() as cnx:
        return gardees.liste(cnx, atelier.organisme.id, 10)


def couper(monkeypatch, url, atelier, fichier, quand):
    """Have a command killed when its job stands somewhere: what it held is not given back."""
    vrai = import_edof.une_part

    def mourir(cnx, acte, tache, suivre=None):
        fait = vrai(cnx, acte, tache, suivre)
        if tache.etat is quand:
            raise Tue
        return fait

    with monkeypatch.context() as coupure:
        coupure.setattr(import_edof, "une_part", mourir)
        coupure.setattr(import_edof, "renoncer", lambda *_: None)
        with pytest.raises(Tue):
            commande(url, atelier.organisme.siret, fichier)
    return siennes(atelier)[0]


def en_longueur(fichier, exemple):
    fichier.write_bytes(long(exemple))


@pytest.mark.parametrize("quand", [EtatTache.PREPARATION, EtatTache.EN_COURS])
def test_the_process_of_jobs_says_that_the_command_was_cut(
    base, url_base, atelier, exemple, fichier, monkeypatch, quand
):
    en_longueur(fichier, exemple)
    laissee = couper(monkeypatch, url_base, atelier, fichier, quand)
    assert laissee.etat is quand
    maintenant = [0.0]
    travailleur = Travailleur(base, atelier.porteur, horloge=lambda: maintenant[0])
    assert not travailleur.tour()
    maintenant[0] = BAIL + 1
    travailleur.tour()
    finie = atelier.relire(laissee)
    assert (finie.etat, finie.raison) == (EtatTache.INTERROMPUE, COUPEE)
    assert atelier.objets() == []
    assert commande(url_base, atelier.organisme.siret, fichier).exit_code == 0
    assert len(atelier.objets()) == len(lues(exemple))


@pytest.mark.parametrize("quand", [EtatTache.PREPARATION, EtatTache.EN_COURS])
def test_the_same_command_again_finds_that_it_was_cut_and_imports(
    url_base, atelier, exemple, fichier, monkeypatch, quand
):
    en_longueur(fichier, exemple)
    laissee = couper(monkeypatch, url_base, atelier, fichier, quand)
    attendues: list[float] = []
    monkeypatch.setattr(cli_edof, "_patienter", attendues.append)
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 0, fait.stderr
    assert attendues == [BAIL]
    assert "s’est arrêté avant sa fin" in fait.stderr
    assert len(atelier.objets()) == len(lues(exemple))
    assert atelier.relire(laissee).raison == COUPEE
    # It is said once.
    assert "s’est arrêté" not in commande(url_base, atelier.organisme.siret, fichier).stderr


def test_a_command_beside_another_that_gives_signs_does_nothing(base, url_base, atelier, exemple, fichier, monkeypatch):
    en_longueur(fichier, exemple)
    laissee = couper(monkeypatch, url_base, atelier, fichier, EtatTache.PREPARATION)

    def vivre(_secondes):
        with base.ecriture() as cnx:
            gardees.remplacer(cnx, replace(laissee, battement=laissee.battement + 1))

    monkeypatch.setattr(cli_edof, "_patienter", vivre)
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 1
    assert "importe en ce moment" in fait.stderr
    assert atelier.relire(laissee).etat is EtatTache.PREPARATION
    assert len(siennes(atelier)) == 1


def arretee(cnx, atelier, laissee):
    taches.arreter(cnx, atelier.demande.acte, laissee.id)


def oubliee(cnx, atelier, laissee):
    import_coupe.oublier(cnx, laissee)


@pytest.mark.parametrize("fin", [arretee, oubliee])
def test_a_command_goes_on_when_the_one_beside_has_just_come_to_an_end(
    base, url_base, atelier, exemple, fichier, monkeypatch, fin
):
    """While its signs were waited for, somebody stopped it, or it gave up and kept nothing."""
    en_longueur(fichier, exemple)
    laissee = couper(monkeypatch, url_base, atelier, fichier, EtatTache.PREPARATION)

    def finir(_secondes):
        with base.ecriture() as cnx:
            fin(cnx, atelier, laissee)

    monkeypatch.setattr(cli_edof, "_patienter", finir)
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 0, fait.stderr
    assert len(atelier.objets()) == len(lues(exemple))


def test_a_command_that_is_interrupted_keeps_nothing(url_base, atelier, exemple, fichier, monkeypatch):
    en_longueur(fichier, exemple)

    def interrompre(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(import_edof, "une_part", interrompre)
    assert commande(url_base, atelier.organisme.siret, fichier).exit_code != 0
    assert siennes(atelier) == []


@pytest.mark.parametrize("quand", [EtatTache.PREPARATION, EtatTache.EN_COURS])
def test_a_command_whose_job_somebody_stops_does_no_more_of_it(
    base, url_base, atelier, exemple, fichier, monkeypatch, quand
):
    """Stopped from its page between two parts, it is not begun again."""
    en_longueur(fichier, exemple)
    vrai = import_edof.une_part

    def arreter_d_abord(cnx, acte, tache, suivre=None):
        if tache.etat is quand:
            taches.arreter(cnx, atelier.demande.acte, tache.id)
        return vrai(cnx, acte, tache, suivre)

    monkeypatch.setattr(import_edof, "une_part", arreter_d_abord)
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 1
    assert fait.stderr.replace("\xa0", " ").endswith("Arrêtée par Camille Martin. Rien n’est importé.\n")
    assert "Importé" not in fait.stdout
    [tache] = siennes(atelier)
    assert tache.etat is EtatTache.INTERROMPUE
    assert atelier.objets() == []


def test_a_command_whose_job_another_process_holds_leaves_it(base, url_base, atelier, exemple, fichier, monkeypatch):
    en_longueur(fichier, exemple)
    vrai = import_edof.une_part

    def prendre_d_abord(cnx, acte, tache, suivre=None):
        lue = gardees.par_id(cnx, tache.organisme_id, tache.id, verrou=True)
        assert lue is not None
        gardees.remplacer(cnx, replace(lue, porteur=uuid4(), battement=lue.battement + 1))
        return vrai(cnx, acte, tache, suivre)

    monkeypatch.setattr(import_edof, "une_part", prendre_d_abord)
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 1
    assert "Un autre processus" in fait.stderr
    [tache] = siennes(atelier)
    assert (tache.etat, tache.rang) == (EtatTache.PREPARATION, 0)


def test_a_command_whose_preview_is_outdated_says_to_begin_again_and_leaves_nothing(
    url_base, atelier, exemple, fichier, monkeypatch
):
    en_longueur(fichier, exemple)
    monkeypatch.setattr(tache_import, "empreinte", lambda _passes: str(uuid4()))
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 1
    assert (
        fait.stderr.replace("\xa0", " ")
        .splitlines()[-1]
        .endswith("Le catalogue a changé depuis l’aperçu : rien n’est importé. Relancez la commande.")
    )
    assert siennes(atelier) == []


def test_what_a_command_prepared_and_a_person_launches_is_that_person_s(
    base, url_base, atelier, exemple, fichier, monkeypatch
):
    en_longueur(fichier, exemple)
    with monkeypatch.context() as coupure:
        coupure.setattr(taches, "lancer", lambda *_: (_ for _ in ()).throw(Tue()))
        coupure.setattr(import_edof, "renoncer", lambda *_: None)
        with pytest.raises(Tue):
            commande(url_base, atelier.organisme.siret, fichier)
    [prete] = siennes(atelier)
    assert (prete.etat, prete.utilisateur_id) == (PRETE, LIGNE_DE_COMMANDE)
    finie = atelier.lancer(prete)
    assert finie.etat is TERMINEE, finie.raison
    assert finie.utilisateur_id == atelier.demande.acte.auteur.id
    assert len(atelier.objets()) == len(lues(exemple))


def test_a_command_killed_for_real_is_found_out(url_base, atelier, exemple, fichier, base):
    en_longueur(fichier, exemple)
    ordre = [sys.executable, "-m", "webapp", "importer-edof", "--siret", atelier.organisme.siret, str(fichier)]
    processus = subprocess.Popen(
        ordre, env=os.environ | {"DATABASE_URL": url_base}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    fin = time.monotonic() + 60
    while not siennes(atelier) and time.monotonic() < fin:
        time.sleep(0.01)
    processus.send_signal(signal.SIGKILL)
    processus.wait()
    assert atelier.objets() == []
    maintenant = [0.0]
    travailleur = Travailleur(base, atelier.porteur, horloge=lambda: maintenant[0])
    travailleur.tour()
    maintenant[0] = BAIL + 1
    travailleur.tour()
    [finie] = siennes(atelier)
    assert (finie.etat, finie.raison) == (EtatTache.INTERROMPUE, COUPEE)
    assert atelier.objets() == []


def test_a_file_takes_the_place_of_another_once_it_is_whole(tmp_path, monkeypatch):
    entier = tmp_path / "entier.xml"
    entier.write_bytes(b"ancien")
    entier.chmod(0o640)
    with remplacer(entier) as flux:
        flux.write(b"neuf")
        assert [un.name for un in tmp_path.iterdir()] == ["entier.xml"]
        assert entier.read_bytes() == b"ancien"
    assert (entier.read_bytes(), entier.stat().st_mode & 0o777) == (b"neuf", 0o640)

    def refuser(*_, **__):
        raise OSError

    # Where the system opens a file without a name and cannot give it one.
    monkeypatch.setattr(os, "link", refuser)
    with remplacer(entier) as flux:
        flux.write(b"copie")
    assert [(un.name, un.read_bytes()) for un in tmp_path.iterdir()] == [("entier.xml", b"copie")]


def test_an_export_killed_for_real_leaves_no_file_and_none_of_its_own(tmp_path):
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom webapp.registre.fichiers import remplacer\n"
        "with remplacer(Path(sys.argv[1])) as flux:\n"
        "    flux.write(b'x' * 100_000)\n    print('la', flush=True)\n    time.sleep(60)\n"
    )
    cible = tmp_path / "catalogue.xml"
    with subprocess.Popen([sys.executable, "-c", script, str(cible)], stdout=subprocess.PIPE) as processus:
        assert processus.stdout is not None
        assert processus.stdout.readline() == b"la\n"
        processus.kill()
    assert list(tmp_path.iterdir()) == []


def test_a_long_import_holds_in_memory_nothing_of_what_it_replaces(base_sqlite):
    atelier = AtelierImport(base_sqlite, AtelierArbre(base_sqlite), LE_2026)
    tache = atelier.deposer(long(de(atelier, EXEMPLE)))
    acte = atelier.demande.acte
    with base_sqlite.ecriture() as cnx:
        lancee = import_edof.tenir(cnx, taches.lancer(cnx, acte, tache.id), atelier.porteur)
    # SQLite keeps in memory, to its end, what a savepoint would give back: the size of the catalogue.
    ouverts: list[str] = []
    with base_sqlite.ecriture() as cnx:
        assert cnx.connection.dbapi_connection is not None
        cnx.connection.dbapi_connection.set_trace_callback(
            lambda sql: ouverts.append(sql) if sql.startswith("SAVEPOINT") else None
        )
        finie = import_edof.une_part(cnx, acte, lancee)
        cnx.connection.dbapi_connection.set_trace_callback(None)
    assert (finie.etat, ouverts) == (TERMINEE, [])


def test_a_long_import_whose_preview_is_no_longer_true_is_looked_at_again(base, atelier, exemple):
    tache = atelier.deposer(long(exemple))
    assert tache.etat is PRETE
    autre = atelier.deposer(exemple)
    atelier.lancer(autre)
    avant = atelier.objets()
    revue = atelier.lancer(tache)
    assert (revue.etat, atelier.objets()) == (PRETE, avant)
    assert "a changé depuis" in revue.raison
    assert "inchange" in atelier.sorts(revue).values()
    # So does the command, which waits for nobody.
    with base.ecriture() as cnx:
        lancee = import_edof.tenir(cnx, taches.lancer(cnx, atelier.demande.acte, revue.id), atelier.porteur)
    with base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[-1]
        envoi = Envoi(une.id, une.version, une.fiche.avec(intitule="Changée ici"))
        catalogue.soumettre(cnx, atelier.demande.acte, envoi, Operation.ENREGISTRER)
    finie = cli_edof._avancer(base, atelier.demande.acte, lancee)
    assert finie.etat is PRETE
    assert atelier.lancer(finie).etat is TERMINEE
    assert len(atelier.objets()) == len(lues(exemple))


def test_a_preview_that_is_begun_again_is_still_held_by_who_held_it(base, atelier, exemple):
    prete = atelier.deposer(exemple)
    with base.ecriture() as cnx:
        lancee = replace(prete, etat=EtatTache.EN_COURS)
        tenue = import_edof.tenir(cnx, lancee, atelier.porteur)
    with base.ecriture() as cnx:
        revue = import_edof.revoir(cnx, tenue)
    assert (revue.etat, revue.porteur) == (EtatTache.PREPARATION, atelier.porteur)
    assert atelier.relire(revue).porteur == atelier.porteur


def test_a_failure_is_forgotten_once_the_preview_is_looked_at_again(base, atelier, exemple, monkeypatch):
    tache = atelier.deposer(long(exemple))
    with base.ecriture() as cnx:
        taches.lancer(cnx, atelier.demande.acte, tache.id)
    pannes = iter([KeyError, avancement.ApercuDepasse])
    travailleur = Travailleur(base, atelier.porteur)

    def avancer(*_):
        raise next(pannes)

    monkeypatch.setattr(avancement, "avancer", avancer)
    assert travailleur.tour()
    assert atelier.relire(tache).echecs == 1
    assert travailleur.tour()
    relue = atelier.relire(tache)
    assert (relue.etat, relue.echecs) == (EtatTache.PREPARATION, 0)
