"""What a browser sends: the successful controls of a form, or what htmx gathers for a sender. Sends nothing itself.

The htmx part follows `getInputValues` of htmx 2: the form of the sender for anything but a GET, the sender itself,
then `hx-include`, the values of the form and of the button that sends coming first. Those of a GET follow what its
address holds already.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tests.web.lecture_html import (
    SAISIES,
    Element,
    desactive,
    elements,
    formulaire_de,
    par_id,
    presente,
    valeur,
)

Champs = list[tuple[str, str]]
VERBES = ("hx-get", "hx-post")


@dataclass(frozen=True)
class Envoi:
    """A request ready to leave."""

    methode: str
    url: str
    champs: Champs

    @property
    def adresse(self) -> str:
        """The address, with the fields when they travel in it."""
        if self.methode == "GET":
            chemin = urlsplit(self.url)._replace(query=urlencode(self.champs), fragment="")
            return chemin.geturl()
        return self.url

    @property
    def corps(self) -> bytes | None:
        return None if self.methode == "GET" else urlencode(self.champs).encode()


def champs_de(formulaire: Element, *, js: bool) -> Champs:
    """Give the successful controls of a form, no button among them, line ends as the page holds them (LF)."""
    racine = formulaire.getroottree().getroot()
    controles = [
        c
        for c in racine.iter(*SAISIES)
        if c.get("name") and not desactive(c) and presente(c, js=js) and formulaire_de(c) is formulaire
    ]
    return [(c.get("name", ""), valeur(c)) for c in controles if reussi(c)]


def reussi(controle: Element) -> bool:
    """Say whether a named control is sent without being pressed."""
    if controle.tag == "button" or controle.get("type") in {"submit", "button", "image", "reset"}:
        return False
    return controle.get("type") not in {"radio", "checkbox"} or "checked" in controle.attrib


def envoi_sans_javascript(bouton: Element, url_de_la_page: str) -> Envoi:
    """Give what a browser without scripts sends when a button is pressed."""
    formulaire = formulaire_de(bouton)
    assert formulaire is not None, "un bouton sans formulaire n'envoie rien"
    assert bouton.get("type", "submit") == "submit", "ce bouton n'envoie pas de formulaire"
    assert not desactive(bouton), "ce bouton est désactivé"
    methode = (bouton.get("formmethod") or formulaire.get("method") or "get").upper()
    assert methode in {"GET", "POST"}, f"la méthode {methode} n'envoie rien au serveur"
    champs = champs_de(formulaire, js=False)
    if nom_du_bouton := bouton.get("name"):
        champs.append((nom_du_bouton, bouton.get("value", "")))
    action = urljoin(url_de_la_page, bouton.get("formaction") or formulaire.get("action") or "")
    if methode == "POST":
        champs = [(nom, texte.replace("\n", "\r\n")) for nom, texte in champs]
    return Envoi(methode, action, champs)


def verbe(emetteur: Element) -> str:
    """Give the attribute by which an element sends: `hx-get` or `hx-post`."""
    return next(v for v in VERBES if v in emetteur.attrib)


def envoi_par_htmx(emetteur: Element, url_de_la_page: str) -> Envoi:
    """Give what htmx sends for an element."""
    attribut = verbe(emetteur)
    adresse = urlsplit(urljoin(url_de_la_page, emetteur.get(attribut)))
    prioritaires: Champs = []
    formulaire = formulaire_de(emetteur)
    deja = None if attribut == "hx-get" else formulaire
    if deja is not None:
        prioritaires = champs_de(deja, js=True)
    if emetteur.tag == "button" and (nom_du_bouton := emetteur.get("name")):
        prioritaires.append((nom_du_bouton, emetteur.get("value", "")))
    champs: Champs = []
    for inclus in [emetteur, *inclusions(emetteur)]:
        if inclus is deja:
            continue
        if inclus.tag == "form":
            champs += champs_de(inclus, js=True)
        else:
            champs += _d_un_ensemble(inclus)
    noms = {nom for nom, _ in prioritaires}
    tous = prioritaires + [(nom, texte) for nom, texte in dict.fromkeys(champs) if nom not in noms]
    if attribut == "hx-get":
        tous = parse_qsl(adresse.query, keep_blank_values=True) + tous
    return Envoi(attribut.removeprefix("hx-").upper(), adresse.geturl(), tous)


def _d_un_ensemble(inclus: Element) -> Champs:
    return [
        (c.get("name", ""), valeur(c))
        for c in inclus.iter(*SAISIES)
        if c.get("name") and not desactive(c) and presente(c, js=True) and reussi(c)
    ]


def inclusions(emetteur: Element) -> list[Element]:
    """Give the elements that `hx-include` names; the house uses « closest form » and « #id », nothing else is read."""
    voulu = emetteur.get("hx-include", "")
    trouve = None
    if voulu == "closest form":
        trouve = next((a for a in emetteur.iterancestors() if a.tag == "form"), None)
    elif voulu.startswith("#"):
        trouve = par_id(emetteur.getroottree().getroot(), voulu[1:])
    return [] if trouve is None else [trouve]


def controles(formulaire: Element, nom: str, *, js: bool) -> list[Element]:
    """Give the controls of a form that carry a name."""
    racine = formulaire.getroottree().getroot()
    return [c for c in elements(racine, f"//*[@name='{nom}']", js=js) if formulaire_de(c) is formulaire]
