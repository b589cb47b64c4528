"""What an export and an import say of themselves, and what an object keeps of the file that it comes from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from webapp.domain.champs import Niveau
from webapp.domain.exports import (
    Ecartee,
    Endroit,
    Export,
    FichierExpire,
    FichierPasFait,
    Motif,
    Quoi,
    Signe,
    expiration,
    pas_accepte,
    sans_remplacant,
)
from webapp.domain.imports import Importation, ImportExpire, Trace
from webapp.domain.textes import fr

FINI = datetime(2026, 11, 5, 7, 4, tzinfo=UTC)
ENDROIT = Endroit(uuid4(), "F1", Niveau.FORMATION, uuid4(), "", "objectif", "Objectif")
FLECHE, COEUR = Signe("→", "->", 2, (ENDROIT,)), Signe("♥", None, 1, (ENDROIT,))
EXPORT = Export(uuid4(), uuid4(), Quoi.TOUT, "2.4", 30, signes=(COEUR, FLECHE))


def test_a_file_is_called_by_the_minute_of_paris_at_which_it_was_made():
    assert EXPORT.nom_du_fichier == "edof.xml"
    assert replace(EXPORT, fini_le=FINI).nom_du_fichier == "edof-20261105-0804.xml"
    la_veille = datetime(2019, 11, 27, 23, 21, tzinfo=UTC)
    assert replace(EXPORT, fini_le=la_veille).nom_du_fichier == "edof-20191128-0021.xml"


def test_signs_are_told_apart_by_what_stands_for_them():
    assert (EXPORT.a_remplacer, EXPORT.sans_remplacement) == ((FLECHE,), (COEUR,))


@pytest.mark.parametrize(
    ("faits", "quand", "la"),
    [
        ({}, FINI, False),
        ({"fini_le": FINI}, FINI, True),
        ({"fini_le": FINI, "efface_le": FINI}, FINI, False),
        ({"fini_le": FINI, "expire_le": FINI + timedelta(days=7)}, FINI + timedelta(days=7, microseconds=-1), True),
        ({"fini_le": FINI, "expire_le": FINI + timedelta(days=7)}, FINI + timedelta(days=7), False),
        ({"fini_le": FINI, "expire_le": FINI, "depose_le": FINI}, FINI + timedelta(days=700), True),
        ({"fini_le": FINI, "efface_le": FINI, "depose_le": FINI}, FINI, False),
    ],
)
def test_a_file_is_there_until_it_expires_unless_it_was_given_to_the_portal(faits, quand, la):
    assert replace(EXPORT, **faits).a_un_fichier(quand) is la


def test_a_file_is_kept_for_so_many_days():
    assert expiration(FINI, 30) == datetime(2026, 12, 5, 7, 4, tzinfo=UTC)


def test_what_stays_out_says_each_reason_in_its_order():
    motifs = tuple(Motif(dit, Niveau.FORMATION, uuid4()) for dit in ("Une.", "Deux."))
    assert Ecartee(uuid4(), "F1", "Une formation", motifs).raisons == ("Une.", "Deux.")


def test_what_is_said_of_a_sign():
    rien = "Le fichier ne peut pas porter le caractère « ♥ » (cœur noir), et rien ne le remplace."
    attend = "Le remplacement du caractère « → » (flèche) n'a pas été accepté : refaites l'export pour le voir."
    assert sans_remplacant("♥", "cœur noir") == fr(rien)
    assert pas_accepte("→", "flèche") == fr(attend)


def test_what_is_kept_no_more_says_what_to_do():
    assert str(FichierExpire()) == fr("Ce fichier n'est plus gardé : refaites l'export.")
    assert str(FichierPasFait()) == fr("Ce fichier n'est pas fait : la page de l'export dit où il en est.")
    assert str(ImportExpire()) == fr("Ce fichier n'est plus gardé : envoyez-le de nouveau.")


def une_importation(**faits):
    base: dict[str, Any] = {
        "organisme_id": uuid4(), "tache_id": uuid4(), "nom": "edof.xml", "declare": "utf-8",
        "reel": "utf-8", "lu_en": "", "formations": 3, "remarques": (), "comptes": {}, "expire_le": FINI,
    }  # fmt: skip
    return Importation(**(base | faits))


def test_an_import_counts_what_an_export_will_not_give_back_at_every_level():
    comptes = {"formation": {"cree": 5, "pertes": 2}, "action": {"cree": 7}, "session": {"pertes": 1}}
    assert une_importation(comptes=comptes).pertes == 3
    assert une_importation().pertes == 0


def test_the_encoding_is_to_be_chosen_until_it_is():
    assert une_importation().a_choisir
    assert not une_importation(lu_en="latin-1").a_choisir


def test_what_an_object_keeps_of_its_file_is_read_as_it_was_written():
    trace = Trace(4, 2, "20260105", "20260301", (("a/b", "c", "<d/>"),), {"duree": "24"}, {"lieu": ("L1", "7", "8")})
    assert trace.contenu() == {
        "reste": (("a/b", "c", "<d/>"),), "valeurs": {"duree": "24"}, "numeros": {"lieu": ("L1", "7", "8")},
    }  # fmt: skip
    assert Trace.lire(4, 2, ("20260105", "20260301"), trace.contenu()) == trace
    # As JSON gives it back: lists, where there were tuples.
    relu = {"reste": [["a/b", "c", "<d/>"]], "valeurs": {"duree": "24"}, "numeros": {"lieu": ["L1", "7", "8"]}}
    assert Trace.lire(4, 2, ("20260105", "20260301"), relu) == trace
