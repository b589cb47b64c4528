"""The judge over a whole tree: « publiable » or not, what is missing, and the same rules as one by one."""

from dataclasses import replace

import pytest

from tests.builders import LE as LE_DU_GUIDE
from tests.builders import MAINTENANT, un_acte, une_fiche
from tests.builders_arbre import CERTIFICATION, LE, LIEU_ID, un_contexte, un_lieu, un_noeud, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.controle_arbre import controler_action, controler_arbre, controler_session
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.formation import Envoi, Formation
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.publication import Raison, selon_les_statuts
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.statuts import Operation, Statut

RIEN = Diagnostic()
MANQUE = Diagnostic((Anomalie("objectif", Code.OBLIGATOIRE, "Manque.", Portee.VALIDATION),))
LONG = "Savoir prendre la parole dans une situation de travail, devant plusieurs personnes."


def une_formation(statut=Statut.VALIDEE):
    fiche = une_fiche(objectif=LONG, contenu=LONG + " 1", resultats_attendus=LONG + " 2")
    acte = un_acte(le=LE_DU_GUIDE, maintenant=MAINTENANT)
    envoi = Envoi(un_noeud(une_action()).id, 0, fiche)
    return replace(Formation.nouvelle(acte, envoi, Operation.VALIDER, RIEN), statut=statut)


def manques_de(controle):
    return [(manque.raison, manque.id) for manque in controle.manques]


def juger(formation, actions, sessions, diagnostic=RIEN, **faits):
    return controler_arbre(formation, diagnostic, actions, sessions, un_contexte(**faits))


@pytest.fixture
def arbre():
    """A formation « validée » with one valid action that has one valid session."""
    action = un_noeud(une_action(), Statut.VALIDEE)
    session = un_noeud(une_session(), Statut.VALIDEE, parent_id=action.id)
    return une_formation(), [action], {action.id: [session]}


def test_a_formation_with_one_valid_action_that_has_one_valid_session_can_be_published(arbre):
    controle = juger(*arbre)
    assert controle.publiable
    assert controle.constats == ()


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.ARCHIVEE])
def test_what_is_not_validated_at_any_level_is_not_published(arbre, statut):
    formation, [action], sessions = arbre
    [session] = sessions[action.id]
    sans_formation = juger(replace(formation, statut=statut), [action], sessions)
    assert manques_de(sans_formation) == [(Raison.FORMATION_A_VALIDER, formation.id)]
    sans_action = juger(formation, [replace(action, statut=statut)], sessions)
    sans_session = juger(formation, [action], {action.id: [replace(session, statut=statut)]})
    if statut is Statut.BROUILLON:
        assert manques_de(sans_action) == [(Raison.ACTION_A_VALIDER, action.id)]
        assert manques_de(sans_session) == [(Raison.SESSION_A_VALIDER, session.id)]
    else:
        # Hidden, they are as good as none.
        assert manques_de(sans_action) == manques_de(juger(formation, [], {})) == [(Raison.SANS_ACTION, formation.id)]
        assert manques_de(sans_session) == [(Raison.SESSION_A_VALIDER, action.id)]


def test_what_is_missing_is_said_of_the_nearest_down_to_the_field(arbre):
    formation, [action], sessions = arbre
    [session] = sessions[action.id]
    loin = un_noeud(une_action(numero="A1", duree="", langue=""))
    pres = un_noeud(une_action(numero="A2", duree=""))
    [manque, sans_session] = juger(formation, [loin, pres], {}).manques
    assert (manque.id, [c.anomalie.champ for c in manque.reste]) == (pres.id, ["duree"])
    assert manque.message.endswith("la plus proche est «\N{NO-BREAK SPACE}A2\N{NO-BREAK SPACE}».")
    assert (sans_session.niveau, sans_session.reste) == (Niveau.ACTION, ())
    # Complete, it is only to be validated.
    [manque, _] = juger(formation, [loin, replace(pres, fiche=une_action(numero="A2"))], {}).manques
    assert (manque.id, manque.reste) == (pres.id, ())
    # A « validée » that has become wrong is nearer than a draft.
    validee = replace(loin, statut=Statut.VALIDEE)
    [manque, _] = juger(formation, [replace(pres, fiche=une_action(numero="A2")), validee], {}).manques
    assert (manque.raison, manque.id, len(manque.reste)) == (Raison.ACTION_A_CORRIGER, loin.id, 2)
    fausses = [replace(session, fiche=une_session(fin="")), un_noeud(une_session(numero="S2", debut="", fin=""))]
    [manque] = juger(formation, [action], {action.id: fausses}).manques
    assert (manque.raison, manque.id) == (Raison.SESSION_A_CORRIGER, session.id)
    assert [c.anomalie.champ for c in manque.reste] == ["fin"]
    [manque] = juger(formation, [action], {action.id: [replace(fausses[1], fiche=une_session(numero=""))]}).manques
    assert (manque.raison, [c.anomalie.champ for c in manque.reste]) == (Raison.SESSION_A_VALIDER, ["numero"])
    assert "sans numéro" in manque.message


@pytest.mark.parametrize("statut", Statut)
@pytest.mark.parametrize("statut_action", [None, *Statut])
@pytest.mark.parametrize("statut_session", [None, *Statut])
def test_the_statuses_alone_say_what_the_judge_says(arbre, statut, statut_action, statut_session):
    formation, [action], sessions = arbre
    actions = [] if statut_action is None else [replace(action, statut=statut_action)]
    siennes = [] if statut_session is None else [replace(s, statut=statut_session) for s in sessions[action.id]]
    controle = juger(replace(formation, statut=statut), actions, {action.id: siennes})
    validees = statut_action is Statut.VALIDEE
    assert controle.raison is selon_les_statuts(
        statut, actions=statut_action not in {None, Statut.ARCHIVEE}, validees=validees,
        sessions_validees=validees and statut_session is Statut.VALIDEE,
    )  # fmt: skip
    assert controle.publiable is (controle.raison is None)


def test_of_several_reasons_that_of_the_statuses_is_told_first(arbre):
    formation, [action], _ = arbre
    faux = replace(action, fiche=une_action(duree=""))
    controle = juger(formation, [faux], {}, MANQUE)
    assert [m.raison for m in controle.manques] == [
        Raison.FORMATION_A_CORRIGER, Raison.ACTION_A_CORRIGER, Raison.SESSION_A_VALIDER,
    ]  # fmt: skip
    assert controle.raison is Raison.SESSION_A_VALIDER
    assert juger(formation, [], {}, MANQUE).raison is Raison.SANS_ACTION
    assert [c.anomalie for c in controle.manques[0].reste] == list(MANQUE.anomalies)


def test_what_has_something_blocking_is_not_published_and_is_said_down_to_the_field(arbre):
    formation, [action], sessions = arbre
    assert not juger(formation, [action], sessions, MANQUE).publiable
    faux = replace(action, fiche=une_action(duree=""))
    controle = juger(formation, [faux], sessions)
    assert not controle.publiable
    assert [(c.niveau, c.id, c.nom, c.anomalie.champ) for c in controle.bloquants] == [
        (Niveau.ACTION, action.id, "A1", "duree")
    ]
    # A place that was made incomplete since is told of all that refers to it.
    incomplet = juger(formation, [action], sessions, lieux={LIEU_ID: un_lieu(libelle_voie="")})
    assert {(c.niveau, c.anomalie.numero_edof) for c in incomplet.bloquants} == {
        (Niveau.ACTION, 30013), (Niveau.SESSION, 30013),
    }  # fmt: skip


def test_advice_keeps_nothing_from_being_published(arbre):
    formation, [action], sessions = arbre
    cher = replace(action, fiche=une_action(taux_tva="0", frais_ht="0", frais_ttc="0"))
    controle = juger(formation, [cher], sessions, siret_valide=False)
    assert controle.publiable
    assert {c.anomalie.regle for c in controle.conseils} == {"O01", "A05"}
    assert controle.bloquants == ()


def test_one_good_action_is_enough_and_the_others_are_told(arbre):
    formation, [action], sessions = arbre
    brouillon = un_noeud(une_action(numero="A2", duree=""))
    controle = juger(formation, [action, brouillon], sessions)
    assert controle.publiable
    assert [c.id for c in controle.bloquants] == [brouillon.id]


def test_archived_actions_and_sessions_are_hidden(arbre):
    formation, [action], sessions = arbre
    cachee = un_noeud(une_action(duree=""), Statut.ARCHIVEE)
    vieille = un_noeud(une_session(fin=""), Statut.ARCHIVEE)
    controle = juger(formation, [action, cachee], {action.id: [*sessions[action.id], vieille], cachee.id: [vieille]})
    assert controle.constats == ()


def test_twins_are_refused_both_when_validated_and_a_draft_copy_harms_nobody(arbre):
    formation, [action], sessions = arbre
    jumelle = un_noeud(une_action(numero="A2"), Statut.VALIDEE)
    deux = juger(formation, [action, jumelle], sessions)
    assert {c.id for c in deux.bloquants if c.anomalie.numero_edof == 30056} == {action.id, jumelle.id}
    copie = replace(jumelle, statut=Statut.BROUILLON)
    copiee = juger(formation, [action, copie], sessions)
    assert {c.id for c in copiee.bloquants} == {copie.id}
    assert copiee.publiable
    memes = [*sessions[action.id], un_noeud(une_session(numero="S2"), Statut.VALIDEE)]
    assert (
        len([c for c in juger(formation, [action], {action.id: memes}).bloquants if c.anomalie.numero_edof == 10133])
        == 2
    )


def test_the_tree_says_of_each_what_is_said_of_it_alone(arbre):
    formation, [action], sessions = arbre
    fausse = un_noeud(une_action(numero="", duree="1", heures_centre="3", prerequis="oui"))
    session = un_noeud(une_session(debut="", fin="jamais"), parent_id=fausse.id)
    contexte = un_contexte()
    controle = controler_arbre(formation, RIEN, [action, fausse], {**sessions, fausse.id: [session]}, contexte)
    voisines = ActionsVoisines(contexte, [(action.id, action.fiche)])
    seule = controler_action(fausse.fiche, contexte, voisines, fausse.id)
    assert [c.anomalie for c in controle.constats if c.id == fausse.id] == list(seule.anomalies)
    avis = controler_session(session.fiche, fausse.fiche, contexte, None, session.id)
    assert [c.anomalie for c in controle.constats if c.id == session.id] == list(avis.anomalies)
    assert len(seule.anomalies) >= 3


def test_two_hundred_actions_of_fifty_sessions_are_judged_in_one_walk(arbre):
    formation, _, _ = arbre
    actions = [un_noeud(une_action(numero=f"A{n}", duree=str(10 * n + 10)), Statut.VALIDEE) for n in range(200)]
    debuts = [f"2027-{1 + n % 12:02}-{1 + n // 12:02}" for n in range(50)]
    siennes = [une_session(numero=f"S{n}", debut=debut, fin=debut) for n, debut in enumerate(debuts)]
    sessions = {a.id: [un_noeud(fiche, Statut.VALIDEE) for fiche in siennes] for a in actions}
    controle = juger(formation, actions, sessions)
    assert controle.publiable
    assert controle.bloquants == ()


def plat(texte):
    return texte.replace("\N{NO-BREAK SPACE}", " ").replace("’", "'")


def test_what_keeps_a_formation_from_being_published_is_said_word_for_word(arbre):
    formation, [action], sessions = arbre
    [session] = sessions[action.id]
    manque = Diagnostic((Anomalie("numero", Code.REGLE, "Dit.", Portee.VALIDATION),))
    brouillon, sans_duree = replace(action, statut=Statut.BROUILLON), replace(action, fiche=une_action(duree=""))
    sans_dates = replace(session, fiche=une_session(debut=""))

    def dits(*connus, **reste):
        return [plat(trouve.message) for trouve in juger(*connus, **reste).manques]

    assert dits(replace(formation, statut=Statut.BROUILLON), [action], sessions) == ["La formation n'est pas validée."]
    corriger = "La formation est validée, mais elle a des champs à corriger."
    assert dits(formation, [action], sessions, manque) == [corriger]
    assert dits(formation, [], {}) == ["Aucune action de formation."]
    assert dits(formation, [brouillon], sessions)[0] == (
        "Aucune de ses actions n'est validée ; la plus proche est « A1 »."
    )
    assert dits(formation, [sans_duree], sessions)[0] == (
        "Toutes ses actions validées ont des champs à corriger ; la plus proche est « A1 »."
    )
    assert dits(formation, [action], {}) == ["L'action « A1 » n'a aucune session."]
    assert dits(formation, [action], {action.id: [replace(session, statut=Statut.BROUILLON)]}) == [
        "Aucune session n'est validée ; la plus proche est « S1 », de l'action « A1 »."
    ]
    assert dits(formation, [action], {action.id: [sans_dates]}) == [
        "Les sessions validées ont des champs à corriger ; la plus proche est « S1 », de l'action « A1 »."
    ]
    sans_numero = replace(action, statut=Statut.BROUILLON, fiche=une_action(numero=""))
    assert dits(formation, [sans_numero], sessions)[0] == (
        "Aucune de ses actions n'est validée ; la plus proche est « sans numéro »."
    )


@pytest.mark.parametrize("certification", [None, CERTIFICATION, replace(CERTIFICATION, fin_enregistrement=LE)])
def test_what_blocks_an_action_or_a_session_does_not_depend_on_its_formation(certification):
    """A formation that changes leaves nothing under it to look at again: what is said then is advice."""
    for type_formation in TypeFormation:
        fiche = une_fiche(type_formation=type_formation.value)
        autour = un_contexte(formation=fiche, certification=certification)
        assert controler_action(une_action(), autour).validable
        assert controler_session(une_session(), une_action(), autour).validable


def test_a_session_counts_only_under_an_action_that_is_valid_itself(arbre):
    formation, [action], _ = arbre
    fausse = un_noeud(une_action(numero="A2", duree=""), Statut.VALIDEE)
    session = un_noeud(une_session(), Statut.VALIDEE, parent_id=fausse.id)
    controle = juger(formation, [action, fausse], {fausse.id: [session]})
    assert manques_de(controle) == [(Raison.SESSION_A_VALIDER, action.id)]


@pytest.mark.parametrize("textes", [{"lieu": ""}, {"duree": ""}])
def test_actions_that_do_not_say_where_or_for_how_long_are_not_told_to_be_the_same(arbre, textes):
    formation, _, _ = arbre
    deux = [un_noeud(une_action(numero=numero, **textes), Statut.VALIDEE) for numero in ("A1", "A2")]
    assert not [c for c in juger(formation, deux, {}).constats if c.anomalie.numero_edof == 30056]


def test_an_action_is_compared_with_each_of_the_others_that_say_their_hours(arbre):
    formation, _, _ = arbre
    autres = [
        un_noeud(une_action(numero=numero, duree=duree), Statut.VALIDEE)
        for numero, duree in (("A0", ""), ("A1", "24"), ("A2", "30"))
    ]
    voisines = ActionsVoisines(un_contexte(), [(autre.id, autre.fiche) for autre in autres])
    juge = controler_action(une_action(numero="A3", duree="24"), un_contexte(), voisines, formation.id)
    assert [plat(a.message) for a in juge.du_champ("duree")] == [
        "Même action que « A2 », à moins de 10 heures d'écart : le portail n'en accepte qu'une."
    ]
