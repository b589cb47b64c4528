"""The versions of the portal's format: what changes from one to the next is said here, and named in what is exported.

To add one: its `Format`, which `ACTUEL` then is, and what it moves in `ordre`.
"""

from dataclasses import dataclass

from webapp.domain.latin_1 import ENCODAGE
from webapp.domain.textes import fr


@dataclass(frozen=True, slots=True)
class Format:
    """One version: its name, as the official schema bears it; the namespace and the encoding of its files."""

    version: str
    espace: str
    encodage: str
    du: str


V5R2 = Format(
    version="v5r2",
    espace="https://www.of.moncompteformation.gouv.fr",
    encodage=ENCODAGE,
    du="12/06/2026",
)
ACTUEL = V5R2
"""The one in which files are written."""

ESPACES_ANCIENS: dict[str, str] = {"http://www.lheo.org/2.2": "2019"}
"""The namespaces of files that the portal takes no more, and their year."""

RETIRES: dict[str, str] = {
    "domaine-formation": "le domaine se déduit de la certification",
    "certifiante": "le caractère certifiant se déduit de la certification",
    "individuelle-collective": fr("le type de parcours (« parcours-de-formation ») le remplace"),
    "code-CERTIFINFO": "les codes RNCP, RS et CPF le remplacent depuis le 8 septembre 2022",
    "code-modele-economique": "le portail ne le demande plus depuis 2022",
    "prise-en-charge-frais-obligatoire": "le portail ne le demande plus depuis 2022",
}
"""What older files hold and the portal has removed, and why nothing is lost by leaving it (files of 2019 to 2022)."""
