"""The list of habilitations that EDOF exports, as files really come; and what is said of a certification from it."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import une_certification
from webapp.domain.certifications import Ton
from webapp.domain.fichier_habilitations import (
    COLONNES,
    LIGNES_MAX,
    OCTETS_MAX,
    FichierRefuse,
    lire_fichier,
)
from webapp.domain.habilitations import LONGUEUR_MAX_INTITULE, Droits, HabilitationEdof, Habilitations, comparer
from webapp.domain.registre import Habilitation, Partenaire
from webapp.domain.textes import couper

SIRET = "99999999800019"
NOM = f"{SIRET}_AU_23112026.csv"
LE = date(2026, 11, 23)
CLEA = (
    "Répertoire spécifique",
    "RS7003",
    "Socle de compétences (CléA) – l’essentiel",
    "Active",
    "15/05/2024",
    "31/12/2027",
)
PAIE = ("RNCP", "RNCP37948", "Gestionnaire de paie", "Inactive", "01/01/2024", "")


def csv_de(*lignes, separateur=";", fin="\r\n", entete=COLONNES):
    return fin.join(separateur.join(ligne) for ligne in (entete, *lignes)) + fin


def lue(texte, nom=NOM, encodage="utf-8"):
    return lire_fichier(nom, texte.encode(encodage), SIRET)


def refus(octets, nom=NOM):
    with pytest.raises(FichierRefuse) as refuse:
        lire_fichier(nom, octets, SIRET)
    return refuse.value.message.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("fin", ["\r\n", "\n", "\r"])
def test_a_list_is_read_as_excel_saves_it(encodage, separateur, fin):
    liste = lue(csv_de(CLEA, PAIE, separateur=separateur, fin=fin), encodage=encodage)
    assert liste.habilitations == (
        HabilitationEdof("RS7003", CLEA[2], "Active", date(2024, 5, 15), date(2027, 12, 31)),
        HabilitationEdof("RNCP37948", PAIE[2], "Inactive", date(2024, 1, 1), None),
    )
    assert (liste.etablie_le, liste.remarques) == (LE, ())


@pytest.mark.parametrize(
    ("nom", "etablie_le"),
    [
        (f"{SIRET}_AU_20261123.csv", LE),
        (f"{SIRET}_AU_23-11-2026.csv", LE),
        (f"{SIRET}_au_2026-11-23 (1).CSV", LE),
        (f"C:\\Téléchargements\\{SIRET}_AU_23112026.csv", LE),
        (f"{SIRET}_AU_99999999.csv", None),
        ("habilitations.csv", None),
        ("", None),
    ],
)
def test_the_name_of_the_file_says_its_day(nom, etablie_le):
    assert lue(csv_de(CLEA), nom).etablie_le == etablie_le


def test_the_columns_are_found_wherever_they_stand():
    texte = "sep=;\n\nMes habilitations;;\nDATE FIN HABILITATION; état de l’habilitation ;CODE CERTIFICATION;Note\n"
    [seule] = lue(f"{texte}2027-12-31 00:00:00;Actif;rs 7003;à nous\n;;;\n").habilitations
    assert seule == HabilitationEdof("RS7003", "", "Actif", None, date(2027, 12, 31))


def test_a_number_alone_is_of_the_registry_that_its_row_names():
    rs, rncp = lue(csv_de(("RS", "7003", *CLEA[2:]), ("RNCP", "37948", *PAIE[2:]))).habilitations
    assert (rs.code, rncp.code) == ("RS7003", "RNCP37948")


def test_a_very_long_cell_is_cut_like_any_other():
    """Python's reader gives up beyond 131,072 characters, which was told as a quote left open."""
    [lue_] = lue(csv_de((*CLEA[:2], "x" * 140_000, *CLEA[3:]))).habilitations
    assert (lue_.code, lue_.intitule) == ("RS7003", couper("x" * 140_000, LONGUEUR_MAX_INTITULE))


def test_an_end_that_is_too_far_is_none():
    assert lue(csv_de((*CLEA[:5], "31/12/9999"))).habilitations[0].fin is None


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        (("RS", "", "", "Active", "", ""), "«  » n’est pas un code de certification."),
        (("RS", "CPF200", "", "Active", "", ""), "« CPF200 » n’est pas un code de certification."),
        (("", "7003", "", "Active", "", ""), "« 7003 » n’est pas un code de certification."),
        (("RS", "RS7003", "", "Active", "", "31/02/2026"), "RS7003 : « 31/02/2026 » n’est pas une date."),
        (("RS", "RS7003", "", "", "01/01/2027", "31/12/2026"), "RS7003 : l’habilitation finit avant d’avoir commencé."),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_left_out_and_told(ligne, dit):
    liste = lue(csv_de(PAIE, ligne))
    assert [une.code for une in liste.habilitations] == ["RNCP37948"]
    [remarque] = liste.remarques
    assert (remarque.ligne, remarque.texte.replace("\N{NO-BREAK SPACE}", " ")) == (3, dit)


@pytest.mark.parametrize("rang", [0, 1])
def test_of_several_lines_of_one_certification_the_one_that_counts_and_ends_last_is_kept(rang):
    finie, close = (*CLEA[:5], "31/12/2025"), (*CLEA[:3], "Inactive", CLEA[4], "31/12/2029")
    lignes = [finie, close]
    lignes.insert(rang, CLEA)
    liste = lue(csv_de(*lignes))
    assert [une.fin for une in liste.habilitations] == [date(2027, 12, 31)]
    assert len(liste.remarques) == 2


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "Ce fichier est vide."),
        (b" \r\n", "Ce fichier est vide."),
        (b"PK\x03\x04", "Ce fichier est un classeur (Excel, LibreOffice) ou un ZIP : enregistrez la liste"),
        (b"%PDF-1.7", "Ce fichier est un PDF"),
        (b"a\0b", "Ce fichier n’est pas un texte"),
        (b"x" * (OCTETS_MAX + 1), "Ce fichier dépasse 400 ko"),
        (b"a;b\r\n", "il y manque les colonnes « Code certification », « Etat de l’habilitation » et « Date fin"),
        (csv_de(entete=COLONNES[:5]).encode(), "il y manque la colonne « Date fin habilitation »."),
        (csv_de().encode(), "Ce fichier ne contient aucune certification"),
        (csv_de(("RS", "x", "", "", "", "")).encode(), "Aucune ligne de ce fichier ne se lit. Ligne 2 : « x »"),
        ((csv_de(CLEA) + '"RS;RS1\r\n').encode(), "La ligne 3 ne se lit pas : un guillemet y est ouvert"),
        (csv_de(*[("", "RS1", "", "", "", "")] * (LIGNES_MAX + 1)).encode(), "plus de 4000 lignes"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_french(octets, dit):
    assert dit in refus(octets)


def test_the_list_of_another_organisation_is_refused_with_the_two():
    dit = refus(csv_de(CLEA).encode(), "12345678200010_AU_23112026.csv")
    assert dit.startswith("Cette liste est celle du SIRET 12345678200010")
    assert SIRET in dit


@given(st.binary(max_size=2000), st.text(max_size=60))
def test_no_file_does_anything_but_be_read_or_refused(octets, nom):
    for debut in (b"", csv_de(CLEA).encode(), csv_de(CLEA, separateur=",").encode("utf-16")):
        with contextlib.suppress(FichierRefuse):
            assert lire_fichier(nom, debut + octets, SIRET).habilitations


# ------------------------------------------------------------------ what is said from it


def dits(habilitations, le=LE, nomme_des_partenaires=True):
    droits = habilitations.pour(une_certification(code="RS7003"), nomme_des_partenaires=nomme_des_partenaires)
    assert droits is not None
    return [
        (regle, annonce.texte.replace("\N{NO-BREAK SPACE}", " "), annonce.ton) for regle, annonce in droits.constats(le)
    ]


def liste_de(*siennes, publiees=()):
    return Habilitations(LE, {une.code: une for une in siennes}, {"RS7003": publiees})


def test_a_code_that_the_list_does_not_name_is_told():
    attendu = ("H01", "RS7003 : absent de votre liste d’habilitations EDOF du 23 novembre 2026.", Ton.ATTENTION)
    assert dits(liste_de()) == [attendu]
    # The list is the organisation's own: it answers of what the registry says nothing of, too.
    assert dits(liste_de(), nomme_des_partenaires=False) == [attendu]


def test_a_code_whose_line_was_left_out_is_not_told_absent():
    a_l_envers, sans_date = (*CLEA[:4], "15/05/2027", "31/12/2026"), (*PAIE[:4], "31/02/2024", "")
    liste = lue(csv_de(a_l_envers, sans_date, ("RS", "RS313", "", "Active", "", ""), ("RS", "?", "", "", "", "")))
    assert [remarque.code for remarque in liste.remarques] == ["RS7003", "RNCP37948", ""]
    [(regle, texte, _)] = dits(Habilitations(LE, {}, illisibles=frozenset({"RS7003"})))
    attendu = (
        "RS7003 : votre liste d’habilitations EDOF du 23 novembre 2026 le nomme, sur une ligne qui n’a pas pu être "
        "lue. Corrigez cette ligne, puis importez la liste de nouveau."
    )
    assert (regle, texte) == ("H01", attendu)
    lisible = {"RS7003": HabilitationEdof("RS7003")}
    assert dits(Habilitations(LE, lisible)) == dits(Habilitations(LE, lisible, illisibles=frozenset({"RS7003"})))


def test_who_only_assesses_is_told_so_where_the_list_does_not_name_the_code():
    seule = Partenaire(SIRET, Habilitation.ORGANISER)
    assert [regle for regle, *_ in dits(liste_de(publiees=(seule,)))] == ["H01", "H03"]
    assert [regle for regle, *_ in dits(Habilitations(publiees={"RS7003": (seule,)}))] == ["H03"]
    # What it lists are habilitations to train: there is nothing more to say.
    assert [regle for regle, *_ in dits(liste_de(HabilitationEdof("RS7003"), publiees=(seule,)))] == [""]


@pytest.mark.parametrize(
    ("etat", "compte"),
    [
        ("Active", True), ("Actif", True), ("Validée", True), ("", True), ("En cours", True), ("Habilité", True),
        ("Inactive", False), ("INACTIF", False), ("Supprimée", False), ("Suspendue", False), ("Expirée", False),
        ("Non habilité", False), ("En attente", False), ("Refusée", False), ("Révoquée", False), ("Clôturée", False),
    ],
)  # fmt: skip
def test_an_habilitation_counts_by_the_words_of_its_state(etat, compte):
    assert HabilitationEdof("RS1", etat=etat).compte is compte
    [(regle, texte, _)] = dits(liste_de(HabilitationEdof("RS7003", etat=etat)))
    assert regle == ("" if compte else "H01")
    assert compte or f"« {etat} »" in texte


def test_an_habilitation_that_is_over_is_told_until_its_last_day():
    finie = liste_de(HabilitationEdof("RS7003", fin=date(2026, 11, 22)))
    assert dits(finie) == [
        ("H02", "Habilitation finie le 22 novembre 2026, d’après votre liste EDOF du 23 novembre 2026.", Ton.ATTENTION)
    ]
    assert [regle for regle, *_ in dits(finie, date(2026, 11, 22))] == [""]


@pytest.mark.parametrize(("jour", "avant"), [(date(2027, 12, 31), None), (date(2028, 1, 1), date(2027, 12, 31))])
def test_a_day_after_the_end_of_the_habilitation_is_known(jour, avant):
    une = HabilitationEdof("RS7003", fin=date(2027, 12, 31))
    assert Droits("RS7003", LE, une, None).fin_avant(jour) == avant
    sans_effet = HabilitationEdof("RS7003", etat="Inactive", fin=date(2027, 12, 31))
    assert Droits("RS7003", LE, sans_effet, None).fin_avant(jour) is None


def test_of_a_kind_of_action_and_of_a_record_without_partners_nothing_is_known():
    assert liste_de().pour(une_certification(code="CPF200"), nomme_des_partenaires=True) is None
    assert Habilitations().pour(une_certification(code="RS7003"), nomme_des_partenaires=False) is None


def test_two_lists_are_compared_by_their_codes():
    un, deux, trois = (HabilitationEdof(f"RS{n}") for n in (1, 2, 3))
    difference = comparer([un, deux], [HabilitationEdof("RS1", etat="Active"), deux, trois])
    assert difference == type(difference)(("RS3",), (), ("RS1",), 1)
    assert comparer([un], []).retirees == ("RS1",)


HABILITE = "Votre organisme est habilité à former pour cette certification"
EXPORTER = ". Exportez-la depuis « Habilitations à former », bouton « Exporter les certifications »."


def un_fichier(*lignes):
    return csv_de(*lignes).encode()


@pytest.mark.parametrize(
    ("octets", "message"),
    [
        (b"", "Ce fichier est vide."),
        (b" \r\n", "Ce fichier est vide."),
        (b"un\0deux", "Ce fichier n’est pas un texte : choisissez le fichier CSV exporté d’EDOF."),
        (csv_de().encode(), "Ce fichier ne contient aucune certification : vérifiez l’export, puis recommencez."),
        (
            un_fichier(("RS", "bonjour", "x", "Active", "", "")),
            "Aucune ligne de ce fichier ne se lit. Ligne 2 : « bonjour » n’est pas un code de certification.",
        ),
        (
            un_fichier(CLEA) + b'"ouvert',
            "La ligne 3 ne se lit pas : un guillemet y est ouvert sans être fermé, ou fermé trop tôt.",
        ),
        (
            b"a;b;c",
            "Ce fichier n’est pas la liste des habilitations d’EDOF : il y manque les colonnes {}" + EXPORTER,
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(octets, message):
    lu = refus(octets).replace("'", "’")
    debut, _, fin = message.partition("{}")
    assert lu.startswith(debut)
    assert lu.endswith(fin)
    if not fin:
        assert lu == message


def dites(*lignes):
    return [r.texte.replace("\N{NO-BREAK SPACE}", " ").replace("'", "’") for r in lue(csv_de(*lignes)).remarques]


def test_what_is_said_of_a_row_names_it():
    longue = "x" * 90
    assert dites(CLEA, ("RNCP", "RNCP1", "x", "Active", "hier", "")) == ["RNCP1 : « hier » n’est pas une date."]
    [coupee] = dites(CLEA, ("RNCP", "RNCP1", "x", "Active", longue, ""))
    assert coupee == f"RNCP1 : « {couper(longue, 80)} » n’est pas une date."
    renversee = ("RNCP", "RNCP1", "x", "Active", "02/01/2026", "01/01/2026")
    assert dites(CLEA, renversee) == ["RNCP1 : l’habilitation finit avant d’avoir commencé."]


def test_of_two_rows_of_one_code_it_is_said_which_is_kept():
    pire = (*CLEA[:3], "Inactive", *CLEA[4:])
    assert dites(CLEA, pire) == ["RS7003 est déjà plus haut : la première est gardée."]
    assert dites(pire, CLEA) == ["RS7003 est déjà plus haut : celle-ci est gardée."]


@pytest.mark.parametrize(
    ("referentiel", "code"),
    [
        ("RNCP", "RNCP37948"), ("Répertoire national", "RNCP37948"), ("Répertoire spécifique", "RS37948"),
        ("RS", "RS37948"),
    ],
)  # fmt: skip
def test_the_registry_that_a_row_names_says_the_type_of_a_number(referentiel, code):
    [sienne] = lue(csv_de((referentiel, "37948", "x", "Active", "", ""))).habilitations
    assert sienne.code == code


def droits(etat="Active", fin=None, publiees=None, *, sienne=True):
    habilitation = HabilitationEdof("RS7003", "CléA", etat, date(2024, 1, 1), fin)
    return Droits("RS7003", LE, habilitation if sienne else None, publiees)


@pytest.mark.parametrize(
    ("connus", "constats"),
    [
        (
            droits(),
            [f"{HABILITE}, d’après votre liste EDOF du 23 novembre 2026."],
        ),
        (
            droits(fin=date(2027, 12, 31)),
            [f"{HABILITE} jusqu’au 31 décembre 2027, d’après votre liste EDOF du 23 novembre 2026."],
        ),
        (
            droits(fin=date(2026, 11, 22)),
            ["Habilitation finie le 22 novembre 2026, d’après votre liste EDOF du 23 novembre 2026."],
        ),
        (droits("Inactive"), ["RS7003 : habilitation « Inactive » dans votre liste EDOF du 23 novembre 2026."]),
        (
            droits(sienne=False, publiees=(Partenaire(SIRET, Habilitation.ORGANISER),)),
            ["RS7003 : absent de votre liste d’habilitations EDOF du 23 novembre 2026.",
             "Vous êtes habilité à évaluer, pas à former, d’après France compétences."],
        ),
        (
            droits(sienne=False, publiees=(Partenaire(SIRET, Habilitation.FORMER),)),
            ["RS7003 : absent de votre liste d’habilitations EDOF du 23 novembre 2026."],
        ),
    ],
)  # fmt: skip
def test_what_the_list_says_of_a_certification_word_for_word(connus, constats):
    lus = [annonce.texte for _, annonce in connus.constats(LE)]
    assert [lu.replace("\N{NO-BREAK SPACE}", " ").replace("'", "’") for lu in lus] == constats


def test_what_two_lists_say_alike_is_counted():
    def une(code, etat="Active"):
        return HabilitationEdof(code, "x", etat, None, None)

    avant = [une("RS1"), une("RS2"), une("RS3"), une("RS4")]
    apres = [une("RS5"), une("RS4"), une("RS3"), une("RS2", "Inactive")]
    difference = comparer(avant, apres)
    assert (difference.nouvelles, difference.retirees, difference.changees) == (("RS5",), ("RS1",), ("RS2",))
    assert difference.inchangees == 2


def test_a_list_is_called_by_the_name_of_its_file_without_its_folder():
    assert lue(csv_de(CLEA), f"C:\\Listes\\{NOM}").nom == NOM


def test_what_is_no_code_is_shown_up_to_80_signs():
    signes = "".join(chr(ord("a") + n % 26) for n in range(90))
    [dite] = dites(CLEA, ("RNCP", signes, "x", "Active", "", ""))
    assert dite == f"« {couper(signes, 80)} » n’est pas un code de certification."


def test_of_a_record_without_partners_the_registry_says_nothing_even_beside_a_list():
    rs = une_certification(code="RS7003")
    connues = Habilitations(LE, {}, {})
    assert connues.pour(rs, nomme_des_partenaires=False) == Droits("RS7003", LE, None, None)
    assert connues.pour(rs, nomme_des_partenaires=True) == Droits("RS7003", LE, None, ())
