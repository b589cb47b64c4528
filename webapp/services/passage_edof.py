"""Formations of the portal's file brought into a catalogue, within one transaction: compared, judged, written.

A preview does just that, and is undone: what it says is what an import does. Objects meet by their numbers at each
level; what the file does not say is not changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid5

from lxml import etree
from sqlalchemy import Connection

from webapp.domain.champs import Niveau
from webapp.domain.champs_action import DUREE
from webapp.domain.comptes import Organisme
from webapp.domain.deductions import deduire
from webapp.domain.fiche import FicheFormation
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation
from webapp.domain.imports import Apercu, Difference, Offre, Sort, Trace
from webapp.domain.noeud import Entree, Noeud
from webapp.domain.regles import Contexte
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire, pluriel
from webapp.domain.types_formation import REGLES, regle_de
from webapp.edof.canonique import canonique, differences, identiques, meme_nombre, pareils
from webapp.edof.comparaison import Comparaison, comparer
from webapp.edof.ecriture import en_element
from webapp.edof.lecture import Remarque, lire_formation
from webapp.edof.objets import Objet
from webapp.edof.ordre import CERTIFICATION, SIRET
from webapp.edof.passage import Entourage, fiche_formation, objet_de, sans_champ
from webapp.edof.regroupement import decaler, regrouper
from webapp.edof.reprise import retenir
from webapp.edof.retour import a_notre_facon
from webapp.persistence import formations, imports_edof, traces_edof
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import autour, catalogue, registre
from webapp.services import passage_mots as mots
from webapp.services.annuaire_importe import AnnuaireImporte, entrees_de
from webapp.services.passage_ecrits import Ecrits, Passe, Titulaires
from webapp.services.passage_noeuds import UnNiveau

PERTES_DITES = 200
"""What does not come back of one formation is named up to so many; beyond, they are counted."""


@dataclass(frozen=True)
class Alentour:
    """What formations are brought in among: the contacts and places of the organisation, and what judges share."""

    entrees: Sequence[Entree]
    habituel: Contexte

    @classmethod
    def lire(cls, cnx: Connection, acte: Acte) -> "Alentour":
        """Read it, as this transaction sees it."""
        return cls(entrees_de(cnx, acte.organisme.id), autour.habituel(cnx, acte.organisme, acte.le))


@dataclass
class Passage:
    """Brings formations of one file into a catalogue. Made for one transaction.

    `alentour`: what the organisation has, read once for several of these where nothing written comes between.
    `vae`: of the catégorisations that those already passed have taken or freed, who has each (None: nobody); a preview
    has written none of it. `en_pertes`: whether what an export will
    not give back is looked for. `faites`: the contacts and places that were made.
    """

    cnx: Connection
    acte: Acte
    tache_id: UUID
    alentour: Alentour
    vae: Titulaires
    en_pertes: bool
    faites: list[Entree] = field(default_factory=list)
    annuaire: AnnuaireImporte = field(init=False)
    communs: Contexte = field(init=False)

    def __post_init__(self) -> None:
        """Take up what all formations share."""
        self.annuaire = AnnuaireImporte(self.cnx, self.acte, self.tache_id, self.alentour.entrees)
        habituel = self.alentour.habituel
        self.communs = replace(habituel, contacts=self.annuaire.contacts, lieux=self.annuaire.lieux)

    @property
    def organisme(self) -> Organisme:
        """The organisation whose catalogue this is."""
        return self.acte.organisme

    def passer(self, offres: Sequence[Offre]) -> list[tuple[Passe, ...]]:
        """Bring these formations in, and say of each what became of all that it holds, itself first."""
        org = self.organisme.id
        cles = [offre.cle for offre in offres]
        siennes = formations.par_cles(self.cnx, org, cles)
        premieres = imports_edof.premieres_des_cles(self.cnx, org, self.tache_id, cles)
        multiples = [o.cle for o in offres if o.cle and premieres[o.cle][0] == o.rang and premieres[o.cle][1] > 1]
        suites = imports_edof.suites(self.cnx, org, self.tache_id, multiples)
        ids = [formation.id for formation in siennes.values()]
        actions = ACTIONS.des_formations(self.cnx, org, ids) if ids else {}
        sessions = SESSIONS.des_formations(self.cnx, org, ids) if actions else {}
        traces = traces_edof.des_formations(self.cnx, org, ids)
        entourage = Entourage(self.organisme.siret, self.annuaire.contacts, self.annuaire.lieux, traces)
        ecrits = Ecrits(self.cnx, org, traces)
        passees: list[tuple[Passe, ...]] = []
        for offre in offres:
            if offre.cle and premieres[offre.cle][0] != offre.rang:
                # All that the file says of it was told with the first.
                passees.append(())
                continue
            formation = siennes.get(offre.cle)
            nos_actions = [] if formation is None else actions.get(formation.id, [])
            suite = suites.get(offre.cle, [])
            une = UneFormation(self, offre, suite, formation, nos_actions, sessions, entourage, ecrits)
            passees.append(une.passer())
        self.faites += self.annuaire.ecrire(ecrits.cites())
        ecrits.ecrire()
        return passees


@dataclass
class UneFormation:
    """One formation of a file, with all that it holds, beside ours. `suite`: what the file says of its number below."""

    passage: Passage
    offre: Offre
    suite: Sequence[Offre]
    actuelle: Formation | None
    actions: Sequence[Noeud]
    sessions: Mapping[UUID, Sequence[Noeud]]
    entourage: Entourage
    ecrits: Ecrits
    nom: str = ""
    contexte: Contexte = field(init=False)
    apres: dict[UUID, Noeud] = field(default_factory=dict)
    dites: dict[int, tuple[Remarque, ...]] = field(default_factory=dict)
    refuses: int = 0

    def passer(self) -> tuple[Passe, ...]:
        """Bring it in, and say what became of it and of all that it holds."""
        remarques: list[Remarque] = []
        elements = [etree.fromstring(self.offre.xml)]
        lu = lire_formation(elements[0], remarques)
        self.nom = mots.numero(lu)
        remarques += [*mots.mal_lues(self.offre.xml, lu), *mots.invisibles(self.offre.xml, lu)]
        lu, ecartes = self._regrouper(lu, elements, remarques)
        passes = self._passer(lu, elements, remarques)
        return (*passes, *(passe for ecarte in ecartes for passe in self.refuser(ecarte, mots.DIT_AUTREMENT, self.nom)))

    def _passer(self, lu: Objet, elements: Sequence[etree._Element], remarques: list[Remarque]) -> list[Passe]:
        raison = self._refus(lu)
        if raison:
            return list(self.refuser(lu, raison, self.nom, remarques))
        notre = None
        if self.actuelle is not None:
            notre = objet_de(self.actuelle, self.actions, self.sessions, self.entourage)
        repris = self._reprendre(a_notre_facon(lu, notre))
        comparee = comparer(repris, notre)
        try:
            formation, passe = self._formation(comparee, (*self.dites[id(repris)], *remarques))
        except FicheRefusee as refus:
            return list(self.refuser(lu, mots.raisons(refus.diagnostic, lu.niveau), self.nom, remarques))
        passes = [passe, *self._actions(comparee, formation)]
        if self.passage.en_pertes and (pertes := self._pertes(elements, formation)):
            passes[0] = replace(passe, apercu=replace(passe.apercu, pertes=pertes))
        return passes

    def _regrouper(
        self, lu: Objet, elements: list[etree._Element], remarques: list[Remarque]
    ) -> tuple[Objet, list[Objet]]:
        """Bring together what a file gives in several pieces; and give the pieces that say something else of it.

        Their elements, and what is to be told of them, are added.
        """
        ecartes, lignes = [], [self.offre.ligne]
        for piece in self.suite:
            element, dites = etree.fromstring(piece.xml), list[Remarque]()
            plus_bas = piece.ligne - self.offre.ligne
            seule = lire_formation(element, dites)
            dites += [*mots.mal_lues(piece.xml, seule), *mots.invisibles(piece.xml, seule)]
            suite = decaler(seule, plus_bas)
            uni = regrouper(lu, suite)
            if uni is None:
                ecartes.append(suite)
                continue
            lu = uni
            elements.append(element)
            lignes.append(piece.ligne)
            deja = {(une.nom, une.raison) for une in remarques}
            remarques += [replace(r, ligne=r.ligne + plus_bas) for r in dites if (r.nom, r.raison) not in deja]
        if len(lignes) > 1:
            remarques.insert(0, mots.regroupee(lu, lignes))
        return lu, ecartes

    def _reprendre(self, lu: Objet) -> Objet:
        """Give an object and all that it holds, without the codes that nobody knows, of which note is taken."""
        if lu.enfants:
            lu = replace(lu, enfants=tuple([self._reprendre(enfant) for enfant in lu.enfants]))
        repris, dites = retenir(lu)
        self.dites[id(repris)] = dites
        return repris

    def _refus(self, lu: Objet) -> str:
        if not self.offre.cle:
            return mots.SANS_NUMERO
        if SIRET not in lu.valeurs:
            return mots.SANS_SIRET
        if self.actuelle is not None and self.actuelle.statut is Statut.ARCHIVEE:
            return mots.ARCHIVE
        return self._refus_du_code(lu)

    def _refus_du_code(self, lu: Objet) -> str:
        code = lu.valeurs.get(CERTIFICATION, "")
        if not code and (self.actuelle is None or CERTIFICATION.nom in lu.lignes):
            return mots.SANS_CERTIFICATION
        if "\n" in code:
            return dire(mots.PLUSIEURS, codes=", ".join(code.splitlines()))
        if code and registre.certification(self.passage.cnx, code) is None:
            return dire(mots.INCONNUE, code=code)
        return ""

    def refuser(
        self, objet: Objet, raison: str, nom: str, remarques: Sequence[Remarque] = ()
    ) -> Iterator[Passe]:  # fmt: skip
        """Refuse an object, and with it all that it holds; each is named."""
        self.refuses += 1
        dites = tuple(mots.remarque(une, self._ligne(une.ligne)) for une in remarques)
        apercu = Apercu(
            objet.niveau, Sort.REFUSE, nom, self._ligne(objet.ligne), raisons=(raison,), remarques=dites,
            appel=mots.appel(objet),
        )  # fmt: skip
        yield Passe(apercu, uuid5(self.passage.tache_id, f"refus {self.offre.rang} {self.refuses}"), 0, 0)
        for enfant in objet.enfants:
            yield from self.refuser(enfant, mots.SOUS_REFUS[enfant.niveau], f"{nom} › {mots.numero(enfant)}")

    def _ligne(self, relative: int) -> int:
        """Give the line of the file that a line of this formation is."""
        return self.offre.ligne + relative - 1

    def _formation(self, comparee: Comparaison, remarques: Sequence[Remarque]) -> tuple[Formation, Passe]:
        acte, actuelle = self.passage.acte, self.actuelle
        fiche = self._fiche(comparee.resultat)
        deduits = deduire(fiche, [action.valeurs.get(DUREE, "") for action in comparee.resultat.enfants])
        fiche = fiche.avec(**{champ.nom: valeur for champ, valeur in deduits.items()})
        remarques = [*remarques, *(mots.deduit(champ, valeur, comparee.lu) for champ, valeur in deduits.items())]
        id_ = uuid5(self.passage.tache_id, f"formation {self.offre.rang}") if actuelle is None else actuelle.id
        # As many microseconds apart as they stand in the file: that is the order of the list.
        acte = replace(acte, maintenant=acte.maintenant - timedelta(microseconds=self.offre.rang))
        statut = ""
        raisons: tuple[str, ...] = ()
        apres = actuelle
        if actuelle is None or fiche != actuelle.fiche:
            version = 0 if actuelle is None else actuelle.version
            envoi = Envoi(id_, version, fiche)
            diagnostic = catalogue.diagnostiquer(
                self.passage.cnx, acte.organisme, envoi, acte.le, actuelle, titulaires=self.passage.vae
            )
            operation = Operation.VALIDER if diagnostic.validable else Operation.ENREGISTRER
            if actuelle is None:
                apres = Formation.nouvelle(acte, envoi, operation, diagnostic)
            else:
                apres = actuelle.soumettre(acte, fiche, operation, diagnostic)
            statut, raisons = apres.statut, mots.dites(diagnostic, Niveau.FORMATION)
        assert apres is not None  # noqa: S101 - either it was there, or it has just been made
        self._tenir_les_categorisations(apres)
        self.contexte = autour.de_la_formation(self.passage.cnx, self.passage.communs, fiche)
        self.ecrits.formations.append((actuelle, apres))
        trace = Trace(
            apres.version_saisie, self.offre.rang, comparee.lu.cree_le, comparee.lu.modifie_le,
            mots.reste(comparee), sans_champ(comparee.resultat, fiche),
        )  # fmt: skip
        passe = self.constater(comparee, actuelle, apres, trace, self.nom, (statut, raisons, remarques))
        return apres, passe

    def _fiche(self, resultat: Objet) -> FicheFormation:
        """Give the fiche that a formation will have. Its type is its own, while its certification allows that."""
        certification = registre.certification(self.passage.cnx, resultat.valeurs.get(CERTIFICATION, ""))
        assert certification is not None  # noqa: S101 - `_refus` comes before
        actuelle = self.actuelle
        if actuelle is not None and REGLES[actuelle.fiche.type_formation].admet(certification):
            return fiche_formation(resultat, actuelle.fiche.type_formation, actuelle.fiche)
        type_ = regle_de(certification).type_formation.value
        return fiche_formation(resultat, type_, None if actuelle is None else actuelle.fiche)

    def _tenir_les_categorisations(self, apres: Formation) -> None:
        """Note which catégorisation a formation no longer has, and which it has now."""
        vae, avant = self.passage.vae, self.actuelle
        if avant is not None and avant.statut is Statut.VALIDEE and avant.fiche.categorisation:
            vae[avant.fiche.categorisation] = None
        if apres.statut is Statut.VALIDEE and apres.fiche.categorisation:
            vae[apres.fiche.categorisation] = (apres.id, apres.fiche.identifiant)

    def _actions(self, formation_lue: Comparaison, formation: Formation) -> Iterator[Passe]:
        niveau = UnNiveau(self, formation_lue.enfants, self.actions, formation, None)
        for comparee, passes, action in niveau.passer():
            yield from passes
            if action is not None:
                siennes = self.sessions.get(action.id, ())
                for _, des_sessions, _ in UnNiveau(self, comparee.enfants, siennes, formation, action).passer():
                    yield from des_sessions

    def constater(  # noqa: PLR0913, PLR0917 - what was, what is, and what is to be told of it
        self, comparee: Comparaison, avant: Formation | Noeud | None, apres: Formation | Noeud, trace: Trace, nom: str,
        dit: tuple[str, tuple[str, ...], Sequence[Remarque]],
    ) -> Passe:  # fmt: skip
        """Keep what an object keeps of the file, and say what became of it."""
        statut, raisons, remarques = dit
        lu = comparee.lu
        gardee = self.entourage.traces.get(apres.id)
        hors_champs = mots.hors_champs(gardee, trace)
        touchee = apres is not avant
        change = touchee or bool(hors_champs)
        dates: tuple[Difference, ...] = ()
        if avant is not None:
            trace, dates = mots.dater(trace, comparee.resultat, gardee, touchee=touchee, change=change)
        change = change or bool(dates)
        sort = Sort.CREE if avant is None else Sort.MODIFIE if change else Sort.INCHANGE
        if sort is not Sort.INCHANGE:
            formation_id = apres.id if isinstance(apres, Formation) else apres.formation_id
            self.ecrits.posees.append((lu.niveau, apres.id, formation_id, trace))
        perdus: tuple[Difference, ...] = ()
        if isinstance(avant, Formation) and isinstance(apres, Formation):
            perdus = mots.perdus(avant.fiche, apres.fiche, comparee)
        changements = () if avant is None else (*mots.changements(comparee), *perdus, *hors_champs, *dates)
        apercu = Apercu(
            lu.niveau, sort, nom, self._ligne(lu.ligne), statut, changements if sort is Sort.MODIFIE else (), raisons,
            tuple(mots.remarque(une, self._ligne(une.ligne)) for une in remarques), appel=mots.appel(lu),
        )  # fmt: skip
        version = 0 if avant is None else avant.version
        return Passe(apercu, apres.id, version, apres.version, mots.pour_defaire(avant, gardee) if avant else None)

    def _pertes(self, lus: Sequence[etree._Element], formation: Formation) -> tuple[Difference, ...]:
        """Say what an export of what was brought in would not give back as the file has it; what it adds is no loss.

        `lus`: the formation, or the pieces of it.
        """
        traces = {**self.entourage.traces, **{id_: trace for _, id_, _, trace in self.ecrits.posees}}
        autour = replace(self.entourage, traces=traces)
        actions = self._du_niveau(Niveau.ACTION, formation.id)
        sessions = {action.id: self._du_niveau(Niveau.SESSION, action.id) for action in actions}
        rendu = en_element(objet_de(formation, actions, sessions, autour), self.ecrits.rendus)
        if len(lus) == 1 and (identiques(self.offre.xml, rendu) or pareils(lus[0], rendu)):
            return ()
        # What either has and the file cannot carry goes out the same: that is told when a file is made.
        apres = canonique(rendu, ecrit=True)
        trouvees = list(dict.fromkeys(
            Difference(" › ".join(ecart.chemin[1:] or ecart.chemin), ecart.avant, ecart.apres)
            for lu in lus
            for ecart in differences(canonique(lu, ecrit=True), apres, ajouts=False)
            if ecart.avant
            and not (not ecart.apres and ecart.nom in _OBJETS)
            and not meme_nombre(ecart.avant, ecart.apres)
        ))  # fmt: skip
        if len(trouvees) > PERTES_DITES:
            autres = pluriel(len(trouvees) - PERTES_DITES, "autre", "autres")
            trouvees[PERTES_DITES:] = [Difference(f"… et {autres}", "", "")]
        return tuple(trouvees)

    def _du_niveau(self, niveau: Niveau, parent_id: UUID) -> list[Noeud]:
        connus = self.actions if niveau is Niveau.ACTION else self.sessions.get(parent_id, ())
        neufs = [n for n in self.apres.values() if n.niveau is niveau and n.parent_id == parent_id]
        changes = {n.id for n in neufs}
        return [*(n for n in connus if n.id not in changes), *neufs]


_OBJETS = frozenset({"action", "session"})
