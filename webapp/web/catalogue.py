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
from webapp.domain.statuts import Operation, Statut, operations_permises
from webapp.domain.textes import dire
from webapp.domain.types_formation import regle_de
from webapp.services import catalogue, publication
from webapp.services.catalogue import Curseur, Filtre
from webapp.services.pages import ARCHIVEES_COMPTEES
from webapp.web.http import liens, saisie
from webapp.web.http.access import exige, publique
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant
from webapp.web.http.filters import a_defaut, jour
from webapp.web.http.reponses import fragment, page, par_htmx, rediriger
from webapp.web.panneau_controle import dire_raison

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from webapp.domain.certifications import Certification, EtatCertification
    from webapp.domain.publication import Raison
    from webapp.services.catalogue import LigneCatalogue

bp = Blueprint("catalogue", __name__)

PAR_PAGE = 20
PORTE_MAX = 300
"""Characters of a search that an operation carries along: more than any title and identifier have."""
PREFIXE_VUE = "vue."
"""What stands before the names of what a page shows, where an operation carries them along."""

EXPORTEE, EXPORTEE_MODIFIEE = "Exportée le {jour}", "Exportée le {jour}, modifiée depuis"

_ONGLETS = (
    (None, "Toutes"),
    (Statut.BROUILLON, "Brouillons"),
    (Statut.VALIDEE, "Validées"),
    (Statut.ARCHIVEE, "Archivées"),
)
_STATUTS = frozenset(statut.value for statut in Statut)
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
    """Whether a « validée » is « publiable », or why it is not; empty for any other."""
    sortie: str
    """When it last went out to the portal, and whether it was touched since; empty when it never did."""


@bp.get("/")
@publique
def accueil() -> Response:
    """Go to the catalogue."""
    return rediriger(liens.CATALOGUE)


class Vue(NamedTuple):
    """What a page of the catalogue shows: the words that are looked for, a status, the mark after which it begins."""

    recherche: str = ""
    statut: Statut | None = None
    apres: str = ""

    @classmethod
    def demandee(cls, prefixe: str = "") -> Vue:
        """Read it from an address of the catalogue; with PREFIXE_VUE, from what an operation carries of it."""
        statut = saisie.parametre("statut", prefixe)
        return cls(
            saisie.parametre("recherche", prefixe).strip(), Statut(statut) if statut in _STATUTS else None,
            saisie.parametre("apres", prefixe),
        )  # fmt: skip

    @property
    def filtres(self) -> dict[str, str]:
        """What is looked for and the status, by the names of an address."""
        return {"recherche": self.recherche, "statut": self.statut.value if self.statut else ""}

    @property
    def champs(self) -> tuple[tuple[str, str], ...]:
        """What is not empty of it, as an operation carries it: of an endless search, what could still find something.

        It is written on each card, and goes into the session with what can be undone.
        """
        tous = {**self.filtres, "recherche": self.recherche[:PORTE_MAX], "apres": self.apres}
        return tuple((PREFIXE_VUE + nom, valeur) for nom, valeur in tous.items() if valeur)

    @property
    def adresse(self) -> str:
        """The address that shows it."""
        return liens.avec(liens.CATALOGUE, **self.filtres, apres=self.apres)

    @property
    def suffixe(self) -> str:
        """What an operation carries of it, at the end of an address that has parameters already."""
        return liens.avec("", **dict(self.champs)).replace("?", "&", 1)


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
    entete = "filtres" if contexte["total"] else "entete"
    noms = (f"fragments/catalogue/{entete}.html", "fragments/catalogue/liste.html", _SANS_QUESTION)
    # Only who may operate on the catalogue is answered here.
    reponse = fragment((*noms, "fragments/toasts.html"), contexte | {"gestionnaire": True}, statut)
    reponse.headers["HX-Reswap"] = "none"
    return reponse


def contexte_de(vue: Vue, montree: UUID | None = None) -> dict[str, object]:
    """Give what a page of the catalogue shows; `montree` is a formation whose page it must be."""
    filtre, apres = Filtre(vue.recherche, vue.statut), _curseur(vue.apres)
    trouvees = catalogue.lister(lecture(), organisme_courant(), filtre, apres, PAR_PAGE)
    if apres and not trouvees.lignes:
        # The last card of the last page has just left it.
        vue = vue._replace(apres="")
        trouvees = catalogue.lister(lecture(), organisme_courant(), filtre, None, PAR_PAGE)
    if montree is not None and all(ligne.id != montree for ligne in trouvees.lignes):
        place = catalogue.juste_avant(lecture(), organisme_courant(), montree)
        if place is not None:
            filtre, marque = place
            vue = Vue(statut=filtre.statut, apres=str(marque))
            trouvees = catalogue.lister(lecture(), organisme_courant(), filtre, marque, PAR_PAGE)
    le = aujourdhui()
    # That it is to be validated, a draft says by its badge.
    statuts = [(ligne.id, ligne.statut) for ligne in trouvees.lignes if ligne.statut is Statut.VALIDEE]
    raisons = publication.raisons(lecture(), organisme_courant(), statuts, le)
    compteurs = trouvees.compteurs
    actives = sum(nombre for statut, nombre in compteurs.items() if statut is not Statut.ARCHIVEE)
    suivant = str(trouvees.suivant) if trouvees.suivant else ""
    dites: dict[str, DitDeLaCertification] = {}
    return {
        "cartes": [carte(ligne, le, raisons, dites) for ligne in trouvees.lignes],
        "total": sum(compteurs.values()),
        "copies": uuid4(),
        "vue": vue,
        "onglets": [
            (libelle, compteurs[s] if s else actives, s is vue.statut,
             liens.avec(liens.CATALOGUE, **vue._replace(statut=s).filtres))
            for s, libelle in _ONGLETS
        ],
        "suivant": suivant,
        "choisir_url": liens.avec(liens.CHOISIR, **vue.filtres),
        "page_suivante": liens.avec(liens.CATALOGUE, **vue.filtres, apres=suivant) if suivant else "",
        "debut_url": liens.avec(liens.CATALOGUE, **vue.filtres) if vue.apres else "",
        "archives_trouvees": _dire_archivees(trouvees.archivees, aussi=bool(trouvees.lignes)),
        "archives_url": liens.avec(liens.CATALOGUE, **vue._replace(statut=Statut.ARCHIVEE).filtres),
    }  # fmt: skip


def _dire_archivees(nombre: int, *, aussi: bool) -> str:
    if not nombre:
        return ""
    if nombre > ARCHIVEES_COMPTEES:
        return dire(
            "Plus de {nombre} formations archivées {suite}.", nombre=ARCHIVEES_COMPTEES, suite=_CORRESPONDENT[aussi]
        )
    if nombre > 1:
        return dire("{nombre} formations archivées {suite}.", nombre=nombre, suite=_CORRESPONDENT[aussi])
    return dire("1 formation archivée {suite}.", suite=_CORRESPOND[aussi])


def carte(
    ligne: LigneCatalogue, le: date, raisons: Mapping[UUID, Raison | None],
    dites: dict[str, DitDeLaCertification] | None = None,
) -> Carte:  # fmt: skip
    """Give what a line of the catalogue shows at a date; `raisons` says why each is not « publiable ».

    `dites` keeps, by their codes, what is said of certifications: the cards of a page prepare a few of them.
    """
    dites = {} if dites is None else dites
    certification = ligne.certification
    code = "" if certification is None else certification.code
    if code not in dites:
        dites[code] = _dire_certification(certification, le)
    return Carte(
        str(ligne.id), liens.formation(ligne.id), a_defaut(ligne.intitule, "(sans intitulé)"), ligne.statut.value,
        ligne.statut.libelle, *dites[code], jour(ligne.modifiee_le), a_defaut(ligne.identifiant, "à saisir"),
        ligne.version, OPERATIONS[ligne.statut], dire_raison(raisons[ligne.id]) if ligne.id in raisons else "",
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


def _curseur(texte: str) -> Curseur | None:
    if not texte:
        return None
    try:
        return Curseur.lire(texte)
    except ValueError:
        return None
