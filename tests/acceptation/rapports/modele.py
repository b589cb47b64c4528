"""A feature with one scenario of each fate, the definitions that play it, and streams made without playing anything."""

import json
import textwrap

from steps.gherkin.typographie import dire
from steps.rapports.documents import compose
from steps.rapports.flux import NOM, Flux

INSTANT = 1_795_424_862.0

FEATURE = """
# language: fr
@regles
Fonctionnalité: L'essai
  Un premier paragraphe.

  Un second.

  Contexte:
    Étant donné que tout va bien

  @etape_7
  Règle: Première règle
    Elle dit « pourquoi ».

    Scénario: Celui qui passe
      Quand j'agis :
        | nom  | valeur |
        | été  | 1      |
      Alors je lis :
        \"\"\"
        <b>un</b> texte
        \"\"\"

    Scénario: Celui qui échoue
      Quand j'agis
      Alors le nombre est 3
      Et tout va bien

    Plan du scénario: L'exemple <nombre>
      Alors le nombre est <nombre>

      Exemples:
        | nombre | saison |
        | 2      | été    |
        | 4      | hiver  |

  Règle: Seconde règle

    Scénario: Celui que rien ne joue
      Quand rien ne me joue
      Alors le nombre est 2

    @a_faire
    Scénario: Celui qui reste à faire
      Alors le nombre est 5

    Scénario: Celui qui est instable
      Quand cela passe la seconde fois

    Scénario: Celui qui demande à être laissé
      Quand je m'en vais
      Et rien ne me joue
"""
DEFINITIONS = """
joues = []

@step(phrase("tout va bien"))
def _(): pass
@step(phrase("j'agis :"))
def _(datatable): pass
@step(phrase("j'agis"))
def _(): print("un mot du code")
@step(phrase("je lis :"))
def _(docstring): pass
@step(phrase("le nombre est {nombre:d}"))
def _(nombre): assert 2 == nombre
@step(phrase("cela passe la seconde fois"))
def _():
    joues.append(1)
    assert len(joues) > 1, "pas encore"
@step(phrase("je m'en vais"))
def _(): pytest.skip("plus tard")
"""
STATUTS = {
    "Celui qui passe": "succes",
    "Celui qui échoue": "echec",
    "L'exemple 2": "succes",
    "L'exemple 4": "echec",
    "Celui que rien ne joue": "echec",
    "Celui qui reste à faire": "a_faire",
    "Celui qui est instable": "echec",
    "Celui qui demande à être laissé": "ignore",
}


def fabriquer(dossier, *, fois=1, commit="0123456"):
    """Write the stream of a run of FEATURE without playing it, `fois` times over; give it."""
    flux = Flux(dossier / NOM)
    flux.ecrire("debut", instant=INSTANT, commande="python -m pytest", version="0.1.0", commit=commit, outils={})
    texte = textwrap.dedent(FEATURE).lstrip()
    for numero in range(fois):
        fichier = f"features/regles/essai_{numero}.feature"
        document = compose(fichier, texte)
        flux.ecrire("source", fichier=fichier, texte=texte)
        for rang, ecrit in enumerate(document.scenarios.values()):
            for tentative in _tentatives(ecrit, fichier, f"test_essai.py::test_{numero}_{rang}"):
                flux.ecrire("scenario", **tentative)
        ecarte = {"id": f"e{numero}", "nom": "Écarté", "fichier": fichier, "ligne": 24, "etiquettes": ["regles"]}
        flux.ecrire("ecarte", **ecarte, raison=dire("non retenu par « -k x »"))
    flux.ecrire("fin", instant=INSTANT + 12, code=1, prevus=8 * fois, interrompue=False)
    execution = flux.relire()
    flux.fermer()
    return execution


def _tentatives(ecrit, fichier, test):
    """Yield the attempts of a scenario that comes to what STATUTS says."""
    issue = STATUTS[ecrit.nom]
    etapes = [etape.faits() | {"statut": "succes", "debut_ms": 2.0, "duree_ms": 1500.0} for etape in ecrit.etapes]
    for rang, etape in enumerate(etapes):
        etape["definition"] = {"phrase": etape["texte"], "fichier": "steps/phrases/a.py", "ligne": rang + 1}
    erreur = {
        "genre": "AssertionError",
        "attendu": dire("bouton « a » : actif"),
        "trouve": "inactif <i>",
        "pile": ["a.py:1 f"],
    }
    if issue != "succes":
        etapes[-1] |= {"statut": "ignore" if issue == "ignore" else "echec", "erreur": erreur}
    tentative = {
        "id": test,
        "commande": f"python -m pytest {test}",
        "nom": ecrit.nom,
        "fichier": fichier,
        "ligne": ecrit.ligne,
        "etiquettes": list(ecrit.etiquettes),
        "debut": INSTANT + 1,
        "etapes": etapes,
        "evenements": [],
        "fonctionnalite": "L'essai",
        "regle": ecrit.regle.nom,
        "ouvrier": "seul",
        "issue": issue,
        "duree_ms": 1234.5,
        "rang": 1,
        "rejoue": False,
        **({"exemple": dict(ecrit.exemple)} if ecrit.exemple else {}),
        **({"phase": "etapes"} if issue != "succes" else {}),
    }
    if issue != "echec":
        return [tentative]
    image, trace = (
        {"type": "piece_jointe", "instant_ms": 1, "etape": 1, "nature": nature, "chemin": f"l'échec/{chemin}"}
        for nature, chemin in (("image", "ecran 1.png"), ("trace", "trace.zip"))
    )
    second = json.loads(json.dumps(tentative)) | {"rang": 2, "evenements": [trace]}
    if ecrit.nom == "Celui qui est instable":
        second["etapes"][-1] = {nom: fait for nom, fait in etapes[-1].items() if nom != "erreur"} | {"statut": "succes"}
        second["issue"] = "succes"
        del second["phase"]
    return [tentative | {"rejoue": True, "evenements": [image]}, second]
