"""The same change for many objects: what can be changed at once, what each becomes, and what each was.

A change is decided here for one object, by its own operations and by the judge's diagnostic. It never costs an object
its status: what would make a draft of a « validée » is left, and the reason is told.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from webapp.domain import champs_action as a
from webapp.domain import champs_session as s
from webapp.domain import prix
from webapp.domain.calendrier import SEMAINES_MAX
from webapp.domain.champs import Niveau
from webapp.domain.decalage import decaler, lire_semaines
from webapp.domain.diagnostic import Code
from webapp.domain.montants import MONTANT_MAX, refus_de_montant
from webapp.domain.niveaux import PAR_NOM
from webapp.domain.refus import RefusMetier
from webapp.domain.saisies import comme_id, comme_montant, de_montant, dire_entier, lire, montrer
from webapp.domain.statuts import Operation, Statut
from webapp.domain.textes import dire, fr, pluriel, unir_tirets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from webapp.domain.champs import Champ
    from webapp.domain.diagnostic import Diagnostic
    from webapp.domain.fiche_arbre import Fiche
    from webapp.domain.formation import Acte
    from webapp.domain.noeud import Noeud

POURCENTAGE_MIN, POURCENTAGE_MAX = -100, 1_000
_POURCENTAGE = re.compile(r"([+-]?) ?([0-9]{1,4}(?:[.,][0-9]{1,2})?)", re.ASCII)
_CODE = re.compile(r"(?:RS|RNCP|CPF)[0-9]{1,6}", re.ASCII)
_CENTIME = Decimal("0.01")


class Lot(StrEnum):
    """What can be done to many objects at once."""

    DECALER = "decaler"
    PRIX = "prix"
    CONTACT = "contact"
    MODALITE = "modalite"
    ARCHIVER = "archiver"
    VALIDER = "valider"
    REMPLACER = "remplacer"


NIVEAUX: MappingProxyType[Lot, tuple[Niveau, ...]] = MappingProxyType({
    Lot.DECALER: (Niveau.SESSION,),
    Lot.PRIX: (Niveau.ACTION,),
    Lot.CONTACT: (Niveau.ACTION,),
    Lot.MODALITE: (Niveau.ACTION,),
    Lot.ARCHIVER: (Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION),
    Lot.VALIDER: (Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION),
    Lot.REMPLACER: (Niveau.FORMATION,),
})  # fmt: skip
"""The levels whose objects each may change."""

CHAMPS: MappingProxyType[Lot, Champ] = MappingProxyType({
    Lot.CONTACT: a.CONTACT,
    Lot.MODALITE: a.MODALITES_D_ENSEIGNEMENT,
})  # fmt: skip
"""What puts one value in one field: which."""

_PLURIELS = {Niveau.FORMATION: "formations", Niveau.ACTION: "actions", Niveau.SESSION: "sessions"}
SEMAINES, TTC, POURCENTAGE, VALEUR, VERS = "semaines", "ttc", "pourcentage", "valeur", "vers"


class ChangementRefuse(RefusMetier):
    """What is to be changed was not said, or makes no sense; the message says what to type in `champ`."""

    def __init__(self, champ: str, message: str) -> None:
        """Keep the place that is to be corrected."""
        super().__init__(fr(message))
        self.champ = champ


@dataclass(frozen=True, slots=True)
class Changement:
    """One change for all: what, to which level, with which values (canonical texts, by name)."""

    lot: Lot
    niveau: Niveau
    valeurs: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def lire(cls, quoi: str, niveau: str, saisie: Mapping[str, str]) -> Changement:
        """Read what a person asks for. Raises ChangementRefuse."""
        if quoi not in Lot.__members__.values():
            raise ChangementRefuse("lot", "Choisissez ce qu'il faut changer.")
        lot = Lot(quoi)
        siens = NIVEAUX[lot]
        if len(siens) > 1 and niveau not in siens:
            raise ChangementRefuse("lot", "Choisissez ce qu'il faut changer.")
        vise = Niveau(niveau) if len(siens) > 1 else siens[0]
        return cls(lot, vise, MappingProxyType(_LECTURES.get(lot, _rien)(saisie)))

    @property
    def par_la_fin(self) -> bool:
        """Whether the latest sessions go first: moved later, none then lands on one that is still to move."""
        return self.lot is Lot.DECALER and int(self.valeurs[SEMAINES]) > 0

    @property
    def titre(self) -> str:
        """Say what is changed, in a few words that people read in a list."""
        if self.lot is Lot.DECALER:
            semaines = int(self.valeurs[SEMAINES])
            sens = "plus tard" if semaines > 0 else "plus tôt"
            return fr(f"Décaler les dates des sessions de {pluriel(abs(semaines), 'semaine')} {sens}")
        if self.lot is Lot.PRIX:
            return fr(f"Changer le prix des actions : {self._prix}")
        if self.lot is Lot.CONTACT:
            return "Changer le contact des actions"
        if self.lot is Lot.MODALITE:
            valeur = montrer(a.MODALITES_D_ENSEIGNEMENT, self.valeurs[VALEUR])
            return dire("Changer les modalités d'enseignement des actions : {valeur}", valeur=valeur.lower())
        if self.lot is Lot.REMPLACER:
            return dire("Remplacer la certification des formations par {code}", code=self.valeurs[VALEUR])
        verbe = "Archiver" if self.lot is Lot.ARCHIVER else "Valider"
        return f"{verbe} des {_PLURIELS[self.niveau]}"

    @property
    def _prix(self) -> str:
        if self.valeurs[TTC]:
            return f"{montrer(a.FRAIS_TTC, self.valeurs[TTC])} € TTC"
        return f"{self.valeurs[POURCENTAGE].replace('.', ',').replace('-', '−')} %"

    def fiche(self, fiche: Fiche) -> Fiche:
        """Give what a fiche becomes; the same one where there is nothing to change in it."""
        if self.lot is Lot.DECALER:
            return decaler(fiche, int(self.valeurs[SEMAINES]))
        if self.lot is Lot.PRIX:
            nouveau = self.valeurs[TTC] or _augmente(fiche[a.FRAIS_TTC], Decimal(self.valeurs[POURCENTAGE]))
            return prix.completer(fiche.avec(frais_ttc=nouveau, frais_ht="")) if nouveau else fiche
        if self.lot in CHAMPS:
            return fiche.avec(**{CHAMPS[self.lot].nom: self.valeurs[VALEUR]})
        return fiche

    def appliquer(self, acte: Acte, noeud: Noeud, juger: Callable[[Fiche], Diagnostic]) -> Noeud:
        """Give what an action or a session becomes. `juger` gives what the judge says of a fiche of it.

        Raises ResteAinsi with the reason why it cannot change, or has nothing to change.
        """
        if noeud.statut is Statut.ARCHIVEE:
            raise ResteAinsi("Déjà archivée." if self.lot is Lot.ARCHIVER else "Archivée : restaurez-la d'abord.")
        if self.lot is Lot.ARCHIVER:
            return noeud.archiver(acte)
        if self.lot is Lot.VALIDER:
            if noeud.statut is Statut.VALIDEE:
                raise ResteAinsi("Déjà validée.")
            diagnostic = juger(noeud.fiche)
            if not diagnostic.validable:
                raise ResteAinsi(raisons(diagnostic, noeud.niveau))
            return noeud.soumettre(acte, noeud.fiche, Operation.VALIDER, diagnostic)
        fiche = self.fiche(noeud.fiche)
        if fiche == noeud.fiche:
            raise ResteAinsi(_SANS_OBJET.get(self.lot, "Rien à y changer."))
        diagnostic = juger(fiche)
        if not diagnostic.enregistrable:
            raise ResteAinsi(raisons(diagnostic, noeud.niveau))
        if noeud.statut is Statut.VALIDEE and not diagnostic.validable:
            dites = raisons(diagnostic, noeud.niveau)
            raise ResteAinsi(dire("Elle redeviendrait un brouillon. {raisons}", raisons=dites))
        return noeud.soumettre(acte, fiche, Operation.ENREGISTRER, diagnostic)

    def detail(self, avant: Fiche, nommer: Mapping[str, str] = MappingProxyType({})) -> str:
        """Say what changes of a fiche: « 01/03/2027 → 08/03/2027 ». `nommer` gives the names of contacts by id."""
        apres = self.fiche(avant)
        if self.lot is Lot.DECALER:
            return _fleche(*(_periode(fiche) for fiche in (avant, apres)))
        if self.lot is Lot.PRIX:
            return _fleche(*(_euros(fiche[a.FRAIS_TTC]) for fiche in (avant, apres)))
        if self.lot in CHAMPS:
            champ = CHAMPS[self.lot]
            return _fleche(*(nommer.get(f[champ]) or montrer(champ, f[champ]) for f in (avant, apres)))
        return ""


class ResteAinsi(RefusMetier):
    """An object is left as it is; the message is the reason, a French sentence."""

    def __init__(self, raison: str) -> None:
        """Typeset the reason."""
        super().__init__(fr(raison))


@dataclass(frozen=True, slots=True)
class Etat:
    """What an action or a session was before a change, as far as it differs: what undoing gives back."""

    champs: MappingProxyType[str, str]
    statut: Statut

    @classmethod
    def de(cls, avant: Noeud, apres: Noeud) -> Etat:
        """Keep what a change takes away."""
        noms = avant.fiche.differences(apres.fiche)
        return cls(MappingProxyType({nom: avant.fiche.valeur(nom) for nom in noms}), avant.statut)

    @classmethod
    def lire(cls, valeurs: Mapping[str, object]) -> Etat:
        """Read what `valeurs` gave. Raises KeyError or ValueError for anything else."""
        champs = valeurs["champs"]
        assert isinstance(champs, dict)  # noqa: S101 - written by `valeurs` below
        return cls(MappingProxyType(champs), Statut(str(valeurs["statut"])))

    @property
    def valeurs(self) -> dict[str, object]:
        """Give plain values, ready for JSON."""
        return {"champs": dict(self.champs), "statut": self.statut.value}

    def rendre(self, acte: Acte, noeud: Noeud, juger: Callable[[Fiche], Diagnostic]) -> tuple[Noeud, str]:
        """Give an object back as it was, and a sentence when the judge no longer allows its status.

        Raises ResteAinsi when it cannot even be stored as it was.
        """
        fiche = noeud.fiche.avec(**self.champs)
        diagnostic = juger(fiche)
        if not diagnostic.enregistrable:
            raise ResteAinsi(raisons(diagnostic, noeud.niveau))
        rendu = noeud.redevenir(acte, fiche, self.statut, diagnostic)
        if rendu.statut is self.statut:
            return rendu, ""
        return rendu, dire("Revenue en brouillon. {raisons}", raisons=raisons(diagnostic, noeud.niveau))


def raisons(diagnostic: Diagnostic, niveau: Niveau) -> str:
    """Say what forbids something at that level: the fields to be filled, then one sentence after the other.

    The first three are told, the fields to be filled being one.
    """
    champs = PAR_NOM[niveau]
    vides, autres = [], []
    for anomalie in diagnostic.bloquantes:
        if anomalie.code is Code.OBLIGATOIRE and anomalie.champ in champs:
            vides.append(dire("« {x} »", x=champs[anomalie.champ].libelle))
        else:
            autres.append(anomalie.message)
    dits = [dire(A_REMPLIR, champs=", ".join(vides)), *autres] if vides else autres
    suite = " …" if len(dits) > RAISONS_DITES else ""
    return " ".join(dits[:RAISONS_DITES]) + suite


A_REMPLIR = "À remplir : {champs}."
RAISONS_DITES = 3
_SANS_OBJET = {
    Lot.DECALER: "Sans dates à décaler.",
    Lot.PRIX: "Sans prix à changer, ou déjà à ce prix.",
    Lot.CONTACT: "A déjà ce contact.",
    Lot.MODALITE: "A déjà ces modalités.",
}


def _rien(_saisie: Mapping[str, str]) -> dict[str, str]:
    return {}


def _lire_semaines(saisie: Mapping[str, str]) -> dict[str, str]:
    nombre = lire_semaines(saisie.get(SEMAINES, ""))
    if not nombre:
        raise ChangementRefuse(
            SEMAINES,
            f"Saisissez un nombre de semaines, de 1 à {SEMAINES_MAX} ; "
            "avec un « - » devant, les sessions commencent plus tôt.",
        )
    return {SEMAINES: str(nombre)}


def _lire_prix(saisie: Mapping[str, str]) -> dict[str, str]:
    ttc = saisie.get(TTC, "").strip()
    dit = unir_tirets(unicodedata.normalize("NFKC", saisie.get(POURCENTAGE, "")))
    pourcentage = dit.strip().removesuffix("%").strip()
    if bool(ttc) is bool(pourcentage):
        raise ChangementRefuse(TTC, "Saisissez ou bien le nouveau prix, ou bien le pourcentage, et lui seul.")
    if ttc:
        lu = lire(a.FRAIS_TTC, ttc)
        if comme_montant(lu) is None:
            raise ChangementRefuse(TTC, refus_de_montant(lu))
        return {TTC: lu, POURCENTAGE: ""}
    vu = _POURCENTAGE.fullmatch(pourcentage)
    valeur = Decimal(vu[1] + vu[2].replace(",", ".")) if vu else Decimal(0)
    if not POURCENTAGE_MIN <= valeur <= POURCENTAGE_MAX or not valeur:
        raise ChangementRefuse(
            POURCENTAGE,
            f"Saisissez un pourcentage de {POURCENTAGE_MIN} à {dire_entier(str(POURCENTAGE_MAX))}, à deux décimales au "
            "plus et autre que 0 : par exemple 3,5 ou -10.",
        )
    return {TTC: "", POURCENTAGE: str(valeur)}


def _lire_contact(saisie: Mapping[str, str]) -> dict[str, str]:
    id_ = comme_id(saisie.get("contact", ""))
    if id_ is None:
        raise ChangementRefuse("contact", "Choisissez un contact.")
    return {VALEUR: str(id_)}


def _lire_modalite(saisie: Mapping[str, str]) -> dict[str, str]:
    valeur = saisie.get("modalite", "")
    if valeur not in (a.MODALITES_D_ENSEIGNEMENT.choix or {}):
        raise ChangementRefuse("modalite", "Choisissez des modalités d'enseignement.")
    return {VALEUR: valeur}


def _lire_certification(saisie: Mapping[str, str]) -> dict[str, str]:
    code = "".join(saisie.get(VERS, "").split()).upper()
    if not _CODE.fullmatch(code):
        raise ChangementRefuse(VERS, "Saisissez le code de la nouvelle certification, par exemple RS7003.")
    return {VALEUR: code}


_LECTURES: dict[Lot, Callable[[Mapping[str, str]], dict[str, str]]] = {
    Lot.DECALER: _lire_semaines,
    Lot.PRIX: _lire_prix,
    Lot.CONTACT: _lire_contact,
    Lot.MODALITE: _lire_modalite,
    Lot.REMPLACER: _lire_certification,
}


def _augmente(ttc: str, pourcentage: Decimal) -> str:
    """Give a price that is changed by a percentage, to the cent; empty when there is none, or when it would not fit."""
    montant = comme_montant(ttc)
    if montant is None:
        return ""
    nouveau = (montant * (100 + pourcentage) / 100).quantize(_CENTIME, ROUND_HALF_UP)
    return de_montant(nouveau) if nouveau <= MONTANT_MAX else ""


def _euros(valeur: str) -> str:
    return f"{montrer(a.FRAIS_TTC, valeur)}\N{NO-BREAK SPACE}€" if valeur else ""


def _periode(fiche: Fiche) -> str:
    return " – ".join(montrer(champ, fiche[champ]) for champ in (s.DEBUT, s.FIN) if fiche[champ])


def _fleche(avant: str, apres: str) -> str:
    return f"{avant or '(rien)'} → {apres or '(rien)'}"
