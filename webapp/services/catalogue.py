"""The catalogue of an organisation: every operation of the guide on its formations.

Each operation reads, decides with the domain, then writes. What was asked twice (a double click, a retry after a
lost answer) is done once: the uuid of a new formation is drawn when its form is shown, and a save whose texts are
already stored is a success that writes nothing. A save over a version that somebody else has made, and whose texts
differ, is refused: nothing is overwritten. A foreign id and a missing one are the same: Introuvable.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.champs import CATEGORISATION, IDENTIFIANT
from webapp.domain.comptes import Organisme, Utilisateur
from webapp.domain.controle import Anomalie, Diagnostic, categorisation_prise, controler, controler_champ, deja_utilise
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.formation import FicheRefusee, Formation, FormationIncomplete, VersionDepassee
from webapp.domain.identifiants import cle_canonique, nettoyer, proposer
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import normaliser
from webapp.persistence import formations
from webapp.persistence.database import BaseDeDonnees
from webapp.persistence.formations import CategorisationPrise, IdentifiantPris
from webapp.services import registre
from webapp.services.pages import Curseur, Filtre, LigneCatalogue, PageCatalogue, lister

__all__ = [
    "Curseur", "Filtre", "LecteurDIdentifiants", "LigneCatalogue", "PageCatalogue", "Verification", "archiver",
    "dupliquer", "enregistrer", "enregistrer_nouvelle", "lister", "ouvrir", "restaurer", "supprimer", "valider",
    "valider_nouvelle", "verifier_identifiant",
]  # fmt: skip

# Ranks tried to propose a free identifier: a first handful, which nearly always holds one, then all the others.
_RANGS = (range(2, 22), range(22, 1_000), range(1_000, 10_000))


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer to « Vérifier » (guide step 7); `proposition` is a free neighbour when the identifier is taken."""

    identifiant: str
    anomalies: tuple[Anomalie, ...] = ()
    proposition: str | None = None

    @property
    def disponible(self) -> bool:
        """Whether the identifier can be used as it is."""
        return not self.anomalies


class LecteurDIdentifiants:
    """What a form says of an identifier, or of a catégorisation, while it is typed, prepared once for a base."""

    def __init__(self, base: BaseDeDonnees) -> None:
        """Prepare it."""
        self._requete = formations.lecteur_de_titulaires(base)
        self._categorisations = formations.lecteur_de_categorisations(base)

    def completer(self, diagnostic: Diagnostic, organisme: Organisme, id: UUID, fiche: FicheFormation) -> Diagnostic:
        """Add to a diagnostic what only the database sees: another formation of the organisation has this identifier.

        Or, for a VAE, this catégorisation. `id` is the formation being written. A courtesy, like « Vérifier »: the
        save decides again.
        """
        if not diagnostic.du_champ(IDENTIFIANT.nom) and not self.libre(organisme, fiche.identifiant, id):
            diagnostic = diagnostic.avec(deja_utilise(fiche.identifiant))
        if fiche.categorisation and not diagnostic.du_champ(CATEGORISATION.nom):
            ligne = self._categorisations.ligne(organisme_id=organisme.id, categorisation=fiche.categorisation)
            if ligne is not None and ligne[0] != id:
                diagnostic = diagnostic.avec(categorisation_prise(fiche.categorisation, ligne[1]))
        return diagnostic

    def libre(self, organisme: Organisme, identifiant: str, sauf: UUID) -> bool:
        """Say whether no other formation of the organisation than `sauf` has this identifier."""
        ligne = self._requete.ligne(organisme_id=organisme.id, cle=cle_canonique(identifiant))
        return ligne is None or ligne[0] == sauf


def ouvrir(cnx: Connection, organisme: Organisme, id: UUID) -> Formation:
    """Give a formation of the organisation. Raises Introuvable."""
    formation = formations.par_id(cnx, organisme.id, id)
    if formation is None:
        raise Introuvable
    return formation


def verifier_identifiant(cnx: Connection, organisme: Organisme, saisie: str, sauf: UUID | None) -> Verification:
    """Say whether an identifier can be used (guide step 7). A courtesy: the save decides again.

    `sauf` is the formation being written: its own identifier is available to it.
    """
    identifiant = nettoyer(normaliser(saisie))
    if anomalies := controler_champ(IDENTIFIANT, identifiant):
        return Verification(identifiant, anomalies)
    titulaire = formations.titulaire(cnx, organisme.id, cle_canonique(identifiant))
    if titulaire is None or titulaire == sauf:
        return Verification(identifiant)
    return Verification(identifiant, (deja_utilise(identifiant),), _proposer(cnx, organisme.id, identifiant))


def enregistrer_nouvelle(
    cnx: Connection, auteur: Utilisateur, id: UUID, fiche: FicheFormation, le: date, maintenant: datetime
) -> Formation:
    """Add a formation as a draft (guide step 13, « Enregistrer les modifications »).

    Raises FicheRefusee; VersionDepassee when that id already has another fiche.
    """
    return _creer(cnx, auteur, id, fiche, Operation.ENREGISTRER, le, maintenant)


def valider_nouvelle(
    cnx: Connection, auteur: Utilisateur, id: UUID, fiche: FicheFormation, le: date, maintenant: datetime
) -> Formation:
    """Add a formation as « validée » (guide step 13, « Valider »).

    Raises FicheRefusee, FormationIncomplete; VersionDepassee when that id already has another fiche.
    """
    return _creer(cnx, auteur, id, fiche, Operation.VALIDER, le, maintenant)


def enregistrer(
    cnx: Connection, auteur: Utilisateur, id: UUID, version: int, fiche: FicheFormation, le: date, maintenant: datetime
) -> Formation:
    """Save a formation; a « validée » with something blocking goes back to « brouillon ».

    Raises Introuvable, OperationInterdite (archived), VersionDepassee, FicheRefusee; FormationIncomplete when the
    catégorisation of a « validée » is taken by another process meanwhile.
    """
    return _modifier(cnx, auteur, id, version, fiche, Operation.ENREGISTRER, le, maintenant)


def valider(
    cnx: Connection, auteur: Utilisateur, id: UUID, version: int, fiche: FicheFormation, le: date, maintenant: datetime
) -> Formation:
    """Save a formation and make it « validée ».

    Raises Introuvable, OperationInterdite (archived), VersionDepassee, FicheRefusee, FormationIncomplete.
    """
    return _modifier(cnx, auteur, id, version, fiche, Operation.VALIDER, le, maintenant)


def archiver(cnx: Connection, auteur: Utilisateur, id: UUID, maintenant: datetime) -> Formation:
    """Take a formation out of the working catalogue. Raises Introuvable, OperationInterdite."""
    actuelle = _reserver(cnx, auteur, id)
    return _remplacer(cnx, actuelle, actuelle.archiver(maintenant=maintenant, par=auteur.nom))


def restaurer(cnx: Connection, auteur: Utilisateur, id: UUID, maintenant: datetime) -> Formation:
    """Bring an archived formation back as a draft. Raises Introuvable, OperationInterdite."""
    actuelle = _reserver(cnx, auteur, id)
    return _remplacer(cnx, actuelle, actuelle.restaurer(maintenant=maintenant, par=auteur.nom))


def supprimer(cnx: Connection, auteur: Utilisateur, id: UUID) -> Formation:
    """Remove a draft for good, and give what it was. Raises Introuvable, OperationInterdite."""
    actuelle = _reserver(cnx, auteur, id)
    actuelle.exiger_permise(Operation.SUPPRIMER)
    if not formations.retirer(cnx, actuelle):
        raise VersionDepassee(ouvrir(cnx, auteur.organisme, id))
    return actuelle


def dupliquer(
    cnx: Connection, auteur: Utilisateur, id: UUID, identifiant: str, nouvel_id: UUID, le: date, maintenant: datetime
) -> Formation:
    """Copy a formation, whatever its status, as a draft under another identifier. `nouvel_id`: the copy's id.

    Raises Introuvable, FicheRefusee (identifier missing, malformed or taken); VersionDepassee when `nouvel_id`
    already has another fiche.
    """
    modele = ouvrir(cnx, auteur.organisme, id)
    modele.exiger_permise(Operation.DUPLIQUER)
    fiche = modele.fiche.avec(identifiant=identifiant)
    return _creer(cnx, auteur, nouvel_id, fiche, Operation.ENREGISTRER, le, maintenant)


def _creer(
    cnx: Connection, auteur: Utilisateur, id: UUID, fiche: FicheFormation, operation: Operation, le: date,
    maintenant: datetime,
) -> Formation:  # fmt: skip
    fiche = _normale(fiche)
    organisme_id = auteur.organisme.id
    existante = formations.par_id(cnx, organisme_id, id, verrou=True)
    if existante is None:
        diagnostic = _diagnostic(cnx, organisme_id, id, fiche, le)
        nouvelle = Formation.nouvelle(
            id, organisme_id, fiche, operation, diagnostic, maintenant=maintenant, par=auteur.nom
        )
        if formations.ajouter(cnx, nouvelle):
            return nouvelle
        # Somebody was quicker: the same form sent twice, or another formation under this identifier or catégorisation.
        existante = formations.par_id(cnx, organisme_id, id, verrou=True)
        if existante is None:
            raise _refus(_diagnostic(cnx, organisme_id, id, fiche, le), fiche)
    if existante.fiche != fiche:
        raise VersionDepassee(existante)
    if operation is Operation.VALIDER and existante.statut is not Statut.VALIDEE:
        return _appliquer(cnx, auteur, existante, fiche, operation, le, maintenant)
    return existante


def _modifier(
    cnx: Connection, auteur: Utilisateur, id: UUID, version: int, fiche: FicheFormation, operation: Operation,
    le: date, maintenant: datetime,
) -> Formation:  # fmt: skip
    fiche = _normale(fiche)
    actuelle = _reserver(cnx, auteur, id)
    actuelle.exiger_permise(operation)
    if version != actuelle.version:
        if fiche != actuelle.fiche:
            raise VersionDepassee(actuelle)
        if operation is Operation.ENREGISTRER or actuelle.statut is Statut.VALIDEE:
            return actuelle
    return _appliquer(cnx, auteur, actuelle, fiche, operation, le, maintenant)


def _appliquer(
    cnx: Connection, auteur: Utilisateur, actuelle: Formation, fiche: FicheFormation, operation: Operation, le: date,
    maintenant: datetime,
) -> Formation:  # fmt: skip
    actuelle.exiger_permise(operation)
    garde = cle_canonique(fiche.identifiant) == cle_canonique(actuelle.fiche.identifiant)
    diagnostic = _diagnostic(cnx, actuelle.organisme_id, actuelle.id, fiche, le, identifiant_garde=garde)
    changer = actuelle.valider if operation is Operation.VALIDER else actuelle.enregistrer
    return _remplacer(cnx, actuelle, changer(fiche, diagnostic, maintenant=maintenant, par=auteur.nom), diagnostic)


def _reserver(cnx: Connection, auteur: Utilisateur, id: UUID) -> Formation:
    actuelle = formations.par_id(cnx, auteur.organisme.id, id, verrou=True)
    if actuelle is None:
        raise Introuvable
    return actuelle


def _refus(diagnostic: Diagnostic, fiche: FicheFormation) -> FicheRefusee:
    """Say why the database refused a formation that the diagnostic made just before did not see."""
    if not diagnostic.enregistrable:
        return FicheRefusee(diagnostic)
    if diagnostic.du_champ(CATEGORISATION.nom):
        return FormationIncomplete(diagnostic)
    return FicheRefusee(diagnostic.avec(deja_utilise(fiche.identifiant)))


def _remplacer(cnx: Connection, avant: Formation, apres: Formation, diagnostic: Diagnostic | None = None) -> Formation:
    try:
        if formations.remplacer(cnx, avant, apres):
            return apres
    except IdentifiantPris:
        raise FicheRefusee((diagnostic or Diagnostic()).avec(deja_utilise(apres.fiche.identifiant))) from None
    except CategorisationPrise:
        raise FormationIncomplete(
            (diagnostic or Diagnostic()).avec(categorisation_prise(apres.fiche.categorisation))
        ) from None
    actuelle = formations.par_id(cnx, avant.organisme_id, avant.id)
    if actuelle is None:
        raise Introuvable
    raise VersionDepassee(actuelle)


def _diagnostic(
    cnx: Connection, organisme_id: UUID, id: UUID, fiche: FicheFormation, le: date, *, identifiant_garde: bool = False
) -> Diagnostic:
    """Ask `controler`, then the database for what only it can see: another formation under this identifier."""
    certification = registre.certification(cnx, fiche.certification)
    diagnostic = controler(fiche, certification, le, registre.blocs(cnx, fiche.certification))
    if fiche.categorisation and not diagnostic.du_champ(CATEGORISATION.nom):
        autre = formations.titulaire_de_la_categorisation(cnx, organisme_id, fiche.categorisation)
        if autre is not None and autre[0] != id:
            diagnostic = diagnostic.avec(categorisation_prise(fiche.categorisation, autre[1]))
    if identifiant_garde or diagnostic.du_champ(IDENTIFIANT.nom):
        return diagnostic
    titulaire = formations.titulaire(cnx, organisme_id, cle_canonique(fiche.identifiant))
    return diagnostic if titulaire in {None, id} else diagnostic.avec(deja_utilise(fiche.identifiant))


def _normale(fiche: FicheFormation) -> FicheFormation:
    """Give the fiche in the one form in which texts are counted, compared and stored, whoever made it."""
    return FicheFormation.lire({nom: fiche.valeur(nom) for nom in NOMS})


def _proposer(cnx: Connection, organisme_id: UUID, identifiant: str) -> str | None:
    for rangs in _RANGS:
        candidats = {cle_canonique(voisin): voisin for voisin in (proposer(identifiant, rang) for rang in rangs)}
        prises = formations.cles_prises(cnx, organisme_id, list(candidats))
        libre = next((voisin for cle, voisin in candidats.items() if cle not in prises), None)
        if libre is not None:
            return libre
    return None
