"""Faults of what a date says and orders, of the words of a search, of the edge of a period, of a border forgotten."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select, update

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import certifications
from webapp.domain.formation import Acte, Envoi, Formation
from webapp.domain.statuts import Operation
from webapp.persistence import compteurs, tables, tranches
from webapp.persistence import formations as formations_gardees
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tranches import Tranche
from webapp.services import catalogue, echeances
from webapp.services.echeances import Echeancier
from webapp.web.http import filters

FAUTES = Recueil()


# ------------------------------------------------------------------------------------------------ ce que dit une date


@FAUTES.faute("Le jour d'une date s'écrit avec un zéro.", "Une modification du 5 novembre 2019", "Une modification du")
def jour_avec_zero(pose: Pose) -> None:
    pose.resultat(filters, "date_longue", lambda ecrite: re.sub(r"^(\d)(?=\s)", r"0\1", ecrite))


@FAUTES.faute("Le premier du mois s'écrit « 1 ».", "Une modification du 1er juin 2019", "Une modification du")
def premier_sans_er(pose: Pose) -> None:
    pose.resultat(filters, "date_longue", lambda ecrite: ecrite.replace("1er", "1"))


@FAUTES.faute("Le mois d'une date s'écrit en chiffres.", "Une modification du 11 février 2018", "Une modification du")
def mois_en_chiffres(pose: Pose) -> None:
    pose.attribut(filters, "date_longue", lambda jour: f"{jour:%d/%m/%Y}")


@FAUTES.faute("Le catalogue est trié par date de création.", "Une ancienne formation que je modifie passe en tête")
def tri_par_creation(pose: Pose) -> None:
    t = tables.formation.c
    creations = RequetePreparee(select(t.id, t.creee_le).where(t.organisme_id == bindparam("organisme_id")))

    def trier(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> list[Any]:
        nees = dict(map(tuple, creations.lignes(lecture, organisme_id=organisme_id)))
        return sorted(vrai(lecture, organisme_id, voulue), key=lambda ligne: nees[ligne[0]], reverse=True)

    pose.autour(tranches, "tranche", trier)


@FAUTES.faute("Valider une formation ne change pas sa date.", "Valider une formation lui donne la date du jour")
def validation_sans_date(pose: Pose) -> None:
    def antidater(vrai: Any, cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Any:
        if operation is Operation.VALIDER and envoi.version:
            acte = replace(acte, maintenant=catalogue.ouvrir(cnx, acte.organisme, envoi.id).modifiee_le)
        return vrai(cnx, acte, envoi, operation)

    pose.autour(catalogue, "soumettre", antidater)


@FAUTES.faute("Une copie porte la date de son modèle.", "La copie d'une ancienne formation porte la date du jour")
def copie_antidatee(pose: Pose) -> None:
    def dupliquer(vrai: Any, cnx: Connection, acte: Acte, id_: UUID, *a: Any) -> Formation:
        copie: Formation = vrai(cnx, acte, id_, *a)
        _dater(cnx, copie.id, catalogue.ouvrir(cnx, acte.organisme, id_).modifiee_le)
        return copie

    pose.autour(catalogue, "dupliquer", dupliquer)


@FAUTES.faute("Copier une formation change la date du modèle.", "Copier une formation ne change pas sa date")
def modele_redate(pose: Pose) -> None:
    def dupliquer(vrai: Any, cnx: Connection, acte: Acte, id_: UUID, *a: Any) -> Formation:
        copie: Formation = vrai(cnx, acte, id_, *a)
        _dater(cnx, id_, acte.maintenant)
        return copie

    pose.autour(catalogue, "dupliquer", dupliquer)


def _dater(cnx: Connection, id_: UUID, instant: Any) -> None:
    t = tables.formation
    cnx.execute(update(t).where(t.c.id == id_).values(modifiee_le=instant))


# ------------------------------------------------------------------------------------------------ plusieurs mots


@FAUTES.faute("Seul le premier mot d'une recherche compte.", "Rechercher « expression orale »", "a tous les mots")
def premier_mot_seul(pose: Pose) -> None:
    def chercher(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Any:
        return vrai(lecture, organisme_id, replace(voulue, mots=voulue.mots[:1]))

    pose.autour(tranches, "tranche", chercher)


@FAUTES.faute("Un seul des mots d'une recherche suffit.", "dont un mot ne se trouve nulle part", "a tous les mots")
def un_mot_suffit(pose: Pose) -> None:
    def chercher(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> list[Any]:
        seuls = [replace(voulue, mots=(mot,)) for mot in voulue.mots] or [voulue]
        return list({ligne[0]: ligne for une in seuls for ligne in vrai(lecture, organisme_id, une)}.values())

    pose.autour(tranches, "tranche", chercher)


# ------------------------------------------------------------------------------------------------ le bord d'une période


@FAUTES.faute("Une échéance à 180 jours n'est pas dite.", "Le 4 juillet 2026, l'échéance", "Le 4 juillet 2026")
def avertissement_a_179_jours(pose: Pose) -> None:
    pose.attribut(certifications, "JOURS_D_AVERTISSEMENT", 179)


@FAUTES.faute("Une échéance à 181 jours est déjà dite.", "À 181 jours, la carte ne dit rien", "À 181 jours")
def avertissement_a_181_jours(pose: Pose) -> None:
    pose.attribut(certifications, "JOURS_D_AVERTISSEMENT", 181)


@FAUTES.faute("À 30 ou 90 jours juste, une échéance est dans la période d'après.", "Le 2 octobre 2026, l'échéance")
def bord_exclu(pose: Pose) -> None:
    def decaler(trouve: Echeancier) -> Echeancier:
        toutes = [e for _, liste in trouve.paliers for e in liste]
        bornes = [fin for fin, _ in trouve.paliers]
        debuts = [-1, *(fin - 1 for fin in bornes)]
        fins = [*(fin - 1 for fin in bornes[:-1]), bornes[-1]]
        paliers = tuple(
            (borne, tuple(e for e in toutes if debut < (e.jours or 0) <= fin))
            for borne, debut, fin in zip(bornes, debuts, fins, strict=False)
        )
        return replace(trouve, paliers=paliers)

    pose.resultat(echeances, "echeancier", decaler)


# ------------------------------------------------------------------------------------------------ la frontière oubliée


@FAUTES.faute("L'échéancier compte aussi les formations des autres organismes.", "ne sont pas dans mon échéancier")
def echeancier_sans_frontiere(pose: Pose) -> None:
    t = tables.formation.c
    toutes = RequetePreparee(select(t.certification, func.count()).group_by(t.certification))
    pose.attribut(compteurs, "par_certification", lambda lecture, *_, **__: dict(map(tuple, toutes.lignes(lecture))))


@FAUTES.faute("L'identifiant d'un autre organisme passe pour pris.", "Le même identifiant dans un autre organisme")
def identifiant_sans_frontiere(pose: Pose) -> None:
    t = tables.formation.c
    partout = RequetePreparee(select(t.id).where(t.identifiant_cle == bindparam("cle")).limit(1))
    pose.attribut(formations_gardees, "titulaire", lambda lecture, _organisme_id, cle: partout.valeur(lecture, cle=cle))


# ------------------------------------------------------------------------------------ ce que l'échéancier offre


@FAUTES.faute("L'échéancier n'archive plus.", "L'échéancier archive une formation")
def archivage_absent(pose: Pose) -> None:
    pose.page(' archiver-ici"', ' archiver-ici" hidden')


@FAUTES.faute("L'échéancier mène à tout le catalogue.", "L'échéancier mène aux formations à changer")
def choix_sans_recherche(pose: Pose) -> None:
    pose.page("/catalogue/choix?certification=", "/catalogue/choix?autre=")
