"""Rules on what a feature is made of: names, steps, examples, and what belongs to a rule."""

from collections import Counter
from collections.abc import Iterable, Iterator

from steps.gherkin.dialecte import ALORS, GENRES, PLANS, QUAND
from steps.gherkin.document import Bloc, Contexte, Exemples, Fonctionnalite, Pas, Scenario, places
from steps.gherkin.etiquettes import PARCOURS, SANS_GESTE, VISITE
from steps.gherkin.lecture import Fichier
from steps.gherkin.regles.defauts import Defaut
from steps.gherkin.typographie import dire, masquer, plier


def controler_contenu(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR301, FR306 and FR307: nothing empty."""
    for bloc in (lue, *lue.regles, *lue.scenarios):
        if not bloc.nom:
            message = dire("« {mot}: » sans nom", mot=bloc.mot)
            yield Defaut(fichier.nom, bloc.ligne, "FR306", message, dire("dites en une phrase ce qui est promis"))
    for porteur in lue.porteurs:
        if not porteur.pas:
            message = dire("« {mot}: » sans étape : il passerait sans rien vérifier", mot=porteur.mot)
            yield Defaut(fichier.nom, porteur.ligne, "FR301", message, dire("écrivez ses étapes, ou retirez-le"))
    for bloc in (lue, *lue.regles):
        if not any(bloc in (lue, scenario.regle) for scenario in lue.scenarios):
            message = dire("« {mot}: » sans aucun scénario", mot=bloc.mot)
            yield Defaut(fichier.nom, bloc.ligne, "FR307", message, dire("vérifiez l'orthographe de « Scénario: »"))


def controler_genres(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR302 and FR303: a scenario acts, then looks at the outcome."""
    for scenario in lue.scenarios:
        if not scenario.pas:
            continue
        siens = {pas.genre for pas in scenario.pas}
        if ALORS not in siens:
            message = dire("scénario sans « Alors » : il ne vérifie rien")
            yield Defaut(fichier.nom, scenario.ligne, "FR302", message, dire("ajoutez ce que la personne constate"))
        agit = QUAND in siens | {pas.genre for pas in lue.pas_avant(scenario)}
        if not agit and SANS_GESTE not in lue.etiquettes_de(scenario):
            suggestion = dire("ajoutez le geste, ou l'étiquette @{tag}", tag=SANS_GESTE)
            yield Defaut(fichier.nom, scenario.ligne, "FR303", dire("scénario sans « Quand »"), suggestion)


def controler_gestes(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR315 and FR316: one « Quand » where there is one behaviour; a journey says that it is one, or is a visit.

    What follows a « Quand » by « Et » is still its gesture: somebody acts, then looks.
    """
    for scenario in lue.scenarios:
        gestes = [pas for pas in scenario.pas if GENRES.get(pas.mot) == QUAND]
        annonce = not {PARCOURS, VISITE}.isdisjoint(lue.etiquettes_de(scenario))
        if len(gestes) > 1 and not annonce:
            message = dire("{nombre} « Quand » : autant de comportements", nombre=len(gestes))
            suggestion = dire("un scénario pour chacun, ou l'étiquette @{tag} s'ils se suivent à dessein", tag=PARCOURS)
            yield Defaut(fichier.nom, gestes[1].ligne, "FR315", message, suggestion)
        if len(gestes) < 2 and PARCOURS in scenario.noms_d_etiquettes:  # noqa: PLR2004 - a journey has two at least
            message = dire("@{tag} sur un scénario qui n'a pas plusieurs « Quand »", tag=PARCOURS)
            yield Defaut(fichier.nom, scenario.ligne, "FR316", message, dire("retirez l'étiquette"))


def controler_exemples(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR310 to FR314: an outline, its parameters and its tables agree."""
    for scenario in lue.scenarios:
        plan = scenario.mot in PLANS
        if plan and not scenario.exemples:
            message = dire("plan de scénario sans « Exemples: » : il serait joué une fois, tel quel")
            yield Defaut(fichier.nom, scenario.ligne, "FR310", message, dire("ajoutez « Exemples: » et sa table"))
        if not plan and scenario.exemples:
            message = dire("un scénario qui a des exemples est un plan")
            yield Defaut(fichier.nom, scenario.ligne, "FR313", message, "Plan du scénario: …")
        yield from _controler_parametres(fichier, lue, scenario)
        deja: dict[frozenset[tuple[str, str]], int] = {}
        for exemples in scenario.exemples:
            yield from _controler_table(fichier, exemples, deja)
    colonnes = {nom for scenario in lue.scenarios for nom in _colonnes(scenario)}
    for pas in (pas for porteur in lue.porteurs if isinstance(porteur, Contexte) for pas in porteur.pas):
        # pytest-bdd would fill it for the outlines, and leave it as it is for the other scenarios.
        texte = pas.texte if colonnes & set(places(pas.texte)) else masquer(pas.texte)
        yield from _sans_colonne(fichier, pas.ligne, texte, frozenset())


def _controler_parametres(fichier: Fichier, lue: Fonctionnalite, scenario: Scenario) -> Iterator[Defaut]:
    textes = list(_textes(scenario))
    employes = {nom for _, texte, _ in textes for nom in places(texte)}
    employes |= {nom for pas in lue.pas_avant(scenario) for _, texte, _ in _textes_du_pas(pas) for nom in places(texte)}
    for titres in (exemples.titres for exemples in scenario.exemples if exemples.titres):
        for colonne in titres.cases:
            if colonne not in employes:
                message = dire("colonne « {colonne} » : aucune étape ne l'emploie", colonne=colonne)
                suggestion = dire("retirez-la, ou écrivez <{colonne}>", colonne=colonne)
                yield Defaut(fichier.nom, titres.ligne, "FR311", message, suggestion)
    connues = _colonnes(scenario)
    for ligne, texte, donnee in textes:
        # Without examples nothing is filled in: « <b> » in a value, a table or a text is what someone types.
        if scenario.exemples or not donnee:
            yield from _sans_colonne(fichier, ligne, texte if scenario.exemples else masquer(texte), connues)


def _colonnes(scenario: Scenario) -> frozenset[str]:
    """Return the columns that all the tables of `scenario` have."""
    colonnes = [frozenset(exemples.titres.cases) for exemples in scenario.exemples if exemples.titres]
    return frozenset.intersection(*colonnes) if colonnes else frozenset()


def _sans_colonne(fichier: Fichier, ligne: int, texte: str, connues: frozenset[str]) -> Iterator[Defaut]:
    for nom in sorted(set(places(texte)) - connues):
        message = dire("paramètre <{nom}> sans colonne dans tous les exemples", nom=nom)
        yield Defaut(fichier.nom, ligne, "FR312", message, dire("ajoutez la colonne « {nom} »", nom=nom))


def _textes(scenario: Scenario) -> Iterator[tuple[int, str, bool]]:
    """Yield all that pytest-bdd renders with the examples, and whether it is data: tables and texts below a step."""
    yield scenario.ligne, scenario.nom, False
    for pas in scenario.pas:
        yield from _textes_du_pas(pas)


def _textes_du_pas(pas: Pas) -> Iterator[tuple[int, str, bool]]:
    yield pas.ligne, pas.texte, False
    for rangee in pas.table:
        yield from ((rangee.ligne, case, True) for case in rangee.cases)
    if pas.texte_long:
        yield pas.ligne, pas.texte_long, True


def _controler_table(
    fichier: Fichier, exemples: Exemples, deja: dict[frozenset[tuple[str, str]], int]
) -> Iterator[Defaut]:
    """Check one table; `deja` holds the examples of the tables before it, by what they say."""
    if exemples.titres is None or not exemples.rangees:
        message = dire("« Exemples: » sans ligne de valeurs")
        yield Defaut(fichier.nom, exemples.ligne, "FR310", message, dire("une ligne de titres, puis une par exemple"))
        return
    for colonne, nombre in Counter(exemples.titres.cases).items():
        if nombre > 1:
            message = dire("colonne « {colonne} » en double", colonne=colonne)
            yield Defaut(fichier.nom, exemples.titres.ligne, "FR314", message, dire("renommez-la"))
    for rangee in exemples.rangees:
        exemple = frozenset(zip(exemples.titres.cases, rangee.cases, strict=True))
        if exemple in deja:
            message = dire("même exemple qu'à la ligne {ligne}", ligne=deja[exemple])
            yield Defaut(fichier.nom, rangee.ligne, "FR314", message, dire("retirez-le"))
        deja.setdefault(exemple, rangee.ligne)


def controler_noms(fichiers: Iterable[Fichier]) -> Iterator[Defaut]:
    """FR304 and FR305, over all the files: pytest-bdd keeps the last of two scenarios of one name."""
    lues = [(fichier.nom, fichier.fonctionnalite) for fichier in fichiers if fichier.fonctionnalite]
    scenarios = [(nom, bloc) for nom, lue in lues for bloc in sorted(lue.scenarios, key=lambda chaque: chaque.ligne)]
    yield from _homonymes("FR304", "scénario", scenarios)
    yield from _homonymes("FR305", "fonctionnalité", lues)


def _homonymes(code: str, quoi: str, blocs: Iterable[tuple[str, Bloc]]) -> Iterator[Defaut]:
    vus: dict[str, tuple[str, int]] = {}
    for fichier, bloc in blocs:
        premier = vus.setdefault(plier(bloc.nom), (fichier, bloc.ligne))
        if bloc.nom and premier != (fichier, bloc.ligne):
            message = dire(
                "{quoi} de même nom qu'en {fichier}:{ligne} : « {nom} »",
                quoi=quoi,
                fichier=premier[0],
                ligne=premier[1],
                nom=bloc.nom,
            )
            yield Defaut(fichier, bloc.ligne, code, message, dire("nommez ce que celui-ci a de propre"))


def controler_regles(fichier: Fichier, lue: Fonctionnalite) -> Iterator[Defaut]:
    """FR308: after a « Règle », everything is hers, whatever the indentation says."""
    for scenario in lue.scenarios:
        if scenario.regle and scenario.colonne <= scenario.regle.colonne:
            message = dire(
                "ce scénario appartient à la règle « {regle} », que l'indentation le veuille ou non",
                regle=scenario.regle.nom,
            )
            suggestion = dire("placez-le avant la première règle, ou décalez-le sous la sienne")
            yield Defaut(fichier.nom, scenario.ligne, "FR308", message, suggestion)
