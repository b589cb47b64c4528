"""Contacts and places of an organisation: rows to domain values and back, and what uses each."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Table, Uuid, bindparam, delete, func, literal, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.domain.champs import Nature, Niveau
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import Entree
from webapp.domain.saisies import comme_id
from webapp.domain.textes import sans_accents
from webapp.persistence import tables_arbre
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.noeuds import en_colonnes, en_fiche, traduites

_SUIVI = ("version", "creee_le", "modifiee_le", "modifiee_par")
LONGUEUR_DU_TRI = 200
"""Letters of a name by which a list is ordered: a draft's may not fit an index."""

IDS_A_LA_FOIS = 10_000
"""Ids that a statement asks for at most: SQLite takes 32 766 values, PostgreSQL 65 535."""

_UTILISATEURS = (
    (Niveau.ACTION, tables_arbre.action),
    (Niveau.SESSION, tables_arbre.session),
    (Niveau.LIEU, tables_arbre.lieu),
)


class Usage(NamedTuple):
    """One thing that uses a contact or a place: its level, its id, what holds it (None: nothing), its name."""

    niveau: Niveau
    id: UUID
    parent_id: UUID | None
    nom: str


class Annuaire:
    """What keeps the contacts, or the places."""

    def __init__(self, table: Table, niveau: Niveau, nature: Nature) -> None:
        """Build the statements. `nature` is that of the fields that refer to it."""
        t = table.c
        self.niveau = niveau
        self._nombre = len(CHAMPS[niveau])
        colonnes = (t.id, t.organisme_id, *(t[c.nom] for c in CHAMPS[niveau]), *(t[nom] for nom in _SUIVI))
        du_sien = t.organisme_id == bindparam("organisme_id")
        par_id = select(*colonnes).where(du_sien, t.id == bindparam("id"))
        self._par_id = RequetePreparee(par_id)
        self._par_id_verrouillee = RequetePreparee(par_id.with_for_update())
        self._par_ids = RequetePreparee(
            select(*colonnes).where(du_sien, t.id.in_(bindparam("ids", expanding=True)))
        )  # fmt: skip
        self._tous = RequetePreparee(select(*colonnes).where(du_sien).order_by(t.tri, t.id))
        self._insertion = {
            nom: dialecte.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
            for nom, dialecte in (("sqlite", sqlite), ("postgresql", postgresql))
        }
        du_meme = t.organisme_id == bindparam("b_organisme_id")
        self._mise_a_jour = update(table).where(du_meme, t.id == bindparam("b_id"), t.version == bindparam("b_version"))
        self._suppression = delete(table).where(du_meme, t.id == bindparam("b_id"), t.version == bindparam("b_version"))
        self._usages = RequetePreparee(union_all(*_usages(nature)).limit(bindparam("limite")))
        un_seul = union_all(*_usages(nature)).subquery("usages")
        self._nombre_d_usages = RequetePreparee(
            select(un_seul.c.niveau, func.count()).group_by(un_seul.c.niveau)
        )  # fmt: skip
        self._comptes = RequetePreparee(_comptes(nature))

    def par_id(self, lecture: Lecture, organisme_id: UUID, id: UUID, *, verrou: bool = False) -> Entree | None:
        """Find one of an organisation; `verrou` keeps others from changing it before this transaction ends."""
        requete = self._par_id_verrouillee if verrou else self._par_id
        ligne = requete.ligne(lecture, organisme_id=organisme_id, id=id)
        return None if ligne is None else self._lire(ligne)

    def par_ids(self, lecture: Lecture, organisme_id: UUID, ids: Iterable[str]) -> dict[str, Fiche]:
        """Give the fiches of those that an organisation has among these texts of ids, by that text."""
        voulus = [id_ for id_ in map(comme_id, dict.fromkeys(ids)) if id_ is not None]
        trouvees: dict[str, Fiche] = {}
        for debut in range(0, len(voulus), IDS_A_LA_FOIS):
            lot = voulus[debut : debut + IDS_A_LA_FOIS]
            lues = map(self._lire, self._par_ids.lignes(lecture, organisme_id=organisme_id, ids=lot))
            trouvees |= {str(entree.id): entree.fiche for entree in lues}
        return trouvees

    def tous(self, lecture: Lecture, organisme_id: UUID) -> list[Entree]:
        """List those of an organisation by name."""
        return [self._lire(ligne) for ligne in self._tous.lignes(lecture, organisme_id=organisme_id)]

    def usages(self, lecture: Lecture, organisme_id: UUID, id: UUID, limite: int) -> list[Usage]:
        """Say what uses one, the first `limite`: actions, then sessions, then places."""
        lignes = self._usages.lignes(lecture, organisme_id=organisme_id, id=id, limite=limite)
        return [Usage(Niveau(niveau), id_, parent, nom) for niveau, id_, parent, nom in lignes]

    def comptes(self, lecture: Lecture, organisme_id: UUID) -> dict[UUID, dict[Niveau, int]]:
        """Count by level what uses each of those of an organisation; those that nothing uses are absent."""
        comptes: dict[UUID, dict[Niveau, int]] = {}
        for id_, niveau, nombre in self._comptes.lignes(lecture, organisme_id=organisme_id):
            comptes.setdefault(id_, {})[Niveau(niveau)] = nombre
        return comptes

    def nombre_d_usages(self, lecture: Lecture, organisme_id: UUID, id: UUID) -> dict[Niveau, int]:
        """Count by level what uses one."""
        lignes = self._nombre_d_usages.lignes(lecture, organisme_id=organisme_id, id=id)
        return {Niveau(niveau): nombre for niveau, nombre in lignes}

    def ajouter(self, cnx: Connection, nouvelle: Entree) -> bool:
        """Add one. Out: False, and nothing written, when its id is taken. Raises ReferencePerdue."""
        with traduites():
            return cnx.execute(self._insertion[cnx.dialect.name], _valeurs(nouvelle)).rowcount == 1

    def remplacer(self, cnx: Connection, avant: Entree, apres: Entree) -> bool:
        """Write one over its previous version, and only over that one; False otherwise. Raises ReferencePerdue."""
        with traduites():
            return cnx.execute(self._mise_a_jour, _valeurs(apres) | _cle(avant)).rowcount == 1

    def retirer(self, cnx: Connection, ancienne: Entree) -> bool:
        """Remove one, in that version only; False otherwise. Raises ReferencePerdue while something uses it."""
        with traduites():
            return cnx.execute(self._suppression, _cle(ancienne)).rowcount == 1

    def _lire(self, ligne: Sequence[Any]) -> Entree:
        id_, organisme_id, *reste = ligne
        fiche = en_fiche(self.niveau, reste[: self._nombre])
        return Entree(id_, organisme_id, fiche, *reste[self._nombre :])


def _references(nature: Nature) -> list[tuple[Niveau, Table, list[str]]]:
    """Give, for each table that refers to a contact or to a place, the columns that do."""
    return [
        (niveau, table, [champ.nom for champ in CHAMPS[niveau] if champ.nature is nature])
        for niveau, table in _UTILISATEURS
        if any(champ.nature is nature for champ in CHAMPS[niveau])
    ]


def _usages(nature: Nature) -> list[Any]:
    requetes = []
    for niveau, table, noms in _references(nature):
        t = table.c
        parent = {Niveau.ACTION: "formation_id", Niveau.SESSION: "action_id"}.get(niveau)
        visee = bindparam("id", type_=Uuid())
        un_des_siens = t[noms[0]] == visee
        for nom in noms[1:]:
            un_des_siens |= t[nom] == visee
        requetes.append(
            select(
                literal(niveau.value).label("niveau"), t.id,
                (t[parent] if parent else literal(None, Uuid())).label("parent_id"),
                (t.denomination if niveau is Niveau.LIEU else t.numero).label("nom"),
            ).where(t.organisme_id == bindparam("organisme_id"), un_des_siens)
        )  # fmt: skip
    return requetes


def _comptes(nature: Nature) -> Any:
    """Count by level the objects that use each; one that does so by two fields is counted once."""
    couples = [
        select(t.c[nom].label("visee"), literal(niveau.value).label("niveau"), t.c.id.label("par"))
        .where(t.c.organisme_id == bindparam("organisme_id"), t.c[nom].is_not(None))
        for niveau, t, noms in _references(nature)
        for nom in noms
    ]  # fmt: skip
    tous = union_all(*couples).subquery("usages")
    return select(tous.c.visee, tous.c.niveau, func.count(tous.c.par.distinct())).group_by(tous.c.visee, tous.c.niveau)


def _valeurs(une: Entree) -> dict[str, Any]:
    return {
        "organisme_id": une.organisme_id,
        "id": une.id,
        **en_colonnes(une.fiche),
        **{nom: getattr(une, nom) for nom in _SUIVI},
        "tri": sans_accents(une.fiche.nom)[:LONGUEUR_DU_TRI],
    }


def _cle(une: Entree) -> dict[str, Any]:
    return {"b_organisme_id": une.organisme_id, "b_id": une.id, "b_version": une.version}


CONTACTS = Annuaire(tables_arbre.contact, Niveau.CONTACT, Nature.CONTACT)
LIEUX = Annuaire(tables_arbre.lieu, Niveau.LIEU, Nature.LIEU)
