from datetime import date
from uuid import uuid4

import pytest

from tests.builders import la_certification, un_acte
from webapp.demonstration import amorce
from webapp.domain.certifications import EtatCertification
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Role
from webapp.domain.controle import controler
from webapp.domain.dates import date_longue
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Statut
from webapp.persistence import formations
from webapp.services import annuaire, arbre, catalogue, comptes, registre
from webapp.services import controle as judge
from webapp.settings import DATE_DU_GUIDE

LE = DATE_DU_GUIDE
AUJOURD_HUI = date(2026, 11, 23)


@pytest.fixture
def alpha(base):
    with base.ecriture() as cnx:
        assert amorce.amorcer(cnx)
        return comptes.authentifier(cnx, "gestionnaire@alpha.example", amorce.MOT_DE_PASSE)


@pytest.fixture
def siennes(base, alpha):
    with base.lecture() as cnx:
        return formations.toutes(cnx, alpha.organisme.id)


@pytest.mark.parametrize(
    ("courriel", "nom", "role", "organisme", "siret"),
    [
        (
            "gestionnaire@alpha.example",
            "Camille Martin",
            Role.GESTIONNAIRE_CATALOGUE,
            "Formation Alpha",
            "99999999800019",
        ),
        ("lecteur@alpha.example", "Louise Bernard", Role.LECTEUR, "Formation Alpha", "99999999800019"),
        ("gestionnaire@beta.example", "Nour Petit", Role.GESTIONNAIRE_CATALOGUE, "Formation Beta", "12345678200010"),
    ],
)
def test_the_accounts_shown_on_the_sign_in_page_work(base, alpha, courriel, nom, role, organisme, siret):
    assert alpha.nom == "Camille Martin"
    with base.lecture() as cnx:
        personne = comptes.authentifier(cnx, courriel, "catalogue-de-demonstration")
    assert (personne.nom, personne.role) == (nom, role)
    assert (personne.organisme.nom, personne.organisme.siret) == (organisme, siret)


def test_a_second_start_changes_nothing(base, alpha, siennes):
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, un_acte(alpha), siennes[0].id, siennes[0].version)
    with base.ecriture() as cnx:
        assert not amorce.amorcer(cnx)
        assert sorted(f.id for f in formations.toutes(cnx, alpha.organisme.id)) == sorted(f.id for f in siennes)


def test_a_database_that_has_an_organisation_is_not_filled(base, atelier):
    atelier.organisme()
    with base.ecriture() as cnx:
        assert not amorce.amorcer(cnx)


def test_the_archived_formation_was_validee_and_comes_back_so(base, alpha, siennes):
    [archivee] = [f for f in siennes if f.statut is Statut.ARCHIVEE]
    assert archivee.modifiee_le < archivee.archivee_le
    with base.ecriture() as cnx:
        rendue = catalogue.restaurer(cnx, un_acte(alpha), archivee.id, archivee.version)
    assert (rendue.formation.statut, rendue.formation.modifiee_le) == (Statut.VALIDEE, archivee.modifiee_le)


def test_the_catalogue_looks_alive(siennes):
    statuts = [f.statut for f in siennes]
    assert {statut: statuts.count(statut) for statut in Statut} == {
        Statut.BROUILLON: 5, Statut.VALIDEE: 6, Statut.ARCHIVEE: 1,
    }  # fmt: skip
    assert len({f.modifiee_le for f in siennes}) == len(siennes)
    assert all(date(2019, 9, 1) <= f.modifiee_le.date() <= LE for f in siennes)


def test_the_guides_card_is_there_and_its_identifier_is_free(base, alpha, siennes):
    [carte] = [f for f in siennes if f.fiche.intitule == "Compétences Cléa - expression orale"]
    assert (carte.statut, carte.fiche.certification) == (Statut.BROUILLON, "RS2203")
    assert carte.fiche.identifiant == "Clea_Expression_Orale"
    assert date_longue(carte.modifiee_le.date()).replace("\N{NO-BREAK SPACE}", " ") == "23 septembre 2019"
    libre = carte.fiche.avec(identifiant="Clea_Identifiant")
    with base.lecture() as cnx:
        assert catalogue.verifier_identifiant(cnx, alpha.organisme, Envoi(uuid4(), 0, libre), LE).disponible


def test_every_formation_is_what_its_status_says_at_the_guides_date(base, siennes):
    with base.lecture() as cnx:
        for f in siennes:
            diagnostic = controler(f.fiche, registre.certification(cnx, f.fiche.certification), LE)
            assert diagnostic.enregistrable, f.fiche.identifiant
            if f.statut is Statut.VALIDEE:
                assert diagnostic.validable, f.fiche.identifiant
            elif f.statut is Statut.BROUILLON:
                assert not diagnostic.validable, f.fiche.identifiant


def test_a_certification_has_expired_at_the_guides_date_and_more_today(base, siennes):
    with base.lecture() as cnx:
        etats = {
            le: [la_certification(cnx, f.fiche.certification).etat_le(le) for f in siennes] for le in (LE, AUJOURD_HUI)
        }
    assert etats[LE].count(EtatCertification.EXPIREE) == 1
    actions = [f for f in siennes if f.fiche.certification.startswith("CPF")]
    assert {f.fiche.type_formation for f in actions} == {"bilan", "permis", "vae"}
    assert etats[AUJOURD_HUI].count(EtatCertification.EXPIREE) == len(siennes) - len(actions)


def test_the_texts_are_typeset_as_french_is(siennes):
    for f in siennes:
        for texte in (
            f.fiche.intitule,
            f.fiche.objectif,
            f.fiche.contenu,
            f.fiche.points_forts,
            f.fiche.resultats_attendus,
        ):
            assert "'" not in texte
            for signe in ":;?!»":
                assert f" {signe}" not in texte


def test_the_formations_that_prepare_clea_hold_actions_and_sessions_of_every_kind(base, alpha, siennes):
    with base.lecture() as cnx:
        arbres = {f.fiche.identifiant: arbre.ouvrir(cnx, alpha.organisme, f.id) for f in siennes}
    actions = [ligne.statut for un in arbres.values() for ligne in un.actions]
    sessions = [statut for un in arbres.values() for siens in un.comptes.values() for statut in siens]
    assert set(actions) == set(Statut)
    assert {Statut.BROUILLON, Statut.VALIDEE} <= set(sessions)
    assert len(arbres["Clea_Parcours_Complet"].actions) == 3
    assert arbres["Clea_Apprendre"].actions == ()


def test_a_validated_formation_of_the_demonstration_lacks_nothing_below(base, alpha, siennes):
    [formation] = [f for f in siennes if f.fiche.identifiant == "Clea_Parcours_Complet"]
    with base.lecture() as cnx:
        controle = judge.de_la_formation(cnx, alpha.organisme, formation.id, LE)
        contacts = annuaire.lister(cnx, alpha.organisme, Niveau.CONTACT)
        lieux = annuaire.lister(cnx, alpha.organisme, Niveau.LIEU)
    assert controle.publiable
    assert {ligne.entree.fiche.nom for ligne in contacts} >= {"Nadia Roussel", "Tom Leroy"}
    assert max(ligne.nombre for ligne in lieux) > 1


def test_people_of_the_demonstration_can_be_reached_by_nobody(base, alpha):
    """Numbers kept for fiction, addresses of a domain that nobody has; one of them lacks both, as happens."""
    with base.lecture() as cnx:
        fiches = [ligne.entree.fiche.textes for ligne in annuaire.lister(cnx, alpha.organisme, Niveau.CONTACT)]
    joignables = [textes for textes in fiches if textes["courriel"]]
    assert len(joignables) == len(fiches) - 1
    for textes in joignables:
        assert textes["courriel"].endswith(".example")
        assert textes["telephone"].startswith(("019900", "026191", "053649"))
