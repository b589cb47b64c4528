"""What can be changed of many objects: how it is read, how it is called, what a fiche becomes."""

import pytest

from tests.builders import un_acte
from tests.builders_arbre import un_contexte, un_noeud, une_action, une_session
from webapp.domain.controle_arbre import controler_action
from webapp.domain.lots import NIVEAUX, Changement, ChangementRefuse, Etat, Lot, ResteAinsi
from webapp.domain.statuts import Statut

VALEURS = {
    Lot.DECALER: {"semaines": "2"},
    Lot.PRIX: {"ttc": "1 500"},
    Lot.CONTACT: {"contact": "00000000-0000-0000-0000-000000000001"},
    Lot.MODALITE: {"modalite": "1"},
    Lot.ARCHIVER: {},
    Lot.VALIDER: {},
    Lot.REMPLACER: {"vers": "rs 7003"},
}


def lire(lot, niveau="", **valeurs):
    return Changement.lire(lot, niveau, VALEURS[Lot(lot)] | valeurs)


@pytest.mark.parametrize("lot", Lot)
def test_each_is_read_for_its_levels_and_has_a_title_of_its_own(lot):
    titres = set()
    for niveau in NIVEAUX[lot]:
        changement = lire(lot, niveau)
        assert (changement.lot, changement.niveau) == (lot, niveau)
        titres.add(changement.titre)
    assert len(titres) == len(NIVEAUX[lot])
    assert all("'" not in titre for titre in titres)


@pytest.mark.parametrize("niveau", ["", "contact", "lieu", "n'importe quoi"])
def test_a_level_that_it_cannot_change_is_refused(niveau):
    with pytest.raises(ChangementRefuse):
        Changement.lire("archiver", niveau, {})


@pytest.mark.parametrize(
    ("semaines", "lu"), [("1", "1"), ("+3", "3"), ("-4", "-4"), ("−4", "-4"), (" 520 ", "520"), ("-520", "-520")]
)
def test_weeks_are_read_as_people_write_them(semaines, lu):
    assert lire("decaler", semaines=semaines).valeurs["semaines"] == lu


@pytest.mark.parametrize("semaines", ["", "0", "-0", "521", "-521", "1,5", "deux", "99999", "٣"])
def test_what_is_no_number_of_weeks_is_refused_at_its_place(semaines):
    with pytest.raises(ChangementRefuse) as refus:
        lire("decaler", semaines=semaines)
    assert refus.value.champ == "semaines"


@pytest.mark.parametrize(
    ("pourcentage", "avant", "apres"),
    [
        ("3,5", "1000.00", "1035.00"), ("-10 %", "999.99", "899.99"), ("+0.01", "100.00", "100.01"),
        ("-100", "100.00", "0.00"), ("1000", "1.00", "11.00"),
    ],
)  # fmt: skip
def test_a_percentage_changes_a_price_to_the_cent(pourcentage, avant, apres):
    fiche = une_action(frais_ttc=avant, frais_ht="", taux_tva="20")
    faite = lire("prix", ttc="", pourcentage=pourcentage).fiche(fiche)
    assert faite.valeur("frais_ttc") == apres
    assert faite.valeur("frais_ht")


@pytest.mark.parametrize("pourcentage", ["0", "-101", "1001", "abc", "3,555", "%", "--3"])
def test_what_is_no_percentage_is_refused_at_its_place(pourcentage):
    with pytest.raises(ChangementRefuse) as refus:
        lire("prix", ttc="", pourcentage=pourcentage)
    assert refus.value.champ == ("ttc" if pourcentage == "%" else "pourcentage")


def test_a_price_beyond_what_a_price_can_be_is_left():
    fiche = une_action(frais_ttc="9999999999.00", frais_ht="")
    assert lire("prix", ttc="", pourcentage="50").fiche(fiche) == fiche


def juger(fiche):
    return controler_action(fiche, un_contexte())


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
@pytest.mark.parametrize("lot", [Lot.PRIX, Lot.MODALITE, Lot.ARCHIVER])
def test_what_a_change_makes_is_undone(lot, statut):
    noeud = un_noeud(une_action(), statut)
    acte = un_acte()
    fait = lire(lot, "action").appliquer(acte, noeud, juger)
    assert fait.version == noeud.version + 1
    assert fait != noeud
    garde = Etat.lire(Etat.de(noeud, fait).valeurs)
    rendu, raison = garde.rendre(acte, fait, juger)
    assert (rendu.fiche, rendu.statut, rendu.version, raison) == (noeud.fiche, statut, noeud.version + 2, "")
    assert (rendu.archivee_le, rendu.avant_archivage) == (None, None)
    assert rendu.validee_le == noeud.validee_le


@pytest.mark.parametrize("lot", Lot)
def test_nothing_changes_of_what_is_archived(lot):
    fiche = une_session() if lot is Lot.DECALER else une_action()
    with pytest.raises(ResteAinsi, match=r"rchivée"):
        lire(lot, "action").appliquer(un_acte(), un_noeud(fiche, Statut.ARCHIVEE), juger)


def test_what_is_already_so_is_left():
    with pytest.raises(ResteAinsi, match="A déjà ces modalités"):
        lire("modalite", modalite="0").appliquer(un_acte(), un_noeud(une_action()), juger)


def test_an_undoing_that_the_judge_refuses_makes_a_draft_and_says_why():
    noeud = un_noeud(une_action(acces_handicapes=""), Statut.VALIDEE)
    fait = un_noeud(une_action(), Statut.VALIDEE, id=noeud.id, version=2)
    rendu, raison = Etat.de(noeud, fait).rendre(un_acte(), fait, juger)
    assert rendu.statut is Statut.BROUILLON
    assert raison.startswith("Revenue en brouillon. ")
