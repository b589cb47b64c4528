"""The only reader of what a form sends. Line ends become LF here (plain forms send CRLF, htmx sends LF)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.domain.champs import CHAMPS
from webapp.domain.comptes import LONGUEUR_MAX_MOT_DE_PASSE
from webapp.domain.fiche import NOMS, FicheFormation, normaliser_texte
from webapp.domain.fiche_arbre import Fiche
from webapp.domain.formation import Envoi
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.noeud import Depot
from webapp.domain.saisies import comme_id
from webapp.domain.textes import normaliser

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict

    from webapp.domain.champs import Niveau

_MULTIPLES = frozenset(champ.nom for champ in CHAMPS if champ.multiple)
_VERSION_MAX = 2**31 - 1

CHIFFRES_D_UN_RANG = 9
"""No rank of a line has more."""

PARAMETRE_MAX = 10_000
"""Characters of what is searched or chosen: what nobody types, and what an address may still hold."""

TEXTE_MAX = 10_000
"""Characters of a posted text that has no limit of its own."""

ADRESSE_MAX = 8_000
"""Characters of an address to come back to: the longest search, each of its letters written %XX%XX%XX."""

DE_SA_PAGE = "ici"
"""The field by which an operation says that it is asked from the page of the object, where one comes back."""

PREFIXE_PORTE = "fiche."
"""What stands before the names of the texts that étape 1/2 carries along: its own fields have the same names."""


class TexteTropLong(RequestEntityTooLarge):
    """One text is longer than what anybody would type there; all that was posted was read, and can be handed back."""

    def __init__(self, longueur_max: int) -> None:
        """Keep how many characters it may have."""
        super().__init__()
        self.longueur_max = longueur_max


def texte(nom: str, longueur_max: int = TEXTE_MAX) -> str:
    """Give one posted text in its normal form, empty when absent. Raises TexteTropLong."""
    return _borne(request.form.get(nom, ""), longueur_max)


def valeurs(nom: str) -> frozenset[str]:
    """Give all that was posted under one name, to be looked for among what is known."""
    return frozenset(request.form.getlist(nom))


def fichier(nom: str) -> tuple[str, bytes]:
    """Give the name and the bytes of a posted file; both empty when none was chosen."""
    poste = request.files.get(nom)
    return ("", b"") if poste is None else (poste.filename or "", poste.read())


def secret(nom: str) -> str:
    """Give one posted text exactly as typed (a password); of one too long to be right, enough to be wrong."""
    return request.form.get(nom, "")[: LONGUEUR_MAX_MOT_DE_PASSE + 1]


def parametre(nom: str, prefixe: str = "") -> str:
    """Give one text of what was asked, in its normal form, empty when absent: of the form when one is posted.

    In: its name, and what may stand before it there.
    Raises TexteTropLong beyond PARAMETRE_MAX characters.
    """
    return _borne(_demande().get(prefixe + nom, ""), PARAMETRE_MAX)


def rang(nom: str) -> int:
    """Give the rank after which a list goes on, as an address says it; 0 when it says none."""
    demande = parametre(nom)
    return int(demande) if demande.isascii() and demande.isdecimal() and len(demande) <= CHIFFRES_D_UN_RANG else 0


def destination() -> str:
    """Give the address to come back to; empty when there is none, or when it is too long to be one of ours."""
    demandee = _demande().get("destination", "")
    return normaliser(demandee) if len(demandee) <= ADRESSE_MAX else ""


def _borne(demande: str, longueur_max: int) -> str:
    """Measure a text before anything is done with it."""
    if len(demande) > longueur_max:
        raise TexteTropLong(longueur_max)
    return normaliser(demande)


def parametres() -> frozenset[str]:
    """Give the names present in what was asked."""
    return frozenset(_demande())


def _demande() -> MultiDict[str, str]:
    return request.form if request.method == "POST" else request.args


def est_porte() -> bool:
    """Say whether the form is étape 1/2, which carries the texts, and not étape 2/2, where they are typed."""
    return any(nom.startswith(PREFIXE_PORTE) for nom in request.form)


def fiche() -> FicheFormation:
    """Give the posted fiche, typed or carried along: its known fields, whatever else was posted."""
    poste, prefixe = request.form, PREFIXE_PORTE if est_porte() else ""
    envoyes = {nom: poste[prefixe + nom] for nom in NOMS if prefixe + nom in poste}
    for nom in _MULTIPLES & envoyes.keys():
        envoyes[nom] = _valeur(poste, nom, prefixe + nom)
    return FicheFormation.lire(envoyes)


def _valeur(poste: MultiDict[str, str], nom: str, envoye: str) -> str:
    """Give what was posted of a field; several codes ticked make one text, one to a line."""
    return "\n".join(poste.getlist(envoye)) if nom in _MULTIPLES else poste.get(envoye, "")


def version() -> int:
    """Give the version that travelled in what was asked; 0 for a new formation or for anything unreadable."""
    lue = _demande().get("version", "0")
    if not (lue.isascii() and lue.isdecimal()):
        return 0
    return min(int(lue), _VERSION_MAX) if len(lue) <= 10 else _VERSION_MAX  # noqa: PLR2004 - digits of the bound


def envoi(id: UUID) -> Envoi:
    """Give what the form of a formation sends, or étape 1/2 that carries its texts."""
    return Envoi(id, version(), fiche())


def depot(niveau: Niveau, id: UUID) -> Depot:
    """Give what the form of a level of the tree, or of a contact or a place, sends: its known fields, and no other."""
    poste = request.form
    envoyes = {
        nom: "\n".join(poste.getlist(nom)) if champ.multiple else poste[nom]
        for nom, champ in PAR_NOM[niveau].items()
        if nom in poste
    }
    return Depot(id, version(), Fiche.lire(niveau, envoyes))


def identites(nom: str) -> frozenset[UUID]:
    """Give the identities posted under one name, one or several in each value; what is none is left out."""
    textes = " ".join(request.form.getlist(nom)).split()
    return frozenset(lue for lue in map(comme_id, textes) if lue is not None)


def identite(nom: str) -> UUID:
    """Give the identity drawn when the form was shown; a new one when it is absent or unreadable."""
    try:
        return UUID(request.form.get(nom, ""))
    except ValueError:
        return uuid4()


def instant(nom: str) -> datetime | None:
    """Give a moment that travelled in a form, aware; None when it is absent or unreadable."""
    try:
        lu = datetime.fromisoformat(request.form.get(nom, ""))
    except ValueError:
        return None
    return lu if lu.tzinfo is UTC else None


def tout(sauf: Iterable[str] = ()) -> dict[str, str]:
    """Give every posted text but the named ones, to be handed back to the person who typed them."""
    exclus = set(sauf)
    return {nom: _normal(nom, _valeur(request.form, nom, nom)) for nom in request.form if nom not in exclus}


def reprise(prefixe: str) -> dict[str, str]:
    """Give the posted texts whose name begins with a prefix, the prefix removed."""
    return {
        (court := nom.removeprefix(prefixe)): _normal(court, _valeur(request.form, court, nom))
        for nom in request.form
        if nom.startswith(prefixe)
    }


def _normal(nom: str, texte: str) -> str:
    """Give a posted text in the normal form of its field, whatever stands before its name."""
    return normaliser_texte(nom.rpartition(".")[2], texte)
