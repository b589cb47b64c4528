"""Publish the illustrated guide: `python -m steps.guide.publication`, after a run of its scenarios with --guide.

What a green run left in resultats/guide becomes webapp/mode_emploi/publie: the pictures, what each scenario proved and
when, and one PDF a guide, made of the very pages that the product then serves; beside them, for later runs to compare
(`steps.guide.comparaison`), their sentences and what each picture showed. Nothing is written unless every scenario
of the guide passed, and every word that the guide quotes was seen on screen.
`--verifier` says whether what is published is of the guide as it is written, without looking at any screen.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from steps.gherkin.edition import lire_edition
from steps.gherkin.typographie import dire, pluriel
from steps.guide import visite
from steps.guide.comparaison import EMPREINTES, PUBLIE, REFAIRE, phrases
from steps.guide.composition import MarqueImpossible
from steps.guide.epreuve import ImpressionRefusee
from steps.guide.images import ImagePubliee, cle_d_image, publier_image
from steps.guide.impression import imprimer
from steps.rapports.documents import ouvrir
from steps.rapports.historique import HISTOIRE, resumer

RACINE = Path(__file__).resolve().parents[2]
RELEVE = "releve.json"
MANIFESTE = "guides.json"
IMAGES = "images"
FEATURES = Path("features")
GUIDES = FEATURES / "guide"
Faits = Mapping[str, Any]

POIDS_MAXIMAL = 5_000_000
PEU = 4
"""Pictures that are not worth another process."""


class PublicationRefusee(Exception):  # noqa: N818 - it reads as a sentence
    """The guide is not published; the message says why, in French, and what to do."""


def dossier(racine: Path) -> Path:
    """Give the folder where a run leaves its pictures and what it noted."""
    return racine / "resultats" / "guide"


def publier(racine: Path = RACINE, publie: Path = PUBLIE) -> list[str]:
    """Publish what the last run left, and give the lines that say what was written. Raises PublicationRefusee."""
    releve = _lire_releve(racine)
    scenarios = releve["scenarios"]
    _exiger_vert(scenarios, _ecrits(racine))
    _exiger_libelles(scenarios)
    _exiger_images(scenarios, racine)
    with tempfile.TemporaryDirectory(prefix="publie-", dir=publie.parent) as provisoire:
        neuf = Path(provisoire) / "publie"
        images = _images(dossier(racine) / IMAGES, scenarios, neuf / IMAGES)
        _ecrire(neuf / EMPREINTES, {"scenarios": [_compare(s, images) for s in scenarios]})
        montres = [_montre(s, images) for s in scenarios]
        _ecrire(neuf / MANIFESTE, {"verifie_le": releve["joue_le"], "scenarios": montres})
        visite.publier(scenarios, neuf)
        histoire = resumer(racine, publie / HISTOIRE)
        _ecrire(neuf / HISTOIRE, histoire.faits(_ecrits(racine, FEATURES)))
        poids = sum(chemin.stat().st_size for chemin in (neuf / IMAGES).iterdir())
        if poids > POIDS_MAXIMAL:
            raise PublicationRefusee(dire("les images pèsent {poids} octets : c'est trop", poids=poids))
        _remplacer(publie, neuf)
    return [
        dire("{scenarios} du guide, tous verts", scenarios=pluriel(len(scenarios), "scénario")),
        dire("{images}, {poids} ko : {la}", images=pluriel(len(images), "image"), poids=poids // 1000, la=publie),
    ]


def verifier(racine: Path = RACINE, publie: Path = PUBLIE) -> list[str]:
    """Say what was written since the guide was published, and what to run; nothing when its sentences are the same."""
    try:
        manifeste = json.loads((publie / EMPREINTES).read_text("utf-8"))
    except FileNotFoundError:
        return [dire("le mode d'emploi n'a jamais été publié : {refaire}", refaire=REFAIRE)]
    publies = {(s["fichier"], s["nom"]): s for s in manifeste["scenarios"]}
    ecrits = _ecrits(racine)
    derives = [
        dire(
            "{fichier} : « {nom} » n'est pas, ou plus, ce qui est publié : {refaire}", fichier=f, nom=n, refaire=REFAIRE
        )
        for (f, n), dites in ecrits.items()
        if publies.get((f, n), {}).get("phrases") != dites
    ]
    derives += [
        dire("{fichier} : « {nom} », qui est publié, n'est plus écrit : {refaire}", fichier=f, nom=n, refaire=REFAIRE)
        for f, n in publies.keys() - ecrits
    ]
    images = {nom: somme for s in publies.values() for image in s["images"] for nom, somme in image["sha256"].items()}
    for nom, somme in images.items():
        chemin = publie / IMAGES / nom
        if not chemin.exists():
            derives.append(dire("l'image {nom} manque : {refaire}", nom=nom, refaire=REFAIRE))
        elif _somme(chemin) != somme:
            derives.append(dire("l'image {nom} a été changée à la main : {refaire}", nom=nom, refaire=REFAIRE))
    en_trop = {chemin.name for chemin in (publie / IMAGES).glob("*")} - set(images)
    return derives + [
        dire("l'image {nom} n'est d'aucun scénario : {refaire}", nom=n, refaire=REFAIRE) for n in sorted(en_trop)
    ]


def guides(racine: Path = RACINE) -> list[str]:
    """Give the names of the guides, as the product addresses them."""
    return [chemin.stem.replace("_", "-") for chemin in sorted((racine / GUIDES).glob("*.feature"))]


def _lire_releve(racine: Path) -> Any:
    chemin = dossier(racine) / RELEVE
    if not chemin.exists():
        raise PublicationRefusee(dire("aucun scénario du guide n'a été joué : {refaire}", refaire=REFAIRE))
    return json.loads(chemin.read_text("utf-8"))


def _ecrits(racine: Path, ou: Path = GUIDES) -> dict[tuple[str, str], list[str]]:
    """Give the sentences of every scenario of a folder, of every example of an outline, by its feature and title."""
    trouves: dict[tuple[str, str], list[str]] = {}
    for chemin in sorted((racine / ou).rglob("*.feature")):
        fichier = chemin.relative_to(racine).as_posix()
        trouves |= {(fichier, s.nom): phrases(s.etapes) for s in ouvrir(chemin, fichier).scenarios.values()}
    return trouves


def _compare(scenario: Faits, images: Mapping[str, ImagePubliee]) -> dict[str, Any]:
    """Give what the next runs compare a scenario with."""
    siennes = [images[cle_d_image(scenario, image)].compare() for image in scenario["images"]]
    return {**_choisir(scenario, "fichier", "nom", "phrases"), "images": siennes}


def _montre(scenario: Faits, images: Mapping[str, ImagePubliee]) -> dict[str, Any]:
    """Give what the product shows of a scenario."""
    siennes = [images[cle_d_image(scenario, image)].montre() for image in scenario["images"]]
    return {**_choisir(scenario, "fichier", "nom", "statut", "navigateur"), "images": siennes}


def _choisir(faits: Faits, *noms: str) -> dict[str, Any]:
    return {nom: faits[nom] for nom in noms}


def _ecrire(chemin: Path, faits: Faits) -> None:
    chemin.write_text(json.dumps(faits, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _exiger_vert(scenarios: Iterable[Faits], ecrits: Iterable[tuple[str, str]]) -> None:
    rouges = [s["nom"] for s in scenarios if s["statut"] != "passe"]
    if rouges:
        message = "le guide n'est pas publié, {nombre} en échec :\n{noms}"
        noms = "\n".join(f"  {nom}" for nom in rouges)
        raise PublicationRefusee(dire(message, nombre=pluriel(len(rouges), "scénario"), noms=noms))
    absents = set(ecrits) - {(s["fichier"], s["nom"]) for s in scenarios}
    if absents:
        message = "le guide n'est pas publié, {nombre} n'ont pas été joués :\n{lieux}"
        lieux = "\n".join(dire("  {fichier} : « {nom} »", fichier=f, nom=n) for f, n in sorted(absents))
        raise PublicationRefusee(dire(message, nombre=pluriel(len(absents), "scénario"), lieux=lieux))


def _exiger_libelles(scenarios: Iterable[Faits]) -> None:
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


def _exiger_images(scenarios: Iterable[Faits], racine: Path) -> None:
    """Each picture that the layout of a guide asks for was taken."""
    prises = {(s["fichier"], s["nom"], image["nom"]) for s in scenarios for image in s["images"]}
    absentes = [
        dire("  {fichier} : image {nom}", fichier=fichier, nom=figure.nom)
        for chemin in sorted((racine / GUIDES).glob("*.feature"))
        for fichier in [chemin.relative_to(racine).as_posix()]
        for figure in lire_edition(chemin).figures
        if (fichier, figure.scenario, figure.nom) not in prises
    ]
    if absentes:
        message = "le guide n'est pas publié : ces images n'ont pas été prises\n{absentes}"
        raise PublicationRefusee(dire(message, absentes="\n".join(absentes)))


def _images(depuis: Path, scenarios: Iterable[Faits], vers: Path) -> dict[str, ImagePubliee]:
    """Compose the pictures, in as many processes as there are processors; give each by its key."""
    vers.mkdir(parents=True)
    demandes = [(s["fichier"], image, depuis, vers) for s in scenarios for image in s["images"]]
    cles = [cle_d_image(s, image) for s in scenarios for image in s["images"]]
    try:
        if len(demandes) <= PEU:
            return dict(zip(cles, map(publier_image, demandes), strict=True))
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as atelier:
            return dict(zip(cles, atelier.map(publier_image, demandes), strict=True))
    except MarqueImpossible as refus:
        raise PublicationRefusee(dire("le guide n'est pas publié : {refus}", refus=refus)) from refus


def _remplacer(publie: Path, neuf: Path) -> None:
    """Put the new pictures and facts in place; what others publish in the same folder stays."""
    publie.mkdir(exist_ok=True)
    shutil.rmtree(publie / IMAGES, ignore_errors=True)
    (neuf / IMAGES).rename(publie / IMAGES)
    for nom in (MANIFESTE, EMPREINTES, HISTOIRE, visite.VISITES):
        (neuf / nom).replace(publie / nom)


def _somme(chemin: Path) -> str:
    return hashlib.sha256(chemin.read_bytes()).hexdigest()


def principal(arguments: list[str] | None = None) -> int:
    """Publish, or verify; give the exit code: 0 when all is well."""
    lecteur = argparse.ArgumentParser(
        prog="python -m steps.guide.publication", description=dire("Publier le mode d'emploi.")
    )
    lecteur.add_argument(
        "--verifier", action="store_true", help=dire("dire si ce qui est publié est à jour, sans rien écrire")
    )
    lecteur.add_argument(
        "--adresse",
        default="",
        help=dire("l'adresse où le produit est servi : les liens des PDF y mènent, sinon aucun"),
    )
    choix = lecteur.parse_args(arguments)
    if choix.verifier:
        derives = verifier()
        sys.stdout.write("".join(f"{ligne}\n" for ligne in derives))
        return 1 if derives else 0
    debut = time.monotonic()
    try:
        lignes = publier()
        compose = time.monotonic()
        joue_le = datetime.fromisoformat(_lire_releve(RACINE)["joue_le"])
        lignes += [dire("imprimé : {pdf}", pdf=pdf) for pdf in imprimer(guides(), PUBLIE, joue_le, choix.adresse)]
        duree, impression = compose - debut, time.monotonic() - compose
        lignes.append(dire("images : {i:.0f} s ; PDF : {p:.0f} s", i=duree, p=impression))
    except (PublicationRefusee, ImpressionRefusee) as refus:
        sys.stderr.write(f"{refus}\n")
        return 1
    sys.stdout.write("".join(f"{ligne}\n" for ligne in lignes))
    return 0


if __name__ == "__main__":
    sys.exit(principal())
