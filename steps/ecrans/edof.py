"""« Fichier EDOF »: what goes out, the file, what is told of it."""

import re
from collections.abc import Sequence

from playwright.sync_api import expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif
from steps.navigateur.ecart import cites, ou_dire

ADRESSE = "/catalogue/edof"
# An export that others wait before, on a machine that does other things too.
PATIENCE = 60_000
FAIRE = re.compile(r"aire le fichier$")


class EcranEdof(EcranPage):
    """« Fichier EDOF », and the page of an export."""

    def faire_le_fichier(self) -> None:
        """Export the whole catalogue, and accept what is proposed."""
        self.pilote.ouvrir(ADRESSE)
        self.cliquer("Voir ce qui sortira")
        bouton = self.page.get_by_role("button", name=FAIRE)
        expect(bouton).to_be_visible(timeout=PATIENCE)
        self.pilote.cliquer(bouton, "Faire le fichier")
        self.attendre_le_fichier()

    def attendre_le_fichier(self) -> None:
        """Wait until the page offers the file."""
        expect(self.lien("Télécharger le fichier").first).to_be_visible(timeout=PATIENCE)

    def attendre_l_apercu(self) -> None:
        """Wait until the page says what would go out."""
        expect(self.page.get_by_text(motif("À relire"))).to_be_visible(timeout=PATIENCE)

    def telecharger(self) -> bytes:
        """Take the file."""
        return self.pilote.telecharger(self.lien("Télécharger le fichier").first, "Télécharger le fichier")

    def voir_hors(self, titre: str, lignes: Sequence[str]) -> None:
        """A part of the page names formations that stay out, each with a part of what is said of it."""
        partie = self.region(titre)
        self.voir_ces_lignes(partie.get_by_role("listitem"), lignes)
        self.pilote.montrer(partie, titre)

    def voir_le_signe(self, signe: str, par: str) -> None:
        """A character is shown, once, with what stands for it."""
        lignes = self.page.get_by_role("listitem").filter(has_text=f"«\u00a0{signe}\u00a0»")
        lignes = lignes.filter(has_text=f"«\u00a0{par}\u00a0»") if par else lignes
        expect(lignes).to_have_count(1)
        self.pilote.montrer(lignes, signe)

    def voir_ce_qui_changera(self, identifiant: str, lignes: Sequence[str]) -> None:
        """A formation is there, named by its identifier first, and these lines under it."""
        nommees = self.page.get_by_role("article")
        formation = self.page.get_by_role("article", name=debut(f"{identifiant} : "))
        with ou_dire(cites([identifiant], ""), lambda: cites(nommees.get_by_role("heading").all_inner_texts(), "rien")):
            expect(formation).to_be_visible()
        dites = formation.get_by_role("listitem").or_(formation.get_by_role("paragraph"))
        self.voir_ces_lignes(dites, lignes)
        self.pilote.montrer(formation, identifiant)

    def mener_au_champ(self, code: str, champ: str) -> None:
        """The link beside a code of the portal leads to a field: followed in a tab aside, this page stays."""
        ligne = self.page.get_by_role("listitem").filter(has=self.page.get_by_text(motif(code)))
        lien = ligne.get_by_role("link").first
        expect(lien).to_be_visible()
        self.pilote.montrer(ligne, champ)
        with self.pilote.a_part(lien.evaluate("lien => lien.href")):
            self.voir_le_champ(champ)

    def voir_le_champ(self, champ: str) -> None:
        """A field is on the page."""
        expect(self.champ(champ).first).to_be_visible()
