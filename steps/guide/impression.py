"""Print the guides: the product's own pages, through the browser, as A4 documents that can be handed out.

Tagged for screen readers, with an outline and page numbers. Knows of the product the address of its guides only.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import sync_playwright

from steps.donnees.serveur import Serveur
from steps.gherkin.typographie import dire
from steps.navigateur.lancement import executable

ADRESSE = "/mode-d-emploi/{nom}"
_PIED = """
<div style="width:100%;padding:0 15mm;font:8px sans-serif;color:#555;display:flex;justify-content:space-between">
<span class="title"></span><span>{page}</span></div>"""
_NUMEROS = 'page <span class="pageNumber"></span> sur <span class="totalPages"></span>'
_VIDE = "<span></span>"
_TOUTES_LES_IMAGES = (
    "() => Promise.all([...document.images].map((image) => { image.loading = 'eager'; return image.decode(); }))"
)
"""Not every Chromium loads, in order to print it, a picture that nobody has scrolled to."""


def imprimer(noms: Iterable[str], vers: Path) -> list[Path]:
    """Print each guide in a folder and give the files."""
    faits = []
    with tempfile.TemporaryDirectory(prefix="impression-") as travail, sync_playwright() as playwright:
        la = Path(travail)
        navigateur = playwright.chromium.launch(executable_path=executable())
        with Serveur(la, la / "serveur.log") as serveur:
            page = navigateur.new_page(base_url=serveur.adresse, locale="fr-FR")
            for nom in noms:
                page.goto(ADRESSE.format(nom=nom), wait_until="load")
                page.evaluate(_TOUTES_LES_IMAGES)
                fichier = vers / f"{nom}.pdf"
                page.pdf(
                    path=fichier, format="A4", tagged=True, outline=True, print_background=True,
                    display_header_footer=True, header_template=_VIDE,
                    footer_template=_PIED.format(page=dire(_NUMEROS)),
                    margin={"top": "15mm", "bottom": "18mm", "left": "15mm", "right": "15mm"},
                )  # fmt: skip
                faits.append(fichier)
        navigateur.close()
    return faits
