"""The refusals of the trade, named. Each carries what a person needs to be told; none knows how it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from webapp.domain.controle import Bilan
    from webapp.domain.formation import Formation
    from webapp.domain.statuts import Operation, Statut


class RefusMetier(Exception):  # noqa: N818 - a refusal is an answer, not a malfunction
    """Mother of all refusals: the state of things forbids what was asked."""


class Introuvable(RefusMetier):
    """No such thing in this organisation's catalogue; a foreign identifier and a missing one are the same."""


class FicheRefusee(RefusMetier):
    """The fiche cannot be stored as it stands: the bilan says which field and why."""

    def __init__(self, bilan: Bilan) -> None:
        """Keep the bilan to be shown beside the fields."""
        super().__init__("; ".join(a.message for a in bilan.anomalies))
        self.bilan = bilan


class FormationIncomplete(FicheRefusee):
    """The formation can be saved but not « validée »: something mandatory is missing (guide step 13)."""


class OperationInterdite(RefusMetier):
    """The status of the formation does not allow this operation."""

    def __init__(self, operation: Operation, statut: Statut) -> None:
        """Keep what was asked and the status that forbids it."""
        super().__init__(f"{operation.value} / {statut.value}")
        self.operation = operation
        self.statut = statut


class VersionDepassee(RefusMetier):
    """Somebody saved this formation since the form was opened; nothing was overwritten."""

    def __init__(self, actuelle: Formation) -> None:
        """Keep the newer formation, to show both texts."""
        super().__init__(str(actuelle.version))
        self.actuelle = actuelle


class AutreOrganisme(RefusMetier):
    """The form was opened for another organisation than the one now signed in: nothing may cross over."""

    def __init__(self, actuel: str) -> None:
        """Keep the name of the organisation now signed in."""
        super().__init__(actuel)
        self.actuel = actuel


class CodeRefuse(RefusMetier):
    """A code of certification that cannot be used, and the French sentence that says why."""

    def __init__(self, message: str, code_ecrit: str = "") -> None:
        """Keep the sentence, and the code that was written when it is one of another type than the one chosen."""
        super().__init__(message)
        self.message = message
        self.code_ecrit = code_ecrit


class ConnexionRefusee(RefusMetier):
    """Unknown account, wrong password or closed account: deliberately the same answer."""


class MotDePasseRefuse(RefusMetier):
    """The password chosen breaks the rule; the message says how."""

    def __init__(self, message: str) -> None:
        """Keep the French sentence."""
        super().__init__(message)
        self.message = message


class CompteRefuse(RefusMetier):
    """An organisation or an account that cannot be made: a name, an address or a SIRET malformed or taken."""

    def __init__(self, message: str) -> None:
        """Keep the French sentence."""
        super().__init__(message)
        self.message = message
