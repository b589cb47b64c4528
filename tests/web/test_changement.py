"""From étape 2/2 back to étape 1/2: another type or certification, and every text that still has a place."""

from uuid import uuid4

import pytest

from tests.builders import CLEA, PAR_TYPE, une_fiche, une_fiche_de
from tests.web.lecture_html import plat
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.persistence import formations
from webapp.persistence.formations import CategorisationPrise
from webapp.web.http.depot import DEPOTS_MAX, TAILLE_MAX

CHANGER = "Changer de type ou de certification"
ECRITS = {
    "identifiant": "Mon_Bilan", "intitule": "Mon titre", "objectif": "Un\ndeux\n", "contenu": "<b>gras</b>",
    "points_forts": "é" * 255, "resultats_attendus": "x" * 3001, "type_parcours": "96212", "objectif_general": "7",
}  # fmt: skip


def ouvrir(client, type_, certification=""):
    return client.get(f"/formations/nouvelle/fiche?type={type_}&certification={certification}")


def textes(page):
    return {champ.nom: page.valeur(champ.nom) for champ in CHAMPS_COMMUNS}


def changement(page):
    return [plat(phrase) for phrase in page.phrases("//*[contains(@class, 'changement')]")]


@pytest.fixture
def etape_1(client):
    """Étape 1/2 asked again from étape 2/2 of a new formation Cléa, with texts in every field."""
    return client.submit(ouvrir(client, "clea", "RS2203"), CHANGER, **ECRITS)


def vers_le_bilan(client, page):
    page = client.swap(page, client.choisir(page, "type", "bilan"))
    return client.submit(page, "Suivant")


def test_it_opens_on_what_the_formation_is_attached_to(etape_1):
    assert etape_1.h1 == CHANGER
    assert "Vos textes sont gardés" in etape_1.texte()
    coches = [r.get("value") for r in etape_1.tous("//input[@type='radio'][@checked][@name]")]
    assert coches == ["clea", "RS2203"]
    assert etape_1.par_id("suivant").get("aria-disabled") == "false"


def test_every_text_that_still_has_a_place_follows(client, etape_1):
    bilan = vers_le_bilan(client, etape_1)
    assert (bilan.valeur("type_formation"), bilan.valeur("certification")) == ("bilan", "CPF202")
    attendus = {**ECRITS, "objectif_general": "9"}
    assert textes(bilan) == attendus
    dit = " ".join(changement(bilan))
    for phrase in ("« Cléa » devient « Bilan de compétences »", "« CPF202 – Bilan de compétences »",
                   "« Professionnalisation » devient « (Re)mobilisation"):  # fmt: skip
        assert phrase in dit
    assert "Intitulé" not in dit


def test_texts_that_have_followed_are_not_saved_and_the_form_says_so(client, atelier, gestionnaire):
    """Given up, a change leaves them as unsaved as they were; of what was not touched there is nothing to lose."""
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get(f"/formations/{formation.id}")
    for ecrits, modifiee in (({}, 0), ({"objectif": "Un autre"}, 1)):
        rendue = client.submit(client.submit(page, CHANGER, **ecrits), "Revenir sans rien changer")
        assert len(rendue.tous("//form[@id='fiche' and @data-modifiee]", js=None)) == modifiee


def test_without_javascript_the_same_texts_follow(client):
    page = client.submit(ouvrir(client, "clea", "RS2203"), CHANGER, **ECRITS)
    page.cocher(page.tous("//form[@id='etape-1']")[0], "type", "bilan")
    page = client.submit(page, "Afficher")
    assert page.h1 == CHANGER
    assert textes(client.submit(page, "Suivant")) == {**ECRITS, "objectif_general": "9"}


def test_without_javascript_a_type_without_a_code_is_gone_on_with_at_once(client):
    # « Appliquer » is for a code that is typed: there is none here, and the type just ticked is what is wanted.
    page = client.submit(ouvrir(client, "vae"), CHANGER, **ECRITS)
    page.cocher(page.tous("//form[@id='etape-1']")[0], "type", "bilan")
    bilan = client.submit(page, "Suivant")
    assert (bilan.valeur("certification"), textes(bilan)) == ("CPF202", {**ECRITS, "objectif_general": "9"})


def test_without_javascript_another_category_is_gone_on_with_at_once(client):
    page = client.submit(ouvrir(client, "permis", "CPF206"), CHANGER, objectif="Conduire")
    page.cocher(page.tous("//form[@id='etape-1']")[0], "certification", "CPF210")
    assert client.submit(page, "Suivant").valeur("certification") == "CPF210"


def test_a_type_without_a_code_any_more_says_why_next_is_inactive(client):
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.get("/formations/nouvelle?type=creation")
    suivant = page.par_id("suivant")
    assert suivant.get("aria-disabled") == "true"
    raison = page.texte(f"//*[@id='{suivant.get('aria-describedby')}']")
    assert raison == "« Suivant » reste inactif : ce type n'a pas de code à cette date."


def test_a_text_that_has_no_place_any_more_is_said(client):
    permis = ouvrir(client, "permis", "CPF206")
    page = client.submit(permis, CHANGER, numero_agrement="E 02 075 1234 0", objectif="Conduire")
    dit = " ".join(changement(vers_le_bilan(client, page)))
    assert "Numéro d'agrément préfectoral : « E 02 075 1234 0 » n'a plus de place et ne sera pas gardé." in dit
    # The title was that of the licence, untouched.
    assert "« Permis de conduire, catégorie B » devient « Bilan de compétences »" in dit


def test_what_an_action_is_attached_to_is_called_an_action(client, etape_1):
    bilan = vers_le_bilan(client, etape_1)
    assert any(phrase.startswith("Action proposée") for phrase in changement(bilan))
    assert not any("Certification préparée" in phrase for phrase in changement(bilan))


def test_it_can_be_given_up(client, etape_1):
    page = client.submit(client.swap(etape_1, client.choisir(etape_1, "type", "vae")), "Revenir sans rien changer")
    assert (page.valeur("type_formation"), page.valeur("certification")) == ("clea", "RS2203")
    assert textes(page) == ECRITS
    assert changement(page) == []


def test_nothing_is_stored_before_the_save_and_then_all_of_it(client, etape_1, stockees):
    bilan = vers_le_bilan(client, etape_1)
    assert stockees() == []
    client.submit(bilan, "Enregistrer les modifications", resultats_attendus="court", duree_heures="20")
    [faite] = stockees()
    assert (faite["type_formation"], faite["certification"], faite["duree_heures"]) == ("bilan", "CPF202", "20")
    assert (faite["intitule"], faite["objectif"]) == ("Mon titre", "Un\ndeux\n")


def test_a_formation_of_the_catalogue_keeps_its_identity_and_its_version(client, atelier, gestionnaire, stockees):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    page = client.submit(client.get(f"/formations/{formation.id}"), CHANGER, contenu="Changé")
    bilan = vers_le_bilan(client, page)
    assert bilan.tous("//form[@id='fiche']")
    assert stockees()[0]["type_formation"] == "clea"
    client.submit(bilan, "Enregistrer les modifications")
    [faite] = stockees()
    # The length is missing: the formation goes back to a draft.
    assert (faite["type_formation"], faite["contenu"], faite["statut"], faite["version"]) == (
        "bilan", "Changé", "brouillon", 2,
    )  # fmt: skip


def test_a_code_applied_on_the_way_is_taken(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "certifiante"))
    page.cocher(page.tous("//form[@id='etape-1']")[0], "type_code", "RS")
    page = client.swap(page, client.htmx(page, "Appliquer", code="313"))
    fiche = client.submit(page, "Suivant")
    assert (fiche.valeur("type_formation"), fiche.valeur("certification")) == ("certifiante", "RS313")
    assert textes(fiche) == ECRITS


def test_going_on_without_a_choice_is_refused_and_loses_nothing(client, etape_1):
    page = client.swap(etape_1, client.choisir(etape_1, "type", "permis"))
    envoi = {c.get("name"): c.get("value") or c.text_content() for c in page.tous("//form[@id='etape-1']//*[@name]")
             if c.get("type") not in {"radio", "submit"}}  # fmt: skip
    refus = client.page_postee(f"{page.par_id('suivant').get('formaction')}", {**envoi, "type": "permis"}, 422)
    assert refus.h1 == CHANGER
    assert refus.refus[1:] == ["Catégorie de permis : Choisissez une catégorie de permis."]
    assert textes(vers_le_bilan(client, refus)) == {**ECRITS, "objectif_general": "9"}


def test_another_certification_is_one_click_away(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(intitule=CLEA.intitule))
    corps = {c.nom: formation.fiche.valeur(c.nom) for c in CHAMPS_COMMUNS}
    corps |= {"type_formation": "clea", "certification": "RS2203", "version": "1", "contenu": "Changé"}
    url = f"/formations/{formation.id}/changement/fiche"
    numerique = client.page_postee(url, corps | {"vers": "RS3936"})
    assert (numerique.valeur("type_formation"), numerique.valeur("certification")) == ("clea", "RS3936")
    assert numerique.valeur("contenu") == "Changé"
    assert "numérique" in numerique.valeur("intitule")
    voltaire = client.page_postee(url, corps | {"vers": "RS313"})
    assert (voltaire.valeur("type_formation"), voltaire.valeur("certification")) == ("certifiante", "RS313")
    refus = client.page_postee(url, corps | {"vers": "RS7003"}, 422)
    assert any("RS7003" in dit for dit in refus.refus)


def poser(client, adresse, combien):
    """Type other texts, so many times, that the session keeps as well."""
    for rang in range(combien):
        client.submit(client.get(adresse), CHANGER, intitule=f"Autre titre {rang}")


NEUVE = "/formations/nouvelle/fiche?type=clea&certification=RS2203"


@pytest.mark.parametrize(
    "neuve", [("clea", "RS2203"), ("certifiante", "RS313&code=RS313"), None],
    ids=lambda neuve: neuve[0] if neuve else "du catalogue",
)  # fmt: skip
@pytest.mark.parametrize("geste", ["changer", "montrer"])
def test_the_oldest_texts_make_way_and_their_page_leads_to_where_they_were_typed(
    client, atelier, gestionnaire, neuve, geste
):
    adresse = f"/formations/{atelier.formation(gestionnaire).id}"
    page = ouvrir(client, *neuve) if neuve else client.get(adresse)
    if geste == "changer":
        gardee = client.submit(page, CHANGER, intitule="Le premier titre")
    else:
        # What a field asks of the server without a script: the form again, as it was typed.
        champs = {nom: page.valeur(nom) for nom in ("version", "type_formation", "certification")}
        url = page.par_id("montrer").get("formaction")
        gardee = client.page_postee(url, {**champs, "montrer": "oui", "intitule": "Le premier titre"})
    poser(client, NEUVE, DEPOTS_MAX - 1)
    assert "Le premier titre" in client.get(gardee.url).html
    poser(client, NEUVE, 1)
    perdue = client.get(gardee.url)
    assert "Le premier titre" not in perdue.html
    assert perdue.alertes
    if not neuve:
        assert perdue.url == adresse
    elif geste == "changer":
        assert perdue.h1 == client.get("/formations/nouvelle").h1
    else:
        assert [perdue.valeur(nom) for nom in ("type_formation", "certification")] == [
            page.valeur(nom) for nom in ("type_formation", "certification")
        ]  # fmt: skip


def test_long_texts_make_way_sooner(client):
    premiere = client.submit(client.get(NEUVE), CHANGER, intitule="Le premier titre")
    for titre, reste in (("Un", True), ("Deux", False)):
        # As it is kept, an « é » takes six characters.
        client.submit(client.get(NEUVE), CHANGER, intitule=titre, contenu="é" * (TAILLE_MAX // 10))
        assert ("Le premier titre" in client.get(premiere.url).html) is reste


@pytest.mark.parametrize("suite", ["", "/type", "/certification", "/fiche"])
def test_an_archived_formation_does_not_change(client, atelier, gestionnaire, suite):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.ARCHIVEE)
    corps = {"type_formation": "clea", "certification": "RS2203", "version": str(formation.version), "vers": "RS3936"}
    client.page_postee(f"/formations/{formation.id}/changement{suite}", corps, 409)


def test_a_form_of_nothing_shows_an_empty_choice(client):
    page = client.page_postee(f"/formations/{uuid4()}/changement", {})
    assert page.h1 == CHANGER
    assert not page.a("suivant")


# ---------------------------------------------------------------------------- page 2 of each type


@pytest.mark.parametrize("type_", TypeFormation)
def test_each_type_is_saved_validated_and_read_again(client, stockees, type_):
    fiche = une_fiche_de(type_, identifiant=f"F_{type_.value}")
    if type_ is TypeFormation.CERTIFIANTE:
        page = client.get("/formations/nouvelle/fiche?type=certifiante&type_code=RS&code=313")
    else:
        page = ouvrir(client, type_.value, PAR_TYPE[type_].get("certification", "RS2203"))
    assert [c.nom for c in fiche.champs] == [
        c.get("name") for c in page.tous("//form[@id='fiche']//*[self::input or self::select or self::textarea]")
        if c.get("type") != "hidden"
    ]  # fmt: skip
    client.submit(page, "Valider", **{champ.nom: fiche.valeur(champ.nom) for champ in fiche.champs})
    [faite] = stockees()
    assert faite["statut"] == "validee"
    assert {champ.nom: faite[champ.nom] for champ in fiche.champs} == {c.nom: fiche.valeur(c.nom) for c in fiche.champs}
    relue = client.get(f"/formations/{faite['id']}")
    assert {c.nom: relue.valeur(c.nom) for c in fiche.champs} == {c.nom: fiche.valeur(c.nom) for c in fiche.champs}
    assert "Tout est rempli" in relue.texte("//*[@id='etat-resume']")


def test_a_second_vae_of_the_same_category_is_refused_and_names_the_first(client, atelier, gestionnaire, stockees):
    premiere = une_fiche_de(TypeFormation.VAE, identifiant="Vae_Langues")
    atelier.formation(gestionnaire, premiere, Statut.VALIDEE)
    page = ouvrir(client, "vae")
    seconde = {c.nom: premiere.valeur(c.nom) for c in premiere.champs} | {"identifiant": "Vae_Bis"}
    vive = client.swap(page, client.htmx(page, page.par_id("suivi"), **seconde))
    message = "La catégorisation 152 est celle de la formation « Vae_Langues » : une seule offre de VAE par catégorie."
    assert message in vive.texte("//*[@id='etat-categorisation']")
    refus = client.submit(ouvrir(client, "vae"), "Valider", 422, **seconde)
    assert plat(message) in refus.texte("//*[@id='etat-categorisation']")
    client.submit(refus, "Enregistrer les modifications")
    assert sorted(f["statut"] for f in stockees()) == ["brouillon", "validee"]


def test_a_category_taken_while_a_validated_vae_is_saved_is_said_and_loses_nothing(
    client, atelier, gestionnaire, monkeypatch
):
    fiche = une_fiche_de(TypeFormation.VAE, identifiant="Vae_Langues")
    formation = atelier.formation(gestionnaire, fiche, Statut.VALIDEE)
    page = client.get(f"/formations/{formation.id}")

    def prise_entre_temps(*_):
        raise CategorisationPrise

    # Another process validates between what the diagnostic sees and what is written: the index alone says so.
    monkeypatch.setattr(formations, "remplacer", prise_entre_temps)
    refus = client.submit(page, "Enregistrer les modifications", 422, objectif="Nouvel objectif")
    assert "La catégorisation 152 est celle d'une autre formation" in " ".join(refus.refus)
    assert refus.valeur("objectif") == "Nouvel objectif"


@pytest.mark.parametrize("code", ["37674", "37275"], ids=["known blocs", "unknown blocs"])
def test_the_rncp_asks_for_its_blocs_known_or_not(client, base, gestionnaire, stockees, code):
    # A day at which both are active: they end.
    with base.ecriture() as cnx:
        banc_essai.regler_organisme(cnx, gestionnaire.organisme.id, {"date_reference": "2026-11-23"})
    page = client.get(f"/formations/nouvelle/fiche?type=certifiante&type_code=RNCP&code={code}")
    fiche = une_fiche(certification=f"RNCP{code}", type_formation="certifiante")
    communs = {c.nom: fiche.valeur(c.nom) for c in CHAMPS_COMMUNS}
    refus = client.submit(page, "Valider", 422, **communs)
    assert "▲ Indiquez les blocs de compétences visés." in refus.texte("//*[@id='etat-blocs']")
    cases = refus.tous("//input[@name='blocs']")
    assert len(cases) == (2 if code == "37674" else 0)
    if cases:
        cases[1].set("checked", "")
        client.submit(refus, "Valider")
    else:
        client.submit(refus, "Valider", blocs=f"RNCP{code}BC02")
    [faite] = stockees()
    assert (faite["blocs"], faite["statut"]) == (f"RNCP{code}BC02", "validee")
