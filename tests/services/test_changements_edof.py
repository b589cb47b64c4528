"""« Ce qui changera sur EDOF », on both databases: whom each formation is compared with, and when nothing can be."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.exports import ExportRefuse, Quoi
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Operation
from webapp.persistence import exports_edof
from webapp.services import catalogue, changements_edof, exportation, marche, registre
from webapp.services.changements_edof import ARCHIVEE, NOUVELLE, SUPPRIMEE
from webapp.services.taches import Demande


@pytest.fixture
def atelier(base):
    return AtelierExports(base, AtelierArbre(base))


def lire(atelier):
    with atelier.base.lecture() as cnx:
        return changements_edof.lister(cnx, atelier.arbre.organisme, atelier.arbre.acte.le)


def dites(atelier):
    """Give, by identifier, what is said of each formation that is not what the portal has."""
    page = lire(atelier)
    return [
        (une.identifiant, une.dit or [d.message for d in une.differences]) for une in (*page.parties, *page.formations)
    ]  # fmt: skip


def archiver(atelier, formation):
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        catalogue.archiver(cnx, atelier.arbre.acte, lue.id, lue.version)


def supprimer(atelier, formation):
    archiver(atelier, formation)
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        catalogue.supprimer(cnx, atelier.arbre.acte, lue.id, lue.version)


def renommer(atelier, formation, identifiant):
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        envoi = Envoi(lue.id, lue.version, lue.fiche.avec(identifiant=identifiant))
        catalogue.soumettre(cnx, atelier.arbre.acte, envoi, Operation.VALIDER)


def test_a_formation_made_again_under_its_identifier_is_compared_and_not_said_to_be_gone(atelier):
    formation, _ = atelier.publiable("Une")
    atelier.deposer(atelier.exporter().tache.id)
    supprimer(atelier, formation)
    assert dites(atelier) == [("Une", SUPPRIMEE)]
    neuve, _ = atelier.publiable("Une", objectif="Négocier.")
    [(identifiant, differences)] = dites(atelier)
    assert identifiant == "Une"
    assert [message for message in differences if "Négocier" in message]
    archiver(atelier, neuve)
    assert dites(atelier) == [("Une", ARCHIVEE)]


def test_two_formations_that_swap_their_identifiers_are_each_compared_with_what_bore_it(atelier):
    (une, _), (deux, _) = atelier.publiable("Une", objectif="Un."), atelier.publiable("Deux", objectif="Deux.")
    atelier.deposer(atelier.exporter().tache.id)
    for formation, identifiant in ((une, "Tiers"), (deux, "Une"), (une, "Deux")):
        renommer(atelier, formation, identifiant)
    page = lire(atelier)
    assert page.parties == []
    changees = {une.identifiant: [d.message.replace("\xa0", " ") for d in une.differences] for une in page.formations}
    assert sorted(changees) == ["Deux", "Une"]
    assert any("« Un. » → « Deux. »" in message for message in changees["Une"])
    assert any("« Deux. » → « Un. »" in message for message in changees["Deux"])


def test_of_an_identifier_that_several_files_hold_the_last_says_what_has_become_of_it(atelier):
    ancienne, _ = atelier.publiable("Une")
    atelier.publiable("Reste")
    atelier.deposer(atelier.exporter().tache.id)
    supprimer(atelier, ancienne)
    neuve, _ = atelier.publiable("Une", objectif="Négocier.")
    atelier.deposer(atelier.exporter(Quoi.CHANGE).tache.id)
    renommer(atelier, neuve, "Autre")
    [partie] = lire(atelier).parties
    assert (partie.id, partie.identifiant) == (neuve.id, "Une")
    assert "« Autre »" in partie.dit.replace("\xa0", " ")


def laisser_passer(atelier, *exports):
    """Ask for an export once the time of these is over: what need not be kept goes."""
    tard = replace(atelier.arbre.acte, maintenant=max(un.expire_le for un in exports) + timedelta(days=1))
    with atelier.base.ecriture() as cnx:
        exportation.demander(cnx, Demande(tard, tard.le), uuid4(), Quoi.TOUT)


def test_a_file_that_is_kept_no_more_says_nothing_of_what_the_portal_has(atelier):
    atelier.publiable("Une")
    ancien = atelier.exporter().export
    atelier.deposer(ancien.id)
    recent = atelier.exporter().export
    atelier.deposer(recent.id)
    laisser_passer(atelier, ancien, recent)
    assert atelier.ouvrir(ancien.id).export.efface_le
    assert not atelier.ouvrir(recent.id).export.efface_le
    assert not lire(atelier).perdue
    atelier.deposer(recent.id, depose=False)
    page = lire(atelier)
    assert (list(page.deposes), page.formations, page.parties, page.perdue) == ([], [], [], True)
    with atelier.base.lecture() as cnx:
        assert not exportation.a_un_depot(cnx, atelier.arbre.organisme)
    with pytest.raises(ExportRefuse) as refus:
        atelier.demander(Quoi.CHANGE)
    assert refus.value.message == exportation.DEPOT_PERDU
    # Once the whole catalogue is given again, what the portal has is known.
    atelier.deposer(atelier.exporter().tache.id)
    page = lire(atelier)
    assert (page.inchangees, page.perdue) == (1, False)


def test_what_followed_a_file_that_is_kept_no_more_does_not_say_all(atelier):
    """A file of what had changed, alone, would have all the rest said to be new."""
    atelier.publiable("Une")
    entier = atelier.exporter().export
    atelier.deposer(entier.id)
    atelier.publiable("Deux")
    suite = atelier.exporter(Quoi.CHANGE).export
    atelier.deposer(suite.id)
    assert [une[1] for une in dites(atelier)] == []
    with atelier.base.ecriture() as cnx:
        exports_edof.effacer_un(cnx, entier.organisme_id, entier.id, entier.expire_le)
    page = lire(atelier)
    assert (list(page.deposes), page.formations, page.perdue) == ([], [], True)


def test_nobody_said_that_a_file_was_given_is_not_a_file_that_is_lost(atelier):
    atelier.publiable("Une")
    un = atelier.exporter()
    page = lire(atelier)
    assert (list(page.deposes), page.perdue) == ([], False)
    # A selection alone that was given is what the portal has.
    atelier.publiable("Deux")
    atelier.deposer(un.tache.id)
    assert dites(atelier) == [("Deux", NOUVELLE)]


def test_what_has_changed_is_not_made_once_nothing_says_what_the_portal_has(atelier):
    """Looked at while a file was said to be given, asked for once it is not: it would hold the whole catalogue."""
    atelier.publiable("Une")
    depose = atelier.exporter().tache.id
    atelier.deposer(depose)
    atelier.publiable("Deux")
    tache = atelier.demander(Quoi.CHANGE)
    atelier.travailler()
    atelier.deposer(depose, depose=False)
    with pytest.raises(ExportRefuse) as refus:
        atelier.lancer_export(tache.id)
    assert refus.value.message == exportation.SANS_DEPOT


def test_comparing_takes_as_many_statements_whatever_the_number_of_formations(atelier, requetes, monkeypatch):
    # In use, the registry's mark is read once a second in each process.
    monkeypatch.setattr(registre, "FRAICHEUR", 3600)
    nombres = []
    for rang in range(2):
        for autre in range(4):
            atelier.publiable(f"F{rang}_{autre}")
        atelier.deposer(atelier.exporter().tache.id)
        lire(atelier)
        with atelier.base.lecture() as cnx, requetes(cnx) as envoyees:
            page = changements_edof.lister(cnx, atelier.arbre.organisme, atelier.arbre.acte.le)
        assert page.inchangees == 4 * (rang + 1)
        nombres.append(len(envoyees))
    assert nombres[0] == nombres[1]


def test_so_many_that_are_gone_are_named_however_many_files_hold_them_and_all_are_counted(atelier, monkeypatch):
    monkeypatch.setattr(changements_edof, "PARTIES_MAX", 2)
    faites = [atelier.publiable(f"F{rang}")[0] for rang in range(4)]
    atelier.deposer(atelier.exporter().tache.id)
    for _ in range(3):
        atelier.deposer(atelier.exporter(Quoi.CHOIX, atelier.choisir(faites[0])).tache.id)
    assert lire(atelier).parties_tues == 0
    for une in faites:
        archiver(atelier, une)
    page = lire(atelier)
    assert [une.identifiant for une in page.parties] == ["F0", "F1"]
    assert page.parties_tues == 2


def test_files_that_are_remembered_no_more_are_said(atelier, monkeypatch):
    une, _ = atelier.publiable("Une")
    atelier.deposer(atelier.exporter().tache.id)
    assert not lire(atelier).coupee
    for _ in range(2):
        atelier.deposer(atelier.exporter(Quoi.CHOIX, atelier.choisir(une)).tache.id)
    with atelier.base.lecture() as cnx:
        deposes = exports_edof.deposes(cnx, atelier.arbre.organisme.id)
    monkeypatch.setattr(exports_edof, "DEPOSES_MAX", 3)
    assert not marche.reference_coupee(deposes)
    monkeypatch.setattr(exports_edof, "DEPOSES_MAX", 2)
    assert marche.reference_coupee(deposes[:2])


def test_what_has_changed_alone_counts_what_the_portal_keeps_and_the_catalogue_has_no_more(atelier):
    (une, _), (deux, _), _ = atelier.publiable("Une"), atelier.publiable("Deux"), atelier.publiable("Trois")
    atelier.deposer(atelier.exporter().tache.id)
    atelier.publiable("Quatre")
    archiver(atelier, une)
    supprimer(atelier, deux)
    tout, change = atelier.demander(), atelier.demander(Quoi.CHANGE)
    with atelier.base.lecture() as cnx:
        nombres = [exportation.gardees_par_le_portail(cnx, atelier.ouvrir(un.id).export) for un in (tout, change)]
    assert nombres == [0, 2]
    fait = atelier.exporter(Quoi.CHANGE)
    atelier.deposer(fait.tache.id)
    with atelier.base.lecture() as cnx:
        assert exportation.gardees_par_le_portail(cnx, atelier.ouvrir(fait.tache.id).export) == 2
    atelier.deposer(atelier.exporter().tache.id)
    with atelier.base.lecture() as cnx:
        assert exportation.gardees_par_le_portail(cnx, atelier.ouvrir(fait.tache.id).export) == 0
