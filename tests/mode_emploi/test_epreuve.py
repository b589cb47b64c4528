"""A printed guide is read again, and refused unless it holds what the page held."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import NameObject

from steps.guide.comparaison import PUBLIE
from steps.guide.epreuve import PAGES_MAXIMUM, Attendu, ImpressionRefusee, dater, eprouver, titres_du_plan
from webapp.mode_emploi.fiche import fiches

LE = datetime(2026, 11, 26, 20, 7, 1, tzinfo=UTC)


def titre_de(section):
    etape = section.etape
    return etape.titre if etape.numero is None or section.encadre else f"{etape.numero}. {etape.titre}"


@pytest.fixture(params=fiches(), ids=lambda fiche: fiche.guide.nom)
def imprime(request):
    """A guide that is published, and what its page holds."""
    fiche = request.param
    octets = (PUBLIE / f"{fiche.guide.nom}.pdf").read_bytes()
    groupes = tuple(tuple((titre_de(s), len(s.images)) for s in groupe) for groupe in fiche.groupes)
    titres = (fiche.guide.titre, *(titre for groupe in groupes for titre, _ in groupe), "Ce qui le prouve")
    return octets, Attendu(fiche.guide.titre, titres, groupes)


def altere(octets, changer):
    ecrit = PdfWriter(clone_from=PdfReader(io.BytesIO(octets)))
    changer(ecrit)
    sortie = io.BytesIO()
    ecrit.write(sortie)
    return sortie.getvalue()


def sans(cle):
    def changer(ecrit):
        del ecrit.root_object[NameObject(cle)]

    return changer


def lien(ecrit):
    ecrit.add_annotation(0, Link(rect=(50, 50, 100, 100), url="http://127.0.0.1:5000/"))


def test_what_is_published_is_what_its_page_holds(imprime):
    octets, attendu = imprime
    eprouver(io.BytesIO(octets), attendu)


def test_the_fiche_has_from_eight_to_ten_pages_none_of_them_blank():
    lu = PdfReader(PUBLIE / "creer-une-formation-clea.pdf")
    assert 8 <= len(lu.pages) <= PAGES_MAXIMUM
    # The foot of the page is a hundred characters.
    assert all(len(page.extract_text()) > 200 for page in lu.pages)


@pytest.mark.parametrize(
    ("changer", "dit"),
    [
        (sans("/StructTreeRoot"), "balises"),
        (sans("/MarkInfo"), "balises"),
        (sans("/Outlines"), "son plan"),
        (sans("/Lang"), "sa langue"),
        (lambda ecrit: ecrit.remove_images(), "0 images au lieu de"),
        (lambda ecrit: ecrit.pages[0].scale_by(0.5), "page A4"),
        (lambda ecrit: ecrit.add_metadata({"/Title": "Autre"}), "son titre"),
        (lien, "il mène à http"),
        (lambda ecrit: [ecrit.add_blank_page() for _ in range(9)], "pages"),
    ],
    ids=["tags", "marks", "outline", "language", "pictures", "a size", "title", "a link", "pages"],
)
def test_a_print_that_is_not_what_its_page_holds_is_refused(imprime, changer, dit):
    octets, attendu = imprime
    with pytest.raises(ImpressionRefusee) as refus:
        eprouver(io.BytesIO(altere(octets, changer)), attendu)
    assert dit in str(refus.value).replace("\u00a0", " ")


def test_a_heading_torn_from_its_picture_is_refused(imprime):
    octets, attendu = imprime
    pages = dict(titres_du_plan(PdfReader(io.BytesIO(octets))))
    assert len(set(pages.values())) > 1
    # The picture of the first step is said to be of the last one, which is pages away.
    dernier = attendu.groupes[-1][-1][0] if attendu.groupes[-1][-1][1] == 0 else "Ce qui le prouve"
    faux = replace(attendu, groupes=(((dernier, attendu.images),),))
    with pytest.raises(ImpressionRefusee, match="séparé de son image"):
        eprouver(io.BytesIO(octets), faux)


def test_the_address_of_the_product_may_begin_its_links(imprime):
    octets, attendu = imprime
    lie = altere(
        octets, lambda e: e.add_annotation(0, Link(rect=(50, 50, 100, 100), url="https://produit.example/guide"))
    )
    eprouver(io.BytesIO(lie), replace(attendu, adresse="https://produit.example/"))
    with pytest.raises(ImpressionRefusee):
        eprouver(io.BytesIO(lie), attendu)


def test_dating_a_document_complains_of_nothing(imprime, caplog):
    octets, attendu = imprime
    # As the browser counts: fewer than pypdf numbers.
    moins, remplaces = re.subn(rb"/Size \d+", b"/Size 1", octets)
    assert remplaces == 1
    caplog.clear()
    dater(moins, attendu, LE)
    assert caplog.records == []


def test_the_same_document_dated_the_same_gives_the_same_bytes(imprime):
    octets, attendu = imprime
    plus_tard = altere(octets, lambda ecrit: ecrit.add_metadata({"/CreationDate": "D:20300101000000Z"}))
    assert dater(octets, attendu, LE) == dater(octets, attendu, LE)
    assert dater(octets, attendu, LE) == dater(plus_tard, attendu, LE)
    lu = PdfReader(io.BytesIO(dater(octets, attendu, LE)))
    assert lu.pdf_header == "%PDF-1.4", "tags are not of the version before"
    assert lu.metadata is not None
    assert lu.metadata.creation_date == LE
