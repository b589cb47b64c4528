"""Faults of « Nouvelle édition »: a difference that is not told, told otherwise, or told more than once."""

from __future__ import annotations

from dataclasses import replace

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.mode_emploi import edition, edition_constats

FAUTES = Recueil()


@FAUTES.faute("Un mot changé dans une phrase du guide n'est plus vu.", "Un nombre changé se lit dans sa phrase")
def edition_mot_change_tu(pose: Pose) -> None:
    pose.resultat(edition_constats, "comparer_mots", lambda faite: replace(faite, remplacements=()))


@FAUTES.faute("Un libellé que nul écran n'a n'est plus signalé.", "Un libellé renommé partout")
def edition_libelle_inconnu_tu(pose: Pose) -> None:
    pose.resultat(edition_constats, "inconnus", lambda _: ())


@FAUTES.faute("Un libellé renommé est dit autant de fois qu'il est écrit.", "Un libellé renommé partout")
def edition_libelle_dit_plusieurs_fois(pose: Pose) -> None:
    pose.resultat(edition_constats, "memes_remplacements", lambda groupes: [[r] for g in groupes for r in g])


@FAUTES.faute(
    "Une édition nommée autrement est dite disparue, puis nouvelle.", "Une édition qui change de numéro et de date"
)
def edition_nommee_deux_fois(pose: Pose) -> None:
    pose.resultat(edition_constats, "trouver_en_place", lambda _: [])


@FAUTES.faute("Une phrase retirée du guide est passée sous silence.", "Une phrase retirée est dite disparue")
def edition_disparition_tue(pose: Pose) -> None:
    pose.resultat(edition_constats, "par_section", lambda _: [])


@FAUTES.faute("Une phrase ajoutée au guide est passée sous silence.", "Une phrase ajoutée est dite nouvelle")
def edition_ajout_tu(pose: Pose) -> None:
    pose.resultat(edition_constats, "ranger", lambda rangees: ([], rangees[1]))


@FAUTES.faute("Une phrase qui change de place est passée sous silence.", "Une phrase qui change de place")
def edition_ordre_ignore(pose: Pose) -> None:
    pose.resultat(edition_constats, "deplacees", lambda _: [])


@FAUTES.faute("La différence ne mène plus au scénario à revoir.", "Un nombre changé se lit dans sa phrase")
def edition_scenario_tu(pose: Pose) -> None:
    pose.motif(r"<li>Scénario à revoir\s:.*?</li>", "")


@FAUTES.faute("Le texte d'un autre guide n'est plus reconnu.", "Le texte d'un autre guide est reconnu")
def edition_autre_guide_ignore(pose: Pose) -> None:
    pose.resultat(edition, "plus_proche", lambda _: None)
