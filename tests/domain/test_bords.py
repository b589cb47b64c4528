"""Edges of the rules and what travels with their answers: the place, the reach, the exact limit, who signed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from tests.builders import CLEA, MAINTENANT, un_acte, une_certification, une_fiche, une_fiche_de, une_formation
from tests.builders_arbre import un_contact, un_contexte, un_lieu, un_noeud, une_action, une_session
from webapp.domain import prix
from webapp.domain.certifications import Ton
from webapp.domain.champs import Niveau
from webapp.domain.changement import Ecart, changer, regle_pour
from webapp.domain.codes import CodeRefuse, code_inconnu, lire_code, type_du_code
from webapp.domain.completude import Completude
from webapp.domain.comptes import AutreOrganisme
from webapp.domain.controle import controler
from webapp.domain.controle_arbre import (
    conseiller_formation,
    controler_action,
    controler_arbre,
    controler_entree,
    controler_session,
)
from webapp.domain.controle_valeurs import controler_valeurs, reference_inconnue
from webapp.domain.courriels import LOCAL_MAX, LONGUEUR_MAX_COURRIEL, MOT_MAX, bien_forme
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.fichier_habilitations import COLONNES, FichierRefuse, lire_fichier
from webapp.domain.formation import Envoi, Formation, VersionDepassee
from webapp.domain.habilitations import Droits
from webapp.domain.lots import Changement, ChangementRefuse, Etat, ResteAinsi
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import Depot, Entree
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.prerempli import PAS_DE_DONNEE, Prerempli
from webapp.domain.prix import PrixHabituels
from webapp.domain.publication import Raison
from webapp.domain.recherche import CLE_DE_TRI_MAX, cle_de_tri
from webapp.domain.refus import Introuvable, trouve
from webapp.domain.registre import FicheExportee, Habilitation, LigneRefusee, Partenaire
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.regles_formation import LOI_DE_FINANCES_2026, heures_du_bilan
from webapp.domain.regles_texte import hors_latin_1
from webapp.domain.rencontre import rencontrer
from webapp.domain.saisies import lire, montrer
from webapp.domain.statuts import Operation, Statut
from webapp.domain.successions import Succession
from webapp.domain.taches import EtatLigne, Ligne
from webapp.domain.textes import place_interdite
from webapp.domain.types_formation import REGLES
from webapp.registre import amorce

LE_2026 = date(2026, 11, 26)
NET = Diagnostic()
DEMAIN = MAINTENANT + timedelta(days=1)
REGISTRE = {c.code: c for c in amorce.CERTIFICATIONS}


def plat(texte):
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").replace("’", "'")


def de(diagnostic, champ):
    return [a for a in getattr(diagnostic, "anomalies", diagnostic) if a.champ == champ]


# ------------------------------------------------------------------------- certifications and codes


@pytest.mark.parametrize(
    ("le", "dit"),
    [
        (date(2019, 1, 1), "Le code CPF9 n'est pas attesté au 1er janvier 2019."),
        (date(2025, 1, 1), "Le code CPF9 n'est plus proposé au 1er janvier 2025."),
    ],
)
def test_a_kind_of_action_is_told_when_it_is_not_attested_and_when_it_is_gone(le, dit):
    code = une_certification(code="CPF9", connue_active_le=date(2020, 1, 1), fin_enregistrement=date(2024, 1, 1))
    assert plat(code.avis_le(le)) == dit


def test_what_replaces_a_certification_is_told_once_whoever_says_it():
    assert une_certification(remplacee_par=("RS1", "RS2"), succedee_par=("RS2", "RS3")).successeurs == (
        "RS1", "RS2", "RS3",
    )  # fmt: skip


def test_when_no_end_is_known_the_last_day_it_was_seen_is_told():
    vue = une_certification(vue_active_le=date(2026, 1, 5))
    assert plat(vue.derniere_attestation) == "active au 5 janvier 2026, échéance inconnue"
    assert replace(vue, fin_enregistrement=date(2027, 1, 1)).derniere_attestation == ""
    assert replace(vue, vue_active_le=None).derniere_attestation == ""


def test_active_is_said_with_what_makes_it_less_than_sure():
    le = date(2026, 11, 23)
    vue = une_certification(vue_active_le=date(2026, 5, 15), connue_active_le=date(2026, 5, 15))
    assert plat(vue.etat_actif_le(le)) == "Active au 15 mai 2026, échéance inconnue"
    assert plat(replace(vue, vue_active_le=None).etat_actif_le(le)) == "Active, échéance inconnue"
    assert replace(vue, fin_enregistrement=date(2029, 1, 1)).etat_actif_le(le) == "Active"
    assert plat(replace(vue, fin_enregistrement=date(2026, 12, 31)).etat_actif_le(le)) == (
        "Active, enregistrée jusqu'au 31 décembre 2026, dans 38 jours"
    )


def test_what_a_later_source_says_is_no_fact_of_the_day():
    vue = une_certification(connue_active_le=date(2018, 1, 1), vue_active_le=date(2026, 5, 15))
    assert vue.echeance_le(date(2019, 11, 28)) == "échéance inconnue"
    assert vue.etat_actif_le(date(2019, 11, 28)) == "Active, échéance inconnue"
    effet = date(2027, 2, 1)
    avenir = une_certification(connue_active_le=effet, effet_le=effet, faits_le=date(2026, 11, 20))
    assert "n’est pas connue comme active" in avenir.avis_le(date(2019, 11, 28))
    assert "prend effet" in avenir.avis_le(date(2026, 11, 23))


def test_a_succession_is_empty_only_when_nothing_replaces():
    assert Succession().vide
    assert not any(
        suite.vide for suite in (Succession((CLEA,)), Succession(a_venir=(CLEA,)), Succession(inconnues=("RS1",)))
    )


def test_a_code_of_another_type_than_the_one_chosen_says_which_to_choose():
    with pytest.raises(CodeRefuse) as refus:
        lire_code(TypeCode.RNCP, "RS2203")
    attendu = "« RS2203 » est un code du Répertoire spécifique : choisissez ce type de code."
    assert plat(str(refus.value)) == attendu


@pytest.mark.parametrize("saisie", ["", " ", "-", "--", "–"])
def test_dashes_alone_are_no_code(saisie):
    with pytest.raises(CodeRefuse) as refus:
        lire_code(TypeCode.RS, saisie)
    assert str(refus.value) == "Saisissez le code de la certification."


def test_a_number_is_given_the_prefix_of_the_type_chosen_and_none_for_certif_info():
    lus = [lire_code(type_code, "2203") for type_code in (TypeCode.RS, TypeCode.RNCP, TypeCode.CERTIF_INFO)]
    assert lus == ["RS2203", "RNCP2203", "2203"]
    assert [type_du_code(code) for code in lus] == [TypeCode.RS, TypeCode.RNCP, TypeCode.CERTIF_INFO]


def test_a_certif_info_code_is_told_that_the_file_no_longer_takes_it():
    assert plat(code_inconnu("2203")) == (
        "Le code Certif Info 2203 est inconnu du registre local, et le fichier XML officiel n'accepte plus ces codes : "
        "saisissez le code RNCP ou RS de la certification."
    )


# ------------------------------------------------------------------------------------ a formation


def test_points_are_counted_done_and_asked_for():
    plein, vide = une_fiche(), une_fiche(objectif="", contenu="")
    entiere = Completude.de(plein, controler(plein, CLEA, date(2019, 11, 28)))
    partielle = Completude.de(vide, controler(vide, CLEA, date(2019, 11, 28)))
    assert entiere.entiere
    assert entiere.faits == entiere.demandes > 2
    assert (partielle.faits, partielle.demandes) == (entiere.faits - 2, entiere.demandes)
    assert not partielle.entiere


def test_what_is_no_field_of_the_form_is_asked_for_and_never_done():
    manque = Diagnostic((Anomalie("ailleurs", Code.REGLE, "Dit.", Portee.VALIDATION),))
    entiere = Completude.de(une_fiche(), NET)
    assert Completude.de(une_fiche(), manque) == Completude(entiere.faits, entiere.demandes + 1)


def test_a_change_of_type_says_what_was_and_what_is():
    fiche = une_fiche_de(TypeFormation.CLEA, objectif_general="6")
    bilan = REGISTRE["CPF202"]
    change = changer(fiche, CLEA, TypeFormation.BILAN, bilan)
    assert Ecart("type_formation", "clea", "bilan") in change.ecarts
    assert Ecart("certification", fiche.certification, "CPF202") in change.ecarts
    assert all(e.avant == fiche.valeur(e.nom) and e.apres == change.fiche.valeur(e.nom) for e in change.ecarts)


def test_a_fiche_stays_of_its_type_where_the_record_allows_it():
    certifiante = une_fiche_de(TypeFormation.CERTIFIANTE)
    assert regle_pour(certifiante, CLEA) is REGLES["certifiante"]
    assert regle_pour(certifiante, REGISTRE["CPF202"]) is REGLES["bilan"]


def test_what_is_wrong_with_a_permis_and_its_blocs_forbids_a_validation_only():
    permis = une_fiche_de(TypeFormation.PERMIS, objectif="Conduire seul.")
    [agrement] = de(controler(permis, None, LE_2026), "objectif")
    assert (agrement.code, agrement.portee) == (Code.AGREMENT_NON_CITE, Portee.VALIDATION)
    sans_numero = une_fiche_de(TypeFormation.PERMIS, numero_agrement="", objectif="Conduire seul.")
    assert de(controler(sans_numero, None, LE_2026), "objectif") == []
    deux = une_fiche_de(
        TypeFormation.CERTIFIANTE, certification="RNCP37948", blocs="RNCP37948BC01\nRNCP37948BC01"
    )  # fmt: skip
    constats = de(controler(deux, une_certification(code="RNCP37948"), LE_2026), "blocs")
    doubles = [a.portee for a in constats if a.code is Code.BLOC_EN_DOUBLE]
    assert doubles == [Portee.VALIDATION]


def test_the_objectif_general_that_a_type_imposes_is_named():
    fiche = une_fiche_de(TypeFormation.BILAN, objectif_general="6")
    [anomalie] = de(controler(fiche, REGISTRE["CPF202"], LE_2026), "objectif_general")
    bilan = plat(TypeFormation.BILAN.libelle)
    assert plat(anomalie.message).startswith(f"Pour une formation de type « {bilan} », choisissez « ")
    assert "None" not in anomalie.message


def test_several_invisible_signs_are_all_named_with_the_words_around_the_first():
    fiche = une_fiche(objectif="Un m\u202eot et\u0007 un autre.")
    [anomalie] = de(controler(fiche, CLEA, LE_2026), "objectif")
    assert "(U+202E, U+0007)" in anomalie.message
    assert "Un m▯ot et un autre." in anomalie.message


@pytest.mark.parametrize(
    ("le", "heures", "dit"),
    [
        (LOI_DE_FINANCES_2026, 12, "Un bilan de compétences dure de 13 à 24 heures."),
        (LOI_DE_FINANCES_2026, 25, "Un bilan de compétences dure de 13 à 24 heures."),
        (LOI_DE_FINANCES_2026 - timedelta(days=1), 25, "Un bilan de compétences dure 24 heures au plus."),
        (LOI_DE_FINANCES_2026 - timedelta(days=1), 12, None),
    ],
)
def test_the_fewest_hours_of_a_bilan_count_from_the_day_of_the_law(le, heures, dit):
    assert [plat(message) for _, message in heures_du_bilan("duree", heures, le)] == ([dit] if dit else [])


def test_who_opens_a_form_of_another_organisation_is_told_which_is_signed_in():
    assert AutreOrganisme("Les Ateliers").actuel == "Les Ateliers"


def test_a_formation_keeps_the_identity_that_it_was_sent_with_and_who_signed_each_step():
    envoi = Envoi(uuid4(), 0, une_fiche())
    neuve = Formation.nouvelle(un_acte(), envoi, Operation.ENREGISTRER, NET)
    assert neuve.id == envoi.id
    nour = replace(un_acte().auteur, nom="Nour Petit", id=uuid4())
    acte = un_acte(nour, maintenant=DEMAIN)
    assert neuve.soumettre(acte, une_fiche(), Operation.ENREGISTRER, NET).version_saisie == 2
    assert neuve.redevenir(acte, une_fiche(), Statut.BROUILLON, NET).modifiee_par == "Nour Petit"
    assert VersionDepassee(neuve).actuelle is neuve


# -------------------------------------------------------------------------- the tree and its values


def test_advice_is_not_looked_for_where_it_is_not_wanted():
    muet = un_contexte(conseils=False)
    passee = une_session(debut="2026-11-02", fin="2026-11-06")
    for juge in (
        controler_action(une_action(frais_ht="0", frais_ttc="0"), muet),
        controler_session(passee, une_action(), muet),
    ):
        assert juge.conseils == ()
    formation = une_formation(Statut.BROUILLON)
    formation = replace(formation, fiche=une_fiche(objectif="Court."))
    assert controler_arbre(formation, NET, [], {}, muet).conseils == ()


@pytest.mark.parametrize(
    ("fiche", "champ", "code", "portee"),
    [
        (une_action(frais_ht="99999999999"), "frais_ht", Code.HORS_BORNES, Portee.VALIDATION),
        (une_action(frais_ht="cher"), "frais_ht", Code.FORME, Portee.VALIDATION),
        (une_session(debut="bientôt"), "debut", Code.FORME, Portee.VALIDATION),
        (une_session(debut="2350-01-01"), "debut", Code.HORS_BORNES, Portee.VALIDATION),
        (une_action(url="exemple.fr"), "url", Code.FORME, Portee.VALIDATION),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_value_has_its_code_and_forbids_a_validation_only(fiche, champ, code, portee):
    assert [(a.code, a.portee) for a in de(controler_valeurs(fiche), champ)] == [(code, portee)]


def test_too_many_dates_are_out_of_bounds():
    champ = next(c for c in CHAMPS[Niveau.ACTION] if c.nature.name == "DATE" and c.plusieurs > 1)
    jours = "\n".join(f"{2027 + n // 300}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(champ.plusieurs * 2))
    codes = {a.code for a in de(controler_valeurs(une_action(**{champ.nom: jours})), champ.nom)}
    assert codes == {Code.HORS_BORNES}


def test_a_value_that_cannot_be_stored_is_told_only_that():
    trop = une_session(debut="x" * 5000)
    assert {a.portee for a in de(controler_valeurs(trop), "debut")} == {Portee.ENREGISTREMENT}


def test_a_reference_to_nothing_here_is_an_unknown_code_that_is_not_stored():
    trouvee = reference_inconnue(next(c for c in CHAMPS[Niveau.ACTION] if c.nom == "contact"))
    assert (trouvee.code, trouvee.portee) == (Code.CODE_INCONNU, Portee.ENREGISTREMENT)


def test_an_address_may_have_all_the_letters_that_the_schema_allows():
    # Before « @ », an address of the Internet has 64 at most; the rest is the domain's.
    # 64 @ 63 . 15 . 15
    longue = f"{'a' * LOCAL_MAX}@{'b' * MOT_MAX}.{'c' * 15}.{'d' * 15}"
    assert len(longue) == LONGUEUR_MAX_COURRIEL
    assert bien_forme(longue)
    assert not bien_forme(f"{longue}d")


def test_a_place_without_a_name_is_told_so_where_its_contact_lacks_something():
    incomplet = un_contact(telephone="")
    reference = un_lieu().valeur("contact")
    contexte = un_contexte(
        contacts={reference: incomplet}, lieux={une_action().valeur("lieu"): un_lieu(denomination="")}
    )
    dits = [plat(a.message) for a in de(controler_action(une_action(), contexte), "lieu")]
    assert any(dit.startswith("Lieu « sans nom ». Le contact « Camille Martin »") for dit in dits)
    assert de(controler_entree(un_lieu(), contexte), "contact")


def test_hours_of_the_parts_lead_to_the_part_that_has_some():
    def champs_de(**heures):
        juge = controler_action(une_action(duree="24", **heures), un_contexte())
        return [nom for nom in ("heures_centre", "heures_entreprise") if de(juge, nom)]

    assert champs_de(heures_centre="20", heures_entreprise="5") == ["heures_centre"]
    assert champs_de(heures_centre="", heures_entreprise="25") == ["heures_entreprise"]


def test_what_suits_neither_its_place_nor_its_price_is_advised_word_for_word():
    lieux = {une_action().valeur("lieu"): un_lieu(denomination="Classe virtuelle à distance")}
    juge = controler_action(une_action(), un_contexte(lieux=lieux))
    [dit] = [plat(a.message) for a in de(juge.conseils, "lieu")]
    assert dit == "Formation présentielle : vérifiez que « Classe virtuelle à distance » est bien le lieu à indiquer."
    autre = replace(une_certification(code="RS5"), famille="", connue_active_le=date(2019, 1, 1))
    cher = une_action(frais_ht="", frais_ttc="1600", taux_tva="")
    juge = controler_action(cher, un_contexte(certification=autre))
    plafond = "Au-delà de 1 500 €, le reste est à la charge du titulaire."
    assert plafond in [plat(a.message) for a in de(juge.conseils, "frais_ttc")]


def test_a_session_of_a_formation_without_a_known_certification_is_judged_all_the_same():
    juge = controler_session(une_session(), une_action(), un_contexte(certification=None))
    assert de(juge, "fin") == []


def test_what_is_missing_leads_to_where_it_is_done():
    formation = une_formation(Statut.VALIDEE)
    fiche = une_fiche(objectif="Savoir prendre la parole dans une situation de travail, devant plusieurs personnes.")
    formation = replace(formation, fiche=fiche)
    action = un_noeud(une_action(), Statut.VALIDEE)
    session = un_noeud(une_session(), Statut.VALIDEE, parent_id=action.id)
    manque = Diagnostic((Anomalie("intitule", Code.REGLE, "Dit.", Portee.VALIDATION),))

    def manques(formation, actions, sessions, diagnostic=NET):
        juge = controler_arbre(formation, diagnostic, actions, sessions, un_contexte())
        return [(m.raison, m.niveau, m.id, len(m.reste)) for m in juge.manques]

    brouillon = replace(formation, statut=Statut.BROUILLON)
    tous = {action.id: [session]}
    niveau, id_ = Niveau.FORMATION, formation.id
    assert manques(brouillon, [action], tous, manque) == [(Raison.FORMATION_A_VALIDER, niveau, id_, 1)]
    assert manques(formation, [action], tous, manque) == [(Raison.FORMATION_A_CORRIGER, niveau, id_, 1)]
    assert manques(formation, [], {}) == [(Raison.SANS_ACTION, niveau, id_, 0)]
    sans_duree = replace(action, fiche=une_action(duree=""))
    assert manques(formation, [sans_duree], tous) == [(Raison.ACTION_A_CORRIGER, Niveau.ACTION, action.id, 1)]
    assert manques(formation, [action], {}) == [(Raison.SESSION_A_VALIDER, Niveau.ACTION, action.id, 0)]
    a_valider = replace(session, statut=Statut.BROUILLON)
    attendu = [(Raison.SESSION_A_VALIDER, Niveau.SESSION, session.id, 0)]
    assert manques(formation, [action], {action.id: [a_valider]}) == attendu
    juge = controler_arbre(formation, manque, [action], tous, un_contexte())
    [constat] = juge.bloquants
    assert (constat.niveau, constat.id, constat.nom) == (Niveau.FORMATION, id_, fiche.intitule)


def test_a_contact_is_signed_by_who_changes_it():
    nour = replace(un_acte().auteur, nom="Nour Petit")
    une = Entree.nouvelle(un_acte(), Depot(uuid4(), 0, un_contact()), NET)
    autre = une.modifier(un_acte(nour, maintenant=DEMAIN), un_contact(nom="Petit"), NET)
    assert (autre.modifiee_par, autre.modifiee_le, autre.version) == ("Nour Petit", DEMAIN, 2)


# -------------------------------------------------------------------------- values, prices, order


@pytest.mark.parametrize(("hors_taxes", "toutes_taxes"), [("3.00", "3.17"), ("1.00", "1.06"), ("5.00", "5.28")])
def test_half_a_cent_goes_up_even_beside_an_even_cent(hors_taxes, toutes_taxes):
    assert prix.ttc(Decimal(hors_taxes), "5.5") == Decimal(toutes_taxes)


def test_without_tax_half_a_cent_goes_up_too():
    assert prix.ht(Decimal("0.03"), "20.0") == Decimal("0.03")
    assert prix.ht(Decimal("0.15"), "20.0") == Decimal("0.13")


def test_a_raised_price_has_half_a_cent_up_and_may_be_the_largest():
    def change(pourcentage, ttc):
        lot = Changement.lire("prix", "", {"ttc": "", "pourcentage": pourcentage})
        return lot.fiche(une_action(frais_ttc=ttc, frais_ht="", taux_tva="")).valeur("frais_ttc")

    assert change("50", "0.03") == "0.05"
    assert change("50", "0.01") == "0.02"
    assert change("25", "0.10") == "0.13"
    assert change("1", "") == ""
    assert change("-50", "9999999999.99") == "5000000000.00"


def test_a_title_is_put_in_order_without_case_nor_accents_and_numbers_by_their_value():
    assert cle_de_tri("Été : Excel 9") == "ete excel 00000009"
    assert cle_de_tri("Excel 9") < cle_de_tri("EXCEL 10") < cle_de_tri("Excel 100")
    assert cle_de_tri("…") == ""
    assert len(cle_de_tri("a" * 5000)) == CLE_DE_TRI_MAX


@pytest.mark.parametrize(
    ("texte", "dits"),
    [
        ("abc", []), ("déjà ÿ", []), ("\N{LATIN CAPITAL LETTER A WITH MACRON}", ["Ā"]), ("Œuvre à 5 €", ["Œ, €"]),
        ("€ et €", ["€"]),
    ],
)  # fmt: skip
def test_what_latin_1_has_not_is_named_once_each(texte, dits):
    lus = [plat(message).partition("« ")[2].partition(" »")[0] for _, message in hors_latin_1("objectif", texte)]
    assert lus == dits


def test_a_line_of_an_export_that_is_refused_says_where_and_which():
    assert str(LigneRefusee("rs.csv", 3, "RS1", "illisible")) == "rs.csv, ligne 3 RS1 : illisible"
    assert str(LigneRefusee("rs.csv", 3, "", "illisible")) == "rs.csv, ligne 3 : illisible"


def test_what_is_not_there_is_not_found():
    assert trouve(0) == 0
    with pytest.raises(Introuvable):
        trouve(None)


def test_the_print_of_what_was_read_stays_when_a_source_has_none():
    def lue(jour, empreinte):
        certification = une_certification(faits_le=date(2026, 1, jour), connue_active_le=date(2026, 1, jour))
        return replace(rencontrer(None, FicheExportee(certification, ())), empreinte=empreinte)

    assert rencontrer(lue(1, "a"), lue(2, "b")).empreinte == "b"
    assert rencontrer(lue(1, "a"), lue(2, None)).empreinte == "a"
    assert rencontrer(lue(2, "b"), lue(1, "a")).empreinte == "b"
    assert rencontrer(lue(1, None), lue(2, None)).export_le is None


@pytest.mark.parametrize(
    ("nom", "texte", "lu"),
    [
        ("numero", "A\u000b1", "A 1"), ("rythmes", "1\u000b5", "1\n5"), ("acces_handicapes", "a\u000bb", "a\nb"),
        ("rythmes", "En journée\u000bTemps plein", "1\n5"),
    ],
)  # fmt: skip
def test_a_line_break_of_word_parts_what_may_be_several(nom, texte, lu):
    assert une_action(**{nom: texte}).valeur(nom) == lu


def test_several_dates_are_shown_one_a_line():
    champ = next(c for c in CHAMPS[Niveau.ACTION] if c.nature.name == "DATE" and c.plusieurs > 1)
    assert montrer(champ, "2027-01-05\n2027-01-06") == "05/01/2027\n06/01/2027"
    assert lire(champ, "05/01/2027\n06/01/2027") == "2027-01-05\n2027-01-06"


# ------------------------------------------------------------------------------ the list of the portal

SIRET = "99999999800019"
LIGNE = ("RNCP", "RNCP37948", "Paie", "Active", "01/01/2024", "")


def liste(*lignes, nom=f"{SIRET}_AU_23112026.csv", encodage="utf-8"):
    texte = "\r\n".join(";".join(ligne) for ligne in (COLONNES, *lignes)) + "\r\n"
    return lire_fichier(nom, texte.encode(encodage), SIRET)


def test_a_row_that_cannot_be_read_stops_none_of_the_next():
    lue = liste(("RNCP", "bonjour", "x", "Active", "", ""), LIGNE)
    assert [h.code for h in lue.habilitations] == ["RNCP37948"]
    assert [r.ligne for r in lue.remarques] == [2]


def test_a_repeated_row_that_differs_is_told_with_its_line_and_the_first_is_kept_when_neither_is_better():
    autre = (*LIGNE[:2], "Autre titre", *LIGNE[3:])
    lue = liste(LIGNE, autre)
    assert [h.intitule for h in lue.habilitations] == ["Paie"]
    [remarque] = lue.remarques
    assert remarque.ligne == 3
    assert plat(remarque.texte) == "RNCP37948 est déjà plus haut : la première est gardée."


def test_an_habilitation_of_one_day_is_one():
    [lue] = liste((*LIGNE[:4], "01/01/2024", "01/01/2024")).habilitations
    assert lue.fin == lue.debut == date(2024, 1, 1)


def test_a_list_in_either_order_of_utf_16_is_read():
    for encodage in ("utf-16-le", "utf-16-be"):
        marque = "\ufeff".encode(encodage)
        texte = "\r\n".join(";".join(ligne) for ligne in (COLONNES, LIGNE))
        lue = lire_fichier(f"{SIRET}.csv", marque + texte.encode(encodage), SIRET)
        assert [h.code for h in lue.habilitations] == ["RNCP37948"]
        assert lue.etablie_le is None


def test_a_list_of_another_kind_is_told_how_to_save_it():
    with pytest.raises(FichierRefuse) as refus:
        lire_fichier("liste.xlsx", b"PK\x03\x04....", SIRET)
    dit = plat(refus.value.message)
    assert dit.startswith("Ce fichier est ")
    assert dit.endswith(" : enregistrez la liste au format CSV, puis recommencez.")


def test_the_name_of_a_list_is_kept_without_the_folders_of_any_system():
    nom = f"{SIRET}_AU_23112026.csv"
    assert [liste(LIGNE, nom=debut + nom).nom for debut in ("", "a/b/", "C:\\a\\")] == [nom] * 3


# ---------------------------------------------------------------------------- a change made to many


@pytest.mark.parametrize("saisie", [{}, {"vers": ""}, {"vers": "bonjour"}])
def test_what_replaces_a_certification_is_asked_for_at_its_place(saisie):
    with pytest.raises(ChangementRefuse) as refus:
        Changement.lire("remplacer", "", saisie)
    assert refus.value.champ == "vers"
    assert plat(str(refus.value)) == "Saisissez le code de la nouvelle certification, par exemple RS7003."


def test_a_replacement_is_called_by_the_code_that_comes():
    lot = Changement.lire("remplacer", "", {"vers": "rs 7003"})
    assert plat(lot.titre) == "Remplacer la certification des formations par RS7003"
    with pytest.raises(ResteAinsi, match=r"^Rien à y changer\.$"):
        lot.appliquer(un_acte(), un_noeud(une_action()), lambda _fiche: NET)


@pytest.mark.parametrize(("quoi", "champ"), [("decaler", "semaines"), ("contact", "contact"), ("prix", "ttc")])
def test_what_is_not_said_at_all_is_asked_for(quoi, champ):
    with pytest.raises(ChangementRefuse) as refus:
        Changement.lire(quoi, "", {})
    assert refus.value.champ == champ


def test_what_a_change_makes_of_a_contact_without_a_name_here_is_shown_by_its_reference():
    autre = str(UUID(int=9))
    detail = Changement.lire("contact", "", {"contact": autre}).detail(une_action(), {autre: "Nour Petit"})
    assert detail == f"{une_action().valeur('contact')} → Nour Petit"
    mode = Changement.lire("modalite", "", {"modalite": "1"}).detail(une_action())
    assert "None" not in mode
    assert " → " in mode


# ---------------------------------------------------------------------- sentences, and what they name


def test_without_a_type_nor_a_prefix_it_is_asked_which_type_of_code():
    with pytest.raises(CodeRefuse) as refus:
        lire_code(None, "2203")
    assert str(refus.value) == "Choisissez un type de code."


@pytest.mark.parametrize(
    ("type_code", "exemple"), [(TypeCode.RS, "RS2203"), (TypeCode.RNCP, "RNCP37674"), (TypeCode.CERTIF_INFO, "")]
)
def test_what_is_no_code_of_the_type_chosen_shows_one_that_is(type_code, exemple):
    with pytest.raises(CodeRefuse) as refus:
        lire_code(type_code, "bonjour")
    dit = plat(str(refus.value))
    assert "None" not in dit
    assert exemple in dit.partition("par exemple ")[2]


def test_a_session_that_ends_before_it_begins_is_told_when_it_begins():
    juge = controler_session(une_session(debut="2027-03-05", fin="2027-03-01"), une_action(), un_contexte())
    dits = [plat(a.message) for a in de(juge, "fin")]
    assert "La session finit avant d'avoir commencé, le 5 mars 2027." in dits


def test_an_hour_out_of_the_habits_names_them():
    habitudes = un_contexte(prix=PrixHabituels((uuid4(), Decimal(prix)) for prix in ("20", "25.25", "50.50")))
    juge = controler_action(une_action(frais_ht="", frais_ttc="1300", taux_tva="", duree="10"), habitudes)
    [dit] = [plat(a.message) for a in de(juge.conseils, "frais_ttc")]
    assert dit == (
        "130,00 € l'heure : plus du double de ce que coûtent d'ordinaire vos autres actions (25,25 € l'heure)."
    )


def test_an_action_nearly_the_same_is_named_with_the_hours_that_part_them():
    contexte = un_contexte()
    voisines = ActionsVoisines(contexte, [(UUID(int=7), une_action(numero="A0", duree="30"))])
    juge = controler_action(une_action(duree="24"), contexte, voisines, UUID(int=8))
    attendu = "Même action que « A0 », à moins de 10 heures d'écart : le portail n'en accepte qu'une."
    assert attendu in [plat(a.message) for a in de(juge, "duree")]


def test_a_place_without_a_name_that_lacks_something_is_called_so():
    lieux = {une_action().valeur("lieu"): un_lieu(denomination="", ville="")}
    dits = [plat(a.message) for a in de(controler_action(une_action(), un_contexte(lieux=lieux)), "lieu")]
    assert any(dit.startswith("Le lieu « sans nom » est à compléter : ") for dit in dits)


@pytest.mark.parametrize(("champ", "valeur"), [("telephone", "douze"), ("courriel", "a@b")])
def test_a_way_to_join_somebody_that_is_none_is_a_matter_of_form(champ, valeur):
    assert [a.code for a in de(controler_valeurs(un_contact(**{champ: valeur})), champ)] == [Code.FORME]


def test_the_words_around_an_invisible_sign_are_cut_between_words_on_its_own_line():
    avant, apres = "mot " * 30, " fin" * 30
    place = place_interdite(f"Ligne.\n{avant}\u202e{apres}\nAutre ligne.")
    assert place is not None
    assert (place.ligne, place.caractere) == (2, len(avant) + 1)
    assert place.autour.startswith("… mot mot")
    assert "Autre" not in place.autour
    assert place.autour.count("mot") > 3
    court = place_interdite("Un mot\u202e ici.\nAutre.")
    assert court is not None
    assert court.autour == "Un mot▯ ici."


def test_only_what_is_gone_has_nothing_left_to_open():
    ligne = Ligne(1, "action", UUID(int=1), 1, "A1", "", EtatLigne.PREVUE, version_faite=Ligne.DISPARUE)
    assert ligne.disparue
    assert not replace(ligne, version_faite=3).disparue


def test_what_the_registry_does_not_say_is_told_from_what_it_says():
    assert Prerempli("a", "A", "15041", "").connu
    assert not Prerempli("a", "A", PAS_DE_DONNEE, "").connu


def test_who_may_only_assess_is_warned_as_of_what_is_absent():
    connus = Droits("RS1", LE_2026, None, (Partenaire(SIRET, Habilitation.ORGANISER),))
    assert [annonce.ton for _, annonce in connus.constats(LE_2026)] == [Ton.ATTENTION] * 2


def test_what_comes_back_as_a_draft_says_what_forbids_more():
    noeud = un_noeud(une_action(acces_handicapes=""), Statut.VALIDEE)
    fait = un_noeud(une_action(), Statut.VALIDEE, id=noeud.id, version=2)
    _, raison = Etat.de(noeud, fait).rendre(un_acte(), fait, lambda fiche: controler_action(fiche, un_contexte()))
    assert "None" not in raison
    assert len(raison) > len("Revenue en brouillon. ")


def test_two_texts_that_are_not_written_are_not_told_to_be_the_same():
    vides = une_fiche(contenu="", points_forts="", resultats_attendus="")
    dits = [plat(a.message) for a in conseiller_formation(vides, un_contexte())]
    assert not any(dit.startswith("Ce texte est le même") for dit in dits)
