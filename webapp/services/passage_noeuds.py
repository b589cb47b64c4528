"""The actions of a formation of a file, or the sessions of an action, beside ours: what each becomes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid5

from webapp.domain.champs import Champ
from webapp.domain.controle_arbre import controler_action, controler_session
from webapp.domain.diagnostic import Diagnostic
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Acte, FicheRefusee, Formation
from webapp.domain.identifiants import cle_canonique
from webapp.domain.imports import Trace
from webapp.domain.noeud import Depot, Noeud
from webapp.domain.regles import Contexte
from webapp.domain.regles_action import ActionsVoisines
from webapp.domain.regles_session import SessionsVoisines
from webapp.domain.statuts import Operation, Statut
from webapp.edof.comparaison import Comparaison
from webapp.edof.lecture import Remarque
from webapp.edof.objets import Objet
from webapp.edof.passage import fiche_noeud, vise
from webapp.services import passage_mots as mots
from webapp.services.annuaire_importe import AnnuaireImporte
from webapp.services.passage_ecrits import Ecrits, Passe


class _Passage(Protocol):
    """What brings the formations of a file in: by whom, under which job, with which contacts and places."""

    @property
    def acte(self) -> Acte: ...
    @property
    def tache_id(self) -> UUID: ...
    @property
    def annuaire(self) -> AnnuaireImporte: ...


class _UneFormation(Protocol):
    """The formation that holds them, on its way in."""

    @property
    def passage(self) -> _Passage: ...
    @property
    def contexte(self) -> Contexte: ...
    @property
    def nom(self) -> str: ...
    @property
    def apres(self) -> dict[UUID, Noeud]: ...
    @property
    def dites(self) -> dict[int, tuple[Remarque, ...]]: ...
    @property
    def ecrits(self) -> Ecrits: ...

    def refuser(self, objet: Objet, raison: str, nom: str, remarques: Sequence[Remarque] = ()) -> Iterator[Passe]:
        """Refuse an object, and with it all that it holds; each is named."""

    def constater(  # noqa: PLR0913, PLR0917 - what was, what is, and what is to be told of it
        self, comparee: Comparaison, avant: Formation | Noeud | None, apres: Formation | Noeud, trace: Trace, nom: str,
        dit: tuple[str, tuple[str, ...], Sequence[Remarque]],
    ) -> Passe:  # fmt: skip
        """Keep what an object keeps of the file, and say what became of it."""


@dataclass
class UnNiveau:
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
                yield comparee, tuple(self.une.refuser(comparee.lu, propose, nom)), None
                continue
            try:
                apres = propose.appliquer()
            except FicheRefusee as refus:
                raison = mots.raisons(refus.diagnostic, comparee.lu.niveau)
                yield comparee, tuple(self.une.refuser(comparee.lu, raison, nom)), None
                continue
            self.une.apres[apres.id] = apres
            self.une.ecrits.noeuds[apres.niveau].append((propose.avant, apres))
            passe = self._constater(propose, apres, nom)
            yield comparee, (passe,), apres

    def _nom(self, lu: Objet) -> str:
        debut = self.une.nom if self.action is None else f"{self.une.nom} › {self.action.fiche.nom}"
        return f"{debut} › {mots.numero(lu)}"

    def _proposer(
        self, rang: int, comparee: Comparaison, par_numero: Mapping[str, Noeud], vus: set[str]
    ) -> "_Propose | str":
        """Give what an object would become, or why it cannot."""
        cle = cle_canonique(comparee.lu.numero)
        if not cle:
            return mots.SANS_NUMERO
        if cle in vus:
            return mots.EN_DOUBLE
        vus.add(cle)
        avant = par_numero.get(cle)
        if avant is not None and avant.statut is Statut.ARCHIVEE:
            return mots.ARCHIVE
        lu = comparee.lu
        try:
            fiche = self._fiche(comparee.resultat, comparee, avant)
        except FicheRefusee as refus:
            return mots.raisons(refus.diagnostic, lu.niveau)
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
        trace = Trace(apres.version, propose.rang, lu.cree_le, lu.modifie_le, mots.reste(comparee), {}, numeros)
        change = propose.change
        dit = (
            apres.statut if change else "",
            mots.dites(propose.diagnostic, lu.niveau) if change else (),
            propose.remarques,
        )
        return self.une.constater(comparee, propose.avant, apres, trace, nom, dit)


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
