"""Facts carry the date of their source, through imports in any order and from one machine to another."""

import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.bases import ouverte
from tests.builders import une_certification
from tests.registre_fabrique import Fiche, zip_csv
from tests.services.test_import_registre import SIRET, ensemble, fichier_xml, importer, tout
from webapp.cli import principal
from webapp.domain.certifications import EtatCertification
from webapp.domain.registre import FicheExportee
from webapp.persistence import certifications as certifications_gardees
from webapp.persistence.tables import bloc, certification, code_certification
from webapp.registre import carnet
from webapp.services import comptes, import_registre, registre

JANVIER, FEVRIER, MARS = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)
A = Fiche("RS90001", "A", fin="", decision="", blocs=(), anciennes=(), partenaires=())
B = replace(A, intitule="B", actif=False, fin="01/02/2026")


@pytest.fixture
def donner(base, tmp_path):
    def faire(le, *fiches):
        return importer(base, fichier_xml(tmp_path, fiches, f"{le}.xml"), le=le)[0]

    return faire


def la(base, code="RS90001"):
    return tout(base)[code].certification


def test_an_older_export_does_not_undo_a_younger_that_said_the_same(base, donner):
    donner(JANVIER, A)
    confirme = donner(MARS, A)
    assert (confirme.inchangees, confirme.changees, confirme.datees) == (1, 0, 1)
    donner(FEVRIER, B)
    lue = la(base)
    assert (lue.intitule, lue.source) == ("A", "France compétences, export du 15/03/2026")
    assert lue.etat_le(MARS) is EtatCertification.ACTIVE


def test_the_title_and_the_state_are_those_of_the_youngest(base, donner):
    for le, fiche in ((JANVIER, A), (MARS, A), (FEVRIER, replace(A, intitule="B", actif=False))):
        donner(le, fiche)
    lue = la(base)
    assert (lue.intitule, lue.etat_le(MARS)) == ("A", EtatCertification.ACTIVE)


def test_two_exports_given_together_are_compared_again_even_where_nothing_seemed_to_change(base, donner, tmp_path):
    donner(JANVIER, A)
    fichiers = [(fichier_xml(tmp_path, [fiche], f"{le}.xml"), le) for le, fiche in ((FEVRIER, B), (MARS, A))]
    ensemble(base, *fichiers)
    assert la(base).intitule == "A"
    assert tout(base)["RS90001"].export_le == MARS


def test_a_daily_export_does_not_move_the_day_at_which_it_was_seen_inactive(base, donner):
    inactive = replace(A, actif=False)
    donner(JANVIER, inactive)
    suivant = donner(FEVRIER, inactive)
    assert (suivant.changees, suivant.inchangees) == (0, 1)
    assert la(base).inactive_constatee_le == JANVIER
    assert la(base).etat_le(date(2026, 2, 14)) is EtatCertification.EXPIREE


def test_an_export_in_another_order_of_lines_changes_nothing(base, donner):
    deux = replace(A, nsf=("100", "326t"), formacodes=("15041", "31090"))
    donner(JANVIER, deux)
    autre = donner(JANVIER, replace(deux, nsf=("326t", "100"), formacodes=("31090", "15041")))
    assert (autre.changees, autre.inchangees) == (0, 1)


def test_what_a_younger_export_does_not_say_stays(base, donner):
    donner(JANVIER, replace(A, formacodes=("15041",), nouvelles=("RS90002",)))
    donner(FEVRIER, replace(A, formacodes=(), nouvelles=()))
    lue = tout(base)["RS90001"]
    assert (lue.certification.formacodes, lue.certification.remplacee_par) == (("15041",), ("RS90002",))
    assert dict(lue.dates)["formacodes"] == JANVIER


def test_importing_never_knows_less_than_the_demonstration_did(base, tmp_path):
    avant = la(base, "RS2203")
    chemin = fichier_xml(tmp_path, [Fiche("RS2203", "CléA", formacodes=(), nsf=(), blocs=(), anciennes=())])
    importer(base, chemin, le=MARS)
    apres = la(base, "RS2203")
    assert (apres.formacodes, apres.nsf) == (avant.formacodes, avant.nsf)


def test_an_older_export_than_the_demonstration_s_facts_undoes_nothing_of_them(base, tmp_path):
    chemin = fichier_xml(tmp_path, [Fiche("RS6232", "Ancien titre", fin="25/01/2026", blocs=(), anciennes=())])
    importer(base, chemin, le=date(2024, 2, 22))
    lue = la(base, "RS6232")
    assert lue.intitule.startswith("Repérage de l’amiante")
    assert lue.remplacee_par == ("RS7485",)


def test_seeding_after_an_old_export_says_the_same_as_before_it(base, tmp_path):
    importer(base, fichier_xml(tmp_path, [Fiche("RS6232", "Ancien titre", blocs=(), anciennes=())]), le=JANVIER)
    avant = tout(base)
    with base.ecriture() as cnx:
        assert registre.amorcer(cnx) == 0
    assert tout(base) == avant


def test_seeding_brings_its_younger_facts_to_what_an_old_export_said(base, tmp_path):
    avant = la(base, "RS6232")
    importer(base, fichier_xml(tmp_path, [Fiche("RS6232", "Ancien titre", blocs=(), anciennes=())]), le=JANVIER)
    with base.ecriture() as cnx:
        # As if the export had been read before the demonstration was there.
        ancienne = {"intitule": "Ancien titre", "faits_le": JANVIER, "remplacee_par": []}
        cnx.execute(update(certification).where(certification.c.code == "RS6232").values(ancienne))
        cnx.execute(update(certification).where(certification.c.code == "RS7485").values(remplace=[]))
        version = certifications_gardees.version(cnx)
        assert registre.amorcer(cnx) > 0
        # Every process forgets what it remembered.
        assert certifications_gardees.version(cnx) != version
    lue = la(base, "RS6232")
    assert (lue.intitule, lue.remplacee_par) == (avant.intitule, ("RS7485",))


def test_the_demonstration_s_facts_take_no_partner_away(base, tmp_path):
    with base.ecriture() as cnx:
        comptes.creer_organisme(cnx, "Formation Alpha", SIRET)

    def donner_avec(le, *droits):
        partenaires = tuple((SIRET, droit, "Actif") for droit in droits)
        fiche = Fiche("RS6232", "Ancien titre", fin="", blocs=(), anciennes=(), partenaires=partenaires)
        importer(base, fichier_xml(tmp_path, [fiche], f"{le}.xml"), le=le)
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        lue = tout(base)["RS6232"]
        return lue.certification.intitule[:8], tuple(p.habilitation for p in lue.partenaires), lue.nomme_des_partenaires

    # Its facts are of August 2026.
    assert donner_avec(JANVIER, "HABILITATION_FORMER") == ("Repérage", ("HABILITATION_FORMER",), True)
    assert donner_avec(MARS, "HABILITATION_ORGANISER") == ("Repérage", ("HABILITATION_ORGANISER",), True)
    assert donner_avec(FEVRIER) == ("Repérage", ("HABILITATION_ORGANISER",), True)
    # A younger export is read whole, were it word for word the last that was read.
    assert donner_avec(date(2026, 9, 15), "HABILITATION_ORGANISER") == ("Ancien t", ("HABILITATION_ORGANISER",), True)


def test_a_younger_export_that_repeats_an_older_one_undoes_what_came_between(base, donner):
    """What came between is of no export: the print of the last one does not say it."""
    une = replace(A, formacodes=(), nsf=(), rome=(), certificateurs=(), niveau="")
    donner(JANVIER, une)
    with base.ecriture() as cnx:
        cnx.execute(
            update(certification).where(certification.c.code == une.numero).values(intitule="B", faits_le=FEVRIER)
        )
    donner(MARS, une)
    assert la(base).intitule == "A"


# --- from one machine to another


_numeros = st.integers(1, 60).map(lambda n: f"RS{90_000 + n}")
_etats = st.sampled_from(["Actif", "Inactif", "Supprimé"])
_fiches = st.builds(
    Fiche,
    numero=_numeros, intitule=st.sampled_from(["Un titre", "Un autre ; « titre »"]), actif=st.booleans(),
    niveau=st.sampled_from(["", "NIV5", "REPRISE"]), fin=st.sampled_from(["", "01/09/2028", "31/12/2020"]),
    decision=st.sampled_from(["", "13/07/2019"]), formacodes=st.sampled_from([(), ("15041",)]),
    nsf=st.sampled_from([(), ("326t", "100")]), rome=st.just(()), blocs=st.just(()),
    anciennes=st.lists(_numeros, max_size=2).map(tuple), nouvelles=st.lists(_numeros, max_size=2).map(tuple),
    partenaires=st.lists(
        st.tuples(st.sampled_from([SIRET, "82815245400033"]), st.just("HABILITATION_FORMER"), _etats), max_size=2
    ).map(tuple),
)  # fmt: skip
_exports = st.lists(
    st.tuples(st.dates(date(2025, 1, 1), date(2026, 11, 1)), st.lists(_fiches, min_size=1, max_size=4)),
    min_size=1, max_size=3,
)  # fmt: skip


# Each example makes two databases: those that fail are told as they come, without a search for the smallest.
PHASES = [Phase.explicit, Phase.generate]


def machine(modele, chemin):
    for reste in chemin.parent.glob(f"{chemin.name}*"):
        reste.unlink()
    shutil.copyfile(modele, chemin)
    return f"sqlite:///{chemin}"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(recus=_exports, carte=st.dates(date(2026, 11, 2), date(2027, 1, 1)))
def test_a_registry_that_is_carried_is_the_same_there_with_its_sources_and_its_dates(
    modele_sqlite, tmp_path, recus, carte
):
    ici, ailleurs = (machine(modele_sqlite, tmp_path / f"{nom}.sqlite3") for nom in ("ici", "ailleurs"))
    with ouverte(ici) as base, ouverte(ailleurs) as autre:
        for une in (base, autre):
            with une.ecriture() as cnx:
                comptes.creer_organisme(cnx, "Formation Alpha", SIRET)
        with autre.ecriture() as cnx:
            # Nothing but what comes in the file.
            for table in (bloc, code_certification, certification):
                cnx.execute(table.delete())
        for rang, (le, fiches) in enumerate(recus):
            uniques = list({fiche.numero: fiche for fiche in fiches}.values())
            importer(base, fichier_xml(tmp_path, uniques, f"{rang}.xml"), le=le)
        with base.lecture() as cnx:
            import_registre.exporter(cnx, tmp_path / "sortie.zip", carte)
        [rapport] = importer(autre, tmp_path / "sortie.zip", le=carte)
        assert (rapport.refusees, rapport.remarques) == (0, [])
        assert tout(autre) == tout(base)
        # Carried back, or carried again, it changes nothing.
        for une in (base, autre):
            [encore] = importer(une, tmp_path / "sortie.zip", le=carte)
            assert (encore.nouvelles, encore.changees) == (0, 0)


def test_the_next_true_export_is_read_there_as_here(base, tmp_path, donner, modele_sqlite):
    donner(FEVRIER, A)
    with base.lecture() as cnx:
        import_registre.exporter(cnx, tmp_path / "sortie.zip", date(2026, 11, 26))
    with ouverte(machine(modele_sqlite, tmp_path / "ailleurs.sqlite3")) as autre:
        importer(autre, tmp_path / "sortie.zip")
        [vrai] = importer(autre, fichier_xml(tmp_path, [replace(A, intitule="Mars")]), le=MARS)
        assert (vrai.changees, vrai.depassees) == (1, 0)
        assert tout(autre)["RS2203"].certification.source.startswith("Fiche pratique")
        [meme] = importer(autre, fichier_xml(tmp_path, [replace(A, intitule="Mars")]), le=MARS)
        assert (meme.changees, meme.inchangees) == (0, 1)


APRES_MARS = MARS + timedelta(days=1)


def portee(export_le=MARS, dates=(), **faits):
    certification = une_certification(connue_active_le=MARS, vue_active_le=MARS, faits_le=MARS)
    return FicheExportee(replace(certification, **faits), export_le=export_le, dates=dates, empreinte="")


@pytest.mark.parametrize(
    "future",
    [
        portee(faits_le=APRES_MARS),
        portee(export_le=APRES_MARS),
        portee(vue_active_le=APRES_MARS),
        portee(inactive_constatee_le=APRES_MARS),
        portee(dates=(("intitule", APRES_MARS),)),
        portee(connue_active_le=APRES_MARS),
        portee(connue_active_le=APRES_MARS, effet_le=MARS),
    ],
)
def test_a_fact_from_the_future_is_not_carried(future):
    lue = FicheExportee(future.certification, export_le=MARS)
    with pytest.raises(ValueError, match="16/03/2026, est après celle de l’export, 15/03/2026"):
        carnet.reprendre(lue, carnet.noter(future), ())


@pytest.mark.parametrize("faits", [{}, {"effet_le": APRES_MARS, "connue_active_le": APRES_MARS}])
def test_what_is_known_of_the_future_is_carried(faits):
    """Its end, and an effect that is still ahead."""
    sue = portee(fin_enregistrement=APRES_MARS, **faits)
    assert carnet.reprendre(FicheExportee(sue.certification, export_le=MARS), carnet.noter(sue), ()) == sue


def test_a_fiche_from_the_future_is_refused_and_the_others_are_read(base, donner, tmp_path, modele_sqlite):
    donner(date(2026, 11, 20), A)
    with base.lecture() as cnx:
        import_registre.exporter(cnx, tmp_path / "sortie.zip", date(2026, 11, 19))
    with ouverte(machine(modele_sqlite, tmp_path / "ailleurs.sqlite3")) as autre:
        [rapport] = importer(autre, tmp_path / "sortie.zip", le=date(2026, 11, 19))
        assert (rapport.refusees, [refus.code for refus in rapport.refus]) == (1, ["RS90001"])
        assert "RS90001" not in tout(autre)


# --- the commands


def test_an_export_from_the_future_is_refused_and_nothing_changes(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "export-fiches-csv-2062-11-20.zip", [A])
    fini = CliRunner().invoke(principal, ["importer-registre", str(chemin)], env={"DATABASE_URL": url_sqlite})
    assert fini.exit_code == 1
    assert "est daté du 20/11/2062, après la date de cette machine" in fini.stderr.replace("\xa0", " ")
    assert "Rien n’a été changé." in fini.stderr


def test_the_commands_ask_for_the_database_alone_and_count_in_french(url_sqlite, tmp_path):
    chemin = zip_csv(tmp_path / "export-fiches-csv-2026-01-15.zip", [A])
    environnement = {"DATABASE_URL": url_sqlite, "SECRET_KEY": "", "MODE": "production", "TRUSTED_HOSTS": ""}
    for mots in (["migrer"], ["importer-registre", str(chemin)], ["exporter-registre", str(tmp_path / "s.zip")]):
        fini = CliRunner().invoke(principal, mots, env=environnement)
        assert fini.exit_code == 0, fini.stderr
        if mots[0] == "importer-registre":
            dit = fini.stdout.replace("\xa0", " ")
            assert "1 fiche lue : 1 nouvelle, 0 changée, 0 inchangée, 0 refusée." in dit
