"""« Mode d'emploi »: every guide of features/guide, every step in its order, readable by anybody."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.web.lecture_html import plat
from webapp.mode_emploi.fiche import composer, fiches
from webapp.mode_emploi.guide import DOSSIER, guides
from webapp.mode_emploi.histoire import Histoire
from webapp.mode_emploi.mutation import mutation, tableur
from webapp.mode_emploi.publication import Publication
from webapp.mode_emploi.recherche import chercher
from webapp.mode_emploi.sabotage import sabotage
from webapp.mode_emploi.specification import features
from webapp.mode_emploi.tracabilite import matrices

ADRESSE = "/mode-d-emploi/creer-une-formation-clea"
FICHIER = ("Correspondance avec le fichier EDOF",)
PREUVES = ("Traçabilité", "Spécification")
OUTILS = ("Les phrases des scénarios", "Essayer un scénario", "Nouvelle édition")
REGLES = {
    chemin.stem.replace("_", "-"): re.findall(r"^\s*Règle\s*: (.*)$", chemin.read_text("utf-8"), re.MULTILINE)
    for chemin in sorted(DOSSIER.glob("*.feature"))
}


def titres(page, niveau):
    return [page.texte(f"(//main//{niveau})[{n + 1}]") for n in range(len(page.tous(f"//main//{niveau}")))]


def test_the_summary_lists_every_guide_and_each_opens(visiteur):
    page = visiteur.get("/mode-d-emploi")
    assert page.h1 == "Mode d'emploi"
    assert titres(page, "h3") == [*(plat(g.titre) for g in guides()), *FICHIER, *PREUVES, *OUTILS]
    for guide in guides():
        assert visiteur.get(page.lien(plat(guide.titre))).h1 == plat(guide.titre)
    dits = [
        page.texte(f"//li[.//a[@href='/mode-d-emploi/{guide.nom}']]/p[@class='texte-discret']") for guide in guides()
    ]
    assert [dit.split(" ·")[0] for dit in dits] == ["13 étapes", "7 étapes", "5 étapes", "7 étapes"]


@pytest.mark.parametrize("nom", REGLES)
def test_every_step_is_there_in_the_order_of_the_guide(visiteur, nom):
    page = visiteur.get(f"/mode-d-emploi/{nom}")
    attendus = [
        plat(regle).replace(" - ", " : ", 1) if regle.startswith("Étape") else plat(regle)
        for regle in (regle.removeprefix("Étape 0 - ") for regle in REGLES[nom])
    ]
    assert titres(page, "h2") == [*attendus, "Ce qui le prouve"]
    sommaire = [page.texte(f"(//nav[@aria-label='Étapes du guide']//li)[{n + 1}]") for n in range(len(attendus))]
    assert sommaire == [
        titre.removeprefix("Étape ").replace(" : ", " ", 1) if titre.startswith("Étape") else titre
        for titre in attendus
    ]


def test_the_box_opens_the_guide_and_its_thirteen_steps_are_numbered_in_order(visiteur):
    page = visiteur.get(ADRESSE)
    numeros = ["".join(e.itertext()) for e in page.tous("//span[@class='guide-etiquette']")]
    assert [plat(numero) for numero in numeros] == [plat(f"Étape {n} : ") for n in range(1, 14)]
    encadre = "//main//div[contains(@class, 'guide-groupe')][1]"
    assert "guide-encadre" in page.tous(encadre)[0].get("class")
    assert page.texte(f"{encadre}//h2") == "Votre attention est nécessaire !"
    rangees = [page.texte(f"({encadre}//table/tbody/tr)[{n}]") for n in (1, 2)]
    assert [rangee.split(" - ")[0] for rangee in rangees] == ["RS2203", "RS3936"]
    assert all(rangee.endswith("Active") and "Association nationale" in rangee for rangee in rangees)


def test_a_guide_of_our_own_says_so_and_the_guide_of_the_fiche_does_not(visiteur):
    assert [guide.hors_source for guide in guides()] == [False, True, True, True]
    dit = "Ce guide n'est pas une fiche du portail : il est écrit par nous."
    for guide in guides():
        assert (dit in visiteur.get(f"/mode-d-emploi/{guide.nom}").texte()) is guide.hors_source
    assert visiteur.get("/mode-d-emploi").texte().count("Écrit par nous") == 3


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.nom)
def test_every_card_says_something_and_what_announces_the_steps_is_none(visiteur, guide):
    page = visiteur.get(f"/mode-d-emploi/{guide.nom}")
    (annonce,) = page.tous("//div[contains(@class, 'guide-annonce')]")
    assert "carte" not in annonce.get("class").split()
    assert "étapes à suivre" in page.texte("//div[contains(@class, 'guide-annonce')]//h2")
    for carte in page.tous("//div[contains(@class, 'guide-groupe') and contains(@class, 'carte')]"):
        assert carte.xpath(".//section/div")


def test_the_summary_of_a_guide_leads_to_each_step(visiteur):
    page = visiteur.get(ADRESSE)
    for lien in page.tous("//nav[@aria-label='Étapes du guide']//a"):
        etape = page.par_id(lien.get("href").removeprefix("#"))
        assert etape.tag == "section"
        assert page.texte(f"//*[@id='{etape.get('aria-labelledby')}']").endswith(page_titre(lien))


def page_titre(lien):
    return plat("".join(lien.itertext())).split(" ", 1)[-1] if lien.find("span") is not None else plat(lien.text)


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.nom)
def test_every_sentence_of_the_guide_is_read_and_so_is_every_example(visiteur, guide):
    texte = visiteur.get(f"/mode-d-emploi/{guide.nom}").texte()
    for etape in guide.etapes:
        for paragraphe in etape.texte:
            assert plat(paragraphe) in texte
        for exemple in etape.exemples:
            assert plat(exemple.titre) in texte
            for pas in exemple.pas:
                assert plat(pas.texte) in texte
                assert plat(pas.bloc) in texte
                assert all(plat(cellule) in texte for rangee in pas.table for cellule in rangee)


def test_what_was_put_back_together_says_so(visiteur):
    page = visiteur.get(ADRESSE)
    guide = guides()[0]
    marques = [e for etape in guide.etapes for e in etape.exemples if e.reconstitue]
    assert marques
    assert page.texte().count("(reconstitué)") == len(marques)


@pytest.mark.parametrize(
    "nom", ["perdu", "creer_une_formation_clea", "CREER-UNE-FORMATION-CLEA", "..", "%00", "é", "x" * 3000]
)
def test_a_guide_that_does_not_exist_is_introuvable(visiteur, nom):
    assert visiteur.get(f"/mode-d-emploi/{nom}", 404).h1 == "Page introuvable"


def test_it_is_the_same_for_everybody_but_the_header(visiteur, client, client_lecteur):
    textes = {qui.get(ADRESSE).texte() for qui in (visiteur, client, client_lecteur)}
    assert len(textes) == 1


def test_the_menu_leads_there_and_says_where_one_is(client):
    menu = "//nav[@aria-label='Navigation principale']"
    page = client.get(client.get("/catalogue").commande("Mode d'emploi", dans=menu).get("href"))
    courants = [plat(a.text) for a in page.tous("//nav[@aria-label='Navigation principale']//a[@aria-current='page']")]
    assert courants == ["Mode d'emploi"]
    page = client.get(page.lien("Catalogue"))
    assert page.h1 == "Catalogue"
    courants = [plat(a.text) for a in page.tous("//nav[@aria-label='Navigation principale']//a[@aria-current='page']")]
    assert courants == ["Catalogue"]


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.nom)
def test_every_numbered_step_shows_its_pictures_with_their_texts(visiteur, guide):
    page = visiteur.get(f"/mode-d-emploi/{guide.nom}")
    [fiche] = [fiche for fiche in fiches() if fiche.guide == guide]
    attendues = [i for groupe in fiche.groupes for section in groupe for i in section.images]
    images = page.tous("//figure//img")
    assert [plat(image.get("alt")) for image in images] == [plat(i.alternative) for i in attendues]
    assert attendues
    for image, lien in zip(images, page.tous("//figure/a"), strict=True):
        assert image.get("src") == lien.get("href")
    for source, image in zip(page.tous("//figure//picture/source"), attendues, strict=True):
        assert "max-width" in source.get("media")
        assert (int(source.get("width")), int(source.get("height"))) == (image.etroit.largeur, image.etroit.hauteur)
        assert image.etroit.largeur < 450
        assert visiteur.demander("GET", source.get("srcset")).mimetype == "image/png"
    reponse = visiteur.demander("GET", images[0].get("src"))
    assert reponse.mimetype == "image/png"
    assert "immutable" in reponse.headers["Cache-Control"]


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.nom)
def test_a_guide_says_when_and_by_which_scenario_it_was_verified(visiteur, guide):
    page = visiteur.get(f"/mode-d-emploi/{guide.nom}")
    rangees = page.tous("//section[@id='preuves']//tbody/tr")
    attendues = [(etape, exemple) for etape in guide.etapes for exemple in etape.exemples]
    for rangee, (etape, exemple) in zip(rangees, attendues, strict=True):
        cases = [plat(" ".join("".join(case.itertext()).split())) for case in rangee]
        assert cases[0] == ("–" if etape.numero is None else str(etape.numero))
        assert cases[1].startswith(plat(exemple.titre))
        assert re.fullmatch(r"\d+(er)? \w+ \d{4}", cases[2])
        assert cases[3] == "✓ vérifié"
    bilan = page.texte("//section[@id='preuves']/details/summary")
    assert re.fullmatch(r"\d+ scénarios, tous vérifiés|1 scénario, vérifié", bilan)


def test_nothing_of_a_guide_is_proved_before_a_run(visiteur, monkeypatch):
    [fiche] = [fiche for fiche in fiches() if not fiche.guide.hors_source]
    nue = composer(fiche.guide, DOSSIER, Publication())
    monkeypatch.setattr("webapp.web.mode_emploi.fiches", lambda: (nue,))
    page = visiteur.get(ADRESSE)
    assert not page.tous("//figure")
    assert page.texte().count("? à vérifier") == len(nue.preuves)
    assert f"{len(nue.preuves)} scénarios, dont {len(nue.preuves)} à vérifier" in page.texte("//details/summary")
    assert "✓ vérifié" not in page.texte()


def test_a_guide_can_be_had_as_a_print(visiteur):
    page = visiteur.get(ADRESSE)
    reponse = visiteur.demander("GET", page.lien("Télécharger le guide (PDF)"))
    assert reponse.mimetype == "application/pdf"
    assert reponse.data.startswith(b"%PDF-")


def test_the_matrix_shows_every_sentence_and_leads_to_the_line_and_the_picture(visiteur):
    page = visiteur.get("/mode-d-emploi/tracabilite")
    [matrice] = matrices()
    texte = page.texte()
    for ligne in matrice.lignes:
        rangee = page.texte(f"//tr[@id='phrase-{ligne.id}']")
        assert plat(ligne.texte) in rangee
        assert plat(ligne.place) in rangee
        assert plat(ligne.preuve.libelle) in rangee
        assert plat(ligne.provenance) in rangee
        for note in ligne.notes:
            assert plat(note) in rangee
        for colonne in ligne.colonnes:
            assert plat(colonne.exemple.titre) in rangee
    vers = page.tous("//table//a[starts-with(., 'ligne ')]")
    assert vers
    fichier, _, ancre = vers[0].get("href").partition("#")
    assert visiteur.get(fichier).par_id(ancre) is not None
    assert texte.count("✓") > len(matrice.lignes)


def test_the_matrix_is_filtered_by_state_step_and_words_and_its_address_says_how(visiteur):
    [matrice] = matrices()
    citees = [ligne.id for ligne in matrice.lignes if ligne.preuve.name == "CITEE"]
    page = visiteur.get("/mode-d-emploi/tracabilite?etat=citee")
    assert [th.text for th in page.tous("//table//tbody//th")] == citees
    assert f"{len(citees)} fragments sur {len(matrice.lignes)}." in page.texte()
    page = visiteur.get("/mode-d-emploi/tracabilite?etape=7&q=HAUT+droite")
    assert [th.text for th in page.tous("//table//tbody//th")] == ["7.1", "7.2", "7.3"]
    assert page.tous("//input[@name='q']")[0].get("value") == "HAUT droite"
    page = visiteur.get("/mode-d-emploi/tracabilite?q=rien+de+tel")
    assert "Aucun fragment de la fiche ne correspond." in page.phrases()
    assert page.lien("Tout montrer") == "/mode-d-emploi/tracabilite"


def test_the_matrix_can_be_had_as_a_spreadsheet(visiteur):
    reponse = visiteur.demander("GET", "/mode-d-emploi/tracabilite/creer-une-formation-clea.csv")
    assert reponse.mimetype == "text/csv"
    assert "attachment" in reponse.headers["Content-Disposition"]
    assert reponse.data.decode("utf-8-sig") == matrices()[0].en_csv().removeprefix("\ufeff")
    assert visiteur.demander("GET", "/mode-d-emploi/tracabilite/perdu.csv").status_code == 404


def test_what_the_specification_catches_is_shown_and_leads_to_the_scenario(visiteur):
    page = visiteur.get("/mode-d-emploi/tracabilite/sabotage")
    fait = sabotage()
    assert fait is not None
    rangees = page.tous("//section[@aria-labelledby='sabotage']//tbody/tr")
    assert len(rangees) == len(fait.fautes) > 30
    for rangee, faute in zip(rangees, fait.fautes, strict=True):
        assert faute.temoin is not None, faute.nom
        lue = plat(" ".join("".join(rangee.itertext()).split()))
        for dit in (faute.phrase, faute.temoin.titre, faute.temoin.pas, "✓ attrapée"):
            assert plat(dit) in lue
    premiere = fait.fautes[0].temoin
    assert premiere is not None
    fichier, _, ancre = rangees[0].find(".//a").get("href").partition("#")
    assert plat(premiere.titre) in plat(visiteur.get(fichier).texte(f"//*[@id='{ancre}']"))
    details = page.tous("//ul[@class='sabotage-alteres']//details")
    assert not page.tous("//details[@class='sabotage-liste'][@open]")
    assert [len(d.findall("ul/li")) for d in details] == [len(a.alterations) for a in fait.alteres]


def test_what_the_specification_catches_can_be_had_as_a_spreadsheet(visiteur):
    reponse = visiteur.demander("GET", "/mode-d-emploi/tracabilite/sabotage.csv")
    fait = sabotage()
    assert fait is not None
    assert reponse.mimetype == "text/csv"
    assert reponse.data.decode("utf-8-sig") == fait.en_csv().removeprefix("\ufeff")


@pytest.mark.parametrize("survit", [False, True])
def test_the_page_says_what_survives_and_does_without_a_run(visiteur, monkeypatch, survit):
    fait = sabotage()
    assert fait is not None
    sans = replace(fait, fautes=(replace(fait.fautes[0], temoin=None),), alteres=())
    monkeypatch.setattr("webapp.web.mode_emploi.sabotage", lambda: sans if survit else None)
    reponse = visiteur.demander("GET", "/mode-d-emploi/tracabilite/sabotage")
    assert reponse.status_code == (200 if survit else 404)
    assert ("✗ survit" in reponse.text) is survit
    # What is well is folded; a hole is in sight.
    assert ('class="sabotage-liste" open' in reponse.text) is survit
    assert ("Ce que la spécification attrape" in visiteur.get("/mode-d-emploi/tracabilite").texte()) is survit
    assert visiteur.demander("GET", "/mode-d-emploi/tracabilite/sabotage.csv").status_code == (200 if survit else 404)


def test_what_the_tests_catch_is_shown_part_by_part_with_the_verdicts(visiteur):
    page = visiteur.get("/mode-d-emploi/tracabilite/mutation")
    assert "Ce que les tests attrapent" in page.texte("//h1")
    lu = plat(page.texte("//section[@aria-labelledby='mutation']"))
    assert mutation()
    for part in mutation():
        for dit in (part.titre, part.score, f"{part.tues} sur {part.joues}", f"graine {part.graine}"):
            assert plat(dit) in lu
        for survivant in part.survivants:
            assert survivant.fichier in lu
            assert plat(survivant.raison) in lu
    reponse = visiteur.demander("GET", "/mode-d-emploi/tracabilite/mutation.csv")
    assert reponse.data.decode("utf-8-sig") == tableur(mutation()).removeprefix("\ufeff")
    assert "Ce que les tests attrapent" in visiteur.get("/mode-d-emploi/tracabilite").texte()


def test_before_a_run_of_mutation_there_is_no_page_and_nothing_leads_to_it(visiteur, monkeypatch):
    monkeypatch.setattr("webapp.web.mode_emploi.mutation", tuple)
    for suite in ("", ".csv"):
        assert visiteur.demander("GET", f"/mode-d-emploi/tracabilite/mutation{suite}").status_code == 404
    assert "Ce que les tests attrapent" not in visiteur.get("/mode-d-emploi/tracabilite").texte()


@pytest.mark.parametrize("verdict", ["", "Un nom inconnu est absent aussi."])
def test_an_altered_step_that_survives_is_shown_with_the_verdict_of_whoever_looked(visiteur, monkeypatch, verdict):
    fait = sabotage()
    assert fait is not None
    premiere, *suite = fait.alteres[0].alterations
    altere = replace(fait.alteres[0], alterations=(replace(premiere, attrapee=False, verdict=verdict), *suite))
    seul = replace(fait, alteres=(altere,), dernier=fait.premier + timedelta(days=1))
    monkeypatch.setattr("webapp.web.mode_emploi.sabotage", lambda: seul)
    page = visiteur.get("/mode-d-emploi/tracabilite/sabotage")
    [dit] = page.tous("//ul[@class='sabotage-alteres']//details/ul/li[1]")
    assert plat("".join(dit.itertext())).endswith(f"survit : {verdict}" if verdict else "survit")
    [total] = page.tous("//ul[@class='sabotage-alteres']//summary/span")
    assert ("preuve-passe" in total.get("class")) is bool(verdict)
    texte = plat(page.texte("//section[@aria-labelledby='sabotage']"))
    assert ("1 survit, avec sa raison" in texte) is bool(verdict)
    assert "Essayé entre le " in texte


def test_every_scenario_says_since_when_it_holds_and_is_found_by_its_words(visiteur, monkeypatch):
    tous = [ecrit for feature in features() for ecrit in feature.scenarios]
    tenu, rompu = tous[0], tous[1]
    le = datetime(2026, 11, 23, 10, tzinfo=UTC)
    connue = Histoire(7, le, {tenu.cle: le}, {rompu.cle: le})
    monkeypatch.setattr("webapp.web.mode_emploi.histoire", lambda: connue)
    page = visiteur.get("/mode-d-emploi/specification")
    assert len(page.tous("//main//details//li")) == len(tous) > 600
    assert "7 exécutions complètes connues" in page.texte()
    dits = {place(li): plat("".join(li.find("span").itertext())) for li in page.tous("//main//details//li")}
    assert dits[tenu.place] == "✓ depuis le 23 novembre 2026"
    assert dits[rompu.place] == "✗ en échec le 23 novembre 2026"
    assert set(dits.values()) - {dits[tenu.place], dits[rompu.place]} == {"? à vérifier"}
    page = visiteur.get("/mode-d-emploi/specification?q=DUPLIQUER+action")
    trouves = page.tous("//main//details//li/a")
    assert 0 < len(trouves) < 30
    assert page.tous("//details[@open]")
    assert "Aucun scénario ne contient ces mots." in visiteur.get("/mode-d-emploi/specification?q=zygomatique").texte()


def place(li):
    adresse = li.find("a").get("href")
    chemin, _, ancre = adresse.partition("#L")
    rubrique, nom = chemin.split("/")[-2:]
    return next(f.fichier for f in features() if (f.rubrique, f.nom) == (rubrique, nom)), int(ancre)


def test_every_feature_can_be_read_line_by_line(visiteur):
    page = visiteur.get("/mode-d-emploi/specification")
    assert len(page.tous("//main//details")) == len(features()) > 10
    for feature in features():
        lue = visiteur.get(f"/mode-d-emploi/specification/{feature.rubrique}/{feature.nom}")
        assert lue.h1 == plat(feature.titre)
        lignes = ["".join(e.itertext()).removeprefix(str(n)) for n, e in enumerate(lue.tous("//ol//li"), start=1)]
        assert lignes == list(feature.lignes)
    assert visiteur.get("/mode-d-emploi/specification/guide/perdue", 404).h1 == "Page introuvable"


@pytest.mark.parametrize(
    ("demande", "etapes"),
    [("Vérifier", {7}), ("VERIFIER bouton haut", {7}), ("parcours adapte", {12}), ("rien de tel nulle part", set())],
)
def test_a_step_is_found_by_its_words(visiteur, demande, etapes):
    page = visiteur.get(f"/mode-d-emploi?{urlencode({'q': demande})}")
    trouvees = {t.etape.numero for t in chercher(demande)}
    assert etapes <= trouvees
    assert len(page.tous("//section[@aria-labelledby='trouvees']//li")) == len(trouvees)
    assert page.tous("//input[@name='q']")[0].get("value") == demande


def test_the_box_is_found_without_the_number_of_a_step(visiteur):
    page = visiteur.get("/mode-d-emploi?q=attention+VOLTAIRE")
    assert page.lien("Votre attention est nécessaire !").endswith("#etape-0")
    assert "Étape 0" not in page.texte()


def test_nothing_is_looked_for_when_nothing_is_asked(visiteur):
    assert not visiteur.get("/mode-d-emploi?q=%20").tous("//section[@aria-labelledby='trouvees']")
