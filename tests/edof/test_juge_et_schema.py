"""What the judge lets be « validé », the schema of the portal's file takes: fields left out or given, two by two."""

from dataclasses import replace
from itertools import chain, combinations

import pytest
from lxml import etree

from tests.builders import une_fiche
from tests.builders import une_formation as une_formation_
from tests.builders_arbre import (
    CERTIFICATION,
    CONTACT_ID,
    LIEU_ID,
    un_contact,
    un_contexte,
    un_lieu,
    un_noeud,
    une_action,
    une_session,
)
from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.controle import controler
from webapp.domain.controle_arbre import controler_arbre
from webapp.domain.niveaux import CHAMPS
from webapp.domain.statuts import Statut
from webapp.edof.ecriture import PIED, ecrire_formation, entete
from webapp.edof.passage import Entourage, objet_de
from webapp.edof.verification import verifier_formation

_MINIMALES = {
    Niveau.CONTACT: un_contact, Niveau.LIEU: un_lieu, Niveau.ACTION: une_action, Niveau.SESSION: une_session,
}  # fmt: skip
_DITES = {
    "portable": "0612345678", "pays": "FR", "latitude": "43.6045", "longitude": "-1.4442", "heures_centre": "10",
    "heures_entreprise": "5", "adresse_web": "https://exemple.example/offre", "dates_information": "2027-01-05",
    "frais_annexes": "12.50", "frais_certification_inclus": "oui", "conditions_specifiques": "Savoir lire.",
}  # fmt: skip


def _valeur(champ: Champ) -> str:
    if champ.nature is Nature.CONTACT:
        return CONTACT_ID
    if champ.nature is Nature.LIEU:
        return LIEU_ID
    return _DITES.get(champ.nom) or (next(iter(champ.choix)) if champ.choix else "Dit")


def _essais(niveau: Niveau):
    """The least that a level may say, and all that it may, each with one field or two the other way."""
    moindre = _MINIMALES[niveau]()
    entiere = {c.nom: moindre[c] or _valeur(c) for c in CHAMPS[niveau]}
    for champs in chain(combinations(CHAMPS[niveau], 1), combinations(CHAMPS[niveau], 2)):
        yield {c.nom: "" if moindre[c] else _valeur(c) for c in champs}
        yield entiere | {c.nom: "" for c in champs}


def _fautes(niveau: Niveau, textes: dict[str, str]):
    """Give what the schema has against what the judge lets out; None where the judge lets nothing out."""
    fiches = {autre: faire(**(textes if autre is niveau else {})) for autre, faire in _MINIMALES.items()}
    contexte = un_contexte(
        contacts={CONTACT_ID: fiches[Niveau.CONTACT]}, lieux={LIEU_ID: fiches[Niveau.LIEU]}, conseils=False
    )
    formation = replace(une_formation_(), statut=Statut.VALIDEE)
    action = un_noeud(fiches[Niveau.ACTION], Statut.VALIDEE)
    sessions = {action.id: [un_noeud(fiches[Niveau.SESSION], Statut.VALIDEE)]}
    diagnostic = controler(une_fiche(), CERTIFICATION, contexte.le)
    if not controler_arbre(formation, diagnostic, [action], sessions, contexte).publiable:
        return None
    autour = Entourage("99999999800019", contexte.contacts, contexte.lieux)
    piece = ecrire_formation(objet_de(formation, [action], sessions, autour))
    return verifier_formation(etree.fromstring(entete() + piece + PIED)[0][0])


@pytest.mark.parametrize("niveau", list(_MINIMALES))
def test_the_schema_takes_what_the_judge_lets_out(niveau):
    rendues = [(textes, _fautes(niveau, textes)) for textes in _essais(niveau)]
    assert [(textes, fautes) for textes, fautes in rendues if fautes] == []
    sorties = sum(fautes == () for _, fautes in rendues)
    assert 0 < sorties < len(rendues)
