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
