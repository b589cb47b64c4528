"""The local registry of certifications: looked up by code, listed for « Cléa », searched by words, seeded.

Certifications change about once a day and are asked for at every keystroke: each process remembers those it has
read. The registry carries a mark that changes with it; a process reads the mark again at most once a second, and
forgets all when it differs. So a change made by another process is seen a second later at most, and a seeding in
this process at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.certifications import Certification, remplacee_par
from webapp.domain.codes import CodeRefuse, avis_cpf, code_inconnu, lire_code, type_du_code
from webapp.domain.nomenclatures import CODES_CPF, TypeCode, TypeFormation
from webapp.domain.registre import Bloc
from webapp.domain.textes import caracteres_interdits, mots_de
from webapp.persistence import certifications
from webapp.persistence.database import BaseDeDonnees, memoire
from webapp.registre import amorce

FRAICHEUR = 1.0
"""Seconds during which what was read is believed."""

RETENUES = 5_000
"""Records that a process remembers, about 2 kB each: an organisation works with a few hundred."""

MOTS_MAX = 8
LONGUEUR_D_UN_MOT = 100
"""Characters: no title has a longer word, and PostgreSQL takes none of 2 kB."""

_CODE_COMPLET = re.compile(r"(RS|RNCP|CPF)[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Identification:
    """What a code leads to.

    `certification` is None when the code names none; `code_compris` is the code as it was read (« RS2203 »), or
    what was typed when it could not be. `avis` says in French why it cannot be used at the date, and is empty when
    it can; `successeur` is then the record to use instead, when one is known: the active one that replaces it, or the
    one that the prefix names when it contradicts the type chosen. `type_code` is the type under which the code was
    read, the prefix deciding when none was chosen; `type_formation` the type of formation under which a CPF code is
    described.
    """

    certification: Certification | None
    code_compris: str
    avis: str = ""
    successeur: Certification | None = None
    type_code: TypeCode | None = None
    type_formation: TypeFormation | None = None


@dataclass(frozen=True, slots=True)
class Trouvee:
    """One certification that a search found; when it is no longer active, what replaces it, if that is known."""

    certification: Certification
    active: bool
    successeur: Certification | None = None

    def avis_le(self, le: date) -> str:
        """Give the sentences that say why it can be used no more at that date, and what replaces it."""
        avis = self.certification.avis_le(le)
        return f"{avis} {remplacee_par(self.successeur)}" if self.successeur else avis


@dataclass(frozen=True, slots=True)
class Recherche:
    """What a search found, and whether there is more."""

    trouvees: tuple[Trouvee, ...] = ()
    de_plus: bool = False


def certification(cnx: Connection, code: str) -> Certification | None:
    """Find a certification by its full code (« RS2203 »); None when the registry does not hold it."""
    return par_codes(cnx, (code,)).get(code)


def rappeler(memoire_de_la_base: dict[str, Any], code: str) -> Certification | None:
    """Give a certification this process has read less than a second ago, without a connection; None otherwise.

    None does not say that the registry does not hold it: ask `certification` then.
    """
    souvenir = souvenir_frais(memoire_de_la_base)
    return None if souvenir is None else souvenir.par_code.get(code)


def souvenir_frais(memoire_de_la_base: dict[str, Any]) -> Souvenir | None:
    """Give what was read less than a second ago, without a connection; None when there is nothing of the kind."""
    souvenir: Souvenir | None = memoire_de_la_base.get(_CLE)
    return None if souvenir is None or time.monotonic() - souvenir.lu_a >= FRAICHEUR else souvenir


def est_un_code(texte: str) -> bool:
    """Say whether a text may be the full code of a record: any other is asked of no database."""
    return _CODE_COMPLET.fullmatch(texte) is not None


def par_codes(cnx: Connection, codes: Iterable[str]) -> dict[str, Certification]:
    """Find several certifications by their full codes; those the registry does not hold are absent."""
    souvenir = retrouver(cnx)
    demandes = set(codes)
    deja = {code: connue for code in demandes if (connue := souvenir.par_code.get(code)) is not None}
    # Only what looks like a code is asked of the database: the rest cannot be there, nor always be sent.
    manquants = [code for code in demandes if code not in deja and est_un_code(code)]
    if not manquants:
        return deja
    lues = certifications.par_codes(cnx, manquants)
    souvenir.retenir(lues)
    return deja | lues


def de_la_famille(cnx: Connection, type_formation: TypeFormation) -> tuple[Certification, ...]:
    """List what the registry holds for a type whose étape 1/2 asks for no code, in its order, active or not."""
    souvenir = retrouver(cnx)
    if type_formation not in souvenir.familles:
        souvenir.familles[type_formation] = certifications.de_la_famille(cnx, type_formation)
    return souvenir.familles[type_formation]


def blocs(cnx: Connection, code: str) -> tuple[Bloc, ...]:
    """Give the blocs de compétences that the registry knows of a certification of the RNCP; none for any other."""
    if not (code.startswith(TypeCode.RNCP) and est_un_code(code)):
        return ()
    souvenir = retrouver(cnx)
    siens = souvenir.blocs.get(code)
    if siens is None:
        siens = certifications.blocs_de(cnx, code)
        # A code that names nothing is not remembered: any may be asked for.
        if siens or code in souvenir.par_code:
            souvenir.blocs[code] = siens
    return siens


def identifier(
    lire: Lecteur, designer: Callable[[TypeCode, str], str | None], type_code: TypeCode | None, saisie: str, le: date
) -> Identification:
    """Say what a typed code leads to at a date (guide step 3, « Appliquer »). Never raises.

    `lire` finds a record by its code, `designer` the code of the record that another code names. A malformed, unknown,
    inactive or replaced code is told by `avis`; so is one that its prefix says of another type.
    """
    try:
        code = lire_code(type_code, saisie)
    except CodeRefuse as refus:
        if refus.code_ecrit in CODES_CPF:
            return _d_une_action(lire, refus.code_ecrit, type_code, le)
        ecrite = lire(refus.code_ecrit) if refus.code_ecrit else None
        return Identification(None, refus.code_ecrit or saisie.strip(), refus.message, ecrite, type_code)
    type_code = type_code or type_du_code(code)
    if type_code is TypeCode.CPF:
        return _d_une_action(lire, code, type_code, le)
    designe = designer(type_code, code) if type_code is TypeCode.CERTIF_INFO else code
    trouvee = lire(designe) if designe else None
    if trouvee is None:
        return Identification(None, code, code_inconnu(code), None, type_code)
    avis = trouvee.avis_le(le)
    suivante = successeur_par(lire, trouvee, le) if avis else None
    if suivante is not None:
        avis += f" Elle est remplacée par {suivante.code}."
    return Identification(trouvee, code, avis, suivante, type_code)


def _d_une_action(lire: Lecteur, code: str, type_code: TypeCode | None, le: date) -> Identification:
    """Answer a CPF code: it names a kind of action, which has a type of formation of its own while it is used."""
    action = lire(code) if code in CODES_CPF else None
    if action is not None and not action.active_le(le):
        return Identification(None, code, action.avis_le(le), None, type_code)
    type_formation = CODES_CPF[code][1] if code in CODES_CPF else None
    return Identification(None, code, avis_cpf(code), None, type_code, type_formation)


class Chercheur:
    """The search of the registry by words, prepared once for a base."""

    def __init__(self, base: BaseDeDonnees) -> None:
        """Prepare it."""
        self._base = base
        self._codes = certifications.ChercheurDeCodes(base)

    def chercher(self, texte: str, le: date, limite: int = 20) -> Recherche:
        """List the certifications that have, in code, title or certifiers, each word of a text: the active ones first.

        Those that have ended come after, with what replaces them; those not known yet at the date do not come.
        The beginning of a word is enough; case and accents do not count; the words beyond the eighth are not looked
        at; no word, no result.
        """
        mots = [] if caracteres_interdits(texte) else mots_de(texte)[:MOTS_MAX]
        if not mots or max(map(len, mots)) > LONGUEUR_D_UN_MOT:
            return Recherche()
        lus = self._codes.contenant(mots, le, limite + 1)
        retenus = dict(islice(lus.items(), limite))
        try:
            trouvees = _trouvees(self._rappeler, retenus, le)
        except _PasEnMemoire:
            with self._base.lecture() as cnx:
                connues = par_codes(cnx, retenus)
                # Read together: each would be asked for alone otherwise.
                par_codes(cnx, {c.remplacee_par for c in connues.values() if c.remplacee_par and not retenus[c.code]})
                trouvees = _trouvees(partial(certification, cnx), retenus, le)
        return Recherche(trouvees, len(lus) > limite)

    def _rappeler(self, code: str) -> Certification:
        connue = rappeler(self._base.memoire, code)
        if connue is None:
            raise _PasEnMemoire
        return connue


class _PasEnMemoire(LookupError):  # noqa: N818 - it reads as a sentence
    """This process must read again."""


Lecteur = Callable[[str], Certification | None]
"""From a full code to its certification."""


def _trouvees(lire: Lecteur, codes: Mapping[str, bool], le: date) -> tuple[Trouvee, ...]:
    # One that is nobody's any more has gone since its code was found.
    connues = [(c, active) for code, active in codes.items() if (c := lire(code)) is not None]
    return tuple([Trouvee(c, active, None if active else successeur_par(lire, c, le)) for c, active in connues])


def export_le(cnx: Connection, code: str) -> date | None:
    """Give the date of the export that a certification comes from; None when it comes from none."""
    souvenir = retrouver(cnx)
    with suppress(KeyError):
        return souvenir.exports[code]
    souvenir.exports[code] = lu = certifications.export_le(cnx, code)
    return lu


def amorcer(cnx: Connection) -> int:
    """Make the registry hold the demonstration's records; done again, it changes nothing.

    Out: how many records were new or different.
    """
    nombre = certifications.deposer(cnx, amorce.CERTIFICATIONS, amorce.AUTRES_CODES, amorce.BLOCS)
    oublier(cnx)
    return nombre


def oublier(cnx: Connection) -> None:
    """Forget what this process remembers of the registry: it has just changed it."""
    memoire(cnx).pop(_CLE, None)


@dataclass(slots=True)
class Souvenir:
    """What a process has read of the registry since its mark last changed.

    Its threads share it, and each may make it forget all: what is wanted of it is taken in one look.
    """

    version: UUID | None
    lu_a: float
    par_code: dict[str, Certification] = field(default_factory=dict)
    exports: dict[str, date | None] = field(default_factory=dict)
    familles: dict[TypeFormation, tuple[Certification, ...]] = field(default_factory=dict)
    blocs: dict[str, tuple[Bloc, ...]] = field(default_factory=dict)

    def retenir(self, trouvees: Mapping[str, Certification]) -> None:
        """Remember records; all is forgotten first when there would be more than RETENUES of them."""
        if len(self.par_code) + len(trouvees) > RETENUES:
            self.par_code.clear()
            self.exports.clear()
            self.blocs.clear()
        self.par_code.update(trouvees)


_CLE = "registre"


def retrouver(cnx: Connection) -> Souvenir:
    """Give what this process remembers of the registry, after having looked whether it is still true."""
    boite = memoire(cnx)
    souvenir: Souvenir | None = boite.get(_CLE)
    maintenant = time.monotonic()
    if souvenir is not None and maintenant - souvenir.lu_a < FRAICHEUR:
        return souvenir
    # The mark is read before the records: records newer than their mark are only forgotten once too often.
    version = certifications.version(cnx)
    if souvenir is None or souvenir.version != version:
        souvenir = Souvenir(version, maintenant)
        boite[_CLE] = souvenir
    souvenir.lu_a = maintenant
    return souvenir


def successeur(cnx: Connection, ancienne: Certification, le: date) -> Certification | None:
    """Follow what replaces a certification to the first that is active at a date; None when there is none."""
    return successeur_par(partial(certification, cnx), ancienne, le)


def successeur_par(lire: Lecteur, ancienne: Certification, le: date) -> Certification | None:
    """Follow the same, read by `lire`."""
    vus = {ancienne.code}
    suivante = ancienne.remplacee_par
    while suivante and suivante not in vus:
        vus.add(suivante)
        candidate = lire(suivante)
        if candidate is None:
            return None
        if candidate.active_le(le):
            return candidate
        suivante = candidate.remplacee_par
    return None
