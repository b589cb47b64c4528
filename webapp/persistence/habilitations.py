"""The lists of habilitations of an organisation: deposited, imported, read; and what the registry says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, delete, func, insert, literal, select, update

from webapp.domain.fichier_habilitations import Remarque
from webapp.domain.habilitations import HabilitationEdof, Habilitations
from webapp.domain.registre import Habilitation, Partenaire
from webapp.persistence.colonnes import Liste as Textes
from webapp.persistence.lecture import Lecture, RequetePreparee
from webapp.persistence.tables import habilitation, organisme
from webapp.persistence.tables_habilitations import habilitation_edof, liste_habilitations

_l, _h = liste_habilitations.c, habilitation_edof.c
_DU_SIEN = _l.organisme_id == bindparam("organisme_id")
_COLONNES = (
    _l.id, _l.organisme_id, _l.fichier, _l.etablie_le, _l.deposee_par, _l.deposee_le, _l.importee_par, _l.importee_le,
    _l.remarques,
)  # fmt: skip
_LIGNE = (_h.code, _h.intitule, _h.etat, _h.debut, _h.fin)
_PAR_ID = RequetePreparee(select(*_COLONNES).where(_DU_SIEN, _l.id == bindparam("id")))
_IMPORTEE = RequetePreparee(select(*_COLONNES).where(_DU_SIEN, _l.importee_le.is_not(None)))
_LIGNES = RequetePreparee(
    select(*_LIGNE)
    .where(_h.organisme_id == bindparam("organisme_id"), _h.liste_id == bindparam("liste_id"))
    .order_by(_h.code)
)
_DE_LA_LISTE = (_l.organisme_id == _h.organisme_id) & (_l.id == _h.liste_id)
# What is said of the whole list is read once, and not with each of its lines.
_UNE_FOIS = case((func.row_number().over() == 1, _l.remarques), else_=literal([], Textes))
_CONNUES = RequetePreparee(
    select(_l.etablie_le, _UNE_FOIS, *_LIGNE)
    .select_from(liste_habilitations.outerjoin(habilitation_edof, _DE_LA_LISTE))
    .where(_DU_SIEN, _l.importee_le.is_not(None))
)
_CONNUE = RequetePreparee(
    select(_l.etablie_le, _l.remarques, *_LIGNE)
    .select_from(liste_habilitations.outerjoin(habilitation_edof, _DE_LA_LISTE & (_h.code == bindparam("code"))))
    .where(_DU_SIEN, _l.importee_le.is_not(None))
)
_DES_PARTENAIRES = select(habilitation.c.certification, habilitation.c.nature, habilitation.c.active).where(
    habilitation.c.siret == bindparam("siret")
)
_PUBLIEES = RequetePreparee(_DES_PARTENAIRES)
_PUBLIEES_POUR = RequetePreparee(_DES_PARTENAIRES.where(habilitation.c.certification == bindparam("code")))
_DEPOT = insert(liste_habilitations)
_LIGNES_DEPOSEES = insert(habilitation_edof)
_OUBLI = delete(liste_habilitations).where(
    _DU_SIEN, _l.importee_le.is_(None), _l.deposee_le < bindparam("avant")
)  # fmt: skip
_DE_CET_ID = (_l.organisme_id == bindparam("b_organisme_id")) & (_l.id == bindparam("b_id"))
_RETRAIT = delete(liste_habilitations).where(_DE_CET_ID)
_IMPORT = update(liste_habilitations).where(_DE_CET_ID)
_VERROU = select(organisme.c.id).where(organisme.c.id == bindparam("organisme_id")).with_for_update()


@dataclass(frozen=True, slots=True)
class Liste:
    """A list as it is kept. `importee_par` and `importee_le` are None as long as it is only looked at."""

    id: UUID
    organisme_id: UUID
    fichier: str
    etablie_le: date
    deposee_par: str
    deposee_le: datetime
    importee_par: str | None
    importee_le: datetime | None
    remarques: tuple[Remarque, ...]


def par_id(lecture: Lecture, organisme_id: UUID, id: UUID) -> Liste | None:
    """Find a list of an organisation."""
    ligne = _PAR_ID.ligne(lecture, organisme_id=organisme_id, id=id)
    return None if ligne is None else _lire(ligne)


def importee(lecture: Lecture, organisme_id: UUID) -> Liste | None:
    """Give the list that counts, if an organisation has imported any."""
    ligne = _IMPORTEE.ligne(lecture, organisme_id=organisme_id)
    return None if ligne is None else _lire(ligne)


def lignes(lecture: Lecture, liste: Liste) -> tuple[HabilitationEdof, ...]:
    """Give the lines of a list, by code."""
    lues = _LIGNES.lignes(lecture, organisme_id=liste.organisme_id, liste_id=liste.id)
    return tuple(HabilitationEdof(*ligne) for ligne in lues)


def connues(lecture: Lecture, organisme_id: UUID, code: str | None = None) -> Habilitations:
    """Give what the list that counts says, nothing when there is none. One statement.

    In: the code of the only certification that matters, if one does.
    """
    if code is None:
        lues = _CONNUES.lignes(lecture, organisme_id=organisme_id)
    else:
        lues = _CONNUE.lignes(lecture, organisme_id=organisme_id, code=code)
    edof = {code: HabilitationEdof(code, *reste) for _, _, code, *reste in lues if code is not None}
    illisibles = {remarque.code for _, dites, *_ in lues for remarque in _remarques(dites) if remarque.code}
    return Habilitations(lues[0][0] if lues else None, edof, illisibles=frozenset(illisibles))


def publiees(lecture: Lecture, siret: str, code: str | None = None) -> dict[str, tuple[Partenaire, ...]]:
    """Give what the registry says that an organisation may do, by code: of all, or of one. One statement."""
    if code is None:
        lues = _PUBLIEES.lignes(lecture, siret=siret)
    else:
        lues = _PUBLIEES_POUR.lignes(lecture, siret=siret, code=code)
    par_code: dict[str, tuple[Partenaire, ...]] = {}
    for certification, nature, active in lues:
        un = Partenaire(siret, Habilitation(nature), active)
        par_code[certification] = (*par_code.get(certification, ()), un)
    return par_code


def verrouiller(cnx: Connection, organisme_id: UUID) -> None:
    """Keep others from importing a list of the same organisation before this transaction ends."""
    cnx.execute(_VERROU, {"organisme_id": organisme_id})


def deposer(cnx: Connection, liste: Liste, siennes: Sequence[HabilitationEdof]) -> None:
    """Keep a list that was read, with its lines."""
    valeurs = {nom: getattr(liste, nom) for nom in _l.keys() if nom != "remarques"}  # noqa: SIM118 - columns, not a dict
    cnx.execute(
        _DEPOT, valeurs | {"remarques": [texte for r in liste.remarques for texte in (f"{r.ligne} {r.code}", r.texte)]}
    )
    cle = {"organisme_id": liste.organisme_id, "liste_id": liste.id}
    cnx.execute(_LIGNES_DEPOSEES, [cle | asdict(une) for une in siennes])


def oublier(cnx: Connection, organisme_id: UUID, avant: datetime) -> None:
    """Remove the lists that were deposited before a moment, and never imported."""
    cnx.execute(_OUBLI, {"organisme_id": organisme_id, "avant": avant})


def retirer(cnx: Connection, liste: Liste) -> None:
    """Remove a list and its lines."""
    cnx.execute(_RETRAIT, {"b_organisme_id": liste.organisme_id, "b_id": liste.id})


def importer(cnx: Connection, liste: Liste, par: str, le: datetime) -> None:
    """Make a list the one that counts; the one before must be gone."""
    valeurs = {"importee_par": par, "importee_le": le}
    cnx.execute(_IMPORT, {"b_organisme_id": liste.organisme_id, "b_id": liste.id} | valeurs)


def _lire(ligne: Sequence[Any]) -> Liste:
    *valeurs, dites = ligne
    return Liste(*[*valeurs, tuple(_remarques(dites))])


def _remarques(dites: Sequence[str]) -> Iterator[Remarque]:
    for ou, texte in zip(dites[::2], dites[1::2], strict=True):
        ligne, _, code = ou.partition(" ")
        yield Remarque(int(ligne), texte, code)
