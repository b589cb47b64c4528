"""Bounds that the tests know by themselves: what is judged here is never read from the product."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import LE, MAINTENANT, la_certification, une_fiche
from webapp.persistence import certifications, database
from webapp.services import catalogue, echeances, recherche_registre, registre, sessions
from webapp.services.catalogue import Filtre


@pytest.fixture
def horloge(monkeypatch):
    etat = {"maintenant": 1000.0}
    monkeypatch.setattr(time, "monotonic", lambda: etat["maintenant"])
    return etat


@pytest.mark.parametrize(("secondes", "vu"), [(0.0, False), (0.99, False), (1.0, True), (3600.0, True)])
def test_the_registry_is_believed_for_one_second(base, url_base, horloge, secondes, vu):
    with base.lecture() as cnx:
        ancienne = la_certification(cnx, "RS2203")
    nouvelle = replace(ancienne, intitule="Nouveau titre")
    ailleurs = database.ouvrir(url_base)
    with ailleurs.ecriture() as cnx:
        certifications.deposer(cnx, [nouvelle], {})
    ailleurs.fermer()
    horloge["maintenant"] += secondes
    with base.lecture() as cnx:
        assert la_certification(cnx, "RS2203").intitule == (nouvelle if vu else ancienne).intitule


@pytest.mark.parametrize(("nombre", "trouvee"), [(1, False), (7, False), (8, True), (40, True)])
def test_eight_words_of_a_search_are_looked_at_in_the_catalogue(base, atelier, nombre, trouvee):
    auteur = atelier.utilisateur()
    atelier.formation(auteur, une_fiche(intitule="Compétences Cléa"))
    recherche = " ".join(["cléa"] * nombre + ["introuvable"])
    with base.lecture() as cnx:
        page = catalogue.lister(cnx, auteur.organisme, Filtre(recherche))
    assert len(page.lignes) == trouvee


@pytest.mark.parametrize(("nombre", "trouvee"), [(1, False), (7, False), (8, True), (40, True)])
def test_eight_words_of_a_search_are_looked_at_in_the_registry(base, nombre, trouvee):
    recherche = " ".join(["socle"] * nombre + ["introuvable"])
    with base.lecture() as cnx:
        assert (
            "RS2203" in {t.certification.code for t in recherche_registre.chercher(cnx, recherche, LE).trouvees}
        ) == trouvee


@pytest.mark.parametrize(("longueur", "cherchee"), [(100, True), (101, False)])
def test_a_word_of_a_hundred_letters_is_still_looked_for(base, longueur, cherchee):
    titre = "x" * 100
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [replace(la_certification(cnx, "RS2203"), intitule=titre)], {})
        registre.vider_cache(cnx)
    with base.lecture() as cnx:
        assert bool(recherche_registre.chercher(cnx, "x" * longueur, LE).trouvees) == cherchee


def test_a_page_of_the_catalogue_holds_twenty(base, atelier):
    auteur = atelier.utilisateur()
    for _ in range(21):
        atelier.formation(auteur)
    with base.lecture() as cnx:
        page = catalogue.lister(cnx, auteur.organisme, Filtre())
    assert len(page.lignes) == 20


def test_a_session_opens_for_eight_hours_and_is_prolonged_every_five_minutes(base, atelier):
    personne = atelier.utilisateur()
    with base.ecriture() as cnx:
        jeton = sessions.ouvrir(cnx, personne, MAINTENANT)
        session = sessions.lire(cnx, jeton, MAINTENANT)
    assert session is not None
    assert session.expire_le == MAINTENANT + timedelta(hours=8)
    cinq_minutes = MAINTENANT + timedelta(minutes=5)
    assert not sessions.a_prolonger(session, cinq_minutes)
    assert sessions.a_prolonger(session, cinq_minutes + timedelta(microseconds=1))


def test_fifty_formations_of_one_certification_are_named(base, atelier):
    auteur = atelier.utilisateur()
    for n in range(51):
        atelier.formation(auteur, une_fiche(identifiant=f"F_{n}", certification="RS5719", type_formation="certifiante"))
    with base.lecture() as cnx:
        trouve = echeances.echeancier(cnx, auteur.organisme, date(2026, 11, 23))
    assert [fin for fin, _ in trouve.paliers] == [30, 90, 180]
    [echeance] = [e for _, liste in trouve.paliers for e in liste]
    assert (echeance.nombre, len(echeance.formations)) == (51, 50)
