"""The catalogue: newest first, searched, filtered, counted, page by page; what each card says and offers."""

import re
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from uuid import UUID, uuid4

import pytest

from tests.builders import CLEA, enregistrer_nouvelle, un_acte, une_certification, une_fiche
from tests.web.comparaison import assert_same
from webapp.banc_essai import donnees as banc_essai
from webapp.domain.controle import Diagnostic
from webapp.domain.statuts import Operation, Statut, operations_permises
from webapp.persistence import tranches
from webapp.services.pages import Curseur, LigneCatalogue
from webapp.web.catalogue import carte
from webapp.web.vue import TRIS

INTITULE = "Compétences Cléa - expression orale"


def articles(page):
    """Give the titles of the cards, in order."""
    return [page.texte(f"(//article)[{n + 1}]//h2") for n in range(len(page.tous("//article")))]


def identifiants(page):
    return [
        page.texte(f"(//article)[{n + 1}]//p[last()]").removeprefix("ID : ") for n in range(len(page.tous("//article")))
    ]


def onglets(page):
    return [page.texte(f"(//ul[@class='onglets']/li)[{n + 1}]") for n in range(4)]


def choisi(page):
    return [page.texte(f"//ul[@class='onglets']/li[{n + 1}]") for n in range(4)
            if page.tous(f"//ul[@class='onglets']/li[{n + 1}]/a[@aria-current='true']")]  # fmt: skip


@pytest.fixture
def ajouter(base, gestionnaire):
    """Add formations in one go, the last one the newest."""

    def faire(*formations):
        with base.ecriture() as cnx:
            banc_essai.regler_organisme(cnx, gestionnaire.organisme.id, {"date_reference": "2019-11-28"})
            corps = {"formations": list(formations)}
            return banc_essai.ajouter_formations(cnx, gestionnaire.organisme.id, corps)["formations"]

    return faire


# ---------------------------------------------------------------------------- empty


def test_an_empty_catalogue_invites_those_who_can_add(client):
    page = client.get("/catalogue")
    assert page.h1 == "Catalogue"
    assert "Votre catalogue est vide." in page.texte()
    assert page.lien("Ajouter une formation") == "/formations/nouvelle"
    assert not page.tous("//main//form")


def test_an_empty_catalogue_tells_a_reader_what_will_come(client_lecteur):
    page = client_lecteur.get("/catalogue")
    assert "Les formations apparaîtront ici quand une personne chargée du catalogue en aura ajouté." in page.texte()
    assert page.commandes() == []


def test_a_search_that_finds_nothing_can_be_cleared(client, ajouter):
    ajouter({"identifiant": "A"})
    page = client.get("/catalogue?recherche=introuvable")
    assert "Aucune formation ne correspond." in page.texte()
    assert page.valeur("recherche") == "introuvable"
    assert identifiants(client.get(page.lien("Effacer la recherche"))) == ["A"]


def test_a_filter_that_finds_nothing_can_be_left(client, ajouter):
    ajouter({"identifiant": "A"})
    page = client.get("/catalogue?statut=archivee")
    assert "Aucune formation ne correspond." in page.texte()
    assert identifiants(client.get(page.lien("Voir toutes les formations"))) == ["A"]


def test_a_catalogue_of_archives_alone_says_so_and_leads_there(client, ajouter):
    ajouter({"identifiant": "A", "statut": "archivee"})
    page = client.get("/catalogue")
    assert "Toutes vos formations sont archivées." in page.texte()
    assert onglets(page) == ["Toutes (0)", "Brouillons (0)", "Validées (0)", "Archivées (1)"]
    assert identifiants(client.get(page.lien("Voir les formations archivées"))) == ["A"]


@pytest.mark.parametrize(
    ("archivees", "active", "dit"),
    [
        (0, True, ""), (1, True, "1 formation archivée correspond aussi à cette recherche."),
        (1, False, "1 formation archivée correspond à cette recherche."),
        (20, True, "20 formations archivées correspondent aussi à cette recherche."),
        (2, False, "2 formations archivées correspondent à cette recherche."),
        (21, True, "21 formations archivées correspondent aussi à cette recherche."),
    ],
)  # fmt: skip
def test_a_search_says_what_it_leaves_in_the_archive(client, ajouter, archivees, active, dit):
    ajouter(*({"identifiant": f"A_{n}", "intitule": "Oral", "statut": "archivee"} for n in range(archivees)))
    ajouter({"identifiant": "B", "intitule": "Oral" if active else "Écrit"})
    page = client.get("/catalogue?recherche=oral")
    dits = [page.texte("//p[@class='archives-trouvees']")] if dit else []
    assert dits == [f"{dit} Voir parmi les archivées" for _ in dits]
    assert len(page.tous("//p[@class='archives-trouvees']")) == len(dits)
    assert identifiants(page) == (["B"] if active else [])


def test_a_search_that_finds_many_says_the_least_that_it_leaves_in_the_archive(client, ajouter, monkeypatch):
    monkeypatch.setattr(tranches, "RARES", 2)
    ajouter(*({"identifiant": f"A_{n}", "intitule": "Oral", "statut": "archivee"} for n in range(3)))
    dit = client.get("/catalogue?recherche=oral").texte("//p[@class='archives-trouvees']")
    assert re.fullmatch(r"Au moins (1 formation archivée correspond|2 formations archivées correspondent) à .*", dit), (
        dit
    )


def test_a_page_of_the_catalogue_is_one_state_of_the_base(client, base, gestionnaire, monkeypatch):
    reelle = tranches.tranche

    def entre_deux(*arguments):
        # Somebody saves between the counts and the cards.
        with base.ecriture() as cnx:
            enregistrer_nouvelle(cnx, un_acte(gestionnaire), uuid4(), une_fiche())
        return reelle(*arguments)

    with monkeypatch.context() as m:
        m.setattr(tranches, "tranche", entre_deux)
        assert "Votre catalogue est vide." in client.get("/catalogue").texte()
    page = client.get("/catalogue")
    assert (len(articles(page)), onglets(page)[0]) == (1, "Toutes (1)")


# ---------------------------------------------------------------------------- a card


def test_a_card_says_what_the_guide_shows(client, ajouter):
    ajouter({"identifiant": "Clea_Identifiant", "intitule": INTITULE, "modifiee_le": "2019-09-23"})
    page = client.get("/catalogue")
    assert articles(page) == [INTITULE]
    assert page.texte("//article//div[@class='carte-corps']") == (
        f"{INTITULE} Brouillon Pour valider : 2 sur 8 Certification préparée : {CLEA.intitule} "
        "Dernière modification : 23 septembre 2019 ID : Clea_Identifiant"
    )
    assert page.tous("//article")[0].get("aria-labelledby") == page.tous("//article//h2")[0].get("id")


@pytest.mark.parametrize("statut", Statut)
def test_a_card_carries_the_badge_of_its_status(client, ajouter, statut):
    ajouter({"identifiant": "A", "statut": statut.value})
    page = client.get(f"/catalogue?statut={statut.value}")
    assert page.texte("//article//span[contains(@class, 'badge')]") == statut.libelle
    assert page.tous("//article//span[contains(@class, 'badge')]")[0].get("class") == f"badge badge-{statut.value}"


@pytest.mark.parametrize(
    ("code", "le", "badges"),
    [
        ("RS2203", "2019-11-28", []), ("RS2203", "2026-05-14", []), ("RS2203", "2026-05-15", ["Certification expirée"]),
        ("RS5000", "2023-11-25", []), ("RS5000", "2023-11-26", ["Expire dans 180\u00a0jours"]),
        ("RS5000", "2024-05-23", ["Expire dans 1\u00a0jour"]), ("RS5000", "2024-05-24", ["Expire aujourd’hui"]),
        ("RS5000", "2024-05-25", ["Certification expirée"]),
        ("RS5000", "2019-06-12", ["Certification non connue à cette date"]),
    ],
)  # fmt: skip
def test_the_badge_of_the_certification_follows_the_date(client, base, gestionnaire, ajouter, code, le, badges):
    ajouter({"identifiant": "A", "certification": code})
    with base.ecriture() as cnx:
        banc_essai.regler_organisme(cnx, gestionnaire.organisme.id, {"date_reference": le})
    page = client.get("/catalogue")
    assert [e.text for e in page.tous("//article//span[contains(@class, 'badge')]")[1:]] == badges


def test_the_badge_of_an_action_speaks_of_no_certification(client, ajouter):
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    ajouter({"identifiant": "A", "type_formation": "creation", "certification": "CPF203", "objectif_general": "4"})
    badges = [e.text for e in client.get("/catalogue").tous("//article//span[contains(@class, 'badge')]")]
    assert badges[1:] == ["N’est plus proposé"]


def test_a_day_is_that_of_paris(client, base, atelier, gestionnaire):
    instant = datetime(2019, 11, 30, 23, 30, tzinfo=UTC)
    with base.ecriture() as cnx:
        enregistrer_nouvelle(cnx, un_acte(gestionnaire, maintenant=instant), gestionnaire.id, une_fiche())
    assert "Dernière modification : 1er décembre 2019" in client.get("/catalogue").texte()


@pytest.mark.parametrize("intitule", ["", "   ", "\u200b"])
def test_a_formation_without_a_title_can_still_be_opened(client, ajouter, intitule):
    ajouter({"identifiant": "A", "intitule": intitule})
    page = client.get("/catalogue")
    assert articles(page) == ["(sans intitulé)"]
    assert client.get(page.lien("(sans intitulé)")).h1 == "A"


def test_what_was_typed_is_shown_as_text(client, ajouter):
    piege = '<script>alert(1)</script>{{ 7 * 7 }}" hx-get="/x'
    client.saisies.add(piege)
    ajouter({"identifiant": "A", "intitule": piege})
    assert articles(client.get("/catalogue")) == [piege]


LIBELLES = {
    Operation.ENREGISTRER: "Modifier", Operation.DUPLIQUER: "Dupliquer", Operation.ARCHIVER: "Archiver",
    Operation.RESTAURER: "Restaurer", Operation.SUPPRIMER: "Supprimer",
}  # fmt: skip


@pytest.mark.parametrize("statut", Statut)
def test_a_card_offers_the_operations_of_the_table_and_no_other(client, ajouter, statut):
    [faite] = ajouter({"identifiant": "A", "intitule": "Un titre", "statut": statut.value})
    page = client.get(f"/catalogue?statut={statut.value}")
    menu = f"//*[@id='operations-{faite['id']}']"
    permises = operations_permises(statut, Diagnostic())
    attendues = [mot for operation, mot in LIBELLES.items() if operation in permises]
    if Operation.ENREGISTRER not in permises:
        attendues.insert(0, "Consulter")
    assert page.commandes(menu) == attendues
    bouton = page.commande("Opérations sur Un titre")
    assert bouton.get("popovertarget") == f"operations-{faite['id']}"


def test_a_reader_sees_the_cards_without_operations_nor_any_form_that_writes(client_lecteur, ajouter):
    ajouter({"identifiant": "A", "intitule": "Un titre"})
    page = client_lecteur.get("/catalogue")
    assert articles(page) == ["Un titre"]
    assert page.commandes("//article") == ["Un titre"]
    assert not page.tous("//main//form[@method='post']")
    assert "Ajouter une formation" not in page.commandes()
    assert "operations" not in page.html


# ---------------------------------------------------------------------------- each card says what is, to each


def test_a_card_is_never_stale_nor_that_of_somebody_else(client, client_lecteur, base, atelier, gestionnaire):
    formation = atelier.formation(gestionnaire, une_fiche(intitule="Avant"))

    client.get("/catalogue")
    client_lecteur.get("/catalogue")
    for agir, titre, statut in (
        (lambda: None, "Avant", "Brouillon"),
        (
            lambda: client.submit(client.get(f"/formations/{formation.id}"), "Valider", intitule="Après"),
            "Après",
            "Validée",
        ),
        (lambda: client.poster(f"/formations/{formation.id}/archivage", {"version": "2"}), "Après", "Archivée"),
        (lambda: client.poster(f"/formations/{formation.id}/restauration", {"version": "3"}), "Après", "Validée"),
    ):
        agir()
        url = "/catalogue?statut=archivee" if statut == "Archivée" else "/catalogue"
        page = client.get(url)
        lecture = client_lecteur.get(url)
        for vue in (page, lecture):
            assert articles(vue) == [titre]
            assert vue.texte("//article//span[contains(@class, 'badge')]") == statut
        assert ("Opérations" in page.texte("//article"), "Opérations" in lecture.texte("//article")) == (True, False)
        assert page.commandes("//article") != lecture.commandes("//article")


def test_a_card_follows_the_date_of_each_person(client, client_lecteur, ajouter):
    ajouter({"identifiant": "A"})
    for _ in range(2):
        assert "Certification expirée" not in client.get("/catalogue").texte()
    client.poster("/date-de-reference", {"date": "aujourdhui"})
    for _ in range(2):
        assert "Certification expirée" in client.get("/catalogue").texte()
        assert "Certification expirée" not in client_lecteur.get("/catalogue").texte()


def test_a_card_holds_nothing_of_a_session(client, ajouter):
    ajouter({"identifiant": "A"})
    page = client.get("/catalogue")
    [carte] = page.tous("//article")
    assert not carte.xpath(".//input")
    assert client.jeton() not in page.html.split("<article")[1].split("</article")[0]


AUTRES_FAITS: dict[str, Any] = {
    "id": UUID(int=2), "identifiant": "B", "intitule": "Un autre", "statut": Statut.VALIDEE,
    "modifiee_le": datetime(2019, 11, 29, tzinfo=UTC), "certification": une_certification(intitule="Une autre"),
    "version": 2, "sortie": (datetime(2019, 11, 30, tzinfo=UTC), False),
}  # fmt: skip


@pytest.mark.parametrize("nom", LigneCatalogue._fields)
def test_a_card_shows_each_fact_of_its_line(application, nom):
    ligne = LigneCatalogue(
        UUID(int=1), "A", "Un titre", Statut.BROUILLON, datetime(2019, 11, 28, tzinfo=UTC), une_certification(), 1
    )
    autre = ligne._replace(**{nom: AUTRES_FAITS[nom]})
    rendre = application.jinja_env.globals["cartes_de_formations"]
    avant, apres, encore = (
        rendre([carte(une, date(2019, 11, 28), {})], True, "") for une in (ligne, autre, ligne._replace())
    )
    assert avant == encore
    assert avant != apres


def test_a_card_without_an_identifier_or_a_title_says_so():
    vide = LigneCatalogue(UUID(int=1), "", "", Statut.BROUILLON, datetime(2019, 11, 28, tzinfo=UTC), None, 1)
    montree = carte(vide, date(2019, 11, 28), {})
    assert (montree.identifiant, montree.titre) == ("à saisir", "(sans intitulé)")


def test_two_organisations_with_the_same_texts_see_their_own(client, client_etranger, atelier, gestionnaire, etranger):
    ici = atelier.formation(gestionnaire, une_fiche())
    la = atelier.formation(etranger, une_fiche())
    assert client.get("/catalogue").lien(INTITULE) == f"/formations/{ici.id}"
    assert client_etranger.get("/catalogue").lien(INTITULE) == f"/formations/{la.id}"


# ---------------------------------------------------------------------------- search and filter


@pytest.fixture
def varies(ajouter):
    ajouter(
        {"identifiant": "Oral_1", "intitule": "Expression orale à l’œuvre", "statut": "validee"},
        {"identifiant": "Num_100", "intitule": "Numérique\xa0: 100\xa0% pratique"},
        {"identifiant": "Num_1000", "intitule": "Numérique avancé", "statut": "archivee"},
        {"identifiant": "X-1.a", "intitule": "C:\\dossier [bureau] ?*"},
    )


@pytest.mark.parametrize(
    ("recherche", "trouves"),
    [
        ("orale", ["Oral_1"]), ("ORALE", ["Oral_1"]), ("numerique", ["Num_100"]),
        ("NUMÉRIQUE avance", []), ("pratique numérique", ["Num_100"]), ("oeuvre", ["Oral_1"]),
        ("œuvre", ["Oral_1"]), ("e\u0301xpression", ["Oral_1"]), ("num_100", ["Num_100"]),
        ("%", []), ("100 %", ["Num_100"]), ("_", []),
        ("m_1", ["Num_100"]),
        ("_%", []), ("n_m", []), ("\\", []), ("[bureau]", ["X-1.a"]), ("?*", []), ("x-1.a", ["X-1.a"]),
        ("", ["X-1.a", "Num_100", "Oral_1"]), ("   ", ["X-1.a", "Num_100", "Oral_1"]),
        ("  orale  ", ["Oral_1"]), ("' OR 1=1 --", []), ("\x00", []), ("a\x01", []), ("\u202e", []), ("x" * 3000, []),
        ("validee", []), ("RS2203", ["X-1.a", "Num_100", "Oral_1"]), ("RS3936", []), ("a b c d e f g h i j", []),
    ],
)  # fmt: skip
def test_a_search_looks_in_the_title_the_identifier_and_the_certification(client, varies, recherche, trouves):
    page = client.get("/catalogue", query_string={"recherche": recherche})
    assert identifiants(page) == trouves
    validees = sum(une == "Oral_1" for une in trouves)
    archivees = page.texte("//p[@class='archives-trouvees']") if page.tous("//p[@class='archives-trouvees']") else ""
    assert onglets(page) == [
        f"Toutes ({len(trouves)})", f"Brouillons ({len(trouves) - validees})", f"Validées ({validees})",
        f"Archivées ({1 if archivees or not recherche.strip() else 0})",
    ]  # fmt: skip


def test_an_endless_search_is_not_written_on_each_card(client, ajouter):
    ajouter(*({"identifiant": f"Clea_{n}"} for n in range(20)))
    courte = client.get("/catalogue", query_string={"recherche": "clea"})
    longue = client.get("/catalogue", query_string={"recherche": ("clea " * 2000).strip()})
    assert len(articles(longue)) == len(articles(courte)) == 20
    assert len(longue.html) < len(courte.html) + 120_000


def test_a_search_is_made_by_the_form_and_can_be_narrowed_by_status(client, varies):
    page = client.submit(client.get("/catalogue"), "Rechercher", recherche="numerique")
    assert identifiants(page) == ["Num_100"]
    assert page.texte("//p[@class='archives-trouvees']").startswith("1 formation archivée correspond aussi")
    assert_same(client.get(page.lien("Voir parmi les archivées")), client.get(page.lien("Archivées (1)")))
    page = client.get(page.lien("Archivées (1)"))
    assert identifiants(page) == ["Num_1000"]
    assert page.valeur("recherche") == "numerique"
    assert choisi(page) == ["Archivées (1)"]
    page = client.submit(page, "Rechercher", recherche="")
    assert identifiants(page) == ["Num_1000"]
    assert identifiants(client.get(page.lien("Toutes (3)"))) == ["X-1.a", "Num_100", "Oral_1"]


@pytest.mark.parametrize(
    ("statut", "trouves", "onglet"),
    [
        ("", ["X-1.a", "Num_100", "Oral_1"], "Toutes (3)"),
        ("brouillon", ["X-1.a", "Num_100"], "Brouillons (2)"),
        ("validee", ["Oral_1"], "Validées (1)"), ("archivee", ["Num_1000"], "Archivées (1)"),
        ("publiee", ["X-1.a", "Num_100", "Oral_1"], "Toutes (3)"),
        ("\x00", ["X-1.a", "Num_100", "Oral_1"], "Toutes (3)"),
    ],
)  # fmt: skip
def test_a_filter_shows_one_status_and_says_which(client, varies, statut, trouves, onglet):
    page = client.get("/catalogue", query_string={"statut": statut})
    assert identifiants(page) == trouves
    assert choisi(page) == [onglet]


def test_the_counts_without_a_search_are_those_of_the_whole_catalogue_and_follow_every_operation(
    client, varies, ajouter
):
    [faite] = ajouter({"identifiant": "Comptee", "statut": "validee"})
    suites = (
        ("archivage", ["Toutes (3)", "Brouillons (2)", "Validées (1)", "Archivées (2)"]),
        ("restauration", ["Toutes (4)", "Brouillons (2)", "Validées (2)", "Archivées (1)"]),
        ("restauration/annulation", ["Toutes (3)", "Brouillons (2)", "Validées (1)", "Archivées (2)"]),
        ("archivage/annulation", ["Toutes (4)", "Brouillons (2)", "Validées (2)", "Archivées (1)"]),
        ("archivage", ["Toutes (3)", "Brouillons (2)", "Validées (1)", "Archivées (2)"]),
        ("suppression", ["Toutes (3)", "Brouillons (2)", "Validées (1)", "Archivées (1)"]),
    )
    for version, (operation, attendus) in enumerate(suites, 1):
        url = f"/formations/{faite['id']}/{operation}"
        assert client.poster(url, {"version": str(version)}).status_code == 303
        assert onglets(client.get("/catalogue")) == attendus


# ---------------------------------------------------------------------------- pages


@pytest.fixture
def nombreuses(ajouter):
    """45 formations, F_45 the newest; one in three is validée."""
    ajouter(*({"identifiant": f"F_{n}", "statut": "brouillon" if n % 3 else "validee"} for n in range(1, 46)))


def parcourir(client, url):
    """Give the identifiers of each page, from an address to the last page."""
    pages = []
    while url:
        page = client.get(url)
        pages.append(identifiants(page))
        suivantes = [c for c in page.commandes() if c == "Formations suivantes"]
        url = page.lien("Formations suivantes") if suivantes else ""
    return pages


def test_pages_of_twenty_show_each_formation_once_newest_first(client, nombreuses):
    pages = parcourir(client, "/catalogue")
    assert [len(p) for p in pages] == [20, 20, 5]
    assert [i for p in pages for i in p] == [f"F_{n}" for n in range(45, 0, -1)]


def test_the_first_page_leads_on_the_next_ones_lead_back_too(client, nombreuses):
    premiere = client.get("/catalogue")
    liens = "//nav[@aria-label='Pages du catalogue']"
    assert premiere.commandes(liens) == ["Formations suivantes"]
    seconde = client.get(premiere.lien("Formations suivantes"))
    assert seconde.commandes(liens) == ["Revenir au début", "Formations suivantes"]
    derniere = client.get(seconde.lien("Formations suivantes"))
    assert derniere.commandes(liens) == ["Revenir au début"]
    assert_same(client.get(derniere.lien("Revenir au début")), premiere)


def test_the_filter_and_the_search_stay_from_page_to_page(client, nombreuses):
    pages = parcourir(client, "/catalogue?statut=brouillon&recherche=f_")
    assert [i for p in pages for i in p] == [f"F_{n}" for n in range(45, 0, -1) if n % 3]
    page = client.get(client.get("/catalogue?statut=brouillon&recherche=f_").lien("Formations suivantes"))
    assert choisi(page) == ["Brouillons (30)"]
    assert page.valeur("recherche") == "f_"
    retour = parse_qs(urlsplit(page.lien("Revenir au début")).query)
    assert retour == {"recherche": ["f_"], "statut": ["brouillon"]}


def test_a_page_exactly_full_leads_nowhere(client, ajouter):
    ajouter(*({"identifiant": f"F_{n}"} for n in range(20)))
    page = client.get("/catalogue")
    assert len(articles(page)) == 20
    assert not page.tous("//nav[@aria-label='Pages du catalogue']")


def test_what_is_added_changed_or_removed_meanwhile_neither_repeats_nor_hides_the_others(client, nombreuses, ajouter):
    premiere = client.get("/catalogue")
    suite = premiere.lien("Formations suivantes")
    ids = [lien.get("href") for lien in premiere.tous("//article//h2/a")]
    # The last of the page, whose mark leads on, leaves the list; another disappears; one is added.
    assert client.poster(f"{ids[-1]}/archivage", {"version": "1"}).status_code == 303
    assert client.poster(f"{ids[1]}/suppression", {"version": "1"}).status_code == 303
    ajouter({"identifiant": "Plus_Recente"})
    assert [i for p in parcourir(client, suite) for i in p] == [f"F_{n}" for n in range(25, 0, -1)]


def test_formations_of_the_same_instant_are_each_shown_once(client, base, gestionnaire):
    instant = datetime(2019, 11, 28, 10, tzinfo=UTC)
    with base.ecriture() as cnx:
        for n in range(45):
            fiche = une_fiche(identifiant=f"I_{n}")
            enregistrer_nouvelle(cnx, un_acte(gestionnaire, maintenant=instant), uuid4(), fiche)
    vues = [i for p in parcourir(client, "/catalogue") for i in p]
    assert sorted(vues) == sorted(f"I_{n}" for n in range(45))


MAUVAIS = [
    "x", "é", "\x00", "AAAA", "=" * 24, "A" * 5000, "' OR 1=1", "////////////////////////////////",
    str(Curseur(1, UUID(int=0)))[:-4],
]  # fmt: skip


def test_a_mark_that_is_not_one_shows_a_page_and_never_fails(client, nombreuses):
    for curseur in MAUVAIS:
        page = client.get("/catalogue", query_string={"apres": curseur})
        assert len(articles(page)) == 20
        assert page.lien("Revenir au début") == "/catalogue"


def test_a_mark_of_somebody_else_shows_nothing_of_theirs(client, client_etranger, nombreuses, atelier, etranger):
    suite = client.get("/catalogue").lien("Formations suivantes")
    atelier.formation(etranger, une_fiche(identifiant="La_sienne"))
    assert set(identifiants(client_etranger.get(suite))) <= {"La_sienne"}


def test_a_mark_beyond_the_end_shows_the_beginning(client, nombreuses):
    page = client.get("/catalogue", query_string={"apres": str(Curseur(0, UUID(int=0)))})
    assert_same(page, client.get("/catalogue"))


# ---------------------------------------------------------------------------- the way to one card


def cartes(page):
    return [article.get("aria-labelledby").removeprefix("titre-") for article in page.tous("//article")]


def test_the_way_to_a_card_leads_to_it_on_whichever_page_it_stands(client, nombreuses):
    page = client.get("/catalogue")
    premiers = cartes(page)
    assert cartes(client.get(f"/catalogue?formation={premiers[-1]}")) == premiers
    suivants = cartes(client.get(page.lien("Formations suivantes")))
    loin = client.get(f"/catalogue?formation={suivants[-1]}")
    assert cartes(loin)[0] == suivants[-1]
    assert loin.lien("Revenir au début") == "/catalogue"
    assert identifiants(loin)[-1] == "F_1"


def test_the_way_to_the_card_of_an_archived_formation_leads_to_the_archive(client, ajouter):
    ajouter({"identifiant": "Rangee", "statut": "archivee"}, {"identifiant": "Autre"})
    [rangee] = cartes(client.get("/catalogue?statut=archivee"))
    page = client.get(f"/catalogue?formation={rangee}")
    assert identifiants(page) == ["Rangee"]
    assert choisi(page) == ["Archivées (1)"]


@pytest.mark.parametrize("inconnue", ["", "abc", "00000000-0000-4000-8000-000000000000", "x" * 500])
def test_the_way_to_a_card_that_is_not_there_shows_the_catalogue(client, nombreuses, inconnue):
    assert_same(client.get("/catalogue", query_string={"formation": inconnue}), client.get("/catalogue"))


def test_the_way_to_the_card_of_somebody_else_shows_nothing_of_theirs(client, nombreuses, atelier, etranger):
    autre = atelier.formation(etranger, une_fiche(identifiant="Ailleurs"))
    assert_same(client.get(f"/catalogue?formation={autre.id}"), client.get("/catalogue"))


def test_each_order_is_offered_with_what_is_looked_for_from_the_beginning(client, varies):
    page = client.get("/catalogue", query_string={"recherche": "orale", "tri": "titre", "apres": "x"})
    for tri, libelle in TRIS.items():
        adresse = urlsplit(page.lien(libelle))
        lus = dict(parse_qsl(adresse.query))
        assert (lus.get("tri", ""), lus["recherche"]) == (tri.value, "orale")
        assert "apres" not in lus
