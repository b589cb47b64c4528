"""Failures between the browser and the server, caused from the browser's side: the server itself is left alone."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Route

from steps.navigateur.conditions import Conditions

_PAGE_DU_RELAIS = (
    "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"
)


class Pannes:
    """What goes wrong in one browser context, until it is over."""

    def __init__(self, contexte: BrowserContext, conditions: Conditions) -> None:
        self._contexte = contexte
        self._conditions = conditions

    def commencer(self, nom: str) -> None:
        """Let a failure begin; it concerns every answer that the person waits for."""
        if nom == "réseau coupé":
            self._conditions.couper()
        else:
            self._contexte.route("**/*", _en_panne(_PANNES[nom]))

    def finir(self) -> None:
        """Let the failure be over."""
        self._conditions.retablir()
        self._contexte.unroute_all(behavior="ignoreErrors")


def _en_panne(panne: Callable[[Route], None]) -> Callable[[Route], None]:
    def traiter(route: Route) -> None:
        if route.request.resource_type in {"xhr", "fetch", "document"}:
            panne(route)
        else:
            route.continue_()

    return traiter


def _interrompre(route: Route) -> None:
    route.abort("connectionreset")


def _casser(route: Route) -> None:
    route.fulfill(status=500, content_type="text/plain", body="Internal Server Error")


def _relayer(route: Route) -> None:
    route.fulfill(status=502, content_type="text/html", body=_PAGE_DU_RELAIS)


def _perdre(route: Route) -> None:
    """Let the server do what was asked, then lose its answer."""
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


_PANNES: dict[str, Callable[[Route], None]] = {
    "connexion interrompue": _interrompre,
    "erreur du serveur": _casser,
    "réponse d'un relais": _relayer,
    "réponse perdue après l'enregistrement": _perdre,
}
