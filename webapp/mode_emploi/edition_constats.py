"""What an alignment comes to: one finding for each thing that another edition does otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import TYPE_CHECKING

from steps.gherkin.typographie import plier
from webapp.domain.textes import fr
from webapp.mode_emploi.edition_alignement import Alignement, deplacees
from webapp.mode_emploi.edition_ecarts import Comparee, Remplacement, comparer_mots
from webapp.mode_emploi.edition_libelles import Inconnu, Libelle, cites, inconnus, libelles
from webapp.mode_emploi.edition_mots import cles, extrait
from webapp.mode_emploi.edition_passages import Passage, ranger
from webapp.mode_emploi.voisines import voisines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from webapp.mode_emploi.edition_phrases import Reference
    from webapp.mode_emploi.edition_reference import Edition
    from webapp.mode_emploi.guide import Exemple
    from webapp.mode_emploi.livre import Phrase

_PROCHE = 0.5
_EN_PLACE = 0.34
_COURT = 3
_FIN_DE_PHRASE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý«])")
# What the guide asks of a person, as a scenario says that she does it.
_JE = {
    "cliquez": "je clique",
    "sélectionnez": "je sélectionne",
    "choisissez": "je sélectionne",
    "saisissez": "je saisis",
    "complétez": "je remplis",
    "remplissez": "je remplis",
    "ouvrez": "j'ouvre",
    "cherchez": "je cherche",
    "vérifiez": "je vérifie",
}


class Genre(Enum):
    """A kind of finding: how it is called, one and several."""

    CHANGEE = ("changement", "changements")
    NOUVELLE = ("passage nouveau", "passages nouveaux")
    DISPARUE = ("disparition", "disparitions")
    DEPLACEE = ("déplacement", "déplacements")


@dataclass(frozen=True)
class Proche:
    """What is nearest to something new: a sentence of the guide, one of the scenarios' phrases, a label; or nothing."""

    reference: Reference | None = None
    phrase: Phrase | None = None
    libelles: tuple[Libelle, ...] = ()


@dataclass(frozen=True)
class Constat:
    """One thing that the other edition does otherwise.

    `phrases`: the sentences of the guide it is about, none when it is new. `comparees`: these, word by word, when they
    changed. `texte`: what is new. `inconnus`: the labels it has that no screen has. `apres`: the sentence after which
    it stands now, None at the beginning. `etape_entiere`: all of a step is gone. `voisins`: the scenarios beside which
    that of something new would stand.
    """

    genre: Genre
    phrases: tuple[Reference, ...]
    comparees: tuple[Comparee, ...] = ()
    texte: tuple[str, ...] = ()
    inconnus: tuple[Inconnu, ...] = ()
    apres: Reference | None = None
    proche: Proche = Proche()
    etape_entiere: bool = False
    voisins: tuple[Exemple, ...] = ()

    @property
    def exemples(self) -> tuple[Exemple, ...]:
        """The scenarios that would have to change, each once, in the order of the guide."""
        return tuple(dict.fromkeys(exemple for phrase in self.phrases for exemple in phrase.exemples))

    @property
    def raisons(self) -> tuple[str, ...]:
        """What the matrix says of its sentences, each thing once: why nothing proves them."""
        return tuple(dict.fromkeys(note for phrase in self.phrases if phrase.ligne for note in phrase.ligne.notes))

    @property
    def remplacement(self) -> Remplacement | None:
        """What takes the place of what in several sentences; None when it is about one."""
        if len(self.comparees) <= 1:
            return None
        seuls = (remplacement(faite) for faite in self.comparees)
        return next((seul for seul in seuls if seul), Remplacement(self.comparees[0].avant, self.comparees[0].apres))


def constater(
    edition: Edition, phrases: Sequence[Reference], fait: Alignement, plat: str
) -> tuple[tuple[Constat, ...], tuple[Reference, ...]]:
    """Give the findings in the order in which they are met, and the sentences that are the same."""
    passages, ajouts = ranger(fait)
    passages = du_guide(phrases, passages)
    ou: list[tuple[float, Constat]] = []
    comparees = _comparer(phrases, fait, plat, ajouts)
    disparues = [rang for rang, places in enumerate(fait.places) if not places and not phrases[rang].apport]
    for rang, passage in trouver_en_place(edition, phrases, disparues, passages):
        comparees[rang] = comparer_mots(phrases[rang].texte, plat, passage.mots)
        disparues.remove(rang)
        passages.remove(passage)
        fait.places[rang] = {0: fait.lus.index(passage.mots[0])}
    admis = frozenset(plier(cite) for phrase in phrases for cite in cites(phrase.texte))
    changees = {rang: faite for rang, faite in comparees.items() if faite.remplacements}
    for tous in memes_remplacements(changees):
        rangs = [rang for rang in tous if not phrases[rang].apport]
        if not rangs:
            continue
        faites = tuple(changees[rang] for rang in rangs)
        manquants = _inconnus((faite.apres for faite in faites), admis)
        constat = Constat(Genre.CHANGEE, tuple(phrases[r] for r in rangs), faites, inconnus=manquants)
        ou.append((_debut(fait, rangs[0]), constat))
    ou += [(p.mots[0].debut, _nouveau(edition, phrases, p, extrait(plat, p.mots), admis)) for p in passages]
    for rangs in deplacees(fait, frozenset(rang for rang, phrase in enumerate(phrases) if phrase.apport)):
        place = min(fait.places[rangs[0]].values())
        ou.append((_debut(fait, rangs[0]), _deplace(phrases, fait, rangs, place)))
    for rangs in par_section(phrases, disparues):
        entiere = len(rangs) > 1 or _seule_de_sa_section(phrases, rangs[0])
        constat = Constat(Genre.DISPARUE, tuple(phrases[r] for r in rangs), etape_entiere=entiere)
        ou.append((_debut_avant(fait, rangs[0]), constat))
    identiques = tuple(phrases[rang] for rang in fait.tenues if rang not in changees and not phrases[rang].apport)
    return tuple(constat for _, constat in sorted(ou, key=lambda paire: paire[0])), identiques


def du_guide(phrases: Sequence[Reference], passages: Sequence[Passage]) -> list[Passage]:
    """Leave out the passages that are of the publication: between two things that it says around the guide.

    What stands at the edge of what it says is told once, where the guide says it: the title of a new step ends the list
    of the steps, then opens the step.
    """

    def autour(rang: int | None, *, sinon: bool) -> bool:
        return sinon if rang is None else phrases[rang].apport

    gardes: list[Passage] = []
    bords: list[Passage] = []
    for passage in passages:
        avant, apres = autour(passage.avant, sinon=True), autour(passage.apres, sinon=False)
        if not (avant and apres):
            (bords if autour(passage.avant, sinon=False) or apres else gardes).append(passage)
    for rang, bord in enumerate(bords):
        suites = (_cles(autre) for autre in (*gardes, *bords[rang + 1 :]))
        if not any(suite[: len(bord.mots)] == _cles(bord) for suite in suites):
            gardes.append(bord)
    return [passage for passage in passages if passage in gardes]


def _cles(passage: Passage) -> tuple[str, ...]:
    return tuple(mot.cle for mot in passage.mots)


def _comparer(
    phrases: Sequence[Reference], fait: Alignement, plat: str, ajouts: dict[int, set[int]]
) -> dict[int, Comparee]:
    """Compare each sentence that is found with its words in the text, and those that were put in it."""
    comparees = {}
    for rang in fait.tenues:
        siennes = sorted({*fait.places[rang].values(), *ajouts.get(rang, ())})
        comparees[rang] = comparer_mots(phrases[rang].texte, plat, tuple(fait.lus[place] for place in siennes))
    return comparees


def trouver_en_place(
    edition: Edition, phrases: Sequence[Reference], disparues: Sequence[int], passages: Sequence[Passage]
) -> list[tuple[int, Passage]]:
    """Find the sentences that are gone where one passage stands in their place, and looks like them or is as short."""
    paires: list[tuple[int, Passage]] = []
    for rang in disparues:
        ici = [p for p in passages if p.avant == rang - 1 or p.apres == rang + 1]
        libre = len(ici) == 1 and ici[0] not in [passage for _, passage in paires]
        if libre and _remplace(phrases[rang], _cles(ici[0]), edition.version):
            paires.append((rang, ici[0]))
    return paires


def _remplace(phrase: Reference, apres: tuple[str, ...], version: str) -> bool:
    """Say whether what stands in the place of a sentence is it; an edition may be named with no word of the other."""
    avant = phrase.mots
    if len(avant) <= _COURT or phrase.texte == version:
        return len(apres) <= 2 * max(_COURT, len(avant))
    return _ressemblance(avant, apres) >= _EN_PLACE


def _ressemblance(un: Sequence[str], autre: Sequence[str]) -> float:
    return SequenceMatcher(None, un, autre, autojunk=False).ratio()


def memes_remplacements(changees: dict[int, Comparee]) -> list[list[int]]:
    """Put together the sentences in which the same words were put in the place of the same others, and nothing else."""
    seuls = {rang: remplacement(faite) for rang, faite in changees.items()}
    partout = [seul for seul in seuls.values() if seul]
    groupes: dict[object, list[int]] = {}
    for rang, faite in changees.items():
        # Where a label is not quoted, only a sentence that quotes it says which words are it.
        tous = (seuls[rang],) if seuls[rang] else (*partout, Remplacement(faite.avant, faite.apres))
        fait = next((seul for seul in tous if seul and _fait_tout(seul, faite)), None)
        groupes.setdefault((plier(fait.avant), plier(fait.apres)) if fait else rang, []).append(rang)
    return list(groupes.values())


def remplacement(faite: Comparee) -> Remplacement | None:
    """Give the one thing that takes the place of another in a sentence, if nothing else changed.

    Words put in, or taken out, take the place of nothing: it is the label they are quoted in that does.
    """
    faits = {(plier(fait.avant), plier(fait.apres)) for fait in faite.remplacements}
    if len(faits) == 1 and all(next(iter(faits))):
        return faite.remplacements[0]
    avant, apres = cites(faite.avant), cites(faite.apres)
    if len(avant) != len(apres):
        return None
    changes = {(un, autre) for un, autre in zip(avant, apres, strict=True) if cles(un) != cles(autre)}
    fait = Remplacement(*map(fr, changes.pop())) if len(changes) == 1 else None
    return fait if fait and _fait_tout(fait, faite) else None


def _fait_tout(fait: Remplacement, faite: Comparee) -> bool:
    """Say whether that, wherever it can be, makes one sentence of the other."""
    avant, apres, de, en = (
        " ".join(("", *cles(dit), "")) for dit in (faite.avant, faite.apres, fait.avant, fait.apres)
    )
    # Two that follow each other share the space between them.
    return plier(avant.replace(" ", "  ").replace(de.replace(" ", "  "), en)) == plier(apres)


def par_section(phrases: Sequence[Reference], disparues: Sequence[int]) -> list[list[int]]:
    """Put together the sentences of a step that is gone with all it says; the others stand each by itself."""
    groupes: list[list[int]] = []
    for rang in disparues:
        section = [r for r, phrase in enumerate(phrases) if phrase.section == phrases[rang].section]
        if not all(r in disparues for r in section):
            groupes.append([rang])
        elif rang == section[0]:
            groupes.append(section)
    return groupes


def _seule_de_sa_section(phrases: Sequence[Reference], rang: int) -> bool:
    return sum(phrase.section == phrases[rang].section for phrase in phrases) == 1


def _nouveau(
    edition: Edition, phrases: Sequence[Reference], passage: Passage, texte: str, admis: frozenset[str]
) -> Constat:
    dit = fr(texte)
    lignes = tuple(_FIN_DE_PHRASE.split(dit))
    mots = cles(dit)
    notee = max(((_ressemblance(mots, phrase.mots), phrase) for phrase in edition.phrases), key=lambda n: n[0])
    phrase = next((voisine.phrase for ligne in lignes for voisine in voisines(_a_la_premiere(ligne), None)[:1]), None)
    nommes = tuple(libelles()[plie] for cite in cites(dit) if (plie := plier(cite)) in libelles())
    proche = Proche(notee[1] if notee[0] >= _PROCHE else None, phrase, nommes)
    ici = -1 if passage.avant is None else passage.avant
    apres = next((p for p in reversed(phrases[: ici + 1]) if not p.apport), None)
    voisins = next((p.exemples[-1:] for p in reversed(phrases[: ici + 1]) if p.exemples), ())
    return Constat(
        Genre.NOUVELLE, (), texte=lignes, inconnus=_inconnus(lignes, admis), apres=apres, proche=proche,
        voisins=voisins,
    )  # fmt: skip


def _a_la_premiere(ligne: str) -> str:
    """Say as a scenario does what the guide asks for."""
    premier, _, suite = ligne.partition(" ")
    je = _JE.get(premier.casefold())
    return f"{je} {suite.rstrip(' .:')}".replace("sur le bouton", "sur") if je else ligne


def _inconnus(textes: Iterable[str], admis: frozenset[str]) -> tuple[Inconnu, ...]:
    return tuple({manquant.texte: manquant for texte in textes for manquant in inconnus(texte, admis)}.values())


def _deplace(phrases: Sequence[Reference], fait: Alignement, rangs: list[int], place: int) -> Constat:
    avant = [
        (min(places.values()), rang)
        for rang, places in enumerate(fait.places)
        if places and rang not in rangs and not phrases[rang].apport and min(places.values()) < place
    ]
    apres = phrases[max(avant)[1]] if avant else None
    return Constat(Genre.DEPLACEE, tuple(phrases[rang] for rang in rangs), apres=apres)


def _debut(fait: Alignement, rang: int) -> float:
    return fait.lus[min(fait.places[rang].values())].debut


def _debut_avant(fait: Alignement, rang: int) -> float:
    """Give where a sentence that is gone would stand: after the one before it."""
    avant = [r for r in fait.tenues if r < rang]
    return _debut(fait, avant[-1]) + 0.5 if avant else -1
