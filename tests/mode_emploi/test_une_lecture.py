"""One reading of Gherkin: what one of its readers accepts the others accept, and all read the same steps.

The check, the reports, the guide, the phrase book, « Essayer un scénario » and pytest-bdd itself read one corpus of
right and wrong features, side by side.
"""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest_bdd.parser import FeatureParser

from steps.gherkin.lecture import LectureImpossible, comme_fichier, fichiers, lire_fichier
from steps.gherkin.regles.ecriture import controler
from steps.rapports.documents import compose
from steps.verifier.recueil import emplois
from tests.acceptation.verifier.modele import BON
from webapp.mode_emploi.guide import lire
from webapp.mode_emploi.relecture import relire
from webapp.mode_emploi.specification import _lire as lire_la_specification

RACINE = Path(__file__).resolve().parents[2]

# What the check says of a text in which something would be lost, or would not be played as it reads.
PERTES = {"FR005", "FR201", "FR202", "FR203", "FR204", "FR205", "FR208", "FR210", "FR301", "FR310", "FR312"}

# Right: each is read by all, whatever it looks like.
BONNES = {
    "la feature sans défaut": BON,
    "fins de ligne de Windows": BON.replace("\n", "\r\n"),
    "marque d'ordre des octets": "\ufeff" + BON,
    "dernière ligne ouverte": BON.rstrip("\n"),
    "tabulations": BON.replace("    ", "\t"),
    "étoile": BON.replace("Étant donné la formation", "* la formation"),
    "accent du mot-clé": BON.replace("Étant donné la", "Etant donné la"),
    "prose": BON.replace("Afin de", "Sont concernées : les formations.\n  - Afin de"),
    "deux-points collés": BON.replace("Scénario: Un", "Scénario:Un"),
    "valeur entre chevrons": BON.replace("« Clea_1 »\n    Quand", "« <b>gras</b> »\n    Quand"),
    "contextes de règle": BON.replace("    Scénario: Sans", "    Contexte:\n      Soit un jour\n\n    Scénario: Sans"),
    "apostrophes dans une valeur": BON.replace("Un texte", "L\u2019objectif\u00a0:"),
}

# Wrong: what each is a case of, what is damaged in the good one.
FAUTIVES = {
    "espace avant les deux-points": ("Scénario: Un", "Scénario : Un"),
    "espace insécable avant les deux-points": ("Scénario: Un", "Scénario\u00a0: Un"),
    "premier bloc perdu": ("Contexte:", "Contextes:"),
    "bloc inconnu": ("Plan du scénario:", "Schéma du scénario:"),
    "bloc mal orthographié": ("Scénario: Un", "Sénario: Un"),
    "bloc anglais": ("Scénario: Un", "Scenario Outline: Un"),
    "exemples anglais": ("Exemples:", "Examples:"),
    "deux-points absents": ("Scénario: Un", "Scénario Un"),
    "accents décomposés": ("Scénario: Un", unicodedata.normalize("NFD", "Scénario: Un")),
    "fonctionnalité perdue": ("Fonctionnalité:", "Fonctionnalité :"),
    "deux fonctionnalités": ("  @etape_9", "Fonctionnalité: Seconde\n\n  @etape_9"),
    "mot-clé mal orthographié": ("Quand je vérifie", "Quant je vérifie"),
    "mot-clé en minuscule": ("Alors je lis « L", "alors je lis « L"),
    "mot-clé anglais": ("Quand je vérifie", "When je vérifie"),
    "mot-clé collé": ("Quand je vérifie", "Quandje vérifie"),
    "mot-clé décomposé": ("Étant donné la", unicodedata.normalize("NFD", "Étant donné la")),
    "apostrophe typographique": ("Quand je vérifie l'", "Lorsqu\u2019on vérifie l'"),
    "espace fine après le mot-clé": ("Quand je vérifie", "Quand\u202fje vérifie"),
    "puce": ("Quand je vérifie", "- Quand je vérifie"),
    "numéro": ("Étant donné la", "1. Étant donné la"),
    "premier pas perdu": ("Étant donné la formation", "Soi la formation"),
    "pas dans une description": ("Afin de ne pas", "Quand il ne faut pas"),
    "presque un pas dans une description": ("Afin de ne pas", "Quant à ne pas"),
    "table dans une description": ("identifiant.\n", "identifiant.\n  | Clea_1 |\n"),
    "texte dans une description": ("identifiant.\n", 'identifiant.\n  """\n'),
    "rien à prolonger": ("Étant donné la", "Et la"),
    "scénario vide": ("est signalé\n", "est signalé\n\n  @etape_7\n  Scénario: Un autre\n"),
    "plan sans exemples": (BON[BON.index("\n    Exemples:") : BON.index("\n  @etape_9")], ""),
    "paramètre sans colonne": ("« <message> »", "« <texte> »"),
    "table inégale": ("| vide  |        |", "| vide  |"),
    "texte non fermé": ('entre guillemets.\n        """\n', "entre guillemets.\n"),
    "étiquette et texte": ("@etape_7", "@etape_7 et plus"),
    "ligne après les étapes": ("je gère un catalogue", "je gère un catalogue\n    ce qui ne va pas de soi"),
    "contexte déplacé": ("  @etape_6", "  Contexte:\n    Étant donné un jour\n\n  @etape_6"),
}  # fmt: skip
CORPUS = BONNES | {nom: BON.replace(avant, apres, 1) for nom, (avant, apres) in FAUTIVES.items()}


def le_controle(texte):
    """Give what the check says of a text, by codes."""
    return {defaut.code for defaut in controler([comme_fichier(texte, RACINE / "features/guide/a.feature", RACINE)])}


def l_essai_se_plaint(texte):
    """Say whether « Essayer un scénario » asks for a change, unknown steps apart."""
    relue = relire(texte)
    remarques = [r for ligne in relue.lignes for r in ligne.remarques]
    return any(remarque.grave for remarque in [*remarques, *relue.generales])


def est_lu_par(lecteur, texte):
    try:
        lecteur(texte)
    except LectureImpossible:
        return False
    return True


@pytest.fixture
def ecrire(tmp_path):
    def faire(texte):
        chemin = tmp_path / "features" / "guide" / "a.feature"
        chemin.parent.mkdir(parents=True, exist_ok=True)
        chemin.write_bytes(texte if isinstance(texte, bytes) else texte.encode())
        return chemin

    return faire


@pytest.mark.parametrize("nom", CORPUS)
def test_what_one_reader_refuses_the_others_refuse(ecrire, nom):
    texte = CORPUS[nom]
    lecture = comme_fichier(texte, Path("a.feature")).lecture
    lisible = not lecture.erreurs
    assert est_lu_par(lambda lu: compose("a.feature", lu), texte) is lisible
    assert est_lu_par(lambda lu: lire(ecrire(lu)), texte) is lisible
    codes = le_controle(texte)
    # What explains a refusal is said instead of it.
    assert lisible or codes & {"FR005", "FR201", "FR202", "FR203", "FR204"}
    assert not lisible or "FR005" not in codes


@pytest.mark.parametrize("nom", CORPUS)
def test_what_would_be_lost_is_told_by_the_check_and_by_the_trial(nom):
    assert bool(le_controle(CORPUS[nom]) & PERTES) is (nom in FAUTIVES)
    # A star is played, and so is what the margins put under another rule: both are refused all the same.
    assert l_essai_se_plaint(CORPUS[nom]) is (nom in FAUTIVES or nom in {"étoile", "tabulations"})


def lectures(chemin):
    """Give the steps of a readable feature as each reader has them: the line, the keyword, the sentence."""
    fichier = lire_fichier(chemin)
    lue = fichier.fonctionnalite
    assert lue is not None
    rapport = compose("a.feature", fichier.texte)
    ecrits = {(pas.ligne, pas.mot.strip(), pas.texte) for pas in lue.tous_les_pas}
    joues = {(pas.ligne, pas.mot.strip(), pas.texte) for instance in lue.instances for pas in instance.pas}
    yield (
        "rapports",
        joues,
        {(e.ligne, e.mot_cle, e.texte) for ecrit in rapport.scenarios.values() for e in ecrit.etapes},
    )
    essai = relire(fichier.texte)
    yield "essai", ecrits, {(ligne.lue.numero, p.mot, p.texte) for ligne in essai.lignes if (p := ligne.pas)}
    dits = {(pas.ligne, pas.genre, pas.texte) for pas in lue.tous_les_pas if "<" not in pas.texte and pas.genre}
    recueillis = {(e.pas.ligne, e.pas.genre, e.pas.texte) for e in emplois(fichier)}
    yield "recueil", dits, {dit for dit in recueillis if dit in dits}
    des_regles = [instance for instance in lue.instances if instance.scenario.regle]
    guide = [exemple for etape in lire(chemin).etapes for exemple in etape.exemples]
    yield "guide", {(i.ligne, len(i.scenario.pas)) for i in des_regles}, {(e.place[1], len(e.pas)) for e in guide}
    yield "spécification", [ligne.texte for ligne in fichier.lignes], [*lire_la_specification(chemin).lignes]


@pytest.mark.parametrize("nom", BONNES)
def test_all_read_the_same_steps(ecrire, nom):
    for lecteur, voulu, lu in lectures(ecrire(BONNES[nom])):
        assert lu == voulu, lecteur


@pytest.mark.parametrize("chemin", fichiers([RACINE / "features"]), ids=lambda chemin: chemin.stem)
def test_all_read_the_same_steps_in_every_feature_of_ours(chemin):
    assert not le_controle(chemin.read_text("utf-8")) & PERTES
    assert not l_essai_se_plaint(chemin.read_text("utf-8"))
    for lecteur, voulu, lu in lectures(chemin):
        assert lu == voulu, lecteur


@pytest.mark.parametrize("chemin", fichiers([RACINE / "features"]), ids=lambda chemin: chemin.stem)
def test_what_is_read_is_what_pytest_bdd_plays(chemin):
    lue = lire_fichier(chemin).fonctionnalite
    assert lue is not None
    sienne = FeatureParser(str(chemin.parent), chemin.name).parse()
    joues = {
        (modele.line_number, tuple(sorted(modele.tags | (modele.rule.tags if modele.rule else set()) | sienne.tags)),
         tuple((pas.line_number, pas.name) for pas in modele.render({}).steps))
        for modele in sienne.scenarios.values()
    }  # fmt: skip
    assert joues == {
        (s.ligne, tuple(sorted(set(lue.etiquettes_de(s)))),
         tuple((pas.ligne, pas.texte) for pas in (*lue.pas_avant(s), *s.pas)))
        for s in lue.scenarios
    }  # fmt: skip


def test_a_text_of_windows_is_read_as_the_same_text_by_all(ecrire):
    assert lire(ecrire(BON.encode("cp1252"))) == lire(ecrire(BON))
    latin = lire_fichier(ecrire(BON.encode("cp1252")))
    assert not latin.est_utf8
    assert latin.texte == BON


MOTS_CLES = [
    rang for rang in range(len(BON)) if BON[:rang].rpartition("\n")[2].strip(" SEPQARFCtcélnaouirdsxmpgè'") == ""
]


@settings(max_examples=300, deadline=None)
@given(
    rang=st.sampled_from(MOTS_CLES),
    lettre=st.sampled_from(["", "a", "e", "n", "Q", "L", " ", ":", "\u2019", "\u00a0", "\u0301"]),
)
def test_no_slip_is_told_by_one_and_kept_silent_by_the_other(rang, lettre):
    texte = BON[:rang] + lettre + BON[rang + 1 :]
    # A sentence that begins with a colon is played, if a phrase says it: the audit of the steps tells that none does.
    assume(not re.search("^ *(?:Quand|Alors|Étant donné(?: que)?) :", texte, re.MULTILINE))
    assert bool(le_controle(texte) & PERTES) is l_essai_se_plaint(texte), texte
