"""Every route with the right it asks for, and a body that a person of that right could send to it.

The tests compare this list with the application's own map: a route that is not here fails.
"""

from dataclasses import dataclass, field, replace
from functools import reduce
from uuid import uuid4

from tests.builders import une_fiche
from webapp.domain.comptes import Droit
from webapp.domain.fiche import NOMS
from webapp.web.http.access import PUBLIC

VOIR, GERER = Droit.VOIR_CATALOGUE, Droit.GERER_CATALOGUE


@dataclass(frozen=True)
class Route:
    """One method of one address. `champs` names the kind of body it takes."""

    methode: str
    regle: str
    droit: Droit | str
    champs: str = ""
    parametres: dict[str, str] = field(default_factory=dict)

    @property
    def par_identite(self) -> bool:
        return "<uuid:id>" in self.regle

    @property
    def sorte(self) -> str:
        """What its id is the id of: a formation, an action, a session, a contact or a place."""
        if "<uuid:noeud>" in self.regle or "<uuid:entree>" in self.regle:
            rubrique = self.regle.split("/")[1]
            return {"lieux": "lieu"}.get(rubrique, rubrique.removesuffix("s"))
        return next((nom for nom in ("action", "session") if f"<uuid:{nom}>" in self.regle), "formation")

    @property
    def ecrit(self) -> bool:
        return self.methode not in {"GET", "HEAD"}

    def url(self, id=None) -> str:
        noms = ("id", "action", "session", "noeud", "entree")
        places = {
            **{f"<uuid:{nom}>": str(id) for nom in noms},
            "<rubrique>": "guide",
            "<nom>": "creer-une-formation-clea",
            "<champ>": "objectif",
        }
        return reduce(lambda adresse, place: adresse.replace(*place), places.items(), self.regle)

    def corps(self, formation=None, **autres: str) -> dict[str, str]:
        """Give a body that this route accepts; for a formation, its own texts and version."""
        if self.champs == "vers":
            return replace(self, champs="fiche").corps(formation, vers="RS3936", **autres)
        if self.champs == "fiche":
            fiche = formation.fiche if formation else une_fiche(identifiant=f"F_{uuid4().hex[:12]}")
            version = str(formation.version) if formation else "0"
            return {nom: fiche.valeur(nom) for nom in NOMS} | {"version": version} | autres
        vue = {"version": str(formation.version) if formation else "1"}
        corps = {
            "carte": vue,
            "copie": {"copies": str(uuid4()), **vue},
            "organisme": {"alsace_moselle": "oui"},
            "date": {"date": "aujourdhui", "destination": "/catalogue"},
            "export": {"quoi": "tout", "jours": "30", "export": str(uuid4())},
            "compte-rendu": {"texte": "30017 ; action A1 ; contact incomplet"},
            "connexion": {
                "courriel": "personne@essai.example", "mot_de_passe": "un mot de passe", "destination": "/catalogue",
            },
            "edition": {"texte": "Cliquez sur le bouton « Suivant » :\n0 / 300 Caractères"},
            "scenario": {"texte": "Quand je clique sur « Suivant »\nEt que je saute"},
        }  # fmt: skip
        return corps.get(self.champs, {}) | autres

    def __str__(self) -> str:
        return f"{self.methode} {self.regle}"


ECRANS = (
    Route("GET", "/", PUBLIC),
    Route("GET", "/connexion", PUBLIC),
    Route("POST", "/connexion", PUBLIC, "connexion"),
    Route("POST", "/deconnexion", PUBLIC),
    Route("GET", "/catalogue", VOIR),
    Route("GET", "/formations/nouvelle", GERER),
    Route("GET", "/formations/nouvelle/type", GERER, parametres={"type": "clea"}),
    Route("GET", "/formations/nouvelle/certification", GERER, parametres={"type": "clea", "certification": "RS2203"}),
    Route("GET", "/formations/nouvelle/fiche", GERER, parametres={"type": "clea", "certification": "RS2203"}),
    Route("GET", "/formations/<uuid:id>", VOIR),
    Route("POST", "/formations/<uuid:id>", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/validation", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/saisie", GERER, "fiche"),
    Route("GET", "/formations/<uuid:id>/saisie", GERER),
    Route("POST", "/formations/<uuid:id>/reprise", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/verification", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/retrait", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/abandon", GERER, "fiche"),
    Route("GET", "/formations/<uuid:id>/changement", GERER),
    Route("POST", "/formations/<uuid:id>/changement", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/changement/type", GERER, "fiche"),
    Route("POST", "/formations/<uuid:id>/changement/certification", GERER, "fiche"),
    Route("GET", "/formations/<uuid:id>/changement/fiche", GERER),
    Route("POST", "/formations/<uuid:id>/changement/fiche", GERER, "vers"),
    Route("POST", "/formations/<uuid:id>/archivage", GERER, "carte"),
    Route("POST", "/formations/<uuid:id>/archivage/annulation", GERER, "carte"),
    Route("POST", "/formations/<uuid:id>/restauration", GERER, "carte"),
    Route("POST", "/formations/<uuid:id>/restauration/annulation", GERER, "carte"),
    Route("GET", "/formations/<uuid:id>/suppression", GERER),
    Route("POST", "/formations/<uuid:id>/suppression", GERER, "carte"),
    Route("POST", "/formations/<uuid:id>/duplication", GERER, "copie"),
    *(Route("GET", f"/{rubrique}", VOIR) for rubrique in ("contacts", "lieux")),
    *(Route("GET", f"/{rubrique}/nouveau", GERER) for rubrique in ("contacts", "lieux")),
    Route("GET", "/formations/<uuid:id>/actions", VOIR),
    Route("GET", "/formations/<uuid:id>/actions/nouvelle", GERER),
    Route("GET", "/organisme", VOIR),
    Route("POST", "/organisme", GERER, "organisme"),
    Route("GET", "/organisme/habilitations", VOIR),
    Route("GET", "/formations/<uuid:id>/controle", VOIR),
    Route("GET", "/formations/<uuid:id>/imprimer", VOIR),
    Route("GET", "/catalogue/controle", VOIR),
    Route("GET", "/aide/code-d-identification", VOIR),
    Route("GET", "/catalogue/echeancier", VOIR),
    Route("GET", "/catalogue/imprimer", VOIR),
    Route("POST", "/catalogue/echeancier/choix", GERER),
    Route("GET", "/catalogue/choix", GERER),
    Route("GET", "/taches", VOIR),
    Route("GET", "/catalogue/edof/import", GERER),
    Route("GET", "/catalogue/edof", VOIR),
    Route("POST", "/catalogue/edof", GERER, "export"),
    Route("GET", "/catalogue/edof/changements", VOIR),
    Route("GET", "/catalogue/edof/compte-rendu", VOIR),
    Route("POST", "/catalogue/edof/compte-rendu", GERER, "compte-rendu"),
    Route("POST", "/catalogue/edof/import", GERER, "fichier"),
    Route("GET", "/mode-d-emploi", PUBLIC),
    Route("GET", "/mode-d-emploi/<nom>", PUBLIC),
    Route("GET", "/mode-d-emploi/correspondance-edof", PUBLIC),
    Route("GET", "/mode-d-emploi/<nom>/visite", PUBLIC),
    Route("GET", "/mode-d-emploi/champ/<champ>", PUBLIC),
    Route("POST", "/mode-d-emploi/visite/refus", VOIR),
    Route("GET", "/mode-d-emploi/tracabilite", PUBLIC),
    Route("GET", "/mode-d-emploi/tracabilite/<nom>.csv", PUBLIC),
    Route("GET", "/mode-d-emploi/tracabilite/sabotage", PUBLIC),
    Route("GET", "/mode-d-emploi/tracabilite/sabotage.csv", PUBLIC),
    Route("GET", "/mode-d-emploi/tracabilite/mutation", PUBLIC),
    Route("GET", "/mode-d-emploi/tracabilite/mutation.csv", PUBLIC),
    Route("GET", "/mode-d-emploi/specification", PUBLIC),
    Route("GET", "/mode-d-emploi/specification/<rubrique>/<nom>", PUBLIC),
    Route("GET", "/mode-d-emploi/correspondance-edof", PUBLIC),
    Route("GET", "/mode-d-emploi/phrases", PUBLIC, parametres={"q": "je clique"}),
    Route("GET", "/mode-d-emploi/essayer", PUBLIC),
    Route("POST", "/mode-d-emploi/essayer", PUBLIC, "scenario"),
    Route("GET", "/mode-d-emploi/nouvelle-edition", PUBLIC),
    Route("POST", "/mode-d-emploi/nouvelle-edition", PUBLIC, "edition"),
    Route("GET", "/sante", PUBLIC),
)
# What stands in the tree of a formation, or beside it: its number is not that of a formation.
ARBRE = (
    Route("GET", "/actions/<uuid:action>/sessions", VOIR),
    Route("GET", "/actions/<uuid:action>/sessions/nouvelle", GERER),
    Route("POST", "/actions/<uuid:action>/duplication", GERER),
    Route("GET", "/sessions/<uuid:session>/duplication", GERER),
    Route("POST", "/sessions/<uuid:session>/duplication", GERER),
    *(
        Route(methode, f"/{rubrique}/<uuid:noeud>/{suite}", GERER)
        for rubrique in ("actions", "sessions")
        for methode, suite in (
            ("POST", "archivage"), ("POST", "archivage/annulation"), ("POST", "restauration"),
            ("POST", "restauration/annulation"), ("GET", "suppression"), ("POST", "suppression"),
        )
    ),
    *(
        Route(methode, f"/{rubrique}/<uuid:noeud>/conserves", GERER)
        for rubrique in ("formations", "actions", "sessions")
        for methode in ("GET", "POST")
    ),
    *(
        Route(methode, f"/{rubrique}/<uuid:noeud>{suite}", VOIR if methode == "GET" else GERER)
        for rubrique in ("actions", "sessions")
        for methode, suite in (
            ("GET", ""), ("POST", ""), ("POST", "/validation"), ("POST", "/saisie"), ("POST", "/retrait"),
            ("POST", "/abandon"), ("POST", "/reprise"),
        )
    ),
    *(
        Route(
            methode, f"/{rubrique}/<uuid:entree>{suite}", VOIR if (methode, suite) == ("GET", "") else GERER,
            "entree" if methode == "POST" else "",
        )
        for rubrique in ("contacts", "lieux")
        for methode, suite in (
            ("GET", ""), ("POST", ""), ("POST", "/saisie"), ("POST", "/retrait"), ("POST", "/abandon"),
            ("POST", "/reprise"), ("GET", "/suppression"), ("POST", "/suppression"),
        )
    ),
)  # fmt: skip
# A job, what is being chosen for one, and the formation in which it is.
TACHES = (
    *(Route(methode, "/catalogue/choix/<uuid:choix>", GERER) for methode in ("GET", "POST")),
    Route("GET", "/formations/<uuid:formation>/choix", GERER),
    *(Route(methode, "/formations/<uuid:formation>/choix/<uuid:choix>", GERER) for methode in ("GET", "POST")),
    *(Route(methode, "/choix/<uuid:choix>", GERER) for methode in ("GET", "POST")),
    Route("GET", "/taches/<uuid:tache>", VOIR),
    Route("GET", "/taches/<uuid:tache>/lignes", VOIR),
    *(Route("POST", f"/taches/<uuid:tache>/{suite}", GERER) for suite in ("lancement", "arret", "annulation", "choix")),
    Route("GET", "/catalogue/edof/import/<uuid:tache>", VOIR),
    Route("POST", "/catalogue/edof/import/<uuid:tache>/encodage", GERER),
)
# A list of habilitations: the file that is sent, and what was read of it.
LISTES = (
    Route("POST", "/organisme/habilitations", GERER),
    *(Route(methode, "/organisme/habilitations/<uuid:liste>", GERER) for methode in ("GET", "POST")),
)
EXPORTS = (
    *(Route("GET", f"/catalogue/edof/<uuid:export>{suite}", VOIR) for suite in ("", "/fichier", "/ecartees")),
    *(Route("POST", f"/catalogue/edof/<uuid:export>/{suite}", GERER) for suite in ("fichier", "arret", "depot")),
)
DEMONSTRATION = (
    Route("POST", "/date-de-reference", VOIR, "date"),
    Route("GET", "/composants", PUBLIC),
)
BANC = (
    Route("POST", "/banc-d-essai/organismes", PUBLIC),
    Route("PATCH", "/banc-d-essai/organismes/<uuid:id>", PUBLIC),
    Route("DELETE", "/banc-d-essai/organismes/<uuid:id>", PUBLIC),
    Route("GET", "/banc-d-essai/organismes/<uuid:id>/formations", PUBLIC),
    Route("POST", "/banc-d-essai/organismes/<uuid:id>/formations", PUBLIC),
    Route("PATCH", "/banc-d-essai/organismes/<uuid:id>/formations/<identifiant>", PUBLIC),
    Route("POST", "/banc-d-essai/organismes/<uuid:id>/formations/<identifiant>/operations", PUBLIC),
    Route("GET", "/banc-d-essai/organismes/<uuid:id>/formations/<identifiant>/arbre", PUBLIC),
    Route("POST", "/banc-d-essai/organismes/<uuid:id>/formations/<identifiant>/arbre", PUBLIC),
    Route("POST", "/banc-d-essai/organismes/<uuid:id>/habilitations", PUBLIC),
    Route("POST", "/banc-d-essai/organismes/<uuid:id>/certifications", PUBLIC),
    Route("POST", "/banc-d-essai/connexions", PUBLIC),
    Route("POST", "/banc-d-essai/sessions/expiration", PUBLIC),
    Route("GET", "/banc-d-essai/fautes", PUBLIC),
    Route("PUT", "/banc-d-essai/fautes", PUBLIC),
)
TOUTES = (*ECRANS, *ARBRE, *TACHES, *LISTES, *EXPORTS, *DEMONSTRATION, *BANC)
DES_PERSONNES = (*ECRANS, *DEMONSTRATION)
ECRITURES = tuple(route for route in DES_PERSONNES if route.ecrit)
PAR_IDENTITE = tuple(route for route in ECRANS if route.par_identite)
