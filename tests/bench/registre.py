"""A registry of the true size, made up: 30 000 fiches and 400 000 partner lines; and what the screens ask of it.

Codes and wordings come back as often as they do in the official exports: a few thousand certifiers, 2 500 FORMACODES,
500 ROME codes. One fiche in four is active. One partner line in a thousand is of an organisation that is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from urllib.parse import quote_plus

from tests.registre_fabrique import Fiche, xml, zip_csv
from webapp.persistence import database
from webapp.registre import export
from webapp.services import import_registre

NOMBRE = 30_000
PARTENAIRES = 400_000
LE = date(2026, 8, 16)
SIRET = "99999999800019"

# Where a code is applied and where one is searched while typing; each is asked with htmx's headers, signed in.
CODE = "/formations/nouvelle/certification?type=certifiante&type_code={registre}&code={numero}"
RECHERCHE = "/aide/code-d-identification?recherche={texte}"

_TEXTE = (
    "développeur web mobile gestionnaire paie technicien supérieur maintenance réseaux conduite engins assistant "
    "direction commercial sécurité numérique énergie bâtiment santé éducation langues management projet ingénierie "
    "logistique transport tourisme restauration agriculture animation comptabilité qualité environnement design "
    "communication marketing finances droit mécanique électricité chaudronnerie soudage coiffure esthétique boulangerie"
)
_MOTS = _TEXTE.split()
_HABILITATIONS = ("HABILITATION_FORMER", "HABILITATION_ORGANISER", "HABILITATION_ORGA_FORM")
# What people type: beginnings of two to four letters, whole words, two words, a code, with and without accents.
TAPES = ("dév", "dev", "ge", "gest", "pai", "techn", "main", "sécu", "secu", "num", "lan", "so", "bou", "com",
         "développeur", "logistique", "comptabilité", "electricite", "web mob", "assistant dir", "RNCP12", "10245",
         "technicien maintenance", "certificateur 12", "qua env")  # fmt: skip


@dataclass(frozen=True)
class Exports:
    """The same registry in both of its forms."""

    csv: Path
    xml: Path


def fabriquer(dossier: Path, nombre: int = NOMBRE) -> Exports:
    """Write both exports in a folder."""
    fiches = list(_fiches(nombre))
    ecrits = Exports(dossier / f"export-fiches-csv-{LE}.zip", dossier / f"export-fiches-{LE}.xml")
    zip_csv(ecrits.csv, fiches)
    ecrits.xml.write_text(xml(fiches), "utf-8")
    return ecrits


def importer(url: str, fichier: Path) -> list[import_registre.Rapport]:
    """Import an export as `importer-registre` does, connections included; give what it reports."""
    rapports = []
    base = database.ouvrir(url)
    try:
        for lu in export.ouvrir(fichier):
            with base.lecture() as cnx, import_registre.preparer(cnx, lu) as preparation:
                with base.ecriture() as ecriture:
                    import_registre.appliquer(ecriture, preparation, datetime.now(UTC))
                rapports.append(preparation.rapport)
    finally:
        base.fermer()
    return rapports


def codes(nombre: int) -> list[str]:
    """Give the addresses that apply so many different codes, all of the registry and far from each other."""
    tirage = Random(3)  # noqa: S311 - the same each time
    return [
        CODE.format(registre=registre, numero=numero)
        for registre, numero in (_code(rang) for rang in tirage.sample(range(NOMBRE), nombre))
    ]


def recherches() -> list[str]:
    """Give the addresses of the searches."""
    return [RECHERCHE.format(texte=quote_plus(tape)) for tape in TAPES]


def _code(rang: int) -> tuple[str, int]:
    # The certifications of the guide keep their own facts: the other measures follow it on the same server.
    return ("RNCP", 1_000 + rang) if rang % 3 else ("RS", 10_000 + rang)


def _fiches(nombre: int) -> Iterator[Fiche]:
    tirage = Random(7)  # noqa: S311 - the same each time

    def jour(premiere: int, derniere: int) -> str:
        return f"{tirage.randint(1, 28):02d}/{tirage.randint(1, 12):02d}/{tirage.randint(premiere, derniere)}"

    def phrase(mots: int) -> str:
        return " ".join(tirage.choices(_MOTS, k=mots)).capitalize()

    certificateurs = [(f"{30_000_000_000_000 + n}", f"CERTIFICATEUR {n} {phrase(2).upper()}") for n in range(4_000)]
    for rang in range(nombre):
        registre, chiffres = _code(rang)
        numero = f"{registre}{chiffres}"
        active = tirage.random() < 0.25
        blocs = tirage.randint(0, 5) if registre == "RNCP" else 0
        yield Fiche(
            numero, phrase(tirage.randint(4, 12)), active, tirage.choice(("", "NIV3", "NIV4", "NIV5", "NIV6", "NIV7")),
            fin=jour(2027, 2031) if active else jour(2015, 2025), decision=jour(2008, 2014),
            certificateurs=tuple(tirage.sample(certificateurs, tirage.choice((1, 1, 1, 2)))),
            formacodes=tuple(f"{10_000 + 13 * tirage.randint(0, 2_500)}" for _ in range(tirage.randint(1, 5))),
            nsf=tuple(f"{tirage.randint(100, 346)}{tirage.choice(('', 'm', 't'))}"
                      for _ in range(tirage.randint(1, 2))),
            rome=tuple(f"{tirage.choice('ABCDEFGHIJKLMN')}{1_101 + tirage.randint(0, 38)}"
                       for _ in range(tirage.randint(0, 4))),
            blocs=tuple((f"{numero}BC{n:02d}", phrase(9)) for n in range(1, blocs + 1)),
            anciennes=(f"RNCP{900 + rang}",) if rang % 4 == 0 else (),
            nouvelles=(f"RNCP{1_100 + rang}",) if rang % 5 == 0 else (),
            partenaires=tuple(_partenaire(tirage) for _ in range(round(tirage.expovariate(NOMBRE / PARTENAIRES)))),
        )  # fmt: skip


def _partenaire(tirage: Random) -> tuple[str, str, str]:
    siret = SIRET if tirage.random() < 0.001 else str(tirage.randint(10**13, 10**14 - 1))
    return siret, tirage.choice(_HABILITATIONS), "Actif"
