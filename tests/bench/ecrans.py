"""The screens and fragments that are measured: the request of each, and what its answer must hold.

The forms are read from the pages, as a browser does: their fields, their token, the addresses of their buttons. What
is measured is asked once first and looked at, so that a refusal or an empty page never passes for a fast answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import html

from steps.donnees.preparateur import Organisme, Preparateur
from steps.gherkin.typographie import ESPACE_FINE, aplanir, dire
from tests.bench import donnees, registre
from tests.bench.mesure import MesureImpossible
from tests.bench.requetes import NUMERO, Reponse, Requete, demander, echanger, lire, poster
from tests.bench.serveurs import Cablage, Servi

CATALOGUE = 1_000
MOYEN = 100_000
GRAND = 1_000_000
PAGE_DU_CATALOGUE = 20

_ETAPE_2 = "/formations/nouvelle/fiche?type=clea&certification=RS2203"
_TITRE = "<h1>Nouvelle offre de formation</h1>"
_CARTE = "<article"
# Half of the fields, as in the middle of the work.
_SAISIE = {
    "identifiant": "Clea_Identifiant",
    "objectif": donnees.OBJECTIF,
    "contenu": donnees.CONTENU,
    "type_parcours": "96214",
}
# One session would pile up a message for each save, which nobody reads here: there are many, as there are people.
_SESSIONS = 256
_CODES = 10_000
# An answer that speaks of a certification, once however many it shows.
_UN_CODE = r"(?s)(?:RNCP|RS)\d+.*"
_ENREGISTREE = r"Enregistré à \d"


class EcranInattendu(MesureImpossible):
    """An answer is not what is to be measured; the message says which and what came."""


@dataclass(frozen=True)
class Ecran:
    """A screen or a fragment. `attendu` is an expression of what its answer holds, found `fois` times."""

    nom: str
    requete: Requete
    attendu: str
    plafond: float | None = None
    fois: int = 1

    def regarder(self) -> Reponse:
        """Ask once and check that the answer is the one that is to be measured. Raises EcranInattendu."""
        reponse = echanger(self.requete.port, self.requete.octets(0))
        lu = aplanir(f"{dict(reponse.entetes)}\n{reponse.texte}")
        trouves = len(re.findall(self.attendu, lu))
        if reponse.statut != self.requete.statut or trouves != self.fois:
            message = "{nom} : statut {statut}, « {attendu} » {trouves} fois\n"
            debut = dire(message, nom=self.nom, statut=reponse.statut, attendu=self.attendu, trouves=trouves)
            raise EcranInattendu(debut + lu[:2000])
        return reponse


def nue(servi: Servi) -> Ecran:
    """Give the bare answer."""
    return Ecran(dire("réponse Flask nue"), Requete(servi.port, (lire(servi.port, "/"),)), "Bonjour")


class Atelier:
    """Arranges the people and the data of the screens, and writes their requests."""

    def __init__(self, cablage: Cablage) -> None:
        self._produit = cablage
        self._port = cablage.servi.port
        self._porte = Preparateur(cablage.adresse, cablage.jeton)

    def avec_plafond(self) -> list[Ecran]:
        """Give the screens that have a target."""
        cookie = self._cookie(self._organisme(CATALOGUE))
        formulaire = _Formulaire.lire(self._port, cookie, _SAISIE)
        saisie, verification = formulaire.envoyer("saisie"), formulaire.envoyer("verification")
        compteur = f"{len(donnees.OBJECTIF)} / 3000 Caractères"
        return [
            Ecran(dire("compteurs et état de « Valider »"), self._une(saisie), compteur, 3),
            Ecran(dire("« Vérifier »"), self._une(verification), "« Clea_Identifiant » est disponible", 3, 2),
            Ecran(dire("étape 2"), self._page(_ETAPE_2, cookie), _TITRE, 6),
            Ecran(_nom_du_catalogue(CATALOGUE), self._page("/catalogue", cookie), _CARTE, 8, PAGE_DU_CATALOGUE),
        ]

    def du_registre(self) -> list[Ecran]:
        """Give what is asked of a registry of the true size, which must be there. No code is applied twice."""
        cookie = self._cookie(self._porte.creer_organisme(date_reference=registre.LE.isoformat()))
        codes = tuple(demander(self._port, adresse, cookie) for adresse in registre.codes(_CODES))
        recherches = tuple(demander(self._port, adresse, cookie) for adresse in registre.recherches())
        taille = _milliers(registre.NOMBRE)
        return [
            Ecran(dire("« Appliquer » un code parmi {taille}", taille=taille), Requete(self._port, codes),
                  _UN_CODE, 4),
            Ecran(dire("recherche parmi {taille} fiches", taille=taille), Requete(self._port, recherches), _UN_CODE, 8),
        ]  # fmt: skip

    def autres(self) -> list[Ecran]:
        """Give the screens that are measured to be known."""
        organisme = self._organisme(0)
        cookie = self._cookie(organisme)
        formation = self._formation_et_son_arbre(organisme)
        controles = (f"/formations/{formation}/controle", "/catalogue/controle")
        guide = self._page("/mode-d-emploi/creer-une-formation-clea", cookie)
        return [
            Ecran(dire("étape 1"), self._page("/formations/nouvelle", cookie), _TITRE),
            Ecran(dire("page de connexion"), self._page("/connexion"), "<h1[^>]*>Se connecter</h1>"),
            Ecran(dire("mode d'emploi, guide « Cléa »"), guide, "id=.etape-7"),
            Ecran(
                dire("« Contrôle » d'une formation, 3 actions de 6 sessions"),
                self._page(controles[0], cookie),
                "<h1>Contrôle de la formation",
            ),
            Ecran(
                dire("« Contrôle » du catalogue, la même formation"),
                self._page(controles[1], cookie),
                "<h1>Contrôle du catalogue",
            ),
            Ecran(dire("« Enregistrer les modifications »"), self._enregistrements(organisme), _ENREGISTREE),
        ]

    def _formation_et_son_arbre(self, organisme: Organisme) -> str:
        """Add a formation with 3 actions of 6 sessions each, and give its id."""
        textes = {"identifiant": "Arbre", "objectif": donnees.OBJECTIF, "contenu": donnees.CONTENU}
        self._porte.ajouter_formations(organisme, [textes])
        sessions = [{"numero": f"S{n}", "debut": f"2027-0{n}-04", "fin": f"2027-0{n}-08"} for n in range(1, 7)]
        actions = [{"numero": f"A{n}", "duree": str(20 * n), "sessions": sessions} for n in range(1, 4)]
        self._porte.planter_arbre(organisme, "Arbre", actions)
        return str(self._porte.formation(organisme, "Arbre")["id"])

    def catalogue(self, nombre: int) -> Ecran:
        """Give the first page of a catalogue of that size."""
        page = self._page("/catalogue", self._cookie(self._organisme(nombre)))
        return Ecran(_nom_du_catalogue(nombre), page, _CARTE, None, PAGE_DU_CATALOGUE)

    def _organisme(self, nombre: int) -> Organisme:
        """Make an organisation with a catalogue of that size."""
        organisme = self._porte.creer_organisme()
        if nombre:
            donnees.remplir(self._produit.base, organisme.id, nombre)
        return organisme

    def _cookie(self, organisme: Organisme) -> str:
        """Sign its person in, by a new session."""
        cookie = self._porte.ouvrir_session(organisme.personnes[0])
        return f"{cookie['name']}={cookie['value']}"

    def _une(self, octets: bytes) -> Requete:
        return Requete(self._port, (octets,))

    def _page(self, chemin: str, cookie: str = "") -> Requete:
        return self._une(lire(self._port, chemin, cookie))

    def _enregistrements(self, organisme: Organisme) -> Requete:
        """Save a new formation each time, over many sessions in turn."""
        variantes = []
        for _ in range(_SESSIONS):
            formulaire = _Formulaire.lire(self._port, self._cookie(organisme), _SAISIE)
            variantes.append(formulaire.enregistrer(f"00000000-0000-4000-8000-{NUMERO}", f"Clea_{NUMERO}"))
        return Requete(self._port, tuple(variantes), numerotee=True)


def _nom_du_catalogue(nombre: int) -> str:
    return dire("catalogue de {nombre}, page de 20", nombre=_milliers(nombre))


def _milliers(nombre: int) -> str:
    return f"{nombre:,}".replace(",", ESPACE_FINE)


@dataclass(frozen=True)
class _Formulaire:
    """The form of étape 2/2, half filled."""

    port: int
    cookie: str
    champs: dict[str, str]
    adresses: Mapping[str, str]
    """Where the form sends, and which of its fields (« a,b »): all of them when it does not say."""

    @classmethod
    def lire(cls, port: int, cookie: str, saisie: dict[str, str]) -> _Formulaire:
        """Open étape 2/2 and fill some of it."""
        # The stubs do not know that a document of lxml.html has forms.
        page: Any = html.document_fromstring(echanger(port, lire(port, _ETAPE_2, cookie)).texte)
        formulaire = next(formulaire for formulaire in page.forms if saisie.keys() <= set(formulaire.fields))
        champs = {nom: valeur or "" for nom, valeur in formulaire.fields.items()}
        # What follows the typing and what shows the texts of another page are asked at the same address.
        adresses = {un.get("hx-post"): un.get("hx-params", "") for un in formulaire.xpath(".//*[@hx-post]")}
        return cls(port, cookie, champs | saisie, adresses)

    def envoyer(self, fin: str) -> bytes:
        """Give the request of the part of the form whose address ends so."""
        (adresse,) = [adresse for adresse in self.adresses if adresse.endswith(f"/{fin}")]
        noms = self.adresses[adresse].split(",") if self.adresses[adresse] else self.champs
        return poster(self.port, adresse, {nom: self.champs[nom] for nom in noms}, self.cookie)

    def enregistrer(self, id: str, identifiant: str) -> bytes:
        """Give the request that saves this form as another new formation."""
        adresse = min(self.adresses, key=len)
        chemin = adresse.rpartition("/")[0] + "/" + id
        return poster(self.port, chemin, {**self.champs, "identifiant": identifiant}, self.cookie)
