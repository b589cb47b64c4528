"""A command that has nothing to read makes no base: it says that there is none, and where it looked."""

import socket
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from tests.registre_fabrique import Fiche, zip_csv
from webapp.cli import principal

SIRET = "99999999800019"


@pytest.mark.parametrize(
    "arguments",
    [
        ["importer-registre", "--annuler"], ["importer-registre", "--a-blanc", "{zip}"],
        ["exporter-registre", "{sortie}"], ["verifier-recherche"], ["verifier-recherche", "--reconstruire"],
        ["exporter-edof", "--siret", SIRET, "--sortie", "{sortie}"],
        ["importer-edof", "--siret", SIRET, "{zip}"], ["importer-habilitations", "--siret", SIRET, "{zip}"],
        ["fermer-compte", "--courriel", "a@b.example"], ["rouvrir-compte", "--courriel", "a@b.example"],
        ["migrer", "--vers", "base", "--accepter-les-pertes"],
    ],
)  # fmt: skip
def test_what_needs_a_base_makes_none(tmp_path, arguments):
    chemin = zip_csv(tmp_path / "a-2026-08-16.zip", [Fiche()])
    base, sortie = tmp_path / "absente.sqlite3", tmp_path / "sortie"
    fini = CliRunner().invoke(
        principal,
        [un.format(zip=chemin, sortie=sortie) for un in arguments],
        env={"DATABASE_URL": f"sqlite:///{base}"},
    )
    assert fini.exit_code == 1
    dit = fini.stderr.replace("\xa0", " ")
    assert dit == f"La base « {base} » n’existe pas encore : « serve » ou « migrer » la crée. Rien n’a été fait.\n"
    assert not base.exists()
    assert not sortie.exists()


def test_a_date_given_that_is_ahead_is_not_asked_again(url_sqlite, tmp_path):
    demain = date.today() + timedelta(days=2)  # noqa: DTZ011 - beyond any time zone
    chemin = zip_csv(tmp_path / "a.zip", [Fiche()])
    fini = CliRunner().invoke(
        principal, ["importer-registre", "--date", f"{demain:%d/%m/%Y}", str(chemin)], env={"DATABASE_URL": url_sqlite}
    )
    dit = fini.stderr.replace("\xa0", " ")
    assert f"La date donnée avec « --date », {demain:%d/%m/%Y}, vient après celle de cette machine (" in dit
    assert "donnez sa vraie date" not in dit


def test_a_date_before_there_were_exports_is_refused_as_it_was_typed(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "a.zip", [Fiche()])
    fini = CliRunner().invoke(
        principal, ["importer-registre", "--date", "25/11/0026", str(chemin)], env={"DATABASE_URL": url_sqlite}
    )
    assert fini.exit_code == 1
    assert "serait du 25/11/0026, avant que France compétences existe" in fini.stderr.replace("\xa0", " ")


@pytest.mark.parametrize("octets", [None, b"PK", b"bonjour"])
def test_a_file_that_cannot_be_read_makes_no_base(tmp_path, octets):
    chemin, base = tmp_path / "export-2026-08-16.zip", tmp_path / "ailleurs" / "absente.sqlite3"
    if octets is not None:
        chemin.write_bytes(octets)
    fini = CliRunner().invoke(principal, ["importer-registre", str(chemin)], env={"DATABASE_URL": f"sqlite:///{base}"})
    assert fini.exit_code != 0
    assert not base.parent.exists()


def lancer(url, *arguments):
    return CliRunner().invoke(principal, list(arguments), env={"DATABASE_URL": url})


def test_a_date_given_over_that_of_the_name_is_said(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "a-2026-08-16.zip", [Fiche()])
    dit = lancer(url_sqlite, "importer-registre", "--date", "15/08/2026", str(chemin)).stdout.replace("\xa0", " ")
    assert "export du 15/08/2026 (date donnée avec « --date » ; le nom du fichier dit 16/08/2026)" in dit
    dit = lancer(url_sqlite, "importer-registre", "--date", "16/08/2026", str(chemin)).stdout
    assert "date donnée" not in dit


@pytest.mark.parametrize("options", [(), ("--a-blanc",)])
def test_a_file_given_twice_is_read_once_and_it_is_said(url_sqlite, tmp_path, options):
    chemin = zip_csv(tmp_path / "a-2026-08-16.zip", [Fiche()])
    lancer(url_sqlite, "migrer")
    fini = lancer(url_sqlite, "importer-registre", *options, str(chemin), f"{tmp_path}/./{chemin.name}")
    assert (fini.exit_code, fini.stdout.count("1\xa0fiche lue")) == (0, 1)
    assert "est donné plusieurs fois : il n’est lu qu’une fois." in fini.stderr.replace("\xa0", " ")


def test_two_exports_looked_at_together_are_said_to_be_compared_apart(url_sqlite, tmp_path):
    lancer(url_sqlite, "migrer")
    deux = [str(zip_csv(tmp_path / f"{nom}-2026-08-16.zip", [Fiche()])) for nom in "ab"]
    assert (
        "comparé au registre tel qu’il est, sans les autres."
        in lancer(url_sqlite, "importer-registre", "--a-blanc", *deux).stdout
    )


@pytest.mark.parametrize("suite", [(), ("--accepter-les-pertes",)])
@pytest.mark.parametrize("revision", ["nimporte", "", "9999"])
def test_what_is_no_revision_is_refused_before_any_word_of_losses(url_sqlite, revision, suite):
    lancer(url_sqlite, "migrer")
    fini = lancer(url_sqlite, "migrer", "--vers", revision, *suite)
    assert fini.exit_code == 1
    assert fini.stderr.replace("\xa0", " ") == f"« {revision} » n’est pas une révision plus ancienne de cette base.\n"


@pytest.mark.parametrize("commande", [("migrer",), ("exporter-registre", "sortie.zip")])
def test_a_server_that_does_not_answer_is_said_in_french(commande):
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        fini = lancer(f"postgresql://u:p@127.0.0.1:{prise.getsockname()[1]}/x", *commande)
    assert fini.exit_code == 2
    assert fini.stderr.replace("\xa0", " ") == (
        "La base de données ne s’ouvre pas : le serveur PostgreSQL ne répond pas, ou refuse ce compte. Vérifiez qu’il "
        "est démarré, et ce que dit DATABASE_URL.\n"
    )
