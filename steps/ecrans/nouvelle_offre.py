"""« Nouvelle offre de formation », étape 1/2: the type of formation and its certification (guide steps 0 to 4)."""

from collections.abc import Sequence

from playwright.sync_api import Locator, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif

ADRESSE = "/formations/nouvelle"
AIDE = "Je ne connais pas mon code d'identification, comment l'obtenir ?"
RECHERCHE = "Rechercher un titre, un certificateur ou un code"


class EcranNouvelleOffre(EcranPage):
    """The screen « Nouvelle offre de formation », étape 1/2."""

    def ouvrir(self) -> None:
        """Go to the screen by its address."""
        self.pilote.ouvrir(ADRESSE)

    def chercher_code(self, code: str, type_de_code: str = "") -> None:
        """Apply a code of the registry to a « Formation certifiante »; without a type, choose none."""
        self.ouvrir()
        self.selectionner("Formation certifiante")
        if type_de_code:
            self.selectionner(type_de_code)
        self.saisir(code, "Code")
        self.cliquer("Appliquer")

    def demander_de_l_aide(self) -> None:
        """Follow « Je ne connais pas mon code d'identification »: a search opens below it, or in its own page."""
        self.cliquer(AIDE)
        expect(self.champ(RECHERCHE)).to_be_visible()

    def chercher_dans_l_aide(self, texte: str) -> None:
        """Look for a certification in the help and wait for the answer: while typing, or by a button without script."""
        self.saisir(texte, RECHERCHE)
        if not self.pilote.main.javascript:
            self.cliquer("Rechercher")
        self.pilote.attendre_la_suite()

    def choisir_dans_l_aide(self, code: str) -> None:
        """Take a certification that the help found."""
        trouvee = self._trouvees().filter(has_text=debut(code))
        choix = trouvee.get_by_role("button").or_(trouvee.get_by_role("link"))
        self.pilote.cliquer(choix, code)

    def voir_dans_l_aide(self, codes: Sequence[str]) -> None:
        """The help proposes these certifications, no other, in this order."""
        expect(self._trouvees()).to_have_text([debut(code) for code in codes])
        if codes:
            self.pilote.montrer(self._trouvees().first, codes[0])

    def voir_aide_fermee(self) -> None:
        """The search is not in the page, or no more."""
        expect(self.page.get_by_role("searchbox", name=motif(RECHERCHE))).to_have_count(0)

    def entendre_dans_l_aide(self, texte: str) -> None:
        """What the help announces, for the eyes and for a screen reader alike, is exactly this."""
        expect(self.page.get_by_role("status").get_by_text(motif(texte))).to_be_visible()

    def _trouvees(self) -> Locator:
        """What the help proposes, one item each."""
        return self.page.get_by_role("list", name=motif("Certifications trouvées")).get_by_role("listitem")

    def voir_certification_visee(self, intitule: str) -> None:
        """The title of the certification aimed at is this one."""
        visee = self.page.get_by_text(motif(f"Intitulé de la certification visée : {intitule}"))
        expect(visee).to_be_visible()
        self.pilote.montrer(visee, "Intitulé de la certification visée")
