"""What the pages of « Fichier EDOF » show of an export: reasons, characters, and where each is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webapp.domain.champs import Niveau
from webapp.domain.exports import Sens
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.noms_caracteres import nom_du_caractere
from webapp.services.export_edof import nommer as nommer_objet
from webapp.web.http import liens
from webapp.web.http.filters import a_defaut, instant_long
from webapp.web.libelles import libelle
from webapp.web.panneau_controle import OUVRIR, adresse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from webapp.domain.exports import Ecartee, Ecarts, Endroit, Export, Motif, Signe
    from webapp.services.exportation import PageDEcartees

HORS, EN_PARTIE = "hors", "en-partie"
TITRES_D_ECARTS = {
    Sens.SORTIE: fr("Ne sort plus"), Sens.ENTREE: fr("Sort en plus"), Sens.CHANGEE: fr("Sort avec un autre contenu"),
}  # fmt: skip
INVISIBLE = "(invisible)"


class Lien(NamedTuple):
    """Something that is said, and where it leads (empty: nowhere)."""

    texte: str
    url: str = ""
    suite: str = ""


class MotifMontre(NamedTuple):
    """One reason: what is said, where it is corrected and how that is called, the fields to correct there."""

    message: str
    lien: Lien
    suites: tuple[Lien, ...]


class EcarteeMontree(NamedTuple):
    """A formation that stays out, or of which something does; `dit`: what became of it, when no reason says it."""

    titre: str
    url: str
    motifs: tuple[MotifMontre, ...]
    dit: str = ""


class SorteDEcarts(NamedTuple):
    """What differs in one way from what was read: how that is called, who, and how many others."""

    titre: str
    formations: tuple[EcarteeMontree, ...]
    reste: str


class SigneMontre(NamedTuple):
    """A character that the file cannot carry: itself, its name, what stands for it, where it is."""

    signe: str
    nom: str
    par: str
    fois: str
    endroits: tuple[Lien, ...]
    reste: str


class Groupe(NamedTuple):
    """Formations that stay out, or of which something does: the first of them, and where all are."""

    titre: str
    nombre: int
    ecartees: tuple[EcarteeMontree, ...]
    url: str


def depot(un: Export) -> str:
    """Say that a file was given to the portal, by whom and when; empty when it was not."""
    if un.depose_le is None:
        return ""
    return dire("Déposé sur EDOF : noté par {qui} le {quand}.", qui=un.depose_par, quand=instant_long(un.depose_le))


def groupe(un: Export, lues: PageDEcartees, *, partielles: bool, limite: int | None) -> Groupe:
    """Show those that stay out of an export, or of which something does: so many at most (None: all that are given)."""
    titre = fr("Ce qui reste hors d'une formation qui sort") if partielles else "Ce qui reste hors du fichier"
    nombre = un.partielles if partielles else un.ecartees
    montrees = tuple(_ecartee(une) for une in lues.ecartees[:limite])
    return Groupe(titre, nombre, montrees, adresse_des_ecartees(un, partielles=partielles))


def ecarts_montres(ecarts: Ecarts) -> list[SorteDEcarts]:
    """Show what an export holds otherwise than what was read of it, formation by formation."""
    sortes = []
    for sens, nombre in zip(Sens, (ecarts.entrees, ecarts.sorties, ecarts.changees), strict=True):
        siennes = tuple(
            EcarteeMontree(
                nommer(un.identifiant, un.intitule), liens.formation(un.id) if un.la else "",
                motifs_montres(un.motifs), un.dit,
            )
            for un in ecarts.dits if un.sens is sens
        )  # fmt: skip
        if nombre:
            sortes.append(SorteDEcarts(TITRES_D_ECARTS[sens], siennes, _autres(nombre - len(siennes))))
    return sorted(sortes, key=lambda sorte: sorte.titre != TITRES_D_ECARTS[Sens.SORTIE])


def _autres(nombre: int) -> str:
    return dire("et {autres}", autres=pluriel(nombre, "autre formation", "autres formations")) if nombre > 0 else ""


def adresse_des_ecartees(un: Export, *, partielles: bool, apres: str = "") -> str:
    """Give where they are all listed, beyond a rank."""
    return liens.avec(f"{liens.export(un.id)}/ecartees", quoi=EN_PARTIE if partielles else HORS, apres=apres)


def _ecartee(une: Ecartee) -> EcarteeMontree:
    return EcarteeMontree(nommer(une.identifiant, une.intitule), liens.formation(une.id), motifs_montres(une.motifs))


def nommer(identifiant: str, intitule: str) -> str:
    """Give how a formation is named in a list: its identifier, its title, or both."""
    titre = a_defaut(intitule, "(sans intitulé)") if intitule or not identifiant else ""
    return dire("{identifiant} : {titre}", identifiant=identifiant, titre=titre) if identifiant and titre else (
        identifiant or titre
    )  # fmt: skip


def motifs_montres(motifs: Iterable[Motif]) -> tuple[MotifMontre, ...]:
    """Show reasons, each with where it is corrected."""
    return tuple(MotifMontre(motif.message, _lien(motif), tuple(map(_champ, motif.suites))) for motif in motifs)


def _lien(motif: Motif) -> Lien:
    texte = a_defaut(motif.nom, fr(OUVRIR[motif.niveau]))
    # What is about no field leads to its object: a formation has there what validates it, and what makes its actions.
    return Lien(texte, adresse_de(motif.niveau, motif.id, motif.champ))


def _champ(motif: Motif) -> Lien:
    de_la_formation = motif.niveau is Niveau.FORMATION
    nom = libelle(None, motif.champ) if de_la_formation else PAR_NOM[motif.niveau][motif.champ].libelle
    return Lien(nom, adresse(motif.niveau, motif.id, motif.champ), motif.message)


def signes_montres(signes: Iterable[Signe]) -> list[SigneMontre]:
    """Show characters that the file cannot carry, with their places."""
    return [
        SigneMontre(
            signe.caractere if signe.caractere.isprintable() and not signe.caractere.isspace() else INVISIBLE,
            nom_du_caractere(signe.caractere), _par(signe.remplacement), _fois(signe),
            tuple(map(_endroit, signe.endroits)),
            _reste(signe.champs - len(signe.endroits)),
        )
        for signe in signes
    ]  # fmt: skip


def _fois(signe: Signe) -> str:
    fois = pluriel(signe.fois, "fois", "fois")
    return dire("{fois} dans {champs}", fois=fois, champs=pluriel(signe.champs, "champ")) if signe.champs else fois


def _reste(nombre: int) -> str:
    return dire("et {autres}", autres=pluriel(nombre, "autre champ", "autres champs")) if nombre > 0 else ""


def _par(remplacement: str | None) -> str:
    if remplacement is None:
        return ""
    return {" ": "une espace", "\u00a0": "une espace insécable"}.get(remplacement, remplacement)


def _endroit(un: Endroit) -> Lien:
    ou = dire("{formation} › ", formation=un.identifiant) if un.niveau in {Niveau.ACTION, Niveau.SESSION} else ""
    return Lien(f"{ou}{nommer_objet(un.niveau, un.numero)}, {un.libelle}", adresse_de(un.niveau, un.id, un.champ))


def adresse_de(niveau: Niveau, id: UUID, champ: str) -> str:
    """Give the address of an object, at one of its fields if one is said."""
    return adresse(niveau, id, champ).removesuffix("#") if champ else adresse(niveau, id, "-").partition("#")[0]
