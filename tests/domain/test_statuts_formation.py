from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CLEA, LE, MAINTENANT, un_acte, un_brouillon, une_fiche, une_formation
from webapp.domain.controle import Anomalie, Code, Diagnostic, Portee, controler
from webapp.domain.formation import (
    PREMIERE_VERSION,
    Envoi,
    FicheRefusee,
    Formation,
    FormationIncomplete,
    OperationInterdite,
)
from webapp.domain.statuts import (
    EXIGENCES,
    TRANSITIONS,
    Operation,
    Statut,
    modifiable,
    operations_permises,
    statut_apres,
)

E, V, D, A, R, S = (
    Operation.ENREGISTRER, Operation.VALIDER, Operation.DUPLIQUER, Operation.ARCHIVER, Operation.RESTAURER,
    Operation.SUPPRIMER,
)  # fmt: skip
NET = Diagnostic()
INCOMPLET = Diagnostic((Anomalie("objectif", Code.OBLIGATOIRE, "…", Portee.VALIDATION),))
REFUSE = Diagnostic((Anomalie("objectif", Code.TROP_LONG, "…", Portee.ENREGISTREMENT),))

# What is permitted, written out by hand: by status, for each bilan.
PERMISES = {
    None: ({E, V}, {E}, set()),
    Statut.BROUILLON: ({E, V, D, A, S}, {E, D, A, S}, {D, A, S}),
    Statut.VALIDEE: ({E, V, D, A}, {E, D, A}, {D, A}),
    Statut.ARCHIVEE: ({D, R, S}, {D, R, S}, {D, R, S}),
}
LIBELLES = {Statut.BROUILLON: "Brouillon", Statut.VALIDEE: "Validée", Statut.ARCHIVEE: "Archivée"}
PLUS_TARD = MAINTENANT + timedelta(hours=1)
NOUR = replace(un_acte().auteur, nom="Nour Petit")
ACTE = un_acte(NOUR, maintenant=PLUS_TARD)


@pytest.mark.parametrize("statut", [None, *Statut])
@pytest.mark.parametrize(("rang", "diagnostic"), [(0, NET), (1, INCOMPLET), (2, REFUSE)])
def test_operations_permitted_by_status_and_bilan(statut, rang, diagnostic):
    assert operations_permises(statut, diagnostic) == PERMISES[statut][rang]


def test_every_status_has_its_word_and_none_says_published():
    assert {statut: statut.libelle for statut in Statut} == LIBELLES


def test_only_an_archived_formation_is_closed_to_writing():
    assert [statut for statut in Statut if not modifiable(statut)] == [Statut.ARCHIVEE]


@pytest.mark.parametrize(("statut", "operation"), TRANSITIONS)
def test_a_clean_bilan_leads_where_the_table_says(statut, operation):
    assert statut_apres(statut, operation, NET) is TRANSITIONS[statut, operation]


@pytest.mark.parametrize("operation", EXIGENCES)
def test_a_validee_saved_with_something_missing_is_a_draft_again(operation):
    attendu = Statut.BROUILLON if operation is E else Statut.VALIDEE
    assert statut_apres(Statut.VALIDEE, operation, INCOMPLET) is attendu


@pytest.mark.parametrize("statut", [None, *Statut])
@pytest.mark.parametrize("operation", Operation)
def test_every_status_and_operation_is_either_in_the_table_or_an_error(statut, operation):
    if (statut, operation) in TRANSITIONS:
        statut_apres(statut, operation, NET)
    else:
        with pytest.raises(KeyError):
            statut_apres(statut, operation, NET)


def appliquer(formation, operation, fiche, diagnostic):
    match operation:
        case Operation.ENREGISTRER | Operation.VALIDER:
            return formation.soumettre(ACTE, fiche, operation, diagnostic)
        case Operation.ARCHIVER:
            return formation.archiver(ACTE)
        case Operation.RESTAURER:
            return formation.restaurer(diagnostic)
        case _:
            formation.exiger_permise(operation)
            return formation


@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("diagnostic", [NET, INCOMPLET, REFUSE])
def test_a_formation_accepts_exactly_what_is_permitted(statut, operation, diagnostic):
    formation = une_formation(statut)
    if operation in operations_permises(statut, diagnostic):
        appliquer(formation, operation, formation.fiche, diagnostic)
    elif (statut, operation) not in TRANSITIONS:
        with pytest.raises(OperationInterdite) as interdite:
            appliquer(formation, operation, formation.fiche, diagnostic)
        assert (interdite.value.operation, interdite.value.statut) == (operation, statut)
    else:
        with pytest.raises(FicheRefusee) as refus:
            appliquer(formation, operation, formation.fiche, diagnostic)
        assert refus.value.diagnostic is diagnostic


@pytest.mark.parametrize(
    ("operation", "diagnostic", "statut"),
    [(E, NET, Statut.BROUILLON), (E, INCOMPLET, Statut.BROUILLON), (V, NET, Statut.VALIDEE)],
)
def test_a_new_formation_begins_at_version_1(operation, diagnostic, statut):
    nouvelle = Formation.nouvelle(un_acte(), Envoi(uuid4(), 0, une_fiche()), operation, diagnostic)
    assert (nouvelle.version, nouvelle.statut) == (PREMIERE_VERSION, statut)
    assert (nouvelle.creee_le, nouvelle.modifiee_le, nouvelle.modifiee_par) == (
        MAINTENANT,
        MAINTENANT,
        "Camille Martin",
    )
    assert nouvelle.modifiee_par_id is not None
    assert nouvelle.validee_le == (MAINTENANT if statut is Statut.VALIDEE else None)


@pytest.mark.parametrize(
    ("operation", "diagnostic", "refus"),
    [(E, REFUSE, FicheRefusee), (V, INCOMPLET, FormationIncomplete), (V, REFUSE, FicheRefusee)],
)
def test_a_new_formation_is_refused_by_its_bilan(operation, diagnostic, refus):
    with pytest.raises(refus):
        Formation.nouvelle(un_acte(), Envoi(uuid4(), 0, une_fiche()), operation, diagnostic)


def test_valider_refuses_a_fiche_with_anomalies():
    formation = une_formation()
    fiche = un_brouillon(objectif="Savoir lire.")
    with pytest.raises(FormationIncomplete) as refus:
        formation.soumettre(ACTE, fiche, V, controler(fiche, CLEA, LE))
    assert {a.champ for a in refus.value.diagnostic.anomalies} == {
        "intitule", "contenu", "points_forts", "resultats_attendus", "type_parcours", "objectif_general",
    }  # fmt: skip


def test_each_change_is_dated_signed_and_counted():
    avant = une_formation()
    fiche = avant.fiche.avec(objectif="Autre.")
    apres = avant.soumettre(ACTE, fiche, E, NET)
    assert (apres.version, apres.modifiee_le, apres.modifiee_par) == (avant.version + 1, PLUS_TARD, "Nour Petit")
    assert apres.modifiee_par_id == ACTE.auteur.id
    assert (apres.creee_le, apres.id, apres.organisme_id) == (avant.creee_le, avant.id, avant.organisme_id)
    assert apres.fiche.differences(avant.fiche) == ("objectif",)
    assert avant.fiche.objectif != "Autre."


def test_the_date_of_validation_stays_while_it_is_validee_and_goes_with_it():
    validee = une_formation(Statut.VALIDEE)
    assert validee.soumettre(ACTE, validee.fiche, E, NET).validee_le == validee.validee_le
    assert validee.soumettre(ACTE, validee.fiche, V, NET).validee_le == PLUS_TARD
    assert validee.soumettre(ACTE, validee.fiche, E, INCOMPLET).validee_le is None
    assert validee.archiver(ACTE).validee_le == validee.validee_le


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_an_archived_formation_comes_back_as_it_was(statut):
    avant = une_formation(statut)
    archivee = avant.archiver(ACTE)
    assert archivee == replace(
        avant, statut=Statut.ARCHIVEE, version=2, archivee_le=PLUS_TARD, archivee_par=ACTE.auteur.nom,
        avant_archivage=statut,
    )  # fmt: skip
    assert archivee.restaurer(NET) == replace(avant, version=3)


@pytest.mark.parametrize("diagnostic", [INCOMPLET, REFUSE])
def test_a_validee_that_no_longer_holds_comes_back_as_a_draft(diagnostic):
    validee = une_formation(Statut.VALIDEE)
    rendue = validee.archiver(ACTE).restaurer(diagnostic)
    assert (rendue.statut, rendue.archivee_le) == (Statut.BROUILLON, None)
    # Until it is saved, what it was is not forgotten.
    assert rendue.archiver(ACTE).restaurer(NET) == replace(validee, version=5)
    assert rendue.soumettre(ACTE, rendue.fiche, E, INCOMPLET).archiver(ACTE).restaurer(NET).statut is Statut.BROUILLON


@pytest.mark.parametrize("diagnostic", [NET, INCOMPLET, REFUSE])
def test_an_archived_formation_whose_status_was_not_kept_comes_back_as_a_draft(diagnostic):
    archivee = replace(une_formation(Statut.VALIDEE).archiver(ACTE), avant_archivage=None)
    assert archivee.restaurer(diagnostic).statut is Statut.BROUILLON


@given(st.lists(st.tuples(st.sampled_from(Operation), st.sampled_from([NET, INCOMPLET, REFUSE])), max_size=12))
def test_no_sequence_of_operations_makes_a_validee_that_is_not_complete(suite):
    formation = une_formation()
    for operation, diagnostic in suite:
        version = formation.version
        try:
            formation = appliquer(formation, operation, formation.fiche, diagnostic)
        except (OperationInterdite, FicheRefusee):
            assert formation.version == version
            continue
        assert (formation.archivee_le is not None) == (formation.statut is Statut.ARCHIVEE)
        assert (formation.validee_le is not None) == (Statut.VALIDEE in {formation.statut, formation.avant_archivage})
        if operation in (E, V) and formation.statut is Statut.VALIDEE:
            assert diagnostic.validable


UNE_HEURE = timedelta(hours=1)


@pytest.mark.parametrize(
    ("ecart", "reprise"),
    [
        (-UNE_HEURE, True),
        # The demonstration lives one day again and again: what was archived in the evening is undone in the morning.
        (14 * UNE_HEURE, True),
        (25 * UNE_HEURE, False),
        (-25 * UNE_HEURE, False),
    ],
)
def test_the_moment_of_an_archiving_that_is_undone_and_done_again_stays_if_it_can_be_of_this_one(ecart, reprise):
    formation = replace(une_formation(Statut.BROUILLON), creee_le=ACTE.maintenant)
    depuis = ACTE.maintenant + ecart
    assert formation.archiver(ACTE, depuis).archivee_le == (depuis if reprise else ACTE.maintenant)


def test_what_undoes_a_validation_changes_no_text_and_forgets_it_was_validated():
    formation = replace(une_formation(Statut.VALIDEE), version=4, avant_archivage=Statut.VALIDEE)
    acte = replace(ACTE, maintenant=MAINTENANT + timedelta(days=1))
    assert formation.redevenir_brouillon(acte) == replace(
        formation, statut=Statut.BROUILLON, version=5, version_saisie=5, modifiee_le=acte.maintenant,
        modifiee_par=acte.auteur.nom, validee_le=None, avant_archivage=None,
    )  # fmt: skip


@pytest.mark.parametrize("validee_le", [None, MAINTENANT])
@pytest.mark.parametrize(
    ("statut", "portee", "apres"),
    [
        (Statut.VALIDEE, Portee.CONSEIL, Statut.VALIDEE), (Statut.VALIDEE, Portee.VALIDATION, Statut.BROUILLON),
        (Statut.BROUILLON, Portee.CONSEIL, Statut.BROUILLON),
    ],
)  # fmt: skip
def test_what_is_undone_is_a_new_version_signed_by_who_undoes_it(statut, portee, apres, validee_le):
    formation = replace(une_formation(), version=4, validee_le=validee_le, avant_archivage=Statut.VALIDEE)
    acte = un_acte(maintenant=MAINTENANT + timedelta(days=1))
    fiche = une_fiche(intitule="Un autre titre")
    diagnostic = Diagnostic((Anomalie("intitule", Code.REGLE, "Dit.", portee),))
    assert formation.redevenir(acte, fiche, statut, diagnostic) == replace(
        formation, fiche=fiche, statut=apres, version=5, version_saisie=5, modifiee_le=acte.maintenant,
        modifiee_par=acte.auteur.nom, modifiee_par_id=acte.auteur.id, avant_archivage=None,
        validee_le=(validee_le or acte.maintenant) if apres is Statut.VALIDEE else None,
    )  # fmt: skip


def test_a_refusal_says_all_that_forbids_it():
    dits = tuple(Anomalie("x", Code.REGLE, dit, Portee.VALIDATION) for dit in ("Un.", "Deux."))
    refus = FicheRefusee(Diagnostic(dits))
    assert str(refus) == "Un.; Deux."


@pytest.mark.parametrize("ecart", [0, 1, 2])
def test_what_has_just_been_archived_or_restored_is_known_by_its_version(ecart):
    archivee = une_formation(Statut.ARCHIVEE)
    assert archivee.vient_d_etre_archivee(archivee.version - ecart) is (ecart == 1)
    assert not archivee.vient_d_etre_restauree(archivee.version - ecart)
    restauree = archivee.restaurer(Diagnostic())
    assert restauree.vient_d_etre_restauree(restauree.version - ecart) is (ecart == 1)
    assert not restauree.vient_d_etre_archivee(restauree.version - ecart)
