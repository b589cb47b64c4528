"""Étape 2/2 as it opens (guide steps 5 to 12): prefilled, explained, counted, and saying what « Valider » waits for."""

from uuid import UUID

import pytest

from tests.builders import CLEA, un_brouillon, une_fiche
from tests.web.comparaison import assert_same
from webapp.domain.champs import CHAMPS_COMMUNS, PAR_NOM
from webapp.domain.fiche import NOMS
from webapp.domain.nomenclatures import OBJECTIFS_GENERAUX, TYPES_PARCOURS
from webapp.domain.statuts import Statut
from webapp.settings import DATE_DU_GUIDE

FICHE = "/formations/nouvelle/fiche?type=clea&certification=RS2203"
OBLIGATOIRE = "▲ Ce champ est obligatoire pour valider votre formation."
PREREMPLIS = [
    "Code FORMACODE : 15041",
    "Code NSF : 100",
    "Code ROME : Pas de donnée",
    "Organisme certificateur : Pas de donnée",
    "Niveau d'entrée : Pas de donnée",
    "Niveau à la sortie de la formation : Sans niveau spécifique",
]


@pytest.fixture
def fiche(client):
    return client.get(FICHE)


def etat(page, nom):
    """Give what stands under a field, line by line."""
    paragraphes = page.par_id(f"etat-{nom}").findall("p")
    return [page.texte(f"//*[@id='etat-{nom}']/p[{rang}]") for rang, _ in enumerate(paragraphes, start=1)]


def a_faire(page):
    nombre = len(page.tous("//*[@id='reste-a-faire']//li[a]"))
    return [page.texte(f"(//*[@id='reste-a-faire']//li[a])[{n + 1}]") for n in range(nombre)]


def validable(page):
    """Say whether « Valider » is active; all its signs must agree."""
    complet = "data-complet" in page.par_id("etat-saisie").attrib
    assert (page.par_id("valider").get("aria-disabled") == "false") is complet
    assert bool(page.tous("//*[@id='reste-a-faire']//li[a]")) is not complet
    return complet


# ---------------------------------------------------------------------------- a new formation


def test_it_is_the_second_step_of_a_new_offer(fiche):
    assert fiche.h1 == "Nouvelle offre de formation"
    assert "Étape 2/2" in fiche.texte()
    assert fiche.texte("//*[@id='certification-titre']") == f"Préparation à la certification {CLEA.intitule}"


def test_the_preview_says_what_was_chosen_in_words_without_its_code(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    code = formation.fiche.valeur("type_parcours")
    assert page.texte("//*[@data-apercu='type_parcours']") == TYPES_PARCOURS[code]


def test_the_six_lines_of_the_guide_are_there_read_only_each_with_its_explanation(fiche):
    lignes = fiche.tous("//ul[@class='preremplis']/li")
    assert [fiche.texte(f"(//ul[@class='preremplis']/li)[{n + 1}]/span[1]") for n in range(6)] == PREREMPLIS
    for ligne, attendue in zip(lignes, PREREMPLIS, strict=True):
        [bouton] = ligne.findall("button")
        libelle = attendue.split(" : ")[0]
        assert fiche.commande(f"Explication : {libelle}") is bouton
        assert len(fiche.par_id(bouton.get("popovertarget")).text_content()) > 30
        assert not ligne.xpath(".//input|.//select|.//textarea")


def test_the_fields_are_those_of_the_domain_in_its_order(fiche):
    champs = fiche.tous("//main//form[@id='fiche']//*[self::input or self::textarea or self::select][@id]")
    assert [c.get("name") for c in champs if c.get("type") != "hidden"] == [c.nom for c in CHAMPS_COMMUNS]
    for champ in CHAMPS_COMMUNS:
        element = fiche.champ(champ.libelle.replace("’", "'"))
        assert element.get("id") == champ.nom
        assert element.tag == ("select" if champ.choix else "textarea" if champ.multiligne else "input")
        assert element.get("placeholder", "") == ("" if champ.choix else champ.invite)
        aide = f"aide-{champ.nom} " if champ.conseil_le(DATE_DU_GUIDE) else ""
        verifie = " verification" if champ.nom == "identifiant" else ""
        assert element.get("aria-describedby") == f"{aide}etat-{champ.nom}{verifie}"
        if champ.conseil_le(DATE_DU_GUIDE):
            assert champ.conseil_le(DATE_DU_GUIDE) in fiche.phrases(f"//*[@id='aide-{champ.nom}']")


def test_only_the_title_and_the_general_objective_are_prefilled(fiche):
    assert {champ.nom: fiche.valeur(champ.nom) for champ in CHAMPS_COMMUNS} == {
        "identifiant": "", "intitule": CLEA.intitule, "objectif": "", "contenu": "", "points_forts": "",
        "resultats_attendus": "", "type_parcours": "", "objectif_general": "6",
    }  # fmt: skip


def test_the_lists_hold_the_words_of_the_guide(fiche):
    def options(nom):
        return [(o.get("value"), o.text) for o in fiche.par_id(nom).iter("option")]

    assert options("type_parcours") == [
        ("", "Choisissez un type de parcours"), ("96211", "96211 - Individualisé"), ("96212", "96212 - Modulaire"),
        ("96213", "96213 - Collectif"), ("96214", "96214 - Mixte"),
    ]  # fmt: skip
    assert [valeur for valeur, _ in options("type_parcours")] == ["", *TYPES_PARCOURS]
    assert options("objectif_general")[1:] == list(OBJECTIFS_GENERAUX.items())


def test_what_is_under_each_field_says_what_is_missing_and_counts(fiche):
    assert etat(fiche, "identifiant") == ["▲ Saisissez un identifiant interne."]
    assert etat(fiche, "intitule") == ["64 / 255 Caractères"]
    for nom, maximum in (("objectif", 3000), ("contenu", 3000), ("points_forts", 255), ("resultats_attendus", 3000)):
        assert etat(fiche, nom) == [OBLIGATOIRE, f"0 / {maximum} Caractères"]
    assert etat(fiche, "type_parcours") == [OBLIGATOIRE]
    assert etat(fiche, "objectif_general") == []


def test_the_panel_lists_what_is_left_in_the_order_of_the_form_each_a_link_to_its_field(fiche):
    assert not validable(fiche)
    manquants = ["identifiant", "objectif", "contenu", "points_forts", "resultats_attendus", "type_parcours"]
    assert a_faire(fiche) == [PAR_NOM[nom].libelle for nom in manquants]
    assert [lien.get("href") for lien in fiche.tous("//*[@id='reste-a-faire']//a")] == [f"#{nom}" for nom in manquants]
    assert fiche.texte("//*[@id='etat-resume']") == "Il reste 6 champs à compléter pour valider."
    assert fiche.par_id("valider").get("aria-describedby") == "etat-resume"


def test_its_identity_is_drawn_each_time_and_its_version_is_that_of_what_is_not_saved(client, fiche):
    def identite(page):
        return UUID(page.par_id("fiche").get("action").removeprefix("/formations/"))

    autre = client.get(FICHE)
    assert identite(fiche) != identite(autre)
    assert fiche.valeur("version") == "0"
    assert_same(fiche, autre, sauf_uuid=True)
    for page in (fiche, autre):
        assert str(identite(page)) in page.commande("Vérifier").get("hx-post")
        assert client.get(f"/formations/{identite(page)}", 404).h1 == "Page introuvable"


def test_the_buttons_of_the_guide_are_there_valider_inactive_but_reachable(fiche):
    assert fiche.commandes("//div[@class='barre-actions']") == [
        "Pour valider : 2 sur 8", "Aperçu", "Annuler", "Enregistrer les modifications", "Valider",
    ]  # fmt: skip
    valider = fiche.commande("Valider")
    assert valider.get("aria-disabled") == "true"
    assert "disabled" not in valider.attrib
    assert [fiche.par_id("etat-resume")] == fiche.tous(f"//*[@id='{valider.get('aria-describedby')}']")


def test_without_javascript_valider_is_plain_and_a_notice_says_what_does_not_follow(fiche):
    assert fiche.commandes("//div[@class='barre-actions']", js=False) == [
        "Pour valider : 2 sur 8", "Aperçu", "Annuler", "Enregistrer les modifications", "Valider",
    ]  # fmt: skip
    assert "aria-disabled" not in fiche.commande("Valider", js=False).attrib
    notice = "Sans JavaScript, les compteurs et les messages ne suivent pas la saisie"
    assert notice in fiche.texte(js=False)
    assert notice not in fiche.texte()


def test_enter_in_a_field_does_not_press_the_first_button_that_comes(fiche):
    # A browser presses the first submit button of the form: a disabled one stops it, and app.js reads data-entree.
    boutons = [b for b in fiche.tous("//form[@id='fiche']//button") if b.get("type") == "submit"]
    assert "disabled" in boutons[0].attrib
    assert "hidden" in boutons[0].attrib
    assert fiche.champ("Votre identifiant interne de formation").get("data-entree") == "verifier"


def test_the_sentence_under_a_certification_of_the_registry_is_that_of_its_state(client):
    page = client.get("/formations/nouvelle/fiche?type=certifiante&type_code=RS&code=5000")
    assert not page.tous("//*[@id='certification']//p[contains(@class, 'avis')]")
    assert page.valeur("type_formation") == "certifiante"


@pytest.mark.parametrize(
    "requete", ["", "?type=clea", "?type=certifiante&type_code=RS", "?type=clea&certification=RS7003"]
)
def test_it_does_not_open_without_a_certification(client, requete):
    refus = client.get(f"/formations/nouvelle/fiche{requete}", 422)
    assert "Étape 1/2" in refus.texte()
    assert len(refus.refus[1:]) == 1


# ---------------------------------------------------------------------------- a formation of the catalogue


@pytest.mark.parametrize("statut", [Statut.BROUILLON, Statut.VALIDEE])
def test_a_formation_opens_with_its_texts_and_its_status(client, atelier, gestionnaire, statut):
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    page = client.get(f"/formations/{formation.id}")
    assert page.tous("//form[@id='fiche']")
    assert page.texte("//p[@class='etape-page']") == statut.libelle
    assert "Étape" not in page.texte("//div[@class='titre-page']")
    assert {champ.nom: page.valeur(champ.nom) for champ in CHAMPS_COMMUNS} == {
        champ.nom: formation.fiche.valeur(champ.nom) for champ in CHAMPS_COMMUNS
    }
    assert page.valeur("version") == str(formation.version)
    assert validable(page)
    a_valider, deja = "vous pouvez valider la formation.", "cette formation est validée et le restera."
    suite = deja if statut is Statut.VALIDEE else a_valider
    assert page.texte("//*[@id='etat-resume']") == f"Tout est rempli : {suite}"


SERA_BROUILLON = "Cette formation est validée : enregistrée ainsi, elle redeviendra un brouillon."


@pytest.mark.parametrize(
    ("textes", "annonce"),
    [({"contenu": ""}, True), ({"identifiant": "é"}, True), ({"contenu": "x" * 3001}, True),
     ({"contenu": "x" * 30_001}, False), ({"contenu": "Autre"}, False)],
)  # fmt: skip
def test_a_validee_says_before_the_save_that_it_will_be_a_draft(client, atelier, gestionnaire, textes, annonce):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.VALIDEE)
    page = client.get(f"/formations/{formation.id}")
    dit = client.swap(page, client.htmx(page, page.par_id("suivi"), **textes)).texte("//*[@id='etat-resume']")
    assert (SERA_BROUILLON in dit) is annonce
    # What is foretold is what happens.
    client.poster(
        f"/formations/{formation.id}", {nom: formation.fiche.valeur(nom) for nom in NOMS} | {"version": "1"} | textes
    )
    assert (atelier.lire(gestionnaire, formation.id).statut is Statut.BROUILLON) is annonce


def test_a_draft_does_not_say_that_it_will_be_one(client, atelier, gestionnaire):
    page = client.get(f"/formations/{atelier.formation(gestionnaire, une_fiche(contenu='')).id}")
    assert "brouillon" not in page.texte("//*[@id='etat-resume']")


def test_a_draft_says_what_it_misses(client, atelier, gestionnaire):
    page = client.get(f"/formations/{atelier.formation(gestionnaire, un_brouillon()).id}")
    assert not validable(page)
    assert len(a_faire(page)) == len(CHAMPS_COMMUNS) - 1
    assert page.texte("//*[@id='etat-resume']") == "Il reste 7 champs à compléter pour valider."


def test_one_thing_left_is_said_in_the_singular(client, atelier, gestionnaire):
    page = client.get(f"/formations/{atelier.formation(gestionnaire, une_fiche(contenu='')).id}")
    assert page.texte("//*[@id='etat-resume']") == "Il reste 1 champ à compléter pour valider."


def test_a_formation_on_a_certification_that_ended_says_why_it_cannot_be_validee(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    page = client.get(f"/formations/{formation.id}")
    assert not validable(page)
    # In one line, which opens on the rest: the first field stays in view.
    [plie] = page.tous("//*[@id='certification']//*[contains(@class, 'avis')]/details")
    assert page.texte("//*[@id='certification']//*[contains(@class, 'avis')]//summary") == (
        "RS2203 n'est plus active : certifications à vérifier"
    )
    assert "open" not in plie.attrib
    avis = page.texte("//*[@id='certification']//*[contains(@class, 'avis')]//details/p")
    assert avis.startswith("La certification RS2203 n'est plus active au ")
    assert a_faire(page) == [f"Certification préparée {avis}"]


@pytest.mark.parametrize(
    ("vers", "raison"),
    [
        ("RS999999", "Aucune certification du registre local n'a le code « RS999999 »."),
        ("x" * 500, "Aucune certification du registre local n'a le code « "),
        ("RS2203", "La formation prépare déjà RS2203."),
        ("RS7003", "La certification RS7003 n'est pas connue comme active au 28 novembre 2019"),
    ],
)
def test_a_certification_that_cannot_be_taken_by_its_address_is_said(client, atelier, gestionnaire, vers, raison):
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}?vers={vers}")
    [dite] = page.alertes
    assert raison in dite
    assert dite.endswith("La certification n'est pas remplacée.")
    assert client.get(f"/formations/{formation.id}?vers=").alertes == []


@pytest.mark.parametrize("statut", Statut)
def test_a_reader_reads_it_without_any_form(client_lecteur, atelier, gestionnaire, statut):
    formation = atelier.formation(gestionnaire, une_fiche(), statut)
    page = client_lecteur.get(f"/formations/{formation.id}")
    lecture_seule(page, formation)


def test_an_archived_formation_is_read_only_for_everybody(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(), Statut.ARCHIVEE)
    page = client.get(f"/formations/{formation.id}")
    restauration = f"//main//form[@action='/formations/{formation.id}/restauration']"
    assert [bouton.text_content() for bouton in page.tous(f"{restauration}//button")] == ["Restaurer la formation"]
    for formulaire in page.tous(restauration):
        formulaire.drop_tree()
    lecture_seule(page, formation)


def lecture_seule(page, formation):
    assert page.h1 == formation.fiche.intitule
    assert page.texte("//p[@class='etape-page']") == formation.statut.libelle
    # What the tab may keep of it is offered by a form that is hidden, and has no field.
    visibles = "//main//*[not(ancestor-or-self::form[@hidden])]"
    assert not [e for e in page.tous(visibles) if e.tag in {"form", "input", "textarea", "select", "button"}]
    assert not page.tous("//main//form//input[not(@type='hidden')]|//main//textarea|//main//select")
    termes = [page.texte(f"(//dt)[{n + 1}]") for n in range(len(page.tous("//dt")))]
    valeurs = [page.texte(f"(//dd)[{n + 1}]") for n in range(len(page.tous("//dd")))]
    lus = dict(zip(termes, valeurs, strict=True))
    assert lus["Identifiant interne de formation"] == formation.fiche.identifiant
    assert lus["Contenu de la formation"] == " ".join(formation.fiche.contenu.split())
    assert lus["Type de parcours de formation"] == "96214 - Mixte"
    assert lus["Objectif général de la formation"] == "Certification"
    assert [f"{terme} : {lus[terme]}" for terme in list(lus)[-6:]] == PREREMPLIS
    assert f"Certification préparée : {CLEA.intitule}" in page.texte()
    assert "Dernière modification : 28 novembre 2019, par Camille Martin" in page.texte()
    assert page.lien("Revenir au catalogue") == "/catalogue"


def test_a_formation_without_texts_is_read_as_such(client_lecteur, atelier, gestionnaire):
    page = client_lecteur.get(f"/formations/{atelier.formation(gestionnaire, un_brouillon()).id}")
    assert page.h1 == "(sans intitulé)"
    assert page.texte("//dl").count("Pas de donnée") == 7 + 3
