"""The pages that a scenario may start from, by their title."""

from collections.abc import Mapping

from steps.ecrans import catalogue, connexion, edof, mode_emploi, nouvelle_offre
from steps.ecrans.page import EcranPage

ADRESSES: Mapping[str, str] = {
    "Catalogue": catalogue.ADRESSE,
    "Contrôle du catalogue": "/catalogue/controle",
    "Échéancier": "/catalogue/echeancier",
    "Contacts": "/contacts",
    "Lieux": "/lieux",
    "Mon organisme": "/organisme",
    "Tâches": "/taches",
    "Fichier EDOF": edof.ADRESSE,
    "Ce qui changera sur EDOF": "/catalogue/edof/changements",
    "Compte-rendu d'intégration": "/catalogue/edof/compte-rendu",
    "Choisir des formations": "/catalogue/choix",
    "Importer un fichier EDOF": "/catalogue/edof/import",
    "Nouvelle offre de formation": nouvelle_offre.ADRESSE,
    "Mode d'emploi": mode_emploi.ADRESSE,
    "Se connecter": connexion.ADRESSE,
}


class Pages(EcranPage):
    """The way to any page."""

    def ouvrir(self, titre: str) -> None:
        """Go to the page of that title and make sure that it is the one."""
        self.pilote.ouvrir(ADRESSES[titre])
        self.voir_titre_de_page(titre)
