"""Choosing many objects, what would change of them, and the job that does it."""

from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif

# A job that others wait before, on a machine that does other things too.
PATIENCE = 60_000


class EcranTaches(EcranPage):
    """« Choisir des formations », « Que faut-il changer ? », and the page of a job."""

    def case(self, nom: str) -> Locator:
        """What is ticked to choose an object, by what names it: an identifier, an action, a session."""
        return self.page.get_by_role("checkbox", name=motif(nom, entier=False))

    def cocher(self, nom: str) -> None:
        """Choose an object."""
        self.pilote.cocher(self.case(nom), nom)

    def cocher_la_formation(self, identifiant: str) -> None:
        """Choose a formation by its identifier."""
        self.cocher(f"ID : {identifiant}")

    def voir_cochee(self, identifiant: str) -> None:
        """A formation is chosen still."""
        expect(self.case(f"ID : {identifiant}")).to_be_checked()

    def attendre_la_fin(self) -> None:
        """Wait until the page says by itself that the job is over."""
        expect(self.page.get_by_text(motif("Terminée")).first).to_be_visible(timeout=PATIENCE)

    def voir_dans(self, titre: str, nombre: int, lignes: Sequence[str]) -> None:
        """A part of the page counts so many objects, and names these with what is said of each."""
        partie = self.region(titre)
        expect(partie.get_by_role("heading", name=motif(f"{titre} : {nombre}"))).to_be_visible()
        self.voir_ces_lignes(partie.get_by_role("listitem"), lignes)
        self.pilote.montrer(partie, titre)

    def voir_tache(self, titre: str, etat: str) -> None:
        """The list of jobs has one of that title, that stands so."""
        taches = self.page.get_by_role("listitem").filter(
            has=self.page.get_by_role("heading", name=debut(titre))
        )  # fmt: skip
        expect(taches.get_by_text(motif(etat)).first).to_be_visible()
