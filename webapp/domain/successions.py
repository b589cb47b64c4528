"""What replaces a certification at a date, and the sentences that say it (rule F15 of the trade).

A sentence names what it is about: it stands under a title, beside a button or after another sentence. Only what
follows the sentence that says why a certification cannot be used begins with « Elle ».
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, repeat

from webapp.domain.certifications import Certification, EtatCertification
from webapp.domain.dates import date_longue
from webapp.domain.textes import dire, enumerer

_ELLE = "Elle"
_PREND_FIN = ", dont l'enregistrement prend fin le {fin}"
_AUSSI = "aussi "


def remplacee_par(suivante: Certification, sujet: str = _ELLE, fin: str = "", aussi: str = "") -> str:
    """Name what replaces a certification. In: what is replaced; when the end of what replaces it is near, that end.

    `aussi`: the word that makes it a sentence after another that named what replaces it, empty for the first.
    """
    modele = "{sujet} est {aussi}remplacée par {code} – {intitule}" + (_PREND_FIN if fin else "") + "."
    return dire(modele, sujet=sujet, aussi=aussi, code=suivante.code, intitule=suivante.intitule, fin=fin)


@dataclass(frozen=True, slots=True)
class Succession:
    """What replaces a certification at a date, along the whole chain.

    `ancienne` is its code. `actives` are those that may be used then and that nothing in use replaces; `relais` those
    that may be used too, and that one of the former replaces; `a_venir` those whose registration counts only later;
    `inconnues` the codes that the registry does not hold; `finies` those that have ended and that nothing is known to
    replace. `boucle` are those that it replaces as much as they replace it, when no date says which came
    last. `fins` gives the end of the active ones that end soon; `ensuite` what is known to come after those that may be
    used.
    """

    actives: tuple[Certification, ...] = ()
    a_venir: tuple[Certification, ...] = ()
    inconnues: tuple[str, ...] = ()
    finies: tuple[Certification, ...] = ()
    boucle: tuple[str, ...] = ()
    ancienne: str = _ELLE
    fins: Mapping[str, str] = field(default_factory=dict)
    ensuite: tuple[Succession, ...] = ()
    relais: tuple[Certification, ...] = ()

    @property
    def vide(self) -> bool:
        """Whether nothing is known to replace it, today or later; what has ended too replaces it no more."""
        return not (self.actives or self.a_venir or self.inconnues)

    @property
    def premiere(self) -> Certification | None:
        """The one to offer first; None when none may be used."""
        return self.actives[0] if self.actives else None

    @property
    def remplacements(self) -> tuple[tuple[str, Certification], ...]:
        """Each of those that may be used in its place, with the sentence that names both."""
        aussi = chain(("",), repeat(_AUSSI))
        return tuple(
            (remplacee_par(une, self.ancienne, self.fins.get(une.code, ""), next(aussi)), une) for une in self.actives
        )

    @property
    def reserves(self) -> str:
        """The sentences about those that cannot be used, and those that soon cannot; empty when there is none.

        They count not yet, are not known here, or, where there is nothing else to say, have ended. Those that may be
        used and are replaced in turn are named first.
        """
        return " ".join(self._reserves(repeat(self.ancienne)))

    def apres_un_avis(self, *, titres: bool = False) -> str:
        """Give all the sentences, to follow one that has just named it; empty when nothing replaces it.

        `titres`: whether those that may be used are named by their title too.
        """
        sujets = chain((_ELLE,), repeat(self.ancienne))
        return " ".join([*self._remplacee(sujets, titres=titres), *self._reserves(sujets)])

    def _remplacee(self, sujets: Iterator[str], *, titres: bool) -> list[str]:
        """Name all those that may be used in one sentence; in several when one of them ends soon."""
        if not self.actives:
            return []
        noms = [
            dire("{code} – {intitule}", code=c.code, intitule=c.intitule) if titres else c.code for c in self.actives
        ]
        if not self.fins:
            # Titles are long: each is told by its own « par ».
            tous = enumerer(noms, "par " if titres else "")
            return [dire("{sujet} est remplacée par {noms}.", sujet=next(sujets), noms=tous)]
        aussi = chain(("",), repeat(_AUSSI))
        return [
            dire(
                "{sujet} est {aussi}remplacée par {nom}" + (_PREND_FIN if une.code in self.fins else "") + ".",
                sujet=next(sujets), aussi=next(aussi), nom=nom, fin=self.fins.get(une.code, ""),
            )
            for nom, une in zip(noms, self.actives, strict=True)
        ]  # fmt: skip

    def _reserves(self, sujets: Iterator[str]) -> list[str]:
        phrases = [_passee_par(une, next(sujets)) for une in self.relais]
        aussi = chain((_AUSSI,) if self.actives else ("",), repeat(_AUSSI))
        phrases += [
            dire(
                "{sujet} sera {aussi}remplacée par {code} – {intitule}, qui prend effet le {le}.",
                sujet=next(sujets), aussi=next(aussi), code=une.code, intitule=une.intitule,
                le=date_longue(une.connue_active_le),
            )
            for une in self.a_venir
        ]  # fmt: skip
        if self.inconnues:
            phrases.append(
                dire(
                    "{sujet} est {aussi}remplacée par {codes}, que ce registre ne connaît pas encore.",
                    sujet=next(sujets), aussi=next(aussi), codes=enumerer(self.inconnues),
                )
            )  # fmt: skip
        phrases += [phrase for une in self.ensuite for phrase in une.toutes]
        if self.boucle:
            phrases.append(_se_designent((self.ancienne, *self.boucle)))
        # Two that may be used may lead to the same one.
        phrases = list(dict.fromkeys(phrases))
        if phrases or self.actives:
            return phrases
        aussi = chain(("",), repeat(_AUSSI))
        return [_finie(une, next(sujets), next(aussi)) for une in self.finies]

    @property
    def nommees(self) -> tuple[Certification, ...]:
        """Those that the sentences name."""
        ensuite = (nommee for une in self.ensuite for nommee in une.nommees)
        siennes = tuple(dict.fromkeys((*self.actives, *self.relais, *self.a_venir, *ensuite)))
        return siennes or self.finies

    @property
    def toutes(self) -> list[str]:
        """All the sentences, each of which names what it is about."""
        return [*(phrase for phrase, _ in self.remplacements), *self._reserves(repeat(self.ancienne))]


def _passee_par(relais: Certification, sujet: str) -> str:
    return dire(
        "{sujet} a d'abord été remplacée par {code} – {intitule}, encore active mais remplacée à son tour.",
        sujet=sujet, code=relais.code, intitule=relais.intitule,
    )  # fmt: skip


def _finie(une: Certification, sujet: str, aussi: str) -> str:
    # Found inactive before the end that it announces: that end is none of its past.
    constatee = une.inactive_constatee_le
    if une.fin_enregistrement is None or (constatee is not None and une.fin_enregistrement > constatee):
        return dire(
            "{sujet} a {aussi}été remplacée par {code} – {intitule}, qui n'est plus active non plus.",
            sujet=sujet, aussi=aussi, code=une.code, intitule=une.intitule,
        )  # fmt: skip
    return dire(
        "{sujet} a {aussi}été remplacée par {code} – {intitule}, dont l'enregistrement a pris fin le {le}.",
        sujet=sujet, aussi=aussi, code=une.code, intitule=une.intitule, le=date_longue(une.fin_enregistrement),
    )  # fmt: skip


def _se_designent(codes: Collection[str]) -> str:
    *premiers, dernier = sorted(codes, key=lambda code: (len(code), code))
    if len(premiers) == 1:
        return dire(
            "Les fiches {a} et {b} se désignent l'une l'autre pour la suite : aucune date ne dit laquelle remplace "
            "l'autre.",
            a=premiers[0], b=dernier,
        )  # fmt: skip
    return dire(
        "Les fiches {premieres} et {b} se désignent les unes les autres pour la suite : aucune date ne dit laquelle "
        "remplace les autres.",
        premieres=", ".join(premiers), b=dernier,
    )  # fmt: skip


def qui_ramenent(code: str, connues: Iterable[Certification]) -> frozenset[str]:
    """Give those of some certifications from which what replaces them leads back to a code, through one another."""
    suivantes = {une.code: {*une.successeurs} - {une.code} for une in connues if une.code != code}
    ramenent: set[str] = set()
    atteints = {code}
    while atteints:
        atteints = {une for une, siennes in suivantes.items() if une not in ramenent and siennes & atteints}
        ramenent |= atteints
    return frozenset(ramenent)


def plus_jeune(une: Certification, autre: Certification, le: date) -> bool | None:
    """Say whether a certification came after another, by their dates of effect, else by their ends; None: unknown.

    At that date, one that may be used came after one that has ended.
    """
    for sienne, celle in ((une.effet_le, autre.effet_le), (une.fin_enregistrement, autre.fin_enregistrement)):
        if sienne is not None and celle is not None and sienne != celle:
            return sienne > celle
    etats = (une.etat_le(le), autre.etat_le(le))
    if etats[0] is not etats[1] and EtatCertification.EXPIREE in etats:
        return etats[1] is EtatCertification.EXPIREE
    return None


SUITE_INCONNUE = (
    "Aucune source ne dit ce qui remplace {code}. Certifications « Cléa » connues à cette date, à vérifier auprès du "
    "certificateur :"
)
SANS_SUITE = Succession()
"""Nothing is known to replace it."""


def suite_inconnue(code: str) -> str:
    """Introduce what may take the place of a CléA when no source says what does."""
    return dire(SUITE_INCONNUE, code=code)
