"""The migration that gives stored texts the one form of bullets: nothing is lost, and what changes is said."""

from collections.abc import Callable
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text, update

from tests.bases import ouverte
from tests.builders import Atelier, une_fiche
from tests.persistence.test_marches import contenu
from webapp.domain.formation import Formation
from webapp.domain.statuts import Statut
from webapp.persistence import database
from webapp.persistence.migration import DOSSIER
from webapp.persistence.tables import formation
from webapp.services import recherche_registre, registre

ETAPE = "0006"
PUCES = "•Écouter\n\t•\tReformuler\n§\tDire\x0bÉcrire"
REFORMEES = "- Écouter\n\t- Reformuler\n- Dire\nÉcrire"


def avant_l_etape() -> str:
    config = Config()
    config.set_main_option("script_location", str(DOSSIER))
    return str(ScriptDirectory.from_config(config).get_revision(ETAPE).down_revision)


@pytest.fixture
def stocker(url_vide: str) -> Callable[..., Formation]:
    """Keep texts as an older product left them: the tables are those of the step before."""
    database.migrer(url_vide)
    with ouverte(url_vide) as base, base.ecriture() as cnx:
        registre.amorcer(cnx)

    def faire(statut: Statut = Statut.BROUILLON, **textes: str) -> Formation:
        with ouverte(url_vide) as base:
            auteur = Atelier(base).utilisateur()
            faite = Atelier(base).formation(auteur, une_fiche(), statut)
            with base.ecriture() as cnx:
                cnx.execute(update(formation).where(formation.c.id == faite.id).values(**textes))
        return faite

    return faire


def migrer(url: str) -> None:
    database.retrograder(url, avant_l_etape())
    database.migrer(url)


def la_ligne(url: str, faite: Formation) -> Any:
    [ligne] = [une for une in contenu(url)["formation"].values() if str(une["id"]).replace("-", "") == faite.id.hex]
    return ligne


def mots_trouves(url: str, faite: Formation, *voulus: str) -> list[str]:
    """Give those of these words by which the only formation is now found."""
    with ouverte(url) as base, base.lecture() as cnx:
        gardes = cnx.execute(text("SELECT mots FROM formation_recherche")).scalar_one()
    siens = {mot.strip("'").removeprefix(faite.organisme_id.hex[:6]) for mot in gardes.split()}
    return [mot for mot in voulus if mot in siens]


def test_bullets_take_their_one_form_and_the_search_follows(url_vide, stocker, caplog):
    textes = dict.fromkeys(("contenu", "objectif", "points_forts", "resultats_attendus"), PUCES)
    faite = stocker(**textes, intitule="•Œuvre d’art")
    migrer(url_vide)
    ligne = la_ligne(url_vide, faite)
    assert {ligne[nom] for nom in textes} == {REFORMEES}
    assert ligne["intitule"] == "- Œuvre d’art"
    assert mots_trouves(url_vide, faite, "oeuvre", "•oeuvre", "dart") == ["oeuvre", "dart"]
    assert caplog.messages == ["Puces en tête de ligne remises en forme, formations changées : 1."]


def test_what_is_read_is_then_what_is_stored(url_vide, stocker):
    faite = stocker(contenu=PUCES + " \u00ad\u200d•\ufeff", objectif="e\u0301\x0c•x")
    migrer(url_vide)
    ligne = la_ligne(url_vide, faite)
    lue = une_fiche(contenu=ligne["contenu"], objectif=ligne["objectif"])
    assert (lue.contenu, lue.objectif) == (ligne["contenu"], ligne["objectif"])


def test_a_validee_that_becomes_too_long_is_a_draft_again_and_said(url_vide, stocker, caplog):
    faite = stocker(Statut.VALIDEE, points_forts="•" + "x" * 254, identifiant="Longue")
    autre = stocker(Statut.VALIDEE, points_forts="•" + "x" * 253)
    migrer(url_vide)
    ligne = la_ligne(url_vide, faite)
    assert (len(ligne["points_forts"]), ligne["statut"], ligne["validee_le"]) == (256, "brouillon", None)
    assert la_ligne(url_vide, autre)["statut"] == "validee"
    assert "elles reviennent en brouillon : « Longue »." in caplog.text
    comptes = {cle: une["nombre"] for cle, une in contenu(url_vide)["compteur_statut"].items() if une["nombre"]}
    assert sorted((cle[-1], n) for cle, n in comptes.items()) == [("brouillon", 1), ("validee", 1)]


def test_a_draft_that_could_no_longer_be_kept_stays_as_it_is_and_is_said(url_vide, stocker, caplog):
    faite = stocker(points_forts="•" + "x" * 2549, identifiant="Enorme")
    migrer(url_vide)
    assert len(la_ligne(url_vide, faite)["points_forts"]) == 2550
    assert "laissées telles quelles : « Enorme »." in caplog.text


def test_a_title_is_then_found_by_the_letters_of_a_keyboard(url_vide, stocker):
    faite = stocker(intitule="L’ex æquo")
    with ouverte(url_vide) as base, base.ecriture() as cnx:
        cnx.execute(text("UPDATE certification SET recherche = 'rs7113 vitæ' WHERE code = 'RS7113'"))
    migrer(url_vide)
    assert mots_trouves(url_vide, faite, "lex", "aequo", "æquo") == ["lex", "aequo"]
    with ouverte(url_vide) as base, base.lecture() as cnx:
        [trouvee] = recherche_registre.chercher(
            cnx, "vitae", faite.creee_le.date().replace(year=2026, month=6)
        ).trouvees
    assert trouvee.certification.code == "RS7113"


def test_nothing_is_said_where_there_was_nothing_to_do(url_vide, stocker, caplog):
    faite = stocker(contenu="- Écouter\n- Dire")
    avant = la_ligne(url_vide, faite)
    migrer(url_vide)
    # Who saved it last is kept by a later step, and is not known of what is older.
    assert la_ligne(url_vide, faite) == dict(avant) | {"modifiee_par_id": None}
    assert caplog.messages == []
