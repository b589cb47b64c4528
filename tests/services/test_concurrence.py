"""What happens when people act at the same instant, each on a connection of their own."""

import threading
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import Connection, func, select

from tests.builders import (
    Atelier,
    enregistrer,
    enregistrer_nouvelle,
    une_fiche,
    une_fiche_de,
    valider,
    valider_nouvelle,
)
from webapp.domain.controle import Code
from webapp.domain.formation import FicheRefusee, Formation, FormationIncomplete, VersionDepassee
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.persistence import compteurs, database
from webapp.persistence.tables import formation
from webapp.services import catalogue

NOMBRE = 8


def ensemble(url: str, action: Callable[[Connection, int], object], nombre: int = NOMBRE) -> list[object]:
    """Run an action in so many threads at once, each with a base of its own; gives what each returned or raised."""
    depart = threading.Barrier(nombre)
    issues: list[object] = [None] * nombre

    def agir(rang: int) -> None:
        base = database.ouvrir(url)
        depart.wait()
        try:
            with base.ecriture() as cnx:
                issues[rang] = action(cnx, rang)
        except Exception as erreur:  # noqa: BLE001 - what was raised is the result
            issues[rang] = erreur
        finally:
            base.fermer()

    fils = [threading.Thread(target=agir, args=(rang,)) for rang in range(nombre)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return issues


@pytest.fixture
def auteur(atelier):
    return atelier.utilisateur()


def verifier_compteurs(base, auteur):
    with base.lecture() as cnx:
        gardes = compteurs.par_statut(cnx, auteur.organisme.id)
        requete = select(formation.c.statut, func.count()).where(formation.c.organisme_id == auteur.organisme.id)
        reels = dict(cnx.execute(requete.group_by(formation.c.statut)).all())
    assert gardes == {statut: reels.get(statut.value, 0) for statut in Statut}
    return gardes


def refus_de_l_identifiant(issue):
    return isinstance(issue, FicheRefusee) and [a.code for a in issue.diagnostic.anomalies] == [Code.DEJA_UTILISE]


@pytest.mark.parametrize("operation", [enregistrer_nouvelle, valider_nouvelle])
def test_eight_saves_of_one_identifier_give_one_winner_and_seven_refusals(base, url_base, auteur, atelier, operation):
    acte = atelier.acte(auteur)

    def enregistrer(cnx, rang):
        identifiant = "Clea_1" if rang % 2 else "CLEA_1"
        return operation(cnx, acte, uuid4(), une_fiche(identifiant=identifiant))

    issues = ensemble(url_base, enregistrer)
    refus = [issue for issue in issues if isinstance(issue, Exception)]
    assert len(refus) == NOMBRE - 1
    assert all(refus_de_l_identifiant(issue) for issue in refus), refus
    assert sum(verifier_compteurs(base, auteur).values()) == 1


def test_eight_changes_to_one_identifier_give_one_winner(base, url_base, auteur, atelier):
    existantes = [atelier.formation(auteur) for _ in range(NOMBRE)]
    acte = atelier.acte(auteur)

    def renommer(cnx, rang):
        une = existantes[rang]
        return enregistrer(cnx, acte, une.id, 1, une.fiche.avec(identifiant="Clea_1"))

    issues = ensemble(url_base, renommer)
    refus = [issue for issue in issues if isinstance(issue, Exception)]
    assert len(refus) == NOMBRE - 1
    assert all(refus_de_l_identifiant(issue) for issue in refus), refus
    assert verifier_compteurs(base, auteur)[Statut.BROUILLON] == NOMBRE


def test_eight_clicks_on_one_form_save_it_once(base, url_base, auteur, atelier):
    id_, acte = uuid4(), atelier.acte(auteur)
    issues = ensemble(url_base, lambda cnx, _: enregistrer_nouvelle(cnx, acte, id_, une_fiche()))
    assert len(set(map(str, issues))) == 1
    assert atelier.lire(auteur, id_) == issues[0]
    assert verifier_compteurs(base, auteur)[Statut.BROUILLON] == 1


def test_eight_colleagues_on_one_version_lose_nothing(url_base, auteur, atelier):
    depart = atelier.formation(auteur)
    acte = atelier.acte(auteur)

    def modifier(cnx, rang):
        fiche = depart.fiche.avec(objectif=f"Texte {rang}")
        return enregistrer(cnx, acte, depart.id, 1, fiche)

    issues = ensemble(url_base, modifier)
    [gagnante] = [issue for issue in issues if not isinstance(issue, Exception)]
    conflits = [issue for issue in issues if isinstance(issue, VersionDepassee)]
    assert len(conflits) == NOMBRE - 1
    assert isinstance(gagnante, Formation)
    assert {conflit.actuelle.fiche.objectif for conflit in conflits} == {gagnante.fiche.objectif}
    assert atelier.lire(auteur, depart.id) == gagnante
    assert gagnante.version == 2


def test_edits_that_try_again_are_all_kept(url_base, auteur, atelier):
    # Four people each add ten lines to one text, starting again from the newer version at each conflict.
    depart = atelier.formation(auteur, une_fiche(contenu="-"))
    conflits: Counter[int] = Counter()

    def ajouter(_, rang):
        propre = database.ouvrir(url_base)
        for numero in range(10):
            while True:
                with propre.lecture() as cnx:
                    lue = catalogue.ouvrir(cnx, auteur.organisme, depart.id)
                fiche = lue.fiche.avec(contenu=f"{lue.fiche.contenu}\n{rang}:{numero}")
                try:
                    with propre.ecriture() as cnx:
                        enregistrer(cnx, atelier.acte(auteur), depart.id, lue.version, fiche)
                    break
                except VersionDepassee:
                    conflits[rang] += 1
        propre.fermer()

    fils = [threading.Thread(target=ajouter, args=(None, rang)) for rang in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    finale = atelier.lire(auteur, depart.id)
    lignes = finale.fiche.contenu.split("\n")[1:]
    assert sorted(lignes) == sorted(f"{rang}:{numero}" for rang in range(4) for numero in range(10))
    assert finale.version == 41


def test_moves_both_ways_between_statuses_never_wait_for_each_other_forever(base, url_base, auteur, atelier):
    brouillons = [atelier.formation(auteur) for _ in range(NOMBRE)]
    validees = [atelier.formation(auteur, statut=Statut.VALIDEE) for _ in range(NOMBRE)]

    def bouger(cnx, rang):
        if rang % 2:
            une = brouillons[rang]
            return valider(cnx, atelier.acte(auteur), une.id, une.version, une.fiche)
        une = validees[rang]
        return enregistrer(cnx, atelier.acte(auteur), une.id, 1, une.fiche.avec(objectif=""))

    issues = ensemble(url_base, bouger)
    assert [issue for issue in issues if isinstance(issue, Exception)] == []
    assert list(verifier_compteurs(base, auteur).values()) == [NOMBRE, NOMBRE, 0]


def test_one_formation_archived_by_eight_people_is_archived_once(base, url_base, auteur, atelier):
    une = atelier.formation(auteur)
    issues = ensemble(url_base, lambda cnx, _: catalogue.archiver(cnx, atelier.acte(auteur), une.id, 1))
    # All are told the same: what they asked for is done, by the first of them.
    archivee = atelier.lire(auteur, une.id)
    assert issues == [archivee] * len(issues)
    assert archivee.version == 2
    assert verifier_compteurs(base, auteur)[Statut.ARCHIVEE] == 1


def test_organisations_do_not_wait_for_each_other_on_postgresql(base_postgresql):
    atelier = Atelier(base_postgresql)
    mien, sien = atelier.utilisateur(), atelier.utilisateur()
    with base_postgresql.ecriture() as cnx:
        enregistrer_nouvelle(cnx, atelier.acte(mien), uuid4(), une_fiche())
        assert atelier.formation(sien).version == 1


def une_vae(rang, **textes):
    return une_fiche_de(TypeFormation.VAE, identifiant=f"Vae_{rang}", **textes)


def refus_de_la_categorisation(issue):
    codes = [a.code for a in issue.diagnostic.anomalies] if isinstance(issue, FormationIncomplete) else []
    return codes == [Code.CATEGORISATION_PRISE]


def test_eight_vae_validated_at_once_in_one_category_give_one_winner_and_seven_refusals(
    base, url_base, auteur, atelier
):
    acte = atelier.acte(auteur)
    issues = ensemble(url_base, lambda cnx, rang: valider_nouvelle(cnx, acte, uuid4(), une_vae(rang)))
    refus = [issue for issue in issues if isinstance(issue, Exception)]
    assert len(refus) == NOMBRE - 1
    assert all(refus_de_la_categorisation(issue) for issue in refus), refus
    assert verifier_compteurs(base, auteur) == {Statut.BROUILLON: 0, Statut.VALIDEE: 1, Statut.ARCHIVEE: 0}


def test_eight_drafts_of_vae_validated_at_once_in_one_category_give_one_winner(base, url_base, auteur, atelier):
    brouillons = [atelier.formation(auteur, une_vae(rang)) for rang in range(NOMBRE)]
    acte = atelier.acte(auteur)

    def valider_le_sien(cnx, rang):
        un = brouillons[rang]
        return valider(cnx, acte, un.id, un.version, un.fiche)

    refus = [issue for issue in ensemble(url_base, valider_le_sien) if isinstance(issue, Exception)]
    assert len(refus) == NOMBRE - 1
    assert all(refus_de_la_categorisation(issue) for issue in refus), refus
    assert verifier_compteurs(base, auteur) == {Statut.BROUILLON: NOMBRE - 1, Statut.VALIDEE: 1, Statut.ARCHIVEE: 0}
