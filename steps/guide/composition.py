"""Make a picture of the guide of the pieces that a run took: one above the other, marks in the margin, a line to each.

A mark never stands over a letter: its disc is in the margin, its line goes straight to the edge of what it shows and
crosses neither a text nor another field. A picture where that cannot be is refused. Lengths are in CSS pixels, the
origin at the top left of the picture; the same pieces give the same bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageColor, ImageDraw, ImageFont

from steps.gherkin.typographie import dire
from steps.navigateur.illustration import ECHELLE, Boite

MARGE = 24
"""What is left around each card, where the marks stand."""
DISQUE = 20
TRAIT = 1.5
POINT = 5
COULEUR = (179, 38, 30)
BLANC = (255, 255, 255)
BORD = (200, 204, 204)
COULEURS = 256
DEBOUT = 40
"""What a line that goes up or down is worth of a longer one that goes across."""
_FINESSE = 4
_CHIFFRES = 13
_LE_LONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
"""Where along the edge of an element its line may arrive, the best first."""
_MEME_PLACE = 0.5


class MarqueImpossible(Exception):  # noqa: N818 - it reads as a sentence
    """No line goes straight from the margin to an element without crossing letters; the message says which."""


@dataclass(frozen=True)
class Marque:
    """A mark as it is drawn: its number, its disc, its line up to the element."""

    numero: int
    disque: Boite
    trait: Boite

    @property
    def bout(self) -> tuple[float, float]:
        """The end of the line that is on the element."""
        x, y, large, haut = self.trait
        dx, dy = self.disque[0] + DISQUE / 2, self.disque[1] + DISQUE / 2
        if large > haut:
            return (x if dx > x + large / 2 else x + large, y + haut / 2)
        return (x + large / 2, y if dy > y + haut / 2 else y + haut)


@dataclass(frozen=True)
class Composee:
    """A picture of the guide: its bytes (PNG), its size, its marks, the boxes of its letters and of its fields."""

    png: bytes
    largeur: float
    hauteur: float
    marques: tuple[Marque, ...]
    textes: tuple[Boite, ...]


def assembler(morceaux: Sequence[Image.Image], fond: str) -> tuple[Image.Image, list[tuple[int, int]]]:
    """Put pieces one above the other with a margin all around; give where each is, in points."""
    marge = MARGE * ECHELLE
    largeur = max(morceau.width for morceau in morceaux) + 2 * marge
    hauteur = sum(morceau.height + marge for morceau in morceaux) + marge
    page = Image.new("RGB", (largeur, hauteur), couleur(fond))
    places, y = [], marge
    for morceau in morceaux:
        page.paste(morceau, (marge, y))
        places.append((marge, y))
        y += morceau.height + marge
    return page, places


def couleur(fond: str) -> tuple[int, int, int]:
    """Read a colour as the browser gives it; one that is not there is white."""
    try:
        return ImageColor.getrgb(fond)[:3]
    except ValueError:
        return BLANC


def composer(faits: Mapping[str, Any], octets: Sequence[bytes], *, ecran: bool = False) -> Composee:
    """Make a picture of what a run noted of its pieces and of their points. Raises MarqueImpossible."""
    pieces = [Image.open(io.BytesIO(lus)).convert("RGB") for lus in octets]
    image, places = assembler(pieces, faits["fond"])
    if ecran:
        for piece, (x, y) in zip(pieces, places, strict=True):
            ImageDraw.Draw(image).rectangle((x - 1, y - 1, x + piece.width, y + piece.height), outline=BORD)
    textes: list[Boite] = []
    demandees: list[tuple[int, Boite, Boite, list[Boite]]] = []
    for morceau, (x, y) in zip(faits["morceaux"], places, strict=True):
        a = (x / ECHELLE, y / ECHELLE)
        siens = [_en(boite, a) for boite in morceau["textes"]]
        champs = [_en(boite, a) for boite in morceau["commandes"]]
        textes += siens
        cadre = _en((0, 0, *morceau["taille"]), a)
        for numero, boite in morceau["marques"]:
            element = _en(boite, a)
            autres = [champ for champ in champs if not _contient(element, champ)]
            demandees.append((numero, element, cadre, [*siens, *autres]))
    marques = _placer(demandees)
    for marque in marques:
        _dessiner(image, marque)
    return Composee(_octets(image), image.width / ECHELLE, image.height / ECHELLE, marques, tuple(textes))


def croisements(marques: Sequence[Marque], textes: Sequence[Boite]) -> list[tuple[int, Boite]]:
    """Give each letter box that a mark meets, with the number of the mark; none in a picture that is as it should."""
    return [(m.numero, t) for m in marques for t in textes if _touche(m.disque, t) or _touche(m.trait, t)]


def _placer(demandees: Sequence[tuple[int, Boite, Boite, list[Boite]]]) -> tuple[Marque, ...]:
    placees: list[Marque] = []
    for numero, element, cadre, obstacles in demandees:
        prises = [boite for m in placees for boite in (m.disque, m.trait)]
        possibles = sorted(_possibles(numero, element, cadre), key=_detour)
        libre = next((m for m in possibles if _libre(m, obstacles, prises)), None)
        if libre is None:
            raise MarqueImpossible(dire("le repère {n} ne rejoint rien sans passer sur des lettres", n=numero))
        placees.append(libre)
    return tuple(placees)


def _possibles(numero: int, element: Boite, cadre: Boite) -> Iterator[Marque]:
    """Yield the straight ways from the margin to an element: from the left, the right, above and below."""
    cx, cy, cl, ch = cadre
    x, y = max(element[0], cx), max(element[1], cy)
    large, haute = min(element[0] + element[2], cx + cl) - x, min(element[1] + element[3], cy + ch) - y
    if large <= 0 or haute <= 0:
        return
    ecart, rayon = (MARGE - DISQUE) / 2, DISQUE / 2
    gauche, droite, haut, bas = cx - ecart, cx + cl + ecart, cy - ecart, cy + ch + ecart
    for part in _LE_LONG:
        v, u = y + haute * part, x + large * part
        rangee, colonne = v - TRAIT / 2, u - TRAIT / 2
        yield Marque(numero, (gauche - DISQUE, v - rayon, DISQUE, DISQUE), (gauche, rangee, x - gauche, TRAIT))
        yield Marque(numero, (droite, v - rayon, DISQUE, DISQUE), (x + large, rangee, droite - x - large, TRAIT))
        yield Marque(numero, (u - rayon, haut - DISQUE, DISQUE, DISQUE), (colonne, haut, TRAIT, y - haut))
        yield Marque(numero, (u - rayon, bas, DISQUE, DISQUE), (colonne, y + haute, TRAIT, bas - y - haute))


def _detour(marque: Marque) -> float:
    """Prefer what is short, and what comes from the side: the eye goes down the margin."""
    _, _, largeur, hauteur = marque.trait
    return max(largeur, hauteur) + (DEBOUT if hauteur > largeur else 0)


def _libre(marque: Marque, obstacles: Sequence[Boite], prises: Sequence[Boite]) -> bool:
    return not any(_touche(marque.disque, b) or _touche(marque.trait, b) for b in (*obstacles, *prises))


def _touche(a: Boite, b: Boite) -> bool:
    jeu = _MEME_PLACE
    return (
        a[0] + jeu < b[0] + b[2] and b[0] + jeu < a[0] + a[2] and a[1] + jeu < b[1] + b[3] and b[1] + jeu < a[1] + a[3]
    )


def _contient(grande: Boite, petite: Boite) -> bool:
    jeu = _MEME_PLACE
    return (
        petite[0] >= grande[0] - jeu
        and petite[1] >= grande[1] - jeu
        and petite[0] + petite[2] <= grande[0] + grande[2] + jeu
        and petite[1] + petite[3] <= grande[1] + grande[3] + jeu
    )


def _en(boite: Sequence[float], a: tuple[float, float]) -> Boite:
    return (boite[0] + a[0], boite[1] + a[1], boite[2], boite[3])


def _dessiner(image: Image.Image, marque: Marque) -> None:
    x, y, large, haut = (valeur * ECHELLE for valeur in marque.trait)
    ImageDraw.Draw(image).rectangle((round(x), round(y), round(x + large) - 1, round(y + haut) - 1), fill=COULEUR)
    bout_x, bout_y = marque.bout
    _disque(image, (bout_x - POINT / 2, bout_y - POINT / 2, POINT, POINT), "")
    _disque(image, marque.disque, str(marque.numero))


def _disque(image: Image.Image, boite: Boite, texte: str) -> None:
    """Draw a disc larger than it is, then reduce it: its edge is smooth."""
    cote = round(boite[2] * ECHELLE)
    grand = cote * _FINESSE
    masque = Image.new("L", (grand, grand), 0)
    ImageDraw.Draw(masque).ellipse((0, 0, grand - 1, grand - 1), fill=255)
    disque = Image.new("RGB", (grand, grand), COULEUR)
    if texte:
        police = ImageFont.load_default(_CHIFFRES * ECHELLE * _FINESSE)
        ImageDraw.Draw(disque).text((grand / 2, grand / 2), texte, BLANC, police, anchor="mm", stroke_width=grand // 90)
    taille = (cote, cote)
    reduit = masque.resize(taille, Image.Resampling.LANCZOS)
    image.paste(
        disque.resize(taille, Image.Resampling.LANCZOS), (round(boite[0] * ECHELLE), round(boite[1] * ECHELLE)), reduit
    )


def _octets(image: Image.Image) -> bytes:
    """Give a light picture: at most 256 colours, which is all that a sober page has, and no difference seen."""
    reduite = image.quantize(COULEURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    sortie = io.BytesIO()
    reduite.save(sortie, "PNG", optimize=True)
    return sortie.getvalue()
