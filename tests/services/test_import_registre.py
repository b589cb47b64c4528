"""The official exports, read whatever their form, compared, written whole or not at all."""

import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
import tracemalloc
import zipfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bases import ouverte
from tests.builders import la_certification
from tests.registre_fabrique import Fiche, fichiers_csv, xml, zip_csv
from webapp.cli import principal
from webapp.domain.certifications import EtatCertification
from webapp.domain.registre import Habilitation, LigneRefusee
from webapp.persistence import certifications, exports
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import ouvrir
from webapp.registre.faits import comprendre
from webapp.services import comptes, habilitations, import_registre, recherche_registre, registre

LE = date(2026, 8, 16)
MAINTENANT = datetime(2026, 11, 23, tzinfo=UTC)
SIRET = "99999999800019"
ROUGE = Fiche()
VERTE = Fiche(
    "RS5000", "Exploiter la blockchain", actif=False, niveau="", fin="24/05/2024", decision="24/05/2019",
    certificateurs=(("79279132900016", "SIMPLON.CO"),), formacodes=("31004",), nsf=("114b", "326"), rome=(), blocs=(),
    anciennes=(), nouvelles=("RS6604",),
    partenaires=((SIRET, "HABILITATION_FORMER", "Actif"), ("82815245400033", "HABILITATION_ORGA_FORM", "Actif")),
)  # fmt: skip


@pytest.fixture
def notre_organisme(base):
    with base.ecriture() as cnx:
        return comptes.creer_organisme(cnx, "Formation Alpha", SIRET)


def importer(base, *fichiers, le=LE):
    rapports = []
    for fichier in fichiers:
        for export in ouvrir(fichier, le):
            with base.lecture() as cnx, import_registre.preparer(cnx, export) as preparation:
                rapports.append(preparation.rapport)
                with base.ecriture() as ecriture:
                    import_registre.appliquer(ecriture, preparation, MAINTENANT)
    return rapports


def fichier_xml(tmp_path, fiches, nom="export.xml", **options):
    chemin = tmp_path / nom
    chemin.write_text(xml(fiches, **options), "utf-8")
    return chemin


def tout(base):
    with base.lecture() as cnx:
        return {e.certification.code: e for e in exports.tout(cnx)}


# --- what is read


@pytest.fixture(params=["zip csv", "dossier csv", "xml", "zip xml"])
def export_de(request, tmp_path):
    """Write fiches in one of the forms in which they are downloaded; names say nothing of what they hold."""

    def ecrire(fiches, nom="telecharge"):
        cible = tmp_path / nom
        match request.param:
            case "zip csv":
                return zip_csv(cible, fiches)
            case "dossier csv":
                cible.mkdir()
                for fichier, contenu in fichiers_csv(fiches).items():
                    (cible / fichier).write_text(contenu, "utf-8")
                return cible
            case "xml":
                return fichier_xml(tmp_path, fiches, nom)
            case _:
                with zipfile.ZipFile(cible, "w") as archive:
                    archive.writestr("export_fiches_RNCP_V4_1.xml", xml(fiches))
                return cible

    return ecrire


def test_every_form_gives_the_same_facts(base, export_de, notre_organisme):
    [rapport] = importer(base, export_de([ROUGE, VERTE]))
    assert (rapport.lues, rapport.nouvelles, rapport.changees, rapport.refusees) == (2, 0, 2, 0)
    la = tout(base)
    rouge, verte = la["RNCP37674"], la["RS5000"]
    assert rouge.certification.intitule == "Développeur web et web mobile"
    assert rouge.certification.certificateurs == ("MINISTERE DU TRAVAIL",)
    assert rouge.certification.formacodes == ("31090", "46357")
    assert (rouge.certification.nsf, rouge.certification.rome) == (("326t",), ("M1805",))
    assert rouge.certification.niveau_sortie == "Niveau\u00a05"
    assert rouge.certification.fin_enregistrement == date(2028, 9, 1)
    assert rouge.certification.remplace == ("RNCP31114",)
    assert [(b.code, b.libelle) for b in rouge.blocs] == [("RNCP37674BC01", "Développer la partie front-end")]
    assert rouge.certification.source == "France compétences, export du 16/08/2026"
    assert verte.certification.niveau_sortie == "Sans niveau spécifique"
    assert verte.certification.remplacee_par == ("RS6604",)
    assert verte.certification.etat_le(LE) is EtatCertification.EXPIREE
    assert verte.certification.etat_le(date(2020, 1, 1)) is EtatCertification.ACTIVE
    # Only what concerns the organisations we serve is kept of the partners.
    assert [(p.siret, p.habilitation) for p in verte.partenaires] == [(SIRET, Habilitation.FORMER)]


def test_the_date_of_an_export_is_read_in_its_names_or_said_to_be_that_of_the_file(tmp_path):
    [export] = ouvrir(zip_csv(tmp_path / "a.zip", [ROUGE]))
    assert (export.date, export.date_lue) == (LE, True)
    chemin = fichier_xml(tmp_path, [ROUGE])
    os.utime(chemin, (0, datetime(2026, 1, 2, tzinfo=UTC).timestamp()))
    [export] = ouvrir(chemin)
    assert (export.date, export.date_lue) == (date(2026, 1, 2), False)
    [export] = ouvrir(fichier_xml(tmp_path, [ROUGE], "export-fiches-rs-v4-1-2026-08-16.xml"))
    assert (export.date, export.date_lue) == (LE, True)


def test_the_files_of_a_zip_say_their_date_better_than_the_name_it_was_saved_under(tmp_path):
    chemin = zip_csv(tmp_path / "a.zip", [ROUGE]).rename(tmp_path / "registre enregistré le 2026-11-27.zip")
    [export] = ouvrir(chemin)
    assert (export.date, export.date_lue, export.autre_date) == (LE, True, date(2026, 11, 27))
    noms = ("export_fiches_RNCP_V4_1_2026-08-16.xml", "export_fiches_RS_V4_1_2026-08-15.xml")
    paquet = zip_de(tmp_path / "les deux 2026-11-27.zip", **dict.fromkeys(noms, xml([ROUGE])))
    assert [export.date for export in ouvrir(paquet)] == [LE, date(2026, 8, 15)]


def test_the_command_says_the_date_that_it_did_not_take(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "a.zip", [ROUGE]).rename(tmp_path / "a-2026-11-27.zip")
    fini = CliRunner().invoke(principal, ["importer-registre", str(chemin)], env={"DATABASE_URL": url_sqlite})
    dit = fini.stdout.replace("\xa0", " ")
    assert "export du 16/08/2026 (date des fichiers qu’il contient ; le nom du fichier dit 27/11/2026)" in dit


@pytest.mark.parametrize(
    ("change", "champ", "valeur"),
    [
        ({"niveau": "REPRISE"}, "niveau_sortie", ""),
        ({"niveau": "AUCUN"}, "niveau_sortie", "Sans niveau spécifique"),
        ({"numero": "RNCP00042"}, "code", "RNCP42"),
        ({"intitule": "  Un\n titre   coupé "}, "intitule", "Un titre coupé"),
        ({"nsf": ("326t : Intitulé", "326t")}, "nsf", ("326t",)),
        ({"fin": "", "decision": ""}, "connue_active_le", LE),
        ({"actif": False, "fin": ""}, "inactive_constatee_le", LE),
        ({"actif": False, "decision": "", "fin": "01/01/2030"}, "connue_active_le", LE),
        ({"actif": False, "decision": "", "fin": "01/01/2020"}, "connue_active_le", date(2020, 1, 1)),
        ({"actif": False, "fin": "01/01/2030"}, "inactive_constatee_le", LE),
        ({"actif": True, "fin": "01/01/2030"}, "inactive_constatee_le", None),
    ],
)
def test_the_oddities_of_the_exports_are_understood(tmp_path, change, champ, valeur):
    [export] = ouvrir(fichier_xml(tmp_path, [replace(ROUGE, **change)]), LE)
    [brute] = export.fiches(frozenset())
    assert getattr(comprendre(brute, LE).certification, champ) == valeur


@pytest.mark.parametrize("change", [{"numero": "X1"}, {"intitule": ""}, {"fin": "31/02/2026"}, {"fin": "demain"}])
def test_a_fiche_that_cannot_be_used_is_refused_with_its_line_and_why(base, export_de, change):
    [rapport] = importer(base, export_de([replace(VERTE, **change), ROUGE]))
    assert (rapport.lues, rapport.refusees) == (2, 1)
    [refus] = rapport.refus
    assert refus.ligne > 1
    assert refus.raison
    assert "RNCP37674" in tout(base)


@pytest.mark.parametrize("lot", [1, 100])
def test_a_fiche_given_twice_is_refused_with_its_line_and_why(base, export_de, monkeypatch, lot):
    monkeypatch.setattr(import_registre, "LOT", lot)
    [rapport] = importer(base, export_de([ROUGE, VERTE, replace(ROUGE, intitule="Encore elle")]))
    assert (rapport.lues, rapport.nouvelles + rapport.changees, rapport.refusees) == (3, 2, 1)
    [refus] = rapport.refus
    assert refus.code == "RNCP37674"
    assert refus.ligne > 1
    assert "déjà dans cet export" in refus.raison
    assert tout(base)["RNCP37674"].certification.intitule == ROUGE.intitule


def test_an_export_with_nothing_but_refusals_says_the_first(base, export_de):
    with pytest.raises(ExportRefuse, match="le numéro de fiche «\xa0\\?\xa0» ne se lit pas"):
        importer(base, export_de([replace(ROUGE, numero="?"), replace(VERTE, numero="?")]))


@pytest.mark.parametrize("nombre", [2, 5])
def test_the_first_refusal_is_that_of_the_first_line_in_whatever_order_the_export_is_read(base, export_de, nombre):
    mauvaises = [replace(VERTE, numero=f"RNCP9{rang:04}", fin="le 31/02/2020") for rang in range(nombre - 1)]
    with pytest.raises(ExportRefuse) as refus:
        importer(base, export_de([*mauvaises, replace(ROUGE, numero="RNCPXYZ")]))
    assert "RNCP90000" in str(refus.value)


def test_of_too_many_refusals_the_first_lines_are_kept(monkeypatch):
    monkeypatch.setattr(import_registre, "REFUS_GARDES", 2)
    rapport = import_registre.Rapport("a.zip", "CSV", date(2026, 8, 16))
    for ligne in (5, 9, 2, 7, 3):
        rapport.refuser(LigneRefusee("a.zip", ligne, "RS1", "mauvaise"))
    assert (rapport.refusees, [refus.ligne for refus in rapport.refus]) == (5, [2, 3])


def test_a_code_that_cannot_be_read_is_left_out_and_said(base, export_de):
    [rapport] = importer(base, export_de([replace(ROUGE, nsf=("326t", "3"), rome=("M18",))]))
    assert rapport.refusees == 0
    assert len(rapport.remarques) == 2
    assert tout(base)["RNCP37674"].certification.nsf == ("326t",)


@pytest.mark.parametrize("connues", [(), ("HABILITATION_ORGANISER",)])
def test_of_a_partner_whose_habilitation_is_unknown_nothing_is_said(base, export_de, notre_organisme, connues):
    siennes = tuple((SIRET, une, "Actif") for une in (*connues, "HABILITATION_NOUVELLE"))
    [rapport] = importer(base, export_de([replace(ROUGE, partenaires=siennes), VERTE]))
    [remarque] = rapport.remarques
    assert (remarque.code, "HABILITATION_NOUVELLE" in remarque.raison) == ("RNCP37674", True)
    with base.lecture() as cnx:
        connues = registre.par_codes(cnx, ("RNCP37674", "RS5000"))
        dits = [habilitations.pour(cnx, notre_organisme, connues[code]) for code in ("RNCP37674", "RS5000")]
    assert [dit is None for dit in dits] == [True, False]


# --- what is written


def test_a_second_import_of_the_same_export_changes_nothing(base, export_de, notre_organisme):
    chemin = export_de([ROUGE, VERTE])
    importer(base, chemin)
    avant = tout(base)
    with base.lecture() as cnx:
        marque = certifications.version(cnx)
    [rapport] = importer(base, chemin)
    assert (rapport.nouvelles, rapport.changees, rapport.inchangees) == (0, 0, 2)
    assert tout(base) == avant
    with base.lecture() as cnx:
        assert certifications.version(cnx) == marque
        assert len(exports.imports(cnx)) == 1


def test_a_changed_fiche_replaces_the_old_one_whole(base, export_de, notre_organisme):
    importer(base, export_de([ROUGE, VERTE]))
    autre = replace(ROUGE, intitule="Autre", blocs=(("RNCP37674BC02", "Deux"),), partenaires=())
    [rapport] = importer(base, export_de([autre, VERTE], "suivant"))
    assert (rapport.changees, rapport.inchangees) == (1, 1)
    lue = tout(base)["RNCP37674"]
    assert lue.certification.intitule == "Autre"
    assert [b.code for b in lue.blocs] == ["RNCP37674BC02"]
    assert lue.partenaires == ()


def test_an_older_export_does_not_undo_a_newer_one(base, export_de):
    importer(base, export_de([ROUGE]))
    vieux = export_de([replace(ROUGE, intitule="Ancien titre")], "vieux")
    [rapport] = importer(base, vieux, le=date(2024, 2, 22))
    assert (rapport.depassees, rapport.changees) == (1, 0)
    assert tout(base)["RNCP37674"].certification.intitule == ROUGE.intitule


def ensemble(base, *fichiers):
    """Import files as one command does: all read and compared, then all written."""
    with ExitStack() as pile:
        preparations = []
        for fichier, le in fichiers:
            [export] = ouvrir(fichier, le)
            with base.lecture() as cnx:
                preparations.append(pile.enter_context(import_registre.preparer(cnx, export)))
        with base.ecriture() as cnx:
            for preparation in preparations:
                import_registre.appliquer(cnx, preparation, MAINTENANT)
        return [preparation.rapport for preparation in preparations]


def comptes_de(rapport):
    return rapport.nouvelles, rapport.changees, rapport.inchangees, rapport.depassees


def test_two_exports_given_together_are_seen_one_after_the_other(base, export_de):
    neuve = replace(VERTE, numero="RS10001")
    premier, second = ensemble(
        base, (export_de([ROUGE, neuve], "un"), LE), (export_de([ROUGE, replace(neuve, intitule="Mieux")], "deux"), LE)
    )
    assert comptes_de(premier) == (1, 1, 0, 0)
    assert comptes_de(second) == (0, 1, 1, 0)
    assert tout(base)["RS10001"].certification.intitule == "Mieux"
    [troisieme, _] = ensemble(base, (export_de([VERTE], "trois"), LE), (export_de([ROUGE], "quatre"), LE))
    assert comptes_de(troisieme) == (0, 1, 0, 0)


def test_of_two_exports_given_together_the_older_changes_nothing_of_the_newer(base, export_de):
    neuve = replace(VERTE, numero="RS10001")
    ancienne = replace(neuve, intitule="Ancien", fin="24/05/2020")
    recent, vieux = ensemble(base, (export_de([neuve], "un"), LE), (export_de([ancienne], "deux"), date(2024, 2, 22)))
    assert comptes_de(recent) == (1, 0, 0, 0)
    assert comptes_de(vieux) == (0, 0, 0, 1)
    assert tout(base)["RS10001"].certification.intitule == VERTE.intitule
    with base.lecture() as cnx:
        assert len(exports.imports(cnx)) == 1


def test_the_first_date_at_which_a_certification_is_known_active_stays(base, export_de):
    importer(base, export_de([Fiche("RS2203", "CléA", fin="", decision="", blocs=(), anciennes=())]))
    clea = tout(base)["RS2203"].certification
    assert clea.active_le(date(2019, 11, 28))
    assert clea.famille == "clea"


def test_seeding_again_leaves_what_an_export_said(base, export_de):
    importer(base, export_de([Fiche("RS2203", "Titre officiel", blocs=(), anciennes=())]))
    with base.ecriture() as cnx:
        registre.amorcer(cnx)
    assert tout(base)["RS2203"].certification.intitule == "Titre officiel"


def test_this_process_sees_the_new_facts_at_once(base, export_de):
    with base.lecture() as cnx:
        assert la_certification(cnx, "RNCP37674").intitule == "Développeur web et web mobile"
    importer(base, export_de([replace(ROUGE, intitule="Renommée")]))
    with base.lecture() as cnx:
        assert la_certification(cnx, "RNCP37674").intitule == "Renommée"
    [trouvee] = recherche_registre.chercher(base.lecture_du_fil, "renommee", LE).trouvees
    assert trouvee.certification.code == "RNCP37674"


# --- mangled files


STANDARD = "export_fiches_CSV_Standard_2026_08_16.csv"
EXTERNE = '<!DOCTYPE FICHES [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
RIRES = "<!DOCTYPE FICHES [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
) + "]>"  # fmt: skip


def dossier_csv(dossier, *, sauf=""):
    dossier.mkdir()
    for nom, contenu in fichiers_csv([ROUGE, VERTE]).items():
        if not (sauf and sauf in nom):
            (dossier / nom).write_text(contenu, "utf-8")
    return dossier


def zip_de(chemin, **membres):
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in membres.items():
            archive.writestr(nom, contenu)
    return chemin


def dans_un_zip(octets):
    """Put a zip in another, as some tools that send files do."""
    paquet = io.BytesIO()
    with zipfile.ZipFile(paquet, "w") as archive:
        archive.writestr("export.zip", octets)
    return paquet.getvalue()


def gonfle(octets):
    """Make a zip announce members of four gigabytes, as one that swells without end does."""
    lus = bytearray(octets)
    place = lus.find(b"PK\x01\x02")
    while place >= 0:
        lus[place + 24 : place + 28] = (0xF000_0000).to_bytes(4, "little")
        place = lus.find(b"PK\x01\x02", place + 4)
    return bytes(lus)


def change_dedans(octets):
    """Change what a zip holds, and leave its catalogue as it was."""
    milieu = len(octets) // 3
    return octets[:milieu] + bytes(255 - octet for octet in octets[milieu : milieu + 40]) + octets[milieu + 40 :]


def abimes(tmp_path):
    """Give every way in which a file is not an export, and a word of what must be said of it."""
    entier = zip_csv(tmp_path / "entier.zip", [ROUGE, VERTE]).read_bytes()
    contenu = xml([ROUGE, VERTE])
    standard = fichiers_csv([ROUGE, VERTE])[STANDARD]
    appel = replace(ROUGE, intitule="APPEL")
    octets = {
        "zip coupé": (entier[: len(entier) // 2], "ne s’ouvre pas"),
        "zip changé": (change_dedans(entier), "abîmé"),
        "zip sans rien": (b"PK\x05\x06" + bytes(18), "aucun export"),
        "zip gonflé": (gonfle(entier), "c’est trop pour un export"),
        "page.zip": (b"\n<!DOCTYPE HTML><html><body><p>Page introuvable<br></body></html>", "est une page web"),
        "page sans type.zip": (b"<html lang='fr'><body><p>Page introuvable</body></html>", "est une page web"),
        "xml coupé": (contenu[: len(contenu) // 2].encode(), "s’arrête de se lire à la ligne"),
        "xml sans fin": (contenu.rpartition("</FICHES>")[0].encode(), "s’arrête de se lire à la ligne"),
        "xml mal codé": (contenu.encode("latin-1"), "des octets qui ne sont pas de l’UTF-8, à la ligne"),
        "xml d’autre chose": (b"<?xml version='1.0'?><catalogue/>", "pas un export"),
        "xml d’une autre version": (xml([ROUGE], version="3.0").encode(), "au format 3.0"),
        "xml avec une entité externe": (xml([appel], debut=EXTERNE).replace("APPEL", "&a;").encode(), "DTD"),
        "xml qui gonfle": (xml([appel], debut=RIRES).replace("APPEL", "&a9;").encode(), "DTD"),
        "xml sans fiche": (xml([]).encode(), "aucune fiche"),
        "texte": (b"bonjour", "aucun export"),
        "vide": (b"", "est vide"),
        "vide.zip": (b"", "est vide"),
        "xml.gz": (gzip.compress(contenu.encode()), "est compressé en gzip"),
        "zip de zip": (dans_un_zip(entier), "contient un autre zip"),
        "xml en UTF-16": (contenu.replace("UTF-8", "UTF-16").encode("utf-16"), "est en UTF-16"),
        "un seul csv": (standard.encode(), "incomplet"),
    }
    for nom, (brut, dit) in octets.items():
        (tmp_path / nom).write_bytes(brut)
        yield tmp_path / nom, dit
    renommee = standard.replace("Intitule", "Titre", 1)
    perdue = standard.replace("Numero_Fiche", "Autre", 1)
    yield zip_csv(tmp_path / "sans partenaires", [ROUGE], sauf="Partenaires"), "il y manque le fichier partenaires"
    yield zip_csv(tmp_path / "colonne perdue", [ROUGE], Standard=standard.replace("Actif", "Autre", 1)), "Actif"
    yield zip_csv(tmp_path / "colonne renommée", [ROUGE], Standard=renommee), "CSV"
    yield zip_csv(tmp_path / "numéro renommé", [ROUGE], Standard=perdue), "standard"
    yield zip_csv(tmp_path / "mal codé", [ROUGE], Standard=standard.encode("latin-1")), "n’est pas en UTF-8"
    yield zip_csv(tmp_path / "en UTF-16", [ROUGE], Standard=standard.encode("utf-16")), "est en UTF-16"
    for separateur in (",", "\t"):
        autre = standard.replace('";"', f'"{separateur}"')
        yield zip_csv(tmp_path / f"séparé par {separateur!r}", [ROUGE], Standard=autre), "points-virgules"
        sans = autre.replace('"', "")
        yield zip_csv(tmp_path / f"séparé par {separateur!r}, nu", [ROUGE], Standard=sans), "points-virgules"
    for arrondi in ("9,98E+13", "1.3e+13", "1E+13"):
        lignes = (
            f'"Numero_Fiche";"Siret_Partenaire";"Habilitation_Partenaire"\n"RS1";"{arrondi}";"HABILITATION_FORMER"\n'
        )
        yield zip_csv(tmp_path / f"SIRET {arrondi}", [ROUGE], Partenaires=lignes), f"(«\u00a0{arrondi}\u00a0»)"
    yield zip_csv(tmp_path / "deux fois", [ROUGE], Partenaires=standard), "y est deux fois"
    yield zip_csv(tmp_path / "ligne coupée", [ROUGE], Standard=standard.rpartition(";")[0]), "abîmé"
    yield zip_csv(tmp_path / "guillemet perdu", [ROUGE], Standard=standard[: -len('INACTIVE"\n')]), "abîmé"
    yield zip_csv(tmp_path / "tout illisible", [replace(ROUGE, numero="?")]), "aucune fiche utilisable"
    yield zip_de(tmp_path / "les deux", a=contenu, b=standard), "séparément"
    yield dossier_csv(tmp_path / "sans standard", sauf="Standard"), "il y manque le fichier standard"
    (tmp_path / "rien").mkdir()
    yield tmp_path / "rien", "aucun export"
    yield tmp_path / "absent", "n’existe pas"


def test_a_mangled_file_is_refused_in_french_and_nothing_changes(base, tmp_path):
    avant = tout(base)
    for chemin, dit in abimes(tmp_path):
        with pytest.raises(ExportRefuse) as refus:
            importer(base, chemin)
        assert dit in str(refus.value), chemin.name
        assert str(refus.value).endswith("."), chemin.name
    assert tout(base) == avant
    with base.lecture() as cnx:
        assert exports.imports(cnx) == []


@pytest.mark.parametrize("dedans", ["ligne", "champ", "texte"])
def test_what_swells_as_it_is_unpacked_is_refused_before_it_fills_the_memory(tmp_path, dedans):
    entete = fichiers_csv([ROUGE])[STANDARD].partition("\n")[0] + "\n"
    match dedans:
        case "ligne":
            chemin = zip_csv(tmp_path / "a.zip", [ROUGE], Standard=entete + "0" * (48 << 20))
        case "champ":
            chemin = zip_csv(tmp_path / "a.zip", [ROUGE], Standard=entete + '"' + "0\n" * (24 << 20))
        case _:
            titre = replace(ROUGE, intitule="0" * (48 << 20))
            chemin = zip_de(tmp_path / "a.zip", xml=xml([titre]))
    tracemalloc.start()
    [export] = ouvrir(chemin, LE)
    with pytest.raises(ExportRefuse, match="abîmé"):
        list(export.fiches(frozenset()))
    maximum = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert maximum < 24 << 20


def test_the_command_refuses_a_mangled_file_with_one_sentence_and_changes_nothing(url_sqlite, tmp_path):
    environnement = {"DATABASE_URL": url_sqlite, "MODE": "demonstration"}
    bon = zip_csv(tmp_path / "bon.zip", [replace(VERTE, numero="RS10001")])
    with ouverte(url_sqlite) as base:
        avant = tout(base)
        for chemin, dit in abimes(tmp_path):
            # A good file given with it is not written either.
            fini = CliRunner().invoke(principal, ["importer-registre", str(bon), str(chemin)], env=environnement)
            assert fini.exit_code == 1, chemin.name
            assert dit in fini.stderr, chemin.name
            assert "Rien n’a été changé." in fini.stderr
            assert "Traceback" not in fini.stderr
        assert tout(base) == avant


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(donnees=st.data())
def test_a_file_mangled_anywhere_is_refused_or_read_but_never_breaks(tmp_path, donnees):
    entier = zip_csv(tmp_path / "entier.zip", [ROUGE, VERTE]).read_bytes() if donnees.draw(st.booleans()) else (
        xml([ROUGE, VERTE]).encode()
    )  # fmt: skip
    place = donnees.draw(st.integers(0, len(entier) - 1))
    octets = bytearray(entier)
    octets[place] ^= donnees.draw(st.integers(1, 255))
    chemin = tmp_path / "mangle"
    chemin.write_bytes(octets)
    try:
        for export in ouvrir(chemin, LE):
            for brute in export.fiches(frozenset()):
                with suppress(ValueError):
                    comprendre(brute, LE)
    except ExportRefuse as refus:
        message = str(refus)
    else:
        message = "lu."
    assert message.endswith(".")


_KILL = """
import os, signal, sys
from pathlib import Path
from webapp.persistence import exports
vraie = exports.Ecriture.ecrire
def ecrire(*arguments):
    vraie(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
exports.Ecriture.ecrire = ecrire
from webapp.cli import principal
principal(["importer-registre", sys.argv[1]])
"""


def test_a_kill_in_the_middle_leaves_the_old_registry_whole(url_sqlite, tmp_path):
    fiches = [replace(VERTE, numero=f"RS{n}") for n in range(10_000, 10_900)]
    chemin = zip_csv(tmp_path / "gros.zip", fiches)
    environnement = {**os.environ, "DATABASE_URL": url_sqlite, "MODE": "demonstration"}
    tue = subprocess.run([sys.executable, "-c", _KILL, str(chemin)], env=environnement, cwd=Path.cwd(), check=False)
    assert tue.returncode == -signal.SIGKILL
    fini = subprocess.run(
        [sys.executable, "-m", "webapp", "importer-registre", str(chemin)], env=environnement, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert "900 nouvelles" in fini.stdout.replace("\u00a0", " ")


# --- facts go out and come back


_texte = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).map(
    lambda t: " ".join(t.replace("''", "'").split())
).filter(bool)  # fmt: skip
_fiches = st.builds(
    Fiche,
    numero=st.integers(1, 999_999).map(lambda n: f"RNCP{n}"), intitule=_texte, actif=st.booleans(),
    niveau=st.sampled_from(["", "NIV3", "NIV8"]), fin=st.sampled_from(["", "01/09/2028", "31/12/2020"]),
    decision=st.sampled_from(["", "13/07/2019"]), certificateurs=st.lists(_texte, max_size=3).map(
        lambda noms: tuple(("11000007200014", nom) for nom in noms)),
    nsf=st.sampled_from([(), ("326t",), ("100", "114b")]), blocs=st.just(()), anciennes=st.just(()),
    nouvelles=st.sampled_from([(), ("RS6604",)]),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(fiches=st.lists(_fiches, min_size=1, max_size=5, unique_by=lambda f: f.numero))
def test_what_is_imported_then_exported_gives_the_same_facts(url_sqlite, tmp_path, fiches):
    with ouverte(url_sqlite) as base:
        importer(base, fichier_xml(tmp_path, fiches))
        with base.lecture() as cnx:
            import_registre.exporter(cnx, tmp_path / "sortie.zip", LE)
        [rapport] = importer(base, tmp_path / "sortie.zip")
        assert rapport.lues == len(tout(base))
        attendues = {comprendre(b, LE).certification.code for e in ouvrir(fichier_xml(tmp_path, fiches), LE)
                     for b in e.fiches(frozenset())}  # fmt: skip
        [second] = importer(base, tmp_path / "sortie.zip")
        assert second.changees == second.nouvelles == 0
        assert attendues <= set(tout(base))
        # Those that came from the export did not change at all on their way back.
        assert rapport.inchangees >= len(attendues)


_numeros = st.tuples(st.sampled_from(["RNCP", "RS"]), st.integers(1, 999_999)).map(lambda n: f"{n[0]}{n[1]}")


@st.composite
def _fiches_entieres(tirer):
    """Make fiches with all that an export says of one: blocs in order, codes, what it replaces, its partners."""
    numero = tirer(_numeros)
    rangs = tirer(st.lists(st.integers(1, 99), max_size=4, unique=True))
    habilitations = tirer(st.lists(st.sampled_from(list(Habilitation)), max_size=3, unique=True))
    return replace(
        tirer(_fiches), numero=numero, blocs=tuple((f"{numero}BC{rang:02d}", tirer(_texte)) for rang in rangs),
        formacodes=tuple(tirer(st.lists(st.from_regex(r"[0-9]{5}", fullmatch=True), max_size=5))),
        rome=tuple(tirer(st.lists(st.from_regex(r"[A-N][1-9][0-9]{3}", fullmatch=True), max_size=5))),
        anciennes=tuple(tirer(st.lists(_numeros, max_size=3))), nouvelles=tuple(tirer(st.lists(_numeros, max_size=1))),
        partenaires=(("82815245400033", "HABILITATION_FORMER", "Actif"),
                     *((SIRET, habilitation.value, "Actif") for habilitation in habilitations)),
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(fiches=st.lists(_fiches_entieres(), min_size=1, max_size=6, unique_by=lambda f: f.numero), en_xml=st.booleans())
def test_a_registry_is_the_same_on_the_machine_it_is_carried_to(modele_sqlite, tmp_path, fiches, en_xml):
    ici, ailleurs = tmp_path / "ici.sqlite3", tmp_path / "ailleurs.sqlite3"
    recu = fichier_xml(tmp_path, fiches) if en_xml else zip_csv(tmp_path / "recu.zip", fiches)
    for machine in (ici, ailleurs):
        for reste in tmp_path.glob(f"{machine.name}*"):
            reste.unlink()
        shutil.copyfile(modele_sqlite, machine)
    with ouverte(f"sqlite:///{ici}") as base, ouverte(f"sqlite:///{ailleurs}") as autre:
        for machine in (base, autre):
            with machine.ecriture() as cnx:
                comptes.creer_organisme(cnx, "Formation Alpha", SIRET)
        [rapport] = importer(base, recu)
        assert (rapport.lues, rapport.refusees, rapport.remarques) == (len(fiches), 0, [])
        with base.lecture() as cnx:
            import_registre.exporter(cnx, tmp_path / "sortie.zip", LE)
        importer(autre, tmp_path / "sortie.zip")
        ici_, ailleurs_ = tout(base), tout(autre)
    assert {f.numero for f in fiches} <= set(ici_)
    for fiche in fiches:
        assert ailleurs_[fiche.numero] == ici_[fiche.numero]
        assert [b.code for b in ici_[fiche.numero].blocs] == [code for code, _ in fiche.blocs]
        assert {p.habilitation.value for p in ici_[fiche.numero].partenaires} == {
            habilitation for siret, habilitation, _ in fiche.partenaires if siret == SIRET
        }


def test_memory_does_not_grow_with_the_export(tmp_path):
    def pic(nombre):
        chemin = tmp_path / f"{nombre}.zip"
        zip_csv(chemin, (replace(VERTE, numero=f"RS{n}") for n in range(1, nombre + 1)))
        tracemalloc.start()
        for export in ouvrir(chemin, LE):
            for brute in export.fiches(frozenset({SIRET})):
                comprendre(brute, LE)
        maximum = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return maximum

    pic(50)
    assert pic(4_000) < 2 * pic(500) + 2_000_000


def test_the_command_says_what_it_did(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "export-fiches-csv-2026-08-16.zip", [ROUGE, replace(VERTE, fin="x")])
    environnement = {**os.environ, "DATABASE_URL": url_sqlite, "MODE": "demonstration"}

    def lancer(*arguments):
        commande = [sys.executable, "-m", "webapp", *arguments]
        return subprocess.run(commande, env=environnement, capture_output=True, text=True, check=False)

    a_blanc = lancer("importer-registre", "--a-blanc", str(chemin))
    assert "rien n’a été écrit" in a_blanc.stdout
    fait = lancer("importer-registre", str(chemin))
    assert fait.returncode == 0
    assert "export du 16/08/2026" in fait.stdout
    assert "2\xa0fiches lues\xa0: 0\xa0nouvelle, 1\xa0changée, " in fait.stdout
    assert "RS5000" in fait.stdout
    seule = zip_csv(tmp_path / "export-fiches-csv-2026-08-17.zip", [ROUGE])
    dit = lancer("importer-registre", str(seule)).stdout.replace("\xa0", " ")
    assert "1 fiche lue : 0 nouvelle, 0 changée, 1 inchangée, 0 refusée." in dit
    dit = lancer("importer-registre", "--date", "16/08/2026", str(seule)).stdout.replace("\xa0", " ")
    assert "1 laissée telle quelle : le registre la tient d’un export plus récent." in dit
    refuse = lancer("importer-registre", str(tmp_path / "absent.zip"))
    assert refuse.returncode == 1
    assert "Rien n’a été changé" in refuse.stderr
    assert "Traceback" not in refuse.stderr
    ecrit = lancer("exporter-registre", str(tmp_path / "sortie.zip"))
    assert "fiches écrites" in ecrit.stdout.replace("\u00a0", " ")
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "sortie.zip").read_bytes()))


@pytest.mark.parametrize("a_l_envers", [False, True], ids=["youngest first", "youngest last"])
@pytest.mark.parametrize(("jeune", "active"), [("Actif", True), ("Inactif", False)])
def test_of_a_partner_named_twice_the_younger_state_counts(base, notre_organisme, tmp_path, a_l_envers, jeune, active):
    ancien = "Inactif" if active else "Actif"
    etats = {jeune: "15/06/2026", ancien: "02/11/2025"}
    partenaires = [(SIRET, "HABILITATION_FORMER", etat) for etat in sorted(etats, key=lambda e: e == ancien)]
    fiche = replace(ROUGE, partenaires=tuple(partenaires[::-1] if a_l_envers else partenaires))
    texte = xml([fiche])
    for etat, jour in etats.items():
        dit = f"<ETAT_HABILITATION>{etat}</ETAT_HABILITATION>"
        texte = texte.replace(dit, f"{dit}<DATE_DERNIERE_MODIFICATION_ETAT>{jour}</DATE_DERNIERE_MODIFICATION_ETAT>")
    chemin = tmp_path / "export.xml"
    chemin.write_text(texte, "utf-8")
    importer(base, chemin)
    assert notre_organisme.siret == SIRET
    assert [p.active for p in tout(base)[ROUGE.numero].partenaires] == [active]


def test_a_state_without_a_readable_date_is_the_oldest(base, notre_organisme, tmp_path):
    partenaires = ((SIRET, "HABILITATION_FORMER", "Actif"), (SIRET, "HABILITATION_FORMER", "Inactif"))
    dit = "<ETAT_HABILITATION>Actif</ETAT_HABILITATION>"
    date_ = "<DATE_DERNIERE_MODIFICATION_ETAT>01/01/2020</DATE_DERNIERE_MODIFICATION_ETAT>"
    texte = xml([replace(ROUGE, partenaires=partenaires)]).replace(dit, dit + date_)
    chemin = tmp_path / "export.xml"
    chemin.write_text(texte, "utf-8")
    importer(base, chemin)
    assert notre_organisme.siret == SIRET
    assert [p.active for p in tout(base)[ROUGE.numero].partenaires] == [True]


def test_an_import_that_changes_nothing_makes_the_families_again(base, tmp_path):
    # A base that an older version of the product filled: it knew no family but those of the codes.
    clea = Fiche(
        "RS5616", "CléA Numérique", actif=False, fin="21/11/2026", blocs=(), anciennes=(), nouvelles=("RS7801",)
    )
    suite = Fiche("RS7801", "CléA Numérique", fin="21/11/2031", blocs=(), anciennes=("RS5616",))
    chemin = zip_csv(tmp_path / "clea.zip", [clea, suite])
    importer(base, chemin)
    with base.ecriture() as cnx:
        cnx.exec_driver_sql("UPDATE certification SET famille = '' WHERE code = 'RS7801'")
        avant = certifications.version(cnx)
    [rapport] = importer(base, chemin)
    assert (rapport.nouvelles, rapport.changees, rapport.datees) == (0, 0, 0)
    assert tout(base)["RS7801"].certification.famille == "clea"
    with base.lecture() as cnx:
        milieu = certifications.version(cnx)
    assert milieu != avant
    importer(base, chemin)
    with base.lecture() as cnx:
        assert certifications.version(cnx) == milieu
