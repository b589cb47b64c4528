"""The statuses of actions and sessions: those of formations, by the same table."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.builders import MAINTENANT, un_acte
from tests.builders_arbre import un_contact, un_noeud, une_action, une_session
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.formation import FicheRefusee, OperationInterdite
from webapp.domain.noeud import Depot, Entree, Noeud, NoeudIncomplet
from webapp.domain.statuts import TRANSITIONS, Operation, Statut

RIEN = Diagnostic()
CONSEIL, MANQUE, REFUS = (Diagnostic((Anomalie("numero", Code.REGLE, "Dit.", portee),)) for portee in
                          (Portee.CONSEIL, Portee.VALIDATION, Portee.ENREGISTREMENT))  # fmt: skip
OPERATIONS = (Operation.ENREGISTRER, Operation.VALIDER, Operation.ARCHIVER, Operation.RESTAURER)
APRES = un_acte(maintenant=MAINTENANT + timedelta(days=1))


def nouveau(operation, diagnostic=RIEN, fiche=None):
    depot = Depot(uuid4(), 0, fiche or une_action())
    return Noeud.nouveau(un_acte(), depot, uuid4(), uuid4(), operation, diagnostic)


@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize(
    "operation", [Operation.ENREGISTRER, Operation.VALIDER, Operation.ARCHIVER, Operation.RESTAURER]
)
@pytest.mark.parametrize("fiche", [une_action(), une_session()])
def test_each_operation_leads_where_the_table_says(statut, operation, fiche):
    noeud = un_noeud(fiche, statut)
    faire = {
        Operation.ARCHIVER: lambda: noeud.archiver(APRES),
        Operation.RESTAURER: lambda: noeud.restaurer(RIEN),
    }.get(operation, lambda: noeud.soumettre(APRES, fiche, operation, RIEN))
    if (statut, operation) not in TRANSITIONS:
        with pytest.raises(OperationInterdite):
            faire()
    else:
        assert faire().statut is TRANSITIONS[statut, operation]
        assert faire().version == 2


def test_a_new_one_is_a_draft_or_validated():
    assert nouveau(Operation.ENREGISTRER, MANQUE).statut is Statut.BROUILLON
    valide = nouveau(Operation.VALIDER, CONSEIL)
    assert (valide.statut, valide.validee_le, valide.version) == (Statut.VALIDEE, MAINTENANT, 1)
    with pytest.raises(NoeudIncomplet):
        nouveau(Operation.VALIDER, MANQUE)
    for operation in (Operation.ENREGISTRER, Operation.VALIDER):
        with pytest.raises(FicheRefusee):
            nouveau(operation, REFUS)


def test_a_validated_one_that_no_longer_holds_is_a_draft_again():
    valide = nouveau(Operation.VALIDER)
    retombe = valide.soumettre(APRES, une_action(duree=""), Operation.ENREGISTRER, MANQUE)
    assert (retombe.statut, retombe.validee_le, retombe.version) == (Statut.BROUILLON, None, 2)
    garde = valide.soumettre(APRES, une_action(duree="30"), Operation.ENREGISTRER, CONSEIL)
    assert (garde.statut, garde.validee_le, garde.modifiee_le) == (Statut.VALIDEE, MAINTENANT, APRES.maintenant)
    assert valide.soumettre(APRES, valide.fiche, Operation.VALIDER, RIEN).validee_le == APRES.maintenant


@pytest.mark.parametrize(
    ("avant", "diagnostic", "apres"),
    [
        (Statut.VALIDEE, RIEN, Statut.VALIDEE), (Statut.VALIDEE, CONSEIL, Statut.VALIDEE),
        (Statut.VALIDEE, MANQUE, Statut.BROUILLON), (Statut.BROUILLON, RIEN, Statut.BROUILLON),
    ],
)  # fmt: skip
def test_a_restored_one_is_what_it_was_if_the_judge_still_accepts_it(avant, diagnostic, apres):
    archive = un_noeud(une_session(), avant).archiver(APRES)
    assert (archive.statut, archive.avant_archivage, archive.archivee_le) == (Statut.ARCHIVEE, avant, APRES.maintenant)
    rendu = archive.restaurer(diagnostic)
    memoire = None if apres is avant else avant
    assert (rendu.statut, rendu.archivee_le, rendu.avant_archivage, rendu.version) == (apres, None, memoire, 3)
    assert (rendu.validee_le is not None) is (avant is Statut.VALIDEE)
    # Archived again, it is what it was; saved first, it stays what it has become.
    assert rendu.archiver(APRES).restaurer(RIEN).statut is avant
    enregistre = rendu.soumettre(APRES, rendu.fiche, Operation.ENREGISTRER, diagnostic)
    assert enregistre.archiver(APRES).restaurer(RIEN).statut is apres


def test_a_contact_is_kept_whatever_it_lacks_and_refused_when_it_cannot_be_stored():
    entree = Entree.nouvelle(un_acte(), Depot(uuid4(), 0, un_contact(nom="")), MANQUE)
    assert entree.version == 1
    assert entree.modifier(APRES, un_contact(), RIEN).version == 2
    with pytest.raises(FicheRefusee):
        Entree.nouvelle(un_acte(), Depot(uuid4(), 0, un_contact()), REFUS)
    with pytest.raises(FicheRefusee):
        entree.modifier(APRES, un_contact(), REFUS)
