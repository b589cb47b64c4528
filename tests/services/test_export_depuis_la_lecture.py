"""What an export holds beside what was read of it before, on both databases: who went in, who went out, and why."""

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.exports import ARCHIVEE, INCHANGEE, SUPPRIMEE, Ecarts, Quoi, Sens
from webapp.domain.formation import Envoi
from webapp.domain.statuts import Operation
from webapp.domain.taches import EtatTache
from webapp.domain.textes import fr
from webapp.persistence import exports_edof, lectures_edof
from webapp.services import catalogue, exportation

ENTREE, SORTIE, CHANGEE = Sens


@pytest.fixture
def atelier(base):
    return AtelierExports(base, AtelierArbre(base))


@pytest.fixture(params=["by the answer", "by the process of jobs"])
def par_qui(request, monkeypatch):
    """Small exports are made by the answer, larger ones by the process of jobs: alike."""
    if request.param != "by the answer":
        # Fewer than none: a catalogue that was emptied is not small either.
        monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", -1)
    return request.param


def lire(atelier, quoi=Quoi.TOUT, id=None):
    tache = atelier.demander(quoi, id)
    atelier.travailler()
    return tache.id


def faire(atelier, id):
    atelier.lancer_export(id)
    atelier.travailler()
    return atelier.ouvrir(id)


def garder(atelier, formation, operation=Operation.VALIDER, **textes):
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        return catalogue.soumettre(
            cnx, atelier.arbre.acte, Envoi(lue.id, lue.version, lue.fiche.avec(**textes)), operation
        )  # fmt: skip


def archiver(atelier, formation):
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        return catalogue.archiver(cnx, atelier.arbre.acte, lue.id, lue.version)


def supprimer(atelier, formation):
    archiver(atelier, formation)
    with atelier.base.ecriture() as cnx:
        lue = catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id)
        catalogue.supprimer(cnx, atelier.arbre.acte, lue.id, lue.version)


def nommes(export, sens):
    return [un.identifiant for un in export.ecarts.dits if un.sens is sens]


def test_what_was_read_and_has_not_changed_is_told_as_such(atelier, par_qui):
    atelier.publiable("Une")
    atelier.formation(intitule="Sans action")
    assert faire(atelier, lire(atelier)).export.ecarts == Ecarts()


def test_what_went_out_since_it_was_read_is_told_with_its_reason(atelier, par_qui):
    une, archivee, supprimee, brouillon, reste = (
        atelier.publiable(nom)[0] for nom in ("P1", "P2", "P3", "P4", "P5")
    )  # fmt: skip
    id_ = lire(atelier)
    garder(atelier, une, intitule="Clé 𝄞")
    archiver(atelier, archivee)
    supprimer(atelier, supprimee)
    garder(atelier, brouillon, Operation.ENREGISTRER, objectif="")
    fait = faire(atelier, id_).export
    assert (fait.formations, fait.ecarts.sorties, fait.ecarts.entrees, fait.ecarts.changees) == (1, 4, 0, 0)
    (du_signe,) = [un for un in fait.ecarts.dits if un.identifiant == "P1"]
    assert "𝄞" in du_signe.motifs[0].message
    assert (du_signe.id, du_signe.intitule) == (une.id, "Clé 𝄞")
    assert {("P2", ARCHIVEE, ()), ("P3", SUPPRIMEE, ())} <= {(u.identifiant, u.dit, u.motifs) for u in fait.ecarts.dits}
    (du_brouillon,) = [un for un in fait.ecarts.dits if un.identifiant == "P4"]
    assert "pas validée" in du_brouillon.motifs[0].message
    assert [un.id for un in fait.ecarts.dits if un.la] == [une.id, archivee.id, brouillon.id]
    assert reste.id not in {un.id for un in fait.ecarts.dits}
    assert fait.ecarts.phrase.endswith(fr("aperçu : 4\xa0formations ne sortent plus."))


def test_what_came_in_or_changed_since_it_was_read_is_named(atelier, par_qui):
    une, _ = atelier.publiable("Une")
    partie, _ = atelier.publiable("Deux")
    archiver(atelier, partie)
    id_ = lire(atelier)
    garder(atelier, une, objectif="Tout autre chose.")
    atelier.publiable("Trois")
    fait = faire(atelier, id_).export
    assert (nommes(fait, ENTREE), nommes(fait, SORTIE), nommes(fait, CHANGEE)) == (["Trois"], [], ["Une"])
    assert fait.ecarts.phrase.endswith(fr("aperçu : 1\xa0formation sort en plus, 1\xa0sort avec un autre contenu."))


def test_what_no_longer_differs_from_the_file_that_was_given_says_so(atelier, par_qui):
    une, _ = atelier.publiable("Une")
    atelier.publiable("Deux")
    atelier.deposer(atelier.exporter().tache.id)
    avant = une.fiche.objectif
    garder(atelier, une, objectif="Autre.")
    atelier.publiable("Trois")
    id_ = lire(atelier, Quoi.CHANGE)
    garder(atelier, une, objectif=avant)
    fait = faire(atelier, id_).export
    assert [(un.identifiant, un.dit) for un in fait.ecarts.dits if un.sens is SORTIE] == [("Une", INCHANGEE)]


def test_an_export_of_which_nothing_is_left_says_what_went(atelier, par_qui):
    une, _ = atelier.publiable("Une")
    id_ = lire(atelier)
    archiver(atelier, une)
    arrete = faire(atelier, id_)
    assert arrete.tache.etat is EtatTache.INTERROMPUE
    assert [(un.sens, un.dit) for un in arrete.export.ecarts.dits] == [(SORTIE, ARCHIVEE)]


def test_only_so_many_are_named_and_all_are_counted(atelier, monkeypatch):
    monkeypatch.setattr(lectures_edof, "NOMMEES_MAX", 2)
    faites = [atelier.publiable(f"P{rang}")[0] for rang in range(4)]
    id_ = lire(atelier)
    for une in faites[:3]:
        archiver(atelier, une)
    fait = faire(atelier, id_).export
    assert (fait.ecarts.sorties, nommes(fait, SORTIE)) == (3, ["P0", "P1"])


def test_what_was_read_before_that_was_kept_says_nothing(atelier):
    atelier.publiable("Une")
    id_ = lire(atelier)
    with atelier.base.ecriture() as cnx:
        lectures_edof.oublier(cnx, atelier.arbre.organisme.id, id_)
    assert faire(atelier, id_).export.ecarts == Ecarts()


def test_a_walk_that_begins_again_compares_with_what_was_read(atelier, monkeypatch):
    monkeypatch.setattr(exportation, "FORMATIONS_AUSSITOT", 0)
    une, _ = atelier.publiable("Une")
    atelier.publiable("Deux")
    id_ = lire(atelier)
    archiver(atelier, une)
    atelier.lancer_export(id_)
    # Another process had begun to write the file, and fell: its walk is done again from the start.
    with atelier.base.ecriture() as cnx:
        exports_edof.vider(cnx, atelier.arbre.organisme.id, id_)
    atelier.travailler()
    assert nommes(atelier.ouvrir(id_).export, SORTIE) == ["Une"]
    with atelier.base.lecture() as cnx:
        assert not lectures_edof.a_ete_lu(cnx, atelier.arbre.organisme.id, id_)


def test_of_a_selection_too(atelier, par_qui):
    (une, _), (deux, _) = atelier.publiable("Une"), atelier.publiable("Deux")
    id_ = lire(atelier, Quoi.CHOIX, atelier.choisir(une, deux))
    archiver(atelier, deux)
    fait = faire(atelier, id_).export
    assert nommes(fait, SORTIE) == ["Deux"]
