"""A « compte-rendu » that is pasted, on both databases: what its lines name, in few statements however long it is."""

import random
from uuid import UUID

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.champs import Niveau
from webapp.domain.comptes_rendus import lire
from webapp.domain.identifiants import cle_canonique
from webapp.domain.textes import caracteres_interdits
from webapp.persistence import formations
from webapp.persistence.noeuds import ACTIONS, SESSIONS
from webapp.services import comptes_rendus


@pytest.fixture
def atelier(base):
    return AtelierExports(base, AtelierArbre(base))


def coller(atelier, texte):
    with atelier.base.ecriture() as cnx:
        comptes_rendus.coller(cnx, atelier.arbre.acte, texte)


def situees(atelier, cnx):
    dernier = comptes_rendus.dernier(cnx, atelier.arbre.organisme)
    assert dernier is not None
    return dernier.lignes


def une_a_une(atelier, cnx, texte, maximum):
    """Give what lines name as it is said: each word looked for when its turn comes, and no more of them than that."""
    organisme_id = atelier.arbre.organisme.id
    connus: dict[tuple[UUID | None, str], UUID | None] = {}

    def chercher(parent, nom, borne, rangement):
        if (parent, nom) not in connus:
            if len(connus) >= borne or caracteres_interdits(nom) or not cle_canonique(nom):
                return None
            connus[parent, nom] = (
                formations.titulaire(cnx, organisme_id, cle_canonique(nom))
                if rangement is None
                else rangement.titulaire(cnx, organisme_id, parent, nom)
            )
        return connus[parent, nom]

    def placer(dans, noms, borne):
        for rang, rangement in enumerate((None, ACTIONS, SESSIONS)):
            if rang and dans[rang - 1] is None:
                break
            parent = dans[rang - 1] if rang else None
            trouve = next((t for n in noms if (t := chercher(parent, n, borne, rangement)) is not None), None)
            if trouve is not None and trouve != dans[rang]:
                dans = (*dans[:rang], trouve, *(None,) * (2 - rang))
        return dans

    entete = (None, None, None)
    for ligne in lire(texte):
        for noms in ligne.entetes:
            entete = placer(entete, noms, maximum // 2)
        yield placer(entete, [n for n in ligne.noms if n != ligne.code], maximum)


@pytest.mark.parametrize("maximum", [2_000, 40, 13, 4])
def test_lines_name_what_one_word_after_the_other_names(atelier, monkeypatch, maximum):
    monkeypatch.setattr(comptes_rendus, "RECHERCHES_MAX", maximum)
    monkeypatch.setattr(comptes_rendus, "ENSEMBLE", 3)
    for nom in ("Une", "Deux", "Trois"):
        atelier.publiable(nom, 2)
    hasard = random.Random(maximum)  # noqa: S311 - the same lines each time
    mots = ["Une", "deux", "TROIS", "A1", "a1", "S0", "s1", "S9", "rien", "30017", "30020", "41234", "la", "\x07", "§"]
    for _ in range(12):
        lignes = [" ; ".join(hasard.choices(mots, k=hasard.randint(1, 5))) for _ in range(hasard.randint(1, 30))]
        texte = "\n".join(lignes)
        coller(atelier, texte)
        with atelier.base.lecture() as cnx:
            attendues = list(une_a_une(atelier, cnx, texte, maximum))
            trouvees = situees(atelier, cnx)
        assert len(trouvees) == len(attendues)
        for situee, places in zip(trouvees, attendues, strict=True):
            niveaux = {None: None, "formation": places[0], "action": places[1], "session": places[2]}
            niveau = None if situee.niveau is None else situee.niveau.value
            assert niveau in niveaux
            assert situee.id == niveaux[niveau], (texte, situee)
            assert (situee.id is None) == (places[0] is None)


def test_a_long_one_takes_few_statements(atelier, requetes):
    faites = [atelier.publiable(f"F{rang}", 2) for rang in range(12)]
    nombres = []
    for combien in (2, 12):
        lignes = [
            f"Formation F{rang} ; action A1 ; session S1 : 30020 date n° {rang} de {mot}"
            for rang in range(combien) for mot in ("janvier", "mars")
        ]  # fmt: skip
        coller(atelier, "\n".join(lignes))
        with atelier.base.lecture() as cnx, requetes(cnx) as envoyees:
            trouvees = situees(atelier, cnx)
        assert len(trouvees) == 2 * combien
        assert len({une.id for une in trouvees}) == combien
        nombres.append(len(envoyees))
    # What was pasted; then formations, actions, sessions.
    assert nombres == [4, 4]
    assert len(faites) == 12


def vues(atelier, texte):
    coller(atelier, texte)
    with atelier.base.lecture() as cnx:
        return [(une.niveau, une.id, une.d_apres) for une in situees(atelier, cnx)]


@pytest.fixture
def numerotee(atelier):
    """A formation whose action and session bear numbers that nothing else does, beside another of ordinary ones."""
    atelier.publiable("Autre", 2)
    formation, _ = atelier.publiable("Une", 0)
    action = atelier.arbre.action(formation.id, numero="NUM-TLS")
    return formation, action, atelier.arbre.session(action.id, numero="NUM-JAN")


def test_a_number_that_nothing_else_bears_is_found_in_all_the_catalogue(atelier, numerotee):
    formation, action, session = numerotee
    texte = (
        "30056 action NUM-TLS\n30020 session num-jan\n30070 action NUM-TLS\n30020;NUM-TLS\n30020 NUM-TLS NUM-JAN\n"
        "41234 action NUM-TLS\n30056 session NUM-JAN"
    )
    assert vues(atelier, texte) == [
        (Niveau.ACTION, action.id, 0), (Niveau.SESSION, session.id, 0), (Niveau.FORMATION, formation.id, 0),
        (Niveau.ACTION, action.id, 0), (Niveau.SESSION, session.id, 0), (Niveau.FORMATION, formation.id, 0),
        (Niveau.ACTION, action.id, 0),
    ]  # fmt: skip


def test_a_number_that_several_bear_or_that_is_an_ordinary_word_is_never_guessed(atelier, numerotee):
    formation, *_ = numerotee
    autre, _ = atelier.publiable("Encore", 0)
    atelier.arbre.action(autre.id, numero="contact")
    rien = (None, None, 0)
    assert vues(atelier, "30017 contact incomplet\n30017 action A1\n30020 session NUM-TLS") == [rien, rien, rien]
    atelier.arbre.action(autre.id, numero="NUM-TLS")
    atelier.arbre.action(autre.id, numero="NUM-AUT")
    atelier.arbre.action(formation.id, numero="NUM-ALB")
    # Two that are of two formations say nothing; of one, that formation.
    assert vues(atelier, "30056 action NUM-TLS\n30056 NUM-ALB NUM-AUT") == [rien, rien]
    atelier.arbre.action(formation.id, numero="NUM-GAI")
    assert vues(atelier, "30056 NUM-ALB NUM-GAI") == [(Niveau.FORMATION, formation.id, 0)]


def test_what_a_line_does_not_name_is_said_to_come_from_its_heading(atelier, numerotee):
    _, action, _ = numerotee
    texte = "Formation Autre\n30013 la voie manque\n30013 action NUM-TLS\n30013 Autre\nSuite\n30013 rien"
    autre = vues(atelier, "30070 Autre")[0][1]
    assert vues(atelier, texte) == [
        (Niveau.FORMATION, autre, 1), (Niveau.ACTION, action.id, 0), (Niveau.FORMATION, autre, 0),
        (Niveau.FORMATION, autre, 1),
    ]  # fmt: skip


def test_numbers_are_looked_for_in_two_statements_at_most(atelier, numerotee, requetes):
    for combien in (1, 20):
        coller(atelier, "\n".join(f"30056 action NUM-{rang} de NUM-TLS" for rang in range(combien)))
        with atelier.base.lecture() as cnx, requetes(cnx) as envoyees:
            trouvees = situees(atelier, cnx)
        assert {une.id for une in trouvees} == {numerotee[1].id}
        # What was pasted; formations; then actions and sessions of that number, wherever they are.
        assert len(envoyees) == 4
    with atelier.base.lecture() as cnx, requetes(cnx) as envoyees:
        coller(atelier, "\n".join(f"30056 action NUM-{rang}" for rang in range(400)))
        assert all(une.id is None for une in situees(atelier, cnx))
