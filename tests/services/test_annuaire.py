"""Contacts and places: kept once, changed in one place, removed when nothing uses them."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from tests.builders import LE
from tests.builders_arbre import AtelierArbre, un_contact, un_lieu
from webapp.domain.champs import Niveau
from webapp.domain.formation import FicheRefusee
from webapp.domain.noeud import Depot, EncoreUtilise, NoeudDepasse
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.persistence.tables import metadata
from webapp.services import annuaire, arbre


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def formation(atelier):
    return atelier.atelier.formation(atelier.auteur, statut=Statut.VALIDEE)


def soumettre(base, atelier, depot):
    with base.ecriture() as cnx:
        return annuaire.soumettre(cnx, atelier.acte, depot)


def supprimer(base, atelier, entree):
    with base.ecriture() as cnx:
        return annuaire.supprimer(cnx, atelier.acte, entree.niveau, entree.id, entree.version)


def lister(base, atelier, niveau):
    with base.lecture() as cnx:
        return [(une.entree.fiche.nom, une.nombre) for une in annuaire.lister(cnx, atelier.organisme, niveau)]


def test_they_are_listed_by_name_with_what_uses_them(base, atelier, formation):
    zoe = atelier.contact(prenom="Zoé")
    elise = atelier.contact(prenom="Élise")
    lieu = atelier.lieu(zoe)
    action = atelier.action(formation.id, contact=zoe, lieu=lieu, adresse_information=lieu)
    atelier.session(action.id, contact_inscription=elise)
    assert lister(base, atelier, Niveau.CONTACT) == [("Élise Martin", 1), ("Zoé Martin", 2)]
    # An action that uses a place twice uses it as one action.
    assert lister(base, atelier, Niveau.LIEU) == [("Salle Garonne", 1)]
    with base.lecture() as cnx:
        par_la_porte = annuaire.usages(cnx, atelier.organisme, Niveau.CONTACT, UUID(zoe))
    assert annuaire.usages(base.lecture_du_fil, atelier.organisme, Niveau.CONTACT, UUID(zoe)) == par_la_porte
    assert {usage.niveau for usage in par_la_porte} == {Niveau.ACTION, Niveau.LIEU}


def test_changed_in_one_place_it_is_changed_everywhere(base, atelier, formation):
    contact = atelier.entree(un_contact())
    action = atelier.action(formation.id, Statut.VALIDEE, contact=str(contact.id))
    change = soumettre(base, atelier, Depot(contact.id, 1, contact.fiche.avec(telephone="")))
    assert change.version == 2
    with base.lecture() as cnx:
        depot = Depot(action.id, 1, action.fiche, formation.id)
        vu = arbre.diagnostiquer(cnx, atelier.organisme, depot, LE)
    assert {a.numero_edof for a in vu.bloquantes} == {30017, None}
    assert atelier.relire(action) == action


def test_saved_twice_it_counts_once_and_over_anothers_it_is_refused(base, atelier):
    depot = Depot(uuid4(), 0, un_contact())
    une = soumettre(base, atelier, depot)
    assert soumettre(base, atelier, depot) == une
    deux = soumettre(base, atelier, Depot(une.id, 1, un_contact(nom="Durand")))
    with pytest.raises(NoeudDepasse) as refus:
        soumettre(base, atelier, Depot(une.id, 1, un_contact(nom="Petit")))
    assert refus.value.actuel == deux
    with pytest.raises(NoeudDepasse):
        soumettre(base, atelier, Depot(une.id, 0, un_contact(nom="Petit")))
    with pytest.raises(Introuvable):
        soumettre(base, atelier, Depot(uuid4(), 1, un_contact()))


def test_an_incomplete_one_is_kept_and_what_cannot_be_stored_is_refused(base, atelier):
    vide = atelier.entree(un_contact(nom="", prenom="", telephone="poste 12", courriel=""))
    assert lister(base, atelier, Niveau.CONTACT) == [("", 0)]
    assert vide.fiche.valeur("telephone") == "poste 12"
    for fiche in (un_contact(nom="a\x00b"), un_contact(nom="x" * 501), un_lieu(contact=str(uuid4()))):
        with pytest.raises(FicheRefusee):
            atelier.entree(fiche)
    long = atelier.entree(un_contact(nom="é" * 500, prenom="É" * 500))
    assert soumettre(base, atelier, Depot(long.id, 1, long.fiche)) == long


def test_one_that_is_used_is_not_removed_and_says_where(base, atelier, formation):
    contact = atelier.entree(un_contact())
    lieu = atelier.entree(un_lieu(contact=str(contact.id)))
    action = atelier.action(formation.id, contact=str(contact.id), lieu=str(lieu.id))
    session = atelier.session(action.id, contact_inscription=str(contact.id), adresse_inscription=str(lieu.id))
    with pytest.raises(EncoreUtilise) as refus:
        supprimer(base, atelier, contact)
    assert refus.value.nombre == 3
    assert set(refus.value.par) == {
        (Niveau.ACTION, action.id, "A1"), (Niveau.SESSION, session.id, "S1"), (Niveau.LIEU, lieu.id, "Salle Garonne"),
    }  # fmt: skip
    with pytest.raises(EncoreUtilise) as refus:
        supprimer(base, atelier, lieu)
    assert refus.value.nombre == 2
    libre = atelier.entree(un_contact(nom="Libre"))
    assert supprimer(base, atelier, libre) == libre
    with pytest.raises(Introuvable):
        supprimer(base, atelier, libre)


def test_the_database_itself_keeps_what_is_used(base, atelier, formation, monkeypatch):
    contact = atelier.entree(un_contact())
    atelier.action(formation.id, contact=str(contact.id))
    monkeypatch.setattr(annuaire, "usages", lambda *_: [])
    with pytest.raises(EncoreUtilise):
        supprimer(base, atelier, contact)


def test_another_organisations_are_as_missing(base, atelier):
    contact, lieu = atelier.entree(un_contact()), atelier.entree(un_lieu(contact=atelier.contact()))
    autre = AtelierArbre(base)
    for entree in (contact, lieu):
        with pytest.raises(Introuvable), base.lecture() as cnx:
            annuaire.ouvrir(cnx, autre.organisme, entree.niveau, entree.id)
        with pytest.raises(Introuvable):
            soumettre(base, autre, Depot(entree.id, 1, entree.fiche))
        with pytest.raises(Introuvable):
            supprimer(base, autre, entree)
    assert lister(base, autre, Niveau.CONTACT) == []
    # The same id is another thing in another organisation.
    assert soumettre(base, autre, Depot(contact.id, 0, un_contact(nom="Ici"))).organisme_id == autre.organisme.id
    with base.lecture() as cnx:
        assert annuaire.ouvrir(cnx, atelier.organisme, Niveau.CONTACT, contact.id) == contact


def test_an_organisation_leaves_with_all_that_it_has(base, atelier, formation):
    action = atelier.action(formation.id)
    atelier.session(action.id)
    with base.ecriture() as cnx:
        cnx.exec_driver_sql("DELETE FROM organisme")
    with base.lecture() as cnx:
        for nom in ("formation", "action", "session_formation", "contact", "lieu"):
            assert cnx.scalar(select(func.count()).select_from(metadata.tables[nom])) == 0
