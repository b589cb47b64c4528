"""Answers: a page, a fragment of it, or the way elsewhere.

Here alone is it read who asked (htmx or not): `rendre` and `rediriger` answer each in its way, and a view whose two
answers differ in more asks `par_htmx`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from flask import Response, current_app, flash, redirect
from flask_htmx import HTMX
from flask_htmx import make_response as reponse_htmx
from werkzeug.urls import iri_to_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

htmx = HTMX()

SUCCES = "succes"
ALERTE = "alerte"
# Tells app.js that an answer with an error status is one of our fragments, made to be shown.
ENTETE_FRAGMENT = "FV-Fragment"
# Tells the scripts that what was sent is stored: an answer that does not say so is believed by none of them.
ENTETE_ENREGISTREE = "FV-Enregistree"


def par_htmx() -> bool:
    """Say whether the request asks for a fragment."""
    return bool(htmx)


def rediriger(url: str) -> Response:
    """Send the person to another page: 303, or its htmx equivalent."""
    if htmx:
        # A header holds ASCII only; `redirect` sees to it by itself.
        return cast("Response", reponse_htmx(redirect=iri_to_uri(url)))
    return redirect(url, 303)  # type: ignore[return-value]  # werkzeug's class, which Flask serves as its own


class Annulation(NamedTuple):
    """How what a message tells is undone: where it is asked, and of which formation in which version.

    `vue`: the fields that go with it, of what is shown and of what there was.
    """

    url: str
    carte: str
    version: int
    vue: tuple[tuple[str, str], ...]


def dit(message: str | dict[str, object], annulation: Annulation | None) -> str | dict[str, object]:
    """Give what a toast takes: the message, with how it is undone if it can be. It is kept in a session as JSON."""
    if annulation is None or not isinstance(message, str):
        return message
    return {"texte": message, "annulation": annulation._asdict(), "liens": [], "fin": ""}


def avec_liens(debut: str, menent: Sequence[tuple[str, str]], reste: str = "") -> dict[str, object]:
    """Give a toast whose sentence ends with links, each a text and its address; `reste`: what is said of the others."""
    return {"texte": debut, "annulation": None, "liens": [list(lien) for lien in menent], "fin": reste}


def notifier(message: str | dict[str, object], categorie: str = SUCCES, annulation: Annulation | None = None) -> None:
    """Show a message at the top right of the next page."""
    flash(cast("str", dit(message, annulation)), categorie)


def dire_ici(
    message: str, ici: Callable[[tuple[str, object]], Response], ailleurs: str, *, categorie: str = SUCCES,
    annulation: Annulation | None = None,
) -> Response:  # fmt: skip
    """Tell what was done, or why nothing was: over the page as it is where htmx asks, else on the page at an address.

    `ici` makes the first answer of the message, with its kind and how it is undone; `ailleurs` is that address.
    """
    if htmx:
        return ici((categorie, dit(message, annulation)))
    notifier(message, categorie, annulation)
    return rediriger(ailleurs)


def page(nom: str, statut: int = 200, /, **contexte: object) -> Response:
    """Answer with a whole page; Flask adds what every page shows."""
    current_app.update_template_context(contexte)
    return Response(_rendu((nom,), {**contexte, "hors_bande": False}), statut, mimetype="text/html")


def _rendu(noms: tuple[str, ...], contexte: Mapping[str, object]) -> str:
    env = current_app.jinja_env
    # One merge for all: `Template.render` would copy the globals again at each template and each import, a fifth
    # of what a fragment costs.
    variables = {**env.globals, **contexte}
    modeles = [env.get_template(nom) for nom in noms]
    return "".join([m for t in modeles for m in t.root_render_func(t.new_context(variables, shared=True))])


def rendre(
    nom: str,
    fragments: str | tuple[str, ...],
    contexte: Mapping[str, object],
    *,
    statut: int = 200,
    remplacer_url: str | None = None,
) -> Response:
    """Answer with the whole page, or with the named fragments only when htmx asks; both come from the same context.

    The first fragment is the target of the swap, the others go out of band.
    """
    if not htmx:
        return page(nom, statut, **contexte)
    noms = (fragments,) if isinstance(fragments, str) else fragments
    rendu = fragment(noms, contexte, statut)
    if remplacer_url is not None:
        rendu.headers["HX-Replace-Url"] = remplacer_url
    return rendu


def poser_question(nom: str, contexte: Mapping[str, object], statut: int = 200) -> Response:
    """Ask in a dialog, or in a page of its own without htmx. `statut`: 200, or that of an answer that asks again."""
    reponse = rendre("pages/dialogue.html", nom, contexte, statut=statut)
    if statut != 200:  # noqa: PLR2004 - it is asked again
        # What sent the answer changes something else: refused, it is the question itself that takes its place.
        reponse.headers.update({"HX-Retarget": "#dialogues", "HX-Reswap": "outerHTML"})
    return reponse


def fragment(noms: tuple[str, ...], contexte: Mapping[str, object], statut: int = 200) -> Response:
    """Render fragments one after the other; Flask's context processors are left out, they need nothing of them."""
    corps = _rendu(noms, {**contexte, "hors_bande": True})
    reponse = Response(corps, statut, mimetype="text/html")
    if statut >= 400:  # noqa: PLR2004 - the error statuses of HTTP
        reponse.headers[ENTETE_FRAGMENT] = "1"
    return reponse


def message_seul(
    message: str | Mapping[str, object],
    categorie: str = ALERTE,
    statut: int = 200,
    *,
    avec: tuple[str, ...] = (),
    **contexte: object,
) -> Response:
    """Answer htmx with a toast, and with the named regions beside; the target of the request is left as it is."""
    reponse = fragment((*avec, "fragments/toasts.html"), {"toasts": [(categorie, message)], **contexte}, statut)
    reponse.headers["HX-Reswap"] = "none"
    return reponse
