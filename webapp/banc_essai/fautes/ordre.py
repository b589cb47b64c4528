"""Faults of the order of the catalogue, of its filters and counts, and of what the échéancier does to many at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from webapp.banc_essai.fautes.pose import Pose, Recueil
from webapp.domain.statuts import Statut
from webapp.persistence import tranches
from webapp.services import completude
from webapp.services.pages import Ordre
from webapp.web import echeancier
from webapp.web.vue import Vue

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.persistence.lecture import Lecture
    from webapp.persistence.tranches import Tranche

FAUTES = Recueil()


@FAUTES.faute("Trier le catalogue ne change rien.", "Trié par « Titre »", "Trié par « Statut »")
def tri_sans_effet(pose: Pose) -> None:
    pose.autour(Vue, "ordre", lambda _vrai, _soi, le: Ordre(le=le))


@FAUTES.faute("Le filtre par type ne filtre rien.", "Je filtre par type")
def type_sans_effet(pose: Pose) -> None:
    def sans_type(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Any:
        return vrai(lecture, organisme_id, replace(voulue, type_formation=""))

    pose.autour(tranches, "tranche", sans_type)


@FAUTES.faute("Le filtre par certification ne filtre rien.", "Je filtre par certification")
def certification_sans_effet(pose: Pose) -> None:
    def sans_certification(vrai: Any, lecture: Lecture, organisme_id: UUID, voulue: Tranche) -> Any:
        return vrai(lecture, organisme_id, replace(voulue, certification=""))

    pose.autour(tranches, "tranche", sans_certification)


@FAUTES.faute("Les nombres ne suivent pas la recherche.", "Les nombres suivent la recherche")
def nombres_sans_la_recherche(pose: Pose) -> None:
    pose.resultat(tranches, "trouvees", lambda lues: replace(lues, par_statut=dict.fromkeys(Statut, lues.nombre)))


@FAUTES.faute("Trier fait oublier le filtre par type.", "Trier et choisir un statut gardent le filtre")
def tri_sans_le_filtre(pose: Pose) -> None:
    pose.motif(r'href="/catalogue\?type=[a-z]+&amp;tri=', 'href="/catalogue?tri=')


@FAUTES.faute("Archiver fait oublier l'ordre et le filtre.", "Archiver une formation garde l'ordre et le filtre")
def archivage_sans_la_vue(pose: Pose) -> None:
    pose.motif(r'<input type="hidden" name="vue\.type"[^>]*>', "")


@FAUTES.faute("Un brouillon compte comme rempli ce qui ne l'est pas.", "Un brouillon dit combien de points")
def completude_flatteuse(pose: Pose) -> None:
    pose.resultat(
        completude, "completudes", lambda dites: {id_: une._replace(faits=une.demandes) for id_, une in dites.items()}
    )


@FAUTES.faute("Sans rien cocher, l'échéancier ne dit pas pourquoi rien ne se fait.", "Sans rien cocher, l'échéancier")
def rien_de_coche_tu(pose: Pose) -> None:
    pose.attribut(echeancier, "RIEN_DE_COCHE", "…")
