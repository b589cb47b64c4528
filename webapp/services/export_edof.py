"""What of a catalogue goes to the portal, formation by formation: its bytes, looked at before they leave; or why not.

Only what the portal would take goes out: a « validée » formation, its « validées » actions without anything to mend,
their sessions likewise. What stays out is named with its reasons, each with the field where it is corrected.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from uuid import UUID

from lxml import etree

from webapp.domain.champs import Niveau
from webapp.domain.comptes import Organisme
from webapp.domain.exports import Ecartee, Endroit, Motif, pas_accepte, sans_remplacant, trop_long
from webapp.domain.imports import Trace
from webapp.domain.niveaux import LIBELLES
from webapp.domain.noeud import Noeud
from webapp.domain.publication import Constat, Manque
from webapp.domain.statuts import Statut
from webapp.domain.textes import dire, fr, pluriel
from webapp.edof.caracteres import (
    CONSERVE,
    Lieu,
    Releve,
    Rencontre,
    a_accepter,
    adresses_perdues,
    numeros_perdus,
    relever,
    remplacer_dans,
    trop_longs,
)
from webapp.edof.conserve import passer_sur
from webapp.edof.ecriture import PIED, CaractereHorsDuJeuError, ecrire_formation, entete
from webapp.edof.noms_caracteres import nom_du_caractere
from webapp.edof.objets import Objet
from webapp.edof.passage import Entourage, objet_de
from webapp.edof.situation import lieu_de
from webapp.edof.verification import verifier_formation
from webapp.persistence import suivi_edof, traces_edof
from webapp.persistence.lecture import Lecture
from webapp.services import controle
from webapp.services.controle import Controlee

_ARTICLES = {Niveau.ACTION: fr("L'action"), Niveau.SESSION: "La session"}
SANS_NUMERO = fr("sans numéro")
AUCUN: Mapping[str, str] = {}
POIGNEE = 50
"""Formations of which what they keep of a file is asked together."""

DITS = 10
"""Reasons that are told of one formation, and fields of one reason, at most; the others are counted."""


@dataclass(slots=True)
class Bilan:
    """What the file holds, what stays out, and what its encoding cannot carry.

    `a_accepter`: the characters that a person must accept to see replaced before the file can be made.
    """

    formations: int = 0
    actions: int = 0
    sessions: int = 0
    ecartees: list[Ecartee] = field(default_factory=list)
    releve: Releve = field(default_factory=Releve)

    def a_accepter(self, acceptes: Mapping[str, str]) -> tuple[Rencontre, ...]:
        """List the characters whose replacement a person has not accepted yet."""
        return a_accepter(self.releve.par_caractere.values(), acceptes)


@dataclass(frozen=True, slots=True)
class Offre:
    """One formation of the catalogue on its way out.

    `objet`: as the file says it, whole and with its own characters; None when it cannot go out at all. `piece`: its
    bytes, looked at by the schema; None when it stays out, and then `motifs` say why. `dehors`: what of it stays out
    all the same. `rencontres`: the characters of it that the file cannot carry, with their places.
    """

    une: Controlee
    objet: Objet | None
    piece: bytes | None
    motifs: tuple[Motif, ...] = ()
    dehors: tuple[Motif, ...] = ()
    rencontres: tuple[Rencontre, ...] = ()

    @property
    def ecartee(self) -> Ecartee | None:
        """What is told of it when something of it stays out; None when nothing does."""
        motifs = self.motifs if self.piece is None else self.dehors
        if not motifs:
            return None
        fiche = self.une.formation.fiche
        partielle = self.piece is not None
        return Ecartee(self.une.formation.id, fiche.identifiant, fiche.intitule, motifs, partielle)


def offrir(
    lecture: Lecture, organisme: Organisme, le: date, acceptes: Mapping[str, str] | None = None,
    parmi: Collection[UUID] | None = None,
) -> Iterator[Offre]:  # fmt: skip
    """Give each formation of the working catalogue on its way out, saved last first; memory does not grow with it.

    In: what was accepted, character by character (None: all that is proposed, to see what the file would be); the
    formations to look at (None: all). To be read within one state of the base.
    """
    toutes = controle.du_catalogue(lecture, organisme, le, parmi=parmi, conseils=False)
    while poignee := list(islice(toutes, POIGNEE)):
        # What came from a file and has no field goes back into it, with its dates.
        traces = traces_edof.des_formations(lecture, organisme.id, [une.formation.id for une in poignee])
        for une in poignee:
            yield _offre(une, organisme.siret, traces, acceptes)


def offrir_une(une: Controlee, organisme: Organisme, traces: Mapping[UUID, Trace]) -> Offre:
    """Give one formation on its way out, with all that is proposed for its characters.

    `traces`: what it and all that it holds keep of the file that they come from, by their ids.
    """
    return _offre(une, organisme.siret, traces, None)


def _rien(_vues: int) -> None:
    """Tell nobody."""


def examiner(
    lecture: Lecture, organisme: Organisme, le: date, avancer: Callable[[int], None] = _rien
) -> Bilan:  # fmt: skip
    """Say what a file of the catalogue would hold; `avancer` is told how many formations were looked at.

    Memory grows with what stays out alone.

    To be read within the same state of the base as `produire`, so that the file is what was said of it.
    """
    bilan = Bilan()
    for vues, offre in enumerate(offrir(lecture, organisme, le), 1):
        avancer(vues)
        for rencontre in offre.rencontres:
            bilan.releve.ajouter(rencontre)
        if offre.ecartee is not None and not offre.ecartee.partielle:
            bilan.ecartees.append(offre.ecartee)
        if offre.piece is not None and offre.objet is not None:
            bilan.formations += 1
            bilan.actions += len(offre.objet.enfants)
            bilan.sessions += sum(len(action.enfants) for action in offre.objet.enfants)
    return bilan


def produire(lecture: Lecture, organisme: Organisme, le: date, acceptes: Mapping[str, str] = AUCUN) -> Iterator[bytes]:
    """Give the bytes of the file, one piece for each formation; `acceptes`: each character and what replaces it.

    The same catalogue gives the same bytes. Raises CaractereHorsDuJeuError for a character that was not accepted.
    """
    yield entete()
    for offre in offrir(lecture, organisme, le, acceptes):
        if offre.piece is not None:
            yield offre.piece
        elif all(r.remplacement is not None for r in offre.rencontres):
            for refuse in a_accepter(offre.rencontres, acceptes):
                raise CaractereHorsDuJeuError(refuse.caractere)
    yield PIED


def deja_acceptes(lecture: Lecture, organisme: Organisme) -> dict[str, str]:
    """Give what people of an organisation accepted, character by character, and what stands for each."""
    return suivi_edof.acceptes(lecture, organisme.id)


def objet_publie(une: Controlee, siret: str, traces: Mapping[UUID, Trace]) -> Objet | None:
    """Give a formation as the file says it, with its own characters; None when it cannot go out.

    `traces`: what it and all that it holds keep of the file that they come from, by their ids.
    """
    return _objet(une, siret, traces) if une.controle.publiable else None


def _offre(
    une: Controlee, siret: str, traces: Mapping[UUID, Trace], acceptes: Mapping[str, str] | None
) -> Offre:  # fmt: skip
    objet = objet_publie(une, siret, traces)
    if objet is None:
        return Offre(une, None, None, tuple(_du_manque(manque) for manque in une.controle.manques))
    releve = Releve()
    perdus = relever(objet, releve)
    rencontres = tuple(releve.par_caractere.values())
    jamais = (*numeros_perdus(objet), *adresses_perdues(objet))
    motifs = [_du_lieu(une, lieu, sans_remplacant(c, nom_du_caractere(c))) for lieu, c in jamais]
    motifs += [_du_lieu(une, r.lieux[0], sans_remplacant(r.caractere, r.nom)) for r in perdus]
    if acceptes is None:
        acceptes = {r.caractere: r.remplacement for r in rencontres if r.remplacement is not None}
    motifs += [_du_lieu(une, r.lieux[0], pas_accepte(r.caractere, r.nom)) for r in a_accepter(rencontres, acceptes)]
    motifs += [_du_lieu(une, lieu, trop_long(n, lieu.champ)) for lieu, n in trop_longs(objet, acceptes)]
    if motifs:
        return Offre(une, objet, None, tuple(motifs[:DITS]), rencontres=rencontres)
    ecrit = remplacer_dans(objet, acceptes)
    try:
        piece = ecrire_formation(ecrit)
    except CaractereHorsDuJeuError as hors:
        # All that has a place was looked at: the number that a file gave to a contact has none.
        message = sans_remplacant(str(hors), nom_du_caractere(str(hors)))
        motif = Motif(message, Niveau.FORMATION, une.formation.id, "", CONSERVE.libelle)
        return Offre(une, objet, None, (motif,), rencontres=rencontres)
    fautes = _fautes(une, ecrit, piece)
    if fautes:
        return Offre(une, objet, None, fautes, rencontres=rencontres)
    return Offre(une, objet, piece, (), _dehors(une, objet), rencontres)


def _objet(une: Controlee, siret: str, traces: Mapping[UUID, Trace]) -> Objet:
    """Give what goes out of a formation that can be published: what is « validé » and has nothing to mend."""
    retenus = {constat.id for constat in une.controle.bloquants}

    def bons(noeuds: Sequence[Noeud]) -> list[Noeud]:
        return [noeud for noeud in noeuds if noeud.statut is Statut.VALIDEE and noeud.id not in retenus]

    sessions = {action.id: bons(une.sessions.get(action.id, ())) for action in une.actions}
    actions = [action for action in bons(une.actions) if sessions[action.id]]
    autour = Entourage(siret, une.autour.contacts, une.autour.lieux, traces)
    return objet_de(une.formation, actions, sessions, autour)


def _fautes(une: Controlee, objet: Objet, piece: bytes) -> tuple[Motif, ...]:
    """Look at the bytes as they will leave, by the schema: what the portal would refuse stays out, with the reason.

    What an import has kept was judged when it was read: the schema, which types what is ours, does not know it.
    """
    formation = etree.fromstring(entete() + piece + PIED)[0][0]
    passer_sur(formation, objet)
    motifs = []
    for faute in verifier_formation(formation)[:DITS]:
        lieu = lieu_de(objet, formation, faute)
        if lieu is None:
            message = dire("Le portail refuserait ce qui serait écrit : {faute}", faute=faute.dite)
            motifs.append(Motif(message, Niveau.FORMATION, une.formation.id))
        else:
            message = dire("Le portail refuserait ce champ : {faute}", faute=faute.du_champ(lieu.champ.libelle))
            motifs.append(_du_lieu(une, lieu, message))
    return tuple(motifs)


def _dehors(une: Controlee, objet: Objet) -> tuple[Motif, ...]:
    """Say what of a formation that goes out stays out: drafts, what is to be mended, actions without a session."""
    sortis = {action.numero: {session.numero for session in action.enfants} for action in objet.enfants}
    motifs: list[Motif] = []
    for action in une.actions:
        if action.statut is Statut.ARCHIVEE:
            continue
        siennes = [s for s in une.sessions.get(action.id, ()) if s.statut is not Statut.ARCHIVEE]
        if action.fiche.nom not in sortis:
            motifs.append(_du_noeud(une, action, "n'a aucune session à publier"))
        else:
            motifs += [_du_noeud(une, s) for s in siennes if s.fiche.nom not in sortis[action.fiche.nom]]
    if len(motifs) > DITS:
        reste = pluriel(len(motifs) - DITS, "autre élément reste", "autres éléments restent")
        suite = Motif(dire("{reste} hors du fichier.", reste=reste), Niveau.FORMATION, une.formation.id)
        return (*motifs[:DITS], suite)
    return tuple(motifs)


def _du_noeud(une: Controlee, noeud: Noeud, sinon: str = "a des champs à corriger") -> Motif:
    siens = [constat for constat in une.controle.bloquants if constat.id == noeud.id]
    corriger = "a des champs à corriger" if siens else sinon
    raison = corriger if noeud.statut is Statut.VALIDEE else "est un brouillon"
    nom = dire("« {nom} »", nom=noeud.fiche.nom) if noeud.fiche.nom else SANS_NUMERO
    message = dire("{celui} {nom} {raison}.", celui=_ARTICLES[noeud.niveau], nom=nom, raison=fr(raison))
    return Motif(message, noeud.niveau, noeud.id, suites=_suites(siens))


def _du_manque(manque: Manque) -> Motif:
    return Motif(manque.message, manque.niveau, manque.id, suites=_suites(manque.reste))


def _suites(constats: Sequence[Constat]) -> tuple[Motif, ...]:
    """Give the fields to correct, each once, with the first thing that is said of it."""
    champs: dict[tuple[UUID, str], Motif] = {}
    for c in constats:
        champs.setdefault((c.id, c.anomalie.champ), Motif(c.anomalie.message, c.niveau, c.id, c.anomalie.champ, c.nom))
    return tuple(champs.values())[:DITS]


def _du_lieu(une: Controlee, lieu: Lieu, message: str) -> Motif:
    endroit = endroit_de(une, lieu)
    nom = dire("{champ}, {quoi}", champ=lieu.champ.libelle, quoi=nommer(endroit.niveau, endroit.numero))
    return Motif(message, endroit.niveau, endroit.id, endroit.champ, nom)


def nommer(niveau: Niveau, numero: str) -> str:
    """Name what goes out, an object of the tree, a contact or a place: « Session « S1 » ». All of these have a name."""
    return dire("{niveau} « {numero} »", niveau=LIBELLES[niveau], numero=numero)


def endroit_de(une: Controlee, lieu: Lieu) -> Endroit:
    """Say where a text of a formation is corrected: its object there, or the contact or the place whose text it is."""
    niveau, id_ = _situer(une, lieu)
    fiche = une.formation.fiche
    # What an import has kept is no field: the page of its object shows it under this name.
    champ = lieu.champ.nom if lieu.champ.niveau is niveau or lieu.champ is CONSERVE else ""
    return Endroit(une.formation.id, fiche.identifiant, niveau, id_, lieu.numero, champ, lieu.champ.libelle)


def _situer(une: Controlee, lieu: Lieu) -> tuple[Niveau, UUID]:
    if lieu.entree:
        return Niveau(lieu.niveau), UUID(lieu.entree)
    noms = (*lieu.dans[1:], lieu.numero) if lieu.dans else ()
    action = next((a for a in une.actions if noms and a.fiche.nom == noms[0]), None)
    if action is None:
        return Niveau.FORMATION, une.formation.id
    siennes = une.sessions.get(action.id, ()) if lieu.niveau == Niveau.SESSION.value else ()
    session = next((s for s in siennes if s.fiche.nom == lieu.numero), None)
    return (Niveau.ACTION, action.id) if session is None else (Niveau.SESSION, session.id)
