"""Files of the portal brought into a catalogue, on both databases: looked at, whole or not at all, undone whole."""

import io
import math
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.bases import ouverte
from tests.bench.exportation import ACCEPTES
from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import PRETE, TERMINEE, AtelierImport, au_siret
from tests.edof.tirages import FORMATIONS
from webapp import cli_edof
from webapp.cli import principal
from webapp.domain import champs, champs_action, latin_1
from webapp.domain import champs_annuaire as c
from webapp.domain.champs import Niveau
from webapp.domain.champs_session import ADRESSE_INSCRIPTION, CONTACT_INSCRIPTION, DEBUT, FIN
from webapp.domain.dates import date_longue
from webapp.domain.formation import Acte, Envoi
from webapp.domain.imports import GARDE, Sort
from webapp.domain.noeud import Depot
from webapp.domain.statuts import Operation, Statut
from webapp.domain.taches import EtatLigne, EtatTache
from webapp.domain.textes import ESPACE_INSECABLE, fr
from webapp.edof.canonique import SANS_TEXTE, canonique, differences
from webapp.edof.ecriture import ecrire
from webapp.edof.fichier import ECARTES_NOMMES, FichierRefuse
from webapp.edof.lecture import SANS_DATE, formations, lire_formation
from webapp.edof.objets import Reference
from webapp.edof.ordre import CERTIFICATION
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import formations as formations_gardees
from webapp.persistence import imports_edof, traces_edof
from webapp.persistence import taches as gardees
from webapp.persistence.annuaire import CONTACTS, LIEUX
from webapp.persistence.formations import toutes
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import (
    annuaire,
    arbre,
    catalogue,
    defaire_import,
    export_edof,
    import_edof,
    passage_mots,
    tache_import,
    taches,
)
from webapp.services.defaire_import import REMPLIE, SOUS_RETOUCHEE
from webapp.services.import_edof import Envoye
from webapp.services.lots import RETOUCHEE, SOUS_ARCHIVE, Part
from webapp.services.travail import Travailleur

EXEMPLE = (Path(__file__).parents[1] / "edof" / "exemple.xml").read_bytes()


@pytest.fixture
def atelier(base):
    return AtelierImport(base, AtelierArbre(base), LE_2026)


@pytest.fixture
def exemple(atelier):
    """Our sample, of the organisation."""
    return re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), EXEMPLE)


def lues(octets):
    return list(formations(etree.fromstring(octets)))


def test_what_comes_in_is_shown_first_and_nothing_is_written(atelier, exemple):
    tache = atelier.deposer(exemple)
    assert tache.etat is PRETE
    assert atelier.objets() == []
    vus = atelier.apercus(tache)
    assert {un.sort for un in vus} == {Sort.CREE}, [(un.nom, un.raisons) for un in vus]
    dits = {(un.niveau, un.nom): un.appel for un in vus}
    for formation in (lire_formation(element, []) for element in lues(exemple)):
        assert dits[Niveau.FORMATION, formation.numero] == formation.valeurs[champs.INTITULE]
        for action in formation.enfants:
            nom = f"{formation.numero} › {action.numero}"
            assert not dits[Niveau.ACTION, nom]
            for session in action.enfants:
                debut, fin = (date_longue(date.fromisoformat(session.valeurs[champ])) for champ in (DEBUT, FIN))
                assert dits[Niveau.SESSION, f"{nom} › {session.numero}"] == f"du {debut} au {fin}"
    assert sum(un.niveau == "formation" for un in vus) == len(lues(exemple))


def test_what_comes_in_goes_out_the_same(atelier, exemple):
    assert atelier.importer(exemple).etat is TERMINEE
    sortie = b"".join(ecrire(atelier.objets()))
    for avant, apres in zip(lues(exemple), lues(sortie), strict=True):
        assert list(differences(canonique(avant), canonique(apres))) == []
    assert sortie == b"".join(ecrire(atelier.objets()))


def test_blanks_alone_change_nothing_and_are_told_as_what_does_not_come_back(atelier, exemple):
    atelier.importer(exemple)
    (texte, *_) = re.findall(rb"<restauration>.*?</restauration>", exemple)
    sans = changer(exemple, (texte, b""))
    atelier.importer(sans.replace(b"<hebergement>", b"<restauration>\n</restauration><hebergement>", 1))
    (formation, *_) = atelier.objets()
    tache = atelier.deposer(changer(exemple, (texte, b"<restauration>\n</restauration>")))
    (un,) = [un for un in atelier.apercus(tache) if un.pertes]
    assert (un.sort, [perte.nom for perte in un.pertes]) == (Sort.INCHANGE, [fr("action « A1 » › restauration")])
    assert all(champs_action.RESTAURATION not in action.valeurs for action in formation.enfants)


def test_what_is_said_of_a_session_is_called_by_its_own_fields(atelier, exemple):
    (numero, *_) = re.findall(rb'<session numero="([^"]*)"', exemple)
    long = changer(exemple, (b'<session numero="' + numero, b'<session numero="' + b"a" * 31 + numero))
    (une,) = [un for un in atelier.apercus(atelier.deposer(long)) if un.nom.endswith("a" * 31 + numero.decode())]
    (raison,) = une.raisons
    assert raison.startswith(fr("Numéro de la session : Trop long"))


def bilan_et_permis(exemple, *durees, objectif="Obtenir le permis B avec l'école agréée sous le n° E 02 075 1234 0."):
    """The bilan of the sample with an action for each length, and a driving licence made of it."""
    (bilan,) = [lire_formation(lue, []) for lue in lues(exemple) if lue.get("numero") == "BILAN_1"]
    une = bilan.enfants[0]
    actions = [
        replace(une, numero=f"A{rang}", valeurs={**une.valeurs, champs_action.DUREE: duree}, enfants=())
        for rang, duree in enumerate(durees)
    ]
    dits = {champs.OBJECTIF: objectif, champs.OBJECTIF_GENERAL: "8", CERTIFICATION: "CPF206"}
    permis = replace(bilan, numero="PERMIS_1", valeurs={**bilan.valeurs, **dits}, enfants=tuple(actions[:1]))
    bilan = replace(bilan, valeurs={**bilan.valeurs, champs.OBJECTIF_GENERAL: "9"}, enfants=tuple(actions))
    return [bilan, permis]


def importees(atelier, exemple, *durees, **dits):
    """Bring them in; give their status, what was deduced of them, and what the preview says of that."""
    tache = atelier.importer(atelier.octets(bilan_et_permis(exemple, *durees, **dits)))
    assert tache.etat is TERMINEE
    remarques = {un.nom: un.remarques for un in atelier.apercus(tache)}
    with atelier.base.lecture() as cnx:
        return [
            (une.statut, une.fiche.duree_heures or une.fiche.numero_agrement, remarques[une.fiche.identifiant])
            for une in toutes(cnx, atelier.organisme.id)
        ]


def test_what_the_file_says_elsewhere_fills_the_fields_that_it_has_no_place_for(atelier, exemple):
    bilan, permis = importees(atelier, exemple, "23", "23")
    assert bilan[:2] == (Statut.VALIDEE, "23")
    assert permis[:2] == (Statut.VALIDEE, "E 02 075 1234 0")
    assert fr("« Durée totale, en heures » : 23, d'après la durée de ses actions") in " ".join(bilan[2])
    assert fr("E 02 075 1234 0, d'après son objectif") in " ".join(permis[2])


@pytest.mark.parametrize(
    ("durees", "objectif"),
    [(("23", "24"), "École agréée."), (("",), "Agréée E 02 075 1234 0, puis F 03 075 1234 0.")],
    ids=["none", "two"],
)
def test_what_it_says_twice_otherwise_or_not_at_all_fills_nothing(atelier, exemple, durees, objectif):
    bilan, permis = importees(atelier, exemple, *durees, objectif=objectif)
    assert bilan == permis == (Statut.BROUILLON, "", ())


@pytest.mark.parametrize(
    ("ecrit", "mot"),
    [("La Clé, ici", "« ClÃ© »"), ("à Rennes", "« Ã"), ("«Clé»", "« Â«ClÃ©Â» »"), ("Âgé", ""), ("LÂCHÉ »", "")],
)
def test_letters_that_were_badly_read_before_the_file_was_written_are_said(atelier, exemple, ecrit, mot):
    titre = ecrit.encode().decode("latin-1") if mot else ecrit
    avant = b"Formation CPF202"
    tache = atelier.deposer(changer(exemple, (avant, titre.encode("latin-1", "xmlcharrefreplace"))))
    (une,) = [un for un in atelier.apercus(tache) if un.nom == "BILAN_1"]
    dites = [dite for dite in une.remarques if "mal lues" in dite]
    assert len(dites) == bool(mot)
    assert all(mot in dite.replace("\u00a0", " ") for dite in dites)


def test_brought_in_again_it_changes_nothing(atelier, exemple):
    atelier.importer(exemple)
    avant = atelier.objets()
    tache = atelier.deposer(exemple)
    assert set(atelier.sorts(tache).values()) == {"inchange"}
    assert (tache.etat, tache.prevus) == (PRETE, 0)
    assert atelier.objets() == avant


CATALOGUES = st.lists(FORMATIONS, min_size=1, max_size=3, unique_by=lambda objet: objet.numero.casefold())


@given(objets=CATALOGUES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                                                  HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_catalogue_comes_in_the_same_and_goes_out_byte_for_byte(url_sqlite, objets):
    with ouverte(url_sqlite) as base:
        atelier = AtelierImport(base, AtelierArbre(base), LE_2026)
        siens = [au_siret(objet, atelier.organisme.siret) for objet in objets]
        octets = b"".join(ecrire(siens))
        tache = atelier.importer(octets)
        assert tache.etat is TERMINEE
        assert not atelier.apercus(tache, Sort.REFUSE)
        assert all(not un.pertes for un in atelier.apercus(tache))
        assert atelier.objets() == siens
        assert b"".join(ecrire(atelier.objets())) == octets
        assert set(atelier.sorts(atelier.deposer(octets)).values()) == {"inchange"}


TOM = {c.NOM: "Leroy", c.PRENOM: "Tom", c.TELEPHONE: "0561000000", c.COURRIEL: "tom@organisme.example"}
RESPONSABLE = TOM | {c.FONCTION: "Responsable"}
INES = TOM | {c.PRENOM: "Inès"}
ICI = {c.DENOMINATION: "Ici", c.NUMERO_VOIE: "1", c.LIBELLE_VOIE: "rue", c.CODE_POSTAL: "31000", c.VILLE: "Toulouse"}
LA_BAS = ICI | {c.DENOMINATION: "Là-bas"}


def reprise(exemple, numero, lieu, contact, information=None):
    """The first formation of the sample under another number, of which all say the same place and the same contacts."""
    objet = lire_formation(lues(exemple)[0], [])
    une = objet.enfants[0]
    references = {champs_action.LIEU: Reference("C1", lieu, "A1"), champs_action.CONTACT: Reference("C1", contact)}
    if information is not None:
        references[champs_action.ADRESSE_INFORMATION] = Reference("", information, "A2")
    inscription = {CONTACT_INSCRIPTION: Reference("C1", contact), ADRESSE_INSCRIPTION: Reference("", ICI, "A1")}
    sessions = tuple(replace(session, references=inscription) for session in une.enfants)
    return replace(objet, numero=numero, enfants=(replace(une, references=references, enfants=sessions),))


def contacts_et_lieux(atelier):
    with atelier.base.lecture() as cnx:
        siens = [*CONTACTS.tous(cnx, atelier.organisme.id), *LIEUX.tous(cnx, atelier.organisme.id)]
    return [(entree.fiche.nom, entree.fiche.textes.get("fonction", ""), entree.version) for entree in siens]


@pytest.mark.parametrize("rang", [0, tache_import.OFFRES_EN_NOMBRE + 1])
def test_a_person_whose_function_is_said_elsewhere_comes_in_once(atelier, exemple, rang):
    """Among the details of a place there is no room for it; what says it comes later, in the same handful or not."""
    premieres = [reprise(exemple, f"F{n:02}", ICI | TOM, INES) for n in range(rang)]
    siennes = [*premieres, reprise(exemple, "F99", ICI | TOM, RESPONSABLE)]
    tache = atelier.importer(atelier.octets(siennes))
    assert tache.etat is TERMINEE
    assert ("Tom Leroy", "Responsable", 1) in contacts_et_lieux(atelier)
    assert [nom for nom, _, _ in contacts_et_lieux(atelier)] == [*(["Inès Leroy"] if rang else []), "Tom Leroy", "Ici"]
    assert atelier.octets(atelier.objets()) == atelier.octets(siennes)
    atelier.annuler(tache)
    assert contacts_et_lieux(atelier) == []


def test_a_person_said_whole_without_function_is_another_and_goes_out_so(atelier, exemple):
    siennes = [reprise(exemple, "F1", ICI | TOM, TOM), reprise(exemple, "F2", ICI | TOM, RESPONSABLE)]
    atelier.importer(atelier.octets(siennes))
    assert sorted(contacts_et_lieux(atelier)[:2]) == [("Tom Leroy", "", 1), ("Tom Leroy", "Responsable", 1)]
    assert atelier.octets(atelier.objets()) == atelier.octets(siennes)
    # In the other order the place has the first that is known, and what is said whole is still told apart.
    autres = [reprise(exemple, "F3", ICI | INES, INES | {c.FONCTION: "Chef"}), reprise(exemple, "F4", ICI | INES, INES)]
    atelier.importer(atelier.octets([*siennes, *autres]))
    assert sorted(c for c in contacts_et_lieux(atelier) if c[0] == "Inès Leroy") == [
        ("Inès Leroy", "", 1), ("Inès Leroy", "Chef", 1)
    ]  # fmt: skip
    assert atelier.octets(atelier.objets()) == atelier.octets([*siennes, *autres])


def test_an_address_where_somebody_is_comes_in_once(atelier, exemple):
    siennes = [reprise(exemple, "F1", ICI | TOM, TOM, LA_BAS), reprise(exemple, "F2", LA_BAS | TOM, TOM)]
    atelier.importer(atelier.octets(siennes))
    assert sorted(nom for nom, _, _ in contacts_et_lieux(atelier)) == ["Ici", "Là-bas", "Tom Leroy"]
    assert atelier.octets(atelier.objets()) == atelier.octets(siennes)


def changer(octets, *changes):
    for avant, apres in changes:
        assert avant in octets, avant
        octets = octets.replace(avant, apres, 1)
    return octets


def premiere(octets):
    """The first formation of the sample alone."""
    debut, _, reste = octets.partition(b"</formation>")
    assert reste
    return debut + b"</formation></offres></lheo>"


def test_a_change_is_shown_before_and_after_and_moves_its_object_alone(atelier, exemple):
    atelier.importer(exemple)
    lue = lues(exemple)[0]
    titre = lue.findtext("{*}intitule-formation").encode("iso-8859-1")
    change = changer(exemple, (titre, b"Un autre titre"))
    tache = atelier.deposer(change)
    (vu,) = atelier.apercus(tache, Sort.MODIFIE)
    (difference,) = vu.changements
    assert (difference.avant, difference.apres) == (titre.decode("iso-8859-1"), "Un autre titre")
    assert tache.prevus == 1
    avant = atelier.objets()
    atelier.lancer(tache)
    apres = atelier.objets()
    noms = {objet.numero: objet for objet in avant}
    changes = [objet for objet in apres if objet != noms[objet.numero]]
    assert [objet.valeurs[champs.INTITULE] for objet in changes] == ["Un autre titre"]


def test_what_the_file_does_not_hold_is_not_changed(atelier, exemple):
    atelier.importer(exemple)
    avant = {objet.numero: objet for objet in atelier.objets()}
    seule = re.sub(rb"<transport>.*?</transport>", b"", premiere(exemple), flags=re.DOTALL)
    tache = atelier.deposer(seule)
    assert tache.prevus == 0
    assert {objet.numero: objet for objet in atelier.objets()} == avant


def test_undone_it_leaves_nothing_not_even_a_contact(atelier, exemple):
    tache = atelier.importer(exemple)
    annulation = atelier.annuler(tache)
    assert (annulation.etat, annulation.laisses) == (TERMINEE, 0)
    assert atelier.objets() == []
    with atelier.base.lecture() as cnx:
        for table in ("contact", "lieu", "edof_formation", "edof_action", "edof_session_formation"):
            assert cnx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608 - our words


def test_undone_a_change_comes_back_with_its_dates(atelier, exemple):
    atelier.importer(exemple)
    avant = atelier.objets()
    langue = (b"<langue-formation>FR", b"<langue-formation>EN")
    change = changer(exemple, langue, (b'info="resume-contenu">', b'info="resume-contenu">Neuf. '))
    tache = atelier.importer(change)
    assert atelier.objets() != avant
    assert atelier.annuler(tache).laisses == 0
    assert atelier.objets() == avant


def test_our_own_file_brought_in_again_changes_nothing_of_what_it_could_not_carry(atelier, exemple):
    """« d’un » goes out as « d'un »: that is our own text, and the place and the contact are ours."""
    atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        acte, org = atelier.demande.acte, atelier.organisme.id
        for une in toutes(cnx, org):
            fiche = une.fiche.avec(intitule="L’œuvre d’un bilan…", contenu="À 100 € – « voilà »")
            catalogue.soumettre(cnx, acte, Envoi(une.id, une.version, fiche), Operation.ENREGISTRER)
            for action in ACTIONS.du_parent(cnx, org, une.id):
                depot = Depot(action.id, action.version, action.fiche.avec(acces_handicapes="Rampe d’accès"), une.id)
                arbre.soumettre(cnx, acte, depot, Operation.VALIDER)
        for entrees, change in ((CONTACTS, {"nom": "L’Œil"}), (LIEUX, {"denomination": "L’Œuvre"})):
            for entree in entrees.tous(cnx, org):
                annuaire.soumettre(cnx, acte, Depot(entree.id, entree.version, entree.fiche.avec(**change)))
    combien = en_annuaire(atelier)
    tous = {c: latin_1.remplace(c) for c in "’œŒ…€–"}
    with atelier.base.lecture() as cnx:
        octets = b"".join(export_edof.produire(cnx, atelier.organisme, atelier.le, tous))
    assert b"L'oeuvre d'un bilan..." in octets
    assert b"L'Oeil" not in octets  # « OEil »: a capital gives two.
    tache = atelier.deposer(octets)
    assert (tache.prevus, en_annuaire(atelier)) == (0, combien)
    assert [un.pertes for un in atelier.apercus(tache) if un.pertes] == []
    # Where something else changes, the rest of the same text is the file's.
    autre = octets.replace(b"L'oeuvre d'un bilan...", b"L'oeuvre d'un autre", 1)
    (une,) = atelier.apercus(atelier.deposer(autre), Sort.MODIFIE)
    assert [d.apres for d in une.changements] == ["L'oeuvre d'un autre"]


def en_annuaire(atelier):
    with atelier.base.lecture() as cnx:
        return [len(entrees.tous(cnx, atelier.organisme.id)) for entrees in (CONTACTS, LIEUX)]


def test_undone_one_after_the_other_two_imports_leave_what_was_before_them(atelier, exemple):
    premier = atelier.importer(exemple)
    avant = atelier.objets()
    titre = re.search(rb"<intitule-formation>(.*?)</intitule-formation>", exemple)
    assert titre is not None
    second = atelier.importer(
        changer(exemple, (titre[1], b"Un autre titre"), (b'info="garantie">1', b'info="garantie">0'))
    )
    assert atelier.annuler(second).laisses == 0
    assert atelier.objets() == avant
    assert atelier.annuler(premier).laisses == 0
    assert atelier.objets() == []


@pytest.mark.parametrize("poignee", [1, defaire_import.POIGNEE])
def test_undone_sessions_that_had_taken_each_other_s_dates_come_back_validated(atelier, exemple, monkeypatch, poignee):
    """Each is judged beside what has come back too, in the end, a handful after the other."""
    monkeypatch.setattr(defaire_import, "POIGNEE", poignee)
    atelier.importer(exemple)
    avant = exporter(atelier)
    une = premiere(exemple)
    dates = [m.span(1) for m in re.finditer(rb"<periode>(.*?)</periode>", une, re.DOTALL)]
    (a, b), (c, d) = dates[:2]
    decale = une[:a] + une[c:d] + une[b:c] + b"<debut>20280901</debut><fin>20280930</fin>" + une[d:]
    tache = atelier.importer(decale)
    assert exporter(atelier) != avant
    annulation = atelier.annuler(tache)
    assert (annulation.laisses, exporter(atelier) == avant) == (0, True)
    echange = une[:a] + une[c:d] + une[b:c] + une[a:b] + une[d:]
    assert atelier.annuler(atelier.importer(echange)).laisses == 0
    assert exporter(atelier) == avant
    with atelier.base.lecture() as cnx:
        lignes = gardees.lignes(cnx, atelier.organisme.id, annulation.id, [EtatLigne.FAITE], 0, 10)
    assert [ligne.raison for ligne in lignes] == ["", ""]


def test_undone_an_import_whose_dates_a_later_one_has_replaced_leaves_them(atelier, exemple):
    """Dates, and what has no field, make no version: another import has brought them all the same."""
    atelier.importer(exemple)
    debut = atelier.arbre.acte.maintenant

    def a_l_heure(heures, octets):
        atelier.arbre.acte = replace(atelier.arbre.acte, maintenant=debut + timedelta(hours=heures))
        return atelier.importer(octets)

    un, deux = (
        premiere(exemple).replace(b'datemaj="20260915"', dit) for dit in (b'datemaj="20261001"', b'datemaj="20261015"')
    )
    premier, second = a_l_heure(1, un), a_l_heure(2, deux)
    avant = exporter(atelier)
    annulation = atelier.annuler(premier)
    assert (annulation.faits, annulation.laisses) == (0, 2)
    assert exporter(atelier) == avant
    assert atelier.annuler(second).laisses == 0


def test_a_file_that_only_gives_another_day_of_change_changes_nothing_of_what_was_made_here(atelier):
    """What no file brought has its own dates, whatever one says of them."""
    arbre_ = atelier.arbre
    une = arbre_.atelier.formation(arbre_.auteur, statut=Statut.VALIDEE)
    arbre_.session(arbre_.action(une.id, Statut.VALIDEE).id, Statut.VALIDEE)

    def un_autre_jour(objet):
        enfants = tuple(map(un_autre_jour, objet.enfants))
        return replace(objet, modifie_le="20180102", enfants=enfants)

    octets = atelier.octets(map(un_autre_jour, atelier.objets()))
    assert b'datemaj="20180102"' in octets
    assert [(un.sort, un.changements) for un in atelier.apercus(atelier.deposer(octets))] == [(Sort.INCHANGE, ())] * 3


def test_undone_in_the_order_they_were_made_the_first_leaves_what_the_second_has_changed(atelier, exemple):
    premier = atelier.importer(exemple)
    second = atelier.importer(changer(exemple, (b'info="garantie">1', b'info="garantie">0')))
    assert atelier.annuler(premier).laisses > 0
    assert atelier.annuler(second).laisses == 0


def exporter(atelier):
    with atelier.base.lecture() as cnx:
        return b"".join(export_edof.produire(cnx, atelier.organisme, atelier.le, ACCEPTES))


@pytest.mark.parametrize("venue", ["d_un_fichier", "d_un_fichier_puis_changee", "d_ici"])
def test_undone_an_import_gives_back_the_same_file_to_the_byte(atelier, exemple, venue):
    """Whether what it changed came from a file, was changed here since, or was made here: the dates come back too."""
    atelier.importer(exemple)
    if venue != "d_un_fichier":
        retoucher(atelier, MAINTENANT_ALORS)
    if venue == "d_ici":
        with atelier.base.ecriture() as cnx:
            for table in ("edof_formation", "edof_action", "edof_session_formation"):
                cnx.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our words
    avant = exporter(atelier)
    langue = (b"<langue-formation>FR", b"<langue-formation>EN")
    change = changer(exemple, langue, (b'info="resume-contenu">', b'info="resume-contenu">Neuf. '))
    tache = atelier.importer(re.sub(rb'datemaj="[0-9]+"', b'datemaj="20261001"', change))
    assert exporter(atelier) != avant
    assert atelier.annuler(tache).laisses == 0
    assert exporter(atelier) == avant


def retoucher(atelier, quand):
    """Change all titles, that day, one a second."""
    with atelier.base.ecriture() as cnx:
        for rang, une in enumerate(toutes(cnx, atelier.organisme.id)):
            acte = replace(atelier.demande.acte, maintenant=quand + timedelta(seconds=rang))
            fiche = une.fiche.avec(intitule=une.fiche.intitule + " !")
            operation = Operation.VALIDER if une.statut is Statut.VALIDEE else Operation.ENREGISTRER
            catalogue.soumettre(cnx, acte, Envoi(une.id, une.version, fiche), operation)


def test_undone_a_formation_is_again_by_whoever_had_changed_it(atelier, exemple):
    atelier.importer(exemple)
    autre = Acte(replace(atelier.demande.acte.auteur, nom="Claude Durand", id=uuid4()), atelier.le, MAINTENANT_ALORS)
    with atelier.base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[0]
        fiche = une.fiche.avec(intitule="De Claude")
        catalogue.soumettre(cnx, autre, Envoi(une.id, une.version, fiche), Operation.ENREGISTRER)
        avant = catalogue.ouvrir(cnx, atelier.organisme, une.id)
    assert atelier.annuler(atelier.importer(exemple)).laisses == 0
    with atelier.base.lecture() as cnx:
        apres = catalogue.ouvrir(cnx, atelier.organisme, une.id)
    assert apres == replace(avant, version=apres.version, version_saisie=apres.version)


MAINTENANT_ALORS = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def test_undone_what_was_touched_since_is_left_and_named(atelier, exemple):
    tache = atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[0]
        fiche = une.fiche.avec(intitule="Touchée depuis")
        catalogue.soumettre(cnx, atelier.demande.acte, Envoi(une.id, une.version, fiche), Operation.ENREGISTRER)
    (avant,) = [objet for objet in atelier.objets() if objet.numero == une.fiche.identifiant]
    annulation = atelier.annuler(tache)
    raisons = [(laissee.niveau, laissee.raison) for laissee in laissees(atelier, annulation)]
    sous = ("session", SOUS_RETOUCHEE[Niveau.FORMATION]), ("action", REMPLIE)
    assert raisons == [sous[0]] * 2 + [sous[1], ("formation", RETOUCHEE)]
    # What hangs under it stays: what a person works on is not emptied.
    assert atelier.objets() == [avant]
    assert (avant.valeurs[champs.INTITULE], len(avant.enfants), len(avant.enfants[0].enfants)) == (
        "Touchée depuis",
        1,
        2,
    )


def test_undone_an_action_touched_since_keeps_its_sessions_and_no_other_goes_on(atelier, exemple):
    tache = atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[0]
        (action,) = ACTIONS.du_parent(cnx, atelier.organisme.id, une.id)
        depot = Depot(action.id, action.version, action.fiche.avec(acces_handicapes="Par la rampe"), une.id)
        arbre.soumettre(cnx, atelier.demande.acte, depot, Operation.ENREGISTRER)
    raisons = [(laissee.niveau, laissee.raison) for laissee in laissees(atelier, atelier.annuler(tache))]
    assert raisons == [("session", SOUS_RETOUCHEE[Niveau.ACTION])] * 2 + [
        ("action", RETOUCHEE), ("formation", REMPLIE),
    ]  # fmt: skip


def test_undone_what_was_added_to_a_formation_of_before_goes_even_if_it_was_touched(atelier, exemple):
    """The formation was there before the import: what somebody changes of it has nothing to do with what came."""
    sans = re.sub(rb"<session .*?</session>", b"", premiere(exemple), flags=re.DOTALL)
    atelier.importer(sans)
    tache = atelier.importer(premiere(exemple))
    with atelier.base.ecriture() as cnx:
        (une,) = toutes(cnx, atelier.organisme.id)
        fiche = une.fiche.avec(intitule="Touchée depuis")
        catalogue.soumettre(cnx, atelier.demande.acte, Envoi(une.id, une.version, fiche), Operation.ENREGISTRER)
    assert atelier.annuler(tache).laisses == 0
    (objet,) = atelier.objets()
    assert [action.enfants for action in objet.enfants] == [()]


@pytest.mark.parametrize("niveau", [Niveau.FORMATION, Niveau.ACTION])
def test_undone_nothing_changes_under_what_is_archived(atelier, exemple, niveau):
    """What changed comes back, and what was added goes, once what holds it is restored."""
    sans = re.sub(rb'<session numero="S2".*?</session>', b"", premiere(exemple), flags=re.DOTALL)
    atelier.importer(sans)
    tache = atelier.importer(changer(premiere(exemple), (b'info="garantie">1', b'info="garantie">0')))
    avant = atelier.objets()
    with atelier.base.ecriture() as cnx:
        (une,) = toutes(cnx, atelier.organisme.id)
        (action,) = ACTIONS.du_parent(cnx, atelier.organisme.id, une.id)
        acte = atelier.demande.acte
        if niveau is Niveau.FORMATION:
            formations_gardees.remplacer(cnx, une, une.archiver(acte))
        else:
            ACTIONS.remplacer(cnx, action, action.archiver(acte))
    raisons = {laissee.raison for laissee in laissees(atelier, atelier.annuler(tache))}
    assert raisons == {fr(SOUS_ARCHIVE[niveau])}
    with atelier.base.lecture() as cnx:
        sessions = SESSIONS.du_parent(cnx, atelier.organisme.id, action.id)
    assert [session.version for session in sessions] == [2, 1]
    assert avant


def test_a_preview_looks_at_no_more_once_a_part_has_done_its_share(atelier, exemple):
    """All the objects of the file are one part of the preview: that nothing is left is found by the next."""
    tache = atelier.deposer(exemple)
    part = Part(len(atelier.apercus(tache)), math.inf)
    with atelier.base.ecriture() as cnx:
        tache = tache_import.revoir(cnx, tache)
        vue = tache_import.avancer(cnx, atelier.demande.acte, tache, part)
        assert (vue.etat, vue.rang) == (EtatTache.PREPARATION, part.objets)
        assert tache_import.avancer(cnx, atelier.demande.acte, vue, part).etat is PRETE


def test_undone_it_goes_through_the_contacts_it_made_part_by_part_and_names_those_that_stay(
    atelier, exemple, monkeypatch
):
    monkeypatch.setattr(taches, "_AUSSITOT", Part(0))
    tache = atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        for rang, contact in enumerate(CONTACTS.tous(cnx, atelier.organisme.id)):
            fiche = contact.fiche.avec(nom=f"Touché {rang}", prenom="")
            annuaire.soumettre(cnx, atelier.demande.acte, Depot(contact.id, contact.version, fiche))
        combien = rang + 1
    with atelier.base.ecriture() as cnx:
        annulation = taches.annuler(cnx, atelier.demande, tache.id, uuid4())
    parts = 0
    while annulation.active:
        with atelier.base.ecriture() as cnx:
            annulation = defaire_import.avancer(cnx, atelier.demande.acte, annulation, Part(2))
        parts += 1
        assert parts < 100
    assert all(f"« Touché {rang} »" in annulation.raison.replace("\xa0", " ") for rang in range(combien))
    # Two handfuls of objects, then the contacts and the places, two at a time.
    assert parts > 2 + combien // 2
    with atelier.base.lecture() as cnx:
        assert len(CONTACTS.tous(cnx, atelier.organisme.id)) == combien
        assert LIEUX.tous(cnx, atelier.organisme.id) == []


def test_what_is_refused_leaves_no_contact_nor_place(atelier, exemple):
    """A text that cannot be kept refuses an action: whom it alone named is not made."""
    tache = atelier.importer(en_utf_8(changer(premiere(exemple), A_L_ENVERS)))
    assert {un.niveau: un.sort for un in atelier.apercus(tache)} == {
        "formation": Sort.CREE, "action": Sort.REFUSE, "session": Sort.REFUSE,
    }  # fmt: skip
    with atelier.base.lecture() as cnx:
        assert (CONTACTS.tous(cnx, atelier.organisme.id), LIEUX.tous(cnx, atelier.organisme.id)) == ([], [])


def test_whom_a_refused_action_names_is_made_for_the_next_that_names_him(atelier, exemple):
    deux = re.sub(
        rb"<action .*</action>", lambda trouve: _deux_fois(trouve.group()), premiere(exemple), flags=re.DOTALL
    )
    tache = atelier.importer(en_utf_8(deux))
    assert [un.sort for un in atelier.apercus(tache) if un.niveau == "action"] == [Sort.REFUSE, Sort.CREE]
    sans_la_refusee = atelier.objets()
    assert len(sans_la_refusee[0].enfants) == 1
    assert sans_la_refusee[0].enfants[0].references


A_L_ENVERS = (b"<restauration>", b"<restauration>&#x202E;")
"""What turns the text that follows round: nothing of ours keeps it."""


def en_utf_8(octets):
    texte = octets.decode("iso-8859-1").replace("ISO-8859-1", "UTF-8", 1).replace("&#x202E;", "\u202e")
    return texte.encode()


def _deux_fois(action):
    refusee = changer(action, A_L_ENVERS)
    return refusee + action.replace(b'numero="A1"', b'numero="A2"', 1)


def laissees(atelier, annulation):
    with atelier.base.lecture() as cnx:
        return gardees.lignes(cnx, atelier.organisme.id, annulation.id, [EtatLigne.LAISSEE], 0, 10)


def test_what_has_changed_since_the_preview_is_shown_again_and_nothing_is_overwritten(atelier, exemple):
    tache = atelier.deposer(exemple)
    autre = atelier.importer(premiere(exemple))
    assert autre.etat is TERMINEE
    avant = atelier.objets()
    revue = atelier.lancer(tache)
    assert revue.etat is PRETE
    assert "a changé depuis" in revue.raison
    assert atelier.objets() == avant
    assert "inchange" in atelier.sorts(revue).values()
    assert atelier.lancer(revue).etat is TERMINEE
    assert len(atelier.objets()) == len(lues(exemple))


def test_what_is_left_out_is_counted_afresh_when_the_preview_is_looked_at_again(atelier, exemple):
    refusee = re.sub(
        rb"<code-(RNCP|RS|CPF)>[A-Z0-9]+</code-(RNCP|RS|CPF)>", b"<code-RNCP>RNCP999999</code-RNCP>", exemple, count=1
    )
    tache = atelier.deposer(refusee)
    assert tache.ecartes > 0
    atelier.importer(exemple)
    revue = atelier.lancer(tache)
    assert "a changé depuis" in revue.raison
    assert (revue.prevus, revue.ecartes) == (0, len(atelier.apercus(revue)))


PERDU_AUTOUR = {
    "lheo, after": (b"</offres>", b'</offres><extras info="lot"><extra info="editeur">Untel</extra></extras>', "lot"),
    "lheo, before": (b"<offres>", b'<extras info="lot"><extra info="editeur">Untel</extra></extras><offres>', "lot"),
    "offres, after": (b"</offres>", b"<extras><extra>Untel</extra></extras></offres>", "extras"),
    "offres, before": (b"<offres>", b"<offres><extras><extra>Untel</extra></extras>", "extras"),
    "offres, between": (b"</formation>", b"</formation><extras><extra>Untel</extra></extras>", "extras"),
    "an element": (b"</formation>", b"</formation><editeur>Untel</editeur>", "editeur"),
    "an attribute": (b"<offres>", b'<offres lot="Untel">', "@lot"),
    "a text": (b"</formation>", b"</formation>Untel", "offres"),
}


@pytest.mark.parametrize(("ici", "la", "nom"), PERDU_AUTOUR.values(), ids=PERDU_AUTOUR)
def test_what_stands_around_the_formations_is_told_among_what_does_not_come_back(atelier, exemple, ici, la, nom):
    octets = changer(exemple, (ici, la))
    une = atelier.lire(atelier.deposer(octets))
    (dite,) = une.remarques
    # A text has no line of its own: it is told at that of the block that holds it.
    ligne = octets[: octets.index(b"<offres" if nom == "offres" else b"Untel")].count(b"\n") + 1
    assert dite.startswith(fr(f"Ligne {ligne}, « {nom} » (« Untel ») : "))
    assert (une.pertes, une.autour) == (0, 1)
    assert len(atelier.apercus(atelier.deposer(octets))) == 16


def test_where_a_schema_is_found_is_nothing_that_is_lost(atelier, exemple):
    ailleurs = b'<lheo xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="un deux" '
    une = atelier.lire(atelier.deposer(changer(exemple, (b"<lheo ", ailleurs))))
    assert (une.remarques, une.autour) == ((), 0)


def test_what_stands_around_many_formations_is_counted_beyond_a_few(atelier, exemple):
    octets = changer(exemple, (b"</formation>", b"</formation>" + b"<extras/>" * (ECARTES_NOMMES + 3)))
    une = atelier.lire(atelier.deposer(octets))
    assert (len(une.remarques), une.autour) == (ECARTES_NOMMES + 1, ECARTES_NOMMES + 3)
    assert "3" in une.remarques[-1]


def test_what_stands_around_the_formations_is_still_told_when_the_preview_is_made_again(atelier, exemple):
    tache = atelier.deposer(changer(exemple, (b"</offres>", b"</offres><extras/>")))
    atelier.importer(premiere(exemple))
    revue = atelier.lancer(tache)
    assert "a changé depuis" in revue.raison
    assert atelier.lire(revue).autour == 1


def test_what_does_not_come_back_is_told_for_what_it_is(atelier, exemple):
    """A number written otherwise is none of it, an empty element is said to be so, an order has its place named."""
    (prix, *_) = re.findall(rb'<extra info="frais-ttc">([0-9.]+)', exemple)
    entier = changer(exemple, (b'info="frais-ttc">' + prix, b'info="frais-ttc">600'))
    assert all(not un.pertes for un in atelier.apercus(atelier.deposer(entier)))
    (texte, *_) = re.findall(rb"<transport>.*?</transport>", exemple)
    (perdue,) = [un for un in atelier.apercus(atelier.deposer(changer(exemple, (texte, b"<transport/>")))) if un.pertes]
    assert [(p.nom, p.avant, p.apres) for p in perdue.pertes] == [(fr("action « A1 » › transport"), SANS_TEXTE, "")]
    (titre, *_) = re.findall(rb"<intitule-formation>.*?</intitule-formation>", exemple)
    deplace = changer(exemple, (titre, b""), (b"<contenu-formation>", titre + b"<contenu-formation>"))
    (perdue,) = [un for un in atelier.apercus(atelier.deposer(deplace)) if un.pertes]
    assert [perte.nom for perte in perdue.pertes] == ["formation"]


@pytest.mark.parametrize("signe", ["\u00ad", "\u200b", "\ufeff"])
def test_a_sign_that_nobody_sees_is_told_as_not_taken(atelier, exemple, signe):
    avec = en_utf_8(exemple).decode().replace("<transport>", f"<transport>{signe}", 1).encode()
    (une, *autres) = atelier.apercus(atelier.deposer(avec))
    assert [remarque for remarque in une.remarques if f"U+{ord(signe):04X}" in remarque]
    assert not any("U+" in remarque for autre in autres for remarque in autre.remarques)


def test_another_certification_shows_the_type_and_the_fields_that_it_takes_away(atelier, exemple):
    atelier.importer(exemple)
    (bilan,) = [lu for lu in lues(exemple) if lu.get("numero") == "BILAN_1"]
    seul = exemple[: exemple.index(b"<formation ")] + etree.tostring(bilan, encoding="unicode").encode("iso-8859-1")
    seul += exemple[exemple.rindex(b"</formation>") + len(b"</formation>") :]
    change = re.sub(rb"<code-CPF>[^<]*</code-CPF>", b"<code-RS>RS6604</code-RS>", seul)
    assert change != seul
    (une, *_) = atelier.apercus(atelier.deposer(change))
    dits = {d.nom: (d.avant, d.apres) for d in une.changements}
    assert dits[fr("Type de formation")] == ("Bilan de compétences", "Formation certifiante")
    assert dits[champs.DUREE_HEURES.libelle][1] == ""


def test_what_does_not_come_back_is_told_with_its_action_its_session_and_its_extra(atelier, exemple):
    (garantie, *_) = re.findall(rb'<extra info="garantie">.*?</extra>', exemple)
    octets = changer(exemple, (garantie, garantie.replace(b">", b' date="2026">', 1)))
    (perdue,) = [un for un in atelier.apercus(atelier.deposer(octets)) if un.pertes]
    assert [perte.nom for perte in perdue.pertes] == [
        fr("action « A1 » › session « S1 » › extras « session » › extra « garantie » › @date")
    ]


def test_of_a_text_whose_marks_are_elements_the_marks_alone_are_told_as_lost(atelier, exemple):
    (texte, *_) = re.findall(rb"<transport>.*?</transport>", exemple)
    octets = changer(exemple, (texte, b"<transport>Bus <b>en <i>gare</i></b>, ligne A</transport>"))
    (perdue,) = [un for un in atelier.apercus(atelier.deposer(octets)) if un.pertes]
    assert [(p.nom, p.avant, p.apres) for p in perdue.pertes] == [(fr("action « A1 » › transport"), "<b> <i>", "")]


def test_another_siret_refuses_the_file_and_both_are_shown(atelier):
    with pytest.raises(FichierRefuse) as refus:
        atelier.deposer(re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>12345678200010", EXEMPLE))
    assert "12345678200010" in refus.value.message
    assert atelier.organisme.siret in refus.value.message


def test_a_certification_that_nobody_knows_refuses_its_formation_alone_and_is_named(atelier, exemple):
    inconnue = re.sub(rb"<code-(RNCP|RS|CPF)>[A-Z0-9]+", rb"<code-RNCP>RNCP999999", exemple, count=1)
    inconnue = re.sub(rb"RNCP999999</code-(RNCP|RS|CPF)>", rb"RNCP999999</code-RNCP>", inconnue)
    tache = atelier.importer(inconnue)
    refuses = atelier.apercus(tache, Sort.REFUSE)
    assert "RNCP999999" in refuses[0].raisons[0]
    assert {un.niveau for un in refuses} == {"formation", "action", "session"}
    assert len(atelier.objets()) == len(lues(exemple)) - 1


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        (b'<session numero="S1"', b'<session numero=""', passage_mots.SANS_NUMERO),
        (b'<session numero="S2"', b'<session numero=" s1 "', passage_mots.EN_DOUBLE),
        (b'<action numero="A1"', b'<action numero=""', passage_mots.SANS_NUMERO),
    ],
    ids=["a session without", "two sessions", "an action without"],
)
def test_what_no_number_tells_apart_is_refused_with_what_it_holds(atelier, exemple, avant, apres, raison):
    tache = atelier.importer(changer(exemple, (avant, apres)))
    assert tache.etat is TERMINEE
    premier, *sous = atelier.apercus(tache, Sort.REFUSE)
    assert premier.raisons == (raison,)
    assert [un.raisons for un in sous] == [(passage_mots.SOUS_REFUS[Niveau.SESSION],)] * (2 * (b"action" in avant))
    assert tache.ecartes == 1 + len(sous)
    # All the others are there.
    assert tache.faits == len(atelier.apercus(tache)) - tache.ecartes == 16 - tache.ecartes


def test_an_action_that_was_archived_here_is_refused_with_its_sessions_and_stays(atelier, exemple):
    atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        formation = toutes(cnx, atelier.organisme.id)[0]
        (action,) = ACTIONS.du_parent(cnx, atelier.organisme.id, formation.id)
        archivee = arbre.archiver(cnx, atelier.demande.acte, Niveau.ACTION, action.id, action.version)
    tache = atelier.deposer(exemple)
    assert (tache.prevus, tache.ecartes) == (0, 16)
    refuses = atelier.apercus(tache, Sort.REFUSE)
    assert [un.raisons for un in refuses] == [
        (passage_mots.ARCHIVE,), *[(passage_mots.SOUS_REFUS[Niveau.SESSION],)] * 2
    ]  # fmt: skip
    assert refuses[0].nom == f"{formation.fiche.identifiant} › A1"
    with atelier.base.lecture() as cnx:
        assert ACTIONS.par_id(cnx, atelier.organisme.id, action.id) == archivee


@pytest.mark.parametrize("entre", [0, tache_import.OFFRES_EN_NOMBRE])
def test_two_vae_of_one_category_are_not_both_validated_and_the_preview_says_so(atelier, exemple, entre):
    """In the same handful or not: what the preview says is what is then done."""
    (vae,) = [lire_formation(lue, []) for lue in lues(exemple) if lue.get("numero") == "VAE_1"]
    autres = [reprise(exemple, f"F{n:02}", ICI | TOM, TOM) for n in range(entre)]
    tache = atelier.importer(atelier.octets([vae, *autres, replace(vae, numero="VAE_2")]))
    assert tache.etat is TERMINEE, tache.raison
    dites = {un.nom: un for un in atelier.apercus(tache)}
    assert [dites[nom].statut for nom in ("VAE_1", "VAE_2")] == [Statut.VALIDEE, Statut.BROUILLON]
    assert "VAE_1" in " ".join(dites["VAE_2"].raisons)
    with atelier.base.lecture() as cnx:
        statuts = {une.fiche.identifiant: une.statut for une in toutes(cnx, atelier.organisme.id)}
    assert (statuts["VAE_1"], statuts["VAE_2"]) == (Statut.VALIDEE, Statut.BROUILLON)


@pytest.mark.parametrize("entre", [0, tache_import.OFFRES_EN_NOMBRE])
def test_a_category_that_a_vae_gives_up_is_free_for_another_of_the_file(atelier, exemple, entre):
    """In the same handful or not: a preview writes nothing, and knows what the import will have written."""
    (vae,) = [lire_formation(lue, []) for lue in lues(exemple) if lue.get("numero") == "VAE_1"]
    atelier.importer(atelier.octets([vae]))
    ailleurs = replace(vae, valeurs=dict(vae.valeurs) | {champs.CATEGORISATION: "110"})
    autres = [reprise(exemple, f"F{n:02}", ICI | TOM, TOM) for n in range(entre)]
    tache = atelier.importer(atelier.octets([ailleurs, *autres, *(replace(vae, numero=f"VAE_{n}") for n in (2, 3))]))
    assert tache.etat is TERMINEE, tache.raison
    dites = {un.nom: un for un in atelier.apercus(tache)}
    attendus = {"VAE_1": Statut.VALIDEE, "VAE_2": Statut.VALIDEE, "VAE_3": Statut.BROUILLON}
    assert {nom: dites[nom].statut for nom in attendus} == attendus
    assert "VAE_2" in " ".join(dites["VAE_3"].raisons)
    with atelier.base.lecture() as cnx:
        statuts = {une.fiche.identifiant: une.statut for une in toutes(cnx, atelier.organisme.id)}
    assert {nom: statuts[nom] for nom in attendus} == attendus
    assert atelier.annuler(tache).laisses == 0
    assert [objet.numero for objet in atelier.objets()] == ["VAE_1"]


def test_two_vae_of_a_file_that_swap_their_categories_are_one_after_the_other(atelier, exemple):
    (vae,) = [lire_formation(lue, []) for lue in lues(exemple) if lue.get("numero") == "VAE_1"]

    def deux(une, autre):
        return atelier.octets(
            [
                replace(vae, numero=nom, valeurs=dict(vae.valeurs) | {champs.CATEGORISATION: categorie})
                for nom, categorie in (("VAE_1", une), ("VAE_2", autre))
            ]
        )

    atelier.importer(deux("110", "120"))
    tache = atelier.importer(deux("120", "110"))
    assert tache.etat is TERMINEE, tache.raison
    # The first asks for what the second still has.
    assert [un.statut for un in atelier.apercus(tache) if un.niveau == "formation"] == ["brouillon", "validee"]


def test_what_has_no_field_is_kept_until_a_file_says_otherwise_and_given_back(atelier, exemple):
    inconnu = b'<extra info="outil-maison"><b>7</b></extra>'
    avec = exemple.replace(b'<extra info="resume-contenu">', inconnu + b'<extra info="resume-contenu">')
    tache = atelier.importer(avec)
    assert all(not un.pertes for un in atelier.apercus(tache))
    sortie = b"".join(ecrire(atelier.objets()))
    assert [canonique(e) for e in lues(sortie)] == [canonique(e) for e in lues(avec)]
    assert atelier.deposer(exemple).prevus == 0


def test_the_dates_of_the_file_hold_until_the_object_is_changed_here(atelier, exemple):
    atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[0]
        fiche = une.fiche.avec(intitule="Changée ici")
        catalogue.soumettre(cnx, atelier.demande.acte, Envoi(une.id, une.version, fiche), Operation.ENREGISTRER)
    avant = {e.get("numero"): e for e in lues(exemple)}
    for objet in atelier.objets():
        lue = avant[objet.numero]
        assert objet.cree_le == lue.get("datecrea")
        assert (objet.modifie_le == lue.get("datemaj")) is (objet.valeurs[champs.INTITULE] != "Changée ici")


def dater(octets, *, creee, modifiee):
    """Give all objects of a file other dates."""
    octets = re.sub(rb'datemaj="[^"]*"', b'datemaj="' + modifiee + b'"', octets)
    return re.sub(rb'datecrea="[^"]*"', b'datecrea="' + creee + b'"', octets)


def test_other_dates_alone_are_a_change_that_is_shown_taken_and_undone(atelier, exemple):
    atelier.importer(exemple)
    avant = atelier.objets()
    autres = dater(exemple, creee=b"20200101", modifiee=b"20260801")
    tache = atelier.deposer(autres)
    assert {un.sort for un in atelier.apercus(tache)} == {Sort.MODIFIE}
    for un in atelier.apercus(tache):
        dites = {dite.nom: dite.apres for dite in un.changements}
        creation, mise_a_jour = date_longue(date(2020, 1, 1)), date_longue(date(2026, 8, 1))
        assert dites == {passage_mots.DATE_CREATION: creation, passage_mots.DATE_MISE_A_JOUR: mise_a_jour}
        assert un.pertes == ()
        assert not un.statut
    importee = atelier.lancer(tache)
    assert b"".join(ecrire(atelier.objets())) == b"".join(ecrire([
        lire_formation(element, []) for element in lues(autres)
    ]))  # fmt: skip
    assert atelier.deposer(autres).prevus == 0
    assert atelier.annuler(importee).laisses == 0
    assert atelier.objets() == avant


def test_a_file_that_says_no_date_leaves_those_that_are_known(atelier, exemple):
    atelier.importer(exemple)
    avant = atelier.objets()
    assert atelier.deposer(dater(exemple, creee=b"", modifiee=b"hier")).prevus == 0
    (texte, *_) = re.findall(rb"<transport>.*?</transport>", exemple)
    atelier.importer(dater(changer(exemple, (texte, b"<transport>Autre</transport>")), creee=b"", modifiee=b""))
    assert [objet.cree_le for objet in atelier.objets()] == [objet.cree_le for objet in avant]


def test_dates_that_are_ours_are_told_among_what_does_not_come_back(atelier, exemple):
    """Those of what was changed here since, and those of what no file has brought."""
    atelier.importer(exemple)
    with atelier.base.ecriture() as cnx:
        une = toutes(cnx, atelier.organisme.id)[0]
        for intitule in ("Changée ici", une.fiche.valeur("intitule")):
            actuelle = toutes(cnx, atelier.organisme.id)[0]
            envoi = Envoi(une.id, actuelle.version, une.fiche.avec(intitule=intitule))
            catalogue.soumettre(cnx, atelier.demande.acte, envoi, Operation.ENREGISTRER)
    tache = atelier.deposer(exemple)
    (perdue,) = [un for un in atelier.apercus(tache) if un.pertes]
    assert (perdue.nom, [perte.nom for perte in perdue.pertes]) == (une.fiche.identifiant, ["@datemaj"])


def test_an_object_that_the_judge_accepts_is_validated_and_another_says_why_not(atelier, exemple):
    sans_langue = exemple.replace(b"<langue-formation>FR", b"<langue-formation>ZZ", 1)
    tache = atelier.importer(sans_langue)
    statuts = {(un.niveau, un.statut) for un in atelier.apercus(tache)}
    brouillons = [un for un in atelier.apercus(tache) if un.statut == Statut.BROUILLON]
    assert ("session", Statut.VALIDEE) in statuts
    assert ("action", Statut.VALIDEE) in statuts
    assert any("Langue" in raison for un in brouillons for raison in un.raisons)
    assert any("ZZ" in remarque for un in atelier.apercus(tache) for remarque in un.remarques)


def test_what_can_be_published_goes_out_by_the_export_as_it_came(base, atelier, exemple):
    atelier.importer(exemple)
    with base.lecture() as cnx:
        bilan = export_edof.examiner(cnx, atelier.organisme, LE_2026)
        sortie = b"".join(export_edof.produire(cnx, atelier.organisme, LE_2026))
    avant = {e.get("numero"): canonique(e) for e in lues(exemple)}
    assert bilan.formations, [une.raisons for une in bilan.ecartees]
    for element in lues(sortie):
        apres = canonique(element)
        assert list(differences(avant[element.get("numero")], apres)) == []


def test_a_kill_in_the_middle_leaves_nothing_half_done(atelier, exemple, monkeypatch):
    tache = atelier.deposer(exemple)

    class Tue(BaseException):
        pass

    vrai = traces_edof.poser

    def mourir(*arguments):
        vrai(*arguments)
        raise Tue

    monkeypatch.setattr(traces_edof, "poser", mourir)
    with pytest.raises(Tue):
        atelier.lancer(tache)
    monkeypatch.undo()
    assert atelier.objets() == []
    assert atelier.relire(tache).etat in {PRETE, EtatTache.EN_COURS}
    if atelier.relire(tache).etat is PRETE:
        atelier.lancer(tache)
    assert len(atelier.finir(tache).raison) == 0
    assert len(atelier.objets()) == len(lues(exemple))


def commande(url, siret, fichier, *options):
    return CliRunner().invoke(
        principal, ["importer-edof", "--siret", siret, str(fichier), *options], env={"DATABASE_URL": url}
    )


def test_the_command_says_what_would_change_then_does_it(url_base, atelier, exemple, tmp_path):
    with atelier.base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, LE_2026)
    fichier = tmp_path / "catalogue.xml"
    fichier.write_bytes(exemple)
    siret = atelier.organisme.siret
    a_blanc = commande(url_base, siret, fichier, "--a-blanc")
    assert a_blanc.exit_code == 0, a_blanc.stderr
    assert "Rien n’est changé" in a_blanc.stdout.replace("'", "’")
    assert atelier.objets() == []
    fait = commande(url_base, siret, fichier)
    assert fait.exit_code == 0, fait.stderr
    assert "CLEA_1 › A1 › S2" in fait.stdout
    assert b"".join(ecrire(atelier.objets())) != b""
    assert [e.get("numero") for e in lues(b"".join(ecrire(atelier.objets())))] == [
        e.get("numero") for e in lues(exemple)
    ]


def test_the_command_shows_values_as_they_are_written_on_one_line_each(url_base, atelier, exemple, tmp_path):
    """What differs by a space alone is seen to differ; many lines are one, and what is empty is said so."""
    with atelier.base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, LE_2026)
    objet = reprise(exemple, "F1", ICI | TOM, TOM)
    une = objet.enfants[0]
    rythmes = une.valeurs | {champs_action.RYTHME: "1\n5", champs_action.RESTAURATION: "L'hôtel « Ici »"}
    rythmes.pop(champs_action.TRANSPORT)
    avant = replace(objet, enfants=(replace(une, valeurs=rythmes),))
    valeurs = rythmes | {champs_action.RYTHME: "1", champs_action.RESTAURATION: f"L'hôtel «{ESPACE_INSECABLE}Ici »"}
    valeurs[champs_action.TRANSPORT] = "Métro, ligne A"
    apres = replace(objet, enfants=(replace(une, valeurs=valeurs),))
    atelier.importer(atelier.octets([avant]))
    fichier = tmp_path / "l'été d'avant.xml"
    fichier.write_bytes(atelier.octets([apres]))
    dites = commande(url_base, atelier.organisme.siret, fichier, "--a-blanc").stdout
    assert fr("« {} » : ").format("l'été d'avant.xml") in dites
    vues = fr("Restauration : « {} » → « {} »").format("L'hôtel « Ici »", f"L'hôtel «{ESPACE_INSECABLE}Ici »")
    assert vues in dites
    assert fr("Rythme : « En journée, Temps plein » → « En journée »") in dites
    assert fr("(vide) → « Métro, ligne A »") in dites


def test_the_command_says_what_is_not_taken_of_what_does_not_change(url_base, atelier, exemple, tmp_path, monkeypatch):
    with atelier.base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, atelier.organisme.id, LE_2026)
    monkeypatch.setattr(cli_edof, "INCHANGES_LUS", 3)
    atelier.importer(exemple)
    fichier = tmp_path / "catalogue.xml"
    # The first says something twice, and the last session a date that is none; all between says the same as ours.
    fichier.write_bytes(changer(exemple, (b"</transport>", b"</transport><transport>Autre</transport>")))
    dites = commande(url_base, atelier.organisme.siret, fichier, "--a-blanc").stdout
    (formation, *_) = [element.get("numero") for element in lues(exemple)]
    assert fr(f"formation {formation} (ligne ") in dites
    assert "inchangée" in dites
    assert "élément inconnu, ou donné deux fois" in dites
    assert "Ne reviendra pas" in dites
    assert "action A1" not in dites
    debut, _, fin = exemple.rpartition(b"<session ")
    fichier.write_bytes(debut + b"<session " + re.sub(rb'datemaj="[^"]*"', b'datemaj=""', fin, count=1))
    dites = commande(url_base, atelier.organisme.siret, fichier, "--a-blanc").stdout
    assert SANS_DATE in dites
    fichier.write_bytes(exemple)
    assert "ligne" not in commande(url_base, atelier.organisme.siret, fichier, "--a-blanc").stdout


def test_the_command_asks_how_to_read_a_file_that_lies_about_itself(url_base, atelier, exemple, tmp_path):
    fichier = tmp_path / "catalogue.xml"
    fichier.write_bytes(exemple.decode("iso-8859-1").encode())
    siret = atelier.organisme.siret
    refus = commande(url_base, siret, fichier)
    assert refus.exit_code == 1
    assert "--encodage" in refus.stderr
    assert atelier.objets() == []
    assert commande(url_base, siret, fichier, "--encodage", "reel").exit_code == 0
    assert "Écouter" in "".join(objet.valeurs[champs.OBJECTIF] for objet in atelier.objets())
    assert "Ã" not in str(atelier.objets())


def long(exemple):
    """Give the sample with two hundred sessions more."""
    debut, _, fin = exemple.partition(b"<session ")
    une, _, reste = fin.partition(b"</session>")
    plusieurs = b"".join(
        b"<session " + re.sub(rb'numero="S1"', f'numero="Z{n}"'.encode(), une, count=1) + b"</session>"
        for n in range(200)
    )  # fmt: skip
    return debut + plusieurs + b"<session " + une + b"</session>" + reste


def test_the_command_says_how_far_it_is(url_base, atelier, exemple, tmp_path, monkeypatch):
    monkeypatch.setattr(cli_edof, "PAS_D_IMPORT", 100)
    fichier = tmp_path / "catalogue.xml"
    fichier.write_bytes(long(exemple))
    fait = commande(url_base, atelier.organisme.siret, fichier)
    assert fait.exit_code == 0, fait.stderr
    dits = fait.stderr.replace("\u202f", " ").replace("\xa0", " ").splitlines()
    assert "200 éléments examinés…" in dits, dits
    assert "200 éléments importés…" in dits, dits
    assert dits.index("200 éléments examinés…") < dits.index("200 éléments importés…")


def test_an_answer_leaves_what_is_long_to_the_process_of_jobs_and_that_is_seen(base, atelier, exemple):
    octets = long(exemple)
    dit = import_edof.recevoir(io.BytesIO(octets))
    decoupe = import_edof.decouper(io.BytesIO(octets), dit.reel, atelier.organisme)
    with base.ecriture() as cnx:
        tache = import_edof.deposer(cnx, atelier.demande, Envoye(uuid4(), "x.xml", dit, dit.reel), decoupe)
    decoupe.fermer()
    assert (tache.etat, tache.rang) == (EtatTache.PREPARATION, 0)
    tache = atelier.finir(tache)
    assert (tache.etat, tache.rang) == (PRETE, 216)
    with base.ecriture() as cnx:
        assert taches.lancer(cnx, atelier.demande.acte, tache.id).etat is EtatTache.EN_COURS
    assert atelier.finir(tache).faits == 216


def test_what_a_process_has_looked_at_another_does_at_once(base, atelier, exemple):
    """Whoever made the preview may be gone when it is confirmed: nobody waits for a sign of it."""
    tache = atelier.deposer(long(exemple))
    with base.ecriture() as cnx:
        assert taches.lancer(cnx, atelier.demande.acte, tache.id).etat is EtatTache.EN_COURS
    assert Travailleur(base, uuid4()).tour()
    assert atelier.relire(tache).etat is TERMINEE


def test_what_is_given_up_is_forgotten_when_its_time_is_over(base, atelier, exemple):
    tache = atelier.deposer(exemple)
    with base.ecriture() as cnx:
        taches.arreter(cnx, atelier.demande.acte, tache.id)
        assert imports_edof.oublier(cnx, datetime.now(UTC)) == 0
        assert imports_edof.oublier(cnx, datetime.now(UTC) + 2 * GARDE) == 1
        for table in ("edof_import", "edof_offre", "edof_apercu", "tache_ligne"):
            assert cnx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608 - our words


def test_an_import_looks_up_what_its_rows_refer_to_by_their_keys(base_postgresql):
    atelier = AtelierImport(base_postgresql, AtelierArbre(base_postgresql), LE_2026)
    octets = re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), EXEMPLE)
    atelier.importer(octets)
    with base_postgresql.ecriture() as cnx:
        # It now knows that its tables are small: the whole of one is read sooner than its index.
        cnx.exec_driver_sql("ANALYZE formation, action, session_formation")
    tache = atelier.finir(atelier.deposer(long(octets)))
    acte = atelier.demande.acte
    with base_postgresql.ecriture() as cnx:
        lancee = import_edof.tenir(cnx, taches.lancer(cnx, acte, tache.id), uuid4())

    def lues(cnx):
        # What has been read of the sessions without any index; what came before on this connection may be in it still.
        return cnx.exec_driver_sql(
            "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'session_formation'"
        ).scalar_one()

    with base_postgresql.ecriture() as cnx:
        avant = lues(cnx)
        finie = import_edof.une_part(cnx, acte, lancee)
        # Not once for each that this transaction brings.
        assert lues(cnx) - avant < finie.faits
    assert finie.etat is TERMINEE
