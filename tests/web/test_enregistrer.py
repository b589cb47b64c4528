"""« Enregistrer les modifications » and « Valider » (guide step 13): what is stored, what is said, what is refused."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest

from tests.builders import LE, jour_a_paris, une_fiche
from tests.web.comparaison import TOUT, assert_same
from tests.web.test_etape_2 import FICHE, OBLIGATOIRE, a_faire, etat, validable
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS
from webapp.domain.fiche import NOMS
from webapp.domain.statuts import Statut
from webapp.persistence.tables import metadata

COMPLETE = {champ.nom: une_fiche().valeur(champ.nom) for champ in CHAMPS_COMMUNS}
TITRE = COMPLETE["intitule"]
ENREGISTREE = f"La formation « {TITRE} » est enregistrée au statut « Brouillon »."
VALIDEE = (
    f"La formation « {TITRE} » est validée : elle est conforme à vos critères de publication. Vous pouvez ensuite "
    "modifier cette offre, créer des actions de formation puis des sessions."
)
RETOMBEE = (
    f"La formation « {TITRE} » est revenue au statut « Brouillon » : elle ne remplit plus tout ce qu'une validation "
    "demande."
)


@pytest.fixture(params=["htmx", "sans JavaScript"])
def presser(request, client):
    """Fill the form and press a button, with htmx or without: the page then on screen must be the same."""

    def par_htmx(page, bouton, statut=200, **champs):
        return client.swap(page, client.htmx(page, bouton, statut, **champs))

    def sans(page, bouton, statut=200, **champs):
        return client.submit(page, bouton, statut, **champs)

    return par_htmx if request.param == "htmx" else sans


# ---------------------------------------------------------------------------- a new formation


def test_a_draft_is_saved_with_nothing_but_its_identifier(client, presser, stockees):
    apres = presser(client.get(FICHE), "Enregistrer les modifications", identifiant="Clea_Identifiant")
    assert apres.h1 == "Catalogue"
    assert apres.succes[0].startswith("La formation « Socle de connaissances et de compétences professionnelles (CléA)")
    [faite] = stockees()
    assert {nom: faite[nom] for nom in ("identifiant", "statut", "version", "objectif", "modifiee_par")} == {
        "identifiant": "Clea_Identifiant", "statut": "brouillon", "version": 1, "objectif": "",
        "modifiee_par": "Camille Martin",
    }  # fmt: skip
    assert jour_a_paris(faite["modifiee_le"]) == LE


def test_every_text_is_stored_as_it_was_typed(client, presser, stockees):
    textes = COMPLETE | {
        "objectif": "Un\n\n  deux\n", "contenu": "<b>{{ x }}</b> & « l'été » 😀", "points_forts": "\ttabulation",
    }  # fmt: skip
    assert presser(client.get(FICHE), "Enregistrer les modifications", **textes).succes == [ENREGISTREE]
    [faite] = stockees()
    assert {nom: faite[nom] for nom in textes} == textes
    assert (faite["certification"], faite["type_formation"]) == ("RS2203", "clea")
    page = client.get(f"/formations/{faite['id']}")
    assert {nom: page.valeur(nom) for nom in textes} == textes


def test_a_complete_fiche_is_validee_and_the_guide_says_what_comes_next(client, presser, stockees):
    assert presser(client.get(FICHE), "Valider", **COMPLETE).succes == [VALIDEE]
    assert [(f["statut"], f["version"]) for f in stockees()] == [("validee", 1)]


def test_a_complete_fiche_may_stay_a_draft(client, presser, stockees):
    assert presser(client.get(FICHE), "Enregistrer les modifications", **COMPLETE).succes == [ENREGISTREE]
    assert [f["statut"] for f in stockees()] == ["brouillon"]


def test_the_message_is_shown_once(client, presser):
    presser(client.get(FICHE), "Enregistrer les modifications", **COMPLETE)
    assert client.get("/catalogue").succes == []


def test_a_formation_without_a_title_is_called_by_its_identifier(client, presser):
    apres = presser(client.get(FICHE), "Enregistrer les modifications", identifiant="Sans_Titre", intitule="  ")
    assert apres.succes == ["La formation « Sans_Titre » est enregistrée au statut « Brouillon »."]


# ---------------------------------------------------------------------------- a formation of the catalogue


def test_saving_again_keeps_the_status_of_a_draft_and_of_a_validee(client, presser, atelier, gestionnaire, stockees):
    for statut, message in (
        (Statut.BROUILLON, ENREGISTREE), (Statut.VALIDEE, ENREGISTREE.replace("Brouillon", "Validée")),
    ):  # fmt: skip
        formation = atelier.formation(gestionnaire, une_fiche(identifiant=f"E_{statut.value}"), statut)
        page = client.get(f"/formations/{formation.id}")
        apres = presser(page, "Enregistrer les modifications", contenu="Un autre contenu.")
        assert apres.succes == [message]
        faite = next(f for f in stockees() if f["id"] == str(formation.id))
        assert (faite["statut"], faite["version"], faite["contenu"]) == (statut.value, 2, "Un autre contenu.")


def test_a_validee_that_loses_a_text_becomes_a_draft_again_and_it_is_said(client, presser, atelier, gestionnaire,
                                                                          stockees):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    page = client.get(f"/formations/{formation.id}")
    assert presser(page, "Enregistrer les modifications", contenu="").succes == [RETOMBEE]
    assert [f["statut"] for f in stockees()] == ["brouillon"]


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_valider_makes_it_validee_from_any_status_that_allows_it(client, presser, atelier, gestionnaire, stockees,
                                                                 statut):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    page = client.get(f"/formations/{formation.id}")
    assert presser(page, "Valider", contenu="Un autre contenu.").succes == [VALIDEE]
    assert [(f["statut"], f["contenu"]) for f in stockees()] == [("validee", "Un autre contenu.")]


def test_the_catalogue_and_the_form_show_it_as_it_is_now(client, presser, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    apres = presser(client.get(f"/formations/{formation.id}"), "Valider", intitule="Un autre titre")
    carte = apres.texte(f"//article[@aria-labelledby='titre-{formation.id}']")
    assert "Un autre titre" in carte
    assert "Validée" in carte
    page = client.get(f"/formations/{formation.id}")
    assert page.texte("//p[@class='etape-page']") == "Validée"
    assert page.valeur("version") == "2"


# ---------------------------------------------------------------------------- refusals

REFUS = {
    "trop long": ({"points_forts": "x" * 2551}, "« Les points forts de la formation » : Trop long pour être gardé"),
    "identifiant sans fin": ({"identifiant": "x" * 301}, "« Votre identifiant interne de formation » : Trop long pour"),
    "invisible": ({"objectif": "a\u202eb"}, "« Objectif de la formation » : Ce texte contient un caractère invisible"),
}


@pytest.mark.parametrize("cas", REFUS)
def test_what_cannot_be_stored_is_refused_with_the_text_kept(client, cas, stockees):
    textes, message = REFUS[cas]
    textes = COMPLETE | textes
    page = client.get(FICHE)
    vif = client.swap(page, client.htmx(page, "Enregistrer les modifications", 422, **textes))
    plein = client.submit(page, "Enregistrer les modifications", 422, **textes)
    for refus in (vif, plein):
        assert refus.alertes[0].startswith(f"La formation n'est pas enregistrée : {message}")
        assert refus.succes == []
        assert {nom: refus.valeur(nom) for nom in textes} == textes
        assert len(a_faire(refus)) == 1
        assert not validable(refus)
        fautifs = [nom for nom in textes if refus.par_id(nom).get("aria-invalid") == "true"]
        [fautif] = REFUS[cas][0]
        assert fautifs == [fautif]
        assert etat(refus, fautif)[0].startswith(message.split(" : ", 1)[1])
    assert_same(vif, plein, TOUT)
    assert stockees() == []


def test_several_faults_are_counted_and_listed(client, stockees):
    textes = COMPLETE | {"points_forts": "x" * 2551, "intitule": "x" * 2600, "identifiant": "é"}
    page = client.get(FICHE)
    vif = client.swap(page, client.htmx(page, "Enregistrer les modifications", 422, **textes))
    assert vif.alertes == ["La formation n'est pas enregistrée : 2 points à revoir, listés dans « Pour valider »."]
    assert a_faire(vif) == [
        "Votre identifiant interne de formation À corriger", "Intitulé de la formation À corriger",
        "Les points forts de la formation À corriger",
    ]  # fmt: skip
    assert stockees() == []


def test_valider_an_incomplete_fiche_is_refused_and_nothing_is_stored(client, stockees):
    page = client.get(FICHE)
    plein = client.submit(page, "Valider", 422, identifiant="Incomplete")
    vif = client.swap(page, client.htmx(page, "Valider", 422, identifiant="Incomplete"))
    assert_same(vif, plein, TOUT)
    assert plein.alertes == ["La formation n'est pas validée : 5 points à revoir, listés dans « Pour valider »."]
    assert stockees() == []
    fait = client.submit(plein, "Enregistrer les modifications")
    assert fait.h1 == "Catalogue"


def test_valider_an_incomplete_formation_leaves_it_as_it_was(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    avant = stockees()
    page = client.get(f"/formations/{avant[0]['id']}")
    refus = client.submit(page, "Valider", 422, contenu="")
    [alerte] = refus.alertes
    assert alerte == f"La formation n'est pas validée : « Contenu de la formation » : {OBLIGATOIRE.removeprefix('▲ ')}"
    assert refus.h1 == "Modifier la formation"
    assert stockees() == avant


def test_a_taken_identifier_is_refused_beside_its_field_with_the_text_kept(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    textes = COMPLETE | {"identifiant": "CLEA_1"}
    message = "L'identifiant « CLEA_1 » est déjà utilisé par une autre formation de votre catalogue."
    page = client.get(FICHE)
    for bouton, debut in (("Enregistrer les modifications", "enregistrée"), ("Valider", "validée")):
        vif = client.swap(page, client.htmx(page, bouton, 422, **textes))
        plein = client.submit(page, bouton, 422, **textes)
        assert_same(vif, plein, TOUT)
        assert vif.alertes == [
            f"La formation n'est pas {debut} : « Votre identifiant interne de formation » : {message}"
        ]
        assert etat(vif, "identifiant") == [message]
        assert {nom: vif.valeur(nom) for nom in textes} == textes
    assert len(stockees()) == 1


def test_a_formation_cannot_take_the_identifier_of_another(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    autre = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_2"))
    avant = stockees()
    page = client.get(f"/formations/{autre.id}")
    assert client.submit(page, "Enregistrer les modifications", 422, identifiant="clea_1").alertes
    assert stockees() == avant
    assert client.submit(page, "Enregistrer les modifications", identifiant="CLEA_2").h1 == "Catalogue"


@pytest.mark.parametrize(
    ("forge", "repris"),
    [
        ({"certification": ""}, "Choisissez une certification."),
        ({"certification": "RS1"}, "Cette certification est inconnue du registre local : choisissez-en une autre."),
        ({"certification": "RS313"}, "RS313 ne convient pas au type « Cléa »."),
        ({"certification": "\x00"}, "Cette certification est inconnue du registre local : choisissez-en une autre."),
        ({"type_formation": "publiee"}, "Choisissez un type de formation de la liste."),
        ({"type_formation": "vae"}, "RS2203 ne convient pas au type « VAE »."),
        ({"type_formation": "VAE"}, "Choisissez un type de formation de la liste."),
        ({"type_formation": ""}, "Choisissez un type de formation de la liste."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_a_certification_or_a_type_that_was_forged_is_refused_and_said(client, stockees, forge, repris, htmx):
    champs = {"type_formation": "clea", "certification": "RS2203", "version": "0", **COMPLETE} | forge
    url = f"/formations/{uuid4()}"
    if htmx:
        donnees = {"csrf_token": client.jeton(), **champs}
        reponse = client.demander("POST", url, data=donnees, headers={"HX-Request": "true"})
        assert reponse.status_code == 422
        assert repris.replace("'", "’").split(" : ")[0] in reponse.text.replace("\xa0", " ")
    else:
        refus = client.page_postee(url, champs, 422)
        assert any(repris in ligne for ligne in a_faire(refus))
        assert not validable(refus)
    assert stockees() == []


# ---------------------------------------------------------------------------- once, whatever is sent again


def test_the_same_form_sent_twice_makes_one_formation_and_gives_the_same_answer(client, presser, stockees):
    page = client.get(FICHE)
    premier = presser(page, "Enregistrer les modifications", **COMPLETE)
    avant = stockees()
    second = presser(page, "Enregistrer les modifications", **COMPLETE)
    assert_same(premier, second)
    assert stockees() == avant
    assert len(avant) == 1


def test_valider_sent_twice_counts_once(client, presser, stockees):
    page = client.get(FICHE)
    premier, second = (presser(page, "Valider", **COMPLETE) for _ in range(2))
    assert_same(premier, second)
    assert [(f["statut"], f["version"]) for f in stockees()] == [("validee", 1)]


def test_a_change_sent_twice_counts_once(client, presser, atelier, gestionnaire, stockees):
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    for bouton, version in (("Enregistrer les modifications", 2), ("Valider", 3)):
        page = client.get(f"/formations/{formation.id}")
        premier, second = (presser(page, bouton, contenu=f"Contenu {version}") for _ in range(2))
        assert_same(premier, second)
        assert [f["version"] for f in stockees()] == [version]


def test_saved_then_validated_from_the_same_page_becomes_validee(client, stockees):
    # A double gesture: the first answer is lost, the person presses the other button.
    page = client.get(FICHE)
    client.htmx(page, "Enregistrer les modifications", **COMPLETE)
    assert client.swap(page, client.htmx(page, "Valider")).succes[-1] == VALIDEE
    assert [(f["statut"], f["version"]) for f in stockees()] == [("validee", 2)]


# ---------------------------------------------------------------------------- only what is meant to be written

COLONNES = sorted({colonne.name for table in metadata.tables.values() for colonne in table.columns})


def intruses():
    """Every column name of every table that is not a field of the form, with values that would matter."""
    return {nom: str(UUID(int=7)) for nom in COLONNES if nom not in {*NOMS, "version"}} | {
        "statut": "validee", "modifiee_par": "Personne", "creee_le": "1999-01-01", "modifiee_le": "1999-01-01",
        "validee_le": "1999-01-01", "archivee_le": "1999-01-01", "nombre": "99", "role": "gestionnaire_edof",
        "actif": "0", "date_reference": "1999-01-01", "_method": "DELETE", "_methode": "DELETE",
    }  # fmt: skip


@pytest.mark.parametrize("bouton", ["", "/validation"])
def test_no_column_can_be_written_by_an_extra_field(client, base, gestionnaire, etranger, stockees, bouton):
    assert len(intruses()) > 30
    id = uuid4()
    champs = {"type_formation": "clea", "certification": "RS2203", "version": "0", **COMPLETE}
    assert client.poster(f"/formations/{id}{bouton}", champs | intruses()).status_code == 303
    [avec] = stockees()
    assert client.poster(f"/formations/{uuid4()}{bouton}", champs | {"identifiant": "Temoin"}).status_code == 303
    temoin = next(f for f in stockees() if f["identifiant"] == "Temoin")
    variables = {"id", "identifiant", "creee_le", "modifiee_le"}
    assert {n: v for n, v in avec.items() if n not in variables} == {
        n: v for n, v in temoin.items() if n not in variables
    }
    assert avec["id"] == str(id)
    assert jour_a_paris(avec["creee_le"]) == jour_a_paris(temoin["creee_le"]) == LE
    with base.lecture() as cnx:
        assert banc_essai.lister_formations(cnx, etranger.organisme.id) == []


@pytest.mark.parametrize(
    "suffixe", ["", "/validation", "/archivage", "/restauration", "/suppression", "/duplication", "/saisie",
                "/verification", "/retrait", "/abandon"],
)  # fmt: skip
def test_extra_fields_change_nothing_of_a_formation_of_the_catalogue(client, atelier, gestionnaire, stockees, suffixe):
    def faire(identifiant, extra):
        fiche = une_fiche(identifiant=identifiant)
        statut = Statut.ARCHIVEE if suffixe == "/restauration" else Statut.BROUILLON
        formation = atelier.formation(gestionnaire, fiche, statut)
        champs = {nom: fiche.valeur(nom) for nom in NOMS} | {"version": str(formation.version)}
        if suffixe == "/duplication":
            champs = {"copies": str(uuid4())}
        reponse = client.poster(f"/formations/{formation.id}{suffixe}", champs | extra)
        faits = [
            {n: v for n, v in f.items() if n not in {"id", "identifiant", "creee_le", "modifiee_le"}}
            for f in stockees() if f["identifiant"] == identifiant
        ]  # fmt: skip
        return reponse.status_code, faits

    sans = faire("Sans", {})
    avec = faire("Avec", {n: v for n, v in intruses().items() if n != "nouvel_id"})
    assert sans == avec


def test_a_field_sent_twice_counts_for_its_first_value(client, stockees):
    donnees = [("csrf_token", client.jeton()), ("version", "0"), ("version", "9"), ("type_formation", "clea"),
               ("certification", "RS2203"), ("identifiant", "Premier"), ("identifiant", "Second")]  # fmt: skip
    reponse = client.demander(
        "POST", f"/formations/{uuid4()}", data=urlencode(donnees), content_type="application/x-www-form-urlencoded"
    )
    assert reponse.status_code == 303
    assert [f["identifiant"] for f in stockees()] == ["Premier"]


def test_a_formation_of_the_catalogue_may_be_saved_under_another_type_with_a_certification_that_suits_it(
    client, atelier, gestionnaire, stockees
):
    formation = atelier.formation(gestionnaire, une_fiche())
    champs = {nom: formation.fiche.valeur(nom) for nom in NOMS} | {"version": "1", "contenu": "Changé"}
    client.page_postee(f"/formations/{formation.id}", champs | {"certification": "RS313"}, 422)
    autre = {"certification": "RS313", "type_formation": "certifiante"}
    client.poster(f"/formations/{formation.id}", champs | autre)
    [faite] = stockees()
    assert (faite["certification"], faite["type_formation"], faite["contenu"]) == ("RS313", "certifiante", "Changé")
