"""« Mode d'emploi »: the guides, the steps of one of them, the phrase book."""

import re

from playwright.sync_api import Locator, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import aplanir, dire

ADRESSE = "/mode-d-emploi"
_ETAPE = re.compile(r"Étape (\d+)")


class EcranModeEmploi(EcranPage):
    """The screens « Mode d'emploi »."""

    def ouvrir(self) -> None:
        """Go to the list of the guides by its address."""
        self.pilote.ouvrir(ADRESSE)

    def chercher_une_phrase(self, texte: str) -> None:
        """Look for a text in the phrase book."""
        nom = "Rechercher une phrase"
        self.pilote.saisir(self.page.get_by_role("searchbox", name=motif(nom)), texte, nom)
        self.cliquer("Rechercher")

    def voir_etapes(self, premiere: int, derniere: int) -> None:
        """The steps are shown in order, each once."""
        expect(self.page.get_by_role("heading", name=debut(f"Étape {derniere} "))).to_be_visible()
        titres = [aplanir(titre) for titre in self.page.get_by_role("heading").all_text_contents()]
        numeros = [int(lu[1]) for titre in titres if (lu := _ETAPE.match(titre.strip()))]
        assert numeros == list(range(premiere, derniere + 1)), dire("étapes lues : {numeros}", numeros=numeros)

    def voir_reconstituee(self, numero: int) -> None:
        """A step says that it is a reconstruction."""
        expect(self._mention(numero)).not_to_have_count(0)

    def ne_pas_voir_reconstituee(self, numero: int) -> None:
        """A step is shown and does not say that it is a reconstruction."""
        expect(self._etape(numero)).to_be_visible()
        expect(self._mention(numero)).to_have_count(0)

    def _etape(self, numero: int) -> Locator:
        return self.page.get_by_role("region", name=re.compile(rf"^\s*Étape\s+{numero}\b"))

    def _mention(self, numero: int) -> Locator:
        return self._etape(numero).get_by_text(motif("reconstitué", entier=False)).filter(visible=True)
