"""Why a step failed, in what a product owner can read: what was expected, what was there, where it was looked for.

Reads the messages of Playwright, whose form is its own, and the comparisons that pytest tells of. What it does not
recognise is given as it is.
"""

import ast
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import aplanir, dire, nommer_les_signes
from steps.navigateur.ecart import Ecart

LONGUEUR = 2_000
"""No more of a value is kept: a whole page was there, most often."""

ATTENTES = {
    "to_be_attached": "présent",
    "to_be_checked": "coché",
    "to_be_disabled": "inactif",
    "to_be_editable": "modifiable",
    "to_be_empty": "vide",
    "to_be_enabled": "actif",
    "to_be_focused": "actif au clavier",
    "to_be_hidden": "caché",
    "to_be_in_viewport": "visible sans défiler",
    "to_be_visible": "visible",
    "to_contain_text": "contient {valeur}",
    "to_have_accessible_description": "a pour description {valeur}",
    "to_have_accessible_error_message": "a pour message d'erreur {valeur}",
    "to_have_accessible_name": "a pour nom {valeur}",
    "to_have_attribute": "a pour attribut {valeur}",
    "to_have_count": "présent {valeur} fois",
    "to_have_role": "a pour rôle {valeur}",
    "to_have_text": "a pour texte {valeur}",
    "to_have_title": "la page a pour titre {valeur}",
    "to_have_url": "la page a pour adresse {valeur}",
    "to_have_value": "contient {valeur}",
    "to_have_values": "contient {valeur}",
}
NOMBRE = "to_have_count"
ETATS = {
    "attached": "présent",
    "checked": "coché",
    "detached": "absent",
    "disabled": "inactif",
    "editable": "modifiable",
    "enabled": "actif",
    "focused": "actif au clavier",
    "hidden": "caché",
    "inactive": "inactif au clavier",
    "readonly": "en lecture seule",
    "unchecked": "non coché",
    "viewport ratio 0": "hors de l'écran",
    "visible": "visible",
}
ROLES = {
    "alert": "alerte",
    "article": "bloc",
    "button": "bouton",
    "checkbox": "case",
    "combobox": "liste",
    "dialog": "fenêtre",
    "group": "groupe",
    "heading": "titre",
    "link": "lien",
    "list": "liste",
    "listitem": "élément de liste",
    "main": "contenu de la page",
    "navigation": "menu",
    "option": "choix",
    "radio": "choix",
    "region": "bloc",
    "searchbox": "champ",
    "status": "message",
    "textbox": "champ",
}
PAR = {"label": "champ", "text": "texte", "title": "élément"}
OPERATEURS = {
    "==": "{droite}",
    "!=": "autre chose que {droite}",
    "in": "un élément de {droite}",
    "not in": "aucun élément de {droite}",
    "<": "moins de {droite}",
    "<=": "{droite} au plus",
    ">": "plus de {droite}",
    ">=": "{droite} au moins",
}

_EXPECT = re.compile(r'- Expect "(?P<non>not_)?(?P<attente>to_\w+)"(?: (?P<cible>.+?))? with timeout')
_ACTION = re.compile(r"waiting for (?P<cible>.+)")
_VALEUR = re.compile(
    r"(?:expected (?:not )?to [^'\n]*?|^Expected value: )'(?P<valeur>.*?)'\nActual value: ", re.DOTALL | re.MULTILINE
)
_TROUVE = re.compile(r"\nActual value: (?P<trouve>.*?)\s*(?:\nError: (?P<raison>.*?))?\s*\nCall log:", re.DOTALL)
_PROPRE = re.compile(
    r"\A(?P<message>(?!Locator expected|Page (?:title |URL )?expected).*?)\n(?:Expected|Actual) value: ", re.DOTALL
)
_PLUSIEURS = re.compile(r"strict mode violation: (?P<cible>.+) resolved to (?P<nombre>\d+) elements")
_DELAI = re.compile(r"Timeout (?P<ms>\d+)ms exceeded")
_ROLE = re.compile(r'get_by_role\("(?P<role>\w+)"(?:, name=(?P<nom>"(?:[^"\\]|\\.)*"|re\.compile\(.*?\)(?=[,)])))?')
_PAR_TEXTE = re.compile(r'get_by_(?P<genre>text|label|title)\((?P<nom>"(?:[^"\\]|\\.)*"|re\.compile\(.*?\))[,)]')
_MOTIF = re.compile(
    r"re\.compile\(r?(?P<marque>['\"])(?P<motif>.*?)(?:(?P=marque)(?P<fin>(?:, re\.\w+)*\))|\)?\Z)", re.DOTALL
)


@dataclass(frozen=True)
class Comparaison:
    """What an assertion compared: the last that pytest told of."""

    operateur: str
    gauche: object
    droite: object


def decrire(
    erreur: BaseException, comparaison: Comparaison | None = None, racine: Path | None = None
) -> dict[str, Any]:
    """Give an error as plain values: `message`, and when they are known `attendu`, `trouve`, `cible`, `detail`."""
    texte = str(erreur).strip()
    if isinstance(erreur, Ecart):
        detail = str(erreur.__cause__ or "").strip()
        faits = {"message": "", "attendu": erreur.attendu, "trouve": erreur.trouve, "detail": detail}
    else:
        faits = _de_playwright(texte) or _compare(texte, erreur, comparaison) or {"message": texte}
    court = {nom: _court(valeur) for nom, valeur in _distincts(faits).items() if valeur}
    return {"genre": type(erreur).__name__, **court, "pile": list(_pile(erreur, racine))}


def _distincts(faits: Mapping[str, str]) -> dict[str, str]:
    """Name the signs that show nothing, and every space and apostrophe where they alone make the difference."""
    attendu, trouve = faits.get("attendu", ""), faits.get("trouve", "")
    pareils = bool(trouve) and aplanir(trouve) in aplanir(attendu) and trouve not in attendu
    return {
        nom: nommer_les_signes(valeur, typographie=pareils and nom in {"attendu", "trouve"})
        for nom, valeur in faits.items()
    }


def dire_erreur(erreur: Mapping[str, Any]) -> str:
    """Say an error in a few lines."""
    lignes = [str(erreur.get("message", ""))]
    lignes += [
        dire("{nom} : {valeur}", nom=nom, valeur=erreur[cle])
        for cle, nom in (("attendu", dire("attendu")), ("trouve", dire("trouvé")))
        if erreur.get(cle)
    ]
    return "\n".join(ligne for ligne in lignes if ligne) or str(erreur.get("genre", ""))


def _de_playwright(texte: str) -> dict[str, str] | None:
    """Read an assertion of Playwright, or an action that it gave up."""
    attente = _EXPECT.search(texte)
    if attente:
        return _attente(texte, attente)
    if "Call log:" not in texte:
        return None
    tete, _, journal = texte.partition("Call log:")
    cherche = _ACTION.search(journal)
    cible = lisible(cherche["cible"]) if cherche else ""
    plusieurs, delai = _PLUSIEURS.search(tete), _DELAI.search(tete)
    if plusieurs:
        trouve, cible = _plusieurs(plusieurs), lisible(plusieurs["cible"])
    elif delai:
        trouve = dire("rien que l'on puisse atteindre en {s} s", s=f"{int(delai['ms']) / 1000:g}".replace(".", ","))
    else:
        return {"message": tete.strip(), "cible": cible, "detail": journal.strip()}
    return {"message": "", "attendu": cible, "trouve": trouve, "detail": texte}


def _attente(texte: str, attente: re.Match[str]) -> dict[str, str]:
    voulue, lue, propre = _VALEUR.search(texte), _TROUVE.search(texte), _PROPRE.search(texte)
    cible = lisible(attente["cible"] or "")
    valeur = voulue["valeur"] if voulue else ""
    nue = attente["attente"] == NOMBRE
    modele = ATTENTES.get(attente["attente"], attente["attente"] + " {valeur}")
    message = propre["message"].strip() if propre else ""
    if voulue is None and message and "{valeur}" in modele:
        # Playwright does not say which name or description it looked for: who asked did, in the place of a message.
        valeur, message = message, ""
    attendu = dire(modele, valeur=valeur if nue else citation(valeur))
    if attente["non"]:
        attendu = dire("pas {attendu}", attendu=attendu)
    return {
        "message": message,
        "attendu": dire("{cible} : {attendu}", cible=cible, attendu=attendu) if cible else attendu,
        "trouve": _lu(lue, nue=nue) if lue else "",
        "detail": texte,
    }


def _lu(lue: re.Match[str], *, nue: bool) -> str:
    raison, valeur = lue["raison"] or "", lue["trouve"]
    if plusieurs := _PLUSIEURS.search(raison):
        return _plusieurs(plusieurs)
    if "not found" in raison:
        return dire("absent de la page")
    if nue:
        return dire("{n} fois", n=valeur)
    if valeur in ETATS:
        return dire(ETATS[valeur])
    return citation(valeur) if valeur not in ("", "None") else dire("rien")


def _plusieurs(trouves: re.Match[str]) -> str:
    return dire("{n} éléments au lieu d'un seul", n=trouves["nombre"])


def _compare(texte: str, erreur: BaseException, comparaison: Comparaison | None) -> dict[str, str] | None:
    """Read a comparison; a message written for people comes first."""
    if not isinstance(erreur, AssertionError) or comparaison is None or comparaison.operateur not in OPERATEURS:
        return None
    propre, compare, _ = texte.partition("assert ")
    if not compare:
        return None
    droite = citation(comparaison.droite)
    return {
        "message": propre.strip(),
        "attendu": dire(OPERATEURS[comparaison.operateur], droite=droite),
        "trouve": citation(comparaison.gauche),
        "detail": texte,
    }


def citation(valeur: object) -> str:
    """Give a value as French quotes it; a number is not quoted."""
    if isinstance(valeur, str):
        if (liste := _liste(valeur)) is not None:
            return citation(liste)
        texte = sans_motif(valeur)
        return dire("« {texte} »", texte=texte) if texte != "" else dire("un texte vide")
    if isinstance(valeur, list | tuple):
        return ", ".join(map(citation, valeur)) or dire("une liste vide")
    return str(valeur)


def _liste(texte: str) -> list[object] | None:
    """Read the list that Playwright printed; None for any other text."""
    if not (texte.startswith("[") and texte.endswith("]")):
        return None
    with suppress(ValueError, SyntaxError):
        lue = ast.literal_eval(_MOTIF.sub(lambda trouve: repr(sans_motif(trouve[0])), texte))
        return list(lue)
    return None


def lisible(cible: str) -> str:
    """Say in French what Playwright looks for, by the last part of its path that has a name; else give it as it is."""
    trouves = sorted([*_ROLE.finditer(cible), *_PAR_TEXTE.finditer(cible)], key=lambda trouve: trouve.start())
    if not trouves:
        return cible
    nom = trouves[-1]["nom"]
    # What is looked for under one role « or » another has one name: both roles are said.
    memes = [trouve for trouve in trouves if trouve["nom"] == nom] if ".or_(" in cible else trouves[-1:]
    quoi = " ou ".join(dict.fromkeys(map(_genre, memes)))
    return f"{quoi} {citation(nom if nom.startswith('re.') else nom[1:-1])}" if nom else quoi


def _genre(trouve: re.Match[str]) -> str:
    groupes = trouve.groupdict()
    return PAR.get(groupes.get("genre") or "") or ROLES.get(groupes.get("role") or "", "élément")


def sans_motif(texte: str) -> str:
    """Give the text that a regular expression of the suite looks for; a plain text is left alone."""

    def clair(trouve: re.Match[str]) -> str:
        motif = trouve["motif"].replace("\\\\", "\\")
        motif = re.sub(r"^\^?\\s\*|\\s\*\$?$|^\^|\$$", "", motif).replace(r"\s+", " ")
        # Python itself cuts what it shows of a long expression.
        return re.sub(r"\\(?=[^\w])", "", re.sub(r"\[['’]{2}\]", "’", motif)) + ("" if trouve["fin"] else "…")

    return _MOTIF.sub(clair, texte)


def _court(valeur: str) -> str:
    return valeur if len(valeur) <= LONGUEUR else valeur[:LONGUEUR] + "…"


def _pile(erreur: BaseException, racine: Path | None) -> Iterator[str]:
    """Yield where the error passed in the files of the project, outermost first."""
    if racine is None:
        return
    for cadre in traceback.extract_tb(erreur.__traceback__):
        chemin = Path(cadre.filename)
        if chemin.is_relative_to(racine) and "site-packages" not in chemin.parts:
            yield f"{chemin.relative_to(racine).as_posix()}:{cadre.lineno} {cadre.name}"
