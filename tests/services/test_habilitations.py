"""The list of habilitations of an organisation: kept, looked at, imported, replaced; and « Contrôle » that knows it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner

from tests.builders import LE, MAINTENANT, une_certification, une_fiche
from tests.builders_arbre import AtelierArbre
from webapp.cli import principal
from webapp.domain.dates import date_longue
from webapp.domain.fichier_habilitations import FichierHabilitations, Remarque
from webapp.domain.habilitations import HabilitationEdof
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.services import controle, habilitations

QUI = habilitations.Auteur("Camille Martin", LE, MAINTENANT)
CLEA = HabilitationEdof("RS2203", "CléA", "Active", None, date(2027, 2, 1))
VOLTAIRE = HabilitationEdof("RS313", "Voltaire", "Active")


@pytest.fixture
def atelier(base):
    return AtelierArbre(base)


@pytest.fixture
def organisme(atelier):
    return atelier.organisme


def fichier(*siennes, le=None):
    return FichierHabilitations("liste.csv", le, siennes)


def deposer(base, organisme, *siennes, qui=QUI, le=None):
    with base.ecriture() as cnx:
        return habilitations.deposer(cnx, organisme, qui, fichier(*siennes, le=le))


def importer(base, organisme, vu, qui=QUI, vue=None):
    with base.ecriture() as cnx:
        return habilitations.importer(cnx, organisme, qui, vu.liste.id, vue or vu.comparee_a)


def courante(base, organisme):
    with base.lecture() as cnx:
        return habilitations.courante(cnx, organisme)


def test_a_list_of_a_day_to_come_is_refused(base, organisme):
    """To come by the clock and by the reference date: under a date that is set, true lists are younger than it."""
    ensuite = MAINTENANT + timedelta(days=400)
    for qui, dernier in (
        (QUI, LE),
        (habilitations.Auteur("Camille Martin", LE, ensuite), ensuite.date()),
        (habilitations.Auteur("Camille Martin", ensuite.date(), MAINTENANT), ensuite.date()),
    ):
        assert deposer(base, organisme, CLEA, qui=qui, le=dernier).liste.etablie_le == dernier
        with pytest.raises(habilitations.FichierRefuse) as refus:
            deposer(base, organisme, CLEA, qui=qui, le=dernier + timedelta(days=1))
        assert date_longue(dernier + timedelta(days=1)) in refus.value.message


def test_an_import_is_told_at_the_reference_date(base, organisme):
    qui = habilitations.Auteur("Camille Martin", LE, MAINTENANT + timedelta(days=400))
    importer(base, organisme, deposer(base, organisme, CLEA, qui=qui), qui=qui)
    assert courante(base, organisme)[0].importee_le.date() == LE


def test_what_a_line_left_out_names_is_known_to_be_named(base, organisme):
    remarques = (Remarque(3, "RS313 : …", "RS313"), Remarque(4, "?", ""))
    siennes = (CLEA, HabilitationEdof("RS1"), HabilitationEdof("RS2"))
    with base.ecriture() as cnx:
        vu = habilitations.deposer(cnx, organisme, QUI, FichierHabilitations("liste.csv", None, siennes, remarques))
    importer(base, organisme, vu)
    with base.lecture() as cnx:
        connues = habilitations.connues(cnx, organisme)
        assert (set(connues.illisibles), set(connues.edof)) == ({"RS313"}, {"RS2203", "RS1", "RS2"})
        droits = habilitations.pour(cnx, organisme, une_certification(code="RS313"))
        assert droits is not None
        assert droits.illisible
    assert courante(base, organisme)[0].remarques == remarques


def test_a_line_that_cannot_be_read_leaves_what_we_had_for_its_code(base, organisme):
    importer(base, organisme, deposer(base, organisme, CLEA, VOLTAIRE))
    remarques = (Remarque(2, "RS313 : « hier » n’est pas une date.", "RS313"), Remarque(3, "?"))
    illisible = FichierHabilitations("liste.csv", None, (replace(CLEA, etat="Inactive"),), remarques)
    dites = ("RS313 : « hier » n’est pas une date. Ce que vous aviez pour ce code est gardé.", "?")
    with base.ecriture() as cnx:
        vu = habilitations.deposer(cnx, organisme, QUI, illisible)
    assert (vu.difference.retirees, vu.difference.changees, vu.difference.inchangees) == ((), ("RS2203",), 1)
    assert (vu.gardees, tuple(remarque.texte for remarque in vu.liste.remarques)) == (("RS313",), dites)
    # What is kept is what counts when the list is imported, and not when it was read.
    importer(base, organisme, deposer(base, organisme, CLEA, replace(VOLTAIRE, etat="Suspendue")))
    with base.lecture() as cnx:
        vu = habilitations.apercu(cnx, organisme, vu.liste.id, MAINTENANT)
    importer(base, organisme, vu)
    liste, lignes = courante(base, organisme)
    assert lignes == (replace(CLEA, etat="Inactive"), replace(VOLTAIRE, etat="Suspendue"))
    assert tuple(remarque.texte for remarque in liste.remarques) == dites
    with base.lecture() as cnx:
        assert habilitations.apercu(cnx, organisme, liste.id, MAINTENANT).liste == liste


def test_a_line_that_cannot_be_read_keeps_nothing_of_a_code_that_another_line_says(base, organisme):
    importer(base, organisme, deposer(base, organisme, CLEA))
    remarques = (Remarque(3, "RS2203 : …", "RS2203"), Remarque(4, "RS313 : …", "RS313"))
    change = replace(CLEA, etat="Inactive")
    with base.ecriture() as cnx:
        vu = habilitations.deposer(cnx, organisme, QUI, FichierHabilitations("l.csv", None, (change,), remarques))
    assert (vu.lignes, vu.gardees, vu.liste.remarques) == ((change,), (), remarques)


def test_nothing_counts_before_it_is_imported(base, organisme):
    vu = deposer(base, organisme, CLEA)
    assert courante(base, organisme) is None
    importer(base, organisme, vu)
    liste, lignes = courante(base, organisme)
    assert lignes == (CLEA,)
    assert (liste.importee_par, liste.importee_le, liste.etablie_le) == ("Camille Martin", MAINTENANT, LE)


def test_the_next_import_takes_the_place_of_the_one_before(base, organisme):
    importer(base, organisme, deposer(base, organisme, CLEA))
    vu = deposer(base, organisme, replace(CLEA, etat="Inactive"), VOLTAIRE, le=LE - timedelta(1))
    assert (vu.difference.changees, vu.difference.nouvelles, vu.plus_ancienne) == (("RS2203",), ("RS313",), True)
    importer(base, organisme, vu)
    assert [une.code for une in courante(base, organisme)[1]] == ["RS2203", "RS313"]


def test_asked_twice_it_is_imported_once(base, organisme):
    vu = deposer(base, organisme, CLEA)
    importer(base, organisme, vu)
    assert importer(base, organisme, vu).liste.id == vu.liste.id
    assert courante(base, organisme)[0].id == vu.liste.id


def test_what_was_compared_with_another_list_is_shown_again_and_not_imported(base, organisme):
    vues = [deposer(base, organisme, une) for une in (CLEA, VOLTAIRE)]
    importer(base, organisme, vues[0])
    with pytest.raises(habilitations.ListeDepassee):
        importer(base, organisme, vues[1])
    assert courante(base, organisme)[1] == (CLEA,)
    importer(base, organisme, vues[1], vue=vues[0].liste.id)
    assert courante(base, organisme)[1] == (VOLTAIRE,)


def test_a_list_that_nobody_imports_is_forgotten_and_the_one_that_counts_never(base, organisme):
    importer(base, organisme, deposer(base, organisme, CLEA))
    vu = deposer(base, organisme, VOLTAIRE)
    tard = replace(QUI, maintenant=MAINTENANT + habilitations.OUBLI + timedelta(seconds=1))
    with base.lecture() as cnx, pytest.raises(Introuvable):
        habilitations.apercu(cnx, organisme, vu.liste.id, tard.maintenant)
    with pytest.raises(Introuvable):
        importer(base, organisme, vu, qui=tard)
    deposer(base, organisme, CLEA, qui=tard)
    with base.lecture() as cnx, pytest.raises(Introuvable):
        habilitations.apercu(cnx, organisme, vu.liste.id, MAINTENANT)
    assert courante(base, organisme)[1] == (CLEA,)


def test_that_of_another_organisation_is_missing(base, organisme):
    autre = AtelierArbre(base).organisme
    vu = deposer(base, autre, CLEA)
    with base.lecture() as cnx:
        for id_ in (vu.liste.id, uuid4()):
            with pytest.raises(Introuvable):
                habilitations.apercu(cnx, organisme, id_, MAINTENANT)
    importer(base, autre, vu)
    assert courante(base, organisme) is None
    with base.lecture() as cnx:
        assert habilitations.connues(cnx, organisme).etablie_le is None


# ------------------------------------------------------------------ « Contrôle »


def regles(base, atelier, formation):
    """Give what « Contrôle » says of habilitations, of a formation and within its catalogue, by rule and level."""
    with base.lecture() as cnx:
        seule = controle.de_la_formation(cnx, atelier.organisme, formation.id, LE)
        [au_catalogue] = controle.du_catalogue(cnx, atelier.organisme, LE)
        assert au_catalogue.controle.constats == seule.constats
    return {(c.anomalie.regle, c.niveau.value, c.anomalie.champ) for c in seule.conseils if c.anomalie.regle[:1] == "H"}


@pytest.mark.parametrize("actions", [0, 1])
def test_controle_says_what_the_list_says(base, atelier, actions):
    formation = atelier.atelier.formation(atelier.auteur, une_fiche(), Statut.VALIDEE)
    for _ in range(actions):
        action = atelier.action(formation.id)
        atelier.session(action.id, debut="2027-01-04", fin="2027-02-01", numero="à temps")
        atelier.session(action.id, debut="2027-01-04", fin="2027-02-02", numero="trop tard")
    assert regles(base, atelier, formation) == set()
    organisme = atelier.organisme
    importer(base, organisme, deposer(base, organisme, VOLTAIRE))
    assert regles(base, atelier, formation) == {("H01", "formation", "certification")}
    importer(base, organisme, deposer(base, organisme, CLEA))
    assert regles(base, atelier, formation) == ({("H02", "session", "fin")} if actions else set())
    importer(base, organisme, deposer(base, organisme, replace(CLEA, fin=LE - timedelta(1))))
    attendues = {("H02", "formation", "certification")} | ({("H02", "session", "fin")} if actions else set())
    assert regles(base, atelier, formation) == attendues


# ------------------------------------------------------------------ the command


@pytest.fixture
def taper(url_base):
    def commande(*arguments):
        environnement = {"DATABASE_URL": url_base, "MODE": "demonstration", "SECRET_KEY": "s" * 40}
        reponse = CliRunner().invoke(principal, ["importer-habilitations", *arguments], env=environnement)
        return reponse.exit_code, reponse.stdout.replace("\xa0", " "), reponse.stderr.replace("\xa0", " ")

    return commande


@pytest.fixture
def ecrit(tmp_path, organisme):
    chemin = tmp_path / f"{organisme.siret}_AU_23112019.csv"
    chemin.write_text(
        "Code certification;Etat de l'habilitation;Date fin habilitation\nRS2203;Active;01/02/2027\nX;;\n", "cp1252"
    )
    return str(chemin)


def test_the_command_imports_a_list_and_says_what_it_changes(base, organisme, taper, ecrit):
    code, dit, _ = taper("--siret", organisme.siret, "--a-blanc", ecrit)
    assert (code, "À blanc : rien n’a été écrit." in dit, courante(base, organisme)) == (0, True, None)
    code, dit, _ = taper("--siret", organisme.siret, ecrit)
    assert code == 0
    assert "du 23/11/2019 : 1 certification (1 nouvelle, 0 changée, 0 retirée, 0 inchangée)." in dit
    assert "Ligne 3 : « X » n’est pas un code de certification." in dit
    liste, lignes = courante(base, organisme)
    assert ([une.code for une in lignes], liste.importee_par) == (["RS2203"], "la ligne de commande")


def test_the_command_refuses_in_french(organisme, taper, ecrit, tmp_path):
    assert taper("--siret", organisme.siret, str(tmp_path / "absent.csv"))[2].startswith("«")
    assert "Aucun organisme n’a le SIRET" in taper("--siret", "99999999800019", ecrit)[2]
    (tmp_path / "autre.csv").write_bytes(b"PK\x03\x04")
    code, _, dit = taper("--siret", organisme.siret, str(tmp_path / "autre.csv"))
    assert code != 0
    assert "Ce fichier est un classeur" in dit
