"""The tree under several hands at the same instant: nothing doubled, nothing lost, nothing left without a parent."""

from collections import Counter
from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre, un_contact, une_action, une_session
from tests.services.test_concurrence import NOMBRE, ensemble
from webapp.domain.champs import Niveau
from webapp.domain.controle import Code
from webapp.domain.formation import FicheRefusee
from webapp.domain.noeud import DependantsRetenus, Depot, EncoreUtilise, NoeudDepasse, ParentArchive
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut
from webapp.services import annuaire, arbre


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def formation(atelier):
    return atelier.atelier.formation(atelier.auteur, statut=Statut.VALIDEE)


def natures(issues):
    return Counter("fait" if not isinstance(issue, Exception) else type(issue).__name__ for issue in issues)


def test_of_eight_saves_of_one_number_exactly_one_wins(url_base, atelier, formation):
    fiche = atelier.fiche_action(numero="A1")

    def creer(cnx, rang):
        depot = Depot(uuid4(), 0, fiche.avec(duree=str(20 + 20 * rang)), formation.id)
        return arbre.soumettre(cnx, atelier.acte, depot, Operation.ENREGISTRER)

    issues = ensemble(url_base, creer)
    assert natures(issues) == {"fait": 1, "FicheRefusee": NOMBRE - 1}
    refus = [issue for issue in issues if isinstance(issue, FicheRefusee)]
    assert all(r.diagnostic.du_champ("numero")[0].code is Code.DEJA_UTILISE for r in refus)


def test_the_same_form_sent_eight_times_makes_one_action(url_base, base, atelier, formation):
    depot = Depot(uuid4(), 0, atelier.fiche_action(), formation.id)
    issues = ensemble(url_base, lambda cnx, _: arbre.soumettre(cnx, atelier.acte, depot, Operation.ENREGISTRER))
    assert natures(issues) == {"fait": NOMBRE}
    with base.lecture() as cnx:
        assert len(arbre.ouvrir(cnx, atelier.organisme, formation.id).actions) == 1


def test_of_eight_changes_of_one_version_exactly_one_wins(url_base, atelier, formation):
    action = atelier.action(formation.id)

    def changer(cnx, rang):
        depot = Depot(action.id, 1, action.fiche.avec(duree=str(100 + rang)), formation.id)
        return arbre.soumettre(cnx, atelier.acte, depot, Operation.ENREGISTRER)

    assert natures(ensemble(url_base, changer)) == {"fait": 1, "NoeudDepasse": NOMBRE - 1}
    assert atelier.relire(action).version == 2


def test_of_eight_twins_validated_at_once_exactly_one_is(url_base, atelier, formation):
    fiche = atelier.fiche_action()

    def valider(cnx, rang):
        depot = Depot(uuid4(), 0, fiche.avec(numero=f"A{rang}"), formation.id)
        return arbre.soumettre(cnx, atelier.acte, depot, Operation.VALIDER)

    assert natures(ensemble(url_base, valider)) == {"fait": 1, "NoeudIncomplet": NOMBRE - 1}


def test_a_parent_archived_or_removed_meanwhile_takes_nothing_more(url_base, base, atelier, formation):
    """Sessions are added while their action is archived, or removed: each is in before, or refused after."""
    for operation in (arbre.archiver, arbre.supprimer):
        action = atelier.action(formation.id, numero="", duree=str(100 if operation is arbre.archiver else 200))

        def agir(cnx, rang, action=action, operation=operation):
            if not rang:
                return operation(cnx, atelier.acte, Niveau.ACTION, action.id, 1)
            depot = Depot(uuid4(), 0, une_session(numero=f"S{rang}", debut=f"2027-03-0{rang}"), action.id)
            return arbre.soumettre(cnx, atelier.acte, depot, Operation.ENREGISTRER)

        issues = ensemble(url_base, agir)
        assert not isinstance(issues[0], Exception)
        for issue in issues[1:]:
            assert not isinstance(issue, Exception) or isinstance(issue, ParentArchive | Introuvable), repr(issue)
        with base.lecture() as cnx:
            if operation is arbre.archiver:
                faites = [i for i in issues[1:] if not isinstance(i, Exception)]
                assert len(arbre.sessions_de(cnx, atelier.organisme, action.id)) == len(faites)
            else:
                with pytest.raises(Introuvable):
                    arbre.sessions_de(cnx, atelier.organisme, action.id)


def test_a_contact_removed_while_it_is_chosen_is_kept_or_refused(url_base, base, atelier, formation):
    contact = atelier.entree(un_contact(nom="Choisi"))
    lieu = atelier.lieu()

    def agir(cnx, rang):
        if not rang:
            return annuaire.supprimer(cnx, atelier.acte, Niveau.CONTACT, contact.id, 1)
        fiche = une_action(numero=f"A{rang}", contact=str(contact.id), lieu=lieu, duree=str(100 + 20 * rang))
        return arbre.soumettre(cnx, atelier.acte, Depot(uuid4(), 0, fiche, formation.id), Operation.ENREGISTRER)

    issues = ensemble(url_base, agir)
    for issue in issues:
        attendus = FicheRefusee | EncoreUtilise | NoeudDepasse | DependantsRetenus
        assert not isinstance(issue, Exception) or isinstance(issue, attendus), repr(issue)
    with base.lecture() as cnx:
        actions = arbre.ouvrir(cnx, atelier.organisme, formation.id).actions
        reste = [ligne for ligne in annuaire.lister(cnx, atelier.organisme, Niveau.CONTACT) if ligne.entree == contact]
    assert bool(reste) is isinstance(issues[0], Exception)
    assert not actions or reste
