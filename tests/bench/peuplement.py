"""A database of many organisations, to measure what the size of it costs: built once, kept in a folder, used again.

One organisation is made as the product makes it: its formations by the services, their actions and sessions by the rows
of one tree that the services made. The others are copies of its rows under another organisation: every key leads with
the organisation, so that ids may be the same. The indexes of words are made at the end, in one go.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Table, Text, func, insert, literal, literal_column, select

from tests.bases import ouverte, postgresql
from tests.bench import donnees
from tests.builders import un_siret
from tests.builders_arbre import AtelierArbre
from webapp.domain.statuts import Statut
from webapp.persistence import database
from webapp.persistence.insertion_en_masse import InsertionEnMasse
from webapp.persistence.mots import LETTRES_DE_LA_MARQUE
from webapp.persistence.tables import action, compteur_statut, contact, formation, formation_recherche, lieu
from webapp.persistence.tables import organisme as table_organisme
from webapp.persistence.tables import session_formation as session
from webapp.services import comptes, registre

ACTIONS = 3
SESSIONS = 2
SIGNE_DE_FIN = "complete"
"""The file that stands in the folder of a base that was wholly built."""

_LOT = 2_000
# In the order in which they refer to each other.
_COPIEES = (contact, lieu, formation, action, session, compteur_statut)


@dataclass(frozen=True)
class Taille:
    """How many organisations, and how many formations each has."""

    organismes: int
    formations: int

    @property
    def total(self) -> int:
        """The formations of all."""
        return self.organismes * self.formations

    @property
    def nom(self) -> str:
        """Under which it is kept: it changes with what is built."""
        return f"{self.organismes}x{self.formations}-{ACTIONS}x{SESSIONS}"


def dossier_garde() -> Path:
    """Give where what takes minutes to build is kept: outside the repository, in the person's own cache."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "fiche-vivante-bench"


@contextmanager
def base_de(moteur: str, taille: Taille, dossier: Path, dire: Callable[[str], None]) -> Iterator[str]:
    """Give the address of a base of that size, built when the folder does not hold it whole.

    In: `moteur`, « sqlite » or « postgresql ».
    """
    sienne = dossier / f"{moteur}-{taille.nom}"
    fin = sienne / SIGNE_DE_FIN
    if not fin.exists():
        shutil.rmtree(sienne, ignore_errors=True)
        (sienne / "pg").mkdir(parents=True)
    with _adresse(moteur, sienne, neuve=not fin.exists()) as url:
        if not fin.exists():
            construire(url, taille, dire)
            fin.touch()
        yield url


@contextmanager
def _adresse(moteur: str, dossier: Path, *, neuve: bool) -> Iterator[str]:
    if moteur == "sqlite":
        yield f"sqlite:///{dossier / 'base.sqlite3'}"
        return
    with postgresql(dossier / "pg") as serveur:
        yield serveur.creer("essai") if neuve else serveur.adresse("essai")


def construire(url: str, taille: Taille, dire: Callable[[str], None]) -> None:
    """Fill an empty database."""
    database.migrer(url)
    with ouverte(url) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
            modele = comptes.creer_organisme(cnx, "Organisme 0", un_siret()).id
        dire(f"{url.partition(':')[0]} : un organisme de {taille.formations} formations…")
        donnees.remplir(url, str(modele), taille.formations)
        _planter(base, modele)
        multiplier(base, modele, taille, dire)


def multiplier(base: database.BaseDeDonnees, modele: UUID, taille: Taille, dire: Callable[[str], None]) -> None:
    """Add as many copies of an organisation as are wanted, then make the index of words."""
    nom = base.dialecte.name
    with base.ecriture() as cnx:
        refaire = _sans_index(cnx)
    for rang in range(1, taille.organismes):
        dire(f"{nom} : organisme {rang + 1} sur {taille.organismes}…")
        with base.ecriture() as cnx:
            _a_l_aise(cnx)
            _copier(cnx, modele, rang, taille.formations)
    dire(f"{nom} : index de la recherche…")
    with base.ecriture() as cnx:
        _a_l_aise(cnx)
        for phrase in refaire:
            cnx.exec_driver_sql(phrase)
    if nom == "postgresql":
        with base.ecriture() as cnx:
            cnx.exec_driver_sql("ANALYZE")


def _a_l_aise(cnx: Connection) -> None:
    """Let SQLite keep in memory the indexes that it fills; what it holds by default is 2 MB."""
    if cnx.dialect.name == "sqlite":
        cnx.exec_driver_sql("PRAGMA cache_size = -400000")


def _planter(base: database.BaseDeDonnees, organisme_id: UUID) -> None:
    """Give each formation ACTIONS actions of SESSIONS sessions each, copied from the one that the services make."""
    with base.lecture() as cnx:
        ids = cnx.execute(select(formation.c.id).where(formation.c.organisme_id == organisme_id)).scalars().all()
        organisme = comptes.organisme(cnx, organisme_id)
    atelier = AtelierArbre(base, AtelierArbre(base).atelier.utilisateur(organisme=organisme))
    with base.ecriture() as cnx:
        cnx.execute(
            formation.update()
            .where(formation.c.id == ids[0])
            .values(statut=Statut.BROUILLON.value, avant_archivage=None)
        )
    modele = atelier.action(ids[0], Statut.VALIDEE)
    celle = atelier.session(modele.id, Statut.VALIDEE)
    with base.ecriture() as cnx:
        ligne_action = _ligne(cnx, action, modele.id)
        ligne_session = _ligne(cnx, session, celle.id)
        cnx.execute(session.delete())
        cnx.execute(action.delete())
        actions, sessions = (
            InsertionEnMasse(cnx, action, insert(action)),
            InsertionEnMasse(cnx, session, insert(session)),
        )
        des_noms, ses_noms = list(action.columns.keys()), list(session.columns.keys())
        for debut in range(0, len(ids), _LOT):
            des_actions, des_sessions = [], []
            for id_ in ids[debut : debut + _LOT]:
                for rang in range(ACTIONS):
                    numero = f"A{rang}"
                    une = ligne_action | {"id": uuid4(), "formation_id": id_, "numero": numero, "numero_cle": numero}
                    des_actions.append(une)
                    for place in range(SESSIONS):
                        numero = f"S{place}"
                        siens = {"numero": numero, "numero_cle": numero, "debut": f"2027-{place + 1:02}-01",
                                 "fin": f"2027-{place + 1:02}-05"}  # fmt: skip
                        ids_de = {"id": uuid4(), "formation_id": id_, "action_id": une["id"]}
                        des_sessions.append(ligne_session | ids_de | siens)
            actions.ecrire([tuple(une[nom] for nom in des_noms) for une in des_actions])
            sessions.ecrire([tuple(une[nom] for nom in ses_noms) for une in des_sessions])


def _ligne(cnx: Connection, table: Table, id_: UUID) -> dict[str, Any]:
    return dict(cnx.execute(select(table).where(table.c.id == id_)).mappings().one())


def _copier(cnx: Connection, modele: UUID, rang: int, nombre: int) -> None:
    """Copy all that an organisation has under a new one."""
    nouveau = uuid4()
    cnx.execute(insert(table_organisme).values(id=nouveau, nom=f"Organisme {rang}", siret=un_siret()))
    for table in _COPIEES:
        _copier_table(cnx, table, modele, nouveau, {})
    marques = [un.hex[:LETTRES_DE_LA_MARQUE] for un in (modele, nouveau)]
    _copier_table(cnx, formation_recherche, modele, nouveau, _mots(cnx, marques, rang * nombre))


def _mots(cnx: Connection, marques: list[str], cles: int) -> dict[str, Any]:
    c = formation_recherche.c
    if cnx.dialect.name == "sqlite":
        suite = func.replace(literal_column("' '", Text) + c.mots, f" {marques[0]}", f" {marques[1]}")
        return {"mots": func.trim(suite), "cle": c.cle + cles}
    texte = func.array_to_string(func.tsvector_to_array(c.mots), " ", type_=Text)
    suite = func.replace(literal_column("' '", Text) + texte, f" {marques[0]}", f" {marques[1]}")
    return {"mots": func.array_to_tsvector(func.string_to_array(func.trim(suite), " "))}


def _copier_table(cnx: Connection, table: Table, modele: UUID, nouveau: UUID, autres: dict[str, Any]) -> None:
    lues = {colonne.name: autres.get(colonne.name, colonne) for colonne in table.c}
    lues["organisme_id"] = literal(nouveau, table.c.organisme_id.type)
    source = select(*lues.values()).where(table.c.organisme_id == modele)
    cnx.execute(insert(table).from_select(list(lues), source))


def _sans_index(cnx: Connection) -> list[str]:
    """Take away what keeps the index of words in step; give the statements that bring it back, filled."""
    if cnx.dialect.name == "postgresql":
        lus = "SELECT indexdef FROM pg_indexes WHERE indexname = 'formation_par_mots'"
        refaire = [str(cnx.exec_driver_sql(lus).scalar_one())]
        cnx.exec_driver_sql("DROP INDEX formation_par_mots")
        return refaire
    lus = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'formation_recherche'"
    declencheurs = cnx.exec_driver_sql(lus).all()
    for nom, _ in declencheurs:
        cnx.exec_driver_sql(f"DROP TRIGGER {nom}")
    return ["INSERT INTO formation_mots(formation_mots) VALUES ('rebuild')", *(sql for _, sql in declencheurs)]
