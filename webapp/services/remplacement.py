"""The certification of many formations replaced by another: what is in the way of it for one, the change, its undoing.

A formation keeps its type, if it admits the other certification, and its texts. One that would lose a text, or its
status, is left: it is replaced on its own page, where what changes is shown.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.changement import Changement as Deplacement
from webapp.domain.changement import changer, regle_pour
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation
from webapp.domain.lots import VALEUR, Changement, ResteAinsi, raisons
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire
from webapp.persistence import formations
from webapp.services import catalogue, registre

DEJA = "Prépare déjà cette certification."
INACTIVE = "Cette certification n'est pas active à cette date."
PERDRAIT = "« {champ} » n'y aurait plus sa place : remplacez la certification sur la page de la formation."
REDEVIENDRAIT = "Elle redeviendrait un brouillon. {raisons}"


def refus(cnx: Connection, acte: Acte, changement: Changement, formation: Formation) -> str:
    """Say why a formation of the working catalogue is left as it is; empty when it can be changed."""
    try:
        _preparer(cnx, acte, changement, formation)
    except ResteAinsi as reste:
        return reste.message
    return ""


def detail(changement: Changement, formation: Formation) -> str:
    """Say what changes of it: « RS5000 → RS6604 »."""
    return f"{formation.fiche.certification} → {changement.valeurs[VALEUR]}"


def remplacer(
    cnx: Connection, acte: Acte, changement: Changement, formation: Formation
) -> tuple[Formation, dict[str, object]]:
    """Replace it, and give what the formation is and what it was. Raises ResteAinsi."""
    fiche = _preparer(cnx, acte, changement, formation).fiche
    envoi = Envoi(formation.id, formation.version, fiche)
    try:
        with cnx.begin_nested():
            apres = catalogue.soumettre(cnx, acte, envoi, Operation.ENREGISTRER).formation
    except FicheRefusee as refusee:
        raise ResteAinsi(raisons(refusee.diagnostic, Niveau.FORMATION)) from refusee
    champs = {nom: formation.fiche.valeur(nom) for nom in formation.fiche.differences(fiche)}
    return apres, {"champs": champs, "statut": formation.statut.value}


def rendre(cnx: Connection, acte: Acte, formation: Formation, avant: Mapping[str, object]) -> tuple[Formation, str]:
    """Give a formation back what it was, and a sentence when the judge no longer allows its status."""
    champs = avant["champs"]
    assert isinstance(champs, dict)  # noqa: S101 - written by `remplacer`
    statut = Statut(str(avant["statut"]))
    fiche = formation.fiche.avec(**champs)
    envoi = Envoi(formation.id, formation.version, fiche)
    diagnostic = catalogue.diagnostiquer(cnx, acte.organisme, envoi, acte.le, formation)
    rendue = formation.redevenir(acte, fiche, statut, diagnostic)
    formations.remplacer(cnx, formation, rendue)
    if rendue.statut is statut:
        return rendue, ""
    return rendue, dire("Revenue en brouillon. {raisons}", raisons=raisons(diagnostic, Niveau.FORMATION))


def _preparer(cnx: Connection, acte: Acte, changement: Changement, formation: Formation) -> Deplacement:
    """Give what the fiche becomes. Raises ResteAinsi."""
    vers = registre.certification(cnx, changement.valeurs[VALEUR])
    if vers is None or not vers.active_le(acte.le):
        raise ResteAinsi(INACTIVE)
    if formation.fiche.certification == vers.code:
        raise ResteAinsi(DEJA)
    sienne = registre.certification(cnx, formation.fiche.certification)
    deplacee = changer(formation.fiche, sienne, regle_pour(formation.fiche, vers).type_formation, vers)
    if deplacee.sans_place:
        champ, _ = deplacee.sans_place[0]
        raise ResteAinsi(dire(PERDRAIT, champ=champ.libelle))
    envoi = Envoi(formation.id, formation.version, deplacee.fiche)
    diagnostic = catalogue.diagnostiquer(cnx, acte.organisme, envoi, acte.le, formation)
    if not diagnostic.enregistrable:
        raise ResteAinsi(raisons(diagnostic, Niveau.FORMATION))
    if formation.statut is Statut.VALIDEE and not diagnostic.validable:
        raise ResteAinsi(dire(REDEVIENDRAIT, raisons=raisons(diagnostic, Niveau.FORMATION)))
    return deplacee
