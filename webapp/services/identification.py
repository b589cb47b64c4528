"""What a typed code leads to (guide step 3, « Appliquer »)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp.domain.certifications import Certification
from webapp.domain.codes import CodeRefuse, avis_cpf, code_inconnu, lire_code, permis_sans_code, type_du_code
from webapp.domain.nomenclatures import CODES_CPF, TypeCode, TypeFormation
from webapp.domain.successions import SANS_SUITE, Succession
from webapp.persistence import certifications
from webapp.persistence.lecture import Lecture
from webapp.services import registre, successions


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


def identifier(lecture: Lecture, type_code: TypeCode | None, saisie: str, le: date) -> Identification:
    """Say what a typed code leads to at a date (guide step 3, « Appliquer »). Never raises.

    A malformed, unknown, inactive or replaced code is told by `avis`; so is one that its prefix says of another type.
    """
    try:
        code = lire_code(type_code, saisie)
    except CodeRefuse as refus:
        if refus.code_ecrit in CODES_CPF:
            return _d_une_action(lecture, refus.code_ecrit, type_code, le)
        ecrite = registre.certification(lecture, refus.code_ecrit) if refus.code_ecrit else None
        if ecrite is None:
            avis = permis_sans_code(saisie, le) or refus.message
            return Identification(None, refus.code_ecrit or saisie.strip(), avis, None, type_code)
        # Under its own type it would be refused: what replaces it is offered in its place.
        empechee = ecrite.avis_le(le)
        suite = successions.succession(lecture, ecrite, le) if empechee else Succession(actives=(ecrite,))
        avis = " ".join(filter(None, (refus.message, empechee, suite.apres_un_avis() if empechee else "")))
        return Identification(None, ecrite.code, avis, suite.premiere, type_code, autres=suite.actives[1:])
    type_code = type_code or type_du_code(code)
    if type_code is TypeCode.CPF:
        return _d_une_action(lecture, code, type_code, le)
    designe = certifications.code_designe(lecture, type_code, code) if type_code is TypeCode.CERTIF_INFO else code
    trouvee = registre.certification(lecture, designe) if designe else None
    if trouvee is None:
        return Identification(None, code, code_inconnu(code), None, type_code)
    avis = trouvee.avis_le(le)
    suite = successions.succession(lecture, trouvee, le) if avis else SANS_SUITE
    avis = " ".join(filter(None, (avis, suite.apres_un_avis())))
    return Identification(trouvee, code, avis, suite.premiere, type_code, autres=suite.actives[1:])


def _d_une_action(lecture: Lecture, code: str, type_code: TypeCode | None, le: date) -> Identification:
    """Answer a CPF code: it names a kind of action, which has a type of formation of its own while it is used."""
    action = registre.certification(lecture, code) if code in CODES_CPF else None
    if action is not None and not action.active_le(le):
        return Identification(None, code, action.avis_le(le), None, type_code)
    type_formation = CODES_CPF[code][1] if code in CODES_CPF else None
    return Identification(None, code, avis_cpf(code), None, type_code, type_formation)
