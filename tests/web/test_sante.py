"""/sante: what a load balancer asks first."""

import pytest

from webapp import __version__


def test_it_says_the_version_and_what_is_open(visiteur):
    reponse = visiteur.demander("GET", "/sante")
    assert reponse.status_code == 200
    assert reponse.mimetype == "application/json"
    assert reponse.get_json() == {
        "produit": "fiche-vivante", "version": __version__, "demonstration": True, "date_reference": "2019-11-28",
        "banc_essai": True,
    }  # fmt: skip


def test_in_production_nothing_is_open(page_client, en_production):
    lu = page_client(en_production, https=True).demander("GET", "/sante").get_json()
    assert (lu["demonstration"], lu["date_reference"], lu["banc_essai"]) == (False, None, False)


def test_it_opens_no_session(visiteur):
    assert "Set-Cookie" not in visiteur.demander("GET", "/sante").headers


def test_it_fails_when_the_database_does_not_answer(page_client, application_a_part, base, monkeypatch):
    def en_panne():
        raise OSError("the disk is gone")

    visiteur = page_client(application_a_part)
    with monkeypatch.context() as m:
        m.setattr(base, "lecture", en_panne)
        assert visiteur.demander("GET", "/sante").status_code == 503
    assert visiteur.demander("GET", "/sante").status_code == 200


@pytest.mark.parametrize("en_tetes", [{}, {"HX-Request": "true"}, {"Accept": "text/html"}])
def test_it_answers_everyone_alike(client, client_lecteur, en_tetes):
    for qui in (client, client_lecteur):
        assert qui.demander("GET", "/sante", headers=en_tetes).get_json()["produit"] == "fiche-vivante"
