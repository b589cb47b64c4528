"""What a published picture showed, kept beside it: what a screen reader finds there, and a print of its look.

The first is compared word for word. The second is loose: it lets through another way of drawing letters, another
machine, a message that appears elsewhere, and tells a block that has moved or colours that are no longer the same.
The bounds were measured; webapp/decisions/living-guide.md says on what.
"""

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any, Self

from PIL import Image, ImageChops, ImageFilter

from steps.gherkin.typographie import dire
from steps.guide.composition import assembler
from steps.navigateur.illustration import ECHELLE, Vue

VIGNETTE = (32, 20)
TEINTES = 16
LIGNES_DITES = 6
"""Lines of a difference that are said: enough to know what to look at."""

ECART_D_UNE_CASE = 6
"""Levels of grey, out of 255, from which a cell of the print has changed."""
CASES_CHANGEES = 0.25
"""Share of the cells from which a block has moved."""
TEINTES_CHANGEES = 0.25
"""Share of the colour from which the colours are others: 0 when all is the same, 1 when nothing is."""

_FLOU = 1
_GRIS_EN_DESSOUS_DE = 40


@dataclass(frozen=True)
class Empreinte:
    """What a picture shows. `teintes` is the share of the picture, in ten thousandths, that each hue colours."""

    aria: tuple[str, ...]
    gris: bytes
    teintes: tuple[int, ...]

    @classmethod
    def de(cls, vue: Vue) -> Self:
        """Take the print of a picture."""
        morceaux = [Image.open(io.BytesIO(morceau.png)).convert("RGB") for morceau in vue.morceaux]
        # Enough for both, and all that follows is then sixty-four times lighter.
        image = assembler(morceaux, vue.fond)[0].reduce(4 * ECHELLE)
        gris = image.convert("L").resize(VIGNETTE, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(_FLOU))
        return cls(vue.aria, gris.tobytes(), _teintes(image))

    @classmethod
    def lire(cls, faits: Mapping[str, Any]) -> Self:
        """Read what `faits` wrote. Raises KeyError or ValueError for anything else."""
        return cls(tuple(faits["aria"]), base64.b64decode(faits["gris"], validate=True), tuple(faits["teintes"]))

    def faits(self) -> dict[str, Any]:
        """Give the print as plain values, ready for JSON."""
        return {
            "aria": list(self.aria), "gris": base64.b64encode(self.gris).decode("ascii"), "teintes": list(self.teintes),
        }  # fmt: skip

    def ecarts(self, vue: "Empreinte") -> list[str]:
        """Say in French what a screen shows that this picture does not, and the other way; nothing when it is alike."""
        if self.aria != vue.aria:
            return list(_lignes(self.aria, vue.aria))
        dits = []
        if self.cases_changees(vue) > CASES_CHANGEES:
            dits.append(dire("les mêmes mots, disposés autrement"))
        if self.teintes_changees(vue) > TEINTES_CHANGEES:
            dits.append(dire("les mêmes mots, dans d'autres couleurs"))
        return dits

    def cases_changees(self, vue: "Empreinte") -> float:
        """Give the share of the cells that are lighter or darker than they were, between 0 and 1."""
        avant, apres = (Image.frombytes("L", VIGNETTE, empreinte.gris) for empreinte in (self, vue))
        comptes = ImageChops.difference(avant, apres).histogram()
        return sum(comptes[ECART_D_UNE_CASE:]) / (VIGNETTE[0] * VIGNETTE[1])

    def teintes_changees(self, vue: "Empreinte") -> float:
        """Give the share of the colour that is of another hue, or no longer there, between 0 and 1."""
        total = max(sum(self.teintes), sum(vue.teintes), 1)
        return sum(abs(avant - apres) for avant, apres in zip(self.teintes, vue.teintes, strict=True)) / (2 * total)


def _teintes(image: Image.Image) -> tuple[int, ...]:
    """Measure where the colours stand, not where the picture puts them: a message may come elsewhere."""
    teinte, saturation, _ = image.convert("HSV").split()
    comptes = teinte.histogram(saturation.point(lambda niveau: 255 if niveau >= _GRIS_EN_DESSOUS_DE else 0))
    largeur = 256 // TEINTES
    points = image.width * image.height
    return tuple(
        round(10_000 * sum(comptes[debut : debut + largeur]) / points) for debut in range(0, TEINTES * largeur, largeur)
    )


def _lignes(avant: Sequence[str], apres: Sequence[str]) -> Iterator[str]:
    """Yield what has gone after « - », what has come after « + »; the first lines only."""
    _, _, *suite = unified_diff(avant, apres, lineterm="", n=0)
    lignes = [f"{ligne[0]} {ligne[1:].strip().removeprefix('- ')}" for ligne in suite if not ligne.startswith("@@")]
    yield from lignes[:LIGNES_DITES]
    if len(lignes) > LIGNES_DITES:
        yield dire("… et {nombre} autres lignes", nombre=len(lignes) - LIGNES_DITES)
