"""Formations: rows to domain values and back.

Their pages are in `tranches`, their words in `mots`, their counts in `compteurs`. The statements are built once, here:
building one costs as much as running it. Knows no rule but how to find and keep; who may do what, and what a fiche must
be, is decided above.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.formation import Formation
from webapp.domain.identifiants import cle_canonique
from webapp.domain.recherche import cle_de_tri
from webapp.domain.statuts import Statut
from webapp.persistence import compteurs, mots
from webapp.persistence.contraintes import (
    CATEGORISATION_UNIQUE,
    HORS_ARCHIVES,
    IDENTIFIANT_UNIQUE,
    IDENTIFIEES,
    VAE_VALIDEES,
    contrainte_violee,
)
from webapp.persistence.insertion_en_masse import inserer
from webapp.persistence.lecture import Lecture, RequetePreparee, par_lots
from webapp.persistence.rangs import a_sa_date, en_tete, place
from webapp.persistence.tables import formation

_t = formation.c
_SUIVI = (
    "statut", "version", "creee_le", "modifiee_le", "modifiee_par", "validee_le", "archivee_le", "avant_archivage",
    "version_saisie", "modifiee_par_id", "archivee_par",
)  # fmt: skip
COLONNES = (_t.id, _t.organisme_id, *(_t[nom] for nom in NOMS), *(_t[nom] for nom in _SUIVI))

_D_UN_ID = select(*COLONNES).where(_t.organisme_id == bindparam("organisme_id"), _t.id == bindparam("id"))
_PAR_ID = RequetePreparee(_D_UN_ID)
_PAR_ID_VERROUILLEE = RequetePreparee(_D_UN_ID.with_for_update())
_PARMI = select(*COLONNES).where(
    _t.organisme_id == bindparam("organisme_id"), _t.id.in_(bindparam("ids", expanding=True))
)
_PAR_IDS = RequetePreparee(_PARMI)
_TYPES = RequetePreparee(_PARMI.with_only_columns(_t.id, _t.type_formation))
# Always in the same order: who locks many never waits for who waits for him.
_PAR_IDS_VERROUILLEES = RequetePreparee(_PARMI.order_by(_t.id).with_for_update())
_PAR_CLE = select(*COLONNES).where(
    _t.organisme_id == bindparam("organisme_id"), _t.identifiant_cle == bindparam("cle"), IDENTIFIEES
)
_PAR_CLES = RequetePreparee(
    select(*COLONNES)
    .where(
        _t.organisme_id == bindparam("organisme_id"), _t.identifiant_cle.in_(bindparam("cles", expanding=True)),
        IDENTIFIEES,
    )
    .order_by(_t.id)
    .with_for_update()
)  # fmt: skip
_TOUTES = select(*COLONNES).where(_t.organisme_id == bindparam("organisme_id")).order_by(_t.rang.desc(), _t.id.desc())
_RANG_ET_STATUT = RequetePreparee(
    select(_t.rang, _t.statut).where(_t.organisme_id == bindparam("organisme_id"), _t.id == bindparam("id"))
)
_CLE_PRISE = RequetePreparee(
    select(_t.id).where(
        _t.organisme_id == bindparam("organisme_id"), _t.identifiant_cle == bindparam("cle"), IDENTIFIEES
    )
)
_CLES_PRISES = RequetePreparee(
    select(_t.identifiant_cle, _t.id).where(
        _t.organisme_id == bindparam("organisme_id"),
        _t.identifiant_cle.in_(bindparam("cles", expanding=True)),
        IDENTIFIEES,
    )
)
_CATEGORISATION_PRISE = RequetePreparee(
    select(_t.id, _t.identifiant).where(
        _t.organisme_id == bindparam("organisme_id"), _t.categorisation == bindparam("categorisation"), VAE_VALIDEES
    )
)
_CATEGORISATIONS_LIBEREES = (
    update(formation)
    .where(
        _t.organisme_id == bindparam("b_organisme_id"),
        _t.categorisation.in_(bindparam("b_categorisations", expanding=True)),
        VAE_VALIDEES,
    )
    .values(statut=Statut.BROUILLON.value)
)
# A double click sends one formation twice: the second insert finds the row and says so, without an error that
# would break PostgreSQL's transaction. How many rows an INSERT wrote is only known when it is asked for beforehand.
_INSERTION = {
    nom: dialecte.insert(formation)
    .values(rang=en_tete())
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True)
    for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
}
_MISE_A_JOUR = update(formation).where(
    _t.organisme_id == bindparam("b_organisme_id"), _t.id == bindparam("b_id"), _t.version == bindparam("b_version")
)
_MISE_EN_TETE = _MISE_A_JOUR.values(rang=en_tete())
_SUPPRESSION = delete(formation).where(
    _t.organisme_id == bindparam("organisme_id"), _t.id == bindparam("id"), _t.version == bindparam("version")
)
_CITEES = RequetePreparee(
    select(_t.id, _t.identifiant, _t.intitule, _t.statut, _t.version)
    .where(_t.organisme_id == bindparam("organisme_id"), _t.certification == bindparam("certification"), HORS_ARCHIVES)
    .order_by(_t.rang.desc(), _t.id.desc())
    .limit(bindparam("limite"))
)


class CategorisationPrise(Exception):  # noqa: N818 - an answer of the database, turned into a refusal above
    """Another VAE « validée » of the organisation has this catégorisation: the constraint has refused the write."""


class IdentifiantPris(Exception):  # noqa: N818 - an answer of the database, turned into a refusal above
    """Another formation of the organisation has this identifier: the constraint has refused the write."""


def par_id(lecture: Lecture, organisme_id: UUID, id: UUID, *, verrou: bool = False) -> Formation | None:
    """Find a formation of an organisation; `verrou` keeps others from changing it before this transaction ends."""
    requete = _PAR_ID_VERROUILLEE if verrou else _PAR_ID
    ligne = requete.ligne(lecture, organisme_id=organisme_id, id=id)
    return None if ligne is None else lire(ligne)


def par_ids(
    lecture: Lecture, organisme_id: UUID, ids: Iterable[UUID], *, verrou: bool = False
) -> dict[UUID, Formation]:
    """Give those of an organisation among these ids; `verrou` keeps others from changing them meanwhile."""
    voulues = list(dict.fromkeys(ids))
    if not voulues:
        return {}
    requete = _PAR_IDS_VERROUILLEES if verrou else _PAR_IDS
    lues = map(lire, requete.lignes(lecture, organisme_id=organisme_id, ids=voulues))
    return {formation.id: formation for formation in lues}


def types_de(lecture: Lecture, organisme_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Give the own types of those of an organisation among these ids."""
    return dict(_TYPES.lignes(lecture, organisme_id=organisme_id, ids=ids)) if ids else {}


def par_identifiant(cnx: Connection, organisme_id: UUID, identifiant: str) -> Formation | None:
    """Find a formation of an organisation by its internal identifier, compared by its canonical key."""
    ligne = cnx.execute(_PAR_CLE, {"organisme_id": organisme_id, "cle": cle_canonique(identifiant)}).first()
    return None if ligne is None else lire(ligne)


def rang_et_statut(lecture: Lecture, organisme_id: UUID, id: UUID) -> tuple[int, Statut] | None:
    """Say where a formation of an organisation stands in its lists: its rank among those of its status."""
    ligne = _RANG_ET_STATUT.ligne(lecture, organisme_id=organisme_id, id=id)
    return None if ligne is None else (ligne[0], Statut(ligne[1]))


def toutes(cnx: Connection, organisme_id: UUID) -> list[Formation]:
    """List every formation of an organisation, saved last first."""
    return [lire(ligne) for ligne in cnx.execute(_TOUTES, {"organisme_id": organisme_id})]


def titulaire(lecture: Lecture, organisme_id: UUID, cle: str) -> UUID | None:
    """Say which formation of an organisation carries a canonical key, archived or not."""
    trouve: UUID | None = _CLE_PRISE.valeur(lecture, organisme_id=organisme_id, cle=cle)
    return trouve


def titulaire_de_la_categorisation(
    lecture: Lecture, organisme_id: UUID, categorisation: str
) -> tuple[UUID, str] | None:
    """Say which VAE « validée » of the organisation has a catégorisation: its id and its identifier."""
    ligne = _CATEGORISATION_PRISE.ligne(lecture, organisme_id=organisme_id, categorisation=categorisation)
    return None if ligne is None else (ligne[0], ligne[1])


def liberer_categorisations(cnx: Connection, organisme_id: UUID, categorisations: Sequence[str]) -> None:
    """Have nobody hold these catégorisations any more, in a transaction that is going to be given up."""
    if categorisations:
        cnx.execute(
            _CATEGORISATIONS_LIBEREES, {"b_organisme_id": organisme_id, "b_categorisations": list(categorisations)}
        )


def par_cles(cnx: Connection, organisme_id: UUID, cles: Sequence[str]) -> dict[str, Formation]:
    """Give the formations of an organisation that bear these canonical keys, locked until this transaction ends."""
    voulues = [cle for cle in dict.fromkeys(cles) if cle]
    if not voulues:
        return {}
    lues = map(lire, _PAR_CLES.lignes(cnx, organisme_id=organisme_id, cles=voulues))
    return {cle_canonique(lue.fiche.identifiant): lue for lue in lues}


def cles_prises(lecture: Lecture, organisme_id: UUID, cles: Sequence[str]) -> frozenset[str]:
    """Say which of these canonical keys the organisation already uses."""
    return frozenset(titulaires(lecture, organisme_id, cles))


def titulaires(lecture: Lecture, organisme_id: UUID, cles: Sequence[str]) -> dict[str, UUID]:
    """Say which formation of an organisation carries each of these canonical keys, archived or not."""
    lues: dict[str, UUID] = {}
    for lot in par_lots(cles):
        lues |= dict(_CLES_PRISES.lignes(lecture, organisme_id=organisme_id, cles=lot))
    return lues


def ajouter(cnx: Connection, nouvelle: Formation) -> bool:
    """Add a formation and count it.

    Out: False, and nothing written, when its id, its identifier or its catégorisation is taken.
    """
    resultat = cnx.execute(_INSERTION[cnx.dialect.name], _valeurs(nouvelle) | place(nouvelle))
    if resultat.rowcount != 1:
        return False
    mots.suivre(cnx, [nouvelle])
    compteurs.ajouter(cnx, [nouvelle])
    return True


def ajouter_en_nombre(cnx: Connection, nouvelles: Sequence[Formation]) -> None:
    """Add formations of one organisation at once, each where its date places it in the list.

    Raises IdentifiantPris; the caller gives up the transaction.
    """
    if not nouvelles:
        return
    try:
        inserer(cnx, formation, [_valeurs(nouvelle) | {"rang": a_sa_date(nouvelle)} for nouvelle in nouvelles])
    except IntegrityError as erreur:
        raise _traduite(erreur) from erreur
    mots.suivre(cnx, nouvelles)
    compteurs.ajouter(cnx, nouvelles)


def remplacer(cnx: Connection, avant: Formation, apres: Formation, *, a_sa_place: bool = False) -> bool:
    """Write a formation over its previous version, and only over that one; saved, it goes to the top of the list.

    `a_sa_place`: it goes where the date of its last save puts it instead, since it is again as it was then.
    Out: False, and nothing written, when another version stands in the database. Raises IdentifiantPris,
    CategorisationPrise; the caller gives up the transaction.
    """
    cle = {"b_organisme_id": avant.organisme_id, "b_id": avant.id, "b_version": avant.version}
    saisie = apres.version_saisie != avant.version_saisie
    try:
        if a_sa_place:
            resultat = cnx.execute(_MISE_A_JOUR, _valeurs(apres) | cle | {"rang": a_sa_date(apres)})
        elif saisie:
            resultat = cnx.execute(_MISE_EN_TETE, _valeurs(apres) | cle | place(apres))
        else:
            resultat = cnx.execute(_MISE_A_JOUR, _valeurs(apres) | cle)
    except IntegrityError as erreur:
        raise _traduite(erreur) from erreur
    if resultat.rowcount != 1:
        return False
    if mots.change_de_mots(avant, apres):
        mots.suivre(cnx, [apres])
    compteurs.deplacer(cnx, avant, apres)
    return True


def retirer(cnx: Connection, ancienne: Formation) -> bool:
    """Remove a formation, in that version only. Out: False when another version stands in the database."""
    cle = {"organisme_id": ancienne.organisme_id, "id": ancienne.id, "version": ancienne.version}
    if cnx.execute(_SUPPRESSION, cle).rowcount != 1:
        return False
    compteurs.retirer(cnx, ancienne)
    return True


def _traduite(erreur: IntegrityError) -> Exception:
    refus = {IDENTIFIANT_UNIQUE: IdentifiantPris, CATEGORISATION_UNIQUE: CategorisationPrise}
    genre = refus.get(contrainte_violee(erreur))
    return erreur if genre is None else genre()


def lire(ligne: Iterable[Any]) -> Formation:
    """Give the domain value of the values of `COLONNES`."""
    id_, organisme_id, *reste = ligne
    textes = reste[: len(NOMS)]
    statut, version, creee_le, modifiee_le, par, validee_le, archivee_le, avant, *fin = reste[len(NOMS) :]
    return Formation(
        id_, organisme_id, FicheFormation(*textes), Statut(statut), version, creee_le, modifiee_le, par,
        validee_le, archivee_le, None if avant is None else Statut(avant), *fin,
    )  # fmt: skip


def _valeurs(une: Formation) -> dict[str, Any]:
    fiche = une.fiche
    return {
        "organisme_id": une.organisme_id,
        "id": une.id,
        **{nom: fiche.valeur(nom) for nom in NOMS},
        "identifiant_cle": cle_canonique(fiche.identifiant),
        "titre_cle": cle_de_tri(fiche.intitule),
        "statut": une.statut.value,
        **{nom: getattr(une, nom) for nom in _SUIVI if nom != "statut"},
    }


@dataclass(frozen=True, slots=True)
class Citee:
    """A formation as a list names it."""

    id: UUID
    identifiant: str
    intitule: str
    statut: Statut
    version: int


def citees(lecture: Lecture, organisme_id: UUID, certification: str, limite: int) -> tuple[Citee, ...]:
    """Name the formations that prepare a certification, the last saved first, archived ones left out."""
    lignes = _CITEES.lignes(lecture, organisme_id=organisme_id, certification=certification, limite=limite)
    return tuple(Citee(id_, identifiant, intitule, Statut(statut), version)
                 for id_, identifiant, intitule, statut, version in lignes)  # fmt: skip
