"""The server of `--base-url`, asked before anything is played: is it the product, which version, what it lets one do.

It speaks HTTP and nothing else. What is wrong is one French sentence, said before the first scenario rather than by all
of them.
"""

import json
import os
import tomllib
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from steps.donnees.dates import aujourd_hui, ecrire_date
from steps.gherkin.typographie import dire

PRODUIT = "fiche-vivante"
NOM = "Fiche vivante"
DELAI = 15.0
COMPTE = "COMPTE"
MOT_DE_PASSE = "MOT_DE_PASSE"
_RACINE = Path(__file__).resolve().parents[2]
_JETON_REFUSE = 404


class DeploiementRefuse(Exception):  # noqa: N818 - it reads as a sentence
    """Nothing can be played there; the message says why, and what to do."""


@dataclass(frozen=True)
class Compte:
    """Somebody who has an account there."""

    courriel: str
    mot_de_passe: str


@dataclass(frozen=True)
class Deploiement:
    """What a server says of itself. `date_reference` None is the real date; `porte`: its test door answers."""

    adresse: str
    version: str
    demonstration: bool
    date_reference: date | None
    porte: bool = False

    @property
    def dates(self) -> frozenset[date]:
        """The dates at which a person can place it: its own, and by the banner of a demonstration the real one."""
        if self.date_reference is None:
            return frozenset({aujourd_hui()})
        return frozenset({self.date_reference, aujourd_hui()} if self.demonstration else {self.date_reference})

    def lignes(self) -> list[str]:
        """Say what was found."""
        sorte = "démonstration" if self.demonstration else "production"
        jour = ecrire_date(self.date_reference) if self.date_reference else "celle d'aujourd'hui"
        porte = "ouverte par BANC_ESSAI_JETON" if self.porte else "fermée"
        return [
            dire("scénarios joués contre {adresse}", adresse=self.adresse),
            dire("trouvé : {nom} {version}, {sorte}", nom=NOM, version=self.version, sorte=sorte),
            dire("date de référence : {jour} ; porte d'essai : {porte}", jour=dire(jour), porte=porte),
        ]


def compte_donne() -> Compte | None:
    """Give the account named by COMPTE and MOT_DE_PASSE. Raises DeploiementRefuse when one comes without the other."""
    courriel, mot_de_passe = os.environ.get(COMPTE, "").strip(), os.environ.get(MOT_DE_PASSE, "")
    if bool(courriel) != bool(mot_de_passe):
        raise DeploiementRefuse(dire("COMPTE et MOT_DE_PASSE vont ensemble : donnez les deux, ou aucun."))
    return Compte(courriel, mot_de_passe) if courriel else None


def version_d_ici() -> str:
    """Give the version that these scenarios describe."""
    projet = tomllib.loads((_RACINE / "pyproject.toml").read_text("utf-8"))
    return str(projet["project"]["version"])


def examiner(adresse: str, jeton: str, voulue: str) -> Deploiement:
    """Ask the server what it is; knock at its test door if there is a token.

    Raises DeploiementRefuse: nobody answers, it is another product, another major version, the token is wrong.
    """
    lu = _sante(adresse)
    version = str(lu.get("version", ""))
    if version.partition(".")[0] != voulue.partition(".")[0]:
        message = "{adresse} est en version {version} : ces scénarios décrivent la version {voulue}."
        raise DeploiementRefuse(dire(message, adresse=adresse, version=version or "?", voulue=voulue))
    if jeton:
        _frapper(adresse, jeton, ouverte=bool(lu.get("banc_essai")))
    return Deploiement(adresse, version, bool(lu.get("demonstration")), _date(lu.get("date_reference")), bool(jeton))


def _sante(adresse: str) -> dict[str, Any]:
    if not adresse.startswith(("http://", "https://")):
        raise DeploiementRefuse(
            dire(
                "« {adresse} » n'est pas une adresse : donnez-la en entier, http:// ou https:// compris.",
                adresse=adresse,
            )
        )
    try:
        with urllib.request.urlopen(f"{adresse}/sante", timeout=DELAI) as reponse:  # noqa: S310 - http or https, seen above
            lu = json.loads(reponse.read(100_000))
    except urllib.error.HTTPError as erreur:
        erreur.close()
        raise _autre_produit(adresse, dire("/sante y répond {code}", code=erreur.code)) from erreur
    except (OSError, urllib.error.URLError) as erreur:
        cause = getattr(erreur, "reason", erreur)
        message = "Aucun serveur ne répond à l'adresse {adresse} ({cause})."
        raise DeploiementRefuse(dire(message, adresse=adresse, cause=cause)) from erreur
    except ValueError as erreur:
        raise _autre_produit(adresse, dire("/sante n'y répond pas en JSON")) from erreur
    if not isinstance(lu, dict) or lu.get("produit") != PRODUIT:
        raise _autre_produit(adresse, dire("/sante n'y dit pas « {produit} »", produit=PRODUIT))
    return lu


def _autre_produit(adresse: str, detail: str) -> DeploiementRefuse:
    message = "Ce qui répond à l'adresse {adresse} n'est pas {nom} : {detail}."
    return DeploiementRefuse(dire(message, adresse=adresse, nom=NOM, detail=detail))


def _frapper(adresse: str, jeton: str, *, ouverte: bool) -> None:
    """Ask the test door for what it must refuse: a body that it cannot read changes nothing, and tells the token."""
    if not ouverte:
        message = "{adresse} n'a pas de porte d'essai : retirez BANC_ESSAI_JETON, et donnez COMPTE et MOT_DE_PASSE."
        raise DeploiementRefuse(dire(message, adresse=adresse))
    entetes = {"Authorization": f"Bearer {jeton}", "Content-Type": "application/json"}
    requete = urllib.request.Request(f"{adresse}/banc-d-essai/organismes", b"[]", entetes, method="POST")  # noqa: S310 - same
    try:
        with urllib.request.urlopen(requete, timeout=DELAI):  # noqa: S310 - same reason
            return
    except urllib.error.HTTPError as erreur:
        erreur.close()
        if erreur.code == _JETON_REFUSE:
            message = "BANC_ESSAI_JETON n'ouvre pas la porte d'essai de {adresse} : ce n'est pas son jeton."
            raise DeploiementRefuse(dire(message, adresse=adresse)) from erreur
    except OSError as erreur:
        message = "La porte d'essai de {adresse} ne répond pas ({cause})."
        raise DeploiementRefuse(dire(message, adresse=adresse, cause=erreur)) from erreur


def _date(lue: object) -> date | None:
    try:
        return date.fromisoformat(str(lue)) if lue else None
    except ValueError:
        return None
