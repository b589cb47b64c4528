"""The catalogue of an organisation: every operation of the guide on its formations.

Each operation reads, decides with the domain, then writes. What was asked twice (a double click, a retry after a
lost answer) is done once: the uuid of a new formation is drawn when its form is shown, and a save whose texts are
already stored is a success that writes nothing. A save over a version that somebody else has made, and whose texts
differ, is refused: nothing is overwritten. A foreign id and a missing one are the same: Introuvable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import BLOCS, CATEGORISATION, IDENTIFIANT, Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.controle import (
    Anomalie,
    Code,
    Diagnostic,
    Portee,
    categorisation_prise,
    controler,
    controler_champ,
    deja_utilise,
)
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import (
    Acte,
    Envoi,
    FicheRefusee,
    Formation,
    FormationIncomplete,
    VersionDepassee,
)
from webapp.domain.identifiants import cle_canonique, proposer
from webapp.domain.noeud import Noeud
from webapp.domain.refus import trouve
from webapp.domain.registre import Bloc
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import formations
from webapp.persistence.formations import CategorisationPrise, IdentifiantPris
from webapp.persistence.lecture import Lecture
from webapp.services import dependants, registre
from webapp.services.pages import (
    Curseur,
    Filtre,
    LigneCatalogue,
    Ordre,
    PageCatalogue,
    Tri,
    juste_avant,
    lister,
    preparees,
    types_de,
)

__all__ = [
    "Curseur", "Filtre", "LigneCatalogue", "Ordre", "PageCatalogue", "Restauree", "Soumise", "Supprimee",
    "Tri",
    "Verification",
    "annuler_validation", "archiver", "blocs_de", "diagnostiquer", "dupliquer", "exiger_version", "juste_avant",
    "lister", "ouvrir", "preparees", "proposer_identifiant",
    "restaurer", "soumettre", "supprimer", "types_de", "verifier_identifiant",
]  # fmt: skip

# Ranks tried to propose a free identifier: a first handful, which nearly always holds one, then all the others.
_RANGS = (range(2, 22), range(22, 1_000), range(1_000, 10_000))
_SANS_DIAGNOSTIC = Diagnostic()


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to « Vérifier » (guide step 7).

    When the identifier is taken, `proposition` is a free neighbour and `titulaire` the formation that has it.
    """

    identifiant: str
    anomalies: tuple[Anomalie, ...] = ()
    proposition: str | None = None
    titulaire: Formation | None = None

    @property
    def disponible(self) -> bool:
        """Whether the identifier can be used as it is."""
        return not self.anomalies


@dataclass(frozen=True, slots=True)
class Soumise:
    """What a save has done: the formation as it now is, its status before (None: the form was that of a new one)."""

    formation: Formation
    avant: Statut | None = None

    @property
    def retombee(self) -> bool:
        """Whether a « validée » has gone back to « brouillon »."""
        return self.avant is Statut.VALIDEE and self.formation.statut is Statut.BROUILLON


@dataclass(frozen=True, slots=True)
class Restauree:
    """What a restoration has done: the formation, the status that it had (None: not kept), what forbade that one.

    `archivee_le`: when it had been archived; None where that was not kept, or where the restoration was done before.
    """

    formation: Formation
    avant: Statut | None
    empechements: tuple[Anomalie, ...] = ()
    archivee_le: datetime | None = None


@dataclass(frozen=True, slots=True)
class Supprimee:
    """The formation that was removed for good, and all that it held."""

    formation: Formation
    dependants: tuple[Noeud, ...] = ()


def ouvrir(lecture: Lecture, organisme: Organisme, id: UUID) -> Formation:
    """Give a formation of the organisation. Raises Introuvable."""
    return trouve(formations.par_id(lecture, organisme.id, id))


def diagnostiquer(  # noqa: PLR0913 - what is judged, for whom, at which date, and what is known of it already
    lecture: Lecture, organisme: Organisme, envoi: Envoi, le: date, actuelle: Formation | None = None,
    *, titulaires: Mapping[str, tuple[UUID, str] | None] | None = None,
) -> Diagnostic:  # fmt: skip
    """Say all that is wrong with a formation as it is typed, at a date: the one judge, whoever asks.

    What `controler` says of its fiche, and what only the database sees: another formation of the organisation has this
    identifier or, for a VAE, this catégorisation. A courtesy before a save, which decides again. `actuelle` is the
    formation as it is stored, where it was just read: the identifier that it has is its own, and is not asked for.
    `titulaires`: which VAE « validée » will have a catégorisation, its id and identifier (None: none will), where that
    is known better than from what is written so far.
    """
    fiche = envoi.fiche
    certification = registre.certification(lecture, fiche.certification)
    diagnostic = controler(fiche, certification, le, blocs_de(lecture, fiche))
    if actuelle is None or cle_canonique(fiche.identifiant) != cle_canonique(actuelle.fiche.identifiant):
        diagnostic = _avec_le_titulaire(lecture, organisme, envoi, diagnostic)
    if fiche.categorisation and not diagnostic.du_champ(CATEGORISATION.nom):
        if titulaires is not None and fiche.categorisation in titulaires:
            autre = titulaires[fiche.categorisation]
        else:
            autre = formations.titulaire_de_la_categorisation(lecture, organisme.id, fiche.categorisation)
        if autre is not None and autre[0] != envoi.id:
            diagnostic = diagnostic.avec(categorisation_prise(fiche.categorisation, autre[1]))
    return diagnostic


def _avec_le_titulaire(lecture: Lecture, organisme: Organisme, envoi: Envoi, diagnostic: Diagnostic) -> Diagnostic:
    """Add what only the database sees of an identifier: another formation of the organisation carries it."""
    identifiant = envoi.fiche.identifiant
    cle = cle_canonique(identifiant)
    gardable = all(a.portee is not Portee.ENREGISTREMENT for a in diagnostic.du_champ(IDENTIFIANT.nom))
    prise = cle and gardable and formations.titulaire(lecture, organisme.id, cle) not in {None, envoi.id}
    return diagnostic.avec(deja_utilise(identifiant)) if prise else diagnostic


def blocs_de(lecture: Lecture, fiche: FicheFormation) -> tuple[Bloc, ...]:
    """Give the blocs de compétences among which a fiche may choose: none when it has none to declare."""
    return registre.blocs(lecture, fiche.certification) if BLOCS in fiche.champs else ()


def verifier_identifiant(lecture: Lecture, organisme: Organisme, envoi: Envoi, le: date) -> Verification:
    """Say whether the identifier of a formation can be used (guide step 7): what the judge says of that field."""
    identifiant = envoi.fiche.identifiant
    lu = Diagnostic(tuple(controler_champ(IDENTIFIANT, envoi.fiche, le)))
    anomalies = _avec_le_titulaire(lecture, organisme, envoi, lu).bloquantes
    if [anomalie.code for anomalie in anomalies] != [Code.DEJA_UTILISE]:
        return Verification(identifiant, anomalies)
    titulaire = formations.titulaire(lecture, organisme.id, cle_canonique(identifiant))
    return Verification(
        identifiant, anomalies, proposer_identifiant(lecture, organisme, identifiant),
        None if titulaire is None else formations.par_id(lecture, organisme.id, titulaire),
    )  # fmt: skip


def proposer_identifiant(lecture: Lecture, organisme: Organisme, identifiant: str) -> str | None:
    """Propose a free neighbour of an identifier; None when all are taken."""
    for rangs in _RANGS:
        candidats = {cle_canonique(voisin): voisin for voisin in (proposer(identifiant, rang) for rang in rangs)}
        prises = formations.cles_prises(lecture, organisme.id, list(candidats))
        libre = next((voisin for cle, voisin in candidats.items() if cle not in prises), None)
        if libre is not None:
            return libre
    return None


def soumettre(cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation) -> Soumise:
    """Save what a form sends, new or not, by ENREGISTRER or VALIDER (guide step 13).

    A « validée » saved with something blocking goes back to « brouillon ». Raises VersionDepassee; FicheRefusee;
    FormationIncomplete, by a save too when another process takes meanwhile the catégorisation of a « validée »; and,
    unless the form is that of a new formation, Introuvable, OperationInterdite (archived).
    """
    actuelle = formations.par_id(cnx, acte.organisme.id, envoi.id, verrou=True)
    if not envoi.version:
        return Soumise(_creer(cnx, acte, envoi, operation, actuelle))
    actuelle = trouve(actuelle)
    actuelle.exiger_permise(operation)
    if not actuelle.version_saisie <= envoi.version <= actuelle.version:
        if envoi.fiche != actuelle.fiche:
            raise VersionDepassee(actuelle)
        if operation is Operation.ENREGISTRER or actuelle.statut is Statut.VALIDEE:
            return Soumise(actuelle, actuelle.statut)
    return Soumise(_appliquer(cnx, acte, envoi, operation, actuelle), actuelle.statut)


def archiver(cnx: Connection, acte: Acte, id: UUID, version: int, depuis: datetime | None = None) -> Formation:
    """Take a formation out of the working catalogue; asked again in the same version, it is done once.

    `depuis`: the moment at which it was archived, when it is its restoration that is undone. Raises Introuvable,
    VersionDepassee, OperationInterdite.
    """
    actuelle = _verrouiller(cnx, acte, id)
    if actuelle.vient_d_etre_archivee(version):
        return actuelle
    exiger_version(actuelle, version)
    return _remplacer(cnx, actuelle, actuelle.archiver(acte, depuis))


def restaurer(cnx: Connection, acte: Acte, id: UUID, version: int) -> Restauree:
    """Bring an archived formation back to the status that it had if the judge still accepts it, else as a draft.

    Asked again in the same version, it is done once. Raises Introuvable; VersionDepassee; OperationInterdite;
    FormationIncomplete when another process takes meanwhile the catégorisation of a « validée ».
    """
    actuelle = _verrouiller(cnx, acte, id)
    faite = actuelle.vient_d_etre_restauree(version)
    if not faite:
        exiger_version(actuelle, version)
        actuelle.exiger_permise(Operation.RESTAURER)
    diagnostic = diagnostiquer(cnx, acte.organisme, Envoi(id, version, actuelle.fiche), acte.le, actuelle)
    if faite:
        avant = actuelle.avant_archivage
        return Restauree(actuelle, avant or actuelle.statut, () if avant is None else diagnostic.bloquantes)
    restauree = _remplacer(cnx, actuelle, actuelle.restaurer(diagnostic), diagnostic)
    retrouve = restauree.statut is actuelle.avant_archivage
    return Restauree(
        restauree, actuelle.avant_archivage, () if retrouve else diagnostic.bloquantes, actuelle.archivee_le
    )


def annuler_validation(cnx: Connection, acte: Acte, id: UUID, version: int) -> Formation:
    """Make a « validée » the draft that it was: what undoes a validation. Raises Introuvable, VersionDepassee."""
    actuelle = _reserver(cnx, acte, id, version)
    return _remplacer(cnx, actuelle, actuelle.redevenir_brouillon(acte))


def supprimer(cnx: Connection, acte: Acte, id: UUID, version: int, nommes: str | None = None) -> Supprimee:
    """Remove a draft, with the drafts that it holds, or an archived formation for good, and give what they were.

    `nommes`: the print of what a person was told would go with it; None where nobody was asked. Raises Introuvable,
    VersionDepassee, OperationInterdite, DependantsRetenus (it holds something that is no draft), DependantsChanges.
    """
    actuelle = _reserver(cnx, acte, id, version)
    actuelle.exiger_permise(Operation.SUPPRIMER)
    partis = dependants.retirer(cnx, acte.organisme.id, Niveau.FORMATION, id, actuelle.statut, nommes=nommes)
    if not formations.retirer(cnx, actuelle):
        raise VersionDepassee(ouvrir(cnx, acte.organisme, id))
    return Supprimee(actuelle, partis)


def dupliquer(cnx: Connection, acte: Acte, id: UUID, version: int, nouvel_id: UUID) -> Formation:
    """Copy a formation, whatever its status, as a draft without an identifier. `nouvel_id`: the copy's id.

    Raises Introuvable; VersionDepassee, when `nouvel_id` already has another fiche too; FicheRefusee when what was once
    stored can be no more.
    """
    modele = _reserver(cnx, acte, id, version)
    modele.exiger_permise(Operation.DUPLIQUER)
    return soumettre(cnx, acte, Envoi(nouvel_id, 0, modele.fiche.copie()), Operation.ENREGISTRER).formation


def exiger_version(actuelle: Formation, version: int) -> None:
    """Raise VersionDepassee unless a formation still is in the version that a person saw."""
    if actuelle.version != version:
        raise VersionDepassee(actuelle)


def _creer(cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation, existante: Formation | None) -> Formation:
    if existante is None:
        diagnostic = diagnostiquer(cnx, acte.organisme, envoi, acte.le)
        nouvelle = Formation.nouvelle(acte, envoi, operation, diagnostic)
        if formations.ajouter(cnx, nouvelle):
            return nouvelle
        # Somebody was quicker: the same form sent twice, or another formation under this identifier or catégorisation.
        existante = formations.par_id(cnx, acte.organisme.id, envoi.id, verrou=True)
        if existante is None:
            raise _refus(diagnostiquer(cnx, acte.organisme, envoi, acte.le), envoi.fiche)
    if existante.fiche != envoi.fiche:
        raise VersionDepassee(existante)
    if operation is Operation.VALIDER and existante.statut is not Statut.VALIDEE:
        return _appliquer(cnx, acte, envoi, operation, existante)
    return existante


def _appliquer(cnx: Connection, acte: Acte, envoi: Envoi, operation: Operation, actuelle: Formation) -> Formation:
    actuelle.exiger_permise(operation)
    diagnostic = diagnostiquer(cnx, acte.organisme, envoi, acte.le, actuelle)
    apres = actuelle.soumettre(acte, envoi.fiche, operation, diagnostic)
    # A save that changes no text still settles that the draft is a draft: it forgets what archiving took it from.
    if actuelle.avant_archivage is None and (apres.fiche, apres.statut) == (actuelle.fiche, actuelle.statut):
        return actuelle
    return _remplacer(cnx, actuelle, apres, diagnostic)


def _verrouiller(cnx: Connection, acte: Acte, id: UUID) -> Formation:
    return trouve(formations.par_id(cnx, acte.organisme.id, id, verrou=True))


def _reserver(cnx: Connection, acte: Acte, id: UUID, version: int) -> Formation:
    actuelle = _verrouiller(cnx, acte, id)
    exiger_version(actuelle, version)
    return actuelle


def _refus(diagnostic: Diagnostic, fiche: FicheFormation) -> FicheRefusee:
    """Say why the database refused a formation that the diagnostic made just before did not see."""
    if not diagnostic.enregistrable:
        return FicheRefusee(diagnostic)
    if diagnostic.du_champ(CATEGORISATION.nom):
        return FormationIncomplete(diagnostic)
    return FicheRefusee(diagnostic.avec(deja_utilise(fiche.identifiant)))


def _remplacer(
    cnx: Connection, avant: Formation, apres: Formation, diagnostic: Diagnostic = _SANS_DIAGNOSTIC
) -> Formation:
    try:
        if formations.remplacer(cnx, avant, apres):
            return apres
    except IdentifiantPris:
        raise FicheRefusee(diagnostic.avec(deja_utilise(apres.fiche.identifiant))) from None
    except CategorisationPrise:
        raise FormationIncomplete(diagnostic.avec(categorisation_prise(apres.fiche.categorisation))) from None
    raise VersionDepassee(trouve(formations.par_id(cnx, avant.organisme_id, avant.id)))
