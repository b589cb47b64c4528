"""Rate limits counted in the database: the same for every process, and still there after a restart.

A storage for the `limits` package, found by its scheme « catalogue »: `storage_uri="catalogue://"` and
`storage_options={"base": base, "duree_max": seconds}`. Each count is a short transaction of its own: a refused sign-in
is rolled back, its count is not.
"""

import time
from typing import Any

from limits.errors import StorageError
from limits.storage import Storage
from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.exc import SQLAlchemyError

from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.tables import limite_debit

_t = limite_debit.c
_COMPTER = text(
    """
    INSERT INTO limite_debit (cle, nombre, expire_le) VALUES (:cle, :nombre, :expire_le)
    ON CONFLICT (cle) DO UPDATE SET
        nombre = CASE WHEN limite_debit.expire_le > :maintenant AND limite_debit.expire_le <= :fin_max
            THEN limite_debit.nombre ELSE 0 END + excluded.nombre,
        expire_le = CASE WHEN limite_debit.expire_le > :maintenant AND limite_debit.expire_le <= :fin_max
            THEN limite_debit.expire_le ELSE excluded.expire_le END
    RETURNING nombre
    """
)
_ECART = 60
"""Seconds by which a window may end later than one opened now, another process having read the clock just before. One
that ends later still was opened before the clock was set back: it is over, for who counts as for who reads."""

_LIRE = select(_t.nombre, _t.expire_le).where(
    _t.cle == bindparam("cle"), _t.expire_le > bindparam("maintenant"), _t.expire_le <= bindparam("fin_max")
)
_OUBLIER = delete(limite_debit).where(_t.cle == bindparam("cle"))
_TOUT_OUBLIER = delete(limite_debit)
# Those another transaction is counting are left to it: two sweeps never wait for each other.
_BALAYER = delete(limite_debit).where(
    _t.cle.in_(select(_t.cle).where(_t.expire_le <= bindparam("maintenant")).with_for_update(skip_locked=True))
)


class LimitesEnBase(Storage):
    """Fixed windows, one row a key."""

    STORAGE_SCHEME = ["catalogue"]  # noqa: RUF012 - the name and the type that `limits` asks for

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:  # noqa: FBT001, FBT002 - the signature of `limits`
        """Keep the base, and the seconds that the longest window lasts: `limits` gives back `storage_options`."""
        super().__init__(uri, wrap_exceptions)
        self._base: BaseDeDonnees = options["base"]
        self._duree_max = float(options["duree_max"])

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a database in trouble raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count one more try; the window opens at the first."""
        maintenant = time.time()
        fin = maintenant + expiry
        valeurs = {
            "cle": key, "nombre": amount, "expire_le": fin, "maintenant": maintenant, "fin_max": fin + _ECART,
        }  # fmt: skip
        with self._base.ecriture() as cnx:
            nombre = int(cnx.execute(_COMPTER, valeurs).scalar_one())
        if nombre == amount:
            # A window has just opened: the moment to forget those that have ended, in a transaction of its own.
            with self._base.ecriture() as cnx:
                cnx.execute(_BALAYER, {"maintenant": maintenant})
        return nombre

    def get(self, key: str) -> int:
        """Give the count of the window; 0 when it has ended."""
        ligne = self._lire(key)
        return 0 if ligne is None else int(ligne[0])

    def get_expiry(self, key: str) -> float:
        """Give when the window ends; now when it has ended."""
        ligne = self._lire(key)
        return time.time() if ligne is None else float(ligne[1])

    def check(self) -> bool:
        """Say whether the database answers."""
        try:
            self.get("")
        except (SQLAlchemyError, StorageError):
            return False
        return True

    def reset(self) -> int:
        """Forget every count, and say how many there were."""
        with self._base.ecriture() as cnx:
            return cnx.execute(_TOUT_OUBLIER).rowcount

    def clear(self, key: str) -> None:
        """Forget the count of a key."""
        with self._base.ecriture() as cnx:
            cnx.execute(_OUBLIER, {"cle": key})

    def _lire(self, key: str) -> Any:
        maintenant = time.time()
        valeurs = {"cle": key, "maintenant": maintenant, "fin_max": maintenant + self._duree_max + _ECART}
        with self._base.lecture() as cnx:
            return cnx.execute(_LIRE, valeurs).first()
