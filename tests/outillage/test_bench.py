"""The bench counts right and reads right. How fast anything is, is no test's business."""

import os
import re
import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import brotli
import pytest

from steps.ecrans.catalogue import ADRESSE
from steps.gherkin.lecture import lire_fichier
from tests.bench import __main__ as commande
from tests.bench import (
    controle,
    donnees,
    ecrans,
    exportation,
    horloges,
    import_edof,
    importation,
    parcours,
    poids,
    registre,
    scenario,
    script_nu,
    serveurs,
    tableau,
    taches,
)
from tests.bench.charge import CONNEXIONS, tirer
from tests.bench.controle import Controle
from tests.bench.ecrans import Ecran, EcranInattendu
from tests.bench.importation import Duree, Importation, Passage
from tests.bench.mesure import Mediane, MesureImpossible, Resultat, Tour, Tranche, rapport
from tests.bench.requetes import NUMERO, ReponseIllisible, Requete, echanger, lire, poster, taille_complete
from tests.builders import Atelier
from webapp.domain.controle_arbre import ControleArbre
from webapp.services import catalogue

PAGE = "<h1>Catalogue</h1>" + "<article>Étape</article>" * 20
# 1 000 answers in a second of two cores: the server spent 1.5, who asks 0.3, and 0.2 was nobody's.
NUE = Tranche(reponses=1000, duree=1.0, serveur=1.5, generateur=0.3, repos=0.2)
ECRAN = Tranche(reponses=250, duree=1.0, serveur=1.6, generateur=0.1, repos=0.3)


def resultat(plafond=None, *tours):
    return Resultat("écran", plafond, tours or (Tour(NUE, ECRAN, NUE),))


# ---------------------------------------------------------------------------------------- arithmetic


def test_a_cost_is_what_the_server_spent_and_what_stood_idle_without_the_generator():
    assert NUE.cout == pytest.approx(1.7e-3)
    assert replace(NUE, generateur=9.0).cout == NUE.cout
    assert resultat().multiple_sans_generateur == pytest.approx((1.9 / 250) / (1.7 / 1000))


def test_a_multiple_is_that_of_the_throughputs_and_the_processor_time_checks_it():
    assert resultat().multiple.valeur == pytest.approx(4)
    assert resultat().multiple_processeur == pytest.approx((1.6 / 250) / (1.5 / 1000))
    assert resultat().debit == 250


def test_a_screen_is_compared_with_the_mean_of_the_bare_answers_around_it():
    lente = replace(NUE, duree=2.0, serveur=3.2)
    assert Tour(NUE, ECRAN, lente).multiple == pytest.approx((1000 + 500) / 2 / 250)
    assert Tour(NUE, ECRAN, lente).multiple_sans_generateur == pytest.approx((1.9 / 250) / ((1.7 + 3.4) / 2 / 1000))


def test_the_rounds_are_summed_up_by_their_median_and_their_spread():
    tours = [Tour(NUE, replace(ECRAN, duree=temps), NUE) for temps in (1.0, 3.0, 1.1)]
    mesure = resultat(None, *tours).multiple
    assert mesure.valeur == tours[2].multiple
    assert (mesure.mini, mesure.maxi) == (tours[0].multiple, tours[1].multiple)
    assert rapport([2.0, 3.0, 10.0], [1.0, 2.0, 2.0]) == Mediane(2.0, 1.5, 5.0)


@pytest.mark.parametrize(("plafond", "tenu"), [(None, True), (4.0, True), (3.9, False)])
def test_a_target_is_met_or_missed(plafond, tenu):
    assert resultat(plafond).tenu is tenu


def test_the_first_passage_of_a_scenario_is_put_aside():
    mesures = scenario.Comparaison((20.0, 2.1, 2.2, 2.0), (4.0, 2.0, 2.0, 2.0))
    assert mesures.multiple == Mediane(1.05, 1.0, 1.1)
    assert mesures.tenu
    assert not replace(mesures, scenario=(1.0, 2.4, 2.4, 2.4)).tenu


def test_the_clocks_see_work_and_refuse_a_process_that_is_gone():
    avant = horloges.processeur([os.getpid()])
    assert sum(range(200_000)) > 0
    assert horloges.processeur([os.getpid()]) > avant
    assert horloges.repos() > 0
    with pytest.raises(OSError, match=str(2**22 + 1)):
        horloges.processeur([2**22 + 1])


# ---------------------------------------------------------------------------------------- requests and answers


@pytest.mark.parametrize(
    ("recus", "taille"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n", None),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\ndate: x\r\n\r\ndebut", 48 + 12),
        (b"HTTP/1.1 303 See Other\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n", 59),
    ],
)
def test_the_end_of_an_answer_is_found(recus, taille):
    assert taille_complete(recus) == taille


def test_an_answer_without_a_length_is_refused():
    with pytest.raises(ReponseIllisible):
        taille_complete(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")


def test_numbered_requests_are_never_the_same_and_always_as_long():
    requete = Requete(1, (b"un " + NUMERO.encode(), b"deux " + NUMERO.encode()), numerotee=True)
    envois = [requete.octets(rang) for rang in range(1000)]
    assert len(set(envois)) == 1000
    assert {len(envoi) for envoi in envois} == {len(b"un ") + 12, len(b"deux ") + 12}


class Automate(BaseHTTPRequestHandler):
    """Answers a page, one request out of ten refused at /caprice."""

    protocol_version = "HTTP/1.1"
    recues = 0
    verrou = threading.Lock()

    def do_GET(self):
        with self.verrou:
            type(self).recues += 1
            refus = self.path == "/caprice" and self.recues % 10 == 0
        corps = brotli.compress(PAGE.encode())
        self.send_response(503 if refus else 200)
        self.send_header("content-length", str(len(corps)))
        self.send_header("content-encoding", "br")
        self.end_headers()
        self.wfile.write(corps)

    def do_POST(self):
        corps = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("content-length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(Automate, "recues", 0)
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Automate)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
    fil.start()
    yield serveur.server_port
    serveur.shutdown()
    fil.join()
    serveur.server_close()


def test_a_page_and_a_form_travel_as_a_browser_sends_them(port):
    assert echanger(port, lire(port, "/")).texte == PAGE
    assert echanger(port, poster(port, "/", {"intitule": "Été & co", "vide": ""})).texte == (
        "intitule=%C3%89t%C3%A9+%26+co&vide="
    )


def test_the_load_counts_every_answer(port):
    releve = tirer(Requete(port, (lire(port, "/"),)), 0.05, (os.getpid(),), premiere=7)
    assert releve.tranche.reponses == Automate.recues == releve.suivante - 7 >= CONNEXIONS
    assert releve.refus == 0
    assert releve.tranche.duree > 0.05
    # Here who answers and who asks are one process.
    assert releve.tranche.serveur == pytest.approx(releve.tranche.generateur, rel=0.05)


def test_the_load_counts_the_refusals(port):
    releve = tirer(Requete(port, (lire(port, "/caprice"),)), 0.05, (os.getpid(),))
    assert releve.refus == Automate.recues // 10 > 0


@pytest.mark.parametrize(("attendu", "fois"), [("<article", 19), ("Étape 2", 1), ("Catalogue", 0)])
def test_an_answer_that_is_not_the_expected_one_is_not_measured(port, attendu, fois):
    requete = Requete(port, (lire(port, "/"),))
    assert Ecran("écran", requete, "<article", fois=20).regarder().statut == 200
    with pytest.raises(EcranInattendu):
        Ecran("écran", requete, attendu, fois=fois).regarder()
    with pytest.raises(EcranInattendu):
        Ecran("écran", replace(requete, statut=303), "<article", fois=20).regarder()


# ---------------------------------------------------------------------------------------- data, weight, scenario


def test_a_catalogue_of_a_size_is_made_through_the_services(base_sqlite, url_sqlite, monkeypatch):
    monkeypatch.setattr(donnees, "LOT", 20)
    organisme = Atelier(base_sqlite).organisme()
    donnees.remplir(url_sqlite, str(organisme.id), 45)
    with base_sqlite.lecture() as cnx:
        page = catalogue.lister(cnx, organisme, catalogue.Filtre(), None)
    assert sum(page.compteurs.values()) == 45
    assert len(page.lignes) == ecrans.PAGE_DU_CATALOGUE


def test_a_visit_weighs_what_was_received_redirections_included_and_nothing_found_again():
    def demande(numero, methode, chemin, **autres):
        return {"requestId": numero, "request": {"method": methode, "url": f"http://x{chemin}"}} | autres

    pesee = poids.Pesee()
    pesee.demander(demande("1", "POST", "/connexion"))
    pesee.demander(demande("1", "GET", "/catalogue", redirectResponse={"encodedDataLength": 300}))
    pesee.recevoir({"requestId": "1", "encodedDataLength": 2000})
    for numero, octets in (("2", 900), ("3", 0)):
        pesee.demander(demande(numero, "GET", "/static/0123456789ab/app.js"))
        pesee.recevoir({"requestId": numero, "encodedDataLength": octets})
    visite = pesee.visite()
    assert visite.octets == 3200
    assert [(r.adresse, r.reponses, r.octets) for r in visite.ressources] == [
        ("GET /catalogue", 1, 2000),
        ("GET /static/app.js", 1, 900),
        ("POST /connexion", 1, 300),
    ]
    assert pesee.connait("/static/ffffffffffff/app.js")
    assert not pesee.connait("/static/ffffffffffff/icone.svg")
    assert visite.tenu
    pesee.ajouter("/static/ffffffffffff/icone.svg", 80_000)
    assert not pesee.visite().tenu


PHRASES = (
    ("ouvrir", r"je suis sur la page « (Catalogue) »"),
    ("cliquer", r"je clique sur « (.+) »"),
    ("choisir", r"je sélectionne « .+ » dans la liste « (.+) »"),
    ("sélectionner", r"je sélectionne « (.+) »"),
    ("saisir", r"je saisis « .+ » dans le champ « (.+) »"),
)


def geste_de(texte):
    """Say in the words of the recorder what a step of the feature does; None when it only looks."""
    trouves = ((verbe, re.fullmatch(phrase, texte)) for verbe, phrase in PHRASES)
    return next(((verbe, ADRESSE if verbe == "ouvrir" else trouve[1]) for verbe, trouve in trouves if trouve), None)


def test_the_bare_script_does_the_gestures_of_the_scenario(racine):
    feature = lire_fichier(racine / "features" / "guide" / "creer_une_formation_clea.feature").fonctionnalite
    assert feature is not None
    (joue,) = (scenario for scenario in feature.scenarios if scenario.nom == script_nu.SCENARIO)
    gestes = [geste for pas in joue.pas if (geste := geste_de(pas.texte))]
    assert gestes == list(script_nu.GESTES)


# ---------------------------------------------------------------------------------------- the registry


def importation_de(premiere, seconde=1.0):
    un = Duree(1.0, 2.0)
    return Passage(Duree(premiere, premiere), Duree(seconde, seconde), un, un)


def test_an_import_is_compared_with_parsing_alone_and_inserting_alone():
    mesures = tuple(importation_de(premiere) for premiere in (5.0, 7.0, 6.0))
    premiere, seconde = Importation("import", mesures), Importation("import", mesures, seconde=True)
    assert premiere.multiple == Mediane(3.0, 2.5, 3.5)
    assert premiere.multiple_ecoule.valeur == 1.5
    assert premiere.tenu
    assert not Importation("import", (importation_de(6.1),)).tenu
    assert seconde.multiple.valeur == 0.5
    assert Importation("import", (importation_de(1.0, 9.0),), seconde=True).tenu


@pytest.mark.parametrize(("forme", "analyser"), [("csv", importation.analyser_csv), ("xml", importation.analyser_xml)])
def test_the_reference_inserts_what_the_import_left(tmp_path, forme, analyser):
    fichier = getattr(registre.fabriquer(tmp_path, 400), forme)
    modele, base, autre = (tmp_path / f"{nom}.sqlite3" for nom in ("modele", "base", "autre"))
    importation.preparer(modele)
    importation.copier(modele, base)
    importation.copier(modele, autre)
    analyser(fichier)
    importation.importer(base, fichier, 400, 0)
    importation.importer(base, fichier, 0, 400)
    importation.inserer(base, autre)
    with closing(sqlite3.connect(base)) as une, closing(sqlite3.connect(autre)) as deux:
        for table in importation.TABLES:
            requete = f"SELECT * FROM {table}"  # noqa: S608 - one of ours
            lignes = une.execute(requete).fetchall()
            assert lignes
            assert deux.execute(requete).fetchall() == lignes
    with pytest.raises(MesureImpossible):
        importation.importer(base, fichier, 400, 0)


def test_no_code_is_applied_twice_and_each_is_of_the_registry(tmp_path):
    adresses = registre.codes(500)
    assert len(set(adresses)) == 500
    numeros = {fiche.numero for fiche in registre._fiches(registre.NOMBRE)}
    for adresse in adresses:
        lue = dict(parse_qsl(urlsplit(adresse).query))
        assert lue["type_code"] + lue["code"] in numeros


def controle_de(multiple):
    return Controle("sqlite", 22, (controle.Passage(Duree(multiple, multiple), Duree(1.0, 1.0)),) * 3, 10**6, 2 * 10**6)


@pytest.mark.parametrize(("multiple", "verdict"), [(2.0, "tenu"), (2.1, "MANQUÉ")])
def test_the_control_of_a_catalogue_is_told_in_judgements(multiple, verdict):
    mesure = controle_de(multiple)
    [_, ligne] = tableau.controles([mesure]).splitlines()
    assert verdict in ligne
    assert mesure.tenu is (verdict == "tenu")


def test_the_control_of_a_catalogue_says_what_the_judge_says_on_both_engines(tmp_path):
    dits: list[str] = []
    mesures = controle.comparer(tmp_path, 1, dits.append, 5)
    assert [m.moteur for m in mesures] == dits == ["sqlite", "postgresql"]
    for mesure in mesures:
        assert mesure.objets == 5 * (1 + 3 + 3 * 6)
        assert mesure.multiple.valeur > 0
        assert mesure.memoire >= mesure.memoire_partie > 0


def test_what_the_judge_does_not_say_is_not_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(controle, "controler_arbre", lambda *_: ControleArbre((), ()))
    with pytest.raises(MesureImpossible, match="constats"):
        controle.comparer(tmp_path, 1, print, 1)


# ---------------------------------------------------------------------------------------- what is said


def test_a_table_is_set_in_columns_with_french_figures():
    assert tableau.nombre(13577.4) == "13\u202f577"
    assert tableau.nombre(2.857, 2) == "2,86"
    assert tableau.tableau(["Écran", "×"], [["nu", "1"], ["page", "12,50"]]) == (
        "Écran      ×\nnu         1\npage   12,50"
    )
    lignes = tableau.ecrans([resultat(3.9), replace(resultat(4.1), nom="autre")]).splitlines()
    assert len(lignes) == 4
    assert "MANQUÉ" in lignes[2]
    assert "tenu" in lignes[3]
    assert "MANQUÉ" not in lignes[3]


def test_the_command_measures_everything_unless_told_otherwise(monkeypatch):
    mesurees = []

    def produit(parties, *_):
        mesurees.extend(parties)
        yield True

    monkeypatch.setattr(commande, "se_restreindre", lambda: 2)
    monkeypatch.setattr(commande, "_produit", produit)
    monkeypatch.setattr(
        scenario, "comparer", lambda passages: scenario.Comparaison((1.0,) * passages, (1.0,) * passages)
    )

    def comparer(_dossier, imports, _dire):
        mesurees.append(imports)
        return [Importation("import", (importation_de(5.0),) * imports)]

    def controler(_dossier, passages, _dire):
        mesurees.append(passages)
        return [controle_de(1.9)]

    def mesurer(_demarre, nombre, _calme):
        mesurees.append(nombre)
        return taches.Epreuve(nombre, {"page": [1.0]}, {"page": [2.0]}, 1.0, 5, 4)

    def exporter(_dossier, passages, _dire):
        mesurees.append(passages)
        return exportation_de(0.3)

    def importer_edof(_dossier, passages, _dire, formations):
        mesurees.append((passages, formations))
        return import_edof_de(0.3)

    @contextmanager
    def sans_serveur(_dossier):
        yield None

    monkeypatch.setattr(importation, "comparer", comparer)
    monkeypatch.setattr(controle, "comparer", controler)
    monkeypatch.setattr(taches, "mesurer", mesurer)
    monkeypatch.setattr(exportation, "mesurer", exporter)
    monkeypatch.setattr(import_edof, "mesurer", importer_edof)
    monkeypatch.setattr(commande, "cablage", sans_serveur)
    assert commande.principal(["--court"]) == 0
    parties = ["ecrans", "poids", "parcours", "controle", "export", "import-edof", "import", "scenario", "taches"]
    court = commande.COURT
    passages = 2 * court.imports + 1
    fichier = (2 * court.imports - 1, import_edof.FORMATIONS // 4)
    assert mesurees == [*parties, passages, passages, fichier, court.imports, court.sessions]
    mesurees.clear()
    assert commande.principal(["--seulement", "poids"]) == 0
    assert mesurees == ["poids"]


def exportation_de(duree, memoire=4):
    un = Duree(0.05, 0.05)
    return exportation.Exportation(200, 5, (Duree(duree, duree),), (un,), (un,), 4, memoire)


@pytest.mark.parametrize(("duree", "memoire", "tenu"), [(0.3, 5, True), (0.31, 5, False), (0.3, 6, False)])
def test_what_an_export_costs_and_holds_is_told(duree, memoire, tenu):
    mesure = exportation_de(duree, memoire)
    assert mesure.tenu is tenu
    assert ("MANQUÉ" in tableau.exportation(mesure)) is not tenu


def test_the_export_is_measured_against_the_same_file(tmp_path, monkeypatch):
    mesure = exportation.mesurer(tmp_path, 1, print, 5)
    assert (mesure.formations, len(mesure.produits)) == (5, 1)
    assert mesure.octets > 100_000
    monkeypatch.setattr(exportation, "_ecrire", lambda _plan: b"<lheo/>")
    autre = tmp_path / "autre"
    autre.mkdir()
    with pytest.raises(MesureImpossible, match="le même fichier"):
        exportation.mesurer(autre, 1, print, 5)


def import_edof_de(duree, memoire=4):
    un = Duree(0.05, 0.05)
    passage = import_edof.Import(Duree(0.0, 0.0), Duree(0.0, 0.0), Duree(duree, duree), un, un)
    return import_edof.Imports(160, 5, 6, (passage,), 4, memoire)


@pytest.mark.parametrize(("duree", "memoire", "tenu"), [(0.3, 5, True), (0.31, 5, False), (0.3, 6, False)])
def test_what_importing_the_file_of_the_portal_costs_and_holds_is_told(duree, memoire, tenu):
    mesure = import_edof_de(duree, memoire)
    assert mesure.tenu is tenu
    assert ("MANQUÉ" in tableau.import_edof(mesure)) is not tenu


def test_an_import_of_the_file_is_measured_against_its_own_rows(tmp_path, monkeypatch):
    mesure = import_edof.mesurer(tmp_path, 1, print, 5)
    assert (mesure.formations, mesure.objets) == (5, 4 * (1 + 3 + 15))
    assert all(p.reference.processeur > 0 and p.import_.processeur > p.analyse.processeur for p in mesure.passages)
    autre = tmp_path / "autre"
    autre.mkdir()
    monkeypatch.setattr(import_edof, "_lancer", lambda _vide, tache: tache)
    with pytest.raises(MesureImpossible):
        import_edof.mesurer(autre, 1, print, 5)


@pytest.mark.parametrize(("pendant", "memoire", "tenu"), [(2.0, 5, True), (2.1, 5, False), (2.0, 6, False)])
def test_what_a_job_makes_others_wait_and_takes_of_memory_is_told(pendant, memoire, tenu):
    epreuve = taches.Epreuve(20_000, {"page": [1.0] * 20}, {"page": [pendant] * 20}, 60.0, memoire, 4)
    assert epreuve.tenu is tenu
    assert ("MANQUÉ" in tableau.taches(epreuve)) is not tenu
    assert taches.centile([float(n) for n in range(1, 101)]) == 95


@pytest.mark.parametrize(("cout", "verdict"), [(0.07, "tenu"), (0.0701, "MANQUÉ")])
def test_the_walk_is_told_in_bare_answers(cout, verdict):
    marche = parcours.Parcours((cout, cout), (0.0001, 0.0001))
    [_, ligne] = tableau.parcours(marche).splitlines()
    assert ligne.split("  ")[-1] == verdict
    assert marche.tenu is (verdict == "tenu")


@pytest.mark.parametrize(("duree", "code"), [(2.0, 0), (3.0, 1)])
def test_the_command_fails_when_a_target_is_missed(monkeypatch, capsys, duree, code):
    mesures = scenario.Comparaison((9.0, duree), (9.0, 2.0))
    monkeypatch.setattr(commande, "se_restreindre", lambda: 2)
    monkeypatch.setattr(scenario, "comparer", lambda _passages: mesures)
    assert commande.principal(["--seulement", "scenario"]) == code
    assert ("MANQUÉ" in capsys.readouterr().out) is bool(code)


def test_the_command_tells_a_failure_from_a_missed_target(monkeypatch, capsys):
    def echouer(_passages):
        raise scenario.ScenarioEnEchec("pytest a dit ceci")

    monkeypatch.setattr(commande, "se_restreindre", lambda: 2)
    monkeypatch.setattr(scenario, "comparer", echouer)
    assert commande.principal(["--seulement", "scenario"]) == 2
    assert "pytest a dit ceci" in capsys.readouterr().err


def test_the_bare_answer_is_served_as_the_product_is():
    with serveurs.nue() as servi:
        ecrans.nue(servi).regarder()
        assert len(set(servi.processus)) == 1 + serveurs.PROCESSUS
        assert horloges.processeur(servi.processus) > 0
