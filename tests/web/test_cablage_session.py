"""What the web does with sessions and passwords that the services only offer: seen through the browser alone."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select, update

from tests.builders import MOT_DE_PASSE, Atelier
from webapp.persistence import comptes as gardes
from webapp.persistence.tables import session_ouverte
from webapp.web.http import sessions

MINUTE = timedelta(minutes=1)
HUIT_HEURES = timedelta(hours=8)
AUJOURDHUI = "Passer à aujourd'hui"
DATE_DU_GUIDE = "Date de référence : 28 novembre 2019"


@pytest.fixture
def fin(base, gestionnaire):
    """Read when the one session of the person ends, or set it to so long from now."""

    def lire_ou_poser(dans=None):
        sienne = session_ouverte.c.utilisateur_id == gestionnaire.id
        with base.ecriture() as cnx:
            if dans is not None:
                cnx.execute(update(session_ouverte).where(sienne).values(expire_le=datetime.now(UTC) + dans))
            return cnx.execute(select(session_ouverte.c.expire_le).where(sienne)).scalar_one()

    return lire_ou_poser


@pytest.mark.parametrize("reste", [MINUTE, timedelta(hours=4), HUIT_HEURES - 6 * MINUTE])
@pytest.mark.parametrize("adresse", ["/catalogue", "/mode-d-emploi", "/formations/nouvelle"])
def test_a_session_that_is_used_lasts_eight_hours_more(client, fin, reste, adresse):
    fin(reste)
    avant = datetime.now(UTC)
    client.get(adresse)
    assert avant + HUIT_HEURES <= fin() <= datetime.now(UTC) + HUIT_HEURES


def test_a_session_just_prolonged_is_not_written_again(client, fin):
    posee = fin(HUIT_HEURES - 4 * MINUTE)
    client.get("/catalogue")
    assert fin() == posee


def test_who_works_all_day_is_never_signed_out(client, fin):
    for _ in range(3):
        # As if seven hours had gone by.
        fin(fin() - datetime.now(UTC) - timedelta(hours=7))
        assert client.get("/catalogue").h1 == "Catalogue"
    assert fin() > datetime.now(UTC) + HUIT_HEURES - MINUTE


def test_a_session_that_has_ended_is_not_prolonged(client, fin):
    posee = fin(-MINUTE)
    assert client.get("/catalogue").h1 == "Se connecter"
    assert fin() == posee


# ---------------------------------------------------------------------------- nothing of one person for the next


def bandeau(page):
    return page.texte("//section[@aria-label='Démonstration']")


def jeton_de(page):
    return page.tous("//input[@name='csrf_token']")[0].get("value")


@pytest.fixture(scope="module")
def personnes(base):
    """Two people of two organisations, with a password."""
    return [Atelier(base).utilisateur(mot_de_passe=MOT_DE_PASSE) for _ in range(2)]


def entrer(client, personne):
    page = client.get("/connexion")
    return client.submit(page, "Se connecter", courriel=personne.courriel, mot_de_passe=MOT_DE_PASSE)


def test_what_one_person_chose_is_not_what_the_next_one_finds(visiteur, personnes):
    page = visiteur.submit(entrer(visiteur, personnes[0]), AUJOURDHUI)
    assert DATE_DU_GUIDE not in bandeau(page)
    sortie = visiteur.submit(page, "Se déconnecter")
    assert DATE_DU_GUIDE in bandeau(sortie)
    assert DATE_DU_GUIDE in bandeau(entrer(visiteur, personnes[1]))


def test_signing_out_leaves_the_browser_nothing_of_the_session(visiteur, personnes):
    visiteur.submit(entrer(visiteur, personnes[0]), AUJOURDHUI)
    avant = visiteur.jeton()
    with visiteur.navigateur.session_transaction() as pleine:
        gardees = set(pleine)
    assert "date_de_reference" in gardees
    reponse = visiteur.demander(
        "POST", "/deconnexion", data={"csrf_token": avant}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert reponse.status_code == 303
    with visiteur.navigateur.session_transaction() as vide:
        assert dict(vide) == {}
    assert jeton_de(visiteur.get("/connexion")) != avant


def test_signing_in_over_somebody_keeps_nothing_of_her(visiteur, personnes):
    page = visiteur.submit(entrer(visiteur, personnes[0]), AUJOURDHUI)
    avant = jeton_de(page)
    champs = {"courriel": personnes[1].courriel, "mot_de_passe": MOT_DE_PASSE}
    assert visiteur.poster("/connexion", champs).status_code == 303
    apres = visiteur.get("/catalogue")
    assert DATE_DU_GUIDE in bandeau(apres)
    assert jeton_de(apres) != avant


# ---------------------------------------------------------------------------- a hash of older days


def test_a_password_kept_with_older_parameters_is_hashed_anew_at_sign_in(visiteur, base, atelier):
    personne = atelier.utilisateur(mot_de_passe=MOT_DE_PASSE)
    ancienne = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(MOT_DE_PASSE)

    def gardee():
        with base.lecture() as cnx:
            compte = gardes.compte_par_id(cnx, personne.id)
            assert compte is not None
            return compte.empreinte

    with base.ecriture() as cnx:
        gardes.changer_empreinte(cnx, personne.id, ancienne)
    essai = {"courriel": personne.courriel, "mot_de_passe": "un mauvais mot de passe"}
    assert visiteur.poster("/connexion", essai).status_code == 422
    assert gardee() == ancienne
    assert entrer(visiteur, personne).h1 == "Catalogue"
    nouvelle = gardee()
    assert nouvelle.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    visiteur.submit(visiteur.get("/catalogue"), "Se déconnecter")
    assert entrer(visiteur, personne).h1 == "Catalogue"
    assert gardee() == nouvelle


# ---------------------------------------------------------------------------- what a read must not hold


def test_a_page_that_was_read_keeps_nobody_from_writing_nor_the_file_from_shrinking(client, base, gestionnaire):
    Atelier(base).formation(gestionnaire)
    client.get("/catalogue")
    with base.ecriture() as cnx:
        cnx.execute(update(session_ouverte).values(expire_le=session_ouverte.c.expire_le))
    gardee = base.connexion_du_fil()
    occupe, restantes, _ = gardee.brute.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert (occupe, restantes) == (0, 0)


def test_a_request_that_writes_holds_no_read_while_it_does(application, client, base, gestionnaire):
    # A view of the file held open by the request itself would be older than what it writes.
    formation = Atelier(base).formation(gestionnaire)
    page = client.get(f"/formations/{formation.id}")
    vus = []

    def regarder(cnx):
        gardee = getattr(base.lecture_du_fil._fil, "gardee", None)
        vus.append(gardee is not None and gardee.brute.in_transaction)

    event.listen(base._ecritures, "begin", regarder)
    try:
        client.submit(page, "Enregistrer les modifications", contenu="Écouter")
    finally:
        event.remove(base._ecritures, "begin", regarder)
    assert vus
    assert not any(vus)


def test_a_request_that_nobody_signed_has_lost_no_session():
    """Its failure is told as such: to sign in again would mend nothing."""
    assert not sessions.a_disparu(SimpleNamespace(ouverte=None))
