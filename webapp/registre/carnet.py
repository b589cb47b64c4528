"""What a registry knows beyond an export, carried with it from one machine to another: whence and when each fact comes.

It stands in files of its own beside those of France compétences, which stay as they are for whoever else reads them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from webapp.domain.registre import FicheExportee
from webapp.domain.textes import fr
from webapp.registre import valeurs

COLONNES = (
    "Source_Le", "Source", "Export_Le", "Connue_Active_Le", "Vue_Active_Le", "Inactive_Constatee_Le", "Famille",
    "Niveau_Entree", "Nomme_Des_Partenaires", "Dates", "Empreinte",
)  # fmt: skip
OUI = "Oui"
NON = "Non"


def noter(fiche: FicheExportee) -> tuple[str, ...]:
    """Write what is known of a fiche, in the order of COLONNES."""
    c = fiche.certification
    jours = (c.faits_le, fiche.export_le, c.connue_active_le, c.vue_active_le, c.inactive_constatee_le)
    le, export, connue, vue, inactive = map(ecrire_jour, jours)
    dates = " ".join(f"{nom}={ecrire_jour(jour)}" for nom, jour in fiche.dates)
    nomme = OUI if fiche.nomme_des_partenaires else NON
    return le, c.source, export, connue, vue, inactive, c.famille, c.niveau_entree, nomme, dates, fiche.empreinte or ""


def reprendre(lue: FicheExportee, note: Sequence[str], autres_codes: Sequence[tuple[str, str]]) -> FicheExportee:
    """Give a fiche as the machine that it comes from knew it.

    Raises ValueError when the note cannot be read, or says of a day what only a day after that of the export may know.
    """
    le, source, export, connue, vue, inactive, famille, niveau_entree, nomme, dates, empreinte = note
    c = lue.certification
    certification = replace(
        c, faits_le=valeurs.jour(le), source=source.strip(), famille=famille.strip() or c.famille,
        connue_active_le=valeurs.jour(connue) or c.connue_active_le, vue_active_le=valeurs.jour(vue),
        inactive_constatee_le=valeurs.jour(inactive), niveau_entree=niveau_entree.strip(),
    )  # fmt: skip
    reprise = replace(
        lue, certification=certification, export_le=valeurs.jour(export), nomme_des_partenaires=nomme.strip() == OUI,
        dates=tuple(_date(datee) for datee in dates.split()), empreinte=empreinte.strip(),
        autres_codes=tuple(sorted((type_code.strip(), code.strip()) for type_code, code in autres_codes)),
    )  # fmt: skip
    if lue.export_le is not None:
        _exiger_deja_su(reprise, lue.export_le)
    return reprise


def _exiger_deja_su(fiche: FicheExportee, le: date) -> None:
    """Raise ValueError for a fact dated after a day: nothing true would ever be younger than it."""
    c = fiche.certification
    # A registration whose effect is still ahead is known active from then on only.
    connue = None if c.effet_le and c.connue_active_le <= c.effet_le else c.connue_active_le
    jours = (c.faits_le, fiche.export_le, connue, c.vue_active_le, c.inactive_constatee_le)
    noms = ("Source_Le", "Export_Le", "Connue_Active_Le", "Vue_Active_Le", "Inactive_Constatee_Le")
    for nom, jour in (*zip(noms, jours, strict=True), *fiche.dates):
        if jour is not None and jour > le:
            raise ValueError(
                fr(f"la date « {nom} », {ecrire_jour(jour)}, est après celle de l'export, {ecrire_jour(le)}")
            )


def ecrire_jour(jour: date | None) -> str:
    """Write a day as the exports do; nothing when there is none."""
    return f"{jour:%d/%m/%Y}" if jour else ""


def _date(datee: str) -> tuple[str, date]:
    nom, _, jour = datee.partition("=")
    lu = valeurs.jour(jour)
    if lu is None:
        raise ValueError(f"la date du fait «\N{NO-BREAK SPACE}{nom}\N{NO-BREAK SPACE}» manque")
    return nom, lu
