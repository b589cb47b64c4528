"""The French report: one page that stands alone, for who wrote the scenarios and who waits for what they promise.

Its style and its script are in it; the pictures are beside it, and only named. What it needs is prepared here, in the
words that are shown: the template only lays it out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from steps.donnees.dates import PARIS, ecrire_date, ecrire_heure
from steps.gherkin.etiquettes import ETIQUETTES
from steps.gherkin.typographie import dire, habiller, pluriel
from steps.navigateur.enregistreur import ECHEC, IGNORE, NON_DEFINI, NON_JOUE, SUCCES
from steps.rapports.arborescence import ECARTE, Fonctionnalite, Resultat, a_dire, arborescence, comptes
from steps.rapports.commandes import commande
from steps.rapports.console import PHASES
from steps.rapports.flux import A_FAIRE, Execution
from steps.rapports.messages_scenario import INSTABLE
from steps.rapports.resume import duree, erreur_de, nom_complet, pertes, pieces

GABARITS = Path(__file__).parent / "gabarits"
IMAGES = {".png", ".jpg", ".jpeg", ".webp"}
LENT_MS = 1_000
"""A step that takes longer says how long: the others would only add noise."""

MOTS = {
    ECHEC: ("✗", dire("En échec"), dire("En échec")),
    A_FAIRE: ("◔", dire("À faire"), dire("À faire")),
    IGNORE: ("–", dire("Ignoré"), dire("Ignorés")),
    ECARTE: ("○", dire("Écarté"), dire("Écartés")),
    SUCCES: ("✓", dire("Réussi"), dire("Réussis")),
}
"""The mark of each status, and its word for one scenario and for several."""

ETAPES = {
    SUCCES: ("✓", dire("réussie")),
    ECHEC: ("✗", dire("en échec")),
    NON_DEFINI: ("?", dire("sans définition")),
    IGNORE: ("–", dire("ignorée")),
    NON_JOUE: ("·", dire("non jouée")),
}
NATURES = {
    "image": dire("Image de l'écran"),
    "page": dire("Contenu de la page"),
    "messages": dire("Messages du navigateur"),
    "serveur": dire("Messages du serveur"),
    "trace": dire("Trace"),
}


@dataclass(frozen=True)
class Filtre:
    """A choice of the page: what it keeps, how it is called, and how many there are."""

    valeur: str
    nom: str
    nombre: int


def page(execution: Execution) -> str:
    """Give the page of a run."""
    fonctionnalites = arborescence(execution)
    tous = [resultat for chaque in fonctionnalites for resultat in chaque.resultats]
    joues = [resultat for resultat in tous if resultat.statut != ECARTE]
    return _gabarit().render(
        fonctionnalites=fonctionnalites,
        a_regarder=[resultat for resultat in joues if resultat.statut == ECHEC],
        verdict=_verdict(execution, joues),
        reussi=execution.reussie,
        constats=a_dire(execution),
        parts=comptes(joues),
        statuts=_statuts(tous, len(joues)),
        etiquettes=_etiquettes(tous),
        environnement=_environnement(execution),
        MOTS=MOTS,
        ETAPES=ETAPES,
        numeros={id(resultat): rang for rang, resultat in enumerate(tous, start=1)},
    )


@lru_cache(maxsize=1)
def _gabarit() -> Template:
    monde = Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    monde.filters |= {
        "dit": habiller,
        "phrase": _phrase,
        "nom": lambda resultat: habiller(nom_complet(resultat.faits)),
        "duree": lambda millisecondes: duree(millisecondes / 1000),
        "pieces": _pieces,
        "pertes": pertes,
        "paragraphes": lambda texte: [habiller(" ".join(p.split("\n"))) for p in texte.split("\n\n") if p],
        "adresse": quote,
        "scenarios": lambda resultats: pluriel(len(list(resultats)), dire("scénario")),
        "comptes": comptes,
        "accord": lambda nombre, statut: pluriel(nombre, *MOTS[statut][1:]).partition(" ")[2].lower(),
        "erreur": erreur_de,
        "identite": id,
        "resume": lambda message: " ".join(message.split("\n")[:2]),
        "cle": _cle,
    }
    monde.globals |= {
        "STYLE": Markup((GABARITS / "rapport.css").read_text("utf-8")),  # noqa: S704 - a file of ours
        "SCRIPT": Markup((GABARITS / "rapport.js").read_text("utf-8")),  # noqa: S704 - same reason
        "ECHEC": ECHEC,
        "ECARTE": ECARTE,
        "LENT_MS": LENT_MS,
        "PHASES": PHASES,
        "NATURES": NATURES,
        "VISEUR": commande("-m", "playwright", "show-trace"),
        "INSTABLE": INSTABLE,
    }
    return monde.get_template("rapport.html.j2")


def _phrase(texte: str) -> Markup:
    """Give a sentence with what stands between its outermost « » set apart."""
    sortie, debut, profondeur = [], 0, 0
    dite = habiller(texte)
    for position, signe in enumerate(dite):
        if signe == "«":
            if profondeur == 0:
                sortie.append(escape(dite[debut:position]))
                debut = position
            profondeur += 1
        elif signe == "»" and profondeur:
            profondeur -= 1
            if profondeur == 0:
                sortie.append(Markup("<i>{}</i>").format(dite[debut : position + 1]))
                debut = position + 1
    return Markup().join([*sortie, escape(dite[debut:])])


def _verdict(execution: Execution, joues: Sequence[Resultat]) -> str:
    """Say in one sentence what the run is worth."""
    echecs = sum(resultat.statut == ECHEC for resultat in joues)
    if execution.constats and not execution.interrompue:
        hors = dire("défaut hors des scénarios"), dire("défauts hors des scénarios")
        defauts = pluriel(len(execution.constats), *hors)
        sans = Execution(execution.debut, execution.sources, execution.tentatives, fin={"prevus": 0})
        return dire("{defauts} ; {reste}", defauts=defauts, reste=_verdict(sans, joues))
    nombre = pluriel(len(joues), dire("scénario joué"), dire("scénarios joués"))
    if execution.interrompue:
        reste = execution.prevus - len(joues)
        dit = dire("Exécution interrompue : {nombre}", nombre=nombre)
        dit += dire(", {reste} ne l'ont pas été", reste=reste) if reste > 0 else ""
        return dit + (dire(", {echecs} en échec.", echecs=echecs) if echecs else ".")
    code = int((execution.fin or {}).get("code", 0))
    if not execution.reussie and not echecs and code:
        return dire("{nombre}, mais l'exécution a échoué (code {code}).", nombre=nombre, code=code)
    if not joues:
        return dire("Aucun scénario n'a été joué.")
    if echecs:
        return dire("{echecs} en échec sur {nombre}.", echecs=echecs, nombre=nombre)
    return dire("{nombre}, aucun échec.", nombre=nombre)


def _statuts(tous: Sequence[Resultat], joues: int) -> list[Filtre]:
    comptes_ = comptes(tous)
    tries = sorted(comptes_, key=lambda statut: statut == ECARTE)
    return [Filtre("", dire("Joués"), joues), *(Filtre(statut, MOTS[statut][2], comptes_[statut]) for statut in tries)]


def _etiquettes(tous: Iterable[Resultat]) -> list[Filtre]:
    """Give the tags of the run in the order of their list, those of the guide's steps by their number."""
    portees = [nom for resultat in tous for nom in set(resultat.etiquettes)]
    connues = [nom for nom in ETIQUETTES if nom in portees]
    autres = sorted(set(portees) - set(connues))
    return [Filtre(nom, habiller(ETIQUETTES.get(nom, "")), portees.count(nom)) for nom in [*connues, *autres]]


def _environnement(execution: Execution) -> list[tuple[str, str]]:
    """Give what was played, on what and when, for who compares two runs."""
    debut, fin = execution.debut, execution.fin or {}
    instant = float(debut.get("instant", 0))
    quand = datetime.fromtimestamp(instant, PARIS)
    jour = ecrire_date(quand.date()).replace(" ", "\u00a0")
    navigateurs = sorted({tentative["navigateur"] for tentative in execution.tentatives if tentative.get("navigateur")})
    outils = debut.get("outils", {})
    processus = debut.get("processus", 1)
    faits = [
        (dire("Joué le"), f"{jour} à {ecrire_heure(quand)}"),
        (dire("Durée"), duree(float(fin["instant"]) - instant) if "instant" in fin else ""),
        (
            dire("Version de la suite") if debut.get("adresse") else dire("Version"),
            " ".join(filter(None, (debut.get("version", ""), debut.get("commit", "")))),
        ),
        (dire("Serveur"), debut.get("adresse", "")),
        (dire("Navigateur"), ", ".join(navigateurs) or debut.get("moteur", "")),
        (dire("Système"), " ".join(filter(None, (debut.get("systeme", ""), debut.get("processeur", ""))))),
        (dire("Outils"), ", ".join(f"{nom}\u00a0{numero}" for nom, numero in outils.items() if numero)),
        (dire("Processus"), str(processus) if processus > 1 else ""),
        (dire("Arrêt"), str(fin.get("arret", ""))),
        (dire("Commande"), debut.get("commande", "")),
    ]
    return [(nom, valeur) for nom, valeur in faits if valeur]


def _pieces(resultat: Resultat) -> list[Mapping[str, Any]]:
    return [
        {
            "nom": NATURES.get(nature, nature),
            "adresse": quote(chemin),
            "image": PurePosixPath(chemin).suffix in IMAGES,
            "trace": nature == "trace",
        }
        for chemin, nature in pieces(resultat.tentatives).items()
    ]


def _cle(fonctionnalite: Fonctionnalite) -> str:
    chemin = PurePosixPath(fonctionnalite.fichier)
    return f"f-{chemin.parent.name}-{chemin.stem}"
