"""How many statements each screen sends to the database: the number is stated, so that it cannot grow unseen.

All are counted: those of the two pools, and those of the prepared readings that go to the driver directly.
"""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.builders import une_fiche
from tests.web.test_etape_2 import FICHE
from webapp.banc_essai import donnees as banc_essai
from webapp.persistence.lecture import LectureDuFil
from webapp.services import registre

SESSION = 1
HABILITATION = 1
"""What the organisation's own list says of the certification that is chosen; the registry names no partner of these."""


@pytest.fixture(autouse=True)
def _registre_rappele(monkeypatch):
    """The registry is remembered a second; here it stays so, whatever the load of the machine."""
    monkeypatch.setattr(registre, "FRAICHEUR", 3600.0)


@pytest.fixture
def compter(base, monkeypatch):
    """Count the statements of a block: `with compter() as envoyees`."""

    @contextmanager
    def faire():
        envoyees = []
        reelle = LectureDuFil.executer

        def noter(_cnx, _curseur, requete, *_):
            envoyees.append(requete)

        def directe(self, sql, valeurs):
            envoyees.append(sql)
            return reelle(self, sql, valeurs)

        moteurs = (base._lectures, base._ecritures)
        with monkeypatch.context() as m:
            m.setattr(LectureDuFil, "executer", directe)
            for moteur in moteurs:
                event.listen(moteur, "before_cursor_execute", noter)
            try:
                yield envoyees
            finally:
                for moteur in moteurs:
                    event.remove(moteur, "before_cursor_execute", noter)

    return faire


@pytest.fixture
def catalogue(base, gestionnaire):
    """45 formations on four certifications."""
    codes = ("RS2203", "RS3936", "RS313", "RS5000")
    with base.ecriture() as cnx:
        corps = {"formations": [{"identifiant": f"F_{n}", "certification": codes[n % 4]} for n in range(44)]}
        corps["formations"].append({"identifiant": "Prise"})
        return banc_essai.ajouter_formations(cnx, gestionnaire.organisme.id, corps)["formations"]


def mesurer(client, compter, url, **options):
    """Ask twice and count the second time: the first may fill what the process remembers."""
    client.demander("GET", url, **options)
    with compter() as envoyees:
        assert client.demander("GET", url, **options).status_code == 200
    return envoyees


# The session; then, for the catalogue, the counts and the page.
LECTURES = {
    # How many there are of each, the page, and the certifications among which one may choose.
    "/catalogue": SESSION + 3,
    "/catalogue?recherche=f_&statut=brouillon": SESSION + 3,
    # Twenty formations without actions, of the first fifty: what the organisation may do, by its own list and by the
    # registry; the habits, the page, its sessions, its actions.
    "/catalogue/controle": SESSION + 6,
    "/formations/nouvelle": SESSION,
    "/formations/nouvelle?type=clea": SESSION,
    "/formations/nouvelle?type=clea&certification=RS2203": SESSION + HABILITATION,
    "/formations/nouvelle?type=certifiante&type_code=RS&code=2203": SESSION + HABILITATION,
    FICHE: SESSION + HABILITATION,
    "/aide/code-d-identification": SESSION,
    "/aide/code-d-identification?recherche=clea": SESSION + 1,
    "/mode-d-emploi": SESSION,
    "/perdue": SESSION,
}


@pytest.mark.parametrize("url", [u for u in LECTURES if u != "/perdue"])
def test_a_screen_sends_the_stated_number_of_statements(client, compter, catalogue, url):
    envoyees = mesurer(client, compter, url)
    assert len(envoyees) == LECTURES[url], envoyees
    assert all(requete.lstrip().upper().startswith(("SELECT", "WITH")) for requete in envoyees)


def test_a_page_of_the_catalogue_sends_four_statements_whatever_its_size(client, compter, catalogue, atelier, etranger,
                                                                         navigateur):  # fmt: skip
    atelier.formation(etranger)
    assert len(mesurer(client, compter, "/catalogue")) == 4
    suite = client.get("/catalogue").lien("Formations suivantes")
    assert len(mesurer(client, compter, suite)) == 4
    assert len(mesurer(navigateur(etranger), compter, "/catalogue")) == 4


def test_a_formation_sends_nine_statements(client, compter, catalogue):
    # Its identifier is its own: nobody else is looked for. Its actions are listed, its sessions counted, both judged,
    # with all that the organisation may do; the certification says what it may do for it. What an import has kept of it
    # is looked for by its key.
    assert len(mesurer(client, compter, f"/formations/{catalogue[0]['id']}")) == 8 + HABILITATION


def test_a_visitor_costs_the_database_nothing(visiteur, compter):
    for url in ("/connexion", "/mode-d-emploi", "/mode-d-emploi/creer-une-formation-clea", "/composants"):
        assert mesurer(visiteur, compter, url) == []


@pytest.mark.parametrize("htmx", [True, False], ids=["htmx", "sans JavaScript"])
@pytest.mark.parametrize(
    ("identifiant", "nombre"),
    [("Libre", SESSION + 1), ("", SESSION), ("Cléa", SESSION + 1), ("Prise", SESSION + 4), ("F_1", SESSION + 5)],
)
def test_verifier_sends_the_stated_number_of_statements(client, compter, catalogue, identifiant, nombre, htmx):
    # Who has the identifier; when it is taken, which of its neighbours are, twenty at first, then all the others.
    en_tetes = {"HX-Request": "true"} if htmx else {}
    donnees = {"csrf_token": client.jeton(), "identifiant": identifiant, "certification": "RS2203",
               "type_formation": "clea", "version": "0"}  # fmt: skip
    url = "/formations/00000000-0000-0000-0000-000000000001/verification"
    client.demander("POST", url, data=donnees, headers=en_tetes)
    with compter() as envoyees:
        assert client.demander("POST", url, data=donnees, headers=en_tetes).status_code == 200
    # The page, unlike the toast, also says under the field whether the identifier is taken, and of the certification
    # what the organisation may do.
    attendu = nombre + (0 if htmx else HABILITATION if identifiant == "" else 1 + HABILITATION)
    assert len(envoyees) == attendu, envoyees


def test_following_the_typing_sends_two_statements(client, compter, catalogue):
    donnees = {
        "csrf_token": client.jeton(),
        "identifiant": "Libre",
        "certification": "RS2203",
        "type_formation": "clea",
    }
    url = "/formations/00000000-0000-0000-0000-000000000001/saisie"
    client.demander("POST", url, data=donnees, headers={"HX-Request": "true"})
    with compter() as envoyees:
        client.demander("POST", url, data=donnees, headers={"HX-Request": "true"})
    assert len(envoyees) == SESSION + 1, envoyees


def test_choosing_a_certification_by_htmx_only_reads_the_session_and_the_habilitation(client, compter):
    url = "/formations/nouvelle/certification?type=clea&certification=RS2203"
    assert len(mesurer(client, compter, url, headers={"HX-Request": "true"})) == SESSION + HABILITATION


def test_a_save_writes_once(client, compter, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    with compter() as envoyees:
        fragment = client.htmx(page, "Enregistrer les modifications", contenu="Autre")
    assert "Enregistré à" in fragment.html
    ecritures = [
        r.split()[0].upper() + " " + r.split()[1] for r in envoyees if not r.lstrip().upper().startswith("SELECT")
    ]
    assert ecritures == ["UPDATE formation"]
    assert len(envoyees) <= 8, envoyees
