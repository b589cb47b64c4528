"""What comes after a certification is said before it is chosen: its own end, what follows, and what no date decides."""

import re
from datetime import date
from itertools import count
from urllib.parse import quote

import pytest

from tests.builders import un_siret, une_fiche
from tests.registre_fabrique import Fiche, zip_csv
from tests.services.test_import_registre import importer
from tests.web.lecture_html import plat
from webapp.domain.statuts import Statut
from webapp.persistence import tables
from webapp.services import comptes, import_registre

LE = date(2026, 11, 23)
ADRESSE = "/catalogue/echeancier"
SUITE = (
    "RS5000 est remplacée par RS6604 – Exploiter la blockchain, dont l'enregistrement prend fin le 26 novembre 2026 "
    "(dans 3 jours)."
)
ENSUITE = "RS6604 sera remplacée par RS6910 – Blockchain 2027, qui prend effet le 1er mars 2027."
BOUCLE = (
    "Les fiches RS8011 et RS8012 se désignent l'une l'autre pour la suite : aucune date ne dit laquelle remplace "
    "l'autre."
)


def une(numero: str, intitule: str, **faits: object) -> Fiche:
    """Make a record of nobody's, with no bloc."""
    rien: dict[str, object] = dict.fromkeys(("blocs", "partenaires", "rome", "anciennes"), ())
    return Fiche(numero, intitule, **{**rien, **faits})  # type: ignore[arg-type]  # each of its own type


@pytest.fixture
def publie(base, tmp_path):
    """Import an export in which what replaces RS5000 ends too, and two records replace each other."""
    finie = {"actif": False, "fin": "30/06/2026", "decision": "01/07/2020"}
    fiches = [
        une("RS5000", "Blockchain", actif=False, fin="24/05/2024", decision="01/07/2020", nouvelles=("RS6604",)),
        une("RS6604", "Exploiter la blockchain", fin="26/11/2026", decision="26/04/2024", nouvelles=("RS6910",)),
        une("RS6910", "Blockchain 2027", fin="28/02/2030", decision="20/11/2026", effet="01/03/2027"),
        une("RS7003", "CléA", fin="31/12/2026", decision="01/01/2022"),
        une("RS8011", "Un", **finie, nouvelles=("RS8012",)),
        une("RS8012", "Deux", **finie, nouvelles=("RS8011",)),
    ]
    importer(base, zip_csv(tmp_path / "export.zip", fiches), le=date(2026, 11, 22))
    yield
    with base.ecriture() as cnx:
        import_registre.annuler(cnx)


@pytest.fixture
def en_2026(base, atelier):
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Formation Essai", un_siret(), LE)
    return atelier.utilisateur(organisme)


@pytest.fixture
def pages(navigateur, atelier, en_2026):
    """Give the échéancier and the form of a formation that prepares a certification."""

    rangs = count()

    def ouvrir(code):
        formation = atelier.formation(
            en_2026,
            une_fiche(identifiant=f"F_{next(rangs)}", intitule=code, certification=code, type_formation="certifiante"),
        )
        personne = navigateur(en_2026)
        return personne.get(ADRESSE), personne.get(f"/formations/{formation.id}")

    return ouvrir


@pytest.mark.usefixtures("publie")
def test_the_end_of_a_successor_is_said_before_it_is_taken(pages):
    for page in pages("RS5000"):
        texte = plat(page.texte())
        assert SUITE in texte
        assert ENSUITE in texte
        assert texte.index(SUITE) < texte.index(ENSUITE)


@pytest.mark.usefixtures("publie")
def test_the_search_and_the_code_say_it_too(navigateur, en_2026):
    personne = navigateur(en_2026)
    trouve = plat(personne.get("/aide/code-d-identification?recherche=RS5000").texte())
    assert f"a pris fin le 24 mai 2024. {SUITE.replace('RS5000', 'Elle', 1)} {ENSUITE}" in trouve


@pytest.mark.usefixtures("publie")
def test_what_is_to_be_verified_says_its_end(pages):
    for page in pages("RS2203"):
        texte = plat(page.texte())
        assert "RS7003 – CléA : à vérifier (enregistrée jusqu'au 31 décembre 2026, dans 38 jours)." in texte
        assert "(CléA Management) : à vérifier (active au 15 mai 2026, échéance inconnue)." in texte


@pytest.mark.usefixtures("publie")
@pytest.mark.parametrize("code", ["RS8011", "RS8012"])
def test_two_records_that_replace_each_other_are_said_once_in_words(pages, code):
    for page in pages(code):
        texte = plat(page.texte())
        assert texte.count(BOUCLE) == 1
        assert "a été remplacée par" not in texte
        assert "est remplacée par" not in texte


@pytest.mark.usefixtures("publie")
@pytest.mark.parametrize("code", ["RS5000", "RS6604", "RS2203", "RS8011"])
def test_no_sentence_says_elle_of_what_it_has_not_named(pages, code):
    for page in pages(code):
        dits = [plat(e.text_content()) for e in page.tous("//main//p | //main//li")]
        assert dits
        for dit in dits:
            assert not re.match(r"(Aucune source ne dit ce qui la|Elle|Son enregistrement) ", dit), dit
            assert not re.search(r"(?<!\. )Elle est remplacée|ce qui la remplace", dit), dit
            assert dit.find("Elle est remplacée") == -1 or re.search(r"La certification \w+ n'est plus .*\. Elle", dit)


def test_a_validated_formation_whose_certification_has_ended_is_to_be_corrected_wherever_it_is_told(
    navigateur, atelier, en_2026, base
):
    # Validated while its certification was active.
    fiche = une_fiche(identifiant="V", intitule="Vé", certification="RS5000", type_formation="certifiante")
    formation = atelier.formation(en_2026, fiche, statut=Statut.BROUILLON)
    with base.ecriture() as cnx:
        faits = {"statut": Statut.VALIDEE.value, "validee_le": tables.formation.c.modifiee_le}
        cnx.execute(tables.formation.update().where(tables.formation.c.id == formation.id).values(faits))
    personne = navigateur(en_2026)
    for adresse in (ADRESSE, "/catalogue"):
        texte = plat(personne.get(adresse).texte())
        assert "aucune action de formation" not in texte
        assert "à corriger" in texte
    assert "Il reste 1 champ à compléter" in plat(personne.get(f"/formations/{formation.id}").texte())


def test_many_at_once_is_offered_where_there_are_many(pages, atelier, en_2026, navigateur):
    seule, _ = pages("RS5000")
    assert "pour agir sur plusieurs à la fois" not in seule.texte()
    deux, _ = pages("RS5000")
    assert "pour agir sur plusieurs à la fois" in deux.texte()


@pytest.mark.parametrize("cherche", ["B96", "b96", " permis B96 "])
def test_a_category_of_licence_without_a_code_is_answered_by_the_search(navigateur, en_2026, cherche):
    trouve = plat(navigateur(en_2026).get(f"/aide/code-d-identification?recherche={quote(cherche)}").texte())
    assert "La catégorie B96, ouverte depuis le 12 janvier 2024, ne se choisit pas ici : son code" in trouve
    autre = plat(navigateur(en_2026).get("/aide/code-d-identification?recherche=B97").texte())
    assert "La catégorie" not in autre


def test_at_the_date_of_the_guide_that_category_is_not_known(client):
    assert "La catégorie" not in client.get("/aide/code-d-identification?recherche=B96").texte()
