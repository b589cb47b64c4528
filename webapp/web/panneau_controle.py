"""« Contrôle », as a page shows it: what is missing to be « publiable », what blocks, what is advised, and where.

Knows how a thing said of the tree is named and where it is corrected; what is said is the domain's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from webapp.domain import champs
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.publication import Raison
from webapp.domain.regles_formation import SIRET
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, fr
from webapp.edof.caracteres import CONSERVE
from webapp.services import controle as services
from webapp.web.departs import SANS_NUMERO
from webapp.web.http import liens
from webapp.web.http.contexte import aujourdhui, lecture, organisme_courant, utilisateur_courant
from webapp.web.http.filters import a_defaut
from webapp.web.libelles import libelles_de

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from webapp.domain.controle_arbre import ControleArbre
    from webapp.domain.formation import Formation
    from webapp.domain.publication import Constat, Manque

FRAGMENT = "fragments/controle/panneau.html"

PUBLIABLE = "Publiable"
PAS_ENCORE = "Pas encore publiable : {raison}"
SESSIONS_AU_VOL = 100
"""Sessions of a formation that are judged whenever its page is shown; beyond, on demand."""

MONTRES = 50
"""Things that a panel lists of each kind, at most: its own page lists them all."""

RESTE_MONTRE = 10
"""Fields that are named of what is nearest to a publication, at most."""

NUMERO_EDOF = "refus {numero} du portail"
_OBJETS = {Niveau.ACTION: "Action « {nom} »", Niveau.SESSION: "Session « {nom} »"}
_ADRESSES = {
    Niveau.FORMATION: liens.formation, Niveau.ACTION: liens.action, Niveau.SESSION: liens.session,
    Niveau.CONTACT: liens.contact, Niveau.LIEU: liens.lieu,
}  # fmt: skip
_CREER = {Raison.SANS_ACTION: "Créer une action de formation", Raison.SESSION_A_VALIDER: "Créer une session"}
OUVRIR = {
    Niveau.FORMATION: "Ouvrir la formation", Niveau.ACTION: "Ouvrir l'action", Niveau.SESSION: "Ouvrir la session",
    Niveau.CONTACT: "Ouvrir le contact", Niveau.LIEU: "Ouvrir le lieu",
}  # fmt: skip


class Ligne(NamedTuple):
    """One thing that is said: of what, of which field, where it is corrected (empty: nowhere here), and what."""

    objet: str
    champ: str
    url: str
    message: str
    numero: str


class ManqueMontre(NamedTuple):
    """One thing without which the formation cannot be published, where to act, and the fields to correct there.

    `reste`: these fields; none when they are all listed with what blocks.
    """

    message: str
    url: str
    lien: str
    reste: tuple[Ligne, ...]


class Panneau(NamedTuple):
    """« Contrôle » of a formation. `bloquants` and `conseils` are shown, the two numbers count them all."""

    publiable: bool
    manques: tuple[ManqueMontre, ...]
    bloquants: tuple[Ligne, ...]
    conseils: tuple[Ligne, ...]
    nombre_bloquants: int
    nombre_conseils: int
    url: str
    """The page that shows it all."""

    @property
    def rien(self) -> bool:
        """Whether nothing is to be said."""
        return not (self.nombre_bloquants or self.nombre_conseils)

    @property
    def coupe(self) -> bool:
        """Whether more is to be said than is shown."""
        return self.nombre_bloquants > len(self.bloquants) or self.nombre_conseils > len(self.conseils)


def de_la_formation(formation: Formation | None) -> Panneau | str | None:
    """Give « Contrôle » of a formation as it is stored; where to ask for it when it holds many sessions.

    None for what is not stored yet, or archived: what is hidden is not judged.
    """
    if formation is None or formation.statut is Statut.ARCHIVEE:
        return None
    trouve = services.si_peu(lecture(), organisme_courant(), formation, aujourdhui(), SESSIONS_AU_VOL)
    if trouve is None:
        return liens.controle(formation.id)
    permis = utilisateur_courant().peut(Droit.GERER_CATALOGUE)
    return montrer(formation, trouve, permis=permis, ici=True)


def montrer(formation: Formation, controle: ControleArbre, *, permis: bool, ici: bool = False) -> Panneau:
    """Give the panel of a formation.

    In: `permis`, whether the person may change it; `ici`, whether the fields of the formation are on the same page.
    """
    bloquants, conseils, nommer = controle.bloquants, controle.conseils, libelles_de(formation.fiche)
    manques = controle.manques
    if len(bloquants) <= MONTRES:
        manques = tuple(replace(manque, reste=()) for manque in manques)
    return Panneau(
        controle.publiable,
        tuple(_manque(manque, nommer, permis=permis, ici=ici) for manque in manques),
        lignes(bloquants[:MONTRES], nommer, ici=ici), lignes(conseils[:MONTRES], nommer, ici=ici),
        len(bloquants), len(conseils), liens.controle(formation.id),
    )  # fmt: skip


def lignes(constats: Sequence[Constat], nommer: Callable[[str], str], *, ici: bool = False) -> tuple[Ligne, ...]:
    """Give each of these as it is shown."""
    return tuple([_ligne(constat, nommer, ici=ici) for constat in constats])


def dire_raison(raison: Raison | None) -> str:
    """Say in a few words whether a formation is « publiable », or why it is not."""
    return PUBLIABLE if raison is None else dire(PAS_ENCORE, raison=raison.value)


def _ligne(constat: Constat, nommer: Callable[[str], str], *, ici: bool) -> Ligne:
    anomalie, niveau = constat.anomalie, constat.niveau
    de_la_formation = niveau is Niveau.FORMATION
    champ = nommer(anomalie.champ) if de_la_formation else PAR_NOM[niveau][anomalie.champ].libelle
    objet = "" if de_la_formation else dire(_OBJETS[niveau], nom=a_defaut(constat.nom, SANS_NUMERO))
    numero = "" if anomalie.numero_edof is None else dire(NUMERO_EDOF, numero=anomalie.numero_edof)
    return Ligne(objet, champ, adresse(niveau, constat.id, anomalie.champ, ici=ici), anomalie.message, numero)


def adresse(niveau: Niveau, id: UUID, nom: str, *, ici: bool = False) -> str:
    """Give the address of a field, in the form of what it is a field of; empty where it is corrected nowhere here."""
    if niveau is Niveau.FORMATION:
        if nom == SIRET:
            return ""
        if nom not in champs.PAR_NOM and nom != CONSERVE.nom:
            nom = champs.CERTIFICATION
        if ici:
            return f"#{nom}"
    return f"{_ADRESSES[niveau](id)}#{nom}"


def _manque(manque: Manque, nommer: Callable[[str], str], *, permis: bool, ici: bool) -> ManqueMontre:
    url, lien = _ADRESSES[manque.niveau](manque.id), fr(OUVRIR[manque.niveau])
    sans_action = manque.raison is Raison.SANS_ACTION
    if sans_action or (manque.raison is Raison.SESSION_A_VALIDER and manque.niveau is Niveau.ACTION):
        creer = liens.action_nouvelle if sans_action else liens.session_nouvelle
        url, lien = creer(manque.id), _CREER[manque.raison]
        # The tree has its own button, on the same page.
        if not permis or (ici and sans_action):
            url, lien = "", ""
    elif ici and manque.niveau is Niveau.FORMATION:
        url, lien = "", ""
    return ManqueMontre(manque.message, url, lien, lignes(manque.reste[:RESTE_MONTRE], nommer, ici=ici))
