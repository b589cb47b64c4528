"""The last import can be undone: the registry is again as it was, save for what formations use since."""

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from tests.bases import ouverte
from tests.builders import Atelier, la_certification, une_fiche
from tests.registre_fabrique import Fiche, zip_csv
from tests.services.test_import_registre import fichier_xml, notre_organisme, tout
from webapp.cli import principal
from webapp.persistence import exports
from webapp.registre import amorce
from webapp.registre.export import ouvrir
from webapp.services import import_registre, recherche_registre

__all__ = ["notre_organisme"]
LE = date(2026, 8, 16)
UNE = Fiche("RS90001", "Tailler la pierre", blocs=(), anciennes=())
AUTRE = Fiche("RNCP90002", "Sculpter le bois", blocs=(("RNCP90002BC01", "Choisir"),), anciennes=())
RENOMMEE = Fiche("RS90001", "Tailler le marbre", blocs=(), anciennes=(), partenaires=())


def importer(base, chemin, le=LE):
    for lu in ouvrir(chemin, le):
        with base.lecture() as cnx, import_registre.preparer(cnx, lu) as preparation, base.ecriture() as ecriture:
            # Another day, another import.
            import_registre.appliquer(ecriture, preparation, datetime(le.year, le.month, le.day, tzinfo=UTC))


def annuler(base):
    with base.ecriture() as cnx:
        return import_registre.annuler(cnx)


def test_what_an_import_changed_is_as_it_was(base, tmp_path, notre_organisme):
    importer(base, fichier_xml(tmp_path, [UNE, AUTRE], "a.xml"))
    avant = tout(base)
    importer(base, fichier_xml(tmp_path, [RENOMMEE, AUTRE, Fiche("RS90003", anciennes=("RS2203",))], "b.xml"),
             le=date(2026, 8, 17))  # fmt: skip
    assert tout(base) != avant
    annulee = annuler(base)
    assert (annulee.exports, annulee.retirees, annulee.gardees) == ((("b.xml", date(2026, 8, 17)),), 1, ())
    assert tout(base) == avant
    with base.lecture() as cnx:
        assert [nom for nom, *_ in exports.imports(cnx)] == ["a.xml"]
    # Only the last import is undone, and once.
    assert annuler(base) is None
    importer(base, fichier_xml(tmp_path, [RENOMMEE], "c.xml"), le=date(2026, 8, 18))
    assert la_certification(base.lecture_du_fil, "RS90001").intitule == "Tailler le marbre"


def test_the_first_import_leaves_the_demonstration_s_registry(base, tmp_path):
    avant = tout(base)
    importer(base, fichier_xml(tmp_path, [UNE, Fiche("RNCP37674", "Renommée")], "a.xml"))
    annuler(base)
    assert tout(base) == avant
    assert recherche_registre.chercher(base.lecture_du_fil, "renommee", LE).trouvees == ()


def test_exports_given_together_are_undone_together(base, tmp_path):
    avant = tout(base)
    maintenant = datetime(2026, 8, 18, tzinfo=UTC)
    lus = [ouvrir(fichier_xml(tmp_path, [fiche], nom), LE)[0]
           for fiche, nom in ((UNE, "a.xml"), (RENOMMEE, "b.xml"), (AUTRE, "c.xml"))]  # fmt: skip
    for lu in lus:
        with base.lecture() as cnx, import_registre.preparer(cnx, lu) as preparation, base.ecriture() as ecriture:
            import_registre.appliquer(ecriture, preparation, maintenant)
    assert len(annuler(base).exports) == 3
    assert tout(base) == avant


def test_an_import_that_changes_nothing_leaves_the_one_before_to_be_undone(base, tmp_path):
    avant = tout(base)
    chemin = fichier_xml(tmp_path, [UNE], "a.xml")
    importer(base, chemin)
    importer(base, chemin)
    assert annuler(base).retirees == 1
    assert tout(base) == avant


def test_a_certification_that_a_formation_uses_stays_and_is_named(base, atelier, tmp_path):
    importer(base, fichier_xml(tmp_path, [UNE, AUTRE], "a.xml"))
    fiche = une_fiche(certification="RS90001", type_formation="certifiante")
    atelier.formation(atelier.utilisateur(), fiche)
    annulee = annuler(base)
    assert annulee.retirees == 1
    assert [(une.code, une.intitule, une.formations) for une in annulee.gardees] == [("RS90001", UNE.intitule, 1)]
    assert {"RS90001", "RNCP90002"} & tout(base).keys() == {"RS90001"}


def test_what_the_product_brings_stays_also_when_a_certification_does(url_sqlite, tmp_path):
    environnement = {"DATABASE_URL": url_sqlite}
    zip_csv(tmp_path / "a-2026-08-16.zip", [UNE])
    lancer = CliRunner().invoke
    assert (
        lancer(principal, ["importer-registre", str(tmp_path / "a-2026-08-16.zip")], env=environnement).exit_code == 0
    )
    with ouverte(url_sqlite) as base:
        atelier = Atelier(base)
        fiche = une_fiche(certification="RS90001", type_formation="certifiante")
        atelier.formation(atelier.utilisateur(), fiche)
    dit = lancer(principal, ["importer-registre", "--annuler"], env=environnement).stdout.replace("\xa0", " ")
    assert "Reste au registre : RS90001" in dit
    assert "Reste aussi ce que le produit apporte" in dit


@pytest.mark.parametrize("arguments", [[], ["--annuler", "x.zip"], ["--annuler", "--a-blanc"]])
def test_the_command_takes_files_or_undoes(url_sqlite, arguments):
    fini = CliRunner().invoke(principal, ["importer-registre", *arguments], env={"DATABASE_URL": url_sqlite})
    assert fini.exit_code == 1
    assert "Donnez des fichiers, ou «\xa0--annuler\xa0» seul." in fini.stderr


def test_the_command_undoes_and_says_what_became_of_it(url_sqlite, tmp_path):
    environnement = {"DATABASE_URL": url_sqlite}
    zip_csv(tmp_path / "a-2026-08-16.zip", [UNE, AUTRE])

    def lancer(*arguments):
        return CliRunner().invoke(principal, ["importer-registre", *arguments], env=environnement)

    assert lancer(str(tmp_path / "a-2026-08-16.zip")).exit_code == 0
    fini = lancer("--annuler")
    assert fini.exit_code == 0, fini.stderr
    dit = fini.stdout.replace("\xa0", " ")
    assert "L’import de « a-2026-08-16.zip » (export du 16/08/2026) est annulé." in dit
    assert "2 fiches retirées, 0 fiche remise comme avant." in dit
    nombre = len(amorce.CERTIFICATIONS)
    assert f"Reste ce que le produit apporte lui-même, qui ne vient d’aucun import : {nombre} fiches." in dit
    assert "aussi" not in dit
    deuxieme = lancer("--annuler")
    assert deuxieme.exit_code == 1
    assert "Aucun import n’est à annuler" in deuxieme.stderr
    with ouverte(url_sqlite) as base:
        assert "RS90001" not in tout(base)


def test_the_command_says_what_stays_of_the_imports_before(url_sqlite, tmp_path):
    environnement = {"DATABASE_URL": url_sqlite}
    for nom, fiches in (("a-2026-08-16.zip", [UNE]), ("b-2026-08-17.zip", [AUTRE])):
        chemin = str(zip_csv(tmp_path / nom, fiches))
        assert CliRunner().invoke(principal, ["importer-registre", chemin], env=environnement).exit_code == 0
    dit = CliRunner().invoke(principal, ["importer-registre", "--annuler"], env=environnement).stdout
    lignes = dit.replace("\xa0", " ").splitlines()
    assert lignes[1:3] == [
        "  1 fiche retirée, 0 fiche remise comme avant.", "  Reste ce qui vient d’imports précédents : 1 fiche.",
    ]  # fmt: skip
    assert lignes[3].startswith("  Reste aussi ce que le produit apporte lui-même")
