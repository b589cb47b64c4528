"""The statuses of actions and sessions: those of formations, by the same table."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.builders import MAINTENANT, un_acte
from tests.builders_arbre import un_contact, un_noeud, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.formation import FicheRefusee, OperationInterdite
from webapp.domain.noeud import (
    NOMMES_MAX,
    DependantsRetenus,
    Depot,
    EncoreUtilise,
    Entree,
    Noeud,
    NoeudDepasse,
    NoeudIncomplet,
    ParentArchive,
)
from webapp.domain.statuts import TRANSITIONS, Operation, Statut
from webapp.domain.textes import fr

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


def test_a_new_one_is_its_fiche_signed_and_dated():
    acte, depot, formation, parent = un_acte(), Depot(uuid4(), 0, une_session()), uuid4(), uuid4()
    noeud = Noeud.nouveau(acte, depot, formation, parent, Operation.ENREGISTRER, RIEN)
    assert noeud == un_noeud(
        depot.fiche, id=depot.id, organisme_id=acte.organisme.id, formation_id=formation, parent_id=parent,
        modifiee_par="Camille Martin",
    )  # fmt: skip
    assert noeud.niveau is Niveau.SESSION


@pytest.mark.parametrize(
    ("statut", "diagnostic", "apres"),
    [
        (Statut.VALIDEE, RIEN, Statut.VALIDEE), (Statut.VALIDEE, MANQUE, Statut.BROUILLON),
        (Statut.BROUILLON, MANQUE, Statut.BROUILLON),
    ],
)  # fmt: skip
@pytest.mark.parametrize("validee_le", [None, MAINTENANT])
def test_what_is_undone_is_a_new_version_signed_by_who_undoes_it(statut, diagnostic, apres, validee_le):
    archive = un_noeud(une_session(), Statut.VALIDEE, version=4, validee_le=validee_le).archiver(APRES)
    fiche = une_session(numero="S9")
    rendu = archive.redevenir(APRES, fiche, statut, diagnostic)
    date = (validee_le or APRES.maintenant) if apres is Statut.VALIDEE else None
    assert rendu == un_noeud(
        fiche, apres, id=archive.id, organisme_id=archive.organisme_id, formation_id=archive.formation_id,
        parent_id=archive.parent_id, version=6, modifiee_le=APRES.maintenant, modifiee_par="Camille Martin",
        validee_le=date,
    )  # fmt: skip


def test_a_contact_is_signed_and_dated_at_each_change():
    depot = Depot(uuid4(), 0, un_contact(nom=""))
    acte = un_acte()
    entree = Entree.nouvelle(acte, depot, RIEN)
    assert entree == Entree(depot.id, acte.organisme.id, depot.fiche, 1, MAINTENANT, MAINTENANT, "Camille Martin")
    assert entree.niveau is Niveau.CONTACT
    assert entree.modifier(APRES, un_contact(), RIEN) == Entree(
        depot.id, acte.organisme.id, un_contact(), 2, MAINTENANT, APRES.maintenant, "Camille Martin"
    )


@pytest.mark.parametrize(("niveau", "elle"), [(Niveau.FORMATION, "formation"), (Niveau.ACTION, "action")])
def test_what_is_held_by_something_archived_says_by_what(niveau, elle):
    refus = ParentArchive(niveau, id_ := uuid4())
    assert str(refus) == fr(f"Cette {elle} est archivée : restaurez-la d'abord.")
    assert (refus.niveau, refus.id) == (niveau, id_)


def test_what_holds_a_removal_back_is_named_as_far_as_a_sentence_can():
    retenus = (un_noeud(une_action()), un_noeud(une_session(numero="")), *[un_noeud(une_session())] * 3)
    assert len(retenus) == NOMMES_MAX
    noms = "l'action « A1 », la session « sans numéro », la session « S1 », la session « S1 », la session « S1 »"
    debut = "Supprimez d'abord ce qui n'est pas un brouillon, après l'avoir archivé : "
    assert str(DependantsRetenus(retenus)) == fr(f"{debut}{noms}.")
    assert str(DependantsRetenus((*retenus, retenus[0]))) == fr(f"{debut}{noms}….")
    assert DependantsRetenus(retenus).retenus == retenus


@pytest.mark.parametrize("nombre", [1, 2])
def test_what_is_still_used_says_how_often_and_by_what(nombre):
    par = ((Niveau.ACTION, uuid4(), "A1"),)
    refus = EncoreUtilise(nombre, par)
    dit = f"Encore utilisé {nombre}\N{NO-BREAK SPACE}fois : choisissez d'abord autre chose là où il l'est."
    assert (str(refus), refus.nombre, refus.par) == (fr(dit), nombre, par)


def test_what_somebody_saved_meanwhile_is_kept_to_be_shown():
    actuel = un_noeud(une_action(), version=7)
    assert (NoeudDepasse(actuel).actuel, str(NoeudDepasse(actuel))) == (actuel, "7")


@pytest.mark.parametrize("operation", [Operation.ENREGISTRER, Operation.VALIDER])
def test_what_the_judge_refuses_keeps_what_he_said(operation):
    with pytest.raises(FicheRefusee) as refus:
        un_noeud(une_action()).soumettre(APRES, une_action(), operation, REFUS)
    assert refus.value.diagnostic == REFUS
    with pytest.raises(NoeudIncomplet):
        un_noeud(une_action()).soumettre(APRES, une_action(), Operation.VALIDER, MANQUE)
