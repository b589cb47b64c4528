"""The configuration: read once from the environment, refused in one French sentence when it is weak or wrong."""

import dataclasses
import re
import stat
from datetime import date

import pytest

from webapp import settings
from webapp.app import create_app
from webapp.settings import DATE_DU_GUIDE, ConfigurationRefusee, Settings, lire_date_reference

SECRET = "0123456789abcdefghijklmnopqrstuv"
SURE = {"SECRET_KEY": SECRET, "TRUSTED_HOSTS": "catalogue.example"}


@pytest.fixture(autouse=True)
def donnees(tmp_path, monkeypatch):
    """Keep the demonstration's secret in a folder of this test."""
    monkeypatch.setattr(settings, "DONNEES", tmp_path / "donnees")
    return tmp_path / "donnees"


def refus(environ):
    with pytest.raises(ConfigurationRefusee) as refus:
        Settings.from_env(environ)
    return str(refus.value)


# ---------------------------------------------------------------------------- production


def test_production_is_what_one_gets_without_asking():
    lus = Settings.from_env(SURE)
    assert dataclasses.asdict(lus) == {
        "database_url": f"sqlite:///{settings.DONNEES / 'catalogue.sqlite3'}", "secret_key": SECRET,
        "demonstration": False, "date_reference": None, "banc_essai_jeton": "", "hotes": ("catalogue.example",),
        "https": True, "mandataires": 0, "processus": 1,
    }  # fmt: skip


REFUS: dict[str, tuple[dict[str, str | None], str]] = {
    "secret absent": ({"SECRET_KEY": None}, "SECRET_KEY doit compter au moins 32 caractères tirés au hasard."),
    "secret vide": ({"SECRET_KEY": ""}, "SECRET_KEY doit compter au moins 32 caractères tirés au hasard."),
    "secret court": ({"SECRET_KEY": "x" * 31}, "SECRET_KEY doit compter au moins 32 caractères tirés au hasard."),
    "secret d'une lettre": ({"SECRET_KEY": "x" * 40}, "SECRET_KEY se répète : tirez ses caractères au hasard."),
    "secret de sept lettres": ({"SECRET_KEY": "abcdefgabcfedgaabbccddeeffgggfed"}, "SECRET_KEY se répète"),
    "secret répété": ({"SECRET_KEY": "0123456789abcdef" * 2}, "SECRET_KEY se répète"),
    **{
        f"hôte {hote}": ({"TRUSTED_HOSTS": f"a.example,{hote}"}, f"TRUSTED_HOSTS : « {hote} » n’est pas un nom d’hôte")
        for hote in (
            "https://a.example",
            "a.example/",
            "*.a.example",
            "a b",
            ".",
            "[::1]",
            "a..b",
            "x" * 64,
            "a:b",
            "a_é!",
        )
    },
    "banc d'essai": ({"BANC_ESSAI_JETON": "x"}, "BANC_ESSAI_JETON ouvre le banc d’essai : retirez-le en production."),
    "hôtes absents": ({"TRUSTED_HOSTS": None}, "TRUSTED_HOSTS doit nommer les noms d’hôte servis"),
    "hôtes vides": ({"TRUSTED_HOSTS": " , "}, "TRUSTED_HOSTS doit nommer les noms d’hôte servis"),
    "date fixée": ({"DATE_REFERENCE": "2019-11-28"}, "DATE_REFERENCE doit rester « aujourd’hui » en production."),
    "mode inconnu": ({"MODE": "essai"}, "MODE vaut « essai » : choisissez « demonstration » ou « production »."),
    "date illisible": ({"DATE_REFERENCE": "28/11/2019"}, "DATE_REFERENCE vaut « 28/11/2019 » : écrivez une date comme"),
    "https illisible": ({"HTTPS": "peut-être"}, "HTTPS vaut « peut-être » : écrivez « oui » ou « non »."),
    "processus illisibles": ({"PROCESSUS": "deux"}, "PROCESSUS vaut « deux » : écrivez un nombre entier."),
    "mandataires illisibles": ({"PROXIES": "-1"}, "PROXIES vaut « -1 » : écrivez un nombre entier."),
    "mandataires en toutes lettres": ({"PROXIES": "un"}, "PROXIES vaut « un » : écrivez un nombre entier."),
}


@pytest.mark.parametrize("cas", REFUS)
def test_production_refuses_to_start_when_it_is_weak_or_wrong(cas):
    change, message = REFUS[cas]
    environ = {nom: valeur for nom, valeur in (SURE | change).items() if valeur is not None}
    dit = refus(environ)
    assert dit.replace("\xa0", " ").startswith(message)
    # One sentence, typeset, that says what to set.
    assert dit.endswith(".")
    assert "\n" not in dit
    assert not re.search(r"\w'\w|« | »| [:;?!]", dit)


def test_a_refusal_never_repeats_the_secret():
    assert "motdepassesecret" not in refus(SURE | {"SECRET_KEY": "motdepassesecret"})


@pytest.mark.parametrize(
    ("valeur", "attendue"), [("oui", True), ("1", True), ("TRUE", True), ("non", False), ("0", False), ("false", False),
                             ("", True), ("  ", True)],
)  # fmt: skip
def test_https_is_on_unless_it_is_said_to_be_off(valeur, attendue):
    assert Settings.from_env(SURE | {"HTTPS": valeur}).https is attendue


def test_hosts_and_proxies_are_read():
    lus = Settings.from_env(SURE | {"TRUSTED_HOSTS": " a.example, .b.example ,", "PROXIES": "2"})
    assert (lus.hotes, lus.mandataires) == (("a.example", ".b.example"), 2)


@pytest.mark.parametrize("vide", ["", None])
def test_an_empty_address_of_database_is_the_default(vide):
    environ = SURE if vide is None else SURE | {"DATABASE_URL": vide}
    assert Settings.from_env(environ).database_url.startswith("sqlite:///")
    assert Settings.from_env(SURE | {"DATABASE_URL": "postgresql://a/b"}).database_url == "postgresql://a/b"


def test_the_environment_of_the_process_is_read_by_default(monkeypatch):
    for nom, valeur in SURE.items():
        monkeypatch.setenv(nom, valeur)
    monkeypatch.delenv("MODE", raising=False)
    assert Settings.from_env().hotes == ("catalogue.example",)


def test_settings_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings.from_env(SURE).secret_key = "autre"  # type: ignore[misc] # what is tried


# ---------------------------------------------------------------------------- demonstration


def test_a_demonstration_opens_at_the_date_of_the_guide_in_plain_http():
    lus = Settings.from_env({"MODE": "demonstration"})
    assert (lus.demonstration, lus.date_reference, lus.https, lus.hotes) == (True, date(2019, 11, 28), False, ())
    assert date(2019, 11, 28) == DATE_DU_GUIDE


def test_a_demonstration_may_have_what_production_may_not():
    environ = {
        "MODE": " Demonstration ",
        "BANC_ESSAI_JETON": "x",
        "SECRET_KEY": "court",
        "DATE_REFERENCE": "2020-01-02",
    }
    lus = Settings.from_env(environ)
    assert (lus.banc_essai_jeton, lus.secret_key, lus.date_reference) == ("x", "court", date(2020, 1, 2))


def test_the_secret_of_a_demonstration_is_drawn_once_and_kept_for_its_owner_alone(donnees):
    un, deux = (Settings.from_env({"MODE": "demonstration"}).secret_key for _ in range(2))
    assert un == deux
    assert len(un) >= 48
    assert stat.S_IMODE((donnees / "secret").stat().st_mode) == 0o600
    (donnees / "secret").unlink()
    assert Settings.from_env({"MODE": "demonstration"}).secret_key != un


@pytest.mark.parametrize("contenu", ["", "court", "\n"])
def test_a_damaged_secret_is_said_rather_than_used(donnees, contenu):
    donnees.mkdir()
    (donnees / "secret").write_text(contenu)
    assert "est abîmé : effacez-le, puis recommencez." in refus({"MODE": "demonstration"}).replace("\xa0", " ")


@pytest.mark.parametrize("ecrit", ["aujourd'hui", "aujourd’hui", "AUJOURD'HUI", "aujourdhui", " aujourd'hui "])
@pytest.mark.parametrize("demonstration", [True, False])
def test_today_is_the_real_date_however_it_is_written(ecrit, demonstration):
    assert lire_date_reference(ecrit, demonstration=demonstration) is None


@pytest.mark.parametrize("absente", [None, ""])
def test_no_date_is_that_of_the_mode(absente):
    assert lire_date_reference(absente, demonstration=True) == DATE_DU_GUIDE
    assert lire_date_reference(absente, demonstration=False) is None


@pytest.mark.parametrize("fausse", ["2019-13-01", "2019-02-29", "hier", "28-11-2019", "0", "\x00"])
def test_a_date_that_is_not_one_is_refused(fausse):
    with pytest.raises(ConfigurationRefusee):
        lire_date_reference(fausse, demonstration=True)


# ---------------------------------------------------------------------------- what they command


@pytest.mark.parametrize("mandataires", [0, 1])
def test_forwarded_headers_are_believed_only_from_the_stated_proxies(base_sqlite, mandataires):
    lus = Settings(str(base_sqlite.url), SECRET, hotes=("a.example",), mandataires=mandataires)
    navigateur = create_app(lus, base_sqlite).test_client()
    reponse = navigateur.get("/sante", headers={"Host": "proxy.example", "X-Forwarded-Host": "a.example"})
    assert reponse.status_code == (200 if mandataires else 400)


@pytest.mark.parametrize(("https", "nom"), [(True, "__Host-session"), (False, "session")])
def test_the_name_of_the_cookie_says_whether_it_travels_over_https(base_sqlite, https, nom):
    application = create_app(Settings(str(base_sqlite.url), SECRET, https=https), base_sqlite)
    assert application.config["SESSION_COOKIE_NAME"] == nom
    assert application.config["SESSION_COOKIE_SECURE"] is https


def test_the_demonstration_and_the_test_door_are_mounted_by_their_settings_alone(base_sqlite):
    def blueprints(**reglages):
        return set(create_app(Settings(str(base_sqlite.url), SECRET, **reglages), base_sqlite).blueprints)

    sans = blueprints()
    assert blueprints(demonstration=True) - sans == {"demonstration"}
    assert blueprints(banc_essai_jeton="x") - sans == {"banc_essai"}


@pytest.mark.parametrize("hote", ["a.example", ".b.example", "a.example:8443", "127.0.0.1", "localhost", "été.example"])
def test_every_kind_of_host_name_is_accepted(hote):
    assert Settings.from_env(SURE | {"TRUSTED_HOSTS": hote}).hotes == (hote,)


@pytest.mark.parametrize(("servi", "demande"), [("A.Example", "a.example"), ("a.example", "A.EXAMPLE:443")])
def test_hosts_are_compared_without_case(base_sqlite, servi, demande):
    lus = Settings.from_env(SURE | {"TRUSTED_HOSTS": servi, "DATABASE_URL": str(base_sqlite.url)})
    client = create_app(lus, base_sqlite).test_client()
    assert client.get("/connexion", headers={"Host": demande}, base_url="https://x").status_code == 200
    assert client.get("/connexion", headers={"Host": "b.example"}, base_url="https://x").status_code == 400
