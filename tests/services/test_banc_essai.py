import itertools
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.builders import la_certification, la_session
from webapp.banc_essai import donnees as banc_essai
from webapp.banc_essai.donnees_registre import publier_certification, publier_habilitation
from webapp.domain.comptes import Role
from webapp.domain.controle import controler
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import compteurs, formations
from webapp.services import catalogue, comptes, habilitations, registre, sessions

PARIS = ZoneInfo("Europe/Paris")
LE = date(2019, 11, 28)


@pytest.fixture
def demander(base):
    def demander(operation, *args):
        with base.ecriture() as cnx:
            return operation(cnx, *args)

    return demander


@pytest.fixture
def organisme(demander):
    def organisme(**corps):
        return demander(banc_essai.creer_organisme, corps)

    return organisme


def faits(demander, cree):
    return demander(banc_essai.lister_formations, UUID(cree["id"]))


def test_by_default_an_organisation_has_one_gestionnaire_and_an_empty_catalogue(base, demander, organisme):
    cree = organisme()
    [personne] = cree["utilisateurs"]
    assert (personne["role"], personne["mot_de_passe"]) == ("gestionnaire_catalogue", None)
    assert cree["formations"] == faits(demander, cree) == []
    with base.lecture() as cnx:
        trouve = comptes.trouver(cnx, personne["courriel"])
    assert (str(trouve.id), str(trouve.organisme.id), trouve.role) == (
        personne["id"],
        cree["id"],
        Role.GESTIONNAIRE_CATALOGUE,
    )
    assert (trouve.organisme.siret, trouve.organisme.nom) == (cree["siret"], cree["nom"])
    assert trouve.organisme.date_reference == LE


def test_each_organisation_needs_no_other(organisme):
    crees = [organisme(nom="Même nom") for _ in range(20)]
    assert len({c["siret"] for c in crees}) == len({c["utilisateurs"][0]["courriel"] for c in crees}) == 20


def test_people_have_the_role_name_and_password_asked_for(base, organisme):
    cree = organisme(
        utilisateurs=[
            {"role": "lecteur", "nom": "Louise Bernard", "mot_de_passe": "correct cheval agrafe"},
            {"role": "gestionnaire_edof"},
        ]
    )
    lecteur, edof = cree["utilisateurs"]
    assert (lecteur["nom"], lecteur["role"], lecteur["mot_de_passe"]) == (
        "Louise Bernard",
        "lecteur",
        "correct cheval agrafe",
    )
    assert edof["role"] == "gestionnaire_edof"
    with base.lecture() as cnx:
        assert comptes.authentifier(cnx, lecteur["courriel"], "correct cheval agrafe").nom == "Louise Bernard"


@pytest.mark.parametrize(
    ("corps", "serveur", "attendue"),
    [
        ({}, None, LE),
        ({}, date(2020, 2, 3), date(2020, 2, 3)),
        ({"date_reference": "2024-02-29"}, date(2020, 2, 3), date(2024, 2, 29)),
        ({"date_reference": "aujourdhui"}, None, None),
    ],
)
def test_the_reference_date_is_the_one_asked_for(base, demander, corps, serveur, attendue):
    cree = demander(banc_essai.creer_organisme, corps, serveur)
    with base.lecture() as cnx:
        date_reference = comptes.organisme(cnx, UUID(cree["id"])).date_reference
    assert date_reference == (attendue or datetime.now(PARIS).date())


def test_a_draft_holds_what_is_given_and_nothing_else(demander, organisme):
    cree = organisme(formations=[{"identifiant": "Clea_1", "intitule": "Titre", "objectif": "a\r\nb"}])
    [fait] = faits(demander, cree)
    assert cree["formations"] == [{"id": fait["id"], "identifiant": "Clea_1"}]
    assert (fait["statut"], fait["version"], fait["certification"], fait["type_formation"]) == (
        "brouillon",
        1,
        "RS2203",
        "clea",
    )
    assert (fait["intitule"], fait["objectif"], fait["contenu"]) == ("Titre", "a\nb", "")


@pytest.mark.parametrize("certification", ["RS2203", "RS3936", "RS313", "RS5000", "RNCP22094"])
def test_a_validee_is_complete_even_on_a_certification_that_has_expired(base, demander, organisme, certification):
    cree = organisme(formations=[{"identifiant": "V", "statut": "validee", "certification": certification}])
    [fait] = faits(demander, cree)
    assert fait["statut"] == "validee"
    with base.lecture() as cnx:
        [formation] = formations.toutes(cnx, UUID(cree["id"]))
        record = la_certification(cnx, certification)
        assert formation.fiche.intitule == record.intitule
        assert controler(formation.fiche, record, record.connue_active_le).validable
    assert formation.validee_le == formation.modifiee_le


def test_an_archived_formation_keeps_what_is_given(demander, organisme):
    [fait] = faits(demander, organisme(formations=[{"identifiant": "A", "statut": "archivee", "intitule": "T"}]))
    assert (fait["statut"], fait["intitule"]) == ("archivee", "T")


def test_formations_are_dated_of_the_reference_date_the_last_the_newest(base, demander, organisme):
    cree = organisme(formations=[{"identifiant": f"F{n}"} for n in range(5)])
    listees = faits(demander, cree)
    assert [f["identifiant"] for f in listees] == ["F4", "F3", "F2", "F1", "F0"]
    instants = [datetime.fromisoformat(f["modifiee_le"]) for f in listees]
    assert instants[0].astimezone(PARIS).date() == LE
    assert all(a - b == timedelta(seconds=1) for a, b in itertools.pairwise(instants))
    with base.lecture() as cnx:
        assert compteurs.par_statut(cnx, UUID(cree["id"]))[Statut.BROUILLON] == 5


@pytest.mark.parametrize("jour", ["2019-09-23", "2019-03-31", "2024-02-29"])
def test_a_formation_was_last_changed_on_the_day_asked_for(demander, organisme, jour):
    [fait] = faits(demander, organisme(formations=[{"identifiant": "A", "modifiee_le": jour}]))
    assert datetime.fromisoformat(fait["modifiee_le"]).astimezone(PARIS).date().isoformat() == jour


@pytest.mark.parametrize("forme", [lambda f: f, lambda f: [f], lambda f: {"formations": [f]}])
def test_formations_are_added_one_or_many(demander, organisme, forme):
    cree = organisme(formations=[{"identifiant": "A"}])
    ajoutees = demander(banc_essai.ajouter_formations, UUID(cree["id"]), forme({"identifiant": "B"}))
    assert [f["identifiant"] for f in ajoutees["formations"]] == ["B"]
    assert {f["identifiant"] for f in faits(demander, cree)} == {"A", "B"}


def test_a_colleague_saves_over_a_formation(demander, organisme):
    cree = organisme(formations=[{"identifiant": "Clea_1", "statut": "validee"}])
    id_ = UUID(cree["id"])
    assert demander(banc_essai.modifier_formation, id_, "CLEA_1", {"objectif": "Le sien."}) == {"version": 2}
    [fait] = faits(demander, cree)
    assert (fait["objectif"], fait["modifiee_par"], fait["version"]) == ("Le sien.", "Claude Durand", 2)
    assert demander(banc_essai.modifier_formation, id_, "Clea_1", {"objectif": ""}) == {"version": 3}
    assert faits(demander, cree)[0]["statut"] == "brouillon"


def test_a_colleague_is_refused_like_anybody(demander, organisme):
    cree = organisme(
        formations=[{"identifiant": "A"}, {"identifiant": "B"}, {"identifiant": "C", "statut": "archivee"}]
    )
    for identifiant, corps, raison in (
        ("A", {"identifiant": "b"}, "déjà utilisé"),
        ("A", {"objectif": "x" * 30_001}, "objectif"),
        ("C", {"objectif": "x"}, "Archivée"),
    ):
        with pytest.raises(ValueError, match=raison):
            demander(banc_essai.modifier_formation, UUID(cree["id"]), identifiant, corps)
    with pytest.raises(Introuvable):
        demander(banc_essai.modifier_formation, UUID(cree["id"]), "Z", {"objectif": "x"})


def test_a_person_signs_in_without_the_screen_and_every_session_can_end(base, demander, organisme):
    courriel = organisme()["utilisateurs"][0]["courriel"]
    instant = datetime.now(UTC)
    jetons = [demander(banc_essai.connecter, courriel, instant) for _ in range(2)]
    with base.lecture() as cnx:
        assert la_session(cnx, jetons[0], instant).utilisateur.courriel == courriel
    assert demander(banc_essai.expirer_sessions, courriel) == 2
    with base.lecture() as cnx:
        assert sessions.lire(cnx, jetons[0], instant) is None
    for operation, args in ((banc_essai.connecter, (instant,)), (banc_essai.expirer_sessions, ())):
        with pytest.raises(Introuvable):
            demander(operation, "inconnue@essai.example", *args)


def test_the_reference_date_can_change(base, demander, organisme):
    id_ = UUID(organisme()["id"])
    assert demander(banc_essai.regler_organisme, id_, {"date_reference": "2026-11-23"}) == {
        "date_reference": "2026-11-23"
    }
    with base.lecture() as cnx:
        assert comptes.organisme(cnx, id_).date_reference == date(2026, 11, 23)


def test_an_organisation_is_removed_with_all_it_owns(base, demander, organisme):
    cree = organisme(formations=[{"identifiant": "A"}])
    courriel = cree["utilisateurs"][0]["courriel"]
    jeton = demander(banc_essai.connecter, courriel, datetime.now(UTC))
    demander(banc_essai.supprimer_organisme, UUID(cree["id"]))
    with base.lecture() as cnx:
        assert sessions.lire(cnx, jeton, datetime.now(UTC)) is None
    with pytest.raises(Introuvable):
        faits(demander, cree)


def test_the_registry_names_an_organisation_for_as_long_as_it_exists(base, demander, organisme):
    def su(cree):
        with base.lecture() as cnx:
            trouve = comptes.organisme(cnx, UUID(cree["id"]))
            droits = habilitations.pour(cnx, trouve, la_certification(cnx, "RS3936"))
        return None if droits is None else [regle for regle, _ in droits.constats(LE)]

    cree, autre = organisme(), organisme()
    corps = {"certification": "RS3936", "droits": "évaluer"}
    assert su(cree) is None
    assert demander(publier_habilitation, UUID(cree["id"]), corps) == corps
    assert (su(cree), su(autre)) == (["H03"], ["H01"])
    demander(publier_habilitation, UUID(cree["id"]), {**corps, "droits": "les deux"})
    assert su(cree) == [""]
    demander(banc_essai.supprimer_organisme, UUID(cree["id"]))
    assert su(autre) is None


def test_the_registry_holds_a_record_of_an_organisation_for_as_long_as_it_exists(base, demander, organisme):
    def tenue():
        with base.lecture() as cnx:
            return registre.certification(cnx, "RS90171")

    cree = organisme()
    corps = {"certification": "RS90171", "effet_le": "2027-02-01"}
    assert demander(publier_certification, UUID(cree["id"]), corps) == corps
    suivante = {**corps, "certification": "RS90172", "remplace": "RS90171"}
    assert demander(publier_certification, UUID(cree["id"]), suivante) == suivante
    assert tenue().prend_effet_apres(date(2027, 1, 31))
    demander(banc_essai.supprimer_organisme, UUID(cree["id"]))
    assert tenue() is None


@pytest.mark.parametrize("corps", [
    {"certification": "RS3936", "effet_le": "2027-02-01"}, {"certification": "neuf", "effet_le": "2027-02-01"},
    {"certification": "RS90171", "effet_le": "demain"}, {"certification": "RS90171"},
])  # fmt: skip
def test_a_record_that_the_registry_could_not_hold_is_refused(demander, organisme, corps):
    with pytest.raises(ValueError, match=r"\w"):
        demander(publier_certification, UUID(organisme()["id"]), corps)


@pytest.mark.parametrize("corps", [{"certification": "RS1"}, {"certification": "RS3936", "droits": "rêver"}, {}, []])
def test_the_registry_is_told_nothing_that_it_could_not_hold(demander, organisme, corps):
    with pytest.raises(ValueError, match=r"\w"):
        demander(publier_habilitation, UUID(organisme()["id"]), corps)


def test_what_does_not_exist_is_not_found(demander):
    inconnu = uuid4()
    for operation, *args in (
        (banc_essai.lister_formations,),
        (banc_essai.ajouter_formations, []),
        (banc_essai.modifier_formation, "A", {}),
        (banc_essai.regler_organisme, {"date_reference": "2019-11-28"}),
        (banc_essai.supprimer_organisme,),
    ):
        with pytest.raises(Introuvable):
            demander(operation, inconnu, *args)


@pytest.mark.parametrize(
    ("corps", "raison"),
    [
        (None, "objet JSON"),
        ([], "objet JSON"),
        ({"inconnue": 1}, "inconnue"),
        ({"nom": 3}, "nom"),
        ({"nom": "x" * 251}, "nom de l’organisme"),
        ({"date_reference": "hier"}, "date_reference"),
        ({"date_reference": None}, "date_reference"),
        ({"utilisateurs": {}}, "utilisateurs"),
        ({"utilisateurs": [{"role": "directeur"}]}, "role"),
        ({"utilisateurs": [{"mot_de_passe": "court"}]}, "12 caractères"),
        ({"utilisateurs": ["x"]}, "objet JSON"),
        ({"formations": "x"}, "formations"),
        ({"formations": [{"statut": "validee"}]}, "identifiant"),
        ({"formations": [{"identifiant": "a b", "statut": "validee"}]}, "identifiant"),
        ({"formations": [{"identifiant": "a\x00b"}]}, "identifiant"),
        ({"formations": [{"identifiant": 3}]}, "identifiant"),
        ({"formations": [{"identifiant": "A"}, {"identifiant": "a"}]}, "même identifiant"),
        ({"formations": [{"identifiant": "A", "statut": "publiee"}]}, "statut"),
        ({"formations": [{"identifiant": "A", "certification": "RS9999"}]}, "RS9999"),
        ({"formations": [{"identifiant": "A", "intitule": "x" * 2551}]}, "intitule"),
        ({"formations": [{"identifiant": "A", "statut": "validee", "objectif": " "}]}, "objectif"),
        ({"formations": [{"identifiant": "A", "modifiee_le": "hier"}]}, "modifiee_le"),
        ({"formations": [{"identifiant": "A", "version": "3"}]}, "version"),
        ({"formations": [{"identifiant": "A", "type_formation": "vae"}]}, "VAE"),
        ({"formations": [{"identifiant": "A", "type_formation": "VAE"}]}, "type_formation"),
    ],
)
def test_a_bad_body_is_refused_in_french_and_makes_nothing(base, demander, corps, raison):
    with pytest.raises(ValueError, match=raison):
        demander(banc_essai.creer_organisme, corps)
    with base.lecture() as cnx:
        assert comptes_gardes.aucun_organisme(cnx)


def test_a_catalogue_of_many_pages_is_made_quickly(base, demander, organisme, requetes):
    cree = organisme()
    corps = {"formations": [{"identifiant": f"F{n}", "statut": "validee"} for n in range(200)]}
    with base.ecriture() as cnx, requetes(cnx) as envoyees:
        banc_essai.ajouter_formations(cnx, UUID(cree["id"]), corps)
    assert len(envoyees) < 10
    with base.lecture() as cnx:
        organisme_ = comptes.organisme(cnx, UUID(cree["id"]))
        assert catalogue.lister(cnx, organisme_, catalogue.Filtre()).compteurs[Statut.VALIDEE] == 200
    assert len(faits(demander, cree)) == 200
