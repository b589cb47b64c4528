"""« Les phrases des scénarios » and « Essayer un scénario »: for anybody, with scripts or without, text never lost."""

import re

import pytest

from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.lecture_html import plat
from tests.web.test_mauvaises_saisies import OCTETS, SANS_PANNE, TEXTES
from webapp.mode_emploi.livre import livre

PHRASES, ESSAYER = "/mode-d-emploi/phrases", "/mode-d-emploi/essayer"
SCENARIO = """Étant donné que je gère le catalogue de mon organisme
Quant je clique sur « Ajouter une formation »
Et que je cliques sur le bouton « Suivant »
Alors la page "Catalogue" s'affiche
Et mon catalogue contient 3 formations
Et sous le champ « Code », je lis « 7 / 3000 Caractères »
Et les filtres comptent :

Zorglub"""


@pytest.fixture
def essai(visiteur):
    """Send a text without scripts and give the page that answers."""

    def envoyer(texte):
        noter(visiteur, texte)
        return visiteur.submit(visiteur.get(ESSAYER), "Essayer", texte=texte)

    return envoyer


def noter(client, texte):
    """Tell the client that each line, each value too, is what a person typed: it is not ours to typeset."""
    client.saisies |= {texte, *(ligne.strip() for ligne in texte.splitlines()), *re.findall("« ([^«»]+) »", texte)}


def ligne(page, numero):
    return page.texte(f"//li[@id='ligne-{numero}']")


# ---------------------------------------------------------------------------- the phrase book


def test_the_summary_leads_to_both_pages_and_they_lead_back(visiteur):
    sommaire = visiteur.get("/mode-d-emploi")
    for titre in ("Les phrases des scénarios", "Essayer un scénario"):
        page = visiteur.get(sommaire.lien(titre))
        assert page.h1 == titre
        assert {a.get("href") for a in page.tous("//main//a") if plat(a.text or "") == "Mode d'emploi"} == {
            "/mode-d-emploi"
        }


def test_every_phrase_is_there_with_its_meaning_its_parameters_its_example_and_its_uses(visiteur):
    page = visiteur.get(PHRASES)
    assert [plat(h.text_content()) for h in page.tous("//main//h2")] == [plat(c.titre) for c in livre().chapitres]
    for phrase in livre().phrases:
        texte = page.texte(f"//div[@id='{phrase.ancre}']")
        assert texte.startswith(plat("".join(morceau for morceau, _ in phrase.morceaux)))
        assert plat(phrase.sens) in texte
        assert phrase.exemple is not None
        assert plat(phrase.exemple.mot + phrase.exemple.texte) in texte
        for parametre in phrase.parametres:
            assert f"{parametre.libelle} : {plat(parametre.sens)}" in texte
            assert all(plat(valeur) in texte for valeur in (*parametre.valeurs, *parametre.vues))
        for groupe in phrase.emplois:
            assert plat(groupe.fonctionnalite) in texte
            assert all(f"{plat(e.scenario)} {groupe.fichier}" in texte for e in groupe.emplois)


def test_a_phrase_has_an_address_and_the_chapters_lead_to_theirs(visiteur):
    page = visiteur.get(PHRASES)
    for lien in page.tous("//nav[@aria-label='Chapitres']//a | //h3/a"):
        assert page.a(lien.get("href").removeprefix("#"))


@pytest.mark.parametrize(
    ("q", "dit", "nombre"),
    [
        ("double clique", "1 phrase trouvée.", 1),
        ("DOUBLE-CLIQUE", "1 phrase trouvée.", 1),
        ("je double-clique sur « Valider »", "1 phrase trouvée.", 1),
        ("zorglub", "Aucune phrase trouvée.", 0),
    ],
)
def test_a_search_works_without_scripts(visiteur, q, dit, nombre):
    page = visiteur.submit(visiteur.get(PHRASES), "Rechercher", q=q)
    assert page.url.startswith(f"{PHRASES}?q=")
    assert page.valeur("q") == q
    assert page.texte("//*[@id='livre-bilan']") == dit
    assert len(page.tous("//div[@class='phrase']")) == nombre


def test_an_empty_search_is_the_whole_book(visiteur):
    for requete in ({}, {"q": ""}, {"q": "   "}):
        page = visiteur.get(PHRASES, query_string=requete)
        assert len(page.tous("//div[@class='phrase']")) == len(livre().phrases)


@pytest.mark.parametrize("q", ["carte", "zorglub", ""])
def test_a_search_while_typing_shows_what_a_reload_would(visiteur, q):
    page = visiteur.get(PHRASES)
    champ = page.par_id("q")
    page.remplir(champ.getparent().getparent(), {"q": q}, js=True)
    apres = visiteur.swap(page, visiteur.htmx(page, champ))
    assert apres.url == (f"{PHRASES}?q={q}" if q else PHRASES)
    assert_same(apres, visiteur.get(apres.url), ("//*[@id='livre']", "//*[@id='livre-bilan']"))


def test_no_search_makes_the_book_fail(visiteur):
    for texte in TEXTES.values():
        requete = {"q": texte.encode("utf-8", "surrogatepass")}
        assert visiteur.demander("GET", PHRASES, query_string=requete).status_code in SANS_PANNE
    for octets in OCTETS.values():
        assert visiteur.demander("GET", f"{PHRASES}?q={octets.decode('latin-1')}").status_code in SANS_PANNE


# ---------------------------------------------------------------------------- the trial


def test_each_line_says_whether_it_is_known(essai):
    page = essai(SCENARIO)
    assert page.texte("//*[@id='essai-bilan']") == "7 étapes, dont 2 prêtes. 6 lignes à revoir."
    assert "Connue" in ligne(page, 1)
    assert "« Quant » n'est pas un mot-clé de Gherkin : écrivez « Quand »." in ligne(page, 2)
    assert "nom : Ajouter une formation" in ligne(page, 2)
    assert "Inconnue Aucune phrase ne dit cela. Les plus proches :" in ligne(page, 3)
    assert "Et que je clique sur « Suivant »" in ligne(page, 3)
    assert "Au lieu de « cliques », écrivez « clique ». Retirez « le bouton »." in ligne(page, 3)
    assert "Voir la phrase je clique sur « nom » (nouvel onglet)" in ligne(page, 3)
    assert "Les valeurs se mettent entre « et »" in ligne(page, 4)
    assert "Mal placée Cette phrase se dit après « Étant donné », et cette ligne suit « Alors »" in ligne(page, 5)
    assert "champ : Code ; texte : 7 / 3000 Caractères" in ligne(page, 6)
    assert "Il manque une table sous cette étape." in ligne(page, 7)
    assert not page.a("ligne-8")
    assert "ne commence par aucun mot-clé" in ligne(page, 9)


def test_what_differs_in_a_neighbour_is_marked(essai):
    page = essai("Quand je cliques sur « Suivant »")
    [premier, *_] = page.tous("//li[@id='ligne-1']//p[@class='essai-voisine']")
    assert [e.text for e in premier.iter("strong")] == ["clique"]


def test_the_lines_to_look_at_again_are_listed_and_lead_there(essai):
    page = essai(SCENARIO)
    liens = [a.get("href") for a in page.tous("//nav[@aria-label='Lignes à revoir']//a")]
    assert liens == [f"#ligne-{n}" for n in (2, 3, 4, 5, 7, 9)]
    assert all(page.a(lien[1:]) for lien in liens)


def test_a_scenario_without_fault_says_so(essai):
    page = essai("Quand j’ouvre le catalogue\nAlors le catalogue affiche 1 formation")
    assert page.texte("//*[@id='essai-bilan']") == "2 étapes : tout est connu."
    assert not page.tous("//nav[@aria-label='Lignes à revoir']")


def test_the_phrase_of_a_step_is_one_link_away_in_another_tab(essai, visiteur):
    page = essai("Quand je recharge la page")
    [lien] = page.tous("//li[@id='ligne-1']//a")
    chemin, _, ancre = lien.get("href").partition("#")
    assert (chemin, lien.get("target")) == (PHRASES, "_blank")
    assert visiteur.get(chemin).a(ancre)


def test_the_text_is_kept_as_it_was_typed(essai):
    tape = "  Quand je recharge la page\n\n\tAlors je lis « l'été »\n\nfin  "
    assert essai(tape).valeur("texte") == tape


def test_nothing_pasted_says_nothing_is_there_yet(essai):
    for vide in ("", "   \n\n  "):
        assert essai(vide).texte("//*[@id='essai-bilan']") == "Le résultat s'affichera ici."


@pytest.mark.parametrize("emetteur", ["Essayer", "texte"])
def test_while_typing_the_result_is_that_of_the_button(visiteur, essai, emetteur):
    attendue = essai(SCENARIO)
    page = visiteur.get(ESSAYER)
    element = page.par_id("texte") if emetteur == "texte" else emetteur
    fragment = visiteur.htmx(page, element, texte=SCENARIO)
    apres = visiteur.swap(page, fragment)
    assert_same(apres, attendue, PRINCIPAL)
    assert apres.par_id("texte") is not None
    assert "<textarea" not in fragment.html


def test_no_text_makes_the_trial_fail_nor_is_taken_for_html(visiteur):
    for texte in (*TEXTES.values(), SCENARIO * 300, "<script>alert(1)</script>", "Quand je clique sur « <b>x</b> »"):
        donnees = {"csrf_token": visiteur.jeton(), "texte": texte.encode("utf-8", "surrogatepass")}
        reponse = visiteur.demander("POST", ESSAYER, data=donnees)
        assert reponse.status_code == 200
        assert "<script>alert" not in reponse.text
        assert "<b>x" not in reponse.text


def test_a_text_that_is_too_big_is_refused(visiteur):
    donnees = {"csrf_token": visiteur.jeton(), "texte": "x" * 1_000_000}
    assert visiteur.demander("POST", ESSAYER, data=donnees).status_code == 413


def test_a_stale_page_gives_the_text_back(visiteur):
    noter(visiteur, SCENARIO)
    reponse = visiteur.poster(ESSAYER, {"texte": SCENARIO}, jeton="faux")
    page = visiteur._page(reponse, ESSAYER, 400)
    assert page.valeur("texte") == SCENARIO
    assert visiteur.submit(page, "Envoyer de nouveau").h1 == "Essayer un scénario"


def test_trying_asks_nothing_of_the_database(visiteur, base, monkeypatch):
    jeton = visiteur.jeton()
    monkeypatch.setattr(base, "lecture", None)
    monkeypatch.setattr(base, "ecriture", None)
    assert visiteur.demander("GET", PHRASES).status_code == 200
    assert visiteur.demander("POST", ESSAYER, data={"csrf_token": jeton, "texte": SCENARIO}).status_code == 200
