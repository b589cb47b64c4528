"""The database refuses by itself, at the levels of the tree, what the judge refuses, whoever writes."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.builders_arbre import AtelierArbre, un_contact, un_noeud, une_session
from webapp.domain.champs import Niveau
from webapp.domain.controle_valeurs import controler_valeur
from webapp.domain.diagnostic import Code, Portee
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.contraintes import contrainte_violee
from webapp.persistence.noeuds import ACTIONS, SESSIONS

NUMEROTES = (Niveau.ACTION, Niveau.SESSION)


def textes(niveau):
    return [c for c in CHAMPS[niveau] if c.choix is None and not c.nature.est_reference]


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def ecrire(base, atelier):
    """Write an action or a session around every rule, straight into the table."""
    formation = atelier.atelier.formation(atelier.auteur)
    action = atelier.action(formation.id, numero="Parent")
    complete = atelier.fiche_action(numero="")
    fiches = {Niveau.ACTION: complete, Niveau.SESSION: une_session(numero="")}
    parents = {Niveau.ACTION: formation.id, Niveau.SESSION: action.id}

    def ecrire(niveau, statut=Statut.BROUILLON, **valeurs):
        siens = fiches[niveau].textes | {"numero": f"N-{uuid4().hex[:8]}"} | valeurs
        fiche = Fiche(niveau, tuple(siens.values()))
        noeud = un_noeud(fiche, statut, organisme_id=atelier.organisme.id, formation_id=formation.id,
                         parent_id=parents[niveau])  # fmt: skip
        with base.ecriture() as cnx:
            (ACTIONS if niveau is Niveau.ACTION else SESSIONS).ajouter_en_nombre(cnx, [noeud])

    return ecrire


def refusee_par(ecrire, *args, **kw):
    with pytest.raises(IntegrityError) as refus:
        ecrire(*args, **kw)
    return contrainte_violee(refus.value)


@pytest.mark.parametrize("niveau", NUMEROTES)
def test_lengths_are_those_of_the_judge(ecrire, niveau):
    for champ in textes(niveau):
        juste, garde = "é" * champ.longueur_max, "é" * (10 * champ.longueur_max)
        assert Code.TROP_LONG not in {a.code for a in controler_valeur(champ, juste)}
        exces = [a.portee for a in controler_valeur(champ, garde + "é") if a.code is Code.TROP_LONG]
        assert exces == [Portee.ENREGISTREMENT]
        ecrire(niveau, Statut.VALIDEE, **{champ.nom: juste})
        ecrire(niveau, **{champ.nom: garde})
        ecrire(niveau, Statut.ARCHIVEE, **{champ.nom: garde[1:]})
        assert refusee_par(ecrire, niveau, Statut.VALIDEE, **{champ.nom: juste + "é"}) == f"longueur_{champ.nom}"
        assert refusee_par(ecrire, niveau, **{champ.nom: garde + "é"}) == f"longueur_{champ.nom}"


@pytest.mark.parametrize("niveau", NUMEROTES)
def test_a_code_of_no_list_stays_in_a_draft(ecrire, niveau):
    for champ in (c for c in CHAMPS[niveau] if c.choix is not None):
        codes = list(champ.choix or ())
        ecrire(niveau, **{champ.nom: "?"})
        if champ.multiple:
            ecrire(niveau, Statut.VALIDEE, **{champ.nom: "\n".join(codes)})
        else:
            assert refusee_par(ecrire, niveau, Statut.VALIDEE, **{champ.nom: "?"}) == f"choix_{champ.nom}"
            ecrire(niveau, Statut.VALIDEE, **{champ.nom: codes[-1]})


@pytest.mark.parametrize("niveau", NUMEROTES)
def test_a_validated_one_has_all_that_is_needed(ecrire, niveau):
    for champ in (c for c in CHAMPS[niveau] if c.obligatoire):
        ecrire(niveau, **{champ.nom: ""})
        assert refusee_par(ecrire, niveau, Statut.VALIDEE, **{champ.nom: ""}) == "validee_complete"


@pytest.mark.parametrize("niveau", NUMEROTES)
def test_a_field_of_one_line_has_one_once_validated(ecrire, niveau):
    for champ in (c for c in textes(niveau) if not c.multiligne):
        ecrire(niveau, **{champ.nom: "a\nb"})
        assert refusee_par(ecrire, niveau, Statut.VALIDEE, **{champ.nom: "a\nb"}) == f"ligne_unique_{champ.nom}"


@pytest.mark.parametrize("niveau", NUMEROTES)
def test_a_nul_is_refused(ecrire, niveau):
    with pytest.raises((DBAPIError, ValueError)):
        ecrire(niveau, numero="a\x00b")


@pytest.mark.parametrize(("rangement", "niveau"), [(CONTACTS, Niveau.CONTACT), (LIEUX, Niveau.LIEU)])
def test_a_contact_and_a_place_are_kept_up_to_ten_times_the_limit(base, atelier, rangement, niveau):
    for champ in (c for c in CHAMPS[niveau] if not c.nature.est_reference):
        une = atelier.entree(un_contact() if niveau is Niveau.CONTACT else Fiche.lire(niveau, {}))
        limite = 10 * (champ.longueur_max or 0)
        for longueur, admise in ((limite, True), (limite + 1, False)):
            siens = une.fiche.textes | {champ.nom: "é" * longueur}
            autre = replace(une, id=uuid4(), fiche=Fiche(niveau, tuple(siens.values())))
            if admise:
                with base.ecriture() as cnx:
                    assert rangement.ajouter(cnx, autre)
            else:
                with pytest.raises(IntegrityError), base.ecriture() as cnx:
                    rangement.ajouter(cnx, autre)
