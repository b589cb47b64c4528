"""What the screens are measured on: catalogues of a size, made through the services of the product in one transaction.

Texts as long as real ones, statuses and certifications mixed: a page of empty cards would be cheaper.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from webapp.banc_essai import donnees as banc_essai
from webapp.persistence import database

LOT = 5_000

INTITULES = (
    "Compétences Cléa - expression orale",
    "Préparer et valider le socle de connaissances et de compétences professionnelles",
    "Cléa numérique : s'informer, communiquer et travailler avec un ordinateur",
    "Calcul et raisonnement mathématique dans les situations de travail, remise à niveau",
    "Utiliser les règles de base du calcul et du raisonnement mathématique",
    "Apprendre à apprendre tout au long de la vie",
    "Travailler dans le cadre de règles définies d'un travail en équipe",
)
STATUTS = ("brouillon", "brouillon", "brouillon", "validee", "validee", "validee", "archivee")
CERTIFICATIONS = ("RS2203", "RS2203", "RS3936")
OBJECTIF = (
    "À l'issue de la formation, la personne sait prendre la parole devant un petit groupe, présenter son activité, "
    "répondre aux questions, reformuler ce qu'elle a compris et adapter son discours à son interlocuteur."
)
CONTENU = """\
1. Se situer : entretien individuel, positionnement, plan personnalisé de formation.
2. Écouter et comprendre : consignes, échanges entre collègues, appels téléphoniques, réunions courtes.
3. S'exprimer : décrire un incident, rendre compte, exposer un point de vue, argumenter sans heurter.
4. S'entraîner : mises en situation filmées, jeux de rôle tirés du métier, retours du groupe.
5. Préparer l'évaluation : dossier de preuves, entretien devant le jury, évaluation blanche."""


def formations(nombre: int) -> Iterator[dict[str, str]]:
    """Give the formations of a catalogue of that size, as the test door takes them."""
    for rang in range(nombre):
        intitule = INTITULES[rang % len(INTITULES)]
        yield {
            "identifiant": f"Clea_{rang:07d}",
            "intitule": f"{intitule} ({rang % 97 + 1})",
            "statut": STATUTS[rang % len(STATUTS)],
            "certification": CERTIFICATIONS[rang % len(CERTIFICATIONS)],
            "objectif": OBJECTIF,
        }


def remplir(url: str, organisme: str, nombre: int) -> None:
    """Add that many formations to the catalogue of an organisation, all or none."""
    base = database.ouvrir(url)
    a_faire = formations(nombre)
    try:
        with base.ecriture() as cnx:
            while lot := list(islice(a_faire, LOT)):
                banc_essai.ajouter_formations(cnx, UUID(organisme), lot)
    finally:
        base.fermer()
