"""What a sentence needs of the place where it is played, declared beside the sentence that needs it.

    @then("mon catalogue est vide", "…")
    @exige_du_lieu(CATALOGUE_A_SOI)
    def verifier_vide(donnees: Donnees) -> None: …

Where the suite starts the product, or holds the token of a test door, everything can be had. Elsewhere a scenario is
arranged by an account, through the screens, and what a sentence needs then decides whether its scenarios are played:
`steps.ailleurs.ecartes` asks. A need answers with the reason, in French, why it cannot be met, or None.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from steps.donnees.dates import ecrire_date
from steps.gherkin.dates import lire_date
from steps.gherkin.typographie import dire


@dataclass(frozen=True)
class Monde:
    """Where scenarios are played: the engine of the browser, and what the server lets one do.

    `adresse` is empty for the server of the suite; `porte` tells that a test door answers; `compte` that an account was
    given; `dates` are those at which the server can be placed; `pris` what the catalogue of the account holds already,
    identifiers and titles.
    """

    moteur: str = "chromium"
    adresse: str = ""
    porte: bool = True
    compte: bool = False
    demonstration: bool = True
    dates: frozenset[date] = frozenset()
    pris: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Usage:
    """One sentence as a scenario says it: the values of its parameters, its table, what it declares."""

    valeurs: Mapping[str, object] = field(default_factory=dict)
    tableau: Sequence[Sequence[str]] = ()
    besoins: "tuple[Besoin, ...]" = ()
    prepare: bool = False
    """It asks for data or for somebody signed in."""


Besoin = Callable[[Usage, Monde], str | None]
Fonction = TypeVar("Fonction", bound=Callable[..., object])
_BESOINS = "besoins"


def exige_du_lieu(*besoins: Besoin) -> Callable[[Fonction], Fonction]:
    """Declare what the function of a step needs."""

    def declarer(fonction: Fonction) -> Fonction:
        setattr(fonction, _BESOINS, besoins)
        return fonction

    return declarer


def besoins_de(fonction: Callable[..., object]) -> tuple[Besoin, ...]:
    """Give what the function of a step declares."""
    declares: tuple[Besoin, ...] = getattr(fonction, _BESOINS, ())
    return declares


def par_la_porte(raison: str) -> Besoin:
    """Make a need that the test door alone can meet."""

    def besoin(usage: Usage, monde: Monde) -> str | None:  # noqa: ARG001 - a need is told both
        return None if monde.porte else dire(raison)

    return besoin


ARBRE = par_la_porte("il faut des actions et des sessions préparées d'avance")
AUTRE_COMPTE = par_la_porte("il faut un autre compte, ou un autre rôle, que celui qui est donné")
AUTRE_ORGANISME = par_la_porte("il faut un second organisme")
CATALOGUE_A_SOI = par_la_porte("il faut un catalogue qui ne contient que les formations du scénario")
ENREGISTRE = par_la_porte("il faut lire ce qui est enregistré sans passer par l'écran")
SESSION_DU_SERVEUR = par_la_porte("il faut agir sur la session sans passer par l'écran")
HABILITATION_PUBLIEE = par_la_porte("il faut que le registre nomme l'organisme parmi les partenaires")
FICHE_PUBLIEE = par_la_porte("il faut que le registre tienne une fiche de plus")
AUTRE_CERTIFICATION = par_la_porte("il faut préparer une formation sur une certification choisie")


def date_offerte(usage: Usage, monde: Monde) -> str | None:
    """Need the server to be placed at the date of the sentence."""
    return date_demandee(lire_date(str(usage.valeurs["date"])), monde)


def date_demandee(jour: date, monde: Monde) -> str | None:
    """Say why the server cannot be placed at a date."""
    if monde.porte or jour in monde.dates:
        return None
    return dire("il faut que le serveur se croie le {jour}", jour=ecrire_date(jour))


def dates_de_modification(usage: Usage, monde: Monde) -> str | None:
    """Need formations that were modified at a date of the table."""
    if monde.porte or not usage.tableau or "modifiée le" not in usage.tableau[0]:
        return None
    return dire("il faut des formations modifiées à une date choisie")


def demonstration(usage: Usage, monde: Monde) -> str | None:  # noqa: ARG001 - a need is told both
    """Need the demonstration: its banner, its accounts."""
    return None if monde.demonstration else dire("il faut une démonstration, et ce serveur n'en est pas une")
