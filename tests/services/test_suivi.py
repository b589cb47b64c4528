"""What is told of a certification that is chosen, on both engines."""

from datetime import UTC, date, datetime

import pytest

from tests.builders import LE, une_certification
from tests.registre_fabrique import Fiche, xml, zip_csv
from tests.web.lecture_html import plat
from webapp.domain.certifications import Ton
from webapp.domain.successions import Succession
from webapp.persistence.lecture import RequetePreparee
from webapp.registre.export import ouvrir
from webapp.services import import_registre, registre, suivi
from webapp.services.suivi import Suivi

EN_2026 = date(2026, 11, 23)


@pytest.fixture
def organisme(atelier):
    return atelier.organisme()


def en_xml(chemin, fiches):
    """The exports of this form alone say whether an habilitation is active."""
    sortie = chemin.with_suffix(".xml")
    sortie.write_text(xml(fiches), "utf-8")
    return sortie


@pytest.fixture
def importer(base, tmp_path):
    def faire(*partenaires, fabriquer=zip_csv):
        fiche = Fiche("RS6604", "Blockchain", fin="26/04/2029", blocs=(), anciennes=(), partenaires=partenaires)
        [export] = ouvrir(fabriquer(tmp_path / "export.zip", [fiche]), date(2026, 8, 16))
        with base.lecture() as cnx, import_registre.preparer(cnx, export) as preparation, base.ecriture() as ecriture:
            import_registre.appliquer(ecriture, preparation, datetime(2026, 11, 23, tzinfo=UTC))

    return faire


def lu(base, organisme, code, le=EN_2026):
    lecture = base.lecture_du_fil
    dit = suivi.suivre(lecture, organisme, registre.certification(lecture, code), le)
    with base.lecture() as cnx:
        assert suivi.suivre(cnx, organisme, registre.certification(cnx, code), le) == dit
    return dit


def test_of_none_nothing_is_told(base, organisme):
    assert suivi.suivre(base.lecture_du_fil, organisme, None, LE) == Suivi()


@pytest.mark.parametrize(
    ("code", "le", "ton", "successeur"),
    [
        ("RS2203", LE, None, None),
        ("RS313", LE, None, None),
        ("RS5719", EN_2026, Ton.ATTENTION, None),
        ("RS7113", EN_2026, Ton.DISCRET, None),
        ("RS6604", EN_2026, None, None),
        ("RS5000", EN_2026, None, "RS6604"),
        ("RNCP28155", LE, None, "RNCP30271"),
        # Its successor is not known to be active at that date.
        ("RS5000", LE, None, None),
    ],
)
def test_the_end_and_the_successor_at_a_date(base, organisme, code, le, ton, successeur):
    dit = lu(base, organisme, code, le)
    assert (dit.echeance and dit.echeance.ton) is ton
    assert [une.code for _, une in dit.suite.remplacements] == ([successeur] if successeur else [])
    assert all(phrase.startswith(f"{code} est remplacée par {successeur} – ") for phrase, _ in dit.suite.remplacements)
    assert dit.habilitations == ()


def test_an_export_tells_the_habilitation_of_the_organisation_alone(base, organisme, atelier, importer):
    importer((organisme.siret, "HABILITATION_ORGANISER", "Actif"), ("82815245400033", "HABILITATION_FORMER", "Actif"))
    assert "n’est habilité qu’à organiser" in lu(base, organisme, "RS6604").habilitations[0].texte
    autre = atelier.organisme()
    assert "n’apparaît pas parmi les partenaires" in lu(base, autre, "RS6604").habilitations[0].texte
    # This one comes from no export.
    assert lu(base, organisme, "RS7113").habilitations == ()


def test_an_import_is_seen_at_once_by_its_own_process(base, organisme, importer):
    assert lu(base, organisme, "RS6604").habilitations == ()
    importer((organisme.siret, "HABILITATION_ORGA_FORM", "Actif"))
    assert "à former et à organiser" in lu(base, organisme, "RS6604").habilitations[0].texte


def test_an_habilitation_that_is_no_longer_active_entitles_to_nothing(base, organisme, importer):
    importer((organisme.siret, "HABILITATION_ORGA_FORM", "Inactif"), fabriquer=en_xml)
    assert "n’est plus active" in lu(base, organisme, "RS6604").habilitations[0].texte


def test_of_a_record_that_names_no_partner_nothing_is_said_of_ours(base, organisme, importer):
    importer()
    assert lu(base, organisme, "RS6604").habilitations == ()


def test_what_an_export_brought_is_asked_once(base, organisme, importer, monkeypatch):
    monkeypatch.setattr(registre, "FRAICHEUR", 3600.0)
    importer(("82815245400033", "HABILITATION_FORMER", "Actif"))
    lecture = base.lecture_du_fil
    certifications = [registre.certification(lecture, code) for code in ("RS6604", "RS7113")]
    envoyees = []
    reelle = RequetePreparee.lignes

    def noter(soi, ou, **valeurs):
        envoyees.append(valeurs)
        return reelle(soi, ou, **valeurs)

    monkeypatch.setattr(RequetePreparee, "lignes", noter)
    if base.dialecte.name == "sqlite":
        monkeypatch.setattr(lecture, "_ordinaire", None)
    for certification in certifications:
        suivi.suivre(lecture, organisme, certification, EN_2026)
    # Its own list for both, the partners of the one that comes from an export; no connection either.
    a_soi = [{"organisme_id": organisme.id, "code": code} for code in ("RS6604", "RS7113")]
    assert envoyees == [a_soi[0], {"siret": organisme.siret, "code": "RS6604"}, a_soi[1]]


@pytest.mark.parametrize(
    ("avis", "dit"), [("", ""), ("RS2203 n'est plus active", "RS2203 n'est plus active : certifications à vérifier")]
)
def test_what_is_to_be_verified_is_said_in_brief_of_what_cannot_be_used_alone(avis, dit):
    assert plat(Suivi(a_verifier=((une_certification(), ""),)).en_bref(avis)) == dit


def test_why_it_cannot_be_used_is_said_in_brief_before_what_replaces_it():
    suite = Succession((une_certification(code="RS7003"),))
    avis = "RS2203 n'est plus active"
    assert plat(Suivi(suite=suite).en_bref(avis)) == "RS2203 n'est plus active, remplacée par RS7003"
