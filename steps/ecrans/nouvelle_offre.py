"""« Nouvelle offre de formation », étape 1/2: the type of formation and its certification (guide steps 0 to 4)."""

from playwright.sync_api import expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif

ADRESSE = "/formations/nouvelle"


class EcranNouvelleOffre(EcranPage):
    """The screen « Nouvelle offre de formation », étape 1/2."""

    def ouvrir(self) -> None:
        """Go to the screen by its address."""
        self.pilote.ouvrir(ADRESSE)

    def chercher_code(self, code: str, type_de_code: str) -> None:
        """Apply a code of the registry to a « Formation certifiante »."""
        self.ouvrir()
        self.selectionner("Formation certifiante")
        self.selectionner(type_de_code)
        self.saisir(code, "Code")
        self.cliquer("Appliquer")

    def demander_de_l_aide(self) -> None:
        """Follow « Je ne connais pas mon code d'identification », which opens a tab of its own."""
        lien = self.lien("Je ne connais pas mon code d'identification, comment l'obtenir ?")
        with self.page.context.expect_page() as ouverte:
            self.pilote.cliquer(lien, "Je ne connais pas mon code d'identification")
        self.pilote.suivre(ouverte.value)

    def chercher_dans_l_aide(self, texte: str) -> None:
        """Look for a certification in the help."""
        nom = "Rechercher un titre, un certificateur ou un code"
        self.pilote.saisir(self.page.get_by_role("searchbox", name=motif(nom)), texte, nom)
        self.cliquer("Rechercher")

    def voir_dans_l_aide(self, code: str) -> None:
        """The help proposes a certification, and only that one."""
        expect(self.page.get_by_role("listitem").get_by_role("heading")).to_have_text([debut(code)])

    def voir_certification_visee(self, intitule: str) -> None:
        """The title of the certification aimed at is this one."""
        visee = self.page.get_by_text(motif(f"Intitulé de la certification visée : {intitule}"))
        expect(visee).to_be_visible()
        self.pilote.montrer(visee, "Intitulé de la certification visée")
