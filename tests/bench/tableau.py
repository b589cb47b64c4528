"""What the bench says: French tables for a terminal. Knows how to write figures, and measures nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from steps.gherkin.typographie import ESPACE_FINE, dire
from tests.bench import exportation as exporte
from tests.bench import import_edof as importe_edof
from tests.bench import parcours as marcheur
from tests.bench import poids, registre, scenario
from tests.bench import taches as travaux
from tests.bench.ampleur import Comparaison as Comparees
from tests.bench.controle import PLAFOND as PLAFOND_DU_CONTROLE
from tests.bench.controle import Controle
from tests.bench.exportation import Exportation
from tests.bench.import_edof import Import, Imports
from tests.bench.importation import Duree, Importation
from tests.bench.mesure import Mediane, Resultat, Tranche, processeur
from tests.bench.parcours import Parcours
from tests.bench.peuplement import Taille
from tests.bench.poids import Visite
from tests.bench.scenario import Comparaison
from tests.bench.serveurs import PROCESSUS
from tests.bench.taches import Epreuve

PART_GENANTE = 0.1
"""Part of the machine beyond which what others take of it, caches included, blurs the figures."""

_TENU = {True: "tenu", False: "MANQUÉ"}


def tableau(entetes: Sequence[str], lignes: Sequence[Sequence[str]]) -> str:
    """Set lines in columns: the first to the left, the others to the right."""
    toutes = [list(entetes), *map(list, lignes)]
    largeurs = [max(len(ligne[rang]) for ligne in toutes) for rang in range(len(entetes))]
    return "\n".join(
        "  ".join(
            texte.rjust(largeur) if rang else texte.ljust(largeur)
            for rang, (texte, largeur) in enumerate(zip(ligne, largeurs, strict=True))
        ).rstrip()
        for ligne in toutes
    )  # fmt: skip


def nombre(valeur: float, decimales: int = 0) -> str:
    """Write a number as French does: « 13 577 », « 2,86 »."""
    return f"{valeur:,.{decimales}f}".replace(",", ESPACE_FINE).replace(".", ",")


def etendue(mesures: Mediane) -> str:
    """Write the spread of a ratio."""
    return f"{nombre(mesures.mini, 2)} à {nombre(mesures.maxi, 2)}"


def ecrans(resultats: Sequence[Resultat]) -> str:
    """Set the table of the screens: what each costs in bare answers."""
    entetes = [
        dire(e) for e in ("Écran", "rép./s", "µs proc.", "× nue", "étendue", "cible", "", "× sans gén.", "× proc.")
    ]
    nues = _nues(resultats)
    debit = sum(tranche.reponses for tranche in nues) / sum(tranche.duree for tranche in nues)
    lignes = [[dire("réponse Flask nue"), nombre(debit), nombre(processeur(nues) * 1e6), "1", "", "", "", "1", "1"]]
    lignes += [
        [
            r.nom, nombre(r.debit), nombre(processeur(r.ecrans) * 1e6), nombre(r.multiple.valeur, 2),
            etendue(r.multiple), *_cible(r.plafond, tenu=r.tenu), nombre(r.multiple_sans_generateur, 2),
            nombre(r.multiple_processeur, 2),
        ]
        for r in resultats
    ]  # fmt: skip
    return tableau(entetes, lignes)


def conditions(resultats: Sequence[Resultat], coeurs: int) -> str:
    """Say what the figures are worth: what the load cost, and who else was on the machine."""
    nues = _nues(resultats)
    total = coeurs * sum(tranche.duree for tranche in nues)
    generateur = sum(tranche.generateur for tranche in nues)
    ailleurs = 1 - sum(t.serveur + t.generateur + t.repos for t in nues) / total
    phrases = [
        dire("{coeurs} cœurs, {processus} processus. Le générateur de charge prend {cout} µs par réponse nue, que "
            "« × sans gén. » ne compte pas.", coeurs=coeurs, processus=PROCESSUS,
            cout=nombre(generateur / sum(tranche.reponses for tranche in nues) * 1e6)),
    ]  # fmt: skip
    if ailleurs > PART_GENANTE:
        phrases.append(
            dire("Attention : d'autres programmes prenaient {part} % de la machine, recommencez au calme.",
                part=nombre(ailleurs * 100))
        )  # fmt: skip
    return "\n".join(phrases)


def comparaison(mesures: Comparaison) -> str:
    """Set the table of the scenario against the bare script."""
    entetes = ["Passages", dire("premier, à part"), dire("médiane (s)"), "×", "étendue", "cible", ""]
    lignes = [
        [dire("scénario de la fiche"), nombre(mesures.scenario[0], 2), nombre(_mediane(mesures.scenario[1:]), 2),
         nombre(mesures.multiple.valeur, 2), etendue(mesures.multiple), *_cible(scenario.PLAFOND, tenu=mesures.tenu)],
        [dire("script Playwright nu"), nombre(mesures.script[0], 2), nombre(_mediane(mesures.script[1:]), 2), "1", "",
         "", ""],
    ]  # fmt: skip
    return tableau(entetes, lignes)


def importations(mesures: Sequence[Importation]) -> str:
    """Set the table of the imports: what each takes of its reference, parsing alone and inserting alone."""
    titre = dire("Registre de {taille} fiches", taille=nombre(registre.NOMBRE))
    colonnes = ("s proc.", "analyse", "insertion", "×", "étendue", "cible", "", "× écoulé")
    entetes = [titre, *map(dire, colonnes)]
    lignes = [
        [
            dire(m.nom), *(nombre(_mediane([d.processeur for d in durees]), 2) for durees in (
                m.durees, [p.analyse for p in m.passages], [p.insertion for p in m.passages])),
            nombre(m.multiple.valeur, 2), etendue(m.multiple), *_cible(m.plafond, tenu=m.tenu),
            nombre(m.multiple_ecoule.valeur, 2),
        ]
        for m in mesures
    ]  # fmt: skip
    return tableau(entetes, lignes)


def controles(mesures: Sequence[Controle]) -> str:
    """Set the table of « Contrôle » of a whole catalogue: what it takes of the judge alone, and what it holds."""
    titre = dire("« Contrôle » d'un catalogue de {n} objets", n=nombre(mesures[0].objets))
    colonnes = ("s proc.", "juge seul", "×", "étendue", "cible", "", "× écoulé", "Mo, un quart", "Mo, en entier")
    lignes = [
        [
            m.moteur, *(nombre(_mediane([d.processeur for d in durees]), 2) for durees in (
                [p.produit for p in m.passages], [p.reference for p in m.passages])),
            nombre(m.multiple.valeur, 2), etendue(m.multiple), *_cible(PLAFOND_DU_CONTROLE, tenu=m.tenu),
            nombre(m.multiple_ecoule.valeur, 2), nombre(m.memoire_partie / 1e6, 1), nombre(m.memoire / 1e6, 1),
        ]
        for m in mesures
    ]  # fmt: skip
    return tableau([titre, *map(dire, colonnes)], lignes)


def exportation(mesure: Exportation) -> str:
    """Set the table of the export for the portal: what it takes of its reference, and what it holds."""
    titre = dire(
        "Export pour EDOF : {n} formations, {o} Mo", n=nombre(mesure.formations), o=nombre(mesure.octets / 1e6, 1)
    )
    entetes = [titre, *map(dire, ("produit", "lxml", "lecture", "×", "étendue", "cible", ""))]
    durees = (mesure.produits, mesure.ecritures, mesure.lectures)
    cible = _cible(exporte.PLAFOND, tenu=mesure.multiple.valeur <= exporte.PLAFOND)
    lignes = [
        [dire("s de processeur"), *(nombre(_mediane([d.processeur for d in siennes]), 2) for siennes in durees),
         nombre(mesure.multiple.valeur, 2), etendue(mesure.multiple), *cible],
        [dire("Mo au pire, un quart puis le tout"), nombre(mesure.memoire_partie / 1e6, 1),
         nombre(mesure.memoire / 1e6, 1), "", nombre(mesure.croissance, 2), "",
         *_cible(exporte.PLAFOND_MEMOIRE, tenu=mesure.croissance <= exporte.PLAFOND_MEMOIRE)],
    ]  # fmt: skip
    return tableau(entetes, lignes)


def import_edof(mesure: Imports) -> str:
    """Set the table of the import of the portal's file: each part of it beside its reference, and what it holds."""
    titre = dire(
        "Import d’EDOF : {n} formations, {e} éléments, {o} Mo", n=nombre(mesure.formations), e=nombre(mesure.objets),
        o=nombre(mesure.octets / 1e6, 1),
    )  # fmt: skip
    entetes = [titre, *map(dire, ("s de processeur", "× lxml et insertion", "étendue", "cible", ""))]
    parts: list[tuple[str, Callable[[Import], Duree]]] = [
        ("réception et découpe", lambda p: p.reception), ("aperçu", lambda p: p.apercu),
        ("import confirmé", lambda p: p.import_), ("tout", lambda p: p.tout), ("lxml seul", lambda p: p.analyse),
        ("insertion seule", lambda p: p.insertion),
    ]  # fmt: skip
    lignes = []
    for nom, de in parts:
        multiple = mesure.multiple(de)
        cible = (
            _cible(importe_edof.PLAFOND, tenu=multiple.valeur <= importe_edof.PLAFOND) if nom == "tout" else ["", ""]
        )
        secondes = nombre(_mediane([de(p).processeur for p in mesure.passages]), 2)
        lignes.append([dire(nom), secondes, nombre(multiple.valeur, 2), etendue(multiple), *cible])
    lignes.append([
        dire("Mo au pire, un quart puis le tout"), nombre(mesure.memoire_partie / 1e6, 1),
        nombre(mesure.memoire / 1e6, 1), nombre(mesure.croissance, 2),
        *_cible(importe_edof.PLAFOND_MEMOIRE, tenu=mesure.croissance <= importe_edof.PLAFOND_MEMOIRE),
    ])  # fmt: skip
    return tableau(entetes, lignes)


def ampleurs(mesures: Sequence[Comparees], grande: Taille) -> str:
    """Set the table of what the size costs: the time of each read in both bases, and their ratio."""
    titre = dire("De 1 000 à {total} formations", total=nombre(grande.total))
    entetes = [titre, *map(dire, ("base", "ms à 1 000", "ms", "×", "étendue", "cible", ""))]
    lignes = [
        [m.nom, m.moteur, nombre(_mediane(m.petite) * 1e3, 2), nombre(_mediane(m.grande) * 1e3, 2),
         nombre(m.multiple.valeur, 2), etendue(m.multiple), *_cible(m.plafond, tenu=m.tenu)]
        for m in mesures
    ]  # fmt: skip
    return tableau(entetes, lignes)


def visite(pesee: Visite) -> str:
    """Set the table of what a first visit weighs."""
    entetes = [dire(e) for e in ("Première visite du parcours « Cléa »", "réponses", "octets", "cible", "")]
    lignes = [[r.adresse, nombre(r.reponses), nombre(r.octets), "", ""] for r in pesee.ressources]
    total = [dire("au total"), nombre(sum(r.reponses for r in pesee.ressources)), nombre(pesee.octets),
             *_cible(poids.PLAFOND, tenu=pesee.tenu)]  # fmt: skip
    return tableau(entetes, [*lignes, total])


def parcours(marche: Parcours) -> str:
    """Set the table of what the walk costs the server, typed key by key."""
    entetes = [dire(e) for e in ("Parcours de la fiche, tapé", "ms proc.", "× nue", "étendue", "cible", "")]
    ligne = [dire("travail du serveur"), nombre(_mediane(marche.parcours) * 1e3, 1), nombre(marche.multiple.valeur),
             f"{nombre(marche.multiple.mini)} à {nombre(marche.multiple.maxi)}",
             *_cible(marcheur.PLAFOND, tenu=marche.tenu)]  # fmt: skip
    return tableau(entetes, [ligne])


def taches(epreuve: Epreuve) -> str:
    """Set the table of what a job makes others wait, and of the memory of its process."""
    titre = dire("{n} sessions décalées en {s} s", n=nombre(epreuve.nombre), s=nombre(epreuve.duree))
    entetes = [titre, *map(dire, ("au calme", "pendant", "×", "cible", ""))]
    lignes = [
        [dire("{quoi}, 95e centile (ms)", quoi=quoi), nombre(calme * 1e3, 1), nombre(occupe * 1e3, 1),
         nombre(occupe / calme, 2), "", ""]
        for quoi, (calme, occupe) in ((quoi, epreuve.centile(quoi)) for quoi in epreuve.calmes)
    ]  # fmt: skip
    fois = epreuve.rapport
    cible = _cible(travaux.PLAFOND, tenu=fois <= travaux.PLAFOND)
    lignes.append([dire("toutes, 95e centile"), "", "", nombre(fois, 2), *cible])
    memoire = epreuve.memoire / epreuve.memoire_temoin
    lignes.append([
        dire("mémoire au pire (Mo)"), nombre(epreuve.memoire_temoin / 1e6), nombre(epreuve.memoire / 1e6),
        nombre(memoire, 2), f"≤ {nombre(travaux.PLAFOND_MEMOIRE, 2)}", _TENU[memoire <= travaux.PLAFOND_MEMOIRE],
    ])  # fmt: skip
    return tableau(entetes, lignes)


def _nues(resultats: Sequence[Resultat]) -> list[Tranche]:
    return [tranche for resultat in resultats for tranche in resultat.nues]


def _cible(plafond: float | None, *, tenu: bool) -> list[str]:
    if plafond is None:
        return ["", ""]
    return [f"≤ {nombre(plafond, 0 if plafond == int(plafond) else 1)}", _TENU[tenu]]


def _mediane(valeurs: Sequence[float]) -> float:
    return Mediane.de(valeurs).valeur
