"""What is kept for a time goes when its time is over, whether or not anybody asks for anything."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from tests.builders_import import AtelierImport
from tests.edof.test_comparaison import EXEMPLE
from webapp import ouvrier
from webapp.domain.taches import EtatTache
from webapp.persistence.tables_edof import morceau
from webapp.persistence.tables_import import importation
from webapp.services import exportation, menage
from webapp.services.menage import Menage
from webapp.services.taches import Demande
from webapp.services.travail import Travailleur

UN_AN = timedelta(days=365)


class AtelierDuJour(AtelierExports):
    """Its organisation lives at the present day: at a fixed one, no time passes."""

    @property
    def demande(self):
        return Demande(self.arbre.acte, None)


@pytest.fixture
def exports(base):
    arbre = AtelierArbre(base)
    arbre.acte = replace(arbre.acte, maintenant=datetime.now(UTC))
    return AtelierDuJour(base, arbre)


def restent(base, table):
    with base.lecture() as cnx:
        return cnx.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_file_of_an_export_goes_when_its_time_is_over_unless_the_portal_has_it(base, exports):
    exports.publiable("Une")
    un, depose = exports.exporter(), exports.exporter()
    exports.deposer(depose.tache.id)
    maintenant = datetime.now(UTC)
    menage.effacer(base, maintenant)
    assert restent(base, morceau) == 2
    menage.effacer(base, maintenant + UN_AN)
    assert restent(base, morceau) == 1
    assert exports.ouvrir(un.tache.id).export.efface_le is not None
    assert exports.ouvrir(depose.tache.id).export.efface_le is None
    assert exports.fichier(depose.tache.id)


def test_a_file_that_nobody_confirms_goes_and_one_that_was_imported_stays_told(base):
    atelier = AtelierImport(base, AtelierArbre(base))
    octets = EXEMPLE.replace("99999999800019", atelier.organisme.siret).encode("iso-8859-1")
    importee, attend = atelier.importer(octets), atelier.deposer(octets)
    assert (importee.etat, attend.etat) == (EtatTache.TERMINEE, EtatTache.PRETE)
    menage.effacer(base, datetime.now(UTC))
    assert restent(base, importation) == 2
    menage.effacer(base, datetime.now(UTC) + UN_AN)
    assert restent(base, importation) == 1
    assert atelier.relire(importee).etat is EtatTache.TERMINEE


def test_the_process_of_jobs_erases_when_it_has_nothing_to_do_and_not_at_each_look(base, exports, monkeypatch):
    exports.publiable("Une")
    vus = []
    monkeypatch.setattr(ouvrier, "GUET", 0.0)
    monkeypatch.setattr(ouvrier, "REPOS", 0.0)
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    tache = exports.demander()
    monkeypatch.setattr(menage, "effacer", lambda _base, _le: vus.append(exports.relire(tache.id).etat))
    arret = threading.Event()
    tours = iter(range(6))

    class Compte(Travailleur):
        def tour(self):
            if next(tours, None) is None:
                arret.set()
            return super().tour()

    ouvrier.tourner(Compte(base, exports.porteur), Menage(base), arret)
    assert vus == [EtatTache.PRETE]
