"""Make a picture of a screen light: at most 256 colours, which is all that a sober page has, and no difference seen."""

import io

from PIL import Image

COULEURS = 256


def reduire(png: bytes) -> tuple[bytes, int, int]:
    """Give the same picture in fewer bytes, its width and its height; the same bytes each time for the same picture."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    reduite = image.quantize(COULEURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    sortie = io.BytesIO()
    reduite.save(sortie, "PNG", optimize=True)
    return min((sortie.getvalue(), png), key=len), image.width, image.height
