"""The local registry of certifications: looked up by code, listed for « Cléa », searched by words, seeded.

Certifications change about once a day and are asked for at every keystroke: each process remembers those it has
read. The registry carries a mark that changes with it; a process reads the mark again at most once a second, and
forgets all when it differs. So a change made by another process is seen a second later at most, and a seeding in
this process at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from uuid import UUID

from sqlalchemy import Connection

from webapp.domain.certifications import Certification, EtatCertification
from webapp.domain.codes import CodeRefuse, avis_cpf, code_inconnu, lire_code, permis_sans_code, type_du_code
from webapp.domain.nomenclatures import CODES_CPF, TypeCode, TypeFormation
from webapp.domain.registre import Bloc, FicheExportee
from webapp.domain.rencontre import rencontrer
from webapp.domain.successions import SANS_SUITE, Succession, plus_jeune, qui_ramenent
from webapp.domain.textes import caracteres_interdits, mots_de
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
    one that the prefix names when it contradicts the type chosen, as long as it may be used; `autres` are others that
    replace it as well.
    `type_code` is the type under which the code was read, the prefix deciding when none was chosen; `type_formation`
    the type of formation under which a CPF code is described.
    """

    certification: Certification | None
    code_compris: str
    avis: str = ""
    successeur: Certification | None = None
    type_code: TypeCode | None = None
    type_formation: TypeFormation | None = None
    autres: tuple[Certification, ...] = ()

    @property
    def successeurs(self) -> tuple[Certification, ...]:
        """All the records to use instead."""
        return (self.successeur, *self.autres) if self.successeur else ()


@dataclass(frozen=True, slots=True)
class Trouvee:
    """One certification that a search found, and what replaces it, if that is known; be it active or not."""

    certification: Certification
    active: bool
    suite: Succession = SANS_SUITE

    @property
    def a_prendre(self) -> tuple[Certification, ...]:
        """What may be used: itself while it is active, and what replaces it."""
        return (self.certification, *self.suite.actives) if self.active else self.suite.actives

    def avis_le(self, le: date) -> str:
        """Give the sentences that say why it cannot be used at that date, and what replaces it; empty when none."""
        if self.active:
            return " ".join(self.suite.toutes)
        return " ".join(filter(None, (self.certification.avis_le(le), self.suite.apres_un_avis(titres=True))))


@dataclass(frozen=True, slots=True)
class Recherche:
    """What a search found, and whether there is more."""

    trouvees: tuple[Trouvee, ...] = ()
    de_plus: bool = False


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


def identifier(lecture: Lecture, type_code: TypeCode | None, saisie: str, le: date) -> Identification:
    """Say what a typed code leads to at a date (guide step 3, « Appliquer »). Never raises.

    A malformed, unknown, inactive or replaced code is told by `avis`; so is one that its prefix says of another type.
    """
    try:
        code = lire_code(type_code, saisie)
    except CodeRefuse as refus:
        if refus.code_ecrit in CODES_CPF:
            return _d_une_action(lecture, refus.code_ecrit, type_code, le)
        ecrite = certification(lecture, refus.code_ecrit) if refus.code_ecrit else None
        if ecrite is None:
            avis = permis_sans_code(saisie, le) or refus.message
            return Identification(None, refus.code_ecrit or saisie.strip(), avis, None, type_code)
        # Under its own type it would be refused: what replaces it is offered in its place.
        empechee = ecrite.avis_le(le)
        suite = succession(lecture, ecrite, le) if empechee else Succession(actives=(ecrite,))
        avis = " ".join(filter(None, (refus.message, empechee, suite.apres_un_avis() if empechee else "")))
        return Identification(None, ecrite.code, avis, suite.premiere, type_code, autres=suite.actives[1:])
    type_code = type_code or type_du_code(code)
    if type_code is TypeCode.CPF:
        return _d_une_action(lecture, code, type_code, le)
    designe = certifications.code_designe(lecture, type_code, code) if type_code is TypeCode.CERTIF_INFO else code
    trouvee = certification(lecture, designe) if designe else None
    if trouvee is None:
        return Identification(None, code, code_inconnu(code), None, type_code)
    avis = trouvee.avis_le(le)
    suite = succession(lecture, trouvee, le) if avis else SANS_SUITE
    avis = " ".join(filter(None, (avis, suite.apres_un_avis())))
    return Identification(trouvee, code, avis, suite.premiere, type_code, autres=suite.actives[1:])


def _d_une_action(lecture: Lecture, code: str, type_code: TypeCode | None, le: date) -> Identification:
    """Answer a CPF code: it names a kind of action, which has a type of formation of its own while it is used."""
    action = certification(lecture, code) if code in CODES_CPF else None
    if action is not None and not action.active_le(le):
        return Identification(None, code, action.avis_le(le), None, type_code)
    type_formation = CODES_CPF[code][1] if code in CODES_CPF else None
    return Identification(None, code, avis_cpf(code), None, type_code, type_formation)


def succession(lecture: Lecture, ancienne: Certification, le: date) -> Succession:
    """Follow what replaces a certification, told by its record or by theirs, to every end that is active at a date.

    One that is active and that an active one replaces is no end: the chain goes through it, and it is told apart.
    A code that the registry does not hold, and one that counts only later, are told too, once the source that says so
    is not younger than the date. Of records that replace each other, the younger replaces the older.
    """
    directe = _suivre(lecture, ancienne, le)
    dites = {ancienne.code, *directe.boucle}
    # What replaces those that may be used: the chain goes on, and does not come back.
    suivies: dict[str, Succession] = {}
    connues = {une.code: une for une in directe.actives}
    rang = list(directe.actives)
    while rang:
        une = rang.pop()
        suivies[une.code] = plus_loin = _sans(_suivre(lecture, une, le), dites)
        nouvelles = {c.code: c for c in plus_loin.actives if c.code not in connues}
        connues |= nouvelles
        rang += nouvelles.values()
    bouts = [une for une in connues.values() if not suivies[une.code].actives]
    if not bouts:
        # Dates that go round: each came after another, so that none is known to be the last.
        bouts, connues = list(directe.actives), {une.code: une for une in directe.actives}
    relais = [une for code, une in connues.items() if une not in bouts]
    fins = {une.code: fin for une in bouts if (fin := une.fin_proche_le(le))}
    dites |= connues.keys()
    ensuite = (
        # One that goes on for long is not said to be followed by what has ended.
        replace(_sans(suivies[code], dites), finies=suivies[code].finies if code in fins else ())
        for code in connues
    )
    return replace(
        directe,
        actives=tuple(sorted(bouts, key=_par_numero)),
        relais=tuple(sorted(relais, key=_par_numero)),
        fins=fins,
        ensuite=tuple(une for une in ensuite if une.toutes),
    )


def _sans(suite: Succession, codes: Collection[str]) -> Succession:
    actives = tuple(une for une in suite.actives if une.code not in codes)
    return replace(suite, actives=actives, boucle=tuple(code for code in suite.boucle if code not in codes))


def _par_numero(une: Certification) -> tuple[int, str]:
    return len(une.code), une.code


def _suivre(lecture: Lecture, ancienne: Certification, le: date) -> Succession:
    vus = {ancienne.code}
    actives: list[Certification] = []
    a_venir: list[Certification] = []
    inconnues: list[str] = []
    depassees: list[Certification] = []
    rang = [ancienne]
    while rang:
        nommees = {code: une for une in rang for code in une.successeurs if code not in vus}
        vus |= nommees.keys()
        connues = par_codes(lecture, nommees)
        rang = []
        for code in sorted(nommees, key=lambda code: (len(code), code)):
            suivante = connues.get(code)
            if suivante is None:
                if (nommees[code].faits_le or le) <= le:
                    inconnues.append(code)
            elif suivante.active_le(le):
                actives.append(suivante)
            elif suivante.prend_effet_apres(le):
                if (suivante.faits_le or le) <= le:
                    a_venir.append(suivante)
            else:
                rang.append(suivante)
        depassees += rang
    ramenent = qui_ramenent(ancienne.code, (*actives, *a_venir, *depassees))
    # In a loop the older replaces nothing, and nothing is said of what no date tells apart.
    ages = {une.code: plus_jeune(une, ancienne, le) for une in (*actives, *a_venir, *depassees) if une.code in ramenent}

    def suit(une: Certification) -> bool:
        return ages.get(une.code, True) is True

    finies = [
        une for une in depassees
        if suit(une)
        and une.etat_le(le) is EtatCertification.EXPIREE
        and not {*une.successeurs} - {une.code, ancienne.code}
    ]  # fmt: skip
    return Succession(
        tuple(filter(suit, actives)),
        tuple(filter(suit, a_venir)),
        tuple(inconnues),
        tuple(finies),
        () if True in ages.values() else tuple(code for code, jeune in ages.items() if jeune is None),
        ancienne.code,
    )


def a_verifier(lecture: Lecture, ancienne: Certification, suite: Succession, le: date) -> tuple[Certification, ...]:
    """List what may take the place of a CléA that has ended when no source says what does: those known at the date.

    They are to be verified: none of them is said to replace it. That whose title is the nearest to its own is first.
    """
    if (
        ancienne.famille != TypeFormation.CLEA
        or not suite.vide
        or ancienne.etat_le(le) is not EtatCertification.EXPIREE
    ):
        return ()
    siens = frozenset(mots_de(ancienne.intitule))
    return tuple(sorted(offertes(lecture, TypeFormation.CLEA, le), key=lambda une: -_en_commun(siens, une)))


def _en_commun(mots: frozenset[str], une: Certification) -> float:
    """Say which part of the words of two titles they share, from 0 to 1."""
    autres = frozenset(mots_de(une.intitule))
    return len(mots & autres) / len(mots | autres)


def chercher(lecture: Lecture, texte: str, le: date, limite: int = 20) -> Recherche:
    """List the certifications that have, in code, title or certifiers, each word of a text: the active ones first.

    Those whose effect is ahead come after, then those that have ended; with each, what replaces it. Those not known
    yet at the date do not come.
    The beginning of a word is enough; case and accents do not count; the words beyond the eighth are not looked
    at; no word, no result.
    """
    mots = [] if caracteres_interdits(texte) else mots_de(texte)[:MOTS_MAX]
    if not mots or max(map(len, mots)) > LONGUEUR_D_UN_MOT:
        return Recherche()
    lus = certifications.contenant(lecture, mots, le, limite + 1)
    retenus = dict(islice(lus.items(), limite))
    # One that is nobody's any more has gone since its code was found.
    connues = par_codes(lecture, retenus)
    # Read together: each would be asked for alone otherwise.
    par_codes(lecture, {suivante for c in connues.values() for suivante in c.successeurs})
    trouvees = [
        Trouvee(connues[code], active, succession(lecture, connues[code], le))
        for code, active in retenus.items()
        if code in connues
    ]
    return Recherche(tuple(trouvees), len(lus) > limite)


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
