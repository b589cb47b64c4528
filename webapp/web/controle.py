"""« Contrôle »: the page of one formation with all that it holds, and that of the whole catalogue, filtered.

The catalogue is judged as it is read: a page stops at PAR_PAGE formations of which there is something to say, or when
OBJETS_PAR_PAGE things were judged, and says where the next goes on. No score: a list.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.diagnostic import Portee
from webapp.domain.libelles_regles import LIBELLES, cle_de
from webapp.domain.statuts import Statut, modifiable
from webapp.domain.textes import dire, pluriel
from webapp.services import catalogue, controle
from webapp.services.pages import Curseur
from webapp.web import panneau_controle
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant, utilisateur_courant
from webapp.web.http.filters import a_defaut
from webapp.web.http.reponses import fragment, page, par_htmx
from webapp.web.libelles import libelles_de
from webapp.web.panneau_controle import Ligne, dire_raison, lignes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from webapp.domain.formation import Formation
    from webapp.domain.publication import Constat
    from webapp.services.controle import Controlee

bp = Blueprint("controle", __name__)

PAR_PAGE = 20
"""Formations of which there is something to say, on one page."""

OBJETS_PAR_PAGE = 2_000
"""Formations, actions and sessions that are judged for one page: a fraction of a second."""

PAR_FORMATION = 10
"""Things said of one formation in the page of the catalogue; its own page says them all."""

LIGNES_PAR_PAGE = 200
"""Things said on one page of a formation."""

BLOQUANT, CONSEIL = "bloquant", "conseil"
VUES: MappingProxyType[str, str] = MappingProxyType({
    "": "Tout", BLOQUANT: "Ce qui bloque", CONSEIL: "Ce qui est conseillé",
})  # fmt: skip
JUGEES = "{formations} sur cette page, actions et sessions comprises."
RIEN_ICI = "Rien à signaler parmi ces formations."
RIEN = "Rien à signaler dans votre catalogue."
ET_LA_SUITE = "et {reste} : voir le contrôle de cette formation"


class Vue(NamedTuple):
    """What the page of the catalogue shows: what blocks or what is advised, of one rule or of all, from a mark on."""

    voir: str = ""
    regle: str = ""
    apres: str = ""

    @classmethod
    def demandee(cls) -> Vue:
        """Read it from the address; what is not known there is not asked."""
        voir, regle = saisie.parametre("voir"), saisie.parametre("regle")
        return cls(voir if voir in VUES else "", regle if regle in LIBELLES else "", saisie.parametre("apres"))

    def retient(self, constat: Constat) -> bool:
        """Say whether a thing that is said is to be shown."""
        bloque = constat.anomalie.portee is not Portee.CONSEIL
        if self.voir and bloque is not (self.voir == BLOQUANT):
            return False
        return not self.regle or cle_de(constat.anomalie) == self.regle

    def adresse(self, apres: str = "") -> str:
        """Give the address that shows it, from another mark on."""
        return liens.avec(liens.CONTROLE, voir=self.voir, regle=self.regle, apres=apres)


class FormationMontree(NamedTuple):
    """What is said of one formation of the catalogue."""

    id: str
    titre: str
    url: str
    statut: Statut
    publication: str
    bloquants: tuple[Ligne, ...]
    conseils: tuple[Ligne, ...]
    suite: str
    suite_url: str


@bp.get("/formations/<uuid:id>/controle")
@exige(Droit.VOIR_CATALOGUE)
def d_une_formation(id: UUID) -> Response:
    """Show all that is said of a formation and of what it holds; to htmx, the panel of its page."""
    formation = catalogue.ouvrir(lecture(), organisme_courant(), id)
    trouve = controle.de_la_formation(lecture(), organisme_courant(), id, aujourdhui())
    nommer, permis = libelles_de(formation.fiche), _permis(formation)
    if par_htmx():
        panneau = panneau_controle.montrer(formation, trouve, permis=permis, ici=True)
        return fragment((panneau_controle.FRAGMENT,), {"controle": panneau, "controle_demande": True})
    toutes = (*trouve.bloquants, *trouve.conseils)
    debut = _debut(len(toutes))
    montrees = toutes[debut : debut + LIGNES_PAR_PAGE]
    fin = debut + len(montrees)
    return page(
        "pages/controle-formation.html", formation=formation, titre=_titre(formation),
        controle=panneau_controle.montrer(formation, trouve, permis=permis),
        bloquants=lignes([c for c in montrees if c.anomalie.portee is not Portee.CONSEIL], nommer),
        conseils=lignes([c for c in montrees if c.anomalie.portee is Portee.CONSEIL], nommer),
        suivante=liens.avec(liens.controle(id), debut=str(fin)) if fin < len(toutes) else "",
        premiere=liens.controle(id) if debut else "",
    )  # fmt: skip


@bp.get(liens.CONTROLE)
@exige(Droit.VOIR_CATALOGUE)
def du_catalogue() -> Response:
    """Show what is said of the working catalogue, formation by formation, saved last first."""
    vue = Vue.demandee()
    formations, jugees, suivant = _juger(vue)
    vide = not (jugees or vue.apres)
    return page(
        "pages/controle.html", vue=vue, vues=VUES.items(), formations=formations, vide=vide,
        regles=sorted(LIBELLES.items(), key=lambda un: un[1].casefold()),
        jugees="" if vide else dire(JUGEES, formations=pluriel(jugees, "formation contrôlée", "formations contrôlées")),
        rien=RIEN_ICI if suivant or vue.apres or vue.voir or vue.regle else RIEN,
        suivante=vue.adresse(suivant) if suivant else "", premiere=vue.adresse() if vue.apres else "",
    )  # fmt: skip


def _juger(vue: Vue) -> tuple[list[FormationMontree], int, str]:
    """Judge until a page is full. Out: what it shows, how many formations were judged, the mark of the next page."""
    montrees: list[FormationMontree] = []
    jugees = objets = 0
    derniere = ""
    for controlee in controle.du_catalogue(
        lecture(), organisme_courant(), aujourdhui(), Curseur.s_il_y_en_a(vue.apres)
    ):
        # The mark is given once there is something after it.
        if len(montrees) == PAR_PAGE or objets >= OBJETS_PAR_PAGE:
            return montrees, jugees, derniere
        jugees += 1
        objets += controlee.objets
        derniere = str(controlee.place)
        retenus = [constat for constat in controlee.controle.constats if vue.retient(constat)]
        if retenus:
            montrees.append(_formation(controlee, retenus))
    return montrees, jugees, ""


def _formation(controlee: Controlee, retenus: Sequence[Constat]) -> FormationMontree:
    formation, nommer = controlee.formation, libelles_de(controlee.formation.fiche)
    # What blocks first: of what is not shown, advice is the least.
    en_ordre = sorted(retenus, key=lambda constat: constat.anomalie.portee is Portee.CONSEIL)[:PAR_FORMATION]
    reste = len(retenus) - len(en_ordre)
    return FormationMontree(
        str(formation.id), _titre(formation), liens.formation(formation.id), formation.statut,
        dire_raison(controlee.controle.raison),
        lignes([c for c in en_ordre if c.anomalie.portee is not Portee.CONSEIL], nommer),
        lignes([c for c in en_ordre if c.anomalie.portee is Portee.CONSEIL], nommer),
        dire(ET_LA_SUITE, reste=pluriel(reste, "autre point", "autres points")) if reste else "",
        liens.controle(formation.id),
    )  # fmt: skip


def _titre(formation: Formation) -> str:
    return a_defaut(a_defaut(formation.fiche.intitule, formation.fiche.identifiant), "(sans intitulé)")


def _permis(formation: Formation) -> bool:
    return modifiable(formation.statut) and utilisateur_courant().peut(Droit.GERER_CATALOGUE)


def _debut(nombre: int) -> int:
    """Read from which thing a page begins; from the first when the address says nothing that can be."""
    dit = saisie.parametre("debut")
    debut = int(dit) if dit.isascii() and dit.isdecimal() and len(dit) <= len(str(nombre)) else 0
    return debut if debut < nombre else 0
