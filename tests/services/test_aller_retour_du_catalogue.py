"""A catalogue that can go out goes out valid, comes into an empty organisation the same, and goes out byte for byte."""

import os
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.bases import ouverte
from tests.bench.exportation import ACCEPTES
from tests.builders import LE, une_fiche_de
from tests.builders_arbre import AtelierArbre
from tests.builders_exports import PREMIER_JOUR
from tests.builders_import import TERMINEE, AtelierImport
from webapp.domain.champs import Niveau
from webapp.domain.nomenclatures import TypeFormation
from webapp.domain.statuts import Statut
from webapp.edof.ecriture import PIED, ecrire
from webapp.edof.lecture import Remarque, formations, lire_formation
from webapp.edof.verification import verifier_formation
from webapp.services import export_edof

OFFICIEL = os.environ.get("EDOF_OFFICIEL", "")
TEXTES = st.text("abé œ\u2019\u2013\u2026\u20ac\u202f<>&\"'-.\n", max_size=60).map(lambda bout: f"Savoir {bout} faire.")
TITRES = TEXTES.map(lambda texte: " ".join(texte.split()))
SESSIONS = st.fixed_dictionaries({}, optional={
    "garantie": st.sampled_from(["oui", "non"]), "modalites_particulieres": TEXTES,
    "etat_recrutement": st.sampled_from(["1", "2"]),
})  # fmt: skip
ACTIONS = st.fixed_dictionaries(
    {"langue": st.sampled_from(["FR", "EN"]), "rythmes": st.sampled_from(["1", "1\n4"])},
    optional={
        "conditions_specifiques": TEXTES,
        "transport": TITRES,
        "modalites_handicap": TEXTES,
        "info_admission": TITRES,
    },
)
# How many sessions each action has, and what one of them out of two says more.
ARBRES = st.lists(st.tuples(ACTIONS, st.sampled_from([1, 2, 3, 50]), SESSIONS), min_size=1, max_size=2)
CATALOGUES = st.dictionaries(
    st.sampled_from(list(TypeFormation)),
    st.tuples(st.fixed_dictionaries({"intitule": TITRES, "contenu": TEXTES, "points_forts": TITRES}), ARBRES),
    min_size=1, max_size=3,
)  # fmt: skip


def sans_tout_dire(catalogue) -> list[TypeFormation]:
    """What comes in as a draft: a bilan whose actions have several lengths, of which the file does not say its own."""
    return [type_ for type_, (_, actions) in catalogue.items() if type_ is TypeFormation.BILAN and len(actions) > 1]


def planter(arbre: AtelierArbre, catalogue) -> None:
    """Make a catalogue that can go out, each formation of a type of its own."""
    connus = {champ.nom for champ in arbre.fiche_action().champs}
    for type_, (textes, actions) in catalogue.items():
        fiche = une_fiche_de(type_, identifiant=f"F_{type_.value}", **textes)
        formation = arbre.atelier.formation(arbre.auteur, fiche, Statut.VALIDEE)
        for rang, (propres, nombre, de_session) in enumerate(actions):
            assert set(propres) <= connus
            action = arbre.action(
                formation.id, Statut.VALIDEE, numero=f"A{rang}", duree=str(24 + 20 * rang), **propres
            )  # fmt: skip
            for n in range(nombre):
                dates = {"debut": (PREMIER_JOUR + timedelta(days=n)).isoformat(), "fin": "2028-12-31"}
                arbre.session(
                    action.id, Statut.VALIDEE, numero=f"S{n}", **dates, **(de_session if n % 2 else {})
                )  # fmt: skip


def exporter(arbre: AtelierArbre) -> bytes:
    with arbre.base.lecture() as cnx:
        return b"".join(export_edof.produire(cnx, arbre.organisme, LE, ACCEPTES))


def sans(octets: bytes, types) -> bytes:
    """The same file without the formations of some types."""
    debut, *reste = octets.split(b"    <formation ")
    reste[-1] = reste[-1].removesuffix(PIED)
    gardees = [p for p in reste if not any(f'numero="F_{t.value}"'.encode() in p.partition(b">")[0] for t in types)]
    return b"".join([debut, *(b"    <formation " + piece for piece in gardees), PIED])


@given(catalogue=CATALOGUES)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                                                 HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_catalogue_goes_out_valid_comes_in_the_same_and_goes_out_again(url_sqlite, catalogue):
    with ouverte(url_sqlite) as base:
        ici, ailleurs = AtelierArbre(base), AtelierArbre(base)
        planter(ici, catalogue)
        octets = exporter(ici)
        sorties = list(formations(etree.fromstring(octets)))
        assert {e.get("numero") for e in sorties} == {f"F_{type_.value}" for type_ in catalogue}
        assert len(sorties) == len(catalogue)
        assert [verifier_formation(element) for element in sorties] == [()] * len(sorties)
        if OFFICIEL:
            schema = etree.XMLSchema(etree.parse(next(Path(OFFICIEL).glob("*.xsd"))))
            assert schema.validate(etree.fromstring(octets)), schema.error_log
        atelier = AtelierImport(base, ailleurs, LE)
        du_sien = octets.replace(ici.organisme.siret.encode(), ailleurs.organisme.siret.encode())
        tache = atelier.importer(du_sien)
        assert tache.etat is TERMINEE
        remarques: list[Remarque] = []
        assert atelier.objets() == [lire_formation(e, remarques) for e in formations(etree.fromstring(du_sien))]
        assert b"".join(ecrire(atelier.objets())) == du_sien
        assert remarques == []
        en_brouillon = [
            un.nom for un in atelier.apercus(tache) if un.niveau == Niveau.FORMATION and un.statut == "brouillon"
        ]
        attendus = sans_tout_dire(catalogue)
        assert en_brouillon == [f"F_{t.value}" for t in attendus]
        assert exporter(ailleurs) == sans(du_sien, attendus)
