"""A guide as it is handed out: its steps with their sentences and pictures in the order of its layout, then the proof.

The sentences are those of the feature, the pictures those of the last green run, their places those of the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from steps.gherkin.edition import Edition, Tableau, lire_edition
from steps.gherkin.original import chemin_de_l_original, lire_original
from webapp.domain.textes import fr
from webapp.mode_emploi.guide import DOSSIER, Etape, Exemple, Guide, guides
from webapp.mode_emploi.publication import Image, Publication, Resultat, publication

_CERTIFICATION = re.compile(r"(?P<code>\w+) - (?P<intitule>.+) (?P<etat>\w+)")


@dataclass(frozen=True)
class Certification:
    """A row of the table that opens a guide: a certification, its state, who delivers it."""

    code: str
    intitule: str
    etat: str
    certificateur: str


@dataclass(frozen=True)
class Bloc:
    """A paragraph of a step and what stands under it; the paragraph may be missing."""

    paragraphe: str = ""
    certifications: tuple[Certification, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class Section:
    """A step with what it says and shows. `encadre`: it stands in a box at the head of the guide."""

    etape: Etape
    blocs: tuple[Bloc, ...]
    encadre: bool = False

    @property
    def images(self) -> tuple[Image, ...]:
        """Its pictures in order."""
        return tuple(image for bloc in self.blocs for image in bloc.images)


@dataclass(frozen=True)
class Preuve:
    """A row of the proof: the step, the scenario, how it ended; None when no run has played it."""

    etape: Etape
    exemple: Exemple
    resultat: Resultat | None

    @property
    def tenue(self) -> bool:
        """Whether the last run proved it."""
        return self.resultat is not None and self.resultat.passe


@dataclass(frozen=True)
class Fiche:
    """A guide laid out: groups of steps that one picture shows together, most often of one step; the proof."""

    guide: Guide
    groupes: tuple[tuple[Section, ...], ...]
    preuves: tuple[Preuve, ...]

    @property
    def annonce(self) -> Section | None:
        """What announces the steps and says nothing else: « Voici les étapes à suivre »; None when nothing does."""
        sections = (section for groupe in self.groupes for section in groupe)
        return next((s for s in sections if s.etape.numero is None and not s.blocs), None)

    @property
    def resume(self) -> tuple[Section, ...]:
        """The steps that it announces."""
        return tuple(s for groupe in self.groupes for s in groupe if s.etape.numero is not None and not s.encadre)


@cache
def fiches(dossier: Path = DOSSIER) -> tuple[Fiche, ...]:
    """Lay out every guide of a folder, in the order of `guides`. Read once in the life of the process."""
    return tuple(composer(guide, dossier, publication()) for guide in guides(dossier))


def composer(guide: Guide, dossier: Path, publiee: Publication) -> Fiche:
    """Lay out a guide of a folder with what is published of it. Raises EditionIllisible or OriginalIllisible."""
    feature = dossier / f"{guide.nom.replace('-', '_')}.feature"
    edition = lire_edition(feature)
    images = {
        (exemple.titre, image.nom): image
        for etape in guide.etapes
        for exemple in etape.exemples
        for image in publiee.resultats.get(exemple.cle, Resultat(passe=False)).images
    }
    sections = [_section(etape, edition, feature, images) for etape in guide.etapes if etape.exemples or etape.texte]
    preuves = tuple(Preuve(e, x, publiee.resultats.get(x.cle)) for e in guide.etapes for x in e.exemples)
    return Fiche(guide, tuple(_grouper(sections)), preuves)


def _section(etape: Etape, edition: Edition, feature: Path, images: dict[tuple[str, str], Image]) -> Section:
    nombre = len(etape.texte)
    siennes: dict[int, list[Image]] = {}
    if etape.numero is not None:
        for figure in edition.figures:
            image = images.get((fr(figure.scenario), figure.nom))
            if figure.etape == etape.numero and image is not None:
                siennes.setdefault(nombre if figure.apres is None else figure.apres, []).append(image)
    tableaux = {t.apres: t for t in edition.tableaux if t.etape == etape.numero}
    blocs = [
        Bloc(
            etape.texte[rang - 1] if rang else "",
            _certifications(tableaux.get(rang), feature),
            tuple(siennes.get(rang, ())),
        )
        for rang in range(nombre + 1)
    ]
    pleins = tuple(bloc for bloc in blocs if bloc != Bloc())
    return Section(etape, pleins, etape.numero is not None and etape.numero == edition.encadre)


def _certifications(tableau: Tableau | None, feature: Path) -> tuple[Certification, ...]:
    if tableau is None:
        return ()
    phrases = {phrase.id: phrase.texte for phrase in lire_original(chemin_de_l_original(feature)).phrases}
    lues = []
    for certification, certificateur in tableau.lignes:
        dite = _CERTIFICATION.fullmatch(phrases[certification])
        if dite is not None:
            lues.append(Certification(dite["code"], fr(dite["intitule"]), dite["etat"], fr(phrases[certificateur])))
    return tuple(lues)


def _grouper(sections: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """Put together the steps that one picture shows."""
    groupe: list[Section] = []
    for rang, section in enumerate(sections):
        groupe.append(section)
        suivants = {n for suite in sections[rang + 1 :] for image in suite.images for n in image.reperes}
        if section.etape.numero not in suivants:
            yield tuple(groupe)
            groupe = []
