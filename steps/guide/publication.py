"""Publish the illustrated guide: `python -m steps.guide.publication`, after a run of its scenarios with --guide.

What a green run left in resultats/guide becomes webapp/mode_emploi/publie: the pictures, what each scenario proved and
when, the prints of all that they show, and one PDF a guide, made of the very pages that the product then serves.
Nothing is written unless every scenario of the guide passed, every word that the guide quotes was seen on screen, and
every step that must be illustrated is. `--verifier` says whether what is published is still that of these sources.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from steps.definitions.inventaire import inventorier
from steps.gherkin.lecture import fichiers, lire_fichier
from steps.gherkin.typographie import dire, pluriel
from steps.guide.impression import imprimer
from steps.navigateur.reduction import reduire
from steps.plugins.guide import RELEVE, dossier

RACINE = Path(__file__).resolve().parents[2]
PUBLIE = RACINE / "webapp" / "mode_emploi" / "publie"
MANIFESTE = "guides.json"
IMAGES = "images"
GUIDES = Path("features") / "guide"
REFAIRE = "make guide"

SOURCES: Mapping[str, Sequence[str]] = {
    "features": ("features/guide/*",),
    "écrans": ("templates/**/*.html",),
    "styles": ("webapp/static/*.css", "webapp/static/*.js", "webapp/static/*.svg", ".outils/bootstrap.scss"),
    "textes": ("webapp/domain/*.py", "webapp/registre/amorce.py"),
}
"""What the pictures show, by what a person would say that she changed."""

POIDS_MAXIMAL = 5_000_000


class PublicationRefusee(Exception):  # noqa: N818 - it reads as a sentence
    """The guide is not published; the message says why, in French, and what to do."""


def publier(racine: Path = RACINE, publie: Path = PUBLIE) -> list[str]:
    """Publish what the last run left, and give the lines that say what was written. Raises PublicationRefusee."""
    releve = _lire_releve(racine)
    scenarios = releve["scenarios"]
    _exiger_vert(scenarios, _ecrits(racine))
    _exiger_libelles(scenarios)
    sources = empreintes(racine)
    with tempfile.TemporaryDirectory(prefix="publie-", dir=publie.parent) as provisoire:
        neuf = Path(provisoire) / "publie"
        tailles = _copier_images(dossier(racine) / IMAGES, scenarios, neuf / IMAGES)
        manifeste = {
            "verifie_le": releve["joue_le"],
            "sources": sources,
            "images": {nom: _empreinte(neuf / IMAGES / nom) for nom in tailles},
            "scenarios": [{**s, "images": [{**i, **tailles[i["fichier"]]} for i in s["images"]]} for s in scenarios],
        }
        (neuf / MANIFESTE).write_text(json.dumps(manifeste, ensure_ascii=False, indent=1) + "\n", "utf-8")
        poids = sum(chemin.stat().st_size for chemin in (neuf / IMAGES).iterdir())
        if poids > POIDS_MAXIMAL:
            raise PublicationRefusee(dire("les images pèsent {poids} octets : c'est trop", poids=poids))
        _remplacer(publie, neuf)
    return [
        dire("{scenarios} du guide, tous verts", scenarios=pluriel(len(scenarios), "scénario")),
        dire("{images}, {poids} ko : {la}", images=pluriel(len(tailles), "image"), poids=poids // 1000, la=publie),
    ]


def verifier(racine: Path = RACINE, publie: Path = PUBLIE) -> list[str]:
    """Say what has drifted apart since the guide was published, and what to run; nothing when all is as it was."""
    try:
        manifeste = json.loads((publie / MANIFESTE).read_text("utf-8"))
    except FileNotFoundError:
        return [dire("le mode d'emploi n'a jamais été publié : {refaire}", refaire=REFAIRE)]
    derives = [
        dire("le mode d'emploi publié ne montre plus les {nom} actuels : {refaire}", nom=nom, refaire=REFAIRE)
        for nom, empreinte in empreintes(racine).items()
        if manifeste["sources"].get(nom) != empreinte
    ]
    for nom, empreinte in manifeste["images"].items():
        chemin = publie / IMAGES / nom
        if not chemin.exists():
            derives.append(dire("l'image {nom} manque : {refaire}", nom=nom, refaire=REFAIRE))
        elif _empreinte(chemin) != empreinte:
            derives.append(dire("l'image {nom} a été changée à la main : {refaire}", nom=nom, refaire=REFAIRE))
    en_trop = {chemin.name for chemin in (publie / IMAGES).glob("*")} - set(manifeste["images"])
    derives += [
        dire("l'image {nom} n'est d'aucun scénario : {refaire}", nom=n, refaire=REFAIRE) for n in sorted(en_trop)
    ]
    return derives


def empreintes(racine: Path) -> dict[str, str]:
    """Give one print for each kind of source that the pictures show."""
    return {
        nom: _empreinte_de(racine, {chemin for motif in motifs for chemin in racine.glob(motif)})
        for nom, motifs in SOURCES.items()
    }


def guides(racine: Path = RACINE) -> list[str]:
    """Give the names of the guides, as the product addresses them."""
    return [chemin.stem.replace("_", "-") for chemin in sorted((racine / GUIDES).glob("*.feature"))]


def _lire_releve(racine: Path) -> Any:
    chemin = dossier(racine) / RELEVE
    if not chemin.exists():
        raise PublicationRefusee(dire("aucun scénario du guide n'a été joué : {refaire}", refaire=REFAIRE))
    return json.loads(chemin.read_text("utf-8"))


def _ecrits(racine: Path) -> set[tuple[str, int]]:
    """Give the place of every scenario of the guides, of every example of an outline."""
    lus = [lire_fichier(chemin) for chemin in fichiers([racine / GUIDES])]
    return {
        (Path(place.fichier).resolve().relative_to(racine.resolve()).as_posix(), place.ligne)
        for place in inventorier(lus).scenarios
    }


def _exiger_vert(scenarios: Iterable[Mapping[str, Any]], ecrits: set[tuple[str, int]]) -> None:
    rouges = [s["nom"] for s in scenarios if s["statut"] != "passe"]
    if rouges:
        message = "le guide n'est pas publié, {nombre} en échec :\n{noms}"
        noms = "\n".join(f"  {nom}" for nom in rouges)
        raise PublicationRefusee(dire(message, nombre=pluriel(len(rouges), "scénario"), noms=noms))
    absents = ecrits - {(s["fichier"], s["ligne"]) for s in scenarios}
    if absents:
        message = "le guide n'est pas publié, {nombre} n'ont pas été joués :\n{lieux}"
        lieux = "\n".join(f"  {fichier}:{ligne}" for fichier, ligne in sorted(absents))
        raise PublicationRefusee(dire(message, nombre=pluriel(len(absents), "scénario"), lieux=lieux))


def _exiger_libelles(scenarios: Iterable[Mapping[str, Any]]) -> None:
    """Each word that the guide puts between « » is a word of the screen, during the scenario that quotes it."""
    absents = [
        dire("  « {libelle} », dans le scénario {nom}", libelle=libelle, nom=scenario["nom"])
        for scenario in scenarios
        for libelle, vu in scenario["libelles"].items()
        if not vu
    ]
    if absents:
        message = "le guide n'est pas publié : ces mots de la fiche n'ont pas été vus à l'écran\n{absents}"
        raise PublicationRefusee(dire(message, absents="\n".join(absents)))


def _copier_images(depuis: Path, scenarios: Iterable[Mapping[str, Any]], vers: Path) -> dict[str, dict[str, int]]:
    """Copy the pictures, made light, and give the width and height of each."""
    vers.mkdir(parents=True)
    tailles = {}
    for nom in (image["fichier"] for scenario in scenarios for image in scenario["images"]):
        legere, largeur, hauteur = reduire((depuis / nom).read_bytes())
        (vers / nom).write_bytes(legere)
        tailles[nom] = {"largeur": largeur, "hauteur": hauteur}
    return tailles


def _remplacer(publie: Path, neuf: Path) -> None:
    """Put the new pictures and facts in place; what others publish in the same folder stays."""
    publie.mkdir(exist_ok=True)
    shutil.rmtree(publie / IMAGES, ignore_errors=True)
    (neuf / IMAGES).rename(publie / IMAGES)
    (neuf / MANIFESTE).replace(publie / MANIFESTE)


def _empreinte(chemin: Path) -> str:
    return hashlib.sha256(chemin.read_bytes()).hexdigest()


def _empreinte_de(racine: Path, chemins: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for chemin in sorted(chemins):
        total.update(chemin.relative_to(racine).as_posix().encode() + b"\0" + _empreinte(chemin).encode() + b"\n")
    return total.hexdigest()


def principal(arguments: list[str] | None = None) -> int:
    """Publish, or verify; give the exit code: 0 when all is well."""
    lecteur = argparse.ArgumentParser(
        prog="python -m steps.guide.publication", description=dire("Publier le mode d'emploi.")
    )
    lecteur.add_argument(
        "--verifier", action="store_true", help=dire("dire si ce qui est publié est à jour, sans rien écrire")
    )
    if lecteur.parse_args(arguments).verifier:
        derives = verifier()
        sys.stdout.write("".join(f"{ligne}\n" for ligne in derives))
        return 1 if derives else 0
    try:
        lignes = publier()
        lignes += [dire("imprimé : {pdf}", pdf=pdf) for pdf in imprimer(guides(), PUBLIE)]
    except PublicationRefusee as refus:
        sys.stderr.write(f"{refus}\n")
        return 1
    sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))
    return 0


if __name__ == "__main__":
    sys.exit(principal())
