"""The servers that are tried: the product as it is served, and the same with every time-out at its least."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from steps.donnees.serveur import Serveur
from tests.bases import postgresql

PROCESSUS = 2


class Produit(Serveur):
    """The product, as `make serve` starts it."""

    def __init__(self, dossier: Path, *, url: str = "") -> None:
        super().__init__(dossier, dossier / "serveur.log", PROCESSUS)
        self._url = url

    def environnement(self) -> dict[str, str]:
        """Give the environment of the product, with another database when there is one."""
        return super().environnement() | ({"DATABASE_URL": self._url} if self._url else {})


class ProduitPresse(Produit):
    """The same, its time-outs at their least."""

    def commande(self) -> list[str]:
        """Give the command that starts it."""
        return [sys.executable, "-m", "tests.endurance.presse", str(self._port)]


@contextmanager
def base_qui_ferme(repos_max: int) -> Iterator[str]:
    """Give an empty PostgreSQL database that closes the connections that rest for as many seconds."""
    with postgresql() as serveur:
        url = serveur.creer()
        with psycopg.connect(url, autocommit=True) as cnx:
            cnx.execute(f"ALTER DATABASE {make_url(url).database} SET idle_session_timeout = '{repos_max}s'")
        yield url
