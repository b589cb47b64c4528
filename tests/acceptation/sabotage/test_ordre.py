"""In which order the scenarios are played for a fault: how long a run is depends on it, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from steps.sabotage.ordre import rang

ICI, AILLEURS = "features/regles/refus.feature", "features/regles/autre.feature"


def un_scenario(nom, *pas, fichier=ICI, etiquettes=()):
    return SimpleNamespace(
        nom=nom, fichier=fichier, etiquettes=etiquettes, pas=[SimpleNamespace(name=dit) for dit in pas]
    )


SCENARIOS = (
    un_scenario("Le reste"),
    un_scenario("Ailleurs", "le clavier est sur la liste", fichier=AILLEURS),
    un_scenario("Du guide", etiquettes=("guide", "etape_3")),
    un_scenario("Coupé en deux", "le clavier est sur la liste"),
    un_scenario("Un refus mène à son champ", "le champ attend ma saisie"),
    un_scenario("Le clavier reste"),
)
VUE = {"fichier": ICI, "titre": "D'un nom d'avant", "pas": "le clavier est sur la liste"}


@pytest.mark.parametrize(
    ("indices", "vue", "attendus"),
    [
        ((), None, ["Du guide"]),
        (("le CLAVIER reste", "Un refus"), None, ["Le clavier reste", "Un refus mène à son champ", "Du guide"]),
        (("Un refus",), VUE, ["Un refus mène à son champ", "Coupé en deux", "Du guide"]),
        (("etape_3",), VUE, ["Du guide", "Coupé en deux", "Le reste"]),
        (("D'un nom d'avant",), VUE, ["Coupé en deux", "Du guide", "Le reste"]),
    ],
)
def test_those_that_should_see_it_come_first_then_those_that_say_what_saw_it(indices, vue, attendus):
    ordre = sorted(SCENARIOS, key=lambda un: rang(un, indices, vue))

    assert [un.nom for un in ordre][: len(attendus)] == attendus
