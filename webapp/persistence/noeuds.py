"""Actions and sessions: rows to domain values and back, one store for each of the two tables.

The statements are built once, as those of `formations` are. Knows no rule but how to find and keep.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from webapp.domain import regles_action, regles_session
from webapp.domain.champs import Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.identifiants import cle_canonique
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import Noeud
from webapp.domain.statuts import Statut
from webapp.domain.textes import caracteres_interdits
from webapp.persistence import tables_arbre
from webapp.persistence.contraintes import NUMERO_DE_L_ACTION, NUMERO_DE_LA_SESSION, contrainte_violee
from webapp.persistence.contraintes_arbre import NUMEROTES
from webapp.persistence.insertion_en_masse import inserer
from webapp.persistence.lecture import Lecture, RequetePreparee, par_lots
from webapp.persistence.pannes import est_reference_rompue

_SUIVI = (
    "statut", "version", "creee_le", "modifiee_le", "modifiee_par", "validee_le", "archivee_le", "avant_archivage",
)  # fmt: skip

_STATUTS = {statut.value: statut for statut in Statut}
_CLES = {Niveau.ACTION: regles_action.CHAMPS_DE_LA_CLE, Niveau.SESSION: regles_session.CHAMPS_DE_LA_CLE}


class NumeroPris(Exception):  # noqa: N818 - an answer of the database, turned into a refusal above
    """Another action of the formation, or session of the action, has this number."""


class ReferencePerdue(Exception):  # noqa: N818 - an answer of the database, turned into a refusal above
    """What was referred to, or what holds it, is no longer there; or what is removed is still referred to."""


def en_colonnes(fiche: Fiche) -> dict[str, Any]:
    """Give the columns of a fiche: texts as they are, references as ids."""
    return {
        champ.nom: (UUID(valeur) if valeur else None) if champ.nature.est_reference else valeur
        for champ, valeur in zip(fiche.champs, fiche.valeurs, strict=True)
    }


def en_fiche(niveau: Niveau, colonnes: Sequence[Any]) -> Fiche:
    """Give the fiche of the columns of a level, in the order of its fields."""
    return Fiche(niveau, tuple(["" if v is None else v if isinstance(v, str) else str(v) for v in colonnes]))


Marque = tuple[UUID, str, UUID]
"""Where a list of those of a formation has come to: what holds the last one, its date (or number), its id."""

DEBUT: Marque = (UUID(int=0), "", UUID(int=0))
FIN: Marque = (UUID(int=2**128 - 1), "\uffff", UUID(int=2**128 - 1))


def marque(noeud: Noeud) -> Marque:
    """Give the mark of one, beyond which `tranche` goes on."""
    return noeud.parent_id, noeud.fiche.valeur(_ORDRE[noeud.niveau]), noeud.id


_ORDRE = {Niveau.ACTION: "numero", Niveau.SESSION: "debut"}


def au_dela(requete: Select[Any], table: Table, *, par_la_fin: bool) -> Select[Any]:
    """Order a statement as `Noeuds.tranche` does, from a mark on; backwards if asked."""
    t = table.c
    parent = t.action_id if "action_id" in t else t.formation_id
    texte = t.debut if "debut" in t else t.numero
    ordre = (parent, texte, t.id)
    bord = tuple_(
        bindparam("m_parent", type_=parent.type), bindparam("m_texte", type_=texte.type),
        bindparam("m_id", type_=t.id.type),
    )  # fmt: skip
    au_dela_du_bord = tuple_(*ordre) < bord if par_la_fin else tuple_(*ordre) > bord
    tri = [colonne.desc() if par_la_fin else colonne for colonne in ordre]
    return requete.where(au_dela_du_bord).order_by(*tri).limit(bindparam("limite"))


def _tranche(table: Table, colonnes: Sequence[Any], sous: str, *, par_la_fin: bool) -> Select[Any]:
    t = table.c
    requete = select(*colonnes).where(
        t.organisme_id == bindparam("organisme_id"), t[sous] == bindparam("sous", type_=t[sous].type),
        t.statut != Statut.ARCHIVEE.value,
    )  # fmt: skip
    return au_dela(requete, table, par_la_fin=par_la_fin)


class Noeuds:
    """What keeps the actions, or the sessions."""

    def __init__(self, table: Table, niveau: Niveau, parent: str, numero_unique: str) -> None:
        """Build the statements. `parent` is the column of what holds them, `numero_unique` the constraint."""
        t = table.c
        self.niveau = niveau
        self._table = table
        self._parent = parent
        self._unique = numero_unique
        self._nombre = len(CHAMPS[niveau])
        champs = [t[champ.nom] for champ in CHAMPS[niveau]]
        colonnes = (t.id, t.organisme_id, t.formation_id, t[parent], *champs, *(t[nom] for nom in _SUIVI))
        du_sien = t.organisme_id == bindparam("organisme_id")
        du_parent = t[parent] == bindparam("parent_id")
        self.colonnes = colonnes
        par_id = select(*colonnes).where(du_sien, t.id == bindparam("id"))
        # Actions in the order in which they were made, sessions in that of their dates.
        ordre = (t.creee_le, t.id) if niveau is Niveau.ACTION else (t.debut, t.id)
        self._par_id = RequetePreparee(par_id)
        self._par_id_verrouillee = RequetePreparee(par_id.with_for_update())
        self._du_parent = RequetePreparee(select(*colonnes).where(du_sien, du_parent).order_by(*ordre))
        self._de_la_formation = RequetePreparee(
            select(*colonnes).where(du_sien, t.formation_id == bindparam("formation_id")).order_by(t[parent], *ordre)
        )
        self._des_formations = RequetePreparee(
            select(*colonnes)
            .where(du_sien, t.formation_id.in_(bindparam("formations", expanding=True)))
            .order_by(t.formation_id, *([] if niveau is Niveau.ACTION else [t.action_id]), *ordre)
        )
        parmi = select(*colonnes).where(du_sien, t.id.in_(bindparam("ids", expanding=True)))
        self._par_ids = RequetePreparee(parmi)
        # Always in the same order: who locks many never waits for who waits for him.
        self._par_ids_verrouilles = RequetePreparee(parmi.order_by(t.id).with_for_update())
        self._tranches = {
            (colonne, par_la_fin): RequetePreparee(_tranche(table, colonnes, colonne, par_la_fin=par_la_fin))
            for colonne in {"formation_id", parent}
            for par_la_fin in (False, True)
        }
        self._titulaire = RequetePreparee(
            select(t.id).where(du_sien, du_parent, t.numero_cle == bindparam("cle"), NUMEROTES)
        )
        self._titulaires = RequetePreparee(
            select(t[parent], t.numero_cle, t.id).where(
                du_sien, t[parent].in_(bindparam("parents", expanding=True)),
                t.numero_cle.in_(bindparam("cles", expanding=True)), NUMEROTES,
            )
        )  # fmt: skip
        # Of those beside, the judge compares the « validées » that say the same here: the table gives no other.
        self._cle = _CLES[niveau]
        self._semblables = RequetePreparee(
            select(*colonnes).where(
                du_sien, du_parent, t.statut == Statut.VALIDEE.value,
                *(t[champ.nom] == bindparam(champ.nom) for champ in self._cle),
            )
        )  # fmt: skip
        self._comptes = RequetePreparee(
            select(t[parent], t.statut, func.count())
            .where(du_sien, t.formation_id == bindparam("formation_id"))
            .group_by(t[parent], t.statut)
        )
        des_parents = (
            select(t[parent], t.statut, func.count())
            .where(du_sien, t[parent].in_(bindparam("parents", expanding=True)))
            .group_by(t[parent], t.statut)
        )
        self._comptes_des = RequetePreparee(des_parents)
        # The formation is named for the sake of the index that says statuses too: nothing else is read.
        self._comptes_dans = RequetePreparee(des_parents.where(t.formation_id == bindparam("formation_id")))
        self._insertion = {
            nom: dialecte.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
            for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
        }
        du_meme = t.organisme_id == bindparam("b_organisme_id")
        self._mise_a_jour = update(table).where(du_meme, t.id == bindparam("b_id"), t.version == bindparam("b_version"))
        self._suppression = delete(table).where(du_meme, t.id == bindparam("b_id"), t.version == bindparam("b_version"))
        self._suppression_du_parent = delete(table).where(du_meme, t[parent] == bindparam("b_parent"))
        self._suppression_de_la_formation = delete(table).where(du_meme, t.formation_id == bindparam("b_parent"))

    def par_id(self, lecture: Lecture, organisme_id: UUID, id: UUID, *, verrou: bool = False) -> Noeud | None:
        """Find one of an organisation; `verrou` keeps others from changing it before this transaction ends."""
        requete = self._par_id_verrouillee if verrou else self._par_id
        ligne = requete.ligne(lecture, organisme_id=organisme_id, id=id)
        return None if ligne is None else self.lire(ligne)

    def par_ids(
        self, lecture: Lecture, organisme_id: UUID, ids: Iterable[UUID], *, verrou: bool = False
    ) -> dict[UUID, Noeud]:
        """Give those of an organisation among these ids; `verrou` keeps others from changing them meanwhile."""
        voulus = list(dict.fromkeys(ids))
        if not voulus:
            return {}
        requete = self._par_ids_verrouilles if verrou else self._par_ids
        lus = map(self.lire, requete.lignes(lecture, organisme_id=organisme_id, ids=voulus))
        return {noeud.id: noeud for noeud in lus}

    def tranche(  # noqa: PLR0913, PLR0917 - what holds them, from where, how many
        self, lecture: Lecture, organisme_id: UUID, colonne: str, parent_id: UUID, apres: Marque | None, limite: int,
        *, par_la_fin: bool = False,
    ) -> list[Noeud]:  # fmt: skip
        """List those that stand under a formation or an action (`colonne`), archived ones left out, beyond a mark.

        By what holds each, then in the order of their dates; from the last one on if asked.
        """
        parent, texte, id_ = apres or (FIN if par_la_fin else DEBUT)
        lignes = self._tranches[colonne, par_la_fin].lignes(
            lecture, organisme_id=organisme_id, sous=parent_id, m_parent=parent, m_texte=texte, m_id=id_, limite=limite
        )
        return [self.lire(ligne) for ligne in lignes]

    def du_parent(self, lecture: Lecture, organisme_id: UUID, parent_id: UUID) -> list[Noeud]:
        """List those of a formation (actions) or of an action (sessions), archived ones included, in order."""
        return [self.lire(ligne) for ligne in self._du_parent.lignes(
            lecture, organisme_id=organisme_id, parent_id=parent_id
        )]  # fmt: skip

    def semblables(self, lecture: Lecture, organisme_id: UUID, parent_id: UUID, fiche: Fiche) -> list[Noeud]:
        """List the « validées » beside that could be the same for the portal, itself included where it is one."""
        valeurs = {champ.nom: fiche[champ] for champ in self._cle}
        # What no driver can send is nobody's either.
        if any(map(caracteres_interdits, valeurs.values())):
            return []
        lignes = self._semblables.lignes(lecture, organisme_id=organisme_id, parent_id=parent_id, **valeurs)
        return [self.lire(ligne) for ligne in lignes]

    def de_la_formation(self, lecture: Lecture, organisme_id: UUID, formation_id: UUID) -> dict[UUID, list[Noeud]]:
        """List those of a whole formation by what holds each, in order."""
        return self._par_parent(
            self._de_la_formation.lignes(lecture, organisme_id=organisme_id, formation_id=formation_id)
        )

    def des_formations(
        self, lecture: Lecture, organisme_id: UUID, formations: Sequence[UUID]
    ) -> dict[UUID, list[Noeud]]:
        """List those of several formations by what holds each, in order."""
        return self._par_parent(
            self._des_formations.lignes(lecture, organisme_id=organisme_id, formations=list(formations))
        )

    def _par_parent(self, lignes: Iterable[Sequence[Any]]) -> dict[UUID, list[Noeud]]:
        par_parent: dict[UUID, list[Noeud]] = {}
        for noeud in map(self.lire, lignes):
            par_parent.setdefault(noeud.parent_id, []).append(noeud)
        return par_parent

    def comptes(self, lecture: Lecture, organisme_id: UUID, formation_id: UUID) -> dict[UUID, dict[Statut, int]]:
        """Count those of a formation by what holds each, and by status."""
        return _par_parent(self._comptes.lignes(lecture, organisme_id=organisme_id, formation_id=formation_id))

    def comptes_des(
        self, lecture: Lecture, organisme_id: UUID, parents: Sequence[UUID]
    ) -> dict[UUID, dict[Statut, int]]:
        """Count, by status, those that each of these holds; what holds none is absent."""
        if not parents:
            return {}
        return _par_parent(self._comptes_des.lignes(lecture, organisme_id=organisme_id, parents=list(parents)))

    def comptes_dans(
        self, lecture: Lecture, organisme_id: UUID, formation_id: UUID, parents: Sequence[UUID]
    ) -> dict[UUID, dict[Statut, int]]:
        """Count the same of what stands in one formation: the index alone is read."""
        if not parents:
            return {}
        lignes = self._comptes_dans.lignes(
            lecture, organisme_id=organisme_id, formation_id=formation_id, parents=list(parents)
        )
        return _par_parent(lignes)

    def titulaire(self, lecture: Lecture, organisme_id: UUID, parent_id: UUID, numero: str) -> UUID | None:
        """Say which one beside has a number, archived or not; None for a number that is none."""
        cle = cle_canonique(numero)
        # What no driver can send is nobody's number.
        if not cle or caracteres_interdits(numero):
            return None
        trouve: UUID | None = self._titulaire.valeur(
            lecture, organisme_id=organisme_id, parent_id=parent_id, cle=cle
        )  # fmt: skip
        return trouve

    def titulaires(
        self, lecture: Lecture, organisme_id: UUID, parents: Sequence[UUID], cles: Sequence[str]
    ) -> dict[tuple[UUID, str], UUID]:
        """Say who has each of these canonical keys under each of these parents, archived or not; others are absent."""
        lues: dict[tuple[UUID, str], UUID] = {}
        for lot in par_lots(cles):
            lignes = self._titulaires.lignes(lecture, organisme_id=organisme_id, parents=list(parents), cles=lot)
            lues |= {(parent, cle): id_ for parent, cle, id_ in lignes}
        return lues

    def ajouter(self, cnx: Connection, nouveau: Noeud) -> bool:
        """Add one. Out: False, and nothing written, when its id or its number is taken. Raises ReferencePerdue."""
        with traduites(self._unique):
            return cnx.execute(self._insertion[cnx.dialect.name], self._valeurs(nouveau)).rowcount == 1

    def ajouter_en_nombre(self, cnx: Connection, nouveaux: Iterable[Noeud]) -> None:
        """Add many at once. Raises NumeroPris, ReferencePerdue; the caller gives up the transaction."""
        with traduites(self._unique):
            inserer(cnx, self._table, [self._valeurs(nouveau) for nouveau in nouveaux])

    def remplacer(self, cnx: Connection, avant: Noeud, apres: Noeud) -> bool:
        """Write one over its previous version, and only over that one.

        Out: False, and nothing written, when another version stands. Raises NumeroPris, ReferencePerdue; the caller
        gives up the transaction.
        """
        with traduites(self._unique):
            return cnx.execute(self._mise_a_jour, self._valeurs(apres) | _cle(avant)).rowcount == 1

    def retirer(self, cnx: Connection, ancien: Noeud) -> bool:
        """Remove one, in that version only. Out: False when another stands. Raises ReferencePerdue (it holds some)."""
        with traduites(self._unique):
            return cnx.execute(self._suppression, _cle(ancien)).rowcount == 1

    def retirer_du_parent(self, cnx: Connection, organisme_id: UUID, parent_id: UUID) -> int:
        """Remove all that a formation (actions) or an action (sessions) holds, and say how many there were."""
        with traduites(self._unique):
            valeurs = {"b_organisme_id": organisme_id, "b_parent": parent_id}
            return cnx.execute(self._suppression_du_parent, valeurs).rowcount

    def retirer_de_la_formation(self, cnx: Connection, organisme_id: UUID, formation_id: UUID) -> int:
        """Remove all that a formation holds at this level, and say how many there were."""
        with traduites(self._unique):
            valeurs = {"b_organisme_id": organisme_id, "b_parent": formation_id}
            return cnx.execute(self._suppression_de_la_formation, valeurs).rowcount

    def lire(self, ligne: Sequence[Any]) -> Noeud:
        """Give the domain value of the values of `colonnes`."""
        id_, organisme_id, formation_id, parent_id, *reste = ligne
        statut, version, creee_le, modifiee_le, par, validee_le, archivee_le, avant = reste[self._nombre :]
        return Noeud(
            id_, organisme_id, en_fiche(self.niveau, reste[: self._nombre]), Statut(statut), version, creee_le,
            modifiee_le, par, validee_le, archivee_le, None if avant is None else Statut(avant),
            formation_id=formation_id, parent_id=parent_id,
        )  # fmt: skip

    def _valeurs(self, un: Noeud) -> dict[str, Any]:
        return {
            "organisme_id": un.organisme_id,
            "id": un.id,
            "formation_id": un.formation_id,
            self._parent: un.parent_id,
            **en_colonnes(un.fiche),
            "numero_cle": cle_canonique(un.fiche.nom),
            **{nom: getattr(un, nom) for nom in _SUIVI},
            "statut": un.statut.value,
            "avant_archivage": None if un.avant_archivage is None else un.avant_archivage.value,
        }


def _cle(un: Noeud) -> dict[str, Any]:
    return {"b_organisme_id": un.organisme_id, "b_id": un.id, "b_version": un.version}


@contextmanager
def traduites(unique: str = "") -> Iterator[None]:
    """Turn what the database refuses into what it means: NumeroPris (the constraint `unique`), ReferencePerdue."""
    try:
        yield
    except IntegrityError as erreur:
        if unique and contrainte_violee(erreur) == unique:
            raise NumeroPris from erreur
        if est_reference_rompue(erreur):
            raise ReferencePerdue from erreur
        raise


ACTIONS = Noeuds(tables_arbre.action, Niveau.ACTION, "formation_id", NUMERO_DE_L_ACTION)
SESSIONS = Noeuds(tables_arbre.session, Niveau.SESSION, "action_id", NUMERO_DE_LA_SESSION)


def _par_parent(lignes: Iterable[Sequence[Any]]) -> dict[UUID, dict[Statut, int]]:
    par_parent: dict[UUID, dict[Statut, int]] = {}
    for parent, statut, nombre in lignes:
        par_parent.setdefault(parent, {})[_STATUTS[statut]] = nombre
    return par_parent


_a = tables_arbre.action.c
_DERNIERE = RequetePreparee(
    select(*ACTIONS.colonnes)
    .where(_a.organisme_id == bindparam("organisme_id"))
    .order_by(_a.modifiee_le.desc(), _a.id.desc())
    .limit(1)
)


def derniere_action(lecture: Lecture, organisme_id: UUID) -> Noeud | None:
    """Give the action of an organisation that was saved last, whatever its formation and its status."""
    ligne = _DERNIERE.ligne(lecture, organisme_id=organisme_id)
    return None if ligne is None else ACTIONS.lire(ligne)


_PRIX_CONNUS = RequetePreparee(
    select(_a.id, _a.duree, _a.frais_ttc)
    .where(_a.organisme_id == bindparam("organisme_id"), _a.statut == Statut.VALIDEE.value)
    .order_by(_a.id)
    .limit(200)
)


def prix_connus(lecture: Lecture, organisme_id: UUID) -> Sequence[tuple[UUID, str, str]]:
    """Give the id, the hours and the price of at most 200 « validées » of an organisation.

    Ids are random: the first in their order are a sample, always the same, that the key gives at once.
    """
    return [(id_, duree, ttc) for id_, duree, ttc in _PRIX_CONNUS.lignes(lecture, organisme_id=organisme_id)]
