"""What follows the typing (guide steps 6 to 12): the same judge as the save, whoever asks, htmx or a plain form."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import juger, une_fiche
from tests.web.comparaison import PRINCIPAL, assert_same
from tests.web.test_etape_2 import FICHE, a_faire, etat, validable
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.champs import CHAMPS_COMMUNS, PAR_NOM
from webapp.domain.controle import Code
from webapp.domain.fiche import normaliser_texte
from webapp.domain.textes import normaliser

TEXTES = [c for c in CHAMPS_COMMUNS if c.choix is None]
COMPTES = [c for c in CHAMPS_COMMUNS if c.compteur]
COMPLETE = {champ.nom: une_fiche().valeur(champ.nom) for champ in CHAMPS_COMMUNS}


def suivre(client, page, **champs):
    """Type, and let the live region follow."""
    return client.swap(page, client.htmx(page, page.par_id("suivi"), **champs))


def sans_htmx(client, page, **champs):
    """Send the same form plainly, line ends as a browser sends them."""
    url = page.par_id("fiche").get("action")
    poses = {nom: page.valeur(nom) for nom in (*COMPLETE, "type_formation", "certification", "version")} | champs
    return client.page_postee(f"{url}/saisie", {n: t.replace("\n", "\r\n") for n, t in poses.items()})


def formes(champ):
    """Texts of every kind for a field."""
    maximum = champ.longueur_max
    return {
        "rien": "",
        "espaces": "   ",
        "espaces de toutes sortes": "\u00a0\u202f\u2003\t\u200b",
        "un caractère": "a",
        "max - 1": "a" * (maximum - 1),
        "max": "a" * maximum,
        "max + 1": "a" * (maximum + 1),
        "accents décomposés, max": "e\u0301" * maximum,
        "accents décomposés, max + 1": "e\u0301" * (maximum + 1),
        "emoji": "👩‍💻" * 3,
        "emoji, au-delà": "😀" * (maximum + 1),
        "lignes": "un\ndeux\n\ntrois\n",
        "lignes, max": "a\n" * (maximum // 2),
        "guillemets et balises": "<b>\"l'essai\"</b> & <textarea>",
        "modèle": "{{ 7 * 7 }} {% raise %} ${7*7} #{7*7}",
        "formule": '=HYPERLINK("https://ailleurs.example")',
        "attributs htmx": '" hx-get="/catalogue" hx-trigger="load" x="',
        "commande de sens d'écriture": "a\u202eb\u202ac",
        "contrôle": "a\x01b\x0bc\x7f",
        "ligne en tête": "\n\nun",
    }  # fmt: skip


# The lengths for every field; the rest for the three that differ: an identifier, a line, a text.
CAS = [
    (forme, champ)
    for champ in TEXTES
    for forme in formes(champ)
    if champ.nom in {"identifiant", "intitule", "contenu"} or "max" in forme or forme in {"rien", "espaces"}
]


@pytest.mark.parametrize(("forme", "champ"), CAS, ids=[f"{champ.nom}-{forme}" for forme, champ in CAS])
def test_the_region_says_what_the_domain_says_and_what_a_plain_form_shows(client, champ, forme):
    texte = formes(champ)[forme]
    page = client.get(FICHE)
    vif = suivre(client, page, **{champ.nom: texte})
    # A text of one line loses its line ends in the browser, before anything is sent.
    envoye = texte if champ.multiligne else texte.replace("\n", "")
    lu = normaliser_texte(champ.nom, envoye).strip() if champ.nom == "identifiant" else envoye
    attendues = juger(champ, lu)
    sous = etat(vif, champ.nom)
    for anomalie in attendues:
        message = " ".join(anomalie.message.replace("’", "'").split())
        assert (f"▲ {message}" if anomalie.code is Code.OBLIGATOIRE else message) in sous
    if champ.compteur:
        assert sous[-1] == f"{len(normaliser(lu))} / {champ.longueur_max} Caractères"
    assert len(sous) == len(attendues) + champ.compteur
    fautives = [a for a in attendues if a.code is not Code.OBLIGATOIRE]
    assert (vif.par_id(champ.nom).get("aria-invalid") == "true") is bool(fautives)
    if champ.compteur:
        depasse = len(normaliser(lu)) > champ.longueur_max
        assert bool(vif.tous(f"//*[@id='etat-{champ.nom}']/p[@data-depasse]")) is depasse
    plein = sans_htmx(client, page, **{champ.nom: envoye})
    assert plein.valeur(champ.nom) == normaliser_texte(champ.nom, lu)
    if normaliser_texte(champ.nom, envoye) == envoye and lu == envoye:
        assert_same(vif, plein, PRINCIPAL)


@pytest.mark.parametrize("champ", [c for c in CHAMPS_COMMUNS if c.choix], ids=lambda c: c.nom)
def test_each_choice_of_a_list_is_followed(client, champ):
    page = client.get(FICHE)
    for code in ("", *champ.choix):
        vif = suivre(client, page, **{champ.nom: code})
        assert bool(etat(vif, champ.nom)) is (code == "")
        assert_same(vif, sans_htmx(client, page, **{champ.nom: code}), PRINCIPAL)


@pytest.mark.parametrize("champ", [c for c in CHAMPS_COMMUNS if c.choix], ids=lambda c: c.nom)
@pytest.mark.parametrize("code", ["0", "96215", "é", "<b>", " 6", "\x01"])
def test_a_code_that_the_list_does_not_hold_is_shown_back_as_unknown(client, champ, code):
    page = client.get(FICHE)
    plein = sans_htmx(client, page, **{champ.nom: code})
    assert plein.valeur(champ.nom) == code
    assert etat(plein, champ.nom) == [f"Choisissez une valeur de la liste « {champ.libelle} »."]
    assert plein.par_id(champ.nom).get("aria-invalid") == "true"


def test_valider_becomes_active_with_the_last_missing_text_and_inactive_again(client):
    page = client.get(FICHE)
    restants = [c for c in CHAMPS_COMMUNS if not page.valeur(c.nom)]
    for rang, champ in enumerate(restants, start=1):
        page = suivre(client, page, **{champ.nom: COMPLETE[champ.nom]})
        assert validable(page) is (rang == len(restants))
        assert len(a_faire(page)) == len(restants) - rang
    assert page.texte("//*[@id='etat-resume']") == "Tout est rempli : vous pouvez valider la formation."
    page = suivre(client, page, contenu="")
    assert not validable(page)
    assert a_faire(page) == ["Contenu de la formation"]
    page = suivre(client, page, contenu="x" * 3001)
    assert not validable(page)
    assert a_faire(page) == ["Contenu de la formation À corriger"]
    assert validable(suivre(client, page, contenu="x" * 3000))


def test_following_the_typing_stores_nothing_and_touches_no_field(client, base, gestionnaire):
    page = client.get(FICHE)
    fragment = client.htmx(page, page.par_id("suivi"), intitule="Un titre", contenu="Un contenu")
    assert "<input" not in fragment.html
    assert "<textarea" not in fragment.html
    assert client.swap(page, fragment).valeur("contenu") == "Un contenu"
    with base.lecture() as cnx:
        assert banc_essai.lister_formations(cnx, gestionnaire.organisme.id) == []


def test_the_region_follows_a_formation_of_the_catalogue_like_a_new_one(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche())
    page = client.get(f"/formations/{formation.id}")
    vif = suivre(client, page, objectif="", points_forts="x" * 256)
    assert a_faire(vif) == ["Objectif de la formation", "Les points forts de la formation À corriger"]
    assert_same(vif, sans_htmx(client, page, objectif="", points_forts="x" * 256), PRINCIPAL)
    fin = suivre(client, vif, objectif=formation.fiche.objectif, points_forts=formation.fiche.points_forts)
    assert_same(fin, client.get(f"/formations/{formation.id}"))


def test_a_taken_identifier_is_said_while_it_is_typed_and_its_own_never(client, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    pris = "L'identifiant « clea_1 » est déjà utilisé par une autre formation de votre catalogue."
    nouvelle = client.get(FICHE)
    vif = suivre(client, nouvelle, **COMPLETE | {"identifiant": "clea_1"})
    assert etat(vif, "identifiant") == [pris]
    assert a_faire(vif) == ["Votre identifiant interne de formation À corriger"]
    assert not validable(vif)
    assert_same(vif, sans_htmx(client, nouvelle), PRINCIPAL)
    assert validable(suivre(client, vif, identifiant="Clea_2"))
    assert validable(suivre(client, client.get(f"/formations/{formation.id}"), identifiant="clea_1"))


def test_a_taken_identifier_that_was_refused_stays_said_while_the_rest_is_typed(client, atelier, gestionnaire):
    atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get(FICHE)
    refus = client.swap(page, client.htmx(page, "Enregistrer les modifications", 422, identifiant="Clea_1"))
    assert etat(suivre(client, refus, contenu="Un contenu"), "identifiant") == etat(refus, "identifiant")


def test_a_form_shown_again_with_what_was_typed_says_that_it_is_not_saved(client, atelier, gestionnaire):
    """Who leaves the page is asked first: of what was typed, and not of what is as it was saved."""
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="Clea_1"))
    page = client.get(f"/formations/{formation.id}")
    for contenu, modifiee in ((formation.fiche.contenu, 0), ("Un autre contenu", 1)):
        rendue = sans_htmx(client, page, contenu=contenu)
        assert len(rendue.tous("//form[@id='fiche' and @data-modifiee]", js=None)) == modifiee


TEXTES_LIBRES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


@settings(max_examples=40)
@given(texte=TEXTES_LIBRES)
@example("e\u0301\r\n\U0001f469\u200d\U0001f4bb\r")
@example("\r\r\n\n")
@example("\u0958\u0344\ufb1d")
def test_the_counter_counts_as_the_domain_whatever_the_text_and_its_line_ends(client_de_session, texte):
    for envoye in (texte, texte.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")):
        reponse = client_de_session.demander(
            "POST", "/formations/00000000-0000-0000-0000-000000000001/saisie", headers={"HX-Request": "true"},
            data={"csrf_token": client_de_session.jeton(), **dict.fromkeys((c.nom for c in COMPTES), envoye)},
        )  # fmt: skip
        assert reponse.status_code == 200
        lus = re.findall(r">(\d+) / (\d+) Caractères<", reponse.text)
        assert lus == [(str(len(normaliser(texte))), str(c.longueur_max)) for c in COMPTES]


def test_the_limits_are_those_of_the_guide():
    assert {c.nom: c.longueur_max for c in COMPTES} == {
        "intitule": 255, "objectif": 3000, "contenu": 3000, "points_forts": 255, "resultats_attendus": 3000,
    }  # fmt: skip
    assert PAR_NOM["identifiant"].longueur_max == 30
