"""The command line answers in French, with the right exit code."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from webapp.cli import principal
from webapp.domain.comptes import Role
from webapp.domain.refus import Introuvable
from webapp.persistence.database import ouvrir
from webapp.services import comptes

SIRET = "99999999800019"
MOT_DE_PASSE = "phrase assez longue pour servir"


def taper(racine, environnement, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "webapp", *arguments],
        cwd=racine,
        env=environnement,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("servir",), "La commande « servir » n’existe pas. Voir « python -m webapp --aide »."),
        (("serve", "--prot", "1"), "L’option « --prot » n’existe pas. Voir « python -m webapp serve --aide »."),
        (("serve", "--port"), "L’option « --port » n’est pas employée comme il faut."),
        (("exporter-registre",), "Il manque l’argument « FICHIER »."),
        (
            ("importer-registre", "a.zip", "--date", "2026-11-20"),
            "La valeur donnée à « --date » ne convient pas : écrivez JJ/MM/AAAA.",
        ),
        (("serve", "--port", "cinq"), "La valeur donnée à « --port » ne convient pas."),
        (("serve", "--processus", "0"), "La valeur donnée à « --processus » ne convient pas."),
        (("serve", "trop"), "La commande n’est pas écrite comme il faut."),
    ],
)
def test_what_is_mistyped_is_said_in_one_french_sentence(racine, environnement, arguments, phrase):
    reponse = taper(racine, environnement, *arguments)
    assert reponse.returncode == 2
    assert reponse.stdout == ""
    assert reponse.stderr.replace("\xa0", " ").startswith(phrase)
    assert len(reponse.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "sortie"),
    [
        (("l'été",), "La commande « l'été » n’existe pas. Voir « python -m webapp --aide »."),
        (("importer-registre", "l'an d'avant.zip"), "« l'an d'avant.zip » ne s’ouvre pas : il n’existe pas."),
        (("comparer-edition", "l'an d'avant.txt"), "« l'an d'avant.txt » ne se lit pas : il n’existe pas."),
        (("comparer-edition", "."), "« . » ne se lit pas : c’est un dossier."),
        (("importer-edof", "--siret", "1", "d'hier.xml"), "« d'hier.xml » ne se lit pas : il n’existe pas."),
        (("importer-edof", "--siret", "1", "."), "« . » ne se lit pas : c’est un dossier."),
        (("importer-habilitations", "--siret", "1", "d'hier.csv"), "« d'hier.csv » ne se lit pas : il n’existe pas."),
        (("exporter-registre", "-"), "Donnez le nom du fichier à écrire"),
        (("fermer-compte", "--courriel", "o'neil@x.fr"), "Aucun compte n’a l’adresse « o'neil@x.fr »."),
        (("exporter-edof", "--siret", "d'ici", "--sortie", "a.xml"), "« d'ici »"),
    ],
)
def test_what_is_typed_is_quoted_as_it_is(racine, environnement, tmp_path, arguments, sortie):
    url = {"DATABASE_URL": f"sqlite:///{tmp_path / 'base.sqlite3'}"}
    assert taper(racine, environnement | url, "migrer").returncode == 0
    reponse = taper(racine, environnement | url, *arguments)
    assert sortie in reponse.stderr.replace("\xa0", " ")


@pytest.mark.parametrize("arguments", [(), ("--aide",), *((nom, "--aide") for nom in principal.commands)])
def test_help_pages_hold_no_english(racine, environnement, arguments):
    aide = taper(racine, environnement, *arguments).stdout
    assert aide.startswith("Usage\xa0:")
    assert not re.search(r"\b(Show|this|message|Commands|default|required|Try|TEXT|INTEGER)\b", aide)


def test_a_weak_configuration_is_refused_in_one_sentence(racine, environnement):
    reponse = taper(racine, environnement | {"SECRET_KEY": "court"}, "serve", "--port", "0")
    assert reponse.returncode == 1
    assert re.fullmatch(r"SECRET_KEY doit compter .*\.\n", reponse.stderr)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return f"sqlite:///{tmp_path_factory.mktemp('comptes') / 'base.sqlite3'}"


@pytest.fixture
def creer(base):
    """Type « creer-compte » for a person of the organisation, changed as the test wants."""

    def commande(*drapeaux, entree=f"{MOT_DE_PASSE}\n", **options):
        voulues = {"courriel": "ada@alpha.example", "nom": "Ada", "siret": SIRET} | options
        arguments = [mot for nom, valeur in voulues.items() for mot in (f"--{nom}", valeur)]
        environnement = {"DATABASE_URL": base, "MODE": "demonstration", "SECRET_KEY": "s" * 40}
        return CliRunner().invoke(principal, ["creer-compte", *arguments, *drapeaux], input=entree, env=environnement)

    return commande


def test_an_account_is_made_with_its_organisation_and_can_sign_in(creer, base):
    reponse = creer("--mot-de-passe-stdin", organisme="Formation Alpha", role="lecteur")
    assert reponse.exit_code == 0
    assert reponse.stdout == "Le compte ada@alpha.example est créé\xa0: Lecteur EDOF, Formation Alpha.\n"
    ouverte = ouvrir(base)
    with ouverte.lecture() as cnx:
        personne = comptes.authentifier(cnx, "ada@alpha.example", MOT_DE_PASSE)
    ouverte.fermer()
    assert (personne.role, personne.organisme.siret) == (Role.LECTEUR, SIRET)


def test_a_second_person_joins_the_organisation_of_the_same_siret(creer):
    creer("--mot-de-passe-stdin", organisme="Formation Alpha", courriel="une@alpha.example")
    reponse = creer("--mot-de-passe-stdin", courriel="deux@alpha.example", siret="999 999 998 00019")
    assert reponse.stdout.endswith("Gestionnaire catalogue, Formation Alpha.\n")


def test_the_password_is_asked_twice_and_never_shown(creer):
    reponse = creer(
        entree=f"{MOT_DE_PASSE}\n{MOT_DE_PASSE}\n", organisme="Formation Alpha", courriel="trois@alpha.example"
    )
    assert reponse.exit_code == 0
    assert MOT_DE_PASSE not in reponse.output
    assert "Le même mot de passe encore\xa0:" in reponse.output


@pytest.mark.parametrize(
    ("options", "entree", "phrase"),
    [
        ({"siret": "12345678200010"}, MOT_DE_PASSE, "Aucun organisme n’a ce SIRET"),
        ({"siret": "99", "organisme": "X"}, MOT_DE_PASSE, "« 99 » n’est pas un SIRET"),
        (
            {"courriel": "ada", "organisme": "Formation Alpha"},
            MOT_DE_PASSE,
            "« ada » n’est pas une adresse électronique",
        ),
        ({"organisme": "Formation Alpha"}, "court", "Choisissez un mot de passe d’au moins 12 caractères"),
        ({"organisme": "Formation Alpha"}, "", "Choisissez un mot de passe"),
        ({"organisme": "Formation Alpha"}, "abcd        ", "Choisissez un mot de passe d’au moins 12 caractères"),
        ({"role": "chef"}, MOT_DE_PASSE, "La valeur donnée à « --role » ne convient pas"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_one_sentence(creer, options, entree, phrase):
    options = {"courriel": "quatre@alpha.example"} | options
    reponse = creer("--mot-de-passe-stdin", entree=entree, **options)
    assert reponse.exit_code != 0
    assert reponse.stderr.replace("\xa0", " ").startswith(phrase)
    assert len(reponse.stderr.splitlines()) == 1


def test_another_name_for_a_known_siret_is_said_and_makes_nothing(creer, base):
    creer("--mot-de-passe-stdin", organisme="Formation Alpha", courriel="six@alpha.example")
    reponse = creer("--mot-de-passe-stdin", organisme="Formation Bêta", courriel="sept@alpha.example")
    assert reponse.exit_code == 1
    assert reponse.stderr.replace("\xa0", " ") == (
        f"Le SIRET {SIRET} est celui de « Formation Alpha », et non de « Formation Bêta » : corrigez l’un des deux.\n"
    )
    ouverte = ouvrir(base)
    with ouverte.lecture() as cnx, pytest.raises(Introuvable):
        comptes.trouver(cnx, "sept@alpha.example")
    ouverte.fermer()
    reponse = creer("--mot-de-passe-stdin", organisme="  FORMATION  alpha", courriel="huit@alpha.example")
    assert reponse.exit_code == 0


def test_two_passwords_that_differ_are_refused(creer):
    reponse = creer(
        entree=f"{MOT_DE_PASSE}\nautre chose de long\n", organisme="Formation Alpha", courriel="cinq@alpha.example"
    )
    assert reponse.exit_code == 1
    assert reponse.stderr.splitlines()[-1].startswith("Les deux mots de passe diffèrent")
