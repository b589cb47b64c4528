"""Exports of France compétences made for the tests: the true formats, with their oddities, and fiches of our own."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

STANDARD = (
    "Id_Fiche", "Numero_Fiche", "Intitule", "Abrege_Libelle", "Abrege_Intitule", "Nomenclature_Europe_Niveau",
    "Nomenclature_Europe_Intitule", "Accessible_Nouvelle_Caledonie", "Accessible_Polynesie_Francaise",
    "Date_dernier_jo", "Date_Decision", "Date_Fin_Enregistrement", "Date_Effet", "Type_Enregistrement",
    "Validation_Partielle", "Actif",
)  # fmt: skip


@dataclass(frozen=True)
class Fiche:
    """One fiche, in the words of the exports."""

    numero: str = "RNCP37674"
    intitule: str = "Développeur web et web mobile"
    actif: bool = True
    niveau: str = "NIV5"
    fin: str = "01/09/2028"
    decision: str = "13/07/2023"
    effet: str = ""
    certificateurs: tuple[tuple[str, str], ...] = (("11000007200014", "MINISTERE DU TRAVAIL"),)
    formacodes: tuple[str, ...] = ("31090", "46357")
    nsf: tuple[str, ...] = ("326t",)
    rome: tuple[str, ...] = ("M1805",)
    blocs: tuple[tuple[str, str], ...] = (("RNCP37674BC01", "Développer la partie front-end"),)
    anciennes: tuple[str, ...] = ("RNCP31114",)
    nouvelles: tuple[str, ...] = ()
    partenaires: tuple[tuple[str, str, str], ...] = (("99999999800019", "HABILITATION_ORGA_FORM", "Actif"),)


def fichiers_csv(fiches: Iterable[Fiche]) -> dict[str, str]:
    """Give the ten files of the CSV export, by the name each has inside the zip."""
    fiches = list(fiches)
    tables: dict[str, list[tuple[str, ...]]] = {
        "Standard": [STANDARD, *(_standard(f) for f in fiches)],
        "Certificateurs": [("Numero_Fiche", "Siret_Certificateur", "Nom_Certificateur"),
                           *((f.numero, f"\t{s}", n) for f in fiches for s, n in f.certificateurs)],
        "Formacode": [("Numero_Fiche", "Formacode_Code", "Formacode_Libelle"),
                      *((f.numero, c, f"{c} : Libellé") for f in fiches for c in f.formacodes)],
        "Nsf": [("Numero_Fiche", "Nsf_Code", "Nsf_Intitule"),
                *((f.numero, c, f"{c} : Intitulé ; autre") for f in fiches for c in f.nsf)],
        "Rome": [("Numero_Fiche", "Codes_Rome_Code", "Codes_Rome_Libelle"),
                 *((f.numero, c, "Management et ingénierie d''affaires") for f in fiches for c in f.rome)],
        "Blocs_De_Comp├⌐tences": [("Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"),
                                  *((f.numero, c, t) for f in fiches for c, t in f.blocs)],
        "Ancienne_Nouvelle_Certification": [("Numero_Fiche", "Ancienne_Certification", "Nouvelle_Certification"),
                                            *((f.numero, a, "") for f in fiches for a in f.anciennes),
                                            *((f.numero, "", n) for f in fiches for n in f.nouvelles)],
        "Partenaires": [("Numero_Fiche", "Nom_Partenaire", "Siret_Partenaire", "Habilitation_Partenaire"),
                        *((f.numero, "PARTENAIRE", f"\t{s}", h) for f in fiches for s, h, e in f.partenaires
                          if e == "Actif")],
        "CCN": [("Numero_Fiche", "Ccn_1_Numero", "Ccn_1_Libelle"), *((f.numero, "3117", "Pain") for f in fiches)],
        "VoixdAcc├¿s": [("Numero_Fiche", "Si_Jury"), *((f.numero, "Par expérience") for f in fiches)],
    }  # fmt: skip
    return {f"export_fiches_CSV_{nom}_2026_08_16.csv": _csv(lignes) for nom, lignes in tables.items()}


def zip_csv(chemin: Path, fiches: Iterable[Fiche], *, sauf: str = "", **remplaces: str | bytes) -> Path:
    """Write the CSV zip; `sauf` leaves a file out, a keyword gives a file another content.

    Its files are of the day that its own name says, as those that are published.
    """
    jour = re.search(r"20\d\d-\d\d-\d\d", chemin.name)
    with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
        for modele, contenu in fichiers_csv(fiches).items():
            nom = modele.replace("2026_08_16", jour[0].replace("-", "_")) if jour else modele
            if not (sauf and sauf in nom):
                autre = next((texte for cle, texte in remplaces.items() if cle in nom), None)
                archive.writestr(nom, contenu if autre is None else autre)
    return chemin


def xml(fiches: Iterable[Fiche], *, version: str = "4.1", debut: str = "") -> str:
    """Give the XML export."""
    corps = "".join(_fiche_xml(fiche) for fiche in fiches)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>{debut}\n<FICHES>\n'
        f"  <VERSION_FLUX>{version}</VERSION_FLUX>\n{corps}</FICHES>\n"
    )


def _standard(f: Fiche) -> tuple[str, ...]:
    return (
        "1", f.numero, f.intitule, "", "", f.niveau, "", "Non", "Non", "", f.decision, f.fin, f.effet,
        "Enregistrement de droit", "", "ACTIVE" if f.actif else "INACTIVE",
    )  # fmt: skip


def _csv(lignes: Iterable[Iterable[str]]) -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(lignes)
    return sortie.getvalue()


def _fiche_xml(f: Fiche) -> str:
    def groupe(nom: str, element: str, contenus: Iterable[str]) -> str:
        interieur = "".join(f"<{element}>{contenu}</{element}>" for contenu in contenus)
        return f"<{nom}>{interieur}</{nom}>" if interieur else ""

    def texte(nom: str, valeur: str) -> str:
        return f"<{nom}>{escape(valeur)}</{nom}>" if valeur else ""

    return (
        "<FICHE>" + texte("ID_FICHE", "1") + texte("NUMERO_FICHE", f.numero)
        + groupe("NOUVELLES_CERTIFICATIONS", "NOUVELLE_CERTIFICATION",
                 (texte("ID_FICHE_NOUVELLE_CERTIFICATION", n) for n in f.nouvelles))
        + groupe("ANCIENNES_CERTIFICATIONS", "ANCIENNE_CERTIFICATION",
                 (texte("ID_FICHE_ANCIENNE_CERTIFICATION", a) for a in f.anciennes))
        + texte("INTITULE", f.intitule) + texte("ETAT_FICHE", "Publiée")
        + (f"<NOMENCLATURE_EUROPE>{texte('NIVEAU', f.niveau)}</NOMENCLATURE_EUROPE>" if f.niveau else "")
        + groupe("FORMACODES", "FORMACODE", (texte("CODE", c) + texte("LIBELLE", "x") for c in f.formacodes))
        + groupe("CODES_NSF", "NSF", (texte("CODE", c) + texte("INTITULE", "x") for c in f.nsf))
        + groupe("CODES_ROME", "ROME", (texte("CODE", c) + texte("LIBELLE", "x") for c in f.rome))
        + groupe("BLOCS_COMPETENCES", "BLOC_COMPETENCES",
                 (texte("CODE", c) + texte("LIBELLE", t) + texte("LISTE_COMPETENCES", "x") for c, t in f.blocs))
        + groupe("CERTIFICATEURS", "CERTIFICATEUR",
                 (texte("SIRET_CERTIFICATEUR", s) + texte("NOM_CERTIFICATEUR", n) + texte("ETAT_CERTIFICATEUR", "Actif")
                  for s, n in f.certificateurs))
        + groupe("PARTENAIRES", "PARTENAIRE",
                 (texte("NOM_PARTENAIRE", "P") + texte("SIRET_PARTENAIRE", s) + texte("HABILITATION_PARTENAIRE", h)
                  + texte("ETAT_HABILITATION", e) for s, h, e in f.partenaires))
        + texte("ACTIF", "Oui" if f.actif else "Non") + texte("DATE_DECISION", f.decision)
        + texte("DATE_EFFET", f.effet) + texte("DATE_FIN_ENREGISTREMENT", f.fin) + "</FICHE>\n"
    )  # fmt: skip
