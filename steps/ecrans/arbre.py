"""The tree on the page of a formation: its actions, and the sessions of each."""

from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif

ARBRE = "Actions et sessions"
RECAPITULATIF = "Récapitulatif avant de valider"


class EcranArbre(EcranPage):
    """« Actions et sessions », on the page of a formation."""

    def titre_de_l_action(self, numero: str) -> Locator:
        """What opens and closes an action, by its number."""
        return self.region(ARBRE).locator("summary").filter(has_text=motif(f"Action « {numero} »", entier=False))

    def action(self, numero: str) -> Locator:
        """All that is shown of an action."""
        titre = self.page.get_by_text(motif(f"Action « {numero} »"))
        return self.region(ARBRE).get_by_role("listitem").filter(has=titre)

    def deplier(self, numero: str) -> None:
        """Open an action."""
        self.pilote.cliquer(self.titre_de_l_action(numero), numero)

    def suivre_le_lien(self, numero: str, lien: str) -> None:
        """Open an action, then follow a link in it."""
        self.deplier(numero)
        self.pilote.cliquer(self.action(numero).get_by_role("link", name=motif(lien, entier=False)), lien)

    def voir_sur_l_action(self, numero: str, lignes: Sequence[str]) -> None:
        """An action says each of these."""
        for ligne in lignes:
            expect(self.action(numero).get_by_text(motif(ligne)).first).to_be_visible()
        self.pilote.montrer(self.titre_de_l_action(numero), numero)

    def voir_sessions(self, numero: str, lignes: Sequence[str]) -> None:
        """An action shows these sessions and no other, in order."""
        expect(self.action(numero).get_by_role("listitem")).to_have_text([debut(ligne) for ligne in lignes])

    def voir_recapitulatif(self, lignes: Sequence[str]) -> None:
        """The recapitulation of an action says each of these: the state of a group, or what is typed in it."""
        for ligne in lignes:
            expect(self.region(RECAPITULATIF)).to_contain_text(motif(ligne, entier=False))
