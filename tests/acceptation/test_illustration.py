"""A picture of the guide shows the cards that the person acts upon, at two widths, and nothing of what floats above."""

import io
import json

import pytest
from PIL import Image

from steps.guide.composition import composer, croisements
from steps.navigateur.illustration import ECHELLE, Illustrateur, Plan, prendre
from tests.acceptation.site import Reponse, ouvrir, page

CHAMPS = "".join(
    f'<div><label for="c{n}">Champ {n}</label><textarea id="c{n}" rows="6">Texte {n}</textarea><p>Aide {n}</p></div>'
    for n in range(1, 7)
)
CORPS = f"""
<fieldset class="carte"><legend>Quel type ?</legend><label><input type="radio" name="t" id="t1"> Un</label>
  <label><input type="radio" name="t" id="t2"> Deux</label></fieldset>
<form class="carte longue">{CHAMPS}</form>
<div class="barre"><button>Annuler</button><button>Valider</button></div>
<form class="tenue"><div class="fixee"><button>Suivant</button></div></form>
<div class="toasts"><div class="message"><p role="status">C'est fait.</p></div></div>
"""
STYLE = """
body { background: #f6f5f1; margin: 2rem; }
.carte { background: white; border: 1px solid #ccc; margin: 1rem 0; padding: 1rem; max-width: 50rem; }
fieldset.carte { padding-block: 4rem; }
.longue > div { margin-bottom: 1rem; }
textarea { width: 100%; box-sizing: border-box; }
.barre { position: sticky; bottom: 0; background: white; border: 1px solid #ccc; padding: 1rem; text-align: right; }
.fixee { position: fixed; inset: 0 0 auto; height: 12rem; background: #7f1a4b; border: 1px solid #ccc; }
.toasts { position: fixed; top: 0; left: 0; width: 20rem; }
.message { background: #1a7f4b; border: 1px solid black; padding: 1rem; }
"""
VERT = (26, 127, 75)
POURPRE = (127, 26, 75)


@pytest.fixture
def montree(scener):
    nue = page(CORPS).corps
    assert isinstance(nue, str)
    lie = nue.replace("</title>", '</title><link rel="stylesheet" href="/s.css">')
    with ouvrir({"/": Reponse(lie), "/s.css": Reponse(STYLE, "text/css")}) as site:
        pilote = scener(site.adresse).pilote
        pilote.ouvrir("/")
        yield pilote.page


def pieces(vue):
    return [Image.open(io.BytesIO(morceau.png)).convert("RGB") for morceau in vue.morceaux]


def compter(image, couleur):
    return sum(n for n, vue in image.getcolors(1 << 24) if vue == couleur)


def test_each_element_brings_its_card_once_and_the_picture_is_taken_at_two_widths(montree):
    avant = montree.content()
    cibles = [montree.locator("#t2"), montree.locator("#t1"), montree.get_by_role("button", name="Valider")]
    vues = prendre(montree, cibles)
    assert montree.content() == avant
    assert montree.viewport_size == {"width": 1280, "height": 800}
    large, etroit = vues["large"].morceaux, vues["etroit"].morceaux
    assert [len(m.marques) for m in large] == [2, 1]
    assert [rang for morceau in large for rang, _ in morceau.marques] == [0, 1, 2]
    assert large[0].taille[0] == 834
    assert etroit[0].taille[0] < 375
    assert all(
        image.size == tuple(ECHELLE * v for v in m.taille)
        for image, m in zip(pieces(vues["large"]), large, strict=True)
    )
    assert any("Deux" in ligne for ligne in vues["large"].aria)
    assert not any("C'est fait" in ligne for ligne in vues["large"].aria)


def test_a_bar_held_in_the_window_covers_nothing_of_the_card_beside_it(montree):
    vues = prendre(montree, [montree.locator("#t1"), montree.get_by_role("button", name="Suivant")])
    carte, barre = pieces(vues["large"])
    assert compter(carte, POURPRE) == 0
    assert compter(barre, POURPRE) > 0


def test_what_floats_above_the_page_is_in_no_picture_but_its_own(montree):
    [carte] = pieces(prendre(montree, [montree.locator("#t1")])["large"])
    assert compter(carte, VERT) == 0
    [message] = pieces(prendre(montree, [montree.get_by_role("status")])["large"])
    assert compter(message, VERT) > 1_000
    [ecran] = pieces(prendre(montree, [montree.locator("#t1")], ecran=True)["large"])
    assert compter(ecran, VERT) == 0
    assert ecran.size == (1280 * ECHELLE, 800 * ECHELLE)


def test_of_a_card_that_is_too_tall_the_fields_are_shown_with_their_labels_and_help(montree):
    [morceau] = prendre(montree, [montree.locator("#c2"), montree.locator("#c3")])["large"].morceaux
    un = prendre(montree, [montree.locator("#c2")])["large"].morceaux[0]
    assert un.taille[1] < morceau.taille[1] < 500
    # Two fields: their two labels, their two helps, and nothing of the bar that stands over them in the window.
    entiers = [t for t in morceau.textes if t[1] >= 0 and t[1] + t[3] <= morceau.taille[1]]
    assert len(entiers) == 4
    assert len([c for c in morceau.commandes if c[1] >= 0 and c[1] + c[3] <= morceau.taille[1]]) == 2


def test_a_picture_of_several_steps_is_taken_at_the_last_and_composed_without_crossing_a_letter(montree, tmp_path):
    illustrateur = Illustrateur([Plan("2-3", {4: 2, 6: 3})], tmp_path, "essai-")
    for pas, nom in ((4, "Champ 2"), (5, "Champ 1"), (6, "Champ 3")):
        illustrateur.commencer_pas(pas, "")
        illustrateur.montrer(montree, montree.get_by_label(nom), nom)
        illustrateur.finir_pas()
    [image] = illustrateur.images
    assert image.pas == (4, 6)
    dite = image.alternative.replace("\u00a0", " ")
    dits = [f"repère {n}, « Champ {n} », où se lit « Texte {n} »" for n in (2, 3)]
    assert dite == f"Écran « Essai » : {' ; '.join(dits)}."
    for forme, faits in json.loads(json.dumps(image.formats)).items():
        octets = [(tmp_path / morceau["fichier"]).read_bytes() for morceau in faits["morceaux"]]
        composee = composer(faits, octets)
        assert [m.numero for m in composee.marques] == [2, 3], forme
        assert croisements(composee.marques, composee.textes) == []


def cadree(scener, corps, *noms, style=""):
    """Take the picture of buttons of a page of its own, at 1280 px; gives its only piece."""
    nue = page(corps).corps
    assert isinstance(nue, str)
    lie = nue.replace("</title>", '</title><link rel="stylesheet" href="/s.css">')
    with ouvrir({"/": Reponse(lie), "/s.css": Reponse(STYLE + style, "text/css")}) as site:
        pilote = scener(site.adresse).pilote
        pilote.ouvrir("/")
        pilote.page.evaluate("document.querySelector('dialog')?.showModal()")
        cibles = [pilote.page.get_by_role("button", name=nom) for nom in noms]
        vue = prendre(pilote.page, cibles)["large"]
        [morceau] = vue.morceaux
        return morceau, *pieces(vue)


def test_of_a_wide_bar_the_buttons_beside_that_which_is_pressed_are_shown_alone(scener):
    boutons = '<a href="/">Voir la formation</a><span></span><button>Annuler</button><button>Valider</button>'
    corps = f'<div class="barre">{boutons}</div>'
    ecarte = ".barre { display: flex; } .barre span { flex: 1; }"
    morceau, _ = cadree(scener, corps, "Valider", style=ecarte)
    assert morceau.taille[0] < 400
    [(_, (x, _, largeur, _))] = morceau.marques
    assert 0 < x < x + largeur < morceau.taille[0]


def test_neither_the_card_of_something_else_nor_a_button_is_cut_in_two(scener):
    """Each stands astride of the edge that the air around the button would give."""
    corps = (
        '<main><div class="verte"></div><p><button>Accepter</button></p><p class="pourpre"><button>?</button></p>'
        f"<p>{'Longue page. ' * 900}</p></main>"
    )
    style = (
        "p { margin: 10px 0; } .verte { height: 90px; background: #1a7f4b; border: 1px solid #1a7f4b; }"
        ".verte { margin-top: 200px; }"
        ".pourpre button { background: #7f1a4b; border: 0; height: 80px; width: 80px; }"
    )
    _, image = cadree(scener, corps, "Accepter", style=style)
    assert compter(image, VERT) == 0
    assert compter(image, POURPRE) == 0


def test_of_a_dialogue_the_dark_behind_its_corners_is_not_shown(scener):
    corps = "<dialog><p>Décaler</p><button>Dupliquer</button></dialog>"
    style = (
        "dialog { border: 1px solid #ccc; border-radius: 30px; box-sizing: border-box; width: 300px; height: 200px; }"
        "dialog::backdrop { background: #7f1a4b; }"
    )
    _, image = cadree(scener, corps, "Dupliquer", style=style)
    assert compter(image, POURPRE) == 0


def test_the_text_in_place_of_a_picture_says_what_a_card_holds_and_that_a_button_is_inactive(scener, tmp_path):
    corps = (
        '<section class="carte" aria-label="Ma formation"><h2>Ma formation</h2><p>Brouillon</p><p>i</p></section>'
        '<button aria-disabled="true">Valider</button><button>Annuler</button>'
    )
    with ouvrir({"/": page(corps)}) as site:
        pilote = scener(site.adresse).pilote
        pilote.ouvrir("/")
        illustrateur = Illustrateur([Plan("1", {1: None, 2: 2, 3: 3})], tmp_path)
        cibles = [("region", "Ma formation"), ("button", "Valider"), ("button", "Annuler")]
        for pas, (role, nom) in enumerate(cibles, 1):
            illustrateur.commencer_pas(pas, "")
            illustrateur.montrer(pilote.page, pilote.page.get_by_role(role, name=nom), nom)
    [image] = illustrateur.images
    dite = image.alternative.replace("\u00a0", " ")
    assert "« Ma formation », où se lit « Ma formation · Brouillon » ; " in dite
    assert "repère 2, « Valider », inactif ; repère 3, « Annuler »." in dite
