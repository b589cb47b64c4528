"""The same change for many objects: what it makes of each, what it leaves, why, and how it is undone."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.builders import LE
from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_taches import AtelierTaches, changement
from webapp.domain.champs import Niveau
from webapp.domain.lots import ChangementRefuse
from webapp.domain.noeud import Depot
from webapp.domain.refus import trouve
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import EtatTache
from webapp.persistence import taches as gardees
from webapp.registre.amorce import CERTIFICATIONS
from webapp.services import annuaire, arbre, catalogue, taches
from webapp.services.pages import Filtre
from webapp.services.taches import Coches, Demande

CLEA = next(une for une in CERTIFICATIONS if une.code == "RS2203")


@pytest.fixture
def atelier(base):
    return AtelierTaches(base, AtelierArbre(base))


@pytest.fixture
def formation(atelier):
    return atelier.formation()


def modifier(atelier, noeud, **textes):
    """Somebody saves it meanwhile."""
    actuel = atelier.arbre.relire(noeud)
    return atelier.arbre.soumettre(
        actuel.fiche.avec(**textes), actuel.parent_id, Operation.ENREGISTRER, actuel.id, actuel.version
    )


@pytest.mark.parametrize("semaines", [1, -1, 3])
def test_weekly_sessions_move_without_meeting_each_other(atelier, formation, semaines):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    sessions = atelier.sessions(action, 5)
    tache = atelier.faire(changement("decaler", semaines=str(semaines)), formation)
    assert (tache.etat, tache.prevus, tache.faits, tache.laisses) == (EtatTache.TERMINEE, 5, 5, 0)
    relues = [atelier.arbre.relire(session) for session in sessions]
    assert {session.statut for session in relues} == {Statut.VALIDEE}
    assert [session.version for session in relues] == [2] * 5
    assert relues[0].fiche.valeur("debut") == {1: "2027-01-11", -1: "2026-12-28", 3: "2027-01-25"}[semaines]


@pytest.mark.parametrize("quoi", ["formation", "action", "session"])
def test_what_is_chosen_at_any_level_is_moved_once(atelier, formation, quoi):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    sessions = atelier.sessions(action, 3)
    autre = atelier.arbre.action(formation.id, numero="A2", duree="60")
    atelier.sessions(autre, 1, Statut.BROUILLON)
    choisis = {"formation": [formation], "action": [action], "session": [*sessions[:2], action]}[quoi]
    tache = atelier.faire(changement("decaler", semaines="2"), *choisis)
    assert tache.faits == {"formation": 4, "action": 3, "session": 3}[quoi]
    assert [atelier.arbre.relire(s).version for s in sessions] == [2, 2, 2]


def test_all_that_a_filter_shows_is_changed(atelier):
    voulues = [atelier.formation(intitule="Bureautique débutant") for _ in range(3)]
    atelier.formation(intitule="Anglais")
    for une in voulues:
        atelier.arbre.action(une.id)
    tache = atelier.faire(changement("prix", ttc="1 500,00"), filtre=Filtre("BUREAUTIQUE"))
    assert (tache.faits, tache.laisses, tache.ecartes) == (3, 0, 0)
    for une in voulues:
        (action,) = atelier.actions(une)
        assert (action.fiche.valeur("frais_ttc"), action.fiche.valeur("frais_ht")) == ("1500.00", "1250.00")


def test_a_percentage_is_to_the_cent_and_what_has_no_price_is_left(atelier, formation):
    une = atelier.arbre.action(formation.id, Statut.VALIDEE, frais_ttc="1200.33", frais_ht="1000.28")
    sans = atelier.arbre.action(formation.id, numero="A2", frais_ttc="", frais_ht="", taux_tva="")
    tache = atelier.preparer(changement("prix", pourcentage="3,5 %"), formation)
    assert (tache.prevus, tache.ecartes) == (1, 1)
    assert {ligne.nom.split(" › ")[-1]: ligne.detail or ligne.raison for ligne in atelier.lignes(tache)} == {
        "A1": "1\xa0200,33\xa0€ → 1\xa0242,34\xa0€",
        "A2": "Sans prix à changer, ou déjà à ce prix.",
    }
    atelier.lancer(tache)
    relue = atelier.arbre.relire(une)
    assert (relue.fiche.valeur("frais_ttc"), relue.statut) == ("1242.34", Statut.VALIDEE)
    assert atelier.arbre.relire(sans).version == 1


def test_a_change_never_makes_a_draft_of_a_validated_one(atelier, formation, base):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    incomplet = atelier.arbre.contact(telephone="", courriel="")
    tache = atelier.faire(changement("contact", contact=incomplet), action)
    assert (tache.prevus, tache.ecartes, tache.faits) == (0, 1, 0)
    assert atelier.raisons(tache)[0].startswith("Elle redeviendrait un brouillon. ")
    assert atelier.arbre.relire(action).version == 1


def test_a_contact_and_a_modality_are_changed_for_all(atelier, formation):
    actions = [atelier.arbre.action(formation.id, numero=f"A{n}", duree=str(100 * n + 100)) for n in range(3)]
    nouveau = atelier.arbre.contact(nom="Durand", prenom="Ali")
    tache = atelier.faire(changement("contact", contact=nouveau), formation)
    assert tache.faits == 3
    assert {ligne.detail for ligne in atelier.lignes(tache)} == {"Camille Martin → Ali Durand"}
    assert atelier.faire(changement("modalite", modalite="1"), *actions[:2]).faits == 2
    valeurs = [atelier.arbre.relire(action).fiche for action in actions]
    assert [f.valeur("modalites_enseignement") for f in valeurs] == ["1", "1", "0"]
    assert {f.valeur("contact") for f in valeurs} == {nouveau}


def test_the_judge_alone_decides_what_is_validated(atelier, formation):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    bonne = atelier.arbre.session(action.id, numero="S1", debut="2027-02-01", fin="2027-02-05")
    jumelle = atelier.arbre.session(action.id, numero="S2", debut="2027-02-01", fin="2027-02-05")
    sans_dates = atelier.arbre.session(action.id, numero="S3", debut="", fin="")
    archivee = atelier.arbre.session(action.id, Statut.ARCHIVEE, numero="S4")
    deja = atelier.arbre.session(action.id, Statut.VALIDEE, numero="S5", debut="2027-04-05", fin="2027-04-09")
    tache = atelier.faire(changement("valider", "session"), bonne, jumelle, sans_dates, archivee, deja)
    assert (tache.prevus, tache.ecartes, tache.faits, tache.laisses) == (1, 4, 1, 0)
    statuts = {atelier.arbre.relire(s).statut for s in (bonne, jumelle)}
    assert statuts == {Statut.VALIDEE, Statut.BROUILLON}
    dites = " ".join(atelier.raisons(tache))
    for attendue in ("a les mêmes dates", "Saisissez la date de début", "Archivée", "Déjà validée."):
        assert attendue in dites


def test_twins_of_two_handfuls_are_not_both_validated(atelier, formation, monkeypatch):
    monkeypatch.setattr("webapp.services.lots.POIGNEE", 1)
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    jumelles = [atelier.arbre.session(action.id, numero=f"S{n}", debut="2027-02-01", fin="2027-02-05") for n in (1, 2)]
    tache = atelier.faire(changement("valider", "session"), *jumelles)
    assert (tache.prevus, tache.faits, tache.laisses) == (2, 1, 1)
    assert "a les mêmes dates" in atelier.raisons(tache)[0]


def test_formations_are_archived_validated_and_given_back(atelier, base):
    complete = atelier.formation(Statut.BROUILLON)
    vide = atelier.formation(Statut.BROUILLON, objectif="")
    validee = atelier.formation()
    tache = atelier.faire(changement("valider", "formation"), complete, vide, validee)
    assert (tache.faits, tache.ecartes) == (1, 2)
    archivage = atelier.faire(changement("archiver", "formation"), complete, vide, validee)
    assert archivage.faits == 3

    def statuts():
        with base.lecture() as cnx:
            return [catalogue.ouvrir(cnx, atelier.arbre.organisme, f.id).statut for f in (complete, vide, validee)]

    assert statuts() == [Statut.ARCHIVEE] * 3
    annulation = atelier.annuler(archivage)
    assert (annulation.etat, annulation.faits, annulation.laisses) == (EtatTache.TERMINEE, 3, 0)
    assert statuts() == [Statut.VALIDEE, Statut.BROUILLON, Statut.VALIDEE]
    # What was validated is as that had left it: archived, then given back.
    assert (atelier.annuler(tache).laisses, statuts()[0]) == (0, Statut.BROUILLON)


def test_a_validation_of_formations_is_undone(atelier, base):
    formation = atelier.formation(Statut.BROUILLON)
    annulation = atelier.annuler(atelier.faire(changement("valider", "formation"), formation))
    assert annulation.faits == 1
    with base.lecture() as cnx:
        assert catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id).statut is Statut.BROUILLON
        compteurs = catalogue.lister(cnx, atelier.arbre.organisme, Filtre()).compteurs
    assert compteurs[Statut.BROUILLON] == 1


def test_what_has_changed_since_it_was_shown_is_left_and_named(atelier, formation, base):
    action = atelier.arbre.action(formation.id)
    touchee, partie, intacte = (
        atelier.arbre.session(action.id, numero=f"S{n}", debut=f"2027-03-0{n}") for n in (1, 2, 3)
    )
    tache = atelier.preparer(changement("decaler", semaines="1"), formation)
    assert tache.etat is EtatTache.PRETE
    modifier(atelier, touchee, modalites_particulieres="Le soir.")
    with base.ecriture() as cnx:
        arbre.supprimer(cnx, atelier.arbre.acte, Niveau.SESSION, partie.id, 1)
    tache = atelier.lancer(tache)
    assert (tache.etat, tache.faits, tache.laisses) == (EtatTache.TERMINEE, 1, 2)
    assert sorted(atelier.raisons(tache)) == ["A changé depuis l’aperçu.", "N’existe plus."]
    assert atelier.arbre.relire(touchee).fiche.valeur("debut") == "2027-03-01"
    assert atelier.arbre.relire(intacte).fiche.valeur("debut") == "2027-03-10"


def test_nothing_changes_under_what_was_archived_meanwhile(atelier, formation, base):
    action = atelier.arbre.action(formation.id)
    session = atelier.arbre.session(action.id)
    tache = atelier.preparer(changement("decaler", semaines="1"), session)
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.arbre.acte, formation.id, formation.version)
    tache = atelier.lancer(tache)
    assert (tache.faits, tache.laisses) == (0, 1)
    assert atelier.raisons(tache) == ["Sa formation est archivée : restaurez-la d’abord.".replace(" :", "\xa0:")]


def test_undoing_gives_all_back_but_what_has_changed_since(atelier, formation, base):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    sessions = atelier.sessions(action, 4)
    avant = atelier.debuts(action)
    tache = atelier.faire(changement("decaler", semaines="1"), formation)
    touchee = modifier(atelier, sessions[3], modalites_particulieres="Le soir.")
    annulation = atelier.annuler(tache)
    assert (annulation.etat, annulation.faits, annulation.laisses) == (EtatTache.TERMINEE, 3, 1)
    assert atelier.debuts(action) == [*avant[:3], "2027-02-01"]
    assert atelier.arbre.relire(touchee).version == touchee.version
    laissees = [ligne for ligne in atelier.lignes(annulation) if ligne.raison]
    assert [(une.objet_id, une.raison) for une in laissees] == [(touchee.id, "A changé depuis cette tâche.")]
    assert {atelier.arbre.relire(s).statut for s in sessions} == {Statut.VALIDEE}
    assert atelier.annuler(tache).id == annulation.id


def test_what_the_judge_no_longer_accepts_comes_back_as_a_draft_and_says_so(atelier, formation, base):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    ancien = atelier.arbre.relire(action).fiche.valeur("contact")
    nouveau = atelier.arbre.contact(nom="Durand")
    tache = atelier.faire(changement("contact", contact=nouveau), action)
    assert tache.faits == 1
    with base.ecriture() as cnx:
        depart = annuaire.ouvrir(cnx, atelier.arbre.organisme, Niveau.CONTACT, UUID(ancien))
        vide = depart.fiche.avec(telephone="", courriel="")
        annuaire.soumettre(cnx, atelier.arbre.acte, Depot(depart.id, depart.version, vide))
    annulation = atelier.annuler(tache)
    relue = atelier.arbre.relire(action)
    assert (relue.statut, relue.fiche.valeur("contact")) == (Statut.BROUILLON, ancien)
    assert atelier.raisons(annulation)[0].startswith("Revenue en brouillon. ")


@pytest.mark.parametrize("niveau", ["action", "session"])
def test_archived_actions_and_sessions_come_back_as_they_were(atelier, formation, niveau):
    action = atelier.arbre.action(formation.id, Statut.VALIDEE)
    session = atelier.sessions(action, 1)[0]
    tache = atelier.faire(changement("archiver", niveau), formation)
    vise = {"action": action, "session": session}[niveau]
    assert atelier.arbre.relire(vise).statut is Statut.ARCHIVEE
    atelier.annuler(tache)
    relue = atelier.arbre.relire(vise)
    assert (relue.statut, relue.version, relue.avant_archivage, relue.archivee_le) == (Statut.VALIDEE, 3, None, None)
    assert relue.validee_le == vise.validee_le


def test_others_sessions_are_never_found(atelier, base):
    ailleurs = AtelierTaches(base, AtelierArbre(base))
    formation = ailleurs.formation()
    session = ailleurs.arbre.session(ailleurs.arbre.action(formation.id).id)
    semaine = changement("decaler", semaines="1")
    with pytest.raises(ChangementRefuse):
        atelier.faire(semaine, formation, session)
    # Were they in a choice, they would not be found either.
    choix = atelier.choisir(atelier.formation())
    with base.ecriture() as cnx:
        sien = trouve(gardees.par_id(cnx, atelier.arbre.organisme.id, choix))
        gardees.choisir(cnx, sien, Niveau.FORMATION, [formation.id])
        gardees.choisir(cnx, sien, Niveau.SESSION, [session.id])
        tache = taches.preparer(cnx, atelier.demande, choix, semaine)
    assert (tache.prevus, tache.ecartes) == (0, 0)
    assert ailleurs.arbre.relire(session).version == 1


def test_names_say_where_an_object_stands(atelier):
    formation = atelier.formation(intitule="Un titre")
    action = atelier.arbre.action(formation.id, numero="A7")
    atelier.arbre.session(action.id, numero="S9")
    tache = atelier.preparer(changement("decaler", semaines="-2"), formation)
    (ligne,) = atelier.lignes(tache)
    assert ligne.nom == f"{formation.fiche.identifiant} › A7 › S9"
    assert ligne.detail == "01/03/2027 – 05/03/2027 → 15/02/2027 – 19/02/2027"


def test_archiving_says_what_it_hides_with_each_object(atelier):
    formation, vide = atelier.formation(), atelier.formation()
    action, seule = (atelier.arbre.action(formation.id, numero=numero) for numero in ("A1", "A2"))
    atelier.sessions(action, 2)
    for cachee in (atelier.arbre.session(action.id, numero="Cachée"), atelier.arbre.action(formation.id, numero="A3")):
        atelier.arbre.archiver(cachee)
    details = {}
    for niveau in ("formation", "action", "session"):
        tache = atelier.preparer(changement("archiver", niveau), formation, vide)
        details[niveau] = [ligne.detail for ligne in atelier.lignes(tache) if not ligne.raison]
    masque = "Masque 2\N{NO-BREAK SPACE}actions et 2\N{NO-BREAK SPACE}sessions."
    assert sorted(details["formation"]) == ["", masque]
    assert sorted(details["action"]) == ["", "Masque 2\N{NO-BREAK SPACE}sessions."]
    assert details["session"] == ["", ""]
    assert seule.id != action.id


def test_the_certification_of_formations_is_replaced_and_given_back(atelier, base):
    brouillon, validee = atelier.formation(Statut.BROUILLON, objectif=""), atelier.formation()
    deja = atelier.formation(certification="RS3936")
    propose = atelier.formation(Statut.BROUILLON, intitule=CLEA.intitule)
    voulu = changement("remplacer", vers="rs 3936")
    tache = atelier.faire(voulu, brouillon, validee, deja, propose)
    assert (tache.faits, tache.ecartes, tache.laisses) == (3, 1, 0)
    assert "Prépare déjà cette certification." in atelier.raisons(tache)
    assert {ligne.detail for ligne in atelier.lignes(tache) if ligne.detail} == {"RS2203 → RS3936"}

    def relues():
        with base.lecture() as cnx:
            return [catalogue.ouvrir(cnx, atelier.arbre.organisme, f.id) for f in (brouillon, validee, deja, propose)]

    apres = relues()
    assert [f.fiche.certification for f in apres] == ["RS3936"] * 4
    assert [f.statut for f in apres] == [Statut.BROUILLON, Statut.VALIDEE, Statut.VALIDEE, Statut.BROUILLON]
    assert [f.fiche.type_formation for f in apres] == ["clea"] * 4
    # The texts are kept; a title that was that of the certification follows it.
    assert apres[0].fiche == brouillon.fiche.avec(certification="RS3936")
    assert "Numérique" in apres[3].fiche.intitule
    assert atelier.annuler(tache).faits == 3
    assert [f.fiche for f in relues()] == [f.fiche for f in (brouillon, validee, deja, propose)]
    assert [f.statut for f in relues()] == [f.statut for f in (brouillon, validee, deja, propose)]


def test_a_certification_that_is_given_back_after_its_end_makes_a_draft_that_says_why(atelier, base):
    validee = atelier.formation()
    tache = atelier.faire(changement("remplacer", vers="RS3936"), validee)
    tard = replace(atelier.arbre.acte, le=LE_2026)
    with base.ecriture() as cnx:
        annulation = taches.annuler(cnx, Demande(tard, LE_2026), tache.id, uuid4())
    assert (annulation.etat, annulation.faits) == (EtatTache.TERMINEE, 1)
    with base.lecture() as cnx:
        rendue = catalogue.ouvrir(cnx, atelier.arbre.organisme, validee.id)
    assert (rendue.fiche, rendue.statut) == (validee.fiche, Statut.BROUILLON)
    (raison,) = atelier.raisons(annulation)
    assert raison.startswith("Revenue en brouillon. ")
    assert "RS2203" in raison


@pytest.mark.parametrize(
    ("vers", "dit"),
    [
        ("", "Saisissez le code de la nouvelle certification"), ("7003x", "Saisissez le code"),
        ("RS99999", "est inconnu du registre local"), ("RS7003", "n’est pas connue comme active"),
    ],
)  # fmt: skip
def test_a_certification_that_cannot_replace_is_refused(atelier, vers, dit):
    with pytest.raises(ChangementRefuse, match=dit) as refus:
        atelier.preparer(changement("remplacer", vers=vers), atelier.formation())
    assert refus.value.champ == "vers"


def test_what_would_lose_a_text_is_replaced_on_its_own_page(atelier):
    avec_bloc = atelier.formation(
        Statut.BROUILLON, type_formation="certifiante", certification="RNCP37674", blocs="RNCP37674BC01"
    )
    tache = atelier.faire(changement("remplacer", vers="RS2203"), avec_bloc)
    assert (tache.faits, tache.ecartes) == (0, 1)


def test_all_of_a_type_and_a_certification_is_changed(atelier):
    voulue, autre = atelier.formation(certification="RS3936"), atelier.formation()
    tache = atelier.faire(changement("archiver", "formation"), filtre=Filtre("", None, "clea", "RS3936"))
    assert tache.faits == 1
    assert atelier.arbre.atelier.lire(atelier.arbre.auteur, voulue.id).statut is Statut.ARCHIVEE
    assert atelier.arbre.atelier.lire(atelier.arbre.auteur, autre.id).statut is Statut.VALIDEE


def test_archiving_a_formation_does_not_count_what_one_of_its_archived_actions_hides_already(atelier):
    formation = atelier.formation()
    action, archivee = (atelier.arbre.action(formation.id, numero=numero) for numero in ("A1", "A2"))
    atelier.sessions(action, 1)
    atelier.sessions(archivee, 2)
    atelier.arbre.archiver(archivee)
    (ligne,) = atelier.lignes(atelier.preparer(changement("archiver", "formation"), formation))
    assert ligne.detail == "Masque 1\N{NO-BREAK SPACE}action et 1\N{NO-BREAK SPACE}session."


@pytest.mark.parametrize("reste", [True, False])
def test_what_was_never_launched_is_forgotten_when_somebody_chooses_again_two_days_later(atelier, base, reste):
    formation, autre = atelier.formation(Statut.BROUILLON), atelier.formation(Statut.BROUILLON)
    faite = atelier.faire(changement("archiver", "formation"), autre)
    prete = atelier.preparer(changement("archiver", "formation"), formation)
    choisie = atelier.choisir(formation)
    tard = replace(atelier.arbre.acte, maintenant=prete.creee_le + taches.OUBLI + timedelta(seconds=not reste))
    with base.ecriture() as cnx:
        voulue = Coches(Niveau.FORMATION, frozenset({formation.id}), frozenset({formation.id}))
        taches.choisir(cnx, Demande(tard, LE), uuid4(), voulue)
    with base.lecture() as cnx:
        presentes = [gardees.par_id(cnx, atelier.arbre.organisme.id, id_) is not None for id_ in (choisie, prete.id)]
    assert presentes == [reste, reste]
    # What was done is kept, with what it takes to undo it.
    assert atelier.relire(faite.id) == faite


def test_a_filter_that_a_version_before_has_kept_is_still_understood(atelier, base):
    """A job waits while the product is changed for a newer one: what it kept said neither a type nor a code."""
    voulue, autre = (atelier.formation(Statut.BROUILLON, intitule=titre) for titre in ("Bureautique", "Anglais"))
    id_ = uuid4()
    with base.ecriture() as cnx:
        prepare = taches.nouvelle(
            atelier.demande, id_, etat=EtatTache.PREPARATION, changement=changement("archiver", "formation"),
            etape={"filtre": {"recherche": "bureautique", "statut": ""}},
        )  # fmt: skip
        gardees.ajouter(cnx, prepare)
    atelier.travailler()
    atelier.lancer(atelier.relire(id_))
    assert [atelier.arbre.atelier.lire(atelier.arbre.auteur, une.id).statut for une in (voulue, autre)] == [
        Statut.ARCHIVEE, Statut.BROUILLON
    ]  # fmt: skip
