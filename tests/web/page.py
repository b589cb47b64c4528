"""A page on screen: what can be read on it, looked for by the names that people see, and typed in it. Sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import Headers

from tests.web import lecture_html
from tests.web.formulaires import controles
from tests.web.lecture_html import Element, elements, exposee, nom_accessible, par_id, phrases, plat, poser, texte


@dataclass
class Page:
    """A page on screen: its tree, which typing and swaps change."""

    document: Element
    html: str
    url: str
    statut: int
    entetes: Headers
    saisies: frozenset[str] = frozenset()

    def tous(self, expression: str, *, js: bool | None = True) -> list[Element]:
        """Find elements by XPath."""
        return elements(self.document, expression, js=js)

    def par_id(self, identifiant: str) -> Element:
        """Give the element of an id; it must be there."""
        trouve = par_id(self.document, identifiant)
        assert trouve is not None, f"« {identifiant} » n'est pas dans {self.url}"
        return trouve

    def a(self, identifiant: str) -> bool:
        return par_id(self.document, identifiant) is not None

    def texte(self, expression: str = "//main", *, js: bool | None = True) -> str:
        """Give the visible text of the first element found, with plain spaces and quotes."""
        [premier, *_] = self.tous(expression, js=js)
        return texte(premier, js=js)

    def phrases(self, expression: str = "//main") -> list[str]:
        """Give the visible text block by block, as it is typeset."""
        return [phrase for element in self.tous(expression) for phrase in phrases(element, js=True)]

    @property
    def h1(self) -> str:
        [titre] = [h for h in self.tous("//h1") if exposee(h)]
        return texte(titre)

    @property
    def succes(self) -> list[str]:
        """The messages of success at the top right."""
        return self._messages("toasts")

    @property
    def alertes(self) -> list[str]:
        """The messages of failure at the top right."""
        return self._messages("alertes")

    @property
    def refus(self) -> list[str]:
        """What is refused, above the form: its title, what explains it, then its items."""
        liste = "//*[@id='refus']"
        return [texte(e) for e in self.tous(f"{liste}//h2|{liste}//p|{liste}//li")]

    @property
    def enregistree(self) -> str:
        """What stands beside the buttons once the form is saved: when, and at which status."""
        return " ".join(texte(p) for p in self.tous("//*[@id='enregistree']/p[@class='enregistree-dite']"))

    @property
    def onglet(self) -> str:
        """The title of the tab."""
        return plat(self.document.findtext("head/title") or "")

    def _messages(self, zone: str) -> list[str]:
        return [texte(p) for p in self.tous(f"//*[@id='{zone}']//*[@class='message-texte']/p[1]")]

    def commande(self, nom: str, *, js: bool = True, dans: str = "") -> Element:
        """Give the one button or link of this name that can be used."""
        trouves = [e for e in self.tous(f"{dans}//button|{dans}//a[@href]", js=js) if nom_accessible(e) == nom]
        assert len(trouves) == 1, f"{len(trouves)} commande(s) « {nom} » dans {self.url}"
        return trouves[0]

    def commandes(self, dans: str = "//main", *, js: bool = True) -> list[str]:
        """Give the names of the buttons and links, in order."""
        return [nom_accessible(e) for e in self.tous(f"{dans}//button|{dans}//a[@href]", js=js)]

    def lien(self, nom: str) -> str:
        """Give the address of a link by its name."""
        adresse = self.commande(nom).get("href")
        assert adresse is not None, f"« {nom} » n'est pas un lien"
        return str(adresse)

    def champ(self, libelle: str) -> Element:
        """Give the field of this label."""
        trouves = [e for e in self.tous("//input|//select|//textarea") if nom_accessible(e) == libelle]
        assert len(trouves) == 1, f"{len(trouves)} champ(s) « {libelle} » dans {self.url}"
        return trouves[0]

    def valeur(self, nom: str) -> str:
        """Give what the page sends under a name: the same from each of its forms that has it."""
        trouves = [c for c in self.tous(f"//main//*[@name='{nom}']") if c.get("type") != "radio"]
        [valeur] = {lecture_html.valeur(c) for c in trouves}
        return valeur

    def remplir(self, formulaire: Element, champs: Mapping[str, str], *, js: bool) -> None:
        """Type in the fields of a form; a choice is made by its value."""
        for nom, voulue in champs.items():
            trouves = controles(formulaire, nom, js=js)
            radios = [c for c in trouves if c.get("type") == "radio"]
            if radios:
                self.cocher(formulaire, nom, voulue)
                continue
            assert len(trouves) == 1, f"{len(trouves)} champ(s) « {nom} »"
            assert trouves[0].get("type") != "hidden", f"« {nom} » ne se saisit pas"
            poser(trouves[0], voulue)
        self.saisies |= frozenset(plat(t) for t in champs.values()) | frozenset(champs.values())

    def cocher(self, formulaire: Element, nom: str, voulue: str) -> Element:
        """Choose a radio button; gives it."""
        radios = [c for c in controles(formulaire, nom, js=True) if c.get("type") == "radio"]
        [choisi] = [r for r in radios if r.get("value") == voulue]
        assert "disabled" not in choisi.attrib, f"« {voulue} » ne peut pas être choisi"
        for radio in radios:
            radio.attrib.pop("checked", "")
        choisi.set("checked", "")
        return choisi
