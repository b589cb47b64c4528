"""Print the guides: the product's own pages, through the browser, as A4 documents that can be handed out.

Tagged for screen readers, with an outline and page numbers. Each picture is loaded and decoded before; what comes out
is read again (`steps.guide.epreuve`) and refused unless it holds what the page held. Dates and identifiers are those of
the run that is published: printing it again gives the same bytes. Knows of the product where its guides are.
"""

import io
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from steps.donnees.serveur import Serveur
from steps.gherkin.typographie import dire
from steps.guide.epreuve import Attendu, dater, eprouver
from steps.navigateur.lancement import executable

ADRESSE = "/mode-d-emploi/{nom}"
_PIED = """
<div style="width:100%;padding:0 15mm;font:8px sans-serif;color:#555;display:flex;justify-content:space-between">
<span>{mention}</span><span>{page}</span></div>"""
_MENTION = "{titre} · Démonstrateur non officiel, sans lien avec la Caisse des Dépôts"
_NUMEROS = 'page <span class="pageNumber"></span> sur <span class="totalPages"></span>'
_VIDE = "<span></span>"
_CHARGER = """() => Promise.all([...document.images].map(async (image) => {
  image.loading = 'eager';
  await image.decode();
  if (!image.naturalWidth) throw new Error(image.src);
}))"""
"""Not every Chromium loads, in order to print it, a picture that nobody has scrolled to."""
_LIENS = """(adresse) => {
  for (const lien of document.querySelectorAll('a[href]')) {
    if (lien.getAttribute('href').startsWith('#')) continue;
    if (adresse) lien.href = new URL(lien.getAttribute('href'), adresse).href;
    else lien.removeAttribute('href');
  }
}"""
_ATTENDU = """() => {
  const lire = (titre) => {
    const copie = titre.cloneNode(true);
    copie.querySelectorAll('.visually-hidden').forEach((cache) => cache.remove());
    const numero = copie.querySelector('.guide-etiquette');
    numero?.append('. ');
    return copie.textContent.trim();
  };
  return {
    titre: document.querySelector('h1').innerText,
    titres: [...document.querySelectorAll('main :is(h1, h2)')].map(lire),
    groupes: [...document.querySelectorAll('.guide-groupe')].map(
      (groupe) => [...groupe.querySelectorAll('section')].map(
        (section) => [lire(section.querySelector('h2')), section.querySelectorAll('figure img').length])),
  };
}"""
"""The outline of a print does not say what a page says to screen readers alone."""


def imprimer(noms: Iterable[str], vers: Path, le: datetime, adresse: str = "") -> list[Path]:
    """Print each guide in a folder and give the files. Raises ImpressionRefusee.

    `le` dates the documents; `adresse`, where the product is served, begins their links: without it they have none.
    """
    faits: list[Future[Path]] = []
    with (
        # A document is read again while the browser prints the next.
        ThreadPoolExecutor(1) as relecteur,
        tempfile.TemporaryDirectory(prefix="impression-") as travail,
        sync_playwright() as playwright,
    ):
        la = Path(travail)
        navigateur = playwright.chromium.launch(executable_path=executable())
        with Serveur(la, la / "serveur.log") as serveur:
            page = navigateur.new_page(base_url=serveur.adresse, locale="fr-FR")
            for nom in noms:
                page.goto(ADRESSE.format(nom=nom), wait_until="load")
                page.evaluate(_CHARGER)
                page.evaluate(_LIENS, adresse)
                lu = page.evaluate(_ATTENDU)
                attendu = Attendu(
                    lu["titre"],
                    tuple(lu["titres"]),
                    tuple(tuple(map(tuple, groupe)) for groupe in lu["groupes"]),
                    adresse,
                )
                faits.append(relecteur.submit(_garder, _en_pdf(page, attendu.titre), attendu, le, vers / f"{nom}.pdf"))
        navigateur.close()
    return [fait.result() for fait in faits]


def _garder(imprime: bytes, attendu: Attendu, le: datetime, fichier: Path) -> Path:
    octets = dater(imprime, attendu, le)
    eprouver(io.BytesIO(octets), attendu)
    fichier.write_bytes(octets)
    return fichier


def _en_pdf(page: Page, titre: str) -> bytes:
    return page.pdf(
        format="A4", tagged=True, outline=True, print_background=True,
        display_header_footer=True, header_template=_VIDE,
        footer_template=_PIED.format(mention=dire(_MENTION, titre=titre), page=dire(_NUMEROS)),
        margin={"top": "14mm", "bottom": "16mm", "left": "15mm", "right": "15mm"},
    )  # fmt: skip
