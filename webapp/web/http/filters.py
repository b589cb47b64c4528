"""What templates may call: dates, counters, plurals, the address of static files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.runtime import Macro

from webapp.domain.champs import INTITULE
from webapp.domain.codes import dire_sans_code
from webapp.domain.dates import date_longue
from webapp.domain.moments import PARIS
from webapp.domain.successions import suite_inconnue
from webapp.domain.textes import ESPACE_INSECABLE, est_vide, pluriel
from webapp.web.http import liens
from webapp.web.http.echappement import Modele
from webapp.web.http.indentation import SansIndentation
from webapp.web.http.security import jeton_csrf
from webapp.web.http.statique import url as url_statique
from webapp.web.http.typographie import TypographieFrancaise

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from webapp.domain.formation import Formation


def jour(instant: datetime) -> str:
    """Write the day of a moment as the guide does, in Paris: « 23 septembre 2019 »."""
    return date_longue(instant.astimezone(PARIS).date())


def jour_court(instant: datetime) -> str:
    """Write the day of a moment where there is little room, in Paris: « 23/09/2019 »."""
    return f"{instant.astimezone(PARIS):%d/%m/%Y}"


def instant_long(instant: datetime) -> str:
    """Write a moment in full, in Paris: « 28 novembre 2019 à 14 h 05 »."""
    return f"{jour(instant)} à{ESPACE_INSECABLE}{heure(instant)}"


def heure(instant: datetime) -> str:
    """Write the hour of a moment, in Paris: « 14 h 32 », its spaces not breaking."""
    local = instant.astimezone(PARIS)
    return f"{local.hour}{ESPACE_INSECABLE}h{ESPACE_INSECABLE}{local:%M}"


def a_defaut(texte: str, autre: str) -> str:
    """Give a text, or another in its place when a reader would see nothing."""
    return autre if est_vide(texte) else texte


_CITATION_MAX = INTITULE.longueur_max or 0


def citer(formation: Formation) -> str:
    """Name a formation in a sentence: its title, or its identifier while it has none, or neither.

    A draft may have a title of any length: beyond what is valid, its beginning is enough to know it.
    """
    nom = a_defaut(formation.fiche.intitule.strip(), formation.fiche.identifiant)
    if est_vide(nom):
        return "sans intitulé"
    if len(nom) > _CITATION_MAX:
        nom = nom[:_CITATION_MAX].rstrip() + "…"
    return f"«{ESPACE_INSECABLE}{nom}{ESPACE_INSECABLE}»"


def installer(app: Flask) -> None:
    """Register filters, globals, the typography and the escaping of templates. To be called before any is loaded."""
    app.jinja_env.template_class = Modele
    app.jinja_env.add_extension(TypographieFrancaise)
    app.jinja_env.add_extension(SansIndentation)
    app.jinja_env.filters.update(
        jour=jour,
        jour_court=jour_court,
        instant_long=instant_long,
        date_longue=date_longue,
        a_defaut=a_defaut,
        citer=citer,
    )
    app.jinja_env.globals.update(
        statique=url_statique,
        pluriel=pluriel,
        liens=liens,
        csrf_token=jeton_csrf,
        suite_inconnue=suite_inconnue,
        dire_sans_code=dire_sans_code,
    )


def installer_composants(app: Flask) -> None:
    """Give every template the macros of templates/components, without an import: an import costs 28 µs at each use.

    Called last, when all that components use is registered. Raises ValueError when two components share a name.
    """
    env = app.jinja_env
    for nom in sorted(env.list_templates(filter_func=lambda n: n.startswith("components/"))):
        for composant, macro in vars(env.get_template(nom).module).items():
            if isinstance(macro, Macro):
                if composant in env.globals:
                    raise ValueError(f"{nom}: « {composant} » is already taken")
                env.globals[composant] = macro
