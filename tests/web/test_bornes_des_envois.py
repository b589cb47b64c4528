"""How much may be sent, known here and not read from the product: 1 000 fields, 512 KiB, and what a search may hold."""

import pytest

from webapp.mode_emploi.relecture import relire

ETENDUE = 512 * 1024


def envoyer(client, champs):
    """Send what a field that is followed sends, with so many others."""
    return client.demander(
        "POST",
        "/date-de-reference",
        data={"csrf_token": client.jeton(), "date": "", "destination": "/catalogue", **champs},
        headers={"Sec-Fetch-Site": "same-origin"},
    ).status_code


@pytest.mark.parametrize(("nombre", "statut"), [(1_000, 303), (1_001, 413)])
def test_a_form_has_a_thousand_fields_at_most(client, nombre, statut):
    assert envoyer(client, {f"c{n}": "" for n in range(nombre - 3)}) == statut


@pytest.mark.parametrize(("etendue", "statut"), [(ETENDUE, 303), (ETENDUE + 1, 413)])
def test_a_body_has_half_a_mebibyte_at_most(client, etendue, statut):
    debut = f"csrf_token={client.jeton()}&date=&destination=/catalogue&c="
    reponse = client.demander(
        "POST",
        "/date-de-reference",
        data=debut + "x" * (etendue - len(debut)),
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert reponse.status_code == statut


@pytest.mark.parametrize(("nombre", "lues"), [(1_000, 1_000), (1_001, 1_000)])
def test_a_pasted_scenario_is_read_to_its_thousandth_line(nombre, lues):
    relue = relire("\n".join(["# une remarque"] * nombre))
    assert len(relue.lignes) == lues


@pytest.mark.parametrize(
    ("longueur", "dit"),
    [(300, ""), (301, "300 caractères"), (500, "300 caractères"), (501, "500 caractères au plus")],
)
def test_a_pasted_step_and_a_pasted_line_have_their_bounds(longueur, dit):
    mot = "Quand "
    relue = relire(mot + "x" * (longueur if longueur <= 301 else longueur - len(mot)))
    dites = " ".join(remarque.texte for ligne in relue.lignes for remarque in ligne.remarques).replace("\xa0", " ")
    assert (dit in dites) if dit else (" caractères" not in dites)
