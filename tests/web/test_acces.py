"""Who may do what: every route × every actor, and nothing that tells a foreign formation from one that never was."""

import io
import re
from uuid import uuid4

import pytest

from tests.builders import Atelier, une_fiche
from tests.web.comparaison import masquer
from tests.web.conftest import une_adresse
from tests.web.matrice import DES_PERSONNES, ECRANS, ECRITURES, GERER, PAR_IDENTITE, VOIR
from tests.web.page_client import PageClient
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.comptes import Role
from webapp.domain.statuts import Statut
from webapp.services import comptes, sessions
from webapp.web.http import liens
from webapp.web.http.access import PUBLIC

GARDEES = [r for r in DES_PERSONNES if r.droit != PUBLIC]
HTMX = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


def envoyer(client, route, formation, **options):
    """Send what a person of the right would send, with the token of the session."""
    url = route.url(formation.id)
    if not route.ecrit:
        return client.demander(route.methode, url, query_string=route.parametres, **options)
    donnees = {"csrf_token": client.jeton(), **route.corps(formation)}
    if route.champs == "fichier":
        # It says one encoding and is in another: it is kept until a person has chosen.
        octets = '<?xml version="1.0" encoding="ISO-8859-1"?><lheo>é</lheo>'.encode()
        donnees["fichier"] = (io.BytesIO(octets), "catalogue.xml")
    return client.demander(route.methode, url, data=donnees, **options)


@pytest.fixture
def formation(atelier, gestionnaire):
    return atelier.formation(gestionnaire)


def faits(base, personne):
    """Everything stored of an organisation."""
    with base.lecture() as cnx:
        return banc_essai.lister_formations(cnx, personne.organisme.id)


# ---------------------------------------------------------------------------- nobody


@pytest.mark.parametrize("route", [r for r in GARDEES if not r.ecrit], ids=str)
def test_a_visitor_who_opens_a_screen_is_sent_to_sign_in_then_back(visiteur, formation, route):
    reponse = visiteur.demander("GET", route.url(formation.id), query_string=route.parametres)
    assert reponse.status_code == 303
    page = visiteur.get(reponse.headers["Location"])
    assert page.h1 == "Se connecter"
    assert page.valeur("destination") == liens.avec(route.url(formation.id), **route.parametres)


@pytest.mark.parametrize("route", [r for r in GARDEES if r.ecrit], ids=str)
def test_a_visitor_who_writes_is_told_to_sign_in_and_changes_nothing(visiteur, base, gestionnaire, formation, route):
    avant = faits(base, gestionnaire)
    reponse = envoyer(visiteur, route, formation)
    assert reponse.status_code == 401
    assert visiteur._page(reponse, route.url(formation.id), 401).h1 == "Votre session a expiré"
    assert faits(base, gestionnaire) == avant


@pytest.mark.parametrize("route", GARDEES, ids=str)
def test_htmx_without_a_session_gets_a_message_and_a_way_to_sign_in(visiteur, formation, route):
    reponse = envoyer(visiteur, route, formation, headers=HTMX)
    assert reponse.status_code == 401
    assert reponse.headers["FV-Fragment"] == "1"
    assert (reponse.headers["HX-Retarget"], reponse.headers["HX-Reswap"]) == ("#reconnexion", "outerHTML")
    assert "Votre session a expiré" in reponse.text
    assert 'hx-post="/connexion"' in reponse.text
    assert "data-reessayer" not in reponse.text


@pytest.mark.parametrize("route", [r for r in DES_PERSONNES if r.droit == PUBLIC and not r.ecrit], ids=str)
def test_a_public_route_answers_everyone_alike(visiteur, client, client_lecteur, formation, route):
    statuts = {qui.demander("GET", route.url(formation.id)).status_code for qui in (visiteur, client, client_lecteur)}
    # What explains a field leads to its step of the guide, but for htmx.
    menent = {"/", "/connexion", "/mode-d-emploi/champ/<champ>"}
    assert statuts <= ({200, 303} if route.regle in menent else {200})


# ---------------------------------------------------------------------------- those who only read


@pytest.mark.parametrize("route", [r for r in GARDEES if r.droit == GERER], ids=str)
def test_a_reader_is_refused_what_changes_the_catalogue(client_lecteur, base, gestionnaire, formation, route):
    avant = faits(base, gestionnaire)
    reponse = envoyer(client_lecteur, route, formation)
    assert reponse.status_code == 403
    assert client_lecteur._page(reponse, route.url(formation.id), 403).h1 == "Accès refusé"
    par_htmx = envoyer(client_lecteur, route, formation, headers=HTMX)
    assert par_htmx.status_code == 403
    assert "Votre compte ne permet pas cette opération." in par_htmx.text
    assert faits(base, gestionnaire) == avant


@pytest.mark.parametrize("route", [r for r in GARDEES if r.droit == VOIR], ids=str)
def test_a_reader_sees_the_catalogue(client_lecteur, formation, route):
    assert envoyer(client_lecteur, route, formation).status_code in {200, 303}


# ---------------------------------------------------------------------------- those who manage


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE_CATALOGUE, Role.GESTIONNAIRE_EDOF])
def test_both_managers_may_use_every_route(navigateur, atelier, role):
    personne = atelier.utilisateur(role=role)
    client = navigateur(personne)
    # The sign-in and the sign-out end the session: they are walked by their own tests.
    for route in (r for r in DES_PERSONNES if r.droit != PUBLIC):
        restaure = route.regle.endswith(("restauration", "archivage/annulation"))
        statut = Statut.ARCHIVEE if restaure else Statut.BROUILLON
        assert envoyer(client, route, atelier.formation(personne, statut=statut)).status_code in {200, 303}, str(route)


# ---------------------------------------------------------------------------- those who have just been shut out


@pytest.mark.parametrize("route", GARDEES, ids=str)
def test_an_open_session_dies_with_the_account(navigateur, base, atelier, gestionnaire, formation, route):
    collegue = atelier.utilisateur(gestionnaire.organisme)
    client = navigateur(collegue)
    client.jeton()
    with base.ecriture() as cnx:
        comptes.fermer_compte(cnx, collegue)
    assert envoyer(client, route, formation).status_code in {303, 401}
    assert client.get("/catalogue").h1 == "Se connecter"


def test_a_change_of_role_or_password_ends_the_session(navigateur, base, atelier):
    for changer in (
        lambda cnx, qui: comptes.changer_role(cnx, qui, Role.LECTEUR),
        lambda cnx, qui: comptes.changer_mot_de_passe(cnx, qui, "un autre mot de passe"),
        lambda cnx, qui: sessions.fermer_toutes(cnx, qui.id),
    ):
        personne = atelier.utilisateur()
        client = navigateur(personne)
        assert client.get("/catalogue").h1 == "Catalogue"
        with base.ecriture() as cnx:
            changer(cnx, personne)
        assert client.get("/catalogue").h1 == "Se connecter"


# ---------------------------------------------------------------------------- another organisation


def reponse_masquee(client, route, id, corps, chez, **options):
    """Give all that an answer says, but the identity asked for, who one is and where, the tokens and the minute."""
    if route.ecrit:
        corps = {"csrf_token": client.jeton(), **corps}
        reponse = client.demander(route.methode, route.url(id), data=corps, **options)
    else:
        reponse = client.demander(route.methode, route.url(id), **options)
    corps_masque = masquer(reponse.text).replace(str(id), "ID").replace(str(chez.organisme.id), "CHEZ-SOI")
    corps_masque = corps_masque.replace(str(chez.id), "SOI").replace(chez.courriel, "SON-ADRESSE")
    corps_masque = re.sub(r"à\xa0\d\d?\xa0h\xa0\d\d", "à HEURE", corps_masque)
    en_tetes = [(nom, valeur.replace(str(id), "ID")) for nom, valeur in reponse.headers if nom != "Set-Cookie"]
    if route.regle.endswith("/reprise"):
        # The identity of a formation that is begun is drawn anew each time.
        corps_masque = masquer(corps_masque, uuid=True)
        en_tetes = [(nom, masquer(valeur, uuid=True)) for nom, valeur in en_tetes]
    return reponse.status, en_tetes, corps_masque


def sans_les_siennes(base, qui, masquee):
    """Mask the identities of one's own formations: an operation that finds nothing shows one's catalogue again."""
    *reste, corps = masquee
    for sienne in faits(base, qui):
        corps = corps.replace(str(sienne["id"]), "UNE-DES-SIENNES")
    return [*reste, corps]


@pytest.fixture(scope="module")
def jumeaux(application, base):
    """Two persons of two other organisations, to whom the same things happen: nothing but an identity differs."""
    atelier = Atelier(base)
    personnes = [atelier.utilisateur() for _ in range(2)]
    return [(PageClient(application, une_adresse()).connecter(base, qui), qui) for qui in personnes]


def variantes(route):
    """The versions under which a form may be sent, by htmx and plainly."""
    versions = ("0", "1", "2", "999999") if route.champs in {"fiche", "carte", "copie"} else ("",)
    return [(version, en_tetes) for version in versions for en_tetes in ({}, HTMX)]


@pytest.mark.parametrize("route", PAR_IDENTITE, ids=str)
def test_a_foreign_formation_answers_byte_for_byte_like_one_that_never_existed(
    jumeaux, atelier, base, gestionnaire, route
):
    comparees = 0
    for statut in Statut:
        formation = atelier.formation(gestionnaire, statut=statut)
        avant = faits(base, gestionnaire)
        identites = (formation.id, uuid4())
        for version, en_tetes in variantes(route):
            corps = route.corps(formation, identifiant=f"J_{uuid4().hex[:12]}", version=version)
            corps["copies"] = str(uuid4())
            une, autre = (
                sans_les_siennes(base, chez, reponse_masquee(jumeau, route, id, corps, chez, headers=en_tetes))
                for (jumeau, chez), id in zip(jumeaux, identites, strict=True)
            )
            assert une == autre
            comparees += 1
        assert faits(base, gestionnaire) == avant
    assert comparees == len(Statut) * len(variantes(route))


def test_a_foreign_formation_is_introuvable_on_every_route_that_reads_it(client_etranger, formation):
    for route in PAR_IDENTITE:
        reponse = envoyer(client_etranger, route, formation)
        # What is typed is judged without looking the formation up: nothing to find there, nothing to hide.
        sans_lecture = {"reprise", "abandon"} if route.ecrit else set()
        assert reponse.status_code == 404 or route.regle.rsplit("/", 1)[-1] in sans_lecture, str(route)


def test_an_identifier_taken_elsewhere_is_free_here(client, client_etranger, etranger, atelier):
    atelier.formation(etranger, une_fiche(identifiant="Partage"))
    page = client.get("/formations/nouvelle/fiche?type=clea&certification=RS2203")
    vu = client.swap(page, client.htmx(page, "Vérifier", identifiant="Partage"))
    assert vu.succes == ["L'identifiant « Partage » est disponible."]
    assert client.get("/catalogue?recherche=Partage").texte().count("Partage") == 0


def test_two_organisations_may_even_share_an_identity(client, client_etranger, base, gestionnaire, etranger, atelier):
    formation = atelier.formation(gestionnaire, une_fiche(identifiant="La_mienne"))
    route = next(r for r in ECRITURES if str(r) == "POST /formations/<uuid:id>")
    corps = route.corps(formation, identifiant="La_sienne", intitule="La sienne", version="0")
    assert client_etranger.poster(route.url(formation.id), corps).status_code == 303
    assert [f["intitule"] for f in faits(base, etranger)] == ["La sienne"]
    assert [f["identifiant"] for f in faits(base, gestionnaire)] == ["La_mienne"]
    assert client.get(f"/formations/{formation.id}").valeur("identifiant") == "La_mienne"
    assert client_etranger.get(f"/formations/{formation.id}").valeur("identifiant") == "La_sienne"


def test_the_routes_that_take_an_identity_are_all_walked(application):
    regles = {r.rule for r in application.url_map.iter_rules() if "banc" not in r.rule and r.arguments & {"id"}}
    assert regles == {r.regle for r in PAR_IDENTITE}
    assert all(r in ECRANS for r in PAR_IDENTITE)
