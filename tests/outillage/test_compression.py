"""Pages leave compressed when it is worth it, and say the same thing."""

import gzip

import brotli
import pytest
import zstandard
from flask import Flask, Response

from webapp.web.http import compression

PAGE = "<!doctype html>" + "<p>Étape 2 : renseigner la fiche.</p>" * 100


@pytest.fixture(scope="module")
def visiteur():
    app = Flask(__name__, static_folder=None)
    compression.installer(app)
    app.add_url_rule("/page", "page", lambda: PAGE)
    app.add_url_rule("/refus", "refus", lambda: (PAGE, 422))
    app.add_url_rule("/fragment", "fragment", lambda: "<div>12 / 255 Caractères</div>")
    app.add_url_rule("/image", "image", lambda: Response(bytes(5000), mimetype="image/png"))
    app.add_url_rule("/deja", "deja", lambda: Response(PAGE, headers={"Content-Encoding": "x"}))
    app.add_url_rule("/flux", "flux", lambda: Response(iter([PAGE]), mimetype="text/html"))
    return app.test_client()


@pytest.mark.parametrize(
    ("accepte", "codage", "ouvrir"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate, zstd", "zstd", zstandard.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br, zstd;q=0", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("br; q=0.0, gzip;q=0", None, bytes),
        ("gzip;q=0.5, br;q=0.9", "br", brotli.decompress),
        ("", None, bytes),
    ],
)
@pytest.mark.parametrize("adresse", ["/page", "/refus"])
def test_a_page_says_the_same_thing_in_every_coding(visiteur, adresse, accepte, codage, ouvrir):
    reponse = visiteur.get(adresse, headers={"Accept-Encoding": accepte})
    assert reponse.headers.get("Content-Encoding") == codage
    assert ouvrir(reponse.data).decode() == PAGE
    assert reponse.content_length == len(reponse.data)
    assert reponse.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("codage", ["zstd", "br", "gzip"])
def test_a_page_loses_nine_tenths_of_its_weight(visiteur, codage):
    assert len(visiteur.get("/page", headers={"Accept-Encoding": codage}).data) < len(PAGE) / 10


@pytest.mark.parametrize("adresse", ["/fragment", "/image", "/flux"])
@pytest.mark.parametrize("codage", ["zstd", "br", "gzip"])
def test_what_is_small_or_not_html_or_streamed_is_left_alone(visiteur, adresse, codage):
    assert "Content-Encoding" not in visiteur.get(adresse, headers={"Accept-Encoding": codage}).headers


def test_what_is_coded_already_is_not_coded_twice(visiteur):
    reponse = visiteur.get("/deja", headers={"Accept-Encoding": "br"})
    assert reponse.headers["Content-Encoding"] == "x"
    assert reponse.text == PAGE


@pytest.mark.parametrize(
    ("fois", "codage", "attendu"),
    [
        (120, "br", lambda page: brotli.compress(page, quality=3)),
        (500, "br", lambda page: brotli.compress(page, quality=5)),
        (1_200, "zstd", lambda page: zstandard.compress(page, 5)),
        (3_000, "zstd", lambda page: zstandard.compress(page, 4)),
    ],
)
def test_the_longer_a_page_the_less_time_it_takes(fois, codage, attendu):
    app = Flask(__name__, static_folder=None)
    compression.installer(app)
    entiere = "".join(f"<p>{n * n} {n}</p>" for n in range(fois))
    app.add_url_rule("/page", "page", lambda: entiere)
    reponse = app.test_client().get("/page", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert (reponse.headers["Content-Encoding"], reponse.data) == (codage, attendu(entiere.encode()))


@pytest.mark.parametrize(("accepte", "codage"), [("br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_long_page_goes_as_the_browser_can_read_it(accepte, codage):
    app = Flask(__name__, static_folder=None)
    compression.installer(app)
    app.add_url_rule("/page", "page", lambda: PAGE * 20)
    assert (
        app.test_client().get("/page", headers={"Accept-Encoding": accepte}).headers.get("Content-Encoding") == codage
    )
