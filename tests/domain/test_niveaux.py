"""One table of fields for every level: it says all that the portal's file carries, and nothing else."""

import re

import pytest

from tests.builders import une_fiche, une_fiche_de
from tests.builders_arbre import un_lieu, une_action, une_session
from webapp.domain import champs_action, champs_session
from webapp.domain.champs import Groupe, Nature, Niveau
from webapp.domain.fiche_arbre import FicheLue
from webapp.domain.niveaux import CHAMPS, LIBELLES, PAR_NOM
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.nomenclatures_langues import LANGUES

# The portal's file, level by level: what the schema holds, then the extras, in their order. Beside each, whether the
# schema requires it, and whether the specification of the import does.
SCHEMA, CDC, LIBRE = "schema", "cdc", "libre"
DU_FICHIER = {
    Niveau.FORMATION: {
        "@numero": SCHEMA, "intitule-formation": SCHEMA, "objectif-formation": SCHEMA, "resultats-attendus": SCHEMA,
        "contenu-formation": SCHEMA, "parcours-de-formation": SCHEMA, "objectif-general-formation": SCHEMA,
        "resume-contenu": CDC, "blocs-competences/code-bloc": CDC, "categorisation-offre": CDC,
    },
    Niveau.ACTION: {
        "@numero": SCHEMA, "niveau-entree-obligatoire": SCHEMA, "modalites-enseignement": SCHEMA,
        "conditions-specifiques": LIBRE, "lieu-de-formation/coordonnees": SCHEMA, "modalites-entrees-sorties": SCHEMA,
        "url-action/urlweb": LIBRE, "adresse-information/adresse": LIBRE, "date-information/date": LIBRE,
        "restauration": LIBRE, "hebergement": LIBRE, "transport": LIBRE, "acces-handicapes": SCHEMA,
        "langue-formation": SCHEMA, "modalites-recrutement": LIBRE, "modalites-pedagogiques": LIBRE,
        "code-perimetre-recrutement": LIBRE, "infos-perimetre-recrutement": LIBRE, "nombre-heures-centre": LIBRE,
        "nombre-heures-entreprise": LIBRE, "contact-information/coordonnees": CDC, "modalites-handicap": LIBRE,
        "info-admission": LIBRE, "codes-modalites-admission/code-modalites-admission": CDC, "code-gfe": LIBRE,
        "code-type-horaires": LIBRE, "duree-apprentissage": CDC, "codes-rythme-formation/code-rythme-formation": CDC,
        "frais-anpec": LIBRE, "frais-certif-inclus-frais-anpec": CDC, "detail-frais-anpec": LIBRE,
        "autres-services": LIBRE, "frais-pedagogiques/taux-tva": CDC, "frais-pedagogiques/frais-ht": CDC,
        "frais-pedagogiques/frais-ttc": CDC, "existence-prerequis": CDC,
    },
    Niveau.SESSION: {
        "@numero": SCHEMA, "periode/debut": LIBRE, "periode/fin": LIBRE, "adresse-inscription/adresse": SCHEMA,
        "etat-recrutement": SCHEMA, "contact-inscription/coordonnees": CDC, "garantie": LIBRE,
        "modalites-particulieres": LIBRE,
    },
    Niveau.CONTACT: {
        "nom": SCHEMA, "prenom": SCHEMA, "telfixe/numtel": SCHEMA, "portable/numtel": LIBRE, "courriel": SCHEMA,
        "fonction": LIBRE,
    },
    Niveau.LIEU: {
        "adresse/ligne": SCHEMA, "adresse/codepostal": LIBRE, "adresse/ville": LIBRE, "adresse/pays": LIBRE,
        "adresse/geolocalisation/latitude": LIBRE, "adresse/geolocalisation/longitude": LIBRE,
        "adresse/numero-voie": LIBRE, "adresse/code-nature-voie": LIBRE, "adresse/libelle-voie": LIBRE,
        "adresse/ligne5-adresse": LIBRE, "adresse/accessibilite-batimentaire": LIBRE,
        "adresse/conformite-reglementaire": LIBRE, "coordonnees/nom": SCHEMA,
    },
}  # fmt: skip
# What the file carries and nobody fills in here: the tree and its dates, the certification, the organisation, and what
# the portal's own screen does not ask either.
SANS_CHAMP = {
    Niveau.FORMATION: {"@datemaj", "@datecrea", "certification", "action", "SIRET", "blocs-modifiables"},
    Niveau.ACTION: {"@datemaj", "@datecrea", "session"},
    Niveau.SESSION: {"@datemaj", "@datecrea"},
    Niveau.CONTACT: {"@numero", "adresse"},
    Niveau.LIEU: {"@numero"},
}
TOUS = [champ for siens in CHAMPS.values() for champ in siens]


def nom(champ):
    return f"{champ.niveau.value}-{champ.nom}"


@pytest.mark.parametrize("niveau", Niveau)
def test_every_element_of_the_file_has_its_field_and_conversely(niveau):
    elements = {champ.element for champ in CHAMPS[niveau]} - {""}
    assert elements == set(DU_FICHIER[niveau])
    assert not elements & SANS_CHAMP[niveau]


@pytest.mark.parametrize("champ", [champ for champ in TOUS if champ.element], ids=nom)
def test_a_field_says_who_asks_for_its_element(champ):
    exige = DU_FICHIER[champ.niveau][champ.element]
    # Of the three lines of an address, the first alone is required.
    if champ.nom not in {"complement", "complement_suite"}:
        assert (champ.exige_schema, champ.exige_cdc) == (exige == SCHEMA, exige == CDC)


def test_what_a_formation_says_and_the_file_does_not_carry_is_known():
    assert {champ.nom for champ in CHAMPS[Niveau.FORMATION] if not champ.element} == {"numero_agrement", "duree_heures"}


@pytest.mark.parametrize("niveau", Niveau)
def test_names_are_unique_within_a_level(niveau):
    assert len(PAR_NOM[niveau]) == len(CHAMPS[niveau])
    assert all(champ.niveau is niveau for champ in CHAMPS[niveau])
    assert LIBELLES[niveau]


@pytest.mark.parametrize("champ", [c for c in TOUS if c.niveau is not Niveau.FORMATION], ids=nom)
def test_every_field_has_a_limit_a_help_and_french_wordings(champ):
    assert champ.longueur_max
    assert champ.aide.endswith((".", "…"))
    for texte in (champ.libelle, champ.aide, champ.message, *(champ.choix or {}).values()):
        assert "'" not in texte
        assert not re.search(r" [:;?!»%]|« ", texte)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", champ.nom)


@pytest.mark.parametrize("champ", [c for c in TOUS if c.niveau is not Niveau.FORMATION], ids=nom)
def test_what_a_nature_needs_is_there(champ):
    assert (champ.choix is not None) == (champ.nature in {Nature.CHOIX, Nature.CHOIX_MULTIPLES, Nature.OUI_NON})
    assert (champ.bornes is not None) == (champ.nature is Nature.ENTIER)
    if champ.choix is not None:
        longueurs = [len(code) for code in champ.choix]
        tenu = sum(longueurs) + len(longueurs) if champ.nature is Nature.CHOIX_MULTIPLES else max(longueurs)
        assert tenu <= champ.longueur_max
    assert bool(champ.message) == (champ.motif is not None)


def test_an_action_has_its_fields_in_the_four_groups_in_order():
    groupes = [champ.groupe for champ in champs_action.CHAMPS if champ.groupe is not None]
    assert len(groupes) == len(champs_action.CHAMPS)
    assert list(dict.fromkeys(groupes)) == list(Groupe)
    assert groupes == sorted(groupes, key=list(Groupe).index)


def test_the_fiche_of_a_formation_answers_as_the_others_do():
    for fiche in (une_fiche(), une_fiche_de(TypeFormation.BILAN), une_action(), une_session(), un_lieu()):
        lue: FicheLue = fiche
        assert lue.champs
        assert [lue[champ] for champ in lue.champs] == [fiche.valeur(champ.nom) for champ in lue.champs]


def test_the_only_defaults_are_those_that_were_decided():
    assert {(c.nom, c.defaut) for c in TOUS if c.defaut} == {
        ("langue", "FR"), ("entrees_sorties", "0"), ("niveau_entree_obligatoire", "non"), ("etat_recrutement", "1"),
    }  # fmt: skip


def test_an_ordinary_action_with_one_session_takes_at_most_fourteen_fields():
    a_saisir = [c for c in champs_action.CHAMPS if c.obligatoire and not c.defaut and c is not champs_action.FRAIS_TTC]
    a_saisir += [champs_session.NUMERO, champs_session.DEBUT, champs_session.FIN]
    assert len(a_saisir) <= 14


def test_the_languages_are_codes_of_two_capitals_in_alphabetical_order_after_french_and_signs():
    assert all(re.fullmatch("[A-Z]{2}", code) for code in LANGUES)
    assert list(LANGUES)[:2] == ["FR", "XX"]
    assert len(LANGUES) >= 184
    assert len(set(LANGUES.values())) == len(LANGUES)
