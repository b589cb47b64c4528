"""What the environment decides: read once, frozen, refused in one sentence when it is weak or wrong."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.sansio.utils import host_is_trusted

from webapp.domain.textes import dire, fr

if TYPE_CHECKING:
    from collections.abc import Mapping

RACINE = Path(__file__).resolve().parent.parent
DONNEES = RACINE / "donnees"
DATE_DU_GUIDE = date(2019, 11, 28)
LONGUEUR_MIN_SECRET = 32
CARACTERES_MIN_SECRET = 8
"""Different characters of a secret: 32 drawn among sixteen have fewer less than once in a million."""

DATE_EN_PRODUCTION = fr("DATE_REFERENCE doit rester « aujourd'hui » en production.")
_HOTE = re.compile(r"\.?[^\s.:/@*?#][^\s:/@*?#]*(:[0-9]{1,5})?")


class ConfigurationRefusee(Exception):  # noqa: N818 - the product's refusals read as sentences
    """The environment asks for something unsafe or unreadable; the message says what to set."""


@dataclass(frozen=True)
class Settings:
    """The whole configuration.

    `date_reference` None means the real date. `banc_essai_jeton` opens the test door when it is not empty.
    `https` tells that visitors come through TLS: the cookie is then `__Host-` and Secure. `mandataires` is the
    number of trusted proxies in front, whose X-Forwarded headers are believed. `processus` is how many serve.
    """

    database_url: str
    secret_key: str
    demonstration: bool = False
    date_reference: date | None = None
    banc_essai_jeton: str = ""
    hotes: tuple[str, ...] = ()
    https: bool = False
    mandataires: int = 0
    processus: int = 1

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read DATABASE_URL, SECRET_KEY, MODE, DATE_REFERENCE, BANC_ESSAI_JETON, TRUSTED_HOSTS, HTTPS, PROXIES…

        Raises ConfigurationRefusee. Production refuses: no SECRET_KEY, one of fewer than 32 characters or that repeats
        itself, a test door, no TRUSTED_HOSTS or one that no host can match, a fixed reference date.
        """
        env = os.environ if environ is None else environ
        demonstration = _en_demonstration(env)
        settings = cls(
            database_url=adresse_de_la_base(env),
            secret_key=env.get("SECRET_KEY", ""),
            demonstration=demonstration,
            date_reference=lire_date_reference(env.get("DATE_REFERENCE"), demonstration=demonstration),
            banc_essai_jeton=env.get("BANC_ESSAI_JETON", ""),
            hotes=tuple(h.strip().lower() for h in env.get("TRUSTED_HOSTS", "").split(",") if h.strip()),
            https=_oui(env, "HTTPS", defaut=not demonstration),
            mandataires=_entier(env, "PROXIES"),
            processus=_entier(env, "PROCESSUS") or 1,
        )
        if demonstration:
            return settings if settings.secret_key else replace(settings, secret_key=_secret_garde())
        return settings.exiger_sure()

    def exiger_sure(self) -> Settings:
        """Give back the same settings if they may serve in production; raise ConfigurationRefusee otherwise."""
        if len(self.secret_key) < LONGUEUR_MIN_SECRET:
            raise ConfigurationRefusee(
                fr(f"SECRET_KEY doit compter au moins {LONGUEUR_MIN_SECRET} caractères tirés au hasard.")
            )
        if len(set(self.secret_key)) < CARACTERES_MIN_SECRET or self.secret_key in (self.secret_key * 2)[1:-1]:
            raise ConfigurationRefusee(fr("SECRET_KEY se répète : tirez ses caractères au hasard."))
        if self.banc_essai_jeton:
            raise ConfigurationRefusee(fr("BANC_ESSAI_JETON ouvre le banc d'essai : retirez-le en production."))
        if not self.hotes:
            raise ConfigurationRefusee(
                fr("TRUSTED_HOSTS doit nommer les noms d'hôte servis, séparés par des virgules.")
            )
        for hote in self.hotes:
            if not _peut_servir(hote):
                raise ConfigurationRefusee(
                    dire(
                        "TRUSTED_HOSTS : « {x} » n'est pas un nom d'hôte. Écrivez par exemple catalogue.example.",
                        x=hote,
                    )
                )
        if self.date_reference is not None:
            raise ConfigurationRefusee(DATE_EN_PRODUCTION)
        return self


def adresse_de_la_base(environ: Mapping[str, str] | None = None) -> str:
    """Give the address of the database, DATABASE_URL or the one that `make serve` makes: all that a command needs."""
    env = os.environ if environ is None else environ
    return env.get("DATABASE_URL") or f"sqlite:///{DONNEES / 'catalogue.sqlite3'}"


def _en_demonstration(env: Mapping[str, str]) -> bool:
    mode = env.get("MODE", "production").strip().lower()
    if mode not in {"demonstration", "production"}:
        raise ConfigurationRefusee(dire("MODE vaut « {x} » : choisissez « demonstration » ou « production ».", x=mode))
    return mode == "demonstration"


def date_reference_dite(environ: Mapping[str, str] | None = None) -> date | None:
    """Give the reference date that MODE and DATE_REFERENCE say, for a command that serves nothing; None: the real one.

    Raises ConfigurationRefusee as `Settings.from_env` does.
    """
    env = os.environ if environ is None else environ
    demonstration = _en_demonstration(env)
    fixee = lire_date_reference(env.get("DATE_REFERENCE"), demonstration=demonstration)
    if fixee is not None and not demonstration:
        raise ConfigurationRefusee(DATE_EN_PRODUCTION)
    return fixee


def lire_date_reference(texte: str | None, *, demonstration: bool) -> date | None:
    """Read « 2019-11-28 » or « aujourd'hui » (None). The demonstration opens at the guide's date by default.

    Raises ConfigurationRefusee for anything else.
    """
    if not texte:
        return DATE_DU_GUIDE if demonstration else None
    if texte.strip().lower().replace("’", "'") in {"aujourd'hui", "aujourdhui"}:
        return None
    try:
        return date.fromisoformat(texte.strip())
    except ValueError:
        raise ConfigurationRefusee(
            dire("DATE_REFERENCE vaut « {x} » : écrivez une date comme 2019-11-28, ou « aujourd'hui ».", x=texte)
        ) from None


def _peut_servir(hote: str) -> bool:
    """Say whether a request may come for this name (« .catalogue.example »: for one below it), as werkzeug compares."""
    if not _HOTE.fullmatch(hote):
        return False
    try:
        nom = hote.partition(":")[0].removeprefix(".").encode("idna").decode("ascii")
        return host_is_trusted(f"www.{nom}" if hote.startswith(".") else nom, [hote])
    except UnicodeError:
        return False


def _secret_garde() -> str:
    """Draw the demonstration's secret once and keep it beside its data, readable by its owner alone."""
    import secrets  # noqa: PLC0415 - only here, only once

    DONNEES.mkdir(parents=True, exist_ok=True)
    fichier = DONNEES / "secret"
    try:
        with os.fdopen(os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as ecriture:
            ecriture.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    secret = fichier.read_text().strip()
    if len(secret) < LONGUEUR_MIN_SECRET:
        raise ConfigurationRefusee(dire("Le fichier {x} est abîmé : effacez-le, puis recommencez.", x=fichier))
    return secret


def _oui(env: Mapping[str, str], nom: str, *, defaut: bool) -> bool:
    valeur = env.get(nom, "").strip().lower()
    if not valeur:
        return defaut
    if valeur in {"1", "oui", "true", "0", "non", "false"}:
        return valeur in {"1", "oui", "true"}
    raise ConfigurationRefusee(dire("{nom} vaut « {x} » : écrivez « oui » ou « non ».", nom=nom, x=valeur))


def _entier(env: Mapping[str, str], nom: str) -> int:
    valeur = env.get(nom, "").strip() or "0"
    if not valeur.isdecimal():
        raise ConfigurationRefusee(dire("{nom} vaut « {x} » : écrivez un nombre entier.", nom=nom, x=valeur))
    return int(valeur)
