"""The product's commands: what each is called, what it asks for, and which operation it runs.

A command reads its options, calls and answers, like a view; it holds no rule and no SQL. Its needs are imported when
it runs, so that the others start quickly.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from webapp import __version__, cli_comptes, cli_edition, cli_edof, cli_habilitations, cli_recherche
from webapp.domain.comptes import Role
from webapp.domain.textes import fr, pluriel
from webapp.preparation import adresse as _adresse
from webapp.preparation import base as _base
from webapp.preparation import exiger_une_revision as _exiger_une_revision
from webapp.preparation import lire_settings as _settings
from webapp.preparation import mettre_a_jour as _mettre_a_jour
from webapp.preparation import revenir as _revenir
from webapp.terminal import Groupe, Refus, dire, lire_mot_de_passe, non_ecrit, progression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.registre.export import Export
    from webapp.services.import_registre import Rapport
    from webapp.settings import Settings

SANS_UTF_8 = (
    "Python lit ici les noms de fichiers sans leurs accents : retirez PYTHONUTF8=0, ou choisissez une langue en UTF-8 "
    "(LC_ALL=C.UTF-8)."
)
LIGNES_MONTREES = 20
# The day of an export is one of France.
_PARIS = ZoneInfo("Europe/Paris")
# What a person types in a browser for an address that means « every address of this machine ».
ICI = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - shown, never listened to


@click.group(cls=Groupe, context_settings={"help_option_names": ["--aide", "-h", "--help"]})
@click.version_option(__version__, "--version", message="Fiche vivante %(version)s", help="Dire la version.")
def principal() -> None:
    """Fiche vivante : décrire ses formations pour Mon Compte Formation."""
    if sys.getfilesystemencoding() != "utf-8":
        raise Refus(SANS_UTF_8)


cli_comptes.ajouter(principal)
cli_edition.ajouter(principal)
cli_edof.ajouter(principal)
cli_habilitations.ajouter(principal)
cli_recherche.ajouter(principal)


@principal.command()
@click.option("--demonstration", is_flag=True, help="Ouvrir la démonstration, avec ses comptes et ses formations.")
@click.option("--hote", default="127.0.0.1", metavar="ADRESSE", help="Adresse à écouter (sinon 127.0.0.1).")
@click.option("--port", default=5000, type=int, metavar="N", help="Port à écouter (sinon 5000 ; 0 : un port libre).")
@click.option("--processus", default=2, type=click.IntRange(1, 64), metavar="N", help="Processus (sinon 2).")
def serve(*, demonstration: bool, hote: str, port: int, processus: int) -> None:
    """Servir le produit, jusqu'à Ctrl-C ou SIGTERM."""
    for signal_d_arret in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_d_arret, _s_arreter)
    from uuid import uuid4

    from webapp import serveur
    from webapp.compagnon import Compagnon
    from webapp.ouvrier import travailler
    from webapp.web.http.statique import precompresser

    if demonstration:
        os.environ["MODE"] = "demonstration"
    settings = _settings()
    try:
        ecoutee, port = serveur.reserver_adresse(hote, port)
    except serveur.AdresseIndisponible as erreur:
        raise Refus(str(erreur)) from erreur
    _preparer_la_base(settings)
    try:
        precompresser()
    except OSError:
        # A read-only installation, a full disk: what is compressed already is used, the rest leaves as it is.
        dire("Le dossier du produit ne s'écrit pas : des fichiers partiront sans être compressés.", erreur=True)
    # Started again, it bears the same name, and goes on at once with what it held.
    compagnon = Compagnon(travailler, settings.database_url, str(uuid4()))
    ecoute = serveur.Ecoute(ecoutee, port, processus)
    if not serveur.servir(ecoute, lambda: _annoncer(settings, hote, port), compagnon=compagnon):
        raise Refus("Le serveur s'est arrêté de lui-même : la raison est écrite plus haut.")


@principal.command()
@click.option("--vers", metavar="REVISION", help="Revenir à une révision plus ancienne des tables (« base » : aucune).")
@click.option("--accepter-les-pertes", is_flag=True, help="Avec « --vers » : perdre ce qu'elle ne peut pas contenir.")
def migrer(*, vers: str | None, accepter_les_pertes: bool) -> None:
    """Mettre les tables de la base au niveau de cette version du produit."""
    url = _adresse()
    if vers is not None:
        _exiger_une_revision(url, vers)
    if vers is None:
        _mettre_a_jour(url, creer=True)
        dire("La base est à jour.")
        return
    if not accepter_les_pertes:
        raise Refus(
            "Revenir à « {vers} » perd pour de bon ce que des tables plus anciennes ne peuvent pas contenir : "
            "sauvegardez la base, puis ajoutez « --accepter-les-pertes ». Rien n'a été changé.",
            vers=vers,
        )
    _revenir(url, vers)
    dire(
        "La base est revenue à « {vers} ». Installez la version du produit qui s'en sert : "
        "celle-ci la remettrait à jour dès sa prochaine commande.",
        vers=vers,
    )


@principal.command("importer-registre")
@click.argument("fichiers", nargs=-1, type=click.Path(path_type=Path), metavar="FICHIER…")
@click.option("--date", "le", type=click.DateTime(["%d/%m/%Y"]), metavar="JJ/MM/AAAA",
              help="Date de l'export, quand son nom ne la dit pas.")  # fmt: skip
@click.option("--a-blanc", is_flag=True, help="Tout lire et tout comparer, sans rien changer.")
@click.option("--annuler", is_flag=True, help="Défaire le dernier import ; ce que des formations utilisent reste.")
@click.pass_context
def importer_registre(
    ctx: click.Context, *, fichiers: tuple[Path, ...], le: datetime | None, a_blanc: bool, annuler: bool
) -> None:
    """Charger dans le registre les exports de France compétences (CSV ou XML V4.1, tels que téléchargés)."""
    from webapp.registre.erreurs import ExportRefuse
    from webapp.registre.export import ouvrir
    from webapp.services import import_registre

    if annuler is bool(fichiers) or (annuler and (le or a_blanc)):
        raise Refus("Donnez des fichiers, ou « --annuler » seul. Voir « {x} --aide ».", x=ctx.command_path)
    url = _adresse()
    if annuler:
        _mettre_a_jour(url, creer=False)
        _annuler(url)
        return
    try:
        lus = [export for fichier in _une_fois(fichiers) for export in ouvrir(fichier, le.date() if le else None)]
        for export in lus:
            import_registre.exiger_deja_paru(export, datetime.now(_PARIS).date(), donnee=le is not None)
        # The files are read: a base is made for what can be put in it. Only looked at, there must be one.
        _mettre_a_jour(url, creer=not a_blanc)
        with ExitStack() as pile:
            preparations = []
            for export in lus:
                with _base(url) as base, base.lecture() as cnx, progression(export.nom, export.taille) as avancer:
                    preparations.append(pile.enter_context(import_registre.preparer(cnx, export, avancer)))
            if not a_blanc:
                with _base(url) as base, base.ecriture() as cnx:
                    # One moment for all: they are undone together.
                    maintenant = datetime.now(UTC)
                    for preparation in preparations:
                        import_registre.appliquer(cnx, preparation, maintenant)
            if a_blanc and len(lus) > 1:
                dire("À blanc, chaque export est comparé au registre tel qu'il est, sans les autres.")
            for export, preparation in zip(lus, preparations, strict=True):
                _rendre_compte(preparation.rapport, _origine(export, donnee=le is not None), a_blanc=a_blanc)
    except ExportRefuse as refus:
        raise Refus("{refus} Rien n'a été changé.", refus=refus) from refus


def _une_fois(fichiers: tuple[Path, ...]) -> Iterator[Path]:
    """Give each file once, and say of one that is given again that it is read once."""
    vus = set()
    for fichier in fichiers:
        if (la := fichier.resolve()) in vus:
            dire("« {fichier} » est donné plusieurs fois : il n'est lu qu'une fois.", erreur=True, fichier=fichier)
            continue
        vus.add(la)
        yield fichier


@principal.command("creer-compte")
@click.option("--courriel", required=True, metavar="ADRESSE", help="Adresse électronique de la personne.")
@click.option("--nom", required=True, metavar="NOM", help="Nom de la personne, tel qu'il sera montré.")
@click.option("--siret", required=True, metavar="SIRET", help="SIRET de son organisme.")
@click.option(
    "--organisme",
    metavar="NOM",
    help="Nom de l'organisme, s'il n'est pas encore connu ; s'il l'est, ce doit être le sien.",
)
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
    mot_de_passe = lire_mot_de_passe(sur_l_entree=mot_de_passe_stdin)
    _mettre_a_jour(url, creer=True)
    try:
        with _base(url) as base, base.ecriture() as cnx:
            try:
                sien = comptes.organisme_de_siret(cnx, siret)
            except Introuvable:
                if organisme is None:
                    raise Refus("Aucun organisme n'a ce SIRET : donnez aussi son nom avec « --organisme ».") from None
                sien = comptes.creer_organisme(cnx, organisme, siret)
            if organisme is not None:
                comptes.exiger_nom(sien, organisme)
            cree = comptes.creer_compte(cnx, sien.id, comptes.Personne(nom, courriel, Role(role)), mot_de_passe)
    except (CompteRefuse, MotDePasseRefuse) as refus:
        raise Refus("{refus}", refus=refus.message) from refus
    modele = "Le compte {courriel} est créé : {role}, {organisme}."
    dire(modele, courriel=cree.courriel, role=cree.role.libelle, organisme=sien.nom)


def _s_arreter(_numero: int, _cadre: object) -> NoReturn:
    """Stop without a word before the server has begun: what was being written is undone."""
    sys.exit(0)


def _preparer_la_base(settings: Settings) -> None:
    """Bring the tables and the registry up to date; fill the empty database of a demonstration."""
    from webapp.demonstration import amorce
    from webapp.services import registre

    _mettre_a_jour(settings.database_url, creer=True)
    amorcer = amorce.amorcer if settings.demonstration else registre.amorcer
    with _base(settings.database_url) as base, base.ecriture() as cnx:
        amorcer(cnx)


@principal.command("exporter-registre")
@click.argument("fichier", type=click.Path(path_type=Path), metavar="FICHIER")
def exporter_registre(*, fichier: Path) -> None:
    """Écrire tout le registre dans un zip CSV, au format de France compétences."""
    from webapp.registre.erreurs import ExportRefuse
    from webapp.services import import_registre

    if fichier == Path("-"):
        raise Refus("Donnez le nom du fichier à écrire : un zip ne s'écrit pas sur la sortie de la commande.")
    url = _adresse()
    _mettre_a_jour(url)
    with _base(url) as base, base.lecture() as cnx:
        try:
            nombre = import_registre.exporter(cnx, fichier, datetime.now(_PARIS).date())
        except ExportRefuse as refus:
            raise Refus("{refus}", refus=refus) from refus
        except OSError as erreur:
            raise non_ecrit(fichier, erreur) from erreur
    dire("{fiches} dans « {fichier} ».", fiches=pluriel(nombre, "fiche écrite", "fiches écrites"), fichier=fichier)


def _annuler(url: str) -> None:
    """Undo the last import, and say what became of it."""
    from webapp.services import import_registre

    with _base(url) as base, base.ecriture() as cnx:
        annulee = import_registre.annuler(cnx)
        siennes = import_registre.du_produit(cnx)
    if annulee is None:
        raise Refus("Aucun import n'est à annuler : seul le dernier s'annule, une fois. Rien n'a été changé.")
    for nom, jour in annulee.exports:
        dire("L'import de « {nom} » (export du {jour:%d/%m/%Y}) est annulé.", nom=nom, jour=jour)
    retirees = pluriel(annulee.retirees, "fiche retirée", "fiches retirées")
    rendues = pluriel(annulee.rendues, "fiche remise comme avant", "fiches remises comme avant")
    dire(f"  {retirees}, {rendues}.")
    for une in annulee.gardees:
        utilisent = pluriel(une.formations, "formation l'utilise", "formations l'utilisent")
        modele = "  Reste au registre : {code} – {intitule} ({utilisent})."
        dire(modele, code=une.code, intitule=une.intitule, utilisent=fr(utilisent))
    if annulee.anterieures:
        fiches = pluriel(annulee.anterieures, "fiche")
        dire(f"  {'Reste aussi' if annulee.gardees else 'Reste'} ce qui vient d'imports précédents : {fiches}.")
    if siennes:
        fiches = pluriel(siennes, "fiche")
        reste = "Reste aussi" if annulee.gardees or annulee.anterieures else "Reste"
        dire(f"  {reste} ce que le produit apporte lui-même, qui ne vient d'aucun import : {fiches}.")


def _origine(export: Export, *, donnee: bool) -> str:
    """Say where the date of an export comes from, when it is not plainly its name. In: whether the person gave it."""
    if export.autre_date is not None:
        source = "date donnée avec « --date »" if donnee else "date des fichiers qu'il contient"
        return f" ({source} ; le nom du fichier dit {export.autre_date:%d/%m/%Y})"
    return "" if export.date_lue else " (date du fichier : donnez celle de l'export avec « --date »)"


def _rendre_compte(rapport: Rapport, origine: str, *, a_blanc: bool) -> None:
    """Say what an import did, and what it could not use."""
    modele = "{nom} : {format}, export du {date:%d/%m/%Y}{origine}"
    dire(modele, nom=rapport.nom, format=rapport.format, date=rapport.date, origine=fr(origine))
    dire(
        f"  {pluriel(rapport.lues, 'fiche lue', 'fiches lues')} : {pluriel(rapport.nouvelles, 'nouvelle')}, "
        f"{pluriel(rapport.changees, 'changée')}, {pluriel(rapport.inchangees, 'inchangée')}, "
        f"{pluriel(rapport.refusees, 'refusée')}."
    )
    if rapport.ecartees:
        dire(f"  {pluriel(rapport.ecartees, 'ligne écartée', 'lignes écartées')}.")
    if rapport.depassees:
        laissees = pluriel(rapport.depassees, "laissée telle quelle", "laissées telles quelles")
        les = "la" if rapport.depassees == 1 else "les"
        dire(f"  {laissees} : le registre {les} tient d'un export plus récent.")
    if rapport.laisses:
        dire(f"  {pluriel(rapport.laisses, 'code laissé de côté', 'codes laissés de côté')}.")
    if a_blanc:
        dire("  À blanc : rien n'a été écrit.")
    for titre, lignes in (
        ("Refusées", rapport.refus),
        ("Lignes écartées", rapport.lignes),
        ("Codes laissés de côté", rapport.remarques),
    ):
        if lignes:
            dire(f"  {titre} :")
            for ligne in sorted(lignes, key=attrgetter("fichier", "ligne"))[:LIGNES_MONTREES]:
                click.echo(f"    {ligne}")
            if len(lignes) > LIGNES_MONTREES:
                dire(f"    … et {pluriel(len(lignes) - LIGNES_MONTREES, 'autre')}.")


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
