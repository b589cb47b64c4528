"""What is published of the guide is that of the sources, and nothing is published that a run did not prove."""

import io
import json
import shutil
from pathlib import Path

import pytest
from PIL import Image as Pil
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject

from steps.guide import publication as publier
from steps.guide.comparaison import EMPREINTES, PUBLIE, phrases, publies
from steps.guide.publication import IMAGES, MANIFESTE, RACINE, RELEVE, PublicationRefusee, dossier, verifier
from steps.navigateur.reduction import reduire
from steps.rapports.documents import composer
from webapp.mode_emploi.guide import guides, lire
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
ECRITS = {s.nom: phrases(s.etapes) for s in composer("un_guide.feature", FEATURE).scenarios.values()}


def png(couleur: str) -> bytes:
    sortie = io.BytesIO()
    Pil.new("RGB", (64, 40), couleur).save(sortie, "PNG")
    return sortie.getvalue()


@pytest.fixture
def projet(tmp_path):
    """A little project with a run that has just passed."""
    (tmp_path / "features" / "guide").mkdir(parents=True)
    (tmp_path / "features" / "guide" / "un_guide.feature").write_text(FEATURE, "utf-8")
    images = dossier(tmp_path) / "images"
    images.mkdir(parents=True)
    (images / "un-1.png").write_bytes(png("red"))
    ecrire(tmp_path, [scenario(nom, images=["un-1.png"] if nom == "Un" else []) for nom in NOMS])
    return tmp_path


def scenario(nom, *, statut="passe", images=(), libelles=None):
    return {
        "fichier": "features/guide/un_guide.feature", "ligne": 6, "nom": nom, "statut": statut,
        "navigateur": "chromium 1", "libelles": libelles or {}, "phrases": ECRITS[nom],
        "images": [
            {"fichier": fichier, "repere": 1, "pas": 1, "legende": "je fais", "cible": "Faire",
             "alternative": "Écran.", "aria": ["- main"]}
            for fichier in images
        ],
    }  # fmt: skip


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
    assert (image.legende, image.largeur, image.hauteur) == ("Je fais", 64, 40)
    assert (projet / "publie" / IMAGES / "un-1.png").exists()
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
    image = projet / "publie" / IMAGES / "un-1.png"
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
    assert un.images[1].empreinte.aria == ("- main",)
    assert un.images[1].empreinte.teintes[0] > 9_000
    assert (projet / "publie" / EMPREINTES).stat().st_size < 10_000


def test_a_picture_that_is_missing_or_too_many_is_told(projet):
    lancer(projet)
    (projet / "publie" / IMAGES / "un-1.png").rename(projet / "publie" / IMAGES / "deux-1.png")
    assert len(verifier(projet, projet / "publie")) == 2


def test_never_published_is_told(tmp_path):
    assert "make guide" in verifier(tmp_path, tmp_path / "publie")[0]
    assert publication.__wrapped__(tmp_path) == Publication()


def test_a_picture_is_made_light_and_the_same_each_time():
    lourd = Path(next((PUBLIE / IMAGES).iterdir())).read_bytes()
    legere, largeur, hauteur = reduire(lourd)
    assert (largeur, hauteur) == (1280, 800)
    assert len(legere) <= len(lourd)
    assert reduire(lourd)[0] == legere


def test_every_numbered_step_of_our_guides_has_its_picture():
    publiee = publication()
    for guide in guides():
        for etape in guide.etapes:
            images = [i for e in etape.exemples if e.cle in publiee.resultats for i in publiee.resultats[e.cle].images]
            assert images or etape.numero is None, etape.titre
            assert all("repère" in image.alternative for image in images)


def test_the_pictures_weigh_less_than_what_is_promised():
    assert sum(chemin.stat().st_size for chemin in (PUBLIE / IMAGES).iterdir()) < publier.POIDS_MAXIMAL


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.nom)
def test_the_print_is_an_a4_document_with_tags_outline_and_page_numbers(guide):
    assert guide.nom in publier.guides(RACINE)
    lu = PdfReader(PUBLIE / f"{guide.nom}.pdf")
    racine = lu.root_object
    marques = racine["/MarkInfo"]
    assert isinstance(marques, DictionaryObject)
    assert marques["/Marked"]
    assert str(racine["/Lang"]) == "fr"
    assert {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in lu.pages} == {(596, 843)}
    plan = [
        str(titre.title)
        for niveau in lu.outline
        if isinstance(niveau, list)
        for titre in niveau
        if isinstance(titre, Destination)
    ]
    assert len(plan) >= len(guide.etapes)
    assert "Étape 5" in " ".join(plan)
    assert f"page 2 sur {len(lu.pages)}" in lu.pages[1].extract_text()
    siennes = [i for e in guide.etapes for x in e.exemples for i in publication().resultats[x.cle].images]
    assert sum(len(page.images) for page in lu.pages) == len(siennes)


def test_the_command_verifies_and_says_so(projet, monkeypatch, capsys):
    monkeypatch.setattr(publier, "verifier", lambda: ["dérive"])
    assert publier.principal(["--verifier"]) == 1
    assert capsys.readouterr().out == "dérive\n"
    shutil.rmtree(projet)
