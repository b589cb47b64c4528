"""The database refuses by itself what `controler` refuses, whoever writes."""

import unicodedata
from uuid import uuid4

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.builders import MAINTENANT, Atelier, juger, un_brouillon, une_fiche
from webapp.domain.champs import CHAMPS_COMMUNS, IDENTIFIANT
from webapp.domain.controle import Code
from webapp.domain.fiche import NOMS
from webapp.domain.refus import ReferenceRompue
from webapp.domain.statuts import Statut
from webapp.persistence.contraintes import COURRIEL_UNIQUE, IDENTIFIANT_UNIQUE, SIRET_UNIQUE, contrainte_violee
from webapp.persistence.tables import compteur_statut, formation, organisme, registre_etat, utilisateur

TEXTES = [champ for champ in CHAMPS_COMMUNS if champ.choix is None]
CHOIX = [champ for champ in CHAMPS_COMMUNS if champ.choix is not None]
UNITES = {"simple": "a", "accent": "é", "émoticône": "🙂"}


def nom(champ):
    return champ.nom


def ligne(organisme_id, fiche, **autres):
    return {
        "organisme_id": organisme_id,
        "id": uuid4(),
        **{n: fiche.valeur(n) for n in NOMS},
        "identifiant_cle": uuid4().hex,
        "recherche": "",
        "statut": "brouillon",
        "version": 1,
        "creee_le": MAINTENANT,
        "modifiee_le": MAINTENANT,
        "modifiee_par": "C.",
        **autres,
    }


@pytest.fixture
def organisme_id(base):
    return Atelier(base).organisme().id


@pytest.fixture
def ecrire(base, organisme_id):
    """Write a formation around every rule, straight into the table."""

    def ecrire(fiche=None, **autres):
        with base.ecriture() as cnx:
            cnx.execute(insert(formation), ligne(organisme_id, fiche or un_brouillon(), **autres))

    return ecrire


def refusee_par(ecrire, *args, **kw):
    with pytest.raises(IntegrityError) as refus:
        ecrire(*args, **kw)
    return contrainte_violee(refus.value)


@pytest.mark.parametrize("champ", [c for c in TEXTES if c is not IDENTIFIANT], ids=nom)
@pytest.mark.parametrize("unite", UNITES)
def test_lengths_are_counted_in_code_points_as_controler_does(ecrire, champ, unite):
    juste, garde = UNITES[unite] * champ.longueur_max, UNITES[unite] * (10 * champ.longueur_max)
    assert juger(champ, juste) == ()
    ecrire(une_fiche(**{champ.nom: juste}), statut="validee")
    assert [a.code for a in juger(champ, juste + "a")] == [Code.TROP_LONG]
    assert refusee_par(ecrire, une_fiche(), statut="validee", **{champ.nom: juste + "a"}) == f"longueur_{champ.nom}"
    for statut in ("brouillon", "archivee"):
        ecrire(**{champ.nom: garde}, statut=statut)
        assert refusee_par(ecrire, **{champ.nom: garde + "a"}, statut=statut) == f"longueur_{champ.nom}"


def test_a_text_left_decomposed_is_too_long_for_the_table(ecrire):
    # Services store the normal form only; the table counts what it is given.
    decompose = unicodedata.normalize("NFD", "é") * 255
    assert refusee_par(ecrire, une_fiche(), statut="validee", points_forts=decompose) == "longueur_points_forts"


@pytest.mark.parametrize("identifiant", ["", "x" * 31])
def test_the_identifier_of_a_validee_has_1_to_30_characters(ecrire, identifiant):
    ecrire(une_fiche(identifiant="x" * 30), statut="validee")
    ecrire(identifiant=identifiant)
    attendues = {"longueur_identifiant", "forme_identifiant", "validee_complete"}
    assert refusee_par(ecrire, une_fiche(identifiant=identifiant), statut="validee") in attendues


@pytest.mark.parametrize("identifiant", ["Cléa", "a b", "a/b", "a]b", "a\nb", "🙂", "a^b", "[a]", "a%"])
def test_the_identifier_of_a_validee_has_the_form_that_controler_asks(ecrire, identifiant):
    assert Code.FORME_IDENTIFIANT in {a.code for a in juger(IDENTIFIANT, identifiant)}
    ecrire(identifiant=identifiant)
    attendues = {"forme_identifiant", "ligne_unique_identifiant"}
    assert refusee_par(ecrire, une_fiche(identifiant=identifiant), statut="validee") in attendues


@pytest.mark.parametrize("identifiant", ["A", "Clea_1", "a.b-c", "-", "_", "Z9"])
def test_an_identifier_that_controler_accepts_is_accepted(ecrire, identifiant):
    assert juger(IDENTIFIANT, identifiant) == ()
    ecrire(identifiant=identifiant)


def test_the_title_of_a_validee_stands_on_one_line(ecrire):
    assert refusee_par(ecrire, une_fiche(intitule="deux\nlignes"), statut="validee") == "ligne_unique_intitule"
    ecrire(intitule="deux\nlignes")
    ecrire(une_fiche(intitule="100 % Cléa", objectif="deux\nlignes"), statut="validee")


@pytest.mark.parametrize("champ", CHOIX, ids=nom)
def test_only_the_codes_of_the_list_are_kept(ecrire, champ):
    for code in ("", *champ.choix):
        ecrire(**{champ.nom: code})
    assert refusee_par(ecrire, **{champ.nom: "1"}) == f"choix_{champ.nom}"


@pytest.mark.parametrize("champ", TEXTES, ids=nom)
def test_a_nul_cannot_hide_what_follows_it(ecrire, champ):
    with pytest.raises(DBAPIError):
        ecrire(**{champ.nom: "a\x00" + "b" * 5000})


@pytest.mark.parametrize("champ", CHAMPS_COMMUNS, ids=nom)
def test_a_validee_is_complete_field_by_field(ecrire, champ):
    complete = une_fiche()
    ecrire(complete, statut="validee")
    vide = {champ.nom: ""}
    # On PostgreSQL the form of an identifier wants a letter at least.
    attendues = {"validee_complete", "forme_identifiant"} if champ is IDENTIFIANT else {"validee_complete"}
    assert refusee_par(ecrire, complete, statut="validee", **vide) in attendues
    ecrire(complete, statut="brouillon", **vide)
    ecrire(complete, statut="archivee", **vide)


@pytest.mark.parametrize(
    ("colonne", "valeur", "contrainte"),
    [
        ("statut", "publiee", "statut_connu"),
        ("type_formation", "vae", "codes_vae"),
        ("type_formation", "", "type_formation_connu"),
        ("version", 0, "version_positive"),
    ],
)
def test_what_the_domain_does_not_know_is_refused(ecrire, colonne, valeur, contrainte):
    assert refusee_par(ecrire, **{colonne: valeur}) == contrainte


def test_a_formation_needs_a_certification_of_the_registry(ecrire):
    with pytest.raises(ReferenceRompue, match=r"(?i)foreign key|certification_du_registre"):
        ecrire(certification="RS9999")


def test_a_formation_needs_its_organisation(base):
    with pytest.raises(ReferenceRompue), base.ecriture() as cnx:
        cnx.execute(insert(formation), ligne(uuid4(), un_brouillon()))


def test_an_identifier_is_unique_in_an_organisation_and_only_there(base, ecrire):
    ecrire(identifiant_cle="clea_1", statut="archivee")
    assert refusee_par(ecrire, identifiant_cle="clea_1") == IDENTIFIANT_UNIQUE
    autre = Atelier(base).organisme()
    with base.ecriture() as cnx:
        cnx.execute(insert(formation), ligne(autre.id, un_brouillon(), identifiant_cle="clea_1"))


def test_any_number_of_drafts_have_no_identifier(ecrire):
    for _ in range(3):
        ecrire(identifiant="", identifiant_cle="")


def test_the_same_uuid_in_two_organisations_is_two_formations(base, ecrire):
    commun = uuid4()
    ecrire(id=commun)
    autre = Atelier(base).organisme()
    with base.ecriture() as cnx:
        cnx.execute(insert(formation), ligne(autre.id, un_brouillon(), id=commun))


def test_counts_are_never_negative(base, organisme_id):
    with pytest.raises(IntegrityError) as refus, base.ecriture() as cnx:
        cnx.execute(update(compteur_statut).where(compteur_statut.c.organisme_id == organisme_id).values(nombre=-1))
    assert contrainte_violee(refus.value) == "compteur_jamais_negatif"


def test_a_role_an_address_and_a_siret_are_checked(base):
    personne = Atelier(base).utilisateur()
    valeurs = {
        "organisme_id": personne.organisme.id, "id": uuid4(), "nom": "N", "courriel": "a@b.example",
        "courriel_cle": "a@b.example", "role": "lecteur", "actif": True,
    }  # fmt: skip

    def inserer(table, **autres):
        with base.ecriture() as cnx:
            cnx.execute(insert(table), autres)

    assert refusee_par(inserer, utilisateur, **(valeurs | {"role": "directeur"})) == "role_connu"
    assert refusee_par(inserer, utilisateur, **(valeurs | {"courriel_cle": personne.courriel})) == COURRIEL_UNIQUE
    siret = {"id": uuid4(), "nom": "O", "siret": personne.organisme.siret}
    assert refusee_par(inserer, organisme, **siret) == SIRET_UNIQUE
    assert refusee_par(inserer, organisme, **(siret | {"siret": "1"})) == "longueur_siret"
    assert refusee_par(inserer, registre_etat, id=2, version=uuid4()) == "un_seul_registre"


def test_a_broken_rule_of_another_kind_has_no_name_to_confuse(ecrire):
    assert refusee_par(ecrire, modifiee_par=None) not in {IDENTIFIANT_UNIQUE, COURRIEL_UNIQUE, SIRET_UNIQUE}


def test_every_status_of_the_domain_is_accepted(ecrire):
    for statut in Statut:
        ecrire(une_fiche(), statut=statut.value)
