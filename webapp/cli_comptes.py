"""The commands for an account that is there already: another password, closed, open again.

Each says at once what it has done, and to whom; what a person has written stays whatever happens to the account.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from webapp.preparation import adresse, base, mettre_a_jour
from webapp.terminal import Groupe, Refus, dire, lire_mot_de_passe

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from webapp.domain.comptes import Utilisateur

_de_la_personne = click.option(
    "--courriel", required=True, metavar="ADRESSE", help="Adresse électronique de la personne."
)


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold these."""
    for nom, commande in (
        ("changer-mot-de-passe", changer_mot_de_passe),
        ("fermer-compte", fermer_compte),
        ("rouvrir-compte", rouvrir_compte),
    ):
        groupe.command(nom)(commande)


@_de_la_personne
@click.option("--mot-de-passe-stdin", is_flag=True, help="Lire le mot de passe sur l'entrée, sans le demander.")
def changer_mot_de_passe(*, courriel: str, mot_de_passe_stdin: bool) -> None:
    """Donner un autre mot de passe à une personne, et fermer ses sessions."""
    from webapp.domain.comptes import MotDePasseRefuse
    from webapp.services import comptes

    mot_de_passe = lire_mot_de_passe(sur_l_entree=mot_de_passe_stdin)
    try:
        with _compte(courriel) as (cnx, personne):
            comptes.changer_mot_de_passe(cnx, personne, mot_de_passe)
    except MotDePasseRefuse as refus:
        raise Refus("{refus}", refus=refus.message) from refus
    dire("Le mot de passe de {x} est changé ; ses sessions sont fermées.", x=personne.courriel)


@_de_la_personne
def fermer_compte(*, courriel: str) -> None:
    """Fermer le compte d'une personne et ses sessions ; ce qu'elle a écrit reste."""
    from webapp.services import comptes

    with _compte(courriel) as (cnx, personne):
        comptes.fermer_compte(cnx, personne)
    dire("Le compte {x} est fermé, et ses sessions avec lui.", x=personne.courriel)


@_de_la_personne
def rouvrir_compte(*, courriel: str) -> None:
    """Rouvrir un compte fermé, avec le mot de passe qu'il avait."""
    from webapp.services import comptes

    with _compte(courriel) as (cnx, personne):
        comptes.rouvrir_compte(cnx, personne)
    dire("Le compte {x} est ouvert : son mot de passe est celui d'avant.", x=personne.courriel)


@contextmanager
def _compte(courriel: str) -> Iterator[tuple[Connection, Utilisateur]]:
    """Open a transaction on the account of an address, or say in one sentence that there is none."""
    from webapp.domain.refus import Introuvable
    from webapp.services import comptes

    url = adresse()
    mettre_a_jour(url)
    with base(url) as ouverte, ouverte.ecriture() as cnx:
        try:
            personne = comptes.trouver(cnx, courriel)
        except Introuvable:
            raise Refus("Aucun compte n'a l'adresse « {x} ».", x=courriel.strip()) from None
        yield cnx, personne
