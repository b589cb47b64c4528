"""Who does a job: one at a time, in order, whoever falls; and each object is changed once."""

import threading
import time
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.bases import ouverte
from tests.builders_arbre import AtelierArbre
from tests.builders_taches import AtelierTaches, changement
from tests.coupures.epreuves import un_processus
from webapp.domain.taches import BAIL, ECHECS_MAX, EtatLigne, EtatTache
from webapp.persistence import taches as gardees
from webapp.persistence.noeuds import SESSIONS
from webapp.services import lots
from webapp.services.travail import EN_PANNE, Travailleur


class Horloge:
    """A clock that goes when it is told."""

    def __init__(self):
        self.heure = 1_000.0

    def __call__(self):
        return self.heure


@pytest.fixture
def atelier(base):
    return AtelierTaches(base, AtelierArbre(base))


def preparee(atelier, nombre=120):
    formation = atelier.formation()
    action = atelier.arbre.action(formation.id)
    atelier.ajouter_sessions(action, nombre - 1)
    return atelier.preparer(changement("decaler", semaines="1"), formation)


def lancee(atelier, nombre=120):
    """A job that is launched, and of which an answer has done the first fifty."""
    tache = atelier.lancer(preparee(atelier, nombre))
    assert (tache.etat, tache.faits, tache.prevus) == (EtatTache.EN_COURS, 50, nombre)
    return tache


def versions(base, tache):
    """Count the sessions of a job by version."""
    with base.lecture() as cnx:
        lignes = gardees.lignes(cnx, tache.organisme_id, tache.id, list(EtatLigne), 0, 100_000)
        noeuds = SESSIONS.par_ids(cnx, tache.organisme_id, [ligne.objet_id for ligne in lignes])
    return sorted({noeud.version for noeud in noeuds.values()}), {ligne.etat for ligne in lignes}


# ---------------------------------------------------------------------------- the lease


def test_a_job_held_by_another_is_left_to_it_as_long_as_it_gives_a_sign(base, atelier, monkeypatch):
    monkeypatch.setattr(lots, "POIGNEE", 10)
    tache = lancee(atelier)
    horloge = Horloge()
    un, autre = (Travailleur(base, uuid4(), horloge, duree=0) for _ in range(2))
    assert un.tour()
    for _ in range(4):
        assert not autre.tour()
        horloge.heure += BAIL - 1
        assert not autre.tour()
        assert un.tour()
    assert atelier.relire(tache.id).faits == 100
    assert not autre.tour()
    horloge.heure += BAIL
    assert autre.tour()
    # The first, which comes back to itself, does nothing more: the job is no longer its own.
    assert atelier.relire(tache.id).porteur == autre.porteur
    assert not un.tour()
    while autre.tour():
        pass
    relue = atelier.relire(tache.id)
    assert (relue.etat, relue.faits, relue.laisses) == (EtatTache.TERMINEE, 120, 0)
    assert versions(base, relue) == ([2], {EtatLigne.FAITE})


def test_no_change_of_date_moves_a_lease(base, atelier, monkeypatch):
    """What is kept of a lease is a number: there is no date in it to be wrong about."""
    tache = lancee(atelier)
    un, autre = (Travailleur(base, uuid4(), Horloge(), duree=0) for _ in range(2))
    assert un._prendre(atelier.relire(tache.id))
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert not autre.tour()
    assert not autre.tour()
    assert un._prendre(atelier.relire(tache.id))


def test_who_has_lost_a_job_meanwhile_writes_nothing_of_it(base, atelier):
    tache = lancee(atelier)
    un, autre = (Travailleur(base, uuid4()) for _ in range(2))
    assert un._prendre(atelier.relire(tache.id))
    vue = atelier.relire(tache.id)
    assert autre._prendre(replace(vue, porteur=None))
    assert not un._faire(vue)
    assert atelier.relire(tache.id).faits == 50


def test_of_two_that_take_the_same_job_one_has_it(base, atelier):
    tache = lancee(atelier)
    un, autre = (Travailleur(base, uuid4()) for _ in range(2))
    assert [un._prendre(tache), autre._prendre(tache)] == [True, False]


def test_who_starts_again_under_the_same_name_goes_on_at_once(base, atelier):
    tache = lancee(atelier)
    nom = uuid4()
    assert Travailleur(base, nom)._prendre(tache)
    assert Travailleur(base, nom).tour()
    assert atelier.relire(tache.id).faits > 50


# ---------------------------------------------------------------------------- the order, the failures


def test_jobs_of_one_organisation_go_one_after_the_other_and_those_of_two_together(base, atelier, monkeypatch):
    monkeypatch.setattr(lots, "POIGNEE", 10)
    ailleurs = AtelierTaches(base, AtelierArbre(base))
    pretes = [(atelier, preparee(atelier)), (atelier, preparee(atelier)), (ailleurs, preparee(ailleurs))]
    premiere, seconde, autre = [a.lancer(prete) for a, prete in pretes]
    travailleur = Travailleur(base, uuid4(), duree=0)
    assert travailleur.tour()
    faits = {t.id: a.relire(t.id).faits for a, t in ((atelier, premiere), (atelier, seconde), (ailleurs, autre))}
    assert sorted([faits[premiere.id], faits[seconde.id]]) == [50, 60]
    assert faits[autre.id] == 60


def test_a_job_that_does_nothing_but_fail_is_given_up_and_the_others_go_on(base, atelier, monkeypatch, caplog):
    ailleurs = AtelierTaches(base, AtelierArbre(base))
    pretes = [(atelier, preparee(atelier)), (ailleurs, preparee(ailleurs))]
    tache, bonne = [a.lancer(prete) for a, prete in pretes]
    vraie = lots.avancer

    def avancer(cnx, acte, quoi, part):
        if quoi.id == tache.id:
            raise KeyError("ce qui manque")
        return vraie(cnx, acte, quoi, part)

    monkeypatch.setattr(lots, "avancer", avancer)
    travailleur = Travailleur(base, uuid4())
    signe = atelier.relire(tache.id).battement
    for echec in range(1, ECHECS_MAX):
        assert travailleur.tour()
        relue = atelier.relire(tache.id)
        assert (relue.etat, relue.echecs) == (EtatTache.EN_COURS, echec)
        # Whoever watches it sees that it is still held.
        assert relue.battement > signe
        signe = relue.battement
    assert travailleur.tour()
    relue = atelier.relire(tache.id)
    assert (relue.etat, relue.faits, relue.raison) == (EtatTache.INTERROMPUE, 50, EN_PANNE)
    # Whoever runs the product finds which job it was, and what happened to it, each time.
    dites = [dit for dit in caplog.records if str(tache.id) in dit.getMessage()]
    assert [dit.exc_info and repr(dit.exc_info[1]) for dit in dites] == ["KeyError('ce qui manque')"] * ECHECS_MAX
    while travailleur.tour():
        pass
    assert ailleurs.relire(bonne.id).etat is EtatTache.TERMINEE
    monkeypatch.setattr(lots, "avancer", vraie)
    assert atelier.annuler(relue).faits == 50


def test_a_failure_that_passes_leaves_no_trace(base, atelier, monkeypatch):
    tache = lancee(atelier)
    vraie, fois = lots.avancer, iter([True, True])

    def avancer(*arguments):
        if next(fois, False):
            raise KeyError
        return vraie(*arguments)

    monkeypatch.setattr(lots, "avancer", avancer)
    travailleur = Travailleur(base, uuid4())
    while travailleur.tour():
        pass
    relue = atelier.relire(tache.id)
    assert (relue.etat, relue.faits, relue.echecs) == (EtatTache.TERMINEE, 120, 0)


def test_a_transaction_holds_at_most_its_share(base, atelier, monkeypatch):
    tache = lancee(atelier, 620)
    Travailleur(base, uuid4(), duree=3600).tour()
    assert atelier.relire(tache.id).faits == 550


# ---------------------------------------------------------------------------- real processes


def attendre(condition, delai=60.0):
    fin = time.monotonic() + delai
    pause = threading.Event()
    while time.monotonic() < fin:
        if condition():
            return
        pause.wait(0.02)
    pytest.fail("nothing came")


def test_two_processes_do_one_job_once(url_base, base, atelier):
    tache = lancee(atelier, 400)
    with un_processus(url_base, uuid4()), un_processus(url_base, uuid4()):
        attendre(lambda: not atelier.relire(tache.id).active)
    relue = atelier.relire(tache.id)
    assert (relue.etat, relue.faits, relue.laisses) == (EtatTache.TERMINEE, 400, 0)
    assert versions(base, relue) == ([2], {EtatLigne.FAITE})


def test_asked_to_stop_the_process_ends_and_another_goes_on(url_base, base, atelier):
    tache = lancee(atelier, 500)
    porteur = uuid4()
    with un_processus(url_base, porteur) as processus:
        attendre(lambda: atelier.relire(tache.id).faits > 50)
        processus.terminate()
        processus.join(5)
        assert processus.exitcode == 0
    reste = atelier.relire(tache.id)
    assert reste.active
    atelier.porteur = porteur
    atelier.travailler()
    assert versions(base, atelier.relire(tache.id)) == ([2], {EtatLigne.FAITE})


def test_others_write_while_a_job_is_done(url_sqlite, base_sqlite):
    """On SQLite one writes at a time: a part is short, and leaves room after it."""
    atelier = AtelierTaches(base_sqlite, AtelierArbre(base_sqlite))
    tache = lancee(atelier, 800)
    attentes = []
    with un_processus(url_sqlite, uuid4()), ouverte(url_sqlite) as autre:
        attendre(lambda: atelier.relire(tache.id).faits > 50)
        while atelier.relire(tache.id).active:
            debut = time.monotonic()
            with autre.ecriture() as cnx:
                cnx.exec_driver_sql("UPDATE limite_debit SET nombre = nombre")
            attentes.append(time.monotonic() - debut)
            threading.Event().wait(0.01)
    assert atelier.relire(tache.id).etat is EtatTache.TERMINEE
    assert len(attentes) > 5
    assert max(attentes) < 5
