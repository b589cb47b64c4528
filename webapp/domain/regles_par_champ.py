"""The rules that hold for one type of formation, or between two fields. `controler` asks them field by field."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from webapp.domain import champs
from webapp.domain.diagnostic import Anomalie, Code, Portee
from webapp.domain.nomenclatures import OBJECTIFS_GENERAUX
from webapp.domain.textes import dire, est_vide, fr
from webapp.domain.types_formation import REGLES

if TYPE_CHECKING:
    from webapp.domain.champs import Champ
    from webapp.domain.fiche import FicheFormation
    from webapp.domain.registre import Bloc

_NUMERO = re.compile(r"[0-9]{1,6}", re.ASCII)


def empeche_de_valider(champ: Champ, code: Code, message: str) -> Anomalie:
    """Give an anomaly of a field that forbids a validation, and no save."""
    return Anomalie(champ.nom, code, fr(message), Portee.VALIDATION)


def _objectif_general(fiche: FicheFormation, _le: date, _blocs: tuple[Bloc, ...]) -> Iterator[Anomalie]:
    """Say when the type allows another objectif général only (bilan: 9, permis: 8, création/reprise: 4)."""
    regle = REGLES.get(fiche.type_formation)
    valeur = fiche.objectif_general
    if regle is None or valeur in regle.objectifs or valeur not in OBJECTIFS_GENERAUX:
        return
    impose = OBJECTIFS_GENERAUX[regle.objectifs[0]]
    message = f"Pour une formation de type « {regle.type_formation.libelle} », choisissez « {impose} »."
    yield empeche_de_valider(champs.OBJECTIF_GENERAL, Code.OBJECTIF_HORS_TYPE, message)


def _agrement_cite(fiche: FicheFormation, _le: date, _blocs: tuple[Bloc, ...]) -> Iterator[Anomalie]:
    """Say when the objective of a driving licence does not state the establishment's agreement number."""
    numero = fiche.numero_agrement
    if champs.NUMERO_AGREMENT not in fiche.champs or est_vide(numero) or est_vide(fiche.objectif):
        return
    if _signes(numero) not in _signes(fiche.objectif):
        message = dire("Citez-y le numéro d'agrément préfectoral {x}.", x=numero.strip())
        yield Anomalie(champs.OBJECTIF.nom, Code.AGREMENT_NON_CITE, message, Portee.VALIDATION)


def _blocs(fiche: FicheFormation, le: date, blocs: tuple[Bloc, ...]) -> Iterator[Anomalie]:
    """Say what is wrong with the blocs declared: rules F18 (since 11/06/2026) and F19.

    More text than the field holds is refused as such: its codes, as many as a form can carry, are not looked at.
    """
    maximum = champs.BLOCS.longueur_max
    if maximum is not None and len(fiche.blocs) > maximum:
        return
    donnes = fiche.codes_blocs
    if not donnes and le >= champs.BLOCS_EXIGES_LE:
        yield empeche_de_valider(champs.BLOCS, Code.OBLIGATOIRE, "Indiquez les blocs de compétences visés.")
    for code in [code for code, nombre in Counter(donnes).items() if nombre > 1]:
        message = f"Le bloc {code} est indiqué deux fois."
        yield Anomalie(champs.BLOCS.nom, Code.BLOC_EN_DOUBLE, message, Portee.VALIDATION, "F19", 30070)
    connus = {bloc.code for bloc in blocs}
    for code in dict.fromkeys(donnes):
        if code not in connus if connus else not _bien_nomme(code, fiche.certification):
            message = f"Le bloc {code} n'appartient pas à la certification {fiche.certification}."
            yield empeche_de_valider(champs.BLOCS, Code.BLOC_INCONNU, message)


def _bien_nomme(code: str, certification: str) -> bool:
    """Say whether a bloc may be one of a certification whose blocs the registry does not know: RNCPnnnnnBCnn."""
    return code.startswith(f"{certification}BC") and bool(_NUMERO.fullmatch(code.removeprefix(f"{certification}BC")))


def _signes(texte: str) -> str:
    """Give the letters and digits of a text: neither what separates them nor their width or case counts."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", texte))).casefold()


REGLES_PAR_CHAMP: dict[str, Callable[[FicheFormation, date, tuple[Bloc, ...]], Iterator[Anomalie]]] = {
    champs.OBJECTIF_GENERAL.nom: _objectif_general,
    champs.OBJECTIF.nom: _agrement_cite,
    champs.BLOCS.nom: _blocs,
}
