"""Faults of the portal's file: what goes out, its bytes, its characters, its dates, what is told of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import update

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain import saisies
from webapp.domain.champs import Champ
from webapp.domain.comptes import Role
from webapp.domain.exports import Export, Quoi
from webapp.domain.textes import normaliser
from webapp.edof import caracteres, differences, passage
from webapp.persistence import suivi_edof
from webapp.persistence.tables_edof import suivi
from webapp.services import annuaire, comptes_rendus, export_edof, exportation, marche
from webapp.web import catalogue as ecran_catalogue
from webapp.web import export_edof as ecran

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from webapp.domain.noeud import Entree

FAUTES = Recueil()


def _sans_controle(pose: Pose, changer: Callable[[bytes], bytes]) -> None:
    """Change the bytes of each formation, and have nobody look at them afterwards."""
    pose.resultat(export_edof, "ecrire_formation", changer)
    pose.attribut(export_edof, "verifier_formation", lambda _formation: ())


@FAUTES.faute("Ce qui reste hors du fichier est tu.", "Ce qui reste hors du fichier est nommé")
def ecartees_du_fichier_tues(pose: Pose) -> None:
    pose.motif(r'<section class="carte groupe-de-tache" aria-label="Ce qui reste hors du fichier">.*?</section>', "")


@FAUTES.faute("Un brouillon sort avec le reste.", "Le fichier contient ce qui est publiable")
def brouillons_exportes(pose: Pose) -> None:
    pose.attribut(export_edof, "verifier_formation", lambda _formation: ())
    pose.autour(export_edof, "objet_publie", lambda _vrai, une, siret, _traces: passage.objet_de(
        une.formation, une.actions, une.sessions, passage.Entourage(siret, une.autour.contacts, une.autour.lieux)
    ))  # fmt: skip


@FAUTES.faute("Une sélection exporte tout le catalogue.", "Une sélection ne contient que ce que j'ai choisi")
def selection_oubliee(pose: Pose) -> None:
    pose.autour(
        exportation, "demander",
        lambda vrai, cnx, demande, id, quoi, jours: vrai(
            cnx, demande, id, Quoi.TOUT if quoi is Quoi.CHOIX else quoi, jours
        ),
    )  # fmt: skip


@FAUTES.faute("Deux éléments d'une action sont échangés.", "Les éléments d'une action suivent l'ordre")
def elements_echanges(pose: Pose) -> None:
    motif = re.compile(rb"(<acces-handicapes>.*?</acces-handicapes>)(\s*)(<langue-formation>.*?</langue-formation>)")
    _sans_controle(pose, lambda octets: motif.sub(rb"\3\2\1", octets))


@FAUTES.faute("Une information complémentaire n'est pas écrite.", "Aucune information complémentaire")
def extra_perdu(pose: Pose) -> None:
    motif = re.compile(rb'\s*<extra info="existence-prerequis">.*?</extra>')
    _sans_controle(pose, lambda octets: motif.sub(b"", octets))


@FAUTES.faute("Le fichier est en UTF-8 et se dit en ISO-8859-1.", "Le fichier est en ISO-8859-1")
def mauvais_encodage(pose: Pose) -> None:
    pose.resultat(export_edof, "ecrire_formation", lambda octets: octets.decode("iso-8859-1").encode())


@FAUTES.faute("Une formation porte la date de l'export.", "Une formation garde sa propre date")
def date_de_l_export(pose: Pose) -> None:
    pose.autour(passage, "jour_ecrit", lambda vrai, _moment: vrai(datetime.now(UTC)))


@FAUTES.faute("Deux exports de suite ne donnent pas les mêmes octets.", "Le même catalogue donne le même fichier")
def octets_qui_changent(pose: Pose) -> None:
    numeros = count()
    pose.resultat(export_edof, "ecrire_formation", lambda octets: octets + b" " * next(numeros))


@FAUTES.faute("Un caractère est remplacé sans être montré.", "Un remplacement accepté se fait dans le fichier")
def remplacement_silencieux(pose: Pose) -> None:
    pose.resultat(suivi_edof, "acceptes", lambda connus: {"œ": "oe", "\u2019": "'"} | connus)


@FAUTES.faute("Ce que rien ne remplace devient « ? ».", "Un caractère que rien ne remplace")
def point_d_interrogation(pose: Pose) -> None:
    pose.resultat(caracteres, "remplacement", lambda par: par or "?")


@FAUTES.faute("Des espaces seuls sont gardés, et retiennent l'offre.", "Des espaces seuls dans un champ facultatif")
def blancs_gardes(pose: Pose) -> None:
    pose.attribut(saisies, "normaliser_valeur", normaliser)
    pose.attribut(passage, "est_vide", lambda texte: not texte)


@FAUTES.faute("Un numéro paraît pouvoir être remplacé.", "Un numéro que le fichier ne peut pas porter se dit")
def numeros_dits_remplaces(pose: Pose) -> None:
    pose.attribut(Champ, "est_numero", False)  # noqa: FBT003 - what a field then says of itself


@FAUTES.faute("Tout paraît changé depuis le fichier déposé.", "Rien n'a changé depuis le fichier déposé")
def tout_change(pose: Pose) -> None:
    numeros = count()
    pose.resultat(marche, "empreinte_de", lambda _empreinte: f"{next(numeros):032}")


@FAUTES.faute("Ce qui change sur EDOF n'est pas dit.", "Ce qui a changé depuis le fichier déposé")
def changements_tus(pose: Pose) -> None:
    pose.resultat(differences, "differences", lambda _toutes: [])


@FAUTES.faute("Une carte ne dit pas que la formation a changé depuis.", "La carte dit que la formation a changé depuis")
def modifiee_tue(pose: Pose) -> None:
    pose.attribut(ecran_catalogue, "EXPORTEE_MODIFIEE", ecran_catalogue.EXPORTEE)


@FAUTES.faute("Un contact qui change ne se voit pas sur les cartes.", "Un contact qui change se voit sur les cartes")
def annuaire_non_compte(pose: Pose) -> None:
    def soumettre(vrai: Callable[..., Entree], cnx: Connection, *faits: object) -> Entree:
        fait = vrai(cnx, *faits)
        cnx.execute(update(suivi).values(fois=suivi.c.fois_exportee))
        return fait

    pose.autour(annuaire, "soumettre", soumettre)


@FAUTES.faute("Un code inconnu du portail disparaît.", "Un code connu mène à son champ")
def codes_inconnus_perdus(pose: Pose) -> None:
    pose.resultat(comptes_rendus, "lire", lambda lignes: [ligne for ligne in lignes if ligne.connu is not None])


@FAUTES.faute("Un lecteur peut marquer un fichier comme déposé.", "Un lecteur télécharge le fichier")
def lecteur_qui_marque(pose: Pose) -> None:
    pose.resultat(ecran, "utilisateur_courant", lambda qui: replace(qui, role=Role.GESTIONNAIRE_CATALOGUE))


@FAUTES.faute("Sans JavaScript, le fichier ne se prend pas.", "Je fais et je télécharge le fichier sans JavaScript")
def sans_lien(pose: Pose) -> None:

    pose.resultat(Export, "a_un_fichier", lambda _oui: False)
