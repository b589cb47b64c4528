"""Files shaped as those of the tools that people have: what each does otherwise is read, told, or refused in words."""

import io
import os
import re
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from tests.bases import ouverte
from tests.builders_arbre import LE as LE_2026
from tests.builders_arbre import AtelierArbre
from tests.builders_import import PRETE, TERMINEE, AtelierImport
from webapp.domain import champs, champs_action, champs_annuaire
from webapp.domain.champs import Niveau
from webapp.domain.imports import Sort
from webapp.edof.canonique import canonique, differences
from webapp.edof.ecriture import ecrire
from webapp.edof.fichier import FichierRefuse, encodage
from webapp.edof.lecture import formations
from webapp.services import comptes, import_edof

EXEMPLE = (Path(__file__).parents[1] / "edof" / "exemple.xml").read_bytes()


@pytest.fixture
def atelier(base_sqlite):
    return AtelierImport(base_sqlite, AtelierArbre(base_sqlite), LE_2026)


@pytest.fixture
def exemple(atelier):
    return de(atelier, EXEMPLE)


def de(atelier, octets):
    """A file, of the organisation."""
    return re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>" + atelier.organisme.siret.encode(), octets)


def lues(octets):
    return list(formations(etree.fromstring(octets)))


def remplacer(octets, motif, par, fois=0):
    change = re.sub(motif, par, octets, count=fois, flags=re.DOTALL)
    assert change != octets, motif
    return change


def dit(atelier, tache):
    """All that is told of a file, in one text."""
    return "\n".join(
        texte
        for un in atelier.apercus(tache)
        for texte in (*un.raisons, *un.remarques, *(f"{p.nom} {p.avant} {p.apres}" for p in un.pertes))
    )


def test_phones_with_spaces_permanent_sessions_without_dates_and_what_the_portal_has_removed(atelier, exemple):
    """As WEFIT writes them."""
    octets = remplacer(exemple, rb"<numtel>[^<]*</numtel>", b"<numtel>01 84 17 59 70</numtel>")
    octets = remplacer(octets, rb"<periode>.*?</periode>", b"")
    octets = remplacer(octets, rb"<modalites-entrees-sorties>0", b"<modalites-entrees-sorties>1")
    octets = remplacer(
        octets, rb'<extra info="contact-information">',
        b'<extra info="code-modele-economique">2</extra><extra info="prise-en-charge-frais-obligatoire"/>'
        b'<extra info="contact-information">',
    )  # fmt: skip
    octets = remplacer(octets, rb"<code-perimetre-recrutement>[0-9]", b"<code-perimetre-recrutement>6")
    trop = b"Une pedagogie " * 20
    octets = remplacer(
        octets, rb"<modalites-pedagogiques>[^<]*", b"<modalites-pedagogiques>" + trop.strip(), 1
    )  # fmt: skip
    tache = atelier.importer(octets)
    assert tache.etat is TERMINEE
    assert not atelier.apercus(tache, Sort.REFUSE)
    paroles = dit(atelier, tache)
    assert "code-modele-economique" in paroles
    assert "ne le demande plus depuis 2022" in paroles
    assert "prise-en-charge-frais-obligatoire" in paroles
    assert "01 84 17 59 70" in paroles
    assert "Trop long" in paroles
    action = atelier.objets()[0].enfants[0]
    lieu = action.references[champs_action.LIEU].valeurs
    assert lieu[champs_annuaire.TELEPHONE] == "0184175970"
    assert action.valeurs[champs_action.PERIMETRE] == "6"


def test_removed_elements_are_told_by_name_and_their_objects_come_in(atelier, exemple):
    """As scripts that turn a spreadsheet into a file write them."""
    octets = remplacer(
        exemple,
        rb"<parcours-de-formation>",
        b"<individuelle-collective>1</individuelle-collective><parcours-de-formation>",
    )
    octets = remplacer(
        octets,
        rb"<resultats-attendus>",
        b"<domaine-formation><code-FORMACODE>15041</code-FORMACODE></domaine-formation><resultats-attendus>",
    )
    tache = atelier.importer(octets)
    paroles = dit(atelier, tache)
    assert "individuelle-collective" in paroles
    assert "domaine-formation" in paroles
    assert len(atelier.objets()) == len(lues(exemple))


def test_a_certification_by_a_code_that_is_no_more_refuses_its_formation_and_says_what_replaces_it(atelier, exemple):
    octets = remplacer(exemple, rb"<code-RNCP>[^<]*</code-RNCP>", b"<code-CERTIFINFO>84482</code-CERTIFINFO>", 1)
    tache = atelier.deposer(octets)
    premier = atelier.apercus(tache, Sort.REFUSE)[0]
    assert "code-CERTIFINFO" in " ".join((*premier.raisons, *premier.remarques))
    assert tache.prevus > 0


def test_the_namespace_of_2019_is_named(atelier, exemple):
    ancien = exemple.replace(b"https://www.of.moncompteformation.gouv.fr", b"http://www.lheo.org/2.2")
    with pytest.raises(FichierRefuse, match="2019"):
        atelier.deposer(ancien)


def test_utf_8_declared_latin_1_is_found_before_anything_is_read(atelier, exemple):
    octets = exemple.decode("iso-8859-1").encode()
    assert not encodage(io.BytesIO(octets)).dit_vrai
    tache = atelier.importer(octets)
    assert "Écouter" in atelier.objets()[0].valeurs[champs.OBJECTIF]
    assert "Ã" not in dit(atelier, tache)


def test_entities_without_their_semicolon_are_refused_with_their_line(atelier, exemple):
    with pytest.raises(FichierRefuse, match=r"ligne \d+"):
        atelier.deposer(exemple.replace(b"<nom>Durand", b"<nom>Durand&eacute", 1))


def test_extras_in_another_order_mandatory_ones_missing_and_html_escaped_are_read(atelier, exemple):
    """As several generators write them."""
    octets = remplacer(exemple, rb'<extra info="resume-contenu">[^<]*</extra>', b"", 1)
    dernier = re.findall(rb'<extra info="existence-prerequis">[^<]*</extra>', octets)[0]
    octets = octets.replace(dernier, b"", 1)
    octets = octets.replace(b'<extra info="contact-information">', dernier + b'<extra info="contact-information">', 1)
    octets = remplacer(
        octets, rb"<!\[CDATA\[(.*?)\]\]>",
        lambda m: m[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;"),
    )  # fmt: skip
    tache = atelier.importer(octets)
    assert not atelier.apercus(tache, Sort.REFUSE)
    assert atelier.objets()[0].valeurs[champs.OBJECTIF].startswith("<ul>")
    premiere = atelier.apercus(tache)[0]
    assert premiere.statut == "brouillon"
    assert any("oints forts" in raison for raison in premiere.raisons), premiere


def test_fifty_sessions_come_in_and_go_out(atelier, exemple):
    debut, _, fin = exemple.partition(b"<session ")
    une, _, reste = fin.partition(b"</session>")
    neuves = b"".join(
        b"<session "
        + remplacer(remplacer(une, rb'numero="S1"', f'numero="Z{n}"'.encode(), 1), rb"<debut>[0-9]{8}",
                    f"<debut>202703{n % 28 + 1:02}".encode(), 1)
        + b"</session>"
        for n in range(50)
    )  # fmt: skip
    octets = debut + neuves + b"<session " + une + b"</session>" + reste
    atelier.importer(octets)
    sortie = b"".join(ecrire(atelier.objets()))
    assert [canonique(e) for e in lues(sortie)] == [canonique(e) for e in lues(octets)]


def test_a_perimeter_of_0_is_to_be_said_and_stays_empty(atelier, exemple):
    tache = atelier.importer(
        remplacer(exemple, rb"<code-perimetre-recrutement>[0-9]", b"<code-perimetre-recrutement>0")
    )
    assert "à préciser" in dit(atelier, tache)
    assert champs_action.PERIMETRE not in atelier.objets()[0].enfants[0].valeurs


def test_a_wrong_key_of_the_siret_only_warns(base_sqlite, exemple):
    with base_sqlite.ecriture() as cnx:
        cnx.exec_driver_sql("DELETE FROM organisme WHERE siret = '12312312300000'")
    arbre = AtelierArbre(base_sqlite)
    with base_sqlite.ecriture() as cnx:
        cnx.exec_driver_sql("UPDATE organisme SET siret = '12312312300000' WHERE id = ?", (arbre.organisme.id.hex,))
        organisme = comptes.organisme(cnx, arbre.organisme.id)
    octets = re.sub(rb"(<SIRET>)[0-9]{14}", rb"\g<1>12312312300000", exemple)
    decoupe = import_edof.decouper(io.BytesIO(octets), "iso-8859-1", organisme)
    assert "12312312300000" in decoupe.remarques[0]
    assert decoupe.nombre == len(lues(exemple))
    decoupe.fermer()


# ---------------------------------------------------------------------------- mangled files


ENCODAGES = ("utf-8", "utf-16", "utf-32", "cp1252", "cp037")


def abimer(octets, hasard):  # noqa: PLR0911 - as many kinds of damage
    """Truncate, swap bytes, cut pieces out, nest, inflate, or write in another encoding."""
    genre = hasard.randrange(8)
    place = hasard.randrange(len(octets))
    if genre == 0:
        return octets[:place]
    if genre == 1:
        abimes = bytearray(octets)
        for _ in range(hasard.randrange(1, 40)):
            abimes[hasard.randrange(len(abimes))] = hasard.randrange(256)
        return bytes(abimes)
    if genre == 2:
        autre = hasard.randrange(len(octets))
        return octets[: min(place, autre)] + octets[max(place, autre) :]
    if genre == 3:
        return octets[:place] + b"<a>" * hasard.randrange(1, 2000) + octets[place:]
    if genre == 4:
        bombe = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
        return octets.replace(b"<lheo", bombe + b"<lheo", 1).replace(b"<nom>", b"<nom>&c;", 1)
    if genre == 5:
        return octets.decode("iso-8859-1").encode(hasard.choice(ENCODAGES), "replace")
    if genre == 6:
        balises = re.findall(rb"<[a-z-]+>", octets)
        return octets.replace(hasard.choice(balises), hasard.choice(balises), hasard.randrange(1, 4))
    return octets.replace(b"<extras", b"<extras>" * hasard.randrange(1, 600) + b"<extras", 1)


def refus_de(octets, organisme):
    """Say why a file is refused; empty when it is read."""
    try:
        trouve = import_edof.recevoir(io.BytesIO(octets))
        import_edof.decouper(io.BytesIO(octets), trouve.reel, organisme).fermer()
    except FichierRefuse as refuse:
        return refuse.message
    return ""


@pytest.mark.parametrize("graine", range(4))
def test_mangled_files_are_told_in_words_and_change_nothing(url_sqlite, graine):
    hasard = Random(graine)  # noqa: S311 - the same files each time
    refus = lus = 0
    with ouverte(url_sqlite) as base:
        atelier = AtelierImport(base, AtelierArbre(base), LE_2026)
        exemple = de(atelier, EXEMPLE)
        for _ in range(500):
            octets = abimer(exemple, hasard)
            refuse = refus_de(octets, atelier.organisme)
            if refuse:
                refus += 1
                assert refuse.endswith(".")
                continue
            lus += 1
            # One of many is looked at whole: what is read well was tried above.
            if lus % 5 == 0:
                tache = atelier.deposer(octets)
                assert tache.etat is PRETE
                assert not tache.raison
        assert atelier.objets() == []
    assert refus > 200
    assert lus > 20


# ---------------------------------------------------------------------------- the official sample

OFFICIEL = os.environ.get("EDOF_OFFICIEL", "")


@pytest.mark.skipif(not OFFICIEL, reason="EDOF_OFFICIEL ne nomme pas le dossier du schéma officiel")
def test_the_official_sample_comes_through_the_database_the_same(atelier):
    octets = de(atelier, next(Path(OFFICIEL).glob("*.xml")).read_bytes())
    tache = atelier.importer(octets)
    assert {un.sort for un in atelier.apercus(tache)} == {Sort.CREE}
    vus = atelier.apercus(tache)
    assert not any(un.pertes for un in vus)
    # The length of its bilan is read in its actions, and nothing else is to be said of any object.
    dites = [(un.niveau, dite) for un in vus for dite in un.remarques]
    assert [(niveau, "d’après la durée de ses actions" in dite) for niveau, dite in dites] == [(Niveau.FORMATION, True)]
    sortie = b"".join(ecrire(atelier.objets()))
    for avant, apres in zip(lues(octets), lues(sortie), strict=True):
        assert list(differences(canonique(avant), canonique(apres))) == []
    schema = etree.XMLSchema(etree.parse(next(Path(OFFICIEL).glob("*.xsd"))))
    assert schema.validate(etree.fromstring(sortie)), schema.error_log
    assert set(atelier.sorts(atelier.deposer(octets)).values()) == {"inchange"}
