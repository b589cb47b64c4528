"""Where étape 1/2 sends what is chosen: by its own address, or by a form that carries the texts of a formation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from webapp.web.http import liens

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True)
class Etape1:
    """Where étape 1/2 sends what is chosen, and how."""

    verbe: str = "hx-get"
    methode: str = "get"
    inclure: str = "#types"
    url: str = liens.NOUVELLE
    type_url: str = liens.NOUVELLE_TYPE
    certification_url: str = liens.NOUVELLE_CERTIFICATION
    fiche_url: str = liens.NOUVELLE_FICHE
    aide_url: str = liens.AIDE_CODE


ORDINAIRE = Etape1()


def porteuse(id: UUID) -> Etape1:
    """Give étape 1/2 as a form that carries the texts of this formation."""
    url = f"{liens.formation(id)}/changement"
    aide = liens.avec(liens.AIDE_CODE, formation=str(id))
    return Etape1(
        "hx-post", "post", "closest form", url, f"{url}/type", f"{url}/certification", f"{url}/fiche", aide
    )  # fmt: skip
