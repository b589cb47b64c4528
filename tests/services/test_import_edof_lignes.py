"""Each line that is told of a file is the one where a person finds the thing, however the file is laid out."""

import re

import pytest

from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import TERMINEE, AtelierImport
from tests.services.test_import_edof_d_ailleurs import EXEMPLE, de
from webapp.edof.fichier import FichierRefuse

COMMENTAIRE = b"<!-- of three\n lines\n -->"


@pytest.fixture
def atelier(base_sqlite):
    return AtelierImport(base_sqlite, AtelierArbre(base_sqlite), LE_2026)


@pytest.fixture
def exemple(atelier):
    return de(atelier, EXEMPLE)


def commentee(octets):
    """A comment of three lines before each element that begins a line; not before the marks of HTML, which are text."""
    return re.sub(rb"\n( *)<(?=[a-z-]{4})", rb"\n\g<1>" + COMMENTAIRE + b"<", octets)


def aerees(octets):
    """Each attribute on a line of its own."""
    return re.sub(rb' (numero|datecrea|datemaj|info)="', rb'\n  \g<1>="', octets)


def des_instructions(octets):
    return octets.replace(b"<session", b"<?outil\n\n?><session").replace(b"<adresse ", b"<?outil\n?><adresse ")


FORMES = {
    "as it was": bytes,
    "comments": commentee,
    "attributes": aerees,
    "both": lambda octets: aerees(commentee(octets)),
    "instructions": des_instructions,
    "line ends of Windows": lambda octets: commentee(octets).replace(b"\n", b"\r\n"),
    "line ends as numbers": lambda octets: commentee(
        octets.replace(b"<intitule-formation>", b"<intitule-formation>&#10;")
    ),
    "far": lambda octets: commentee(octets).replace(b"<offres>", b"\n" * 66_000 + b"<offres>"),
}


@pytest.mark.parametrize("forme", FORMES)
def test_each_object_is_told_where_it_begins(atelier, exemple, forme):
    octets = FORMES[forme](exemple)
    attendues = [octets[: lu.start()].count(b"\n") + 1 for lu in re.finditer(rb"<(formation|action|session)\s", octets)]
    assert sorted(un.ligne for un in atelier.apercus(atelier.deposer(octets))) == attendues


@pytest.mark.parametrize("forme", FORMES)
def test_what_is_not_taken_is_told_where_it_stands(atelier, exemple, forme):
    """In a formation, in a session, and in contacts that are read once however often they are written."""
    etranger = b"<inconnu>rien</inconnu>"
    ici = rb"(<contenu-formation>|<etat-recrutement>|</coordonnees>)"
    octets = FORMES[forme](re.sub(ici, etranger + rb"\n\g<1>", exemple))
    lignes = octets.split(b"\n")
    dites = [dite for un in atelier.apercus(atelier.deposer(octets)) for dite in un.remarques if "inconnu" in dite]
    trouvees = [int(lu[1]) for dite in dites if (lu := re.match(r"Ligne (\d+),", dite))]
    assert sorted(trouvees) == [rang for rang, ligne in enumerate(lignes, 1) if etranger in ligne]


@pytest.mark.parametrize("forme", FORMES)
def test_the_siret_of_another_is_told_where_it_is_written(atelier, exemple, forme):
    octets = FORMES[forme](re.sub(rb"<SIRET>[0-9]*(?!.*<SIRET>)", b"<SIRET>12345678200010", exemple, flags=re.DOTALL))
    ligne = octets[: octets.index(b"<SIRET>12345678200010")].count(b"\n") + 1
    with pytest.raises(FichierRefuse, match=rf"\(ligne {ligne}\)"):
        atelier.deposer(octets)


def test_the_lines_of_a_file_change_nothing_else(atelier, exemple):
    assert atelier.importer(exemple).etat is TERMINEE
    tache = atelier.deposer(aerees(commentee(exemple)))
    assert {(un.sort.value, un.pertes) for un in atelier.apercus(tache)} == {("inchange", ())}
