"""The search of a catalogue: the same answers by each of its ways and on both databases, in step with every write."""

import threading
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, text, update

from tests.bases import ouverte
from tests.builders import Atelier, enregistrer, la_certification, une_fiche
from tests.registre_fabrique import Fiche, zip_csv
from tests.services.test_import_registre import importer
from webapp.cli import principal
from webapp.domain.comptes import Organisme
from webapp.domain.recherche import mots_demandes, mots_gardes
from webapp.domain.statuts import Statut
from webapp.persistence import certifications, comptes, compteurs, database, formations, tranches
from webapp.persistence.tables import formation_recherche
from webapp.services import catalogue, recherche, registre
from webapp.services.catalogue import Curseur, Filtre

MOTS = ("Cléa", "oral", "ORALE", "œuvre", "demi-journée", "l’eau", "50%", "a_b", "numérique", "n1", "é")
AVANT_LES_MOTS = "0008"


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur()


@pytest.fixture
def trouver(base, auteur):
    def trouver(texte, organisme=auteur.organisme, **filtre):
        with base.lecture() as cnx:
            lignes = catalogue.lister(cnx, organisme, Filtre(texte, **filtre)).lignes
        return [ligne.identifiant for ligne in lignes]

    return trouver


def etat(base):
    with base.ecriture() as cnx:
        return recherche.verifier(cnx)


@given(
    titres=st.lists(st.lists(st.sampled_from(MOTS), max_size=4).map(" ".join), min_size=1, max_size=12),
    demande=st.lists(st.sampled_from([*MOTS, "2203", "socle", "F1", "%", "jour", "rale"]), max_size=3).map(" ".join),
    bornes=st.sampled_from([(1, 1), (1, 400), (2, 3), (100, 400)]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
def test_every_way_finds_what_the_words_say_in_the_order_of_the_page(base, titres, demande, bornes):
    atelier = Atelier(base)
    auteur = atelier.utilisateur()
    statuts = (Statut.BROUILLON, Statut.VALIDEE, Statut.ARCHIVEE)
    faites = [
        (f"F{rang}", titre, statuts[rang % 3], ("RS2203", "RS3936")[rang % 2]) for rang, titre in enumerate(titres)
    ]
    for identifiant, titre, statut, code in faites:
        fiche = une_fiche(identifiant=identifiant, intitule=titre or "x", certification=code)
        atelier.formation(auteur, fiche, statut)
    with pytest.MonkeyPatch.context() as m:
        m.setattr(tranches, "DEVANT", bornes[0])
        m.setattr(tranches, "RARES", bornes[1])
        with base.lecture() as cnx:
            titre_de = {code: la_certification(cnx, code).intitule for code in ("RS2203", "RS3936")}
            for filtre in (None, *statuts):
                attendues = [
                    identifiant
                    for identifiant, titre, sien, code in reversed(faites)
                    if (sien is filtre if filtre else sien is not Statut.ARCHIVEE)
                    and _a_les_mots(demande, mots_gardes(titre or "x", identifiant, code, titre_de[code]))
                ]
                vues, apres = [], None
                while True:
                    page = catalogue.lister(cnx, auteur.organisme, Filtre(demande, filtre), apres, 2)
                    vues += [ligne.identifiant for ligne in page.lignes]
                    if page.suivant is None:
                        break
                    apres = Curseur.lire(str(page.suivant))
                assert vues == attendues
    assert etat(base).juste


def _a_les_mots(demande, gardes):
    voulus = mots_demandes(demande)
    if demande.strip() and not voulus:
        return False
    return all(any(garde.startswith(mot) for garde in gardes.split()) for mot in voulus)


def test_the_search_follows_every_change_of_a_formation(base, atelier, auteur, trouver):
    formation = atelier.formation(auteur, une_fiche(identifiant="Ancien_1", intitule="Poterie"))
    nouvelle = formation.fiche.avec(identifiant="Neuf_2", intitule="Vannerie", certification="RS3936")
    with base.ecriture() as cnx:
        enregistrer(cnx, atelier.acte(auteur), formation.id, 1, nouvelle)
    assert [trouver(texte) for texte in ("ancien", "poterie", "2203")] == [[], [], []]
    assert [trouver(texte) for texte in ("neuf", "vannerie", "3936")] == [["Neuf_2"]] * 3
    with base.ecriture() as cnx:
        copie = catalogue.dupliquer(cnx, atelier.acte(auteur), formation.id, 2, uuid4())
        catalogue.archiver(cnx, atelier.acte(auteur), formation.id, 2)
    assert (trouver("vannerie"), trouver("vannerie", statut=Statut.ARCHIVEE)) == ([""], ["Neuf_2"])
    with base.ecriture() as cnx:
        catalogue.supprimer(cnx, atelier.acte(auteur), formation.id, 3)
        catalogue.supprimer(cnx, atelier.acte(auteur), copie.id, 1)
    assert (trouver("vannerie"), trouver("vannerie", statut=Statut.ARCHIVEE)) == ([], [])
    assert etat(base).juste


def test_what_is_undone_leaves_no_word(base, atelier, auteur, trouver):
    formation = atelier.formation(auteur, une_fiche(identifiant="A", intitule="Poterie"))

    def defaire():
        with base.ecriture() as cnx:
            enregistrer(cnx, atelier.acte(auteur), formation.id, 1, formation.fiche.avec(intitule="Vannerie"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        defaire()
    assert (trouver("poterie"), trouver("vannerie")) == (["A"], [])
    assert etat(base).juste


def test_an_import_that_changes_a_title_is_followed_by_the_search(base, atelier, auteur, trouver, tmp_path):
    atelier.formation(auteur, une_fiche(identifiant="A", intitule="Poterie", certification="RS5719",
                                        type_formation="certifiante"))  # fmt: skip
    atelier.formation(auteur, une_fiche(identifiant="B", intitule="Vannerie"))
    fiche = Fiche("RS5719", "Conduire une drague", blocs=(), anciennes=(), fin="01/09/2030")
    assert trouver("drague") == []
    importer(base, zip_csv(tmp_path / "un.zip", [fiche]), le=date(2026, 8, 16))
    assert (trouver("drague"), trouver("conduire poterie")) == (["A"], ["A"])
    importer(base, zip_csv(tmp_path / "deux.zip", [replace(fiche, intitule="Piloter une grue")]), le=date(2026, 8, 17))
    assert (trouver("drague"), trouver("grue")) == ([], ["A"])
    assert etat(base).juste


def test_a_title_that_our_own_records_change_is_followed_too(base, atelier, auteur, trouver):
    atelier.formation(auteur, une_fiche(identifiant="A"))
    with base.ecriture() as cnx:
        clea = la_certification(cnx, "RS2203")
        certifications.deposer(cnx, [replace(clea, intitule="Certificat zorglub")], {})
    assert (trouver("zorglub"), trouver("socle")) == (["A"], [])
    assert etat(base).juste


def test_a_formation_written_while_a_title_changes_is_found_by_the_new_one(base_postgresql):
    # On SQLite one writes at a time. Here the import waits for whoever has read the old title.
    atelier = Atelier(base_postgresql)
    auteur = atelier.utilisateur()
    commence, fini = threading.Event(), threading.Event()

    def importer_le_titre():
        with base_postgresql.ecriture() as cnx:
            clea = la_certification(cnx, "RS2203")
            commence.set()
            certifications.deposer(cnx, [replace(clea, intitule="Certificat zorglub")], {})
        fini.set()

    fil = threading.Thread(target=importer_le_titre)
    with base_postgresql.ecriture() as cnx:
        formations.ajouter(cnx, atelier_nouvelle(atelier, auteur))
        fil.start()
        commence.wait(10)
        assert not fini.wait(0.3)
    fil.join(10)
    assert etat(base_postgresql).juste


def atelier_nouvelle(atelier, auteur):
    """Make a formation that nobody has written yet."""
    modele = atelier.formation(auteur, une_fiche(identifiant="Modele"))
    return replace(modele, id=uuid4(), fiche=modele.fiche.avec(identifiant="Autre"))


def test_two_organisations_of_one_mark_find_their_own(base, trouver):
    atelier = Atelier(base)
    jumeaux = []
    for fin in ("0", "1"):
        organisme = Organisme(UUID(hex="abcdef" + fin * 26), f"Organisme {fin}", f"1234567890000{fin}")
        with base.ecriture() as cnx:
            comptes.ajouter_organisme(cnx, organisme)
            compteurs.ouvrir(cnx, organisme.id)
        jumeaux.append(atelier.utilisateur(organisme=organisme))
    for rang, auteur in enumerate(jumeaux):
        atelier.formation(auteur, une_fiche(identifiant=f"Jumeau_{rang}", intitule="Poterie"))
    assert [trouver("poterie", organisme=un.organisme) for un in jumeaux] == [["Jumeau_0"], ["Jumeau_1"]]


# --- the command that looks after it


@pytest.fixture
def taper(url_base):
    def commande(*arguments):
        reponse = CliRunner().invoke(principal, ["verifier-recherche", *arguments], env={"DATABASE_URL": url_base})
        return reponse.exit_code, (reponse.stdout + reponse.stderr).replace("\xa0", " ").strip()

    return commande


JUSTE = (0, "La recherche est juste : chaque formation se retrouve par ses mots.")


def test_the_command_finds_what_is_missing_and_makes_it_again(base, atelier, auteur, trouver, taper):
    faites = [atelier.formation(auteur, une_fiche(identifiant=f"F{n}", intitule="Poterie")) for n in range(3)]
    assert taper() == JUSTE
    celle = formation_recherche.c.id
    with base.ecriture() as cnx:
        cnx.execute(delete(formation_recherche).where(celle == faites[0].id))
        cnx.execute(update(formation_recherche).where(celle == faites[1].id).values(mots="autre"))
    assert trouver("poterie") == ["F2"]
    code, dit = taper()
    assert code != 0
    assert "2 formations n’ont pas leurs mots" in dit
    assert "verifier-recherche --reconstruire" in dit
    assert taper("--reconstruire") == (0, "La recherche est reconstruite : 3 formations indexées.")
    assert trouver("poterie") == ["F2", "F1", "F0"]
    assert taper() == JUSTE


def test_the_command_finds_an_index_that_has_lost_its_words(base_sqlite):
    atelier = Atelier(base_sqlite)
    auteur = atelier.utilisateur()
    atelier.formation(auteur, une_fiche(intitule="Poterie"))
    with base_sqlite.ecriture() as cnx:
        cnx.exec_driver_sql("INSERT INTO formation_mots(formation_mots) VALUES ('delete-all')")
    assert not etat(base_sqlite).index_fidele
    with base_sqlite.ecriture() as cnx:
        assert recherche.reconstruire(cnx) == 1
    assert etat(base_sqlite).juste


# --- the migration


def test_the_migration_keeps_the_words_that_the_product_would_keep(url_vide):
    database.migrer(url_vide)
    titres = ("Cœur d’œuvre", "Demi-journée / l'eau", "İstanbul ŉ ß ﬁ Ⅷ ²", "a-" * 60, "١٢٣ देवनागरी 漢字", "")
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        atelier = Atelier(base)
        auteur = atelier.utilisateur()
        for rang, titre in enumerate(titres):
            atelier.formation(auteur, une_fiche(identifiant=f"Clea_{rang}.é-9", intitule=titre))
    database.retrograder(url_vide, AVANT_LES_MOTS)
    with ouverte(url_vide) as base, base.lecture() as cnx:
        lus = set(cnx.execute(text("SELECT recherche FROM formation WHERE identifiant LIKE 'Clea_0%'")).scalars())
    assert lus == {"coeur d'oeuvre clea_0.e-9"}
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        assert etat(base).juste
        with base.lecture() as cnx:
            assert len(catalogue.lister(cnx, auteur.organisme, Filtre("clea")).lignes) == len(titres)


def test_the_migration_goes_through_more_than_one_lot(url_vide):
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        with base.ecriture() as cnx:
            registre.amorcer(cnx)
        atelier = Atelier(base)
        auteur = atelier.utilisateur()
        modele = atelier.formation(auteur, une_fiche())
        with base.ecriture() as cnx:
            formations.ajouter_en_nombre(
                cnx, [replace(modele, id=uuid4(), fiche=modele.fiche.avec(identifiant=f"F_{n}")) for n in range(1_001)]
            )
    database.retrograder(url_vide, AVANT_LES_MOTS)
    database.migrer(url_vide)
    with ouverte(url_vide) as base:
        assert etat(base).juste
