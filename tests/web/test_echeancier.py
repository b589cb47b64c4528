"""« Échéancier »: what ends, when, and what takes its place; the catalogue's cards say it too."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import un_siret, une_fiche
from tests.registre_fabrique import Fiche, zip_csv
from tests.services.test_import_registre import importer
from tests.web.lecture_html import plat, valeur
from webapp.domain.comptes import Role
from webapp.services import comptes, import_registre

ADRESSE = "/catalogue/echeancier"


@pytest.fixture
def en_2026(base, atelier):
    """Somebody whose organisation lives on 23 November 2026: RS5719 ends 38 days later, RS5000 has ended."""
    with base.ecriture() as cnx:
        organisme = comptes.creer_organisme(cnx, "Formation Essai", un_siret(), date(2026, 11, 23))
    return atelier.utilisateur(organisme)


def preparer(atelier, auteur, *codes):
    return [
        atelier.formation(
            auteur,
            une_fiche(
                identifiant=f"F_{code}", intitule=f"Formation {code}", certification=code, type_formation="certifiante"
            ),
        )
        for code in codes
    ]


def test_an_empty_page_says_so(client):
    page = client.get(ADRESSE)
    assert page.h1 == "Échéancier"
    assert "Aucune échéance dans les 180 jours" in page.texte()


def test_the_catalogue_leads_to_it(client, atelier, gestionnaire):
    preparer(atelier, gestionnaire, "RS2203")
    assert client.get(client.get("/catalogue").lien("Échéancier")).h1 == "Échéancier"


def test_what_ends_is_told_with_its_formations_and_its_successor(navigateur, atelier, en_2026):
    bientot, finie = preparer(atelier, en_2026, "RS5719", "RS5000")
    page = navigateur(en_2026).get(ADRESSE)
    assert [plat(e.text) for e in page.tous("//h2")] == ["Dans les 90 jours", "Déjà terminées"]
    texte = page.texte()
    assert "prend fin le 31 décembre 2026 : il reste 38 jours." in texte
    assert "RS5000 est remplacée par RS6604" in texte
    assert page.lien("Créer une formation qui prépare RS6604").endswith("type_code=RS&code=6604")
    assert {e.get("href") for e in page.tous("//main//li//li//a")} == {
        f"/formations/{bientot.id}", f"/formations/{finie.id}", f"/formations/{finie.id}?vers=RS6604",
    }  # fmt: skip
    remplacee = navigateur(en_2026).get(page.lien("Remplacer dans cette formation"))
    assert "RS6604" in remplacee.texte()
    assert valeur(remplacee.champ("Intitulé de la formation")) == "Formation RS5000"


def test_the_source_of_each_certification_that_is_named_is_told_once(navigateur, atelier, en_2026):
    preparer(atelier, en_2026, "RS5000", "RS3936")
    page = navigateur(en_2026).get(ADRESSE)
    [source] = page.tous("//li[@id='RS3936']/p[@class='source']")
    # The certification is known by the guide, those that are to be verified by an export.
    assert plat(source.text) == (
        "Source : Fiche pratique « Créer une formation Cléa », V2 du 28/11/2019 ; France compétences (data.gouv.fr), "
        "certifications actives au 15/05/2026"
    )
    [source] = page.tous("//li[@id='RS5000']/p[@class='source']")
    assert plat(source.text).count("France compétences") == len(set(plat(source.text).split(" ; ")))


def test_what_is_to_be_verified_may_be_taken_as_on_the_form(navigateur, atelier, en_2026):
    [formation] = preparer(atelier, en_2026, "RS2203")
    personne = navigateur(en_2026)
    page, fiche = personne.get(ADRESSE), personne.get(f"/formations/{formation.id}")
    offertes = {b.get("value") for b in fiche.tous("//button[@name='vers']")}
    assert len(offertes) > 1
    [carte] = page.tous("//li[@id='RS2203']")
    aller = {a.get("href") for a in carte.xpath(".//*[@class='echeance-gestes']//a")}
    assert aller == {f"/formations/{formation.id}?vers={code}" for code in offertes}
    assert {b.get("value") for b in carte.xpath(".//button[@name='lot']")} == {
        "archiver", *(f"remplacer.{code}" for code in offertes),
    }  # fmt: skip
    for code in offertes:
        assert f"Remplacer par {code} dans cette formation" in page.texte()
        assert f"?type=clea&certification={code}" in page.lien(f"Créer une formation qui prépare {code}")
    assert "à vérifier" in page.texte()
    assert "est remplacée par" not in plat(carte.text_content())


def test_what_is_done_there_leads_back_to_its_place(navigateur, atelier, en_2026):
    formation, _ = preparer(atelier, en_2026, "RS5000", "RS5719")
    personne = navigateur(en_2026)
    page = personne.get(ADRESSE)
    archivage = f"/formations/{formation.id}/archivage"
    envoi = {"echeance": "RS5000", "version": str(formation.version)}
    assert personne.poster(archivage, envoi).location == f"{ADRESSE}#RS5000"
    personne.get(ADRESSE)
    # Of a version that is gone, it is refused there too.
    assert personne.poster(archivage, envoi | {"version": "9"}).location == f"{ADRESSE}#RS5000"
    assert "Rien n'est fait" in " ".join(personne.get(ADRESSE).alertes)
    assert personne.poster(f"{ADRESSE}/choix", {"echeance": "RS5000"}).location == f"{ADRESSE}#RS5000"
    apres = personne.submit(page, "Archiver Formation RS5719")
    assert (apres.h1, apres.succes) == ("Échéancier", ["La formation « Formation RS5719 » est archivée."])
    rendue = personne.submit(apres, "Annuler")
    assert rendue.h1 == "Échéancier"
    assert "Formation RS5719" in rendue.texte()
    # An address that names no certification leads nowhere else.
    [autre] = preparer(atelier, en_2026, "RS5616")
    envoi = {"echeance": "//ailleurs.example", "version": str(autre.version)}
    assert personne.poster(f"/formations/{autre.id}/archivage", envoi).location.startswith("/catalogue")


def test_a_reader_is_not_offered_to_create(navigateur, atelier, en_2026):
    preparer(atelier, en_2026, "RS5000")
    lectrice = atelier.utilisateur(en_2026.organisme, role=Role.LECTEUR)
    page = navigateur(lectrice).get(ADRESSE)
    assert "RS5000 est remplacée par RS6604" in page.texte()
    assert "Créer une formation" not in page.texte()


def test_the_card_says_in_how_many_days(navigateur, atelier, en_2026):
    preparer(atelier, en_2026, "RS5719", "RS5000", "RS6604")
    page = navigateur(en_2026).get("/catalogue")
    badges = {
        plat(carte.find(".//h2").text_content()): [plat(b.text_content()) for b in carte.find_class("badge")]
        for carte in page.tous("//article")
    }
    assert badges == {
        "Formation RS5719": ["Brouillon", "Expire dans 38 jours"],
        "Formation RS5000": ["Brouillon", "Certification expirée"],
        "Formation RS6604": ["Brouillon"],
    }


NUMERIQUE = "Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)"


def numerique(numero: str, *, actif: bool = True, **faits: str | tuple[str, ...]) -> Fiche:
    """Make a record of CléA Numérique, of which nobody is a partner."""
    return replace(Fiche(numero, NUMERIQUE, actif, blocs=(), partenaires=(), rome=(), anciennes=()), **faits)  # type: ignore[arg-type]  # each of its own type


@pytest.fixture
def numerique_remplacee(base, tmp_path):
    """Two exports, of two days: on the second, CléA Numérique has ended and another record replaces it."""
    ancienne = numerique("RS5616", fin="30/11/2026", decision="24/11/2021")
    importer(base, zip_csv(tmp_path / "avant.zip", [ancienne]), le=date(2026, 11, 21))
    finie = numerique("RS5616", actif=False, fin="21/11/2026", decision="24/11/2021", nouvelles=("RS7801",))
    nouvelle = numerique("RS7801", fin="21/11/2031", decision="21/11/2026", anciennes=("RS5616",))
    importer(base, zip_csv(tmp_path / "apres.zip", [finie, nouvelle]), le=date(2026, 11, 22))
    yield
    with base.ecriture() as cnx:
        import_registre.annuler(cnx)


@pytest.mark.usefixtures("numerique_remplacee")
def test_a_clea_that_an_export_says_replaced_is_offered_its_successor_all_along(navigateur, atelier, en_2026):
    formation = atelier.formation(
        en_2026, une_fiche(identifiant="Numerique", intitule="Mes mots", certification="RS5616")
    )  # fmt: skip
    personne = navigateur(en_2026)
    page = personne.get(ADRESSE)
    assert "RS5616 est remplacée par RS7801" in page.texte()
    creation = page.lien("Créer une formation qui prépare RS7801")
    assert creation.endswith("?type=clea&certification=RS7801")
    assert personne.get(creation).par_id("certification-RS7801").get("checked") is not None
    # In the form too, and the texts follow.
    fiche = personne.get(f"/formations/{formation.id}")
    assert "Remplacer dans cette formation" in fiche.texte()
    remplacement = personne.get(page.lien("Remplacer dans cette formation"))
    assert valeur(remplacement.champ("Intitulé de la formation")) == "Mes mots"
    [type_formation] = remplacement.tous("//input[@name='type_formation']")
    [certification] = remplacement.tous("//input[@name='certification']")
    assert (type_formation.get("value"), certification.get("value")) == ("clea", "RS7801")


@pytest.mark.usefixtures("numerique_remplacee")
def test_many_are_replaced_at_once_and_given_back(navigateur, atelier, en_2026):
    formations = [
        atelier.formation(en_2026, une_fiche(identifiant=f"N_{n}", intitule="Mes mots", certification="RS5616"))
        for n in range(3)
    ]
    personne = navigateur(en_2026)
    page = personne.get(ADRESSE)
    envoi = {
        "choix": page.tous("//input[@name='choix']")[0].get("value"), "lot": "remplacer.RS7801",
        "choisie.formation": f"{formations[0].id} {formations[2].id}",
    }  # fmt: skip
    aller = [personne.poster(f"{ADRESSE}/choix", envoi) for _ in range(2)]
    # Sent twice, it is prepared once.
    assert [une.status_code for une in aller] == [303, 303]
    assert aller[0].location == aller[1].location
    apercu = personne.get(aller[0].location)
    assert apercu.h1 == "Remplacer la certification des formations par RS7801"
    assert apercu.texte().count("RS5616 → RS7801") == 2

    def certifications():
        lues = [atelier.lire(en_2026, une.id).fiche for une in formations]
        return [(lue.certification, lue.type_formation, lue.intitule) for lue in lues]

    avant = certifications()
    assert {code for code, _, _ in avant} == {"RS5616"}
    assert personne.poster(f"{aller[0].location}/lancement", {}).status_code == 303
    changees = ("RS7801", "clea", "Mes mots")
    assert certifications() == [changees, avant[1], changees]
    assert personne.poster(f"{aller[0].location}/annulation", {}).status_code == 303
    assert certifications() == avant


@pytest.mark.parametrize(
    ("envoi", "dit"),
    [
        ({}, "Cochez d'abord les formations à changer."), ({"lot": "archiver"}, "Cochez d'abord"),
        ({"choisie.formation": "{id}"}, "Choisissez ce qu'il faut changer."),
        ({"choisie.formation": "{id}", "lot": "decaler"}, "nombre de semaines"),
        ({"choisie.formation": "{id}", "lot": "remplacer.RS99999"}, "est inconnu du registre local"),
        ({"choisie.formation": "{id}", "lot": "remplacer.RS5000"}, "n'est plus active"),
    ],
)  # fmt: skip
def test_what_cannot_be_prepared_says_why(navigateur, atelier, en_2026, envoi, dit):
    [formation] = preparer(atelier, en_2026, "RS5000")
    personne = navigateur(en_2026)
    reponse = personne.poster(f"{ADRESSE}/choix", {nom: v.format(id=formation.id) for nom, v in envoi.items()})
    assert reponse.location == ADRESSE
    assert dit in " ".join(personne.get(ADRESSE).alertes)
    assert atelier.lire(en_2026, formation.id) == formation
