import threading
import time
from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import LE, la_certification, une_certification
from webapp.domain.certifications import EtatCertification
from webapp.domain.nomenclatures import CATEGORIES_PERMIS, CODES_CPF, OUVERTURE_PERMIS, TypeCode, TypeFormation
from webapp.domain.registre import Bloc
from webapp.persistence import certifications, database
from webapp.persistence.lecture import LectureDuFil
from webapp.registre import amorce
from webapp.services import identification, registre

AUJOURD_HUI = date(2026, 11, 23)


@pytest.fixture(params=["connexion", "fil"])
def cnx(base, request):
    """Either way to read: within a transaction, or the newest commit at each read."""
    if request.param == "fil":
        yield base.lecture_du_fil
        return
    with base.lecture() as cnx:
        yield cnx


def codes(trouvees):
    return [c.code for c in trouvees]


# --- the seed


def test_the_seed_holds_the_guides_certifications_as_its_pictures_show_them(cnx):
    clea = la_certification(cnx, "RS2203")
    assert clea.intitule == "Socle de connaissances et de compétences professionnelles (CléA)"
    assert (clea.formacodes, clea.nsf, clea.rome, clea.certificateurs) == (("15041",), ("100",), (), ())
    assert (clea.niveau_entree, clea.niveau_sortie) == ("", "Sans niveau spécifique")
    numerique = la_certification(cnx, "RS3936")
    assert numerique.intitule == "Socle de connaissances et de compétences professionnelles numérique (CléA Numérique)"
    assert (numerique.formacodes, numerique.nsf, numerique.niveau_sortie) == ((), (), "Sans niveau spécifique")


def test_every_record_says_where_it_comes_from_and_is_written_once():
    assert all(c.source and c.intitule and c.intitule == c.intitule.strip() for c in amorce.CERTIFICATIONS)
    assert len(set(codes(amorce.CERTIFICATIONS))) == len(amorce.CERTIFICATIONS) >= 42
    assert all(c.code == c.type_code.value + c.numero and c.numero.isdigit() for c in amorce.CERTIFICATIONS)


def test_no_record_ends_before_it_is_known_to_be_active():
    for c in amorce.CERTIFICATIONS:
        assert c.active_le(c.connue_active_le), c.code
        assert c.fin_enregistrement is None or c.connue_active_le <= c.fin_enregistrement


@pytest.mark.parametrize(
    ("code", "le", "etat"),
    [
        ("RS2203", LE, EtatCertification.ACTIVE),
        ("RS2203", AUJOURD_HUI, EtatCertification.EXPIREE),
        ("RS313", LE, EtatCertification.ACTIVE),
        ("RS7003", LE, EtatCertification.NON_ATTESTEE),
        ("RS7003", AUJOURD_HUI, EtatCertification.ACTIVE),
        ("RS5000", LE, EtatCertification.ACTIVE),
        ("RS5000", AUJOURD_HUI, EtatCertification.EXPIREE),
        ("RS5719", AUJOURD_HUI, EtatCertification.ACTIVE),
        ("RS5568", AUJOURD_HUI, EtatCertification.EXPIREE),
        ("RS6931", AUJOURD_HUI, EtatCertification.ACTIVE),
        ("RNCP35959", AUJOURD_HUI, EtatCertification.EXPIREE),
        ("RNCP35419", AUJOURD_HUI, EtatCertification.EXPIREE),
        ("RNCP39848", AUJOURD_HUI, EtatCertification.ACTIVE),
        ("RNCP22094", LE, EtatCertification.EXPIREE),
        ("RNCP30271", LE, EtatCertification.ACTIVE),
    ],
)
def test_the_state_of_a_record_at_a_date(cnx, code, le, etat):
    assert la_certification(cnx, code).etat_le(le) is etat


def test_seeding_again_changes_nothing(base):
    with base.ecriture() as cnx:
        avant = certifications.version(cnx)
        assert registre.amorcer(cnx) == 0
        assert certifications.version(cnx) == avant


def test_seeding_repairs_what_differs_and_keeps_the_rest(base):
    autre = une_certification(code="RS999998", intitule="Importée")
    fausse = replace(amorce.CERTIFICATIONS[0], intitule="Autre titre")
    with base.ecriture() as cnx:
        assert certifications.deposer(cnx, [fausse], {}) == 1
        certifications.deposer(cnx, [*amorce.CERTIFICATIONS[1:], autre], {})
        assert registre.amorcer(cnx) >= 1
    with base.lecture() as cnx:
        assert registre.certification(cnx, "RS2203") == amorce.CERTIFICATIONS[0]
        assert la_certification(cnx, "RS999998").intitule == "Importée"


def test_every_record_comes_back_as_it_was_seeded(cnx):
    lues = registre.par_codes(cnx, codes(amorce.CERTIFICATIONS))
    assert lues == {c.code: c for c in amorce.CERTIFICATIONS}


# --- guide step 3


def test_clea_offers_what_is_active_at_the_date_in_the_guides_order(cnx):
    assert codes(registre.offertes(cnx, TypeFormation.CLEA, LE)) == ["RS2203", "RS3936"]
    assert codes(registre.offertes(cnx, TypeFormation.CLEA, AUJOURD_HUI)) == ["RS7003", "RS5616", "RS6269"]
    assert registre.offertes(cnx, TypeFormation.CLEA, date(2010, 1, 1)) == ()


@pytest.mark.parametrize(
    "code", ["", "RS", "2203", "rs2203", "RS2203 ", "RS0", "\x00", "\ud800", "RS" + "9" * 50, "CPF999"]
)
def test_an_unknown_code_is_no_certification(cnx, code):
    assert registre.certification(cnx, code) is None


@pytest.mark.parametrize(
    ("type_code", "saisie", "le", "code"),
    [
        (TypeCode.RS, "313", LE, "RS313"),
        (TypeCode.RS, " rs 2203", LE, "RS2203"),
        (TypeCode.RNCP, "RNCP37674", AUJOURD_HUI, "RNCP37674"),
        (TypeCode.CERTIF_INFO, "84482", LE, "RS2203"),
        (None, "RS2203", LE, "RS2203"),
        (None, "rncp 37674", AUJOURD_HUI, "RNCP37674"),
    ],
)
def test_a_usable_code_leads_to_its_certification(cnx, type_code, saisie, le, code):
    trouve = identification.identifier(cnx, type_code, saisie, le)
    assert trouve.certification is not None
    assert (trouve.certification.code, trouve.avis, trouve.successeur) == (code, "", None)
    assert trouve.type_code is (type_code or trouve.certification.type_code)


@pytest.mark.parametrize(
    ("type_code", "saisie", "code"),
    [
        (TypeCode.RS, "rncp 37674", "RNCP37674"),
        (TypeCode.CPF, "RNCP37674", "RNCP37674"),
        (TypeCode.RNCP, "ＲＳ７１１３", "RS7113"),
        (TypeCode.CERTIF_INFO, "RS7113", "RS7113"),
    ],
)
def test_a_code_whose_prefix_contradicts_the_type_is_offered_with_its_own(cnx, type_code, saisie, code):
    trouve = identification.identifier(cnx, type_code, saisie, AUJOURD_HUI)
    assert trouve.certification is None
    assert trouve.type_code is type_code
    assert trouve.successeur is not None
    assert (trouve.code_compris, trouve.successeur.code) == (code, code)
    assert "choisissez ce type de code" in trouve.avis


def test_one_of_another_type_that_has_ended_is_not_offered_and_what_replaces_it_is(cnx):
    trouve = identification.identifier(cnx, TypeCode.RNCP, "RS313", AUJOURD_HUI)
    assert (trouve.certification, [c.code for c in trouve.successeurs]) == (None, ["RS7113"])
    assert trouve.avis.replace("\u00a0", " ") == (
        "« RS313 » est un code du Répertoire spécifique : choisissez ce type de code. La certification RS313 n’est "
        "plus active au 23 novembre 2026. Elle est remplacée par RS7113."
    )
    # At the guide's date it is active, and nothing is known to replace it.
    active = identification.identifier(cnx, TypeCode.RNCP, "RS313", LE)
    assert [c.code for c in active.successeurs] == ["RS313"]


@pytest.mark.parametrize("type_code", [None, *TypeCode])
@pytest.mark.parametrize("saisie", ["B96", "b96", "permis B96"])
def test_a_category_without_a_code_says_so_where_a_code_is_typed(cnx, type_code, saisie):
    trouve = identification.identifier(cnx, type_code, saisie, AUJOURD_HUI)
    assert (trouve.certification, trouve.successeur) == (None, None)
    assert "La catégorie B96, ouverte depuis le" in trouve.avis


@pytest.mark.parametrize("type_code", [None, *TypeCode])
@pytest.mark.parametrize(("code", "attendu"), [(c, t) for c, (_, t) in CODES_CPF.items()])
def test_a_cpf_code_leads_to_its_own_type_whatever_was_chosen(cnx, type_code, code, attendu):
    trouve = identification.identifier(cnx, type_code, code.lower(), OUVERTURE_PERMIS.get(code, LE))
    assert (trouve.certification, trouve.successeur) == (None, None)
    assert (trouve.type_formation, trouve.code_compris) == (attendu, code)
    assert attendu.libelle in trouve.avis


@pytest.mark.parametrize("categorie", ["A1", "A2", "B1", "BE"])
def test_a_category_of_licence_that_opened_in_2024_is_offered_from_that_day_on(cnx, categorie):
    [code] = [code for code, sienne in CATEGORIES_PERMIS.items() if sienne == categorie]
    veille = identification.identifier(cnx, None, code, date(2024, 1, 11))
    assert (veille.type_formation, veille.avis) == (
        None, f"Le code {code} n’est pas attesté au 11\u00a0janvier\u00a02024."
    )  # fmt: skip
    assert identification.identifier(cnx, None, code, date(2024, 1, 12)).type_formation is TypeFormation.PERMIS
    for le, offerte in ((date(2024, 1, 11), False), (date(2024, 1, 12), True)):
        assert (code in {c.code for c in registre.offertes(cnx, TypeFormation.PERMIS, le)}) is offerte


@pytest.mark.parametrize(
    ("type_code", "saisie", "avis"),
    [
        (TypeCode.RS, "", "Saisissez le code"),
        (TypeCode.RS, "abc", "n’est pas un code"),
        (TypeCode.RS, "\ud800\x00", "n’est pas un code"),
        (TypeCode.RS, "RNCP99999", "est un code RNCP"),
        (TypeCode.CERTIF_INFO, "RS999999", "est un code du Répertoire spécifique"),
        (None, "", "Saisissez le code"),
        (None, "2203", "Choisissez un type de code"),
        (None, "abc", "n’est pas un code"),
        (None, "RS999999", "inconnu du registre local"),
        (TypeCode.RS, "999999", "inconnu du registre local"),
        (TypeCode.RNCP, "1", "inconnu du registre local"),
        (TypeCode.CPF, "202", "Bilan de compétences"),
        (TypeCode.CPF, "CPF206", "Permis de conduire, catégorie B"),
        (TypeCode.CPF, "201", "inconnu du registre local"),
        (TypeCode.CERTIF_INFO, "1", "le fichier XML officiel n’accepte plus ces codes"),
    ],
)
def test_a_code_that_leads_nowhere_is_said_clearly(cnx, type_code, saisie, avis):
    trouve = identification.identifier(cnx, type_code, saisie, LE)
    assert (trouve.certification, trouve.successeur) == (None, None)
    assert avis in trouve.avis


@pytest.mark.parametrize(
    ("saisie", "le", "successeur"),
    [
        ("RS313", AUJOURD_HUI, "RS7113"),
        ("RS5000", AUJOURD_HUI, "RS6604"),
        ("RS6232", AUJOURD_HUI, "RS7485"),
        # RNCP28155 is active at the guide's date too, and RNCP30271 replaces it: it is said, and not offered.
        ("RNCP22094", LE, "RNCP30271"),
    ],
)
def test_a_replaced_code_is_said_with_its_active_successor(cnx, saisie, le, successeur):
    type_code = TypeCode.RNCP if saisie.startswith("RNCP") else TypeCode.RS
    trouve = identification.identifier(cnx, type_code, saisie, le)
    assert trouve.certification is not None
    assert trouve.successeur is not None
    assert trouve.certification.code == saisie
    assert "n’est plus active" in trouve.avis
    assert trouve.successeur.code == successeur
    assert f"remplacée par {successeur}" in trouve.avis


@pytest.mark.parametrize(("saisie", "le"), [("RS2203", AUJOURD_HUI), ("RS7003", LE), ("RNCP35809", LE)])
def test_without_a_known_and_active_successor_none_is_offered(cnx, saisie, le):
    type_code = TypeCode.RNCP if saisie.startswith("RNCP") else TypeCode.RS
    trouve = identification.identifier(cnx, type_code, saisie, le)
    assert trouve.successeur is None
    assert trouve.certification is not None
    assert trouve.avis == trouve.certification.avis_le(le)


def test_a_successor_that_has_ended_too_is_named_and_not_offered(cnx):
    trouve = identification.identifier(cnx, TypeCode.RNCP, "22094", AUJOURD_HUI)
    assert trouve.successeur is None
    suite = (
        "Elle a été remplacée par RNCP30271 – Chef de projet commercial pour l'agroalimentaire et services associés, "
    )
    assert f"{suite}dont l’enregistrement a pris fin le 21\xa0avril\xa02022." in trouve.avis


def test_records_that_replace_each_other_end_somewhere(base):
    fini = date(2020, 1, 1)
    boucle = [
        une_certification(code="RS999001", remplacee_par=("RS999002",), fin_enregistrement=fini),
        une_certification(code="RS999002", remplacee_par=("RS999001",), fin_enregistrement=fini),
    ]
    with base.ecriture() as cnx:
        certifications.deposer(cnx, boucle, {})
    with base.lecture() as cnx:
        assert identification.identifier(cnx, TypeCode.RS, "999001", AUJOURD_HUI).successeur is None


@given(st.sampled_from(TypeCode), st.text(st.characters(exclude_categories=()), max_size=12), st.dates())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_code_gets_an_answer(base_sqlite, type_code, saisie, le):
    with base_sqlite.lecture() as cnx:
        trouve = identification.identifier(cnx, type_code, saisie, le)
    assert (trouve.avis == "") == (trouve.certification is not None and trouve.certification.active_le(le))


# --- what each process remembers


@pytest.fixture
def horloge(monkeypatch):
    etat = {"maintenant": 1000.0}
    monkeypatch.setattr(time, "monotonic", lambda: etat["maintenant"])
    return etat


def test_a_record_is_read_once(base, requetes, horloge):
    with base.lecture() as cnx:
        registre.certification(cnx, "RS2203")
        with requetes(cnx) as envoyees:
            for _ in range(10):
                registre.certification(cnx, "RS2203")
                registre.offertes(cnx, TypeFormation.CLEA, LE)
            horloge["maintenant"] += registre.FRAICHEUR
            registre.certification(cnx, "RS2203")
    # The list of « Cléa » once, the mark of the registry once more after a second.
    assert len(envoyees) == 2


def sans_connexion() -> NoReturn:
    raise ConnectionError


def test_what_was_read_less_than_a_second_ago_is_given_without_a_connection(base, horloge, monkeypatch):
    with base.lecture() as cnx:
        clea = registre.certification(cnx, "RS2203")
    sans_porte = LectureDuFil(base.dialecte, base.memoire, sans_connexion, sans_connexion)
    assert registre.certification(sans_porte, "RS2203") is clea
    with pytest.raises(ConnectionError):
        registre.certification(sans_porte, "RS3936")
    horloge["maintenant"] += registre.FRAICHEUR
    with pytest.raises(ConnectionError):
        registre.certification(sans_porte, "RS2203")


def test_a_code_of_an_action_that_is_no_longer_used_leads_nowhere(cnx):
    en_2019 = identification.identifier(cnx, TypeCode.CPF, "203", LE)
    assert en_2019.type_formation is TypeFormation.CREATION
    en_2026 = identification.identifier(cnx, TypeCode.CPF, "203", AUJOURD_HUI)
    assert en_2026.type_formation is None
    assert en_2026.avis.startswith("Le code CPF203 n’est plus proposé")


def test_what_is_remembered_has_a_bound(base, horloge, monkeypatch):
    monkeypatch.setattr(registre, "RETENUES", 3)
    codes_lus = [c.code for c in amorce.CERTIFICATIONS[:8]]
    with base.lecture() as cnx:
        assert set(registre.par_codes(cnx, codes_lus[:2])) == set(codes_lus[:2])
        # One that is remembered and two that are read: more than the bound, and all three are given.
        assert set(registre.par_codes(cnx, codes_lus[1:4])) == set(codes_lus[1:4])
    for code in codes_lus:
        assert la_certification(base.lecture_du_fil, code).code == code
        assert registre.export_le(base.lecture_du_fil, code) is None
        assert len(base.memoire["registre"].par_code) <= 3
    assert horloge["maintenant"] == 1000.0


def test_what_one_thread_forgets_does_not_break_another(base, monkeypatch):
    # Between two looks of one request at what is remembered, another may have made it forget all.
    fil = base.lecture_du_fil
    registre.certification(fil, "RNCP37674"), registre.blocs(fil, "RNCP37674")

    class Oublieux(dict[str, object]):
        def __contains__(self, cle):
            la = super().__contains__(cle)
            self.clear()
            return la

        def get(self, cle, defaut=None):
            trouve = super().get(cle, defaut)
            self.clear()
            return trouve

    souvenir = base.memoire["registre"]
    for nom in ("par_code", "blocs"):
        monkeypatch.setattr(souvenir, nom, Oublieux(getattr(souvenir, nom)))
    for _ in range(2):
        assert registre.export_le(fil, "RNCP37674") is None
        assert len(registre.blocs(fil, "RNCP37674")) == 2
        assert la_certification(fil, "RNCP37674").code == "RNCP37674"
        with base.lecture() as cnx:
            assert set(registre.par_codes(cnx, ["RNCP37674"])) == {"RNCP37674"}
            assert len(registre.blocs(cnx, "RNCP37674")) == 2
            assert registre.export_le(cnx, "RNCP37674") is None


def test_unknown_codes_are_not_remembered(base, horloge):
    with base.lecture() as cnx:
        for numero in range(100):
            registre.certification(cnx, f"RS9{numero:05}")
        assert len(database.memoire(cnx)["registre"].par_code) == 0
    assert horloge["maintenant"] == 1000.0


def test_a_change_made_by_another_process_is_seen_a_second_later(base, url_base, horloge):
    ailleurs = database.ouvrir(url_base)
    with base.lecture() as cnx:
        ancienne = la_certification(cnx, "RS2203")
        cleas = registre.offertes(cnx, TypeFormation.CLEA, LE)
    nouvelle = replace(ancienne, intitule="Nouveau titre")
    with ailleurs.ecriture() as cnx:
        certifications.deposer(cnx, [nouvelle], {})
    horloge["maintenant"] += registre.FRAICHEUR - 0.01
    with base.lecture() as cnx:
        assert registre.certification(cnx, "RS2203") == ancienne
    horloge["maintenant"] += 0.01
    with base.lecture() as cnx:
        assert registre.certification(cnx, "RS2203") == nouvelle
        assert registre.offertes(cnx, TypeFormation.CLEA, LE) == (nouvelle, cleas[1])
    ailleurs.fermer()


def test_an_old_state_that_is_still_read_is_not_remembered_under_the_new_mark(base, horloge):
    ancienne, neuve = amorce.CERTIFICATIONS[0], replace(amorce.CERTIFICATIONS[0], intitule="Nouveau titre")
    renomme = {"RNCP37674": (Bloc("RNCP37674BC09", "Un autre"),)}
    registre.vider_cache(base.lecture_du_fil)
    with base.lecture() as commencee:
        certifications.version(commencee)
        with base.ecriture() as cnx:
            certifications.deposer(cnx, [neuve], {}, renomme)
        # Another thread meets the new mark while this transaction, on SQLite, still sees the old state.
        registre.charger(base.lecture_du_fil)
        assert la_certification(commencee, "RS2203") in {ancienne, neuve}
        assert registre.offertes(commencee, TypeFormation.CLEA, LE)
        assert registre.blocs(commencee, "RNCP37674")
    assert la_certification(base.lecture_du_fil, "RS2203") == neuve
    assert registre.offertes(base.lecture_du_fil, TypeFormation.CLEA, LE)[0] == neuve
    assert registre.blocs(base.lecture_du_fil, "RNCP37674") == renomme["RNCP37674"]
    assert horloge["maintenant"] == 1000.0


def test_a_seeding_is_seen_at_once_by_its_own_process(base, horloge):
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [replace(amorce.CERTIFICATIONS[0], intitule="Autre")], {})
    with base.lecture() as cnx:
        assert la_certification(cnx, "RS2203").intitule == "Autre"
    with base.ecriture() as cnx:
        registre.amorcer(cnx)
    with base.lecture() as cnx:
        assert la_certification(cnx, "RS2203").intitule.endswith("(CléA)")
    assert horloge["maintenant"] == 1000.0


def test_what_was_read_before_a_seeding_is_undone_is_forgotten(base, horloge):
    with base.ecriture() as cnx:
        certifications.deposer(cnx, [replace(amorce.CERTIFICATIONS[0], intitule="Autre")], {})

    def semer_puis_echouer() -> None:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
            assert la_certification(cnx, "RS2203").intitule.endswith("(CléA)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        semer_puis_echouer()
    horloge["maintenant"] += registre.FRAICHEUR
    with base.lecture() as cnx:
        assert la_certification(cnx, "RS2203").intitule == "Autre"


def test_two_databases_remember_apart(base, tmp_path):
    url = f"sqlite:///{tmp_path / 'autre.sqlite3'}"
    database.migrer(url)
    vide = database.ouvrir(url)
    with base.lecture() as pleine, vide.lecture() as autre:
        assert registre.certification(pleine, "RS2203") is not None
        assert registre.certification(autre, "RS2203") is None
        assert registre.offertes(autre, TypeFormation.CLEA, LE) == ()
    vide.fermer()


def test_threads_share_what_is_remembered(base):
    trouvees: list[object] = []

    def lire() -> None:
        for _ in range(50):
            with base.lecture() as cnx:
                trouvees.append(registre.certification(cnx, "RS2203"))

    fils = [threading.Thread(target=lire) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert set(trouvees) == {amorce.CERTIFICATIONS[0]}
    assert len(trouvees) == 200
