"""The catalogue: cards, search, filter, pages. What is done to a card is in `operations`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from flask import Blueprint, Response

from webapp.domain.comptes import Droit
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.prerempli import PAS_DE_DONNEE
from webapp.domain.statuts import EN_TRAVAIL, Operation, Statut, operations_permises
from webapp.domain.textes import dire, fr, pluriel
from webapp.domain.types_formation import regle_de
from webapp.services import catalogue, completude, publication
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.http.filters import a_defaut, jour
from webapp.web.http.reponses import fragment, page, par_htmx, rediriger
from webapp.web.panneau_controle import dire_raison
from webapp.web.vue import TRIS, TYPES, Vue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from webapp.domain.certifications import Certification, EtatCertification
    from webapp.domain.completude import Completude
    from webapp.services.catalogue import LigneCatalogue, PageCatalogue

bp = Blueprint("catalogue", __name__)

PAR_PAGE = 20
CERTIFICATIONS_PROPOSEES = 60
"""Of those that most formations prepare: who prepares more looks for one by its code or its title."""

POUR_VALIDER, PRETE = "Pour valider : {faits} sur {demandes}", fr("Prête à valider")
EXPORTEE, EXPORTEE_MODIFIEE = "Exportée le {jour}", "Exportée le {jour}, modifiée depuis"

_ONGLETS = (
    (None, "Toutes"),
    (Statut.BROUILLON, "Brouillons"),
    (Statut.VALIDEE, "Validées"),
    (Statut.ARCHIVEE, "Archivées"),
)
_SANS_QUESTION = "fragments/catalogue/sans-question.html"
# By whether the page shows other formations that match.
_CORRESPOND = ("correspond à cette recherche", "correspond aussi à cette recherche")
_CORRESPONDENT = ("correspondent à cette recherche", "correspondent aussi à cette recherche")
# What the table allows for each status, said once for all cards.
OPERATIONS = MappingProxyType({
    statut: frozenset(op.value for op in operations_permises(statut, Diagnostic())) - {Operation.VALIDER.value}
    for statut in Statut
})  # fmt: skip


class DitDeLaCertification(NamedTuple):
    """What the cards of a certification say of it at a date.

    `badge`: what is to be told of it, its state, the days left and whether it is an action.
    """

    badge: tuple[EtatCertification, int | None, bool] | None
    etiquette: str
    intitule: str


class Carte(NamedTuple):
    """A card as it is shown at a date. The template takes it apart: a name costs less there than an attribute."""

    id: str
    url: str
    titre: str
    statut: str
    libelle_statut: str
    badge: tuple[EtatCertification, int | None, bool] | None
    etiquette: str
    certification: str
    jour: str
    identifiant: str
    version: int
    operations: frozenset[str]
    publication: str
    """Whether a « validée » is « publiable », or why it is not; how far a draft is; empty for an archived one."""
    sortie: str
    """When it last went out to the portal, and whether it was touched since; empty when it never did."""


@bp.get("/")
@publique
def accueil() -> Response:
    """Go to the catalogue."""
    return rediriger(liens.CATALOGUE)


@bp.get(liens.CATALOGUE)
@exige(Droit.VOIR_CATALOGUE)
def lister() -> Response:
    """Show one page of the catalogue, saved last first; that of the card of a formation, when one is named."""
    return page("pages/catalogue.html", **contexte_de(Vue.demandee(), _id(saisie.parametre("formation"))))


def remontrer(vue: Vue, statut: int, dits: Sequence[tuple[str, object]]) -> Response:
    """Answer an operation: the page as it now is and what there is to say; to htmx, only what may have changed of it.

    `dits`: the kind of each message, and what its toast takes.
    """
    contexte = contexte_de(vue) | {"toasts": list(dits)}
    if not par_htmx():
        return page("pages/catalogue.html", statut, **contexte)
    # The search field stays as it is, for something may be typed in it, unless it goes away with the last formation.
    entete = "entete" if contexte["vide"] else "filtres"
    noms = (f"fragments/catalogue/{entete}.html", "fragments/catalogue/liste.html", _SANS_QUESTION)
    # Only who may operate on the catalogue is answered here.
    reponse = fragment((*noms, "fragments/toasts.html"), contexte | {"gestionnaire": True}, statut)
    reponse.headers["HX-Reswap"] = "none"
    return reponse


def contexte_de(vue: Vue, montree: UUID | None = None) -> dict[str, object]:
    """Give what a page of the catalogue shows; `montree` is a formation whose page it must be."""
    le, organisme = aujourdhui(), organisme_courant()
    trouvees = catalogue.lister(lecture(), organisme, vue.filtre, vue.marque, PAR_PAGE, vue.ordre(le))
    if vue.apres and not trouvees.lignes:
        # The last card of the last page has just left it.
        vue = vue._replace(apres="")
        trouvees = catalogue.lister(lecture(), organisme, vue.filtre, None, PAR_PAGE, vue.ordre(le))
    if montree is not None and all(ligne.id != montree for ligne in trouvees.lignes):
        place = catalogue.juste_avant(lecture(), organisme, montree)
        if place is not None:
            filtre, marque = place
            vue = Vue(statut=filtre.statut, apres=str(marque))
            trouvees = catalogue.lister(lecture(), organisme, filtre, marque, PAR_PAGE)
    suivant = str(trouvees.suivant) if trouvees.suivant else ""
    return {
        "cartes": _cartes(trouvees.lignes, le),
        "vide": trouvees.vide,
        "copies": uuid4(),
        "vue": vue,
        "onglets": _onglets(vue, trouvees),
        "tris": [(libelle, tri is vue.tri, vue.triee(tri).debut) for tri, libelle in TRIS.items()],
        "types": TYPES,
        "certifications": () if trouvees.vide else _certifications(vue.certification),
        "suivant": suivant,
        "choisir_url": liens.avec(liens.CHOISIR, **vue.filtres),
        "imprimer_url": liens.avec(liens.CATALOGUE_IMPRIME, **vue.parametres),
        "page_suivante": vue._replace(apres=suivant).adresse if suivant else "",
        "debut_url": vue.debut if vue.apres else "",
        "archives_trouvees": _dire_archivees(vue, trouvees),
        "archives_url": vue._replace(statut=Statut.ARCHIVEE).debut,
    }


def _cartes(lignes: Sequence[LigneCatalogue], le: date) -> list[Carte]:
    dits = dits_des_lignes(lignes, le)
    dites: dict[str, DitDeLaCertification] = {}
    return [carte(ligne, le, dits, dites) for ligne in lignes]


def dits_des_lignes(lignes: Sequence[LigneCatalogue], le: date) -> dict[UUID, str]:
    """Say of each formation, by its identity, how far it is from a validation, or why it is not « publiable »."""
    # That it is to be validated, a draft says by its badge; how far it is, by its count.
    validees = [(ligne.id, ligne.statut) for ligne in lignes if ligne.statut is Statut.VALIDEE]
    brouillons = [(ligne.id, ligne.version) for ligne in lignes if ligne.statut is Statut.BROUILLON]
    depassees = {un.id for un in lignes if un.certification is not None and not un.certification.active_le(le)}
    raisons = publication.raisons(lecture(), organisme_courant(), validees, le, depassees=depassees)
    dits = {id_: dire_raison(raison) for id_, raison in raisons.items()}
    if brouillons:
        loin = completude.completudes(lecture(), organisme_courant(), brouillons, le)
        dits |= {id_: _dire_completude(un) for id_, un in loin.items()}
    return dits


def _onglets(vue: Vue, trouvees: PageCatalogue) -> list[tuple[str, str, bool, str]]:
    """Give each status: its name, how many of it are looked for, whether it is shown, its address."""
    comptes = trouvees.compteurs
    actives = sum(comptes[statut] for statut in EN_TRAVAIL)
    return [
        (libelle, _dire_nombre(comptes[s] if s else actives, trouvees), s is vue.statut,
         vue._replace(statut=s, apres="").debut)
        for s, libelle in _ONGLETS
    ]  # fmt: skip


def _dire_nombre(nombre: int, trouvees: PageCatalogue) -> str:
    """Write a number; of a search that finds many, the least that it may be, and nothing when that says nothing."""
    if not trouvees.au_moins:
        return f" ({nombre})"
    return f" ({nombre}+)" if nombre else ""


def _certifications(choisie: str) -> list[tuple[str, str]]:
    """Give the certifications that the formations of the organisation prepare, by their codes: the most first."""
    preparees = catalogue.preparees(lecture(), organisme_courant(), CERTIFICATIONS_PROPOSEES)
    if choisie and all(code != choisie for code, _ in preparees):
        return [*preparees, (choisie, "")]
    return preparees


def _dire_completude(loin: Completude) -> str:
    if loin.entiere:
        return PRETE
    return dire(POUR_VALIDER, faits=loin.faits, demandes=loin.demandes)


def _dire_archivees(vue: Vue, trouvees: PageCatalogue) -> str:
    """Say that what is looked for in the working catalogue is found among the archived formations too."""
    nombre = trouvees.compteurs[Statut.ARCHIVEE]
    if not (vue.cherche and nombre and vue.statut is None):
        return ""
    aussi = bool(trouvees.lignes)
    modele = "Au moins {formations} {suite}." if trouvees.au_moins else "{formations} {suite}."
    suite = _CORRESPONDENT[aussi] if nombre > 1 else _CORRESPOND[aussi]
    return dire(modele, formations=pluriel(nombre, "formation archivée", "formations archivées"), suite=suite)


def carte(
    ligne: LigneCatalogue, le: date, dits: Mapping[UUID, str],
    dites: dict[str, DitDeLaCertification] | None = None,
) -> Carte:  # fmt: skip
    """Give what a line of the catalogue shows at a date.

    `dits` says how far each is, from a validation or from a publication; `dites` keeps, by their codes, what is said of
    certifications: the cards of a page prepare a few of them.
    """
    dites = {} if dites is None else dites
    certification = ligne.certification
    code = "" if certification is None else certification.code
    if code not in dites:
        dites[code] = _dire_certification(certification, le)
    return Carte(
        str(ligne.id), liens.formation(ligne.id), a_defaut(ligne.intitule, "(sans intitulé)"), ligne.statut.value,
        ligne.statut.libelle, *dites[code], jour(ligne.modifiee_le), a_defaut(ligne.identifiant, "à saisir"),
        ligne.version, OPERATIONS[ligne.statut], dits.get(ligne.id, ""),
        "" if ligne.sortie is None else _dire_sortie(*ligne.sortie),
    )  # fmt: skip


def _dire_certification(certification: Certification | None, le: date) -> DitDeLaCertification:
    if certification is None:
        return DitDeLaCertification(None, "Certification préparée", PAS_DE_DONNEE)
    badge = None
    if not certification.active_le(le) or certification.prend_fin_bientot(le):
        action = certification.type_code is TypeCode.CPF
        badge = (certification.etat_le(le), certification.jours_restants(le), action)
    return DitDeLaCertification(badge, regle_de(certification).etiquette, certification.intitule)


def _dire_sortie(le: datetime, touchee: bool) -> str:  # noqa: FBT001 - the second of a pair
    return dire(EXPORTEE_MODIFIEE if touchee else EXPORTEE, jour=jour(le))


def _id(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None
