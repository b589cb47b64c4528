"""The commands of the portal's file: export a catalogue, import one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias
from uuid import uuid4

import click

from webapp.domain import textes
from webapp.domain.textes import est_vide, fr, pluriel
from webapp.preparation import adresse, base, date_reference, mettre_a_jour
from webapp.terminal import Groupe, Refus, dire, illisible, non_ecrit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Connection

    from webapp.domain.comptes import Organisme
    from webapp.domain.exports import Motif
    from webapp.domain.formation import Acte
    from webapp.domain.imports import Apercu, Difference, Importation
    from webapp.domain.taches import EtatTache, Tache
    from webapp.edof.caracteres import Rencontre
    from webapp.edof.fichier import Encodage
    from webapp.persistence.database import BaseDeDonnees
    from webapp.services.export_edof import Bilan
    from webapp.services.import_edof import Decoupe, Envoye

Dire: TypeAlias = Callable[..., None]
SORTIE = "-"
"""What is typed, as tools have it, for a file to be what comes out of the command."""

MONTREES = 20
_LIEUX_DITS = 3
VIDE = "(vide)"
PAS = 1_000
"""Formations between two lines that say how far an export is."""

INCHANGES_LUS = 500
"""Objects that do not change and are read at once, to find those of which something is to be said."""

PAS_D_IMPORT = 10_000
"""Objects between two lines that say how far an import is."""


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold these."""
    groupe.command("exporter-edof")(exporter_edof)
    groupe.command("importer-edof")(importer_edof)


@click.option("--siret", required=True, metavar="SIRET", help="SIRET de l'organisme dont le catalogue est exporté.")
@click.option("--sortie", required=True, type=click.Path(), metavar="FICHIER",
              help="Fichier à écrire ; « - » pour la sortie de la commande.")  # fmt: skip
@click.option("--accepter-les-remplacements", is_flag=True,
              help="Accepter que soient remplacés les caractères que le fichier ne peut pas porter.")  # fmt: skip
def exporter_edof(*, siret: str, sortie: str, accepter_les_remplacements: bool) -> None:
    """Écrire le fichier XML d'EDOF du catalogue d'un organisme : ce qui est publiable, et rien d'autre."""
    from webapp.domain.moments import jour_de
    from webapp.services import export_edof

    # Where the file itself is what comes out, all that is told is told beside.
    dire_ = partial(dire, erreur=sortie == SORTIE)
    url = adresse()
    mettre_a_jour(url)
    with base(url) as donnees, donnees.lecture() as cnx:
        organisme = _organisme(cnx, siret, dire_)
        le = jour_de(datetime.now(UTC), organisme.date_reference)
        bilan = export_edof.examiner(cnx, organisme, le, _dire_ou_l_on_en_est)
        deja = export_edof.deja_acceptes(cnx, organisme)
        rencontres = bilan.a_accepter(deja)
        _dire_les_caracteres(rencontres, dire_)
        _dire_les_remplaces(bilan, rencontres, dire_)
        if rencontres and not accepter_les_remplacements:
            _dire_ecartees(bilan, dire_)
            raise Refus(
                "Rien n'est écrit : relancez avec « --accepter-les-remplacements » si ces remplacements conviennent."
            )
        acceptes = deja | {r.caractere: r.remplacement for r in rencontres if r.remplacement is not None}
        try:
            with _ecrire_dans(sortie) as fichier:
                # The first piece is what stands before the formations, the last what stands after.
                for rang, piece in enumerate(export_edof.produire(cnx, organisme, le, acceptes)):
                    fichier.write(piece)
                    if 0 < rang <= bilan.formations and rang % PAS == 0:
                        dire(f"{pluriel(rang, 'formation écrite', 'formations écrites')}…", erreur=True)
        except OSError as erreur:
            raise non_ecrit(Path(sortie), erreur) from erreur
    _rendre_compte(bilan, sortie, dire_)


@contextmanager
def _ecrire_dans(sortie: str) -> Iterator[IO[bytes]]:
    """Give what a file is written to: what comes out of the command, or a file, which is whole or not there."""
    from webapp.registre.fichiers import remplacer

    if sortie == SORTIE:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with remplacer(Path(sortie)) as fichier:
        yield fichier


def _dire_ou_l_on_en_est(vues: int) -> None:
    if vues % PAS == 0:
        dire(f"{pluriel(vues, 'formation examinée', 'formations examinées')}…", erreur=True)


def _dire_les_caracteres(rencontres: tuple[Rencontre, ...], dire_: Dire) -> None:
    if not rencontres:
        return
    dire_("Caractères que le fichier ne peut pas porter (ISO-8859-1), et ce qui les remplacerait :")
    for une in rencontres:
        lieux = ", ".join(f"{lieu.numero} ({lieu.champ.libelle})" for lieu in une.lieux[:_LIEUX_DITS])
        suite = "…" if len(une.lieux) > _LIEUX_DITS else ""
        dire_(
            "  « {caractere} » ({nom}) → « {remplacement} », {fois} : {lieux}{suite}", caractere=une.caractere,
            nom=fr(une.nom), remplacement=une.remplacement, fois=pluriel(une.fois, "fois", "fois"), lieux=lieux,
            suite=suite,
        )  # fmt: skip


def _dire_les_remplaces(bilan: Bilan, a_accepter: tuple[Rencontre, ...], dire_: Dire) -> None:
    """Say which characters are replaced because somebody accepted it before: never is a text changed in silence."""
    remplaces = [r for r in bilan.releve.par_caractere.values() if r.remplacement is not None and r not in a_accepter]
    if not remplaces:
        return
    dire_("Caractères remplacés, ce qui a déjà été accepté :")
    for un in remplaces:
        fois = pluriel(un.fois, "fois", "fois")
        dire_("  « {x} » ({nom}) → « {y} », {fois}", x=un.caractere, nom=fr(un.nom), y=un.remplacement, fois=fois)


def _rendre_compte(bilan: Bilan, sortie: str, dire_: Dire) -> None:
    from webapp.edof.formats import ACTUEL

    comptes = (
        f"{pluriel(bilan.formations, 'formation')}, {pluriel(bilan.actions, 'action')}, "
        f"{pluriel(bilan.sessions, 'session')}"
    )
    if sortie == SORTIE:
        dire_("{comptes}, au format {version}.", comptes=comptes, version=ACTUEL.version)
    else:
        dire_("« {x} » : {comptes}, au format {version}.", x=sortie, comptes=comptes, version=ACTUEL.version)
    _dire_ecartees(bilan, dire_)


def _dire_ecartees(bilan: Bilan, dire_: Dire) -> None:
    if not bilan.ecartees:
        return
    dire_(f"{pluriel(len(bilan.ecartees), 'formation reste', 'formations restent')} hors du fichier :")
    for une in bilan.ecartees[:MONTREES]:
        identifiant = une.identifiant or "sans identifiant"
        raisons = " ".join(map(_raison, une.motifs))
        dire_("  {x} « {intitule} » : {raisons}", x=identifiant, intitule=une.intitule, raisons=raisons)
    if len(bilan.ecartees) > MONTREES:
        dire_(f"  … et {pluriel(len(bilan.ecartees) - MONTREES, 'autre')}.")


def _raison(motif: Motif) -> str:
    """Say a reason with what its page leads to: the fields to correct, or the one that it is about."""
    from webapp.web.edof_montre import motifs_montres

    (montre,) = motifs_montres([motif])
    if montre.suites:
        champs = ", ".join(champ.texte for champ in montre.suites)
        return textes.dire("{message} À corriger : {champs}.", message=montre.message, champs=champs)
    return f"{montre.message} ({motif.nom})" if motif.nom else montre.message


def _organisme(cnx: Connection, siret: str, dire_: Dire = dire) -> Organisme:
    """Give the organisation of a SIRET, at the reference date that its pages have; say which, if one is set.

    Raises Refus.
    """
    from webapp.domain.comptes import CompteRefuse
    from webapp.domain.dates import date_longue
    from webapp.domain.refus import Introuvable
    from webapp.services import comptes

    try:
        trouve = comptes.organisme_de_siret(cnx, siret)
    except Introuvable as refus:
        raise Refus("Aucun organisme n'a le SIRET « {x} ».", x=siret) from refus
    except CompteRefuse as refus:
        raise Refus("{refus}", refus=refus.message) from refus
    le = trouve.date_reference or date_reference()
    if le is not None:
        dire_("Date de référence : le {le}.", le=date_longue(le))
    return replace(trouve, date_reference=le)


@click.argument("fichier", type=click.Path(path_type=Path), metavar="FICHIER")
@click.option("--siret", required=True, metavar="SIRET", help="SIRET de l'organisme dont le catalogue est changé.")
@click.option("--a-blanc", is_flag=True, help="Dire ce qui changerait, sans rien changer.")
@click.option("--encodage", "lu", type=click.Choice(["declare", "reel"]),
              help="Comment lire un fichier qui se dit dans un encodage et est dans un autre.")  # fmt: skip
def importer_edof(*, fichier: Path, siret: str, a_blanc: bool, lu: str | None) -> None:
    """Importer un fichier XML d'EDOF dans le catalogue d'un organisme : tout, ou rien en cas de panne."""
    from webapp.edof.fichier import FichierRefuse
    from webapp.services import import_edof

    with _lire(fichier) as flux:
        url = adresse()
        mettre_a_jour(url)
        with base(url) as donnees:
            with donnees.lecture() as cnx:
                organisme = _organisme(cnx, siret)
            _clore_ce_qui_est_coupe(donnees, organisme)
            try:
                dit = import_edof.recevoir(flux)
                lu_en = _encodage(dit, lu)
                decoupe = import_edof.decouper(flux, lu_en, organisme)
            except FichierRefuse as refus:
                raise Refus("{refus}", refus=refus.message) from refus
            for remarque in decoupe.remarques:
                click.echo(remarque)
            try:
                _importer(
                    donnees, organisme, import_edof.Envoye(uuid4(), fichier.name, dit, lu_en), decoupe, a_blanc=a_blanc
                )
            finally:
                decoupe.fermer()


def _lire(fichier: Path) -> IO[bytes]:
    try:
        return fichier.open("rb")
    except OSError as erreur:
        raise illisible(fichier, erreur) from erreur


_patienter = time.sleep


def _clore_ce_qui_est_coupe(donnees: BaseDeDonnees, organisme: Organisme) -> None:
    """Say of an import that a command has begun whether it goes on; stop it when it does not. Raises Refus."""
    from webapp.domain.taches import BAIL
    from webapp.services import import_coupe

    with donnees.lecture() as cnx:
        vues = import_coupe.de_commandes(cnx, organisme)
    if not vues:
        return
    dire("Un import demandé par une commande n'est pas fini. Quelques secondes, pour savoir s'il avance…", erreur=True)
    _patienter(BAIL)
    for vue in vues:
        with donnees.ecriture() as cnx:
            if not import_coupe.clore(cnx, vue):
                raise Refus("Une autre commande importe en ce moment pour cet organisme : attendez sa fin.")
    dire("Il s'est arrêté avant sa fin, sans rien changer.", erreur=True)


def _encodage(dit: Encodage, lu: str | None) -> str:
    if dit.dit_vrai:
        return dit.declare
    dire(dit.explication)
    if lu is None:
        raise Refus("Rien n'est lu : relancez avec « --encodage reel » (comme il est), ou « --encodage declare ».")
    return dit.reel if lu == "reel" else dit.declare


def _importer(
    donnees: BaseDeDonnees, organisme: Organisme, envoye: Envoye, decoupe: Decoupe, *, a_blanc: bool
) -> None:  # fmt: skip
    from webapp.domain.taches import EtatTache
    from webapp.services import import_coupe, import_edof
    from webapp.services.taches import Demande

    acte, porteur = _acte(organisme), uuid4()
    with donnees.ecriture() as cnx:
        tache = import_edof.deposer(cnx, Demande(acte, organisme.date_reference), envoye, decoupe)
        tache = import_edof.tenir(cnx, tache, porteur)
    try:
        prete = _avancer(donnees, acte, tache)
        _exiger_l_etat(prete, EtatTache.PRETE)
        with donnees.lecture() as cnx:
            _dire_l_apercu(cnx, organisme, prete)
        if a_blanc or not prete.prevus:
            with donnees.ecriture() as cnx:
                import_edof.renoncer(cnx, prete)
            dire("Rien n'est changé.")
        else:
            _faire(donnees, acte, prete, porteur)
    except KeyboardInterrupt:
        with donnees.ecriture() as cnx:
            import_coupe.oublier(cnx, tache)
        raise


def _faire(donnees: BaseDeDonnees, acte: Acte, prete: Tache, porteur: UUID) -> None:
    from webapp.domain.taches import EtatTache
    from webapp.services import import_edof, taches
    from webapp.services.tache_import import DEPASSE

    with donnees.ecriture() as cnx:
        lancee = import_edof.tenir(cnx, taches.lancer(cnx, acte, prete.id), porteur)
    tache = _avancer(donnees, acte, lancee)
    if tache.etat is EtatTache.PRETE:
        # Its preview was no longer true; the one that was made since has been shown to nobody.
        with donnees.ecriture() as cnx:
            import_edof.renoncer(cnx, tache)
        raise Refus("{raison} Relancez la commande.", raison=DEPASSE)
    _exiger_l_etat(tache, EtatTache.TERMINEE)
    dire(f"Importé : {pluriel(tache.faits, 'élément changé', 'éléments changés')}. Annulable à la page « Tâches ».")


def _exiger_l_etat(tache: Tache, voulu: EtatTache) -> None:
    """Raise Refus when a job has not come where this command was leading it: stopped, or held by another process."""
    if tache.active:
        raise Refus("Un autre processus a repris cet import : la page « Tâches » dit où il en est.")
    if tache.etat is not voulu:
        raise Refus("{raison} Rien n'est importé.", raison=tache.raison)


def _acte(organisme: Organisme) -> Acte:
    """Give who acts when a command does: nobody who has an account."""
    from webapp.domain.comptes import LIGNE_DE_COMMANDE, Role, Utilisateur
    from webapp.domain.formation import Acte
    from webapp.domain.moments import jour_de, moment_de

    auteur = Utilisateur(LIGNE_DE_COMMANDE, organisme, "Ligne de commande", "", Role.GESTIONNAIRE_CATALOGUE)
    instant = datetime.now(UTC)
    return Acte(auteur, jour_de(instant, organisme.date_reference), moment_de(instant, organisme.date_reference))


def _avancer(donnees: BaseDeDonnees, acte: Acte, tache: Tache) -> Tache:
    """Do a job that this process holds, part by part, until it waits, is over or is held no more; say how far it is."""
    from webapp.domain.taches import EtatTache
    from webapp.services import import_edof
    from webapp.services.avancement import ApercuDepasse

    importes, examines, porteur = _Progres("importé"), _Progres("examiné"), tache.porteur
    while tache.tenue_par(porteur):
        try:
            with donnees.ecriture() as cnx:
                tache = import_edof.une_part(cnx, acte, tache, importes.dire)
        except ApercuDepasse:
            with donnees.ecriture() as cnx:
                tache = import_edof.revoir(cnx, tache)
        if tache.etat in {EtatTache.PREPARATION, EtatTache.PRETE}:
            examines.dire(tache.rang)
    return tache


@dataclass
class _Progres:
    """Says how far something is, each time that PAS_D_IMPORT objects more are done."""

    mot: str
    dits: int = 0

    def dire(self, faits: int) -> None:
        """Take how many are done."""
        if faits // PAS_D_IMPORT > self.dits:
            self.dits = faits // PAS_D_IMPORT
            dits = pluriel(self.dits * PAS_D_IMPORT, f"élément {self.mot}", f"éléments {self.mot}s")
            dire(f"{dits}…", erreur=True)


def _dire_l_apercu(cnx: Connection, organisme: Organisme, tache: Tache) -> None:
    from webapp.domain.imports import Sort
    from webapp.services import import_edof

    une, _ = import_edof.ouvrir(cnx, organisme, tache.id)
    dire("« {nom} » : {resume}.", nom=une.nom, resume=import_edof.resume(une))
    for sort in (Sort.REFUSE, Sort.MODIFIE, Sort.CREE):
        montres, suite = import_edof.apercus(cnx, une, (sort,), 0, MONTREES)
        for *_, apercu in montres:
            _dire_un_objet(apercu)
        if suite:
            dire(_D_AUTRES)
    inchanges = list(islice(_inchanges_a_dire(cnx, une), MONTREES + 1))
    for apercu in inchanges[:MONTREES]:
        _dire_un_objet(apercu)
    if len(inchanges) > MONTREES:
        dire(_D_AUTRES)


_D_AUTRES = "  … d'autres suivent : la page de l'import les montre tous."


def _inchanges_a_dire(cnx: Connection, une: Importation) -> Iterator[Apercu]:
    """Give what does not change and is not all taken, or will not all come back."""
    from webapp.domain.imports import Sort
    from webapp.services import import_edof

    apres: int | None = 0
    while apres is not None:
        lus, apres = import_edof.apercus(cnx, une, (Sort.INCHANGE,), apres, INCHANGES_LUS)
        yield from (apercu for *_, apercu in lus if apercu.remarques or apercu.pertes)


def _dire_un_objet(un: Apercu) -> None:
    from webapp.domain.statuts import Statut

    sort = un.sort.mot + (" en brouillon" if un.statut == Statut.BROUILLON else "")
    dire("  {niveau} {nom} (ligne {ligne}) : {sort}", niveau=un.niveau, nom=un.nom, ligne=un.ligne, sort=sort)
    for changement in un.changements:
        _dire_une_difference("    {nom} : {avant} → {apres}", changement)
    for raison in (*un.raisons, *un.remarques):
        click.echo(f"    {raison}")
    for perte in un.pertes:
        # What is not listed is counted, and has no value.
        valeurs = " : {avant} → {apres}" if perte.avant or perte.apres else ""
        _dire_une_difference("    Ne reviendra pas comme c'était écrit, {nom}" + valeurs, perte)


def _dire_une_difference(modele: str, une: Difference) -> None:
    dire(modele, nom=une.nom, avant=_sur_une_ligne(une.avant), apres=_sur_une_ligne(une.apres))


def _sur_une_ligne(valeur: str) -> str:
    """Give a value as it is written, between « », its lines one after the other; what is empty is said so."""
    lignes = " / ".join(ligne.strip() for ligne in valeur.splitlines() if not est_vide(ligne))
    return textes.dire("« {x} »", x=lignes) if lignes else VIDE
