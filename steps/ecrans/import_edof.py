"""« Importer un fichier EDOF »: the file that is sent, and what its preview says of each object."""

from collections.abc import Sequence

from playwright.sync_api import expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import motif

FICHIER = "Fichier du catalogue (XML)"


class EcranImport(EcranPage):
    """The form that sends a file, then the page of its import."""

    def choisir_le_fichier(self, nom: str, octets: bytes) -> None:
        """Choose the file to be sent."""
        self.pilote.deposer(self.page.get_by_label(FICHIER), nom, octets, FICHIER)

    def ouvrir_l_adresse(self) -> None:
        """Go to the form, as a bookmark would."""
        self.pilote.ouvrir("/catalogue/edof/import")

    def voir_les_objets(self, lignes: Sequence[Sequence[str]]) -> None:
        """The preview names these objects, each with its fate."""
        for nom, sort in lignes:
            objet = self.page.get_by_role("listitem").filter(
                has=self.page.get_by_role("heading", name=motif(f"{nom} {sort}"))
            )  # fmt: skip
            expect(objet.first).to_be_visible()
