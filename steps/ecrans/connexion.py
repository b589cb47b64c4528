"""« Se connecter »."""

from playwright.sync_api import BrowserContext, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import motif

ADRESSE = "/connexion"
MOT_DE_PASSE_DE_DEMONSTRATION = "catalogue-de-demonstration"


class EcranConnexion(EcranPage):
    """The screen « Se connecter », and what tells whether one is signed in."""

    def ouvrir(self) -> None:
        """Go to the screen by its address."""
        self.pilote.ouvrir(ADRESSE)

    def remplir(self, courriel: str, mot_de_passe: str) -> None:
        """Write the address and the password."""
        self.saisir(courriel, "Adresse électronique")
        # A password field has no role of its own: it is found by its label.
        self.pilote.saisir(self.page.get_by_label("Mot de passe", exact=True), mot_de_passe, "Mot de passe")

    def se_connecter(self, courriel: str, mot_de_passe: str) -> None:
        """Write both and click on « Se connecter »."""
        self.remplir(courriel, mot_de_passe)
        self.cliquer("Se connecter")

    def entrer(self, courriel: str) -> None:
        """Click on the button of an account of the demonstration."""
        self.cliquer(f"Entrer avec le compte {courriel}")

    def se_tromper(self, courriel: str, fois: int) -> None:
        """Sign in with a wrong password, again and again."""
        for _ in range(fois):
            self.se_connecter(courriel, "un mot de passe de travers")
            self.voir_alerte("Adresse électronique ou mot de passe incorrect.")

    def se_tromper_ailleurs(self, contexte: BrowserContext, courriel: str, fois: int) -> None:
        """The same in a browser that knows nothing of the account, which nobody looks at."""
        onglet = contexte.new_page()
        onglet.goto(ADRESSE)
        for _ in range(fois):
            onglet.get_by_label("Adresse électronique").fill(courriel)
            onglet.get_by_label("Mot de passe", exact=True).fill("un mot de passe de travers")
            with onglet.expect_navigation():
                onglet.get_by_role("button", name="Se connecter", exact=True).click()
        expect(onglet.get_by_role("alert").get_by_text("mot de passe incorrect")).to_be_visible()
        onglet.close()

    def voir_bandeau(self, texte: str) -> None:
        """The banner of the demonstration says this."""
        expect(self.region("Démonstration").get_by_text(motif(texte, entier=False)).first).to_be_visible()

    def voir_acces_refuse_au_catalogue(self) -> None:
        """The catalogue asks to sign in first: looked at in a tab of its own, which is then closed."""
        with self.pilote.a_part("/catalogue"):
            expect(self.page.get_by_role("heading", level=1, name=motif("Se connecter"))).to_be_visible()
