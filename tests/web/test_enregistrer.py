"""« Enregistrer les modifications » and « Valider » (guide step 13): what is stored, what is said, what is refused."""

import re
from datetime import UTC, datetime
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
from webapp.web.http.filters import heure

COMPLETE = {champ.nom: une_fiche().valeur(champ.nom) for champ in CHAMPS_COMMUNS}
TITRE = COMPLETE["intitule"]
DITE = re.compile(r"Enregistré à \d{1,2} h \d\d au statut « (.*) »")
VALIDEE = f"La formation « {TITRE} » est validée : elle est conforme à vos critères de publication."
ENSUITE = "Vous pouvez ensuite modifier cette offre, créer des actions de formation puis des sessions."
RETOMBEE = (
    f"La formation « {TITRE} » est revenue au statut « Brouillon » : elle ne remplit plus tout ce qu'une validation "
    "demande."
)


def au_statut(page):
    """The status under which the page says that it was just saved; none when it does not say so.

    With htmx it stands beside the buttons for as long as the form is open, without it first in the page.
    """
    return [lu[1] for dit in (page.enregistree, *page.succes) if (lu := DITE.fullmatch(dit))]


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
    assert apres.tous("//form[@id='fiche']")
    assert au_statut(apres) == ["Brouillon"]
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
    assert au_statut(presser(client.get(FICHE), "Enregistrer les modifications", **textes)) == ["Brouillon"]
    [faite] = stockees()
    assert {nom: faite[nom] for nom in textes} == textes
    assert (faite["certification"], faite["type_formation"]) == ("RS2203", "clea")
    page = client.get(f"/formations/{faite['id']}")
    assert {nom: page.valeur(nom) for nom in textes} == textes


def test_a_complete_fiche_is_validee_and_the_guide_says_what_comes_next(client, presser, stockees):
    assert presser(client.get(FICHE), "Valider", **COMPLETE).succes == [VALIDEE]
    assert [(f["statut"], f["version"]) for f in stockees()] == [("validee", 1)]


def test_a_complete_fiche_may_stay_a_draft(client, presser, stockees):
    apres = presser(client.get(FICHE), "Enregistrer les modifications", **COMPLETE)
    assert au_statut(apres) == ["Brouillon"]
    assert apres.texte("//p[@class='etape-page']") == "Brouillon"
    assert [f["statut"] for f in stockees()] == ["brouillon"]


def test_the_message_is_shown_once(client, presser):
    presser(client.get(FICHE), "Enregistrer les modifications", **COMPLETE)
    assert client.get("/catalogue").succes == []


def test_a_formation_without_a_title_is_called_by_its_identifier(client, presser, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Sans_Titre"), Statut.VALIDEE)
    apres = presser(client.get(f"/formations/{formation.id}"), "Enregistrer les modifications", intitule="  ")
    assert apres.succes[-1].startswith("La formation « Sans_Titre » est revenue au statut « Brouillon »")


def test_the_form_stays_with_its_new_version_its_address_and_the_way_to_its_card(client, stockees):
    page = client.get(FICHE)
    apres = client.swap(page, client.htmx(page, "Enregistrer les modifications", **COMPLETE))
    [faite] = stockees()
    assert (apres.url, apres.valeur("version")) == (f"/formations/{faite['id']}", "1")
    assert apres.onglet == f"{COMPLETE['intitule']} – Fiche vivante"
    # What the answer gave is what a reload shows, but for the hour, which only the answer knows.
    recharge = client.get(apres.url)
    [dite] = apres.tous("//*[@id='enregistree']/p[@class='enregistree-dite']")
    dite.getparent().remove(dite)
    for region in ("entete-fiche", "refus", "conflit", "etat-saisie", "enregistree", "changement"):
        assert_same(apres, recharge, (f"//*[@id='{region}']", "//head/title"))
    assert {nom: apres.valeur(nom) for nom in COMPLETE} == {nom: recharge.valeur(nom) for nom in COMPLETE}
    catalogue = client.get(apres.lien("Voir dans le catalogue"))
    assert catalogue.a(f"titre-{faite['id']}")


def test_a_second_save_of_the_same_form_updates_what_the_first_made(client, stockees):
    page = client.get(FICHE)
    page = client.swap(page, client.htmx(page, "Enregistrer les modifications", **COMPLETE))
    page = client.swap(page, client.htmx(page, "Enregistrer les modifications", contenu="Un autre contenu."))
    assert au_statut(page) == ["Brouillon"]
    assert [(f["version"], f["contenu"]) for f in stockees()] == [(2, "Un autre contenu.")]
    assert client.swap(page, client.htmx(page, "Valider")).succes == [VALIDEE]
    assert [(f["version"], f["statut"]) for f in stockees()] == [(3, "validee")]


def test_annuler_after_a_save_abandons_only_what_came_after(client, stockees):
    page = client.get(FICHE)
    page = client.swap(page, client.htmx(page, "Enregistrer les modifications", **COMPLETE))
    assert client.htmx(page, "Annuler").redirection == "/catalogue"
    assert "Quitter sans enregistrer" in client.htmx(page, "Annuler", contenu="Autre").html
    assert [f["contenu"] for f in stockees()] == [COMPLETE["contenu"]]


def test_the_hour_is_that_of_paris_and_does_not_break(client):
    page = client.get(FICHE)
    apres = client.htmx(page, "Enregistrer les modifications", **COMPLETE)
    assert re.search("Enregistré à \\d{1,2}\xa0h\xa0\\d\\d<", apres.html)
    heures = [heure(datetime(2019, 11, 28, *h, tzinfo=UTC)) for h in ((8, 5), (23, 59))]
    assert heures == ["9\xa0h\xa005", "0\xa0h\xa059"]


# ---------------------------------------------------------------------------- a formation of the catalogue


def test_saving_again_keeps_the_status_of_a_draft_and_of_a_validee(client, presser, atelier, gestionnaire, stockees):
    for statut in (Statut.BROUILLON, Statut.VALIDEE):
        formation = atelier.formation(gestionnaire, une_fiche(identifiant=f"E_{statut.value}"), statut)
        page = client.get(f"/formations/{formation.id}")
        apres = presser(page, "Enregistrer les modifications", contenu="Un autre contenu.")
        assert au_statut(apres) == [statut.libelle]
        faite = next(f for f in stockees() if f["id"] == str(formation.id))
        assert (faite["statut"], faite["version"], faite["contenu"]) == (statut.value, 2, "Un autre contenu.")


def test_a_validee_that_loses_a_text_becomes_a_draft_again_and_it_is_said(client, presser, atelier, gestionnaire,
                                                                          stockees):  # fmt: skip
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    page = client.get(f"/formations/{formation.id}")
    apres = presser(page, "Enregistrer les modifications", contenu="")
    assert au_statut(apres) == ["Brouillon"]
    assert apres.succes[-1] == RETOMBEE
    assert apres.texte("//p[@class='etape-page']") == "Brouillon"
    assert "Il reste 1 champ" in apres.texte("//*[@id='etat-resume']")
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
    assert apres.url == f"/formations/{formation.id}"
    catalogue = client.get(apres.lien("Voir dans le catalogue"))
    carte = catalogue.texte(f"//article[@aria-labelledby='titre-{formation.id}']")
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
        champ, _, raison = message.partition(" : ")
        assert refus.refus[0] == "La formation n'est pas enregistrée : 1 point à revoir"
        assert refus.refus[1].startswith(f"{champ.strip('« »')} : {raison}")
        assert len(refus.refus) == 2
        assert refus.onglet.startswith("Erreur : Nouvelle offre de formation")
        assert refus.succes == refus.alertes == []
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
    assert [dit.partition(" : Trop long")[0] for dit in vif.refus] == [
        "La formation n'est pas enregistrée : 2 points à revoir", "Intitulé de la formation",
        "Les points forts de la formation",
    ]  # fmt: skip
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
    assert plein.refus[0] == "La formation n'est pas validée : 5 points à revoir"
    assert [lien.get("href") for lien in plein.tous("//*[@id='refus']//a")] == [
        f"#{nom}" for nom in ("objectif", "contenu", "points_forts", "resultats_attendus", "type_parcours")
    ]
    assert stockees() == []
    fait = client.submit(plein, "Enregistrer les modifications")
    assert au_statut(fait) == ["Brouillon"]


def test_valider_an_incomplete_formation_leaves_it_as_it_was(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    avant = stockees()
    page = client.get(f"/formations/{avant[0]['id']}")
    refus = client.submit(page, "Valider", 422, contenu="")
    assert refus.refus == [
        "La formation n'est pas validée : 1 point à revoir",
        f"Contenu de la formation : {OBLIGATOIRE.removeprefix('▲ ')}",
    ]
    assert refus.tous("//form[@id='fiche']")
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
        assert vif.refus == [
            f"La formation n'est pas {debut} : 1 point à revoir", f"Votre identifiant interne de formation : {message}",
        ]  # fmt: skip
        assert etat(vif, "identifiant") == [message]
        assert {nom: vif.valeur(nom) for nom in textes} == textes
    assert len(stockees()) == 1


def test_a_formation_cannot_take_the_identifier_of_another(client, atelier, gestionnaire, stockees):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    autre = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_2"))
    avant = stockees()
    page = client.get(f"/formations/{autre.id}")
    assert client.submit(page, "Enregistrer les modifications", 422, identifiant="clea_1").refus
    assert stockees() == avant
    assert au_statut(client.submit(page, "Enregistrer les modifications", identifiant="CLEA_2")) == ["Brouillon"]


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
    "suffixe", ["", "/validation", "/archivage", "/archivage/annulation", "/restauration", "/restauration/annulation",
                "/suppression", "/duplication", "/saisie",
                "/verification", "/retrait", "/abandon"],
)  # fmt: skip
def test_extra_fields_change_nothing_of_a_formation_of_the_catalogue(client, atelier, gestionnaire, stockees, suffixe):
    def faire(identifiant, extra):
        fiche = une_fiche(identifiant=identifiant)
        statut = Statut.ARCHIVEE if suffixe in {"/restauration", "/archivage/annulation"} else Statut.BROUILLON
        formation = atelier.formation(gestionnaire, fiche, statut)
        champs = {nom: fiche.valeur(nom) for nom in NOMS} | {"version": str(formation.version)}
        if suffixe == "/duplication":
            champs = {"copies": str(uuid4()), "version": champs["version"]}
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


def test_what_comes_next_stays_on_the_page_for_as_long_as_the_formation_is_validated(client, presser, stockees):
    validee = presser(client.get(FICHE), "Valider", **COMPLETE)
    assert ENSUITE in validee.texte("//section[@id='pour-valider-region']")
    [faite] = stockees()
    page = client.get(f"/formations/{faite['id']}")
    assert ENSUITE in page.texte("//*[@id='etat-saisie']")
    vide = client.swap(page, client.htmx(page, page.par_id("suivi"), contenu=""))
    assert ENSUITE not in vide.texte("//*[@id='etat-saisie']")


@pytest.mark.parametrize(
    ("longs", "dit"),
    [
        (["points_forts"], "« Les points forts de la formation » dépasse sa limite : tout le texte est gardé, "),
        (["points_forts", "intitule"], "2 textes dépassent leur limite : ils sont gardés tout entiers, "),
    ],
)
def test_texts_over_their_limit_are_saved_and_told(client, longs, dit):
    page = client.get(FICHE)
    faite = client.swap(page, client.htmx(page, "Enregistrer les modifications", **dict.fromkeys(longs, "x" * 300)))
    assert [note for note in faite.succes if note.startswith(dit)]
