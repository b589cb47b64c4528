"""Where étape 1/2 sends what is chosen, and how: by its address, or by a form that carries the texts of étape 2/2."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from webapp.web import liens


@dataclass(frozen=True)
class Etape1:
    """The verb of htmx and of the form, and the addresses that answer each gesture."""

    verbe: str
    methode: str
    inclure: str
    url: str
    type_url: str
    certification_url: str
    fiche_url: str
    aide_url: str

    @property
    def par_formulaire(self) -> bool:
        """Whether texts travel along: then nothing on the page may lead away from its form."""
        return self.methode == "post"


DEPART = Etape1(
    "hx-get", "get", "#types", liens.NOUVELLE, liens.NOUVELLE_TYPE, liens.NOUVELLE_CERTIFICATION, liens.NOUVELLE_FICHE,
    liens.AIDE_CODE,
)  # fmt: skip


def autour_de(id: UUID) -> Etape1:
    """Give étape 1/2 asked again for a formation whose texts are on étape 2/2."""
    url = f"{liens.formation(id)}/changement"
    aide = liens.avec(liens.AIDE_CODE, formation=str(id))
    return Etape1(
        "hx-post", "post", "closest form", url, f"{url}/type", f"{url}/certification", f"{url}/fiche", aide
    )  # fmt: skip


def lire(formation: str) -> Etape1:
    """Give the étape 1/2 of a formation named in an address; that of a new one for anything unreadable."""
    try:
        return autour_de(UUID(formation))
    except ValueError:
        return DEPART
