"""Why a scenario is not played here: every reason, in one place.

A reason comes from the engine of the browser, from the server, or from what the sentences of the scenario need
(`steps.donnees.besoins`); never from a list of scenarios. Asked by `steps.plugins.ailleurs`, which takes
them out and prints the list.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from pytest_bdd.parser import Step

from steps.definitions.definitions import Definition
from steps.donnees.besoins import Monde, Usage, besoins_de, date_demandee
from steps.donnees.donnees import COLONNES, DATE_DU_GUIDE_ECRITE
from steps.ecrans.libelles import IDENTIFIANT
from steps.gherkin.dates import lire_date
from steps.gherkin.typographie import aplanir, dire, habiller, pluriel


@dataclass(frozen=True)
class Ecarte:
    """A scenario set aside: its title, and why, in French."""

    titre: str
    raison: str


DU_MOTEUR: Mapping[tuple[str, str], str] = {
    ("firefox", "sans_js"): "Firefox, conduit par BiDi, ne se laisse pas demander de ne pas exécuter JavaScript",
    ("firefox", "mobile"): "Firefox, conduit par BiDi, n'a pas d'écran tactile",
    ("firefox", "lent"): "seul Chromium sait ralentir le réseau",
}
SANS_RIEN = (
    "il prépare des données : donnez BANC_ESSAI_JETON, le jeton de la porte d'essai du serveur, ou bien un compte, par "
    "COMPTE et MOT_DE_PASSE"
)
DEJA_PRIS = "« {nom} » est déjà dans le catalogue du compte"

_TITRES = frozenset({"titre", "nom"})
_IDENTIFIANTS = frozenset({"identifiant", "copie"})
_PREPARENT = frozenset({"donnees", "session"})


def raison(etiquettes: AbstractSet[str], usages: Sequence[Usage], monde: Monde) -> str | None:
    """Say why a scenario with these tags and these sentences is not played in this world; None when it is."""
    for (moteur, etiquette), dite in DU_MOTEUR.items():
        if moteur == monde.moteur and etiquette in etiquettes:
            return dire(dite)
    manque = next(filter(None, (besoin(usage, monde) for usage in usages for besoin in usage.besoins)), None)
    if monde.porte:
        return manque
    if not monde.compte:
        return manque if "externe" in etiquettes else dire(SANS_RIEN)
    return manque or _a_une_autre_date(usages, monde) or _deja_pris(usages, monde)


def usages_de(etapes: Sequence[Step], definitions: Sequence[Definition]) -> list[Usage]:
    """Give the sentences of the steps of a scenario, as it says them."""
    usages = []
    for pas in etapes:
        definition = next((une for une in definitions if une.joue(pas)), None)
        if definition is not None:
            usages.append(
                Usage(
                    definition.parser.parse_arguments(pas.name) or {},
                    [[str(case) for case in ligne] for ligne in pas.datatable.raw()] if pas.datatable else (),
                    besoins_de(definition.fonction),
                    prepare=bool(definition.requis & _PREPARENT),
                )
            )
    return usages


def lignes(ecartes: Sequence[Ecarte]) -> list[str]:
    """Give the list to print: each reason with the number of its scenarios, then their titles."""
    par_raison: defaultdict[str, list[str]] = defaultdict(list)
    for retire in ecartes:
        par_raison[retire.raison].append(habiller(retire.titre))
    dites = []
    for dite, titres in sorted(par_raison.items(), key=lambda paire: (-len(paire[1]), paire[0])):
        dites.append(dire("{nombre} : {dite}", nombre=pluriel(len(titres), "scénario"), dite=dite))
        dites += [f"    {titre}" for titre in titres]
    return dites


def _a_une_autre_date(usages: Sequence[Usage], monde: Monde) -> str | None:
    """A scenario that names no date is written for the guide's."""
    if any("date" in usage.valeurs for usage in usages) or not any(usage.prepare for usage in usages):
        return None
    return date_demandee(lire_date(DATE_DU_GUIDE_ECRITE), monde)


def _deja_pris(usages: Sequence[Usage], monde: Monde) -> str | None:
    pris = {nom.casefold(): nom for nom in monde.pris}
    vises = chain.from_iterable(chain(_identifiants(usage), _titres(usage)) for usage in usages)
    trouve = next((nom for nom in vises if aplanir(nom).casefold() in pris), None)
    return dire(DEJA_PRIS, nom=trouve) if trouve else None


def _identifiants(usage: Usage) -> list[str]:
    trouves = [str(valeur) for nom, valeur in usage.valeurs.items() if nom in _IDENTIFIANTS]
    if usage.valeurs.get("champ") == IDENTIFIANT and "texte" in usage.valeurs:
        trouves.append(str(usage.valeurs["texte"]))
    return [*trouves, *_colonne(usage, "identifiant")]


def _titres(usage: Usage) -> list[str]:
    """Give the titles by which a sentence looks for a card or a link; with an identifier, it is not misled."""
    if _IDENTIFIANTS & usage.valeurs.keys():
        return []
    return [str(valeur) for nom, valeur in usage.valeurs.items() if nom in _TITRES]


def _colonne(usage: Usage, nom: str) -> list[str]:
    if not usage.tableau or nom not in usage.tableau[0] or not set(usage.tableau[0]) <= COLONNES.keys():
        return []
    rang = list(usage.tableau[0]).index(nom)
    return [ligne[rang] for ligne in usage.tableau[1:]]
