"""What can be changed of many objects: how it is read, how it is called, what a fiche becomes."""

import pytest

from tests.builders import un_acte
from tests.builders_arbre import un_contexte, un_noeud, une_action, une_session
from webapp.domain.champs import Niveau
from webapp.domain.controle_arbre import controler_action
from webapp.domain.diagnostic import Anomalie, Code, Diagnostic, Portee
from webapp.domain.lots import NIVEAUX, Changement, ChangementRefuse, Etat, Lot, ResteAinsi, raisons
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.statuts import Statut
from webapp.domain.textes import fr

DEJA_A_CE_PRIX = une_action(frais_ttc="1500.00", frais_ht="1250.00")
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
    ("semaines", "lu"),
    [
        ("1", "1"),
        ("+3", "3"),
        ("-4", "-4"),
        ("−4", "-4"),
        ("00001", "1"),
        ("１", "1"),
        ("–2", "-2"),
        (" 520 ", "520"),
        ("-520", "-520"),
    ],
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
        # As people write weeks: any dash, a space, full-width digits.
        ("– 10", "100.00", "90.00"), ("+ 5 %", "100.00", "105.00"), ("１０\N{NO-BREAK SPACE}%", "100.00", "110.00"),
    ],
)  # fmt: skip
def test_a_percentage_changes_a_price_to_the_cent(pourcentage, avant, apres):
    fiche = une_action(frais_ttc=avant, frais_ht="", taux_tva="20")
    faite = lire("prix", ttc="", pourcentage=pourcentage).fiche(fiche)
    assert faite.valeur("frais_ttc") == apres
    assert faite.valeur("frais_ht")


POURCENTAGE = (
    "Saisissez un pourcentage de -100 à 1\N{NO-BREAK SPACE}000, à deux décimales au plus et autre que 0 : par exemple "
    "3,5 ou -10."
)


@pytest.mark.parametrize("pourcentage", ["0", "-101", "1001", "1000000", "0,001", "abc", "3,555", "%", "--3"])
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


@pytest.mark.parametrize(
    ("lot", "niveau", "valeurs", "titre"),
    [
        ("decaler", "", {"semaines": "1"}, "Décaler les dates des sessions de 1\N{NO-BREAK SPACE}semaine plus tard"),
        ("decaler", "", {"semaines": "-3"}, "Décaler les dates des sessions de 3\N{NO-BREAK SPACE}semaines plus tôt"),
        ("prix", "", {"ttc": "1 500"}, "Changer le prix des actions : 1 500,00 € TTC"),
        ("prix", "", {"ttc": "", "pourcentage": "3.5"}, "Changer le prix des actions : 3,5 %"),
        ("prix", "", {"ttc": "", "pourcentage": "-3,5 %"}, "Changer le prix des actions : −3,5 %"),
        ("contact", "", {}, "Changer le contact des actions"),
        ("archiver", "formation", {}, "Archiver des formations"),
        ("archiver", "action", {}, "Archiver des actions"),
        ("valider", "session", {}, "Valider des sessions"),
    ],
)
def test_what_is_changed_is_said_in_a_few_words(lot, niveau, valeurs, titre):
    def plat(texte):
        return " ".join(texte.split())

    assert plat(lire(lot, niveau, **valeurs).titre) == plat(fr(titre))


def test_the_modalities_are_said_by_their_words():
    titre = lire("modalite", modalite="0").titre
    assert titre == fr("Changer les modalités d'enseignement des actions : formation entièrement présentielle")


@pytest.mark.parametrize(
    ("quoi", "niveau", "valeurs", "champ", "message"),
    [
        ("", "action", {}, "lot", "Choisissez ce qu'il faut changer."),
        ("archiver", "lieu", {}, "lot", "Choisissez ce qu'il faut changer."),
        (
            "decaler", "", {"semaines": "0"}, "semaines",
            "Saisissez un nombre de semaines, de 1 à 520 ; avec un « - » devant, les sessions commencent plus tôt.",
        ),
        ("prix", "", {}, "ttc", "Saisissez ou bien le nouveau prix, ou bien le pourcentage, et lui seul."),
        (
            "prix", "", {"ttc": "1", "pourcentage": "1"}, "ttc",
            "Saisissez ou bien le nouveau prix, ou bien le pourcentage, et lui seul.",
        ),
        (
            "prix", "", {"ttc": "cher"}, "ttc",
            "Saisissez un montant en euros, par exemple 1200,50 ; saisissez 0 pour un prix nul.",
        ),
        ("prix", "", {"pourcentage": "x"}, "pourcentage", POURCENTAGE),
        ("contact", "", {"contact": "x"}, "contact", "Choisissez un contact."),
        ("contact", "", {}, "contact", "Choisissez un contact."),
        ("modalite", "", {"modalite": "x"}, "modalite", "Choisissez des modalités d'enseignement."),
        ("modalite", "", {}, "modalite", "Choisissez des modalités d'enseignement."),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_to_type_at_its_place(quoi, niveau, valeurs, champ, message):
    with pytest.raises(ChangementRefuse) as refus:
        Changement.lire(quoi, niveau, valeurs)
    assert (refus.value.champ, str(refus.value)) == (champ, fr(message))


def test_what_is_read_is_kept_as_it_is_stored():
    assert dict(lire("contact").valeurs) == {"valeur": "00000000-0000-0000-0000-000000000001"}
    assert dict(lire("prix", ttc="", pourcentage="−3,5 %").valeurs) == {"ttc": "", "pourcentage": "-3.5"}
    assert dict(lire("prix").valeurs) == {"ttc": "1500.00", "pourcentage": ""}
    assert dict(lire("archiver", "action").valeurs) == {}


@pytest.mark.parametrize(
    ("lot", "valeurs", "oui"),
    [("decaler", {"semaines": "1"}, True), ("decaler", {"semaines": "-1"}, False), ("prix", {}, False)],
)
def test_the_latest_sessions_go_first_when_they_are_moved_later(lot, valeurs, oui):
    assert lire(lot, **valeurs).par_la_fin is oui


@pytest.mark.parametrize(
    ("lot", "valeurs", "fiche", "detail"),
    [
        ("decaler", {"semaines": "1"}, une_session(), "01/03/2027 – 05/03/2027 → 08/03/2027 – 12/03/2027"),
        ("decaler", {"semaines": "1"}, une_session(fin=""), "01/03/2027 → 08/03/2027"),
        ("decaler", {"semaines": "1"}, une_session(debut="", fin=""), "(rien) → (rien)"),
        ("prix", {}, une_action(), "1 200,00 € → 1 500,00 €"),
        ("prix", {}, une_action(frais_ttc="", frais_ht=""), "(rien) → 1 500,00 €"),
        ("contact", {}, une_action(contact="00000000-0000-0000-0000-000000000002"), "Dupont → Martin"),
        ("contact", {}, une_action(contact=""), "(rien) → Martin"),
        ("archiver", {}, une_action(), ""),
    ],
)
def test_what_changes_of_each_is_said_before_and_after(lot, valeurs, fiche, detail):
    noms = {"00000000-0000-0000-0000-000000000001": "Martin", "00000000-0000-0000-0000-000000000002": "Dupont"}
    dit = lire(lot, "action", **valeurs).detail(fiche, noms)
    assert dit.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") == detail


@pytest.mark.parametrize(
    ("lot", "fiche", "statut", "message"),
    [
        ("archiver", une_action(), Statut.ARCHIVEE, "Déjà archivée."),
        ("valider", une_action(), Statut.ARCHIVEE, "Archivée : restaurez-la d'abord."),
        ("valider", une_action(), Statut.VALIDEE, "Déjà validée."),
        ("decaler", une_session(debut="", fin=""), Statut.BROUILLON, "Sans dates à décaler."),
        ("prix", DEJA_A_CE_PRIX, Statut.BROUILLON, "Sans prix à changer, ou déjà à ce prix."),
        ("modalite", une_action(modalites_enseignement="1"), Statut.BROUILLON, "A déjà ces modalités."),
        ("contact", une_action(), Statut.BROUILLON, "A déjà ce contact."),
    ],
)  # fmt: skip
def test_what_is_left_as_it_is_says_why(lot, fiche, statut, message):
    with pytest.raises(ResteAinsi) as refus:
        lire(lot, "action").appliquer(un_acte(), un_noeud(fiche, statut), juger)
    assert str(refus.value) == fr(message)


def dits(*messages, portee=Portee.VALIDATION):
    return Diagnostic(tuple(Anomalie("numero", Code.REGLE, message, portee) for message in messages))


def test_the_first_three_reasons_are_told():
    assert raisons(dits(), Niveau.ACTION) == ""
    assert raisons(dits("Un.", "Deux.", "Trois."), Niveau.ACTION) == "Un. Deux. Trois."
    assert raisons(dits("Un.", "Deux.", "Trois.", "Quatre."), Niveau.ACTION) == "Un. Deux. Trois. …"


def test_fields_to_be_filled_are_named_together_and_told_first():
    vides = [Anomalie(nom, Code.OBLIGATOIRE, "?", Portee.VALIDATION) for nom in ("duree", "frais_ttc")]
    autre = Anomalie("numero", Code.REGLE, "Un.", Portee.VALIDATION)
    diagnostic = Diagnostic((autre, *vides))
    noms = [PAR_NOM[Niveau.ACTION][nom].libelle for nom in ("duree", "frais_ttc")]
    assert raisons(diagnostic, Niveau.ACTION) == fr(f"À remplir : « {noms[0]} », « {noms[1]} ». Un.")


def test_what_the_judge_refuses_is_left_with_its_reasons():
    acte, noeud = un_acte(), un_noeud(une_action())
    with pytest.raises(ResteAinsi, match=r"^Un\. Deux\.$"):
        lire("valider", "action").appliquer(acte, noeud, lambda _: dits("Un.", "Deux."))
    with pytest.raises(ResteAinsi, match=r"^Non\.$"):
        lire("prix").appliquer(acte, noeud, lambda _: dits("Non.", portee=Portee.ENREGISTREMENT))
    with pytest.raises(ResteAinsi, match=r"^Elle redeviendrait un brouillon\. Un\.$"):
        lire("prix").appliquer(acte, un_noeud(une_action(), Statut.VALIDEE), lambda _: dits("Un."))
    assert lire("prix").appliquer(acte, noeud, lambda _: dits("Un.")).statut is Statut.BROUILLON


def test_what_is_validated_keeps_its_fiche():
    fiche = une_action()
    faite = lire("valider", "action").appliquer(un_acte(), un_noeud(fiche), juger)
    assert (faite.fiche, faite.statut, faite.niveau) == (fiche, Statut.VALIDEE, Niveau.ACTION)


def test_what_cannot_even_be_stored_is_not_given_back():
    noeud = un_noeud(une_action())
    fait = lire("prix").appliquer(un_acte(), noeud, juger)
    with pytest.raises(ResteAinsi, match=r"^Non\.$"):
        Etat.de(noeud, fait).rendre(un_acte(), fait, lambda _: dits("Non.", portee=Portee.ENREGISTREMENT))
