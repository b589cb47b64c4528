"""Load the official exports of France compétences into the registry: all of a file, or nothing of it.

What was read is compared with what is there by a print of its facts: importing the same export again changes nothing.
Certifications that an export no longer holds stay: formations are described on them.
"""

import gc
import hashlib
import json
from bisect import insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Self
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode
from webapp.domain.registre import Bloc, FicheExportee, LigneRefusee, Partenaire, source_de_l_export
from webapp.domain.rencontre import rencontrer
from webapp.domain.textes import dire, fr, pluriel
from webapp.persistence import annulation, certifications, exports
from webapp.persistence.annulation import Annulee
from webapp.persistence.exports import AEcrire, Connue
from webapp.registre import amorce, ecriture
from webapp.registre.attente import Attente
from webapp.registre.erreurs import ExportRefuse
from webapp.registre.export import Export
from webapp.registre.faits import FicheBrute, comprendre
from webapp.registre.grain import trop_de_fautes
from webapp.services.registre import amorcer, vider_cache

PREMIERS_EXPORTS = date(2019, 1, 1)
"""France compétences exists since that day (loi n° 2018-771)."""

LOT = 100
"""Fiches handled together: few, since whatever lives through a batch is looked at again by the garbage collector."""

# What the date of an export decides, and what other records say, are not facts of a fiche.
_DATES = frozenset(
    {"source", "connue_active_le", "inactive_constatee_le", "vue_active_le", "faits_le", "famille", "succedee_par"}
)
_FAITS = tuple(champ.name for champ in fields(Certification) if champ.name not in _DATES)
_EN_JSON = json.JSONEncoder(default=str, ensure_ascii=False).encode
REFUS_GARDES = 1_000
"""Refusals kept one by one in the report; beyond, they are counted only."""


@dataclass
class Rapport:
    """What an import did, fiche by fiche: read = new + changed + unchanged + older + refused.

    `depassees`: the registry holds a newer export of these, and they said nothing that it did not know. `datees`: of
    the unchanged, those whose facts are now of this export. `laisses` counts the codes that could not be used, with
    `remarques`, the first of them. `ecartees`: lines of its files that were passed over, with
    `lignes`, the first of them.
    """

    nom: str
    format: str
    date: date
    lues: int = 0
    nouvelles: int = 0
    changees: int = 0
    inchangees: int = 0
    depassees: int = 0
    datees: int = 0
    refusees: int = 0
    ecartees: int = 0
    laisses: int = 0
    refus: list[LigneRefusee] = field(default_factory=list)
    remarques: list[LigneRefusee] = field(default_factory=list)
    lignes: list[LigneRefusee] = field(default_factory=list)

    def ecarter(self, ligne: LigneRefusee) -> None:
        """Count a line that is passed over."""
        self.ecartees += 1
        _garder_les_premieres(self.lignes, ligne)

    def refuser(self, ligne: LigneRefusee) -> None:
        """Count a fiche that cannot be used."""
        self.refusees += 1
        _garder_les_premieres(self.refus, ligne)

    def laisser(self, ligne: LigneRefusee) -> None:
        """Count a code that is left out of a fiche."""
        self.laisses += 1
        _garder_les_premieres(self.remarques, ligne)


def _garder_les_premieres(gardees: list[LigneRefusee], ligne: LigneRefusee) -> None:
    """Keep the first lines in the order of their file: an export is not read in the order in which it is written."""
    insort(gardees, ligne, key=attrgetter("fichier", "ligne"))
    del gardees[REFUS_GARDES:]


@dataclass(frozen=True, slots=True)
class Comparee:
    """One fiche that was read, its print, and what the registry makes of it.

    `faits` is what is to be written, None when there is nothing to write; `rang` its rank when the registry already
    holds it. `datee` says that the registry knew all of it, from an older export.
    """

    lue: FicheExportee
    empreinte: str | None
    faits: FicheExportee | None = None
    rang: int | None = None
    datee: bool = False


class Preparation:
    """What an import is going to write: read, understood and compared, and kept in a file of its own until then.

    Reading takes as long as the export is big, writing as long as it changes something: only the second holds the
    database. `marque` is that of the registry it was compared with. A context manager: the file goes with it.
    """

    def __init__(self, rapport: Rapport, marque: UUID | None) -> None:
        """Begin with nothing to write."""
        self.rapport = rapport
        self.marque = marque
        self.attente: Attente[Comparee] = Attente(Comparee, FicheExportee, Certification, Bloc, Partenaire)

    def __enter__(self) -> Self:
        """Give it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self.attente.fermer()


def exiger_deja_paru(export: Export, aujourdhui: date, *, donnee: bool = False) -> None:
    """Raise ExportRefuse for an export dated after the present day, or before there were any.

    Nothing true would be younger than the first, and nothing that is known older than the other. `donnee`: whether its
    date was given by the person, who is told that, and not asked for it again.
    """
    if export.date < PREMIERS_EXPORTS:
        jour = f"{export.date.day:02}/{export.date.month:02}/{export.date.year:04}"
        modele = "« {nom} » serait du {jour}, avant que France compétences existe : donnez sa date, JJ/MM/AAAA."
        raise ExportRefuse(dire(modele, nom=export.nom, jour=jour))
    if export.date > aujourdhui and donnee:
        raise ExportRefuse(
            fr(
                f"La date donnée avec « --date », {export.date:%d/%m/%Y}, vient après celle de cette machine "
                f"({aujourdhui:%d/%m/%Y}) : un export qui n'est pas encore paru ne s'importe pas."
            )
        )
    if export.date > aujourdhui:
        modele = (
            "« {nom} » est daté du {date:%d/%m/%Y}, après la date de cette machine ({aujourdhui:%d/%m/%Y}) : "
            "donnez sa vraie date avec « --date »."
        )
        raise ExportRefuse(dire(modele, nom=export.nom, date=export.date, aujourdhui=aujourdhui))


def preparer(cnx: Connection, export: Export, avancer: Callable[[int], None] = lambda _: None) -> Preparation:
    """Read an export and compare it with the registry. In: a connection that reads; `avancer` is told the progress.

    Raises ExportRefuse when the export is not whole, or when no fiche of it can be used.
    """
    rapport = Rapport(export.nom, export.format, export.date)
    preparation = Preparation(rapport, certifications.version(cnx))
    try:
        _preparer(cnx, export, avancer, preparation)
    except BaseException:
        preparation.__exit__()
        raise
    return preparation


@contextmanager
def _sans_ramasse_miettes() -> Iterator[None]:
    """Keep the garbage collector still: an import makes millions of values, none of which refers back to another."""
    actif = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if actif:
            gc.enable()


@_sans_ramasse_miettes()
def _preparer(cnx: Connection, export: Export, avancer: Callable[[int], None], preparation: Preparation) -> None:
    rapport = preparation.rapport
    lecture = _Lecture(rapport)
    fiches = export.fiches(exports.sirets(cnx), avancer, rapport.ecarter)
    while brutes := list(islice(fiches, LOT)):
        lues = [lue for brute in brutes if (lue := lecture.comprendre(brute)) is not None]
        preparation.attente.ajouter(_comparer(cnx, [(lue, _empreinte_a_garder(lue)) for lue in lues], rapport))
    _exiger_des_fiches(rapport)


@_sans_ramasse_miettes()
def appliquer(cnx: Connection, preparation: Preparation, maintenant: datetime) -> None:
    """Write what was prepared, all of it or nothing. In: a connection that writes.

    When the registry is no longer the one it was compared with, because another import went before, it is compared
    again: the report then says what was done in the end.
    """
    rapport = preparation.rapport
    lots = preparation.attente.lots()
    if certifications.version(cnx) != preparation.marque:
        rapport.nouvelles = rapport.changees = rapport.inchangees = rapport.depassees = rapport.datees = 0
        lots = (_comparer(cnx, [(une.lue, une.empreinte) for une in lot], rapport) for lot in lots)
    ecriture_des_lots = exports.Ecriture(cnx)
    memoire = None
    for lot in lots:
        if any(une.faits or une.datee for une in lot):
            memoire = memoire or annulation.Memoire(cnx, maintenant)
            memoire.garder(
                [une.lue.certification.code for une in lot if une.faits and une.rang is None],
                [une.lue.certification.code for une in lot if une.rang is not None or une.datee],
            )
        ecriture_des_lots.ecrire([AEcrire(une.faits, _garder(une), une.rang) for une in lot if une.faits])
        _dater(ecriture_des_lots, lot, rapport.date)
    if not (rapport.nouvelles or rapport.changees or rapport.datees):
        # What an older version of the product made of the successions is made again all the same.
        if certifications.relier(cnx):
            certifications.marquer(cnx)
            vider_cache(cnx)
        return
    exports.noter(
        cnx, maintenant, nom=rapport.nom, format=rapport.format, date_export=rapport.date, lues=rapport.lues,
        nouvelles=rapport.nouvelles, changees=rapport.changees, inchangees=rapport.inchangees + rapport.depassees,
        refusees=rapport.refusees,
    )  # fmt: skip
    vider_cache(cnx)


def annuler(cnx: Connection) -> Annulee | None:
    """Undo the last import, all of what was given together; None when there is none that can be undone.

    A certification that it brought and a formation uses stays, and is named. What the demonstration knows is told
    again: it is one source among others.
    """
    annulee = annulation.annuler(cnx)
    if annulee is not None:
        vider_cache(cnx)
        amorcer(cnx)
    return annulee


def du_produit(cnx: Connection) -> int:
    """Count the records that the product brings by itself, and that no export has spoken of."""
    codes = [une.code for une in amorce.CERTIFICATIONS]
    return sum(fiche.export_le is None for fiche in exports.entieres(cnx, codes).values())


def _garder(une: Comparee) -> str | None:
    """Give the print to keep: that of the last export, unless the registry holds a younger one."""
    return une.faits.empreinte if une.faits else None


def _dater(ecriture_des_lots: exports.Ecriture, lot: Sequence[Comparee], le: date) -> None:
    for actives in (True, False):
        codes = [
            une.lue.certification.code
            for une in lot
            if une.datee and (une.lue.certification.vue_active_le is not None) is actives
        ]
        ecriture_des_lots.dater(codes, le, source_de_l_export(le), actives=actives)


def exporter(cnx: Connection, chemin: Path, export_le: date) -> int:
    """Write the whole registry as a CSV export, dated so; give the number of fiches. Raises OSError."""
    return ecriture.ecrire(chemin, exports.tout(cnx), export_le)


def empreinte(enregistrement: FicheExportee) -> str:
    """Give the print of the facts of a record, its source left out: two exports that say the same give the same.

    So do two that say it in another order, and on other days.
    """
    # Field by field: `asdict` copies everything first, and would take a third of an import.
    une = enregistrement.certification
    debut = une.connue_active_le if une.connue_active_le != une.faits_le else None
    faits = [
        [sorted(fait) if isinstance(fait := getattr(une, nom), tuple) else fait for nom in _FAITS],
        [debut, une.vue_active_le is not None, enregistrement.nomme_des_partenaires],
        sorted((bloc.code, bloc.libelle) for bloc in enregistrement.blocs),
        sorted((p.siret, p.habilitation, p.active) for p in enregistrement.partenaires),
    ]
    return hashlib.sha256(_EN_JSON(faits).encode()).hexdigest()


def _empreinte_a_garder(lue: FicheExportee) -> str | None:
    """Give the print of a fiche, or the one that it was carried with; None for what came from no export there."""
    return empreinte(lue) if lue.empreinte is None else lue.empreinte or None


class _Lecture:
    """Understands the fiches of one export, and tells the report what cannot be used of them."""

    def __init__(self, rapport: Rapport) -> None:
        self._rapport = rapport
        # One byte for each code there can be: two registries, numbers of six digits at most.
        self._vus = bytearray(2 * 10**6)

    def comprendre(self, brute: FicheBrute) -> FicheExportee | None:
        """Give the record of a fiche; None when it is refused."""
        rapport = self._rapport
        rapport.lues += 1

        def remarquer(raison: str) -> None:
            rapport.laisser(LigneRefusee(rapport.nom, brute.ligne, brute.numero, raison))

        try:
            enregistrement = comprendre(brute, rapport.date, remarquer)
            self._exiger_la_premiere(enregistrement.certification)
        except ValueError as raison:
            rapport.refuser(LigneRefusee(rapport.nom, brute.ligne, brute.numero, str(raison)))
            return None
        return enregistrement

    def _exiger_la_premiere(self, une: Certification) -> None:
        place = 2 * int(une.numero) + (une.type_code is TypeCode.RNCP)
        if self._vus[place]:
            raise ValueError(fr(f"la fiche {une.code} est déjà dans cet export"))
        self._vus[place] = True


def _comparer(cnx: Connection, lues: Sequence[tuple[FicheExportee, str | None]], rapport: Rapport) -> list[Comparee]:
    """Count what is new, changed and unchanged; give with each fiche what is to be done of it. In: with its print."""
    la = exports.connues(cnx, [lue.certification.code for lue, _ in lues])
    # Few are read whole: 30 000 whole records would take as long as the export itself.
    entieres = exports.entieres(cnx, [code for lue, print_ in lues if (code := _a_lire(la, lue, print_))])
    comparees = []
    for lue, print_ in lues:
        code = lue.certification.code
        connue, entiere = la.get(code), entieres.get(code)
        if connue is None:
            rapport.nouvelles += 1
            comparees.append(Comparee(lue, print_, replace(lue, empreinte=print_)))
        elif entiere is None:
            rapport.inchangees += 1
            datee = _le(connue.faits_le) < _le(lue.certification.faits_le)
            rapport.datees += datee
            comparees.append(Comparee(lue, print_, datee=datee))
        else:
            comparees.append(_rencontrer(entiere, lue, print_, connue.rang, rapport))
    return comparees


def _a_lire(la: Mapping[str, Connue], lue: FicheExportee, print_: str | None) -> str:
    """Give the code of a fiche when what the registry knows of it must be read whole; empty otherwise.

    A print that is the same says it all, but of an older export, which may know more of the past, of a registry that
    was carried here, and of a record that holds older facts, or younger ones that are of no export: they are judged by
    the younger date.
    """
    code = lue.certification.code
    connue = la.get(code)
    if connue is None:
        return ""
    meme = connue.empreinte == print_ and _le(connue.faits_le) <= _le(lue.certification.faits_le)
    de_l_export = connue.faits_le == connue.export_le and not connue.dates
    return "" if meme and lue.empreinte is None and de_l_export else code


def _rencontrer(
    entiere: FicheExportee, lue: FicheExportee, print_: str | None, rang: int, rapport: Rapport
) -> Comparee:
    depassee = _le(entiere.certification.faits_le) > _le(lue.certification.faits_le)
    # The print is that of the last export, be there younger facts that are of none.
    vieil_export = _le(entiere.export_le) > _le(lue.export_le)
    garde = entiere.empreinte if vieil_export else print_ or entiere.empreinte
    faits = replace(rencontrer(entiere, lue), empreinte=garde)
    if faits == entiere:
        if depassee:
            rapport.depassees += 1
        else:
            rapport.inchangees += 1
        return Comparee(lue, print_)
    rapport.changees += 1
    return Comparee(lue, print_, faits, rang)


def _le(jour: date | None) -> date:
    return jour or date.min


def _exiger_des_fiches(rapport: Rapport) -> None:
    if not rapport.lues:
        raise ExportRefuse(dire("« {nom} » ne contient aucune fiche.", nom=rapport.nom))
    if rapport.refusees == rapport.lues:
        raise ExportRefuse(
            dire(
                "« {nom} » n'a aucune fiche utilisable ; la première : {premiere}.",
                nom=rapport.nom,
                premiere=rapport.refus[0],
            )
        )
    if trop_de_fautes(rapport.refusees, rapport.lues):
        compte = f"{pluriel(rapport.refusees, 'fiche')} sur {rapport.lues}"
        raise ExportRefuse(
            dire(
                "« {nom} » est abîmé : {compte} sont à refuser ; la première : {premiere}.",
                nom=rapport.nom,
                compte=compte,
                premiere=rapport.refus[0],
            )
        )
