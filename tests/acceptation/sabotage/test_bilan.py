"""What a run says in the end, what it leaves for the product, and its exit code: 1 as soon as anything survives.

What was tried before and has not changed is said with it, and is not tried again.
"""

import json
from datetime import UTC, datetime

import pytest

from steps.sabotage import __main__ as commande
from steps.sabotage import ouvriers
from steps.sabotage.bilan import Bilan
from steps.sabotage.memoire import VERDICTS, Memoire, lire_verdicts

LIEU = {"fichier": "features/guide/un.feature", "ligne": 12, "titre": "Un scénario", "cle": "aaaa"}
FAUTES = [
    {"nom": "une", "phrase": "Une faute.", "empreinte": "1111"},
    {"nom": "autre", "phrase": "Une autre.", "empreinte": "2222"},
]
DEPART = {"sorte": "depart", "scenarios": [LIEU], "alors": 1, "navigateur": "chromium 1", "fautes": FAUTES}
SURVIVANTE = (LIEU["fichier"], LIEU["titre"], "je lis « Un »", "« Un » devient « Ux »")
QUAND = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
APRES = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def faute(nom, *, attrapee=True):
    vue = {"scenario": LIEU, "ligne": 14, "pas": "je lis « Un »", "message": "AssertionError : rien"}
    suite = (
        {"attrapee": vue, "ecartes": []} if attrapee else {"attrapee": None, "ecartes": ["Un scénario : PorteFermee"]}
    )
    return {"sorte": "faute", "nom": nom, "phrase": f"{nom}.", "joues": 3, "duree": 1.25, **suite}


def alors(*, attrapee=True):
    essayee = {"ligne": 14, "pas": "je lis « Un »", "quoi": "« Un » devient « Ux »", "attrapee": attrapee,
               "raison": "" if attrapee else "l'étape passe encore"}  # fmt: skip
    return {"sorte": "alors", "scenario": LIEU, "essayees": [essayee]}


def bilan(*faits, memoire=None, verdicts=()):
    fait = Bilan(memoire or Memoire(), verdicts)
    for un in faits:
        fait.noter(un)
    return fait


TOUT = (DEPART, alors(), faute("une"), faute("autre"))


def dit(fait):
    return "\n".join(fait.lignes()).replace("\u00a0", " ")


def test_a_run_that_catches_everything_says_what_caught_what():
    fait = bilan(*TOUT)
    assert fait.code == 0
    assert "Fautes attrapées : 2 sur 2. Alors altérés attrapés : 1 sur 1." in dit(fait)
    assert "Une faute." in dit(fait)
    assert "je lis « Un »" in dit(fait)
    assert "Ce qui survit" not in dit(fait)


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ((DEPART, alors(), faute("une"), faute("autre", attrapee=False)), "autre : Une autre. (3 scénarios)"),
        ((DEPART, alors(), faute("une")), "autre : Une autre. (aucun scénario)"),
        ((DEPART, alors(attrapee=False), faute("une"), faute("autre")), "« Un » devient « Ux » : l'étape passe encore"),
        ((*TOUT, {"sorte": "refus", "raison": "tombé"}), "Arrêté : tombé"),
        ((*TOUT, {"sorte": "renonce", "scenario": LIEU, "ligne": 3, "pas": "je lis", "message": "x"}),
         "sans aucune faute, « Un scénario » échoue"),
        ((), "Fautes attrapées : 0 sur 0."),
    ],
)  # fmt: skip
def test_a_survivor_or_an_obstacle_is_told_in_full_and_makes_exit_1(faits, attendu):
    fait = bilan(*faits)
    assert fait.code == 1
    assert attendu in dit(fait)


def test_what_set_a_failure_aside_is_told_with_the_survivor():
    assert "écarté : Un scénario : PorteFermee" in dit(bilan(DEPART, faute("une", attrapee=False)))


def test_what_survives_with_a_verdict_makes_exit_0_and_is_published_as_it_is():
    fait = bilan(DEPART, alors(attrapee=False), faute("une"), faute("autre"), verdicts={SURVIVANTE})
    assert fait.code == 0
    assert "Ce qui survit" not in dit(fait)
    assert "Alors altérés attrapés : 0 sur 1." in dit(fait)
    [publie] = fait.publiable(QUAND)["alors"]
    assert publie["pas"][0]["mutations"] == [{"quoi": "« Un » devient « Ux »", "attrapee": False}]


def test_what_the_product_shows_is_the_same_whatever_the_order_and_the_durations():
    autre = (DEPART, {**faute("autre"), "duree": 9.0}, {**faute("une"), "joues": 7}, alors())
    un, deux = (bilan(*faits).publiable(QUAND) for faits in (TOUT, autre))
    assert json.dumps(un) == json.dumps(deux)
    essaye = {"essaye_le": "2026-11-23T09:30:00+00:00"}
    vue = {**LIEU, "pas": "je lis « Un »"}
    assert un["fautes"][0] == {**FAUTES[0], **essaye, "attrapee": vue}
    assert un["alors"] == [
        {**LIEU, **essaye, "pas": [
            {"texte": "je lis « Un »", "mutations": [{"quoi": "« Un » devient « Ux »", "attrapee": True}]},
        ]},
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ what was known


@pytest.fixture
def connu(tmp_path):
    """What a first run left."""
    publie = tmp_path / "sabotage.json"
    bilan_ecrit = bilan(*TOUT).publiable(QUAND)
    publie.write_text(json.dumps(bilan_ecrit), "utf-8")
    return Memoire.lire(publie), bilan_ecrit


def test_a_run_that_has_nothing_to_try_says_and_writes_the_same(connu):
    memoire, avant = connu
    fait = bilan(DEPART, memoire=memoire)
    assert fait.code == 0
    assert "Fautes attrapées : 2 sur 2. Alors altérés attrapés : 1 sur 1." in dit(fait)
    assert "Sans changement depuis un tour précédent : 3 choses." in dit(fait)
    assert fait.publiable(APRES) == avant


def test_a_scenario_is_known_by_its_key_wherever_it_stands_and_whatever_its_title(connu):
    memoire, _ = connu
    ailleurs = {**LIEU, "ligne": 40, "titre": "Un autre titre"}
    publie = bilan({**DEPART, "scenarios": [ailleurs]}, memoire=memoire).publiable(APRES)
    assert publie["alors"][0] == {**connu[1]["alors"][0], **ailleurs}
    assert publie["fautes"][0]["attrapee"] == {**ailleurs, "pas": "je lis « Un »"}


@pytest.mark.parametrize(
    ("depart", "manquent"),
    [
        ({"scenarios": [{**LIEU, "cle": "bbbb"}]}, ["une", "autre"]),
        ({"scenarios": [{**LIEU, "fichier": "features/guide/deux.feature"}]}, ["une", "autre"]),
        ({"fautes": [{**FAUTES[0], "empreinte": "3333"}, FAUTES[1]]}, ["une"]),
        ({"fautes": [*FAUTES, {"nom": "neuve", "phrase": "Neuve.", "empreinte": "4444"}]}, ["neuve"]),
    ],
)  # fmt: skip
def test_what_has_changed_is_no_longer_known_and_stays_as_it_was_published_until_it_is_tried(connu, depart, manquent):
    memoire, avant = connu
    fait = bilan({**DEPART, **depart}, memoire=memoire)
    assert [une["nom"] for une in fait.survivantes] == manquent
    d_avant = [une for une in avant["fautes"] if une["nom"] in manquent]
    assert [une for une in fait.publiable(APRES)["fautes"] if une["nom"] in manquent] == d_avant
    tentee = bilan({**DEPART, **depart}, *(faute(nom) for nom in manquent), memoire=memoire).publiable(APRES)["fautes"]
    assert {une["essaye_le"] for une in tentee if une["nom"] in manquent} == {"2026-11-24T09:30:00+00:00"}
    assert (fait.publiable(APRES)["alors"] == []) is ("scenarios" in depart)
    assert fait.code == 1


def test_a_fault_that_survived_is_tried_again(tmp_path):
    publie = tmp_path / "sabotage.json"
    publie.write_text(json.dumps(bilan(DEPART, faute("une", attrapee=False)).publiable(QUAND)), "utf-8")
    fait = bilan(DEPART, memoire=Memoire.lire(publie))
    assert [une["nom"] for une in fait.survivantes] == ["une", "autre"]


def test_a_step_that_survived_an_earlier_run_is_told_again_until_it_has_a_verdict(tmp_path):
    publie = tmp_path / "sabotage.json"
    survit = (DEPART, alors(attrapee=False), faute("une"), faute("autre"))
    publie.write_text(json.dumps(bilan(*survit).publiable(QUAND)), "utf-8")
    fait = bilan(DEPART, memoire=Memoire.lire(publie))
    assert fait.code == 1
    assert "« Un » devient « Ux » : essayé lors d’un tour précédent" in dit(fait)
    assert bilan(DEPART, memoire=Memoire.lire(publie), verdicts={SURVIVANTE}).code == 0


def test_what_an_older_version_of_the_runs_left_is_tried_again(tmp_path):
    publie = tmp_path / "sabotage.json"
    ancien = {"joue_le": "2026", "fautes": [{"nom": "une", "attrapee": None}], "alors": [{"fichier": "x", "pas": []}]}
    publie.write_text(json.dumps(ancien), "utf-8")
    assert Memoire.lire(publie) == Memoire.lire(tmp_path / "absent.json") == Memoire()


def test_verdicts_are_read_beside_what_is_published(tmp_path):
    fichier, titre, pas, quoi = SURVIVANTE
    lus = [{"verdict": "Rien à voir.", "survivantes": [{"fichier": fichier, "titre": titre, "pas": pas, "quoi": quoi}]}]
    assert lire_verdicts(tmp_path / "sabotage.json") == frozenset()
    (tmp_path / VERDICTS).write_text(json.dumps(lus), "utf-8")
    assert lire_verdicts(tmp_path / "sabotage.json") == {SURVIVANTE}


# ------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def lancer(monkeypatch, tmp_path):
    """Run the command on what its processes would have told; give its code and what it wrote for the product."""
    publie = tmp_path / "sabotage.json"

    def lancer(faits, *arguments):
        demandes = []

        def ecouter(demande, n):
            demandes.append((demande, n))
            for fait in faits:
                if fait is KeyboardInterrupt:
                    raise fait
                yield fait

        monkeypatch.setattr(ouvriers, "ecouter", ecouter)
        code = commande.principal([*arguments, "--publie", str(publie)])
        return code, json.loads(publie.read_text("utf-8")) if publie.exists() else None, demandes[0]

    return lancer


def test_a_complete_run_is_published_and_its_code_is_that_of_what_it_found(lancer, capsys):
    code, publie, (demande, _) = lancer(TOUT)
    assert (code, demande["connu"]) == (0, "")
    assert [f["nom"] for f in publie["fautes"]] == ["une", "autre"]
    assert "Écrit" in capsys.readouterr().out


def test_a_complete_run_tries_again_what_has_changed_only_or_all_that_it_is_asked_to(lancer, tmp_path):
    _, premier, _ = lancer(TOUT)
    code, publie, (demande, _) = lancer((DEPART,))
    assert (code, publie) == (0, premier)
    assert demande["connu"] == str(tmp_path / "sabotage.json")
    assert lancer(TOUT, "--tout")[2][0]["connu"] == ""
    assert lancer(TOUT, "--fautes", "une")[2][0]["connu"] == ""


def test_what_is_published_has_one_line_a_thing(lancer, tmp_path):
    lancer(TOUT)
    lignes = (tmp_path / "sabotage.json").read_text("utf-8").splitlines()
    assert sum('"essaye_le"' in ligne for ligne in lignes) == 3
    assert all(ligne.count('"essaye_le"') < 2 for ligne in lignes)


def test_a_survivor_makes_the_command_exit_1_and_is_published_too(lancer):
    code, publie, _ = lancer((DEPART, alors(), faute("une"), faute("autre", attrapee=False)))
    assert code == 1
    assert publie["fautes"][1]["attrapee"] is None


@pytest.mark.parametrize(
    "arguments",
    [("--fautes", "une"), ("--seulement", "alors"), ("--scenarios", "etape_1"), ("--attendus",)],
)
def test_a_partial_run_is_not_published(lancer, arguments):
    assert lancer(TOUT, *arguments)[1] is None


def test_a_run_that_could_not_go_to_its_end_keeps_what_it_tried(lancer):
    code, publie, _ = lancer((DEPART, alors(), faute("une"), {"sorte": "refus", "raison": "tombé"}))
    assert code == 1
    assert [f["nom"] for f in publie["fautes"]] == ["une"]
    assert lancer(({"sorte": "refus", "raison": "tombé"},))[:2] == (1, publie)


def test_a_run_that_somebody_stops_keeps_what_it_tried_and_says_how_far_it_went(lancer, capsys):
    code, publie, _ = lancer((DEPART, faute("une"), KeyboardInterrupt))
    assert code == 130
    assert [f["nom"] for f in publie["fautes"]] == ["une"]
    assert "Arrêté avant la fin" in capsys.readouterr().out
