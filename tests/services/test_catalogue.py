import unicodedata
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.builders import (
    LE,
    Atelier,
    enregistrer,
    enregistrer_nouvelle,
    un_brouillon,
    une_fiche,
    une_fiche_de,
    valider,
    valider_nouvelle,
)
from webapp.domain.champs import CHAMPS_COMMUNS, PAR_NOM
from webapp.domain.controle import Code
from webapp.domain.formation import FicheRefusee, FormationIncomplete, OperationInterdite, VersionDepassee
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.persistence import compteurs as gardes
from webapp.persistence import formations
from webapp.services import catalogue

AUJOURD_HUI = date(2026, 11, 23)


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur()


@pytest.fixture
def agir(base, atelier, auteur):
    """Run one operation of the catalogue in a transaction of its own; the moment is the next of the workshop."""

    def agir(operation, *args, par=auteur, le=LE):
        with base.ecriture() as cnx:
            return operation(cnx, atelier.acte(par, le), *args)

    return agir


def compteurs(base, personne):
    with base.lecture() as cnx:
        return tuple(gardes.par_statut(cnx, personne.organisme.id).values())


def champs_refuses(refus):
    return {(a.champ, a.code) for a in refus.value.diagnostic.anomalies}


# --- a new formation


def test_a_saved_formation_is_a_draft_and_comes_back_the_same(base, atelier, auteur, agir):
    fiche = une_fiche(contenu="L’été :\r\n=1+1 <b>{{ 7*7 }}</b> 🙂 % _ \\ '\" --", objectif="e\u0301" * 3000)
    nouvelle = agir(enregistrer_nouvelle, uuid4(), fiche)
    assert (nouvelle.statut, nouvelle.version, nouvelle.modifiee_par) == (Statut.BROUILLON, 1, auteur.nom)
    assert atelier.lire(auteur, nouvelle.id) == nouvelle
    assert nouvelle.fiche == fiche
    assert compteurs(base, auteur) == (1, 0, 0)


def test_a_draft_needs_nothing_but_its_identifier_and_its_certification(agir):
    assert agir(enregistrer_nouvelle, uuid4(), un_brouillon()).statut is Statut.BROUILLON


def test_a_complete_formation_can_be_validee_at_once(base, atelier, auteur, agir):
    nouvelle = agir(valider_nouvelle, uuid4(), une_fiche())
    assert nouvelle.statut is Statut.VALIDEE
    assert nouvelle.validee_le == nouvelle.creee_le
    assert atelier.lire(auteur, nouvelle.id) == nouvelle
    assert compteurs(base, auteur) == (0, 1, 0)


@pytest.mark.parametrize("champ", [c.nom for c in CHAMPS_COMMUNS])
def test_valider_refuses_a_fiche_with_anomalies(base, auteur, agir, champ):
    vide = "" if PAR_NOM[champ].choix else " "
    with pytest.raises(FormationIncomplete) as refus:
        agir(valider_nouvelle, uuid4(), une_fiche(**{champ: vide}))
    assert (champ, Code.OBLIGATOIRE) in champs_refuses(refus)
    assert compteurs(base, auteur) == (0, 0, 0)


@pytest.mark.parametrize("operation", [enregistrer_nouvelle, valider_nouvelle])
@pytest.mark.parametrize(
    ("textes", "attendu"),
    [
        ({"identifiant": "x" * 301}, ("identifiant", Code.TROP_LONG)),
        ({"intitule": "x" * 2551}, ("intitule", Code.TROP_LONG)),
        ({"objectif": "x" * 30_001}, ("objectif", Code.TROP_LONG)),
        ({"contenu": "a\x00b"}, ("contenu", Code.CARACTERE_INTERDIT)),
        ({"contenu": "a\ud800b"}, ("contenu", Code.CARACTERE_INTERDIT)),
        ({"identifiant": "a\x00b"}, ("identifiant", Code.CARACTERE_INTERDIT)),
        ({"identifiant": "a\ud800b"}, ("identifiant", Code.CARACTERE_INTERDIT)),
        ({"type_parcours": "1"}, ("type_parcours", Code.CODE_INCONNU)),
        ({"type_parcours": "\x00"}, ("type_parcours", Code.CODE_INCONNU)),
        ({"type_formation": "vae"}, ("certification", Code.CERTIFICATION_HORS_TYPE)),
        ({"type_formation": "\ud800"}, ("type_formation", Code.TYPE_INCONNU)),
        ({"certification": ""}, ("certification", Code.CERTIFICATION_ABSENTE)),
        ({"certification": "RS999999"}, ("certification", Code.CERTIFICATION_INCONNUE)),
        ({"certification": "\ud800\x00"}, ("certification", Code.CERTIFICATION_INCONNUE)),
        ({"certification": "RS313"}, ("certification", Code.CERTIFICATION_HORS_TYPE)),
    ],
)
def test_what_cannot_be_stored_is_refused_and_writes_nothing(base, auteur, agir, operation, textes, attendu):
    with pytest.raises(FicheRefusee) as refus:
        agir(operation, uuid4(), une_fiche(**textes))
    assert attendu in champs_refuses(refus)
    assert compteurs(base, auteur) == (0, 0, 0)


def test_a_fiche_that_nobody_normalised_is_stored_in_its_normal_form(atelier, auteur, agir):
    brute = replace(
        une_fiche(), points_forts=unicodedata.normalize("NFD", "é") * 255, objectif="a\r\nb", identifiant=" X "
    )
    nouvelle = agir(enregistrer_nouvelle, uuid4(), brute)
    lue = atelier.lire(auteur, nouvelle.id)
    assert (lue.fiche.points_forts, lue.fiche.objectif, lue.fiche.identifiant) == ("é" * 255, "a\nb", "X")


def test_a_double_click_counts_once(base, auteur, agir):
    id_, fiche = uuid4(), une_fiche()
    premiere = agir(enregistrer_nouvelle, id_, fiche)
    assert agir(enregistrer_nouvelle, id_, fiche) == premiere
    assert compteurs(base, auteur) == (1, 0, 0)


def test_a_double_click_on_valider_counts_once(base, auteur, agir):
    id_, fiche = uuid4(), une_fiche()
    premiere = agir(valider_nouvelle, id_, fiche)
    assert agir(valider_nouvelle, id_, fiche) == premiere
    assert compteurs(base, auteur) == (0, 1, 0)


def test_the_same_form_with_other_texts_is_a_conflict_and_overwrites_nothing(atelier, auteur, agir):
    id_ = uuid4()
    premiere = agir(enregistrer_nouvelle, id_, une_fiche())
    for operation in (enregistrer_nouvelle, valider_nouvelle):
        with pytest.raises(VersionDepassee) as refus:
            agir(operation, id_, une_fiche(objectif="Autre."))
        assert refus.value.actuelle == premiere
    assert atelier.lire(auteur, id_) == premiere


def test_valider_after_a_save_whose_answer_was_lost_is_done(base, auteur, agir):
    # The form still thinks it is new: its texts are stored, nothing can be overwritten.
    id_, fiche = uuid4(), une_fiche()
    agir(enregistrer_nouvelle, id_, fiche)
    validee = agir(valider_nouvelle, id_, fiche)
    assert (validee.statut, validee.version) == (Statut.VALIDEE, 2)
    assert compteurs(base, auteur) == (0, 1, 0)


# --- the identifier


@pytest.mark.parametrize("pareil", ["Clea_1", "CLEA_1", "clea_1", " Clea_1 "])
@pytest.mark.parametrize("statut", Statut)
def test_an_identifier_is_taken_whatever_its_case_archived_included(atelier, auteur, agir, pareil, statut):
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"), statut)
    with pytest.raises(FicheRefusee) as refus:
        agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant=pareil))
    assert champs_refuses(refus) == {("identifiant", Code.DEJA_UTILISE)}


@pytest.mark.parametrize("operation", [enregistrer_nouvelle, valider_nouvelle])
def test_a_taken_identifier_is_told_with_all_the_rest(atelier, auteur, agir, operation):
    # Asked before the write: one answer says everything, instead of one thing at each try.
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    with pytest.raises(FicheRefusee) as refus:
        agir(operation, uuid4(), une_fiche(identifiant="Clea_1", objectif=""))
    assert champs_refuses(refus) == {("identifiant", Code.DEJA_UTILISE), ("objectif", Code.OBLIGATOIRE)}


def test_another_organisation_may_use_the_same_identifier(base, atelier, auteur, agir):
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    autre = atelier.utilisateur()
    assert agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant="Clea_1"), par=autre)
    assert compteurs(base, auteur) == compteurs(base, autre) == (1, 0, 0)


def test_a_formation_cannot_take_the_identifier_of_another(atelier, auteur, agir):
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    autre = atelier.formation(auteur, une_fiche(identifiant="Clea_2"))
    with pytest.raises(FicheRefusee) as refus:
        agir(enregistrer, autre.id, 1, une_fiche(identifiant="clea_1"))
    assert champs_refuses(refus) == {("identifiant", Code.DEJA_UTILISE)}
    assert atelier.lire(auteur, autre.id) == autre


def test_a_formation_may_change_the_case_of_its_own_identifier(atelier, auteur, agir):
    formation = atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    agir(enregistrer, formation.id, 1, une_fiche(identifiant="CLEA_1"))
    assert atelier.lire(auteur, formation.id).fiche.identifiant == "CLEA_1"


def test_an_identifier_is_free_again_once_its_draft_is_removed(atelier, auteur, agir):
    formation = atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    agir(catalogue.supprimer, formation.id, 1)
    assert agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant="Clea_1"))


def test_the_constraint_speaks_when_the_first_question_did_not(base, atelier, auteur, agir, monkeypatch):
    # Between the question and the write, somebody else was quicker.
    atelier.formation(auteur, une_fiche(identifiant="Clea_1"))
    modifiee = atelier.formation(auteur, une_fiche(identifiant="Clea_2"))
    monkeypatch.setattr(formations, "titulaire", lambda *_: None)
    for operation, *args in (
        (enregistrer_nouvelle, uuid4(), une_fiche(identifiant="CLEA_1")),
        (valider_nouvelle, uuid4(), une_fiche(identifiant="CLEA_1")),
        (enregistrer, modifiee.id, 1, une_fiche(identifiant="CLEA_1")),
        (valider, modifiee.id, 1, une_fiche(identifiant="CLEA_1")),
    ):
        with pytest.raises(FicheRefusee) as refus:
            agir(operation, *args)
        assert champs_refuses(refus) == {("identifiant", Code.DEJA_UTILISE)}
    assert compteurs(base, auteur) == (2, 0, 0)


# --- saving over


def test_a_change_is_saved_and_counted(base, atelier, auteur, agir):
    avant = atelier.formation(auteur)
    apres = agir(enregistrer, avant.id, avant.version, avant.fiche.avec(objectif="Autre."))
    assert (apres.version, apres.fiche.objectif, apres.creee_le) == (2, "Autre.", avant.creee_le)
    assert apres.modifiee_le > avant.modifiee_le
    assert atelier.lire(auteur, avant.id) == apres
    assert compteurs(base, auteur) == (1, 0, 0)


@pytest.mark.parametrize("operation", [enregistrer, valider])
@pytest.mark.parametrize("version", [0, 1, 3, -1])
def test_an_old_version_with_other_texts_is_a_conflict(atelier, auteur, agir, operation, version):
    formation = atelier.formation(auteur)
    collegue = atelier.utilisateur(auteur.organisme, nom="Claude Durand")
    actuelle = agir(enregistrer, formation.id, 1, formation.fiche.avec(objectif="Le sien."), par=collegue)
    with pytest.raises(VersionDepassee) as refus:
        agir(operation, formation.id, version, formation.fiche.avec(objectif="Le mien."))
    assert refus.value.actuelle == actuelle
    assert refus.value.actuelle.modifiee_par == "Claude Durand"
    assert atelier.lire(auteur, formation.id) == actuelle


@pytest.mark.parametrize("operation", [enregistrer, valider])
def test_a_retry_after_a_lost_answer_is_a_success_that_writes_nothing(atelier, auteur, agir, operation):
    formation = atelier.formation(auteur)
    fiche = formation.fiche.avec(objectif="Autre.")
    faite = agir(operation, formation.id, 1, fiche)
    assert agir(operation, formation.id, 1, fiche) == faite
    assert atelier.lire(auteur, formation.id) == faite


def test_valider_after_a_lost_answer_of_enregistrer_is_done(base, atelier, auteur, agir):
    formation = atelier.formation(auteur)
    fiche = formation.fiche.avec(objectif="Autre.")
    agir(enregistrer, formation.id, 1, fiche)
    validee = agir(valider, formation.id, 1, fiche)
    assert (validee.statut, validee.version) == (Statut.VALIDEE, 3)
    assert compteurs(base, auteur) == (0, 1, 0)


def test_a_validee_stays_so_while_nothing_blocks(base, atelier, auteur, agir):
    validee = atelier.formation(auteur, statut=Statut.VALIDEE)
    gardee = agir(enregistrer, validee.id, 1, validee.fiche.avec(objectif="Autre."))
    assert (gardee.statut, gardee.validee_le) == (Statut.VALIDEE, validee.validee_le)
    assert compteurs(base, auteur) == (0, 1, 0)


@pytest.mark.parametrize("le", [LE, AUJOURD_HUI])
def test_a_validee_with_something_blocking_is_a_draft_again(base, atelier, auteur, agir, le):
    validee = atelier.formation(auteur, statut=Statut.VALIDEE)
    textes = {"objectif": ""} if le == LE else {"objectif": "Autre."}
    retombee = agir(enregistrer, validee.id, 1, validee.fiche.avec(**textes), le=le)
    assert (retombee.statut, retombee.validee_le) == (Statut.BROUILLON, None)
    assert compteurs(base, auteur) == (1, 0, 0)


def test_a_certification_that_has_expired_forbids_validation_only(agir):
    with pytest.raises(FormationIncomplete) as refus:
        agir(valider_nouvelle, uuid4(), une_fiche(), le=AUJOURD_HUI)
    assert champs_refuses(refus) == {("certification", Code.CERTIFICATION_INACTIVE)}
    assert agir(enregistrer_nouvelle, uuid4(), une_fiche(), le=AUJOURD_HUI).statut is Statut.BROUILLON


@pytest.mark.parametrize("operation", [enregistrer, valider])
def test_an_archived_formation_is_closed_to_writing(atelier, auteur, agir, operation):
    archivee = atelier.formation(auteur, statut=Statut.ARCHIVEE)
    for version in (archivee.version, 1):
        with pytest.raises(OperationInterdite):
            agir(operation, archivee.id, version, archivee.fiche.avec(objectif="Autre."))


def test_the_status_is_said_before_the_version_and_the_version_before_the_fiche(atelier, auteur, agir):
    archivee = atelier.formation(auteur, statut=Statut.ARCHIVEE)
    mauvaise = une_fiche(type_parcours="1")
    with pytest.raises(OperationInterdite):
        agir(enregistrer, archivee.id, 99, mauvaise)
    brouillon = atelier.formation(auteur)
    with pytest.raises(VersionDepassee):
        agir(enregistrer, brouillon.id, 99, mauvaise)
    with pytest.raises(FicheRefusee):
        agir(enregistrer, brouillon.id, 1, mauvaise)


# --- the other operations


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_restaurer_gives_back_what_archiver_took(base, atelier, auteur, agir, statut):
    avant = atelier.formation(auteur, statut=statut)
    archivee = agir(catalogue.archiver, avant.id, 1)
    assert (archivee.statut, archivee.avant_archivage, archivee.version) == (Statut.ARCHIVEE, statut, 2)
    assert archivee.archivee_le is not None
    assert archivee.archivee_le > avant.modifiee_le
    assert atelier.lire(auteur, avant.id) == archivee
    assert compteurs(base, auteur) == (0, 0, 1)
    rendue = agir(catalogue.restaurer, avant.id, 2)
    # Nothing of it has changed but the version: neither the date of the save, nor its author, nor the validation's.
    assert rendue.formation == replace(avant, version=3)
    assert (rendue.avant, rendue.empechements) == (statut, ())
    assert atelier.lire(auteur, avant.id) == rendue.formation
    assert compteurs(base, auteur) == ((1, 0, 0) if statut is Statut.BROUILLON else (0, 1, 0))


def test_what_the_judge_no_longer_accepts_comes_back_as_a_draft_that_says_why(base, atelier, auteur, agir):
    avant = atelier.formation(auteur, statut=Statut.VALIDEE)
    agir(catalogue.archiver, avant.id, 1)
    rendue = agir(catalogue.restaurer, avant.id, 2, le=AUJOURD_HUI)
    assert (rendue.formation.statut, rendue.avant) == (Statut.BROUILLON, Statut.VALIDEE)
    assert [a.code for a in rendue.empechements] == [Code.CERTIFICATION_INACTIVE]
    assert compteurs(base, auteur) == (1, 0, 0)
    # Archived again, and brought back when the judge accepts it: nothing of it has been touched since its validation.
    agir(catalogue.archiver, avant.id, 3)
    assert agir(catalogue.restaurer, avant.id, 4).formation == replace(avant, version=5)


@pytest.mark.parametrize("textes", [{"objectif": "Autre."}, {}], ids=["autre texte", "mêmes textes"])
def test_a_save_forgets_the_status_that_a_restoration_could_not_give_back(atelier, auteur, agir, textes):
    avant = atelier.formation(auteur, statut=Statut.VALIDEE)
    agir(catalogue.archiver, avant.id, 1)
    agir(catalogue.restaurer, avant.id, 2, le=AUJOURD_HUI)
    faite = agir(enregistrer, avant.id, 3, avant.fiche.avec(**textes))
    assert (faite.statut, faite.avant_archivage, faite.validee_le) == (Statut.BROUILLON, None, None)
    # Sent again after a lost answer, it is the same save.
    assert agir(enregistrer, avant.id, 3, faite.fiche) == faite
    agir(catalogue.archiver, avant.id, 4)
    assert agir(catalogue.restaurer, avant.id, 5).formation.statut is Statut.BROUILLON


def test_what_was_archived_before_its_status_was_kept_comes_back_as_a_draft(base, atelier, auteur, agir):
    archivee = atelier.formation(auteur, statut=Statut.ARCHIVEE)
    with base.ecriture() as cnx:
        cnx.execute(text("UPDATE formation SET avant_archivage = NULL"))
    rendue = agir(catalogue.restaurer, archivee.id, archivee.version)
    assert (rendue.formation.statut, rendue.avant) == (Statut.BROUILLON, None)


def test_a_vae_whose_category_was_taken_meanwhile_comes_back_as_a_draft(atelier, auteur, agir):
    premiere = atelier.formation(auteur, une_fiche_de(TypeFormation.VAE, identifiant="Vae_1"), Statut.VALIDEE)
    agir(catalogue.archiver, premiere.id, 1)
    atelier.formation(auteur, une_fiche_de(TypeFormation.VAE, identifiant="Vae_2"), Statut.VALIDEE)
    rendue = agir(catalogue.restaurer, premiere.id, 2)
    assert rendue.formation.statut is Statut.BROUILLON
    assert [a.code for a in rendue.empechements] == [Code.CATEGORISATION_PRISE]


def test_a_draft_and_an_archived_formation_are_removed_and_a_validee_is_not(base, atelier, auteur, agir):
    validee = atelier.formation(auteur, statut=Statut.VALIDEE)
    with pytest.raises(OperationInterdite):
        agir(catalogue.supprimer, validee.id, 1)
    for statut in (Statut.BROUILLON, Statut.ARCHIVEE):
        formation = atelier.formation(auteur, statut=statut)
        assert agir(catalogue.supprimer, formation.id, formation.version) == catalogue.Supprimee(formation)
        with pytest.raises(Introuvable):
            atelier.lire(auteur, formation.id)
        with pytest.raises(Introuvable):
            agir(catalogue.supprimer, formation.id, formation.version)
    # A « validée » has a way out.
    agir(catalogue.archiver, validee.id, 1)
    agir(catalogue.supprimer, validee.id, 2)
    assert compteurs(base, auteur) == (0, 0, 0)


def dupliquer(cnx, acte, id_, version):
    return catalogue.dupliquer(cnx, acte, id_, version, uuid4())


OPERATIONS = {
    catalogue.archiver: Statut.BROUILLON, catalogue.restaurer: Statut.ARCHIVEE, catalogue.supprimer: Statut.ARCHIVEE,
    dupliquer: Statut.VALIDEE,
}  # fmt: skip


@pytest.mark.parametrize("ecart", [-1, 1, 99])
@pytest.mark.parametrize(("operation", "statut"), OPERATIONS.items())
def test_an_operation_on_another_version_than_the_one_seen_is_refused(base, atelier, auteur, agir, operation, statut,
                                                                      ecart):  # fmt: skip
    formation = atelier.formation(auteur, statut=statut)
    avant = compteurs(base, auteur)
    with pytest.raises(VersionDepassee) as refus:
        agir(operation, formation.id, formation.version + ecart)
    assert refus.value.actuelle == formation == atelier.lire(auteur, formation.id)
    assert compteurs(base, auteur) == avant


def test_what_archiving_and_restoring_do_meanwhile_conflicts_with_no_save(atelier, auteur, agir):
    # The texts that the form was opened on are still those that stand.
    formation = atelier.formation(auteur)
    agir(catalogue.archiver, formation.id, 1)
    agir(catalogue.restaurer, formation.id, 2)
    faite = agir(enregistrer, formation.id, 1, formation.fiche.avec(objectif="Le mien."))
    assert (faite.version, faite.version_saisie, faite.fiche.objectif) == (4, 4, "Le mien.")
    with pytest.raises(VersionDepassee):
        agir(enregistrer, formation.id, 3, formation.fiche.avec(objectif="Le sien."))


@pytest.mark.parametrize("operation", [enregistrer, valider])
def test_a_save_that_changes_nothing_writes_nothing(atelier, auteur, agir, operation):
    avant = atelier.formation(auteur, statut=Statut.VALIDEE)
    autre = atelier.formation(auteur)
    assert agir(operation, avant.id, 1, avant.fiche) == avant
    assert atelier.lire(auteur, avant.id) == avant
    # Neither does it climb over what was saved after it, nor conflict with a colleague.
    with atelier.base.lecture() as cnx:
        lignes = catalogue.lister(cnx, auteur.organisme, catalogue.Filtre()).lignes
    assert [ligne.id for ligne in lignes] == [autre.id, avant.id]
    assert agir(enregistrer, avant.id, 1, avant.fiche.avec(objectif="Autre.")).version == 2


@pytest.mark.parametrize("operation", [catalogue.archiver, catalogue.restaurer])
@pytest.mark.parametrize("statut", Statut)
def test_archiver_and_restaurer_only_where_the_table_allows(atelier, auteur, agir, operation, statut):
    formation = atelier.formation(auteur, statut=statut)
    if (operation is catalogue.restaurer) == (statut is Statut.ARCHIVEE):
        agir(operation, formation.id, formation.version)
        assert atelier.lire(auteur, formation.id).version == formation.version + 1
    else:
        with pytest.raises(OperationInterdite):
            agir(operation, formation.id, formation.version)
        assert atelier.lire(auteur, formation.id) == formation


@pytest.mark.parametrize("statut", Statut)
def test_a_copy_is_a_draft_that_says_so_and_has_no_identifier(base, atelier, auteur, agir, statut):
    modele = atelier.formation(auteur, statut=statut)
    nouvel_id = uuid4()
    copie = agir(catalogue.dupliquer, modele.id, modele.version, nouvel_id)
    assert (copie.id, copie.statut, copie.version) == (nouvel_id, Statut.BROUILLON, 1)
    assert copie.fiche == modele.fiche.avec(identifiant="", intitule=f"{modele.fiche.intitule} (copie)")
    assert atelier.lire(auteur, modele.id) == modele
    assert agir(catalogue.dupliquer, modele.id, modele.version, nouvel_id) == copie
    assert sum(compteurs(base, auteur)) == 2


@pytest.mark.parametrize(
    ("intitule", "attendu"),
    [("", "(copie)"), ("x" * 255, "x" * 255 + " (copie)"), ("x" * 2550, "x" * 2542 + " (copie)")],
)
def test_a_copy_of_any_title_can_be_stored(atelier, auteur, agir, intitule, attendu):
    modele = atelier.formation(auteur, une_fiche(intitule=intitule))
    assert agir(catalogue.dupliquer, modele.id, 1, uuid4()).fiche.intitule == attendu


# --- a draft is always savable


@pytest.mark.parametrize(
    "textes",
    [
        {"identifiant": ""}, {"identifiant": "\N{ZERO WIDTH SPACE}"}, {"identifiant": "Cléa 1"},
        {"identifiant": "a\nb"}, {"identifiant": "x" * 300}, {"identifiant": "\ufdfa" * 300},
        {"intitule": "deux\nlignes"}, {"intitule": "é" * 2550}, {"objectif": "🙂" * 30_000},
        {"points_forts": "x" * 256},
    ],
)  # fmt: skip
def test_a_draft_is_kept_whole_whatever_it_lacks_and_cannot_be_validee(base, atelier, auteur, agir, textes):
    fiche = une_fiche(**textes)
    faite = agir(enregistrer_nouvelle, uuid4(), fiche)
    assert atelier.lire(auteur, faite.id) == faite
    assert (faite.fiche, faite.statut) == (fiche, Statut.BROUILLON)
    with pytest.raises(FormationIncomplete):
        agir(valider, faite.id, 1, fiche)
    # What was « validée » goes back to « brouillon » with it.
    validee = atelier.formation(auteur, une_fiche(identifiant="Clea_Validee"), Statut.VALIDEE)
    agir(catalogue.supprimer, faite.id, 1)
    assert agir(enregistrer, validee.id, 1, fiche).statut is Statut.BROUILLON
    assert compteurs(base, auteur) == (1, 0, 0)


def test_any_number_of_drafts_may_lack_an_identifier(base, auteur, agir):
    for vide in ("", " ", "\N{ZERO WIDTH SPACE}", ""):
        agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant=vide))
    assert compteurs(base, auteur) == (4, 0, 0)


@pytest.mark.parametrize(("pris", "autre"), [("Cléa 1", "CLÉA 1"), ("x" * 200, "X" * 200), ("\ufdfa" * 300,) * 2])
def test_a_malformed_identifier_is_unique_all_the_same(base, auteur, agir, monkeypatch, pris, autre):
    agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant=pris))
    for _ in range(2):
        with pytest.raises(FicheRefusee) as refus:
            agir(enregistrer_nouvelle, uuid4(), une_fiche(identifiant=autre))
        assert ("identifiant", Code.DEJA_UTILISE) in champs_refuses(refus)
        monkeypatch.setattr(formations, "titulaire", lambda *_: None)
    assert compteurs(base, auteur) == (1, 0, 0)


# --- a foreign formation is a missing one


def operations_sur(id_):
    fiche = une_fiche()
    return [
        (enregistrer, id_, 1, fiche),
        (valider, id_, 1, fiche),
        (catalogue.archiver, id_, 1),
        (catalogue.restaurer, id_, 1),
        (catalogue.supprimer, id_, 1),
        (catalogue.dupliquer, id_, 1, uuid4()),
    ]


@pytest.mark.parametrize("rang", range(6))
@pytest.mark.parametrize("statut", Statut)
def test_a_foreign_formation_answers_like_one_that_never_existed(atelier, agir, rang, statut):
    etrangere = atelier.formation(atelier.utilisateur(), statut=statut)
    refus = []
    for id_ in (etrangere.id, uuid4()):
        with pytest.raises(Introuvable) as pris:
            agir(*operations_sur(id_)[rang])
        refus.append(str(pris.value))
    assert refus[0] == refus[1]


def test_a_foreign_formation_cannot_be_opened(base, atelier, auteur):
    etrangere = atelier.formation(atelier.utilisateur())
    with base.lecture() as cnx:
        for id_ in (etrangere.id, uuid4()):
            with pytest.raises(Introuvable):
                catalogue.ouvrir(cnx, auteur.organisme, id_)


def test_a_new_formation_may_draw_the_uuid_of_a_foreign_one(base, atelier, auteur, agir):
    sienne = atelier.utilisateur()
    etrangere = atelier.formation(sienne)
    mienne = agir(enregistrer_nouvelle, etrangere.id, une_fiche(objectif="Le mien."))
    assert atelier.lire(auteur, mienne.id) == mienne
    assert atelier.lire(sienne, etrangere.id) == etrangere
    agir(catalogue.supprimer, mienne.id, 1)
    assert atelier.lire(sienne, etrangere.id) == etrangere
    assert compteurs(base, sienne) == (1, 0, 0)


# --- the guards below


def test_a_write_over_another_version_is_refused_by_the_statement_itself(base, atelier, auteur, monkeypatch):
    formation = atelier.formation(auteur)
    perimee = replace(formation, version=9)
    monkeypatch.setattr(catalogue, "_verrouiller", lambda *_: perimee)
    for operation in (catalogue.archiver, catalogue.supprimer):
        with pytest.raises(VersionDepassee) as refus, base.ecriture() as cnx:
            operation(cnx, atelier.acte(auteur), formation.id, perimee.version)
        assert refus.value.actuelle == formation
    assert compteurs(base, auteur) == (1, 0, 0)


def test_a_formation_that_disappears_during_a_write_is_not_found(base, atelier, auteur, monkeypatch):
    formation = atelier.formation(auteur)
    with base.ecriture() as cnx:
        catalogue.supprimer(cnx, atelier.acte(auteur), formation.id, 1)
    monkeypatch.setattr(catalogue, "_reserver", lambda *_: formation)
    with pytest.raises(Introuvable), base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.acte(auteur), formation.id, 1)


def test_kept_counts_follow_the_formations_even_when_a_block_is_undone(base, auteur):
    def echouer() -> None:
        with base.ecriture() as cnx:
            enregistrer_nouvelle(cnx, Atelier(base).acte(auteur), uuid4(), une_fiche())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        echouer()
    assert compteurs(base, auteur) == (0, 0, 0)
    with base.lecture() as cnx:
        assert cnx.execute(text("SELECT count(*) FROM formation")).scalar_one() == 0
