"""Behind the test door: what France compétences would publish of an organisation, for as long as it exists.

The registry is everybody's: a record that named no partner before names none again once the organisation is gone.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from webapp.banc_essai.corps import objet, parmi, texte
from webapp.domain.certifications import Certification
from webapp.domain.codes import code_inconnu
from webapp.domain.registre import FicheExportee, Habilitation
from webapp.domain.textes import dire
from webapp.persistence.certifications import marquer, relier
from webapp.persistence.exports import AEcrire, Ecriture
from webapp.persistence.tables import certification, habilitation
from webapp.services import comptes, registre

_DROITS = {
    "former": Habilitation.FORMER,
    "évaluer": Habilitation.ORGANISER,
    "les deux": Habilitation.FORMER_ET_ORGANISER,
}
_h, _c = habilitation.c, certification.c
_PUBLICATION = insert(habilitation)
_NOMMER = update(certification).where(_c.code == bindparam("celle"))
_RETRAIT = delete(habilitation).where(_h.siret == bindparam("sien")).returning(_h.certification)
# One that came from an export says by itself whether it names any.
_SANS_PARTENAIRE = ~select(_h.siret).where(_h.certification == _c.code).exists()
_TAIRE = (
    update(certification)
    .where(_c.code == bindparam("celle"), _c.export_le.is_(None), _SANS_PARTENAIRE)
    .values(nomme_des_partenaires=False)
)

_DU_BANC = "Banc d'essai de l'organisme {organisme}"
_SANS_FICHES = delete(certification).where(_c.source == bindparam("dite")).returning(_c.code)


def publier_certification(cnx: Connection, organisme_id: UUID, corps: object) -> dict[str, str]:
    """Have the registry hold a record that names no partner. In: `certification`, a code it does not hold; `effet_le`.

    `remplace`, when given, is the code that its record says it replaces. Out: the same. Raises Introuvable. Such a
    record says itself where it comes from.
    """
    sien = comptes.organisme(cnx, organisme_id)
    demande = objet(corps, {"certification", "effet_le", "remplace"})
    code, effet = texte(demande, "certification"), date.fromisoformat(texte(demande, "effet_le"))
    if not registre.est_un_code(code) or registre.certification(cnx, code) is not None:
        raise ValueError(dire("« {code} » n'est pas le code d'une fiche que le registre ne tient pas.", code=code))
    ancienne = texte(demande, "remplace")
    if ancienne and not registre.est_un_code(ancienne):
        raise ValueError(dire("« {code} » n'est pas le code d'une fiche.", code=ancienne))
    intitule, source = dire("Certification {code}", code=code), _DU_BANC.format(organisme=sien.id)
    une = Certification(
        code, intitule, connue_active_le=effet, effet_le=effet, source=source, remplace=(ancienne,) if ancienne else ()
    )
    Ecriture(cnx).ecrire([AEcrire(FicheExportee(une), None, None)])
    relier(cnx)
    _oublier(cnx)
    return {"certification": code, "effet_le": effet.isoformat()} | ({"remplace": ancienne} if ancienne else {})


def retirer_certifications(cnx: Connection, organisme_id: UUID) -> None:
    """Take away the records that the registry holds for an organisation alone."""
    if cnx.execute(_SANS_FICHES, {"dite": _DU_BANC.format(organisme=organisme_id)}).all():
        relier(cnx)
        _oublier(cnx)


def publier_habilitation(cnx: Connection, organisme_id: UUID, corps: object) -> dict[str, str]:
    """Name an organisation among the partners of a certification. In: `certification`, its code; `droits`.

    Out: the same. Raises Introuvable.
    """
    siret = comptes.organisme(cnx, organisme_id).siret
    demande = objet(corps, {"certification", "droits"})
    code = texte(demande, "certification")
    droits = parmi(demande, "droits", set(_DROITS), "former")
    if registre.certification(cnx, code) is None:
        raise ValueError(code_inconnu(code))
    retirer_habilitations(cnx, siret)
    ligne: dict[str, Any] = {"siret": siret, "certification": code, "nature": _DROITS[droits].value, "active": True}
    cnx.execute(_PUBLICATION, ligne)
    cnx.execute(_NOMMER, {"celle": code, "nomme_des_partenaires": True})
    _oublier(cnx)
    return {"certification": code, "droits": droits}


def retirer_habilitations(cnx: Connection, siret: str) -> None:
    """Take an organisation away from the partners of every certification."""
    codes = cnx.execute(_RETRAIT, {"sien": siret}).scalars().all()
    for code in codes:
        cnx.execute(_TAIRE, {"celle": code})
    if codes:
        _oublier(cnx)


def _oublier(cnx: Connection) -> None:
    marquer(cnx)
    registre.vider_cache(cnx)
