"""Jobs: rows to domain values and back, what is chosen for each, its lines. Knows no rule but how to find and keep."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, tuple_, union, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from webapp.domain.champs import Niveau
from webapp.domain.lots import Changement, Lot
from webapp.domain.noeud import Noeud
from webapp.domain.taches import EtatLigne, EtatTache, Genre, Ligne, Tache
from webapp.persistence import tables_arbre
from webapp.persistence.contraintes import ANNULATION_UNIQUE, contrainte_violee
from webapp.persistence.insertion_en_masse import inserer
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.noeuds import DEBUT, FIN, SESSIONS, Marque, au_dela
from webapp.persistence.tables_taches import A_FAIRE, choix, ligne, tache

_t, _c, _l = tache.c, choix.c, ligne.c
_COLONNES = tuple(tache.columns)
_LIGNE = (
    _l.rang, _l.niveau, _l.objet_id, _l.version_vue, _l.nom, _l.detail, _l.etat, _l.raison, _l.version_faite, _l.avant,
)  # fmt: skip
_SIENNE = (_t.organisme_id == bindparam("organisme_id"), _t.id == bindparam("id"))
_SIENS = (_c.organisme_id == bindparam("organisme_id"), _c.tache_id == bindparam("tache_id"))
_SES_LIGNES = (_l.organisme_id == bindparam("organisme_id"), _l.tache_id == bindparam("tache_id"))

_PAR_ID = RequetePreparee(select(*_COLONNES).where(*_SIENNE))
_PAR_ID_VERROUILLEE = RequetePreparee(select(*_COLONNES).where(*_SIENNE).with_for_update())
_A_FAIRE = RequetePreparee(
    select(*_COLONNES).where(A_FAIRE).order_by(_t.creee_le, _t.id).limit(bindparam("limite"))
)  # fmt: skip
_DES_SIENNES = (
    select(*_COLONNES)
    .where(_t.organisme_id == bindparam("organisme_id"), _t.etat != EtatTache.CHOIX.value)
    .order_by(_t.creee_le.desc(), _t.id.desc())
    .limit(bindparam("limite"))
)
_LISTE = RequetePreparee(_DES_SIENNES)
_SUITE = RequetePreparee(
    _DES_SIENNES.where(
        tuple_(_t.creee_le, _t.id)
        < tuple_(bindparam("creee_le", type_=_t.creee_le.type), bindparam("id", type_=_t.id.type))
    )
)
_ANNULATION = RequetePreparee(
    select(*_COLONNES).where(_t.organisme_id == bindparam("organisme_id"), _t.origine == bindparam("origine"))
)
_INSERTION = {
    nom: dialecte.insert(tache).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
}
_DU_MEME = (_t.organisme_id == bindparam("b_organisme_id"), _t.id == bindparam("b_id"))
_MISE_A_JOUR = update(tache).where(*_DU_MEME)
_PRISE = (
    update(tache)
    .where(*_DU_MEME, A_FAIRE, _t.battement == bindparam("b_battement"))
    .values(porteur=bindparam("b_porteur"), battement=_t.battement + 1)
)
_OUBLI = delete(tache).where(
    _t.organisme_id == bindparam("organisme_id"),
    _t.etat.in_([EtatTache.CHOIX.value, EtatTache.PRETE.value]),
    _t.creee_le < bindparam("avant"),
)
_CHOIX_AJOUT = {
    nom: dialecte.insert(choix).on_conflict_do_nothing()
    for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
}
_CHOIX_RETRAIT = delete(choix).where(
    *_SIENS, _c.niveau == bindparam("niveau"), _c.objet_id.in_(bindparam("ids", expanding=True))
)
_CHOIX_VIDE = delete(choix).where(*_SIENS)
_CHOIX_COPIE = insert(choix).from_select(
    ["organisme_id", "tache_id", "niveau", "objet_id"],
    select(_c.organisme_id, bindparam("vers", type_=_c.tache_id.type), _c.niveau, _c.objet_id).where(*_SIENS),
)
_CHOISIS = RequetePreparee(
    select(_c.objet_id).where(
        *_SIENS, _c.niveau == bindparam("niveau"), _c.objet_id.in_(bindparam("ids", expanding=True))
    )
)
_CHOIX_COMPTES = RequetePreparee(select(_c.niveau, func.count()).where(*_SIENS).group_by(_c.niveau))
_FORMATIONS_DU_CHOIX = RequetePreparee(
    union(*(
        select(t.c.formation_id)
        .select_from(choix.join(t, (_c.organisme_id == t.c.organisme_id) & (_c.objet_id == t.c.id)))
        .where(*_SIENS, _c.niveau == niveau.value)
        for niveau, t in ((Niveau.ACTION, tables_arbre.action), (Niveau.SESSION, tables_arbre.session))
    )).limit(2)
)  # fmt: skip
_CHOIX_SUIVANTS = RequetePreparee(
    select(_c.objet_id)
    .where(*_SIENS, _c.niveau == bindparam("niveau"), _c.objet_id > bindparam("apres", type_=_c.objet_id.type))
    .order_by(_c.objet_id)
    .limit(bindparam("limite"))
)
_CHOISIE = (_c.organisme_id == tables_arbre.session.c.organisme_id) & (_c.objet_id == tables_arbre.session.c.id)
_SESSIONS_CHOISIES = {
    par_la_fin: RequetePreparee(
        au_dela(select(*SESSIONS.colonnes).join(choix, _CHOISIE), tables_arbre.session, par_la_fin=par_la_fin).where(
            *_SIENS, _c.niveau == Niveau.SESSION.value
        )
    )
    for par_la_fin in (False, True)
}
_DES_OBJETS = (*_SES_LIGNES, _l.niveau == bindparam("niveau"), _l.objet_id.in_(bindparam("ids", expanding=True)))
_LIGNES_CONNUES = RequetePreparee(select(_l.objet_id, _l.etat).where(*_DES_OBJETS))
_LIGNES_DES_OBJETS = RequetePreparee(select(*_LIGNE).where(*_DES_OBJETS))
_LIGNES = {
    sens: RequetePreparee(
        select(*_LIGNE)
        .where(
            *_SES_LIGNES, _l.etat.in_(bindparam("etats", expanding=True)),
            _l.rang > bindparam("apres") if sens == "avant" else _l.rang < bindparam("apres"),
        )
        .order_by(_l.rang if sens == "avant" else _l.rang.desc())
        .limit(bindparam("limite"))
    )
    for sens in ("avant", "arriere")
}  # fmt: skip
_LIGNE_FAITE = update(ligne).where(
    _l.organisme_id == bindparam("b_organisme_id"),
    _l.tache_id == bindparam("b_tache_id"),
    _l.rang == bindparam("b_rang"),
)
_LIGNES_EXPLIQUEES = RequetePreparee(
    select(*_LIGNE)
    .where(
        *_SES_LIGNES, _l.etat == EtatLigne.FAITE.value, _l.rang > bindparam("apres"), _l.raison != "",
        _l.version_faite != Ligne.DISPARUE,
    )
    .order_by(_l.rang)
    .limit(bindparam("limite"))
)  # fmt: skip
_VERSION_SUIVIE = (
    update(ligne)
    .where(
        _l.organisme_id == bindparam("b_organisme_id"), _l.niveau == bindparam("b_niveau"),
        _l.objet_id == bindparam("b_objet_id"), _l.version_faite == bindparam("b_de"),
        _l.etat == EtatLigne.FAITE.value,
        _l.tache_id.in_(
            select(_t.id).where(
                _t.organisme_id == bindparam("b_organisme_id"), _t.etat == EtatTache.TERMINEE.value
            )
        ),
    )
    .values(version_faite=bindparam("b_vers"))
)  # fmt: skip
_T_ORIGINE, _T_ANNULATION = tache.alias("origine"), tache.alias("annulation")
_REDITE = RequetePreparee(
    select(_l.tache_id)
    .join(_T_ORIGINE, (_T_ORIGINE.c.organisme_id == _l.organisme_id) & (_T_ORIGINE.c.id == bindparam("tache_id")))
    .where(
        _l.organisme_id == bindparam("organisme_id"),
        _l.tache_id.in_(
            select(_t.id).where(
                _t.organisme_id == bindparam("organisme_id"), _t.etat == EtatTache.TERMINEE.value,
                _t.genre == Genre.IMPORT.value, _t.finie_le > _T_ORIGINE.c.finie_le,
                ~exists().where(
                    _T_ANNULATION.c.organisme_id == _t.organisme_id, _T_ANNULATION.c.origine == _t.id,
                    _T_ANNULATION.c.etat == EtatTache.TERMINEE.value,
                ),
            )
        ),
        _l.niveau == bindparam("niveau"), _l.objet_id == bindparam("objet_id"),
        _l.etat == EtatLigne.FAITE.value, _l.version_vue == bindparam("version"),
        _l.version_faite == bindparam("version"),
    )
    .limit(1)
)  # fmt: skip


class DejaAnnulee(Exception):  # noqa: N818 - an answer of the database, turned into an answer above
    """The job is already being undone by another."""


def par_id(lecture: Lecture, organisme_id: UUID, id: UUID, *, verrou: bool = False) -> Tache | None:
    """Find a job of an organisation; `verrou` keeps others from changing it before this transaction ends."""
    requete = _PAR_ID_VERROUILLEE if verrou else _PAR_ID
    lue = requete.ligne(lecture, organisme_id=organisme_id, id=id)
    return None if lue is None else _lire(lue)


def a_faire(lecture: Lecture, limite: int) -> list[Tache]:
    """List the jobs of all organisations for which something is to be done, oldest first."""
    return [_lire(lue) for lue in _A_FAIRE.lignes(lecture, limite=limite)]


def liste(lecture: Lecture, organisme_id: UUID, limite: int, apres: Tache | None = None) -> list[Tache]:
    """List the jobs of an organisation, newest first, beyond one; those that are still being chosen are left out."""
    valeurs: dict[str, Any] = {"organisme_id": organisme_id, "limite": limite}
    if apres is None:
        return [_lire(lue) for lue in _LISTE.lignes(lecture, **valeurs)]
    return [_lire(lue) for lue in _SUITE.lignes(lecture, **valeurs, creee_le=apres.creee_le, id=apres.id)]


def annulation(lecture: Lecture, organisme_id: UUID, origine: UUID) -> Tache | None:
    """Find the job that undoes another."""
    lue = _ANNULATION.ligne(lecture, organisme_id=organisme_id, origine=origine)
    return None if lue is None else _lire(lue)


def ajouter(cnx: Connection, nouvelle: Tache) -> bool:
    """Add a job. Out: False, and nothing written, when its id is taken, or what it undoes is being undone."""
    return cnx.execute(_INSERTION[cnx.dialect.name], _valeurs(nouvelle)).rowcount == 1


def remplacer(cnx: Connection, apres: Tache) -> None:
    """Write a job that this transaction holds locked. Raises DejaAnnulee; the caller gives up the transaction."""
    try:
        cnx.execute(_MISE_A_JOUR, _valeurs(apres) | {"b_organisme_id": apres.organisme_id, "b_id": apres.id})
    except IntegrityError as erreur:
        if contrainte_violee(erreur) == ANNULATION_UNIQUE:
            raise DejaAnnulee from erreur
        raise


def prendre(cnx: Connection, vue: Tache, porteur: UUID) -> bool:
    """Take a job as it was seen. Out: False when somebody has given a sign, or taken it, since."""
    valeurs = {
        "b_organisme_id": vue.organisme_id, "b_id": vue.id, "b_battement": vue.battement, "b_porteur": porteur,
    }  # fmt: skip
    return cnx.execute(_PRISE, valeurs).rowcount == 1


def oublier(cnx: Connection, organisme_id: UUID, avant: Any) -> None:
    """Remove what was chosen or prepared before a moment, and never launched."""
    cnx.execute(_OUBLI, {"organisme_id": organisme_id, "avant": avant})


def choisir(cnx: Connection, de: Tache, niveau: Niveau, ids: Iterable[UUID]) -> None:
    """Add objects of a level to what is chosen."""
    valeurs = [
        {"organisme_id": de.organisme_id, "tache_id": de.id, "niveau": niveau.value, "objet_id": id_} for id_ in ids
    ]
    if valeurs:
        cnx.execute(_CHOIX_AJOUT[cnx.dialect.name], valeurs)


def ne_plus_choisir(cnx: Connection, de: Tache, niveau: Niveau, ids: Iterable[UUID]) -> None:
    """Take objects of a level from what is chosen."""
    valeurs = {"organisme_id": de.organisme_id, "tache_id": de.id, "niveau": niveau.value, "ids": list(ids)}
    cnx.execute(_CHOIX_RETRAIT, valeurs)


def vider_choix(cnx: Connection, de: Tache) -> None:
    """Choose nothing any more."""
    cnx.execute(_CHOIX_VIDE, {"organisme_id": de.organisme_id, "tache_id": de.id})


def copier_choix(cnx: Connection, de: Tache, vers: Tache) -> None:
    """Choose in a job all that is chosen in another of the organisation."""
    valeurs = {"organisme_id": de.organisme_id, "tache_id": de.id, "vers": vers.id}
    cnx.execute(_CHOIX_COPIE, valeurs)


def choisis(lecture: Lecture, de: Tache, niveau: Niveau, ids: Sequence[UUID]) -> frozenset[UUID]:
    """Say which of these objects are chosen."""
    lues = _CHOISIS.lignes(lecture, organisme_id=de.organisme_id, tache_id=de.id, niveau=niveau.value, ids=list(ids))
    return frozenset(id_ for (id_,) in lues)


def compter_choix(lecture: Lecture, de: Tache) -> dict[Niveau, int]:
    """Count what is chosen of each level; those of which nothing is are absent."""
    lues = _CHOIX_COMPTES.lignes(lecture, organisme_id=de.organisme_id, tache_id=de.id)
    return {Niveau(niveau): nombre for niveau, nombre in lues}


def formation_du_choix(lecture: Lecture, organisme_id: UUID, id: UUID) -> UUID | None:
    """Give the one formation in which the chosen actions and sessions stand; None for several, or none."""
    lues = _FORMATIONS_DU_CHOIX.lignes(lecture, organisme_id=organisme_id, tache_id=id)
    return lues[0][0] if len(lues) == 1 else None


def choisis_apres(lecture: Lecture, de: Tache, niveau: Niveau, apres: UUID, limite: int) -> list[UUID]:
    """List what is chosen of a level in the order of ids, beyond one."""
    lues = _CHOIX_SUIVANTS.lignes(
        lecture, organisme_id=de.organisme_id, tache_id=de.id, niveau=niveau.value, apres=apres, limite=limite
    )
    return [id_ for (id_,) in lues]


def sessions_choisies(
    lecture: Lecture, de: Tache, apres: Marque | None, limite: int, *, par_la_fin: bool
) -> list[Noeud]:
    """List the sessions that are chosen, by what holds each, then in the order of their dates, beyond a mark."""
    parent, texte, id_ = apres or (FIN if par_la_fin else DEBUT)
    lues = _SESSIONS_CHOISIES[par_la_fin].lignes(
        lecture, organisme_id=de.organisme_id, tache_id=de.id, m_parent=parent, m_texte=texte, m_id=id_, limite=limite
    )
    return [SESSIONS.lire(lue) for lue in lues]


def ajouter_lignes(cnx: Connection, de: Tache, nouvelles: Sequence[Ligne]) -> None:
    """Add lines to a job."""
    inserer(cnx, ligne, [_valeurs_de_ligne(de, une) for une in nouvelles])


def lignes_connues(lecture: Lecture, de: Tache, niveau: Niveau, ids: Sequence[UUID]) -> dict[UUID, EtatLigne]:
    """Say which of these objects have a line already, and where it stands."""
    lues = _LIGNES_CONNUES.lignes(
        lecture, organisme_id=de.organisme_id, tache_id=de.id, niveau=niveau.value, ids=list(ids)
    )
    return {id_: EtatLigne(etat) for id_, etat in lues}


def lignes(  # noqa: PLR0913, PLR0917 - of which job, which of its lines, from where, how many
    lecture: Lecture, organisme_id: UUID, tache_id: UUID, etats: Iterable[EtatLigne], apres: int, limite: int,
    *, arriere: bool = False,
) -> list[Ligne]:  # fmt: skip
    """List the lines of a job that stand somewhere, by rank from one on; backwards from one if asked."""
    lues = _LIGNES["arriere" if arriere else "avant"].lignes(
        lecture, organisme_id=organisme_id, tache_id=tache_id, etats=[e.value for e in etats], apres=apres,
        limite=limite,
    )  # fmt: skip
    return [_lire_ligne(lue) for lue in lues]


def lignes_des_objets(
    lecture: Lecture, organisme_id: UUID, tache_id: UUID, niveau: Niveau, ids: Sequence[UUID]
) -> dict[UUID, Ligne]:
    """Give the lines of a job on these objects, by object; one that the job does not know has none."""
    lues = _LIGNES_DES_OBJETS.lignes(
        lecture, organisme_id=organisme_id, tache_id=tache_id, niveau=niveau.value, ids=list(ids)
    )
    return {une.objet_id: une for une in map(_lire_ligne, lues)}


def lignes_expliquees(lecture: Lecture, de: Tache, apres: int, limite: int) -> list[Ligne]:
    """List the lines of a job that is done but for a reason that is told, beyond a rank, of what still is there."""
    lues = _LIGNES_EXPLIQUEES.lignes(
        lecture, organisme_id=de.organisme_id, tache_id=de.id, apres=apres, limite=limite
    )  # fmt: skip
    return [_lire_ligne(lue) for lue in lues]


def _lire_ligne(lue: Sequence[Any]) -> Ligne:
    rang, niveau, objet, vue, nom, detail, etat, raison, faite, avant = lue
    return Ligne(rang, niveau, objet, vue, nom, detail, EtatLigne(etat), raison, faite, avant)


def remplacer_lignes(cnx: Connection, de: Tache, faites: Sequence[Ligne]) -> None:
    """Write what became of these objects."""
    if not faites:
        return
    valeurs = [
        {
            "b_organisme_id": de.organisme_id, "b_tache_id": de.id, "b_rang": une.rang, "etat": une.etat.value,
            "raison": une.raison, "version_faite": une.version_faite, "avant": une.avant,
        }
        for une in faites
    ]  # fmt: skip
    cnx.execute(_LIGNE_FAITE, valeurs)


def redite(lecture: Lecture, organisme_id: UUID, tache_id: UUID, lue: Ligne) -> bool:
    """Say whether a later import, not undone, has brought something of an object that makes no version of it.

    In: the line of a job. Its dates, and what no field of ours says, are kept beside it.
    """
    trouvee = _REDITE.ligne(
        lecture, organisme_id=organisme_id, tache_id=tache_id, niveau=lue.niveau, objet_id=lue.objet_id,
        version=lue.version_faite,
    )  # fmt: skip
    return trouvee is not None


def suivre_versions(cnx: Connection, de: Tache, rendus: Sequence[tuple[Ligne, int]]) -> None:
    """Say of objects that are back as they were before a job, in a version of their own, that they are as then.

    In: of each, the line of that job, and the version that it now has. The jobs that had made it what it was can be
    undone again.
    """
    valeurs = [
        {
            "b_organisme_id": de.organisme_id, "b_niveau": lue.niveau, "b_objet_id": lue.objet_id,
            "b_de": lue.version_vue, "b_vers": version,
        }
        for lue, version in rendus
    ]  # fmt: skip
    if valeurs:
        cnx.execute(_VERSION_SUIVIE, valeurs)


def _valeurs_de_ligne(de: Tache, une: Ligne) -> dict[str, Any]:
    return {
        "organisme_id": de.organisme_id, "tache_id": de.id, "rang": une.rang, "niveau": une.niveau,
        "objet_id": une.objet_id, "version_vue": une.version_vue, "nom": une.nom, "detail": une.detail,
        "etat": une.etat.value, "raison": une.raison, "version_faite": une.version_faite, "avant": une.avant,
    }  # fmt: skip


_TELS_QUELS = (
    "etape", "jour", "utilisateur_id", "demandee_par", "creee_le", "lancee_le", "finie_le", "choisis", "prevus",
    "ecartes", "faits", "laisses", "rang", "porteur", "battement", "echecs", "raison", "origine",
)  # fmt: skip
"""The columns whose values are those of the domain."""


def _valeurs(une: Tache) -> dict[str, Any]:
    return {
        "organisme_id": une.organisme_id,
        "id": une.id,
        "genre": une.genre.value,
        "etat": une.etat.value,
        "parametres": _parametres(une.changement),
        **{nom: getattr(une, nom) for nom in _TELS_QUELS},
    }


def _parametres(changement: Changement | None) -> dict[str, object]:
    if changement is None:
        return {}
    return {"lot": changement.lot.value, "niveau": changement.niveau.value, "valeurs": dict(changement.valeurs)}


def _changement(parametres: Mapping[str, Any]) -> Changement | None:
    if not parametres:
        return None
    return Changement(
        Lot(parametres["lot"]), Niveau(parametres["niveau"]), MappingProxyType(dict(parametres["valeurs"]))
    )


def _lire(lue: Sequence[Any]) -> Tache:
    organisme_id, id_, genre, etat, parametres, *reste = lue
    return Tache(id_, organisme_id, Genre(genre), EtatTache(etat), _changement(parametres), *reste)
