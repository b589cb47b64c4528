"""The product's commands: what each is called, what it asks for, and which operation it runs.

A command reads its options, calls and answers, like a view; it holds no rule and no SQL. Its needs are imported when
it runs, so that the others start quickly.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from webapp import __version__
from webapp.domain.comptes import Role
from webapp.domain.textes import fr, pluriel
from webapp.terminal import Groupe, Refus, dire, progression

if TYPE_CHECKING:
    from webapp.persistence.database import BaseDeDonnees
    from webapp.services.import_registre import Rapport
    from webapp.settings import Settings

LIGNES_MONTREES = 20
# The day of an export is one of France.
_PARIS = ZoneInfo("Europe/Paris")
# What a person types in a browser for an address that means « every address of this machine ».
ICI = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - shown, never listened to


@click.group(cls=Groupe, context_settings={"help_option_names": ["--aide", "-h", "--help"]})
@click.version_option(__version__, "--version", message="Fiche vivante %(version)s", help="Dire la version.")
def principal() -> None:
    """Fiche vivante : décrire ses formations pour Mon Compte Formation."""


@principal.command()
@click.option("--demonstration", is_flag=True, help="Ouvrir la démonstration, avec ses comptes et ses formations.")
@click.option("--hote", default="127.0.0.1", metavar="ADRESSE", help="Adresse à écouter (sinon 127.0.0.1).")
@click.option("--port", default=5000, type=int, metavar="N", help="Port à écouter (sinon 5000 ; 0 : un port libre).")
@click.option("--processus", default=2, type=click.IntRange(1, 64), metavar="N", help="Processus (sinon 2).")
def serve(*, demonstration: bool, hote: str, port: int, processus: int) -> None:
    """Servir le produit, jusqu'à Ctrl-C ou SIGTERM."""
    for signal_d_arret in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_d_arret, _s_arreter)
    from webapp import serveur
    from webapp.web.http.statique import precompresser

    if demonstration:
        os.environ["MODE"] = "demonstration"
    settings = _settings()
    try:
        port = serveur.reserver_adresse(hote, port)
    except serveur.AdresseIndisponible as erreur:
        raise Refus(str(erreur)) from erreur
    _preparer_la_base(settings)
    precompresser()
    if not serveur.servir(serveur.Ecoute(hote, port, processus), lambda: _annoncer(settings, hote, port)):
        raise Refus("Le serveur s'est arrêté de lui-même : la raison est écrite plus haut.")


@principal.command()
def migrer() -> None:
    """Mettre les tables de la base au niveau de cette version du produit."""
    url = _adresse()
    _mettre_a_jour(url)
    dire("La base est à jour.")


@principal.command("importer-registre")
@click.argument("fichiers", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FICHIER…")
@click.option("--date", "le", type=click.DateTime(["%d/%m/%Y"]), metavar="JJ/MM/AAAA",
              help="Date de l'export, quand son nom ne la dit pas.")  # fmt: skip
@click.option("--a-blanc", is_flag=True, help="Tout lire et tout comparer, sans rien changer.")
def importer_registre(*, fichiers: tuple[Path, ...], le: datetime | None, a_blanc: bool) -> None:
    """Charger dans le registre les exports de France compétences (CSV ou XML V4.1, tels que téléchargés)."""
    from webapp.registre.erreurs import ExportRefuse
    from webapp.registre.export import ouvrir
    from webapp.services import import_registre

    url = _adresse()
    _mettre_a_jour(url)
    try:
        lus = [export for fichier in fichiers for export in ouvrir(fichier, le.date() if le else None)]
        for export in lus:
            import_registre.exiger_deja_paru(export, datetime.now(_PARIS).date())
        with ExitStack() as pile:
            preparations = []
            for export in lus:
                with _base(url) as base, base.lecture() as cnx, progression(export.nom, export.taille) as avancer:
                    preparations.append(pile.enter_context(import_registre.preparer(cnx, export, avancer)))
            if not a_blanc:
                with _base(url) as base, base.ecriture() as cnx:
                    for preparation in preparations:
                        import_registre.appliquer(cnx, preparation, datetime.now(UTC))
            for export, preparation in zip(lus, preparations, strict=True):
                _rendre_compte(preparation.rapport, date_lue=export.date_lue, a_blanc=a_blanc)
    except ExportRefuse as refus:
        raise Refus(f"{refus} Rien n'a été changé.") from refus


@principal.command("creer-compte")
@click.option("--courriel", required=True, metavar="ADRESSE", help="Adresse électronique de la personne.")
@click.option("--nom", required=True, metavar="NOM", help="Nom de la personne, tel qu'il sera montré.")
@click.option("--siret", required=True, metavar="SIRET", help="SIRET de son organisme.")
@click.option("--organisme", metavar="NOM", help="Nom de l'organisme, s'il n'est pas encore connu.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.GESTIONNAIRE_CATALOGUE.value,
              help="Ce que la personne pourra faire (sinon gestionnaire_catalogue).")  # fmt: skip
@click.option("--mot-de-passe-stdin", is_flag=True, help="Lire le mot de passe sur l'entrée, sans le demander.")
def creer_compte(
    *, courriel: str, nom: str, siret: str, organisme: str | None, role: str, mot_de_passe_stdin: bool
) -> None:
    """Créer le compte d'une personne, et son organisme s'il est nouveau."""
    from webapp.domain.comptes import CompteRefuse, MotDePasseRefuse
    from webapp.domain.refus import Introuvable
    from webapp.services import comptes

    url = _adresse()
    mot_de_passe = sys.stdin.readline().rstrip("\r\n") if mot_de_passe_stdin else _demander_mot_de_passe()
    _mettre_a_jour(url)
    try:
        with _base(url) as base, base.ecriture() as cnx:
            try:
                sien = comptes.organisme_de_siret(cnx, siret)
            except Introuvable:
                if organisme is None:
                    raise Refus("Aucun organisme n'a ce SIRET : donnez aussi son nom avec « --organisme ».") from None
                sien = comptes.creer_organisme(cnx, organisme, siret)
            cree = comptes.creer_compte(cnx, sien.id, comptes.Personne(nom, courriel, Role(role)), mot_de_passe)
    except (CompteRefuse, MotDePasseRefuse) as refus:
        raise Refus(refus.message) from refus
    dire(f"Le compte {cree.courriel} est créé : {cree.role.libelle}, {sien.nom}.")


def _demander_mot_de_passe() -> str:
    """Ask a password twice, without showing it."""
    premier, second = (
        str(click.prompt(question, hide_input=True, prompt_suffix=fr(" : "), default="", show_default=False))
        for question in ("Mot de passe", "Le même mot de passe encore")
    )
    if premier != second:
        raise Refus("Les deux mots de passe diffèrent : recommencez.")
    return premier


def _s_arreter(_numero: int, _cadre: object) -> NoReturn:
    """Stop without a word before the server has begun: what was being written is undone."""
    sys.exit(0)


def _settings() -> Settings:
    """Read the configuration, or refuse in one sentence."""
    from webapp.settings import ConfigurationRefusee, Settings

    try:
        return Settings.from_env()
    except ConfigurationRefusee as erreur:
        raise Refus(str(erreur)) from erreur


@contextmanager
def _base_lisible() -> Iterator[None]:
    """Say in one sentence that the database cannot be opened, read or written."""
    from sqlalchemy.exc import DatabaseError

    from webapp.domain.refus import BaseIndisponible
    from webapp.persistence.database import dire_panne

    try:
        yield
    except (DatabaseError, BaseIndisponible, OSError) as erreur:
        raise Refus(f"La base de données ne s'ouvre pas : {dire_panne(erreur)}") from erreur


def _adresse() -> str:
    """Give the address of the database: what a command that serves nothing needs, and no more."""
    from webapp.settings import adresse_de_la_base

    return adresse_de_la_base()


def _mettre_a_jour(url: str) -> None:
    """Bring the tables up to date, or say in one sentence that the database cannot be opened."""
    from webapp.persistence import database

    try:
        with _base_lisible():
            database.migrer(url)
    except ValueError as erreur:
        raise Refus(str(erreur)) from erreur


def _preparer_la_base(settings: Settings) -> None:
    """Bring the tables and the registry up to date; fill the empty database of a demonstration."""
    from webapp.demonstration import amorce
    from webapp.services import registre

    _mettre_a_jour(settings.database_url)
    amorcer = amorce.amorcer if settings.demonstration else registre.amorcer
    with _base_lisible(), _base(settings.database_url) as base, base.ecriture() as cnx:
        amorcer(cnx)


@contextmanager
def _base(url: str) -> Iterator[BaseDeDonnees]:
    """Open the database, and close it: nothing of it may reach the workers."""
    from webapp.persistence.database import ouvrir

    base = ouvrir(url)
    try:
        yield base
    finally:
        base.fermer()


@principal.command("exporter-registre")
@click.argument("fichier", type=click.Path(path_type=Path), metavar="FICHIER")
def exporter_registre(*, fichier: Path) -> None:
    """Écrire tout le registre dans un zip CSV, au format de France compétences."""
    from webapp.registre.erreurs import ExportRefuse
    from webapp.services import import_registre

    url = _adresse()
    _mettre_a_jour(url)
    with _base(url) as base, base.lecture() as cnx:
        try:
            nombre = import_registre.exporter(cnx, fichier, datetime.now(_PARIS).date())
        except ExportRefuse as refus:
            raise Refus(str(refus)) from refus
        except OSError as erreur:
            raison = " : le disque est plein" if erreur.errno in {errno.ENOSPC, errno.EDQUOT} else ""
            raise Refus(f"« {fichier} » ne peut pas être écrit{raison}.") from erreur
    dire(f"{pluriel(nombre, 'fiche écrite', 'fiches écrites')} dans « {fichier} ».")


def _rendre_compte(rapport: Rapport, *, date_lue: bool, a_blanc: bool) -> None:
    """Say what an import did, and what it could not use."""
    origine = "" if date_lue else " (date du fichier : donnez celle de l'export avec « --date »)"
    dire(f"{rapport.nom} : {rapport.format}, export du {rapport.date:%d/%m/%Y}{origine}")
    comptes = (
        pluriel(nombre, mot)
        for nombre, mot in (
            (rapport.nouvelles, "nouvelle"), (rapport.changees, "changée"), (rapport.inchangees, "inchangée"),
            (rapport.refusees, "refusée"),
        )
    )  # fmt: skip
    dire(f"  {pluriel(rapport.lues, 'fiche lue', 'fiches lues')} : {', '.join(comptes)}.")
    if rapport.depassees:
        laissees = pluriel(rapport.depassees, "laissée telle quelle", "laissées telles quelles")
        dire(f"  {laissees} : le registre tient d'un export plus récent ce qu'elles disent.")
    if a_blanc:
        dire("  À blanc : rien n'a été écrit.")
    for titre, lignes in (("Refusées", rapport.refus), ("Codes laissés de côté", rapport.remarques)):
        if lignes:
            dire(f"  {titre} :")
            for ligne in lignes[:LIGNES_MONTREES]:
                click.echo(f"    {ligne}")
            if len(lignes) > LIGNES_MONTREES:
                dire(f"    … et {len(lignes) - LIGNES_MONTREES} autres.")


def _annoncer(settings: Settings, hote: str, port: int) -> None:
    """Say, once the product answers, where it is, who may sign in and how to stop it."""
    adresse = ICI.get(hote, f"[{hote}]" if ":" in hote else hote)
    dire(f"Fiche vivante vous attend à l'adresse http://{adresse}:{port}")
    if settings.demonstration:
        from webapp.demonstration.amorce import MOT_DE_PASSE, ORGANISMES

        courriels = ", ".join(compte.courriel for organisme in ORGANISMES for compte in organisme.comptes)
        dire(f"Comptes de démonstration : {courriels} ; mot de passe : {MOT_DE_PASSE}")
    dire("Pour arrêter : Ctrl-C. Les données sont conservées.")
    sys.stdout.flush()
