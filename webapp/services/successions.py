"""What replaces a certification, along the whole chain, as the registry tells it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from webapp.domain.certifications import Certification, EtatCertification
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.successions import Succession, plus_jeune, qui_ramenent
from webapp.domain.textes import mots_de
from webapp.persistence.lecture import Lecture
from webapp.services import registre


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
        connues = registre.par_codes(lecture, nommees)
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
    return tuple(sorted(registre.offertes(lecture, TypeFormation.CLEA, le), key=lambda une: -_en_commun(siens, une)))


def _en_commun(mots: frozenset[str], une: Certification) -> float:
    """Say which part of the words of two titles they share, from 0 to 1."""
    autres = frozenset(mots_de(une.intitule))
    return len(mots & autres) / len(mots | autres)
