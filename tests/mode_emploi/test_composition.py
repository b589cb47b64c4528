"""A picture of the guide is made of pieces with a margin all around, and no mark stands over a letter."""

import io

import pytest
from PIL import Image, ImageChops

from steps.guide.composition import DISQUE, MARGE, MarqueImpossible, composer, croisements
from steps.navigateur.illustration import ECHELLE

FOND = "rgb(246, 245, 241)"


def png(largeur, hauteur, couleur="white"):
    sortie = io.BytesIO()
    Image.new("RGB", (largeur * ECHELLE, hauteur * ECHELLE), couleur).save(sortie, "PNG")
    return sortie.getvalue()


def morceau(marques=(), textes=(), commandes=(), taille=(300, 100)):
    return {"taille": taille, "marques": marques, "textes": textes, "commandes": commandes}


def faire(*morceaux):
    octets = [png(*m["taille"]) for m in morceaux]
    return composer({"fond": FOND, "morceaux": morceaux}, octets)


def seule(**faits):
    composee = faire(morceau(**faits))
    [marque] = composee.marques
    return composee, marque


def test_pieces_stand_one_above_the_other_with_their_margin():
    composee = faire(morceau(), morceau(taille=(200, 50)))
    assert (composee.largeur, composee.hauteur) == (300 + 2 * MARGE, 100 + 50 + 3 * MARGE)
    image = Image.open(io.BytesIO(composee.png)).convert("RGB")
    assert image.getpixel((2, 2)) == (246, 245, 241)
    assert image.getpixel((MARGE * ECHELLE + 4, MARGE * ECHELLE + 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("boite", "textes", "cote"),
    [
        ((10, 40, 80, 20), [], "gauche"),
        ((210, 40, 80, 20), [], "droite"),
        ((60, 40, 40, 20), [(0, 40, 50, 20)], "haut ou bas"),
        ((130, 40, 40, 20), [(0, 0, 120, 100), (180, 0, 120, 100), (130, 0, 40, 30)], "bas"),
    ],
)
def test_a_mark_is_in_the_margin_and_its_line_goes_to_the_element_on_the_free_side(boite, textes, cote):
    composee, marque = seule(marques=[(3, boite)], textes=textes)
    x, y, *_ = marque.disque
    ou = {
        "gauche": x + DISQUE <= MARGE, "droite": x >= MARGE + 300,
        "haut ou bas": y + DISQUE <= MARGE or y >= MARGE + 100, "bas": y >= MARGE + 100,
    }  # fmt: skip
    assert ou[cote]
    assert croisements(composee.marques, composee.textes) == []
    bout_x, bout_y = marque.bout
    assert MARGE + boite[0] - 1 <= bout_x <= MARGE + boite[0] + boite[2] + 1
    assert MARGE + boite[1] - 1 <= bout_y <= MARGE + boite[1] + boite[3] + 1


def test_a_line_does_not_cross_another_field():
    _, marque = seule(
        marques=[(1, (200, 40, 40, 20))], commandes=[(10, 40, 150, 20), (200, 40, 40, 20), (250, 40, 40, 20)]
    )
    _, _, largeur, hauteur = marque.trait
    assert hauteur > largeur


def test_the_points_that_a_mark_changes_are_outside_every_letter():
    textes = [(30, 10, 100, 12), (30, 45, 100, 12)]
    nue, marquee = faire(morceau(textes=textes)), faire(morceau([(12, (20, 25, 200, 15))], textes))
    avant, apres = (Image.open(io.BytesIO(c.png)).convert("RGB") for c in (nue, marquee))
    change = ImageChops.difference(avant, apres).convert("L").point(lambda niveau: 255 if niveau > 8 else 0)
    assert change.getbbox()
    for x, y, largeur, hauteur in marquee.textes:
        boite = tuple(round(v * ECHELLE) for v in (x, y, x + largeur, y + hauteur))
        assert change.crop(boite).getbbox() is None


def test_marks_do_not_stand_over_each_other():
    marques = [(n, (40, 10 + 4 * n, 100, 3)) for n in range(5)]
    composee = faire(morceau(marques))
    disques = [m.disque for m in composee.marques]
    for rang, (x, y, *_) in enumerate(disques):
        assert all(abs(x - a) >= DISQUE - 1 or abs(y - b) >= DISQUE - 1 for a, b, *_ in disques[rang + 1 :])


def test_an_element_that_no_line_reaches_is_refused():
    autour = [(0, 0, 300, 30), (0, 70, 300, 30), (0, 0, 40, 100), (260, 0, 40, 100)]
    with pytest.raises(MarqueImpossible, match="repère 4"):
        faire(morceau([(4, (100, 45, 50, 10))], autour))


def test_the_same_pieces_give_the_same_bytes():
    demande = morceau([(9, (20, 20, 100, 20))], [(20, 60, 100, 12)])
    assert faire(demande).png == faire(demande).png


def test_a_mark_over_a_letter_is_told():
    composee, _ = seule(marques=[(5, (20, 40, 50, 20))])
    assert croisements(composee.marques, [(0, 0, 400, 200)])[0][0] == 5
