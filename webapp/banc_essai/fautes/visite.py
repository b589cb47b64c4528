"""Faults of the guided tours: where they point, what they ask, what they wait for."""

from __future__ import annotations

from dataclasses import replace

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.web import visite

FAUTES = Recueil()


@FAUTES.faute("La visite éclaire un autre champ que celui dont elle parle.", "La visite éclaire ce que le guide nomme")
def visite_mauvaise_cible(pose: Pose) -> None:
    pose.page('data-motif="Votre identifiant interne de formation"', 'data-motif="Intitulé de la formation"')


@FAUTES.faute("La visite saute une étape de la fiche.", "Aucune étape de la fiche ne manque à la visite")
def visite_etape_sautee(pose: Pose) -> None:
    pose.motif(r'<li class="carte" id="arret-\d+"[^>]*data-motif="Résultats attendus de la formation".*?</li>', "")


@FAUTES.faute("La visite continue sans attendre le geste.", "La visite ne continue pas sans le geste")
def visite_sans_attendre(pose: Pose) -> None:
    pose.page('data-verbe="saisir"', 'data-verbe="lire"')


@FAUTES.faute("La visite s'arrête quand la page change.", "Je recharge la page, et la visite reprend où elle en était")
def visite_perdue_en_route(pose: Pose) -> None:
    pose.attribut(visite, "EN_COURS", "visite-d-une-autre-page")


@FAUTES.faute(
    "La visite ne dit plus ce qui se fait d'abord.", "Ce qui manque pour continuer est dit, et se fait d'abord"
)
def visite_sans_ce_qui_precede(pose: Pose) -> None:
    pose.resultat(visite, "visites", lambda toutes: {nom: replace(une, avant=None) for nom, une in toutes.items()})


@FAUTES.faute("Le « ? » d'un champ mène à une autre étape.", "Le « ? » d'un champ ouvre son étape")
def aide_d_un_autre_champ(pose: Pose) -> None:
    pose.resultat(visite, "aides", lambda aides: {libelle: next(iter(aides.values())) for libelle in aides})


@FAUTES.faute("La visite est proposée à côté d'une recherche.", "À côté d'une recherche, la démonstration")
def visite_offerte_a_cote_d_une_recherche(pose: Pose) -> None:
    offre = "<h2>C'est la première fois que vous venez ?</h2>"
    pose.page('<div id="liste-catalogue">', f'{offre}<div id="liste-catalogue">')
