"""The only reader of forms: normal forms, line ends, versions and identities, whatever was posted."""

from uuid import UUID

import pytest

from webapp.domain.champs import CHAMPS_COMMUNS
from webapp.domain.fiche import NOMS
from webapp.web.http import saisie


@pytest.fixture
def poste(application):
    """Read a posted form inside a request."""

    def lire(fonction, *arguments, **champs):
        with application.test_request_context("/", method="POST", data=champs):
            return fonction(*arguments)

    return lire


@pytest.fixture
def demande(application):
    """Read the query string of a request."""

    def lire(fonction, *arguments, requete=""):
        with application.test_request_context(f"/?{requete}"):
            return fonction(*arguments)

    return lire


@pytest.mark.parametrize(
    ("envoye", "lu"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\nb", "a\nb"), ("e\u0301", "é"), ("  a  ", "  a  "), ("", "")],
)
def test_a_text_takes_its_normal_form_and_nothing_is_cut(poste, envoye, lu):
    assert poste(saisie.texte, "contenu", contenu=envoye) == lu


def test_a_text_that_was_not_sent_is_empty(poste, demande):
    assert poste(saisie.texte, "contenu") == ""
    assert demande(saisie.parametre, "recherche") == ""


def test_a_password_is_read_exactly_as_it_was_typed(poste):
    assert poste(saisie.secret, "mot_de_passe", mot_de_passe=" e\u0301\r\n ") == " e\u0301\r\n "


def test_a_parameter_takes_its_normal_form_too(demande):
    assert demande(saisie.parametre, "recherche", requete="recherche=e%CC%81%0D%0A") == "é\n"
    assert demande(saisie.parametres, requete="a=1&b=") == {"a", "b"}


def test_a_fiche_is_made_of_the_known_fields_and_no_other(poste):
    communs = [champ.nom for champ in CHAMPS_COMMUNS]
    champs = {nom: f"{nom}\r\n" for nom in NOMS} | {"statut": "validee", "id": "x"}
    fiche = poste(saisie.fiche, **champs)
    assert {nom: fiche.valeur(nom) for nom in communs} == {
        nom: nom if nom == "identifiant" else f"{nom}\n" for nom in communs
    }


def test_codes_ticked_one_by_one_make_one_text(poste):
    champs = {"type_formation": "certifiante", "certification": "RNCP1", "blocs": ["RNCP1BC01", "RNCP1BC02"]}
    assert poste(saisie.fiche, **champs).blocs == "RNCP1BC01\nRNCP1BC02"
    assert poste(saisie.tout, **champs)["blocs"] == "RNCP1BC01\nRNCP1BC02"
    portees = {f"fiche.{nom}": valeur for nom, valeur in champs.items()}
    assert poste(saisie.fiche, **portees).codes_blocs == ("RNCP1BC01", "RNCP1BC02")
    assert poste(saisie.reprise, "fiche.", **portees) == {**champs, "blocs": "RNCP1BC01\nRNCP1BC02"}


@pytest.mark.parametrize(
    ("envoyee", "lue"),
    [
        ("0", 0), ("1", 1), ("12", 12), ("2147483647", 2**31 - 1), ("2147483648", 2**31 - 1), ("9" * 400, 2**31 - 1),
        ("007", 7), ("-1", 0), ("+1", 0), ("1.0", 0), (" 1", 0), ("", 0), ("x", 0), ("１", 0), ("²", 0), ("1_0", 0),
        ("\x00", 0),
    ],
)  # fmt: skip
def test_a_version_is_a_number_that_the_database_can_hold(poste, envoyee, lue):
    assert poste(saisie.version, version=envoyee) == lue


def test_a_version_that_was_not_sent_is_that_of_a_new_formation(poste):
    assert poste(saisie.version) == 0


def test_an_identity_is_read_or_drawn(poste):
    connue = UUID(int=7)
    assert poste(saisie.identite, "nouvel_id", nouvel_id=str(connue)) == connue
    tirees = {poste(saisie.identite, "nouvel_id", nouvel_id=mauvaise) for mauvaise in ("", "x", "9" * 40, "\x00")}
    assert len(tirees) == 4
    assert all(isinstance(identite, UUID) for identite in tirees)


def test_what_is_handed_back_leaves_out_what_must_not_be(poste):
    champs = {"contenu": "a\r\nb", "csrf_token": "x", "mot_de_passe": "y"}
    assert poste(saisie.tout, ("csrf_token", "mot_de_passe"), **champs) == {"contenu": "a\nb"}
    assert poste(saisie.reprise, "reprise.", **{"reprise.contenu": "a\r\nb", "contenu": "c"}) == {"contenu": "a\nb"}
