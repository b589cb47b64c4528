"""Where each field stands in the portal's file: its elements and its extras, in the one order that the portal takes.

One table. The writer follows it, the reader looks things up in it, the schema is made from it, and so is the page that
shows which field becomes what. Order: official schema for the elements, official sample for the extras, which the
official schema does not look into. What each value may be is said by its `Champ`, and there alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from webapp.domain import champs, champs_action, champs_annuaire, champs_session
from webapp.domain.champs import Champ, Nature, Niveau
from webapp.domain.nomenclatures_arbre import NON, OUI, OUI_OU_NON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Forme(StrEnum):
    """How a place is written: `<nom>`, `<extra info="nom">`, or a block `<extras info="nom">`."""

    ELEMENT = "element"
    EXTRA = "extra"
    EXTRAS = "extras"


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One place of the file.

    A leaf carries the value of `champ`; a field that refers to a contact or a place opens its content on it. `exige`:
    the official schema has one always, even empty. `par_ligne`: as many as the field has lines. `niveau`: as many as
    there are objects of that level. `numerote`: carries a number, that nobody reads. `prefixe`: carries the value when
    it begins so.
    """

    nom: str
    champ: Champ | None = None
    contenu: tuple[Place, ...] = ()
    forme: Forme = Forme.ELEMENT
    exige: bool = False
    par_ligne: Champ | None = None
    niveau: Niveau | None = None
    numerote: bool = False
    prefixe: str = ""

    @property
    def balise(self) -> str:
        """The name of its element."""
        return self.nom if self.forme is Forme.ELEMENT else self.forme.value

    @property
    def est_reference(self) -> bool:
        """Whether it opens on a contact or a place of the organisation."""
        return self.champ is not None and self.champ.nature.est_reference

    @property
    def obligatoire(self) -> bool:
        """Whether a file without it is refused, by the official schema or by the portal's import."""
        champ = None if self.forme is Forme.EXTRAS else self.champ
        return self.exige or (champ is not None and (champ.exige_schema or champ.exige_cdc))


# What a formation says without having a field of its own: chosen at step 1/2, or known of the organisation.
CERTIFICATION = Champ(
    champs.CERTIFICATION, "Certification", 3, "certification", longueur_max=10, exige_schema=True,
    motif=re.compile(r"RNCP[0-9]{1,6}|RS[0-9]{1,8}|CPF[0-9]{1,7}", re.ASCII),
)  # fmt: skip
SIRET = Champ(
    "siret", "SIRET", None, "organisme-formation-responsable/SIRET-organisme-formation/SIRET", longueur_max=14,
    exige_schema=True, motif=re.compile(r"[0-9]{14}", re.ASCII),
)  # fmt: skip
# What the portal knows and no screen asks: kept as it is read, and given back.
BLOCS_MODIFIABLES = Champ(
    "blocs_modifiables", "Blocs modifiables", None, "blocs-modifiables", longueur_max=20, obligatoire=False,
    nature=Nature.OUI_NON, choix=MappingProxyType(OUI_OU_NON),
)  # fmt: skip
SANS_ECRAN: frozenset[Champ] = frozenset({BLOCS_MODIFIABLES})


def _extra(nom: str, champ: Champ | None = None, *contenu: Place) -> Place:
    return Place(nom, champ, contenu, Forme.EXTRA)


def _extras(nom: str, *contenu: Place, exige: bool = False) -> Place:
    return Place(nom, None, contenu, Forme.EXTRAS, exige=exige)


def _codes(nom: str, chacun: str, champ: Champ) -> Place:
    return _extras(nom, Place(chacun, champ, (), Forme.EXTRA, par_ligne=champ))


_ADRESSE: tuple[Place, ...] = (
    Place("ligne", champs_annuaire.DENOMINATION),
    Place("ligne", champs_annuaire.COMPLEMENT),
    Place("ligne", champs_annuaire.COMPLEMENT_SUITE),
    Place("codepostal", champs_annuaire.CODE_POSTAL),
    Place("ville", champs_annuaire.VILLE),
    Place("pays", champs_annuaire.PAYS),
    Place("geolocalisation", contenu=(
        Place("latitude", champs_annuaire.LATITUDE), Place("longitude", champs_annuaire.LONGITUDE),
    )),
    _extras(
        "adresse",
        _extra("numero-voie", champs_annuaire.NUMERO_VOIE),
        _extra("code-nature-voie", champs_annuaire.NATURE_VOIE),
        _extra("libelle-voie", champs_annuaire.LIBELLE_VOIE),
        _extra("ligne5-adresse", champs_annuaire.LIGNE_5),
        _extra("accessibilite-batimentaire", champs_annuaire.ACCESSIBILITE),
        _extra("conformite-reglementaire", champs_annuaire.CONFORMITE),
        exige=True,
    ),
)  # fmt: skip
_TELEPHONES: tuple[Place, ...] = (
    Place("telfixe", contenu=(Place("numtel", champs_annuaire.TELEPHONE),), exige=True),
    Place("portable", contenu=(Place("numtel", champs_annuaire.PORTABLE),)),
)
_NOMS: tuple[Place, ...] = (Place("nom", champs_annuaire.NOM), Place("prenom", champs_annuaire.PRENOM))
_COURRIEL = Place("courriel", champs_annuaire.COURRIEL)


def _adresse(champ: Champ) -> Place:
    """Give an address by itself, without the person to join there."""
    return Place("adresse", champ, _ADRESSE, numerote=True)


def _contact(champ: Champ) -> tuple[Place, ...]:
    """Give the details of a person; what she does stands beside them, as the sample has it."""
    return (
        Place("coordonnees", champ, (*_NOMS, *_TELEPHONES, _COURRIEL), numerote=True),
        Place("coordonnees", champ, (_extra("fonction", champs_annuaire.FONCTION),), Forme.EXTRAS),
    )


SESSION: tuple[Place, ...] = (
    Place("periode", contenu=(Place("debut", champs_session.DEBUT), Place("fin", champs_session.FIN))),
    Place("adresse-inscription", contenu=(_adresse(champs_session.ADRESSE_INSCRIPTION),), exige=True),
    Place("etat-recrutement", champs_session.ETAT_RECRUTEMENT),
    _extras(
        "session",
        _extra("contact-inscription", None, *_contact(champs_session.CONTACT_INSCRIPTION)),
        _extra("garantie", champs_session.GARANTIE),
        _extra("modalites-particulieres", champs_session.MODALITES_PARTICULIERES),
        exige=True,
    ),
)

_a = champs_action
ACTION: tuple[Place, ...] = (
    Place("niveau-entree-obligatoire", _a.NIVEAU_ENTREE_OBLIGATOIRE),
    Place("modalites-enseignement", _a.MODALITES_D_ENSEIGNEMENT),
    Place("conditions-specifiques", _a.CONDITIONS_SPECIFIQUES),
    Place("lieu-de-formation", contenu=(
        Place("coordonnees", _a.LIEU, (
            *_NOMS, Place("adresse", contenu=_ADRESSE, numerote=True), *_TELEPHONES, _COURRIEL,
        ), numerote=True),
    ), exige=True),
    Place("modalites-entrees-sorties", _a.MODALITES_ENTREES_SORTIES),
    Place("url-action", contenu=(Place("urlweb", _a.ADRESSE_WEB),)),
    Place("session", contenu=SESSION, niveau=Niveau.SESSION, exige=True),
    Place("adresse-information", contenu=(_adresse(_a.ADRESSE_INFORMATION),)),
    Place("date-information", contenu=(Place("date", _a.DATES_INFORMATION),), par_ligne=_a.DATES_INFORMATION),
    Place("restauration", _a.RESTAURATION),
    Place("hebergement", _a.HEBERGEMENT),
    Place("transport", _a.TRANSPORT),
    Place("acces-handicapes", _a.ACCES_HANDICAPES),
    Place("langue-formation", _a.LANGUE),
    Place("modalites-recrutement", _a.RECRUTEMENT),
    Place("modalites-pedagogiques", _a.MODALITES_PEDAGOGIQUES),
    Place("code-perimetre-recrutement", _a.PERIMETRE),
    Place("infos-perimetre-recrutement", _a.INFOS_PERIMETRE),
    Place("nombre-heures-centre", _a.HEURES_CENTRE),
    Place("nombre-heures-entreprise", _a.HEURES_ENTREPRISE),
    _extras(
        "action",
        _extra("contact-information", None, *_contact(_a.CONTACT)),
        _extra("modalites-handicap", _a.MODALITES_HANDICAP),
        _extra("info-admission", _a.INFO_ADMISSION),
        _codes("codes-modalites-admission", "code-modalites-admission", _a.ADMISSION),
        _extra("code-gfe", _a.GROUPE_FORMATION_EMPLOI),
        _extra("code-type-horaires", _a.TYPE_HORAIRES),
        _extra("duree-apprentissage", _a.DUREE),
        _codes("codes-rythme-formation", "code-rythme-formation", _a.RYTHME),
        # Absent from the sample: they stand where the specification names them.
        _extra("frais-anpec", _a.FRAIS_ANNEXES),
        _extra("frais-certif-inclus-frais-anpec", _a.FRAIS_CERTIFICATION_INCLUS),
        _extra("detail-frais-anpec", _a.DETAIL_FRAIS),
        _extra("autres-services", _a.AUTRES_SERVICES),
        _extras(
            "frais-pedagogiques",
            _extra("taux-tva", _a.TVA), _extra("frais-ht", _a.FRAIS_HT), _extra("frais-ttc", _a.FRAIS_TTC),
        ),
        _extra("existence-prerequis", _a.PREREQUIS),
        exige=True,
    ),
)  # fmt: skip

FORMATION: tuple[Place, ...] = (
    Place("intitule-formation", champs.INTITULE),
    Place("objectif-formation", champs.OBJECTIF),
    Place("resultats-attendus", champs.RESULTATS_ATTENDUS),
    Place("contenu-formation", champs.CONTENU),
    Place("parcours-de-formation", champs.TYPE_PARCOURS),
    Place("objectif-general-formation", champs.OBJECTIF_GENERAL),
    Place("certification", contenu=tuple(
        Place(f"code-{prefixe}", CERTIFICATION, prefixe=prefixe) for prefixe in ("RNCP", "RS", "CPF")
    ), exige=True),
    Place("action", contenu=ACTION, niveau=Niveau.ACTION, exige=True),
    Place("organisme-formation-responsable", contenu=(
        Place("SIRET-organisme-formation", contenu=(Place("SIRET", SIRET),), exige=True),
    ), exige=True),
    _extras(
        "formation",
        _extra("resume-contenu", champs.POINTS_FORTS),
        _codes("blocs-competences", "code-bloc", champs.BLOCS),
        _extra("blocs-modifiables", BLOCS_MODIFIABLES),
        _extra("categorisation-offre", champs.CATEGORISATION),
        exige=True,
    ),
)  # fmt: skip

PLACES: MappingProxyType[Niveau, tuple[Place, ...]] = MappingProxyType(
    {Niveau.FORMATION: FORMATION, Niveau.ACTION: ACTION, Niveau.SESSION: SESSION}
)

_OUI_NON: Mapping[str, str] = MappingProxyType({OUI: "1", NON: "0"})
_PARCOURS: Mapping[str, str] = MappingProxyType({"96213": "1", "96211": "2", "96212": "3", "96214": "4"})


@cache
def codes(champ: Champ) -> Mapping[str, str] | None:
    """Give how the file writes each code of a closed list (None: the field has no closed list).

    `96213` is 1 in the file, « oui » is 1; the other codes are stored as the file writes them.
    """
    if champ is champs.TYPE_PARCOURS:
        return _PARCOURS
    if champ.nature is Nature.OUI_NON:
        return _OUI_NON
    return None if champ.choix is None else {code: code for code in champ.choix}


def chemins(places: tuple[Place, ...], avant: str = "") -> Iterator[tuple[str, Place]]:
    """Walk what a level holds, without the levels below: each place with the path of names that leads to it."""
    for place in places:
        chemin = f"{avant}{place.nom}"
        yield chemin, place
        if place.niveau is None:
            yield from chemins(place.contenu, f"{chemin}/")


def chemin_lu(champ: Champ) -> str:
    """Give the path, for lxml, from a formation to the element that carries a field of its own, in any namespace."""
    chemin = next(chemin for chemin, place in chemins(FORMATION) if place.champ is champ)
    return "/".join(f"{{*}}{nom}" for nom in chemin.split("/"))
