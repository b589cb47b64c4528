"""The catalogue: its cards, their operations, search, filters and pages."""

from collections.abc import Sequence
from functools import partial

from playwright.sync_api import Locator, expect

from steps.ecrans.libelles import STATUTS
from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import aplanir, dire, pluriel
from steps.navigateur.ecart import Ecart, cites, ou_dire
from steps.navigateur.pilote import Pilote

ADRESSE = "/catalogue"


class EcranCatalogue(EcranPage):
    """The screen « Catalogue »."""

    def __init__(self, pilote: Pilote) -> None:
        super().__init__(pilote)
        self._pages_vues: list[list[str]] = []
        self._hauteur = 0.0

    @property
    def cartes(self) -> Locator:
        """Every card shown."""
        return self.page.get_by_role("article")

    def carte_titree(self, titre: str) -> Locator:
        """The card of a title."""
        return self.page.get_by_role("article", name=motif(titre))

    def carte(self, identifiant: str) -> Locator:
        """The card of an identifier."""
        return self.cartes.filter(has=self.page.get_by_text(motif(f"ID : {identifiant}")))

    def filtre(self, nom: str) -> Locator:
        """A filter by its wording, whatever it counts."""
        filtres = self.page.get_by_role("navigation", name=motif("Filtrer par statut"))
        return filtres.get_by_role("link", name=debut(nom))

    # ------------------------------------------------------------------ gestures

    def ouvrir(self) -> None:
        """Go to the catalogue by its address."""
        self.pilote.ouvrir(ADRESSE)

    def rechercher(self, texte: str) -> None:
        """Look for a text."""
        nom = "Rechercher par titre, identifiant ou certification"
        self.pilote.saisir(self.page.get_by_role("searchbox", name=motif(nom)), texte, nom)
        self.cliquer("Rechercher")

    def filtrer(self, nom: str) -> None:
        """Keep one status only."""
        self.pilote.cliquer(self.filtre(nom), nom)

    def ouvrir_operations(self, identifiant: str) -> None:
        """Open the menu of a card."""
        self._exiger(identifiant)
        self.pilote.cliquer(self.carte(identifiant).get_by_role("button", name=debut("Opérations")), "Opérations")

    def choisir_operation(self, operation: str, identifiant: str) -> None:
        """Choose an operation in the menu of a card."""
        self.ouvrir_operations(identifiant)
        self._hauteur = self.page.evaluate("scrollY")
        carte = self.carte(identifiant)
        entree = carte.get_by_role("button", name=motif(operation)).or_(
            carte.get_by_role("link", name=motif(operation))
        )
        self.pilote.cliquer(entree, operation)

    def dupliquer(self, identifiant: str, copie: str) -> None:
        """Duplicate a formation, give the copy its identifier and save it."""
        self.choisir_operation("Dupliquer", identifiant)
        self.saisir(copie, "Votre identifiant interne de formation")
        self.cliquer("Enregistrer les modifications")

    def ouvrir_et_supprimer(self, identifiant: str) -> None:
        """Go to the catalogue and remove a draft, the question answered."""
        self.ouvrir()
        self.choisir_operation("Supprimer", identifiant)
        self.cliquer("Supprimer définitivement")
        self.voir_message("est supprimée.")

    def ouvrir_et_archiver(self, identifiant: str) -> None:
        """Go to the catalogue and archive a formation."""
        self.ouvrir()
        self.choisir_operation("Archiver", identifiant)
        self.voir_message("est archivée.")

    def feuilleter(self) -> None:
        """Read every page, from the first to the last."""
        self._pages_vues = [self.titres()]
        while self.lien("Formations suivantes").count():
            self.cliquer("Formations suivantes")
            self.pilote.attendre_le_calme()
            self._pages_vues.append(self.titres())

    def titres(self) -> list[str]:
        """Give the titles shown, in order."""
        return self.cartes.get_by_role("heading").all_inner_texts()

    # ------------------------------------------------------------------ what is seen

    def voir_sur_la_carte(self, titre: str, lignes: Sequence[str]) -> None:
        """A card says each of these lines."""
        carte = self.carte_titree(titre)
        with ou_dire(dire("la carte « {titre} »", titre=titre), lambda: cites(self.titres(), "aucune carte")):
            expect(carte).to_be_visible()
        for ligne in lignes:
            bouton = carte.get_by_role("button", name=debut(ligne))
            attendu = dire("sur la carte « {titre} » : « {ligne} »", titre=titre, ligne=ligne)
            with ou_dire(attendu, lambda: cites(carte.inner_text().splitlines(), "une carte vide")):
                expect(carte.get_by_text(motif(ligne)).or_(bouton).first).to_be_visible()
        self.pilote.montrer(carte, titre)

    def ne_pas_voir_sur_la_carte(self, titre: str, ligne: str) -> None:
        """A card is shown and does not say this."""
        expect(self.carte_titree(titre)).to_be_visible()
        expect(self.carte_titree(titre).get_by_text(motif(ligne))).to_have_count(0)

    def voir_statut(self, identifiant: str, statut: str) -> None:
        """The card of an identifier shows this status, under the filter that shows it."""
        self.pilote.attendre_le_calme()
        self._voir_parmi("Archivées" if statut == "Archivée" else "Toutes")
        self._exiger(identifiant)
        carte = self.carte(identifiant)
        attendu = dire("« {identifiant} » au statut « {statut} »", identifiant=identifiant, statut=statut)
        lus = (libelle for libelle in STATUTS if carte.get_by_text(motif(libelle)).count())
        with ou_dire(attendu, lambda: cites(lus, "aucun statut")):
            expect(carte.get_by_text(motif(statut))).to_be_visible()
        self.pilote.montrer(self.carte(identifiant), identifiant)

    def _voir_parmi(self, nom: str) -> None:
        """Choose « Archivées », or leave it: any other filter may show what is not archived."""
        choisi = self.filtre("Archivées").and_(self.page.locator("[aria-current]")).count() > 0
        if self.filtre(nom).count() and choisi != (nom == "Archivées"):
            self.filtrer(nom)
            self.pilote.attendre_le_calme()

    def ne_pas_voir_de_carte(self, identifiant: str) -> None:
        """No card of this identifier is shown, once the page is at rest."""
        self.pilote.attendre_le_calme()
        expect(self.carte(identifiant)).to_have_count(0)

    def voir_clavier_sur_les_operations(self, identifiant: str) -> None:
        """The keyboard acts on the menu of a card, which can be seen."""
        bouton = self.carte(identifiant).get_by_role("button", name=debut("Opérations"))
        expect(bouton).to_be_focused()
        expect(bouton).to_be_in_viewport()

    def voir_sans_saut(self) -> None:
        """The page stands where it stood when the last operation was chosen."""
        self.pilote.attendre_le_calme()
        hauteur = self.page.evaluate("scrollY")
        assert hauteur == self._hauteur > 0, dire("la page a défilé de {a} à {b}", a=self._hauteur, b=hauteur)

    def voir_titre_de_carte(self, identifiant: str, titre: str) -> None:
        """The card of an identifier has this title."""
        self._exiger(identifiant)
        expect(self.carte(identifiant), titre).to_have_accessible_name(motif(titre))

    def voir_operations(self, noms: Sequence[str]) -> None:
        """The menu that is open proposes these operations, no other, in this order."""
        expect(self._entrees().filter(has_text=motif(noms[0]))).to_be_visible()
        lues = [aplanir(entree.inner_text()).strip() for entree in self._operations()]
        if lues != [aplanir(nom) for nom in noms]:
            raise Ecart(dire("opérations : {noms}", noms=cites(noms, "aucune")), cites(lues, "aucune opération"))

    def voir_operations_a_l_ecran(self) -> None:
        """Every operation of the open menu can be brought within the window, whole."""
        operations = self._operations()
        assert operations, dire("aucune opération n'est affichée")
        for operation in operations:
            operation.scroll_into_view_if_needed()
            expect(operation).to_be_in_viewport(ratio=1)

    def voir_seulement(self, titres: Sequence[str]) -> None:
        """The catalogue shows these cards, no other, in this order."""
        expect(self.cartes.get_by_role("heading")).to_have_text([motif(titre) for titre in titres])

    def voir_nombre(self, nombre: int) -> None:
        """The catalogue shows that many cards."""
        attendu = dire("{nombre} dans le catalogue", nombre=pluriel(nombre, "formation"))
        with ou_dire(attendu, lambda: f"{self.cartes.count()}{dire(' :')} {cites(self.titres(), 'aucune')}"):
            expect(self.cartes).to_have_count(nombre)

    def voir_filtre_choisi(self, nom: str) -> None:
        """A filter is the one in use, and the only one."""
        with ou_dire(dire("filtre « {nom} » choisi", nom=nom), self._filtres_choisis):
            expect(self.filtre(nom)).to_have_attribute("aria-current", "true")
        choisis = self.page.get_by_role("navigation", name=motif("Filtrer par statut")).get_by_role("link")
        marques = [lien.get_attribute("aria-current") for lien in choisis.all()]
        assert marques.count("true") == 1, marques

    def voir_comptes(self, comptes: dict[str, int]) -> None:
        """Each filter announces how many formations it keeps."""
        for nom, nombre in comptes.items():
            attendu = dire("filtre « {nom} » : {nombre}", nom=nom, nombre=nombre)
            with ou_dire(attendu, partial(self._filtre_lu, nom)):
                expect(self.filtre(nom)).to_have_accessible_name(motif(f"{nom} ({nombre})"))

    def voir_pages_feuilletees(self, tailles: Sequence[int]) -> None:
        """The pages that were read had these sizes, and no card twice."""
        lues = [len(titres) for titres in self._pages_vues]
        if lues != list(tailles):
            raise Ecart(dire("pages de {tailles}", tailles=list(tailles)), dire("pages de {lues}", lues=lues))
        titres = [titre for page in self._pages_vues for titre in page]
        assert len(set(titres)) == len(titres), dire("des formations reviennent d'une page à l'autre")

    def _exiger(self, identifiant: str) -> None:
        """A formation is in the catalogue, or those that are there are named."""
        attendu = dire("la formation « {identifiant} » dans le catalogue", identifiant=identifiant)
        with ou_dire(attendu, lambda: cites(self._identifiants(), "aucune formation")):
            expect(self.carte(identifiant)).to_be_visible()

    def _identifiants(self) -> list[str]:
        lus = (carte.get_by_text(debut("ID :")).first.inner_text() for carte in self.cartes.all())
        return [aplanir(lu).partition(":")[2].strip() for lu in lus]

    def _filtre_lu(self, nom: str) -> str:
        return cites(self.filtre(nom).all_inner_texts(), "filtre absent de la page")

    def _filtres_choisis(self) -> str:
        filtres = self.page.get_by_role("navigation", name=motif("Filtrer par statut"))
        return cites(filtres.locator("[aria-current=true]").all_inner_texts(), "aucun filtre choisi")

    def _entrees(self) -> Locator:
        """What can be clicked in the cards, but the button that opens the menu."""
        entrees = self.cartes.get_by_role("link").or_(self.cartes.get_by_role("button"))
        return entrees.filter(visible=True).filter(has_not_text=debut("Opérations"))

    def _operations(self) -> list[Locator]:
        """The entries of the menu that is open: what can be clicked, less the titles."""
        titres = {titre.strip() for titre in self.titres()}
        return [entree for entree in self._entrees().all() if entree.inner_text().strip() not in titres]
