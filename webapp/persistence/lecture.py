"""One way to read: a statement prepared once, asked of whatever can be read.

That is an ordinary connection, within its transaction, or what a thread keeps to read with outside of any
(`LectureDuFil`). Who reads need not know which: the fast way lies under the function.

SQLAlchemy compiles the statement, names its columns and converts their values; then, on SQLite, the driver is called
straight away on a connection that the thread keeps. Measured on the session of a signed-in request: 20 µs instead of
140, on a page that costs 400. Elsewhere (PostgreSQL, where the network is what counts) the ordinary door is used.

A page reads more than once, and must be one state of the base: between `commencer` and `finir`, all that a thread reads
is what stood at its first read (on PostgreSQL, whose connections for reading are REPEATABLE READ for that).
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar, cast

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import CompoundSelect, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

from webapp.domain.refus import BaseIndisponible, BaseOccupee
from webapp.persistence.pannes import comme_sqlalchemy, est_illisible, est_occupee, raison

_journal = logging.getLogger(__name__)

_Convertisseur = Callable[[Any], Any] | None
_V = TypeVar("_V")


class LectureDuFil:
    """Reads outside of any transaction: each read sees the newest commit, and nothing is held once it is answered.

    One is enough for a base: each thread that reads is given a connection of its own, which nobody else uses. A thread
    may ask for one state of the base: then all its reads see the commit that was the newest at the first of them.
    """

    def __init__(
        self, dialecte: Dialect, memoire: dict[str, Any], garder: Callable[[], Any],
        ordinaire: Callable[[], AbstractContextManager[Connection]],
    ) -> None:  # fmt: skip
        """Keep how a base is read. `garder` opens what a thread keeps, `ordinaire` the ordinary door."""
        self.dialect = dialecte
        self.memoire = memoire
        self._ordinaire = ordinaire
        self._garder = garder
        self._fil = threading.local()

    def commencer(self) -> None:
        """Let this thread see one state of the base from its next read on; a state that it held is left."""
        self.finir()
        self._fil.un_seul_etat = True

    def finir(self) -> None:
        """Leave the state that this thread held, if any: each read sees the newest commit again.

        What was read holds, and nothing was to be kept: when the connection is lost meanwhile, the log alone is told.
        """
        self._fil.un_seul_etat = False
        tenue, self._fil.tenue = getattr(self._fil, "tenue", None), None
        if tenue is None:
            return
        try:
            tenue.close()
        except (DBAPIError, BaseIndisponible) as panne:
            _journal.warning("La fin d’une lecture a échoué : %s", raison(panne))

    def executer(self, sql: str, valeurs: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Ask the driver; what failed is not kept, as a pool would do.

        Raises BaseIndisponible when the disk or the file cannot be read, BaseOccupee when somebody keeps it to himself;
        else what SQLAlchemy raises at the ordinary door, and never an error of the driver itself: who reads need not
        know by which way.
        """
        try:
            return self._demander(sql, valeurs)
        except (sqlite.Error, DBAPIError) as erreur:
            if est_occupee(erreur):
                raise BaseOccupee(raison(erreur)) from erreur
            if est_illisible(erreur):
                raise BaseIndisponible(raison(erreur)) from erreur
            if isinstance(erreur, DBAPIError):
                raise
            raise comme_sqlalchemy(sql, erreur, self.dialect) from erreur

    def _demander(self, sql: str, valeurs: Sequence[Any]) -> list[tuple[Any, ...]]:
        gardee = getattr(self._fil, "gardee", None)
        if gardee is None:
            gardee = self._fil.gardee = self._garder()
        try:
            if self._a_tenir():
                gardee.brute.execute("BEGIN")
                self._fil.tenue = _EtatTenu(self, gardee)
            lues: list[tuple[Any, ...]] = gardee.brute.execute(sql, valeurs).fetchall()
        except sqlite.Error:
            # It may be broken for good (closed, or its file gone): the next read opens another.
            self._oublier(gardee)
            raise
        return lues

    def lire_par_la_porte(self, requete: Any, valeurs: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Ask by the ordinary door. Raises what it raises; a state in which something failed is left."""
        if not getattr(self._fil, "un_seul_etat", False):
            with self._ordinaire() as cnx:
                return cnx.execute(requete, valeurs).all()
        if self._a_tenir():
            pile = ExitStack()
            self._fil.cnx = pile.enter_context(self._ordinaire())
            self._fil.tenue = pile
        try:
            return cast("Connection", self._fil.cnx).execute(requete, valeurs).all()
        except Exception as panne:
            # The door is told what failed: it undoes its transaction, which it could no longer commit, and says of its
            # error what it says of it to whoever reads through it. The next read begins another state.
            tenue, self._fil.tenue = cast("ExitStack", self._fil.tenue), None
            tenue.__exit__(type(panne), panne, panne.__traceback__)
            raise

    def _a_tenir(self) -> bool:
        return getattr(self._fil, "un_seul_etat", False) and getattr(self._fil, "tenue", None) is None

    def rendre(self, gardee: Any) -> None:
        """Leave the state of the base that a kept connection holds; one that cannot is given up."""
        try:
            gardee.brute.execute("COMMIT")
        except sqlite.Error:
            self._oublier(gardee)

    def _oublier(self, gardee: Any) -> None:
        self._fil.tenue = None
        self._fil.gardee = None
        gardee.fermer()


class _EtatTenu:
    """The state of the base that a kept connection holds, until it is closed."""

    __slots__ = ("_gardee", "_lecture")

    def __init__(self, lecture: LectureDuFil, gardee: Any) -> None:
        self._lecture = lecture
        self._gardee = gardee

    def close(self) -> None:
        self._lecture.rendre(self._gardee)


Lecture = Connection | LectureDuFil
"""What can be read: a connection within its transaction, or what a thread keeps to read with."""


class RequetePreparee:
    """One statement, ready to be asked of any base."""

    def __init__(self, requete: Select[Any] | CompoundSelect[Any]) -> None:
        """Keep the statement; it is compiled when it is first asked of SQLite."""
        self.requete: Any = requete
        self._compilee: _Compilee | None = None

    def lignes(self, lecture: Lecture, **valeurs: Any) -> Sequence[tuple[Any, ...]]:
        """Ask; give the rows with their values converted."""
        if isinstance(lecture, Connection):
            return lecture.execute(self.requete, valeurs).all()
        if lecture.dialect.name == "sqlite":
            if self._compilee is None:
                self._compilee = _Compilee(self.requete, lecture.dialect)
            return self._compilee.lignes(lecture, valeurs)
        return lecture.lire_par_la_porte(self.requete, valeurs)

    def ligne(self, lecture: Lecture, **valeurs: Any) -> tuple[Any, ...] | None:
        """Ask; give the row, or None. The statement has at most one."""
        lues = self.lignes(lecture, **valeurs)
        return lues[0] if lues else None

    def valeur(self, lecture: Lecture, **valeurs: Any) -> Any:
        """Ask; give the first value of the row, or None."""
        lues = self.lignes(lecture, **valeurs)
        return lues[0][0] if lues else None


class _Compilee:
    """A statement as the driver of SQLite takes it, and how its values go in and out."""

    def __init__(self, requete: Any, dialecte: Dialect) -> None:
        compilee = requete.compile(dialect=dialecte)
        places = compilee.binds.items()
        # A list whose length is not known beforehand is written out each time.
        self._a_etendre = compilee if any(place.expanding for _, place in places) else None
        self._sql = str(compilee)
        self._noms: Sequence[str] = compilee.positiontup or ()
        self._constantes = {nom: place.value for nom, place in places if not place.required}
        self._entrees: dict[str, _Convertisseur] = {
            nom: place.type.dialect_impl(dialecte).bind_processor(dialecte) for nom, place in places
        }
        self._sorties: list[_Convertisseur] = [
            colonne.type.dialect_impl(dialecte).result_processor(dialecte, None) for colonne in requete.selected_columns
        ]

    def lignes(self, lecture: LectureDuFil, valeurs: dict[str, Any]) -> list[tuple[Any, ...]]:
        if self._a_etendre is None:
            brutes = lecture.executer(self._sql, [self._entree(nom, nom, valeurs) for nom in self._noms])
        else:
            etat = self._a_etendre.construct_expanded_state({**self._constantes, **valeurs})
            origines = {place: nom for nom, places in etat.parameter_expansion.items() for place in places}
            entrees = [self._entree(nom, origines.get(nom, nom), etat.parameters) for nom in etat.positiontup]
            brutes = lecture.executer(etat.statement, entrees)
        return [tuple([v if f is None else f(v) for v, f in zip(b, self._sorties, strict=True)]) for b in brutes]

    def _entree(self, nom: str, origine: str, valeurs: Mapping[str, Any]) -> Any:
        valeur = valeurs[nom] if nom in valeurs else self._constantes[nom]
        convertir = self._entrees[origine]
        return valeur if convertir is None else convertir(valeur)


VALEURS_PAR_REQUETE = 1_000
"""Values of a list that are asked of one statement, well under what the databases take."""


def par_lots(valeurs: Sequence[_V]) -> Iterator[list[_V]]:
    """Cut a list into what statements take, one after the other."""
    for debut in range(0, len(valeurs), VALEURS_PAR_REQUETE):
        yield list(valeurs[debut : debut + VALEURS_PAR_REQUETE])
