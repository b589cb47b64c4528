"""Faults put into a file of the portal's shape, one at a time: what is done to it, and what must be said of it.

Kinds: something is missing, is not where it should be, is given twice, has a name or a value that does not exist. Those
that the official schema lets through are as many as those that it refuses.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Alteration:
    """One fault: what names it, how the text of a file is changed, some words of what is said."""

    nom: str
    changer: Callable[[str], str]
    dit: str


def _par(motif: str, par: str) -> Callable[[str], str]:
    return lambda texte: re.sub(motif, par, texte, count=1, flags=re.DOTALL)


def _element(nom: str) -> str:
    return rf"[ ]*<{nom}(?: [^>]*)?>.*?</{nom}>\n"


def _bloc(nom: str) -> str:
    return rf'( *)<extras info="{nom}">.*?\n\1</extras>\n'


def _extra(nom: str) -> str:
    return rf'( *)<extra info="{nom}">(?:[^\n]*</extra>|.*?\n\1</extra>)\n'


def _ligne(nom: str) -> str:
    return rf'[ ]*<extra info="{nom}">[^\n]*</extra>\n'


_ABSENTS = [
    "intitule-formation", "objectif-formation", "resultats-attendus", "contenu-formation", "parcours-de-formation",
    "objectif-general-formation", "certification", "action", "organisme-formation-responsable",
    "niveau-entree-obligatoire", "modalites-enseignement", "lieu-de-formation", "modalites-entrees-sorties",
    "acces-handicapes", "langue-formation", "adresse-inscription", "etat-recrutement", "nom", "prenom", "telfixe",
    "courriel", "numtel", "SIRET", "code-RNCP", "urlweb", "latitude", "longitude", "ligne",
]  # fmt: skip
_EXTRAS_ABSENTS = [
    "resume-contenu", "contact-information", "contact-inscription", "duree-apprentissage", "existence-prerequis",
    "taux-tva", "frais-ht", "frais-ttc",
]  # fmt: skip
_BLOCS_ABSENTS = ["adresse", "session", "codes-modalites-admission", "codes-rythme-formation", "frais-pedagogiques"]
_VALEURS = {
    "intitule-formation": ["x" * 256, " ", ""],
    "objectif-formation": ["x" * 3001],
    "resultats-attendus": ["x" * 3001, ""],
    "contenu-formation": ["x" * 3001],
    "parcours-de-formation": ["0", "5", "96213"],
    "objectif-general-formation": ["1", "3"],
    "code-RNCP": ["RNCP", "RS7003", "40344"],
    "niveau-entree-obligatoire": ["2", "oui"],
    "modalites-enseignement": ["3"],
    "conditions-specifiques": ["x" * 3001],
    "modalites-entrees-sorties": ["2"],
    "urlweb": ["javascript:alert(1)", "organisme.example"],
    "debut": ["20260231", "20261399", "00000000", "2027-01-04", "20270229"],
    "fin": ["99999999", "demain"],
    "etat-recrutement": ["0", "ouvert"],
    "date": ["20260431"],
    "restauration": ["x" * 251, ""],
    "transport": ["x" * 251],
    "acces-handicapes": ["x" * 251, ""],
    "langue-formation": ["FRA", "ZZ", "fr"],
    "modalites-recrutement": ["", "x" * 3001],
    "modalites-pedagogiques": ["", "x" * 201],
    "code-perimetre-recrutement": ["0", "7"],
    "infos-perimetre-recrutement": ["", "x" * 51],
    "nombre-heures-centre": ["-5", "7.5", "999999999999", "douze"],
    "nombre-heures-entreprise": ["-1"],
    "numtel": ["05 61 00 00 00", "0123456789012345", "zéro"],
    "courriel": ["pas-une-adresse", "a b@c.example"],
    "codepostal": ["3100", "310000"],
    "ville": ["x" * 51],
    "ligne": ["x" * 51, ""],
    "nom": ["x" * 51, " "],
    "SIRET": ["9999999980001", "ABCDEFGHIJKLMN"],
}  # fmt: skip
_VALEURS_D_EXTRAS = {
    "frais-ht": ["gratuit", "1000", "1000,00", "-1000.00"],
    "frais-ttc": ["1 200.00"],
    "taux-tva": ["19.6", "20"],
    "duree-apprentissage": ["0", "douze", "999999"],
    "code-rythme-formation": ["99"],
    "code-modalites-admission": ["12345"],
    "code-type-horaires": ["4"],
    "code-gfe": ["25"],
    "existence-prerequis": ["2", "non"],
    "resume-contenu": ["x" * 256],
    "code-bloc": ["", "BC 01"],
    "libelle-voie": ["x" * 33],
    "conformite-reglementaire": ["oui"],
    "info-admission": ["x" * 251],
    "frais-anpec": ["trente"],
}  # fmt: skip
_AUTRES = [
    (
        "une session après les transports",
        _par(rf"({_element('session')})(.*?)({_element('transport')})", r"\2\3\1"),
        "place",
    ),
    (
        "les résultats avant l'objectif",
        _par(rf"({_element('objectif-formation')})({_element('resultats-attendus')})", r"\2\1"),
        "place",
    ),
    ("deux codes", _par(r"( *<code-RNCP>.*?\n)", r"\1          <code-RS>RS7003</code-RS>\n"), "code-RS"),
    ("deux adresses de site", _par(r"( *<urlweb>.*?\n)", r"\1\1"), "urlweb"),
    ("quatre lignes d'adresse", _par(r"( *<ligne>[^\n]*\n)", r"\1\1\1\1"), "ligne"),
    ("quatre dates d'information", _par(rf"({_element('date-information')})", r"\1\1\1"), "date-information"),
    ("deux sessions de mêmes dates", _par("20270201(.*?)20270205", r"20270104\g<1>20270108"), "mêmes dates"),
    ("deux sessions de même numéro", _par('session numero="S2"', 'session numero="S1"'), "même numéro"),
    ("un extra mal nommé", _par('info="garantie"', 'info="garanti"'), "connu"),
    ("un extra sans nom", _par('<extra info="garantie">', "<extra>"), "extra"),
    ("un extra de trop", _par(rf"({_ligne('garantie')})", r"\1\1"), "extra"),
    (
        "les prérequis en tête",
        _par(rf'(<extras info="action">\n)(.*?)({_ligne("existence-prerequis")})', r"\1\3\2"),
        "place",
    ),
    ("les frais à l'envers", _par(rf"({_ligne('taux-tva')})({_ligne('frais-ht')})", r"\2\1"), "place"),
    ("un élément retiré : domaine", _par("(<parcours-de-formation>)", r"<domaine-formation/>\1"), "n’existe plus"),
    ("un élément retiré : certifiante", _par("(<certification>)", r"<certifiante>1</certifiante>\1"), "n’existe plus"),
    ("un élément inconnu", _par("(<transport>)", r"<vestiaire/>\1"), "place"),
    ("sans date de création", _par(' datecrea="[0-9]*"', ""), "@datecrea"),
    ("sans numéro de formation", _par(' numero="CAP_1"', ""), "@numero"),
    ("sans numéro d'adresse", _par('<adresse numero="LIEU1">', "<adresse>"), "@numero"),
    ("sans numéro de coordonnées", _par('<coordonnees numero="C1">', "<coordonnees>"), "@numero"),
    ("un numéro vide", _par('action numero="A1"', 'action numero=""'), "vide"),
    ("un numéro de 200 signes", _par('action numero="A1"', f'action numero="{"x" * 200}"'), "30"),
    ("une date de mise à jour en lettres", _par('datemaj="[0-9]*"', 'datemaj="hier"'), "date"),
    ("un attribut inconnu", _par('<action numero="A1"', '<action langue="FR" numero="A1"'), "@langue"),
    ("du texte entre deux éléments", _par("(<transport>)", r"perdu \1"), "texte"),
    ("un élément dans un texte", _par("<transport>", "<transport><b/>"), "élément"),
]  # fmt: skip


def toutes() -> Iterator[Alteration]:
    """Give each alteration, in a stable order."""
    for nom in _ABSENTS:
        yield Alteration(f"sans {nom}", _par(_element(nom), ""), "il ")
    for nom in _EXTRAS_ABSENTS:
        yield Alteration(f"sans l'extra {nom}", _par(_extra(nom), ""), nom)
    for nom in _BLOCS_ABSENTS:
        yield Alteration(f"sans le bloc {nom}", _par(_bloc(nom), ""), nom)
    for nom, valeurs in _VALEURS.items():
        for valeur in valeurs:
            yield Alteration(f"{nom} : {valeur[:20]!r}", _par(rf"(<{nom}>).*?(</{nom}>)", rf"\g<1>{valeur}\g<2>"), "")
    for nom, valeurs in _VALEURS_D_EXTRAS.items():
        for valeur in valeurs:
            motif = rf'(<extra info="{nom}">)[^<]*(</extra>)'
            yield Alteration(f"{nom} : {valeur[:20]!r}", _par(motif, rf"\g<1>{valeur}\g<2>"), "")
    for nom, changer, dit in _AUTRES:
        yield Alteration(nom, changer, dit)


TOUTES = tuple(toutes())
