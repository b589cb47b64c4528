"""The kinds of requests: what a person does, and how one sees that it is done, once.

Each begins on a page of its own, with something typed where there is somewhere to type.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.acceptation.la_page import COMPLETE, Visite

TYPE = "Petits groupes – « essai »"
AUTRE = "Clea_Essai_9"
REFUSE = "\u202e"


@dataclass(frozen=True)
class Geste:
    """One kind of request. `chemin`: the addresses that it asks for; `fait`: how it shows, waiting for it if need be.

    `ecrit`: it changes one formation, by one version, or their number by one. `existante`: it
    asks for a formation that is stored, and for no other. `pause`: seconds for which who types is not asked to sign in
    again: the question would take what is typed.
    """

    nom: str
    ouvrir: Callable[[Visite], None]
    chemin: re.Pattern[str]
    agir: Callable[[Visite], None]
    fait: Callable[[Visite], None]
    ecrit: bool = False
    existante: bool = False
    pause: float = 0.0


def _cliquer(nom: str) -> Callable[[Visite], None]:
    return lambda visite: visite.bouton(nom).click()


def _fiche(visite: Visite) -> None:
    """Étape 2/2 of a complete draft, something typed, the state up to date."""
    _catalogue(visite)
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")
    with visite.page.expect_response(re.compile("/saisie$")):
        visite.champ("points_forts").fill(TYPE)
    expect(visite.page.locator("#etat-points_forts .etat-compteur")).to_have_text(f"{len(TYPE)} / 255 Caractères")


def _fiche_intacte(visite: Visite) -> None:
    """Étape 2/2 on which nothing is typed yet."""
    _catalogue(visite)
    visite.page.goto(f"/formations/{visite.porte.formation(visite.organisme, 'Clea_1')['id']}")


def _fiche_a_retirer(visite: Visite) -> None:
    _fiche(visite)
    with visite.page.expect_response(re.compile("/saisie$")):
        visite.champ("contenu").fill(f"Un{REFUSE} programme")
    expect(visite.bouton("Retirer")).to_be_visible()


def _fiche_autre_identifiant(visite: Visite) -> None:
    _fiche(visite)
    with visite.page.expect_response(re.compile("/saisie$")):
        visite.champ("identifiant").fill(AUTRE)


def _catalogue(visite: Visite) -> None:
    visite.porte.ajouter_formations(
        visite.organisme, [{**COMPLETE, "statut": "brouillon"}, {**COMPLETE, "identifiant": "Clea_2"}]
    )
    visite.page.goto("/catalogue")


def _archivees(visite: Visite) -> None:
    visite.porte.ajouter_formations(
        visite.organisme,
        [{**COMPLETE, "statut": "archivee"}, {**COMPLETE, "identifiant": "Clea_2"}],
    )
    visite.page.goto("/catalogue?statut=archivee")


def _suppression(visite: Visite) -> None:
    _catalogue(visite)
    _menu("Supprimer")(visite)
    expect(visite.bouton("Supprimer définitivement")).to_be_visible()


def _etape_1(visite: Visite) -> None:
    _catalogue(visite)
    visite.page.goto("/formations/nouvelle")


def _certifiante(visite: Visite) -> None:
    _etape_1(visite)
    visite.page.get_by_label("Formation certifiante", exact=True).check()
    expect(visite.champ("code")).to_be_editable()


def _cle_a(visite: Visite) -> None:
    _etape_1(visite)
    visite.page.get_by_label("Cléa", exact=True).check()
    expect(visite.page.locator("#liste-certifications")).to_be_visible()


def _code_tape(visite: Visite) -> None:
    _certifiante(visite)
    visite.champ("code").fill("RS313")


def _aide(visite: Visite) -> None:
    _certifiante(visite)
    visite.champ("aide-code").click()
    expect(visite.champ("recherche")).to_be_focused()


def _resultats(visite: Visite) -> None:
    _aide(visite)
    visite.champ("recherche").fill("voltaire")
    expect(visite.page.locator("[data-resultat]").first).to_be_visible()


def _menu(operation: str) -> Callable[[Visite], None]:
    def choisir(visite: Visite) -> None:
        """Open the menu unless it already is, and choose."""
        carte = visite.page.locator("article").filter(has_text="ID : Clea_1")
        choix = carte.locator("[popover]").get_by_text(operation, exact=True)
        if not choix.is_visible():
            carte.get_by_role("button", name=re.compile("^Opérations")).click()
        choix.click()

    return choisir


def _voir(selecteur: str) -> Callable[[Visite], None]:
    return lambda visite: expect(visite.page.locator(selecteur).first).to_be_visible()


def _range(champ: str, valeur: str) -> Callable[[Visite], None]:
    def attendre(visite: Visite) -> None:
        for _ in range(60):
            if visite.porte.formation(visite.organisme, "Clea_1")[champ] == valeur:
                return
            visite.page.wait_for_timeout(50)
        raise AssertionError(f"{champ} : {valeur} n’est pas enregistré")

    return attendre


def _nombre(voulu: int) -> Callable[[Visite], None]:
    def attendre(visite: Visite) -> None:
        for _ in range(60):
            if len(visite.porte.formations(visite.organisme)) == voulu:
                return
            visite.page.wait_for_timeout(50)
        raise AssertionError(f"{len(visite.porte.formations(visite.organisme))} formations, {voulu} attendues")

    return attendre


GESTES: tuple[Geste, ...] = (
    Geste(
        "suivre la saisie", _fiche_intacte, re.compile("/saisie$"),
        lambda visite: visite.champ("points_forts").fill(TYPE),
        lambda visite: expect(visite.page.locator("#alertes .message")).to_have_count(0),
        pause=1.5,
    ),
    Geste(
        "vérifier", _fiche_autre_identifiant, re.compile("/verification$"), _cliquer("Vérifier"),
        lambda visite: expect(visite.page.locator("#verification")).to_contain_text("disponible"),
    ),
    Geste(
        "retirer un caractère", _fiche_a_retirer, re.compile("/retrait$"), _cliquer("Retirer"),
        lambda visite: expect(visite.champ("contenu")).to_have_value("Un programme"),
    ),
    Geste(
        "enregistrer", _fiche, re.compile("/formations/[0-9a-f-]{36}$"), _cliquer("Enregistrer les modifications"),
        _range("points_forts", TYPE), ecrit=True, existante=True,
    ),
    Geste(
        "valider", _fiche, re.compile("/validation$"), _cliquer("Valider"), _range("statut", "validee"),
        ecrit=True, existante=True,
    ),
    # A formation that is there no more is left as any other: the question is asked, and nothing fails.
    Geste("annuler", _fiche, re.compile("/abandon$"), _cliquer("Annuler"), _voir("dialog[open]")),
    Geste(
        "choisir un type", _etape_1, re.compile("/formations/nouvelle/type"),
        lambda visite: visite.page.get_by_label("Cléa", exact=True).check(), _voir("#liste-certifications"),
    ),
    Geste(
        "choisir une certification", _cle_a, re.compile("/formations/nouvelle/certification"),
        lambda visite: visite.page.get_by_label(re.compile(r"\(CléA\)$")).check(),
        lambda visite: expect(visite.page.locator(".intitule-vise")).to_contain_text("CléA"),
    ),
    Geste(
        "appliquer un code", _code_tape, re.compile("/formations/nouvelle/certification"), _cliquer("Appliquer"),
        lambda visite: expect(visite.page.locator(".intitule-vise strong")).not_to_be_empty(),
    ),
    Geste(
        "ouvrir l’aide", _certifiante, re.compile("/aide/code-d-identification"),
        lambda visite: visite.champ("aide-code").click(), _voir("#recherche"),
    ),
    Geste(
        "chercher un code", _aide, re.compile("recherche="), lambda visite: visite.champ("recherche").fill("voltaire"),
        _voir("[data-resultat]"), pause=1.5,
    ),
    Geste(
        "retenir un résultat", _resultats, re.compile("/formations/nouvelle/certification"),
        lambda visite: visite.page.locator("[data-resultat]").last.click(),
        lambda visite: expect(visite.page.locator(".intitule-vise strong")).not_to_be_empty(),
    ),
    Geste(
        "dupliquer", _catalogue, re.compile("/duplication$"), _menu("Dupliquer"), _nombre(3), ecrit=True,
        existante=True,
    ),
    Geste(
        "archiver", _catalogue, re.compile("/archivage$"), _menu("Archiver"), _range("statut", "archivee"),
        ecrit=True, existante=True,
    ),
    Geste(
        "restaurer", _archivees, re.compile("/restauration$"), _menu("Restaurer"), _range("statut", "brouillon"),
        ecrit=True, existante=True,
    ),
    Geste(
        "demander à supprimer", _catalogue, re.compile(r"/suppression\b"), _menu("Supprimer"), _voir("dialog[open]"),
        existante=True,
    ),
    Geste(
        "supprimer", _suppression, re.compile("/suppression$"), _cliquer("Supprimer définitivement"), _nombre(1),
        ecrit=True,
    ),
)  # fmt: skip
