"""The composition root: settings, database, security, blueprints, put together once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Request, request, session
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import journal
from webapp.banc_essai import porte
from webapp.demonstration import ecran
from webapp.demonstration.amorce import COURRIELS
from webapp.domain.champs import Niveau
from webapp.domain.comptes import Droit
from webapp.persistence.database import BaseDeDonnees, ouvrir
from webapp.persistence.limites import LimitesEnBase
from webapp.settings import DATE_DU_GUIDE, RACINE
from webapp.web import (
    annuaire,
    arbre,
    catalogue,
    changement,
    choix,
    connexion,
    conserves,
    controle,
    echeancier,
    etape_1,
    export_edof,
    formations,
    import_edof,
    impression,
    mode_emploi,
    noeuds,
    nouvelle_edition,
    operations,
    operations_arbre,
    organisme,
    redaction,
    retours_edof,
    sante,
    taches,
)
from webapp.web import (
    visite as visites,
)
from webapp.web.http import access, compression, errors, filters, liens, reconnexion, security
from webapp.web.http.contexte import CLE_EXTENSION, Cablage, finir_lecture, visite
from webapp.web.http.reponses import htmx
from webapp.web.http.requete import Application
from webapp.web.http.sessions import SessionsServeur, SessionWeb
from webapp.web.http.statique import servir

if TYPE_CHECKING:
    from flask import Flask

    from webapp.domain.comptes import Utilisateur
    from webapp.settings import Settings


def create_app(settings: Settings, base: BaseDeDonnees | None = None) -> Flask:
    """Build the application. In: the settings, and a database already open (opened from the settings otherwise)."""
    journal.configurer()
    app = Application(__name__, template_folder=str(RACINE / "templates"), static_folder=None)
    _configurer(app, settings)
    base = base or ouvrir(settings.database_url)
    app.extensions[CLE_EXTENSION] = Cablage(base, settings)
    app.session_interface = SessionsServeur()
    app.wsgi_app = servir(security.avec_entetes(app.wsgi_app, https=settings.https))  # type: ignore[method-assign]  # Flask's own way
    if settings.mandataires:
        n = settings.mandataires
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    else:
        app.wsgi_app = security.avertir_du_mandataire(app.wsgi_app)  # type: ignore[method-assign,assignment]

    compression.installer(app)
    htmx.init_app(app)
    connexion.limiter(app, LimitesEnBase(base=base, duree_max=connexion.DUREE_MAX))
    filters.installer(app)
    errors.installer(app)
    app.jinja_env.globals["url_d_aide"] = visites.url_d_aide
    filters.installer_composants(app)
    _declarer_blueprints(app, settings)
    _garder(app)
    app.context_processor(_pour_toutes_les_pages)
    app.teardown_request(finir_lecture)
    return app


def _configurer(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(settings.hotes) or None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.undefined = StrictUndefined
    # Every template is HTML; said once here, it need not be found out from each name.
    app.jinja_env.autoescape = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _declarer_blueprints(app: Flask, settings: Settings) -> None:
    for module in (
        connexion,
        catalogue,
        operations,
        echeancier,
        impression,
        etape_1,
        formations,
        arbre,
        organisme,
        changement,
        controle,
        mode_emploi,
        nouvelle_edition,
        redaction,
        sante,
        choix,
        taches,
        import_edof,
        export_edof,
        retours_edof,
        visites,
    ):
        app.register_blueprint(module.bp)
    # One set of screens for both: what differs is the level, and the address.
    for nom, niveau in (("contacts", Niveau.CONTACT), ("lieux", Niveau.LIEU)):
        app.register_blueprint(annuaire.bp, name=nom, url_prefix=f"/{nom}", url_defaults={"niveau": niveau})
    for nom, niveau in (("formations", Niveau.FORMATION), ("actions", Niveau.ACTION), ("sessions", Niveau.SESSION)):
        app.register_blueprint(
            conserves.bp, name=f"{nom}_conserves", url_prefix=f"/{nom}", url_defaults={"niveau": niveau}
        )
    for nom, niveau in (("actions", Niveau.ACTION), ("sessions", Niveau.SESSION)):
        adresse, faits = f"/{nom}", {"niveau": niveau}
        app.register_blueprint(noeuds.bp, name=nom, url_prefix=adresse, url_defaults=faits)
        app.register_blueprint(operations_arbre.bp, name=f"{nom}_operees", url_prefix=adresse, url_defaults=faits)
    app.register_blueprint(noeuds.nouveaux)
    app.register_blueprint(operations_arbre.duplications)
    if settings.demonstration:
        app.register_blueprint(ecran.bp)
    if settings.banc_essai_jeton:
        app.register_blueprint(porte.bp)


def _garder(app: Flask) -> None:
    exemptes = frozenset(e for e in app.view_functions if e.startswith("banc_essai."))

    @app.before_request
    def garder() -> None:
        # Flask's proxies cost more than what is asked of them: they are followed once for all.
        requete: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - werkzeug documents it
        courante: SessionWeb = session._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - same reason
        security.exiger_origine(requete)
        security.exiger_taille(requete)
        # Before the right is looked at: that of somebody else says nothing to whose page it is.
        reconnexion.exiger_la_sienne(requete)
        access.garder(app, requete, courante)
        security.exiger_jeton(requete, courante, exemptes)


def _pour_toutes_les_pages() -> dict[str, object]:
    courante = visite()
    utilisateur = courante.utilisateur
    relue = request.method in security.METHODES_SURES
    return {
        "utilisateur": utilisateur,
        "gestionnaire": utilisateur is not None and utilisateur.peut(Droit.GERER_CATALOGUE),
        "jour_reference": courante.aujourdhui,
        "date_fixee": courante.date_fixee,
        "date_de_retour": courante.date_initiale,
        "date_du_guide": DATE_DU_GUIDE,
        "en_demonstration": courante.cablage.settings.demonstration,
        # Pages carry the guided tour only while one runs, or offer it.
        "visite_en_cours": utilisateur is not None and visites.EN_COURS in request.cookies,
        "visite_a_proposer": utilisateur is not None and _proposer_la_visite(utilisateur, courante.cablage.settings),
        "page_courante": request.full_path.rstrip("?") if relue else liens.CATALOGUE,
    }


def _proposer_la_visite(utilisateur: Utilisateur, settings: Settings) -> bool:
    """Say whether the demonstration offers to be shown: to its own accounts, until they put the offer aside."""
    return (
        settings.demonstration
        and utilisateur.courriel in COURRIELS
        and utilisateur.peut(Droit.GERER_CATALOGUE)
        and visites.EN_COURS not in request.cookies
        and visites.PROPOSEE not in request.cookies
    )
