"""What a colour or a white space means, light or dark: good news is green, a refusal red, lines are shown as typed."""

import re

import pytest
from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, NOUVELLE
from tests.acceptation.la_page import visite as ouvrir_visite

LIGNES = "Ligne 1\nLigne 2\n\n  • en retrait"
LIRE = """element => {
  const style = getComputedStyle(element);
  return { texte: style.color, fond: style.backgroundColor, bord: style.borderLeftColor, trait: style.borderLeftStyle,
           epaisseur: parseFloat(style.borderLeftWidth), pointeur: style.cursor };
}"""


@pytest.fixture(params=["light", "dark"])
def visite(request, navigateur, notre_serveur, preparateur):
    with ouvrir_visite(navigateur, notre_serveur, preparateur, color_scheme=request.param) as ouverte:
        yield ouverte


def style(localisation):
    """Read it; a region that is being replaced has none, and is looked for again."""
    for _ in range(20):
        expect(localisation).to_be_visible()
        lu = localisation.evaluate(LIRE)
        if lu["texte"]:
            return lu
    raise AssertionError("never at rest")


def teinte(couleur):
    """Name the hue of a colour as a person would: « rouge », « vert », « orange », « bleu », or « gris »."""
    rouge, vert, bleu = (
        float(n) for n in couleur.removeprefix("rgba(").removeprefix("rgb(").rstrip(")").split(",")[:3]
    )
    if max(rouge, vert, bleu) - min(rouge, vert, bleu) < 30:
        return "gris"
    if rouge > vert and rouge > bleu:
        # Between red and yellow: how far green has gone on the way from blue to red.
        return "orange" if vert - bleu > 0.35 * (rouge - bleu) else "rouge"
    return "vert" if vert > rouge and vert > bleu and vert - bleu > 0.3 * (vert - rouge) else "bleu"


@pytest.mark.parametrize(
    ("couleur", "nom"),
    [("rgb(163, 39, 31)", "rouge"), ("rgb(255, 157, 148)", "rouge"), ("rgb(27, 107, 58)", "vert"),
     ("rgb(133, 214, 161)", "vert"), ("rgb(138, 75, 0)", "orange"), ("rgb(240, 180, 101)", "orange"),
     ("rgb(85, 98, 106)", "gris"), ("rgb(29, 92, 99)", "bleu"), ("rgba(124, 196, 203, 1)", "bleu")],
)  # fmt: skip
def test_a_hue_is_named_as_a_person_would(couleur, nom):
    assert teinte(couleur) == nom


def test_good_news_is_a_green_status_and_a_refusal_a_red_alert(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    for identifiant, role, nom, trouve in (
        ("Clea_9", "status", "vert", "disponible"),
        ("Clea_1", "alert", "rouge", "déjà"),
    ):
        visite.champ("identifiant").fill(identifiant)
        visite.bouton("Vérifier").click()
        message = visite.page.get_by_role(role).locator(".message").filter(has_text=trouve)
        lu = style(message)
        assert (teinte(lu["texte"]), teinte(lu["bord"])) == (nom, nom)
        assert lu["epaisseur"] >= 4
        # Of the two, only one is there.
        autre = "alert" if role == "status" else "status"
        expect(visite.page.get_by_role(autre).locator(".message")).to_have_count(0)


def test_under_a_field_what_is_wrong_is_red_what_is_right_green_what_is_missing_orange(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(NOUVELLE)
    visite.champ("identifiant").fill("Clea_9")
    visite.bouton("Vérifier").click()
    assert teinte(style(visite.page.locator("#identifiant-verifie, .etat-succes").first)["texte"]) == "vert"
    visite.champ("identifiant").fill("Clea_1")
    visite.bouton("Vérifier").click()
    assert teinte(style(visite.page.locator("#etat-identifiant .etat-erreur").first)["texte"]) == "rouge"
    assert teinte(style(visite.champ("identifiant"))["bord"]) == "rouge"
    assert teinte(style(visite.champ("intitule"))["bord"]) == "gris"
    assert teinte(style(visite.page.locator("#etat-points_forts .etat-manque").first)["texte"]) == "orange"


def test_a_count_is_red_beyond_its_limit_and_only_then(visite):
    visite.page.goto(NOUVELLE)
    compteur = visite.page.locator("#etat-points_forts .etat-compteur")
    for nombre, nom in ((255, "gris"), (256, "rouge"), (255, "gris")):
        visite.champ("points_forts").fill("x" * nombre)
        expect(compteur).to_have_text(f"{nombre} / 255 Caractères")
        assert teinte(style(compteur)["texte"]) == nom


def test_each_status_has_its_own_colour(visite):
    visite.porte.ajouter_formations(
        visite.organisme,
        [
            {**COMPLETE, "identifiant": f"F_{statut}", "statut": statut}
            for statut in ("brouillon", "validee", "archivee")
        ],
    )
    couleurs = {}
    for filtre, statut in (("Brouillons", "Brouillon"), ("Validées", "Validée"), ("Archivées", "Archivée")):
        visite.page.goto("/catalogue")
        visite.page.get_by_role("link", name=filtre).click()
        badge = visite.page.get_by_role("article").get_by_text(statut, exact=True)
        couleurs[statut] = teinte(style(badge)["texte"])
    assert couleurs == {"Brouillon": "orange", "Validée": "vert", "Archivée": "gris"}


def test_what_cannot_be_pressed_yet_does_not_look_as_what_can(visite):
    visite.page.goto(NOUVELLE)
    inactif, actif = style(visite.bouton("Valider")), style(visite.bouton("Enregistrer les modifications"))
    assert (inactif["trait"], inactif["pointeur"]) == ("dashed", "not-allowed")
    assert (actif["trait"], actif["pointeur"]) == ("solid", "pointer")
    assert inactif["fond"] == "rgba(0, 0, 0, 0)"


def test_where_one_is_does_not_look_as_where_one_may_go(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto("/catalogue")
    filtres = [style(visite.page.get_by_role("link", name=nom)) for nom in ("Toutes", "Brouillons")]
    assert filtres[0]["fond"] != filtres[1]["fond"]
    menu = visite.page.get_by_role("navigation", name="Navigation principale")
    ici, ailleurs = (style(menu.get_by_role("link", name=nom)) for nom in ("Catalogue", "Mode d’emploi"))
    assert ici["texte"] != ailleurs["texte"]


def test_what_is_done_for_good_is_red(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto("/catalogue")
    visite.page.get_by_role("button", name="Opérations").click()
    couleurs = {
        nom: teinte(style(visite.page.get_by_text(nom, exact=True))["texte"]) for nom in ("Modifier", "Supprimer")
    }
    assert couleurs == {"Modifier": "gris", "Supprimer": "rouge"}


@pytest.mark.parametrize(("le", "ton"), [("2026-12-20", "orange"), ("2026-11-23", "orange"), ("2027-01-01", "rouge")])
def test_on_a_card_an_end_to_come_is_orange_and_one_that_is_past_is_red(visite, le, ton):
    visite.porte.changer_date(visite.organisme, le)
    visite.porte.ajouter_formations(
        visite.organisme, [{**COMPLETE, "type_formation": "certifiante", "certification": "RS5719"}]
    )
    visite.page.goto("/catalogue")
    dit = visite.page.get_by_role("article").get_by_text(re.compile("^Expire |^Certification expirée"))
    assert teinte(style(dit)["texte"]) == ton


@pytest.mark.parametrize(
    ("le", "ton"),
    [("2026-12-31", "rouge"), ("2026-12-01", "rouge"), ("2026-11-30", "orange"), ("2026-10-02", "orange"),
     ("2026-10-01", "bleu"), ("2026-07-04", "bleu")],
)  # fmt: skip
def test_the_nearer_an_end_the_warmer_it_is_told_where_a_certification_is_chosen(visite, le, ton):
    visite.porte.changer_date(visite.organisme, le)
    visite.page.goto("/formations/nouvelle?type=certifiante&type_code=RS&code=5719")
    lu = style(visite.page.get_by_text("prend fin le 31 décembre 2026"))
    assert (teinte(lu["bord"]), lu["epaisseur"] >= 4) == (ton, True)


# ---------------------------------------------------------------------------- white space


def test_lines_are_shown_as_they_were_typed_to_whoever_only_reads(visite):
    visite.porte.ajouter_formations(visite.organisme, [{**COMPLETE, "contenu": LIGNES, "statut": "archivee"}])
    gardee = visite.porte.formation(visite.organisme, "Clea_1")
    visite.page.goto(f"/formations/{gardee['id']}")
    lu = visite.page.locator("dt", has_text="Contenu de la formation").locator("xpath=following-sibling::dd[1]")
    assert lu.inner_text() == gardee["contenu"]
    assert gardee["contenu"].count("\n") == 3


def test_lines_are_shown_as_they_were_typed_where_two_versions_are_compared(visite):
    visite.porte.ajouter_formations(visite.organisme, [COMPLETE])
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")
    visite.porte.modifier_en_collegue(visite.organisme, "Clea_1", {"contenu": LIGNES})
    gardee = visite.porte.formation(visite.organisme, "Clea_1")["contenu"]
    visite.champ("contenu").fill("Un\n\n  deux")
    visite.bouton("Enregistrer les modifications").click()
    expect(visite.page.get_by_role("heading", name="Deux versions de cette formation")).to_be_visible()
    textes = visite.page.locator(".conflit-texte").all_inner_texts()
    assert "Un\n\n  deux" in textes
    assert gardee in textes


def test_lines_of_an_example_are_kept_in_the_phrase_book(visite):
    visite.page.goto("/mode-d-emploi/phrases")
    visite.page.locator("details").evaluate_all("tous => tous.forEach((d) => { d.open = true; })")
    exemples = visite.page.locator("blockquote")
    ecrits = [texte for texte in exemples.all_text_contents() if "\n" in texte]
    assert ecrits
    assert set(ecrits) <= set(exemples.evaluate_all("liste => liste.map((e) => e.innerText)"))
