"""Read a printed guide again, and refuse it unless it is what the page was: pictures, pages, outline, tags, links.

A browser that prints pictures that have not come, or a page cut in the wrong place, says nothing: this does.
"""

import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from steps.gherkin.typographie import dire, plier

LANGUE = "fr-FR"
PAGES_MAXIMUM = 10
A4 = (595, 842)
JEU = 2
"""Points by which a browser may round the size of a page."""
PART_D_UNE_PAGE = 0.4
"""Share of a page beyond which a picture is too large."""


class ImpressionRefusee(Exception):  # noqa: N818 - it reads as a sentence
    """A printed guide is not what it should be; the message says what is wrong, in French."""


@dataclass(frozen=True)
class Attendu:
    """What the page held: its title, its headings in order, its groups of steps, the address that may begin its links.

    A group gives, for each of its steps, its heading and the number of its pictures.
    """

    titre: str
    titres: tuple[str, ...]
    groupes: tuple[tuple[tuple[str, int], ...], ...]
    adresse: str = ""

    @property
    def images(self) -> int:
        """The number of pictures."""
        return sum(nombre for groupe in self.groupes for _, nombre in groupe)


def dater(octets: bytes, attendu: Attendu, le: datetime) -> bytes:
    """Give the same document with its title, its language and its outline as one reads it, dated of the run.

    The same page gives the same bytes. The browser's outline glues the number of a step to its title.
    """
    titre = attendu.titre
    # It gives each object a number of its own, more of them than the browser counts, and complains of it each time.
    logging.getLogger("pypdf._writer").setLevel(logging.ERROR)
    ecrit = PdfWriter(clone_from=PdfReader(io.BytesIO(octets)))
    # Tags and transparency are of 1.4; pypdf says 1.3 unless it is told.
    ecrit.pdf_header = "%PDF-1.4"
    for element, voulu in zip(_elements_du_plan(ecrit.root_object.get("/Outlines")), attendu.titres, strict=False):
        if _lettres(str(element["/Title"])) == _lettres(voulu):
            element[NameObject("/Title")] = TextStringObject(voulu)
    moment = TextStringObject(le.strftime("D:%Y%m%d%H%M%S+00'00'"))
    ecrit.metadata = {"/Title": titre, "/CreationDate": moment, "/ModDate": moment, "/Producer": "make guide"}
    racine = ecrit.root_object
    racine[NameObject("/Lang")] = TextStringObject(LANGUE)
    montrer_le_titre = {NameObject("/DisplayDocTitle"): BooleanObject(value=True)}
    racine[NameObject("/ViewerPreferences")] = DictionaryObject(montrer_le_titre)
    empreinte = ByteStringObject(hashlib.sha256(f"{titre} {le.isoformat()}".encode()).digest()[:16])
    ecrit._ID = ArrayObject([empreinte, empreinte])  # noqa: SLF001 - pypdf has no other way to choose it
    sortie = io.BytesIO()
    ecrit.write(sortie)
    return sortie.getvalue()


def eprouver(document: BinaryIO, attendu: Attendu) -> None:
    """Raise ImpressionRefusee when the document is not what the page was."""
    lu = PdfReader(document)
    feuilles = [lire_feuille(page) for page in lu.pages]
    dits = [
        *_structure(lu, attendu, feuilles), *_plan(lu, attendu), *_images(lu, attendu, feuilles), *_liens(lu, attendu)
    ]  # fmt: skip
    if dits:
        message = "le guide « {titre} » n'est pas imprimé :\n{dits}"
        raise ImpressionRefusee(dire(message, titre=attendu.titre, dits="\n".join(f"  {dit}" for dit in dits)))


def titres_du_plan(lu: PdfReader) -> list[tuple[str, int]]:
    """Give each title of the outline and its page, from 0, in order."""

    def derouler(niveau: list[object]) -> Iterator[tuple[str, int]]:
        for titre in niveau:
            if isinstance(titre, list):
                yield from derouler(titre)
            else:
                page = lu.get_destination_page_number(titre)  # type: ignore[arg-type]
                yield str(titre.title), -1 if page is None else page  # type: ignore[attr-defined]

    return list(derouler(list(lu.outline)))


def _elements_du_plan(plan: PdfObject | None) -> Iterator[DictionaryObject]:
    suivant = None if plan is None else _dictionnaire(plan).get("/First")
    while suivant is not None:
        element = _dictionnaire(suivant)
        yield element
        yield from _elements_du_plan(element)
        suivant = element.get("/Next")


def _dictionnaire(chose: PdfObject) -> DictionaryObject:
    return cast("DictionaryObject", chose.get_object())


@dataclass(frozen=True)
class Feuille:
    """A printed page as it is read: its words, and the share of it that each of its pictures covers, in order."""

    texte: str
    surfaces: tuple[float, ...]


def lire_feuille(page: PageObject) -> Feuille:
    """Read a page, which is long: once for all that is asked of it."""
    toute = float(page.mediabox.width) * float(page.mediabox.height)
    trouvees: list[float] = []

    def voir(operateur: bytes, _: object, matrice: list[float], __: object) -> None:
        if operateur == b"Do":
            a, b, c, d, *_ = matrice
            trouvees.append(abs(a * d - b * c) / toute)

    texte = page.extract_text(visitor_operand_before=voir)
    return Feuille(texte, tuple(trouvees))


def _structure(lu: PdfReader, attendu: Attendu, feuilles: Sequence[Feuille]) -> Iterator[str]:
    racine = lu.root_object
    marques = racine.get("/MarkInfo")
    if not (isinstance(marques, DictionaryObject) and marques.get("/Marked") and "/StructTreeRoot" in racine):
        yield dire("il n'a pas de balises")
    if str(racine.get("/Lang")) != LANGUE:
        yield dire("sa langue n'est pas dite")
    if lu.metadata is None or lu.metadata.title != attendu.titre:
        yield dire("son titre n'est pas dit")
    if not 1 <= len(lu.pages) <= PAGES_MAXIMUM:
        yield dire("il a {n} pages", n=len(lu.pages))
    for numero, (page, feuille) in enumerate(zip(lu.pages, feuilles, strict=True), start=1):
        taille = float(page.mediabox.width), float(page.mediabox.height)
        if any(abs(vue - voulue) > JEU for vue, voulue in zip(taille, A4, strict=True)):
            yield dire("la page {n} n'est pas une page A4", n=numero)
        if plier(dire("page {n} sur {total}", n=numero, total=len(lu.pages))) not in plier(feuille.texte):
            yield dire("la page {n} n'a pas son numéro", n=numero)


def _plan(lu: PdfReader, attendu: Attendu) -> Iterator[str]:
    lus = [_nu(titre) for titre, _ in titres_du_plan(lu)]
    voulus = [_nu(titre) for titre in attendu.titres]
    if lus != voulus:
        manquants = [titre for titre in voulus if titre not in lus]
        yield dire("son plan n'est pas celui de la page : {titres}", titres=", ".join(manquants) or "un autre ordre")


def _images(lu: PdfReader, attendu: Attendu, feuilles: Sequence[Feuille]) -> Iterator[str]:
    pages = [rang for rang, page in enumerate(lu.pages) for _ in page.images]
    if len(pages) != attendu.images:
        yield dire("il a {n} images au lieu de {voulues}", n=len(pages), voulues=attendu.images)
        return
    ou = {_nu(titre): page for titre, page in titres_du_plan(lu)}
    suite = iter(pages)
    for groupe in attendu.groupes:
        for titre, nombre in groupe:
            siennes = [next(suite) for _ in range(nombre)]
            if siennes and ou.get(_nu(titre), -1) != siennes[0]:
                yield dire("« {titre} » est séparé de son image", titre=titre)
    if any(part > PART_D_UNE_PAGE for feuille in feuilles for part in feuille.surfaces):
        yield dire("une image prend plus de {part} % d'une page", part=round(PART_D_UNE_PAGE * 100))


def _liens(lu: PdfReader, attendu: Attendu) -> Iterator[str]:
    for page in lu.pages:
        for annotation in page.get("/Annots") or ():
            action = annotation.get_object().get("/A")
            adresse = str(action.get("/URI", "")) if isinstance(action, DictionaryObject) else ""
            if adresse and not (attendu.adresse and adresse.startswith(attendu.adresse)):
                yield dire("il mène à {adresse}", adresse=adresse)
                return


def _lettres(titre: str) -> str:
    """Give the letters and figures of a title."""
    return "".join(filter(str.isalnum, plier(titre)))


def _nu(titre: str) -> str:
    """Give a title without what the page and the outline say differently: spaces, its number's colon."""
    return "".join(plier(titre).split())
