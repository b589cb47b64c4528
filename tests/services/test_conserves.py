"""What an import has kept of an object, on both databases: listed, and kept no more when somebody says so."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.builders_arbre import AtelierArbre
from tests.builders_exports import AtelierExports
from webapp.domain.champs import Niveau
from webapp.domain.formation import OperationInterdite
from webapp.domain.imports import Trace
from webapp.domain.noeud import ParentArchive
from webapp.domain.refus import Introuvable
from webapp.domain.statuts import Statut
from webapp.edof.pieces import Piece
from webapp.persistence import traces_edof
from webapp.services import arbre, catalogue, changements_edof, conserves, exportation

GARDE = ("action", "existence-prerequis", '<extra info="garde">☃ œ</extra>')
AUTRE = ("action", "garde", '<extra info="autre"><b>Un</b> deux</extra>')


@pytest.fixture
def atelier(base):
    return AtelierExports(base, AtelierArbre(base))


def garder(atelier, objet, *restes, niveau=Niveau.ACTION):
    formation_id = objet.id if niveau is Niveau.FORMATION else objet.formation_id
    trace = Trace(objet.version, 0, "20200101", "20200102", restes)
    with atelier.base.ecriture() as cnx:
        traces_edof.poser(cnx, atelier.arbre.organisme.id, [(niveau, objet.id, formation_id, trace)], ())


def lister(atelier, niveau, id):
    with atelier.base.lecture() as cnx:
        return conserves.lister(cnx, atelier.arbre.organisme, niveau, id)


def retirer(atelier, niveau, id, cle, acte=None):
    with atelier.base.ecriture() as cnx:
        return conserves.retirer(cnx, acte or atelier.arbre.acte, niveau, id, cle)


def test_each_piece_is_listed_with_its_name_its_place_and_its_text(atelier):
    formation, action = atelier.publiable("Une")
    garder(atelier, action, GARDE, AUTRE, AUTRE)
    listees = lister(atelier, Niveau.ACTION, action.id)
    assert [une.piece for une in listees] == [
        Piece("garde", ("action",), "☃ œ"), *[Piece("autre", ("action",), "Un deux")] * 2
    ]  # fmt: skip
    assert len({une.cle for une in listees}) == 3
    assert [une.bloque for une in listees] == [True, False, False]
    assert lister(atelier, Niveau.FORMATION, formation.id) == ()
    assert lister(atelier, Niveau.SESSION, uuid4()) == ()


@pytest.mark.parametrize("niveau", [Niveau.FORMATION, Niveau.ACTION, Niveau.SESSION])
def test_a_piece_that_is_kept_no_more_is_out_of_the_export_and_dates_its_object(atelier, niveau):
    formation, action = atelier.publiable("Une")
    with atelier.base.lecture() as cnx:
        (session,) = arbre.sessions_de(cnx, atelier.arbre.organisme, action.id)
    objet = {Niveau.FORMATION: formation, Niveau.ACTION: action, Niveau.SESSION: session}[niveau]
    xml = '<extra info="garde">Un</extra>'
    garder(atelier, objet, (niveau.value, "", xml), (niveau.value, "", xml.replace("Un", "Deux")), niveau=niveau)
    premier = atelier.exporter()
    assert ">Un<" in atelier.fichier(premier.tache.id).decode("latin-1")
    atelier.deposer(premier.tache.id)
    (une, deux) = lister(atelier, niveau, objet.id)
    plus_tard = replace(atelier.arbre.acte, maintenant=atelier.arbre.acte.maintenant + timedelta(days=40))
    assert retirer(atelier, niveau, objet.id, une.cle, plus_tard).nom == "garde"
    assert lister(atelier, niveau, objet.id) == (deux,)
    with atelier.base.lecture() as cnx:
        page = changements_edof.lister(cnx, atelier.arbre.organisme, atelier.arbre.acte.le)
        lu = (
            catalogue.ouvrir(cnx, atelier.arbre.organisme, formation.id) if niveau is Niveau.FORMATION
            else arbre.ouvrir_noeud(cnx, atelier.arbre.organisme, niveau, objet.id)
        )  # fmt: skip
    assert (lu.version, lu.statut, lu.modifiee_le) == (objet.version + 1, Statut.VALIDEE, plus_tard.maintenant)
    assert lu.fiche == objet.fiche
    [changee] = page.formations
    assert any("« garde »" in d.message.replace("\xa0", " ") for d in changee.differences)
    texte = atelier.fichier(atelier.exporter().tache.id).decode("latin-1")
    assert ">Un<" not in texte
    assert ">Deux<" in texte
    assert f'datemaj="{plus_tard.maintenant:%Y%m%d}" datecrea="20200101"' in texte.replace("'", '"')


def test_a_piece_that_keeps_its_offer_out_leads_to_where_it_is_removed(atelier):
    _, action = atelier.publiable("Une")
    garder(atelier, action, GARDE)
    tache = atelier.demander()
    with atelier.base.lecture() as cnx:
        (ecartee,) = exportation.ecartees(cnx, atelier.ouvrir(tache.id).export, partielles=False).ecartees
    assert [(m.niveau, m.id, m.champ) for m in ecartee.motifs] == [(Niveau.ACTION, action.id, "conserve")]
    retirer(atelier, Niveau.ACTION, action.id, lister(atelier, Niveau.ACTION, action.id)[0].cle)
    assert atelier.exporter().export.formations == 1


def test_what_is_archived_or_hidden_or_elsewhere_is_left(atelier):
    formation, action = atelier.publiable("Une")
    garder(atelier, action, GARDE)
    garder(atelier, formation, GARDE, niveau=Niveau.FORMATION)
    (une,) = lister(atelier, Niveau.ACTION, action.id)
    (sienne,) = lister(atelier, Niveau.FORMATION, formation.id)
    assert retirer(atelier, Niveau.ACTION, action.id, "jamais") is None
    with pytest.raises(Introuvable):
        retirer(atelier, Niveau.ACTION, uuid4(), une.cle)
    atelier.arbre.archiver(action)
    with pytest.raises(OperationInterdite):
        retirer(atelier, Niveau.ACTION, action.id, une.cle)
    with atelier.base.ecriture() as cnx:
        catalogue.archiver(cnx, atelier.arbre.acte, formation.id, formation.version)
    with pytest.raises(ParentArchive):
        retirer(atelier, Niveau.ACTION, action.id, une.cle)
    with pytest.raises(OperationInterdite):
        retirer(atelier, Niveau.FORMATION, formation.id, sienne.cle)
    assert lister(atelier, Niveau.ACTION, action.id) == (une,)
