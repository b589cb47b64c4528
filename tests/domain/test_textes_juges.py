"""What the judge says of the texts of a formation: each thing once, of what it is about, and how far it reaches."""

from dataclasses import replace

from tests.builders import CLEA, un_acte, une_certification, une_fiche, une_fiche_de
from tests.builders_arbre import CERTIFICATION, un_contexte
from webapp.domain.controle import categorisation_prise, controler
from webapp.domain.controle_arbre import conseiller_formation
from webapp.domain.diagnostic import Code, Diagnostic, Portee
from webapp.domain.formation import Envoi, Formation
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Operation

LE = CLEA.connue_active_le
PERMIS = une_certification(code="CPF206", connue_active_le=LE)
SANS_LIEN = "L’intitulé ne mentionne pas la certification."
PROMOTION = "Formulation promotionnelle\N{NO-BREAK SPACE}: à reformuler."


def codes_de_l_objectif(**textes):
    fiche = une_fiche_de(TypeFormation.PERMIS, **textes)
    return [a.code for a in controler(fiche, PERMIS, LE).du_champ("objectif")]


def dits(fiche, champ, certification=CERTIFICATION):
    conseils = conseiller_formation(fiche, un_contexte(certification=certification))
    return [a.message for a in conseils if a.champ == champ]


def test_an_objective_that_is_not_written_is_missing_and_is_asked_for_no_number():
    assert codes_de_l_objectif(objectif="") == [Code.OBLIGATOIRE]


def test_an_objective_that_does_not_say_the_number_is_asked_for_it_whatever_it_is_made_of():
    assert codes_de_l_objectif(objectif="Conduire seul.") == [Code.AGREMENT_NON_CITE]
    assert codes_de_l_objectif(numero_agrement="X", objectif="Conduire seul.") == [Code.AGREMENT_NON_CITE]
    assert codes_de_l_objectif(numero_agrement="", objectif="Conduire seul.") == []


def test_a_certification_of_another_type_forbids_even_to_save():
    fiche = une_fiche_de(TypeFormation.BILAN, certification="RS1")
    diagnostic = controler(fiche, une_certification(connue_active_le=LE), LE)
    portees = {a.portee for a in diagnostic.anomalies if a.code is Code.CERTIFICATION_HORS_TYPE}
    assert portees == {Portee.ENREGISTREMENT}
    assert not diagnostic.enregistrable


def test_a_category_that_is_taken_is_known_by_its_code():
    assert categorisation_prise("152").code is Code.CATEGORISATION_PRISE


def test_a_word_that_any_title_holds_links_none_to_its_certification():
    certification = replace(CERTIFICATION, intitule="Formation à la paie")
    assert dits(une_fiche(intitule="Une formation pour diriger"), "intitule", certification) == [SANS_LIEN]
    assert dits(une_fiche(intitule="La paie pas à pas"), "intitule", certification) == []


def test_all_that_promises_at_once_is_advised_against_as_each_is():
    tout = "Gratuit, offert, cadeau, remboursé, CPF épuisé, 100 % financé, dernières places, prix cassé."
    assert PROMOTION in dits(une_fiche(points_forts=tout), "points_forts")


def test_a_formation_belongs_to_the_organisation_of_who_makes_it():
    acte = un_acte()
    formation = Formation.nouvelle(acte, Envoi(acte.auteur.id, 0, une_fiche()), Operation.ENREGISTRER, Diagnostic())
    assert formation.organisme_id == acte.organisme.id
