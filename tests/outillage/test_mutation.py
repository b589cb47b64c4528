"""What plays the mutants: lists them, puts them in, tells one that is seen from one that is not, counts, judges."""

import gc
import json
import subprocess
import sys
import textwrap
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import libcst as cst
import pytest

from tests.mutation import RACINE, bilan, ecrans, jeu
from tests.mutation import __main__ as lancement
from tests.mutation.__main__ import Partie, lister, ordonner, tirage
from tests.mutation.bilan import Bilan, wilson
from tests.mutation.etats import AU_CHARGEMENT, DELAI, INERTE, NON_VU, TUE, VIVANT
from tests.mutation.gabarits import mutants_de_gabarit
from tests.mutation.greffe import Inerte, Vivant
from tests.mutation.jeu import Carte, a_mesurer, noter, plages
from tests.mutation.mutants import mutants, tous

SOURCE = '''\
"""Un module."""

from functools import lru_cache

LIMITE = 3


class Compte:
    """Une classe."""

    @property
    def plein(self):
        return not (self.nombre < LIMITE)

    nombre = 3


@lru_cache
def double(nombre):
    return nombre * 2


def dire(nombre):
    return [("trop" if n > LIMITE else "bien") for n in range(nombre)]
'''


@pytest.fixture
def ecrit(tmp_path):
    (tmp_path / "un.py").write_text(SOURCE, "utf-8")
    return mutants("un.py", tmp_path)


@pytest.fixture
def charge(tmp_path, ecrit):
    espace: dict[str, Any] = {}
    exec(compile(SOURCE, str(tmp_path / "un.py"), "exec"), espace)  # noqa: S102 - our own lines
    return espace


@dataclass
class Item:
    """What is read of a test of pytest."""

    nodeid: str


def un(liste, apres):
    [trouve] = [mutant for mutant in liste if mutant.apres == apres]
    return trouve


def test_functions_properties_and_tables_are_changed_and_each_change_has_a_name_of_its_own(ecrit, tmp_path):
    assert {mutant.fonction for mutant in ecrit} == {"", "Compte.plein", "double", "dire"}
    assert len({mutant.cle for mutant in ecrit}) == len(ecrit) > 10
    assert un(ecrit, "return nombre / 2").ligne == 20
    assert {m.fonction for m in tous(["un.py"], tmp_path)} == {"Compte.plein", "double", "dire"}
    assert {m.apres for m in tous(["un.py"], tmp_path, tables=True)} >= {"LIMITE = 4", "LIMITE = None"}


def test_a_change_is_written_as_mutmut_makes_it(ecrit, tmp_path):
    for mutant in ecrit:
        assert cst.parse_module(mutant.source(tmp_path)).code != SOURCE
    assert "return (self.nombre < LIMITE)" in un(ecrit, "return (self.nombre < LIMITE)").source(tmp_path)


def test_the_name_of_a_mutant_holds_when_its_line_moves(ecrit, tmp_path):
    (tmp_path / "un.py").write_text("# Une ligne de plus.\n" + SOURCE, "utf-8")
    plus_bas = mutants("un.py", tmp_path)
    assert [m.cle for m in plus_bas] == [m.cle for m in ecrit]
    assert [m.ligne for m in plus_bas] == [m.ligne + 1 for m in ecrit]


@pytest.mark.parametrize(
    ("apres", "appel", "dit"),
    [
        ("return nombre / 2", "double(8)", 4),
        ("return nombre * 3", "double(8)", 24),
        ('return [("trop" if n>= LIMITE else "bien") for n in range(nombre)]', "dire(4)[3]", "trop"),
        ("return (self.nombre < LIMITE)", "Compte().plein", False),
    ],
)
def test_a_mutant_is_put_in_what_is_loaded_wherever_it_is_known(ecrit, charge, tmp_path, apres, appel, dit):
    assert eval(appel, charge) != dit  # noqa: S307 - our own lines; and what was computed is remembered
    assert Vivant(tmp_path).greffer(tmp_path / "un.py", un(ecrit, apres).source(tmp_path)) >= 1
    assert eval(appel, charge) == dit  # noqa: S307 - our own lines


def test_a_mutant_is_put_in_what_was_laid_aside_from_the_search_for_garbage(ecrit, charge, tmp_path):
    gc.freeze()
    assert Vivant(tmp_path).greffer(tmp_path / "un.py", un(ecrit, "return nombre / 2").source(tmp_path)) >= 1
    assert eval("double(8)", charge) == 4  # noqa: S307 - our own line


@pytest.mark.parametrize("change", [SOURCE, SOURCE.replace("return nombre * 2", "return (nombre * 2)"), "return ("])
def test_what_compiles_to_what_was_there_or_not_at_all_is_not_played(charge, tmp_path, change):
    with pytest.raises(Inerte):
        Vivant(tmp_path).greffer(tmp_path / "un.py", change)


def test_what_is_done_while_loading_is_not_reached(ecrit, charge, tmp_path):
    assert Vivant(tmp_path).greffer(tmp_path / "un.py", un(ecrit, "LIMITE = 4").source(tmp_path)) == 0


def test_the_same_seed_draws_the_same_and_another_draws_others():
    partie = Partie("une", ("webapp/demonstration", "templates/layouts"), 0, ())
    une, deux, autre = (tirage(partie, graine) for graine in (1, 1, 2))
    assert une == deux != autre
    assert sorted(m.cle for m in une[0]) == sorted(m.cle for m in autre[0])
    assert une[1] == len(une[0]) > 50
    assert tirage(replace(partie, tires=7), 1) == (une[0][:7], une[1])
    [ordre] = ordonner([mutant for mutant in une[0] if mutant.fonction][:1])
    assert ordre["de"] <= ordre["ligne"] <= ordre["derniere"] <= ordre["a"]
    assert json.dumps(ordre)


def test_what_is_aimed_at_is_a_file_or_a_line_of_it():
    partie = Partie("une", ("webapp/demonstration", "templates/layouts"), 0, ())
    tout = lister(partie)
    un_fichier = lister(partie, [tout[0].fichier])
    une_ligne = lister(partie, [f"{tout[0].fichier.rpartition('/')[2]}:{tout[0].ligne}"])
    assert un_fichier == [mutant for mutant in tout if mutant.fichier == tout[0].fichier]
    assert une_ligne == [m for m in un_fichier if m.ligne <= tout[0].ligne <= m.derniere]
    assert 0 < len(une_ligne) < len(un_fichier) < len(tout)
    assert lister(partie, ["base.html", tout[0].fichier])[-1].fichier == "templates/layouts/base.html"
    assert lister(partie, ["ase.html"]) == []


@pytest.fixture
def carte(tmp_path, monkeypatch):
    """A map of two tests that go by a file of ours."""
    monkeypatch.setattr(jeu, "RACINE", tmp_path)
    jeu.empreinte.cache_clear()
    for nom in ("un.py", "test_a.py", "test_b.py"):
        (tmp_path / nom).write_text(nom, "utf-8")
    fichier = tmp_path / "carte.jsonl"
    noter(fichier, "", 0.0, {"un.py": [(1, 3)]})
    noter(fichier, "test_a.py::a", 2.0, {"un.py": [(3, 4), (9, 9)]})
    noter(fichier, "test_b.py::b", 1.0, {"un.py": [(4, 4)]})
    yield fichier
    jeu.empreinte.cache_clear()


def test_a_map_says_which_tests_go_by_a_line_the_cheapest_first(carte):
    lue = Carte(carte)
    assert lue.tests("un.py", 3, 3) == (["test_a.py::a"], True)
    assert lue.tests("un.py", 4, 8) == (["test_b.py::b", "test_a.py::a"], False)
    assert lue.tests("un.py", 5, 8) == lue.tests("deux.py", 1, 99) == ([], False)


def test_a_test_that_is_new_cut_short_or_changed_is_measured_again(carte):
    tests: Any = [Item(f"test_{nom}.py::{nom}") for nom in "abc"]
    assert [item.nodeid for item in a_mesurer(tests, Carte(carte))] == ["test_c.py::c"]
    carte.write_text(carte.read_text("utf-8")[:-5], "utf-8")
    assert [item.nodeid for item in a_mesurer(tests, Carte(carte))] == ["test_b.py::b", "test_c.py::c"]
    (carte.parent / "test_a.py").write_text("autre", "utf-8")
    jeu.empreinte.cache_clear()
    assert Carte(carte).durees == {}


def test_what_has_changed_is_no_longer_known_by_its_lines(carte):
    (carte.parent / "un.py").write_text("autre", "utf-8")
    jeu.empreinte.cache_clear()
    assert (Carte(carte).durees, Carte(carte).tests("un.py", 1, 9)) == ({}, ([], False))


def test_lines_are_told_by_their_runs():
    assert plages([9, 2, 3, 1, 11, 10]) == [(1, 3), (9, 11)]
    assert plages([]) == []


def test_what_was_computed_is_forgotten(charge, tmp_path):
    assert eval("double(8)", charge) == 16  # noqa: S307 - our own lines
    assert charge["double"].cache_info().currsize == 1
    Vivant(tmp_path).vider_les_caches()
    assert charge["double"].cache_info().currsize == 0


def test_the_changes_of_a_template(tmp_path):
    (tmp_path / "un.html").write_text(
        textwrap.dedent("""\
            {% if plein and not vide %}<p class="a" hidden id="{{ nom }}">Bonjour</p>{% endif %}
            {% for un in tous %}{{ un.nom }}{% endfor %}
            """),
        "utf-8",
    )
    trouves = mutants_de_gabarit("un.html", tmp_path)
    faits = {mutant.apres for mutant in trouves}
    fin = 'class="a" hidden id="{{ nom }}">Bonjour</p>{% endif %}'
    assert faits == {
        "{% if not (plein and not vide) %}<p " + fin,
        "{% if true %}<p " + fin,
        "{% if false %}<p " + fin,
        '{% if plein and not vide %}<p class="a" id="{{ nom }}">Bonjour</p>{% endif %}',
        '{% if plein and not vide %}<p class="a" hidden>Bonjour</p>{% endif %}',
        '{% if plein and not vide %}<p class="a" hidden id="{{ \'\' }}">Bonjour</p>{% endif %}',
        '{% if plein and not vide %}<p class="a" hidden id="{{ nom }}"></p>{% endif %}',
        '{% if plein and not vide %}<p class="a" hidden id="{{ nom }}">XXBonjourXX</p>{% endif %}',
        "{% for un in () %}{{ un.nom }}{% endfor %}",
        "{% for un in (tous)|list|reverse %}{{ un.nom }}{% endfor %}",
        "{% for un in tous %}{{ '' }}{% endfor %}",
    }
    assert len({mutant.cle for mutant in trouves}) == len(trouves)


@pytest.mark.parametrize(
    ("succes", "total", "bas", "haut"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (95, 100, 0.8882, 0.9785),
        (380, 400, 0.9240, 0.9674),
    ],
)
def test_the_interval_is_that_of_wilson(succes, total, bas, haut):
    assert wilson(succes, total) == pytest.approx((bas, haut), abs=5e-5)


def fait(nom, etat, ligne=1):
    return {"cle": ["un.py", "f", nom, "autre", 1], "etat": etat, "ligne": ligne, "tests": 1, "par": ""}


def test_the_score_is_that_of_the_draw_and_what_is_seen_since_is_told_apart(tmp_path):
    sorties = tmp_path / "s.jsonl"
    faits = [
        fait("a", TUE), fait("b", VIVANT), fait("c", DELAI), fait("d", NON_VU), fait("e", INERTE),
        fait("f", AU_CHARGEMENT), fait("b", TUE), fait("f", TUE),
    ]  # fmt: skip
    sorties.write_text("".join(json.dumps(un) + "\n" for un in faits) + '{"cle": [', "utf-8")
    lu = Bilan("domaine", 1, 20, 6, *bilan.lire(sorties))
    assert (lu.joues, lu.tues, lu.tues_depuis) == (5, 3, 4)
    assert [cle[2] for cle, _ in lu.vivants] == ["d"]


def test_the_survivors_of_a_draw_of_which_nothing_is_kept_are_not_published_as_none(tmp_path, monkeypatch, capsys):
    publies: list[Any] = []
    monkeypatch.setattr(lancement, "CACHE", tmp_path)
    monkeypatch.setattr(bilan, "publier", lambda *publie: publies.append(publie))
    assert lancement.principal(["--survivants", "--partie", "domaine", "--graine", "7"]) == 2
    assert capsys.readouterr().err.endswith("donc aucun survivant connu : domaine\n")
    assert publies == []


def test_a_part_that_is_not_played_stays_as_it_was_published(tmp_path):
    publie = tmp_path / "mutation.json"
    publie.write_text('{"ecrans": {"joues": 3}}', "utf-8")
    premiers = {bilan.cle_de(fait("d", VIVANT)["cle"]): fait("d", VIVANT)}
    bilan.publier([Bilan("domaine", 1, 20, 1, premiers, premiers)], datetime(2026, 11, 26, tzinfo=UTC), publie)
    lu = json.loads(publie.read_text("utf-8"))
    assert lu["ecrans"] == {"joues": 3}
    assert (lu["domaine"]["joues"], lu["domaine"]["tues"], lu["domaine"]["survivants"][0]["avant"]) == (1, 0, "d")


@pytest.mark.parametrize("verdict", [{"verdict": "équivalent", "raison": " "}, {"verdict": "tant pis", "raison": "x"}])
def test_a_verdict_has_its_reason(tmp_path, verdict):
    (tmp_path / "v.json").write_text(json.dumps([verdict | {"mutants": []}]), "utf-8")
    with pytest.raises(ValueError, match="verdict"):
        bilan.verdicts(tmp_path / "v.json")


def test_a_verdict_on_what_is_no_longer_there_is_found(ecrit, tmp_path):
    la = un(ecrit, "return nombre / 2").cle
    perdue = ("un.py", "double", "return nombre * 5", "return nombre / 5", 1)
    ailleurs = ("deux.py", *la[1:])
    assert bilan.sans_objet([la, perdue, ailleurs], tmp_path) == [perdue, ailleurs]


def test_the_verdicts_are_on_lines_that_are_there_and_on_what_is_published_as_alive():
    rendus = bilan.verdicts()
    assert bilan.sans_objet(rendus) == []
    publies = json.loads(bilan.PUBLIE.read_text("utf-8"))
    vivants = {
        bilan.cle_de([survivant[nom] for nom in bilan.NOMS])
        for part in publies.values()
        for survivant in part["survivants"]
    }
    assert rendus.keys() - vivants == set()


CARTE = ecrans.Carte({
    "complete": False,
    "scenarios": {
        "tout": {"duree": 1.0, "par": ["templates/a.html:3", "templates/a.html:9", "templates/b.html:1", "w/c.py:7"]},
        "lent": {"duree": 9.0, "par": ["templates/a.html:3", "templates/b.html:1"]},
        "vif": {"duree": 2.0, "par": ["templates/a.html:3", "templates/a.html:9"]},
    },
})  # fmt: skip


def test_the_most_particular_scenario_comes_first():
    assert CARTE.scenarios(["templates/a.html:3"]) == ["vif", "lent", "tout"]
    assert CARTE.scenarios(["templates/b.html:1", "templates/d.html:1"]) == ["lent", "tout"]


@pytest.mark.parametrize(
    ("fichier", "premiere", "derniere", "places"),
    [
        ("a", 9, 9, ["templates/a.html:9"]),
        ("a", 2, 9, ["templates/a.html:3", "templates/a.html:9"]),
        ("a", 5, 6, ["templates/a.html:3"]),
        ("a", 1, 2, []),
        ("d", 1, 2, []),
    ],
)
def test_a_mutant_of_a_template_is_known_by_its_lines_or_by_where_its_text_begins(fichier, premiere, derniere, places):
    [mutant, *_] = mutants_de_gabarit("templates/pages/connexion.html")
    mutant = replace(mutant, fichier=f"templates/{fichier}.html", ligne=premiere, derniere=derniere)
    assert CARTE.passages(mutant) == places


def test_a_mutant_of_python_is_known_by_the_function_around_it():
    [premier, *_] = [m for m in mutants("webapp/web/mode_emploi.py") if m.fonction == "tracer"]
    [passage] = CARTE.passages(premier)
    fichier, ligne = passage.split(":")
    lignes = (RACINE / fichier).read_text("utf-8").splitlines()
    assert lignes[int(ligne) - 1].startswith("@bp.get(liens.TRACABILITE)")


def test_a_test_that_goes_by_nothing_of_the_product_is_measured_like_the_others():
    mesure = jeu.nouvelle_mesure()
    mesure.start()
    mesure.stop()
    assert jeu.passages(mesure) == {}


def test_each_mutant_is_played_on_databases_as_they_were_and_templates_are_reached(tmp_path):
    """Two who sign in with accounts of their own: what the first copy wrote must not make the second one fail."""
    page = mutants_de_gabarit("templates/pages/connexion.html")
    titre = next(m for m in page if m.apres == "<h1>XXSe connecterXX</h1>")
    muet = next(m for m in page if m.apres.startswith("{% block titre %}{% if false %}"))
    ordres, sorties, carte = (tmp_path / nom for nom in ("ordres.json", "sorties.jsonl", "carte.jsonl"))
    ordres.write_text(json.dumps(ordonner([muet, titre, muet])), "utf-8")
    tests = "test_signing_out_ends_the_session or test_signing_out_leaves_the_other"
    commande = [sys.executable, "-m", "tests.mutation.jeu", *map(str, (ordres, sorties, carte))]
    commande += ["tests/web/test_connexion.py", "-k", tests]
    fini = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, timeout=300, check=False)
    assert fini.returncode == 0, fini.stdout + fini.stderr
    faits = [json.loads(ligne) for ligne in sorties.read_text("utf-8").splitlines()]
    assert [fait["etat"] for fait in faits] == [VIVANT, TUE, VIVANT]
    assert faits[1]["par"].endswith("test_signing_out_ends_the_session_here_and_on_the_server")


def test_what_no_scenario_has_seen_is_asked_of_the_tests_and_what_they_do_not_see_stays_as_it_was(
    tmp_path, monkeypatch
):
    sorties = tmp_path / "s.jsonl"
    sorties.write_text("".join(json.dumps(fait(nom, VIVANT)) + "\n" for nom in "abc"), "utf-8")

    def jouer(_partie, vivants, ou, _fin):
        etats = {"a": TUE, "b": AU_CHARGEMENT, "c": VIVANT}
        ou.write_text("".join(json.dumps(fait(nom, etats[nom])) + "\n" for nom in vivants), "utf-8")

    monkeypatch.setattr(lancement, "_par_les_tests", jouer)
    vivants: Any = "abc"
    lancement._par_les_tests_ensuite(lancement.PARTIES[2], vivants, sorties, 0.0)
    lu = Bilan("ecrans", 1, 20, 3, *bilan.lire(sorties))
    assert (lu.joues, lu.tues, lu.tues_depuis) == (3, 0, 1)
    assert [cle[2] for cle, _ in lu.vivants] == ["b", "c"]


def test_a_test_that_fails_without_a_mutant_is_not_believed():
    class Copies(jeu.Copies):
        def _dans_une_copie(self, items, ordre):
            return next(
                ((TUE, i.nodeid) for i in items if i.nodeid == "gâté" or (ordre and i.nodeid == "bon")), (VIVANT, "")
            )

    class Tous:
        def tests(self, *_):
            return ["gâté", "neutre", "bon"], False

    tests: Any = {nom: Item(nom) for nom in ("gâté", "neutre", "bon")}
    rien: Any = None
    tous: Any = Tous()
    ordre = {"cle": ["un.py", "f", "a", "b", 1], "fichier": "un.py", "ligne": 1, "derniere": 1, "de": 1, "a": 1}
    dit = Copies(tests, tous, rien, rien).jouer(ordre)
    assert (dit["etat"], dit["par"], dit["tests"]) == (TUE, "bon", 2)
    del tests["bon"]
    assert Copies(tests, tous, rien, rien).jouer(ordre)["etat"] == VIVANT
    del tests["neutre"]
    assert Copies(tests, tous, rien, rien).jouer(ordre)["etat"] == NON_VU
