"""The commands of the portal's file: export a catalogue; more come with the import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from webapp.domain.textes import pluriel
from webapp.preparation import adresse, base, mettre_a_jour
from webapp.terminal import Groupe, Refus, dire, non_ecrit

if TYPE_CHECKING:
    from webapp.edof.caracteres import Rencontre
    from webapp.services.export_edof import Bilan

_PARIS = ZoneInfo("Europe/Paris")
MONTREES = 20
_LIEUX_DITS = 3


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold these."""
    groupe.command("exporter-edof")(exporter_edof)


@click.option("--siret", required=True, metavar="SIRET", help="SIRET de l'organisme dont le catalogue est exporté.")
@click.option("--sortie", required=True, type=click.Path(path_type=Path), metavar="FICHIER", help="Fichier à écrire.")
@click.option("--accepter-les-remplacements", is_flag=True,
              help="Accepter que soient remplacés les caractères que le fichier ne peut pas porter.")  # fmt: skip
def exporter_edof(*, siret: str, sortie: Path, accepter_les_remplacements: bool) -> None:
    """Écrire le fichier XML d'EDOF du catalogue d'un organisme : ce qui est publiable, et rien d'autre."""
    from webapp.domain.comptes import CompteRefuse
    from webapp.domain.refus import Introuvable
    from webapp.registre.fichiers import remplacer
    from webapp.services import comptes, export_edof

    url = adresse()
    mettre_a_jour(url)
    with base(url) as donnees, donnees.lecture() as cnx:
        try:
            organisme = comptes.organisme_de_siret(cnx, siret)
        except Introuvable as refus:
            raise Refus(f"Aucun organisme n'a le SIRET « {siret} ».") from refus
        except CompteRefuse as refus:
            raise Refus(refus.message) from refus
        le = organisme.date_reference or datetime.now(_PARIS).date()
        bilan = export_edof.examiner(cnx, organisme, le)
        deja = export_edof.deja_acceptes(cnx, organisme)
        rencontres = bilan.a_accepter(deja)
        _dire_les_caracteres(rencontres)
        if rencontres and not accepter_les_remplacements:
            raise Refus(
                "Rien n'est écrit : relancez avec « --accepter-les-remplacements » si ces remplacements conviennent."
            )
        acceptes = deja | {r.caractere: r.remplacement for r in rencontres if r.remplacement is not None}
        try:
            with remplacer(sortie) as fichier:
                for piece in export_edof.produire(cnx, organisme, le, acceptes):
                    fichier.write(piece)
        except OSError as erreur:
            raise non_ecrit(sortie, erreur) from erreur
    _rendre_compte(bilan, sortie)


def _dire_les_caracteres(rencontres: tuple[Rencontre, ...]) -> None:
    if not rencontres:
        return
    dire("Caractères que le fichier ne peut pas porter (ISO-8859-1), et ce qui les remplacerait :")
    for une in rencontres:
        lieux = ", ".join(f"{lieu.numero} ({lieu.champ.libelle})" for lieu in une.lieux[:_LIEUX_DITS])
        suite = "…" if len(une.lieux) > _LIEUX_DITS else ""
        fois = pluriel(une.fois, "fois", "fois")
        dire(f"  « {une.caractere} » ({une.nom}) → « {une.remplacement} », {fois} : {lieux}{suite}")


def _rendre_compte(bilan: Bilan, sortie: Path) -> None:
    from webapp.edof.formats import ACTUEL

    dire(
        f"« {sortie} » : {pluriel(bilan.formations, 'formation')}, {pluriel(bilan.actions, 'action')}, "
        f"{pluriel(bilan.sessions, 'session')}, au format {ACTUEL.version}."
    )
    if not bilan.ecartees:
        return
    dire(f"{pluriel(len(bilan.ecartees), 'formation reste', 'formations restent')} hors du fichier :")
    for une in bilan.ecartees[:MONTREES]:
        dire(f"  {une.identifiant or 'sans identifiant'} « {une.intitule} » : {' '.join(une.raisons)}")
    if len(bilan.ecartees) > MONTREES:
        dire(f"  … et {pluriel(len(bilan.ecartees) - MONTREES, 'autre')}.")
