"""The texts that a form takes to another page, kept by the session: each of these pages then has an address of its own.

A form that is sent to be shown again, under another type for one, is answered by an address: loaded again, or come back
to, it shows the same texts, where a page made by a POST would be an error of the browser. They change nothing in a
catalogue; they belong to one session, are read by no other, and end with it.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any

from flask import session

from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Envoi
from webapp.web.http import saisie

if TYPE_CHECKING:
    from uuid import UUID

    from webapp.domain.champs import Niveau

PREFIXE = "emportee."
"""What stands before the key of a deposit in what a session remembers."""

DEPOTS_MAX = 4
TAILLE_MAX = 300_000
"""Deposits and characters that one session keeps: all that it remembers is read at each of its requests."""

PARAMETRE = "saisie"
"""The name under which the address of a page carries the key."""


def deposer(envoi: Envoi) -> str:
    """Keep texts, and give the key under which the same session finds them; the oldest make way for them.

    The same texts have the same key: sent twice, they are kept once.
    """
    textes = {nom: envoi.fiche.valeur(nom) for nom in NOMS if envoi.fiche.valeur(nom)}
    return _poser(envoi.id, {"version": envoi.version, "textes": textes})


def deposer_sous(parent_id: UUID, fiche: Fiche) -> str:
    """Keep, as `deposer` does, the texts of what will stand under a formation or an action."""
    return _poser(parent_id, {"niveau": fiche.niveau.value, "textes": fiche.textes})


def _poser(id: UUID, depose: dict[str, Any]) -> str:
    ecrit = json.dumps(depose, sort_keys=True)
    cle = hashlib.sha256(ecrit.encode()).hexdigest()[:24]
    if _nom(id, cle) not in session:
        _faire_place(len(ecrit))
        session[_nom(id, cle)] = {**depose, "taille": len(ecrit), "pose_le": time.time()}
    return cle


def retrouver(id: UUID) -> Envoi | None:
    """Give the texts whose key is in the address; None when this session has none of that formation under it."""
    depose = session.get(_nom(id, saisie.parametre(PARAMETRE)))
    if depose is None or "version" not in depose:
        return None
    return Envoi(id, depose["version"], FicheFormation.lire(depose["textes"]))


def retrouver_sous(parent_id: UUID, niveau: Niveau) -> Fiche | None:
    """Give the texts of that level, kept under what will hold them, whose key is in the address; None without any."""
    depose = session.get(_nom(parent_id, saisie.parametre(PARAMETRE)))
    return Fiche.lire(niveau, depose["textes"]) if depose is not None and depose.get("niveau") == niveau else None


def _nom(id: UUID, cle: str) -> str:
    return f"{PREFIXE}{id}.{cle}"


def _faire_place(taille: int) -> None:
    gardes = sorted((nom for nom in session if nom.startswith(PREFIXE)), key=lambda nom: session[nom]["pose_le"])
    tailles = [session[nom]["taille"] for nom in gardes]
    while gardes and (len(gardes) >= DEPOTS_MAX or sum(tailles) + taille > TAILLE_MAX):
        session.pop(gardes.pop(0))
        tailles.pop(0)
