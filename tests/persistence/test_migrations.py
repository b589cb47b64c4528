import re
import threading
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import CheckConstraint, MetaData, Table, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.bases import ouverte
from tests.builders import Atelier, enregistrer, une_fiche, une_fiche_de
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.persistence import database, migration
from webapp.persistence.migration import configuration, revision_actuelle
from webapp.persistence.tables import metadata
from webapp.services import catalogue, registre

INDEX_DE_MOTS = ("certification_mots", "formation_mots")
"""SQLite's indexes of words, which are tables."""


def tables(url: str) -> set[str]:
    with ouverte(url) as base, base.lecture() as cnx:
        noms = set(inspect(cnx).get_table_names()) - {"alembic_version"}
        return {nom for nom in noms if not nom.startswith(INDEX_DE_MOTS)}


def revision(url: str) -> str | None:
    with ouverte(url) as base, base.lecture() as cnx:
        return revision_actuelle(cnx)


def tete(cnx) -> str | None:
    return ScriptDirectory.from_config(configuration(cnx)).get_current_head()


def contraintes(url: str) -> dict[str, dict[str, str]]:
    """Give the CHECK constraints of a database as it holds them, by table and name."""
    with ouverte(url) as base, base.lecture() as cnx:
        vues = inspect(cnx)
        return {
            nom: {str(c["name"]): re.sub(r"\s+", " ", c["sqltext"]) for c in vues.get_check_constraints(nom)}
            for nom in vues.get_table_names()
            if nom != "alembic_version" and not nom.startswith(INDEX_DE_MOTS)
        }


def test_migrating_an_empty_database_makes_every_table(url_vide):
    database.migrer(url_vide)
    assert tables(url_vide) == set(metadata.tables)


def test_the_migrations_and_the_tables_say_the_same(url_vide):
    database.migrer(url_vide)
    with database.transaction_de_migration(url_vide) as cnx:
        command.check(configuration(cnx))


def test_the_migrations_and_the_tables_have_the_same_checks(url_vide, tmp_path, moteur, request):
    # Alembic's own comparison does not look at CHECK constraints.
    database.migrer(url_vide)
    if moteur == "sqlite":
        directe = f"sqlite:///{tmp_path / 'directe.sqlite3'}"
    else:
        directe = request.getfixturevalue("serveur_postgresql").creer()
    with database.transaction_de_migration(directe) as cnx:
        metadata.create_all(cnx)
    assert contraintes(directe) == contraintes(url_vide)
    assert len(contraintes(url_vide)["formation"]) >= 15


def test_a_difference_between_migrations_and_tables_is_found(url_vide):
    database.migrer(url_vide)
    with database.transaction_de_migration(url_vide) as cnx:
        cnx.execute(text("ALTER TABLE organisme ADD COLUMN oubliee TEXT"))
    with (
        pytest.raises(CommandError, match="oubliee"),
        database.transaction_de_migration(url_vide) as cnx,
    ):
        command.check(configuration(cnx))


def test_migrating_again_changes_nothing(url_vide):
    database.migrer(url_vide)
    avant = contraintes(url_vide)
    database.migrer(url_vide)
    assert contraintes(url_vide) == avant


def test_the_last_migration_goes_down_and_up(url_vide):
    database.migrer(url_vide)
    derniere = revision(url_vide)
    avant = contraintes(url_vide)
    database.retrograder(url_vide, "-1")
    assert revision(url_vide) != derniere
    database.migrer(url_vide)
    assert revision(url_vide) == derniere
    assert contraintes(url_vide) == avant


def test_what_the_older_tables_can_hold_goes_down_and_up_with_its_counts(url_vide):
    # 0002 knows two of the six types: the formations of the four others leave, and are counted no more.
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        auteur = Atelier(base).utilisateur()
        faites = [
            Atelier(base).formation(auteur, une_fiche_de(type_, identifiant=f"{type_.value}-{statut.value}"), statut)
            for type_ in TypeFormation
            for statut in Statut
        ]
    database.retrograder(url_vide, "0002")
    database.migrer(url_vide)
    gardees = [f for f in faites if f.fiche.type_formation in {TypeFormation.CERTIFIANTE, TypeFormation.CLEA}]
    with ouverte(url_vide) as base, base.lecture() as cnx:
        page = catalogue.lister(cnx, auteur.organisme, catalogue.Filtre())
        assert {ligne.id for ligne in page.lignes} == {f.id for f in gardees if f.statut is not Statut.ARCHIVEE}
        assert page.compteurs == dict.fromkeys(Statut, 2)
        relues = [catalogue.ouvrir(cnx, auteur.organisme, f.id) for f in gardees]
        assert relues == [
            replace(f, avant_archivage=None, version_saisie=f.version, modifiee_par_id=None, archivee_par=None)
            for f in gardees
        ]


PLUS_LARGES = {
    "without an identifier": {"identifiant": ""},
    "malformed": {"identifiant": "Cléa 1"},
    "too long": {"objectif": "x" * 3001},
    "on two lines": {"intitule": "deux\nlignes"},
}


@pytest.mark.parametrize("textes", PLUS_LARGES.values(), ids=PLUS_LARGES)
@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.ARCHIVEE])
def test_the_downgrade_refuses_in_french_while_a_draft_is_wider_than_the_older_tables(url_vide, textes, statut):
    database.migrer(url_vide)
    derniere = revision(url_vide)
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        auteur = Atelier(base).utilisateur()
        large = Atelier(base).formation(auteur, une_fiche(**textes), statut)
    with pytest.raises(ValueError, match=r"^Retour impossible tant que la base contient 1\sformation sans identifiant"):
        database.retrograder(url_vide, "0003")
    assert revision(url_vide) == derniere
    with ouverte(url_vide) as base:
        assert Atelier(base).lire(auteur, large.id) == large
        with base.ecriture() as cnx:
            enregistrer(cnx, Atelier(base).acte(auteur), uuid4(), 0, une_fiche(identifiant="Clea_Apres"))


def test_what_archiving_keeps_goes_down_and_up_in_the_same_order(url_vide):
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        atelier = Atelier(base)
        auteur = atelier.utilisateur()
        validee, archivee, *autres = [
            atelier.formation(auteur, statut=s) for s in (Statut.VALIDEE, Statut.VALIDEE, *[Statut.BROUILLON] * 3)
        ]
        with base.ecriture() as cnx:
            archivee = catalogue.archiver(cnx, atelier.acte(auteur), archivee.id, 1)
    database.retrograder(url_vide, "0004")
    with ouverte(url_vide) as base, base.lecture() as cnx:
        dates = cnx.execute(text("SELECT statut, count(validee_le) FROM formation GROUP BY statut ORDER BY statut"))
        # The older tables date the validation of what is « validée » alone.
        assert dates.all() == [("archivee", 0), ("brouillon", 0), ("validee", 1)]
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        with base.lecture() as cnx:
            page = catalogue.lister(cnx, auteur.organisme, catalogue.Filtre())
            assert [ligne.id for ligne in page.lignes] == [*[f.id for f in reversed(autres)], validee.id]
            # Who saved it is known by name alone in the older tables.
            assert catalogue.ouvrir(cnx, auteur.organisme, validee.id) == replace(validee, modifiee_par_id=None)
        # Archived before its status was kept: a draft, and what is saved now still goes to the top.
        with base.ecriture() as cnx:
            rendue = catalogue.restaurer(cnx, atelier.acte(auteur), archivee.id, archivee.version)
            assert (rendue.formation.statut, rendue.formation.validee_le) == (Statut.BROUILLON, None)
            enregistrer(cnx, atelier.acte(auteur), validee.id, 1, validee.fiche.avec(objectif="Autre."))
            page = catalogue.lister(cnx, auteur.organisme, catalogue.Filtre())
        assert (page.lignes[0].id, page.lignes[-1].id) == (validee.id, archivee.id)


def test_an_identifier_stays_unique_before_and_after(url_vide):
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        auteur = Atelier(base).utilisateur()
        Atelier(base).formation(auteur, une_fiche(identifiant="Clea_1"))
    for revision_ in ("0005", "0004", "0003"):
        database.retrograder(url_vide, revision_)
        with ouverte(url_vide) as base, base.lecture() as cnx:
            colonnes = ", ".join(c["name"] for c in inspect(cnx).get_columns("formation") if c["name"] != "id")
        doublon = text(
            f"INSERT INTO formation (id, {colonnes}) SELECT '{UUID(int=1)}', {colonnes} FROM formation"  # noqa: S608 - our names
        )
        with pytest.raises(IntegrityError), database.transaction_de_migration(url_vide) as cnx:
            cnx.execute(doublon)


def test_going_down_to_the_base_leaves_nothing(url_vide):
    database.migrer(url_vide)
    database.retrograder(url_vide, "base")
    assert tables(url_vide) == set()
    assert revision(url_vide) is None


def test_a_database_already_up_to_date_keeps_its_data(base, url_base):
    personne = Atelier(base).utilisateur()
    formation = Atelier(base).formation(personne)
    database.migrer(url_base)
    assert Atelier(base).lire(personne, formation.id) == formation


def test_processes_that_start_together_migrate_once(url_vide):
    depart = threading.Barrier(4)
    erreurs: list[BaseException] = []

    def demarrer() -> None:
        depart.wait()
        try:
            database.migrer(url_vide)
        except BaseException as erreur:  # noqa: BLE001 - kept for the assertion, in the main thread
            erreurs.append(erreur)

    # Alembic's context is global to a process: the four share it, as four processes would not.
    verrou = threading.Lock()
    monter = migration.monter

    def monter_seul(cnx) -> None:
        with verrou:
            monter(cnx)

    migration.monter = monter_seul
    try:
        fils = [threading.Thread(target=demarrer) for _ in range(4)]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    finally:
        migration.monter = monter
    assert erreurs == []
    assert tables(url_vide) == set(metadata.tables)


def test_a_migration_that_fails_leaves_the_tables_as_they_were(url_vide, monkeypatch):
    def casser(cnx) -> None:
        cnx.execute(text("CREATE TABLE inachevee (id INTEGER)"))
        raise RuntimeError

    monkeypatch.setattr(migration, "monter", casser)
    with pytest.raises(RuntimeError):
        database.migrer(url_vide)
    assert tables(url_vide) == set()


def test_a_migration_that_breaks_a_reference_is_undone(base, url_base, monkeypatch):
    formation = Atelier(base).formation(personne := Atelier(base).utilisateur())

    def orpheliner(cnx) -> None:
        cnx.execute(text("DELETE FROM certification"))

    monkeypatch.setattr(migration, "monter", orpheliner)
    with pytest.raises((RuntimeError, IntegrityError)):
        database.migrer(url_base)
    assert Atelier(base).lire(personne, formation.id) == formation


def test_every_constraint_has_a_name_that_is_its_own():
    noms = [c.name for table in metadata.tables.values() for c in table.constraints]
    assert all(noms)
    par_table = {
        table.name: [c.name for c in table.constraints if not isinstance(c, CheckConstraint) or not c._ddl_if]
        for table in metadata.tables.values()
    }
    for table, siens in par_table.items():
        assert len(siens) == len(set(siens)), table


@pytest.mark.parametrize(
    "table",
    [
        "utilisateur",
        "formation",
        "compteur_statut",
        "compteur_catalogue",
        "contact",
        "lieu",
        "action",
        "session_formation",
        "formation_recherche",
    ],
)
def test_what_belongs_to_an_organisation_leads_with_it(table):
    decrite: Table = metadata.tables[table]
    assert decrite.primary_key.columns[0].name == "organisme_id"
    assert not decrite.c.organisme_id.nullable


def test_the_tables_are_all_in_one_metadata():
    assert isinstance(metadata, MetaData)
    assert len(metadata.tables) == 43
