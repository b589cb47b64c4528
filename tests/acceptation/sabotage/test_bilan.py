"""What a run says in the end, what it leaves for the product, and its exit code: 1 as soon as anything survives."""

import json
from datetime import UTC, datetime

import pytest

from steps.sabotage import __main__ as commande
from steps.sabotage import ouvriers
from steps.sabotage.bilan import Bilan

LIEU = {"fichier": "features/guide/un.feature", "ligne": 12, "titre": "Un scénario"}
DEPART = {
    "sorte": "depart", "scenarios": 2, "du_guide": 1, "navigateur": "chromium 1",
    "fautes": [{"nom": "une", "phrase": "Une faute."}, {"nom": "autre", "phrase": "Une autre."}],
}  # fmt: skip
TEMOIN = {"sorte": "temoin"}


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


def bilan(*faits):
    fait = Bilan()
    for un in faits:
        fait.noter(un)
    return fait


TOUT = (DEPART, TEMOIN, alors(), TEMOIN, faute("une"), faute("autre"))


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


def test_what_the_product_shows_is_the_same_whatever_the_order_and_the_durations():
    autre = (DEPART, {**faute("autre"), "duree": 9.0}, TEMOIN, {**faute("une"), "joues": 7}, TEMOIN, alors())
    quand = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    un, deux = (bilan(*faits).publiable(quand, 61.4) for faits in (TOUT, autre))
    assert json.dumps(un) == json.dumps(deux)
    assert un["joue_le"] == "2026-11-23T09:30:00+00:00"
    assert un["fautes"][0] == {
        "nom": "une", "phrase": "Une faute.", "attrapee": {**LIEU, "pas": {"ligne": 14, "texte": "je lis « Un »"}},
    }  # fmt: skip
    assert un["alors"] == [
        {**LIEU, "attrapees": 1, "total": 1, "pas": [
            {"ligne": 14, "texte": "je lis « Un »", "mutations": [{"quoi": "« Un » devient « Ux »", "attrapee": True}]},
        ]},
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------ the command


@pytest.fixture
def lancer(monkeypatch, tmp_path):
    """Run the command on what its processes would have told; give its code and what it wrote for the product."""

    def lancer(faits, *arguments):
        demandes = []

        def ecouter(demande, n):
            demandes.append((demande, n))
            yield from faits

        monkeypatch.setattr(ouvriers, "ecouter", ecouter)
        publie = tmp_path / "sabotage.json"
        code = commande.principal([*arguments, "--publie", str(publie)])
        return code, json.loads(publie.read_text("utf-8")) if publie.exists() else None, demandes[0]

    return lancer


def test_a_complete_run_is_published_and_its_code_is_that_of_what_it_found(lancer, capsys):
    code, publie, (demande, _) = lancer(TOUT)
    assert (code, demande["complet"]) == (0, True)
    assert [f["nom"] for f in publie["fautes"]] == ["une", "autre"]
    assert "Écrit" in capsys.readouterr().out


def test_a_survivor_makes_the_command_exit_1_and_is_published_too(lancer):
    code, publie, _ = lancer((DEPART, alors(), faute("une"), faute("autre", attrapee=False)))
    assert code == 1
    assert publie["fautes"][1]["attrapee"] is None


@pytest.mark.parametrize(
    "arguments",
    [("--fautes", "une"), ("--seulement", "alors"), ("--scenarios", "etape_1"), ("--attendus",)],
)
def test_a_partial_run_is_not_published(lancer, arguments):
    _, publie, (demande, _) = lancer(TOUT, *arguments)
    assert publie is None
    assert not demande["complet"]


def test_a_run_that_could_not_go_to_its_end_is_not_published(lancer):
    code, publie, _ = lancer((*TOUT, {"sorte": "refus", "raison": "tombé"}))
    assert (code, publie) == (1, None)
