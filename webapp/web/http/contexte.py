"""Who asks, when, and on which database: what every view needs and none should fetch by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import current_app, g, session

from webapp.domain.formation import Acte
from webapp.domain.moments import jour_de, moment_de
from webapp.services import registre, suivi

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from webapp.domain.certifications import Certification
    from webapp.domain.comptes import Organisme, Utilisateur
    from webapp.persistence.database import BaseDeDonnees
    from webapp.persistence.lecture import Lecture
    from webapp.services.suivi import Suivi
    from webapp.settings import Settings

CLE_EXTENSION = "fiche_vivante"
CLE_DATE = "date_de_reference"
AUJOURDHUI = "aujourdhui"


@dataclass(frozen=True)
class Cablage:
    """What the composition root gives to the views."""

    base: BaseDeDonnees
    settings: Settings


@dataclass(slots=True)
class VisiteEnCours:
    """What the request under way knows of itself, found once: who, and when."""

    cablage: Cablage
    utilisateur: Utilisateur | None
    date_initiale: date | None
    date_fixee: date | None
    instant: datetime
    """The real moment, in UTC."""

    @property
    def aujourdhui(self) -> date:
        """The reference date, in Paris."""
        return jour_de(self.instant, self.date_fixee)

    @property
    def maintenant(self) -> datetime:
        """The present moment in UTC, moved to the reference date when one is set, at the same time of the day."""
        return moment_de(self.instant, self.date_fixee)


def visite() -> VisiteEnCours:
    """Give what is known of the request under way."""
    try:
        return cast("VisiteEnCours", g.visite)
    except AttributeError:
        g.visite = _situer()
        return cast("VisiteEnCours", g.visite)


def _situer() -> VisiteEnCours:
    wiring = cablage()
    courante: Any = session._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug documents it
    ouverte = getattr(courante, "ouverte", None)
    utilisateur: Utilisateur | None = None if ouverte is None else ouverte.utilisateur
    initiale = wiring.settings.date_reference
    if utilisateur is not None and utilisateur.organisme.date_reference is not None:
        initiale = utilisateur.organisme.date_reference
    reelle = wiring.settings.demonstration and courante.get(CLE_DATE) == AUJOURDHUI
    fixee = None if reelle and utilisateur is not None else initiale
    return VisiteEnCours(wiring, utilisateur, initiale, fixee, datetime.now(UTC))


def oublier() -> None:
    """Find again who and when at the next question: the person has just signed in or out."""
    g.pop("visite", None)


def cablage() -> Cablage:
    """Give the wiring of the running application."""
    return cast("Cablage", current_app.extensions[CLE_EXTENSION])


def transaction() -> AbstractContextManager[Connection]:
    """Open a transaction for writing: all of it is kept, or none. What is read after it sees what it has written."""
    finir_lecture()
    return cablage().base.ecriture()


def lecture() -> Lecture:
    """Give what a view reads with: all its reads see one state of the base, the newest at the first of them.

    They can change nothing. That state is left at the next `transaction`, or when the request ends.
    """
    du_fil = cablage().base.lecture_du_fil
    if "lecture_commencee" not in g:
        g.lecture_commencee = True
        du_fil.commencer()
    return du_fil


def finir_lecture(_: BaseException | None = None) -> None:
    """Leave the state of the base that the request has read so far."""
    if g.pop("lecture_commencee", False):
        cablage().base.lecture_du_fil.finir()


def certification(code: str) -> Certification | None:
    """Find a certification by its full code."""
    return registre.certification(lecture(), code)


def suivi_de(certification: Certification | None) -> Suivi:
    """Say what is to be told of a certification that is chosen, to the organisation of the signed-in person."""
    return suivi.suivre(lecture(), organisme_courant(), certification, aujourdhui())


def utilisateur_ou_personne() -> Utilisateur | None:
    """Give the signed-in person, or None."""
    return visite().utilisateur


def utilisateur_courant() -> Utilisateur:
    """Give the signed-in person. Only for views behind `exige`; raises LookupError elsewhere."""
    utilisateur = visite().utilisateur
    if utilisateur is None:
        raise LookupError("utilisateur_courant")
    return utilisateur


def organisme_courant() -> Organisme:
    """Give the organisation of the signed-in person."""
    return utilisateur_courant().organisme


def aujourdhui() -> date:
    """Give the reference date, in Paris."""
    return visite().aujourdhui


def acte() -> Acte:
    """Give who acts and when; the moment is the same all along a request."""
    return Acte(utilisateur_courant(), aujourdhui(), visite().maintenant)
