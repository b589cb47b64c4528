"""Two organisations may have a formation of one number, which a browser draws: each reads and changes its own."""

from uuid import uuid4

import pytest

from tests.builders import enregistrer, enregistrer_nouvelle, une_fiche, valider
from webapp.domain.statuts import Statut
from webapp.persistence import compteurs, formations
from webapp.services import catalogue

OPERATIONS = {
    "enregistrer": lambda cnx, acte, id: enregistrer(cnx, acte, id, 1, une_fiche(contenu="Autre")),
    "valider": lambda cnx, acte, id: valider(cnx, acte, id, 1, une_fiche(contenu="Autre")),
    "archiver": lambda cnx, acte, id: catalogue.archiver(cnx, acte, id, 1),
    "supprimer": lambda cnx, acte, id: catalogue.supprimer(cnx, acte, id, 1),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
@pytest.mark.parametrize("premiere", [True, False])
def test_what_one_does_to_hers_leaves_the_other_one_as_it_was(base, atelier, operation, premiere):
    gens, id = [atelier.utilisateur() for _ in range(2)], uuid4()
    with base.ecriture() as cnx:
        for qui in gens:
            enregistrer_nouvelle(cnx, atelier.acte(qui), id, une_fiche(contenu=qui.courriel))
    agit, autre = gens if premiere else gens[::-1]
    avant = atelier.lire(autre, id)
    assert avant.fiche.contenu == autre.courriel
    with base.ecriture() as cnx:
        operation(cnx, atelier.acte(agit), id)
    assert atelier.lire(autre, id) == avant
    with base.lecture() as cnx:
        comptes = compteurs.par_statut(cnx, autre.organisme.id)
        assert comptes == {**dict.fromkeys(Statut, 0), Statut.BROUILLON: 1}
        assert [f.id for f in formations.toutes(cnx, autre.organisme.id)] == [id]
