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

from webapp.domain import champs
from webapp.domain.champs import Champ, Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.controle import categorisation_prise
from webapp.domain.controle_arbre import controler_action, controler_session
from webapp.domain.diagnostic import Diagnostic, Portee
from webapp.domain.fiche import NOMS, FicheFormation
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, Envoi, FicheRefusee, Formation
from webapp.domain.identifiants import cle_canonique
from webapp.domain.imports import Apercu, Difference, Offre, Sort, Trace
from webapp.domain.niveaux import CHAMPS
from webapp.domain.noeud import Depot, Entree, Noeud
from webapp.domain.regles import Contexte
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.regles_session import SessionsVoisines
from webapp.domain.saisies import montrer
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire, est_vide, fr
from webapp.domain.types_formation import REGLES, regle_de
from webapp.edof.canonique import Canonique, canonique, differences
from webapp.edof.comparaison import Comparaison, comparer
from webapp.edof.ecriture import en_element
from webapp.edof.lecture import Remarque, lire_formation
from webapp.edof.objets import Objet
from webapp.edof.ordre import CERTIFICATION, SIRET
from webapp.edof.passage import Entourage, fiche_formation, fiche_noeud, jour_ecrit, objet_de, sans_champ, vise
from webapp.edof.reprise import retenir
from webapp.persistence import formations, imports_edof, traces_edof
from webapp.persistence.noeuds import ACTIONS, SESSIONS, Noeuds
from webapp.services import autour, catalogue, registre
from webapp.services.annuaire_importe import AnnuaireImporte

_RANGEMENTS: dict[Niveau, Noeuds] = {Niveau.ACTION: ACTIONS, Niveau.SESSION: SESSIONS}
SANS_NUMERO = fr("Sans numéro (« @numero ») : rien ne dit quel objet c'est.")
SANS_SIRET = fr("Sans SIRET : rien ne dit à quel organisme elle est.")
EN_DOUBLE = fr("Porte le même numéro qu'un autre, plus haut dans le fichier.")
ARCHIVE = fr("Archivé ici : restaurez-le d'abord.")
SOUS_REFUS = {
    Niveau.ACTION: fr("Sa formation est refusée."),
    Niveau.SESSION: fr("Son action, ou sa formation, est refusée."),
}
SANS_CERTIFICATION = fr("Aucun code de certification (RNCP, RS ou CPF).")
INCONNUE = "La certification {code} n'est pas dans le registre : importez le registre, ou corrigez le code."
HORS_CHAMPS = fr("Ce que le fichier dit et qui n'a pas de champ ici")
PERTES_DITES = 200
"""What does not come back of one formation is named up to so many; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class Passe:
    """What became of one object of a file: its id, the version that was seen (0: none), the one that it now has.

    `avant` is what undoing it takes.
    """

    apercu: Apercu
    id: UUID
    version_vue: int
    version_faite: int
    avant: dict[str, object] | None = None


@dataclass
class Passage:
    """Brings formations of one file into a catalogue. Made for one transaction.

    `vae`: which formation has each catégorisation, among those already passed. `en_pertes`: whether what an export will
    not give back is looked for. `faites`: the contacts and places that were made.
    """

    cnx: Connection
    acte: Acte
    tache_id: UUID
    vae: dict[str, str]
    en_pertes: bool
    faites: list[Entree] = field(default_factory=list)
    annuaire: AnnuaireImporte = field(init=False)
    communs: Contexte = field(init=False)

    def __post_init__(self) -> None:
        """Read what all formations share."""
        self.annuaire = AnnuaireImporte(self.cnx, self.acte, self.tache_id)
        habituel = autour.habituel(self.cnx, self.organisme, self.acte.le)
        self.communs = replace(habituel, contacts=self.annuaire.contacts, lieux=self.annuaire.lieux)

    @property
    def organisme(self) -> Organisme:
        """The organisation whose catalogue this is."""
        return self.acte.organisme

    def passer(self, offres: Sequence[Offre]) -> list[tuple[Passe, ...]]:
        """Bring these formations in, and say of each what became of all that it holds, itself first."""
        org = self.organisme.id
        siennes = formations.par_cles(self.cnx, org, [offre.cle for offre in offres])
        ids = [formation.id for formation in siennes.values()]
        actions = ACTIONS.des_formations(self.cnx, org, ids) if ids else {}
        sessions = SESSIONS.des_formations(self.cnx, org, ids) if actions else {}
        traces = traces_edof.des_formations(self.cnx, org, ids)
        entourage = Entourage(self.organisme.siret, self.annuaire.contacts, self.annuaire.lieux, traces)
        ecrits = _Ecrits(self.cnx, org, traces)
        passees = []
        for offre in offres:
            formation = siennes.get(offre.cle)
            nos_actions = [] if formation is None else actions.get(formation.id, [])
            une = _UneFormation(self, offre, formation, nos_actions, sessions, entourage, ecrits)
            passees.append(une.passer())
        self.faites += self.annuaire.ecrire()
        ecrits.ecrire()
        return passees


@dataclass
class _Ecrits:
    """What a handful of formations is to write, all at once at its end."""

    cnx: Connection
    organisme_id: UUID
    traces: dict[UUID, Trace]
    formations: list[tuple[Formation | None, Formation]] = field(default_factory=list)
    noeuds: dict[Niveau, list[tuple[Noeud | None, Noeud]]] = field(
        default_factory=lambda: {Niveau.ACTION: [], Niveau.SESSION: []}
    )
    posees: list[traces_edof.Posee] = field(default_factory=list)

    def ecrire(self) -> None:
        formations.ajouter_en_nombre(self.cnx, [apres for avant, apres in self.formations if avant is None])
        for avant, apres in self.formations:
            if avant is not None and avant is not apres:
                formations.remplacer(self.cnx, avant, apres)
        for niveau, rangement in _RANGEMENTS.items():
            rangement.ajouter_en_nombre(self.cnx, [apres for avant, apres in self.noeuds[niveau] if avant is None])
            for avant_n, apres_n in self.noeuds[niveau]:
                if avant_n is not None and avant_n is not apres_n:
                    rangement.remplacer(self.cnx, avant_n, apres_n)
        traces_edof.poser(self.cnx, self.organisme_id, self.posees, self.traces)


@dataclass
class _UneFormation:
    """One formation of a file, with all that it holds, beside ours."""

    passage: Passage
    offre: Offre
    actuelle: Formation | None
    actions: Sequence[Noeud]
    sessions: Mapping[UUID, Sequence[Noeud]]
    entourage: Entourage
    ecrits: _Ecrits
    nom: str = ""
    contexte: Contexte = field(init=False)
    apres: dict[UUID, Noeud] = field(default_factory=dict)
    dites: dict[int, tuple[Remarque, ...]] = field(default_factory=dict)
    refuses: int = 0

    def passer(self) -> tuple[Passe, ...]:
        remarques: list[Remarque] = []
        element = etree.fromstring(self.offre.xml)
        lu = lire_formation(element, remarques)
        avant = canonique(element) if self.passage.en_pertes else None
        self.nom = lu.numero or "(sans numéro)"
        raison = self._refus(lu)
        if raison:
            return tuple(self._refuser(lu, raison, self.nom, remarques))
        repris = self._reprendre(lu)
        notre = None
        if self.actuelle is not None:
            notre = objet_de(self.actuelle, self.actions, self.sessions, self.entourage)
        comparee = comparer(repris, notre)
        try:
            formation, passe = self._formation(comparee, (*self.dites[id(repris)], *remarques))
        except FicheRefusee as refus:
            return tuple(self._refuser(lu, _raisons(refus.diagnostic), self.nom, remarques))
        passes = [passe, *self._actions(comparee, formation)]
        if avant is not None:
            passes[0] = replace(passe, apercu=replace(passe.apercu, pertes=self._pertes(avant, formation)))
        return tuple(passes)

    def _reprendre(self, lu: Objet) -> Objet:
        """Give an object and all that it holds, without the codes that nobody knows, of which note is taken."""
        repris, dites = retenir(replace(lu, enfants=tuple([self._reprendre(enfant) for enfant in lu.enfants])))
        self.dites[id(repris)] = dites
        return repris

    def _refus(self, lu: Objet) -> str:
        if not self.offre.cle:
            return SANS_NUMERO
        if SIRET not in lu.valeurs:
            return SANS_SIRET
        if imports_edof.premiere_de_cle(
            self.passage.cnx, self.passage.organisme.id, self.passage.tache_id, self.offre.cle
        ) != self.offre.rang:  # fmt: skip
            return EN_DOUBLE
        if self.actuelle is not None and self.actuelle.statut is Statut.ARCHIVEE:
            return ARCHIVE
        return self._refus_du_code(lu)

    def _refus_du_code(self, lu: Objet) -> str:
        code = lu.valeurs.get(CERTIFICATION, "")
        if not code and (self.actuelle is None or CERTIFICATION.nom in lu.lignes):
            return SANS_CERTIFICATION
        if code and registre.certification(self.passage.cnx, code) is None:
            return dire(INCONNUE, code=code)
        return ""

    def _refuser(
        self, objet: Objet, raison: str, nom: str, remarques: Sequence[Remarque] = ()
    ) -> Iterator[Passe]:  # fmt: skip
        """Refuse an object, and with it all that it holds; each is named."""
        self.refuses += 1
        dites = tuple(_remarque(une, self._ligne(une.ligne)) for une in remarques)
        apercu = Apercu(
            objet.niveau, Sort.REFUSE, nom, self._ligne(objet.ligne), raisons=(raison,), remarques=dites
        )  # fmt: skip
        yield Passe(apercu, uuid5(self.passage.tache_id, f"refus {self.offre.rang} {self.refuses}"), 0, 0)
        for enfant in objet.enfants:
            yield from self._refuser(enfant, SOUS_REFUS[enfant.niveau], f"{nom} › {_numero(enfant)}")

    def _ligne(self, relative: int) -> int:
        """Give the line of the file that a line of this formation is."""
        return self.offre.ligne + relative - 1

    def _formation(self, comparee: Comparaison, remarques: Sequence[Remarque]) -> tuple[Formation, Passe]:
        acte, actuelle = self.passage.acte, self.actuelle
        fiche = self._fiche(comparee.resultat)
        id_ = uuid5(self.passage.tache_id, f"formation {self.offre.rang}") if actuelle is None else actuelle.id
        # As many microseconds apart as they stand in the file: that is the order of the list.
        acte = replace(acte, maintenant=acte.maintenant - timedelta(microseconds=self.offre.rang))
        statut = ""
        raisons: tuple[str, ...] = ()
        apres = actuelle
        if actuelle is None or fiche != actuelle.fiche:
            version = 0 if actuelle is None else actuelle.version
            envoi = Envoi(id_, version, fiche)
            diagnostic = self._parmi_les_vae(
                fiche, catalogue.diagnostiquer(self.passage.cnx, acte.organisme, envoi, acte.le, actuelle)
            )
            operation = Operation.VALIDER if diagnostic.validable else Operation.ENREGISTRER
            if actuelle is None:
                apres = Formation.nouvelle(acte, envoi, operation, diagnostic)
            else:
                apres = actuelle.soumettre(acte, fiche, operation, diagnostic)
            statut, raisons = apres.statut, _dites(diagnostic)
        assert apres is not None  # noqa: S101 - either it was there, or it has just been made
        if fiche.categorisation and apres.statut is Statut.VALIDEE:
            self.passage.vae.setdefault(fiche.categorisation, fiche.identifiant)
        self.contexte = autour.de_la_formation(self.passage.cnx, self.passage.communs, fiche)
        self.ecrits.formations.append((actuelle, apres))
        trace = Trace(
            apres.version_saisie, self.offre.rang, comparee.lu.cree_le, comparee.lu.modifie_le, _reste(comparee),
            sans_champ(comparee.resultat, fiche),
        )  # fmt: skip
        passe = self._constater(comparee, actuelle, apres, trace, self.nom, (statut, raisons, remarques))
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

    def _parmi_les_vae(self, fiche: FicheFormation, diagnostic: Diagnostic) -> Diagnostic:
        autre = self.passage.vae.get(fiche.categorisation)
        if autre is None or autre == fiche.identifiant or diagnostic.du_champ(champs.CATEGORISATION.nom):
            return diagnostic
        return diagnostic.avec(categorisation_prise(fiche.categorisation, autre))

    def _actions(self, formation_lue: Comparaison, formation: Formation) -> Iterator[Passe]:
        niveau = _UnNiveau(self, formation_lue.enfants, self.actions, formation, None)
        for comparee, passes, action in niveau.passer():
            yield from passes
            if action is not None:
                siennes = self.sessions.get(action.id, ())
                for _, des_sessions, _ in _UnNiveau(self, comparee.enfants, siennes, formation, action).passer():
                    yield from des_sessions

    def _constater(  # noqa: PLR0913, PLR0917 - what was, what is, and what is to be told of it
        self, comparee: Comparaison, avant: Formation | Noeud | None, apres: Formation | Noeud, trace: Trace, nom: str,
        dit: tuple[str, tuple[str, ...], Sequence[Remarque]],
    ) -> Passe:  # fmt: skip
        """Keep what an object keeps of the file, and say what became of it."""
        statut, raisons, remarques = dit
        lu = comparee.lu
        gardee = self.entourage.traces.get(apres.id)
        hors_champs = _hors_champs(gardee, trace)
        change = apres is not avant or hors_champs
        sort = Sort.CREE if avant is None else Sort.MODIFIE if change else Sort.INCHANGE
        if sort is not Sort.INCHANGE:
            if avant is not None:
                # When it was made is known here already.
                cree_le = _cree_le(avant, gardee)
                trace = replace(trace, cree_le=cree_le)
            formation_id = apres.id if isinstance(apres, Formation) else apres.formation_id
            self.ecrits.posees.append((lu.niveau, apres.id, formation_id, trace))
        changements = () if avant is None else (*_changements(comparee), *hors_champs)
        apercu = Apercu(
            lu.niveau, sort, nom, self._ligne(lu.ligne), statut, changements if sort is Sort.MODIFIE else (), raisons,
            tuple(_remarque(une, self._ligne(une.ligne)) for une in remarques),
        )  # fmt: skip
        version = 0 if avant is None else avant.version
        return Passe(apercu, apres.id, version, apres.version, _pour_defaire(avant, gardee) if avant else None)

    def _pertes(self, avant: Canonique, formation: Formation) -> tuple[Difference, ...]:
        """Say what an export of what was brought in would not give back as the file has it; what it adds is no loss."""
        traces = {**self.entourage.traces, **{id_: trace for _, id_, _, trace in self.ecrits.posees}}
        actions = self._du_niveau(Niveau.ACTION, formation.id)
        sessions = {action.id: self._du_niveau(Niveau.SESSION, action.id) for action in actions}
        rendu = objet_de(formation, actions, sessions, replace(self.entourage, traces=traces))
        trouvees = [
            Difference(chemin.removeprefix("/formation/").replace("/", " › "), un, deux)
            for chemin, un, deux in differences(avant, canonique(en_element(rendu)))
            if un and not (not deux and chemin.endswith(_OBJETS)) and not self._est_a_nous(chemin)
        ]
        if len(trouvees) > PERTES_DITES:
            reste = len(trouvees) - PERTES_DITES
            trouvees[PERTES_DITES:] = [Difference(f"… et {reste} autres", "", "")]
        return tuple(trouvees)

    def _est_a_nous(self, chemin: str) -> bool:
        """Say whether a difference is that of a date of what was here before: it is ours, until it is changed."""
        return self.actuelle is not None and chemin.rpartition("/")[2] in _DATES

    def _du_niveau(self, niveau: Niveau, parent_id: UUID) -> list[Noeud]:
        connus = self.actions if niveau is Niveau.ACTION else self.sessions.get(parent_id, ())
        neufs = [n for n in self.apres.values() if n.niveau is niveau and n.parent_id == parent_id]
        changes = {n.id for n in neufs}
        return [*(n for n in connus if n.id not in changes), *neufs]


_DATES = frozenset({"@datecrea", "@datemaj"})
_OBJETS = ("/action", "/session")


@dataclass
class _UnNiveau:
    """The actions of a formation, or the sessions of an action, beside ours."""

    une: _UneFormation
    comparees: Sequence[Comparaison]
    notres: Sequence[Noeud]
    formation: Formation
    action: Noeud | None

    def passer(self) -> Iterator[tuple[Comparaison, tuple[Passe, ...], Noeud | None]]:
        """Bring each in, and give what became of it, and what it now is (None: refused, with all that it holds)."""
        par_numero = {cle_canonique(noeud.fiche.nom): noeud for noeud in self.notres}
        vus: set[str] = set()
        proposes = [self._proposer(rang, c, par_numero, vus) for rang, c in enumerate(self.comparees)]
        self._voisiner([propose for propose in proposes if isinstance(propose, _Propose)])
        for comparee, propose in zip(self.comparees, proposes, strict=True):
            nom = self._nom(comparee.lu)
            if isinstance(propose, str):
                yield comparee, tuple(self.une._refuser(comparee.lu, propose, nom)), None  # noqa: SLF001 - of one piece
                continue
            try:
                apres = propose.appliquer()
            except FicheRefusee as refus:
                raison = _raisons(refus.diagnostic)
                yield comparee, tuple(self.une._refuser(comparee.lu, raison, nom)), None  # noqa: SLF001 - of one piece
                continue
            self.une.apres[apres.id] = apres
            self.une.ecrits.noeuds[apres.niveau].append((propose.avant, apres))
            passe = self._constater(propose, apres, nom)
            yield comparee, (passe,), apres

    def _nom(self, lu: Objet) -> str:
        debut = self.une.nom if self.action is None else f"{self.une.nom} › {self.action.fiche.nom}"
        return f"{debut} › {_numero(lu)}"

    def _proposer(
        self, rang: int, comparee: Comparaison, par_numero: Mapping[str, Noeud], vus: set[str]
    ) -> "_Propose | str":
        """Give what an object would become, or why it cannot."""
        cle = cle_canonique(comparee.lu.numero)
        if not cle:
            return SANS_NUMERO
        if cle in vus:
            return EN_DOUBLE
        vus.add(cle)
        avant = par_numero.get(cle)
        if avant is not None and avant.statut is Statut.ARCHIVEE:
            return ARCHIVE
        lu = comparee.lu
        try:
            fiche = self._fiche(comparee.resultat, comparee, avant)
        except FicheRefusee as refus:
            return _raisons(refus.diagnostic)
        passage = self.une.passage
        parent = self.formation.id if self.action is None else self.action.id
        id_ = uuid5(passage.tache_id, f"{parent} {lu.niveau} {cle}") if avant is None else avant.id
        acte = replace(passage.acte, maintenant=passage.acte.maintenant + timedelta(microseconds=rang))
        remarques = self.une.dites[id(lu)]
        return _Propose(acte, comparee, remarques, fiche, avant, id_, self.formation.id, parent, rang)

    def _fiche(self, resultat: Objet, comparee: Comparaison, avant: Noeud | None) -> Fiche:
        ids: dict[Champ, str] = {}
        changees = {changement.dans for changement in comparee.changements}
        for champ, reference in resultat.references.items():
            if avant is not None and champ not in changees:
                ids[champ] = avant.fiche[champ]
            else:
                ids[champ] = self.une.passage.annuaire.id_de(champ, reference)
        return fiche_noeud(resultat, ids, None if avant is None else avant.fiche)

    def _voisiner(self, proposes: Sequence["_Propose"]) -> None:
        """Judge each by itself, then beside those that may be « validées »: two that are the same are drafts both."""
        for propose in proposes:
            propose.diagnostic = self._juger(propose, None, None)
        presents = {propose.id for propose in proposes}
        voisins = [(n.id, n.fiche) for n in self.notres if n.statut is Statut.VALIDEE and n.id not in presents]
        voisins += [(p.id, p.fiche) for p in proposes if p.validee]
        if self.action is None:
            actions = ActionsVoisines(self.une.contexte, voisins)
            for propose in proposes:
                if propose.change and actions.semblables(propose.fiche, self.une.contexte, propose.id):
                    propose.diagnostic = self._juger(propose, actions, None)
        else:
            sessions = SessionsVoisines(voisins)
            for propose in proposes:
                if propose.change and sessions.aux_memes_dates(propose.fiche, propose.id) is not None:
                    propose.diagnostic = self._juger(propose, None, sessions)

    def _juger(
        self, propose: "_Propose", actions: ActionsVoisines | None, sessions: SessionsVoisines | None
    ) -> Diagnostic:
        if not propose.change:
            return Diagnostic()
        if self.action is None:
            return controler_action(propose.fiche, self.une.contexte, actions, propose.id)
        return controler_session(propose.fiche, self.action.fiche, self.une.contexte, sessions, propose.id)

    def _constater(self, propose: "_Propose", apres: Noeud, nom: str) -> Passe:
        comparee = propose.comparee
        action = apres.fiche if self.action is None else self.action.fiche
        numeros = {
            champ.nom: (vise(champ, apres.fiche, action), ref.numero, ref.numero_adresse)
            for champ, ref in comparee.resultat.references.items()
        }
        lu = comparee.lu
        trace = Trace(apres.version, propose.rang, lu.cree_le, lu.modifie_le, _reste(comparee), {}, numeros)
        change = propose.change
        dit = (apres.statut if change else "", _dites(propose.diagnostic) if change else (), propose.remarques)
        return self.une._constater(comparee, propose.avant, apres, trace, nom, dit)  # noqa: SLF001 - of one piece


@dataclass
class _Propose:
    """What an action or a session would become."""

    acte: Acte
    comparee: Comparaison
    remarques: Sequence[Remarque]
    fiche: Fiche
    avant: Noeud | None
    id: UUID
    formation_id: UUID
    parent_id: UUID
    rang: int
    diagnostic: Diagnostic = field(default_factory=Diagnostic)

    @property
    def change(self) -> bool:
        return self.avant is None or self.fiche != self.avant.fiche

    @property
    def validee(self) -> bool:
        if not self.change:
            return self.avant is not None and self.avant.statut is Statut.VALIDEE
        return self.diagnostic.validable

    def appliquer(self) -> Noeud:
        """Give what it becomes. Raises FicheRefusee."""
        operation = Operation.VALIDER if self.diagnostic.validable else Operation.ENREGISTRER
        if self.avant is None:
            depot = Depot(self.id, 0, self.fiche, self.parent_id)
            return Noeud.nouveau(self.acte, depot, self.formation_id, self.parent_id, operation, self.diagnostic)
        if not self.change:
            return self.avant
        return self.avant.soumettre(self.acte, self.fiche, operation, self.diagnostic)


def _numero(objet: Objet) -> str:
    return "sans numéro" if est_vide(objet.numero) else objet.numero


def _reste(comparee: Comparaison) -> tuple[tuple[str, str, str], ...]:
    return tuple((un.chemin, un.apres, un.xml) for un in comparee.resultat.reste)


def _cree_le(avant: Formation | Noeud, gardee: Trace | None) -> str:
    return jour_ecrit(avant.creee_le) if gardee is None else gardee.cree_le


def _hors_champs(gardee: Trace | None, trace: Trace) -> tuple[Difference, ...]:
    """Say what changes of what has no field."""
    restes = ((), trace.reste) if gardee is None else (gardee.reste, trace.reste)
    valeurs = ({}, dict(trace.valeurs)) if gardee is None else (dict(gardee.valeurs), dict(trace.valeurs))
    if restes[0] == restes[1] and valeurs[0] == valeurs[1]:
        return ()
    dits = ["\n".join([*(xml for _, _, xml in rs), *vs.values()]) for rs, vs in zip(restes, valeurs, strict=True)]
    return (Difference(HORS_CHAMPS, *dits),)


def _changements(comparee: Comparaison) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            c.champ.libelle if c.dans is None else f"{c.dans.libelle} › {c.champ.libelle}",
            montrer(c.champ, c.avant), montrer(c.champ, c.apres),
        )
        for c in comparee.changements
    )  # fmt: skip


def _remarque(une: Remarque, ligne: int) -> str:
    return dire("Ligne {ligne}, « {nom} » : {raison}", ligne=str(ligne), nom=une.nom, raison=une.raison)


def _dites(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Say why an object is a draft: each reason after the name of its field."""
    return tuple(dire(_POURQUOI, nom=_libelle(a.champ), message=a.message) for a in diagnostic.bloquantes)


def _raisons(diagnostic: Diagnostic) -> str:
    refus = diagnostic.contre(Portee.ENREGISTREMENT) or diagnostic.bloquantes
    return " ".join(dire(_POURQUOI, nom=_libelle(a.champ), message=a.message) for a in refus)


_POURQUOI = "{nom} : {message}"


def _libelle(nom: str) -> str:
    return _LIBELLES.get(nom, nom)


_LIBELLES = {champ.nom: champ.libelle for siens in reversed(list(CHAMPS.values())) for champ in siens} | {
    champs.CERTIFICATION: "Certification",
    champs.TYPE_FORMATION: "Type de formation",
}


def _pour_defaire(avant: Formation | Noeud, trace: Trace | None) -> dict[str, object]:
    fiche = avant.fiche
    textes = {champ.nom: fiche[champ] for champ in fiche.champs}
    if isinstance(fiche, FicheFormation):
        textes |= {nom: fiche.valeur(nom) for nom in NOMS}
    gardee = None
    if trace is not None:
        gardee = {
            "version": trace.version, "rang": trace.rang, "dates": [trace.cree_le, trace.modifie_le],
            "contenu": trace.contenu(),
        }  # fmt: skip
    return {"champs": textes, "statut": avant.statut.value, "trace": gardee}
