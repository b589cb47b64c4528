"""The commands for accounts that are there, and the way back to older tables: what they do, say, and refuse."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from tests.bases import ouverte
from tests.builders import MOT_DE_PASSE, Atelier, une_fiche
from webapp.cli import principal
from webapp.domain.comptes import ConnexionRefusee
from webapp.services import comptes, registre, sessions

AUTRE = "une autre phrase assez longue"
SANS_COMPTE = "Aucun compte n’a l’adresse « inconnue@alpha.example »."


@pytest.fixture
def taper(url_base):
    """Type a command against the base of the test; gives its code, and what it said with plain spaces."""

    def commande(*arguments, entree=""):
        environnement = {"DATABASE_URL": url_base, "MODE": "demonstration", "SECRET_KEY": "s" * 40}
        reponse = CliRunner().invoke(principal, list(arguments), input=entree, env=environnement)
        return reponse.exit_code, reponse.stdout.replace("\xa0", " "), reponse.stderr.replace("\xa0", " ")

    return commande


@pytest.fixture
def personne(base):
    return Atelier(base).utilisateur(mot_de_passe=MOT_DE_PASSE)


@pytest.fixture
def jeton(base, personne):
    with base.ecriture() as cnx:
        return sessions.ouvrir(cnx, personne, datetime.now(UTC))


def entre(base, personne, mot_de_passe):
    try:
        with base.lecture() as cnx:
            return comptes.authentifier(cnx, personne.courriel, mot_de_passe) == personne
    except ConnexionRefusee:
        return False


def en_session(base, jeton):
    with base.lecture() as cnx:
        return sessions.lire(cnx, jeton, datetime.now(UTC)) is not None


def test_another_password_replaces_the_one_before_and_ends_the_sessions(taper, base, personne, jeton):
    commande = ("changer-mot-de-passe", "--courriel", f" {personne.courriel.upper()} ", "--mot-de-passe-stdin")
    dit = f"Le mot de passe de {personne.courriel} est changé ; ses sessions sont fermées.\n"
    assert taper(*commande, entree=f"{AUTRE}\n") == (0, dit, "")
    assert entre(base, personne, AUTRE)
    assert not entre(base, personne, MOT_DE_PASSE)
    assert not en_session(base, jeton)


def test_another_password_is_asked_twice_and_never_shown(taper, base, personne):
    commande = ("changer-mot-de-passe", "--courriel", personne.courriel)
    code, dit, erreurs = taper(*commande, entree=f"{AUTRE}\n{AUTRE}\n")
    assert code == 0
    assert "Le même mot de passe encore :" in dit + erreurs
    assert AUTRE not in dit + erreurs
    assert entre(base, personne, AUTRE)
    code, _, erreurs = taper(*commande, entree=f"{MOT_DE_PASSE}\n{AUTRE}\n")
    assert code == 1
    assert erreurs.splitlines()[-1] == "Les deux mots de passe diffèrent : recommencez."
    assert entre(base, personne, AUTRE)


@pytest.mark.parametrize("faible", ["", "court", "motdepasse1234"])
def test_a_weak_password_is_refused_in_one_sentence_and_changes_nothing(taper, base, personne, jeton, faible):
    commande = ("changer-mot-de-passe", "--courriel", personne.courriel, "--mot-de-passe-stdin")
    code, dit, erreurs = taper(*commande, entree=f"{faible}\n")
    assert (code, dit, len(erreurs.splitlines())) == (1, "", 1)
    assert entre(base, personne, MOT_DE_PASSE)
    assert en_session(base, jeton)


def test_an_account_is_closed_then_opened_again_with_its_password(taper, base, personne, jeton):
    fermer, rouvrir = (((nom, "--courriel", personne.courriel)) for nom in ("fermer-compte", "rouvrir-compte"))
    for _ in range(2):
        dit = f"Le compte {personne.courriel} est fermé, et ses sessions avec lui.\n"
        assert taper(*fermer) == (0, dit, "")
        assert not entre(base, personne, MOT_DE_PASSE)
        assert not en_session(base, jeton)
    for _ in range(2):
        dit = f"Le compte {personne.courriel} est ouvert : son mot de passe est celui d’avant.\n"
        assert taper(*rouvrir) == (0, dit, "")
        assert entre(base, personne, MOT_DE_PASSE)
    # What was ended stays so.
    assert not en_session(base, jeton)


def test_a_closed_account_is_not_opened_by_another_password(taper, base, personne):
    taper("fermer-compte", "--courriel", personne.courriel)
    commande = ("changer-mot-de-passe", "--courriel", personne.courriel, "--mot-de-passe-stdin")
    assert taper(*commande, entree=f"{AUTRE}\n")[0] == 0
    assert not entre(base, personne, AUTRE)
    taper("rouvrir-compte", "--courriel", personne.courriel)
    assert entre(base, personne, AUTRE)


def test_what_is_done_to_one_account_is_done_to_no_other(taper, base, personne):
    autre = Atelier(base).utilisateur(personne.organisme, mot_de_passe=MOT_DE_PASSE)
    taper("fermer-compte", "--courriel", personne.courriel)
    assert entre(base, autre, MOT_DE_PASSE)


@pytest.mark.parametrize("nom", ["changer-mot-de-passe", "fermer-compte", "rouvrir-compte"])
def test_an_unknown_address_is_said_and_changes_nothing(taper, personne, nom):
    options = ("--mot-de-passe-stdin",) if nom == "changer-mot-de-passe" else ()
    reponse = taper(nom, "--courriel", " inconnue@alpha.example ", *options, entree=f"{AUTRE}\n")
    assert reponse == (1, "", SANS_COMPTE + "\n")


# ---------------------------------------------------------------------------- older tables


@pytest.fixture
def revenir(url_vide):
    """Type « migrer --vers » against a base of its own, which is left at the newest tables."""

    def commande(*arguments):
        environnement = {"DATABASE_URL": url_vide, "MODE": "demonstration", "SECRET_KEY": "s" * 40}
        reponse = CliRunner().invoke(principal, ["migrer", *arguments], env=environnement)
        return reponse.exit_code, reponse.stdout.replace("\xa0", " "), reponse.stderr.replace("\xa0", " ")

    assert commande() == (0, "La base est à jour.\n", "")
    return commande


def revision(url):
    with ouverte(url) as base, base.lecture() as cnx:
        return cnx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def test_going_back_warns_first_and_changes_nothing(revenir, url_vide):
    avant = revision(url_vide)
    code, dit, erreurs = revenir("--vers", "0003")
    assert (code, dit) == (1, "")
    assert erreurs == (
        "Revenir à « 0003 » perd pour de bon ce que des tables plus anciennes ne peuvent pas contenir : "
        "sauvegardez la base, puis ajoutez « --accepter-les-pertes ». Rien n’a été changé.\n"
    )
    assert revision(url_vide) == avant


def test_one_goes_back_and_forth(revenir, url_vide):
    avant = revision(url_vide)
    code, dit, erreurs = revenir("--vers", "0003", "--accepter-les-pertes")
    assert (code, erreurs) == (0, "")
    assert dit.startswith("La base est revenue à « 0003 ». Installez la version du produit qui s’en sert : ")
    assert revision(url_vide) == "0003"
    assert revenir()[0] == 0
    assert revision(url_vide) == avant


@pytest.mark.parametrize("inconnue", ["9999", "é", "", "0003:0004"])
def test_a_revision_that_is_not_an_older_one_is_refused_in_one_sentence(revenir, url_vide, inconnue):
    avant = revision(url_vide)
    attendu = f"« {inconnue} » n’est pas une révision plus ancienne de cette base.\n"
    assert revenir("--vers", inconnue, "--accepter-les-pertes") == (1, "", attendu)
    assert revision(url_vide) == avant


def test_a_newer_revision_is_no_way_back(revenir, url_vide):
    avant = revision(url_vide)
    revenir("--vers", "0003", "--accepter-les-pertes")
    attendu = f"« {avant} » n’est pas une révision plus ancienne de cette base.\n"
    assert revenir("--vers", avant, "--accepter-les-pertes") == (1, "", attendu)
    assert revision(url_vide) == "0003"


def test_tables_of_a_newer_product_are_left_alone(revenir, url_vide):
    with ouverte(url_vide) as base, base.ecriture() as cnx:
        cnx.execute(text("UPDATE alembic_version SET version_num = 'demain'"))
    code, _, erreurs = revenir("--vers", "0003", "--accepter-les-pertes")
    assert code == 1
    assert "elle a été écrite par une version plus récente du produit" in erreurs.replace("’", "'")
    assert revision(url_vide) == "demain"


def test_what_forbids_the_way_back_is_said(revenir, url_vide):
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        auteur = Atelier(base).utilisateur()
        Atelier(base).formation(auteur, une_fiche(identifiant=""))
    code, _, erreurs = revenir("--vers", "0003", "--accepter-les-pertes")
    assert code == 1
    assert erreurs.startswith("Retour impossible tant que la base contient 1 formation sans identifiant")
    assert len(erreurs.splitlines()) == 1
