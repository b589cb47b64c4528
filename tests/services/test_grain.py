"""What a fault in an export costs: a line, a fiche, or the whole when there are too many of them."""

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bases import ouverte
from tests.builders import la_certification
from tests.registre_fabrique import Fiche, fichiers_csv, xml, zip_csv
from webapp.cli import principal
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import ouvrir
from webapp.registre.grain import trop_de_fautes
from webapp.services import comptes, import_registre

LE = date(2026, 8, 16)
SIRET = "99999999800019"
PARTENAIRES = "export_fiches_CSV_Partenaires_2026_08_16.csv"
STANDARD = "export_fiches_CSV_Standard_2026_08_16.csv"
TROIS = [Fiche(f"RS9000{n}", f"Tailler la pierre {n}", blocs=()) for n in range(1, 4)]


@pytest.fixture
def notre_organisme(base_sqlite):
    with base_sqlite.ecriture() as cnx:
        return comptes.creer_organisme(cnx, "Formation Alpha", SIRET)


def lire(base, chemin):
    """Give the report of an import that is not written."""
    [export] = ouvrir(chemin, LE)
    with base.lecture() as cnx, import_registre.preparer(cnx, export) as preparation:
        return preparation.rapport


def avec(tmp_path, table, changer, fiches=TROIS):
    """Make an export of which the lines of one file are changed."""
    [lignes] = [c.splitlines(keepends=True) for nom, c in fichiers_csv(fiches).items() if table in nom]
    ecrit = "".join(changer(lignes)).encode("utf-8", "surrogateescape")
    return zip_csv(tmp_path / "a.zip", fiches, sauf="", **{table: ecrit})


def ecartees(base, tmp_path, table, changer):
    rapport = lire(base, avec(tmp_path, table, changer))
    assert rapport.ecartees == len(rapport.lignes)
    return rapport.lues - rapport.refusees, [(une.ligne, une.raison) for une in rapport.lignes]


@pytest.mark.parametrize("vide", ["\n", "\r\n", "   \n", ";;;\n", '"";"";"";""\n', "\t\n"])
@pytest.mark.parametrize("table", ["Partenaires", "Formacode", "Standard"])
def test_an_empty_line_says_nothing(base_sqlite, tmp_path, table, vide):
    lues, dites = ecartees(base_sqlite, tmp_path, table, lambda lignes: [lignes[0], vide, *lignes[1:], vide])
    assert (lues, dites) == (3, [])


@pytest.mark.parametrize(
    ("mauvaise", "raison"),
    [
        ("RS90002;ATELIER ; FORGE;x;y\n", "5\xa0colonnes au lieu de 4"),
        ("RS90002\n", "1\xa0colonne au lieu de 4"),
        ("RS90002;AT\x0bELIER;1;HABILITATION_FORMER\n", "un caractère de contrôle"),
        ("RS90002;AT\x00ELIER;1;HABILITATION_FORMER\n", "un caractère de contrôle"),
        ("RS90002;AT\udce9LIER;1;HABILITATION_FORMER\n", "des octets qui ne sont pas de l’UTF-8"),
        ('RS90002;"ATELIER;1;HABILITATION_FORMER\n', "les guillemets ne se referment pas"),
        ('RS90002;"ATE"LIER;1;HABILITATION_FORMER\n', "les guillemets ne se referment pas"),
        ("fiche 12;ATELIER;1;HABILITATION_FORMER\n", "le numéro de fiche «\xa0fiche 12\xa0» ne se lit pas"),
    ],
)
def test_a_bad_line_costs_that_line_and_is_told(base_sqlite, tmp_path, mauvaise, raison):
    bonne = '"RS90003";"É";"1";"HABILITATION_FORMER"\n'
    lues, dites = ecartees(
        base_sqlite, tmp_path, "Partenaires", lambda lignes: [*lignes[:2], mauvaise, *lignes[2:], bonne]
    )
    assert (lues, dites) == (3, [(3, raison)])


def test_the_lines_after_a_lost_quote_are_read(base_sqlite, tmp_path):
    def perdre(lignes):
        return [lignes[0], lignes[1].replace('RS90001"', "RS90001"), *lignes[2:]]

    rapport = lire(base_sqlite, avec(tmp_path, "Standard", perdre))
    assert (rapport.lues, [une.ligne for une in rapport.lignes]) == (2, [2])


@pytest.mark.parametrize(
    "abimer",
    [lambda ligne: ligne.replace("Dev", "D\x01ev"), lambda ligne: ligne.strip() + ";x\n",
     lambda ligne: ligne.replace('RS90002"', "RS90002")],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_fiche_wherever_the_number_stands(base_sqlite, tmp_path, abimer):
    # In the main file the number is the second value.
    fiches = [Fiche(f"RS9000{n}", "Dev", blocs=()) for n in (1, 2, 3)]
    rapport = lire(
        base_sqlite,
        avec(tmp_path, "Standard", lambda lignes: [*lignes[:2], abimer(lignes[2]), *lignes[3:]], fiches),
    )
    assert [(une.ligne, une.code) for une in rapport.lignes] == [(3, "RS90002")]


@pytest.mark.parametrize(
    ("table", "lignes"),
    [
        ("Ancienne_Nouvelle", ['"RS2203";"";"RS90001"\n', '"RS2203";"";"RS90002"\n']),
        ("Partenaires", [f'"RS2203";"ALPHA";"{SIRET}";"HABILITATION_FORMER"\n']),
        ("Partenaires", ['"RS2203";"AUTRE";"1";"HABILITATION_FORMER"\n']),
        ("Certificateurs", ['"RS2203";"1";"SOCLE"\n']),
        ("Formacode", ['"RS2203";"15041";""\n', "\n", '"RS2203";"15052";""\n']),
        ("Blocs", ['"RS2203";"RNCP1BC01";"Bloc"\n']),
    ],
)
def test_a_line_about_a_fiche_that_the_main_file_has_not_is_told(base_sqlite, notre_organisme, tmp_path, table, lignes):
    lues, dites = ecartees(base_sqlite, tmp_path, table, lambda premieres: [*premieres, *lignes])
    [premieres] = [c.splitlines() for nom, c in fichiers_csv(TROIS).items() if table in nom]
    rangs = [rang for rang, ligne in enumerate(lignes, len(premieres) + 1) if ligne.strip()]
    assert (lues, [ligne for ligne, _ in dites]) == (3, rangs)
    assert {raison for _, raison in dites} == {"cette fiche n’est pas dans le fichier Standard de l’export"}


def test_the_command_tells_bad_lines_in_the_order_of_their_file(url_sqlite, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", url_sqlite)
    sans_fiche = ['"RS7";"15041";""\n', '"RS6";"15041";""\n', '"RS5";"15041";""\n']
    chemin = avec(tmp_path, "Formacode", lambda lignes: [*lignes, *sans_fiche])
    dit = CliRunner().invoke(principal, ["importer-registre", "--a-blanc", "--date", "16/08/2026", str(chemin)]).output
    assert [code for code in dit.split() if code in {"RS5", "RS6", "RS7"}] == ["RS7", "RS6", "RS5"]


@pytest.mark.parametrize("format_", ["csv", "xml"])
@pytest.mark.parametrize("cote", ["anciennes", "nouvelles"])
def test_a_record_that_replaces_itself_is_not_believed_and_is_told(url_sqlite, tmp_path, cote, format_):
    soi = ("RS90001",)
    fiche = replace(
        TROIS[0], anciennes=soi if cote == "anciennes" else (), nouvelles=soi if cote == "nouvelles" else ()
    )
    chemin = tmp_path / "a.xml"
    if format_ == "xml":
        chemin.write_text(xml([fiche]))
    else:
        chemin = zip_csv(tmp_path / "a.zip", [fiche])
    fini = CliRunner().invoke(
        principal, ["importer-registre", "--date", "16/08/2026", str(chemin)], env={"DATABASE_URL": url_sqlite}
    )
    dit = fini.stdout.replace("\xa0", " ")
    assert "1 code laissé de côté." in dit
    assert "RS90001 : cette fiche se dit remplacée par elle-même" in dit
    with ouverte(url_sqlite) as base, base.lecture() as cnx:
        lue = la_certification(cnx, "RS90001")
    assert (lue.successeurs, lue.remplace) == ((), ())


def test_a_title_over_two_lines_is_no_fault(base_sqlite, tmp_path):
    deux = [Fiche("RS90001", "Tailler\nla pierre", blocs=()), *TROIS[1:]]
    rapport = lire(base_sqlite, zip_csv(tmp_path / "a.zip", deux))
    assert (rapport.lues, rapport.refusees, rapport.ecartees) == (3, 0, 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(rang=st.integers(1, 6_000), mal=st.sampled_from(['RS1;"x\n', "RS1\n", "RS1;\x01;1;x\n"]))
def test_wherever_it_stands_a_bad_line_costs_no_other(base_sqlite, tmp_path, rang, mal):
    # Long enough for several lots.
    fiches = [Fiche(f"RS{90_000 + n}", partenaires=((SIRET, "HABILITATION_FORMER", "Actif"),) * 60) for n in range(100)]
    chemin = avec(tmp_path, "Partenaires", lambda lignes: [*lignes[:rang], mal, *lignes[rang:]], fiches)
    rapport = lire(base_sqlite, chemin)
    assert [une.ligne for une in rapport.lignes] == [rang + 1]
    assert rapport.lues == 100


def test_more_than_ten_and_more_than_one_in_a_hundred_refuse_the_whole(base_sqlite, tmp_path):
    assert [trop_de_fautes(*combien) for combien in ((10, 10), (11, 1_100), (11, 1_099))] == [False, False, True]
    fiches = [Fiche(f"RS{90_000 + n}", blocs=()) for n in range(1_200)]
    ajouter = ["RS90001;trop;peu\n"]
    rapport = lire(base_sqlite, avec(tmp_path, "Partenaires", lambda lignes: lignes + ajouter * 12, fiches))
    assert rapport.ecartees == 12
    with pytest.raises(ExportRefuse, match="13\xa0lignes sur"):
        lire(base_sqlite, avec(tmp_path, "Partenaires", lambda lignes: lignes + ajouter * 13, fiches))


def test_a_bad_fiche_costs_that_fiche(base_sqlite, tmp_path):
    chemin = tmp_path / "a.xml"
    lignes = xml(TROIS).splitlines(keepends=True)
    for casse in (
        lambda lignes: lignes.replace("la pierre", "la\x0bpierre"),
        lambda lignes: lignes.replace("la pierre", "la &#8; pierre"),
        lambda lignes: lignes.replace("</INTITULE>", ""),
        lambda lignes: lignes.replace("</FICHE>", ""),
        lambda lignes: lignes.replace("la pierre", "&pierre;"),
    ):
        chemin.write_text("".join([*lignes[:4], casse(lignes[4]), *lignes[5:]]), "utf-8")
        rapport = lire(base_sqlite, chemin)
        assert (rapport.lues, rapport.refusees) == (3, 1)
        assert (rapport.refus[0].ligne, rapport.refus[0].code) == (5, "RS90002")


def test_more_than_ten_bad_fiches_of_few_refuse_the_whole(base_sqlite, tmp_path):
    bonnes = [Fiche(f"RS{90_000 + n}", blocs=()) for n in range(50)]
    mauvaises = [Fiche(f"RS{80_000 + n}", intitule="", blocs=()) for n in range(11)]
    assert lire(base_sqlite, zip_csv(tmp_path / "a.zip", bonnes + mauvaises[:10])).refusees == 10
    with pytest.raises(ExportRefuse, match="11\xa0fiches sur 61 sont à refuser"):
        lire(base_sqlite, zip_csv(tmp_path / "b.zip", bonnes + mauvaises))


def test_the_command_counts_the_lines_that_it_passed_over(url_sqlite, tmp_path):
    chemin = avec(tmp_path, "Partenaires", lambda lignes: [*lignes, "RS90001;x\n"])
    fini = CliRunner().invoke(principal, ["importer-registre", str(chemin)], env={"DATABASE_URL": url_sqlite})
    assert fini.exit_code == 0, fini.stderr
    dit = fini.stdout.replace("\xa0", " ")
    assert "1 ligne écartée." in dit
    assert f"{PARTENAIRES}, ligne 5 RS90001 : 2 colonnes au lieu de 4" in dit
