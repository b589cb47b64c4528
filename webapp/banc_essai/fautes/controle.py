"""Faults of « Contrôle »: what is missing to publish, what leads to a field, the page of the catalogue, advice."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.comptes import Utilisateur
from webapp.domain.diagnostic import Portee
from webapp.services import catalogue, controle, publication
from webapp.web import panneau_controle
from webapp.web.controle import Vue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.domain.controle_arbre import ControleArbre
    from webapp.services.controle import Controlee
    from webapp.web.panneau_controle import Ligne, Panneau

FAUTES = Recueil()


@FAUTES.faute("Une formation sans action se dit publiable.", "Une formation validée sans action n'est pas encore")
def publiable_d_office(pose: Pose) -> None:
    def sans_manque(trouve: ControleArbre) -> ControleArbre:
        return replace(trouve, manques=())

    pose.resultat(controle, "si_peu", sans_manque)


@FAUTES.faute(
    "Aucune formation n'est jamais publiable.", "Une formation validée avec une action et une session valides"
)
def jamais_publiable(pose: Pose) -> None:
    pose.resultat(panneau_controle, "montrer", lambda panneau: panneau._replace(publiable=False))


@FAUTES.faute("L'action la plus proche du but n'est pas nommée.", "L'action la plus proche du but est nommée")
def plus_proche_tue(pose: Pose) -> None:
    def abreger(panneau: Panneau) -> Panneau:
        courts = (manque._replace(message=manque.message.partition(";")[0]) for manque in panneau.manques)
        return panneau._replace(manques=tuple(courts))

    pose.resultat(panneau_controle, "montrer", abreger)


@FAUTES.faute("Un point du contrôle mène au haut du formulaire.", "Ce qui bloque dans une action mène à son champ")
def champ_perdu(pose: Pose) -> None:
    def sans_ancre(montrees: tuple[Ligne, ...]) -> tuple[Ligne, ...]:
        return tuple(ligne._replace(url=ligne.url.partition("#")[0]) for ligne in montrees)

    pose.resultat(panneau_controle, "lignes", sans_ancre)


@FAUTES.faute(
    "Un lecteur se voit proposer de créer une action.", "Un lecteur voit le contrôle sans pouvoir rien changer"
)
def lecteur_qui_cree(pose: Pose) -> None:
    pose.autour(Utilisateur, "peut", lambda _vrai, _soi, _droit: True)


@FAUTES.faute(
    "Le contrôle du catalogue saute la première formation.", "Le contrôle du catalogue montre chaque formation"
)
def premiere_formation_sautee(pose: Pose) -> None:
    def sans_la_premiere(controlees: Iterator[Controlee]) -> Iterator[Controlee]:
        return islice(controlees, 1, None)

    pose.resultat(controle, "du_catalogue", sans_la_premiere)


@FAUTES.faute(
    "« Filtrer » ne filtre rien.", "Je ne garde que ce qui bloque", "Sans JavaScript, je ne garde qu'une règle"
)
def filtre_ignore(pose: Pose) -> None:
    pose.autour(Vue, "retient", lambda _vrai, _soi, _constat: True)


@FAUTES.faute("La carte se dit publiable quoi qu'il manque.", "La carte dit en quelques mots ce qui manque")
def carte_publiable(pose: Pose) -> None:
    pose.resultat(publication, "raisons", dict.fromkeys)


@FAUTES.faute("La carte d'une formation publiable ne dit rien.", "La carte d'une formation publiable le dit")
def carte_muette(pose: Pose) -> None:
    pose.attribut(panneau_controle, "PUBLIABLE", "")


@FAUTES.faute("L'étape 2/2 tait ses conseils.", "Un texte promotionnel est déconseillé")
def conseils_de_l_etape_2_tus(pose: Pose) -> None:
    pose.autour(controle, "conseils", lambda _vrai, *_: ())


@FAUTES.faute("Un conseil de l'étape 2/2 empêche de valider.", "Un texte promotionnel est déconseillé")
def conseil_qui_empeche(pose: Pose) -> None:
    def durcir(vrai: Any, lecture: Any, organisme: Any, envoi: Any, le: Any, *reste: Any) -> Any:
        diagnostic = vrai(lecture, organisme, envoi, le, *reste)
        conseils = controle.conseils(lecture, organisme, envoi.fiche, le)
        return diagnostic.avec(*(replace(conseil, portee=Portee.VALIDATION) for conseil in conseils))

    pose.autour(catalogue, "diagnostiquer", durcir)
