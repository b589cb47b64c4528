"""The local registry of certifications: looked up by code, listed for « Cléa », seeded.

Certifications change about once a day and are asked for at every keystroke: each process remembers those it has
read. The registry carries a mark that changes with it; a process reads the mark again at most once a second, and
forgets all when it differs. So a change made by another process is seen a second later at most, and a seeding in
this process at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.certifications import Certification
from webapp.domain.nomenclatures import TypeCode, TypeFormation
from webapp.domain.registre import Bloc, FicheExportee
from webapp.domain.rencontre import rencontrer
from webapp.persistence import certifications, exports
from webapp.persistence.certifications import Tenue
from webapp.persistence.database import memoire
from webapp.persistence.exports import AEcrire
from webapp.persistence.lecture import Lecture
from webapp.registre import amorce

FRAICHEUR = 1.0
"""Seconds during which what was read is believed."""

RETENUES = 5_000
"""Records that a process remembers, about 2 kB each: an organisation works with a few hundred."""

_CODE_COMPLET = re.compile(r"(RS|RNCP|CPF)[0-9]{1,6}")


@dataclass(slots=True)
class CacheRegistre:
    """What a process has read of the registry since its mark last changed.

    `par_code` keeps each record with the date of its export. The threads of a process share it, and each may make it
    forget all: what is wanted of it is taken in one look.
    """

    version: UUID | None
    lu_a: float
    par_code: dict[str, Tenue] = field(default_factory=dict)
    familles: dict[TypeFormation, tuple[Certification, ...]] = field(default_factory=dict)
    blocs: dict[str, tuple[Bloc, ...]] = field(default_factory=dict)

    def retenir(self, trouvees: Mapping[str, Tenue]) -> None:
        """Remember records; all is forgotten first when there would be more than RETENUES of them."""
        if len(self.par_code) + len(trouvees) > RETENUES:
            self.par_code.clear()
            self.blocs.clear()
        self.par_code.update(trouvees)


_CLE = "registre"


def charger(lecture: Lecture) -> CacheRegistre:
    """Give what this process remembers of the registry, after having looked whether it is still true."""
    boite = memoire(lecture)
    cache: CacheRegistre | None = boite.get(_CLE)
    maintenant = time.monotonic()
    if cache is not None and maintenant - cache.lu_a < FRAICHEUR:
        return cache
    # The mark is read before the records: records newer than their mark are only forgotten once too often.
    version = certifications.version(lecture)
    if cache is None or cache.version != version:
        cache = CacheRegistre(version, maintenant)
        boite[_CLE] = cache
    cache.lu_a = maintenant
    return cache


def vider_cache(lecture: Lecture) -> None:
    """Forget what this process remembers of the registry: it has just changed it."""
    memoire(lecture).pop(_CLE, None)


def est_un_code(texte: str) -> bool:
    """Say whether a text may be the full code of a record: any other is asked of no database."""
    return _CODE_COMPLET.fullmatch(texte) is not None


def certification(lecture: Lecture, code: str) -> Certification | None:
    """Find a certification by its full code (« RS2203 »); None when the registry does not hold it."""
    trouvee = _connues(lecture, (code,)).get(code)
    return None if trouvee is None else trouvee.certification


def export_le(lecture: Lecture, code: str) -> date | None:
    """Give the date of the export that a certification comes from; None when it comes from none."""
    trouvee = _connues(lecture, (code,)).get(code)
    return None if trouvee is None else trouvee.export_le


def nomme_des_partenaires(lecture: Lecture, code: str) -> bool:
    """Say whether the record of a certification names any partner: of one that names none, nothing is known."""
    trouvee = _connues(lecture, (code,)).get(code)
    return trouvee is not None and trouvee.nomme_des_partenaires


def par_codes(lecture: Lecture, codes: Iterable[str]) -> dict[str, Certification]:
    """Find several certifications by their full codes; those the registry does not hold are absent."""
    return {code: tenue.certification for code, tenue in _connues(lecture, codes).items()}


def _connues(lecture: Lecture, codes: Iterable[str]) -> dict[str, Tenue]:
    cache = charger(lecture)
    trouvees, manquants = {}, []
    for code in codes:
        if (connue := cache.par_code.get(code)) is not None:
            trouvees[code] = connue
        # Only what looks like a code is asked of the database: the rest cannot be there, nor always be sent.
        elif est_un_code(code):
            manquants.append(code)
    if manquants:
        version, lues = certifications.par_codes(lecture, manquants)
        # A transaction that began before an import still reads what was there: it is told, and not remembered.
        if version == cache.version:
            cache.retenir(lues)
        trouvees |= lues
    return trouvees


def de_la_famille(lecture: Lecture, type_formation: TypeFormation) -> tuple[Certification, ...]:
    """List what the registry holds for a type whose étape 1/2 asks for no code, in its order, active or not."""
    cache = charger(lecture)
    siennes = cache.familles.get(type_formation)
    if siennes is None:
        version, siennes = certifications.de_la_famille(lecture, type_formation)
        if version == cache.version:
            cache.familles[type_formation] = siennes
    return siennes


def offertes(lecture: Lecture, type_formation: TypeFormation, le: date) -> tuple[Certification, ...]:
    """List what such a type offers at a date: for « Cléa » the certifications of guide step 3, CléA first."""
    return tuple([c for c in de_la_famille(lecture, type_formation) if c.active_le(le)])


def blocs(lecture: Lecture, code: str) -> tuple[Bloc, ...]:
    """Give the blocs de compétences that the registry knows of a certification of the RNCP; none for any other."""
    if not (code.startswith(TypeCode.RNCP) and est_un_code(code)):
        return ()
    cache = charger(lecture)
    siens = cache.blocs.get(code)
    if siens is None:
        version, siens = certifications.blocs_marques(lecture, code)
        # A code that names nothing is not remembered: any may be asked for.
        if version == cache.version and (siens or code in cache.par_code):
            cache.blocs[code] = siens
    return siens


def amorcer(cnx: Connection) -> int:
    """Make the registry hold the demonstration's records; done again, it changes nothing.

    Of a record that an export has spoken of, the younger source wins, as between two exports. Out: how many records
    were new or different.
    """
    nombre = certifications.deposer(cnx, amorce.CERTIFICATIONS, amorce.AUTRES_CODES, amorce.BLOCS)
    nombre += _rappeler(cnx)
    vider_cache(cnx)
    return nombre


def _rappeler(cnx: Connection) -> int:
    """Bring the demonstration's facts to the records that come from an export; give how many it changed."""
    codes = [une.code for une in amorce.CERTIFICATIONS]
    rangs = {code: connue.rang for code, connue in exports.connues(cnx, codes).items()}
    tenues = {code: fiche for code, fiche in exports.entieres(cnx, codes).items() if fiche.export_le is not None}
    faits = [
        AEcrire(ensemble, ensemble.empreinte, rangs[une.code])
        for une in amorce.CERTIFICATIONS
        if (tenue := tenues.get(une.code))
        and (ensemble := rencontrer(FicheExportee(une, amorce.BLOCS.get(une.code, ())), tenue)) != tenue
    ]
    if faits:
        exports.Ecriture(cnx).ecrire(faits)
        certifications.relier(cnx)
        certifications.marquer(cnx)
    return len(faits)
