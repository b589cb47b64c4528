"""What is published of the guide is that of the sources, and nothing is published that a run did not prove."""

import io
import json
import re
import shutil

import pytest
from PIL import Image as Pil
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from steps.guide import publication as publier
from steps.guide.comparaison import EMPREINTES, PUBLIE, phrases, publies
from steps.guide.composition import MARGE, Marque, croisements
from steps.guide.epreuve import PAGES_MAXIMUM, PART_D_UNE_PAGE, lire_feuille, titres_du_plan
from steps.guide.publication import IMAGES, MANIFESTE, RACINE, RELEVE, PublicationRefusee, dossier, verifier
from steps.rapports.documents import compose
from webapp.mode_emploi.fiche import fiches
from webapp.mode_emploi.guide import lire
from webapp.mode_emploi.publication import Publication, publication

FEATURE = """\
# language: fr
@guide
Fonctionnalité: Un guide

  Règle: Étape 1 - Faire

  @etape_1
  Scénario: Un
    Quand je fais
    Alors je vois

  @etape_2
  Plan du scénario: Deux <x>
    Quand je fais <x>
    Alors je vois

    Exemples:
      | x |
      | a |
      | b |
"""
NOMS = ("Un", "Deux a", "Deux b")
ECRITS = {s.nom: phrases(s.etapes) for s in compose("un_guide.feature", FEATURE).scenarios.values()}


EDITION = """\
[[figures]]
nom = "1"
etape = 1
scenario = "Un"
gestes = [{ repere = 1, pas = "je fais" }]
"""
LARGE, ETROIT = "un-guide-1-large.png", "un-guide-1-etroit.png"


def png(couleur: str) -> bytes:
    sortie = io.BytesIO()
    Pil.new("RGB", (128, 80), couleur).save(sortie, "PNG")
    return sortie.getvalue()


@pytest.fixture
def projet(tmp_path):
    """A little project with a run that has just passed."""
    (tmp_path / "features" / "guide").mkdir(parents=True)
    (tmp_path / "features" / "guide" / "un_guide.feature").write_text(FEATURE, "utf-8")
    (tmp_path / "features" / "guide" / "un_guide.edition.toml").write_text(EDITION, "utf-8")
    images = dossier(tmp_path) / "images"
    images.mkdir(parents=True)
    (images / "un-1.png").write_bytes(png("red"))
    ecrire(tmp_path, [scenario(nom) for nom in NOMS])
    return tmp_path


MORCEAU = {
    "fichier": "un-1.png", "taille": [64, 40], "marques": [[1, [4, 4, 20, 20]]], "textes": [[30, 4, 20, 10]],
    "commandes": [],
}  # fmt: skip
FORMAT = {"fond": "rgb(255, 255, 255)", "aria": ["- main"], "morceaux": [MORCEAU]}
IMAGE = {
    "nom": "1", "pas": [1], "ecran": False, "alternative": "Écran : repère 1, « Faire ».",
    "formats": {"large": FORMAT, "etroit": FORMAT},
}  # fmt: skip


def scenario(nom, *, statut="passe", libelles=None, image=IMAGE):
    return {
        "fichier": "features/guide/un_guide.feature", "ligne": 6, "nom": nom, "statut": statut,
        "navigateur": "chromium 1", "libelles": libelles or {}, "phrases": ECRITS[nom],
        "images": [image] if nom == "Un" and image else [], "etiquettes": ["guide"], "gestes": [],
    }  # fmt: skip


def avec(**morceau):
    formats = {"large": {**FORMAT, "morceaux": [{**MORCEAU, **morceau}]}, "etroit": FORMAT}
    return {**IMAGE, "formats": formats}


def ecrire(projet, scenarios):
    releve = {"joue_le": "2026-11-23T09:00:00+00:00", "scenarios": scenarios}
    (dossier(projet) / RELEVE).write_text(json.dumps(releve), "utf-8")


def lancer(projet):
    return publier.publier(projet, projet / "publie")


def test_the_guide_that_the_product_ships_is_that_of_these_sources():
    assert verifier() == []


def test_a_green_run_is_published(projet):
    assert "3 scénarios du guide" in lancer(projet)[0]
    lue = publication.__wrapped__(projet / "publie")
    assert lue.verifie_le is not None
    assert lue.verifie_le.isoformat() == "2026-11-23T09:00:00+00:00"
    assert set(lue.resultats) == {("features/guide/un_guide.feature", nom) for nom in NOMS}
    [image] = lue.resultats["features/guide/un_guide.feature", "Un"].images
    assert (image.nom, image.reperes, image.large.fichier) == ("1", (1,), LARGE)
    assert (image.large.largeur, image.large.hauteur) == (64 + 2 * MARGE, 40 + 2 * MARGE)
    assert {chemin.name for chemin in (projet / "publie" / IMAGES).iterdir()} == {LARGE, ETROIT}
    assert verifier(projet, projet / "publie") == []


def test_what_others_publish_in_the_same_folder_stays(projet):
    (projet / "publie").mkdir()
    (projet / "publie" / "phrases.json").write_text("{}")
    lancer(projet)
    assert (projet / "publie" / "phrases.json").exists()


@pytest.mark.parametrize(
    ("scenarios", "raison"),
    [
        ([scenario("Un"), scenario("Deux a"), scenario("Deux b", statut="echoue")], "1 scénario en échec"),
        ([scenario("Un"), scenario("Deux a")], "un_guide.feature : « Deux b »"),
        ([], "3 scénarios n’ont pas été joués"),
        ([scenario("Un"), scenario("Deux a"), scenario("Deux b", libelles={"Valider": False})], "« Valider »"),
        ([scenario("Un", image=None), scenario("Deux a"), scenario("Deux b")], "un_guide.feature : image 1"),
        (
            [scenario("Un", image=avec(textes=[[0, 0, 64, 40]])), scenario("Deux a"), scenario("Deux b")],
            "image un-guide-1 (large) : le repère 1 ne rejoint rien sans passer sur des lettres",
        ),
    ],
)
def test_nothing_is_published_of_a_run_that_does_not_prove_all(projet, scenarios, raison):
    lancer(projet)
    avant = (projet / "publie" / MANIFESTE).read_text("utf-8")
    ecrire(projet, scenarios)
    with pytest.raises(PublicationRefusee) as refus:
        lancer(projet)
    assert raison in str(refus.value).replace("\u00a0", " ")
    assert (projet / "publie" / MANIFESTE).read_text("utf-8") == avant


def test_nothing_is_published_before_a_run(tmp_path):
    with pytest.raises(PublicationRefusee, match="make guide"):
        lancer(tmp_path)


def test_pictures_too_heavy_to_ship_are_refused(projet, monkeypatch):
    monkeypatch.setattr(publier, "POIDS_MAXIMAL", 10)
    with pytest.raises(PublicationRefusee, match="trop"):
        lancer(projet)


def changer(projet, avant, apres):
    feature = projet / "features" / "guide" / "un_guide.feature"
    feature.write_text(feature.read_text("utf-8").replace(avant, apres), "utf-8")


@pytest.mark.parametrize(
    ("avant", "apres", "dits"),
    [
        ("Quand je fais\n", "Quand je fais autrement\n", ["« Un » n’est pas, ou plus, ce qui est publié"]),
        (
            "      | a |",
            "      | c |",
            ["« Deux c » n’est pas, ou plus,", "« Deux a », qui est publié, n’est plus écrit"],
        ),
        ("Scénario: Un\n", "Scénario: Trois\n", ["« Trois » n’est pas, ou plus,", "« Un », qui est publié,"]),
        (
            "Alors je vois\n\n  @etape_2",
            "Alors je vois :\n      | ceci |\n\n  @etape_2",
            ["« Un » n’est pas, ou plus,"],
        ),
    ],
)
def test_a_sentence_that_is_not_the_published_one_is_told_with_what_to_run(projet, avant, apres, dits):
    lancer(projet)
    changer(projet, avant, apres)
    derives = [derive.replace("\u00a0", " ") for derive in verifier(projet, projet / "publie")]
    assert len(derives) == len(dits)
    for derive, dit in zip(derives, dits, strict=True):
        assert dit in derive
        assert "make guide" in derive


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("  @etape_1\n", "  # Un mot pour qui relit.\n  @etape_1\n"),
        ("    Quand", "      Quand"),
        ("@guide", "@guide @regles"),
    ],
)
def test_what_changes_no_sentence_is_not_told_and_the_results_are_still_found(projet, avant, apres):
    lancer(projet)
    changer(projet, avant, apres)
    assert verifier(projet, projet / "publie") == []
    guide = lire(projet / "features" / "guide" / "un_guide.feature")
    lue = publication.__wrapped__(projet / "publie")
    assert {exemple.cle for etape in guide.etapes for exemple in etape.exemples} == set(lue.resultats)


def test_a_picture_changed_by_hand_is_told(projet):
    lancer(projet)
    image = projet / "publie" / IMAGES / LARGE
    image.write_bytes(image.read_bytes() + b"\n")
    [derive] = verifier(projet, projet / "publie")
    assert "à la main" in derive
    assert "make guide" in derive


def test_what_each_picture_showed_is_kept_beside_it(projet):
    lancer(projet)
    lus = publies.__wrapped__(projet / "publie")
    assert {nom for _, nom in lus} == set(NOMS)
    un = lus["features/guide/un_guide.feature", "Un"]
    assert list(un.phrases) == ["Quand je fais", "Alors je vois"]
    assert un.images[0].empreintes["large"].aria == ("- main",)
    assert un.images[0].empreintes["etroit"].teintes[0] > 2_000
    assert (projet / "publie" / EMPREINTES).stat().st_size < 10_000


def test_a_picture_that_is_missing_or_too_many_is_told(projet):
    lancer(projet)
    (projet / "publie" / IMAGES / LARGE).rename(projet / "publie" / IMAGES / "deux-1.png")
    assert len(verifier(projet, projet / "publie")) == 2


def test_never_published_is_told(tmp_path):
    assert "make guide" in verifier(tmp_path, tmp_path / "publie")[0]
    assert publication.__wrapped__(tmp_path) == Publication()


def test_the_same_run_published_twice_gives_the_same_files(projet):
    def tout():
        lancer(projet)
        return {chemin.name: chemin.read_bytes() for chemin in (projet / "publie").rglob("*.*") if chemin.is_file()}

    assert tout() == tout()


def test_every_numbered_step_of_our_guides_is_shown():
    for fiche in fiches():
        montrees = {n for groupe in fiche.groupes for s in groupe for i in s.images for n in i.reperes}
        for groupe in fiche.groupes:
            for section in groupe:
                assert section.images or section.etape.numero in montrees or section.etape.numero is None


def test_a_picture_says_what_its_marks_show():
    for fiche in fiches():
        for groupe in fiche.groupes:
            for image in (image for section in groupe for image in section.images):
                assert image.alternative.startswith("Écran «")
                assert all(f"repère {n}," in image.alternative.replace("\u00a0", " ") for n in image.reperes)


def images_comparees():
    lu = json.loads((PUBLIE / EMPREINTES).read_text("utf-8"))
    return [image for scenario in lu["scenarios"] for image in scenario["images"]]


@pytest.mark.parametrize("forme", ["large", "etroit"])
def test_no_mark_stands_over_a_letter(forme):
    vues = 0
    for image in images_comparees():
        marques = [Marque(n, tuple(disque), tuple(trait)) for n, disque, trait in image["marques"][forme]]
        assert croisements(marques, image["textes"].get(forme, [])) == [], image["nom"]
        vues += len(marques)
    assert vues > 30


def test_the_fiche_has_about_twelve_pictures_of_one_story():
    [fiche] = [fiche for fiche in fiches() if not fiche.guide.hors_source]
    images = [image for groupe in fiche.groupes for section in groupe for image in section.images]
    assert 10 <= len(images) <= 14
    ensemble = [image.reperes for image in images if len(image.reperes) > 1]
    assert ensemble == [(2, 3, 4), (6, 7, 8), (9, 10, 11, 12)]
    dites = " ".join(image.alternative for image in images)
    assert "Clea_Identifiant" in dites
    assert "Toulouse" not in dites


def test_the_pictures_weigh_less_than_what_is_promised():
    assert sum(chemin.stat().st_size for chemin in (PUBLIE / IMAGES).iterdir()) < publier.POIDS_MAXIMAL


@pytest.mark.parametrize("fiche", fiches(), ids=lambda fiche: fiche.guide.nom)
def test_the_print_is_an_a4_document_with_tags_outline_and_page_numbers(fiche):
    assert fiche.guide.nom in publier.guides(RACINE)
    lu = PdfReader(PUBLIE / f"{fiche.guide.nom}.pdf")
    racine = lu.root_object
    marques = racine["/MarkInfo"]
    assert isinstance(marques, DictionaryObject)
    assert marques["/Marked"]
    assert str(racine["/Lang"]) == "fr-FR"
    assert lu.metadata is not None
    assert lu.metadata.title == fiche.guide.titre
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in lu.pages} == {(596, 843)}
    plan = " ".join(titre for titre, _ in titres_du_plan(lu))
    sections = [section for groupe in fiche.groupes for section in groupe]
    for section in sections:
        assert section.etape.titre.replace("\u00a0", " ") in plan.replace("\u00a0", " ")
    assert "page 2 sur" in lu.pages[1].extract_text().replace("\u00a0", " ")
    assert sum(len(page.images) for page in lu.pages) == sum(len(section.images) for section in sections)
    assert len(lu.pages) <= PAGES_MAXIMUM
    assert max(part for page in lu.pages for part in lire_feuille(page).surfaces) < PART_D_UNE_PAGE
    assert "127.0.0.1" not in " ".join(str(a.get_object()) for page in lu.pages for a in page.get("/Annots") or ())


def test_the_print_of_the_fiche_has_eight_to_ten_pages_and_opens_like_it():
    lu = PdfReader(PUBLIE / "creer-une-formation-clea.pdf")
    assert 8 <= len(lu.pages) <= 10
    premiere = " ".join(lu.pages[0].extract_text().replace("\u00a0", " ").split())
    reperes = ["Créer une formation « Cléa »", "V2 du 28/11/2019",
               "Votre attention est nécessaire !", "RS2203", "Active",
               "RS3936", "Active", "VOLTAIRE"]  # fmt: skip
    ou = -1
    for repere in reperes:
        ou = premiere.find(repere, ou + 1)
        assert ou >= 0, repere
    texte = " ".join(page.extract_text() for page in lu.pages).split("Ce qui le prouve")[0]
    assert not re.search(r"\b[Jj]e\b|\bj['’]", texte.replace("Je ne connais pas mon code", ""))


def test_the_command_verifies_and_says_so(projet, monkeypatch, capsys):
    monkeypatch.setattr(publier, "verifier", lambda: ["dérive"])
    assert publier.principal(["--verifier"]) == 1
    assert capsys.readouterr().out == "dérive\n"
    shutil.rmtree(projet)
