"""Certifications are found by the words of their code, of their title and of their certifiers."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from webapp.domain.certifications import Certification
from webapp.domain.successions import SANS_SUITE, Succession
from webapp.domain.textes import caracteres_interdits, mots_de
from webapp.persistence import certifications
from webapp.persistence.lecture import Lecture
from webapp.services import registre, successions

MOTS_MAX = 8
LONGUEUR_D_UN_MOT = 100
"""Characters: no title has a longer word, and PostgreSQL takes none of 2 kB."""


@dataclass(frozen=True, slots=True)
class Trouvee:
    """One certification that a search found, and what replaces it, if that is known; be it active or not."""

    certification: Certification
    active: bool
    suite: Succession = SANS_SUITE

    @property
    def a_prendre(self) -> tuple[Certification, ...]:
        """What may be used: itself while it is active, and what replaces it."""
        return (self.certification, *self.suite.actives) if self.active else self.suite.actives

    @property
    def nommees(self) -> tuple[Certification, ...]:
        """Itself, and those that its sentences name: their sources are to be told."""
        return (self.certification, *self.suite.nommees)

    def avis_le(self, le: date) -> str:
        """Give the sentences that say why it cannot be used at that date, and what replaces it; empty when none."""
        if self.active:
            return " ".join(self.suite.toutes)
        return " ".join(filter(None, (self.certification.avis_le(le), self.suite.apres_un_avis(titres=True))))


@dataclass(frozen=True, slots=True)
class Recherche:
    """What a search found, and whether there is more."""

    trouvees: tuple[Trouvee, ...] = ()
    de_plus: bool = False


def chercher(lecture: Lecture, texte: str, le: date, limite: int = 20) -> Recherche:
    """List the certifications that have, in code, title or certifiers, each word of a text: the active ones first.

    Those whose effect is ahead come after, then those that have ended; with each, what replaces it. Those not known
    yet at the date do not come.
    The beginning of a word is enough; case and accents do not count; the words beyond the eighth are not looked
    at; no word, no result.
    """
    mots = [] if caracteres_interdits(texte) else mots_de(texte)[:MOTS_MAX]
    if not mots or max(map(len, mots)) > LONGUEUR_D_UN_MOT:
        return Recherche()
    lus = certifications.contenant(lecture, mots, le, limite + 1)
    retenus = dict(islice(lus.items(), limite))
    # One that is nobody's any more has gone since its code was found.
    connues = registre.par_codes(lecture, retenus)
    # Read together: each would be asked for alone otherwise.
    registre.par_codes(lecture, {suivante for c in connues.values() for suivante in c.successeurs})
    trouvees = [
        Trouvee(connues[code], active, successions.succession(lecture, connues[code], le))
        for code, active in retenus.items()
        if code in connues
    ]
    return Recherche(tuple(trouvees), len(lus) > limite)
