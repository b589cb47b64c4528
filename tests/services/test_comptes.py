import time
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from tests.builders import MAINTENANT, MOT_DE_PASSE, Atelier, un_siret
from webapp.domain.comptes import CompteRefuse, ConnexionRefusee, MotDePasseRefuse, Role
from webapp.domain.refus import Introuvable
from webapp.domain.textes import fr
from webapp.persistence import comptes as gardes
from webapp.services import comptes, empreintes, sessions


@pytest.fixture
def personne(atelier):
    return atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)


def authentifier(base, courriel, mot_de_passe):
    with base.lecture() as cnx:
        return comptes.authentifier(cnx, courriel, mot_de_passe)


def empreinte_de(base, personne):
    with base.lecture() as cnx:
        compte = gardes.compte_par_id(cnx, personne.id)
        assert compte is not None
        return compte.empreinte


def test_a_person_is_recognised_by_address_and_password(base, personne):
    assert authentifier(base, personne.courriel, MOT_DE_PASSE) == personne
    assert authentifier(base, f"  {personne.courriel.upper()} ", MOT_DE_PASSE) == personne


@pytest.mark.parametrize(
    "faux", ["", "autre mot de passe", MOT_DE_PASSE + " ", MOT_DE_PASSE.upper(), "x" * 100_000, "\x00", "\ud800"]
)
def test_a_wrong_password_is_refused(base, personne, faux):
    with pytest.raises(ConnexionRefusee):
        authentifier(base, personne.courriel, faux)


@pytest.mark.parametrize(
    "courriel", ["", "inconnue@essai.example", "\x00", "\ud800@a.example", "' OR 1=1 --", "%", "x" * 100_000]
)
def test_an_unknown_address_is_refused_alike(base, personne, courriel):
    with pytest.raises(ConnexionRefusee) as refus:
        authentifier(base, courriel, MOT_DE_PASSE)
    with pytest.raises(ConnexionRefusee) as autre:
        authentifier(base, personne.courriel, "faux mot de passe")
    assert str(refus.value) == str(autre.value) == ""


def test_a_closed_account_is_refused_until_it_is_opened_again(base, personne):
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, personne)
    with pytest.raises(ConnexionRefusee):
        authentifier(base, personne.courriel, MOT_DE_PASSE)
    with base.ecriture() as cnx:
        comptes.rouvrir_compte(cnx, personne)
    assert authentifier(base, personne.courriel, MOT_DE_PASSE) == personne


def test_an_account_without_a_password_cannot_be_entered(base, atelier):
    sans = atelier.utilisateur()
    for essai in ("", "None", empreintes.FACTICE):
        with pytest.raises(ConnexionRefusee):
            authentifier(base, sans.courriel, essai)


def test_the_same_work_is_done_whether_the_account_exists_or_not(base_sqlite, monkeypatch):
    # Counted rather than timed: one argon2 verification, of the same parameters, in every case.
    atelier = Atelier(base_sqlite)
    connue = atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)
    fermee = atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)
    with base_sqlite.ecriture() as cnx:
        comptes.fermer_compte(cnx, fermee)
    verifiees = []
    verifier = empreintes._ARGON2.verify

    def noter(_, empreinte, mot):
        verifiees.append(empreinte)
        return verifier(empreinte, mot)

    monkeypatch.setattr(type(empreintes._ARGON2), "verify", noter)
    for courriel in (connue.courriel, "inconnue@essai.example", atelier.utilisateur().courriel, fermee.courriel):
        with pytest.raises(ConnexionRefusee):
            authentifier(base_sqlite, courriel, "faux mot de passe")
    assert len(verifiees) == 4
    assert {empreinte.rsplit("$", 2)[0] for empreinte in verifiees} == {"$argon2id$v=19$m=19456,t=2,p=1"}


def test_the_hash_of_nobody_is_compared_in_full():
    # One that could not be decoded would answer at once, and tell unknown accounts apart.
    with pytest.raises(VerifyMismatchError):
        empreintes._ARGON2.verify(empreintes.FACTICE, b"x")


def test_an_unknown_account_takes_about_as_long(base_sqlite):
    personne = Atelier(base_sqlite).utilisateur(mot_de_passe=MOT_DE_PASSE)

    def duree(courriel: str) -> float:
        debut = time.process_time()
        with pytest.raises(ConnexionRefusee):
            authentifier(base_sqlite, courriel, "faux mot de passe")
        return time.process_time() - debut

    connu = min(duree(personne.courriel) for _ in range(5))
    inconnu = min(duree("inconnue@essai.example") for _ in range(5))
    assert inconnu > connu / 2


def test_passwords_are_kept_as_argon2id_with_at_least_19_mib(base, personne):
    empreinte = empreinte_de(base, personne)
    assert empreinte.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert MOT_DE_PASSE not in empreinte
    assert not empreintes.depassee(empreinte)
    assert not empreintes.depassee(empreintes.FACTICE)


def test_two_accounts_with_one_password_have_different_hashes(base, atelier):
    deux = [atelier.utilisateur(mot_de_passe=MOT_DE_PASSE) for _ in range(2)]
    assert len({empreinte_de(base, p) for p in deux}) == 2


def test_a_password_typed_with_decomposed_accents_is_the_same(base, atelier):
    personne = atelier.utilisateur(mot_de_passe="été à la forêt")
    assert authentifier(base, personne.courriel, "e\u0301te\u0301 a\u0300 la fore\u0302t") == personne


def test_a_hash_of_older_parameters_is_made_again_at_sign_in(base, personne):
    faible = "$argon2id$v=19$m=8,t=1,p=1$"
    vieux = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT_DE_PASSE)
    assert vieux.startswith(faible)
    with base.ecriture() as cnx:
        gardes.changer_empreinte(cnx, personne.id, vieux)
    reconnue = authentifier(base, personne.courriel, MOT_DE_PASSE)
    with base.ecriture() as cnx:
        assert comptes.rafraichir_empreinte(cnx, reconnue, MOT_DE_PASSE)
        assert not comptes.rafraichir_empreinte(cnx, reconnue, MOT_DE_PASSE)
    assert not empreintes.depassee(empreinte_de(base, personne))
    assert authentifier(base, personne.courriel, MOT_DE_PASSE) == personne


def test_a_hash_that_cannot_be_read_lets_nobody_in(base, personne):
    with base.ecriture() as cnx:
        gardes.changer_empreinte(cnx, personne.id, "abîmée")
    with pytest.raises(ConnexionRefusee):
        authentifier(base, personne.courriel, MOT_DE_PASSE)


def ouvrir_deux_sessions(base, personne):
    with base.ecriture() as cnx:
        return [sessions.ouvrir(cnx, personne, MAINTENANT) for _ in range(2)]


@pytest.mark.parametrize(
    "changer",
    [
        lambda cnx, p: comptes.changer_mot_de_passe(cnx, p, "un autre mot de passe"),
        lambda cnx, p: comptes.changer_role(cnx, p, Role.LECTEUR),
        comptes.fermer_compte,
    ],
    ids=["mot de passe", "rôle", "fermeture"],
)
def test_sessions_die_when_the_account_changes(base, atelier, personne, changer):
    autre = atelier.utilisateur(personne.organisme)
    [jeton_autre, _] = ouvrir_deux_sessions(base, autre)
    jetons = ouvrir_deux_sessions(base, personne)
    with base.ecriture() as cnx:
        changer(cnx, personne)
    with base.lecture() as cnx:
        assert [sessions.lire(cnx, jeton, MAINTENANT) for jeton in jetons] == [None, None]
        assert sessions.lire(cnx, jeton_autre, MAINTENANT) is not None


def test_a_new_password_replaces_the_old_one(base, personne):
    with base.ecriture() as cnx:
        comptes.changer_mot_de_passe(cnx, personne, "un autre mot de passe")
    assert authentifier(base, personne.courriel, "un autre mot de passe") == personne
    with pytest.raises(ConnexionRefusee):
        authentifier(base, personne.courriel, MOT_DE_PASSE)


def test_a_weak_new_password_changes_nothing(base, personne):
    with pytest.raises(MotDePasseRefuse), base.ecriture() as cnx:
        comptes.changer_mot_de_passe(cnx, personne, "court")
    assert authentifier(base, personne.courriel, MOT_DE_PASSE) == personne


def test_a_new_role_is_the_one_read_next(base, personne):
    with base.ecriture() as cnx:
        comptes.changer_role(cnx, personne, Role.LECTEUR)
    assert authentifier(base, personne.courriel, MOT_DE_PASSE).role is Role.LECTEUR


@pytest.mark.parametrize(
    "courriel",
    ["", "sans arobase", "a@b", "a@b.", "a @b.example", "a@b@c.example", "é\x00@b.example", "x" * 151 + "@b.example"],
)
def test_a_malformed_address_is_refused_in_french(base_sqlite, courriel):
    organisme = Atelier(base_sqlite).organisme()
    with pytest.raises(CompteRefuse, match="adresse électronique"), base_sqlite.ecriture() as cnx:
        comptes.creer_compte(cnx, organisme.id, comptes.Personne("N", courriel, Role.LECTEUR), None)


def test_an_address_belongs_to_one_account_whatever_its_case(base, atelier, personne):
    autre = atelier.organisme()
    with pytest.raises(CompteRefuse, match="existe déjà"), base.ecriture() as cnx:
        comptes.creer_compte(cnx, autre.id, comptes.Personne("N", personne.courriel.upper(), Role.LECTEUR), None)


@pytest.mark.parametrize("nom", ["", "  ", "\N{ZERO WIDTH SPACE}", "x" * 101, "a\x00b", "\u202ea"])
def test_a_person_has_a_readable_name(base_sqlite, nom):
    organisme = Atelier(base_sqlite).organisme()
    with pytest.raises(CompteRefuse, match="nom de la personne"), base_sqlite.ecriture() as cnx:
        comptes.creer_compte(cnx, organisme.id, comptes.Personne(nom, "n@essai.example", Role.LECTEUR), None)


def test_a_weak_password_makes_no_account(base_sqlite):
    organisme = Atelier(base_sqlite).organisme()
    with pytest.raises(MotDePasseRefuse), base_sqlite.ecriture() as cnx:
        comptes.creer_compte(cnx, organisme.id, comptes.Personne("N", "n@essai.example", Role.LECTEUR), "court")
    with pytest.raises(Introuvable), base_sqlite.lecture() as cnx:
        comptes.trouver(cnx, "n@essai.example")


def test_an_account_needs_its_organisation(base):
    with pytest.raises(Introuvable), base.ecriture() as cnx:
        comptes.creer_compte(cnx, uuid4(), comptes.Personne("N", "n@essai.example", Role.LECTEUR), None)


@pytest.mark.parametrize(
    "siret", ["", "1", "99999999800018", "9999999980001a", "９９９９９９９９８０００１８", "\x00" * 14, "1" * 40]
)
def test_a_siret_with_a_wrong_check_digit_is_refused(base_sqlite, siret):
    with pytest.raises(CompteRefuse, match="SIRET"), base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "O", siret)


@pytest.mark.parametrize("siret", ["99999999800018", "999 999 998 00018", "999-999-998-00018", "732 829 320 00079"])
def test_a_wrong_key_is_called_a_wrong_key(base_sqlite, siret):
    with pytest.raises(CompteRefuse) as refus, base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "O", siret)
    assert refus.value.message == fr(f"La clé du SIRET {siret} est fausse : vérifiez ses 14 chiffres.")


@pytest.mark.parametrize("siret", ["1", "999999998", "9999999980001a", "1" * 15])
def test_what_has_not_fourteen_digits_is_no_siret(base_sqlite, siret):
    with pytest.raises(CompteRefuse, match="n’est pas un SIRET"), base_sqlite.ecriture() as cnx:
        comptes.creer_organisme(cnx, "O", siret)


@pytest.mark.parametrize("entre", [" ", "-", ".", "\u2011", "–", "\N{NO-BREAK SPACE}", " - ", "\u200b"])
def test_a_siret_is_read_with_its_spaces_and_belongs_to_one_organisation(base, entre):
    siret = un_siret()
    ecrit = f" {siret[:3]}{entre}{siret[3:6]}{entre}{siret[6:9]}{entre}{siret[9:]} "
    with base.ecriture() as cnx:
        cree = comptes.creer_organisme(cnx, "O", ecrit)
    assert cree.siret == siret
    with base.lecture() as cnx:
        assert comptes.organisme_de_siret(cnx, ecrit) == cree == comptes.organisme(cnx, cree.id)
    with pytest.raises(CompteRefuse, match="déjà le SIRET"), base.ecriture() as cnx:
        comptes.creer_organisme(cnx, "Autre", siret)


def test_an_unknown_organisation_is_not_found(base):
    with base.lecture() as cnx:
        with pytest.raises(Introuvable):
            comptes.organisme(cnx, uuid4())
        with pytest.raises(Introuvable):
            comptes.organisme_de_siret(cnx, un_siret())
        with pytest.raises(CompteRefuse):
            comptes.organisme_de_siret(cnx, "123")


def test_a_siret_of_another_name_is_refused_with_both(base):
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Alpha Formation", un_siret())
    comptes.exiger_nom(organisme, "  ALPHA   formation ")
    with pytest.raises(CompteRefuse) as refus:
        comptes.exiger_nom(organisme, "Bêta Formation")
    assert "« Alpha Formation », et non de « Bêta Formation »" in refus.value.message.replace("\N{NO-BREAK SPACE}", " ")
