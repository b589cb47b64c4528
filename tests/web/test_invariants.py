"""Each invariant of `PageClient` bites: a fault planted in a good page is found, by that invariant."""

import pytest
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import NotFound
from werkzeug.test import Client, TestResponse

from tests.web import entetes, invariants
from tests.web.comparaison import assert_same
from tests.web.echange import FragmentMalForme, echanger
from tests.web.invariants import INVARIANTS, Lue
from tests.web.lecture_html import elements, lire_document
from tests.web.page import Page
from tests.web.page_client import PageClient
from webapp.app import create_app
from webapp.web.http.access import publique

NBSP = "\N{NO-BREAK SPACE}"
# « ~ » stands for a no-break space: it can be seen.
BONNE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Essai – Fiche vivante</title>
<script src="/static/tiers/htmx.min.js" defer></script>
<script src="/static/app.js" defer></script>
</head>
<body>
<a href="#page">Aller au contenu</a>
<nav aria-label="Principale"><a href="/catalogue">Catalogue</a></nav>
<div id="toasts" role="status"></div>
<div id="alertes" role="alert"></div>
<main id="page">
<h1>L’essai</h1>
<h2 id="sous-titre">Un «~sous-titre~»~:</h2>
<img src="/static/icone.svg" alt="">
<form id="f" method="post" action="/formations">
<input type="hidden" name="csrf_token" value="abc">
<label for="un">Un champ</label> <input id="un" name="un" type="text" aria-describedby="aide">
<p id="aide">Une aide.</p>
<fieldset><legend>Un choix</legend>
<label for="a">A</label> <input id="a" type="radio" name="choix" value="a">
</fieldset>
<button type="submit" hx-post="/formations" hx-include="closest form" hx-target="#aide" hx-swap="outerHTML"
  hx-sync="this:drop">Envoyer</button>
<button type="button" popovertarget="bulle" aria-label="Explication">i</button>
<span id="bulle" popover>Une bulle</span>
</form>
<form method="get" action="/catalogue"><label for="q">Chercher</label> <input id="q" name="q" type="search">
<button type="submit">Chercher</button></form>
<p><a href="/catalogue" hx-get="/catalogue" hx-target="#aide" hx-swap="outerHTML" hx-sync="this:drop">Voir</a></p>
<dialog open aria-labelledby="sous-titre"><p>Une question~?</p></dialog>
<p>Saisi~: l'apostrophe de quelqu'un</p>
</main>
<template id="panne"><p>Rien ne va plus.</p></template>
</body>
</html>
""".replace("~", NBSP)
ROUTES = {("GET", "/catalogue"), ("POST", "/formations")}


class Adresses:
    def match(self, path_info, method):
        if (method, path_info) not in ROUTES:
            raise NotFound


def fautes(html):
    document, syntaxe = lire_document(html)
    saisies = frozenset({"l'apostrophe de quelqu'un"})
    return invariants.fautes(Lue(document, html, tuple(syntaxe), saisies, Adresses()))


def test_a_good_page_has_no_fault():
    assert fautes(BONNE) == []


PLANTEES = [
    ("langue", 'lang="fr"', 'lang="en"'),
    ("langue", ' lang="fr"', ""),
    ("titre_du_document", "Essai – Fiche", "Essai - Fiche"),
    ("titre_du_document", "Essai – Fiche vivante", " – Fiche vivante"),
    ("titre_du_document", "<title>Essai – Fiche vivante</title>", ""),
    ("un_seul_h1", "<h1>L’essai</h1>", "<p>L’essai</p>"),
    ("un_seul_h1", "<h1>L’essai</h1>", "<h1>L’essai</h1><h1>Encore</h1>"),
    ("un_seul_h1", "<h1>L’essai</h1>", "<h1> </h1>"),
    ("un_seul_h1", "<h1>L’essai</h1>", "<h1 hidden>L’essai</h1>"),
    ("niveaux_de_titres", '<h2 id="sous-titre">Un «~sous-titre~»~:</h2>', '<h3 id="sous-titre">Un titre</h3>'),
    ("reperes", '<a href="#page">Aller', '<a href="/catalogue">Aller'),
    ("reperes", 'role="status"', ""),
    ("reperes", ' id="alertes"', ""),
    ("reperes", '<main id="page">', '<div id="page">'),
    ("structure", "<h1>L’essai</h1>", "<h1>L’essai"),
    ("structure", "<p>Une question~?</p>", "<p>Une question~?</p></div>"),
    ("structure", "<p>Une question~?</p>", "<div><p>Une question~?</p>"),
    ("structure", '<p id="aide">Une aide.</p>', '<form method="get" action="/catalogue"></form>'),
    ("structure", 'id="toasts"', 'id="toasts" role="alert"'),
    ("identifiants_uniques", 'id="toasts"', 'id="alertes"'),
    ("identifiants_uniques", '<p id="aide">', '<p id="un">'),
    ("identifiants_uniques", "<p>Rien ne va plus", '<p id="aide">Rien ne va plus'),
    ("controles_nommes", '<label for="un">Un champ</label>', ""),
    ("controles_nommes", '<label for="un">Un champ</label>', '<label for="un"></label>'),
    ("commandes_nommees", ">Envoyer</button>", "></button>"),
    ("commandes_nommees", ">Envoyer</button>", '><span aria-hidden="true">×</span></button>'),
    ("commandes_nommees", ">Catalogue</a>", "></a>"),
    ("commandes_nommees", "<p>Rien ne va plus.", '<button type="button"></button><p>Rien ne va plus.'),
    ("commandes_nommees", ' alt=""', ""),
    ("commandes_nommees", "<h1>L’essai</h1>", "<h1>L’essai</h1><p><a>Voir</a></p>"),
    ("regions_nommees", ' aria-label="Principale"', ""),
    ("regions_nommees", "<legend>Un choix</legend>", ""),
    ("regions_nommees", "<h1>L’essai</h1>", "<h1>L’essai</h1><section><p>Un texte</p></section>"),
    ("regions_nommees", ' aria-labelledby="sous-titre"', ""),
    ("regions_nommees", "<h1>L’essai</h1>", '<h1>L’essai</h1><nav aria-label="Principale"></nav>'),
    ("aria_connu", 'aria-describedby="aide"', 'aria-describeby="aide"'),
    ("aria_connu", 'aria-label="Explication"', 'aria-label=""'),
    ("aria_connu", 'role="status"', 'role="statut"'),
    ("aria_connu", "<h1>L’essai</h1>", '<h1 aria-disabled="oui">L’essai</h1>'),
    ("references", 'aria-describedby="aide"', 'aria-describedby="aide perdue"'),
    ("references", 'for="un"', 'for="deux"'),
    ("references", 'for="un"', 'for="aide"'),
    ("references", 'popovertarget="bulle"', 'popovertarget="rien"'),
    ("references", 'popovertarget="bulle"', 'popovertarget="aide"'),
    ("references", 'aria-labelledby="sous-titre"', 'aria-labelledby="perdu"'),
    ("references", '<button type="submit">', '<button type="submit" form="perdu">'),
    ("references", '<button type="submit">', '<button type="submit" form="aide">'),
    ("references", "<p>Une question~?</p>", '<p><a href="#nulle-part">Une question</a></p>'),
    ("references", 'for="un"', 'for="panne"'),
    ("typographie", "L’essai", "L'essai"),
    ("typographie", "Un «~sous-titre~»~:", "Un « sous-titre~»~:"),
    ("typographie", "Un «~sous-titre~»~:", "Un «~sous-titre »~:"),
    ("typographie", "Un «~sous-titre~»~:", "Un «~sous-titre~» :"),
    ("typographie", "Un «~sous-titre~»~:", "Un «sous-titre~»~:"),
    ("typographie", "question~?", "question ?"),
    ("typographie", "question~?", "question?"),
    ("typographie", "question~?", 'question "simple"'),
    ("typographie", "question~?", "question..."),
    ("typographie", 'aria-label="Explication"', 'aria-label="L\'explication"'),
    ("typographie", 'type="search"', 'type="search" placeholder="L\'essai"'),
    ("typographie", "Essai – Fiche", "L'essai – Fiche"),
    ("typographie", "Rien ne va plus.", "Rien n'va plus."),
    ("typographie", "<p>Une question~?</p>", "<p><strong>Une question</strong>?</p>"),
    ("typographie", "de quelqu'un", "d'autrui"),
    ("rien_de_publie", "Une question~?", "La formation est publiée."),
    ("rien_de_publie", 'aria-label="Explication"', 'aria-label="Formations publiées"'),
    ("htmx_permis", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-boost="true">Voir'),
    ("htmx_permis", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-on:click="x">Voir'),
    ("htmx_permis", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" data-hx-vals="{}">Voir'),
    ("htmx_permis", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-disabled-elt="this">Voir'),
    ("htmx_permis", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-include="js:x">Voir'),
    ("htmx_permis", '<p id="aide">', '<p id="aide" hx-swap-oob="true">'),
    ("htmx_sans_heritage", '<p id="aide">', '<p id="aide" hx-target="#un">'),
    ("htmx_sans_heritage", ' hx-swap="outerHTML" hx-sync="this:drop">Voir', ' hx-sync="this:drop">Voir'),
    ("htmx_sans_heritage", 'hx-target="#aide" hx-swap="outerHTML" hx-sync="this:drop">Voir', ">Voir"),
    ("htmx_sans_heritage", ' hx-sync="this:drop">Voir', ">Voir"),
    ("htmx_sans_heritage", 'hx-swap="outerHTML" hx-sync="this:drop">Voir', 'hx-swap="innerHTML" hx-sync="this:drop">V'),
    ("htmx_sans_heritage", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-trigger="keyup[x]">Voir'),
    ("htmx_sans_heritage", 'hx-get="/catalogue"', 'hx-get="/catalogue" hx-post="/formations"'),
    ("htmx_sans_heritage", "<p>Une question~?</p>",
     '<p hx-get="/catalogue" hx-target="#aide" hx-swap="none" hx-sync="this:drop">Une question</p>'),
    ("htmx_references", 'hx-target="#aide" hx-swap="outerHTML" hx-sync="this:drop">Voir',
     'hx-target="#perdu" hx-swap="outerHTML" hx-sync="this:drop">Voir'),
    ("htmx_references", 'hx-target="#aide" hx-swap="outerHTML" hx-sync="this:drop">Voir',
     'hx-target="closest p" hx-swap="outerHTML" hx-sync="this:drop">Voir'),
    ("htmx_references", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-include="closest form">Voir'),
    ("htmx_references", 'hx-sync="this:drop">Voir', 'hx-sync="this:drop" hx-trigger="input from:#rien">Voir'),
    ("htmx_avec_repli", '<a href="/catalogue" hx-get', '<a href="/formations" hx-get'),
    ("htmx_avec_repli", 'method="post" action="/formations"', 'method="post" action="/catalogue"'),
    ("htmx_avec_repli", "<p>Une question~?</p>",
     '<button type="button" hx-get="/catalogue" hx-target="#aide" hx-swap="none" hx-sync="this:drop">Seul</button>'),
    ("jetons", '<input type="hidden" name="csrf_token" value="abc">', ""),
    ("jetons", 'name="csrf_token" value="abc"', 'name="csrf_token" value=""'),
    ("jetons", '<label for="q">', '<input type="hidden" name="csrf_token" value="abc"><label for="q">'),
    ("formulaires_sains", '<form method="get" action="/catalogue">', '<form action="/catalogue">'),
    ("formulaires_sains", '<form method="get" action="/catalogue">', '<form method="get">'),
    ("formulaires_sains", '<button type="submit">', "<button>"),
    ("formulaires_sains", '<label for="q">', '<input type="hidden" name="organisme" value=""><label for="q">'),
    ("formulaires_sains", 'name="un" type="text"', 'name="un" type="password" value="secret"'),
    ("formulaires_sains", 'name="un" type="text"', 'name="un" type="text" maxlength="255"'),
    (
        "entree_ne_renonce_pas",
        '<label for="q">',
        '<button type="submit" formmethod="dialog">Non</button><label for="q">',
    ),
    ("rien_en_ligne", "<h1>", '<h1 style="color:red">'),
    ("rien_en_ligne", "<h1>", '<h1 onclick="x">'),
    ("rien_en_ligne", "<p>Une question~?</p>", "<p>Une question</p><script>x</script>"),
    ("rien_en_ligne", "<p>Une question~?</p>", "<p>Une question</p><style>p{}</style>"),
    ("rien_en_ligne", '<a href="/catalogue">Cat', '<a href="javascript:x">Cat'),
    ("adresses", '<a href="/catalogue">Cat', '<a href="/perdue">Cat'),
    ("adresses", '<a href="/catalogue">Cat', '<a href="catalogue">Cat'),
    ("adresses", '<a href="/catalogue">Cat', '<a href="https://ailleurs.example/">Cat'),
    ("adresses", 'src="/static/app.js"', 'src="//ailleurs.example/app.js"'),
    ("adresses", '<a href="/catalogue">Cat', '<a href="/catalogue" target="_blank">Cat'),
    ("adresses", 'action="/formations"', 'action="/perdue"'),
    ("adresses", '<button type="submit">', '<button type="submit" formaction="/perdue">'),
    ("configuration_de_htmx", "/static/app.js", "/static/autre.js"),
    ("configuration_de_htmx", "/static/tiers/htmx.min.js", "/static/app.js"),
]  # fmt: skip


@pytest.mark.parametrize(("regle", "bon", "fautif"), PLANTEES)
def test_an_invariant_finds_a_planted_fault(regle, bon, fautif):
    bon, fautif = bon.replace("~", NBSP), fautif.replace("~", NBSP)
    assert bon in BONNE
    assert regle in {faute.split(" : ")[0] for faute in fautes(BONNE.replace(bon, fautif, 1))}


def test_every_invariant_has_a_planted_fault():
    assert {regle for regle, _, _ in PLANTEES} == set(INVARIANTS)


def test_the_client_refuses_a_page_with_a_fault_and_an_answer_without_its_headers(reglages, base, monkeypatch):
    application = create_app(reglages, base)
    PageClient(application).get("/connexion")
    modele = application.jinja_env.from_string(BONNE.replace("<h1>L’essai</h1>", ""))
    application.view_functions["connexion.afficher"] = publique(lambda: str(modele.render()))
    with pytest.raises(AssertionError, match="un_seul_h1"):
        PageClient(application).get("/connexion")
    monkeypatch.setattr(application, "wsgi_app", Flask.wsgi_app.__get__(application))
    with pytest.raises(AssertionError, match="Content-Security-Policy"):
        PageClient(application).get("/connexion")


# ---------------------------------------------------------------------------- headers


def reponse(en_tetes, *, statut="200 OK", corps="", chemin="/"):
    def application(_environ, start_response):
        start_response(statut, list(en_tetes))
        return [corps.encode()]

    recue = Client(application).get(chemin)
    assert isinstance(recue, TestResponse)
    return recue


BONS = {**entetes.DE_SECURITE, "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept-Encoding"}  # fmt: skip


def test_good_headers_have_no_fault():
    assert list(entetes.fautes(reponse(BONS.items()), https=False)) == []


@pytest.mark.parametrize("nom", [*entetes.DE_SECURITE, "Cache-Control", "Vary"])
def test_a_missing_header_is_found(nom):
    assert list(entetes.fautes(reponse((BONS | {nom: ""}).items()), https=False))
    assert list(entetes.fautes(reponse([(n, v) for n, v in BONS.items() if n != nom]), https=False))


@pytest.mark.parametrize("nom", entetes.DE_SECURITE)
def test_a_header_said_twice_is_found(nom):
    assert list(entetes.fautes(reponse([*BONS.items(), (nom, BONS[nom])]), https=False))


@pytest.mark.parametrize(
    "ajout",
    [
        ("Content-Type", "text/html"),
        ("Server", "werkzeug"),
        ("Location", "/été"),
        (entetes.HSTS, "max-age=1"),
        ("Set-Cookie", "session=a; Path=/; SameSite=Lax"),
        ("Set-Cookie", "session=a; Path=/; HttpOnly"),
        ("Set-Cookie", "session=a; Path=/; HttpOnly; SameSite=Lax; Secure"),
        ("Set-Cookie", "session=a; Path=/; HttpOnly; SameSite=Lax; Domain=a.example"),
        ("Set-Cookie", "__Host-session=a; Path=/; HttpOnly; SameSite=Lax"),
    ],
)
def test_a_bad_header_is_found(ajout):
    garde = [(n, v) for n, v in BONS.items() if n != ajout[0]]
    assert list(entetes.fautes(reponse([*garde, ajout]), https=False))


def test_over_https_the_cookie_and_the_header_must_say_so():
    bon = ("Set-Cookie", "__Host-session=a; Path=/; HttpOnly; SameSite=Lax; Secure")
    hsts = (entetes.HSTS, "max-age=31536000; includeSubDomains")
    assert list(entetes.fautes(reponse([*BONS.items(), bon, hsts]), https=True)) == []
    assert list(entetes.fautes(reponse([*BONS.items(), bon]), https=True))
    assert list(
        entetes.fautes(reponse([*BONS.items(), hsts, ("Set-Cookie", bon[1].removeprefix("__Host-"))]), https=True)
    )


@pytest.mark.parametrize("corps", ["Traceback (most recent call last)", 'File "/srv/x.py"', "sqlalchemy.exc.DataError"])
def test_the_inside_of_the_product_in_a_page_is_found(corps):
    assert list(entetes.fautes(reponse(BONS.items(), corps=corps), https=False))


# ---------------------------------------------------------------------------- swaps


PAGE = '<!doctype html><html><body><div id="a">avant</div><div id="b">ancien</div></body></html>'


def echange(html, mode="outerHTML"):
    document, _ = lire_document(PAGE)
    return echanger(document, html, cible="a", mode=mode)


def test_a_swap_replaces_the_target_and_the_pieces_out_of_band():
    page = echange('<div id="a">après</div><div id="b" hx-swap-oob="innerHTML"><p>neuf</p></div>')
    assert [e.text_content() for e in page.xpath("//div")] == ["après", "neuf"]
    assert not page.xpath("//@hx-swap-oob")


def test_a_swap_leaves_the_first_page_as_it_was():
    document, _ = lire_document(PAGE)
    echanger(document, '<div id="a">après</div>', cible="a", mode="outerHTML")
    assert elements(document, "//div")[0].text == "avant"


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<div id="autre">après</div>',
        '<div id="a">après</div><p>perdu</p>',
        '<div id="a">après</div><div id="perdu" hx-swap-oob="true"></div>',
        '<div id="a"><p id="b" hx-swap-oob="true">caché</p></div>',
        '<div id="a">après</div><div id="b" hx-swap-oob="beforeend"></div>',
    ],
)
def test_a_fragment_that_would_be_lost_is_refused(html):
    with pytest.raises(FragmentMalForme):
        echange(html)


def test_a_toast_alone_must_not_bring_a_piece_for_the_target():
    assert echange('<div id="b" hx-swap-oob="true">neuf</div>', "none").xpath("//div[@id='a']")[0].text == "avant"
    with pytest.raises(FragmentMalForme):
        echange('<div id="a">après</div>', "none")


def page(html):
    document, _ = lire_document(html)
    return Page(document, html, "/", 200, Headers())


GABARIT = '<html lang="fr"><body><main id="m" class="x">{}</main></body></html>'


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a</p>", '<p class="y">a</p>'),
        ("<p>a</p><p>b</p>", "<p>b</p><p>a</p>"),
        ("<p>a</p>", "<p>a</p><p></p>"),
        ("<p>a b</p>", "<p>a\xa0b</p>"),
        ('<input name="a" value="1">', '<input name="a" value="2">'),
        ("<textarea>\n\na</textarea>", "<textarea>\na</textarea>"),
        ('<select><option value="1" selected>1</option></select>', '<select><option value="1">1</option></select>'),
    ],
)
def test_assert_same_sees_a_difference(un, autre):
    with pytest.raises(AssertionError, match="diffèrent"):
        assert_same(page(GABARIT.format(un)), page(GABARIT.format(autre)))
    assert_same(page(GABARIT.format(un)), page(GABARIT.format(un)))


def test_assert_same_does_not_mind_tokens_spaces_nor_the_order_of_attributes():
    une = '<p id="p"  class="y">a\n  b</p> <input name="csrf_token" value="1">'
    assert_same(
        page(GABARIT.format(une)),
        page(GABARIT.format('<p class="y" id="p">a b</p><input name="csrf_token" value="2">')),
    )
