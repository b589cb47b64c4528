"""« Contrôle » of a formation and of a whole catalogue, and what a card says, on both databases: one judge for all."""

import tracemalloc
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from tests.builders import LE, enregistrer_nouvelle, un_brouillon, une_fiche
from tests.builders_arbre import AtelierArbre
from webapp.domain.champs import Niveau
from webapp.domain.noeud import Depot
from webapp.domain.prix import PRIX_CONNUS_MIN
from webapp.domain.publication import Raison
from webapp.domain.statuts import Statut
from webapp.persistence import certifications
from webapp.persistence import formations as formations_gardees
from webapp.persistence.database import memoire
from webapp.persistence.tables import certification
from webapp.services import annuaire, completude, controle, publication, registre

BROUILLON, VALIDEE, ARCHIVEE = Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def plantes(atelier):
    """Formations of every kind: drafts, « validées » with and without a tree, publiable ones, an archived one."""
    faites = []
    for rang in range(6):
        statut = VALIDEE if rang % 3 else BROUILLON
        formation = atelier.atelier.formation(atelier.auteur, une_fiche(identifiant=f"C{rang}"), statut)
        faites.append(formation)
        if rang == 1:
            continue
        contact = atelier.contact()
        lieu = atelier.lieu(contact)
        for numero in range(rang % 4):
            action = atelier.action(
                formation.id, VALIDEE if numero or rang == 5 else BROUILLON, numero=f"A{numero}",
                duree=str(20 * numero + 20), contact=contact, lieu=lieu,
            )  # fmt: skip
            for session in range(numero + 1):
                statut = VALIDEE if session == 0 and rang > 2 else BROUILLON
                atelier.session(action.id, statut, numero=f"S{session}", debut=f"2027-03-0{session + 1}")
    atelier.atelier.formation(atelier.auteur, statut=ARCHIVEE)
    return faites


def tout(cnx, atelier, apres=None):
    return list(controle.du_catalogue(cnx, atelier.organisme, LE, apres))


def test_the_catalogue_is_judged_as_each_formation_is(base, atelier, plantes):
    with base.lecture() as cnx:
        trouvees = tout(cnx, atelier)
        assert [c.formation.fiche.identifiant for c in trouvees] == ["C5", "C4", "C3", "C2", "C1", "C0"]
        for trouvee in trouvees:
            seule = controle.de_la_formation(cnx, atelier.organisme, trouvee.formation.id, LE)
            assert trouvee.controle == seule
    assert Counter(c.controle.raison for c in trouvees)[None] >= 1
    assert all(c.controle.constats for c in trouvees)
    assert tout_par_la_voie_rapide(base, atelier) == trouvees


def tout_par_la_voie_rapide(base, atelier):
    base.lecture_du_fil.commencer()
    try:
        return tout(base.lecture_du_fil, atelier)
    finally:
        base.lecture_du_fil.finir()


def test_it_goes_on_from_wherever_it_stopped_and_is_cut_where_trees_are_large(base, atelier, plantes, monkeypatch):
    with base.lecture() as cnx:
        d_un_trait = tout(cnx, atelier)
        monkeypatch.setattr(controle, "FORMATIONS_LUES", 2)
        monkeypatch.setattr(controle, "SESSIONS_LUES", 2)
        assert tout(cnx, atelier) == d_un_trait
        for rang, une in enumerate(d_un_trait):
            assert tout(cnx, atelier, une.place) == d_un_trait[rang + 1 :]


def test_few_statements_judge_many_formations(base, atelier, plantes, requetes, monkeypatch):
    # The registry is remembered a second; here it stays so, whatever the load of the machine.
    monkeypatch.setattr(registre, "FRAICHEUR", 3600.0)
    with base.lecture() as cnx:
        tout(cnx, atelier)
        with requetes(cnx) as envoyees:
            tout(cnx, atelier)
    # The list of habilitations, those that the registry publishes, the habits; then the formations, the counts of their
    # sessions, actions, sessions, places, contacts.
    assert len(envoyees) == 9


def test_a_price_is_judged_beside_those_of_the_other_actions(base, atelier):
    """Whether one formation is looked at or all of them: what an hour costs elsewhere is known in both."""
    for rang in range(PRIX_CONNUS_MIN):
        habituelle = atelier.atelier.formation(atelier.auteur)
        atelier.action(habituelle.id, VALIDEE, numero=f"A{rang}")
    chere = atelier.atelier.formation(atelier.auteur)
    atelier.action(chere.id, frais_ht="10000", frais_ttc="12000")
    with base.lecture() as cnx:
        seule = controle.de_la_formation(cnx, atelier.organisme, chere.id, LE)
        siens = {c.formation.id: c.controle.conseils for c in tout(cnx, atelier)}
    assert siens.pop(chere.id) == seule.conseils
    assert {un.anomalie.regle: un.anomalie.message for un in seule.conseils}["A05"].startswith("500")
    assert not any(un.anomalie.regle == "A05" for autres in siens.values() for un in autres)


def test_nobody_sees_the_control_of_anothers_catalogue(base, atelier, plantes):
    autre = AtelierArbre(base)
    sienne = autre.atelier.formation(autre.auteur, statut=VALIDEE)
    with base.lecture() as cnx:
        assert [c.formation.id for c in tout(cnx, autre)] == [sienne.id]
        assert publication.raisons(cnx, autre.organisme, [(p.id, VALIDEE) for p in plantes], LE) == {}


def test_memory_does_not_grow_with_the_catalogue(base, atelier, monkeypatch):
    """What is kept of a formation already told is nothing, however many there are."""
    monkeypatch.setattr(controle, "FORMATIONS_LUES", 5)
    for rang in range(40):
        fiche = une_fiche(identifiant=f"F{rang}", objectif="x" * 3000, contenu="y" * 3000)
        atelier.atelier.formation(atelier.auteur, fiche)
    with base.lecture() as cnx:
        tout(cnx, atelier)
        tracemalloc.start()
        pics = []
        for rang, _ in enumerate(controle.du_catalogue(cnx, atelier.organisme, LE)):
            if rang in {9, 39}:
                pics.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert pics[1] < 1.3 * pics[0]


@pytest.mark.parametrize("voie", ["a connection", "the fast way"])
def test_of_those_that_are_chosen_no_other_is_read(base, atelier, plantes, monkeypatch, voie):
    """In the order of the catalogue, by pages, beyond a place too; an archived one and that of another are passed."""
    monkeypatch.setattr(controle, "FORMATIONS_LUES", 2)
    archivee = atelier.atelier.formation(atelier.auteur, statut=Statut.ARCHIVEE)
    toutes = tout_par_la_voie_rapide(base, atelier)
    voulues = {c.formation.id for c in toutes if c.formation.fiche.identifiant in {"C4", "C3", "C1", "C0"}}
    lues = []
    vraie = formations_gardees.lire

    def noter(ligne):
        lues.append(vraie(ligne))
        return lues[-1]

    monkeypatch.setattr(formations_gardees, "lire", noter)
    parmi = voulues | {archivee.id, uuid4()}

    def lire(cnx, apres=None):
        return list(controle.du_catalogue(cnx, atelier.organisme, LE, apres, parmi=parmi))

    with base.lecture() as cnx:
        lecture = cnx if voie == "a connection" else base.lecture_du_fil
        trouvees = lire(lecture)
        assert trouvees == [c for c in toutes if c.formation.id in voulues]
        assert {une.id for une in lues} <= parmi
        assert lire(lecture, trouvees[1].place) == trouvees[2:]
        assert list(controle.du_catalogue(lecture, atelier.organisme, LE, parmi=())) == []


# ------------------------------------------------------------------------ a card


def raisons(base, atelier, *formations, le=LE):
    with base.lecture() as cnx:
        return publication.raisons(cnx, atelier.organisme, [(f.id, f.statut) for f in formations], le)


def test_a_card_says_what_the_control_says(base, atelier, plantes):
    dites = raisons(base, atelier, *plantes)
    with base.lecture() as cnx:
        assert dites == {c.formation.id: c.controle.raison for c in tout(cnx, atelier)}
    assert len(set(dites.values())) >= 4
    # Asked again, from what is remembered.
    assert raisons(base, atelier, *plantes) == dites


@pytest.fixture
def publiable(base, atelier):
    formation = atelier.atelier.formation(atelier.auteur, statut=VALIDEE)
    action = atelier.action(formation.id, VALIDEE)
    session = atelier.session(action.id, VALIDEE)
    assert raisons(base, atelier, formation) == {formation.id: None}
    return formation, action, session


def test_a_card_follows_each_level_of_the_tree(base, atelier, publiable):
    formation, action, session = publiable
    atelier.archiver(session)
    assert raisons(base, atelier, formation)[formation.id] is Raison.SESSION_A_VALIDER
    atelier.session(action.id, VALIDEE, numero="S2")
    assert raisons(base, atelier, formation)[formation.id] is None
    retombee = atelier.soumettre(action.fiche.avec(duree=""), formation.id, id=action.id, version=action.version)
    assert retombee.statut is BROUILLON
    assert raisons(base, atelier, formation)[formation.id] is Raison.ACTION_A_VALIDER
    atelier.archiver(retombee)
    assert raisons(base, atelier, formation)[formation.id] is Raison.SANS_ACTION


def test_a_card_follows_what_is_around_it(base, atelier, publiable):
    formation, _, _ = publiable
    # The certification of the guide has ended a year later.
    assert raisons(base, atelier, formation, le=LE + timedelta(days=5000)) == {
        formation.id: Raison.FORMATION_A_CORRIGER
    }
    # A place that lacks something stops all that refers to it.
    with base.ecriture() as cnx:
        [ligne] = annuaire.lister(cnx, atelier.organisme, Niveau.LIEU)
        entree = ligne.entree
        apres = annuaire.soumettre(
            cnx, atelier.acte, Depot(entree.id, entree.version, entree.fiche.avec(libelle_voie=""))
        )
    assert raisons(base, atelier, formation)[formation.id] is Raison.ACTION_A_CORRIGER
    with base.ecriture() as cnx:
        annuaire.soumettre(cnx, atelier.acte, Depot(entree.id, apres.version, entree.fiche))
    assert raisons(base, atelier, formation)[formation.id] is None


def test_when_the_first_action_does_not_do_another_may(base, atelier, publiable):
    formation, action, _ = publiable
    autre = atelier.action(formation.id, VALIDEE, numero="A2", duree="60")
    atelier.session(autre.id, VALIDEE, numero="S2")
    with base.ecriture() as cnx:
        lieu = annuaire.ouvrir(cnx, atelier.organisme, Niveau.LIEU, UUID(action.fiche.valeur("lieu")))
        annuaire.soumettre(cnx, atelier.acte, Depot(lieu.id, lieu.version, lieu.fiche.avec(libelle_voie="")))
    assert raisons(base, atelier, formation) == {formation.id: None}


def test_a_page_of_cards_costs_three_statements_once_it_was_answered(base, atelier, publiable, requetes):
    formation, _, _ = publiable
    brouillon = atelier.atelier.formation(atelier.auteur)
    raisons(base, atelier, formation)
    with base.lecture() as cnx:
        with requetes(cnx) as envoyees:
            publication.raisons(cnx, atelier.organisme, [(f.id, f.statut) for f in (formation, brouillon)], LE)
        assert len(envoyees) == 3
        with requetes(cnx) as envoyees:
            assert publication.raisons(cnx, atelier.organisme, [(brouillon.id, BROUILLON)], LE)
        assert not envoyees


def loin(base, organisme, *brouillons, le=LE):
    """How far drafts are from a validation, as their cards say it."""
    with base.lecture() as cnx:
        dites = completude.completudes(cnx, organisme, [(un.id, un.version) for un in brouillons], le)
    return [(dites[un.id].demandes - dites[un.id].faits) for un in brouillons]


def test_how_far_a_draft_is_follows_what_is_around_it(base, atelier, monkeypatch):
    monkeypatch.setattr(registre, "FRAICHEUR", 0.0)
    entier, commence = (
        atelier.atelier.formation(atelier.auteur, fiche) for fiche in (une_fiche(identifiant="Entier"), un_brouillon())
    )
    reste = loin(base, atelier.organisme, commence)[0]
    assert reste > 0
    # One is remembered, the other is not yet.
    assert loin(base, atelier.organisme, commence, entier) == [reste, 0]
    # The certification of the guide has ended years later.
    assert loin(base, atelier.organisme, entier, le=LE + timedelta(days=5000)) == [1]
    assert loin(base, atelier.organisme, entier) == [0]
    # Who keeps the registry says that it has ended sooner.
    with base.ecriture() as cnx:
        cnx.execute(
            update(certification)
            .where(certification.c.code == entier.fiche.certification)
            .values(inactive_constatee_le=LE - timedelta(days=1))
        )
        certifications.marquer(cnx)
    assert loin(base, atelier.organisme, entier) == [1]


def test_how_far_a_draft_is_says_nothing_of_anothers(base, atelier):
    """Two organisations may have a formation of one number, which a browser draws."""
    autre, id_ = AtelierArbre(base), uuid4()
    with base.ecriture() as cnx:
        sien = enregistrer_nouvelle(cnx, atelier.acte, id_, une_fiche())
        de_l_autre = enregistrer_nouvelle(cnx, autre.acte, id_, un_brouillon())
    assert loin(base, atelier.organisme, sien) == [0]
    assert loin(base, autre.organisme, de_l_autre)[0] > 0


def test_what_a_process_remembers_is_bounded(base, atelier, publiable, monkeypatch):
    for module in (publication, completude):
        monkeypatch.setattr(module, "RETENUES", 2)
    formation, _, _ = publiable
    brouillon = atelier.atelier.formation(atelier.auteur)
    for jours in range(5):
        raisons(base, atelier, formation, le=LE + timedelta(days=jours))
        loin(base, atelier.organisme, brouillon, le=LE + timedelta(days=jours))
    with base.lecture() as cnx:
        for module in (publication, completude):
            assert len(memoire(cnx)[module.MEMOIRE]) <= 2
