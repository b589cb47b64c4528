"""A « compte-rendu » that is pasted, on both databases: what its lines name, in few statements however long it is."""

import random
from uuid import UUID

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
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
