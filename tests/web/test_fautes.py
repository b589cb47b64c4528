"""The deliberate faults: each is really put, then really taken away; none is there unless somebody asks for it."""

import ast
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import Atelier, une_fiche, une_fiche_de
from tests.builders_arbre import AtelierArbre, un_contact
from tests.builders_exports import AtelierExports
from tests.builders_taches import AtelierTaches, changement
from tests.web.comparaison import masquer
from tests.web.conftest import JETON_DU_BANC, une_adresse
from tests.web.page_client import PageClient
from webapp.app import create_app
from webapp.banc_essai.fautes.table import FAUTES, PAR_NOM, posees, poser
from webapp.domain import champs, comptes
from webapp.domain.controle_valeurs import controler_valeurs
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.domain.taches import EtatTache
from webapp.mode_emploi.edition_reference import editions
from webapp.persistence import comptes as comptes_gardes
from webapp.persistence import taches as gardees
from webapp.services.pages import Filtre
from webapp.settings import RACINE

CLE = {"Authorization": f"Bearer {JETON_DU_BANC}"}
PORTE = "/banc-d-essai/fautes"
EN_2026 = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def sans_faute(application):
    """Leave the product as it was, whatever a test does."""
    yield
    poser(application, [])


@dataclass(frozen=True)
class Lecteur:
    """Reads the page of an address for somebody (None: a visitor): the same text each time, as long as the product is.

    `envois`: what is sent to the addresses that refuse it.
    """

    clients: Mapping[UUID | None, PageClient]
    pages: Sequence[tuple[UUID | None, str]]
    envois: Mapping[str, Mapping[str, str]]

    def __call__(self, personne: UUID | None, adresse: str) -> str:
        client = self.clients[personne]
        if adresse in self.envois:
            return masquer(client.poster(adresse, self.envois[adresse]).text)
        return masquer(client.demander("GET", adresse).text)


EDITION = "/mode-d-emploi/nouvelle-edition"
CLEA = editions()[0]


@pytest.fixture(scope="module")
def lire(application, base):
    atelier = Atelier(base)
    qui = atelier.utilisateur()
    atelier.formation(qui, une_fiche(identifiant="Clea_1"), Statut.VALIDEE)
    for rang in range(20):
        atelier.formation(qui, une_fiche(identifiant=f"Clea_2_{rang}"))
    ouverte = atelier.formation(qui, une_fiche(identifiant="Clea_2", intitule="<h1>Cléa</h1>", contenu=""))
    atelier.formation(qui, une_fiche(identifiant="V_1", type_formation="certifiante", certification="RS313"))
    archivee = atelier.formation(qui, une_fiche(identifiant="Clea_4"), Statut.ARCHIVEE)
    action_archivee = AtelierArbre(base, qui).action(ouverte.id, Statut.ARCHIVEE)
    plus_tard = atelier.utilisateur()
    atelier.formation(plus_tard, une_fiche(identifiant="Clea_3"), Statut.VALIDEE)
    atelier.formation(plus_tard, une_fiche(identifiant=""))
    bilan = atelier.formation(plus_tard, une_fiche_de(TypeFormation.BILAN, identifiant="Bilan_1"))
    with base.ecriture() as cnx:
        comptes_gardes.changer_date_reference(cnx, plus_tard.organisme.id, EN_2026)
    clients: dict[UUID | None, PageClient] = {None: PageClient(application, une_adresse())}
    lectrice = atelier.utilisateur(qui.organisme, role=comptes.Role.LECTEUR, nom="Louise Bernard")
    clients |= {u.id: PageClient(application, une_adresse()).connecter(base, u) for u in (qui, plus_tard, lectrice)}

    prete, en_cours = des_taches(base, qui)
    exports = AtelierExports(base, AtelierArbre(base, plus_tard))
    export = exports.demander().id
    programmee, _ = exports.publiable("Programmee_1")

    refus = f"/formations/{ouverte.id}/validation"
    incomplete = {"type_formation": "clea", "certification": "RS2203", "version": "1", "identifiant": "Clea_2"}
    autre_edition = {"guide": CLEA.guide.nom, "texte": CLEA.texte.replace("0 / 255", "0 / 300")}
    return Lecteur(clients, [
        (qui.id, "/catalogue"),
        (qui.id, "/catalogue?apres=&statut=brouillon"),
        (qui.id, "/catalogue?recherche=clea"),
        (qui.id, f"/formations/{archivee.id}"),
        (qui.id, f"/actions/{action_archivee.id}"),
        (plus_tard.id, "/catalogue"),
        (plus_tard.id, "/catalogue?type=clea&tri=titre"),
        (plus_tard.id, "/catalogue/echeancier"),
        (plus_tard.id, f"/formations/{bilan.id}"),
        (plus_tard.id, "/catalogue/imprimer"),
        (plus_tard.id, f"/formations/{programmee.id}/imprimer"),
        (plus_tard.id, f"/catalogue/edof/{export}"),
        (qui.id, "/formations/nouvelle"),
        (qui.id, "/formations/nouvelle?type=clea&certification=RS2203"),
        (qui.id, f"/formations/{ouverte.id}"),
        (qui.id, "/formations/nouvelle/fiche?type=clea&certification=RS2203"),
        (qui.id, "/mode-d-emploi/creer-une-formation-clea"),
        (qui.id, "/mode-d-emploi/creer-une-formation-clea/visite"),
        (qui.id, f"/taches/{prete}"),
        (qui.id, f"/taches/{en_cours}"),
        (qui.id, refus),
        (qui.id, EDITION),
        (qui.id, "/organisme"),
        (qui.id, "/nulle-part"),
        (lectrice.id, "/formations/nouvelle"),
        (None, "/connexion"),
    ], {refus: incomplete, EDITION: autre_edition})  # fmt: skip


def des_taches(base, qui):
    """Make a job of which something cannot change, and one that waits for whoever does it."""
    atelier = AtelierTaches(base, AtelierArbre(base, qui))
    prete = atelier.preparer(changement("valider", "formation"), filtre=Filtre("clea_1"))
    attendue = atelier.preparer(changement("archiver", "formation"), filtre=Filtre())
    with base.ecriture() as cnx:
        gardees.remplacer(cnx, replace(attendue, etat=EtatTache.EN_COURS))
    return prete.id, attendue.id


@pytest.fixture(scope="module")
def sans_rien(lire):
    """What the pages say without any fault."""
    return {page: lire(*page) for page in lire.pages}


def test_there_are_enough_of_them_each_said_in_its_own_sentence():
    assert len(FAUTES) >= 30
    assert len({faute.nom for faute in FAUTES}) == len({faute.phrase for faute in FAUTES}) == len(FAUTES)
    for faute in FAUTES:
        assert faute.phrase[-1] in ".»", faute.nom
        assert "'" not in faute.phrase, faute.nom
        assert faute.indices, faute.nom


@pytest.mark.parametrize("nom", PAR_NOM)
def test_a_fault_is_really_put_then_really_taken_away(application, nom):
    suites = list(application.after_request_funcs.get(None, []))
    poser(application, [nom])
    pose = posees()[nom]
    assert pose.changements or pose.reecritures
    for maintenant, avant in pose.changements:
        assert maintenant() is not avant
    assert (application.after_request_funcs[None] != suites) is bool(pose.reecritures)
    poser(application, [])
    assert not posees()
    for maintenant, avant in pose.changements:
        assert maintenant() is avant
    assert application.after_request_funcs[None] == suites


def test_what_was_judged_with_a_fault_is_judged_anew_once_it_is_taken_away(application):
    """The rules remember what they said of a value: a fault must neither be hid by that nor outlive itself in it."""

    def juger() -> set[str]:
        return {dite.message for dite in controler_valeurs(un_contact(telephone="01 23 45 67 89 / 06 11"))}

    vraie = juger()
    poser(application, ["deux_telephones_confondus"])
    fausse = juger()
    poser(application, [])

    assert fausse != vraie == juger()


def test_what_rewrites_a_page_finds_what_it_rewrites_and_leaves_nothing_behind(application, lire, sans_rien):
    for faute in FAUTES:
        poser(application, [faute.nom])
        for motif, apres in posees()[faute.nom].reecritures:
            page = next((page for page, texte in sans_rien.items() if motif.sub(apres, texte) != texte), None)
            assert page, f"{faute.nom} : {motif.pattern} ne change aucune page"
            # These draw an identity at each reading.
            if not page[1].endswith("/echeancier") and "nouvelle/fiche" not in page[1]:
                assert lire(*page) != sans_rien[page], faute.nom
        poser(application, [])
    for page, texte in sans_rien.items():
        if not page[1].endswith("/echeancier") and "nouvelle/fiche" not in page[1]:
            assert lire(*page) == texte


def test_two_faults_of_one_thing_are_taken_away_in_the_right_order(application):
    avant = champs.POINTS_FORTS.longueur_max, comptes.DROITS
    poser(application, ["limite_256", "lecteur_qui_modifie"])
    poser(application, ["invite_perdue", "limite_256"])
    assert champs.POINTS_FORTS.longueur_max == 256
    assert champs.POINTS_FORTS.invite == ""
    poser(application, ["etape_1_sur_3", "suivant_toujours_actif", "suivant_jamais_actif"])
    poser(application, [])
    assert (champs.POINTS_FORTS.longueur_max, comptes.DROITS) == avant


def test_a_fault_that_cannot_be_put_leaves_nothing_behind(application, monkeypatch):
    def casser(pose):
        pose.attribut(champs.POINTS_FORTS, "longueur_max", 1)
        raise LookupError

    monkeypatch.setattr(
        "webapp.banc_essai.fautes.table.PAR_NOM", {"cassee": replace(FAUTES[0], nom="cassee", poser=casser)}
    )
    with pytest.raises(LookupError):
        poser(application, ["cassee"])
    assert champs.POINTS_FORTS.longueur_max == 255
    assert not posees()


# ------------------------------------------------------------------------------------------------ public names only


def est_prive(nom):
    """Say whether a name is private; `_replace` is a public method, so called to leave room for the fields."""
    return nom.startswith("_") and not nom.endswith("__") and nom != "_replace"


def prives(source):
    """Give the private names that a module takes from others: attributes, imports, identifiers given as text."""
    trouves = set()
    for noeud in ast.walk(ast.parse(source)):
        if isinstance(noeud, ast.Attribute):
            sien = isinstance(noeud.value, ast.Name) and noeud.value.id == "self"
            trouves |= set() if sien else {noeud.attr}
        elif isinstance(noeud, ast.ImportFrom | ast.Import):
            trouves |= {partie for alias in noeud.names for partie in alias.name.split(".")}
        elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and noeud.value.isidentifier():
            trouves.add(noeud.value)
    return set(filter(est_prive, trouves))


def test_no_fault_touches_a_private_name():
    modules = sorted((RACINE / "webapp" / "banc_essai" / "fautes").glob("*.py"))
    assert len(modules) > 5
    assert {m.name: noms for m in modules if (noms := prives(m.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "faute",
    [
        "pose.attribut(etape_2, '_resume', str)",
        "pose.cle(nomenclatures._LIBELLES, 'x', 'y')",
        "nomenclatures.table.self._LIBELLES",
        "for nom in ('_un', '_deux'):\n    pose.attribut(etape_2, nom, 1)",
        "from webapp.web.etape_2 import _resume",
        "import webapp._cache",
        "vars(etape_2)['_resume']",
    ],
)
def test_the_check_of_the_private_names_bites(faute):
    assert prives(faute)


def test_what_is_a_fault_s_own_is_not_private():
    assert not prives("def _autour(pose):\n    pose.retirer.__name__\n    self._retours = etat._replace(motif='_ ?')")


# ------------------------------------------------------------------------------------------------ through the door


def test_the_door_lists_them_puts_them_and_takes_them_away(visiteur):
    def lues(reponse):
        return {f["nom"]: f for f in reponse.get_json()["fautes"]}

    au_depart = lues(visiteur.demander("GET", PORTE, headers=CLE))
    assert list(au_depart) == [faute.nom for faute in FAUTES]
    assert au_depart["limite_256"]["phrase"] == "La limite des points forts est de 256 caractères."
    assert not any(faute["posee"] for faute in au_depart.values())
    posee = visiteur.demander("PUT", PORTE, json={"fautes": ["limite_256"]}, headers=CLE)
    assert [nom for nom, faute in lues(posee).items() if faute["posee"]] == ["limite_256"]
    assert posees()
    assert visiteur.demander("PUT", PORTE, json={"fautes": []}, headers=CLE).status_code == 200
    assert not posees()


@pytest.mark.parametrize("corps", [{}, {"fautes": "limite_256"}, {"fautes": [1]}, {"fautes": ["inconnue"]}, []])
def test_the_door_refuses_what_is_no_fault_and_changes_nothing(visiteur, corps):
    visiteur.demander("PUT", PORTE, json={"fautes": ["limite_256"]}, headers=CLE)
    reponse = visiteur.demander("PUT", PORTE, json=corps, headers=CLE)
    assert reponse.status_code == 400
    assert reponse.get_json()["erreur"]
    assert list(posees()) == ["limite_256"]


def test_a_product_served_by_several_processes_takes_none(page_client, reglages, base):
    client = page_client(create_app(replace(reglages, processus=2), base))
    reponse = client.demander("PUT", PORTE, json={"fautes": ["limite_256"]}, headers=CLE)
    assert reponse.status_code == 409
    assert "servi par 2 processus" in reponse.get_json()["erreur"]
    assert not posees()


def test_a_product_that_is_not_asked_for_faults_does_not_even_hold_them():
    lu = subprocess.run(
        [sys.executable, "-c", "import sys, webapp.app; print([m for m in sys.modules if 'fautes' in m])"],
        cwd=RACINE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert lu.stdout.strip() == "[]"
