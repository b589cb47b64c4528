"""The run as JUnit: what every build server reads. One case a scenario, classed by feature and rule."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from steps.gherkin.etiquettes import numero_d_etape
from steps.gherkin.typographie import dire
from steps.navigateur.enregistreur import ECHEC, IGNORE
from steps.rapports.arborescence import ECARTE, Fonctionnalite, Resultat, a_dire, arborescence
from steps.rapports.erreurs import dire_erreur
from steps.rapports.flux import A_FAIRE, Execution
from steps.rapports.messages_scenario import INSTABLE
from steps.rapports.resume import erreur_de, etape_dite, nom_complet, pieces

# What XML cannot say, even escaped.
_INTERDITS = dict.fromkeys(
    [*(code for code in range(32) if chr(code) not in "\t\n\r"), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)
CONTROLES = dire("Contrôles")
SAUTES = {IGNORE, A_FAIRE, ECARTE}


def junit(execution: Execution) -> str:
    """Give the document."""
    suites = [*_constats(execution), *(_suite(execution, chaque) for chaque in arborescence(execution))]
    _distinguer(suites)
    racine = ET.Element("testsuites", {"name": dire("Scénarios"), **_totaux([suite.attrib for suite in suites])})
    racine.extend(suites)
    ET.indent(racine)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(racine, encoding="unicode") + "\n"


def _constats(execution: Execution) -> Iterator[ET.Element]:
    """Yield the suite of what makes the run fail besides its scenarios, if anything does: one case each."""
    dits = a_dire(execution)
    if not dits:
        return
    nombre = str(len(dits))
    instant = datetime.fromtimestamp(float(execution.debut.get("instant", 0)), UTC).strftime("%Y-%m-%dT%H:%M:%S")
    suite = ET.Element(
        "testsuite", name=CONTROLES, tests=nombre, failures=nombre, errors="0", skipped="0", time="0.000",
        timestamp=instant,
    )  # fmt: skip
    for dit in dits:
        titre, message = _propre(str(dit["titre"])), _propre(str(dit["message"]))
        cas = ET.SubElement(suite, "testcase", classname=CONTROLES, name=titre, time="0.000")
        echec = ET.SubElement(cas, "failure", message=message, type="Constat")
        echec.text = "\n".join(filter(None, (message, _propre(str(dit.get("suggestion", ""))))))
    yield suite


def _distinguer(suites: list[ET.Element]) -> None:
    """Give each case a name of its own in its class: those that are alike say their place."""
    vus: dict[tuple[str, str], list[ET.Element]] = {}
    for cas in (cas for suite in suites for cas in suite.iter("testcase")):
        vus.setdefault((cas.attrib["classname"], cas.attrib["name"]), []).append(cas)
    for pareils in (pareils for pareils in vus.values() if len(pareils) > 1):
        for rang, cas in enumerate(pareils, start=1):
            lieu = cas.find("properties/property[@name='lieu']")
            cas.attrib["name"] += f" ({lieu.attrib['value']}, {rang})" if lieu is not None else f" ({rang})"


def _suite(execution: Execution, fonctionnalite: Fonctionnalite) -> ET.Element:
    resultats = list(fonctionnalite.resultats)
    premier = min((r.faits["debut"] for r in resultats if r.tentatives), default=execution.debut.get("instant", 0))
    suite = ET.Element(
        "testsuite",
        name=_propre(fonctionnalite.nom),
        tests=str(len(resultats)),
        failures=str(sum(resultat.statut == ECHEC for resultat in resultats)),
        errors="0",
        skipped=str(sum(resultat.statut in SAUTES for resultat in resultats)),
        time=_secondes(sum(resultat.duree_ms for resultat in resultats)),
        timestamp=datetime.fromtimestamp(premier, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
    )
    _proprietes(suite, [("fichier", fonctionnalite.fichier), *_environnement(execution)])
    for groupe in fonctionnalite.groupes:
        classe = " › ".join(nom for nom in (fonctionnalite.nom, groupe.regle.nom) if nom)
        suite.extend(_scenario(classe, resultat) for resultat in groupe.resultats)
    return suite


def _scenario(classe: str, resultat: Resultat) -> ET.Element:
    scenario = ET.Element(
        "testcase",
        classname=_propre(classe),
        name=_propre(nom_complet(resultat.faits)),
        time=_secondes(resultat.duree_ms),
    )
    etapes = [str(numero) for nom in resultat.etiquettes if (numero := numero_d_etape(nom)) is not None]
    _proprietes(
        scenario,
        [
            ("lieu", resultat.lieu),
            *(("etiquette", f"@{nom}") for nom in resultat.etiquettes),
            *(("etape_du_guide", numero) for numero in etapes),
            *(("piece", chemin) for chemin in pieces(resultat.tentatives)),
        ],
    )
    if resultat.statut == ECHEC:
        _echec(scenario, resultat)
    elif resultat.statut in SAUTES:
        raison = (
            resultat.faits.get("raison")
            or dire_erreur(erreur_de(resultat.faits))
            or dire("le scénario n'est pas à jouer")
        )
        ET.SubElement(scenario, "skipped", message=_propre(raison))
    return scenario


def _echec(scenario: ET.Element, resultat: Resultat) -> None:
    erreur = erreur_de(resultat.faits)
    message = dire_erreur(erreur)
    echec = ET.SubElement(
        scenario, "failure", message=_propre(message.partition("\n")[0]), type=erreur.get("genre") or "Echec"
    )
    lignes = [etape_dite(etape) for etape in resultat.faits["etapes"]]
    if resultat.instable:
        lignes.append(INSTABLE)
    lignes += [message, dire("Pour le rejouer : {commande}", commande=resultat.faits["commande"])]
    echec.text = _propre("\n".join(lignes))


def _proprietes(element: ET.Element, paires: list[tuple[str, str]]) -> None:
    proprietes = ET.SubElement(element, "properties")
    for nom, valeur in paires:
        ET.SubElement(proprietes, "property", name=nom, value=_propre(valeur))


def _environnement(execution: Execution) -> list[tuple[str, str]]:
    return [(nom, str(execution.debut[nom])) for nom in ("version", "commit", "adresse") if execution.debut.get(nom)]


def _totaux(suites: list[dict[str, str]]) -> dict[str, str]:
    comptes = {nom: str(sum(int(suite[nom]) for suite in suites)) for nom in ("tests", "failures", "errors")}
    return comptes | {"time": f"{sum(float(suite['time']) for suite in suites):.3f}"}


def _secondes(millisecondes: float) -> str:
    return f"{millisecondes / 1000:.3f}"


def _propre(texte: str) -> str:
    return texte.translate(_INTERDITS)
