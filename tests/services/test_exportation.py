"""Exports for the portal, on both databases: looked at, accepted, made by whoever does jobs, whole or not at all."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from lxml import etree

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Role
from webapp.domain.exports import ExportRefuse, FichierPasFait, Quoi
from webapp.domain.noeud import Depot
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import EtatTache, TacheDepassee
from webapp.edof.lecture import formations
from webapp.persistence import exports_edof, suivi_edof
from webapp.persistence import taches as gardees
from webapp.services import annuaire, catalogue, comptes, export_edof, exportation, marche, taches
from webapp.services.taches import Demande
from webapp.services.travail import Travailleur


@pytest.fixture
def atelier(base):
    return AtelierExports(base, AtelierArbre(base))


@pytest.fixture(params=["by the answer", "by the process of jobs"])
def par_qui(request, monkeypatch):
    """Small exports are made by the answer, larger ones by the process of jobs: alike."""
    if request.param != "by the answer":
        monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    return request.param


def sorties(octets):
    return [element.get("numero") for element in formations(etree.fromstring(octets))]


def test_an_export_is_looked_at_then_made_and_says_what_it_holds(atelier, par_qui):
    atelier.publiable("Une", 2)
    atelier.formation(intitule="Sans action")
    tache = atelier.demander()
    assert (tache.etat is EtatTache.PRETE) == (par_qui == "by the answer")
    atelier.travailler()
    prete = atelier.ouvrir(tache.id)
    assert prete.tache.etat is EtatTache.PRETE
    assert (prete.export.formations, prete.export.actions, prete.export.sessions) == (1, 1, 2)
    assert (prete.export.ecartees, prete.export.fini_le, prete.export.format) == (1, None, "v5r2")
    # There is no file yet, not even an empty one.
    assert (prete.export.taille, prete.export.empreinte) == (0, "")
    with pytest.raises(FichierPasFait):
        atelier.fichier(tache.id)
    atelier.lancer_export(tache.id)
    atelier.travailler()
    fait = atelier.ouvrir(tache.id)
    assert fait.tache.etat is EtatTache.TERMINEE
    octets = atelier.fichier(tache.id)
    assert (sorties(octets), len(octets)) == (["Une"], fait.export.taille)
    assert hashlib.sha256(octets).hexdigest() == fait.export.empreinte
    with atelier.base.lecture() as cnx:
        organisme, le = atelier.arbre.organisme, atelier.arbre.acte.le
        assert octets == b"".join(export_edof.produire(cnx, organisme, le))
        page = exportation.ecartees(cnx, fait.export, partielles=False)
    assert [(une.intitule, bool(une.motifs)) for une in page.ecartees] == [("Sans action", True)]


def test_the_same_catalogue_gives_the_same_bytes(atelier, par_qui):
    atelier.publiable("Une")
    un, autre = atelier.exporter(), atelier.exporter()
    assert un.export.empreinte == autre.export.empreinte
    assert atelier.fichier(un.tache.id) == atelier.fichier(autre.tache.id)


def test_what_the_file_cannot_carry_waits_to_be_accepted_once(atelier, par_qui):
    formation, action = atelier.publiable("Coeur", objectif="Le cœur du métier.")
    tache = atelier.demander()
    atelier.travailler()
    (signe,) = atelier.ouvrir(tache.id).export.signes
    assert (signe.caractere, signe.remplacement, signe.fois) == ("œ", "oe", 1)
    (endroit,) = signe.endroits
    assert (endroit.id, endroit.champ, endroit.identifiant) == (formation.id, "objectif", "Coeur")
    with pytest.raises(ExportRefuse):
        atelier.lancer_export(tache.id, accepte=False)
    atelier.lancer_export(tache.id)
    atelier.travailler()
    fait = atelier.ouvrir(tache.id).export
    assert "Le coeur du métier." in atelier.fichier(tache.id).decode("iso-8859-1")
    assert [signe.caractere for signe in fait.signes] == ["œ"]
    assert (fait.accepte_par, bool(fait.accepte_le)) == (atelier.arbre.auteur.nom, True)
    suivant = atelier.demander()
    atelier.travailler()
    with atelier.base.lecture() as cnx:
        assert exportation.signes_a_accepter(cnx, atelier.ouvrir(suivant.id).export) == ()
    assert action.formation_id == formation.id


def test_a_character_that_came_after_the_preview_is_never_replaced_in_silence(atelier, par_qui):
    atelier.publiable("Une")
    tache = atelier.demander()
    atelier.travailler()
    atelier.publiable("Deux", objectif="Le cœur.")
    atelier.lancer_export(tache.id)
    atelier.travailler()
    assert sorties(atelier.fichier(tache.id)) == ["Une"]
    with atelier.base.lecture() as cnx:
        (ecartee,) = exportation.ecartees(cnx, atelier.ouvrir(tache.id).export, partielles=False).ecartees
    assert "n’a pas été accepté" in ecartee.raisons[0]


def test_what_nothing_replaces_keeps_its_offer_out_and_says_where(atelier):
    atelier.publiable("Bonne")
    formation, action = atelier.publiable("Sourire")
    atelier.arbre.soumettre(
        action.fiche.avec(transport="Bus \U0001f600"), formation.id, id=action.id, version=action.version
    )
    tache = atelier.demander()
    with atelier.base.lecture() as cnx:
        (ecartee,) = exportation.ecartees(cnx, atelier.ouvrir(tache.id).export, partielles=False).ecartees
    (motif,) = ecartee.motifs
    assert (ecartee.identifiant, motif.id, motif.champ) == ("Sourire", action.id, "transport")


def test_drafts_of_a_formation_that_goes_are_named(atelier):
    _, action = atelier.publiable("Une")
    brouillon = atelier.arbre.session(action.id, numero="Brouillon", debut="2027-09-01", fin="2027-09-02")
    tache = atelier.demander()
    un = atelier.ouvrir(tache.id).export
    assert (un.ecartees, un.partielles) == (0, 1)
    with atelier.base.lecture() as cnx:
        (ecartee,) = exportation.ecartees(cnx, un, partielles=True).ecartees
    assert [motif.id for motif in ecartee.motifs] == [brouillon.id]


def test_a_selection_holds_what_was_chosen_alone(atelier, par_qui):
    (une, _), _ = atelier.publiable("Une"), atelier.publiable("Deux")
    id_ = atelier.choisir(une)
    fait = atelier.exporter(Quoi.CHOIX, id_)
    assert sorties(atelier.fichier(fait.tache.id)) == ["Une"]
    with pytest.raises(ExportRefuse):
        atelier.demander(Quoi.CHOIX)


def test_a_small_choice_is_done_by_the_answer_however_large_the_catalogue(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 2)
    monkeypatch.setattr(exportation, "SESSIONS_AUSSITOT", 3)
    faites = [atelier.publiable(f"F{rang}", rang)[0] for rang in range(1, 5)]
    for voulues, aussitot in ((faites[:2], True), (faites[:3], False), (faites[3:], False)):
        tache = atelier.demander(Quoi.CHOIX, atelier.choisir(*voulues))
        assert (tache.etat is EtatTache.PRETE) is aussitot
        atelier.travailler()
        fini = atelier.lancer_export(tache.id)
        assert (fini.etat is EtatTache.TERMINEE) is aussitot
        atelier.travailler()
        assert sorties(atelier.fichier(tache.id)) == [une.fiche.identifiant for une in reversed(voulues)]


def test_only_what_changed_since_the_files_given_to_the_portal(atelier, par_qui):
    with pytest.raises(ExportRefuse):
        atelier.demander(Quoi.CHANGE)
    atelier.publiable("Une")
    _, action = atelier.publiable("Deux")
    premier = atelier.exporter()
    atelier.deposer(premier.tache.id)
    atelier.arbre.session(action.id, Statut.VALIDEE, numero="Z", debut="2027-09-01", fin="2027-09-02")
    atelier.publiable("Trois")
    fait = atelier.exporter(Quoi.CHANGE)
    assert sorties(atelier.fichier(fait.tache.id)) == ["Trois", "Deux"]
    assert fait.export.inchangees == 1
    atelier.deposer(fait.tache.id)
    # What the portal has is now in two files.
    rien = atelier.demander(Quoi.CHANGE)
    atelier.travailler()
    un = atelier.ouvrir(rien.id).export
    assert (un.formations, un.inchangees) == (0, 3)
    with pytest.raises(ExportRefuse):
        atelier.lancer_export(rien.id)


def test_a_card_is_told_when_it_went_out_and_whether_it_was_touched_since(atelier, par_qui):
    (une, _), (deux, action) = atelier.publiable("Une"), atelier.publiable("Deux")
    fait = atelier.exporter().export

    def suivi():
        with atelier.base.lecture() as cnx:
            return suivi_edof.suivi_de(cnx, atelier.arbre.organisme.id, [une.id, deux.id])

    assert suivi() == {une.id: (fait.fini_le, False), deux.id: (fait.fini_le, False)}
    seance = atelier.arbre.session(action.id, Statut.VALIDEE, numero="Z", debut="2027-09-01", fin="2027-09-02")
    assert {id_: change for id_, (_, change) in suivi().items()} == {une.id: False, deux.id: True}
    atelier.exporter()
    assert not any(change for _, change in suivi().values())
    atelier.arbre.archiver(seance)
    assert suivi()[deux.id][1]


def suivis(atelier, *formations):
    """Whether the card of each says that it was touched since it went out."""
    with atelier.base.lecture() as cnx:
        lus = suivi_edof.suivi_de(cnx, atelier.arbre.organisme.id, [une.id for une in formations])
    return [lus[une.id][1] for une in formations]


def changer(atelier, niveau, id_, **textes):
    """Save a contact or a place with other words."""
    with atelier.base.ecriture() as cnx:
        avant = annuaire.ouvrir(cnx, atelier.arbre.organisme, niveau, UUID(id_))
        annuaire.soumettre(cnx, atelier.arbre.acte, Depot(avant.id, avant.version, avant.fiche.avec(**textes)))


@pytest.mark.parametrize("pour", ["contact", "lieu", "adresse_information"])
def test_a_contact_or_a_place_that_changes_touches_those_whose_file_says_it(atelier, pour):
    (une, action), (deux, autre) = atelier.publiable("Une"), atelier.publiable("Deux")
    if pour == "adresse_information":
        ailleurs = atelier.arbre.lieu(denomination="Accueil")
        fiche = action.fiche.avec(adresse_information=ailleurs)
        action = atelier.arbre.soumettre(
            fiche, une.id, id=action.id, version=action.version, operation=Operation.VALIDER
        )
    atelier.deposer(atelier.exporter().tache.id)
    assert suivis(atelier, une, deux) == [False, False]
    if pour == "contact":
        changer(atelier, Niveau.CONTACT, action.fiche.valeur("contact"), telephone="05 61 99 99 99")
    else:
        changer(atelier, Niveau.LIEU, action.fiche.valeur(pour), ville="Albi")
    assert suivis(atelier, une, deux) == [True, False]
    assert sorties(atelier.fichier(atelier.exporter(Quoi.CHANGE).tache.id)) == ["Une"]
    assert autre.fiche.valeur("contact") != action.fiche.valeur("contact")


def test_the_contact_of_a_place_touches_those_held_there_and_its_other_uses_alone(atelier):
    (une, action), (deux, _) = atelier.publiable("Une"), atelier.publiable("Deux")
    sur_place = atelier.arbre.contact(nom="Gardien")
    changer(atelier, Niveau.LIEU, action.fiche.valeur("lieu"), contact=sur_place)
    atelier.exporter()
    changer(atelier, Niveau.CONTACT, sur_place, fonction="Accueil")
    assert suivis(atelier, une, deux) == [False, False], "what a person does there is not in the file"
    changer(atelier, Niveau.CONTACT, sur_place, prenom="Dominique")
    assert suivis(atelier, une, deux) == [True, False]
    atelier.exporter()
    changer(atelier, Niveau.LIEU, action.fiche.valeur("lieu"), contact=action.fiche.valeur("contact"))
    assert suivis(atelier, une, deux) == [True, False]


def test_whom_a_session_says_touches_its_formation_unless_it_is_a_draft(atelier):
    (une, action), (deux, autre) = atelier.publiable("Une"), atelier.publiable("Deux")
    contact, lieu = atelier.arbre.contact(nom="Inscription"), atelier.arbre.lieu(denomination="Inscriptions")
    ailleurs = {"contact_inscription": contact, "adresse_inscription": lieu, "debut": "2027-09-01", "fin": "2027-09-02"}
    atelier.arbre.session(action.id, Statut.VALIDEE, numero="Z", **ailleurs)
    atelier.arbre.session(autre.id, numero="Brouillon", **ailleurs)
    atelier.exporter()
    changer(atelier, Niveau.CONTACT, contact, courriel="inscriptions@exemple.example")
    assert suivis(atelier, une, deux) == [True, False]
    atelier.exporter()
    changer(atelier, Niveau.LIEU, lieu, code_postal="81000")
    assert suivis(atelier, une, deux) == [True, False]
    atelier.exporter()
    changer(atelier, Niveau.LIEU, lieu, contact=contact)
    assert suivis(atelier, une, deux) == [False, False], "the file has no person at that address"


def test_a_process_that_dies_leaves_no_file_and_another_makes_it_whole(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    monkeypatch.setattr(marche, "RASSEMBLEES", 1)
    for rang in range(6):
        atelier.publiable(f"F{rang}")
    tache = atelier.demander()
    atelier.travailler()
    atelier.lancer_export(tache.id)
    premier = Travailleur(atelier.base, atelier.porteur, lecture=0.0)
    for _ in range(3):
        assert premier.tour()
    a_moitie = atelier.ouvrir(tache.id)
    assert (a_moitie.tache.faits, a_moitie.export.fini_le) == (3, None)
    with pytest.raises(FichierPasFait):
        atelier.fichier(tache.id)
    # Nobody closes what a killed process held: another begins under the same name.
    second = Travailleur(atelier.base, atelier.porteur, lecture=0.0)
    assert second.tour()
    assert atelier.relire(tache.id).faits == 1
    while second.tour():
        pass
    assert sorties(atelier.fichier(tache.id)) == [f"F{rang}" for rang in range(5, -1, -1)]
    fait = atelier.ouvrir(tache.id)
    assert (fait.tache.etat, fait.tache.faits, fait.export.formations) == (EtatTache.TERMINEE, 6, 6)
    assert not premier.tour()


def test_what_is_saved_while_the_file_is_made_is_not_half_in_it(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    monkeypatch.setattr(marche, "RASSEMBLEES", 1)
    _, derniere = atelier.publiable("F0")
    for rang in range(1, 4):
        atelier.publiable(f"F{rang}")
    tache = atelier.demander()
    atelier.travailler()
    atelier.lancer_export(tache.id)
    travailleur = Travailleur(atelier.base, atelier.porteur, lecture=0.0)
    assert travailleur.tour()
    atelier.arbre.session(derniere.id, Statut.VALIDEE, numero="Z", debut="2027-09-01", fin="2027-09-02")
    atelier.publiable("F9")
    while travailleur.tour():
        pass
    octets = atelier.fichier(tache.id)
    assert sorties(octets) == ["F3", "F2", "F1", "F0"]
    assert b'numero="Z"' not in octets
    with atelier.base.lecture() as cnx:
        suivi = suivi_edof.suivi_de(cnx, atelier.arbre.organisme.id, [derniere.formation_id])
    assert suivi[derniere.formation_id][1], "the card says that it was touched since"


def test_a_stopped_export_has_no_file(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    atelier.publiable("Une")
    tache = atelier.demander()
    with atelier.base.ecriture() as cnx:
        exportation.arreter(cnx, atelier.arbre.acte, tache.id)
    atelier.travailler()
    assert atelier.relire(tache.id).etat is EtatTache.INTERROMPUE
    with atelier.base.ecriture() as cnx, pytest.raises(TacheDepassee):
        taches.annuler(cnx, atelier.demande, tache.id, uuid4())


def test_who_may_no_longer_change_the_catalogue_gets_no_file(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    atelier.publiable("Une")
    tache = atelier.demander()
    with atelier.base.ecriture() as cnx:
        comptes.changer_role(cnx, atelier.arbre.auteur, Role.LECTEUR)
    atelier.travailler()
    assert atelier.relire(tache.id).etat is EtatTache.INTERROMPUE


def test_a_file_is_kept_as_long_as_was_asked_unless_the_portal_has_it(atelier):
    atelier.publiable("Une")
    un = atelier.exporter().export
    assert un.expire_le == un.fini_le + timedelta(days=30)
    assert un.a_un_fichier(un.expire_le - timedelta(seconds=1))
    assert not un.a_un_fichier(un.expire_le)
    atelier.deposer(un.id)
    depose = atelier.ouvrir(un.id).export
    assert depose.a_un_fichier(un.expire_le)
    plus_tard = un.expire_le + timedelta(days=1)
    for gardes, reste in (([un.id], True), ([], False)):
        with atelier.base.ecriture() as cnx:
            exports_edof.effacer(cnx, atelier.arbre.organisme.id, plus_tard, gardes)
        assert atelier.ouvrir(un.id).export.a_un_fichier(plus_tard) is reste
    with atelier.base.lecture() as cnx:
        assert list(exports_edof.octets(cnx, un, 0, un.taille)) == []


def test_the_export_of_another_organisation_is_missing(base, atelier):
    autre = AtelierExports(base, AtelierArbre(base))
    atelier.publiable("Une")
    un = atelier.exporter()
    with base.ecriture() as cnx:
        for faire in (
            lambda: exportation.ouvrir(cnx, autre.arbre.organisme, un.tache.id),
            lambda: exportation.lancer(cnx, autre.arbre.acte, un.tache.id, accepte=True),
            lambda: exportation.arreter(cnx, autre.arbre.acte, un.tache.id),
            lambda: exportation.deposer(cnx, autre.arbre.acte, un.tache.id, depose=True),
        ):
            with pytest.raises(Introuvable):
                faire()
    assert atelier.ouvrir(un.tache.id).export.depose_le is None


def test_pieces_of_the_file_are_given_by_place(atelier, monkeypatch):
    monkeypatch.setattr(exports_edof, "TAILLE_MORCEAU", 1000)
    monkeypatch.setattr(marche, "TAILLE_MORCEAU", 1000)
    for rang in range(3):
        atelier.publiable(f"F{rang}", 4)
    un = atelier.exporter().export
    entier = atelier.fichier(un.id)
    assert len(entier) > 5_000
    with atelier.base.lecture() as cnx:
        for debut, longueur in ((0, 1), (999, 2), (1000, 1000), (1500, 3210), (un.taille - 1, 1)):
            morceau = b"".join(exports_edof.octets(cnx, un, debut, longueur))
            assert morceau == entier[debut : debut + longueur]
        ecrites = exports_edof.offres_de(cnx, un.organisme_id, ["F1"], [un.id])["F1"]
        piece = b"".join(exports_edof.octets(cnx, un, ecrites.debut, ecrites.longueur))
    assert piece.lstrip().startswith(b'<formation numero="F1"')
    assert marche.empreinte_de(piece) == ecrites.empreinte


def test_what_can_no_longer_go_out_leaves_no_file(atelier, par_qui):
    """Between the preview and the file, the one formation that could go is archived."""
    formation, _ = atelier.publiable("Une")
    atelier.formation(intitule="Sans action")
    tache = atelier.demander()
    atelier.travailler()
    with atelier.base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.arbre.acte, formation.id, formation.version)
    atelier.lancer_export(tache.id)
    atelier.travailler()
    vide = atelier.ouvrir(tache.id)
    assert (vide.tache.etat, vide.tache.raison) == (EtatTache.INTERROMPUE, exportation.RIEN_A_ECRIRE)
    assert (vide.export.taille, vide.export.empreinte, vide.export.fini_le) == (0, "", None)


def test_what_a_process_has_looked_at_another_writes_at_once(atelier, monkeypatch):
    """Whoever made the preview may be gone when it is confirmed: nobody waits for a sign of it."""
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    atelier.publiable("Une")
    tache = atelier.demander()
    atelier.travailler()
    assert atelier.lancer_export(tache.id).etat is EtatTache.EN_COURS
    assert Travailleur(atelier.base, uuid4()).tour()
    assert atelier.relire(tache.id).etat is EtatTache.TERMINEE


@pytest.mark.parametrize("reste", [True, False])
def test_what_was_looked_at_and_never_made_is_forgotten_at_an_export_two_days_later(atelier, reste):
    atelier.publiable("Une")
    fait, prete = atelier.exporter(), atelier.demander()
    tard = replace(atelier.arbre.acte, maintenant=prete.creee_le + taches.OUBLI + timedelta(seconds=not reste))
    with atelier.base.ecriture() as cnx:
        exportation.demander(cnx, Demande(tard, tard.le), uuid4(), Quoi.TOUT)
    with atelier.base.lecture() as cnx:
        connues = [une.id for une in gardees.liste(cnx, atelier.arbre.organisme.id, 10)]
    assert (prete.id in connues, fait.tache.id in connues) == (reste, True)


def test_asked_twice_an_export_is_made_once(atelier):
    atelier.publiable("Une")
    id_ = uuid4()
    assert atelier.demander(id=id_).id == atelier.demander(id=id_).id == id_
    atelier.lancer_export(id_)
    assert atelier.lancer_export(id_).etat is EtatTache.TERMINEE


def test_an_export_that_does_nothing_but_fail_is_given_up_without_a_file(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    atelier.publiable("Une")
    tache = atelier.demander()

    def tomber(*_):
        raise RuntimeError("tombé")

    monkeypatch.setattr(exportation, "ranger", tomber)
    travailleur = Travailleur(atelier.base, atelier.porteur)
    while travailleur.tour():
        pass
    faite = atelier.ouvrir(tache.id)
    assert (faite.tache.etat, faite.export.fini_le) == (EtatTache.INTERROMPUE, None)
    monkeypatch.undo()
    atelier.publiable("Deux")
    assert sorties(atelier.fichier(atelier.exporter().tache.id)) == ["Deux", "Une"]
