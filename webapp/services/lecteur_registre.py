"""The registry as screens read it: from what this process remembers, else by prepared statements, without a connection.

A screen asks for a certification, its family, its blocs, its export at each request, and nearly always finds them in
memory: opening a connection for that would cost more than all the rest. Says what `services.registre` says.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from webapp.domain.certifications import Certification
from webapp.persistence import certifications, exports
from webapp.services import registre
from webapp.services.suivi import Suivi, suivre

if TYPE_CHECKING:
    from datetime import date

    from webapp.domain.comptes import Organisme
    from webapp.domain.nomenclatures import TypeCode, TypeFormation
    from webapp.domain.registre import Bloc, Partenaire
    from webapp.persistence.database import BaseDeDonnees
    from webapp.services.registre import Identification, Souvenir


class LecteurDuRegistre:
    """The registry, prepared once for a base."""

    def __init__(self, base: BaseDeDonnees) -> None:
        """Prepare it."""
        self._base = base
        self._par_code = certifications.lecteur_par_code(base)
        self._habilitations = exports.lecteur_d_habilitations(base)

    def certification(self, code: str) -> Certification | None:
        """Find a certification by its full code; None when the registry does not hold it."""
        souvenir = self._souvenir()
        connue = souvenir.par_code.get(code)
        if connue is not None or not registre.est_un_code(code):
            return connue
        ligne = self._par_code.ligne(code=code)
        if ligne is None:
            return None
        *faits, export_le = ligne
        trouvee = Certification(*faits)
        souvenir.retenir({code: trouvee})
        souvenir.exports[code] = export_le
        return trouvee

    def export_le(self, code: str) -> date | None:
        """Give the date of the export that a certification comes from; None when it comes from none."""
        with suppress(KeyError):
            return self._souvenir().exports[code]
        with self._base.lecture() as cnx:
            return registre.export_le(cnx, code)

    def famille(self, type_formation: TypeFormation) -> tuple[Certification, ...]:
        """List what the registry holds for a type whose étape 1/2 asks for no code, in its order, active or not."""
        connue = self._souvenir().familles.get(type_formation)
        if connue is None:
            with self._base.lecture() as cnx:
                return registre.de_la_famille(cnx, type_formation)
        return connue

    def offertes(self, type_formation: TypeFormation, le: date) -> tuple[Certification, ...]:
        """List what such a type offers at a date: for « Cléa » the certifications of guide step 3, CléA first."""
        return tuple([c for c in self.famille(type_formation) if c.active_le(le)])

    def blocs(self, code: str) -> tuple[Bloc, ...]:
        """Give the blocs de compétences that the registry knows of a certification of the RNCP; none for any other."""
        connus = self._souvenir().blocs.get(code)
        if connus is None:
            with self._base.lecture() as cnx:
                return registre.blocs(cnx, code)
        return connus

    def identifier(self, type_code: TypeCode | None, saisie: str, le: date) -> Identification:
        """Say what a typed code leads to at a date, (guide step 3, « Appliquer »). Never raises."""
        return registre.identifier(self.certification, self._code_designe, type_code, saisie, le)

    def suivre(self, organisme: Organisme, certification: Certification | None, le: date) -> Suivi:
        """Say what is to be told of a certification to an organisation at a date; nothing of none."""
        return suivre(self, organisme, certification, le)

    def habilitations(self, siret: str, code: str) -> tuple[Partenaire, ...]:
        """Give what an organisation may do for a certification, as far as the exports say."""
        return exports.en_partenaires(siret, self._habilitations.lignes(siret=siret, code=code))

    def _code_designe(self, type_code: TypeCode, code: str) -> str | None:
        with self._base.lecture() as cnx:
            return certifications.code_designe(cnx, type_code, code)

    def _souvenir(self) -> Souvenir:
        frais = registre.souvenir_frais(self._base.memoire)
        if frais is None:
            with self._base.lecture() as cnx:
                return registre.retrouver(cnx)
        return frais
