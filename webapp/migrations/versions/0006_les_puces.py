"""Texts stored before bullets had one form take it: read, they were longer than what the database had judged.

A « validée » that its bullets make too long goes back to « brouillon », as a save would have it; a draft that they
would make too long to be kept stays as it is. What was done is said, and nothing when there was nothing to do. Titles
are searched by letters that a keyboard has: what was made of them before is made again.

A migration is frozen: it says what texts were at its time, and imports nothing of the product.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LONGUEURS = {"intitule": 255, "objectif": 3000, "contenu": 3000, "points_forts": 255, "resultats_attendus": 3000}
_FOIS_LA_LIMITE = 10
_LOT = 500
_FINS = "\x0b\x0c\u2028\u2029"
_CACHES = "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufffc"
_QUI_SE_JOIGNENT = (
    "[\u0600-\u109f\u2190-\u21ff\u231a-\u2328\u232b-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f"
    "\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_JOINTS_PERDUS = re.compile(f"[\u200c\u200d](?:(?<!{_QUI_SE_JOIGNENT}.)|(?!{_QUI_SE_JOIGNENT}))")
_SIGNES = (
    "\u00b7\u2022\u2023\u2043\u204c\u204d\u2219\u25a0-\u25a3\u25aa\u25ab\u25b6\u25b8\u25ba\u25c6\u25c7\u25cb\u25cf\u25e6"
    "\u2713\u2714\u2756\u2794\u27a2\u27a4\u2b25\u2b29\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
)
_PUCES = re.compile(
    f"^([ \t\u00a0]*)(?:[{_SIGNES}](?!\ufe0f)|[\uf020-\uf0ff](?=[ \t\u00a0])|[oØü§v](?=\t))[ \t\u00a0]*", re.MULTILINE
)
_A_REVOIR = f"[\t\u200c\u200d\uf020-\uf0ff{_FINS}{_CACHES}{_SIGNES}]"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032"
_TIRETS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
_LETTRES = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_MEMES = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_TIRETS, "-") | _LETTRES)
_formation = sa.table(
    "formation",
    *(
        sa.column(nom)
        for nom in ("organisme_id", "id", "identifiant", "statut", "recherche", "validee_le", *_LONGUEURS)
    ),
)
_certification = sa.table("certification", *(sa.column(nom) for nom in ("code", "recherche")))
_c = _formation.c
_journal = logging.getLogger(__name__)


def upgrade() -> None:
    changees, revenues, laissees = 0, [], []
    for ligne in _qui(sa.or_(*(_contient(_c[nom], _A_REVOIR) for nom in _LONGUEURS))):
        textes = {nom: _normaliser(nom, ligne[nom]) for nom in _LONGUEURS}
        if all(textes[nom] == ligne[nom] for nom in _LONGUEURS):
            continue
        if any(len(textes[nom]) > _FOIS_LA_LIMITE * maximum for nom, maximum in _LONGUEURS.items()):
            laissees.append(ligne["identifiant"])
            continue
        valeurs: dict[str, Any] = textes | {"recherche": _cherchable(f"{textes['intitule']} {ligne['identifiant']}")}
        if ligne["statut"] == "validee" and any(len(textes[nom]) > n for nom, n in _LONGUEURS.items()):
            valeurs |= {"statut": "brouillon", "validee_le": None}
            revenues.append(ligne["identifiant"])
            _recompter(ligne["organisme_id"])
        _ecrire(ligne, valeurs)
        changees += 1
    for ligne in _qui(_contient(_c.recherche, f"[{_APOSTROPHES}{_TIRETS}{''.join(_LETTRES)}]")):
        _ecrire(ligne, {"recherche": _cherchable(ligne["recherche"])})
    mots: Any = _certification.c.recherche
    for lettre, lettres in _LETTRES.items():
        mots = sa.func.replace(mots, lettre, lettres)
    op.execute(
        sa.update(_certification)
        .where(_contient(_certification.c.recherche, f"[{''.join(_LETTRES)}]"))
        .values(recherche=mots)
    )
    _dire(changees, revenues, laissees)


def downgrade() -> None:
    """Go back: what was one form of a text is one still."""


def _contient(colonne: Any, classe: str) -> Any:
    """Say in SQL whether a text has one of these characters."""
    if op.get_bind().dialect.name == "sqlite":
        return colonne.op("GLOB")(f"*{classe}*")
    return colonne.op("~")(classe)


def _qui(condition: Any) -> Iterator[dict[str, Any]]:
    """Go through the formations that answer a condition, by their key: what is written may no longer answer it."""
    cnx, apres = op.get_bind(), None
    requete = sa.select(_formation).where(condition).order_by(_c.organisme_id, _c.id).limit(_LOT)
    while (
        lot := cnx.execute(requete if apres is None else requete.where(sa.tuple_(_c.organisme_id, _c.id) > apres))
        .mappings()
        .all()
    ):
        yield from (dict(ligne) for ligne in lot)
        apres = sa.tuple_(sa.literal(lot[-1]["organisme_id"]), sa.literal(lot[-1]["id"]))


def _ecrire(ligne: dict[str, Any], valeurs: dict[str, Any]) -> None:
    op.execute(
        sa.update(_formation).where(_c.organisme_id == ligne["organisme_id"], _c.id == ligne["id"]).values(**valeurs)
    )


def _recompter(organisme_id: Any) -> None:
    """Count one « validée » less, and one « brouillon » more."""
    cnx, qui = op.get_bind(), {"qui": organisme_id}
    ecart = "UPDATE compteur_statut SET nombre = nombre {} 1 WHERE organisme_id = :qui AND statut = '{}'"
    cnx.execute(sa.text(ecart.format("-", "validee")), qui)
    if not cnx.execute(sa.text(ecart.format("+", "brouillon")), qui).rowcount:
        cnx.execute(sa.text("INSERT INTO compteur_statut VALUES (:qui, 'brouillon', 1)"), qui)


def _normaliser(nom: str, texte: str) -> str:
    if nom == "intitule":
        texte = re.sub(f"[{_FINS}]", " ", texte)
    texte = unicodedata.normalize("NFC", texte.replace("\r\n", "\n").replace("\r", "\n"))
    texte = re.sub(f"[{_FINS}]", "\n", texte)
    texte = unicodedata.normalize("NFC", re.sub(f"[{_CACHES}]+", "", texte))
    while (sans := unicodedata.normalize("NFC", _JOINTS_PERDUS.sub("", texte))) != texte:
        texte = sans
    return _PUCES.sub(r"\1- ", texte)


def _cherchable(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte)
    texte = "".join([c for c in decompose if not unicodedata.combining(c)])
    return " ".join(texte.casefold().translate(_MEMES).split())


def _dire(changees: int, revenues: list[str], laissees: list[str]) -> None:
    if changees:
        _journal.warning("Puces en tête de ligne remises en forme, formations changées : %d.", changees)
    if revenues:
        qui = ", ".join(f"« {un} »" for un in revenues)
        _journal.warning("Leurs puces les rendent trop longues, elles reviennent en brouillon : %s.", qui)
    if laissees:
        qui = ", ".join(f"« {un} »" for un in laissees)
        _journal.warning(
            "Leurs puces les rendraient trop longues pour être gardées, laissées telles quelles : %s.", qui
        )
