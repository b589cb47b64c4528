"""What a failed page hands back of what was posted, and what it must not."""

import pytest

from tests.builders import MOT_DE_PASSE
from webapp.domain.refus import BaseIndisponible
from webapp.services import comptes


@pytest.mark.parametrize(("panne", "statut"), [(RuntimeError("panne"), 500), (BaseIndisponible("partie"), 503)])
def test_a_sign_in_that_fails_hands_back_neither_the_password_nor_the_address(visiteur, monkeypatch, panne, statut):
    def tomber(*_):
        raise panne

    monkeypatch.setattr(comptes, "authentifier", tomber)
    champs = {"courriel": "ada@essai.example", "mot_de_passe": MOT_DE_PASSE, "destination": "/mode-d-emploi"}
    page = visiteur.page_postee("/connexion", champs, statut)
    assert MOT_DE_PASSE not in page.html
    assert "ada@essai.example" not in page.html
    # What is no secret goes on, so that sending again leads to the same place.
    assert "/mode-d-emploi" in page.html
