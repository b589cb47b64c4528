"""A feature without fault, from which every bad one is made."""

BON = """\
# language: fr
@guide
Fonctionnalité: Vérifier l'identifiant d'une formation
  Afin de ne pas créer deux formations de même identifiant.

  Contexte:
    Étant donné que je gère un catalogue

  @etape_7
  Scénario: Un identifiant déjà utilisé est signalé
    Étant donné la formation « Clea_1 »
    Quand je vérifie l'identifiant « Clea_1 »
    Alors je lis « L'identifiant « Clea_1 » est déjà utilisé. »

  @etape_6
  Plan du scénario: Un identifiant <genre> est refusé
    Quand je saisis « <valeur> » comme identifiant
    Alors je lis « <message> »

    Exemples:
      | genre | valeur | message          |
      | vide  |        | Saisissez-le     |
      | long  | aaaaaa | Raccourcissez-le |

  @etape_9 @reconstitue
  Règle: L'objectif est obligatoire

    Scénario: Sans objectif, la formation reste un brouillon
      Quand j'enregistre ce texte :
        \"\"\"
        Un texte  \t entre guillemets.
        \"\"\"
      Alors ces formations sont des brouillons :
        | Clea_1 |
        | Clea_2 |
"""

# A small suite that passes: its settings, its feature, its steps.
SETTINGS = """
[pytest]
addopts = -p steps.plugins.verification -p no:playwright -p no:socket --strict-markers
filterwarnings = error
verifier_modules = test_features.py
"""

FEATURE = """
# language: fr
@regles
Fonctionnalité: Catalogue

  Contexte:
    Étant donné un catalogue

  Scénario: Ajouter
    Quand j'ajoute « a »
    Alors je vois « a »

  Plan du scénario: Refuser <valeur>
    Quand j'ajoute « <valeur> »
    Alors je ne vois rien

    @etape_7
    Exemples:
      | valeur |
      |        |
      | b      |

    Exemples:
      | valeur |
      | c      |
"""

STEPS = """
import pytest
from pytest_bdd import given, scenarios, step, then, when
from steps.definitions.phrase import phrase

scenarios("features")

@pytest.fixture
def vu():
    return []

@given(phrase("un catalogue"))
def un_catalogue(vu):
    assert vu == []

@when(phrase("j'ajoute « {nom} »"))
def ajouter(vu, nom):
    vu.extend([nom] * (nom == "a"))

@then(phrase("je vois « {nom} »"))
def voir(vu, nom):
    assert nom in vu

@then(phrase("je ne vois rien"))
def ne_rien_voir(vu):
    assert not vu
"""


def codes(result):
    """Return the codes told in the output, with the file and the line of each."""
    places = [line.partition(": ")[0::2] for line in result.outlines if not line.startswith("FAILED")]
    return {(place, rest[:5]) for place, rest in places if rest[:2] in {"FR", "ET", "CO"}}
