"""The client of the product's test door: arranges what a scenario starts from, and reads what is really stored.

It speaks HTTP and nothing else, so it works against any server whose token it is given. Knows the words of the door,
not the rules of the product.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from steps.gherkin.typographie import dire

DELAI = 20.0

# What a complete formation holds, by the name each field has at the door.
TEXTES_COMPLETS: Mapping[str, str] = {
    "objectif": "Prendre la parole avec aisance dans une situation de travail",
    "contenu": "Écouter, reformuler, exposer un point de vue, argumenter",
    "points_forts": "Petits groupes et mises en situation filmées",
    "resultats_attendus": "Oser prendre la parole et se faire comprendre",
    "type_parcours": "96214",
    "objectif_general": "6",
}


class PorteFermee(Exception):  # noqa: N818 - it reads as a sentence
    """The test door did not answer as agreed; the message says what was asked and what came back."""


@dataclass(frozen=True)
class Personne:
    """Somebody with an account. `mot_de_passe` is empty when none was made: such a person signs in by the door only."""

    nom: str
    courriel: str
    role: str
    mot_de_passe: str


@dataclass(frozen=True)
class Organisme:
    """A throw-away organisation."""

    id: str
    nom: str
    personnes: tuple[Personne, ...]
    siret: str = ""


class Preparateur:
    """The test door of one server."""

    def __init__(self, adresse: str, jeton: str) -> None:
        self._porte = f"{adresse.rstrip('/')}/banc-d-essai"
        self._jeton = jeton

    def creer_organisme(
        self,
        *,
        nom: str = "",
        date_reference: str = "2019-11-28",
        personnes: Sequence[Mapping[str, str]] = ({"role": "gestionnaire_catalogue"},),
    ) -> Organisme:
        """Make an organisation with its people; its catalogue is empty."""
        demande = {"date_reference": date_reference, "utilisateurs": [dict(p) for p in personnes]}
        cree = self._demander("POST", "/organismes", demande | ({"nom": nom} if nom else {}))
        return Organisme(
            cree["id"],
            cree["nom"],
            tuple(Personne(u["nom"], u["courriel"], u["role"], u["mot_de_passe"] or "") for u in cree["utilisateurs"]),
            cree["siret"],
        )

    def supprimer_organisme(self, organisme: Organisme) -> None:
        """Remove an organisation and all it owns."""
        self._demander("DELETE", f"/organismes/{organisme.id}")

    def changer_date(self, organisme: Organisme, date_reference: str) -> None:
        """Set the reference date of an organisation (ISO)."""
        self._demander("PATCH", f"/organismes/{organisme.id}", {"date_reference": date_reference})

    def ajouter_formations(self, organisme: Organisme, formations: Sequence[Mapping[str, str]]) -> None:
        """Add formations to a catalogue."""
        self._demander("POST", f"/organismes/{organisme.id}/formations", {"formations": [dict(f) for f in formations]})

    def formations(self, organisme: Organisme) -> list[dict[str, Any]]:
        """Give all that is stored of the formations of an organisation."""
        faits: list[dict[str, Any]] = self._demander("GET", f"/organismes/{organisme.id}/formations")
        return faits

    def formation(self, organisme: Organisme, identifiant: str) -> dict[str, Any]:
        """Give what is stored of one formation; fails, in French, when there is none."""
        faits = self.formations(organisme)
        for fait in faits:
            if fait["identifiant"] == identifiant:
                return fait
        presentes = ", ".join(fait["identifiant"] for fait in faits) or "aucune"
        message = "« {x} » n'est pas dans le catalogue ; formations présentes : {presentes}"
        raise AssertionError(dire(message, x=identifiant, presentes=presentes))

    def modifier_en_collegue(
        self, organisme: Organisme, identifiant: str, textes: Mapping[str, str], auteur: str = ""
    ) -> None:
        """Save other texts over a formation, as Claude Durand, or as somebody of the name given."""
        corps = {**textes, **({"auteur": auteur} if auteur else {})}
        self._demander("PATCH", f"/organismes/{organisme.id}/formations/{quote(identifiant)}", corps)

    def operer_en_collegue(self, organisme: Organisme, identifiant: str, operation: str) -> None:
        """Do « archiver » or « supprimer » to a formation, as Claude Durand."""
        chemin = f"/organismes/{organisme.id}/formations/{quote(identifiant)}/operations"
        self._demander("POST", chemin, {"operation": operation})

    def publier_habilitation(self, organisme: Organisme, certification: str, droits: str) -> None:
        """Have the registry name an organisation among the partners of a certification: « former », « évaluer »."""
        corps = {"certification": certification, "droits": droits}
        self._demander("POST", f"/organismes/{organisme.id}/habilitations", corps)

    def publier_certification(
        self, organisme: Organisme, certification: str, effet_le: str, remplace: str = ""
    ) -> None:
        """Have the registry hold, as long as the organisation exists, a record that counts from a day only."""
        corps = {"certification": certification, "effet_le": effet_le, "remplace": remplace}
        self._demander("POST", f"/organismes/{organisme.id}/certifications", corps)

    def planter_arbre(
        self, organisme: Organisme, identifiant: str, actions: Sequence[Mapping[str, Any]]
    ) -> None:
        """Give a formation actions, each with its sessions under `sessions`."""
        chemin = f"/organismes/{organisme.id}/formations/{quote(identifiant)}/arbre"
        self._demander("POST", chemin, {"actions": [dict(action) for action in actions]})

    def arbre(self, organisme: Organisme, identifiant: str) -> list[dict[str, Any]]:
        """Give all that is stored of the actions of a formation, each with its sessions, in order; fails as `formation`."""
        self.formation(organisme, identifiant)
        chemin = f"/organismes/{organisme.id}/formations/{quote(identifiant)}/arbre"
        actions: list[dict[str, Any]] = self._demander("GET", chemin)["actions"]
        return actions

    def ouvrir_session(self, personne: Personne) -> dict[str, str]:
        """Sign a person in without the screen: gives the name and the value of the cookie."""
        reponse = self._demander("POST", "/connexions", {"courriel": personne.courriel})
        return {"name": reponse["cookie"]["name"], "value": reponse["cookie"]["value"]}

    def expirer_sessions(self, personne: Personne) -> None:
        """End every session of a person now."""
        self._demander("POST", "/sessions/expiration", {"courriel": personne.courriel})

    def fautes(self) -> list[dict[str, Any]]:
        """List the deliberate faults that the product can be given: name, sentence, where each should show first."""
        fautes: list[dict[str, Any]] = self._demander("GET", "/fautes")["fautes"]
        return fautes

    def poser_fautes(self, noms: Sequence[str]) -> None:
        """Give the product these faults and no other; none puts everything back."""
        self._demander("PUT", "/fautes", {"fautes": list(noms)})

    def _demander(self, methode: str, chemin: str, corps: Mapping[str, Any] | None = None) -> Any:
        requete = urllib.request.Request(  # noqa: S310 - the address of the server under test, given by whoever runs it
            self._porte + chemin,
            method=methode,
            data=None if corps is None else json.dumps(corps).encode(),
            headers={"Authorization": f"Bearer {self._jeton}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(requete, timeout=DELAI) as reponse:  # noqa: S310 - same reason
                texte = reponse.read()
        except urllib.error.HTTPError as erreur:
            detail = erreur.read().decode("utf-8", "replace")[:500]
            message = "banc d'essai : {methode} {chemin} répond {code} : {detail}"
            raise PorteFermee(dire(message, methode=methode, chemin=chemin, code=erreur.code, detail=detail)) from erreur
        except OSError as erreur:
            message = "banc d'essai : {methode} {chemin} ne répond pas : {erreur}"
            raise PorteFermee(dire(message, methode=methode, chemin=chemin, erreur=erreur)) from erreur
        return json.loads(texte) if texte else None
