"""Successions are told by either side, followed along the chain, and families grow with the data."""

from datetime import date

import pytest

from tests.builders import la_certification
from tests.registre_fabrique import Fiche
from tests.services.test_import_registre import fichier_xml, importer
from webapp.domain.certifications import EtatCertification
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.registre import famille_de
from webapp.registre import amorce
from webapp.services import identification, registre, successions, suivi

PARU = date(2026, 11, 22)
VIDE = {"blocs": (), "anciennes": (), "nouvelles": (), "partenaires": (), "formacodes": (), "nsf": (), "rome": ()}
ANCIENNE = {"actif": False, "fin": "30/06/2024", "decision": "01/07/2020"}
NOUVELLE = {"fin": "30/06/2029", "decision": "01/07/2024"}


@pytest.fixture
def donner(base, tmp_path):
    def faire(*fiches, le=PARU):
        importer(base, fichier_xml(tmp_path, fiches, f"{le}-{len(fiches)}.xml"), le=le)

    return faire


def une(numero, **faits):
    return Fiche(numero, f"Titre {numero}", **(VIDE | faits))


def suite(base, code, le=PARU):
    lecture = base.lecture_du_fil
    return successions.succession(lecture, la_certification(lecture, code), le)


def actives(base, code, le=PARU):
    return [c.code for c in suite(base, code, le).actives]


@pytest.mark.parametrize("ensemble", [True, False])
def test_a_succession_told_by_the_new_record_alone_is_known(base, donner, ensemble):
    fiches = [une("RS90001", **ANCIENNE), une("RS90002", **NOUVELLE, anciennes=("RS90001",))]
    if ensemble:
        donner(*fiches)
    else:
        # The new one comes first, in an export of its own.
        donner(fiches[1])
        donner(fiches[0])
    assert actives(base, "RS90001") == ["RS90002"]


def test_a_chain_told_from_both_sides_is_followed_to_every_active_end(base, donner):
    donner(
        une("RNCP90011", **ANCIENNE, nouvelles=("RNCP90012",)), une("RNCP90012", **ANCIENNE),
        une("RNCP90013", **NOUVELLE, anciennes=("RNCP90012",)), une("RNCP90014", **NOUVELLE, anciennes=("RNCP90012",)),
    )  # fmt: skip
    assert actives(base, "RNCP90011") == ["RNCP90013", "RNCP90014"]


def test_a_chain_does_not_stop_at_an_active_record_that_is_itself_replaced(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", **NOUVELLE, nouvelles=("RS90003",)),
        une("RS90003", **NOUVELLE, nouvelles=("RS90004", "RS90005")),
        une("RS90004", **NOUVELLE), une("RS90005", **ANCIENNE),
    )  # fmt: skip
    trouvee = suite(base, "RS90001")
    assert [c.code for c in trouvee.actives] == ["RS90004"]
    assert [c.code for c in trouvee.relais] == ["RS90002", "RS90003"]
    assert trouvee.apres_un_avis() == (
        "Elle est remplacée par RS90004. RS90001 a d’abord été remplacée par RS90002 – Titre RS90002, encore active "
        "mais remplacée à son tour. RS90001 a d’abord été remplacée par RS90003 – Titre RS90003, encore active mais "
        "remplacée à son tour."
    )
    assert actives(base, "RS90002") == ["RS90004"]
    trouvee_par_code = identification.identifier(base.lecture_du_fil, None, "RS90001", PARU)
    assert [c.code for c in trouvee_par_code.successeurs] == ["RS90004"]


def test_two_branches_that_meet_again_have_one_end(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002", "RS90003")),
        une("RS90002", **NOUVELLE, nouvelles=("RS90003",)), une("RS90003", **NOUVELLE),
    )  # fmt: skip
    assert ([c.code for c in suite(base, "RS90001").actives], suite(base, "RS90001").ensuite) == (["RS90003"], ())


def test_active_records_that_replace_each_other_end_the_chain_at_the_younger(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", fin="30/06/2029", decision="01/07/2024", effet="01/07/2024", nouvelles=("RS90003",)),
        une("RS90003", fin="30/06/2030", decision="01/07/2025", effet="01/07/2025", nouvelles=("RS90002",)),
    )
    assert actives(base, "RS90001") == ["RS90003"]
    assert actives(base, "RS90003") == []


def test_active_records_that_replace_each_other_without_a_date_are_said_so(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", **NOUVELLE, nouvelles=("RS90003",)), une("RS90003", **NOUVELLE, nouvelles=("RS90002",)),
    )  # fmt: skip
    trouvee = suite(base, "RS90001")
    assert [c.code for c in trouvee.actives] == ["RS90002"]
    assert "Les fiches RS90002 et RS90003 se désignent l’une l’autre" in trouvee.reserves


def test_what_comes_after_an_active_end_is_said_and_not_offered(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", **NOUVELLE, nouvelles=("RS90003", "RS90004")),
        une("RS90003", fin="31/08/2032", decision="09/07/2026", effet="01/09/2027"),
    )  # fmt: skip
    trouvee = suite(base, "RS90001")
    assert [c.code for c in trouvee.actives] == ["RS90002"]
    assert trouvee.reserves == (
        "RS90002 sera remplacée par RS90003 – Titre RS90003, qui prend effet le 1er\u00a0septembre\u00a02027. "
        "RS90002 est aussi remplacée par RS90004, que ce registre ne connaît pas encore."
    )
    # What an active record is said to be replaced by, and that has ended, is no news.
    assert suite(base, "RS90002").actives == ()


def test_a_successor_that_the_registry_does_not_hold_is_named(base, donner):
    donner(une("RNCP90031", **ANCIENNE, nouvelles=("RNCP90032",)))
    trouve = identification.identifier(base.lecture_du_fil, None, "RNCP90031", PARU)
    assert trouve.successeur is None
    assert "Elle est remplacée par RNCP90032, que ce registre ne connaît pas encore." in trouve.avis


def test_an_effect_still_ahead_is_said(base, donner):
    donner(une("RNCP90071", fin="31/08/2032", decision="09/07/2026", effet="01/09/2027"))
    lue = la_certification(base.lecture_du_fil, "RNCP90071")
    assert lue.etat_le(PARU) is EtatCertification.NON_ATTESTEE
    assert "elle prend effet le 1er\u00a0septembre\u00a02027." in lue.avis_le(PARU)
    assert lue.active_le(date(2027, 9, 1))


@pytest.mark.parametrize("ordre", [(0, 1), (1, 0), (1,)])
def test_an_effect_that_is_past_counts_from_its_day_and_no_earlier(base, donner, ordre):
    fiche = une("RNCP90072", fin="31/08/2032", decision="09/07/2026", effet="01/09/2026")
    for rang in ordre:
        donner(fiche, le=(date(2026, 8, 1), PARU)[rang])
    lue = la_certification(base.lecture_du_fil, "RNCP90072")
    assert not lue.active_le(date(2026, 8, 31))
    # The youngest source is of November: in August nobody could know of the effect.
    assert lue.avis_le(date(2026, 8, 31)).endswith("ne l’atteste qu’à partir du 1er\u00a0septembre\u00a02026.")
    assert lue.active_le(date(2026, 9, 1))


def test_an_effect_before_the_decision_counts_from_its_own_day(base, donner):
    donner(une("RNCP90073", fin="31/08/2032", decision="09/07/2026", effet="01/09/2025"))
    assert la_certification(base.lecture_du_fil, "RNCP90073").active_le(date(2025, 9, 1))


def test_a_successor_whose_effect_is_ahead_is_said_and_not_offered(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", fin="31/08/2032", decision="09/07/2026", effet="01/09/2027"),
    )
    trouvee = suite(base, "RS90001")
    assert trouvee.actives == ()
    assert "RS90001 sera remplacée par RS90002 – Titre RS90002, qui prend effet le" in trouvee.reserves


@pytest.mark.parametrize("ordre", [(0, 1, 2), (2, 1, 0)])
def test_a_chain_that_has_ended_too_is_said_to_its_last(base, donner, ordre):
    fiches = (
        une("RNCP90041", **ANCIENNE, nouvelles=("RNCP90042",)),
        une("RNCP90042", **ANCIENNE, anciennes=("RNCP90041",), nouvelles=("RNCP90043",)),
        une("RNCP90043", actif=False, fin="31/08/2025", decision="09/07/2020", nouvelles=("RNCP90041",)),
    )
    donner(*(fiches[n] for n in ordre))
    trouvee = suite(base, "RNCP90041")
    assert (trouvee.actives, [une.code for une in trouvee.finies], trouvee.vide) == ((), ["RNCP90043"], True)
    attend = "RNCP90041 a été remplacée par RNCP90043 – Titre RNCP90043, dont l’enregistrement a pris fin le "
    assert trouvee.reserves == f"{attend}31\u00a0août\u00a02025."
    # The last one ended after those that it is said to be replaced by.
    assert suite(base, "RNCP90043").finies == ()


def test_an_ended_branch_is_not_said_beside_one_that_may_be_used(base, donner):
    donner(
        une("RNCP90051", **ANCIENNE, nouvelles=("RNCP90052", "RNCP90053")),
        une("RNCP90052", **ANCIENNE, anciennes=("RNCP90051",)),
        une("RNCP90053", fin="31/08/2032", decision="09/07/2024", anciennes=("RNCP90051",)),
    )
    trouvee = suite(base, "RNCP90051")
    assert ([une.code for une in trouvee.actives], trouvee.reserves) == (["RNCP90053"], "")


def test_what_counts_only_later_has_not_ended(base):
    """At the guide's date the two codes of « Voltaire » and of the blockchain are registered later on."""
    for code in ("RS313", "RS5000"):
        ancienne = la_certification(base.lecture_du_fil, code)
        assert ancienne.successeurs
        assert successions.succession(base.lecture_du_fil, ancienne, date(2019, 11, 28)).reserves == ""


def test_an_effect_ahead_is_said_only_once_its_source_is_there(base, donner):
    donner(
        une("RS90001", **ANCIENNE, nouvelles=("RS90002",)),
        une("RS90002", fin="31/08/2032", decision="09/07/2026", effet="01/09/2027"),
    )
    ancienne = la_certification(base.lecture_du_fil, "RS90001")
    assert successions.succession(base.lecture_du_fil, ancienne, date(2019, 11, 28)).a_venir == ()
    assert [une.code for une in suite(base, "RS90001").a_venir] == ["RS90002"]


def test_what_replaces_a_clea_is_a_clea(base, donner):
    donner(
        une("RS5616", actif=False, fin="21/11/2026", decision="24/11/2021", nouvelles=("RS7801",)),
        une("RS7801", fin="21/11/2031", decision="21/11/2026", anciennes=("RS5616",)),
    )
    offertes = registre.offertes(base.lecture_du_fil, TypeFormation.CLEA, PARU)
    assert "RS7801" in {c.code for c in offertes}
    assert "RS5616" not in {c.code for c in offertes}
    assert actives(base, "RS5616") == ["RS7801"]


def test_without_an_attested_succession_the_cleas_known_are_to_be_verified(base, atelier):
    lecture = base.lecture_du_fil
    dit = suivi.suivre(lecture, atelier.organisme(), registre.certification(lecture, "RS2203"), PARU)
    assert (dit.suite.remplacements, dit.suite.reserves) == ((), "")
    dites = {c.code: doute for c, doute in dit.a_verifier}
    assert dites.keys() == {"RS7003", "RS5616", "RS6269"}
    assert dites["RS5616"] == "active au 15\u00a0mai\u00a02026, échéance inconnue"


@pytest.mark.parametrize(
    ("finie", "premiere"), [("RS2203", "RS7003"), ("RS3936", "RS5616")], ids=["CléA", "CléA Numérique"]
)
def test_the_clea_to_be_verified_first_is_that_whose_title_is_the_nearest(base, finie, premiere):
    lecture = base.lecture_du_fil
    ancienne = la_certification(lecture, finie)
    connues = successions.a_verifier(lecture, ancienne, successions.succession(lecture, ancienne, PARU), PARU)
    assert (connues[0].code, {c.code for c in connues}) == (premiere, {"RS7003", "RS5616", "RS6269"})


def de_la_famille(base):
    return {c.code for c in registre.de_la_famille(base.lecture_du_fil, TypeFormation.CLEA)}


def test_what_no_longer_replaces_a_clea_leaves_the_family_with_its_own_successors(base, donner):
    avant = de_la_famille(base)
    suivantes = [une("RS9001", **NOUVELLE, nouvelles=("RS9003",)), une("RS9002", **NOUVELLE), une("RS9003", **NOUVELLE)]
    donner(une("RS2203", **ANCIENNE, nouvelles=("RS9001",)), *suivantes)
    assert de_la_famille(base) == avant | {"RS9001", "RS9003"}
    # The export of the next day corrects it.
    donner(une("RS2203", **ANCIENNE, nouvelles=("RS9002",)), *suivantes, le=date(2026, 11, 23))
    assert de_la_famille(base) == avant | {"RS9002"}


def test_the_demonstration_gives_each_record_the_family_of_its_code():
    for certification in amorce.CERTIFICATIONS:
        assert certification.famille == famille_de(certification.code), certification.code
