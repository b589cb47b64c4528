"""Who may call which route. Every view declares it; a view that forgets is closed to all, and a test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import abort

from webapp.domain.comptes import Droit
from webapp.web.http.contexte import utilisateur_ou_personne

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request

    from webapp.web.http.sessions import SessionWeb

F = TypeVar("F", bound="Callable[..., Any]")
_ATTRIBUT = "droit_exige"
PUBLIC = "public"


def exige(droit: Droit) -> Callable[[F], F]:
    """Mark a view as open to the signed-in people whose role gives this right."""

    def marquer(vue: F) -> F:
        setattr(vue, _ATTRIBUT, droit)
        return vue

    return marquer


def publique(vue: F) -> F:
    """Mark a view as open to everyone, signed in or not."""
    setattr(vue, _ATTRIBUT, PUBLIC)
    return vue


def droit_de(vue: Callable[..., Any]) -> Droit | str | None:
    """Give what a view asks: a right, PUBLIC, or None when it forgot to say."""
    return getattr(vue, _ATTRIBUT, None)


def garder(app: Flask, requete: Request, courante: SessionWeb) -> None:
    """Refuse the request before the view: 401 when nobody is signed in, 403 when the right is missing."""
    if requete.endpoint is None:
        return
    droit = droit_de(app.view_functions[requete.endpoint])
    if droit == PUBLIC:
        return
    if courante.panne is not None:
        raise courante.panne
    utilisateur = utilisateur_ou_personne()
    if utilisateur is None:
        abort(401)
    if not isinstance(droit, Droit) or not utilisateur.peut(droit):
        abort(403)
