"""Eight save at once under one number, on the real server: one has it, seven keep what they typed."""

import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from uuid import UUID, uuid4

import pytest

from tests.acceptation.la_page import Visite
from tests.acceptation.la_saisie import une_formation

NOMBRE = 8
DELAI = 60.0
REFUS = "Le numéro « A1 » est déjà celui"
_CHAMPS = """() => {
  const formulaire = document.getElementById("fiche");
  const champs = [...new FormData(formulaire)].map(([nom, valeur]) => [nom, String(valeur)]);
  return [formulaire.getAttribute("action"), champs];
}"""


class SansSuite(urllib.request.HTTPRedirectHandler):
    """Leaves a redirection as it was answered."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


def envoyer_ensemble(visite: Visite, chemins: list[str], champs: list[tuple[str, str]]) -> list[tuple[int, str]]:
    """Send one form to each address at the same instant, without scripts: the status and the page of each answer."""
    [cookie] = [c for c in visite.contexte.cookies() if c["name"].endswith("session")]
    corps = urllib.parse.urlencode(champs).encode()
    depart, issues = threading.Barrier(len(chemins)), list[tuple[int, str]]()

    def envoyer(chemin: str) -> None:
        demande = urllib.request.Request(
            visite.adresse + chemin, corps, {"Cookie": f"{cookie['name']}={cookie['value']}", "Origin": visite.adresse}
        )
        depart.wait(DELAI)
        try:
            with urllib.request.build_opener(SansSuite).open(demande, timeout=DELAI) as reponse:
                issues.append((reponse.status, reponse.read().decode()))
        except urllib.error.HTTPError as reponse:
            issues.append((reponse.code, reponse.read().decode()))

    fils = [threading.Thread(target=envoyer, args=(chemin,)) for chemin in chemins]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return issues


@pytest.mark.parametrize("niveau", ["action", "session"])
def test_of_eight_saves_of_one_number_one_is_kept_and_seven_are_told(visite: Visite, niveau: str) -> None:
    formation = une_formation(visite)
    nouvelle = f"{formation}/actions/nouvelle"
    if niveau == "session":
        visite.porte.planter_arbre(visite.organisme, "Clea_1", [{"numero": "A0", "sessions": []}])
        nouvelle = f"/actions/{visite.porte.arbre(visite.organisme, 'Clea_1')[0]['id']}/sessions/nouvelle"
    visite.page.goto(nouvelle)
    visite.champ("numero").fill("A1")
    chemin, champs = visite.page.evaluate(_CHAMPS)
    debut, _, id_ = chemin.rpartition("/")
    assert UUID(id_)
    issues = envoyer_ensemble(visite, [f"{debut}/{uuid4()}" for _ in range(NOMBRE)], [tuple(c) for c in champs])
    assert Counter(statut for statut, _ in issues) == {303: 1, 422: NOMBRE - 1}
    for statut, page in issues:
        if statut != 303:
            assert 'value="A1"' in page
            assert REFUS in page.replace("\xa0", " ")
    gardees = visite.porte.arbre(visite.organisme, "Clea_1")
    siennes = gardees if niveau == "action" else gardees[0]["sessions"]
    assert [une["numero"] for une in siennes] == ["A1"]
