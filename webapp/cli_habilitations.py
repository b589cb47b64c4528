"""The command of habilitations: the list that EDOF exports, read and imported for an organisation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from webapp.domain.textes import pluriel
from webapp.preparation import adresse, base, date_reference, mettre_a_jour
from webapp.terminal import Groupe, Refus, dire, illisible

if TYPE_CHECKING:
    from webapp.services.habilitations import Apercu

ICI = "la ligne de commande"
"""Who imports, where nobody is signed in."""

MONTREES = 20


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold this one."""
    groupe.command("importer-habilitations")(importer_habilitations)


@click.option("--siret", required=True, metavar="SIRET", help="SIRET de l'organisme dont c'est la liste.")
@click.option("--a-blanc", is_flag=True, help="Tout lire et tout comparer, sans rien changer.")
@click.argument("fichier", type=click.Path(path_type=Path), metavar="FICHIER")
def importer_habilitations(*, siret: str, fichier: Path, a_blanc: bool) -> None:
    """Importer la liste d'habilitations qu'EDOF exporte (CSV) : elle remplace la précédente."""
    from webapp.domain.comptes import CompteRefuse
    from webapp.domain.fichier_habilitations import OCTETS_MAX
    from webapp.domain.moments import jour_de
    from webapp.domain.refus import Introuvable
    from webapp.services import comptes, habilitations

    url = adresse()
    try:
        with fichier.open("rb") as ouvert:
            # One more tells a file that is too large, and no more of it is read.
            octets = ouvert.read(OCTETS_MAX + 1)
    except OSError as erreur:
        raise illisible(fichier, erreur) from erreur
    mettre_a_jour(url)
    maintenant = datetime.now(UTC)
    try:
        with base(url) as donnees, donnees.lecture() if a_blanc else donnees.ecriture() as cnx:
            organisme = comptes.organisme_de_siret(cnx, siret)
            lue = habilitations.lire(organisme, fichier.name, octets)
            qui = habilitations.Auteur(
                ICI, jour_de(maintenant, organisme.date_reference or date_reference()), maintenant
            )
            if a_blanc:
                vu = habilitations.examiner(cnx, organisme, qui, lue)
            else:
                vu = habilitations.deposer(cnx, organisme, qui, lue)
                habilitations.importer(cnx, organisme, qui, vu.liste.id, vu.comparee_a)
    except Introuvable as refus:
        raise Refus("Aucun organisme n'a le SIRET « {x} ».", x=siret) from refus
    except (CompteRefuse, habilitations.FichierRefuse) as refus:
        raise Refus("{refus}", refus=refus.message) from refus
    _rendre_compte(vu, a_blanc=a_blanc)


def _rendre_compte(vu: Apercu, *, a_blanc: bool) -> None:
    """Say what a list changes, and which of its lines are to be looked at again."""
    autre = vu.difference
    comptes = (
        f"{pluriel(len(vu.lignes), 'certification')} "
        f"({pluriel(len(autre.nouvelles), 'nouvelle')}, {pluriel(len(autre.changees), 'changée')}, "
        f"{pluriel(len(autre.retirees), 'retirée')}, {pluriel(autre.inchangees, 'inchangée')})"
    )
    modele = "« {fichier} », du {jour:%d/%m/%Y} : {comptes}."
    dire(modele, fichier=vu.liste.fichier, jour=vu.liste.etablie_le, comptes=comptes)
    if vu.plus_ancienne and vu.actuelle is not None:
        dire(f"  Elle est plus ancienne que celle qui compte, du {vu.actuelle.etablie_le:%d/%m/%Y}.")
    for remarque in vu.liste.remarques[:MONTREES]:
        dire("  Ligne {n} : {texte}", n=remarque.ligne, texte=remarque.texte)
    if len(vu.liste.remarques) > MONTREES:
        dire(f"  … et {pluriel(len(vu.liste.remarques) - MONTREES, 'autre')}.")
    if a_blanc:
        dire("À blanc : rien n'a été écrit.")
