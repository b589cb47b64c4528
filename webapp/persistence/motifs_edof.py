"""Reasons, characters and differences of an export as its rows keep them, in lists, and back."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from webapp.domain.champs import Niveau
from webapp.domain.exports import Ecart, Ecarts, Endroit, Motif, Sens, Signe


def en_signe(signe: Signe) -> list[Any]:
    """Give a character as it is kept."""
    endroits = [
        [str(un.formation_id), un.identifiant, un.niveau.value, str(un.id), un.numero, un.champ, un.libelle]
        for un in signe.endroits
    ]
    return [signe.caractere, signe.remplacement, signe.fois, endroits, signe.champs]


def signe_lu(lu: Sequence[Any]) -> Signe:
    """Give a character that was kept; what was kept without a number of fields names all those that it can."""
    caractere, par, fois_, endroits, *champs = lu
    places = (
        Endroit(UUID(formation_id), identifiant, Niveau(niveau), UUID(id_), numero, champ, libelle)
        for formation_id, identifiant, niveau, id_, numero, champ, libelle in endroits
    )
    return Signe(caractere, par, fois_, tuple(places), *champs)


def en_motif(motif: Motif) -> list[Any]:
    """Give a reason, with those that go with it, as it is kept."""
    suites = [en_motif(suite) for suite in motif.suites]
    return [motif.message, motif.niveau.value, str(motif.id), motif.champ, motif.nom, suites]


def motif_lu(lu: Iterable[Any]) -> Motif:
    """Give a reason that was kept."""
    message, niveau, id_, champ, nom, suites = lu
    return Motif(message, Niveau(niveau), UUID(id_), champ, nom, tuple(map(motif_lu, suites)))


def en_ecarts(ecarts: Ecarts) -> list[Any]:
    """Give what differs from what was read as it is kept; nothing, when nothing does."""
    if ecarts == Ecarts():
        return []
    dits = [
        [un.sens.value, str(un.id), un.identifiant, un.intitule, un.la, un.dit, [en_motif(m) for m in un.motifs]]
        for un in ecarts.dits
    ]
    return [ecarts.sorties, ecarts.entrees, ecarts.changees, dits]


def ecarts_lus(lus: Sequence[Any]) -> Ecarts:
    """Give what was kept of what differs from what was read."""
    if not lus:
        return Ecarts()
    sorties, entrees, changees, dits = lus
    return Ecarts(sorties, entrees, changees, tuple(
        Ecart(Sens(sens), UUID(id_), identifiant, intitule, la, dit, tuple(map(motif_lu, motifs)))
        for sens, id_, identifiant, intitule, la, dit, motifs in dits
    ))  # fmt: skip
