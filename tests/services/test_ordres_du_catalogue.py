"""The catalogue in its four orders, searched and filtered: as if it were sorted whole, and never sorting it."""

from datetime import date
from itertools import product

import pytest

from tests.builders import LE, Atelier, une_fiche
from webapp.domain.recherche import cle_de_tri
from webapp.domain.statuts import EN_TRAVAIL, Statut
from webapp.persistence import tranches
from webapp.services import catalogue
from webapp.services.catalogue import Curseur, Filtre, Ordre, Tri

# The certifications of the demonstration: one ended, one that ends, two whose end is not known.
CERTIFICATIONS = (("RS5000", "certifiante"), ("RS5719", "certifiante"), ("RS2203", "clea"), ("RS7003", "clea"))
AUJOURDHUI = date(2026, 11, 26)
TITRES = ("Excel 10", "excel 9", "Écrire", "Zoologie", "", "L'atelier", "Excel 10")


def peupler(atelier, auteur):
    """Add a formation of each certification, title and status."""
    sortes = product(TITRES, CERTIFICATIONS, (*EN_TRAVAIL, Statut.ARCHIVEE))
    for rang, (titre, (code, type_), statut) in enumerate(sortes):
        statut_possible = Statut.BROUILLON if statut is Statut.VALIDEE and not titre else statut
        fiche = une_fiche(identifiant=f"F{rang:03}", intitule=titre, certification=code, type_formation=type_)
        atelier.formation(auteur, fiche, statut_possible)


def feuilleter(base, organisme, filtre, ordre, limite):
    """Give every line of a catalogue, page after page, and the counts, which are those of each page."""
    lignes: list[catalogue.LigneCatalogue] = []
    apres, comptes = None, None
    while True:
        with base.lecture() as cnx:
            page = catalogue.lister(cnx, organisme, filtre, apres, limite, ordre)
        assert len(page.lignes) <= limite
        assert comptes in {None, tuple(page.compteurs.items())}
        comptes = tuple(page.compteurs.items())
        lignes += page.lignes
        if page.suivant is None:
            return lignes, dict(comptes)
        apres = Curseur.lire(str(page.suivant))


def attendues(toutes, filtre, ordre, mots):
    """Give what a whole sort would: in, every formation by saved last first."""
    gardees = [
        une for une in toutes
        if (une.statut is filtre.statut if filtre.statut else une.statut is not Statut.ARCHIVEE)
        and filtre.type_formation in {"", "clea" if une.certification.code in {"RS2203", "RS7003"} else "certifiante"}
        and filtre.certification in {"", une.certification.code}
        and mots in une.intitule.lower()
    ]  # fmt: skip
    if ordre.tri is Tri.TITRE:
        return sorted(gardees, key=lambda une: (cle_de_tri(une.intitule), une.id.int))
    if ordre.tri is Tri.STATUT:
        return sorted(gardees, key=lambda une: list(Statut).index(une.statut))
    if ordre.tri is Tri.ECHEANCE:
        return sorted(gardees, key=lambda une: (fin(une.certification, ordre.le), une.certification.code))
    return gardees


def fin(certification, le):
    sans_fin = certification.active_le(le) or certification.inactive_constatee_le is None
    return certification.fin_enregistrement or (date.max if sans_fin else certification.inactive_constatee_le)


@pytest.fixture(params=[400, 1], ids=["by the index", "read on"])
def rares(request, monkeypatch):
    monkeypatch.setattr(tranches, "RARES", request.param)
    monkeypatch.setattr(tranches, "DEVANT", 5)
    return request.param


def test_every_order_and_every_filter_give_what_a_whole_sort_would(base, atelier, rares, monkeypatch):
    # The dates at which a validation is possible are another matter.
    monkeypatch.setattr("webapp.services.catalogue.diagnostiquer", lambda *a, **k: catalogue._SANS_DIAGNOSTIC)
    auteur = atelier.utilisateur()
    peupler(atelier, auteur)
    organisme = auteur.organisme
    toutes = [
        ligne
        for statut in (None, Statut.ARCHIVEE)
        for ligne in feuilleter(base, organisme, Filtre(statut=statut), Ordre(), 50)[0]
    ]
    assert len(toutes) == len(TITRES) * len(CERTIFICATIONS) * 3
    for tri, statut, type_, code, mots in product(
        Tri, (None, Statut.VALIDEE, Statut.ARCHIVEE), ("", "clea"), ("", "RS2203", "RS5000"), ("", "excel")
    ):
        filtre, ordre = Filtre(mots, statut, type_, code), Ordre(tri, AUJOURDHUI)
        lues, comptes = feuilleter(base, organisme, filtre, ordre, 7)
        voulues = attendues(toutes, filtre, ordre, mots)
        assert [une.id for une in lues] == [une.id for une in voulues], (filtre, ordre)
        if not mots or rares > len(toutes):
            siennes = {s: len(attendues(toutes, Filtre(mots, s, type_, code), Ordre(), mots)) for s in Statut}
            assert comptes == siennes, (filtre, ordre)


def test_titles_are_in_the_order_of_a_dictionary(base, atelier):
    auteur = atelier.utilisateur()
    for rang, titre in enumerate(TITRES):
        atelier.formation(auteur, une_fiche(identifiant=f"F{rang}", intitule=titre))
    lues, _ = feuilleter(base, auteur.organisme, Filtre(), Ordre(Tri.TITRE, LE), 3)
    assert [une.intitule for une in lues] == ["", "Écrire", "excel 9", "Excel 10", "Excel 10", "L'atelier", "Zoologie"]


def test_a_mark_of_another_order_or_of_what_is_gone_does_no_harm(base, atelier):
    auteur = atelier.utilisateur()
    une = atelier.formation(auteur, une_fiche())
    for tri, texte in product(Tri, ("", "RS9999", "zz", "brouillon", "\U0010ffff")):
        with base.lecture() as cnx:
            page = catalogue.lister(
                cnx, auteur.organisme, Filtre(), Curseur(2**62, une.id, texte), 20, Ordre(tri, LE)
            )  # fmt: skip
        assert len(page.lignes) <= 1
    for texte in ("\x00", "a\u202eb"):
        with pytest.raises(ValueError, match="mark"):
            Curseur.lire(str(Curseur(0, une.id, texte)))


@pytest.mark.parametrize("tri", Tri)
@pytest.mark.parametrize("mots", ["", "excel"])
@pytest.mark.parametrize("selon", ["", "clea", "RS2203", "clea RS2203"])
@pytest.mark.parametrize("statut", [None, Statut.VALIDEE, Statut.ARCHIVEE])
def test_each_page_is_read_in_the_order_of_an_index(base_sqlite, requetes, monkeypatch, tri, mots, selon, statut):
    monkeypatch.setattr(tranches, "RARES", 1)
    auteur = Atelier(base_sqlite).utilisateur()
    for code, type_ in CERTIFICATIONS:
        fiche = une_fiche(identifiant=code, intitule="Excel", certification=code, type_formation=type_)
        Atelier(base_sqlite).formation(auteur, fiche)
    type_formation = "clea" if "clea" in selon else ""
    certification = "RS2203" if "RS" in selon else ""
    filtre = Filtre(mots, statut, type_formation, certification)
    with base_sqlite.lecture() as cnx:
        with requetes(cnx) as envoyees:
            catalogue.lister(cnx, auteur.organisme, filtre, Curseur(2**62, auteur.id, ""), 20, Ordre(tri, LE))
        pages = [une for une in envoyees if "formation.version" in une and "suivantes" not in une]
        plans = [
            " ".join(
                str(ligne[3]) for ligne in cnx.exec_driver_sql("EXPLAIN QUERY PLAN " + une, ("x",) * une.count("?"))
            )
            for une in pages
        ]
    for plan in plans:
        assert "TEMP B-TREE" not in plan, plan
        assert "SCAN formation " not in plan, plan
        voulu = "titre" if tri is Tri.TITRE else "date" if selon or tri is Tri.ECHEANCE else ""
        assert f"USING INDEX formation_par_{'certification' if certification else ''}" in plan, plan
        assert voulu in plan, plan
    assert pages or (tri is Tri.ECHEANCE and statut is not None)
