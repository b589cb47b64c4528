"""What all screens have in common: titles, buttons, links, fields, choices, messages."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from steps.ecrans.textes import debut, motif
from steps.gherkin.typographie import aplanir, dire
from steps.navigateur.ecart import Ecart, cites, ou_dire
from steps.navigateur.pilote import Pilote

# A message stands at the top right when its middle is right of the middle, and its top in the first third.
_MOITIE, _TIERS = 1 / 2, 1 / 3
_COTES = {True: "à droite", False: "à gauche"}


class EcranPage:
    """Any page of the product."""

    def __init__(self, pilote: Pilote) -> None:
        self.pilote = pilote

    @property
    def page(self) -> Page:
        """The page the person looks at."""
        return self.pilote.page

    # ------------------------------------------------------------------ where things stand

    def bouton(self, nom: str) -> Locator:
        """A button by its name."""
        return self.page.get_by_role("button", name=motif(nom)).filter(visible=True)

    def lien(self, nom: str) -> Locator:
        """A link by its name; what is only said to a screen reader may follow it."""
        return self.page.get_by_role("link", name=debut(nom)).filter(visible=True)

    def bouton_ou_lien(self, nom: str) -> Locator:
        """A thing to click on, by its exact name."""
        lien = self.page.get_by_role("link", name=motif(nom))
        return self.page.get_by_role("button", name=motif(nom)).or_(lien).filter(visible=True)

    def champ(self, nom: str) -> Locator:
        """A field to write in, or a list to choose from, by its label."""
        saisie = self.page.get_by_role("textbox", name=motif(nom)).or_(
            self.page.get_by_role("searchbox", name=motif(nom))
        )
        return saisie.or_(self.liste(nom)).filter(visible=True)

    def liste(self, nom: str) -> Locator:
        """A list to choose from, by its label."""
        return self.page.get_by_role("combobox", name=motif(nom))

    @staticmethod
    def voir_ces_lignes(presentes: Locator, lignes: Sequence[str]) -> None:
        """Among what a part of the page says, line by line, each of these is to be read."""
        for ligne in lignes:
            with ou_dire(cites([ligne], "rien"), lambda: cites(presentes.all_inner_texts(), "rien")):
                expect(presentes.filter(has_text=motif(ligne, entier=False)).first).to_be_visible()

    def choix(self, nom: str) -> Locator:
        """A radio button, or a box to tick, by its label."""
        return self.page.get_by_role("radio", name=motif(nom)).or_(self.page.get_by_role("checkbox", name=motif(nom)))

    def groupe(self, nom: str) -> Locator:
        """A group of radio buttons by its question."""
        return self.page.get_by_role("group", name=motif(nom)).or_(self.page.get_by_role("radiogroup", name=motif(nom)))

    def region(self, nom: str) -> Locator:
        """A part of the page by its name."""
        return self.page.get_by_role("region", name=motif(nom))

    def question(self, nom: str) -> Locator:
        """A question that is asked before going on."""
        return self.page.get_by_role("dialog", name=motif(nom))

    def message(self, texte: str) -> Locator:
        """A message of success, by a part of its text."""
        return self.page.get_by_role("status").get_by_text(motif(texte, entier=False))

    def alerte(self, texte: str) -> Locator:
        """An alert, by a part of its text."""
        return self.page.get_by_role("alert").get_by_text(motif(texte, entier=False))

    def texte(self, texte: str) -> Locator:
        """A text shown anywhere, by a part of it."""
        return self.page.get_by_text(motif(texte, entier=False)).filter(visible=True)

    # ------------------------------------------------------------------ gestures

    def cliquer(self, nom: str) -> None:
        """Click on a button or a link."""
        self.pilote.cliquer(self.bouton_ou_lien(nom), nom)

    def ouvrir_le_repli(self, titre: str) -> None:
        """Open what is folded under a title, or fold it."""
        self.pilote.cliquer(self.page.locator("summary").filter(has_text=motif(titre)).filter(visible=True), titre)

    def cliquer_dans_le_menu(self, nom: str) -> None:
        """Click on a link of the main menu."""
        menu = self.page.get_by_role("navigation", name=motif("Navigation principale"))
        self.pilote.cliquer(menu.get_by_role("link", name=motif(nom)), nom)

    def double_cliquer(self, nom: str) -> None:
        """Click twice in a row on a button."""
        self.pilote.double_cliquer(self.bouton(nom), nom)

    def insister(self, nom: str) -> None:
        """Click on an inactive button all the same."""
        self.pilote.insister(self.bouton(nom), nom)

    def selectionner(self, nom: str) -> None:
        """Choose a radio button, or tick a box."""
        self.pilote.cocher(self.choix(nom), nom)

    def saisir(self, texte: str, champ: str) -> None:
        """Write a text in a field, in place of what it holds."""
        self.pilote.saisir(self.champ(champ), texte, champ)

    def remplacer(self, avant: str, apres: str, champ: str) -> None:
        """Write what a field holds again, with some words in the place of others wherever they are."""
        tenu = aplanir(self.champ(champ).input_value())
        assert avant in tenu, dire("« {champ} » ne contient pas « {avant} »", champ=champ, avant=avant)
        self.saisir(tenu.replace(avant, apres), champ)

    def choisir(self, option: str, champ: str) -> None:
        """Choose a line of a list, however it is typeset there."""
        lignes = self.liste(champ).get_by_role("option", name=motif(option))
        if not lignes.count():
            self.pilote.attendre_le_calme()
        if not lignes.count() and self.liste(champ).count():
            proposees = self.liste(champ).get_by_role("option").all_inner_texts()
            attendu = dire("« {option} » dans la liste « {champ} »", option=option, champ=champ)
            raise Ecart(attendu, cites(proposees, "une liste vide"))
        voulue = (lignes.first.text_content() or "").strip() if lignes.count() else option
        self.pilote.choisir(self.liste(champ), voulue, champ)

    def vider(self, champ: str) -> None:
        """Leave a field empty, or a list without a choice."""
        if self.liste(champ).count():
            self.pilote.vider_liste(self.liste(champ), champ)
        else:
            self.saisir("", champ)

    # ------------------------------------------------------------------ what is seen

    def voir_titre_de_page(self, titre: str) -> None:
        """The page is the one of that title."""
        expect(self.page.get_by_role("heading", level=1, name=motif(titre))).to_be_visible()

    def voir_titre(self, titre: str) -> None:
        """A title of any level is shown."""
        expect(self.page.get_by_role("heading", name=motif(titre))).to_be_visible()

    def voir_partie(self, nom: str) -> None:
        """A titled part of the page is shown: a group of choices, a region, or what stands under that title."""
        titre = self.page.get_by_role("heading", name=motif(nom))
        partie = self.groupe(nom).or_(self.region(nom)).or_(titre).first
        expect(partie).to_be_visible()
        self.pilote.montrer(partie, nom)

    def lire(self, texte: str) -> None:
        """A text is shown somewhere."""
        expect(self.texte(texte).first).to_be_visible()

    def ne_plus_lire(self, texte: str) -> None:
        """A text is shown nowhere, or no more."""
        expect(self.texte(texte)).to_have_count(0)

    def voir_onglet(self, texte: str) -> None:
        """The tab has a title that begins so."""
        expect(self.page).to_have_title(debut(texte))

    def ne_pas_voir_dans_l_onglet(self, texte: str) -> None:
        """The title of the tab does not say this, once the page is at rest."""
        self.pilote.attendre_le_calme()
        expect(self.page).not_to_have_title(motif(texte, entier=False))

    def ne_lire_nulle_part(self, texte: str) -> None:
        """A text stands nowhere in what the page is made of, title and hidden parts included."""
        contenu = aplanir(self.page.title() + self.page.content())
        assert aplanir(texte) not in contenu, dire("« {texte} » se trouve dans la page", texte=texte)

    def voir_message(self, texte: str) -> None:
        """A message of success is shown."""
        message = self.message(texte).first
        expect(message).to_be_visible()
        self.pilote.montrer(message, texte)

    def voir_alerte(self, texte: str) -> None:
        """An alert is shown."""
        alerte = self.alerte(texte).first
        expect(alerte).to_be_visible()
        self.pilote.montrer(alerte, texte)

    def ne_voir_aucun_message(self, texte: str) -> None:
        """No message of success says this, once the page is at rest."""
        self.pilote.attendre_le_calme()
        expect(self.message(texte)).to_have_count(0)

    def voir_en_haut_a_droite(self, role: str) -> None:
        """What is announced stands at the top right of the window."""
        annonce = self.page.get_by_role("status" if role == "status" else "alert").get_by_role("paragraph").first
        expect(annonce).to_be_in_viewport()
        boite, fenetre = annonce.bounding_box(), self.page.viewport_size
        assert boite is not None
        assert fenetre is not None
        a_droite = boite["x"] + boite["width"] / 2 > fenetre["width"] * _MOITIE
        en_haut = boite["y"] < fenetre["height"] * _TIERS
        if not (a_droite and en_haut):
            ici = dire("{haut}, {cote}", haut="en haut" if en_haut else "plus bas", cote=_COTES[a_droite])
            texte = cites([annonce.inner_text()], "un texte vide")
            raise Ecart(dire("{texte} en haut à droite de l'écran", texte=texte), ici)

    def voir_question(self, titre: str) -> None:
        """A question is asked."""
        expect(self.question(titre)).to_be_visible()

    def ne_plus_voir_question(self, titre: str) -> None:
        """A question is asked no more, once the page is at rest."""
        self.pilote.attendre_le_calme()
        expect(self.question(titre)).to_have_count(0)

    def voir_bouton_actif(self, nom: str) -> None:
        """A button can be pressed."""
        self.pilote.attendre_la_suite()
        expect(self.bouton(nom)).to_be_enabled()
        self.pilote.montrer(self.bouton(nom), nom)

    def voir_bouton_inactif(self, nom: str) -> None:
        """A button is shown and cannot be pressed."""
        self.pilote.attendre_la_suite()
        expect(self.bouton(nom)).to_be_disabled()
        self.pilote.montrer(self.bouton(nom), nom)

    def voir_lien(self, nom: str) -> None:
        """A link is proposed."""
        expect(self.lien(nom)).to_be_visible()

    def ne_voir_ni_bouton_ni_lien(self, nom: str) -> None:
        """Neither a button nor a link of this name is proposed, once the page is at rest."""
        self.pilote.attendre_le_calme()
        bouton = self.page.get_by_role("button", name=debut(nom))
        expect(bouton.or_(self.page.get_by_role("link", name=debut(nom))).filter(visible=True)).to_have_count(0)

    def voir_choix(self, groupe: str, attendus: Sequence[str]) -> None:
        """A question proposes these answers, no other, in this order."""
        boutons = self.groupe(groupe).get_by_role("radio")
        attendu = dire("« {groupe} » propose {choix}", groupe=groupe, choix=cites(attendus, "rien"))
        with ou_dire(attendu, lambda: self._proposes(groupe)):
            expect(boutons).to_have_count(len(attendus))
            for rang, nom in enumerate(attendus):
                expect(boutons.nth(rang)).to_have_accessible_name(motif(nom))

    def voir_un_choix(self, groupe: str, nom: str) -> None:
        """A question proposes this answer among others."""
        attendu = dire("« {groupe} » propose « {nom} »", groupe=groupe, nom=nom)
        with ou_dire(attendu, lambda: self._proposes(groupe)):
            expect(self.groupe(groupe).get_by_role("radio", name=motif(nom))).to_be_visible()

    def ne_pas_voir_un_choix(self, groupe: str, nom: str) -> None:
        """A question is asked and does not propose this answer."""
        expect(self.groupe(groupe)).to_be_visible()
        expect(self.groupe(groupe).get_by_role("radio", name=motif(nom))).to_have_count(0)

    def voir_selection(self, nom: str) -> None:
        """A radio button is the one chosen."""
        expect(self.choix(nom)).to_be_checked()

    def voir_options(self, champ: str, attendues: Sequence[str]) -> None:
        """A list proposes these lines in this order, after the one that invites to choose."""
        options = self.liste(champ).get_by_role("option")
        expect(options).to_have_text([motif(self._invite(champ)), *map(motif, attendues)])

    def voir_option(self, champ: str, attendue: str) -> None:
        """A list has this line chosen."""
        liste = self.liste(champ)
        expect(liste).to_be_visible()
        choisie = liste.evaluate("liste => liste.selectedOptions[0]?.label ?? ''")
        if not motif(attendue).match(choisie):
            attendu = dire("liste « {champ} » : « {attendue} »", champ=champ, attendue=attendue)
            raise Ecart(attendu, cites([choisie], "aucune ligne choisie"))

    def voir_valeur(self, champ: str, valeur: str) -> None:
        """A field holds this text, exactly."""
        expect(self.champ(champ)).to_have_value(valeur)

    def voir_valeurs(self, valeurs: Sequence[tuple[str, str]]) -> None:
        """Each of these fields holds its text, typography aside."""
        for champ, valeur in valeurs:
            expect(self.champ(champ)).to_have_value(motif(valeur))
            self.pilote.montrer(self.champ(champ), champ)

    def voir_longueur(self, champ: str, nombre: int) -> None:
        """A field holds that many characters."""
        lu = len(self.champ(champ).input_value())
        if lu != nombre:
            attendu = dire("champ « {champ} » : {nombre} caractères", champ=champ, nombre=nombre)
            raise Ecart(attendu, dire("{lu} caractères", lu=lu))

    def voir_invite(self, champ: str, invite: str) -> None:
        """An empty field says what it expects."""
        attendu = dire("le champ « {champ} » invite à « {invite} »", champ=champ, invite=invite)
        with ou_dire(attendu, lambda: cites([self.champ(champ).get_attribute("placeholder") or ""], "aucune invite")):
            expect(self.champ(champ)).to_have_attribute("placeholder", motif(invite))

    def lire_sous(self, champ: str, texte: str) -> None:
        """A text belongs to a field, for the eyes and for a screen reader alike."""
        self.pilote.attendre_la_suite()
        expect(self.champ(champ), texte).to_have_accessible_description(motif(texte, entier=False))
        visible = self.champ(champ).evaluate(
            "champ => (champ.getAttribute('aria-describedby') ?? '').split(/\\s+/)"
            ".map((id) => document.getElementById(id)?.innerText ?? '').join(' ')"
        )
        if not motif(texte, entier=False).search(visible):
            attendu = dire("sous le champ « {champ} » : « {texte} »", champ=champ, texte=texte)
            raise Ecart(attendu, cites([visible], "rien de visible"))

    def ne_plus_lire_sous(self, champ: str, texte: str) -> None:
        """A text belongs to a field no more."""
        self.pilote.attendre_la_suite()
        expect(self.champ(champ), texte).not_to_have_accessible_description(motif(texte, entier=False))

    def voir_clavier_dans(self, champ: str) -> None:
        """What is typed would go into this field."""
        expect(self.champ(champ)).to_be_focused()

    def voir_clavier_sur(self, nom: str) -> None:
        """The keyboard acts on this button or link."""
        expect(self.bouton_ou_lien(nom)).to_be_focused()

    def voir_champ_attendre(self, nom: str) -> None:
        """What is typed goes into this field, and it can be seen."""
        expect(self.champ(nom)).to_be_focused()
        expect(self.champ(nom)).to_be_in_viewport()

    def voir_boutons_alignes(self, noms: Sequence[str]) -> None:
        """These buttons stand from left to right."""
        positions: list[float] = []
        for nom in noms:
            expect(self.bouton(nom)).to_be_visible()
            boite = self.bouton(nom).bounding_box()
            assert boite is not None
            positions.append(boite["x"])
        if positions != sorted(positions):
            lus = [nom for _, nom in sorted(zip(positions, noms, strict=True))]
            raise Ecart(dire("de gauche à droite : {noms}", noms=cites(noms, "rien")), cites(lus, "rien"))

    def voir_sans_debordement(self) -> None:
        """Nothing goes beyond the width of the window."""
        self.pilote.attendre_le_calme()
        largeurs = self.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert largeurs[0] <= largeurs[1], dire(
            "la page fait {0} points de large pour {1}".replace("{0}", str(largeurs[0])).replace(
                "{1}", str(largeurs[1])
            )
        )

    def _proposes(self, groupe: str) -> str:
        """Say what a question proposes."""
        if not self.groupe(groupe).count():
            return dire("la question n'est pas sur la page")
        return cites(map(_nom_d_un_choix, self.groupe(groupe).get_by_role("radio").all()), "aucune réponse")

    def _invite(self, champ: str) -> str:
        """Give the first line of a list, the one that chooses nothing."""
        premiere = self.liste(champ).get_by_role("option").first
        expect(premiere).to_have_attribute("value", "")
        return premiere.inner_text()


def _nom_d_un_choix(bouton: Locator) -> str:
    return str(bouton.evaluate("bouton => bouton.labels[0]?.innerText ?? bouton.ariaLabel ?? ''"))
