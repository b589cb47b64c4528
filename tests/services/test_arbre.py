"""Every operation on the tree, on both databases: what it does, what it refuses, and that nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.builders import LE
from tests.builders_arbre import AtelierArbre, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.diagnostic import Code, Portee
from webapp.domain.formation import FicheRefusee, OperationInterdite
from webapp.domain.noeud import DependantsRetenus, Depot, NoeudDepasse, NoeudIncomplet, ParentArchive
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut
from webapp.persistence import controle as pages
from webapp.persistence.noeuds import ACTIONS, NumeroPris, ReferencePerdue
from webapp.services import arbre, autour, catalogue, comptes, controle, dependants

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def formation(atelier):
    return atelier.atelier.formation(atelier.auteur, statut=VALIDEE)


@pytest.fixture
def faire(base, atelier):
    """Do an operation of the tree in a transaction of its own."""

    def faire(operation, *args):
        with base.ecriture() as cnx:
            return operation(cnx, atelier.acte, *args)

    return faire


def lire(base, operation, *args):
    with base.lecture() as cnx:
        return operation(cnx, *args)


# ---------------------------------------------------------------------- saving


def test_an_action_and_a_session_are_read_back_as_they_were_saved(atelier, formation):
    action = atelier.action(formation.id, VALIDEE)
    session = atelier.session(action.id, VALIDEE)
    assert atelier.relire(action) == action
    assert atelier.relire(session) == session
    assert (action.parent_id, action.formation_id) == (formation.id, formation.id)
    assert (session.parent_id, session.formation_id) == (action.id, formation.id)
    assert action.statut is session.statut is VALIDEE


def test_a_draft_keeps_whatever_is_typed(atelier, formation):
    tapee = une_action(lieu="", contact="", frais_ht="gratuit", duree="douze", rythmes="99")
    brouillon = atelier.soumettre(tapee, formation.id)
    assert brouillon.statut is BROUILLON
    relue = atelier.relire(brouillon).fiche
    assert (relue.valeur("frais_ht"), relue.valeur("duree"), relue.valeur("rythmes")) == ("gratuit", "douze", "99")


@pytest.mark.parametrize(
    ("niveau", "nom", "texte"),
    [
        (Niveau.ACTION, "numero", "a\x00b"), (Niveau.ACTION, "numero", "a\ud800b"), (Niveau.ACTION, "langue", "\x00"),
        (Niveau.ACTION, "modalites_pedagogiques", "\ud800"), (Niveau.ACTION, "lieu", "ici"),
        (Niveau.ACTION, "contact", "\x00"), (Niveau.ACTION, "frais_ttc", "1\x00"), (Niveau.ACTION, "rythmes", "\x00"),
        (Niveau.SESSION, "numero", "a\x00b"), (Niveau.SESSION, "debut", "\x00"), (Niveau.SESSION, "fin", "\ud800"),
        (Niveau.SESSION, "adresse_inscription", "ici"), (Niveau.SESSION, "garantie", "\ud800"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_with_a_sentence(base, atelier, formation, niveau, nom, texte):
    action = atelier.action(formation.id, numero="")
    fiche, parent = (action.fiche, formation.id) if niveau is Niveau.ACTION else (une_session(), action.id)
    fausse = fiche.avec(**{nom: texte})
    with pytest.raises(FicheRefusee) as refus:
        atelier.soumettre(fausse, parent)
    anomalies = refus.value.diagnostic.du_champ(nom)
    assert Portee.ENREGISTREMENT in {a.portee for a in anomalies}
    depot = Depot(uuid4(), 0, fausse, parent)
    assert lire(base, arbre.diagnostiquer, atelier.organisme, depot, LE).du_champ(nom) == anomalies


def test_the_missing_price_is_computed_by_a_save(atelier, formation):
    action = atelier.action(formation.id, VALIDEE, frais_ttc="", frais_ht="1 000,50 €")
    assert action.fiche.valeur("frais_ttc") == "1200.60"


def test_the_same_save_twice_counts_once(atelier, formation):
    fiche, id_ = atelier.fiche_action(frais_ttc=""), uuid4()
    une = atelier.soumettre(fiche, formation.id, id=id_)
    assert atelier.soumettre(fiche, formation.id, id=id_) == une
    validee = atelier.soumettre(fiche, formation.id, Operation.VALIDER, id_, 1)
    assert atelier.soumettre(fiche, formation.id, Operation.VALIDER, id_, 1) == validee
    assert atelier.soumettre(fiche, formation.id, id=id_, version=2) == validee


def test_a_save_over_anothers_is_refused_and_overwrites_nothing(atelier, formation):
    action = atelier.action(formation.id)
    suivante = atelier.soumettre(action.fiche.avec(duree="30"), formation.id, id=action.id, version=1)
    with pytest.raises(NoeudDepasse) as refus:
        atelier.soumettre(action.fiche.avec(duree="40"), formation.id, id=action.id, version=1)
    assert refus.value.actuel == suivante
    with pytest.raises(NoeudDepasse):
        atelier.soumettre(action.fiche.avec(duree="50"), formation.id, id=action.id)
    assert atelier.relire(action) == suivante


def test_what_is_incomplete_is_not_validated_and_a_validated_one_falls_back(atelier, formation):
    with pytest.raises(NoeudIncomplet):
        atelier.action(formation.id, VALIDEE, duree="")
    action = atelier.action(formation.id, VALIDEE)
    retombee = atelier.soumettre(action.fiche.avec(duree=""), formation.id, id=action.id, version=1)
    assert (retombee.statut, retombee.validee_le) == (BROUILLON, None)


def test_a_number_is_unique_among_the_actions_of_a_formation_and_the_sessions_of_an_action(atelier, formation):
    une = atelier.action(formation.id, numero="A1")
    autre_formation = atelier.atelier.formation(atelier.auteur)
    atelier.action(autre_formation.id, numero="A1")
    with pytest.raises(FicheRefusee) as refus:
        atelier.action(formation.id, numero=" a1 ")
    [anomalie] = refus.value.diagnostic.du_champ("numero")
    assert (anomalie.code, anomalie.portee, anomalie.regle) == (Code.DEJA_UTILISE, Portee.ENREGISTREMENT, "A01")
    atelier.action(formation.id, numero="")
    deux = atelier.action(formation.id, numero="")
    atelier.session(une.id, numero="S1")
    atelier.session(deux.id, numero="S1")
    with pytest.raises(FicheRefusee):
        atelier.session(une.id, numero="S1")


def test_the_database_itself_refuses_a_number_twice_and_what_refers_to_nothing(base, atelier, formation):
    action = atelier.action(formation.id)
    jumelle = replace(action, id=uuid4())
    with base.ecriture() as cnx:
        assert not ACTIONS.ajouter(cnx, jumelle)
    with pytest.raises(NumeroPris), base.ecriture() as cnx:
        ACTIONS.ajouter_en_nombre(cnx, [jumelle])
    sans_numero = replace(jumelle, fiche=action.fiche.avec(numero="", lieu=str(uuid4())))
    with pytest.raises(ReferencePerdue), base.ecriture() as cnx:
        ACTIONS.ajouter(cnx, sans_numero)
    with pytest.raises(ReferencePerdue), base.ecriture() as cnx:
        ACTIONS.ajouter(cnx, replace(action, id=uuid4(), fiche=action.fiche.avec(numero="A9"), parent_id=uuid4()))


def test_twins_are_foretold_once_one_is_validated(atelier, formation):
    fiche = atelier.fiche_action()
    atelier.soumettre(fiche, formation.id, Operation.VALIDER)
    with pytest.raises(NoeudIncomplet) as refus:
        atelier.soumettre(fiche.avec(numero="A2"), formation.id, Operation.VALIDER)
    assert [a.numero_edof for a in refus.value.diagnostic.bloquantes] == [30056]
    assert atelier.soumettre(fiche.avec(numero="A2"), formation.id).statut is BROUILLON
    action = atelier.soumettre(fiche.avec(numero="A3", langue="EN"), formation.id, Operation.VALIDER)
    atelier.session(action.id, VALIDEE)
    with pytest.raises(NoeudIncomplet) as refus:
        atelier.session(action.id, VALIDEE, numero="S2")
    assert [a.numero_edof for a in refus.value.diagnostic.bloquantes] == [10133]


# ------------------------------------------------- nobody enters where they don't belong


def test_what_is_of_another_organisation_is_as_missing_at_each_level(base, atelier, formation):
    action = atelier.action(formation.id)
    session = atelier.session(action.id)
    autre = AtelierArbre(base)
    sien = autre.atelier.formation(autre.auteur)
    sienne = autre.action(sien.id)
    for niveau, id_ in ((Niveau.ACTION, action.id), (Niveau.SESSION, session.id), (Niveau.ACTION, uuid4())):
        with pytest.raises(Introuvable):
            lire(base, arbre.ouvrir_noeud, autre.organisme, niveau, id_)
        for operation in (arbre.archiver, arbre.restaurer, arbre.supprimer):
            with pytest.raises(Introuvable), base.ecriture() as cnx:
                operation(cnx, autre.acte, niveau, id_, 1)
    with pytest.raises(Introuvable):
        lire(base, arbre.ouvrir, autre.organisme, formation.id)
    with pytest.raises(Introuvable):
        lire(base, controle.de_la_formation, autre.organisme, formation.id, LE)
    with pytest.raises(Introuvable):
        lire(base, arbre.sessions_de, autre.organisme, action.id)
    with pytest.raises(Introuvable):
        autre.soumettre(une_session(), action.id)
    with pytest.raises(Introuvable):
        autre.soumettre(une_action(lieu="", contact=""), formation.id)
    with pytest.raises(Introuvable):
        autre.soumettre(session.fiche, action.id, id=session.id, version=1)
    # A known id under another parent, of the same organisation too, is missing there.
    voisine = atelier.action(atelier.atelier.formation(atelier.auteur).id)
    for noeud, parent in ((session, voisine.id), (action, voisine.formation_id)):
        for version in (0, 1):
            with pytest.raises(Introuvable):
                atelier.soumettre(noeud.fiche, parent, id=noeud.id, version=version)
    with pytest.raises(Introuvable):
        atelier.soumettre(une_session(), formation.id)
    # Another's contact or place is refused as one that does not exist, by the judge and by the tables.
    for nom, id_ in (("lieu", autre.lieu()), ("contact", autre.contact()), ("lieu", str(uuid4()))):
        with pytest.raises(FicheRefusee) as refus:
            atelier.action(formation.id, numero="", **{nom: id_})
        assert {a.message for a in refus.value.diagnostic.du_champ(nom)} == {f"Choisissez un {nom} de votre organisme."}
    assert autre.relire(sienne) == sienne


# ----------------------------------------------------- archiving, restoring, removing


def test_archiving_a_parent_hides_its_children_and_leaves_them_as_they_are(base, atelier, formation, faire):
    action = atelier.action(formation.id, VALIDEE)
    session = atelier.session(action.id, VALIDEE)
    archivee = faire(arbre.archiver, Niveau.ACTION, action.id, 1)
    assert (archivee.statut, archivee.avant_archivage, archivee.version) == (ARCHIVEE, VALIDEE, 2)
    assert atelier.relire(session) == session
    for refusee in (
        lambda: atelier.session(action.id, numero="S2"),
        lambda: atelier.soumettre(session.fiche.avec(garantie="oui"), action.id, id=session.id, version=1),
    ):
        with pytest.raises(ParentArchive):
            refusee()
    # Hidden, it keeps its status: it is neither archived nor removed by who saw it before.
    for operation in (arbre.archiver, arbre.supprimer):
        with pytest.raises(ParentArchive):
            faire(operation, Niveau.SESSION, session.id, 1)
    with pytest.raises(OperationInterdite):
        atelier.soumettre(action.fiche.avec(duree="30"), formation.id, id=action.id, version=2)
    rendue = faire(arbre.restaurer, Niveau.ACTION, action.id, 2)
    assert (rendue.statut, rendue.validee_le) == (VALIDEE, action.validee_le)
    assert atelier.relire(session) == session


def test_under_an_archived_formation_nothing_is_added_changed_or_restored(base, atelier, formation, faire):
    action = atelier.action(formation.id, ARCHIVEE)
    autre = atelier.action(formation.id, numero="A2")
    with base.ecriture() as cnx:
        cnx.exec_driver_sql("UPDATE formation SET statut = 'archivee'")
        cnx.exec_driver_sql("UPDATE compteur_statut SET nombre = 1 WHERE statut = 'archivee'")
    with pytest.raises(ParentArchive):
        faire(arbre.restaurer, Niveau.ACTION, action.id, 2)
    with pytest.raises(ParentArchive):
        atelier.session(autre.id)
    with pytest.raises(ParentArchive):
        atelier.action(formation.id, numero="A3")


def test_a_restored_one_that_no_longer_holds_is_a_draft(atelier, formation, faire):
    action = atelier.action(formation.id, VALIDEE)
    faire(arbre.archiver, Niveau.ACTION, action.id, 1)
    atelier.soumettre(action.fiche.avec(numero="A2"), formation.id, Operation.VALIDER)
    assert faire(arbre.restaurer, Niveau.ACTION, action.id, 2).statut is BROUILLON


@pytest.mark.parametrize("operation", [arbre.archiver, arbre.restaurer, arbre.supprimer])
def test_an_operation_on_a_version_that_is_no_longer_there_does_nothing(atelier, formation, faire, operation):
    action = atelier.action(formation.id)
    with pytest.raises(NoeudDepasse):
        faire(operation, Niveau.ACTION, action.id, 2)
    assert atelier.relire(action) == action


def test_a_draft_goes_with_its_drafts_which_are_named(base, atelier, formation, faire):
    action = atelier.action(formation.id)
    sessions = {atelier.session(action.id, numero=f"S{n}", debut=f"2027-03-0{n}") for n in (1, 2)}
    assert set(lire(base, dependants.dependants, atelier.organisme.id, Niveau.ACTION, action.id)) == sessions
    suppression = faire(arbre.supprimer, Niveau.ACTION, action.id, 1)
    assert (suppression.noeud, set(suppression.dependants)) == (action, sessions)
    assert lire(base, arbre.ouvrir, atelier.organisme, formation.id).actions == ()
    for session in sessions:
        with pytest.raises(Introuvable):
            atelier.relire(session)


@pytest.mark.parametrize("statut", [VALIDEE, ARCHIVEE])
def test_a_draft_that_holds_something_else_stays_and_says_what(base, atelier, formation, faire, statut):
    action = atelier.action(formation.id)
    garde = atelier.session(action.id, statut, numero="Mars « 1 »")
    atelier.session(action.id, numero="S2", debut="2027-04-01", fin="2027-04-02")
    with pytest.raises(DependantsRetenus, match="Mars « 1 »") as refus:
        faire(arbre.supprimer, Niveau.ACTION, action.id, 1)
    assert refus.value.retenus == (garde,)
    assert len(lire(base, arbre.sessions_de, atelier.organisme, action.id)) == 2


def test_a_validated_one_is_not_removed_and_an_archived_one_goes_with_what_it_hides(atelier, formation, faire):
    valide = atelier.action(formation.id, VALIDEE)
    with pytest.raises(OperationInterdite):
        faire(arbre.supprimer, Niveau.ACTION, valide.id, 1)
    session = atelier.session(valide.id, VALIDEE)
    faire(arbre.archiver, Niveau.ACTION, valide.id, 1)
    assert faire(arbre.supprimer, Niveau.ACTION, valide.id, 2).dependants == (session,)


def test_a_draft_formation_goes_with_its_drafts_and_stays_with_anything_else(base, atelier, faire):
    brouillon = atelier.atelier.formation(atelier.auteur)
    action = atelier.action(brouillon.id)
    session = atelier.session(action.id, VALIDEE)
    with pytest.raises(DependantsRetenus):
        faire(catalogue.supprimer, brouillon.id, 1)
    assert atelier.relire(session) == session
    atelier.soumettre(une_session(fin=""), action.id, id=session.id, version=1)
    supprimee = faire(catalogue.supprimer, brouillon.id, 1)
    assert [noeud.id for noeud in supprimee.dependants] == [action.id, session.id]
    for niveau, id_ in ((Niveau.ACTION, action.id), (Niveau.SESSION, session.id)):
        with pytest.raises(Introuvable):
            lire(base, arbre.ouvrir_noeud, atelier.organisme, niveau, id_)


# ---------------------------------------------------------------------- copying


def test_an_action_is_copied_with_its_sessions_as_drafts(base, atelier, formation, faire):
    action = atelier.action(formation.id, VALIDEE)
    atelier.session(action.id, VALIDEE)
    atelier.session(action.id, numero="S2", debut="2027-04-01", fin="2027-04-02")
    atelier.session(action.id, ARCHIVEE, numero="S3", debut="2027-05-01", fin="2027-05-02")
    nouvel_id = uuid4()
    copie = faire(arbre.dupliquer_action, action.id, 1, nouvel_id)
    assert (copie.id, copie.statut, copie.fiche) == (nouvel_id, BROUILLON, action.fiche.copie())
    siennes = lire(base, arbre.sessions_de, atelier.organisme, copie.id)
    assert [(s.fiche.nom, s.statut, s.version) for s in siennes] == [("S1", BROUILLON, 1), ("S2", BROUILLON, 1)]
    assert faire(arbre.dupliquer_action, action.id, 1, nouvel_id) == copie
    assert lire(base, arbre.sessions_de, atelier.organisme, copie.id) == siennes
    assert atelier.relire(action) == action


@pytest.mark.parametrize(
    ("semaines", "debut", "fin"),
    [(4, "2027-03-29", "2027-04-02"), (-1, "2027-02-22", "2027-02-26"), (0, "2027-03-01", "2027-03-05")],
)
def test_a_session_is_copied_with_its_dates_moved_by_weeks(atelier, formation, faire, semaines, debut, fin):
    action = atelier.action(formation.id)
    session = atelier.session(action.id, VALIDEE)
    copie = faire(arbre.dupliquer_session, session.id, 1, uuid4(), semaines)
    assert copie.fiche == session.fiche.avec(numero="", debut=debut, fin=fin)
    assert copie.statut is BROUILLON


def test_dates_that_are_none_are_copied_as_typed_and_weeks_have_a_limit(atelier, formation, faire):
    session = atelier.session(atelier.action(formation.id).id, debut="jamais", fin="20260231")
    copie = faire(arbre.dupliquer_session, session.id, 1, uuid4(), 3)
    assert (copie.fiche.valeur("debut"), copie.fiche.valeur("fin")) == ("jamais", "20260231")
    with pytest.raises(ValueError, match="520"):
        faire(arbre.dupliquer_session, session.id, 1, uuid4(), 521)


# --------------------------------------------------------------- reading, judging


def test_the_tree_is_read_in_three_statements_and_counts_its_sessions(base, atelier, formation, requetes):
    actions = [atelier.action(formation.id, numero=f"A{n}", duree=str(10 + 10 * n)) for n in range(3)]
    for n in range(1, 4):
        atelier.session(actions[0].id, VALIDEE if n == 1 else BROUILLON, numero=f"S{n}", debut=f"2027-03-0{n}")
    atelier.session(actions[1].id, ARCHIVEE)
    with base.lecture() as cnx, requetes(cnx) as envoyees:
        lu = arbre.ouvrir(cnx, atelier.organisme, formation.id)
    assert len(envoyees) == 3
    assert {a.id for a in lu.actions} == {a.id for a in actions}
    assert lu.comptes == {actions[0].id: {VALIDEE: 1, BROUILLON: 2}, actions[1].id: {ARCHIVEE: 1}}
    assert [s.fiche.nom for s in lire(base, arbre.sessions_de, atelier.organisme, actions[0].id)] == ["S1", "S2", "S3"]


def test_a_page_of_actions_is_that_of_a_rank_or_of_one_of_them(base, atelier, formation, requetes):
    # Made at one moment: their ids tell them apart.
    faites = sorted(atelier.action(formation.id, numero=f"A{n}", duree=str(10 + 10 * n)).id for n in range(5))
    atelier.action(atelier.atelier.formation(atelier.auteur).id)
    attendues = {0: (0, faites[:2]), 3: (2, faites[2:4]), faites[3]: (2, faites[2:4]), faites[4]: (4, faites[4:]),
                 99: (4, faites[4:]), uuid4(): (0, faites[:2])}  # fmt: skip
    for ou, (premiere, montrees) in attendues.items():
        with base.lecture() as cnx, requetes(cnx) as envoyees:
            page = arbre.page_d_actions(cnx, atelier.organisme, formation.id, ou, 2)
        assert (page.premiere, [ligne.id for ligne in page.lignes]) == (premiere, montrees)
        assert (page.total, page.decompte) == (5, {BROUILLON: 5})
        assert len(envoyees) <= 4
    with base.lecture() as cnx, requetes(cnx) as envoyees:
        entiere = arbre.page_d_actions(cnx, atelier.organisme, formation.id, 0, 5)
    assert ([ligne.id for ligne in entiere.lignes], entiere.decompte, len(envoyees)) == (faites, {BROUILLON: 5}, 1)
    with base.lecture() as cnx:
        assert arbre.page_d_actions(cnx, atelier.organisme, uuid4(), 7, 5).lignes == ()


def test_a_formation_is_known_to_hold_more_sessions_than_so_many(base, atelier, formation):
    action = atelier.action(formation.id)
    for n in range(1, 4):
        atelier.session(action.id, numero=f"S{n}", debut=f"2027-03-0{n}")
    with base.lecture() as cnx:
        plus = [pages.a_plus_de_sessions(cnx, atelier.organisme.id, formation.id, n) for n in (0, 2, 3)]
    assert plus == [True, True, False]


def test_reading_without_a_transaction_gives_the_same(base, atelier, formation):
    action = atelier.action(formation.id)
    session = atelier.session(action.id)
    depot = Depot(session.id, 1, session.fiche, action.id)
    assert arbre.sessions_de(base.lecture_du_fil, atelier.organisme, action.id) == (session,)
    lu = arbre.ouvrir(base.lecture_du_fil, atelier.organisme, formation.id)
    assert lu == lire(base, arbre.ouvrir, atelier.organisme, formation.id)
    juge = arbre.diagnostiquer(base.lecture_du_fil, atelier.organisme, depot, LE)
    assert juge == lire(base, arbre.diagnostiquer, atelier.organisme, depot, LE)


def test_a_new_action_may_be_proposed_what_was_saved_last(base, atelier, formation):
    assert lire(base, arbre.proposer_action, atelier.organisme) is None
    une, deux = (atelier.action(formation.id, numero=f"A{n}", duree=str(30 * n)) for n in (1, 2))
    plus_tard = replace(atelier.acte, maintenant=atelier.acte.maintenant + timedelta(minutes=1))
    with base.ecriture() as cnx:
        depot = Depot(une.id, 1, une.fiche.avec(restauration="Cantine."), formation.id)
        arbre.soumettre(cnx, plus_tard, depot, Operation.ENREGISTRER)
    assert lire(base, arbre.proposer_action, atelier.organisme) == depot.fiche.avec(numero="")
    assert deux.fiche != une.fiche
    assert lire(base, arbre.proposer_action, AtelierArbre(base).organisme) is None


def test_the_control_of_a_tree_says_what_keeps_it_from_being_published(base, atelier, formation):
    def controler():
        return lire(base, controle.de_la_formation, atelier.organisme, formation.id, LE)

    assert [m.message for m in controler().manques] == ["Aucune action de formation."]
    action = atelier.action(formation.id, VALIDEE)
    assert [(m.niveau, m.id) for m in controler().manques] == [(Niveau.ACTION, action.id)]
    atelier.session(action.id, VALIDEE)
    assert controler().publiable
    atelier.action(formation.id, numero="A2", duree="")
    assert controler().publiable
    assert [c.anomalie.champ for c in controler().bloquants] == ["duree"]


def test_the_judge_of_a_form_sees_what_only_the_database_knows(base, atelier, formation):
    action = atelier.action(formation.id, VALIDEE)
    depot = Depot(uuid4(), 0, action.fiche, formation.id)
    vu = lire(base, arbre.diagnostiquer, atelier.organisme, depot, LE)
    assert {(a.code, a.numero_edof) for a in vu.bloquantes} == {(Code.DEJA_UTILISE, None), (Code.REGLE, 30056)}
    with pytest.raises(Introuvable):
        lire(base, arbre.diagnostiquer, atelier.organisme, replace(depot, parent_id=UUID(int=3)), LE)


def test_an_organisation_chooses_the_holidays_of_alsace_and_moselle(base, atelier, faire):
    for choisi in (False, True, False):
        with base.ecriture() as cnx:
            comptes.choisir_alsace_moselle(cnx, atelier.acte, valeur=choisi)
        with base.lecture() as cnx:
            organisme = comptes.organisme(cnx, atelier.organisme.id)
            assert organisme.alsace_moselle is choisi
            assert autour.contexte(cnx, organisme, LE, []).est_ferie(LE.replace(month=12, day=26)) is choisi
