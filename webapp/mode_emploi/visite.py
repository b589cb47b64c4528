"""The guided tours: each guide's scenario tagged @visite, as stops on the live screens, with the guide's own sentences.

What is acted on (screen, role, accessible name, verb, value) was noted while the scenarios were played (`make guide`);
the sentences are those of features/guide. Nothing of a tour is written anywhere else: which step of the guide a stop is
of, and which of its sentences it shows, follow from the other scenarios of the guide that make the same gesture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from webapp.domain.textes import fr
from webapp.mode_emploi.guide import Etape, Exemple, Guide, Pas, guides
from webapp.mode_emploi.publication import DOSSIER, Titre

VISITES = "visites.json"
ETIQUETTE = "visite"
LIRE = "lire"
DEBUT = re.compile(r"D'abord : (?P<titre>.+)")

ETAPE_1 = "/formations/nouvelle"
"""A screen of its own: nothing of a formation is written there."""

_QUI_ECRIT = frozenset({"saisir", "choisir"})
_OBJETS = frozenset({"{id}", "nouvelle", "nouveau", "fiche"})
_PHRASE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ÿ«])")
_ENTRE_GUILLEMETS = re.compile(r"«\s(.+?)\s»")
_MOTS_D_UNE_CITATION = 3
_MESSAGE = re.compile(r"\b(?:message|alerte)\b(?:\s«\s(?P<dit>.+)\s»\ss.affiche)?")
_PRESSER = re.compile(r"\bcliqu(?:ez|ant)\ssur\s(?:le\sbouton\s)?«\s(.+?)\s»", re.IGNORECASE)
_DEMANDES = {
    ("cliquer", "summary"): "Dépliez « {nom} »",
    ("cliquer", ""): "Cliquez sur « {nom} »",
    ("sélectionner", ""): "Sélectionnez « {nom} »",
    ("saisir", ""): "Remplissez « {nom} »",
    ("choisir", ""): "Choisissez dans la liste « {nom} »",
    (LIRE, ""): "Lisez « {nom} »",
}
UN_DES_MIENS = "Cliquez sur le titre de la formation que vous voulez"
N_IMPORTE = "{*}"
"""In a pattern: the name of any object of the person's; {3} is what she wrote or chose at the third stop."""


@dataclass(frozen=True)
class Geste:
    """One gesture of a scenario, as it was noted: see `steps.navigateur.gestes_lus`."""

    pas: int
    verbe: str
    role: str
    nom: str
    valeur: str
    page: str
    titre: str
    carte: str

    @property
    def cible(self) -> tuple[str, str]:
        """What it is made on, as a screen reader names it."""
        return self.role, self.nom


@dataclass(frozen=True)
class Dite:
    """A sentence as it is shown: the guide's, with the message that it announces, which the guide has in a picture.

    `modele` is the same with the places of what the person wrote or chose: {6}.
    """

    texte: str
    modele: str


@dataclass(frozen=True)
class Arret:
    """One stop of a tour: where it is, what is lit there, what is asked, and the sentences of the guide.

    `rang` counts from 1; `motif` is the name that is looked for, with what is the person's own put aside; `dites` are
    the sentences as they are shown.
    """

    rang: int
    geste: Geste
    motif: str
    etape: Etape
    phrases: tuple[str, ...]
    dites: tuple[Dite, ...] = ()

    @property
    def titre_de_la_page(self) -> str:
        """What the page on which it is made is called."""
        return fr(self.geste.titre)

    @property
    def ancre(self) -> str:
        """Name of the place in the page."""
        return f"arret-{self.rang}"

    @property
    def demande(self) -> str:
        """What the person is asked to do."""
        return self._demander(self.geste.nom)

    @property
    def modele(self) -> str:
        """The same with the places of what is the person's own: {8}, {*}."""
        return self._demander(self.motif)

    def _demander(self, nom: str) -> str:
        if self.motif == N_IMPORTE:
            return fr(UN_DES_MIENS)
        verbe, role = self.geste.verbe, self.geste.role
        modele = _DEMANDES.get((verbe, role)) or _DEMANDES[verbe, ""]
        return fr(modele.format(nom=fr(nom)))

    @property
    def exemple(self) -> str:
        """What the guide writes or chooses there, empty where nothing is."""
        return fr(self.geste.valeur) if self.geste.verbe in _QUI_ECRIT else ""

    @property
    def ecran(self) -> str:
        """The screen it is on, whichever object it shows."""
        return ecran_de(self.geste.page)


@dataclass(frozen=True)
class Visite:
    """The tour of a guide. `avant` is the guide of what must be there first, None when nothing must."""

    guide: Guide
    arrets: tuple[Arret, ...]
    avant: Guide | None = None
    apres: Guide | None = None

    @property
    def depart(self) -> str:
        """Address where it begins."""
        return self.arrets[0].geste.page


def ecran_de(page: str) -> str:
    """Name the screen of an address: the last of its words that names no object.

    /actions/{id}/sessions/nouvelle is of « sessions ». A form keeps its screen when what it holds is stored, and gets
    an address of its own.
    """
    if page == ETAPE_1:
        return "nouvelle"
    mots = [mot for mot in page.split("/") if mot]
    while len(mots) > 1 and mots[-1] in _OBJETS:
        mots.pop()
    return mots[-1] if mots else ""


@cache
def visites() -> Mapping[str, Visite]:
    """Give the tour of each guide that has one, by the name of the guide. Raises ValueError for another file."""
    publies = _publies()
    faites = [visite for guide in guides() if (visite := _visite(guide, publies)) is not None]
    par_nom = {visite.guide.nom: visite for visite in faites}
    par_titre = {guide.titre: guide for guide in guides()}
    for visite in faites:
        avant = par_titre.get(_d_abord(visite.guide))
        par_nom[visite.guide.nom] = replace(par_nom[visite.guide.nom], avant=avant)
        if avant is not None and avant.nom in par_nom and par_nom[avant.nom].apres is None:
            par_nom[avant.nom] = replace(par_nom[avant.nom], apres=visite.guide)
    return MappingProxyType(par_nom)


@cache
def aides() -> Mapping[str, tuple[Guide, Etape]]:
    """Give the step of the guide where each field is written in, by the label of the field; the first guide wins."""
    trouvees: dict[str, tuple[Guide, Etape]] = {}
    publies = _publies()
    for guide in guides():
        for etape, exemple in _exemples(guide):
            for geste in publies.get(exemple.cle, ((), ()))[1]:
                if geste.verbe in _QUI_ECRIT and etape.numero:
                    trouvees.setdefault(fr(geste.nom), (guide, etape))
    return MappingProxyType(trouvees)


def arret_du_champ(libelle: str, visite: Visite) -> Arret | None:
    """Give the stop of a tour where a field is written in, None when there is none."""
    return next((a for a in visite.arrets if a.geste.verbe in _QUI_ECRIT and fr(a.geste.nom) == libelle), None)


def gestes_publies() -> tuple[Geste, ...]:
    """Give every gesture that a scenario of the guides made on a screen, as the last publication noted it."""
    return tuple(geste for _, gestes in _publies().values() for geste in gestes)


def _publies() -> Mapping[Titre, tuple[Sequence[str], tuple[Geste, ...]]]:
    try:
        lu: Any = json.loads((DOSSIER / VISITES).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {
        (s["fichier"], fr(s["nom"])): (s["etiquettes"], tuple(Geste(**geste) for geste in s["gestes"]))
        for s in lu["scenarios"]
    }


def _exemples(guide: Guide) -> Iterator[tuple[Etape, Exemple]]:
    for etape in guide.etapes:
        for exemple in etape.exemples:
            yield etape, exemple


def _visite(guide: Guide, publies: Mapping[Titre, tuple[Sequence[str], tuple[Geste, ...]]]) -> Visite | None:
    faits = {exemple.cle: publies.get(exemple.cle, ((), ())) for _, exemple in _exemples(guide)}
    sienne = next((gestes for etiquettes, gestes in faits.values() if ETIQUETTE in etiquettes), ())
    autres = [
        (etape, exemple, faits[exemple.cle][1])
        for etape, exemple in _exemples(guide)
        if etape.numero is not None and ETIQUETTE not in faits[exemple.cle][0]
    ]
    presses = frozenset(fr(geste.nom) for geste in sienne if geste.verbe == "cliquer")
    situes: list[tuple[Geste, Etape | None, list[Exemple]]] = []
    courante: Etape | None = None
    for avant, geste in zip((None, *sienne), sienne, strict=False):
        etape, preuves = _etape_de(geste, autres, courante)
        # « Voir dans le catalogue » is pressed once the formation is saved, then once it is validated.
        suivies = [un for un in preuves if avant is not None and _se_suivent(avant, geste, faits[un.cle][1])]
        preuves = suivies or preuves
        if geste.verbe != LIRE or (preuves and etape is not courante):
            situes.append((geste, etape if preuves else None, preuves))
            courante = etape
    arrets: list[Arret] = []
    for rang, (geste, etape, preuves) in enumerate(situes):
        # What no scenario of a step does leads to the step after it.
        sa = etape or next((e for _, e, _ in situes[rang:] if e is not None), courante)
        if sa is not None:
            phrases = _phrases(sa, geste, preuves, presses)
            arret = Arret(rang + 1, geste, _motif(geste, arrets), sa, phrases)
            arrets.append(replace(arret, dites=tuple(_dite(p, preuves, [*arrets, arret]) for p in phrases)))
    return Visite(guide, tuple(arrets)) if arrets else None


def _etape_de(
    geste: Geste, autres: Iterable[tuple[Etape, Exemple, Sequence[Geste]]], courante: Etape | None
) -> tuple[Etape | None, list[Exemple]]:
    """Find the step that a gesture is of: the first one, from where the tour has come to, that makes it as well."""
    depuis = courante.numero if courante and courante.numero is not None else 1
    candidats = [(etape, exemple, gestes) for etape, exemple, gestes in autres if (etape.numero or 0) >= depuis]
    preuves: list[tuple[Etape, Exemple]] = []
    for semblable in (_est_le_meme, _le_contient):
        preuves = preuves or [(e, un) for e, un, gestes in candidats if any(semblable(geste, g) for g in gestes)]
    if not preuves:
        return courante, []
    # « Enregistrer » is of several steps; one goes on with the one under way as long as it is of it.
    etape = min((etape for etape, _ in preuves), key=lambda etape: etape.numero or 0)
    return etape, [exemple for sienne, exemple in preuves if sienne is etape]


def _est_le_meme(geste: Geste, autre: Geste) -> bool:
    return geste.cible == autre.cible


def _le_contient(geste: Geste, autre: Geste) -> bool:
    """Say whether a button says the same and more: « Accepter ces remplacements et faire le fichier »."""
    return geste.role == autre.role == "button" and geste.nom.casefold() in autre.nom.casefold()


def _se_suivent(avant: Geste, geste: Geste, gestes: Sequence[Geste]) -> bool:
    return any((a.cible, b.cible) == (avant.cible, geste.cible) for a, b in pairwise(gestes))


def _dite(phrase: str, preuves: Iterable[Exemple], arrets: Sequence[Arret]) -> Dite:
    """Give a sentence as it is shown: one that announces a message, with the message that its scenario reads."""
    texte = phrase
    if phrase.endswith(":"):
        prouvant = (un for un in preuves if any(_nue(phrase) == _nue(citation) for citation in un.citations))
        message = next((lu for un in prouvant for pas in un.pas if (lu := _message(pas))), "")
        texte = fr(f"{phrase} « {message} »") if message else phrase
    modele = texte
    for arret in sorted(arrets, key=lambda a: -len(_choisi(a.geste))):
        if texte != phrase and (choisi := fr(_choisi(arret.geste))):
            modele = modele.replace(choisi, f"{{{arret.rang}}}")
    return Dite(texte, modele)


def _message(pas: Pas) -> str:
    lu = _MESSAGE.search(pas.texte)
    return (pas.bloc or lu["dit"] or "") if lu else ""


def _motif(geste: Geste, avant: Sequence[Arret]) -> str:
    """Give the name to look for: what the person wrote or chose before is hers, and so are the names of her objects."""
    motif = geste.nom
    for arret in sorted(avant, key=lambda a: -len(_choisi(a.geste))):
        choisi = _choisi(arret.geste)
        if choisi and choisi in motif and geste.cible != arret.geste.cible:
            motif = motif.replace(choisi, f"{{{arret.rang}}}")
    if geste.carte and motif == geste.nom:
        propre = next((nom for nom in _ENTRE_GUILLEMETS.findall(geste.carte)), geste.carte)
        motif = motif.replace(propre, N_IMPORTE)
    return motif


def _choisi(geste: Geste) -> str:
    if geste.verbe == "sélectionner" and geste.role == "radio":
        return geste.nom
    return geste.valeur if geste.verbe == "saisir" else ""


def _phrases(etape: Etape, geste: Geste, preuves: Sequence[Exemple], presses: frozenset[str]) -> tuple[str, ...]:
    """Choose the sentences of a gesture, without those that ask to press something else when others are left."""
    ailleurs = presses - {fr(geste.nom)}
    phrases = [phrase for texte in etape.texte for phrase in _PHRASE.split(texte)]
    choisies = _choisir(phrases, geste, preuves)
    if not choisies:
        return tuple([p for p in phrases if not ailleurs & set(_ENTRE_GUILLEMETS.findall(p))] or phrases)[:1]
    return tuple([p for p in choisies if not ailleurs & set(_PRESSER.findall(p))] or choisies)


def _choisir(phrases: Sequence[str], geste: Geste, preuves: Sequence[Exemple]) -> Sequence[str]:
    """Choose the sentences of a step: those that its scenarios prove, else those that name it, else all."""
    citees = [_nue(citation) for exemple in preuves for citation in exemple.citations]
    longues = [citee for citee in citees if len(citee.split()) >= _MOTS_D_UNE_CITATION]
    prouvees = [p for p in phrases if any(_nue(p) in citee or citee in _nue(p) for citee in longues)]
    nommantes = [p for p in phrases if f"«\u00a0{fr(geste.nom)}\u00a0»" in p]
    if not preuves and not nommantes:
        return []
    if nommantes and set(nommantes) & set(prouvees):
        return nommantes if len(prouvees) > len(nommantes) + 1 else prouvees
    return prouvees or nommantes or phrases


def _nue(texte: str) -> str:
    return re.sub(r"[\s\u00a0\u202f]+", " ", fr(texte)).strip(" .:!")


def _d_abord(guide: Guide) -> str:
    """Read in what a guide says of itself which one comes before it."""
    lus = (DEBUT.search(texte.replace("\u00a0", " ").replace("’", "'")) for texte in guide.texte)
    return next((fr(lu["titre"].rstrip(".")) for lu in lus if lu), "")
