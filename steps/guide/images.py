"""One picture of the guide, from what a run left of it to the two files that are published and what is kept of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from steps.gherkin.typographie import dire
from steps.guide.composition import Composee, MarqueImpossible, composer, croisements
from steps.guide.empreintes import Empreinte
from steps.navigateur.illustration import Morceau, Vue

Faits = Mapping[str, Any]


@dataclass(frozen=True)
class ImagePubliee:
    """A picture that is published: what the run noted of it, and its files by their form."""

    notee: Faits
    formes: Mapping[str, tuple[str, Composee, str, Empreinte]]
    """By form: the file, what was composed, the sum of its bytes, its print."""

    def montre(self) -> dict[str, Any]:
        """Give what the product shows of it."""
        return {
            "nom": self.notee["nom"],
            "alternative": self.notee["alternative"],
            "reperes": sorted({m.numero for _, c, _, _ in self.formes.values() for m in c.marques}),
            **{
                nom: {"fichier": fichier, "largeur": round(composee.largeur), "hauteur": round(composee.hauteur)}
                for nom, (fichier, composee, _, _) in self.formes.items()
            },
        }

    def compare(self) -> dict[str, Any]:
        """Give what the next runs compare it with, and where its marks and letters stand."""
        return {
            **{nom: self.notee[nom] for nom in ("nom", "pas", "ecran")},
            "sha256": {fichier: somme for fichier, _, somme, _ in self.formes.values()},
            "empreintes": {nom: empreinte.faits() for nom, (*_, empreinte) in self.formes.items()},
            "marques": {
                nom: [[m.numero, _ronds(m.disque), _ronds(m.trait)] for m in composee.marques]
                for nom, (_, composee, _, _) in self.formes.items()
            },
            "textes": {nom: [_ronds(t) for t in c.textes] for nom, (_, c, _, _) in self.formes.items() if c.marques},
        }


def cle_d_image(scenario: Faits, image: Faits) -> str:
    """Name a picture among those of all guides."""
    return f"{Path(scenario['fichier']).stem.replace('_', '-')}-{image['nom']}"


def publier_image(demande: tuple[str, Faits, Path, Path]) -> ImagePubliee:
    """Compose the two forms of a picture and write their files. Raises MarqueImpossible, which names it."""
    fichier, notee, depuis, vers = demande
    nom = cle_d_image({"fichier": fichier}, notee)
    formes = {}
    for forme, faits in notee["formats"].items():
        octets = [(depuis / morceau["fichier"]).read_bytes() for morceau in faits["morceaux"]]
        try:
            composee = composer(faits, octets, ecran=notee["ecran"] and forme == "large")
        except MarqueImpossible as refus:
            raise MarqueImpossible(
                dire("image {nom} ({forme}) : {refus}", nom=nom, forme=forme, refus=refus)
            ) from refus
        if sur := croisements(composee.marques, composee.textes):
            message = "image {nom} ({forme}) : le repère {n} passe sur des lettres"
            raise MarqueImpossible(dire(message, nom=nom, forme=forme, n=sur[0][0]))
        cible = f"{nom}-{forme}.png"
        (vers / cible).write_bytes(composee.png)
        vues = tuple(Morceau(png, (0, 0), (), (), ()) for png in octets)
        empreinte = Empreinte.de(Vue(vues, faits["fond"], tuple(faits["aria"])))
        formes[forme] = (cible, composee, hashlib.sha256(composee.png).hexdigest(), empreinte)
    return ImagePubliee(notee, formes)


def _ronds(boite: tuple[float, float, float, float]) -> list[float]:
    return [round(valeur, 1) for valeur in boite]
