from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import LE, Atelier, enregistrer, enregistrer_nouvelle, un_acte, une_fiche
from webapp.domain.statuts import Statut
from webapp.persistence import tranches
from webapp.services import catalogue, registre
from webapp.services.catalogue import Curseur, Filtre

TOUT = Filtre()


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur()


@pytest.fixture
def lister(base, auteur):
    def lister(filtre=TOUT, apres=None, limite=20, organisme=auteur.organisme):
        with base.lecture() as cnx:
            return catalogue.lister(cnx, organisme, filtre, apres, limite)

    return lister


def identifiants(page):
    return [ligne.identifiant for ligne in page.lignes]


def tout_parcourir(lister, filtre, limite):
    vus, apres = [], None
    while True:
        page = lister(filtre, apres, limite)
        assert len(page.lignes) <= limite
        vus += identifiants(page)
        if page.suivant is None:
            return vus
        apres = Curseur.lire(str(page.suivant))


@pytest.fixture
def peupler(base, atelier, auteur):
    def peupler(nombre, instant=None):
        with base.ecriture() as cnx:
            for rang in range(nombre):
                fiche = une_fiche(identifiant=f"F{rang:03}", intitule=f"Formation {rang}")
                quand = instant or atelier.instant()
                enregistrer_nouvelle(cnx, un_acte(auteur, maintenant=quand), uuid4(), fiche)
        return [f"F{rang:03}" for rang in reversed(range(nombre))]

    return peupler


def test_an_empty_catalogue_is_an_empty_page(lister):
    page = lister()
    assert (page.lignes, page.suivant) == ((), None)
    assert page.compteurs == dict.fromkeys(Statut, 0)


def test_a_card_says_what_the_guide_shows(atelier, auteur, lister):
    formation = atelier.formation(auteur, une_fiche(identifiant="Clea_Identifiant"))
    [carte] = lister().lignes
    assert (carte.id, carte.identifiant, carte.intitule) == (formation.id, "Clea_Identifiant", formation.fiche.intitule)
    assert (carte.statut, carte.modifiee_le) == (Statut.BROUILLON, formation.modifiee_le)
    assert carte.certification.intitule == "Socle de connaissances et de compétences professionnelles (CléA)"
    assert carte.certification.active_le(LE)


@pytest.mark.parametrize("nombre", [1, 19, 20, 21, 40, 41])
def test_pages_of_twenty_show_everything_once_newest_first(lister, peupler, nombre):
    attendus = peupler(nombre)
    premiere = lister()
    assert identifiants(premiere) == attendus[:20]
    assert (premiere.suivant is None) == (nombre <= 20)
    assert tout_parcourir(lister, Filtre(), 20) == attendus


@pytest.mark.parametrize("limite", [1, 3, 7])
def test_formations_of_one_moment_are_all_shown_once(lister, peupler, atelier, limite):
    attendus = peupler(10, atelier.instant())
    vus = tout_parcourir(lister, Filtre(), limite)
    assert sorted(vus) == sorted(attendus)
    assert vus == tout_parcourir(lister, Filtre(), 20)


def test_a_formation_changed_meanwhile_does_not_hide_another(base, atelier, auteur, lister, peupler):
    attendus = peupler(6)
    premiere = lister(limite=3)
    with base.ecriture() as cnx:
        carte = premiere.lignes[2]
        enregistrer(cnx, atelier.acte(auteur), carte.id, 1, une_fiche(identifiant=carte.identifiant))
    assert identifiants(lister(apres=premiere.suivant, limite=3)) == attendus[3:]


def test_a_save_brings_a_formation_to_the_top(base, atelier, auteur, lister, peupler):
    peupler(3)
    derniere = lister().lignes[-1]
    with base.ecriture() as cnx:
        enregistrer(cnx, atelier.acte(auteur), derniere.id, 1, une_fiche(identifiant=derniere.identifiant))
    assert identifiants(lister())[0] == derniere.identifiant


def test_what_is_archived_leaves_the_list_and_comes_back_to_its_place(base, atelier, auteur, lister, peupler):
    attendus = peupler(5)
    carte = lister().lignes[2]
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.acte(auteur), carte.id, 1)
    assert identifiants(lister()) == [*attendus[:2], *attendus[3:]]
    assert identifiants(lister(Filtre(statut=Statut.ARCHIVEE))) == [attendus[2]]
    with base.ecriture() as cnx:
        catalogue.restaurer(cnx, atelier.acte(auteur), carte.id, 2)
    assert identifiants(lister()) == attendus


def test_what_is_saved_last_comes_first_though_the_clock_goes_back(base, atelier, auteur, lister, peupler):
    # The demonstration has one day for ever: each midnight its clock begins it again. The banner goes back by years.
    [f2, f1, f0] = peupler(3)
    for identifiant, quand in ((f0, timedelta(hours=-9)), (f1, timedelta(days=-900)), (f2, timedelta(hours=-10))):
        carte = next(ligne for ligne in lister().lignes if ligne.identifiant == identifiant)
        acte = un_acte(auteur, maintenant=atelier.instant() + quand)
        with base.ecriture() as cnx:
            enregistrer(cnx, acte, carte.id, 1, une_fiche(identifiant=identifiant))
            enregistrer_nouvelle(cnx, acte, uuid4(), une_fiche(identifiant=f"{identifiant}_suite"))
    assert identifiants(lister()) == [f"{f2}_suite", f2, f"{f1}_suite", f1, f"{f0}_suite", f0]
    assert tout_parcourir(lister, TOUT, 2) == identifiants(lister())


def test_what_was_archived_above_does_not_hide_what_is_saved_after_it(base, atelier, auteur, lister, peupler):
    [f1, f0] = peupler(2)
    haute, basse = lister().lignes
    with base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.acte(auteur), haute.id, 1)
        tot = un_acte(auteur, maintenant=atelier.instant() - timedelta(days=1))
        enregistrer(cnx, tot, basse.id, 1, une_fiche(identifiant=f0))
        catalogue.restaurer(cnx, atelier.acte(auteur), haute.id, 2)
    assert identifiants(lister()) == [f0, f1]


@pytest.mark.parametrize("nombre", [0, 1, 23])
def test_a_search_counts_the_archived_that_it_leaves_aside(base, atelier, auteur, lister, peupler, nombre):
    peupler(nombre + 1)
    with base.ecriture() as cnx:
        for ligne in lister(limite=50).lignes[:nombre]:
            catalogue.archiver(cnx, atelier.acte(auteur), ligne.id, 1)
    comptes = {Statut.BROUILLON: 1, Statut.VALIDEE: 0, Statut.ARCHIVEE: nombre}
    assert lister(Filtre("formation")).compteurs == comptes
    assert lister(Filtre("formation", Statut.ARCHIVEE)).compteurs == lister().compteurs == comptes
    assert lister(Filtre("introuvable")).compteurs == dict.fromkeys(Statut, 0)


@pytest.mark.parametrize("statut", Statut)
def test_a_status_shows_its_formations_and_every_count(atelier, auteur, lister, statut):
    siennes = {s: [atelier.formation(auteur, statut=s).fiche.identifiant for _ in range(3)] for s in Statut}
    page = lister(Filtre(statut=statut))
    assert sorted(identifiants(page)) == sorted(siennes[statut])
    actives = siennes[Statut.BROUILLON] + siennes[Statut.VALIDEE]
    assert sorted(identifiants(lister())) == sorted(actives)
    assert page.compteurs == dict.fromkeys(Statut, 3)
    assert sorted(tout_parcourir(lister, Filtre(statut=statut), 2)) == sorted(siennes[statut])


@pytest.fixture
def trois(atelier, auteur):
    for identifiant, intitule, certification in (
        ("Clea_Orale", "Compétences Cléa - expression orale", "RS2203"),
        ("NUM-50", "CléA Numérique : 50 % en ligne_bis", "RS3936"),
        ("Oeuvre", "Cœur de métier / œuvre \\ l’élève", "RS2203"),
    ):
        atelier.formation(auteur, une_fiche(identifiant=identifiant, intitule=intitule, certification=certification))


@pytest.fixture(params=[(1, 1), (1, 400), (100, 400)], ids=["read on", "by the index", "in front"])
def chemin(request, monkeypatch):
    """Each way of a search, for all that is looked for."""
    for nom, borne in zip(("DEVANT", "RARES"), request.param, strict=True):
        monkeypatch.setattr(tranches, nom, borne)


@pytest.mark.parametrize(
    ("recherche", "trouves"),
    [
        ("", ["Oeuvre", "NUM-50", "Clea_Orale"]),
        ("   ", ["Oeuvre", "NUM-50", "Clea_Orale"]),
        ("expression", ["Clea_Orale"]),
        ("EXPRESSION", ["Clea_Orale"]),
        ("nume\u0301rique", ["NUM-50"]),
        ("numerique", ["NUM-50"]),
        ("orale compétences", ["Clea_Orale"]),
        ("oral comp", ["Clea_Orale"]),
        ("num-50", ["NUM-50"]),
        ("num50", ["NUM-50"]),
        ("m-5", ["NUM-50"]),
        ("50 %", ["NUM-50"]),
        ("lea_or", ["Clea_Orale"]),
        ("bis", ["NUM-50"]),
        ("ligne_b", ["NUM-50"]),
        ("lignebis", ["NUM-50"]),
        ("élève", ["Oeuvre"]),
        ("l'élève", ["Oeuvre"]),
        ("leleve", ["Oeuvre"]),
        ("ression", []),
        ("igne", []),
        ("RS2203", ["Oeuvre", "Clea_Orale"]),
        ("rs 2203", ["Oeuvre", "Clea_Orale"]),
        ("2203", ["Oeuvre", "Clea_Orale"]),
        ("3936", ["NUM-50"]),
        ("2203 expression", ["Clea_Orale"]),
        ("socle", ["Oeuvre", "NUM-50", "Clea_Orale"]),
        ("cléa", ["Oeuvre", "NUM-50", "Clea_Orale"]),
        ("203", []),
        ("%", []),
        ("_", []),
        ("/", []),
        ("\\", []),
        ("% _", []),
        ("coeur", ["Oeuvre"]),
        ("ŒUVRE", ["Oeuvre"]),
        ("expression numérique", []),
        ("introuvable", []),
        ("' OR 1=1 --", []),
        ('num" OR "clea', []),
        ("num:50", ["NUM-50"]),
        ("num*", ["NUM-50"]),
        ("num | clea", ["NUM-50"]),
        ("num & !clea", ["NUM-50"]),
        ("a\x00", []),
        ("\ud800", []),
        ("\u202e", []),
        ("expression " * 3000, ["Clea_Orale"]),
        ("x" * 20_000, []),
    ],
)
def test_every_word_is_searched_in_the_title_the_identifier_and_the_certification(
    lister, trois, chemin, recherche, trouves
):
    assert (trois, chemin) == (None, None)
    page = lister(Filtre(recherche))
    assert identifiants(page) == trouves
    # The counts follow the search.
    assert page.au_moins == (len(trouves) >= tranches.RARES and bool(recherche.strip()))
    assert page.au_moins or page.compteurs[Statut.BROUILLON] == len(trouves)
    assert not page.vide


def test_a_search_a_status_and_pages_go_together(atelier, auteur, lister, peupler):
    peupler(5)
    atelier.formation(auteur, une_fiche(identifiant="Autre", intitule="Autre"), Statut.ARCHIVEE)
    filtre = Filtre("formation", Statut.BROUILLON)
    assert tout_parcourir(lister, filtre, 2) == ["F004", "F003", "F002", "F001", "F000"]
    assert lister(Filtre("formation", Statut.ARCHIVEE)).lignes == ()


def test_a_search_follows_a_change_of_title(base, atelier, auteur, lister):
    formation = atelier.formation(auteur, une_fiche(intitule="Ancien"))
    with base.ecriture() as cnx:
        enregistrer(cnx, atelier.acte(auteur), formation.id, 1, formation.fiche.avec(intitule="Récent"))
    assert len(lister(Filtre("recent")).lignes) == 1
    assert lister(Filtre("ancien")).lignes == ()


def test_another_organisations_formations_are_never_listed(atelier, auteur, lister, peupler):
    etranger = atelier.utilisateur()
    atelier.formation(etranger, une_fiche(identifiant="Secret", intitule="Formation secrète"))
    peupler(3)
    assert len(lister().lignes) == 3
    assert lister(Filtre("secret")).lignes == ()
    marque = Curseur(2**62, uuid4())
    assert identifiants(lister(apres=marque, organisme=etranger.organisme)) == ["Secret"]
    assert auteur.organisme != etranger.organisme


@given(st.integers(-(2**63), 2**63 - 1), st.uuids())
def test_a_mark_travels_as_a_text_both_ways(rang, id_):
    curseur = Curseur(rang, id_)
    assert Curseur.lire(str(curseur)) == curseur
    assert str(curseur).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "texte", ["", "x", "é", "\ud800", "\x00", "A" * 31, "A" * 33, "A" * 10_000, "====", "/" * 32, "+" * 32]
)
def test_a_bad_mark_is_refused(texte):
    with pytest.raises(ValueError, match="mark"):
        Curseur.lire(texte)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_a_mark_or_refused(texte):
    try:
        curseur = Curseur.lire(texte)
    except ValueError:
        return
    assert isinstance(curseur.id, UUID)
    assert Curseur.lire(str(curseur)) == curseur


@pytest.mark.parametrize(("rang", "nombre"), [(-(2**63), 0), (0, 0), (2**63 - 1, 2)])
def test_extreme_marks_are_listed_without_error(lister, peupler, rang, nombre):
    peupler(2)
    apres = Curseur(rang, UUID(int=0))
    assert len(lister(apres=apres).lignes) == nombre


@pytest.mark.parametrize(
    ("filtre", "nombre"), [(Filtre(), 2), (Filtre("formation"), 2), (Filtre("f01"), 2), (Filtre("zzz"), 2),
                           (Filtre("%"), 1), (Filtre(statut=Statut.BROUILLON), 2),
                           (Filtre(type_formation="clea"), 3), (Filtre("formation", certification="RS2203"), 3)],
)  # fmt: skip
def test_a_page_takes_two_statements_and_one_with_a_filter_one_more(
    base, auteur, peupler, requetes, monkeypatch, filtre, nombre
):
    peupler(60)
    # The registry is remembered: it is asked for its mark once a second, however many pages are read.
    monkeypatch.setattr(registre, "FRAICHEUR", 3600)
    with base.lecture() as cnx:
        catalogue.lister(cnx, auteur.organisme, filtre)
        with requetes(cnx) as envoyees:
            catalogue.lister(cnx, auteur.organisme, filtre)
    assert len(envoyees) == nombre


def test_a_page_uses_an_index_and_never_sorts(base_sqlite, requetes):
    # The plan is read from the statement itself: a page of a million formations costs what the first does.
    auteur = Atelier(base_sqlite).utilisateur()
    marque = Curseur(2**62, uuid4())
    for filtre in (Filtre(), Filtre(statut=Statut.VALIDEE)):
        with base_sqlite.lecture() as cnx:
            with requetes(cnx) as envoyees:
                catalogue.lister(cnx, auteur.organisme, filtre, marque)
            page = envoyees[1]
            plan = cnx.exec_driver_sql("EXPLAIN QUERY PLAN " + page, tuple(["x"] * page.count("?"))).all()
        detail = " ".join(str(ligne[3]) for ligne in plan)
        attendu = "formation_par_statut" if filtre.statut else "formation_par_date"
        assert f"USING INDEX {attendu}" in detail
        assert "TEMP B-TREE" not in detail
        assert "(rang,id)<" in detail
