"""Static files: addresses that change with the content, compressed twins that are never behind."""

import gzip
import os

import brotli
import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from webapp.web.http import statique

STYLE = "body { color: black }\n" * 200


@pytest.fixture
def dossier(tmp_path):
    (tmp_path / "tiers").mkdir()
    (tmp_path / "app.css").write_text(STYLE, encoding="utf-8")
    (tmp_path / "tiers" / "htmx.min.js").write_text("//" + "htmx " * 400, encoding="utf-8")
    (tmp_path / "image.png").write_bytes(bytes(3000))
    (tmp_path / ".pret").touch()
    return tmp_path


@pytest.fixture
def visiteur(dossier):
    statique.precompresser(dossier)
    return Client(statique.servir(Response("la page", mimetype="text/html"), dossier))


def test_each_file_has_an_address_and_neither_twins_nor_stamps_do(dossier):
    statique.precompresser(dossier)
    assert set(statique.adresses(dossier)) == {"app.css", "image.png", "tiers/htmx.min.js"}


def test_an_address_changes_with_the_content_and_only_then(dossier):
    avant = statique.adresses(dossier)
    (dossier / "app.css").write_text(STYLE + "p {}", encoding="utf-8")
    apres = statique.adresses(dossier)
    assert avant["app.css"] != apres["app.css"]
    assert avant["tiers/htmx.min.js"] == apres["tiers/htmx.min.js"]


def test_url_gives_the_address_of_a_file_of_the_product():
    assert statique.url("tiers/htmx.min.js") == statique.adresses(statique.DOSSIER)["tiers/htmx.min.js"]


def test_url_refuses_an_unknown_name_in_french():
    with pytest.raises(
        statique.FichierStatiqueInconnu, match=r"Le fichier statique «\xa0absent\.css\xa0» est introuvable\."
    ):
        statique.url("absent.css")


@pytest.mark.parametrize(
    ("accepte", "codage", "ouvrir"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_a_file_comes_in_the_best_coding_the_browser_accepts(visiteur, dossier, accepte, codage, ouvrir):
    reponse = visiteur.get(statique.adresses(dossier)["app.css"], headers={"Accept-Encoding": accepte}, buffered=True)
    assert reponse.headers.get("Content-Encoding") == codage
    assert ouvrir(reponse.data).decode() == STYLE
    assert reponse.headers["Vary"] == "Accept-Encoding"


def test_a_file_may_be_kept_for_ever_and_says_its_type(visiteur, dossier):
    en_tetes = visiteur.get(statique.adresses(dossier)["app.css"], buffered=True).headers
    assert en_tetes["Cache-Control"].endswith("public, immutable")
    assert en_tetes["Content-Type"] == 'text/css; charset="utf-8"'
    assert en_tetes["X-Content-Type-Options"] == "nosniff"
    assert en_tetes["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in en_tetes


@pytest.mark.parametrize(
    "adresse", ["/", "/static/app.css", "/static/0/app.css", "/static/../app.css", "/static/.pret"]
)
def test_anything_else_goes_through_to_the_application(visiteur, adresse):
    assert visiteur.get(adresse).text == "la page"


def test_precompresser_writes_what_is_missing_then_nothing(dossier):
    noms = {jumeau.name for jumeau in statique.precompresser(dossier)}
    assert noms == {"app.css.br", "app.css.gz", "htmx.min.js.br", "htmx.min.js.gz"}
    assert statique.precompresser(dossier) == []


def test_precompresser_catches_up_with_a_changed_file(dossier):
    statique.precompresser(dossier)
    style = dossier / "app.css"
    style.write_text(STYLE * 2, encoding="utf-8")
    plus_tard = (dossier / "app.css.br").stat().st_mtime + 10
    os.utime(style, (plus_tard, plus_tard))
    assert {jumeau.name for jumeau in statique.precompresser(dossier)} == {"app.css.br", "app.css.gz"}
    assert brotli.decompress((dossier / "app.css.br").read_bytes()).decode() == STYLE * 2


@pytest.mark.parametrize("depasse", [True, False])
def test_a_twin_of_another_version_is_made_again_and_never_sent_whatever_its_date(dossier, depasse):
    """A copy that keeps dates (rsync -t, tar) may bring a file older than the twin that stands there."""
    statique.precompresser(dossier)
    style, jumeau = dossier / "app.css", dossier / "app.css.br"
    date = jumeau.stat().st_mtime
    style.write_text(STYLE.replace("black", "white"), encoding="utf-8")
    os.utime(style, (date - depasse, date - depasse))
    os.utime(jumeau, (date, date))
    client = Client(statique.servir(Response("la page"), dossier))
    adresse = statique.adresses(dossier)["app.css"]
    reponse = client.get(adresse, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert "Content-Encoding" not in reponse.headers
    assert "white" in reponse.text
    assert {jumeau.name for jumeau in statique.precompresser(dossier)} == {"app.css.br", "app.css.gz"}
    assert "white" in brotli.decompress(jumeau.read_bytes()).decode()


@pytest.mark.parametrize("suffixe", [".br", ".gz"])
def test_a_twin_cut_short_is_never_sent(dossier, suffixe):
    statique.precompresser(dossier)
    coupe = dossier / f"app.css{suffixe}"
    coupe.write_bytes(coupe.read_bytes()[:-5])
    client = Client(statique.servir(Response("la page"), dossier))
    codages = {"Accept-Encoding": suffixe.removeprefix(".").replace("gz", "gzip")}
    reponse = client.get(statique.adresses(dossier)["app.css"], headers=codages, buffered=True)
    assert "Content-Encoding" not in reponse.headers
    assert reponse.text == STYLE


def test_a_twin_that_has_gone_since_the_server_began_leaves_the_file_as_it_is(visiteur, dossier):
    adresse = statique.adresses(dossier)["app.css"]
    for jumeau in dossier.glob("app.css.*"):
        jumeau.unlink()
    reponse = visiteur.get(adresse, headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    assert (reponse.status_code, reponse.text) == (200, STYLE)
    assert "Content-Encoding" not in reponse.headers
    (dossier / "app.css").unlink()
    # Nothing to send any more: the application says so.
    assert visiteur.get(adresse, headers={"Accept-Encoding": "gzip, br"}).text == "la page"


def test_a_twin_larger_than_its_file_is_not_kept(tmp_path):
    (tmp_path / "petit.js").write_text("1", encoding="utf-8")
    assert statique.precompresser(tmp_path) == []
    assert [f.name for f in tmp_path.iterdir()] == ["petit.js"]


def test_the_third_party_files_are_exactly_those_listed(outil, tmp_path):
    outils = outil("statique")
    for source in outils.PRIS:
        fichier = tmp_path / "node_modules" / source
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(source, encoding="utf-8")
    tiers = tmp_path / "tiers"
    tiers.mkdir()
    (tiers / "ancien.js").touch()
    outils.copier(tmp_path / "node_modules", tiers)
    assert {f.name for f in tiers.iterdir()} == set(outils.PRIS.values())


def test_a_missing_npm_package_stops_the_copy(outil, tmp_path):
    with pytest.raises(FileNotFoundError):
        outil("statique").copier(tmp_path / "node_modules", tmp_path / "tiers")


def test_the_style_sheets_and_scripts_of_a_first_visit_weigh_less_than_half_of_what_is_promised():
    """The promise is 76 kB for the whole first visit of the Cléa path, pages and fonts included."""
    statique.precompresser()
    envoyes = [statique._envoye(chemin) for chemin in statique.fichiers(statique.DOSSIER)]
    # Those of a tour, of a guide, of a print, of a page of error, of a conflict, of the search of a code, of a job and
    # of a formation that has actions or whose certification has ended are sent to who opens one.
    ailleurs = {"visite", "guide", "impression", "erreur", "conflit", "recherche", "actions", "avis-plie", "taches"}
    siens = [f for f in envoyes if f.suffix in {".css", ".js"} and f.stem not in ailleurs]
    assert 20_000 < sum(f.with_name(f"{f.name}.br").stat().st_size for f in siens) < 37_500


@pytest.mark.parametrize(("suffixe", "gain"), [("js", 1.3), ("css", 1.05)])
def test_every_script_and_style_of_ours_is_sent_reduced(suffixe, gain):
    siens = sorted(statique.DOSSIER.glob(f"*.{suffixe}"))
    assert len(siens) >= 3
    for fichier in siens:
        assert statique._envoye(fichier) == statique.reduit(fichier)
        assert statique.reduit(fichier).stat().st_size < fichier.stat().st_size / gain


def test_a_reduced_script_is_sent_while_the_script_is_the_one_it_was_made_of(dossier):
    script = dossier / "app.js"
    script.write_text("// why\nwindow.a = 1;\n", encoding="utf-8")
    fait = statique.reduit(script)
    fait.parent.mkdir()
    fait.write_text(statique.signature(script) + "window.a=1", encoding="utf-8")
    assert set(statique.adresses(dossier)) == {"app.css", "app.js", "image.png", "tiers/htmx.min.js"}

    def recevoir():
        client = Client(statique.servir(Response("la page"), dossier))
        return client.get(statique.adresses(dossier)["app.js"], buffered=True).text

    reduite = statique.adresses(dossier)["app.js"]
    assert recevoir() == fait.read_text("utf-8")
    script.write_text("window.a = 2;\n", encoding="utf-8")
    assert recevoir() == "window.a = 2;\n"
    assert statique.adresses(dossier)["app.js"] != reduite
