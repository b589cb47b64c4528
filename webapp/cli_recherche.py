"""The command that looks after the search of the catalogues."""

from __future__ import annotations

import click

from webapp.domain.textes import pluriel
from webapp.preparation import adresse, base, mettre_a_jour
from webapp.terminal import Groupe, Refus, dire


def ajouter(groupe: Groupe) -> None:
    """Make a group of commands hold this one."""
    groupe.command("verifier-recherche")(verifier_recherche)


@click.option("--reconstruire", is_flag=True, help="Refaire tous les mots et leur index.")
def verifier_recherche(*, reconstruire: bool) -> None:
    """Comparer l'index de la recherche avec les formations des catalogues."""
    from webapp.services import recherche

    url = adresse()
    mettre_a_jour(url)
    with base(url) as ouverte, ouverte.ecriture() as cnx:
        if reconstruire:
            nombre = recherche.reconstruire(cnx)
            dire(f"La recherche est reconstruite : {pluriel(nombre, 'formation indexée', 'formations indexées')}.")
            return
        etat = recherche.verifier(cnx)
    if etat.juste:
        dire("La recherche est juste : chaque formation se retrouve par ses mots.")
        return
    faits = []
    if etat.ecarts:
        faits.append(pluriel(etat.ecarts, "formation n'a pas ses mots", "formations n'ont pas leurs mots"))
    if not etat.index_fidele:
        faits.append("l'index ne tient pas les mots gardés")
    raise Refus(f"La recherche est à refaire : {', et '.join(faits)}. Lancez « verifier-recherche --reconstruire ».")
