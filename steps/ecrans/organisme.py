"""« Mon organisme »: the list of habilitations, chosen as a file on the person's own machine."""

from collections.abc import Sequence

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut

COLONNES = (
    "Intitulé référentiel", "Code certification", "Intitulé certification", "Etat de l'habilitation",
    "Date début habilitation", "Date fin habilitation",
)  # fmt: skip
"""Those of the file that EDOF exports."""

LISTE = "Liste"


class EcranOrganisme(EcranPage):
    """The page of the organisation, and that of a list that was read."""

    def choisir_la_liste(self, nom: str, lignes: Sequence[Sequence[str]]) -> None:
        """Choose a file of this name that holds these lines, as Excel saves it in France."""
        tete, *reste = lignes
        places = {tete.index(colonne): COLONNES.index(colonne) for colonne in tete}
        rangees = [list(COLONNES)]
        for ligne in reste:
            rangee = [""] * len(COLONNES)
            for place, valeur in enumerate(ligne):
                rangee[places[place]] = valeur
            rangees.append(rangee)
        self.choisir_le_fichier(nom, "\r\n".join(";".join(rangee) for rangee in rangees).encode("cp1252"))

    def choisir_le_fichier(self, nom: str, octets: bytes) -> None:
        """Choose a file of this name and content."""
        champ = self.page.get_by_label(debut(LISTE))
        self.pilote.deposer(champ, nom, octets, LISTE)
