"""The guided tour, and somebody who follows it: she reads what it shows, looks at what it lights, and does that."""

import time

from playwright.sync_api import ElementHandle, Locator, expect

from steps.ecrans.page import EcranPage
from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import aplanir, dire, plier
from steps.navigateur.delais import DELAIS

GESTES_AU_PLUS = 60
PATIENCE = 20_000
"""Milliseconds left to a gesture to have its effect: a file is made in one of them."""
DE_SUITE = 2_000
"""Milliseconds in which what is to be done comes in view by itself."""
PAUSE = 60
FINIE = "La visite est finie"
TABULATIONS = 200
_LIRE = "Lisez"
_ECRIRE = "Remplissez"
_CHOISIR = "Choisissez dans la liste"

_LU = """() => {
  const panneau = document.getElementById("visite-panneau");
  const dit = (nom) => {
    const noeud = panneau?.querySelector(`[data-visite="${nom}"]`);
    return noeud?.checkVisibility() ? noeud.innerText.trim() : "";
  };
  return panneau ? { demande: dit("demande"), exemple: dit("exemple"), fin: dit("fin"), etat: panneau.dataset.etat,
    rang: panneau.querySelector("progress").value } : null;
}"""
_ECLAIRE = """() => {
  const halo = document.getElementById("visite-halo");
  if (!halo || halo.hidden) return null;
  const { left, top, width, height } = halo.getBoundingClientRect();
  const la = (x) => document.elementFromPoint(left + x, top + height / 2);
  const agit = "input, select, textarea, button, a, summary, label";
  // A thing that is lit may be wider than what is pressed in it: it is looked at from its left.
  for (const x of [width / 2, 18, 40, width / 4]) { const trouve = la(x)?.closest(agit); if (trouve) return trouve; }
  return la(width / 2);
}"""
_IMMOBILE = """() => new Promise((voir) => {
  let avant = "", calmes = 0;
  const regarder = (fois) => {
    const { left, top } = document.getElementById("visite-halo")?.getBoundingClientRect() ?? {};
    const ou = `${left} ${top} ${scrollY}`;
    calmes = ou === avant ? calmes + 1 : 0;
    avant = ou;
    if (calmes >= 6 || fois > 120) voir(); else requestAnimationFrame(() => regarder(fois + 1));
  };
  regarder(0);
})"""
"""A person acts on what is lit once the page has come to rest; `scrollY` still moves while it comes there smoothly."""
_CHAMP = "element => element.matches('label') ? element.control : element"
_EST_LA = "element => element === document.activeElement"
_MEME_NOM = "element => element.name && element.name === document.activeElement.name"


class EcranVisite(EcranPage):
    """The card of a guided tour, over any screen."""

    def panneau(self) -> Locator:
        """The card."""
        return self.page.get_by_role("region", name=debut("Visite guidée."))

    def commencer(self, guide: str) -> None:
        """Start a tour from « Mode d'emploi »."""
        self.pilote.ouvrir("/mode-d-emploi")
        nom = f"Montre-moi : {guide}"
        self.pilote.cliquer(self.page.get_by_role("link", name=motif(nom)), nom)
        expect(self.panneau()).to_be_visible()

    def presser(self, nom: str) -> None:
        """Press a button of the card."""
        self.pilote.cliquer(self.panneau().get_by_role("button", name=motif(nom)), nom)

    def suivre(self, jusqu_a: str = FINIE) -> None:
        """Do what the tour asks, one gesture after the other, until it asks for this; to its end by default."""
        for _ in range(GESTES_AU_PLUS):
            lu = self._lire()
            if aplanir(jusqu_a) in aplanir(lu["demande"] + lu["fin"]):
                return
            self._faire(lu)
            self._attendre_la_suite(lu)
        raise AssertionError(dire("la visite n'en vient pas à « {jusqu_a} »", jusqu_a=jusqu_a))

    def voir_demande(self, demande: str) -> None:
        """The tour asks for this."""
        expect(self.panneau().get_by_text(motif(demande))).to_be_visible()

    def voir_exemple(self, exemple: str) -> None:
        """The tour gives this as an example."""
        expect(self.panneau().get_by_text(motif(f"Par exemple : {exemple}"))).to_be_visible()

    def voir_eclaire(self, nom: str) -> None:
        """What is lit has this name, and stands clear of the card."""
        self.pilote.attendre_le_calme()
        expect(self.panneau()).to_be_visible()
        fin = time.monotonic() + DELAIS.ms(5_000) / 1000
        while plier(lu := self._nom_de_ce_qui_est_eclaire()) != plier(nom) and time.monotonic() < fin:
            self.page.wait_for_timeout(PAUSE)
        assert plier(lu) == plier(nom), dire("est éclairé « {lu} », non « {nom} »", lu=lu, nom=nom)

    def voir_etat(self, texte: str) -> None:
        """The card says this of where one stands."""
        expect(self.panneau().get_by_text(motif(texte, entier=False)).filter(visible=True)).to_be_visible()

    def voir_finie(self) -> None:
        """The tour is over."""
        expect(self.panneau().get_by_text(motif(FINIE, entier=False))).to_be_visible()

    def ne_voir_aucune_visite(self) -> None:
        """No tour is under way."""
        self.pilote.attendre_le_calme()
        expect(self.panneau()).to_have_count(0)

    def _lire(self) -> dict[str, str]:
        fin = time.monotonic() + DELAIS.ms(PATIENCE) / 1000
        hors_de_vue = fin - DELAIS.ms(PATIENCE - DE_SUITE) / 1000
        while time.monotonic() < fin:
            self.pilote.attendre_le_calme()
            lu: dict[str, str] | None = self.page.evaluate(_LU)
            if lu is not None and (
                lu["fin"] or (lu["etat"] not in {"ailleurs", "absent", "inactif"} and self._eclaire())
            ):
                return lu
            montrer = self.panneau().get_by_role("button", name=motif("Montrer"))
            if time.monotonic() > hors_de_vue and montrer.is_visible():
                # The page does not move from under who writes elsewhere: one asks to be shown.
                self.pilote.cliquer(montrer, "Montrer")
                hors_de_vue = fin
            self.page.wait_for_timeout(PAUSE)
        raise AssertionError(dire("la visite n'éclaire rien : {lu}", lu=self.page.evaluate(_LU)))

    def _eclaire(self) -> ElementHandle | None:
        self.page.evaluate(_IMMOBILE)
        return self.page.evaluate_handle(_ECLAIRE).as_element()

    def _nom_de_ce_qui_est_eclaire(self) -> str:
        eclaire = self._eclaire()
        if eclaire is None:
            return ""
        dit = "e => (e.labels?.length ? e.labels[0] : e).textContent.replace(/\\s+/g, ' ').trim()"
        return str(eclaire.evaluate(dit))

    def _faire(self, lu: dict[str, str]) -> None:
        """Do what is asked, on what is lit; what is done already is gone on with."""
        ecrit = lu["demande"].startswith(_ECRIRE)
        if lu["demande"].startswith(_LIRE) or (lu["etat"] == "deja" and not ecrit):
            self.presser("Continuer")
            return
        eclaire = self._eclaire()
        assert eclaire is not None, lu
        champ = eclaire.evaluate_handle(_CHAMP).as_element() or eclaire
        if ecrit:
            self._rejoindre(champ)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(lu["exemple"])
            self.page.keyboard.press("Tab")
        elif lu["demande"].startswith(_CHOISIR):
            self._rejoindre(champ)
            lignes = champ.evaluate("liste => [...liste.options].map((ligne) => ligne.label)")
            voulue = next((un for un in lignes if plier(un) == plier(lu["exemple"])), lignes[-1])
            champ.select_option(label=voulue)
        elif self.pilote.main.clavier:
            self._rejoindre(champ)
            self.page.keyboard.press("Space" if champ.evaluate("e => e.matches('input')") else "Enter")
        elif self.pilote.main.tactile:
            champ.tap()
        else:
            champ.click()

    def _rejoindre(self, champ: ElementHandle) -> None:
        """Come to a field, by a press or by the Tab key alone."""
        if not self.pilote.main.clavier:
            champ.click()
            return
        for _ in range(TABULATIONS):
            if champ.evaluate(_EST_LA):
                return
            if champ.evaluate(_MEME_NOM):
                self.page.keyboard.press("ArrowDown")
                self.pilote.attendre_le_calme()
            else:
                self.page.keyboard.press("Tab")
        raise AssertionError(dire("ce que la visite éclaire ne se rejoint pas avec la touche de tabulation"))

    def _attendre_la_suite(self, avant: dict[str, str]) -> None:
        """Wait until the tour says something else; one that does not is of no help to who knows nothing more."""
        fin = time.monotonic() + DELAIS.ms(PATIENCE) / 1000
        while time.monotonic() < fin:
            self.pilote.attendre_le_calme()
            lu = self.page.evaluate(_LU)
            if lu is not None and (lu["rang"], lu["fin"]) != (avant["rang"], avant["fin"]):
                return
            self.page.wait_for_timeout(PAUSE)
        message = "après « {demande} », la visite ne va pas plus loin ({etat})"
        raise AssertionError(dire(message, **{**avant, **(self.page.evaluate(_LU) or {})}))
